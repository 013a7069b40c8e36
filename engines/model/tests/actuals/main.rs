//! Statements that came in, through the whole computation: what they replace, what they leave, and that every
//! figure still follows from its leaves.
#![allow(clippy::unwrap_used, clippy::panic, clippy::expect_used)]

mod leaves;
mod reported;
mod rests;
mod same;

use recoup_deal::{Deal, read_deal};
use recoup_incentives::Catalog;
use recoup_model::{Outcome, run};

fn outcome(deal: &Deal) -> Outcome {
    run(deal, Catalog::embedded().unwrap())
}

fn examples() -> [Deal; 3] {
    [
        include_str!("../../../../examples/dragons-quest.deal.json"),
        include_str!("../../../../examples/nimbus-and-pip.deal.json"),
        include_str!("../../../../examples/tin-orchard.deal.json"),
    ]
    .map(|text| read_deal(text).unwrap())
}

/// Every figure of an outcome with its value, but for those that only tell of statements, and the gross at which a
/// claim is paid out: what came in is scaled no more, so that only the later part can bring it.
fn figures(outcome: &Outcome) -> Vec<(String, String)> {
    let told = |address: &str| {
        !address.starts_with("actuals.")
            && !address.contains(".forecast")
            && !address.ends_with(".breakeven_gross")
    };
    let figures = outcome.book.figures().filter(|(address, _, _)| told(address));
    figures.map(|(address, _, value)| (address.to_owned(), format!("{value:?}"))).collect()
}

fn recomputed(outcome: &Outcome) {
    let values = outcome.book.recompute(&|_| None);
    for (address, node, value) in outcome.book.figures() {
        assert_eq!(outcome.book.recomputed(&values, node), Some(value), "{address}");
    }
}

fn minor(outcome: &Outcome, address: &str) -> i64 {
    outcome.book.money(address).unwrap_or_else(|| panic!("no amount at {address}")).minor()
}
