//! The top sheet: what the work costs, line by line, and where it is spent.

use recoup_deal::SpendShare;
use recoup_explain::NodeId;

use crate::document::{Block, Section, SectionKind};
use crate::sections::desk::Desk;
use crate::table::{Cell, ColumnKind, RowFormula, RowStyle, Table};

pub(crate) fn section(desk: &mut Desk<'_>) -> Option<Section> {
    let budget = &desk.results.capital?.budget;
    let mut table = Table::new(&[
        (desk.words.say("budget.line"), ColumnKind::Text, 3.4),
        (desk.words.say("budget.spent_in"), ColumnKind::Text, 2.4),
        (desk.deal().currency.code(), ColumnKind::Money, 1.4),
        (desk.words.say("column.ref"), ColumnKind::Tag, 0.5),
    ]);
    let mut lines = Vec::new();
    for line in &budget.lines {
        let known = desk.deal().budget.lines.iter().find(|known| known.id == line.id);
        let label = known.map_or_else(|| line.id.clone(), |known| known.label.clone());
        let spent = known.map_or_else(String::new, |known| places(desk, &known.spend));
        lines.push(row(desk, &mut table, &label, spent, line.amount));
    }
    let own = total(desk, &mut table, "budget.lines", "budget.lines", RowStyle::Subtotal, lines);
    let mut parts = vec![own];
    if desk.results.book.value(budget.contingency).absence().is_none() {
        let label = desk.say("budget.contingency");
        parts.push(row(desk, &mut table, &label, String::new(), budget.contingency));
    }
    for cost in &budget.costs {
        parts.push(row(desk, &mut table, &cost.label, String::new(), cost.amount));
    }
    total(desk, &mut table, "budget.total", "budget.total", RowStyle::Total, parts);
    let lead = desk.words.with(
        "budget.lead",
        &[
            ("lines", &desk.prose("budget.lines")),
            ("contingency", &desk.prose("budget.contingency")),
            ("total", &desk.prose("budget.total")),
        ],
    );
    Some(Section {
        kind: SectionKind::Budget,
        topic: desk.say("budget.topic"),
        lead,
        blocks: vec![Block::Table(table), Block::Text(desk.say("budget.note"))],
    })
}

fn row(desk: &mut Desk<'_>, table: &mut Table, label: &str, spent: String, amount: NodeId) -> usize {
    let (figure, tag) = desk.node('B', amount, label, ColumnKind::Money);
    let cells = vec![label.into(), spent.into(), figure, Cell::Tags(tag.into_iter().collect())];
    table.push(RowStyle::Plain, cells, None)
}

fn total(
    desk: &mut Desk<'_>,
    table: &mut Table,
    key: &str,
    address: &str,
    style: RowStyle,
    rows: Vec<usize>,
) -> usize {
    let label = desk.say(key);
    let mut cells = vec![Cell::Text(label.clone()), Cell::Blank];
    cells.extend(desk.figures_of('B', &[(address, &label, ColumnKind::Money)]));
    let formula = RowFormula::Sum(rows);
    let holds = desk.money(address).is_some_and(|amount| table.result(&formula, 2) == Some(amount.minor()));
    table.push(style, cells, holds.then_some(formula))
}

/// Where a line is spent: `CA-QC 60 %, IE 40 %`, as typed.
fn places(desk: &Desk<'_>, spend: &[SpendShare]) -> String {
    let parts = spend.iter().map(|part| match part.share {
        Some(share) if spend.len() > 1 => format!("{}\u{a0}{}", part.jurisdiction, desk.figures.share(share)),
        _ => part.jurisdiction.clone(),
    });
    parts.collect::<Vec<_>>().join(", ")
}
