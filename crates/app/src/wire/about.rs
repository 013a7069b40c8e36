//! The product's own description.

use serde::{Deserialize, Serialize};

/// Asks what product this is.
#[derive(Debug, Clone, Serialize, Deserialize, specta::Type)]
#[serde(deny_unknown_fields)]
pub struct DescribeProduct {}

/// What product this is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct Product {
    /// The product's name.
    pub name: String,
    /// Its version.
    pub version: String,
    /// How it was built: `debug` or `release`.
    pub build: String,
    /// The operating system and processor it runs on.
    pub platform: String,
    /// The licence it is given under, as an SPDX expression.
    pub licence: String,
}
