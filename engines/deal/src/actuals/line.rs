//! What one source brought by a statement.

use recoup_money::{Money, MoneyError};
use rust_decimal::Decimal;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What a deduction on the way was for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum DeductionKind {
    /// Cinemas' share of the tickets.
    Exhibitors,
    /// Tax withheld by the payer's country.
    Withholding,
    /// The distributor's fee.
    DistributionFee,
    /// Prints and advertising.
    PAndA,
    /// The distributor's other expenses.
    DistributionExpenses,
    /// The minimum guarantee that the distributor recouped.
    GuaranteeRecouped,
    /// The distributor's part of the overage.
    OverageKept,
    /// The sales agent's commission.
    SalesCommission,
    /// The sales agent's expenses.
    SalesExpenses,
    /// The sales agent's advance that it recouped.
    SalesAdvance,
    /// The part of others in the producer's side.
    OtherShares,
    /// Anything else: bank charges, audit costs.
    Other,
}

/// An amount taken off on the way to the account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Deduction {
    /// Stable id.
    pub id: String,
    /// What it was for.
    pub kind: DeductionKind,
    /// How much, in the currency of the line.
    pub amount: Money,
}

/// One source of a statement. All its amounts are in one currency.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct StatementLine {
    /// Stable id.
    pub id: String,
    /// Id of the revenue source.
    pub source: String,
    /// Before anything was taken off; absent means the amount and the deductions together.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub gross: Option<Money>,
    /// What was taken off on the way.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub deductions: Vec<Deduction>,
    /// What reached the account. Below nothing it is money given back: it is taken from what the source brings next.
    pub amount: Money,
    /// Units of the deal's currency for one of the line's; absent means the deal's rate of the day of receipt.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rate: Option<Decimal>,
    /// How many were sold: tickets, copies.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub units: Option<Decimal>,
    /// Free text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

impl StatementLine {
    /// What the gross leaves after deductions and the amount: nothing where the line adds up, none without a gross.
    ///
    /// # Errors
    /// When its amounts are of different currencies.
    pub fn unexplained(&self) -> Result<Option<Money>, MoneyError> {
        let taken =
            Money::sum(self.amount.currency(), self.deductions.iter().map(|deduction| deduction.amount))?;
        let told = taken.checked_add(self.amount)?;
        self.gross.map(|gross| gross.checked_sub(told)).transpose()
    }
}
