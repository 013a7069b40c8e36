//! What scenarios are worth, whoever computes it.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on stops")]

use std::ops::ControlFlow;

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use recoup_deal::{AllocationKind, Deal, read_deal};
use recoup_incentives::Catalog;
use recoup_model::Outcome;
use recoup_scenarios::{
    Base, Evaluating, MarketTerms, Measures, Options, Templates, build, build_all, compute_all, evaluate_all,
};
use rust_decimal::Decimal;

const DRAGONS: &str = include_str!("../../../examples/dragons-quest.deal.json");

fn valued(deals: &[&Deal], threads: usize) -> Vec<Measures> {
    let catalog = Catalog::embedded().unwrap();
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
    let settings = Evaluating { paths: 2048, ..Evaluating::new(7) };
    pool.install(|| {
        let outcomes = compute_all(deals, catalog);
        let pairs: Vec<(&Deal, &Outcome)> = deals.iter().copied().zip(&outcomes).collect();
        evaluate_all(&pairs, catalog, settings, &|_| ControlFlow::Continue(())).unwrap()
    })
}

#[test]
fn measures_are_told_alike_by_any_number_of_threads_and_stop_when_asked() {
    let deal = read_deal(DRAGONS).unwrap();
    let (catalog, terms) = (Catalog::embedded().unwrap(), MarketTerms::embedded().unwrap());
    let base = Base::new(&deal, catalog, &terms).unwrap();
    let wishes = &Templates::embedded().unwrap().wishes[1..3];
    let candidates = build_all(&base, wishes, Options::default()).unwrap();
    let deals: Vec<&Deal> = candidates.iter().map(|one| &one.deal).collect();
    let (one, three) = (valued(&deals, 1), valued(&deals, 3));
    assert_eq!(one, three);
    for measures in &one {
        assert!(measures.closes);
        let chance = measures.recoupment_chance.as_ref().unwrap();
        assert!((0.0..=1.0).contains(&chance.share) && chance.error < 0.05);
        assert!(measures.equity_irr_p10.as_ref().unwrap() <= measures.equity_irr_p50.as_ref().unwrap());
        let recovery = *measures.senior_recovery.as_ref().unwrap();
        assert!((Decimal::ZERO..=Decimal::ONE).contains(&recovery));
        assert!(measures.cost_of_capital.as_ref().unwrap().is_finite());
        assert!(measures.all_in_cost.as_ref().unwrap() > &Decimal::ZERO);
    }
    let outcomes = compute_all(&deals, catalog);
    let pairs: Vec<(&Deal, &Outcome)> = deals.iter().copied().zip(&outcomes).collect();
    let stopped = evaluate_all(&pairs, catalog, Evaluating::new(7), &|_| ControlFlow::Break(()));
    assert_eq!(stopped, None);
}

/// Whatever is wished, a scenario closes or says what is missing; where equity is limited it says so as well.
#[test]
fn every_wish_closes_or_says_its_shortfall() {
    let deal = read_deal(DRAGONS).unwrap();
    let terms = MarketTerms::embedded().unwrap();
    let base = Base::new(&deal, Catalog::embedded().unwrap(), &terms).unwrap();
    let templates = Templates::embedded().unwrap();
    let kinds = [
        AllocationKind::Equity,
        AllocationKind::SeniorDebt,
        AllocationKind::GapDebt,
        AllocationKind::Mezzanine,
        AllocationKind::Presales,
        AllocationKind::Incentives,
        AllocationKind::Grants,
    ];
    let strategy =
        (proptest::collection::vec(0u32..100, kinds.len()), proptest::option::of(0i64..20_000_000));
    let config = Config { cases: 6, failure_persistence: None, ..Config::default() };
    let checked = TestRunner::new(config).run(&strategy, |(weights, limit)| {
        let sum: u32 = weights.iter().sum::<u32>().max(1);
        let part = |weight: &u32| (Decimal::from(weight * 100) / Decimal::from(sum)).round_dp(4);
        let parts: Vec<_> = kinds.into_iter().zip(weights.iter().map(part)).collect();
        let Ok(wish) = templates.custom("Own", &parts, "parts") else {
            prop_assert!(weights.iter().all(|weight| *weight == 0));
            return Ok(());
        };
        let equity_at_most = limit.map(|limit| recoup_money::Money::new(limit * 100, deal.currency));
        let one = build(&base, &wish, Options { equity_at_most }).unwrap();
        let outcome = recoup_model::run(&one.deal, Catalog::embedded().unwrap());
        let difference = outcome.book.money("closing.difference").unwrap().minor();
        prop_assert_eq!(one.shortfall.minor(), (-difference).max(0));
        prop_assert_eq!(one.excess.minor(), difference.max(0));
        prop_assert!(
            one.closes() || one.shortfall.minor() + one.excess.minor() + one.cash_shortfall.minor() > 2
        );
        if equity_at_most.is_none() {
            prop_assert!(one.shortfall.minor() <= 2, "equity gives the rest");
        }
        Ok(())
    });
    checked.unwrap();
}
