//! From drawn numbers to the cells of the deal.

use recoup_deal::{Account, Deal, DrawEffect, Edit, RiskDriver, RiskEvent, get_in};
use recoup_money::{Currency, Money, Rounding};
use rust_decimal::Decimal;
use rust_decimal::prelude::{FromPrimitive, ToPrimitive};
use serde_json::{Value, json};

/// How a drawn number changes a cell.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Change {
    Multiply,
    Add,
    Replace,
    /// So much more: × (1 + drawn).
    Grow,
    /// 1 takes all but this share, 0 nothing: × (1 − drawn × (1 − share)).
    Lose(f64),
}

/// How a cell is written in the document.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Written {
    Money(Currency),
    Number,
    /// A whole number: months, a count.
    Whole,
}

/// A cell that drivers move, in the order of the drivers.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Cell {
    pub path: String,
    pub written: Written,
    pub typed: f64,
    pub changes: Vec<(usize, Change)>,
}

/// Decimal places with which a drawn number is typed into a cell.
const PLACES: u32 = 12;

impl Cell {
    /// What the cell holds on a path. A driver that has drawn nothing (NaN) leaves it as it is.
    #[inline]
    pub(crate) fn value(&self, drawn: impl Fn(usize) -> f64) -> f64 {
        self.changes.iter().fold(self.typed, |value, (driver, change)| {
            let drawn = drawn(*driver);
            match change {
                _ if drawn.is_nan() => value,
                Change::Multiply => value * drawn,
                Change::Add => value + drawn,
                Change::Replace => drawn,
                Change::Grow => value * (1.0 + drawn),
                Change::Lose(share) => value * (1.0 - drawn * (1.0 - share)),
            }
        })
    }

    /// The edit that types a value into the cell; none for what no cell can hold.
    pub(crate) fn edit(&self, value: f64) -> Option<Edit> {
        let number = Decimal::from_f64(value)?;
        let value: Value = match self.written {
            Written::Money(currency) => {
                json!(Money::from_decimal(number, currency, Rounding::HalfUp).ok()?.to_string())
            }
            Written::Number => json!(number.round_dp(PLACES).normalize().to_string()),
            Written::Whole => json!(number.round().to_i64()?),
        };
        Some(Edit::set(self.path.clone(), value))
    }
}

/// The cells that drivers move, and the drivers that move none because a path leads to no number.
pub(crate) fn cells(deal: &Deal, document: &Value, drivers: &[RiskDriver]) -> (Vec<Cell>, Vec<usize>) {
    let mut found: Vec<Cell> = Vec::new();
    let mut astray = Vec::new();
    for (index, driver) in drivers.iter().enumerate() {
        let moved = match &driver.event {
            None => {
                let change = match driver.effect.unwrap_or_default() {
                    DrawEffect::Multiply => Change::Multiply,
                    DrawEffect::Add => Change::Add,
                    DrawEffect::Replace => Change::Replace,
                };
                driver.paths.iter().map(|path| (path.clone(), change)).collect()
            }
            Some(event) => of_event(deal, event),
        };
        let before: usize = found.iter().map(|cell| cell.changes.len()).sum();
        for (path, change) in moved {
            match found.iter_mut().find(|cell| cell.path == path) {
                Some(cell) => cell.changes.push((index, change)),
                None => found.extend(read(document, &path).map(|(written, typed)| Cell {
                    path,
                    written,
                    typed,
                    changes: vec![(index, change)],
                })),
            }
        }
        let after: usize = found.iter().map(|cell| cell.changes.len()).sum();
        if before == after && !driver.event.as_ref().is_some_and(RiskEvent::is_counted) {
            astray.push(index);
        }
    }
    (found, astray)
}

/// The number that stands in a cell.
fn read(document: &Value, path: &str) -> Option<(Written, f64)> {
    match get_in(document, path)? {
        Value::String(text) => match text.parse::<Money>() {
            Ok(amount) => Some((Written::Money(amount.currency()), amount.to_f64())),
            Err(_) => Some((Written::Number, text.parse::<Decimal>().ok()?.to_f64()?)),
        },
        Value::Number(number) => Some((Written::Whole, number.as_f64()?)),
        _ => None,
    }
}

/// The cells that an event moves.
fn of_event(deal: &Deal, event: &RiskEvent) -> Vec<(String, Change)> {
    match event {
        RiskEvent::BuyerDefault(of) => {
            let share = of.recovered.and_then(|share| share.to_f64()).unwrap_or(0.0);
            vec![(format!("instruments[{}].paid_share", of.instrument), Change::Lose(share))]
        }
        RiskEvent::CreditAward(of) | RiskEvent::CreditAmount(of) => {
            vec![(format!("incentives[{}].paid_share", of.claim), Change::Multiply)]
        }
        RiskEvent::Overrun(over) => deal
            .budget
            .lines
            .iter()
            .filter(|line| match over.lines.as_slice() {
                [] => !is_above_the_line(line.account),
                named => named.contains(&line.id),
            })
            .map(|line| (format!("budget.lines[{}].amount", line.id), Change::Grow))
            .collect(),
        RiskEvent::BaseRate(of) => deal
            .market
            .base_rates
            .iter()
            .filter(|base| base.id == of.base)
            .flat_map(|base| {
                let path = |point: &str| format!("market.base_rates[{}].points[{point}].rate", base.id);
                base.points.iter().map(move |point| (path(&point.id), Change::Add)).collect::<Vec<_>>()
            })
            .collect(),
        RiskEvent::SourceDelay(_) | RiskEvent::DeliveryDelay | RiskEvent::CreditDelay(_) => Vec::new(),
    }
}

fn is_above_the_line(account: Account) -> bool {
    matches!(account, Account::StoryAndRights | Account::Producers | Account::Director | Account::VoiceTalent)
}
