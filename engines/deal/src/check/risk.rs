//! What is uncertain: whether it can be drawn, and whether it moves anything.

use std::collections::{BTreeMap, HashSet};

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use serde_json::Value;

use crate::document::Deal;
use crate::edit::get_in;
use crate::findings::FindingValue::Number;
use crate::findings::{Finding, Phrase, Severity};
use crate::risk::{Distribution, DrawEffect, HitOrMiss, Normal, RankCorrelation, RiskDriver, RiskEvent};

/// How near to one the probabilities of outcomes have to come.
const NEAR: Decimal = Decimal::from_parts(1, 0, 0, false, 6);

/// Distributions that cannot be, and those without spread.
pub(super) fn distributions(deal: &Deal, out: &mut Vec<Finding>) {
    for driver in &deal.risk.drivers {
        let at = format!("risk.drivers[{}].distribution", driver.id);
        let found = bounds(&driver.distribution, &at).or_else(|| probabilities(&driver.distribution, &at));
        let still = || {
            spread(&driver.distribution)
                .map(|_| Finding::new(Severity::Note, "DRIVER_WITHOUT_SPREAD", at.as_str()))
        };
        out.extend(found.or_else(still));
    }
}

/// Bounds, modes and percentiles that are not in order.
fn bounds(distribution: &Distribution, at: &str) -> Option<Finding> {
    let impossible = Finding::new(Severity::Blocker, "DISTRIBUTION_IMPOSSIBLE", at);
    let (low, high) = match distribution {
        Distribution::Triangular(three) | Distribution::Pert(three) => {
            let in_order = three.low <= three.mode && three.mode <= three.high;
            let (low, mode, high) = (Number(three.low), Number(three.mode), Number(three.high));
            let told = impossible.case("order").with("low", low).with("mode", mode).with("high", high);
            return (!in_order).then_some(told);
        }
        Distribution::Normal(normal) if normal.deviation < Decimal::ZERO => {
            return Some(impossible.case("deviation").with("deviation", Number(normal.deviation)));
        }
        Distribution::Lognormal(hit) | Distribution::HitOrMiss(HitOrMiss { hit, .. }) => {
            let (median, high) = (Number(hit.median), Number(hit.p90));
            let told = impossible.case("percentiles").with("median", median).with("high", high);
            return (hit.median <= Decimal::ZERO || hit.p90 < hit.median).then_some(told);
        }
        Distribution::Empirical(values) => {
            return values.is_empty().then(|| impossible.case("values"));
        }
        Distribution::Uniform(range) => (Some(range.low), Some(range.high)),
        Distribution::Normal(Normal { low, high, .. }) => (*low, *high),
        Distribution::Discrete(_) | Distribution::Chance(_) => return None,
    };
    let (low, high) = low.zip(high).filter(|(low, high)| low > high)?;
    let crossed = Finding::new(Severity::Blocker, "DISTRIBUTION_IMPOSSIBLE", at);
    Some(crossed.case("bounds").with("low", Number(low)).with("high", Number(high)))
}

/// Probabilities that are none, or do not add up.
fn probabilities(distribution: &Distribution, at: &str) -> Option<Finding> {
    let impossible = Finding::new(Severity::Blocker, "DISTRIBUTION_IMPOSSIBLE", at);
    let all: Vec<Decimal> = match distribution {
        Distribution::HitOrMiss(either) => vec![either.miss],
        Distribution::Chance(probability) => vec![*probability],
        Distribution::Discrete(outcomes) => outcomes.iter().map(|one| one.probability).collect(),
        _ => return None,
    };
    if let Some(wrong) = all.iter().find(|one| !(Decimal::ZERO..=Decimal::ONE).contains(*one)) {
        return Some(impossible.case("probability").with("probability", Number(*wrong)));
    }
    let sum: Decimal = all.iter().sum();
    let is_whole = !matches!(distribution, Distribution::Discrete(_)) || (sum - Decimal::ONE).abs() <= NEAR;
    (!is_whole).then(|| impossible.case("sum").with("sum", Number(sum)))
}

/// The one value that is drawn, where there is only one.
fn spread(distribution: &Distribution) -> Option<Decimal> {
    let only = |values: &[Decimal]| {
        let first = *values.first()?;
        values.iter().all(|value| *value == first).then_some(first)
    };
    match distribution {
        Distribution::Triangular(three) | Distribution::Pert(three) => only(&[three.low, three.high]),
        Distribution::Uniform(range) => only(&[range.low, range.high]),
        Distribution::Normal(normal) => normal.deviation.is_zero().then_some(normal.mean),
        Distribution::Lognormal(hit) => only(&[hit.median, hit.p90]),
        Distribution::HitOrMiss(either) if either.miss == Decimal::ONE => Some(Decimal::ZERO),
        Distribution::HitOrMiss(either) if either.miss.is_zero() => {
            only(&[either.hit.median, either.hit.p90])
        }
        Distribution::HitOrMiss(_) => None,
        Distribution::Discrete(outcomes) => {
            let likely = outcomes.iter().filter(|one| !one.probability.is_zero());
            only(&likely.map(|one| one.value).collect::<Vec<_>>())
        }
        Distribution::Empirical(values) => only(values),
        Distribution::Chance(probability) => {
            only(&[*probability]).filter(|one| one.is_zero() || *one == Decimal::ONE)
        }
    }
}

/// Drivers that move nothing, and what they name.
pub(super) fn drivers(deal: &Deal, out: &mut Vec<Finding>) {
    for driver in &deal.risk.drivers {
        let at = format!("risk.drivers[{}]", driver.id);
        match &driver.event {
            None if driver.paths.is_empty() => {
                out.push(Finding::new(Severity::Question, "DRIVER_MOVES_NOTHING", format!("{at}.paths")));
            }
            None => {}
            Some(event) => {
                if !driver.paths.is_empty() || driver.effect.is_some() {
                    out.push(
                        Finding::new(Severity::Question, "DRIVER_MOVES_NOTHING", format!("{at}.paths"))
                            .case("beside"),
                    );
                }
                names(deal, event, &format!("{at}.event"), out);
                answers(driver, event, &at, out);
            }
        }
    }
}

/// What an event names exists, and can come later where it is to.
fn names(deal: &Deal, event: &RiskEvent, at: &str, out: &mut Vec<Finding>) {
    let mut needs = |what: &'static str, known: bool, id: &str| {
        if !known {
            out.push(
                Finding::new(Severity::Blocker, "UNKNOWN_REFERENCE", at)
                    .with("what", Phrase::new(what))
                    .with("id", id),
            );
        }
    };
    match event {
        RiskEvent::SourceDelay(of) => of.sources.iter().for_each(|id| {
            needs("no_source", deal.revenue.sources.iter().any(|source| source.id == *id), id);
        }),
        RiskEvent::BuyerDefault(of) => {
            let known = deal.instruments.iter().any(|instrument| instrument.id == of.instrument);
            needs("no_instrument", known, &of.instrument);
        }
        RiskEvent::CreditAward(of) | RiskEvent::CreditAmount(of) => {
            needs("no_claim", deal.incentives.iter().any(|claim| claim.id == of.claim), &of.claim);
        }
        RiskEvent::CreditDelay(of) => match deal.incentives.iter().find(|claim| claim.id == of.claim) {
            None => needs("no_claim", false, &of.claim),
            Some(claim) if claim.cash.is_none() && claim.instalments.is_empty() => out.push(
                Finding::new(Severity::Question, "CREDIT_DELAY_WITHOUT_DAY", at)
                    .with("program", &claim.program),
            ),
            Some(_) => {}
        },
        RiskEvent::Overrun(over) => over.lines.iter().for_each(|id| {
            needs("no_line", deal.budget.lines.iter().any(|line| line.id == *id), id);
        }),
        RiskEvent::BaseRate(of) => {
            needs("no_base_rate", deal.market.base_rates.iter().any(|base| base.id == of.base), &of.base);
        }
        RiskEvent::DeliveryDelay => {}
    }
}

/// An event that happens or not is drawn as one or nought.
fn answers(driver: &RiskDriver, event: &RiskEvent, at: &str, out: &mut Vec<Finding>) {
    let is_answer = match &driver.distribution {
        Distribution::Chance(_) => true,
        Distribution::Discrete(outcomes) => {
            outcomes.iter().all(|one| one.value.is_zero() || one.value == Decimal::ONE)
        }
        _ => false,
    };
    if event.is_answer() && !is_answer {
        let path = format!("{at}.distribution");
        out.push(Finding::new(Severity::Blocker, "DRIVER_IS_NO_ANSWER", path).with("driver", &driver.label));
    }
}

/// Two drivers on one number, where the second would not know of the first.
pub(super) fn twice(deal: &Deal, out: &mut Vec<Finding>) {
    let mut seen: BTreeMap<&str, &RiskDriver> = BTreeMap::new();
    for driver in &deal.risk.drivers {
        for path in &driver.paths {
            let before = seen.insert(path, driver);
            let Some(before) = before.filter(|before| before.id != driver.id) else { continue };
            let at = format!("risk.drivers[{}].paths", driver.id);
            let mut finding = Finding::new(Severity::Question, "NUMBER_MOVED_TWICE", at)
                .with("cell", path)
                .with("driver", &driver.label)
                .with("other", &before.label);
            if driver.effect == Some(DrawEffect::Replace) {
                finding = finding.case("replaced");
            }
            out.push(finding);
        }
    }
}

/// Correlations that cannot be, one by one and together.
pub(super) fn correlations(deal: &Deal, out: &mut Vec<Finding>) {
    let mut pairs = HashSet::new();
    let before = out.len();
    for pair in &deal.risk.correlations {
        let at = format!("risk.correlations[{}]", pair.id);
        let impossible = Finding::new(Severity::Blocker, "CORRELATION_IMPOSSIBLE", at);
        let key = if pair.one < pair.other { (&pair.one, &pair.other) } else { (&pair.other, &pair.one) };
        if pair.one == pair.other {
            out.push(impossible.case("itself"));
        } else if pair.rho.abs() > Decimal::ONE {
            out.push(impossible.case("bound").with("rho", Number(pair.rho)));
        } else if !pairs.insert(key) {
            out.push(impossible.case("twice"));
        }
    }
    let drivers = &deal.risk.drivers;
    if out.len() == before && !hold_together(drivers, &deal.risk.correlations) {
        out.push(Finding::new(Severity::Note, "CORRELATIONS_REPAIRED", "risk.correlations"));
    }
}

/// Whether there are numbers with all these correlations: whether the matrix has no direction of negative variance.
/// Spearman's ρ of a Gaussian copula is that of normal numbers with 2 sin(πρ/6) (K. Pearson, 1907).
fn hold_together(drivers: &[RiskDriver], pairs: &[RankCorrelation]) -> bool {
    let size = drivers.len();
    let place = |id: &str| drivers.iter().position(|driver| driver.id == id);
    let mut matrix = vec![0.0_f64; size * size];
    (0..size).for_each(|row| matrix[row * size + row] = 1.0);
    for pair in pairs {
        let (Some(one), Some(other)) = (place(&pair.one), place(&pair.other)) else { return true };
        let rho = pair.rho.to_f64().unwrap_or(0.0);
        let normal = 2.0 * (std::f64::consts::PI / 6.0 * rho).sin();
        (matrix[one * size + other], matrix[other * size + one]) = (normal, normal);
    }
    // Cholesky: what is left of a variance after all before it is not negative, and where nothing is left, nothing
    // is shared any more.
    for row in 0..size {
        for column in 0..=row {
            let known: f64 = (0..column).map(|k| matrix[row * size + k] * matrix[column * size + k]).sum();
            let left = matrix[row * size + column] - known;
            let pivot = matrix[column * size + column];
            matrix[row * size + column] = if row == column {
                if left < -1e-12 {
                    return false;
                }
                left.max(0.0).sqrt()
            } else if pivot > 1e-9 {
                left / pivot
            } else if left.abs() > 1e-6 {
                return false;
            } else {
                0.0
            };
        }
    }
    true
}

/// Cells that drivers move hold numbers.
pub(super) fn numbers(document: &Value, out: &mut Vec<Finding>) {
    let drivers = document.get("risk").and_then(|risk| risk.get("drivers"));
    for driver in drivers.and_then(Value::as_array).into_iter().flatten() {
        let id = driver.get("id").and_then(Value::as_str).unwrap_or_default();
        let paths = driver.get("paths").and_then(Value::as_array);
        for path in paths.into_iter().flatten().filter_map(Value::as_str) {
            let is_number = |value: &Value| match value {
                Value::Number(_) => true,
                Value::String(text) => {
                    text.parse::<Decimal>().is_ok() || text.parse::<recoup_money::Money>().is_ok()
                }
                _ => false,
            };
            // A path that leads nowhere is said already.
            if get_in(document, path).is_some_and(|value| !is_number(&value)) {
                let at = format!("risk.drivers[{id}].paths");
                out.push(
                    Finding::new(Severity::Blocker, "UNKNOWN_REFERENCE", at)
                        .case("driver_number")
                        .with("cell", path),
                );
            }
        }
    }
}
