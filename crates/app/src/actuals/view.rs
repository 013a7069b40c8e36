//! What came in against what was expected, as it crosses the wire.

use std::collections::BTreeSet;

use recoup_calendar::{Date, Quarter};
use recoup_deal::Deal;
use recoup_deal::actuals::{ReceivedStatement, Rest, StatementStanding};
use recoup_explain::Book;
use recoup_model::{Outcome, SourceActuals};
use recoup_revenue::SourceReceipts;

use super::next::next_periods;
use crate::{
    AppError, ErrorCode,
    figures::quantity,
    wire::{
        ActualQuarterDto, ActualSourceDto, ActualStatementDto, ActualsView, ComparedDto, ExpenseProgressDto,
        FigureDto, StatementSourceActualDto,
    },
};

pub(super) fn view(revision: u32, deal: &Deal, outcome: &Outcome) -> Result<ActualsView, AppError> {
    let book = &outcome.book;
    let actuals = outcome.actuals.as_ref();
    let told = |source: &SourceActuals| source_of(deal, outcome, source);
    let sources = actuals.map_or(&[][..], |actuals| &actuals.sources);
    let sources: Vec<ActualSourceDto> = sources.iter().map(told).collect::<Result<_, _>>()?;
    let reported: BTreeSet<&str> = sources.iter().map(|source| source.source.as_str()).collect();
    let all = outcome.receipts.sources.iter().filter(|source| reported.contains(source.source.as_str()));
    let quarters = match actuals {
        Some(_) => quarters(book, "", &quarters_of(book, all, &reported))?,
        None => Vec::new(),
    };
    let mut statements: Vec<&ReceivedStatement> = deal.actuals.statements.iter().collect();
    statements.sort_by_key(|statement| (statement.to, statement.from, statement.id.as_str()));
    Ok(ActualsView {
        revision,
        total: actuals.map(|_| compared(book, "actuals", "")).transpose()?,
        quarters,
        sources,
        statements: statements.iter().map(|one| statement(book, one)).collect::<Result<_, _>>()?,
        next: next_periods(deal),
        expenses: expenses(deal, book)?,
    })
}

fn figure(book: &Book, address: &str) -> Result<Option<FigureDto>, AppError> {
    let value = book.at(address).map(quantity).transpose()?;
    Ok(value.map(|value| FigureDto { address: address.to_owned(), value }))
}

fn named(book: &Book, address: &str) -> Result<FigureDto, AppError> {
    figure(book, address)?.ok_or_else(|| {
        AppError::new(ErrorCode::NotFound, "There is no figure at this address.").with("address", address)
    })
}

/// `actuals.received.<source>[2029-Q1]` and the two beside it.
fn compared(book: &Book, head: &str, tail: &str) -> Result<ComparedDto, AppError> {
    Ok(ComparedDto {
        received: named(book, &format!("{head}.received{tail}"))?,
        forecast: named(book, &format!("{head}.forecast{tail}"))?,
        variance: named(book, &format!("{head}.variance{tail}"))?,
    })
}

fn source_of(deal: &Deal, outcome: &Outcome, found: &SourceActuals) -> Result<ActualSourceDto, AppError> {
    let book = &outcome.book;
    let id = found.source.as_str();
    let source = deal.revenue.sources.iter().find(|source| source.id == id);
    let rest = deal.actuals.rests.iter().find(|rest| rest.source == id);
    let mine = |statement: &&&ReceivedStatement| statement.lines.iter().any(|line| line.source == id);
    let counted = deal.actuals.counted();
    let first: Option<Date> = counted.iter().filter(mine).map(|statement| statement.from).min();
    let receipts = outcome.receipts.sources.iter().filter(|source| source.source == id);
    let known = quarters_of(book, receipts, &BTreeSet::from([id]));
    Ok(ActualSourceDto {
        source: id.to_owned(),
        label: source.map_or_else(|| id.to_owned(), |source| source.label.clone()),
        covered_from: first.unwrap_or(found.covered_to).to_string(),
        covered_to: found.covered_to.to_string(),
        rest: rest_word(rest.map(|rest| rest.rest).unwrap_or_default()).to_owned(),
        rest_id: rest.map(|rest| rest.id.clone()),
        compared: compared(book, "actuals", &format!(".{id}"))?,
        quarters: quarters(book, &format!(".{id}"), &known)?,
    })
}

const fn rest_word(rest: Rest) -> &'static str {
    match rest {
        Rest::KeepForecast => "keep_forecast",
        Rest::Shift => "shift",
        Rest::Drop => "drop",
        Rest::ScaleToEstimate => "scale_to_estimate",
    }
}

/// Quarters in which these sources bring anything or were estimated to.
fn quarters_of<'a>(
    book: &Book,
    receipts: impl Iterator<Item = &'a SourceReceipts>,
    sources: &BTreeSet<&str>,
) -> BTreeSet<Quarter> {
    let mut found: BTreeSet<Quarter> =
        receipts.flat_map(|source| &source.quarters).map(|quarter| quarter.quarter).collect();
    // An estimate may reach into quarters that nothing counts in any more.
    let (Some(first), Some(last)) = (found.first().copied(), found.last().copied()) else { return found };
    let reach = |step: i32| {
        let mut quarter = if step < 0 { first } else { last };
        std::iter::from_fn(move || {
            quarter = quarter.add_quarters(step).ok()?;
            Some(quarter)
        })
        .take(80)
    };
    let estimated = |quarter: &Quarter| {
        sources.iter().any(|id| book.find(&format!("revenue.{id}.to_account.forecast[{quarter}]")).is_some())
    };
    let outside: Vec<Quarter> = reach(-1).chain(reach(1)).filter(estimated).collect();
    found.extend(outside);
    found
}

/// What each quarter brings now, beside the estimate and the comparison. `tail` names a source, or all without one.
fn quarters(book: &Book, tail: &str, known: &BTreeSet<Quarter>) -> Result<Vec<ActualQuarterDto>, AppError> {
    let all = tail.is_empty();
    let found = known.iter().map(|quarter| {
        let told = format!("{tail}[{quarter}]");
        let compares = book.find(&format!("actuals.received{told}")).is_some();
        Ok(ActualQuarterDto {
            quarter: quarter.to_string(),
            counted: if all {
                figure(book, &format!("revenue.to_account[{quarter}]"))?
            } else {
                figure(book, &format!("revenue{tail}.to_account[{quarter}]"))?
            },
            estimate: if all {
                figure(book, &format!("revenue.to_account.forecast[{quarter}]"))?
            } else {
                figure(book, &format!("revenue{tail}.to_account.forecast[{quarter}]"))?
            },
            compared: compares.then(|| compared(book, "actuals", &told)).transpose()?,
        })
    });
    found.collect()
}

fn statement(book: &Book, statement: &ReceivedStatement) -> Result<ActualStatementDto, AppError> {
    let accepted = statement.standing == StatementStanding::Accepted;
    let head = format!("actuals.statements.{}", statement.id);
    let told = accepted && book.find(&format!("{head}.received")).is_some();
    let mut seen = BTreeSet::new();
    let lines = statement.lines.iter().filter(|line| told && seen.insert(line.source.as_str()));
    let sources = lines.filter(|line| book.find(&format!("{head}.{}.received", line.source)).is_some());
    Ok(ActualStatementDto {
        statement: statement.id.clone(),
        from: statement.from.to_string(),
        to: statement.to.to_string(),
        reported: statement.reported.map(|day| day.to_string()),
        received: statement.received.map(|day| day.to_string()),
        sender: statement.sender.clone(),
        accepted,
        document: statement.document.clone(),
        compared: told.then(|| compared(book, &head, "")).transpose()?,
        sources: sources
            .map(|line| {
                let compared = compared(book, &format!("{head}.{}", line.source), "")?;
                Ok(StatementSourceActualDto { source: line.source.clone(), compared })
            })
            .collect::<Result<_, AppError>>()?,
    })
}

fn expenses(deal: &Deal, book: &Book) -> Result<Vec<ExpenseProgressDto>, AppError> {
    let types = deal.recoupment.iter().flat_map(|plan| &plan.expense_types);
    let told = types.filter(|kind| book.find(&format!("actuals.expenses.{}.declared", kind.id)).is_some());
    let progress = told.map(|kind| {
        let at = |word: &str| format!("actuals.expenses.{}.{word}", kind.id);
        Ok(ExpenseProgressDto {
            expense_type: kind.id.clone(),
            declared: named(book, &at("declared"))?,
            outside_cap: named(book, &at("outside_cap"))?,
            cap: figure(book, &at("cap"))?,
            share: figure(book, &at("share"))?,
        })
    });
    progress.collect()
}
