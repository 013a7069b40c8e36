//! Breakeven: the receipts at which each claim has been paid out

use std::sync::Arc;

use recoup_deal::recoupment::RecoupmentPlan;
use recoup_money::Money;
use serde::Serialize;

use crate::{
    compile::compile,
    error::WaterfallError,
    exact::{Exact, mul_div, saturate},
    inputs::RunInputs,
    plan::Plan,
    recoup::with_declared,
    run::Run,
};

/// One rung: a claim with a limit, and the receipts that pay it out.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Breakeven {
    /// The tier or member.
    pub tier: Arc<str>,
    /// Who is credited; none for a reserve.
    pub payee: Option<Arc<str>>,
    /// The least total receipts, in the proportions of the forecast, at which nothing is owed to
    /// it any more; none when even a thousand times the forecast would not do, or when there is no
    /// forecast to scale.
    pub receipts: Option<Money>,
}

/// How far the forecast is stretched before a claim is said never to be paid out.
const FURTHEST: i128 = 1_000;

/// The receipts each limited claim needs, found on the executor itself: every receipt is scaled in
/// proportion and rounded down to a minor unit, so more in total is nowhere less, and the least
/// total is found to the minor unit.
pub fn breakeven_ladder(plan: &RecoupmentPlan, inputs: &RunInputs) -> Result<Vec<Breakeven>, WaterfallError> {
    let compiled = compile(plan, inputs.currency)?;
    let inputs = with_declared(plan, inputs);
    let mut scale = Scale::new(&compiled, &inputs);
    let mut out = Vec::new();
    for node in 0..compiled.nodes.len() as u32 {
        if compiled.share(node).is_none_or(|share| share.limit.is_none() || share.payee.is_none()) {
            continue;
        }
        let payee = compiled.share(node).and_then(|share| share.payee);
        out.push(Breakeven {
            tier: Arc::clone(&compiled.nodes[node as usize].id),
            payee: payee.map(|party| Arc::clone(&compiled.parties[party as usize])),
            receipts: scale.least(node)?,
        });
    }
    Ok(out)
}

const MOST_TRIALS: u32 = 200;

/// One run of the scaled forecast.
struct Trial {
    /// The total aimed at.
    total: i128,
    /// The receipts it came to.
    receipts: i128,
    /// What every tier and member is owed after it; nothing is owed without a limit.
    owed: Vec<Exact>,
}

struct Scale<'a> {
    plan: &'a Plan,
    inputs: RunInputs,
    base: Vec<i64>,
    total: i128,
    /// In order of the total. What one claim asked for answers the next one too.
    trials: Vec<Trial>,
}

impl<'a> Scale<'a> {
    fn new(plan: &'a Plan, inputs: &RunInputs) -> Self {
        let base: Vec<i64> = inputs.receipts.iter().map(|receipt| receipt.amount.minor()).collect();
        let total = base.iter().map(|minor| i128::from(*minor)).sum();
        Scale { plan, inputs: inputs.clone(), base, total, trials: Vec::new() }
    }

    /// Runs receipts in proportion, whose sum is at most `total`, and returns what `node` is owed.
    fn owed(&mut self, total: i128, node: u32) -> Result<Exact, WaterfallError> {
        let place = match self.trials.binary_search_by_key(&total, |trial| trial.total) {
            Ok(place) => place,
            Err(place) => {
                let trial = self.run(total)?;
                self.trials.insert(place, trial);
                place
            }
        };
        Ok(self.trials[place].owed[node as usize])
    }

    fn run(&mut self, total: i128) -> Result<Trial, WaterfallError> {
        let mut receipts = 0;
        for (receipt, base) in self.inputs.receipts.iter_mut().zip(&self.base) {
            let scaled = i128::from(*base) * total / self.total;
            receipts += scaled;
            receipt.amount = Money::new(saturate(scaled), self.inputs.currency);
        }
        let mut run = Run::new(self.plan, &self.inputs, &[], true);
        run.play(&self.inputs.timeline())?;
        let owed = (0..self.plan.nodes.len() as u32).map(|node| run.still_owed(node)).collect();
        Ok(Trial { total, receipts, owed })
    }

    fn least(&mut self, node: u32) -> Result<Option<Money>, WaterfallError> {
        if self.total <= 0 {
            return Ok(None);
        }
        self.owed(0, node)?;
        let mut furthest = self.total;
        while self.owed(furthest, node)? > 0 {
            if furthest >= self.total * FURTHEST {
                return Ok(None);
            }
            furthest = (furthest * 4).min(self.total * FURTHEST);
        }
        let mut turn = 0u32;
        loop {
            let paid_out = self.trials.partition_point(|trial| trial.owed[node as usize] > 0);
            let Some(above) = self.trials.get(paid_out) else { return Ok(None) };
            let Some(below) = paid_out.checked_sub(1).map(|place| &self.trials[place]) else {
                return Ok(Some(Money::new(saturate(above.receipts), self.inputs.currency)));
            };
            let (low, high) = (below.total, above.total);
            // A plan whose limits grow with receipts may have no single crossing; then the nearest found stands.
            if high - low <= 1 || turn > MOST_TRIALS {
                return Ok(Some(Money::new(saturate(above.receipts), self.inputs.currency)));
            }
            let next = self.guess(node, paid_out, turn).clamp(low + 1, high - 1);
            turn += 1;
            self.owed(next, node)?;
        }
    }

    /// Between two thresholds what is owed falls in a straight line, so the line through the last
    /// two trials below mostly points at the answer; the steps between look close to what is known,
    /// and every third halves, so that the search ends on any plan.
    fn guess(&self, node: u32, paid_out: usize, turn: u32) -> i128 {
        let owed = |place: usize| self.trials[place].owed[node as usize];
        let (low, high) = (self.trials[paid_out - 1].total, self.trials[paid_out].total);
        let line = paid_out.checked_sub(2).map(|before| {
            let (run, fall) = (low - self.trials[before].total, owed(before) - owed(paid_out - 1));
            low + mul_div(owed(paid_out - 1), run, fall.max(1)) + 1
        });
        match (turn % 3, line) {
            (0, Some(line)) => line,
            (1, Some(_)) if turn < 24 => high - (1 << (turn / 3)),
            _ => low + (high - low) / 2,
        }
    }
}
