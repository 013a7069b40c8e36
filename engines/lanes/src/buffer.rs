//! Memory in which a row of eight lanes never crosses a cache line.

use crate::LANES;
use std::ops::{Deref, DerefMut};

/// Eight numbers in a cache line of their own.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
#[repr(C, align(64))]
pub struct Row(pub [f64; LANES]);

/// Rows one after the other.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Buffer(Vec<Row>);

impl Buffer {
    /// As many rows of zeros.
    pub fn zeroed(rows: usize) -> Self {
        Self(vec![Row::default(); rows])
    }

    /// All numbers in order.
    pub fn as_flat(&self) -> &[f64] {
        // SAFETY: a `Row` is `repr(C)`, holds eight `f64` and nothing else (64 bytes, aligned to 64: no padding), so
        // `len` rows are `len * LANES` numbers in a row, borrowed as long as `self` is.
        unsafe { std::slice::from_raw_parts(self.0.as_ptr().cast(), self.0.len() * LANES) }
    }

    /// All numbers in order, to be written.
    pub fn as_mut_flat(&mut self) -> &mut [f64] {
        // SAFETY: as above; the exclusive borrow of `self` is passed on, and any bits are an `f64`.
        unsafe { std::slice::from_raw_parts_mut(self.0.as_mut_ptr().cast(), self.0.len() * LANES) }
    }
}

impl Deref for Buffer {
    type Target = [Row];
    #[inline(always)]
    fn deref(&self) -> &[Row] {
        &self.0
    }
}

impl DerefMut for Buffer {
    #[inline(always)]
    fn deref_mut(&mut self) -> &mut [Row] {
        &mut self.0
    }
}

/// Asks for numbers that are read soon. It changes nothing but the time they take to arrive.
#[inline(always)]
pub fn prefetch(numbers: &[f64]) {
    #[cfg(target_arch = "x86_64")]
    for line in numbers.chunks(LANES) {
        use std::arch::x86_64::{_MM_HINT_T0, _mm_prefetch};
        // SAFETY: a hint, which any x86-64 processor takes for any address; this one is that of a borrowed number.
        unsafe { _mm_prefetch::<_MM_HINT_T0>(line.as_ptr().cast()) };
    }
    #[cfg(not(target_arch = "x86_64"))]
    let _ = numbers;
}
