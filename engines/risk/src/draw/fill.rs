//! A chunk of paths, in lanes.

use super::philox;
use super::quantile::{Quantile, to_normal};
use super::sobol::{self, Dimension};
use super::{Draws, Generator};
use crate::CHUNK;
use recoup_lanes::{Kernel, LANES, Lanes, Row};

/// All drivers on 256 paths.
pub(super) struct Chunk<'a> {
    pub(super) draws: &'a Draws,
    pub(super) first: u64,
    pub(super) swapped: &'a [bool],
    pub(super) out: &'a mut [Row],
}

/// One driver at one probability.
pub(super) struct One<'a> {
    pub(super) quantile: &'a Quantile,
    pub(super) probability: f64,
}

impl Kernel for One<'_> {
    type Output = f64;

    #[inline(always)]
    fn run<L: Lanes>(self) -> f64 {
        let mut column = [Row([self.probability; LANES]); Draws::ROWS];
        self.quantile.apply::<L>(&mut column, false);
        column[0].0[0]
    }
}

/// Philox streams: the drivers' numbers, and those of their second half.
const STREAMS: [u32; 2] = [0, 1];

impl Kernel for Chunk<'_> {
    type Output = ();

    #[inline(always)]
    fn run<L: Lanes>(self) {
        let draws = self.draws;
        let (columns, _) = self.out.as_chunks_mut::<{ Draws::ROWS }>();
        let columns = &mut columns[..draws.drivers()];
        let is_swapped = |driver: usize| self.swapped.get(driver).copied().unwrap_or(false);
        for pair in (0..columns.len()).step_by(2) {
            let left = is_swapped(pair);
            let right = if pair + 1 < columns.len() { is_swapped(pair + 1) } else { left };
            if left == right {
                uniforms::<L>(draws, self.first, pair, left, &mut columns[pair..]);
            } else {
                // Both halves of the pair, each from its own source.
                let mut spare = [[Row::default(); Draws::ROWS]; 2];
                uniforms::<L>(draws, self.first, pair, left, &mut spare);
                columns[pair] = spare[0];
                uniforms::<L>(draws, self.first, pair, right, &mut spare);
                columns[pair + 1] = spare[1];
            }
        }
        correlate::<L>(draws, columns);
        for (driver, column) in columns.iter_mut().enumerate() {
            draws.quantiles[driver].apply::<L>(column, !draws.copula.is_alone(driver));
        }
    }
}

/// One driver on a chunk of paths.
pub(super) type Column = [Row; Draws::ROWS];

/// Uniform numbers of drivers `pair` and `pair + 1` into the first two columns, or the one that there is.
#[inline(always)]
fn uniforms<L: Lanes>(draws: &Draws, first: u64, pair: usize, second_half: bool, columns: &mut [Column]) {
    let at = pair + if second_half { draws.drivers() } else { 0 };
    // A pair whose second driver does not exist takes the dimension after the first, and nothing is stored.
    let dimensions = draws.dimensions.get(at..(at + 2).min(draws.dimensions.len())).unwrap_or(&[]);
    match (draws.generator, dimensions) {
        (Generator::Sobol { scrambles }, [one, rest @ ..]) if !rest.is_empty() || columns.len() == 1 => {
            let two = rest.first().unwrap_or(one);
            sobol_pair::<L>(draws.seed, u64::from(scrambles.max(1)), first, at, [one, two], columns);
        }
        _ => {
            let stream = STREAMS[usize::from(second_half)];
            for row in 0..Draws::ROWS {
                let path = first + (row * LANES) as u64;
                let pair = philox::uniforms::<L>(path, (pair / 2) as u32, stream, draws.seed);
                store(columns, row, pair);
            }
        }
    }
}

#[inline(always)]
fn sobol_pair<L: Lanes>(
    seed: u64,
    scrambles: u64,
    first: u64,
    at: usize,
    dimensions: [&Dimension; 2],
    columns: &mut [Column],
) {
    let chunk = first / CHUNK as u64;
    let index = chunk / scrambles * CHUNK as u64;
    // The next 2^32 points have scrambles of their own.
    let scramble = chunk % scrambles + scrambles * (index >> 32);
    let [one, two] = dimensions;
    let bases = [one, two].map(|dimension| dimension.point(index as u32));
    let seeds = [at, at + 1].map(|dimension| sobol::seed_of(seed, scramble, dimension));
    for row in 0..Draws::ROWS {
        let a = one.scrambled::<L>(bases[0], row, seeds[0]);
        let b = two.scrambled::<L>(bases[1], row, seeds[1]);
        store(columns, row, sobol::uniforms::<L>(a, b));
    }
}

#[inline(always)]
fn store<L: Lanes>(columns: &mut [Column], row: usize, [one, two]: [L; 2]) {
    one.store(&mut columns[0][row]);
    if columns.len() > 1 {
        two.store(&mut columns[1][row]);
    }
}

/// Turns the uniform numbers of the drivers that depend on others into correlated normal ones.
#[inline(always)]
fn correlate<L: Lanes>(draws: &Draws, columns: &mut [Column]) {
    for (driver, column) in columns.iter_mut().enumerate() {
        if !draws.copula.is_alone(driver) {
            to_normal::<L>(column);
        }
    }
    // From the last driver on: what a row of the factor reads is not yet replaced.
    for (driver, entries) in draws.copula.factor.iter().enumerate().rev() {
        let Some((_, own)) = entries.last() else { continue };
        let (earlier, rest) = columns.split_at_mut(driver);
        for (row, target) in rest[0].iter_mut().enumerate() {
            let mut sum = L::load(target) * L::splat(*own);
            for (column, weight) in &entries[..entries.len() - 1] {
                sum = L::load(&earlier[*column][row]).mul_add(L::splat(*weight), sum);
            }
            sum.store(target);
        }
    }
}
