//! Eight lanes in the wide registers of x86-64: one of AVX-512, or two of AVX2 with FMA.
//!
//! The types of this module are private: code gets hold of them only as the type parameter of
//! [`Kernel::run`](crate::Kernel::run), which [`dispatch_on`](crate::dispatch_on) calls with them only after the
//! processor was found to have the features. Whoever can call an operation here has run through that check.

use crate::{Bits, LANES, Lanes, Mask, Row};
use std::arch::x86_64::*;
use std::mem::transmute;
use std::ops::{Add, BitAnd, BitOr, BitXor, Div, Mul, Neg, Not, Sub};

/// Instructions of a checked processor.
macro_rules! instructions {
    ($value:expr) => {
        // SAFETY: the processor has the instruction (see the module). Where it reads or writes memory, it does so
        // through a reference to a `Row` (64 bytes, aligned to 64) or at an index that was bounded just before; where
        // bits change their type, both types have the same size and take any bits.
        unsafe { $value }
    };
}

/// One register of AVX-512: eight `f64`.
#[derive(Clone, Copy)]
pub(crate) struct Z8(__m512d);
/// One register of AVX-512: eight `u64`.
#[derive(Clone, Copy)]
pub(crate) struct ZBits(__m512i);
/// A mask register.
#[derive(Clone, Copy)]
pub(crate) struct ZMask(u8);
/// Two registers of AVX2: eight `f64`.
#[derive(Clone, Copy)]
pub(crate) struct Y8(__m256d, __m256d);
/// Two registers of AVX2: eight `u64`; as a mask, all ones or all zeros in each lane.
#[derive(Clone, Copy)]
pub(crate) struct YBits(__m256i, __m256i);

macro_rules! operators {
    (one $type:ident: $($trait:ident $name:ident $with:ident;)*) => {$(
        impl $trait for $type {
            type Output = Self;
            #[inline(always)]
            fn $name(self, b: Self) -> Self { instructions!(Self($with(self.0, b.0))) }
        }
    )*};
    (two $type:ident: $($trait:ident $name:ident $with:ident;)*) => {$(
        impl $trait for $type {
            type Output = Self;
            #[inline(always)]
            fn $name(self, b: Self) -> Self { instructions!(Self($with(self.0, b.0), $with(self.1, b.1))) }
        }
    )*};
    (mask $type:ident: $($trait:ident $name:ident $op:tt;)*) => {$(
        impl $trait for $type {
            type Output = Self;
            #[inline(always)]
            fn $name(self, b: Self) -> Self { Self(self.0 $op b.0) }
        }
    )*};
    (not $type:ident: $trait:ident $name:ident |$a:ident| $value:expr) => {
        impl $trait for $type {
            type Output = Self;
            #[inline(always)]
            fn $name(self) -> Self { let $a = self; $value }
        }
    };
}

operators! { one Z8: Add add _mm512_add_pd; Sub sub _mm512_sub_pd; Mul mul _mm512_mul_pd; Div div _mm512_div_pd; }
operators! { two Y8: Add add _mm256_add_pd; Sub sub _mm256_sub_pd; Mul mul _mm256_mul_pd; Div div _mm256_div_pd; }
operators! { one ZBits:
    Add add _mm512_add_epi64; Sub sub _mm512_sub_epi64;
    BitAnd bitand _mm512_and_si512; BitOr bitor _mm512_or_si512; BitXor bitxor _mm512_xor_si512;
}
operators! { two YBits:
    Add add _mm256_add_epi64; Sub sub _mm256_sub_epi64;
    BitAnd bitand _mm256_and_si256; BitOr bitor _mm256_or_si256; BitXor bitxor _mm256_xor_si256;
}
operators! { mask ZMask: BitAnd bitand &; BitOr bitor |; BitXor bitxor ^; }
operators! { not ZMask: Not not |a| Self(!a.0) }
operators! { not YBits: Not not |a| a ^ Self::splat(u64::MAX) }
operators! { not Z8: Neg neg |a| Self::from_bits(a.to_bits() ^ ZBits::splat(1 << 63)) }
operators! { not Y8: Neg neg |a| Self::from_bits(a.to_bits() ^ YBits::splat(1 << 63)) }

#[rustfmt::skip]
impl Lanes for Z8 {
    type Mask = ZMask;
    type Bits = ZBits;

    #[inline(always)] fn splat(x: f64) -> Self { instructions!(Self(_mm512_set1_pd(x))) }
    #[inline(always)] fn load(row: &Row) -> Self { instructions!(Self(_mm512_load_pd(row.0.as_ptr()))) }
    #[inline(always)] fn store(self, row: &mut Row) { instructions!(_mm512_store_pd(row.0.as_mut_ptr(), self.0)) }
    #[inline(always)] fn from_array(x: [f64; LANES]) -> Self { instructions!(Self(transmute::<[f64; LANES], __m512d>(x))) }
    #[inline(always)] fn to_array(self) -> [f64; LANES] { instructions!(transmute::<__m512d, [f64; LANES]>(self.0)) }
    #[inline(always)] fn gather(table: &[f64], index: ZBits) -> Self {
        assert!(!table.is_empty(), "a table to read from is not empty");
        instructions!({
            let index = _mm512_min_epu64(index.0, _mm512_set1_epi64(table.len() as i64 - 1));
            Self(_mm512_i64gather_pd::<8>(index, table.as_ptr()))
        })
    }
    #[inline(always)] fn transpose([a, b, c, d, e, f, g, h]: [Self; LANES]) -> [Self; LANES] {
        let (even, odd) = instructions!((
            [_mm512_unpacklo_pd(a.0, b.0), _mm512_unpacklo_pd(c.0, d.0), _mm512_unpacklo_pd(e.0, f.0), _mm512_unpacklo_pd(g.0, h.0)],
            [_mm512_unpackhi_pd(a.0, b.0), _mm512_unpackhi_pd(c.0, d.0), _mm512_unpackhi_pd(e.0, f.0), _mm512_unpackhi_pd(g.0, h.0)],
        ));
        let ([a, c, e, g], [b, d, f, h]) = (quarters(even), quarters(odd));
        [a, b, c, d, e, f, g, h]
    }
    #[inline(always)] fn mul_add(self, a: Self, b: Self) -> Self { instructions!(Self(_mm512_fmadd_pd(self.0, a.0, b.0))) }
    #[inline(always)] fn min(self, b: Self) -> Self { instructions!(Self(_mm512_min_pd(self.0, b.0))) }
    #[inline(always)] fn max(self, b: Self) -> Self { instructions!(Self(_mm512_max_pd(self.0, b.0))) }
    #[inline(always)] fn floor(self) -> Self { instructions!(Self(_mm512_roundscale_pd::<0x09>(self.0))) }
    #[inline(always)] fn round(self) -> Self { instructions!(Self(_mm512_roundscale_pd::<0x08>(self.0))) }
    #[inline(always)] fn sqrt(self) -> Self { instructions!(Self(_mm512_sqrt_pd(self.0))) }
    #[inline(always)] fn lt(self, b: Self) -> ZMask { instructions!(ZMask(_mm512_cmp_pd_mask::<_CMP_LT_OQ>(self.0, b.0))) }
    #[inline(always)] fn le(self, b: Self) -> ZMask { instructions!(ZMask(_mm512_cmp_pd_mask::<_CMP_LE_OQ>(self.0, b.0))) }
    #[inline(always)] fn eq(self, b: Self) -> ZMask { instructions!(ZMask(_mm512_cmp_pd_mask::<_CMP_EQ_OQ>(self.0, b.0))) }
    #[inline(always)] fn select(mask: ZMask, yes: Self, no: Self) -> Self {
        instructions!(Self(_mm512_mask_blend_pd(mask.0, no.0, yes.0)))
    }
    #[inline(always)] fn to_bits(self) -> ZBits { instructions!(ZBits(_mm512_castpd_si512(self.0))) }
    #[inline(always)] fn from_bits(bits: ZBits) -> Self { instructions!(Self(_mm512_castsi512_pd(bits.0))) }
}

/// Vector `k` is made of the 128 bits at place `k` of every vector.
#[inline(always)]
fn quarters([a, b, c, d]: [__m512d; 4]) -> [Z8; 4] {
    const EVEN: i32 = 0b10_00_10_00;
    const ODD: i32 = 0b11_01_11_01;
    instructions!({
        let (left, right) = (_mm512_shuffle_f64x2::<EVEN>(a, b), _mm512_shuffle_f64x2::<EVEN>(c, d));
        let (left_odd, right_odd) = (_mm512_shuffle_f64x2::<ODD>(a, b), _mm512_shuffle_f64x2::<ODD>(c, d));
        [
            Z8(_mm512_shuffle_f64x2::<EVEN>(left, right)),
            Z8(_mm512_shuffle_f64x2::<EVEN>(left_odd, right_odd)),
            Z8(_mm512_shuffle_f64x2::<ODD>(left, right)),
            Z8(_mm512_shuffle_f64x2::<ODD>(left_odd, right_odd)),
        ]
    })
}

impl Mask for ZMask {
    #[inline(always)]
    fn bits(self) -> u8 {
        self.0
    }
    #[inline(always)]
    fn from_bits(bits: u8) -> Self {
        Self(bits)
    }
}

#[rustfmt::skip]
impl Bits for ZBits {
    #[inline(always)] fn splat(x: u64) -> Self { instructions!(Self(_mm512_set1_epi64(x as i64))) }
    #[inline(always)] fn from_array(x: [u64; LANES]) -> Self { instructions!(Self(transmute::<[u64; LANES], __m512i>(x))) }
    #[inline(always)] fn to_array(self) -> [u64; LANES] { instructions!(transmute::<__m512i, [u64; LANES]>(self.0)) }
    #[inline(always)] fn shl(self, by: u32) -> Self { instructions!(Self(_mm512_sll_epi64(self.0, _mm_cvtsi32_si128(by as i32)))) }
    #[inline(always)] fn shr(self, by: u32) -> Self { instructions!(Self(_mm512_srl_epi64(self.0, _mm_cvtsi32_si128(by as i32)))) }
    #[inline(always)] fn mul_low(self, b: Self) -> Self { instructions!(Self(_mm512_mul_epu32(self.0, b.0))) }
}

impl Y8 {
    #[inline(always)]
    fn mask<const HOLDS: i32>(self, b: Self) -> YBits {
        let both =
            instructions!(Y8(_mm256_cmp_pd::<HOLDS>(self.0, b.0), _mm256_cmp_pd::<HOLDS>(self.1, b.1)));
        both.to_bits()
    }
}

#[rustfmt::skip]
impl Lanes for Y8 {
    type Mask = YBits;
    type Bits = YBits;

    #[inline(always)] fn splat(x: f64) -> Self { instructions!(Self(_mm256_set1_pd(x), _mm256_set1_pd(x))) }
    #[inline(always)] fn load(row: &Row) -> Self {
        instructions!(Self(_mm256_load_pd(row.0.as_ptr()), _mm256_load_pd(row.0.as_ptr().add(4))))
    }
    #[inline(always)] fn store(self, row: &mut Row) {
        instructions!({
            _mm256_store_pd(row.0.as_mut_ptr(), self.0);
            _mm256_store_pd(row.0.as_mut_ptr().add(4), self.1);
        })
    }
    #[inline(always)] fn from_array(x: [f64; LANES]) -> Self {
        let [low, high] = instructions!(transmute::<[f64; LANES], [__m256d; 2]>(x));
        Self(low, high)
    }
    #[inline(always)] fn to_array(self) -> [f64; LANES] { instructions!(transmute::<[__m256d; 2], [f64; LANES]>([self.0, self.1])) }
    #[inline(always)] fn gather(table: &[f64], index: YBits) -> Self {
        let last = table.len() - 1;
        Self::from_array(index.to_array().map(|i| table[(i as usize).min(last)]))
    }
    #[inline(always)] fn mul_add(self, a: Self, b: Self) -> Self {
        instructions!(Self(_mm256_fmadd_pd(self.0, a.0, b.0), _mm256_fmadd_pd(self.1, a.1, b.1)))
    }
    #[inline(always)] fn min(self, b: Self) -> Self { instructions!(Self(_mm256_min_pd(self.0, b.0), _mm256_min_pd(self.1, b.1))) }
    #[inline(always)] fn max(self, b: Self) -> Self { instructions!(Self(_mm256_max_pd(self.0, b.0), _mm256_max_pd(self.1, b.1))) }
    #[inline(always)] fn floor(self) -> Self { instructions!(Self(_mm256_round_pd::<0x09>(self.0), _mm256_round_pd::<0x09>(self.1))) }
    #[inline(always)] fn round(self) -> Self { instructions!(Self(_mm256_round_pd::<0x08>(self.0), _mm256_round_pd::<0x08>(self.1))) }
    #[inline(always)] fn sqrt(self) -> Self { instructions!(Self(_mm256_sqrt_pd(self.0), _mm256_sqrt_pd(self.1))) }
    #[inline(always)] fn lt(self, b: Self) -> YBits { self.mask::<_CMP_LT_OQ>(b) }
    #[inline(always)] fn le(self, b: Self) -> YBits { self.mask::<_CMP_LE_OQ>(b) }
    #[inline(always)] fn eq(self, b: Self) -> YBits { self.mask::<_CMP_EQ_OQ>(b) }
    #[inline(always)] fn select(mask: YBits, yes: Self, no: Self) -> Self {
        let mask = Self::from_bits(mask);
        instructions!(Self(_mm256_blendv_pd(no.0, yes.0, mask.0), _mm256_blendv_pd(no.1, yes.1, mask.1)))
    }
    #[inline(always)] fn to_bits(self) -> YBits { instructions!(YBits(_mm256_castpd_si256(self.0), _mm256_castpd_si256(self.1))) }
    #[inline(always)] fn from_bits(bits: YBits) -> Self { instructions!(Self(_mm256_castsi256_pd(bits.0), _mm256_castsi256_pd(bits.1))) }
}

impl Mask for YBits {
    #[inline(always)]
    fn bits(self) -> u8 {
        let signs = Y8::from_bits(self);
        instructions!(_mm256_movemask_pd(signs.0) | _mm256_movemask_pd(signs.1) << 4) as u8
    }
    #[inline(always)]
    fn from_bits(bits: u8) -> Self {
        Self::from_array(std::array::from_fn(|i| u64::from(bits >> i & 1).wrapping_neg()))
    }
}

#[rustfmt::skip]
impl Bits for YBits {
    #[inline(always)] fn splat(x: u64) -> Self { instructions!(Self(_mm256_set1_epi64x(x as i64), _mm256_set1_epi64x(x as i64))) }
    #[inline(always)] fn from_array(x: [u64; LANES]) -> Self {
        let [low, high] = instructions!(transmute::<[u64; LANES], [__m256i; 2]>(x));
        Self(low, high)
    }
    #[inline(always)] fn to_array(self) -> [u64; LANES] { instructions!(transmute::<[__m256i; 2], [u64; LANES]>([self.0, self.1])) }
    #[inline(always)] fn shl(self, by: u32) -> Self {
        instructions!({
            let by = _mm_cvtsi32_si128(by as i32);
            Self(_mm256_sll_epi64(self.0, by), _mm256_sll_epi64(self.1, by))
        })
    }
    #[inline(always)] fn shr(self, by: u32) -> Self {
        instructions!({
            let by = _mm_cvtsi32_si128(by as i32);
            Self(_mm256_srl_epi64(self.0, by), _mm256_srl_epi64(self.1, by))
        })
    }
    #[inline(always)] fn mul_low(self, b: Self) -> Self { instructions!(Self(_mm256_mul_epu32(self.0, b.0), _mm256_mul_epu32(self.1, b.1))) }
}
