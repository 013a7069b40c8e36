//! What a distributor keeps before money reaches the collection account.

use recoup_money::Money;
use rust_decimal::Decimal;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::window::Window;

/// Prints and advertising.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PrintsAndAds {
    /// Amount spent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub amount: Option<Money>,
    /// Party id of who advances it; absent means the distributor.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub advanced_by: Option<String>,
    /// Overhead charged on the amount, as a fraction.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub overhead: Option<Decimal>,
    /// Premium charged on the amount, as a fraction.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub premium: Option<Decimal>,
    /// Windows whose receipts recoup it, first its own; empty means every window of the contract.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub recouped_from: Vec<Window>,
}

/// Other expenses of the distributor.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Expenses {
    /// Expected amount; absent means up to the cap.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub amount: Option<Money>,
    /// The most that may be recouped, as an amount.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cap: Option<Money>,
    /// The most that may be recouped, as a share of gross receipts, 0 to 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cap_share: Option<Decimal>,
}

/// A fee that differs by window.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WindowFee {
    /// Stable id.
    pub id: String,
    /// For which windows.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub windows: Vec<Window>,
    /// Share of gross receipts, 0 to 1.
    pub share: Decimal,
}

/// Windows that stay shut for a while so that an earlier one is not undercut.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Holdback {
    /// Stable id.
    pub id: String,
    /// Windows that nobody may open yet in the contract's territories.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub windows: Vec<Window>,
    /// Months that have to pass.
    pub months: u32,
    /// The window from whose opening they count; absent means from the first release.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub after: Option<Window>,
}

/// What happens after the distributor has recouped.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Overage {
    /// Share of what remains after recoupment that goes to the producer's side, 0 to 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub producer_share: Option<Decimal>,
    /// True when the fee is no longer taken after recoupment.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fee_ends: Option<bool>,
}

/// One distributor's contract. The order is fee, then expenses and prints and advertising, then the
/// minimum guarantee or advance, then the overage.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DistributionContract {
    /// Stable id.
    pub id: String,
    /// In the producer's words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// Party id of the distributor.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub distributor: Option<String>,
    /// Territories as codes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub territories: Vec<String>,
    /// Windows of the contract; empty means all.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub windows: Vec<Window>,
    /// Share of gross receipts it keeps, 0 to 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fee: Option<Decimal>,
    /// Shares that differ by window.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub window_fees: Vec<WindowFee>,
    /// Prints and advertising.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub p_and_a: Option<PrintsAndAds>,
    /// Other expenses.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expenses: Option<Expenses>,
    /// Instrument id of the minimum guarantee or advance that it recoups.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub guarantee: Option<String>,
    /// What happens after recoupment.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub overage: Option<Overage>,
    /// Windows that the contract holds back in its territories.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub holdbacks: Vec<Holdback>,
    /// True when losses in one window or territory are recouped from the others.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cross_collateralised: Option<bool>,
}

impl DistributionContract {
    /// Whether a window is one of the contract's.
    pub fn has_window(&self, window: Window) -> bool {
        let all = self.windows.is_empty();
        all || self.windows.iter().any(|own| own.shares_rights(window))
    }

    /// The fee on a window's receipts: the window's own, else the contract's.
    pub fn fee_on(&self, window: Window) -> Option<Decimal> {
        self.window_fees.iter().find(|fee| fee.windows.contains(&window)).map(|fee| fee.share).or(self.fee)
    }
}
