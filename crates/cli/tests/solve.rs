//! The closing solved from the command line.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on stops")]

use std::process::{Command, Output};

use serde_json::Value;

fn solve(deal: &str, sought: &str, more: &[&str]) -> Output {
    let file = format!("{}/../../examples/{deal}.deal.json", env!("CARGO_MANIFEST_DIR"));
    Command::new(env!("CARGO_BIN_EXE_recoup"))
        .args(["deal", "solve", &file, "--for", sought])
        .args(more)
        .output()
        .unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

#[test]
fn the_equity_that_closes_is_told_with_its_proof_and_its_cell() {
    let told = solve("dragons-quest", "amount:equity", &["--json"]);
    assert_eq!(told.status.code(), Some(0));
    let answer: Value = serde_json::from_slice(&told.stdout).unwrap();
    assert_eq!(answer["for"], "amount:equity");
    let solution = &answer["solution"];
    assert_eq!(solution["amount"]["address"], "solved(amount:equity).amount");
    assert!(solution["trials"].as_u64().unwrap() > 1);
    let left = solution["difference"]["value"]["amount"]["minor"].as_i64().unwrap();
    assert!((0..=1).contains(&left), "{left}");
    assert_eq!(solution["cells"][0]["path"], "instruments[equity].amount");
    let plain = said(&solve("dragons-quest", "amount:equity", &["--lang", "en"]));
    assert!(plain.starts_with("amount:equity = USD ") && plain.contains("Proof: "), "{plain}");
    assert!(plain.contains("instruments[equity].amount = "), "{plain}");
}

#[test]
fn what_prevents_an_answer_is_named_and_ends_with_one() {
    let filled = solve("tin-orchard", "budget", &["--lang", "en"]);
    assert_eq!(filled.status.code(), Some(1));
    assert!(said(&filled).contains("private-equity-a has no limit"), "{}", said(&filled));
    let french = solve("tin-orchard", "budget", &["--lang", "fr"]);
    assert!(
        said(&french).starts_with("budget\u{a0}: private-equity-a n’a pas de limite"),
        "{}",
        said(&french)
    );
    let never = solve("dragons-quest", "amount:producer-deferral", &["--json"]);
    assert_eq!(never.status.code(), Some(1));
    let answer: Value = serde_json::from_slice(&never.stdout).unwrap();
    assert_eq!(answer["reason"]["kind"], "never_cash");
    assert_eq!(solve("dragons-quest", "presales", &[]).status.code(), Some(1));
}

#[test]
fn an_unknown_unknown_is_refused() {
    let output = solve("dragons-quest", "luck", &["--json"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(output.stdout.is_empty());
    let error: Value = serde_json::from_slice(&output.stderr).unwrap();
    assert_eq!(error["error"]["code"], "INVALID_REQUEST");
}
