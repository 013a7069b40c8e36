//! A cure is tried before it is offered.

use std::collections::BTreeMap;

use recoup_deal::{Cure, Deal, Edit, Finding, FindingValue, Severity, edited};
use recoup_incentives::Catalog;

use super::bridge;
use super::case::Case;
use super::closing;
use crate::outcome::{Outcome, run};

/// How often a cure is completed with the money that it turns out to need.
const MOST_ADDITIONS: usize = 3;

/// What a cure does.
#[derive(Debug, Clone)]
pub struct Trial {
    /// The deal with the edits made.
    pub deal: Deal,
    /// What follows from it.
    pub outcome: Outcome,
    /// Findings that are no longer there.
    pub gone: Vec<Finding>,
    /// Findings that were not there before.
    pub raised: Vec<Finding>,
}

/// Why edits are no cure.
enum Refused {
    /// The sources fall shorter of the uses than before.
    Short(Box<Deal>),
    /// The account falls lower than before.
    Dry(Box<(Deal, Outcome)>),
    /// The finding stands, something worse has come, or the document refuses.
    Useless,
}

/// What several edits do to a finding; none where it stays or something worse comes: a new blocker, a new question
/// in place of anything but a blocker, more money missing than before.
#[must_use]
pub fn tried(
    deal: &Deal,
    catalog: &Catalog,
    before: &Outcome,
    finding: &Finding,
    edits: &[Edit],
) -> Option<Trial> {
    trial(&Case { deal, catalog, outcome: before, finding }, edits).ok()
}

/// The cure as it may be offered: tried, and completed with the money it needs. One that asks is left as it is.
pub(super) fn proved(case: &Case<'_>, mut cure: Cure) -> Option<Cure> {
    if !cure.is_ready() {
        return Some(cure);
    }
    for _ in 0..MOST_ADDITIONS {
        cure = match trial(case, &cure.edits) {
            Ok(_) => return Some(cure),
            Err(Refused::Short(deal)) => closing::funded(case, &deal, cure)?,
            Err(Refused::Dry(after)) => bridge::bridged(case, &after.0, &after.1, cure)?,
            Err(Refused::Useless) => return None,
        };
    }
    trial(case, &cure.edits).ok().map(|_| cure)
}

fn trial(case: &Case<'_>, edits: &[Edit]) -> Result<Trial, Refused> {
    let deal = edited(case.deal, edits).map_err(|_| Refused::Useless)?;
    let outcome = run(&deal, case.catalog);
    let (before, after) = (by_place(&case.outcome.findings), by_place(&outcome.findings));
    let graver = |code: &str| missing(&after, code) > missing(&before, code);
    if graver("CLOSING_SHORT") {
        return Err(Refused::Short(Box::new(deal)));
    }
    if graver("CASH_SHORT") {
        return Err(Refused::Dry(Box::new((deal, outcome))));
    }
    if case.again(&outcome).is_some() {
        return Err(Refused::Useless);
    }
    let is_new = |one: &&Finding| before.get(&place(one)).is_none_or(|known| known.severity > one.severity);
    let raised: Vec<Finding> = outcome.findings.iter().filter(is_new).cloned().collect();
    let bearable = match case.finding.severity {
        Severity::Blocker => Severity::Question,
        Severity::Question | Severity::Note => Severity::Note,
    };
    if raised.iter().any(|one| one.severity < bearable) {
        return Err(Refused::Useless);
    }
    let gone = case.outcome.findings.iter().filter(|one| !after.contains_key(&place(one))).cloned().collect();
    Ok(Trial { deal, outcome, gone, raised })
}

fn place(finding: &Finding) -> (&str, &str) {
    (&finding.code, &finding.path)
}

fn by_place(findings: &[Finding]) -> BTreeMap<(&str, &str), &Finding> {
    findings.iter().map(|one| (place(one), one)).collect()
}

/// Minor units that a finding of a code says are missing; nothing where there is none.
fn missing(findings: &BTreeMap<(&str, &str), &Finding>, code: &str) -> i64 {
    match findings.get(&(code, "instruments")).and_then(|one| one.values.get("missing")) {
        Some(FindingValue::Money(amount)) => amount.minor(),
        _ => 0,
    }
}
