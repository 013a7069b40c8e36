//! Uses and sources on a cash basis, and what is missing.

use recoup_capital::{Closing, ClosingRow, Standing};
use recoup_explain::Quantity;

use crate::document::{Bar, Block, Cell, ColumnKind, RowFormula, RowStyle, Section, Table};
use crate::sections::desk::{Desk, class};

pub(crate) fn section(desk: &mut Desk<'_>) -> Option<Section> {
    let closing = &desk.results.capital?.closing;
    let currency = desk.deal().currency.code().to_owned();
    let (uses, sources) = bars(desk);
    let table = table(desk, closing, &currency);
    let missing = desk.money("closing.difference").filter(|amount| amount.is_negative());
    let lead = match missing.and_then(|amount| amount.checked_neg().ok()) {
        Some(short) => format!(
            "Sources of {} are {} short of uses of {}, on a cash basis and before solving.",
            desk.prose("closing.sources_cash"),
            crate::format::prose(short),
            desk.prose("closing.uses_cash")
        ),
        None => format!("Sources of {} cover uses on a cash basis.", desk.prose("closing.sources_cash")),
    };
    Some(Section {
        topic: "Sources and uses".to_owned(),
        lead,
        blocks: vec![
            Block::Bars(vec![("Uses".to_owned(), uses), ("Sources".to_owned(), sources)]),
            Block::Table(table),
            Block::Text(
                "Financing costs are marked before solving: fees and interest follow from the amounts as typed \
                 and do not yet feed back into them. A deferral is a use and a source of the same amount and \
                 never cash."
                    .to_owned(),
            ),
        ],
    })
}

/// Uses and sources as bars of one scale.
pub(crate) fn bars(desk: &Desk<'_>) -> (Vec<Bar>, Vec<Bar>) {
    let Some(capital) = desk.results.capital else { return (Vec::new(), Vec::new()) };
    let minor = |row: &ClosingRow| {
        desk.results.book.value(row.amount).as_money().map_or(0, |amount| amount.minor().max(0))
    };
    let mut uses: Vec<Bar> = Vec::new();
    let lines = desk.deal().budget.lines.len();
    let work: i64 = capital.closing.uses.iter().take(lines).map(&minor).sum();
    uses.push(Bar { label: "Budget lines".to_owned(), minor: work, class: "use", conditional: false });
    for row in capital.closing.uses.iter().skip(lines) {
        uses.push(Bar { label: row.label.clone(), minor: minor(row), class: "cost", conditional: false });
    }
    let mut sources: Vec<Bar> = Vec::new();
    for row in capital.closing.sources.iter().filter(|row| row.is_cash) {
        let class =
            desk.deal().instruments.iter().find(|i| i.id == row.id).map_or("soft", |i| class(&i.terms));
        let conditional = row.standing != Standing::Firm;
        sources.push(Bar { label: row.label.clone(), minor: minor(row), class, conditional });
    }
    if let Some(short) = desk.money("closing.difference").filter(|amount| amount.is_negative()) {
        let minor = short.minor().saturating_neg();
        sources.push(Bar { label: "To be found".to_owned(), minor, class: "missing", conditional: false });
    }
    uses.retain(|bar| bar.minor > 0);
    sources.retain(|bar| bar.minor > 0);
    (uses, sources)
}

fn table(desk: &mut Desk<'_>, closing: &Closing, currency: &str) -> Table {
    let mut table = Table::new(&[
        ("Sources and uses", ColumnKind::Text, 3.4),
        (currency, ColumnKind::Money, 1.4),
        ("Status", ColumnKind::Text, 1.4),
        ("Ref", ColumnKind::Tag, 0.5),
    ]);
    let sources = rows(desk, &mut table, &closing.sources, 'C');
    let total = total(desk, &mut table, ("Sources, cash", "closing.sources_cash"), &sources, 'C');
    let uses = rows(desk, &mut table, &closing.uses, 'B');
    let spent = self::total(desk, &mut table, ("Uses, cash", "closing.uses_cash"), &uses, 'B');
    let [value, tag] = desk.figure('C', "closing.difference", "Sources less uses", ColumnKind::Money);
    let formula = RowFormula::Difference(total, spent);
    table.push(RowStyle::Muted, vec!["Sources less uses".into(), value, Cell::Blank, tag], Some(formula));
    table
}

fn rows(desk: &mut Desk<'_>, table: &mut Table, rows: &[ClosingRow], letter: char) -> Vec<usize> {
    let mut counted = Vec::new();
    for row in rows {
        let value = desk.results.book.value(row.amount).clone();
        let nothing = value.as_money().is_some_and(|amount| amount.is_zero());
        if nothing {
            continue;
        }
        let standing = match (row.standing, row.is_cash) {
            (_, false) => "not cash",
            (Standing::Firm, _) => "",
            (Standing::Conditional, _) => "○ conditional",
            (Standing::BeforeSolving, _) => "before solving",
        };
        let tag = desk
            .address(row.amount)
            .and_then(|address| desk.tags.tag(letter, &address, &row.label, ColumnKind::Money))
            .map_or(Cell::Blank, Cell::Tag);
        let name = match desk.deal().instruments.iter().find(|i| i.id == row.id) {
            Some(instrument) => Cell::Key { text: row.label.clone(), class: class(&instrument.terms) },
            None => row.label.as_str().into(),
        };
        let index = table.push(RowStyle::Plain, vec![name, Cell::Figure(value), standing.into(), tag], None);
        if row.is_cash {
            counted.push(index);
        }
    }
    counted
}

fn total(
    desk: &mut Desk<'_>,
    table: &mut Table,
    (label, address): (&str, &str),
    rows: &[usize],
    letter: char,
) -> usize {
    let [value, tag] = desk.figure(letter, address, label, ColumnKind::Money);
    // A workbook may only recalculate a total that its printed rows really add up to.
    let printed: i64 = rows
        .iter()
        .filter_map(|row| match table.rows.get(*row)?.cells.get(1)? {
            Cell::Figure(Quantity::Money(amount)) => Some(amount.minor()),
            _ => None,
        })
        .sum();
    let adds_up = matches!(&value, Cell::Figure(Quantity::Money(amount)) if amount.minor() == printed);
    let formula = adds_up.then(|| RowFormula::Sum(rows.to_vec()));
    table.push(RowStyle::Total, vec![label.into(), value, Cell::Blank, tag], formula)
}
