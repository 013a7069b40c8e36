//! What holds for every plan in the full language

use std::collections::BTreeMap;

use recoup_calendar::{Frequency, Period, periods_between};
use recoup_deal::recoupment::RecoupmentPlan;
use recoup_waterfall::{
    Amendment, DeclaredExpense, FilmEvent, Played, Recoupment, RunInputs, UnitsCounted, compile, recoup,
    recoup_totals,
};
use serde_json::{Value, json};

use crate::{
    agrees::run,
    plans::{FULL, Film, Language, WIDE, amendment, film, random::Random},
    search::{cases, each},
};

/// Years of quarters that all films fall into.
pub(crate) fn quarters() -> Vec<Period> {
    periods_between("2024-01-01".parse().unwrap(), "2030-12-31".parse().unwrap(), Frequency::Quarter).unwrap()
}

/// A run in quarters; a group that promises too much is refused, and nothing is asked of it.
pub(crate) fn in_quarters(film: &Film) -> Option<Recoupment> {
    let plan: RecoupmentPlan = serde_json::from_value(film.plan.clone()).unwrap();
    let inputs: RunInputs = serde_json::from_value(film.inputs.clone()).unwrap();
    recoup(&plan, &inputs, &quarters()).ok()
}

pub(crate) fn by_tier(result: &Recoupment) -> BTreeMap<String, i64> {
    let mut out = BTreeMap::new();
    for posting in &result.postings {
        let tier = posting.tier.as_deref().unwrap_or("the end").to_owned();
        *out.entry(tier).or_insert(0) += posting.amount.minor();
    }
    out
}

/// Whether every tier is paid the same in both, to so many cents.
pub(crate) fn alike(
    left: &BTreeMap<String, i64>,
    right: &BTreeMap<String, i64>,
    cents: i64,
) -> Result<(), String> {
    for tier in left.keys().chain(right.keys()) {
        let (left, right) = (left.get(tier).unwrap_or(&0), right.get(tier).unwrap_or(&0));
        if (left - right).abs() > cents {
            return Err(format!("{tier} is paid {left} and {right}"));
        }
    }
    Ok(())
}

fn made(seed: u64, language: Language) -> impl Fn(u64) -> Film {
    move |number| film(&mut Random::of(seed, number), &language)
}

#[test]
fn money_is_conserved_and_no_claim_gets_more_than_its_limit() {
    each("sound", cases(2_000), made(2, FULL), sound);
}

fn sound(film: &Film) -> Result<(), String> {
    let Some(result) = in_quarters(film) else { return Ok(()) };
    let (mut received, mut paid) = (0, 0);
    for period in &result.periods {
        let into = period.opening_held.minor() + period.receipts.minor() + period.contributions.minor();
        let out = period.paid.minor() + period.held.minor() + period.left_over.minor();
        if into != out {
            return Err(format!("period {}: {into} in, {out} out", period.period));
        }
        received += period.receipts.minor() + period.contributions.minor();
        paid += period.paid.minor() + period.left_over.minor();
    }
    if received != paid + result.held.minor() {
        return Err(format!("{received} received, {paid} paid, {} held", result.held.minor()));
    }
    if let Some(posting) = result.postings.iter().find(|posting| posting.amount.minor() <= 0) {
        return Err(format!("{posting:?} is not above nothing"));
    }
    for claim in &result.claims {
        let Some(limit) = claim.limit.filter(|_| counts_its_own(&film.plan["tiers"], &claim.tier)) else {
            continue;
        };
        if claim.paid.minor() > limit.minor() + 1 || claim.outstanding.minor() < 0 {
            return Err(format!("{claim:?} is beyond its limit"));
        }
    }
    Ok(())
}

/// Whether only its own payments count against the limit of a claim.
fn counts_its_own(tiers: &Value, id: &str) -> bool {
    tiers.as_array().into_iter().flatten().any(|tier| {
        let takes = &tier["takes"];
        let own = takes.get("limit_pool").is_none() && takes["limit"]["kind"] != "principal_and_interest";
        (tier["id"] == id && own) || counts_its_own(&takes["members"], id)
    })
}

#[test]
fn the_same_bytes_whoever_else_runs() {
    let films: Vec<Film> = (0..cases(200)).map(made(3, FULL)).collect();
    let bytes = |film: &Film| {
        run(film).map(|result| serde_json::to_string(&result).unwrap()).map_err(|error| error.to_string())
    };
    let alone: Vec<_> = films.iter().map(bytes).collect();
    let beside: Vec<_> = std::thread::scope(|scope| {
        let first = scope.spawn(|| films.iter().map(bytes).collect::<Vec<_>>());
        let second = scope.spawn(|| films.iter().rev().map(bytes).collect::<Vec<_>>());
        let (first, mut second) = (first.join().unwrap(), second.join().unwrap());
        second.reverse();
        assert!(first == second);
        first
    });
    assert!(alone == beside);
}

#[test]
fn an_amendment_never_touches_what_was_before_it() {
    each("amended", cases(500), made(4, FULL), |film| {
        let mut random = Random::of(40, film.inputs.to_string().len() as u64);
        let change = amendment(&mut random, &film.plan);
        let mut amended = film.clone();
        let date = change["date"].as_str().unwrap().to_owned();
        let changes = amended.inputs["amendments"].as_array_mut().ok_or("no list of amendments")?;
        changes.push(change);
        let (Some(before), Some(after)) = (in_quarters(film), in_quarters(&amended)) else { return Ok(()) };
        let past = |result: &Recoupment| {
            let date = date.parse().unwrap();
            let past = result.postings.iter().filter(|posting| posting.date < date);
            past.map(|posting| serde_json::to_string(posting).unwrap()).collect::<Vec<_>>()
        };
        if past(&before) == past(&after) { Ok(()) } else { Err(format!("payments before {date} differ")) }
    });
}

/// Plans in which a receipt is no more than money on a day: nothing is entitled or lost by the receipt, and nothing
/// that two claims share is divided by what is owed on it.
const MONEY_ON_A_DAY: Language = Language {
    on_gross: false,
    lapsing: false,
    growing_caps: false,
    reserves: false,
    interest: false,
    pools: false,
    ..FULL
};

#[test]
fn a_receipt_in_two_parts_on_one_day_pays_the_same() {
    each("parts", cases(500), made(5, MONEY_ON_A_DAY), |film| {
        let mut split = film.clone();
        let receipts: Vec<Value> = film.inputs["receipts"]
            .as_array()
            .into_iter()
            .flatten()
            .enumerate()
            .flat_map(|(place, receipt)| {
                let amount = cents_of(&receipt["amount"]);
                let part = amount * (place as i64 % 5) / 4;
                let (mut first, mut second) = (receipt.clone(), receipt.clone());
                first["amount"] = crate::plans::usd(part);
                second["amount"] = crate::plans::usd(amount - part);
                second["id"] = json!(format!("{}-rest", receipt["id"].as_str().unwrap_or_default()));
                [first, second]
            })
            .collect();
        split.inputs["receipts"] = json!(receipts);
        let (Some(whole), Some(parts)) = (in_quarters(film), in_quarters(&split)) else { return Ok(()) };
        alike(&by_tier(&whole), &by_tier(&parts), 1)
    });
}

#[test]
fn three_times_the_money_pays_three_times_as_much() {
    each("scaled", cases(500), made(6, Language { reserves: false, ..FULL }), |film| {
        let mut larger = film.clone();
        scaled(&mut larger.plan);
        scaled(&mut larger.inputs);
        let (Some(small), Some(large)) = (in_quarters(film), in_quarters(&larger)) else { return Ok(()) };
        let times = by_tier(&small).into_iter().map(|(tier, paid)| (tier, 3 * paid)).collect();
        alike(&times, &by_tier(&large), 4)
    });
}

fn cents_of(written: &Value) -> i64 {
    let digits: String = written.as_str().unwrap().chars().filter(char::is_ascii_digit).collect();
    digits.parse().unwrap()
}

/// Every amount of money, three times.
fn scaled(value: &mut Value) {
    match value {
        Value::String(text) if text.starts_with("USD ") => {
            *value = crate::plans::usd(3 * cents_of(&value.clone()))
        }
        Value::Array(list) => list.iter_mut().for_each(scaled),
        Value::Object(fields) => fields.values_mut().for_each(scaled),
        _ => {}
    }
}

#[test]
fn the_order_in_which_tiers_are_written_is_of_no_account() {
    each("written", cases(500), made(7, Language { reserves: false, ..FULL }), |film| {
        let mut other = film.clone();
        other.plan["tiers"].as_array_mut().unwrap().reverse();
        let (Some(one), Some(two)) = (in_quarters(film), in_quarters(&other)) else { return Ok(()) };
        alike(&by_tier(&one), &by_tier(&two), 1)
    });
}

#[test]
fn nothing_received_changes_nothing() {
    each("nothing", cases(300), made(8, Language { interest: false, ..FULL }), |film| {
        let mut more = film.clone();
        let receipts = more.inputs["receipts"].as_array_mut().unwrap();
        let Some(first) = receipts.first().cloned() else { return Ok(()) };
        for date in ["2025-02-28", "2026-07-01", "2029-01-01"] {
            let mut empty = first.clone();
            empty["id"] = json!(format!("empty {date}"));
            empty["date"] = json!(date);
            empty["amount"] = json!("USD 0.00");
            receipts.push(empty);
        }
        let (Some(one), Some(two)) = (in_quarters(film), in_quarters(&more)) else { return Ok(()) };
        alike(&by_tier(&one), &by_tier(&two), 0)
    });
}

/// A run that says why lets every receipt down tier by tier; one that does not leaps over what is closed. They come to the
/// same in every posting, statement and claim.
#[test]
fn a_run_that_says_why_pays_the_same() {
    each("why, wide", cases(1_000), made(12, WIDE), says_the_same);
    // Most of these come down in one go, and most of those not.
    each("why, full", cases(1_000), made(14, FULL), says_the_same);
    each("why, bare", cases(1_000), made(15, BARE), says_the_same);
}

/// Terms that stand still: money that comes down leaps, stops and divides, and seldom switches anything.
const BARE: Language =
    Language { conditions: false, facts: false, shortfalls: false, amendments: false, ..FULL };

fn says_the_same(film: &Film) -> Result<(), String> {
    let plan: RecoupmentPlan = serde_json::from_value(film.plan.clone()).unwrap();
    let inputs: RunInputs = serde_json::from_value(film.inputs.clone()).unwrap();
    let (quick, said) = (recoup(&plan, &inputs, &quarters()), Played::of(&plan, &inputs, &quarters()));
    match (quick, said) {
        (Ok(quick), Ok(said)) if quick == said.recoupment => Ok(()),
        (Ok(quick), Ok(said)) => {
            let told = said.recoupment;
            let other = quick.postings.iter().zip(&told.postings).find(|(one, other)| one != other);
            Err(format!("other postings, statements or claims: {other:?}"))
        }
        (Err(one), Err(other)) if one.to_string() == other.to_string() => Ok(()),
        (quick, said) => Err(format!("{:?} and {:?}", quick.err(), said.err())),
    }
}

#[test]
fn totals_alone_are_those_of_the_payments() {
    each("totals, wide", cases(1_000), made(11, WIDE), totals_agree);
    each("totals, full", cases(1_000), made(16, FULL), totals_agree);
}

fn totals_agree(film: &Film) -> Result<(), String> {
    let Some(told) = in_quarters(film) else { return Ok(()) };
    let plan: RecoupmentPlan = serde_json::from_value(film.plan.clone()).unwrap();
    let inputs: RunInputs = serde_json::from_value(film.inputs.clone()).unwrap();
    // What the plan declares itself is among the inputs of a compiled plan.
    let mut all = inputs.clone();
    for kind in &plan.expense_types {
        all.expenses.extend(kind.declared.iter().map(|own| DeclaredExpense {
            date: own.date,
            kind: kind.id.clone(),
            amount: own.amount,
            counts_to_cap: own.counts_to_cap,
        }));
    }
    all.events.extend(plan.events.iter().map(|own| FilmEvent {
        date: own.date,
        event: own.event.clone(),
        value: own.value,
    }));
    for series in &plan.unit_series {
        all.counts.extend(series.counts.iter().map(|own| UnitsCounted {
            date: own.date,
            series: series.id.clone(),
            count: own.count,
        }));
    }
    let amended = plan.amendments.iter();
    all.amendments.extend(amended.map(|own| Amendment { date: own.date, change: own.change.clone() }));
    let compiled = compile(&plan, inputs.currency).map_err(|error| error.to_string())?;
    let totals = recoup_totals(&compiled, &all, &quarters()).map_err(|error| error.to_string())?;
    let claims: Vec<_> = told.claims.iter().map(|claim| (&*claim.tier, claim.paid, claim.arrived)).collect();
    let mine = compiled.tiers().zip(&totals.claims).map(|(tier, (paid, arrived))| (tier, *paid, *arrived));
    let mine: Vec<_> = mine.filter(|(tier, ..)| claims.iter().any(|(claim, ..)| claim == tier)).collect();
    if mine != claims || totals.held != told.held || totals.shortfalls != told.shortfalls {
        return Err(format!("{mine:?} are not {claims:?}"));
    }
    let ended = told.postings.iter().filter(|posting| posting.tier.is_none());
    let ended: i64 = ended.map(|posting| posting.amount.minor()).sum();
    if ended == totals.to_the_end.minor() { Ok(()) } else { Err(format!("{ended} reached the end")) }
}
