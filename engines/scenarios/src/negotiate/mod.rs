//! Two sets of terms on one table: who gains, who loses, and what would have to give.

mod outlook;
mod smallest;
#[cfg(test)]
mod tests;

use serde::Serialize;

use crate::measure::Told;

pub use outlook::outlooks;
pub use smallest::{Change, Lever, smallest_changes};

/// A value in a bad, a middle and a good future: one path in ten, half of the paths, nine in ten are worse.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Outlook {
    /// One path in ten is worse.
    pub p10: Told<f64>,
    /// Half of the paths are worse.
    pub p50: Told<f64>,
    /// Nine paths in ten are worse.
    pub p90: Told<f64>,
}

/// What one party may expect of one set of terms.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PartyOutlook {
    /// Id of the party.
    pub party: String,
    /// Value at the deal's discount rate, in major units of its currency.
    pub npv: Outlook,
    /// Annual return as a fraction; none for a party that puts nothing in.
    pub irr: Option<Outlook>,
}

/// How a party stands to a change of terms.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Stance {
    /// Better in one future at the least, and worse in none.
    Gains,
    /// Worse in one future at the least, and better in none.
    Loses,
    /// Better in some futures and worse in others: it takes another risk.
    Mixed,
    /// Nothing that counts.
    Same,
    /// At the table under one set of terms only.
    Comes,
    /// At the table under the other set only.
    Leaves,
    /// A value is not told.
    Untold,
}

/// What a change of terms does to one party.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Shift {
    /// Id of the party.
    pub party: String,
    /// What it may expect before; none where it is not there.
    pub before: Option<PartyOutlook>,
    /// What it may expect after; none where it is not there any more.
    pub after: Option<PartyOutlook>,
    /// Change of the present value at P10, P50 and P90, in major units; none where one is not told.
    pub npv: [Option<f64>; 3],
    /// Change of the return at P10, P50 and P90, as fractions; none where one is not told.
    pub irr: [Option<f64>; 3],
    /// How it stands to it, by present value: money has one unit for everybody at the table.
    pub stance: Stance,
}

impl Outlook {
    fn values(&self) -> [Option<f64>; 3] {
        [&self.p10, &self.p50, &self.p90].map(|told| told.as_ref().ok().copied())
    }
}

fn change(before: Option<&Outlook>, after: Option<&Outlook>) -> [Option<f64>; 3] {
    let none = [None; 3];
    let (before, after) = (before.map_or(none, Outlook::values), after.map_or(none, Outlook::values));
    std::array::from_fn(|place| Some(after[place]? - before[place]?))
}

fn stance(npv: &[Option<f64>; 3], counts: f64) -> Stance {
    let [Some(bad), Some(middle), Some(good)] = *npv else { return Stance::Untold };
    let better = [bad, middle, good].iter().any(|change| *change > counts);
    let worse = [bad, middle, good].iter().any(|change| *change < -counts);
    match (better, worse) {
        (true, false) => Stance::Gains,
        (false, true) => Stance::Loses,
        (true, true) => Stance::Mixed,
        (false, false) => Stance::Same,
    }
}

/// What going from one set of terms to another does to everybody, those who lose the most at P50 first. Present values
/// that differ by no more than `counts` (major units) are the same.
pub fn shifts(before: &[PartyOutlook], after: &[PartyOutlook], counts: f64) -> Vec<Shift> {
    let find = |all: &[PartyOutlook], party: &str| all.iter().find(|one| one.party == party).cloned();
    let new = after.iter().filter(|one| !before.iter().any(|other| other.party == one.party));
    let mut shifts: Vec<Shift> = before
        .iter()
        .chain(new)
        .map(|one| {
            let (before, after) = (find(before, &one.party), find(after, &one.party));
            let npv = change(before.as_ref().map(|one| &one.npv), after.as_ref().map(|one| &one.npv));
            let irr = |one: &Option<PartyOutlook>| one.as_ref().and_then(|one| one.irr.clone());
            let stance = match (&before, &after) {
                (None, _) => Stance::Comes,
                (_, None) => Stance::Leaves,
                _ => stance(&npv, counts),
            };
            let irr = change(irr(&before).as_ref(), irr(&after).as_ref());
            Shift { party: one.party.clone(), before, after, npv, irr, stance }
        })
        .collect();
    let at_p50 = |shift: &Shift| shift.npv[1].unwrap_or(0.0);
    shifts.sort_by(|one, two| at_p50(one).total_cmp(&at_p50(two)));
    shifts
}
