//! What is drawn of a simulation: a histogram, a fan, how a probability settles.

use recoup_risk::Measure;
use recoup_risk::statistics::{Histogram, band, fitted, histogram as counted, levels, summary};

use super::numbers::{Teller, decimal, money};
use super::simulated::{SAMPLING, Told};
use crate::wire::{
    MoneyDto, RiskConvergenceDto, RiskConvergencePoint, RiskFanDto, RiskHistogramDto, RiskNormalDto,
    RiskSampleDto,
};

/// Paths that are told behind each bar.
const SAMPLES: usize = 6;

/// The returns of the chosen party; none where it puts no money in.
pub(super) fn histogram(told: &Told<'_>, teller: &mut Teller) -> Option<RiskHistogramDto> {
    let place = told.place(told.party, Measure::Irr)?;
    let drawn = counted(told.run, place)?;
    let within = format!("returns.{}.irr.p50", told.party);
    let count = |paths: u64| u32::try_from(paths).unwrap_or(u32::MAX);
    let normal = fitted(told.run, place);
    Some(RiskHistogramDto {
        address: teller.address(&within),
        party: told.party.to_owned(),
        from: drawn.from,
        to: drawn.to,
        counts: drawn.counts.iter().map(|paths| count(*paths)).collect(),
        // A total loss lies at −100 %, below every bar.
        below: count(drawn.below + drawn.lost),
        above: count(drawn.above),
        normal: normal.map(|bell| RiskNormalDto { mean: bell.mean, deviation: bell.deviation }),
        samples: samples(told.run.values(place).unwrap_or_default(), &drawn),
    })
}

fn samples(values: &[f64], drawn: &Histogram) -> Vec<Vec<RiskSampleDto>> {
    let mut found: Vec<Vec<RiskSampleDto>> = vec![Vec::new(); drawn.counts.len() + 2];
    let step = (drawn.to - drawn.from) / drawn.counts.len() as f64;
    let last = found.len() - 1;
    for (path, value) in values.iter().enumerate().filter(|(_, value)| value.is_finite()) {
        let place = (value - drawn.from) / step;
        let bar =
            if place < 0.0 || Measure::Irr.is_loss(*value) { 0 } else { (place as usize + 1).min(last) };
        if found[bar].len() < SAMPLES
            && let (Ok(path), Some(value)) = (u32::try_from(path), decimal(*value, 6))
        {
            found[bar].push(RiskSampleDto { path, value });
        }
    }
    found
}

/// What the chosen party has received by the end of each quarter.
pub(super) fn fan(told: &Told<'_>, teller: &mut Teller) -> Option<RiskFanDto> {
    let quarters: Vec<usize> = (0..told.film.quarters())
        .map_while(|quarter| told.place(told.party, Measure::ReceivedBy(u32::try_from(quarter).ok()?)))
        .collect();
    if quarters.is_empty() {
        return None;
    }
    let marks = [0.05, 0.25, 0.5, 0.75, 0.95];
    let found = told.threads.map(quarters.len(), |index| levels(told.run, quarters[index], &marks));
    let currency = teller.currency();
    let at = |mark: usize| -> Vec<MoneyDto> {
        let amount = |value: f64| money(value, currency);
        found.iter().map(|levels| levels.get(mark).copied().unwrap_or(0.0)).filter_map(amount).collect()
    };
    let first = told.film.first_quarter();
    let name =
        |quarter: usize| first.add_quarters(i32::try_from(quarter).ok()?).ok().map(|one| one.to_string());
    let names: Vec<String> = (0..quarters.len()).map_while(name).collect();
    let middle = at(2);
    let within = |name: &String| format!("returns.{}.received.{name}", told.party);
    let addresses = names.iter().zip(&middle);
    let addresses =
        addresses.map(|(name, amount)| teller.noted_amount(&within(name), Some(amount.clone()))).collect();
    let invested = told.place(told.party, Measure::Invested);
    let invested = invested.and_then(|place| summary(told.run, place, &[0.5]).quantiles[0].1.known());
    Some(RiskFanDto {
        party: told.party.to_owned(),
        quarters: names,
        addresses,
        p5: at(0),
        p25: at(1),
        p50: middle,
        p75: at(3),
        p95: at(4),
        invested: money(invested.map_or(0.0, |found| found.value), currency)?,
    })
}

/// How the probability that the chosen party is paid in full settles.
pub(super) fn convergence(told: &Told<'_>, teller: &mut Teller) -> RiskConvergenceDto {
    let place = told.place(told.party, Measure::Recouped);
    let within = format!("returns.{}.recouped", told.party);
    let points = place.into_iter().flat_map(|place| {
        told.run.marks().iter().filter_map(move |mark| {
            let mean = mark.means[place]?;
            let (low, high) = band(mean, SAMPLING)?;
            Some(RiskConvergencePoint {
                paths: u32::try_from(mark.paths).ok()?,
                value: decimal(mean.value, 6)?,
                low: decimal(low.max(0.0), 6)?,
                high: decimal(high.min(1.0), 6)?,
            })
        })
    });
    RiskConvergenceDto { address: teller.address(&within), points: points.collect() }
}
