//! What each party gets for its money.

use crate::document::{Block, Section, SectionKind};
use crate::sections::desk::Desk;
use crate::table::{Cell, ColumnKind, RowStyle, Table};

pub(crate) fn section(desk: &mut Desk<'_>) -> Option<Section> {
    let parties = desk.results.investing_parties();
    // Who put nothing in has no return; a row of blanks would say less than the sentence below.
    let puts_in = |party: &String| {
        desk.money(&format!("returns.{party}.invested")).is_some_and(|amount| amount.is_positive())
    };
    let (investing, without): (Vec<String>, Vec<String>) = parties.into_iter().partition(puts_in);
    if investing.is_empty() {
        return None;
    }
    let mut table = Table::new(&[
        (desk.words.say("recoupment.party"), ColumnKind::Text, 2.4),
        (&desk.in_currency("returns.invested"), ColumnKind::Money, 1.2),
        (desk.words.say("returns.received"), ColumnKind::Money, 1.2),
        (desk.words.say("returns.npv"), ColumnKind::Money, 1.2),
        (desk.words.say("returns.irr"), ColumnKind::Percent, 0.8),
        (desk.words.say("returns.multiple"), ColumnKind::Multiple, 0.9),
        (desk.words.say("returns.payback"), ColumnKind::Number, 1.0),
        (desk.words.say("column.ref"), ColumnKind::Tag, 0.8),
    ]);
    for party in &investing {
        let of = |part: &str| format!("returns.{party}.{part}");
        let name = desk.party(party);
        let named = |key: &str| format!("{name}, {}", desk.words.say(key));
        let labels = ["returns.invested", "returns.received", "returns.npv", "returns.irr"].map(named);
        let (multiple, payback) = (named("returns.multiple"), named("returns.payback"));
        let mut cells = vec![Cell::Key { text: name.clone(), class: desk.party_class(party) }];
        cells.extend(desk.figures_of(
            'R',
            &[
                (&of("invested"), &labels[0], ColumnKind::Money),
                (&of("received"), &labels[1], ColumnKind::Money),
                (&of("npv"), &labels[2], ColumnKind::Money),
                (&of("irr"), &labels[3], ColumnKind::Percent),
                (&of("multiple"), &multiple, ColumnKind::Multiple),
                (&of("payback_months"), &payback, ColumnKind::Number),
            ],
        ));
        table.push(RowStyle::Plain, cells, None);
    }
    let mut blocks = vec![Block::Table(table)];
    for party in &investing {
        let Some(absence) = desk.results.book.at(&format!("returns.{party}.irr")).and_then(|v| v.absence())
        else {
            continue;
        };
        let reason = desk.figures.reason(absence);
        blocks.push(Block::Text(
            desk.words.with("returns.no_rate", &[("party", &desk.party(party)), ("reason", &reason)]),
        ));
    }
    if !without.is_empty() {
        let names = without.iter().map(|party| desk.party(party)).collect::<Vec<_>>().join(", ");
        blocks.push(Block::Text(desk.words.with("returns.nothing_in", &[("parties", &names)])));
    }
    blocks.push(Block::Text(desk.say("returns.note")));
    Some(Section {
        kind: SectionKind::Returns,
        topic: desk.say("returns.topic"),
        lead: desk.in_case("returns.lead"),
        blocks,
    })
}
