//! The agreed order of recoupment as data
//!
//! A plan is a set of tiers joined by `then`: money enters at a source, walks from tier to tier,
//! and every tier takes its part and hands on the rest. A tier is one share, a group of shares
//! beside each other, a ladder of which one step applies, or a reserve that is held and given back.
//! Nothing here computes; the waterfall engine compiles a plan and runs it.

mod amendment;
mod condition;
mod limit;
mod ratio;
mod units;

use recoup_calendar::Date;
use recoup_money::Money;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use amendment::{Change, PlanAmendment, PlanEvent};
pub use condition::{Condition, Membership, Relation, Target};
pub use limit::{Compounding, InterestTerms, Limit, PaymentOrder};
pub use ratio::{Ratio, RatioError};
pub use units::{UnitCount, UnitSeries};

/// Who is paid what, in which order, out of which receipts.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RecoupmentPlan {
    /// The payees of a stand-alone plan. Empty inside a deal, whose parties are meant.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parties: Vec<String>,
    /// Where money enters.
    #[serde(default)]
    pub sources: Vec<PlanSource>,
    /// The tiers, each naming the next.
    #[serde(default)]
    pub tiers: Vec<Tier>,
    /// Costs that are recouped as they are declared.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub expense_types: Vec<ExpenseType>,
    /// Contracts that bound shares in time or whose value decides a rate.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub contracts: Vec<PlanContract>,
    /// Costs of the film that open a share once they are covered.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub film_costs: Vec<FilmCost>,
    /// What is counted besides money, for rights priced per unit and conditions on counts.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unit_series: Vec<UnitSeries>,
    /// What happens to the film that conditions wait for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub events: Vec<PlanEvent>,
    /// Changes of the agreement from a day on.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub amendments: Vec<PlanAmendment>,
    /// Who receives what reaches the end with nobody entitled. Without one it is left over.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub residual: Option<String>,
}

/// A place where receipts enter the plan.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PlanSource {
    /// Stable id; receipts of this source name it.
    pub id: String,
    /// The tier its money enters.
    pub enters: String,
    /// Sources of the revenue plan that pay in here; empty means the one with the same id.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub receives: Vec<String>,
    /// Whether every receipt that no other entry receives comes in here.
    #[serde(default, skip_serializing_if = "is_false")]
    pub receives_others: bool,
    /// The contract its receipts are paid under unless a receipt says otherwise: its price is what a condition on
    /// the value of a contract looks at.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contract: Option<String>,
    /// Territories of its receipts unless a receipt says otherwise.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub territories: Vec<String>,
    /// Media of its receipts unless a receipt says otherwise.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub media: Vec<String>,
}

/// One position in the order of recoupment.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Tier {
    /// Stable id, unique in the plan.
    pub id: String,
    /// What people call it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// The clause of the agreement it comes from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub clause: Option<String>,
    /// What kind of claim it is, for statements and charts; it has no effect on the amounts.
    #[serde(default, skip_serializing_if = "Role::is_other")]
    pub role: Role,
    /// What it takes.
    pub takes: Takes,
    /// The next tier. Members of a group have none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub then: Option<String>,
}

/// What a tier does with the money that reaches it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Takes {
    /// One claim takes its rate of what arrives.
    Share(Share),
    /// Members take beside each other, all on the same base.
    Together(Together),
    /// The first member that is entitled takes; the others wait.
    Steps(Steps),
    /// A part is held back and given back later.
    Reserve(Reserve),
    /// A part walks another order of tiers: a co-producer's own, or that of another film.
    Enters(Enters),
}

/// A claim of one payee.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Share {
    /// Who is credited.
    pub payee: String,
    /// Which part of the base it takes.
    #[serde(default)]
    pub rate: Ratio,
    /// What the rate applies to.
    #[serde(default, skip_serializing_if = "RateBase::is_arriving")]
    pub rate_base: RateBase,
    /// With a rate on the gross receipt, the sources of the plan whose receipts count; empty means every
    /// receipt that comes down to the tier. Receipts of a source named here earn although they come down
    /// elsewhere; what they earn is then paid if it carries forward.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub gross_of: Vec<String>,
    /// What happens to an entitlement on the gross receipt that the money at this tier cannot pay.
    #[serde(default, skip_serializing_if = "Unpaid::is_lapses")]
    pub unpaid: Unpaid,
    /// How much it may take in total; none means a share without end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<Limit>,
    /// A pool whose takings together count against the limit, instead of this claim's own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit_pool: Option<String>,
    /// The instrument whose investment is its weight in a group that divides by investment; without
    /// one the instrument of its limit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub in_proportion_to: Option<String>,
    /// What must hold for it to take; all of the list.
    #[serde(default, rename = "while", skip_serializing_if = "Vec::is_empty")]
    pub conditions: Vec<Condition>,
    /// Counters it adds to.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pools: Vec<String>,
    /// A contract outside whose dates it is as if it were not there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contract: Option<String>,
    /// Parts of its payments that go to somebody else; the payee stays credited.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub assigned: Vec<Assignment>,
}

/// What a rate applies to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum RateBase {
    /// The money that reaches the tier.
    #[default]
    Arriving,
    /// The whole receipt, wherever the tier stands; paid out of what reaches the tier.
    GrossOfReceipt,
}

impl RateBase {
    fn is_arriving(&self) -> bool {
        matches!(self, RateBase::Arriving)
    }
}

/// What happens to an entitlement that could not be paid.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Unpaid {
    /// It is lost.
    #[default]
    Lapses,
    /// It is owed and paid first when money reaches the tier.
    CarriesForward,
}

impl Unpaid {
    fn is_lapses(&self) -> bool {
        matches!(self, Unpaid::Lapses)
    }
}

/// A part of a claim's payments that goes to another party or to a restricted account.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Assignment {
    /// Who is paid.
    pub to: String,
    /// Which part of each payment.
    pub part: Ratio,
}

/// Members beside each other.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Together {
    /// The members: shares, ladders or groups.
    pub members: Vec<Tier>,
    /// Which part of what arrives is the base of the members.
    #[serde(default)]
    pub base_rate: Ratio,
    /// How the base is divided.
    #[serde(default, skip_serializing_if = "Split::is_fixed")]
    pub split: Split,
    /// Who owes what members take beyond the base.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shortfall_borne_by: Option<String>,
}

/// How members of a group share their base.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Split {
    /// By their own rates; what a member may not take goes on down.
    #[default]
    Fixed,
    /// Pari passu by what is still owed to each.
    Outstanding,
    /// Pari passu by what each has invested, among the members still entitled.
    Invested,
}

impl Split {
    fn is_fixed(&self) -> bool {
        matches!(self, Split::Fixed)
    }
}

/// A ladder: the first member that is entitled, and takes more than nothing, takes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Steps {
    /// The steps in the order they are tried.
    pub members: Vec<Tier>,
    /// Which part of what arrives is the base of the steps.
    #[serde(default)]
    pub base_rate: Ratio,
}

/// Money held back and given back by rule.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Reserve {
    /// Which part is held.
    pub rate: Ratio,
    /// What the rate applies to.
    #[serde(default, skip_serializing_if = "RateBase::is_arriving")]
    pub rate_base: RateBase,
    /// The most that is held in total.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cap: Option<Money>,
    /// How many months each part is held.
    pub release_months: u32,
    /// The tier it enters when it is released.
    pub release_to: String,
}

/// A part that walks another order of tiers of the plan. What nobody takes there is not given back: it goes on
/// to where that order leads, and in the end to the residual party.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Enters {
    /// The tier it enters.
    pub into: String,
    /// Which part of what arrives.
    #[serde(default)]
    pub rate: Ratio,
    /// How much may enter in total; none means without end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<Limit>,
    /// What must hold for it to enter; all of the list.
    #[serde(default, rename = "while", skip_serializing_if = "Vec::is_empty")]
    pub conditions: Vec<Condition>,
    /// Pools that what enters counts in.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pools: Vec<String>,
    /// A contract outside of whose days nothing enters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contract: Option<String>,
}

/// Costs recouped as they are declared.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ExpenseType {
    /// Stable id; declared expenses name it.
    pub id: String,
    /// The most of the capped expenses that counts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cap: Option<Money>,
    /// The most of the capped expenses that counts, as a part of receipts so far.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cap_of_receipts: Option<ReceiptsCap>,
    /// Amounts known when the plan is agreed; more may be declared as the film is sold.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub declared: Vec<Expense>,
}

/// A cap that grows with receipts.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ReceiptsCap {
    /// Which part of the receipts.
    pub rate: Ratio,
    /// Of which sources; empty means all.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sources: Vec<String>,
}

/// An expense declared on a day.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Expense {
    /// Stable id.
    pub id: String,
    /// When it is declared.
    pub date: Date,
    /// How much.
    pub amount: Money,
    /// Whether the cap of its type applies to it.
    #[serde(default = "yes")]
    pub counts_to_cap: bool,
}

/// A contract as far as the plan reads it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PlanContract {
    /// Stable id; shares and receipts name it.
    pub id: String,
    /// Its price.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<Money>,
    /// Its first day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Date>,
    /// Its last day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Date>,
}

/// A cost of the film that receipts of a pool cover.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FilmCost {
    /// Stable id.
    pub id: String,
    /// What the film cost.
    pub cost: Money,
    /// What finance that is not recouped has covered already.
    pub already_covered: Money,
    /// The pool whose passing money covers the rest.
    pub pool: String,
}

/// What kind of claim a tier is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the words of the field are the names")]
pub enum Role {
    CollectionFee,
    DistributionFee,
    SalesCommission,
    DistributionExpenses,
    PAndA,
    MinimumGuarantee,
    SalesAdvance,
    Residuals,
    Loan,
    Gap,
    Mezzanine,
    Equity,
    Premium,
    SoftMoney,
    Corridor,
    Deferral,
    Royalty,
    Participation,
    NetProfits,
    #[default]
    Other,
}

impl Role {
    fn is_other(&self) -> bool {
        matches!(self, Role::Other)
    }
}

impl Tier {
    /// The members of a group or ladder; empty for a share, a reserve, or what walks another order.
    pub fn members(&self) -> &[Tier] {
        match &self.takes {
            Takes::Together(group) => &group.members,
            Takes::Steps(ladder) => &ladder.members,
            Takes::Share(_) | Takes::Reserve(_) | Takes::Enters(_) => &[],
        }
    }
}

impl RecoupmentPlan {
    /// Every tier and member with its path in the document, outer before inner.
    pub fn positions(&self) -> Vec<(String, &Tier)> {
        fn walk<'a>(at: &str, tiers: &'a [Tier], out: &mut Vec<(String, &'a Tier)>) {
            for tier in tiers {
                let path = format!("{at}[{}]", tier.id);
                out.push((path.clone(), tier));
                walk(&format!("{path}.takes.members"), tier.members(), out);
            }
        }
        let mut out = Vec::new();
        walk("recoupment.tiers", &self.tiers, &mut out);
        out
    }
}

fn is_false(flag: &bool) -> bool {
    !flag
}

fn yes() -> bool {
    true
}
