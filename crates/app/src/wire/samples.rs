//! The sample deals.

use serde::{Deserialize, Serialize};

/// Asks for the sample deals.
#[derive(Debug, Clone, Serialize, Deserialize, specta::Type)]
#[serde(deny_unknown_fields)]
pub struct ListSamples {}

/// The sample deals.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct Samples {
    /// In the order in which they are offered.
    pub samples: Vec<Sample>,
}

/// One sample deal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct Sample {
    /// What it is asked for by.
    pub sample: String,
    /// Its title.
    pub name: String,
    /// The currency it is modelled in.
    pub currency: String,
}

/// Opens a sample deal.
#[derive(Debug, Clone, Serialize, Deserialize, specta::Type)]
#[serde(deny_unknown_fields)]
pub struct OpenSampleDeal {
    /// Which one.
    pub sample: String,
}
