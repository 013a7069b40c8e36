//! How the receipts of a source are addressed.
//!
//! `revenue.<source>.<word>` is what counts. Where statements have come in for the source that is not the estimate
//! alone, which is then told as `revenue.<source>.<word>.forecast`; totals over all sources go by the same rule.

use recoup_calendar::Quarter;
use recoup_deal::Deal;

/// Addresses of one source, or of all together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Naming {
    head: String,
    tail: &'static str,
}

impl Naming {
    /// Addresses of the estimate of a source.
    pub fn of_source(deal: &Deal, source: &str) -> Self {
        let tail = if deal.actuals.covers(source) { ".forecast" } else { "" };
        Self { head: format!("revenue.{source}."), tail }
    }

    /// Addresses of all estimates together.
    pub fn of_all(deal: &Deal) -> Self {
        let tail = if deal.actuals.is_counted() { ".forecast" } else { "" };
        Self { head: "revenue.".to_owned(), tail }
    }

    /// The same addresses for what counts.
    #[must_use]
    pub fn counted(mut self) -> Self {
        self.tail = "";
        self
    }

    /// Over the whole life.
    pub fn total(&self, word: &str) -> String {
        format!("{}{word}{}", self.head, self.tail)
    }

    /// In one quarter.
    pub fn in_quarter(&self, word: &str, quarter: Quarter) -> String {
        format!("{}{word}{}[{quarter}]", self.head, self.tail)
    }
}
