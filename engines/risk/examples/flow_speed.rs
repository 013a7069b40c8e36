//! How long eight paths take on their way down a plan:
//! `cargo run --release -p recoup-risk --example flow_speed`.
//!
//! The three sample deals with what they receive, and an order of thirty tiers with eight sources over twenty-eight
//! quarters. Each path scales every receipt by itself. Nanoseconds per path on one thread: the least and the median.
#![expect(
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a measurement reads the clock, prints, and stops where its plan is none"
)]

use std::{error::Error, hint::black_box, time::Instant};

use recoup_calendar::{Frequency, Period, periods_between};
use recoup_deal::read_deal;
use recoup_incentives::Catalog;
use recoup_lanes::{Backend, Row};
use recoup_money::Currency;
use recoup_risk::flow::{FlowAsk, FlowBatch, FlowProgram};
use recoup_waterfall::{Plan, RunInputs, compile, flat::with_declared, recoup_totals};

#[path = "../../waterfall/benches/recoupment/plan.rs"]
mod plan;

const DEALS: [(&str, &str); 3] = [
    ("dragons-quest", include_str!("../../../examples/dragons-quest.deal.json")),
    ("nimbus-and-pip", include_str!("../../../examples/nimbus-and-pip.deal.json")),
    ("tin-orchard", include_str!("../../../examples/tin-orchard.deal.json")),
];

/// Batches that are measured over, each of other paths: short, so that some of the runs are not disturbed.
const BATCHES: usize = 16;
const RUNS: usize = 201;

struct Case {
    name: String,
    plan: Plan,
    inputs: RunInputs,
    schedule: Vec<Period>,
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut cases = Vec::new();
    for (name, text) in DEALS {
        let deal = read_deal(text)?;
        let outcome = recoup_model::run(&deal, Catalog::embedded()?);
        let document = deal.recoupment.as_ref().ok_or("no plan")?;
        let feed = outcome.feed.ok_or("no receipts")?;
        let inputs = with_declared(document, &feed.inputs).clone();
        let plan = compile(document, inputs.currency)?;
        cases.push(Case { name: name.to_owned(), plan, inputs, schedule: feed.schedule });
    }
    let size = plan::Size { tiers: 30, sources: 8, periods: 28 };
    let inputs = plan::inputs(size);
    let last = inputs.receipts.last().ok_or("no receipts")?.date;
    let schedule = periods_between("2026-01-01".parse()?, last, Frequency::Quarter)?;
    let plan = compile(&plan::plan(size), Currency::USD)?;
    cases.push(Case { name: "30 tiers, 8 sources, 28 quarters".to_owned(), plan, inputs, schedule });
    for case in &cases {
        measure(case)?;
    }
    Ok(())
}

fn measure(case: &Case) -> Result<(), Box<dyn Error>> {
    let ask = FlowAsk::default();
    let started = Instant::now();
    let program = FlowProgram::new(&case.plan, &case.inputs, &case.schedule, &ask)?;
    let compiled = started.elapsed().as_secs_f64() * 1e6;
    println!(
        "{}: {} tiers and members, {} receipts, compiled in {compiled:.0} µs",
        case.name,
        program.claims().len(),
        case.inputs.receipts.len()
    );
    println!("    {}", program.size());
    let receipts: Vec<Vec<Row>> = (0..BATCHES).map(|batch| paths(&case.inputs, batch)).collect();
    let as_rows =
        |amounts: Vec<i64>| -> Vec<Row> { amounts.iter().map(|minor| Row([*minor as f64; 8])).collect() };
    let drawings = as_rows(case.inputs.drawings.iter().map(|drawing| drawing.amount.minor()).collect());
    let expenses = as_rows(case.inputs.expenses.iter().map(|expense| expense.amount.minor()).collect());
    for backend in Backend::available() {
        let mut workspace = program.workspace();
        let mut times = Vec::with_capacity(RUNS);
        for _ in 0..RUNS {
            let start = Instant::now();
            for receipts in &receipts {
                let batch = FlowBatch { receipts, drawings: &drawings, expenses: &expenses, cells: &[] };
                program.run_on(backend, batch, &mut workspace);
                black_box(&workspace);
            }
            times.push(start.elapsed().as_secs_f64() * 1e9 / (8 * BATCHES) as f64);
        }
        times.sort_by(f64::total_cmp);
        println!("    {backend}: {:.0} ns ({:.0})", times[0], times[RUNS / 2]);
        if workspace.broken() != 0 {
            return Err("a path is broken".into());
        }
    }
    let start = Instant::now();
    const EXACT: usize = 20;
    for _ in 0..EXACT {
        black_box(recoup_totals(&case.plan, &case.inputs, &case.schedule)?);
    }
    println!("    exact, totals alone: {:.0} ns", start.elapsed().as_secs_f64() * 1e9 / EXACT as f64);
    Ok(())
}

/// Receipts of eight paths, each between a quarter and twice what is expected.
fn paths(inputs: &RunInputs, batch: usize) -> Vec<Row> {
    let mut state = 0x9e37_79b9_7f4a_7c15_u64.wrapping_mul(batch as u64 + 1);
    let mut part = move || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        0.25 + 1.75 * (state >> 11) as f64 / (1u64 << 53) as f64
    };
    let of_path: [f64; 8] = std::array::from_fn(|_| part());
    let row = |minor: i64, part: &mut dyn FnMut() -> f64| {
        Row(std::array::from_fn(|lane| (minor as f64 * of_path[lane] * part()).round()))
    };
    inputs.receipts.iter().map(|receipt| row(receipt.amount.minor(), &mut part)).collect()
}
