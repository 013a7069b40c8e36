//! Wishes for a capital stack: five usual shapes, and a person's own.
//!
//! A wish says per cent of the budget by kind of money, and what is asked for the money. It promises nothing: what the
//! deal's collateral, estimates and credits carry is decided in [`candidate`](crate::candidate).

use std::collections::BTreeMap;

use recoup_deal::{AllocationKind, DealError};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use thiserror::Error;

/// How the file of templates is wrong.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("the templates cannot be read: {0}")]
pub struct Unreadable(String);

/// Where a scenario comes from.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(tag = "origin", content = "template", rename_all = "snake_case")]
pub enum Origin {
    /// One of the usual shapes, by its id.
    Template(String),
    /// A person's own shares.
    Custom,
    /// Found by search.
    Optimised,
}

/// What is asked for money, beyond interest and fees. Fractions of one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Price {
    /// Share of the work that investors get for the wished equity.
    pub ownership: Decimal,
    /// Flat premium on their money.
    pub premium: Decimal,
    /// What a buyer takes off the take price of a territory for paying before there is a film.
    pub discount: Decimal,
    /// Share of net profits of a mezzanine lender.
    pub profit_share: Decimal,
}

/// What somebody wishes the stack to be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wish {
    /// Where it comes from.
    pub origin: Origin,
    /// What people call it.
    pub name: String,
    /// Per cent of the budget by kind; they add up to 100.
    pub shares: BTreeMap<AllocationKind, Decimal>,
    /// What is asked for the money.
    pub price: Price,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    source: String,
    reviewed: String,
    template: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    id: String,
    name: String,
    ownership: Decimal,
    premium: Decimal,
    discount: Decimal,
    profit_share: Decimal,
    shares: BTreeMap<AllocationKind, Decimal>,
}

/// The usual shapes, with where and when they were read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Templates {
    /// Where the shares come from.
    pub source: String,
    /// The day on which they were looked at last.
    pub reviewed: String,
    /// The shapes, in the order in which they are shown.
    pub wishes: Vec<Wish>,
}

impl Templates {
    /// The templates that come with the product.
    ///
    /// # Errors
    /// Where they cannot be read.
    pub fn embedded() -> Result<Self, Unreadable> {
        let file: File = toml::from_str(include_str!("templates.toml"))
            .map_err(|reason| Unreadable(reason.to_string()))?;
        let wish = |entry: Entry| Wish {
            origin: Origin::Template(entry.id),
            name: entry.name,
            shares: entry.shares,
            price: Price {
                ownership: entry.ownership,
                premium: entry.premium,
                discount: entry.discount,
                profit_share: entry.profit_share,
            },
        };
        let wishes = file.template.into_iter().map(wish).collect();
        Ok(Self { source: file.source, reviewed: file.reviewed, wishes })
    }

    /// The shape with an id.
    pub fn named(&self, id: &str) -> Option<&Wish> {
        self.wishes.iter().find(|wish| matches!(&wish.origin, Origin::Template(own) if own == id))
    }

    /// A person's own shares, at the price of the balanced shape where nothing else is said.
    ///
    /// # Errors
    /// `INVALID_ALLOCATION` with the sum where the shares do not add up to 100 within one, or with the share that is
    /// below nothing; `path` leads to the parts in the request.
    pub fn custom(
        &self,
        name: &str,
        parts: &[(AllocationKind, Decimal)],
        path: &str,
    ) -> Result<Wish, DealError> {
        let mut shares = BTreeMap::new();
        for (place, (kind, percent)) in parts.iter().enumerate() {
            if *percent < Decimal::ZERO || *percent > Decimal::from(101) {
                let message = "A share of the budget lies between 0 and 100 %.";
                let at = format!("{path}[{place}].percent");
                return Err(refused(message.to_owned(), at, *percent, (0, 100)));
            }
            *shares.entry(*kind).or_insert(Decimal::ZERO) += *percent;
        }
        let sum: Decimal = shares.values().sum();
        if (sum - Decimal::ONE_HUNDRED).abs() > Decimal::ONE {
            let message =
                format!("The parts of this allocation add up to {sum} %, not to 100 % (within one).");
            return Err(refused(message, path.to_owned(), sum, (99, 101)));
        }
        let price = self.named("balanced").or(self.wishes.first()).map(|wish| wish.price.clone());
        let usual = Price {
            ownership: Decimal::new(4, 1),
            premium: Decimal::new(2, 1),
            discount: Decimal::new(15, 2),
            profit_share: Decimal::new(5, 2),
        };
        Ok(Wish { origin: Origin::Custom, name: name.to_owned(), shares, price: price.unwrap_or(usual) })
    }
}

impl Wish {
    /// Per cent of the budget that is wished of a kind.
    pub fn percent(&self, kind: AllocationKind) -> Decimal {
        self.shares.get(&kind).copied().unwrap_or_default()
    }
}

fn refused(message: String, path: String, given: Decimal, (min, max): (i32, i32)) -> DealError {
    DealError {
        code: "INVALID_ALLOCATION".to_owned(),
        message,
        path: Some(path),
        given: Some(given.to_string()),
        min: Some(min.to_string()),
        max: Some(max.to_string()),
        allowed: Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test that cannot go on stops")]

    use super::*;

    #[test]
    fn every_template_adds_up_to_a_hundred_and_speaks_of_money_there_is() {
        let templates = Templates::embedded().unwrap();
        assert_eq!(templates.wishes.len(), 5);
        for wish in &templates.wishes {
            assert_eq!(wish.shares.values().sum::<Decimal>(), Decimal::ONE_HUNDRED, "{}", wish.name);
            assert!(wish.shares.values().all(|share| *share > Decimal::ZERO));
            assert!((Decimal::ZERO..=Decimal::ONE).contains(&wish.price.ownership));
        }
    }

    #[test]
    fn shares_of_ones_own_add_up_within_one() {
        let templates = Templates::embedded().unwrap();
        let of = |equity: &str, debt: &str| {
            let parts = [
                (AllocationKind::Equity, equity.parse().unwrap()),
                (AllocationKind::SeniorDebt, debt.parse().unwrap()),
            ];
            templates.custom("Own", &parts, "allocation.parts")
        };
        assert!(of("40", "60").is_ok() && of("40", "61").is_ok() && of("39", "60").is_ok());
        let refused = of("40", "61.01").unwrap_err();
        assert_eq!((refused.code.as_str(), refused.given.as_deref()), ("INVALID_ALLOCATION", Some("101.01")));
        assert_eq!((refused.min.as_deref(), refused.max.as_deref()), (Some("99"), Some("101")));
        let below = of("-1", "101").unwrap_err();
        assert_eq!(below.path.as_deref(), Some("allocation.parts[0].percent"));
    }
}
