//! What must be there before money may be drawn: who sees to it, by when, and what waits for it.

use recoup_capital::{ConditionGate, ConditionState};
use recoup_deal::Instrument;

use crate::sections::desk::Desk;
use crate::table::{Cell, ColumnKind, RowStyle, Table};

/// Every condition of every instrument.
pub(crate) fn table(desk: &mut Desk<'_>) -> Table {
    let mut table = Table::new(&[
        (desk.words.say("capital.condition"), ColumnKind::Text, 3.4),
        (desk.words.say("condition.document"), ColumnKind::Text, 2.0),
        (desk.words.say("condition.owner"), ColumnKind::Text, 1.6),
        (desk.words.say("column.result"), ColumnKind::Text, 1.3),
        (desk.words.say("condition.by"), ColumnKind::Number, 1.3),
        (desk.words.say("condition.first"), ColumnKind::Text, 1.2),
        (desk.words.say("condition.waits"), ColumnKind::Text, 1.6),
        (desk.words.say("column.ref"), ColumnKind::Tag, 0.6),
    ]);
    let states =
        ["precedent.met", "precedent.expected", "precedent.at_close", "precedent.undated", "precedent.open"];
    table.offer(3, states.map(|key| desk.say(key)).to_vec());
    let Some(capital) = desk.results.capital else { return table };
    for instrument in &desk.deal().instruments {
        let gates: Vec<&ConditionGate> =
            capital.conditions.iter().filter(|gate| gate.instrument == instrument.id).collect();
        if gates.is_empty() {
            continue;
        }
        let mut name: Vec<Cell> = vec![instrument.name.as_str().into()];
        name.resize(8, Cell::Blank);
        table.push(RowStyle::Group, name, None);
        for gate in gates {
            row(desk, &mut table, instrument, gate);
        }
    }
    table
}

fn row(desk: &mut Desk<'_>, table: &mut Table, instrument: &Instrument, gate: &ConditionGate) {
    let Some(condition) = instrument.conditions_precedent.iter().find(|one| one.id == gate.condition) else {
        return;
    };
    let state = match gate.state {
        ConditionState::Met => "precedent.met",
        ConditionState::Expected => "precedent.expected",
        ConditionState::AtClose => "precedent.at_close",
        ConditionState::Undated => "precedent.undated",
        ConditionState::Open => "precedent.open",
    };
    let owner = condition.owner.as_deref().map_or_else(String::new, |party| desk.party(party));
    let (day, tag) = match gate.day {
        Some(day) => desk.node('C', day, &condition.text, ColumnKind::Number),
        None => (Cell::Blank, None),
    };
    let waits = match (gate.delays, gate.state) {
        (true, ConditionState::Open) => desk.say("condition.holds"),
        (true, _) => desk.say("condition.delays"),
        (false, _) => String::new(),
    };
    let cells = vec![
        condition.text.as_str().into(),
        condition.document.clone().unwrap_or_default().into(),
        owner.into(),
        desk.say(state).into(),
        day,
        first_money(desk, &instrument.id).into(),
        waits.into(),
        Cell::Tags(tag.into_iter().collect()),
    ];
    table.push(RowStyle::Plain, cells, None);
}

/// The month in which the first money of an instrument comes.
fn first_money(desk: &Desk<'_>, id: &str) -> String {
    let runs = desk.results.capital.map_or(&[][..], |capital| capital.instruments.as_slice());
    let comes = |node| desk.results.book.value(node).as_money().is_some_and(|amount| amount.is_positive());
    let drawn = runs.iter().filter(|run| run.id == id).flat_map(|run| &run.drawn);
    let first = drawn.filter(|(_, amount)| comes(*amount)).map(|(day, _)| day.year_month()).min();
    first.map_or_else(String::new, |month| desk.figures.month(month))
}
