//! Values that nobody means, in every cell of a plan with every term: refused or computed, and never a panic.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use proptest::prelude::*;
use recoup_deal::recoupment::RecoupmentPlan;
use recoup_explain::{Book, Cells};
use recoup_money::Currency;
use recoup_waterfall::{
    InputNodes, RunInputs, Surroundings, expiry_findings, recoup, recoup_recorded, validate,
};
use serde_json::{Value, json};

fn plan() -> Value {
    json!({
        "residual": "producer",
        "sources": [{"id": "fr", "enters": "fee", "contract": "agency"}, {"id": "us", "enters": "loan"}],
        "contracts": [{"id": "agency", "from": "2029-01-01", "to": "2029-05-31", "value": "USD 900.00"}],
        "expense_types": [{"id": "selling", "cap": "USD 90.00", "declared": [
            {"id": "market", "date": "2029-01-15", "amount": "USD 80.00"}]}],
        "unit_series": [{"id": "tickets", "counts": [{"id": "a", "date": "2029-02-01", "count": 3000}]}],
        "events": [{"id": "won", "date": "2029-03-01", "event": "award", "value": "2"}],
        "amendments": [
            {"id": "a", "date": "2029-03-01", "change": {"kind": "rate", "tier": "fee", "rate": "0.3"}},
            {"id": "b", "date": "2029-03-01", "change": {"kind": "limit", "tier": "hurdle", "rate": "0.2"}},
            {"id": "c", "date": "2029-03-01", "change": {"kind": "limit", "tier": "unit", "amount": "USD 0.20"}},
            {"id": "d", "date": "2029-03-01", "change": {"kind": "limit", "tier": "twice", "factor": "3"}},
            {"id": "e", "date": "2029-03-01",
                "change": {"kind": "expense_cap", "expense_type": "selling", "cap": "USD 70.00"}},
            {"id": "f", "date": "2029-04-01", "change": {"kind": "payee", "tier": "hurdle", "payee": "buyer"}}],
        "tiers": [
            {"id": "fee", "takes": {"kind": "share", "payee": "agent", "rate": "0.2", "contract": "agency"},
                "then": "hold"},
            {"id": "hold", "takes": {"kind": "reserve", "rate": "0.1", "release_months": 3, "release_to": "loan",
                "cap": "USD 500.00"}, "then": "part"},
            {"id": "part", "takes": {"kind": "enters", "into": "inner", "rate": "0.4",
                "limit": {"kind": "amount", "amount": "USD 700.00"}}, "then": "loan"},
            {"id": "inner", "takes": {"kind": "share", "payee": "bank",
                "limit": {"kind": "expenses", "of": "selling", "factor": "1.1"}}, "then": "net"},
            {"id": "loan", "takes": {"kind": "share", "payee": "bank", "limit": {"kind": "principal_and_interest",
                "instrument": "gap", "factor": "1.2", "interest": {"rate_annual": "0.09",
                "compounding": "quarterly"}}}, "then": "unit"},
            {"id": "unit", "takes": {"kind": "share", "payee": "author",
                "limit": {"kind": "per_unit", "series": "tickets", "amount": "USD 0.10", "beyond": 20}},
                "then": "hurdle"},
            {"id": "hurdle", "takes": {"kind": "share", "payee": "fund", "rate": "0.8",
                "limit": {"kind": "irr_hurdle", "instrument": "gap", "rate_annual": "0.15"}}, "then": "twice"},
            {"id": "twice", "takes": {"kind": "share", "payee": "fund", "rate": "0.5",
                "limit": {"kind": "multiple_hurdle", "instrument": "gap", "multiple": "2"}}, "then": "gross"},
            {"id": "gross", "takes": {"kind": "share", "payee": "author", "rate": "0.05",
                "rate_base": "gross_of_receipt", "gross_of": ["fr"], "unpaid": "carries_forward", "while": [
                {"measure": "event_value", "event": "award", "is": "more_than", "target": "1"},
                {"measure": "counted", "series": "tickets", "is": "up_to", "target": 4000},
                {"measure": "received", "is": "up_to", "target": {"amount": "USD 99999.00"}}]}, "then": "net"},
            {"id": "net", "takes": {"kind": "share", "payee": "producer", "rate": "0.9"}}]
    })
}

fn inputs() -> Value {
    let receipt = |id: &str, date: &str, source: &str, amount: &str| json!({"id": id, "date": date, "source": source, "amount": amount});
    json!({"currency": "USD",
        "receipts": [receipt("r1", "2029-01-31", "fr", "USD 1000.00"), receipt("r2", "2029-03-31", "us", "USD 800.00"),
            receipt("r3", "2029-04-30", "fr", "USD -300.00"), receipt("r4", "2029-06-30", "fr", "USD 5000.00")],
        "drawings": [{"date": "2028-06-01", "instrument": "gap", "amount": "USD 600.00"}]})
}

/// The pointers of all scalars below a value.
fn scalars(value: &Value, at: String, out: &mut Vec<String>) {
    match value {
        Value::Object(fields) => {
            fields.iter().for_each(|(name, inner)| scalars(inner, format!("{at}/{name}"), out));
        }
        Value::Array(list) => {
            list.iter().enumerate().for_each(|(index, inner)| scalars(inner, format!("{at}/{index}"), out));
        }
        _ => out.push(at),
    }
}

fn extremes() -> Vec<Value> {
    vec![
        json!("0"),
        json!("-1"),
        json!("9223372036854775807"),
        json!("1/9223372036854775807"),
        json!("-9223372036854775807"),
        json!("USD 92233720368547758.07"),
        json!("USD -92233720368547758.07"),
        json!("USD 0.00"),
        json!(i64::MAX),
        json!(i64::MIN),
        json!(0),
        json!(100_000),
        json!("0001-01-01"),
        json!("9999-12-31"),
        json!("nowhere"),
        Value::Null,
    ]
}

/// Reads, checks, runs and tells; what cannot be read or run says so.
fn go(plan: &Value, inputs: &Value) {
    let Ok(plan) = serde_json::from_value::<RecoupmentPlan>(plan.clone()) else { return };
    let Ok(inputs) = serde_json::from_value::<RunInputs>(inputs.clone()) else { return };
    validate(&plan, Currency::USD, &Surroundings::default());
    let Ok(result) = recoup(&plan, &inputs, &[]) else { return };
    expiry_findings(&plan, &result);
    let mut book = Book::new();
    let cells = Cells::new(Currency::USD, Vec::new(), Vec::new());
    let _ = recoup_recorded(&plan, &inputs, &InputNodes::default(), &[], &cells, &mut book);
}

#[test]
fn the_plan_as_it_stands_runs_and_the_book_agrees() {
    let plan: RecoupmentPlan = serde_json::from_value(plan()).unwrap();
    let inputs: RunInputs = serde_json::from_value(inputs()).unwrap();
    let mut book = Book::new();
    let cells = Cells::new(Currency::USD, Vec::new(), Vec::new());
    let run = recoup_recorded(&plan, &inputs, &InputNodes::default(), &[], &cells, &mut book).unwrap();
    for claim in &run.recoupment.claims {
        let at = format!("recoupment.claims.{}.paid", claim.tier);
        assert_eq!(book.money(&at), Some(claim.paid), "{at}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn several_cells_at_once(
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>(), any::<bool>()), 1..6),
    ) {
        let (mut plan, mut inputs) = (plan(), inputs());
        for (place, value, in_plan) in changes {
            let document = if in_plan { &mut plan } else { &mut inputs };
            let mut places = Vec::new();
            scalars(document, String::new(), &mut places);
            let values = extremes();
            let place: &String = place.get(&places);
            let value: &Value = value.get(&values);
            *document.pointer_mut(place).unwrap() = value.clone();
        }
        go(&plan, &inputs);
    }
}
