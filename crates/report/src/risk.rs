//! What a simulation of the deal came to, as far as a pack tells it.
//!
//! The numbers are those of the application's own simulation; nothing is drawn here. Every one stands under the address by
//! which the application computes it again: `risk(seed=1,paths=10240).returns.fund.irr.p50`.

use std::collections::BTreeMap;

use recoup_deal::{Deal, PartyRole};
use recoup_explain::Quantity;

use crate::edition::Reader;

/// A simulation.
#[derive(Debug, Clone, PartialEq)]
pub struct Risk {
    /// What stands before the address of every figure: `risk(seed=1,paths=10240).`.
    pub prefix: String,
    /// Paths that were run.
    pub paths: u64,
    /// The seed.
    pub seed: String,
    /// Independent scrambles behind the standard errors.
    pub scrambles: u32,
    /// How the paths were computed.
    pub way: PathWay,
    /// Whether the typed correlations contradicted each other.
    pub repaired: bool,
    /// Whose return and receipts are drawn.
    pub chosen: String,
    /// The parties, in the deal's order.
    pub parties: Vec<String>,
    /// The claims of the recoupment plan, in its order.
    pub claims: Vec<String>,
    /// Drivers whose days or choices need more than the fast way: id and way.
    pub drivers: Vec<(String, PathWay)>,
    /// Correlations as drawn with: the id of the typed one, and the number used.
    pub correlations: Vec<(String, rust_decimal::Decimal)>,
    /// Every figure, by its address.
    pub figures: BTreeMap<String, Simulated>,
    /// The returns of the chosen party, counted.
    pub histogram: Option<Counted>,
    /// What the chosen party has received by the end of each quarter.
    pub fan: Option<Bands>,
    /// What one driver at a time does to the result [`Risk::moved`] names, the widest first: driver, and its values at the
    /// 10th and the 90th percentile.
    pub swings: Vec<(String, f64, f64)>,
    /// The result that is moved: `irr` or `npv`.
    pub moved: &'static str,
}

/// How paths are computed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PathWay {
    /// All at once.
    Fast,
    /// Each delay as a deal of its own, compiled once.
    Regimes,
    /// By the whole model, path by path.
    Slow,
}

/// A figure of a simulation.
#[derive(Debug, Clone, PartialEq)]
pub struct Simulated {
    /// Its value.
    pub value: Quantity,
    /// Its standard error.
    pub error: Option<Quantity>,
}

/// Paths by their return: equal bars from one end to the other.
#[derive(Debug, Clone, PartialEq)]
pub struct Counted {
    /// Where the first bar begins.
    pub from: f64,
    /// Where the last one ends.
    pub to: f64,
    /// Paths in each bar.
    pub counts: Vec<u32>,
    /// Paths below the first, total losses among them.
    pub below: u32,
    /// Paths above the last.
    pub above: u32,
    /// Mean and deviation of the paths, of which a normal distribution is drawn.
    pub normal: Option<(f64, f64)>,
}

/// Percentiles of what has been received by the end of each quarter, in minor units.
#[derive(Debug, Clone, PartialEq)]
pub struct Bands {
    /// Quarters, as `2029-Q1`.
    pub quarters: Vec<String>,
    /// The 5th, 25th, 50th, 75th and 95th percentile of each quarter.
    pub marks: Vec<[i64; 5]>,
    /// What the party put in.
    pub invested: i64,
}

impl Risk {
    /// The figure at what stands behind the prefix: its address and what it is.
    pub fn find(&self, within: &str) -> Option<(String, &Simulated)> {
        let address = format!("{}{within}", self.prefix);
        let found = self.figures.get(&address)?;
        Some((address, found))
    }

    /// A known value of the simulation, as a number.
    pub fn number(&self, within: &str) -> Option<rust_decimal::Decimal> {
        self.find(within)?.1.value.as_number()
    }

    /// Whether a party put money in on some path, and so has a return.
    pub fn invests(&self, party: &str) -> bool {
        ["irr.p50", "multiple.p50", "undefined"]
            .iter()
            .any(|word| self.number(&format!("returns.{party}.{word}")).is_some())
    }
}

/// Whose return a reader's pack draws: the reader's own, and the equity's for those who are told everybody's returns.
pub fn drawn_party(deal: &Deal, reader: Reader) -> Option<&str> {
    let provider = |role: PartyRole| {
        let provides = |id: &str| deal.instruments.iter().any(|one| one.provider.as_deref() == Some(id));
        let found = deal.parties.iter().find(|party| party.role == role && provides(&party.id));
        found.map(|party| party.id.as_str())
    };
    let equity = || {
        let terms = || deal.instruments.iter().find(|one| one.terms.is_equity())?.provider.as_deref();
        provider(PartyRole::Equity).or_else(terms)
    };
    match reader {
        Reader::Full | Reader::Equity => equity(),
        Reader::CoProducer => provider(PartyRole::CoProducer).or_else(equity),
        Reader::SeniorLender => provider(PartyRole::SeniorLender),
        Reader::GapLender => provider(PartyRole::GapLender).or_else(|| provider(PartyRole::MezzanineLender)),
        Reader::SoftMoney => provider(PartyRole::PublicFund),
        Reader::Bond => None,
    }
}

/// Which result of the drawn party is moved by one driver at a time: lenders earn their rate or less, so that what they lose
/// shows in the value of what they are paid.
pub fn moved_result(reader: Reader) -> &'static str {
    match reader {
        Reader::Full | Reader::Equity | Reader::CoProducer | Reader::SoftMoney | Reader::Bond => "irr",
        Reader::SeniorLender | Reader::GapLender => "npv",
    }
}
