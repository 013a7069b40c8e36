//! The shapes that a function of the forms takes in a spreadsheet: lists, roundings, connectives, rates by slices.

use rust_decimal::Decimal;

use super::Formula;
use super::law::{Kind, Translation};

/// The same where every list that may be missing has an item.
pub(super) fn filled(parts: &[&Translation], formula: Formula) -> Formula {
    let lists = parts.iter().filter(|part| part.kind == Kind::List && part.lacks);
    lists.fold(formula, |formula, list| {
        let count = Formula::Call("COUNT", vec![list.formula.clone()]);
        let none = Formula::infix("=", count, Formula::Number(Decimal::ZERO));
        Formula::Call("IF", vec![none, Formula::nothing(), formula])
    })
}

/// A rounding by its name in the forms. The directed ones first take off what binary fractions add: a hundred
/// times 0.29 is 29, and not a hair less.
pub(super) fn rounding(amount: Formula, places: u32, mode: &str) -> Option<Formula> {
    let clean = || amount.clone().rounded(places + 6);
    let to = |function, amount| Formula::Call(function, vec![amount, Formula::Number(places.into())]);
    let by_sign = |below, above| {
        let negative = Formula::infix("<", amount.clone(), Formula::Number(Decimal::ZERO));
        Formula::Call("IF", vec![negative, to(below, clean()), to(above, clean())])
    };
    Some(match mode {
        "half_up" => amount.rounded(places),
        "down" => to("ROUNDDOWN", clean()),
        "up" => to("ROUNDUP", clean()),
        "floor" => by_sign("ROUNDUP", "ROUNDDOWN"),
        "ceiling" => by_sign("ROUNDDOWN", "ROUNDUP"),
        "half_even" => {
            // On a tie twice the rounded half is even; elsewhere half-up is right.
            let unit = Decimal::new(1, places);
            let two = Formula::Number(Decimal::TWO);
            let units = Formula::infix("/", clean(), Formula::Number(unit));
            let tie = Formula::infix(
                "=",
                Formula::Call(
                    "ROUND",
                    vec![
                        Formula::Call("MOD", vec![units.clone(), Formula::Number(Decimal::ONE)]),
                        Formula::Number(6.into()),
                    ],
                ),
                Formula::Number(Decimal::new(5, 1)),
            );
            let half = Formula::infix("/", units, two.clone()).rounded(0);
            let even = Formula::infix("*", Formula::infix("*", two, half), Formula::Number(unit));
            Formula::Call("IF", vec![tie, even.rounded(places), clean().rounded(places)])
        }
        _ => return None,
    })
}

/// Every operand at once: where one may be open, the others decide first.
pub(super) fn at_once(operands: &[Translation], and: bool, lacks: bool) -> Formula {
    let name = if and { "AND" } else { "OR" };
    let all = Formula::Call(name, operands.iter().map(|one| one.formula.clone()).collect());
    if !lacks {
        return all;
    }
    let benign = |one: &Translation| {
        if one.lacks { one.formula.clone().or(Formula::Flag(and)) } else { one.formula.clone() }
    };
    let decided = Formula::Call(name, operands.iter().map(benign).collect());
    if and {
        Formula::Call("IF", vec![decided, all, Formula::Flag(false)])
    } else {
        Formula::Call("IF", vec![decided, Formula::Flag(true), all])
    }
}

/// One after the other, so that an operand that fails is reached only where the ones before leave it open.
pub(super) fn one_by_one(operands: &[Translation], and: bool) -> Formula {
    let Some((first, rest)) = operands.split_first() else { return Formula::Flag(and) };
    if rest.is_empty() {
        return first.formula.clone();
    }
    let rest = one_by_one(rest, and);
    let name = if and { "AND" } else { "OR" };
    let both = Formula::Call(name, vec![first.formula.clone(), rest.clone()]);
    let test = if first.lacks { first.formula.clone().or(Formula::Flag(and)) } else { first.formula.clone() };
    let open = if first.lacks {
        // The first one is open or leaves the answer to the rest; the rest may still decide.
        let decided = rest.clone().or(Formula::Flag(and));
        if and {
            Formula::Call("IF", vec![decided, both, Formula::Flag(false)])
        } else {
            Formula::Call("IF", vec![decided, Formula::Flag(true), both])
        }
    } else {
        rest
    };
    if and {
        Formula::Call("IF", vec![test, open, Formula::Flag(false)])
    } else {
        Formula::Call("IF", vec![test, Formula::Flag(true), open])
    }
}

/// Marginal rates, each on its slice: `x, rate, bound, rate, bound, rate …`.
pub(super) fn tiered(parts: &[Translation]) -> Option<Translation> {
    let amount = parts.first()?;
    let mut total: Option<Formula> = None;
    let mut floor: Option<&Translation> = None;
    for pair in parts.get(1..)?.chunks(2) {
        let rate = pair.first()?;
        let upper = pair.get(1);
        let below = match upper {
            Some(bound) => Formula::Call("MIN", vec![amount.formula.clone(), bound.formula.clone()]),
            None => amount.formula.clone(),
        };
        let slice = match floor {
            Some(floor) => Formula::infix("-", below, floor.formula.clone()),
            None => below,
        };
        let slice = Formula::Call("MAX", vec![Formula::Number(Decimal::ZERO), slice]);
        let part = Formula::infix("*", rate.formula.clone(), slice);
        total = Some(match total {
            Some(total) => Formula::infix("+", total, part),
            None => part,
        });
        floor = upper;
    }
    let all: Vec<&Translation> = parts.iter().collect();
    Some(Translation::of(total?, Kind::Number, &all))
}

/// The value of the band that holds the whole amount; a bound belongs to the band above it.
pub(super) fn banded(parts: &[Translation]) -> Option<Translation> {
    let amount = parts.first()?;
    let mut result = parts.get(1)?.clone();
    for pair in parts.get(2..)?.chunks(2) {
        let [bound, value] = pair else { return None };
        let reached = Formula::infix(">=", amount.formula.clone(), bound.formula.clone());
        let formula = Formula::Call("IF", vec![reached, value.formula.clone(), result.formula.clone()]);
        result = Translation::of(formula, Kind::Number, &[amount, bound, value, &result]);
    }
    Some(result.only_with(parts))
}
