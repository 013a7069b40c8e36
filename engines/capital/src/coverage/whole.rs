//! What lenders ask of the stack as a whole, and of the day on which a loan is due.

use recoup_calendar::Date;
use recoup_deal::instrument::Collateral;
use recoup_deal::{CostKind, Instrument, Terms};
use recoup_explain::{Book, Comparison, NodeId, Operation};
use rust_decimal::Decimal;

use super::gap::unsold;
use super::{CoverTest, Inputs, TestUnit, limit, maturity_grounds, test};
use crate::contract::{net_price, payment_grounds, payments};
use crate::plan::{assigned, maturity, quantities};

/// Contingency over the lines, where a bond is in place.
pub(super) fn contingency(inputs: &Inputs<'_>, book: &mut Book) -> Option<CoverTest> {
    inputs.deal.budget.costs.iter().find(|cost| cost.kind == CostKind::CompletionBond)?;
    let ratio = book.compute(Operation::Quotient, &[inputs.budget.contingency, inputs.budget.lines_total]);
    let ratio = book.name(ratio, "capital.contingency_share");
    let typed = inputs.deal.market.limits.contingency;
    let usual = Decimal::new(1, 1);
    let required = limit(inputs, "contingency", typed, usual, "usual where a bond is in place", book);
    Some(test("contingency", "budget.contingency", ratio, required, Comparison::AtLeast, book))
}

/// All gap loans over the budget.
pub(super) fn gap_to_budget(inputs: &Inputs<'_>, book: &mut Book) -> Option<CoverTest> {
    let gaps: Vec<(usize, &Instrument)> = inputs
        .deal
        .instruments
        .iter()
        .enumerate()
        .filter(|(_, instrument)| matches!(instrument.terms, Terms::GapLoan(_)))
        .collect();
    let (_, first) = gaps.first()?;
    let path = format!("instruments[{}].amount", first.id);
    let principals: Vec<NodeId> =
        gaps.iter().map(|(place, _)| inputs.passed.runs[*place].principal).collect();
    let principal = book.plus(&principals);
    let ratio = book.compute(Operation::Quotient, &[principal, inputs.budget.total]);
    let ratio = book.name(ratio, "capital.gap_to_budget");
    let typed = inputs.deal.market.limits.gap_to_budget;
    let usual = Decimal::new(30, 2);
    let source = "the upper end of what gap lenders give, 10 to 30 % of the budget";
    let most = limit(inputs, "gap_to_budget", typed, usual, source, book);
    Some(test("gap_to_budget", &path, ratio, most, Comparison::AtMost, book))
}

/// All loans over credits, contracts and what the unsold territories are worth; a test where the deal has a limit.
pub(super) fn loan_to_value(inputs: &Inputs<'_>, book: &mut Book) -> Option<CoverTest> {
    let loans = inputs.deal.instruments.iter().zip(&inputs.passed.runs);
    let lent: Vec<NodeId> =
        loans.filter(|(instrument, _)| instrument.terms.is_debt()).map(|(_, run)| run.principal).collect();
    if lent.is_empty() {
        return None;
    }
    let mut behind = vec![inputs.cells.nothing(book)];
    behind.extend(inputs.claims.iter().map(|claim| claim.credit));
    for (instrument, run) in inputs.deal.instruments.iter().zip(&inputs.passed.runs) {
        if instrument.terms.licence().is_some() {
            behind.push(net_price(instrument, run.principal, inputs.cells, book));
        }
    }
    behind.push(unsold(inputs, false, book).1);
    let lent = book.plus(&lent);
    let lent = book.name(lent, "capital.lent");
    let behind = book.plus(&behind);
    let behind = book.name(behind, "capital.security_value");
    let ratio = book.compute(Operation::Quotient, &[lent, behind]);
    let ratio = book.name(ratio, "capital.loan_to_value");
    let typed = inputs.deal.market.limits.loan_to_value?;
    let most = inputs.cells.number(book, "market.limits.loan_to_value".into(), Some(typed));
    Some(test("loan_to_value", "market.limits.loan_to_value", ratio, most, Comparison::AtMost, book))
}

/// Days from the last cash of what a loan is secured on to the day the loan is due.
pub(super) fn after_cash(inputs: &Inputs<'_>, instrument: &Instrument, book: &mut Book) -> Option<CoverTest> {
    let due = maturity(instrument, inputs.timeline)?;
    let cash = assigned(instrument).into_iter().filter_map(|(over, _)| last_cash(inputs, over, book));
    let (last, grounds) = cash.max_by_key(|(day, _)| *day)?;
    let days = Decimal::from(last.days_until(due));
    let days = inputs.cells.usual(book, "calendar.days", days, &format!("{days} days from {last} to {due}"));
    let days = inputs.cells.placed(book, days, quantities(maturity_grounds(inputs, instrument)));
    let rests: Vec<NodeId> = std::iter::once(days).chain(grounds).collect();
    let days = book.compute(Operation::Placed, &rests);
    let days = book.name(days, format!("capital.{}.days_after_cash", instrument.id));
    let typed = inputs.deal.market.limits.days_after_cash.map(Decimal::from);
    let source = "a loan is not due before what it is secured on has paid";
    let required = limit(inputs, "days_after_cash", typed, Decimal::ZERO, source, book);
    let path = format!("instruments[{}].maturity", instrument.id);
    let found = test("days_after_cash", &path, days, required, Comparison::AtLeast, book);
    Some(CoverTest { unit: TestUnit::Days, ..found })
}

/// The last day on which a piece of collateral pays, and what that rests on.
fn last_cash(inputs: &Inputs<'_>, over: &Collateral, book: &mut Book) -> Option<(Date, Vec<NodeId>)> {
    match over {
        Collateral::Claim(id) => {
            let claim = inputs.claims.iter().find(|claim| claim.claim == *id)?;
            let last = claim.payments.iter().map(|payment| payment.date).max()?;
            Some((last, claim.payments.iter().map(|payment| payment.amount).collect()))
        }
        Collateral::Instrument(id) => {
            let contract = inputs.deal.instruments.iter().find(|one| one.id == *id)?;
            let last = payments(contract, inputs.timeline).into_iter().max()?;
            let nothing = inputs.cells.nothing(book);
            let grounds = quantities(payment_grounds(contract, inputs.deal));
            Some((last, vec![inputs.cells.placed(book, nothing, grounds)]))
        }
        Collateral::Source(_) | Collateral::UnsoldTerritories | Collateral::AllAssets => None,
    }
}
