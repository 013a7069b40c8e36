//! What changes a run between receipts: money put in, expenses declared, amendments

use recoup_calendar::Date;
use recoup_deal::recoupment::Ratio;
use recoup_money::Currency;

use super::State;
use crate::{
    error::WaterfallError,
    exact::{Exact, TOLERANCE, from_minor},
    inputs::{Change, minor_of},
    plan::Goal,
    scale::Scale,
};

/// What a limit says from now on, of what it may say.
struct NewTerms {
    amount: Option<i64>,
    factor: Option<Ratio>,
    rate: Option<Ratio>,
}

impl NewTerms {
    /// Changes a goal in its own terms, and names the balance that grows behind it.
    fn move_goal(&self, goal: &mut Goal) -> Option<u32> {
        match goal {
            Goal::Fixed(target) => *target = self.amount.map_or(*target, from_minor),
            Goal::Expenses { factor, .. } => *factor = self.factor.unwrap_or(*factor),
            Goal::Invested { factor, .. } => *factor = self.factor.or(self.rate).unwrap_or(*factor),
            Goal::Units { amount, .. } => *amount = self.amount.unwrap_or(*amount),
            Goal::Owed { account, factor } => {
                *factor = self.factor.unwrap_or(*factor);
                return Some(*account);
            }
            Goal::Interest { account } => return Some(*account),
            Goal::PerReceipt => {}
        }
        None
    }
}

fn unknown(kind: &'static str, id: &str) -> WaterfallError {
    WaterfallError::UnknownReference { path: "amendments".to_owned(), kind, id: id.to_owned() }
}

impl State<'_> {
    pub(crate) fn draw(
        &mut self,
        instrument: usize,
        date: Date,
        amount: Exact,
    ) -> Result<(), WaterfallError> {
        self.moved = true;
        self.invested[instrument] += amount;
        for (row, balance) in self.plan.accounts.iter().zip(self.balances.iter_mut()) {
            if row.instrument as usize == instrument {
                balance.accrue(date)?;
                balance.draw(amount);
            }
        }
        Ok(())
    }

    pub(crate) fn declare(&mut self, kind: usize, amount: i64, counts_to_cap: bool) {
        self.moved = true;
        let (capped, uncapped) = &mut self.expenses[kind];
        *(if counts_to_cap { capped } else { uncapped }) += amount;
    }

    pub(crate) fn count(&mut self, series: usize, units: i64) {
        self.moved = true;
        self.units[series] = self.units[series].saturating_add(units);
    }

    /// Changes the agreement as of `date`, before anything that is received on it.
    pub(crate) fn amend(
        &mut self,
        currency: Currency,
        date: Date,
        change: &Change,
    ) -> Result<(), WaterfallError> {
        self.moved = true;
        match change {
            Change::Rate { tier, rate } => {
                let node = self.node_of(tier)?;
                self.rates[node] = *rate;
                self.scales[node] = Scale::of(*rate);
            }
            Change::Limit { tier, amount, factor, rate } => {
                let node = self.node_of(tier)?;
                let amount = amount.map(|amount| minor_of(currency, "amendments", amount)).transpose()?;
                self.amend_limit(node, date, NewTerms { amount, factor: *factor, rate: *rate })?;
            }
            Change::Payee { tier, payee } => {
                let node = self.node_of(tier)?;
                let party = self.plan.parties.iter().position(|name| name.as_ref() == payee);
                self.payees[node] = Some(party.ok_or_else(|| unknown("party", payee))? as u32);
            }
            Change::ExpenseCap { expense_type, cap } => {
                let kind = self.plan.expense_row(expense_type)?;
                self.caps[kind] = Some(minor_of(currency, "amendments", *cap)?);
            }
            Change::Contract { contract, to, value } => {
                let index = self.contracts.iter().position(|row| row.id.as_ref() == contract);
                let index = index.ok_or_else(|| unknown("contract", contract))?;
                let value = value.map(|value| minor_of(currency, "amendments", value)).transpose()?;
                let row = &mut self.contracts[index];
                row.to = to.or(row.to);
                row.value = value.or(row.value);
            }
        }
        Ok(())
    }

    fn node_of(&self, tier: &str) -> Result<usize, WaterfallError> {
        let found = self.plan.nodes.iter().position(|node| node.id.as_ref() == tier);
        found.ok_or_else(|| unknown("tier", tier))
    }

    /// Moves the limit of a claim, and every condition that asks whether the claim is recouped.
    fn amend_limit(&mut self, node: usize, date: Date, terms: NewTerms) -> Result<(), WaterfallError> {
        let mut account = None;
        for (index, threshold) in self.plan.thresholds.iter().enumerate() {
            if threshold.limit_of != Some(node as u32) {
                continue;
            }
            account = terms.move_goal(&mut self.goals[index]).or(account);
            if let Goal::Fixed(target) = self.goals[index] {
                self.targets[index] = target;
            }
        }
        if let (Some(account), Some(rate)) = (account, terms.rate) {
            let balance = &mut self.balances[account as usize];
            balance.accrue(date)?;
            balance.reprice(rate);
        }
        Ok(())
    }

    /// What arrived behind a claim, or behind the group it stands in.
    pub(crate) fn passed(&self, node: u32) -> Exact {
        match self.plan.behind(node) {
            Some(next) => self.have[(self.plan.layout.reached + next) as usize],
            None => self.left_over,
        }
    }

    /// What a limited claim is owed as of the last thing that happened; nothing within the tolerance.
    pub(crate) fn still_owed(&self, node: u32) -> Exact {
        let Some(index) = self.plan.share(node).and_then(|share| share.limit) else { return 0 };
        let threshold = &self.plan.thresholds[index as usize];
        let target = self.target(self.goals[index as usize], None, 0).unwrap_or(0);
        let owed = target - self.have[threshold.counter as usize];
        if owed > TOLERANCE { owed } else { 0 }
    }
}
