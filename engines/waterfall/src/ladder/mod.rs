//! Breakeven: how large a forecast has to be until each claim has been paid out

mod search;

use std::sync::Arc;

use recoup_calendar::Date;
use recoup_deal::recoupment::RecoupmentPlan;
use recoup_money::Money;
use serde::Serialize;

use crate::{
    compile::compile,
    error::WaterfallError,
    exact::saturate,
    inputs::{RunInputs, with_declared},
    plan::Plan,
    probe::Probe,
};
use search::{Run, Scaled, Search};

/// One rung: a claim with a limit, and what pays it out.
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
    /// The least worldwide gross, with every estimate of the revenue plan scaled alike, at which nothing is
    /// owed to it any more; none when even a thousand times the estimates would not do, or when only
    /// receipts are known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub gross: Option<Money>,
}

/// Receipts that follow from something that can be larger or smaller.
///
/// A larger size should bring no receipt down; what is found is then the least size there is. Where that
/// does not hold, it is one at which the claim is paid out and a step below which it is not.
pub trait Forecast {
    /// The size as it stands, in minor units.
    fn size(&self) -> i64;

    /// How close to the least size is close enough, in minor units.
    fn tolerance(&self) -> i64 {
        1
    }

    /// What is told as the answer when the search ends at a size. It rises with the size.
    fn told(&mut self, size: i64) -> i64;

    /// Writes what each receipt comes to at a size, in the order of the inputs.
    fn receipts(&mut self, size: i64, amounts: &mut [i64]);
}

/// How far a forecast is stretched before a claim is said never to be paid out.
const FURTHEST: i64 = 1_000;

/// The receipts each limited claim needs, found on the executor itself: every receipt is scaled in
/// proportion and rounded down to a minor unit, so more in total is nowhere less, and the least
/// total is found to the minor unit.
pub fn breakeven_ladder(plan: &RecoupmentPlan, inputs: &RunInputs) -> Result<Vec<Breakeven>, WaterfallError> {
    breakeven_of(plan, inputs, None, &mut InProportion::new(inputs))
}

/// As [`breakeven_ladder`], over any forecast, to its own tolerance: `receipts` of a rung is what the
/// forecast tells. Reserves let go what falls due by `until`, the end of the statements, though the last
/// receipt comes before.
pub fn breakeven_of(
    plan: &RecoupmentPlan,
    inputs: &RunInputs,
    until: Option<Date>,
    forecast: &mut dyn Forecast,
) -> Result<Vec<Breakeven>, WaterfallError> {
    let compiled = compile(plan, inputs.currency)?;
    let inputs = with_declared(plan, inputs);
    let limited = limited(&compiled);
    let (size, tolerance) = (forecast.size(), forecast.tolerance());
    // Receipts that come in as one may each shift a rounding.
    let coarse = tolerance > 2 * inputs.receipts.len() as i64;
    let probe = Probe::new(&compiled, &inputs, until, coarse)?;
    let amounts = vec![0; inputs.receipts.len()];
    let mut rungs = Rungs { probe, limited: &limited, forecast, amounts };
    let mut search = Search::new(size, size.saturating_mul(FURTHEST), tolerance, &mut rungs);
    let mut out = Vec::with_capacity(limited.len());
    for (rung, node) in limited.iter().enumerate() {
        let payee = compiled.share(*node).and_then(|share| share.payee);
        let found = if size > 0 { search.least(rung)? } else { None };
        out.push(Breakeven {
            tier: Arc::clone(&compiled.nodes[*node as usize].id),
            payee: payee.map(|party| Arc::clone(&compiled.parties[party as usize])),
            receipts: found.map(|told| Money::new(told, inputs.currency)),
            gross: None,
        });
    }
    Ok(out)
}

/// A forecast run through a plan.
struct Rungs<'a> {
    probe: Probe<'a>,
    limited: &'a [u32],
    forecast: &'a mut dyn Forecast,
    amounts: Vec<i64>,
}

impl Scaled for Rungs<'_> {
    fn run(&mut self, size: i64) -> Result<Run, WaterfallError> {
        self.forecast.receipts(size, &mut self.amounts);
        let end = self.probe.play(&self.amounts)?;
        Ok(Run {
            told: self.forecast.told(size),
            owed: self.limited.iter().map(|node| end.still_owed(*node)).collect(),
            passed: self.limited.iter().map(|node| end.passed(*node)).collect(),
        })
    }

    fn told(&mut self, size: i64) -> i64 {
        self.forecast.told(size)
    }
}

/// Claims with a limit that somebody is credited for, in the plan's order.
fn limited(plan: &Plan) -> Vec<u32> {
    let has =
        |node: &u32| plan.share(*node).is_some_and(|share| share.limit.is_some() && share.payee.is_some());
    (0..plan.nodes.len() as u32).filter(has).collect()
}

/// Every receipt of a forecast scaled alike.
struct InProportion {
    base: Vec<i64>,
    total: i128,
}

impl InProportion {
    fn new(inputs: &RunInputs) -> Self {
        let base: Vec<i64> = inputs.receipts.iter().map(|receipt| receipt.amount.minor()).collect();
        let total = base.iter().map(|minor| i128::from(*minor)).sum();
        InProportion { base, total }
    }

    fn scaled(&self, base: i64, size: i64) -> i128 {
        i128::from(base) * i128::from(size) / self.total.max(1)
    }
}

impl Forecast for InProportion {
    fn size(&self) -> i64 {
        saturate(self.total)
    }

    fn told(&mut self, size: i64) -> i64 {
        saturate(self.base.iter().map(|base| self.scaled(*base, size)).sum())
    }

    fn receipts(&mut self, size: i64, amounts: &mut [i64]) {
        for (amount, base) in amounts.iter_mut().zip(&self.base) {
            *amount = saturate(self.scaled(*base, size));
        }
    }
}
