//! What an operation gives on the nodes it reads, quickly where it is what most operations are.

use recoup_money::Money;
use rust_decimal::Decimal;

use crate::book::with_values;
use crate::evaluate::evaluate;
use crate::operation::{Comparison, Operation};
use crate::quantity::{Absence, Quantity};

/// The answer of an operation. [`evaluate`] has the last word on everything that is not plain.
pub(crate) fn answer<'v, P: Copy>(
    operation: Operation,
    reads: &[P],
    value: impl Fn(P) -> &'v Quantity,
) -> Result<Quantity, Absence> {
    match quick(operation, reads, &value) {
        Some(found) => Ok(found),
        None => with_values(value, reads, |values| evaluate(operation, values)),
    }
}

/// The same as [`evaluate`] where all that is read is there and of one kind.
fn quick<'v, P: Copy>(
    operation: Operation,
    reads: &[P],
    value: &impl Fn(P) -> &'v Quantity,
) -> Option<Quantity> {
    let (first, rest) = reads.split_first()?;
    match value(*first) {
        Quantity::Money(start) => amounts(operation, *start, rest, value),
        Quantity::Number(start) => numbers(operation, *start, rest, value).map(Quantity::Number),
        Quantity::Flag(yes) if operation == Operation::If => match rest {
            [then, otherwise] => {
                let chosen = value(if *yes { *then } else { *otherwise });
                chosen.absence().is_none().then(|| chosen.clone())
            }
            _ => None,
        },
        _ => None,
    }
}

fn amounts<'v, P: Copy>(
    operation: Operation,
    start: Money,
    rest: &[P],
    value: &impl Fn(P) -> &'v Quantity,
) -> Option<Quantity> {
    let mut others = rest.iter().map(|place| value(*place).as_money());
    let one = |place: &P| value(*place).as_money().filter(|other| other.currency() == start.currency());
    let found = match operation {
        Operation::Carry | Operation::Placed | Operation::Decided => start,
        Operation::Scale { rounding } => match rest {
            [factor] => start.scale(value(*factor).as_number()?, rounding).ok()?,
            _ => return None,
        },
        Operation::Sum => others.try_fold(start, |total, part| total.checked_add(part?).ok())?,
        Operation::Difference => others.try_fold(start, |total, part| total.checked_sub(part?).ok())?,
        Operation::Least => rest
            .iter()
            .try_fold(start, |best, other| Some(std::cmp::min_by_key(best, one(other)?, Money::minor)))?,
        Operation::Greatest => rest.iter().try_fold(start, |best, other| {
            one(other).map(|it| if it.minor() > best.minor() { it } else { best })
        })?,
        Operation::ToNumber => return Some(Quantity::Number(start.to_decimal())),
        Operation::Compare(Comparison::Equal) if rest.len() == 1 => {
            return Some(Quantity::Flag(start.minor() == one(rest.first()?)?.minor()));
        }
        Operation::Compare(Comparison::Greater) if rest.len() == 1 => {
            return Some(Quantity::Flag(start.minor() > one(rest.first()?)?.minor()));
        }
        _ => return None,
    };
    Some(Quantity::Money(found))
}

fn numbers<'v, P: Copy>(
    operation: Operation,
    start: Decimal,
    rest: &[P],
    value: &impl Fn(P) -> &'v Quantity,
) -> Option<Decimal> {
    let mut others = rest.iter().map(|place| value(*place).as_number());
    match operation {
        Operation::Carry | Operation::Placed | Operation::Decided => Some(start),
        Operation::Sum => others.try_fold(start, |total, part| total.checked_add(part?)),
        Operation::Difference => others.try_fold(start, |total, part| total.checked_sub(part?)),
        Operation::Product => others.try_fold(start, |total, part| total.checked_mul(part?)),
        _ => None,
    }
}
