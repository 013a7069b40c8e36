//! What a deal comes to when its numbers are uncertain.

use serde::{Deserialize, Serialize};

use super::{FigureDto, MoneyDto, SolvedCellDto};

/// Asks what a deal comes to when its numbers are uncertain.
#[derive(Debug, Clone, Serialize, Deserialize, specta::Type)]
#[serde(deny_unknown_fields)]
pub struct ViewRisk {
    /// The open deal.
    pub deal: String,
    /// How many paths; 10,000 where none are given.
    pub paths: Option<u32>,
    /// Whose return is drawn; the equity where none is given.
    pub party: Option<String>,
    /// The seed; that of the deal where none is given.
    pub seed: Option<String>,
}

/// Asks what a deal comes to at risk with other cells, without an edit.
#[derive(Debug, Clone, Serialize, Deserialize, specta::Type)]
#[serde(deny_unknown_fields)]
pub struct PreviewRisk {
    /// The open deal.
    pub deal: String,
    /// How many paths; 10,000 where none are given.
    pub paths: Option<u32>,
    /// Whose return is drawn; the equity where none is given.
    pub party: Option<String>,
    /// The seed; that of the deal where none is given.
    pub seed: Option<String>,
    /// The cells as they would be.
    pub cells: Vec<SolvedCellDto>,
}

/// Asks which uncertain number moves a result most.
#[derive(Debug, Clone, Serialize, Deserialize, specta::Type)]
#[serde(deny_unknown_fields)]
pub struct ViewSensitivity {
    /// The open deal.
    pub deal: String,
    /// Whose result; the equity where none is given.
    pub party: Option<String>,
    /// The result: `irr`, `multiple`, `npv` or `recouped`.
    pub output: String,
    /// How many paths; 10,000 where none are given.
    pub paths: Option<u32>,
}

/// Asks for a result over the values of two uncertain numbers.
#[derive(Debug, Clone, Serialize, Deserialize, specta::Type)]
#[serde(deny_unknown_fields)]
pub struct ViewTwoWay {
    /// The open deal.
    pub deal: String,
    /// The driver of the rows.
    pub one: String,
    /// The driver of the columns.
    pub other: String,
    /// Whose result; the equity where none is given.
    pub party: Option<String>,
    /// The result: `irr`, `multiple`, `npv` or `recouped`.
    pub output: String,
}

/// Asks for one path as the exact computation runs it.
#[derive(Debug, Clone, Serialize, Deserialize, specta::Type)]
#[serde(deny_unknown_fields)]
pub struct ReplayPath {
    /// The open deal.
    pub deal: String,
    /// Which path.
    pub path: u32,
    /// The seed; that of the deal where none is given.
    pub seed: Option<String>,
}

/// What a deal comes to when its numbers are uncertain.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct RiskView {
    /// The revision it was computed on.
    pub revision: u32,
    /// How many paths were run.
    pub paths: u32,
    /// The seed.
    pub seed: String,
    /// `sobol` or `philox`.
    pub generator: String,
    /// Independent repetitions behind the standard errors.
    pub scrambles: u32,
    /// What computed it: version and kind of processor.
    pub kernel: String,
    /// `fast` or `slow`.
    pub way: String,
    /// Why paths went the slow way.
    pub slow_reasons: Vec<String>,
    /// How long it took.
    pub elapsed_ms: u32,
    /// Whether all paths asked for were run.
    pub finished: bool,
    /// Why nothing could be run.
    pub reason: Option<String>,
    /// The uncertain numbers.
    pub drivers: Vec<RiskDriverView>,
    /// Which move together.
    pub correlations: Vec<RiskCorrelationDto>,
    /// Whether the typed correlations contradict each other.
    pub repaired: bool,
    /// What each party may come to.
    pub parties: Vec<RiskPartyDto>,
    /// How likely each claim is paid.
    pub claims: Vec<RiskClaimDto>,
    /// Whose return is drawn.
    pub chosen: String,
    /// Its return.
    pub histogram: Option<RiskHistogramDto>,
    /// Its receipts.
    pub fan: Option<RiskFanDto>,
    /// How its probability settles.
    pub convergence: RiskConvergenceDto,
}

/// A figure of a simulation with what it may be off.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct RiskFigure {
    /// Its address.
    pub address: String,
    /// The value as a decimal; null where it is withheld.
    pub value: Option<String>,
    /// Its standard error.
    pub error: Option<String>,
    /// Why it is withheld.
    pub reason: Option<String>,
}

/// An amount of a simulation with what it may be off.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct RiskAmount {
    /// Its address.
    pub address: String,
    /// The amount; null where it is withheld.
    pub value: Option<MoneyDto>,
    /// Its standard error.
    pub error: Option<MoneyDto>,
}

/// An uncertain number.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct RiskDriverView {
    /// Its id.
    pub id: String,
    /// In words.
    pub label: String,
    /// What it is counted in: `factor`, a currency, `rate`, `quarters`.
    pub unit: String,
    /// The typed value it changes.
    pub typed: Option<String>,
    /// How a drawn value changes the typed one.
    pub effect: String,
    /// The kind of its distribution.
    pub kind: String,
    /// Its density, for a drawing.
    pub density: Vec<RiskPointDto>,
    /// Its 5th, 10th, 50th, 90th and 95th percentile.
    pub quantiles: Vec<RiskQuantileDto>,
    /// How paths follow it: `fast`, `regimes` or `slow`.
    pub way: String,
    /// Why it goes a slower way.
    pub reason: Option<String>,
}

/// A point of a curve that is drawn.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct RiskPointDto {
    /// Across.
    pub x: f64,
    /// Up.
    pub y: f64,
}

/// A value below which a share of all values lies.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct RiskQuantileDto {
    /// The share.
    pub p: f64,
    /// The value.
    pub value: String,
}

/// Two drivers that move together.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct RiskCorrelationDto {
    /// Its id.
    pub id: String,
    /// A driver.
    pub one: String,
    /// Another.
    pub other: String,
    /// As typed.
    pub rho: String,
    /// As used, where the typed ones contradict each other.
    pub used: String,
}

/// What a party may come to.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct RiskPartyDto {
    /// Its id.
    pub party: String,
    /// Its name.
    pub label: String,
    /// What it is in the financing.
    pub kind: String,
    /// The probability that it is paid all it is owed; withheld where it put nothing in.
    pub recouped: RiskFigure,
    /// Its return.
    pub irr: RiskReturnDto,
    /// Received over put in.
    pub multiple: RiskMultipleDto,
    /// Its net present value.
    pub npv: RiskValueDto,
    /// When its money is back.
    pub payback: RiskPaybackDto,
    /// The probability that nothing comes back.
    pub total_loss: RiskFigure,
    /// The share of paths without a return.
    pub undefined_paths: RiskFigure,
    /// The probability that less comes back than was put in.
    pub loss: RiskFigure,
}

/// How the return of a party is distributed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct RiskReturnDto {
    /// The 5th percentile.
    pub p5: RiskFigure,
    /// The 10th.
    pub p10: RiskFigure,
    /// The 25th.
    pub p25: RiskFigure,
    /// The median.
    pub p50: RiskFigure,
    /// The 75th.
    pub p75: RiskFigure,
    /// The 90th.
    pub p90: RiskFigure,
    /// The 95th.
    pub p95: RiskFigure,
    /// The mean.
    pub mean: RiskFigure,
    /// The standard deviation.
    pub deviation: RiskFigure,
}

/// How the multiple of a party is distributed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct RiskMultipleDto {
    /// The 10th percentile.
    pub p10: RiskFigure,
    /// The median.
    pub p50: RiskFigure,
    /// The 90th.
    pub p90: RiskFigure,
    /// The mean.
    pub mean: RiskFigure,
    /// The mean of the worst twentieth.
    pub shortfall: RiskFigure,
}

/// How the net present value of a party is distributed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct RiskValueDto {
    /// The 10th percentile.
    pub p10: RiskAmount,
    /// The median.
    pub p50: RiskAmount,
    /// The 90th.
    pub p90: RiskAmount,
    /// The mean.
    pub mean: RiskAmount,
    /// The mean of the worst twentieth.
    pub shortfall: RiskAmount,
}

/// When a party has its money back, in months.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct RiskPaybackDto {
    /// The 10th percentile.
    pub p10: RiskFigure,
    /// The median.
    pub p50: RiskFigure,
    /// The 90th.
    pub p90: RiskFigure,
    /// The share of paths in which it never has.
    pub never: RiskFigure,
}

/// How likely a claim of the plan is paid in full.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct RiskClaimDto {
    /// The tier.
    pub tier: String,
    /// Its name.
    pub label: String,
    /// Who is paid.
    pub party: String,
    /// The probability.
    pub recouped: RiskFigure,
}

/// How many paths have which return.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct RiskHistogramDto {
    /// The return that is counted.
    pub address: String,
    /// Whose.
    pub party: String,
    /// Where the first bar begins.
    pub from: f64,
    /// Where the last one ends.
    pub to: f64,
    /// Paths in each bar.
    pub counts: Vec<u32>,
    /// Paths below the first.
    pub below: u32,
    /// Paths above the last.
    pub above: u32,
    /// The normal distribution with the same mean and deviation.
    pub normal: Option<RiskNormalDto>,
    /// Some paths below the first bar, in each, and above the last.
    pub samples: Vec<Vec<RiskSampleDto>>,
}

/// A normal distribution, for a drawing.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct RiskNormalDto {
    /// Its mean.
    pub mean: f64,
    /// Its standard deviation.
    pub deviation: f64,
}

/// One of the paths behind a bar.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct RiskSampleDto {
    /// Its number.
    pub path: u32,
    /// Its return.
    pub value: String,
}

/// What a party has received by the end of each quarter.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct RiskFanDto {
    /// The party.
    pub party: String,
    /// The quarters, as `2029-Q1`.
    pub quarters: Vec<String>,
    /// Of each quarter.
    pub addresses: Vec<String>,
    /// The 5th percentile.
    pub p5: Vec<MoneyDto>,
    /// The 25th.
    pub p25: Vec<MoneyDto>,
    /// The median.
    pub p50: Vec<MoneyDto>,
    /// The 75th.
    pub p75: Vec<MoneyDto>,
    /// The 95th.
    pub p95: Vec<MoneyDto>,
    /// What it put in.
    pub invested: MoneyDto,
}

/// How a probability settles as paths are added.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct RiskConvergenceDto {
    /// The probability.
    pub address: String,
    /// In the order of paths.
    pub points: Vec<RiskConvergencePoint>,
}

/// What a probability was taken for after so many paths.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct RiskConvergencePoint {
    /// How many.
    pub paths: u32,
    /// The probability.
    pub value: String,
    /// The lower end of its 95 % band.
    pub low: String,
    /// The upper end.
    pub high: String,
}

/// Which uncertain number moves a result most.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct SensitivityView {
    /// The revision it was computed on.
    pub revision: u32,
    /// The result with every driver in its middle.
    pub base: RiskFigure,
    /// Each driver alone.
    pub bars: Vec<SensitivityBar>,
    /// Each over its values.
    pub spider: Vec<SpiderLine>,
    /// Shares of the variance.
    pub indices: Vec<SensitivityIndex>,
}

/// What a result comes to at the ends of one driver.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct SensitivityBar {
    /// The driver.
    pub driver: String,
    /// Its name.
    pub label: String,
    /// At its 10th percentile.
    pub low: RiskFigure,
    /// At its 90th.
    pub high: RiskFigure,
    /// The 10th percentile.
    pub low_input: String,
    /// The 90th.
    pub high_input: String,
    /// The cell it moves.
    pub path: String,
}

/// A result over the values of one driver.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct SpiderLine {
    /// The driver.
    pub driver: String,
    /// The result.
    pub address: String,
    /// From low to high.
    pub points: Vec<SpiderPoint>,
}

/// A point of a spider.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct SpiderPoint {
    /// The driver over its middle.
    pub share: String,
    /// The result.
    pub value: String,
}

/// What share of the variance a driver explains.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct SensitivityIndex {
    /// The driver.
    pub driver: String,
    /// Alone.
    pub first: RiskFigure,
    /// With all that it moves together with.
    pub total: RiskFigure,
}

/// A result over the values of two drivers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct TwoWayView {
    /// The revision it was computed on.
    pub revision: u32,
    /// The result with every driver in its middle.
    pub base: RiskFigure,
    /// Values of the one.
    pub rows: Vec<String>,
    /// Values of the other.
    pub columns: Vec<String>,
    /// Row by row.
    pub cells: Vec<Vec<RiskFigure>>,
}

/// One path as the exact computation runs it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct PathReplay {
    /// Its number.
    pub path: u32,
    /// What was drawn.
    pub drawn: Vec<DrawnValue>,
    /// Who came to what.
    pub parties: Vec<ReplayedParty>,
    /// The largest difference to the simulation.
    pub difference: RiskAmount,
}

/// What was drawn for a driver.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct DrawnValue {
    /// The driver.
    pub driver: String,
    /// Its name.
    pub label: String,
    /// The value.
    pub value: String,
}

/// What a party came to in a path.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct ReplayedParty {
    /// The party.
    pub party: String,
    /// Its name.
    pub label: String,
    /// What it received.
    pub received: RiskAmount,
    /// What it put in.
    pub invested: RiskAmount,
    /// Its return.
    pub irr: RiskFigure,
    /// Whether it was paid all it was owed.
    pub recouped: Option<bool>,
}

/// Asks what a cell has to hold for a figure to be what is wanted.
#[derive(Debug, Clone, Serialize, Deserialize, specta::Type)]
#[serde(deny_unknown_fields)]
pub struct SeekGoal {
    /// The open deal.
    pub deal: String,
    /// The cell; a number is typed in it.
    pub cell: String,
    /// The address of the figure; of a simulation with `risk.` before it, as `risk.returns.fund.irr.p10`.
    pub figure: String,
    /// What it shall be: an amount or a decimal.
    pub target: String,
    /// The least that is tried; nothing where none is given.
    pub low: Option<String>,
    /// The most; four times what is typed, or a whole, where none is given.
    pub high: Option<String>,
    /// How many paths; 10,000 where none are given.
    pub paths: Option<u32>,
    /// The seed; that of the deal where none is given.
    pub seed: Option<String>,
}

/// What a cell has to hold.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct GoalView {
    /// The revision it was sought on.
    pub revision: u32,
    /// All that meet the goal, from the least on; more than one where the figure turns round.
    pub answers: Vec<GoalAnswer>,
    /// Where the figure jumps over it.
    pub jumps: Vec<GoalJump>,
    /// The nearest of all that was tried.
    pub nearest: Option<GoalAnswer>,
    /// How many deals were computed.
    pub trials: u32,
}

/// A cell as it would be, and the figure then.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct GoalAnswer {
    /// The cell.
    pub cell: SolvedCellDto,
    /// The figure with it.
    pub figure: FigureDto,
}

/// Two neighbours between which a figure jumps.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct GoalJump {
    /// Before the jump.
    pub before: GoalAnswer,
    /// After it.
    pub after: GoalAnswer,
}
