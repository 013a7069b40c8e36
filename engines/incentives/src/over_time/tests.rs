use proptest::prelude::*;
use recoup_deal::{DealProgram, read_deal};

use super::*;
use crate::policy::Policy;

const DEALS: [&str; 3] = [
    include_str!("../../../../examples/dragons-quest.deal.json"),
    include_str!("../../../../examples/nimbus-and-pip.deal.json"),
    include_str!("../../../../examples/tin-orchard.deal.json"),
];

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

fn net(deal: &Deal, catalog: &Catalog) -> Quantity {
    let mut book = Book::new();
    let assessment = assess(deal, catalog, &mut book);
    book.value(assessment.net).clone()
}

/// A catalogue in which one version of a program is another.
fn with(program: &str, from: &str, change: impl FnOnce(&mut Policy)) -> Catalog {
    let mut catalog = Catalog::embedded().unwrap().clone();
    let mut policy = catalog.version(program, day(from)).unwrap().as_ref().clone();
    change(&mut policy);
    catalog.insert(policy);
    catalog
}

#[test]
fn the_day_that_decides_anyway_changes_nothing() {
    let catalog = Catalog::embedded().unwrap();
    for text in DEALS {
        let deal = read_deal(text).unwrap();
        let start = Timeline::of(&deal).start().unwrap();
        let then = assess_on(&deal, catalog, start);
        assert_eq!(then.net, net(&deal, catalog), "{}", deal.name);
        assert_eq!(then.claims.len(), deal.incentives.len());
    }
}

#[test]
fn a_program_counts_on_its_last_day_and_not_on_the_next() {
    let deal = read_deal(DEALS[0]).unwrap();
    let catalog = with("ca-qc-qpstc", "2024-05-31", |policy| policy.sunset = Some(day("2028-03-31")));
    let claim = |on: &str| assess_on(&deal, &catalog, day(on)).claims[0].clone();
    let last = claim("2028-03-31");
    assert_eq!((last.standing, last.version), (Standing::Claimed, Some(day("2024-05-31"))));
    let next = claim("2028-04-01");
    assert_eq!((next.standing, next.version, next.net), (Standing::Unavailable, None, None));
    let reason = Phrase::new("program_expired").with("day", day("2028-03-31"));
    assert_eq!(next.reason, Some(reason));
    let edge = over_time(&deal, &catalog).into_iter().find(|step| step.on.day == day("2028-04-01")).unwrap();
    let gone =
        LawChange { program: String::from("ca-qc-qpstc"), before: Some(day("2024-05-31")), after: None };
    assert!(edge.changes.contains(&gone), "{:?}", edge.changes);
}

#[test]
fn before_its_first_version_a_program_gives_nothing() {
    let deal = read_deal(DEALS[0]).unwrap();
    let catalog = Catalog::embedded().unwrap();
    let steps = over_time(&deal, catalog);
    let first = steps[0].on.day;
    assert!(steps[0].changes.iter().all(|change| change.before.is_none()));
    let before = assess_on(&deal, catalog, first.add_days(-1).unwrap());
    assert!(before.claims.iter().all(|claim| claim.standing == Standing::Unavailable));
    assert!(before.net.as_money().unwrap().is_zero());
    let reason = |claim: &ClaimThen| claim.reason.as_ref().map(|reason| reason.code.clone());
    assert!(before.claims.iter().all(|claim| reason(claim).as_deref() == Some("program_begins")));
}

#[test]
fn steps_follow_each_other_without_a_gap_and_each_has_a_ground() {
    for text in DEALS {
        let deal = read_deal(text).unwrap();
        let steps = over_time(&deal, Catalog::embedded().unwrap());
        assert!(steps.len() > 2, "{}", deal.name);
        for pair in steps.windows(2) {
            assert_eq!(pair[0].until, pair[1].on.day.add_days(-1).ok());
            assert!(!pair[1].changes.is_empty());
        }
        assert_eq!(steps.last().unwrap().until, None);
    }
}

#[test]
fn the_texts_used_are_those_of_the_deciding_days() {
    let library = Catalog::embedded().unwrap();
    let mut deal = read_deal(DEALS[0]).unwrap();
    let used = texts_used(&deal, library);
    // Two claims of one program use one text.
    assert_eq!(used.len(), deal.incentives.len() - 1);
    assert!(used.iter().all(|used| used.origin == ProgramOrigin::Library));
    let mut held = used[0].policy.as_ref().clone();
    held.constants[0].value += rust_decimal::Decimal::ONE;
    let policy = serde_json::to_value(&held).unwrap();
    deal.programs.push(DealProgram { id: format!("{}:{}", held.id, held.from), policy });
    let used = texts_used(&deal, library);
    assert_eq!(used[0].origin, ProgramOrigin::Held);
    assert_eq!(used[0].policy.constants, held.constants);
    assert!(used[1..].iter().all(|used| used.origin == ProgramOrigin::Library));
}

#[test]
fn an_undated_rate_of_exchange_stays_the_deals() {
    let mut deal = read_deal(DEALS[0]).unwrap();
    let mut dated = deal.fx[0].clone();
    deal.fx[0].date = None;
    dated.date = Some(day("2020-01-01"));
    dated.rate += rust_decimal::Decimal::ONE;
    deal.fx.push(dated);
    let then = on_day(&deal, Catalog::embedded().unwrap(), day("2019-01-01"));
    let (from, to) = (deal.fx[0].base, deal.fx[0].quote);
    assert_eq!(then.rate(from, to), deal.rate(from, to));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    /// The staircase is the deal on every day, not on sampled ones.
    #[test]
    fn any_day_has_the_figures_of_its_step(which in 0usize..3, days in 0i64..9_000) {
        let deal = read_deal(DEALS[which]).unwrap();
        let catalog = Catalog::embedded().unwrap();
        let steps = over_time(&deal, catalog);
        let on = steps[0].on.day.add_days(days).unwrap();
        let step = steps.iter().rev().find(|step| step.on.day <= on).unwrap();
        let then = assess_on(&deal, catalog, on);
        prop_assert_eq!(&then.net, &step.on.net);
        let versions = |on: &OnDay| on.claims.iter().map(|claim| claim.version).collect::<Vec<_>>();
        prop_assert_eq!(versions(&then), versions(&step.on));
    }
}
