//! How the time grows with the paths, and with what a film has: tiers, quarters, parties.

use std::{fs, time::Instant};

use recoup_lanes::Backend;
use recoup_risk::{
    CHUNK, PathModel,
    draw::Generator,
    kernel::{Reference, Stage},
};
use serde_json::{Value, json};

use crate::{MODEL, SEED, best, model, on_threads};

pub(crate) fn told() {
    let reference = model();
    for paths in [1_000, 10_000, 100_000, 1_000_000, 10_000_000] {
        let runs = if paths < 1_000_000 { 40 } else { 3 };
        let time = (0..runs).map(|_| busy(|| on_threads(&reference, paths, 1))).fold(f64::INFINITY, f64::min);
        println!("{paths:>9} paths     {:7.1} ns a path", time * 1e9 / paths as f64);
    }
    for tiers in [10, 24, 50, 100, 200] {
        println!("{tiers:>9} tiers     {:7.1} ns a path", timed(&with_tiers(written(), tiers)));
    }
    for quarters in [12, 20, 28, 40, 60, 80] {
        println!("{quarters:>9} quarters  {:7.1} ns a path", timed(&with_quarters(written(), quarters)));
    }
    for parties in [4, 8, 12, 20, 40] {
        println!("{parties:>9} parties   {:7.1} ns a path", timed(&with_parties(written(), parties)));
    }
}

/// Seconds that this thread was on a processor, where the system tells; a run of seconds is interrupted otherwise.
fn busy(run: impl FnOnce()) -> f64 {
    let on_processor = || {
        let told = fs::read_to_string("/proc/thread-self/schedstat").ok()?;
        told.split_whitespace().next()?.parse::<f64>().ok()
    };
    let (start, before) = (Instant::now(), on_processor());
    run();
    let taken = start.elapsed().as_secs_f64();
    match (before, on_processor()) {
        // The system counts by its ticks: a short run is measured by the clock.
        (Some(before), Some(after)) if taken > 0.1 => (after - before) / 1e9,
        _ => taken,
    }
}

fn written() -> Value {
    serde_json::from_str(MODEL).expect("the written model")
}

fn timed(written: &Value) -> f64 {
    let model = Reference::read(&written.to_string(), SEED, Generator::default()).expect("a model");
    let mut room = model.room();
    let mut out = vec![0.0; model.columns().len() * CHUNK];
    let time = best(60, || {
        for chunk in 0..4u64 {
            model.compute_on(Backend::best(), Some(Stage::Rates), chunk * CHUNK as u64, &mut out, &mut room);
        }
    });
    time * 1e9 / (4 * CHUNK) as f64
}

fn rows<'a>(written: &'a mut Value, key: &str) -> &'a mut Vec<Value> {
    written[key].as_array_mut().expect("a list")
}

/// The first tiers and the last, or more claims before the last.
fn with_tiers(mut written: Value, count: usize) -> Value {
    let tiers = rows(&mut written, "tiers");
    let last = tiers.pop().expect("a tier");
    tiers.truncate(count - 1);
    let payees = ["agent", "talent", "equity_b", "producer"];
    for more in tiers.len()..count - 1 {
        let claim = json!({"payee": payees[more % payees.len()], "amount": "50000"});
        tiers.push(json!({"id": format!("more_{more}"), "recoup": claim}));
    }
    tiers.push(last);
    written
}

/// Receipts cut off, or spread over more quarters.
fn with_quarters(mut written: Value, count: usize) -> Value {
    written["quarters"] = json!(count);
    for source in rows(&mut written, "sources") {
        let profile = source["profile"].as_array_mut().expect("a list");
        profile.resize(count, json!(0.01));
    }
    written
}

/// Fewer investors, or more of them side by side before the profits.
fn with_parties(mut written: Value, count: usize) -> Value {
    let before = rows(&mut written, "payees").len();
    if count < before {
        // Parties stay in the plan; that many of them are investors.
        rows(&mut written, "investors").truncate(count / 2);
        return written;
    }
    for more in before..count {
        let id = format!("investor_{more}");
        rows(&mut written, "payees").push(json!(id));
        let claim = json!({"id": id, "recoup": {"payee": id, "amount": "300000"}});
        let tiers = rows(&mut written, "tiers");
        let last = tiers.len() - 1;
        tiers.insert(last, claim);
        let drawn = ["150000", "100000", "50000", "0", "0", "0", "0", "0"];
        rows(&mut written, "investors").push(json!({"payee": id, "drawn": drawn}));
    }
    written
}
