//! What happens, in order

use recoup_lanes::{Lanes, Mask, Row};

use super::{
    super::{
        form::{At, Comes, NONE, Route, Span, Step},
        program::FlowProgram,
    },
    FlowBatch,
};

/// As close as this to a goal is at the goal, in minor units; beyond 10 million it is so much of all that moves.
const CLOSE: f64 = 1e-4;
const CLOSE_PART: f64 = 1e-13;

/// More slices than this of one receipt do not come to rest.
pub(super) const MOST_SLICES: u32 = 10_000;

/// A run in hand.
pub(super) struct Machine<'a, L: Lanes> {
    pub program: &'a FlowProgram,
    pub batch: FlowBatch<'a>,
    pub rows: &'a mut [Row],
    pub stack: &'a mut [Row],
    pub weights: &'a mut [Row],
    pub notes: Notes<'a>,
    /// How close is at the goal, and what is too little to follow.
    pub close: L,
    pub dust: L,
    pub broken: L::Mask,
    refunding: bool,
}

/// What is noted on the way, lanes as bits.
pub(super) struct Notes<'a> {
    /// Where the orders end that money is in.
    pub ends: &'a mut [u32],
    /// Pools that money has come to.
    pub seen: &'a mut [u8],
    /// Goals from which a counter has moved on.
    pub passed: &'a mut [u8],
    /// Marks that switch beyond their goal, where money has come to a share that asks.
    pub visited: &'a mut [u8],
    /// Operands of a condition.
    pub words: &'a mut [u8],
}

impl<'a, L: Lanes> Machine<'a, L> {
    #[inline(always)]
    pub(super) fn new(
        program: &'a FlowProgram,
        batch: FlowBatch<'a>,
        rows: &'a mut [Row],
        (stack, weights): (&'a mut [Row], &'a mut [Row]),
        notes: Notes<'a>,
    ) -> Self {
        let mut moves = L::splat(0.0);
        for row in batch.receipts.iter().chain(batch.drawings) {
            moves = moves + L::load(row).abs();
        }
        let close = L::splat(CLOSE).max(moves * L::splat(CLOSE_PART));
        let dust = close * L::splat(0.01);
        let broken = L::Mask::from_bits(0);
        let refunding = false;
        Machine { program, batch, rows, stack, weights, notes, close, dust, broken, refunding }
    }

    #[inline(always)]
    pub(super) fn get(&self, at: At) -> L {
        L::load(&self.rows[at as usize])
    }

    #[inline(always)]
    pub(super) fn set(&mut self, at: At, value: L) {
        value.store(&mut self.rows[at as usize]);
    }

    #[inline(always)]
    pub(super) fn add(&mut self, at: At, value: L) {
        let row = &mut self.rows[at as usize];
        (L::load(row) + value).store(row);
    }

    #[inline(always)]
    pub(super) fn play(&mut self) {
        let program = self.program;
        for step in &program.steps {
            match step {
                Step::Accrue(span) => {
                    self.accrue(&program.accruals[span.range()], L::Mask::from_bits(u8::MAX))
                }
                Step::Draw { place, rows } => {
                    let amount = L::load(&self.batch.drawings[*place as usize]);
                    for at in &program.rows[rows.range()] {
                        self.add(*at, amount);
                    }
                }
                Step::Declare { place, row } => {
                    let amount = L::load(&self.batch.expenses[*place as usize]);
                    self.add(*row, amount);
                }
                Step::Flow { route, comes, holds, accrue } => {
                    let (amount, moved) = self.comes(*comes);
                    self.accrue(&program.accruals[accrue.range()], moved);
                    if amount.gt(L::splat(0.0)).any() {
                        self.flow(&program.routes[*route as usize], amount, *holds);
                    }
                }
                Step::Tell { slot, claims } => self.tell(*slot, *claims),
            }
        }
    }

    /// What comes down after refunds are made good, and where something does: a receipt of nothing comes down too, what
    /// refunds have taken whole and a reserve that lets nothing go do not.
    #[inline(always)]
    fn comes(&mut self, comes: Comes) -> (L, L::Mask) {
        let program = self.program;
        let nothing = L::splat(0.0);
        let mut all = nothing;
        let mut moved = L::Mask::from_bits(0);
        match comes {
            Comes::Receipts(span) => {
                for incoming in &program.incoming[span.range()] {
                    let amount = L::load(&self.batch.receipts[incoming.place as usize]);
                    self.add(program.places.received, amount);
                    self.refunding |= amount.lt(nothing).any();
                    moved = moved | amount.eq(nothing);
                    all = all + if self.refunding { self.net(amount, incoming.refunds) } else { amount };
                }
            }
            Comes::Released(span) => {
                for at in &program.releases[span.range()] {
                    all = all + self.get(*at);
                }
                self.add(program.places.held, -all);
            }
        }
        (all, moved | all.gt(nothing))
    }

    /// A receipt below zero waits at its entry, and the next there makes it good.
    #[inline(always)]
    fn net(&mut self, amount: L, refunds: At) -> L {
        let nothing = L::splat(0.0);
        let open = self.get(refunds) + (-amount).max(nothing);
        let amount = amount.max(nothing);
        let part = amount.min(open);
        self.set(refunds, open - part);
        amount - part
    }

    /// Tells the parties what was paid since it was told last.
    #[inline(always)]
    fn tell(&mut self, slot: u32, claims: Span) {
        let program = self.program;
        let out = program.places.out + slot * program.parties.len() as u32;
        for told in &program.told[claims.range()] {
            let paid = self.get(told.paid);
            let since = paid - self.get(told.told);
            self.set(told.told, paid);
            for (party, part) in &program.parts[told.parts.range()] {
                self.add(out + party, since * L::splat(*part));
            }
        }
    }

    /// Lets money down, and notes what reserves hold of it.
    #[inline(always)]
    fn flow(&mut self, route: &Route, amount: L, holds: At) {
        self.begin(route, amount);
        for (place, counter) in route.reserves.iter().enumerate() {
            let had = self.get(*counter);
            self.set(holds + place as At, had);
        }
        self.distribute(route, amount);
        for (place, counter) in route.reserves.iter().enumerate() {
            let now = self.get(*counter) - self.get(holds + place as At);
            self.set(holds + place as At, now);
            self.add(self.program.places.held, now);
        }
        for earns in route.earns.iter().filter(|earns| !earns.carries) {
            let paid = self.get(earns.paid);
            self.set(earns.goal, paid);
        }
    }

    /// What came in is what went out; else the path is broken.
    #[inline(always)]
    pub(super) fn verdict(&self) -> (L::Mask, L) {
        let places = &self.program.places;
        let mut difference = self.get(places.received) + self.get(places.contributed) - self.get(places.rest);
        for entry in 0..places.entries {
            difference = difference + self.get(places.refunds + entry as At);
        }
        for (paid, reserve) in places.paid.iter().zip(&places.reserve) {
            if *paid != NONE && !reserve {
                difference = difference - self.get(*paid);
            }
        }
        difference = difference - self.get(places.held);
        // What is not a number is broken as well.
        let sound = difference.abs().le(self.close);
        (self.broken | !sound, difference)
    }
}
