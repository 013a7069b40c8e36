//! A points test that does not fit its form is refused, and the fault is named where it stands.
#![expect(clippy::unwrap_used, reason = "tests read texts and stop at the first surprise")]

use recoup_incentives::{lint, lint_complete, read_json, read_toml};

const SOUND: &str = include_str!("points_grid.toml");

fn faults(change: &[(&str, &str)]) -> Vec<String> {
    let mut text = SOUND.to_owned();
    for (from, to) in change {
        assert!(text.contains(from), "{from} is not in the sound policy");
        text = text.replacen(from, to, 1);
    }
    let policy = read_toml("changed.toml", &text).unwrap();
    lint(&policy).into_iter().chain(lint_complete(&policy)).map(|finding| finding.to_string()).collect()
}

#[test]
fn the_sound_grid_has_no_fault() {
    assert_eq!(faults(&[]), Vec::<String>::new());
}

#[test]
fn every_fault_is_named_where_it_stands() {
    for (from, to, fault) in [
        (
            "pass_mark = \"mark\"",
            "pass_mark = \"goal\"",
            "points_tests[grid].pass_mark: there is no constant goal",
        ),
        (
            "value = \"8\"",
            "value = \"14\"",
            "points_tests[grid].pass_mark: 14 is above the 13 that can be reached",
        ),
        (
            "minimum = \"told_mark\"",
            "minimum = \"mark\"",
            "points_tests[grid].sections[told].minimum: 8 is above the 7 that can be reached",
        ),
        (
            "condition = \"test\"",
            "condition = \"exam\"",
            "points_tests[grid].condition: there is no condition exam",
        ),
        ("line = \"points\"", "line = \"score\"", "points_tests[grid].line: there is no line score"),
        (
            "not or_else(treaty, false)\"",
            "not or_else(pact, false)\"",
            "points_tests[grid].asked: nothing is called pact",
        ),
        ("clause = \"s. 2\" # test", "clause = \" \"", "points_tests[grid].clause: has no clause"),
        (
            "{ input = \"children\", clause = \"s. 2\", source = \"law\" }",
            "{ input = \"children\", clause = \"\", source = \"law\" }",
            "points_tests[grid].criteria[children].clause: has no clause",
        ),
        (
            "{ input = \"children\", clause = \"s. 2\", source = \"law\" }",
            "{ input = \"children\", clause = \"s. 2\", source = \"rumour\" }",
            "points_tests[grid].criteria[children].source: there is no source rumour",
        ),
        (
            "{ input = \"children\",",
            "{ input = \"adults\",",
            "points_tests[grid].criteria[adults]: there is no input adults",
        ),
        (
            "{ input = \"children\",",
            "{ input = \"book\",",
            "points_tests[grid].criteria[book]: is asked twice",
        ),
        (
            "{ input = \"children\",",
            "{ input = \"children\", most = \"two\",",
            "points_tests[grid].criteria[children]: is not weighed as its input is answered",
        ),
        (
            "{ word = \"nowhere\", points",
            "{ word = \"abroad\", points",
            "points_tests[grid].criteria[place]: abroad is none of the input's options",
        ),
        (
            "part_of = \"people\"",
            "part_of = \"crew\"",
            "points_tests[grid].criteria[women]: is part of crew, which gives no points of its own",
        ),
        (
            "of = [\"women\"]",
            "of = [\"men\"]",
            "points_tests[grid].mandatory[A point for a woman]: there is no criterion men",
        ),
        (
            "input = \"total\", settles",
            "input = \"tale\", settles",
            "points_tests[grid].total: tale is no input that takes a number",
        ),
        (
            "{ input = \"people\", most = \"people_most\",",
            "{ input = \"people\",",
            "points_tests[grid].total: settles a test of which not every criterion has a most",
        ),
        (
            "id = \"told\"",
            "id = \"What.is\"",
            "points_tests[grid].sections[What.is].id: is not a name of its own in small letters",
        ),
    ] {
        let found = faults(&[(from, to)]);
        assert!(found.iter().any(|one| one == fault), "{to}: {found:?}");
    }
}

#[test]
fn a_mark_beyond_what_is_asked_is_found() {
    let found = faults(&[("of = [\"women\"]", "of = [\"women\"]\nat_least = \"mark\"")]);
    assert!(found.iter().any(|one| one.ends_with("8 is above the 6 that can be reached")), "{found:?}");
}

#[test]
fn a_policy_of_ones_own_may_have_a_test() {
    let policy = read_toml("grid.toml", SOUND).unwrap();
    let json = serde_json::to_string(&policy).unwrap();
    assert_eq!(read_json("grid.json", &json).unwrap(), policy);
}
