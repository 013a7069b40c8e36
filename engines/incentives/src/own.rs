//! Programs that come from outside: a producer's own, and editions that a deal carries.
//!
//! What is read is data and nothing else: the language has no loops, no input and no output, and every list,
//! text, number and formula has a bound, so that whatever a file holds ends in a policy or in a list of faults,
//! each with its field, in a moment.

use std::fmt;

use serde::Serialize;
use serde_json::Value;

use crate::catalog::{Catalog, MAX_UPLOAD};
use crate::lint::{LintFinding, lint, lint_complete};
use crate::policy::Policy;

mod carried;
mod rules;
mod shape;
mod text;
mod trial;

pub use carried::{Edition, ProgramOrigin, catalog_of, edition_id, own_edition};
pub use rules::{MAX_ENTRIES, MAX_OWN_LINES};
pub use trial::{asked_of, typed};

/// Most faults of one file that are told.
pub const MAX_FAULTS: usize = 100;
/// Longest value repeated in a fault, in characters.
const MAX_GIVEN: usize = 80;

/// Something wrong with a program, and where.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Fault {
    /// The field, such as `lines[credit].formula`; empty for the whole text.
    pub path: String,
    /// What is wrong, as a sentence without its end.
    pub message: String,
    /// What stands there.
    pub given: Option<String>,
    /// What would be accepted.
    pub limit: Option<String>,
}

impl Fault {
    pub(crate) fn new(path: impl Into<String>, message: impl Into<String>) -> Self {
        Self { path: path.into(), message: message.into(), given: None, limit: None }
    }

    pub(crate) fn given(mut self, given: impl fmt::Display) -> Self {
        let given = given.to_string();
        let mut shown: String = given.chars().take(MAX_GIVEN).collect();
        if shown.len() < given.len() {
            shown.push('…');
        }
        self.given = Some(shown);
        self
    }

    pub(crate) fn limit(mut self, limit: impl fmt::Display) -> Self {
        self.limit = Some(limit.to_string());
        self
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.path.as_str() {
            "" => f.write_str(&self.message),
            path => write!(f, "{path}: {}", self.message),
        }
    }
}

impl From<LintFinding> for Fault {
    fn from(finding: LintFinding) -> Self {
        Self::new(finding.path, finding.message)
    }
}

/// A program that came from outside and reads.
#[derive(Clone, Debug, PartialEq)]
pub struct OwnProgram {
    /// The program.
    pub policy: Policy,
    /// The same as JSON, cleaned, in the order in which it was written.
    pub json: Value,
    /// What the library would ask of a program of its own.
    pub advice: Vec<Fault>,
}

/// Reads a program out of the text of a file.
///
/// # Errors
/// Everything that is wrong with it, each with its field; at most [`MAX_FAULTS`].
pub fn read_own(text: &str) -> Result<OwnProgram, Vec<Fault>> {
    within_size(text.len())?;
    read_value(text::read(text)?)
}

/// The same out of bytes as they were received.
///
/// # Errors
/// As [`read_own`], and where they are no text.
pub fn read_own_bytes(bytes: &[u8]) -> Result<OwnProgram, Vec<Fault>> {
    within_size(bytes.len())?;
    match std::str::from_utf8(bytes) {
        Ok(text) => read_own(text),
        Err(reason) => Err(vec![Fault::new("", format!("the file is no text: {reason}")).limit("UTF-8")]),
    }
}

/// What is too large is not looked into.
fn within_size(bytes: usize) -> Result<(), Vec<Fault>> {
    if bytes <= MAX_UPLOAD {
        return Ok(());
    }
    let fault = Fault::new("", "the file is larger than a program may be");
    Err(vec![fault.given(format!("{bytes} bytes")).limit(format!("{MAX_UPLOAD} bytes"))])
}

/// Reads a program out of JSON that a deal carries.
///
/// # Errors
/// As [`read_own`].
pub fn read_own_value(value: &Value) -> Result<OwnProgram, Vec<Fault>> {
    read_value(text::cleaned(value)?)
}

fn read_value(json: Value) -> Result<OwnProgram, Vec<Fault>> {
    rules::counted(&json)?;
    shape::in_shape(&json)?;
    let policy: Policy = serde_json::from_value(json.clone())
        .map_err(|reason| vec![Fault::new("", format!("the program cannot be read: {reason}"))])?;
    let mut faults = rules::within(&policy);
    faults.extend(lint(&policy).into_iter().map(Fault::from));
    told(faults)?;
    let advice = lint_complete(&policy).into_iter().map(Fault::from).take(MAX_FAULTS).collect();
    Ok(OwnProgram { policy, json, advice })
}

/// Nothing, or the faults a reader has the patience for.
fn told(mut faults: Vec<Fault>) -> Result<(), Vec<Fault>> {
    if faults.is_empty() {
        return Ok(());
    }
    let mut seen = std::collections::HashSet::new();
    faults.retain(|fault| seen.insert((fault.path.clone(), fault.message.clone())));
    faults.truncate(MAX_FAULTS);
    Err(faults)
}

/// A program's own id must not be one of the library's, in capitals or not: every claim on the library's
/// program would be computed with it.
#[must_use]
pub fn id_taken(policy: &Policy, library: &Catalog) -> Vec<Fault> {
    let ids = std::iter::once(("id".to_owned(), &policy.id))
        .chain(policy.aliases.iter().enumerate().map(|(index, alias)| (format!("aliases[{index}]"), alias)));
    ids.filter_map(|(path, id)| {
        let program = library.resolve(id)?;
        let message = format!(
            "{program} is a program of the library; under its id every claim on it would be computed with \
             this text. Choose an id of its own, such as own-{program}"
        );
        Some(Fault::new(path, message).given(id))
    })
    .collect()
}

/// The program as the text of a file: the same text for the same program.
#[must_use]
pub fn written(json: &Value) -> String {
    let mut text = serde_json::to_string_pretty(json).unwrap_or_default();
    text.push('\n');
    text
}

/// The JSON of a program of the library, without fields that say nothing.
#[must_use]
pub fn json_of(policy: &Policy) -> Value {
    shape::bare(serde_json::to_value(policy).unwrap_or_default())
}

/// A copy of a program to start from, under another id. It is the producer's from here on: nothing of the
/// library's standing is taken over but the facts.
#[must_use]
pub fn copy_of(policy: &Policy, id: &str) -> Value {
    let copy = Policy {
        id: id.to_owned(),
        aliases: Vec::new(),
        choice_word: None,
        choice_prefix: None,
        choice_credit: None,
        ..policy.clone()
    };
    json_of(&copy)
}

#[cfg(test)]
mod tests;
