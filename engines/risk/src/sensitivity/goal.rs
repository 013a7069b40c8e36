//! The input for which a result is what somebody wants it to be.

use thiserror::Error;

/// What is sought, and between which bounds.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Goal {
    /// What the result shall be.
    pub target: f64,
    /// How near is near enough.
    pub within: f64,
    /// The least input that is tried.
    pub low: f64,
    /// The greatest.
    pub high: f64,
    /// The step of inputs that means something: a minor unit, a day, a basis point.
    pub step: f64,
    /// Inputs that are tried at equal distances before the search narrows: solutions closer to each other than these
    /// may be taken for one or for none.
    pub looks: u32,
}

/// Why nothing can be sought.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum GoalRefused {
    /// The bounds are no interval.
    #[error("the greatest input that is tried has to be above the least")]
    Bounds,
    /// A step or nearness that is not above zero.
    #[error("the step and the nearness of a goal are above zero")]
    Step,
    /// Too few looks to see a change, or more than anybody waits for.
    #[error("a goal is sought with between 2 and {most} looks")]
    Looks {
        /// The most.
        most: u32,
    },
}

/// An input and its result.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Root {
    /// The input.
    pub at: f64,
    /// The result.
    pub value: f64,
}

/// Where the result passes over the target without meeting it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Jump {
    /// The last input on the one side.
    pub before: Root,
    /// The first on the other.
    pub after: Root,
}

/// What a search found.
#[derive(Debug, Clone, PartialEq)]
pub struct Sought {
    /// Inputs that meet the target, ascending; more than one where the result turns round. Where the result passes over it
    /// between two neighbouring inputs, as it does whenever inputs move in steps, the nearer of the two.
    pub roots: Vec<Root>,
    /// Where it jumps over the target.
    pub jumps: Vec<Jump>,
    /// The nearest of all that was tried; none where the result is defined nowhere.
    pub nearest: Option<Root>,
    /// How often the result was computed.
    pub trials: u32,
}

const MOST_LOOKS: u32 = 1000;

/// Steps of one search: beyond what halving takes for 52 bits, so that a search always ends.
const MOST_STEPS: u32 = 80;

/// How many times steeper than on the whole a result may be between two inputs before it is said to jump.
const STEEPEST: f64 = 100.0;

impl Jump {
    fn gap(&self) -> f64 {
        (self.after.value - self.before.value).abs()
    }
}

struct Search<F> {
    result: F,
    goal: Goal,
    trials: u32,
    nearest: Option<Root>,
}

impl<F: FnMut(f64) -> Option<f64>> Search<F> {
    fn look(&mut self, at: f64) -> Option<Root> {
        self.trials += 1;
        let value = (self.result)(at).filter(|value| value.is_finite())?;
        let (found, goal) = (Root { at, value }, self.goal);
        let nearer = |nearest: Root| (value - goal.target).abs() < (nearest.value - goal.target).abs();
        if self.nearest.is_none_or(nearer) {
            self.nearest = Some(found);
        }
        Some(found)
    }

    fn off(&self, root: Root) -> f64 {
        root.value - self.goal.target
    }

    fn nearer(&self, jump: Jump) -> Root {
        let Jump { before, after } = jump;
        if self.off(before).abs() <= self.off(after).abs() { before } else { after }
    }

    fn meets(&self, root: Root) -> bool {
        self.off(root).abs() <= self.goal.within
    }

    /// Narrows a bracket by the ITP method (Oliveira and Takahashi 2021), which never needs more steps than halving
    /// and one, and on smooth results far fewer.
    fn narrow(&mut self, mut low: Root, mut high: Root) -> Result<Root, Jump> {
        let step = self.goal.step;
        let halvings = ((high.at - low.at) / step).log2().ceil().max(0.0) as i32 + 1;
        let truncation = 0.2 / (high.at - low.at);
        for turn in 0..MOST_STEPS {
            for end in [low, high] {
                if self.meets(end) {
                    return Ok(end);
                }
            }
            let width = high.at - low.at;
            if width <= step {
                break;
            }
            let middle = f64::midpoint(low.at, high.at);
            let radius = (step / 2.0 * 2_f64.powi(halvings - turn as i32) - width / 2.0).max(0.0);
            let (below, above) = (self.off(low), self.off(high));
            let false_position = (above * low.at - below * high.at) / (above - below);
            let side = (middle - false_position).signum();
            let nudge = truncation * width * width;
            let truncated =
                if nudge <= (middle - false_position).abs() { false_position + side * nudge } else { middle };
            let at = if (truncated - middle).abs() <= radius { truncated } else { middle - side * radius };
            let at = if at > low.at && at < high.at { at } else { middle };
            let Some(found) = self.look(at) else { break };
            if self.off(found).signum() == below.signum() {
                low = found;
            } else {
                high = found;
            }
        }
        Err(Jump { before: low, after: high })
    }
}

/// Seeks the inputs for which a result is what it shall be. `result` is none where it is not defined.
///
/// # Errors
/// [`GoalRefused`] where the bounds, steps or looks make no search.
pub fn seek(goal: Goal, result: impl FnMut(f64) -> Option<f64>) -> Result<Sought, GoalRefused> {
    if !(goal.low.is_finite() && goal.high.is_finite() && goal.low < goal.high) {
        return Err(GoalRefused::Bounds);
    }
    if !(goal.step > 0.0 && goal.within > 0.0 && goal.target.is_finite()) {
        return Err(GoalRefused::Step);
    }
    if !(2..=MOST_LOOKS).contains(&goal.looks) {
        return Err(GoalRefused::Looks { most: MOST_LOOKS });
    }
    let mut search = Search { result, goal, trials: 0, nearest: None };
    let last = f64::from(goal.looks - 1);
    let looks: Vec<Option<Root>> = (0..goal.looks)
        .map(|place| {
            let part = f64::from(place) / last;
            search.look(goal.low * (1.0 - part) + goal.high * part)
        })
        .collect();
    let values = || looks.iter().flatten().map(|look| look.value);
    let range = values().fold(f64::MIN, f64::max) - values().fold(f64::MAX, f64::min);
    let steepest = STEEPEST * range * goal.step / (goal.high - goal.low);
    let (mut roots, mut jumps): (Vec<Root>, Vec<Jump>) = (Vec::new(), Vec::new());
    for (place, found) in looks.iter().enumerate() {
        let Some(found) = *found else { continue };
        if search.meets(found) {
            roots.push(found);
            continue;
        }
        let Some(Some(next)) = looks.get(place + 1).copied() else { continue };
        if search.meets(next) || search.off(found).signum() == search.off(next).signum() {
            continue;
        }
        match search.narrow(found, next) {
            Ok(root) => roots.push(root),
            Err(jump) if jump.gap() > steepest => jumps.push(jump),
            Err(jump) => roots.push(search.nearer(jump)),
        }
    }
    Ok(Sought { roots, jumps, nearest: search.nearest, trials: search.trials })
}
