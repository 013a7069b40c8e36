//! What an estimate still stands for after the last covered day.

use recoup_calendar::{Date, Period};
use recoup_deal::actuals::Rest;
use recoup_deal::{Deal, Finding, Severity};
use recoup_explain::{Book, Cells, NodeId, Operation};
use recoup_revenue::{KeptBy, QuarterReceipt};
use rust_decimal::Decimal;

use super::Covered;

/// A quarter of an estimate, divided at a day.
pub(crate) struct Part {
    /// The days that its money counts on.
    pub date: Date,
    /// What was expected up to that day; none where the quarter begins after it.
    pub until: Option<NodeId>,
    /// How the quarter is divided; none where the day does not fall into it.
    split: Option<[NodeId; 2]>,
}

/// Divides each quarter of an estimate at the last covered day.
pub(super) fn replaced(estimate: &[QuarterReceipt], day: Date, cell: NodeId, book: &mut Book) -> Vec<Part> {
    let mut found = Vec::with_capacity(estimate.len());
    for quarter in estimate {
        let split = split(quarter.earned, Period { start: quarter.earned.start, end: day }, book);
        let until = match split {
            Cut::Whole => Some(book.compute(Operation::Placed, &[quarter.to_account, cell])),
            Cut::Nothing => None,
            Cut::Days(days) => {
                let inside = part(quarter.to_account, 0, days, book);
                Some(book.compute(Operation::Placed, &[inside, cell]))
            }
        };
        let split = match split {
            Cut::Days(days) => Some(days),
            Cut::Whole | Cut::Nothing => None,
        };
        found.push(Part { date: quarter.date, until, split });
    }
    found
}

/// How much of a stretch of days lies inside another.
pub(super) enum Cut {
    Whole,
    Nothing,
    /// Days inside and outside, as weights.
    Days([NodeId; 2]),
}

/// Divides the days of one stretch by another.
pub(super) fn split(days: Period, inside: Period, book: &mut Book) -> Cut {
    if inside.end < inside.start {
        return Cut::Nothing;
    }
    let Some(common) = days.intersection(&inside) else { return Cut::Nothing };
    if common == days {
        return Cut::Whole;
    }
    let weight = |count: i64, word: &str, book: &mut Book| {
        let source =
            format!("{count} of the {} days from {} to {} {word}", days.days(), days.start, days.end);
        book.assumption("actuals.days", Decimal::from(count), source)
    };
    let (within, beyond) = (common.days(), days.days() - common.days());
    Cut::Days([weight(within, "are reported on", book), weight(beyond, "are not reported on", book)])
}

/// One side of an amount that is divided by days.
pub(super) fn part(amount: NodeId, side: u16, [inside, outside]: [NodeId; 2], book: &mut Book) -> NodeId {
    book.compute(Operation::Apportion { part: side }, &[amount, inside, outside])
}

impl Covered<'_> {
    /// What is still expected of the source.
    pub(super) fn later(
        &self,
        deal: &Deal,
        findings: &mut Vec<Finding>,
        cells: &Cells,
        book: &mut Book,
    ) -> Vec<QuarterReceipt> {
        let mut open = self.open(book);
        match deal.actuals.rest_of(&self.source.id) {
            Rest::KeepForecast => {}
            Rest::Drop => open.clear(),
            Rest::Shift => self.shift(&mut open, cells, book),
            Rest::ScaleToEstimate => self.scale(deal, &mut open, findings, cells, book),
        }
        open
    }

    /// The later part of the estimate as it was.
    fn open(&self, book: &mut Book) -> Vec<QuarterReceipt> {
        let mut open = Vec::new();
        for (quarter, part) in self.estimate.iter().zip(&self.replaced) {
            match (part.until, part.split) {
                (None, _) => open.push(quarter.clone()),
                (Some(_), Some(days)) => open.push(self.rest_of(quarter, days, book)),
                (Some(_), None) => {}
            }
        }
        open
    }

    fn rest_of(&self, quarter: &QuarterReceipt, days: [NodeId; 2], book: &mut Book) -> QuarterReceipt {
        let mut side = |amount: NodeId| {
            let rest = part(amount, 1, days, book);
            book.compute(Operation::Placed, &[rest, self.day])
        };
        let to_account = side(quarter.to_account);
        let kept: Vec<KeptBy> =
            quarter.kept.iter().map(|kept| KeptBy { amount: side(kept.amount), ..kept.clone() }).collect();
        let gross = all(&kept, to_account, book);
        QuarterReceipt { gross, kept, to_account, ..quarter.clone() }
    }

    /// What was expected by now, of the amount that reaches the account.
    pub(super) fn expected(&self, cells: &Cells, book: &mut Book) -> NodeId {
        let nothing = cells.nothing(book);
        let parts: Vec<NodeId> =
            std::iter::once(nothing).chain(self.replaced.iter().filter_map(|part| part.until)).collect();
        let sum = book.compute(Operation::Sum, &parts);
        book.compute(Operation::Placed, &[sum, self.day])
    }

    pub(super) fn received(&self, cells: &Cells, book: &mut Book) -> NodeId {
        let nothing = cells.nothing(book);
        let parts: Vec<NodeId> =
            std::iter::once(nothing).chain(self.entries.iter().map(|entry| entry.amount)).collect();
        book.compute(Operation::Sum, &parts)
    }

    /// What was expected and has not come arrives in the first quarter that is still open, or in the one after the
    /// covered days.
    fn shift(&self, open: &mut Vec<QuarterReceipt>, cells: &Cells, book: &mut Book) {
        let (expected, received) = (self.expected(cells, book), self.received(cells, book));
        let missing = book.less(expected, received);
        let nothing = cells.nothing(book);
        let late = book.greatest(missing, nothing);
        if !book.value(late).as_money().is_some_and(|late| late.is_positive()) {
            return;
        }
        let next = self.covered_to.add_days(1).unwrap_or(self.covered_to);
        let lag = self.source.reporting_lag_months.and_then(|months| i32::try_from(months).ok()).unwrap_or(0);
        let paid = next.quarter().last_month();
        let paid = paid.add_months(lag).unwrap_or(paid).quarter();
        let (quarter, earned) = match open.first() {
            Some(first) => (first.quarter, first.earned),
            None => (paid, next.quarter().period()),
        };
        let date = quarter.last_month().last_day();
        open.push(QuarterReceipt {
            quarter,
            earned,
            actual: false,
            date,
            gross: late,
            kept: Vec::new(),
            to_account: late,
        });
    }

    /// The later part scaled so that the source brings its whole estimate, but never less than nothing.
    fn scale(
        &self,
        deal: &Deal,
        open: &mut [QuarterReceipt],
        findings: &mut Vec<Finding>,
        cells: &Cells,
        book: &mut Book,
    ) {
        let nothing = cells.nothing(book);
        let estimated: Vec<NodeId> =
            std::iter::once(nothing).chain(self.estimate.iter().map(|quarter| quarter.to_account)).collect();
        let estimated = book.compute(Operation::Sum, &estimated);
        let received = self.received(cells, book);
        let rest = book.less(estimated, received);
        let rest = book.greatest(rest, nothing);
        let weights: Vec<NodeId> = open.iter().map(|quarter| quarter.to_account).collect();
        let parts: Vec<NodeId> = std::iter::once(nothing).chain(weights.iter().copied()).collect();
        let whole = book.compute(Operation::Sum, &parts);
        if !book.value(whole).as_money().is_some_and(|whole| whole.is_positive()) {
            if let Some(rest) = book.value(rest).as_money().filter(|rest| rest.is_positive()) {
                let told = deal.actuals.rests.iter().find(|rest| rest.source == self.source.id);
                let path = told.map_or_else(String::new, |told| format!("actuals.rests[{}].rest", told.id));
                findings.push(
                    Finding::new(Severity::Question, "ACTUALS_REST_UNPLACED", path)
                        .with("source", &self.source.label)
                        .with("rest", rest),
                );
            }
            return;
        }
        let ratio = book.compute(Operation::Quotient, &[rest, whole]);
        let inputs: Vec<NodeId> = std::iter::once(rest).chain(weights).collect();
        for (index, quarter) in open.iter_mut().enumerate() {
            let part = u16::try_from(index).unwrap_or(u16::MAX);
            quarter.to_account = book.compute(Operation::Apportion { part }, &inputs);
            for kept in &mut quarter.kept {
                kept.amount = book.scaled(kept.amount, &[ratio]);
            }
            quarter.gross = all(&quarter.kept, quarter.to_account, book);
        }
    }
}

/// What was kept and what reaches the account together.
pub(super) fn all(kept: &[KeptBy], to_account: NodeId, book: &mut Book) -> NodeId {
    let parts: Vec<NodeId> = kept.iter().map(|kept| kept.amount).chain([to_account]).collect();
    book.plus(&parts)
}
