//! What a person has chosen: how the program looks and reads, when it locks itself, the exchange rates and
//! the market terms their deals begin with.

use serde::{Deserialize, Serialize};

/// Asks for the choices of this person.
#[derive(Debug, Clone, Serialize, Deserialize, specta::Type)]
#[serde(deny_unknown_fields)]
pub struct ViewSettings {}

/// The choices of this person. What was never chosen is none.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct SettingsView {
    /// They are kept in the person's database; otherwise they last as long as the program runs.
    pub kept: bool,
    /// `system`, `light`, `dark` or `contrast`.
    pub theme: Option<String>,
    /// `normal`, `large` or `largest`.
    pub text_size: Option<String>,
    /// `en` or `fr`.
    pub language: Option<String>,
    /// How numbers and dates are written, such as `fr-CA`.
    pub number_locale: Option<String>,
    /// The languages there are.
    pub languages: Vec<String>,
    /// The ways of writing numbers there are.
    pub number_locales: Vec<String>,
    /// Minutes without a key or a click after which the database is closed; 0 for never.
    pub auto_lock_minutes: u32,
    /// The lengths of time there are to choose from.
    pub auto_lock_choices: Vec<u32>,
    /// The exchange rates this person works with, by pair and newest first.
    pub rates: Vec<ExchangeRate>,
    /// What instruments usually cost.
    pub terms: Vec<MarketTerm>,
}

/// An exchange rate of a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(deny_unknown_fields)]
pub struct ExchangeRate {
    /// The currency of which one unit is priced, as an ISO 4217 code.
    pub base: String,
    /// The currency in which it is priced.
    pub quote: String,
    /// Units of `quote` for one unit of `base`, as decimal text.
    pub rate: String,
    /// The day of the rate.
    pub date: String,
    /// Where it was read.
    pub source: String,
}

/// What an instrument usually costs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct MarketTerm {
    /// Its name, such as `gap_loan.rate`.
    pub term: String,
    /// The kind of instrument.
    pub instrument: String,
    /// `rate`, a year, or `fee`, once, of the amount lent.
    pub measure: String,
    /// Low end of the market, as a fraction in decimal text.
    pub low: String,
    /// What this person takes for usual: their own value, else that of the market.
    pub usual: String,
    /// The market's usual value.
    pub market: String,
    /// High end of the market.
    pub high: String,
    /// How well the market's values are supported: `high`, `medium` or `low`.
    pub confidence: String,
    /// Where they were read; empty where they are the makers' own estimate.
    pub source: String,
    /// The day they were last looked at.
    pub reviewed: String,
}

/// Changes the choices that are given and leaves the others.
#[derive(Debug, Clone, Default, Serialize, Deserialize, specta::Type)]
#[serde(deny_unknown_fields)]
pub struct ChangeSettings {
    /// `system`, `light`, `dark` or `contrast`.
    pub theme: Option<String>,
    /// `normal`, `large` or `largest`.
    pub text_size: Option<String>,
    /// `en` or `fr`.
    pub language: Option<String>,
    /// One of the ways of writing numbers.
    pub number_locale: Option<String>,
    /// One of the lengths of time.
    pub auto_lock_minutes: Option<u32>,
    /// The whole list of exchange rates from now on.
    pub rates: Option<Vec<ExchangeRate>>,
    /// All values that differ from the market's from now on.
    pub terms: Option<Vec<OwnTerm>>,
}

/// What a person takes for usual instead of the market's value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(deny_unknown_fields)]
pub struct OwnTerm {
    /// The term, such as `gap_loan.rate`.
    pub term: String,
    /// The value, as a fraction in decimal text.
    pub usual: String,
}
