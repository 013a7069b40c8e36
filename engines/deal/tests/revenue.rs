//! Rules of the revenue plan that no machine can cure: a deal that raises each, and a near miss.
#![allow(clippy::unwrap_used, clippy::panic)]

use recoup_deal::findings::unsaid;
use recoup_deal::{Deal, Finding, Severity, check, insert, read_deal, set};
use serde_json::{Value, json};

fn edited(edits: &[(&str, Value)]) -> Deal {
    let tidy = read_deal(include_str!("tidy.deal.json")).unwrap();
    edits.iter().fold(tidy, |deal, (path, value)| {
        let done = match path.strip_suffix('+') {
            Some(list) => insert(&deal, list, value.clone(), None),
            None => set(&deal, path, value.clone()),
        };
        done.unwrap_or_else(|why| panic!("{path}: {why:?}"))
    })
}

fn found(code: &str, edits: &[(&str, Value)]) -> Option<Finding> {
    check(&edited(edits)).into_iter().find(|finding| finding.code == code)
}

fn raises(code: &str, at: &str, severity: Severity, edits: &[(&str, Value)]) {
    let hit = found(code, edits).unwrap_or_else(|| panic!("{code} is not found"));
    assert_eq!((hit.path.as_str(), hit.severity), (at, severity), "{code}");
    assert_eq!(unsaid(&hit), [], "{hit:?}");
}

fn spares(code: &str, edits: &[(&str, Value)]) {
    assert_eq!(found(code, edits), None, "{code}");
}

fn contract(id: &str, territories: &[&str], windows: &[&str]) -> (&'static str, Value) {
    ("revenue.distribution+", json!({"id": id, "fee": "0.2", "territories": territories, "windows": windows}))
}

use Severity::{Blocker, Question};

#[test]
fn two_contracts_do_not_have_one_window_of_one_territory() {
    let one = contract("one", &["FR", "BE"], &["theatrical"]);
    let meets = |other: &[&str], windows: &[&str]| vec![one.clone(), contract("other", other, windows)];
    let at = "revenue.distribution[other].territories";
    raises("RIGHTS_OVERLAP", at, Question, &meets(&["BE"], &["all_rights"]));
    raises("RIGHTS_OVERLAP", at, Question, &meets(&["WW"], &[]));
    spares("RIGHTS_OVERLAP", &meets(&["BE"], &["svod"]));
    spares("RIGHTS_OVERLAP", &meets(&["ROW"], &["theatrical"]));
    spares("RIGHTS_OVERLAP", &meets(&["BE"], &["merchandising"]));
    // A contract and what an exclusive licence has; the licence it belongs to is one agreement with it.
    let american = contract("one", &["US"], &["svod"]);
    raises(
        "RIGHTS_OVERLAP",
        "revenue.distribution[one].territories",
        Question,
        std::slice::from_ref(&american),
    );
    let mut own = american.clone();
    own.1["guarantee"] = json!("svod-licence");
    spares("RIGHTS_OVERLAP", &[own]);
    spares("RIGHTS_OVERLAP", &[american, ("instruments[svod-licence].terms.exclusive", json!(false))]);
}

#[test]
fn a_source_lies_in_the_contract_that_collects_it() {
    let collected = ("revenue.sources[de].distribution", json!("one"));
    let at = "revenue.sources[de].distribution";
    let french = contract("one", &["FR"], &[]);
    raises("SOURCE_NOT_IN_CONTRACT", at, Question, &[french, collected.clone()]);
    spares("SOURCE_NOT_IN_CONTRACT", &[contract("one", &["DE"], &[]), collected.clone()]);
    spares("SOURCE_NOT_IN_CONTRACT", &[contract("one", &[], &[]), collected]);
}

#[test]
fn a_source_of_more_than_the_contract_has_is_not_the_contracts() {
    let german = contract("one", &["DE"], &[]);
    let at = "revenue.sources[de].distribution";
    raises("SOURCE_OUTSIDE_CONTRACT", at, Question, std::slice::from_ref(&german));
    spares("SOURCE_OUTSIDE_CONTRACT", &[german.clone(), ("revenue.sources[de].territories", json!(["WW"]))]);
    spares("SOURCE_OUTSIDE_CONTRACT", &[german, ("revenue.sources[de].territories", json!(["DE", "AT"]))]);
}

#[test]
fn a_share_of_overages_needs_a_contract_that_says_what_comes_before() {
    let presale = json!({"id": "presale", "name": "Presale", "provider": "streamer", "status": "signed",
        "terms": {"kind": "presale", "licence": {"territories": ["JP"]}, "contract": "one", "overage_share": "0.5"},
        "amount": {"fixed": "USD 1.00"}});
    let presale = ("instruments+", presale);
    let at = "instruments[presale].terms.overage_share";
    let elsewhere = contract("other", &["JP"], &[]);
    raises("OVERAGE_WITHOUT_CONTRACT", at, Question, &[presale.clone(), elsewhere]);
    spares("OVERAGE_WITHOUT_CONTRACT", &[presale, contract("one", &["JP"], &[])]);
}

#[test]
fn a_window_is_free_again_when_the_term_of_its_licence_is_over() {
    let source = |months: u32| {
        json!({"id": "later", "label": "Second stream", "territories": ["US"], "window": "svod",
            "start": {"months_after_release": months}, "estimate": {"base": "USD 100.00"}})
    };
    let term = [
        ("instruments[svod-licence].terms.starts", json!({"after": "release"})),
        ("instruments[svod-licence].terms.term_years", json!("2")),
    ];
    let with = |months: u32| [term.to_vec(), vec![("revenue.sources+", source(months))]].concat();
    raises("TERRITORY_COUNTED_TWICE", "revenue.sources[later].sold_by", Blocker, &with(23));
    spares("TERRITORY_COUNTED_TWICE", &with(24));
    raises(
        "TERRITORY_COUNTED_TWICE",
        "revenue.sources[later].sold_by",
        Blocker,
        &[("revenue.sources+", source(24))],
    );
}
