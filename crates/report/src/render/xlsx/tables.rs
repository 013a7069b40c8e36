//! What is drawn on a page, as the rows of a sheet.

use recoup_explain::Quantity;
use recoup_money::Money;
use rust_decimal::Decimal;
use rust_decimal::prelude::FromPrimitive;

use crate::exhibits::{KeyFigure, Ladder, Rung};
use crate::outlook::{Chances, Fan, Histogram, Tornado};
use crate::table::{Cell, ColumnKind, Figure, RowStyle, Table};
use crate::words::Words;

pub(super) fn keys(keys: &[KeyFigure], words: &Words) -> Table {
    let mut table = Table::new(&[
        (words.say("page.figure"), ColumnKind::Text, 3.0),
        (words.say("unit.head"), ColumnKind::Text, 1.0),
        (words.say("page.value"), ColumnKind::Money, 1.4),
        (words.say("column.ref"), ColumnKind::Tag, 0.5),
    ]);
    for key in keys {
        let cells = vec![
            key.label.as_str().into(),
            key.unit.as_str().into(),
            key.figure.clone().into(),
            Cell::Tags(vec![key.tag.clone()]),
        ];
        table.push(RowStyle::Plain, cells, None);
    }
    table
}

pub(super) fn order(rungs: &[Rung], words: &Words) -> Table {
    let mut table = Table::new(&[
        (words.say("page.tier"), ColumnKind::Text, 3.0),
        (words.say("page.claim"), ColumnKind::Text, 2.0),
        (words.say("page.paid"), ColumnKind::Money, 1.2),
        (words.say("page.outstanding"), ColumnKind::Money, 1.2),
        (words.say("page.out_at"), ColumnKind::Money, 1.2),
        (words.say("column.ref"), ColumnKind::Tag, 0.5),
    ]);
    for (number, rung) in rungs.iter().enumerate() {
        let label = format!("{}. {}: {}", number + 1, rung.label, rung.terms);
        let blank = || Cell::Blank;
        table.push(RowStyle::Group, vec![label.into(), blank(), blank(), blank(), blank(), blank()], None);
        for claim in &rung.claims {
            let cells = vec![
                Cell::Blank,
                Cell::Key { text: claim.payee.clone(), class: claim.class },
                claim.paid.clone().into(),
                claim.outstanding.clone().into(),
                claim.out_at.clone().into(),
                Cell::Tags(vec![claim.tag.clone()]),
            ];
            table.push(RowStyle::Plain, cells, None);
        }
    }
    table
}

pub(super) fn ladder(ladder: &Ladder, words: &Words) -> Table {
    let mut table = Table::new(&[
        (words.say("recoupment.party"), ColumnKind::Text, 3.0),
        (words.say("ladder.out_at"), ColumnKind::Money, 1.2),
        (words.say("column.ref"), ColumnKind::Tag, 0.5),
    ]);
    for step in &ladder.steps {
        let name = Cell::Key { text: step.label.clone(), class: step.class };
        let cells = vec![name, step.out.clone().into(), Cell::Tags(vec![step.tag.clone()])];
        table.push(RowStyle::Plain, cells, None);
    }
    table
}

/// What a chart is drawn from, and nothing else is.
fn drawn(value: Quantity, kind: ColumnKind) -> Cell {
    Cell::Figure(Figure { value, address: String::new(), kind, typed: false })
}

fn rate(value: f64) -> Cell {
    let value = Decimal::from_f64(value).map(|value| value.round_dp(6));
    value.map_or(Cell::Blank, |value| drawn(value.into(), ColumnKind::Percent))
}

/// Bars of a histogram: from, to, paths.
pub(super) fn histogram(histogram: &Histogram, words: &Words) -> Table {
    let mut table = Table::new(&[
        (words.say("risk.mark"), ColumnKind::Text, 2.0),
        (words.say("risk.bar_from"), ColumnKind::Percent, 1.0),
        (words.say("risk.bar_to"), ColumnKind::Percent, 1.0),
        (words.say("risk.paths"), ColumnKind::Number, 1.0),
    ]);
    for mark in &histogram.marks {
        let cells = vec![mark.id.to_uppercase().into(), mark.figure.clone().into(), Cell::Blank, Cell::Blank];
        table.push(RowStyle::Subtotal, cells, None);
    }
    let counted = &histogram.counted;
    let step = (counted.to - counted.from) / counted.counts.len().max(1) as f64;
    let paths = |count: u32| drawn(Decimal::from(count).into(), ColumnKind::Number);
    table.push(RowStyle::Plain, vec!["".into(), Cell::Blank, rate(counted.from), paths(counted.below)], None);
    for (at, count) in counted.counts.iter().enumerate() {
        let from = counted.from + at as f64 * step;
        table.push(RowStyle::Plain, vec!["".into(), rate(from), rate(from + step), paths(*count)], None);
    }
    table.push(RowStyle::Plain, vec!["".into(), rate(counted.to), Cell::Blank, paths(counted.above)], None);
    table
}

/// Percentiles by quarter.
pub(super) fn fan(fan: &Fan, words: &Words) -> Table {
    let mut table = Table::new(&[
        (words.say("risk.quarter"), ColumnKind::Text, 1.0),
        ("P5", ColumnKind::Money, 1.0),
        ("P25", ColumnKind::Money, 1.0),
        ("P50", ColumnKind::Money, 1.0),
        ("P75", ColumnKind::Money, 1.0),
        ("P95", ColumnKind::Money, 1.0),
    ]);
    let Some(currency) = fan.last.value.as_money().map(|amount| amount.currency()) else { return table };
    let last = fan.bands.quarters.len().saturating_sub(1);
    for (at, (quarter, marks)) in fan.bands.quarters.iter().zip(&fan.bands.marks).enumerate() {
        let mut cells: Vec<Cell> = vec![quarter.as_str().into()];
        cells.extend(marks.iter().map(|minor| drawn(Money::new(*minor, currency).into(), ColumnKind::Money)));
        if at == last
            && let Some(median) = cells.get_mut(3)
        {
            *median = fan.last.clone().into();
        }
        table.push(RowStyle::Plain, cells, None);
    }
    table
}

/// Probabilities with their errors.
pub(super) fn chances(chances: &Chances, words: &Words) -> Table {
    let mut table = Table::new(&[
        (words.say("page.claim"), ColumnKind::Text, 3.0),
        (words.say("risk.paid_in_full"), ColumnKind::Percent, 1.0),
        (words.say("risk.error"), ColumnKind::Text, 1.0),
        (words.say("column.ref"), ColumnKind::Tag, 0.5),
    ]);
    for row in &chances.rows {
        let cells = vec![
            Cell::Key { text: row.label.clone(), class: row.class },
            row.figure.clone().into(),
            row.error.as_str().into(),
            Cell::Tags(vec![row.tag.clone()]),
        ];
        table.push(RowStyle::Plain, cells, None);
    }
    table
}

/// Drivers and the result at both of their ends.
pub(super) fn tornado(tornado: &Tornado, words: &Words) -> Table {
    let kind = tornado.base.kind;
    let mut table = Table::new(&[
        (words.say("risk.driver"), ColumnKind::Text, 3.0),
        (words.say("risk.between"), ColumnKind::Text, 2.0),
        (words.say("risk.at_p10"), kind, 1.0),
        (words.say("risk.at_p90"), kind, 1.0),
        (words.say("column.ref"), ColumnKind::Tag, 0.5),
    ]);
    for swing in &tornado.swings {
        let cells = vec![
            swing.label.as_str().into(),
            swing.inputs.as_str().into(),
            swing.low.clone().into(),
            swing.high.clone().into(),
            Cell::Tags(swing.tags.clone()),
        ];
        table.push(RowStyle::Plain, cells, None);
    }
    table
}
