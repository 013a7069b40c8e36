//! The standard normal distribution and its inverse.

use super::{exp, ln, polynomial};
use recoup_lanes::{Lanes, Mask};

/// e^(a²/2) Φ(−a) (1 + 1.25 a) over t = (a − 5.25) / (a + 5.25), a in [0, 40].
#[rustfmt::skip]
const MILLS: [f64; 24] = [
    0.555_754_745_823_489_8, -0.077_997_059_664_791_63, 0.013_897_966_787_009_244,
    0.027_865_829_477_920_434, -0.042_661_677_591_669_556, 0.037_490_444_229_216_34,
    -0.024_005_142_735_982_35, 0.011_483_634_941_401_64, -0.003_817_911_446_521_391_7,
    0.000_605_299_879_707_180_8, 0.000_159_074_633_450_971_14, -0.000_119_512_700_930_313_08,
    1.5540567981020998e-5, 1.103121748116354e-5, -4.292237738676687e-6,
    -7.824254248391218e-7, 7.194229355540815e-7, 4.224388111140319e-8,
    -1.1365221633629226e-7, -3.0234018547785164e-9, 1.776842522866112e-8,
    1.5780265550734595e-9, -2.09453261651326e-9, -5.084548385009438e-10,
];

/// z / (2u − 1) over w − 3.125, w = −ln 4u(1 − u) in [0, 6.25].
#[rustfmt::skip]
const CENTRE: [f64; 24] = [
    2.338_620_710_026_593, 0.339_634_958_701_138_9, -0.008_532_899_177_268_757,
    -0.001_047_511_569_485_382, 0.000_264_082_049_547_456_6, -1.9632852864329775e-5,
    -1.931065040514895e-6, 5.988894869140176e-7, -4.111172885960201e-8,
    -5.816180709117321e-9, 1.4866469703719082e-9, -7.65695838611443e-11,
    -1.8352087508984784e-11, 3.720065404608353e-12, -1.148115059715793e-13,
    -5.6586046712459645e-14, 9.328729249848027e-15, -5.69675689717853e-17,
    -1.8408716141787847e-16, 2.2025414916964945e-17, 1.626377065902945e-18,
    -4.949188055590375e-19, -1.5747038487797289e-21, 4.583048198098026e-21,
];

/// z / (2u − 1) over √w − 4.25, w in [6.25, 36].
#[rustfmt::skip]
const TAIL: [f64; 27] = [
    5.787_277_866_012_329, 1.428_324_977_263_654, 0.001_007_980_677_916_489_6,
    -0.000_859_691_977_873_209_7, 0.000_300_063_185_514_425_4, -9.11032880950971e-5,
    3.108459564615446e-5, -1.4421660499265842e-5, 8.212716064637613e-6,
    -4.541267960365029e-6, 2.10742990062388e-6, -7.286003075451378e-7,
    1.3192582136234193e-7, 3.611045593571464e-8, -4.262002118348059e-8,
    1.909890793917238e-8, -4.343119456127437e-9, -3.2560116202813994e-10,
    6.569026633984776e-10, -2.3999588528534895e-10, 4.7024297171779915e-11,
    -3.5039501632509462e-12, -5.5687226966568034e-12, 3.683431913983353e-12,
    -4.720808142927038e-13, -2.0683584713969152e-13, 5.021293421284068e-14,
];

/// The smallest probability told from zero: what `1 − u` can be at least.
const SMALLEST: f64 = 1.0 / 9_007_199_254_740_992.0;

/// Probability that a standard normal number is below `z`, within 5 ulp of the smaller of it and its complement.
///
/// `Φ(−a) = e^(−a²/2) M(a)`, with Mills' ratio `M` as a polynomial of `(a − 5.25) / (a + 5.25)` over `1 + 1.25 a`:
/// the form that M. M. Shepherd and J. G. Laframboise, "Chebyshev Approximation of (1 + 2x) exp(x²) erfc x in
/// 0 ≤ x < ∞", Math. Comp. 36 (1981), give for erfc.
#[inline(always)]
pub(crate) fn normal_cdf<L: Lanes>(z: L) -> L {
    let one = L::splat(1.0);
    let a = L::splat(40.0).min(z.abs());
    let (sum, scale) = (a + L::splat(5.25), a.mul_add(L::splat(1.25), one));
    let inverse = one / (sum * scale);
    let mills = polynomial((a - L::splat(5.25)) * (inverse * scale), &MILLS) * (inverse * sum);
    // The square is taken with what its rounding leaves.
    let square = a * a;
    let left = a.mul_add(a, -square);
    let tail = exp(square * L::splat(-0.5)) * left.mul_add(L::splat(-0.5), one) * mills;
    L::select(z.lt(L::splat(0.0)), tail, one - tail)
}

/// The `z` below which a standard normal number falls with probability `u`, within 4 ulp. Probabilities closer to 0
/// or 1 than 2^-53 count as 2^-53: the generators draw none, and `z` stays within ±8.21.
///
/// The variable `w = −ln 4u(1 − u)`, in which `z / (2u − 1)` is nearly a polynomial, is that of M. Giles,
/// "Approximating the erfinv function", GPU Computing Gems Jade (2011): no division, and a root only in the tails.
#[inline(always)]
pub(crate) fn normal_quantile<L: Lanes>(u: L) -> L {
    let one = L::splat(1.0);
    let u = L::splat(SMALLEST).max(L::splat(1.0 - SMALLEST).min(u));
    let x = u.mul_add(L::splat(2.0), -one);
    let w = -ln(L::splat(4.0) * u * (one - u));
    let ratio = polynomial(w - L::splat(3.125), &CENTRE);
    let tail = w.gt(L::splat(6.25));
    if !tail.any() {
        return x * ratio;
    }
    let far = polynomial(w.sqrt() - L::splat(4.25), &TAIL);
    x * L::select(tail, far, ratio)
}
