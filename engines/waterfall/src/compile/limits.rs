//! Limits and the balances behind them

use std::sync::Arc;

use recoup_calendar::DayCount;
use recoup_deal::recoupment::{Compounding, InterestTerms, Limit, PaymentOrder, Ratio, Takes};

use super::{Compiler, Result, intern, meaningless};
use crate::{
    exact::from_minor,
    plan::{AccountRow, AccountScope, Goal, Op, PaysFor, Weight},
};

impl Compiler<'_> {
    pub(super) fn limit_counter(
        &mut self,
        index: u32,
        limit: &Limit,
        pool: Option<&str>,
        path: &str,
    ) -> Result<u32> {
        if let Some(pool) = pool {
            return Ok(self.out.layout.pool_paid + intern(&mut self.out.pools, pool));
        }
        Ok(match limit {
            Limit::PrincipalAndInterest { .. } | Limit::IrrHurdle { .. } | Limit::MultipleHurdle { .. } => {
                self.out.layout.account + self.limit_account(path, limit)?
            }
            Limit::Amount { .. }
            | Limit::Expenses { .. }
            | Limit::Invested { .. }
            | Limit::Premium { .. }
            | Limit::PreferredReturn { .. }
            | Limit::PerUnit { .. } => self.out.layout.paid + index,
        })
    }

    pub(super) fn limit_account(&mut self, path: &str, limit: &Limit) -> Result<u32> {
        let (instrument, terms, scope) = match limit {
            Limit::PrincipalAndInterest { instrument, interest, .. } => {
                (instrument, interest.clone(), AccountScope::Claims)
            }
            Limit::PreferredReturn { instrument, interest } => {
                (instrument, Some(interest.clone()), AccountScope::Return)
            }
            Limit::IrrHurdle { instrument, rate_annual, day_count } => (
                instrument,
                Some(grows(*rate_annual, Compounding::Effective, *day_count)),
                AccountScope::Hurdle,
            ),
            Limit::MultipleHurdle { instrument, .. } => {
                let still = grows(Ratio::ZERO, Compounding::Simple, DayCount::Act365F);
                (instrument, Some(still), AccountScope::Hurdle)
            }
            Limit::Amount { .. }
            | Limit::Expenses { .. }
            | Limit::Invested { .. }
            | Limit::Premium { .. }
            | Limit::PerUnit { .. } => {
                return Err(meaningless(path, "the limit bears no interest"));
            }
        };
        let instrument = intern(&mut self.out.instruments, instrument);
        self.account(path, AccountRow { instrument, terms, scope })
    }

    pub(super) fn limit_goal(&mut self, path: &str, limit: &Limit) -> Result<Goal> {
        Ok(match limit {
            Limit::Amount { amount } => {
                Goal::Fixed(from_minor(self.minor(&format!("{path}.takes.limit.amount"), *amount)?))
            }
            Limit::Expenses { of, factor } => Goal::Expenses { of: self.expense(path, of)?, factor: *factor },
            Limit::Invested { instrument, factor } => {
                Goal::Invested { instrument: intern(&mut self.out.instruments, instrument), factor: *factor }
            }
            Limit::Premium { instrument, rate } => {
                Goal::Invested { instrument: intern(&mut self.out.instruments, instrument), factor: *rate }
            }
            Limit::PrincipalAndInterest { factor, .. } => {
                Goal::Owed { account: self.limit_account(path, limit)?, factor: *factor }
            }
            Limit::IrrHurdle { .. } => {
                Goal::Owed { account: self.limit_account(path, limit)?, factor: Ratio::ONE }
            }
            Limit::MultipleHurdle { multiple, .. } => {
                Goal::Owed { account: self.limit_account(path, limit)?, factor: *multiple }
            }
            Limit::PreferredReturn { .. } => Goal::Interest { account: self.limit_account(path, limit)? },
            Limit::PerUnit { series, amount, beyond } => Goal::Units {
                series: self.series(path, series)?,
                amount: self.minor(&format!("{path}.takes.limit.amount"), *amount)?,
                beyond: *beyond,
            },
        })
    }

    pub(super) fn weight(&mut self, limit: &Limit) -> Weight {
        match limit {
            Limit::Amount { .. } | Limit::Expenses { .. } | Limit::PerUnit { .. } => Weight::Limit,
            Limit::Invested { instrument, .. }
            | Limit::Premium { instrument, .. }
            | Limit::PrincipalAndInterest { instrument, .. }
            | Limit::PreferredReturn { instrument, .. }
            | Limit::IrrHurdle { instrument, .. }
            | Limit::MultipleHurdle { instrument, .. } => {
                Weight::Instrument(intern(&mut self.out.instruments, instrument))
            }
        }
    }

    pub(super) fn pays(&mut self, path: &str, limit: &Limit) -> Result<Option<(u32, PaysFor)>> {
        Ok(match limit {
            Limit::PrincipalAndInterest { .. } => Some((self.limit_account(path, limit)?, PaysFor::Whole)),
            Limit::PreferredReturn { .. } => Some((self.limit_account(path, limit)?, PaysFor::Return)),
            Limit::Amount { .. }
            | Limit::Expenses { .. }
            | Limit::Invested { .. }
            | Limit::Premium { .. }
            | Limit::IrrHurdle { .. }
            | Limit::MultipleHurdle { .. }
            | Limit::PerUnit { .. } => None,
        })
    }

    /// A claim on an investment reduces what a preferred return on it is counted on.
    pub(super) fn link_accounts(&mut self) {
        let returns: Vec<(u32, u32)> = self
            .out
            .accounts
            .iter()
            .enumerate()
            .filter(|(_, row)| row.scope == AccountScope::Return)
            .map(|(index, row)| (row.instrument, index as u32))
            .collect();
        for (node, (_, tier)) in self.out.nodes.iter_mut().zip(self.plan.positions()) {
            let (Op::Share(op), Takes::Share(share)) = (&mut node.op, &tier.takes) else { continue };
            let Some(Limit::Invested { instrument, .. }) = &share.limit else { continue };
            let named = |of: u32| self.out.instruments[of as usize].as_ref() == instrument.as_str();
            if let Some((_, account)) = returns.iter().find(|(of, _)| named(*of)) {
                op.pays = Some((*account, PaysFor::Principal));
            }
        }
        self.link_hurdles();
    }

    /// Every claim on an instrument counts towards the hurdles on it: one whose limit names it, or where its limit names
    /// none, one in proportion to it.
    fn link_hurdles(&mut self) {
        for (account, row) in self.out.accounts.iter().enumerate() {
            if row.scope != AccountScope::Hurdle {
                continue;
            }
            let hurdle = self.out.instruments[row.instrument as usize].as_ref();
            for (node, (_, tier)) in self.out.nodes.iter_mut().zip(self.plan.positions()) {
                let (Op::Share(op), Takes::Share(share)) = (&mut node.op, &tier.takes) else { continue };
                let named = share.limit.as_ref().and_then(instrument_of);
                if named.or(share.in_proportion_to.as_deref()) == Some(hurdle) {
                    op.hurdles.push(account as u32);
                }
            }
        }
    }
}

/// The instrument that a limit names.
fn instrument_of(limit: &Limit) -> Option<&str> {
    match limit {
        Limit::Amount { .. } | Limit::Expenses { .. } | Limit::PerUnit { .. } => None,
        Limit::Invested { instrument, .. }
        | Limit::Premium { instrument, .. }
        | Limit::PrincipalAndInterest { instrument, .. }
        | Limit::PreferredReturn { instrument, .. }
        | Limit::IrrHurdle { instrument, .. }
        | Limit::MultipleHurdle { instrument, .. } => Some(instrument),
    }
}

/// The cell of a limit: its amount, or the factor of its formula.
pub(super) fn limit_path(tier: &str, limit: &Limit) -> Arc<str> {
    let cell = match limit {
        Limit::Amount { .. } | Limit::PerUnit { .. } => "amount",
        Limit::Premium { .. } => "rate",
        Limit::IrrHurdle { .. } => "rate_annual",
        Limit::MultipleHurdle { .. } => "multiple",
        Limit::Expenses { .. }
        | Limit::Invested { .. }
        | Limit::PrincipalAndInterest { .. }
        | Limit::PreferredReturn { .. } => "factor",
    };
    format!("{tier}.takes.limit.{cell}").into()
}

fn grows(rate_annual: Ratio, compounding: Compounding, day_count: DayCount) -> InterestTerms {
    InterestTerms { rate_annual, compounding, day_count, payments: PaymentOrder::InterestFirst }
}
