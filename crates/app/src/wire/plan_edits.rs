//! Changes to the order of recoupment.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::FindingDto;

/// Asks what a change to the order would lead to.
#[derive(Debug, Clone, Serialize, Deserialize, specta::Type)]
#[serde(deny_unknown_fields)]
pub struct PreviewPlan {
    /// The open deal.
    pub deal: String,
    /// The change, such as `{"kind": "move", "tier": "gap", "to": {"at": "after", "tier": "mezzanine"}}`.
    #[specta(type = specta_typescript::Unknown)]
    pub operation: Value,
    /// The language of the findings, such as `fr`; English where none is given.
    pub language: Option<String>,
}

/// An order that nobody has made yet.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct PlanPreview {
    /// The revision it was tried on.
    pub revision: u32,
    /// The plan, as the cell `recoupment` would hold it.
    #[specta(type = specta_typescript::Unknown)]
    pub plan: Value,
    /// The tier that was moved, added or made.
    pub tier: Option<String>,
    /// Whether rates of a new group were scaled so that they make up the whole.
    pub scaled: bool,
    /// Reserves that would be given back to another tier than before.
    pub released_elsewhere: Vec<String>,
    /// What there would be to say about the plan.
    pub findings: Vec<FindingDto>,
}

/// Makes a change to the order.
#[derive(Debug, Clone, Serialize, Deserialize, specta::Type)]
#[serde(deny_unknown_fields)]
pub struct ReshapePlan {
    /// The open deal.
    pub deal: String,
    /// The revision the change was made on.
    pub revision: u32,
    /// The change, as `preview_plan` takes it.
    #[specta(type = specta_typescript::Unknown)]
    pub operation: Value,
}

/// Asks for the templates of an order of recoupment.
#[derive(Debug, Clone, Serialize, Deserialize, specta::Type)]
#[serde(deny_unknown_fields)]
pub struct ListPlanTemplates {
    /// The open deal.
    pub deal: String,
    /// The language of their words, such as `fr`; English where none is given.
    pub language: Option<String>,
}

/// Templates of an order of recoupment.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct PlanTemplates {
    /// The revision the suggestions are made for.
    pub revision: u32,
    /// Whole orders first.
    pub templates: Vec<PlanTemplateDto>,
}

/// A usual order, or a piece of one.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct PlanTemplateDto {
    /// Its id.
    pub template: String,
    /// `order` or `piece`.
    pub kind: String,
    /// What people call it.
    pub name: String,
    /// What it does.
    pub note: String,
    /// What it asks for.
    pub parameters: Vec<PlanParameterDto>,
}

/// Something a template asks for, with what the deal suggests.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct PlanParameterDto {
    /// Its id.
    pub parameter: String,
    /// `party`, `rate`, `amount`, `instrument`, `instruments` or `source`.
    pub kind: String,
    /// How it is asked for.
    pub name: String,
    /// Roles of parties that it usually is, or kinds of instruments.
    pub of: Vec<String>,
    /// Whether tiers that need it are left out where there is none.
    pub optional: bool,
    /// What is filled in; none where somebody has to choose.
    pub value: Option<String>,
    /// The ids to choose from, likeliest first; for `instruments` those it stands for.
    pub choices: Vec<String>,
    /// Whether several fit alike.
    pub ambiguous: bool,
    /// The least that is usual.
    pub low: Option<String>,
    /// What is usual.
    pub usual: Option<String>,
    /// The most that is usual.
    pub high: Option<String>,
    /// `high`, `medium` or `low`; a low one is an estimate and has no source.
    pub confidence: Option<String>,
    /// Where the usual value was read.
    pub source: Option<String>,
}

/// Puts a template into the order.
#[derive(Debug, Clone, Serialize, Deserialize, specta::Type)]
#[serde(deny_unknown_fields)]
pub struct InsertPlanTemplate {
    /// The open deal.
    pub deal: String,
    /// The revision it is put into.
    pub revision: u32,
    /// The template.
    pub template: String,
    /// What fills its holes, by parameter.
    pub values: BTreeMap<String, String>,
    /// Where its first tier goes, as in `preview_plan`; null where it takes the place of the whole order.
    #[specta(type = specta_typescript::Unknown)]
    pub to: Value,
    /// The language of its names, such as `fr`; English where none is given.
    pub language: Option<String>,
}

/// Where another film is: exactly one of these.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(deny_unknown_fields)]
pub struct FilmSource {
    /// A project of the library.
    pub project: Option<String>,
    /// A deal that is open.
    pub deal: Option<String>,
    /// The text of a deal file.
    pub text: Option<String>,
}

/// Asks for the order of another film.
#[derive(Debug, Clone, Serialize, Deserialize, specta::Type)]
#[serde(deny_unknown_fields)]
pub struct ReadFilmPlan {
    /// The open deal that would take it over.
    pub deal: String,
    /// The other film.
    pub from: FilmSource,
    /// The tiers that would be taken; none means all.
    pub tiers: Vec<String>,
    /// The language of the words, such as `fr`; English where none is given.
    pub language: Option<String>,
}

/// The order of another film.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct FilmPlan {
    /// The revision the suggestions are made for.
    pub revision: u32,
    /// The film.
    pub name: String,
    /// Its currency.
    pub currency: String,
    /// Its plan, as the cell `recoupment` holds it.
    #[specta(type = specta_typescript::Unknown)]
    pub plan: Value,
    /// Its tiers in order.
    pub tiers: Vec<FilmTier>,
    /// The names of its parties and instruments, by id.
    pub names: BTreeMap<String, String>,
    /// What has to be said before it can be this film's.
    pub parameters: Vec<PlanParameterDto>,
}

/// A tier of another film.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct FilmTier {
    /// Its id there.
    pub tier: String,
    /// What people call it.
    pub label: Option<String>,
    /// The names of its members.
    pub members: Vec<String>,
}

/// Takes over the order of another film, or some of its tiers.
#[derive(Debug, Clone, Serialize, Deserialize, specta::Type)]
#[serde(deny_unknown_fields)]
pub struct CopyPlan {
    /// The open deal that takes it over.
    pub deal: String,
    /// The revision it is put into.
    pub revision: u32,
    /// The other film.
    pub from: FilmSource,
    /// The tiers that are taken; none means all.
    pub tiers: Vec<String>,
    /// Who and what of this film stands in for those of the other, by parameter.
    pub values: BTreeMap<String, String>,
    /// Where its first tier goes, as in `preview_plan`; null where it takes the place of the whole order.
    #[specta(type = specta_typescript::Unknown)]
    pub to: Value,
}
