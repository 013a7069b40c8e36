//! `recoup budget`: shown first, written when asked, nothing half done.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on stops")]

use std::{
    path::{Path, PathBuf},
    process::{Command, Output},
};

use serde_json::Value;

fn example() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/tin-orchard.deal.json")
}

fn recoup(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_recoup")).arg("--json").arg("budget").args(arguments).output().unwrap()
}

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

#[test]
fn what_is_exported_is_imported_into_the_same_deal() {
    let folder = tempfile::tempdir().unwrap();
    let (deal, out) = (example(), folder.path().join("again.deal.json"));
    for name in ["budget.xlsx", "budget.csv"] {
        let sheet = folder.path().join(name);
        assert_eq!(recoup(&["export", text(&deal), text(&sheet)]).status.code(), Some(0));
        // What is there is not replaced.
        assert_eq!(recoup(&["export", text(&deal), text(&sheet)]).status.code(), Some(2));
        let _ = std::fs::remove_file(&out);
        let import = recoup(&["import", text(&sheet), "--deal", text(&deal), "--out", text(&out)]);
        assert_eq!(import.status.code(), Some(0), "{}", String::from_utf8_lossy(&import.stderr));
        let read = |path: &Path| -> Value { serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap() };
        assert_eq!(read(&out)["budget"], read(&deal)["budget"]);
    }
}

#[test]
fn a_cell_that_cannot_be_read_is_an_answer_and_writes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let (sheet, out) = (folder.path().join("top.csv"), folder.path().join("out.deal.json"));
    std::fs::write(&sheet, "Item,Total,Sum\nScript,tbd,5\nMix,3,4\n").unwrap();
    let deal = example();
    let asked = ["import", text(&sheet), "--deal", text(&deal), "--out", text(&out)];
    let shown = recoup(&asked);
    assert_eq!((shown.status.code(), out.exists()), (Some(1), false));
    let view: Value = serde_json::from_slice(&shown.stdout).unwrap();
    assert_eq!(view["faults"][0]["cell"], "top!B2");

    let mapped =
        recoup(&[&asked[..], &["--map", "amount=C", "--account", "mix=sound", "--currency", "EUR"]].concat());
    assert_eq!((mapped.status.code(), out.exists()), (Some(0), true));
    let view: Value = serde_json::from_slice(&mapped.stdout).unwrap();
    assert_eq!(view["totals"]["lines"][0], serde_json::json!({"minor": 900, "currency": "EUR"}));
    assert_eq!(view["rows"][1]["line"]["ground"], "chosen");
}

#[test]
fn what_cannot_be_used_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let sheet = folder.path().join("top.xlsx");
    std::fs::write(&sheet, "PK\u{3}\u{4}").unwrap();
    let deal = example();
    for arguments in [
        vec!["import", text(&sheet), "--deal", text(&deal)],
        vec!["import", "nowhere.csv", "--deal", text(&deal)],
        vec!["export", text(&deal), "budget.ods"],
    ] {
        let refused = recoup(&arguments);
        assert_eq!((refused.status.code(), refused.stdout.is_empty()), (Some(2), true), "{arguments:?}");
    }
}
