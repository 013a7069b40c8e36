//! A finding in its deal: what a way looks at.

use recoup_calendar::Date;
use recoup_capital::Capital;
use recoup_deal::{Cure, Deal, Edit, Finding, FindingValue, Instrument, get};
use recoup_incentives::Catalog;
use recoup_money::Money;
use rust_decimal::Decimal;
use serde_json::{Value, json};

use crate::outcome::Outcome;

/// A finding in its deal.
#[derive(Clone, Copy)]
pub(super) struct Case<'a> {
    pub deal: &'a Deal,
    pub catalog: &'a Catalog,
    pub outcome: &'a Outcome,
    pub finding: &'a Finding,
}

/// What a way proposes.
pub(super) type Proposed = Vec<Cure>;

impl<'a> Case<'a> {
    pub(super) fn path(&self) -> &'a str {
        &self.finding.path
    }

    /// The id of the element of a list that the finding is about.
    pub(super) fn element(&self, list: &str) -> Option<&'a str> {
        let rest = self.path().strip_prefix(list)?.strip_prefix('[')?;
        rest.split_once(']').map(|(id, _)| id)
    }

    pub(super) fn instrument(&self) -> Option<&'a Instrument> {
        let id = self.element("instruments")?;
        self.deal.instruments.iter().find(|one| one.id == id)
    }

    pub(super) fn money(&self, name: &str) -> Option<Money> {
        match self.finding.values.get(name)? {
            FindingValue::Money(amount) => Some(*amount),
            _ => None,
        }
    }

    pub(super) fn rate(&self, name: &str) -> Option<Decimal> {
        match self.finding.values.get(name)? {
            FindingValue::Rate(rate) => Some(*rate),
            _ => None,
        }
    }

    pub(super) fn date(&self, name: &str) -> Option<Date> {
        match self.finding.values.get(name)? {
            FindingValue::Date(day) => Some(*day),
            _ => None,
        }
    }

    /// What stands in a cell.
    pub(super) fn cell(&self, path: &str) -> Option<Value> {
        get(self.deal, path)
    }

    /// A typed fraction.
    pub(super) fn number(&self, path: &str) -> Option<Decimal> {
        self.cell(path)?.as_str()?.parse().ok()
    }

    /// A typed amount.
    pub(super) fn amount(&self, path: &str) -> Option<Money> {
        self.cell(path)?.as_str()?.parse().ok()
    }

    pub(super) fn capital(&self) -> Option<&'a Capital> {
        self.outcome.capital.as_ref()
    }

    /// What an instrument gives.
    pub(super) fn principal(&self, id: &str) -> Option<Money> {
        self.outcome.book.money(&format!("capital.{id}.principal"))
    }

    /// The same finding in another outcome; none where it is gone.
    pub(super) fn again<'b>(&self, after: &'b Outcome) -> Option<&'b Finding> {
        after.findings.iter().find(|one| one.code == self.finding.code && one.path == self.finding.path)
    }

    /// An id that no element of a list of ids has yet.
    pub(super) fn fresh(&self, wished: &str, taken: &[&str]) -> String {
        let numbered = (2..).map(|number| format!("{wished}-{number}"));
        let mut names = std::iter::once(wished.to_owned()).chain(numbered);
        names.find(|name| !taken.contains(&name.as_str())).unwrap_or_else(|| wished.to_owned())
    }

    /// A cell takes a value that nobody in the deal has typed, with the place it is taken from.
    pub(super) fn assumed(&self, path: &str, value: Value, source: &str) -> Vec<Edit> {
        let taken: Vec<&str> = self.deal.assumptions.iter().map(|one| one.id.as_str()).collect();
        let known = self.deal.assumptions.iter().find(|one| one.path == path);
        let mut edits = vec![Edit::set(path, value.clone())];
        if let Some(known) = known {
            edits.push(Edit::remove(format!("assumptions[{}]", known.id)));
        }
        let id = self.fresh("market", &taken);
        let seen = json!(self.deal.as_of);
        edits.push(Edit::insert(
            "assumptions",
            json!({"id": id, "path": path, "value": value, "source": source, "confidence": "low", "seen": seen}),
        ));
        edits
    }
}

/// A fraction as it is written in a deal.
pub(super) fn written(number: Decimal) -> Value {
    json!(number.normalize().to_string())
}

/// An amount as it is written in a deal.
pub(super) fn typed(amount: Money) -> Value {
    json!(amount.to_string())
}
