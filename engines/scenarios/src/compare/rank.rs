//! Ranks and percentiles.

use super::Standing;

/// Scores that are nearer than this are equal: what is left of adding doubles is no lead.
const EQUAL: f64 = 1e-9;

/// Gives every scenario that closes and has a score its rank and percentile.
pub(super) fn rank(standings: &mut [Standing]) {
    let points = |standing: &Standing| standing.score.as_ref().ok().map(|score| score.points);
    let mut ranked: Vec<(usize, f64)> = standings
        .iter()
        .enumerate()
        .filter(|(_, standing)| standing.closes)
        .filter_map(|(place, standing)| Some((place, points(standing)?)))
        .collect();
    ranked.sort_by(|one, two| two.1.total_cmp(&one.1));
    let others = ranked.len().saturating_sub(1);
    let mut first = 0;
    while first < ranked.len() {
        let leader = ranked[first].1;
        let equal = ranked[first..].iter().take_while(|(_, points)| leader - points <= EQUAL).count();
        let worse = ranked.len() - first - equal;
        for (place, _) in &ranked[first..first + equal] {
            let beaten = worse as f64 + (equal - 1) as f64 / 2.0;
            standings[*place].rank = Some(first + 1);
            standings[*place].percentile = (others > 0).then(|| beaten / others as f64);
        }
        first += equal;
    }
}
