use recoup_deal::{Deal, read_deal};
use recoup_incentives::Catalog;

use super::*;
use crate::Measure;

mod alike;

const DEALS: [&str; 3] = [
    include_str!("../../../../examples/dragons-quest.deal.json"),
    include_str!("../../../../examples/nimbus-and-pip.deal.json"),
    include_str!("../../../../examples/tin-orchard.deal.json"),
];

fn deal(index: usize) -> Deal {
    read_deal(DEALS[index]).unwrap()
}

fn film(deal: &Deal) -> Film<'static> {
    Film::new(deal, Catalog::embedded().unwrap(), FilmSettings::new(7)).unwrap()
}

#[test]
fn every_driver_of_the_three_deals_goes_the_fast_way() {
    for index in 0..3 {
        let film = film(&deal(index));
        assert!(film.way() <= Way::Regimes, "{:?}", film.slow);
        assert_eq!(film.plan_is_exact(), None);
        for way in film.ways() {
            assert!(matches!(way.way, Way::Fast | Way::Regimes), "{way:?}");
        }
    }
}

/// The measures of a film's paths, column by column.
fn computed(film: &Film<'_>, first: u64) -> Vec<f64> {
    let mut out = vec![0.0; film.columns().len() * CHUNK];
    film.compute(first, &mut out, &mut film.workspace());
    out
}

fn with_drivers(index: usize, drivers: serde_json::Value) -> Deal {
    let deal = deal(index);
    let edits = [Edit::set("risk.drivers", drivers), Edit::set("risk.correlations", serde_json::Value::Null)];
    edited(&deal, &edits).unwrap()
}

/// A path depends on the seed and its number: not on where its chunk begins, nor on what was computed before.
#[test]
fn a_path_does_not_depend_on_its_neighbours() {
    let film = film(&deal(0));
    let bits = |values: Vec<f64>| values.into_iter().map(f64::to_bits).collect::<Vec<_>>();
    let mut room = film.workspace();
    let mut out = vec![0.0; film.columns().len() * CHUNK];
    film.compute(512, &mut out, &mut room);
    film.compute(256, &mut out, &mut room);
    assert_eq!(bits(out), bits(computed(&film, 256)));
}

/// A credit that is not paid leaves the loan on it as it was, and its lender waits for receipts instead.
#[test]
fn what_was_lent_on_a_credit_stays_lent() {
    let refused = serde_json::json!([{
        "id": "award", "label": "Award", "event": {"credit_award": {"claim": "qpstc"}},
        "distribution": {"chance": "0.5"}
    }]);
    let film = film(&with_drivers(0, refused));
    assert_eq!(film.way(), Way::Fast, "{:?}", film.slow);
    let out = computed(&film, 0);
    let column = |measure: Measure| {
        let known = |column: &Column| column.of == "credit-lender" && column.measure == measure;
        let place = film.columns().iter().position(known).unwrap();
        &out[place * CHUNK..][..CHUNK]
    };
    let (invested, npv) = (column(Measure::Invested), column(Measure::Npv));
    assert!(invested.iter().all(|amount| (amount - invested[0]).abs() < 0.01), "{invested:?}");
    let best = npv.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let waits = npv.iter().filter(|value| **value < best - 1000.0).count();
    assert!((64..192).contains(&waits), "{waits} of {CHUNK} lenders wait");
}

/// The deal's discount rate is one more number of a path.
#[test]
fn the_discount_rate_may_be_uncertain() {
    let drivers = serde_json::json!([{
        "id": "discount", "label": "Discount", "paths": ["market.npv_rate"],
        "distribution": {"uniform": {"low": "0.5", "high": "1.5"}}
    }]);
    let film = film(&with_drivers(0, drivers));
    assert_eq!(film.way(), Way::Fast, "{:?}", film.slow);
    alike::path_is_its_deal(&film, 3);
    alike::path_is_its_deal(&film, 300);
}

/// A length in months decides which days there are: no tape follows it, and the whole model does.
fn slow() -> Film<'static> {
    let drivers = serde_json::json!([{
        "id": "months", "label": "Months", "paths": ["incentives[qpstc].cash.months"], "effect": "replace",
        "distribution": {"uniform": {"low": "6", "high": "30"}}
    }]);
    film(&with_drivers(0, drivers))
}

#[test]
fn what_has_no_tape_goes_the_slow_way_and_says_so() {
    let film = slow();
    assert_eq!(film.way(), Way::Slow);
    assert!(film.slow.is_some());
}

/// Chunks that are computed together are what they are one by one.
#[test]
fn chunks_together_are_chunks_one_by_one() {
    let film = film(&deal(0));
    let firsts: Vec<u64> = [0, 3, 4, 9].map(|chunk| chunk * CHUNK as u64).to_vec();
    let own = film.columns().len() * CHUNK;
    let mut out = vec![0.0; own * firsts.len()];
    film.compute_together(&firsts, &mut out, &mut film.workspace());
    for (first, together) in firsts.iter().zip(out.chunks_exact(own)) {
        let bits = |values: &[f64]| values.iter().map(|value| value.to_bits()).collect::<Vec<_>>();
        assert_eq!(bits(together), bits(&computed(&film, *first)), "{first}");
    }
}

/// For one party alone every column that is told is what it is among all.
#[test]
fn what_is_told_of_one_party_is_what_is_told_of_all() {
    let film = film(&deal(0));
    let all = computed(&film, 256);
    let party = film.parties[1].party.clone();
    let alone = film.clone().only(&party);
    let told = alone.told();
    assert!(told.len() < film.columns().len() / 2, "{}", told.len());
    let few = computed(&alone, 256);
    for column in told {
        let [one, other] = [&all, &few].map(|out| &out[column * CHUNK..(column + 1) * CHUNK]);
        let same = one.iter().zip(other).all(|(one, other)| one.to_bits() == other.to_bits());
        assert!(same, "{:?}", film.columns()[column]);
    }
}

/// Nobody waits for a chunk of the slow way to end: it stops between two paths, and nothing of it is counted.
#[test]
fn a_slow_chunk_stops_between_two_paths() {
    use crate::run::{Identity, Keep, Request, Sampling, Silent, Threads, simulate};
    use std::sync::atomic::{AtomicUsize, Ordering};
    let asked = Arc::new(AtomicUsize::new(0));
    let seen = Arc::clone(&asked);
    let film = slow().stopping(Stop::when(move || seen.fetch_add(1, Ordering::Relaxed) >= 5));
    let name = String::new;
    let request = Request {
        identity: Identity { plan: name(), kernel: name(), seed: 1, generator: name() },
        sampling: Sampling::Scrambled { scrambles: 2 },
        paths: 512,
        columns: vec![0],
        keep: Keep::Columns,
        precision: None,
        checkpoint_every: None,
    };
    let run = simulate(&film, request, &Threads::one(), &mut Silent).unwrap();
    assert_eq!((run.paths(), run.ended()), (0, None));
    assert!(asked.load(Ordering::Relaxed) < 10);
    let stopped = Film::new_unless(&deal(0), film.catalog, FilmSettings::new(7), Stop::when(|| true));
    assert_eq!(stopped.err(), Some(NotFilmed::Stopped));
}

/// Delays that are drawn more often or more seldom than before still have their shapes.
#[test]
fn other_probabilities_of_the_same_delays_are_drawn_anew() {
    use recoup_deal::Distribution;
    use rust_decimal::Decimal;
    let film = film(&deal(0));
    let mut moved = film.deal.risk.clone();
    let delay = moved.drivers.iter_mut().find(|driver| driver.id == "release-delay").unwrap();
    let Distribution::Discrete(outcomes) = &mut delay.distribution else { panic!("not discrete") };
    outcomes[0].probability -= Decimal::new(1, 1);
    outcomes[1].probability += Decimal::new(1, 1);
    assert!(film.redrawn(&moved, 7).unwrap().is_some());
    let delay = moved.drivers.iter_mut().find(|driver| driver.id == "release-delay").unwrap();
    let Distribution::Discrete(outcomes) = &mut delay.distribution else { panic!("not discrete") };
    outcomes[1].value = Decimal::from(7);
    assert!(film.redrawn(&moved, 7).unwrap().is_none());
}
