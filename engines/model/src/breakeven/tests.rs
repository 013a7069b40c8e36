//! A gross that is said to pay a claim out does so when the estimates are typed that large, and a step
//! below it does not.

use recoup_deal::{Deal, read_deal};
use recoup_incentives::Catalog;
use recoup_money::Money;
use recoup_waterfall::Forecast;

use super::{PARTS, Worldwide};
use crate::outcome::{Outcome, run};

fn examples() -> Vec<(&'static str, Deal)> {
    [
        ("dragons-quest", include_str!("../../../../examples/dragons-quest.deal.json")),
        ("nimbus-and-pip", include_str!("../../../../examples/nimbus-and-pip.deal.json")),
        ("tin-orchard", include_str!("../../../../examples/tin-orchard.deal.json")),
    ]
    .map(|(name, text)| (name, read_deal(text).expect(name)))
    .to_vec()
}

fn outcome(deal: &Deal) -> Outcome {
    run(deal, Catalog::embedded().expect("the library reads"))
}

/// The deal with every estimate of its base case at `size / whole` of what is typed, rounded down.
fn grossing(deal: &Deal, size: i64, whole: i64) -> Deal {
    let mut scaled = deal.clone();
    for source in &mut scaled.revenue.sources {
        let field = source.estimate.base_case_field();
        let estimate = &mut source.estimate;
        let cell = match field {
            Some("base") => &mut estimate.base,
            Some("take") => &mut estimate.take,
            Some("ask") => &mut estimate.ask,
            Some("low") => &mut estimate.low,
            Some("high") => &mut estimate.high,
            _ => continue,
        };
        if let Some(amount) = cell {
            let minor = i128::from(amount.minor()) * i128::from(size) / i128::from(whole);
            *amount = Money::new(i64::try_from(minor).expect("small"), amount.currency());
        }
    }
    scaled
}

fn outstanding(outcome: &Outcome, tier: &str) -> i64 {
    let address = format!("recoupment.claims.{tier}.outstanding");
    outcome.book.money(&address).expect("a claim has what it is owed").minor()
}

#[test]
fn at_the_solved_gross_a_claim_is_out_and_a_step_below_it_is_not() {
    for (name, deal) in examples() {
        let base = outcome(&deal);
        let whole = base.book.money("revenue.gross").expect(name).minor();
        let mut checked = 0;
        for rung in &base.ladder {
            let Some(gross) = rung.gross else { continue };
            let (size, tier) = (gross.minor(), rung.tier.as_ref());
            let at = outcome(&grossing(&deal, size, whole));
            // Payments are whole cents; a claim that is owed nothing exactly may still carry one.
            assert!(outstanding(&at, tier) <= 1, "{name}: {tier} at {gross}");
            let step = whole / PARTS + 100;
            if size > step {
                let below = outcome(&grossing(&deal, size - step, whole));
                assert!(outstanding(&below, tier) > 1, "{name}: {tier} below {gross}");
                checked += 1;
            }
        }
        assert!(checked > 0, "{name}: some claim needs receipts");
    }
}

#[test]
fn a_party_is_out_with_the_last_of_its_claims() {
    for (name, deal) in examples() {
        let outcome = outcome(&deal);
        for rung in outcome.ladder.iter().filter(|rung| rung.gross.is_some()) {
            let Some(party) = &rung.payee else { continue };
            let own = outcome.book.money(&format!("recoupment.{party}.breakeven_gross"));
            let last = outcome.ladder.iter().filter(|other| other.payee.as_ref() == Some(party));
            let last =
                last.map(|other| other.gross).max_by_key(|gross| gross.map_or(i64::MAX, |g| g.minor()));
            assert_eq!(own, last.flatten(), "{name}: {party}");
        }
    }
}

#[test]
fn what_is_played_again_is_what_the_engine_computes() {
    for (name, deal) in examples() {
        let base = outcome(&deal);
        let whole = base.book.money("revenue.gross").expect(name).minor();
        let parts = |outcome: &Outcome| -> Vec<_> {
            let quarters = outcome.receipts.sources.iter().flat_map(|source| &source.quarters);
            quarters.map(|quarter| quarter.to_account).collect()
        };
        let asked = parts(&base);
        let mut worldwide = Worldwide::new(&base.receipts, &asked, &base.book).expect(name);
        let mut amounts = vec![0; asked.len()];
        for size in [0, 1, whole / 1_000, whole / 7, whole - 1, whole, whole * 3 + 17, whole * 100] {
            worldwide.receipts(size, &mut amounts);
            let scaled = outcome(&grossing(&deal, size, whole));
            let engine: Vec<i64> = parts(&scaled)
                .into_iter()
                .map(|node| scaled.book.value(node).as_money().expect(name).minor())
                .collect();
            assert_eq!(amounts, engine, "{name} at {size}");
        }
    }
}
