//! The revenue plan: ultimates and their parts, shapes, days, contracts.

use recoup_deal::Severity::{Blocker, Note, Question};
use serde_json::{Value, json};

use super::rule::{Edits, Rule, rule};

/// An ultimate over Italy with two windows.
fn ultimate(shares: [&str; 2]) -> Edits {
    let source = |id: &str, window: &str| {
        json!({"id": id, "label": id, "territories": ["IT"], "window": window, "basis": "distributor_gross",
            "start": {"months_after_release": 0}, "months": 6, "profile": "even"})
    };
    let parts = json!([{"id": "cinemas", "source": "it-cinemas", "share": shares[0]},
        {"id": "stream", "source": "it-stream", "share": shares[1]}]);
    vec![
        ("revenue.sources+", source("it-cinemas", "theatrical")),
        ("revenue.sources+", source("it-stream", "svod")),
        (
            "revenue.ultimates+",
            json!({"id": "italy", "label": "Italy", "territories": ["IT"], "estimate": {"base": "USD 100000.00"},
                "parts": parts}),
        ),
    ]
}

fn typed(cinemas: &str, stream: Option<&str>) -> Edits {
    let mut edits = ultimate(["0.6", "0.4"]);
    edits.push(("revenue.sources[it-cinemas].estimate.base", json!(cinemas)));
    edits.extend(stream.map(|amount| ("revenue.sources[it-stream].estimate.base", json!(amount))));
    edits
}

/// A source of Italy with these terms.
fn italian(more: Value) -> Edits {
    let mut source = json!({"id": "it", "label": "Italy, streaming", "territories": ["IT"], "window": "svod",
        "basis": "distributor_gross", "estimate": {"base": "USD 60000.00"}, "start": {"months_after_release": 0},
        "months": 12, "profile": "even"});
    if let (Some(source), Some(more)) = (source.as_object_mut(), more.as_object()) {
        source.extend(more.clone());
    }
    vec![("revenue.sources+", source)]
}

fn shaped(weights: [&str; 2], last: u32) -> Edits {
    italian(json!({"profile": {"typed": [{"id": "a", "quarter": 0, "weight": weights[0]},
        {"id": "b", "quarter": last, "weight": weights[1]}]}}))
}

/// A contract for Italy.
fn collected(more: Value) -> Edits {
    let mut contract = json!({"id": "italy", "label": "Distribution, Italy", "distributor": "distributor",
        "territories": ["IT"], "windows": ["theatrical"], "fee": "0.25"});
    if let (Some(contract), Some(more)) = (contract.as_object_mut(), more.as_object()) {
        contract.extend(more.clone());
    }
    vec![("revenue.distribution+", contract)]
}

pub(crate) fn rules() -> Vec<Rule> {
    [ultimates(), timing(), contracts()].concat()
}

fn ultimates() -> Vec<Rule> {
    let twice = |source: &str| {
        let part = json!({"id": "again", "source": source, "share": "1"});
        let other =
            json!({"id": "other", "territories": ["IT"], "estimate": {"base": "USD 1.00"}, "parts": [part]});
        [ultimate(["0.6", "0.4"]), vec![("revenue.ultimates+", other)], italian(json!({"estimate": {}}))]
            .concat()
    };
    vec![
        rule(
            "ULTIMATE_SHARES",
            "revenue.ultimates[italy].parts",
            Question,
            ultimate(["0.6", "0.45"]),
            "the shares make a whole",
            ultimate(["0.6", "0.40"]),
        ),
        rule(
            "ULTIMATE_PART_TWICE",
            "revenue.ultimates[other].parts[again]",
            Blocker,
            twice("it-stream"),
            "another source",
            twice("it"),
        ),
        rule(
            "ULTIMATE_EXCEEDED",
            "revenue.ultimates[italy].estimate",
            Blocker,
            typed("USD 100000.01", None),
            "one part is the whole",
            typed("USD 100000.00", None),
        ),
        rule(
            "ULTIMATE_DIFFERS",
            "revenue.ultimates[italy].estimate",
            Question,
            typed("USD 60000.00", Some("USD 39999.99")),
            "the parts come to the whole",
            typed("USD 60000.00", Some("USD 40000.00")),
        ),
        rule(
            "CASE_NOT_BASE",
            "revenue.case",
            Note,
            vec![("revenue.case", json!("high"))],
            "the base case is computed",
            vec![("revenue.case", json!("base"))],
        ),
        rule(
            "CASE_FALLS_BACK",
            "revenue.case",
            Note,
            vec![("revenue.case", json!("low"))],
            "the base case is computed",
            vec![("revenue.case", json!("base"))],
        ),
    ]
}

fn timing() -> Vec<Rule> {
    let held = |start: u32| {
        let hold = json!({"holdbacks": [{"id": "h", "windows": ["svod"], "months": 6}]});
        [collected(hold), italian(json!({"start": {"months_after_release": start}}))].concat()
    };
    let ending = |months: u32| {
        let terms = json!({"start": {"months_after_release": 24}, "months": months});
        [vec![("revenue.horizon_years", json!(3))], italian(terms)].concat()
    };
    vec![
        rule(
            "PROFILE_WITHOUT_WEIGHT",
            "revenue.sources[it].profile",
            Blocker,
            shaped(["0", "0"], 1),
            "one of them has some",
            shaped(["0", "5"], 1),
        ),
        rule(
            "PROFILE_NOT_WHOLE",
            "revenue.sources[it].profile",
            Question,
            shaped(["0.5", "0.4"], 1),
            "weights that are no shares",
            shaped(["5", "4"], 1),
        ),
        rule(
            "PROFILE_BEYOND_MONTHS",
            "revenue.sources[it].profile",
            Question,
            shaped(["5", "4"], 4),
            "the last quarter of its months",
            shaped(["5", "4"], 3),
        ),
        rule(
            "RECEIPTS_BEFORE_DELIVERY",
            "revenue.sources[it].start",
            Question,
            italian(json!({"start": {"months_after_delivery": -1}})),
            "the month of the delivery",
            italian(json!({"start": {"months_after_delivery": 0}})),
        ),
        rule(
            "WINDOW_IN_HOLDBACK",
            "revenue.sources[it].start",
            Question,
            held(5),
            "the month in which the holdback ends",
            held(6),
        ),
        rule(
            "SOURCE_BEYOND_HORIZON",
            "revenue.sources[it].months",
            Question,
            ending(16),
            "paid in the last quarter",
            ending(13),
        ),
    ]
}

fn contracts() -> Vec<Rule> {
    let presale = |share: &str| {
        let contract = json!({"id": "german", "label": "Distribution, Germany", "distributor": "distributor",
            "territories": ["DE"], "fee": "0.25", "guarantee": "presale", "expenses": {"cap": "USD 1.00"},
            "overage": {"producer_share": "0.6"}});
        vec![("revenue.distribution+", contract), ("instruments[presale].terms.overage_share", json!(share))]
    };
    let original = |buyout: bool| {
        let made = json!({"id": "original", "name": "Made for a service", "provider": "streamer", "status": "committed",
            "terms": {"kind": "cost_plus", "buyout": buyout}, "amount": {"fixed": "USD 0.00"}});
        vec![("instruments+", made)]
    };
    vec![
        rule(
            "REVENUE_NO_EXHIBITOR_SHARE",
            "revenue.sources[it].exhibitor_share",
            Blocker,
            italian(json!({"basis": "box_office", "window": "theatrical"})),
            "cinemas keep nothing",
            italian(json!({"basis": "box_office", "window": "theatrical", "exhibitor_share": "0"})),
        ),
        rule(
            "SOURCE_OUTSIDE_CONTRACT",
            "revenue.sources[it].distribution",
            Question,
            [collected(json!({"windows": ["svod"]})), italian(json!({}))].concat(),
            "a window that the contract does not have",
            [collected(json!({})), italian(json!({}))].concat(),
        ),
        rule(
            "OVERAGE_DIFFERS",
            "instruments[presale].terms.overage_share",
            Question,
            presale("0.5"),
            "both say the same",
            presale("0.60"),
        ),
        rule(
            "BUYOUT_AND_ESTIMATE",
            "revenue.sources[gb].estimate",
            Blocker,
            original(true),
            "the rights stay with the producer",
            original(false),
        ),
    ]
}
