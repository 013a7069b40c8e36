//! Worked cases in the format `waterfall-case/1`
//!
//! A case is translated into a plan of the deal document and run by the same executor that pays a
//! film's financiers; nothing here computes an amount. What is compared are the exact amounts the
//! executor carries before payments are rounded to whole minor units.

mod translate;

use std::collections::BTreeMap;

use recoup_money::cases::{CaseReport, FieldReport};
use serde_json::{Map, Value};

use crate::{
    compile::compile,
    exact::{Exact, UNIT},
    run::Run,
};
use translate::{Case, translate};

/// Runs a case and compares it with what it expects. A construct that is not known is an error
/// that names it.
pub fn verify_case(case: &Value) -> CaseReport {
    let id = case.get("name").and_then(Value::as_str).unwrap_or("unnamed");
    match compare(case, false) {
        Ok(fields) => CaseReport::of(id, fields),
        Err(reason) => CaseReport::unreadable(id, reason),
    }
}

/// Runs a stand-alone plan with its receipts and answers in the words of the format: `by_payee`, `by_node`,
/// `left_over`, `shortfall` and `by_receipt`, amounts in units of the case to six places.
///
/// # Errors
/// The construct that is not known, or the place that cannot be read.
pub fn run_case(case: &Value) -> Result<Value, String> {
    let translated = translate(case)?;
    let answers = run(&translated)?;
    let scale = translated.scale;
    let mut whole = Map::new();
    for (name, amount) in &answers.totals {
        let mut steps = name.splitn(2, '.');
        let (head, rest) = (steps.next().unwrap_or_default(), steps.next());
        let shown = Value::from(show(*amount, scale));
        let Some(rest) = rest else {
            whole.insert(head.to_owned(), shown);
            continue;
        };
        let group = whole.entry(head.to_owned()).or_insert_with(|| Value::Object(Map::new()));
        let Some(group) = group.as_object_mut() else { continue };
        match rest.rsplit_once('.').filter(|_| head == "by_node" || head == "by_pool") {
            Some((node, key)) => {
                let node = group.entry(node.to_owned()).or_insert_with(|| Value::Object(Map::new()));
                if let Some(node) = node.as_object_mut() {
                    node.insert(key.to_owned(), shown);
                }
            }
            None => {
                group.insert(rest.to_owned(), shown);
            }
        }
    }
    let receipts: Map<String, Value> = answers
        .receipts
        .iter()
        .map(|(id, payees)| {
            let payees = payees.iter().map(|(payee, amount)| (payee.clone(), show(*amount, scale).into()));
            (id.clone(), Value::Object(payees.collect()))
        })
        .collect();
    whole.insert("by_receipt".to_owned(), Value::Object(receipts));
    Ok(Value::Object(whole))
}

/// What a case can be asked about, by the names of the fields of its report.
struct Answers {
    totals: BTreeMap<String, Exact>,
    receipts: BTreeMap<String, BTreeMap<String, Exact>>,
    count: usize,
}

fn compare(case: &Value, everything: bool) -> Result<Vec<FieldReport>, String> {
    let translated = translate(case)?;
    let answers = run(&translated)?;
    let expected = case.get("expected").ok_or("the case expects nothing")?;
    let scale = translated.scale;
    let mut fields = Vec::new();
    let wide = Exact::try_from(answers.count.max(1)).unwrap_or(1);
    let mut total = |name: String, value: &Value| {
        fields.push(field(name.clone(), value, answers.totals.get(&name).copied(), scale, wide));
    };
    for (payee, value) in entries(expected, "by_payee") {
        total(format!("by_payee.{payee}"), value);
    }
    for (node, value) in entries(expected, "by_node") {
        for (key, value) in value.as_object().into_iter().flatten() {
            if key == "paid" || everything {
                total(format!("by_node.{node}.{key}"), value);
            }
        }
    }
    if everything {
        for (pool, value) in entries(expected, "by_pool") {
            for (key, value) in value.as_object().into_iter().flatten() {
                total(format!("by_pool.{pool}.{key}"), value);
            }
        }
    }
    if let Some(value) = expected.get("left_over") {
        total("left_over".to_owned(), value);
    }
    for (party, value) in entries(expected, "shortfall") {
        total(format!("shortfall.{party}"), value);
    }
    for row in expected.get("by_receipt").and_then(Value::as_array).into_iter().flatten() {
        receipt_fields(row, &answers, scale, &mut fields)?;
    }
    Ok(fields)
}

fn entries<'a>(expected: &'a Value, key: &str) -> impl Iterator<Item = (&'a String, &'a Value)> {
    expected.get(key).and_then(Value::as_object).into_iter().flatten()
}

/// Payees that a receipt does not name are expected to get nothing out of it.
fn receipt_fields(
    row: &Value,
    answers: &Answers,
    scale: i128,
    fields: &mut Vec<FieldReport>,
) -> Result<(), String> {
    let id = row.get("receipt").and_then(Value::as_str).ok_or("an expected receipt has no id")?;
    let nothing = BTreeMap::new();
    let got = answers.receipts.get(id).unwrap_or(&nothing);
    let zero = Value::String("0".to_owned());
    let mut expected: BTreeMap<&str, &Value> = got.keys().map(|payee| (payee.as_str(), &zero)).collect();
    expected.insert("left_over", row.get("left_over").unwrap_or(&zero));
    for (payee, value) in row.get("to_payees").and_then(Value::as_object).into_iter().flatten() {
        expected.insert(payee, value);
    }
    for (payee, value) in expected {
        let amount = got.get(payee).copied().or_else(|| answers.receipts.contains_key(id).then_some(0));
        fields.push(field(format!("by_receipt.{id}.{payee}"), value, amount, scale, 1));
    }
    Ok(())
}

fn field(name: String, expected: &Value, got: Option<Exact>, scale: i128, tolerances: Exact) -> FieldReport {
    let text = expected.as_str().map_or_else(|| expected.to_string(), str::to_owned);
    let Some(got) = got else { return FieldReport::missing(name, Some(text), None) };
    let shown = show(got, scale);
    let Some(wanted) = text.parse().ok().and_then(|ratio| translate::exact(ratio, scale)) else {
        return FieldReport::compared(name, text, shown, None, false);
    };
    let difference = got - wanted;
    let tolerance = UNIT * scale / 100 * tolerances;
    FieldReport::compared(name, text, shown, Some(show(difference, scale)), difference.abs() <= tolerance)
}

/// An exact amount in units of the case, to six places.
fn show(amount: Exact, scale: i128) -> String {
    let millionth = UNIT * scale / 1_000_000;
    let rounded = (amount.abs() + millionth / 2) / millionth;
    let sign = if amount < 0 && rounded != 0 { "-" } else { "" };
    let text = format!("{sign}{}.{:06}", rounded / 1_000_000, rounded % 1_000_000);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

fn run(case: &Case) -> Result<Answers, String> {
    let plan = compile(&case.plan, case.inputs.currency).map_err(|error| error.to_string())?;
    let mut run = Run::new(&plan, &case.inputs, &[]);
    run.keep_rows();
    run.play(&case.timeline()).map_err(|error| error.to_string())?;
    let mut answers = Answers { totals: BTreeMap::new(), receipts: BTreeMap::new(), count: run.rows.len() };
    let layout = plan.layout;
    let have = |counter: u32| run.state.have[counter as usize];
    let (mut received, mut paid_out) = (0, 0);
    for (index, party) in plan.parties.iter().enumerate() {
        let paid = have(layout.party + index as u32);
        paid_out += paid;
        answers.totals.insert(format!("by_payee.{party}"), paid);
        answers.totals.insert(format!("shortfall.{party}"), run.state.shortfall[index]);
    }
    for (index, node) in plan.nodes.iter().enumerate() {
        let index = index as u32;
        answers.totals.insert(format!("by_node.{}.paid", node.id), have(layout.paid + index));
        answers.totals.insert(format!("by_node.{}.reached", node.id), have(layout.reached + index));
    }
    for (index, pool) in plan.pools.iter().enumerate() {
        let index = index as u32;
        answers.totals.insert(format!("by_pool.{pool}.paid"), have(layout.pool_paid + index));
        answers.totals.insert(format!("by_pool.{pool}.notional"), have(layout.pool_notional + index));
    }
    for row in &run.rows {
        let amount = Exact::from(row.amount) * UNIT;
        received += amount;
        let payees = answers.receipts.entry(row.id.to_string()).or_default();
        for (node, taken) in &row.taken {
            let payee = plan.share(*node).and_then(|share| share.payee);
            let name = payee.map_or("left_over", |party| plan.parties[party as usize].as_ref());
            *payees.entry(name.to_owned()).or_default() += *taken;
        }
        let to_payees: Exact = payees.values().sum();
        payees.insert("left_over".to_owned(), amount - to_payees);
    }
    answers.totals.insert("left_over".to_owned(), received - paid_out);
    Ok(answers)
}

#[cfg(test)]
mod tests;
