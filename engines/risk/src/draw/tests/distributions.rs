use super::super::{Copula, DrawError, Draws, Generator, Marginal, MarginalError};
use super::{independent, mean, values};
use proptest::prelude::*;
use statrs::distribution::{Beta, ContinuousCDF, LogNormal, Normal, Triangular};

fn quantile(marginal: &Marginal, p: f64) -> f64 {
    independent(Generator::Philox, std::slice::from_ref(marginal)).quantile(0, p)
}

const PROBABILITIES: [f64; 9] = [1e-9, 1e-4, 0.05, 0.1, 0.5, 0.9, 0.95, 0.9999, 1.0 - 1e-9];

#[test]
fn quantiles_are_those_of_the_textbook() {
    let normal = Normal::new(3.0, 2.0).unwrap();
    let lognormal = LogNormal::new(2f64.ln(), 0.7).unwrap();
    let triangular = Triangular::new(1.0, 6.0, 2.0).unwrap();
    for p in PROBABILITIES {
        let given = quantile(&Marginal::Normal { mean: 3.0, deviation: 2.0 }, p);
        assert!((normal.cdf(given) - p).abs() < 1e-10, "normal {p}: {given}");
        let given = quantile(&Marginal::Lognormal { median: 2.0, sigma: 0.7 }, p);
        assert!((lognormal.cdf(given) - p).abs() < 1e-10, "lognormal {p}: {given}");
        let given = quantile(&Marginal::Triangular { low: 1.0, mode: 2.0, high: 6.0 }, p);
        assert!((triangular.cdf(given) - p).abs() < 1e-14, "triangular {p}: {given}");
        let given = quantile(&Marginal::Uniform { low: -2.0, high: 8.0 }, p);
        assert!((given - (10.0 * p - 2.0)).abs() < 1e-14, "uniform {p}: {given}");
    }
}

/// Within 2e-8 of the range, and in probability within 1e-7, at modes from one end to the other.
#[test]
fn pert_quantiles_are_those_of_the_beta_distribution() {
    for mode in [0.0, 0.01, 0.2, 0.5, 0.77, 1.0] {
        let beta = Beta::new(1.0 + 4.0 * mode, 5.0 - 4.0 * mode).unwrap();
        let marginal = Marginal::Pert { low: 0.0, mode, high: 1.0 };
        let draws = independent(Generator::Philox, std::slice::from_ref(&marginal));
        let mut worst = 0.0f64;
        for step in 1..2_000 {
            let p = f64::from(step) / 2_000.0;
            worst = worst.max((beta.cdf(draws.quantile(0, p)) - p).abs());
        }
        for p in PROBABILITIES {
            worst = worst.max((beta.cdf(draws.quantile(0, p)) - p).abs());
        }
        println!("PERT with its mode at {mode}: probability within {worst:.1e}");
        assert!(worst < 1e-7, "mode {mode}: {worst}");
    }
}

/// With a million paths' worth of evenness from few points: means and deviations of the formulas.
#[test]
fn drawn_values_have_the_moments_of_their_distribution() {
    let cases = [
        (Marginal::Normal { mean: 5.0, deviation: 2.0 }, 5.0, 2.0),
        (Marginal::Uniform { low: 2.0, high: 5.0 }, 3.5, (9.0f64 / 12.0).sqrt()),
        (Marginal::Triangular { low: 0.0, mode: 1.0, high: 5.0 }, 2.0, (21.0f64 / 18.0).sqrt()),
        (Marginal::Pert { low: 0.0, mode: 1.0, high: 5.0 }, 1.5, (1.5f64 * 3.5 / 7.0).sqrt()),
        (
            Marginal::Lognormal { median: 1.0, sigma: 0.5 },
            0.125f64.exp(),
            (0.25f64.exp() * (0.25f64.exp() - 1.0)).sqrt(),
        ),
        (Marginal::Discrete(vec![(1.0, 1.0), (4.0, 3.0)]), 3.25, (3.0f64 * 9.0 / 16.0).sqrt()),
        (
            Marginal::HitOrMiss {
                probability: 0.25,
                miss: 0.0,
                hit: Box::new(Marginal::Uniform { low: 4.0, high: 8.0 }),
            },
            1.5,
            (0.25f64 * (36.0 + 16.0 / 12.0) - 2.25).sqrt(),
        ),
        (Marginal::Empirical(vec![3.0, 1.0]), 2.0, (4.0f64 / 12.0).sqrt()),
    ];
    let marginals: Vec<Marginal> = cases.iter().map(|(marginal, _, _)| marginal.clone()).collect();
    for (generator, close) in [(Generator::default(), 0.002), (Generator::Philox, 0.03)] {
        let all = values(&independent(generator, &marginals), 32 * 1_024);
        for ((marginal, expected, deviation), column) in cases.iter().zip(&all) {
            let square: Vec<f64> = column.iter().map(|x| (x - expected).powi(2)).collect();
            let given = [mean(column), mean(&square).sqrt()];
            assert!((given[0] - expected).abs() < close * deviation, "{marginal:?}: mean {}", given[0]);
            assert!(
                (given[1] - deviation).abs() < 3.0 * close * deviation,
                "{marginal:?}: deviation {}",
                given[1]
            );
        }
    }
}

#[test]
fn discrete_values_come_as_often_as_they_weigh() {
    let weights = [(7.0, 1.0), (2.0, 0.0), (3.0, 5.0), (-1.0, 2.0), (11.0, 8.0)];
    let all = values(
        &independent(Generator::Sobol { scrambles: 1 }, &[Marginal::Discrete(weights.to_vec())]),
        16_384,
    );
    for (value, weight) in weights {
        let count = all[0].iter().filter(|x| **x == value).count() as f64;
        assert!((count - 1_024.0 * weight).abs() <= 1.0, "{value} came {count} times");
    }
}

#[test]
fn impossible_distributions_are_refused() {
    let cases = [
        (Marginal::Normal { mean: 0.0, deviation: -1.0 }, MarginalError::Deviation { value: -1.0 }),
        (Marginal::Lognormal { median: 0.0, sigma: 1.0 }, MarginalError::NotPositive { value: 0.0 }),
        (Marginal::Lognormal { median: 1.0, sigma: 100.0 }, MarginalError::Range),
        (Marginal::Uniform { low: 2.0, high: 1.0 }, MarginalError::Order { low: 2.0, mode: 2.0, high: 1.0 }),
        (
            Marginal::Pert { low: 0.0, mode: 3.0, high: 2.0 },
            MarginalError::Order { low: 0.0, mode: 3.0, high: 2.0 },
        ),
        (Marginal::Uniform { low: -1e300, high: 1e300 }, MarginalError::Range),
        (Marginal::Discrete(vec![]), MarginalError::NoValues),
        (Marginal::Empirical(vec![]), MarginalError::NoValues),
        (Marginal::Discrete(vec![(1.0, 0.0)]), MarginalError::Weight { value: 0.0 }),
        (Marginal::Discrete(vec![(1.0, 2.0), (1.0, -1.0)]), MarginalError::Weight { value: -1.0 }),
        (Marginal::Empirical(vec![f64::INFINITY]), MarginalError::NotFinite { value: f64::INFINITY }),
        (
            Marginal::HitOrMiss {
                probability: 1.5,
                miss: 0.0,
                hit: Box::new(Marginal::Empirical(vec![1.0])),
            },
            MarginalError::Probability { value: 1.5 },
        ),
        (
            Marginal::HitOrMiss { probability: 0.5, miss: 0.0, hit: Box::new(Marginal::Empirical(vec![])) },
            MarginalError::NoValues,
        ),
    ];
    for (marginal, error) in cases {
        assert_eq!(marginal.check(), Err(error.clone()), "{marginal:?}");
        let refused = Draws::new(1, Generator::Philox, &[marginal], Copula::independent(1));
        assert_eq!(refused.err(), Some(DrawError::Marginal { driver: 0, error }));
    }
    let size = Draws::new(1, Generator::Philox, &[], Copula::independent(1));
    assert_eq!(size.err(), Some(DrawError::Size { drivers: 0, copula: 1 }));
    assert!(Marginal::Normal { mean: f64::NAN, deviation: 1.0 }.check().is_err());
    assert_eq!(Marginal::lognormal_between(0.0, 1.0), Err(MarginalError::NotPositive { value: 0.0 }));
}

#[test]
fn no_spread_is_a_constant_and_is_said() {
    let marginals = [
        Marginal::Uniform { low: 0.0, high: 1.0 },
        Marginal::Normal { mean: 4.0, deviation: 0.0 },
        Marginal::Pert { low: 5.0, mode: 5.0, high: 5.0 },
        Marginal::Lognormal { median: 6.0, sigma: 0.0 },
        Marginal::Discrete(vec![(7.0, 1.0), (9.0, 0.0)]),
        Marginal::HitOrMiss {
            probability: 1.0,
            miss: 0.0,
            hit: Box::new(Marginal::Empirical(vec![8.0, 8.0])),
        },
    ];
    let draws = independent(Generator::default(), &marginals);
    assert_eq!(draws.constants(), [1, 2, 3, 4, 5]);
    for path in [0, 255, 70_000] {
        assert_eq!(draws.path(path)[1..], [4.0, 5.0, 6.0, 7.0, 8.0]);
    }
}

#[test]
fn a_lognormal_number_is_known_by_two_percentiles() {
    let marginal = Marginal::lognormal_between(0.4, 2.5).unwrap();
    assert!((quantile(&marginal, 0.1) - 0.4).abs() < 1e-14);
    assert!((quantile(&marginal, 0.9) - 2.5).abs() < 1e-14);
}

fn marginal() -> impl Strategy<Value = Marginal> {
    let three = || {
        prop::array::uniform3(-10.0..10.0f64).prop_map(|mut x| {
            x.sort_by(f64::total_cmp);
            x
        })
    };
    let simple = prop_oneof![
        (-5.0..5.0, 0.01..3.0).prop_map(|(mean, deviation)| Marginal::Normal { mean, deviation }),
        (0.01..9.0, 0.01..2.0).prop_map(|(median, sigma)| Marginal::Lognormal { median, sigma }),
        three().prop_map(|[low, _, high]| Marginal::Uniform { low, high }),
        three().prop_map(|[low, mode, high]| Marginal::Triangular { low, mode, high }),
        three().prop_map(|[low, mode, high]| Marginal::Pert { low, mode, high }),
        prop::collection::vec((-9.0..9.0, 0.0..3.0f64), 1..40)
            .prop_map(|values| Marginal::Discrete(values.into_iter().map(|(x, w)| (x, w + 0.01)).collect())),
        prop::collection::vec(-9.0..9.0, 1..40).prop_map(Marginal::Empirical),
    ];
    simple.prop_flat_map(|hit| {
        prop_oneof![
            2 => Just(hit.clone()),
            1 => (0.0..1.0).prop_map(move |probability| {
                Marginal::HitOrMiss { probability, miss: -1e6, hit: Box::new(hit.clone()) }
            }),
        ]
    })
}

fn bounds(marginal: &Marginal) -> [f64; 2] {
    let of = |values: &mut dyn Iterator<Item = f64>| {
        values.fold([f64::MAX, f64::MIN], |[a, b], x| [a.min(x), b.max(x)])
    };
    match marginal {
        Marginal::Uniform { low, high }
        | Marginal::Triangular { low, high, .. }
        | Marginal::Pert { low, high, .. } => [*low, *high],
        Marginal::Discrete(values) => of(&mut values.iter().map(|(x, _)| *x)),
        Marginal::Empirical(values) => of(&mut values.iter().copied()),
        Marginal::Lognormal { .. } => [0.0, f64::MAX],
        Marginal::Normal { .. } => [f64::MIN, f64::MAX],
        Marginal::HitOrMiss { miss, hit, .. } => [*miss, bounds(hit)[1]],
    }
}

proptest! {
    #[test]
    fn a_quantile_rises_within_its_bounds(marginal in marginal(), mut at in prop::collection::vec(0.0..1.0f64, 2..20)) {
        at.sort_by(f64::total_cmp);
        let draws = independent(Generator::Philox, std::slice::from_ref(&marginal));
        let [low, high] = bounds(&marginal);
        let slack = 1e-12 * low.abs().max(high.abs()).min(1e6);
        let mut last = f64::MIN;
        for p in at {
            let value = draws.quantile(0, p);
            prop_assert!(value >= low - slack && value <= high + slack, "{:?} at {}: {}", marginal, p, value);
            prop_assert!(value >= last - slack, "{:?} falls at {}", marginal, p);
            last = value;
        }
    }
}
