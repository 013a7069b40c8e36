//! Whether the cash assigned to a loan pays what the loan costs until it is due.

use std::collections::BTreeMap;

use recoup_calendar::Date;
use recoup_deal::Instrument;
use recoup_deal::instrument::Collateral;
use recoup_explain::{Book, Comparison, NodeId, Operation};
use rust_decimal::Decimal;

use super::{CoverTest, Inputs, limit, maturity_grounds, test};
use crate::axis::Axis;
use crate::contract::{contract_payments, net_price};
use crate::plan::{assigned, callable_from, maturity, quantities};
use crate::pledge::lenders_on;

/// Assigned cash until maturity over principal, interest until then, and the fees that fall due once it is drawn. What
/// is paid with or before the first drawing is paid out of the loan itself and stands in its principal. Cash that an
/// earlier rank is owed is not counted.
pub(super) fn service(inputs: &Inputs<'_>, axis: &Axis, book: &mut Book) -> Vec<CoverTest> {
    let mut owed: BTreeMap<usize, NodeId> = BTreeMap::new();
    let loans: Vec<(usize, &Instrument)> = inputs
        .deal
        .instruments
        .iter()
        .enumerate()
        .filter(|(place, _)| inputs.passed.runs[*place].secured && inputs.interest[*place].is_some())
        .collect();
    for (place, loan) in &loans {
        owed.insert(*place, debt_service(inputs, *place, loan, axis, book));
    }
    let test = |(place, loan): (usize, &Instrument)| cover(inputs, place, loan, &owed, book);
    loans.into_iter().map(test).collect()
}

fn cover(
    inputs: &Inputs<'_>,
    place: usize,
    loan: &Instrument,
    owed: &BTreeMap<usize, NodeId>,
    book: &mut Book,
) -> CoverTest {
    let nothing = inputs.cells.nothing(book);
    let mut cash = vec![nothing];
    for (over, _) in assigned(loan) {
        let mut free = cash_of(inputs, loan, over, book);
        for ahead in lenders_on(inputs.deal, over).into_iter().take_while(|ahead| *ahead != place) {
            let Some(service) = owed.get(&ahead) else { continue };
            free = book.less(free, *service);
            free = book.greatest(free, nothing);
        }
        cash.push(free);
    }
    let cash = book.figure(format!("capital.{}.assigned_cash", loan.id), Operation::Sum, &cash);
    let due = owed.get(&place).copied().unwrap_or(nothing);
    let ratio = book.compute(Operation::Quotient, &[cash, due]);
    let ratio = book.name(ratio, format!("capital.{}.debt_service_cover", loan.id));
    let typed = inputs.deal.market.limits.debt_service;
    let source = "what is assigned pays what the loan owes";
    let required = limit(inputs, "debt_service", typed, Decimal::ONE, source, book);
    let path = format!("instruments[{}].maturity", loan.id);
    test("debt_service_cover", &path, ratio, required, Comparison::AtLeast, book)
}

fn debt_service(
    inputs: &Inputs<'_>,
    place: usize,
    loan: &Instrument,
    axis: &Axis,
    book: &mut Book,
) -> NodeId {
    let run = &inputs.passed.runs[place];
    let due = maturity(loan, inputs.timeline);
    let within = |index: usize| due.is_none_or(|due| axis.month(index) <= due.year_month());
    let mut parts = vec![run.principal];
    // Interest is told from the month after the first drawing on, in the months that have a balance.
    let interest = run.balances.iter().skip(1).zip(&run.charged).filter(|((index, _), _)| within(*index));
    parts.extend(interest.map(|(_, interest)| *interest));
    let first = run.drawn.first().map(|drawn| drawn.0);
    parts.extend(run.fees.iter().filter(|fee| first.is_none_or(|first| fee.0 > first)).map(|fee| fee.1));
    let service = book.plus(&parts);
    let service = inputs.cells.placed(book, service, quantities(maturity_grounds(inputs, loan)));
    book.name(service, format!("capital.{}.debt_service", loan.id))
}

/// What a piece of collateral pays from the first drawing of a loan until its maturity.
fn cash_of(inputs: &Inputs<'_>, loan: &Instrument, over: &Collateral, book: &mut Book) -> NodeId {
    let from = callable_from(loan, inputs.timeline);
    let due = maturity(loan, inputs.timeline);
    let counts = |day: Date| {
        from.is_none_or(|from| day.year_month() > from.year_month()) && due.is_none_or(|due| day <= due)
    };
    let payments: Vec<(Date, NodeId)> = match over {
        Collateral::Claim(id) => {
            let claims = inputs.claims.iter().filter(|claim| claim.claim == *id);
            claims.flat_map(|claim| &claim.payments).map(|paid| (paid.date, paid.amount)).collect()
        }
        Collateral::Instrument(id) => {
            let found =
                inputs.deal.instruments.iter().zip(&inputs.passed.runs).find(|(one, _)| one.id == *id);
            found.map_or_else(Vec::new, |(contract, run)| {
                let price = net_price(contract, run.principal, inputs.cells, book);
                let when = (inputs.deal, inputs.timeline);
                contract_payments(contract, price, when, inputs.cells, book)
            })
        }
        Collateral::Source(_) | Collateral::UnsoldTerritories | Collateral::AllAssets => Vec::new(),
    };
    let nothing = inputs.cells.nothing(book);
    let counted = payments.iter().filter(|paid| counts(paid.0)).map(|paid| paid.1);
    let cash: Vec<NodeId> = std::iter::once(nothing).chain(counted).collect();
    let cash = book.plus(&cash);
    // What is paid outside the window is left out because of its day: it decides as well.
    let others = payments.iter().filter(|paid| !counts(paid.0)).map(|paid| paid.1);
    let inputs_of: Vec<NodeId> = std::iter::once(cash).chain(others).collect();
    let cash = if inputs_of.len() > 1 { book.compute(Operation::Placed, &inputs_of) } else { cash };
    inputs.cells.placed(book, cash, quantities(maturity_grounds(inputs, loan)))
}
