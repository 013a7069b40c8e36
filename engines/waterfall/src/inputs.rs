//! What happens to a plan: receipts, expenses, drawings, events and amendments, each on its day

use std::{borrow::Cow, collections::BTreeMap};

use recoup_calendar::Date;
pub use recoup_deal::recoupment::Change;
use recoup_deal::recoupment::{InterestTerms, Ratio, RecoupmentPlan};
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
    /// Values of events, besides those the plan names.
    #[serde(default)]
    pub events: Vec<FilmEvent>,
    /// Units counted, besides those the plan names.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub counts: Vec<UnitsCounted>,
    /// Changes to the plan from a day on, besides those the plan names.
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

/// Units of a series that are counted on a day.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UnitsCounted {
    /// When.
    pub date: Date,
    /// The series of the plan.
    pub series: String,
    /// How many more.
    pub count: i64,
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

/// The most minor units of one amount, far above all money and below what a sum of a few would overflow.
const LARGEST: i64 = 1_000_000_000_000_000_000;

/// The minor units of an amount that has to be in the currency of the run.
pub(crate) fn minor_of(currency: Currency, path: &str, money: Money) -> Result<i64, WaterfallError> {
    if money.currency() != currency {
        let (path, found) = (path.to_owned(), money.currency());
        return Err(WaterfallError::Currency { path, expected: currency, found });
    }
    if !(-LARGEST..=LARGEST).contains(&money.minor()) {
        let (path, reason) = (path.to_owned(), "the amount is beyond all bounds".to_owned());
        return Err(WaterfallError::Meaningless { path, reason });
    }
    Ok(money.minor())
}

/// One thing that happens, with its place among its kind.
#[derive(Debug, Clone, Copy)]
pub enum Happening<'a> {
    /// Money is put in.
    Draw(usize, &'a Drawing),
    /// An expense is declared.
    Expense(usize, &'a DeclaredExpense),
    /// An event takes a value.
    Event(usize, &'a FilmEvent),
    /// Units are counted.
    Count(usize, &'a UnitsCounted),
    /// The agreement changes.
    Amend(usize, &'a Amendment),
    /// Money is received.
    Receive(usize, &'a Receipt),
}

impl Happening<'_> {
    /// The day.
    pub fn date(&self) -> Date {
        match self {
            Happening::Draw(_, drawing) => drawing.date,
            Happening::Expense(_, expense) => expense.date,
            Happening::Event(_, event) => event.date,
            Happening::Count(_, counted) => counted.date,
            Happening::Amend(_, amendment) => amendment.date,
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
            counts: Vec::new(),
            amendments: Vec::new(),
        }
    }

    /// Everything by date. On one day money is put in first, then amendments and events apply, units are
    /// counted and expenses declared, and receipts come last; equals keep the order in which they stand.
    pub(crate) fn timeline(&self) -> Vec<Happening<'_>> {
        let mut all: Vec<Happening<'_>> = Vec::with_capacity(self.receipts.len() + self.expenses.len() + 16);
        all.extend(self.drawings.iter().enumerate().map(|(place, drawing)| Happening::Draw(place, drawing)));
        let amendments = self.amendments.iter().enumerate();
        all.extend(amendments.map(|(place, amendment)| Happening::Amend(place, amendment)));
        all.extend(self.events.iter().enumerate().map(|(place, event)| Happening::Event(place, event)));
        all.extend(self.counts.iter().enumerate().map(|(place, counted)| Happening::Count(place, counted)));
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

/// How many of each kind the caller gave; what comes after them the plan names itself.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Given {
    pub expenses: usize,
    pub events: usize,
    pub counts: usize,
    pub amendments: usize,
}

impl Given {
    pub(crate) fn of(inputs: &RunInputs) -> Self {
        Given {
            expenses: inputs.expenses.len(),
            events: inputs.events.len(),
            counts: inputs.counts.len(),
            amendments: inputs.amendments.len(),
        }
    }
}

/// What a plan names itself happens like anything else: declared expenses, events, counts, amendments.
pub(crate) fn with_declared<'a>(plan: &RecoupmentPlan, inputs: &'a RunInputs) -> Cow<'a, RunInputs> {
    let nothing_declared = plan.expense_types.iter().all(|kind| kind.declared.is_empty())
        && plan.unit_series.iter().all(|series| series.counts.is_empty())
        && plan.events.is_empty()
        && plan.amendments.is_empty();
    if nothing_declared {
        return Cow::Borrowed(inputs);
    }
    let mut all = inputs.clone();
    for kind in &plan.expense_types {
        all.expenses.extend(kind.declared.iter().map(|expense| DeclaredExpense {
            date: expense.date,
            kind: kind.id.clone(),
            amount: expense.amount,
            counts_to_cap: expense.counts_to_cap,
        }));
    }
    for series in &plan.unit_series {
        all.counts.extend(series.counts.iter().map(|counted| UnitsCounted {
            date: counted.date,
            series: series.id.clone(),
            count: counted.count,
        }));
    }
    all.events.extend(plan.events.iter().map(|event| FilmEvent {
        date: event.date,
        event: event.event.clone(),
        value: event.value,
    }));
    all.amendments.extend(
        plan.amendments
            .iter()
            .map(|amendment| Amendment { date: amendment.date, change: amendment.change.clone() }),
    );
    Cow::Owned(all)
}
