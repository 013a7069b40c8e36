//! Formulas said shortly.

use rust_decimal::Decimal;

use crate::excel::Formula;

/// How close to a goal is at the goal: far above what binary fractions lose, far below a cent.
pub(super) fn trifle() -> Formula {
    Formula::Number(Decimal::new(1, 7))
}

pub(super) fn number(value: impl Into<Decimal>) -> Formula {
    Formula::Number(value.into())
}

pub(super) fn nought() -> Formula {
    number(0)
}

pub(super) fn call(name: &'static str, arguments: Vec<Formula>) -> Formula {
    Formula::Call(name, arguments)
}

pub(super) fn plus(left: Formula, right: Formula) -> Formula {
    match (&left, &right) {
        (Formula::Number(one), _) if one.is_zero() => right,
        (_, Formula::Number(one)) if one.is_zero() => left,
        _ => Formula::infix("+", left, right),
    }
}

pub(super) fn less(left: Formula, right: Formula) -> Formula {
    match &right {
        Formula::Number(one) if one.is_zero() => left,
        _ => Formula::infix("-", left, right),
    }
}

pub(super) fn times(left: Formula, right: Formula) -> Formula {
    match (&left, &right) {
        (Formula::Number(one), _) if *one == Decimal::ONE => right,
        (_, Formula::Number(one)) if *one == Decimal::ONE => left,
        _ => Formula::infix("*", left, right),
    }
}

pub(super) fn over(left: Formula, right: Formula) -> Formula {
    Formula::infix("/", left, right)
}

pub(super) fn least(of: Vec<Formula>) -> Formula {
    only_or("MIN", of)
}

pub(super) fn sum(of: Vec<Formula>) -> Formula {
    if of.is_empty() { nought() } else { only_or("SUM", of) }
}

fn only_or(name: &'static str, mut of: Vec<Formula>) -> Formula {
    match (of.len(), of.pop()) {
        (1, Some(only)) => only,
        (_, Some(last)) => {
            of.push(last);
            call(name, of)
        }
        (_, None) => nought(),
    }
}

/// Never below nothing.
pub(super) fn floored(of: Formula) -> Formula {
    call("MAX", vec![of, nought()])
}

pub(super) fn choose(test: Formula, yes: Formula, no: Formula) -> Formula {
    call("IF", vec![test, yes, no])
}

/// What binary fractions add or lose is taken off where an amount is carried on.
pub(super) fn clean(of: Formula) -> Formula {
    of.rounded(8)
}
