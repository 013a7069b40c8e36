//! What must follow when plans stand beside each other, or when more comes in

use recoup_waterfall::Recoupment;
use serde_json::{Value, json};

use crate::{
    plans::{FULL, Film, Language, film, random::Random, usd},
    properties::{alike, by_tier, in_quarters},
    reference::{
        balance::Balance,
        day::{self, Day},
        fraction::{Fraction, parts, read, whole},
        terms,
    },
    search::{cases, each},
};

/// Two films in one plan: every name of the second with a mark of its own.
#[test]
fn plans_that_share_nothing_do_not_touch_each_other() {
    let language = Language { reserves: false, tiers: 5, receipts: 8, ..FULL };
    each(
        "beside",
        cases(400),
        |number| film(&mut Random::of(9, number), &language),
        |first| {
            let mut second = film(&mut Random::of(90, first.plan.to_string().len() as u64), &language);
            marked(&mut second.plan);
            marked(&mut second.inputs);
            // What counts all sources, and what takes any source, ties the two together; and so do days of receipts under
            // 30/360, where two stretches that meet on a 31st have a day more than the one.
            let tied = |film: &Film| {
                let text = film.plan.to_string() + &film.inputs.to_string();
                ["\"sources\":[]", "receives_others", "cap_of_receipts", "30/360"]
                    .iter()
                    .any(|word| text.contains(word))
            };
            if tied(first) || tied(&second) {
                return Ok(());
            }
            let mut both = first.clone();
            joined(&mut both.plan, &second.plan);
            joined(&mut both.inputs, &second.inputs);
            both.plan.as_object_mut().unwrap().shift_remove("residual");
            let (Some(one), Some(two), Some(all)) =
                (in_quarters(first), in_quarters(&second), in_quarters(&both))
            else {
                return Ok(());
            };
            let mut apart = by_tier(&one);
            for (tier, paid) in by_tier(&two) {
                *apart.entry(tier).or_insert(0) += paid;
            }
            // The cent that rounds may go to either; both ends are one.
            alike(&apart, &by_tier(&all), 2)
        },
    );
}

/// Names of the film's own get a mark: those of one letter and a number, with what hangs on them.
fn marked(value: &mut Value) {
    match value {
        Value::String(text) => {
            let mut signs = text.chars();
            let own = signs.next().is_some_and(|sign| "tspkicefr".contains(sign));
            let named = own && signs.next().is_some_and(|sign| sign.is_ascii_digit() || sign == '-');
            let named = named || text == "ev0";
            if named {
                *text = format!("x-{text}");
            }
        }
        Value::Array(list) => list.iter_mut().for_each(marked),
        Value::Object(fields) => {
            let interest = fields.get_mut("interest").and_then(Value::as_object_mut);
            if let Some(own) = interest.filter(|own| own.contains_key("i0")) {
                *own = own.iter().map(|(name, terms)| (format!("x-{name}"), terms.clone())).collect();
            }
            fields.values_mut().for_each(marked);
        }
        _ => {}
    }
}

fn joined(into: &mut Value, from: &Value) {
    for (name, value) in from.as_object().unwrap() {
        match (into.get_mut(name.as_str()), value) {
            (Some(Value::Array(list)), Value::Array(more)) => list.extend(more.iter().cloned()),
            (Some(Value::Object(fields)), Value::Object(more)) => fields.extend(more.clone()),
            (Some(_), _) => {}
            (None, value) => into[name.as_str()] = value.clone(),
        }
    }
}

/// A fee, a claim of a fixed amount and a loan stand above any other plan.
#[test]
fn more_receipts_never_leave_a_senior_loan_out_for_longer() {
    each(
        "senior",
        cases(400),
        |number| senior(&mut Random::of(10, number)),
        |film| {
            let mut richer = film.clone();
            for (place, receipt) in richer.inputs["receipts"].as_array_mut().unwrap().iter_mut().enumerate() {
                if place % 3 != 1 {
                    let digits = receipt["amount"].as_str().unwrap().replace(['.', ' '], "");
                    let amount: i64 = digits.trim_start_matches("USD").parse().unwrap();
                    receipt["amount"] = usd(amount + 40_000 * (place as i64 % 4) + 1);
                }
            }
            let (Some(poor), Some(rich)) = (in_quarters(film), in_quarters(&richer)) else { return Ok(()) };
            let (poor, rich) = (out(film, &poor), out(film, &rich));
            let cents = whole(2);
            for ((date, poor), (_, rich)) in poor.iter().zip(&rich) {
                if *rich > poor + &cents {
                    return Err(format!("on {date} {rich} is out, and {poor} with less received"));
                }
            }
            let paid_off = |days: &[(Day, Fraction)]| {
                days.iter().rev().find(|(_, left)| *left > parts(3, 1)).map(|(date, _)| *date)
            };
            match (paid_off(&poor), paid_off(&rich)) {
                (None, Some(date)) => Err(format!("with more received it is out until {date}")),
                (Some(less), Some(more)) if more > less => {
                    Err(format!("out until {more}, with less until {less}"))
                }
                _ => Ok(()),
            }
        },
    );
}

fn senior(random: &mut Random) -> Film {
    let mut film = film(random, &Language { tiers: 5, amendments: false, ..FULL });
    let interest = json!({"rate_annual": format!("0.{:02}", random.between(0, 20)),
        "compounding": *random.one(&["simple", "yearly", "quarterly"]), "day_count": "ACT/365F",
        "payments": *random.one(&["interest_first", "principal_first"])});
    let head = json!([
        {"id": "fee", "takes": {"kind": "share", "payee": "agent", "rate": format!("0.{:02}", random.between(1, 40))},
            "then": "fixed"},
        {"id": "fixed", "takes": {"kind": "share", "payee": "agent",
            "limit": {"kind": "amount", "amount": usd(random.between(0, 500_000))}}, "then": "loan"},
        {"id": "loan", "takes": {"kind": "share", "payee": "bank", "limit": {"kind": "principal_and_interest",
            "instrument": "loan", "interest": interest}}, "then": "t0"}
    ]);
    let below = film.plan["tiers"].as_array().unwrap().clone();
    film.plan["tiers"] = json!(head.as_array().unwrap().iter().chain(&below).collect::<Vec<_>>());
    for source in film.plan["sources"].as_array_mut().unwrap() {
        source["enters"] = json!("fee");
    }
    let drawn =
        json!({"date": "2024-05-31", "instrument": "loan", "amount": usd(random.between(1, 4_000_000))});
    film.inputs["drawings"].as_array_mut().unwrap().push(drawn);
    film
}

/// What of the loan is out after each day on which something was received, by the payments that were made.
fn out(film: &Film, result: &Recoupment) -> Vec<(Day, Fraction)> {
    let tier = film.plan["tiers"].as_array().unwrap().iter().find(|tier| tier["id"] == "loan").unwrap();
    let mut balance = Balance::new(Some(terms(&tier["takes"]["limit"]["interest"])));
    let drawings = film.inputs["drawings"].as_array().unwrap();
    let drawn = drawings.iter().find(|drawing| drawing["instrument"] == "loan").unwrap();
    balance.until(day::read(drawn["date"].as_str().unwrap()));
    balance.put(&(read(drawn["amount"].as_str().unwrap().trim_start_matches("USD ")) * whole(100)));
    let mut days: Vec<Day> = film.inputs["receipts"]
        .as_array()
        .unwrap()
        .iter()
        .map(|receipt| day::read(receipt["date"].as_str().unwrap()))
        .collect();
    days.sort();
    days.dedup();
    let paid_on = |date: Day| -> i64 {
        let mine = result.postings.iter().filter(|posting| posting.tier.as_deref() == Some("loan"));
        let then = mine.filter(|posting| posting.date.to_string() == date.to_string());
        then.map(|posting| posting.amount.minor()).sum()
    };
    days.into_iter()
        .map(|date| {
            balance.until(date);
            balance.pay(&whole(paid_on(date)));
            (date, balance.outstanding())
        })
        .collect()
}
