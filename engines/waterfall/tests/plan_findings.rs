//! What is wrong with a plan: each fault once, at its cell, in both languages.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use recoup_deal::findings::{render, unsaid};
use recoup_deal::recoupment::RecoupmentPlan;
use recoup_deal::{Language, Severity};
use recoup_money::Currency;
use recoup_waterfall::{Surroundings, compile, validate};
use serde_json::{Value, json};

/// A fee, two investors beside each other with a third for talent, and the producer: nothing is wrong with it.
fn sound() -> Value {
    json!({
        "sources": [{"id": "world", "enters": "fee", "receives": ["sales"]}],
        "contracts": [{"id": "licence", "value": "USD 5.00"}],
        "expense_types": [{"id": "prints", "cap": "USD 9.00"}],
        "film_costs": [{"id": "film", "cost": "USD 9.00", "already_covered": "USD 1.00", "pool": "net"}],
        "residual": "producer",
        "tiers": [
            {"id": "fee", "takes": {"kind": "share", "payee": "agent", "rate": "0.2", "pools": ["net"],
                "assigned": [{"to": "bank", "part": "0.5"}]}, "then": "equity"},
            {"id": "equity", "takes": {"kind": "together", "members": [
                {"id": "a", "takes": {"kind": "share", "payee": "fund", "rate": "0.5",
                    "limit": {"kind": "invested", "instrument": "equity-a"}}},
                {"id": "b", "takes": {"kind": "share", "payee": "angel", "rate": "0.5",
                    "limit": {"kind": "amount", "amount": "USD 7.00"}}}]}, "then": "talent"},
            {"id": "talent", "takes": {"kind": "steps", "members": [
                {"id": "low", "takes": {"kind": "share", "payee": "talent", "rate": "0.1",
                    "while": [{"measure": "not_recouped", "tier": "a"}]}},
                {"id": "high", "takes": {"kind": "share", "payee": "talent", "rate": "0.2"}}]}, "then": "net"},
            {"id": "net", "takes": {"kind": "share", "payee": "producer"}}]
    })
}

fn around() -> Surroundings {
    let names = |list: &[&str]| list.iter().map(|name| (*name).to_owned()).collect();
    Surroundings {
        parties: names(&["agent", "bank", "fund", "angel", "talent", "producer"]),
        instruments: names(&["equity-a"]),
        sources: names(&["sales"]),
    }
}

/// The sound plan with one place changed; a place that is not there is added.
fn with(at: &str, value: Value) -> RecoupmentPlan {
    let mut plan = sound();
    let (parent, key) = at.rsplit_once('/').unwrap();
    match plan.pointer_mut(at) {
        Some(there) => *there = value,
        None => plan.pointer_mut(parent).unwrap()[key] = value,
    }
    serde_json::from_value(plan).unwrap()
}

fn read(plan: Value) -> RecoupmentPlan {
    serde_json::from_value(plan).unwrap()
}

const FEE: &str = "/tiers/0/takes";
const GROUP: &str = "/tiers/1/takes";

#[test]
fn the_sound_plan_raises_nothing_and_compiles() {
    assert_eq!(validate(&read(sound()), Currency::USD, &around()), []);
    let plan = compile(&read(sound()), Currency::USD).unwrap();
    assert_eq!(plan.tiers().collect::<Vec<_>>(), ["fee", "equity", "a", "b", "talent", "low", "high", "net"]);
    assert!(plan.counters() > 8);
}

#[test]
fn every_fault_is_found_at_its_cell_and_said_in_both_languages() {
    use Severity::{Blocker, Question};
    let condition = |measure: Value| (format!("{FEE}/while"), json!([{"measure": "all", "of": [measure]}]));
    let plain = |at: &str, value: Value| (at.to_owned(), value);
    let fee = "recoupment.tiers[fee].takes";
    let inner = format!("{fee}.while[0].of[0]");
    let invested = json!({"invested": {"instrument": "gone"}});
    let faults = [
        (
            plain("/tiers/3/then", json!("nowhere")),
            Blocker,
            "UNKNOWN_REFERENCE",
            "recoupment.tiers[net].then".to_owned(),
        ),
        (
            plain("/sources/0/enters", json!("nowhere")),
            Blocker,
            "UNKNOWN_REFERENCE",
            "recoupment.sources[world].enters".into(),
        ),
        (
            plain(&format!("{FEE}/contract"), json!("gone")),
            Blocker,
            "UNKNOWN_REFERENCE",
            "recoupment.tiers[fee]".into(),
        ),
        (
            plain(&format!("{FEE}/limit"), json!({"kind": "expenses", "of": "gone"})),
            Blocker,
            "UNKNOWN_REFERENCE",
            "recoupment.tiers[fee]".into(),
        ),
        (plain("/tiers/3/id", json!("fee")), Blocker, "DUPLICATE_ID", "recoupment.tiers[fee]".into()),
        (
            plain("/tiers/3/then", json!("fee")),
            Blocker,
            "RECOUPMENT_CYCLE",
            "recoupment.tiers[fee].then".into(),
        ),
        (
            plain(&format!("{GROUP}/members/1/takes/limit/amount"), json!("EUR 7.00")),
            Blocker,
            "RECOUPMENT_CURRENCY",
            "recoupment.tiers[equity].takes.members[b].takes.limit.amount".into(),
        ),
        (
            plain("/expense_types/0/cap", json!("EUR 9.00")),
            Blocker,
            "RECOUPMENT_CURRENCY",
            "recoupment.expense_types[prints]".into(),
        ),
        (
            plain("/contracts/0/value", json!("EUR 5.00")),
            Blocker,
            "RECOUPMENT_CURRENCY",
            "recoupment.contracts[licence].value".into(),
        ),
        (
            plain(&format!("{GROUP}/members/0/then"), json!("net")),
            Blocker,
            "RECOUPMENT_MEANINGLESS",
            "recoupment.tiers[equity].takes.members[a].then".into(),
        ),
        (plain(&format!("{GROUP}/split"), json!("outstanding")), Blocker, "", String::new()),
        (plain(&format!("{FEE}/payee"), json!("nobody")), Blocker, "UNKNOWN_PARTY", format!("{fee}.payee")),
        (
            plain(&format!("{FEE}/assigned/0/to"), json!("nobody")),
            Blocker,
            "UNKNOWN_PARTY",
            format!("{fee}.assigned[0].to"),
        ),
        (plain("/residual", json!("nobody")), Blocker, "UNKNOWN_PARTY", "recoupment.residual".into()),
        (
            plain(&format!("{GROUP}/shortfall_borne_by"), json!("nobody")),
            Blocker,
            "UNKNOWN_PARTY",
            "recoupment.tiers[equity].takes.shortfall_borne_by".into(),
        ),
        (
            plain(&format!("{FEE}/limit_pool"), json!("gone")),
            Blocker,
            "UNKNOWN_POOL",
            format!("{fee}.limit_pool"),
        ),
        (
            plain(&format!("{GROUP}/members/0/takes/limit/instrument"), json!("gone")),
            Blocker,
            "UNKNOWN_INSTRUMENT",
            "recoupment.tiers[equity].takes.members[a].takes.limit.instrument".into(),
        ),
        (plain(&format!("{FEE}/rate"), json!("1.2")), Blocker, "RATE_OUT_OF_RANGE", format!("{fee}.rate")),
        (plain(&format!("{FEE}/rate"), json!("-0.1")), Blocker, "RATE_OUT_OF_RANGE", format!("{fee}.rate")),
        (
            plain(&format!("{FEE}/assigned/0/part"), json!("1.5")),
            Blocker,
            "ASSIGNED_TOO_MUCH",
            format!("{fee}.assigned"),
        ),
        (
            plain(&format!("{GROUP}/members"), json!([])),
            Question,
            "DEAD_TIER",
            "recoupment.tiers[equity]".into(),
        ),
        (
            plain(&format!("{GROUP}/members/0/takes/rate"), json!("2/3")),
            Blocker,
            "SHARES_OVER_WHOLE",
            "recoupment.tiers[equity].takes.members".into(),
        ),
        (
            plain(
                &format!("{GROUP}/members/1/takes"),
                json!({"kind": "reserve", "rate": "0.6", "release_months": 12, "release_to": "net"}),
            ),
            Blocker,
            "SHARES_OVER_WHOLE",
            "recoupment.tiers[equity].takes.members".into(),
        ),
        (
            plain("/tiers/2/takes/members/0/takes/while", json!([])),
            Question,
            "DEAD_TIER",
            "recoupment.tiers[talent].takes.members[high]".into(),
        ),
        (plain("/tiers/1/then", json!("net")), Question, "DEAD_TIER", "recoupment.tiers[talent]".into()),
        (
            plain(&format!("{FEE}/rate"), json!("1")),
            Question,
            "UNREACHABLE_CLAIM",
            "recoupment.tiers[equity]".into(),
        ),
        (
            plain("/sources/0/receives", json!(["streams"])),
            Blocker,
            "UNKNOWN_SOURCE",
            "recoupment.sources[world].receives".into(),
        ),
        (plain("/sources/0/receives", json!([])), Blocker, "NO_ENTRY", "recoupment.sources".into()),
        (
            condition(
                json!({"measure": "paid_to_party", "party": "nobody", "is": "below", "target": {"amount": "USD 1.00"}}),
            ),
            Blocker,
            "UNKNOWN_PARTY",
            format!("{inner}.party"),
        ),
        (
            condition(
                json!({"measure": "passed_pool", "pool": "gone", "is": "below", "target": {"amount": "USD 1.00"}}),
            ),
            Blocker,
            "UNKNOWN_POOL",
            format!("{inner}.pool"),
        ),
        (
            condition(json!({"measure": "paid_to_tier", "tier": "net", "is": "below", "target": invested})),
            Blocker,
            "UNKNOWN_INSTRUMENT",
            format!("{inner}.target.invested.instrument"),
        ),
        (
            condition(
                json!({"measure": "paid_against_investment_and_interest", "party": "fund", "instrument": "gone",
            "interest": {"rate_annual": "0.1"}, "is": "below"}),
            ),
            Blocker,
            "UNKNOWN_INSTRUMENT",
            format!("{inner}.instrument"),
        ),
        (
            condition(json!({"measure": "film_cost_covered", "film_cost": "gone", "is": "below"})),
            Blocker,
            "UNKNOWN_REFERENCE",
            inner.clone(),
        ),
        (
            condition(json!({"measure": "receipt_source", "is": "in", "list": ["gone"]})),
            Blocker,
            "UNKNOWN_REFERENCE",
            inner.clone(),
        ),
        (
            condition(json!({"measure": "recouped", "tier": "high"})),
            Blocker,
            "RECOUPMENT_MEANINGLESS",
            inner.clone(),
        ),
        (
            condition(json!({"measure": "contract_value", "is": "below", "target": "EUR 1.00"})),
            Blocker,
            "RECOUPMENT_CURRENCY",
            inner.clone(),
        ),
    ];
    for ((at, value), severity, code, path) in faults {
        let shown = format!("{at} = {value}");
        let findings = validate(&with(&at, value), Currency::USD, &around());
        if code.is_empty() {
            // Pari passu by what is owed needs limits, which both members have.
            assert_eq!(findings, [], "{shown}");
            continue;
        }
        let Some(hit) = findings.iter().find(|finding| finding.code == code && finding.path == path) else {
            panic!("{shown}: no {code} at {path} in {findings:#?}");
        };
        assert_eq!(hit.severity, severity, "{shown}");
        assert_eq!(unsaid(hit), [], "{shown}");
        let (english, french) = (render(hit, Language::English), render(hit, Language::French));
        assert_ne!(english.message, french.message, "{shown}");
        assert_ne!(english.remedy, french.remedy, "{shown}");
        // A refusal in the engine's own words is said in French too, behind the cell that it names.
        if let ("RECOUPMENT_MEANINGLESS", Some((_, reason))) = (code, english.message.split_once(": ")) {
            assert!(!french.message.contains(reason), "{shown}: {}", french.message);
        }
    }
}

#[test]
fn a_shortfall_that_somebody_bears_is_only_noted() {
    let mut plan = sound();
    plan["tiers"][1]["takes"]["members"][0]["takes"]["rate"] = json!("2/3");
    plan["tiers"][1]["takes"]["shortfall_borne_by"] = json!("producer");
    let findings = validate(&read(plan), Currency::USD, &around());
    assert_eq!(findings.len(), 1);
    assert_eq!((findings[0].code.as_str(), findings[0].severity), ("SHARES_OVER_WHOLE", Severity::Note));
    // Two thirds and a half.
    let said = render(&findings[0], Language::English);
    assert!(said.message.contains("116.67 %") || said.message.contains("116.67%"), "{}", said.message);
    assert!(said.remedy.contains("nobody is meant to pay"), "{}", said.remedy);
}

/// Without a residual party, only shares that certainly take everything close a plan.
#[test]
fn money_without_an_owner_is_asked_about() {
    let ends_with = |last: Value| {
        let mut plan = sound();
        plan.as_object_mut().unwrap().remove("residual");
        plan["tiers"][3]["takes"] = last;
        let findings = validate(&read(plan), Currency::USD, &around());
        findings
            .iter()
            .any(|finding| finding.code == "NO_WAY_OUT" && finding.path == "recoupment.sources[world]")
    };
    let share = |rate: &str| json!({"kind": "share", "payee": "producer", "rate": rate});
    let member = |id: &str, takes: Value| json!({"id": id, "takes": takes});
    let limited =
        json!({"kind": "share", "payee": "producer", "limit": {"kind": "amount", "amount": "USD 1.00"}});
    let gross = json!({"kind": "share", "payee": "producer", "rate_base": "gross_of_receipt"});
    let group =
        |split: &str, members: Vec<Value>| json!({"kind": "together", "split": split, "members": members});
    let conditional = json!({"kind": "share", "payee": "producer", "rate": "0.9",
        "while": [{"measure": "receipt_date", "from": "2029-01-01"}]});
    let reserve = json!({"kind": "reserve", "rate": "1", "release_months": 1, "release_to": "fee"});
    for (open, last) in [
        (false, share("1")),
        (true, share("0.99")),
        (true, limited.clone()),
        (true, gross),
        (true, reserve),
        (false, group("fixed", vec![member("x", share("1/3")), member("y", share("2/3"))])),
        (true, group("fixed", vec![member("x", share("1/3")), member("y", limited.clone())])),
        (true, group("outstanding", vec![member("x", limited.clone())])),
        (false, json!({"kind": "steps", "members": [member("x", share("1"))]})),
        // The step that certainly takes comes after one that may take less.
        (
            true,
            json!({"kind": "steps", "members": [member("x", conditional.clone()), member("y", share("1"))]}),
        ),
        (true, json!({"kind": "steps", "members": [member("x", conditional)]})),
    ] {
        assert_eq!(ends_with(last.clone()), open, "{last}");
    }
}

#[test]
fn a_plan_that_stands_alone_names_its_own_parties() {
    let mut plan = sound();
    plan["parties"] = json!(["agent", "bank", "fund", "angel", "talent"]);
    let findings = validate(&read(plan.clone()), Currency::USD, &Surroundings::default());
    let unknown: Vec<&str> = findings.iter().map(|finding| finding.path.as_str()).collect();
    assert_eq!(unknown, ["recoupment.tiers[net].takes.payee", "recoupment.residual"]);
    // One that names nobody is not asked whom it means.
    plan["parties"] = json!([]);
    assert_eq!(validate(&read(plan), Currency::USD, &Surroundings::default()), []);
}
