//! When a source pays, and what its contracts leave unsaid.

#![expect(clippy::expect_used, clippy::unwrap_used, reason = "a test stops where it cannot go on")]

use proptest::prelude::*;
use recoup_deal::findings::{render, unsaid};
use recoup_deal::{Finding, Language, Severity, Timeline, read_deal_value};
use recoup_explain::{Book, Cells};
use recoup_money::{Currency, Money};
use recoup_revenue::{Receipts, receipts};
use serde_json::{Value, json};

/// Released in March 2028, delivered in January; one source under one contract.
fn document() -> Value {
    json!({
        "schema": "recoup-deal/1", "id": "d", "name": "D", "currency": "USD", "as_of": "2026-11-22",
        "project": {"title": "D"},
        "schedule": {"start": "2027-01-01", "release": {"date": "2028-03-10"},
            "deliveries": [{"id": "final", "date": "2028-01-01"}]},
        "revenue": {
            "sources": [{"id": "s", "label": "The stream", "territories": ["DE"], "window": "svod",
                "estimate": {"base": "USD 1200.00"}, "start": {"months_after_release": 0}, "months": 12,
                "profile": "even", "distribution": "c"}],
            "distribution": [{"id": "c", "distributor": "dist", "fee": "0.25"}],
            "sales_agencies": [{"id": "a", "agent": "agent", "commission": "0.10"}]
        }
    })
}

fn with(changes: &[(&str, Value)]) -> (Book, Receipts) {
    let mut document = document();
    for (at, value) in changes {
        let (parent, key) = at.rsplit_once('/').unwrap();
        document.pointer_mut(parent).unwrap()[key] = value.clone();
    }
    let deal = read_deal_value(document).expect("a deal");
    let mut book = Book::new();
    let cells = Cells::new(deal.currency, Vec::new(), Vec::new());
    let found = receipts(&deal, &Timeline::of(&deal), &cells, &mut book);
    (book, found)
}

/// Quarters in which the source pays, with its gross in cents.
fn quarters(changes: &[(&str, Value)]) -> Vec<(String, i64)> {
    let (book, found) = with(changes);
    let minor = |node| book.value(node).as_money().expect("an amount").minor();
    found.sources[0].quarters.iter().map(|paid| (paid.quarter.to_string(), minor(paid.gross))).collect()
}

fn named(list: &[(&str, i64)]) -> Vec<(String, i64)> {
    list.iter().map(|(quarter, minor)| ((*quarter).to_owned(), *minor)).collect()
}

#[test]
fn a_source_starts_on_its_day_or_so_many_months_after_delivery_or_release() {
    let start = |start: Value| {
        quarters(&[("/revenue/sources/0/start", start), ("/revenue/sources/0/profile", json!("lump"))])
    };
    assert_eq!(start(json!({"date": "2029-05-20"})), named(&[("2029-Q2", 120_000)]));
    assert_eq!(start(json!({"months_after_delivery": 3})), named(&[("2028-Q2", 120_000)]));
    assert_eq!(start(json!({"months_after_release": 7})), named(&[("2028-Q4", 120_000)]));
    // A lag puts what a quarter brought into the quarter in which it is reported.
    let late = [
        ("/revenue/sources/0/reporting_lag_months", json!(2)),
        ("/revenue/sources/0/profile", json!("lump")),
    ];
    assert_eq!(quarters(&late), named(&[("2028-Q2", 120_000)]));
}

#[test]
fn typed_weights_are_the_quarters_they_name() {
    let typed = json!({"typed": [{"id": "first", "quarter": 0, "weight": "3"}, {"id": "third", "quarter": 2, "weight": "1"}]});
    let paid = quarters(&[
        ("/revenue/sources/0/profile", typed),
        ("/revenue/sources/0/start", json!({"date": "2028-04-01"})),
    ]);
    let paid: Vec<(String, i64)> = paid.into_iter().filter(|(_, minor)| *minor != 0).collect();
    assert_eq!(paid, named(&[("2028-Q2", 90_000), ("2028-Q4", 30_000)]));
}

fn said(found: &[Finding], code: &str, path: &str, severity: Severity) {
    let hit = found.iter().find(|finding| finding.code == code && finding.path == path);
    let hit = hit.expect(code);
    assert_eq!(hit.severity, severity, "{code}");
    assert_eq!(unsaid(hit), [], "{code}");
    assert_ne!(render(hit, Language::English), render(hit, Language::French));
}

#[test]
fn what_a_contract_leaves_unsaid_is_asked() {
    let (_, sound) = with(&[]);
    assert_eq!(sound.findings, []);

    let (book, found) =
        with(&[("/revenue/sources/0/start", Value::Null), ("/schedule/release", Value::Null)]);
    said(&found.findings, "REVENUE_NO_DATE", "revenue.sources[s].start", Severity::Blocker);
    assert_eq!(book.money("revenue.to_account"), Some(Money::zero(Currency::USD)), "it brings nothing yet");

    let (book, found) = with(&[("/revenue/distribution/0/fee", Value::Null)]);
    said(&found.findings, "REVENUE_NO_FEE", "revenue.distribution[c].fee", Severity::Question);
    assert_eq!(
        book.money("revenue.to_account"),
        Some(Money::new(120_000, Currency::USD)),
        "and none is taken"
    );

    let (book, found) = with(&[("/revenue/sources/0/basis", json!("net_to_producer"))]);
    said(&found.findings, "REVENUE_NET_AND_CONTRACT", "revenue.sources[s].basis", Severity::Question);
    assert_eq!(
        book.money("revenue.to_account"),
        Some(Money::new(120_000, Currency::USD)),
        "a net amount bears no fee again"
    );
}

/// What both the contracts and the plan would take is taken once: by the plan.
#[test]
fn a_fee_that_stands_in_the_recoupment_plan_is_not_taken_on_the_way() {
    let tier = |id: &str, role: &str, then: Value| json!({"id": id, "role": role, "takes": {"kind": "share", "payee": "agent", "rate": "0.1"}, "then": then});
    let plan = json!({"sources": [{"id": "all", "enters": "fee", "receives_others": true}], "residual": "producer",
        "tiers": [tier("fee", "distribution_fee", json!("commission")), tier("commission", "sales_commission", json!(null))]});
    let (book, found) = with(&[("/recoupment", plan), ("/revenue/sources/0/sales_agency", json!("a"))]);
    said(&found.findings, "REVENUE_DEDUCTED_BY_PLAN", "revenue.distribution", Severity::Note);
    said(&found.findings, "REVENUE_DEDUCTED_BY_PLAN", "revenue.sales_agencies", Severity::Note);
    assert_eq!(book.money("revenue.to_account"), Some(Money::new(120_000, Currency::USD)));
    // 25 % and then 10 % of what is left where no plan takes them.
    let (book, _) = with(&[("/revenue/sources/0/sales_agency", json!("a"))]);
    assert_eq!(book.money("revenue.to_account"), Some(Money::new(81_000, Currency::USD)));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    /// An even source earns the same every month and pays every three months of its run, counted from its start;
    /// what is left at the end is paid when it ends.
    #[test]
    fn an_even_source_pays_by_the_month(first in 0i32..36, months in 1i32..40) {
        let paid = quarters(&[("/revenue/sources/0/start", json!({"months_after_release": first})),
            ("/revenue/sources/0/months", json!(months))]);
        prop_assert_eq!(paid.iter().map(|(_, minor)| minor).sum::<i64>(), 120_000);
        let start = "2028-03".parse::<recoup_calendar::YearMonth>().unwrap().add_months(first).unwrap();
        let mut expected = std::collections::BTreeMap::<String, i64>::new();
        for from in (0..months).step_by(3) {
            let last = months.min(from + 3) - 1;
            let quarter = start.add_months(last).unwrap().quarter().to_string();
            *expected.entry(quarter).or_default() += i64::from(last + 1 - from);
        }
        prop_assert_eq!(paid.len(), expected.len());
        for (quarter, minor) in &paid {
            let within = expected[quarter];
            prop_assert!((minor * i64::from(months) - 120_000 * within).abs() <= 2 * i64::from(months), "{quarter}: {minor}");
        }
    }
}
