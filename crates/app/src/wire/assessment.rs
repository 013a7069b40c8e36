//! A deal's incentives program by program: how each credit comes about, when it is paid, why it counts or not.

use serde::{Deserialize, Serialize};

use super::{ClaimInputDto, ClaimWaysDto, FigureDto, PointsTestDto, ProgramSource};

/// Asks for the incentives of an open deal.
#[derive(Debug, Clone, Serialize, Deserialize, specta::Type)]
#[serde(deny_unknown_fields)]
pub struct ViewIncentives {
    /// The open deal.
    pub deal: String,
    /// The language of names and labels, such as `fr`; English where none is given.
    pub language: Option<String>,
}

/// The incentives of an open deal.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct IncentivesView {
    /// The revision they were computed from.
    pub revision: u32,
    /// The deal's currency.
    pub currency: String,
    /// Credits that count.
    pub credits: FigureDto,
    /// What is left of them after fees and tax.
    pub net: FigureDto,
    /// Credits that count as a share of all budget lines.
    pub budget_rate: FigureDto,
    /// Every program that was considered: those that count in the order in which they are computed, then
    /// the others as the deal lists them.
    pub programs: Vec<AssessedProgram>,
}

/// One program, claimed or considered.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct AssessedProgram {
    /// Id of the claim in the deal.
    pub claim: String,
    /// Program id.
    pub program: String,
    /// Name used in lists.
    pub name: String,
    /// Full legal name.
    pub legal_name: String,
    /// Jurisdiction code, such as `CA-QC`.
    pub jurisdiction: String,
    /// First day of the version; none where the library does not have it.
    pub version: Option<String>,
    /// The day that chose the version.
    pub version_on: String,
    /// The statute.
    pub statute: Vec<String>,
    /// `claimed`, `compared`, `rejected`, `excluded` or `unavailable`.
    pub standing: String,
    /// Why it does not count, or what refuses or endangers it.
    pub reasons: Vec<StandingReason>,
    /// `high`, `medium` or `low`; low is shown as unverified.
    pub confidence: Option<String>,
    /// `library`, `own` (the deal's own program, unverified whatever its file says) or `held` (a program of the
    /// library in a text that the deal carries and the library does not have).
    pub origin: String,
    /// Currency of the form.
    pub currency: String,
    /// Lines of the form in order.
    pub lines: Vec<AssessedLineDto>,
    /// The credit as parts, each a rate on a base.
    pub parts: Vec<CreditPartDto>,
    /// What is taken out of the sum of the parts.
    pub on_credit: Vec<BaseStepDto>,
    /// What other programs handed to this one.
    pub handed: Vec<HandedDto>,
    /// The conditions of the law.
    pub conditions: Vec<ConditionDto>,
    /// Conditions that are passed by points, criterion by criterion.
    pub points: Vec<PointsTestDto>,
    /// Answers that only the producer can give.
    pub questions: Vec<QuestionDto>,
    /// What the form was given, in its order.
    pub inputs: Vec<ClaimInputDto>,
    /// The credit in the program's currency.
    pub credit: Option<FigureDto>,
    /// What it is worth, in the deal's currency.
    pub worth: Option<CreditWorth>,
    /// When it is paid.
    pub cash: Vec<CashEventDto>,
    /// How it becomes cash.
    pub monetisation: MonetisationDto,
    /// The ways in which it may become cash; none where it does not count.
    pub ways: Option<ClaimWaysDto>,
    /// Where everything was read.
    pub sources: Vec<ProgramSource>,
}

/// A credit in the deal's currency, and beside what is spent for it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct CreditWorth {
    /// The credit passed on to the production.
    pub gross: FigureDto,
    /// What is received, before fees and tax.
    pub received: FigureDto,
    /// Fees of program and claim.
    pub fees: FigureDto,
    /// Tax on what is received.
    pub tax: FigureDto,
    /// What is left.
    pub net: FigureDto,
    /// What the budget spends in the jurisdiction.
    pub spend: FigureDto,
    /// The credit as a share of that spend.
    pub spend_rate: FigureDto,
    /// The credit as a share of all budget lines.
    pub budget_rate: FigureDto,
    /// For a program that does not count: net of the whole stack with it in place of what it excludes.
    pub stack_net: Option<FigureDto>,
}

/// Why a program does not count, or what stands against it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct StandingReason {
    /// `excluded_by` another program, `condition_failed`, `condition_open`, `less_worth`, `unavailable`.
    pub kind: String,
    /// The condition, or the reason as the library gives it.
    pub message: Option<String>,
    /// Where in the law it stands.
    pub clause: Option<String>,
    /// The other program's name.
    pub program: Option<String>,
    /// What would cure it.
    pub remedy: Option<String>,
}

/// One line of a form with its figure.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct AssessedLineDto {
    /// Its name in the form.
    pub id: String,
    /// In a producer's words.
    pub label: String,
    /// `base`, `reduction`, `cap`, `rate`, `credit`, `fee`, `test` or `other`.
    pub kind: String,
    /// What is computed, as the form writes it.
    pub formula: String,
    /// Where in the law it stands.
    pub clause: Option<String>,
    /// Address of the source.
    pub source: Option<String>,
    /// The figure; none for a word.
    pub figure: Option<FigureDto>,
}

/// One part of a credit: what is counted, what is taken out, what the rate pays on the rest.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct CreditPartDto {
    /// The line that holds it.
    pub id: String,
    /// In a producer's words.
    pub label: String,
    /// Where in the law it stands.
    pub clause: Option<String>,
    /// Address of the source.
    pub source: Option<String>,
    /// What is counted, in a producer's words; amounts of nothing are left out.
    pub counted: Vec<String>,
    /// What is counted before anything is taken out; none where the form shows no base.
    pub before: Option<FigureDto>,
    /// What is taken out, in order.
    pub steps: Vec<BaseStepDto>,
    /// What the rate meets.
    pub base: Option<FigureDto>,
    /// The rate; none where several apply by size.
    pub rate: Option<FigureDto>,
    /// What it pays.
    pub credit: FigureDto,
}

/// One step down from what is counted.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct BaseStepDto {
    /// The line, input or number of the law it rests on.
    pub id: String,
    /// `reduction`, `cap`, `share` or `rest`.
    pub kind: String,
    /// In a producer's words.
    pub label: String,
    /// Where in the law it stands.
    pub clause: Option<String>,
    /// Address of the source.
    pub source: Option<String>,
    /// Names of the programs whose results it rests on.
    pub programs: Vec<String>,
    /// What it takes out.
    pub taken_out: FigureDto,
    /// What is left after it.
    pub left: FigureDto,
}

/// An amount one program hands to another.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct HandedDto {
    /// The program that gives.
    pub program: String,
    /// Its name.
    pub name: String,
    /// `reduces_base_of` or `supplies`.
    pub relation: String,
    /// The input that receives it.
    pub input: String,
    /// Where in the law it stands.
    pub clause: String,
    /// The amount.
    pub figure: FigureDto,
}

/// A condition of the law.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct ConditionDto {
    /// Its id.
    pub id: String,
    /// In a producer's words.
    pub label: String,
    /// `pass`, `fail` or `unknown`.
    pub verdict: String,
    /// `no_credit`, `doubt` or `note`.
    pub consequence: String,
    /// Where in the law it stands.
    pub clause: String,
    /// What would cure it.
    pub remedy: Option<String>,
}

/// Something only the producer can answer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct QuestionDto {
    /// The input of the form.
    pub name: String,
    /// In a producer's words.
    pub label: String,
    /// The cell that holds the answer.
    pub path: String,
    /// The answer the form sees: `true`, `false` or a word; none where it is open.
    pub answer: Option<String>,
    /// Whether the producer gave it, and may take it back.
    pub typed: bool,
    /// The words to choose from; none for yes and no.
    pub options: Vec<String>,
    /// Whether a condition that refuses the credit rests on it.
    pub decides: bool,
}

/// Asks what other answers to a program's yes-or-no questions would lead to.
#[derive(Debug, Clone, Serialize, Deserialize, specta::Type)]
#[serde(deny_unknown_fields)]
pub struct WeighAnswers {
    /// The open deal.
    pub deal: String,
    /// The claim whose program asks.
    pub claim: String,
}

/// What other answers would lead to.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct WeighedAnswers {
    /// The revision they were weighed against.
    pub revision: u32,
    /// One for every answer that is not the present one.
    pub answers: Vec<WeighedAnswer>,
}

/// What another answer would lead to.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct WeighedAnswer {
    /// The input of the form.
    pub question: String,
    /// The answer: `true` or `false`.
    pub answer: String,
    /// What the deal's incentives would leave net; its address asks for the figure in that case.
    pub net: FigureDto,
    /// `less`, `same` or `more` than now; `none` where either cannot be computed.
    pub effect: String,
}

/// Asks what the next money on each budget line would earn, and what the line would earn elsewhere.
#[derive(Debug, Clone, Serialize, Deserialize, specta::Type)]
#[serde(deny_unknown_fields)]
pub struct WeighLines {
    /// The open deal.
    pub deal: String,
}

/// What the next money would earn, line by line.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct WeighedLines {
    /// The revision they were weighed against.
    pub revision: u32,
    /// Major units of the line's currency that are spent more.
    pub step: u32,
    /// In the deal's order; without lines whose incentives cannot be computed.
    pub lines: Vec<WeighedLine>,
}

/// What the next money on one budget line would earn, after everything that other programs take from it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct WeighedLine {
    /// The budget line.
    pub line: String,
    /// How much the incentives would leave more, in the deal's currency.
    pub gain: FigureDto,
    /// The same as a share of what is spent more.
    pub rate: FigureDto,
    /// The whole line in each of the deal's other places, the best first.
    pub moves: Vec<WeighedMove>,
}

/// A budget line spent somewhere else.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct WeighedMove {
    /// Where.
    pub jurisdiction: String,
    /// How much the incentives would leave more than now; negative where it is less.
    pub gain: FigureDto,
}

/// A payment of public money.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct CashEventDto {
    /// In a producer's words.
    pub label: String,
    /// The day; none where the schedule does not tell.
    pub date: Option<String>,
    /// The amount, net of its part of fees and tax, in the deal's currency.
    pub figure: FigureDto,
}

/// How a credit becomes cash.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct MonetisationDto {
    /// `direct`, `loan`, `transfer` or `offset`.
    pub how: String,
    /// The loan, by the id of the instrument.
    pub instrument: Option<String>,
}
