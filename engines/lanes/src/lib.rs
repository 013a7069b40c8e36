//! Eight doubles at once, with the same bits on every processor.
//!
//! [`Lanes`] is eight `f64` on which arithmetic works side by side; [`dispatch`] runs a [`Kernel`] with the widest
//! registers that this processor has: AVX-512 (F, DQ, BW, VL), AVX2 with FMA (two registers for eight lanes), or plain
//! arrays, which every other processor gets. Eight lanes are eight lanes on all of them, so what a kernel computes does
//! not depend on where it runs: every operation is the IEEE 754 one, a product and a sum are fused only where
//! [`Lanes::mul_add`] says so, and `min`, `max` and comparisons are defined down to NaN and signed zeros. One thing IEEE
//! leaves open: the payload and the sign of a NaN. A kernel that gives NaN writes the constant.
//!
//! ```
//! use recoup_lanes::{Backend, Buffer, Kernel, Lanes, dispatch_on};
//!
//! /// Sums the squares in every lane.
//! struct SumOfSquares<'a>(&'a Buffer);
//!
//! impl Kernel for SumOfSquares<'_> {
//!     type Output = [f64; 8];
//!
//!     #[inline(always)]
//!     fn run<L: Lanes>(self) -> [f64; 8] {
//!         let mut sum = L::splat(0.0);
//!         for row in self.0.iter() {
//!             let x = L::load(row);
//!             sum = x.mul_add(x, sum);
//!         }
//!         sum.to_array()
//!     }
//! }
//!
//! let mut rows = Buffer::zeroed(3);
//! rows.as_mut_flat().copy_from_slice(&[2.0; 24]);
//! for backend in Backend::available() {
//!     assert_eq!(dispatch_on(backend, SumOfSquares(&rows)), [12.0; 8]);
//! }
//! ```
//!
//! # Writing a kernel
//! `run` and all that it calls with `L` are `#[inline(always)]`: only what is inlined into the entry of [`dispatch`] is
//! compiled for the wide registers. What is not is right, but twenty times slower: every operation becomes a call. So
//! closures that hold arithmetic in lanes are avoided, also those given to `map` or `from_fn` (a closure called from
//! two places, or a large one, is compiled on its own): write the loop out, or a macro.
//!
//! # Why not a published crate
//! `pulp` dispatches in this way, but gives every processor its own number of lanes, so a loop that ends when all
//! lanes are done would do other work on another machine; `wide` decides at compile time what the processor has, and
//! the program is built once for all; `fearless_simd` has eight lanes everywhere, but asks of AVX-512 what only
//! Ice Lake and later have. None counts its operations, which is how the arithmetic limit of a kernel is found
//! ([`count`]).
#![deny(missing_docs)]

mod buffer;
mod counting;
mod dispatch;
mod lanes;
mod portable;
#[cfg(target_arch = "x86_64")]
mod x86;

pub use buffer::{Buffer, Row, prefetch};
pub use counting::{Counts, count};
pub use dispatch::{Backend, Kernel, dispatch, dispatch_on};
pub use lanes::{Bits, LANES, Lanes, Mask};
