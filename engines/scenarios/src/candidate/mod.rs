//! From a wish to a deal: own instruments, own order of recoupment, closed on cash.
//!
//! What the deal has already stays: contracts, grants, soft loans, deferrals, the money of public funds. Incentives are
//! what the deal earns. The rest of a wish is scaled to what these leave open and then held against what carries it: a
//! loan against what it is secured on, a gap loan against its cover, presales against the territories that are unsold.
//! What is cut goes to equity, whose amount is solved for so that sources equal uses.

mod base;
mod claims;
mod close;
mod loans;
mod presales;
mod reasons;
mod sizes;
mod stack;
mod tidy;

use rayon::iter::{IntoParallelRefIterator, ParallelIterator};
use recoup_deal::{AllocationKind, Change, Deal, DealError, diff};
use recoup_money::Money;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::template::{Origin, Wish};

pub use base::Base;
pub use reasons::Reason;

/// Why a deal has no scenarios.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum NoScenario {
    /// A figure that every stack is measured by is missing.
    #[error("{what} is not known: {why}")]
    Missing {
        /// Path of the cell, or address of the figure.
        what: String,
        /// Why it is missing.
        why: String,
    },
    /// The document refuses what was put into it.
    #[error("{0}")]
    Refused(#[from] DealError),
}

/// One kind of money in a scenario: what was wished, and what it came to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Share {
    /// Which kind.
    pub kind: AllocationKind,
    /// Per cent of the budget that was wished.
    pub wished_percent: Decimal,
    /// The same as an amount.
    pub wished: Money,
    /// What is left of the wish after incentives and money that is there already.
    pub scaled: Money,
    /// What it brings, as the closing table counts it.
    pub carried: Money,
    /// The same in per cent of all uses.
    pub carried_percent: Decimal,
    /// Why it is not what was wished, in the order in which it happened.
    pub reasons: Vec<Reason>,
}

/// A complete deal that came out of a wish.
#[derive(Debug, Clone, PartialEq)]
pub struct Candidate {
    /// What people call it.
    pub name: String,
    /// Where it comes from.
    pub origin: Origin,
    /// The deal.
    pub deal: Deal,
    /// What was wished and what it came to.
    pub shares: Vec<Share>,
    /// Uses that no source pays for; nothing where it closes.
    pub shortfall: Money,
    /// How far the account falls below nothing at the worst.
    pub cash_shortfall: Money,
    /// Money beyond what is needed, which no smaller stack would have left over.
    pub excess: Money,
    /// How many deals were computed until it stood.
    pub trials: u32,
}

impl Candidate {
    /// Whether sources equal uses and the account is never below nothing. A few minor units are what rounding leaves.
    pub fn closes(&self) -> bool {
        let (short, over) = (self.shortfall.minor(), self.excess.minor());
        short <= ROUNDING && over <= ROUNDING && self.cash_shortfall.minor() <= ROUNDING
    }

    /// The rows of the closing table that are money of a kind: instruments, and for incentives their claims.
    pub fn rows_of(&self, kind: AllocationKind) -> Vec<&str> {
        let stack = self.deal.instruments.iter().filter(|one| stack::kind_of(&one.terms) == kind);
        let claims = self.deal.incentives.iter().filter(|_| kind == AllocationKind::Incentives);
        stack.map(|one| one.id.as_str()).chain(claims.map(|claim| claim.id.as_str())).collect()
    }

    /// What it changes in the deal it branches from.
    ///
    /// # Errors
    /// Where one of the two cannot be written as a document.
    pub fn diff(&self, base: &Deal) -> Result<Vec<Change>, DealError> {
        diff(base, &self.deal)
    }

    /// Whether the stack is the same to the minor unit: each kind of money brings as much.
    pub fn is_same_stack(&self, other: &Self) -> bool {
        self.shares.len() == other.shares.len()
            && self
                .shares
                .iter()
                .zip(&other.shares)
                .all(|(one, two)| one.kind == two.kind && one.carried == two.carried)
            && self.deal.instruments == other.deal.instruments
    }
}

/// Minor units that the rounding of postings may leave.
const ROUNDING: i64 = 2;

/// What may be asked beside a wish.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Options {
    /// The most that equity may be; none for whatever it takes.
    pub equity_at_most: Option<Money>,
}

/// Builds the deal that a wish comes to.
///
/// # Errors
/// [`NoScenario`] where the deal lacks what every stack is measured by.
pub fn build(base: &Base<'_>, wish: &Wish, options: Options) -> Result<Candidate, NoScenario> {
    let base = &base.for_wish(wish);
    let kept = stack::kept(base);
    let scaled = sizes::scaled(base, wish, &kept);
    let sale = presales::sell(base, wish, &kept, &scaled);
    let draft = stack::Draft { base, wish, kept, scaled, sale, options };
    close::close(&draft)
}

/// The same for several wishes, side by side; in their order, whatever the number of threads.
///
/// # Errors
/// As [`build`].
pub fn build_all(base: &Base<'_>, wishes: &[Wish], options: Options) -> Result<Vec<Candidate>, NoScenario> {
    wishes.par_iter().map(|wish| build(base, wish, options)).collect()
}

/// For every candidate the first before it with the same stack.
pub fn duplicates(candidates: &[&Candidate]) -> Vec<Option<usize>> {
    let first =
        |place: usize| candidates[..place].iter().position(|other| other.is_same_stack(candidates[place]));
    (0..candidates.len()).map(first).collect()
}
