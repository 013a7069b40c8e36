//! Looking for a plan that breaks what should hold, and for the smallest that still does

use serde_json::Value;

use crate::plans::Film;

/// How many plans are tried: as many as fit a test, or as `RECOUP_PLANS` says.
#[expect(clippy::disallowed_methods, reason = "the environment says how long to look")]
pub(crate) fn cases(usual: u64) -> u64 {
    std::env::var("RECOUP_PLANS").ok().and_then(|text| text.parse().ok()).unwrap_or(usual)
}

/// Tries plans until one breaks; then makes it smaller and shows it.
pub(crate) fn each(
    name: &str,
    count: u64,
    make: impl Fn(u64) -> Film,
    holds: impl Fn(&Film) -> Result<(), String>,
) {
    for number in 0..count {
        let film = make(number);
        let Err(reason) = holds(&film) else { continue };
        let (film, reason) = smaller(film, reason, &holds);
        panic!(
            "{name}, plan {number}: {reason}\nplan {}\ninputs {}",
            serde_json::to_string(&film.plan).unwrap(),
            serde_json::to_string(&film.inputs).unwrap()
        );
    }
}

/// Takes away what can go: tiers, receipts, conditions, fields, as long as it still breaks.
fn smaller(
    mut film: Film,
    mut reason: String,
    holds: &impl Fn(&Film) -> Result<(), String>,
) -> (Film, String) {
    let breaks = |film: &Film| {
        let read =
            serde_json::from_value::<recoup_deal::recoupment::RecoupmentPlan>(film.plan.clone()).ok()?;
        recoup_waterfall::compile(&read, recoup_money::Currency::USD).ok()?;
        serde_json::from_value::<recoup_waterfall::RunInputs>(film.inputs.clone()).ok()?;
        holds(film).err()
    };
    loop {
        let mut progress = false;
        let mut place = 0;
        while let Some(less) = without(&film, place) {
            match breaks(&less) {
                Some(again) => {
                    (film, reason) = (less, again);
                    progress = true;
                }
                None => place += 1,
            }
        }
        if !progress {
            return (film, reason);
        }
    }
}

/// The film without its element number so and so; none when there are no more.
fn without(film: &Film, place: usize) -> Option<Film> {
    let mut less = film.clone();
    let mut left = place;
    if removed(&mut less.inputs, &mut left) {
        return Some(less);
    }
    if removed(&mut less.plan, &mut left) {
        // What led to a tier that is gone leads to where it led.
        for tier in film.plan["tiers"].as_array()? {
            let id = &tier["id"];
            let there = less.plan["tiers"].as_array()?.iter().any(|other| other["id"] == *id);
            if !there {
                let next = tier.get("then").cloned().unwrap_or(Value::Null);
                renamed(&mut less.plan, id, &next);
            }
        }
        return Some(less);
    }
    None
}

fn renamed(plan: &mut Value, id: &Value, next: &Value) {
    for tier in plan["tiers"].as_array_mut().into_iter().flatten() {
        if tier.get("then") == Some(id) {
            tier["then"] = next.clone();
        }
    }
    for source in plan["sources"].as_array_mut().into_iter().flatten() {
        if source["enters"] == *id {
            source["enters"] = next.clone();
        }
    }
}

/// Takes one element of a list or one field away.
fn removed(value: &mut Value, left: &mut usize) -> bool {
    match value {
        Value::Array(list) => {
            if *left < list.len() {
                list.remove(*left);
                return true;
            }
            *left -= list.len();
            list.iter_mut().any(|inner| removed(inner, left))
        }
        Value::Object(fields) => {
            if *left < fields.len() {
                let name = fields.keys().nth(*left).cloned().unwrap();
                fields.shift_remove(&name);
                return true;
            }
            *left -= fields.len();
            fields.values_mut().any(|inner| removed(inner, left))
        }
        _ => false,
    }
}
