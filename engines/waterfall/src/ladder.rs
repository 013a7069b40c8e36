//! Breakeven: the receipts at which each claim has been paid out

use std::sync::Arc;

use recoup_deal::recoupment::RecoupmentPlan;
use recoup_money::Money;
use serde::Serialize;

use crate::{
    compile::compile, error::WaterfallError, exact::saturate, inputs::RunInputs, plan::Plan,
    recoup::with_declared, run::Run,
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
/// total is found by halving to the minor unit.
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

struct Scale<'a> {
    plan: &'a Plan,
    inputs: RunInputs,
    base: Vec<i64>,
    total: i128,
}

impl<'a> Scale<'a> {
    fn new(plan: &'a Plan, inputs: &RunInputs) -> Self {
        let base: Vec<i64> = inputs.receipts.iter().map(|receipt| receipt.amount.minor()).collect();
        let total = base.iter().map(|minor| i128::from(*minor)).sum();
        Scale { plan, inputs: inputs.clone(), base, total }
    }

    /// Receipts in proportion, whose sum is at most `total`, and whether `node` is paid out after them.
    fn at(&mut self, total: i128, node: u32) -> Result<(bool, i128), WaterfallError> {
        let mut sum = 0;
        for (receipt, base) in self.inputs.receipts.iter_mut().zip(&self.base) {
            let scaled = i128::from(*base) * total / self.total;
            sum += scaled;
            receipt.amount = Money::new(saturate(scaled), self.inputs.currency);
        }
        let mut run = Run::new(self.plan, &self.inputs, &[], true);
        run.play(&self.inputs.timeline())?;
        Ok((run.is_paid_out(node), sum))
    }

    fn least(&mut self, node: u32) -> Result<Option<Money>, WaterfallError> {
        if self.total <= 0 {
            return Ok(None);
        }
        let (mut low, mut high) = (0, self.total);
        if self.at(0, node)?.0 {
            return Ok(Some(Money::zero(self.inputs.currency)));
        }
        while !self.at(high, node)?.0 {
            if high >= self.total * FURTHEST {
                return Ok(None);
            }
            low = high;
            high = (high * 4).min(self.total * FURTHEST);
        }
        while high - low > 1 {
            let middle = low + (high - low) / 2;
            if self.at(middle, node)?.0 {
                high = middle;
            } else {
                low = middle;
            }
        }
        let (_, sum) = self.at(high, node)?;
        Ok(Some(Money::new(saturate(sum), self.inputs.currency)))
    }
}
