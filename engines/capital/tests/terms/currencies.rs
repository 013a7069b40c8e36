//! Money in other currencies is worth the rate of the day on which it is paid.

use serde_json::{Value, json};

use super::{called, document, minor, rests_on, run, run_with_claim};

/// 0.80 euro to the dollar as of the deal, 1.00 from June 2027 on: a euro is worth 1.25 dollars, then 1.
fn with_curve(instruments: Value, hedged: Option<&str>) -> Value {
    let mut document = document(instruments);
    let mut now = json!({"id": "now", "base": "USD", "quote": "EUR", "rate": "0.80"});
    if let Some(share) = hedged {
        now["hedged_share"] = json!(share);
    }
    document["fx"] =
        json!([{"id": "june", "base": "USD", "quote": "EUR", "rate": "1.00", "date": "2027-06-01"}, now]);
    document
}

fn licence() -> Value {
    json!({"id": "licence", "name": "Licence", "terms": {"kind": "broadcaster_licence", "commission": "0.10"},
        "amount": {"fixed": "EUR 400000.00"},
        "drawdown": {"method": "steps", "steps": [
            {"id": "signature", "share": "0.25", "on": "signature"},
            {"id": "delivery", "share": "0.75", "on": "final_delivery"}]}})
}

#[test]
fn every_payment_of_a_contract_is_worth_the_rate_of_its_day() {
    let (book, _) = run(with_curve(json!([licence(), called("equity", "equity", "USD 900000.00", 1)]), None));
    // EUR 100,000 at 1.25 and EUR 300,000 at 1.00; a tenth of each goes to the agent.
    assert_eq!(minor(&book, "capital.licence.principal"), 12_500_000 + 30_000_000);
    assert_eq!(minor(&book, "cash_flow.received[2027-01]"), 11_250_000);
    assert_eq!(minor(&book, "cash_flow.received[2027-11]"), 27_000_000);
    assert_eq!(minor(&book, "closing.source.licence"), 38_250_000, "the source is what comes");
    for path in ["fx[now].rate", "fx[june].rate", "as_of"] {
        assert!(rests_on(&book, "cash_flow.received[2027-11]", path), "{path}");
    }
}

#[test]
fn the_hedged_share_keeps_the_deals_rate() {
    let deal = with_curve(json!([licence()]), Some("0.60"));
    let (book, _) = run(deal);
    // On delivery a euro is worth 0.6 × 1.25 + 0.4 × 1.00 = 1.15 dollars: 345,000, of which 90 %.
    assert_eq!(minor(&book, "cash_flow.received[2027-11]"), 31_050_000);
    assert_eq!(minor(&book, "cash_flow.received[2027-01]"), 11_250_000);
}

#[test]
fn a_line_in_another_currency_costs_what_its_months_cost() {
    let mut deal = with_curve(json!([called("equity", "equity", "USD 900000.00", 1)]), None);
    deal["budget"]["lines"][0]["amount"] = json!("EUR 800000.00");
    let (book, capital) = run(deal);
    // EUR 80,000 a month: five months at 1.25, five at 1.
    assert_eq!(minor(&book, "budget.all.spend[2027-05]"), 10_000_000);
    assert_eq!(minor(&book, "budget.all.spend[2027-06]"), 8_000_000);
    assert_eq!(minor(&book, "budget.all.amount"), 90_000_000);
    assert_eq!(minor(&book, "closing.difference"), 0);
    assert!(capital.findings.iter().all(|finding| finding.code != "CASH_SHORT"));
}

#[test]
fn money_that_is_called_is_worth_the_rate_of_the_first_day_of_calling() {
    let mut fund = called("fund", "equity", "EUR 400000.00", 1);
    let (book, _) = run(with_curve(json!([fund.clone()]), None));
    assert_eq!(minor(&book, "capital.fund.principal"), 50_000_000);
    fund["drawdown"]["from"] = json!({"date": "2027-07-01"});
    let (book, _) = run(with_curve(json!([fund]), None));
    assert_eq!(minor(&book, "capital.fund.principal"), 40_000_000);
}

#[test]
fn a_claim_is_paid_at_the_rate_of_its_day() {
    let mut deal = with_curve(json!([]), None);
    deal["incentives"] = json!([{"id": "claim", "program": "ie-s481", "jurisdiction": "IE"}]);
    // EUR 80,000: 100,000 dollars at the deal's rate, 80,000 from June 2027 on.
    let (book, capital) = run_with_claim(deal, 10_000_000, "2027-12-15");
    assert_eq!(minor(&book, "cash_flow.credits[2027-12]"), 8_000_000);
    assert_eq!(minor(&book, "exposure.EUR.in"), 8_000_000, "in euro it is what it was");
    assert_eq!(capital.exposure.len(), 1);
}

#[test]
fn one_quote_is_no_curve() {
    let mut deal = with_curve(json!([licence()]), Some("0.60"));
    deal["fx"] = json!([{"id": "now", "base": "USD", "quote": "EUR", "rate": "0.80", "hedged_share": "0.6"}]);
    let (book, _) = run(deal);
    assert_eq!(minor(&book, "capital.licence.principal"), 50_000_000);
    assert!(!rests_on(&book, "capital.licence.principal", "fx[now].hedged_share"));
}
