use std::collections::BTreeMap;

use proptest::prelude::*;
use recoup_deal::{Deal, Timeline};
use serde_json::{Value, json};

use super::*;

const EXAMPLE: &str = include_str!("../../../../examples/nimbus-and-pip.deal.json");

/// A deal with other instruments.
fn with(instruments: Value) -> Deal {
    let mut document: Value = serde_json::from_str(EXAMPLE).expect("an example");
    document["instruments"] = instruments;
    serde_json::from_value(document).expect("a deal")
}

fn equity(id: &str, share: &str, votes: bool) -> Value {
    json!({"id": id, "name": id, "terms": {"kind": "equity", "ownership": share, "approvals": votes}})
}

fn presale(id: &str, territories: &[&str], windows: &[&str], years: Option<&str>, starts: &str) -> Value {
    let mut licence = json!({
        "territories": territories, "windows": windows, "exclusive": true, "starts": {"after": {"date": starts}},
    });
    if let Some(years) = years {
        licence["term_years"] = json!(years);
    }
    json!({"id": id, "name": id, "terms": {"kind": "presale", "licence": licence}})
}

fn scored(deal: &Deal) -> Scores {
    ownership(deal, &BTreeMap::new())
}

#[test]
fn a_film_of_ones_own_keeps_everything() {
    let scores = scored(&with(json!([])));
    assert_eq!(scores.ownership, Decimal::ONE_HUNDRED);
    assert_eq!(scores.control, Decimal::ONE_HUNDRED);
    assert_eq!(scores.friction, Decimal::ZERO);
    assert_eq!(scores.composite(), Decimal::ONE_HUNDRED);
}

#[test]
fn twenty_plain_deals_are_told_from_ten() {
    let many = |count: usize| {
        let deals: Vec<Value> = (0..count).map(|place| equity(&format!("e{place}"), "0.05", true)).collect();
        scored(&with(json!(deals)))
    };
    let (seven, ten, twenty) = (many(7), many(10), many(20));
    assert!(seven.friction < ten.friction && ten.friction < twenty.friction);
    assert!(twenty.friction < Decimal::ONE_HUNDRED && twenty.ownership > Decimal::ZERO);
    assert!(ten.control > twenty.control && twenty.control > Decimal::ZERO);
}

#[test]
fn a_longer_and_wider_licence_takes_more() {
    let one = |territories: &[&str], years: &str| {
        let scores = scored(&with(json!([presale("p", territories, &["svod"], Some(years), "2028-01-01")])));
        (scores.ownership, scores.optionality)
    };
    assert!(one(&["FR"], "5") > one(&["FR"], "10"));
    assert!(one(&["FR"], "10") > one(&["FR", "DE"], "10"));
    assert!(one(&["FR", "DE"], "10") > one(&["WW"], "10"));
    let untyped = scored(&with(json!([presale("p", &["WW"], &["svod"], None, "2028-01-01")])));
    assert!(untyped.ownership < one(&["WW"], "25").0, "what has no term runs for good");
    assert_eq!(untyped.assumed, ["instruments[p].terms.term_years"]);
}

#[test]
fn rights_that_come_back_are_given_for_less() {
    let deal = with(json!([presale("p", &["WW"], &["all_rights"], Some("25"), "2028-01-01")]));
    let terms = ControlTerms { reversion_years: Some(Decimal::from(7)), ..ControlTerms::default() };
    let back = ownership(&deal, &BTreeMap::from([("p".to_owned(), terms)]));
    assert!(back.ownership > scored(&deal).ownership);
}

#[test]
fn every_term_of_control_counts_once_and_is_named() {
    let deal = with(json!([equity("e", "0.2", false)]));
    let all = ControlTerms {
        copyright: Some(RightsHolder::Shared),
        approvals: vec![Approval::FinalCut, Approval::Cast],
        board_seat: true,
        veto: true,
        most_favoured: true,
        cross_collateralised: true,
        reversion_years: None,
        sequel: Some(RightsHolder::Counterparty),
        holdback_days: Some(180),
    };
    let scores = ownership(&deal, &BTreeMap::from([("e".to_owned(), all)]));
    // 0.9 · 0.5; 0.75 · 0.9 · 0.85 · 0.8; 0.85 · 0.9 · 0.75 · (1 − 0.2 · 180 / 540).
    assert_eq!(scores.ownership, Decimal::from(45));
    assert_eq!(scores.control, Decimal::new(459, 1));
    let optionality = Decimal::new(57375, 3) * (Decimal::ONE - Decimal::ONE / Decimal::from(15));
    assert!((scores.optionality - optionality).abs() < Decimal::new(1, 5));
    for word in
        ["copyright", "final_cut", "cast", "board_seat", "veto", "most_favoured", "sequel", "holdback"]
    {
        assert!(scores.taken.iter().any(|taken| taken.term == word), "{word}");
    }
}

#[test]
fn a_territory_sold_twice_is_found_and_one_sold_again_later_is_not() {
    let deal = with(json!([
        presale("first", &["FR", "BE"], &["all_rights"], Some("7"), "2028-01-01"),
        presale("second", &["BE"], &["svod"], Some("3"), "2030-01-01"),
        presale("later", &["FR"], &["svod"], Some("3"), "2035-01-01"),
        presale("toys", &["FR"], &["merchandising"], Some("3"), "2030-01-01"),
    ]));
    let found = rights_conflicts(&deal, &Timeline::of(&deal));
    let [conflict] = found.as_slice() else { panic!("one conflict: {found:?}") };
    assert_eq!((conflict.one.as_str(), conflict.other.as_str()), ("first", "second"));
    assert_eq!(conflict.territory, "BE");
    let (from, to) = conflict.together.expect("both terms are known");
    assert_eq!((from.to_string(), to.to_string()), ("2030-01-01".to_owned(), "2033-01-01".to_owned()));
}

#[test]
fn licences_that_nobody_holds_alone_do_not_conflict() {
    let mut both = [
        presale("one", &["FR"], &["svod"], Some("7"), "2028-01-01"),
        presale("two", &["FR"], &["svod"], None, "2028-01-01"),
    ];
    let found = rights_conflicts(&with(json!(both)), &Timeline::of(&with(json!(both))));
    assert_eq!(found[0].together, None, "a term is not known: they may meet");
    both.iter_mut().for_each(|one| one["terms"]["licence"]["exclusive"] = json!(false));
    assert!(rights_conflicts(&with(json!(both)), &Timeline::of(&with(json!(both)))).is_empty());
}

proptest! {
    /// One more deal never gives the producer more, and never takes a score out of its range.
    #[test]
    fn another_deal_never_gives_more(shares in prop::collection::vec((0..100_u32, any::<bool>()), 1..8)) {
        let all: Vec<Value> = shares.iter().enumerate()
            .map(|(place, (share, votes))| equity(&format!("e{place}"), &format!("0.{share:02}"), *votes)).collect();
        let (fewer, more) = (scored(&with(json!(all[1..]))), scored(&with(json!(all))));
        prop_assert!(more.ownership <= fewer.ownership && more.control <= fewer.control);
        prop_assert!(more.optionality <= fewer.optionality && more.friction >= fewer.friction);
        for score in [more.ownership, more.control, more.optionality, more.friction] {
            prop_assert!((Decimal::ZERO..=Decimal::ONE_HUNDRED).contains(&score));
        }
    }
}
