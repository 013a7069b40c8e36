//! The nearest wrong formulas: each number a unit off, each comparison, choice and word beside its place.

use recoup_incentives::{Binary, Expression, Function, Unary};
use rust_decimal::Decimal;

/// A change and what comes of it.
pub(super) type Changed<T> = (String, T);

/// Every expression that differs from this one in a single place.
pub(super) fn expressions(expression: &Expression) -> Vec<Changed<Expression>> {
    let mut found: Vec<Changed<Expression>> =
        own(expression).into_iter().map(|changed| (format!("{expression} → {changed}"), changed)).collect();
    match expression {
        Expression::Number(_) | Expression::Text(_) | Expression::Flag(_) | Expression::Name(_) => {}
        Expression::Unary(unary, inner) => found.extend(
            expressions(inner)
                .into_iter()
                .map(|(change, inner)| (change, Expression::Unary(*unary, Box::new(inner)))),
        ),
        Expression::Binary(operator, left, right) => {
            found.extend(expressions(left).into_iter().map(|(change, left)| {
                (change, Expression::Binary(*operator, Box::new(left), right.clone()))
            }));
            found.extend(expressions(right).into_iter().map(|(change, right)| {
                (change, Expression::Binary(*operator, left.clone(), Box::new(right)))
            }));
        }
        Expression::Call(function, arguments) => {
            for (index, argument) in arguments.iter().enumerate() {
                for (change, changed) in expressions(argument) {
                    let mut arguments = arguments.clone();
                    arguments[index] = changed;
                    found.push((change, Expression::Call(*function, arguments)));
                }
            }
        }
    }
    found
}

/// The neighbours of the outermost part alone.
fn own(expression: &Expression) -> Vec<Expression> {
    match expression {
        Expression::Number(number) => numbers(*number).into_iter().map(Expression::Number).collect(),
        Expression::Flag(flag) => vec![Expression::Flag(!flag)],
        Expression::Text(text) => words(text).into_iter().map(Expression::Text).collect(),
        Expression::Name(_) | Expression::Unary(Unary::Negate, _) => Vec::new(),
        Expression::Unary(Unary::Not, inner) => vec![(**inner).clone()],
        Expression::Binary(operator, left, right) => beside(*operator)
            .map(|operator| Expression::Binary(operator, left.clone(), right.clone()))
            .into_iter()
            .collect(),
        Expression::Call(function, arguments) => call(*function, arguments),
    }
}

fn beside(operator: Binary) -> Option<Binary> {
    Some(match operator {
        Binary::Less => Binary::LessOrEqual,
        Binary::LessOrEqual => Binary::Less,
        Binary::Greater => Binary::GreaterOrEqual,
        Binary::GreaterOrEqual => Binary::Greater,
        Binary::Equal => Binary::NotEqual,
        Binary::NotEqual => Binary::Equal,
        Binary::And => Binary::Or,
        Binary::Or => Binary::And,
        Binary::Add | Binary::Subtract | Binary::Multiply | Binary::Divide => return None,
    })
}

fn call(function: Function, arguments: &[Expression]) -> Vec<Expression> {
    let same = |other: Function| vec![Expression::Call(other, arguments.to_vec())];
    match function {
        Function::Min => same(Function::Max),
        Function::Max => same(Function::Min),
        Function::Tiered if arguments.len() > 2 => same(Function::Banded),
        Function::Banded if arguments.len() > 2 => same(Function::Tiered),
        Function::SumCapped => same(Function::SumExcess),
        Function::SumExcess => same(Function::SumCapped),
        Function::If => {
            let swapped = vec![arguments[0].clone(), arguments[2].clone(), arguments[1].clone()];
            vec![Expression::Call(function, swapped)]
        }
        Function::Given | Function::Refused | Function::StartsWith => {
            let whole = Expression::Call(function, arguments.to_vec());
            vec![Expression::Unary(Unary::Not, Box::new(whole))]
        }
        Function::Round => {
            let other = match &arguments[2] {
                Expression::Text(mode) if mode == "down" || mode == "floor" => "half_up",
                _ => "down",
            };
            let mut arguments = arguments.to_vec();
            arguments[2] = Expression::Text(other.to_owned());
            vec![Expression::Call(function, arguments)]
        }
        Function::Tiered
        | Function::Banded
        | Function::Clamp
        | Function::Sum
        | Function::Count
        | Function::RoundMoney
        | Function::Choose
        | Function::OrElse => Vec::new(),
    }
}

/// One unit of the last digit up and down.
pub(super) fn numbers(number: Decimal) -> Vec<Decimal> {
    let unit = Decimal::new(1, number.scale());
    [number.checked_add(unit), number.checked_sub(unit)].into_iter().flatten().collect()
}

/// A day up and down, where the word is a date.
fn words(text: &str) -> Vec<String> {
    super::mutants::days(text).into_iter().map(|day| day.to_string()).collect()
}
