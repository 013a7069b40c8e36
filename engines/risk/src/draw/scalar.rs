//! Single values through the functions in lanes, for what is prepared before paths are drawn.

use crate::numeric;
use recoup_lanes::{Kernel, LANES, Lanes, dispatch};

struct Ln(f64);

impl Kernel for Ln {
    type Output = f64;

    #[inline(always)]
    fn run<L: Lanes>(self) -> f64 {
        let [first, ..]: [f64; LANES] = numeric::ln(L::splat(self.0)).to_array();
        first
    }
}

/// `ln x`, with the same bits on every machine.
pub(super) fn ln(x: f64) -> f64 {
    dispatch(Ln(x))
}
