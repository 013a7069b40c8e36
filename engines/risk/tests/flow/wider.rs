//! Words of the language that random plans do not have: hurdles, rights by the unit, parts that walk another order, the
//! gross of named sources, refunds, what switches beyond its goal, amendments of every kind

use serde_json::{Value, json};

use crate::plans::{EXPENSES, FULL, Film, INSTRUMENTS, PARTIES, film, random::Random, usd};

/// A random plan with some of these words put in.
pub(crate) fn wider(random: &mut Random) -> Film {
    let mut film = film(random, &FULL);
    film.plan["unit_series"] = json!([{"id": "u0"}]);
    film.inputs["counts"] = json!(
        (0..random.below(4))
            .map(|_| json!({"date": day(random), "series": "u0", "count": random.between(-2_000, 60_000)}))
            .collect::<Vec<_>>()
    );
    let sources: Vec<Value> =
        film.plan["sources"].as_array().unwrap().iter().map(|source| source["id"].clone()).collect();
    let ids: Vec<Value> =
        film.plan["tiers"].as_array().unwrap().iter().map(|tier| tier["id"].clone()).collect();
    for tier in film.plan["tiers"].as_array_mut().unwrap() {
        reword(random, &mut tier["takes"], &sources);
    }
    enter(random, &mut film.plan, &ids);
    for receipt in film.inputs["receipts"].as_array_mut().unwrap() {
        if random.once_in(7) {
            let amount = receipt["amount"].as_str().unwrap().replace("USD ", "USD -");
            receipt["amount"] = json!(amount);
        }
    }
    let amendments: Vec<Value> = (0..random.below(4))
        .map(|_| json!({"date": day(random), "change": change(random, &film.plan)}))
        .collect();
    film.inputs["amendments"].as_array_mut().unwrap().extend(amendments);
    film
}

fn day(random: &mut Random) -> Value {
    json!(format!("{}-{:02}-{:02}", random.between(2025, 2028), random.between(1, 12), random.between(1, 28)))
}

fn reword(random: &mut Random, takes: &mut Value, sources: &[Value]) {
    if takes["kind"] == "share"
        && takes.get("limit").is_some()
        && takes.get("limit_pool").is_none()
        && random.once_in(2)
    {
        let instrument = json!(random.one(&INSTRUMENTS));
        takes["limit"] = match random.below(3) {
            0 => json!({"kind": "irr_hurdle", "instrument": instrument,
                "rate_annual": format!("0.{:02}", random.between(0, 30))}),
            1 => {
                json!({"kind": "multiple_hurdle", "instrument": instrument, "multiple": *random.one(&["1", "1.3", "2.5"])})
            }
            _ => json!({"kind": "per_unit", "series": "u0", "amount": usd(random.between(1, 90)),
                "beyond": random.between(0, 20_000)}),
        };
    }
    if takes.get("rate_base").is_some() && takes["kind"] == "share" && random.once_in(2) {
        takes["gross_of"] = json!([random.one(sources)]);
    }
    conditions(random, &mut takes["while"]);
    if takes["while"].is_null() {
        takes.as_object_mut().unwrap().remove("while");
    }
    if let Some(members) = takes.get_mut("members") {
        for member in members.as_array_mut().unwrap() {
            reword(random, &mut member["takes"], sources);
        }
    }
}

fn conditions(random: &mut Random, list: &mut Value) {
    for condition in list.as_array_mut().into_iter().flatten() {
        let counts = matches!(condition["is"].as_str(), Some("below" | "at_least"));
        if counts && random.once_in(3) {
            condition["is"] = json!(if random.once_in(2) { "up_to" } else { "more_than" });
        }
        conditions(random, &mut condition["of"]);
        if condition["of"].is_null() {
            condition.as_object_mut().unwrap().remove("of");
        }
    }
}

/// A part of what arrives walks an order of its own, which may come back to the first.
fn enter(random: &mut Random, plan: &mut Value, ids: &[Value]) {
    if ids.len() < 2 || random.once_in(2) {
        return;
    }
    let place = random.below(ids.len() - 1);
    let after = random.one(&ids[place + 1..]).clone();
    let limit = json!({"kind": "amount", "amount": usd(random.between(1, 900_000))});
    let tiers = plan["tiers"].as_array_mut().unwrap();
    let then = tiers[place].get("then").cloned();
    tiers[place]["then"] = json!("e0");
    let mut part = json!({"kind": "enters", "into": "e1", "rate": format!("0.{:02}", random.between(1, 99))});
    if random.once_in(2) {
        part["limit"] = limit.clone();
    }
    if random.once_in(3) {
        part["pools"] = json!(["k0"]);
    }
    let mut outer = json!({"id": "e0", "takes": part});
    if let Some(then) = then {
        outer["then"] = then;
    }
    let mut inner =
        json!({"id": "e1", "takes": {"kind": "share", "payee": random.one(&PARTIES), "limit": limit}});
    if random.once_in(2) {
        inner["then"] = after;
    }
    tiers.extend([outer, inner]);
}

fn change(random: &mut Random, plan: &Value) -> Value {
    let tiers = plan["tiers"].as_array().unwrap();
    let limited: Vec<&Value> = tiers.iter().filter(|tier| tier["takes"].get("limit").is_some()).collect();
    let shares: Vec<&Value> = tiers.iter().filter(|tier| tier["takes"]["kind"] == "share").collect();
    match random.below(4) {
        0 if !limited.is_empty() => {
            let tier = random.one(&limited);
            let mut change = json!({"kind": "limit", "tier": tier["id"]});
            match tier["takes"]["limit"]["kind"].as_str().unwrap() {
                "amount" | "per_unit" => change["amount"] = usd(random.between(1, 500_000)),
                "expenses" | "invested" | "multiple_hurdle" => change["factor"] = json!("1.4"),
                _ => change["rate"] = json!(format!("0.{:02}", random.between(0, 40))),
            }
            change
        }
        1 if !shares.is_empty() => {
            json!({"kind": "payee", "tier": random.one(&shares)["id"], "payee": random.one(&PARTIES)})
        }
        2 => {
            json!({"kind": "expense_cap", "expense_type": random.one(&EXPENSES), "cap": usd(random.between(1, 700_000))})
        }
        _ => json!({"kind": "rate", "tier": tiers[0]["id"], "rate": "0.07"}),
    }
}
