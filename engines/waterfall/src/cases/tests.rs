//! The worked cases beside the repository, when they are there

use std::{fs, path::Path};

use recoup_money::cases::FieldStatus;
use serde_json::Value;

use super::compare;

#[test]
fn every_worked_case_agrees_to_two_millionths() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/waterfall-cases");
    let Ok(files) = fs::read_dir(folder) else { return };
    let mut wrong = Vec::new();
    let mut seen = 0;
    for file in files.flatten().filter(|file| file.path().extension().is_some_and(|end| end == "json")) {
        let case: Value = serde_json::from_str(&fs::read_to_string(file.path()).unwrap()).unwrap();
        let name = file.file_name().to_string_lossy().into_owned();
        match compare(&case, true) {
            Err(reason) => wrong.push(format!("{name}: {reason}")),
            Ok(fields) => {
                seen += 1;
                assert!(!fields.is_empty());
                for field in fields {
                    let off: f64 = field.difference.as_deref().unwrap_or("1").parse().unwrap();
                    if field.status != FieldStatus::Equal || off.abs() > 2e-6 {
                        wrong.push(format!("{name}: {field:?}"));
                    }
                }
            }
        }
    }
    assert!(seen > 0 || !wrong.is_empty());
    assert!(
        wrong.is_empty(),
        "{} differ\n{}",
        wrong.len(),
        wrong.iter().take(20).cloned().collect::<Vec<_>>().join("\n")
    );
}
