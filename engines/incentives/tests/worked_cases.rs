//! The worked cases beside the repository, where they exist.
#![expect(clippy::disallowed_methods, reason = "a test reads the cases beside the repository")]

use std::path::PathBuf;

use recoup_incentives::cases::verify_case;
use recoup_money::cases::{CaseStatus, FieldStatus};

fn folder() -> Option<PathBuf> {
    let beside = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/incentive-cases");
    beside.is_dir().then_some(beside)
}

/// Every case whose programs are in the library is equal, or disputed with a reason.
#[test]
fn cases_of_known_programs_agree() {
    let Some(folder) = folder() else { return };
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "json"))
        .collect();
    files.sort();
    assert!(!files.is_empty());
    let mut wrong = Vec::new();
    let (mut equal, mut waiting) = (0, 0);
    for file in files {
        let case: serde_json::Value = serde_json::from_str(&std::fs::read_to_string(file).unwrap()).unwrap();
        let report = verify_case(&case);
        match report.status {
            CaseStatus::Equal | CaseStatus::Disputed => equal += 1,
            CaseStatus::Error if report.message.as_ref().is_some_and(|m| m.contains("in the library")) => {
                waiting += 1;
            }
            CaseStatus::Error => wrong.push(format!("{}: {:?}", report.id, report.message)),
            CaseStatus::Different => {
                let fields: Vec<String> = report
                    .fields
                    .iter()
                    .filter(|field| field.status != FieldStatus::Equal)
                    .map(|field| format!("{} expected {:?} got {:?}", field.name, field.expected, field.got))
                    .collect();
                wrong.push(format!("{}: {}", report.id, fields.join("; ")));
            }
        }
    }
    println!("{equal} equal, {waiting} wait for their program");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
