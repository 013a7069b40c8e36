//! Balances that bear interest, as cells: the same four amounts as the engine's.

use recoup_calendar::{Date, DayCount};
use recoup_deal::recoupment::{Compounding, InterestTerms, PaymentOrder};
use recoup_explain::Quantity;

use super::ledger::LedgerUnit;
use super::order::{Pays, Unsaid};
use super::run::Run;
use super::words::{call, choose, clean, floored, least, less, nought, number, over, plus, times};
use crate::excel::Formula;
use crate::table::{ColumnKind, Figure};

/// What was put in, what bears interest, what is earned and not added yet, what was earned in all.
#[derive(Debug, Clone)]
pub(super) struct Balance {
    as_of: Option<Date>,
    invested: Formula,
    base: Formula,
    accrued: Formula,
    pub interest: Formula,
}

impl Default for Balance {
    fn default() -> Self {
        Self { as_of: None, invested: nought(), base: nought(), accrued: nought(), interest: nought() }
    }
}

impl Balance {
    /// Put in and earned.
    pub(super) fn whole(&self) -> Formula {
        plus(self.invested.clone(), self.interest.clone())
    }

    /// What bears interest, and what was earned and is not paid.
    pub(super) fn owed(&self) -> Formula {
        plus(self.base.clone(), self.accrued.clone())
    }

    pub(super) fn draw(&mut self, amount: &Formula) {
        self.invested = plus(self.invested.clone(), amount.clone());
        self.base = plus(self.base.clone(), amount.clone());
    }

    /// Interest first. Where no money reached the claim, a base below nothing stays: that much of the interest has
    /// been paid before it was added.
    fn pay_return(&mut self, amount: Formula, reached: Option<Formula>) {
        let interest = least(vec![amount.clone(), self.accrued.clone()]);
        let paid = floored(less(self.base.clone(), less(amount, interest.clone())));
        self.base = match reached {
            Some(reached) => choose(Formula::infix(">", reached, nought()), paid, self.base.clone()),
            None => paid,
        };
        self.accrued = less(self.accrued.clone(), interest);
    }

    fn pay_principal(&mut self, amount: Formula, simple: bool) {
        let left = less(self.base.clone(), amount);
        let floor = if simple { nought() } else { Formula::Minus(Box::new(self.accrued.clone())) };
        self.base = call("MAX", vec![left, floor]);
    }

    fn is_empty(&self) -> bool {
        self.base == nought() && self.accrued == nought()
    }
}

/// The first day after `after` on which interest is added.
fn next_addition(after: Date, months: i32) -> Option<Date> {
    let next = (after.month() - 1) / months * months + 1 + months;
    let (year, month) = if next > 12 { (after.year() + 1, next - 12) } else { (after.year(), next) };
    Date::new(year, month, 1).ok()
}

impl Run<'_, '_> {
    fn terms_for(&self, account: usize) -> Option<InterestTerms> {
        let row = self.order.accounts.get(account)?;
        match &row.terms {
            Some((_, terms)) => Some(terms.clone()),
            None => self.desk.results.feed?.inputs.interest.get(&row.instrument).cloned(),
        }
    }

    /// Whether a balance counts its days as twelfths of a year.
    pub(super) fn counts_in_months(&self, account: usize) -> bool {
        self.terms_for(account).is_some_and(|terms| terms.day_count == DayCount::Thirty360)
    }

    /// The cell of the rate.
    fn interest_rate(&mut self, account: usize) -> Option<Formula> {
        let terms = self.terms_for(account)?;
        let row = self.order.accounts.get(account)?;
        let worth = super::decimal(terms.rate_annual);
        if let Some((path, _)) = &row.terms {
            let path = path.clone();
            return Some(self.term_of(&path, Quantity::Number(worth)));
        }
        let key = format!("interest of {}", row.instrument);
        if let Some(known) = self.terms.get(&key) {
            return Some(known.clone());
        }
        let node = self.desk.results.feed?.nodes.interest.get(&row.instrument).copied();
        let known = node.and_then(|node| Figure::of(self.desk.results.book, node, ColumnKind::Rate));
        let name = format!("rate of {account}");
        let (at, value) = ((name.as_str(), 0), (LedgerUnit::Share, worth));
        // A rate that is put together from a base and a margin has no cell of its own.
        let cell = match known {
            Some(figure) => self.periods.given(&mut self.values, at, value, figure),
            None => self.periods.written(&mut self.values, at, value, None),
        };
        self.terms.insert(key, cell.clone());
        Some(cell)
    }

    /// Lets time pass on a balance, in cells of a column.
    pub(super) fn accrue(&mut self, account: usize, date: Date, column: usize) -> Result<(), Unsaid> {
        let before = self.balances[account].clone();
        self.accrue_in_place(account, date)?;
        let after = self.balances[account].clone();
        if after.interest != before.interest {
            let row = format!("interest {account}");
            let cell =
                self.sheet.compute(&mut self.values, (&row, column), after.interest, LedgerUnit::Amount);
            self.balances[account].interest = cell;
        }
        self.settle_balance(account, column, &before);
        Ok(())
    }

    fn settle_balance(&mut self, account: usize, column: usize, before: &Balance) {
        let now = self.balances[account].clone();
        if now.base != before.base && !matches!(now.base, Formula::Cell(_)) {
            let row = format!("base before {account}");
            let cell =
                self.sheet.compute(&mut self.values, (&row, column), clean(now.base), LedgerUnit::Amount);
            self.balances[account].base = cell;
        }
        if now.accrued != before.accrued
            && !matches!(now.accrued, Formula::Cell(_))
            && now.accrued != nought()
        {
            let row = format!("accrued before {account}");
            let cell =
                self.sheet.compute(&mut self.values, (&row, column), clean(now.accrued), LedgerUnit::Amount);
            self.balances[account].accrued = cell;
        }
    }

    /// Puts where a balance stands into cells.
    pub(super) fn tell_balance(&mut self, account: usize, column: usize) {
        let now = self.balances[account].clone();
        for (word, formula) in [("put", now.invested), ("base", now.base), ("accrued", now.accrued)] {
            if matches!(formula, Formula::Cell(_)) || formula == nought() {
                continue;
            }
            let row = format!("{word} {account}");
            let cell =
                self.sheet.compute(&mut self.values, (&row, column), clean(formula), LedgerUnit::Amount);
            let slot = &mut self.balances[account];
            match word {
                "put" => slot.invested = cell,
                "base" => slot.base = cell,
                _ => slot.accrued = cell,
            }
        }
    }

    /// Lets time pass on a balance. What is due on the first day of a period is added before anything else.
    pub(super) fn accrue_in_place(&mut self, account: usize, date: Date) -> Result<(), Unsaid> {
        let Some(from) = self.balances[account].as_of else {
            self.balances[account].as_of = Some(date);
            return Ok(());
        };
        if date <= from {
            return Ok(());
        }
        self.balances[account].as_of = Some(date);
        if self.balances[account].is_empty() {
            return Ok(());
        }
        let Some(terms) = self.terms_for(account) else { return Ok(()) };
        let Some(rate) = self.interest_rate(account) else { return Ok(()) };
        let years = |from: Date, to: Date| {
            let (days, year) = terms.day_count.year_ratio(from, to);
            over(number(days), number(year))
        };
        match terms.compounding {
            Compounding::Simple
            | Compounding::Yearly
            | Compounding::HalfYearly
            | Compounding::Quarterly
            | Compounding::Monthly => {}
            #[allow(unreachable_patterns, reason = "the plan language grows")]
            _ => return Err("unsaid.interest"),
        }
        let balance = &mut self.balances[account];
        let earning = |base: &Formula| floored(base.clone());
        let months = terms.compounding.months().and_then(|months| i32::try_from(months).ok());
        let mut additions = Vec::new();
        if let Some(months) = months {
            let mut next = next_addition(from, months).ok_or("unsaid.interest")?;
            while next <= date {
                additions.push(next);
                next = next_addition(next, months).ok_or("unsaid.interest")?;
            }
        }
        let (Some(first), Some(last)) = (additions.first(), additions.last()) else {
            let earned = times(times(earning(&balance.base), rate), years(from, date));
            balance.accrued = plus(balance.accrued.clone(), earned.clone());
            balance.interest = plus(balance.interest.clone(), earned);
            return Ok(());
        };
        let earned = times(times(earning(&balance.base), rate.clone()), years(from, *first));
        let added = plus(balance.owed(), earned);
        let growth = additions
            .windows(2)
            .map(|pair| Formula::infix("+", number(1), times(rate.clone(), years(pair[0], pair[1]))));
        let growth = growth.reduce(|one, other| Formula::infix("*", one, other));
        let base = match growth {
            Some(growth) => {
                choose(Formula::infix(">", added.clone(), nought()), times(added.clone(), growth), added)
            }
            None => added,
        };
        let owed = balance.owed();
        // What was earned until the last addition stands in the base; what follows waits for the next one.
        let accrued = if *last == date {
            nought()
        } else {
            times(times(floored(base.clone()), rate), years(*last, date))
        };
        balance.interest = plus(balance.interest.clone(), less(plus(base.clone(), accrued.clone()), owed));
        balance.base = base;
        balance.accrued = accrued;
        Ok(())
    }

    /// Payments of a receipt reduce the balances they are for.
    pub(super) fn pay_balances(&mut self, taken: &[(usize, Formula)], column: usize) {
        for account in 0..self.order.accounts.len() {
            let terms = self.terms_for(account);
            let simple = terms.as_ref().is_none_or(|terms| terms.compounding == Compounding::Simple);
            let principal_first = terms.is_some_and(|terms| terms.payments == PaymentOrder::PrincipalFirst);
            let before = self.balances[account].clone();
            let payers = self.order.accounts[account].payers.clone();
            let of = |wanted: Pays| {
                let nodes = payers.iter().filter(|(_, pays)| *pays == wanted).map(|(node, _)| *node);
                let amounts: Vec<Formula> = nodes
                    .flat_map(|node| taken.iter().filter(move |(of, _)| *of == node))
                    .map(|(_, amount)| amount.clone())
                    .collect();
                if amounts.is_empty() { None } else { Some(super::words::sum(amounts)) }
            };
            if let Some(amount) = of(Pays::Principal) {
                self.balances[account].pay_principal(amount, simple);
            }
            if let Some(amount) = of(Pays::Return) {
                let payer = payers.iter().find(|(_, pays)| *pays == Pays::Return).map(|(node, _)| *node);
                let reached = payer.map(|node| self.sheet.named(&format!("reaches {node}"), column));
                let reached = reached.filter(|key| self.values.holds(key)).map(Formula::Cell);
                self.balances[account].pay_return(amount, reached);
            }
            if let Some(amount) = of(Pays::Whole) {
                match principal_first {
                    true => self.balances[account].pay_principal(amount, simple),
                    false => self.balances[account].pay_return(amount, None),
                }
            }
            if self.balances[account].base != before.base || self.balances[account].accrued != before.accrued
            {
                self.tell_balance(account, column);
            }
        }
    }
}
