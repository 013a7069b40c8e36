//! The stack of a scenario, written into its deal.

use std::collections::BTreeMap;

use recoup_deal::instrument::{
    Advance, AdvancePart, AmountRule, Collateral, DrawMethod, Drawdown, Remainder, Security,
};
use recoup_deal::{AllocationKind, Deal, Instrument, Milestone, PartyRole, Terms};
use recoup_money::{Money, Rounding};
use rust_decimal::Decimal;

use super::base::Base;
use super::loans::{Priced, Slot, own, priced};
use super::presales::{Sale, sold};
use super::{Options, claims, tidy};
use crate::template::Wish;

/// Money that stays as the deal has it.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Kept {
    /// The instruments, by id, with their kind.
    pub kinds: BTreeMap<String, AllocationKind>,
    sums: BTreeMap<AllocationKind, Money>,
}

impl Kept {
    pub(super) fn of(&self, kind: AllocationKind, nothing: Money) -> Money {
        self.sums.get(&kind).copied().unwrap_or(nothing)
    }
}

/// The kind of money that an instrument is counted as.
pub(super) fn kind_of(terms: &Terms) -> AllocationKind {
    match terms {
        Terms::Equity(_)
        | Terms::ProducerInvestment(_)
        | Terms::CoProducerContribution(_)
        | Terms::TaxShelter(_) => AllocationKind::Equity,
        Terms::SeniorLoan(_) | Terms::ContractLoan(_) | Terms::InterimFacility(_) | Terms::Bridge(_) => {
            AllocationKind::SeniorDebt
        }
        Terms::CreditLoan(_) => AllocationKind::Incentives,
        Terms::GapLoan(_) => AllocationKind::GapDebt,
        Terms::Mezzanine(_) => AllocationKind::Mezzanine,
        Terms::Presale(_)
        | Terms::NegativePickup(_)
        | Terms::StreamerLicence(_)
        | Terms::CostPlus(_)
        | Terms::BroadcasterLicence(_)
        | Terms::SalesAgentAdvance(_) => AllocationKind::Presales,
        Terms::Grant(_) | Terms::SoftLoan(_) => AllocationKind::Grants,
        Terms::Deferral(_) | Terms::InKind(_) => AllocationKind::Deferrals,
    }
}

/// Whether an instrument is part of every scenario: contracts and public money are agreed with others, and so is what a
/// co-producer brings. Loans and private equity are what a scenario arranges anew.
pub(super) fn is_kept(deal: &Deal, one: &Instrument) -> bool {
    if matches!(one.amount, Some(AmountRule::Remainder(_))) {
        return false;
    }
    match &one.terms {
        Terms::Equity(_) => {
            let role = one.provider.as_ref().and_then(|id| deal.parties.iter().find(|party| party.id == *id));
            role.is_some_and(|party| party.role == PartyRole::PublicFund)
        }
        Terms::ProducerInvestment(_) => false,
        terms => !terms.is_debt(),
    }
}

/// What stays, and what it adds up to.
pub(super) fn kept(base: &Base<'_>) -> Kept {
    let mut kept = Kept::default();
    for one in base.deal.instruments.iter().filter(|one| is_kept(&base.deal, one)) {
        let kind = kind_of(&one.terms);
        kept.kinds.insert(one.id.clone(), kind);
        let Some(amount) = base.principals.get(&one.id) else { continue };
        let sum = kept.of(kind, Money::zero(base.budget.currency()));
        kept.sums.insert(kind, sum.checked_add(*amount).unwrap_or(sum));
    }
    kept
}

/// Everything about a scenario but how large its loans may be.
pub(super) struct Draft<'a, 'b> {
    pub base: &'a Base<'b>,
    pub wish: &'a Wish,
    pub kept: Kept,
    pub scaled: BTreeMap<AllocationKind, Money>,
    pub sale: Sale,
    pub options: Options,
}

/// How large the loans are tried.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Sizes {
    /// The part of what its collateral carries that the senior loan gives.
    pub senior: Decimal,
    pub gap: Money,
    pub mezzanine: Money,
    /// The part of what the senior loan leaves of the contracts that a bridge gives.
    pub bridge: Decimal,
}

/// Places of instruments in a written stack.
pub(super) struct Written {
    pub deal: Deal,
    /// The id of what fills each place, where something does.
    pub slots: BTreeMap<&'static str, String>,
}

impl Draft<'_, '_> {
    pub(super) fn nothing(&self) -> Money {
        Money::zero(self.base.budget().currency())
    }

    pub(super) fn scaled(&self, kind: AllocationKind) -> Money {
        self.scaled.get(&kind).copied().unwrap_or_else(|| self.nothing())
    }

    /// Contracts that a loan may be secured on, with the share that is advanced on each.
    fn contracts(&self) -> Vec<AdvancePart> {
        let deal = self.base.deal();
        let usual = self.base.terms.usual("contract_loan", "advance").unwrap_or(Decimal::new(8, 1));
        let kept = deal.instruments.iter().filter(|one| self.kept.kinds.contains_key(&one.id));
        let lent_on = |one: &&Instrument| kind_of(&one.terms) == AllocationKind::Presales;
        kept.chain(&self.sale.instruments)
            .filter(lent_on)
            .map(|one| {
                let over = Collateral::Instrument(one.id.clone());
                let payer = one.provider.as_ref();
                let payer = payer.and_then(|id| deal.parties.iter().find(|party| party.id == *id));
                let graded = payer.and_then(|party| party.grade).map(|grade| {
                    let own = deal.market.limits.advance_by_grade.of(grade);
                    own.unwrap_or_else(|| recoup_deal::AdvanceByGrade::usual(grade))
                });
                let own = claims::own_advance(deal, &over);
                let share = match (own, graded) {
                    (Some(own), Some(graded)) => own.min(graded),
                    (one, other) => one.or(other).unwrap_or(usual),
                };
                AdvancePart { id: one.id.clone(), against: over, share }
            })
            .collect()
    }

    /// The deal with loans of these sizes. The order of recoupment is still open.
    pub(super) fn written(&self, sizes: &Sizes) -> Written {
        let mut deal = self.base.deal().clone();
        deal.recoupment = None;
        let credits = claims::parts(self.base);
        let months = claims::months_to_cash(self.base, &credits);
        let contracts = self.contracts();
        let mut slots = BTreeMap::new();
        let mut order = deal
            .instruments
            .iter()
            .filter(|one| self.kept.kinds.contains_key(&one.id))
            .filter_map(|one| one.drawdown.as_ref()?.order)
            .max()
            .unwrap_or(0);
        let mut placed: Vec<Priced> = Vec::new();
        for slot in Slot::ALL {
            let mut one = priced(self.base, self.wish, slot, months);
            let Some((amount, security)) = self.amount(slot, sizes, &credits, &contracts) else { continue };
            order += 1;
            one.instrument.amount = Some(amount);
            one.instrument.currency = None;
            one.instrument.security = security;
            one.instrument.drawdown = Some(Drawdown {
                method: DrawMethod::AsSpendFallsDue,
                order: Some(order),
                from: Some(Milestone::FinancialClose),
                steps: Vec::new(),
            });
            slots.insert(name(slot), one.instrument.id.clone());
            placed.push(one);
        }
        self.put(&mut deal, placed);
        if let Some(loan) = slots.get(name(Slot::Credit)).cloned() {
            claims::monetise(&mut deal, &loan, &credits);
        } else {
            claims::monetise(&mut deal, "", &[]);
        }
        tidy::tidy(&mut deal, self.base.deal(), &self.sale);
        Written { deal, slots }
    }

    /// Puts what stays and what is placed into the deal, each in its own place where it has one.
    fn put(&self, deal: &mut Deal, placed: Vec<Priced>) {
        let mut placed = placed;
        let mut stack = Vec::with_capacity(deal.instruments.len() + placed.len());
        for one in std::mem::take(&mut deal.instruments) {
            if self.kept.kinds.contains_key(&one.id) {
                stack.push(one);
            } else if let Some(place) = placed.iter().position(|new| new.own && new.instrument.id == one.id) {
                stack.push(placed.remove(place).instrument);
            }
        }
        stack.extend(self.sale.instruments.iter().cloned());
        deal.parties.extend(self.sale.buyers.clone());
        for new in placed {
            stack.push(new.instrument);
            deal.assumptions.extend(new.assumptions);
            if let Some(party) = new.party
                && !deal.parties.iter().any(|known| known.id == party.id)
            {
                deal.parties.push(party);
            }
        }
        deal.instruments = stack;
        for source in &mut deal.revenue.sources {
            let place = self.sale.sources.iter().position(|id| *id == source.id);
            if let Some(contract) = place.and_then(|place| self.sale.instruments.get(place)) {
                sold(source, &contract.id);
            }
        }
    }

    /// The amount of a place and what it is secured on; none where it stays empty.
    fn amount(
        &self,
        slot: Slot,
        sizes: &Sizes,
        credits: &[AdvancePart],
        contracts: &[AdvancePart],
    ) -> Option<(AmountRule, Vec<Security>)> {
        let advance = |parts: Vec<AdvancePart>| {
            let parts: Vec<AdvancePart> =
                parts.into_iter().filter(|part| part.share > Decimal::ZERO).collect();
            let over = parts.iter().map(|part| Security {
                id: part.id.clone(),
                over: part.against.clone(),
                rank: Some(1),
            });
            let security = over.collect();
            (!parts.is_empty()).then_some((AmountRule::Advance(Advance { parts, limit: None }), security))
        };
        let over =
            |id: &str, over: Collateral, rank: u32| Security { id: id.to_owned(), over, rank: Some(rank) };
        let fixed = |amount: Money| amount.is_positive().then_some(AmountRule::Fixed(amount));
        match slot {
            Slot::Credit => advance(credits.to_vec()),
            Slot::Senior => advance(scaled(contracts, |share| share * sizes.senior)),
            Slot::Bridge => {
                let rest = |share: Decimal| (Decimal::ONE - cut(share * sizes.senior)) * sizes.bridge;
                let (amount, mut security) = advance(scaled(contracts, rest))?;
                security.iter_mut().for_each(|one| one.rank = Some(2));
                Some((amount, security))
            }
            Slot::Gap => Some((fixed(sizes.gap)?, vec![over("unsold", Collateral::UnsoldTerritories, 1)])),
            Slot::Mezzanine => {
                Some((fixed(sizes.mezzanine)?, vec![over("assets", Collateral::AllAssets, 2)]))
            }
            Slot::Equity => {
                let own = own(self.base.deal(), Slot::Equity).and_then(|one| match &one.amount {
                    Some(AmountRule::Remainder(rest)) => rest.at_most,
                    _ => None,
                });
                let at_most =
                    [own, self.options.equity_at_most].into_iter().flatten().min_by_key(Money::minor);
                Some((AmountRule::Remainder(Remainder { at_most }), Vec::new()))
            }
        }
    }
}

fn scaled(parts: &[AdvancePart], share: impl Fn(Decimal) -> Decimal) -> Vec<AdvancePart> {
    parts.iter().map(|part| AdvancePart { share: cut(share(part.share)), ..part.clone() }).collect()
}

/// Nine digits of a share, down: a lender is not asked for a fraction of a cent more than it gives.
fn cut(share: Decimal) -> Decimal {
    Rounding::Down.apply(share, 9).normalize()
}

/// The word by which a place is found again.
pub(super) fn name(slot: Slot) -> &'static str {
    match slot {
        Slot::Credit => "credit",
        Slot::Senior => "senior",
        Slot::Gap => "gap",
        Slot::Mezzanine => "mezzanine",
        Slot::Bridge => "bridge",
        Slot::Equity => "equity",
    }
}

/// An id that no instrument of the deal has.
pub(super) fn fresh(deal: &Deal, wanted: &str) -> String {
    let taken = |id: &str| deal.instruments.iter().any(|one| one.id == id);
    let numbered = (2..).map(|number| format!("{wanted}-{number}"));
    std::iter::once(wanted.to_owned()).chain(numbered).find(|id| !taken(id)).unwrap_or_default()
}

/// An instrument of which only this much is known.
pub(super) fn bare(id: String, name: String, provider: Option<String>, terms: Terms) -> Instrument {
    Instrument {
        id,
        name,
        provider,
        terms,
        amount: None,
        currency: None,
        status: None,
        probability: None,
        paid_share: None,
        drawdown: None,
        fees: Vec::new(),
        rate: None,
        compounding: None,
        day_count: None,
        interest_payment: None,
        maturity: None,
        security: Vec::new(),
        conditions_precedent: Vec::new(),
        notes: None,
    }
}
