//! The one time axis of a deal: when its milestones fall.

use recoup_calendar::{Date, YearMonth};
use rust_decimal::Decimal;

use crate::document::Deal;
use crate::milestone::{DueDate, Milestone};
use crate::schedule::Phase;

/// A phase on the axis.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PhaseMonths {
    /// Which phase.
    pub phase: Phase,
    /// Its first month.
    pub first: YearMonth,
    /// How many months it lasts, at least one.
    pub months: u32,
}

/// When the milestones of a deal fall. What the schedule does not tell is absent.
#[derive(Debug, Clone, PartialEq)]
pub struct Timeline {
    start: Option<Date>,
    close: Option<Date>,
    release: Option<Date>,
    phases: Vec<PhaseMonths>,
    deliveries: Vec<(String, Date, Decimal)>,
}

impl Timeline {
    /// The time axis of a deal.
    pub fn of(deal: &Deal) -> Self {
        let schedule = &deal.schedule;
        let start = schedule.start.or(schedule.greenlight).or(schedule.financial_close);
        let phases = start.map_or_else(Vec::new, |start| phases(deal, start));
        let mut deliveries: Vec<(String, Date, Decimal)> = schedule
            .deliveries
            .iter()
            .filter_map(|delivery| {
                let counted = delivery.month.and_then(|month| {
                    start.and_then(|start| start.add_months(i32::try_from(month).ok()?).ok())
                });
                let weight = Decimal::from(delivery.episodes.unwrap_or(1));
                delivery.date.or(counted).map(|date| (delivery.id.clone(), date, weight))
            })
            .collect();
        deliveries.sort_by_key(|delivery| delivery.1);
        if deliveries.is_empty() {
            let last = phases.iter().filter_map(end_of).max();
            deliveries.extend(last.map(|date| (String::from("final"), date, Decimal::ONE)));
        }
        Self {
            start,
            close: schedule.financial_close.or(start),
            release: schedule.release.as_ref().and_then(|release| release.date),
            phases,
            deliveries,
        }
    }

    /// First day of month 0.
    pub fn start(&self) -> Option<Date> {
        self.start
    }

    /// The day on which money may first be drawn.
    pub fn close(&self) -> Option<Date> {
        self.close
    }

    /// First release.
    pub fn release(&self) -> Option<Date> {
        self.release
    }

    /// The last delivery.
    pub fn final_delivery(&self) -> Option<Date> {
        self.deliveries.last().map(|delivery| delivery.1)
    }

    /// The phases in order.
    pub fn phases(&self) -> &[PhaseMonths] {
        &self.phases
    }

    /// The months of a phase, when the schedule has it.
    pub fn phase(&self, phase: Phase) -> Option<PhaseMonths> {
        self.phases.iter().copied().find(|span| span.phase == phase)
    }

    /// The day or days of a milestone, each with its weight. Only deliveries fall on several.
    pub fn days(&self, milestone: &Milestone) -> Vec<(Date, Decimal)> {
        let one = |date: Option<Date>| date.map(|date| (date, Decimal::ONE)).into_iter().collect();
        match milestone {
            Milestone::Signature | Milestone::FinancialClose => one(self.close),
            Milestone::Start => one(self.start),
            Milestone::StartOf(phase) => one(self.phase(*phase).map(|span| span.first.first_day())),
            Milestone::EndOf(phase) => one(self.phase(*phase).as_ref().and_then(end_of)),
            Milestone::Deliveries => {
                self.deliveries.iter().map(|(_, date, weight)| (*date, *weight)).collect()
            }
            Milestone::Delivery(id) => {
                one(self.deliveries.iter().find(|delivery| delivery.0 == *id).map(|delivery| delivery.1))
            }
            Milestone::FinalDelivery => one(self.final_delivery()),
            Milestone::Release => one(self.release),
            Milestone::Month(month) => one(self.start.and_then(|start| start.add_months(*month).ok())),
            Milestone::Date(date) => one(Some(*date)),
        }
    }

    /// The last day of a milestone, with a delay after it.
    pub fn due(&self, due: &DueDate) -> Option<Date> {
        let (date, _) = self.days(&due.after).into_iter().next_back()?;
        date.add_months(due.months.unwrap_or(0)).ok()
    }
}

fn end_of(span: &PhaseMonths) -> Option<Date> {
    let months = i32::try_from(span.months).ok()?.checked_sub(1)?;
    span.first.add_months(months).ok().map(|month| month.last_day())
}

/// Phases follow each other from month 0 unless one says where it starts; development lies before month 0.
fn phases(deal: &Deal, start: Date) -> Vec<PhaseMonths> {
    let mut next = start.year_month();
    let mut found = Vec::new();
    for span in &deal.schedule.phases {
        let months = span.months.unwrap_or(1).max(1);
        let length = i32::try_from(months).unwrap_or(i32::MAX);
        let first = match (span.start_month, span.phase) {
            (Some(month), _) => start.year_month().add_months(month),
            (None, Phase::Development) => start.year_month().add_months(length.saturating_neg()),
            (None, _) => Ok(next),
        };
        let Ok(first) = first else { continue };
        if span.phase != Phase::Development {
            next = first.add_months(length).unwrap_or(first);
        }
        found.push(PhaseMonths { phase: span.phase, first, months });
    }
    found
}
