//! What one text says at a place, read from the policy as data.

use recoup_calendar::Date;
use rust_decimal::Decimal;
use serde::Serialize;
use serde_json::Value as Json;

use super::Part;
use crate::policy::{Policy, Unit};

/// What one text says at a place.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Stated {
    /// A number of the law, in its unit; money in major units of the program's currency.
    Number {
        /// The number.
        value: Decimal,
        /// What it is measured in.
        unit: Unit,
    },
    /// A formula, as written.
    Formula {
        /// Its text.
        text: String,
    },
    /// A day.
    Day {
        /// The day.
        day: Date,
    },
    /// A count, such as months or payments.
    Count {
        /// How many.
        count: u64,
    },
    /// Yes or no.
    Flag {
        /// Which.
        yes: bool,
    },
    /// Words for a reader, which every language says in its own.
    Text {
        /// In English.
        text: String,
    },
    /// Closed terms, ids, clauses and addresses: said as they are.
    Terms {
        /// One or several.
        terms: Vec<String>,
    },
}

/// One side of a difference.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Side {
    /// What it says.
    pub stated: Stated,
    /// Where in the law it stands.
    pub clause: Option<String>,
    /// Address of the source.
    pub source: Option<String>,
}

/// What stands for an element that was added or fell away.
pub(super) fn main_field(part: Part, element: &Json) -> &'static str {
    match part {
        Part::Number => "value",
        Part::Condition => "test",
        Part::Line => "formula",
        Part::Input | Part::Fact | Part::Points => "label",
        Part::Cash if element.get("way").is_some() => "ground",
        Part::Cash => "lag_months",
        Part::Interaction => "with",
        Part::Output => "line",
        Part::Source => "address",
        // A short form holds inputs, lines and outputs of its own.
        Part::ShortForm => ["formula", "label", "line"]
            .into_iter()
            .find(|field| element.get(*field).is_some())
            .unwrap_or("id"),
        Part::Dates | Part::Program | Part::Tax | Part::Fee | Part::Periods | Part::Note => "id",
    }
}

pub(super) fn unit_of(element: &Json) -> Option<Unit> {
    element.get("unit").and_then(|unit| serde_json::from_value(unit.clone()).ok())
}

pub(super) fn word(value: &Json) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

pub(super) fn side(policy: &Policy, around: Option<&Json>, stated: Option<Stated>) -> Option<Side> {
    let text = |field| around.and_then(|element| element.get(field)).and_then(Json::as_str);
    Some(Side {
        stated: stated?,
        clause: text("clause").map(str::to_owned),
        source: text("source").and_then(|id| policy.source(id)).map(|source| source.address.clone()),
    })
}

/// What a field says, by what it holds; nothing where it is absent or empty.
pub(super) fn stated(part: Part, field: &str, value: &Json, unit: Option<Unit>) -> Option<Stated> {
    let last = field.rsplit('.').next().unwrap_or(field);
    Some(match value {
        Json::Null => return None,
        Json::Bool(yes) => Stated::Flag { yes: *yes },
        Json::Number(count) => Stated::Count { count: count.as_u64()? },
        Json::Array(list) if list.is_empty() => return None,
        Json::Array(list) => Stated::Terms { terms: list.iter().map(word).collect() },
        Json::Object(_) => Stated::Terms { terms: vec![value.to_string()] },
        Json::String(text) => {
            let number = || text.parse::<Decimal>().ok();
            let one = || Stated::Terms { terms: vec![text.clone()] };
            match (part, last) {
                (_, "value") => number()
                    .map_or_else(one, |value| Stated::Number { value, unit: unit.unwrap_or_default() }),
                (Part::Tax, "rate") => {
                    number().map_or_else(one, |value| Stated::Number { value, unit: Unit::Rate })
                }
                (_, "default") => match (number(), unit) {
                    (Some(value), Some(unit @ (Unit::Money | Unit::Rate | Unit::Number))) => {
                        Stated::Number { value, unit }
                    }
                    _ => one(),
                },
                (_, "formula" | "test") | (Part::Periods, _) => Stated::Formula { text: text.clone() },
                (_, "from" | "until" | "sunset" | "reviewed" | "seen") => {
                    text.parse().map_or_else(|_| one(), |day| Stated::Day { day })
                }
                (
                    _,
                    "label" | "legal_name" | "short_name" | "version_by" | "missing" | "remedy" | "ground"
                    | "text" | "notes",
                ) => Stated::Text { text: text.clone() },
                _ => one(),
            }
        }
    })
}
