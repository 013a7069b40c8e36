use proptest::prelude::*;

use super::*;
use crate::Measure;
use crate::run::{Keep, Run, Sampling, Threads, simulate};
use crate::toy::Toy;

const SOBOL: Sampling = Sampling::Scrambled { scrambles: 8 };
const WANTED: [f64; 7] = [0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95];

fn run(toy: &Toy, paths: u64, keep: Keep) -> Run {
    simulate(toy, toy.request(paths, keep), &Threads::one(), &mut crate::run::Silent).unwrap()
}

fn sorted(run: &Run, place: usize) -> Vec<f64> {
    let mut values: Vec<f64> =
        run.values(place).unwrap().iter().copied().filter(|value| value.is_finite()).collect();
    values.sort_by(f64::total_cmp);
    values
}

fn near(one: f64, other: f64, within: f64) -> bool {
    (one - other).abs() <= within * (1.0 + other.abs())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn figures_are_those_of_the_sorted_values(
        seed in any::<u64>(), lost in 0.0..0.3_f64, sobol in any::<bool>(), paths in 300..6_000_u64,
    ) {
        let sampling = if sobol { SOBOL } else { Sampling::Independent };
        let toy = Toy { lost, ..Toy::new(seed, sampling) };
        let run = run(&toy, paths, Keep::Columns);
        for place in [0, 1, 2] {
            let values = sorted(&run, place);
            let count = values.len() as f64;
            let found = summary(&run, place, &WANTED);
            for (p, quantile) in &found.quantiles {
                let at = (count - 1.0) * p;
                let (below, part) = (at.floor() as usize, at.fract());
                let expected = values[below] + part * (values[(below + 1).min(values.len() - 1)] - values[below]);
                prop_assert!(near(quantile.known().unwrap().value, expected, 1e-12));
            }
            let mean = values.iter().sum::<f64>() / count;
            let squares: f64 = values.iter().map(|value| (value - mean).powi(2)).sum();
            prop_assert!(near(found.mean.known().unwrap().value, mean, 1e-9));
            prop_assert!(near(found.deviation.known().unwrap().value, (squares / (count - 1.0)).sqrt(), 1e-9));
            let worst = count * 0.05;
            let whole = worst.floor() as usize;
            let sum: f64 = values[..whole].iter().sum::<f64>() + (worst - whole as f64) * values[whole];
            let shortfall = run.sample(place).shortfall(0.05);
            prop_assert!(near(shortfall.known().unwrap().value, sum / worst, 1e-9));
        }
        let losses = run.values(0).unwrap().iter().filter(|value| **value == -1.0).count();
        let told = summary(&run, 0, &[]).lost.unwrap().value;
        prop_assert!(near(told, losses as f64 / run.paths() as f64, 1e-12));
    }

    #[test]
    fn counted_paths_give_the_same_quantiles_to_the_last_digit(
        seed in any::<u64>(), lost in 0.0..0.3_f64, sobol in any::<bool>(), paths in 5_000..20_000_u64,
    ) {
        let sampling = if sobol { SOBOL } else { Sampling::Independent };
        let toy = Toy { lost, ..Toy::new(seed, sampling) };
        let kept = run(&toy, paths, Keep::Columns);
        let counted = run(&toy, paths, Keep::Histograms);
        let places: Vec<usize> = (0..6).collect();
        let exact = exact_quantiles(&counted, &toy, &places, &WANTED, &Threads::new(2).unwrap());
        for place in places {
            let (one, other) = (summary(&kept, place, &WANTED), summary(&counted, place, &WANTED));
            let told = |answer: &Answer| answer.known().map(|found| found.value.to_bits());
            for ((_, kept), exact) in one.quantiles.iter().zip(&exact[place]) {
                prop_assert_eq!(told(kept), told(exact));
            }
            prop_assert_eq!(told(&one.mean), told(&other.mean));
            prop_assert_eq!(told(&one.deviation), told(&other.deviation));
            if let (Some(one), Some(other)) = (one.shortfall.known(), other.shortfall.known()) {
                let width = kept.tally(place).most - kept.tally(place).least;
                prop_assert!((one.value - other.value).abs() <= 2.0 * width / 4096.0 + 1e-9, "{one:?} {other:?}");
            }
        }
    }
}

#[test]
fn a_bin_with_too_many_values_is_cut_again() {
    let toy = Toy { lost: 0.2, ..Toy::new(5, Sampling::Independent) };
    let kept = run(&toy, 30_000, Keep::Columns);
    let counted = run(&toy, 30_000, Keep::Histograms);
    let exact = exact::exact_within(&counted, &toy, &[0, 2], &WANTED, &Threads::one(), 3);
    for (place, found) in [0, 2].into_iter().zip(exact) {
        let expected: Vec<Answer> =
            summary(&kept, place, &WANTED).quantiles.into_iter().map(|(_, answer)| answer).collect();
        let values = |answers: &[Answer]| -> Vec<f64> {
            answers.iter().map(|answer| answer.known().unwrap().value).collect()
        };
        assert_eq!(values(&found), values(&expected));
    }
}

/// How often the true value lies within 1.96 standard errors, of 200 runs with seeds of their own. Of a
/// binomial count with p = 0.95 that is 178 to 199 with probability 0.999; few scrambles widen it to the lower side.
fn covered(sampling: Sampling, keep: Keep, truth: f64, figure: impl Fn(&Run) -> Answer) -> usize {
    let hits = (0..200).filter(|seed| {
        let toy = Toy { lost: 0.0, ..Toy::new(*seed, sampling) };
        let found = figure(&run(&toy, 2_048, keep)).known().unwrap();
        let (low, high) = band(found, sampling).unwrap();
        (low..=high).contains(&truth)
    });
    hits.count()
}

#[test]
fn standard_errors_cover_the_truth_as_often_as_they_say() {
    // Irr: normal, mean 0.05, deviation 0.1. Multiple: lognormal, sigma 0.4.
    let p10 = 0.05 - 0.1 * 1.281_551_565_544_600_4;
    // The mean of the worst 5 % of a normal: mean − deviation · φ(z₅) / 0.05.
    let worst = 0.05 - 0.1 * 2.062_712_807_507_4;
    for keep in [Keep::Columns, Keep::Histograms] {
        let plain = Sampling::Independent;
        let mean = covered(plain, keep, 0.05, |run| summary(run, 0, &[]).mean);
        let low = covered(plain, keep, p10, |run| summary(run, 0, &[0.1]).quantiles[0].1);
        let middle = covered(plain, keep, 1.0, |run| summary(run, 1, &[0.5]).quantiles[0].1);
        let chance = covered(plain, keep, 0.5, |run| summary(run, 3, &[]).mean);
        let tail = covered(plain, keep, worst, |run| run.sample(0).shortfall(0.05));
        let wide = covered(plain, keep, 0.1, |run| summary(run, 0, &[]).deviation);
        for hits in [mean, low, middle, chance, tail, wide] {
            assert!((178..=199).contains(&hits), "{:?}", [mean, low, middle, chance, tail, wide]);
        }
    }
    // One shift for each scramble: estimates over scrambles are independent and without bias.
    let mean = covered(SOBOL, Keep::Columns, 0.05, |run| summary(run, 0, &[]).mean);
    let middle = covered(SOBOL, Keep::Columns, 1.0, |run| summary(run, 1, &[0.5]).quantiles[0].1);
    for hits in [mean, middle] {
        assert!((176..=200).contains(&hits), "{:?}", [mean, middle]);
    }
}

#[test]
fn scrambles_are_surer_than_single_paths() {
    let error = |sampling| {
        let toy = Toy::new(11, sampling);
        summary(&run(&toy, 8_192, Keep::Columns), 0, &[]).mean.known().unwrap().error.unwrap()
    };
    assert!(error(SOBOL) < error(Sampling::Independent) / 10.0);
}

#[test]
fn too_many_undefined_returns_withhold_the_figures_and_few_do_not() {
    let with = |undefined| {
        let toy = Toy { undefined, ..Toy::new(2, Sampling::Independent) };
        summary(&run(&toy, 20_000, Keep::Columns), 0, &[0.5])
    };
    let few = with(0.003);
    assert!(few.quantiles[0].1.known().is_some() && few.undefined.unwrap().value > 0.0);
    let many = with(0.02);
    for answer in [many.quantiles[0].1, many.mean, many.deviation] {
        assert!(matches!(answer, Answer::Withheld { undefined } if (undefined - 0.02).abs() < 0.005));
    }
}

#[test]
fn a_payback_that_never_comes_is_later_than_any() {
    let toy = Toy::new(2, Sampling::Independent);
    for keep in [Keep::Columns, Keep::Histograms] {
        let found = summary(&run(&toy, 20_000, keep), 4, &[0.1, 0.6]);
        assert!(found.quantiles[0].1.known().is_some());
        assert_eq!(found.quantiles[1].1, Answer::Never);
        assert!((found.undefined.unwrap().value - 0.5).abs() < 0.02);
    }
}

#[test]
fn no_path_in_many_is_not_certainty() {
    let toy = Toy { lost: 1.0, ..Toy::new(2, SOBOL) };
    let found = summary(&run(&toy, 4_096, Keep::Columns), 3, &[]);
    let mean = found.mean.known().unwrap();
    assert_eq!(mean.value, 0.0);
    assert!((mean.error.unwrap() - 1.0 / 4_096.0).abs() < 1e-5);
    assert!(found.lost.unwrap().error.unwrap() > 0.0);
}

#[test]
fn a_picture_counts_every_path_once() {
    let toy = Toy { lost: 0.2, ..Toy::new(2, SOBOL) };
    for keep in [Keep::Columns, Keep::Histograms] {
        let run = run(&toy, 10_000, keep);
        for place in 0..3 {
            let drawn = histogram(&run, place).unwrap();
            let inside: u64 = drawn.counts.iter().sum();
            assert_eq!(inside + drawn.below + drawn.above + drawn.lost + drawn.undefined, run.paths());
            assert!(drawn.counts.len() > 20 && drawn.counts.len() <= 80);
        }
    }
    let run = run(&toy, 10_000, Keep::Columns);
    let bell = fitted(&run, 0).unwrap();
    // A fifth of the paths, the lowest, are losses: what is left of the normal is cut off there.
    assert!(bell.mean > 0.05 && bell.deviation < 0.1);
    assert_eq!(run.columns()[0].measure, Measure::Irr);
}
