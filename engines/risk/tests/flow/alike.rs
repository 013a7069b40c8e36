//! A path comes to the same bits on every processor, and whoever is beside it

use recoup_lanes::{Backend, Row};
use recoup_risk::flow::{FlowBatch, FlowProgram, FlowWorkspace};
use recoup_waterfall::RunInputs;

use crate::{
    agrees::{Case, asks, rows},
    deals::deals,
    plans::{FULL, film, random::Random},
    wider::wider,
};

/// Everything that is told of a lane, as bits.
fn told(program: &FlowProgram, workspace: &FlowWorkspace, lane: usize) -> Vec<u64> {
    let claims = (0..program.claims().len()).map(|claim| workspace.claim(claim));
    let all =
        workspace.told().iter().copied().chain(claims).chain([*workspace.held(), *workspace.to_the_end()]);
    let mut bits: Vec<u64> = all.map(|row| row.0[lane].to_bits()).collect();
    bits.extend((0..program.claims().len()).map(|claim| u64::from(workspace.recouped(claim) >> lane & 1)));
    bits.push(u64::from(workspace.broken() >> lane & 1));
    bits
}

fn run(
    program: &FlowProgram,
    backend: Backend,
    workspace: &mut FlowWorkspace,
    paths: &[RunInputs],
) -> Vec<Vec<u64>> {
    let receipts: Vec<Row> = rows(paths, |path| &path.receipts, |receipt| receipt.amount.minor());
    let drawings = rows(paths, |path| &path.drawings, |drawing| drawing.amount.minor());
    let expenses = rows(paths, |path| &path.expenses, |expense| expense.amount.minor());
    let batch = FlowBatch { receipts: &receipts, drawings: &drawings, expenses: &expenses, cells: &[] };
    program.run_on(backend, batch, workspace);
    (0..8).map(|lane| told(program, workspace, lane)).collect()
}

fn is_alike(case: &Case) {
    let Ok(program) = FlowProgram::new(&case.plan, &case.inputs, &case.schedule, &asks()[1]) else { return };
    let mut workspace = program.workspace();
    let paths: Vec<RunInputs> = (0..8).map(|lane| case.path(lane)).collect();
    let first = run(&program, Backend::PORTABLE, &mut workspace, &paths);
    for backend in Backend::available() {
        assert_eq!(run(&program, backend, &mut workspace, &paths), first, "on {backend}");
    }
    // Others beside it, in other places, in a workspace that was used.
    let turned: Vec<RunInputs> =
        [3, 9, 1, 10, 7, 11, 5, 12].into_iter().map(|lane| case.path(lane)).collect();
    let other = run(&program, Backend::best(), &mut workspace, &turned);
    for (place, lane) in [(0, 3), (2, 1), (4, 7), (6, 5)] {
        assert_eq!(other[place], first[lane], "path {lane} in lane {place}");
    }
}

#[test]
fn random_plans_come_to_the_same_bits() {
    for number in 0..60 {
        for film in [film(&mut Random::of(5, number), &FULL), wider(&mut Random::of(6, number))] {
            Case::of(&film).iter().for_each(is_alike);
        }
    }
}

#[test]
fn the_sample_deals_come_to_the_same_bits() {
    deals().iter().for_each(is_alike);
}
