//! Loans: what each kind has beyond amount, rate, fees, maturity and security.

use recoup_money::Money;
use rust_decimal::Decimal;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Terms of a plain loan.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LoanTerms {
    /// True when the lender asks for a completion bond.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub requires_bond: Option<bool>,
    /// Share of the principal set aside at the first drawing to pay interest served until delivery, 0 to 1; what is
    /// left of it then repays the loan. Without interest paid as it runs nothing is set aside.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub interest_reserve: Option<Decimal>,
}

/// Terms of a loan against incentive claims.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CreditLoanTerms {
    /// Credit the term sheet names, for comparison with the computed one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stated_credit: Option<Money>,
    /// Loan the term sheet names, for comparison with the advance on the computed credit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stated_amount: Option<Money>,
    /// True when the lender advances only against a certified credit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub certified_only: Option<bool>,
    /// True when the lender asks for a completion bond.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub requires_bond: Option<bool>,
    /// Share of the principal set aside at the first drawing to pay interest served until delivery, 0 to 1; what is
    /// left of it then repays the loan. Without interest paid as it runs nothing is set aside.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub interest_reserve: Option<Decimal>,
}

/// Terms of one line of credit over claims and contracts.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FacilityTerms {
    /// The most that may be drawn at any time.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit: Option<Money>,
    /// True when the lender asks for a completion bond.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub requires_bond: Option<bool>,
    /// Share of the principal set aside at the first drawing to pay interest served until delivery, 0 to 1; what is
    /// left of it then repays the loan. Without interest paid as it runs nothing is set aside.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub interest_reserve: Option<Decimal>,
}

/// Which estimates a lender counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum CoverBasis {
    /// The lower price, at which the agent would sell.
    Take,
    /// The price the agent asks first.
    Ask,
}

/// Terms of a loan against unsold territories.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GapTerms {
    /// Estimates over loan the lender asks for, such as 2 for 200 %.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub required_cover: Option<Decimal>,
    /// Which estimates count.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cover_basis: Option<CoverBasis>,
    /// True when the lender asks for presales first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub requires_presales: Option<bool>,
    /// True when the lender asks for a completion bond.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub requires_bond: Option<bool>,
    /// Share of the principal set aside at the first drawing to pay interest served until delivery, 0 to 1; what is
    /// left of it then repays the loan. Without interest paid as it runs nothing is set aside.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub interest_reserve: Option<Decimal>,
}

/// Terms of a loan behind the others.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MezzanineTerms {
    /// Share of net profits on top of interest, 0 to 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub profit_share: Option<Decimal>,
}

/// Terms of a short loan until something else pays.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BridgeTerms {
    /// Instrument id of what repays it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bridges_to: Option<String>,
}
