//! What changed from one text of a program to another: two versions of the law, or two editions of one version.
//!
//! Both texts are compared as the data they are, field by field, so nothing that a policy can say is left out:
//! two texts without a difference are equal. Elements (a number, a line, a condition) are found again by their
//! id; payments and interactions, which have none, by what they hand over.

use std::collections::BTreeSet;

use serde::Serialize;
use serde_json::{Map, Value as Json};

use crate::policy::{Policy, Unit};

mod pairs;
mod stated;

pub use stated::{Side, Stated};

use pairs::{common_order, label_of, paired};
use stated::{main_field, side, stated, unit_of, word};

/// Which part of a text a difference is in. In the order in which differences are told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// When the version applies, and when the program ends.
    Dates,
    /// Whose program it is, what it is called and what kind of money it pays.
    Program,
    /// A number of the law.
    Number,
    /// A condition.
    Condition,
    /// A points test, a criterion of one included.
    Points,
    /// A line of the computation.
    Line,
    /// What the form asks for.
    Input,
    /// When money comes.
    Cash,
    /// Tax on the credit.
    Tax,
    /// A line that is a fee.
    Fee,
    /// How the program touches another.
    Interaction,
    /// A shorter question to the same law.
    ShortForm,
    /// Claims over several periods.
    Periods,
    /// Names under which a result is asked for.
    Output,
    /// What is known where nothing can be computed.
    Fact,
    /// What is open, assumed or left out.
    Note,
    /// Where it was read.
    Source,
}

/// One difference. Without `before` it was added, without `after` it fell away.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Difference {
    /// Which part of the text.
    pub part: Part,
    /// The element's id within the part; empty where the part has no elements.
    pub id: String,
    /// The field as a policy file names it, such as `value`, `formula` or `lag_months`.
    pub field: String,
    /// The element's label, in English, where it has one.
    pub label: Option<String>,
    /// What the first text says.
    pub before: Option<Side>,
    /// What the second says.
    pub after: Option<Side>,
    /// Whether a computed amount, day or verdict can be another one for it. What only tells (a label, a clause,
    /// a note, how sure a fact is) cannot.
    pub bears_on_figures: bool,
}

/// Every field of a policy, with the part it belongs to, in the order in which they are told.
const FIELDS: &[(&str, Part)] = &[
    ("from", Part::Dates),
    ("until", Part::Dates),
    ("sunset", Part::Dates),
    ("reviewed", Part::Dates),
    ("id", Part::Program),
    ("legal_name", Part::Program),
    ("short_name", Part::Program),
    ("version_by", Part::Program),
    ("version_name", Part::Program),
    ("country", Part::Program),
    ("jurisdiction", Part::Program),
    ("currency", Part::Program),
    ("authority", Part::Program),
    ("statute", Part::Program),
    ("kind", Part::Program),
    ("stream", Part::Program),
    ("animation", Part::Program),
    ("confidence", Part::Program),
    ("computable", Part::Program),
    ("missing", Part::Program),
    ("credit", Part::Program),
    ("net", Part::Program),
    ("per", Part::Program),
    ("aid_limit", Part::Program),
    ("aliases", Part::Program),
    ("choice_word", Part::Program),
    ("choice_prefix", Part::Program),
    ("choice_credit", Part::Program),
    ("constants", Part::Number),
    ("conditions", Part::Condition),
    ("points_tests", Part::Points),
    ("lines", Part::Line),
    ("inputs", Part::Input),
    ("cash", Part::Cash),
    ("ways", Part::Cash),
    ("tax", Part::Tax),
    ("fees", Part::Fee),
    ("interactions", Part::Interaction),
    ("short_forms", Part::ShortForm),
    ("periods", Part::Periods),
    ("outputs", Part::Output),
    ("known", Part::Fact),
    ("notes", Part::Note),
    ("sources", Part::Source),
];

/// Fields that tell and do not compute, wherever they stand.
const TELLING: [&str; 24] = [
    "label",
    "clause",
    "source",
    "confidence",
    "remedy",
    "ground",
    "reviewed",
    "legal_name",
    "short_name",
    "version_by",
    "version_name",
    "authority",
    "statute",
    "kind",
    "stream",
    "animation",
    "missing",
    "sunset",
    "text",
    "title",
    "address",
    "date",
    "seen",
    "country",
];

/// What changed from one text to the other, in a stable order. Empty exactly where they are equal.
#[must_use]
pub fn differences(before: &Policy, after: &Policy) -> Vec<Difference> {
    let (Some(a), Some(b)) = (fields_of(before), fields_of(after)) else { return Vec::new() };
    let mut found = Found { before, after, differences: Vec::new() };
    for &(field, part) in FIELDS {
        let (a, b) = (a.get(field).unwrap_or(&Json::Null), b.get(field).unwrap_or(&Json::Null));
        let at = Place { part, id: String::new(), label: None, unit: None };
        match part {
            Part::Fee | Part::Note => found.items(part, field, a, b),
            _ if is_elements(a) || is_elements(b) => found.elements(&at, a, b),
            _ => found.compare(&at, field, a, b, (None, None)),
        }
    }
    let mut differences = found.differences;
    differences.sort_by_key(|difference| difference.part);
    differences
}

fn fields_of(policy: &Policy) -> Option<Map<String, Json>> {
    match serde_json::to_value(policy) {
        Ok(Json::Object(fields)) => Some(fields),
        _ => None,
    }
}

fn is_elements(value: &Json) -> bool {
    value.as_array().is_some_and(|list| list.iter().any(Json::is_object))
}

/// Where in a text something stands.
#[derive(Clone)]
struct Place {
    part: Part,
    id: String,
    label: Option<String>,
    unit: Option<Unit>,
}

struct Found<'a> {
    before: &'a Policy,
    after: &'a Policy,
    differences: Vec<Difference>,
}

/// The elements around a field, which hold its clause and source.
type Around<'a> = (Option<&'a Json>, Option<&'a Json>);

impl Found<'_> {
    /// A list of words in which each is a thing of its own: a fee line, a note.
    fn items(&mut self, part: Part, field: &str, a: &Json, b: &Json) {
        let words = |list: &Json| -> Vec<String> {
            list.as_array().map_or_else(Vec::new, |list| list.iter().map(word).collect())
        };
        let (a, b) = (words(a), words(b));
        let place = |word: &String| {
            let lines = self.after.lines.iter().chain(&self.before.lines);
            let label = lines.filter(|_| part == Part::Fee).find(|line| line.id == *word);
            let id = if part == Part::Fee { word.clone() } else { String::new() };
            Place { part, id, label: label.map(|line| line.label.clone()), unit: None }
        };
        let gone: Vec<_> =
            a.iter().filter(|word| !b.contains(word)).map(|word| (place(word), word)).collect();
        let came: Vec<_> =
            b.iter().filter(|word| !a.contains(word)).map(|word| (place(word), word)).collect();
        let moved = gone.is_empty() && came.is_empty() && a != b;
        for (place, word) in came {
            self.push(
                &place,
                field,
                None,
                side(self.after, None, stated(part, field, &Json::from(word.as_str()), None)),
            );
        }
        for (place, word) in gone {
            self.push(
                &place,
                field,
                side(self.before, None, stated(part, field, &Json::from(word.as_str()), None)),
                None,
            );
        }
        if moved {
            self.order(part, "", &a, &b);
        }
    }

    /// Elements that are found again by their ids.
    fn elements(&mut self, at: &Place, a: &Json, b: &Json) {
        let none = Vec::new();
        let (a, b) = (a.as_array().unwrap_or(&none), b.as_array().unwrap_or(&none));
        let pairs = paired(at.part, a, b);
        for pair in &pairs {
            let element = pair.after.or(pair.before).unwrap_or(&Json::Null);
            let id = if at.id.is_empty() { pair.id.clone() } else { format!("{}.{}", at.id, pair.id) };
            let place = Place {
                part: at.part,
                id,
                label: label_of(self.after, self.before, at.part, element),
                unit: unit_of(element),
            };
            match (pair.before, pair.after) {
                (Some(a), Some(b)) => self.fields(&place, "", a, b, (Some(a), Some(b))),
                (before, after) => {
                    let field = main_field(at.part, element);
                    let say = |policy: &Policy, element: Option<&Json>| {
                        let value = element?.get(field)?;
                        side(policy, element, stated(at.part, field, value, place.unit))
                    };
                    let (before, after) = (say(self.before, before), say(self.after, after));
                    self.push(&place, field, before, after);
                }
            }
        }
        let (then, now) = common_order(&pairs);
        if then != now {
            self.order(at.part, &at.id, &then, &now);
        }
    }

    /// Fields of an element, those of parts of it included.
    fn fields(&mut self, at: &Place, within: &str, a: &Json, b: &Json, around: Around<'_>) {
        let names: BTreeSet<&String> =
            [a, b].into_iter().filter_map(Json::as_object).flat_map(Map::keys).collect();
        for name in names {
            let value = |side: &Json| side.get(name).cloned().unwrap_or(Json::Null);
            let field = if within.is_empty() { name.clone() } else { format!("{within}.{name}") };
            self.compare(at, &field, &value(a), &value(b), around);
        }
    }

    fn compare(&mut self, at: &Place, field: &str, a: &Json, b: &Json, around: Around<'_>) {
        if a == b {
            return;
        }
        if is_elements(a) || is_elements(b) {
            return self.elements(at, a, b);
        }
        if a.is_object() || b.is_object() {
            let within = if at.id.is_empty() && matches!(field, "tax" | "periods") { "" } else { field };
            return self.fields(at, within, a, b, around);
        }
        let say = |policy, value: &Json, around| side(policy, around, stated(at.part, field, value, at.unit));
        let (before, after) = (say(self.before, a, around.0), say(self.after, b, around.1));
        if before.is_some() || after.is_some() {
            self.push(at, field, before, after);
        }
    }

    fn order(&mut self, part: Part, id: &str, before: &[String], after: &[String]) {
        let place = Place { part, id: id.to_owned(), label: None, unit: None };
        let terms = |ids: &[String]| Some(Stated::Terms { terms: ids.to_vec() });
        let (before, after) = (side(self.before, None, terms(before)), side(self.after, None, terms(after)));
        self.push(&place, "order", before, after);
    }

    fn push(&mut self, at: &Place, field: &str, before: Option<Side>, after: Option<Side>) {
        self.differences.push(Difference {
            part: at.part,
            id: at.id.clone(),
            field: field.to_owned(),
            label: at.label.clone(),
            before,
            after,
            bears_on_figures: bears_on_figures(at.part, field),
        });
    }
}

/// The fees come off the first payment, so that the order of payments computes; no other order does.
fn bears_on_figures(part: Part, field: &str) -> bool {
    match part {
        Part::Fact | Part::Note | Part::Source => false,
        _ if field == "order" => part == Part::Cash,
        Part::Program
        | Part::Dates
        | Part::Number
        | Part::Condition
        | Part::Points
        | Part::Line
        | Part::Input
        | Part::Cash
        | Part::Tax
        | Part::Fee
        | Part::Interaction
        | Part::ShortForm
        | Part::Periods
        | Part::Output => !TELLING.contains(&field),
    }
}

#[cfg(test)]
mod tests;
