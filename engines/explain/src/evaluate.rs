//! The one meaning of every operation, used when a book is written and when it is checked.

use recoup_calendar::Date;
use recoup_money::{Money, MoneyError, Rounding, apportion};
use rust_decimal::Decimal;

use crate::operation::{Comparison, Operation};
use crate::quantity::{Absence, Quantity};

type Answer = Result<Quantity, Absence>;

/// All parts of a split, in order.
pub(crate) type Parts = Result<Vec<Money>, Absence>;

/// Evaluates an operation. Absent inputs make the answer absent, except where an operation asks about
/// presence or does not look at the input.
pub(crate) fn evaluate(operation: Operation, inputs: &[&Quantity]) -> Answer {
    match operation {
        Operation::If => return choose(inputs),
        Operation::Given => return Ok(Quantity::Flag(first(inputs)?.absence().is_none())),
        Operation::FirstGiven => return first_given(inputs),
        Operation::All => return decide(inputs, false),
        Operation::Any => return decide(inputs, true),
        Operation::Placed | Operation::Decided | Operation::Solved => {
            let value = first(inputs)?;
            return value.absence().map_or_else(|| Ok(value.clone()), |absence| Err(absence.clone()));
        }
        _ => {}
    }
    if let Some(absence) = inputs.iter().find_map(|input| input.absence()) {
        return Err(absence.clone());
    }
    match operation {
        Operation::Carry => first(inputs).cloned(),
        Operation::Sum => fold(inputs, "sum", Money::checked_add, Decimal::checked_add),
        Operation::Difference => fold(inputs, "difference", Money::checked_sub, Decimal::checked_sub),
        Operation::Negate => negate(first(inputs)?),
        Operation::Product => product(inputs).map(Quantity::Number),
        Operation::Scale { rounding } => scale(inputs, rounding),
        Operation::Quotient => quotient(inputs),
        Operation::Least => extreme(inputs, Comparison::Less),
        Operation::Greatest => extreme(inputs, Comparison::Greater),
        Operation::Round { places, rounding } => {
            Ok(Quantity::Number(rounding.apply(number(first(inputs)?)?, u32::from(places))))
        }
        Operation::ToMoney { currency, rounding } => {
            money_result(Money::from_decimal(number(first(inputs)?)?, currency, rounding))
        }
        Operation::ToNumber => Ok(Quantity::Number(money(first(inputs)?)?.to_decimal())),
        Operation::Convert { currency, rounding } => {
            let [amount, rate] = two(inputs)?;
            let value = money(amount)?
                .to_decimal()
                .checked_mul(number(rate)?)
                .ok_or_else(|| Absence::arithmetic("conversion overflows"))?;
            money_result(Money::from_decimal(value, currency, rounding))
        }
        Operation::Apportion { part } | Operation::Settle { part } => {
            part_of(&parts(operation, inputs), part)
        }
        Operation::Tiered => tiered(inputs).map(Quantity::Number),
        Operation::Banded => banded(inputs).map(Quantity::Number),
        Operation::Not => Ok(Quantity::Flag(!flag(first(inputs)?)?)),
        Operation::Compare(comparison) => {
            let [left, right] = two(inputs)?;
            Ok(Quantity::Flag(holds(comparison, left, right)?))
        }
        Operation::YearFraction { .. }
        | Operation::Growth { .. }
        | Operation::AddMonths
        | Operation::AddDays
        | Operation::DateOfGreatest => dates::evaluate(operation, inputs),
        Operation::ReturnOnGrid
        | Operation::ReturnOnDates
        | Operation::PresentValue { .. }
        | Operation::PresentValueOnDates { .. }
        | Operation::Payback => returns::evaluate(operation, inputs),
        Operation::If
        | Operation::Given
        | Operation::FirstGiven
        | Operation::All
        | Operation::Any
        | Operation::Placed
        | Operation::Decided
        | Operation::Solved => Err(Absence::arithmetic("unreachable operation")),
    }
}

fn first<'q>(inputs: &[&'q Quantity]) -> Result<&'q Quantity, Absence> {
    inputs.first().copied().ok_or_else(|| Absence::arithmetic("an operation was given nothing to work on"))
}

fn two<'q>(inputs: &[&'q Quantity]) -> Result<[&'q Quantity; 2], Absence> {
    match inputs {
        [left, right] => Ok([*left, *right]),
        _ => Err(Absence::arithmetic("an operation wants two inputs")),
    }
}

fn wrong(wanted: &str, got: &Quantity) -> Absence {
    Absence::arithmetic(format!("{wanted} expected, {} given", got.kind()))
}

fn number(quantity: &Quantity) -> Result<Decimal, Absence> {
    quantity.as_number().ok_or_else(|| wrong("a number", quantity))
}

fn money(quantity: &Quantity) -> Result<Money, Absence> {
    quantity.as_money().ok_or_else(|| wrong("an amount", quantity))
}

fn flag(quantity: &Quantity) -> Result<bool, Absence> {
    quantity.as_flag().ok_or_else(|| wrong("an answer", quantity))
}

fn date(quantity: &Quantity) -> Result<Date, Absence> {
    quantity.as_date().ok_or_else(|| wrong("a date", quantity))
}

fn money_result(result: Result<Money, MoneyError>) -> Answer {
    result.map(Quantity::Money).map_err(|error| Absence::arithmetic(error.to_string()))
}

fn choose(inputs: &[&Quantity]) -> Answer {
    let [question, then, otherwise] = inputs else {
        return Err(Absence::arithmetic("a choice wants a question and two answers"));
    };
    if let Some(absence) = question.absence() {
        return Err(absence.clone());
    }
    let chosen = if flag(question)? { then } else { otherwise };
    match chosen.absence() {
        Some(absence) => Err(absence.clone()),
        None => Ok((*chosen).clone()),
    }
}

fn first_given(inputs: &[&Quantity]) -> Answer {
    match inputs.iter().find(|input| input.absence().is_none()) {
        Some(given) => Ok((*given).clone()),
        None => match first(inputs)?.absence() {
            Some(absence) => Err(absence.clone()),
            None => Err(Absence::arithmetic("nothing given")),
        },
    }
}

/// Kleene's three-valued logic: an unknown answer matters only where the known ones do not decide.
fn decide(inputs: &[&Quantity], deciding: bool) -> Answer {
    let mut unknown = None;
    for input in inputs {
        match input.absence() {
            Some(absence) => unknown = Some(absence.clone()),
            None if flag(input)? == deciding => return Ok(Quantity::Flag(deciding)),
            None => {}
        }
    }
    unknown.map_or(Ok(Quantity::Flag(!deciding)), Err)
}

fn fold(
    inputs: &[&Quantity],
    name: &str,
    amounts: fn(Money, Money) -> Result<Money, MoneyError>,
    numbers: fn(Decimal, Decimal) -> Option<Decimal>,
) -> Answer {
    let mut rest = inputs.iter();
    let start = rest.next().ok_or_else(|| Absence::arithmetic(format!("{name} of nothing")))?;
    match start {
        Quantity::Money(start) => {
            let mut total = *start;
            for input in rest {
                total =
                    amounts(total, money(input)?).map_err(|error| Absence::arithmetic(error.to_string()))?;
            }
            Ok(Quantity::Money(total))
        }
        _ => {
            let mut total = number(start)?;
            for input in rest {
                total = numbers(total, number(input)?)
                    .ok_or_else(|| Absence::arithmetic(format!("{name} overflows")))?;
            }
            Ok(Quantity::Number(total))
        }
    }
}

fn negate(input: &Quantity) -> Answer {
    match input {
        Quantity::Money(amount) => money_result(Money::zero(amount.currency()).checked_sub(*amount)),
        _ => Ok(Quantity::Number(-number(input)?)),
    }
}

fn product(inputs: &[&Quantity]) -> Result<Decimal, Absence> {
    inputs.iter().try_fold(Decimal::ONE, |total, input| {
        total.checked_mul(number(input)?).ok_or_else(|| Absence::arithmetic("product overflows"))
    })
}

fn scale(inputs: &[&Quantity], rounding: Rounding) -> Answer {
    let amount = money(first(inputs)?)?;
    money_result(amount.scale(product(&inputs[1..])?, rounding))
}

fn quotient(inputs: &[&Quantity]) -> Answer {
    let [left, right] = two(inputs)?;
    let (left, right) = match (left, right) {
        (Quantity::Money(left), Quantity::Money(right)) if left.currency() == right.currency() => {
            (Decimal::from(left.minor()), Decimal::from(right.minor()))
        }
        (Quantity::Money(_), Quantity::Money(_)) => {
            return Err(Absence::arithmetic("amounts of two currencies cannot be divided"));
        }
        _ => (number(left)?, number(right)?),
    };
    if right.is_zero() {
        return Err(Absence::arithmetic("division by zero"));
    }
    left.checked_div(right).map(Quantity::Number).ok_or_else(|| Absence::arithmetic("quotient overflows"))
}

fn holds(comparison: Comparison, left: &Quantity, right: &Quantity) -> Result<bool, Absence> {
    use std::cmp::Ordering;
    let order = match (left, right) {
        (Quantity::Money(left), Quantity::Money(right)) if left.currency() == right.currency() => {
            left.minor().cmp(&right.minor())
        }
        (Quantity::Number(left), Quantity::Number(right)) => left.cmp(right),
        (Quantity::Date(left), Quantity::Date(right)) => left.cmp(right),
        (Quantity::Flag(left), Quantity::Flag(right)) => left.cmp(right),
        _ => return Err(Absence::arithmetic(format!("{} and {} do not compare", left.kind(), right.kind()))),
    };
    Ok(match comparison {
        Comparison::Less => order == Ordering::Less,
        Comparison::AtMost => order != Ordering::Greater,
        Comparison::Equal => order == Ordering::Equal,
        Comparison::Different => order != Ordering::Equal,
        Comparison::AtLeast => order != Ordering::Less,
        Comparison::Greater => order == Ordering::Greater,
    })
}

fn extreme(inputs: &[&Quantity], wanted: Comparison) -> Answer {
    let mut best = first(inputs)?;
    for input in &inputs[1..] {
        if holds(wanted, input, best)? {
            best = *input;
        }
    }
    Ok(best.clone())
}

/// All parts of a split: of an amount by weights, or of a payment by dues. Whoever wants them all asks once.
pub(crate) fn parts(operation: Operation, inputs: &[&Quantity]) -> Parts {
    if let Some(absence) = inputs.iter().find_map(|input| input.absence()) {
        return Err(absence.clone());
    }
    match operation {
        Operation::Settle { .. } => settle(inputs),
        _ => split(inputs),
    }
}

/// One part of a split.
pub(crate) fn part_of(parts: &Parts, part: u16) -> Answer {
    let parts = parts.as_ref().map_err(Clone::clone)?;
    let found = parts.get(usize::from(part)).map(|part| Quantity::Money(*part));
    found.ok_or_else(|| Absence::arithmetic("a split has no such part"))
}

fn split(inputs: &[&Quantity]) -> Result<Vec<Money>, Absence> {
    let total = money(first(inputs)?)?;
    let weights = inputs[1..].iter().map(|input| weight(input)).collect::<Result<Vec<_>, _>>()?;
    apportion(total, &weights).map_err(|error| Absence::arithmetic(error.to_string()))
}

fn weight(input: &Quantity) -> Result<Decimal, Absence> {
    match input {
        Quantity::Money(amount) => Ok(Decimal::from(amount.minor())),
        _ => number(input),
    }
}

/// Whole minor units to everyone who is due them, the rest one each to the largest remainders. Dues are
/// looked at to a millionth of a minor unit: what is closer to a whole unit is that unit.
fn settle(inputs: &[&Quantity]) -> Result<Vec<Money>, Absence> {
    let total = money(first(inputs)?)?;
    let units = Decimal::from(total.currency().minor_per_major());
    let tolerance = Decimal::new(1, 6);
    let mut paid = Vec::with_capacity(inputs.len() - 1);
    let mut left = total.minor();
    for input in &inputs[1..] {
        let due = number(input)?.checked_mul(units).ok_or_else(|| Absence::arithmetic("a due overflows"))?;
        let whole = (due + tolerance).floor().max(Decimal::ZERO);
        let minor = i64::try_from(whole).map_err(|_| Absence::arithmetic("a due overflows"))?;
        let remainder = ((due - whole) / tolerance + Decimal::new(5, 1)).floor();
        left = left.checked_sub(minor).ok_or_else(|| Absence::arithmetic("dues overflow"))?;
        paid.push((minor, remainder, due > Decimal::ZERO));
    }
    if left.unsigned_abs() > paid.len() as u64 {
        return Err(Absence::arithmetic("what is paid and what is due differ by more than rounding"));
    }
    let million = Decimal::new(1, 0) / tolerance;
    while left != 0 {
        let step = left.signum();
        let mut best: Option<usize> = None;
        for (index, (minor, remainder, owed)) in paid.iter().enumerate() {
            let may = if step > 0 { *owed } else { *minor > 0 };
            let better = best.is_none_or(|found: usize| {
                let other = paid[found].1;
                if step > 0 { *remainder > other } else { *remainder < other }
            });
            if may && better {
                best = Some(index);
            }
        }
        let Some(index) = best else { break };
        paid[index].0 += step;
        paid[index].1 -= Decimal::from(step) * million;
        left -= step;
    }
    Ok(paid.into_iter().map(|(minor, ..)| Money::new(minor, total.currency())).collect())
}

fn steps(inputs: &[&Quantity]) -> Result<(Decimal, Vec<(Decimal, Decimal)>), Absence> {
    let amount = number(first(inputs)?)?;
    let pairs = inputs[1..].chunks(2).map(|pair| match pair {
        [from, rate] => Ok((number(from)?, number(rate)?)),
        _ => Err(Absence::arithmetic("a rate table wants pairs of threshold and rate")),
    });
    Ok((amount, pairs.collect::<Result<_, _>>()?))
}

fn tiered(inputs: &[&Quantity]) -> Result<Decimal, Absence> {
    let (amount, steps) = steps(inputs)?;
    let mut total = Decimal::ZERO;
    for (index, (from, rate)) in steps.iter().enumerate() {
        let to = steps.get(index + 1).map_or(amount, |next| next.0.min(amount));
        if to > *from {
            total = to
                .checked_sub(*from)
                .and_then(|slice| slice.checked_mul(*rate))
                .and_then(|slice| total.checked_add(slice))
                .ok_or_else(|| Absence::arithmetic("tiered rate overflows"))?;
        }
    }
    Ok(total)
}

fn banded(inputs: &[&Quantity]) -> Result<Decimal, Absence> {
    let (amount, steps) = steps(inputs)?;
    let rate = steps.iter().rev().find(|(from, _)| *from <= amount).map_or(Decimal::ZERO, |(_, rate)| *rate);
    amount.checked_mul(rate).ok_or_else(|| Absence::arithmetic("banded rate overflows"))
}

fn dated(inputs: &[&Quantity]) -> Result<Vec<(Date, Money)>, Absence> {
    inputs
        .chunks(2)
        .map(|pair| match pair {
            [on, amount] => Ok((date(on)?, money(amount)?)),
            _ => Err(Absence::arithmetic("dated amounts come in pairs")),
        })
        .collect()
}

mod dates;
mod returns;
