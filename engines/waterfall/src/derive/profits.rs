//! What is left when everybody has recouped.

use recoup_deal::recoupment::{Ratio, Role, Share, Split, Takes, Tier, Together};
use recoup_deal::{Instrument, Terms};
use rust_decimal::Decimal;

use super::claims::{Positions, ratio, recoups};
use super::tiers::{CustomKind, claim, share};

const NET: &str = "net-profits";

impl Positions<'_> {
    /// Net profits: the typed shares; where no investor has one, half for those who invested; the rest for the
    /// producer. Shares that add up to more than the whole stay as they are typed, and the plan's check says so.
    pub(super) fn net_profits(&mut self, producer: Option<&str>) {
        let mut members = Vec::new();
        let mut given = Decimal::ZERO;
        for one in &self.deal.instruments {
            let Some((part, rate)) = typed(one).and_then(|part| Some((part, ratio(part)?))) else { continue };
            given += part;
            let id = format!("{}-profit", one.id);
            let payee = self.payee(one, &id);
            members.push(profit(&id, &one.name, Share { rate, ..share(&payee) }));
        }
        let investors = self.of_kind(recoups);
        if !investors.is_empty() && investors.iter().all(|one| typed(one).is_none()) {
            let half = Decimal::new(5, 1).min(Decimal::ONE - given);
            if half > Decimal::ZERO {
                let group = self.half(&investors, half);
                members.push(group);
                given += half;
                self.note(NET, CustomKind::InvestorsHalf);
            }
        }
        let rest = Decimal::ONE - given;
        if let Some((producer, rate)) = producer.zip(ratio(rest).filter(|_| rest > Decimal::ZERO)) {
            members.push(profit("producer-profit", "Producer", Share { rate, ..share(producer) }));
            self.note(NET, CustomKind::ProducersRest);
        }
        if members.is_empty() {
            return;
        }
        let takes = Takes::Together(Together {
            members,
            base_rate: Ratio::default(),
            split: Split::Fixed,
            shortfall_borne_by: None,
        });
        let mut tier = claim(NET, "Net profits", Role::NetProfits, "", None);
        tier.takes = takes;
        self.add(Some(tier));
    }

    fn half(&mut self, investors: &[&Instrument], half: Decimal) -> Tier {
        let mut members = Vec::with_capacity(investors.len());
        for one in investors {
            let id = format!("{}-profit", one.id);
            let payee = self.payee(one, &id);
            let takes = Share { in_proportion_to: Some(one.id.clone()), ..share(&payee) };
            members.push(profit(&id, &one.name, takes));
        }
        let mut tier = claim("investors-profit", "Investors", Role::NetProfits, "", None);
        tier.takes = Takes::Together(Together {
            members,
            base_rate: ratio(half).unwrap_or_default(),
            split: Split::Invested,
            shortfall_borne_by: None,
        });
        tier
    }
}

fn profit(id: &str, label: &str, takes: Share) -> Tier {
    let mut tier = claim(id, label, Role::NetProfits, "", None);
    tier.takes = Takes::Share(takes);
    tier
}

/// The share of net profits that an instrument was promised.
fn typed(one: &Instrument) -> Option<Decimal> {
    let share = match &one.terms {
        Terms::Equity(terms) | Terms::ProducerInvestment(terms) => terms.profit_share,
        Terms::CoProducerContribution(terms) => terms.profit_share,
        Terms::Mezzanine(terms) => terms.profit_share,
        _ => None,
    };
    share.filter(|share| *share > Decimal::ZERO)
}
