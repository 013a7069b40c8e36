//! Projects: the films a person keeps, and the bin.

use serde::{Deserialize, Serialize};

use super::MoneyDto;

/// Asks for a page of the projects.
#[derive(Debug, Clone, Serialize, Deserialize, specta::Type)]
#[serde(deny_unknown_fields)]
pub struct ListProjects {
    /// Words that occur in name, description, title, genre or logline; empty for all.
    pub search: String,
    /// Only this status.
    pub status: Option<String>,
    /// Only this currency.
    pub currency: Option<String>,
    /// Only this form of work, such as `series`.
    pub project_type: Option<String>,
    /// Only this technique, such as `stop_motion`.
    pub technique: Option<String>,
    /// Only budgets of so many whole units of their currency, or more.
    pub budget_from: Option<u32>,
    /// Only budgets of fewer whole units of their currency.
    pub budget_below: Option<u32>,
    /// Only what is spent or claimed in this jurisdiction, such as `CA-BC`, or in a region of it.
    pub jurisdiction: Option<String>,
    /// The bin instead of the list.
    pub bin: bool,
    /// The column that orders it.
    pub sort: ProjectOrder,
    /// The other way round.
    pub descending: bool,
    /// The page, from 1.
    pub page: u32,
}

/// What orders the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum ProjectOrder {
    /// Last change.
    Updated,
    /// Name, whatever its case.
    Name,
    /// The day it was made.
    Created,
    /// Budget, as a number.
    Budget,
}

/// A page of the projects.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct ProjectList {
    /// The projects of this page.
    pub projects: Vec<ProjectEntry>,
    /// How many there are on all pages.
    pub total: u32,
    /// This page, from 1.
    pub page: u32,
    /// How many a full page holds.
    pub page_size: u32,
    /// How many there are in the list without any filter, the bin apart.
    pub kept: u32,
    /// How many there are in the bin.
    pub binned: u32,
    /// How many days the bin keeps what is put into it.
    pub bin_days: u32,
    /// Currencies in use outside the bin.
    pub currencies: Vec<String>,
    /// Places of spend in use outside the bin.
    pub jurisdictions: Vec<String>,
}

/// One project in the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct ProjectEntry {
    /// What it is asked for by.
    pub project: String,
    /// Name in the list.
    pub name: String,
    /// Free text.
    pub description: String,
    /// Title of the film.
    pub title: String,
    /// Where the film stands; empty when the deal does not say.
    pub status: String,
    /// Currency of the deal.
    pub currency: String,
    /// Stated total of the budget, else the sum of its lines.
    pub budget: Option<MoneyDto>,
    /// Counts its changes.
    pub version: u32,
    /// When it was made, RFC 3339.
    pub created_at: String,
    /// When it was last changed.
    pub updated_at: String,
    /// When it was put into the bin.
    pub binned_at: Option<String>,
    /// Form of the work.
    pub project_type: Option<String>,
    /// How the pictures are made.
    pub technique: Option<String>,
    /// Where its budget is spent, as codes.
    pub jurisdictions: Vec<String>,
    /// The step at which its setting up was left.
    pub step: Option<u32>,
}

/// Starts a project with a deal that holds no more than its name.
#[derive(Debug, Clone, Serialize, Deserialize, specta::Type)]
#[serde(deny_unknown_fields)]
pub struct StartProject {
    /// Name in the list and title of the film.
    pub name: String,
    /// Currency of the deal, as an ISO 4217 code.
    pub currency: String,
}

/// Keeps a deal that so far lives in memory only.
#[derive(Debug, Clone, Serialize, Deserialize, specta::Type)]
#[serde(deny_unknown_fields)]
pub struct KeepDeal {
    /// The open deal.
    pub deal: String,
    /// Name in the list; the deal's own where none is given.
    pub name: Option<String>,
}

/// Opens a project.
#[derive(Debug, Clone, Serialize, Deserialize, specta::Type)]
#[serde(deny_unknown_fields)]
pub struct OpenProject {
    /// Which one.
    pub project: String,
}

/// Gives a project another name and description.
#[derive(Debug, Clone, Serialize, Deserialize, specta::Type)]
#[serde(deny_unknown_fields)]
pub struct RenameProject {
    /// Which one.
    pub project: String,
    /// The version the change was made on.
    pub version: u32,
    /// Name in the list.
    pub name: String,
    /// Free text.
    pub description: String,
}

/// Remembers how far the setting up of a project got.
#[derive(Debug, Clone, Serialize, Deserialize, specta::Type)]
#[serde(deny_unknown_fields)]
pub struct MarkStep {
    /// Which one.
    pub project: String,
    /// The step, from 1; none when the setting up is done.
    pub step: Option<u32>,
}

/// Makes a project of its own from the present deal of another.
#[derive(Debug, Clone, Serialize, Deserialize, specta::Type)]
#[serde(deny_unknown_fields)]
pub struct CopyProject {
    /// Which one.
    pub project: String,
}

/// Writes the present deal of a project as a deal file where the person finds it.
#[derive(Debug, Clone, Serialize, Deserialize, specta::Type)]
#[serde(deny_unknown_fields)]
pub struct ExportProject {
    /// Which one.
    pub project: String,
}

/// Puts a project into the bin.
#[derive(Debug, Clone, Serialize, Deserialize, specta::Type)]
#[serde(deny_unknown_fields)]
pub struct BinProject {
    /// Which one.
    pub project: String,
}

/// Takes a project out of the bin.
#[derive(Debug, Clone, Serialize, Deserialize, specta::Type)]
#[serde(deny_unknown_fields)]
pub struct RestoreProject {
    /// Which one.
    pub project: String,
}

/// Deletes a project in the bin for good.
#[derive(Debug, Clone, Serialize, Deserialize, specta::Type)]
#[serde(deny_unknown_fields)]
pub struct PurgeProject {
    /// Which one.
    pub project: String,
}
