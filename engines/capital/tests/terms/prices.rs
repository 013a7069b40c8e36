//! Prices that follow from terms: cost and a premium, tax withheld, fees held back, months typed one by one.

use proptest::prelude::*;
use recoup_explain::Book;
use serde_json::{Value, json};

use super::{called, document, minor, rests_on, run};

fn original(terms: Value) -> Value {
    let mut terms = terms;
    terms["kind"] = json!("cost_plus");
    json!({"id": "original", "name": "Original", "terms": terms})
}

#[test]
fn a_streaming_service_pays_the_cost_and_the_premium_in_equal_months_after_delivery() {
    let terms = json!({"premium": "0.12", "payment_months": 7});
    let (book, _) = run(document(json!([original(terms), called("bridge", "bridge", "USD 1000000.00", 1)])));
    assert_eq!(minor(&book, "capital.original.principal"), 112_000_000);
    let received = |month: &str| minor(&book, &format!("cash_flow.received[{month}]"));
    assert_eq!(received("2027-11"), 0);
    let paid: Vec<i64> =
        ["2027-12", "2028-01", "2028-02", "2028-03", "2028-04", "2028-05", "2028-06"].map(received).to_vec();
    assert_eq!(paid, vec![16_000_000; 7]);
    assert!(rests_on(&book, "cash_flow.received[2028-06]", "instruments[original].terms.payment_months"));
    assert!(rests_on(&book, "capital.original.principal", "instruments[original].terms.premium"));
}

#[test]
fn a_typed_price_stands_whatever_the_premium() {
    let mut typed = original(json!({"premium": "0.12"}));
    typed["amount"] = json!({"fixed": "USD 1500000.00"});
    let (book, _) = run(document(json!([typed])));
    assert_eq!(minor(&book, "capital.original.principal"), 150_000_000);
    let (book, capital) = run(document(json!([original(json!({}))])));
    assert!(
        book.at("capital.original.principal").unwrap().absence().is_some(),
        "no price follows from nothing"
    );
    assert!(capital.findings.iter().any(|finding| finding.code == "INSTRUMENT_WITHOUT_AMOUNT"));
}

#[test]
fn tax_is_withheld_from_an_agents_advance() {
    let advance = json!({"id": "advance", "name": "Advance", "amount": {"fixed": "USD 200000.00"},
        "terms": {"kind": "sales_agent_advance", "withholding": "0.15"}});
    let (book, _) = run(document(json!([advance, called("equity", "equity", "USD 830000.00", 1)])));
    assert_eq!(minor(&book, "cash_flow.received[2027-01]"), 17_000_000);
    assert_eq!(minor(&book, "closing.source.advance"), 17_000_000);
    assert_eq!(minor(&book, "closing.difference"), 0);
}

fn with_fee(fee: Value) -> Book {
    let mut loan = called("loan", "bridge", "USD 1020000.00", 1);
    loan["drawdown"]["from"] = json!({"date": "2027-03-01"});
    loan["rate"] = json!({"fixed": "0"});
    loan["fees"] = json!([fee]);
    run(document(json!([called("equity", "equity", "USD 200000.00", 2), loan]))).0
}

#[test]
fn a_fee_that_is_held_back_is_paid_with_the_first_drawing() {
    let fee = json!({"id": "f", "kind": "origination", "amount": {"share": "0.02"}, "due": {"after": "final_delivery"}});
    let later = with_fee(fee.clone());
    assert_eq!(minor(&later, "cash_flow.fees[2027-11]"), 2_040_000);
    let mut held = fee;
    held["withheld"] = json!(true);
    let held = with_fee(held);
    assert_eq!(minor(&held, "cash_flow.fees[2027-03]"), 2_040_000);
    assert_eq!(minor(&held, "capital.loan.draw[2027-03]"), 12_040_000);
    assert_eq!(minor(&held, "cash_flow.fees[2027-11]"), 0);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    /// Typed months are spent in their proportion, to the cent in all, wherever the phase ends.
    #[test]
    fn typed_months_are_spent_as_typed(amount in 1i64..900_000_000, weights in prop::collection::vec(0u32..1000, 1..16), last in 1u32..1000) {
        let mut weights = weights;
        weights.push(last);
        let mut deal = document(json!([]));
        deal["budget"]["lines"][0]["amount"] = json!(format!("USD {}.{:02}", amount / 100, amount % 100));
        deal["budget"]["lines"][0]["months"] = weights.iter().map(|weight| format!("{}", f64::from(*weight) / 8.0)).collect();
        let (_, capital) = run(deal.clone());
        let (book, _) = run(deal);
        let months = &capital.budget.lines[0].months;
        let spent: Vec<i64> = months.iter().map(|(_, node)| book.value(*node).as_money().unwrap().minor()).collect();
        prop_assert_eq!(spent.iter().sum::<i64>(), amount);
        prop_assert_eq!(spent.len(), weights.len());
        let all: i64 = weights.iter().map(|weight| i64::from(*weight)).sum();
        for (spent, weight) in spent.iter().zip(&weights) {
            let exact = i128::from(amount) * i128::from(*weight);
            prop_assert!((i128::from(*spent) * i128::from(all) - exact).abs() < i128::from(all), "{spent} of {amount}");
        }
    }
}

#[test]
fn a_phase_lends_its_curve_to_lines_without_one() {
    let mut deal = document(json!([]));
    deal["schedule"]["phases"][0]["curve"] = json!("last_month");
    let (book, _) = run(deal.clone());
    assert_eq!(minor(&book, "budget.all.spend[2027-10]"), 100_000_000);
    deal["budget"]["lines"][0]["curve"] = json!("first_month");
    let (book, _) = run(deal);
    assert_eq!(minor(&book, "budget.all.spend[2027-01]"), 100_000_000, "the line's own goes first");
}

#[test]
fn a_line_without_typed_months_moves_no_month_of_the_axis() {
    let (_, capital) = run(document(json!([])));
    assert_eq!(capital.cash_flow.months[0].month.to_string(), "2027-01");
}
