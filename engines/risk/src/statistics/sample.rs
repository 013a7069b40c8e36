//! One column of a run, kept or counted, and the figures taken from it.

use crate::run::{Bins, Counts, Estimate, Sampling, Tally};
use crate::{CHUNK, Measure};

use super::select::{between, place, quantiles};
use super::summary::{Answer, MOST_UNDEFINED};

/// The paths of a column.
#[derive(Clone, Copy)]
pub(crate) enum Figures<'a> {
    Kept(&'a [f64]),
    Counted(&'a Counts),
}

/// A column of a run.
#[derive(Clone, Copy)]
pub(crate) struct Sample<'a> {
    pub(crate) measure: Measure,
    pub(crate) sampling: Sampling,
    pub(crate) tallies: &'a [Tally],
    pub(crate) paths: Figures<'a>,
}

/// The standard error of the mean of what independent groups say.
pub(crate) fn spread(found: &[f64]) -> Option<f64> {
    let tally = Tally::of(Measure::Received, found);
    let error = tally.deviation()? / (tally.defined as f64).sqrt();
    (tally.undefined == 0).then_some(error)
}

impl<'a> Sample<'a> {
    pub(crate) fn tally(&self) -> Tally {
        Tally::merged(self.tallies)
    }

    /// Whether a path without a number comes after all others instead of being undefined.
    pub(super) fn is_never(&self) -> bool {
        self.measure == Measure::PaybackMonths
    }

    fn group_figures(&self, figure: impl Fn(&Tally) -> Option<f64>) -> Vec<f64> {
        self.tallies.iter().filter(|tally| tally.defined > 0).filter_map(figure).collect()
    }

    /// The mean; of a recouped flag, the probability.
    pub(crate) fn mean(&self) -> Option<Estimate> {
        let all = self.tally();
        if all.defined == 0 {
            return None;
        }
        let count = all.defined as f64;
        let error = match self.sampling {
            // No path in n, or every one, does not make sure: the error is that of one path more of either kind
            // (Laplace's rule of succession), about 1/n.
            _ if self.measure == Measure::Recouped && all.squares == 0.0 => {
                let share = 1.0 / (count + 2.0);
                Some((share * (1.0 - share) / count).sqrt())
            }
            Sampling::Independent => all.deviation().map(|deviation| deviation / count.sqrt()),
            Sampling::Scrambled { .. } => spread(&self.group_figures(|tally| Some(tally.mean))),
        };
        Some(Estimate { value: all.mean, error })
    }

    /// A share of all paths, counted by tally: total losses, undefined ones, those that fall short.
    pub(crate) fn share(&self, count: impl Fn(&Tally) -> u64) -> Option<Estimate> {
        let all = self.tally();
        let (paths, met) = (all.paths(), count(&all));
        if paths == 0 {
            return None;
        }
        let of = |met: u64, paths: u64| met as f64 / paths as f64;
        let value = of(met, paths);
        let error = match self.sampling {
            _ if met == 0 || met == paths => {
                let share = 1.0 / (paths as f64 + 2.0);
                Some((share * (1.0 - share) / paths as f64).sqrt())
            }
            Sampling::Independent => Some((value * (1.0 - value) / paths as f64).sqrt()),
            Sampling::Scrambled { .. } => {
                let groups = self.tallies.iter().filter(|tally| tally.paths() > 0);
                spread(&groups.map(|tally| of(count(tally), tally.paths())).collect::<Vec<_>>())
            }
        };
        Some(Estimate { value, error })
    }

    /// The deviation of the paths, with its error over scrambles or batches.
    pub(crate) fn deviation(&self) -> Option<Estimate> {
        let value = self.tally().deviation()?;
        Some(Estimate { value, error: spread(&self.group_figures(Tally::deviation)) })
    }

    /// Type-7 quantiles.
    pub(crate) fn quantiles(&self, wanted: &[f64]) -> Vec<Answer> {
        if wanted.is_empty() {
            return Vec::new();
        }
        let all = self.tally();
        let undefined = if self.is_never() { 0.0 } else { all.undefined as f64 / all.paths().max(1) as f64 };
        if all.paths() == 0 || (all.defined == 0 && !self.is_never()) {
            return vec![Answer::Nothing; wanted.len()];
        }
        if undefined > MOST_UNDEFINED {
            return vec![Answer::Withheld { undefined }; wanted.len()];
        }
        let count = (if self.is_never() { all.paths() } else { all.defined }) as f64;
        let mut asked = wanted.to_vec();
        if self.sampling == Sampling::Independent {
            // Woodruff's interval: the quantile's error is that of the share below it, read off the values.
            let step = |p: f64| (p * (1.0 - p) / count).sqrt();
            asked.extend(wanted.iter().flat_map(|p| [p - step(*p), p + step(*p)]));
        }
        let values = self.values_at(&asked, None);
        let errors: Vec<Option<f64>> = match self.sampling {
            Sampling::Independent => {
                let around = values[wanted.len()..].chunks_exact(2);
                around.map(|pair| Some((pair[1] - pair[0]) / 2.0).filter(|error| error.is_finite())).collect()
            }
            Sampling::Scrambled { .. } => {
                let groups: Vec<Vec<f64>> = (0..self.sampling.groups() as usize)
                    .map(|group| self.values_at(wanted, Some(group)))
                    .filter(|found| !found.is_empty())
                    .collect();
                let of = |place: usize| groups.iter().map(|found| found[place]).collect::<Vec<_>>();
                (0..wanted.len()).map(|place| spread(&of(place))).collect()
            }
        };
        let told = |(value, error): (&f64, Option<f64>)| {
            if value.is_finite() { Answer::Known(Estimate { value: *value, error }) } else { Answer::Never }
        };
        values.iter().zip(errors).map(told).collect()
    }

    /// Quantiles of all paths or of one group; empty where it has none.
    pub(super) fn values_at(&self, wanted: &[f64], group: Option<usize>) -> Vec<f64> {
        match self.paths {
            Figures::Kept(values) => quantiles(&mut self.gathered(values, group), wanted),
            Figures::Counted(counted) => {
                let tally = match group {
                    Some(group) => self.tallies[group],
                    None => self.tally(),
                };
                let counts = summed(counted, group);
                let later = if self.is_never() { tally.undefined } else { 0 };
                wanted.iter().filter_map(|p| read_off(counted.bins, &counts, &tally, later, *p)).collect()
            }
        }
    }

    /// The numbers of all paths or of one group; what never comes stands after all of them.
    pub(super) fn gathered(&self, values: &[f64], group: Option<usize>) -> Vec<f64> {
        let never = self.is_never();
        let clean = |value: &f64| match (value.is_finite(), never) {
            (true, _) => Some(*value),
            (false, true) => Some(f64::INFINITY),
            (false, false) => None,
        };
        match group {
            None => values.iter().filter_map(clean).collect(),
            Some(group) => {
                let round = self.sampling.groups() as usize;
                let chunks = values.chunks(CHUNK).skip(group).step_by(round);
                chunks.flatten().filter_map(clean).collect()
            }
        }
    }

    /// The mean of the worst paths, a share `part` of them: of n values, the n·part lowest, the last one in part.
    pub(crate) fn shortfall(&self, part: f64) -> Answer {
        let all = self.tally();
        let undefined = all.undefined as f64 / all.paths().max(1) as f64;
        if all.defined == 0 {
            return Answer::Nothing;
        }
        if undefined > MOST_UNDEFINED {
            return Answer::Withheld { undefined };
        }
        let Some((value, quantile)) = self.worst(part, None) else { return Answer::Nothing };
        let error = match self.sampling {
            Sampling::Independent => self.influence(part, quantile),
            Sampling::Scrambled { .. } => {
                let groups = 0..self.sampling.groups() as usize;
                let found: Vec<f64> =
                    groups.filter_map(|group| Some(self.worst(part, Some(group))?.0)).collect();
                spread(&found)
            }
        };
        Answer::Known(Estimate { value, error })
    }

    /// The mean of the worst, and the value up to which they reach.
    fn worst(&self, part: f64, group: Option<usize>) -> Option<(f64, f64)> {
        match self.paths {
            Figures::Kept(values) => worst_of(&mut self.gathered(values, group), part),
            Figures::Counted(counted) => {
                let tally = group.map_or_else(|| self.tally(), |group| self.tallies[group]);
                worst_counted(counted.bins, &summed(counted, group), &tally, part)
            }
        }
    }

    /// Standard error of the expected shortfall of independent paths: the variance of what they fall below the
    /// quantile (Chen 2008).
    fn influence(&self, part: f64, quantile: f64) -> Option<f64> {
        let below = |value: f64| if value < quantile { quantile - value } else { 0.0 };
        let (count, sum, squares) = match self.paths {
            Figures::Kept(values) => {
                let values = self.gathered(values, None);
                let off = values.iter().map(|value| below(*value));
                off.fold((0.0, 0.0, 0.0), |(n, sum, squares), off| (n + 1.0, sum + off, squares + off * off))
            }
            Figures::Counted(counted) => {
                let all = self.tally();
                let counts = summed(counted, None);
                let middle = |index: usize| {
                    let (low, high) = counted.bins.edges(index, all.least, all.most);
                    below(f64::midpoint(low, high))
                };
                let met = counts.iter().enumerate().filter(|(_, count)| **count > 0);
                met.fold((0.0, 0.0, 0.0), |(n, sum, squares), (index, count)| {
                    let (off, count) = (middle(index), *count as f64);
                    (n + count, sum + off * count, squares + off * off * count)
                })
            }
        };
        let mean = sum / count;
        let variance = (squares / count - mean * mean).max(0.0);
        (count > 1.0).then(|| (variance / count).sqrt() / part)
    }
}

/// The mean of the lowest values, and the highest of these.
pub(super) fn worst_of(values: &mut [f64], part: f64) -> Option<(f64, f64)> {
    let wanted = values.len() as f64 * part;
    let whole = (wanted.floor() as usize).min(values.len().checked_sub(1)?);
    let (below, next, _) = values.select_nth_unstable_by(whole, f64::total_cmp);
    // Summed in order, so that the sum is one of the values alone.
    below.sort_unstable_by(f64::total_cmp);
    let next = *next;
    let rest = wanted - whole as f64;
    let sum: f64 = below.iter().map(|value| value - next).sum();
    Some((next + sum / (whole as f64 + rest), next))
}

/// How often each bin was met by one scramble, or by all paths.
pub(super) fn summed(counted: &Counts, group: Option<usize>) -> Vec<u64> {
    match group {
        Some(group) if group < counted.groups() => {
            counted.of(group).iter().map(|count| u64::from(*count)).collect()
        }
        _ => {
            let mut sums = vec![0; Bins::ALL];
            for group in 0..counted.groups() {
                sums.iter_mut().zip(counted.of(group)).for_each(|(sum, count)| *sum += u64::from(*count));
            }
            sums
        }
    }
}

/// A quantile as far as bins tell it: their values are taken as spread evenly.
fn read_off(bins: Bins, counts: &[u64], tally: &Tally, later: u64, p: f64) -> Option<f64> {
    let all = tally.defined + later;
    if all == 0 {
        return None;
    }
    let (rank, part) = place(all, p);
    let at = |rank: u64| {
        let mut before = 0;
        for (index, count) in counts.iter().enumerate().filter(|(_, count)| **count > 0) {
            if rank < before + count {
                let (low, high) = bins.edges(index, tally.least, tally.most);
                let share = ((rank - before) as f64 + 0.5) / *count as f64;
                return low + (high - low) * share;
            }
            before += count;
        }
        f64::INFINITY
    };
    Some(between(at(rank), (rank + 1 < all).then(|| at(rank + 1)), part))
}

fn worst_counted(bins: Bins, counts: &[u64], tally: &Tally, part: f64) -> Option<(f64, f64)> {
    let wanted = tally.defined as f64 * part;
    let (mut taken, mut sum) = (0.0, 0.0);
    for (index, count) in counts.iter().enumerate().filter(|(_, count)| **count > 0) {
        let (low, high) = bins.edges(index, tally.least, tally.most);
        let (count, left) = (*count as f64, wanted - taken);
        if count >= left {
            let reach = low + (high - low) * (left / count);
            return Some(((sum + left * f64::midpoint(low, reach)) / wanted, reach));
        }
        sum += count * f64::midpoint(low, high);
        taken += count;
    }
    None
}
