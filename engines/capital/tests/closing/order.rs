//! What the list's order, threads and names must not change.

use std::collections::BTreeMap;

use proptest::prelude::*;
use recoup_explain::Quantity;
use serde_json::{Value, json};

use crate::plans::{Plan, figures, plan};

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// Two instruments of equal terms may change places: each then has the figures that stand at its place, and nothing
    /// else in the deal moves.
    #[test]
    fn instruments_of_equal_terms_change_places(plan in plan(), chosen in 0usize..8) {
        let mut twins = plan;
        let chosen = chosen % twins.instruments().len();
        let original = twins.instruments()[chosen].clone();
        // What is defined by its neighbours, or its neighbours by it, has no twin.
        prop_assume!(original["id"] != "rest" && !original["terms"]["lines"].is_array());
        for (id, place) in [("twin-a", chosen), ("twin-b", chosen + 1)] {
            let mut twin = original.clone();
            twin["id"] = json!(id);
            match place == chosen {
                true => twins.instruments_mut()[place] = twin,
                false => twins.instruments_mut().insert(place, twin),
            }
        }
        let id = original["id"].as_str().expect("an id").to_owned();
        prop_assume!(!refers(&twins, &id));
        let mut swapped = twins.clone();
        swapped.instruments_mut().swap(chosen, chosen + 1);
        let (before, after) = (figures(&twins.run().0), figures(&swapped.run().0));
        prop_assert_eq!(moved(&renamed(&before), &after), Vec::<String>::new());
    }

    /// Where every called instrument has its own place in the order of calling and every charge its own rank, the order
    /// in which instruments are written down changes no figure.
    #[test]
    fn the_order_of_the_list_changes_nothing(plan in plan(), seed in 0usize..720) {
        let mut ordered = plan;
        for (place, one) in ordered.instruments_mut().iter_mut().enumerate() {
            if one["drawdown"].is_null() {
                one["drawdown"] = json!({"method": "as_spend_falls_due"});
            }
            one["drawdown"]["order"] = json!(place);
            if one["security"].is_array() {
                one["security"][0]["rank"] = json!(place + 1);
            }
        }
        // Advances say no rank: the list's order decides who of two is repaid first.
        prop_assume!(advanced_once(&ordered));
        let mut shuffled = ordered.clone();
        shuffle(shuffled.instruments_mut(), seed);
        let (before, after) = (figures(&ordered.run().0), figures(&shuffled.run().0));
        prop_assert_eq!(moved(&before, &after), Vec::<String>::new());
    }

    /// The same deal gives the same figures on any number of threads, and again.
    #[test]
    fn threads_and_repetition_change_nothing(plan in plan()) {
        let once = figures(&plan.run().0);
        let found: Vec<BTreeMap<String, Quantity>> = std::thread::scope(|scope| {
            let runs: Vec<_> = (0..3).map(|_| scope.spawn(|| figures(&plan.run().0))).collect();
            runs.into_iter().map(|run| run.join().expect("a thread")).collect()
        });
        prop_assert!(found.into_iter().all(|figures| figures == once));
    }
}

/// The figures that differ, with both values.
pub(crate) fn moved(before: &BTreeMap<String, Quantity>, after: &BTreeMap<String, Quantity>) -> Vec<String> {
    let all = before.keys().chain(after.keys().filter(|address| !before.contains_key(*address)));
    let told = |address: &String| format!("{address}: {:?} | {:?}", before.get(address), after.get(address));
    all.filter(|address| before.get(*address) != after.get(*address)).map(told).collect()
}

/// Whether anything is secured on an instrument.
fn refers(plan: &Plan, id: &str) -> bool {
    let over = json!({"instrument": id});
    let on = |one: &Value| {
        let advances = one["amount"]["advance"]["parts"].as_array().into_iter().flatten();
        let charges = one["security"].as_array().into_iter().flatten();
        advances
            .map(|part| &part["against"])
            .chain(charges.map(|charge| &charge["over"]))
            .any(|it| *it == over)
    };
    plan.instruments().iter().any(on)
}

fn renamed(figures: &BTreeMap<String, Quantity>) -> BTreeMap<String, Quantity> {
    let rename = |address: &String| match (address.contains("twin-a"), address.contains("twin-b")) {
        (true, _) => address.replace("twin-a", "twin-b"),
        (_, true) => address.replace("twin-b", "twin-a"),
        _ => address.clone(),
    };
    figures.iter().map(|(address, value)| (rename(address), value.clone())).collect()
}

/// Whether every piece of collateral is advanced against by one loan at most, and no such loan is also charged on it.
fn advanced_once(plan: &Plan) -> bool {
    let mut advances: Vec<&Value> = Vec::new();
    for one in plan.instruments() {
        let parts = one["amount"]["advance"]["parts"].as_array().into_iter().flatten();
        advances.extend(parts.map(|part| &part["against"]));
    }
    let charged = |over: &Value| plan.instruments().iter().any(|one| one["security"][0]["over"] == *over);
    advances.iter().enumerate().all(|(place, over)| !advances[..place].contains(over) && !charged(over))
}

/// A permutation by its number in the factorial system.
fn shuffle(list: &mut [Value], mut seed: usize) {
    for place in (1..list.len()).rev() {
        list.swap(place, seed % (place + 1));
        seed /= place + 1;
    }
}
