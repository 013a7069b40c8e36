//! Rules, not answers: nothing that computes knows which worked case it is asked.
#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "tests read files and stop at the first surprise"
)]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// Folders whose files compute or are computed with.
const SEARCHED: [&str; 4] = ["engines", "crates", "src-tauri/src", "ui/src"];
/// Kinds of files that are written by hand.
const KINDS: [&str; 5] = ["rs", "toml", "ts", "tsx", "json"];
/// The one file that may name a case: those that are disputed, each with its reason and source.
const DISPUTED: &str = "disputed.toml";

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).into_iter().flatten() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if path.is_dir() {
            if name != "node_modules" && name != "target" && name != "dist" {
                files(&path, found);
            }
        } else if name != DISPUTED && path.extension().is_some_and(|kind| KINDS.iter().any(|k| kind == *k)) {
            found.push(path);
        }
    }
}

/// The ids of all cases beside the repository, where they exist.
fn ids() -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for kind in ["incentive-cases", "waterfall-cases", "irr-cases"] {
        for entry in std::fs::read_dir(root().join("../shared").join(kind)).into_iter().flatten() {
            let path = entry.unwrap().path();
            if path.extension().is_some_and(|extension| extension == "json") {
                let case: serde_json::Value =
                    serde_json::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap();
                found.extend(case.get("id").and_then(|id| id.as_str()).map(str::to_owned));
            }
        }
    }
    found
}

/// The ids that a text names as a whole word.
fn named<'a>(text: &str, ids: &'a BTreeSet<String>) -> Vec<&'a str> {
    let words: BTreeSet<&str> = text
        .split(|c: char| !(c.is_ascii_alphanumeric() || c == '-' || c == '_'))
        .filter(|word| word.contains('-'))
        .collect();
    ids.iter().map(String::as_str).filter(|id| words.contains(id)).collect()
}

#[test]
fn no_file_names_a_case() {
    let ids = ids();
    let mut searched = Vec::new();
    for folder in SEARCHED {
        files(&root().join(folder), &mut searched);
    }
    assert!(searched.len() > 500, "the sources are not where they were");
    let mut found = Vec::new();
    for file in searched {
        let text = std::fs::read_to_string(&file).unwrap();
        found.extend(named(&text, &ids).into_iter().map(|id| format!("{} names {id}", file.display())));
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn a_case_named_in_a_text_is_seen() {
    let ids = BTreeSet::from(["ap-xx-01-base".to_owned()]);
    assert_eq!(named("if id == \"ap-xx-01-base\" { 7 }", &ids), ["ap-xx-01-base"]);
    assert!(named("ap-xx-01-base-of-another", &ids).is_empty());
}
