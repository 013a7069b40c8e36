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
