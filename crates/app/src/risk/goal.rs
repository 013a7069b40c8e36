//! The number to type for a figure to be what somebody wants: of the exact run, or of a simulation.

use recoup_deal::{Deal, Edit, deal_to_value, edited, get_in};
use recoup_explain::Quantity;
use recoup_money::{Currency, Money, Rounding};
use recoup_risk::sensitivity::{Goal, Root, Sought, seek};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use serde_json::{Value, json};

use super::address::Simulation;
use super::hand::Hand;
use super::simulated::{Wanted, simulated};
use crate::computation::computed;
use crate::figures::quantity;
use crate::state::State;
use crate::wire::{FigureDto, GoalAnswer, GoalJump, GoalView, QuantityDto, SeekGoal, SolvedCellDto};
use crate::{AppError, ErrorCode};

/// Inputs that are tried at equal distances before the search narrows.
const LOOKS: u32 = 25;

/// How near is near enough, as a share of what is wanted: a figure of six digits.
const NEAR: f64 = 5e-7;

/// How a cell writes its number.
#[derive(Clone, Copy)]
enum Form {
    Money(Currency),
    Decimal,
    Whole,
}

impl Form {
    /// The number of a typed cell, and how it is written.
    fn read(value: &Value) -> Option<(Self, f64)> {
        if let Some(whole) = value.as_i64() {
            return Some((Self::Whole, whole as f64));
        }
        let text = value.as_str()?;
        if let Ok(money) = text.parse::<Money>() {
            return Some((Self::Money(money.currency()), money.to_f64()));
        }
        Some((Self::Decimal, text.parse::<Decimal>().ok()?.to_f64()?))
    }

    /// The least difference that can be typed.
    fn step(self) -> f64 {
        match self {
            Self::Money(currency) => 1.0 / currency.minor_per_major() as f64,
            Self::Decimal => 1e-6,
            Self::Whole => 1.0,
        }
    }

    fn write(self, number: f64) -> Option<Value> {
        let exact = Decimal::from_f64_retain(number)?;
        Some(match self {
            Self::Money(currency) => {
                json!(Money::from_decimal(exact, currency, Rounding::HalfUp).ok()?.to_string())
            }
            Self::Decimal => json!(exact.round_dp(6).normalize().to_string()),
            Self::Whole => json!(number.round().to_i64()?),
        })
    }
}

/// A cell that is sought, and the figure it is sought for.
pub(super) struct Search<'a> {
    state: &'a State,
    simulation: Simulation,
    path: String,
    figure: String,
    form: Form,
    typed: f64,
    revision: u32,
}

impl<'a> Search<'a> {
    pub(super) fn new(
        state: &'a State,
        revision: u32,
        simulation: Simulation,
        asked: &SeekGoal,
    ) -> Result<Self, AppError> {
        let document = deal_to_value(&state.deal)?;
        let value = get_in(&document, &asked.cell);
        let Some((form, typed)) = value.as_ref().and_then(Form::read) else {
            return Err(AppError::new(ErrorCode::InvalidRequest, "No number is typed in this cell.")
                .with("path", "cell")
                .with("given", &asked.cell));
        };
        let (path, figure) = (asked.cell.clone(), asked.figure.clone());
        Ok(Self { state, simulation, path, figure, form, typed, revision })
    }

    fn cell(&self, at: f64) -> Option<SolvedCellDto> {
        Some(SolvedCellDto { path: self.path.clone(), value: self.form.write(at)? })
    }

    /// The figure with a number in the cell; none where the document refuses it or the figure is absent.
    fn figure(&self, at: f64) -> Option<FigureDto> {
        let cell = self.cell(at)?;
        let simulation = Simulation {
            with: Some(self.state.risk.draft(std::slice::from_ref(&cell))),
            ..self.simulation.clone()
        };
        if let Some(within) = self.figure.strip_prefix("risk.") {
            let wanted = Wanted { simulation: simulation.clone(), party: None };
            let found = simulated(self.state, &wanted, self.revision, &|| 0, &Hand::patient()).ok()?;
            let address = simulation.of(within);
            let value = found.figures.get(&address)?.clone();
            return Some(FigureDto { address, value });
        }
        let tried: Deal = edited(&self.state.deal, &[Edit::set(cell.path, cell.value)]).ok()?;
        let outcome = computed(&tried).ok()?;
        let value = quantity(outcome.book.at(&self.figure)?).ok()?;
        Some(FigureDto { address: simulation.of(&format!("in.{}", self.figure)), value })
    }

    fn answer(&self, root: Root) -> Option<GoalAnswer> {
        Some(GoalAnswer { cell: self.cell(root.at)?, figure: self.figure(root.at)? })
    }

    fn bound(&self, given: Option<&str>, name: &str, usual: f64) -> Result<f64, AppError> {
        given.map_or(Ok(usual), |text| number(text, name))
    }

    /// Seeks.
    pub(super) fn seek(&self, asked: &SeekGoal) -> Result<GoalView, AppError> {
        let known = match self.figure.strip_prefix("risk.") {
            None => self.state.outcome()?.book.at(&self.figure).is_some_and(is_number),
            Some(_) => self.figure(self.typed).is_some(),
        };
        if !known {
            return Err(AppError::new(ErrorCode::NotFound, "There is no figure at this address.")
                .with("path", "figure")
                .with("address", &self.figure));
        }
        let target = number(&asked.target, "target")?;
        let is_share = matches!(self.form, Form::Decimal) && (0.0..=1.0).contains(&self.typed);
        let most = if is_share { 1.0 } else { 4.0 * self.typed.abs().max(self.form.step()) };
        let goal = Goal {
            target,
            within: (target.abs() * NEAR).max(NEAR),
            low: self.bound(asked.low.as_deref(), "low", 0.0)?,
            high: self.bound(asked.high.as_deref(), "high", most)?,
            step: self.form.step(),
            looks: LOOKS,
        };
        let step = goal.step;
        let snapped = |at: f64| (at / step).round() * step;
        let found = seek(goal, |at| worth(&self.figure(snapped(at))?.value)).map_err(|reason| {
            AppError::new(ErrorCode::InvalidRequest, format!("{reason}."))
                .with("path", "high")
                .with("given", goal.high)
        })?;
        Ok(self.told(found))
    }

    fn told(&self, found: Sought) -> GoalView {
        let jumps = found.jumps.iter().filter_map(|jump| {
            Some(GoalJump { before: self.answer(jump.before)?, after: self.answer(jump.after)? })
        });
        GoalView {
            revision: self.revision,
            answers: found.roots.iter().filter_map(|root| self.answer(*root)).collect(),
            jumps: jumps.collect(),
            nearest: found.nearest.and_then(|root| self.answer(root)),
            trials: found.trials,
        }
    }
}

fn is_number(value: &Quantity) -> bool {
    value.as_money().is_some() || value.as_number().is_some()
}

fn worth(value: &QuantityDto) -> Option<f64> {
    match value {
        QuantityDto::Money { amount } => {
            let currency = Currency::from_code(amount.currency()).ok()?;
            Some(Money::new(amount.minor(), currency).to_f64())
        }
        QuantityDto::Number { decimal } => decimal.parse().ok(),
        QuantityDto::Flag { .. } | QuantityDto::Date { .. } | QuantityDto::Absent { .. } => None,
    }
}

/// A number that somebody typed: an amount or a decimal.
fn number(text: &str, path: &str) -> Result<f64, AppError> {
    let money = text.parse::<Money>().ok().map(|money| money.to_f64());
    let found = money.or_else(|| text.parse::<Decimal>().ok()?.to_f64());
    found.ok_or_else(|| {
        AppError::new(ErrorCode::InvalidRequest, "This is no number.").with("path", path).with("given", text)
    })
}
