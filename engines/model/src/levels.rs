//! The deal at another level of receipts: every open estimate scaled alike, to a worldwide gross.
//!
//! What is fixed stays fixed: prices of territories that are sold, credits, drawings, the caps of contracts.

use recoup_deal::{Deal, set};
use recoup_explain::Book;
use recoup_incentives::Catalog;
use recoup_money::{Money, Rounding, apportion};
use rust_decimal::Decimal;
use serde_json::json;

use crate::outcome::{Outcome, run};

/// Why there is no deal at a level.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NoLevel {
    /// A film grosses nothing or more, in the deal's currency.
    NotAnAmount,
    /// No estimate of the revenue plan brings money, so there is nothing to scale.
    NothingToScale,
    /// The document refuses the answer.
    Refused(String),
}

/// Quarters of the estimates at which a film is looked at when nobody names a level.
pub const USUAL_QUARTERS: [u8; 4] = [2, 3, 4, 5];

/// So many quarters of what the estimates come to; none where they bring nothing.
pub fn quarters_of(book: &Book, quarters: u8) -> Option<Money> {
    let base = book.money("revenue.gross").filter(Money::is_positive)?;
    Some(Money::new(base.minor().saturating_mul(i64::from(quarters)) / 4, base.currency()))
}

/// The deal at every usual level of worldwide gross: how many quarters of the estimates, the gross, what follows.
/// A deal without open estimates has none.
pub fn at_usual_levels(deal: &Deal, book: &Book, catalog: &Catalog) -> Vec<(u8, Money, Outcome)> {
    let level = |quarters: u8| {
        let gross = quarters_of(book, quarters)?;
        let scaled = at_gross(deal, book, gross).ok()?;
        Some((quarters, gross, run(&scaled, catalog)))
    };
    USUAL_QUARTERS.into_iter().filter_map(level).collect()
}

/// An estimate that is scaled: its cell, what is typed there, and what of the worldwide gross it is.
struct Open {
    path: String,
    typed: Money,
    gross: Money,
}

/// The deal with its estimates scaled so that they gross this much together. Estimates in the deal's currency add
/// up to the minor unit; one in another currency is rounded half up to its own.
///
/// # Errors
/// When nothing can be scaled; the reason says which.
pub fn at_gross(deal: &Deal, book: &Book, gross: Money) -> Result<Deal, NoLevel> {
    if gross.is_negative() || gross.currency() != deal.currency {
        return Err(NoLevel::NotAnAmount);
    }
    let open = open(deal, book);
    let refused = |error: recoup_money::MoneyError| NoLevel::Refused(error.to_string());
    let whole = Money::sum(deal.currency, open.iter().map(|one| one.gross)).map_err(refused)?;
    if !whole.is_positive() {
        return Err(NoLevel::NothingToScale);
    }
    let weights: Vec<Decimal> = open.iter().map(|one| Decimal::from(one.gross.minor())).collect();
    let parts = apportion(gross, &weights).map_err(refused)?;
    open.into_iter().zip(parts).try_fold(deal.clone(), |deal, (one, part)| {
        let typed = if one.typed == one.gross {
            part
        } else {
            let (now, then) = (Decimal::from(gross.minor()), Decimal::from(whole.minor()));
            let factor = now.checked_div(then).ok_or(NoLevel::NothingToScale)?;
            one.typed.scale(factor, Rounding::HalfUp).map_err(refused)?
        };
        set(&deal, &one.path, json!(typed)).map_err(|error| NoLevel::Refused(error.to_string()))
    })
}

/// The estimates that the gross is made of, as the revenue plan reads them.
fn open(deal: &Deal, book: &Book) -> Vec<Open> {
    let found = deal.revenue.sources.iter().filter_map(|source| {
        let gross =
            book.money(&format!("revenue.{}.gross", source.id)).filter(|gross| !gross.is_negative())?;
        let case = deal.revenue.computed_case();
        // A source that an ultimate is shared out to gets its part typed, which goes before the share.
        let shared =
            || book.money(&format!("revenue.{}.estimate", source.id)).map(|part| (part, case.word()));
        let (typed, field) = source.estimate.of(case).or_else(shared)?;
        Some(Open { path: format!("revenue.sources[{}].estimate.{field}", source.id), typed, gross })
    });
    found.collect()
}

#[cfg(test)]
mod tests;
