//! Packs from the command line: for whom, and in which language.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on stops")]

use std::path::Path;
use std::process::{Command, Output};

fn pack(folder: &Path, more: &[&str]) -> Output {
    let deal = concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples/nimbus-and-pip.deal.json");
    Command::new(env!("CARGO_BIN_EXE_recoup"))
        .args(["pack", deal, "--json", "--out"])
        .arg(folder)
        .args(more)
        .output()
        .unwrap()
}

#[test]
fn a_reader_gets_a_pack_of_his_own_in_his_language() {
    let folder = tempfile::tempdir().unwrap();
    let made = pack(folder.path(), &["--reader", "soft-money", "--lang", "fr", "--format", "xlsx"]);
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    let names: Vec<String> = std::fs::read_dir(folder.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    assert_eq!(names, ["nimbus-pip-soft-money-fr.xlsx"]);
}

#[test]
fn a_reader_that_is_not_known_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let refused = pack(folder.path(), &["--reader", "astrologer"]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&refused.stderr).contains("gap-lender"));
}
