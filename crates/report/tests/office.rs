//! The workbook in somebody else's office: LibreOffice opens it, and no cell shows an error.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::path::Path;
use std::process::Command;

use recoup_deal::read_deal;
use recoup_incentives::Catalog;
use recoup_report::{Edition, Language, PackFormat, Reader, Results, pack};

/// Whether a program answers here.
fn is_here(program: &str) -> bool {
    Command::new(program).arg("--version").output().is_ok()
        || Command::new(program).arg("-v").output().is_ok()
}

#[test]
fn libreoffice_opens_the_workbook_without_an_error_in_any_cell() {
    if !is_here("soffice") || !is_here("pdftotext") {
        assert!(
            std::env::var_os("CI").is_none() || !cfg!(target_os = "linux"),
            "cargo xtask setup installs both"
        );
        return;
    }
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/tin-orchard.deal.json");
    let deal = read_deal(&std::fs::read_to_string(path).unwrap()).unwrap();
    let outcome = recoup_model::run(&deal, Catalog::embedded().unwrap());
    let results = Results {
        deal: &deal,
        book: &outcome.book,
        incentives: &outcome.incentives,
        capital: outcome.capital.as_ref(),
        receipts: Some(&outcome.receipts),
        recoupment: outcome.recoupment.as_ref(),
        findings: &outcome.findings,
    };
    let edition = Edition { language: Language::French, reader: Reader::Full };
    let made = pack(results, edition, &[PackFormat::Xlsx]).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let book = folder.path().join("pack.xlsx");
    std::fs::write(&book, &made.files[0].bytes).unwrap();
    let profile = format!("-env:UserInstallation=file://{}/profile", folder.path().display());
    let answer = Command::new("soffice")
        .args([profile.as_str(), "--headless", "--convert-to", "pdf", "--outdir"])
        .arg(folder.path())
        .arg(&book)
        .output()
        .unwrap();
    assert!(answer.status.success(), "{}", String::from_utf8_lossy(&answer.stderr));
    let pages = folder.path().join("pack.pdf");
    let text = Command::new("pdftotext").arg("-layout").arg(&pages).arg("-").output().unwrap().stdout;
    let text = String::from_utf8_lossy(&text).into_owned();
    for error in ["#REF!", "#NAME?", "#VALUE!", "#DIV/0!", "#N/A", "Err:"] {
        assert!(!text.contains(error), "{error} stands in a cell");
    }
    assert!(text.contains("contrôles justes") && !text.contains("CONTRÔLE EN ÉCHEC"));
    assert!(text.contains("Plan de trésorerie mensuel"));
}
