//! What came against what was expected.

use std::collections::{BTreeMap, BTreeSet};

use recoup_calendar::{Period, Quarter};
use recoup_deal::Deal;
use recoup_deal::actuals::ReceivedStatement;
use recoup_explain::{Book, Cells, NodeId, Operation};

use super::later::{Cut, part, split};
use super::{Actuals, Covered, SourceActuals, StatementActuals};

/// Received and expected of one quarter.
type Sides = [Vec<NodeId>; 2];

/// Names every comparison.
pub(super) fn record(deal: &Deal, covered: &[Covered<'_>], cells: &Cells, book: &mut Book) -> Actuals {
    let mut all: BTreeMap<Quarter, Sides> = BTreeMap::new();
    let mut sources = Vec::with_capacity(covered.len());
    for one in covered {
        let mut quarters: BTreeMap<Quarter, Sides> = BTreeMap::new();
        for entry in &one.entries {
            quarters.entry(entry.date.quarter()).or_default()[0].push(entry.amount);
        }
        for part in &one.replaced {
            if let Some(until) = part.until {
                quarters.entry(part.date.quarter()).or_default()[1].push(until);
            }
        }
        for (quarter, sides) in quarters {
            let tail = format!(".{}[{quarter}]", one.source.id);
            let (received, forecast, _) = compare(&tail, sides, cells, book);
            let all = all.entry(quarter).or_default();
            all[0].push(received);
            all[1].push(forecast);
        }
        let sides = [vec![one.received(cells, book)], vec![one.expected(cells, book)]];
        let (received, forecast, variance) = compare(&format!(".{}", one.source.id), sides, cells, book);
        sources.push(SourceActuals {
            source: one.source.id.clone(),
            covered_to: one.covered_to,
            received,
            forecast,
            variance,
        });
    }
    let quarters = all.keys().copied().collect();
    for (quarter, sides) in all {
        compare(&format!("[{quarter}]"), sides, cells, book);
    }
    let of = |side: &dyn Fn(&SourceActuals) -> NodeId| sources.iter().map(side).collect::<Vec<_>>();
    let sides = [of(&|source| source.received), of(&|source| source.forecast)];
    compare("", sides, cells, book);
    let statements = deal.actuals.counted();
    let statements = statements.iter().map(|one| statement(one, covered, cells, book)).collect();
    Actuals { sources, statements, quarters }
}

/// `actuals.{received,forecast,variance}` of something.
fn compare(
    tail: &str,
    [received, forecast]: Sides,
    cells: &Cells,
    book: &mut Book,
) -> (NodeId, NodeId, NodeId) {
    let received = total(received, cells, book);
    let received = book.name(received, format!("actuals.received{tail}"));
    let forecast = total(forecast, cells, book);
    let forecast = book.name(forecast, format!("actuals.forecast{tail}"));
    let variance = format!("actuals.variance{tail}");
    (received, forecast, book.figure(variance, Operation::Difference, &[received, forecast]))
}

fn total(parts: Vec<NodeId>, cells: &Cells, book: &mut Book) -> NodeId {
    let parts: Vec<NodeId> = std::iter::once(cells.nothing(book)).chain(parts).collect();
    book.compute(Operation::Sum, &parts)
}

/// A statement against what was expected of the days it reports on.
fn statement(
    statement: &ReceivedStatement,
    covered: &[Covered<'_>],
    cells: &Cells,
    book: &mut Book,
) -> StatementActuals {
    let at = format!("actuals.statements.{}", statement.id);
    let mut sources = Vec::new();
    let mut seen = BTreeSet::new();
    let reported = |one: &&Covered<'_>| statement.lines.iter().any(|line| line.source == one.source.id);
    for one in covered.iter().filter(reported) {
        if !seen.insert(one.source.id.as_str()) {
            continue;
        }
        let mine = one.entries.iter().filter(|entry| entry.statement.id == statement.id);
        let received: Vec<NodeId> = mine.map(|entry| entry.amount).collect();
        let received = total(received, cells, book);
        let expected = expected(statement, one, cells, book);
        let head = format!("{at}.{}", one.source.id);
        let received = book.name(received, format!("{head}.received"));
        let forecast = book.name(expected, format!("{head}.forecast"));
        let variance = book.figure(format!("{head}.variance"), Operation::Difference, &[received, forecast]);
        sources.push((one.source.id.clone(), received, forecast, variance));
    }
    let received = total(sources.iter().map(|source| source.1).collect(), cells, book);
    let received = book.name(received, format!("{at}.received"));
    let forecast = total(sources.iter().map(|source| source.2).collect(), cells, book);
    let forecast = book.name(forecast, format!("{at}.forecast"));
    let variance = book.figure(format!("{at}.variance"), Operation::Difference, &[received, forecast]);
    StatementActuals { statement: statement.id.clone(), sources, total: (received, forecast, variance) }
}

/// What the estimate expected to be earned in the days of a statement; a quarter that they meet in part by its days.
fn expected(statement: &ReceivedStatement, one: &Covered<'_>, cells: &Cells, book: &mut Book) -> NodeId {
    let at = format!("actuals.statements[{}]", statement.id);
    let days = Period { start: statement.from, end: statement.to };
    let mut parts = Vec::new();
    for quarter in &one.estimate {
        match split(quarter.earned, days, book) {
            Cut::Whole => parts.push(quarter.to_account),
            Cut::Nothing => {}
            Cut::Days(weights) => parts.push(part(quarter.to_account, 0, weights, book)),
        }
    }
    let sum = total(parts, cells, book);
    let from = cells.date(book, format!("{at}.from"), Some(statement.from));
    let to = cells.date(book, format!("{at}.to"), Some(statement.to));
    book.compute(Operation::Placed, &[sum, from, to])
}
