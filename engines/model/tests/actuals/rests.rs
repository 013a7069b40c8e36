//! What an estimate stands for after its last statement, a day in the middle of a quarter, rates, refunds, expenses.

use recoup_deal::{Deal, insert, set};
use serde_json::{Value, json};

use super::{examples, minor, outcome, recomputed};

/// A film with one source that earns 1,200.00 evenly over four quarters, paid a quarter later to one plan.
fn film() -> Deal {
    let deal = examples()[0].clone();
    let source = json!([{"id": "world", "label": "World", "territories": ["WW"], "window": "all_rights",
        "basis": "net_to_producer", "estimate": {"base": "USD 1200.00"}, "start": {"date": "2030-01-01"},
        "months": 12, "profile": "even", "reporting_lag_months": 3}]);
    let plan = json!({"sources": [{"id": "world", "enters": "costs"}],
        "expense_types": [{"id": "release", "cap": "USD 150.00"}],
        "tiers": [
            {"id": "costs", "takes": {"kind": "share", "payee": "agent", "limit": {"kind": "expenses", "of": "release"}},
             "then": "rest"},
            {"id": "rest", "takes": {"kind": "share", "payee": "producer"}}]});
    let parties = json!([{"id": "producer", "name": "Producer", "role": "producer"},
        {"id": "agent", "name": "Agent", "role": "sales_agent"}]);
    let edits = [
        ("currency", json!("USD")),
        ("as_of", json!("2032-01-01")),
        ("instruments", json!([])),
        ("incentives", json!([])),
        ("revenue", json!({"sources": source})),
        ("recoupment", plan),
        ("parties", parties),
        ("assumptions", json!([])),
        ("risk", json!({})),
    ];
    edited(deal, &edits)
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

fn statement(id: &str, from: &str, to: &str, amount: &str) -> (&'static str, Value) {
    let lines = json!([{"id": "world", "source": "world", "amount": amount}]);
    ("actuals.statements+", json!({"id": id, "from": from, "to": to, "lines": lines}))
}

fn rest(word: &str) -> (&'static str, Value) {
    ("actuals.rests", json!([{"id": "world", "source": "world", "rest": word}]))
}

const QUARTERS: [&str; 4] = ["2030-Q2", "2030-Q3", "2030-Q4", "2031-Q1"];

/// What the source brings in each quarter in whole units.
fn quarters(deal: &Deal) -> Vec<i64> {
    let outcome = outcome(deal);
    recomputed(&outcome);
    let at = |quarter: &&str| {
        outcome.book.money(&format!("revenue.world.to_account[{quarter}]")).map_or(0, |one| one.minor() / 100)
    };
    QUARTERS.iter().map(at).collect()
}

#[test]
fn the_rest_of_an_estimate_stands_or_does_what_the_deal_says() {
    assert_eq!(quarters(&film()), [300, 300, 300, 300]);
    let half = statement("h1", "2030-01-01", "2030-06-30", "USD 200.00");
    // A half year counts in the quarter that its last day is paid in.
    let came = |word: &str| quarters(&edited(film(), &[half.clone(), rest(word)]));
    assert_eq!(came("keep_forecast"), [0, 200, 300, 300]);
    assert_eq!(came("drop"), [0, 200, 0, 0]);
    assert_eq!(came("shift"), [0, 200, 700, 300]);
    assert_eq!(came("scale_to_estimate"), [0, 200, 500, 500]);
    let more = statement("h1", "2030-01-01", "2030-06-30", "USD 1000.00");
    let came = |word: &str| quarters(&edited(film(), &[more.clone(), rest(word)]));
    assert_eq!(came("shift"), [0, 1000, 300, 300], "nothing is late");
    assert_eq!(came("scale_to_estimate"), [0, 1000, 100, 100]);
    let most = statement("h1", "2030-01-01", "2030-06-30", "USD 5000.00");
    assert_eq!(quarters(&edited(film(), &[most, rest("scale_to_estimate")])), [0, 5000, 0, 0]);
}

#[test]
fn what_is_late_after_the_last_quarter_arrives_in_the_next() {
    let year = statement("y", "2030-01-01", "2030-12-31", "USD 900.00");
    let late = outcome(&edited(film(), &[year.clone(), rest("shift")]));
    assert_eq!(minor(&late, "revenue.world.to_account[2031-Q1]"), 90_000);
    assert_eq!(minor(&late, "revenue.world.to_account[2031-Q2]"), 30_000);
    let asked = outcome(&edited(film(), &[year, rest("scale_to_estimate")]));
    assert!(asked.findings.iter().any(|one| one.code == "ACTUALS_REST_UNPLACED"), "{:?}", asked.findings);
}

#[test]
fn a_day_inside_a_quarter_divides_it_by_its_days() {
    // 45 of the 90 days from January to March.
    let came = edited(film(), &[statement("start", "2030-01-01", "2030-02-14", "USD 10.00")]);
    let outcome = outcome(&came);
    recomputed(&outcome);
    assert_eq!(minor(&outcome, "revenue.world.to_account[2030-Q2]"), 1_000 + 15_000);
    assert_eq!(minor(&outcome, "actuals.forecast.world"), 15_000);
    assert_eq!(minor(&outcome, "actuals.variance.world[2030-Q2]"), -14_000);
    assert_eq!(minor(&outcome, "actuals.statements.start.world.forecast"), 15_000);
    assert_eq!(minor(&outcome, "revenue.world.to_account.forecast[2030-Q2]"), 30_000);
}

#[test]
fn nothing_counts_where_nobody_reported_before_the_last_statement() {
    let second = statement("q2", "2030-04-01", "2030-06-30", "USD 310.00");
    let came = edited(film(), std::slice::from_ref(&second));
    assert_eq!(quarters(&came), [0, 310, 300, 300]);
    let outcome = outcome(&came);
    assert_eq!(minor(&outcome, "actuals.statements.q2.world.variance"), 1_000);
    assert_eq!(minor(&outcome, "actuals.variance.world"), -29_000);
}

#[test]
fn a_draft_moves_nothing() {
    let draft = edited(film(), &[statement("q1", "2030-01-01", "2030-03-31", "USD 1.00")]);
    let draft = edited(draft, &[("actuals.statements[q1].standing", json!("draft"))]);
    assert_eq!(quarters(&draft), [300, 300, 300, 300]);
    assert!(outcome(&draft).actuals.is_none());
}

#[test]
fn money_that_is_given_back_is_taken_from_what_comes_next() {
    let first = statement("q1", "2030-01-01", "2030-03-31", "USD 300.00");
    let back = statement("q2", "2030-04-01", "2030-06-30", "USD -400.00");
    let came = edited(film(), &[first, back]);
    assert_eq!(quarters(&came), [300, 0, 0, 200]);
    assert_eq!(minor(&outcome(&came), "actuals.received.world"), -10_000);
    let open = edited(came, &[rest("drop")]);
    let outcome = outcome(&open);
    assert!(outcome.findings.iter().any(|one| one.code == "ACTUALS_REFUND_OPEN"), "{:?}", outcome.findings);
}

#[test]
fn a_typed_rate_prices_what_was_paid() {
    let lines = json!([{"id": "world", "source": "world", "gross": "EUR 120.00", "amount": "EUR 100.00", "rate": "1.1",
        "deductions": [{"id": "fee", "kind": "sales_commission", "amount": "EUR 15.00"}]}]);
    let statement = json!({"id": "q1", "from": "2030-01-01", "to": "2030-03-31", "received": "2030-05-02",
        "lines": lines});
    let outcome = outcome(&edited(film(), &[("actuals.statements+", statement)]));
    recomputed(&outcome);
    assert_eq!(minor(&outcome, "revenue.world.to_account[2030-Q2]"), 11_000);
    assert_eq!(minor(&outcome, "revenue.world.gross[2030-Q2]"), 13_200);
    assert_eq!(minor(&outcome, "revenue.world.sales_commission[2030-Q2]"), 1_650);
    assert_eq!(minor(&outcome, "revenue.world.not_itemised[2030-Q2]"), 550);
    let node = outcome.book.find("revenue.world.to_account[2030-Q2]").unwrap();
    let leaves = outcome.book.leaves_of(node);
    let rate = leaves.iter().find(|leaf| leaf.path().is_some_and(|path| path.ends_with(".rate")));
    assert!(
        matches!(rate, Some(recoup_explain::Leaf::DatedRate { date, .. }) if date.to_string() == "2030-05-02")
    );
    let first = outcome.receipts.sources[0].quarters[0].date;
    assert_eq!(first.to_string(), "2030-05-02", "the plan receives it on the day it came");
}

#[test]
fn declared_expenses_are_recouped_up_to_their_cap() {
    let expenses = json!([{"id": "posters", "expense_type": "release", "amount": "USD 100.00"},
        {"id": "more", "expense_type": "release", "amount": "USD 80.00"},
        {"id": "audit", "expense_type": "release", "amount": "USD 7.00", "counts_to_cap": false}]);
    let mut statement = statement("q1", "2030-01-01", "2030-03-31", "USD 300.00");
    statement.1["expenses"] = expenses;
    let outcome = outcome(&edited(film(), &[statement]));
    recomputed(&outcome);
    assert_eq!(minor(&outcome, "recoupment.agent.paid"), 15_700);
    assert_eq!(minor(&outcome, "actuals.expenses.release.declared"), 18_000);
    assert_eq!(minor(&outcome, "actuals.expenses.release.outside_cap"), 700);
    assert_eq!(outcome.book.number("actuals.expenses.release.share").unwrap().normalize().to_string(), "1.2");
    assert!(outcome.findings.iter().any(|one| one.code == "ACTUALS_CAP_OVER"));
}
