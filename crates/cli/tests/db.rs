//! The verbs about the person's own database, on a database of their own.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on stops")]
// On other systems the data folder is not chosen by a variable.
#![cfg(target_os = "linux")]

use std::{
    io::Write,
    path::Path,
    process::{Command, Output, Stdio},
};

use recoup_app::{App, Ports, library, projects};
use serde_json::json;

const WORDS: &str = "walrus paints seven lanterns";

/// Runs a verb in this home; the passphrase comes through the descriptor of standard input.
fn recoup(home: &Path, words: &str, verb: &[&str]) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_recoup"))
        .args(verb)
        .args(["--passphrase-fd", "0"])
        .env("XDG_DATA_HOME", home)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A verb that needs no passphrase may have ended without reading it.
    let _ = writeln!(child.stdin.take().unwrap(), "{words}");
    child.wait_with_output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

fn kept(home: &Path) {
    let app = App::open(Ports::at(&home.join("recoup")));
    tokio::runtime::Runtime::new().unwrap().block_on(async {
        let person = json!({"full_name": "A Producer", "passphrase": WORDS});
        library::create_library(&app, serde_json::from_value(person).unwrap()).await.unwrap();
        let start = json!({"name": "The Comet", "currency": "EUR"});
        projects::start_project(&app, serde_json::from_value(start).unwrap()).await.unwrap();
        library::lock_library(&app, serde_json::from_value(json!({})).unwrap()).await.unwrap();
    });
}

#[test]
fn a_database_is_checked_exported_backed_up_and_restored() {
    let home = tempfile::tempdir().unwrap();
    let at = |name: &str| home.path().join(name).display().to_string();
    let missing = recoup(home.path(), WORDS, &["db", "check"]);
    assert_eq!(missing.status.code(), Some(2));
    assert!(text(&missing.stderr).contains("no database yet"));

    kept(home.path());
    let path = recoup(home.path(), WORDS, &["db", "path"]);
    assert_eq!(text(&path.stdout).trim(), at("recoup/recoup.db"));
    let check = recoup(home.path(), WORDS, &["db", "check"]);
    assert_eq!((check.status.code(), text(&check.stdout).trim()), (Some(0), "1 projects, 1 revisions"));
    let wrong = recoup(home.path(), "walrus paints six lanterns", &["db", "check", "--json"]);
    assert_eq!(wrong.status.code(), Some(2));
    assert!(text(&wrong.stderr).contains("WRONG_PASSPHRASE"));

    let export = recoup(home.path(), WORDS, &["db", "export", &at("deals")]);
    assert_eq!(text(&export.stdout).trim(), at("deals/the-comet.deal.json"));
    let backup = at("films.recoup-backup");
    assert!(recoup(home.path(), WORDS, &["db", "backup", &backup]).status.success());
    let again = recoup(home.path(), WORDS, &["db", "backup", &backup]);
    assert_eq!(again.status.code(), Some(2), "a backup replaces no file");

    // Another machine: the backup alone brings everything back.
    let other = tempfile::tempdir().unwrap();
    let restored = recoup(other.path(), WORDS, &["db", "restore", &backup]);
    assert!(restored.status.success(), "{}", text(&restored.stderr));
    let check = recoup(other.path(), WORDS, &["db", "check"]);
    assert_eq!(text(&check.stdout).trim(), "1 projects, 1 revisions");
}
