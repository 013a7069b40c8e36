//! The production account, month by month.

use recoup_capital::{Capital, CashMonth};
use recoup_explain::NodeId;

use crate::document::{Block, Section, SectionKind};
use crate::excel::build_workings;
use crate::exhibits::{MonthLine, MonthRow, MonthTable};
use crate::sections::desk::Desk;
use crate::sections::sections_for;
use crate::table::{ColumnKind, Figure, RowStyle};

/// A flow of the account: words, address, and where it stands in a month.
type Flow = (&'static str, &'static str, fn(&CashMonth) -> NodeId);

const OUT: [Flow; 6] = [
    ("cash.spend", "cash_flow.spend", |month| month.spend),
    ("cash.costs", "cash_flow.costs", |month| month.costs),
    ("cash.fees", "cash_flow.fees", |month| month.fees),
    ("cash.interest", "cash_flow.interest", |month| month.interest),
    ("cash.to_lenders", "cash_flow.to_lenders", |month| month.to_lenders),
    ("cash.to_collection", "cash_flow.to_collection", |month| month.to_collection),
];
const IN: [Flow; 2] = [
    ("cash.received", "cash_flow.received", |month| month.received),
    ("cash.credits", "cash_flow.credits", |month| month.credits),
];

pub(crate) fn section(desk: &mut Desk<'_>) -> Option<Section> {
    let capital = desk.results.capital?;
    let months = &capital.cash_flow.months;
    let mut rows = Vec::new();
    rows.push(balance(desk, months, ("cash.opening", "cash_flow.opening"), Edge::First, None, |m| m.opening));
    rows.push(heading(desk, months, "cash.in"));
    for instrument in &desk.deal().instruments {
        rows.extend(drawn(desk, capital, &instrument.id, &instrument.name));
    }
    for flow in IN {
        rows.extend(self::flow(desk, months, flow));
    }
    rows.push(heading(desk, months, "cash.out"));
    for flow in OUT {
        rows.extend(self::flow(desk, months, flow));
    }
    let cash = Some(MonthLine::Cash);
    let debt = Some(MonthLine::Debt);
    rows.push(balance(desk, months, ("cash.closing", "cash_flow.closing"), Edge::Last, cash, |m| m.closing));
    rows.push(balance(desk, months, ("cash.debt", "cash_flow.debt"), Edge::Last, debt, |m| m.debt));
    let lead = desk.words.with(
        "cash.lead",
        &[
            ("debt", &desk.prose("capital.peak_debt")),
            ("month", &month(desk, "capital.peak_debt_date")),
            ("lowest", &lowest(desk, months)),
        ],
    );
    let table = MonthTable { months: months.iter().map(|month| month.month).collect(), rows };
    let mut blocks = vec![Block::Months(table)];
    blocks.extend(live(desk));
    Some(Section { kind: SectionKind::CashFlow, topic: desk.say("cash.topic"), lead, blocks })
}

/// What the months are computed from, for readers who are told the terms of the instruments.
fn live(desk: &Desk<'_>) -> Vec<Block> {
    if !sections_for(desk.edition.reader).contains(&SectionKind::Capital) {
        return Vec::new();
    }
    let Some((workings, rounds)) = build_workings(desk) else { return Vec::new() };
    let mut blocks = vec![Block::Workings(Box::new(workings))];
    blocks.extend(rounds.map(|rounds| Block::Rounds(Box::new(rounds))));
    blocks
}

/// The month of a day among the figures.
fn month(desk: &Desk<'_>, address: &str) -> String {
    let day = desk.results.book.at(address).and_then(|value| value.as_date());
    day.map_or_else(|| desk.say("figure.none"), |day| desk.figures.month(day.year_month()))
}

/// What is said about the lowest cash: an amount and its month, or that it is never below nothing.
fn lowest(desk: &Desk<'_>, months: &[CashMonth]) -> String {
    let cash = months
        .iter()
        .filter_map(|month| Some((desk.results.book.value(month.closing).as_money()?, month.month)));
    match cash.min_by_key(|(amount, _)| amount.minor()) {
        Some((amount, month)) if amount.is_negative() => desk.words.with(
            "cash.lowest",
            &[("amount", &desk.figures.amount(amount)), ("month", &desk.figures.month(month))],
        ),
        _ => desk.say("cash.never_below"),
    }
}

/// Which month of a year a balance is shown with.
#[derive(Clone, Copy)]
enum Edge {
    First,
    Last,
}

fn balance(
    desk: &mut Desk<'_>,
    months: &[CashMonth],
    (key, word): (&str, &str),
    edge: Edge,
    drawn: Option<MonthLine>,
    node: fn(&CashMonth) -> NodeId,
) -> MonthRow {
    let book = desk.results.book;
    let figure = |month: &CashMonth| Figure::of(book, node(month), ColumnKind::Money);
    let years = years(months).into_iter().map(|(year, of)| {
        let month = match edge {
            Edge::First => of.first(),
            Edge::Last => of.last(),
        };
        (year, month.and_then(figure))
    });
    let label = desk.say(key);
    let last = months.last().map_or_else(String::new, |month| format!("{word}[{}]", month.month));
    MonthRow {
        style: if matches!(edge, Edge::First) { RowStyle::Muted } else { RowStyle::Subtotal },
        months: months.iter().map(figure).collect(),
        years: years.collect(),
        total: None,
        tag: desk.tags.tag('F', &last, &label, ColumnKind::Money).unwrap_or_default(),
        label,
        drawn,
    }
}

fn heading(desk: &Desk<'_>, months: &[CashMonth], key: &str) -> MonthRow {
    MonthRow {
        label: desk.say(key),
        style: RowStyle::Group,
        months: vec![None; months.len()],
        years: years(months).into_iter().map(|(year, _)| (year, None)).collect(),
        total: None,
        tag: String::new(),
        drawn: None,
    }
}

/// A flow; one in which nothing moves is not printed.
fn flow(desk: &mut Desk<'_>, months: &[CashMonth], (key, address, node): Flow) -> Option<MonthRow> {
    let label = desk.say(key);
    let cells = months.iter().map(|month| Some(node(month))).collect();
    row(desk, months, &label, cells, (address, address))
}

/// What is called from one instrument.
fn drawn(desk: &mut Desk<'_>, capital: &Capital, id: &str, name: &str) -> Option<MonthRow> {
    let months = &capital.cash_flow.months;
    let of = |month: &CashMonth| month.draws.iter().find(|(drawn, _)| drawn == id).map(|(_, node)| *node);
    let cells: Vec<Option<NodeId>> = months.iter().map(of).collect();
    if cells.iter().all(Option::is_none) {
        return None;
    }
    row(desk, months, name, cells, (&format!("capital.{id}.draw"), &format!("capital.{id}.drawn")))
}

fn row(
    desk: &mut Desk<'_>,
    months: &[CashMonth],
    label: &str,
    nodes: Vec<Option<NodeId>>,
    (by_year, whole): (&str, &str),
) -> Option<MonthRow> {
    let book = desk.results.book;
    let cells: Vec<Option<Figure>> =
        nodes.into_iter().map(|node| Figure::of(book, node?, ColumnKind::Money)).collect();
    let moves = |figure: &Figure| figure.value.as_money().is_none_or(|amount| !amount.is_zero());
    if !cells.iter().flatten().any(moves) {
        return None;
    }
    let years = years(months)
        .into_iter()
        .map(|(year, _)| (year, Figure::at(book, &format!("{by_year}[{year}]"), ColumnKind::Money)));
    let years = years.collect();
    let (total, tag) = desk.figure('F', whole, label, ColumnKind::Money).unzip();
    Some(MonthRow {
        label: label.to_owned(),
        style: RowStyle::Plain,
        months: cells,
        years,
        total,
        tag: tag.unwrap_or_default(),
        drawn: None,
    })
}

/// The months of each calendar year.
fn years(months: &[CashMonth]) -> Vec<(i32, &[CashMonth])> {
    let years = months.chunk_by(|one, next| one.month.year() == next.month.year());
    years.filter_map(|year| Some((year.first()?.month.year(), year))).collect()
}
