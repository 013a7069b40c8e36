//! The deal on one page.

use crate::document::{Block, ColumnKind, RowStyle, Section, Table};
use crate::sections::desk::Desk;
use crate::sections::{closing, findings};

/// Findings shown on the first page.
const MOST: usize = 8;

pub(crate) fn section(desk: &mut Desk<'_>) -> Section {
    let currency = desk.deal().currency.code().to_owned();
    let mut key = Table::new(&[
        ("Key figure", ColumnKind::Text, 3.4),
        (&currency, ColumnKind::Money, 1.4),
        ("Ref", ColumnKind::Tag, 0.5),
    ]);
    for (letter, label, address) in [
        ('B', "Uses, cash", "closing.uses_cash"),
        ('C', "Sources, cash", "closing.sources_cash"),
        ('C', "Sources less uses", "closing.difference"),
        ('I', "Net incentives", "incentives.net"),
        ('F', "Peak funding", "capital.peak_funding"),
        ('W', "Gross receipts, base case", "revenue.gross"),
        ('W', "Reaches the collection account", "revenue.to_account"),
    ] {
        if desk.results.book.find(address).is_some() {
            desk.line(&mut key, RowStyle::Plain, letter, (label, address), None);
        }
    }
    let (uses, sources) = closing::bars(desk);
    let mut blocks = Vec::new();
    if !uses.is_empty() {
        blocks.push(Block::Bars(vec![("Uses".to_owned(), uses), ("Sources".to_owned(), sources)]));
    }
    blocks.push(Block::Table(key));
    let first = findings::lines(desk.results.findings, MOST);
    if !first.is_empty() {
        blocks.push(Block::Heading("First findings".to_owned()));
        blocks.push(Block::Findings(first));
    }
    let lead = match desk.money("closing.difference") {
        Some(short) if short.is_negative() => {
            let short = short.checked_neg().map_or_else(|_| "n/a".to_owned(), crate::format::prose);
            format!("The deal does not close yet: {short} is missing.")
        }
        Some(_) => "Sources cover uses on a cash basis.".to_owned(),
        None => "The closing cannot be computed yet; the findings say what is missing.".to_owned(),
    };
    Section { topic: "Executive summary".to_owned(), lead, blocks }
}
