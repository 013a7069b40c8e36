//! What is uncertain: what cannot be drawn or moves nothing, and what only comes near.
#![allow(clippy::unwrap_used, clippy::panic)]

use recoup_deal::findings::unsaid;
use recoup_deal::{Deal, Severity, check, read_deal, set, write_deal};
use serde_json::{Value, json};

const TIDY: &str = include_str!("tidy.deal.json");

fn driver(id: &str, path: &str, distribution: Value) -> Value {
    json!({"id": id, "label": id, "paths": [path], "distribution": distribution})
}

fn event(event: Value, distribution: Value) -> Value {
    json!({"id": "it", "label": "It", "event": event, "distribution": distribution})
}

const CELL: &str = "budget.contingency.share";
const OTHER: &str = "instruments[gap].rate.fixed";

fn with(drivers: Value, correlations: Value) -> Deal {
    let deal = set(&read_deal(TIDY).unwrap(), "risk.drivers", drivers).unwrap();
    set(&deal, "risk.correlations", correlations).unwrap()
}

fn found(deal: &Deal) -> Vec<(String, String, Severity)> {
    let findings = check(deal);
    for finding in &findings {
        assert_eq!(unsaid(finding), [], "{finding:?}");
    }
    findings.into_iter().map(|one| (one.code, one.path, one.severity)).collect()
}

/// The code that a distribution raises, if any.
fn of(distribution: Value) -> Vec<String> {
    found(&with(json!([driver("it", CELL, distribution)]), json!([]))).into_iter().map(|one| one.0).collect()
}

#[test]
fn impossible_distributions_are_told_from_those_that_only_look_odd() {
    let three = |low: &str, mode: &str, high: &str| json!({"low": low, "mode": mode, "high": high});
    let one = |value: &str, p: &str| json!({"id": value, "value": value, "probability": p});
    let impossible = [
        json!({"triangular": three("0.9", "0.8", "1.2")}),
        json!({"pert": three("0.5", "1.3", "1.2")}),
        json!({"uniform": {"low": "1.1", "high": "1"}}),
        json!({"normal": {"mean": "1", "deviation": "-0.1"}}),
        json!({"normal": {"mean": "1", "deviation": "0.1", "low": "2", "high": "1"}}),
        json!({"lognormal": {"median": "1", "p90": "0.99"}}),
        json!({"lognormal": {"median": "0", "p90": "1"}}),
        json!({"hit_or_miss": {"miss": "1.01", "hit": {"median": "1", "p90": "2"}}}),
        json!({"hit_or_miss": {"miss": "0.5", "hit": {"median": "3", "p90": "2"}}}),
        json!({"discrete": [one("1", "0.5"), one("2", "0.4")]}),
        json!({"discrete": [one("1", "1.5"), one("2", "-0.5")]}),
        json!({"empirical": []}),
        json!({"chance": "1.2"}),
    ];
    for distribution in impossible {
        assert_eq!(of(distribution.clone()), ["DISTRIBUTION_IMPOSSIBLE"], "{distribution}");
    }
    let possible = [
        json!({"triangular": three("0.8", "0.8", "1.2")}),
        json!({"pert": three("0.5", "1.2", "1.2")}),
        json!({"normal": {"mean": "1", "deviation": "0.1", "low": "0.9"}}),
        json!({"lognormal": {"median": "1", "p90": "1.01"}}),
        json!({"hit_or_miss": {"miss": "0.5", "hit": {"median": "2", "p90": "2"}}}),
        json!({"discrete": [one("1", "0.333333"), one("2", "0.333333"), one("3", "0.333334")]}),
        json!({"empirical": ["1", "1", "2"]}),
        json!({"chance": "0.01"}),
    ];
    for distribution in possible {
        assert_eq!(of(distribution.clone()), [""; 0], "{distribution}");
    }
}

#[test]
fn a_driver_that_never_varies_is_a_note() {
    for distribution in [
        json!({"uniform": {"low": "1", "high": "1"}}),
        json!({"normal": {"mean": "1", "deviation": "0"}}),
        json!({"lognormal": {"median": "1", "p90": "1"}}),
        json!({"empirical": ["2", "2.0"]}),
        json!({"chance": "0"}),
        json!({"discrete": [{"id": "a", "value": "3", "probability": "1"}, {"id": "b", "value": "4", "probability": "0"}]}),
    ] {
        let deal = with(json!([driver("it", CELL, distribution.clone())]), json!([]));
        let at = "risk.drivers[it].distribution".to_owned();
        assert_eq!(
            found(&deal),
            [("DRIVER_WITHOUT_SPREAD".to_owned(), at, Severity::Note)],
            "{distribution}"
        );
    }
}

#[test]
fn what_a_driver_moves_exists() {
    let uniform = || json!({"uniform": {"low": "0.9", "high": "1.1"}});
    let code = |driver: Value| {
        found(&with(json!([driver]), json!([]))).into_iter().map(|one| one.0).collect::<Vec<_>>()
    };
    assert_eq!(code(driver("it", "market.nothing", uniform())), ["UNKNOWN_REFERENCE"]);
    assert_eq!(code(driver("it", "name", uniform())), ["UNKNOWN_REFERENCE"]);
    assert_eq!(code(driver("it", OTHER, uniform())), [""; 0]);
    assert_eq!(code(json!({"id": "it", "label": "It", "distribution": uniform()})), ["DRIVER_MOVES_NOTHING"]);
    assert_eq!(code(event(json!("delivery_delay"), uniform())), [""; 0]);
    let mut beside = event(json!("delivery_delay"), uniform());
    beside["paths"] = json!([CELL]);
    assert_eq!(code(beside), ["DRIVER_MOVES_NOTHING"]);
    let named = [
        json!({"source_delay": {"sources": ["none"]}}),
        json!({"credit_amount": {"claim": "none"}}),
        json!({"credit_delay": {"claim": "none"}}),
        json!({"overrun": {"lines": ["none"]}}),
        json!({"base_rate": {"base": "none"}}),
    ];
    for named in named {
        assert_eq!(code(event(named.clone(), uniform())), ["UNKNOWN_REFERENCE"], "{named}");
    }
    assert_eq!(code(event(json!({"overrun": {}}), uniform())), [""; 0]);
    let default = |distribution| code(event(json!({"buyer_default": {"instrument": "gap"}}), distribution));
    assert_eq!(default(uniform()), ["DRIVER_IS_NO_ANSWER"]);
    assert_eq!(default(json!({"chance": "0.1"})), [""; 0]);
}

#[test]
fn two_drivers_on_one_number_are_asked_about() {
    let uniform = || json!({"uniform": {"low": "0.9", "high": "1.1"}});
    let two = |path: &str| {
        let drivers = json!([driver("a", CELL, uniform()), driver("b", path, uniform())]);
        found(&with(drivers, json!([]))).into_iter().map(|one| one.0).collect::<Vec<_>>()
    };
    assert_eq!(two(CELL), ["NUMBER_MOVED_TWICE"]);
    assert_eq!(two(OTHER), [""; 0]);
}

#[test]
fn correlations_lie_between_minus_one_and_one_and_go_together() {
    let drivers = || {
        let uniform = || json!({"uniform": {"low": "0.9", "high": "1.1"}});
        json!([
            driver("a", CELL, uniform()),
            driver("b", OTHER, uniform()),
            driver("c", "budget.lines[animation].amount", uniform()),
        ])
    };
    let pair = |one: &str, other: &str, rho: &str| json!({"id": format!("{one}{other}"), "one": one, "other": other, "rho": rho});
    let code = |pairs: Value| {
        found(&with(drivers(), pairs)).into_iter().map(|one| (one.0, one.2)).collect::<Vec<_>>()
    };
    let impossible = [("CORRELATION_IMPOSSIBLE".to_owned(), Severity::Blocker)];
    assert_eq!(code(json!([pair("a", "b", "1.01")])), impossible);
    assert_eq!(code(json!([pair("a", "a", "0.5")])), impossible);
    let twice = json!([pair("a", "b", "0.5"), {"id": "x", "one": "b", "other": "a", "rho": "0.1"}]);
    assert_eq!(code(twice), impossible);
    assert_eq!(code(json!([pair("a", "none", "0.5")]))[0].0, "UNKNOWN_REFERENCE");
    assert_eq!(code(json!([pair("a", "b", "1"), pair("b", "c", "-1"), pair("a", "c", "-1")])), []);
    let torn = json!([pair("a", "b", "0.9"), pair("b", "c", "0.9"), pair("a", "c", "-0.9")]);
    assert_eq!(code(torn), [("CORRELATIONS_REPAIRED".to_owned(), Severity::Note)]);
}

#[test]
fn a_plan_of_every_kind_writes_back_as_it_was_read() {
    let deal = with(
        json!([
            driver("a", CELL, json!({"normal": {"mean": "1", "deviation": "0.1", "low": "0.8"}})),
            driver("b", OTHER, json!({"empirical": ["0.9", "1", "1.2"]})),
            event(
                json!({"buyer_default": {"instrument": "gap", "recovered": "0.3"}}),
                json!({"chance": "0.1"})
            ),
        ]),
        json!([]),
    );
    let text = write_deal(&deal).unwrap();
    assert_eq!(read_deal(&text).unwrap(), deal);
    assert!(text.contains("buyer_default") && !text.contains("\"effect\": null"));
}
