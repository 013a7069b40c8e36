//! `cargo xtask policies`: every policy and every worked example, as they lie on the disk.
//!
//! Nothing is compiled anew after a policy is edited: the files are read when the command runs.

mod check;
mod library;
mod mutants;
mod mutate;
mod neighbours;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use recoup_incentives::cases::verify_case_with;
use recoup_money::cases::{CaseReport, CaseStatus, FieldStatus, Verification};

use crate::suite::Tally;
use library::Library;
pub(crate) use library::files_of_library;

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
        None => {
            let count = check::check(&library);
            Ok(count.failed == 0 && count.faults == 0)
        }
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

/// Lint and examples as a part of the whole test.
pub(crate) fn sound() -> Result<Tally> {
    let count = check::check(&Library::read(&[])?);
    let passed = count.programs + count.examples - count.failed;
    Ok(Tally { passed: passed as u64, failed: (count.failed + count.faults) as u64 })
}

/// Whether the examples notice small changes, as a part of the whole test.
pub(crate) fn held() -> Result<Tally> {
    let enough = mutate::mutate(&Library::read(&[])?);
    Ok(Tally { passed: u64::from(enough), failed: u64::from(!enough) })
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
