//! Conditions on the shares of a plan that stands

use serde_json::{Value, json};

use super::{
    CONTRACTS, EXPENSES, INSTRUMENTS, Language, MEDIA, PARTIES, POOLS, TERRITORIES, cents, inputs,
    random::Random, rate, usd,
};

/// What conditions can name.
struct Names {
    tiers: Vec<String>,
    /// Claims with a limit.
    limited: Vec<String>,
    sources: Vec<String>,
    costs: bool,
}

pub(super) fn attach(random: &mut Random, language: &Language, plan: &mut Value) {
    let mut names = Names {
        tiers: Vec::new(),
        limited: Vec::new(),
        sources: plan["sources"].as_array().unwrap().iter().map(|source| word(&source["id"])).collect(),
        costs: plan.get("film_costs").is_some(),
    };
    collect(&plan["tiers"], &mut names);
    // Some plans have conditions everywhere, most have a few.
    let rare = *random.one(&[1, 3, 5, 9]);
    put(random, language, &mut plan["tiers"], &names, rare);
}

fn word(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

fn collect(tiers: &Value, names: &mut Names) {
    for tier in tiers.as_array().into_iter().flatten() {
        names.tiers.push(word(&tier["id"]));
        if tier["takes"].get("limit").is_some() {
            names.limited.push(word(&tier["id"]));
        }
        collect(&tier["takes"]["members"], names);
    }
}

fn put(random: &mut Random, language: &Language, tiers: &mut Value, names: &Names, rare: usize) {
    for tier in tiers.as_array_mut().into_iter().flatten() {
        let asks = tier["takes"]["kind"] == "share" || tier["takes"]["kind"] == "enters";
        if asks && random.once_in(rare) {
            let count = 1 + random.below(2);
            let conditions: Vec<Value> = (0..count).map(|_| condition(random, language, names, 2)).collect();
            tier["takes"]["while"] = json!(conditions);
        }
        if let Some(members) = tier["takes"].get_mut("members") {
            put(random, language, members, names, rare);
        }
    }
}

fn condition(random: &mut Random, language: &Language, names: &Names, depth: usize) -> Value {
    if depth > 0 && random.once_in(4) {
        let count = random.below(4);
        let of: Vec<Value> = (0..count).map(|_| condition(random, language, names, depth - 1)).collect();
        return json!({"measure": if random.once_in(2) { "all" } else { "any" }, "of": of});
    }
    if language.wide && random.once_in(12) {
        return json!({"measure": "counted", "series": "u0", "is": is(random, language),
            "target": random.between(0, 6_000)});
    }
    match random.below(if language.facts { 17 } else { 10 }) {
        0 => {
            let party = json!(random.one(&PARTIES));
            on_counter((random, language), "paid_to_party", "party", &party)
        }
        1 => {
            let tier = json!(random.one(&names.tiers));
            on_counter((random, language), "paid_to_tier", "tier", &tier)
        }
        2 => {
            let tier = json!(random.one(&names.tiers));
            on_counter((random, language), "reached_tier", "tier", &tier)
        }
        3 if !names.limited.is_empty() => {
            let measure = if random.once_in(2) { "recouped" } else { "not_recouped" };
            json!({"measure": measure, "tier": random.one(&names.limited)})
        }
        4 if language.pools => {
            let measure = *random.one(&["paid_in_pool", "passed_pool", "notional_in_pool"]);
            let pool = json!(random.one(&POOLS));
            on_counter((random, language), measure, "pool", &pool)
        }
        5 if language.interest => json!({"measure": "paid_against_investment_and_interest",
            "party": random.one(&PARTIES), "instrument": random.one(&INSTRUMENTS),
            "interest": inputs::interest(random), "factor": *random.one(&["1", "0.5", "1.2"]), "is": is(random, language)}),
        6 if names.costs => json!({"measure": "film_cost_covered", "film_cost": "f0",
            "factor": *random.one(&["1", "0.5", "1.1"]), "is": is(random, language)}),
        10 => {
            json!({"measure": "receipt_territory", "is": inside(random), "list": [random.one(&TERRITORIES)]})
        }
        11 => json!({"measure": "receipt_media", "is": inside(random), "list": [random.one(&MEDIA)]}),
        12 => {
            json!({"measure": "receipt_source", "is": inside(random), "list": [random.one(&names.sources)]})
        }
        13 => {
            let key = if random.once_in(2) { "from" } else { "to" };
            json!({"measure": "receipt_date", key: inputs::date(random, 2025, 2028)})
        }
        14 => {
            json!({"measure": "contract_value", "is": is(random, language), "target": usd(cents(random, 2_000_000))})
        }
        15 | 16 => {
            json!({"measure": "event_value", "event": "ev0", "is": is(random, language), "target": rate(random)})
        }
        _ => received(random, language, names),
    }
}

fn received(random: &mut Random, language: &Language, names: &Names) -> Value {
    let sources: Vec<&String> = names.sources.iter().filter(|_| random.once_in(2)).collect();
    json!({"measure": "received", "sources": sources, "is": is(random, language), "target": target(random)})
}

fn on_counter((random, language): (&mut Random, &Language), measure: &str, key: &str, name: &Value) -> Value {
    json!({"measure": measure, key: name, "is": is(random, language), "target": target(random)})
}

fn is(random: &mut Random, language: &Language) -> &'static str {
    if language.wide && random.once_in(2) {
        return if random.once_in(2) { "up_to" } else { "more_than" };
    }
    if random.once_in(2) { "below" } else { "at_least" }
}

fn inside(random: &mut Random) -> &'static str {
    if random.once_in(2) { "in" } else { "not_in" }
}

fn target(random: &mut Random) -> Value {
    match random.below(6) {
        0 => json!({"expenses": {"of": random.one(&EXPENSES), "factor": *random.one(&["1", "1.1"])}}),
        1 => {
            json!({"invested": {"instrument": random.one(&INSTRUMENTS), "factor": *random.one(&["1", "1.2", "1/3"])}})
        }
        _ => json!({"amount": usd(cents(random, 3_000_000))}),
    }
}

/// A contract that receipts name.
pub(super) fn contract(random: &mut Random) -> Value {
    json!(random.one(&CONTRACTS))
}
