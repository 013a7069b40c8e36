//! Contracts that end: said before they do, and when they have

use std::collections::HashMap;

use recoup_calendar::Date;
use recoup_deal::{
    Finding, Severity,
    recoupment::{Change, PlanContract, RecoupmentPlan, Takes, Tier},
};
use recoup_money::Money;

use crate::{recoup::Recoupment, run::Lapsed};

/// What a run has to say about the contracts of its plan: shares that lapsed although money came to them, and
/// contracts that end before the statements do.
pub fn expiry_findings(plan: &RecoupmentPlan, recoupment: &Recoupment) -> Vec<Finding> {
    let mut lapsed: HashMap<&str, Vec<&Lapsed>> = HashMap::new();
    for one in &recoupment.lapsed {
        lapsed.entry(one.tier.as_ref()).or_default().push(one);
    }
    let horizon = recoupment.periods.last().map(|period| period.end);
    let mut out = Vec::new();
    for (path, tier) in plan.positions() {
        let Some(contract) = contract_of(tier) else { continue };
        let Some(row) = plan.contracts.iter().find(|row| row.id == contract) else { continue };
        let path = format!("{path}.takes.contract");
        match lapsed.get(tier.id.as_str()).map(Vec::as_slice) {
            Some([first, rest @ ..]) => {
                let last = rest.last().unwrap_or(first);
                out.push(expired(path, tier, (first, last), sum(first, rest)));
            }
            Some([]) | None => out.extend(ends(path, tier, row, plan, horizon)),
        }
    }
    out
}

/// The contract a share, or a part that walks another order, is under.
pub(crate) fn contract_of(tier: &Tier) -> Option<&str> {
    match &tier.takes {
        Takes::Share(share) => share.contract.as_deref(),
        Takes::Enters(part) => part.contract.as_deref(),
        Takes::Together(_) | Takes::Steps(_) | Takes::Reserve(_) => None,
    }
}

fn name(tier: &Tier) -> String {
    tier.label.clone().unwrap_or_else(|| tier.id.clone())
}

fn sum(first: &Lapsed, rest: &[&Lapsed]) -> Money {
    let minor = rest.iter().map(|one| one.would_have.minor()).sum::<i64>();
    Money::new(first.would_have.minor().saturating_add(minor), first.would_have.currency())
}

fn expired(path: String, tier: &Tier, (first, last): (&Lapsed, &Lapsed), amount: Money) -> Finding {
    let day = last.ended.or(first.begins).unwrap_or(first.date);
    let found = Finding::new(Severity::Question, "CONTRACT_EXPIRED", path)
        .with("contract", first.contract.as_ref())
        .with("tier", name(tier))
        .with("first", first.date)
        .with("last", last.date)
        .with("day", day)
        .with("amount", amount);
    if last.ended.is_some() { found } else { found.case("not_begun") }
}

/// The last day of a contract as the plan amends it.
pub(crate) fn last_day(plan: &RecoupmentPlan, contract: &PlanContract) -> Option<Date> {
    let mut amended: Vec<(Date, Date)> = plan
        .amendments
        .iter()
        .filter_map(|amendment| match &amendment.change {
            Change::Contract { contract: of, to: Some(to), .. } if *of == contract.id => {
                Some((amendment.date, *to))
            }
            _ => None,
        })
        .collect();
    amended.sort_by_key(|(from, _)| *from);
    amended.last().map(|(_, to)| *to).or(contract.to)
}

fn ends(
    path: String,
    tier: &Tier,
    contract: &PlanContract,
    plan: &RecoupmentPlan,
    horizon: Option<Date>,
) -> Option<Finding> {
    let day = last_day(plan, contract)?;
    horizon.filter(|horizon| day < *horizon)?;
    Some(
        Finding::new(Severity::Note, "CONTRACT_ENDS", path)
            .with("contract", &contract.id)
            .with("tier", name(tier))
            .with("day", day),
    )
}
