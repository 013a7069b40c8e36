//! Contracts without days, conditions that never hold, amendments of what cannot be meant

use std::collections::HashSet;

use recoup_deal::{
    Finding, Severity,
    recoupment::{Change, Condition, Limit, RecoupmentPlan, Relation, Takes, Target, Tier},
};

use super::party_known;
use crate::expiry::{contract_of, last_day};

/// Shares under a contract that neither begins nor ends.
pub(super) fn undated(plan: &RecoupmentPlan, out: &mut Vec<Finding>) {
    for (path, tier) in plan.positions() {
        let Some(contract) = contract_of(tier) else { continue };
        let Some(row) = plan.contracts.iter().find(|row| row.id == contract) else { continue };
        if row.from.is_none() && last_day(plan, row).is_none() {
            let path = format!("{path}.takes.contract");
            out.push(
                Finding::new(Severity::Note, "CONTRACT_UNDATED", path)
                    .with("contract", contract)
                    .with("tier", tier.label.as_ref().unwrap_or(&tier.id)),
            );
        }
    }
}

/// New holders that are nobody, and amendments that take a rate out of its range.
pub(super) fn amendments(plan: &RecoupmentPlan, parties: &HashSet<&str>, out: &mut Vec<Finding>) {
    for amendment in &plan.amendments {
        let path = format!("recoupment.amendments[{}].change", amendment.id);
        match &amendment.change {
            Change::Payee { payee, .. } => party_known(&format!("{path}.payee"), payee, parties, out),
            Change::Rate { rate, .. } => super::rate_in_range(&format!("{path}.rate"), *rate, out),
            Change::Contract { .. } | Change::Limit { .. } | Change::ExpenseCap { .. } => {}
        }
    }
}

/// Conditions that nothing can fulfil, and the claims that wait for them in vain.
pub(super) fn thresholds(plan: &RecoupmentPlan, out: &mut Vec<Finding>) {
    let positions = plan.positions();
    for (path, tier) in &positions {
        let conditions = match &tier.takes {
            Takes::Share(share) => &share.conditions,
            Takes::Enters(part) => &part.conditions,
            Takes::Together(_) | Takes::Steps(_) | Takes::Reserve(_) => continue,
        };
        for (index, condition) in conditions.iter().enumerate() {
            // One of several in an "any" may be out of reach; each of the list has to hold.
            if let Some(why) = never(plan, &positions, condition) {
                let at = format!("{path}.takes.while[{index}]");
                out.push(match why {
                    Never::Event(event) => {
                        Finding::new(Severity::Question, "CONDITION_NEVER_HOLDS", at).with("event", event)
                    }
                    Never::Limit(tier) => Finding::new(Severity::Question, "CONDITION_NEVER_HOLDS", at)
                        .case("limit")
                        .with("tier", tier),
                    Never::Counts(series) => Finding::new(Severity::Question, "CONDITION_NEVER_HOLDS", at)
                        .case("counts")
                        .with("series", series),
                });
            }
        }
    }
}

enum Never<'p> {
    /// The event is nowhere entered.
    Event(&'p str),
    /// The tier stops at its limit before.
    Limit(&'p str),
    /// The counts do not come so far.
    Counts(&'p str),
}

fn never<'p>(
    plan: &'p RecoupmentPlan,
    positions: &[(String, &'p Tier)],
    condition: &'p Condition,
) -> Option<Never<'p>> {
    match condition {
        Condition::All { of } => of.iter().find_map(|inner| never(plan, positions, inner)),
        Condition::Any { of } => {
            let all = of.iter().map(|inner| never(plan, positions, inner)).collect::<Option<Vec<_>>>()?;
            all.into_iter().next()
        }
        Condition::EventValue { event, .. } => {
            let entered = plan.events.iter().any(|known| known.event == *event);
            (!entered).then_some(Never::Event(event))
        }
        Condition::PaidToTier { tier, is, target: Target::Amount(amount) } if is.opens() => {
            let limit = limit_of(positions, tier)?;
            let short = limit.minor() < amount.minor()
                || *is == Relation::MoreThan && limit.minor() == amount.minor();
            let amended = plan
                .amendments
                .iter()
                .any(|amendment| matches!(&amendment.change, Change::Limit { tier: of, .. } if of == tier));
            (short && !amended).then_some(Never::Limit(tier))
        }
        Condition::Counted { series, is, target } if is.opens() => {
            let row = plan.unit_series.iter().find(|row| row.id == *series)?;
            let mut so_far = 0i64;
            let most = row.counts.iter().fold(0i64, |most, count| {
                so_far = so_far.saturating_add(count.count.max(0));
                most.max(so_far)
            });
            let short = most < *target || *is == Relation::MoreThan && most == *target;
            short.then_some(Never::Counts(series))
        }
        _ => None,
    }
}

fn limit_of(positions: &[(String, &Tier)], id: &str) -> Option<recoup_money::Money> {
    let (_, tier) = positions.iter().find(|(_, tier)| tier.id == id)?;
    match &tier.takes {
        Takes::Share(share) if share.limit_pool.is_none() => match &share.limit {
            Some(Limit::Amount { amount }) => Some(*amount),
            _ => None,
        },
        _ => None,
    }
}
