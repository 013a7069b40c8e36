//! Lint and worked examples, program by program.

use std::collections::BTreeSet;
use std::sync::Arc;

use recoup_incentives::examples::check_example;
use recoup_incentives::{LintFinding, Policy, lint, lint_complete, lint_library, lint_versions, spoken};
use recoup_money::cases::{CaseReport, CaseStatus};

use super::library::Library;
use super::tell;

/// Fewest worked examples of a program that can be computed.
const EXAMPLES: usize = 3;

/// What was looked at and what was wrong.
#[derive(Default)]
pub(super) struct Count {
    pub(super) programs: usize,
    computable: usize,
    versions: usize,
    pub(super) examples: usize,
    pub(super) failed: usize,
    pub(super) faults: usize,
}

/// Lints every program, runs its examples and prints what is wrong.
pub(super) fn check(library: &Library) -> Count {
    let mut total = Count::default();
    for fault in &library.faults {
        println!("{fault}");
        total.faults += 1;
    }
    let of_library = lint_library(&library.catalog);
    for id in &library.asked {
        program(library, id, &of_library, &mut total);
    }
    total.faults += french(library);
    println!(
        "{} programs ({} computable), {} versions, {} examples, {} failed, {} faults",
        total.programs, total.computable, total.versions, total.examples, total.failed, total.faults
    );
    total
}

fn program(library: &Library, id: &str, of_library: &[LintFinding], total: &mut Count) {
    let versions = library.catalog.versions(id);
    let reports = examples(library, id);
    let failed = reports.iter().filter(|report| report.status != CaseStatus::Equal).count();
    let computable = versions.last().is_some_and(|policy| policy.computable);
    let mut faults = faults(id, versions, of_library);
    if computable && reports.len() < EXAMPLES {
        faults.push(format!("{} worked examples; {EXAMPLES} are due", reports.len()));
    }
    println!(
        "{id:<32} {} versions, {}computable, {} examples, {failed} failed, {} faults",
        versions.len(),
        if computable { "" } else { "not " },
        reports.len(),
        faults.len()
    );
    if let Some(missing) = versions.last().and_then(|policy| policy.missing.as_deref()) {
        println!("    missing: {missing}");
    }
    for report in &reports {
        tell(report);
    }
    for fault in &faults {
        println!("    {fault}");
    }
    total.programs += 1;
    total.versions += versions.len();
    total.computable += usize::from(computable);
    total.examples += reports.len();
    total.failed += failed;
    total.faults += faults.len();
}

fn faults(id: &str, versions: &[Arc<Policy>], of_library: &[LintFinding]) -> Vec<String> {
    let mut faults: Vec<String> = Vec::new();
    for policy in versions {
        let findings = lint(policy).into_iter().chain(lint_complete(policy));
        faults.extend(findings.map(|finding| format!("@{} {finding}", policy.from)));
    }
    let own = of_library.iter().filter(|finding| finding.path.starts_with(&format!("{id}@")));
    faults.extend(own.map(ToString::to_string));
    faults.extend(ended(versions));
    let gaps = lint_versions(versions.iter().map(AsRef::as_ref));
    let admitted = versions.iter().any(|v| v.notes.iter().any(|note| note.starts_with("Not recorded:")));
    let gaps = gaps.iter().filter(|gap| !(admitted && gap.message.starts_with("leaves a gap")));
    faults.extend(gaps.map(ToString::to_string));
    faults
}

/// A program whose last version has ended says so, with the year.
fn ended(versions: &[Arc<Policy>]) -> Option<String> {
    let last = versions.last()?;
    let year: String = last.until?.to_string().chars().take(4).collect();
    let told = last.sunset.is_some() || last.notes.iter().any(|note| note.contains(&year));
    (!told).then(|| format!("@{} until: no note says why it ends in {year}", last.from))
}

fn examples(library: &Library, id: &str) -> Vec<CaseReport> {
    let version = |program: &str, on| library.catalog.on(program, on).ok().map(AsRef::as_ref);
    library.examples_of(id).iter().map(|example| check_example(example, &version)).collect()
}

/// How much of what is asked for cannot be said in French, which is counted, and what is translated that no
/// policy says any more, which is a fault.
fn french(library: &Library) -> usize {
    let policies = || library.asked.iter().flat_map(|id| library.catalog.versions(id)).map(AsRef::as_ref);
    let missing = library.labels.missing(policies());
    let all: BTreeSet<&str> = policies().flat_map(spoken).collect();
    println!("{} of {} texts have no French", missing.len(), all.len());
    let idle = library.labels.idle(library.catalog.policies().map(AsRef::as_ref));
    for text in &idle {
        println!("    policies/fr.toml: no policy says {text:?}");
    }
    idle.len()
}
