//! Every dated version of every program this build knows, and the producer's own beside them.

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

use recoup_calendar::Date;
use recoup_deal::{Language, Phrase};
use thiserror::Error;

use crate::examples::{Example, read_examples};
use crate::labels::Labels;
use crate::lint::{LintFinding, lint};
use crate::own::{Edition, ProgramOrigin};
use crate::policy::Policy;

mod embedded;
mod founding;

/// Largest policy accepted from outside, in bytes.
pub const MAX_UPLOAD: usize = 5 * 1024 * 1024;

/// Most faults of one file that are told.
const MAX_FINDINGS: usize = 100;
/// Longest reason told, in characters.
const MAX_REASON: usize = 500;

/// Why a policy is not available.
#[derive(Clone, Debug, PartialEq, Error)]
pub enum CatalogError {
    /// No program of that id.
    #[error("there is no program {program} in the library")]
    UnknownProgram {
        /// The id asked for.
        program: String,
    },
    /// No version in force on that day.
    #[error("no version of {program} applies on {on}; the library holds {}", .known.join(", "))]
    NoVersion {
        /// Program id.
        program: String,
        /// The day asked for.
        on: String,
        /// The versions known, by their first day.
        known: Vec<String>,
    },
    /// A file that cannot be read as a policy.
    #[error("{file} is not a policy: {reason}")]
    Unreadable {
        /// Its name.
        file: String,
        /// Where and why.
        reason: String,
    },
    /// A policy that is read but makes no sense.
    #[error("{file} is not sound: {}", .findings.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "))]
    Unsound {
        /// Its name.
        file: String,
        /// What is wrong.
        findings: Vec<LintFinding>,
    },
    /// Larger than the bound.
    #[error("the policy has {given} bytes; at most {limit} are read")]
    TooLarge {
        /// Bytes given.
        given: usize,
        /// The bound.
        limit: usize,
    },
}

/// The library of policies.
#[derive(Clone, Debug, Default)]
pub struct Catalog {
    /// By program id, versions in order of their first day.
    programs: BTreeMap<String, Vec<Arc<Policy>>>,
    aliases: BTreeMap<String, String>,
    /// Versions that are not the library's, by program and first day.
    origins: BTreeMap<(String, Date), ProgramOrigin>,
    /// Programs whose text does not read, with the reason.
    withheld: BTreeMap<String, String>,
}

static EMBEDDED: LazyLock<Result<Catalog, CatalogError>> = LazyLock::new(|| {
    let mut catalog = Catalog::default();
    for (file, text) in embedded::POLICIES {
        catalog.insert(read_toml(file, text)?);
    }
    Ok(catalog)
});

impl Catalog {
    /// The library this build ships with.
    ///
    /// # Errors
    /// Never in a build that passed its tests; a file that cannot be read is named.
    pub fn embedded() -> Result<&'static Self, CatalogError> {
        EMBEDDED.as_ref().map_err(Clone::clone)
    }

    /// The worked examples this build ships with.
    ///
    /// # Errors
    /// Never in a build that passed its tests; a file that cannot be read is named.
    pub fn embedded_examples() -> Result<Vec<Example>, CatalogError> {
        let mut examples = Vec::new();
        for (file, text) in embedded::EXAMPLES {
            examples.extend(read_examples(file, text)?.examples);
        }
        Ok(examples)
    }

    /// The worked examples of one program of this build, in the order of its file.
    ///
    /// # Errors
    /// As [`embedded_examples`](Self::embedded_examples).
    pub fn examples_of(program: &str) -> Result<&'static [Example], CatalogError> {
        static BY_PROGRAM: LazyLock<Result<BTreeMap<String, Vec<Example>>, CatalogError>> =
            LazyLock::new(|| {
                let mut by_program: BTreeMap<String, Vec<Example>> = BTreeMap::new();
                for example in Catalog::embedded_examples()? {
                    by_program.entry(example.program.clone()).or_default().push(example);
                }
                Ok(by_program)
            });
        let by_program = BY_PROGRAM.as_ref().map_err(Clone::clone)?;
        Ok(by_program.get(program).map_or(&[], Vec::as_slice))
    }

    /// Adds a version. One with the same program and first day is replaced.
    pub fn insert(&mut self, policy: Policy) {
        for alias in &policy.aliases {
            self.aliases.insert(alias.to_lowercase(), policy.id.clone());
        }
        let versions = self.programs.entry(policy.id.clone()).or_default();
        versions.retain(|known| known.from != policy.from);
        versions.push(Arc::new(policy));
        versions.sort_by_key(|known| known.from);
    }

    /// The library with these versions in front of it. Their aliases lead nowhere: no text from outside takes
    /// a name over that leads to a program already.
    #[must_use]
    pub fn with(&self, editions: impl IntoIterator<Item = Edition>) -> Self {
        let mut catalog = self.clone();
        editions.into_iter().for_each(|edition| catalog.lay_over(edition));
        catalog
    }

    pub(crate) fn lay_over(&mut self, edition: Edition) {
        let Edition { policy, origin } = edition;
        if origin == ProgramOrigin::Library {
            return;
        }
        self.origins.insert((policy.id.clone(), policy.from), origin);
        let versions = self.programs.entry(policy.id.clone()).or_default();
        versions.retain(|known| known.from != policy.from);
        versions.push(policy);
        versions.sort_by_key(|known| known.from);
    }

    /// Takes a program out of reach, because the text that a deal carries under its id does not read.
    pub(crate) fn withhold(&mut self, program: &str, reason: &str) {
        self.withheld.insert(program.to_owned(), reason.to_owned());
    }

    /// Where the text of a version comes from.
    #[must_use]
    pub fn origin(&self, policy: &Policy) -> ProgramOrigin {
        if self.origins.is_empty() {
            return ProgramOrigin::Library;
        }
        self.origins.get(&(policy.id.clone(), policy.from)).copied().unwrap_or_default()
    }

    /// Every program id, in order.
    pub fn programs(&self) -> impl Iterator<Item = &str> {
        self.programs.keys().map(String::as_str)
    }

    /// Every version of every program.
    pub fn policies(&self) -> impl Iterator<Item = &Arc<Policy>> {
        self.programs.values().flatten()
    }

    /// The program's own id for an id or an alias, in capitals or not.
    #[must_use]
    pub fn resolve(&self, id: &str) -> Option<&str> {
        let known = |id: &str| self.programs.get_key_value(id).map(|(id, _)| id.as_str());
        known(id).or_else(|| {
            let id = id.trim().to_lowercase();
            known(&id)
                .or_else(|| self.aliases.get(&id).map(String::as_str))
                .or_else(|| founding::program(&id).and_then(known))
        })
    }

    /// The versions of a program in order of their first day.
    #[must_use]
    pub fn versions(&self, id: &str) -> &[Arc<Policy>] {
        self.resolve(id).and_then(|id| self.programs.get(id)).map_or(&[], Vec::as_slice)
    }

    /// The version in force on a day.
    ///
    /// # Errors
    /// When there is no such program, or no version of it on that day.
    pub fn on(&self, id: &str, day: Date) -> Result<&Arc<Policy>, CatalogError> {
        self.known(id)?
            .iter()
            .rev()
            .find(|policy| policy.applies_on(day))
            .ok_or_else(|| self.no_version(id, &day.to_string()))
    }

    /// The version that begins on a day.
    ///
    /// # Errors
    /// When there is no such program or version.
    pub fn version(&self, id: &str, from: Date) -> Result<&Arc<Policy>, CatalogError> {
        self.known(id)?
            .iter()
            .find(|policy| policy.from == from)
            .ok_or_else(|| self.no_version(id, &from.to_string()))
    }

    /// Programs whose id, name in either language, jurisdiction or statute contain all the words.
    #[must_use]
    pub fn search(&self, words: &str) -> Vec<&Arc<Policy>> {
        let words: Vec<String> = words.split_whitespace().map(str::to_lowercase).collect();
        let latest = self.programs.values().filter_map(|versions| versions.last());
        latest
            .filter(|policy| {
                let french = |text| Labels::embedded().say(text, Language::French);
                let text = format!(
                    "{} {} {} {} {} {} {} {}",
                    policy.id,
                    policy.legal_name,
                    french(&policy.legal_name),
                    policy.short_name,
                    french(&policy.short_name),
                    policy.jurisdiction,
                    policy.authority.join(" "),
                    policy.statute.join(" ")
                )
                .to_lowercase();
                words.iter().all(|word| text.contains(word))
            })
            .collect()
    }

    fn known(&self, id: &str) -> Result<&[Arc<Policy>], CatalogError> {
        if let Some(reason) = self.withheld.get(id) {
            return Err(CatalogError::Unreadable { file: id.to_owned(), reason: reason.clone() });
        }
        let versions = self.versions(id);
        if versions.is_empty() {
            return Err(CatalogError::UnknownProgram { program: id.to_owned() });
        }
        Ok(versions)
    }

    fn no_version(&self, id: &str, on: &str) -> CatalogError {
        CatalogError::NoVersion {
            program: id.to_owned(),
            on: on.to_owned(),
            known: self.versions(id).iter().map(|policy| policy.from.to_string()).collect(),
        }
    }
}

/// Reads a policy as the repository writes it.
///
/// # Errors
/// When the text is no policy; the message names the line and field.
pub fn read_toml(file: &str, text: &str) -> Result<Policy, CatalogError> {
    toml::from_str(text)
        .map_err(|error| CatalogError::Unreadable { file: file.to_owned(), reason: error.to_string() })
}

/// Reads and checks a policy that comes from outside.
///
/// # Errors
/// When it is too large, no policy, or not sound.
pub fn read_json(file: &str, text: &str) -> Result<Policy, CatalogError> {
    if text.len() > MAX_UPLOAD {
        return Err(CatalogError::TooLarge { given: text.len(), limit: MAX_UPLOAD });
    }
    let policy: Policy = serde_json::from_str(text)
        .map_err(|error| CatalogError::Unreadable { file: file.to_owned(), reason: short(&error) })?;
    let mut findings = lint(&policy);
    if findings.is_empty() {
        return Ok(policy);
    }
    findings.truncate(MAX_FINDINGS);
    Err(CatalogError::Unsound { file: file.to_owned(), findings })
}

/// A reason that quotes what it met is cut where nobody would read on.
fn short(reason: &serde_json::Error) -> String {
    reason.to_string().chars().take(MAX_REASON).collect()
}

/// The same for bytes as they were received.
///
/// # Errors
/// When they are too many, no text, no policy, or not sound.
pub fn read_json_bytes(file: &str, bytes: &[u8]) -> Result<Policy, CatalogError> {
    if bytes.len() > MAX_UPLOAD {
        return Err(CatalogError::TooLarge { given: bytes.len(), limit: MAX_UPLOAD });
    }
    let text = std::str::from_utf8(bytes)
        .map_err(|error| CatalogError::Unreadable { file: file.to_owned(), reason: error.to_string() })?;
    read_json(file, text)
}

/// JSON Schema of a policy.
#[must_use]
pub fn policy_schema() -> schemars::Schema {
    schemars::schema_for!(Policy)
}

/// The same reason as a part of a sentence, which every language says in its own words. What is wrong with a
/// file is said as it is: it is for whoever wrote the file.
impl From<&CatalogError> for Phrase {
    fn from(error: &CatalogError) -> Self {
        match error {
            CatalogError::UnknownProgram { program } => {
                Phrase::new("program_unknown").with("program", program)
            }
            CatalogError::NoVersion { program, on, known } => Phrase::new("version_unknown")
                .with("program", program)
                .with("day", on)
                .with("known", known.join(", ")),
            CatalogError::Unreadable { .. }
            | CatalogError::Unsound { .. }
            | CatalogError::TooLarge { .. } => Phrase::new(error.to_string()),
        }
    }
}
