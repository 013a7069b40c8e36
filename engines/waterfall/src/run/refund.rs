//! Receipts below zero: refunds, chargebacks, returns
//!
//! Nobody who was paid is asked back. A refund is owed by the place where the money came in, and what comes in
//! there next makes it good, the earliest refund first, before anything of it walks on. What has not been made good
//! is told in every period, so that the account is seen to have paid out more than it kept.

use std::{collections::VecDeque, sync::Arc};

use recoup_calendar::Date;
use recoup_money::Money;
use serde::Serialize;

use super::Run;

/// Money given back to whoever had paid it, and what made it good.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Refund {
    /// The receipt below zero.
    pub receipt: Arc<str>,
    /// Its day.
    pub date: Date,
    /// The entry of the plan whose receipts make it good.
    pub source: Arc<str>,
    /// How much was given back.
    pub amount: Money,
    /// The receipts it was taken out of, in order, and how much of each.
    pub taken_from: Vec<(Arc<str>, Money)>,
    /// What nothing has made good yet.
    pub open: Money,
}

/// Refunds that wait at the entries of a plan.
#[derive(Debug, Clone, Default)]
pub(crate) struct Refunds {
    all: Vec<Refund>,
    /// For each entry the refunds that are still open, the earliest first.
    waiting: Vec<VecDeque<usize>>,
    pub open: i128,
}

impl Refunds {
    pub(crate) fn of(entries: usize) -> Self {
        Refunds { all: Vec::new(), waiting: vec![VecDeque::new(); entries], open: 0 }
    }

    fn wait(&self, entry: u32) -> bool {
        !self.waiting[entry as usize].is_empty()
    }

    fn owe(&mut self, entry: u32, refund: Refund) {
        self.open += i128::from(refund.open.minor());
        self.waiting[entry as usize].push_back(self.all.len());
        self.all.push(refund);
    }

    /// What of a receipt walks on, after the open refunds of its entry are made good.
    fn after(&mut self, entry: u32, receipt: &Arc<str>, amount: Money) -> i64 {
        let mut left = amount.minor();
        while let Some(place) = self.waiting[entry as usize].front().copied().filter(|_| left > 0) {
            let refund = &mut self.all[place];
            let part = left.min(refund.open.minor());
            let money = |minor: i64| Money::new(minor, amount.currency());
            refund.taken_from.push((Arc::clone(receipt), money(part)));
            refund.open = money(refund.open.minor() - part);
            if refund.open.is_zero() {
                self.waiting[entry as usize].pop_front();
            }
            left -= part;
            self.open -= i128::from(part);
        }
        left
    }

    pub(crate) fn take(&mut self) -> Vec<Refund> {
        std::mem::take(&mut self.all)
    }
}

impl Run<'_> {
    /// What of a receipt walks on; nothing of a refund, which waits at its entry.
    pub(super) fn net_of_refunds(&mut self, entry: u32, id: &str, date: Date, amount: i64) -> i64 {
        if amount >= 0 && !self.refunds.wait(entry) {
            return amount;
        }
        let receipt: Arc<str> = id.into();
        let money = |minor: i64| Money::new(minor, self.currency);
        if amount >= 0 {
            return self.refunds.after(entry, &receipt, money(amount));
        }
        let back = money(amount.saturating_neg());
        let source = Arc::clone(&self.plan.entries[entry as usize].id);
        let refund = Refund { receipt, date, source, amount: back, taken_from: Vec::new(), open: back };
        self.refunds.owe(entry, refund);
        0
    }
}
