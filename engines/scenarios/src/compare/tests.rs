use proptest::prelude::*;
use recoup_money::{Currency, Money};
use rust_decimal::Decimal;

use super::*;
use crate::measure::{Chance, Direction};
use crate::sample::measures;

fn entries(all: &[Measures]) -> Vec<Entry<'_>> {
    const IDS: [&str; 8] = ["a", "b", "c", "d", "e", "f", "g", "h"];
    all.iter().zip(IDS).map(|(measures, id)| Entry { id, measures }).collect()
}

#[test]
fn weights_are_refused_by_name() {
    let mut perspective = Perspective::usual(Reader::Equity);
    perspective.criteria.iter_mut().for_each(|criterion| criterion.weight = 0.0);
    assert_eq!(compare(&[], &perspective), Err(PerspectiveRefused::AllZero));
    perspective.criteria[1].weight = -0.1;
    let measure = perspective.criteria[1].measure;
    assert_eq!(compare(&[], &perspective), Err(PerspectiveRefused::Weight { measure }));
    perspective.criteria[1].weight = f64::NAN;
    assert_eq!(compare(&[], &perspective), Err(PerspectiveRefused::Weight { measure }));
    perspective.criteria[1] = perspective.criteria[0];
    perspective.criteria[0].weight = 1.0;
    let measure = perspective.criteria[0].measure;
    perspective.criteria[1].weight = 1.0;
    assert_eq!(compare(&[], &perspective), Err(PerspectiveRefused::Twice { measure }));
    let amount = Criterion { measure: Measure::NetIncentives, weight: 1.0, scale: None };
    let perspective = Perspective { reader: Reader::Producer, criteria: vec![amount] };
    assert_eq!(
        compare(&[], &perspective),
        Err(PerspectiveRefused::NoScale { measure: Measure::NetIncentives })
    );
}

#[test]
fn weights_of_every_reader_come_to_one() {
    for reader in Reader::ALL {
        let sum: f64 = Perspective::usual(reader).criteria.iter().map(|criterion| criterion.weight).sum();
        assert!((sum - 1.0).abs() < 1e-12, "{reader:?}");
    }
}

#[test]
fn what_is_missing_is_not_zero() {
    let whole = measures();
    let mut no_senior = whole.clone();
    no_senior.senior_recovery = Err(Unknown::NoSuchMoney { kind: "senior_loan".to_owned() });
    let mut not_told = whole.clone();
    not_told.senior_recovery = Err(Unknown::NotComputed);
    let all = [whole, no_senior, not_told];
    let compared = compare(&entries(&all), &Perspective::usual(Reader::Balanced)).expect("usual weights");
    let score = |place: usize| compared.standings[place].score.clone().expect("a score");
    assert_eq!(score(1).told, 1.0, "what does not apply is not missing");
    assert!((score(1).at_most - score(1).at_least).abs() < 1e-9);
    assert!(score(2).told < 1.0 && score(2).at_least < score(2).points && score(2).points < score(2).at_most);
    assert_eq!(score(1).points, score(2).points, "neither is read as zero");
}

#[test]
fn a_score_on_less_than_half_of_the_weight_is_not_told() {
    let mut dark = measures();
    for told in [&mut dark.equity_irr_p50, &mut dark.cost_of_capital] {
        *told = Err(Unknown::NotComputed);
    }
    dark.recoupment_chance = Err(Unknown::NotComputed);
    let all = [measures(), dark];
    let compared = compare(&entries(&all), &Perspective::usual(Reader::Equity)).expect("usual weights");
    assert_eq!(compared.standings[1].score, Err(Unknown::NotComputed));
    assert_eq!(compared.standings[1].rank, None);
    assert_eq!(compared.standings[0].percentile, None, "there is no other");
}

#[test]
fn what_does_not_close_has_no_rank_however_well_it_scores() {
    let mut open = measures();
    open.closes = false;
    open.shortfall = Ok(Money::new(100_000_000, Currency::USD));
    open.equity_irr_p50 = Ok(0.9);
    let all = [open, measures()];
    let compared = compare(&entries(&all), &Perspective::usual(Reader::Equity)).expect("usual weights");
    assert_eq!(compared.standings[0].rank, None);
    assert_eq!(compared.standings[1].rank, Some(1));
    assert_eq!(compared.order(), [1, 0]);
}

#[test]
fn equals_share_a_rank() {
    let mut worse = measures();
    worse.equity_irr_p50 = Ok(0.01);
    let all = [worse, measures(), measures()];
    let compared = compare(&entries(&all), &Perspective::usual(Reader::Equity)).expect("usual weights");
    let ranks: Vec<_> = compared.standings.iter().map(|standing| standing.rank).collect();
    assert_eq!(ranks, [Some(3), Some(1), Some(1)]);
    let percentiles: Vec<_> = compared.standings.iter().map(|standing| standing.percentile).collect();
    assert_eq!(percentiles, [Some(0.0), Some(0.75), Some(0.75)]);
    assert_eq!(compared.standings[1].duels_won, 1);
    assert_eq!(compared.standings[0].duels_lost, 2);
}

#[test]
fn strengths_and_weaknesses_stand_in_the_measures_unit() {
    let mut one = measures();
    one.equity_irr_p50 = Ok(0.077);
    one.cost_of_capital = Ok(0.10);
    let compared = compare(&entries(&[one]), &Perspective::usual(Reader::Producer)).expect("usual weights");
    let standing = &compared.standings[0];
    let weak: Vec<_> =
        standing.weaknesses.iter().map(|one| (one.measure, one.value, one.threshold)).collect();
    assert!(weak.contains(&(Measure::EquityIrrP50, 0.077, 0.15)), "7.7 % is a weak return");
    let strong: Vec<_> = standing.strengths.iter().map(|one| one.measure).collect();
    assert!(strong.contains(&Measure::CostOfCapital), "10 % is cheap money");
}

#[test]
fn a_difference_that_paths_cannot_tell_is_no_win() {
    let (mut one, mut two) = (measures(), measures());
    one.recoupment_chance = Ok(Chance { share: 0.62, error: 0.01 });
    two.recoupment_chance = Ok(Chance { share: 0.60, error: 0.01 });
    let told = duel(&one, &two, &Perspective::usual(Reader::Lender)).expect("usual weights");
    assert!(told.even.contains(&Measure::RecoupmentChance));
    two.recoupment_chance = Ok(Chance { share: 0.50, error: 0.01 });
    let told = duel(&one, &two, &Perspective::usual(Reader::Lender)).expect("usual weights");
    assert_eq!(told.won, [Measure::RecoupmentChance]);
}

fn improved(base: &Measures, measure: Measure, by: f64) -> Measures {
    let mut better = base.clone();
    let signed = match measure.direction() {
        Direction::Higher => by,
        Direction::Lower => -by,
    };
    let decimal = |value: &mut Result<Decimal, Unknown>, unit: f64| {
        let step = Decimal::try_from(signed * unit).expect("a small number");
        *value = value.clone().map(|value| value + step);
    };
    match measure {
        Measure::EquityIrrP50 => {
            better.equity_irr_p50 = base.equity_irr_p50.clone().map(|value| value + signed)
        }
        Measure::CostOfCapital => {
            better.cost_of_capital = base.cost_of_capital.clone().map(|value| value + signed)
        }
        Measure::EffectiveIncentiveRate => decimal(&mut better.effective_incentive_rate, 1.0),
        Measure::SeniorRecovery => decimal(&mut better.senior_recovery, 1.0),
        Measure::Ownership => decimal(&mut better.ownership, 100.0),
        Measure::Control => decimal(&mut better.control, 100.0),
        Measure::Optionality => decimal(&mut better.optionality, 100.0),
        Measure::Friction => decimal(&mut better.friction, 100.0),
        other => panic!("{other} is no criterion of this test"),
    }
    better
}

proptest! {
    /// A scenario that is better at one thing and equal in the rest never ranks behind, for any weights.
    #[test]
    fn better_never_ranks_behind(
        weights in prop::collection::vec(0.0..1.0_f64, 8), which in 0..8_usize, by in 0.001..0.1_f64,
    ) {
        let measures_of = [
            Measure::EquityIrrP50, Measure::CostOfCapital, Measure::EffectiveIncentiveRate, Measure::SeniorRecovery,
            Measure::Ownership, Measure::Control, Measure::Optionality, Measure::Friction,
        ];
        prop_assume!(weights.iter().sum::<f64>() > 0.0);
        let criteria = measures_of.iter().zip(&weights)
            .map(|(&measure, &weight)| Criterion { measure, weight, scale: None }).collect();
        let perspective = Perspective { reader: Reader::Balanced, criteria };
        let all = [measures(), improved(&measures(), measures_of[which], by)];
        let compared = compare(&entries(&all), &perspective).expect("weights above zero");
        prop_assert_eq!(compared.standings[1].rank, Some(1));
        prop_assert_eq!(compared.standings[1].duels_lost, 0);
    }

    /// Weights count against each other, not as such.
    #[test]
    fn scaling_all_weights_changes_nothing(factor in 0.01..1000.0_f64) {
        let usual = Perspective::usual(Reader::Producer);
        let mut scaled = usual.clone();
        scaled.criteria.iter_mut().for_each(|criterion| criterion.weight *= factor);
        let score = |perspective: &Perspective| {
            let all = [measures()];
            let compared = compare(&entries(&all), perspective).expect("usual weights");
            compared.standings[0].score.clone().expect("a score").points
        };
        prop_assert!((score(&usual) - score(&scaled)).abs() < 1e-9);
    }
}
