//! The worked cases beside the repository, when they are there
#![expect(clippy::disallowed_methods, reason = "tests read the cases from their folder")]

use std::{fs, path::Path};

use recoup_explain::{Book, Cells};
use recoup_money::{Currency, cases::FieldStatus};
use serde_json::Value;

use super::compare;
use crate::{InputNodes, recoup_recorded};

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

#[test]
fn the_book_explains_every_payment_of_the_worked_cases() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/waterfall-cases");
    let Ok(files) = fs::read_dir(folder) else { return };
    for file in files.flatten().filter(|file| file.path().extension().is_some_and(|end| end == "json")) {
        let case: Value = serde_json::from_str(&fs::read_to_string(file.path()).unwrap()).unwrap();
        let translated = super::translate(&case).unwrap();
        let mut book = Book::new();
        let cells = Cells::new(Currency::XTS, Vec::new(), Vec::new());
        let nodes = InputNodes::default();
        let recorded =
            recoup_recorded(&translated.plan, &translated.inputs, &nodes, &[], &cells, &mut book).unwrap();
        for claim in &recorded.recoupment.claims {
            let address = format!("recoupment.claims.{}.paid", claim.tier);
            assert_eq!(book.money(&address), Some(claim.paid), "{:?} {address}", file.file_name());
        }
    }
}
