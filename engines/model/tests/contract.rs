//! The explanation contract over the example deals: every figure is recomputed from its leaves, and cash
//! adds up. What a changed cell moves is in `leaves.rs`.

#![expect(clippy::expect_used, reason = "a test stops where it cannot go on")]

use recoup_deal::{Deal, read_deal};
use recoup_explain::Quantity;
use recoup_incentives::Catalog;
use recoup_model::{Outcome, run};
use recoup_money::Money;

fn examples() -> Vec<(&'static str, Deal)> {
    [
        ("dragons-quest", include_str!("../../../examples/dragons-quest.deal.json")),
        ("nimbus-and-pip", include_str!("../../../examples/nimbus-and-pip.deal.json")),
        ("tin-orchard", include_str!("../../../examples/tin-orchard.deal.json")),
    ]
    .map(|(name, text)| (name, read_deal(text).expect(name)))
    .to_vec()
}

fn outcome(deal: &Deal) -> Outcome {
    run(deal, Catalog::embedded().expect("the library reads"))
}

#[test]
fn every_figure_is_recomputed_from_its_leaves() {
    for (name, deal) in examples() {
        let outcome = outcome(&deal);
        let values = outcome.book.recompute(&|_| None);
        for (address, node, value) in outcome.book.figures() {
            assert_eq!(outcome.book.recomputed(&values, node), Some(value), "{name}: {address}");
        }
    }
}

#[test]
fn the_addresses_readers_rely_on_exist() {
    for (name, deal) in examples() {
        let outcome = outcome(&deal);
        let fixed = [
            "closing.uses_cash",
            "closing.sources_cash",
            "closing.difference",
            "incentives.net",
            "capital.peak_funding",
            "capital.peak_month",
        ];
        let parties = deal.instruments.iter().filter_map(|instrument| instrument.provider.clone());
        let of_parties = parties.flat_map(|party| {
            let returns =
                ["irr", "npv", "multiple", "payback_months"].map(|word| format!("returns.{party}.{word}"));
            let plan = ["entitlement", "paid", "outstanding", "breakeven_receipts"];
            returns
                .into_iter()
                .chain(plan.map(|word| format!("recoupment.{party}.{word}")))
                .collect::<Vec<_>>()
        });
        for address in fixed.map(String::from).into_iter().chain(of_parties) {
            assert!(outcome.book.at(&address).is_some(), "{name}: {address}");
        }
    }
}

#[test]
fn cash_adds_up_month_by_month() {
    for (name, deal) in examples() {
        let outcome = outcome(&deal);
        let capital = outcome.capital.as_ref().expect(name);
        let minor = |node| outcome.book.value(node).as_money().map(|money: Money| money.minor()).expect(name);
        let mut before = 0;
        for month in &capital.cash_flow.months {
            let called: i64 = month.draws.iter().map(|(_, draw)| minor(*draw)).sum();
            let paid =
                [month.spend, month.costs, month.fees, month.interest, month.to_lenders, month.to_collection];
            let out: i64 = paid.into_iter().map(minor).sum();
            assert_eq!(minor(month.opening), before, "{name} {}", month.month);
            let expected = before + called + minor(month.received) + minor(month.credits) - out;
            assert_eq!(minor(month.closing), expected, "{name} {}", month.month);
            assert!(minor(month.debt) >= 0 && minor(month.interest) >= 0, "{name} {}", month.month);
            before = expected;
        }
    }
}

#[test]
fn cash_below_nothing_is_always_a_finding() {
    for (name, deal) in examples() {
        let outcome = outcome(&deal);
        let capital = outcome.capital.as_ref().expect(name);
        let short =
            capital.cash_flow.months.iter().any(|month| {
                outcome.book.value(month.closing).as_money().is_some_and(|cash| cash.is_negative())
            });
        let said = outcome.findings.iter().any(|finding| finding.code == "CASH_SHORT");
        assert_eq!(short, said, "{name}");
    }
}

#[test]
fn what_reaches_the_account_is_what_the_plan_distributes() {
    for (name, deal) in examples() {
        let outcome = outcome(&deal);
        let recoupment = outcome.recoupment.as_ref().expect(name);
        let received: i64 = recoupment.periods.iter().map(|period| period.receipts.minor()).sum();
        let from_credits: i64 = outcome
            .capital
            .iter()
            .flat_map(|capital| &capital.to_collection)
            .filter_map(|payment| outcome.book.value(payment.amount).as_money())
            .map(|money| money.minor())
            .sum();
        let earned = outcome.book.money("revenue.to_account").expect(name).minor();
        assert_eq!(received, earned + from_credits, "{name}");
    }
}

#[test]
fn an_empty_deal_computes_as_far_as_it_can() {
    let (_, full) = examples().remove(0);
    let mut deal = full.clone();
    deal.schedule = Default::default();
    deal.budget = Default::default();
    deal.revenue = Default::default();
    let outcome = outcome(&deal);
    assert!(matches!(outcome.book.at("closing.difference"), Some(Quantity::Absent(_))));
    assert!(outcome.findings.iter().any(|finding| finding.path == "schedule.start"));
}

#[test]
fn equal_instruments_in_another_order_change_no_total() {
    let (_, deal) = examples().remove(0);
    let mut turned = deal.clone();
    let mut twin = turned.instruments[0].clone();
    twin.id = "equity-twin".into();
    turned.instruments.insert(1, twin);
    let mut other = turned.clone();
    other.instruments.swap(0, 1);
    let (one, two) = (outcome(&turned), outcome(&other));
    for address in
        ["closing.difference", "capital.peak_funding", "capital.peak_debt", "closing.financing_costs"]
    {
        assert_eq!(one.book.at(address), two.book.at(address), "{address}");
    }
}
