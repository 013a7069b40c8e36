//! The stack as a whole.

use recoup_deal::Severity::{Blocker, Note, Question};
use serde_json::{Value, json};

use super::rule::{Rule, rule};

pub(crate) fn rules() -> Vec<Rule> {
    [closing(), rest(), parts()].concat()
}

fn closing() -> Vec<Rule> {
    let late = json!({"method": "steps", "steps": [
        {"id": "signature", "share": "0.5", "on": "signature"},
        {"id": "delivery", "share": "0.5", "on": "final_delivery"}]});
    let in_time = json!({"method": "steps", "steps": [
        {"id": "signature", "share": "0.5", "on": "signature"},
        {"id": "post", "share": "0.5", "on": {"start_of": "production"}}]});
    vec![
        rule(
            "CLOSING_SHORT",
            "instruments",
            Blocker,
            vec![("instruments[equity].amount.fixed", json!("USD 2500000.00"))],
            "sources equal uses to the cent",
            vec![("instruments[equity].amount.fixed", json!("USD 2593607.56"))],
        ),
        rule(
            "CLOSING_OVER",
            "instruments",
            Note,
            vec![("instruments[equity].amount.fixed", json!("USD 2593607.57"))],
            "sources equal uses to the cent",
            vec![("instruments[equity].amount.fixed", json!("USD 2593607.56"))],
        ),
        rule(
            "CASH_SHORT",
            "instruments",
            Blocker,
            vec![("instruments[svod].drawdown", late)],
            "the licence is paid before it is spent",
            vec![("instruments[svod].drawdown", in_time)],
        ),
        rule(
            "MINIMUM_CASH_BREACHED",
            "preferences.minimum_cash",
            Question,
            vec![("preferences.minimum_cash", json!("USD 100000.00"))],
            "what is there at the lowest",
            vec![("preferences.minimum_cash", json!("USD 15716.81"))],
        ),
        rule(
            "INSTRUMENT_WITHOUT_AMOUNT",
            "instruments[equity].amount",
            Blocker,
            vec![("instruments[equity].amount", Value::Null)],
            "an amount of nothing",
            vec![("instruments[equity].amount.fixed", json!("USD 0.00"))],
        ),
    ]
}

fn rest() -> Vec<Rule> {
    let limited = |limit: &str| json!({"remainder": {"at_most": limit}});
    let endless = || json!({"remainder": {}});
    vec![
        rule(
            "REMAINDER_LIMITED",
            "instruments[equity].amount.remainder.at_most",
            Question,
            vec![("instruments[equity].amount", limited("USD 2500000.00"))],
            "the limit is what closes",
            vec![("instruments[equity].amount", limited("USD 2593607.56"))],
        ),
        rule(
            "REMAINDER_UNREACHED",
            "instruments[gap].amount",
            Blocker,
            vec![
                ("instruments[equity].amount", endless()),
                ("instruments[gap].amount", limited("USD 400000.00")),
            ],
            "the first has a limit",
            vec![
                ("instruments[equity].amount", limited("USD 2400000.00")),
                ("instruments[gap].amount", endless()),
            ],
        ),
        rule(
            "SEVERAL_REMAINDERS",
            "instruments[gap].amount",
            Note,
            vec![
                ("instruments[equity].amount", limited("USD 2500000.00")),
                ("instruments[gap].amount", endless()),
            ],
            "only one fills the rest",
            vec![("instruments[gap].amount", endless())],
        ),
    ]
}

fn parts() -> Vec<Rule> {
    let partner = |amount: &str| {
        json!({"id": "partner", "name": "Partner", "provider": "studio", "status": "committed",
            "terms": {"kind": "co_producer_contribution", "cost_share": "0.1"}, "amount": {"fixed": amount}})
    };
    let shelter = |spend: &str| {
        json!({"id": "shelter", "name": "Tax shelter", "provider": "studio", "status": "committed",
            "terms": {"kind": "tax_shelter", "required_spend": spend}, "amount": {"fixed": "USD 50000.00"}})
    };
    let more = |terms: Value| {
        json!({"id": "more", "name": "More money", "provider": "fund", "status": "committed", "terms": terms,
            "amount": {"fixed": "USD 0.00"}})
    };
    let behind = || {
        json!({"id": "mezzanine", "name": "Mezzanine", "provider": "lender", "status": "committed",
            "terms": {"kind": "mezzanine"}, "amount": {"fixed": "USD 0.00"}, "rate": {"fixed": "0.16"},
            "maturity": {"after": {"after": "final_delivery", "months": 36}},
            "security": [{"id": "assets", "over": "all_assets", "rank": 2}]})
    };
    let deferred = |lines: &str| ("instruments[deferral].terms.lines", json!([lines]));
    vec![
        rule(
            "NO_RECOUPMENT_PLAN",
            "recoupment",
            Question,
            vec![("recoupment", Value::Null)],
            "the producer receives everything",
            vec![("recoupment", json!({"residual": "producer"}))],
        ),
        rule(
            "NOT_IN_RECOUPMENT",
            "instruments[more]",
            Question,
            vec![("instruments+", more(json!({"kind": "equity"})))],
            "a grant is not recouped",
            vec![("instruments+", more(json!({"kind": "grant"})))],
        ),
        rule(
            "NOT_IN_RECOUPMENT",
            "instruments[mezzanine]",
            Question,
            vec![("instruments+", behind())],
            "it has a tier",
            vec![
                ("instruments+", behind()),
                ("recoupment.tiers[gap].takes.limit.instrument", json!("mezzanine")),
            ],
        ),
        rule(
            "DEFERRAL_LARGE",
            "instruments[deferral].amount",
            Question,
            vec![("instruments[deferral].amount.fixed", json!("USD 694500.01"))],
            "15 % of the budget exactly",
            vec![("instruments[deferral].amount.fixed", json!("USD 694500.00"))],
        ),
        rule(
            "DEFERRED_COST_CLAIMED",
            "instruments[deferral].terms.lines",
            Note,
            vec![deferred("compositing")],
            "a line that is not claimed",
            vec![deferred("music")],
        ),
        rule(
            "CONTRIBUTION_UNMATCHED",
            "instruments[partner].terms.cost_share",
            Question,
            vec![("instruments+", partner("USD 439849.99"))],
            "half a per cent of the cost away",
            vec![("instruments+", partner("USD 439850.00"))],
        ),
        rule(
            "TAX_SHELTER_SPEND_SHORT",
            "instruments[shelter].terms.required_spend",
            Question,
            vec![("instruments+", shelter("USD 2900000.01"))],
            "the lines spend exactly what is asked",
            vec![("instruments+", shelter("USD 2900000.00"))],
        ),
        rule(
            "STEPS_NOT_WHOLE",
            "instruments[svod].drawdown.steps",
            Blocker,
            vec![("instruments[svod].drawdown.steps[signature].share", json!("0.4"))],
            "the payments make 100 %",
            vec![("instruments[svod].drawdown.steps[signature].share", json!("0.50"))],
        ),
    ]
}
