//! From windows and territories to the collection account

use std::collections::{BTreeMap, BTreeSet};

use recoup_deal::{Deal, revenue::RevenueSource};
use recoup_revenue::{Kept, SourceReceipts};

use super::{FlowColumn, Net};
use crate::outcome::Outcome;

impl Net<'_> {
    /// What the film earns, what is kept on its way, and what else reaches the account.
    pub(super) fn money_in(&mut self, deal: &Deal, outcome: &Outcome) {
        let by_window = windows_apart(deal);
        for receipts in &outcome.receipts.sources {
            let Some(source) = deal.revenue.sources.iter().find(|source| source.id == receipts.source) else {
                continue;
            };
            let collector = collector(deal, source);
            let apart = collector.is_some_and(|collector| by_window.contains(collector));
            self.source(deal, source, receipts, collector, apart);
        }
        for payment in outcome.capital.iter().flat_map(|capital| &capital.to_collection) {
            let id = format!("surplus:{}", payment.source);
            let from = self.station(FlowColumn::Sources, id, &payment.source, None);
            let to = self.account();
            self.add((from, to), self.period(payment.date), payment.amount, false);
        }
        let contributions = self.family("recoupment.contributions");
        if !contributions.is_empty() {
            let from = self.station(FlowColumn::Sources, "contributions".to_owned(), "contributions", None);
            let to = self.account();
            self.add_family((from, to), "recoupment.contributions", false);
        }
        self.account();
    }

    fn source(
        &mut self,
        deal: &Deal,
        source: &RevenueSource,
        receipts: &SourceReceipts,
        collector: Option<&str>,
        by_window: bool,
    ) {
        let window = serde_json::to_value(source.window).ok();
        let window = window.as_ref().and_then(|word| word.as_str()).unwrap_or("other");
        let from = if by_window {
            self.station(FlowColumn::Sources, format!("window:{window}"), window, None)
        } else {
            let id = format!("source:{}", source.id);
            self.station(FlowColumn::Sources, id, window, Some(&source.label))
        };
        let by = collector.map(|id| {
            let name = collector_name(deal, id);
            self.station(FlowColumn::Collectors, format!("by:{id}"), "collector", Some(name))
        });
        let account = self.account();
        for quarter in &receipts.quarters {
            let period = self.period(quarter.date);
            if let Some(by) = by {
                self.add((from, by), period, quarter.gross, false);
            }
            for kept in &quarter.kept {
                // Cinemas and tax offices are first: what they keep never reaches whoever collects.
                let first = matches!(kept.kind, Kept::Exhibitors | Kept::Withholding);
                let word = kept.kind.word();
                let off = self.station(FlowColumn::Account, format!("off:{word}"), word, None);
                match by {
                    Some(by) if first => {
                        self.add((from, by), period, kept.amount, true);
                        self.add((from, off), period, kept.amount, false);
                    }
                    Some(by) => self.add((by, off), period, kept.amount, false),
                    None => self.add((from, off), period, kept.amount, false),
                }
            }
            self.add((by.unwrap_or(from), account), period, quarter.to_account, false);
        }
    }
}

/// Who collects the money of a source first: its distributor, or the agent who sells it. A contract that names nobody
/// stands for its party.
fn collector<'a>(deal: &'a Deal, source: &RevenueSource) -> Option<&'a str> {
    let contract = source
        .distribution
        .as_ref()
        .and_then(|id| deal.revenue.distribution.iter().find(|contract| contract.id == *id))
        .map(|contract| contract.distributor.as_deref().unwrap_or(&contract.id));
    let agency = || {
        let id = source.sales_agency.as_ref()?;
        let agency = deal.revenue.sales_agencies.iter().find(|agency| agency.id == *id)?;
        Some(agency.agent.as_deref().unwrap_or(&agency.id))
    };
    contract.or_else(agency)
}

/// What the one who collects is called.
fn collector_name<'a>(deal: &'a Deal, id: &'a str) -> &'a str {
    let party = deal.parties.iter().find(|party| party.id == id).map(|party| party.name.as_str());
    let contract = || deal.revenue.distribution.iter().find(|contract| contract.id == id)?.label.as_deref();
    party.or_else(contract).unwrap_or(id)
}

/// Collectors whose money comes through more windows than from territories: theirs is told by window.
fn windows_apart(deal: &Deal) -> BTreeSet<String> {
    let mut seen: BTreeMap<&str, (BTreeSet<String>, BTreeSet<&[String]>)> = BTreeMap::new();
    for source in &deal.revenue.sources {
        let Some(collector) = collector(deal, source) else { continue };
        let (windows, territories) = seen.entry(collector).or_default();
        windows.insert(format!("{:?}", source.window));
        territories.insert(source.territories.as_slice());
    }
    let apart = seen.into_iter().filter(|(_, (windows, territories))| windows.len() > territories.len());
    apart.map(|(collector, _)| collector.to_owned()).collect()
}
