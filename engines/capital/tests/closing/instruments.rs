//! One random instrument, of any kind, and what it may refer to.

use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Value, json};

use crate::plans::{thousandths, usd};

/// Every kind of money there is.
pub(crate) const KINDS: [&str; 21] = [
    "equity",
    "producer_investment",
    "co_producer_contribution",
    "tax_shelter",
    "senior_loan",
    "contract_loan",
    "credit_loan",
    "interim_facility",
    "gap_loan",
    "mezzanine",
    "bridge",
    "presale",
    "negative_pickup",
    "streamer_licence",
    "cost_plus",
    "broadcaster_licence",
    "sales_agent_advance",
    "grant",
    "soft_loan",
    "deferral",
    "in_kind",
];

const LOANS: std::ops::Range<usize> = 4..11;
const CONTRACTS: std::ops::Range<usize> = 11..16;
const NEVER_CASH: std::ops::Range<usize> = 19..21;

/// What is drawn at random, before references are resolved.
#[derive(Debug, Clone)]
pub(crate) struct Raw {
    kind: usize,
    amount: i64,
    rule: u8,
    rate: i64,
    compounding: Option<&'static str>,
    day_count: Option<&'static str>,
    payment: Option<&'static str>,
    draw: Draw,
    fees: Vec<(u8, i64, Option<i32>)>,
    refers: usize,
    share: i64,
    status: &'static str,
}

#[derive(Debug, Clone)]
struct Draw {
    method: Option<&'static str>,
    order: Option<u32>,
    from: Option<&'static str>,
    steps: Vec<(i64, &'static str, u32)>,
}

pub(crate) fn raw() -> impl Strategy<Value = Raw> {
    let terms = (
        prop::option::of(select(vec!["simple", "monthly", "quarterly", "half_yearly", "yearly"])),
        prop::option::of(select(vec!["ACT/365F", "ACT/360", "30/360", "ACT/ACT"])),
        prop::option::of(select(vec![
            "current",
            "capitalised_until_delivery",
            "paid_in_kind",
            "at_maturity",
        ])),
    );
    let fee = (0u8..3, 0i64..30, prop::option::weighted(0.3, -2i32..4));
    let fees = prop::collection::vec(fee, 0..3);
    let status = select(vec!["prospective", "term_sheet", "committed", "signed", "closed"]);
    (
        0..KINDS.len(),
        0i64..400_000_000,
        0u8..10,
        0i64..240,
        terms,
        draw(),
        fees,
        0usize..64,
        0i64..=1000,
        status,
    )
        .prop_map(
            |(
                kind,
                amount,
                rule,
                rate,
                (compounding, day_count, payment),
                draw,
                fees,
                refers,
                share,
                status,
            )| Raw {
                kind,
                amount,
                rule,
                rate,
                compounding,
                day_count,
                payment,
                draw,
                fees,
                refers,
                share,
                status,
            },
        )
}

fn draw() -> impl Strategy<Value = Draw> {
    let method = select(vec!["as_spend_falls_due", "as_spend_falls_due", "at_close", "steps"]);
    let event = select(vec!["signature", "start", "deliveries", "final_delivery"]);
    let from = prop::option::weighted(0.2, select(vec!["start", "financial_close"]));
    (
        prop::option::weighted(0.8, method),
        prop::option::of(0u32..6),
        from,
        prop::collection::vec((1i64..5, event, 0u32..6), 1..5),
    )
        .prop_map(|(method, order, from, steps)| Draw { method, order, from, steps })
}

/// The document of one instrument. `all` are its neighbours, `claims` how many claims there are, `lines` the amounts
/// of the budget lines.
pub(crate) fn instrument(place: usize, raw: &Raw, all: &[Raw], claims: usize, lines: &[i64]) -> Value {
    let mut found = json!({"id": format!("i{place}"), "name": format!("Instrument {place}"), "provider": "fund",
        "terms": terms(place, raw, lines), "amount": amount(place, raw, all, claims, lines), "status": raw.status});
    let is_loan = LOANS.contains(&raw.kind);
    if is_loan || raw.refers.is_multiple_of(7) && !NEVER_CASH.contains(&raw.kind) {
        let over = json!({"over_base": {"base": "sofr", "margin": thousandths(raw.rate / 2)}});
        found["rate"] = if raw.rate % 5 == 0 { over } else { json!({"fixed": thousandths(raw.rate)}) };
        let words = [
            ("compounding", raw.compounding),
            ("day_count", raw.day_count),
            ("interest_payment", raw.payment),
        ];
        for (word, chosen) in words {
            if let Some(chosen) = chosen {
                found[word] = json!(chosen);
            }
        }
    }
    if raw.refers.is_multiple_of(11) && !NEVER_CASH.contains(&raw.kind) {
        let by = json!({"after": "start", "months": raw.refers % 5});
        let met =
            if raw.refers.is_multiple_of(2) { json!({"by": by}) } else { json!({"met": raw.share % 4 != 0}) };
        let mut condition = json!({"id": "c", "text": "Condition"});
        condition
            .as_object_mut()
            .into_iter()
            .for_each(|all| all.extend(met.as_object().cloned().unwrap_or_default()));
        found["conditions_precedent"] = json!([condition]);
    }
    if let Some(drawdown) = drawdown(raw) {
        found["drawdown"] = drawdown;
    }
    if !NEVER_CASH.contains(&raw.kind) {
        found["fees"] = fees(raw);
    }
    if is_loan
        && raw.rule < 7
        && let Some(over) = collateral(place, raw, all, claims)
    {
        found["security"] = json!([{"id": "s", "over": over, "rank": raw.refers % 3 + 1}]);
    }
    found
}

fn terms(place: usize, raw: &Raw, lines: &[i64]) -> Value {
    let kind = KINDS[raw.kind];
    let licence = json!({"territories": ["DE"], "withholding": thousandths(raw.share / 5),
        "commission": thousandths(raw.share % 150)});
    match kind {
        "presale" | "negative_pickup" => json!({"kind": kind, "licence": licence}),
        "streamer_licence" | "broadcaster_licence" => {
            let mut flat = licence;
            flat["kind"] = json!(kind);
            flat
        }
        // One line, and no line twice: what is deferred is then never more than what is spent.
        "deferral" | "in_kind" if place < lines.len() && raw.refers.is_multiple_of(2) => {
            json!({"kind": kind, "lines": [format!("l{place}")]})
        }
        "senior_loan" | "contract_loan" | "credit_loan" if raw.refers.is_multiple_of(3) => {
            json!({"kind": kind, "interest_reserve": thousandths(raw.share / 8)})
        }
        _ => json!({"kind": kind}),
    }
}

fn amount(place: usize, raw: &Raw, all: &[Raw], claims: usize, lines: &[i64]) -> Value {
    if NEVER_CASH.contains(&raw.kind) {
        let line = lines.get(place).copied().unwrap_or(i64::MAX);
        return json!({"fixed": usd(raw.amount.min(line))});
    }
    if LOANS.contains(&raw.kind)
        && raw.rule >= 7
        && let Some(over) = collateral(place, raw, all, claims)
    {
        let part = json!({"id": "a", "against": over, "share": thousandths(raw.share)});
        let limit = json!(usd(raw.amount));
        return match raw.rule {
            7 => json!({"advance": {"parts": [part], "limit": limit}}),
            _ => json!({"advance": {"parts": [part]}}),
        };
    }
    match raw.rule {
        6 => json!({"share_of_budget": {"share": thousandths(raw.share / 3)}}),
        _ => json!({"fixed": usd(raw.amount)}),
    }
}

/// A claim or a contract in the stack.
fn collateral(place: usize, raw: &Raw, all: &[Raw], claims: usize) -> Option<Value> {
    let contracts: Vec<usize> = all
        .iter()
        .enumerate()
        .filter(|(index, other)| *index != place && CONTRACTS.contains(&other.kind))
        .map(|(index, _)| index)
        .collect();
    let chosen = raw.refers % (claims + contracts.len()).max(1);
    match (chosen < claims, contracts.get(chosen.wrapping_sub(claims))) {
        (true, _) => Some(json!({"claim": format!("c{chosen}")})),
        (false, Some(contract)) => Some(json!({"instrument": format!("i{contract}")})),
        (false, None) => None,
    }
}

fn drawdown(raw: &Raw) -> Option<Value> {
    let method = raw.draw.method?;
    let mut found = json!({"method": method});
    if let Some(order) = raw.draw.order {
        found["order"] = json!(order);
    }
    if let Some(from) = raw.draw.from {
        found["from"] = json!(from);
    }
    if method == "steps" {
        let whole: i64 = raw.draw.steps.iter().map(|step| step.0).sum();
        let mut left = 1000;
        let last = raw.draw.steps.len() - 1;
        let steps = raw.draw.steps.iter().enumerate().map(|(index, (weight, on, lag))| {
            let share = if index == last { left } else { 1000 * weight / whole };
            left -= share;
            json!({"id": format!("s{index}"), "share": thousandths(share), "on": on, "lag_months": lag})
        });
        found["steps"] = json!(steps.collect::<Vec<Value>>());
    }
    Some(found)
}

fn fees(raw: &Raw) -> Value {
    let one = |(index, (rule, size, due)): (usize, &(u8, i64, Option<i32>))| {
        let amount = match rule {
            0 => json!({"fixed": usd(size * 10_000)}),
            1 => json!({"share": thousandths(*size)}),
            _ => json!({"share_of_undrawn": thousandths(size / 3)}),
        };
        let mut fee = json!({"id": format!("f{index}"), "kind": "origination", "amount": amount});
        if let Some(months) = due {
            fee["due"] = json!({"after": "financial_close", "months": months});
        }
        fee
    };
    json!(raw.fees.iter().enumerate().map(one).collect::<Vec<Value>>())
}
