//! Estimates and what of them reaches the collection account.

use crate::document::{Block, Cell, ColumnKind, RowFormula, RowStyle, Section, Table};
use crate::sections::desk::Desk;

pub(crate) fn section(desk: &mut Desk<'_>) -> Option<Section> {
    let receipts = desk.results.receipts?;
    if receipts.sources.is_empty() {
        return None;
    }
    let currency = desk.deal().currency.code().to_owned();
    let mut table = Table::new(&[
        ("Source", ColumnKind::Text, 3.2),
        (&format!("Gross, {currency}"), ColumnKind::Money, 1.3),
        ("Reaches the account", ColumnKind::Money, 1.3),
        ("Ref", ColumnKind::Tag, 0.5),
    ]);
    for source in &receipts.sources {
        let gross = desk.results.book.value(source.gross).clone();
        let address = format!("revenue.{}.to_account", source.source);
        let [reaches, tag] = desk.figure('W', &address, &source.label, ColumnKind::Money);
        table.push(
            RowStyle::Plain,
            vec![source.label.as_str().into(), Cell::Figure(gross), reaches, tag],
            None,
        );
    }
    let rows: Vec<usize> = (0..table.rows.len()).collect();
    let gross = desk.results.book.value(receipts.gross).clone();
    let [total, tag] = desk.figure('W', "revenue.to_account", "Total", ColumnKind::Money);
    table.push(
        RowStyle::Total,
        vec!["Total".into(), Cell::Figure(gross), total, tag],
        Some(RowFormula::Sum(rows)),
    );
    let lead = format!(
        "Of {} gross, {} reaches the collection account in the base case.",
        desk.prose("revenue.gross"),
        desk.prose("revenue.to_account")
    );
    Some(Section { topic: "Revenue".to_owned(), lead, blocks: vec![Block::Table(table)] })
}
