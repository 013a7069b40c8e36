//! Members that divide a base by amounts

use recoup_lanes::{Lanes, Mask};

use super::{
    super::form::{Member, Span, Weight},
    machine::Machine,
};

impl<L: Lanes> Machine<'_, L> {
    /// Members divide a base by amounts.
    #[inline(always)]
    pub(super) fn weigh(&mut self, members: Span, base: L) -> L {
        let program = self.program;
        let members = &program.members[members.range()];
        let nothing = L::splat(0.0);
        let mut whole = nothing;
        for (place, member) in members.iter().enumerate() {
            let takes = self.decide(&member.share, base).takes;
            let weight = match member.weight {
                Weight::Owed(have, goal) => self.get(goal) - self.get(have),
                Weight::Row(at) => self.get(at),
            };
            let weight = L::select(takes, weight.max(nothing), nothing);
            weight.store(&mut self.weights[place]);
            whole = whole + weight;
        }
        let some = whole.gt(nothing);
        if !some.any() {
            return nothing;
        }
        let of_each = base / L::select(some, whole, L::splat(1.0));
        let mut taken = nothing;
        for (place, member) in members.iter().enumerate() {
            let part = L::load(&self.weights[place]) * of_each;
            self.credit(&member.share, part, part);
            taken = taken + part;
        }
        taken
    }

    /// Whether members stop by themselves.
    #[inline(always)]
    pub(super) fn stop(&self, members: Span) -> bool {
        self.program.members[members.range()].first().is_some_and(|member| member.share.stops)
    }

    /// Members divide a base by amounts, each up to what it misses: where the first has all it may, the others divide
    /// what is left.
    #[inline(always)]
    pub(super) fn fill(&mut self, members: Span, base: L) -> L {
        let program = self.program;
        let members = &program.members[members.range()];
        let nothing = L::splat(0.0);
        for (place, member) in members.iter().enumerate() {
            let takes = self.decide(&member.share, base).takes;
            let missing = self.missing(member);
            let weight = match member.weight {
                Weight::Owed(..) => missing,
                Weight::Row(at) => self.get(at),
            };
            let weight = L::select(takes, weight.max(nothing), nothing);
            weight.store(&mut self.weights[place]);
        }
        let (mut left, mut taken) = (base, nothing);
        for _ in 0..members.len() {
            let mut whole = nothing;
            // How much each of a weight of one may have until the first has all.
            let mut least = L::splat(f64::INFINITY);
            for (place, member) in members.iter().enumerate() {
                let weight = L::load(&self.weights[place]);
                let some = weight.gt(nothing);
                let until = self.missing(member) / L::select(some, weight, L::splat(1.0));
                least = L::select(some, least.min(until), least);
                whole = whole + weight;
            }
            let some = whole.gt(nothing) & left.gt(nothing);
            if !some.any() {
                break;
            }
            let of_each = least.min(left / L::select(some, whole, L::splat(1.0)));
            let of_each = L::select(some, of_each, nothing);
            for (place, member) in members.iter().enumerate() {
                let weight = L::load(&self.weights[place]);
                let part = (weight * of_each).min(self.missing(member)).max(nothing);
                self.credit(&member.share, part, part);
                taken = taken + part;
                left = left - part;
                let open = self.missing(member).gt(self.close);
                L::select(open, weight, nothing).store(&mut self.weights[place]);
            }
            left = left.max(nothing);
        }
        taken
    }

    /// What a member misses of its limit.
    #[inline(always)]
    fn missing(&self, member: &Member) -> L {
        let (have, goal) = member.share.closes[0];
        (self.get(goal) - self.get(have) - self.get(have + 1)).max(L::splat(0.0))
    }
}
