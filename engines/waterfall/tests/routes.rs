//! What is said of a plan before it runs: the ways money takes, conditions nothing fulfils, contracts without days.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use recoup_deal::findings::unsaid;
use recoup_deal::recoupment::RecoupmentPlan;
use recoup_deal::{Finding, FindingValue, Severity};
use recoup_money::Currency;
use recoup_waterfall::{Surroundings, validate};
use serde_json::{Value, json};

fn plan() -> Value {
    json!({
        "sources": [{"id": "world", "enters": "fee"}],
        "contracts": [{"id": "agency", "to": "2030-12-31"}],
        "events": [{"id": "won", "date": "2030-01-01", "event": "award"}],
        "unit_series": [{"id": "tickets", "counts": [{"id": "a", "date": "2030-01-01", "count": 100}]}],
        "amendments": [{"id": "first", "date": "2030-02-01",
            "change": {"kind": "payee", "tier": "net", "payee": "buyer"}}],
        "tiers": [
            {"id": "fee", "takes": {"kind": "share", "payee": "agent", "rate": "0.2", "contract": "agency"},
                "then": "part"},
            {"id": "part", "takes": {"kind": "enters", "into": "their-bank", "rate": "0.4"}, "then": "loan"},
            {"id": "their-bank", "takes": {"kind": "share", "payee": "bank",
                "limit": {"kind": "amount", "amount": "USD 50.00"}}, "then": "net"},
            {"id": "loan", "takes": {"kind": "share", "payee": "bank",
                "limit": {"kind": "amount", "amount": "USD 100.00"}}, "then": "talent"},
            {"id": "talent", "takes": {"kind": "share", "payee": "talent", "rate": "0.1", "while": [
                {"measure": "event_value", "event": "award", "is": "at_least", "target": "1"},
                {"measure": "paid_to_tier", "tier": "loan", "is": "at_least", "target": {"amount": "USD 100.00"}},
                {"measure": "counted", "series": "tickets", "is": "at_least", "target": 100}]}, "then": "net"},
            {"id": "net", "takes": {"kind": "share", "payee": "producer"}}]
    })
}

fn around() -> Surroundings {
    let parties = ["agent", "bank", "talent", "producer", "buyer"];
    Surroundings { parties: parties.map(str::to_owned).to_vec(), ..Surroundings::default() }
}

fn found(at: &str, value: Value) -> Vec<Finding> {
    let mut plan = plan();
    let (parent, key) = at.rsplit_once('/').unwrap();
    match plan.pointer_mut(at) {
        Some(there) => *there = value,
        None => plan.pointer_mut(parent).unwrap()[key] = value,
    }
    let plan: RecoupmentPlan = serde_json::from_value(plan).unwrap();
    let findings = validate(&plan, Currency::USD, &around());
    for finding in &findings {
        assert_eq!(unsaid(finding), [], "{finding:?}");
    }
    findings
}

fn one(code: &str, path: &str, at: &str, value: Value) -> Finding {
    let all = found(at, value);
    let hit = all.iter().find(|finding| finding.code == code && finding.path == path);
    hit.unwrap_or_else(|| panic!("{code} at {path} is not in {all:#?}")).clone()
}

fn route(finding: &Finding) -> Vec<&str> {
    match finding.values.get("route") {
        Some(FindingValue::Route(ids)) => ids.iter().map(String::as_str).collect(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn nothing_is_said_of_the_sound_plan() {
    assert_eq!(found("/residual", json!("producer")), []);
}

#[test]
fn circles_dead_ends_and_ways_out_carry_their_tiers_in_order() {
    let circle = one("RECOUPMENT_CYCLE", "recoupment.tiers[fee].then", "/tiers/2/then", json!("fee"));
    assert_eq!(route(&circle), ["fee", "part", "their-bank", "fee"]);
    let out = one("NO_WAY_OUT", "recoupment.sources[world]", "/tiers/2/then", Value::Null);
    assert_eq!(route(&out), ["fee", "part", "their-bank"]);
    let never = one(
        "UNREACHABLE_CLAIM",
        "recoupment.tiers[talent]",
        "/tiers/3/takes",
        json!({"kind": "share", "payee": "bank"}),
    );
    assert_eq!(route(&never), ["fee", "part", "loan", "talent"]);
    assert_eq!(never.values.get("by"), Some(&FindingValue::Name("loan".to_owned())));
    // Money that walks the other order still reaches the end of both.
    let all = found("/tiers/3/takes", json!({"kind": "share", "payee": "bank"}));
    assert!(all.iter().all(|finding| finding.path != "recoupment.tiers[net]"));
    let dead = one("DEAD_TIER", "recoupment.tiers[their-bank]", "/tiers/1/takes/into", json!("net"));
    assert_eq!(dead.severity, Severity::Question);
}

#[test]
fn conditions_that_nothing_fulfils_are_named() {
    let talent = "recoupment.tiers[talent].takes.while";
    one("CONDITION_NEVER_HOLDS", &format!("{talent}[0]"), "/events", json!([]));
    one(
        "CONDITION_NEVER_HOLDS",
        &format!("{talent}[1]"),
        "/tiers/4/takes/while/1/target/amount",
        json!("USD 100.01"),
    );
    one("CONDITION_NEVER_HOLDS", &format!("{talent}[1]"), "/tiers/4/takes/while/1/is", json!("more_than"));
    one("CONDITION_NEVER_HOLDS", &format!("{talent}[2]"), "/tiers/4/takes/while/2/target", json!(101));
}

#[test]
fn contracts_entries_and_amendments_are_checked() {
    one("CONTRACT_UNDATED", "recoupment.tiers[fee].takes.contract", "/contracts/0/to", Value::Null);
    one(
        "UNKNOWN_PARTY",
        "recoupment.amendments[first].change.payee",
        "/amendments/0/change/payee",
        json!("x"),
    );
    one(
        "RATE_OUT_OF_RANGE",
        "recoupment.amendments[first].change.rate",
        "/amendments/0/change",
        json!({"kind": "rate", "tier": "net", "rate": "1.5"}),
    );
    one(
        "UNKNOWN_REFERENCE",
        "recoupment.amendments[first].change.tier",
        "/amendments/0/change/tier",
        json!("gone"),
    );
    one(
        "SOURCE_ENTERS_TWICE",
        "recoupment.sources[again].receives",
        "/sources",
        json!([
            {"id": "world", "enters": "fee", "receives": ["sales"]},
            {"id": "again", "enters": "loan", "receives": ["sales"]}]),
    );
}
