//! Which counters somebody asks about

use std::collections::HashMap;

use recoup_waterfall::flat::{AccountScope, Flat, Op, PaysFor};

use super::super::{
    form::{At, NONE},
    rows::Rows,
};

/// The rows of counters. Those that nobody asks about have none.
#[derive(Debug)]
pub(super) struct Counters {
    /// By the place of the counter in the flat form.
    of: Vec<At>,
    reserves: HashMap<At, u32>,
    paid: u32,
    /// What reached the end.
    pub rest: At,
    /// What was taken beyond what there was.
    pub contributed: At,
    /// What reserves hold, and what was received: plain rows.
    pub held: At,
    pub received: At,
    pub shortfall: Vec<At>,
}

impl Counters {
    pub(super) fn of(flat: Flat<'_>, rows: &mut Rows) -> Self {
        let layout = flat.layout;
        let mut asked = vec![false; layout.len as usize];
        let mut ask = |counter: u32| {
            let place = counter as usize;
            if asked.len() <= place {
                asked.resize(place + 1, false);
            }
            asked[place] = true;
        };
        flat.thresholds.iter().for_each(|threshold| ask(threshold.counter));
        for (index, row) in flat.accounts.iter().enumerate() {
            match row.scope {
                AccountScope::Claims | AccountScope::Hurdle => ask(layout.account + index as u32),
                AccountScope::Party(party) => ask(layout.party + party),
                AccountScope::Return => {}
            }
        }
        flat.expenses
            .iter()
            .filter_map(|row| row.cap_of_receipts)
            .for_each(|(_, set)| ask(layout.received + set));
        for node in 0..flat.nodes.len() as u32 {
            let Some(share) = flat.share(node) else {
                continue;
            };
            if flat.pays_out(node) {
                ask(layout.paid + node);
            }
            match share.pays {
                Some((_, PaysFor::Return)) => {
                    ask(layout.paid + node);
                    ask(layout.reached + node);
                }
                Some((_, PaysFor::Principal)) => ask(layout.paid + node),
                Some((_, PaysFor::Whole)) | None => {}
            }
        }
        let of: Vec<At> = asked.iter().map(|asked| if *asked { rows.counter() } else { NONE }).collect();
        let held = |node: &u32| flat.share(*node).is_some_and(|share| share.release.is_some());
        let reserves = (0..flat.nodes.len() as u32).filter(held);
        let bears = |party: u32| {
            let by = |op: &Op| matches!(op, Op::Together { bearer: Some(bearer), .. } if *bearer == party);
            flat.nodes.iter().any(|node| by(&node.op))
        };
        Counters {
            reserves: reserves.map(|node| (of[(layout.paid + node) as usize], node)).collect(),
            paid: layout.paid,
            rest: rows.counter(),
            contributed: rows.counter(),
            held: rows.row(),
            received: rows.row(),
            shortfall: (0..flat.parties.len() as u32)
                .map(|party| if bears(party) { rows.counter() } else { NONE })
                .collect(),
            of,
        }
    }

    /// The row of a counter of the flat form.
    pub(super) fn row(&self, counter: u32) -> At {
        self.of.get(counter as usize).copied().unwrap_or(NONE)
    }

    /// What a node took.
    pub(super) fn paid(&self, node: u32) -> At {
        self.row(self.paid + node)
    }

    pub(super) fn reserve_of(&self, counter: At) -> Option<u32> {
        self.reserves.get(&counter).copied()
    }

    pub(super) fn is_reserve(&self, node: u32) -> bool {
        self.reserves.values().any(|reserve| *reserve == node)
    }

    /// The counters of all that pays out.
    pub(super) fn paid_out(&self, flat: Flat<'_>) -> Vec<At> {
        let nodes = 0..flat.nodes.len() as u32;
        nodes.map(|node| if flat.pays_out(node) { self.paid(node) } else { NONE }).collect()
    }
}

/// Whether nothing but a claim's own payments counts against its limit, or what it has earned of the gross.
pub(super) fn alone(flat: Flat<'_>) -> Vec<bool> {
    let layout = flat.layout;
    let mut movers: HashMap<u32, u32> = HashMap::new();
    for node in 0..flat.nodes.len() as u32 {
        let Some(share) = flat.share(node) else {
            continue;
        };
        let whole = share.pays.filter(|(_, what)| *what == PaysFor::Whole).map(|(account, _)| account);
        let accounts = whole.iter().chain(&share.hurdles).map(|account| layout.account + account);
        let moves = accounts.chain(share.pools.iter().map(|pool| layout.pool_paid + pool));
        for counter in moves.chain([layout.paid + node]) {
            *movers.entry(counter).or_default() += 1;
        }
    }
    let own = |node: u32| {
        let share = flat.share(node)?;
        let closes = share.limit.into_iter().chain(share.gross.map(|gross| gross.threshold));
        let mut counters = closes.map(|close| flat.thresholds[close as usize].counter);
        // A limit on a pool that the claim does not count in is moved by others alone.
        let moves = |counter: u32| {
            let pool = share.pools.iter().any(|pool| layout.pool_paid + pool == counter);
            let account = |account: u32| layout.account + account == counter;
            let whole = share.pays.is_some_and(|(of, what)| what == PaysFor::Whole && account(of));
            let account = whole || share.hurdles.iter().any(|of| account(*of));
            movers.get(&counter) == Some(&1) && (counter == layout.paid + node || pool || account)
        };
        Some(counters.all(moves))
    };
    (0..flat.nodes.len() as u32).map(|node| own(node).unwrap_or(false)).collect()
}

/// Claims that stop by themselves: at a goal of their own payments that nothing else is held against. Where such a
/// claim has what it may, the rest goes by, however the money is cut.
pub(super) fn stops(flat: Flat<'_>, alone: &[bool]) -> Vec<bool> {
    let mut asked: HashMap<u32, u32> = HashMap::new();
    for threshold in flat.thresholds {
        *asked.entry(threshold.counter).or_default() += 1;
    }
    let stop = |node: u32| {
        let share = flat.share(node)?;
        let stop = match (share.limit, share.gross) {
            (Some(limit), None) => limit,
            (None, Some(gross)) => gross.threshold,
            _ => return None,
        };
        Some(asked.get(&flat.thresholds[stop as usize].counter) == Some(&1))
    };
    let stops = |node: u32| alone[node as usize] && stop(node).unwrap_or(false);
    (0..flat.nodes.len() as u32).map(stops).collect()
}
