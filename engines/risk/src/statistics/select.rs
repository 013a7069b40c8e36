//! Order statistics without sorting.

/// Puts the values of the given ranks, which ascend, where sorting would put them.
pub(crate) fn select(values: &mut [f64], ranks: &[usize]) {
    if values.len() < 2 || ranks.is_empty() {
        return;
    }
    let middle = ranks.len() / 2;
    let rank = ranks[middle];
    values.select_nth_unstable_by(rank, f64::total_cmp);
    let (below, rest) = values.split_at_mut(rank);
    select(below, &ranks[..middle]);
    let after: Vec<usize> = ranks[middle + 1..].iter().map(|later| later - rank - 1).collect();
    select(&mut rest[1..], &after);
}

/// The place of a type-7 quantile among ordered values: the rank below it, and how far it is to the next one.
pub(crate) fn place(count: u64, p: f64) -> (u64, f64) {
    let place = (count.saturating_sub(1)) as f64 * p.clamp(0.0, 1.0);
    let below = place.floor();
    (below as u64, place - below)
}

/// The quantiles of values that are all ordered numbers; the values end up in another order.
pub(crate) fn quantiles(values: &mut [f64], wanted: &[f64]) -> Vec<f64> {
    let count = values.len();
    let places: Vec<(usize, f64)> = wanted
        .iter()
        .map(|p| {
            let (below, part) = place(count as u64, *p);
            (below as usize, part)
        })
        .collect();
    let mut ranks: Vec<usize> = places.iter().flat_map(|(below, _)| [*below, below + 1]).collect();
    ranks.retain(|rank| *rank < count);
    ranks.sort_unstable();
    ranks.dedup();
    select(values, &ranks);
    let at = |(below, part): &(usize, f64)| between(values[*below], values.get(below + 1).copied(), *part);
    if count == 0 { Vec::new() } else { places.iter().map(at).collect() }
}

/// Between two ordered values. Two that are equal are that value, also where it has no end.
pub(crate) fn between(below: f64, above: Option<f64>, part: f64) -> f64 {
    match above {
        Some(above) if part > 0.0 && above > below => below + (above - below) * part,
        Some(_) | None => below,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn selecting_gives_what_sorting_gives(
            values in prop::collection::vec(prop_oneof![Just(-1.0), -9.0..9.0_f64, Just(f64::INFINITY)], 1..300),
            wanted in prop::collection::vec(0.0..=1.0_f64, 1..9),
        ) {
            let mut sorted = values.clone();
            sorted.sort_by(f64::total_cmp);
            let mut shuffled = values;
            for (p, found) in wanted.iter().zip(quantiles(&mut shuffled, &wanted)) {
                let place = (sorted.len() - 1) as f64 * p;
                let (below, part) = (place.floor() as usize, place.fract());
                let above = sorted.get(below + 1).copied().unwrap_or(sorted[below]);
                let expected =
                    if part == 0.0 || above == sorted[below] { sorted[below] } else { sorted[below] + part * (above - sorted[below]) };
                prop_assert_eq!(found, expected);
            }
        }
    }

    #[test]
    fn the_quantiles_that_spreadsheets_give() {
        let mut values = [4.0, 1.0, 3.0, 2.0];
        assert_eq!(quantiles(&mut values, &[0.0, 0.25, 0.5, 0.9, 1.0]), [1.0, 1.75, 2.5, 3.7, 4.0]);
        assert!(quantiles(&mut [], &[0.5]).is_empty());
        assert_eq!(quantiles(&mut [7.0], &[0.05, 0.95]), [7.0, 7.0]);
    }
}
