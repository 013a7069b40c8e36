//! The same rules for an order of recoupment with everything that the three films do not have: amendments, events,
//! counts, an order inside the order, hurdles, a contract that ends, a share of the gross of a named source.

use std::collections::BTreeMap;

use recoup_deal::{Deal, read_deal_value};
use serde_json::{Value, json};

use super::{cells, excused, none_is, outcome, random, try_cells};
use crate::cells::{Cell, Kind};

fn share(id: &str, payee: &str, then: &str, more: Value) -> Value {
    let mut takes = json!({"kind": "share", "payee": payee});
    takes.as_object_mut().expect("fields").extend(more.as_object().expect("fields").clone());
    json!({"id": id, "takes": takes, "then": then})
}

fn deal() -> Deal {
    let text = include_str!("../../../../examples/dragons-quest.deal.json");
    let mut document: Value = serde_json::from_str(text).expect("an example");
    let plan = &mut document["recoupment"];
    plan["contracts"] = json!([{"id": "new-agency", "from": "2028-01-01", "to": "2030-03-31"}]);
    plan["expense_types"] = json!([{"id": "new-selling", "cap": "USD 50000.00", "declared": [
        {"id": "market", "date": "2029-01-15", "amount": "USD 80000.00"}]}]);
    plan["unit_series"] = json!([{"id": "new-tickets", "counts": [
        {"id": "first", "date": "2029-06-30", "count": 300_000},
        {"id": "second", "date": "2030-06-30", "count": 200_000}]}]);
    plan["events"] = json!([{"id": "new-award", "date": "2030-02-01", "event": "award", "value": "2"}]);
    plan["amendments"] = json!([
        {"id": "new-fee", "date": "2030-02-15", "change": {"kind": "rate", "tier": "cam-fee", "rate": "0.008"}},
        {"id": "new-deferral", "date": "2030-02-15",
            "change": {"kind": "limit", "tier": "producer-deferral-claim", "amount": "USD 470000.00"}},
        {"id": "new-holder", "date": "2030-05-15",
            "change": {"kind": "payee", "tier": "new-bonus", "payee": "guilds"}},
        {"id": "new-cap", "date": "2030-02-15",
            "change": {"kind": "expense_cap", "expense_type": "new-selling", "cap": "USD 70000.00"}}]);
    let tiers = plan["tiers"].as_array_mut().expect("tiers");
    for tier in tiers.iter_mut() {
        if tier["id"] == "cam-fee" {
            tier["then"] = json!("new-author");
        }
        if tier["id"] == "producer-deferral-claim" {
            tier["then"] = json!("new-hurdle");
        }
    }
    let collections = json!(["collections"]);
    tiers.extend([
        share(
            "new-author",
            "talent",
            "new-agent",
            json!({
            "limit": {"kind": "per_unit", "series": "new-tickets", "amount": "USD 0.05", "beyond": 50_000}}),
        ),
        share(
            "new-agent",
            "sales-agent",
            "new-selling-costs",
            json!({"rate": "0.03", "contract": "new-agency"}),
        ),
        share(
            "new-selling-costs",
            "sales-agent",
            "new-part",
            json!({
            "limit": {"kind": "expenses", "of": "new-selling", "factor": "1.1"}}),
        ),
        json!({"id": "new-part", "then": "new-bonus", "takes": {"kind": "enters", "into": "new-co-bank",
            "rate": "0.05", "limit": {"kind": "amount", "amount": "USD 900000.00"}}}),
        share(
            "new-co-bank",
            "qc-company",
            "new-co-own",
            json!({
            "limit": {"kind": "amount", "amount": "USD 60000.00"}}),
        ),
        share("new-co-own", "qc-studio", "net-profits", json!({"rate": "0.7"})),
        share(
            "new-bonus",
            "talent",
            "new-guild",
            json!({"rate": "0.004", "while": [
            {"measure": "event_value", "event": "award", "is": "more_than", "target": "1"}]}),
        ),
        share(
            "new-guild",
            "guilds",
            "residuals-reserve",
            json!({"rate": "0.005",
            "rate_base": "gross_of_receipt", "gross_of": collections, "unpaid": "carries_forward"}),
        ),
        share(
            "new-hurdle",
            "equity-fund",
            "net-profits",
            json!({"rate": "0.6",
            "limit": {"kind": "irr_hurdle", "instrument": "equity", "rate_annual": "0.14"}}),
        ),
    ]);
    read_deal_value(document).expect("a deal")
}

/// Whether a cell belongs to these terms. What an unpaid entitlement does is a word, and where the other claims break
/// even is solved over the whole plan, whose words have no leaf.
fn is_new(cell: &Cell) -> bool {
    let words =
        [".unpaid", ".payee", ".party", ".tier", ".event", ".series", ".into", ".contract", ".of", ".then"];
    cell.path.contains("[new-") && !words.iter().any(|word| cell.path.ends_with(word))
}

#[test]
fn every_cell_of_this_agreement_moves_exactly_the_figures_that_rest_on_it() {
    let deal = deal();
    let before = outcome(&deal);
    let run = before.recoupment.as_ref().expect("the plan runs");
    for tier in ["new-author", "new-agent", "new-co-bank", "new-bonus", "new-guild"] {
        let claim = run.claim(tier).expect(tier);
        assert!(claim.paid.is_positive(), "{tier}: {}", claim.paid);
        let told = before.book.money(&format!("recoupment.claims.{tier}.paid"));
        assert_eq!(told, Some(claim.paid), "{tier}");
    }
    assert!(run.lapsed.iter().any(|one| one.tier.as_ref() == "new-agent"));
    assert!(before.findings.iter().any(|finding| finding.code == "CONTRACT_EXPIRED"));
    let again = before.book.recompute(&|_| None);
    for (address, node, value) in before.book.figures() {
        assert_eq!(before.book.recomputed(&again, node), Some(value), "{address}");
    }
    let all = cells(&deal);
    let new: Vec<&Cell> = all.iter().filter(|cell| is_new(cell)).collect();
    assert!(new.len() > 25, "{}", new.len());
    let mut tallies = BTreeMap::new();
    let wrong = try_cells(("a whole agreement", &deal, &before), &new, &mut random(20_261_125), &mut tallies);
    none_is(&wrong);
    let (values, times) =
        (excused(&tallies, &[Kind::Money, Kind::Number]), excused(&tallies, &[Kind::Count, Kind::Day]));
    println!("excused: {values:.3} of values, {times:.3} of times; {tallies:?}");
    // Most of these cells are limits and rates ahead of all others: another value opens or shuts what stands behind.
    assert!(values < 0.3 && times < 0.3, "{values} of values, {times} of times took another branch");
}
