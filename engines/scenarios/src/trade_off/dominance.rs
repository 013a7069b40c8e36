//! Which of several points nobody would give up for another.
//!
//! Points hold losses: less is better in every place. The caller turns what shall be high.

/// Whether one point is at least as good everywhere and better somewhere.
pub(crate) fn dominates(one: &[f64], two: &[f64]) -> bool {
    let mut better = false;
    for (one, two) in one.iter().zip(two) {
        if one > two {
            return false;
        }
        better |= one < two;
    }
    better
}

/// Places of the points that no other dominates, in the given order; equals stay together.
///
/// Points are visited by their first place, then the next, so that a point can only be dominated by one before it: each
/// is held against the frontier so far (Kung, Luccio and Preparata 1975, Journal of the ACM 22(4):469–476, without the
/// division, which pays only beyond a hundred thousand points).
pub(crate) fn undominated<P: AsRef<[f64]>>(points: &[P]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..points.len()).collect();
    let compare = |one: &[f64], two: &[f64]| {
        let places = one.iter().zip(two).map(|(one, two)| one.total_cmp(two));
        places.fold(std::cmp::Ordering::Equal, std::cmp::Ordering::then)
    };
    order.sort_by(|one, two| compare(points[*one].as_ref(), points[*two].as_ref()));
    let mut kept: Vec<usize> = Vec::new();
    for place in order {
        let point = points[place].as_ref();
        // The latest are the nearest, and the likeliest to dominate.
        if !kept.iter().rev().any(|earlier| dominates(points[*earlier].as_ref(), point)) {
            kept.push(place);
        }
    }
    kept.sort_unstable();
    kept
}

/// The volume between the points and a corner that is worse than all of them, exact for any number of objectives.
///
/// Slices along the last place, each as thick as the distance to the next point and as wide as what the points so far
/// dominate in the other places (While, Hingston, Barone and Huband 2006, IEEE TEC 10(1):29–38).
pub fn hypervolume<P: AsRef<[f64]>>(points: &[P], corner: &[f64]) -> f64 {
    let inside = |point: &&P| point.as_ref().iter().zip(corner).all(|(point, corner)| point < corner);
    let points: Vec<&[f64]> = points.iter().filter(inside).map(AsRef::as_ref).collect();
    volume(&points, corner)
}

fn volume(points: &[&[f64]], corner: &[f64]) -> f64 {
    let Some((&end, wide)) = corner.split_last() else { return 1.0 };
    if points.is_empty() {
        return 0.0;
    }
    if wide.is_empty() {
        return points.iter().map(|point| end - point[0]).fold(0.0, f64::max);
    }
    let last = wide.len();
    let kept = undominated(points);
    let mut points: Vec<&[f64]> = kept.into_iter().map(|place| points[place]).collect();
    points.sort_by(|one, two| one[last].total_cmp(&two[last]));
    let mut sum = 0.0;
    let mut flat: Vec<&[f64]> = Vec::with_capacity(points.len());
    for (place, point) in points.iter().enumerate() {
        flat.push(&point[..last]);
        let next = points.get(place + 1).map_or(end, |next| next[last]);
        let thick = next - point[last];
        if thick > 0.0 {
            sum += thick * volume(&flat, wide);
        }
    }
    sum
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn grid_volume(points: &[Vec<f64>], corner: f64, places: usize) -> f64 {
        // Points on whole numbers: count the unit cells that one of them dominates.
        let side = corner as usize;
        let cells = side.pow(u32::try_from(places).expect("few places"));
        let dominated = |cell: usize| {
            let at = |place: usize| (cell / side.pow(u32::try_from(place).expect("few"))) % side;
            points.iter().any(|point| (0..places).all(|place| point[place] <= at(place) as f64))
        };
        (0..cells).filter(|&cell| dominated(cell)).count() as f64
    }

    #[test]
    fn a_known_volume() {
        let points = [vec![1.0, 3.0], vec![2.0, 2.0], vec![3.0, 1.0]];
        assert_eq!(hypervolume(&points, &[4.0, 4.0]), 6.0);
        assert_eq!(hypervolume(&points[..0], &[4.0, 4.0]), 0.0);
        assert_eq!(hypervolume(&[vec![5.0, 1.0]], &[4.0, 4.0]), 0.0, "beyond the corner counts nothing");
    }

    proptest! {
        #[test]
        fn the_frontier_is_what_nothing_dominates(
            points in prop::collection::vec(prop::collection::vec(0..8_u8, 3), 0..40),
        ) {
            let points: Vec<Vec<f64>> =
                points.iter().map(|point| point.iter().copied().map(f64::from).collect()).collect();
            let slow: Vec<usize> = (0..points.len())
                .filter(|&place| !points.iter().any(|other| dominates(other, &points[place])))
                .collect();
            prop_assert_eq!(undominated(&points), slow);
        }

        #[test]
        fn the_volume_is_that_of_counted_cells(
            points in prop::collection::vec(prop::collection::vec(0..7_u8, 3), 0..12), places in 1..4_usize,
        ) {
            let points: Vec<Vec<f64>> = points.iter()
                .map(|point| point[..places].iter().copied().map(f64::from).collect()).collect();
            let counted = grid_volume(&points, 7.0, places);
            prop_assert_eq!(hypervolume(&points, &vec![7.0; places]), counted);
        }
    }
}
