//! Evaluation of one expression in exact decimals.

use rust_decimal::{Decimal, RoundingStrategy};
use thiserror::Error;

use crate::expression::{Binary, Expression, Function, Unary, Value};

/// Why a line has no value.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum EvaluateError {
    /// A divisor was zero.
    #[error("division by zero")]
    DivisionByZero,
    /// A result beyond 28 digits.
    #[error("the result is too large to be held exactly")]
    Overflow,
    /// An operand of the wrong type.
    #[error("{operation} needs a {expected}, and was given a {given}")]
    WrongType {
        /// The operation.
        operation: &'static str,
        /// What it needs.
        expected: &'static str,
        /// What it was given.
        given: &'static str,
    },
    /// A name that is neither input, constant nor line.
    #[error("nothing here is called {name}")]
    UnknownName {
        /// The name.
        name: String,
    },
    /// A rounding mode that does not exist.
    #[error("there is no rounding called {mode}")]
    UnknownRounding {
        /// The word used.
        mode: String,
    },
    /// Lines that rest on each other deeper than is followed.
    #[error("the lines rest on each other more than {limit} deep")]
    TooDeep {
        /// The bound.
        limit: usize,
    },
    /// Lines that need one another.
    #[error("lines need one another: {}", .path.join(" → "))]
    Cycle {
        /// The lines in order, the first repeated at the end.
        path: Vec<String>,
    },
}

/// What an expression can see.
pub trait Scope {
    /// The value of a name.
    ///
    /// # Errors
    /// When there is none, or when computing it failed.
    fn value(&mut self, name: &str) -> Result<Value, EvaluateError>;

    /// Decimal places of the currency's minor unit.
    fn minor_digits(&self) -> u32;

    /// What a comparison sees instead, where the law compares the figures of the whole production.
    fn of_production(&mut self, _comparison: &Expression) -> Option<&mut dyn Scope> {
        None
    }
}

/// Evaluates an expression. Not-given operands make the result not given.
///
/// # Errors
/// On division by zero, overflow, a wrong type or an unknown name.
pub fn evaluate(expression: &Expression, scope: &mut dyn Scope) -> Result<Value, EvaluateError> {
    match expression {
        Expression::Number(number) => Ok(Value::Number(*number)),
        Expression::Text(text) => Ok(Value::Text(text.clone())),
        Expression::Flag(flag) => Ok(Value::Flag(*flag)),
        Expression::Name(name) => scope.value(name),
        Expression::Unary(unary, operand) => {
            let value = evaluate(operand, scope)?;
            apply_unary(*unary, &value)
        }
        Expression::Binary(operator, left, right) => {
            if operator.compares()
                && let Some(production) = scope.of_production(expression)
            {
                return evaluate(expression, production);
            }
            let left = evaluate(left, scope)?;
            // One *no* settles a conjunction; the other side need not be computable.
            match (operator, left.flag()) {
                (Binary::And, Some(false)) => return Ok(Value::Flag(false)),
                (Binary::Or, Some(true)) => return Ok(Value::Flag(true)),
                _ => {}
            }
            let right = evaluate(right, scope)?;
            apply_binary(*operator, &left, &right)
        }
        Expression::Call(function, arguments) => call(*function, arguments, scope),
    }
}

fn number(value: &Value, operation: &'static str) -> Result<Option<Decimal>, EvaluateError> {
    match value {
        Value::Number(number) => Ok(Some(*number)),
        Value::Absent => Ok(None),
        Value::Flag(_) | Value::Text(_) | Value::List(_) => {
            Err(EvaluateError::WrongType { operation, expected: "number", given: value.type_name() })
        }
    }
}

fn flag(value: &Value, operation: &'static str) -> Result<Option<bool>, EvaluateError> {
    match value {
        Value::Flag(flag) => Ok(Some(*flag)),
        Value::Absent => Ok(None),
        Value::Number(_) | Value::Text(_) | Value::List(_) => {
            Err(EvaluateError::WrongType { operation, expected: "flag", given: value.type_name() })
        }
    }
}

fn apply_unary(unary: Unary, value: &Value) -> Result<Value, EvaluateError> {
    Ok(match unary {
        Unary::Negate => number(value, "minus")?.map_or(Value::Absent, |n| Value::Number(-n)),
        Unary::Not => flag(value, "not")?.map_or(Value::Absent, |f| Value::Flag(!f)),
    })
}

fn apply_binary(operator: Binary, left: &Value, right: &Value) -> Result<Value, EvaluateError> {
    let sign = operator.sign();
    match operator {
        Binary::Add | Binary::Subtract | Binary::Multiply | Binary::Divide => {
            let (Some(a), Some(b)) = (number(left, sign)?, number(right, sign)?) else {
                return Ok(Value::Absent);
            };
            arithmetic(operator, a, b).map(Value::Number)
        }
        Binary::Less | Binary::LessOrEqual | Binary::Greater | Binary::GreaterOrEqual => {
            compare(operator, left, right)
        }
        Binary::Equal => Ok(equal(left, right)?.map_or(Value::Absent, Value::Flag)),
        Binary::NotEqual => Ok(equal(left, right)?.map_or(Value::Absent, |e| Value::Flag(!e))),
        // Kleene's logic: not given is *unknown*.
        Binary::And => Ok(match (flag(left, sign)?, flag(right, sign)?) {
            (Some(false), _) | (_, Some(false)) => Value::Flag(false),
            (Some(true), Some(true)) => Value::Flag(true),
            _ => Value::Absent,
        }),
        Binary::Or => Ok(match (flag(left, sign)?, flag(right, sign)?) {
            (Some(true), _) | (_, Some(true)) => Value::Flag(true),
            (Some(false), Some(false)) => Value::Flag(false),
            _ => Value::Absent,
        }),
    }
}

/// Numbers by size, words in order of their letters, which for a date as written is the order of time.
fn compare(operator: Binary, left: &Value, right: &Value) -> Result<Value, EvaluateError> {
    let sign = operator.sign();
    let order = match (left, right) {
        (Value::Absent, _) | (_, Value::Absent) => return Ok(Value::Absent),
        (Value::Text(a), Value::Text(b)) => a.cmp(b),
        _ => match (number(left, sign)?, number(right, sign)?) {
            (Some(a), Some(b)) => a.cmp(&b),
            _ => return Ok(Value::Absent),
        },
    };
    Ok(Value::Flag(match operator {
        Binary::Less => order.is_lt(),
        Binary::LessOrEqual => order.is_le(),
        Binary::Greater => order.is_gt(),
        _ => order.is_ge(),
    }))
}

fn arithmetic(operator: Binary, a: Decimal, b: Decimal) -> Result<Decimal, EvaluateError> {
    let result = match operator {
        Binary::Add => a.checked_add(b),
        Binary::Subtract => a.checked_sub(b),
        Binary::Multiply => a.checked_mul(b),
        _ if b.is_zero() => return Err(EvaluateError::DivisionByZero),
        _ => a.checked_div(b),
    };
    result.ok_or(EvaluateError::Overflow)
}

fn equal(left: &Value, right: &Value) -> Result<Option<bool>, EvaluateError> {
    match (left, right) {
        (Value::Absent, _) | (_, Value::Absent) => Ok(None),
        (Value::Number(a), Value::Number(b)) => Ok(Some(a == b)),
        (Value::Flag(a), Value::Flag(b)) => Ok(Some(a == b)),
        (Value::Text(a), Value::Text(b)) => Ok(Some(a.eq_ignore_ascii_case(b))),
        (Value::List(a), Value::List(b)) => Ok(Some(a == b)),
        (Value::Number(_) | Value::Flag(_) | Value::Text(_) | Value::List(_), other) => {
            Err(EvaluateError::WrongType {
                operation: "==",
                expected: left.type_name(),
                given: other.type_name(),
            })
        }
    }
}

fn call(function: Function, arguments: &[Expression], scope: &mut dyn Scope) -> Result<Value, EvaluateError> {
    match function {
        Function::If => {
            let test = evaluate(&arguments[0], scope)?;
            match flag(&test, "if")? {
                Some(true) => evaluate(&arguments[1], scope),
                Some(false) => evaluate(&arguments[2], scope),
                None => Ok(Value::Absent),
            }
        }
        Function::OrElse => {
            let first = evaluate(&arguments[0], scope)?;
            if first.is_absent() { evaluate(&arguments[1], scope) } else { Ok(first) }
        }
        Function::Given => Ok(Value::Flag(!evaluate(&arguments[0], scope)?.is_absent())),
        Function::Refused => {
            let value = evaluate(&arguments[0], scope)?;
            Ok(Value::Flag(flag(&value, "refused")? == Some(false)))
        }
        Function::Choose => choose(arguments, scope),
        _ => {
            let values =
                arguments.iter().map(|argument| evaluate(argument, scope)).collect::<Result<Vec<_>, _>>()?;
            apply(function, &values, scope.minor_digits())
        }
    }
}

fn choose(arguments: &[Expression], scope: &mut dyn Scope) -> Result<Value, EvaluateError> {
    let word = evaluate(&arguments[0], scope)?;
    if word.is_absent() {
        return Ok(Value::Absent);
    }
    let (pairs, otherwise) = arguments[1..].split_at(arguments.len() - 2);
    for pair in pairs.chunks(2) {
        let candidate = evaluate(&pair[0], scope)?;
        if equal(&word, &candidate)? == Some(true) {
            return evaluate(&pair[1], scope);
        }
    }
    evaluate(&otherwise[0], scope)
}

fn apply(function: Function, values: &[Value], digits: u32) -> Result<Value, EvaluateError> {
    if values.iter().any(Value::is_absent) {
        return Ok(Value::Absent);
    }
    let name = function.name();
    match function {
        Function::StartsWith => match (&values[0], &values[1]) {
            (Value::Text(word), Value::Text(prefix)) => {
                Ok(Value::Flag(word.to_lowercase().starts_with(&prefix.to_lowercase())))
            }
            (other, _) => {
                Err(EvaluateError::WrongType { operation: name, expected: "text", given: other.type_name() })
            }
        },
        Function::Round => {
            let places = u32::try_from(scalar(&values[1], name)?).unwrap_or(0);
            round(scalar(&values[0], name)?, places, &values[2])
        }
        Function::RoundMoney => Ok(Value::Number(half_up(scalar(&values[0], name)?, digits))),
        Function::Count => Ok(Value::Number(Decimal::from(items(&values[0]).len()))),
        Function::SumCapped | Function::SumExcess => {
            let cap = scalar(&values[1], name)?;
            let parts = items(&values[0]).into_iter().map(|item| {
                if function == Function::SumCapped {
                    Some(item.min(cap))
                } else {
                    item.checked_sub(cap).map(|above| above.max(Decimal::ZERO))
                }
            });
            sum(parts.collect::<Option<Vec<_>>>().ok_or(EvaluateError::Overflow)?.into_iter())
        }
        Function::Sum => sum(numbers(values, name)?.into_iter()),
        Function::Min => Ok(extreme(numbers(values, name)?, |a, b| a.min(b))),
        Function::Max => Ok(extreme(numbers(values, name)?, |a, b| a.max(b))),
        Function::Clamp => {
            let (amount, low, high) =
                (scalar(&values[0], name)?, scalar(&values[1], name)?, scalar(&values[2], name)?);
            Ok(Value::Number(amount.min(high).max(low)))
        }
        Function::Tiered => tiered(&scalars(values, name)?),
        Function::Banded => Ok(Value::Number(banded(&scalars(values, name)?))),
        Function::If | Function::OrElse | Function::Given | Function::Refused | Function::Choose => {
            Ok(Value::Absent)
        }
    }
}

fn items(value: &Value) -> Vec<Decimal> {
    match value {
        Value::List(items) => items.clone(),
        Value::Number(number) => vec![*number],
        Value::Flag(_) | Value::Text(_) | Value::Absent => Vec::new(),
    }
}

/// One number; a list is none, however short.
fn scalar(value: &Value, operation: &'static str) -> Result<Decimal, EvaluateError> {
    value.number().ok_or(EvaluateError::WrongType { operation, expected: "number", given: value.type_name() })
}

fn scalars(values: &[Value], operation: &'static str) -> Result<Vec<Decimal>, EvaluateError> {
    values.iter().map(|value| scalar(value, operation)).collect()
}

/// Flattens lists among the arguments, so that `min(list)` and `min(a, b)` are one function.
fn numbers(values: &[Value], operation: &'static str) -> Result<Vec<Decimal>, EvaluateError> {
    let mut numbers = Vec::with_capacity(values.len());
    for value in values {
        match value {
            Value::Number(number) => numbers.push(*number),
            Value::List(items) => numbers.extend(items),
            Value::Flag(_) | Value::Text(_) | Value::Absent => {
                return Err(EvaluateError::WrongType {
                    operation,
                    expected: "number",
                    given: value.type_name(),
                });
            }
        }
    }
    Ok(numbers)
}

fn sum(mut items: impl Iterator<Item = Decimal>) -> Result<Value, EvaluateError> {
    items
        .try_fold(Decimal::ZERO, |total, item| total.checked_add(item))
        .map(Value::Number)
        .ok_or(EvaluateError::Overflow)
}

fn extreme(numbers: Vec<Decimal>, pick: fn(Decimal, Decimal) -> Decimal) -> Value {
    numbers.into_iter().reduce(pick).map_or(Value::Absent, Value::Number)
}

/// Marginal rates: `x, rate, bound, rate, bound, rate …`.
fn tiered(numbers: &[Decimal]) -> Result<Value, EvaluateError> {
    let amount = numbers[0];
    let mut total = Decimal::ZERO;
    let mut floor = Decimal::ZERO;
    for (index, rate) in numbers[1..].iter().step_by(2).enumerate() {
        let ceiling = numbers.get(2 + 2 * index).copied().unwrap_or(amount);
        let slice = amount.min(ceiling).checked_sub(floor).map(|slice| slice.max(Decimal::ZERO));
        total = slice
            .and_then(|slice| rate.checked_mul(slice))
            .and_then(|part| total.checked_add(part))
            .ok_or(EvaluateError::Overflow)?;
        floor = ceiling;
    }
    Ok(Value::Number(total))
}

/// The value of the band that holds the whole amount; a bound belongs to the band above it.
fn banded(numbers: &[Decimal]) -> Decimal {
    let mut value = numbers[1];
    for pair in numbers[2..].chunks(2) {
        if numbers[0] >= pair[0] {
            value = pair[1];
        }
    }
    value
}

fn round(amount: Decimal, digits: u32, mode: &Value) -> Result<Value, EvaluateError> {
    let Value::Text(mode) = mode else {
        return Err(EvaluateError::WrongType {
            operation: "round",
            expected: "text",
            given: mode.type_name(),
        });
    };
    let strategy = match mode.as_str() {
        "half_up" => RoundingStrategy::MidpointAwayFromZero,
        "half_even" => RoundingStrategy::MidpointNearestEven,
        "down" => RoundingStrategy::ToZero,
        "up" => RoundingStrategy::AwayFromZero,
        "floor" => RoundingStrategy::ToNegativeInfinity,
        "ceiling" => RoundingStrategy::ToPositiveInfinity,
        _ => return Err(EvaluateError::UnknownRounding { mode: mode.clone() }),
    };
    Ok(Value::Number(amount.round_dp_with_strategy(digits, strategy)))
}

/// Half-up to a number of decimal places: the rounding of every credit unless a statute differs.
#[must_use]
pub fn half_up(amount: Decimal, digits: u32) -> Decimal {
    amount.round_dp_with_strategy(digits, RoundingStrategy::MidpointAwayFromZero)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::parse;

    struct Table(Vec<(&'static str, Value)>);
    impl Scope for Table {
        fn value(&mut self, name: &str) -> Result<Value, EvaluateError> {
            self.0
                .iter()
                .find(|(known, _)| *known == name)
                .map(|(_, value)| value.clone())
                .ok_or_else(|| EvaluateError::UnknownName { name: name.to_owned() })
        }
        fn minor_digits(&self) -> u32 {
            2
        }
    }

    fn eval(text: &str) -> Result<Value, EvaluateError> {
        let mut scope = Table(vec![
            ("none", Value::Absent),
            ("pay", Value::List(vec![100.into(), 700.into()])),
            ("word", Value::Text("Feature".into())),
        ]);
        evaluate(&parse(text).unwrap(), &mut scope)
    }

    fn number(text: &str) -> Value {
        Value::Number(text.parse().unwrap())
    }

    #[test]
    fn marginal_and_banded_rates() {
        assert_eq!(eval("tiered(3000000, 0.30, 1000000, 0.25)"), Ok(number("800000.00")));
        assert_eq!(eval("tiered(400, 0.30, 1000, 0.25)"), Ok(number("120.00")));
        assert_eq!(eval("banded(10, 0, 10, 0.1, 20, 0.2)"), Ok(number("0.1")));
        assert_eq!(eval("banded(9.99, 0, 10, 0.1, 20, 0.2)"), Ok(number("0")));
    }

    #[test]
    fn not_given_spreads_until_a_line_says_otherwise() {
        assert_eq!(eval("none + 1"), Ok(Value::Absent));
        assert_eq!(eval("or_else(none, 4)"), Ok(number("4")));
        assert_eq!(eval("false and none"), Ok(Value::Flag(false)));
        assert_eq!(eval("none or true"), Ok(Value::Flag(true)));
        assert_eq!(eval("refused(none)"), Ok(Value::Flag(false)));
        assert_eq!(eval("if(none, 1, 2)"), Ok(Value::Absent));
    }

    #[test]
    fn lists_words_and_rounding() {
        assert_eq!(eval("sum_capped(pay, 500)"), Ok(number("600")));
        assert_eq!(eval("sum_excess(pay, 500)"), Ok(number("200")));
        assert_eq!(eval("choose(word, \"series\", 1, \"feature\", 2, 3)"), Ok(number("2")));
        assert_eq!(eval("round(2.5, 0, \"half_even\")"), Ok(number("2")));
        assert_eq!(eval("round_money(1.005)"), Ok(number("1.01")));
    }

    #[test]
    fn errors_are_typed() {
        assert_eq!(eval("1 / 0"), Err(EvaluateError::DivisionByZero));
        assert!(matches!(eval("1 + true"), Err(EvaluateError::WrongType { .. })));
        assert!(matches!(eval("nobody"), Err(EvaluateError::UnknownName { .. })));
        assert_eq!(eval("79000000000000000000000000000 * 10"), Err(EvaluateError::Overflow));
    }
}
