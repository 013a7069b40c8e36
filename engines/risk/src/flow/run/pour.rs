//! An amount on its way from the entry to the end, under the rules as they stand

use recoup_lanes::{Lanes, Mask};

use super::{
    super::form::{At, Bounds, Instr, NONE, Place, Route, Share, Span},
    machine::Machine,
};

/// Money where it is: what arrives, and what members have taken of a base.
struct Here<L> {
    flow: L,
    taken: L,
}

/// What was decided about a share: where it takes, and where it would.
pub(super) struct Decided<L: Lanes> {
    pub takes: L::Mask,
    notional: L::Mask,
}

impl<L: Lanes> Machine<'_, L> {
    /// By how much a counter moves.
    #[inline(always)]
    fn moves(&mut self, counter: At, amount: L) {
        if counter != NONE {
            self.add(counter + 1, amount);
        }
    }

    /// Lets an amount flow to the end. How many of the route's counters may have moved.
    #[inline(always)]
    pub(super) fn pour(&mut self, route: &Route, amount: L, once: bool) -> usize {
        let program = self.program;
        for noted in self.notes.seen.iter_mut().chain(self.notes.visited.iter_mut()) {
            *noted = 0;
        }
        for counter in &route.received {
            self.moves(*counter, amount);
        }
        let mut here = Here { flow: amount, taken: L::splat(0.0) };
        let (mut depth, mut end, mut at) = (0usize, route.code.len(), 0usize);
        let mut moved = route.moved.len();
        while let Some(instr) = route.code.get(at) {
            if self.flows(instr) && !here.flow.gt(self.dust).any() {
                if end == route.code.len() {
                    moved = route.moved_by[at] as usize;
                }
                at = end;
                continue;
            }
            at += 1;
            match *instr {
                Instr::Fee { rate, paid } => {
                    let taken = here.flow * self.get(rate);
                    self.moves(paid, taken);
                    here.flow = here.flow - taken;
                }
                Instr::Claim { rate, paid, have, goal, adds } => {
                    let full = here.flow * self.get(rate);
                    let taken = self.up_to(full, (have, goal), once);
                    self.moves(paid, taken);
                    self.moves_all(adds, taken);
                    here.flow = here.flow - taken;
                }
                Instr::Share { share, place, over } => {
                    let taken = self.share(&program.shares[share as usize], here.flow, once);
                    self.put(&mut here, place, taken, over);
                }
                Instr::Enter { share, place, over, end: until } => {
                    let taken = self.share(&program.shares[share as usize], here.flow, once);
                    self.put(&mut here, place, taken, over);
                    self.push(&here, depth);
                    self.notes.ends[depth] = end as u32;
                    depth += 1;
                    end = until as usize;
                    here = Here { flow: taken, taken: L::splat(0.0) };
                }
                Instr::Leave => {
                    self.moves(program.places.rest, here.flow);
                    depth -= 1;
                    end = self.notes.ends[depth] as usize;
                    here = self.pop(depth);
                }
                Instr::Open { base, reached } => {
                    self.push(&here, depth);
                    depth += 1;
                    here = Here { flow: here.flow * self.get(base), taken: L::splat(0.0) };
                    self.moves(reached, here.flow);
                }
                Instr::Close { place, paid, bounds, over } => {
                    let taken = here.taken;
                    self.moves(paid, taken);
                    self.answer_for(bounds, taken, here.flow);
                    depth -= 1;
                    here = self.pop(depth);
                    self.put(&mut here, place, taken, over);
                }
                Instr::Weigh { place, base, reached, paid, members, over } => {
                    let base = here.flow * self.get(base);
                    self.moves(reached, base);
                    let taken = match once && self.stop(members) {
                        true => self.fill(members, base),
                        false => self.weigh(members, base),
                    };
                    self.moves(paid, taken);
                    self.put(&mut here, place, taken, over);
                }
                Instr::Rest { members } => {
                    let left = (here.flow - here.taken).max(L::splat(0.0));
                    here.taken = here.taken + self.weigh(members, left);
                }
            }
        }
        self.moves(program.places.rest, here.flow);
        moved
    }

    /// Whether an instruction takes of the flow itself, which may have run dry.
    #[inline(always)]
    fn flows(&self, instr: &Instr) -> bool {
        match instr {
            Instr::Fee { .. } | Instr::Claim { .. } => true,
            Instr::Share { place, .. } | Instr::Enter { place, .. } | Instr::Weigh { place, .. } => {
                *place == Place::Flow
            }
            Instr::Leave | Instr::Open { .. } | Instr::Close { .. } | Instr::Rest { .. } => false,
        }
    }

    #[inline(always)]
    fn push(&mut self, here: &Here<L>, depth: usize) {
        here.flow.store(&mut self.stack[2 * depth]);
        here.taken.store(&mut self.stack[2 * depth + 1]);
    }

    #[inline(always)]
    fn pop(&self, depth: usize) -> Here<L> {
        Here { flow: L::load(&self.stack[2 * depth]), taken: L::load(&self.stack[2 * depth + 1]) }
    }

    /// What is taken leaves the flow, or counts with what others take of the base.
    #[inline(always)]
    fn put(&mut self, here: &mut Here<L>, place: Place, taken: L, over: bool) {
        let nothing = L::splat(0.0);
        match place {
            Place::Flow => {
                if over {
                    let beyond = (taken - here.flow).max(nothing);
                    self.moves(self.program.places.contributed, beyond);
                }
                here.flow = (here.flow - taken).max(nothing);
            }
            Place::Beside => here.taken = here.taken + taken,
            Place::Step => {
                here.taken = here.taken + taken;
                here.flow = L::select(taken.gt(nothing), nothing, here.flow);
            }
        }
    }

    /// What a group takes beyond its base somebody owes.
    #[inline(always)]
    fn answer_for(&mut self, bounds: Bounds, taken: L, base: L) {
        if bounds == Bounds::Within {
            return;
        }
        let beyond = taken.gt(base + self.close);
        match bounds {
            Bounds::Borne(counter) => {
                self.moves(counter, L::select(beyond, taken - base, L::splat(0.0)));
            }
            Bounds::Broken | Bounds::Within => self.broken = self.broken | beyond,
        }
    }

    /// A part up to a goal: all of it while the goal is open, or as much as is missing where that is let to the share.
    #[inline(always)]
    fn up_to(&self, full: L, (have, goal): (At, At), once: bool) -> L {
        let nothing = L::splat(0.0);
        let (had, goal) = (self.get(have), self.get(goal));
        let open = (had + self.close).lt(goal);
        let part = if once { full.min((goal - had - self.get(have + 1)).max(nothing)) } else { full };
        L::select(open, part, nothing)
    }

    #[inline(always)]
    fn moves_all(&mut self, counters: Span, amount: L) {
        let program = self.program;
        for counter in &program.rows[counters.range()] {
            self.add(counter + 1, amount);
        }
    }

    /// What a share takes of what arrives.
    #[inline(always)]
    fn share(&mut self, share: &Share, arriving: L, once: bool) -> L {
        let nothing = L::splat(0.0);
        let decided = self.decide(share, arriving);
        let full = if share.gross { arriving } else { arriving * self.get(share.rate) };
        let taken = L::select(decided.takes, full, nothing);
        let taken = if once && share.stops { self.up_to(taken, share.closes[0], true) } else { taken };
        if share.notional.is_empty() {
            self.credit(share, taken, nothing);
        } else {
            let would = L::select(decided.takes, taken, L::select(decided.notional, full, nothing));
            self.credit(share, taken, would);
        }
        taken
    }

    /// Lets money arrive at a share.
    #[inline(always)]
    pub(super) fn decide(&mut self, share: &Share, arriving: L) -> Decided<L> {
        self.moves(share.reached, arriving);
        let program = self.program;
        if !share.watch.is_empty() {
            self.note(share, arriving.gt(L::splat(0.0)).bits());
        }
        if !share.passes.is_empty() {
            let here = arriving.gt(L::splat(0.0)).bits();
            for (pool, counter) in &program.passes[share.passes.range()] {
                let first = here & !self.notes.seen[*pool as usize];
                self.notes.seen[*pool as usize] |= here;
                let passes = L::select(L::Mask::from_bits(first), arriving, L::splat(0.0));
                self.add(counter + 1, passes);
            }
        }
        let mut open = L::Mask::from_bits(u8::MAX);
        for (have, goal) in share.closes.iter().take_while(|(have, _)| *have != NONE) {
            open = open & (self.get(*have) + self.close).lt(self.get(*goal));
        }
        let takes = if share.tests.is_empty() { open } else { open & self.holds(share.tests) };
        let notional = match share.notional.is_empty() || share.notional_tests == share.tests {
            true => takes,
            false if share.notional_tests.is_empty() => open,
            false => open & self.holds(share.notional_tests),
        };
        Decided { takes, notional: takes | notional }
    }

    /// Notes that money has come to a share, for marks that switch beyond their goal.
    #[cold]
    #[inline(never)]
    fn note(&mut self, share: &Share, here: u8) {
        let program = self.program;
        for mark in &program.rows[share.watch.range()] {
            self.notes.visited[*mark as usize] |= here;
        }
    }

    #[inline(always)]
    pub(super) fn credit(&mut self, share: &Share, taken: L, notional: L) {
        let program = self.program;
        self.moves(share.paid, taken);
        self.moves_all(share.adds, taken);
        for counter in &program.rows[share.notional.range()] {
            self.add(counter + 1, notional);
        }
    }
}
