//! When the work is made, delivered and released. Month 0 is the month of `start`.

use recoup_calendar::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::budget::SpendCurve;

/// How far the project has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ProjectStatus {
    /// An idea.
    Concept,
    /// The script is being written.
    Development,
    /// Script, director and budget are together.
    Packaged,
    /// The decision to make it is taken.
    Greenlit,
    /// It is being made.
    InProduction,
    /// Pictures are finished, sound and picture are completed.
    PostProduction,
    /// Delivered.
    Completed,
}

/// A stretch of the making.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Phase {
    /// Story, rights and script.
    Development,
    /// Design, storyboard, voice recording, modelling.
    PreProduction,
    /// Animation, lighting, compositing.
    Production,
    /// Music, sound, mix, picture post.
    PostProduction,
    /// Making and sending the delivery materials.
    Delivery,
}

/// One phase on the calendar.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PhaseSpan {
    /// Stable id.
    pub id: String,
    /// Which phase.
    pub phase: Phase,
    /// Length in months.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub months: Option<u32>,
    /// First month, counted from `start`; absent means directly after the phase listed before it
    /// (month 0 for the first).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub start_month: Option<i32>,
    /// How the lines of this phase fall within it where they do not say; absent means evenly.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub curve: Option<SpendCurve>,
}

/// One delivery of finished material.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Delivery {
    /// Stable id.
    pub id: String,
    /// What is delivered, in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// The day, where one is agreed; it goes before `month`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<Date>,
    /// Months after `start`, where only the rhythm is agreed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub month: Option<u32>,
    /// Episodes in this delivery; payments "pro rata on deliveries" follow it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub episodes: Option<u32>,
}

/// The first release, from which revenue windows count.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Release {
    /// First day of exploitation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<Date>,
    /// How it is released.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub template: Option<ReleaseTemplate>,
}

/// The usual ways to bring a film out; each stands for default windows and profiles.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ReleaseTemplate {
    /// Many screens at once.
    WideTheatrical,
    /// Few screens first, then more.
    Platform,
    /// A streaming service first.
    StreamingFirst,
    /// Cinemas and homes on one day.
    DayAndDate,
}

/// When the work is made, delivered and released.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Schedule {
    /// How far the project has come.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<ProjectStatus>,
    /// Day of the decision to make it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub greenlight: Option<Date>,
    /// Day on which the financing is signed and money may be drawn; absent means `start`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub financial_close: Option<Date>,
    /// First day of pre-production: month 0 of the deal's time axis.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub start: Option<Date>,
    /// The phases in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub phases: Vec<PhaseSpan>,
    /// Deliveries in order of time; the last is the final delivery.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub deliveries: Vec<Delivery>,
    /// First release.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub release: Option<Release>,
}
