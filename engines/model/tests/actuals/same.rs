//! What comes in as expected changes nothing; what does not is conserved; the order of statements is no matter.

use proptest::prelude::*;
use recoup_deal::actuals::Rest;
use recoup_deal::actuals::RestOfEstimate;
use recoup_deal::{Deal, Severity};
use recoup_money::Money;

use super::reported::reported;
use super::{examples, figures, minor, outcome, recomputed};

fn with_rest(mut deal: Deal, rest: Rest) -> Deal {
    let sources: Vec<String> = deal.revenue.sources.iter().map(|source| source.id.clone()).collect();
    deal.actuals.rests =
        sources.into_iter().map(|source| RestOfEstimate { id: source.clone(), source, rest }).collect();
    deal
}

#[test]
fn what_comes_in_as_expected_leaves_every_figure_as_it_was() {
    for deal in examples() {
        let expected = figures(&outcome(&deal));
        for (first, rest) in [
            (1, Rest::KeepForecast),
            (3, Rest::Shift),
            (usize::MAX, Rest::ScaleToEstimate),
            (usize::MAX, Rest::Drop),
        ] {
            let came = with_rest(reported(&deal, first, &|_, _, amount| amount), rest);
            let after = outcome(&came);
            let mut after_figures = figures(&after);
            let (mut one, mut other) = (expected.clone(), std::mem::take(&mut after_figures));
            one.sort();
            other.sort();
            let differs = one.iter().zip(&other).find(|(one, other)| one != other);
            assert!(differs.is_none(), "{} after {first} quarters, {rest:?}: {differs:#?}", deal.name);
            let missing: Vec<_> = one.iter().filter(|figure| !other.contains(figure)).collect();
            assert!(missing.is_empty() && one.len() == other.len(), "{}: {missing:#?}", deal.name);
            assert_eq!(minor(&after, "actuals.variance"), 0);
            recomputed(&after);
        }
    }
}

#[test]
fn without_a_day_of_receipt_money_counts_where_the_estimate_would_put_it() {
    for deal in examples() {
        let mut came = reported(&deal, 4, &|_, _, amount| amount);
        let dated = figures(&outcome(&came));
        for statement in &mut came.actuals.statements {
            statement.received = None;
        }
        let undated = figures(&outcome(&came));
        let differs = dated.iter().zip(&undated).find(|(one, other)| one != other);
        assert!(differs.is_none(), "{}: {differs:#?}", deal.name);
    }
}

/// Opening held + receipts + contributions = paid + held + left over: the run says so itself, or fails.
fn conserved(deal: &Deal) {
    let came = outcome(deal);
    let failed = came.findings.iter().find(|finding| finding.code == "RECOUPMENT_CANNOT_RUN");
    assert!(failed.is_none(), "{}: {failed:?}", deal.name);
    let run = came.recoupment.as_ref().unwrap();
    let received: i64 = came
        .receipts
        .sources
        .iter()
        .flat_map(|source| &source.quarters)
        .filter_map(|quarter| came.book.value(quarter.to_account).as_money())
        .map(|amount| amount.minor())
        .sum();
    assert_eq!(received, minor(&came, "revenue.to_account"), "{}", deal.name);
    for source in &came.receipts.sources {
        for quarter in &source.quarters {
            let at = |node| came.book.value(node).as_money().unwrap().minor();
            let kept: i64 = quarter.kept.iter().map(|kept| at(kept.amount)).sum();
            assert_eq!(at(quarter.gross), kept + at(quarter.to_account), "{}", source.source);
        }
    }
    assert!(!run.postings.is_empty());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 6, ..ProptestConfig::default() })]

    #[test]
    fn whatever_comes_in_is_conserved_and_leaves_the_later_part_alone(
        example in 0usize..3,
        first in 1usize..6,
        factors in prop::collection::vec(-30i64..300, 40),
        seed in any::<u64>(),
    ) {
        let deal = examples()[example].clone();
        let change = |source: &str, index: usize, amount: Money| {
            let place = source.bytes().map(usize::from).sum::<usize>() + index;
            let minor = i128::from(amount.minor()) * i128::from(factors[place % factors.len()]) / 100;
            Money::new(i64::try_from(minor).unwrap(), amount.currency())
        };
        let came = reported(&deal, first, &change);
        conserved(&came);
        let (before, after) = (outcome(&deal), outcome(&came));
        recomputed(&after);
        // Everything after the last covered day stands, unless money given back is taken out of it.
        for source in &before.receipts.sources {
            let refunds = came.actuals.statements.iter().flat_map(|one| &one.lines);
            if refunds.filter(|line| line.source == source.source).any(|line| line.amount.is_negative()) {
                continue;
            }
            for quarter in source.quarters.iter().skip(first) {
                let address = format!("revenue.{}.to_account[{}]", source.source, quarter.quarter);
                prop_assert_eq!(before.book.at(&address), after.book.at(&address), "{}", address);
            }
        }
        // The order in which statements are written is no matter.
        let mut turned = came.clone();
        let count = turned.actuals.statements.len();
        turned.actuals.statements.rotate_left((seed % count.max(1) as u64) as usize);
        turned.actuals.statements.reverse();
        prop_assert_eq!(figures(&after), figures(&outcome(&turned)));
        // What came less what was expected, in total and by source.
        let parts: i64 = after.actuals.as_ref().unwrap().sources.iter()
            .map(|source| after.book.value(source.variance).as_money().unwrap().minor()).sum();
        prop_assert_eq!(parts, minor(&after, "actuals.variance"));
        prop_assert!(after.findings.iter().all(|one| one.severity != Severity::Blocker || !one.code.starts_with("ACTUALS")));
    }
}
