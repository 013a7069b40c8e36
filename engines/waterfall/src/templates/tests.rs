#![allow(clippy::unwrap_used, reason = "a test that cannot go on stops")]

use recoup_deal::findings::Language;
use recoup_deal::recoupment::{Limit, RecoupmentPlan, Takes, Tier};
use recoup_deal::{Deal, Severity, read_deal};
use recoup_money::Currency;

use super::*;
use crate::{Surroundings, validate};

const FILMS: [&str; 3] = [
    include_str!("../../../../examples/dragons-quest.deal.json"),
    include_str!("../../../../examples/nimbus-and-pip.deal.json"),
    include_str!("../../../../examples/tin-orchard.deal.json"),
];

fn film(at: usize) -> Deal {
    read_deal(FILMS[at]).unwrap()
}

fn named(id: &str) -> &'static Template {
    templates().unwrap().iter().find(|template| template.id == id).unwrap()
}

/// What is suggested, and where nothing is, the first choice or a plain amount.
fn values(template: &Template, deal: &Deal) -> Values {
    let of = |parameter: &Parameter| {
        let Suggestion { value, choices, .. } = suggest(deal, parameter);
        let amount = format!("{} 250000.00", deal.currency);
        let plain = match parameter.kind {
            ParameterKind::Amount if !parameter.optional => Some(amount),
            ParameterKind::Instruments => None,
            _ if parameter.optional => None,
            _ => choices.first().cloned(),
        };
        Some((parameter.id.clone(), value.or(plain)?))
    };
    template.parameters.iter().filter_map(of).collect()
}

fn blockers(plan: &RecoupmentPlan, deal: &Deal) -> Vec<String> {
    let around = Surroundings {
        parties: deal.parties.iter().map(|party| party.id.clone()).collect(),
        instruments: deal.instruments.iter().map(|one| one.id.clone()).collect(),
        ..Surroundings::default()
    };
    let found = validate(plan, deal.currency, &around);
    found
        .iter()
        .filter(|one| one.severity == Severity::Blocker)
        .map(|one| format!("{} {}", one.code, one.path))
        .collect()
}

fn ids(tiers: &[Tier]) -> Vec<&str> {
    tiers.iter().map(|tier| tier.id.as_str()).collect()
}

/// No cycle, no dead end, no stranger: whatever the house offers can be run as it comes.
#[test]
fn every_template_fits_every_film() {
    for at in 0..FILMS.len() {
        let deal = film(at);
        let plan = deal.recoupment.clone().unwrap();
        for template in templates().unwrap() {
            for language in [Language::English, Language::French] {
                let piece = match fill(template, &deal, &values(template, &deal), language) {
                    Err(Unfilled::Empty) if template.kind == TemplateKind::Piece => continue,
                    other => other.unwrap(),
                };
                let whole = as_plan(&piece, &RecoupmentPlan::default(), &[]).unwrap();
                // A reserve on its own has nothing to be given back to.
                if template.id != "residuals-reserve" {
                    assert_eq!(blockers(&whole, &deal), [""; 0], "{} for {}", template.id, deal.id);
                }
                let first = Place::Before { tier: plan.tiers[0].id.clone() };
                let inside = insert(&plan, &piece, &first).unwrap();
                assert_eq!(blockers(&inside, &deal), [""; 0], "{} in {}", template.id, deal.id);
                assert!(reserve_without_end(&inside).is_none());
            }
        }
    }
}

#[test]
fn an_independent_film_is_paid_in_the_usual_order() {
    let deal = film(0);
    let template = named("independent-film");
    let piece = fill(template, &deal, &values(template, &deal), Language::English).unwrap();
    let roles: Vec<String> = piece.tiers.iter().map(|tier| suggest::word(&tier.role)).collect();
    assert_eq!(
        roles,
        [
            "collection_fee",
            "collection_fee",
            "residuals",
            "loan",
            "gap",
            "mezzanine",
            "deferral",
            "equity",
            "premium",
            "net_profits"
        ],
        "the agent of this film is paid before the account"
    );
    let profits = piece.tiers.last().unwrap().members();
    assert_eq!(ids(profits), ["profit", "producer-profit"]);
    let Takes::Share(rest) = &profits[1].takes else { panic!("a share") };
    assert_eq!(rest.rate.to_string(), "0.5");
}

/// The same as by hand: the block of a distributor on the way of one source leaves the other sources alone.
#[test]
fn a_block_is_put_on_the_way_of_one_source() {
    let deal = film(2);
    let plan = deal.recoupment.clone().unwrap();
    let template = named("distributor-block");
    let mut given = values(template, &deal);
    given.insert("commission".to_owned(), "1/3".to_owned());
    given.insert("guarantee".to_owned(), "GBP 90000.00".to_owned());
    let piece = fill(template, &deal, &given, Language::French).unwrap();
    let way = Place::Among { of: vec!["sales".to_owned()], before: Some("cam-setup".to_owned()) };
    let after = insert(&plan, &piece, &way).unwrap();
    let enters: Vec<&str> = after.sources.iter().map(|source| source.enters.as_str()).collect();
    assert_eq!(enters, ["distribution-fee", "cam-setup"]);
    assert_eq!(ids(&after.tiers)[..4], ["distribution-fee", "release-expenses", "guarantee", "cam-setup"]);
    let Takes::Share(fee) = &after.tiers[0].takes else { panic!("a share") };
    assert_eq!(
        (fee.rate.to_string().as_str(), after.tiers[0].label.as_deref()),
        ("1/3", Some("Commission de distribution"))
    );
    // A second one gets names of its own, and its limit speaks of its own expenses.
    let twice = insert(&after, &piece, &Place::Before { tier: "cam-setup".to_owned() }).unwrap();
    let second = twice.tiers.iter().find(|tier| tier.id == "release-expenses-2").unwrap();
    let Takes::Share(second) = &second.takes else { panic!("a share") };
    assert!(matches!(&second.limit, Some(Limit::Expenses { of, .. }) if of == "release-expenses-2"));
}

#[test]
fn what_does_not_fit_is_refused_by_name() {
    let deal = film(0);
    let template = named("sales-agent");
    let mut given = values(template, &deal);
    given.insert("commission".to_owned(), "115 %".to_owned());
    let refused = fill(template, &deal, &given, Language::English).unwrap_err();
    assert_eq!(refused, Unfilled::Unfit { parameter: "commission".to_owned(), given: "115 %".to_owned() });
    given.remove("commission");
    let refused = fill(template, &deal, &given, Language::English).unwrap_err();
    assert_eq!(refused, Unfilled::Missing { parameter: "commission".to_owned() });
}

/// An order taken from its own film is that order; taken to another film it speaks of that film's parties.
#[test]
fn an_order_is_taken_over() {
    for at in 0..FILMS.len() {
        let deal = film(at);
        let template = of_film(&deal, &[], deal.currency).unwrap();
        let piece = fill(&template, &deal, &values(&template, &deal), Language::English).unwrap();
        let known: Vec<String> = deal.revenue.sources.iter().map(|source| source.id.clone()).collect();
        let own = deal.recoupment.clone().unwrap();
        let again = as_plan(&piece, &own, &known).unwrap();
        assert_eq!(again, own, "{}", deal.id);
    }
    let (here, there) = (film(0), film(2));
    let template = of_film(&there, &[], here.currency).unwrap();
    let foreign: Vec<&str> = template
        .parameters
        .iter()
        .filter(|one| one.kind == ParameterKind::Amount)
        .map(|one| one.name.en.as_str())
        .collect();
    assert!(foreign.contains(&"GBP 120000.00"), "{foreign:?}");
    let piece = fill(&template, &here, &values(&template, &here), Language::English).unwrap();
    let plan = as_plan(&piece, &RecoupmentPlan::default(), &[]).unwrap();
    let strangers: Vec<String> = blockers(&plan, &here)
        .into_iter()
        .filter(|one| one.contains("PARTY") || one.contains("INSTRUMENT"))
        .collect();
    assert_eq!(strangers, [""; 0]);
    let some = of_film(&there, &["corridor".to_owned()], Currency::GBP).unwrap();
    assert_eq!((some.kind, some.tiers.len()), (TemplateKind::Piece, 1));
}
