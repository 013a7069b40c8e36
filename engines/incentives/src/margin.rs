//! What the next money would earn: one more amount on a budget line, or the same line spent elsewhere.
//!
//! The headline rate of a program is not what another hundred thousand of labour brings: ceilings bind, one credit
//! takes from the base of the next, a threshold is near. So each case is a whole deal, assessed as such; what it
//! leaves more than the deal as it stands is the gain.

use std::collections::BTreeSet;

use recoup_deal::{BudgetLine, Deal, DealError, set};
use recoup_explain::Book;
use recoup_money::Money;
use rust_decimal::Decimal;
use serde_json::{Value, json};

use crate::assess::assess;
use crate::catalog::Catalog;
use crate::mapping::cells_of;

/// A deal that differs from the one at hand in one cell.
#[derive(Clone, Debug, PartialEq)]
pub struct Case {
    /// The cell.
    pub path: String,
    /// What would stand in it.
    pub value: Value,
}

impl Case {
    /// A budget line with this amount.
    #[must_use]
    pub fn amount(line: &str, amount: Money) -> Self {
        Self { path: format!("budget.lines[{line}].amount"), value: json!(amount.to_string()) }
    }

    /// A budget line spent wholly in one place, with the line's own shares of labour and of residents.
    #[must_use]
    pub fn place(line: &str, jurisdiction: &str) -> Self {
        Self {
            path: format!("budget.lines[{line}].spend"),
            value: json!([{ "id": jurisdiction, "jurisdiction": jurisdiction, "share": "1" }]),
        }
    }

    /// The deal as it would be.
    ///
    /// # Errors
    /// What [`set`] refuses.
    pub fn of(&self, deal: &Deal) -> Result<Deal, DealError> {
        set(deal, &self.path, self.value.clone())
    }
}

/// A case with what its incentives would leave.
#[derive(Clone, Debug, PartialEq)]
pub struct Supposed {
    /// The case.
    pub case: Case,
    /// All incentives net in the case, in the deal's currency.
    pub net: Money,
    /// What that is more than now; negative where it is less.
    pub gain: Money,
}

/// A line spent somewhere else.
#[derive(Clone, Debug, PartialEq)]
pub struct Move {
    /// Where the whole line would be spent.
    pub jurisdiction: String,
    /// What that would leave.
    pub supposed: Supposed,
}

/// What the next money on one budget line would earn.
#[derive(Clone, Debug, PartialEq)]
pub struct Margin {
    /// Id of the budget line.
    pub line: String,
    /// How much more is spent on it, in the line's currency.
    pub step: Money,
    /// The same in the deal's currency.
    pub step_in_deal: Money,
    /// What that would leave.
    pub more: Supposed,
    /// The gain of the step as a share of it.
    pub rate: Decimal,
    /// The line in each of the deal's other places, the best first.
    pub moves: Vec<Move>,
}

/// The margins of every budget line that has an amount, `step` major units more of each line's currency.
///
/// A line whose incentives cannot be computed, now or in the case, or whose currency has no rate, has none.
///
/// # Errors
/// When a case is refused as a deal, for example because an amount leaves its bounds.
pub fn margins(deal: &Deal, catalog: &Catalog, step: i64) -> Result<Vec<Margin>, DealError> {
    let Some(now) = net_of(deal, catalog) else { return Ok(Vec::new()) };
    let weigh = |case: Case| -> Result<Option<Supposed>, DealError> {
        let net = net_of(&case.of(deal)?, catalog);
        Ok(net.and_then(|net| Some(Supposed { case, net, gain: net.checked_sub(now).ok()? })))
    };
    let places = places(deal);
    let mut found = Vec::new();
    for line in &deal.budget.lines {
        let Some((step, more, in_deal)) = steps(deal, line, step) else { continue };
        let Some(more) = weigh(Case::amount(&line.id, more))? else { continue };
        let Ok(Some(rate)) = more.gain.ratio_to(in_deal) else { continue };
        let mut moves = Vec::new();
        for place in places.iter().filter(|place| !is_spent_wholly_in(line, place)) {
            let supposed = weigh(Case::place(&line.id, place))?;
            moves.extend(supposed.map(|supposed| Move { jurisdiction: (*place).to_owned(), supposed }));
        }
        moves.sort_by_key(|one| std::cmp::Reverse(one.supposed.gain.minor()));
        found.push(Margin { line: line.id.clone(), step, step_in_deal: in_deal, more, rate, moves });
    }
    Ok(found)
}

fn net_of(deal: &Deal, catalog: &Catalog) -> Option<Money> {
    let mut book = Book::new();
    let net = assess(deal, catalog, &mut book).net;
    book.value(net).as_money()
}

/// The step, the line's amount with it, and the step in the deal's currency.
fn steps(deal: &Deal, line: &BudgetLine, step: i64) -> Option<(Money, Money, Money)> {
    let amount = line.amount?;
    let step = Money::from_major(step, amount.currency()).ok()?;
    let more = amount.checked_add(step).ok()?;
    let mut book = Book::new();
    let typed = book.assumption("step", step, "what is spent more");
    let in_deal = cells_of(deal).exchange(&mut book, typed, amount.currency(), deal.currency);
    Some((step, more, book.value(in_deal).as_money()?))
}

fn is_spent_wholly_in(line: &BudgetLine, place: &str) -> bool {
    line.spend.iter().all(|part| part.jurisdiction == place)
}

/// Where this deal spends.
fn places(deal: &Deal) -> BTreeSet<&str> {
    deal.budget.lines.iter().flat_map(|line| &line.spend).map(|part| part.jurisdiction.as_str()).collect()
}

#[cfg(test)]
mod tests;
