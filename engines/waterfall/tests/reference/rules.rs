//! A plan as this interpreter holds it: by name, as it is written

use std::collections::BTreeMap;

use super::{balance::Terms, day::Day, fraction::Fraction};

/// A running total.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Counter {
    /// What a share or group has taken.
    Paid(String),
    /// What has arrived at it.
    Reached(String),
    Party(String),
    InPool(String),
    PassedPool(String),
    NotionalInPool(String),
    /// What has come in by these sources.
    Received(Vec<String>),
    /// What has been paid on a balance.
    OnBalance(usize),
}

#[derive(Debug, Clone)]
pub(crate) enum Goal {
    Amount(Fraction),
    Expenses(String, Fraction),
    Invested(String, Fraction),
    /// What was put in and its interest.
    Owed(usize, Fraction),
    Interest(usize),
    /// Set for each receipt: what a share of the gross receipt is entitled to.
    OfReceipt(String),
    /// So much for each unit of a series, beyond a number of them.
    Units(String, Fraction, Fraction),
    /// The limit of a claim, which amendments move.
    LimitOf(String),
}

/// How a total stands to a goal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Is {
    Below,
    UpTo,
    AtLeast,
    MoreThan,
}

impl Is {
    pub(crate) fn holds(self, value: &Fraction, target: &Fraction) -> bool {
        match self {
            Is::Below => value < target,
            Is::UpTo => value <= target,
            Is::AtLeast => value >= target,
            Is::MoreThan => value > target,
        }
    }

    /// Whether it changes only when the total goes on from the goal.
    pub(crate) fn beyond(self) -> bool {
        matches!(self, Is::UpTo | Is::MoreThan)
    }
}

#[derive(Debug, Clone)]
pub(crate) struct Bound {
    pub counter: Counter,
    pub goal: Goal,
}

#[derive(Debug, Clone)]
pub(crate) enum Condition {
    All(Vec<Condition>),
    Any(Vec<Condition>),
    Bound { bound: Bound, is: Is, notional: bool },
    Territory { inside: bool, list: Vec<String> },
    Media { inside: bool, list: Vec<String> },
    Source { inside: bool, list: Vec<String> },
    Date { from: Option<Day>, to: Option<Day> },
    ContractValue { is: Is, target: Fraction },
    Event { event: String, is: Is, target: Fraction },
    Counted { series: String, is: Is, target: Fraction },
}

/// What the payments of a claim reduce.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Reduces {
    Whole,
    Principal,
    Return,
}

#[derive(Debug, Clone, Default)]
pub(crate) struct Share {
    /// None for a reserve.
    pub payee: Option<String>,
    /// Whether a share of the gross receipt carries what it was not paid.
    pub of_gross: Option<bool>,
    /// The sources whose gross it is; all that come down to it where none is named.
    pub gross_of: Vec<String>,
    pub limit: Option<Bound>,
    pub conditions: Vec<Condition>,
    pub pools: Vec<String>,
    pub contract: Option<String>,
    pub assigned: Vec<(String, Fraction)>,
    /// Months that a reserve holds, and where it lets go.
    pub holds: Option<(i32, String)>,
    /// The instrument whose investment is its weight; without one its limit is.
    pub weighs: Option<String>,
    pub reduces: Vec<(usize, Reduces)>,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Split {
    Fixed,
    Outstanding,
    Invested,
}

#[derive(Debug, Clone)]
pub(crate) enum Kind {
    Share(Box<Share>),
    /// What the share takes walks on from another tier.
    Enters {
        share: Box<Share>,
        into: String,
    },
    Together {
        members: Vec<String>,
        base: Fraction,
        split: Split,
        bearer: Option<String>,
    },
    Steps {
        members: Vec<String>,
        base: Fraction,
    },
}

#[derive(Debug, Clone)]
pub(crate) struct Node {
    pub then: Option<String>,
    pub rate: Fraction,
    pub kind: Kind,
}

#[derive(Debug, Clone)]
pub(crate) struct Entry {
    pub id: String,
    pub enters: String,
    pub receives: Vec<String>,
    pub receives_others: bool,
    pub contract: Option<String>,
    pub territories: Vec<String>,
    pub media: Vec<String>,
}

#[derive(Debug, Clone, Default)]
pub(crate) struct Contract {
    pub value: Option<Fraction>,
    pub from: Option<Day>,
    pub to: Option<Day>,
}

#[derive(Debug, Clone, Default)]
pub(crate) struct ExpenseKind {
    pub cap: Option<Fraction>,
    pub cap_of_receipts: Option<(Fraction, Vec<String>)>,
}

/// Whose payments a balance knows.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Paid {
    /// Those of the claims on it.
    Claims,
    /// All that a party gets.
    Party(String),
    /// Those of the claims on the investment and of the claims on its return.
    Return,
    /// Those of every claim on the instrument.
    All,
}

/// A balance that bears interest.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Bearing {
    pub instrument: String,
    pub terms: Option<Terms>,
    pub paid: Paid,
}

#[derive(Debug, Clone, Default)]
pub(crate) struct Rules {
    pub nodes: BTreeMap<String, Node>,
    /// All tiers and members as they are written, members behind their group.
    pub order: Vec<String>,
    pub entries: Vec<Entry>,
    pub contracts: BTreeMap<String, Contract>,
    pub expenses: BTreeMap<String, ExpenseKind>,
    pub limits: BTreeMap<String, Goal>,
    pub balances: Vec<Bearing>,
    pub residual: Option<String>,
}

impl Rules {
    /// The place of a balance; one that stands already is not kept twice.
    pub(crate) fn balance(&mut self, row: Bearing) -> usize {
        if let Some(place) = self.balances.iter().position(|known| *known == row) {
            return place;
        }
        self.balances.push(row);
        self.balances.len() - 1
    }

    pub(crate) fn share(&self, id: &str) -> Option<&Share> {
        match &self.nodes[id].kind {
            Kind::Share(share) | Kind::Enters { share, .. } => Some(share),
            Kind::Together { .. } | Kind::Steps { .. } => None,
        }
    }

    /// The totals that the conditions of a share hold against goals.
    pub(crate) fn bounds_of(&self, id: &str) -> Vec<(Bound, Is)> {
        fn inside(conditions: &[Condition], out: &mut Vec<(Bound, Is)>) {
            for condition in conditions {
                match condition {
                    Condition::All(of) | Condition::Any(of) => inside(of, out),
                    Condition::Bound { bound, is, .. } => out.push((bound.clone(), *is)),
                    _ => {}
                }
            }
        }
        let mut out = Vec::new();
        inside(self.share(id).map_or(&[], |share| &share.conditions), &mut out);
        out
    }

    /// Whether what a tier takes is paid out, rather than walking on.
    pub(crate) fn pays_out(&self, id: &str) -> bool {
        matches!(self.nodes[id].kind, Kind::Share(_))
    }

    /// Every share of the gross receipt on the way down from a tier, and those that earn on an entry from afar.
    pub(crate) fn of_gross_for(&self, from: &str, entry: Option<&String>) -> Vec<String> {
        let mut found: Vec<String> = Vec::new();
        let mut open = vec![from.to_owned()];
        let mut seen = Vec::new();
        while let Some(id) = open.pop() {
            if seen.contains(&id) {
                continue;
            }
            match &self.nodes[&id].kind {
                Kind::Share(share) if share.of_gross.is_some() => found.push(id.clone()),
                Kind::Share(_) => {}
                Kind::Enters { into, .. } => open.push(into.clone()),
                Kind::Together { members, .. } | Kind::Steps { members, .. } => {
                    open.extend(members.iter().cloned());
                }
            }
            open.extend(self.nodes[&id].then.clone());
            seen.push(id);
        }
        let named = |share: &Share| entry.is_some_and(|entry| share.gross_of.contains(entry));
        let afar = self.order.iter().filter(|id| self.share(id).is_some_and(named)).cloned();
        let afar: Vec<String> = afar.filter(|id| !found.contains(id)).collect();
        found.extend(afar);
        found
    }
}

/// Something that happens.
#[derive(Debug, Clone)]
pub(crate) enum Happening {
    Put { instrument: String, amount: Fraction },
    Declared { kind: String, amount: Fraction, counts_to_cap: bool },
    Event { event: String, value: Fraction },
    Counted { series: String, units: Fraction },
    Rate { tier: String, rate: Fraction },
    Limit { tier: String, amount: Option<Fraction>, factor: Option<Fraction>, rate: Option<Fraction> },
    Payee { tier: String, payee: String },
    Cap { kind: String, cap: Fraction },
    Contract { contract: String, to: Option<Day>, value: Option<Fraction> },
    Received(Receipt),
}

#[derive(Debug, Clone)]
pub(crate) struct Receipt {
    pub id: String,
    pub source: String,
    pub amount: Fraction,
    pub territories: Vec<String>,
    pub media: Vec<String>,
    pub contract: Option<String>,
}
