//! The trace of a run sorted by claim and period, in one pass

use std::collections::HashMap;

use recoup_calendar::Date;
use recoup_deal::recoupment::Ratio;

use super::history::Record;
use crate::{
    exact::{Exact, from_minor, share_of},
    flow::{Bar, Outside},
    posting::{Cause, Posting},
    run::ReceiptRow,
};

/// Something that was decided about a claim.
#[derive(Debug, Clone, Copy)]
pub(super) struct Decided {
    pub period: usize,
    pub on: Date,
    pub bar: Bar,
    pub rate: Ratio,
}

/// What happened to one claim.
#[derive(Debug, Clone, Default)]
pub(super) struct Trail<'a> {
    pub decided: Vec<Decided>,
    pub outside: Vec<(usize, Outside)>,
    /// Days on which a payment of its own reached its limit.
    pub reached: Vec<(usize, Date)>,
    pub postings: Vec<&'a Posting>,
}

/// Exact sums of a claim in one period.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Sums {
    pub arrived: Exact,
    pub taken: Exact,
    /// What a share of the whole receipt was entitled to.
    pub earned: Exact,
    pub paid: i64,
    /// What a reserve gave back.
    pub released: i64,
}

/// A run, sorted by claim and period.
pub(super) struct Digest<'a> {
    pub trails: Vec<Trail<'a>>,
    /// By period, then by tier.
    pub sums: Vec<Vec<Sums>>,
    /// What nobody claimed.
    pub rest: Vec<&'a Posting>,
}

impl<'a> Digest<'a> {
    pub(super) fn of(record: &Record<'a>) -> Self {
        let nodes = record.plan.nodes.len();
        let ids: HashMap<&str, usize> =
            record.plan.nodes.iter().enumerate().map(|(node, row)| (row.id.as_ref(), node)).collect();
        let mut out = Digest {
            trails: vec![Trail::default(); nodes],
            sums: vec![vec![Sums::default(); nodes]; record.schedule.len()],
            rest: Vec::new(),
        };
        for row in record.rows {
            out.read(record, &ids, row);
        }
        for posting in record.postings {
            let node = posting.tier.as_ref().and_then(|tier| ids.get(tier.as_ref()));
            let Some(trail) = node.and_then(|node| out.trails.get_mut(*node)) else {
                out.rest.push(posting);
                continue;
            };
            if matches!(posting.cause, Cause::LimitReached { .. }) {
                trail.reached.push((posting.period as usize, posting.date));
            }
            trail.postings.push(posting);
        }
        out
    }

    fn read(&mut self, record: &Record<'_>, ids: &HashMap<&str, usize>, row: &ReceiptRow) {
        let period = record.period_of(row.date);
        let Some(sums) = self.sums.get_mut(period) else { return };
        row.arrived.iter().for_each(|(node, amount)| sums[*node as usize].arrived += amount);
        row.taken.iter().for_each(|(node, amount)| sums[*node as usize].taken += amount);
        let in_plan = row.paid.iter().filter(|(node, _)| (*node as usize) < record.plan.nodes.len());
        in_plan.for_each(|(node, amount)| sums[*node as usize].paid += amount);
        if row.given.is_none() {
            let reserve = row.id.rsplit_once('#').map_or(row.id.as_ref(), |(reserve, _)| reserve);
            if let Some(node) = ids.get(reserve) {
                sums[*node].released += row.amount;
            }
        }
        for slice in &row.slices {
            for decision in &slice.decided {
                let (bar, rate) = (decision.bar, decision.rate);
                let decided = Decided { period, on: row.date, bar, rate };
                self.trails[decision.node as usize].decided.push(decided);
            }
            for outside in &slice.outside {
                self.trails[outside.node as usize].outside.push((period, *outside));
            }
        }
        for node in &row.entitled {
            let rate = self.trails[*node as usize].decided.last().map(|decided| decided.rate);
            let earned = rate.map_or(0, |rate| share_of(from_minor(row.amount), rate));
            self.sums[period][*node as usize].earned += earned;
        }
    }
}
