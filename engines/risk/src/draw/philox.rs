//! Philox4x32-10: random bits as a function of a counter and a key.
//!
//! J. K. Salmon, M. A. Moraes, R. O. Dror, D. E. Shaw, "Parallel Random Numbers: As Easy as 1, 2, 3", SC11 (2011).

use recoup_lanes::{Bits, Lanes};

const MULTIPLIERS: [u64; 2] = [0xd251_1f53, 0xcd9e_8d57];
const WEYL: [u32; 2] = [0x9e37_79b9, 0xbb67_ae85];
const ROUNDS: u32 = 10;

/// Four words of 32 bits for a counter of four words. Only the low half of every lane counts, of what goes in and of
/// what comes out.
#[inline(always)]
pub(super) fn philox<L: Lanes>(counter: [L::Bits; 4], key: [u32; 2]) -> [L::Bits; 4] {
    let multipliers = [L::Bits::splat(MULTIPLIERS[0]), L::Bits::splat(MULTIPLIERS[1])];
    let [mut a, mut b, mut c, mut d] = counter;
    for round in 0..ROUNDS {
        let first = L::Bits::splat(u64::from(key[0].wrapping_add(WEYL[0].wrapping_mul(round))));
        let second = L::Bits::splat(u64::from(key[1].wrapping_add(WEYL[1].wrapping_mul(round))));
        let (left, right) = (a.mul_low(multipliers[0]), c.mul_low(multipliers[1]));
        (a, b) = (right.shr(32) ^ b ^ first, right);
        (c, d) = (left.shr(32) ^ d ^ second, left);
    }
    [a, b, c, d]
}

/// Two numbers in `(0, 1)` of 52 bits each, for eight paths from `first` on (a multiple of eight).
#[inline(always)]
pub(super) fn uniforms<L: Lanes>(first: u64, block: u32, stream: u32, seed: u64) -> [L; 2] {
    let low = std::array::from_fn(|lane| (first & 0xffff_ffff) + lane as u64);
    let counter = [
        L::Bits::from_array(low),
        L::Bits::splat(first >> 32),
        L::Bits::splat(u64::from(block)),
        L::Bits::splat(u64::from(stream)),
    ];
    let [a, b, c, d] = philox::<L>(counter, [seed as u32, (seed >> 32) as u32]);
    [centred(a, b), centred(c, d)]
}

/// The middle of the one of 2^52 equal intervals that 32 bits and the 20 lowest of another word choose.
#[inline(always)]
fn centred<L: Lanes>(low: L::Bits, high: L::Bits) -> L {
    let whole = (low & L::Bits::splat(0xffff_ffff)) | (high & L::Bits::splat(0xf_ffff)).shl(32);
    const STEP: f64 = 1.0 / 4_503_599_627_370_496.0;
    L::from_whole(whole).mul_add(L::splat(STEP), L::splat(STEP / 2.0))
}
