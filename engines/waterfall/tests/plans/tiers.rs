//! Tiers of every kind, without conditions yet

use serde_json::{Value, json};

use super::{EXPENSES, INSTRUMENTS, Language, PARTIES, POOLS, cents, inputs, random::Random, rate, usd};

/// Tiers in a row, each leading to the next or past it, so that what enters higher joins what enters lower.
pub(super) fn tiers(random: &mut Random, language: &Language, count: usize) -> Value {
    let mut tiers = Vec::new();
    for place in 0..count {
        let id = format!("t{place}");
        let takes = takes(random, language, &id, place, count);
        let mut tier = json!({"id": id, "takes": takes});
        let next = if random.once_in(8) { place + 2 } else { place + 1 };
        if next < count {
            tier["then"] = json!(format!("t{next}"));
        }
        tiers.push(tier);
    }
    json!(tiers)
}

fn takes(random: &mut Random, language: &Language, id: &str, place: usize, count: usize) -> Value {
    if language.wide && place + 1 < count && random.once_in(8) {
        return enters(random, language, place, count);
    }
    match random.below(14) {
        0..=2 => fee(random, language),
        3..=6 => claim(random, language, true),
        7 => together(random, language, id, 1),
        8 => by_amount(random, language, id),
        9 => steps(random, language, id, 1),
        10 if language.on_gross => on_gross(random, language),
        11 if language.reserves => reserve(random, language, place, count),
        12 if language.on_gross => beside_on_gross(random, language, id),
        13 if language.pools => shared_claim(random, language),
        _ => claim(random, language, false),
    }
}

fn party(random: &mut Random) -> Value {
    json!(random.one(&PARTIES))
}

/// A share with some of what any share may have.
fn share(random: &mut Random, language: &Language) -> Value {
    let mut share = json!({"kind": "share", "payee": party(random)});
    if language.pools && random.once_in(3) {
        share["pools"] = if random.once_in(3) { json!(POOLS) } else { json!([random.one(&POOLS)]) };
    }
    if language.facts && random.once_in(8) {
        share["contract"] = json!(if random.once_in(2) { "c0" } else { "c1" });
    }
    if random.once_in(8) {
        share["assigned"] = json!([{"to": party(random), "part": rate(random)}]);
    } else if random.once_in(20) {
        share["assigned"] =
            json!([{"to": party(random), "part": "1/3"}, {"to": party(random), "part": "0.5"}]);
    }
    share
}

fn fee(random: &mut Random, language: &Language) -> Value {
    let mut share = share(random, language);
    share["rate"] = rate(random);
    share
}

fn claim(random: &mut Random, language: &Language, part: bool) -> Value {
    let mut share = share(random, language);
    if part && random.once_in(3) {
        share["rate"] = rate(random);
    }
    share["limit"] = limit(random, language);
    share
}

/// A part that walks on from a tier further down, where the orders join.
fn enters(random: &mut Random, language: &Language, place: usize, count: usize) -> Value {
    let into = place + 1 + random.below(count - place - 1);
    let mut part = json!({"kind": "enters", "into": format!("t{into}"), "rate": rate(random)});
    if random.once_in(3) {
        part["limit"] = limit(random, language);
    }
    if random.once_in(4) {
        part["pools"] = json!([random.one(&POOLS)]);
    }
    if random.once_in(6) {
        part["contract"] = json!("c1");
    }
    part
}

/// A claim whose limit counts what a pool takes.
fn shared_claim(random: &mut Random, language: &Language) -> Value {
    let mut share = share(random, language);
    share["pools"] = json!(["k1"]);
    share["limit_pool"] = json!("k1");
    share["rate"] = rate(random);
    share["limit"] = json!({"kind": "amount", "amount": usd(cents(random, 2_000_000))});
    share
}

fn limit(random: &mut Random, language: &Language) -> Value {
    let instrument = json!(random.one(&INSTRUMENTS));
    if language.wide && random.once_in(3) {
        return match random.below(3) {
            0 => json!({"kind": "per_unit", "series": "u0", "amount": usd(random.between(1, 400)),
                "beyond": *random.one(&[0, 0, 500, 4_000])}),
            1 => json!({"kind": "irr_hurdle", "instrument": instrument,
                "rate_annual": format!("0.{:02}", random.between(0, 25)),
                "day_count": *random.one(&["ACT/365F", "ACT/365F", "ACT/360", "30/360", "ACT/ACT"])}),
            _ => json!({"kind": "multiple_hurdle", "instrument": instrument,
                "multiple": *random.one(&["1", "1.5", "2", "4/3"])}),
        };
    }
    match random.below(8) {
        0..=2 => json!({"kind": "amount", "amount": usd(cents(random, 1_500_000))}),
        3 => {
            json!({"kind": "expenses", "of": random.one(&EXPENSES), "factor": *random.one(&["1", "1.1", "1.25"])})
        }
        4 => {
            json!({"kind": "invested", "instrument": instrument, "factor": *random.one(&["1", "1", "1.2", "2/3"])})
        }
        5 => json!({"kind": "premium", "instrument": instrument, "rate": rate(random)}),
        6 if language.interest => {
            let mut limit = json!({"kind": "principal_and_interest", "instrument": instrument,
                "factor": *random.one(&["1", "1", "1", "1.15"])});
            if random.once_in(2) {
                limit["interest"] = inputs::interest(random);
                if language.wide && random.once_in(4) {
                    limit["interest"]["compounding"] = json!("effective");
                }
            }
            limit
        }
        // One return on each investment: which of several a repayment counts for is a matter of their terms.
        7 if language.interest => json!({"kind": "preferred_return", "instrument": instrument,
            "interest": {"rate_annual": "0.08", "compounding": "yearly"}}),
        _ => json!({"kind": "amount", "amount": usd(cents(random, 1_500_000))}),
    }
}

fn member(id: &str, place: usize, takes: Value) -> Value {
    json!({"id": format!("{id}m{place}"), "takes": takes})
}

fn base_rate(random: &mut Random, of: &mut Value) {
    if random.once_in(3) {
        of["base_rate"] = rate(random);
    }
}

/// Members with rates of their own; now and then more than all, which somebody answers for.
fn together(random: &mut Random, language: &Language, id: &str, depth: usize) -> Value {
    let count = 2 + random.below(3);
    let promised = if language.shortfalls && random.once_in(4) { 140 } else { 99 };
    let members: Vec<Value> = (0..count)
        .map(|place| {
            let inner = format!("{id}m{place}");
            let takes = match random.below(6) {
                0 if depth > 0 => together(random, language, &inner, depth - 1),
                1 if depth > 0 => steps(random, language, &inner, depth - 1),
                2 => claim(random, language, false),
                _ => share(random, language),
            };
            let mut takes = takes;
            let part = random.between(1, promised / count as i64);
            match takes["kind"].as_str() {
                Some("share") => takes["rate"] = json!(format!("{part}/100")),
                _ => takes["base_rate"] = json!(format!("{part}/100")),
            }
            member(id, place, takes)
        })
        .collect();
    let mut group = json!({"kind": "together", "members": members});
    base_rate(random, &mut group);
    if promised > 100 {
        group["shortfall_borne_by"] = party(random);
    }
    group
}

/// Pari passu by what is owed or by what was put in.
fn by_amount(random: &mut Random, language: &Language, id: &str) -> Value {
    let count = 2 + random.below(3);
    let members: Vec<Value> = (0..count)
        .map(|place| {
            let mut takes = share(random, language);
            takes["limit"] = limit(random, language);
            if random.once_in(5) {
                takes["in_proportion_to"] = json!(random.one(&INSTRUMENTS));
            }
            member(id, place, takes)
        })
        .collect();
    let split = if random.once_in(2) { "outstanding" } else { "invested" };
    let mut group = json!({"kind": "together", "split": split, "members": members});
    base_rate(random, &mut group);
    group
}

fn steps(random: &mut Random, language: &Language, id: &str, depth: usize) -> Value {
    let count = 2 + random.below(2);
    let members: Vec<Value> = (0..count)
        .map(|place| {
            let inner = format!("{id}m{place}");
            let takes = match random.below(5) {
                0 if depth > 0 => together(random, language, &inner, depth - 1),
                1 => claim(random, language, true),
                _ => fee(random, language),
            };
            member(id, place, takes)
        })
        .collect();
    let mut ladder = json!({"kind": "steps", "members": members});
    base_rate(random, &mut ladder);
    ladder
}

fn on_gross(random: &mut Random, language: &Language) -> Value {
    let mut share = share(random, language);
    share["rate"] = rate(random);
    share["rate_base"] = json!("gross_of_receipt");
    if !language.lapsing || random.once_in(2) {
        share["unpaid"] = json!("carries_forward");
    }
    if random.once_in(4) {
        share["limit"] = json!({"kind": "amount", "amount": usd(cents(random, 800_000))});
    }
    if language.wide && random.once_in(3) {
        share["gross_of"] = json!(["s0"]);
    }
    share
}

/// Shares of the gross receipt beside one that works on what arrives.
fn beside_on_gross(random: &mut Random, language: &Language, id: &str) -> Value {
    let mut fixed = share(random, language);
    fixed["rate"] = json!(format!("{}/100", random.between(1, 70)));
    let first = on_gross(random, language);
    let mut members = vec![member(id, 0, first), member(id, 1, fixed)];
    if random.once_in(2) {
        let second = on_gross(random, language);
        members.push(member(id, 2, second));
    }
    json!({"kind": "together", "members": members})
}

/// Lets go further down, or after some months anywhere: what comes back to the reserve itself is held again.
fn reserve(random: &mut Random, language: &Language, place: usize, count: usize) -> Value {
    let further = place + 1 < count && !random.once_in(4);
    let months = if further { random.between(0, 14) } else { random.between(3, 18) };
    let to = if further { place + 1 + random.below(count - place - 1) } else { random.below(count) };
    let mut reserve = json!({"kind": "reserve", "rate": rate(random), "release_months": months,
        "release_to": format!("t{to}")});
    if random.once_in(2) {
        reserve["cap"] = usd(cents(random, 500_000));
    }
    if language.on_gross && random.once_in(4) {
        reserve["rate_base"] = json!("gross_of_receipt");
    }
    reserve
}
