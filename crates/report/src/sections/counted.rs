//! The cells of the deal from which the programs' inputs are counted: amounts of budget lines and the shares of
//! place, labour, residents and animation, each in its own cell.

use recoup_explain::{How, Leaf, NodeId};

use crate::document::Block;
use crate::excel::cell_key;
use crate::sections::desk::Desk;
use crate::table::{Cell, ColumnKind, Figure, RowStyle, Table};

/// The columns of shares, in order, by the last part of their path.
const SHARES: [&str; 4] = ["share", "labour_share", "resident_share", "animation_share"];

/// A cell under a line of the budget: the row it belongs to and what it is there.
struct Cited<'p> {
    line: &'p str,
    /// `spend[…]`, `subcontracts[…]`, `items[…]`, or nothing for the line itself.
    row: &'p str,
    what: &'p str,
}

/// The tables; none where no claim rests on the budget.
pub(crate) fn blocks(desk: &Desk<'_>, leaves: &[NodeId]) -> Vec<Block> {
    let (shares, others) = (shares(desk, leaves), others(desk, leaves));
    if shares.rows.is_empty() && others.rows.is_empty() {
        return Vec::new();
    }
    let mut blocks = vec![Block::Part(desk.say("counted.topic")), Block::Text(desk.say("counted.note"))];
    blocks.extend([shares, others].into_iter().filter(|table| !table.rows.is_empty()).map(Block::Table));
    blocks
}

fn path_of<'a>(desk: &Desk<'a>, leaf: NodeId) -> Option<&'a str> {
    match desk.results.book.how(leaf) {
        How::Leaf(leaf) => leaf.path().map(AsRef::as_ref),
        How::Computed(_) => None,
    }
}

/// A cell, under the key at which formulas name it.
fn cell(desk: &Desk<'_>, leaf: NodeId, kind: ColumnKind) -> Option<Figure> {
    let book = desk.results.book;
    let typed = matches!(book.how(leaf), How::Leaf(Leaf::Cell { .. }));
    let address = cell_key(book, leaf)?;
    Some(Figure { value: book.value(leaf).clone(), address, kind, typed })
}

fn cited(path: &str) -> Option<Cited<'_>> {
    let (line, rest) = path.strip_prefix("budget.lines[")?.split_once("].")?;
    match rest.rsplit_once('.') {
        Some((row, what)) => Some(Cited { line, row, what }),
        None => Some(Cited { line, row: "", what: rest }),
    }
}

fn shares(desk: &Desk<'_>, leaves: &[NodeId]) -> Table {
    let say = |key| desk.words.say(key);
    let mut table = Table::new(&[
        (say("counted.line"), ColumnKind::Text, 3.4),
        (say("counted.part"), ColumnKind::Text, 1.9),
        (desk.deal().currency.code(), ColumnKind::Money, 1.4),
        (say("counted.there"), ColumnKind::Percent, 1.0),
        (say("counted.labour"), ColumnKind::Percent, 1.0),
        (say("counted.resident"), ColumnKind::Percent, 1.0),
        (say("counted.animation"), ColumnKind::Percent, 1.1),
    ]);
    for line in &desk.deal().budget.lines {
        let own: Vec<(Cited<'_>, NodeId)> = leaves
            .iter()
            .filter_map(|leaf| Some((cited(path_of(desk, *leaf)?)?, *leaf)))
            .filter(|(cited, _)| cited.line == line.id)
            .collect();
        let spend = line.spend.iter().map(|part| (format!("spend[{}]", part.id), part.jurisdiction.clone()));
        let contracts = line.subcontracts.iter().map(|contract| {
            let name = contract.label.clone().unwrap_or_else(|| contract.id.clone());
            (format!("subcontracts[{}]", contract.id), name)
        });
        let items = line.items.iter().map(|item| {
            (format!("items[{}]", item.id), item.label.clone().unwrap_or_else(|| item.id.clone()))
        });
        let rows = std::iter::once((String::new(), String::new())).chain(spend).chain(contracts).chain(items);
        for (row, name) in rows {
            let cells: Vec<&(Cited<'_>, NodeId)> = own.iter().filter(|(cited, _)| cited.row == row).collect();
            if cells.is_empty() {
                continue;
            }
            let find = |what: &[&str], kind| {
                let found = cells.iter().find(|(cited, _)| what.contains(&cited.what));
                Cell::from(found.and_then(|(_, leaf)| cell(desk, *leaf, kind)))
            };
            let label = if row.is_empty() { line.label.clone() } else { String::new() };
            let mut shown = vec![label.into(), name.into(), find(&["amount", "price"], ColumnKind::Money)];
            shown.extend(SHARES.map(|what| find(&[what], ColumnKind::Percent)));
            table.push(RowStyle::Plain, shown, None);
        }
    }
    table
}

/// What is no cell of a budget line: rates of exchange, fees, shares of a treaty, lengths.
fn others(desk: &Desk<'_>, leaves: &[NodeId]) -> Table {
    let mut table = Table::new(&[
        (desk.words.say("counted.cell"), ColumnKind::Text, 3.4),
        (desk.words.say("counted.from"), ColumnKind::Text, 3.4),
        (desk.words.say("page.value"), ColumnKind::Money, 1.4),
    ]);
    let book = desk.results.book;
    for leaf in leaves {
        let How::Leaf(ground) = book.how(*leaf) else { continue };
        let Some(path) = ground.path() else { continue };
        if cited(path).is_some() {
            continue;
        }
        let from = match ground {
            Leaf::Cell { .. } => desk.say("rule.typed"),
            Leaf::Assumption { source, .. } => source.to_string(),
            Leaf::DatedRate { name, date, .. } => {
                desk.words.with("reference.rate", &[("name", name), ("date", &desk.figures.day(*date))])
            }
            Leaf::Clause(clause) => clause.clause.to_string(),
        };
        let figure = cell(desk, *leaf, ColumnKind::Number);
        table.push(RowStyle::Plain, vec![path.as_ref().into(), from.into(), figure.into()], None);
    }
    table
}
