//! When payments are told, and to whom

use recoup_calendar::{Date, Period};
use recoup_waterfall::flat::{Happening, Op};

use super::{
    super::{
        form::{At, Span, Step, Told as Row},
        program::Told,
        rows::number,
    },
    Compiler,
};

/// The slots in which payments are told.
#[derive(Debug, Default)]
pub(super) struct Slots {
    pub days: Vec<Date>,
    pub told: Vec<Row>,
    pub parts: Vec<(u32, f64)>,
    /// The last day of the run.
    last: Option<Date>,
    by_day: bool,
    /// Up to where each counter was told.
    before: Vec<(At, At)>,
    now: usize,
    /// Counters that may have moved since.
    pub moved: Vec<At>,
}

impl Slots {
    pub(super) fn of(schedule: &[Period], timeline: &[Happening<'_>], told: &Told) -> Self {
        let last = schedule.last().map(|period| period.end).or(timeline.last().map(Happening::date));
        let days = match told {
            Told::Periods if schedule.is_empty() => last.into_iter().collect(),
            Told::Periods => schedule.iter().map(|period| period.end).collect(),
            Told::Days => Vec::new(),
            Told::Until(days) => days.clone(),
        };
        Slots { days, last, by_day: *told == Told::Days, ..Slots::default() }
    }

    pub(super) fn last_day(&self) -> Option<Date> {
        self.last
    }

    pub(super) fn is_after_the_end(&self, date: Date) -> bool {
        self.last.is_some_and(|last| last < date)
    }

    /// The slot of a day.
    fn of_day(&mut self, date: Date) -> usize {
        if self.by_day {
            if self.days.last() != Some(&date) {
                self.days.push(date);
            }
            return self.days.len() - 1;
        }
        self.days.partition_point(|end| *end < date).min(self.days.len().saturating_sub(1))
    }
}

impl Compiler<'_> {
    /// Money is about to move on a day: what moved before is told, where it is told apart.
    pub(super) fn tell(&mut self, date: Date) {
        let slot = self.slots.of_day(date);
        if slot != self.slots.now {
            self.tell_now();
            self.slots.now = slot;
        }
    }

    /// Tells what moved so far in the slot in hand.
    pub(super) fn tell_now(&mut self) {
        self.last = None;
        if self.slots.moved.is_empty() || self.slots.days.is_empty() {
            return;
        }
        let first = self.slots.told.len() as u32;
        for node in 0..self.flat.nodes.len() as u32 {
            self.tell_node(node);
        }
        if let Some(party) = self.flat.residual {
            self.tell_counter(self.counters.rest, &[(party, 1.0)]);
        }
        self.slots.moved.clear();
        let end = self.slots.told.len() as u32;
        let slot = self.slots.now as u32;
        self.steps.push(Step::Tell { slot, claims: Span { first, end } });
    }

    fn tell_node(&mut self, node: u32) {
        let Op::Share(share) = &self.flat.nodes[node as usize].op else {
            return;
        };
        let (Some(payee), None) = (self.payees[node as usize], share.release) else {
            return;
        };
        // Assigned parts are parts of all, in order, and of no more than there is.
        let (mut own, mut parts) = (1.0, Vec::new());
        for (party, part) in &share.assigned {
            let part = number(*part).clamp(0.0, own);
            own -= part;
            parts.push((*party, part));
        }
        parts.push((payee, own));
        self.tell_counter(self.counters.paid(node), &parts);
    }

    fn tell_counter(&mut self, paid: At, parts: &[(u32, f64)]) {
        if !self.slots.moved.contains(&paid) {
            return;
        }
        let known = self.slots.before.iter().find(|(counter, _)| *counter == paid).map(|(_, told)| *told);
        let told = known.unwrap_or_else(|| {
            let told = self.rows.row();
            self.slots.before.push((paid, told));
            told
        });
        let slots = &mut self.slots;
        let first = slots.parts.len() as u32;
        slots.parts.extend_from_slice(parts);
        slots.told.push(Row { paid, told, parts: Span { first, end: slots.parts.len() as u32 } });
    }
}
