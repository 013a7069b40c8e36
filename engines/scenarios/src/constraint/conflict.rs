//! Which demands cannot be met together.

/// Sets up to this size are looked through as a whole, so that the one named is the smallest there is.
const EXHAUSTED: usize = 14;

/// The smallest set of demands that nothing meets, by their places; none where all can be met together. `can_meet` says
/// whether some of them can; what can be met together can be met with fewer.
///
/// A set from which nothing can be left out is found by the deletion filter (Chinneck and Dravnieks 1991, "Locating
/// minimal infeasible constraint sets in linear programs", ORSA Journal on Computing 3(2):157–168). A smaller one may
/// stand elsewhere: up to fourteen demands all smaller sets are tried.
pub fn smallest_conflict(demands: usize, mut can_meet: impl FnMut(&[usize]) -> bool) -> Option<Vec<usize>> {
    let mut kept: Vec<usize> = (0..demands).collect();
    if can_meet(&kept) {
        return None;
    }
    let mut at = 0;
    while at < kept.len() {
        let without: Vec<usize> = kept.iter().copied().filter(|place| *place != kept[at]).collect();
        if can_meet(&without) {
            at += 1;
        } else {
            kept = without;
        }
    }
    if demands > EXHAUSTED {
        return Some(kept);
    }
    let smaller = (0..kept.len()).find_map(|size| {
        let sets = (0_u32..1 << demands).filter(|set| set.count_ones() as usize == size);
        let places = |set: u32| (0..demands).filter(|place| set >> place & 1 == 1).collect::<Vec<usize>>();
        sets.map(places).find(|set| !can_meet(set))
    });
    Some(smaller.unwrap_or(kept))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Demands on one number: at least this, at most that.
    fn meets(demands: &[(i8, i8)], set: &[usize]) -> bool {
        let low = set.iter().map(|place| demands[*place].0).max().unwrap_or(i8::MIN);
        let high = set.iter().map(|place| demands[*place].1).min().unwrap_or(i8::MAX);
        low <= high
    }

    #[test]
    fn what_can_be_met_has_no_conflict() {
        assert_eq!(smallest_conflict(0, |_| true), None);
        assert_eq!(smallest_conflict(3, |_| true), None);
        assert_eq!(smallest_conflict(3, |set| !set.contains(&1)), Some(vec![1]), "impossible alone");
    }

    proptest! {
        /// Intervals miss each other in pairs (Helly), or one is empty.
        #[test]
        fn intervals_conflict_in_pairs(demands in prop::collection::vec((-20..20_i8, -20..20_i8), 1..10)) {
            match smallest_conflict(demands.len(), |set| meets(&demands, set)) {
                None => prop_assert!(meets(&demands, &(0..demands.len()).collect::<Vec<_>>())),
                Some(set) => {
                    prop_assert!(!meets(&demands, &set));
                    let empty = demands.iter().any(|(low, high)| low > high);
                    prop_assert_eq!(set.len(), if empty { 1 } else { 2 });
                }
            }
        }
    }
}
