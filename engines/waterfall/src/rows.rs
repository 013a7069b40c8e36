//! Payments as they are kept: one row of numbers each

use std::sync::Arc;

use recoup_calendar::Date;
use recoup_deal::recoupment::Ratio;
use recoup_money::{Currency, Money};

use crate::{
    outline::Outline,
    posting::{Cause, Posting},
    told::Kept,
};

/// Every payment of a run, in order.
#[derive(Debug, Clone)]
pub struct PostingRows {
    rows: Vec<PostingRow>,
    receipts: Vec<Received>,
    /// The ids of the receipts, one behind the other.
    ids: String,
    outline: Arc<Outline>,
    currency: Currency,
}

/// A payment.
#[derive(Debug, Clone, Copy)]
pub(crate) struct PostingRow {
    /// Its place among the receipts that paid something.
    pub receipt: u32,
    /// The tier or member; none for what nobody claimed.
    pub node: Option<u32>,
    pub payee: Option<u32>,
    pub credited_to: Option<u32>,
    pub amount: i64,
    pub cause: CauseRow,
}

/// Why, in minor units.
#[derive(Debug, Clone, Copy)]
pub(crate) enum CauseRow {
    Share { arrived: i64, rate: Ratio },
    Recoupment { arrived: i64, rate: Ratio, outstanding: i64 },
    LimitReached { arrived: i64, outstanding: i64, limit: i64 },
    GrossShare { gross: i64, rate: Ratio, arrived: i64 },
    ProRata { arrived: i64, outstanding: i64 },
    Held { arrived: i64, rate: Ratio, until: Date },
    Residual,
    LeftOver,
    Assigned { part: Ratio },
}

/// A receipt, or money that a reserve let go.
#[derive(Debug, Clone, Copy)]
struct Received {
    date: Date,
    period: u32,
    /// Where its id ends.
    end: u32,
    source: Origin,
}

/// Where money came in.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Origin {
    Entry(u32),
    Reserve(u32),
}

impl PostingRows {
    pub(crate) fn of(outline: &Arc<Outline>, currency: Currency) -> Self {
        let outline = Arc::clone(outline);
        PostingRows { rows: Vec::new(), receipts: Vec::new(), ids: String::new(), outline, currency }
    }

    pub(crate) fn reserve(&mut self, receipts: usize) {
        self.receipts.reserve(receipts);
        self.ids.reserve(receipts * 12);
        self.rows.reserve(receipts * 12);
    }

    /// A receipt comes in; the payments that follow are out of it.
    pub(crate) fn receive(&mut self, id: &str, date: Date, period: u32, source: Origin) {
        self.ids.push_str(id);
        self.receipts.push(Received { date, period, end: self.ids.len() as u32, source });
    }

    /// A payment out of the last receipt.
    pub(crate) fn pay(&mut self, row: PostingRow) {
        let receipt = self.receipts.len().saturating_sub(1) as u32;
        self.rows.push(PostingRow { receipt, ..row });
    }

    /// How many payments there are.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether nothing was paid.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The tier that was paid last.
    pub(crate) fn last_tier(&self) -> Option<&str> {
        let node = self.rows.last()?.node?;
        Some(&self.outline.nodes[node as usize].id)
    }

    fn told(&self, row: &PostingRow, id: &Arc<str>) -> Posting {
        let received = &self.receipts[row.receipt as usize];
        let party = |party: u32| Arc::clone(&self.outline.parties[party as usize]);
        let node = row.node.map(|node| &self.outline.nodes[node as usize]);
        Posting {
            date: received.date,
            period: received.period,
            receipt: Arc::clone(id),
            source: Arc::clone(match received.source {
                Origin::Entry(entry) => &self.outline.entries[entry as usize],
                Origin::Reserve(node) => &self.outline.nodes[node as usize].id,
            }),
            tier: node.map(|node| Arc::clone(&node.id)),
            payee: row.payee.map(party),
            credited_to: row.credited_to.map(party),
            amount: Money::new(row.amount, self.currency),
            cause: row.cause.told(self.currency),
            clause: node.and_then(|node| node.clause.clone()),
        }
    }
}

impl Kept for PostingRows {
    type Told = Posting;

    fn tell(&self) -> Vec<Posting> {
        let mut begin = 0;
        let mut ids: Vec<Arc<str>> = Vec::with_capacity(self.receipts.len());
        for received in &self.receipts {
            ids.push(self.ids[begin..received.end as usize].into());
            begin = received.end as usize;
        }
        self.rows.iter().map(|row| self.told(row, &ids[row.receipt as usize])).collect()
    }
}

impl CauseRow {
    fn told(self, currency: Currency) -> Cause {
        let money = |minor: i64| Money::new(minor, currency);
        match self {
            CauseRow::Share { arrived, rate } => Cause::Share { arrived: money(arrived), rate },
            CauseRow::Recoupment { arrived, rate, outstanding } => {
                Cause::Recoupment { arrived: money(arrived), rate, outstanding: money(outstanding) }
            }
            CauseRow::LimitReached { arrived, outstanding, limit } => Cause::LimitReached {
                arrived: money(arrived),
                outstanding: money(outstanding),
                limit: money(limit),
            },
            CauseRow::GrossShare { gross, rate, arrived } => {
                Cause::GrossShare { gross: money(gross), rate, arrived: money(arrived) }
            }
            CauseRow::ProRata { arrived, outstanding } => {
                Cause::ProRata { arrived: money(arrived), outstanding: money(outstanding) }
            }
            CauseRow::Held { arrived, rate, until } => Cause::Held { arrived: money(arrived), rate, until },
            CauseRow::Residual => Cause::Residual,
            CauseRow::LeftOver => Cause::LeftOver,
            CauseRow::Assigned { part } => Cause::Assigned { part },
        }
    }
}
