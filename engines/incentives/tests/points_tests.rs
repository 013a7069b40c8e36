//! The points tests say what the lines decide, whatever is answered; and what they say of open answers holds.
#![expect(clippy::unwrap_used, reason = "tests stop at the first surprise")]

use std::sync::{Arc, LazyLock};

use proptest::prelude::*;
use recoup_deal::{Deal, Election, IncentiveClaim, InputValue, Language, findings::render};
use recoup_explain::Book;
use recoup_incentives::{
    Answers, Catalog, CriterionState, Input, PointsResult, PointsTest, Policy, TotalSettles, Unit, Value,
    Verdict, assess, points, points_of_claim, read_toml, run,
};
use rust_decimal::Decimal;

static GRID: LazyLock<Arc<Policy>> =
    LazyLock::new(|| Arc::new(read_toml("points_grid.toml", include_str!("points_grid.toml")).unwrap()));

/// Every test of the library, and one that has everything a test can have.
static TESTS: LazyLock<Vec<(Arc<Policy>, PointsTest)>> = LazyLock::new(|| {
    let library = Catalog::embedded().unwrap().policies().chain([&*GRID]);
    let tests =
        library.flat_map(|policy| policy.points_tests.iter().map(|test| (Arc::clone(policy), test.clone())));
    tests.collect()
});

fn input<'p>(policy: &'p Policy, name: &str) -> &'p Input {
    policy.inputs.iter().find(|input| input.name == name).unwrap()
}

/// An answer by a seed: none for every fourth one.
fn answer(input: &Input, seed: u8) -> Option<Value> {
    if seed.is_multiple_of(4) {
        return None;
    }
    let pick = usize::from(seed / 4);
    Some(match input.unit {
        Unit::Flag => Value::Flag(pick.is_multiple_of(2)),
        Unit::Text => Value::Text(input.options[pick % input.options.len()].clone()),
        _ => Value::Number(Decimal::from(pick % 12)),
    })
}

/// Answers under which the test is asked, whatever is answered to it.
fn asking(policy: &Policy, test: &PointsTest) -> Answers {
    let names = test.asked.iter().flat_map(|asked| asked.names());
    let flags: Vec<&String> = names
        .filter(|name| policy.inputs.iter().any(|input| input.name == **name && input.unit == Unit::Flag))
        .collect();
    (0..1u32 << flags.len())
        .map(|bits| {
            flags.iter().enumerate().fold(Answers::new(), |answers, (at, name)| {
                answers.with(name, Value::Flag(bits & (1 << at) != 0))
            })
        })
        .find(|answers| judged(policy, test, answers).0.asked == Some(true))
        .unwrap()
}

/// The test and the verdict of the condition that it describes.
fn judged(policy: &Policy, test: &PointsTest, answers: &Answers) -> (PointsResult, Verdict) {
    let run = run(policy, answers, &Answers::new()).unwrap();
    let result = points(policy, &run).into_iter().find(|result| result.test == test.id).unwrap();
    let condition = run.conditions.iter().find(|condition| condition.id == test.condition).unwrap();
    (result, condition.verdict)
}

fn seeded(policy: &Policy, test: &PointsTest, seeds: &[u8]) -> Answers {
    let mut answers = asking(policy, test);
    for (name, seed) in test.inputs().zip(seeds.iter().cycle()) {
        if let Some(value) = answer(input(policy, name), *seed) {
            answers.set(name, value);
        }
    }
    answers
}

fn score_of_the_lines(policy: &Policy, test: &PointsTest, answers: &Answers) -> Option<Decimal> {
    let run = run(policy, answers, &Answers::new()).unwrap();
    run.results.get(test.line.as_deref()?).and_then(Value::number)
}

#[test]
fn the_library_describes_its_tests() {
    let described: Vec<String> =
        TESTS.iter().map(|(policy, test)| format!("{} {}", policy.id, test.id)).collect();
    for expected in [
        "uk-avec-animation film",
        "uk-avec-animation animation_programme",
        "uk-iftc film",
        "ca-federal-cptc animation",
        "hr-rebate qualification",
        "hu-rebate qualification",
    ] {
        assert!(described.iter().any(|test| test == expected), "{expected} of {described:?}");
    }
}

#[test]
fn a_test_that_is_not_asked_says_so() {
    let answers = Answers::new().with("treaty", Value::Flag(true));
    let (result, condition) = judged(&GRID, &GRID.points_tests[0], &answers);
    assert_eq!((result.asked, result.verdict, condition), (Some(false), Verdict::Unknown, Verdict::Pass));
}

#[test]
fn one_of_a_group_counts() {
    let answers = Answers::new().with("tale", Value::Flag(true)).with("book", Value::Flag(true));
    let (result, _) = judged(&GRID, &GRID.points_tests[0], &answers);
    let book = result.criteria().find(|criterion| criterion.input == "book").unwrap();
    assert_eq!((book.worth, book.counted, book.state), (2.into(), 0.into(), CriterionState::Excluded));
    assert_eq!(book.excluded_by.as_deref(), Some("tale"));
    assert_eq!(result.score, Decimal::from(3));
    let (less, _) = judged(&GRID, &GRID.points_tests[0], &answers.with("tale", Value::Flag(false)));
    assert_eq!(less.score, Decimal::from(2));
}

#[test]
fn what_is_a_part_is_not_added_again() {
    let answers =
        Answers::new().with("people", Value::Number(5.into())).with("women", Value::Number(4.into()));
    let (result, _) = judged(&GRID, &GRID.points_tests[0], &answers);
    assert_eq!((result.score, result.reachable), (5.into(), Some(12.into())));
    assert_eq!(result.mandatory[0].verdict, Verdict::Pass);
}

#[test]
fn what_is_still_missing_is_told() {
    let cptc = TESTS.iter().find(|(policy, _)| policy.id == "ca-federal-cptc").unwrap();
    let yes = |names: &[&str]| names.iter().fold(Answers::new(), |a, name| a.with(name, Value::Flag(true)));
    let answers = yes(&["director", "music_composer", "picture_editor", "design_supervisor"]);
    let (result, _) = judged(&cptc.0, &cptc.1, &answers);
    assert_eq!((result.score, result.missing, result.verdict), (4.into(), 2.into(), Verdict::Unknown));
    let way = result.way_to_pass();
    assert_eq!(way.must, ["lead_voice", "key_animation_in_canada"]);
    assert_eq!(way.fewest, [["lead_voice", "key_animation_in_canada"]]);
    assert!(!way.more);
    let (failed, _) = judged(&cptc.0, &cptc.1, &answers.with("lead_voice", Value::Flag(false)));
    assert_eq!((failed.verdict, failed.way_to_pass().fewest.len()), (Verdict::Fail, 0));
}

#[test]
fn four_criteria_of_the_film_test_pass_it() {
    let (policy, test) = TESTS.iter().find(|(policy, _)| policy.id == "uk-iftc").unwrap();
    let (result, _) = judged(policy, test, &Answers::new());
    let way = result.way_to_pass();
    assert!(way.must.is_empty());
    assert_eq!(way.fewest[0], ["points_setting", "points_characters", "points_story", "points_dialogue"]);
    // Six points and three times four out of five: any four with the dialogue and a part of the story.
    assert!(way.fewest.iter().all(|set| set.len() == 4 && set.contains(&"points_dialogue".to_owned())));
}

/// The sets that are told pass, and no smaller one does: looked up among all of them.
fn way_is_shortest(policy: &Policy, test: &PointsTest, answers: &Answers) {
    let (result, _) = judged(policy, test, answers);
    if result.verdict != Verdict::Unknown {
        return;
    }
    let open: Vec<_> =
        result.criteria().filter(|criterion| criterion.state == CriterionState::Open).collect();
    if open.iter().any(|criterion| criterion.most.is_none()) || open.len() > 8 {
        return;
    }
    let passes = |bits: u32| {
        let answered = open.iter().enumerate().fold(answers.clone(), |answers, (at, criterion)| {
            let won = bits & (1 << at) != 0;
            let value = match criterion.unit {
                Unit::Flag => Value::Flag(won),
                Unit::Text => {
                    let best = criterion.choices.iter().max_by_key(|(_, points)| *points).unwrap();
                    Value::Text(if won { best.0.clone() } else { "elsewhere".to_owned() })
                }
                _ => Value::Number(if won { criterion.most.unwrap() } else { Decimal::ZERO }),
            };
            answers.with(&criterion.input, value)
        });
        judged(policy, test, &answered).0.verdict == Verdict::Pass
    };
    let least = (0..1u32 << open.len()).filter(|bits| passes(*bits)).map(u32::count_ones).min();
    let way = result.way_to_pass();
    let told = way.fewest.first().map(|set| u32::try_from(set.len()).unwrap());
    assert_eq!(told, least, "{} {}", policy.id, test.id);
    for set in &way.fewest {
        let bits =
            open.iter().enumerate().filter(|(_, c)| set.contains(&c.input)).map(|(at, _)| 1u32 << at).sum();
        assert!(passes(bits), "{} {}: {set:?}", policy.id, test.id);
    }
    let everything = (1u32 << open.len()) - 1;
    for (at, criterion) in open.iter().enumerate() {
        let without = passes(everything & !(1 << at));
        assert_eq!(way.must.contains(&criterion.input), !without, "{} {}", policy.id, criterion.input);
    }
}

/// A deal that claims nothing but this program, with these answers.
fn deal(policy: &Policy, answers: &Answers) -> Deal {
    let mut deal: Deal =
        recoup_deal::read_deal(include_str!("../../../examples/dragons-quest.deal.json")).unwrap();
    let given = answers.iter().map(|(name, value)| {
        let value = match value {
            Value::Number(number) => InputValue::Number(*number),
            Value::Flag(flag) => InputValue::Flag(*flag),
            Value::Text(word) => InputValue::Text(word.clone()),
            Value::List(_) | Value::Absent => unreachable!("no test asks for a list"),
        };
        (name.to_owned(), value)
    });
    deal.incentives = vec![IncentiveClaim {
        id: "tested".to_owned(),
        program: policy.id.clone(),
        version_on: Some(policy.from),
        election: Some(Election::Claim),
        answers: given.collect(),
        ..IncentiveClaim::default()
    }];
    deal
}

/// The book has the same numbers as the test, and they follow from typed answers and clauses.
fn book_agrees(policy: &Policy, answers: &Answers) {
    let mut catalog = Catalog::embedded().unwrap().clone();
    catalog.insert(GRID.as_ref().clone());
    let mut book = Book::new();
    let assessment = assess(&deal(policy, answers), &catalog, &mut book);
    let claim = &assessment.claims[0];
    for result in points_of_claim(claim) {
        let address = format!("incentives.{}.points.{}", claim.key, result.test);
        let figure =
            |part: &str| book.find(&format!("{address}.{part}")).map(|node| book.value(node).as_number());
        let mut expected = vec![
            ("score".to_owned(), Some(result.score)),
            ("reachable".to_owned(), result.reachable),
            ("needed".to_owned(), Some(result.needed)),
            ("missing".to_owned(), Some(result.missing)),
        ];
        if result.most.is_some() {
            expected.push(("most".to_owned(), result.most));
        }
        for section in &result.sections {
            expected.push((format!("sections.{}.score", section.id), Some(section.score)));
            if section.reachable.is_some() {
                expected.push((format!("sections.{}.reachable", section.id), section.reachable));
            }
            for criterion in &section.criteria {
                expected.push((format!("criteria.{}.points", criterion.input), Some(criterion.worth)));
            }
        }
        for (part, value) in expected {
            assert_eq!(figure(&part), Some(value), "{address}.{part} with {answers:?}");
        }
    }
}

/// What the findings say of the condition that a test decides.
fn said(policy: &Policy, condition: &str, answers: &Answers) -> (String, String) {
    let mut book = Book::new();
    let assessment = assess(&deal(policy, answers), Catalog::embedded().unwrap(), &mut book);
    let told = assessment.findings.iter().map(|finding| render(finding, Language::English));
    let mut about =
        told.filter(|said| said.message.contains(condition)).map(|said| (said.message, said.remedy));
    about.next_back().unwrap()
}

#[test]
fn a_finding_names_the_points_that_are_missing() {
    let (policy, _) = TESTS.iter().find(|(policy, _)| policy.id == "ca-federal-cptc").unwrap();
    let yes = |answers: Answers, names: &[&str]| {
        names.iter().fold(answers, |a, name| a.with(name, Value::Flag(true)))
    };
    let content = Answers::new().with("treaty_coproduction", Value::Flag(false));
    let answers = yes(content, &["director", "lead_voice", "music_composer", "picture_editor"]);
    let (message, remedy) = said(policy, "Six of ten points", &answers);
    assert!(message.ends_with("is undecided; 2 points of 6 still missing."), "{message}");
    assert!(remedy.contains("Key animation is done in Canada"), "{remedy}");
    let (_, cure) =
        said(policy, "Six of ten points", &answers.clone().with("lead_voice", Value::Flag(false)));
    assert!(cure.starts_with("Nothing replaces this: Lead voice."), "{cure}");
    let fewer = [
        "design_supervisor",
        "camera_operator_in_canada",
        "layout_background_in_canada",
        "music_composer",
        "picture_editor",
    ];
    let fewer = fewer.iter().fold(answers, |answers, name| answers.with(name, Value::Flag(false)));
    let (_, cure) = said(policy, "Six of ten points", &fewer);
    assert!(cure.starts_with("At most 5 points of 6 can be reached."), "{cure}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, ..ProptestConfig::default() })]

    /// What the description says is what the lines decide.
    #[test]
    fn lines_and_description_agree(seeds in prop::collection::vec(any::<u8>(), 18), certified in any::<bool>()) {
        for (policy, test) in TESTS.iter() {
            let mut answers = seeded(policy, test, &seeds);
            if let Some(total) = test.total.as_ref().filter(|_| !certified) {
                answers.set(&total.input, Value::Absent);
            }
            let (result, condition) = judged(policy, test, &answers);
            prop_assert_eq!(result.asked, Some(true));
            prop_assert_eq!(result.verdict, condition, "{} {} {:?}", policy.id, test.id, answers);
            prop_assert!(result.reachable.is_none_or(|reachable| result.score <= reachable));
            prop_assert_eq!(result.missing, (result.needed - result.score).max(Decimal::ZERO));
            let open = result.criteria().any(|criterion| criterion.answer.is_absent());
            let by_lines = score_of_the_lines(policy, test, &answers).filter(|_| !open && result.by_total.is_none());
            if let Some(score) = by_lines {
                prop_assert_eq!(score, result.score, "{} {}", policy.id, test.id);
            }
            way_is_shortest(policy, test, &answers);
        }
    }

    /// One more answer leaves every other criterion as it is (unless both are of one group), narrows what is
    /// reachable, and never turns a verdict.
    #[test]
    fn one_more_answer_only_decides(seeds in prop::collection::vec(any::<u8>(), 18), which in any::<prop::sample::Index>(), more in 1u8..4) {
        for (policy, test) in TESTS.iter() {
            let mut answers = seeded(policy, test, &seeds);
            if let Some(total) = test.total.as_ref().filter(|total| total.settles == TotalSettles::Test) {
                answers.set(&total.input, Value::Absent);
            }
            let (before, _) = judged(policy, test, &answers);
            let open: Vec<String> =
                before.criteria().filter(|c| c.answer.is_absent()).map(|c| c.input.clone()).collect();
            if open.is_empty() {
                continue;
            }
            let name = which.get(&open);
            let value = answer(input(policy, name), more + 4 * (seeds[0] / 8)).unwrap();
            let (after, _) = judged(policy, test, &answers.clone().with(name, value));
            prop_assert!(before.verdict == Verdict::Unknown || before.verdict == after.verdict);
            prop_assert!(after.score >= before.score);
            prop_assert!(after.reachable.is_none_or(|now| before.reachable.is_none_or(|then| now <= then)));
            let group = before.criteria().find(|c| c.input == *name).and_then(|c| c.group.clone());
            for (then, now) in before.criteria().zip(after.criteria()) {
                let apart = then.input != *name && (group.is_none() || then.group != group);
                prop_assert!(!apart || then == now, "{} moved {}", name, then.input);
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 6, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_book_has_the_same_points(seeds in prop::collection::vec(any::<u8>(), 18), certified in any::<bool>()) {
        for (policy, test) in TESTS.iter() {
            let mut answers = seeded(policy, test, &seeds);
            if let Some(total) = test.total.as_ref().filter(|_| !certified) {
                answers.set(&total.input, Value::Absent);
            }
            book_agrees(policy, &answers);
        }
    }
}
