//! Sobol' points with Owen's scrambling.
//!
//! Direction numbers of S. Joe and F. Y. Kuo, "Constructing Sobol sequences with better two-dimensional projections",
//! SIAM J. Sci. Comput. 30 (2008), in the form of their file: dimension, degree, coefficients of the primitive
//! polynomial, initial numbers.
//!
//! The scrambling is nested: whether a bit is turned depends on all higher bits, and on nothing else, so every
//! elementary interval keeps its points (A. B. Owen, "Randomly Permuted (t,m,s)-Nets and (t,s)-Sequences", 1995). It
//! is computed by a hash on the reversed bits, after S. Laine and T. Karras, "Stratified Sampling for Stochastic
//! Transparency", EGSR 2011, and B. Burley, "Practical Hash-based Owen Scrambling", JCGT 9 (2020): products with even
//! numbers carry only upwards. Everything here stays reversed until the last step.

use crate::CHUNK;
use recoup_lanes::{Bits, LANES, Lanes};

/// Reversed points of one dimension.
#[derive(Debug, Clone)]
pub(super) struct Dimension {
    /// The reversed direction number of every bit of the index.
    directions: [u32; 32],
    /// The first [`CHUNK`] points.
    table: [u32; CHUNK],
}

impl Dimension {
    /// The first dimensions, as far as there are direction numbers.
    pub(super) fn first(count: usize) -> Vec<Self> {
        let van_der_corput = std::array::from_fn(|bit| 1 << bit);
        let rows = include_str!("joe_kuo.txt").lines().filter(|line| !line.starts_with('#'));
        let others = rows
            .map(|row| directions(&row.split(' ').filter_map(|word| word.parse().ok()).collect::<Vec<_>>()));
        std::iter::once(van_der_corput).chain(others).take(count).map(Self::new).collect()
    }

    fn new(directions: [u32; 32]) -> Self {
        let mut table = [0; CHUNK];
        for index in 1..CHUNK {
            let top = index.ilog2() as usize;
            table[index] = table[index - (1 << top)] ^ directions[top];
        }
        Self { directions, table }
    }

    /// The reversed point at an index.
    pub(super) fn point(&self, index: u32) -> u32 {
        (0..32).filter(|bit| index >> bit & 1 == 1).fold(0, |point, bit| point ^ self.directions[bit])
    }

    /// Reversed, scrambled points `base ^ table[row * 8 ..]`; only the low half of every lane counts.
    #[inline(always)]
    pub(super) fn scrambled<L: Lanes>(&self, base: u32, row: usize, seed: u32) -> L::Bits {
        let (rows, _) = self.table.as_chunks::<LANES>();
        let points = L::Bits::from_array(rows[row].map(u64::from));
        scramble::<L>(points ^ L::Bits::splat(u64::from(base)), seed)
    }
}

/// Reversed direction numbers by the recurrence of P. Bratley and B. L. Fox, "Algorithm 659", ACM TOMS 14 (1988):
/// `m_k = 2 a_1 m_{k−1} ⊕ 4 a_2 m_{k−2} ⊕ … ⊕ 2^s m_{k−s} ⊕ m_{k−s}`.
fn directions(row: &[u32]) -> [u32; 32] {
    let (degree, coefficients, initial) = (row[1] as usize, row[2], &row[3..]);
    // The direction number of bit k is m_k 2^(31 − k): a shift in the recurrence becomes one to the right.
    let mut numbers = [0u32; 32];
    for k in 0..32 {
        numbers[k] = if k < degree {
            initial[k] << (31 - k)
        } else {
            let mut number = numbers[k - degree] ^ numbers[k - degree] >> degree;
            for at in 1..degree {
                if coefficients >> (degree - 1 - at) & 1 == 1 {
                    number ^= numbers[k - at];
                }
            }
            number
        };
    }
    numbers.map(u32::reverse_bits)
}

/// A permutation in which every bit depends on those below it alone. The multipliers are even but for that of the
/// seed, which is odd.
#[inline(always)]
fn scramble<L: Lanes>(x: L::Bits, seed: u32) -> L::Bits {
    let x = x ^ x.mul_low(L::Bits::splat(0x3d20_adea));
    let x = (x + L::Bits::splat(u64::from(seed))).mul_low(L::Bits::splat(u64::from(seed >> 16 | 1)));
    let x = x ^ x.mul_low(L::Bits::splat(0x0552_6c56));
    x ^ x.mul_low(L::Bits::splat(0x53a2_2864))
}

/// The two numbers in `(0, 1)` of two reversed points: middles of 2^32 equal intervals.
#[inline(always)]
pub(super) fn uniforms<L: Lanes>(a: L::Bits, b: L::Bits) -> [L; 2] {
    // One reversal of 64 bits does for two of 32, and changes their places.
    let mut x = (a & L::Bits::splat(0xffff_ffff)) | b.shl(32);
    for (by, mask) in [
        (1, 0x5555_5555_5555_5555),
        (2, 0x3333_3333_3333_3333),
        (4, 0x0f0f_0f0f_0f0f_0f0f),
        (8, 0x00ff_00ff_00ff_00ff),
        (16, 0x0000_ffff_0000_ffff),
    ] {
        let mask = L::Bits::splat(mask);
        x = (x.shr(by) & mask) | (x & mask).shl(by);
    }
    [centred(x & L::Bits::splat(0xffff_ffff)), centred(x.shr(32))]
}

#[inline(always)]
fn centred<L: Lanes>(whole: L::Bits) -> L {
    const STEP: f64 = 1.0 / 4_294_967_296.0;
    L::from_whole(whole).mul_add(L::splat(STEP), L::splat(STEP / 2.0))
}

/// The seed of a scrambling: every bit of it depends on every bit of the arguments (the finaliser of D. Stafford's
/// thirteenth variant, as in SplitMix64).
pub(super) fn seed_of(seed: u64, scramble: u64, dimension: usize) -> u32 {
    let mix = |x: u64| {
        let x = (x ^ x >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let x = (x ^ x >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        x ^ x >> 31
    };
    let of_scramble = mix(mix(seed.wrapping_add(0x9e37_79b9_7f4a_7c15)) ^ scramble);
    (mix(of_scramble.wrapping_add(dimension as u64)) >> 32) as u32
}
