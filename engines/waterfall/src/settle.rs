//! From exact entitlements to whole minor units

use crate::exact::{Exact, TOLERANCE, UNIT, from_minor, saturate, whole_minor};

/// What each is owed exactly and has not been paid yet, and who is paid out of the money in hand.
///
/// What is owed may be a little below zero for one who was rounded up before. Everyone gets the whole units due, and
/// the units that are left go one each to the largest remainders, the earlier of equals first. What is owed beyond
/// that is carried, so rounding does not drift, and no payment is negative.
#[derive(Debug, Clone)]
pub(crate) struct Dues {
    due: Vec<Exact>,
    paid: Vec<i64>,
    /// What each is owed beyond what it is paid, to the tolerance, so that remainders that should be equal are; none for
    /// those who are due nothing.
    ranks: Vec<i64>,
    /// Who is paid, in order.
    payees: Vec<u32>,
    /// Who may be due a whole unit.
    ready: Vec<u32>,
    order: Vec<(i64, u32)>,
}

const NONE: i64 = i64::MIN;

fn rank(owed: Exact) -> i64 {
    saturate(owed + TOLERANCE / 2).div_euclid(TOLERANCE as i64)
}

impl Dues {
    pub(crate) fn of(count: usize) -> Self {
        let (due, paid, ranks) = (vec![0; count], vec![0; count], vec![NONE; count]);
        Dues { due, paid, ranks, payees: Vec::new(), ready: Vec::new(), order: Vec::new() }
    }

    pub(crate) fn owe(&mut self, to: u32, amount: Exact) {
        self.due[to as usize] += amount;
        self.ready.push(to);
    }

    /// Who is paid out of the money in hand and how much, in order.
    pub(crate) fn payments(&self) -> impl Iterator<Item = (u32, i64)> {
        self.payees.iter().map(|to| (*to, self.paid[*to as usize]))
    }

    pub(crate) fn payees(&self) -> usize {
        self.payees.len()
    }

    /// The payment at a place of their order.
    pub(crate) fn payment(&self, place: usize) -> (u32, i64) {
        let to = self.payees[place];
        (to, self.paid[to as usize])
    }

    pub(crate) fn paid(&self, to: u32) -> i64 {
        self.paid[to as usize]
    }

    /// Pays `total` minor units out to those who are due more than nothing.
    pub(crate) fn settle(&mut self, total: i64) {
        for to in self.payees.drain(..) {
            self.paid[to as usize] = 0;
            if self.due[to as usize] <= 0 {
                self.ranks[to as usize] = NONE;
            }
        }
        let mut left = total;
        for to in self.ready.drain(..) {
            let owed = &mut self.due[to as usize];
            if *owed + TOLERANCE >= UNIT {
                let whole = whole_minor(*owed);
                *owed -= from_minor(whole);
                self.paid[to as usize] = whole;
                left -= whole;
                self.payees.push(to);
            }
            let due = *owed > 0 || self.paid[to as usize] > 0;
            self.ranks[to as usize] = if due { rank(*owed) } else { NONE };
        }
        match left {
            0 => {}
            1.. => self.round_up(left),
            _ => self.round_down(left),
        }
        self.payees.sort_unstable();
        if left < 0 {
            self.payees.retain(|to| self.paid[*to as usize] != 0);
            // Whoever waits for a unit is due it whenever money moves again.
            let waits = |to: &u32| self.due[*to as usize] + TOLERANCE >= UNIT;
            self.ready = (0..self.due.len() as u32).filter(waits).collect();
        }
    }

    /// Moves a unit to somebody, or back from him.
    fn shift(&mut self, to: u32, unit: i64) {
        let (due, paid) = (&mut self.due[to as usize], &mut self.paid[to as usize]);
        if *paid == 0 {
            self.payees.push(to);
        }
        *paid += unit;
        *due -= from_minor(unit);
        self.ranks[to as usize] = rank(*due);
    }

    /// What is left goes to the largest remainders.
    fn round_up(&mut self, mut left: i64) {
        let mut order = std::mem::take(&mut self.order);
        order.clear();
        // Of more than there are units, only the first in order are kept.
        let most = usize::try_from(left).unwrap_or(usize::MAX);
        let mut least = NONE;
        for (index, rank) in self.ranks.iter().enumerate().filter(|(_, rank)| **rank != NONE) {
            if *rank > least || order.len() < most {
                if order.len() == most {
                    order.pop();
                }
                let at = order.partition_point(|(other, _)| other >= rank);
                order.insert(at, (*rank, index as u32));
                if order.len() == most {
                    least = order.last().map_or(NONE, |(last, _)| *last);
                }
            }
        }
        while left > 0 && !order.is_empty() {
            for (_, to) in order.iter().take(most) {
                if left > 0 {
                    self.shift(*to, 1);
                    left -= 1;
                }
            }
        }
        self.order = order;
    }

    /// What is paid too much is taken from the smallest remainders.
    fn round_down(&mut self, mut left: i64) {
        let mut order = std::mem::take(&mut self.order);
        order.clear();
        order.extend(self.payees.iter().map(|to| (self.ranks[*to as usize], *to)));
        order.sort_unstable();
        while left < 0 && !order.is_empty() {
            order.retain(|(_, to)| {
                if left < 0 {
                    self.shift(*to, -1);
                    left += 1;
                }
                self.paid[*to as usize] > 0
            });
        }
        self.order = order;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_third_each_of_a_dollar_again_and_again_does_not_drift() {
        let mut dues = Dues::of(3);
        let mut totals = [0i64; 3];
        for _ in 0..100 {
            (0..3).for_each(|to| dues.owe(to, 100 * UNIT / 3));
            dues.settle(100);
            assert_eq!(dues.payments().map(|(_, paid)| paid).sum::<i64>(), 100);
            for (to, paid) in dues.payments() {
                totals[to as usize] += paid;
            }
        }
        assert_eq!(totals.iter().sum::<i64>(), 10_000);
        assert!(totals.iter().all(|total| (3_333..=3_334).contains(total)), "{totals:?}");
    }

    #[test]
    fn one_rounded_up_before_is_not_asked_back() {
        let mut dues = Dues::of(2);
        dues.owe(0, -UNIT * 4 / 10);
        dues.owe(1, UNIT * 14 / 10);
        dues.settle(1);
        assert_eq!(dues.payments().collect::<Vec<_>>(), [(1, 1)]);
    }

    #[test]
    fn one_who_waits_for_a_unit_gets_it_when_money_moves_again() {
        let mut dues = Dues::of(3);
        (0..2).for_each(|to| dues.owe(to, UNIT));
        dues.settle(1);
        assert_eq!(dues.payments().collect::<Vec<_>>(), [(1, 1)]);
        dues.owe(2, UNIT);
        dues.settle(2);
        assert_eq!(dues.payments().collect::<Vec<_>>(), [(0, 1), (2, 1)]);
    }
}
