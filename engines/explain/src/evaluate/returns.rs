//! Measures of return, by the one library that every other place uses.

use recoup_money::{Currency, Money};
use recoup_returns::{Outcome, grid};
use rust_decimal::Decimal;

use super::{Absence, Answer, Date, Operation, Quantity, date, dated, number};

/// Decimal places kept of a rate of return: far beyond what is shown, well within what is solved.
const PLACES: u32 = 12;

pub(super) fn evaluate(operation: Operation, inputs: &[&Quantity]) -> Answer {
    match operation {
        Operation::ReturnOnGrid => {
            let (rate, flows) = leading(inputs)?;
            let flows = dated(flows)?;
            let grid = grid::place_on_quarters(&flows, number(rate)?).map_err(failed)?;
            rate_of(&grid.irr().outcome())
        }
        Operation::ReturnOnDates => {
            let flows: Vec<(Date, f64)> =
                dated(inputs)?.into_iter().map(|(on, amount)| (on, amount.minor() as f64)).collect();
            rate_of(&recoup_returns::xirr(&flows).map_err(failed)?.outcome())
        }
        Operation::PresentValue { rounding } => {
            let (rate, rest) = leading(inputs)?;
            let (as_of, flows) = leading(rest)?;
            let flows = dated(flows)?;
            let month = date(as_of)?.year_month();
            recoup_returns::present_value(&flows, currency(&flows)?, number(rate)?, month, rounding)
                .map(Quantity::Money)
                .map_err(failed)
        }
        Operation::PresentValueOnDates { rounding } => {
            let (rate, rest) = leading(inputs)?;
            let (as_of, flows) = leading(rest)?;
            let flows = dated(flows)?;
            let (rate, as_of) = (number(rate)?, date(as_of)?);
            recoup_returns::present_value_dated(&flows, currency(&flows)?, rate, as_of, rounding)
                .map(Quantity::Money)
                .map_err(failed)
        }
        _ => {
            let flows = dated(inputs)?;
            let payback = recoup_returns::payback(&flows, currency(&flows)?).map_err(failed)?;
            match payback {
                Some(payback) => Ok(Quantity::Number(Decimal::from(payback.months))),
                None if flows.iter().any(|(_, amount)| amount.is_negative()) => {
                    Err(Absence::undefined("the money put in does not come back"))
                }
                None => Err(Absence::undefined("no money was put in")),
            }
        }
    }
}

fn leading<'a, 'q>(inputs: &'a [&'q Quantity]) -> Result<(&'q Quantity, &'a [&'q Quantity]), Absence> {
    let split = inputs.split_first().map(|(first, rest)| (*first, rest));
    split.ok_or_else(|| Absence::arithmetic("a return wants a rate and flows"))
}

fn currency(flows: &[(Date, Money)]) -> Result<Currency, Absence> {
    flows.first().map(|(_, amount)| amount.currency()).ok_or_else(|| Absence::undefined("there are no flows"))
}

fn rate_of(outcome: &Outcome) -> Answer {
    match (outcome.rate_decimal(PLACES), outcome.reason()) {
        (Some(rate), _) => Ok(Quantity::Number(rate)),
        (None, Some(reason)) => Err(Absence::undefined(reason.to_string())),
        (None, None) => Err(Absence::undefined("the rate is beyond what can be written")),
    }
}

fn failed(error: impl std::fmt::Display) -> Absence {
    Absence::arithmetic(error.to_string())
}
