//! What can be done with eight lanes.

use crate::Row;
use std::ops::{Add, BitAnd, BitOr, BitXor, Div, Mul, Neg, Not, Sub};

/// Values that are computed side by side.
pub const LANES: usize = 8;

/// Eight `f64`.
pub trait Lanes:
    Copy + Add<Output = Self> + Sub<Output = Self> + Mul<Output = Self> + Div<Output = Self> + Neg<Output = Self>
{
    /// Eight answers.
    type Mask: Mask;
    /// Eight `u64`.
    type Bits: Bits;

    /// The same number in every lane.
    fn splat(x: f64) -> Self;
    /// Reads a row of a buffer.
    fn load(row: &Row) -> Self;
    /// Writes a row of a buffer.
    fn store(self, row: &mut Row);
    /// Reads an array, which need not be aligned.
    fn from_array(x: [f64; LANES]) -> Self;
    /// The lanes as an array.
    fn to_array(self) -> [f64; LANES];
    /// `table[index]` in every lane; an index beyond the end reads the last entry. The table is not empty.
    fn gather(table: &[f64], index: Self::Bits) -> Self;
    /// Lane `k` of vector `i` becomes lane `i` of vector `k`.
    #[inline(always)]
    fn transpose(vectors: [Self; LANES]) -> [Self; LANES] {
        let mut columns = [[0.0; LANES]; LANES];
        let mut out = vectors;
        for (row, vector) in vectors.iter().enumerate() {
            for (column, value) in columns.iter_mut().zip(vector.to_array()) {
                column[row] = value;
            }
        }
        for (vector, column) in out.iter_mut().zip(columns) {
            *vector = Self::from_array(column);
        }
        out
    }
    /// `self * a + b`, rounded once.
    fn mul_add(self, a: Self, b: Self) -> Self;
    /// `if self < b { self } else { b }`: with a NaN, and of two zeros, the second.
    fn min(self, b: Self) -> Self;
    /// `if self > b { self } else { b }`: with a NaN, and of two zeros, the second.
    fn max(self, b: Self) -> Self;
    /// The greatest whole number that is not greater.
    fn floor(self) -> Self;
    /// The nearest whole number, ties to even.
    fn round(self) -> Self;
    /// The square root.
    fn sqrt(self) -> Self;
    /// `self < b`; false with a NaN.
    fn lt(self, b: Self) -> Self::Mask;
    /// `self <= b`; false with a NaN.
    fn le(self, b: Self) -> Self::Mask;
    /// `self == b`; false with a NaN.
    fn eq(self, b: Self) -> Self::Mask;
    /// `yes` where the mask is set, else `no`.
    fn select(mask: Self::Mask, yes: Self, no: Self) -> Self;
    /// The representation.
    fn to_bits(self) -> Self::Bits;
    /// The numbers of which these are the representation.
    fn from_bits(bits: Self::Bits) -> Self;

    /// `self > b`; false with a NaN.
    #[inline(always)]
    fn gt(self, b: Self) -> Self::Mask {
        b.lt(self)
    }
    /// `self >= b`; false with a NaN.
    #[inline(always)]
    fn ge(self, b: Self) -> Self::Mask {
        b.le(self)
    }
    /// The number without its sign.
    #[inline(always)]
    fn abs(self) -> Self {
        Self::from_bits(self.to_bits() & Self::Bits::splat(u64::MAX >> 1))
    }
    /// Whole numbers below 2^52 as `f64`.
    #[inline(always)]
    fn from_whole(bits: Self::Bits) -> Self {
        // 2^52 has its unit in the last place of the representation.
        const TWO_52: f64 = 4_503_599_627_370_496.0;
        Self::from_bits(bits | Self::Bits::splat(TWO_52.to_bits())) - Self::splat(TWO_52)
    }
    /// The `f64` in `0..2^52`, which are whole, as whole numbers.
    #[inline(always)]
    fn to_whole(self) -> Self::Bits {
        const TWO_52: f64 = 4_503_599_627_370_496.0;
        (self + Self::splat(TWO_52)).to_bits() ^ Self::Bits::splat(TWO_52.to_bits())
    }
}

/// Eight answers.
pub trait Mask:
    Copy + BitAnd<Output = Self> + BitOr<Output = Self> + BitXor<Output = Self> + Not<Output = Self>
{
    /// The answers, lane 0 in the lowest bit.
    fn bits(self) -> u8;
    /// Set where the bit is, lane 0 in the lowest.
    fn from_bits(bits: u8) -> Self;

    /// Whether one is set.
    #[inline(always)]
    fn any(self) -> bool {
        self.bits() != 0
    }
    /// Whether all are set.
    #[inline(always)]
    fn all(self) -> bool {
        self.bits() == u8::MAX
    }
}

/// Eight `u64`; sums and differences wrap.
pub trait Bits:
    Copy
    + Add<Output = Self>
    + Sub<Output = Self>
    + BitAnd<Output = Self>
    + BitOr<Output = Self>
    + BitXor<Output = Self>
{
    /// The same in every lane.
    fn splat(x: u64) -> Self;
    /// Reads an array.
    fn from_array(x: [u64; LANES]) -> Self;
    /// The lanes as an array.
    fn to_array(self) -> [u64; LANES];
    /// Shifted to the left by fewer than 64.
    fn shl(self, by: u32) -> Self;
    /// Shifted to the right by fewer than 64, zeros following.
    fn shr(self, by: u32) -> Self;
    /// The product of the low 32 bits of both: 64 bits.
    fn mul_low(self, b: Self) -> Self;
}
