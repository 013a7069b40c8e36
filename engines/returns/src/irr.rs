//! Internal rates of return: of equally spaced flows, and of dated ones.

use recoup_calendar::Date;

use crate::discount_sum::DiscountSum;
use crate::double_double::DoubleDouble;
use crate::error::ReturnsError;
use crate::outcome::{Root, Solution, Status};
use crate::scaled::Scaled;
use crate::solver;

/// All rates per period that bring the present value of `flows` to zero; flow `t` falls at the end of period `t`.
///
/// # Errors
/// [`ReturnsError::NotFinite`] for an amount that is not a number.
pub fn irr(flows: &[f64]) -> Result<Solution, ReturnsError> {
    let mut timed = Vec::with_capacity(flows.len());
    for (period, amount) in (0i64..).zip(flows) {
        timed.push((period, finite(*amount)?));
    }
    Ok(solution(timed, 1.0))
}

/// All annual rates that bring the present value of dated flows to zero, in any order of dates; years are actual
/// days over 365 (ACT/365F) from the earliest date. Flows of one day are added up first.
///
/// Where the flows change sign more than once, annual rates are counted only as far as a double can hold `1 + r` and
/// its inverse: two flows on neighbouring days can balance at a rate with hundreds of digits, which is an answer to
/// no question. With one change of sign the only rate is given whatever its size.
///
/// # Errors
/// [`ReturnsError::NotFinite`] for an amount that is not a number.
pub fn xirr(flows: &[(Date, f64)]) -> Result<Solution, ReturnsError> {
    let Some(origin) = flows.iter().map(|(date, _)| *date).min() else {
        return Ok(solution(Vec::new(), 1.0));
    };
    let mut timed = Vec::with_capacity(flows.len());
    for (date, amount) in flows {
        timed.push((origin.days_until(*date), finite(*amount)?));
    }
    let mut solution = solution(timed, 365.0);
    if solution.sign_changes > 1 {
        solution.roots.retain(|root| root.ln1p.abs() <= LN_LARGEST);
        solution.status = status(solution.starts_with_payment, solution.sign_changes, solution.roots.len());
    }
    Ok(solution)
}

/// `ln` of the largest double.
const LN_LARGEST: f64 = 709.782_712_893_384;

pub(crate) fn finite(amount: f64) -> Result<Scaled, ReturnsError> {
    if amount.is_finite() { Ok(Scaled::from_f64(amount)) } else { Err(ReturnsError::NotFinite { amount }) }
}

/// Solves flows at whole times, of which `per_year` make a year.
pub(crate) fn solution(flows: Vec<(i64, Scaled)>, per_year: f64) -> Solution {
    let sum = DiscountSum::new(flows);
    let roots: Vec<Root> = solver::roots(&sum)
        .into_iter()
        .map(|root| {
            let ln1p = root.y * DoubleDouble::from(per_year);
            Root { ln1p: ln1p.to_f64(), rate: ln1p.exp_m1().min(f64::MAX), repeated: root.repeated }
        })
        .collect();
    let sign_changes = sum.sign_changes();
    let starts_with_payment = (!sum.is_empty()).then(|| sum.starts_negative());
    let status = status(starts_with_payment, sign_changes, roots.len());
    Solution { status, roots, sign_changes, starts_with_payment }
}

fn status(starts_with_payment: Option<bool>, sign_changes: usize, roots: usize) -> Status {
    match (starts_with_payment, sign_changes, roots) {
        (None, _, _) => Status::AllZero,
        (Some(_), 0, _) => Status::NoSignChange,
        (Some(_), _, 0) => Status::NoRoot,
        (Some(_), _, 1) => Status::Unique,
        (Some(_), _, _) => Status::Multiple,
    }
}
