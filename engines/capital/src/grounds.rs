//! What the months are made of: everything a solution of the closing rests on.

use recoup_deal::instrument::{Fee, FeeAmount};
use recoup_deal::{Deal, Instrument};
use recoup_explain::{Book, Cells, NodeId};

use crate::budget::BudgetUses;
use crate::conditions::nothing_while_open;
use crate::contract::payment_grounds;
use crate::plan::{call_grounds, interest, quantities};
use crate::run::ClaimCash;

/// The uses by month, the cash of claims, and the terms of every instrument: days, rates, fees.
pub(crate) fn grounds(
    deal: &Deal,
    claims: &[ClaimCash],
    budget: &BudgetUses,
    cells: &Cells,
    book: &mut Book,
) -> Vec<NodeId> {
    let mut found = vec![budget.total];
    found.extend(budget.lines.iter().flat_map(|line| &line.months).map(|month| month.1));
    found.extend(budget.contingency_months.iter().map(|month| month.1));
    found.extend(budget.costs.iter().map(|cost| cost.paid));
    for claim in claims {
        found.push(claim.credit);
        found.extend(claim.payments.iter().chain(&claim.fees).map(|payment| payment.amount));
    }
    for instrument in &deal.instruments {
        found.extend(terms(instrument, deal, cells, book));
    }
    if deal.preferences.minimum_cash.is_some() {
        found.push(cells.money(book, "preferences.minimum_cash".into(), deal.preferences.minimum_cash));
    }
    found.sort_unstable();
    found.dedup();
    found
}

fn terms(instrument: &Instrument, deal: &Deal, cells: &Cells, book: &mut Book) -> Vec<NodeId> {
    let mut found = Vec::new();
    let days = [call_grounds(instrument, deal), payment_grounds(instrument, deal)].concat();
    let nothing = cells.nothing(book);
    found.push(cells.placed(book, nothing, quantities(days)));
    found.extend(nothing_while_open(instrument, cells, book));
    if let Some(terms) = interest(instrument, cells, book) {
        found.extend(terms.levels(deal, cells, book));
    }
    if let Some(share) = instrument.paid_share {
        found.push(cells.number(book, format!("instruments[{}].paid_share", instrument.id), Some(share)));
    }
    if let Some(share) = instrument.terms.interest_reserve() {
        let path = format!("instruments[{}].terms.interest_reserve", instrument.id);
        found.push(cells.number(book, path, Some(share)));
    }
    for fee in &instrument.fees {
        found.extend(fee_cell(instrument, fee, cells, book));
        let due = fee.due.as_ref().map(|due| {
            deal.due_grounds(due, &format!("instruments[{}].fees[{}].due", instrument.id, fee.id))
        });
        found.push(cells.placed(book, nothing, quantities(due.unwrap_or_default())));
    }
    found
}

fn fee_cell(instrument: &Instrument, fee: &Fee, cells: &Cells, book: &mut Book) -> Option<NodeId> {
    let path = format!("instruments[{}].fees[{}].amount", instrument.id, fee.id);
    match fee.amount.as_ref()? {
        FeeAmount::Fixed(amount) => Some(cells.money(book, format!("{path}.fixed"), Some(*amount))),
        FeeAmount::Share(share) => Some(cells.number(book, format!("{path}.share"), Some(*share))),
        FeeAmount::ShareOfUndrawn(share) => {
            Some(cells.number(book, format!("{path}.share_of_undrawn"), Some(*share)))
        }
    }
}
