//! What a path gives is what its deal gives, computed to the cent.

use std::collections::BTreeMap;

use super::*;
use crate::sensitivity::DrivenModel;

/// Computes a path again by the whole model.
pub(super) fn path_is_its_deal(film: &Film<'_>, path: u64) {
    let replayed = film.replay(path).unwrap();
    assert!(replayed.largest_difference <= replayed.bound, "{path}: {:?}", replayed.drawn);
    for (tier, simulated, exact) in &replayed.claims {
        assert_eq!(simulated, exact, "{path} {tier}");
    }
    for party in &replayed.parties {
        for (measure, simulated, exact) in &party.measures {
            let near = match measure {
                Measure::Irr | Measure::Multiple => 1e-6,
                _ => replayed.bound * 40.0,
            };
            // Without a single flow the exact run has no value, and a simulation adds up to nothing.
            let nothing = exact.is_nan() && *measure == Measure::Npv && *simulated == 0.0;
            let same = simulated.is_nan() && exact.is_nan() || (simulated - exact).abs() <= near || nothing;
            assert!(same, "{path} {} {measure:?}: {simulated} and {exact}", party.party);
        }
    }
}

/// The first path of every delay that is drawn among some chunks.
fn of_every_delay(film: &Film<'_>, chunks: u64) -> Vec<u64> {
    let mut found: BTreeMap<Vec<i32>, u64> = BTreeMap::new();
    let mut drawn = vec![0.0; film.drivers().len() * CHUNK];
    let mut room = film.workspace();
    for chunk in 0..chunks {
        film.draw(chunk * CHUNK as u64, &mut drawn, &mut room);
        for path in 0..CHUNK {
            let delays = film.delays(|driver| drawn[driver * CHUNK + path]);
            found.entry(delays).or_insert(chunk * CHUNK as u64 + path as u64);
        }
    }
    found.into_values().collect()
}

#[test]
fn a_path_is_its_deal() {
    for index in 0..3 {
        let film = film(&deal(index));
        [0, 77, 300].into_iter().for_each(|path| path_is_its_deal(&film, path));
    }
}

/// The long form: every delay that is drawn, and paths from all over the sequence.
#[test]
#[ignore = "takes minutes; run it after a change of what a path comes to"]
fn many_paths_of_every_delay_are_their_deals() {
    for index in 0..3 {
        let film = film(&deal(index));
        let delays = of_every_delay(&film, 40);
        let others = (0..400).map(|step| step * 257 + 13);
        println!("deal {index}: {} delays, and 400 paths", delays.len());
        delays.into_iter().chain(others).for_each(|path| path_is_its_deal(&film, path));
    }
}
