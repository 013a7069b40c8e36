use std::collections::BTreeSet;
use std::fmt::Write as _;

use proptest::prelude::*;

use super::*;
use crate::catalog::read_toml;

/// A program of random numbers: a credit on spend less what others took, a fee, and what it says of others.
#[derive(Clone, Debug)]
struct Drawn {
    rate: u32,
    grind: u32,
    fee: u32,
    fixed: bool,
    limits_aid: bool,
    /// Relation with the program of the same place, by a number that most often means none.
    with: Vec<u8>,
}

fn drawn(count: usize) -> impl Strategy<Value = Vec<Drawn>> {
    let one = (0u32..60, 0u32..150, 0u32..250, 0u8..6, 0u8..5, proptest::collection::vec(0u8..14, count))
        .prop_map(|(rate, grind, fee, fixed, limits, with)| Drawn {
            rate,
            grind,
            fee,
            fixed: fixed == 0,
            limits_aid: limits == 0,
            with,
        });
    proptest::collection::vec(one, count)
}

fn policy(at: usize, all: &[Drawn]) -> Policy {
    let one = &all[at];
    let mut text = format!(
        r#"id = "p{at}"
from = "2020-01-01"
version_by = "day of the application"
legal_name = "Film act credit"
short_name = "Film credit {at}"
country = "DE"
jurisdiction = "DE"
currency = "EUR"
authority = ["Film office"]
statute = ["Film act"]
kind = "cash_rebate"
stream = "either"
confidence = "high"
reviewed = "2026-01-01"
notes = []
credit = "credit"
net = "net"

[[lines]]
id = "credit"
label = "Credit"
formula = "max(0, spend * {rate}/100 - taken * {grind}/100)"
clause = "s. 1"
source = "law"

[[lines]]
id = "net"
label = "Net"
formula = "credit - {fee}"
clause = "s. 1"
source = "law"

[[sources]]
id = "law"
title = "Film act"
address = "https://example.org/film-act"
seen = "2026-01-01"
kind = "statute"
"#,
        rate = one.rate,
        grind = one.grind,
        fee = one.fee,
    );
    for input in ["spend", "taken", "other_aid"] {
        let _ = write!(text, "\n[[inputs]]\nname = \"{input}\"\nlabel = \"Amount\"\ndefault = \"0\"\n");
    }
    if one.limits_aid {
        text.push_str(
            "\n[aid_limit]\nshare = \"spend / spend / 2\"\nof = \"spend\"\ninput = \"other_aid\"\n",
        );
        text.push_str("clause = \"s. 2\"\nsource = \"law\"\n");
    }
    for (other, number) in one.with.iter().enumerate().filter(|(other, _)| *other < all.len()) {
        let more = match number {
            0 | 1 if other > at => "reduces_base_of\"\nline = \"credit\"\ninput = \"taken",
            2 if other > at => "supplies\"\nline = \"credit\"\ninput = \"taken",
            3 if other != at => "excludes",
            4 if other != at => "requires",
            5 if other != at => "unusual",
            _ => continue,
        };
        let _ = write!(
            text,
            "\n[[interactions]]\nrelation = \"{more}\"\nwith = [\"p{other}\"]\nclause = \"s. 3\"\nsource = \"law\"\n"
        );
    }
    read_toml("drawn.toml", &text).unwrap()
}

fn worth(_: usize, run: &ProgramRun) -> Decimal {
    run.net().unwrap_or_default()
}

/// What a set is worth by the rules alone, told without the search; none where a rule forbids it.
fn by_the_rules(members: &[Member<'_>], fixed: &BTreeSet<String>, set: &[usize]) -> Option<Decimal> {
    let within: Vec<Member<'_>> = set.iter().map(|at| members[*at].clone()).collect();
    let has = |name: &String| within.iter().any(|member| member.name == *name);
    let wished = |member: &Member<'_>| fixed.contains(&member.name);
    let forbidden = within.iter().any(|one| {
        one.policy.interactions.iter().any(|said| match said.relation {
            Relation::Excludes => said.with.iter().any(has),
            Relation::Requires => !said.with.iter().any(has),
            Relation::Unusual => {
                within.iter().any(|other| said.with.contains(&other.name) && !(wished(one) && wished(other)))
            }
            Relation::ReducesBaseOf | Relation::Supplies => false,
        })
    });
    if forbidden || !fixed.iter().all(has) {
        return None;
    }
    let runs = run_members(&within).unwrap();
    let may_go = within.iter().any(|member| !wished(member));
    let over = runs.iter().any(|(at, run)| {
        let limit = within[*at].policy.aid_limit.is_some();
        let aid: Decimal = runs.iter().filter_map(|(_, run)| run.credit()).sum();
        let most = run.value("spend").and_then(Value::number).unwrap() / Decimal::TWO;
        limit && aid - most > Decimal::new(1, 2)
    });
    (!(over && may_go)).then(|| runs.iter().map(|(at, run)| worth(*at, run)).sum())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    /// The combination that is chosen is worth as much as the best of all that the rules allow.
    #[test]
    fn nothing_legal_is_worth_more_than_what_is_chosen(all in (1usize..7).prop_flat_map(drawn)) {
        let policies: Vec<Policy> = (0..all.len()).map(|at| policy(at, &all)).collect();
        let given = Answers::new().with("spend", Value::Number(Decimal::from(1000)));
        let members: Vec<Member<'_>> = policies
            .iter()
            .map(|policy| Member { common_rate: Some(Decimal::ONE), ..Member::new(policy, given.clone()) })
            .collect();
        let fixed: BTreeSet<String> =
            all.iter().enumerate().filter(|(_, one)| one.fixed).map(|(at, _)| format!("p{at}")).collect();
        let choice = best_combination(&members, &fixed, &worth).unwrap();
        let sets = (0u32..1 << members.len())
            .map(|mask| (0..members.len()).filter(|at| mask & (1 << at) != 0).collect::<Vec<_>>());
        let best = sets.filter_map(|set| by_the_rules(&members, &fixed, &set)).max();
        match best {
            Some(best) => {
                prop_assert_eq!(choice.chosen.worth, best);
                let chosen: Vec<usize> = (0..members.len())
                    .filter(|at| choice.chosen.programs.contains(&members[*at].name))
                    .collect();
                prop_assert_eq!(by_the_rules(&members, &fixed, &chosen), Some(best));
                let more = choice.rejected.iter().any(|one| {
                    one.worth > best && !one.reasons.iter().any(|reason| reason.code != "worth_less")
                });
                prop_assert!(!more);
            }
            None => prop_assert!(choice.chosen.programs.is_empty()),
        }
    }
}

/// A grind of 150 of every 100 handed over: the small credit costs the large one more than it brings, and is
/// left out although nothing forbids it.
#[test]
fn a_credit_that_costs_another_more_than_it_brings_is_left_out() {
    let plain =
        |rate, grind| Drawn { rate, grind, fee: 0, fixed: false, limits_aid: false, with: vec![9, 9] };
    let all = [Drawn { with: vec![9, 0], ..plain(10, 0) }, plain(30, 150)];
    let policies = [policy(0, &all), policy(1, &all)];
    let given = Answers::new().with("spend", Value::Number(Decimal::from(1000)));
    let members: Vec<Member<'_>> = policies.iter().map(|one| Member::new(one, given.clone())).collect();
    let choice = best_combination(&members, &BTreeSet::new(), &worth).unwrap();
    assert_eq!(
        (choice.chosen.programs.as_slice(), choice.chosen.worth),
        (&["p1".to_owned()][..], 300.into())
    );
    // Together they are worth 100 and 300 less 150.
    let [together] = choice.rejected.as_slice() else { panic!("{:?}", choice.rejected) };
    assert_eq!((together.programs.len(), together.worth), (2, 250.into()));
    let less = Phrase::new("worth_less").with("less", recoup_deal::FindingValue::Number(50.into()));
    assert_eq!(together.reasons, [less]);
    // Who wants it all the same has it.
    let wished = BTreeSet::from(["p0".to_owned()]);
    let choice = best_combination(&members, &wished, &worth).unwrap();
    assert_eq!((choice.chosen.programs.len(), choice.chosen.worth), (2, 250.into()));
}

/// The search rests on it: with more assistance handed over, or more aid beside it, no program of the library
/// pays more.
#[test]
fn assistance_never_makes_a_credit_of_the_library_greater() {
    let catalog = crate::catalog::Catalog::embedded().unwrap();
    let text = include_str!("../../../../examples/nimbus-and-pip.deal.json");
    let deal = recoup_deal::read_deal(text).unwrap();
    let found = crate::survey::survey(&deal, catalog, deal.as_of);
    let mut checked = 0;
    for one in &found {
        let handed = found
            .iter()
            .flat_map(|giver| &giver.policy.interactions)
            .filter(|said| said.relation == Relation::ReducesBaseOf && said.with.contains(&one.policy.id));
        let inputs: BTreeSet<&String> = handed
            .filter_map(|said| said.input.as_ref())
            .chain(one.policy.aid_limit.as_ref().map(|limit| &limit.input))
            .collect();
        for input in inputs {
            let net = |amount: i64| {
                let fed = Answers::new().with(input, Value::Number(amount.into()));
                let mut given = one.answers.clone();
                given.set(input, Value::Absent);
                let run = run_beside(&one.policy, &given, &fed, None).unwrap();
                if run.refused_by().is_empty() { run.net().unwrap_or_default() } else { Decimal::ZERO }
            };
            let amounts = [0, 1, 100_000, 1_000_000, 5_000_000, 100_000_000].map(net);
            assert!(amounts.is_sorted_by(|a, b| a >= b), "{}.{input}: {amounts:?}", one.policy.id);
            checked += 1;
        }
    }
    assert!(checked > 20, "{checked}");
}
