//! Receipts on their way: nothing is lost, caps hold, what is sold is not counted again.

#![expect(clippy::expect_used, clippy::unwrap_used, reason = "a test stops where it cannot go on")]

use proptest::prelude::*;
use recoup_deal::{Deal, Timeline, read_deal_value};
use recoup_explain::{Book, Cells};
use recoup_money::Money;
use recoup_revenue::{Kept, Receipts, receipts};
use serde_json::json;

fn deal(gross: i64, fee: u32, p_and_a: i64, guarantee: i64, months: u32, profile: &str) -> Deal {
    let usd = |minor: i64| Money::new(minor, recoup_money::Currency::from_code("USD").unwrap()).to_string();
    let share = |percent: u32| format!("{}.{:02}", percent / 100, percent % 100);
    let document = json!({
        "schema": "recoup-deal/1", "id": "d", "name": "D", "currency": "USD", "as_of": "2026-11-22",
        "project": {"title": "D"},
        "schedule": {"start": "2027-01-01", "release": {"date": "2028-03-10"},
            "deliveries": [{"id": "final", "date": "2028-01-01"}]},
        "instruments": [{"id": "mg", "name": "Guarantee", "provider": "dist",
            "terms": {"kind": "presale", "licence": {"territories": ["DE"]}, "contract": "c"},
            "amount": {"fixed": usd(guarantee)}}],
        "revenue": {
            "sources": [{"id": "s", "label": "S", "territories": ["DE"], "window": "theatrical",
                "basis": "box_office", "exhibitor_share": "0.49", "estimate": {"base": usd(gross)},
                "start": {"months_after_release": 0}, "months": months, "profile": profile,
                "reporting_lag_months": 2, "distribution": "c", "sold_by": "mg"}],
            "distribution": [{"id": "c", "distributor": "dist", "fee": share(fee), "guarantee": "mg",
                "p_and_a": {"amount": usd(p_and_a), "overhead": "0.10"},
                "overage": {"producer_share": "0.60"}}]
        }
    });
    read_deal_value(document).expect("a deal")
}

fn compute(deal: &Deal) -> (Book, Receipts) {
    let mut book = Book::new();
    let cells = Cells::new(deal.currency, Vec::new(), Vec::new());
    let found = receipts(deal, &Timeline::of(deal), &cells, &mut book);
    (book, found)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn nothing_is_lost_on_the_way(
        gross in 0i64..5_000_000_000,
        fee in 0u32..60,
        p_and_a in 0i64..900_000_000,
        guarantee in 0i64..900_000_000,
        months in 1u32..40,
        profile in prop::sample::select(vec!["lump", "front_loaded", "even", "back_loaded", "s_curve", "s_curve_front", "s_curve_back"]),
    ) {
        let deal = deal(gross, fee, p_and_a, guarantee, months, profile);
        let (book, found) = compute(&deal);
        let minor = |node| book.value(node).as_money().expect("an amount").minor();
        let source = &found.sources[0];
        prop_assert_eq!(minor(source.gross), gross);
        let mut recouped = [0i64; 2];
        for quarter in &source.quarters {
            let kept: i64 = quarter.kept.iter().map(|part| minor(part.amount)).sum();
            prop_assert_eq!(minor(quarter.gross), kept + minor(quarter.to_account));
            prop_assert!(minor(quarter.to_account) >= 0);
            for part in &quarter.kept {
                prop_assert!(minor(part.amount) >= 0);
                match part.kind {
                    Kept::PrintsAndAds => recouped[0] += minor(part.amount),
                    Kept::Guarantee => recouped[1] += minor(part.amount),
                    _ => {}
                }
            }
        }
        let overhead = (p_and_a + 5) / 10;
        prop_assert!(recouped[0] <= p_and_a + overhead);
        prop_assert!(recouped[1] <= guarantee);
        // The overage begins only when cost and guarantee are recouped.
        if minor(source.to_account) > 0 {
            prop_assert_eq!(recouped, [p_and_a + overhead, guarantee]);
        }
    }
}

#[test]
fn a_flat_sale_brings_nothing_a_second_time() {
    let mut deal = deal(100_000, 30, 0, 50_000, 6, "even");
    deal.revenue.sources[0].distribution = None;
    let (book, found) = compute(&deal);
    assert!(found.sources.is_empty());
    assert_eq!(book.money("revenue.to_account").map(|money| money.minor()), Some(0));
}

#[test]
fn box_office_without_the_cinemas_share_is_absent_and_said_so() {
    let mut deal = deal(100_000, 30, 0, 50_000, 6, "even");
    deal.revenue.sources[0].exhibitor_share = None;
    let (book, found) = compute(&deal);
    assert!(book.at("revenue.to_account").and_then(|value| value.absence()).is_some());
    assert!(found.findings.iter().any(|finding| finding.code == "REVENUE_NO_EXHIBITOR_SHARE"));
}

#[test]
fn a_worked_case_in_whole_numbers() {
    // 1,000,000 at the box office: 510,000 to the distributor, 153,000 fee, 110,000 prints, 100,000 guarantee;
    // of the 147,000 that stay, 60 % are the producer's.
    let deal = deal(100_000_000, 30, 10_000_000, 10_000_000, 3, "lump");
    let (book, _) = compute(&deal);
    let at = |word: &str| book.money(&format!("revenue.s.{word}")).map(|money| money.minor());
    assert_eq!(at("exhibitors"), Some(49_000_000));
    assert_eq!(at("distribution_fee"), Some(15_300_000));
    assert_eq!(at("p_and_a"), Some(11_000_000));
    assert_eq!(at("guarantee_recouped"), Some(10_000_000));
    assert_eq!(at("to_account"), Some(8_820_000));
}

#[test]
fn a_fee_that_ends_with_recoupment_ends_inside_the_quarter() {
    // 510,000 reach the distributor. A fee of 30 % leaves 70 % of each dollar for 110,000 of prints and
    // 100,000 of guarantee: 300,000 bring them back and bear the fee, 90,000; on the other 210,000 there is none.
    let mut deal = deal(100_000_000, 30, 10_000_000, 10_000_000, 3, "lump");
    deal.revenue.distribution[0].overage.as_mut().unwrap().fee_ends = Some(true);
    let (book, _) = compute(&deal);
    let at = |word: &str| book.money(&format!("revenue.s.{word}")).map(|money| money.minor());
    assert_eq!(at("distribution_fee"), Some(9_000_000));
    assert_eq!(at("p_and_a"), Some(11_000_000));
    assert_eq!(at("guarantee_recouped"), Some(10_000_000));
    assert_eq!(at("to_account"), Some(21_000_000 * 6 / 10));
    // In quarters of any size the fee comes to the same, but for the cent that each rounds.
    for months in [6, 12, 30] {
        let mut longer = deal.clone();
        longer.revenue.sources[0].months = Some(months);
        longer.revenue.sources[0].profile = serde_json::from_str("\"even\"").unwrap();
        let (book, _) = compute(&longer);
        let fee = book.money("revenue.s.distribution_fee").unwrap().minor();
        assert!((fee - 9_000_000).abs() <= 12, "{fee}");
    }
}

#[test]
fn a_commission_changes_where_the_advance_is_recouped() {
    // 20 % until an advance of 80,000 is back out of the other 80 %, which takes 100,000; then 10 % of 410,000.
    let mut deal = deal(100_000_000, 0, 0, 8_000_000, 3, "lump");
    deal.revenue.sources[0].distribution = None;
    deal.revenue.sources[0].sold_by = None;
    deal.revenue.sources[0].sales_agency = Some("a".into());
    let agency = json!({"id": "a", "agent": "agent", "commission": "0.20",
        "commission_after_recoupment": "0.10", "advance": "mg"});
    deal.revenue.sales_agencies = vec![serde_json::from_value(agency).unwrap()];
    let (book, _) = compute(&deal);
    let at = |word: &str| book.money(&format!("revenue.s.{word}")).map(|money| money.minor());
    assert_eq!(at("sales_commission"), Some(2_000_000 + 4_100_000));
    assert_eq!(at("sales_advance"), Some(8_000_000));
    assert_eq!(at("to_account"), Some(51_000_000 - 6_100_000 - 8_000_000));
}

#[test]
fn a_contract_that_is_not_crossed_has_to_say_what_each_source_recoups() {
    let mut deal = deal(100_000_000, 30, 20_000_000, 10_000_000, 6, "even");
    let said = |deal: &Deal| {
        let (_, found) = compute(deal);
        found.findings.iter().any(|finding| finding.code == "CONTRACT_NOT_CROSSED")
    };
    assert!(!said(&deal), "what is not typed is crossed");
    deal.revenue.distribution[0].cross_collateralised = Some(false);
    assert!(!said(&deal), "one source has nothing to be crossed with");
    let mut other = deal.revenue.sources[0].clone();
    other.id = "other".into();
    other.window = recoup_deal::Window::Svod;
    deal.revenue.sources.push(other);
    assert!(said(&deal), "one guarantee for two windows cannot be kept apart");
    deal.revenue.distribution[0].cross_collateralised = Some(true);
    assert!(!said(&deal));
}
