//! The window may call the listed use cases and nothing else.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use tauri::{WebviewWindowBuilder, test::MockRuntime};

use crate::{USE_CASES, sample, through_the_window, window_under};

fn granted(config: &Value) -> BTreeSet<String> {
    config["app"]["security"]["capabilities"]
        .as_array()
        .into_iter()
        .flatten()
        .flat_map(|capability| capability["permissions"].as_array().cloned().unwrap_or_default())
        .map(|permission| permission.as_str().unwrap_or("a permission with a scope").to_owned())
        .collect()
}

fn listed() -> BTreeSet<String> {
    USE_CASES.iter().map(|use_case| format!("allow-{}", use_case.name.replace('_', "-"))).collect()
}

#[test]
fn grants_are_exactly_the_list() {
    let config = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/tauri.conf.json"));
    assert!(!listed().is_empty());
    assert_eq!(granted(&serde_json::from_str(config).unwrap()), listed(), "run: cargo xtask bindings");
}

#[test]
fn a_wider_grant_would_be_seen() {
    let with =
        |permissions: Value| json!({"app": {"security": {"capabilities": [{"permissions": permissions}]}}});
    assert_ne!(granted(&with(json!(["allow-describe-product", "core:default"]))), listed());
    assert_ne!(granted(&with(json!([]))), listed());
    assert_ne!(granted(&json!({})), listed());
}

/// Under the grants the build resolved: what `tauri.conf.json` says is what the program enforces.
#[test]
fn the_built_program_enforces_the_grants() {
    let known = sample::known("describe_product");
    let (host, window) = window_under(recoup_desktop::context::<MockRuntime>(), known.app.clone());
    for use_case in USE_CASES {
        let (ok, answer) = through_the_window(&window, use_case.name, &json!({"no_such_field": "x"}));
        assert!(!ok && answer["error"]["code"] == "INVALID_REQUEST", "{}: {answer}", use_case.name);
    }
    for command in
        ["plugin:window|close", "plugin:webview|create_webview_window", "plugin:path|resolve_directory"]
    {
        let (ok, answer) = through_the_window(&window, command, &json!({}));
        assert!(!ok && answer.to_string().contains("not allowed"), "{command}: {answer}");
    }
    // Another window has no grant at all.
    let other = WebviewWindowBuilder::new(&host, "other", Default::default()).build().unwrap();
    let (ok, answer) = through_the_window(&other, "describe_product", &json!({}));
    assert!(!ok && answer.to_string().contains("not allowed"), "{answer}");
    known.close();
}
