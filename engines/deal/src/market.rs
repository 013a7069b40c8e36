//! Rates of the money market that the deal refers to.

use recoup_calendar::Date;
use rust_decimal::Decimal;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::party::CounterpartyGrade;

/// A base rate from a day on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RatePoint {
    /// Stable id.
    pub id: String,
    /// First day of the rate.
    pub from: Date,
    /// Annual rate as a fraction.
    pub rate: Decimal,
}

/// A base rate over which margins are quoted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BaseRate {
    /// Stable id, such as `prime-cad`.
    pub id: String,
    /// Name.
    pub name: String,
    /// The rate from day to day, in order of time; the last holds on.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub points: Vec<RatePoint>,
    /// Where it was read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
}

/// Shares of a contract's net unpaid price that lenders advance, by the grade of who pays it; 0 to 1 each.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AdvanceByGrade {
    /// On contracts with payers of investment grade.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub investment_grade: Option<Decimal>,
    /// On contracts with strong payers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub strong: Option<Decimal>,
    /// On contracts with fair payers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fair: Option<Decimal>,
    /// On contracts with payers nobody rates.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unrated: Option<Decimal>,
}

impl AdvanceByGrade {
    /// The typed share for a grade.
    pub fn of(&self, grade: CounterpartyGrade) -> Option<Decimal> {
        match grade {
            CounterpartyGrade::InvestmentGrade => self.investment_grade,
            CounterpartyGrade::Strong => self.strong,
            CounterpartyGrade::Fair => self.fair,
            CounterpartyGrade::Unrated => self.unrated,
        }
    }

    /// What is usual: banks discount contracts by 15 to 25 %, the best names by less, unknown ones by far more.
    pub fn usual(grade: CounterpartyGrade) -> Decimal {
        match grade {
            CounterpartyGrade::InvestmentGrade => Decimal::new(95, 2),
            CounterpartyGrade::Strong => Decimal::new(85, 2),
            CounterpartyGrade::Fair => Decimal::new(75, 2),
            CounterpartyGrade::Unrated => Decimal::new(50, 2),
        }
    }

    fn is_usual(&self) -> bool {
        *self == Self::default()
    }
}

/// What the lenders of this deal ask for, where that is not what is usual.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LenderLimits {
    /// Net estimates of what is unsold over what the gap loan will owe, at least; such as 2.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub gap_cover: Option<Decimal>,
    /// All gap loans over the budget, at most.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub gap_to_budget: Option<Decimal>,
    /// A loan on credits over the credits, at most.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub credit_advance: Option<Decimal>,
    /// The net price of contracts over the loan on them, at least.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub contract_cover: Option<Decimal>,
    /// All loans over everything they are secured on, at most.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub loan_to_value: Option<Decimal>,
    /// Contingency over the budget lines where there is a bond, at least.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub contingency: Option<Decimal>,
    /// Days from the last cash of what a loan is secured on to the day it is due, at least.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub days_after_cash: Option<u32>,
    /// What the contracts behind a loan carry by the grade of who pays them, over the loan with its interest reserve,
    /// at least; such as 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub presale_cover: Option<Decimal>,
    /// Assigned cash until maturity over principal, interest and fees of the loan, at least; such as 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub debt_service: Option<Decimal>,
    /// What is advanced on a contract, by the grade of who pays it.
    #[serde(default, skip_serializing_if = "AdvanceByGrade::is_usual")]
    pub advance_by_grade: AdvanceByGrade,
}

/// Rates that the deal refers to.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Market {
    /// Annual rate at which net present values are taken, as a fraction.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub npv_rate: Option<Decimal>,
    /// Base rates.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub base_rates: Vec<BaseRate>,
    /// What its lenders ask for.
    #[serde(default, skip_serializing_if = "is_usual")]
    pub limits: LenderLimits,
}

fn is_usual(limits: &LenderLimits) -> bool {
    *limits == LenderLimits::default()
}
