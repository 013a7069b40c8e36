//! Who is out at which worldwide gross, and what reaches whom if the film grosses more or less.

use recoup_deal::recoupment::Takes;

use crate::document::Block;
use crate::exhibits::{Ladder, LadderStep};
use crate::sections::desk::Desk;
use crate::sections::order;
use crate::table::{Cell, ColumnKind, Figure, RowStyle, Table};

pub(crate) fn blocks(desk: &mut Desk<'_>) -> Vec<Block> {
    let mut out = Vec::new();
    let ladder = ladder(desk);
    if !ladder.steps.is_empty() {
        out.push(Block::Heading(desk.in_currency("ladder.heading")));
        out.push(Block::Ladder(ladder));
        out.push(Block::Text(desk.say("ladder.note")));
    }
    if !desk.results.levels.is_empty() {
        out.push(Block::Heading(desk.in_currency("levels.heading")));
        out.push(Block::Table(levels(desk)));
        out.push(Block::Text(desk.say("levels.note")));
    }
    out
}

/// Who is paid, in the order in which money comes to them.
fn payees(desk: &Desk<'_>) -> Vec<String> {
    let plan = desk.deal().recoupment.iter();
    let leaves = plan.flat_map(order::walk).flat_map(order::leaves);
    let mut found: Vec<String> = Vec::new();
    for leaf in leaves {
        if let Takes::Share(share) = &leaf.takes
            && !found.contains(&share.payee)
        {
            found.push(share.payee.clone());
        }
    }
    found
}

/// Parties that receipts in reach pay out; the others stand in the table of the parties with the reason.
fn ladder(desk: &mut Desk<'_>) -> Ladder {
    let mut steps = Vec::new();
    for party in payees(desk) {
        let address = format!("recoupment.{party}.breakeven_gross");
        if !desk.money(&address).is_some_and(|out| out.is_positive()) {
            continue;
        }
        let name = desk.party(&party);
        let label = format!("{name}, {}", desk.words.say("ladder.out_at"));
        let Some((out, tag)) = desk.figure('W', &address, &label, ColumnKind::Money) else { continue };
        steps.push(LadderStep { label: name, class: desk.party_class(&party), out, tag });
    }
    Ladder { steps, estimated: Figure::at(desk.results.book, "revenue.gross", ColumnKind::Money) }
}

fn levels(desk: &mut Desk<'_>) -> Table {
    let levels = desk.results.levels;
    let heads: Vec<String> = levels.iter().map(|level| desk.say(head(level.quarters))).collect();
    let mut columns = vec![(desk.words.say("recoupment.party"), ColumnKind::Text, 2.2)];
    columns.extend(heads.iter().map(|head| (head.as_str(), ColumnKind::Money, 1.2)));
    columns.push((desk.words.say("column.ref"), ColumnKind::Tag, 1.0));
    let mut table = Table::new(&columns);
    let gross = desk.say("levels.gross");
    row(desk, &mut table, RowStyle::Subtotal, gross.as_str().into(), &gross, "revenue.gross");
    let account = desk.say("levels.account");
    row(desk, &mut table, RowStyle::Subtotal, account.as_str().into(), &account, "revenue.to_account");
    for party in desk.results.paid_parties() {
        let name = desk.party(&party);
        let cell = Cell::Key { text: name.clone(), class: desk.party_class(&party) };
        let label = format!("{name}, {}", desk.words.say("recoupment.paid"));
        row(desk, &mut table, RowStyle::Plain, cell, &label, &format!("recoupment.{party}.paid"));
    }
    table
}

/// One figure at every level.
fn row(desk: &mut Desk<'_>, table: &mut Table, style: RowStyle, name: Cell, label: &str, address: &str) {
    let levels = desk.results.levels;
    let wanted: Vec<(String, String)> = levels
        .iter()
        .map(|level| {
            let head = desk.words.say(head(level.quarters));
            (format!("{}{address}", level.prefix()), format!("{label}, {head}"))
        })
        .collect();
    let wanted: Vec<(&str, &str, ColumnKind)> =
        wanted.iter().map(|(address, label)| (address.as_str(), label.as_str(), ColumnKind::Money)).collect();
    let mut cells = vec![name];
    cells.extend(desk.figures_of('W', &wanted));
    table.push(style, cells, None);
}

fn head(quarters: u8) -> &'static str {
    match quarters {
        0..=2 => "levels.half",
        3 => "levels.three_quarters",
        4 => "levels.estimated",
        _ => "levels.quarter_more",
    }
}
