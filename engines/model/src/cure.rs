//! Cures of findings: edits of the deal that make a finding go away, computed and tried before they are offered.
//!
//! A *way* proposes edits for the findings of one code. What it proposes is then computed: a cure is offered only
//! where the finding is gone in the deal that comes out and nothing worse has come: no new blocker, no new question
//! unless it replaces a blocker, no more money missing than before. A cure that costs money brings the money along.

mod bridge;
mod budget;
mod case;
mod closing;
mod dates;
mod document;
mod law;
mod lending;
mod loans;
mod market;
mod plan;
mod prove;
mod revenue;
mod stack;
mod ways;

use recoup_deal::{Cure, Deal, Finding};
use recoup_incentives::Catalog;

use crate::outcome::Outcome;

use case::Case;
pub use prove::{Trial, tried};
use ways::WAYS;

/// The cures of a finding, best first.
///
/// Those that are ready have been tried. One that asks for the value of a cell is offered untried: nobody but the
/// producer knows it.
#[must_use]
pub fn cures(deal: &Deal, catalog: &Catalog, outcome: &Outcome, finding: &Finding) -> Vec<Cure> {
    let case = Case { deal, catalog, outcome, finding };
    let Some((_, way)) = WAYS.iter().find(|(code, _)| *code == finding.code) else { return Vec::new() };
    let mut found: Vec<Cure> = Vec::new();
    for cure in way(&case).into_iter().filter_map(|cure| prove::proved(&case, cure)) {
        // What only adds to a cure that is enough by itself is none of its own.
        if !found.iter().any(|known| !known.edits.is_empty() && cure.edits.starts_with(&known.edits)) {
            found.push(cure);
        }
    }
    found
}

/// Whether a way is known to cure findings of a code; whether it helps in one deal, [`cures`] says.
#[must_use]
pub fn may_be_cured(code: &str) -> bool {
    WAYS.iter().any(|(known, _)| *known == code)
}

/// The codes whose findings may be cured, in the order of the list.
pub fn curable_codes() -> impl Iterator<Item = &'static str> {
    WAYS.iter().map(|(code, _)| *code)
}
