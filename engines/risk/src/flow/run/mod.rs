//! A compiled run over eight paths

mod balance;
mod cut;
mod machine;
mod pour;
mod standing;
mod weigh;

use recoup_lanes::{Backend, Buffer, Kernel, Lanes, Mask, Row, dispatch, dispatch_on};

use super::{form::NONE, program::FlowProgram};
use machine::{Machine, Notes};

/// Amounts of eight paths, in minor units: a row for each receipt, drawing and expense of the inputs, in their order,
/// and one for each cell that varies, in the order in which it was named.
#[derive(Debug, Clone, Copy)]
pub struct FlowBatch<'a> {
    /// Receipts.
    pub receipts: &'a [Row],
    /// Money put in.
    pub drawings: &'a [Row],
    /// Expenses.
    pub expenses: &'a [Row],
    /// Cells that vary: rates and factors as numbers, money in minor units.
    pub cells: &'a [Row],
}

/// Room for one batch, and what it came to.
#[derive(Debug, Clone)]
pub struct FlowWorkspace {
    first: Buffer,
    rows: Buffer,
    stack: Buffer,
    weights: Buffer,
    ends: Vec<u32>,
    seen: Vec<u8>,
    passed: Vec<u8>,
    visited: Vec<u8>,
    words: Vec<u8>,
    recouped: Vec<u8>,
    recouped_by: Vec<Option<u8>>,
    broken: u8,
    difference: Row,
    out: usize,
    parties: usize,
    slots: usize,
    paid: Vec<u32>,
    rest: usize,
    held: usize,
    contributed: usize,
    shortfall: Vec<u32>,
    residual: bool,
}

struct Run<'a> {
    program: &'a FlowProgram,
    batch: FlowBatch<'a>,
    workspace: &'a mut FlowWorkspace,
}

impl Kernel for Run<'_> {
    type Output = ();

    #[inline(always)]
    fn run<L: Lanes>(self) {
        self.program.run_lanes::<L>(self.batch, self.workspace);
    }
}

impl FlowProgram {
    /// Room to run in; nothing is allocated after it is made.
    pub fn workspace(&self) -> FlowWorkspace {
        let mut first = Buffer::zeroed(self.first.len());
        for (row, value) in first.iter_mut().zip(&self.first) {
            *row = Row([*value; 8]);
        }
        FlowWorkspace {
            rows: first.clone(),
            first,
            stack: Buffer::zeroed(2 * self.counts.depth + 2),
            weights: Buffer::zeroed(self.counts.members),
            ends: vec![0; self.counts.depth + 1],
            seen: vec![0; self.counts.pools],
            passed: vec![0; self.counts.beyond],
            visited: vec![0; self.counts.beyond],
            words: vec![0; self.counts.words + 1],
            recouped: vec![0; self.claims.len()],
            recouped_by: vec![None; self.parties.len()],
            broken: 0,
            difference: Row::default(),
            out: self.places.out as usize,
            parties: self.parties.len(),
            slots: self.days.len(),
            paid: self.places.paid.clone(),
            rest: self.places.rest as usize,
            held: self.places.held as usize,
            contributed: self.places.contributed as usize,
            shortfall: self.places.shortfall.clone(),
            residual: self.places.residual.is_some(),
        }
    }

    /// Runs eight paths with the widest registers of this processor.
    pub fn run(&self, batch: FlowBatch<'_>, workspace: &mut FlowWorkspace) {
        dispatch(Run { program: self, batch, workspace });
    }

    /// Runs eight paths with these registers.
    pub fn run_on(&self, backend: Backend, batch: FlowBatch<'_>, workspace: &mut FlowWorkspace) {
        dispatch_on(backend, Run { program: self, batch, workspace });
    }

    /// Runs eight paths inside a computation in lanes.
    #[inline(always)]
    pub fn run_lanes<L: Lanes>(&self, batch: FlowBatch<'_>, workspace: &mut FlowWorkspace) {
        let FlowWorkspace { first, rows, stack, weights, ends, seen, passed, visited, words, .. } = workspace;
        rows.copy_from_slice(first);
        for (row, cell) in rows.iter_mut().zip(batch.cells).take(self.cells) {
            *row = *cell;
        }
        passed.fill(0);
        let notes = Notes { ends, seen, passed, visited, words };
        let mut machine = Machine::<L>::new(self, batch, rows, (stack, weights), notes);
        machine.play();
        let (broken, difference) = machine.verdict();
        machine.stand_at_the_end(&mut workspace.recouped, &mut workspace.recouped_by);
        workspace.broken = broken.bits();
        difference.store(&mut workspace.difference);
    }
}

impl FlowWorkspace {
    /// What a party was paid in a slot.
    pub fn paid(&self, slot: usize, party: usize) -> &Row {
        &self.rows[self.out + slot * self.parties + party]
    }

    /// What every party was paid, slot by slot and party by party.
    pub fn told(&self) -> &[Row] {
        &self.rows[self.out..self.out + self.slots * self.parties]
    }

    /// What a claim took, a reserve included; nothing for groups.
    pub fn claim(&self, claim: usize) -> Row {
        match self.paid[claim] {
            NONE => Row::default(),
            at => self.rows[at as usize],
        }
    }

    /// The paths in which a claim has had all that its limit allows; none for a claim without one.
    pub fn recouped(&self, claim: usize) -> u8 {
        self.recouped[claim]
    }

    /// The paths in which a party has had all that the limits of its claims allow; none where it has no such claim.
    pub fn recouped_by(&self, party: usize) -> Option<u8> {
        self.recouped_by[party]
    }

    /// What reserves hold at the end.
    pub fn held(&self) -> &Row {
        &self.rows[self.held]
    }

    /// What reached the end, whoever has it.
    pub fn to_the_end(&self) -> &Row {
        &self.rows[self.rest]
    }

    /// What reached the end with nobody entitled.
    pub fn left_over(&self) -> Row {
        if self.residual { Row::default() } else { self.rows[self.rest] }
    }

    /// What was taken beyond what there was, and is owed by those who bear it.
    pub fn contributed(&self) -> &Row {
        &self.rows[self.contributed]
    }

    /// What a party owes of shortfalls.
    pub fn shortfall(&self, party: usize) -> Row {
        match self.shortfall[party] {
            NONE => Row::default(),
            at => self.rows[at as usize],
        }
    }

    /// The paths that have to be run exactly: what came in is not what went out, a group takes more than its base and
    /// nobody answers for it, or a receipt does not come to rest.
    pub fn broken(&self) -> u8 {
        self.broken
    }

    /// What came in less what went out, in minor units.
    pub fn difference(&self) -> &Row {
        &self.difference
    }
}
