//! The closing solved for any one unknown: an amount, the budget that can be afforded, the presales that are needed.
//!
//! Every trial is the whole of it: the deal with another amount, its incentives assessed, its months run. So what
//! depends on the unknown (credits on a smaller budget, loans against dearer contracts, fees, interest) is in the
//! answer, and the answer typed into the deal closes it.

use recoup_capital::finance;
use recoup_deal::instrument::AmountRule;
use recoup_deal::{Deal, DealError, Terms, Timeline, set};
use recoup_explain::Book;
use recoup_incentives::{Catalog, assess, cells_of};
use recoup_money::{Money, Rounding, apportion};
use rust_decimal::Decimal;
use serde_json::{Value, json};

use crate::outcome::claims;

mod search;

use search::{Bounds, boundary};

/// What is solved for. Everything else stays as it is typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unknown {
    /// The least that an instrument has to give, by its id.
    Amount(String),
    /// The largest sum of budget lines that the sources carry, every line in proportion.
    Budget,
    /// The least that the presales must bring together, each in proportion.
    Presales,
}

/// A cell with what the answer puts into it.
#[derive(Debug, Clone, PartialEq)]
pub struct SolvedCell {
    /// The cell.
    pub path: String,
    /// Its value.
    pub value: Value,
}

/// The answer.
#[derive(Debug, Clone, PartialEq)]
pub struct SolvedFor {
    /// The amount, or the sum, that closes the deal.
    pub amount: Money,
    /// What it was before.
    pub before: Option<Money>,
    /// Sources less uses with it: nought but for minor units that the rounding of parts leaves over.
    pub difference: Money,
    /// How many deals were computed.
    pub trials: u32,
    /// The cells that hold it.
    pub cells: Vec<SolvedCell>,
}

/// Why there is no answer.
#[derive(Debug, Clone, PartialEq)]
pub enum NoSolution {
    /// The deal has no such instrument, no budget line or no presale with an amount.
    NothingToSolve,
    /// Another instrument fills whatever is open, so every amount closes; its id.
    FilledBy(String),
    /// Money of this kind never comes as cash and closes nothing.
    NeverCash,
    /// Sources cover uses even without it.
    NotNeeded {
        /// What is left over without it.
        excess: Money,
    },
    /// Not even this much closes.
    NeverEnough {
        /// The most that was tried.
        tried: Money,
        /// What is still missing then.
        missing: Money,
    },
    /// Not even a budget of next to nothing is carried.
    NeverCarried {
        /// What is missing then.
        missing: Money,
    },
    /// The closing has no figure yet; the findings say why.
    Unknown,
    /// An answer that the document refuses.
    Refused(String),
}

impl From<DealError> for NoSolution {
    fn from(error: DealError) -> Self {
        Self::Refused(error.to_string())
    }
}

/// What the deal's cash sources are more than its cash uses; none where the closing has no figure.
pub fn closing_difference(deal: &Deal, catalog: &Catalog) -> Option<Money> {
    closing(deal, catalog).map(|(difference, _)| difference)
}

/// Cash sources less cash uses, and the uses.
fn closing(deal: &Deal, catalog: &Catalog) -> Option<(Money, Money)> {
    let mut book = Book::new();
    let (cells, timeline) = (cells_of(deal), Timeline::of(deal));
    let incentives = assess(deal, catalog, &mut book);
    let claims = claims(deal, &incentives, &timeline, &cells, &mut Vec::new(), &mut book);
    let capital = finance(deal, &timeline, &claims, &cells, &mut book).ok()?;
    book.value(capital.closing.difference).as_money().zip(book.value(capital.closing.uses_cash).as_money())
}

/// Solves the closing for one unknown.
///
/// # Errors
/// When no amount closes the deal, every amount does, or the unknown is not there; the reason says which.
pub fn solve_for(deal: &Deal, catalog: &Catalog, unknown: &Unknown) -> Result<SolvedFor, NoSolution> {
    let spread = Spread::of(deal, unknown)?;
    if let Some(other) = filler(deal, unknown) {
        return Err(NoSolution::FilledBy(other));
    }
    let (now, uses) = closing(deal, catalog).ok_or(NoSolution::Unknown)?;
    let mut trials = 0;
    let mut difference = |amount: i64| {
        trials += 1;
        let tried = spread.tried(deal, amount).ok()?;
        Some(closing_difference(&tried, catalog)?.minor())
    };
    let bounds = spread.bounds(unknown, now, uses);
    let amount =
        boundary(&bounds, &mut difference).map_err(|reason| reason.told(&spread, now, bounds.more_closes))?;
    let cells = spread.cells(amount)?;
    let solved = spread.tried(deal, amount)?;
    let difference = closing_difference(&solved, catalog).ok_or(NoSolution::Unknown)?;
    Ok(SolvedFor {
        amount: spread.money(amount),
        before: spread.before,
        difference,
        trials: trials + 1,
        cells,
    })
}

/// The instrument without a limit that fills the rest, where it is not the one that is sought.
fn filler(deal: &Deal, unknown: &Unknown) -> Option<String> {
    let fills = deal.instruments.iter().find(|instrument| {
        matches!(&instrument.amount, Some(AmountRule::Remainder(rest)) if rest.at_most.is_none())
    })?;
    (*unknown != Unknown::Amount(fills.id.clone())).then(|| fills.id.clone())
}

/// The cells over which the unknown is spread, in proportion to what they hold.
struct Spread {
    cells: Vec<(String, Money)>,
    before: Option<Money>,
    currency: recoup_money::Currency,
    fixed: bool,
}

impl Spread {
    fn of(deal: &Deal, unknown: &Unknown) -> Result<Self, NoSolution> {
        let typed: Vec<(String, Money)> = match unknown {
            Unknown::Amount(id) => return Self::of_instrument(deal, id),
            Unknown::Budget => deal
                .budget
                .lines
                .iter()
                .filter_map(|line| Some((format!("budget.lines[{}].amount", line.id), line.amount?)))
                .collect(),
            Unknown::Presales => deal
                .instruments
                .iter()
                .filter(|one| matches!(one.terms, Terms::Presale(_)))
                .filter_map(|one| match &one.amount {
                    Some(AmountRule::Fixed(amount)) => {
                        Some((format!("instruments[{}].amount", one.id), *amount))
                    }
                    _ => None,
                })
                .collect(),
        };
        let in_deal: Option<Vec<Money>> =
            typed.iter().map(|(_, amount)| deal.in_deal_currency(*amount)).collect();
        let total = in_deal.filter(|parts| !parts.is_empty()).and_then(|parts| {
            parts.into_iter().try_fold(Money::zero(deal.currency), |sum, part| sum.checked_add(part).ok())
        });
        let before = total.filter(Money::is_positive).ok_or(NoSolution::NothingToSolve)?;
        Ok(Self {
            cells: typed,
            before: Some(before),
            currency: deal.currency,
            fixed: *unknown == Unknown::Presales,
        })
    }

    fn of_instrument(deal: &Deal, id: &str) -> Result<Self, NoSolution> {
        let instrument =
            deal.instruments.iter().find(|one| one.id == id).ok_or(NoSolution::NothingToSolve)?;
        if matches!(instrument.terms, Terms::Deferral(_) | Terms::InKind(_)) {
            return Err(NoSolution::NeverCash);
        }
        let before = match &instrument.amount {
            Some(AmountRule::Fixed(amount)) => Some(*amount),
            _ => None,
        };
        let currency = instrument.contract_currency(deal.currency);
        let cells = vec![(format!("instruments[{id}].amount"), Money::new(1, currency))];
        Ok(Self { cells, before, currency, fixed: true })
    }

    fn money(&self, amount: i64) -> Money {
        Money::new(amount, self.currency)
    }

    /// Money: from nothing to several times all uses. A budget: from a thousandth to several times itself.
    fn bounds(&self, unknown: &Unknown, now: Money, uses: Money) -> Bounds {
        const TIMES: i64 = 4;
        let before = self.before.map(|before| before.minor());
        let first = before.unwrap_or_else(|| now.minor().saturating_abs());
        if *unknown == Unknown::Budget {
            return Bounds {
                first,
                least: first / 1000,
                most: first.saturating_mul(TIMES),
                more_closes: false,
            };
        }
        // In another currency the same number may be worth less.
        let most = uses.minor().max(first).saturating_mul(if self.currency == now.currency() {
            TIMES
        } else {
            1000
        });
        Bounds { first, least: 0, most, more_closes: true }
    }

    /// The cells with the sum spread over them: amounts of one currency to the minor unit, others at the same share.
    fn cells(&self, amount: i64) -> Result<Vec<SolvedCell>, NoSolution> {
        let written = |path: &String, amount: Money| {
            let typed = json!(amount.to_string());
            let value = if self.fixed { json!({ "fixed": typed }) } else { typed };
            SolvedCell { path: path.clone(), value }
        };
        let refused = |error: recoup_money::MoneyError| NoSolution::Refused(error.to_string());
        if self.cells.iter().all(|(_, typed)| typed.currency() == self.currency) {
            let weights: Vec<Decimal> =
                self.cells.iter().map(|(_, typed)| Decimal::from(typed.minor().max(0))).collect();
            let parts = apportion(self.money(amount), &weights).map_err(refused)?;
            return Ok(self.cells.iter().zip(parts).map(|((path, _), part)| written(path, part)).collect());
        }
        let before = self.before.map_or(Decimal::ONE, |before| Decimal::from(before.minor()));
        let share = Decimal::from(amount).checked_div(before).unwrap_or_default();
        let scaled = self.cells.iter().map(|(path, typed)| {
            typed.scale(share, Rounding::HalfUp).map(|part| written(path, part)).map_err(refused)
        });
        scaled.collect()
    }

    fn tried(&self, deal: &Deal, amount: i64) -> Result<Deal, NoSolution> {
        let mut tried = deal.clone();
        for cell in self.cells(amount)? {
            tried = set(&tried, &cell.path, cell.value)?;
        }
        Ok(tried)
    }
}

#[cfg(test)]
mod tests;
