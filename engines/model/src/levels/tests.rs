#![allow(clippy::unwrap_used, reason = "a test that cannot go on stops")]

use recoup_deal::read_deal;
use recoup_incentives::Catalog;

use super::*;
use crate::run;

fn deals() -> [Deal; 3] {
    [
        include_str!("../../../../examples/dragons-quest.deal.json"),
        include_str!("../../../../examples/nimbus-and-pip.deal.json"),
        include_str!("../../../../examples/tin-orchard.deal.json"),
    ]
    .map(|text| read_deal(text).unwrap())
}

#[test]
fn a_deal_grosses_what_is_asked_to_the_minor_unit() {
    let catalog = Catalog::embedded().unwrap();
    for deal in deals() {
        let now = run(&deal, catalog);
        let base = now.book.money("revenue.gross").unwrap();
        for minor in [0, 1, base.minor() / 3, base.minor(), base.minor() * 2 + 7] {
            let level = Money::new(minor, deal.currency);
            let moved = run(&at_gross(&deal, &now.book, level).unwrap(), catalog);
            assert_eq!(moved.book.money("revenue.gross"), Some(level), "{}", deal.name);
        }
        let same = at_gross(&deal, &now.book, base).unwrap();
        assert_eq!(
            run(&same, catalog).book.money("revenue.to_account"),
            now.book.money("revenue.to_account")
        );
    }
}

#[test]
fn a_claim_is_out_at_its_breakeven_and_not_far_below_it() {
    let catalog = Catalog::embedded().unwrap();
    for deal in deals() {
        let now = run(&deal, catalog);
        for rung in now.ladder.iter().filter_map(|rung| Some((&rung.tier, rung.gross?))) {
            let owed = |level: i64| {
                let level = Money::new(level, deal.currency);
                let moved = run(&at_gross(&deal, &now.book, level).unwrap(), catalog);
                moved.book.money(&format!("recoupment.claims.{}.outstanding", rung.0)).unwrap().minor()
            };
            let (at, step) = (rung.1.minor(), now.book.money("revenue.gross").unwrap().minor() / 100_000);
            assert!(owed(at + step) == 0, "{} {} is owed money above its breakeven", deal.name, rung.0);
            if at > 2 * step {
                assert!(owed(at - step) > 0, "{} {} is out below its breakeven", deal.name, rung.0);
            }
        }
    }
}

#[test]
fn nothing_is_scaled_where_nothing_is_estimated() {
    let mut deal = deals()[0].clone();
    deal.revenue.sources.clear();
    let now = run(&deal, Catalog::embedded().unwrap());
    let level = Money::new(1, deal.currency);
    assert_eq!(at_gross(&deal, &now.book, level), Err(NoLevel::NothingToScale));
    assert_eq!(at_gross(&deal, &now.book, Money::new(-1, deal.currency)), Err(NoLevel::NotAnAmount));
}
