//! The program as a script sees it: what it prints, where, and how it ends.

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
