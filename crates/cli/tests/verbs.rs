//! The program as a script sees it: what it prints, where, and how it ends.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on stops")]

use std::process::{Command, Output};

fn recoup(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_recoup")).args(arguments).output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

#[test]
fn help_names_every_verb_and_every_verb_shows_an_example() {
    let help = text(&recoup(&["--help"]).stdout);
    let verbs: Vec<&str> = help
        .lines()
        .skip_while(|line| !line.starts_with("Commands:"))
        .skip(1)
        .take_while(|line| !line.is_empty())
        .filter_map(|line| line.split_whitespace().next())
        .filter(|verb| *verb != "help")
        .collect();
    assert!(verbs.contains(&"serve") && verbs.contains(&"completions"), "{verbs:?}");
    for verb in verbs {
        let output = recoup(&[verb, "--help"]);
        assert!(output.status.success());
        assert!(text(&output.stdout).contains("Example"), "{verb} shows no example");
    }
}

#[test]
fn a_line_that_cannot_be_read_ends_with_two() {
    let output = recoup(&["conjure"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(output.stdout.is_empty());
}

#[test]
fn completions_name_the_verbs() {
    for shell in ["bash", "zsh", "fish"] {
        let output = recoup(&["completions", shell]);
        assert!(output.status.success());
        assert!(text(&output.stdout).contains("serve"), "{shell}");
    }
}

#[test]
fn a_port_in_use_is_refused_with_the_error_object() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let output = recoup(&["serve", "--port", &port, "--json"]);
    assert_eq!(output.status.code(), Some(2));
    let error: serde_json::Value = serde_json::from_slice(&output.stderr).unwrap();
    assert_eq!(error["error"]["code"], "INVALID_REQUEST");
    assert!(error["error"]["message"].as_str().unwrap().contains(&port));
}

fn fed(arguments: &[&str], input: &str) -> Output {
    use std::io::Write;
    let mut child = Command::new(env!("CARGO_BIN_EXE_recoup"))
        .args(arguments)
        .stdin(std::process::Stdio::piped())
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    child.wait_with_output().unwrap()
}

fn json(bytes: &[u8]) -> serde_json::Value {
    serde_json::from_slice(bytes).unwrap()
}

#[test]
fn returns_of_a_series_from_standard_input() {
    let output = fed(&["returns", "irr", "-", "--json"], "-100\n230\n-132\n");
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(json(&output.stdout)["roots"].as_array().unwrap().len(), 2);
    assert_eq!(fed(&["returns", "irr", "-"], "-100\n0\n").status.code(), Some(1));
    assert_eq!(fed(&["returns", "xirr", "-"], "2025-01-01;5\n").status.code(), Some(2));
}

#[test]
fn the_policy_library_is_found_shown_and_run() {
    let found = json(&recoup(&["incentives", "search", "federal", "--json"]).stdout);
    assert!(!found["programs"].as_array().unwrap().is_empty());
    assert_eq!(recoup(&["incentives", "search", "nosuchword"]).status.code(), Some(1));
    let shown = recoup(&["incentives", "show", "ca-federal-cptc", "--on", "2026-01-01", "--json"]);
    assert!(json(&shown.stdout)["lines"].as_array().unwrap().iter().any(|line| line["clause"].is_string()));
    let missing = recoup(&["incentives", "show", "no-such-program", "--json"]);
    assert_eq!(missing.status.code(), Some(2));
    assert_eq!(json(&missing.stderr)["error"]["code"], "NOT_FOUND");
    let typed = r#"{"program": "ca-federal-cptc", "version_on": "2025-06-30",
        "inputs": {"canadian_labour": "2100000", "total_cost": "6000000"}}"#;
    let run = json(&fed(&["incentives", "run", "-", "--json"], typed).stdout);
    assert_eq!(run["results"]["cptc"], "525000");
}

#[test]
fn a_case_that_cannot_be_read_makes_the_answer_no() {
    let output = recoup(&["verify", "waterfall", "/no/such/case.json", "--json"]);
    assert_eq!(output.status.code(), Some(1));
    let answer = json(&output.stdout);
    assert_eq!(answer["error"], 1);
    assert_eq!(answer["cases"][0]["status"], "error");
}

#[test]
fn the_schema_of_the_deal_file_is_a_json_schema() {
    let schema = json(&recoup(&["deal", "schema"]).stdout);
    assert!(schema["$schema"].as_str().unwrap().contains("json-schema.org"));
    assert!(schema["properties"]["budget"].is_object());
}

#[test]
fn the_example_deals_are_read_and_what_is_missing_is_listed() {
    let examples = concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples");
    for name in ["dragons-quest", "nimbus-and-pip", "tin-orchard"] {
        let file = format!("{examples}/{name}.deal.json");
        let output = recoup(&["deal", "check", &file, "--json"]);
        assert!(matches!(output.status.code(), Some(0 | 1)), "{name}: {}", text(&output.stderr));
        assert!(json(&output.stdout).is_array(), "{name}");
    }
    let broken = fed(&["deal", "check", "-", "--json"], "{");
    assert_eq!(broken.status.code(), Some(2));
    assert_eq!(json(&broken.stderr)["error"]["code"], "NOT_JSON");
}
