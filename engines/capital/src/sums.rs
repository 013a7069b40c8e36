//! What the months add up to: totals, peaks, and where money is short.

use recoup_calendar::DayCount;
use recoup_deal::{Deal, Finding, Severity};
use recoup_explain::{Book, Cells, NodeId, Operation};
use recoup_money::{Money, Rounding};
use rust_decimal::Decimal;

use crate::amounts::Sought;
use crate::axis::Axis;
use crate::cash::Passed;
use crate::close::Closing;

pub(crate) fn totals(passed: &Passed, cells: &Cells, book: &mut Book) {
    let nothing = cells.nothing(book);
    for run in &passed.runs {
        let total = |book: &mut Book, word: &str, parts: &mut dyn Iterator<Item = NodeId>| {
            let parts: Vec<NodeId> = std::iter::once(nothing).chain(parts).collect();
            book.figure(format!("capital.{}.{word}", run.id), Operation::Sum, &parts);
        };
        total(book, "drawn", &mut run.drawn.iter().map(|part| part.1));
        total(book, "interest", &mut run.charged.iter().copied());
        total(book, "repaid", &mut run.repaid.iter().map(|part| part.1));
        if let Some(unpaid) = run.unpaid {
            book.name(unpaid, format!("capital.{}.unpaid", run.id));
        }
    }
}

/// Peak funding is the most that production had to find from financiers by any month: all uses so far less
/// contract payments, credits and whatever else came without being called. Peak debt is owed to lenders.
pub(crate) fn peaks(passed: &Passed, axis: &Axis, cells: &Cells, book: &mut Book) {
    let nothing = cells.nothing(book);
    let mut running = nothing;
    let mut needs = Vec::with_capacity(passed.months.len());
    let mut debts = Vec::with_capacity(passed.months.len());
    for (index, month) in passed.months.iter().enumerate() {
        let out = book.plus(&[
            running,
            month.spend,
            month.costs,
            month.fees,
            month.interest,
            month.to_lenders,
            month.to_collection,
        ]);
        let mut without = vec![out, month.received, month.credits];
        if passed.runs.iter().any(|run| run.reserve.is_some()) {
            without[0] = book.plus(&[out, month.to_reserve]);
            without.push(month.from_reserve);
        }
        running = book.compute(Operation::Difference, &without);
        let need = book.name(running, format!("cash_flow.funding_need[{}]", month.month));
        needs.push((index, need));
        debts.push((index, month.debt));
    }
    peak(&needs, axis, "capital.peak_funding", "capital.peak_month", "capital.peak_date", cells, book);
    peak(&debts, axis, "capital.peak_debt", "capital.peak_debt_month", "capital.peak_debt_date", cells, book);
    for run in &passed.runs {
        if run.balances.is_empty() {
            continue;
        }
        let words = ["peak", "peak_month", "peak_date"].map(|word| format!("capital.{}.{word}", run.id));
        peak(&run.balances, axis, &words[0], &words[1], &words[2], cells, book);
    }
}

fn peak(
    series: &[(usize, NodeId)],
    axis: &Axis,
    amount: &str,
    month: &str,
    date: &str,
    cells: &Cells,
    book: &mut Book,
) {
    if series.is_empty() {
        return;
    }
    let amounts: Vec<NodeId> = series.iter().map(|part| part.1).collect();
    book.figure(amount, Operation::Greatest, &amounts);
    let mut dated = Vec::with_capacity(2 * series.len());
    for (index, node) in series {
        dated.extend([axis.first_day(*index, book), *node]);
    }
    let day = book.figure(date, Operation::DateOfGreatest, &dated);
    // From the first of one month to the first of another, 30/360 counts whole twelfths of a year.
    let start = axis.month_zero(cells, book);
    let years = book.compute(Operation::YearFraction { day_count: DayCount::Thirty360 }, &[start, day]);
    let twelve = book.assumption("calendar", Decimal::from(12), "months of a year");
    let months = book.compute(Operation::Product, &[years, twelve]);
    book.figure(month, Operation::Round { places: 0, rounding: Rounding::HalfUp }, &[months]);
}

/// The limit that keeps the instruments that fill the rest from closing the deal.
pub(crate) fn limited(deal: &Deal, sought: &Sought, closing: &Closing, book: &Book) -> Option<Finding> {
    let most = sought.most?;
    let missing = book.value(closing.difference).as_money().filter(Money::is_negative)?;
    let instrument = &deal.instruments[sought.first];
    let path = format!("instruments[{}].amount.remainder.at_most", instrument.id);
    Some(
        Finding::new(Severity::Question, "REMAINDER_LIMITED", path)
            .with("name", &instrument.name)
            .with("limit", most)
            .with("missing", missing.checked_neg().unwrap_or(missing)),
    )
}

/// What closes the deal is not sure: another amount does as well, or more of it costs more than it brings.
pub(crate) fn unsure(deal: &Deal, sought: &Sought, closing: &Closing, book: &Book) -> Option<Finding> {
    let solution = closing.solution.as_ref()?;
    if solution.contraction < Decimal::ONE {
        return None;
    }
    let instrument = &deal.instruments[sought.first];
    let path = format!("instruments[{}].amount", instrument.id);
    let taken = book.value(sought.amount).as_money()?;
    match solution.other {
        Some(other) => Some(
            Finding::new(Severity::Question, "REMAINDER_NOT_SURE", path)
                .with("name", &instrument.name)
                .with("taken", taken)
                .with("other", Money::new(other, taken.currency())),
        ),
        // A few cents are what the rounding of postings leaves; more than that is not closed.
        None if solution.residual < -2 && sought.most.is_none() => Some(
            Finding::new(Severity::Question, "REMAINDER_NOT_SURE", path)
                .case("never")
                .with("name", &instrument.name)
                .with("missing", Money::new(-solution.residual, taken.currency())),
        ),
        None => None,
    }
}

pub(crate) fn shortfalls(passed: &Passed, closing: &Closing, book: &Book) -> Vec<Finding> {
    let mut found = Vec::new();
    if let Some(difference) = book.value(closing.difference).as_money() {
        if difference.is_negative() {
            found.push(
                Finding::new(Severity::Blocker, "CLOSING_SHORT", "instruments")
                    .with("missing", difference.checked_neg().unwrap_or(difference)),
            );
        } else if difference.is_positive() {
            found
                .push(Finding::new(Severity::Note, "CLOSING_OVER", "instruments").with("excess", difference));
        }
    }
    let short = passed.months.iter().filter_map(|month| {
        let cash = book.value(month.closing).as_money()?;
        cash.is_negative().then_some((month, cash))
    });
    let deepest = short.clone().min_by_key(|(_, cash)| cash.minor());
    if let (Some((first, _)), Some((month, cash))) = (short.clone().next(), deepest) {
        found.push(
            Finding::new(Severity::Blocker, "CASH_SHORT", "instruments")
                .with("from", first.month)
                .with("lowest", month.month)
                .with("missing", cash.checked_neg().unwrap_or(cash)),
        );
    }
    for run in &passed.runs {
        let unpaid =
            run.unpaid.and_then(|node| book.value(node).as_money()).filter(|owed| owed.is_positive());
        if let Some(owed) = unpaid {
            let path = format!("instruments[{}]", run.id);
            found.push(Finding::new(Severity::Question, "LOAN_NOT_REPAID", path).with("owed", owed));
        }
    }
    found
}
