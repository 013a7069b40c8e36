//! Numbers of a simulation as they cross the wire.

use std::collections::HashMap;

use recoup_money::{Currency, Money, Rounding};
use recoup_risk::run::Estimate;
use recoup_risk::statistics::Answer;
use rust_decimal::{Decimal, RoundingStrategy};

use super::address::Simulation;
use crate::wire::{MoneyDto, QuantityDto, RiskAmount, RiskFigure};

/// Digits behind the point of rates, shares and multiples: a hundredth of a basis point.
const PLACES: u32 = 6;

/// A number with the digits that mean something.
pub(super) fn decimal(value: f64, places: u32) -> Option<String> {
    let exact = Decimal::from_f64_retain(value)?;
    let rounded = exact.round_dp_with_strategy(places, RoundingStrategy::MidpointAwayFromZero).normalize();
    Some(rounded.to_string())
}

/// An input, which may be an amount of millions or a factor: seven digits, and whole major units.
pub(super) fn input(value: f64) -> Option<String> {
    let whole = value.abs().max(1.0).log10().floor() as u32;
    decimal(value, 7_u32.saturating_sub(whole))
}

pub(super) fn money(value: f64, currency: Currency) -> Option<MoneyDto> {
    let exact = Decimal::from_f64_retain(value)?;
    let amount = Money::from_decimal(exact, currency, Rounding::HalfUp).ok()?;
    MoneyDto::new(amount.minor(), currency.to_string()).ok()
}

/// Writes figures down as they are told, so that each can say later why it is what it is.
pub(super) struct Teller {
    simulation: Simulation,
    currency: Currency,
    known: HashMap<String, QuantityDto>,
}

impl Teller {
    pub(super) fn new(simulation: Simulation, currency: Currency) -> Self {
        Self { simulation, currency, known: HashMap::new() }
    }

    pub(super) fn currency(&self) -> Currency {
        self.currency
    }

    /// Every figure that was told, by its address.
    pub(super) fn known(self) -> HashMap<String, QuantityDto> {
        self.known
    }

    /// An address of this simulation.
    pub(super) fn address(&self, within: &str) -> String {
        self.simulation.of(within)
    }

    fn note(&mut self, within: &str, value: Option<QuantityDto>, reason: Option<&str>) -> String {
        let address = self.address(within);
        let absent = || QuantityDto::Absent { reason: reason.unwrap_or_default().to_owned(), path: None };
        self.known.insert(address.clone(), value.unwrap_or_else(absent));
        address
    }

    pub(super) fn number(&mut self, within: &str, answer: Answer) -> RiskFigure {
        self.rounded(within, answer, PLACES)
    }

    pub(super) fn months(&mut self, within: &str, answer: Answer) -> RiskFigure {
        self.rounded(within, answer, 2)
    }

    fn rounded(&mut self, within: &str, answer: Answer, places: u32) -> RiskFigure {
        let found = answer.known();
        let value = found.and_then(|found| decimal(found.value, places));
        let reason = if value.is_none() { Some(why(answer)) } else { None };
        let told = value.clone().map(|decimal| QuantityDto::Number { decimal });
        RiskFigure {
            address: self.note(within, told, reason.as_deref()),
            error: found.and_then(|found| decimal(found.error?, PLACES)),
            value,
            reason,
        }
    }

    /// A share of the paths.
    pub(super) fn share(&mut self, within: &str, share: Option<Estimate>) -> RiskFigure {
        self.number(within, share.map_or(Answer::Nothing, Answer::Known))
    }

    /// A number without an error of its own: what follows from typed inputs.
    pub(super) fn plain(&mut self, within: &str, value: f64) -> RiskFigure {
        let answer =
            if value.is_finite() { Answer::Known(Estimate { value, error: None }) } else { Answer::Nothing };
        self.number(within, answer)
    }

    /// What does not apply to a party.
    pub(super) fn nothing(&mut self, within: &str, reason: &str) -> RiskFigure {
        let address = self.note(within, None, Some(reason));
        RiskFigure { address, value: None, error: None, reason: Some(reason.to_owned()) }
    }

    pub(super) fn amount(&mut self, within: &str, answer: Answer) -> RiskAmount {
        let found = answer.known();
        let value = found.and_then(|found| money(found.value, self.currency));
        let told = value.clone().map(|amount| QuantityDto::Money { amount });
        RiskAmount {
            address: self.note(within, told, Some(&why(answer))),
            error: found.and_then(|found| money(found.error?, self.currency)),
            value,
        }
    }

    pub(super) fn noted_amount(&mut self, within: &str, value: Option<MoneyDto>) -> String {
        let told = value.map(|amount| QuantityDto::Money { amount });
        self.note(within, told, Some(NOTHING))
    }
}

/// No path has such a value.
pub(super) const NOTHING: &str = "no path has a value";
/// A hand moves, and something else is looked at.
pub(super) const LATER: &str = "it is told when the hand rests";
/// It put no money in.
pub(super) const NO_MONEY: &str = "this party puts no money in";

fn why(answer: Answer) -> String {
    match answer {
        Answer::Withheld { undefined } => {
            let share = decimal(undefined * 100.0, 1).unwrap_or_default();
            format!("withheld: {share} % of the paths have no defined return")
        }
        Answer::Never => "it lies among paths in which the money never comes back".to_owned(),
        Answer::Nothing | Answer::Known(_) => NOTHING.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_told_with_the_digits_that_mean_something() {
        assert_eq!(decimal(0.044_312_349, 6).as_deref(), Some("0.044312"));
        assert_eq!(decimal(-0.000_000_2, 6).as_deref(), Some("0"));
        assert_eq!(decimal(f64::NAN, 6), None);
        assert_eq!(input(12_345_678.901_234).as_deref(), Some("12345679"));
        assert_eq!(input(0.123_456_789).as_deref(), Some("0.1234568"));
    }
}
