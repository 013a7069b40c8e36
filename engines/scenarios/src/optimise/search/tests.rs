//! The search against every decision there is.

use std::sync::atomic::{AtomicUsize, Ordering};

use super::*;
use crate::trade_off::hypervolume;

/// A stack of a loan against contracts, a gap loan and presales, equity for the rest: kinked rates, fees that fall due at
/// once, covers, and rules that begin with the first dollar of a loan. All in parts of a budget of 100.
struct Stack {
    decisions: Vec<Decision>,
    evaluated: AtomicUsize,
    senior: [f64; 4],
    gap: [f64; 4],
    presale: [f64; 3],
    equity: [f64; 2],
    limits: [f64; 5],
}

impl Stack {
    /// A stack whose terms are drawn; 25 × 25 × 25 decisions.
    fn drawn(seed: u64) -> Self {
        let mut draw = Counter::new(seed, 99, 0);
        let mut between = |low: f64, high: f64| low + draw.even() * (high - low);
        let decision = |id: &str, high: f64| Decision::between(id, 0.0, high, high / 24.0).expect("bounds");
        Self {
            decisions: vec![decision("senior", 60.0), decision("gap", 30.0), decision("presale", 45.0)],
            evaluated: AtomicUsize::new(0),
            // Rate, the balance from which more is asked, how much more, the fee for opening it.
            senior: [between(0.10, 0.2), between(15.0, 40.0), between(0.0, 0.15), between(0.1, 1.0)],
            gap: [between(0.15, 0.3), between(5.0, 20.0), between(0.0, 0.25), between(0.1, 1.5)],
            // Discount, the amount from which a buyer wants the back end, its size.
            presale: [between(0.05, 0.3), between(15.0, 35.0), between(0.02, 0.2)],
            equity: [between(0.3, 0.6), between(0.5, 0.9)],
            // Least equity, most gap, presales asked by a gap lender, credit, unsold estimates.
            limits: [
                between(5.0, 25.0),
                between(8.0, 25.0),
                between(5.0, 20.0),
                between(5.0, 25.0),
                between(40.0, 120.0),
            ],
        }
    }
}

fn over(value: f64, limit: f64) -> f64 {
    ((value - limit) / limit.abs().max(1.0)).max(0.0)
}

impl Space for Stack {
    fn decisions(&self) -> &[Decision] {
        &self.decisions
    }

    fn objectives(&self) -> usize {
        2
    }

    fn evaluate(&self, values: &[f64]) -> Option<Objectives> {
        self.evaluated.fetch_add(1, Ordering::Relaxed);
        let [senior, gap, presale] = values else { return None };
        let loan = |amount: f64, [rate, kink, more, fee]: [f64; 4]| {
            let opened = if amount > 0.0 { fee } else { 0.0 };
            rate * amount + more * (amount - kink).max(0.0) + opened
        };
        let [discount, threshold, back_end] = self.presale;
        let costs = loan(*senior, self.senior) + loan(*gap, self.gap);
        let equity = 100.0 + costs - senior - gap - presale * (1.0 - discount);
        let [least_equity, most_gap, asked, credit, unsold] = self.limits;
        let cover = (unsold - presale) / 2.0;
        let asked = if *gap > 0.0 { asked } else { 0.0 };
        let excess = [
            over(least_equity, equity),
            over(*gap, most_gap),
            over(asked, *presale),
            over(*senior, 0.85 * (presale + credit)),
            if *gap > 0.0 { over(*gap, cover) } else { 0.0 },
        ];
        let [equity_cost, ownership] = self.equity;
        let given_up = ownership * equity / 100.0 + if *presale > threshold { back_end } else { 0.0 };
        Some(Objectives {
            losses: vec![costs + discount * presale + equity_cost * equity, given_up],
            excess: excess.iter().sum(),
        })
    }
}

fn all<S: Space>(space: &S) -> Vec<Objectives> {
    let decisions = space.decisions();
    let size: usize = decisions.iter().map(|decision| decision.steps as usize + 1).product();
    assert!(size >= 10_000);
    let worth = |mut place: usize| {
        let value = |decision: &Decision| {
            let base = decision.steps as usize + 1;
            let value = decision.value((place % base) as u32);
            place /= base;
            value
        };
        let values: Vec<f64> = decisions.iter().map(value).collect();
        space.evaluate(&values).filter(Objectives::is_inside)
    };
    (0..size).filter_map(worth).collect()
}

/// How a frontier compares with that of everything: the share of the volume, and for each objective how far the best is
/// from the best there is, as a share of it.
fn against(everything: &[Objectives], found: &Answer) -> (f64, Vec<f64>) {
    let places = everything[0].losses.len();
    let least = |place: usize| everything.iter().map(|one| one.losses[place]).fold(f64::INFINITY, f64::min);
    let losses: Vec<Vec<f64>> = everything.iter().map(|one| one.losses.clone()).collect();
    let best: Vec<Vec<f64>> =
        crate::trade_off::undominated(&losses).into_iter().map(|place| losses[place].clone()).collect();
    let corner: Vec<f64> = (0..places)
        .map(|place| {
            let worst = best.iter().map(|one| one[place]).fold(f64::NEG_INFINITY, f64::max);
            worst + 0.1 * (worst - least(place)).max(1e-9)
        })
        .collect();
    let ours: Vec<Vec<f64>> = found.frontier.iter().map(|one| one.objectives.losses.clone()).collect();
    let gap = |place: usize| {
        let ours = ours.iter().map(|one| one[place]).fold(f64::INFINITY, f64::min);
        (ours - least(place)) / least(place).abs()
    };
    (hypervolume(&ours, &corner) / hypervolume(&best, &corner), (0..places).map(gap).collect())
}

fn settings(seed: u64) -> Settings {
    Settings { seed, population: 48, evaluations: 2_500, patience: 60 }
}

fn searched<S: Space>(space: &S, settings: Settings) -> Answer {
    let mut search = Search::new(space, settings, &[]).expect("there is something to decide");
    search.run(|_| ControlFlow::Continue(()))
}

#[test]
fn a_sixth_of_all_decisions_finds_the_best_of_fifty_stacks() {
    let mut worst = (1.0_f64, 0.0_f64);
    for seed in 0..50 {
        let stack = Stack::drawn(seed);
        let everything = all(&stack);
        assert!(!everything.is_empty(), "stack {seed} has a way inside");
        let found = searched(&stack, settings(seed));
        assert!(found.evaluated <= 2_500);
        assert!(found.frontier.iter().all(|one| one.objectives.excess == 0.0));
        let (volume, gaps) = against(&everything, &found);
        let gap = gaps.into_iter().fold(0.0, f64::max);
        assert!(volume >= 0.98, "stack {seed}: {volume} of the volume");
        assert!(gap <= 0.005, "stack {seed}: {gap} from the best");
        worst = (worst.0.min(volume), worst.1.max(gap));
    }
    println!("least share of the volume {:.5}, greatest distance from the best {:.5}", worst.0, worst.1);
}

#[test]
fn twenty_seeds_find_the_same_volume() {
    let stack = Stack::drawn(4);
    let everything = all(&stack);
    let volumes: Vec<f64> =
        (0..20).map(|seed| against(&everything, &searched(&stack, settings(seed))).0).collect();
    let best = volumes.iter().copied().fold(0.0, f64::max);
    assert!(volumes.iter().all(|volume| *volume >= 0.98 * best), "{volumes:?}");
}

#[test]
fn threads_and_stops_change_nothing() {
    let stack = Stack::drawn(11);
    let whole = {
        let mut search = Search::new(&stack, settings(3), &[]).expect("a search");
        search.run(|_| ControlFlow::Continue(()));
        search.state().clone()
    };
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build().expect("one thread");
    let alone = pool.install(|| {
        let mut search = Search::new(&stack, settings(3), &[]).expect("a search");
        search.run(|_| ControlFlow::Continue(()));
        search.state().clone()
    });
    assert!(whole == alone);
    let mut search = Search::new(&stack, settings(3), &[]).expect("a search");
    let mut ended = Ended::Stopped;
    while ended == Ended::Stopped {
        let written = serde_json::to_string(search.state()).expect("a state is text");
        let state: State = serde_json::from_str(&written).expect("the same state");
        search = Search::resume(&stack, state).expect("the same space");
        let mut rounds = 0;
        let answer = search.run(|_| {
            rounds += 1;
            if rounds == 7 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        });
        ended = answer.ended;
        assert!(!answer.frontier.is_empty(), "what was found so far can be used");
    }
    assert!(whole == *search.state());
}

#[test]
fn nothing_is_paid_for_twice() {
    let stack = Stack::drawn(5);
    let found = searched(&stack, settings(5));
    assert_eq!(stack.evaluated.load(Ordering::Relaxed), found.evaluated);
}

#[test]
fn a_small_space_is_looked_at_as_a_whole() {
    let mut stack = Stack::drawn(8);
    for decision in &mut stack.decisions {
        decision.step *= 4.0;
        decision.steps /= 4;
    }
    let found = searched(&stack, settings(1));
    assert_eq!((found.ended, found.evaluated), (Ended::Whole, 343));
}

#[test]
fn what_is_given_is_never_lost() {
    for seed in 0..10 {
        let stack = Stack::drawn(seed);
        let everything = searched(&stack, settings(seed));
        let best = everything.frontier.first().expect("a way inside").values.clone();
        let few = Settings { evaluations: 60, ..settings(seed + 100) };
        let mut search = Search::new(&stack, few, std::slice::from_ref(&best)).expect("a search");
        let found = search.run(|_| ControlFlow::Continue(()));
        let least = found.frontier.first().expect("what was given").objectives.losses[0];
        assert!(least <= everything.frontier[0].objectives.losses[0]);
        assert!(found.gained.iter().flatten().all(|gain| *gain >= 0.0));
    }
}

struct Shut;

impl Space for Shut {
    fn decisions(&self) -> &[Decision] {
        static ONE: std::sync::OnceLock<Vec<Decision>> = std::sync::OnceLock::new();
        ONE.get_or_init(|| vec![Decision::between("share", 0.0, 1.0, 0.0001).expect("bounds")])
    }

    fn objectives(&self) -> usize {
        1
    }

    fn evaluate(&self, values: &[f64]) -> Option<Objectives> {
        let value = values.first()?;
        // Half of the range cannot be computed; the other half is never inside.
        (*value <= 0.5).then(|| Objectives { losses: vec![0.0], excess: 1.0 - value })
    }
}

#[test]
fn where_nothing_is_inside_the_nearest_is_told() {
    let found = searched(&Shut, Settings { evaluations: 600, ..settings(1) });
    assert!(found.frontier.is_empty());
    let nearest = found.nearest.expect("something can be computed");
    assert!((nearest.values[0] - 0.5).abs() < 1e-9, "{:?}", nearest.values);
    assert_eq!(found.gained, [None]);
}

#[test]
fn what_cannot_be_searched_is_refused() {
    let refused = |settings| Search::new(&Shut, settings, &[]).err();
    assert_eq!(refused(Settings { population: 4, ..settings(1) }), Some(SearchRefused::Settings));
    assert_eq!(refused(Settings { evaluations: 40, ..settings(1) }), Some(SearchRefused::Settings));
    let stack = Stack::drawn(1);
    let other = Search::new(&Shut, settings(1), &[]).expect("a search").state().clone();
    assert_eq!(Search::resume(&stack, other).err(), Some(SearchRefused::OtherSpace));
    assert!(Decision::between("gap", 2.0, 1.0, 0.5).is_err());
    assert!(Decision::between("gap", 0.0, 1.0, 0.0).is_err());
    assert!(Decision::between("gap", 0.0, 1.0, f64::NAN).is_err());
    assert_eq!(Decision::between("gap", 0.0, 0.3, 0.1).map(|decision| decision.steps), Ok(3));
}
