#![allow(clippy::unwrap_used, reason = "a test that cannot go on stops")]

use std::collections::BTreeSet;

use recoup_deal::read_deal;
use serde_json::{Value, json};

use super::explain::explained_risk;
use super::hand::Hand;
use super::*;
use crate::law::Law;
use crate::state::State;
use crate::wire::{QuantityDto, SolvedCellDto};

fn state() -> State {
    let deal = read_deal(include_str!("../../../../examples/dragons-quest.deal.json")).unwrap();
    State::new(deal, &Law::default())
}

fn view(state: &State, simulation: Simulation) -> RiskView {
    let wanted = Wanted { simulation, party: None };
    simulated(state, &wanted, 3, &|| 0, &Hand::patient()).unwrap().view.clone()
}

/// Every figure in a view: what has an address beside a value.
fn figures(at: &Value, found: &mut Vec<(String, Value)>) {
    match at {
        Value::Object(fields) => {
            if let (Some(Value::String(address)), Some(value)) = (fields.get("address"), fields.get("value"))
            {
                found.push((address.clone(), value.clone()));
            }
            fields.values().for_each(|one| figures(one, found));
        }
        Value::Array(list) => list.iter().for_each(|one| figures(one, found)),
        _ => {}
    }
}

fn told(view: &impl serde::Serialize) -> Vec<(String, Value)> {
    let mut found = Vec::new();
    figures(&serde_json::to_value(view).unwrap(), &mut found);
    found
}

fn says_the_same(state: &State, address: &str, value: &Value) {
    let tree = explained_risk(state, address).unwrap().unwrap_or_else(|reason| panic!("{address}: {reason}"));
    assert_eq!(tree.address.as_deref(), Some(address));
    let explained = match &tree.value {
        QuantityDto::Number { decimal } => json!(decimal),
        QuantityDto::Money { amount } => serde_json::to_value(amount).unwrap(),
        QuantityDto::Absent { .. } => Value::Null,
        other => panic!("{address}: {other:?}"),
    };
    assert_eq!(&explained, value, "{address}");
    assert!(!address.contains(' '));
}

#[test]
fn every_figure_of_a_simulation_explains_itself_by_what_is_uncertain() {
    let state = state();
    let simulation = simulation(Some(2_000), None).unwrap();
    let view = view(&state, simulation);
    assert_eq!((view.paths, view.finished, view.reason.as_deref()), (2_048, true, None));
    let found = told(&view);
    assert!(found.len() > 100, "{}", found.len());
    for (address, value) in &found {
        says_the_same(&state, address, value);
    }
    let equity = view.parties.iter().find(|party| party.party == view.chosen).unwrap();
    let tree = explained_risk(&state, &equity.irr.p50.address).unwrap().unwrap();
    let cells = serde_json::to_string(&tree.inputs).unwrap();
    for driver in &view.drivers {
        assert!(cells.contains(&format!("risk.drivers[{}].distribution", driver.id)));
    }
    assert!(
        tree.inputs
            .iter()
            .any(|input| { input.address.as_deref() == Some(&format!("returns.{}.irr", view.chosen)) })
    );
    let histogram = view.histogram.unwrap();
    let counted: u32 = histogram.counts.iter().sum();
    assert_eq!(counted + histogram.below + histogram.above, view.paths);
    assert_eq!(histogram.samples.len(), histogram.counts.len() + 2);
    let fan = view.fan.unwrap();
    assert_eq!(fan.quarters.len(), fan.p50.len());
    assert!(fan.p5.last().unwrap().minor() <= fan.p95.last().unwrap().minor());
}

#[test]
fn what_nobody_remembers_is_simulated_again_and_says_the_same() {
    let first = state();
    let found = told(&view(&first, simulation(Some(256), None).unwrap()));
    let again = state();
    for (address, value) in found.iter().step_by(17) {
        says_the_same(&again, address, value);
    }
}

#[test]
fn cells_that_are_tried_have_figures_of_their_own() {
    let state = state();
    let typed = view(&state, simulation(Some(256), None).unwrap());
    let cells = [SolvedCellDto { path: "market.npv_rate".to_owned(), value: json!("0.02") }];
    let mut simulation = simulation(Some(256), None).unwrap();
    simulation.with = Some(state.risk.draft(&cells));
    let tried = view(&state, simulation);
    let npv = |view: &RiskView| {
        let party = view.parties.iter().find(|party| party.party == view.chosen).unwrap();
        (party.npv.p50.address.clone(), party.npv.p50.value.clone().unwrap().minor())
    };
    assert!(npv(&tried).1 > npv(&typed).1);
    assert_ne!(npv(&tried).0, npv(&typed).0);
    for (address, value) in told(&tried).iter().step_by(11) {
        says_the_same(&state, address, value);
    }
    let forgotten = npv(&tried).0.replace("with=", "with=0");
    assert_eq!(explained_risk(&state, &forgotten).unwrap().unwrap_err().code, "NOT_FOUND");
}

#[test]
fn sensitivities_explain_themselves() {
    let state = state();
    for output in ["irr", "recouped"] {
        let question = || Question::new(&state, simulation(None, None).unwrap(), None, output).unwrap();
        let view = question().view(&state, 3).unwrap();
        let drivers = state.deal.risk.drivers.len();
        assert_eq!((view.bars.len(), view.spider.len()), (drivers, drivers));
        let (one, other) = (&state.deal.risk.drivers[0].id, &state.deal.risk.drivers[1].id);
        let table = question().two_way(&state, 3, one, other).unwrap();
        assert_eq!((table.rows.len(), table.cells.len(), table.cells[0].len()), (7, 7, 7));
        let found: BTreeSet<(String, String)> = told(&view)
            .into_iter()
            .chain(told(&table))
            .map(|(address, value)| (address, value.to_string()))
            .collect();
        for (address, value) in found {
            says_the_same(&state, &address, &serde_json::from_str(&value).unwrap());
        }
    }
}

#[test]
fn a_path_is_run_to_the_cent_and_explains_itself() {
    let state = state();
    let path = replayed::replay(&state, &simulation(None, None).unwrap(), 12).unwrap();
    assert_eq!(path.drawn.len(), state.deal.risk.drivers.len());
    for (address, value) in told(&path) {
        says_the_same(&state, &address, &value);
    }
}

#[test]
fn requests_are_refused_with_their_limits() {
    let refused = simulation(Some(3), None).unwrap_err();
    assert_eq!((refused.details["min"].as_str(), refused.details["max"].as_str()), ("256", "10000000"));
    assert_eq!(simulation(None, Some("one")).unwrap_err().details["path"], "seed");
    let state = state();
    let asked = simulation(None, None).unwrap();
    assert_eq!(Question::new(&state, asked, None, "fame").err().unwrap().code, "INVALID_REQUEST");
}

#[test]
fn a_deal_in_which_nothing_is_uncertain_says_nothing() {
    let mut deal = read_deal(include_str!("../../../../examples/dragons-quest.deal.json")).unwrap();
    deal.risk = recoup_deal::RiskPlan::default();
    let state = State::new(deal, &Law::default());
    let view = view(&state, simulation(None, None).unwrap());
    assert!(view.drivers.is_empty() && view.parties.is_empty() && view.reason.is_none());
}
