//! Plans that nobody wrote, in the full language of plans
//!
//! Plan *n* of a seed is the same on every machine. Plans are made as documents, so that whoever reads documents can
//! read them, and every word of the language turns up in some of them.
#![allow(dead_code, reason = "each test file uses a part")]

mod conditions;
mod inputs;
pub(crate) mod random;
mod tiers;

use serde_json::{Value, json};

pub(crate) use inputs::amendment;
use random::Random;

pub(crate) const PARTIES: [&str; 5] = ["p0", "p1", "p2", "p3", "p4"];
pub(crate) const POOLS: [&str; 2] = ["k0", "k1"];
pub(crate) const INSTRUMENTS: [&str; 3] = ["i0", "i1", "i2"];
pub(crate) const CONTRACTS: [&str; 2] = ["c0", "c1"];
pub(crate) const EXPENSES: [&str; 2] = ["e0", "e1"];
pub(crate) const TERRITORIES: [&str; 3] = ["fr", "us", "jp"];
pub(crate) const MEDIA: [&str; 2] = ["cinema", "tv"];

/// Which words of the language may turn up.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Language {
    pub conditions: bool,
    pub reserves: bool,
    /// Shares of the gross receipt, and whether those may lapse.
    pub on_gross: bool,
    pub lapsing: bool,
    pub interest: bool,
    /// Caps that grow with receipts.
    pub growing_caps: bool,
    pub shortfalls: bool,
    pub pools: bool,
    pub amendments: bool,
    /// Facts about receipts, contracts and events.
    pub facts: bool,
    /// Rights per unit, hurdles, parts that walk another order, gross of named sources, refunds, *up to* and *more than*,
    /// growth from day to day, and amendments and events of every kind written in the plan.
    pub wide: bool,
    pub tiers: usize,
    pub receipts: usize,
}

/// All of it.
pub(crate) const FULL: Language = Language {
    conditions: true,
    reserves: true,
    on_gross: true,
    lapsing: true,
    interest: true,
    growing_caps: true,
    shortfalls: true,
    pools: true,
    amendments: true,
    facts: true,
    wide: false,
    tiers: 9,
    receipts: 16,
};

/// The full language, and all that only whoever reads every word of it knows.
pub(crate) const WIDE: Language = Language { wide: true, ..FULL };

/// A plan and what happens to it, as documents.
#[derive(Debug, Clone)]
pub(crate) struct Film {
    pub plan: Value,
    pub inputs: Value,
}

pub(crate) fn usd(cents: i64) -> Value {
    json!(format!("USD {}.{:02}", cents / 100, cents % 100))
}

/// A rate up to the whole, as contracts write them.
fn rate(random: &mut Random) -> Value {
    json!(match random.below(4) {
        0 => format!("{}/{}", random.between(1, 6), random.between(6, 97)),
        1 => format!("0.{:03}", random.between(1, 999)),
        _ => format!("0.{:02}", random.between(1, 60)),
    })
}

/// Mostly amounts of the size of receipts.
fn cents(random: &mut Random, most: i64) -> i64 {
    match random.below(8) {
        0 => random.between(0, 200),
        1 => random.between(1, 20) * 50_000,
        _ => random.between(1, most),
    }
}

pub(crate) fn film(random: &mut Random, language: &Language) -> Film {
    let mut plan = json!({"parties": PARTIES, "sources": [], "tiers": []});
    plan["expense_types"] = inputs::expense_types(random, language);
    plan["contracts"] = json!([
        {"id": "c0", "value": usd(random.between(1, 2_000_000)), "from": inputs::date(random, 2024, 2026)},
        {"id": "c1", "to": inputs::date(random, 2025, 2028)}
    ]);
    if random.once_in(2) {
        plan["film_costs"] = json!([{"id": "f0", "cost": usd(cents(random, 6_000_000)),
            "already_covered": usd(random.between(0, 1_000_000)), "pool": "k0"}]);
    }
    if random.once_in(3) {
        plan["residual"] = json!(random.one(&PARTIES));
    }
    let count = 2 + random.below(language.tiers.saturating_sub(1));
    plan["tiers"] = tiers::tiers(random, language, count);
    plan["sources"] = sources(random, count);
    if language.wide {
        inputs::written(random, &mut plan);
    }
    if language.conditions {
        conditions::attach(random, language, &mut plan);
    }
    let inputs = inputs::inputs(random, language, &plan);
    Film { plan, inputs }
}

/// The first enters on top; others further down, so that branches join.
fn sources(random: &mut Random, tiers: usize) -> Value {
    let count = 1 + random.below(4);
    let mut sources: Vec<Value> = (0..count)
        .map(|source| {
            let enters = if source == 0 { 0 } else { random.below(tiers) };
            json!({"id": format!("s{source}"), "enters": format!("t{enters}"),
                "territories": [random.one(&TERRITORIES)], "media": [random.one(&MEDIA)]})
        })
        .collect();
    if random.once_in(3) {
        sources[0]["receives_others"] = json!(true);
    }
    if random.once_in(3) {
        sources[count - 1]["receives"] = json!(["s-outside"]);
    }
    json!(sources)
}
