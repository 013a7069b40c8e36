//! The film that speed is measured on, as `benches/peers/model.json` writes it down.

use recoup_lanes::{Backend, Buffer, Counts, count};
use rust_decimal::{Decimal, prelude::ToPrimitive};
use serde::Deserialize;
use thiserror::Error;

use super::{
    plan::{Amount, QuarterPlan, Share, Step, Unfit},
    quarterly::{Quarterly, Room, Stage},
    receipts::{MOST_DELAY, Receipts},
    returns::{Investor, Returns},
};
use crate::{
    draw::{Copula, CopulaError, DrawError, Draws, Generator, Marginal, RankCorrelation},
    model::{Column, PathModel},
};

/// Why a written model is none.
#[derive(Debug, Error)]
pub enum Unreadable {
    /// Not in the form of a model.
    #[error("not a model: {0}")]
    Form(#[from] serde_json::Error),
    /// A name that nothing has.
    #[error("nothing is called {0:?}")]
    Unknown(String),
    /// A plan that quarters cannot express.
    #[error(transparent)]
    Unfit(#[from] Unfit),
    /// Correlations that are none.
    #[error(transparent)]
    Copula(#[from] CopulaError),
    /// Distributions that are none.
    #[error(transparent)]
    Draw(#[from] DrawError),
    /// A delay that is not a number of quarters from 0 to 7.
    #[error("a delay must be whole quarters, at most seven")]
    Delay,
}

/// A written model, ready to be computed.
#[derive(Debug, Clone)]
pub struct Reference {
    /// The film.
    pub film: Quarterly,
    /// Its drawn numbers.
    pub draws: Draws,
}

/// Room for one thread.
#[derive(Debug, Clone)]
pub struct ReferenceRoom {
    drawn: Buffer,
    room: Room,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Variate {
    id: String,
    distribution: Distributed,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum Distributed {
    Lognormal { median: Decimal, p90: Decimal },
    Triangular { low: Decimal, mode: Decimal, high: Decimal },
    Pert { low: Decimal, mode: Decimal, high: Decimal },
    Discrete(Vec<Outcome>),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Outcome {
    #[serde(rename = "id")]
    _id: String,
    value: Decimal,
    probability: Decimal,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    #[serde(rename = "about")]
    _about: String,
    quarters: usize,
    drawdown_quarters: usize,
    discount_rate_annual: Decimal,
    sources: Vec<Source>,
    variates: Vec<Variate>,
    delayed_by: Option<String>,
    rank_correlation: Vec<Vec<f64>>,
    payees: Vec<String>,
    tiers: Vec<Tier>,
    investors: Vec<WrittenInvestor>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Source {
    id: String,
    amount: Decimal,
    profile: Vec<f64>,
}

#[derive(Deserialize)]
struct Tier {
    #[serde(rename = "id")]
    _id: String,
    #[serde(flatten)]
    takes: Takes,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum Takes {
    Fee { payee: String, rate: Decimal, of: Option<String>, cap: Option<Decimal> },
    Recoup { payee: String, amount: Decimal, times: Option<String> },
    Debt { payee: String, amount: Decimal, rate_quarterly: Decimal },
    Group(Vec<Member>),
    Corridor { payee: String, rate: Decimal, cap: Option<Decimal> },
    Split { switch: Switch, below: Vec<Part>, above: Vec<Part> },
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Member {
    payee: String,
    amount: Decimal,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Switch {
    party: String,
    received: Decimal,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Part {
    payee: String,
    share: Decimal,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenInvestor {
    payee: String,
    drawn: Vec<Decimal>,
    also: Option<Also>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Also {
    amount: Decimal,
    times: String,
    quarter: usize,
}

impl Reference {
    /// Reads a model, to be drawn from a seed.
    pub fn read(json: &str, seed: u64, generator: Generator) -> Result<Self, Unreadable> {
        let written: Written = serde_json::from_str(json)?;
        let marginals: Vec<Marginal> = written.variates.iter().map(Variate::marginal).collect();
        let late = written.delayed_by.as_deref().map(|id| written.variate(id)).transpose()?;
        let quarters = |value: f64| value.fract() == 0.0 && (0.0..=MOST_DELAY).contains(&value);
        match late.map(|at| &marginals[at]) {
            None => {}
            Some(Marginal::Discrete(values)) if values.iter().all(|(value, _)| quarters(*value)) => {}
            Some(_) => return Err(Unreadable::Delay),
        }
        let draws = Draws::new(seed, generator, &marginals, written.copula()?)?;
        Ok(Self { film: written.film(late)?, draws })
    }

    /// Room for one thread.
    pub fn room(&self) -> ReferenceRoom {
        let drawn = Buffer::zeroed(self.draws.rows());
        ReferenceRoom { drawn, room: self.film.room(self.draws.drivers()) }
    }

    /// A chunk with these registers, up to a stage; without one, the draws alone.
    pub fn compute_on(
        &self,
        backend: Backend,
        until: Option<Stage>,
        first: u64,
        out: &mut [f64],
        room: &mut ReferenceRoom,
    ) {
        self.draws.fill_on(backend, first, &mut room.drawn);
        if let Some(until) = until {
            self.film.compute_on(backend, until, &room.drawn, out, &mut room.room);
        }
    }

    /// What a chunk takes: the draws, and all until each stage after them.
    pub fn counts(&self) -> Vec<(Option<Stage>, Counts)> {
        let mut room = self.room();
        let mut out = vec![0.0; self.film.columns().len() * crate::CHUNK];
        let draws = self.draws.counts(0, &mut room.drawn);
        let mut all = vec![(None, draws)];
        for until in [Stage::Receipts, Stage::Waterfall, Stage::Metrics, Stage::Rates] {
            let of_film = count(self.film.chunk(until, &room.drawn, &mut out, &mut room.room)).1;
            all.push((Some(until), of_film));
        }
        all
    }
}

impl PathModel for Reference {
    type Workspace = ReferenceRoom;

    fn columns(&self) -> &[Column] {
        self.film.columns()
    }

    fn workspace(&self) -> ReferenceRoom {
        self.room()
    }

    fn compute(&self, first: u64, out: &mut [f64], workspace: &mut ReferenceRoom) {
        self.compute_on(Backend::best(), Some(Stage::Rates), first, out, workspace);
    }
}

impl Variate {
    fn marginal(&self) -> Marginal {
        /// `Φ^−1(0.9)`.
        const Z_90: f64 = 1.281_551_565_544_600_4;
        match &self.distribution {
            Distributed::Lognormal { median, p90 } => {
                let (median, p90) = (number(*median), number(*p90));
                Marginal::Lognormal { median, sigma: (p90 / median).ln() / Z_90 }
            }
            Distributed::Triangular { low, mode, high } => {
                Marginal::Triangular { low: number(*low), mode: number(*mode), high: number(*high) }
            }
            Distributed::Pert { low, mode, high } => {
                Marginal::Pert { low: number(*low), mode: number(*mode), high: number(*high) }
            }
            Distributed::Discrete(outcomes) => {
                let value = |of: &Outcome| (number(of.value), number(of.probability));
                Marginal::Discrete(outcomes.iter().map(value).collect())
            }
        }
    }
}

fn number(of: Decimal) -> f64 {
    of.to_f64().unwrap_or(f64::NAN)
}

impl Source {
    fn cumulative(&self) -> Vec<f64> {
        let amount = number(self.amount);
        let so_far = self.profile.iter().scan(0.0, |sum, part| {
            *sum += part;
            Some(*sum * amount)
        });
        so_far.collect()
    }
}

impl Written {
    fn copula(&self) -> Result<Copula, CopulaError> {
        let rows = self.rank_correlation.iter().enumerate();
        let pairs = rows.flat_map(|(a, row)| {
            let before = row.iter().take(a).enumerate();
            before.map(move |(b, rho)| RankCorrelation { drivers: [a, b], rank: *rho })
        });
        Copula::from_ranks(self.variates.len(), &pairs.collect::<Vec<_>>())
    }

    fn film(&self, late: Option<usize>) -> Result<Quarterly, Unreadable> {
        let steps = self.tiers.iter().map(|tier| self.step(&tier.takes)).collect::<Result<_, _>>()?;
        let payees = self.payees.len();
        let plan = QuarterPlan::new(self.quarters, self.sources.len(), payees, steps)?;
        let receipts = Receipts {
            cumulative: self.sources.iter().map(Source::cumulative).collect(),
            times: self.sources.iter().map(|of| self.variate(&of.id).ok()).collect(),
            late,
        };
        let investors = self.investors.iter().map(|of| self.investor(of)).collect::<Result<_, _>>()?;
        let rate = number(self.discount_rate_annual);
        let returns = Returns::new(investors, payees, self.drawdown_quarters, self.quarters, rate);
        Ok(Quarterly::new(plan, receipts, returns, &self.payees)?)
    }

    fn payee(&self, id: &str) -> Result<usize, Unreadable> {
        self.payees.iter().position(|of| of == id).ok_or_else(|| Unreadable::Unknown(id.to_owned()))
    }

    fn variate(&self, id: &str) -> Result<usize, Unreadable> {
        self.variates.iter().position(|of| of.id == id).ok_or_else(|| Unreadable::Unknown(id.to_owned()))
    }

    fn source(&self, id: &str) -> Result<usize, Unreadable> {
        self.sources.iter().position(|of| of.id == id).ok_or_else(|| Unreadable::Unknown(id.to_owned()))
    }

    fn shares(&self, parts: &[Part]) -> Result<Vec<Share>, Unreadable> {
        parts
            .iter()
            .map(|part| Ok(Share { payee: self.payee(&part.payee)?, share: number(part.share) }))
            .collect()
    }

    fn step(&self, takes: &Takes) -> Result<Step, Unreadable> {
        Ok(match takes {
            Takes::Fee { payee, rate, of, cap } => Step::Fee {
                payee: self.payee(payee)?,
                rate: number(*rate),
                of: of.as_deref().map(|id| self.source(id)).transpose()?,
                cap: cap.map(number),
            },
            Takes::Recoup { payee, amount, times } => {
                let times = times.as_deref().map(|id| self.variate(id)).transpose()?;
                Step::Recoup { payee: self.payee(payee)?, amount: Amount { fixed: number(*amount), times } }
            }
            Takes::Debt { payee, amount, rate_quarterly } => Step::Debt {
                payee: self.payee(payee)?,
                amount: Amount::fixed(number(*amount)),
                growth: vec![1.0 + number(*rate_quarterly); self.quarters],
            },
            Takes::Group(members) => {
                let all: f64 = members.iter().map(|member| number(member.amount)).sum();
                let share = |member: &Member| {
                    Ok(Share { payee: self.payee(&member.payee)?, share: number(member.amount) / all })
                };
                let members = members.iter().map(share).collect::<Result<_, Unreadable>>()?;
                Step::Group { amount: Amount::fixed(all), members }
            }
            Takes::Corridor { payee, rate, cap } => {
                Step::Corridor { payee: self.payee(payee)?, rate: number(*rate), cap: cap.map(number) }
            }
            Takes::Split { switch, below, above } => Step::Split {
                payee: self.payee(&switch.party)?,
                at: number(switch.received),
                below: self.shares(below)?,
                above: self.shares(above)?,
            },
        })
    }

    fn investor(&self, of: &WrittenInvestor) -> Result<Investor, Unreadable> {
        let also = |also: &Also| -> Result<_, Unreadable> {
            let mut amounts = vec![0.0; self.drawdown_quarters];
            let cell = amounts.get_mut(also.quarter);
            *cell.ok_or_else(|| Unreadable::Unknown(format!("quarter {}", also.quarter)))? =
                number(also.amount);
            Ok((self.variate(&also.times)?, amounts))
        };
        Ok(Investor {
            payee: self.payee(&of.payee)?,
            drawn: of.drawn.iter().map(|amount| number(*amount)).collect(),
            also: of.also.as_ref().map(also).transpose()?,
        })
    }
}
