//! What happens to a plan: receipts, expenses, drawings, events and amendments, each on its day

use std::collections::BTreeMap;

use recoup_calendar::Date;
use recoup_deal::recoupment::{InterestTerms, Ratio};
use recoup_money::{Currency, Money};
use serde::{Deserialize, Serialize};

use crate::error::WaterfallError;

/// Everything a run needs besides the plan. All amounts are in one currency.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RunInputs {
    /// The currency of the run.
    pub currency: Currency,
    /// Receipts.
    #[serde(default)]
    pub receipts: Vec<Receipt>,
    /// Expenses as they are declared, besides those the plan names.
    #[serde(default)]
    pub expenses: Vec<DeclaredExpense>,
    /// Money put in under instruments.
    #[serde(default)]
    pub drawings: Vec<Drawing>,
    /// Interest terms of instruments, for claims whose limit does not say its own.
    #[serde(default)]
    pub interest: BTreeMap<String, InterestTerms>,
    /// Values of events.
    #[serde(default)]
    pub events: Vec<FilmEvent>,
    /// Changes to the plan from a day on.
    #[serde(default)]
    pub amendments: Vec<Amendment>,
}

/// Money received.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Receipt {
    /// Stable id.
    pub id: String,
    /// When it is received.
    pub date: Date,
    /// A source of the plan, or of the revenue plan.
    pub source: String,
    /// How much.
    pub amount: Money,
    /// Territories, if other than those of the source.
    #[serde(default)]
    pub territories: Vec<String>,
    /// Media, if other than those of the source.
    #[serde(default)]
    pub media: Vec<String>,
    /// The contract it is paid under.
    #[serde(default)]
    pub contract: Option<String>,
}

/// An expense declared on a day.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DeclaredExpense {
    /// When.
    pub date: Date,
    /// Its type in the plan.
    pub kind: String,
    /// How much.
    pub amount: Money,
    /// Whether the cap of its type applies to it.
    pub counts_to_cap: bool,
}

/// Money put in under an instrument.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Drawing {
    /// When.
    pub date: Date,
    /// The instrument.
    pub instrument: String,
    /// How much.
    pub amount: Money,
}

/// A value of an event.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FilmEvent {
    /// When.
    pub date: Date,
    /// Its name in the plan.
    pub event: String,
    /// Its value from now on.
    pub value: Ratio,
}

/// A change to the plan from a day on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Amendment {
    /// From when.
    pub date: Date,
    /// What changes.
    pub change: Change,
}

/// What an amendment changes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Change {
    /// The rate of a share.
    Rate {
        /// The tier or member.
        tier: String,
        /// Its rate from now on.
        rate: Ratio,
    },
    /// The end or the price of a contract.
    Contract {
        /// The contract.
        contract: String,
        /// Its last day from now on.
        #[serde(default)]
        to: Option<Date>,
        /// Its price from now on.
        #[serde(default)]
        value: Option<Money>,
    },
}

/// The minor units of an amount that has to be in the currency of the run.
pub(crate) fn minor_of(currency: Currency, path: &str, money: Money) -> Result<i64, WaterfallError> {
    if money.currency() == currency {
        return Ok(money.minor());
    }
    Err(WaterfallError::Currency { path: path.to_owned(), expected: currency, found: money.currency() })
}

/// One thing that happens, with its place among its kind.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Happening<'a> {
    Draw(usize, &'a Drawing),
    Expense(usize, &'a DeclaredExpense),
    Event(&'a FilmEvent),
    Amend(&'a Amendment),
    Receive(usize, &'a Receipt),
}

impl Happening<'_> {
    pub(crate) fn date(&self) -> Date {
        match self {
            Happening::Draw(_, drawing) => drawing.date,
            Happening::Expense(_, expense) => expense.date,
            Happening::Event(event) => event.date,
            Happening::Amend(amendment) => amendment.date,
            Happening::Receive(_, receipt) => receipt.date,
        }
    }
}

impl RunInputs {
    /// Inputs of a run in a currency, with nothing happening yet.
    pub fn new(currency: Currency) -> Self {
        RunInputs {
            currency,
            receipts: Vec::new(),
            expenses: Vec::new(),
            drawings: Vec::new(),
            interest: BTreeMap::new(),
            events: Vec::new(),
            amendments: Vec::new(),
        }
    }

    /// Everything by date. On one day money is put in first, then amendments and events apply and
    /// expenses are declared, and receipts come last; equals keep the order in which they stand.
    pub(crate) fn timeline(&self) -> Vec<Happening<'_>> {
        let mut all: Vec<Happening<'_>> = Vec::with_capacity(self.receipts.len() + self.expenses.len() + 16);
        all.extend(self.drawings.iter().enumerate().map(|(place, drawing)| Happening::Draw(place, drawing)));
        all.extend(self.amendments.iter().map(Happening::Amend));
        all.extend(self.events.iter().map(Happening::Event));
        all.extend(
            self.expenses.iter().enumerate().map(|(place, expense)| Happening::Expense(place, expense)),
        );
        all.extend(
            self.receipts.iter().enumerate().map(|(place, receipt)| Happening::Receive(place, receipt)),
        );
        all.sort_by_key(Happening::date);
        all
    }
}
