//! `deny.toml` bans what the arrows say only one of ours may name, so that both checks know the same house.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

use super::arrows::KEEPERS;

/// Package → those of ours that may stand directly above it.
type Keepers = BTreeMap<String, BTreeSet<String>>;

fn banned(deny: &str) -> Keepers {
    let deny: toml::Value = toml::from_str(deny).unwrap();
    let entries = deny["bans"]["deny"].as_array().unwrap();
    entries
        .iter()
        .map(|entry| {
            let ours =
                entry["wrappers"].as_array().unwrap().iter().filter_map(|wrapper| {
                    wrapper.as_str().unwrap().strip_prefix("recoup-").map(str::to_owned)
                });
            (entry["crate"].as_str().unwrap().to_owned(), ours.collect())
        })
        .collect()
}

fn kept() -> Keepers {
    let mut kept: Keepers = KEEPERS
        .iter()
        .map(|(package, keepers)| {
            ((*package).to_owned(), keepers.iter().map(|keeper| (*keeper).to_owned()).collect())
        })
        .collect();
    // The parity test holds the two hosts side by side; cargo-deny does not tell a test from the program.
    kept.entry("axum".to_owned()).or_default().insert("desktop".to_owned());
    kept
}

#[test]
fn what_is_banned_is_what_has_a_keeper() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().join("deny.toml");
    assert_eq!(banned(&std::fs::read_to_string(path).unwrap()), kept());
}

#[test]
fn another_keeper_would_be_seen() {
    let other = "[bans]\ndeny = [{ crate = \"sqlx\", wrappers = [\"sqlx-sqlite\", \"recoup-app\"] }]";
    assert_ne!(banned(other)["sqlx"], kept()["sqlx"]);
    assert_eq!(banned(other)["sqlx"], BTreeSet::from(["app".to_owned()]));
}
