//! The uncertain numbers as they are shown.

use recoup_deal::{Deal, Distribution, DrawEffect, RiskDriver, RiskEvent, deal_to_value, get_in};
use recoup_risk::film::{Film, Way};
use recoup_risk::sensitivity::DrivenModel;
use serde_json::Value;

use super::numbers::{decimal, input};
use super::simulated::word;
use crate::wire::{RiskCorrelationDto, RiskDriverView, RiskPointDto, RiskQuantileDto};

const MARKS: [f64; 5] = [0.05, 0.1, 0.5, 0.9, 0.95];

/// Points of a density.
const POINTS: u32 = 64;

/// Every driver; of one that is only looked at while a hand moves, not what its curve looks like.
pub(super) fn told(deal: &Deal, film: &Film<'_>, in_part: bool) -> Vec<RiskDriverView> {
    let document = deal_to_value(deal).unwrap_or(Value::Null);
    // Behind the deal's own drivers stand numbers that are only tried.
    let own = deal.risk.drivers.len();
    let drivers = film.drivers().iter().zip(film.ways()).take(own).enumerate();
    drivers
        .map(|(place, (driver, way))| {
            let typed = driver.paths.first().and_then(|path| get_in(&document, path));
            RiskDriverView {
                id: driver.id.clone(),
                label: driver.label.clone(),
                unit: unit(driver, typed.as_ref()),
                typed: typed.as_ref().map(written),
                effect: effect(driver).to_owned(),
                kind: kind(&driver.distribution).to_owned(),
                density: match in_part {
                    true => Vec::new(),
                    false => density(driver, |p| film.quantile(place, p)),
                },
                quantiles: MARKS
                    .iter()
                    .filter_map(|p| Some(RiskQuantileDto { p: *p, value: input(film.quantile(place, *p))? }))
                    .collect(),
                way: word(way.way).to_owned(),
                reason: way.reason.clone().filter(|_| way.way != Way::Fast),
            }
        })
        .collect()
}

/// Typed correlations, and what is drawn with.
pub(super) fn correlations(film: &Film<'_>) -> Vec<RiskCorrelationDto> {
    let used = film.correlations().into_iter();
    used.map(|(typed, used)| RiskCorrelationDto {
        id: typed.id.clone(),
        one: typed.one.clone(),
        other: typed.other.clone(),
        rho: typed.rho.normalize().to_string(),
        used: decimal(used, 4).unwrap_or_default(),
    })
    .collect()
}

fn written(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

fn effect(driver: &RiskDriver) -> &'static str {
    match (&driver.event, driver.effect.unwrap_or_default()) {
        (Some(_), _) => "event",
        (None, DrawEffect::Multiply) => "multiply",
        (None, DrawEffect::Add) => "add",
        (None, DrawEffect::Replace) => "replace",
    }
}

/// What a drawn number is counted in.
fn unit(driver: &RiskDriver, typed: Option<&Value>) -> String {
    match &driver.event {
        Some(RiskEvent::SourceDelay(_) | RiskEvent::DeliveryDelay) => return "quarters".to_owned(),
        Some(RiskEvent::CreditDelay(_)) => return "months".to_owned(),
        Some(RiskEvent::BuyerDefault(_) | RiskEvent::CreditAward(_)) => return "number".to_owned(),
        Some(RiskEvent::CreditAmount(_) | RiskEvent::Overrun(_) | RiskEvent::BaseRate(_)) => {
            return "rate".to_owned();
        }
        None => {}
    }
    if driver.effect.unwrap_or_default() == DrawEffect::Multiply {
        return "factor".to_owned();
    }
    let currency = typed.and_then(Value::as_str).and_then(|text| Some(text.split_once(' ')?.0));
    if let Some(currency) = currency.filter(|code| code.len() == 3) {
        return currency.to_owned();
    }
    let field = driver.paths.first().map_or("", |path| path.rsplit('.').next().unwrap_or(path));
    let is_rate = ["rate", "share", "margin", "fee", "discount", "advance", "premium"]
        .iter()
        .any(|word| field.contains(word));
    if is_rate && !driver.paths.iter().any(|path| path.starts_with("fx")) {
        "rate".to_owned()
    } else {
        "number".to_owned()
    }
}

fn kind(distribution: &Distribution) -> &'static str {
    match distribution {
        Distribution::Triangular(_) => "triangular",
        Distribution::Pert(_) => "pert",
        Distribution::Uniform(_) => "uniform",
        Distribution::Normal(_) => "normal",
        Distribution::Lognormal(_) => "lognormal",
        Distribution::Discrete(_) => "discrete",
        Distribution::HitOrMiss(_) => "hit_or_miss",
        Distribution::Empirical(_) => "empirical",
        Distribution::Chance(_) => "chance",
    }
}

/// The density between quantiles: probability over the width it takes. Of outcomes that stand apart, their
/// probabilities.
fn density(driver: &RiskDriver, quantile: impl Fn(f64) -> f64) -> Vec<RiskPointDto> {
    let number = |value: rust_decimal::Decimal| value.to_string().parse::<f64>().unwrap_or(0.0);
    match &driver.distribution {
        Distribution::Discrete(outcomes) => {
            let point = |one: &recoup_deal::Outcome| RiskPointDto {
                x: number(one.value),
                y: number(one.probability),
            };
            return outcomes.iter().map(point).collect();
        }
        Distribution::Chance(chance) => {
            let chance = number(*chance);
            return vec![RiskPointDto { x: 0.0, y: 1.0 - chance }, RiskPointDto { x: 1.0, y: chance }];
        }
        Distribution::Triangular(_)
        | Distribution::Pert(_)
        | Distribution::Uniform(_)
        | Distribution::Normal(_)
        | Distribution::Lognormal(_)
        | Distribution::HitOrMiss(_)
        | Distribution::Empirical(_) => {}
    }
    let at: Vec<f64> = (0..=POINTS)
        .map(|point| quantile((f64::from(point) / f64::from(POINTS)).clamp(0.002, 0.998)))
        .collect();
    let share = 1.0 / f64::from(POINTS);
    at.windows(2)
        .filter(|pair| pair[1] > pair[0])
        .map(|pair| RiskPointDto { x: f64::midpoint(pair[0], pair[1]), y: share / (pair[1] - pair[0]) })
        .collect()
}
