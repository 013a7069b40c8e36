//! The deal itself: everything that is known about how one film is financed, in one document.

use recoup_calendar::Date;
use recoup_money::Currency;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::actuals::Actuals;
use crate::assumption::Assumption;
use crate::budget::Budget;
use crate::fx::FxQuote;
use crate::incentive::IncentiveClaim;
use crate::instrument::Instrument;
use crate::market::Market;
use crate::party::Party;
use crate::preference::Preferences;
use crate::program::DealProgram;
use crate::project::ProjectProfile;
use crate::recoupment::RecoupmentPlan;
use crate::revenue::RevenuePlan;
use crate::risk::RiskPlan;
use crate::schedule::Schedule;

/// The schema this build writes and reads natively.
pub const SCHEMA: &str = "recoup-deal/1";

/// The schema tag at the head of every deal file. Only the current one can exist in a typed deal;
/// older files are upgraded before they are typed, newer ones are refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
pub enum SchemaVersion {
    /// The first published form.
    #[default]
    #[serde(rename = "recoup-deal/1")]
    V1,
}

/// One film financing. A value a producer may not know yet is absent, never zero.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Deal {
    /// Which form of the document this is.
    pub schema: SchemaVersion,
    /// Stable id of the deal, lower case with hyphens.
    pub id: String,
    /// Name shown in lists; usually the title of the film.
    pub name: String,
    /// Currency in which the deal is modelled and reported.
    pub currency: Currency,
    /// The day on which the document is true. It is the clock of every rule that compares with "today".
    pub as_of: Date,
    /// What is being made.
    pub project: ProjectProfile,
    /// When it is made and delivered.
    #[serde(default)]
    pub schedule: Schedule,
    /// Exchange rates, each dated.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fx: Vec<FxQuote>,
    /// What it costs.
    #[serde(default)]
    pub budget: Budget,
    /// Everybody who pays, is paid or makes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parties: Vec<Party>,
    /// Public incentives that are claimed or considered.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub incentives: Vec<IncentiveClaim>,
    /// Programs that the deal brings along, so that it computes alike wherever it is opened.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub programs: Vec<DealProgram>,
    /// The capital stack.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub instruments: Vec<Instrument>,
    /// What the film may earn and through whom.
    #[serde(default)]
    pub revenue: RevenuePlan,
    /// What came in so far.
    #[serde(default, skip_serializing_if = "Actuals::is_empty")]
    pub actuals: Actuals,
    /// Who is repaid, in which order.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub recoupment: Option<RecoupmentPlan>,
    /// Which of the numbers are uncertain, and how.
    #[serde(default)]
    pub risk: RiskPlan,
    /// Rates of the money market that the deal refers to.
    #[serde(default)]
    pub market: Market,
    /// Wishes of the producer that steer comparisons, never results.
    #[serde(default)]
    pub preferences: Preferences,
    /// Every value that was not given by the producer, with the place it was taken from.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub assumptions: Vec<Assumption>,
    /// Free text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub notes: Option<String>,
}
