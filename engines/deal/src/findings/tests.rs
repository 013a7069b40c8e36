//! Whatever an engine says can be said in every language: the sources of the engines are read and every place
//! that makes a finding is held against the templates.
#![allow(clippy::unwrap_used, clippy::panic, clippy::disallowed_methods)]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use super::render::{POLICIES_IN_FRENCH, Words};
use super::*;

/// A place in the sources that makes a finding.
#[derive(Debug)]
struct Place {
    file: String,
    code: String,
    case: Option<String>,
    names: BTreeSet<String>,
}

fn files_of(folder: &Path, kind: &str, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files_of(&path, kind, found);
        } else if path.extension().is_some_and(|extension| extension == kind)
            && !path.ends_with("findings/tests.rs")
        {
            found.push(path);
        }
    }
}

fn engines() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap()
}

/// What a finding may quote from the programs on file: conditions with their remedies, payments, and what
/// decides the version.
fn quoted() -> BTreeSet<String> {
    let mut files = Vec::new();
    files_of(&engines().join("incentives/policies"), "toml", &mut files);
    let mut found = BTreeSet::new();
    for file in files {
        let policy: toml::Table = std::fs::read_to_string(&file).unwrap().parse().unwrap();
        let mut note = |value: Option<&toml::Value>| {
            found.extend(value.and_then(toml::Value::as_str).map(str::to_owned));
        };
        note(policy.get("version_by"));
        for list in ["conditions", "cash"] {
            for one in policy.get(list).and_then(toml::Value::as_array).into_iter().flatten() {
                note(one.get("label"));
                note(one.get("remedy"));
            }
        }
    }
    found
}

/// The sources of all engines with their names.
fn sources() -> Vec<(String, String)> {
    let mut files = Vec::new();
    for engine in std::fs::read_dir(engines()).unwrap() {
        let folder = engine.unwrap().path().join("src");
        if folder.is_dir() {
            files_of(&folder, "rs", &mut files);
        }
    }
    assert!(files.len() > 100, "the engines are not where they were");
    files
        .into_iter()
        .map(|file| (file.display().to_string(), std::fs::read_to_string(&file).unwrap()))
        .collect()
}

/// The arguments of a call, split at its top level, and the text behind it. `text` begins behind the opening
/// bracket.
fn arguments(text: &str) -> (Vec<&str>, &str) {
    let (mut depth, mut quoted, mut escaped) = (0, false, false);
    let (mut parts, mut start) = (Vec::new(), 0);
    for (at, c) in text.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' if quoted => escaped = true,
            '"' => quoted = !quoted,
            _ if quoted => {}
            '(' | '[' | '{' => depth += 1,
            ')' if depth == 0 => {
                parts.push(text[start..at].trim());
                return (parts, &text[at + 1..]);
            }
            ')' | ']' | '}' => depth -= 1,
            ',' if depth == 0 => {
                parts.push(text[start..at].trim());
                start = at + 1;
            }
            _ => {}
        }
    }
    panic!("a call is not closed: {}", &text[..text.len().min(80)]);
}

fn literal(argument: &str) -> Option<&str> {
    argument.strip_prefix('"')?.strip_suffix('"').filter(|text| !text.contains('"'))
}

/// The names and the case given by the calls chained to a finding.
fn chained(mut rest: &str) -> (BTreeSet<String>, Option<String>) {
    let (mut names, mut case) = (BTreeSet::new(), None);
    loop {
        rest = rest.trim_start();
        if let Some(call) = rest.strip_prefix(".with(") {
            let (given, after) = arguments(call);
            names.insert(literal(given[0]).unwrap().to_owned());
            rest = after;
        } else if let Some(call) = rest.strip_prefix(".case(") {
            let (given, after) = arguments(call);
            case = Some(literal(given[0]).unwrap().to_owned());
            rest = after;
        } else {
            return (names, case);
        }
    }
}

fn places_in(file: &str, text: &str) -> Vec<Place> {
    let mut found = Vec::new();
    for (at, call) in text.match_indices("Finding::new(") {
        if text[..at].ends_with(|c: char| c.is_alphanumeric()) {
            continue;
        }
        let (given, rest) = arguments(&text[at + call.len()..]);
        let code = literal(given[1])
            .unwrap_or_else(|| panic!("{file}: the code of a finding is written out, not {}", given[1]));
        let (names, case) = chained(rest);
        // A finding kept in a variable may get a case or more values further down.
        let kept = text[..at].trim_end().strip_suffix('=').map(str::trim_end);
        let kept = kept.and_then(|text| text.rsplit(' ').next()).filter(|_| case.is_none());
        let later = kept.into_iter().flat_map(|name| {
            let end = rest.len().min(1200);
            let end = (0..=end).rev().find(|end| rest.is_char_boundary(*end)).unwrap();
            rest[..end]
                .match_indices(name)
                .map(|(at, _)| chained(&rest[at + name.len()..]))
                .collect::<Vec<_>>()
        });
        for (more, case) in later.filter(|(more, case)| case.is_some() || !more.is_empty()) {
            let names = names.union(&more).cloned().collect();
            found.push(Place { file: file.to_owned(), code: code.to_owned(), case, names });
        }
        found.push(Place { file: file.to_owned(), code: code.to_owned(), case, names });
    }
    found
}

fn places() -> Vec<Place> {
    sources().iter().flat_map(|(file, text)| places_in(file, text)).collect()
}

#[test]
fn the_templates_can_be_read() {
    for language in Language::ALL {
        assert_eq!(Words::of(language).faults, [] as [&str; 0], "{language:?}");
    }
}

#[test]
fn both_languages_have_the_same_codes_and_cases() {
    let keys = |language| {
        let words = Words::of(language);
        let cases = words
            .findings
            .iter()
            .map(|(code, entry)| (code.clone(), entry.cases.keys().cloned().collect::<Vec<_>>()));
        cases.collect::<BTreeMap<_, _>>()
    };
    assert_eq!(keys(Language::English), keys(Language::French));
    // A phrase that is an English sentence needs no English template.
    let phrases = |language| {
        let codes = Words::of(language).phrases.keys();
        let is_code = |code: &&String| code.chars().all(|c| c.is_ascii_lowercase() || c == '_');
        codes.filter(is_code).cloned().collect::<BTreeSet<_>>()
    };
    assert_eq!(phrases(Language::English), phrases(Language::French));
}

#[test]
fn every_place_gives_the_values_that_its_templates_ask_for() {
    let mut wrong = Vec::new();
    for place in places() {
        for language in Language::ALL {
            match Words::of(language).templates_of(&place.code, place.case.as_deref()) {
                None => wrong.push(format!("{}: {place:?} has no words in {language:?}", place.file)),
                Some((message, remedy)) => {
                    let holes = message.holes().chain(remedy.holes());
                    for hole in holes.filter(|hole| !place.names.contains(*hole)) {
                        let file = &place.file;
                        wrong.push(format!("{file}: {place:?} gives no {hole}, {language:?} asks for it"));
                    }
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn nothing_is_worded_that_nobody_says() {
    let (places, sources) = (places(), sources());
    let said: BTreeSet<&str> = places.iter().map(|place| place.code.as_str()).collect();
    let cases: BTreeSet<(&str, &str)> =
        places.iter().filter_map(|place| Some((place.code.as_str(), place.case.as_deref()?))).collect();
    // Those of the policies are held against the policies where they stand.
    let of_policies: toml::Table = POLICIES_IN_FRENCH.parse().unwrap();
    let written = |code: &str| {
        of_policies.contains_key(code)
            || sources.iter().any(|(_, text)| text.contains(&format!("\"{code}\"")))
    };
    for language in Language::ALL {
        let words = Words::of(language);
        for (code, entry) in &words.findings {
            assert!(said.contains(code.as_str()), "{code} in {language:?}");
            for case in entry.cases.keys() {
                assert!(cases.contains(&(code.as_str(), case.as_str())), "{code}.{case} in {language:?}");
            }
        }
        for code in words.phrases.keys() {
            assert!(written(code), "the phrase {code} in {language:?}");
        }
    }
}

#[test]
fn what_is_quoted_from_the_programs_is_said_in_french() {
    let french = &Words::of(Language::French).phrases;
    let quoted = quoted();
    let untold: Vec<_> = quoted.iter().filter(|text| !french.contains_key(*text)).collect();
    assert!(quoted.len() > 80 && untold.is_empty(), "add to incentives/policies/fr.toml: {untold:#?}");
}

#[test]
fn a_phrase_by_name_has_words_and_its_values() {
    let mut wrong = Vec::new();
    for (file, text) in sources() {
        for (at, call) in text.match_indices("Phrase::new(") {
            let (given, rest) = arguments(&text[at + call.len()..]);
            let Some(code) = literal(given[0]).filter(|code| !code.contains(' ')) else { continue };
            let names = chained(rest).0;
            for language in Language::ALL {
                match Words::of(language).phrases.get(code) {
                    None => wrong.push(format!("{file}: {code} has no words in {language:?}")),
                    Some(template) => wrong.extend(
                        template
                            .holes()
                            .filter(|hole| !names.contains(*hole))
                            .map(|hole| format!("{file}: {code} gives no {hole}")),
                    ),
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn french_keeps_its_signs_on_the_line() {
    let files = [include_str!("fr.toml"), POLICIES_IN_FRENCH].concat();
    let values = files.lines().filter(|line| line.contains(" = \"") && !line.starts_with('#'));
    for line in values.filter_map(|line| line.split_once(" = ")).map(|(_, value)| value) {
        for loose in [" ;", " :", " !", " ?", " %", " »", "« "] {
            assert!(!line.contains(loose), "{line}");
        }
    }
}

#[test]
fn french_is_not_english() {
    let worded = |template: &str| {
        let mut inside = false;
        template.chars().any(|c| {
            inside = (inside || c == '{') && c != '}';
            !inside && c.is_alphabetic()
        })
    };
    let file = |text: &str| text.parse::<toml::Table>().unwrap();
    let (english, french) = (file(include_str!("en.toml")), file(include_str!("fr.toml")));
    let mut alike = Vec::new();
    compare("", &english, &french, &mut |at, one, other| {
        if one == other && worded(one) {
            alike.push(at.to_owned());
        }
    });
    assert_eq!(alike, [] as [&str; 0]);
}

fn compare(at: &str, one: &toml::Table, other: &toml::Table, see: &mut dyn FnMut(&str, &str, &str)) {
    for (name, value) in one {
        let at = format!("{at}.{name}");
        match (value, other.get(name)) {
            (toml::Value::Table(one), Some(toml::Value::Table(other))) => compare(&at, one, other, see),
            (toml::Value::String(one), Some(toml::Value::String(other))) => see(&at, one, other),
            _ => {}
        }
    }
}

#[test]
fn what_has_no_words_is_told_by_its_code_and_cell() {
    let finding = Finding::new(Severity::Note, "NOT_A_CODE", "budget.lines[anim].amount");
    assert_eq!(unsaid(&finding), Language::ALL);
    assert_eq!(render(&finding, Language::French).message, "NOT_A_CODE: budget.lines[anim].amount");
    let unknown_case = Finding::new(Severity::Note, "NO_CONTINGENCY", "budget").case("strange");
    assert_eq!(unsaid(&unknown_case), Language::ALL);
}

#[test]
fn a_finding_is_said_in_both_languages() {
    let finding = Finding::new(Severity::Blocker, "CASH_SHORT", "instruments")
        .with("from", recoup_calendar::YearMonth::new(2028, 3).unwrap())
        .with("lowest", recoup_calendar::YearMonth::new(2028, 11).unwrap())
        .with("missing", "USD 1250000.50".parse::<recoup_money::Money>().unwrap());
    assert_eq!(
        render(&finding, Language::English).message,
        "Cash is below nothing from March 2028 on; at its lowest, in November 2028, USD 1,250,000.50 is missing."
    );
    assert_eq!(
        render(&finding, Language::French).message,
        "La trésorerie est négative à partir de mars 2028\u{a0}; au plus bas, en novembre 2028, il manque \
         1\u{202f}250\u{202f}000,50\u{a0}USD."
    );
}

#[test]
fn why_there_is_no_figure_is_said_in_french() {
    let mut english = BTreeSet::new();
    for (file, text) in sources() {
        let shown = text.split("#[cfg(test)]").next().unwrap_or_default();
        for call in ["Absence::undefined(", "Absence::arithmetic(", "without("] {
            for (at, _) in shown.match_indices(call) {
                let (given, _) = arguments(&shown[at + call.len()..]);
                let reason = given.iter().rev().find(|argument| !argument.is_empty());
                english.extend(
                    reason.and_then(|reason| literal(reason)).map(|reason| (file.clone(), reason.to_owned())),
                );
            }
        }
    }
    let french = &Words::of(Language::French).phrases;
    let untold: Vec<_> = english.iter().filter(|(_, reason)| !french.contains_key(reason)).collect();
    assert!(english.len() > 10 && untold.is_empty(), "{untold:#?}");
}
