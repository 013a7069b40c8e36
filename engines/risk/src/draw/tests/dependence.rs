use super::super::{Copula, CopulaError, Draws, Generator, Marginal, RankCorrelation};
use super::values;
use proptest::prelude::*;

fn pair(a: usize, b: usize, rank: f64) -> RankCorrelation {
    RankCorrelation { drivers: [a, b], rank }
}

fn ranks(column: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..column.len()).collect();
    order.sort_by(|a, b| column[*a].total_cmp(&column[*b]));
    let mut ranks = vec![0.0; column.len()];
    order.into_iter().enumerate().for_each(|(rank, at)| ranks[at] = rank as f64);
    ranks
}

/// Of columns without ties.
fn spearman(a: &[f64], b: &[f64]) -> f64 {
    let count = a.len() as f64;
    let squares: f64 = ranks(a).iter().zip(ranks(b)).map(|(x, y)| (x - y).powi(2)).sum();
    1.0 - 6.0 * squares / (count * (count * count - 1.0))
}

#[test]
fn drawn_values_have_the_rank_correlations_that_were_asked() {
    let marginals = [
        Marginal::Lognormal { median: 1.0, sigma: 0.8 },
        Marginal::Triangular { low: 0.0, mode: 1.0, high: 7.0 },
        Marginal::Pert { low: 0.0, mode: 1.0, high: 2.0 },
        Marginal::Uniform { low: 0.0, high: 1.0 },
        Marginal::Normal { mean: 0.0, deviation: 1.0 },
    ];
    let asked = [pair(0, 1, 0.8), pair(2, 0, -0.4), pair(1, 2, -0.2), pair(3, 1, 0.35)];
    let copula = Copula::from_ranks(5, &asked).unwrap();
    assert_eq!(copula.repair(), None);
    assert!(copula.is_alone(4) && !copula.is_alone(3));
    for (generator, close) in [(Generator::default(), 0.005), (Generator::Philox, 0.02)] {
        let draws = Draws::new(3, generator, &marginals, copula.clone()).unwrap();
        let all = values(&draws, 32_768);
        for a in 0..5 {
            for b in 0..a {
                let expected = asked
                    .iter()
                    .find(|of| of.drivers == [a, b] || of.drivers == [b, a])
                    .map_or(0.0, |of| of.rank);
                let given = spearman(&all[a], &all[b]);
                assert!((given - expected).abs() < close, "{a} and {b}: {given} instead of {expected}");
                assert!((copula.rank(a, b) - expected).abs() < 1e-12);
            }
        }
    }
}

#[test]
fn drivers_of_one_mind_move_together() {
    let copula = Copula::from_ranks(3, &[pair(0, 1, 1.0), pair(1, 2, -1.0), pair(0, 2, -1.0)]).unwrap();
    assert_eq!(copula.repair(), None);
    let uniform = Marginal::Uniform { low: 0.0, high: 1.0 };
    let draws = Draws::new(1, Generator::Philox, &vec![uniform; 3], copula).unwrap();
    let all = values(&draws, 1_024);
    for ((one, like), unlike) in all[0].iter().zip(&all[1]).zip(&all[2]) {
        assert!((one - like).abs() < 1e-14);
        assert!((one + unlike - 1.0).abs() < 1e-14);
    }
}

/// The example of Higham's paper: ones beside the diagonal, zeros in the corners; distance 0.5278.
#[test]
fn impossible_correlations_become_the_nearest_that_are_possible() {
    let copula = Copula::from_ranks(3, &[pair(0, 1, 1.0), pair(1, 2, 1.0)]).unwrap();
    let normal = |a, b| 2.0 * (copula.rank(a, b) * std::f64::consts::FRAC_PI_6).sin();
    for (a, b, expected) in [(0, 1, 0.7607), (1, 2, 0.7607), (0, 2, 0.1573)] {
        assert!((normal(a, b) - expected).abs() < 5e-5, "{a} and {b}: {}", normal(a, b));
    }
    let repair = copula.repair().unwrap();
    assert!((repair.distance - 0.5278).abs() < 5e-5, "{repair:?}");
    assert!((repair.smallest_eigenvalue - (1.0 - 2f64.sqrt())).abs() < 1e-12);
    assert_eq!(repair.furthest.rank, 1.0);
    assert!((repair.became - copula.rank(0, 1)).abs() < 1e-12);
}

#[test]
fn correlations_that_are_none_are_refused() {
    let refused = |ranks: &[RankCorrelation]| Copula::from_ranks(3, ranks).err();
    assert_eq!(refused(&[pair(0, 1, 1.01)]), Some(CopulaError::Rank(1.01)));
    assert!(matches!(refused(&[pair(0, 1, f64::NAN)]), Some(CopulaError::Rank(_))));
    assert_eq!(refused(&[pair(2, 2, 0.5)]), Some(CopulaError::Itself(2)));
    assert_eq!(refused(&[pair(0, 3, 0.5)]), Some(CopulaError::NoDriver(3)));
    assert_eq!(refused(&[pair(0, 1, 0.5), pair(1, 0, 0.5)]), Some(CopulaError::Twice(0, 1)));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn any_matrix_is_made_possible_and_no_more_than_needed(
        size in 2..9usize,
        entries in prop::collection::vec(-1.0..1.0f64, 36),
        strength in 0.0..1.0f64,
    ) {
        let pairs = (0..size).flat_map(|a| (0..a).map(move |b| (a, b)));
        let asked: Vec<_> = pairs.zip(&entries).map(|((a, b), entry)| pair(a, b, entry * strength)).collect();
        let copula = Copula::from_ranks(size, &asked).unwrap();
        // The factor makes variances of one and the correlations that are told.
        for a in 0..size {
            for b in 0..=a {
                let weight = |row: usize, column: usize| {
                    copula.factor[row].iter().find(|(at, _)| *at == column).map_or(0.0, |(_, weight)| *weight)
                };
                let sum: f64 = (0..size).map(|k| weight(a, k) * weight(b, k)).sum();
                let expected = if a == b { 1.0 } else { 2.0 * (copula.rank(a, b) * std::f64::consts::FRAC_PI_6).sin() };
                if !(copula.is_alone(a) || copula.is_alone(b)) {
                    prop_assert!((sum - expected).abs() < 1e-5, "{} and {}: {} instead of {}", a, b, sum, expected);
                }
            }
        }
        for of in &asked {
            let kept = (copula.rank(of.drivers[0], of.drivers[1]) - of.rank).abs() < 1e-9;
            prop_assert!(kept || copula.repair().is_some());
        }
        if let Some(repair) = copula.repair() {
            prop_assert!(repair.smallest_eigenvalue < 0.0 && repair.distance > 0.0);
            // Shrinking towards independence until it is possible is never nearer.
            let shrunk = 1.0 / (1.0 - repair.smallest_eigenvalue);
            let all: f64 = asked.iter().map(|of| 2.0 * (2.0 * (of.rank * std::f64::consts::FRAC_PI_6).sin()).powi(2)).sum();
            prop_assert!(repair.distance <= (1.0 - shrunk) * all.sqrt() + 1e-6);
        }
    }
}
