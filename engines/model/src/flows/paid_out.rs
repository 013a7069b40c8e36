//! From the collection account down the tiers to people

use recoup_deal::Deal;
use recoup_deal::recoupment::{Role, Share, Takes, Tier};

use super::{FlowColumn, FlowSeries, FlowTerm, FlowView, Net};
use crate::outcome::Outcome;

impl Net<'_> {
    /// What every tier takes, to whom it goes, what is held and what is left over.
    pub(super) fn paid_out(&mut self, deal: &Deal, view: &FlowView) {
        let Some(plan) = &deal.recoupment else { return };
        for tier in &plan.tiers {
            self.tier(deal, tier, view);
        }
        let account = self.account();
        if let Some(party) = &plan.residual {
            let at = self.station(FlowColumn::Tiers, "residual".to_owned(), "residual", None);
            let to = self.party(deal, party);
            self.add_family((account, at), "recoupment.residual", false);
            self.add_family((at, to), "recoupment.residual", false);
        } else if !self.family("recoupment.left_over").is_empty() {
            let to = self.station(FlowColumn::People, "left_over".to_owned(), "left_over", None);
            self.add_family((account, to), "recoupment.left_over", false);
        }
    }

    /// One station for a tier; one for each member of a group that is opened.
    fn tier(&mut self, deal: &Deal, tier: &Tier, view: &FlowView) {
        if !tier.members().is_empty() && view.open.contains(&tier.id) {
            for member in tier.members() {
                self.tier(deal, member, view);
            }
            return;
        }
        let word = role_word(tier.role);
        let at = self.station(FlowColumn::Tiers, format!("tier:{}", tier.id), &word, tier.label.as_deref());
        self.stations[at].members = tier.members().iter().map(|member| member.id.clone()).collect();
        self.claims(deal, tier, at);
    }

    fn claims(&mut self, deal: &Deal, tier: &Tier, at: usize) {
        for member in tier.members() {
            self.claims(deal, member, at);
        }
        let account = self.account();
        let paid = format!("recoupment.claims.{}.paid", tier.id);
        match &tier.takes {
            Takes::Share(share) => {
                self.add_family((account, at), &paid, false);
                self.share(deal, tier, share, at);
            }
            Takes::Reserve(_) => {
                let released = format!("recoupment.claims.{}.released", tier.id);
                let held = self.station(FlowColumn::People, "held".to_owned(), "held", None);
                for between in [(account, at), (at, held)] {
                    self.add_family(between, &paid, false);
                    self.add_family(between, &released, true);
                }
            }
            Takes::Together(_) | Takes::Steps(_) | Takes::Enters(_) => {}
        }
    }

    /// The payee receives what is paid less what is assigned to others. A claim that changed hands names who held it
    /// at each payment.
    fn share(&mut self, deal: &Deal, tier: &Tier, share: &Share, at: usize) {
        let stem = format!("recoupment.claims.{}", tier.id);
        let held = |party: &str| format!("{stem}.paid_to.{party}");
        let holders: Vec<String> = deal
            .parties
            .iter()
            .map(|party| party.id.clone())
            .filter(|party| !self.family(&held(party)).is_empty())
            .collect();
        for assigned in &share.assigned {
            let to = self.party(deal, &assigned.to);
            self.add_family((at, to), &format!("{stem}.assigned.{}", assigned.to), false);
        }
        if holders.is_empty() {
            let payee = self.party(deal, &share.payee);
            self.add_family((at, payee), &format!("{stem}.paid"), false);
            for assigned in &share.assigned {
                self.add_family((at, payee), &format!("{stem}.assigned.{}", assigned.to), true);
            }
            return;
        }
        for holder in holders {
            let payee = self.party(deal, &holder);
            self.add_family((at, payee), &held(&holder), false);
            for assigned in &share.assigned {
                let given = format!("{stem}.assigned.{}.by.{holder}", assigned.to);
                self.add_family((at, payee), &given, true);
            }
        }
    }

    fn party(&mut self, deal: &Deal, id: &str) -> usize {
        let party = deal.parties.iter().find(|party| party.id == id);
        let role = party.and_then(|party| serde_json::to_value(party.role).ok());
        let word = role.as_ref().and_then(|role| role.as_str()).unwrap_or("other").to_owned();
        let name = party.map_or(id, |party| party.name.as_str());
        self.station(FlowColumn::People, format!("party:{id}"), &word, Some(name))
    }

    fn leaving(&self, station: usize) -> FlowSeries {
        let mut all = FlowSeries::empty(self.ends.len());
        for series in self.streams.iter().filter(|((from, _), _)| *from == station).map(|(_, series)| series)
        {
            all.extend(series);
        }
        all
    }

    /// Refunds that no receipt has made good yet: what has gone out beyond what has come in.
    pub(super) fn refunds(&mut self) {
        let account = self.account();
        let mut open = FlowSeries::empty(self.ends.len());
        for ((_, to), series) in &self.streams {
            let is_out = self.stations[*to].column == FlowColumn::People;
            if !is_out && *to != account {
                continue;
            }
            for period in 0..self.ends.len() {
                for term in series.terms(period) {
                    open.add(period, FlowTerm { node: term.node, minus: term.minus == is_out });
                }
            }
        }
        let from = self.station(FlowColumn::Sources, "refunds".to_owned(), "refunds", None);
        self.streams.insert((from, account), open);
    }

    /// What all of it comes to.
    pub(super) fn totals(&self, deal: &Deal, outcome: &Outcome) -> Vec<(&'static str, FlowSeries)> {
        let mut gross = FlowSeries::empty(self.ends.len());
        for quarter in outcome.receipts.sources.iter().flat_map(|source| &source.quarters) {
            gross.add(self.period(quarter.date), FlowTerm { node: quarter.gross, minus: false });
        }
        let mut shared = FlowSeries::empty(self.ends.len());
        let plan = deal.recoupment.as_ref();
        for (_, tier) in plan.map(|plan| plan.positions()).unwrap_or_default() {
            if tier.role == Role::NetProfits && matches!(tier.takes, Takes::Share(_)) {
                for (period, node) in self.family(&format!("recoupment.claims.{}.paid", tier.id)) {
                    shared.add(period, FlowTerm { node, minus: false });
                }
            }
        }
        let refunds = self.places.get("refunds").copied();
        let entering = |of: &dyn Fn(&str) -> bool| {
            let mut all = FlowSeries::empty(self.ends.len());
            let here = |from: usize, to: usize| Some(from) != refunds && of(&self.stations[to].id);
            for series in
                self.streams.iter().filter(|((from, to), _)| here(*from, *to)).map(|(_, series)| series)
            {
                all.extend(series);
            }
            all
        };
        vec![
            ("gross", gross),
            ("received", entering(&|id| id == "account")),
            ("paid", entering(&|id| id.starts_with("party:"))),
            ("held", entering(&|id| id == "held")),
            ("left_over", entering(&|id| id == "left_over")),
            ("shared", shared),
            (
                "refunds",
                refunds.map_or_else(|| FlowSeries::empty(self.ends.len()), |from| self.leaving(from)),
            ),
        ]
    }
}

/// The word of a role in the document.
fn role_word(role: Role) -> String {
    let word = serde_json::to_value(role).ok();
    word.as_ref().and_then(|word| word.as_str()).unwrap_or("other").to_owned()
}
