//! Outlooks out of a run.

use recoup_risk::Measure as Column;
use recoup_risk::run::Run;
use recoup_risk::statistics::{Answer, summary};

use super::{Outlook, PartyOutlook};
use crate::measure::{Told, Unknown};

/// The probabilities of an outlook.
const LEVELS: [f64; 3] = [0.1, 0.5, 0.9];

/// What every party may expect, in the order of the run; parties whose present value was not measured are left out.
pub fn outlooks(run: &Run) -> Vec<PartyOutlook> {
    let of = |party: &str, measure: Column| {
        let columns = run.columns().iter();
        columns.enumerate().find(|(_, column)| column.of == party && column.measure == measure)
    };
    let parties = run.columns().iter().filter(|column| column.measure == Column::Npv);
    let outlook = |party: &str| {
        let (npv, _) = of(party, Column::Npv)?;
        let irr = of(party, Column::Irr).map(|(place, _)| at(run, place));
        Some(PartyOutlook { party: party.to_owned(), npv: at(run, npv), irr })
    };
    parties.filter_map(|column| outlook(&column.of)).collect()
}

fn at(run: &Run, place: usize) -> Outlook {
    let answers = summary(run, place, &LEVELS).quantiles;
    let level = |level: usize| told(answers.get(level).map(|answer| answer.1));
    Outlook { p10: level(0), p50: level(1), p90: level(2) }
}

fn told(answer: Option<Answer>) -> Told<f64> {
    match answer {
        Some(Answer::Known(estimate)) => Ok(estimate.value),
        Some(Answer::Withheld { undefined }) => Err(Unknown::Withheld { share: format!("{undefined:.4}") }),
        Some(Answer::Never | Answer::Nothing) | None => Err(Unknown::NotComputed),
    }
}
