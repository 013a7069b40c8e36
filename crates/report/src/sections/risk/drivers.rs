//! What is uncertain, as it was typed: distribution, what it moves, and where it was taken from.

use recoup_deal::{Distribution, DrawEffect, RiskDriver, RiskEvent, deal_to_value, get_in};
use recoup_money::Money;
use rust_decimal::prelude::FromPrimitive;
use rust_decimal::{Decimal, MathematicalOps as _};
use serde_json::Value;

use crate::document::Block;
use crate::format::minus;
use crate::risk::Risk;
use crate::sections::desk::Desk;
use crate::table::{Cell, ColumnKind, RowStyle, Table};

pub(super) fn blocks(desk: &mut Desk<'_>, risk: &Risk) -> Vec<Block> {
    let drivers = &desk.deal().risk.drivers;
    if drivers.is_empty() {
        return Vec::new();
    }
    let share = desk.say(if risk.moved == "npv" { "risk.share_npv" } else { "risk.share_irr" });
    let is_ranked = drivers.iter().any(|driver| risk.find(&of_variance(risk, driver)).is_some());
    let mut columns = vec![
        (desk.words.say("risk.driver"), ColumnKind::Text, 2.4),
        (desk.words.say("risk.distribution"), ColumnKind::Text, 3.0),
        (desk.words.say("assumptions.source"), ColumnKind::Text, 3.4),
    ];
    if is_ranked {
        columns.push((share.as_str(), ColumnKind::Percent, 0.9));
        columns.push((desk.words.say("column.ref"), ColumnKind::Tag, 0.6));
    }
    let mut table = Table::new(&columns);
    for driver in drivers {
        let said = distribution(desk, driver);
        let mut cells: Vec<Cell> =
            vec![driver.label.clone().into(), said.into(), source(desk, &driver.id).into()];
        if is_ranked {
            let address = format!("{}{}", risk.prefix, of_variance(risk, driver));
            let label = format!("{}, {share}", driver.label);
            cells.extend(desk.figures_of('S', &[(&address, &label, ColumnKind::Percent)]));
        }
        table.push(RowStyle::Plain, cells, None);
    }
    let mut out = vec![Block::Heading(desk.say("risk.drivers")), Block::Table(table)];
    out.extend(joined(desk, risk).map(Block::Fine));
    out
}

/// The share of the variance that goes with a driver and what it moves together with.
fn of_variance(risk: &Risk, driver: &RiskDriver) -> String {
    format!("sensitivity.{}.{}.{}.total", risk.moved, risk.chosen, driver.id)
}

/// Where a distribution was taken from: typed, or assumed from a source.
fn source(desk: &Desk<'_>, id: &str) -> String {
    let path = format!("risk.drivers[{id}]");
    let found = desk.deal().assumptions.iter().find(|one| one.path.starts_with(&path));
    found.map_or_else(|| desk.say("rule.typed"), |one| one.source.clone())
}

/// Which drivers move together, and by how much.
fn joined(desk: &Desk<'_>, risk: &Risk) -> Option<String> {
    let name = |id: &str| {
        let found = desk.deal().risk.drivers.iter().find(|driver| driver.id == id);
        found.map_or_else(|| id.to_owned(), |driver| driver.label.clone())
    };
    let pairs = desk.deal().risk.correlations.iter().map(|pair| {
        let used = risk.correlations.iter().find(|(id, _)| *id == pair.id).map_or(pair.rho, |one| one.1);
        let signed = |rho: Decimal| minus(&desk.figures.level(rho));
        let rho = signed(pair.rho);
        let key = if risk.repaired && used.round_dp(2) != pair.rho.round_dp(2) {
            "risk.pair_repaired"
        } else {
            "risk.pair"
        };
        let used = signed(used.round_dp(2));
        let places = [("one", name(&pair.one)), ("other", name(&pair.other)), ("rho", rho), ("used", used)];
        let places: Vec<(&str, &str)> = places.iter().map(|(key, value)| (*key, value.as_str())).collect();
        desk.words.with(key, &places)
    });
    let pairs: Vec<String> = pairs.collect();
    (!pairs.is_empty()).then(|| desk.words.with("risk.correlations", &[("pairs", &pairs.join("; "))]))
}

/// What a drawn number is counted in.
enum Unit {
    /// A factor of what is typed: 1 changes nothing.
    Factor,
    /// A fraction, said in percent.
    Share,
    /// Amounts of a currency in major units.
    Amount(String),
    /// Months, quarters or a plain number.
    Plain(&'static str),
}

fn unit(desk: &Desk<'_>, driver: &RiskDriver) -> Unit {
    match &driver.event {
        Some(RiskEvent::SourceDelay(_) | RiskEvent::DeliveryDelay) => return Unit::Plain("risk.quarters"),
        Some(RiskEvent::CreditDelay(_)) => return Unit::Plain("risk.months"),
        Some(RiskEvent::CreditAmount(_) | RiskEvent::Overrun(_) | RiskEvent::BaseRate(_)) => {
            return Unit::Share;
        }
        Some(RiskEvent::BuyerDefault(_) | RiskEvent::CreditAward(_)) => return Unit::Plain(""),
        None => {}
    }
    if driver.effect.unwrap_or_default() == DrawEffect::Multiply {
        return Unit::Factor;
    }
    let document = deal_to_value(desk.deal()).unwrap_or(Value::Null);
    let typed = driver.paths.first().and_then(|path| get_in(&document, path));
    let amount = typed.as_ref().and_then(Value::as_str).and_then(|text| text.parse::<Money>().ok());
    match amount {
        Some(amount) => Unit::Amount(amount.currency().code().to_owned()),
        None => Unit::Plain(""),
    }
}

fn number(desk: &Desk<'_>, unit: &Unit, value: Decimal) -> String {
    minus(&match unit {
        Unit::Factor | Unit::Plain(_) => desk.figures.level(value.round_dp(3)),
        Unit::Share => desk.figures.share(value),
        Unit::Amount(_) => desk.figures.grouped(value.round_dp(0)),
    })
}

/// A distribution in words, with its unit behind it.
fn distribution(desk: &Desk<'_>, driver: &RiskDriver) -> String {
    let unit = unit(desk, driver);
    let say = |value: Decimal| number(desk, &unit, value);
    let with = |key: &str, places: &[(&str, String)]| {
        let places: Vec<(&str, &str)> = places.iter().map(|(name, value)| (*name, value.as_str())).collect();
        desk.words.with(key, &places)
    };
    let three = |low, mode, high| [("low", say(low)), ("mode", say(mode)), ("high", say(high))];
    let said = match &driver.distribution {
        Distribution::Triangular(of) => with("drawn.triangular", &three(of.low, of.mode, of.high)),
        Distribution::Pert(of) => with("drawn.pert", &three(of.low, of.mode, of.high)),
        Distribution::Uniform(of) => with("drawn.uniform", &[("low", say(of.low)), ("high", say(of.high))]),
        Distribution::Normal(of) => {
            let said = with("drawn.normal", &[("mean", say(of.mean)), ("deviation", say(of.deviation))]);
            let ends = [("drawn.from", of.low), ("drawn.to", of.high)];
            ends.iter().fold(said, |said, (key, end)| match end {
                Some(end) => said + &with(key, &[("end", say(*end))]),
                None => said,
            })
        }
        Distribution::Lognormal(of) => {
            with("drawn.lognormal", &[("median", say(of.median)), ("p90", say(of.p90))])
        }
        Distribution::HitOrMiss(of) => {
            let miss = desk.figures.share(of.miss);
            with(
                "drawn.hit_or_miss",
                &[("miss", miss), ("median", say(of.hit.median)), ("p90", say(of.hit.p90))],
            )
        }
        Distribution::Discrete(outcomes) => {
            let one = |outcome: &recoup_deal::Outcome| {
                let likely = desk.figures.share(outcome.probability);
                with("drawn.outcome", &[("value", say(outcome.value)), ("likely", likely)])
            };
            outcomes.iter().map(one).collect::<Vec<_>>().join("; ")
        }
        Distribution::Empirical(values) => desk.words.count("drawn.empirical", values.len()),
        Distribution::Chance(chance) => with("drawn.chance", &[("chance", desk.figures.share(*chance))]),
    };
    match &unit {
        Unit::Factor => with("drawn.factor", &[("said", said)]),
        Unit::Amount(code) => format!("{said}, {code}"),
        Unit::Plain(key) if !key.is_empty() => format!("{said}, {}", desk.words.say(key)),
        Unit::Plain(_) | Unit::Share => said,
    }
}

/// A driver's two values as a tornado says them.
pub(super) fn between(desk: &Desk<'_>, driver: &RiskDriver, low: f64, high: f64) -> String {
    let unit = unit(desk, driver);
    let say = |value: f64| {
        Decimal::from_f64(value).map_or_else(String::new, |value| number(desk, &unit, significant(value)))
    };
    let (low, high) = (say(low), say(high));
    if low == high { low } else { format!("{low} – {high}") }
}

/// Three digits of a value that is shown beside a bar.
fn significant(value: Decimal) -> Decimal {
    let whole = value.abs().max(Decimal::ONE).log10().floor();
    let places = 2_i64 - i64::try_from(whole).unwrap_or(0);
    match u32::try_from(places) {
        Ok(places) => value.round_dp(places),
        Err(_) => {
            let unit = Decimal::TEN.powi(-places);
            (value / unit).round() * unit
        }
    }
}
