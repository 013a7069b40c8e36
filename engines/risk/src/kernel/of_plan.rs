//! A compiled recoupment plan as an order of quarters, where it is one.

use recoup_calendar::Date;
use recoup_deal::recoupment::{Compounding, InterestTerms, Ratio};
use recoup_waterfall::{
    Plan, RunInputs,
    flat::{AccountScope, Flat, Goal, Op, ShareOp, SplitOp},
};
use rust_decimal::{Decimal, prelude::ToPrimitive};
use thiserror::Error;

use super::plan::{Amount, QuarterPlan, Share, Step, Unfit};

/// Why a compiled plan is no order of quarters. The flow of the compiled plan computes it all the same.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum NotQuarterly {
    /// Sources enter at different places.
    #[error("the sources do not enter at one tier")]
    Entries,
    /// A tier of a kind that quarters do not know.
    #[error("tier {tier}: {what}")]
    Tier {
        /// Its id.
        tier: String,
        /// What it has that they do not know.
        what: &'static str,
    },
    /// Something happens besides receipts, or between them.
    #[error("{0} happen besides the receipts")]
    Happens(&'static str),
    /// An order that the quarters refuse.
    #[error(transparent)]
    Unfit(#[from] Unfit),
}

/// A plan in quarters, with who is paid.
#[derive(Debug, Clone, PartialEq)]
pub struct Compiled {
    /// The order of payment; its sources are the plan's entries and its payees the plan's parties.
    pub plan: QuarterPlan,
    /// Ids of the payees.
    pub payees: Vec<String>,
}

impl QuarterPlan {
    /// The compiled plan over receipts that come in on these days, one for each quarter.
    ///
    /// # Errors
    /// [`NotQuarterly`] for what quarters in a straight line cannot express.
    pub fn of(plan: &Plan, inputs: &RunInputs, days: &[Date]) -> Result<Compiled, NotQuarterly> {
        let flat = plan.flat();
        happens_between(inputs, days)?;
        let first = flat.entries.first().map(|entry| entry.node).ok_or(NotQuarterly::Entries)?;
        if flat.entries.iter().any(|entry| entry.node != first || entry.contract.is_some()) {
            return Err(NotQuarterly::Entries);
        }
        let reading = Reading { flat, inputs, days };
        let (mut steps, mut at) = (Vec::new(), Some(first));
        while let Some(node) = at {
            let row = &flat.nodes[node as usize];
            let refuse = |what| NotQuarterly::Tier { tier: row.id.to_string(), what };
            match &row.op {
                Op::Share(share) => steps.push(reading.share(node, share).map_err(refuse)?),
                Op::Together { members, base, split, bearer: None } if *base == Ratio::ONE => {
                    steps.extend(reading.together(members, *split).map_err(refuse)?);
                }
                Op::Together { .. } => return Err(refuse("a group on a part of what arrives")),
                Op::Steps { .. } => return Err(refuse("a ladder of steps")),
                Op::Enters { .. } => return Err(refuse("an order of its own")),
            }
            at = row.then;
        }
        let payees = flat.parties.iter().map(ToString::to_string).collect();
        let plan = Self::new(days.len(), flat.entries.len(), flat.parties.len(), steps)?;
        Ok(Compiled { plan, payees })
    }
}

fn happens_between(inputs: &RunInputs, days: &[Date]) -> Result<(), NotQuarterly> {
    let first = days.first().ok_or(NotQuarterly::Happens("no quarters"))?;
    let none = [
        (inputs.expenses.is_empty(), "expenses"),
        (inputs.events.is_empty(), "events"),
        (inputs.counts.is_empty(), "counted units"),
        (inputs.amendments.is_empty(), "amendments"),
        (inputs.drawings.iter().all(|drawing| drawing.date <= *first), "drawings"),
        (inputs.receipts.iter().all(|receipt| days.contains(&receipt.date)), "receipts on other days"),
    ];
    none.into_iter().find(|(holds, _)| !holds).map_or(Ok(()), |(_, what)| Err(NotQuarterly::Happens(what)))
}

fn number(of: Ratio) -> f64 {
    of.numerator() as f64 / of.denominator() as f64
}

struct Reading<'a> {
    flat: Flat<'a>,
    inputs: &'a RunInputs,
    days: &'a [Date],
}

impl Reading<'_> {
    fn major(&self, minor: i128) -> f64 {
        minor as f64 / f64::powi(10.0, self.inputs.currency.exponent() as i32)
    }

    /// What every claim here must be: paid out to one payee, whatever else has happened.
    fn payee(&self, share: &ShareOp) -> Result<usize, &'static str> {
        let plain = [
            (share.tests.is_empty(), "a condition"),
            (share.pools.is_empty(), "a pool"),
            (share.contract.is_none(), "a contract"),
            (share.assigned.is_empty(), "an assignment"),
            (share.release.is_none(), "a reserve"),
            (share.hurdles.is_empty(), "a hurdle"),
        ];
        if let Some((_, what)) = plain.into_iter().find(|(holds, _)| !holds) {
            return Err(what);
        }
        share.payee.map(|payee| payee as usize).ok_or("no payee")
    }

    fn share(&self, node: u32, share: &ShareOp) -> Result<Step, &'static str> {
        let payee = self.payee(share)?;
        let rate = number(share.rate);
        if let Some(gross) = share.gross {
            let cap = self.fixed(node, share)?;
            let of = match gross.of.map(|set| self.flat.source_sets[set as usize].as_slice()) {
                None => None,
                Some([source]) => Some(*source as usize),
                Some(_) => return Err("a fee on some of the sources"),
            };
            return Ok(Step::Fee { payee, rate, of, cap });
        }
        if let Some(debt) = self.debt(share, payee)? {
            return if share.rate == Ratio::ONE { Ok(debt) } else { Err("a part of a growing claim") };
        }
        Ok(match self.fixed(node, share)? {
            Some(amount) if share.rate == Ratio::ONE => Step::Recoup { payee, amount: Amount::fixed(amount) },
            cap => Step::Corridor { payee, rate, cap },
        })
    }

    /// The fixed limit of a claim on its own payments, if it has a limit.
    fn fixed(&self, node: u32, share: &ShareOp) -> Result<Option<f64>, &'static str> {
        let Some(limit) = share.limit else { return Ok(None) };
        let threshold = &self.flat.thresholds[limit as usize];
        if !self.flat.counts_alone(node) || threshold.beyond {
            return Err("a limit that others share");
        }
        match threshold.goal {
            // Goals are in trillionths of a minor unit.
            Goal::Fixed(goal) => Ok(Some(self.major(goal / 1_000_000) / 1e6)),
            Goal::Invested { instrument, factor } => Ok(Some(self.invested(instrument) * number(factor))),
            _ => Err("a limit that moves"),
        }
    }

    fn invested(&self, instrument: u32) -> f64 {
        let id = self.flat.instruments[instrument as usize].as_ref();
        let drawings = self.inputs.drawings.iter().filter(|drawing| drawing.instrument == id);
        self.major(drawings.map(|drawing| i128::from(drawing.amount.minor())).sum())
    }

    /// A balance that grows from day to day. One to which interest is added on days of its own depends on how it
    /// divides into what earns and what is earned, which quarters do not know.
    fn debt(&self, share: &ShareOp, payee: usize) -> Result<Option<Step>, &'static str> {
        let Some(limit) = share.limit else { return Ok(None) };
        let Goal::Owed { account, factor } = self.flat.thresholds[limit as usize].goal else {
            return Ok(None);
        };
        let row = &self.flat.accounts[account as usize];
        if factor != Ratio::ONE || row.scope != AccountScope::Claims {
            return Err("a multiple of what is owed, or what others pay off");
        }
        let id = self.flat.instruments[row.instrument as usize].as_ref();
        let terms = row.terms.as_ref().or_else(|| self.inputs.interest.get(id));
        let terms = terms.ok_or("no interest terms")?;
        if terms.compounding != Compounding::Effective {
            return Err("interest that is added on days of its own");
        }
        let first = self.days.first().copied().ok_or("no quarters")?;
        let mut growth = vec![1.0];
        for pair in self.days.windows(2) {
            growth.push(grown(terms, pair[0], pair[1])?);
        }
        let mut balance = 0.0;
        for drawing in self.inputs.drawings.iter().filter(|drawing| drawing.instrument == id) {
            balance += self.major(i128::from(drawing.amount.minor())) * grown(terms, drawing.date, first)?;
        }
        Ok(Some(Step::Debt { payee, amount: Amount::fixed(balance), growth }))
    }

    fn together(&self, members: &[u32], split: SplitOp) -> Result<Vec<Step>, &'static str> {
        let shares: Vec<(u32, &ShareOp)> =
            members.iter().filter_map(|node| Some((*node, self.flat.share(*node)?))).collect();
        if shares.len() != members.len() {
            return Err("a group in a group");
        }
        match split {
            SplitOp::Outstanding => {
                let mut amounts = Vec::new();
                for (node, share) in shares {
                    let payee = self.payee(share)?;
                    let amount = self.fixed(node, share)?.ok_or("a member without a limit")?;
                    if share.rate != Ratio::ONE || share.gross.is_some() {
                        return Err("a member with a rate");
                    }
                    amounts.push((payee, amount));
                }
                let all: f64 = amounts.iter().map(|(_, amount)| amount).sum();
                if all <= 0.0 {
                    return Ok(Vec::new());
                }
                let member = |(payee, amount)| Share { payee, share: amount / all };
                let members = amounts.into_iter().map(member).collect();
                Ok(vec![Step::Group { amount: Amount::fixed(all), members }])
            }
            SplitOp::Fixed => self.beside(&shares),
            SplitOp::Invested => Err("a group by investment"),
        }
    }

    /// Shares without end beside each other: each is a share of what those before it leave.
    fn beside(&self, shares: &[(u32, &ShareOp)]) -> Result<Vec<Step>, &'static str> {
        let (mut steps, mut left) = (Vec::new(), 1.0);
        for (_, share) in shares {
            let payee = self.payee(share)?;
            if share.limit.is_some() || share.gross.is_some() {
                return Err("a limit in a group by rates");
            }
            let rate: f64 = number(share.rate) / left;
            left -= number(share.rate);
            // The last of a whole takes all, whatever the divisions rounded.
            let rate = if left.abs() < 1e-12 { 1.0 } else { rate };
            steps.push(Step::Corridor { payee, rate, cap: None });
        }
        Ok(steps)
    }
}

fn grown(terms: &InterestTerms, from: Date, to: Date) -> Result<f64, &'static str> {
    let rate = Decimal::from(terms.rate_annual.numerator()) / Decimal::from(terms.rate_annual.denominator());
    let more = terms.day_count.growth(rate, from, to).and_then(|growth| growth.to_f64());
    more.map(|more| 1.0 + more).ok_or("interest beyond all bounds")
}
