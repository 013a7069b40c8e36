//! What happens to a plan

use serde_json::{Value, json};

use super::{
    EXPENSES, INSTRUMENTS, Language, MEDIA, TERRITORIES, cents, conditions::contract, random::Random, rate,
    usd,
};

/// A day, often at one of the ends of a month.
pub(super) fn date(random: &mut Random, first: i64, last: i64) -> String {
    let (year, month) = (random.between(first, last), random.between(1, 12));
    let end = match month {
        2 => 28 + i64::from(year % 4 == 0),
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    };
    let day = match random.below(4) {
        0 => 1,
        1 => end,
        _ => random.between(1, end),
    };
    format!("{year}-{month:02}-{day:02}")
}

pub(super) fn interest(random: &mut Random) -> Value {
    json!({"rate_annual": format!("0.{:02}", random.between(0, 25)),
        "compounding": *random.one(&["simple", "yearly", "half_yearly", "quarterly", "monthly"]),
        "day_count": *random.one(&["ACT/365F", "ACT/365F", "ACT/360", "30/360", "ACT/ACT"]),
        "payments": *random.one(&["interest_first", "principal_first"])})
}

pub(super) fn expense_types(random: &mut Random, language: &Language) -> Value {
    let mut types = Vec::new();
    for id in EXPENSES {
        let mut kind = json!({"id": id});
        if random.once_in(2) {
            kind["cap"] = usd(cents(random, 800_000));
        }
        if language.growing_caps && random.once_in(3) {
            kind["cap_of_receipts"] = json!({"rate": rate(random)});
            if random.once_in(2) {
                kind["cap_of_receipts"]["sources"] = json!(["s0"]);
            }
        }
        if random.once_in(3) {
            kind["declared"] = json!([{"id": format!("{id}-d"), "date": date(random, 2024, 2027),
                "amount": usd(cents(random, 600_000)), "counts_to_cap": random.once_in(2)}]);
        }
        types.push(kind);
    }
    json!(types)
}

pub(super) fn inputs(random: &mut Random, language: &Language, plan: &Value) -> Value {
    let mut inputs = json!({"currency": "USD", "receipts": receipts(random, language, plan)});
    let some = |random: &mut Random, most: usize| random.below(most + 1);
    let drawings = (0..some(random, 6)).map(|_| {
        json!({"date": date(random, 2024, 2026), "instrument": random.one(&INSTRUMENTS),
            "amount": usd(cents(random, 1_200_000))})
    });
    inputs["drawings"] = json!(drawings.collect::<Vec<_>>());
    let expenses = (0..some(random, 4)).map(|_| {
        json!({"date": date(random, 2024, 2028), "kind": random.one(&EXPENSES),
            "amount": usd(cents(random, 500_000)), "counts_to_cap": !random.once_in(3)})
    });
    inputs["expenses"] = json!(expenses.collect::<Vec<_>>());
    if random.once_in(2) {
        inputs["interest"] = json!({"i0": interest(random), "i1": interest(random)});
    }
    if language.facts {
        let events = (0..some(random, 2))
            .map(|_| json!({"date": date(random, 2025, 2027), "event": "ev0", "value": rate(random)}));
        inputs["events"] = json!(events.collect::<Vec<_>>());
    }
    if language.amendments {
        let amendments = (0..some(random, 2)).map(|_| amendment(random, plan));
        inputs["amendments"] = json!(amendments.collect::<Vec<_>>());
    }
    inputs
}

/// What the plan says itself: what is counted, what happens to the film, and what is agreed later.
pub(super) fn written(random: &mut Random, plan: &mut Value) {
    let counts = (0..random.below(6)).map(|place| {
        let count = if random.once_in(6) { -random.between(1, 300) } else { random.between(1, 3_000) };
        json!({"id": format!("n{place}"), "date": date(random, 2025, 2028), "count": count})
    });
    plan["unit_series"] = json!([{"id": "u0", "counts": counts.collect::<Vec<_>>()}]);
    if random.once_in(2) {
        plan["events"] = json!([{"id": "v0", "date": date(random, 2025, 2028), "event": "ev0",
            "value": rate(random)}]);
    }
    if random.once_in(3) {
        plan["sources"][0]["contract"] = json!("c0");
    }
    let amendments = (0..random.below(4))
        .map(|place| {
            let change = change(random, plan);
            json!({"id": format!("a{place}"), "date": date(random, 2025, 2028), "change": change})
        })
        .collect::<Vec<_>>();
    plan["amendments"] = json!(amendments);
}

/// A change of any kind to something that the plan has.
fn change(random: &mut Random, plan: &Value) -> Value {
    let mut all = Vec::new();
    gather(&plan["tiers"], &mut all);
    let tier = random.one(&all);
    let id = &tier["id"];
    match random.below(4) {
        0 => {
            return json!({"kind": "expense_cap", "expense_type": random.one(&EXPENSES),
            "cap": usd(cents(random, 800_000))});
        }
        1 if tier["takes"]["kind"] == "share" => {
            return json!({"kind": "payee", "tier": id, "payee": random.one(&super::PARTIES)});
        }
        _ => {}
    }
    let mut change = json!({"kind": "limit", "tier": id});
    let limit = &tier["takes"]["limit"];
    let factor = *random.one(&["1", "1.3", "0.5"]);
    match limit["kind"].as_str() {
        Some("amount" | "per_unit") => change["amount"] = usd(cents(random, 900_000)),
        Some("expenses" | "invested" | "multiple_hurdle") => change["factor"] = json!(factor),
        Some("irr_hurdle" | "premium" | "preferred_return") => change["rate"] = rate(random),
        Some("principal_and_interest") => {
            change["factor"] = json!(factor);
            if random.once_in(2) {
                change["rate"] = rate(random);
            }
        }
        _ if tier["takes"].get("cap").is_some() => change["amount"] = usd(cents(random, 500_000)),
        _ if tier["takes"].get("members").is_none() => {
            change = json!({"kind": "rate", "tier": id, "rate": rate(random)});
        }
        _ => change = json!({"kind": "contract", "contract": "c1", "to": date(random, 2026, 2028)}),
    }
    change
}

fn gather(tiers: &Value, all: &mut Vec<Value>) {
    for tier in tiers.as_array().into_iter().flatten() {
        all.push(tier.clone());
        gather(&tier["takes"]["members"], all);
    }
}

pub(crate) fn amendment(random: &mut Random, plan: &Value) -> Value {
    let tiers = plan["tiers"].as_array().unwrap();
    let change = match random.below(3) {
        0 => json!({"kind": "contract", "contract": "c1", "to": date(random, 2026, 2028)}),
        1 => json!({"kind": "contract", "contract": "c0", "value": usd(cents(random, 2_000_000))}),
        _ => json!({"kind": "rate", "tier": random.one(tiers)["id"], "rate": rate(random)}),
    };
    json!({"date": date(random, 2025, 2028), "change": change})
}

fn receipts(random: &mut Random, language: &Language, plan: &Value) -> Value {
    let sources = plan["sources"].as_array().unwrap();
    let count = 1 + random.below(language.receipts);
    let mut last = String::new();
    let receipts = (0..count).map(|place| {
        if last.is_empty() || !random.once_in(5) {
            last = date(random, 2025, 2028);
        }
        let source = match random.below(12) {
            0 if sources[0].get("receives_others").is_some() => json!("s-unnamed"),
            1 if sources[sources.len() - 1].get("receives").is_some() => json!("s-outside"),
            _ => random.one(sources)["id"].clone(),
        };
        let mut receipt = json!({"id": format!("r{place}"), "date": last, "source": source,
            "amount": usd(cents(random, 1_500_000))});
        if language.wide && random.once_in(10) {
            let back = random.between(1, 400_000);
            receipt["amount"] = json!(format!("USD -{}.{:02}", back / 100, back % 100));
        }
        if language.facts && random.once_in(6) {
            receipt["territories"] = json!([random.one(&TERRITORIES), random.one(&TERRITORIES)]);
        }
        if language.facts && random.once_in(6) {
            receipt["media"] = json!([random.one(&MEDIA)]);
        }
        if language.facts && random.once_in(3) {
            receipt["contract"] = contract(random);
        }
        receipt
    });
    json!(receipts.collect::<Vec<_>>())
}
