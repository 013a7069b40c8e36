//! The library itself: every file read, sound, listed, and its versions in a row.
#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "tests read files and stop at the first surprise"
)]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use recoup_incentives::{Catalog, Policy, lint, lint_versions, read_json};

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, found);
        } else if folder.file_name().is_some_and(|name| name != "policies") {
            found.push(path);
        }
    }
}

#[test]
fn every_policy_is_sound() {
    let catalog = Catalog::embedded().unwrap();
    let mut found = Vec::new();
    for policy in catalog.policies() {
        for finding in lint(policy) {
            found.push(format!("{}@{} {finding}", policy.id, policy.from));
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn every_file_is_listed_under_its_own_name() {
    let catalog = Catalog::embedded().unwrap();
    let mut paths = Vec::new();
    files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("policies"), &mut paths);
    assert_eq!(paths.len(), catalog.policies().count(), "a file is not listed, or listed twice");
    let names: Vec<String> =
        catalog.policies().map(|policy| format!("{}@{}.toml", policy.id, policy.from)).collect();
    for path in paths {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        assert!(names.contains(&name), "{name} is not named after its program and first day");
    }
}

/// Versions follow each other without overlap; a gap is allowed only where the older file says that the
/// years between are not recorded.
#[test]
fn versions_follow_each_other() {
    let catalog = Catalog::embedded().unwrap();
    for program in catalog.programs() {
        let versions: Vec<&Policy> = catalog.versions(program).iter().map(AsRef::as_ref).collect();
        for finding in lint_versions(versions.iter().copied()) {
            let admitted = finding.message.starts_with("leaves a gap")
                && versions.iter().any(|v| v.notes.iter().any(|note| note.starts_with("Not recorded:")));
            assert!(admitted, "{finding}");
        }
    }
}

#[test]
fn interactions_name_programs_and_inputs_that_exist() {
    let catalog = Catalog::embedded().unwrap();
    let inputs: BTreeMap<&str, Vec<&str>> = catalog
        .programs()
        .map(|program| {
            let names = catalog
                .versions(program)
                .iter()
                .flat_map(|policy| policy.inputs.iter().map(|input| input.name.as_str()))
                .collect();
            (program, names)
        })
        .collect();
    for policy in catalog.policies() {
        for interaction in &policy.interactions {
            for with in &interaction.with {
                let known = inputs.get(with.as_str());
                assert!(known.is_some(), "{} touches {with}, which does not exist", policy.id);
                if let (Some(input), Some(known)) = (&interaction.input, known) {
                    assert!(known.contains(&input.as_str()), "{}: {with} has no input {input}", policy.id);
                }
            }
        }
    }
}

#[test]
fn a_policy_survives_json() {
    for policy in Catalog::embedded().unwrap().policies() {
        let json = serde_json::to_string(policy.as_ref()).unwrap();
        assert_eq!(&read_json("upload.json", &json).unwrap(), policy.as_ref());
    }
}

#[test]
fn founding_ids_resolve() {
    let catalog = Catalog::embedded().unwrap();
    assert_eq!(catalog.resolve("CA-FEDERAL-CPTC-2025"), Some("ca-federal-cptc"));
    assert_eq!(catalog.resolve("CA-QC-PSTC-2025"), Some("ca-qc-qpstc"));
    assert_eq!(catalog.resolve("nobody"), None);
}
