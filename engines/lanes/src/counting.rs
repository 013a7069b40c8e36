//! Lanes that count what is asked of them: the work in a kernel, exactly.

use crate::portable::A8;
use crate::{Bits, Kernel, LANES, Lanes, Mask, Row};
use std::cell::Cell;
use std::ops::{Add, BitAnd, BitOr, BitXor, Div, Mul, Neg, Not, Sub};

/// Operations on eight lanes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// Sums, differences and products, each alone.
    pub sums_and_products: u64,
    /// Products added to, rounded once.
    pub mul_adds: u64,
    /// `min`, `max`, rounding, sign.
    pub others: u64,
    /// Comparisons.
    pub compares: u64,
    /// Selections by a mask.
    pub selects: u64,
    /// Divisions.
    pub divisions: u64,
    /// Square roots.
    pub roots: u64,
    /// Operations on whole numbers and bits, shifts among them.
    pub bits: u64,
    /// Products of whole numbers.
    pub bit_products: u64,
    /// Reads of eight numbers.
    pub loads: u64,
    /// Writes of eight numbers.
    pub stores: u64,
    /// Reads of a table at eight places.
    pub gathers: u64,
}

impl Counts {
    /// Operations that take a floating-point port for one turn: all but divisions, roots, whole numbers and memory.
    pub fn port_operations(&self) -> u64 {
        self.sums_and_products + self.mul_adds + self.others + self.compares + self.selects
    }
}

thread_local! {
    static COUNTS: Cell<Counts> = const { Cell::new(ZERO) };
}

const ZERO: Counts = Counts {
    sums_and_products: 0,
    mul_adds: 0,
    others: 0,
    compares: 0,
    selects: 0,
    divisions: 0,
    roots: 0,
    bits: 0,
    bit_products: 0,
    loads: 0,
    stores: 0,
    gathers: 0,
};

fn add(field: impl Fn(&mut Counts) -> &mut u64) {
    COUNTS.with(|cell| {
        let mut counts = cell.get();
        *field(&mut counts) += 1;
        cell.set(counts);
    });
}

/// Runs a kernel on lanes that count: what it gives, and what it took on this thread.
pub fn count<K: Kernel>(kernel: K) -> (K::Output, Counts) {
    let before = COUNTS.with(|cell| cell.replace(ZERO));
    let output = kernel.run::<Counting>();
    let counts = COUNTS.with(|cell| cell.replace(before));
    (output, counts)
}

#[derive(Clone, Copy)]
struct Counting(A8);
#[derive(Clone, Copy)]
struct CountingBits(<A8 as Lanes>::Bits);
/// Masks are counted where they are made and used: between, they are in registers of their own.
#[derive(Clone, Copy)]
struct CountingMask(<A8 as Lanes>::Mask);

macro_rules! operators {
    ($type:ident: $($trait:ident $name:ident $op:tt $($field:ident)?;)*) => {$(
        impl $trait for $type {
            type Output = Self;
            fn $name(self, b: Self) -> Self {
                $(add(|counts| &mut counts.$field);)?
                Self(self.0 $op b.0)
            }
        }
    )*};
}
operators! { Counting:
    Add add + sums_and_products; Sub sub - sums_and_products; Mul mul * sums_and_products; Div div / divisions;
}
operators! { CountingBits: Add add + bits; Sub sub - bits; BitAnd bitand & bits; BitOr bitor | bits; BitXor bitxor ^ bits; }
operators! { CountingMask: BitAnd bitand &; BitOr bitor |; BitXor bitxor ^; }

impl Neg for Counting {
    type Output = Self;
    fn neg(self) -> Self {
        add(|counts| &mut counts.others);
        Self(-self.0)
    }
}

impl Not for CountingMask {
    type Output = Self;
    fn not(self) -> Self {
        Self(!self.0)
    }
}

macro_rules! counted {
    ($($name:ident($($arg:ident: $type:ty),*) -> $out:ty = $field:ident $value:expr;)*) => {$(
        fn $name($($arg: $type),*) -> $out {
            add(|counts| &mut counts.$field);
            $value
        }
    )*};
    (self $($name:ident($($arg:ident: $type:ty),*) -> $out:ident = $field:ident;)*) => {$(
        fn $name(self, $($arg: $type),*) -> $out {
            add(|counts| &mut counts.$field);
            $out(self.0.$name($($arg.0),*))
        }
    )*};
}

impl Lanes for Counting {
    type Mask = CountingMask;
    type Bits = CountingBits;

    fn splat(x: f64) -> Self {
        Self(A8::splat(x))
    }
    fn store(self, row: &mut Row) {
        add(|counts| &mut counts.stores);
        self.0.store(row);
    }
    fn to_array(self) -> [f64; LANES] {
        add(|counts| &mut counts.stores);
        self.0.to_array()
    }
    fn to_bits(self) -> CountingBits {
        CountingBits(self.0.to_bits())
    }
    fn from_bits(bits: CountingBits) -> Self {
        Self(A8::from_bits(bits.0))
    }
    counted! {
        load(row: &Row) -> Self = loads Self(A8::load(row));
        from_array(x: [f64; LANES]) -> Self = loads Self(A8::from_array(x));
        gather(table: &[f64], index: CountingBits) -> Self = gathers Self(A8::gather(table, index.0));
        select(mask: CountingMask, yes: Self, no: Self) -> Self = selects Self(A8::select(mask.0, yes.0, no.0));
    }
    counted! { self
        mul_add(a: Self, b: Self) -> Self = mul_adds;
        min(b: Self) -> Self = others;
        max(b: Self) -> Self = others;
        floor() -> Self = others;
        round() -> Self = others;
        sqrt() -> Self = roots;
        lt(b: Self) -> CountingMask = compares;
        le(b: Self) -> CountingMask = compares;
        eq(b: Self) -> CountingMask = compares;
    }
}

impl Mask for CountingMask {
    fn bits(self) -> u8 {
        self.0.bits()
    }
    fn from_bits(bits: u8) -> Self {
        Self(Mask::from_bits(bits))
    }
}

impl Bits for CountingBits {
    fn splat(x: u64) -> Self {
        Self(Bits::splat(x))
    }
    fn from_array(x: [u64; LANES]) -> Self {
        add(|counts| &mut counts.loads);
        Self(Bits::from_array(x))
    }
    fn to_array(self) -> [u64; LANES] {
        add(|counts| &mut counts.stores);
        self.0.to_array()
    }
    fn shl(self, by: u32) -> Self {
        add(|counts| &mut counts.bits);
        Self(self.0.shl(by))
    }
    fn shr(self, by: u32) -> Self {
        add(|counts| &mut counts.bits);
        Self(self.0.shr(by))
    }
    fn mul_low(self, b: Self) -> Self {
        add(|counts| &mut counts.bit_products);
        Self(self.0.mul_low(b.0))
    }
}
