//! Estimates and what of them reaches the collection account.

use crate::document::{Block, Section, SectionKind};
use crate::sections::desk::Desk;
use crate::table::{Cell, ColumnKind, Figure, RowFormula, RowStyle, Table};

pub(crate) fn section(desk: &mut Desk<'_>) -> Option<Section> {
    let receipts = desk.results.receipts?;
    if receipts.sources.is_empty() {
        return None;
    }
    let mut table = Table::new(&[
        (desk.words.say("revenue.source"), ColumnKind::Text, 3.0),
        (&desk.in_currency("revenue.low"), ColumnKind::Money, 1.2),
        (desk.words.say("revenue.high"), ColumnKind::Money, 1.2),
        (&desk.in_case("revenue.gross"), ColumnKind::Money, 1.2),
        (desk.words.say("revenue.to_account"), ColumnKind::Money, 1.2),
        (desk.words.say("column.ref"), ColumnKind::Tag, 0.7),
    ]);
    for source in &receipts.sources {
        let at = |part: &str| format!("revenue.{}.{part}", source.source);
        let book = desk.results.book;
        let case = |one: &str, other: &str| {
            Figure::at(book, &at(one), ColumnKind::Money)
                .or_else(|| Figure::at(book, &at(other), ColumnKind::Money))
        };
        let (low, high) = (case("take", "low"), case("ask", "high"));
        let mut tags = Vec::new();
        for (figure, key) in [(&low, "revenue.low"), (&high, "revenue.high")] {
            let Some(figure) = figure else { continue };
            let label = format!("{}, {}", source.label, desk.words.say(key));
            tags.extend(desk.tags.tag('W', &figure.address, &label, ColumnKind::Money));
        }
        let gross = format!("{}, {}", source.label, desk.in_case("revenue.gross"));
        let mut cells = vec![source.label.as_str().into(), low.into(), high.into()];
        let mut figures = desk.figures_of(
            'W',
            &[
                (&at("gross"), &gross, ColumnKind::Money),
                (&at("to_account"), &source.label, ColumnKind::Money),
            ],
        );
        if let Some(Cell::Tags(own)) = figures.last_mut() {
            tags.append(own);
            *own = tags;
        }
        cells.append(&mut figures);
        table.push(RowStyle::Plain, cells, None);
    }
    let rows: Vec<usize> = (0..table.rows.len()).collect();
    let label = desk.say("revenue.total");
    let in_case = desk.in_case("key.gross");
    let mut cells = vec![Cell::Text(label.clone()), Cell::Blank, Cell::Blank];
    cells.extend(desk.figures_of(
        'W',
        &[
            ("revenue.gross", &in_case, ColumnKind::Money),
            ("revenue.to_account", desk.words.say("key.to_account"), ColumnKind::Money),
        ],
    ));
    table.push(RowStyle::Total, cells, Some(RowFormula::Sum(rows)));
    let lead = desk.words.with(
        "revenue.lead",
        &[
            ("gross", &desk.prose("revenue.gross")),
            ("account", &desk.prose("revenue.to_account")),
            ("case", desk.case()),
        ],
    );
    Some(Section {
        kind: SectionKind::Revenue,
        topic: desk.say("revenue.topic"),
        lead,
        blocks: vec![Block::Table(table), Block::Text(desk.say("revenue.note"))],
    })
}
