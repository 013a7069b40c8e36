//! The programs that a deal brings along, laid over the library.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::sync::Arc;

use recoup_deal::{Deal, DealProgram, Finding, Severity};
use serde::{Deserialize, Serialize};

use super::{Fault, id_taken, json_of, read_own_value};
use crate::catalog::Catalog;
use crate::policy::Policy;

/// Most programs of one deal that are read.
const MAX_CARRIED: usize = 100;
/// Most faults of one carried program that are told.
const MAX_TOLD: usize = 5;

/// Where the text of a program comes from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ProgramOrigin {
    /// The library of this build.
    #[default]
    Library,
    /// A producer's own: nobody but its author vouches for it.
    Own,
    /// A program of the library in a text that the deal carries and the library does not have.
    Held,
}

/// A version that a deal carries.
#[derive(Clone, Debug, PartialEq)]
pub struct Edition {
    /// The version.
    pub policy: Arc<Policy>,
    /// Whether it is the producer's own or an edition of the library's.
    pub origin: ProgramOrigin,
}

/// The library as a deal sees it: what it brings along stands in front. A program that does not read is a
/// finding, and is not available under its id, whatever the library has there: a figure must never come from
/// another text than the one the deal names.
#[must_use]
pub fn catalog_of<'c>(deal: &Deal, library: &'c Catalog) -> (Cow<'c, Catalog>, Vec<Finding>) {
    if deal.programs.is_empty() {
        return (Cow::Borrowed(library), Vec::new());
    }
    let mut catalog = library.clone();
    let mut findings = Vec::new();
    let mut first_days = BTreeSet::new();
    for (index, carried) in deal.programs.iter().enumerate() {
        let path = format!("programs[{}].policy", carried.id);
        let read = read(carried, library).and_then(|edition| {
            let repeated = !first_days.insert((edition.policy.id.clone(), edition.policy.from));
            match (repeated, index < MAX_CARRIED) {
                (true, _) => Err(vec![Fault::new("from", "the deal brings this version along twice")]),
                (false, false) => Err(vec![Fault::new("", "the deal brings too many programs along")]),
                (false, true) => Ok(edition),
            }
        });
        match read {
            Ok(edition) => {
                if edition.origin == ProgramOrigin::Held {
                    findings.push(held(&path, &edition.policy, library));
                }
                catalog.lay_over(edition);
            }
            Err(faults) => {
                let reason = faults.first().map(ToString::to_string).unwrap_or_default();
                catalog.withhold(program_id(carried), &reason);
                findings.extend(faults.iter().take(MAX_TOLD).map(|fault| unreadable(carried, &path, fault)));
            }
        }
    }
    (Cow::Owned(catalog), findings)
}

fn read(carried: &DealProgram, library: &Catalog) -> Result<Edition, Vec<Fault>> {
    own_edition(&read_own_value(&carried.policy)?.policy, library)
}

/// What a program that reads is beside the library: a producer's own, an edition of one of the library's
/// programs, or the library's very text.
///
/// # Errors
/// Where its id or an alias is one of the library's without naming the program itself.
pub fn own_edition(policy: &Policy, library: &Catalog) -> Result<Edition, Vec<Fault>> {
    let of_library = library.resolve(&policy.id).is_some_and(|program| program == policy.id);
    if !of_library {
        let faults = id_taken(policy, library);
        if !faults.is_empty() {
            return Err(faults);
        }
        return Ok(Edition { policy: Arc::new(policy.clone()), origin: ProgramOrigin::Own });
    }
    match library.version(&policy.id, policy.from) {
        // The same text in another order of writing is the same text.
        Ok(known) if json_of(known) == json_of(policy) => {
            Ok(Edition { policy: Arc::clone(known), origin: ProgramOrigin::Library })
        }
        _ => Ok(Edition { policy: Arc::new(policy.clone()), origin: ProgramOrigin::Held }),
    }
}

/// The id under which a deal carries a version.
#[must_use]
pub fn edition_id(policy: &Policy) -> String {
    format!("{}:{}", policy.id, policy.from)
}

/// The program that an entry is for, as far as it can be told where it does not read.
fn program_id(carried: &DealProgram) -> &str {
    let said = carried.policy.get("id").and_then(serde_json::Value::as_str);
    said.unwrap_or_else(|| carried.id.split(':').next().unwrap_or_default())
}

fn unreadable(carried: &DealProgram, path: &str, fault: &Fault) -> Finding {
    let at = match fault.path.as_str() {
        "" => path.to_owned(),
        inner => format!("{path}.{inner}"),
    };
    Finding::new(Severity::Question, "PROGRAM_UNREADABLE", at)
        .with("name", program_id(carried))
        .with("field", if fault.path.is_empty() { "—" } else { fault.path.as_str() })
        .with("problem", fault.message.as_str())
}

fn held(path: &str, policy: &Policy, library: &Catalog) -> Finding {
    match library.version(&policy.id, policy.from) {
        Ok(known) => Finding::new(Severity::Note, "EDITION_HELD", path)
            .with("program", &policy.short_name)
            .with("from", policy.from)
            .with("held", policy.reviewed)
            .with("reviewed", known.reviewed),
        Err(_) => Finding::new(Severity::Note, "EDITION_HELD", path)
            .with("program", &policy.short_name)
            .with("from", policy.from)
            .case("gone"),
    }
}
