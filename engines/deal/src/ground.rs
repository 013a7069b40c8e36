//! The cells that decide when a milestone falls: what a dated figure rests on beside its amount.

use recoup_calendar::Date;
use rust_decimal::Decimal;

use crate::document::Deal;
use crate::milestone::{DueDate, Milestone, PaymentStep};
use crate::schedule::Phase;

/// A typed cell of the time axis.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ground {
    /// Its path in the deal.
    pub path: String,
    /// What it holds.
    pub value: GroundValue,
}

/// What a cell of the time axis holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GroundValue {
    /// A day.
    Day(Date),
    /// A length in months, or a number of episodes.
    Count(Decimal),
}

impl GroundValue {
    /// One thing out of either kind.
    pub fn either<T>(self, day: impl FnOnce(Date) -> T, count: impl FnOnce(Decimal) -> T) -> T {
        match self {
            Self::Day(date) => day(date),
            Self::Count(number) => count(number),
        }
    }
}

/// Cells gathered in the order in which they are read; what is not typed is left out.
#[derive(Debug, Default)]
struct Grounds(Vec<Ground>);

impl Grounds {
    fn day(&mut self, path: impl Into<String>, day: Option<Date>) -> bool {
        self.0.extend(day.map(|day| Ground { path: path.into(), value: GroundValue::Day(day) }));
        day.is_some()
    }

    fn count(&mut self, path: impl Into<String>, count: Option<impl Into<Decimal>>) {
        let value = count.map(|count| GroundValue::Count(count.into()));
        self.0.extend(value.map(|value| Ground { path: path.into(), value }));
    }

    fn start(&mut self, deal: &Deal) {
        let schedule = &deal.schedule;
        let _ = self.day("schedule.start", schedule.start)
            || self.day("schedule.greenlight", schedule.greenlight)
            || self.day("schedule.financial_close", schedule.financial_close);
    }

    fn close(&mut self, deal: &Deal) {
        if !self.day("schedule.financial_close", deal.schedule.financial_close) {
            self.start(deal);
        }
    }

    /// A phase begins where it says, or after those before it; development lies before month 0.
    fn phase(&mut self, deal: &Deal, phase: Phase) {
        self.start(deal);
        let spans = &deal.schedule.phases;
        let Some(last) = spans.iter().position(|span| span.phase == phase) else { return };
        let alone = spans[last].start_month.is_some() || phase == Phase::Development;
        for span in &spans[if alone { last } else { 0 }..=last] {
            self.count(format!("schedule.phases[{}].start_month", span.id), span.start_month);
            self.count(format!("schedule.phases[{}].months", span.id), span.months);
        }
    }

    /// The last delivery is the latest of all; without one the film is delivered when the last phase ends.
    fn deliveries(&mut self, deal: &Deal, only: Option<&str>) {
        let mut dated = false;
        for delivery in &deal.schedule.deliveries {
            if delivery.date.is_none() && delivery.month.is_none() {
                continue;
            }
            dated = true;
            if only.is_some_and(|id| id != delivery.id) {
                continue;
            }
            let path = format!("schedule.deliveries[{}]", delivery.id);
            if !self.day(format!("{path}.date"), delivery.date) {
                self.start(deal);
                self.count(format!("{path}.month"), delivery.month);
            }
        }
        if !dated {
            for span in &deal.schedule.phases {
                self.phase(deal, span.phase);
            }
        }
    }

    fn milestone(&mut self, deal: &Deal, milestone: &Milestone, path: &str) {
        match milestone {
            Milestone::Signature | Milestone::FinancialClose => self.close(deal),
            Milestone::Start => self.start(deal),
            Milestone::StartOf(phase) | Milestone::EndOf(phase) => self.phase(deal, *phase),
            Milestone::FinalDelivery => self.deliveries(deal, None),
            Milestone::Deliveries => {
                self.deliveries(deal, None);
                for delivery in &deal.schedule.deliveries {
                    let path = format!("schedule.deliveries[{}].episodes", delivery.id);
                    self.count(path, delivery.episodes);
                }
            }
            Milestone::Delivery(id) => self.deliveries(deal, Some(id)),
            Milestone::Release => {
                let release = deal.schedule.release.as_ref().and_then(|release| release.date);
                self.day("schedule.release.date", release);
            }
            Milestone::Month(month) => {
                self.start(deal);
                self.count(format!("{path}.month"), Some(*month));
            }
            Milestone::Date(day) => {
                self.day(format!("{path}.date"), Some(*day));
            }
        }
    }
}

impl Deal {
    /// The cells that decide when a milestone falls. `path` is where the milestone itself is typed.
    pub fn grounds(&self, milestone: &Milestone, path: &str) -> Vec<Ground> {
        let mut found = Grounds::default();
        found.milestone(self, milestone, path);
        found.0
    }

    /// The cells that decide when something falls due; `path` is where it is typed.
    pub fn due_grounds(&self, due: &DueDate, path: &str) -> Vec<Ground> {
        let mut found = Grounds::default();
        found.milestone(self, &due.after, &format!("{path}.after"));
        found.count(format!("{path}.months"), due.months);
        found.0
    }

    /// The cells that decide when a step is paid; `path` is the step's own.
    pub fn step_grounds(&self, step: &PaymentStep, path: &str) -> Vec<Ground> {
        let mut found = Grounds::default();
        found.milestone(self, &step.on, &format!("{path}.on"));
        found.count(format!("{path}.lag_months"), step.lag_months);
        found.0
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::read_deal;

    fn paths(grounds: Vec<Ground>) -> Vec<String> {
        grounds.into_iter().map(|ground| ground.path).collect()
    }

    #[test]
    fn a_milestone_rests_on_the_cells_that_date_it() {
        let deal = read_deal(include_str!("../../../examples/dragons-quest.deal.json")).unwrap();
        assert_eq!(paths(deal.grounds(&Milestone::FinancialClose, "")), ["schedule.start"]);
        assert_eq!(paths(deal.grounds(&Milestone::Release, "")), ["schedule.release.date"]);
        assert_eq!(paths(deal.grounds(&Milestone::FinalDelivery, "")), ["schedule.deliveries[final].date"]);
        let due = DueDate { after: Milestone::Month(3), months: Some(2) };
        assert_eq!(
            paths(deal.due_grounds(&due, "budget.costs[bond].due")),
            ["schedule.start", "budget.costs[bond].due.after.month", "budget.costs[bond].due.months"]
        );
        let production = paths(deal.grounds(&Milestone::EndOf(Phase::Production), ""));
        assert_eq!(production[1], "schedule.phases[production].start_month");
        assert_eq!(production.len(), 3, "a phase with a start of its own rests on no other phase");
    }
}
