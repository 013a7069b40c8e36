//! Statements that came in: how they are read and written, and every rule about them with its near miss.
#![allow(clippy::unwrap_used, clippy::panic)]

use recoup_deal::Severity::{Blocker, Note, Question};
use recoup_deal::actuals::{Rest, StatementStanding};
use recoup_deal::findings::unsaid;
use recoup_deal::{Deal, Severity, check, insert, read_deal, set, write_deal};
use serde_json::{Value, json};

const TIDY: &str = include_str!("tidy.deal.json");

/// The tidy film a year after its delivery, with one quarter reported.
fn reported() -> Deal {
    let statement = json!({"id": "q2", "from": "2029-04-01", "to": "2029-06-30", "reported": "2029-07-31",
        "received": "2029-08-10", "sender": "agent",
        "lines": [{"id": "de", "source": "de", "gross": "USD 1000.00", "amount": "USD 850.00",
            "deductions": [{"id": "fee", "kind": "sales_commission", "amount": "USD 150.00"}]}]});
    let expenses = json!({"id": "sales", "cap": "USD 1000.00"});
    let edits = [
        ("as_of", json!("2030-03-01")),
        ("actuals.statements+", statement),
        ("recoupment.expense_types+", expenses),
    ];
    edited(read_deal(TIDY).unwrap(), &edits)
}

fn edited(deal: Deal, edits: &[(&str, Value)]) -> Deal {
    edits.iter().fold(deal, |deal, (path, value)| {
        let done = match path.strip_suffix('+') {
            Some(list) => insert(&deal, list, value.clone(), None),
            None => set(&deal, path, value.clone()),
        };
        done.unwrap_or_else(|why| panic!("{path}: {why:?}"))
    })
}

fn raises(code: &str, at: &str, severity: Severity, edits: &[(&str, Value)]) {
    let findings = check(&edited(reported(), edits));
    let hit = findings.iter().find(|finding| finding.code == code && finding.path == at);
    let hit = hit.unwrap_or_else(|| panic!("{code} at {at} not among {findings:#?}"));
    assert_eq!(hit.severity, severity, "{code}");
    assert_eq!(unsaid(hit), [], "{hit:?}");
}

fn spares(code: &str, edits: &[(&str, Value)]) {
    let findings = check(&edited(reported(), edits));
    assert!(findings.iter().all(|finding| finding.code != code), "{code} in {findings:#?}");
}

/// The quarter after the one that is reported, or other days.
fn next(from: &str, to: &str) -> (&'static str, Value) {
    let lines = json!([{"id": "de", "source": "de", "amount": "USD 10.00"}]);
    ("actuals.statements+", json!({"id": "next", "from": from, "to": to, "lines": lines}))
}

const LINE: &str = "actuals.statements[q2].lines[de]";

#[test]
fn a_deal_without_statements_is_written_as_before() {
    let deal = read_deal(TIDY).unwrap();
    assert!(deal.actuals.is_empty());
    assert!(!write_deal(&deal).unwrap().contains("actuals"));
}

#[test]
fn statements_are_read_and_written_unchanged() {
    let deal = reported();
    let again = read_deal(&write_deal(&deal).unwrap()).unwrap();
    assert_eq!(again, deal);
    assert_eq!(again.actuals.statements[0].standing, StatementStanding::Accepted);
    assert_eq!(again.actuals.rest_of("de"), Rest::KeepForecast);
    assert_eq!(again.actuals.covered_to("de").unwrap().to_string(), "2029-06-30");
    assert_eq!(again.actuals.covered_to("svod"), None, "a source without a line is not reported on");
}

#[test]
fn nothing_is_found_about_a_statement_that_is_in_order() {
    let about = |finding: &recoup_deal::Finding| finding.path.starts_with("actuals");
    let found: Vec<_> = check(&reported()).into_iter().filter(about).collect();
    assert_eq!(found, []);
}

#[test]
fn periods_end_after_they_begin_and_before_they_are_reported() {
    let to = "actuals.statements[q2].to";
    raises("ACTUALS_PERIOD_REVERSED", to, Blocker, &[(to, json!("2029-03-31"))]);
    spares("ACTUALS_PERIOD_REVERSED", &[(to, json!("2029-04-01"))]);
    let day = "actuals.statements[q2].reported";
    raises("ACTUALS_AFTER_REPORT", to, Blocker, &[(day, json!("2029-06-29"))]);
    spares("ACTUALS_AFTER_REPORT", &[(day, json!("2029-06-30"))]);
    spares("ACTUALS_AFTER_REPORT", &[(day, Value::Null)]);
}

#[test]
fn no_statement_lies_in_the_future_or_before_delivery() {
    let received = "actuals.statements[q2].received";
    raises("ACTUALS_IN_FUTURE", received, Question, &[(received, json!("2030-03-02"))]);
    spares("ACTUALS_IN_FUTURE", &[(received, json!("2030-03-01"))]);
    let from = "actuals.statements[q2].from";
    raises("ACTUALS_BEFORE_DELIVERY", from, Question, &[(from, json!("2029-02-28"))]);
    spares("ACTUALS_BEFORE_DELIVERY", &[(from, json!("2029-03-01"))]);
}

#[test]
fn a_draft_waits_to_be_accepted_and_covers_nothing() {
    let standing = "actuals.statements[q2].standing";
    raises("ACTUALS_DRAFT", standing, Question, &[(standing, json!("draft"))]);
    spares("ACTUALS_DRAFT", &[(standing, json!("accepted"))]);
    let draft = edited(reported(), &[(standing, json!("draft"))]);
    assert!(!draft.actuals.covers("de") && draft.actuals.counted().is_empty());
}

#[test]
fn periods_of_a_source_neither_overlap_nor_leave_gaps() {
    let from = "actuals.statements[next].from";
    raises("ACTUALS_OVERLAP", from, Question, &[next("2029-06-30", "2029-09-30")]);
    spares("ACTUALS_OVERLAP", &[next("2029-07-01", "2029-09-30")]);
    raises("ACTUALS_GAP", from, Question, &[next("2029-07-02", "2029-09-30")]);
    spares("ACTUALS_GAP", &[next("2029-07-01", "2029-09-30")]);
}

#[test]
fn what_a_statement_names_exists() {
    let nobody = [("actuals.statements[q2].sender", json!("nobody"))];
    raises("UNKNOWN_REFERENCE", "actuals.statements[q2].sender", Blocker, &nobody);
    let source = format!("{LINE}.source");
    raises("UNKNOWN_REFERENCE", &source, Blocker, &[(&source, json!("moon"))]);
    let rest = ("actuals.rests+", json!({"id": "moon", "source": "moon", "rest": "drop"}));
    raises("UNKNOWN_REFERENCE", "actuals.rests[moon].source", Blocker, &[rest]);
    let expense = |kind: &str| {
        let expense = json!({"id": "x", "expense_type": kind, "amount": "USD 1.00"});
        ("actuals.statements[q2].expenses+", expense)
    };
    let path = "actuals.statements[q2].expenses[x].expense_type";
    raises("UNKNOWN_REFERENCE", path, Blocker, &[expense("travel")]);
    spares("UNKNOWN_REFERENCE", &[expense("sales")]);
}

#[test]
fn a_line_adds_up_in_one_currency() {
    let amount = format!("{LINE}.amount");
    raises("ACTUALS_LINE_SUM", &amount, Question, &[(&amount, json!("USD 849.99"))]);
    spares("ACTUALS_LINE_SUM", &[(&amount, json!("USD 849.99")), (&format!("{LINE}.gross"), Value::Null)]);
    raises("ACTUALS_CURRENCIES", &amount, Blocker, &[(&amount, json!("CAD 850.00"))]);
    let euros = json!([{"id": "de", "source": "de", "amount": "EUR 850.00"}]);
    let euros = ("actuals.statements[q2].lines", euros);
    let rate = format!("{LINE}.rate");
    raises("MISSING_RATE", &rate, Blocker, std::slice::from_ref(&euros));
    spares("MISSING_RATE", &[euros.clone(), (&rate, json!("1.10"))]);
    raises("INVALID_RATE", &rate, Blocker, &[euros, (&rate, json!("0"))]);
}

#[test]
fn money_may_be_given_back() {
    let back =
        [("actuals.statements[q2].lines", json!([{"id": "de", "source": "de", "amount": "USD -850.00"}]))];
    spares("NEGATIVE_AMOUNT", &back);
}

#[test]
fn the_cap_of_expenses_is_watched() {
    let expense = |amount: &str, counts: bool| {
        let expense = json!({"id": "x", "expense_type": "sales", "amount": amount, "counts_to_cap": counts});
        [("actuals.statements[q2].expenses+", expense)]
    };
    let cap = "recoupment.expense_types[sales].cap";
    raises("ACTUALS_CAP_NEAR", cap, Note, &expense("USD 800.00", true));
    raises("ACTUALS_CAP_NEAR", cap, Note, &expense("USD 1000.00", true));
    spares("ACTUALS_CAP_NEAR", &expense("USD 799.00", true));
    raises("ACTUALS_CAP_OVER", cap, Question, &expense("USD 1000.01", true));
    spares("ACTUALS_CAP_OVER", &expense("USD 1000.01", false));
}
