//! Loans against credits and contracts.

use recoup_deal::Instrument;
use recoup_deal::instrument::{AmountRule, Collateral};
use recoup_explain::{Book, Comparison, NodeId, Operation};
use rust_decimal::Decimal;

use super::{CoverTest, Inputs, limit, test};
use crate::contract::net_price;

/// The loan over the credits it is advanced against.
pub(super) fn credit(
    inputs: &Inputs<'_>,
    place: usize,
    instrument: &Instrument,
    book: &mut Book,
) -> Option<CoverTest> {
    let overs = crate::plan::assigned(instrument);
    let credits: Vec<NodeId> = overs
        .iter()
        .filter_map(|(over, _)| match over {
            Collateral::Claim(id) => {
                inputs.claims.iter().find(|claim| claim.claim == *id).map(|claim| claim.credit)
            }
            _ => None,
        })
        .collect();
    if credits.is_empty() {
        return None;
    }
    let credits = book.plus(&credits);
    let ratio = book.compute(Operation::Quotient, &[inputs.passed.runs[place].principal, credits]);
    let ratio = book.name(ratio, format!("capital.{}.advance", instrument.id));
    let path = format!("instruments[{}].amount", instrument.id);
    let typed = inputs.deal.market.limits.credit_advance;
    let most = limit(
        inputs,
        "credit_advance",
        typed,
        Decimal::new(90, 2),
        "usual advance on estimated credits",
        book,
    );
    Some(test("credit_advance", &path, ratio, most, Comparison::AtMost, book))
}

/// The unpaid price of the contracts, net of withholding and commission, over the loan.
pub(super) fn contract(
    inputs: &Inputs<'_>,
    place: usize,
    instrument: &Instrument,
    book: &mut Book,
) -> Option<CoverTest> {
    if matches!(instrument.amount, Some(AmountRule::Remainder(_))) {
        return None;
    }
    let mut net = Vec::new();
    for (over, _) in crate::plan::assigned(instrument) {
        let Collateral::Instrument(id) = over else { continue };
        let Some(index) = inputs.deal.instruments.iter().position(|candidate| candidate.id == *id) else {
            continue;
        };
        let contract = &inputs.deal.instruments[index];
        if contract.terms.licence().is_none() {
            continue;
        }
        let price = net_price(contract, inputs.passed.runs[index].principal, inputs.cells, book);
        net.push(price);
    }
    if net.is_empty() {
        return None;
    }
    let net = book.plus(&net);
    let ratio = book.compute(Operation::Quotient, &[net, inputs.passed.runs[place].principal]);
    let ratio = book.name(ratio, format!("capital.{}.cover", instrument.id));
    let path = format!("instruments[{}].amount", instrument.id);
    let typed = inputs.deal.market.limits.contract_cover;
    let one =
        limit(inputs, "contract_cover", typed, Decimal::ONE, "the contract price covers the loan", book);
    Some(test("contract_cover", &path, ratio, one, Comparison::AtLeast, book))
}
