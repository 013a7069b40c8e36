use std::collections::HashSet;

use recoup_deal::recoupment::{Limit, Takes, Tier};
use recoup_deal::{Severity, read_deal, set};
use recoup_money::Money;
use serde_json::json;

use super::*;
use crate::{RunInputs, Surroundings, recoup, validate};

fn deal(name: &str) -> Deal {
    let text = match name {
        "dragons-quest" => include_str!("../../../../examples/dragons-quest.deal.json"),
        "nimbus-and-pip" => include_str!("../../../../examples/nimbus-and-pip.deal.json"),
        _ => include_str!("../../../../examples/tin-orchard.deal.json"),
    };
    read_deal(text).unwrap()
}

fn ids(tiers: &[Tier]) -> Vec<&str> {
    tiers.iter().map(|tier| tier.id.as_str()).collect()
}

/// No cycle, no dead end, no stranger: the plan of every sample can be run as it is written.
#[test]
fn a_derived_plan_is_sound() {
    for name in ["dragons-quest", "nimbus-and-pip", "tin-orchard"] {
        let deal = deal(name);
        let derived = derive_plan(&deal);
        let around = Surroundings {
            parties: deal.parties.iter().map(|party| party.id.clone()).collect(),
            instruments: deal.instruments.iter().map(|one| one.id.clone()).collect(),
            ..Surroundings::default()
        };
        let findings = validate(&derived.plan, deal.currency, &around);
        let blockers: Vec<_> = findings.iter().filter(|one| one.severity == Severity::Blocker).collect();
        assert!(blockers.is_empty(), "{name}: {blockers:#?}");
        let positions = derived.plan.positions();
        let unique: HashSet<&str> = positions.iter().map(|(_, tier)| tier.id.as_str()).collect();
        assert_eq!(unique.len(), positions.len(), "{name}");
    }
}

#[test]
fn claims_stand_in_the_order_of_their_risk() {
    let derived = derive_plan(&deal("dragons-quest"));
    assert_eq!(
        ids(&derived.plan.tiers),
        [
            "collection-fee",
            "credit-loan-claim",
            "gap-claim",
            "mezzanine-claim",
            "equity-claim",
            "equity-premium",
            "producer-deferral-claim",
            "net-profits"
        ]
    );
    let profits = derived.plan.tiers.last().unwrap().members();
    assert_eq!(ids(profits), ["equity-profit", "mezzanine-profit", "producer-profit"]);
    let Takes::Share(rest) = &profits[2].takes else { panic!("a share") };
    assert_eq!(rest.rate.to_string(), "0.45", "half to equity, five per cent to the mezzanine lender");
}

/// Everything that comes in is paid to somebody, in the order of the tiers.
#[test]
fn a_derived_plan_pays_out_everything() {
    let deal = deal("dragons-quest");
    let plan = derive_plan(&deal).plan;
    let mut inputs = RunInputs::new(deal.currency);
    let receipt =
        json!([{"id": "r", "date": "2030-03-31", "source": "collections", "amount": "USD 1000000.00"}]);
    inputs.receipts = serde_json::from_value(receipt).unwrap();
    let result = recoup(&plan, &inputs, &[]).unwrap();
    let paid: i64 = result.postings.iter().map(|posting| posting.amount.minor()).sum();
    assert_eq!(paid, 100_000_000);
}

#[test]
fn a_deferral_returns_with_its_premium_and_an_investor_without_a_share_has_part_of_half() {
    let deal = deal("dragons-quest");
    let deal = set(&deal, "instruments[producer-deferral].terms.premium", json!("0.1")).unwrap();
    let deal = set(&deal, "instruments[equity].terms.profit_share", json!(null)).unwrap();
    let derived = derive_plan(&deal);
    let deferral =
        derived.plan.tiers.iter().find(|tier| tier.role == recoup_deal::recoupment::Role::Deferral);
    let Takes::Share(share) = &deferral.unwrap().takes else { panic!("a share") };
    let amount = Money::from_major(495_000, deal.currency).unwrap();
    assert_eq!(share.limit, Some(Limit::Amount { amount }));
    assert!(derived.customs.iter().any(|custom| custom.what == CustomKind::InvestorsHalf));
    let profits = derived.plan.tiers.last().unwrap().members();
    assert_eq!(ids(profits), ["mezzanine-profit", "investors-profit", "producer-profit"]);
}

#[test]
fn nothing_to_recoup_leaves_all_to_the_producer() {
    let mut deal = deal("dragons-quest");
    deal.instruments.clear();
    let plan = derive_plan(&deal).plan;
    assert_eq!(ids(&plan.tiers), ["collection-fee", "net-profits"]);
    assert_eq!(plan.residual.as_deref(), Some("producer"));
}
