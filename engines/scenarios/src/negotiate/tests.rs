use proptest::prelude::*;

use super::*;
use crate::measure::Unknown;

fn outlook(values: [f64; 3]) -> Outlook {
    let [p10, p50, p90] = values.map(Ok);
    Outlook { p10, p50, p90 }
}

fn party(id: &str, npv: [f64; 3]) -> PartyOutlook {
    PartyOutlook { party: id.to_owned(), npv: outlook(npv), irr: Some(outlook(npv.map(|value| value / 1e6))) }
}

#[test]
fn everybody_is_told_how_they_stand() {
    let before = [
        party("producer", [0.0, 100.0, 300.0]),
        party("bank", [10.0, 20.0, 20.0]),
        party("fund", [-50.0, 10.0, 90.0]),
        party("mezzanine", [-5.0, 5.0, 8.0]),
        party("guild", [1.0, 1.0, 1.0]),
    ];
    let mut dark = party("guild", [1.0, 1.0, 1.0]);
    dark.npv.p10 = Err(Unknown::NotComputed);
    let after = [
        party("producer", [0.0, 140.0, 300.0]),
        party("bank", [10.0, 20.2, 20.0]),
        party("fund", [-40.0, 10.0, 70.0]),
        dark,
        party("broadcaster", [1.0, 2.0, 3.0]),
    ];
    let told = shifts(&before, &after, 0.5);
    let stance = |party: &str| told.iter().find(|shift| shift.party == party).expect("at the table").stance;
    assert_eq!(stance("producer"), Stance::Gains);
    assert_eq!(stance("bank"), Stance::Same);
    assert_eq!(stance("fund"), Stance::Mixed);
    assert_eq!(stance("mezzanine"), Stance::Leaves);
    assert_eq!(stance("guild"), Stance::Untold);
    assert_eq!(stance("broadcaster"), Stance::Comes);
    assert_eq!(told.last().map(|shift| shift.party.as_str()), Some("producer"));
}

fn lever(id: &str, now: f64, low: f64, high: f64) -> Lever {
    Lever { id: id.to_owned(), now, low, high, step: 1e-6 }
}

#[test]
fn the_smallest_of_several_changes_comes_first() {
    // A return of 11 % now; 15 % is asked.
    let levers = [
        lever("premium", 0.20, 0.0, 0.5),
        lever("profit_share", 0.30, 0.0, 0.8),
        lever("fee", 0.1, 0.0, 0.2),
    ];
    let result = |place: usize, at: f64| {
        Some(match place {
            0 => 0.11 + 0.2 * (at - 0.20),
            1 => 0.11 + 0.4 * (at - 0.30),
            _ => 0.11 - 0.1 * (at - 0.1),
        })
    };
    let found = smallest_changes(&levers, 0.15, 1e-6, 9, result).expect("a search");
    let places: Vec<usize> = found.iter().map(|change| change.lever).collect();
    assert_eq!(places, [1, 0], "the fee alone does not reach it");
    assert!((found[0].to - 0.40).abs() < 1e-4 && (found[0].size - 0.125).abs() < 1e-4);
    assert!((found[1].to - 0.40).abs() < 1e-4);
    let there = smallest_changes(&levers, 0.11, 1e-6, 9, result).expect("a search");
    assert!(there.iter().all(|change| change.size == 0.0), "nothing has to move");
}

#[test]
fn of_two_answers_the_nearer_one_is_taken_and_a_jump_is_none() {
    let one = [lever("gap", 1.0, 0.0, 4.0)];
    // Two at 1.5 and at 2.5.
    let found = smallest_changes(&one, 2.0, 1e-6, 21, |_, at| Some(2.25 - (at - 2.0) * (at - 2.0)));
    assert!((found.expect("a search")[0].to - 1.5).abs() < 1e-3);
    let jump = smallest_changes(&one, 0.5, 1e-6, 21, |_, at| Some(if at < 2.0 { 0.0 } else { 1.0 }));
    assert_eq!(jump, Ok(Vec::new()));
}

proptest! {
    /// Who gains one way loses the other.
    #[test]
    fn a_shift_back_is_the_opposite(before in prop::array::uniform3(-1e6..1e6_f64), after in prop::array::uniform3(-1e6..1e6_f64)) {
        let (one, two) = ([party("p", before)], [party("p", after)]);
        let (there, back) = (shifts(&one, &two, 0.0), shifts(&two, &one, 0.0));
        let opposite = match there[0].stance {
            Stance::Gains => Stance::Loses,
            Stance::Loses => Stance::Gains,
            other => other,
        };
        prop_assert_eq!(back[0].stance, opposite);
        for (there, back) in there[0].npv.iter().zip(back[0].npv) {
            prop_assert_eq!(there.map(|change| -change), back);
        }
    }
}
