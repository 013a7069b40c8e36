//! From exact dues to payments of whole minor units

use super::fraction::{Fraction, millionth, nothing, parts, units, whole};

/// Pays an amount out. Everyone gets the whole units he is due; what is left goes one unit each to the largest
/// remainders, the first of equals first. Where the whole units are more than there is, the smallest remainders wait.
pub(crate) fn pay(amount: i64, due: &[Fraction]) -> Vec<i64> {
    let mut paid: Vec<i64> = due.iter().map(|due| units(due).max(0)).collect();
    let mut left = amount - paid.iter().sum::<i64>();
    let remainder =
        |place: usize, paid: &[i64]| ((&due[place] - whole(paid[place])) / millionth() + parts(1, 2)).floor();
    let entitled = |place: &usize| if left > 0 { due[*place] > nothing() } else { paid[*place] > 0 };
    let mut order: Vec<usize> = (0..due.len()).filter(entitled).collect();
    if left > 0 {
        order.sort_by_key(|place| (-remainder(*place, &paid), *place));
    } else {
        order.sort_by_key(|place| (remainder(*place, &paid), *place));
    }
    while left != 0 && order.iter().any(|place| left > 0 || paid[*place] > 0) {
        for place in &order {
            if left > 0 {
                paid[*place] += 1;
                left -= 1;
            } else if left < 0 && paid[*place] > 0 {
                paid[*place] -= 1;
                left += 1;
            }
        }
    }
    paid
}
