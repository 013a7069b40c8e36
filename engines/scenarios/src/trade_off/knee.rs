//! Where a frontier bends.

/// The least distance from the line between the ends, in parts of the ranges, that is called a bend.
const LEAST_BEND: f64 = 1e-6;

/// The place of the point that lies farthest below the straight line (for three objectives: the plane) through the best
/// points of each objective, all places scaled to their range; none where nothing lies below it.
///
/// Das 1999, "On characterizing the 'knee' of the Pareto curve based on Normal-Boundary Intersection", Structural
/// Optimization 18:107–115. Points are losses. The scaled ends lie at distance one from the corner of ideals along
/// their axes only where the frontier spans its range, which it does for two objectives; for three the plane
/// `Σ scaled = 1` is taken.
pub(super) fn knee(points: &[Vec<f64>]) -> Option<usize> {
    let places = points.first()?.len();
    let range = |place: usize| {
        let values = points.iter().map(|point| point[place]);
        (values.clone().fold(f64::INFINITY, f64::min), values.fold(f64::NEG_INFINITY, f64::max))
    };
    let ranges: Vec<(f64, f64)> = (0..places).map(range).collect();
    if ranges.iter().any(|(low, high)| high <= low) {
        return None;
    }
    let below = |point: &[f64]| {
        let scaled = point.iter().zip(&ranges).map(|(value, (low, high))| (value - low) / (high - low));
        (1.0 - scaled.sum::<f64>()) / (places as f64).sqrt()
    };
    let (place, bend) = points
        .iter()
        .enumerate()
        .map(|(place, point)| (place, below(point)))
        .reduce(|best, next| if next.1 > best.1 { next } else { best })?;
    (bend > LEAST_BEND).then_some(place)
}
