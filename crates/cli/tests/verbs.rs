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

fn example(name: &str) -> String {
    format!("{}/../../examples/{name}.deal.json", env!("CARGO_MANIFEST_DIR"))
}

#[test]
fn a_deal_is_computed_and_each_required_address_is_there() {
    for name in ["dragons-quest", "nimbus-and-pip", "tin-orchard"] {
        let output = recoup(&["deal", "run", &example(name), "--json"]);
        assert!(matches!(output.status.code(), Some(0 | 1)), "{name}: {}", text(&output.stderr));
        let run = json(&output.stdout);
        let required = [
            "closing.uses_cash",
            "closing.sources_cash",
            "closing.difference",
            "incentives.net",
            "capital.peak_funding",
            "capital.peak_month",
        ];
        for address in required {
            assert!(run["figures"][address].is_object(), "{name}: {address}");
        }
        assert!(
            run["figures"]["capital.peak_month"]["months"].is_i64(),
            "{name}: {}",
            run["figures"]["capital.peak_month"]
        );
        assert!(!run["cash_flow"].as_array().unwrap().is_empty(), "{name}");
        // Uses and sources differ by what is called the difference, in minor units.
        let minor = |address: &str| run["figures"][address]["minor"].as_i64().unwrap();
        let difference = minor("closing.sources_cash") - minor("closing.uses_cash");
        assert_eq!(difference.abs(), minor("closing.difference").abs(), "{name}");
    }
}

#[test]
fn people_read_amounts_as_they_write_them() {
    let file = example("dragons-quest");
    for (language, amount) in [("en", "USD 9,000,000"), ("fr", "9\u{202f}000\u{202f}000\u{a0}USD")] {
        let run = text(&recoup(&["--lang", language, "deal", "run", &file]).stdout);
        let equity = run.lines().find(|line| line.starts_with("closing.source.equity ")).unwrap();
        assert!(equity.ends_with(amount), "{equity}");
        let explained = ["--lang", language, "deal", "run", &file, "--explain", "closing.source.equity"];
        assert!(text(&recoup(&explained).stdout).contains(amount), "{language}");
    }
}

#[test]
fn a_figure_is_explained_down_to_typed_cells() {
    let output = recoup(&["deal", "run", &example("dragons-quest"), "--explain", "closing.uses_cash"]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    assert!(text(&output.stdout).contains("typed at budget.lines["));
    let missing = recoup(&["deal", "run", &example("dragons-quest"), "--explain", "no.such", "--json"]);
    assert_eq!(json(&missing.stderr)["error"]["code"], "NOT_FOUND");
}

#[test]
fn a_pack_is_written_where_it_is_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().to_str().unwrap();
    let output = recoup(&["pack", &example("dragons-quest"), "--out", out, "--json"]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    let pack = json(&output.stdout);
    let starts: Vec<Vec<u8>> = pack["files"]
        .as_array()
        .unwrap()
        .iter()
        .map(|file| std::fs::read(file["place"].as_str().unwrap()).unwrap()[..4].to_vec())
        .collect();
    assert_eq!(starts, [b"%PDF".to_vec(), b"PK\x03\x04".to_vec()]);
    let refused = recoup(&["pack", &example("dragons-quest"), "--out", out, "--format", "docx"]);
    assert_eq!(refused.status.code(), Some(2));
}

#[test]
fn the_recoupment_plan_of_a_deal_is_run_validated_and_broken_even() {
    let run = recoup(&["waterfall", "run", &example("dragons-quest"), "--json"]);
    assert!(run.status.success(), "{}", text(&run.stderr));
    let run = json(&run.stdout);
    let posted: i64 = run["claims"].as_array().unwrap().iter().map(|claim| cents(&claim["paid"])).sum();
    assert!(posted > 0 && !run["postings"].as_array().unwrap().is_empty());

    let valid = recoup(&["waterfall", "validate", &example("dragons-quest")]);
    assert!(valid.status.success(), "{}", text(&valid.stdout));
    let mut broken: serde_json::Value =
        serde_json::from_str(&std::fs::read_to_string(example("dragons-quest")).unwrap()).unwrap();
    broken["recoupment"]["sources"][0]["enters"] = "nowhere".into();
    let refused = fed(&["waterfall", "validate", "-", "--json"], &broken.to_string());
    assert_eq!(refused.status.code(), Some(1), "{}", text(&refused.stderr));
    assert!(text(&refused.stdout).contains("nowhere"));

    // Nobody is out at less than those above need: the gap lender before the mezzanine before equity.
    let ladder = json(&recoup(&["waterfall", "breakeven", &example("dragons-quest"), "--json"]).stdout);
    let at: Vec<i64> = ladder
        .as_array()
        .unwrap()
        .iter()
        .filter(|rung| {
            ["gap-lender", "mezz-lender", "equity-fund"].contains(&rung["payee"].as_str().unwrap())
        })
        .map(|rung| cents(&rung["receipts"]))
        .collect();
    assert!(at.len() >= 3 && at.is_sorted(), "{at:?}");
}

/// The cents of an amount written as `USD 12.34`.
fn cents(amount: &serde_json::Value) -> i64 {
    let figures: String = amount.as_str().unwrap().chars().filter(char::is_ascii_digit).collect();
    figures.parse().unwrap()
}
