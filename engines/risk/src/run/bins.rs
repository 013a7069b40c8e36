//! Where a value falls in a histogram of fixed width.

use super::Tally;

/// Bins between two bounds, one for what lies below and one for what lies above.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Bins {
    low: f64,
    scale: f64,
    width: f64,
}

impl Bins {
    /// Bins between the bounds.
    pub(crate) const INNER: usize = 4096;
    /// With the two outside.
    pub(crate) const ALL: usize = Self::INNER + 2;

    pub(crate) fn between(low: f64, high: f64) -> Self {
        let span = high - low;
        // A histogram of one value still needs a width; a bin's edges need not be told apart from it.
        let span = if span > 0.0 && span.is_finite() { span } else { low.abs().max(1.0) };
        let width = span / Self::INNER as f64;
        let scale = Self::INNER as f64 / span;
        Self { low, scale, width }
    }

    /// Bounds with room for what a first look has not met.
    pub(crate) fn around(seen: &Tally) -> Self {
        if seen.defined == 0 {
            return Self::between(0.0, 1.0);
        }
        let margin = (seen.most - seen.least) / 8.0;
        Self::between(seen.least - margin, seen.most + margin)
    }

    /// The bin of a finite value: 0 below, then the inner ones, the last one above.
    pub(crate) fn index(&self, value: f64) -> usize {
        let place = (value - self.low) * self.scale;
        if place < 0.0 {
            return 0;
        }
        // A float beyond the integers saturates, so that what lies far above stays above.
        (place as usize).min(Self::INNER) + 1
    }

    /// The lower and upper edge of a bin; what lies outside ends at the least and the most value.
    pub(crate) fn edges(&self, index: usize, least: f64, most: f64) -> (f64, f64) {
        let edge = |number: usize| self.low + self.width * number as f64;
        match index {
            0 => (least, self.low.min(most)),
            Self::INNER.. if index > Self::INNER => (edge(Self::INNER).max(least), most),
            inner => (edge(inner - 1).max(least), edge(inner).min(most)),
        }
    }

    pub(crate) fn parts(&self) -> [f64; 3] {
        [self.low, self.scale, self.width]
    }

    pub(crate) fn from_parts([low, scale, width]: [f64; 3]) -> Self {
        Self { low, scale, width }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_larger_value_never_falls_into_a_lower_bin(
            low in -1e9..1e9_f64, span in 1e-9..1e9_f64, one in -2.0..3.0_f64, other in -2.0..3.0_f64,
        ) {
            let bins = Bins::between(low, low + span);
            let (one, other) = (low + one * span, low + other * span);
            let (less, more) = if one < other { (one, other) } else { (other, one) };
            prop_assert!(bins.index(less) <= bins.index(more));
            prop_assert!(bins.index(more) < Bins::ALL);
        }
    }

    #[test]
    fn bounds_and_what_lies_outside() {
        let bins = Bins::between(0.0, 4096.0);
        assert_eq!((bins.index(-0.1), bins.index(0.0), bins.index(0.99)), (0, 1, 1));
        assert_eq!((bins.index(4095.5), bins.index(4096.0), bins.index(1e300)), (4096, 4097, 4097));
        assert_eq!(bins.edges(1, -5.0, 9e9), (0.0, 1.0));
        assert_eq!(bins.edges(0, -5.0, 9e9), (-5.0, 0.0));
        assert_eq!(bins.edges(4097, -5.0, 9e9), (4096.0, 9e9));
        assert_eq!(Bins::between(3.0, 3.0).index(3.0), 1);
    }
}
