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
        println!("{:#?}", film.ways());
        assert!(film.way() <= Way::Regimes, "{:?}", film.slow);
    }
}

/// What a path gives is what its deal gives, computed to the cent.
#[test]
fn a_path_is_its_deal() {
    for index in 0..3 {
        let film = film(&deal(index));
        for path in [0, 1, 77, 300] {
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
