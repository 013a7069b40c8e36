//! What money usually costs: dated market terms, with their ranges and where they were read.

use recoup_calendar::Date;
use rust_decimal::Decimal;
use serde::Deserialize;
use thiserror::Error;

/// How the two files are wrong.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("the market terms cannot be read: {0}")]
pub struct Unreadable(String);

/// What one kind of money usually costs.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MarketTerm {
    /// Kind of instrument, as files name it.
    pub instrument: String,
    /// `rate` a year, `fee` once, `advance` of the collateral, `size` of the budget.
    pub measure: String,
    /// The lowest usual value, as a fraction.
    pub low: Decimal,
    /// The usual value.
    pub usual: Decimal,
    /// The highest usual value.
    pub high: Decimal,
    /// `high` where an authority or a survey was read, `medium` a practitioner, `low` an estimate.
    pub confidence: String,
    /// Where it was read; empty for an estimate.
    pub source: String,
}

impl MarketTerm {
    /// `gap_loan.rate`.
    pub fn name(&self) -> String {
        format!("{}.{}", self.instrument, self.measure)
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    reviewed: String,
    term: Vec<MarketTerm>,
}

impl File {
    fn read(text: &str) -> Result<Self, Unreadable> {
        toml::from_str(text).map_err(|reason| Unreadable(reason.to_string()))
    }
}

/// The market's terms, with what a person takes for usual instead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MarketTerms {
    /// The day on which they were looked at last.
    pub reviewed: Date,
    terms: Vec<MarketTerm>,
    /// Those that a person may set.
    settable: usize,
}

impl MarketTerms {
    /// The terms that come with the product.
    ///
    /// # Errors
    /// Where they cannot be read.
    pub fn embedded() -> Result<Self, Unreadable> {
        let (market, custom) =
            (File::read(include_str!("market.toml"))?, File::read(include_str!("custom.toml"))?);
        let reviewed = market.reviewed.min(custom.reviewed);
        let reviewed = reviewed.parse().map_err(|_| Unreadable(format!("{reviewed} is no day")))?;
        let settable = market.term.len();
        let terms = market.term.into_iter().chain(custom.term).collect();
        Ok(Self { reviewed, terms, settable })
    }

    /// The terms that a person may have an own value of: rates and fees of instruments.
    pub fn settable(&self) -> &[MarketTerm] {
        &self.terms[..self.settable]
    }

    /// The same terms, with another value for usual. An unknown name changes nothing.
    #[must_use]
    pub fn with_usual(mut self, name: &str, usual: Decimal) -> Self {
        if let Some(term) = self.terms.iter_mut().find(|term| term.name() == name) {
            term.usual = usual;
        }
        self
    }

    /// The term of a kind of instrument.
    pub fn term(&self, instrument: &str, measure: &str) -> Option<&MarketTerm> {
        self.terms.iter().find(|term| term.instrument == instrument && term.measure == measure)
    }

    /// What is usual.
    pub fn usual(&self, instrument: &str, measure: &str) -> Option<Decimal> {
        self.term(instrument, measure).map(|term| term.usual)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test that cannot go on stops")]

    use super::*;

    #[test]
    fn terms_are_ordered_and_say_where_they_were_read() {
        let terms = MarketTerms::embedded().unwrap();
        for term in &terms.terms {
            assert!(term.low <= term.usual && term.usual <= term.high, "{}", term.name());
            assert!(["high", "medium", "low"].contains(&term.confidence.as_str()), "{}", term.name());
            assert_eq!(term.source.is_empty(), term.confidence == "low", "{}", term.name());
            assert_eq!(terms.terms.iter().filter(|one| one.name() == term.name()).count(), 1);
        }
    }

    #[test]
    fn an_own_value_stands_for_the_markets() {
        let own = Decimal::new(9, 2);
        let terms = MarketTerms::embedded().unwrap().with_usual("gap_loan.rate", own);
        assert_eq!(terms.usual("gap_loan", "rate"), Some(own));
        assert_eq!(terms.usual("senior_loan", "rate"), Some(Decimal::new(85, 3)));
    }
}
