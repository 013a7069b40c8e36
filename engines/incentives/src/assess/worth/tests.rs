use recoup_deal::{Deal, Election, IncentiveClaim, Monetisation, read_deal};
use recoup_explain::Book;
use recoup_money::Money;
use rust_decimal::Decimal;
use serde_json::json;

use crate::assess::{Assessor, Standing, assess};
use crate::catalog::Catalog;

const DEALS: [&str; 3] = [
    include_str!("../../../../../examples/dragons-quest.deal.json"),
    include_str!("../../../../../examples/nimbus-and-pip.deal.json"),
    include_str!("../../../../../examples/tin-orchard.deal.json"),
];

/// What the search took the chosen combination to be worth, and `incentives.net`.
fn worth_and_net(deal: &Deal) -> (Decimal, Decimal) {
    let catalog = Catalog::embedded().unwrap();
    let assessor = Assessor::of(deal);
    let (candidates, _) = assessor.candidates(catalog, &mut Vec::new());
    let choice = assessor.choose(&candidates, &mut Vec::new());
    let mut book = Book::new();
    let assessment = assess(deal, catalog, &mut book);
    (choice.chosen.worth, book.value(assessment.net).as_money().unwrap().to_decimal())
}

fn fee(id: &str, kind: &str, amount: &serde_json::Value) -> recoup_deal::instrument::Fee {
    serde_json::from_value(json!({"id": id, "kind": kind, "amount": amount})).unwrap()
}

/// Whatever the way, the fees and the tax: the search measures what the claims leave, but for cents that
/// rounding moves.
#[test]
fn the_search_measures_what_is_left() {
    for text in DEALS {
        let plain = read_deal(text).unwrap();
        let currency = plain.currency;
        let million = Money::new(100_000_000, currency);
        let ways: [&dyn Fn(&mut IncentiveClaim); 7] = [
            &|_| {},
            &|claim| claim.monetisation = Some(Monetisation::Direct),
            &|claim| claim.monetisation = Some(Monetisation::Transfer(Decimal::new(9, 1))),
            &|claim| {
                claim.monetisation = Some(Monetisation::Offset);
                claim.own_tax = Some(million);
            },
            &|claim| claim.tax_rate = Some(Decimal::new(25, 2)),
            &|claim| claim.passed_on = Some(Decimal::new(8, 1)),
            &|claim| {
                let fixed = json!({"fixed": format!("{} 25000.00", currency.code())});
                claim.fees.push(fee("audit", "audit", &fixed));
                claim.fees.push(fee("share", "broker", &json!({"share": "0.02"})));
            },
        ];
        for (at, way) in ways.iter().enumerate() {
            let mut deal = plain.clone();
            deal.incentives.iter_mut().for_each(way);
            let (worth, net) = worth_and_net(&deal);
            assert!((worth - net).abs() < Decimal::ONE, "{}, way {at}: {worth} and {net}", deal.name);
        }
    }
}

/// A fee above the credit: the claim is left out where the deal leaves it open, and stays where it is wished.
#[test]
fn a_claim_that_costs_more_than_it_brings_is_not_the_best() {
    let catalog = Catalog::embedded().unwrap();
    let mut deal = read_deal(DEALS[0]).unwrap();
    let standing = |deal: &Deal, id: &str| {
        let assessment = assess(deal, catalog, &mut Book::new());
        assessment.claims.iter().find(|claim| claim.claim == id).unwrap().standing
    };
    let before = assess(&deal, catalog, &mut Book::new());
    let counted =
        before.claims.iter().find(|claim| claim.standing == Standing::Claimed).unwrap().claim.clone();
    let at = deal.incentives.iter().position(|claim| claim.id == counted).unwrap();
    let dear = json!({"fixed": format!("{} 90000000.00", deal.currency.code())});
    deal.incentives[at].fees.push(fee("audit", "audit", &dear));
    deal.incentives[at].election = Some(Election::Best);
    assert_eq!(standing(&deal, &counted), Standing::Rejected);
    deal.incentives[at].election = Some(Election::Claim);
    assert_eq!(standing(&deal, &counted), Standing::Claimed);
}
