//! A program's law as data: one dated version of one program, with its sources.
//!
//! The same type reads the embedded TOML files and JSON that a producer uploads.

mod cash;
mod input;
mod kind;
mod known;
mod line;
mod points;
mod stacking;
mod ways;

use recoup_calendar::Date;
use recoup_money::Currency;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use cash::{CashPayment, CashStart, Periods, TaxSwitch};
pub use input::{BudgetMap, Input, InputDefault, Measure};
pub use kind::{Confidence, ProgramKind, Source, Stream, Unit};
pub use known::KnownFact;
pub use line::{Condition, Consequence, Constant, Line, Output};
pub use points::{
    PointsChoice, PointsCriterion, PointsNeed, PointsSection, PointsTest, PointsTotal, TotalSettles,
};
pub use stacking::{AidLimit, Counting, Interaction, Relation};
pub use ways::{Closed, Rest, UsualPrice, Way, WayKind};

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
    /// Whether it can be computed: its base and its rate are known. Where they are not, `missing` says what
    /// is, and `known` holds everything else.
    #[serde(default = "yes", skip_serializing_if = "is_yes")]
    pub computable: bool,
    /// The fact without which it cannot be computed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub missing: Option<String>,
    /// What is known beside, or instead of, a form.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub known: Vec<KnownFact>,
    /// The line that is the credit; empty where nothing can be computed.
    #[serde(default)]
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
    #[serde(default)]
    pub inputs: Vec<Input>,
    /// The numbers of the law.
    #[serde(default)]
    pub constants: Vec<Constant>,
    /// The computation.
    #[serde(default)]
    pub lines: Vec<Line>,
    /// Names of the results.
    #[serde(default)]
    pub outputs: Vec<Output>,
    /// Conditions.
    #[serde(default)]
    pub conditions: Vec<Condition>,
    /// Conditions that are passed by points, criterion by criterion.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub points_tests: Vec<PointsTest>,
    /// When the money comes.
    #[serde(default)]
    pub cash: Vec<CashPayment>,
    /// The ways in which it may become cash, where the law says more than the kind of money does.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ways: Vec<Way>,
    /// Tax.
    #[serde(default)]
    pub tax: TaxSwitch,
    /// How it touches other programs.
    #[serde(default)]
    pub interactions: Vec<Interaction>,
    /// What its amounts count where several companies claim: the production, unless the law speaks of each
    /// taxpayer.
    #[serde(default, skip_serializing_if = "Counting::is_production")]
    pub per: Counting,
    /// The limit of all public aid, where the law states one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub aid_limit: Option<AidLimit>,
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

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes the field by reference")]
fn is_yes(flag: &bool) -> bool {
    *flag
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
