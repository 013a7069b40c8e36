//! What a step gives on plain numbers: constants are worked out once, and a tape is checked against it.

use recoup_explain::Comparison;
use recoup_money::Rounding;

use super::op::Op;

/// The answer of one step.
pub(crate) fn fold(op: Op, values: &[f64]) -> f64 {
    let (Some(first), rest) = (values.first().copied(), values.get(1..).unwrap_or_default()) else {
        return f64::NAN;
    };
    match op {
        Op::Sum => rest.iter().fold(first, |sum, value| sum + value),
        Op::Less => rest.iter().fold(first, |left, value| left - value),
        Op::Negate => -first,
        Op::Product => rest.iter().fold(first, |product, value| product * value),
        Op::Quotient => rest.first().map_or(f64::NAN, |by| first / by),
        Op::Least => rest.iter().fold(first, |best, value| if *value < best { *value } else { best }),
        Op::Greatest => rest.iter().fold(first, |best, value| if *value > best { *value } else { best }),
        Op::Tiered => tiered(first, rest),
        Op::Banded => banded(first, rest),
        Op::If => match rest {
            [then, _] if first > 0.75 => *then,
            [_, otherwise] if first < 0.25 => *otherwise,
            _ => f64::NAN,
        },
        Op::Not => 1.0 - first,
        Op::Compare(comparison, near) => {
            let apart = rest.first().map_or(f64::NAN, |other| first - other);
            f64::from(u8::from(holds(comparison, apart, near)))
        }
        Op::Round { unit, rounding } => round(first / unit, rounding) * unit,
    }
}

fn holds(comparison: Comparison, apart: f64, near: f64) -> bool {
    match comparison {
        Comparison::Less => apart < -near,
        Comparison::AtMost => apart < near,
        Comparison::Equal => apart.abs() < near,
        Comparison::Different => apart.abs() >= near,
        Comparison::AtLeast => apart > -near,
        Comparison::Greater => apart > near,
    }
}

fn tiered(x: f64, table: &[f64]) -> f64 {
    let mut sum = 0.0;
    for (place, pair) in table.chunks_exact(2).enumerate() {
        let next = table.get(2 * place + 2).copied().unwrap_or(x);
        let to = if next < x { next } else { x };
        let slice = to - pair[0];
        sum += if slice > 0.0 { slice * pair[1] } else { 0.0 };
    }
    sum
}

fn banded(x: f64, table: &[f64]) -> f64 {
    let mut rate = 0.0;
    for pair in table.chunks_exact(2) {
        rate = if pair[0] <= x { pair[1] } else { rate };
    }
    x * rate
}

/// What lies a billionth from a whole number is that number, and so is half of one: the book's decimals are exact, and
/// what a double carries beyond them is not meant.
const SLACK: f64 = 1e-9;

fn round(x: f64, rounding: Rounding) -> f64 {
    let near = x.round_ties_even();
    if (x - near).abs() < SLACK {
        return near;
    }
    let (floor, negative) = (x.floor(), x < 0.0);
    let tie = (x - floor - 0.5).abs() < SLACK;
    match rounding {
        Rounding::HalfUp if tie => {
            if negative {
                floor
            } else {
                floor + 1.0
            }
        }
        Rounding::HalfUp | Rounding::HalfEven => near,
        Rounding::Down => {
            if negative {
                floor + 1.0
            } else {
                floor
            }
        }
        Rounding::Up => {
            if negative {
                floor
            } else {
                floor + 1.0
            }
        }
        Rounding::Floor => floor,
        Rounding::Ceiling => floor + 1.0,
    }
}
