//! The same rules for a deal with the terms that the three films do not have: a curve of exchange rates, conditions
//! that hold money back, a reserve for interest, months typed one by one, payers with grades, loans without a place in
//! the order, a work made for a service.

use std::collections::BTreeMap;

use recoup_deal::{Deal, read_deal_value};
use serde_json::{Value, json};

use super::{cells, excused, none_is, outcome, random, try_cells};
use crate::cells::{Cell, Kind};

fn deal() -> Deal {
    let text = include_str!("../../../../examples/dragons-quest.deal.json");
    let mut document: Value = serde_json::from_str(text).expect("an example");
    document["fx"] = json!([
        {"id": "usd-cad", "base": "USD", "quote": "CAD", "rate": "1.38", "uncertainty": "0.05", "hedged_share": "0.4"},
        {"id": "usd-cad-later", "base": "USD", "quote": "CAD", "rate": "1.44", "date": "2028-01-01", "uncertainty": "0.08"},
        {"id": "usd-eur", "base": "USD", "quote": "EUR", "rate": "0.86", "uncertainty": "0.05"}]);
    document["market"]["limits"] =
        json!({"presale_cover": "1.05", "debt_service": "1.02", "advance_by_grade": {"strong": "0.83"}});
    document["market"]["base_rates"] = json!([{"id": "sofr", "name": "SOFR", "points": [
        {"id": "now", "from": "2026-11-22", "rate": "0.041"}, {"id": "next", "from": "2028-03-01", "rate": "0.036"}]}]);
    for party in document["parties"].as_array_mut().expect("parties") {
        if party["id"] == "streamer" {
            party["grade"] = json!("strong");
        }
    }
    document["schedule"]["phases"][2]["curve"] = json!("s_curve");
    let lines = document["budget"]["lines"].as_array_mut().expect("lines");
    lines[0]["months"] = json!(["3", "1", "0.5"]);
    let irish =
        lines.iter_mut().find(|line| line["spend"][0]["jurisdiction"] == "CA-QC").expect("a line in Québec");
    irish["amount"] = json!("CAD 4554000.00");
    let stack = document["instruments"].as_array_mut().expect("a stack");
    for instrument in stack.iter_mut() {
        if instrument["id"] == "gap" {
            instrument["conditions_precedent"] = json!([
                {"id": "bond", "text": "Guarantee", "by": {"after": "financial_close", "months": 5}},
                {"id": "title", "text": "Chain of title", "by": {"after": {"date": "2027-09-20"}}, "met": false},
                {"id": "budget", "text": "Budget approved", "met": true}]);
            instrument["interest_payment"] = json!("current");
            instrument["terms"]["interest_reserve"] = json!("0.12");
            instrument["rate"] = json!({"over_base": {"base": "sofr", "margin": "0.07"}});
            instrument["drawdown"] = json!({"method": "as_spend_falls_due"});
        }
        if instrument["id"] == "mezzanine" {
            instrument["conditions_precedent"] =
                json!([{"id": "never", "text": "Board approval", "met": false}]);
        }
    }
    stack.push(json!({"id": "discount", "name": "Loan on the licence", "terms": {"kind": "contract_loan", "interest_reserve": "0.06"},
        "amount": {"advance": {"parts": [{"id": "svod", "against": {"instrument": "svod-licence"}, "share": "0.7"}]}},
        "rate": {"fixed": "0.09"}, "fees": [{"id": "kept", "kind": "commitment", "amount": {"share_of_undrawn": "0.01"}},
            {"id": "arranging", "kind": "origination", "amount": {"share": "0.015"}, "due": {"after": "start", "months": 2}, "withheld": true}],
        "maturity": {"after": {"after": "final_delivery", "months": 3}},
        "security": [{"id": "svod", "over": {"instrument": "svod-licence"}, "rank": 1}]}));
    stack.push(json!({"id": "broadcaster", "name": "Licence in Canada", "provider": "streamer",
        "terms": {"kind": "broadcaster_licence", "withholding": "0.05"}, "amount": {"fixed": "CAD 800000.00"},
        "drawdown": {"method": "steps", "steps": [{"id": "first", "share": "0.3", "on": "signature"},
            {"id": "rest", "share": "0.7", "on": "final_delivery", "lag_months": 1}]}}));
    stack.push(json!({"id": "original", "name": "Made for a service", "terms": {"kind": "cost_plus", "premium": "0.02", "payment_months": 4},
        "status": "prospective", "conditions_precedent": [{"id": "order", "text": "Order", "met": false}]}));
    read_deal_value(document).expect("a deal")
}

/// Whether a cell belongs to these terms.
fn is_new(cell: &Cell) -> bool {
    let parts = [
        "fx[",
        "market.",
        ".grade",
        ".months[",
        ".curve",
        "conditions_precedent",
        "interest_reserve",
        "instruments[discount]",
        "instruments[broadcaster]",
        "instruments[original]",
        "instruments[gap].rate",
    ];
    let words = [".name", ".text", ".source", ".id"];
    parts.iter().any(|part| cell.path.contains(part)) && !words.iter().any(|word| cell.path.ends_with(word))
}

#[test]
fn every_cell_of_these_terms_moves_exactly_the_figures_that_rest_on_it() {
    let deal = deal();
    let before = outcome(&deal);
    for address in [
        "exposure.CAD.at_risk",
        "capital.gap.reserve_paid",
        "capital.discount.presale_cover",
        "capital.gap.condition.title",
    ] {
        let value = before.book.at(address).expect(address);
        assert!(value.absence().is_none(), "{address}: {value:?}");
    }
    let all = cells(&deal);
    let new: Vec<&Cell> = all.iter().filter(|cell| is_new(cell)).collect();
    assert!(new.len() > 40, "{}", new.len());
    let mut tallies = BTreeMap::new();
    let wrong = try_cells(("with every term", &deal, &before), &new, &mut random(20_261_123), &mut tallies);
    none_is(&wrong);
    let (values, times) =
        (excused(&tallies, &[Kind::Money, Kind::Number]), excused(&tallies, &[Kind::Count, Kind::Day]));
    println!("excused: {values:.3} of values, {times:.3} of times; {tallies:?}");
    assert!(values < 0.10 && times < 0.35, "{values} of values, {times} of times took another branch");
}
