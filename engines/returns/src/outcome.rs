//! What a search for rates of return found, and why there may be no rate.

use rust_decimal::Decimal;
use rust_decimal::prelude::FromPrimitive;
use serde::Serialize;
use thiserror::Error;

/// How many rates make the present value zero.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
pub enum Status {
    /// Every flow is zero, or there is none.
    AllZero,
    /// All flows have the same sign: nothing was paid, or nothing came back.
    NoSignChange,
    /// The flows change sign, but no rate above −100 % brings the present value to zero.
    NoRoot,
    /// Exactly one rate.
    Unique,
    /// Several rates.
    Multiple,
}

impl Status {
    /// The name as worked cases write it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::AllZero => "AllZero",
            Self::NoSignChange => "NoSignChange",
            Self::NoRoot => "NoRoot",
            Self::Unique => "Unique",
            Self::Multiple => "Multiple",
        }
    }
}

/// A rate at which the present value is zero.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Root {
    /// `ln(1 + rate)`: keeps its digits where the rate is close to −100 % or beyond the range of a double.
    pub ln1p: f64,
    /// The rate as a fraction: 0.125 is 12.5 %. The largest double stands for anything above it.
    pub rate: f64,
    /// Whether the present value touches zero here or crosses it flat (a double, triple, … root).
    pub repeated: bool,
}

impl Root {
    /// The rate rounded half-up to some decimals; `None` where a decimal cannot hold it.
    #[must_use]
    pub fn rate_decimal(&self, decimals: u32) -> Option<Decimal> {
        let exact = Decimal::from_f64(self.rate)?;
        Some(recoup_money::Rounding::HalfUp.apply(exact, decimals))
    }
}

/// Everything that can be said about the rate of return of one series of flows.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Solution {
    /// How many rates there are.
    pub status: Status,
    /// All of them, distinct and ascending.
    pub roots: Vec<Root>,
    /// Changes of sign in the flows, netted by date, in order of time.
    pub sign_changes: usize,
    /// Whether the earliest flow other than zero is a payment; `None` when there is none.
    pub starts_with_payment: Option<bool>,
}

/// The one rate that stands for a series of flows, or the reason why there is none.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// A rate.
    Rate {
        /// The rate.
        root: Root,
        /// How it was chosen.
        rule: RootRule,
    },
    /// No rate.
    None(NoRate),
}

/// How a rate was chosen among those that solve the flows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum RootRule {
    /// There is no other.
    Only,
    /// There are several: the one nearest to zero, and of two equally near the positive one.
    NearestToZero {
        /// How many there are.
        among: usize,
    },
}

/// Why there is no rate of return.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Error)]
#[serde(rename_all = "snake_case")]
pub enum NoRate {
    /// No flow other than zero.
    #[error("there are no flows")]
    NoFlows,
    /// Money came in and none was put in.
    #[error("nothing was invested")]
    NothingInvested,
    /// Money was put in and none came back: a return of −100 % by convention, though no rate solves the flows.
    #[error("nothing came back (total loss)")]
    TotalLoss,
    /// Payments and receipts that no rate balances.
    #[error("no rate brings the present value to zero")]
    NoRoot,
}

impl Solution {
    /// The rate nearest to zero, and of two equally near the positive one.
    #[must_use]
    pub fn nearest_zero(&self) -> Option<Root> {
        self.roots
            .iter()
            .copied()
            .reduce(|best, root| if root.rate.abs() <= best.rate.abs() { root } else { best })
    }

    /// The one rate that stands for the flows, or why there is none.
    #[must_use]
    pub fn outcome(&self) -> Outcome {
        match (self.nearest_zero(), self.starts_with_payment) {
            (Some(root), _) => {
                let among = self.roots.len();
                Outcome::Rate {
                    root,
                    rule: if among == 1 { RootRule::Only } else { RootRule::NearestToZero { among } },
                }
            }
            (None, None) => Outcome::None(NoRate::NoFlows),
            (None, Some(_)) if self.sign_changes > 0 => Outcome::None(NoRate::NoRoot),
            (None, Some(true)) => Outcome::None(NoRate::TotalLoss),
            (None, Some(false)) => Outcome::None(NoRate::NothingInvested),
        }
    }
}

impl Outcome {
    /// The rate as a fraction, if there is one.
    #[must_use]
    pub const fn rate(&self) -> Option<f64> {
        match self {
            Self::Rate { root, .. } => Some(root.rate),
            Self::None(_) => None,
        }
    }

    /// The rate as it enters distributions: a total loss counts as −100 %.
    #[must_use]
    pub const fn rate_or_total_loss(&self) -> Option<f64> {
        match self {
            Self::Rate { root, .. } => Some(root.rate),
            Self::None(NoRate::TotalLoss) => Some(-1.0),
            Self::None(NoRate::NoFlows | NoRate::NothingInvested | NoRate::NoRoot) => None,
        }
    }

    /// The rate rounded half-up to some decimals, if there is one that a decimal can hold.
    #[must_use]
    pub fn rate_decimal(&self, decimals: u32) -> Option<Decimal> {
        match self {
            Self::Rate { root, .. } => root.rate_decimal(decimals),
            Self::None(_) => None,
        }
    }

    /// Why there is no rate.
    #[must_use]
    pub const fn reason(&self) -> Option<NoRate> {
        match self {
            Self::Rate { .. } => None,
            Self::None(reason) => Some(*reason),
        }
    }
}
