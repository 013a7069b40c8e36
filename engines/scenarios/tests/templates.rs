//! The usual shapes on the three sample films.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on stops")]

use recoup_deal::{AllocationKind, Deal, apply, read_deal};
use recoup_incentives::Catalog;
use recoup_model::run;
use recoup_scenarios::{Base, Candidate, MarketTerms, Options, Reason, Templates, build};

const DEALS: [&str; 3] = [
    include_str!("../../../examples/dragons-quest.deal.json"),
    include_str!("../../../examples/nimbus-and-pip.deal.json"),
    include_str!("../../../examples/tin-orchard.deal.json"),
];

fn candidates(deal: &Deal) -> Vec<Candidate> {
    let terms = MarketTerms::embedded().unwrap();
    let base = Base::new(deal, Catalog::embedded().unwrap(), &terms).unwrap();
    let templates = Templates::embedded().unwrap();
    templates.wishes.iter().map(|wish| build(&base, wish, Options::default()).unwrap()).collect()
}

#[test]
fn every_shape_is_a_whole_deal_that_closes_on_cash_and_says_what_it_changes() {
    for text in DEALS {
        let deal = read_deal(text).unwrap();
        for one in candidates(&deal) {
            let name = format!("{}, {}", deal.name, one.name);
            let outcome = run(&one.deal, Catalog::embedded().unwrap());
            let (sources, uses) =
                (outcome.book.money("closing.sources_cash"), outcome.book.money("closing.uses_cash"));
            assert!(one.closes(), "{name}");
            assert_eq!(sources, uses, "{name}");
            let lines: Vec<_> = outcome.capital.iter().flat_map(|capital| &capital.closing.sources).collect();
            let all: i64 =
                lines.iter().map(|line| outcome.book.value(line.amount).as_money().unwrap().minor()).sum();
            assert_eq!(one.shares.iter().map(|share| share.carried.minor()).sum::<i64>(), all, "{name}");
            assert!(outcome.recoupment.is_some(), "{name}: its own order of recoupment runs");
            let wrong = ["UNKNOWN_REFERENCE", "TERRITORY_COUNTED_TWICE", "CASH_SHORT", "CLOSING_SHORT"];
            let found = outcome.findings.iter().find(|finding| wrong.contains(&finding.code.as_str()));
            assert_eq!(found, None, "{name}");
            assert_eq!(apply(&deal, &one.diff(&deal).unwrap()).unwrap(), one.deal, "{name}");
        }
    }
}

#[test]
fn incentives_are_what_the_incentive_engine_computes() {
    for text in DEALS {
        let deal = read_deal(text).unwrap();
        for one in candidates(&deal) {
            let net = run(&one.deal, Catalog::embedded().unwrap()).book.money("incentives.net").unwrap();
            let share = one.shares.iter().find(|share| share.kind == AllocationKind::Incentives).unwrap();
            assert_eq!(share.reasons.first(), Some(&Reason::Computed { net }), "{}, {}", deal.name, one.name);
            assert!(share.carried.minor() <= net.minor());
        }
    }
}
