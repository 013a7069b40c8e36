//! Eight lanes in plain arrays: what every processor can do, and what the others are tested against.

use crate::{Bits, LANES, Lanes, Mask, Row};
use std::array::from_fn;
use std::ops::{Add, BitAnd, BitOr, BitXor, Div, Mul, Neg, Not, Sub};

/// Eight `f64`.
#[derive(Clone, Copy)]
pub(crate) struct A8([f64; LANES]);

/// Eight `u64`; as a mask, all ones or all zeros in each lane.
#[derive(Clone, Copy)]
pub(crate) struct U8([u64; LANES]);

macro_rules! operators {
    ($type:ident: $($trait:ident $name:ident |$a:ident, $b:ident| $value:expr;)*) => {$(
        impl $trait for $type {
            type Output = Self;
            #[inline(always)]
            fn $name(self, other: Self) -> Self {
                Self(from_fn(|i| { let ($a, $b) = (self.0[i], other.0[i]); $value }))
            }
        }
    )*};
}

operators! { A8:
    Add add |a, b| a + b;
    Sub sub |a, b| a - b;
    Mul mul |a, b| a * b;
    Div div |a, b| a / b;
}
operators! { U8:
    Add add |a, b| a.wrapping_add(b);
    Sub sub |a, b| a.wrapping_sub(b);
    BitAnd bitand |a, b| a & b;
    BitOr bitor |a, b| a | b;
    BitXor bitxor |a, b| a ^ b;
}

impl Neg for A8 {
    type Output = Self;
    #[inline(always)]
    fn neg(self) -> Self {
        Self(self.0.map(|x| -x))
    }
}

impl Not for U8 {
    type Output = Self;
    #[inline(always)]
    fn not(self) -> Self {
        Self(self.0.map(|x| !x))
    }
}

impl A8 {
    #[inline(always)]
    fn compare(self, b: Self, holds: impl Fn(f64, f64) -> bool) -> U8 {
        U8(from_fn(|i| if holds(self.0[i], b.0[i]) { u64::MAX } else { 0 }))
    }
}

#[rustfmt::skip]
impl Lanes for A8 {
    type Mask = U8;
    type Bits = U8;

    #[inline(always)] fn splat(x: f64) -> Self { Self([x; LANES]) }
    #[inline(always)] fn load(row: &Row) -> Self { Self(row.0) }
    #[inline(always)] fn store(self, row: &mut Row) { row.0 = self.0; }
    #[inline(always)] fn from_array(x: [f64; LANES]) -> Self { Self(x) }
    #[inline(always)] fn to_array(self) -> [f64; LANES] { self.0 }
    #[inline(always)] fn gather(table: &[f64], index: U8) -> Self {
        let last = table.len() - 1;
        Self(index.0.map(|i| table[(i as usize).min(last)]))
    }
    #[inline(always)] fn mul_add(self, a: Self, b: Self) -> Self {
        Self(from_fn(|i| self.0[i].mul_add(a.0[i], b.0[i])))
    }
    #[inline(always)] fn min(self, b: Self) -> Self {
        Self(from_fn(|i| if self.0[i] < b.0[i] { self.0[i] } else { b.0[i] }))
    }
    #[inline(always)] fn max(self, b: Self) -> Self {
        Self(from_fn(|i| if self.0[i] > b.0[i] { self.0[i] } else { b.0[i] }))
    }
    #[inline(always)] fn floor(self) -> Self { Self(self.0.map(f64::floor)) }
    #[inline(always)] fn round(self) -> Self { Self(self.0.map(f64::round_ties_even)) }
    #[inline(always)] fn sqrt(self) -> Self { Self(self.0.map(f64::sqrt)) }
    #[inline(always)] fn lt(self, b: Self) -> U8 { self.compare(b, |a, b| a < b) }
    #[inline(always)] fn le(self, b: Self) -> U8 { self.compare(b, |a, b| a <= b) }
    #[inline(always)] fn eq(self, b: Self) -> U8 { self.compare(b, |a, b| a == b) }
    #[inline(always)] fn select(mask: U8, yes: Self, no: Self) -> Self {
        Self::from_bits((yes.to_bits() & mask) | (no.to_bits() & !mask))
    }
    #[inline(always)] fn to_bits(self) -> U8 { U8(self.0.map(f64::to_bits)) }
    #[inline(always)] fn from_bits(bits: U8) -> Self { Self(bits.0.map(f64::from_bits)) }
}

impl Mask for U8 {
    #[inline(always)]
    fn bits(self) -> u8 {
        self.0.iter().enumerate().fold(0, |bits, (i, lane)| bits | ((*lane & 1) as u8) << i)
    }
    #[inline(always)]
    fn from_bits(bits: u8) -> Self {
        Self(from_fn(|i| if bits >> i & 1 == 1 { u64::MAX } else { 0 }))
    }
}

#[rustfmt::skip]
impl Bits for U8 {
    #[inline(always)] fn splat(x: u64) -> Self { Self([x; LANES]) }
    #[inline(always)] fn from_array(x: [u64; LANES]) -> Self { Self(x) }
    #[inline(always)] fn to_array(self) -> [u64; LANES] { self.0 }
    #[inline(always)] fn shl(self, by: u32) -> Self { Self(self.0.map(|x| x << by)) }
    #[inline(always)] fn shr(self, by: u32) -> Self { Self(self.0.map(|x| x >> by)) }
    #[inline(always)] fn mul_low(self, b: Self) -> Self {
        Self(from_fn(|i| (self.0[i] & 0xffff_ffff) * (b.0[i] & 0xffff_ffff)))
    }
}
