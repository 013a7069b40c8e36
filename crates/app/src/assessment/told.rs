//! The incentives as the command line tells them.

use recoup_deal::{Language, findings::said};
use recoup_explain::{NodeId, Quantity};
use recoup_incentives::{ClaimAssessment, Standing};
use recoup_model::Outcome;
use serde_json::{Value, json};

use super::term;

/// Every program that was considered: version, lines, credit, what is left and when it is paid. `plain`
/// writes a figure as the rest of the answer does.
pub(crate) fn told(outcome: &Outcome, plain: &dyn Fn(&str, &Quantity) -> Value) -> Vec<Value> {
    outcome.incentives.claims.iter().map(|claim| program(outcome, claim, plain)).collect()
}

fn program(outcome: &Outcome, claim: &ClaimAssessment, plain: &dyn Fn(&str, &Quantity) -> Value) -> Value {
    let book = &outcome.book;
    let value = |node: NodeId| plain(book.address(node).map_or("", |address| address), book.value(node));
    let optional = |node: Option<NodeId>| node.map_or(Value::Null, value);
    let policy = claim.policy.as_deref();
    let lines: Vec<Value> = claim
        .lines
        .iter()
        .map(|line| {
            json!({
                "id": line.trace.id,
                "label": line.trace.label,
                "kind": term(line.kind),
                "address": line.address,
                "value": line.node.map_or_else(|| json!(line.trace.value), value),
                "formula": line.trace.formula,
                "clause": line.trace.clause,
                "source": line.trace.source,
            })
        })
        .collect();
    let cash: Vec<Value> = claim
        .cash
        .iter()
        .map(|event| {
            json!({
                "label": event.label,
                "date": event.date.map(|date| date.to_string()),
                "address": book.address(event.node).map(|address| address.to_string()),
                "amount": value(event.node),
            })
        })
        .collect();
    let conditions: Vec<Value> = claim
        .conditions
        .iter()
        .map(|one| json!({"id": one.id, "label": one.label, "verdict": term(one.verdict), "clause": one.clause}))
        .collect();
    json!({
        "claim": claim.claim,
        "program": claim.program,
        "name": policy.map(|policy| policy.short_name.as_str()),
        "version": policy.map(|policy| policy.from.to_string()),
        "jurisdiction": policy.map(|policy| policy.jurisdiction.as_str()),
        "currency": policy.map(|policy| policy.currency.to_string()),
        "counts": claim.standing == Standing::Claimed,
        "standing": term(claim.standing),
        "reason": claim.reason.as_ref().map(|reason| said(reason, Language::default())),
        "unverified": claim.unverified,
        "origin": term(claim.origin),
        "lines": lines,
        "conditions": conditions,
        "credit": optional(claim.credit),
        "credit_in_deal": optional(claim.credit_in_deal),
        "received": optional(claim.received),
        "fees": optional(claim.fees),
        "tax": optional(claim.tax),
        "net": optional(claim.net),
        "spend_rate": optional(claim.worth.map(|worth| worth.of_spend)),
        "budget_rate": optional(claim.worth.map(|worth| worth.of_budget)),
        "cash": cash,
    })
}
