//! A credit that is paid out: in one sum, in instalments, or as the program usually pays.

use recoup_calendar::Date;
use recoup_deal::{Ground, Milestone};
use recoup_explain::{NodeId, Operation};

use super::{Payment, Settlement, paid_by};
use crate::policy::WayKind;

impl Settlement<'_, '_> {
    /// What is paid and when: as the deal says, else as the program usually pays.
    pub(super) fn payments(&mut self) -> Vec<Payment> {
        let typed = !self.claim.instalments.is_empty() || self.claim.cash.is_some();
        // What is typed about the days is about the way that is chosen.
        let chosen = paid_by(self.claim, self.policy) == WayKind::Direct;
        if !(self.policy.cash.is_empty() || typed && chosen) {
            return self.usual_payments();
        }
        let gated = self.gated(self.policy.net_line());
        let passed = self.passed_on(gated);
        let whole = self.in_deal_currency(passed);
        if self.claim.instalments.is_empty() || !chosen {
            let (date, grounds) = self.one_day(chosen);
            let gross = self.placed(whole, &grounds);
            return vec![Payment { label: "Payment".to_owned(), date, gross, grounds }];
        }
        let base = format!("incentives[{}].instalments", self.claim.id);
        let weights: Vec<NodeId> = self
            .claim
            .instalments
            .iter()
            .map(|step| {
                self.mapper.cells.number(self.book, format!("{base}[{}].share", step.id), Some(step.share))
            })
            .collect();
        let mut inputs = vec![whole];
        inputs.extend(&weights);
        let mut payments = Vec::new();
        for (part, step) in (0u16..).zip(&self.claim.instalments) {
            let day = self.timeline.days(&step.on).into_iter().next_back().map(|(day, _)| day);
            let lag = i32::try_from(step.lag_months.unwrap_or(0)).unwrap_or(0);
            let part = self.book.compute(Operation::Apportion { part }, &inputs);
            let grounds = self.mapper.deal.step_grounds(step, &format!("{base}[{}]", step.id));
            payments.push(Payment {
                label: format!("Instalment {}", step.id),
                date: day.and_then(|day| day.add_months(lag).ok()),
                gross: self.placed(part, &grounds),
                grounds,
            });
        }
        payments
    }

    /// The day on which the cash comes in one sum: as the deal says, else the final delivery.
    fn one_day(&self, chosen: bool) -> (Option<Date>, Vec<Ground>) {
        match self.claim.cash.as_ref().filter(|_| chosen) {
            Some(due) => {
                let path = format!("incentives[{}].cash", self.claim.id);
                (self.timeline.due(due), self.mapper.deal.due_grounds(due, &path))
            }
            None => (self.timeline.final_delivery(), self.mapper.deal.grounds(&Milestone::FinalDelivery, "")),
        }
    }

    fn usual_payments(&mut self) -> Vec<Payment> {
        let mut payments = Vec::new();
        for payment in &self.policy.cash {
            let gated = self.gated(&payment.line);
            let passed = self.passed_on(gated);
            let gross = self.in_deal_currency(passed);
            let start = self.event(payment.after);
            let grounds = self.event_grounds(payment.after);
            let gross = self.placed(gross, &grounds);
            for time in 0..payment.times.clamp(1, 60) {
                let months = payment.lag_months.saturating_add(payment.every_months.saturating_mul(time));
                let label = if payment.times > 1 {
                    format!("{} {}", payment.label, time + 1)
                } else {
                    payment.label.clone()
                };
                let months = i32::try_from(months).unwrap_or(i32::MAX);
                payments.push(Payment {
                    label,
                    date: start.and_then(|start| start.add_months(months).ok()),
                    gross,
                    grounds: grounds.clone(),
                });
            }
        }
        payments
    }
}
