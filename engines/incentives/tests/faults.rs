//! A policy with a fault is refused, and the fault is named where it stands.
#![expect(clippy::unwrap_used, reason = "tests read texts and stop at the first surprise")]

use recoup_incentives::{Catalog, Policy, lint, lint_complete, lint_library, lint_versions, read_toml};

const SOUND: &str = include_str!("sound.toml");

fn policy(change: &[(&str, &str)]) -> Policy {
    let mut text = SOUND.to_owned();
    for (from, to) in change {
        assert!(text.contains(from), "{from} is not in the sound policy");
        text = text.replacen(from, to, 1);
    }
    read_toml("changed.toml", &text).unwrap()
}

fn faults(change: &[(&str, &str)]) -> Vec<String> {
    let policy = policy(change);
    lint(&policy).into_iter().chain(lint_complete(&policy)).map(|finding| finding.to_string()).collect()
}

#[test]
fn the_sound_policy_has_no_fault() {
    assert_eq!(faults(&[]), Vec::<String>::new());
}

#[test]
fn every_fault_is_named_where_it_stands() {
    for (from, to, fault) in [
        (
            "min(rate * spend, cap)",
            "min(0.3 * spend, cap)",
            "lines[credit].formula: the number 0.3 has no source",
        ),
        ("source = \"law\" # cap", "source = \"rumour\"", "constants[cap].source: there is no source rumour"),
        ("clause = \"s. 2\" # cap", "clause = \" \"", "constants[cap].clause: a number without its clause"),
        (
            "min(rate * spend, cap)",
            "min(rate * spending, cap)",
            "lines[credit].formula: nothing is called spending",
        ),
        (
            "min(rate * spend, cap)",
            "min(rate * credit, cap)",
            "lines[credit]: goes in a circle: credit → credit",
        ),
        ("spend >= minimum", "spend >= 1", "constants[minimum]: nothing uses this number"),
        ("line = \"credit\" # cash", "line = \"refund\"", "cash[Payment]: there is no line refund"),
        ("ground = \"usual time\"", "ground = \"\"", "cash[Payment].ground: says nothing"),
        ("ground = \"s. 4\"", "ground = \"\"", "tax.ground: says nothing"),
        (
            "clause = \"s. 1\" # credit",
            "clause = \"\"",
            "lines[credit].clause: uses a number of the law without a clause",
        ),
        (
            "recognised_by = [\"fee\"]",
            "recognised_by = [\"fees\"]",
            "short_forms[priced].recognised_by: nothing takes a value under fees",
        ),
        ("notes = []", "notes = [\"The sunset is in 2030.\"]", "sunset: a note speaks of an end"),
        ("authority = [\"Film office\"]", "authority = []", "authority: names nobody"),
        ("statute = [\"Film act\"]", "statute = []", "statute: names no text"),
        ("notes = []", "notes = []\nuntil = \"2019-12-31\"", "until: the last day is before the first"),
        ("notes = []", "notes = []\nsunset = \"2019-12-31\"", "sunset: the law ends before"),
        ("notes = []", "notes = []\nmissing = \"the rate\"", "missing: a fact is missing"),
        (
            "notes = []",
            "notes = []\ncomputable = false",
            "lines: a program that cannot be computed has no lines",
        ),
        ("notes = []", "notes = []\ncomputable = false", "missing: says nothing"),
        ("notes = []", "notes = []\ncomputable = false", "known: nothing is told"),
    ] {
        let found = faults(&[(from, to)]);
        assert!(found.iter().any(|finding| finding.starts_with(fault)), "{fault} is not among {found:?}");
    }
}

#[test]
fn a_line_that_no_result_rests_on_is_found() {
    let idle = "[[lines]]\nid = \"idle\"\nlabel = \"Idle\"\nformula = \"spend\"\n\n[[conditions]]";
    assert_eq!(faults(&[("[[conditions]]", idle)]), ["lines[idle]: no result rests on this line"]);
}

#[test]
fn a_day_in_a_line_is_a_number_of_the_law() {
    let dated = "[[lines]]\nid = \"dated\"\nlabel = \"Dated\"\nunit = \"flag\"\n\
                 formula = 'begun >= \"2024-05-31\"'\n\n[[conditions]]";
    let begun = "[[inputs]]\nname = \"begun\"\nlabel = \"Begun\"\nunit = \"text\"\n\n[[constants]]";
    let change = [
        ("[[conditions]]", dated),
        ("[[constants]]", begun),
        ("spend >= minimum", "dated or spend >= minimum"),
    ];
    assert_eq!(faults(&change), ["lines[dated]: names a day without a clause and a source"]);
}

#[test]
fn a_computable_program_says_when_it_pays() {
    let mut silent = policy(&[]);
    silent.cash.clear();
    let found: Vec<String> = lint_complete(&silent).iter().map(ToString::to_string).collect();
    assert_eq!(found, ["cash: nothing says when the money comes"]);
}

#[test]
fn a_record_of_a_program_that_cannot_be_computed_is_sound() {
    let text = "computable = false
missing = \"The share that the jury grants.\"
[[known]]
label = \"Ceiling\"
text = \"At most 500,000 for a film.\"
clause = \"guidelines, 3\"
source = \"law\"
confidence = \"medium\"
";
    let head = SOUND.split("credit = ").next().unwrap();
    let sources = SOUND.split("[[sources]]").nth(1).unwrap();
    let record = read_toml("record.toml", &format!("{head}{text}[[sources]]{sources}")).unwrap();
    assert_eq!((lint(&record), lint_complete(&record)), (Vec::new(), Vec::new()));
}

#[test]
fn versions_neither_overlap_nor_leave_a_gap() {
    let later = policy(&[("from = \"2020-01-01\"", "from = \"2025-01-01\"")]);
    for (until, fault) in [
        ("2024-12-31", None),
        ("2025-01-01", Some("overlaps the version from 2025-01-01")),
        ("2024-12-30", Some("leaves a gap before 2025-01-01")),
    ] {
        let earlier = policy(&[("notes = []", &format!("notes = []\nuntil = \"{until}\""))]);
        let found = lint_versions([&earlier, &later]);
        assert_eq!(found.first().map(|finding| finding.message.as_str()), fault);
    }
    let found = lint_versions([&policy(&[]), &later]);
    assert_eq!(found[0].message, "has no last day though a later version exists");
}

#[test]
fn programs_that_touch_exist_and_names_lead_to_one() {
    let touching = "notes = []\naliases = [\"OLD-1\"]\n";
    let interaction = "[[interactions]]\nrelation = \"reduces_base_of\"\nwith = [\"other\"]\nline = \"credit\"\n\
                       input = \"aid\"\nclause = \"s. 9\"\nsource = \"law\"\n\n[[conditions]]";
    let mut catalog = Catalog::default();
    catalog.insert(policy(&[("notes = []", touching), ("[[conditions]]", interaction)]));
    let found = |catalog: &Catalog| -> Vec<String> {
        lint_library(catalog).into_iter().map(|finding| finding.message).collect()
    };
    assert_eq!(found(&catalog), ["there is no program other"]);
    catalog.insert(policy(&[
        ("id = \"sound\"", "id = \"other\""),
        ("notes = []", "notes = []\naliases = [\"old-1\"]"),
    ]));
    assert_eq!(found(&catalog), ["other has no input aid", "OLD-1 leads to other already"]);
}
