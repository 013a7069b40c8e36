//! The worked cases beside the repository, where they exist.

use std::path::Path;

use recoup_money::cases::FieldStatus;
use recoup_returns::verify::verify;

#[test]
#[expect(clippy::disallowed_methods, reason = "a test may read the cases it checks")]
fn worked_cases_beside_the_repository() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/irr-cases");
    let Ok(entries) = std::fs::read_dir(&folder) else { return };
    let mut cases = Vec::new();
    for entry in entries {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "json") {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            cases.push((name, std::fs::read_to_string(&path).unwrap()));
        }
    }
    cases.sort();
    let verification = verify(&cases);
    for case in &verification.cases {
        for field in case.fields.iter().filter(|field| field.status != FieldStatus::Equal) {
            eprintln!("{}: {field:?}", case.id);
        }
        if let Some(message) = &case.message {
            eprintln!("{}: {message}", case.id);
        }
        // The goal is three digits finer than the tolerance.
        for field in &case.fields {
            if let Some(difference) = &field.difference {
                assert!(difference.parse::<f64>().unwrap() <= 1e-12, "{} {field:?}", case.id);
            }
        }
    }
    assert!(!cases.is_empty() && verification.all_agree(), "{} of {}", verification.equal, cases.len());
    assert_eq!(verification.equal, cases.len());
}
