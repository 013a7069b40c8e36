//! The executor and the second interpreter pay the same, cent for cent

use recoup_deal::recoupment::RecoupmentPlan;
use recoup_waterfall::{Recoupment, RunInputs, WaterfallError, recoup};

use crate::{
    plans::{FULL, Film, WIDE, film, random::Random},
    reference::{play::Payment, play_plan},
    search::{cases, each},
};

pub(crate) fn run(film: &Film) -> Result<Recoupment, WaterfallError> {
    let plan: RecoupmentPlan = serde_json::from_value(film.plan.clone()).unwrap();
    let inputs: RunInputs = serde_json::from_value(film.inputs.clone()).unwrap();
    recoup(&plan, &inputs, &[])
}

fn payments(result: &Recoupment) -> Vec<Payment> {
    let owned = |name: &Option<std::sync::Arc<str>>| name.as_deref().map(str::to_owned);
    let one = |posting: &recoup_waterfall::Posting| Payment {
        receipt: posting.receipt.to_string(),
        tier: owned(&posting.tier),
        payee: owned(&posting.payee),
        amount: posting.amount.minor(),
    };
    result.postings.iter().map(one).collect()
}

pub(crate) fn agrees(film: &Film) -> Result<(), String> {
    let played = play_plan(&film.plan, &film.inputs, None);
    match (run(film), played) {
        (Err(WaterfallError::OverAllocated { tier, .. }), Err(over)) if tier == over.tier => Ok(()),
        (Err(error), Ok(_)) => Err(format!("the executor refuses: {error}")),
        (Err(error), Err(over)) => Err(format!("the executor refuses: {error}; the second: {over:?}")),
        (Ok(_), Err(over)) => Err(format!("only the second refuses: {over:?}")),
        (Ok(result), Ok(played)) => {
            let got = payments(&result);
            match got.iter().zip(&played.payments).find(|(left, right)| left != right) {
                Some((left, right)) => Err(format!("{left:?} is {right:?} by the second")),
                None if got.len() != played.payments.len() => {
                    Err(format!("{} payments, {} by the second", got.len(), played.payments.len()))
                }
                None => Ok(()),
            }
        }
    }
}

/// Whatever is written: rights per unit, hurdles, orders within orders, refunds, amendments of every kind.
#[test]
fn the_executor_pays_what_the_rules_say_in_every_word() {
    each("wide", cases(150), |number| film(&mut Random::of(11, number), &WIDE), agrees);
}

#[test]
fn the_executor_pays_what_the_rules_say() {
    each("agrees", cases(400), |number| film(&mut Random::of(1, number), &FULL), agrees);
}
