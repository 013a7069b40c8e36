use recoup_deal::{Deal, read_deal};
use recoup_incentives::Catalog;

use super::*;
use crate::Measure;

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

/// What a path gives is what its deal gives, computed to the cent.
#[test]
fn a_path_is_its_deal() {
    for index in 0..3 {
        let film = film(&deal(index));
        for path in [0, 1, 2, 77, 140, 300] {
            let replayed = film.replay(path).unwrap();
            assert!(replayed.largest_difference <= replayed.bound, "{index} {path}: {replayed:?}");
            for (tier, simulated, exact) in &replayed.claims {
                assert_eq!(simulated, exact, "{index} {path} {tier}");
            }
            for party in &replayed.parties {
                for (measure, simulated, exact) in &party.measures {
                    let near = match measure {
                        Measure::Irr | Measure::Multiple => 1e-6,
                        _ => replayed.bound * 40.0,
                    };
                    // Without a single flow the exact run has no value, and a simulation adds up to nothing.
                    let nothing = exact.is_nan() && *measure == Measure::Npv && *simulated == 0.0;
                    let same =
                        simulated.is_nan() && exact.is_nan() || (simulated - exact).abs() <= near || nothing;
                    assert!(same, "{index} {path} {} {measure:?}: {simulated} and {exact}", party.party);
                }
            }
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

/// The deal's discount rate decides where flows stand on the grid: no tape follows it, and the whole model does.
#[test]
fn what_has_no_tape_goes_the_slow_way_and_says_so() {
    let drivers = serde_json::json!([{
        "id": "discount", "label": "Discount", "paths": ["market.npv_rate"],
        "distribution": {"uniform": {"low": "0.9", "high": "1.1"}}
    }]);
    let film =
        Film::new(&with_drivers(0, drivers), Catalog::embedded().unwrap(), FilmSettings::new(7)).unwrap();
    assert_eq!(film.way(), Way::Slow);
    assert!(film.slow.is_some());
}
