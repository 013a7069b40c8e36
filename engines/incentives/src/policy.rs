//! A program's law as data: one dated version of one program, with its sources.
//!
//! The same type reads the embedded TOML files and JSON that a producer uploads.

use std::collections::BTreeMap;

use recoup_calendar::Date;
use recoup_money::Currency;
use rust_decimal::Decimal;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::parse::Formula;

/// How sure the facts are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Confidence {
    /// Hearsay or recollection: shown as *unverified*.
    Low,
    /// A secondary source, or a reading of an unclear text.
    Medium,
    /// The statute or the authority itself.
    High,
}

/// What kind of public money it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ProgramKind {
    /// Paid out where it exceeds the tax.
    RefundableTaxCredit,
    /// Paid out, but itself taxed.
    TaxableExpenditureCredit,
    /// Sold or carried forward.
    TransferableTaxCredit,
    /// Set off against the claimant's own tax.
    NonrefundableTaxCredit,
    /// Paid by an agency after the spend.
    CashRebate,
    /// A grant within a fund.
    Grant,
    /// A part of another program.
    Component,
    /// A deduction that investors use.
    TaxShelter,
}

/// Whether it rewards national content or work done for others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Stream {
    /// National content.
    Content,
    /// Services, whoever owns the work.
    Service,
    /// Either.
    Either,
}

/// What a value is measured in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// Major units of the program's currency.
    #[default]
    Money,
    /// A fraction.
    Rate,
    /// A plain number.
    Number,
    /// Yes or no.
    Flag,
    /// A word.
    Text,
    /// Amounts item by item.
    List,
}

/// A document in which a fact was read.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// Name used by constants and lines.
    pub id: String,
    /// Title of the document.
    pub title: String,
    /// Where it stands.
    pub address: String,
    /// Date of the document, as it gives it.
    #[serde(default)]
    pub date: Option<String>,
    /// Day on which it was read.
    pub seen: Date,
    /// Statute, authority, court, press, …
    pub kind: String,
}

/// What the form asks for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Input {
    /// The one name of this quantity in the form.
    pub name: String,
    /// In a producer's words.
    pub label: String,
    /// What it is measured in.
    #[serde(default)]
    pub unit: Unit,
    /// Other names under which it is given.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// Value where nothing is given.
    #[serde(default)]
    pub default: Option<InputDefault>,
    /// The words accepted, for a text.
    #[serde(default)]
    pub options: Vec<String>,
    /// Filled by other programs of the stack; see [`Interaction`].
    #[serde(default)]
    pub fed: bool,
    /// How it is read from a deal's budget.
    #[serde(default)]
    pub map: Option<BudgetMap>,
}

/// A default as TOML and JSON write it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum InputDefault {
    /// Yes or no.
    Flag(bool),
    /// A decimal in quotation marks, or a word.
    Text(String),
    /// Decimals in quotation marks.
    List(Vec<String>),
}

/// What is added up over the budget lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Measure {
    /// The whole cost.
    Cost,
    /// Labour of the company itself and its contractors.
    Labour,
    /// Labour without the work of contractors.
    InHouseLabour,
    /// Price of contracts.
    ContractPrice,
    /// Labour within contracts.
    ContractLabour,
    /// Cost that is not labour and not a contract.
    NonLabour,
    /// Minutes delivered.
    DeliveredMinutes,
    /// Cost there as a share of cost everywhere.
    CostShare,
    /// Number of episodes, for a series with episodes under 30 minutes.
    #[serde(rename = "episodes_under30")]
    EpisodesUnder30,
    /// Number of episodes, for a series with episodes of 30 minutes or more.
    #[serde(rename = "episodes_from30")]
    EpisodesFrom30,
    /// Budgeted cost of one episode.
    CostPerEpisode,
    /// Whether the project is an official co-production.
    TreatyCoproduction,
    /// Form of the work, as a word of the program's list.
    ProjectType,
}

/// Which part of the budget a measure looks at.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BudgetMap {
    /// What is added up.
    pub measure: Measure,
    /// Jurisdiction codes whose spend counts, with everything inside them; empty means everywhere.
    #[serde(default)]
    pub within: Vec<String>,
    /// Jurisdiction codes whose spend is left out.
    #[serde(default)]
    pub without: Vec<String>,
    /// Only labour of residents.
    #[serde(default)]
    pub resident: bool,
    /// Only labour of residents of an area of this name, where the budget states the area.
    #[serde(default)]
    pub resident_area: Option<String>,
    /// `Some(true)`: only animation and effects; `Some(false)`: everything else.
    #[serde(default)]
    pub animation: Option<bool>,
    /// Only core expenditure.
    #[serde(default)]
    pub core: bool,
    /// Accounts left out.
    #[serde(default)]
    pub without_accounts: Vec<String>,
    /// Functions left out, person by person.
    #[serde(default)]
    pub without_roles: Vec<String>,
    /// Only within this share of the co-production, by jurisdiction code.
    #[serde(default)]
    pub treaty_share: Option<String>,
    /// Words for project types, where `measure` is `project_type`: type → word.
    #[serde(default)]
    pub words: BTreeMap<String, String>,
}

impl BudgetMap {
    /// The measure over the whole budget.
    #[must_use]
    pub fn of(measure: Measure) -> Self {
        Self {
            measure,
            within: Vec::new(),
            without: Vec::new(),
            resident: false,
            resident_area: None,
            animation: None,
            core: false,
            without_accounts: Vec::new(),
            without_roles: Vec::new(),
            treaty_share: None,
            words: BTreeMap::new(),
        }
    }
}

/// A number of the law.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Constant {
    /// Name in the lines.
    pub id: String,
    /// The number.
    pub value: Decimal,
    /// What it is measured in.
    #[serde(default)]
    pub unit: Unit,
    /// In a producer's words.
    pub label: String,
    /// Where in the text it stands.
    pub clause: String,
    /// Id of the source.
    pub source: String,
    /// How sure it is.
    pub confidence: Confidence,
    /// Names under which a question may give another number.
    #[serde(default)]
    pub given_as: Vec<String>,
}

/// One line of the computation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Line {
    /// Name in other lines and in the trace.
    pub id: String,
    /// In a producer's words.
    pub label: String,
    /// What is computed.
    pub formula: Formula,
    /// What it is measured in.
    #[serde(default)]
    pub unit: Unit,
    /// Where in the law it stands.
    #[serde(default)]
    pub clause: Option<String>,
    /// Id of the source.
    #[serde(default)]
    pub source: Option<String>,
    /// Names under which a shorter question may enter this line directly.
    #[serde(default)]
    pub given_as: Vec<String>,
}

/// A result with the names under which it is asked for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Output {
    /// The line.
    pub line: String,
    /// Names besides the line's own.
    #[serde(default)]
    pub names: Vec<String>,
}

/// What follows from a failed condition.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Consequence {
    /// No credit at all.
    NoCredit,
    /// The credit is in doubt.
    Doubt,
    /// Worth knowing.
    Note,
}

/// A condition of the law: passed, failed or undecided.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Condition {
    /// Stable id.
    pub id: String,
    /// In a producer's words.
    pub label: String,
    /// The test.
    pub test: Formula,
    /// What follows when it fails.
    pub consequence: Consequence,
    /// Where in the law it stands.
    pub clause: String,
    /// Id of the source.
    pub source: String,
    /// What would cure it.
    #[serde(default)]
    pub remedy: Option<String>,
}

/// From which day a payment counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum CashStart {
    /// Start of production.
    StartOfProduction,
    /// End of production.
    EndOfProduction,
    /// Final delivery.
    Delivery,
}

/// One payment, or a row of equal ones.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CashPayment {
    /// In a producer's words.
    pub label: String,
    /// Line whose amount is paid, each time.
    pub line: String,
    /// Event the months count from.
    pub after: CashStart,
    /// Months from the event to the first payment.
    pub lag_months: u32,
    /// Number of payments.
    #[serde(default = "one")]
    pub times: u32,
    /// Months between them.
    #[serde(default)]
    pub every_months: u32,
    /// Where the timing comes from.
    pub ground: String,
    /// How sure it is.
    pub confidence: Confidence,
}

fn one() -> u32 {
    1
}

/// Whether the credit is taxed, and why.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TaxSwitch {
    /// Whether tax is charged unless the deal says otherwise.
    pub on: bool,
    /// The legal ground.
    pub ground: String,
    /// Rate where the switch is on.
    #[serde(default)]
    pub rate: Option<Decimal>,
    /// Whether the cash lines are already net of the tax.
    #[serde(default)]
    pub already_in_lines: bool,
}

/// How programs touch.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Relation {
    /// Not both for one production.
    Excludes,
    /// A line of this program is added to an input of the other (assistance that grinds it).
    ReducesBaseOf,
    /// A line of this program fills an input of the other where nothing is given.
    Supplies,
    /// This program exists only beside the other.
    Requires,
    /// Not barred by the texts read, but not usual: claimed together only where the deal says so.
    Unusual,
}

/// One edge of the interaction graph, from this program.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Interaction {
    /// How they touch.
    pub relation: Relation,
    /// The other programs. `requires` is met by any one of them.
    pub with: Vec<String>,
    /// Line of this program that is handed over.
    #[serde(default)]
    pub line: Option<String>,
    /// Input of the other program that receives it.
    #[serde(default)]
    pub input: Option<String>,
    /// Where in the law it stands.
    pub clause: String,
    /// Id of the source.
    pub source: String,
}

/// A shorter question to the same law: it shares the form's lines and replaces a few.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ShortForm {
    /// Stable id.
    pub id: String,
    /// What it answers.
    pub label: String,
    /// Inputs by which the question is recognised; all must be given.
    pub recognised_by: Vec<String>,
    /// Whether it answers for the whole stack it is asked in.
    #[serde(default)]
    pub joint: bool,
    /// Its own inputs, beside those of the form.
    #[serde(default)]
    pub inputs: Vec<Input>,
    /// Lines that replace those of the same id, or are added.
    pub lines: Vec<Line>,
    /// Its results.
    #[serde(default)]
    pub outputs: Vec<Output>,
}

/// A claim in several periods: the form is run once per period, and some values are carried on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Periods {
    /// Names of the periods in order, as prefixes of inputs and outputs.
    pub prefixes: Vec<String>,
    /// Input of the next period → formula over the lines and inputs of this one.
    pub carry: BTreeMap<String, Formula>,
    /// Output names that are also totalled, as `total_<name>`.
    #[serde(default)]
    pub totals: Vec<String>,
}

/// One dated version of one program.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Policy {
    /// Program id.
    pub id: String,
    /// Day from which this version applies.
    pub from: Date,
    /// Last day on which it applies.
    #[serde(default)]
    pub until: Option<Date>,
    /// What decides the version: the day of what.
    pub version_by: String,
    /// Name of the version, as the authority or practice names it.
    #[serde(default)]
    pub version_name: Option<String>,
    /// Full legal name.
    pub legal_name: String,
    /// Name used in lists.
    pub short_name: String,
    /// Country code.
    pub country: String,
    /// Jurisdiction code whose spend it looks at, such as `CA-QC`.
    pub jurisdiction: String,
    /// Currency of every amount in the form.
    pub currency: Currency,
    /// Who certifies and who pays.
    pub authority: Vec<String>,
    /// The statute.
    pub statute: Vec<String>,
    /// What kind of money.
    pub kind: ProgramKind,
    /// Content or services.
    pub stream: Stream,
    /// Whether animation is eligible.
    #[serde(default = "yes")]
    pub animation: bool,
    /// Overall confidence.
    pub confidence: Confidence,
    /// Day of the last review.
    pub reviewed: Date,
    /// Last day for which the law provides the program, where it ends.
    #[serde(default)]
    pub sunset: Option<Date>,
    /// Ids under which it was known before.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// What is open, assumed or left out.
    #[serde(default)]
    pub notes: Vec<String>,
    /// The line that is the credit.
    pub credit: String,
    /// The line that reaches the claimant in cash, where it differs.
    #[serde(default)]
    pub net: Option<String>,
    /// Word by which choices name this program.
    #[serde(default)]
    pub choice_word: Option<String>,
    /// Prefix by which questions name this alternative's figures, as in `<prefix>_total`.
    #[serde(default)]
    pub choice_prefix: Option<String>,
    /// Name under which a question asks for the credit of the alternative that is chosen.
    #[serde(default)]
    pub choice_credit: Option<String>,
    /// Fees of the program, as lines.
    #[serde(default)]
    pub fees: Vec<String>,
    /// What it asks for.
    pub inputs: Vec<Input>,
    /// The numbers of the law.
    #[serde(default)]
    pub constants: Vec<Constant>,
    /// The computation.
    pub lines: Vec<Line>,
    /// Names of the results.
    #[serde(default)]
    pub outputs: Vec<Output>,
    /// Conditions.
    #[serde(default)]
    pub conditions: Vec<Condition>,
    /// When the money comes.
    #[serde(default)]
    pub cash: Vec<CashPayment>,
    /// Tax.
    pub tax: TaxSwitch,
    /// How it touches other programs.
    #[serde(default)]
    pub interactions: Vec<Interaction>,
    /// Shorter questions.
    #[serde(default)]
    pub short_forms: Vec<ShortForm>,
    /// Claims over several periods.
    #[serde(default)]
    pub periods: Option<Periods>,
    /// Where everything was read.
    pub sources: Vec<Source>,
}

fn yes() -> bool {
    true
}

impl Policy {
    /// Whether the version applies on a day.
    #[must_use]
    pub fn applies_on(&self, day: Date) -> bool {
        self.from <= day && self.until.is_none_or(|until| day <= until)
    }

    /// The source of that id.
    #[must_use]
    pub fn source(&self, id: &str) -> Option<&Source> {
        self.sources.iter().find(|source| source.id == id)
    }

    /// The line that reaches the claimant in cash before outside costs: `net`, else `credit`.
    #[must_use]
    pub fn net_line(&self) -> &str {
        self.net.as_deref().unwrap_or(&self.credit)
    }
}
