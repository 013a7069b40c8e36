//! A loan against contracts, by how good the names of their payers are.

use recoup_deal::instrument::{AmountRule, Collateral};
use recoup_deal::{AdvanceByGrade, Instrument, Terms};
use recoup_explain::{Book, Comparison, NodeId, Operation};
use rust_decimal::Decimal;

use super::{CoverTest, Inputs, limit, test};
use crate::amounts::unpaid_price;
use crate::plan::assigned;

/// Where the usual advances come from: discounts of 15 to 25 % on presales, less on the best names, more on unknown ones.
const USUAL: &str = "banks discount presale contracts by 15 to 25 % (Parrot Analytics, glossary of pre-sales), the \
                     best names by less, unrated ones by half";

/// Unpaid net prices, each times the advance on the grade of its payer, over the loan with its interest reserve, which
/// is a part of the principal.
pub(super) fn presale(
    inputs: &Inputs<'_>,
    place: usize,
    instrument: &Instrument,
    book: &mut Book,
) -> Option<CoverTest> {
    let overs = assigned(instrument);
    let contracts: Vec<(usize, &Instrument)> =
        overs.iter().filter_map(|(over, _)| contract(inputs, over)).collect();
    if contracts.is_empty() || matches!(instrument.amount, Some(AmountRule::Remainder(_))) {
        return None;
    }
    let loan = loan_on(inputs, place, instrument, contracts.len() == overs.len(), book)?;
    let mut carried = Vec::with_capacity(contracts.len());
    for (index, contract) in contracts {
        let principal = inputs.passed.runs[index].principal;
        let when = (inputs.deal, inputs.timeline);
        let price = unpaid_price(contract, principal, instrument, when, inputs.cells, book);
        let advance = advance(inputs, contract, book);
        let value = book.scaled(price, &[advance]);
        carried.push(book.name(value, format!("capital.{}.presale_value.{}", instrument.id, contract.id)));
    }
    let carried = book.figure(format!("capital.{}.presale_value", instrument.id), Operation::Sum, &carried);
    let ratio = book.compute(Operation::Quotient, &[carried, loan]);
    let ratio = book.name(ratio, format!("capital.{}.presale_cover", instrument.id));
    let typed = inputs.deal.market.limits.presale_cover;
    let source = "what the contracts carry covers the loan";
    let required = limit(inputs, "presale_cover", typed, Decimal::ONE, source, book);
    let path = format!("instruments[{}].amount", instrument.id);
    Some(test("presale_cover", &path, ratio, required, Comparison::AtLeast, book))
}

/// The contract that a piece of collateral is: a price that somebody has agreed to pay.
fn contract<'d>(inputs: &Inputs<'d>, over: &Collateral) -> Option<(usize, &'d Instrument)> {
    let Collateral::Instrument(id) = over else { return None };
    let (index, contract) = inputs.deal.instruments.iter().enumerate().find(|(_, one)| one.id == *id)?;
    let sold = contract.terms.licence().is_some()
        || matches!(contract.terms, Terms::CostPlus(_) | Terms::SalesAgentAdvance(_));
    sold.then_some((index, contract))
}

/// The part of a loan that is lent on contracts: the whole of it, or the parts of its rule that are.
fn loan_on(
    inputs: &Inputs<'_>,
    place: usize,
    instrument: &Instrument,
    alone: bool,
    book: &mut Book,
) -> Option<NodeId> {
    let principal = inputs.passed.runs[place].principal;
    if alone {
        return Some(principal);
    }
    let Some(AmountRule::Advance(advance)) = &instrument.amount else { return None };
    let mut parts = vec![inputs.cells.nothing(book)];
    for part in &advance.parts {
        let Some((index, contract)) = contract(inputs, &part.against) else { continue };
        let when = (inputs.deal, inputs.timeline);
        let of = inputs.passed.runs[index].principal;
        let price = unpaid_price(contract, of, instrument, when, inputs.cells, book);
        let path = format!("instruments[{}].amount.advance.parts[{}].share", instrument.id, part.id);
        let share = inputs.cells.number(book, path, Some(part.share));
        parts.push(book.scaled(price, &[share]));
    }
    // A limit on the whole loan binds its parts as well.
    let on_contracts = book.plus(&parts);
    let on_contracts = book.least(on_contracts, principal);
    Some(book.name(on_contracts, format!("capital.{}.presale_loan", instrument.id)))
}

/// The share that is advanced on a contract, by the grade of who pays it: unknown where nobody has said.
fn advance(inputs: &Inputs<'_>, contract: &Instrument, book: &mut Book) -> NodeId {
    let Some(payer) = &contract.provider else {
        return inputs.cells.number(book, format!("instruments[{}].provider", contract.id), None);
    };
    let party = inputs.deal.parties.iter().find(|party| party.id == *payer);
    let Some(grade) = party.and_then(|party| party.grade) else {
        return inputs.cells.number(book, format!("parties[{payer}].grade"), None);
    };
    let path = format!("market.limits.advance_by_grade.{}", grade.word());
    let share = match inputs.deal.market.limits.advance_by_grade.of(grade) {
        Some(typed) => inputs.cells.number(book, path, Some(typed)),
        None => inputs.cells.usual(book, path, AdvanceByGrade::usual(grade), USUAL),
    };
    // Which share applies was decided by the grade.
    let graded = format!("{} is a payer of grade {}", payer, grade.word());
    let said = inputs.cells.usual(book, format!("parties[{payer}].grade"), Decimal::ONE, &graded);
    book.compute(Operation::Decided, &[share, said])
}
