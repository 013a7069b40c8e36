//! The order in which money is called where none is typed.

use proptest::prelude::*;
use recoup_explain::Book;
use serde_json::{Value, json};

use super::{document, minor, rests_on, run};

fn loan(id: &str, rate: Value, undrawn: &str) -> Value {
    json!({"id": id, "name": id, "terms": {"kind": "senior_loan"}, "amount": {"fixed": "USD 400000.00"}, "rate": rate,
        "interest_payment": "at_maturity",
        "fees": [{"id": "c", "kind": "commitment", "amount": {"share_of_undrawn": undrawn}}]})
}

fn over_base(margin: &str) -> Value {
    json!({"over_base": {"base": "sofr", "margin": margin}})
}

/// The base rate stands at 4 % and falls to 1 % in March.
fn with_base(instruments: Value) -> Value {
    let mut document = document(instruments);
    document["market"] = json!({"base_rates": [{"id": "sofr", "name": "SOFR", "points": [
        {"id": "now", "from": "2026-11-01", "rate": "0.04"}, {"id": "march", "from": "2027-03-01", "rate": "0.01"}]}]});
    document
}

#[test]
fn a_margin_is_compared_with_the_base_rate_it_is_quoted_over() {
    let loans =
        json!([loan("fixed", json!({"fixed": "0.07"}), "0"), loan("floating", over_base("0.05"), "0")]);
    let (book, _) = run(with_base(loans));
    // 4 + 5 is dearer than 7 until the base rate falls to 1: then 6 is cheaper.
    assert_eq!(minor(&book, "capital.fixed.draw[2027-01]"), 10_000_000);
    assert_eq!(minor(&book, "capital.fixed.draw[2027-02]"), 10_000_000);
    assert_eq!(minor(&book, "capital.floating.draw[2027-02]"), 0);
    assert_eq!(minor(&book, "capital.fixed.draw[2027-03]"), 0);
    assert_eq!(minor(&book, "capital.floating.draw[2027-03]"), 10_000_000);
    for path in ["market.base_rates[sofr].points[march].rate", "instruments[floating].rate.over_base.margin"]
    {
        assert!(rests_on(&book, "capital.fixed.draw[2027-03]", path), "{path}");
    }
}

#[test]
fn drawing_saves_the_commitment_fee() {
    let loans =
        json!([loan("plain", json!({"fixed": "0.07"}), "0"), loan("kept", json!({"fixed": "0.08"}), "0.02")]);
    let (book, _) = run(document(loans.clone()));
    assert_eq!(minor(&book, "capital.plain.draw[2027-01]"), 0, "a loan at 8 that saves 2 costs 6");
    let cost = |book: &Book| {
        let interest = minor(book, "capital.kept.interest") + minor(book, "capital.plain.interest");
        minor(book, "closing.financing_costs") + interest
    };
    let paid = cost(&book);
    let mut dearer = loans;
    dearer[0]["drawdown"] = json!({"method": "as_spend_falls_due", "order": 1});
    let (book, _) = run(document(dearer));
    assert!(paid < cost(&book), "fees and interest: {paid} and {}", cost(&book));
}

#[test]
fn equity_goes_before_what_is_owed_and_a_typed_place_before_both() {
    let equity = json!({"id": "equity", "name": "E", "terms": {"kind": "equity"}, "amount": {"fixed": "USD 300000.00"}});
    let mut first = loan("first", json!({"fixed": "0.20"}), "0");
    first["drawdown"] = json!({"method": "as_spend_falls_due", "order": 9});
    let stack = json!([loan("cheap", json!({"fixed": "0.01"}), "0"), equity, first]);
    let (book, _) = run(document(stack));
    let in_month = |id: &str, month: &str| minor(&book, &format!("capital.{id}.draw[{month}]"));
    assert_eq!(
        [in_month("first", "2027-01"), in_month("equity", "2027-01"), in_month("cheap", "2027-01")],
        [10_000_000, 0, 0]
    );
    assert_eq!([in_month("equity", "2027-05"), in_month("cheap", "2027-05")], [10_000_000, 0]);
    assert_eq!(in_month("cheap", "2027-08"), 10_000_000);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    /// Of loans without a place, one is drawn only while every cheaper one that may be called is drawn in full.
    #[test]
    fn a_dearer_loan_waits_for_the_cheaper(rates in prop::collection::vec(1u32..300, 2..6), starts in prop::collection::vec(0u32..6, 6)) {
        let loans: Vec<Value> = rates.iter().zip(&starts).enumerate().map(|(place, (rate, start))| {
            let mut loan = loan(&format!("l{place}"), json!({"fixed": format!("0.{rate:03}")}), "0");
            loan["drawdown"] = json!({"method": "as_spend_falls_due", "from": {"month": start}});
            loan
        }).collect();
        let (book, capital) = run(document(json!(loans)));
        let amount = |node| book.value(node).as_money().unwrap().minor();
        let mut drawn = vec![0i64; rates.len()];
        for (index, month) in capital.cash_flow.months.iter().enumerate() {
            for (id, draw) in &month.draws {
                let place: usize = id[1..].parse().unwrap();
                drawn[place] += amount(*draw);
            }
            for (id, draw) in month.draws.iter().filter(|(_, draw)| amount(*draw) > 0) {
                let own = rates[id[1..].parse::<usize>().unwrap()];
                for (place, rate) in rates.iter().enumerate().filter(|(_, rate)| **rate < own) {
                    let open = index >= starts[place] as usize;
                    prop_assert!(!open || drawn[place] == 40_000_000, "{id} at {own} before l{place} at {rate}: {}", amount(*draw));
                }
            }
        }
    }
}
