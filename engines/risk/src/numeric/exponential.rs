//! `e^x` and `ln x`.

use super::polynomial;
use recoup_lanes::{Bits, Lanes, Mask};

/// (e^r − 1 − r) / r² for |r| ≤ ln 2 / 2.
#[rustfmt::skip]
const EXP: [f64; 11] = [
    0.5, 0.166_666_666_666_666_7, 0.041_666_666_666_666_67,
    0.008_333_333_333_326_136, 0.001_388_888_888_888_374_8, 0.000_198_412_698_748_206_27,
    2.4801587325547743e-5, 2.7557255400206422e-6, 2.75572736431103e-7,
    2.5105217004720745e-8, 2.0914686968086876e-9,
];

/// (ln(1 + f) − f + f²/2) / f³ for 1 + f in [√½, √2].
#[rustfmt::skip]
const LN: [f64; 20] = [
    0.333_333_333_333_333_37, -0.249_999_999_999_999_3, 0.199_999_999_999_932_23,
    -0.166_666_666_666_973_05, 0.142_857_142_875_917_4, -0.124_999_999_971_092_67,
    0.111_111_109_098_410_72, -0.099_999_999_963_172_7, 0.090_909_198_759_982_02,
    -0.083_333_450_564_132_04, 0.076_919_881_201_337_5, -0.071_422_320_491_584_7,
    0.066_719_855_552_712_91, -0.062_650_318_695_180_63, 0.058_370_183_514_649_99,
    -0.053_682_803_880_505_48, 0.053_718_778_906_647_8, -0.061_295_619_807_279_06,
    0.056_664_232_420_521_8, -0.025_061_228_095_282_464,
];

/// `ln 2` in two parts, the first with 42 bits: whole multiples up to 2^11 of it are exact.
const LN_2: [f64; 2] = [0.693_147_180_559_890_3, 5.497_923_018_708_371e-14];
const LOG2_E: f64 = std::f64::consts::LOG2_E;
/// 1.0 is `ONE << 52`.
const ONE: u64 = 1023;

/// `e^x` within 1 ulp; rounded once more where it is below 2^-1022. Infinity from 709.79 on, zero below −745.2.
#[inline(always)]
pub(crate) fn exp<L: Lanes>(x: L) -> L {
    // The bound is the first operand: a NaN passes.
    let bounded = L::splat(-746.0).max(L::splat(710.0).min(x));
    let n = (bounded * L::splat(LOG2_E)).round();
    let r = n.mul_add(L::splat(-LN_2[0]), bounded);
    let r = n.mul_add(L::splat(-LN_2[1]), r);
    let mantissa = L::splat(1.0) + (r * r).mul_add(polynomial(r, &EXP), r);
    // 2^n in two factors: their exponents stay in range where that of the result does not.
    let half = (n * L::splat(0.5)).floor();
    mantissa * power_of_two(half) * power_of_two(n - half)
}

/// `2^n` of whole numbers from −1022 to 1023.
#[inline(always)]
fn power_of_two<L: Lanes>(n: L) -> L {
    L::from_bits((n + L::splat(ONE as f64)).to_whole().shl(52))
}

/// `ln x` within 1 ulp: −∞ of zero, NaN below.
#[inline(always)]
pub(crate) fn ln<L: Lanes>(x: L) -> L {
    let normal = x.ge(L::splat(f64::MIN_POSITIVE)) & x.lt(L::splat(f64::INFINITY));
    let usual = ln_of_normal(x, L::splat(-(ONE as f64)));
    if normal.all() {
        return usual;
    }
    let small = ln_of_normal(x * L::splat((1u64 << 54) as f64), L::splat(-(ONE as f64) - 54.0));
    let limit = L::select(x.eq(L::splat(f64::INFINITY)), x, L::splat(f64::NAN));
    let limit = L::select(x.eq(L::splat(0.0)), L::splat(f64::NEG_INFINITY), limit);
    let positive = x.gt(L::splat(0.0)) & x.lt(L::splat(f64::INFINITY));
    L::select(normal, usual, L::select(positive, small, limit))
}

/// `x = 2^k (1 + f)` with `1 + f` in `[√½, √2)`; `bias` is added to the biased exponent.
#[inline(always)]
fn ln_of_normal<L: Lanes>(x: L, bias: L) -> L {
    let bits = x.to_bits();
    let one = L::Bits::splat(ONE << 52);
    let exponent = (bits - L::Bits::splat(std::f64::consts::FRAC_1_SQRT_2.to_bits()) + one).shr(52);
    let f = L::from_bits(bits - exponent.shl(52) + one) - L::splat(1.0);
    let k = L::from_whole(exponent) + bias;
    let square = f * f;
    let rest = k.mul_add(L::splat(LN_2[1]), square * f * polynomial(f, &LN));
    let rest = square.mul_add(L::splat(-0.5), rest) + f;
    k.mul_add(L::splat(LN_2[0]), rest)
}
