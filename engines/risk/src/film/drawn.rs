//! The deal's distributions and correlations as draws.

use recoup_deal::{Distribution, Normal, RiskPlan};
use recoup_lanes::{LANES, Row};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use statrs::distribution::{ContinuousCDF, Normal as Bell};

use crate::draw::{Copula, Draws, Generator, Marginal, RankCorrelation};
use crate::run::Sampling;

use super::FilmSettings;

/// The drivers of a deal, drawn.
#[derive(Debug, Clone)]
pub(crate) struct Drawn(Draws);

/// Room for one thread.
#[derive(Debug)]
pub(crate) struct DrawnRoom(Vec<Row>);

impl Drawn {
    pub(crate) fn new(risk: &RiskPlan, settings: &FilmSettings) -> Result<Self, String> {
        let mut marginals = Vec::with_capacity(risk.drivers.len());
        for driver in &risk.drivers {
            let found = marginal(&driver.distribution);
            marginals.push(found.map_err(|error| format!("{}: {error}", driver.id))?);
        }
        let place = |id: &str| risk.drivers.iter().position(|driver| driver.id == id);
        let mut ranks = Vec::with_capacity(risk.correlations.len());
        for pair in &risk.correlations {
            let (Some(one), Some(other)) = (place(&pair.one), place(&pair.other)) else {
                return Err(format!("{}: the correlation names no driver", pair.id));
            };
            ranks.push(RankCorrelation { drivers: [one, other], rank: double(pair.rho) });
        }
        let copula = match ranks.as_slice() {
            [] => Copula::independent(marginals.len()),
            ranks => Copula::from_ranks(marginals.len(), ranks).map_err(|error| error.to_string())?,
        };
        let generator = match settings.sampling {
            Sampling::Independent => Generator::Philox,
            Sampling::Scrambled { scrambles } => Generator::Sobol { scrambles },
        };
        let draws = Draws::new(settings.seed, generator, &marginals, copula);
        draws.map(Self).map_err(|error| error.to_string())
    }

    pub(crate) fn room(&self) -> DrawnRoom {
        DrawnRoom(vec![Row::default(); self.0.rows()])
    }

    /// `out[driver * CHUNK + path]`.
    pub(crate) fn fill(&self, first: u64, out: &mut [f64], room: &mut DrawnRoom) {
        self.0.fill(first, &mut room.0);
        for (to, from) in out.chunks_exact_mut(LANES).zip(&room.0) {
            to.copy_from_slice(&from.0);
        }
    }

    pub(crate) fn quantile(&self, driver: usize, probability: f64) -> f64 {
        self.0.quantile(driver, probability)
    }

    pub(crate) fn draws(&self) -> &Draws {
        &self.0
    }
}

fn double(number: Decimal) -> f64 {
    number.to_f64().unwrap_or(f64::NAN)
}

/// A typed distribution as one that is drawn from.
pub(crate) fn marginal(typed: &Distribution) -> Result<Marginal, String> {
    Ok(match typed {
        Distribution::Triangular(three) => Marginal::Triangular {
            low: double(three.low),
            mode: double(three.mode),
            high: double(three.high),
        },
        Distribution::Pert(three) => {
            Marginal::Pert { low: double(three.low), mode: double(three.mode), high: double(three.high) }
        }
        Distribution::Uniform(range) => {
            Marginal::Uniform { low: double(range.low), high: double(range.high) }
        }
        Distribution::Normal(normal) if normal.low.is_some() || normal.high.is_some() => truncated(normal)?,
        Distribution::Normal(normal) => {
            Marginal::Normal { mean: double(normal.mean), deviation: double(normal.deviation) }
        }
        Distribution::Lognormal(typed) => lognormal(typed)?,
        Distribution::Discrete(outcomes) => Marginal::Discrete(
            outcomes.iter().map(|one| (double(one.value), double(one.probability))).collect(),
        ),
        Distribution::HitOrMiss(typed) => Marginal::HitOrMiss {
            probability: 1.0 - double(typed.miss),
            miss: 0.0,
            hit: Box::new(lognormal(&typed.hit)?),
        },
        Distribution::Empirical(values) => {
            Marginal::Empirical(values.iter().map(|value| double(*value)).collect())
        }
        Distribution::Chance(probability) => {
            let probability = double(*probability);
            Marginal::Discrete(vec![(0.0, 1.0 - probability), (1.0, probability)])
        }
    })
}

/// By the median and the 90th percentile: the 10th lies as far below the median, as a ratio.
fn lognormal(typed: &recoup_deal::Lognormal) -> Result<Marginal, String> {
    let (median, p90) = (double(typed.median), double(typed.p90));
    Marginal::lognormal_between(median * median / p90, p90).map_err(|error| error.to_string())
}

/// Points of a table of quantiles.
const POINTS: u32 = 4096;

/// How near to the end of an open side the table reaches, as a probability.
const TAIL: f64 = 1e-7;

/// A normal number between bounds, by its quantiles: straight from one of [`POINTS`] to the next.
fn truncated(typed: &Normal) -> Result<Marginal, String> {
    let (mean, deviation) = (double(typed.mean), double(typed.deviation));
    let low = typed.low.map_or(f64::NEG_INFINITY, double);
    let high = typed.high.map_or(f64::INFINITY, double);
    if low > high {
        return Err(format!("nothing lies between {low} and {high}"));
    }
    let constant = |value: f64| Marginal::Uniform { low: value, high: value };
    if deviation == 0.0 || low == high {
        return Ok(constant(mean.clamp(low, high)));
    }
    let bell = Bell::new(mean, deviation).map_err(|error| error.to_string())?;
    let (from, to) = (bell.cdf(low).max(TAIL), bell.cdf(high).min(1.0 - TAIL));
    if from >= to {
        return Err(format!("next to nothing of it lies between {low} and {high}"));
    }
    let at = |point: u32| from + (to - from) * f64::from(point) / f64::from(POINTS);
    let values = (0..=POINTS).map(|point| bell.inverse_cdf(at(point)).clamp(low, high));
    Ok(Marginal::Empirical(values.collect()))
}
