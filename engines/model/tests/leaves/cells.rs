//! The cells of a deal, and other values for them.

use recoup_calendar::Date;
use recoup_deal::{Deal, set};
use recoup_money::Money;
use rust_decimal::Decimal;
use serde_json::Value;

/// What kind of value a cell holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    Money,
    Number,
    Count,
    Day,
    /// One of several words, or a yes or no.
    Choice,
}

/// A scalar cell of the document.
#[derive(Debug, Clone)]
pub(crate) struct Cell {
    pub path: String,
    pub kind: Kind,
    pub value: Value,
}

/// Every amount, rate, number, count, day and choice of a deal that the base case may rest on. Texts that may be
/// anything, such as a name, are among the choices here, and turn out to have no other.
pub(crate) fn cells(deal: &Deal) -> Vec<Cell> {
    let document = serde_json::to_value(deal).expect("a deal is JSON");
    let mut found = Vec::new();
    gather(&document, String::new(), &mut found);
    // An assumption's value stands in its cell; risk drivers belong to the runs at random.
    found.retain(|cell| {
        !cell.path.starts_with("assumptions[") && !cell.path.starts_with("risk") && cell.path != "schema"
    });
    found
}

fn gather(value: &Value, path: String, found: &mut Vec<Cell>) {
    match value {
        Value::Object(fields) => {
            for (name, field) in fields.iter().filter(|(name, _)| *name != "id") {
                let path = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
                gather(field, path, found);
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                let id = item.get("id").and_then(Value::as_str).map_or(index.to_string(), str::to_owned);
                gather(item, format!("{path}[{id}]"), found);
            }
        }
        Value::String(text) => {
            let kind = if text.parse::<Date>().is_ok() {
                Kind::Day
            } else if text.parse::<Money>().is_ok() {
                Kind::Money
            } else if text.parse::<Decimal>().is_ok() {
                Kind::Number
            } else {
                Kind::Choice
            };
            found.push(Cell { path, kind, value: value.clone() });
        }
        Value::Number(_) => found.push(Cell { path, kind: Kind::Count, value: value.clone() }),
        Value::Bool(_) => found.push(Cell { path, kind: Kind::Choice, value: value.clone() }),
        Value::Null => {}
    }
}

/// Another value for a cell, of the same kind and not far away.
pub(crate) fn moved(cell: &Cell, random: &mut impl FnMut() -> u64) -> Value {
    let part = Decimal::from(random() % 9_000 + 1_000) / Decimal::from(250_000);
    let up = random().is_multiple_of(2);
    let text = cell.value.as_str().unwrap_or_default();
    match cell.kind {
        Kind::Money => {
            let amount: Money = text.parse().expect("seen to be an amount");
            let by = i64::try_from(Decimal::from(amount.minor()) * part).unwrap_or(0) + 137;
            let by = if up { by } else { -by };
            Money::new(amount.minor() + by, amount.currency()).to_string().into()
        }
        Kind::Number => {
            let number: Decimal = text.parse().expect("seen to be a number");
            let by = if number.is_zero() { part } else { number * part };
            let moved = if up && number != Decimal::ONE { number + by } else { number - by };
            if number.is_zero() { by } else { moved }.round_dp(6).to_string().into()
        }
        Kind::Count => {
            let count = cell.value.as_i64().unwrap_or(0);
            (if up || count <= 1 { count + 1 } else { count - 1 }).into()
        }
        Kind::Day => {
            let day: Date = text.parse().expect("seen to be a day");
            let days = i64::try_from(random() % 40).unwrap_or(0) + 1;
            day.add_days(if up { days } else { -days }).expect("near").to_string().into()
        }
        Kind::Choice => Value::Null,
    }
}

/// The deal with one cell changed. A cell marked as assumed stays one: its assumption moves along.
pub(crate) fn with(deal: &Deal, cell: &Cell, value: Value) -> Option<Deal> {
    let mut changed = set(deal, &cell.path, value.clone()).ok()?;
    for assumption in &deal.assumptions {
        if assumption.path == cell.path {
            changed = set(&changed, &format!("assumptions[{}].value", assumption.id), value.clone()).ok()?;
        }
    }
    Some(changed)
}

/// Everything else that a choice could be. What the words are is told by the refusal of one that is none.
pub(crate) fn others(deal: &Deal, cell: &Cell) -> Vec<Value> {
    match &cell.value {
        Value::Bool(yes) => vec![(!yes).into()],
        _ => {
            let refused = set(deal, &cell.path, "-".into()).err();
            let words = refused.map(|refused| refused.allowed).unwrap_or_default();
            words.into_iter().map(Value::from).filter(|word| *word != cell.value).collect()
        }
    }
}

/// Values far from where a cell stands: nothing, half, twice, many times; months and years away; other words.
pub(crate) fn far(deal: &Deal, cell: &Cell) -> Vec<Value> {
    let text = cell.value.as_str().unwrap_or_default();
    match cell.kind {
        Kind::Money => {
            let amount: Money = text.parse().expect("seen to be an amount");
            let times = |halves: i64| Money::new(amount.minor() * halves / 2, amount.currency());
            [0, 1, 4, 20].map(|halves| times(halves).to_string().into()).to_vec()
        }
        Kind::Number => {
            let number: Decimal = text.parse().expect("seen to be a number");
            let times = |halves: u32| (number * Decimal::from(halves) / Decimal::TWO).round_dp(6);
            [0, 1, 3, 10].map(|halves| times(halves).to_string().into()).to_vec()
        }
        Kind::Count => {
            let count = cell.value.as_i64().unwrap_or(0);
            [0, 1, count * 2, count + 6, count * 3 + 12].map(Value::from).to_vec()
        }
        Kind::Day => {
            let day: Date = text.parse().expect("seen to be a day");
            let moved = |days: i64| day.add_days(days).expect("near").to_string();
            [-700, -200, 200, 700].map(|days| moved(days).into()).to_vec()
        }
        Kind::Choice => others(deal, cell).into_iter().step_by(3).take(3).collect(),
    }
}
