//! What each participant of a recoupment plan is told, and how other terms would change it.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::FigureDto;

/// Asks for the statements of a participant, or of the whole account.
#[derive(Debug, Clone, Serialize, Deserialize, specta::Type)]
#[serde(deny_unknown_fields)]
pub struct ViewStatements {
    /// The open deal.
    pub deal: String,
    /// The party; the whole account where none is given.
    pub party: Option<String>,
}

/// Statements of every period. An amount that is not there is nothing.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct StatementsView {
    /// The revision they were computed from.
    pub revision: u32,
    /// The currency of the account.
    pub currency: String,
    /// Everybody who gets a statement, in the plan's order.
    pub parties: Vec<StatementPartyDto>,
    /// Whose statements these are; the whole account's where none is given.
    pub party: Option<String>,
    /// The statement periods; none without a plan that runs.
    pub periods: Vec<StatementPeriodDto>,
    /// Every line through the periods.
    pub lines: Vec<StatementLineDto>,
    /// The totals of each period, in the order of the periods.
    pub totals: Vec<StatementTotalsDto>,
    /// What came in, source by source.
    pub sources: Vec<StatementSourceDto>,
    /// The balances that bear interest behind the lines.
    pub ledgers: Vec<StatementLedgerDto>,
}

/// Somebody who gets a statement.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct StatementPartyDto {
    /// The party.
    pub party: String,
    /// All that it receives.
    pub paid: Option<FigureDto>,
    /// What it is owed at the end.
    pub outstanding: Option<FigureDto>,
}

/// A statement period.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct StatementPeriodDto {
    /// The month in which it ends, as addresses name it.
    pub month: String,
    /// Its first day.
    pub start: String,
    /// Its last day.
    pub end: String,
}

/// A line of a statement through the periods.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct StatementLineDto {
    /// `claim`, `reserve`, `group`, `assigned_to`, `assigned_from`, `residual` or `left_over`. What is assigned to others
    /// is given away, and its amounts are taken off.
    pub kind: String,
    /// The tier or member.
    pub tier: Option<String>,
    /// What people call it.
    pub label: Option<String>,
    /// What kind of claim it is.
    pub role: Option<String>,
    /// The clause of the agreement.
    pub clause: Option<String>,
    /// The group it stands in.
    pub group: Option<String>,
    /// How many groups it stands in.
    pub depth: u32,
    /// Who has what is assigned, or whose claim it comes from.
    pub party: Option<String>,
    /// `arriving` or `gross_of_receipt`.
    pub basis: String,
    /// Whether it has a limit.
    pub limited: bool,
    /// The contract outside whose days it is as if it were not there.
    pub contract: Option<String>,
    /// The last day of that contract.
    pub until: Option<String>,
    /// One for each period.
    pub periods: Vec<LinePeriodDto>,
}

/// A line in one period.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct LinePeriodDto {
    /// The rate in force; of a group, the part it took of what reached it.
    pub rate: Option<FigureDto>,
    /// What arrived.
    pub arrived: Option<FigureDto>,
    /// Taken before.
    pub prior: Option<FigureDto>,
    /// Taken in the period.
    pub current: Option<FigureDto>,
    /// Taken so far.
    pub cumulative: Option<FigureDto>,
    /// What its limit allows so far.
    pub limit: Option<FigureDto>,
    /// What is still owed under it.
    pub outstanding: Option<FigureDto>,
    /// What a reserve gave back.
    pub released: Option<FigureDto>,
    /// Why it has no more; none for a line that is no claim.
    pub reason: Option<StatementReasonDto>,
}

/// Why a claim has no more in a period.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct StatementReasonDto {
    /// `open`, `limit_reached`, `nothing_owed`, `money_ran_out`, `recouping`, `nothing_arrived`, `other_step`,
    /// `conditions_not_met`, `expired`, `not_begun` or `held`.
    pub kind: String,
    /// The day on which a limit was reached, or since which a condition does not hold.
    pub on: Option<String>,
    /// The step that took instead.
    pub tier: Option<String>,
    /// The condition that does not hold, as the document holds it.
    #[specta(type = specta_typescript::Unknown)]
    pub condition: Option<Value>,
    /// The contract that is over or has not begun.
    pub contract: Option<String>,
    /// Its first or last day.
    pub day: Option<String>,
    /// What passed by.
    pub passed: Option<FigureDto>,
    /// What it would have had of that.
    pub lapsed: Option<FigureDto>,
    /// All it would have had of every receipt since, were its contract alive.
    pub alive: Option<FigureDto>,
    /// Who had it instead in the period.
    pub instead: Vec<String>,
    /// What a reserve holds.
    pub balance: Option<FigureDto>,
}

/// The totals of a statement in one period.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct StatementTotalsDto {
    /// Received before.
    pub prior: Option<FigureDto>,
    /// Received in the period.
    pub current: Option<FigureDto>,
    /// Received so far.
    pub cumulative: Option<FigureDto>,
    /// What a party is entitled to as things stand.
    pub entitlement: Option<FigureDto>,
    /// Still owed.
    pub outstanding: Option<FigureDto>,
    /// What the account received in the period.
    pub receipts: Option<FigureDto>,
    /// What its reserves hold at the end.
    pub held: Option<FigureDto>,
}

/// A source through the periods.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct StatementSourceDto {
    /// The source of the revenue plan, or the instrument whose surplus came in.
    pub source: String,
    /// One for each period.
    pub periods: Vec<SourcePeriodDto>,
}

/// A source in one period.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct SourcePeriodDto {
    /// What it earned before anything was taken.
    pub gross: Option<FigureDto>,
    /// What reached the account.
    pub received: Option<FigureDto>,
}

/// A balance that bears interest.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct StatementLedgerDto {
    /// The claim it is told under.
    pub tier: String,
    /// Every claim that it repays.
    pub claims: Vec<String>,
    /// The instrument whose money bears the interest.
    pub instrument: String,
    /// The days on which something happened.
    pub days: Vec<LedgerDayDto>,
    /// What it came to in each period.
    pub periods: Vec<LedgerPeriodDto>,
}

/// A day of a balance.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct LedgerDayDto {
    /// The day.
    pub on: String,
    /// The statement period it falls into, counted from nothing.
    pub period: u32,
    /// Since when interest ran.
    pub since: Option<String>,
    /// How many days by the day count.
    pub days: Option<u32>,
    /// What bore it.
    pub bearing: Option<FigureDto>,
    /// The rate for a year.
    pub rate: Option<FigureDto>,
    /// The interest.
    pub interest: Option<FigureDto>,
    /// Interest added to what bears interest.
    pub capitalised: Option<FigureDto>,
    /// Put in.
    pub drawn: Option<FigureDto>,
    /// Interest paid.
    pub interest_paid: Option<FigureDto>,
    /// Principal paid.
    pub principal_paid: Option<FigureDto>,
    /// Owed after it.
    pub balance: Option<FigureDto>,
}

/// A balance in one period.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct LedgerPeriodDto {
    /// Put in.
    pub drawn: Option<FigureDto>,
    /// Interest to the last day.
    pub interest: Option<FigureDto>,
    /// Interest paid.
    pub interest_paid: Option<FigureDto>,
    /// Principal paid.
    pub principal_paid: Option<FigureDto>,
    /// Owed on the last day.
    pub balance: Option<FigureDto>,
}

/// Writes statements as a CSV file where the person finds it.
#[derive(Debug, Clone, Serialize, Deserialize, specta::Type)]
#[serde(deny_unknown_fields)]
pub struct ExportStatements {
    /// The open deal.
    pub deal: String,
    /// The party; the whole account where none is given.
    pub party: Option<String>,
    /// The month in which the period ends; every period where none is given.
    pub month: Option<String>,
    /// The language of the words, English unless said.
    pub language: Option<String>,
}

/// Asks what the plan pays against other terms: exactly one of them.
#[derive(Debug, Clone, Serialize, Deserialize, specta::Type)]
#[serde(deny_unknown_fields)]
pub struct CompareRecoupment {
    /// The open deal.
    pub deal: String,
    /// Amendments to leave out.
    #[serde(default)]
    pub without: Vec<String>,
    /// Another plan, as the cell `recoupment` holds it.
    #[specta(type = specta_typescript::Unknown)]
    pub plan: Option<Value>,
    /// An earlier revision of the deal.
    pub revision: Option<String>,
}

/// What the deal's plan pays, against other terms.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct RecoupmentComparison {
    /// The revision that is compared.
    pub revision: u32,
    /// The currency of both.
    pub currency: String,
    /// The first day on which they pay differently; none where they never do.
    pub first_day: Option<String>,
    /// The periods of both; none where they have not the same.
    pub periods: Vec<StatementPeriodDto>,
    /// Every party that either pays.
    pub parties: Vec<DifferingDto>,
    /// Every tier that takes in either.
    pub tiers: Vec<DifferingDto>,
    /// What nobody was entitled to.
    pub left_over: DifferenceDto,
}

/// A party or tier under both terms.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct DifferingDto {
    /// Its id.
    pub id: String,
    /// What a tier is called.
    pub label: Option<String>,
    /// What kind of claim a tier is.
    pub role: Option<String>,
    /// The first day on which it is paid differently; none where it never is.
    pub first_day: Option<String>,
    /// `more`, `less` or `same`: what it has by the deal's own terms against the others.
    pub change: String,
    /// In all.
    pub total: DifferenceDto,
    /// Still owed at the end.
    pub outstanding: DifferenceDto,
    /// In each period, in the order of the periods.
    pub periods: Vec<DifferenceDto>,
}

/// An amount under both terms.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct DifferenceDto {
    /// By the deal's own terms.
    pub now: Option<FigureDto>,
    /// By the others.
    pub other: Option<FigureDto>,
    /// The one less the other; none where they are the same.
    pub change: Option<FigureDto>,
}
