//! What still speaks of money that a scenario does not have.

use std::collections::HashSet;

use recoup_deal::{Deal, RiskEvent};

use super::presales::Sale;

/// Takes out uncertain numbers and assumptions about instruments that are gone and estimates that are sold: a fixed
/// price is not drawn.
pub(super) fn tidy(deal: &mut Deal, before: &Deal, sale: &Sale) {
    let stack: HashSet<&str> = deal.instruments.iter().map(|one| one.id.as_str()).collect();
    let gone = before.instruments.iter().filter(|one| !stack.contains(one.id.as_str()));
    let mut heads: Vec<String> = gone.map(|one| format!("instruments[{}]", one.id)).collect();
    heads.extend(sale.sources.iter().map(|source| format!("revenue.sources[{source}].estimate")));
    let amounts = before.instruments.iter().filter(|one| {
        let now = deal.instruments.iter().find(|now| now.id == one.id);
        now.is_some_and(|now| now.amount != one.amount)
    });
    heads.extend(amounts.map(|one| format!("instruments[{}].amount", one.id)));
    let speaks = |path: &str| heads.iter().any(|head| path.starts_with(head.as_str()));
    let stack: HashSet<String> = stack.into_iter().map(str::to_owned).collect();
    deal.risk.drivers.retain_mut(|driver| {
        let named = driver.paths.len();
        driver.paths.retain(|path| !speaks(path));
        let of_buyer = match &driver.event {
            Some(RiskEvent::BuyerDefault(buyer)) => stack.contains(&buyer.instrument),
            _ => true,
        };
        of_buyer && (named == 0 || !driver.paths.is_empty())
    });
    let drivers: HashSet<String> = deal.risk.drivers.iter().map(|driver| driver.id.clone()).collect();
    deal.risk.correlations.retain(|one| drivers.contains(&one.one) && drivers.contains(&one.other));
    deal.assumptions.retain(|one| !speaks(&one.path) && !one.path.starts_with("recoupment"));
}
