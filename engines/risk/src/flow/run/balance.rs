//! Balances that earn while they wait

use recoup_lanes::{Lanes, Mask};

use crate::numeric::{exp, ln};

use super::{
    super::form::{Account, Accrual, Pays, Reduces},
    machine::Machine,
};

impl<L: Lanes> Machine<'_, L> {
    /// Lets time pass, in all lanes or where money moves.
    #[inline(always)]
    pub(super) fn accrue(&mut self, accruals: &[Accrual], moves: L::Mask) {
        for accrual in accruals {
            match *accrual {
                Accrual::Earns { account, rate, years } => {
                    let part = self.get(rate) * L::splat(years);
                    let earned = self.get(account.base).max(L::splat(0.0)) * part;
                    self.add(account.accrued, earned);
                    self.add(account.interest, earned);
                }
                Accrual::Counts { account, rate, since, until, moved } => {
                    let here = if moved { moves } else { L::Mask::from_bits(u8::MAX) };
                    let (serial, late) = (self.get(since.serial), self.get(since.late));
                    let days =
                        L::splat(until.serial) - serial + L::splat(until.last) * (L::splat(1.0) - late);
                    let part = self.get(rate) * (days * L::splat(1.0 / 360.0));
                    let nothing = L::splat(0.0);
                    let earned = L::select(here, self.get(account.base).max(nothing) * part, nothing);
                    self.add(account.accrued, earned);
                    self.add(account.interest, earned);
                    self.set(since.serial, L::select(here, L::splat(until.serial), serial));
                    self.set(since.late, L::select(here, L::splat(until.late), late));
                }
                Accrual::Grows { account, part } => {
                    let earned = self.get(account.base).max(L::splat(0.0)) * L::splat(part);
                    self.add(account.interest, earned);
                    self.add(account.base, earned);
                }
                Accrual::Compounds { account, rate, years } => {
                    // (1 + rate)^years, the definition of an internal rate of return.
                    let growth = ln(L::splat(1.0) + self.get(rate)) * L::splat(years);
                    let part = exp(growth) - L::splat(1.0);
                    let earned = self.get(account.base).max(L::splat(0.0)) * part;
                    self.add(account.interest, earned);
                    self.add(account.base, earned);
                }
                Accrual::Adds { account } => {
                    let accrued = self.get(account.accrued);
                    self.add(account.base, accrued);
                    self.set(account.accrued, L::splat(0.0));
                }
            }
        }
    }

    /// What was paid in some lanes reduces balances.
    #[inline(always)]
    pub(super) fn pay(&mut self, pays: &Pays, done: L::Mask) {
        let nothing = L::splat(0.0);
        let moved = self.get(pays.paid + 1);
        let (amount, here) = match pays.what {
            Reduces::Return { reached } => (moved, done & self.get(reached + 1).gt(nothing)),
            Reduces::Interest | Reduces::Principal { .. } => (moved, done & moved.gt(nothing)),
        };
        if !here.any() {
            return;
        }
        let Account { base, accrued, .. } = pays.account;
        let (principal, interest) = (self.get(base), self.get(accrued));
        match pays.what {
            Reduces::Interest | Reduces::Return { .. } => {
                let first = amount.min(interest);
                let rest = (principal - (amount - first)).max(nothing);
                self.set(accrued, L::select(here, interest - first, interest));
                self.set(base, L::select(here, rest, principal));
            }
            Reduces::Principal { compounds } => {
                let floor = if compounds { -interest } else { nothing };
                let rest = (principal - amount).max(floor);
                self.set(base, L::select(here, rest, principal));
            }
        }
    }
}
