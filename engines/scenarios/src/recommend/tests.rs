use proptest::prelude::*;

use super::*;
use crate::compare::Criterion;
use crate::measure::{Measures, Unknown};
use crate::sample::measures;

fn scenario(irr: f64, cost: f64) -> Measures {
    let mut one = measures();
    one.equity_irr_p50 = Ok(irr);
    one.cost_of_capital = Ok(cost);
    one
}

fn entries<'a>(all: &'a [(&'a str, Measures)]) -> Vec<Entry<'a>> {
    all.iter().map(|(id, measures)| Entry { id, measures }).collect()
}

#[test]
fn each_reader_gets_a_reason() {
    let all = [("dear", scenario(0.24, 0.17)), ("cheap", scenario(0.16, 0.10))];
    let one = |reader| {
        recommend(&entries(&all), &Perspective::usual(reader)).expect("usual weights").expect("one closes")
    };
    let equity = one(Reader::Equity);
    assert_eq!((equity.chosen.as_str(), equity.runner_up.as_deref()), ("dear", Some("cheap")));
    assert_eq!(equity.because[0].measure, Measure::EquityIrrP50);
    assert_eq!((equity.because[0].value, equity.because[0].other), (0.24, 0.16));
    assert_eq!(equity.at_the_price_of[0].measure, Measure::CostOfCapital);
    assert!(equity.clear && equity.lead.expect("there is another") > 1.0);
    let lender = one(Reader::Lender);
    assert_eq!(lender.chosen, "cheap");
    assert_eq!(lender.because[0].measure, Measure::CostOfCapital);
}

#[test]
fn a_lead_that_could_be_what_is_unknown_is_not_clear() {
    let mut dark = scenario(0.20, 0.12);
    dark.senior_recovery = Err(Unknown::NotComputed);
    let all = [("told", scenario(0.22, 0.12)), ("dark", dark)];
    let told =
        recommend(&entries(&all), &Perspective::usual(Reader::Balanced)).expect("weights").expect("one");
    assert!(!told.clear, "{told:?}");
    let alone = recommend(&entries(&all[..1]), &Perspective::usual(Reader::Balanced)).expect("weights");
    let alone = alone.expect("one closes");
    assert!(alone.runner_up.is_none() && alone.because.is_empty() && alone.clear);
}

#[test]
fn nothing_that_does_not_close_is_recommended() {
    let mut open = scenario(0.9, 0.01);
    open.closes = false;
    let all = [("open", open), ("closed", scenario(0.1, 0.2))];
    let told = recommend(&entries(&all), &Perspective::usual(Reader::Equity)).expect("weights").expect("one");
    assert_eq!(told.chosen, "closed");
    assert_eq!(recommend(&entries(&all[..1]), &Perspective::usual(Reader::Equity)), Ok(None));
    assert_eq!(best_of(&entries(&all), Measure::CostOfCapital), Some((1, 0.2)));
}

fn by_return() -> Perspective {
    let criteria = vec![Criterion { measure: Measure::EquityIrrP50, weight: 1.0, scale: None }];
    Perspective { reader: Reader::Equity, criteria }
}

/// Returns around a middle, the same futures for all.
fn paths(middle: f64, spread: f64, count: usize, seed: u64) -> Vec<f64> {
    let mut draw = crate::optimise::Counter::new(seed, 0, 0);
    (0..count).map(|_| middle + spread * (draw.even() - 0.5)).collect()
}

#[test]
fn a_lead_beyond_the_noise_stands_and_one_within_it_does_not() {
    let all = [("a", scenario(0.20, 0.1)), ("b", scenario(0.201, 0.1)), ("c", scenario(0.05, 0.1))];
    let columns = [paths(0.20, 0.4, 400, 1), paths(0.201, 0.4, 400, 2), paths(0.05, 0.4, 400, 3)];
    let back = vec![1.0; 400];
    let drawn: Vec<Drawn<'_>> =
        columns.iter().map(|irr| Drawn { irr, multiple: &back, recouped: &back }).collect();
    let told = robustness(&entries(&all), &drawn, &by_return(), 500, 7).expect("paths for all");
    assert!((told.first.iter().sum::<f64>() - 1.0).abs() < 1e-9);
    assert!(told.first[2] == 0.0 && told.ranks[2] == Some((3, 3)), "{told:?}");
    assert!(told.first[0] > 0.02 && told.first[1] > 0.02, "neither of the two is sure: {told:?}");
    assert_eq!(told, robustness(&entries(&all), &drawn, &by_return(), 500, 7).expect("the same"));
}

#[test]
fn shared_futures_make_a_small_lead_firm() {
    let all = [("a", scenario(0.20, 0.1)), ("b", scenario(0.21, 0.1))];
    let columns = [paths(0.20, 0.4, 200, 1), paths(0.21, 0.4, 200, 1)];
    let back = vec![1.0; 200];
    let drawn: Vec<Drawn<'_>> =
        columns.iter().map(|irr| Drawn { irr, multiple: &back, recouped: &back }).collect();
    let told = robustness(&entries(&all), &drawn, &by_return(), 200, 1).expect("paths for all");
    assert!((told.first[1] - 1.0).abs() < 1e-9 && (told.same_order - 1.0).abs() < 1e-9, "{told:?}");
}

#[test]
fn paths_that_do_not_belong_together_are_refused() {
    let all = [("a", scenario(0.2, 0.1)), ("b", scenario(0.2, 0.1))];
    let (long, short) = (vec![0.1; 10], vec![0.1; 9]);
    let of = |column: &'static [f64]| Drawn { irr: column, multiple: column, recouped: column };
    let (long, short) = (of(long.leak()), of(short.leak()));
    let refused =
        |drawn: &[Drawn<'_>], times| robustness(&entries(&all), drawn, &by_return(), times, 1).err();
    assert_eq!(refused(&[long, short], 10), Some(RobustnessRefused::Paths));
    assert_eq!(refused(&[long], 10), Some(RobustnessRefused::Paths));
    assert_eq!(refused(&[long, long], 0), Some(RobustnessRefused::Times { most: 10_000 }));
}

proptest! {
    /// The grounds add up to the lead where everything is told.
    #[test]
    fn grounds_add_up_to_the_lead(one in 0.0..0.4_f64, two in 0.0..0.4_f64, cost in 0.05..0.25_f64) {
        let all = [("one", scenario(one, cost)), ("two", scenario(two, 0.14))];
        let told = recommend(&entries(&all), &Perspective::usual(Reader::Balanced))
            .expect("usual weights").expect("both close");
        let sum: f64 = told.because.iter().chain(&told.at_the_price_of).map(|ground| ground.points).sum();
        prop_assert!((sum - told.lead.expect("there is another")).abs() < 1e-9);
        prop_assert!(sum >= -1e-9);
    }
}
