//! What is being made: the profile of the film or series.

use rust_decimal::Decimal;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::convention::Convention;

/// Form of the work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ProjectType {
    /// A film for cinemas or a feature-length original.
    Feature,
    /// A short film.
    Short,
    /// A television or streaming series.
    Series,
    /// A series with a closed number of episodes.
    LimitedSeries,
    /// A single television programme.
    Special,
}

/// How the pictures are made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Technique {
    /// Computer-generated, three dimensions.
    Cgi,
    /// Drawn, two dimensions.
    HandDrawn,
    /// Puppets, clay, objects.
    StopMotion,
    /// Game engine, rendered in real time.
    RealTime,
    /// Live action with animation, or several techniques.
    Hybrid,
}

/// Whom it is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Audience {
    /// Two to five years.
    Preschool,
    /// Six to eleven years.
    Kids,
    /// Children with their parents.
    Family,
    /// Twelve to twenty-five years.
    Teen,
    /// Adults.
    Adult,
}

/// Where the story comes from and who owns it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Rights {
    /// True for an original story, false for an adaptation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub original: Option<bool>,
    /// The underlying work, for an adaptation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub underlying_work: Option<String>,
    /// Party id of the copyright owner of the film.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub owner: Option<String>,
    /// Share of the copyright the production company holds, 0 to 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub owned_share: Option<Decimal>,
    /// True when the option on the underlying work is exercised.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub option_exercised: Option<bool>,
}

/// One country's part of an official co-production.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TreatyShare {
    /// Stable id.
    pub id: String,
    /// Country or region code, such as `CA` or `FR`.
    pub jurisdiction: String,
    /// Party id of the co-producer there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub co_producer: Option<String>,
    /// Share of the cost that the contract gives this side, 0 to 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub share: Option<Decimal>,
}

/// An official co-production under a treaty or the European convention.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Treaty {
    /// Name of the treaty or convention.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Whose minimum and maximum shares hold; absent means as the name and the countries tell.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub convention: Option<Convention>,
    /// Least share of one side, 0 to 1, where the treaty is none of those known here.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub least_share: Option<Decimal>,
    /// True once the competent authorities recognise the co-production.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub recognised: Option<bool>,
    /// Each side's part; together they make one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub shares: Vec<TreatyShare>,
}

/// A person or role already attached.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Attachment {
    /// Stable id.
    pub id: String,
    /// Which function, such as `director`.
    pub role: String,
    /// Name, where it may be shown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Nationality or residence that counts in a points test, as a country code.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub residence: Option<String>,
    /// True when a contract is signed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub signed: Option<bool>,
}

/// The profile of the work.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ProjectProfile {
    /// Title of the work.
    pub title: String,
    /// Form of the work.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub project_type: Option<ProjectType>,
    /// How the pictures are made.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub technique: Option<Technique>,
    /// Whom it is for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub audience: Option<Audience>,
    /// Genre in the producer's words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub genre: Option<String>,
    /// Length of the film, or of one episode, in minutes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub runtime_minutes: Option<u32>,
    /// Number of episodes of a series.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub episodes: Option<u32>,
    /// One sentence.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub logline: Option<String>,
    /// A paragraph or two.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub synopsis: Option<String>,
    /// Languages of the original version, as ISO 639 codes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub languages: Vec<String>,
    /// Party id of the company that produces.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub company: Option<String>,
    /// Country codes in which the work is made.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub countries: Vec<String>,
    /// Where the story comes from and who owns it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rights: Option<Rights>,
    /// Official co-production, if it is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub treaty: Option<Treaty>,
    /// People already attached.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub attachments: Vec<Attachment>,
    /// Works the producer compares with.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub comparables: Vec<String>,
}
