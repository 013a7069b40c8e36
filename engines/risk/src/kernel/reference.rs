//! The film that speed is measured on, as `benches/peers/model.json` writes it down.

use recoup_deal::Distribution;
use rust_decimal::{Decimal, prelude::ToPrimitive};
use serde::Deserialize;
use thiserror::Error;

use super::{
    plan::{Amount, QuarterPlan, Share, Step, Unfit},
    quarterly::Quarterly,
    receipts::{MOST_DELAY, Receipts},
    returns::{Investor, Returns},
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
    /// A delay that is not a number of quarters from 0 to 7.
    #[error("a delay must be whole quarters, at most seven")]
    Delay,
}

/// A drawn number.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Variate {
    /// Its name.
    pub id: String,
    /// How it is distributed.
    pub distribution: Distribution,
}

/// A written model, ready to be computed.
#[derive(Debug, Clone)]
pub struct Reference {
    /// The film.
    pub film: Quarterly,
    /// The drawn numbers, in the order in which the film reads them.
    pub variates: Vec<Variate>,
    /// Spearman's rho of each two of them.
    pub rank_correlation: Vec<Vec<f64>>,
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
    /// Reads a model.
    pub fn read(json: &str) -> Result<Self, Unreadable> {
        let written: Written = serde_json::from_str(json)?;
        let delayed = written.delayed_by.as_deref().map(|id| written.variate(id)).transpose()?;
        if let Some(Distribution::Discrete(outcomes)) = delayed.map(|at| &written.variates[at].distribution) {
            let quarters = |value: f64| value.fract() == 0.0 && (0.0..=MOST_DELAY).contains(&value);
            if !outcomes.iter().all(|outcome| quarters(number(outcome.value))) {
                return Err(Unreadable::Delay);
            }
        } else if delayed.is_some() {
            return Err(Unreadable::Delay);
        }
        let steps = written.tiers.iter().map(|tier| written.step(&tier.takes)).collect::<Result<_, _>>()?;
        let payees = written.payees.len();
        let plan = QuarterPlan::new(written.quarters, written.sources.len(), payees, steps)?;
        let receipts = Receipts {
            cumulative: written.sources.iter().map(Source::cumulative).collect(),
            times: written.sources.iter().map(|of| written.variate(&of.id).ok()).collect(),
            late: delayed,
        };
        let investors = written.investors.iter().map(|of| written.investor(of)).collect::<Result<_, _>>()?;
        let rate = number(written.discount_rate_annual);
        let returns = Returns::new(investors, payees, written.drawdown_quarters, written.quarters, rate);
        let film = Quarterly::new(plan, receipts, returns, &written.payees)?;
        Ok(Self { film, variates: written.variates, rank_correlation: written.rank_correlation })
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
