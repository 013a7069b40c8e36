//! What eight lanes pay is what the exact executor pays in each of the eight paths

use recoup_deal::recoupment::RecoupmentPlan;
use recoup_lanes::Row;
use recoup_money::Money;
use recoup_risk::flow::{FlowAsk, FlowBatch, FlowError, FlowProgram, FlowWorkspace};
use recoup_waterfall::{Plan, Recoupment, RunInputs, WaterfallError, compile, recoup_compiled};

use crate::{
    plans::{FULL, Film, film, random::Random},
    search::{cases, each},
};

/// A plan with what happens to it.
pub(crate) struct Case {
    pub plan: Plan,
    pub inputs: RunInputs,
}

impl Case {
    pub(crate) fn of(film: &Film) -> Option<Self> {
        let plan: RecoupmentPlan = serde_json::from_value(film.plan.clone()).ok()?;
        let inputs: RunInputs = serde_json::from_value(film.inputs.clone()).ok()?;
        let inputs = recoup_waterfall::flat::with_declared(&plan, &inputs).clone();
        Some(Case { plan: compile(&plan, inputs.currency).ok()?, inputs })
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
    let program = match FlowProgram::new(&case.plan, &case.inputs, &[], &FlowAsk::default()) {
        Ok(program) => program,
        Err(FlowError::Unsupported { path, feature }) => return Err(format!("refused: {path}: {feature}")),
        Err(FlowError::Waterfall(error)) => {
            return match recoup_compiled(&case.plan, &case.inputs, &[]) {
                Err(_) => Ok(()),
                Ok(_) => Err(format!("does not compile: {error}")),
            };
        }
    };
    let paths: Vec<RunInputs> = (0..8).map(|lane| case.path(lane)).collect();
    let workspace = run(&program, &paths);
    for (lane, path) in paths.iter().enumerate() {
        let broken = workspace.broken() >> lane & 1 == 1;
        match recoup_compiled(&case.plan, path, &[]) {
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

/// Every figure is within what rounding to the cent explains.
fn held(
    program: &FlowProgram,
    workspace: &FlowWorkspace,
    lane: usize,
    exact: &Recoupment,
) -> Result<(), String> {
    let flows = 1 + exact.postings.len();
    let bound = 1.0 + 0.5 * flows as f64;
    let close = |what: &str, got: f64, wanted: Money| {
        let off = (got - wanted.minor() as f64).abs();
        if off <= bound {
            Ok(())
        } else {
            Err(format!("path {lane}: {what} is {got}, not {}", wanted.minor()))
        }
    };
    close("held", workspace.held().0[lane], exact.held)?;
    close("left over", workspace.left_over().0[lane], exact.left_over)?;
    for claim in &exact.claims {
        let place = program.claim(&claim.tier).unwrap();
        close(&claim.tier, workspace.claim(place).0[lane], claim.paid)?;
        let recouped = workspace.recouped(place) >> lane & 1 == 1;
        let exactly = claim.limit.is_some() && claim.outstanding.is_zero();
        if recouped != exactly && claim.outstanding.minor() as f64 > bound {
            return Err(format!("path {lane}: {} is recouped: {recouped}", claim.tier));
        }
    }
    for (place, party) in program.parties().iter().enumerate() {
        let to = exact.postings.iter().filter(|posting| posting.payee.as_ref() == Some(party));
        let minor: i64 = to.map(|posting| posting.amount.minor()).sum();
        let got: f64 = (0..program.days().len()).map(|slot| workspace.paid(slot, place).0[lane]).sum();
        close(party, got, Money::new(minor, exact.held.currency()))?;
    }
    Ok(())
}

#[test]
fn eight_lanes_pay_what_the_exact_executor_pays() {
    each("flow", cases(400), |number| film(&mut Random::of(2, number), &FULL), agrees);
}
