#![allow(clippy::unwrap_used, reason = "a test that cannot go on stops")]

use std::collections::BTreeSet;

use proptest::prelude::*;
use recoup_deal::recoupment::{Limit, Split, Takes};
use serde_json::json;

use super::*;

fn share(id: &str, then: Option<&str>) -> serde_json::Value {
    json!({"id": id, "then": then, "takes": {
        "kind": "share", "payee": "p", "limit": {"kind": "amount", "amount": "USD 100.00"},
    }})
}

/// Two sources with ways of their own that meet; a group, a ladder, a reserve.
fn film() -> RecoupmentPlan {
    let member =
        |id: &str, rate: &str| json!({"id": id, "takes": {"kind": "share", "payee": "p", "rate": rate}});
    let plan = json!({
        "sources": [{"id": "home", "enters": "a1"}, {"id": "abroad", "enters": "b1", "receives_others": true}],
        "tiers": [
            share("a1", Some("a2")), share("a2", Some("hold")), share("b1", Some("hold")),
            {"id": "hold", "then": "c1", "takes": {"kind": "reserve", "rate": "0.1", "release_months": 12, "release_to": "c1"}},
            share("c1", Some("pari")),
            {"id": "pari", "then": "ladder", "takes": {"kind": "together", "members": [member("m1", "0.5"), member("m2", "0.25")]}},
            {"id": "ladder", "then": "net", "takes": {"kind": "steps", "members": [member("s1", "0.3"), member("s2", "0.2")]}},
            {"id": "net", "takes": {"kind": "share", "payee": "p"}},
        ],
    });
    serde_json::from_value(plan).unwrap()
}

fn ids(plan: &RecoupmentPlan) -> Vec<&str> {
    plan.tiers.iter().map(|tier| tier.id.as_str()).collect()
}

fn done(plan: &RecoupmentPlan, operation: serde_json::Value) -> RecoupmentPlan {
    reshape(plan, &serde_json::from_value(operation).unwrap()).unwrap().plan
}

fn refused(plan: &RecoupmentPlan, operation: serde_json::Value) -> Refused {
    reshape(plan, &serde_json::from_value(operation).unwrap()).unwrap_err()
}

#[test]
fn a_tier_moves_with_all_that_leads_to_it() {
    let plan = done(&film(), json!({"kind": "move", "tier": "net", "to": {"at": "before", "tier": "hold"}}));
    assert_eq!(ids(&plan), ["a1", "a2", "b1", "net", "hold", "c1", "pari", "ladder"]);
    let to_net: Vec<&str> = plan
        .tiers
        .iter()
        .filter(|tier| tier.then.as_deref() == Some("net"))
        .map(|tier| tier.id.as_str())
        .collect();
    assert_eq!(to_net, ["a2", "b1"]);
    let plan = done(&film(), json!({"kind": "move", "tier": "c1", "to": {"at": "after", "tier": "b1"}}));
    assert_eq!(ids(&plan), ["a1", "a2", "b1", "c1", "hold", "pari", "ladder", "net"]);
    let Takes::Reserve(reserve) = &plan.tiers[4].takes else { panic!("the reserve") };
    assert_eq!(reserve.release_to, "pari", "what is given back does not go round");
}

#[test]
fn the_first_tier_of_a_source_hands_the_source_on() {
    let plan = done(&film(), json!({"kind": "move", "tier": "a1", "to": {"at": "after", "tier": "a2"}}));
    assert_eq!(plan.sources[0].enters, "a2");
    let only = json!({"sources": [{"id": "s", "enters": "x"}, {"id": "t", "enters": "y"}],
        "tiers": [share("x", None), share("y", None)]});
    let only: RecoupmentPlan = serde_json::from_value(only).unwrap();
    let dry = refused(&only, json!({"kind": "move", "tier": "x", "to": {"at": "after", "tier": "y"}}));
    assert_eq!(dry, Refused::SourceLeftDry { from: "s".to_owned() });
}

#[test]
fn claims_become_a_group_and_stand_in_order_again() {
    let plan = done(&film(), json!({"kind": "beside", "tier": "a2", "with": "a1"}));
    assert_eq!(ids(&plan)[0], "a1-together");
    let Takes::Together(group) = &plan.tiers[0].takes else { panic!("a group") };
    assert_eq!(group.split, Split::Outstanding, "both want everything until their limits");
    assert_eq!(done(&plan, json!({"kind": "in_order", "group": "a1-together"})), film());
    // Without a limit rates above the whole are scaled.
    let plan = done(&film(), json!({"kind": "beside", "tier": "net", "with": "c1"}));
    let group = plan.tiers.iter().find(|tier| tier.id == "c1-together").unwrap();
    let Takes::Share(first) = &group.members()[0].takes else { panic!("a share") };
    assert_eq!(first.rate.to_string(), "0.5");
}

#[test]
fn what_is_spoken_of_stays() {
    let mut plan = film();
    let condition = json!([{"measure": "any", "of": [{"measure": "recouped", "tier": "a1"}]}]);
    if let Takes::Share(net) = &mut plan.tiers.last_mut().unwrap().takes {
        net.conditions = serde_json::from_value(condition).unwrap();
    }
    let Refused::InUse { users, .. } = refused(&plan, json!({"kind": "remove", "tier": "a1"})) else {
        panic!("in use")
    };
    assert_eq!(users[0].path, "recoupment.tiers[net].takes.while[0].of[0].tier");
    let Refused::InUse { users, .. } = refused(&plan, json!({"kind": "remove", "tier": "c1"})) else {
        panic!("in use")
    };
    assert_eq!(users[0].path, "recoupment.tiers[hold].takes.release_to");
    let gone = done(&plan, json!({"kind": "remove", "tier": "a2"}));
    assert_eq!(gone.tiers[0].then.as_deref(), Some("hold"));
}

#[test]
fn a_pool_that_would_be_empty_keeps_its_last_share() {
    let mut plan = film();
    for (at, pools, limit_pool) in [(0, vec!["p"], None), (1, vec![], Some("p"))] {
        let Takes::Share(share) = &mut plan.tiers[at].takes else { panic!("a share") };
        share.pools = pools.into_iter().map(str::to_owned).collect();
        share.limit_pool = limit_pool.map(str::to_owned);
    }
    let Refused::InUse { users, .. } = refused(&plan, json!({"kind": "remove", "tier": "a1"})) else {
        panic!("in use")
    };
    assert_eq!(users[0].path, "recoupment.tiers[a2].takes.limit_pool");
}

#[test]
fn two_parties_have_together_what_one_had() {
    let plan = done(&film(), json!({"kind": "divide", "tier": "a1", "with": "q", "part": "1/3"}));
    let group = &plan.tiers[0];
    let limits: Vec<i64> = group
        .members()
        .iter()
        .map(|member| match &member.takes {
            Takes::Share(share) => match share.limit {
                Some(Limit::Amount { amount }) => amount.minor(),
                _ => 0,
            },
            _ => 0,
        })
        .collect();
    assert_eq!(limits, [6667, 3333]);
    let whole = json!({"kind": "divide", "tier": "a1", "with": "q", "part": "1"});
    assert_eq!(refused(&film(), whole), Refused::PartOutOfRange);
}

#[test]
fn a_copy_bears_names_of_its_own() {
    let plan = done(&film(), json!({"kind": "duplicate", "tier": "pari"}));
    assert_eq!(ids(&plan)[5..7], ["pari", "pari-2"]);
    let members: Vec<&str> = plan.tiers[6].members().iter().map(|member| member.id.as_str()).collect();
    assert_eq!(members, ["m1-2", "m2-2"]);
}

#[test]
fn nothing_goes_where_it_cannot_stand() {
    let film = film();
    let into =
        |tier: &str, group: &str| json!({"kind": "move", "tier": tier, "to": {"at": "into", "group": group}});
    assert!(matches!(refused(&film, into("hold", "pari")), Refused::ReserveInGroup { .. }));
    assert!(matches!(refused(&film, into("pari", "pari")), Refused::IntoItself { .. }));
    assert!(matches!(refused(&film, into("net", "c1")), Refused::NoGroup { .. }));
    assert!(matches!(refused(&film, into("no-such", "pari")), Refused::Unknown { .. }));
    let away = json!({"kind": "enter", "source": "home", "tier": "c1"});
    let Refused::CutOff { tiers } = refused(&film, away) else { panic!("cut off") };
    assert_eq!(tiers, ["a1", "a2"]);
}

#[test]
fn the_first_tier_brings_its_source_and_the_last_takes_it_along() {
    let tier = json!({"id": "fee", "takes": {"kind": "share", "payee": "p"}});
    let plan = done(&RecoupmentPlan::default(), json!({"kind": "add", "tier": tier, "to": {"at": "last"}}));
    assert_eq!((plan.sources.len(), plan.tiers.len()), (1, 1));
    assert_eq!(done(&plan, json!({"kind": "remove", "tier": "fee"})), RecoupmentPlan::default());
}

/// Any change, made of small numbers that choose among what the plan has by then.
#[derive(Debug, Clone)]
struct Choice {
    what: u8,
    tier: usize,
    other: usize,
    place: u8,
}

fn choice() -> impl Strategy<Value = Choice> {
    (0..8_u8, 0..64_usize, 0..64_usize, 0..4_u8).prop_map(|(what, tier, other, place)| Choice {
        what,
        tier,
        other,
        place,
    })
}

fn chosen(plan: &RecoupmentPlan, choice: &Choice) -> Operation {
    let all: Vec<String> = plan.positions().into_iter().map(|(_, tier)| tier.id.clone()).collect();
    let pick = |at: usize| all.get(at % all.len().max(1)).cloned().unwrap_or_default();
    let (tier, other) = (pick(choice.tier), pick(choice.other));
    let to = match choice.place {
        0 => Place::Before { tier: other.clone() },
        1 => Place::After { tier: other.clone() },
        2 => Place::Into { group: other.clone() },
        _ => Place::Last,
    };
    match choice.what {
        0 | 1 => Operation::Move { tier, to },
        2 => Operation::Beside { tier, with: other },
        3 => Operation::InOrder { group: tier },
        4 => Operation::Remove { tier },
        5 => Operation::Duplicate { tier },
        6 => Operation::Divide { tier, with: "q".to_owned(), part: Ratio::new(1, 4).unwrap_or_default() },
        _ => Operation::Enter {
            source: plan.sources.first().map_or_else(String::new, |source| source.id.clone()),
            tier,
        },
    }
}

fn expect_sound(plan: &RecoupmentPlan) {
    let all: Vec<&str> = plan.positions().into_iter().map(|(_, tier)| tier.id.as_str()).collect();
    let unique: BTreeSet<&str> = all.iter().copied().collect();
    assert_eq!(unique.len(), all.len(), "every id stands once");
    let reached = links::reached(plan);
    assert!(plan.tiers.iter().all(|tier| reached.contains(&tier.id)), "{reached:?} of {:?}", ids(plan));
    assert!(links::expect_no_circle(plan).is_ok());
    assert!(
        plan.positions().into_iter().all(|(path, tier)| tier.then.is_none() || !path.contains("members"))
    );
    if !plan.tiers.is_empty() {
        crate::compile(plan, recoup_money::Currency::USD).map(drop).unwrap_or_else(|error| panic!("{error}"));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    /// Whatever is done one after the other, the order stays one that money can walk.
    #[test]
    fn any_changes_leave_an_order(choices in prop::collection::vec(choice(), 1..14)) {
        let mut plan = film();
        for choice in &choices {
            let before: BTreeSet<String> = plan.positions().into_iter().map(|(_, tier)| tier.id.clone()).collect();
            let operation = chosen(&plan, choice);
            let Ok(reshaped) = reshape(&plan, &operation) else { continue };
            plan = reshaped.plan;
            expect_sound(&plan);
            let after: BTreeSet<String> = plan.positions().into_iter().map(|(_, tier)| tier.id.clone()).collect();
            // Ids are stable: only what is removed, or was a group that ended, goes.
            let gone: Vec<&String> = before.difference(&after).collect();
            let ends = match operation {
                Operation::Remove { .. } => usize::MAX,
                Operation::Move { .. } | Operation::Beside { .. } | Operation::InOrder { .. } => 3,
                _ => 0,
            };
            prop_assert!(gone.len() <= ends, "{operation:?} took {gone:?}");
        }
    }

    /// There and back is nowhere.
    #[test]
    fn a_move_is_taken_back_by_its_place(before in prop::collection::vec(choice(), 0..6), choice in choice()) {
        let mut plan = film();
        for choice in &before {
            if let Ok(reshaped) = reshape(&plan, &chosen(&plan, choice)) {
                plan = reshaped.plan;
            }
        }
        let Operation::Move { tier, to } = chosen(&plan, &Choice { what: 0, ..choice }) else { unreachable!() };
        let Some(back) = place_of(&plan, &tier) else { return Ok(()) };
        let Ok(there) = reshape(&plan, &Operation::Move { tier: tier.clone(), to }) else { return Ok(()) };
        // A group that ended with its last member, and a reserve that is given back elsewhere, are not moves.
        if there.plan.positions().len() < plan.positions().len() || !there.released_elsewhere.is_empty() {
            return Ok(());
        }
        let again = reshape(&there.plan, &Operation::Move { tier, to: back });
        prop_assert_eq!(again.map(|again| again.plan), Ok(plan));
    }
}
