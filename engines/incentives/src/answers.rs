//! What is given to a form: typed values by name, read from JSON without ever passing through a float.

use std::collections::BTreeMap;
use std::str::FromStr;

use rust_decimal::Decimal;
use thiserror::Error;

use crate::expression::Value;
use crate::policy::{InputDefault, Unit};

/// Values by name. A name that is present with [`Value::Absent`] counts as not given.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Answers(BTreeMap<String, Value>);

/// Why a value could not be read.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum AnswerError {
    /// The inputs are not an object.
    #[error("inputs are an object of named values")]
    NotAnObject,
    /// A value is not of the kind its input asks for.
    #[error("{name} wants a {wanted}, and was given {given}")]
    Mismatch {
        /// The input.
        name: String,
        /// What it asks for.
        wanted: &'static str,
        /// What was given.
        given: String,
    },
}

impl Answers {
    /// Nothing given.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Reads a JSON object. Numbers are kept exactly as written; the values of a nested object
    /// are named `<object>_<name>`.
    ///
    /// # Errors
    /// When it is not an object.
    pub fn from_json(json: &serde_json::Value) -> Result<Self, AnswerError> {
        let object = json.as_object().ok_or(AnswerError::NotAnObject)?;
        let mut answers = Self::new();
        for (name, value) in object {
            if let Some(value) = read_json(value) {
                answers.set(name, value);
            }
            for (part, value) in value.as_object().into_iter().flatten() {
                if let Some(value) = read_json(value) {
                    answers.set(&format!("{name}_{part}"), value);
                }
            }
        }
        Ok(answers)
    }

    /// Gives a value.
    pub fn set(&mut self, name: &str, value: Value) {
        self.0.insert(name.to_owned(), value);
    }

    /// Gives a value, for chaining.
    #[must_use]
    pub fn with(mut self, name: &str, value: Value) -> Self {
        self.set(name, value);
        self
    }

    /// The value given under a name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.0.get(name).filter(|value| !value.is_absent())
    }

    /// Every name with a value, in order of name.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Value)> {
        self.0.iter().filter(|(_, value)| !value.is_absent()).map(|(name, value)| (name.as_str(), value))
    }

    /// Whether that name has a value.
    #[must_use]
    pub fn gives(&self, name: &str) -> bool {
        self.get(name).is_some()
    }
}

fn read_json(value: &serde_json::Value) -> Option<Value> {
    match value {
        serde_json::Value::Null => Some(Value::Absent),
        serde_json::Value::Bool(flag) => Some(Value::Flag(*flag)),
        serde_json::Value::Number(number) => {
            Some(Decimal::from_str(&number.to_string()).map_or(Value::Absent, Value::Number))
        }
        serde_json::Value::String(text) => {
            Some(Decimal::from_str(text.trim()).map_or_else(|_| Value::Text(text.clone()), Value::Number))
        }
        serde_json::Value::Array(items) => items
            .iter()
            .map(|item| read_json(item).and_then(|value| value.number()))
            .collect::<Option<Vec<_>>>()
            .map(Value::List),
        serde_json::Value::Object(_) => None,
    }
}

/// Checks a given value against the unit its input asks for.
///
/// # Errors
/// When it is of another kind.
pub(crate) fn fitting(name: &str, unit: Unit, value: &Value) -> Result<Value, AnswerError> {
    let mismatch = |wanted| AnswerError::Mismatch {
        name: name.to_owned(),
        wanted,
        given: format!("the {} {value}", value.type_name()),
    };
    match (unit, value) {
        (_, Value::Absent) => Ok(Value::Absent),
        (Unit::Money | Unit::Rate | Unit::Number, Value::Number(_))
        | (Unit::Flag, Value::Flag(_))
        | (Unit::Text, Value::Text(_))
        | (Unit::List, Value::List(_)) => Ok(value.clone()),
        (Unit::List, Value::Number(item)) => Ok(Value::List(vec![*item])),
        (Unit::Text, Value::Number(number)) => Ok(Value::Text(number.to_string())),
        (Unit::Money | Unit::Rate | Unit::Number, _) => Err(mismatch("number")),
        (Unit::Flag, _) => Err(mismatch("yes or no")),
        (Unit::Text, _) => Err(mismatch("word")),
        (Unit::List, _) => Err(mismatch("list")),
    }
}

/// Reads a default out of a policy file.
pub(crate) fn default_value(default: &InputDefault, unit: Unit) -> Value {
    let decimal = |text: &str| Decimal::from_str(text).ok();
    match default {
        InputDefault::Flag(flag) => Value::Flag(*flag),
        InputDefault::Text(text) if unit == Unit::Text => Value::Text(text.clone()),
        InputDefault::Text(text) => decimal(text).map_or(Value::Absent, Value::Number),
        InputDefault::List(items) => items
            .iter()
            .map(|item| decimal(item))
            .collect::<Option<Vec<_>>>()
            .map_or(Value::Absent, Value::List),
    }
}
