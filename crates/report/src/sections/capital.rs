//! The instruments, what they cost, and the lenders' tests.

use recoup_deal::InstrumentStatus as Status;
use recoup_explain::Quantity;

use crate::document::{Block, Cell, ColumnKind, RowStyle, Section, Table};
use crate::sections::desk::{Desk, class};

pub(crate) fn section(desk: &mut Desk<'_>) -> Option<Section> {
    let capital = desk.results.capital?;
    let currency = desk.deal().currency.code().to_owned();
    let mut terms = Table::new(&[
        ("Instrument", ColumnKind::Text, 2.6),
        ("Provider", ColumnKind::Text, 2.0),
        (&format!("Principal, {currency}"), ColumnKind::Money, 1.3),
        ("Fees", ColumnKind::Money, 1.0),
        ("Interest", ColumnKind::Money, 1.1),
        ("Status", ColumnKind::Text, 1.1),
        ("Ref", ColumnKind::Tag, 0.5),
    ]);
    for instrument in &desk.deal().instruments {
        let of = |part: &str| format!("capital.{}.{part}", instrument.id);
        let [principal, tag] = desk.figure('C', &of("principal"), &instrument.name, ColumnKind::Money);
        let [fee, _] = desk.figure('C', &of("fee"), &format!("{}, fees", instrument.name), ColumnKind::Money);
        let interest = of("interest");
        let [interest, _] =
            desk.figure('C', &interest, &format!("{}, interest", instrument.name), ColumnKind::Money);
        let provider = instrument.provider.as_deref().map_or_else(String::new, |id| desk.party(id));
        let name = Cell::Key { text: instrument.name.clone(), class: class(&instrument.terms) };
        let cells =
            vec![name, provider.into(), principal, fee, interest, status(instrument.status).into(), tag];
        terms.push(RowStyle::Plain, cells, None);
    }
    let mut tests = Table::new(&[
        ("Lender's test", ColumnKind::Text, 3.0),
        ("This deal, %", ColumnKind::Percent, 1.2),
        ("Asked, %", ColumnKind::Percent, 1.2),
        ("Result", ColumnKind::Text, 1.0),
        ("Ref", ColumnKind::Tag, 0.5),
    ]);
    for test in &capital.tests {
        let value = |node| Cell::Figure(desk.results.book.value(node).clone());
        let met = match desk.results.book.value(test.met) {
            Quantity::Flag(true) => "● pass",
            Quantity::Flag(false) => "■ fail",
            _ => "○ undecided",
        };
        let label = test_words(test.test);
        let (ratio, required) = (value(test.ratio), value(test.required));
        let tag = desk
            .address(test.ratio)
            .and_then(|address| desk.tags.tag('C', &address, label, ColumnKind::Percent))
            .map_or(Cell::Blank, Cell::Tag);
        tests.push(RowStyle::Plain, vec![label.into(), ratio, required, met.into(), tag], None);
    }
    let mut peak = Table::new(&[
        ("Peak", ColumnKind::Text, 3.0),
        (&currency, ColumnKind::Money, 1.2),
        ("Ref", ColumnKind::Tag, 0.5),
    ]);
    desk.line(&mut peak, RowStyle::Plain, 'F', ("Peak funding", "capital.peak_funding"), None);
    desk.line(&mut peak, RowStyle::Plain, 'F', ("Peak funding, month", "capital.peak_date"), None);
    desk.line(&mut peak, RowStyle::Plain, 'F', ("Peak debt", "capital.peak_debt"), None);
    desk.line(&mut peak, RowStyle::Plain, 'F', ("Peak debt, month", "capital.peak_debt_date"), None);
    let mut blocks = vec![Block::Table(terms), Block::Heading("Peak".to_owned()), Block::Table(peak)];
    if !tests.rows.is_empty() {
        blocks.push(Block::Heading("Coverage".to_owned()));
        blocks.push(Block::Table(tests));
    }
    let lead = format!(
        "{} instruments cost {} in fees and interest to delivery; funding peaks at {}.",
        desk.deal().instruments.len(),
        desk.prose("closing.financing_costs"),
        desk.prose("capital.peak_funding")
    );
    Some(Section { topic: "Capital and terms".to_owned(), lead, blocks })
}

fn status(status: Option<Status>) -> &'static str {
    match status {
        Some(Status::Closed) => "● closed",
        Some(Status::Signed) => "● signed",
        Some(Status::Committed) => "● committed",
        Some(Status::TermSheet) => "◐ term sheet",
        Some(Status::Negotiating) => "○ negotiating",
        Some(Status::Prospective) => "○ prospective",
        None => "○ not stated",
    }
}

fn test_words(test: &str) -> &str {
    match test {
        "gap_cover" => "Gap cover by unsold estimates",
        "credit_advance" => "Credit loan to estimated credit",
        "contract_cover" => "Contract cover of its loan",
        "contingency" => "Contingency to direct cost",
        other => other,
    }
}
