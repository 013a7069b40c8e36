//! A histogram as it is drawn.

use crate::Measure;
use crate::run::Run;

use super::sample::{Figures, summed};

/// Paths by value, in bins of equal width with round edges.
#[derive(Debug, Clone, PartialEq)]
pub struct Histogram {
    /// The lower edge of the first bin.
    pub from: f64,
    /// The upper edge of the last one.
    pub to: f64,
    /// Paths in each bin; the lower edge belongs to it.
    pub counts: Vec<u64>,
    /// Paths below.
    pub below: u64,
    /// Paths above.
    pub above: u64,
    /// Paths in which nothing came back, which stand apart: they are in no bin.
    pub lost: u64,
    /// Paths without a defined value.
    pub undefined: u64,
}

/// Bins that a picture has at most.
const MOST_BINS: usize = 80;

/// Of which share of the paths on each side the picture does without.
const TAIL: f64 = 0.002;

/// The histogram of the column at a place of the run; none where no path has a value.
pub fn histogram(run: &Run, place: usize) -> Option<Histogram> {
    let sample = run.sample(place);
    let all = sample.tally();
    let values: Vec<(f64, u64)> = match sample.paths {
        Figures::Kept(values) => {
            values.iter().filter(|value| value.is_finite()).map(|value| (*value, 1)).collect()
        }
        Figures::Counted(counted) => summed(counted, None)
            .into_iter()
            .enumerate()
            .filter(|(_, count)| *count > 0)
            .map(|(index, count)| {
                let (low, high) = counted.bins.edges(index, all.least, all.most);
                (f64::midpoint(low, high), count)
            })
            .collect(),
    };
    let kept = matches!(sample.paths, Figures::Kept(_));
    let apart = |value: f64| kept && sample.measure.is_loss(value);
    let mut inner: Vec<f64> = values.iter().map(|(value, _)| *value).filter(|value| !apart(*value)).collect();
    if inner.is_empty() {
        inner.push(all.least);
    }
    if all.defined == 0 {
        return None;
    }
    let bounds = super::select::quantiles(&mut inner, &[TAIL, 1.0 - TAIL]);
    let (from, step, bins) = nice(bounds[0], bounds[1], sample.measure);
    let mut drawn = Histogram {
        from,
        to: from + step * bins as f64,
        counts: vec![0; bins],
        below: 0,
        above: 0,
        lost: if kept { all.lost } else { 0 },
        undefined: all.undefined,
    };
    for (value, count) in values.into_iter().filter(|(value, _)| !apart(*value)) {
        let place = (value - from) / step;
        if place < 0.0 {
            drawn.below += count;
        } else {
            match drawn.counts.get_mut(place as usize) {
                Some(bin) => *bin += count,
                None => drawn.above += count,
            }
        }
    }
    Some(drawn)
}

/// Round edges: steps of one, two or five with noughts. Months are counted whole.
fn nice(low: f64, high: f64, measure: Measure) -> (f64, f64, usize) {
    let span = (high - low).max(f64::MIN_POSITIVE);
    let rough =
        if span > low.abs() * 1e-12 { span / (MOST_BINS as f64 - 2.0) } else { low.abs().max(1.0) / 100.0 };
    let power = 10_f64.powf(rough.log10().floor());
    let mut step = [1.0, 2.0, 5.0, 10.0]
        .into_iter()
        .map(|times| times * power)
        .find(|step| *step >= rough)
        .unwrap_or(rough);
    if measure == Measure::PaybackMonths && step < 3.0 {
        step = 3.0;
    }
    let first = (low / step).floor();
    let bins = ((high / step).floor() - first + 1.0).clamp(1.0, MOST_BINS as f64);
    (first * step, step, bins as usize)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn edges_are_round_and_hold_what_they_must(low in -1e8..1e8_f64, span in 1e-3..1e8_f64) {
            let (from, step, bins) = nice(low, low + span, Measure::Npv);
            prop_assert!(bins <= MOST_BINS);
            prop_assert!(from <= low + step * 1e-6 && from + step * bins as f64 >= low + span - step * 1e-6);
            let digits = step / 10_f64.powf(step.log10().floor());
            prop_assert!([1.0, 2.0, 5.0, 10.0].iter().any(|digit| (digits - digit).abs() < 1e-9), "{}", step);
        }
    }

    #[test]
    fn one_value_has_one_bin() {
        let (from, step, bins) = nice(0.25, 0.25, Measure::Irr);
        assert_eq!(bins, 1);
        assert!(from <= 0.25 && 0.25 < from + step);
    }
}
