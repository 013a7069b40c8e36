//! Facts out of a computed deal.

use recoup_capital::{CoverTest, TestUnit};
use recoup_deal::{Deal, Instrument, Terms};
use recoup_explain::{Book, Comparison, NodeId, Quantity};
use recoup_model::Outcome;
use recoup_money::Money;
use rust_decimal::Decimal;

use super::facts::{Facts, LenderTest};
use crate::measure::{Measures, Told, Unknown};

impl Facts {
    /// What rules look at in a computed deal.
    pub fn of(deal: &Deal, outcome: &Outcome, measures: &Measures) -> Self {
        let book = &outcome.book;
        let sum = |counts: fn(&Terms) -> bool| {
            let counted = deal.instruments.iter().filter(|one| counts(&one.terms));
            total(deal, counted.map(|one| principal(book, one)))
        };
        let soft = |terms: &Terms| matches!(terms, Terms::Grant(_) | Terms::SoftLoan(_));
        let aid = sum(soft).and_then(|soft| total(deal, [Ok(soft), measures.net_incentives.clone()]));
        let tests = outcome.capital.as_ref().map_or(&[][..], |capital| &capital.tests);
        Self {
            budget: money(book, "budget.total"),
            missing: measures.shortfall.clone(),
            lowest: measures.peak_cash_shortfall.clone(),
            equity: sum(Terms::is_equity),
            debt: sum(Terms::is_debt),
            gap: sum(|terms| matches!(terms, Terms::GapLoan(_))),
            presales: sum(|terms| matches!(terms, Terms::Presale(_) | Terms::NegativePickup(_))),
            aid,
            co_producers: deal.instruments.iter().filter_map(co_producer).collect(),
            tests: tests.iter().map(|test| lender_test(deal, book, test)).collect(),
            measures: measures.clone(),
        }
    }
}

fn absent(what: &str, value: Option<&Quantity>) -> Unknown {
    let absence = value.and_then(Quantity::absence);
    let why = absence.map_or_else(|| "it is not computed".to_owned(), ToString::to_string);
    Unknown::Missing { what: what.to_owned(), why }
}

fn money(book: &Book, address: &str) -> Told<Money> {
    let value = book.at(address);
    value.and_then(Quantity::as_money).ok_or_else(|| absent(address, value))
}

fn principal(book: &Book, instrument: &Instrument) -> Told<Money> {
    money(book, &format!("capital.{}.principal", instrument.id))
}

fn total(deal: &Deal, amounts: impl IntoIterator<Item = Told<Money>>) -> Told<Money> {
    let amounts = amounts.into_iter().collect::<Told<Vec<Money>>>()?;
    let why = |error: recoup_money::MoneyError| Unknown::Missing {
        what: "instruments".to_owned(),
        why: error.to_string(),
    };
    Money::sum(deal.currency, amounts).map_err(why)
}

fn co_producer(instrument: &Instrument) -> Option<(String, Decimal)> {
    let Terms::CoProducerContribution(terms) = &instrument.terms else { return None };
    Some((instrument.id.clone(), terms.cost_share?))
}

fn lender_test(deal: &Deal, book: &Book, test: &CoverTest) -> LenderTest {
    let number = |node: NodeId| {
        let value = book.value(node);
        value.as_number().ok_or_else(|| absent(&test.path, Some(value)))
    };
    let instrument = deal.instruments.iter().find(|one| test.path.contains(&format!("[{}]", one.id)));
    LenderTest {
        test: test.test.to_owned(),
        path: test.path.clone(),
        instrument: instrument.map(|one| one.id.clone()),
        principal: instrument.and_then(|one| principal(book, one).ok()),
        ratio: number(test.ratio),
        required: number(test.required),
        at_least: matches!(test.comparison, Comparison::AtLeast | Comparison::Greater),
        in_days: test.unit == TestUnit::Days,
        met: book.value(test.met).as_flag(),
    }
}
