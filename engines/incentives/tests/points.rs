//! Points tests: typed criterion by criterion they are passed, failed or undecided, and a criterion that is
//! not answered yet is neither won nor lost.
#![expect(clippy::unwrap_used, reason = "tests stop at the first surprise")]

use proptest::prelude::*;
use recoup_calendar::Date;
use recoup_incentives::{Answers, Catalog, Value, Verdict, run};
use rust_decimal::Decimal;

/// Criteria of the film test with the most that each gives, as the BFI sums them up: 35 in all.
const MOST: [(&str, i64); 6] = [
    ("points_setting", 4),
    ("points_characters", 4),
    ("points_story", 4),
    ("points_dialogue", 6),
    ("points_contribution", 4),
    ("points_production", 4),
];
const PEOPLE: [&str; 9] = [
    "post_in_uk",
    "director_qualifies",
    "scriptwriter_qualifies",
    "producer_qualifies",
    "composer_qualifies",
    "lead_actors_qualify",
    "cast_qualifies",
    "key_staff_qualify",
    "crew_qualifies",
];

fn verdict(program: &str, answers: &Answers) -> Verdict {
    let day: Date = "2026-01-01".parse().unwrap();
    let policy = Catalog::embedded().unwrap().on(program, day).unwrap();
    let result = run(policy, answers, &Answers::new()).unwrap();
    result.conditions.iter().find(|condition| condition.id == "culture").unwrap().verdict
}

fn answers(points: &[(&str, i64)], people: &[(&str, bool)]) -> Answers {
    let mut answers = Answers::new();
    for (name, count) in points {
        answers.set(name, Value::Number(Decimal::from(*count)));
    }
    for (name, yes) in people {
        answers.set(name, Value::Flag(*yes));
    }
    answers
}

fn both(answers: &Answers) -> Verdict {
    let of_film = verdict("uk-avec-animation", answers);
    assert_eq!(of_film, verdict("uk-iftc", answers), "both credits ask the same test");
    of_film
}

#[test]
fn a_total_decides_alone() {
    assert_eq!(both(&answers(&[("cultural_points", 18)], &[])), Verdict::Pass);
    assert_eq!(both(&answers(&[("cultural_points", 17)], &[])), Verdict::Fail);
    assert_eq!(both(&answers(&[], &[])), Verdict::Unknown);
}

#[test]
fn criteria_add_up_to_the_mark() {
    let people: Vec<(&str, bool)> = PEOPLE.iter().map(|name| (*name, false)).collect();
    let points = |setting: i64| {
        [
            ("points_setting", setting),
            ("points_characters", 4),
            ("points_story", 4),
            ("points_dialogue", 6),
            ("points_contribution", 0),
            ("points_production", 0),
        ]
    };
    assert_eq!(both(&answers(&points(4), &people)), Verdict::Pass, "4 + 4 + 4 + 6 = 18");
    assert_eq!(both(&answers(&points(3), &people)), Verdict::Fail, "17 of 35");
    assert_eq!(both(&answers(&points(3), &people[1..])), Verdict::Unknown, "17, and post production is open");
    assert_eq!(both(&answers(&points(99), &people)), Verdict::Pass, "a criterion gives its most and no more");
    assert_eq!(both(&answers(&[("points_setting", 99)], &people)), Verdict::Unknown);
}

#[test]
fn dialogue_makers_and_hub_alone_do_not_pass() {
    let everyone: Vec<(&str, bool)> = PEOPLE.iter().map(|name| (*name, true)).collect();
    let hub = [
        ("points_setting", 0),
        ("points_characters", 0),
        ("points_story", 0),
        ("points_dialogue", 6),
        ("points_contribution", 0),
        ("points_production", 4),
    ];
    assert_eq!(both(&answers(&hub, &everyone)), Verdict::Fail, "19 points, none of them for what is told");
    let mut told = hub;
    told[2].1 = 1;
    assert_eq!(both(&answers(&told, &everyone)), Verdict::Pass);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    /// What is answered decides only where the rest cannot turn it: any further answers agree with a verdict
    /// that stands already.
    #[test]
    fn a_decided_test_stays_decided(
        points in prop::collection::vec(0i64..7, 6),
        people in prop::collection::vec(any::<bool>(), 9),
        known in prop::collection::vec(any::<bool>(), 15),
    ) {
        let points: Vec<(&str, i64)> =
            MOST.iter().zip(&points).map(|((name, most), count)| (*name, (*count).min(*most))).collect();
        let people: Vec<(&str, bool)> = PEOPLE.iter().copied().zip(people).collect();
        let full = both(&answers(&points, &people));
        prop_assert!(full != Verdict::Unknown);
        let some: Vec<(&str, i64)> = points.iter().zip(&known).filter(|(_, known)| **known).map(|(p, _)| *p).collect();
        let who: Vec<(&str, bool)> = people.iter().zip(&known[6..]).filter(|(_, known)| **known).map(|(p, _)| *p).collect();
        let partial = both(&answers(&some, &who));
        prop_assert!(partial == Verdict::Unknown || partial == full, "{partial:?} became {full:?}");
        let total: i64 = points.iter().map(|(_, count)| count).sum::<i64>()
            + people.iter().filter(|(_, yes)| *yes).count() as i64;
        let told = points[..3].iter().any(|(_, count)| *count > 0);
        prop_assert_eq!(full == Verdict::Pass, total >= 18 && told);
    }
}
