use super::super::philox::philox;
use super::super::sobol::Dimension;
use super::super::{Copula, Draws, Generator, Marginal, RankCorrelation};
use super::{chunk, independent, uniform, values};
use crate::CHUNK;
use proptest::prelude::*;
use recoup_lanes::{Backend, Bits, Kernel, Lanes, dispatch_on};

struct Words([u32; 4], [u32; 2]);

impl Kernel for Words {
    type Output = [u32; 4];

    #[inline(always)]
    fn run<L: Lanes>(self) -> [u32; 4] {
        let counter = self.0.map(|word| L::Bits::splat(u64::from(word)));
        philox::<L>(counter, self.1).map(|word| word.to_array()[3] as u32)
    }
}

/// The vectors published with Random123, the authors' own implementation.
#[test]
fn philox_gives_the_published_words() {
    let all = u32::MAX;
    let cases = [
        ([0; 4], [0; 2], [0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8]),
        ([all; 4], [all; 2], [0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd]),
        (
            [0x243f_6a88, 0x85a3_08d3, 0x1319_8a2e, 0x0370_7344],
            [0xa409_3822, 0x299f_31d0],
            [0xd16c_fe09, 0x94fd_cceb, 0x5001_e420, 0x2412_6ea1],
        ),
    ];
    for (counter, key, words) in cases {
        for backend in Backend::available() {
            assert_eq!(dispatch_on(backend, Words(counter, key)), words, "{backend}");
        }
    }
}

/// Points of another implementation (SciPy 1.17, 32 bits, not scrambled), which counts in Gray's code.
#[test]
fn sobol_points_are_those_of_joe_and_kuo() {
    let dimensions = Dimension::first(1_000);
    assert_eq!(dimensions.len(), 256);
    let cases = [
        (0, [2_147_483_648, 3_221_225_472, 1_073_741_824, 2_973_761_536, 4_194_304]),
        (1, [2_147_483_648, 1_073_741_824, 3_221_225_472, 4_022_337_536, 3_233_808_384]),
        (2, [2_147_483_648, 1_073_741_824, 3_221_225_472, 700_448_768, 2_629_828_608]),
        (9, [2_147_483_648, 3_221_225_472, 1_073_741_824, 1_388_314_624, 3_653_238_784]),
        (63, [2_147_483_648, 3_221_225_472, 1_073_741_824, 1_832_910_848, 171_966_464]),
        (200, [2_147_483_648, 3_221_225_472, 1_073_741_824, 4_257_218_560, 2_831_155_200]),
        (255, [2_147_483_648u32, 3_221_225_472, 1_073_741_824, 2_730_491_904, 3_619_684_352]),
    ];
    for (dimension, points) in cases {
        for (index, point) in [1u32, 2, 3, 777, 1_023].into_iter().zip(points) {
            let gray = index ^ index >> 1;
            assert_eq!(
                dimensions[dimension].point(gray).reverse_bits(),
                point,
                "dimension {dimension}, point {index}"
            );
        }
    }
}

/// Every elementary interval of the first 2^10 points of a scramble holds its one point, in one dimension and in the
/// first two together.
#[test]
fn scrambled_points_stay_a_net() {
    let draws = independent(Generator::Sobol { scrambles: 2 }, &uniform(64));
    let all = values(&draws, 2 * 1_024);
    let of_scramble = |column: &[f64], scramble: usize| -> Vec<f64> {
        column.chunks_exact(CHUNK).skip(scramble).step_by(2).flatten().copied().collect()
    };
    for scramble in [0, 1] {
        let points: Vec<Vec<f64>> = all.iter().map(|column| of_scramble(column, scramble)).collect();
        for column in &points {
            let mut seen = [0; 1_024];
            column.iter().for_each(|u| seen[(u * 1_024.0) as usize] += 1);
            assert_eq!(seen, [1; 1_024]);
        }
        for split in 0..=10 {
            let mut seen = [0; 1_024];
            for (x, y) in points[0].iter().zip(&points[1]) {
                let (across, up) = (f64::from(1 << split), f64::from(1 << (10 - split)));
                seen[(x * across) as usize * (1 << (10 - split)) + (y * up) as usize] += 1;
            }
            assert_eq!(seen, [1; 1_024], "{split} bits of the first");
        }
        assert_ne!(points[0][..CHUNK], of_scramble(&all[0], 1 - scramble)[..CHUNK], "scrambles differ");
    }
}

/// T. T. Warnock's formula for the L2 star discrepancy, squared.
fn discrepancy(points: &[Vec<f64>]) -> f64 {
    let count = points[0].len();
    let sum_over = |term: &dyn Fn(usize) -> f64| (0..count).map(term).sum::<f64>() / count as f64;
    let single = sum_over(&|i| points.iter().map(|x| (1.0 - x[i] * x[i]) / 2.0).product());
    let double = sum_over(&|i| sum_over(&|k| points.iter().map(|x| 1.0 - x[i].max(x[k])).product()));
    1.0 / 3f64.powi(points.len() as i32) - 2.0 * single + double
}

#[test]
fn sobol_points_are_spread_more_evenly_than_random_ones() {
    // In many dimensions no 1,024 points fill the corners that this measure looks at.
    for (drivers, times) in [(2, 50.0), (5, 5.0), (10, 1.0)] {
        let of = |generator| discrepancy(&values(&independent(generator, &uniform(drivers)), 1_024));
        let (sobol, random) = (of(Generator::Sobol { scrambles: 1 }), of(Generator::Philox));
        println!(
            "squared L2 discrepancy of 1,024 points in {drivers} dimensions: Sobol' {sobol:.2e}, Philox {random:.2e}"
        );
        assert!(sobol * times < random, "{drivers} drivers: {sobol} against {random}");
    }
}

/// Chi-squared of 64 cells, and no correlation between drivers or from path to path.
#[test]
fn philox_numbers_are_uniform_and_unrelated() {
    let all = values(&independent(Generator::Philox, &uniform(5)), 64 * 1_024);
    let count = all[0].len() as f64;
    for (driver, column) in all.iter().enumerate() {
        let mut cells = [0.0; 64];
        column.iter().for_each(|u| cells[(u * 64.0) as usize] += 1.0);
        let squared: f64 = cells.iter().map(|n| (n - count / 64.0f64).powi(2) / (count / 64.0)).sum();
        assert!((20.0..130.0).contains(&squared), "chi-squared {squared} of driver {driver}");
        let next = &all[(driver + 1) % 5];
        for shift in [0, 1, 8, 256] {
            let product: f64 = column.iter().skip(shift).zip(next).map(|(x, y)| (x - 0.5) * (y - 0.5)).sum();
            let correlation = 12.0 * product / count;
            assert!(correlation.abs() < 5.0 / count.sqrt(), "{correlation} at {shift}");
        }
    }
}

fn mixed(generator: Generator, seed: u64) -> Draws {
    let hit = Marginal::HitOrMiss {
        probability: 0.3,
        miss: 0.0,
        hit: Box::new(Marginal::Normal { mean: 9.0, deviation: 1.0 }),
    };
    let marginals = [
        Marginal::Normal { mean: 1.0, deviation: 0.2 },
        Marginal::Lognormal { median: 1.0, sigma: 0.6 },
        Marginal::Uniform { low: -1.0, high: 2.0 },
        Marginal::Triangular { low: 0.5, mode: 1.0, high: 2.5 },
        Marginal::Pert { low: 0.9, mode: 1.0, high: 1.6 },
        Marginal::Discrete(vec![(0.0, 3.0), (1.0, 2.0), (2.0, 1.0)]),
        hit.clone(),
        Marginal::HitOrMiss { probability: 0.9, miss: -1.0, hit: Box::new(hit) },
        Marginal::Empirical(vec![1.0, 4.0, 2.0, 8.0, 5.0]),
        Marginal::Uniform { low: 3.0, high: 3.0 },
        Marginal::Pert { low: 0.0, mode: 0.0, high: 1.0 },
    ];
    let pair = |a, b, rank| RankCorrelation { drivers: [a, b], rank };
    let ranks = [pair(0, 1, 0.5), pair(1, 4, -0.3), pair(3, 6, 0.7), pair(2, 8, 0.2), pair(5, 7, -0.9)];
    let copula = Copula::from_ranks(marginals.len(), &ranks).unwrap();
    Draws::new(seed, generator, &marginals, copula).unwrap()
}

#[test]
fn a_swapped_driver_changes_alone() {
    for generator in [Generator::Philox, Generator::default()] {
        let draws = independent(generator, &uniform(7));
        let mut plain = vec![recoup_lanes::Row::default(); draws.rows()];
        draws.fill(512, &mut plain);
        for driver in 0..7 {
            let mut marks = [false; 7];
            marks[driver] = true;
            let mut swapped = plain.clone();
            draws.fill_swapped(512, &marks, &mut swapped);
            for other in 0..7 {
                let rows = other * Draws::ROWS..(other + 1) * Draws::ROWS;
                assert_eq!(
                    plain[rows.clone()] == swapped[rows],
                    other != driver,
                    "{other} with {driver} swapped"
                );
            }
        }
    }
}

#[test]
fn sobol_paths_beyond_its_dimensions_are_drawn_too() {
    let draws = independent(Generator::default(), &uniform(259));
    let all = values(&draws, 1_024);
    for (driver, column) in all.iter().enumerate() {
        assert!(column.iter().all(|u| (0.0..1.0).contains(u)), "driver {driver}");
        assert!((super::mean(column) - 0.5).abs() < 0.05, "driver {driver}");
        assert!(all[..driver].iter().all(|other| other != column), "driver {driver} repeats another");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn a_path_depends_on_the_seed_and_its_number_alone(seed: u64, chunks in prop::collection::vec(0..1u64 << 40, 1..4)) {
        for generator in [Generator::Philox, Generator::Sobol { scrambles: 5 }] {
            let draws = mixed(generator, seed);
            for at in chunks.iter().chain([&0]) {
                let first = at * CHUNK as u64;
                let expected = chunk(&draws, first, Backend::PORTABLE);
                for backend in Backend::available() {
                    prop_assert!(chunk(&draws, first, backend) == expected, "{} at {}", backend, first);
                }
                let within = (seed % CHUNK as u64) as usize;
                let path: Vec<u64> = mixed(generator, seed).path(first + within as u64).into_iter().map(f64::to_bits).collect();
                let of_chunk: Vec<u64> = expected.iter().skip(within).step_by(CHUNK).copied().collect();
                prop_assert_eq!(path, of_chunk);
                let other = chunk(&mixed(generator, seed ^ 1), first, Backend::best());
                prop_assert!(other != expected, "another seed gives other paths");
            }
        }
    }
}
