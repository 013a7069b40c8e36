//! What is refused when a file is read, with code, cell, value and limits; and that the schema means it.
#![allow(clippy::unwrap_used, clippy::panic)]

use recoup_deal::{DealError, MAX_BYTES, deal_schema, read_deal, read_deal_value};
use serde_json::{Value, json};

fn tidy() -> Value {
    serde_json::from_str(include_str!("tidy.deal.json")).unwrap()
}

fn with(pointer: &str, value: Value) -> Value {
    let mut document = tidy();
    *document.pointer_mut(pointer).unwrap_or_else(|| panic!("{pointer}")) = value;
    document
}

fn refused(document: Value) -> DealError {
    read_deal_value(document).unwrap_err()
}

#[test]
fn damaged_foreign_and_newer_files_are_told_apart() {
    let code = |text: &str| read_deal(text).unwrap_err().code;
    assert_eq!(code(""), "NOT_JSON");
    assert_eq!(code("{\"schema\": "), "NOT_JSON");
    assert_eq!(code("PK\u{3}\u{4}"), "NOT_JSON");
    assert_eq!(code("[]"), "NOT_A_DEAL");
    assert_eq!(code("{\"name\": \"x\"}"), "NOT_A_DEAL");
    assert_eq!(code(&" ".repeat(MAX_BYTES + 1)), "TOO_LARGE");
    let newer = refused(with("/schema", json!("recoup-deal/7")));
    assert_eq!(newer.code, "NEWER_SCHEMA");
    assert!(newer.message.contains("Update Recoup"), "{}", newer.message);
    assert_eq!(
        (newer.given.as_deref(), newer.max.as_deref()),
        (Some("recoup-deal/7"), Some("recoup-deal/1"))
    );
}

#[test]
fn a_byte_order_mark_is_read_over() {
    assert!(read_deal(&format!("\u{feff}{}", tidy())).is_ok());
}

#[test]
fn every_refused_field_is_named_with_what_was_given() {
    for (pointer, value, code, path) in [
        ("/currency", json!("DOLLARS"), "INVALID_VALUE", "currency"),
        ("/as_of", json!("2026-13-01"), "INVALID_VALUE", "as_of"),
        ("/as_of", json!(20261122), "WRONG_TYPE", "as_of"),
        ("/project/title", json!(["x"]), "WRONG_TYPE", "project.title"),
        ("/budget/lines/1/amount", json!("USD 1.5"), "INVALID_VALUE", "budget.lines[animation].amount"),
        ("/budget/lines/1/amount", json!(3200000), "WRONG_TYPE", "budget.lines[animation].amount"),
        ("/budget/lines/1/account", json!("animtion"), "UNKNOWN_CHOICE", "budget.lines[animation].account"),
        ("/budget/contingency/share", json!(0.1), "WRONG_TYPE", "budget.contingency.share"),
        ("/budget/contingency/share", json!("ten"), "INVALID_VALUE", "budget.contingency.share"),
        ("/budget/costs/0/due", json!("some_day"), "UNKNOWN_CHOICE", "budget.costs[bond].due"),
        ("/instruments/3/terms/kind", json!("gift"), "UNKNOWN_CHOICE", "instruments[gap].terms"),
        (
            "/instruments/3/terms",
            json!({"kind": "gap_loan", "cover": "2"}),
            "UNKNOWN_FIELD",
            "instruments[gap].terms.cover",
        ),
        ("/instruments/3/rate", json!({"fixd": "0.1"}), "UNKNOWN_CHOICE", "instruments[gap].rate"),
        (
            "/instruments/3/maturity/after/months",
            json!(3_000_000_000u32),
            "OUT_OF_RANGE",
            "instruments[gap].maturity.after.months",
        ),
        ("/schedule/phases/0/months", json!(-1), "OUT_OF_RANGE", "schedule.phases[pre].months"),
        ("/schedule/phases/0/months", json!(1.5), "WRONG_TYPE", "schedule.phases[pre].months"),
        ("/budget/lines/0/id", json!("animation"), "DUPLICATE_ID", "budget.lines[animation]"),
        ("/budget/lines/0/id", json!("a b"), "INVALID_ID", "budget.lines"),
    ] {
        let why = refused(with(pointer, value));
        assert_eq!(
            (why.code.as_str(), why.path.as_deref()),
            (code, Some(path)),
            "{pointer}: {}",
            why.message
        );
        assert!(why.given.is_some() && why.message.ends_with('.'), "{why:?}");
    }
    let mut missing = tidy();
    missing["project"].as_object_mut().unwrap().remove("title");
    let why = refused(missing);
    assert_eq!((why.code.as_str(), why.path.as_deref()), ("MISSING_FIELD", Some("project.title")));
}

#[test]
fn a_stated_budget_lies_within_the_limits_at_the_deals_rate() {
    let state = |total: &str| read_deal_value(with("/budget/total", json!(total)));
    let why = state("USD 999999.99").unwrap_err();
    assert_eq!((why.code.as_str(), why.path.as_deref()), ("INVALID_BUDGET", Some("budget.total")));
    assert_eq!(why.given.as_deref(), Some("USD 999999.99"));
    assert_eq!((why.min.as_deref(), why.max.as_deref()), (Some("USD 1000000.00"), Some("USD 1000000000.00")));
    assert!(state("USD 1000000.00").is_ok());
    assert!(state("USD 1000000000.00").is_ok());
    assert_eq!(state("USD 1000000000.01").unwrap_err().code, "INVALID_BUDGET");
    assert_eq!(state("CAD 1379999.99").unwrap_err().code, "INVALID_BUDGET", "at 1.38 Canadian dollars");
    assert!(state("CAD 1380000.01").is_ok());
    let line = with("/budget/lines/1/amount", json!("USD 1000000000.00"));
    assert_eq!(refused(line).path.as_deref(), Some("budget.lines"));
}

#[test]
fn a_wished_stack_adds_up_to_a_hundred_within_one() {
    let wish = |equity: &str| {
        let mut document = tidy();
        document["preferences"] = json!({"allocations": [{"id": "w", "name": "Wish", "parts": [
            {"id": "e", "kind": "equity", "percent": equity}, {"id": "d", "kind": "senior_debt", "percent": "60"}]}]});
        read_deal_value(document)
    };
    assert!(wish("39").is_ok() && wish("41").is_ok());
    let why = wish("41.01").unwrap_err();
    assert_eq!((why.code.as_str(), why.given.as_deref()), ("INVALID_ALLOCATION", Some("101.01")));
    assert_eq!(why.path.as_deref(), Some("preferences.allocations[w].parts"));
    assert_eq!(wish("38.99").unwrap_err().code, "INVALID_ALLOCATION");
}

#[test]
fn absent_and_null_are_the_same() {
    let document = with("/budget/contingency", Value::Null);
    assert_eq!(read_deal_value(document).unwrap().budget.contingency, None);
}

#[test]
fn the_schema_is_closed_and_writes_decimals_as_strings() {
    let schema = deal_schema();
    assert_eq!(schema["title"], "recoup-deal/1");
    assert_eq!(schema["additionalProperties"], false);
    let share = &schema["$defs"]["SpendShare"]["properties"]["share"];
    assert_eq!(share["type"], json!(["string", "null"]));
    let mut open = Vec::new();
    for (name, definition) in schema["$defs"].as_object().unwrap() {
        if definition.get("properties").is_some() && definition["additionalProperties"] != false {
            open.push(name.clone());
        }
    }
    assert_eq!(open, [] as [&str; 0]);
    let text = schema.to_string();
    assert!(!text.contains("\"type\":\"number\"") && !text.contains("\"string\",\"number\""));
}
