//! How far the claims with a limit have come

use std::collections::HashMap;

use recoup_deal::Deal;
use recoup_waterfall::Recoupment;

use super::FlowStanding;

/// The open claims at the end of every period, as the statements say.
pub(super) fn standings(deal: &Deal, recoupment: &Recoupment) -> Vec<FlowStanding> {
    let order: HashMap<String, usize> = deal
        .recoupment
        .iter()
        .flat_map(|plan| plan.positions())
        .enumerate()
        .map(|(place, (_, tier))| (tier.id.clone(), place))
        .collect();
    let mut open: Vec<Vec<(usize, String)>> = vec![Vec::new(); recoupment.periods.len()];
    for statement in &recoupment.statements {
        let Some(open) = open.get_mut(statement.period as usize) else { continue };
        for line in &statement.lines {
            let (Some(tier), Some(_)) = (&line.tier, line.entitlement) else { continue };
            if line.outstanding.is_positive() {
                open.push((order.get(tier.as_ref()).copied().unwrap_or(usize::MAX), tier.to_string()));
            }
        }
    }
    open.into_iter()
        .map(|mut open| {
            open.sort();
            FlowStanding { open: open.into_iter().map(|(_, tier)| tier).collect() }
        })
        .collect()
}
