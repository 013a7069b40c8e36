//! The rules of recoupment worked a second time: slowly, by name, in exact fractions
//!
//! It shares nothing with the executor. It reads documents by the words in them, counts days one by one, keeps totals
//! under their names, and never lets money down to take it back: it works out which part of a unit every tier gets
//! and at which amount a total comes to its goal. Where the two agree on plans that nobody thought of, a rule was
//! understood the same way twice.

pub(crate) mod balance;
pub(crate) mod day;
pub(crate) mod fraction;
mod payments;
pub(crate) mod play;
mod read_case;
mod read_inputs;
mod read_plan;
pub(crate) mod rules;
mod standing;
mod walk;

use serde_json::Value;

use play::Play;
pub(crate) use read_plan::terms;
use walk::OverAllocated;

/// Plays a worked case, exactly.
pub(crate) fn play_case(case: &Value) -> Result<Play, OverAllocated> {
    let mut play = Play::new(read_case::rules(&case["structure"]), false);
    for (date, happening) in read_case::happenings(&case["timeline"]) {
        play.happen(date, &happening)?;
    }
    Ok(play)
}

/// Plays a plan with its inputs, both as documents, and pays in whole cents. What reserves hold is let go up to the
/// last day.
pub(crate) fn play_plan(plan: &Value, inputs: &Value, last: Option<&str>) -> Result<Play, OverAllocated> {
    let mut rules = read_plan::plan(plan);
    read_inputs::terms_of_inputs(&mut rules, inputs);
    let mut play = Play::new(rules, true);
    let happenings = read_inputs::happenings(plan, inputs);
    let last = last.map(day::read).or(happenings.last().map(|(date, _)| *date));
    for (date, happening) in &happenings {
        play.happen(*date, happening)?;
    }
    if let Some(last) = last {
        play.let_go(last)?;
    }
    Ok(play)
}
