//! The record: every cent paid and why

use std::sync::Arc;

use recoup_calendar::Date;
use recoup_deal::recoupment::Ratio;
use recoup_money::Money;
use serde::Serialize;

use crate::{rows::PostingRows, told::Told};

/// Every payment of a run, in order: kept as rows of numbers, told in words once somebody looks.
pub type Postings = Told<PostingRows>;

/// One payment out of one receipt to one payee.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Posting {
    /// The date of the receipt.
    pub date: Date,
    /// The statement period, counted from 0.
    pub period: u32,
    /// The receipt; money released from a reserve has the id of its release.
    pub receipt: Arc<str>,
    /// The entry of the plan the receipt came in by, or the reserve that released it.
    pub source: Arc<str>,
    /// The tier or member that takes; none for what nobody claimed.
    pub tier: Option<Arc<str>>,
    /// Who is paid; none for money that is held or left over.
    pub payee: Option<Arc<str>>,
    /// Who is credited, where that is not the payee.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub credited_to: Option<Arc<str>>,
    /// How much.
    pub amount: Money,
    /// Why this much.
    pub cause: Cause,
    /// The clause of the agreement.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub clause: Option<Arc<str>>,
}

/// Why a payment is what it is.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Cause {
    /// A share without end took its rate of what arrived.
    Share {
        /// What arrived at the claim.
        arrived: Money,
        /// Its rate.
        rate: Ratio,
    },
    /// A limited claim took its rate of what arrived and is still owed more.
    Recoupment {
        /// What arrived at the claim.
        arrived: Money,
        /// Its rate.
        rate: Ratio,
        /// What was owed before.
        outstanding: Money,
    },
    /// A limited claim took the last it was owed.
    LimitReached {
        /// What arrived at the claim.
        arrived: Money,
        /// What was owed before.
        outstanding: Money,
        /// The limit.
        limit: Money,
    },
    /// A share of the whole receipt, paid out of what arrived.
    GrossShare {
        /// The whole receipt.
        gross: Money,
        /// The rate.
        rate: Ratio,
        /// What arrived at the claim.
        arrived: Money,
    },
    /// A claim beside others, in proportion to an amount.
    ProRata {
        /// What arrived at the group.
        arrived: Money,
        /// What was owed before.
        outstanding: Money,
    },
    /// Held back in a reserve.
    Held {
        /// What arrived at the reserve.
        arrived: Money,
        /// The rate.
        rate: Ratio,
        /// When it is released.
        until: Date,
    },
    /// Nobody was entitled; it goes to the residual party.
    Residual,
    /// Nobody was entitled and there is no residual party.
    LeftOver,
    /// A part of a claim's payment that is assigned to somebody else.
    Assigned {
        /// Which part of the payment.
        part: Ratio,
    },
}

/// The totals of a statement period. What was held and not owed back when it began, receipts and contributions
/// are paid, held, owed back or left over: that is checked for every period.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PeriodTotals {
    /// The period, counted from 0.
    pub period: u32,
    /// Its first day.
    pub start: Date,
    /// Its last day.
    pub end: Date,
    /// Held in reserves when it began.
    pub opening_held: Money,
    /// Receipts in it, less refunds.
    pub receipts: Money,
    /// Cash that those who bear shortfalls put in.
    pub contributions: Money,
    /// Paid to payees.
    pub paid: Money,
    /// Held in reserves at its end.
    pub held: Money,
    /// Reached the end with nobody entitled.
    pub left_over: Money,
    /// Refunds that no receipt has made good by its end.
    #[serde(skip_serializing_if = "Money::is_zero")]
    pub refunds_open: Money,
}
