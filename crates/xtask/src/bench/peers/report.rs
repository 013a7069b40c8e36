//! What the comparison came to, as JSON and as a table.

use std::fs;

use serde_json::{Map, Value, json};

use super::{Batches, ROUNDS, Times};

/// How far results may be apart: relative, and absolute where they are below one.
const AGREE: f64 = 1e-6;
/// How far the peers' own draws may be from ours, in standard errors of the mean.
const DRAWS_APART: f64 = 6.0;
/// What is promised: ratio, gate, target, goal.
const PROMISED: [(&str, f64, f64, f64); 5] = [
    ("arithmetic_limit", 0.50, 0.70, 0.80),
    ("numpy", 18.0, 25.0, 30.0),
    ("numba", 8.0, 11.0, 13.0),
    ("pyxirr", 60.0, 80.0, 120.0),
    ("threads_2", 1.85, 1.90, 1.97),
];
/// What each ratio is against.
const AGAINST: [(&str, &str); 7] = [
    ("arithmetic_limit", "the operations of a path at this machine's peaks"),
    ("numpy", "the film as one writes it: payments by quarter, rows of paths, in place"),
    ("numba", "the film as one writes it: path by path, quarter by quarter, compiled"),
    ("pyxirr", "irr() on 100,000 series of 40 flows"),
    ("threads_2", "the kernel on one thread"),
    ("numpy_kernel_form", "NumPy with the kernel's own formulation: cumulative rows, sums by parts"),
    ("numba_kernel_form", "numba with the kernel's own formulation"),
];
/// Nanoseconds a path of the programs with which the ratios were promised, on a machine that adds 5.98 times eight
/// doubles in a nanosecond. A peer that takes more than 1.3 times as long counts for nothing.
const REFERENCE: [(&str, f64); 2] = [("numpy", 10_300.0), ("numba", 4_540.0)];
const REFERENCE_SUMS_PER_NS: f64 = 5.98;
const SLACK: f64 = 1.3;
/// Ten thousand paths on two threads: aimed at, in milliseconds.
const SHORT_MS: f64 = 4.0;
const SHORT_PATHS: f64 = 10_000.0;

/// Whether all results are the same.
pub(super) fn agrees(agreement: &Value) -> bool {
    agreement.as_object().into_iter().flatten().all(|(_, of)| {
        let within = |key: &str, most: f64| of[key].as_f64().is_none_or(|value| value <= most);
        of["worst"].is_f64()
            && within("worst", AGREE)
            && of["undefined_alike"] == true
            && within("draws_away", DRAWS_APART)
    })
}

/// All of it.
pub(super) fn of(
    times: &Times,
    batches: &Batches,
    limit: &Value,
    agreement: &Value,
    written: &Value,
    load: &str,
) -> Value {
    let raw: Map<String, Value> = times
        .0
        .iter()
        .map(|(name, _)| {
            ((*name).to_owned(), json!({"min_ns": times.least(name), "median_ns": times.median(name)}))
        })
        .collect();
    let batch = |name: &str| batches.iter().find(|(of, _)| *of == name).map(|(_, batch)| *batch);
    let kernel = times.least("kernel");
    json!({
        "ratios": {
            "numpy": times.least("numpy") / kernel,
            "numba": times.least("numba") / kernel,
            "pyxirr": times.least("pyxirr") / times.least("rates"),
            "arithmetic_limit": limit["fraction"],
            "threads_2": kernel / times.least("kernel_2_threads"),
            "numpy_kernel_form": times.least("numpy_kernel_form") / kernel,
            "numba_kernel_form": times.least("numba_kernel_form") / kernel,
        },
        "agreement": {"within": AGREE, "holds": agrees(agreement), "peers": agreement, "of": written},
        "honesty": honesty(times, limit),
        "sobol_10000_paths_2_threads_ms": short(times.least("kernel_10000_paths_2_threads")),
        "batches": batches.iter().map(|(name, _)| ((*name).to_owned(), json!(batch(name)))).collect::<Map<_, _>>(),
        "machine": machine(load),
        "raw": raw,
        "limit": limit,
        "rounds": ROUNDS,
    })
}

fn short(ns: f64) -> f64 {
    ns * SHORT_PATHS / 1e6
}

/// For each peer: the most that it may take to count, and whether it does. `at_reference` is what the ratio would be
/// against a peer that takes exactly as long as the one with which the ratio was promised.
fn honesty(times: &Times, limit: &Value) -> Value {
    let sums = limit["peaks_per_ns"]["sum"].as_f64().unwrap_or(f64::NAN);
    let slower = REFERENCE_SUMS_PER_NS / sums;
    let mut all = Map::new();
    for (of, reference) in REFERENCE {
        let most = SLACK * reference * slower;
        for name in [of.to_owned(), format!("{of}_kernel_form")] {
            let took = times.least(&name);
            let at_reference = reference * slower / times.least("kernel");
            let of =
                json!({"ns": took, "most_ns": most, "counts": took <= most, "at_reference": at_reference});
            all.insert(name, of);
        }
    }
    json!({"peak_sums_per_ns": sums, "reference_sums_per_ns": REFERENCE_SUMS_PER_NS, "peers": all})
}

/// What else the machine does, of the last minutes; empty where it is not told.
pub(super) fn load() -> String {
    fs::read_to_string("/proc/loadavg").unwrap_or_default().trim().to_owned()
}

fn machine(load: &str) -> Value {
    let read = |file: &str| fs::read_to_string(file).unwrap_or_default();
    let cpu = read("/proc/cpuinfo");
    let field = |name: &str| {
        let line = cpu.lines().find(|line| line.starts_with(name));
        line.and_then(|line| line.split(':').nth(1)).map_or_else(String::new, |of| of.trim().to_owned())
    };
    json!({
        "os": std::env::consts::OS,
        "architecture": std::env::consts::ARCH,
        "processor": field("model name"),
        "family_model_stepping": [field("cpu family"), field("model\t"), field("stepping")],
        "processors": std::thread::available_parallelism().map_or(0, usize::from),
        "load_before": load,
        "load_after": self::load(),
    })
}

fn number(value: &Value) -> f64 {
    value.as_f64().unwrap_or(f64::NAN)
}

/// Prints it.
pub(super) fn told(report: &Value) {
    println!("\nnanoseconds a path, or a rate        least     median  batch");
    for (name, of) in report["raw"].as_object().into_iter().flatten() {
        let batch = report["batches"][name].as_u64().map_or_else(String::new, |batch| batch.to_string());
        println!("  {name:<30} {:10.1} {:10.1} {batch:>6}", number(&of["min_ns"]), number(&of["median_ns"]));
    }
    told_limit(&report["limit"]);
    println!("\nratio                 measured     gate   target     goal");
    for (name, against) in AGAINST {
        let measured = number(&report["ratios"][name]);
        match PROMISED.into_iter().find(|(of, ..)| *of == name) {
            Some((_, gate, target, goal)) => {
                let verdict = verdict(measured, [gate, target, goal]);
                println!(
                    "  {name:<18} {measured:9.2} {gate:8.2} {target:8.2} {goal:8.2}  {verdict}: {against}"
                );
            }
            None => println!("  {name:<18} {measured:9.2} {:>26}  beside it: {against}", ""),
        }
    }
    told_honesty(&report["honesty"]);
    let short = number(&report["sobol_10000_paths_2_threads_ms"]);
    println!("\n10,000 Sobol' paths on two threads: {short:.2} ms, aimed at {SHORT_MS} ms");
    println!("\nagreement within {AGREE:e}: {}", report["agreement"]["peers"]);
    println!("machine: {}", report["machine"]);
}

fn verdict(measured: f64, [gate, target, goal]: [f64; 3]) -> &'static str {
    if measured >= goal {
        "goal"
    } else if measured >= target {
        "target"
    } else if measured >= gate {
        "gate"
    } else {
        "below the gate"
    }
}

fn told_limit(limit: &Value) {
    println!("\noperations on eight lanes for a nanosecond, {}: {}", limit["backend"], limit["peaks_per_ns"]);
    println!("stage          limit ns   taken ns   part");
    for row in limit["stages"].as_array().into_iter().flatten() {
        let (bound, taken) = (number(&row["bound_ns"]), number(&row["ns"]));
        let stage = row["stage"].as_str().unwrap_or("");
        println!("  {stage:<11} {bound:9.1} {taken:10.1} {:6.2}", bound / taken);
    }
}

fn told_honesty(honesty: &Value) {
    println!(
        "\na peer counts that takes no more than {SLACK} times the one with which its ratio was promised, scaled by {:.2} \
         sums a nanosecond here to {REFERENCE_SUMS_PER_NS} there",
        number(&honesty["peak_sums_per_ns"])
    );
    println!("peer                 took ns  at most ns          ratio to one as fast as that one");
    for (name, of) in honesty["peers"].as_object().into_iter().flatten() {
        println!(
            "  {name:<18} {:9.0} {:11.0}  {:<6} {:9.1}",
            number(&of["ns"]),
            number(&of["most_ns"]),
            if of["counts"] == true { "counts" } else { "does not count" },
            number(&of["at_reference"]),
        );
    }
}
