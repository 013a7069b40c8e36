//! What eight lanes pay is what the exact executor pays in each of the eight paths

use recoup_calendar::Period;
use recoup_deal::recoupment::RecoupmentPlan;
use recoup_lanes::Row;
use recoup_money::Money;
use recoup_risk::flow::{FlowAsk, FlowBatch, FlowError, FlowProgram, FlowWorkspace, Told};
use recoup_waterfall::{Plan, Recoupment, RunInputs, WaterfallError, compile, recoup_compiled};

use crate::{
    plans::{FULL, Film, film, random::Random},
    search::{cases, each},
    wider::wider,
};

/// A plan with what happens to it.
pub(crate) struct Case {
    pub plan: Plan,
    pub inputs: RunInputs,
    pub schedule: Vec<Period>,
}

impl Case {
    pub(crate) fn of(film: &Film) -> Option<Self> {
        let plan: RecoupmentPlan = serde_json::from_value(film.plan.clone()).ok()?;
        let inputs: RunInputs = serde_json::from_value(film.inputs.clone()).ok()?;
        let inputs = recoup_waterfall::flat::with_declared(&plan, &inputs).clone();
        let plan = compile(&plan, inputs.currency).ok()?;
        Some(Case { plan, inputs, schedule: Vec::new() })
    }

    /// The inputs of a path, each receipt scaled by itself, to the cent.
    pub(crate) fn path(&self, lane: u64) -> RunInputs {
        let mut random = Random::of(7, lane);
        let mut inputs = self.inputs.clone();
        for receipt in &mut inputs.receipts {
            let part = match random.below(8) {
                0 => 0,
                1 => 100,
                _ => random.between(1, 300),
            };
            let minor = receipt.amount.minor() * part / 100;
            receipt.amount = Money::new(minor, receipt.amount.currency());
        }
        inputs
    }
}

/// Amounts of eight paths as rows.
pub(crate) fn rows<T>(
    paths: &[RunInputs],
    of: impl Fn(&RunInputs) -> &[T],
    minor: impl Fn(&T) -> i64,
) -> Vec<Row> {
    let count = of(&paths[0]).len();
    (0..count).map(|place| Row(std::array::from_fn(|lane| minor(&of(&paths[lane])[place]) as f64))).collect()
}

pub(crate) fn run(program: &FlowProgram, paths: &[RunInputs]) -> FlowWorkspace {
    let mut workspace = program.workspace();
    let receipts = rows(paths, |path| &path.receipts, |receipt| receipt.amount.minor());
    let drawings = rows(paths, |path| &path.drawings, |drawing| drawing.amount.minor());
    let expenses = rows(paths, |path| &path.expenses, |expense| expense.amount.minor());
    let batch = FlowBatch { receipts: &receipts, drawings: &drawings, expenses: &expenses, cells: &[] };
    program.run(batch, &mut workspace);
    workspace
}

fn agrees(film: &Film) -> Result<(), String> {
    let Some(case) = Case::of(film) else { return Ok(()) };
    let ask = &asks()[case.inputs.receipts.len() % 3];
    case.agrees(ask)
}

impl Case {
    /// Runs eight paths at once and one by one.
    pub(crate) fn agrees(&self, ask: &FlowAsk) -> Result<(), String> {
        let exactly = |path: &RunInputs| recoup_compiled(&self.plan, path, &self.schedule);
        let program = match FlowProgram::new(&self.plan, &self.inputs, &self.schedule, ask) {
            Ok(program) => program,
            // The one thing that is left to the exact executor.
            Err(FlowError::Unsupported { feature, .. }) if feature.contains("where the flow is cut") => {
                return Ok(());
            }
            Err(FlowError::Unsupported { path, feature }) => {
                return Err(format!("refused: {path}: {feature}"));
            }
            Err(FlowError::Waterfall(error)) => {
                let refused = exactly(&self.inputs).is_err();
                return if refused { Ok(()) } else { Err(format!("does not compile: {error}")) };
            }
        };
        let paths: Vec<RunInputs> = (0..8).map(|lane| self.path(lane)).collect();
        let workspace = run(&program, &paths);
        for (lane, path) in paths.iter().enumerate() {
            let broken = workspace.broken() >> lane & 1 == 1;
            match exactly(path) {
                Err(WaterfallError::OverAllocated { .. }) if broken => {}
                Err(error) => return Err(format!("path {lane}: the exact executor refuses: {error}")),
                Ok(_) if broken => {
                    return Err(format!("path {lane} is broken by {}", workspace.difference().0[lane]));
                }
                Ok(exact) => held(&program, &workspace, lane, &exact)?,
            }
        }
        Ok(())
    }
}

/// Every figure is within what rounding to the cent explains: a cent of what is carried, and one for each rounded
/// amount that comes back, of a reserve.
pub(crate) fn held(
    program: &FlowProgram,
    workspace: &FlowWorkspace,
    lane: usize,
    exact: &Recoupment,
) -> Result<(), String> {
    let releases = exact.postings.iter().filter(|posting| posting.receipt.contains('#')).count();
    let bound = 1.01 + releases as f64;
    let together = bound * (1 + exact.claims.len()) as f64;
    let close = |what: &str, got: f64, wanted: i64, bound: f64| {
        let off = (got - wanted as f64).abs();
        if off <= bound { Ok(()) } else { Err(format!("path {lane}: {what} is {got}, not {wanted}")) }
    };
    close("held", workspace.held().0[lane], exact.held.minor(), together)?;
    close("left over", workspace.left_over().0[lane], exact.left_over.minor(), bound)?;
    for claim in &exact.claims {
        let place = program.claim(&claim.tier).unwrap();
        close(&claim.tier, workspace.claim(place).0[lane], claim.paid.minor(), bound)?;
        let recouped = workspace.recouped(place) >> lane & 1 == 1;
        let (exactly, owed) =
            (claim.limit.is_some() && claim.outstanding.is_zero(), claim.outstanding.minor());
        if recouped && !exactly && owed as f64 > bound || exactly && !recouped && releases == 0 {
            return Err(format!("path {lane}: {} is recouped: {recouped}, owed {owed}", claim.tier));
        }
    }
    for (place, party) in program.parties().iter().enumerate() {
        let to = exact.postings.iter().filter(|posting| posting.payee.as_ref() == Some(party));
        let minor: i64 = to.clone().map(|posting| posting.amount.minor()).sum();
        let got: f64 = (0..program.days().len()).map(|slot| workspace.paid(slot, place).0[lane]).sum();
        // Everybody has as many claims as there are, at most.
        close(party, got, minor, together)?;
        for (slot, day) in program.days().iter().enumerate().filter(|_| releases == 0) {
            let before = slot.checked_sub(1).map(|slot| program.days()[slot]);
            let inside = to.clone().filter(|posting| {
                (posting.date <= *day || slot + 1 == program.days().len())
                    && before.is_none_or(|before| posting.date > before)
            });
            let minor = inside.map(|posting| posting.amount.minor()).sum();
            let got = workspace.paid(slot, place).0[lane];
            close(&format!("{party} until {day}"), got, minor, together)?;
        }
    }
    Ok(())
}

/// Payments are told in periods, on every day on which something is paid, and up to some days.
pub(crate) fn asks() -> [FlowAsk; 3] {
    let days = ["2025-06-30", "2026-12-31", "2027-02-10", "2031-12-31"].map(|day| day.parse().unwrap());
    [Told::Periods, Told::Days, Told::Until(days.to_vec())].map(|told| FlowAsk { told, cells: Vec::new() })
}

#[test]
fn eight_lanes_pay_what_the_exact_executor_pays() {
    each("flow", cases(400), |number| film(&mut Random::of(2, number), &FULL), agrees);
}

#[test]
fn words_that_random_plans_do_not_have_are_paid_alike() {
    each("wider", cases(400), |number| wider(&mut Random::of(3, number)), agrees);
}

/// What is left to the exact executor is left to it by name, and is rare.
#[test]
fn few_random_plans_are_left_to_the_exact_executor() {
    let films = (0..200).map(|number| wider(&mut Random::of(4, number)));
    let cases: Vec<Case> = films.filter_map(|film| Case::of(&film)).collect();
    let refused = |case: &&Case| {
        let program = FlowProgram::new(&case.plan, &case.inputs, &case.schedule, &FlowAsk::default());
        matches!(program, Err(FlowError::Unsupported { .. }))
    };
    let left = cases.iter().filter(refused).count();
    assert!(left * 10 <= cases.len(), "{left} of {}", cases.len());
}
