//! What does not fit together in time: a plan that raises each, and a near miss.

#![expect(clippy::expect_used, reason = "a test stops where it cannot go on")]

use recoup_deal::findings::unsaid;
use recoup_deal::{Finding, Timeline, read_deal_value};
use recoup_explain::{Book, Cells};
use recoup_revenue::receipts;
use serde_json::{Value, json};

/// Delivered in January 2028, released in March 2028; Germany is sold to the end of 2032.
fn found(sources: &[Value]) -> Vec<Finding> {
    let document = json!({
        "schema": "recoup-deal/1", "id": "d", "name": "D", "currency": "USD", "as_of": "2026-11-22",
        "project": {"title": "D"},
        "schedule": {"start": "2027-01-01", "release": {"date": "2028-03-10"},
            "deliveries": [{"id": "final", "date": "2028-01-01"}]},
        "instruments": [{"id": "german", "name": "German licence", "terms": {"kind": "broadcaster_licence",
            "territories": ["DE"], "windows": ["all_rights"], "term_years": "5", "starts": {"after": {"date": "2028-01-01"}}},
            "amount": {"fixed": "USD 1000.00"}}],
        "revenue": {"sources": sources, "distribution": [{"id": "c", "territories": ["DE"], "fee": "0.2"}]}
    });
    let deal = read_deal_value(document).expect("a deal");
    let mut book = Book::new();
    let cells = Cells::new(deal.currency, Vec::new(), Vec::new());
    let found = receipts(&deal, &Timeline::of(&deal), &cells, &mut book).findings;
    for finding in &found {
        assert_eq!(unsaid(finding), [], "{finding:?}");
    }
    found
}

fn source(id: &str, territories: &[&str], window: &str, start: u32, months: u32) -> Value {
    json!({"id": id, "label": id, "territories": territories, "window": window, "basis": "distributor_gross",
        "estimate": {"base": "USD 1000.00"}, "start": {"months_after_release": start}, "months": months})
}

fn at(code: &str, sources: &[Value]) -> Option<String> {
    found(sources).into_iter().find(|finding| finding.code == code).map(|finding| finding.path)
}

#[test]
fn a_window_is_estimated_once_for_the_same_months() {
    let code = "TERRITORY_ESTIMATED_TWICE";
    let first = source("one", &["FR"], "svod", 0, 12);
    let path = Some("revenue.sources[two].territories".to_owned());
    let beside = |other: Value| at(code, &[first.clone(), other]);
    assert_eq!(beside(source("two", &["FR", "BE"], "svod", 11, 12)), path);
    assert_eq!(beside(source("two", &["WW"], "all_rights", 0, 1)), path);
    assert_eq!(beside(source("two", &["FR"], "svod", 12, 12)), None, "one after the other");
    assert_eq!(beside(source("two", &["FR"], "theatrical", 0, 12)), None, "another window");
    let sale = |start: u32| {
        let mut sale = source("two", &["FR"], "all_rights", start, 1);
        sale["basis"] = json!("licence_fee");
        let mut stream = first.clone();
        stream["start"] = json!({"months_after_release": 24});
        at(code, &[stream, sale])
    };
    assert_eq!(sale(1), path, "a price for all rights buys the first windows");
    assert_eq!(sale(0), None, "a window two years after it is another sale");
    assert_eq!(beside(source("two", &["ROW"], "svod", 0, 12)), None, "the rest of the world is elsewhere");
}

#[test]
fn the_whole_world_has_what_is_sold_in_it_until_the_term_is_over() {
    let code = "WORLD_OVER_SOLD";
    let world = |start: u32| at(code, &[source("world", &["WW"], "svod", start, 6)]);
    // 2033-01 is 58 months after March 2028.
    assert_eq!(world(57), Some("revenue.sources[world].territories".into()));
    assert_eq!(world(58), None);
    assert_eq!(at(code, &[source("toys", &["WW"], "merchandising", 0, 6)]), None);
}

#[test]
fn a_source_ends_with_the_licence_it_is_earned_under() {
    let code = "SOURCE_PAST_TERM";
    let earned = |months: u32| {
        let mut german = source("german", &["DE"], "all_rights", 0, months);
        german["sold_by"] = json!("german");
        german["distribution"] = json!("c");
        at(code, &[german])
    };
    assert_eq!(earned(59), Some("revenue.sources[german].sold_by".into()));
    assert_eq!(earned(58), None, "the last month of the term");
}

#[test]
fn a_licence_paid_in_parts_may_be_paid_before_delivery() {
    let mut early = source("early", &["JP"], "all_rights", 0, 1);
    early["start"] = json!({"months_after_delivery": -3});
    assert!(at("RECEIPTS_BEFORE_DELIVERY", std::slice::from_ref(&early)).is_some());
    early["payments"] = json!([{"id": "signature", "share": "1", "on": "signature"}]);
    assert_eq!(at("RECEIPTS_BEFORE_DELIVERY", &[early]), None);
}
