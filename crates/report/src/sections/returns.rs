//! What each party gets for its money.

use crate::document::{Block, ColumnKind, RowStyle, Section, Table};
use crate::sections::desk::Desk;

pub(crate) fn section(desk: &mut Desk<'_>) -> Option<Section> {
    let parties = desk.results.investing_parties();
    if parties.is_empty() {
        return None;
    }
    let currency = desk.deal().currency.code().to_owned();
    let mut table = Table::new(&[
        ("Party", ColumnKind::Text, 2.6),
        ("IRR, %", ColumnKind::Percent, 1.0),
        (&format!("NPV, {currency}"), ColumnKind::Money, 1.3),
        ("Multiple", ColumnKind::Multiple, 1.0),
        ("Payback, months", ColumnKind::Number, 1.1),
        ("Ref", ColumnKind::Tag, 0.5),
    ]);
    for party in &parties {
        let of = |part: &str| format!("returns.{party}.{part}");
        let name = desk.party(party);
        let [irr, tag] = desk.figure('R', &of("irr"), &format!("{name}, IRR"), ColumnKind::Percent);
        let [npv, _] = desk.figure('R', &of("npv"), &format!("{name}, NPV"), ColumnKind::Money);
        let [multiple, _] =
            desk.figure('R', &of("multiple"), &format!("{name}, multiple"), ColumnKind::Multiple);
        let [payback, _] =
            desk.figure('R', &of("payback_months"), &format!("{name}, payback"), ColumnKind::Number);
        table.push(RowStyle::Plain, vec![name.into(), irr, npv, multiple, payback, tag], None);
    }
    let notes = parties.iter().filter_map(|party| {
        let absence = desk.results.book.at(&format!("returns.{party}.irr"))?.absence()?;
        Some(Block::Text(format!("{} has no rate of return: {absence}.", desk.party(party))))
    });
    let notes: Vec<Block> = notes.collect();
    let mut blocks = vec![Block::Table(table)];
    blocks.extend(notes);
    blocks.push(Block::Text(
        "One return a party: the annual effective rate of its flows on the quarterly statement grid. A payment \
         inside a quarter stands at its end with its value at the deal's discount rate. Payback counts months \
         from the first drawdown."
            .to_owned(),
    ));
    Some(Section {
        topic: "Returns".to_owned(),
        lead: "What each financier gets back for what it puts in, in the base case.".to_owned(),
        blocks,
    })
}
