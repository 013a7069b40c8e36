//! Statements add up, say why, and prove their interest; a difference loses no cent
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod support;

use proptest::prelude::*;
use recoup_deal::recoupment::RecoupmentPlan;
use recoup_explain::{Book, Cells, Leaf};
use recoup_money::Money;
use recoup_waterfall::{
    Accounting, InputNodes, LineOf, Played, Reason, Recoupment, RunInputs, difference, recoup,
};
use support::{Shape, USD, day, inputs, plan, quarters, shapes, usd};

fn accounted(plan: &RecoupmentPlan, inputs: &RunInputs) -> (Recoupment, Accounting) {
    let schedule = quarters();
    let played = Played::of(plan, inputs, &schedule).unwrap();
    (played.recoupment.clone(), played.accounting())
}

/// What stands at an address in a period, or at the last one before it that has one.
fn latest(book: &Book, stem: &str, told: &Accounting, period: usize) -> Option<Money> {
    let months = told.periods[..=period].iter().rev().map(|period| period.end.year_month());
    months.map(|month| format!("{stem}[{month}]")).find_map(|address| book.money(&address))
}

/// The book says what is accounted: in the same period where something moves, and else under the period before.
fn said_as_accounted(plan: &RecoupmentPlan, inputs: &RunInputs) {
    let schedule = quarters();
    let played = Played::of(plan, inputs, &schedule).unwrap();
    let told = played.accounting();
    let mut book = Book::new();
    let cells = Cells::new(USD, Vec::new(), Vec::new());
    played.record(plan, &InputNodes::default(), &cells, &mut book).unwrap();
    let minor = |money: Option<Money>| money.map_or(0, |money| money.minor());
    for (place, period) in told.periods.iter().enumerate() {
        let month = period.end.year_month();
        let here = |stem: &str| minor(book.money(&format!("{stem}[{month}]")));
        let so_far = |stem: &str| minor(latest(&book, stem, &told, place));
        for claim in &told.claims {
            let (at, now) = (format!("recoupment.claims.{}", claim.tier), &claim.periods[place]);
            assert_eq!(here(&format!("{at}.arrived")), now.arrived.minor(), "{at} {month}");
            assert_eq!(here(&format!("{at}.paid")), now.current.minor(), "{at} {month}");
            assert_eq!(so_far(&format!("{at}.cumulative")), now.cumulative.minor(), "{at} {month}");
            assert_eq!(so_far(&format!("{at}.limit")), minor(now.limit), "{at} {month}");
            assert_eq!(so_far(&format!("{at}.outstanding")), now.outstanding.minor(), "{at} {month}");
        }
        for claim in &told.claims {
            let at = format!("recoupment.claims.{}", claim.tier);
            match claim.periods[place].reason {
                Reason::Held { balance } => assert_eq!(so_far(&format!("{at}.balance")), balance.minor()),
                Reason::OutsideContract { passed, lapsed, .. } => {
                    assert_eq!(here(&format!("{at}.passed")), passed.minor(), "{at} {month}");
                    assert_eq!(here(&format!("{at}.lapsed")), lapsed.minor(), "{at} {month}");
                }
                _ => {}
            }
        }
        for group in &told.groups {
            let at = format!("recoupment.groups.{}", group.tier);
            assert_eq!(here(&format!("{at}.paid")), group.periods[place].current.minor(), "{at} {month}");
            let cumulative = group.periods[place].cumulative.minor();
            assert_eq!(so_far(&format!("{at}.cumulative")), cumulative, "{at} {month}");
        }
        for party in &told.parties {
            let (at, now) = (format!("recoupment.{}", party.party), &party.periods[place]);
            assert_eq!(here(&format!("{at}.paid")), now.current.minor(), "{at} {month}");
            assert_eq!(so_far(&format!("{at}.cumulative")), now.cumulative.minor(), "{at} {month}");
            assert_eq!(so_far(&format!("{at}.outstanding")), now.outstanding.minor(), "{at} {month}");
            assert_eq!(so_far(&format!("{at}.entitlement")), now.entitlement.minor(), "{at} {month}");
        }
        for source in &told.sources {
            let at = format!("recoupment.sources.{}.received", source.source);
            assert_eq!(here(&at), source.received[place].minor(), "{at} {month}");
        }
        let sum = |of: fn(&recoup_waterfall::PartyPeriod) -> i64| -> i64 {
            told.parties.iter().map(|party| of(&party.periods[place])).sum()
        };
        assert_eq!(here("recoupment.paid"), sum(|now| now.current.minor()), "{month}");
        assert_eq!(so_far("recoupment.cumulative"), sum(|now| now.cumulative.minor()), "{month}");
        let totals = &played.recoupment.periods[place];
        assert_eq!(here("recoupment.receipts"), totals.receipts.minor(), "{month}");
        assert_eq!(so_far("recoupment.held"), totals.held.minor(), "{month}");
        for ledger in &told.ledgers {
            let (at, now) = (format!("recoupment.claims.{}", ledger.tier), &ledger.periods[place]);
            assert_eq!(here(&format!("{at}.drawn")), now.drawn.minor(), "{at} {month}");
            assert_eq!(here(&format!("{at}.interest")), now.interest.minor(), "{at} {month}");
            assert_eq!(here(&format!("{at}.interest_paid")), now.interest_paid.minor(), "{at} {month}");
            assert_eq!(here(&format!("{at}.principal_paid")), now.principal_paid.minor(), "{at} {month}");
            assert_eq!(so_far(&format!("{at}.balance")), now.balance.minor(), "{at} {month}");
        }
    }
    for ledger in &told.ledgers {
        let at = format!("recoupment.claims.{}", ledger.tier);
        for row in &ledger.rows {
            let here = |word: &str| minor(book.money(&format!("{at}.{word}[{}]", row.on)));
            assert_eq!(here("interest"), row.accrual.as_ref().map_or(0, |accrual| accrual.interest.minor()));
            assert_eq!(here("bearing"), row.accrual.as_ref().map_or(0, |accrual| accrual.base.minor()));
            assert_eq!(here("capitalised"), row.capitalised.minor(), "{at} {}", row.on);
            assert_eq!(here("drawn"), row.drawn.minor(), "{at} {}", row.on);
            assert_eq!(here("interest_paid"), row.interest_paid.minor(), "{at} {}", row.on);
            assert_eq!(here("principal_paid"), row.principal_paid.minor(), "{at} {}", row.on);
            assert_eq!(here("balance"), row.balance.minor(), "{at} {}", row.on);
        }
    }
    let again = book.recompute(&|_: &Leaf| None);
    for (address, node, value) in book.figures() {
        assert_eq!(book.recomputed(&again, node), Some(value), "{address}");
    }
}

/// Prior and current are cumulative; cumulative, owed and assigned are the entitlement; groups are their members; and
/// parties together have what came in and was released, less what was held and is left.
fn identities(run: &Recoupment, told: &Accounting) {
    for claim in &told.claims {
        let mut before = 0;
        for period in &claim.periods {
            assert_eq!(period.prior.minor(), before, "{}", claim.tier);
            assert_eq!(period.prior.minor() + period.current.minor(), period.cumulative.minor());
            assert!(period.arrived.minor() + 1 >= period.current.minor(), "{}: {period:?}", claim.tier);
            if matches!(period.reason, Reason::LimitReached { .. } | Reason::NothingOwed) {
                assert_eq!(period.outstanding.minor(), 0, "{}: {period:?}", claim.tier);
            }
            if matches!(period.reason, Reason::MoneyRanOut | Reason::Recouping) && claim.limited {
                assert!(period.outstanding.minor() > 0, "{}: {period:?}", claim.tier);
            }
            if period.reason == Reason::NothingArrived {
                assert_eq!(period.arrived.minor(), 0, "{}: {period:?}", claim.tier);
            }
            before = period.cumulative.minor();
        }
    }
    for group in &told.groups {
        for (place, period) in group.periods.iter().enumerate() {
            let members = told.claims.iter().filter(|claim| group.members.contains(&claim.tier));
            let sum: i64 = members.map(|claim| claim.periods[place].current.minor()).sum();
            assert_eq!(period.current.minor(), sum, "{}", group.tier);
            assert_eq!(period.prior.minor() + period.current.minor(), period.cumulative.minor());
        }
    }
    for (place, totals) in run.periods.iter().enumerate() {
        let at = |of: fn(&recoup_waterfall::PartyPeriod) -> i64| -> i64 {
            told.parties.iter().map(|party| of(&party.periods[place])).sum()
        };
        let released: i64 = told.claims.iter().map(|claim| claim.periods[place].released.minor()).sum();
        let reserves = told.claims.iter().filter(|claim| claim.reserve);
        let held: i64 = reserves.map(|claim| claim.periods[place].current.minor()).sum();
        let brought: i64 = told.sources.iter().map(|source| source.received[place].minor()).sum();
        assert_eq!(brought, totals.receipts.minor());
        let come = totals.receipts.minor() + totals.contributions.minor() + released;
        assert_eq!(at(|one| one.current.minor()), come - held - totals.left_over.minor());
    }
    for party in &told.parties {
        for (place, period) in party.periods.iter().enumerate() {
            assert_eq!(period.prior.minor() + period.current.minor(), period.cumulative.minor());
            let rest = period.cumulative.minor() + period.outstanding.minor() + period.assigned.minor();
            assert_eq!(period.entitlement.minor(), rest);
            let lines: i64 = party.lines.iter().map(|line| line.current[place].minor()).sum();
            assert_eq!(lines, period.current.minor(), "{}", party.party);
        }
        let last = run.statement(&party.party).unwrap();
        let end = party.periods.last().unwrap();
        assert_eq!(last.outstanding, end.outstanding, "{}", party.party);
    }
    ledgers(told);
}

/// A ledger's periods are its days, and its balance is what was put in and earned, less what was paid.
fn ledgers(told: &Accounting) {
    for ledger in &told.ledgers {
        let mut balance = 0;
        for period in &ledger.periods {
            balance += period.drawn.minor() + period.interest.minor();
            balance -= period.interest_paid.minor() + period.principal_paid.minor();
            assert!((balance - period.balance.minor()).abs() <= 1, "{}: {period:?}", ledger.tier);
        }
        let accruals = ledger.rows.iter().filter_map(|row| row.accrual.as_ref());
        let interest: i64 = accruals.map(|accrual| accrual.interest.minor()).sum();
        let all: i64 = ledger.periods.iter().map(|period| period.interest.minor()).sum();
        assert!(interest <= all + 1, "{}: {interest} {all}", ledger.tier);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 120, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn statements_add_up(
        shapes in shapes(),
        receipts in prop::collection::vec((0usize..3, 0i64..1_500_000), 1..16),
    ) {
        let inputs = inputs(&shapes, &receipts);
        let (run, told) = accounted(&plan(&shapes, 3), &inputs);
        identities(&run, &told);
        for claim in &told.claims {
            let end = run.claim(&claim.tier).unwrap();
            let last = claim.periods.last().unwrap();
            prop_assert_eq!(last.cumulative, end.paid);
            prop_assert_eq!(last.outstanding, end.outstanding);
            prop_assert_eq!(last.limit, end.limit);
        }
        said_as_accounted(&plan(&shapes, 3), &inputs);
    }

    #[test]
    fn what_one_order_pays_more_it_pays_less_elsewhere(
        one in shapes(),
        other in shapes(),
        receipts in prop::collection::vec((0usize..3, 0i64..1_500_000), 1..12),
    ) {
        let run = |shapes: &[Shape]| recoup(&plan(shapes, 3), &inputs(shapes, &receipts), &quarters()).unwrap();
        let (one, other) = (run(&one), run(&other));
        let told = difference(&one, &other, USD).unwrap();
        let gained: i64 = told.parties.iter().map(|party| party.total.change.minor()).sum();
        let put_in = told.contributions.change.minor();
        prop_assert_eq!(gained + told.held.change.minor() + told.left_over.change.minor(), put_in);
        let back = difference(&other, &one, USD).unwrap();
        prop_assert_eq!(back.first_day, told.first_day);
        for (there, here) in told.parties.iter().zip(&back.parties) {
            prop_assert_eq!(there.total.change.minor(), -here.total.change.minor());
            let periods: i64 = there.periods.iter().map(|period| period.change.minor()).sum();
            prop_assert_eq!(periods, there.total.change.minor());
        }
    }
}

fn read(text: &str) -> RecoupmentPlan {
    serde_json::from_str(text).unwrap()
}

fn receipts(list: &[(&str, i64)]) -> RunInputs {
    let mut inputs = RunInputs::new(USD);
    for (index, (date, major)) in list.iter().enumerate() {
        let receipt = serde_json::json!({
            "id": format!("r{index}"), "date": date, "source": "world", "amount": format!("USD {major}.00"),
        });
        inputs.receipts.push(serde_json::from_value(receipt).unwrap());
    }
    inputs
}

fn reasons(told: &Accounting, tier: &str) -> Vec<Reason> {
    let claim = told.claims.iter().find(|claim| claim.tier.as_ref() == tier).unwrap();
    claim.periods.iter().take(4).map(|period| period.reason.clone()).collect()
}

#[test]
fn a_claim_says_why_it_has_no_more() {
    // 1,000 a quarter: the agent has a tenth until its contract is over, the lender 1,500 in all, the author nothing
    // before the lender is repaid, the producer what is left.
    let plan = read(
        r#"{
        "sources": [{"id": "world", "enters": "agent"}],
        "contracts": [{"id": "agency", "to": "2025-07-31"}],
        "tiers": [
            {"id": "agent", "takes": {"kind": "share", "payee": "agent", "rate": "0.1", "contract": "agency"}, "then": "loan"},
            {"id": "loan", "takes": {"kind": "share", "payee": "lender",
                "limit": {"kind": "amount", "amount": "USD 1500.00"}}, "then": "author"},
            {"id": "author", "takes": {"kind": "share", "payee": "author", "rate": "0.5",
                "while": [{"measure": "recouped", "tier": "loan"}]}, "then": "deferral"},
            {"id": "deferral", "takes": {"kind": "share", "payee": "producer", "rate": "0.5",
                "limit": {"kind": "amount", "amount": "USD 100000.00"}}, "then": "rest"},
            {"id": "rest", "takes": {"kind": "share", "payee": "producer"}}
        ]}"#,
    );
    let inputs = receipts(&[("2025-02-01", 1000), ("2025-05-01", 1000), ("2025-09-01", 1000)]);
    let (run, told) = accounted(&plan, &inputs);
    said_as_accounted(&plan, &inputs);
    identities(&run, &told);
    let over = |passed: i64, lapsed: i64| Reason::OutsideContract {
        contract: "agency".into(),
        from: None,
        to: Some(day("2025-07-31")),
        passed: usd(passed),
        lapsed: usd(lapsed),
    };
    assert_eq!(reasons(&told, "agent"), [Reason::Open, Reason::Open, over(100_000, 10_000), over(0, 0)]);
    let reached = Reason::LimitReached { on: Some(day("2025-05-01")) };
    assert_eq!(reasons(&told, "loan"), [Reason::MoneyRanOut, reached.clone(), reached.clone(), reached]);
    let nothing = Reason::NothingArrived;
    assert_eq!(reasons(&told, "author"), [nothing.clone(), Reason::Open, Reason::Open, nothing.clone()]);
    assert_eq!(
        reasons(&told, "deferral"),
        [nothing.clone(), Reason::Recouping, Reason::Recouping, nothing.clone()]
    );
    let agent = told.claims.iter().find(|claim| claim.tier.as_ref() == "agent").unwrap();
    assert_eq!(agent.periods[2].arrived, usd(0));
    assert_eq!(agent.contract.as_ref().unwrap().to, Some(day("2025-07-31")));
}

#[test]
fn a_condition_that_does_not_hold_is_named_with_the_day_it_ended() {
    // The author has a share of the first 1,500 received: the second receipt crosses it.
    let plan = read(
        r#"{
        "sources": [{"id": "world", "enters": "author"}],
        "tiers": [
            {"id": "author", "takes": {"kind": "share", "payee": "author", "rate": "0.1", "while": [
                {"measure": "received", "is": "below", "target": {"amount": "USD 1500.00"}}]}, "then": "ladder"},
            {"id": "ladder", "takes": {"kind": "steps", "members": [
                {"id": "first", "takes": {"kind": "share", "payee": "agent", "rate": "0.2", "while": [
                    {"measure": "received", "is": "below", "target": {"amount": "USD 1000.00"}}]}},
                {"id": "second", "takes": {"kind": "share", "payee": "agent", "rate": "0.3"}}]}, "then": "rest"},
            {"id": "rest", "takes": {"kind": "share", "payee": "producer"}}
        ]}"#,
    );
    let inputs = receipts(&[("2025-02-01", 1000), ("2025-05-01", 1000)]);
    let (run, told) = accounted(&plan, &inputs);
    said_as_accounted(&plan, &inputs);
    identities(&run, &told);
    let ended = |path: &str, on: &str| Reason::ConditionsNotMet {
        condition: format!("recoupment.tiers[{path}].takes.while[0]").into(),
        since: Some(day(on)),
    };
    assert_eq!(reasons(&told, "author")[..2], [Reason::Open, ended("author", "2025-05-01")]);
    assert_eq!(reasons(&told, "second")[0], Reason::OtherStep { tier: "first".into() });
    assert_eq!(reasons(&told, "second")[1], Reason::Open);
    assert_eq!(reasons(&told, "first")[1], ended("ladder].takes.members[first", "2025-05-01"));
    let ladder = &told.groups[0];
    assert_eq!(ladder.periods[0].current, usd(18_000));
}

#[test]
fn a_share_of_the_whole_receipt_names_its_condition_too() {
    let plan = read(
        r#"{
        "sources": [{"id": "world", "enters": "agent"}],
        "tiers": [
            {"id": "agent", "takes": {"kind": "share", "payee": "agent", "rate": "0.1", "rate_base": "gross_of_receipt",
                "while": [{"measure": "received", "is": "below", "target": {"amount": "USD 1000.00"}}]}, "then": "rest"},
            {"id": "rest", "takes": {"kind": "share", "payee": "producer"}}
        ]}"#,
    );
    let inputs = receipts(&[("2025-02-01", 900), ("2025-05-01", 200), ("2025-08-01", 200)]);
    let (run, told) = accounted(&plan, &inputs);
    said_as_accounted(&plan, &inputs);
    identities(&run, &told);
    let not_met = |reason: &Reason| matches!(reason, Reason::ConditionsNotMet { .. });
    let reasons = reasons(&told, "agent");
    assert_eq!(reasons[0], Reason::Open);
    assert!(not_met(&reasons[2]), "{reasons:?}");
}

#[test]
fn a_reserve_tells_what_it_holds_and_gives_back() {
    let plan = read(
        r#"{
        "sources": [{"id": "world", "enters": "reserve"}],
        "tiers": [
            {"id": "reserve", "takes": {"kind": "reserve", "rate": "0.1", "release_months": 6, "release_to": "rest"},
                "then": "rest"},
            {"id": "rest", "takes": {"kind": "share", "payee": "producer",
                "assigned": [{"to": "box", "part": "0.25"}]}}
        ]}"#,
    );
    let inputs = receipts(&[("2025-02-01", 1000), ("2025-05-01", 500)]);
    let (run, told) = accounted(&plan, &inputs);
    said_as_accounted(&plan, &inputs);
    identities(&run, &told);
    let reserve = &told.claims[0];
    let held = |place: usize| match reserve.periods[place].reason {
        Reason::Held { balance } => balance.minor(),
        _ => unreachable!("a reserve holds"),
    };
    assert_eq!((held(0), held(1), held(2), held(3)), (10_000, 15_000, 5_000, 0));
    assert_eq!(reserve.periods[2].released, usd(10_000));
    let producer = told.parties.iter().find(|party| party.party.as_ref() == "producer").unwrap();
    assert!(matches!(&producer.lines[1].of, LineOf::AssignedTo { party, .. } if party.as_ref() == "box"));
    assert_eq!(producer.lines[1].current[0], usd(-22_500));
    assert_eq!(producer.periods[0].current, usd(67_500));
    assert_eq!(producer.periods[0].assigned, usd(22_500));
    let boxed = told.parties.iter().find(|party| party.party.as_ref() == "box").unwrap();
    assert!(matches!(&boxed.lines[0].of, LineOf::AssignedFrom { party, .. } if party.as_ref() == "producer"));
}

#[test]
fn a_ledger_proves_the_interest() {
    // 1,000 drawn on 1 January 2025 at 10 %, simple; 500 come on 1 July, 181 days later: 49.59 of interest, then
    // 450.41 of principal. Until 31 December 549.59 earn 10 % over 183 days: 27.55.
    let plan = read(
        r#"{
        "sources": [{"id": "world", "enters": "loan"}],
        "tiers": [{"id": "loan", "takes": {"kind": "share", "payee": "lender",
            "limit": {"kind": "principal_and_interest", "instrument": "gap",
                "interest": {"rate_annual": "0.1"}}}}]}"#,
    );
    let mut inputs = receipts(&[("2025-07-01", 500)]);
    let drawing = serde_json::json!({"date": "2025-01-01", "instrument": "gap", "amount": "USD 1000.00"});
    inputs.drawings.push(serde_json::from_value(drawing).unwrap());
    let (run, told) = accounted(&plan, &inputs);
    said_as_accounted(&plan, &inputs);
    identities(&run, &told);
    let ledger = &told.ledgers[0];
    let paid = &ledger.rows[1];
    let accrual = paid.accrual.as_ref().unwrap();
    assert_eq!((accrual.days, accrual.year, accrual.base), (181, Some(365), usd(100_000)));
    assert_eq!(accrual.interest, usd(4_959));
    assert_eq!((paid.interest_paid, paid.principal_paid), (usd(4_959), usd(45_041)));
    assert_eq!(paid.balance, usd(54_959));
    let third = &ledger.periods[2];
    assert_eq!((third.interest_paid, third.principal_paid), (usd(4_959), usd(45_041)));
    let year: i64 = ledger.periods[..4].iter().map(|period| period.interest.minor()).sum();
    assert_eq!(year, 4_959 + 2_755);
    assert_eq!(ledger.periods[3].balance, usd(54_959 + 2_755));
}

#[test]
fn an_amended_rate_changes_nothing_before_its_day() {
    let plan = read(
        r#"{
        "sources": [{"id": "world", "enters": "agent"}],
        "tiers": [
            {"id": "agent", "takes": {"kind": "share", "payee": "agent", "rate": "0.2"}, "then": "rest"},
            {"id": "rest", "takes": {"kind": "share", "payee": "producer"}}
        ]}"#,
    );
    let inputs = receipts(&[("2025-02-01", 1000), ("2025-05-01", 1000), ("2025-08-01", 1000)]);
    let amended = serde_json::json!({
        "date": "2025-05-01", "change": {"kind": "rate", "tier": "agent", "rate": "0.15"},
    });
    let mut after = inputs.clone();
    after.amendments.push(serde_json::from_value(amended).unwrap());
    let run = |inputs: &RunInputs| recoup(&plan, inputs, &quarters()).unwrap();
    let told = difference(&run(&after), &run(&inputs), USD).unwrap();
    assert_eq!(told.first_day, Some(day("2025-05-01")));
    let agent = told.parties.iter().find(|party| party.id.as_ref() == "agent").unwrap();
    let changes: Vec<i64> = agent.periods.iter().take(4).map(|period| period.change.minor()).collect();
    assert_eq!(changes, [0, -5_000, -5_000, 0]);
    assert_eq!(agent.total.change, usd(-10_000));
    let (_, accounted) = accounted(&plan, &after);
    let rates: Vec<String> =
        accounted.claims[0].periods.iter().take(3).map(|period| period.rate.to_string()).collect();
    assert_eq!(rates, ["0.2", "0.15", "0.15"]);
}
