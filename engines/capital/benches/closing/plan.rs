//! A plan as large as real ones get: sixty months, twenty-five instruments.

use serde_json::{Value, json};

/// The document.
pub(crate) fn document() -> Value {
    let mut instruments = equity();
    instruments.extend(loans());
    instruments.extend(contracts());
    instruments.extend(soft());
    json!({
        "schema": "recoup-deal/1", "id": "large", "name": "Large", "currency": "USD", "as_of": "2026-11-22",
        "project": {"title": "Large"},
        "schedule": {"start": "2027-01-01", "phases": [
            {"id": "pre", "phase": "pre_production", "months": 12},
            {"id": "making", "phase": "production", "months": 26},
            {"id": "post", "phase": "post_production", "months": 10}],
            "deliveries": [{"id": "final", "month": 49}]},
        "budget": {"lines": lines(), "contingency": {"share": "0.10"}, "costs": [
            {"id": "bond", "kind": "completion_bond",
                "amount": {"share_of": {"base": "bonded_budget", "share": "0.03"}}},
            {"id": "legal", "kind": "legal", "amount": {"fixed": "USD 350000.00"}},
            {"id": "audit", "kind": "credit_audit", "amount": {"fixed": "USD 60000.00"}, "due": "final_delivery"}]},
        "incentives": [{"id": "federal", "program": "federal"}, {"id": "regional", "program": "regional"}],
        "market": {"base_rates": [{"id": "sofr", "name": "SOFR", "points": [
            {"id": "a", "from": "2026-01-01", "rate": "0.0430"}, {"id": "b", "from": "2027-07-01", "rate": "0.0395"},
            {"id": "c", "from": "2028-07-01", "rate": "0.0360"}, {"id": "d", "from": "2029-07-01", "rate": "0.0345"}]}]},
        "instruments": instruments
    })
}

fn lines() -> Vec<Value> {
    let accounts = [
        ("story", "pre_production", 900_000),
        ("design", "pre_production", 1_400_000),
        ("boards", "pre_production", 1_100_000),
        ("voices", "pre_production", 800_000),
        ("assets", "production", 2_300_000),
        ("rigging", "production", 1_500_000),
        ("layout", "production", 1_200_000),
        ("animation", "production", 7_800_000),
        ("effects", "production", 1_700_000),
        ("lighting", "production", 2_600_000),
        ("compositing", "production", 1_900_000),
        ("pipeline", "production", 1_000_000),
        ("render", "production", 1_300_000),
        ("management", "production", 2_000_000),
        ("overhead", "production", 1_600_000),
        ("music", "post_production", 700_000),
        ("sound", "post_production", 600_000),
        ("mix", "post_production", 250_000),
        ("picture", "post_production", 300_000),
        ("delivery", "post_production", 150_000),
    ];
    let line = |(index, (id, phase, amount)): (usize, &(&str, &str, i64))| {
        let curve = if index % 3 == 0 { "even" } else { "s_curve" };
        json!({"id": id, "account": "animation", "label": id, "phase": phase, "curve": curve,
            "amount": format!("USD {amount}.00")})
    };
    accounts.iter().enumerate().map(line).collect()
}

fn called(id: &str, kind: &str, amount: Value, order: u32) -> Value {
    json!({"id": id, "name": id, "provider": id, "terms": {"kind": kind}, "amount": amount, "status": "signed",
        "drawdown": {"method": "as_spend_falls_due", "order": order}})
}

fn fixed(amount: i64) -> Value {
    json!({"fixed": format!("USD {amount}.00")})
}

fn equity() -> Vec<Value> {
    vec![
        called("rest", "equity", json!({"remainder": {}}), 1),
        called("fund", "equity", fixed(4_000_000), 1),
        called("angel", "equity", fixed(750_000), 1),
        called("producer", "producer_investment", fixed(500_000), 1),
        called("partner", "co_producer_contribution", fixed(2_500_000), 2),
        called("shelter", "tax_shelter", fixed(1_200_000), 2),
    ]
}

/// Nine loans; every one bears interest on its own terms, most of it paid in cash.
fn loans() -> Vec<Value> {
    let on_claim =
        |id: &str| json!({"advance": {"parts": [{"id": "a", "against": {"claim": id}, "share": "0.875"}]}});
    let on_contract = |id: &str| json!({"advance": {"parts": [{"id": "a", "against": {"instrument": id}, "share": "0.9"}]}});
    let over = |margin: &str| json!({"over_base": {"base": "sofr", "margin": margin}});
    let loans = [
        ("credit-one", "credit_loan", on_claim("federal"), over("0.0275"), "current", "monthly", 3),
        ("credit-two", "credit_loan", on_claim("regional"), over("0.0300"), "current", "monthly", 3),
        ("senior", "senior_loan", fixed(2_000_000), over("0.0350"), "current", "quarterly", 4),
        ("contract-one", "contract_loan", on_contract("sale-1"), over("0.0250"), "current", "monthly", 4),
        ("contract-two", "contract_loan", on_contract("sale-2"), over("0.0250"), "current", "monthly", 4),
        (
            "line",
            "interim_facility",
            on_contract("sale-3"),
            over("0.0225"),
            "capitalised_until_delivery",
            "monthly",
            5,
        ),
        ("gap", "gap_loan", fixed(2_400_000), json!({"fixed": "0.12"}), "current", "monthly", 6),
        ("mezzanine", "mezzanine", fixed(1_000_000), json!({"fixed": "0.15"}), "paid_in_kind", "yearly", 7),
        ("bridge", "bridge", fixed(600_000), json!({"fixed": "0.10"}), "current", "simple", 8),
    ];
    let loan = |(id, kind, amount, rate, payment, compounding, order): &(
        &str,
        &str,
        Value,
        Value,
        &str,
        &str,
        u32,
    )| {
        let mut loan = called(id, kind, amount.clone(), *order);
        loan["rate"] = rate.clone();
        loan["interest_payment"] = json!(payment);
        loan["compounding"] = json!(compounding);
        loan["fees"] = json!([
            {"id": "origination", "kind": "origination", "amount": {"share": "0.02"}},
            {"id": "commitment", "kind": "commitment", "amount": {"share_of_undrawn": "0.0075"}},
            {"id": "legal", "kind": "legal", "amount": {"fixed": "USD 25000.00"}, "due": {"after": "financial_close"}}]);
        loan
    };
    loans.iter().map(loan).collect()
}

/// Six contracts, five of them paid in four instalments.
fn contracts() -> Vec<Value> {
    let sale = |number: i64| {
        json!({"id": format!("sale-{number}"), "name": format!("Sale {number}"), "provider": "buyer", "status": "signed",
            "terms": {"kind": "presale", "licence": {"territories": ["DE"], "withholding": "0.05", "commission": "0.10"}},
            "amount": fixed(900_000 + 210_000 * number),
            "drawdown": {"method": "steps", "steps": [
                {"id": "signature", "share": "0.10", "on": "signature"},
                {"id": "start", "share": "0.10", "on": "start", "lag_months": 3},
                {"id": "picture", "share": "0.20", "on": {"end_of": "production"}},
                {"id": "delivery", "share": "0.60", "on": "final_delivery", "lag_months": 2}]}})
    };
    let mut found: Vec<Value> = (1..=5).map(sale).collect();
    found.push(json!({"id": "broadcaster", "name": "Broadcaster", "provider": "tv", "status": "signed",
        "terms": {"kind": "broadcaster_licence", "territories": ["GB"], "withholding": "0", "commission": "0.05"},
        "amount": fixed(1_500_000)}));
    found
}

fn soft() -> Vec<Value> {
    let paid = |id: &str, kind: &str, amount: i64| {
        json!({"id": id, "name": id, "provider": id, "terms": {"kind": kind}, "amount": fixed(amount), "status": "signed",
            "drawdown": {"method": "steps", "steps": [
                {"id": "s", "share": "0.6", "on": "start"}, {"id": "d", "share": "0.4", "on": "final_delivery"}]}})
    };
    vec![
        paid("agent", "sales_agent_advance", 800_000),
        paid("grant", "grant", 650_000),
        paid("soft", "soft_loan", 1_100_000),
        json!({"id": "fee", "name": "Fee", "provider": "producer", "amount": fixed(400_000),
            "terms": {"kind": "deferral", "lines": ["management"]}}),
    ]
}
