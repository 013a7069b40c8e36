//! Which package may know which.

use std::{collections::BTreeMap, path::Path, process::Command};

use serde_json::Value;

/// Package → the packages of this workspace it may depend on.
const ARROWS: &[(&str, &[&str])] = &[
    ("money", &[]),
    ("calendar", &[]),
    ("returns", &["money", "calendar"]),
    ("explain", &["money", "calendar", "returns"]),
    ("deal", &["money", "calendar"]),
    ("incentives", &["money", "calendar", "returns", "deal", "explain"]),
    ("revenue", &["money", "calendar", "deal", "explain"]),
    ("capital", &["money", "calendar", "returns", "deal", "incentives", "explain"]),
    ("waterfall", &["money", "calendar", "deal", "revenue", "capital", "explain"]),
    (
        "model",
        &["money", "calendar", "returns", "explain", "deal", "incentives", "revenue", "capital", "waterfall"],
    ),
    ("lanes", &[]),
    (
        "risk",
        &[
            "money",
            "calendar",
            "returns",
            "explain",
            "deal",
            "incentives",
            "revenue",
            "capital",
            "waterfall",
            "model",
            "lanes",
        ],
    ),
    (
        "scenarios",
        &[
            "money",
            "calendar",
            "returns",
            "explain",
            "deal",
            "incentives",
            "revenue",
            "capital",
            "waterfall",
            "model",
            "risk",
        ],
    ),
    ("vault", &[]),
    ("store", &["deal"]),
    ("sheets", &["money", "calendar", "deal"]),
    (
        "report",
        &[
            "money",
            "calendar",
            "returns",
            "explain",
            "deal",
            "incentives",
            "revenue",
            "capital",
            "waterfall",
            "model",
            "risk",
        ],
    ),
    (
        "app",
        &[
            "money",
            "calendar",
            "returns",
            "explain",
            "deal",
            "incentives",
            "revenue",
            "capital",
            "waterfall",
            "model",
            "risk",
            "scenarios",
            "store",
            "vault",
            "report",
            "sheets",
        ],
    ),
    ("server", &["app"]),
    ("cli", &["app", "server"]),
    ("desktop", &["app"]),
    // Golden statements are taken below the hosts, where nothing is formatted for a screen.
    ("acceptance", &["app", "deal", "incentives", "model", "report", "store"]),
    // The policies are checked where they lie, by the engine that computes them, and those that nobody wrote in
    // a deal that carries them.
    ("xtask", &["calendar", "deal", "explain", "incentives", "money"]),
];

/// Packages from outside, and those of ours that may name them.
pub(crate) const KEEPERS: &[(&str, &[&str])] = &[
    ("sqlx", &["store"]),
    ("libsqlite3-sys", &["store"]),
    ("keyring", &["vault"]),
    ("tauri", &["desktop"]),
    ("tauri-build", &["desktop"]),
    ("tauri-specta", &["desktop"]),
    ("axum", &["server"]),
    ("typst", &["report"]),
    // Packs are workbooks of figures, sheets are tables that read back: two crafts with one tool.
    ("rust_xlsxwriter", &["report", "sheets"]),
    ("calamine", &["sheets"]),
    ("clap", &["cli"]),
];

/// What only some of ours may name, though packages from outside may use it too.
const RESERVED: &[(&str, &[&str])] = &[
    ("rayon", &["risk", "scenarios"]),
    ("statrs", &["risk"]),
    ("good_lp", &["scenarios"]),
    ("rand", &["risk", "server", "vault"]),
];

/// What the engines may use from outside: nothing that reads, waits, draws or tells the time.
const ENGINES_USE: &[&str] =
    &["rust_decimal", "jiff", "serde", "serde_json", "toml", "thiserror", "schemars"];
/// What one engine alone may use besides.
const ENGINE_USES: &[(&str, &[&str])] =
    &[("risk", &["rand", "rayon", "statrs"]), ("scenarios", &["good_lp", "rayon"])];
const ENGINES: &[&str] = &[
    "money",
    "calendar",
    "returns",
    "explain",
    "deal",
    "incentives",
    "revenue",
    "capital",
    "waterfall",
    "model",
    "lanes",
    "risk",
];

/// One dependency as cargo reports it; `test` is true for one that only tests use.
#[derive(Clone)]
struct Arrow {
    from: String,
    to: String,
    test: bool,
}

fn short(name: &str) -> &str {
    name.strip_prefix("recoup-").unwrap_or(name)
}

fn arrows() -> Vec<Arrow> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--no-deps", "--offline"])
        .current_dir(root)
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let metadata: Value = serde_json::from_slice(&output.stdout).unwrap();
    let mut arrows = Vec::new();
    for package in metadata["packages"].as_array().unwrap() {
        for dependency in package["dependencies"].as_array().unwrap() {
            arrows.push(Arrow {
                from: short(package["name"].as_str().unwrap()).to_owned(),
                to: dependency["name"].as_str().unwrap().to_owned(),
                test: dependency["kind"] == "dev",
            });
        }
    }
    arrows
}

fn violations(arrows: &[Arrow]) -> Vec<String> {
    let allowed: BTreeMap<&str, &[&str]> = ARROWS.iter().copied().collect();
    let mut found = Vec::new();
    for Arrow { from, to, test } in arrows {
        let Some(may) = allowed.get(from.as_str()) else {
            found.push(format!("{from} is not in the list of arrows"));
            continue;
        };
        let ours = to.strip_prefix("recoup-");
        // The parity test holds the two hosts side by side; nothing of it reaches the program.
        let parity = *test && from == "desktop" && (to == "recoup-server" || to == "axum");
        if ours.is_some_and(|to| !may.contains(&to) && to != from) && !parity {
            found.push(format!("{from} may not depend on {to}"));
        }
        if KEEPERS
            .iter()
            .chain(RESERVED)
            .any(|(package, keepers)| package == to && !keepers.contains(&from.as_str()))
            && !parity
        {
            found.push(format!("{from} may not name {to}"));
        }
        let engine = ENGINES.contains(&from.as_str());
        let own = ENGINE_USES.iter().any(|(name, uses)| name == from && uses.contains(&to.as_str()));
        if engine && !test && ours.is_none() && !ENGINES_USE.contains(&to.as_str()) && !own {
            found.push(format!("engine {from} may not use {to}"));
        }
    }
    found
}

#[test]
fn no_arrow_points_the_wrong_way() {
    let arrows = arrows();
    for (package, _) in ARROWS {
        let known = arrows.iter().any(|arrow| arrow.from == *package);
        assert!(known || *package == "xtask", "{package} is drawn but not there");
    }
    assert_eq!(violations(&arrows), Vec::<String>::new());
}

#[test]
fn every_kind_of_wrong_arrow_is_seen() {
    let arrow = |from: &str, to: &str, test| Arrow { from: from.to_owned(), to: to.to_owned(), test };
    let wrong = [
        arrow("money", "recoup-calendar", false),
        arrow("deal", "recoup-app", false),
        arrow("report", "recoup-store", false),
        arrow("cli", "recoup-store", false),
        arrow("desktop", "recoup-waterfall", false),
        arrow("desktop", "recoup-server", false),
        arrow("app", "sqlx", false),
        arrow("app", "keyring", false),
        arrow("server", "tauri", false),
        arrow("cli", "axum", false),
        arrow("waterfall", "tokio", false),
        arrow("app", "rayon", false),
        arrow("newcomer", "serde", false),
    ];
    for arrow in wrong {
        let found = violations(std::slice::from_ref(&arrow));
        assert_eq!(found.len(), 1, "{} → {}: {found:?}", arrow.from, arrow.to);
    }
    let allowed = [
        arrow("desktop", "recoup-server", true),
        arrow("desktop", "axum", true),
        arrow("deal", "proptest", true),
    ];
    assert!(violations(&allowed).is_empty());
}
