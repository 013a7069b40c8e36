//! A path, computed to the cent.

use std::collections::BTreeMap;

use recoup_deal::Deal;
use recoup_explain::Book;
use recoup_incentives::Catalog;
use recoup_model::{Outcome, run};
use rust_decimal::prelude::ToPrimitive;

use crate::{CHUNK, Column, Measure, PathModel};

use super::way::{Flows, difference};
use super::{Film, FilmSettings, NotFilmed};

/// What a driver drew on a path.
#[derive(Debug, Clone, PartialEq)]
pub struct DrawnNumber {
    /// Id of the driver.
    pub driver: String,
    /// In words.
    pub label: String,
    /// What was drawn.
    pub value: f64,
}

/// A party on a path.
#[derive(Debug, Clone, PartialEq)]
pub struct ReplayedParty {
    /// Id of the party.
    pub party: String,
    /// Every measure with what the simulation gave for it and what the exact run gives; NaN where there is none.
    pub measures: Vec<(Measure, f64, f64)>,
}

/// A path, computed to the cent.
#[derive(Debug, Clone)]
pub struct Replayed {
    /// The path.
    pub path: u64,
    /// What was drawn.
    pub drawn: Vec<DrawnNumber>,
    /// The deal with the drawn numbers typed in.
    pub deal: Deal,
    /// Everything that follows from it, with every posting.
    pub outcome: Outcome,
    /// Every party.
    pub parties: Vec<ReplayedParty>,
    /// The claims that are paid out, by tier: in the simulation, and exactly.
    pub claims: Vec<(String, bool, bool)>,
    /// How far a flow of the simulation lies from the exact one, in major units.
    pub largest_difference: f64,
    /// How far it may lie: half a minor unit for each rounding that the simulation leaves out.
    pub bound: f64,
}

/// Computes a path of a simulation again, exactly: the drawn numbers are typed into the deal, and the deal is run.
///
/// # Errors
/// As [`Film::new`].
pub fn replay(
    deal: &Deal,
    catalog: &Catalog,
    settings: FilmSettings,
    path: u64,
) -> Result<Replayed, NotFilmed> {
    Film::new(deal, catalog, settings)?.replay(path)
}

impl Film<'_> {
    /// As [`replay`], of a film that stands.
    ///
    /// # Errors
    /// Where the document refuses what was drawn.
    pub fn replay(&self, path: u64) -> Result<Replayed, NotFilmed> {
        let (first, place) = (path / CHUNK as u64 * CHUNK as u64, (path % CHUNK as u64) as usize);
        let mut workspace = self.workspace();
        let mut out = vec![f64::NAN; self.columns.len() * CHUNK];
        self.compute(first, &mut out, &mut workspace);
        let drawn: Vec<f64> =
            (0..self.drivers().len()).map(|driver| workspace.drawn[driver * CHUNK + place]).collect();
        let deal = self.deal_of(&drawn)?;
        let outcome = run(&deal, self.catalog);
        let simulated = |column: usize| out[column * CHUNK + place];
        let mut parties: BTreeMap<&str, Vec<(Measure, f64, f64)>> = BTreeMap::new();
        let mut claims = Vec::new();
        for (place, column) in self.columns.iter().enumerate() {
            match (column.of.strip_prefix("tier:"), column.measure) {
                (Some(tier), _) => {
                    let exact = is_paid_out(&outcome, tier);
                    claims.push((tier.to_owned(), simulated(place) > 0.5, exact));
                }
                (None, Measure::ReceivedBy(_)) => {}
                (None, measure) => {
                    let exact = self.exact(&outcome, column);
                    parties.entry(&column.of).or_default().push((measure, simulated(place), exact));
                }
            }
        }
        let parties = self
            .parties
            .iter()
            .filter_map(|own| {
                let measures = parties.remove(own.party.as_str())?;
                Some(ReplayedParty { party: own.party.clone(), measures })
            })
            .collect();
        let drivers = self.drivers().iter().zip(&drawn);
        let numbers = drivers.map(|(driver, value)| DrawnNumber {
            driver: driver.id.clone(),
            label: driver.label.clone(),
            value: *value,
        });
        Ok(Replayed {
            path,
            drawn: numbers.collect(),
            largest_difference: difference(&self.flows(&drawn)?, &exact_flows(&outcome)),
            bound: self.bound(),
            deal,
            outcome,
            parties,
            claims,
        })
    }

    fn exact(&self, outcome: &Outcome, column: &Column) -> f64 {
        let found = outcome.returns.iter().find(|returns| returns.party == column.of);
        let Some(returns) = found else { return f64::NAN };
        let number = |node| number(&outcome.book, node);
        match column.measure {
            Measure::Irr if number(returns.invested) > 0.0 && number(returns.received) == 0.0 => -1.0,
            Measure::Irr => number(returns.irr),
            Measure::Multiple => number(returns.multiple),
            Measure::Npv => number(returns.npv),
            Measure::Received => number(returns.received),
            Measure::Invested => number(returns.invested),
            Measure::PaybackMonths => number(returns.payback_months),
            Measure::Recouped => {
                let own = self.parties.iter().find(|own| own.party == column.of);
                let claims = own.map_or(&[][..], |own| own.claims.as_slice());
                let tiers = self.shapes[0].payer.iter().flat_map(|payer| payer.claims());
                let tiers: Vec<&str> = tiers.map(|claim| claim.tier.as_str()).collect();
                let recouped = match claims {
                    [] => number(returns.received) >= number(returns.invested),
                    claims => claims.iter().all(|claim| is_paid_out(outcome, tiers[*claim])),
                };
                f64::from(u8::from(recouped))
            }
            Measure::ReceivedBy(_) => f64::NAN,
        }
    }
}

fn number(book: &Book, node: recoup_explain::NodeId) -> f64 {
    let value = book.value(node);
    let amount = value.as_money().map(|amount| amount.to_f64());
    amount.or_else(|| value.as_number()?.to_f64()).unwrap_or(f64::NAN)
}

fn is_paid_out(outcome: &Outcome, tier: &str) -> bool {
    let claim = outcome.recoupment.as_ref().and_then(|run| run.claim(tier));
    claim.is_some_and(|claim| claim.limit.is_some() && claim.outstanding.is_zero())
}

fn exact_flows(outcome: &Outcome) -> Flows {
    let mut found = Flows::new();
    for returns in &outcome.returns {
        let own = found.entry(returns.party.clone()).or_default();
        for (day, node) in &returns.flows {
            *own.entry(*day).or_default() += number(&outcome.book, *node);
        }
    }
    found
}
