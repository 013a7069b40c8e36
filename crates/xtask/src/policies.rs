//! `cargo xtask policies`: every policy and every worked example, as they lie on the disk.
//!
//! Nothing is compiled anew after a policy is edited: the files are read when the command runs.

mod library;
mod mutants;
mod mutate;
mod neighbours;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context, Result, bail};
use recoup_incentives::cases::verify_case_with;
use recoup_incentives::examples::check_example;
use recoup_incentives::{Policy, lint, lint_complete, lint_library, lint_versions, spoken};
use recoup_money::cases::{CaseReport, CaseStatus, FieldStatus, Verification};

use library::Library;

/// Fewest worked examples of a program that can be computed.
const EXAMPLES: usize = 3;

/// What the command line asks for.
#[derive(Default)]
struct Asked {
    only: Vec<String>,
    cases: Option<PathBuf>,
    mutate: bool,
    french: bool,
}

/// Checks the policies on the disk. Whether all is sound.
pub(crate) fn policies(arguments: &[String]) -> Result<bool> {
    let asked = read(arguments)?;
    let library = Library::read(&asked.only)?;
    match &asked.cases {
        Some(folder) => cases(&library, folder, &asked.only),
        None if asked.mutate => Ok(mutate::mutate(&library)),
        None if asked.french => Ok(untold(&library)),
        None => Ok(check(&library)),
    }
}

fn read(arguments: &[String]) -> Result<Asked> {
    let mut asked = Asked::default();
    let mut rest = arguments.iter();
    while let Some(argument) = rest.next() {
        let mut value = || rest.next().with_context(|| format!("{argument} wants a value"));
        match argument.as_str() {
            "--only" => asked.only.extend(value()?.split(',').map(str::to_owned)),
            "--mutate" => asked.mutate = true,
            "--french" => asked.french = true,
            "--cases" => asked.cases = Some(PathBuf::from(value()?)),
            other => bail!("no argument {other:?}: --only ID[,ID], --mutate, --french, --cases FOLDER"),
        }
    }
    Ok(asked)
}

/// A program whose last version has ended says so, with the year.
fn ended(versions: &[Arc<Policy>]) -> Option<String> {
    let last = versions.last()?;
    let year: String = last.until?.to_string().chars().take(4).collect();
    let told = last.sunset.is_some() || last.notes.iter().any(|note| note.contains(&year));
    (!told).then(|| format!("@{} until: no note says why it ends in {year}", last.from))
}

/// Lints and examples, program by program.
fn check(library: &Library) -> bool {
    let mut total = Count::default();
    for fault in &library.faults {
        println!("{fault}");
        total.faults += 1;
    }
    let of_library = lint_library(&library.catalog);
    for id in &library.asked {
        let versions = library.catalog.versions(id);
        let mut faults: Vec<String> = Vec::new();
        for policy in versions {
            let findings = lint(policy).into_iter().chain(lint_complete(policy));
            faults.extend(findings.map(|finding| format!("@{} {finding}", policy.from)));
        }
        let own = of_library.iter().filter(|finding| finding.path.starts_with(&format!("{id}@")));
        faults.extend(own.map(ToString::to_string));
        faults.extend(ended(versions));
        let gaps = lint_versions(versions.iter().map(AsRef::as_ref));
        let admitted = versions.iter().any(|v| v.notes.iter().any(|n| n.starts_with("Not recorded:")));
        let gaps = gaps.iter().filter(|gap| !(admitted && gap.message.starts_with("leaves a gap")));
        faults.extend(gaps.map(ToString::to_string));
        let reports = examples(library, id);
        let failed = reports.iter().filter(|report| report.status != CaseStatus::Equal).count();
        let computable = versions.last().is_some_and(|policy| policy.computable);
        if computable && reports.len() < EXAMPLES {
            faults.push(format!("{} worked examples; {EXAMPLES} are due", reports.len()));
        }
        let kind = if computable { "computable" } else { "not computable" };
        println!(
            "{id:<32} {} versions, {kind}, {} examples, {failed} failed, {} faults",
            versions.len(),
            reports.len(),
            faults.len()
        );
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
    french(library);
    println!(
        "{} programs ({} computable), {} versions, {} examples, {} failed, {} faults",
        total.programs, total.computable, total.versions, total.examples, total.failed, total.faults
    );
    total.failed == 0 && total.faults == 0
}

/// The texts without French, as lines to be filled in.
fn untold(library: &Library) -> bool {
    let policies = library.asked.iter().flat_map(|id| library.catalog.versions(id)).map(AsRef::as_ref);
    let missing = library.labels.missing(policies);
    for text in &missing {
        println!("{text:?} = \"\"");
    }
    missing.is_empty()
}

/// How much of what is asked for can be said in French: counted, not yet a fault.
fn french(library: &Library) {
    let policies = || library.asked.iter().flat_map(|id| library.catalog.versions(id)).map(AsRef::as_ref);
    let missing = library.labels.missing(policies());
    let all: BTreeSet<&str> = policies().flat_map(spoken).collect();
    println!("{} of {} texts have no French", missing.len(), all.len());
    let everything = library.catalog.policies().map(AsRef::as_ref);
    for idle in library.labels.idle(everything) {
        println!("    policies/fr.toml: no policy says {idle:?}");
    }
}

#[derive(Default)]
struct Count {
    programs: usize,
    computable: usize,
    versions: usize,
    examples: usize,
    failed: usize,
    faults: usize,
}

fn examples(library: &Library, id: &str) -> Vec<CaseReport> {
    let version = |program: &str, on| library.catalog.on(program, on).ok().map(AsRef::as_ref);
    library.examples_of(id).iter().map(|example| check_example(example, &version)).collect()
}

/// What is different, field by field; nothing where all is equal.
fn tell(report: &CaseReport) {
    if matches!(report.status, CaseStatus::Equal | CaseStatus::Disputed) {
        return;
    }
    println!("    {}: {}", report.id, report.message.as_deref().unwrap_or("different"));
    for field in report.fields.iter().filter(|field| field.status != FieldStatus::Equal) {
        let shown = |value: &Option<String>| value.clone().unwrap_or_else(|| "nothing".to_owned());
        println!("        {}: expected {}, got {}", field.name, shown(&field.expected), shown(&field.got));
    }
}

/// A folder of worked cases on the policies as they lie on the disk.
fn cases(library: &Library, folder: &Path, only: &[String]) -> Result<bool> {
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder)
        .with_context(|| format!("reading {}", folder.display()))?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<std::io::Result<_>>()?;
    files.retain(|file| file.extension().is_some_and(|extension| extension == "json"));
    files.sort();
    let mut reports = Vec::new();
    let mut by_program: BTreeMap<String, usize> = BTreeMap::new();
    for file in files {
        let text = std::fs::read_to_string(&file).with_context(|| file.display().to_string())?;
        let case: serde_json::Value =
            serde_json::from_str(&text).with_context(|| file.display().to_string())?;
        let programs: Vec<&str> =
            case["programs"].as_array().into_iter().flatten().filter_map(|id| id.as_str()).collect();
        if !only.is_empty() && !programs.iter().any(|id| only.iter().any(|wanted| wanted == id)) {
            continue;
        }
        for program in programs {
            *by_program.entry(program.to_owned()).or_default() += 1;
        }
        let report = verify_case_with(&library.catalog, &case);
        tell(&report);
        reports.push(report);
    }
    for fault in &library.faults {
        println!("{fault}");
    }
    let verified = Verification::new("incentives", reports);
    println!(
        "{} cases of {} programs: {} equal, {} different, {} disputed, {} not computed",
        verified.cases.len(),
        by_program.len(),
        verified.equal,
        verified.different,
        verified.disputed,
        verified.error
    );
    Ok(verified.all_agree() && library.faults.is_empty())
}
