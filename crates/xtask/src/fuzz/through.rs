//! Everything that is done with a program from outside.

use std::collections::BTreeMap;

use recoup_deal::{Deal, DealProgram, IncentiveClaim, deal_to_value, read_deal_value};
use recoup_explain::Book;
use recoup_incentives::own::{asked_of, copy_of, edition_id, json_of, typed, written};
use recoup_incentives::{
    Answers, Catalog, EvaluateError, Policy, Scope, Value, assess, evaluate, lint, parse, read_own,
    read_own_bytes, read_toml, run,
};
use rust_decimal::Decimal;

use super::input::Input;

/// What was done.
#[derive(Clone, Copy, Default)]
pub(super) struct Counts {
    pub(super) programs: u64,
    pub(super) read: u64,
    pub(super) formulas: u64,
    pub(super) parsed: u64,
    pub(super) computed: u64,
    pub(super) assessed: u64,
}

/// Longest list of faults that is told.
const MOST_FAULTS: usize = 100;

pub(super) fn through(
    input: &Input,
    library: &Catalog,
    deal: &Deal,
    counts: &mut Counts,
) -> Result<(), String> {
    match input {
        Input::Formula(text) => formula(text, counts),
        Input::Toml(text) => {
            counts.programs += 1;
            if let Ok(policy) = read_toml("spoilt.toml", text) {
                counts.read += 1;
                if lint(&policy).is_empty() {
                    computed(&policy, counts)?;
                }
            }
            Ok(())
        }
        Input::Json(bytes) => json(bytes, library, deal, counts),
    }
}

fn json(bytes: &[u8], library: &Catalog, deal: &Deal, counts: &mut Counts) -> Result<(), String> {
    counts.programs += 1;
    let program = match read_own_bytes(bytes) {
        Ok(program) => program,
        Err(faults) if faults.is_empty() || faults.len() > MOST_FAULTS => {
            return Err(format!("refused with {} faults", faults.len()));
        }
        Err(_) => return Ok(()),
    };
    counts.read += 1;
    let again =
        read_own(&written(&program.json)).map_err(|faults| format!("not read again: {}", faults[0]))?;
    if again.policy != program.policy {
        return Err("read again as another program".to_owned());
    }
    read_own(&copy_of(&program.policy, "own-copy").to_string())
        .map_err(|faults| format!("its copy is not read: {}", faults[0]))?;
    computed(&program.policy, counts)?;
    in_a_deal(&program.policy, library, deal, counts)
}

/// The form on nothing, on one of everything, and on values at the end of what a decimal holds.
fn computed(policy: &Policy, counts: &mut Counts) -> Result<(), String> {
    for text in ["", "1", "1250000.50", "79228162514264337593543950335", "true", "-0.1; 3; 4"] {
        let mut answers = Answers::new();
        for input in &policy.inputs {
            let given = BTreeMap::from([(input.name.clone(), text.to_owned())]);
            if let Ok(read) = typed(policy, &given) {
                read.iter().for_each(|(name, value)| answers.set(name, value.clone()));
            }
        }
        counts.computed += 1;
        let result = run(policy, &answers, &Answers::new()).map_err(|reason| format!("not run: {reason}"))?;
        if result.lines.len() < policy.lines.len() {
            return Err("a line is neither computed nor said to fail".to_owned());
        }
    }
    Ok(())
}

fn in_a_deal(policy: &Policy, library: &Catalog, deal: &Deal, counts: &mut Counts) -> Result<(), String> {
    let mut deal = deal.clone();
    deal.programs = vec![DealProgram { id: edition_id(policy), policy: json_of(policy) }];
    deal.incentives = vec![IncentiveClaim {
        id: "claim".to_owned(),
        program: policy.id.clone(),
        version_on: Some(policy.from),
        ..IncentiveClaim::default()
    }];
    // A deal has bounds of its own; what it refuses to carry goes no further.
    let document = deal_to_value(&deal).map_err(|reason| reason.message)?;
    let Ok(deal) = read_deal_value(document) else { return Ok(()) };
    let asked = asked_of(&deal, policy).len();
    if asked > policy.inputs.len() {
        return Err(format!("the deal answers {asked} questions"));
    }
    counts.assessed += 1;
    let claims = assess(&deal, library, &mut Book::new()).claims.len();
    if claims == 1 { Ok(()) } else { Err(format!("{claims} claims were assessed")) }
}

/// Values of every kind under any name.
struct Anything;

impl Scope for Anything {
    fn value(&mut self, name: &str) -> Result<Value, EvaluateError> {
        Ok(match name.len() % 4 {
            0 => Value::Number(Decimal::MAX),
            1 => Value::Number(Decimal::new(125, 2)),
            2 => Value::Absent,
            _ => Value::Flag(true),
        })
    }

    fn minor_digits(&self) -> u32 {
        2
    }
}

fn formula(text: &str, counts: &mut Counts) -> Result<(), String> {
    counts.formulas += 1;
    let Ok(read) = parse(text) else { return Ok(()) };
    counts.parsed += 1;
    let said = read.to_string();
    let again = parse(&said).map(|again| again.to_string());
    if again.as_deref() != Ok(said.as_str()) && said.len() <= recoup_incentives::parse::MAX_TEXT {
        return Err(format!("{said} reads as {again:?}"));
    }
    let _ = evaluate(&read, &mut Anything);
    Ok(())
}
