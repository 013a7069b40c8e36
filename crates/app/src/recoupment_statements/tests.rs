#![allow(clippy::unwrap_used, reason = "a test that cannot go on stops")]

use recoup_deal::{Deal, read_deal};
use serde_json::Value;

use super::{comparison, csv, told};
use crate::{
    computation::computed,
    figures::explained,
    findings::Language,
    wire::{FigureDto, QuantityDto},
};

fn examples() -> [Deal; 3] {
    [
        include_str!("../../../../examples/dragons-quest.deal.json"),
        include_str!("../../../../examples/nimbus-and-pip.deal.json"),
        include_str!("../../../../examples/tin-orchard.deal.json"),
    ]
    .map(|text| read_deal(text).unwrap())
}

/// Every figure in an answer, wherever it stands.
fn figures(answer: &Value, out: &mut Vec<FigureDto>) {
    if let Ok(figure) = serde_json::from_value::<FigureDto>(answer.clone()) {
        out.push(figure);
        return;
    }
    match answer {
        Value::Array(items) => items.iter().for_each(|item| figures(item, out)),
        Value::Object(fields) => fields.values().for_each(|field| figures(field, out)),
        _ => {}
    }
}

fn minor(figure: Option<&FigureDto>) -> i64 {
    match figure.map(|figure| &figure.value) {
        Some(QuantityDto::Money { amount }) => amount.minor(),
        _ => 0,
    }
}

#[test]
fn every_amount_of_a_statement_explains_itself() {
    for deal in examples() {
        let outcome = computed(&deal).unwrap();
        let account = told(&deal, &outcome, 1, None).unwrap();
        assert!(!account.periods.is_empty() && !account.lines.is_empty(), "{}", deal.id);
        let parties = account.parties.iter().map(|party| Some(party.party.clone()));
        for party in parties.chain([None]) {
            let view = told(&deal, &outcome, 1, party.clone()).unwrap();
            let mut found = Vec::new();
            figures(&serde_json::to_value(&view).unwrap(), &mut found);
            assert!(!found.is_empty(), "{} {party:?}", deal.id);
            for figure in found {
                let tree = explained(&outcome, &figure.address).unwrap();
                assert_eq!(tree.value, figure.value, "{}: {}", deal.id, figure.address);
            }
        }
    }
}

#[test]
fn the_lines_of_a_statement_are_its_total() {
    for deal in examples() {
        let outcome = computed(&deal).unwrap();
        for party in told(&deal, &outcome, 1, None).unwrap().parties {
            let view = told(&deal, &outcome, 1, Some(party.party.clone())).unwrap();
            for (place, totals) in view.totals.iter().enumerate() {
                let lines = view.lines.iter().map(|line| {
                    let sign = if line.kind == "assigned_to" { -1 } else { 1 };
                    sign * minor(line.periods[place].current.as_ref())
                });
                assert_eq!(lines.sum::<i64>(), minor(totals.current.as_ref()), "{} {place}", party.party);
                let so_far = minor(totals.prior.as_ref()) + minor(totals.current.as_ref());
                assert_eq!(so_far, minor(totals.cumulative.as_ref()), "{} {place}", party.party);
            }
        }
    }
}

#[test]
fn a_party_that_the_plan_does_not_pay_has_no_statement() {
    let [deal, ..] = examples();
    let outcome = computed(&deal).unwrap();
    assert!(told(&deal, &outcome, 1, Some("no-such-party".to_owned())).is_err());
    let mut without = deal.clone();
    without.recoupment = None;
    let view = told(&without, &computed(&without).unwrap(), 1, None).unwrap();
    assert!(view.periods.is_empty() && view.lines.is_empty());
}

#[test]
fn a_statement_is_written_with_its_words_and_its_cents() {
    let [deal, ..] = examples();
    let view = told(&deal, &computed(&deal).unwrap(), 1, Some("equity-fund".to_owned())).unwrap();
    let month = view.periods.first().unwrap().month.clone();
    let text = csv::written(&view, &deal, Some(&month), Language::French).unwrap();
    // A head, a line for each claim, the total.
    assert_eq!(text.lines().count(), view.lines.len() + 2);
    assert!(text.starts_with("\u{feff}période,du,au,ligne"), "{text}");
    assert!(csv::written(&view, &deal, Some("1999-01"), Language::English).is_err());
    let all = csv::written(&view, &deal, None, Language::English).unwrap();
    assert_eq!(all.lines().count(), (view.lines.len() + 1) * view.periods.len() + 1);
}

#[test]
fn under_other_terms_somebody_gains_what_others_lose() {
    let [deal, ..] = examples();
    let mut amended = deal.clone();
    let amendment = serde_json::json!({
        "id": "lower-fee", "date": "2000-01-01", "label": "Lower fee",
        "change": {"kind": "rate", "tier": "cam-fee", "rate": "0.005"},
    });
    let plan = amended.recoupment.as_mut().unwrap();
    plan.amendments.push(serde_json::from_value(amendment).unwrap());
    let (now, other) = (computed(&amended).unwrap(), computed(&deal).unwrap());
    let found = comparison::without_amendments(&amended, &now, &other, &["lower-fee"]).unwrap();
    assert!(found.first_day.is_some());
    let changes: i64 = found.parties.iter().map(|party| minor(party.total.change.as_ref())).sum();
    assert_eq!(changes + minor(found.left_over.change.as_ref()), 0);
    let cam = found.parties.iter().find(|party| party.id == "cam").unwrap();
    assert_eq!(cam.change, "less");
    for party in &found.parties {
        let total = &party.total;
        let change = minor(total.now.as_ref()) - minor(total.other.as_ref());
        assert_eq!(change, minor(total.change.as_ref()), "{}", party.id);
        let periods: i64 = party.periods.iter().map(|period| minor(period.change.as_ref())).sum();
        assert_eq!(periods, minor(total.change.as_ref()), "{}", party.id);
        if let Some(figure) = &total.other {
            assert!(
                figure.address.starts_with("other(without=lower-fee).in.recoupment."),
                "{}",
                figure.address
            );
        }
    }
}
