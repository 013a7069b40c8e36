//! What contracts and instruments name, and what they leave out; every kind of instrument by its word.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use recoup_deal::findings::{render, unsaid};
use recoup_deal::{Deal, Finding, Language, Severity, check, insert, read_deal, set};
use serde_json::{Value, json};

const TIDY: &str = include_str!("tidy.deal.json");

/// Edits of the tidy deal: a path and a value, a path ending in `+` adds an element.
fn edited(edits: &[(&str, Value)]) -> Deal {
    edits.iter().fold(read_deal(TIDY).unwrap(), |deal, (path, value)| {
        let done = match path.strip_suffix('+') {
            Some(list) => insert(&deal, list, value.clone(), None),
            None => set(&deal, path, value.clone()),
        };
        done.unwrap_or_else(|why| panic!("{path}: {why:?}"))
    })
}

fn found(code: &str, at: &str, edits: &[(&str, Value)]) -> Option<Finding> {
    check(&edited(edits)).into_iter().find(|finding| finding.code == code && finding.path == at)
}

fn raises(code: &str, at: &str, severity: Severity, edits: &[(&str, Value)]) -> Finding {
    let hit = found(code, at, edits).unwrap_or_else(|| panic!("no {code} at {at}"));
    assert_eq!(hit.severity, severity, "{code}");
    assert_eq!(unsaid(&hit), [], "{code}");
    let (english, french) = (render(&hit, Language::English), render(&hit, Language::French));
    assert_ne!(english, french, "{code}");
    hit
}

fn contract(fields: Value) -> Value {
    let mut contract =
        json!({"id": "dist", "label": "The distributor", "distributor": "streamer", "fee": "0.3"});
    for (key, value) in fields.as_object().unwrap() {
        contract[key] = value.clone();
    }
    contract
}

#[test]
fn a_distributor_has_a_fee_and_one_that_recoups_a_guarantee_has_costs() {
    let add = "revenue.distribution+";
    let (fee, costs) = ("revenue.distribution[dist].fee", "revenue.distribution[dist].p_and_a");
    let without = raises("MISSING_TERM", fee, Severity::Question, &[(add, contract(json!({"fee": null})))]);
    assert!(render(&without, Language::English).message.contains("The distributor"));
    // A fee for each window is a fee.
    let by_window = json!({"fee": null, "window_fees": [{"id": "w", "windows": ["svod"], "share": "0.2"}]});
    assert_eq!(found("MISSING_TERM", fee, &[(add, contract(by_window))]), None);

    let guaranteed = json!({"guarantee": "svod-licence"});
    raises("DISTRIBUTION_COST_UNKNOWN", costs, Severity::Question, &[(add, contract(guaranteed))]);
    for known in [
        json!({"guarantee": "svod-licence", "p_and_a": {"amount": "USD 1.00"}}),
        json!({"guarantee": "svod-licence", "expenses": {"cap": "USD 1.00"}}),
        json!({}),
    ] {
        assert_eq!(found("DISTRIBUTION_COST_UNKNOWN", costs, &[(add, contract(known))]), None);
    }
    let commission = "revenue.sales_agencies[sales].commission";
    raises("MISSING_TERM", commission, Severity::Question, &[(commission, Value::Null)]);
}

/// Every place that names something, given a name that nothing bears.
#[test]
fn whatever_is_named_exists() {
    let unknown = |value: &str| json!(value);
    let agreed = |terms: Value| json!({"id": "x", "name": "X", "provider": "fund", "terms": terms, "amount": {"fixed": "USD 1.00"}});
    let secured = |over: Value| {
        let mut loan = agreed(json!({"kind": "senior_loan"}));
        loan["security"] = json!([{"id": "s", "over": over}]);
        loan
    };
    let stack = "instruments+";
    for (at, edit) in [
        ("instruments[equity].provider", ("instruments[equity].provider", unknown("nobody"))),
        ("instruments[x].terms.lines", (stack, agreed(json!({"kind": "deferral", "lines": ["gone"]})))),
        ("instruments[x].terms.lines", (stack, agreed(json!({"kind": "in_kind", "lines": ["gone"]})))),
        ("instruments[x].terms.bridges_to", (stack, agreed(json!({"kind": "bridge", "bridges_to": "gone"})))),
        ("instruments[x].terms.contract", (stack, agreed(json!({"kind": "presale", "contract": "gone"})))),
        (
            "instruments[x].terms.contract",
            (stack, agreed(json!({"kind": "sales_agent_advance", "contract": "gone"}))),
        ),
        ("instruments[x].security[s].over.claim", (stack, secured(json!({"claim": "gone"})))),
        ("instruments[x].security[s].over.instrument", (stack, secured(json!({"instrument": "gone"})))),
        ("instruments[x].security[s].over.source", (stack, secured(json!({"source": "gone"})))),
        (
            "instruments[gap].rate.over_base.base",
            ("instruments[gap].rate", json!({"over_base": {"base": "gone", "margin": "0.05"}})),
        ),
        ("incentives[qpstc].monetisation.loan", ("incentives[qpstc].monetisation", json!({"loan": "gone"}))),
        ("budget.contingency.without_lines", ("budget.contingency.without_lines", json!(["gone"]))),
        ("revenue.sources[de].sales_agency", ("revenue.sources[de].sales_agency", unknown("gone"))),
        ("revenue.sources[svod].sold_by", ("revenue.sources[svod].sold_by", unknown("gone"))),
        ("revenue.sales_agencies[sales].agent", ("revenue.sales_agencies[sales].agent", unknown("nobody"))),
    ] {
        let hit = raises("UNKNOWN_REFERENCE", at, Severity::Blocker, &[edit]);
        let said = render(&hit, Language::English).message;
        assert!(said.contains("`gone`") || said.contains("`nobody`"), "{said}");
    }
    // The same places with names that are borne.
    for edit in [
        (stack, agreed(json!({"kind": "deferral", "lines": ["story"]}))),
        (stack, agreed(json!({"kind": "presale", "contract": "sales"}))),
        (stack, secured(json!({"source": "de"}))),
        (stack, secured(json!("all_assets"))),
    ] {
        let findings = check(&edited(std::slice::from_ref(&edit)));
        assert!(findings.iter().all(|finding| finding.code != "UNKNOWN_REFERENCE"), "{edit:?}");
    }
}

/// Equity bears risk, debt is owed, a licence sells rights: each kind is at most one of them.
#[test]
fn every_kind_of_instrument_is_read_by_its_word_and_has_one_nature() {
    let (equity, debt, licences) = (
        ["equity", "producer_investment", "co_producer_contribution", "tax_shelter"],
        [
            "senior_loan",
            "contract_loan",
            "credit_loan",
            "interim_facility",
            "gap_loan",
            "mezzanine",
            "bridge",
        ],
        ["presale", "negative_pickup", "streamer_licence", "broadcaster_licence"],
    );
    let others = ["cost_plus", "sales_agent_advance", "grant", "soft_loan", "deferral", "in_kind"];
    for kind in equity.iter().chain(&debt).chain(&licences).chain(&others) {
        let instrument = json!({"id": "x", "name": "X", "provider": "fund", "terms": {"kind": kind}});
        let deal = edited(&[("instruments+", instrument)]);
        let terms = &deal.instruments.iter().find(|instrument| instrument.id == "x").unwrap().terms;
        assert_eq!(terms.kind(), *kind);
        assert_eq!(serde_json::to_value(terms).unwrap()["kind"], *kind);
        let natures = [terms.is_equity(), terms.is_debt(), terms.licence().is_some()];
        assert!(natures.iter().filter(|nature| **nature).count() <= 1, "{kind}");
        assert_eq!(natures[2], licences.contains(kind), "{kind}");
        assert_eq!(natures[..2], [equity.contains(kind), debt.contains(kind)], "{kind}");
    }
}
