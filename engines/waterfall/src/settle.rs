//! From exact entitlements to whole minor units

use crate::exact::{Exact, TOLERANCE, UNIT, from_minor, saturate, whole_minor};

/// What each is owed exactly and has not been paid yet, and who is paid out of the money in hand.
///
/// What is owed may be a little below zero for one who was rounded up before. Everyone gets the whole units due, and
/// the units that are left go one each to the largest remainders, the earlier of equals first. What is owed beyond
/// that is carried, so rounding does not drift, and no payment is negative.
///
/// Who gets a unit is as good as random, and a processor that guesses is wrong half of the time: so the units are given
/// by arithmetic, to everybody, nothing to most.
#[derive(Debug, Clone)]
pub(crate) struct Dues {
    due: Vec<Exact>,
    paid: Vec<i64>,
    /// Who may be due more than nothing, and who is paid: one bit each.
    live: Vec<u64>,
    payees: Vec<u64>,
    /// What is paid in whole units so far.
    whole: i64,
    /// Who waits for a unit, and is due it whenever money moves again.
    waiting: Vec<u32>,
    candidates: Box<Candidates>,
}

/// Bits of a key for the place among the candidates; a remainder takes the twenty above them.
const PLACE: u32 = 11;

/// As many as are compared each with each, so many at a time.
const FEW: usize = 64;
const AT_A_TIME: usize = 8;

/// Those who may get a unit: who they are, and a key for each, the larger the larger his remainder and the earlier he
/// stands.
#[derive(Debug, Clone)]
struct Candidates {
    count: usize,
    who: [u32; FEW],
    keys: [i32; FEW],
}

/// What somebody is owed, to the tolerance, so that remainders that should be equal are.
fn rank(owed: Exact) -> i64 {
    saturate(owed + TOLERANCE / 2).div_euclid(TOLERANCE as i64)
}

impl Dues {
    pub(crate) fn of(count: usize) -> Self {
        Dues {
            due: vec![0; count],
            paid: vec![0; count],
            live: vec![0; count.div_ceil(64)],
            payees: vec![0; count.div_ceil(64)],
            whole: 0,
            waiting: Vec::new(),
            candidates: Box::new(Candidates { count: 0, who: [0; FEW], keys: [i32::MIN; FEW] }),
        }
    }

    /// Money is in hand: what was paid before is done with.
    pub(crate) fn begin(&mut self) {
        for group in 0..self.payees.len() {
            for to in ones(group, std::mem::take(&mut self.payees[group])) {
                self.paid[to as usize] = 0;
            }
        }
        self.whole = 0;
        for to in std::mem::take(&mut self.waiting) {
            self.owe(to, 0);
        }
    }

    #[inline]
    pub(crate) fn owe(&mut self, to: u32, amount: Exact) {
        let place = to as usize;
        let owed = self.due[place] + amount;
        let whole = if owed + TOLERANCE >= UNIT { whole_minor(owed) } else { 0 };
        self.due[place] = owed - from_minor(whole);
        self.paid[place] += whole;
        self.whole += whole;
        self.live[place / 64] |= 1 << (place % 64);
    }

    /// Who is paid out of the money in hand and how much, in order.
    pub(crate) fn payments(&self) -> impl Iterator<Item = (u32, i64)> {
        let payees = self.payees.iter().enumerate().flat_map(|(group, bits)| ones(group, *bits));
        payees.map(|to| (to, self.paid[to as usize]))
    }

    /// How many groups of 64 there are.
    pub(crate) fn groups(&self) -> usize {
        self.payees.len()
    }

    /// Who is paid in a group of 64, in order.
    pub(crate) fn payees(&self, group: usize) -> impl Iterator<Item = u32> + use<> {
        ones(group, self.payees[group])
    }

    pub(crate) fn paid(&self, to: u32) -> i64 {
        self.paid[to as usize]
    }

    /// Pays `total` minor units out to those who are due more than nothing.
    pub(crate) fn settle(&mut self, total: i64) {
        let left = total - self.whole;
        if left > 0 {
            self.round_up(left);
        } else if left < 0 {
            self.round_down(left);
        }
        for group in 0..self.live.len() {
            let (mut paid, mut live) = (0, 0);
            for to in ones(group, self.live[group]) {
                let (pays, owed) = (self.paid[to as usize] != 0, self.due[to as usize] > 0);
                paid |= u64::from(pays) << (to % 64);
                live |= u64::from(owed) << (to % 64);
            }
            self.payees[group] = paid;
            self.live[group] = live;
        }
        if left < 0 {
            let waits = |to: &u32| self.due[*to as usize] + TOLERANCE >= UNIT;
            self.waiting = (0..self.due.len() as u32).filter(waits).collect();
        }
    }

    /// What is left goes to the largest remainders of those who are due more than nothing, or paid.
    fn round_up(&mut self, left: i64) {
        let live: u32 = self.live.iter().map(|group| group.count_ones()).sum();
        if live as usize > FEW {
            return self.round_up_many(left);
        }
        self.find_candidates();
        let candidates = &self.candidates;
        if candidates.count == 0 {
            return;
        }
        let each = left / candidates.count as i64;
        let last = match left % candidates.count as i64 {
            0 => i32::MAX,
            some => candidates.key_at(some as i32 - 1),
        };
        let due = from_minor(each);
        for (to, key) in candidates.who.iter().zip(&candidates.keys).take(candidates.count) {
            let more = *key >= last;
            self.paid[*to as usize] += each + i64::from(more);
            self.due[*to as usize] -= due + if more { UNIT } else { 0 };
        }
    }

    fn find_candidates(&mut self) {
        let out = &mut *self.candidates;
        let mut count = 0;
        for (group, live) in self.live.iter().enumerate() {
            for to in ones(group, *live) {
                let (due, paid) = (self.due[to as usize], self.paid[to as usize]);
                // What is left of anybody's dues is less than a unit, and no less than nothing to the tolerance.
                let rank = (due + TOLERANCE + TOLERANCE / 2) as u64 / TOLERANCE as u64;
                let place = (1 << PLACE) - 1 - count as i32;
                out.keys[count % FEW] = ((rank as i32 - 1) << PLACE) | place;
                out.who[count % FEW] = to;
                count += usize::from(due > 0 || paid != 0);
            }
        }
        // Room behind the last, up to as many as are compared at a time.
        let room = count.next_multiple_of(AT_A_TIME);
        out.keys[count..room].fill(i32::MIN);
        out.count = count;
    }

    /// The same of more than are compared each with each.
    fn round_up_many(&mut self, left: i64) {
        let live = self.live.iter().enumerate().flat_map(|(group, bits)| ones(group, *bits));
        let of = |to: u32| (std::cmp::Reverse(rank(self.due[to as usize])), to);
        let due = |to: &u32| self.due[*to as usize] > 0 || self.paid[*to as usize] != 0;
        let mut order: Vec<_> = live.filter(due).map(of).collect();
        if order.is_empty() {
            return;
        }
        let (each, some) = (left / order.len() as i64, (left % order.len() as i64) as usize);
        order.select_nth_unstable(some);
        for (place, (_, to)) in order.iter().enumerate() {
            let units = each + i64::from(place < some);
            self.paid[*to as usize] += units;
            self.due[*to as usize] -= Exact::from(units) * UNIT;
        }
    }

    /// What is paid too much is taken from the smallest remainders.
    fn round_down(&mut self, mut left: i64) {
        let live = self.live.iter().enumerate().flat_map(|(group, bits)| ones(group, *bits));
        let payees = live.filter(|to| self.paid[*to as usize] > 0);
        let mut order: Vec<(i64, u32)> = payees.map(|to| (rank(self.due[to as usize]), to)).collect();
        order.sort_unstable();
        while left < 0 && !order.is_empty() {
            order.retain(|(_, to)| {
                if left < 0 {
                    self.paid[*to as usize] -= 1;
                    self.due[*to as usize] += UNIT;
                    left += 1;
                }
                self.paid[*to as usize] > 0
            });
        }
    }
}

impl Candidates {
    /// The key of whoever stands at a place, the largest first.
    fn key_at(&self, place: i32) -> i32 {
        let (groups, _) = self.keys.as_chunks::<AT_A_TIME>();
        let mut found = [0; AT_A_TIME];
        for group in &groups[..self.count.div_ceil(AT_A_TIME)] {
            let mut before = [0; AT_A_TIME];
            for other in &self.keys[..self.count] {
                for (sum, key) in before.iter_mut().zip(group) {
                    *sum += i32::from(other > key);
                }
            }
            for (found, (key, before)) in found.iter_mut().zip(group.iter().zip(before)) {
                *found |= if before == place { *key } else { 0 };
            }
        }
        found.into_iter().fold(0, |one, other| one | other)
    }
}

/// The places of the bits that are set, in order.
fn ones(group: usize, mut bits: u64) -> impl Iterator<Item = u32> + use<> {
    std::iter::from_fn(move || {
        let first = (bits != 0).then(|| bits.trailing_zeros())?;
        bits &= bits - 1;
        Some(group as u32 * 64 + first)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_third_each_of_a_dollar_again_and_again_does_not_drift() {
        let mut dues = Dues::of(3);
        let mut totals = [0i64; 3];
        for _ in 0..100 {
            dues.begin();
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
        dues.begin();
        dues.owe(2, UNIT);
        dues.settle(2);
        assert_eq!(dues.payments().collect::<Vec<_>>(), [(0, 1), (2, 1)]);
    }
}
