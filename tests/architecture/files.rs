//! The size of files, and the names nothing may bear.

use std::{
    fs,
    path::{Path, PathBuf},
};

/// Where hand-written Rust and TypeScript live.
const FOLDERS: &[&str] = &["engines", "crates", "src-tauri", "tests", "ui/src", "ui/scripts"];
const SKIPPED: &[&str] = &["node_modules", "dist", "target", "icons"];
const GENERATED: &[&str] = &["ui/src/api/bindings.ts"];
const LONGEST: usize = 600;

/// Words that name a place to put things instead of saying what they are.
const EMPTY_WORDS: &[&str] = &["manager", "service", "helper", "helpers", "util", "utils", "misc", "common"];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap()
}

fn sources() -> Vec<PathBuf> {
    let mut found = Vec::new();
    for folder in FOLDERS {
        collect(&root().join(folder), &mut found);
    }
    found
}

fn collect(folder: &Path, found: &mut Vec<PathBuf>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if path.is_dir() {
            if !SKIPPED.contains(&name.as_str()) {
                collect(&path, found);
            }
        } else if matches!(path.extension().and_then(|e| e.to_str()), Some("rs" | "ts" | "tsx" | "mjs")) {
            let relative = path.strip_prefix(root()).unwrap().to_string_lossy().replace('\\', "/");
            if !GENERATED.contains(&relative.as_str()) {
                found.push(path);
            }
        }
    }
}

fn too_long(text: &str) -> bool {
    text.lines().count() > LONGEST
}

fn empty_word(path: &Path) -> Option<&'static str> {
    let stem = path.file_stem()?.to_string_lossy().to_lowercase();
    EMPTY_WORDS.iter().copied().find(|word| stem.split(['-', '_', '.']).any(|part| part == *word))
}

/// A type whose name ends in one of those words.
fn empty_type(text: &str) -> Option<&str> {
    text.split(|c: char| !(c.is_alphanumeric() || c == '_'))
        .zip(text.split(|c: char| !(c.is_alphanumeric() || c == '_')).skip(1))
        .filter(|(keyword, _)| ["struct", "enum", "trait", "class", "interface"].contains(keyword))
        .map(|(_, name)| name)
        .find(|name| ["Manager", "Service", "Helper", "Util"].iter().any(|word| name.ends_with(word)))
}

#[test]
fn files_can_be_read_in_one_sitting() {
    let files = sources();
    assert!(files.len() > 20, "looked in the wrong place: {}", files.len());
    let long: Vec<_> = files.iter().filter(|path| too_long(&fs::read_to_string(path).unwrap())).collect();
    assert!(long.is_empty(), "longer than {LONGEST} lines: {long:#?}");
}

#[test]
fn names_say_what_things_are() {
    for path in sources() {
        assert_eq!(empty_word(&path), None, "{}", path.display());
        assert_eq!(empty_type(&fs::read_to_string(&path).unwrap()), None, "{}", path.display());
    }
}

#[test]
fn a_long_file_and_an_empty_name_would_be_seen() {
    assert!(too_long(&"line\n".repeat(LONGEST + 1)));
    assert!(!too_long(&"line\n".repeat(LONGEST)));
    assert_eq!(empty_word(Path::new("engines/deal/src/deal_utils.rs")), Some("utils"));
    assert_eq!(empty_word(Path::new("crates/server/src/serve.rs")), None);
    assert_eq!(empty_type(concat!("pub struct Deal", "Manager { }")), Some(concat!("Deal", "Manager")));
    assert_eq!(empty_type("pub struct Deal { }"), None);
}
