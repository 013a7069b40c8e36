//! Whether the ranking holds when the paths are drawn again.
//!
//! What rests on paths is known as well as their number allows. The paths of a run are drawn from themselves, with
//! replacement (Efron 1979, "Bootstrap methods: another look at the jackknife", Annals of Statistics 7(1):1–26): the same
//! paths for every scenario, since scenarios share their futures. Each time, what rests on paths is measured anew and
//! the scenarios are ranked anew.

use serde::Serialize;
use thiserror::Error;

use crate::compare::{Entry, Perspective, PerspectiveRefused, compare};
use crate::measure::{Chance, Measures};
use crate::optimise::Counter;

/// What the equity of one scenario came to on every path; the same path in every scenario.
#[derive(Debug, Clone, Copy)]
pub struct Drawn<'a> {
    /// Annual return; −1 is a total loss, NaN a return that is not defined.
    pub irr: &'a [f64],
    /// Received over put in; NaN where nothing was put in.
    pub multiple: &'a [f64],
    /// 1 where the money is back, else 0.
    pub recouped: &'a [f64],
}

/// Why nothing can be said.
#[derive(Debug, Clone, PartialEq, Eq, Error, Serialize)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum RobustnessRefused {
    /// Scenarios with different numbers of paths, or none.
    #[error("every scenario needs its return, multiple and recoupment on the same paths")]
    Paths,
    /// No times, or more than anybody waits for.
    #[error("paths are drawn again between 1 and {most} times")]
    Times {
        /// The most.
        most: u32,
    },
    /// The weights or scales cannot be used.
    #[error(transparent)]
    Perspective(#[from] PerspectiveRefused),
}

/// How firmly a ranking stands.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Robustness {
    /// How often the paths were drawn again.
    pub times: u32,
    /// For each entry: how often it came first, 0 to 1; equals share.
    pub first: Vec<f64>,
    /// For each entry: the least and the greatest rank it had, 1 the best; none where it never had one.
    pub ranks: Vec<Option<(usize, usize)>>,
    /// How often the order of all ranked scenarios was that of the run itself, 0 to 1.
    pub same_order: f64,
}

/// The most that paths are drawn again.
const MOST: u32 = 10_000;

/// The part of the paths that the expected shortfall is about.
const WORST: f64 = 0.05;

/// Share of undefined paths above which no quantile is told.
const MOST_UNDEFINED: f64 = 0.005;

/// Draws the paths again and ranks the scenarios each time.
///
/// # Errors
/// [`RobustnessRefused`].
pub fn robustness(
    entries: &[Entry<'_>],
    drawn: &[Drawn<'_>],
    perspective: &Perspective,
    times: u32,
    seed: u64,
) -> Result<Robustness, RobustnessRefused> {
    if !(1..=MOST).contains(&times) {
        return Err(RobustnessRefused::Times { most: MOST });
    }
    let paths = drawn.first().map_or(0, |one| one.irr.len());
    let whole =
        |one: &Drawn<'_>| [one.irr, one.multiple, one.recouped].iter().all(|column| column.len() == paths);
    if paths == 0 || drawn.len() != entries.len() || !drawn.iter().all(whole) {
        return Err(RobustnessRefused::Paths);
    }
    let ranks = |measures: &[Measures]| -> Result<Vec<Option<usize>>, PerspectiveRefused> {
        let pairs = entries.iter().zip(measures);
        let again: Vec<Entry<'_>> = pairs.map(|(entry, measures)| Entry { id: entry.id, measures }).collect();
        Ok(compare(&again, perspective)?.standings.iter().map(|standing| standing.rank).collect())
    };
    let mut measures: Vec<Measures> = entries.iter().map(|entry| entry.measures.clone()).collect();
    let own = ranks(&measures)?;
    let mut told = Robustness {
        times,
        first: vec![0.0; entries.len()],
        ranks: vec![None; entries.len()],
        same_order: 0.0,
    };
    let mut room = Vec::with_capacity(paths);
    for time in 0..times {
        let mut draw = Counter::new(seed, u64::from(time), 0);
        let picked: Vec<usize> = (0..paths).map(|_| draw.below(paths)).collect();
        for (measures, drawn) in measures.iter_mut().zip(drawn) {
            measure_again(measures, drawn, &picked, &mut room);
        }
        let again = ranks(&measures)?;
        let firsts = again.iter().filter(|rank| **rank == Some(1)).count();
        for (place, rank) in again.iter().enumerate() {
            let Some(rank) = *rank else { continue };
            if rank == 1 {
                told.first[place] += 1.0 / (firsts as f64 * f64::from(times));
            }
            let (least, most) = told.ranks[place].unwrap_or((rank, rank));
            told.ranks[place] = Some((least.min(rank), most.max(rank)));
        }
        told.same_order += f64::from(u8::from(again == own)) / f64::from(times);
    }
    Ok(told)
}

/// What rests on paths, on other paths. What was not told stays untold.
fn measure_again(measures: &mut Measures, drawn: &Drawn<'_>, picked: &[usize], room: &mut Vec<f64>) {
    let count = picked.len() as f64;
    let mut take = |column: &[f64]| {
        room.clear();
        room.extend(picked.iter().map(|path| column[*path]).filter(|value| !value.is_nan()));
        room.sort_unstable_by(f64::total_cmp);
        let told = room.len() as f64 >= (1.0 - MOST_UNDEFINED) * count;
        told.then(|| room.clone())
    };
    if let Some(sorted) = take(drawn.irr) {
        for (told, probability) in [(&mut measures.equity_irr_p10, 0.1), (&mut measures.equity_irr_p50, 0.5)]
        {
            if let Ok(value) = told {
                *value = quantile(&sorted, probability);
            }
        }
    }
    if let (Some(sorted), Ok(value)) = (take(drawn.multiple), &mut measures.expected_shortfall) {
        let worst = ((WORST * sorted.len() as f64).ceil() as usize).clamp(1, sorted.len());
        *value = sorted[..worst].iter().sum::<f64>() / worst as f64;
    }
    if let (Some(all), Ok(value)) = (take(drawn.recouped), &mut measures.recoupment_chance) {
        let share = all.iter().sum::<f64>() / all.len() as f64;
        *value = Chance { share, error: (share * (1.0 - share) / all.len() as f64).sqrt() };
    }
}

/// Type 7 of Hyndman and Fan 1996, as everywhere in the product.
fn quantile(sorted: &[f64], probability: f64) -> f64 {
    let at = probability * (sorted.len() - 1) as f64;
    let (low, part) = (at.floor() as usize, at.fract());
    let next = sorted[(low + 1).min(sorted.len() - 1)];
    sorted[low] + part * (next - sorted[low])
}
