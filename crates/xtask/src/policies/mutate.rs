//! Whether the worked examples would notice a wrong number or a wrong comparison.

use std::collections::BTreeSet;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use recoup_incentives::examples::{Equivalent, Example, check_example};
use recoup_incentives::{Policy, lint, lint_versions};
use recoup_money::cases::CaseStatus;

use super::library::Library;
use super::mutants::{self, Mutant};

/// Fewest mutants that must be caught, of a hundred.
const CAUGHT_OF_A_HUNDRED: usize = 95;

/// What became of the mutants of one program.
#[derive(Default)]
struct Outcome {
    /// Noticed by an example.
    caught: usize,
    /// Noticed by no example, but refused by the lint.
    refused: usize,
    equivalent: usize,
    survivors: Vec<String>,
    /// Equivalents that are listed and that no surviving mutant matches.
    stale: Vec<String>,
}

/// Changes every program in every small way, and tells what the examples do not notice.
pub(super) fn mutate(library: &Library) -> bool {
    let next = AtomicUsize::new(0);
    let outcomes: Mutex<Vec<Option<Outcome>>> = Mutex::new(library.asked.iter().map(|_| None).collect());
    let workers = thread::available_parallelism().map_or(1, usize::from);
    thread::scope(|scope| {
        for _ in 0..workers {
            scope.spawn(|| {
                while let Some((at, id)) = {
                    let at = next.fetch_add(1, Ordering::Relaxed);
                    library.asked.get(at).map(|id| (at, id))
                } {
                    let outcome = program(library, id);
                    if let Ok(mut outcomes) = outcomes.lock() {
                        outcomes[at] = Some(outcome);
                    }
                }
            });
        }
    });
    let outcomes = outcomes.into_inner().unwrap_or_default();
    tell(library, &outcomes.into_iter().flatten().collect::<Vec<_>>())
}

fn tell(library: &Library, outcomes: &[Outcome]) -> bool {
    let mut total = Outcome::default();
    let (mut survived, mut stale) = (0, 0);
    for (id, outcome) in library.asked.iter().zip(outcomes) {
        let noticed = outcome.caught + outcome.refused;
        let all = noticed + outcome.survivors.len();
        println!(
            "{id:<32} {:>5.1} %  {noticed} of {all} caught ({} by the lint alone), {} equivalent",
            share(noticed, all),
            outcome.refused,
            outcome.equivalent
        );
        for survivor in &outcome.survivors {
            println!("    {survivor}");
        }
        for entry in &outcome.stale {
            println!("    listed as equivalent, but nothing survives there: {entry}");
        }
        total.caught += outcome.caught;
        total.refused += outcome.refused;
        total.equivalent += outcome.equivalent;
        survived += outcome.survivors.len();
        stale += outcome.stale.len();
    }
    let noticed = total.caught + total.refused;
    let all = noticed + survived;
    println!(
        "{:.1} %: {noticed} of {all} mutants caught, {} of them by the lint alone; {survived} survive, \
         {} equivalent, {stale} listed in vain",
        share(noticed, all),
        total.refused,
        total.equivalent
    );
    noticed * 100 >= all * CAUGHT_OF_A_HUNDRED && stale == 0
}

#[expect(clippy::cast_precision_loss, reason = "a percentage for the eye")]
fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 100.0 } else { part as f64 * 100.0 / whole as f64 }
}

/// Every mutant of every version of a program.
fn program(library: &Library, id: &str) -> Outcome {
    let versions: Vec<&Policy> = library.catalog.versions(id).iter().map(AsRef::as_ref).collect();
    // An example that fails already would catch everything.
    let examples: Vec<&Example> =
        library.examples_of(id).iter().filter(|example| holds(library, &versions, example)).collect();
    let equivalents = library.equivalents_of(id);
    let mut used = BTreeSet::new();
    let mut outcome = Outcome::default();
    for policy in versions.iter().filter(|policy| policy.computable) {
        let sound = lint(policy).len();
        for mutant in mutants::of(policy) {
            let others: Vec<&Policy> = versions
                .iter()
                .map(|version| if version.from == policy.from { &mutant.policy } else { version })
                .collect();
            if examples.iter().any(|example| !holds(library, &others, example)) {
                outcome.caught += 1;
            } else if lint(&mutant.policy).len() > sound
                || lint_versions(others.iter().copied()).len() > lint_versions(versions.iter().copied()).len()
            {
                outcome.refused += 1;
            } else if let Some(at) = equivalents.iter().position(|entry| matches(entry, policy, &mutant)) {
                used.insert(at);
                outcome.equivalent += 1;
            } else {
                outcome.survivors.push(format!("@{} {}: {}", policy.from, mutant.path, mutant.change));
            }
        }
    }
    let unused = equivalents.iter().enumerate().filter(|(at, _)| !used.contains(at));
    outcome.stale = unused.map(|(_, entry)| entry.path.clone()).collect();
    outcome
}

fn matches(entry: &Equivalent, policy: &Policy, mutant: &Mutant) -> bool {
    entry.version.is_none_or(|version| version == policy.from)
        && entry.path == mutant.path
        && entry.change.as_ref().is_none_or(|change| *change == mutant.change)
}

/// Whether an example comes out as it says, with these versions of its program.
fn holds(library: &Library, versions: &[&Policy], example: &Example) -> bool {
    let report = check_example(example, &|program, on| {
        if program == example.program {
            versions.iter().rev().find(|policy| policy.applies_on(on)).copied()
        } else {
            library.catalog.on(program, on).ok().map(AsRef::as_ref)
        }
    });
    report.status == CaseStatus::Equal
}
