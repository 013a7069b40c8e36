//! How long a recoupment takes: `cargo bench -p recoup-waterfall`.
//!
//! A film with eight sources over seven years, with every payment and its cause and without; a plan far larger than any
//! film; how the time grows with tiers and with receipts; and the ladder, which runs a plan again and again.
#![expect(
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a measurement stops where it cannot go on, and prints"
)]
#![expect(clippy::disallowed_methods, reason = "a measurement reads the clock; the engine does not")]

mod plan;

use std::{
    hint::black_box,
    time::{Duration, Instant},
};

use plan::Size;
use recoup_calendar::{Frequency, Period, periods_between};
use recoup_money::Currency;
use recoup_waterfall::{Plan, RunInputs, breakeven_ladder, compile, recoup_compiled, recoup_totals};

const FILM: Size = Size { tiers: 30, sources: 8, periods: 28 };
const LARGE: Size = Size { tiers: 1_000, sources: 1, periods: 120 };

/// What is aimed at, in microseconds.
const WITH_POSTINGS: f64 = 300.0;
const WITHOUT: f64 = 60.0;
const AIM_LARGE: f64 = 50_000.0;

struct Case {
    plan: Plan,
    inputs: RunInputs,
    schedule: Vec<Period>,
}

impl Case {
    fn of(size: Size) -> Self {
        let inputs = plan::inputs(size);
        let last = inputs.receipts.last().expect("a receipt").date;
        let schedule =
            periods_between("2026-01-01".parse().expect("a day"), last, Frequency::Quarter).expect("periods");
        let plan = compile(&plan::plan(size), Currency::USD).expect("a plan that compiles");
        Case { plan, inputs, schedule }
    }

    /// Every payment with its cause, and where every claim stands at the end of each period.
    fn with_postings(&self) -> usize {
        let result = recoup_compiled(&self.plan, &self.inputs, &self.schedule).expect("a run");
        black_box(&result).postings.kept().len()
    }

    /// As well every payment and every statement told by name.
    fn told(&self) -> usize {
        let result = recoup_compiled(&self.plan, &self.inputs, &self.schedule).expect("a run");
        black_box(&result).postings.len() + result.statements.len()
    }

    fn totals(&self) -> usize {
        let totals = recoup_totals(&self.plan, &self.inputs, &self.schedule).expect("a run");
        black_box(&totals).claims.len()
    }
}

fn main() {
    // Words on the command line choose what is measured: `cargo bench -p recoup-waterfall -- film large`.
    let words: Vec<String> = std::env::args().skip(1).filter(|word| !word.starts_with("--")).collect();
    let asked = |word: &str| words.is_empty() || words.iter().any(|asked| asked == word);
    let film = Case::of(FILM);
    let count = film.plan.tiers().count();
    println!(
        "30 tiers ({count} with members), {} receipts, {} payments",
        film.inputs.receipts.len(),
        film.with_postings()
    );
    if asked("totals") {
        told("a film, totals alone", Some(WITHOUT), || film.totals());
    }
    if asked("postings") {
        told("a film, with postings", Some(WITH_POSTINGS), || film.with_postings());
    }
    if asked("film") {
        let with = told("a film, with postings", Some(WITH_POSTINGS), || film.with_postings());
        told("a film, totals alone", Some(WITHOUT), || film.totals());
        told("a film, with postings and statements told by name", None, || film.told());
        grown("tiers", with, Size { tiers: 2 * FILM.tiers, ..FILM });
        grown("receipts", with, Size { periods: 2 * FILM.periods, ..FILM });
    }
    if asked("growth") {
        growth();
    }
    if asked("large") {
        let large = Case::of(LARGE);
        told("1,000 tiers in 120 periods, with postings", Some(AIM_LARGE), || large.with_postings());
    }
    if asked("ladder") {
        let document = plan::plan(FILM);
        told("the ladder of the film", None, || {
            breakeven_ladder(&document, &film.inputs).expect("a ladder").len()
        });
    }
}

/// One size after the other, the others as they are in the film.
fn growth() {
    println!("| tiers | sources | quarters | receipts | payments | totals, µs | postings, µs |");
    println!("| ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
    let tiers = [15, 30, 60, 120, 240].map(|tiers| Size { tiers, ..FILM });
    let sources = [1, 2, 4, 16, 32].map(|sources| Size { tiers: 96, sources, ..FILM });
    let periods = [7, 14, 56, 112].map(|periods| Size { periods, ..FILM });
    for size in tiers.into_iter().chain(sources).chain(periods) {
        let case = Case::of(size);
        let (totals, postings) = (median(&|| case.totals()), median(&|| case.with_postings()));
        let Size { tiers, sources, periods } = size;
        let (receipts, payments) = (size.receipts(), case.with_postings());
        println!(
            "| {tiers} | {sources} | {periods} | {receipts} | {payments} | {totals:.0} | {postings:.0} |"
        );
    }
}

fn grown(what: &str, before: f64, size: Size) {
    let case = Case::of(size);
    let after = told(&format!("twice the {what}"), None, || case.with_postings());
    println!("    {:.2} × the time", after / before);
}

/// Measures and prints; the median in microseconds.
fn told(what: &str, aim: Option<f64>, run: impl Fn() -> usize) -> f64 {
    let times = measured(&run);
    let at = |part: usize| times[(times.len() - 1) * part / 100].as_secs_f64() * 1e6;
    let (best, median, late, runs) = (at(0), at(50), at(95), times.len());
    let ratio = aim.map_or_else(String::new, |aim| format!(" ({:.2} of what is aimed at)", median / aim));
    println!("{what}: median {median:.0} µs{ratio}, p95 {late:.0}, best {best:.0}, {runs} runs");
    median
}

fn median(run: &dyn Fn() -> usize) -> f64 {
    let times = measured(run);
    times[times.len() / 2].as_secs_f64() * 1e6
}

/// The times of many runs, the shortest first: as many as fit into a second, between five and two thousand.
fn measured(run: &dyn Fn() -> usize) -> Vec<Duration> {
    let begun = Instant::now();
    black_box(run());
    let once = begun.elapsed().as_secs_f64().max(1e-6);
    let runs = (1.0 / once).clamp(5.0, 2_000.0) as usize;
    let mut times: Vec<Duration> = (0..runs + runs / 10)
        .map(|_| {
            let start = Instant::now();
            black_box(run());
            start.elapsed()
        })
        .skip(runs / 10)
        .collect();
    times.sort();
    times
}
