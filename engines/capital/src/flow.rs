//! What the months bring: the production account, and what happened to every instrument.

use recoup_calendar::{Date, DayCount, YearMonth};
use recoup_explain::NodeId;

use crate::reserve::ReserveRun;

/// One month of the production account.
#[derive(Debug, Clone, PartialEq)]
pub struct CashMonth {
    /// The month.
    pub month: YearMonth,
    /// The day on which its cash is dated.
    pub date: Date,
    /// Cash when it begins.
    pub opening: NodeId,
    /// Budget lines and contingency that fall due, less what is deferred.
    pub spend: NodeId,
    /// Bond, legal, audits and the like.
    pub costs: NodeId,
    /// Fees of financiers.
    pub fees: NodeId,
    /// Interest paid in cash.
    pub interest: NodeId,
    /// Money called from each instrument, by id.
    pub draws: Vec<(String, NodeId)>,
    /// Payments of contracts, grants and advances.
    pub received: NodeId,
    /// Incentive cash.
    pub credits: NodeId,
    /// Assigned money that went to lenders.
    pub to_lenders: NodeId,
    /// Money that went on to the collection account.
    pub to_collection: NodeId,
    /// Money set aside for the interest of loans, in months and deals that have such a reserve; else nothing.
    pub to_reserve: NodeId,
    /// Money that left these reserves: interest, and what is given back at delivery.
    pub from_reserve: NodeId,
    /// What stands on all of them when the month ends.
    pub restricted: NodeId,
    /// Cash when it ends.
    pub closing: NodeId,
    /// Owed to all lenders when it ends.
    pub debt: NodeId,
}

/// The cash flow of the production account.
#[derive(Debug, Clone, PartialEq)]
pub struct CashFlow {
    /// Its months.
    pub months: Vec<CashMonth>,
}

/// Money that goes from the production side to the collection account.
#[derive(Debug, Clone, PartialEq)]
pub struct CollectionPayment {
    /// Id of the claim or instrument it came from.
    pub source: String,
    /// When.
    pub date: Date,
    /// How much.
    pub amount: NodeId,
}

/// How a loan bears interest once the recoupment plan repays it.
#[derive(Debug, Clone, PartialEq)]
pub struct LoanBearing {
    /// The annual rate at close.
    pub rate: NodeId,
    /// Months between capitalisations; none for simple interest.
    pub every: Option<i32>,
    /// How days become years.
    pub day_count: DayCount,
    /// Whether interest is paid in cash until delivery, so that the plan counts from there.
    pub served_to_delivery: bool,
}

/// What happened to one instrument.
#[derive(Debug, Clone, PartialEq)]
pub struct InstrumentRun {
    /// Id of the instrument.
    pub id: String,
    /// Its principal.
    pub principal: NodeId,
    /// How it bears interest; none for what bears none.
    pub bearing: Option<LoanBearing>,
    /// Whether assigned money repays it.
    pub secured: bool,
    /// Money that came from it, dated: called or paid by contract.
    pub drawn: Vec<(Date, NodeId)>,
    /// Fees paid to it.
    pub fees: Vec<(Date, NodeId)>,
    /// Interest paid to it in cash.
    pub interest: Vec<(Date, NodeId)>,
    /// Assigned money it received: interest and principal.
    pub repaid: Vec<(Date, NodeId)>,
    /// Owed when the cash flow ends, for a loan on assigned money.
    pub unpaid: Option<NodeId>,
    /// Interest by month, paid or added.
    pub charged: Vec<NodeId>,
    /// Owed at the end of each month in which it was open.
    pub balances: Vec<(usize, NodeId)>,
    /// What happened to its interest reserve; none where it has none.
    pub reserve: Option<ReserveRun>,
}
