//! From exact entitlements to whole minor units

use crate::exact::{Exact, TOLERANCE, UNIT, from_minor, saturate, whole_minor};

/// Pays `total` minor units out to those who are due more than nothing.
///
/// `due` holds what each is owed exactly and has not been paid yet; it may be a little below zero
/// for one who was rounded up before. Everyone gets the whole units due, and the units that are
/// left go one each to the largest remainders, the earlier of equals first. What is owed beyond
/// that is carried, so rounding does not drift, and no payment is negative.
pub(crate) fn settle(total: i64, due: &mut [Exact], paid: &mut [i64]) {
    let mut left = total;
    for (owed, out) in due.iter().zip(paid.iter_mut()) {
        *out = if *owed + TOLERANCE < UNIT { 0 } else { whole_minor(*owed) };
        left -= *out;
    }
    // Remainders are compared to the tolerance, so that those that should be equal are.
    let more = left > 0;
    let mut order: Vec<(i64, usize)> = Vec::new();
    let looked_at = if left == 0 { 0 } else { due.len() };
    for (index, (owed, out)) in due.iter().zip(paid.iter()).enumerate().take(looked_at) {
        if if more { *owed > 0 } else { *out > 0 } {
            let rest = saturate(owed - from_minor(*out) + TOLERANCE / 2).div_euclid(TOLERANCE as i64);
            order.push((if more { -rest } else { rest }, index));
        }
    }
    order.sort_unstable();
    while left != 0 && !order.is_empty() {
        order.retain(|(_, index)| {
            if left != 0 {
                paid[*index] += left.signum();
                left -= left.signum();
            }
            more || paid[*index] > 0
        });
    }
    for (owed, out) in due.iter_mut().zip(paid.iter()).filter(|(_, out)| **out != 0) {
        *owed -= Exact::from(*out) * UNIT;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_third_each_of_a_dollar_again_and_again_does_not_drift() {
        let mut due = [0i128; 3];
        let mut totals = [0i64; 3];
        for _ in 0..100 {
            let mut paid = [0i64; 3];
            for owed in &mut due {
                *owed += 100 * UNIT / 3;
            }
            settle(100, &mut due, &mut paid);
            assert_eq!(paid.iter().sum::<i64>(), 100);
            for (total, out) in totals.iter_mut().zip(paid) {
                *total += out;
            }
        }
        assert_eq!(totals.iter().sum::<i64>(), 10_000);
        assert!(totals.iter().all(|total| (3_333..=3_334).contains(total)), "{totals:?}");
    }

    #[test]
    fn one_rounded_up_before_is_not_asked_back() {
        let mut due = [-UNIT * 4 / 10, UNIT * 14 / 10];
        let mut paid = [0i64; 2];
        settle(1, &mut due, &mut paid);
        assert_eq!(paid, [0, 1]);
    }
}
