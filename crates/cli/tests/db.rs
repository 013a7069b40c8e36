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

/// A program of one's own that pays a tenth of what is spent, at most a million.
const BONUS: &str = r#"{
    "id": "own-studio-bonus", "from": "2026-01-01", "version_by": "day of the contract",
    "legal_name": "Bonus of the studio", "short_name": "Studio bonus", "country": "IE", "jurisdiction": "IE",
    "currency": "EUR", "authority": ["The studio"], "statute": ["The contract"], "kind": "cash_rebate",
    "stream": "either", "confidence": "high", "reviewed": "2026-11-01", "credit": "bonus",
    "inputs": [{"name": "spend", "label": "Spend in Ireland", "map": {"measure": "cost", "within": ["IE"]}}],
    "constants": [
        {"id": "rate", "value": "0.10", "unit": "rate", "label": "Rate", "clause": "cl. 4", "source": "contract",
         "confidence": "high"},
        {"id": "most", "value": "1000000", "label": "At most", "clause": "cl. 5", "source": "contract",
         "confidence": "high"}],
    "lines": [{"id": "bonus", "label": "Bonus", "formula": "round_money(min(rate * spend, most))",
               "clause": "cl. 4", "source": "contract"}],
    "cash": [{"label": "Payment", "line": "bonus", "after": "delivery", "lag_months": 1, "ground": "cl. 7",
              "confidence": "high"}],
    "tax": {"on": false, "ground": "cl. 8"},
    "sources": [{"id": "contract", "title": "Contract", "address": "https://example.org/contract",
                 "seen": "2026-11-01", "kind": "contract"}]
}"#;

#[test]
fn own_programs_are_checked_tried_kept_shown_and_written() {
    let home = tempfile::tempdir().unwrap();
    let at = |name: &str| home.path().join(name).display().to_string();
    let file = at("bonus.program.json");
    std::fs::write(&file, BONUS).unwrap();
    let own = |verb: &[&str]| recoup(home.path(), WORDS, &[&["incentives", "own"], verb].concat());
    let check = |file: &str| {
        Command::new(env!("CARGO_BIN_EXE_recoup")).args(["incentives", "check", file]).output().unwrap()
    };

    assert_eq!(check(&file).status.code(), Some(0));
    let broken = at("broken.program.json");
    std::fs::write(&broken, BONUS.replace("min(rate", "min(rates").replace("\"0.10\"", "0.1")).unwrap();
    let said = check(&broken);
    assert_eq!(said.status.code(), Some(1));
    assert!(text(&said.stdout).starts_with("constants[rate].value: a number is written as a text"));
    std::fs::write(&broken, [b'{', 0xff]).unwrap();
    assert!(text(&check(&broken).stdout).starts_with("the file is no text"));
    assert_eq!(check(&at("missing.json")).status.code(), Some(2));

    let tried = own(&["try", &file, "--input", "spend=2500000.05"]);
    assert_eq!(tried.status.code(), Some(0));
    assert!(text(&tried.stdout).contains("own, unverified"));
    assert!(text(&tried.stdout).contains("pays EUR 250000.01"), "{}", text(&tried.stdout));

    assert_eq!(own(&["list"]).status.code(), Some(2), "there is no database yet");
    kept(home.path());
    assert_eq!(own(&["list"]).status.code(), Some(1));
    assert!(own(&["add", &file]).status.success());
    let second = at("second.program.json");
    std::fs::write(&second, BONUS.replace("0.10", "0.12")).unwrap();
    assert!(text(&own(&["add", &second]).stdout).contains("version 2"));
    assert!(text(&own(&["list"]).stdout).contains("own-studio-bonus"));
    let shown = text(&own(&["show", "own-studio-bonus", "--version", "1"]).stdout);
    assert!(shown.contains("version 2") && shown.contains("\"0.10\""), "{shown}");
    let out = at("out.program.json");
    assert!(own(&["export", "own-studio-bonus", "--out", &out]).status.success());
    assert!(std::fs::read_to_string(&out).unwrap().contains("\"0.12\""));
    assert_eq!(own(&["export", "own-studio-bonus", "--out", &out]).status.code(), Some(2));
    std::fs::write(&file, BONUS.replace("own-studio-bonus", "ie-s481")).unwrap();
    let refused = own(&["add", &file]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(text(&refused.stderr).contains("is a program of the library"), "{}", text(&refused.stderr));
}
