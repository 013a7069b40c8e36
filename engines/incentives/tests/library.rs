//! The library itself: every file read, sound, listed, and its versions in a row.
#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "tests read files and stop at the first surprise"
)]

use std::path::{Path, PathBuf};

use recoup_incentives::{Catalog, Policy, lint, lint_complete, lint_library, lint_versions, read_json};

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
fn every_policy_is_sound_and_complete() {
    let catalog = Catalog::embedded().unwrap();
    let mut found = Vec::new();
    for policy in catalog.policies() {
        for finding in lint(policy).into_iter().chain(lint_complete(policy)) {
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
fn programs_name_each_other_and_no_two_claim_a_name() {
    let found: Vec<String> =
        lint_library(Catalog::embedded().unwrap()).iter().map(ToString::to_string).collect();
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn a_policy_survives_json() {
    for policy in Catalog::embedded().unwrap().policies() {
        let json = serde_json::to_string(policy.as_ref()).unwrap();
        assert_eq!(&read_json("upload.json", &json).unwrap(), policy.as_ref());
    }
}

/// Ids by which the library's programs were first asked for.
#[test]
fn founding_ids_resolve() {
    let catalog = Catalog::embedded().unwrap();
    for (founding, program) in [
        ("AU-PDV-OFFSET-2025", "au-pdv-offset"),
        ("AU-PRODUCER-OFFSET-2025", "au-producer-offset"),
        ("CA-FEDERAL-CPTC-2025", "ca-federal-cptc"),
        ("CA-ON-OCASE-2025", "ca-on-ocase"),
        ("CA-QC-PSTC-2025", "ca-qc-qpstc"),
        ("ES-FILM-TAX-CREDIT-2025", "es-lis-36-2"),
        ("FR-TRIP-2025", "fr-trip"),
        ("IE-S481-2025", "ie-s481"),
        ("IE-S481-SCEAL-2025", "ie-s481-sceal"),
        ("KR-KOFIC-LOCATION-2025", "kr-kofic-cash-rebate"),
        ("NZ-NZSPR-DOMESTIC-2025", "nz-nzspr-domestic"),
        ("NZ-NZSPR-INTL-2025", "nz-nzspr-international"),
        ("UK-AVEC-2025", "uk-avec-animation"),
        ("US-CA-FILMTAX-2025", "us-ca-4-0"),
        ("US-GA-GEFA-2025", "us-ga-film"),
        ("US-NM-FILM-REBATE-2025", "us-nm-film"),
    ] {
        assert_eq!(catalog.resolve(founding), Some(program));
        assert_eq!(catalog.resolve(&founding.to_lowercase()), Some(program));
        assert_eq!(catalog.resolve(program), Some(program));
    }
    assert_eq!(catalog.resolve("nobody"), None);
}
