//! Ultimates, cases, payments and the horizon: whatever is typed, the parts add up and nothing turns negative.

#![expect(clippy::expect_used, clippy::unwrap_used, reason = "a test stops where it cannot go on")]

use std::collections::BTreeMap;

use proptest::prelude::*;
use recoup_deal::findings::unsaid;
use recoup_deal::revenue::{Estimate, RevenueCase};
use recoup_deal::{Deal, ReleaseTemplate, Timeline, edited, read_deal_value};
use recoup_explain::{Book, Cells};
use recoup_money::{Currency, Money};
use recoup_revenue::{Receipts, ReleasePlan, receipts, release};
use serde_json::{Value, json};

const TEMPLATES: [ReleaseTemplate; 4] = [
    ReleaseTemplate::WideTheatrical,
    ReleaseTemplate::Platform,
    ReleaseTemplate::StreamingFirst,
    ReleaseTemplate::DayAndDate,
];

fn usd(minor: i64) -> Money {
    Money::new(minor, Currency::from_code("USD").unwrap())
}

/// Delivered in January 2028, released in March; sold and collected as the revenue plan says.
fn deal(revenue: Value) -> Deal {
    let document = json!({
        "schema": "recoup-deal/1", "id": "d", "name": "D", "currency": "USD", "as_of": "2026-11-22",
        "project": {"title": "D"},
        "schedule": {"start": "2027-01-01", "release": {"date": "2028-03-10"},
            "deliveries": [{"id": "final", "date": "2028-01-01"}]},
        "instruments": [{"id": "mg", "name": "Guarantee", "provider": "dist",
            "terms": {"kind": "presale", "licence": {"territories": ["US"], "windows": ["all_rights"]},
                "contract": "c", "overage_share": "0.7"}, "amount": {"fixed": "USD 900000.00"}}],
        "revenue": revenue
    });
    read_deal_value(document).expect("a deal")
}

fn compute(deal: &Deal) -> (Book, Receipts) {
    let mut book = Book::new();
    let cells = Cells::new(deal.currency, Vec::new(), Vec::new());
    let found = receipts(deal, &Timeline::of(deal), &cells, &mut book);
    (book, found)
}

fn at(book: &Book, address: &str) -> Option<i64> {
    book.money(address).map(|money| money.minor())
}

fn plan(template: ReleaseTemplate, estimate: Estimate) -> ReleasePlan {
    ReleasePlan {
        template,
        territories: vec!["US".into()],
        estimate,
        distribution: Some("c".into()),
        keeps_typed: true,
        labels: BTreeMap::new(),
        label: None,
    }
}

fn contract() -> Value {
    json!({"id": "c", "distributor": "dist", "territories": ["US"], "fee": "0.27",
        "window_fees": [{"id": "s", "windows": ["svod"], "share": "0.15"}],
        "p_and_a": {"amount": "USD 500000.00", "overhead": "0.10", "premium": "0.15"},
        "expenses": {"cap": "USD 200000.00", "cap_share": "0.05"}, "guarantee": "mg"})
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn any_ultimate_splits_to_the_cent_and_what_is_typed_for_a_part_keeps_the_whole(
        template in prop::sample::select(TEMPLATES.to_vec()),
        whole in 0i64..90_000_000_000,
        typed in prop::collection::vec(prop::option::of(0i64..20_000_000_000), 6),
        horizon in 1u32..12,
    ) {
        let base = deal(json!({"distribution": [contract()], "horizon_years": horizon}));
        let plan = plan(template, Estimate { base: Some(usd(whole)), ..Estimate::default() });
        let released = release(&base, &plan);
        let mut laid = edited(&base, &released.edits).expect("a plan that can be laid");
        // The same plan laid over its own result changes nothing.
        prop_assert_eq!(edited(&laid, &release(&laid, &plan).edits).unwrap(), laid.clone());
        for (source, own) in laid.revenue.sources.iter_mut().zip(&typed) {
            source.estimate.base = own.map(usd);
        }
        let (book, found) = compute(&laid);
        let parts: Vec<i64> = laid.revenue.sources.iter().map(|source| {
            let own = source.estimate.base.map(|amount| amount.minor());
            own.or(at(&book, &format!("revenue.{}.estimate", source.id))).expect("an estimate")
        }).collect();
        prop_assert!(parts.iter().all(|part| *part >= 0), "{parts:?}");
        let fixed: i64 = typed.iter().take(parts.len()).flatten().sum();
        let open = typed.iter().take(parts.len()).any(Option::is_none);
        prop_assert_eq!(parts.iter().sum::<i64>(), if open { whole.max(fixed) } else { fixed });
        let says = |code: &str| found.findings.iter().any(|finding| finding.code == code);
        prop_assert_eq!(says("ULTIMATE_EXCEEDED"), fixed > whole);
        prop_assert_eq!(says("ULTIMATE_DIFFERS"), !open && fixed < whole);
        for finding in &found.findings {
            prop_assert_eq!(unsaid(finding), [], "{}", finding.code);
        }
        // What a source earns within the horizon and what would come after it are its estimate; what is kept on the
        // way and what reaches the account are what it earns.
        let minor = |node| book.value(node).as_money().expect("an amount").minor();
        for (source, part) in found.sources.iter().zip(&parts) {
            let late = at(&book, &format!("revenue.{}.beyond_horizon", source.source)).unwrap_or(0);
            prop_assert_eq!(minor(source.gross) + late, *part);
            for quarter in &source.quarters {
                let kept: i64 = quarter.kept.iter().map(|part| minor(part.amount)).sum();
                prop_assert_eq!(minor(quarter.gross), kept + minor(quarter.to_account));
                prop_assert!(minor(quarter.gross) >= 0 && minor(quarter.to_account) >= 0);
            }
        }
        let recouped: i64 = found.sources.iter().flat_map(|source| &source.quarters)
            .flat_map(|quarter| &quarter.kept)
            .filter(|part| part.kind == recoup_revenue::Kept::Guarantee)
            .map(|part| minor(part.amount)).sum();
        prop_assert!(recouped <= 90_000_000);
        let windows: i64 = book.figures()
            .filter(|(address, _, _)| address.starts_with("revenue.windows.") && address.ends_with(".gross"))
            .map(|(_, _, value)| value.as_money().expect("an amount").minor()).sum();
        prop_assert_eq!(Some(windows), at(&book, "revenue.gross"));
    }

    #[test]
    fn a_higher_case_never_grosses_less(
        amounts in prop::collection::vec((0i64..9_000_000, 0i64..9_000_000, 0i64..9_000_000), 1..5),
        whole in (0i64..90_000_000, 0i64..90_000_000, 0i64..90_000_000),
        given in prop::collection::vec((any::<bool>(), any::<bool>()), 5),
    ) {
        let rising = |(one, two, three): (i64, i64, i64)| {
            let mut all = [one, two, three];
            all.sort_unstable();
            all
        };
        let estimate = |[low, base, high]: [i64; 3], (has_low, has_high): (bool, bool)| Estimate {
            low: has_low.then(|| usd(low)), base: Some(usd(base)), high: has_high.then(|| usd(high)),
            ..Estimate::default()
        };
        let mut laid = deal(json!({}));
        let plan = plan(ReleaseTemplate::Platform, estimate(rising(whole), (true, true)));
        laid = edited(&laid, &release(&laid, &ReleasePlan { distribution: None, ..plan }).edits).unwrap();
        for (place, amounts) in amounts.iter().enumerate() {
            let mut other = laid.revenue.sources[0].clone();
            other.id = format!("other-{place}");
            other.territories = vec![format!("X{place}")];
            other.estimate = estimate(rising(*amounts), given[place]);
            laid.revenue.sources.push(other);
        }
        let gross: Vec<i64> = RevenueCase::ALL.into_iter().map(|case| {
            laid.revenue.case = Some(case);
            let (book, found) = compute(&laid);
            let falls_back = found.findings.iter().any(|finding| finding.code == "CASE_FALLS_BACK");
            let missing = amounts.iter().enumerate().any(|(place, _)| match case {
                RevenueCase::Low => !given[place].0,
                RevenueCase::Base => false,
                RevenueCase::High => !given[place].1,
            });
            assert_eq!(falls_back, missing, "{case:?}");
            at(&book, "revenue.gross").unwrap()
        }).collect();
        prop_assert!(gross.is_sorted(), "{gross:?}");
    }

    #[test]
    fn every_profile_and_every_schedule_of_payments_brings_the_whole_amount(
        amount in 0i64..5_000_000_000,
        months in 1u32..90,
        weights in prop::collection::vec(0u32..50, 1..12),
        named in prop::sample::select(vec!["lump", "front_loaded", "even", "back_loaded", "s_curve", "s_curve_front", "s_curve_back"]),
        shares in prop::collection::vec(1u32..60, 1..5),
    ) {
        let steps: Vec<Value> = weights.iter().enumerate()
            .map(|(quarter, weight)| json!({"id": format!("q{quarter}"), "quarter": quarter, "weight": weight.to_string()}))
            .chain([json!({"id": "last", "quarter": weights.len(), "weight": "1"})]).collect();
        let events = ["signature", "final_delivery", "deliveries", "release", "start"];
        let payments: Vec<Value> = shares.iter().zip(events)
            .map(|(share, on)| json!({"id": on, "share": format!("0.{share:02}"), "on": on, "lag_months": share % 7}))
            .collect();
        let source = |id: &str, more: Value| {
            let mut source = json!({"id": id, "label": id, "territories": [id], "window": "svod", "months": months,
                "estimate": {"base": usd(amount).to_string()}, "start": {"months_after_release": 0}});
            source.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
            source
        };
        let deal = deal(json!({"horizon_years": 20, "sources": [
            source("NA", json!({"profile": named})),
            source("TY", json!({"profile": {"typed": steps}})),
            source("PA", json!({"payments": payments})),
        ]}));
        let (book, found) = compute(&deal);
        prop_assert_eq!(found.sources.len(), 3);
        for source in &found.sources {
            prop_assert_eq!(book.value(source.gross).as_money().unwrap().minor(), amount, "{}", source.source);
        }
    }
}

#[test]
fn a_sold_windows_price_is_a_part_that_brings_nothing_a_second_time() {
    let mut laid = deal(json!({"distribution": [contract()]}));
    let plan = plan(
        ReleaseTemplate::StreamingFirst,
        Estimate { base: Some(usd(1_000_000_000)), ..Estimate::default() },
    );
    laid = edited(&laid, &release(&laid, &plan).edits).unwrap();
    // The stream is 75 % of the plan; sold outright for 900,000 it leaves the other three 9,100,000.
    let stream =
        laid.revenue.sources.iter_mut().find(|source| source.window == recoup_deal::Window::Svod).unwrap();
    stream.sold_by = Some("mg".into());
    stream.distribution = None;
    let (book, found) = compute(&laid);
    assert_eq!(at(&book, "ultimate.ultimate-us.typed"), Some(90_000_000));
    assert_eq!(at(&book, "revenue.gross"), Some(910_000_000));
    assert!(found.sources.iter().all(|source| source.source != "us-svod"));
}

#[test]
fn box_office_counts_in_an_ultimate_without_what_cinemas_keep() {
    let mut laid = deal(json!({}));
    let plan =
        plan(ReleaseTemplate::DayAndDate, Estimate { base: Some(usd(1_000_000_000)), ..Estimate::default() });
    laid = edited(&laid, &release(&laid, &ReleasePlan { distribution: None, ..plan }).edits).unwrap();
    let cinemas =
        laid.revenue.sources.iter_mut().find(|source| source.window == recoup_deal::Window::Theatrical);
    let cinemas = cinemas.unwrap();
    cinemas.basis = Some(recoup_deal::revenue::SourceBasis::BoxOffice);
    cinemas.exhibitor_share = Some(rust_decimal::Decimal::new(49, 2));
    cinemas.estimate.base = Some(usd(400_000_000));
    let (book, _) = compute(&laid);
    assert_eq!(at(&book, "ultimate.ultimate-us.typed"), Some(204_000_000));
    assert_eq!(at(&book, "ultimate.ultimate-us.open"), Some(796_000_000));
    assert_eq!(at(&book, "revenue.to_account"), Some(1_000_000_000));
}

#[test]
fn a_presales_share_of_overages_stands_in_where_the_contract_has_none() {
    let source = json!({"id": "s", "label": "S", "territories": ["US"], "window": "all_rights", "basis": "distributor_gross",
        "estimate": {"base": "USD 3000000.00"}, "start": {"months_after_release": 0}, "profile": "lump",
        "distribution": "c", "sold_by": "mg"});
    let bare = json!({"id": "c", "distributor": "dist", "territories": ["US"], "fee": "0.20"});
    // 2,400,000 after the fee, 900,000 of guarantee; of the 1,500,000 left 70 % are the producer's.
    let (book, _) = compute(&deal(json!({"sources": [source], "distribution": [bare]})));
    assert_eq!(at(&book, "revenue.s.guarantee_recouped"), Some(90_000_000));
    assert_eq!(at(&book, "revenue.to_account"), Some(105_000_000));
}
