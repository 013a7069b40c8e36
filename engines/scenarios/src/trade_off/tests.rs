use proptest::prelude::*;

use super::*;
use crate::measure::Measures;
use crate::sample::measures;

fn scenario(irr: f64, cost: f64) -> Measures {
    let mut one = measures();
    one.equity_irr_p50 = Ok(irr);
    one.cost_of_capital = Ok(cost);
    one
}

fn of(all: &[Measures], objectives: &[Objective]) -> Frontier {
    let entries: Vec<Entry<'_>> = all.iter().map(|measures| Entry { id: "any", measures }).collect();
    frontier(&entries, objectives).expect("two or three different objectives")
}

fn irr_and_cost() -> [Objective; 2] {
    [Objective::of(Measure::EquityIrrP50), Objective::of(Measure::CostOfCapital)]
}

#[test]
fn dear_money_is_no_merit() {
    let all = [scenario(0.20, 0.10), scenario(0.20, 0.144), scenario(0.25, 0.12)];
    let told = of(&all, &irr_and_cost());
    assert_eq!(told.efficient, [0, 2], "the dearer of two equal returns is beaten");
    assert_eq!(told.places[1].beaten_by, [0, 2]);
    let [slope] = told.slopes.as_slice() else { panic!("one step") };
    assert_eq!((slope.from, slope.to), (0, 2));
    assert!((slope.price - 0.4).abs() < 1e-12, "two points of cost for five points of return");
}

#[test]
fn a_reader_may_turn_a_direction() {
    let all = [scenario(0.20, 0.10), scenario(0.20, 0.144)];
    let mut objectives = irr_and_cost();
    objectives[1].direction = Direction::Higher;
    assert_eq!(of(&all, &objectives).efficient, [1], "a lender likes what costs the producer");
}

#[test]
fn the_knee_is_where_it_bends() {
    let all = [scenario(0.10, 0.10), scenario(0.20, 0.11), scenario(0.22, 0.15), scenario(0.23, 0.20)];
    assert_eq!(of(&all, &irr_and_cost()).knee, Some(1));
    let straight = [scenario(0.10, 0.10), scenario(0.20, 0.15), scenario(0.30, 0.20)];
    assert_eq!(of(&straight, &irr_and_cost()).knee, None);
}

#[test]
fn what_has_no_value_stands_on_no_frontier() {
    let mut untold = scenario(0.3, 0.05);
    untold.cost_of_capital = Err(Unknown::NotComputed);
    let mut open = scenario(0.5, 0.01);
    open.closes = false;
    let told = of(&[untold, open, scenario(0.1, 0.2)], &irr_and_cost());
    assert_eq!(told.efficient, [2]);
    let untold = LeftOut::Untold { measure: Measure::CostOfCapital, unknown: Unknown::NotComputed };
    assert_eq!(told.left_out, [(0, untold), (1, LeftOut::DoesNotClose)]);
}

#[test]
fn one_or_four_objectives_make_no_frontier() {
    let one = [Objective::of(Measure::Control)];
    assert_eq!(frontier(&[], &one), Err(TradeOffRefused::Objectives { given: 1 }));
    let same = [Objective::of(Measure::Control), Objective::of(Measure::Control)];
    assert_eq!(frontier(&[], &same), Err(TradeOffRefused::Same { measure: Measure::Control }));
}

proptest! {
    #[test]
    fn along_the_frontier_more_of_one_costs_some_of_the_other(
        points in prop::collection::vec((0.0..0.5_f64, 0.05..0.25_f64), 1..30),
    ) {
        let all: Vec<Measures> = points.iter().map(|&(irr, cost)| scenario(irr, cost)).collect();
        let told = of(&all, &irr_and_cost());
        prop_assert!(told.slopes.iter().all(|slope| slope.price >= 0.0));
        prop_assert_eq!(told.slopes.len() + 1, told.efficient.len());
        for place in &told.places {
            prop_assert_eq!(place.efficient, place.beaten_by.is_empty());
            prop_assert_eq!(place.efficient, told.efficient.contains(&place.entry));
            for &winner in &place.beaten_by {
                prop_assert!(points[winner].0 >= place.values[0] && points[winner].1 <= place.values[1]);
            }
        }
        if let Some(knee) = told.knee {
            prop_assert!(told.efficient.contains(&knee));
        }
    }

    #[test]
    fn a_third_objective_never_takes_a_point_away(
        points in prop::collection::vec((0.0..0.5_f64, 0.05..0.25_f64, 0.0..1.0_f64), 1..20),
    ) {
        let all: Vec<Measures> = points.iter().map(|&(irr, cost, worst)| {
            let mut one = scenario(irr, cost);
            one.expected_shortfall = Ok(worst);
            one
        }).collect();
        let two = of(&all, &irr_and_cost());
        let third = [irr_and_cost().as_slice(), &[Objective::of(Measure::ExpectedShortfall)]].concat();
        let three = of(&all, &third);
        prop_assert!(three.slopes.is_empty());
        prop_assert!(two.efficient.iter().all(|place| three.efficient.contains(place)));
    }
}
