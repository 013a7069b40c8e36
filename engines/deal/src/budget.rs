//! What the work costs: lines by account, where and when they are spent, and what is paid to whom.

use recoup_money::Money;
use rust_decimal::Decimal;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::account::{Account, Role};
use crate::cost::FinancingCost;
use crate::document::Deal;
use crate::schedule::Phase;

/// The part of a line that is spent in one jurisdiction.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SpendShare {
    /// Stable id; usually the jurisdiction code.
    pub id: String,
    /// Where the money is spent, such as `CA-QC`, `IE`, `US-CA`.
    pub jurisdiction: String,
    /// Party id of the company that spends it, where it is not the line's; absent means as the line says.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub company: Option<String>,
    /// Share of the line, 0 to 1. The shares of a line add up to one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub share: Option<Decimal>,
    /// Share of this part that is labour, where it differs from the line's, 0 to 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub labour_share: Option<Decimal>,
    /// Share of this part's labour that is resident there, where it differs from the line's, 0 to 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub resident_share: Option<Decimal>,
}

/// Work inside a line that another company does for a price.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Subcontract {
    /// Stable id.
    pub id: String,
    /// What is bought.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// Party id of the contractor.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub party: Option<String>,
    /// Price of the contract, part of the line's amount.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub price: Option<Money>,
    /// Share of the price that is the contractor's labour, 0 to 1. The line's own labour share
    /// applies to the rest of the line only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub labour_share: Option<Decimal>,
    /// Share of that labour that is resident where the line is spent, 0 to 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub resident_share: Option<Decimal>,
    /// True when contractor and buyer are independent of each other.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub arms_length: Option<bool>,
    /// Where the work is done; absent means where the line is spent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub jurisdiction: Option<String>,
}

/// A named payment inside a line, for statutes that look at functions or cap persons.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LineItem {
    /// Stable id.
    pub id: String,
    /// What it is paid for.
    pub role: Role,
    /// In the producer's words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// Amount, part of the line's amount.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub amount: Option<Money>,
    /// Number of persons who share it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub people: Option<u32>,
    /// Where it is spent; absent means as the line is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub jurisdiction: Option<String>,
}

/// How a line's spend falls within its phase.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum SpendCurve {
    /// The same every month.
    Even,
    /// Slowly, fast, slowly.
    SCurve,
    /// All in the first month.
    FirstMonth,
    /// All in the last month.
    LastMonth,
}

/// One line of the top sheet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BudgetLine {
    /// Stable id.
    pub id: String,
    /// Standard account.
    pub account: Account,
    /// In the producer's words.
    pub label: String,
    /// Cost of the line.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub amount: Option<Money>,
    /// Where it is spent; the shares add up to one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub spend: Vec<SpendShare>,
    /// Party id of the company that spends it; a part of the spend may name another. Where neither says, no
    /// claim is denied the spend, and [`Deal::usual_spender`] decides between companies that claim the same.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub company: Option<String>,
    /// When it is spent; absent means the account's usual phase.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phase: Option<Phase>,
    /// How it falls within the phase; absent means as the phase says, else evenly.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub curve: Option<SpendCurve>,
    /// Weights of the months, typed from the first month of the phase on; where there are any, they stand in place of
    /// the curve. They need not add up to one, and may run beyond the phase.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub months: Vec<Decimal>,
    /// Share that is labour (wages and fees of persons), 0 to 1, without subcontracts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub labour_share: Option<Decimal>,
    /// Share of the labour that counts as resident, 0 to 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub resident_share: Option<Decimal>,
    /// Area in which a person counts as resident when it is wider than the place of spend, such as `EEA`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub resident_area: Option<String>,
    /// Share of the labour that is animation or visual effects, 0 to 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub animation_share: Option<Decimal>,
    /// False for cost that is outside core expenditure (development, finance, insurance, audit); absent
    /// means as the account usually is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub core: Option<bool>,
    /// Work bought inside this line.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub subcontracts: Vec<Subcontract>,
    /// Named payments inside this line.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub items: Vec<LineItem>,
    /// Party id of who is paid, where it is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub payee: Option<String>,
    /// Words by which programs may pick lines.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<String>,
    /// Free text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub notes: Option<String>,
}

impl BudgetLine {
    /// The phase in which the line is spent: the typed one, else the account's usual one.
    pub fn spent_in(&self) -> Phase {
        self.phase.unwrap_or_else(|| self.account.usual_phase())
    }

    /// Whether the line is core expenditure: as typed, else as the account usually is.
    pub fn is_core(&self) -> bool {
        self.core.unwrap_or_else(|| self.account.usually_core())
    }
}

/// Whether spend in `place` counts within `area`: the same code, or a part of it (`CA-QC` within `CA`).
#[must_use]
pub fn lies_within(place: &str, area: &str) -> bool {
    place.strip_prefix(area).is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
}

impl BudgetLine {
    /// The company that the line says spends this part of it: the part's own, else the line's.
    #[must_use]
    pub fn spender<'a>(&'a self, part: &'a SpendShare) -> Option<&'a str> {
        part.company.as_deref().or(self.company.as_deref())
    }
}

impl Deal {
    /// Which of some companies spends in a place where the budget does not say: the only one of them that is
    /// established there, else the production company, else the first.
    #[must_use]
    pub fn usual_spender<'a>(&self, place: &str, among: &[&'a str]) -> Option<&'a str> {
        let seat = |id: &str| self.parties.iter().find(|party| party.id == id)?.jurisdiction.as_deref();
        let here =
            |id: &str| seat(id).is_some_and(|seat| lies_within(place, seat) || lies_within(seat, place));
        let mut established = among.iter().copied().filter(|id| here(id));
        let (first, second) = (established.next(), established.next());
        let production = || among.iter().copied().find(|id| self.project.company.as_deref() == Some(id));
        first.filter(|_| second.is_none()).or_else(production).or(first).or_else(|| among.first().copied())
    }
}

/// The reserve for what goes wrong.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Contingency {
    /// Share of the lines, 0 to 1. Exactly one of `share` and `amount` is given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub share: Option<Decimal>,
    /// A typed amount.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub amount: Option<Money>,
    /// Where it is spent; absent means in the proportion of the lines.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub spend: Vec<SpendShare>,
    /// Lines that are not part of the base of `share`, by id.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub without_lines: Vec<String>,
}

/// What the work costs.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Budget {
    /// Total the producer states for the lines, where one is stated; compared with their sum.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub total: Option<Money>,
    /// The lines of the top sheet.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lines: Vec<BudgetLine>,
    /// The reserve for what goes wrong, on top of the lines.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub contingency: Option<Contingency>,
    /// Cost that comes on top of the lines: bond, legal, audits, collection account.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub costs: Vec<FinancingCost>,
}
