//! Plans as they are written in the format `waterfall-case/1`, each with one agreement and worked by hand

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod conditions;
mod shares;
mod verdicts;

use recoup_money::cases::CaseStatus;
use recoup_waterfall::{run_case, verify_case};
use serde_json::{Value, json};

/// Parties are of no account to the walk: whoever a share names is paid.
fn case(mut structure: Value, timeline: Value) -> Value {
    structure["parties"] = json!([]);
    json!({"schema": "waterfall-case/1", "name": "worked", "structure": structure, "timeline": timeline})
}

fn receipt(id: &str, date: &str, source: &str, amount: &str) -> Value {
    json!({"kind": "receipt", "id": id, "date": date, "source": source, "amount": amount})
}

/// Runs the case: every expectation is met, and money is conserved receipt by receipt and in all.
fn agrees(mut case: Value, expected: Value) -> Value {
    case["expected"] = expected;
    let report = verify_case(&case);
    assert_eq!(report.status, CaseStatus::Equal, "{report:#?}");
    let whole = run_case(&case).unwrap();
    let number = |value: &Value| -> f64 { value.as_str().unwrap().parse().unwrap() };
    let sum = |value: &Value| -> f64 { value.as_object().unwrap().values().map(number).sum() };
    let arrived: f64 = case["timeline"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|happening| happening["kind"] == "receipt")
        .map(|happening| number(&happening["amount"]))
        .sum();
    let by_payee = sum(&whole["by_payee"]) + number(&whole["left_over"]);
    assert!((by_payee - arrived).abs() < 1e-4, "{by_payee} of {arrived}");
    let by_receipt: f64 = whole["by_receipt"].as_object().unwrap().values().map(sum).sum();
    assert!((by_receipt - arrived).abs() < 1e-4, "{by_receipt} of {arrived}");
    whole
}
