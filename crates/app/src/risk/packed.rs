//! The simulation that a pack tells of: the one that the page shows when it opens.

use super::hand::Hand;
use super::sensitivity::Question;
use super::simulated::{Wanted, simulated};
use super::simulation;
use crate::AppError;
use crate::state::State;
use crate::wire::{RiskView, SensitivityView};

/// What the deal comes to and what one driver at a time does to a party's result; nothing where nothing is uncertain or
/// nothing can be drawn, which the findings say.
pub(crate) fn packed(
    state: &State,
    revision: u32,
    party: Option<&str>,
    output: &str,
) -> Result<Option<(RiskView, SensitivityView)>, AppError> {
    if state.deal.risk.drivers.is_empty() {
        return Ok(None);
    }
    let wanted = Wanted { simulation: simulation(None, None)?, party: party.map(str::to_owned) };
    let told = simulated(state, &wanted, revision, &|| 0, &Hand::patient())?;
    if told.view.reason.is_some() || told.view.parties.is_empty() {
        return Ok(None);
    }
    let question = Question::new(state, told.simulation.clone(), Some(&told.view.chosen), output)?;
    Ok(Some((told.view.clone(), question.view(state, revision)?)))
}
