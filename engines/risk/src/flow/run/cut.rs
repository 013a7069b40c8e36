//! Where a flow is cut, taken back, or kept

use recoup_lanes::{Lanes, Mask};

use super::{
    super::form::{NONE, Route},
    machine::{MOST_SLICES, Machine},
};

/// What is poured.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Pour {
    /// All that is left, in which shares that stop by themselves take what they miss.
    Once,
    /// All that is left, to see where the first counter comes to a goal.
    Whole,
    /// As much as brings it there.
    Slice,
}

impl<L: Lanes> Machine<'_, L> {
    /// Lets an amount down. Lanes that are done are poured nothing.
    #[inline(always)]
    pub(super) fn distribute(&mut self, route: &Route, amount: L) {
        let nothing = L::splat(0.0);
        let first = if route.once { Pour::Once } else { Pour::Whole };
        let (mut pour, mut rest, mut slice, mut slices) = (first, amount, amount, 0);
        loop {
            let moved = self.pour(route, slice, pour == Pour::Once);
            match pour {
                Pour::Once => {
                    let switches = self.switches(route);
                    self.keep(route, moved, !switches);
                    if !switches.any() {
                        return;
                    }
                    rest = L::select(switches, rest, nothing);
                    (pour, slice) = (Pour::Whole, rest);
                }
                Pour::Whole => {
                    if self.moves_beyond(route) {
                        self.take_back(route, moved);
                        continue;
                    }
                    let cut = self.first_cut(route, slice);
                    let here = cut.lt(slice);
                    if !here.any() {
                        self.keep(route, moved, L::Mask::from_bits(u8::MAX));
                        return;
                    }
                    self.take_back(route, moved);
                    (pour, slice) = (Pour::Slice, cut);
                }
                Pour::Slice => {
                    self.keep(route, moved, L::Mask::from_bits(u8::MAX));
                    rest = rest - slice;
                    let more = rest.gt(self.dust);
                    // What is too little to follow is let to the end.
                    self.add(self.program.places.rest, L::select(more, nothing, rest));
                    rest = L::select(more, rest, nothing);
                    slices += 1;
                    if slices > MOST_SLICES {
                        self.broken = self.broken | more;
                    }
                    if !more.any() || slices > MOST_SLICES {
                        return;
                    }
                    (pour, slice) = (first, rest);
                }
            }
        }
    }

    /// The amount that brings the first counter to its goal, or all of the slice.
    #[inline(always)]
    fn first_cut(&self, route: &Route, slice: L) -> L {
        let mut first = slice;
        for mark in &route.cuts {
            let (have, moved) = (self.get(mark.have), self.get(mark.have + 1));
            let goal = self.get(mark.goal);
            let passes = (have + self.close).lt(goal) & (have + moved).gt(goal + self.close);
            if passes.any() {
                let cut = slice * ((goal - have) / moved);
                first = L::select(passes, first.min(cut), first);
            }
        }
        first
    }

    /// Where a counter came to a goal that decides about more than the share that stops there, or more was taken than
    /// there was.
    #[inline(always)]
    fn switches(&self, route: &Route) -> L::Mask {
        let mut switches = L::Mask::from_bits(0);
        for mark in &route.cuts[..route.switches as usize] {
            let have = self.get(mark.have) + self.close;
            let (moved, goal) = (self.get(mark.have + 1), self.get(mark.goal));
            switches = switches | (have.lt(goal) & (have + moved).ge(goal));
        }
        if route.over {
            switches = switches | self.get(self.program.places.contributed + 1).gt(L::splat(0.0));
        }
        switches
    }

    /// Whether a counter that stands at a goal moves on in some lane, which switches what holds up to the goal.
    #[inline(always)]
    fn moves_beyond(&mut self, route: &Route) -> bool {
        if self.notes.passed.is_empty() {
            return false;
        }
        let mut marked = false;
        for mark in route.cuts.iter().filter(|mark| mark.beyond != NONE) {
            let (have, moved) = (self.get(mark.have), self.get(mark.have + 1));
            let at_goal = (have - self.get(mark.goal)).abs().le(self.close);
            let beyond = mark.beyond as usize;
            let moves = (at_goal & moved.gt(L::splat(0.0))).bits() & self.notes.visited[beyond];
            let passed = &mut self.notes.passed[beyond];
            marked |= moves & !*passed != 0;
            *passed |= moves;
        }
        marked
    }

    #[inline(always)]
    fn take_back(&mut self, route: &Route, moved: usize) {
        for at in &route.moved[..moved] {
            self.set(at + 1, L::splat(0.0));
        }
    }

    /// Keeps what was poured in some lanes, and takes the rest back.
    #[inline(always)]
    fn keep(&mut self, route: &Route, moved: usize, done: L::Mask) {
        for pays in &route.pays {
            self.pay(pays, done);
        }
        let nothing = L::splat(0.0);
        for at in &route.moved[..moved] {
            let kept = L::select(done, self.get(at + 1), nothing);
            self.add(*at, kept);
            self.set(at + 1, nothing);
        }
    }
}
