//! Conditions precedent: from when an instrument's money may come.
//!
//! A condition that is met holds nothing up. One that is expected by a day keeps the money back until that day. One of
//! which the deal says that it is not met, and not when it will be, keeps the money out of the cash flow altogether:
//! the instrument stands in the closing with nothing, as does money that could be called only after the delivery. A condition of which nothing is said is met when the financing
//! closes, as at any closing table.

use recoup_calendar::Date;
use recoup_deal::instrument::Condition;
use recoup_deal::{Deal, Ground, Instrument, Milestone, Timeline};
use recoup_explain::{Book, Cells, NodeId, Operation};

use crate::plan::{Comes, call_grounds, callable_from, comes, quantities, wanted_from};

/// What is known of a condition.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ConditionState {
    /// It is met.
    Met,
    /// It is expected to be met on a day.
    Expected,
    /// Nothing is said: it is taken to be met when the financing closes.
    AtClose,
    /// It is expected on an event that the schedule does not date; it holds nothing up, and somebody should ask.
    Undated,
    /// It is not met, and nobody says when it will be: the money does not come.
    Open,
}

/// One condition of one instrument.
#[derive(Debug, Clone, PartialEq)]
pub struct ConditionGate {
    /// Id of the instrument.
    pub instrument: String,
    /// Id of the condition, unique in the instrument.
    pub condition: String,
    /// What is known of it.
    pub state: ConditionState,
    /// The day on which it is met, as a date, with an address of its own; none for what is met or not expected.
    pub day: Option<NodeId>,
    /// Whether it is the reason why the money comes later than it could.
    pub delays: bool,
}

fn state(condition: &Condition, timeline: &Timeline) -> (ConditionState, Option<Date>) {
    match (condition.met, &condition.by) {
        (Some(true), _) => (ConditionState::Met, None),
        (_, Some(due)) => match timeline.due(due) {
            Some(day) => (ConditionState::Expected, Some(day)),
            None => (ConditionState::Undated, None),
        },
        (Some(false), None) => (ConditionState::Open, None),
        (None, None) => (ConditionState::AtClose, timeline.close()),
    }
}

/// Whether a condition that nobody expects to be met keeps the money out of the cash flow.
pub(crate) fn is_shut(instrument: &Instrument) -> bool {
    open(instrument).next().is_some()
}

fn open(instrument: &Instrument) -> impl Iterator<Item = &Condition> {
    let conditions = instrument.conditions_precedent.iter();
    conditions.filter(|condition| condition.met == Some(false) && condition.by.is_none())
}

/// A day, or the one on which the last of the instrument's conditions is expected to be met if that is later.
pub(crate) fn not_before(instrument: &Instrument, timeline: &Timeline, day: Date) -> Date {
    let expected = instrument.conditions_precedent.iter().filter_map(|one| match state(one, timeline) {
        (ConditionState::Expected, day) => day,
        _ => None,
    });
    expected.fold(day, Date::max)
}

/// The cells that decide when the conditions of an instrument are expected to be met.
pub(crate) fn gate_grounds(instrument: &Instrument, deal: &Deal) -> Vec<Ground> {
    let awaited = instrument.conditions_precedent.iter().filter(|one| one.met != Some(true));
    awaited
        .filter_map(|one| {
            let path = format!("instruments[{}].conditions_precedent[{}].by", instrument.id, one.id);
            Some(deal.due_grounds(one.by.as_ref()?, &path))
        })
        .flatten()
        .collect()
}

/// Whether an instrument brings nothing: a condition keeps it out, or it may be called only when the film is delivered
/// and nothing is called any more.
pub(crate) fn brings_nothing(instrument: &Instrument, timeline: &Timeline) -> bool {
    is_shut(instrument) || is_too_late(instrument, timeline)
}

fn is_too_late(instrument: &Instrument, timeline: &Timeline) -> bool {
    let (from, delivery) = (callable_from(instrument, timeline), timeline.final_delivery());
    let late = from.zip(delivery).is_some_and(|(from, delivery)| from.year_month() > delivery.year_month());
    late && comes(instrument) == Comes::Called
}

/// Nothing, with what decided that an instrument brings no more; none where it may bring something.
pub(crate) fn nothing_for(
    instrument: &Instrument,
    (deal, timeline): (&Deal, &Timeline),
    cells: &Cells,
    book: &mut Book,
) -> Option<NodeId> {
    if is_too_late(instrument, timeline) {
        let nothing = cells.nothing(book);
        return Some(cells.placed(book, nothing, quantities(call_grounds(instrument, deal))));
    }
    nothing_while_open(instrument, cells, book)
}

/// Nothing, because of the conditions that nobody expects to be met; none where there is no such condition.
pub(crate) fn nothing_while_open(instrument: &Instrument, cells: &Cells, book: &mut Book) -> Option<NodeId> {
    let mut inputs = vec![cells.nothing(book)];
    for condition in open(instrument) {
        let path = format!("instruments[{}].conditions_precedent[{}].met", instrument.id, condition.id);
        inputs.push(book.cell(path, false));
    }
    (inputs.len() > 1).then(|| book.compute(Operation::Decided, &inputs))
}

/// Every condition with its day. What an instrument waits for are the conditions that delay it.
pub(crate) fn conditions(
    deal: &Deal,
    timeline: &Timeline,
    cells: &Cells,
    book: &mut Book,
) -> Vec<ConditionGate> {
    let mut found = Vec::new();
    for instrument in &deal.instruments {
        let ungated = wanted_from(instrument, timeline);
        let last = ungated.map(|day| not_before(instrument, timeline, day));
        for condition in &instrument.conditions_precedent {
            let (state, day) = state(condition, timeline);
            let late = ungated.is_none_or(|ungated| day > Some(ungated));
            let delays = match state {
                ConditionState::Open => true,
                ConditionState::Expected => late && day == last.or(day),
                ConditionState::Met | ConditionState::AtClose | ConditionState::Undated => false,
            };
            let day = day.map(|day| told(instrument, condition, day, deal, cells, book));
            let (instrument, condition) = (instrument.id.clone(), condition.id.clone());
            found.push(ConditionGate { instrument, condition, state, day, delays });
        }
    }
    found
}

/// The day of a condition as a figure, resting on the cells that date it.
fn told(
    instrument: &Instrument,
    condition: &Condition,
    day: Date,
    deal: &Deal,
    cells: &Cells,
    book: &mut Book,
) -> NodeId {
    let path = format!("instruments[{}].conditions_precedent[{}].by", instrument.id, condition.id);
    let grounds = match &condition.by {
        Some(due) => deal.due_grounds(due, &path),
        None => deal.grounds(&Milestone::FinancialClose, ""),
    };
    let calendar = book.day(day);
    let placed = cells.placed(book, calendar, quantities(grounds));
    book.name(placed, format!("capital.{}.condition.{}", instrument.id, condition.id))
}
