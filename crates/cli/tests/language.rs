//! `recoup` speaks the language it is asked for, and machines get English unless they ask.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on stops")]

use std::process::{Command, Output};

fn recoup(arguments: &[&str], environment: &[(&str, &str)]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_recoup"));
    for name in ["LC_ALL", "LC_MESSAGES", "LANG"] {
        command.env_remove(name);
    }
    command.args(arguments).envs(environment.iter().copied()).output().unwrap()
}

fn printed(arguments: &[&str], environment: &[(&str, &str)]) -> String {
    String::from_utf8(recoup(arguments, environment).stdout).unwrap()
}

const DEAL: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples/dragons-quest.deal.json");
const CHECK: [&str; 3] = ["deal", "check", DEAL];

#[test]
fn findings_come_in_the_language_of_the_flag_or_the_environment() {
    let english = printed(&CHECK, &[]);
    assert!(english.contains("is not committed") && !english.contains("engagé"), "{english}");
    let french = printed(&[&CHECK[..], &["--lang", "fr"]].concat(), &[]);
    assert!(french.contains("n’est pas engagé") && !french.contains("is not committed"), "{french}");
    assert_eq!(printed(&CHECK, &[("LANG", "fr_FR.UTF-8")]), french);
    assert_eq!(printed(&[&["--lang", "en"], &CHECK[..]].concat(), &[("LC_ALL", "fr_CA.UTF-8")]), english);
}

#[test]
fn json_stays_english_unless_the_flag_says_otherwise() {
    let json = [&CHECK[..], &["--json"]].concat();
    let english = printed(&json, &[("LANG", "fr_FR.UTF-8")]);
    assert!(english.contains("is not committed"), "{english}");
    let french = printed(&[&json[..], &["--lang", "fr"]].concat(), &[]);
    assert!(french.contains("n’est pas engagé"), "{french}");
}

#[test]
fn what_cannot_be_computed_says_why_in_the_same_language() {
    let run = printed(&["deal", "run", DEAL, "--lang", "fr"], &[]);
    let reasons: Vec<&str> = run.lines().filter(|line| line.contains("aucun apport")).collect();
    assert!(!reasons.is_empty() && !run.contains("no money was put in"), "{run}");
}

#[test]
fn a_language_nobody_speaks_is_bad_input() {
    assert_eq!(recoup(&[&CHECK[..], &["--lang", "tlh"]].concat(), &[]).status.code(), Some(2));
}
