//! The three sample deals

use recoup_deal::read_deal;
use recoup_incentives::Catalog;
use recoup_waterfall::{compile, flat::with_declared};

use crate::agrees::{Case, asks};

const DEALS: [&str; 3] = [
    include_str!("../../../../examples/dragons-quest.deal.json"),
    include_str!("../../../../examples/nimbus-and-pip.deal.json"),
    include_str!("../../../../examples/tin-orchard.deal.json"),
];

/// The recoupment of each deal with what it runs on.
pub(crate) fn deals() -> Vec<Case> {
    let case = |text: &str| {
        let deal = read_deal(text).unwrap();
        let feed = recoup_model::run(&deal, Catalog::embedded().unwrap()).feed.unwrap();
        let document = deal.recoupment.as_ref().unwrap();
        let inputs = with_declared(document, &feed.inputs).clone();
        Case { plan: compile(document, inputs.currency).unwrap(), inputs, schedule: feed.schedule }
    };
    DEALS.into_iter().map(case).collect()
}

#[test]
fn the_sample_deals_pay_what_they_pay_exactly() {
    for case in deals() {
        for ask in asks() {
            case.agrees(&ask).unwrap();
        }
    }
}
