//! What every scenario of a deal starts from.

use std::borrow::Cow;
use std::collections::BTreeMap;

use recoup_calendar::Date;
use recoup_deal::{Deal, Election, Timeline};
use recoup_explain::Book;
use recoup_incentives::{Catalog, Standing, assess};
use recoup_model::{Outcome, run};
use recoup_money::Money;

use super::{NoScenario, Wish};
use crate::price::MarketTerms;
use crate::template::Origin;

/// A credit that counts.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Credit {
    pub claim: String,
    /// What a lender sees.
    pub credit: Money,
    /// What is paid by delivery.
    pub by_delivery: Money,
    pub last: Option<Date>,
}

/// A deal, computed, with everything that its scenarios are priced and measured with.
#[derive(Debug, Clone)]
pub struct Base<'a> {
    pub(super) deal: Cow<'a, Deal>,
    pub(super) catalog: &'a Catalog,
    pub(super) terms: &'a MarketTerms,
    pub(super) timeline: Timeline,
    pub(super) budget: Money,
    /// `incentives.net`.
    pub(super) incentives: Money,
    pub(super) credits: Vec<Credit>,
    /// What each instrument of the deal gives, in its currency.
    pub(super) principals: BTreeMap<String, Money>,
}

impl<'a> Base<'a> {
    /// Computes a deal.
    ///
    /// # Errors
    /// [`NoScenario::Missing`] where its budget, its incentives or the start of its schedule is not known.
    pub fn new(deal: &'a Deal, catalog: &'a Catalog, terms: &'a MarketTerms) -> Result<Self, NoScenario> {
        Self::of_outcome(deal, &run(deal, catalog), catalog, terms)
    }

    /// The same of a deal that is computed already.
    ///
    /// # Errors
    /// As [`Base::new`].
    pub fn of_outcome(
        deal: &'a Deal,
        outcome: &Outcome,
        catalog: &'a Catalog,
        terms: &'a MarketTerms,
    ) -> Result<Self, NoScenario> {
        let book = &outcome.book;
        if outcome.capital.is_none() {
            return Err(missing("schedule.start", "the schedule has no start"));
        }
        let budget = known(book, "budget.total")?;
        if !budget.is_positive() {
            return Err(missing("budget.lines", "there is nothing to finance"));
        }
        let principals = deal
            .instruments
            .iter()
            .filter_map(|one| Some((one.id.clone(), book.money(&format!("capital.{}.principal", one.id))?)))
            .collect();
        Ok(Self {
            deal: Cow::Borrowed(deal),
            catalog,
            terms,
            timeline: outcome.timeline.clone(),
            budget,
            incentives: known(book, "incentives.net")?,
            credits: credits(&outcome.incentives, &outcome.timeline, budget, book),
            principals,
        })
    }

    /// The deal that scenarios branch from.
    pub fn deal(&self) -> &Deal {
        &self.deal
    }

    /// The library of law it is computed with.
    pub fn catalog(&self) -> &'a Catalog {
        self.catalog
    }

    /// The whole budget.
    pub fn budget(&self) -> Money {
        self.budget
    }

    /// What the incentives leave, net: the figure of the incentive engine.
    pub fn incentives(&self) -> Money {
        self.incentives
    }

    /// The same, or, for the shape that makes most of incentives, with the best legal combination of what the deal
    /// claims and compares, where that is more.
    ///
    /// A compared claim with figures of its own, or on a program that is claimed already, is another way to account for
    /// the same spend; together they would count it twice.
    pub(super) fn for_wish(&self, wish: &Wish) -> Self {
        if wish.origin != Origin::Template("incentive_maximised".to_owned()) {
            return self.clone();
        }
        let mut deal = self.deal.clone().into_owned();
        let compared = |election: Option<Election>| election == Some(Election::Compare);
        let claimed: Vec<String> = deal
            .incentives
            .iter()
            .filter(|claim| !compared(claim.election) && claim.election != Some(Election::Exclude))
            .map(|claim| claim.program.clone())
            .collect();
        for claim in &mut deal.incentives {
            let is_own_way = claim.overrides.is_empty() && !claimed.contains(&claim.program);
            if claim.election == Some(Election::Claim) || compared(claim.election) && is_own_way {
                claim.election = Some(Election::Best);
            }
        }
        let mut book = Book::new();
        let assessment = assess(&deal, self.catalog, &mut book);
        let Some(net) = book.money("incentives.net").filter(|net| net.minor() > self.incentives.minor())
        else {
            return self.clone();
        };
        let credits = credits(&assessment, &self.timeline, self.budget, &book);
        Self { deal: Cow::Owned(deal), incentives: net, credits, ..self.clone() }
    }
}

fn missing(what: &str, why: &str) -> NoScenario {
    NoScenario::Missing { what: what.to_owned(), why: why.to_owned() }
}

fn known(book: &Book, address: &str) -> Result<Money, NoScenario> {
    book.money(address).ok_or_else(|| {
        let absence = book.at(address).and_then(|value| value.absence());
        let why = absence.map_or_else(|| "it is not computed".to_owned(), ToString::to_string);
        let what = absence.and_then(|absence| absence.missing_cell()).unwrap_or(address);
        NoScenario::Missing { what: what.to_owned(), why }
    })
}

/// The credits that count, each with what is paid by delivery.
fn credits(
    assessment: &recoup_incentives::Assessment,
    timeline: &Timeline,
    budget: Money,
    book: &Book,
) -> Vec<Credit> {
    let nothing = Money::zero(budget.currency());
    let counted = assessment.claims.iter().filter(|claim| claim.standing == Standing::Claimed);
    let found = counted.filter_map(|claim| {
        let received = book.money(&format!("incentives.{}.received", claim.key));
        let credit = received.or_else(|| book.value(claim.credit_in_deal?).as_money())?;
        let paid = claim.cash.iter().filter(|event| {
            event.date.zip(timeline.final_delivery()).is_some_and(|(day, delivery)| day <= delivery)
        });
        let by_delivery = paid
            .filter_map(|event| book.value(event.node).as_money())
            .try_fold(nothing, |sum, part| sum.checked_add(part).ok())
            .unwrap_or(nothing);
        let last = claim.cash.iter().filter_map(|event| event.date).max();
        Some(Credit { claim: claim.claim.clone(), credit, by_delivery, last })
    });
    found.filter(|credit| credit.credit.is_positive()).collect()
}
