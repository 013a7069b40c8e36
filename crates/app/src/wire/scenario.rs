//! Scenarios: other ways to finance the same film.
//!
//! A scenario is named by a key: the id of a template (`debt_heavy`), a person's own shares
//! (`custom:equity=40,senior_debt=60`), or the identifier of a kept one. Its figures stand at
//! `scenario(<key>).in.<address>`, so that every one of them can be asked why.

use serde::{Deserialize, Serialize};

use super::{ChangeDto, FigureDto, MoneyDto, QuantityDto};

/// Asks for the usual shapes of this deal, and a person's own.
#[derive(Debug, Clone, Serialize, Deserialize, specta::Type)]
#[serde(deny_unknown_fields)]
pub struct GenerateScenarios {
    /// The open deal.
    pub deal: String,
    /// Which templates; all five where none are given.
    pub templates: Option<Vec<String>>,
    /// A person's own allocations.
    #[serde(default)]
    pub allocations: Vec<AllocationDto>,
    /// The most that equity may be; whatever it takes where none is given.
    pub equity_at_most: Option<MoneyDto>,
}

/// Wished shares of the budget. They add up to 100 within one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(deny_unknown_fields)]
pub struct AllocationDto {
    /// What it is called; `Custom` where none is given.
    pub name: Option<String>,
    /// The parts.
    pub parts: Vec<AllocationPartDto>,
}

/// One wished share.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(deny_unknown_fields)]
pub struct AllocationPartDto {
    /// `equity`, `senior_debt`, `gap_debt`, `mezzanine`, `presales`, `incentives`, `grants` or `deferrals`.
    pub kind: String,
    /// Per cent of the budget, as a decimal.
    pub percent: String,
}

/// Scenarios of a deal.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct ScenariosView {
    /// The revision they were made of.
    pub revision: u32,
    /// The whole budget.
    pub budget: FigureDto,
    /// What the deal's incentives leave, net.
    pub incentives: FigureDto,
    /// Where the shares of the templates come from.
    pub template_source: String,
    /// When they were looked at last.
    pub template_reviewed: String,
    /// The scenarios, in the order in which they were asked for.
    pub scenarios: Vec<ScenarioDto>,
}

/// One scenario.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct ScenarioDto {
    /// Its key.
    pub scenario: String,
    /// What it is called; for a template its id names it in the reader's language.
    pub name: String,
    /// `template`, `custom`, `optimised`.
    pub origin: String,
    /// The template it follows.
    pub template: Option<String>,
    /// Whether sources equal uses and the account is never below nothing.
    pub closes: bool,
    /// Uses that no source pays for.
    pub shortfall: FigureDto,
    /// How far the account falls below nothing at the worst.
    pub cash_shortfall: FigureDto,
    /// The key of an earlier scenario with the same stack to the cent.
    pub same_as: Option<String>,
    /// What was wished and what it came to, by kind of money.
    pub shares: Vec<ScenarioShareDto>,
    /// Its instruments.
    pub instruments: Vec<ScenarioInstrumentDto>,
    /// What it changes in the deal.
    pub changes: Vec<ChangeDto>,
    /// How many deals were computed until it stood.
    pub trials: u32,
}

/// One kind of money in a scenario.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct ScenarioShareDto {
    /// `equity`, `senior_debt`, `gap_debt`, `mezzanine`, `presales`, `incentives`, `grants` or `deferrals`.
    pub kind: String,
    /// Wished, in per cent of the budget, as a decimal.
    pub wished_percent: FigureDto,
    /// Wished, as an amount.
    pub wished: FigureDto,
    /// What incentives and money that is there already leave of the wish.
    pub scaled: FigureDto,
    /// What it brings by the closing table.
    pub carried: FigureDto,
    /// The same in per cent of all uses.
    pub carried_percent: FigureDto,
    /// Why it is not what was wished, in the order in which it happened.
    pub reasons: Vec<ScenarioReasonDto>,
}

/// Why a kind of money is not what was wished.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct ScenarioReasonDto {
    /// `computed`, `scaled`, `kept`, `not_there`, `territories_sold`, `nothing_left_to_sell`, `comes_through_loan`,
    /// `taken_by_others`, `paid_too_late`, `cut_to_collateral`, `cut_to_cover`, `cut_to_size`, `nothing_unsold`,
    /// `lent_earlier`, `bridged`, `not_needed`, `takes_the_rest` or `equity_limited`.
    pub reason: String,
    /// The amount it speaks of; of `cut_to_collateral` what is cut.
    pub amount: Option<FigureDto>,
    /// Of `cut_to_collateral` what the collateral carries.
    pub carries: Option<FigureDto>,
    /// Of `territories_sold` how many.
    pub count: Option<u32>,
}

/// An instrument of a scenario.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct ScenarioInstrumentDto {
    /// Its id, that of the deal where the deal has it.
    pub id: String,
    /// What it is called.
    pub name: String,
    /// Its kind, as files name it.
    pub kind: String,
    /// Who gives it.
    pub provider: Option<String>,
    /// Whether the deal has it as well.
    pub of_deal: bool,
    /// What it gives.
    pub principal: FigureDto,
}

/// Asks what scenarios are worth.
#[derive(Debug, Clone, Serialize, Deserialize, specta::Type)]
#[serde(deny_unknown_fields)]
pub struct EvaluateScenarios {
    /// The open deal.
    pub deal: String,
    /// Keys of the scenarios, `deal` for the deal as it stands; the five templates where none are given.
    #[serde(default)]
    pub scenarios: Vec<String>,
    /// How many paths; 10,000 where none are given.
    pub paths: Option<u32>,
    /// The seed; 1 where none is given.
    pub seed: Option<String>,
}

/// What scenarios are worth.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct ScenarioEvaluations {
    /// The revision they were made of.
    pub revision: u32,
    /// Paths that were run for each.
    pub paths: u32,
    /// The seed.
    pub seed: String,
    /// One for each scenario, as asked.
    pub evaluations: Vec<ScenarioEvaluationDto>,
}

/// What one scenario is worth.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct ScenarioEvaluationDto {
    /// Its key.
    pub scenario: String,
    /// What it is called.
    pub name: String,
    /// Whether it closes.
    pub closes: bool,
    /// Every measure, in the order in which they are shown.
    pub measures: Vec<ScenarioMeasureDto>,
}

/// One measure of a scenario.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct ScenarioMeasureDto {
    /// Its key, such as `equity_irr_p50`.
    pub measure: String,
    /// `truth`, `money`, `share`, `annual_rate`, `multiple` or `points`.
    pub unit: String,
    /// Whether more is better for the producer's side.
    pub higher_is_better: bool,
    /// Its value, or why there is none.
    pub figure: FigureDto,
    /// The standard error, where it was counted on paths.
    pub error: Option<QuantityDto>,
}

/// Asks which scenario serves a reader best.
#[derive(Debug, Clone, Serialize, Deserialize, specta::Type)]
#[serde(deny_unknown_fields)]
pub struct CompareScenarios {
    /// The open deal.
    pub deal: String,
    /// Keys of the scenarios; the five templates where none are given.
    #[serde(default)]
    pub scenarios: Vec<String>,
    /// `producer`, `equity`, `lender` or `balanced`; that of the deal's preferences where none is given.
    pub perspective: Option<String>,
    /// Weights instead of the reader's usual ones.
    #[serde(default)]
    pub weights: Vec<MeasureWeightDto>,
    /// How many paths; 10,000 where none are given.
    pub paths: Option<u32>,
    /// The seed; 1 where none is given.
    pub seed: Option<String>,
}

/// How much a measure counts.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
#[serde(deny_unknown_fields)]
pub struct MeasureWeightDto {
    /// The measure's key.
    pub measure: String,
    /// Its weight, zero or more.
    pub weight: f64,
}

/// Scenarios in the order in which they serve a reader.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct ScenarioComparison {
    /// The revision they were made of.
    pub revision: u32,
    /// Whose view it is.
    pub perspective: String,
    /// What counts, and how much: the weights that were used.
    pub weights: Vec<MeasureWeightDto>,
    /// The best first; what cannot be ranked comes last.
    pub rankings: Vec<RankedScenarioDto>,
    /// What they were ranked by.
    pub evaluations: ScenarioEvaluations,
}

/// One scenario among the others.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct RankedScenarioDto {
    /// Its key.
    pub scenario: String,
    /// What it is called.
    pub name: String,
    /// From 1; none where it does not close or has no score.
    pub rank: Option<u32>,
    /// Points from 0 to 100, or why there are none.
    pub score: FigureDto,
    /// The share of scenarios it is at least as good as, 0 to 100.
    pub percentile: Option<f64>,
    /// Points by measure.
    pub marks: Vec<ScenarioMarkDto>,
    /// Measures it does well in.
    pub strengths: Vec<String>,
    /// Measures it does badly in.
    pub weaknesses: Vec<String>,
    /// Scenarios that it beats on the weight of the measures won.
    pub duels_won: u32,
    /// Scenarios that beat it.
    pub duels_lost: u32,
}

/// The points of one measure.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct ScenarioMarkDto {
    /// The measure's key.
    pub measure: String,
    /// Its weight.
    pub weight: f64,
    /// Points from 0 to 100; none where the measure has no value.
    pub points: Option<f64>,
}

/// Asks what has to be given up of one measure for more of another.
#[derive(Debug, Clone, Serialize, Deserialize, specta::Type)]
#[serde(deny_unknown_fields)]
pub struct ViewTradeOffs {
    /// The open deal.
    pub deal: String,
    /// Keys of the scenarios; the five templates where none are given.
    #[serde(default)]
    pub scenarios: Vec<String>,
    /// Sets of two or three measures; five usual pairs where none are given.
    #[serde(default)]
    pub objectives: Vec<Vec<String>>,
    /// How many paths; 10,000 where none are given.
    pub paths: Option<u32>,
    /// The seed; 1 where none is given.
    pub seed: Option<String>,
}

/// Frontiers of scenarios.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct TradeOffsView {
    /// The revision they were made of.
    pub revision: u32,
    /// One for each set of measures.
    pub frontiers: Vec<TradeOffDto>,
    /// What they were drawn from.
    pub evaluations: ScenarioEvaluations,
}

/// One frontier.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct TradeOffDto {
    /// Its measures.
    pub objectives: Vec<String>,
    /// The scenarios that have a value in each of them and close.
    pub points: Vec<TradeOffPointDto>,
    /// Keys on the frontier, in the order of the first measure.
    pub efficient: Vec<String>,
    /// The scenario after which more of one measure costs most of the other.
    pub knee: Option<String>,
    /// What one more unit of the first measure costs of the second, between neighbours.
    pub slopes: Vec<TradeOffSlopeDto>,
    /// Keys of scenarios that are not drawn.
    pub left_out: Vec<String>,
}

/// A scenario in a frontier's plane.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct TradeOffPointDto {
    /// Its key.
    pub scenario: String,
    /// One value for each measure.
    pub values: Vec<f64>,
    /// Whether no other is better in every measure.
    pub efficient: bool,
    /// Keys of scenarios that are better in every measure.
    pub beaten_by: Vec<String>,
}

/// What one measure costs of another.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct TradeOffSlopeDto {
    /// From this scenario.
    pub from: String,
    /// To that one.
    pub to: String,
    /// Given up of the second measure for one unit of the first.
    pub price: f64,
}

/// Keeps a scenario with the project, as a branch of the deal.
#[derive(Debug, Clone, Serialize, Deserialize, specta::Type)]
#[serde(deny_unknown_fields)]
pub struct SaveScenario {
    /// The open deal.
    pub deal: String,
    /// The key of the scenario.
    pub scenario: String,
    /// What it is to be called, once in the project.
    pub name: String,
}

/// Asks for the kept scenarios of a deal.
#[derive(Debug, Clone, Serialize, Deserialize, specta::Type)]
#[serde(deny_unknown_fields)]
pub struct ListScenarios {
    /// The open deal.
    pub deal: String,
}

/// Gives a kept scenario another name.
#[derive(Debug, Clone, Serialize, Deserialize, specta::Type)]
#[serde(deny_unknown_fields)]
pub struct RenameScenario {
    /// The open deal.
    pub deal: String,
    /// The key of the kept scenario.
    pub scenario: String,
    /// The new name.
    pub name: String,
}

/// Takes a kept scenario away.
#[derive(Debug, Clone, Serialize, Deserialize, specta::Type)]
#[serde(deny_unknown_fields)]
pub struct DeleteScenario {
    /// The open deal.
    pub deal: String,
    /// The key of the kept scenario.
    pub scenario: String,
}

/// The kept scenarios of a deal.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct KeptScenarios {
    /// The best first, where they were compared.
    pub scenarios: Vec<KeptScenarioDto>,
}

/// A kept scenario.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct KeptScenarioDto {
    /// Its key.
    pub scenario: String,
    /// What it is called.
    pub name: String,
    /// `template`, `custom` or `optimised`.
    pub origin: String,
    /// The template it follows.
    pub template: Option<String>,
    /// How many cells it changes in the deal it was made of.
    pub changes: u32,
    /// When it was kept.
    pub kept_at: String,
}
