//! What changes a run between receipts: money put in, expenses declared, amendments

use recoup_calendar::Date;
use recoup_money::Currency;

use super::State;
use crate::{
    error::WaterfallError,
    exact::{Exact, TOLERANCE},
    inputs::{Change, minor_of},
};

impl State<'_> {
    pub(crate) fn draw(
        &mut self,
        instrument: usize,
        date: Date,
        amount: Exact,
    ) -> Result<(), WaterfallError> {
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
        let (capped, uncapped) = &mut self.expenses[kind];
        *(if counts_to_cap { capped } else { uncapped }) += amount;
    }

    pub(crate) fn amend(&mut self, currency: Currency, change: &Change) -> Result<(), WaterfallError> {
        let unknown = |kind, id: &str| WaterfallError::UnknownReference {
            path: "amendments".to_owned(),
            kind,
            id: id.to_owned(),
        };
        match change {
            Change::Rate { tier, rate } => {
                let index = self.plan.nodes.iter().position(|node| node.id.as_ref() == tier);
                self.rates[index.ok_or_else(|| unknown("tier", tier))?] = *rate;
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
        let target = self.target(threshold.goal, None, 0).unwrap_or(0);
        let owed = target - self.have[threshold.counter as usize];
        if owed > TOLERANCE { owed } else { 0 }
    }
}
