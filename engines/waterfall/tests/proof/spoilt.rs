//! Documents that nobody should write: never a panic, never without end, always an error that says what is wrong

use std::time::{Duration, Instant};

use recoup_deal::recoupment::RecoupmentPlan;
use recoup_money::Currency;
use recoup_waterfall::{RunInputs, Surroundings, WaterfallError, compile, recoup, validate};
use serde_json::{Value, json};

use crate::{
    plans::{FULL, film, random::Random},
    properties::quarters,
    search::cases,
};

/// Longest that one document may take; a debug build on a busy machine is slow.
const LONGEST: Duration = Duration::from_secs(10);

/// Values that are hard on whoever reads them.
const HARD: [&str; 24] = [
    "",
    "0",
    "-1",
    "1/0",
    "1/3",
    "-1/3",
    "1e9",
    "9223372036854775807",
    "9223372036854775807/9223372036854775806",
    "1/9223372036854775807",
    "0.000000000000000001",
    "USD 0.00",
    "USD -5.00",
    "USD 92233720368547758.07",
    "EUR 10.00",
    "USD 0.001",
    "0001-01-01",
    "9999-12-31",
    "2025-02-30",
    "t0",
    "t1",
    "t0m0",
    "p0",
    "share",
];

#[derive(Default)]
struct Told {
    read: u64,
    compiled: u64,
    ran: u64,
}

#[test]
#[expect(clippy::disallowed_methods, reason = "a test may measure time")]
fn no_document_breaks_what_reads_checks_and_runs_it() {
    let mut told = Told::default();
    for number in 0..cases(1_500) {
        let mut random = Random::of(50, number);
        let mut film = film(&mut random, &FULL);
        for _ in 0..=random.below(4) {
            let document = if random.once_in(4) { &mut film.inputs } else { &mut film.plan };
            spoil(document, &mut random);
        }
        let begun = Instant::now();
        through(&film.plan, &film.inputs, &mut told)
            .unwrap_or_else(|reason| panic!("document {number}: {reason}\n{}\n{}", film.plan, film.inputs));
        assert!(begun.elapsed() < LONGEST, "document {number} takes {:?}\n{}", begun.elapsed(), film.plan);
    }
    // Most that is spoilt a little can still be read, and much of it be run.
    assert!(told.read > 0 && told.compiled > 0 && told.ran > 0);
    eprintln!("{} were read, {} compiled, {} ran", told.read, told.compiled, told.ran);
}

fn through(plan: &Value, inputs: &Value, told: &mut Told) -> Result<(), String> {
    let plan = match serde_json::from_str::<RecoupmentPlan>(&plan.to_string()) {
        Ok(plan) => plan,
        Err(error) => return said(&error.to_string()),
    };
    told.read += 1;
    let findings = validate(&plan, Currency::USD, &Surroundings::default());
    match compile(&plan, Currency::USD) {
        Ok(_) => told.compiled += 1,
        Err(error) if findings.is_empty() => return Err(format!("refused without a finding: {error}")),
        Err(error) => said(&error.to_string())?,
    }
    let inputs = match serde_json::from_str::<RunInputs>(&inputs.to_string()) {
        Ok(inputs) => inputs,
        Err(error) => return said(&error.to_string()),
    };
    for schedule in [&quarters()[..], &[]] {
        match recoup(&plan, &inputs, schedule) {
            Ok(result) if schedule.is_empty() => {
                told.ran += 1;
                serde_json::to_string(&result).map_err(|error| error.to_string())?;
            }
            Ok(_) => {}
            // A rate below nothing is a finding, and what is run in spite of it does not add up.
            Err(error @ WaterfallError::Conservation { .. }) if findings.is_empty() => {
                return Err(error.to_string());
            }
            Err(error) => said(&error.to_string())?,
        }
    }
    Ok(())
}

fn said(text: &str) -> Result<(), String> {
    if text.is_empty() { Err("refused without a word".to_owned()) } else { Ok(()) }
}

/// One change somewhere in a document that keeps it nearly what it was.
fn spoil(document: &mut Value, random: &mut Random) {
    let count = spots(document);
    let mut left = random.below(count);
    let other = random.below(count);
    match random.below(6) {
        // One part in the place of another: ids swapped, tiers that name themselves, groups inside each other.
        0 => {
            let mut at = other;
            let part = spot(document, &mut at).cloned().unwrap_or_default();
            if let Some(found) = spot_mut(document, &mut left) {
                *found = part;
            }
        }
        1 => looped(document, random),
        2 => {
            if let Some(found) = spot_mut(document, &mut left) {
                deepened(found, random);
            }
        }
        _ => {
            if let Some(found) = spot_mut(document, &mut left) {
                changed(found, random);
            }
        }
    }
}

/// A tier leads to itself or back up, or a reserve lets go above itself at once.
fn looped(document: &mut Value, random: &mut Random) {
    let Some(tiers) = document.get_mut("tiers").and_then(Value::as_array_mut) else { return };
    if tiers.is_empty() {
        return;
    }
    let (from, to) = (random.below(tiers.len()), random.below(tiers.len()));
    let id = tiers[to].get("id").cloned().unwrap_or_default();
    let Some(tier) = tiers[from].as_object_mut() else { return };
    if random.once_in(2) {
        tier.insert("then".to_owned(), id);
    } else {
        let takes = json!({"kind": "reserve", "rate": *random.one(&["1", "0.5", "1/3"]),
            "release_months": random.below(2), "release_to": id});
        tier.insert("takes".to_owned(), takes);
    }
}

/// The same inside itself, many times.
fn deepened(value: &mut Value, random: &mut Random) {
    for _ in 0..random.below(40) {
        let inner = value.take();
        *value = match inner.get("measure") {
            Some(_) => json!({"measure": "all", "of": [inner]}),
            None if inner.get("takes").is_some() => {
                json!({"id": format!("d{}", random.below(1_000)), "takes": {"kind": "together", "members": [inner]}})
            }
            None => json!([inner]),
        };
    }
}

fn changed(value: &mut Value, random: &mut Random) {
    match value {
        Value::Array(list) if !list.is_empty() && !random.once_in(6) => {
            let at = random.below(list.len());
            match random.below(3) {
                0 => drop(list.remove(at)),
                1 => list.reverse(),
                _ => list.push(list[at].clone()),
            }
        }
        Value::Object(fields) if !fields.is_empty() && !random.once_in(6) => {
            let name = fields.keys().nth(random.below(fields.len())).cloned().unwrap_or_default();
            if random.once_in(2) {
                fields.shift_remove(&name);
            } else {
                fields.insert(name, hard(random));
            }
        }
        other => *other = hard(random),
    }
}

fn hard(random: &mut Random) -> Value {
    match random.below(8) {
        0 => Value::Null,
        1 => json!(random.next()),
        2 => json!(-1),
        3 => json!(i32::MAX),
        4 => json!([]),
        _ => json!(random.one(&HARD)),
    }
}

fn spots(value: &Value) -> usize {
    1 + match value {
        Value::Array(list) => list.iter().map(spots).sum(),
        Value::Object(fields) => fields.values().map(spots).sum(),
        _ => 0,
    }
}

fn spot<'v>(value: &'v Value, left: &mut usize) -> Option<&'v Value> {
    if *left == 0 {
        return Some(value);
    }
    *left -= 1;
    match value {
        Value::Array(list) => list.iter().find_map(|inner| spot(inner, left)),
        Value::Object(fields) => fields.values().find_map(|inner| spot(inner, left)),
        _ => None,
    }
}

fn spot_mut<'v>(value: &'v mut Value, left: &mut usize) -> Option<&'v mut Value> {
    if *left == 0 {
        return Some(value);
    }
    *left -= 1;
    match value {
        Value::Array(list) => list.iter_mut().find_map(|inner| spot_mut(inner, left)),
        Value::Object(fields) => fields.values_mut().find_map(|inner| spot_mut(inner, left)),
        _ => None,
    }
}
