//! Functions of the drawn numbers, in lanes: no call of the system's mathematics library, so that every processor
//! and every operating system gives the same bits.
//!
//! Coefficients are Chebyshev interpolations computed with 60 digits and rounded once. The error stated with each
//! function is the worst of 10,000 arguments against values of 45 digits, rounded; a test holds it on a hundred.

mod exponential;
mod normal;
#[cfg(test)]
mod tests;

pub(crate) use exponential::{exp, ln};
pub(crate) use normal::{normal_cdf, normal_quantile};

use recoup_lanes::Lanes;

/// `Σ coefficients[k] x^k`: even and odd powers by Horner's rule side by side.
#[inline(always)]
pub(crate) fn polynomial<L: Lanes, const N: usize>(x: L, coefficients: &[f64; N]) -> L {
    let square = x * x;
    let (top, below) = (L::splat(coefficients[N - 1]), L::splat(coefficients[N - 2]));
    let (mut same, mut other) = (top, below);
    // `same` has the powers of the parity of N − 1.
    let mut at = N - 2;
    while at >= 2 {
        same = same.mul_add(square, L::splat(coefficients[at - 1]));
        other = other.mul_add(square, L::splat(coefficients[at - 2]));
        at -= 2;
    }
    if at == 1 {
        same = same.mul_add(square, L::splat(coefficients[0]));
        other.mul_add(x, same)
    } else {
        same.mul_add(x, other)
    }
}
