//! The revenue plan: who has which rights where, what each case comes to, release plans, usual terms.

use serde::{Deserialize, Serialize};

use super::{FigureDto, FindingDto, MoneyDto};

/// Asks for the revenue plan of an open deal.
#[derive(Debug, Clone, Serialize, Deserialize, specta::Type)]
#[serde(deny_unknown_fields)]
pub struct ViewRevenue {
    /// The open deal.
    pub deal: String,
}

/// The revenue plan of an open deal.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct RevenueView {
    /// The revision it was computed from.
    pub revision: u32,
    /// The case that is computed: `low`, `base` or `high`.
    pub case: String,
    /// The windows that anything is said of, the earlier ones first.
    pub windows: Vec<String>,
    /// Territories as the deal groups them, with what is said of each window.
    pub rows: Vec<RevenueRowDto>,
    /// What the whole comes to in each case, from the lowest.
    pub cases: Vec<RevenueCaseDto>,
    /// The quarters in which anything is earned, in order.
    pub quarters: Vec<RevenueQuarterDto>,
    /// What distributors and sales agents usually keep.
    pub terms: Vec<RevenueTermDto>,
    /// The usual release plans.
    pub templates: Vec<ReleaseTemplateDto>,
}

/// Territories that are sold or estimated together.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct RevenueRowDto {
    /// Their codes.
    pub territories: Vec<String>,
    /// One for each window of the view.
    pub cells: Vec<RevenueCellDto>,
}

/// One window of some territories.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct RevenueCellDto {
    /// The window.
    pub window: String,
    /// `none`, `open`, `presold` (a guarantee is recouped before overages), `sold` (for its price alone), `covered` (sold
    /// with all rights) or `conflict`.
    pub state: String,
    /// Ids of its sources.
    pub sources: Vec<String>,
    /// Id of the instrument that bought the window there.
    pub licence: Option<String>,
    /// Id of the distribution contract that has the window there.
    pub contract: Option<String>,
    /// Codes of what is found about it.
    pub findings: Vec<String>,
}

/// What the whole comes to in one case.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct RevenueCaseDto {
    /// `low`, `base` or `high`.
    pub case: String,
    /// Before anything is kept on the way.
    pub gross: FigureDto,
    /// What reaches the collection account.
    pub to_account: FigureDto,
}

/// One quarter.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct RevenueQuarterDto {
    /// As addresses name it, such as `2029-Q3`.
    pub quarter: String,
    /// Gross of each window that earns in it, in the computed case.
    pub windows: Vec<WindowGrossDto>,
    /// Gross of all windows in each case that earns anything in it, from the lowest.
    pub cases: Vec<CaseGrossDto>,
}

/// A window's gross.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct WindowGrossDto {
    /// The window.
    pub window: String,
    /// Its gross.
    pub gross: FigureDto,
}

/// A case's gross.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct CaseGrossDto {
    /// The case.
    pub case: String,
    /// Its gross.
    pub gross: FigureDto,
}

/// What is usually kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct RevenueTermDto {
    /// Which term, such as `distribution_fee` or `window_fee.svod`.
    pub term: String,
    /// The least, a fraction.
    pub low: String,
    /// The usual.
    pub usual: String,
    /// The most.
    pub high: String,
    /// `high`, `medium` or `low`.
    pub confidence: String,
    /// Where it was read.
    pub source: String,
}

/// A usual release plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct ReleaseTemplateDto {
    /// Its word in a deal.
    pub template: String,
    /// Its windows in order.
    pub windows: Vec<TemplateWindowDto>,
}

/// One window of a usual release plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct TemplateWindowDto {
    /// The window.
    pub window: String,
    /// Its part of the whole, a fraction.
    pub share: String,
    /// Months from the release until it opens.
    pub opens: u32,
    /// Months it lasts.
    pub months: u32,
    /// How its money falls, as a deal writes it.
    pub profile: String,
}

/// A release plan that is to be laid over some territories.
#[derive(Debug, Clone, Serialize, Deserialize, specta::Type)]
#[serde(deny_unknown_fields)]
pub struct ReleaseRequest {
    /// `wide_theatrical`, `platform`, `streaming_first` or `day_and_date`.
    pub template: String,
    /// Codes of the territories.
    pub territories: Vec<String>,
    /// Everything the work earns there in the base case.
    pub base: MoneyDto,
    /// In the low case, where it is known.
    #[serde(default)]
    pub low: Option<MoneyDto>,
    /// In the high case, where it is known.
    #[serde(default)]
    pub high: Option<MoneyDto>,
    /// Id of the distribution contract that collects new sources.
    #[serde(default)]
    pub distribution: Option<String>,
    /// Whether amounts typed for single windows stay.
    pub keeps_typed: bool,
    /// What the whole is called.
    #[serde(default)]
    pub label: Option<String>,
    /// What new sources are called.
    #[serde(default)]
    pub labels: Vec<WindowLabelDto>,
}

/// What a new source of a window is called.
#[derive(Debug, Clone, Serialize, Deserialize, specta::Type)]
#[serde(deny_unknown_fields)]
pub struct WindowLabelDto {
    /// The window.
    pub window: String,
    /// Its name.
    pub label: String,
}

/// Asks what a release plan would lead to.
#[derive(Debug, Clone, Serialize, Deserialize, specta::Type)]
#[serde(deny_unknown_fields)]
pub struct PreviewRelease {
    /// The open deal.
    pub deal: String,
    /// The plan.
    pub release: ReleaseRequest,
    /// Language of the findings: `en` or `fr`; `en` where none is given.
    #[serde(default)]
    pub language: Option<String>,
}

/// What a release plan would lead to; nothing is changed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct ReleasePreview {
    /// The revision it was laid over.
    pub revision: u32,
    /// Its windows in order.
    pub parts: Vec<ReleasePartDto>,
    /// Gross of the whole deal as it stands.
    pub gross_before: FigureDto,
    /// Gross of the whole deal with the plan.
    pub gross_after: FigureDto,
    /// What would be found that is not found now.
    pub raised: Vec<FindingDto>,
}

/// One window of a previewed plan.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct ReleasePartDto {
    /// The window.
    pub window: String,
    /// Id of its source.
    pub source: String,
    /// Whether the source is new.
    pub is_new: bool,
    /// Its share of the whole, a fraction.
    pub share: String,
    /// Months from the release until it opens, by the template.
    pub opens: u32,
    /// Months it lasts, by the template.
    pub months: u32,
    /// How its money falls, by the template.
    pub profile: String,
    /// What it is estimated at; none where it is sold and its price stands in the stack.
    pub estimate: Option<FigureDto>,
}

/// Lays a release plan over a deal: one revision, one step back.
#[derive(Debug, Clone, Serialize, Deserialize, specta::Type)]
#[serde(deny_unknown_fields)]
pub struct ApplyRelease {
    /// The open deal.
    pub deal: String,
    /// The revision the plan was previewed on.
    pub revision: u32,
    /// The plan.
    pub release: ReleaseRequest,
}

/// Adds a distributor's contract with the usual terms, each marked as assumed with its source.
#[derive(Debug, Clone, Serialize, Deserialize, specta::Type)]
#[serde(deny_unknown_fields)]
pub struct AddDistribution {
    /// The open deal.
    pub deal: String,
    /// The revision it is added to.
    pub revision: u32,
    /// What it is called.
    pub label: String,
    /// Codes of its territories.
    pub territories: Vec<String>,
    /// Party id of the distributor, where it is known.
    #[serde(default)]
    pub distributor: Option<String>,
    /// Id of the presale whose guarantee it recoups.
    #[serde(default)]
    pub guarantee: Option<String>,
}
