//! New decisions out of those that did well.

use crate::optimise::counter::Counter;
use crate::optimise::space::Decision;

/// How often a pair is crossed.
const CROSSED: f64 = 0.9;

/// Distribution indices of crossover and of mutation: the larger, the nearer to the parents (Deb et al. 2002, section V).
const NEAR_PARENTS: f64 = 15.0;
const NEAR_SELF: f64 = 20.0;

fn snapped(decision: &Decision, at: f64) -> u32 {
    at.round().clamp(0.0, f64::from(decision.steps)) as u32
}

/// Simulated binary crossover (Deb and Agrawal 1995, Complex Systems 9(2):115–148) in units of steps: the spread of the
/// children is that of a single-point crossover of binary strings.
pub(super) fn crossed(one: &[u32], two: &[u32], decisions: &[Decision], draw: &mut Counter) -> Vec<u32> {
    let crossed = draw.even() < CROSSED;
    let gene = |((&one, &two), decision): ((&u32, &u32), &Decision)| {
        let (even, side, whether) = (draw.even(), draw.even(), draw.even());
        if !crossed || whether < 0.5 {
            return one;
        }
        let exponent = 1.0 / (NEAR_PARENTS + 1.0);
        let spread = if even <= 0.5 {
            (2.0 * even).powf(exponent)
        } else {
            (1.0 / (2.0 * (1.0 - even))).powf(exponent)
        };
        let (one, two) = (f64::from(one), f64::from(two));
        let signed = if side < 0.5 { spread } else { -spread };
        snapped(decision, f64::midpoint(one, two) + 0.5 * signed * (two - one))
    };
    one.iter().zip(two).zip(decisions).map(gene).collect()
}

/// Polynomial mutation (Deb and Goyal 1996, Computer Science and Informatics 26(4):30–45), one decision in all on
/// average, and at least one step.
pub(super) fn mutated(mut steps: Vec<u32>, decisions: &[Decision], draw: &mut Counter) -> Vec<u32> {
    let each = 1.0 / decisions.len().max(1) as f64;
    for (step, decision) in steps.iter_mut().zip(decisions) {
        let (whether, even) = (draw.even(), draw.even());
        if whether >= each {
            continue;
        }
        let exponent = 1.0 / (NEAR_SELF + 1.0);
        let part = if even < 0.5 {
            (2.0 * even).powf(exponent) - 1.0
        } else {
            1.0 - (2.0 * (1.0 - even)).powf(exponent)
        };
        let moved = part * f64::from(decision.steps);
        let least = if even < 0.5 { moved.min(-1.0) } else { moved.max(1.0) };
        *step = snapped(decision, f64::from(*step) + least);
    }
    steps
}

/// Anywhere at all.
pub(super) fn anywhere(decisions: &[Decision], draw: &mut Counter) -> Vec<u32> {
    decisions.iter().map(|decision| snapped(decision, draw.even() * f64::from(decision.steps))).collect()
}

/// One, two or three decisions moved by some steps, as a pattern search does; the second is mostly moved
/// against the first, which keeps their sum where a sum is what binds, and the third gives way where two limits bind.
pub(super) fn nudged(steps: &[u32], decisions: &[Decision], draw: &mut Counter) -> Vec<u32> {
    let mut moved = steps.to_vec();
    let order = draw.shuffled(decisions.len());
    let many = draw.even();
    let count = if many < 0.3 { 1 } else { 2 + usize::from(many > 0.65) };
    let mut sign = if draw.even() < 0.5 { 1.0 } else { -1.0 };
    for (turn, &place) in order.iter().take(count).enumerate() {
        let decision = &decisions[place];
        let powers = u32::BITS - decision.steps.leading_zeros();
        let turns = if turn == 1 { 0.7 } else { 0.5 };
        if turn > 0 && draw.even() < turns {
            sign = -sign;
        }
        // Small moves are tried more often than large ones, and powers of two not only.
        let (scale, form, part) = (draw.even() * draw.even(), draw.even(), draw.even());
        let power = 2_f64.powi((scale * f64::from(powers)) as i32);
        let size = if form < 0.5 { power } else { 1.0 + (part * part * f64::from(decision.steps)).floor() };
        moved[place] = snapped(decision, f64::from(moved[place]) + sign * size);
    }
    moved
}

/// One decision put anywhere, to an end of its range as often as in between: money that is not taken at all is what
/// rules, fees and covers turn on. The rest is nudged as often as not.
pub(super) fn leapt(steps: &[u32], decisions: &[Decision], draw: &mut Counter) -> Vec<u32> {
    let mut leapt = if draw.even() < 0.5 { nudged(steps, decisions, draw) } else { steps.to_vec() };
    let place = draw.below(decisions.len());
    let (end, at) = (draw.even(), draw.even());
    let Some(decision) = decisions.get(place) else { return leapt };
    leapt[place] = match end {
        end if end < 0.25 => 0,
        end if end < 0.5 => decision.steps,
        _ => snapped(decision, at * f64::from(decision.steps)),
    };
    leapt
}

/// Decisions of which every corner is looked at.
const CORNERED: usize = 5;

/// Everything taken in full or not at all.
pub(super) fn corners(decisions: &[Decision]) -> Vec<Vec<u32>> {
    let count = if decisions.len() <= CORNERED { 1_usize << decisions.len() } else { 0 };
    let corner = |bits: usize| {
        let end =
            |(place, decision): (usize, &Decision)| if bits >> place & 1 == 1 { decision.steps } else { 0 };
        decisions.iter().enumerate().map(end).collect()
    };
    (0..count).map(corner).collect()
}

/// The first population: every decision's range is cut into as many parts as there are members, and each part is used
/// once (Latin hypercube: McKay, Beckman and Conover 1979, Technometrics 21(2):239–245).
pub(super) fn spread(decisions: &[Decision], count: usize, seed: u64) -> Vec<Vec<u32>> {
    let mut members = vec![Vec::with_capacity(decisions.len()); count];
    for (place, decision) in decisions.iter().enumerate() {
        let mut draw = Counter::new(seed, 0, place as u64);
        let order = draw.shuffled(count);
        for (member, part) in members.iter_mut().zip(order) {
            let at = (part as f64 + draw.even()) / count as f64;
            member.push(((at * (f64::from(decision.steps) + 1.0)) as u32).min(decision.steps));
        }
    }
    members
}
