//! One amount of the stack changed with its sum kept: what another instrument gives or takes.

use recoup_deal::instrument::AmountRule;
use recoup_deal::{Deal, Instrument, Terms, set};
use recoup_explain::Book;
use recoup_money::{Currency, Money, Rounding, apportion};
use rust_decimal::Decimal;
use serde_json::json;

use crate::solve_for::SolvedCell;

/// The amount an instrument is to give.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shift {
    /// The instrument that changes, by its id.
    pub instrument: String,
    /// What it is to give, in the currency of its contract.
    pub amount: Money,
    /// Instruments that stay as they are, by id.
    pub locked: Vec<String>,
    /// Whether the others give way. Where they do not, the closing moves instead.
    pub keeps_sum: bool,
}

/// Why the sum cannot be kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unbalanced {
    /// The deal has no such instrument, or its amount is not known.
    NoSuchAmount,
    /// Nobody gives less than nothing.
    Negative,
    /// The contract is in another currency.
    OtherCurrency(Currency),
    /// No rate leads from a contract's currency to the deal's.
    NoRate(Currency),
    /// Every other amount is locked, or comes by a rule of its own.
    NothingGivesWay,
    /// The others together give only so much; the most this instrument may have.
    TooMuch(Money),
    /// The document refuses the answer.
    Refused(String),
}

/// Cells that hold the changed stack. Where an unlocked instrument fills the rest, it gives way by itself and only the
/// changed amount is written; else every other typed cash amount that is not locked gives or takes in proportion to
/// what it holds. In the deal's currency the parts add up to the change to the minor unit; an amount in another
/// currency is rounded half up to its own.
///
/// # Errors
/// When the sum cannot be kept; the reason says which.
pub fn rebalance(deal: &Deal, book: &Book, shift: &Shift) -> Result<Vec<SolvedCell>, Unbalanced> {
    let one = deal.instruments.iter().find(|one| one.id == shift.instrument);
    let one = one.ok_or(Unbalanced::NoSuchAmount)?;
    let contract = one.contract_currency(deal.currency);
    if shift.amount.currency() != contract {
        return Err(Unbalanced::OtherCurrency(contract));
    }
    if shift.amount.is_negative() {
        return Err(Unbalanced::Negative);
    }
    let before = principal(book, one).ok_or(Unbalanced::NoSuchAmount)?;
    let after = deal.in_deal_currency(shift.amount).ok_or(Unbalanced::NoRate(contract))?;
    let change = after.checked_sub(before).map_err(refused)?;
    let own = written(one, shift.amount);
    if change.is_zero() && matches!(one.amount, Some(AmountRule::Fixed(_))) {
        return Ok(Vec::new());
    }
    if !shift.keeps_sum || never_cash(one) || fills_the_rest(deal, shift) || change.is_zero() {
        return Ok(vec![own]);
    }
    let others = give_way(deal, shift);
    let held = held(deal, &others)?;
    let sum = held.iter().try_fold(Money::zero(deal.currency), |sum, part| sum.checked_add(*part));
    let sum = sum.map_err(refused)?;
    if others.is_empty() || !sum.is_positive() {
        return Err(Unbalanced::NothingGivesWay);
    }
    if change.minor() > sum.minor() {
        return Err(Unbalanced::TooMuch(before.checked_add(sum).map_err(refused)?));
    }
    let weights: Vec<Decimal> = held.iter().map(|part| Decimal::from(part.minor())).collect();
    let parts = apportion(change, &weights).map_err(refused)?;
    let mut cells = vec![own];
    for ((other, held), part) in others.into_iter().zip(held).zip(parts) {
        let left = held.checked_sub(part).map_err(refused)?;
        cells.push(written(other, in_contract(deal, other, left)?));
    }
    Ok(cells)
}

impl Shift {
    /// The deal with these cells in it.
    ///
    /// # Errors
    /// When the document refuses one of them.
    pub fn applied(deal: &Deal, cells: &[SolvedCell]) -> Result<Deal, Unbalanced> {
        cells.iter().try_fold(deal.clone(), |deal, cell| {
            set(&deal, &cell.path, cell.value.clone()).map_err(|error| Unbalanced::Refused(error.to_string()))
        })
    }
}

/// Those whose amounts may change with another's: typed, in cash, not locked and not the one that is changed.
pub fn give_way<'d>(deal: &'d Deal, shift: &Shift) -> Vec<&'d Instrument> {
    let typed = |one: &&Instrument| matches!(one.amount, Some(AmountRule::Fixed(_))) && !never_cash(one);
    deal.instruments.iter().filter(typed).filter(|one| is_free(one, shift)).collect()
}

fn is_free(one: &Instrument, shift: &Shift) -> bool {
    one.id != shift.instrument && !shift.locked.contains(&one.id)
}

fn fills_the_rest(deal: &Deal, shift: &Shift) -> bool {
    let fills = |one: &&Instrument| matches!(&one.amount, Some(AmountRule::Remainder(_)));
    deal.instruments.iter().filter(fills).any(|one| is_free(one, shift))
}

/// A deferral and what is given in kind are uses and sources of the same amount: nobody gives way to them.
fn never_cash(one: &Instrument) -> bool {
    matches!(one.terms, Terms::Deferral(_) | Terms::InKind(_))
}

fn principal(book: &Book, one: &Instrument) -> Option<Money> {
    book.money(&format!("capital.{}.principal", one.id))
}

fn held(deal: &Deal, others: &[&Instrument]) -> Result<Vec<Money>, Unbalanced> {
    let typed = |one: &&Instrument| match &one.amount {
        Some(AmountRule::Fixed(amount)) => {
            deal.in_deal_currency(*amount).ok_or(Unbalanced::NoRate(amount.currency()))
        }
        _ => Err(Unbalanced::NoSuchAmount),
    };
    others.iter().map(typed).collect()
}

fn in_contract(deal: &Deal, one: &Instrument, amount: Money) -> Result<Money, Unbalanced> {
    let contract = one.contract_currency(deal.currency);
    if contract == amount.currency() {
        return Ok(amount);
    }
    let rate = deal.rate(amount.currency(), contract).ok_or(Unbalanced::NoRate(contract))?;
    let value = amount.to_decimal().checked_mul(rate).unwrap_or(Decimal::MAX);
    Money::from_decimal(value, contract, Rounding::HalfUp).map_err(refused)
}

fn written(one: &Instrument, amount: Money) -> SolvedCell {
    let path = format!("instruments[{}].amount", one.id);
    SolvedCell { path, value: json!({ "fixed": amount.to_string() }) }
}

fn refused(error: recoup_money::MoneyError) -> Unbalanced {
    Unbalanced::Refused(error.to_string())
}

#[cfg(test)]
mod tests;
