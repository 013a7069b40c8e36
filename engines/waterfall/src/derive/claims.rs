//! What each instrument asks back, in the order of risk.

use recoup_deal::instrument::{AmountRule, SoftLoanRank};
use recoup_deal::recoupment::{
    Assignment, InterestTerms, Limit, RateBase, Ratio, Role, Share, Split, Takes, Tier,
};
use recoup_deal::{Deal, Instrument, PartyRole, Terms};
use recoup_money::{Money, Rounding};
use rust_decimal::Decimal;

use super::tiers::{Custom, CustomKind, beside, claim, share};

/// The tiers so far, first to be paid first.
pub(super) struct Positions<'d> {
    pub deal: &'d Deal,
    tiers: Vec<Tier>,
    customs: Vec<Custom>,
}

impl<'d> Positions<'d> {
    pub(super) fn of(deal: &'d Deal) -> Self {
        Self { deal, tiers: Vec::new(), customs: Vec::new() }
    }

    pub(super) fn joined(self) -> (Vec<Tier>, Vec<Custom>) {
        (self.tiers, self.customs)
    }

    pub(super) fn add(&mut self, tier: Option<Tier>) {
        self.tiers.extend(tier);
    }

    pub(super) fn note(&mut self, tier: &str, what: CustomKind) {
        self.customs.push(Custom { tier: tier.to_owned(), what });
    }

    /// Who is paid: the provider, else whoever comes first among the parties, which is noted.
    pub(super) fn payee(&mut self, instrument: &Instrument, tier: &str) -> String {
        if let Some(provider) = &instrument.provider {
            return provider.clone();
        }
        self.note(tier, CustomKind::PayeeUnknown);
        self.deal.parties.first().map_or_else(String::new, |party| party.id.clone())
    }

    pub(super) fn collection_account(&mut self) {
        let manager = self.deal.parties.iter().find(|party| party.role == PartyRole::CollectionAgent);
        let Some(manager) = manager else { return };
        let one_per_cent = Ratio::new(1, 100).unwrap_or_default();
        let takes = Share { rate: one_per_cent, rate_base: RateBase::GrossOfReceipt, ..share(&manager.id) };
        let mut tier =
            claim("collection-fee", "Collection account, 1 % of collections", Role::CollectionFee, "", None);
        tier.takes = Takes::Share(takes);
        self.note(&tier.id, CustomKind::CollectionFee);
        self.add(Some(tier));
    }

    /// An advance that no agency of the revenue plan recoups before the account.
    pub(super) fn advances(&mut self) {
        let upstream =
            |id: &str| self.deal.revenue.sales_agencies.iter().any(|one| one.advance.as_deref() == Some(id));
        let open: Vec<&Instrument> = self
            .of_kind(|terms| matches!(terms, Terms::SalesAgentAdvance(terms) if terms.contract.is_none()))
            .into_iter()
            .filter(|one| !upstream(&one.id))
            .collect();
        let members = self.each(&open, Role::SalesAdvance, |one| Some(invested(one, Decimal::ONE)));
        self.add(beside("sales-advances", "Sales advances", Role::SalesAdvance, members, Split::Outstanding));
    }

    /// What assigned money has left unpaid, then gap, then mezzanine.
    pub(super) fn loans(&mut self) {
        let secured = |terms: &Terms| {
            matches!(
                terms,
                Terms::SeniorLoan(_)
                    | Terms::ContractLoan(_)
                    | Terms::CreditLoan(_)
                    | Terms::InterimFacility(_)
            )
        };
        self.loan_tier("loans", "Unpaid balance of the loans", Role::Loan, secured);
        let bridge = |terms: &Terms| matches!(terms, Terms::Bridge(_));
        self.loan_tier("bridge-loans", "Bridge loans", Role::Loan, bridge);
        self.loan_tier("gap-loans", "Gap loans", Role::Gap, |terms| matches!(terms, Terms::GapLoan(_)));
        let mezzanine = |terms: &Terms| matches!(terms, Terms::Mezzanine(_));
        self.loan_tier("mezzanine-loans", "Mezzanine", Role::Mezzanine, mezzanine);
    }

    fn loan_tier(&mut self, id: &str, label: &str, role: Role, kind: impl Fn(&Terms) -> bool) {
        let owed = |one: &Instrument| {
            Some(Limit::PrincipalAndInterest {
                instrument: one.id.clone(),
                interest: None,
                factor: Ratio::default(),
            })
        };
        let members = self.each(&self.of_kind(kind), role, owed);
        self.add(beside(id, label, role, members, Split::Outstanding));
    }

    pub(super) fn soft_money_before_equity(&mut self) {
        self.soft_money("soft-money", |rank| rank == SoftLoanRank::BeforeEquity);
    }

    pub(super) fn soft_money_after_equity(&mut self) {
        self.soft_money("soft-money-after-equity", |rank| rank == SoftLoanRank::AfterEquity);
    }

    fn soft_money(&mut self, id: &str, ranks: impl Fn(SoftLoanRank) -> bool) {
        let members =
            self.each(&self.of_kind(|terms| soft_rank(terms).is_some_and(&ranks)), Role::SoftMoney, |one| {
                Some(invested(one, repayable(one)))
            });
        self.add(beside(id, "Soft money", Role::SoftMoney, members, Split::Invested));
    }

    /// Equity class by class in the order of their names, those without a class last; a soft loan beside equity
    /// stands with them.
    pub(super) fn equity(&mut self) {
        let all = self
            .of_kind(|terms| recoups(terms) || soft_rank(terms) == Some(SoftLoanRank::PariPassuWithEquity));
        let mut classes: Vec<Option<&str>> = all.iter().map(|one| class(one)).collect();
        classes.sort_by_key(|class| (class.is_none(), *class));
        classes.dedup();
        for class_name in classes {
            let members: Vec<&Instrument> =
                all.iter().copied().filter(|one| class(one) == class_name).collect();
            let soft = |one: &Instrument| matches!(one.terms, Terms::SoftLoan(_));
            let mut tiers = Vec::new();
            for one in members {
                let role = if soft(one) { Role::SoftMoney } else { Role::Equity };
                tiers.extend(self.each(&[one], role, |one| Some(invested(one, repayable(one)))));
            }
            let (id, label) = match class_name {
                Some(name) => (format!("equity-{}", slug(name)), format!("Equity, class {name}")),
                None => ("equity".to_owned(), "Equity".to_owned()),
            };
            self.add(beside(&id, &label, Role::Equity, tiers, Split::Invested));
        }
    }

    /// Premiums and preferred returns, each on its own investment.
    pub(super) fn returns_on_equity(&mut self) {
        let mut tiers = Vec::new();
        for one in self.of_kind(recoups) {
            let (Terms::Equity(terms) | Terms::ProducerInvestment(terms)) = &one.terms else { continue };
            let instrument = one.id.clone();
            let preferred = terms.preferred_return.and_then(ratio).map(|rate_annual| {
                let interest = InterestTerms {
                    rate_annual,
                    compounding: Default::default(),
                    day_count: recoup_calendar::DayCount::Act365F,
                    payments: Default::default(),
                };
                ("preferred", Limit::PreferredReturn { instrument: instrument.clone(), interest })
            });
            let premium = terms
                .premium
                .and_then(ratio)
                .map(|rate| ("premium", Limit::Premium { instrument: instrument.clone(), rate }));
            for (word, limit) in preferred.into_iter().chain(premium) {
                let id = format!("{}-{word}", one.id);
                let payee = self.payee(one, &id);
                let label = match word {
                    "premium" => format!("{}, premium", one.name),
                    _ => format!("{}, preferred return", one.name),
                };
                tiers.push(claim(&id, &label, Role::Premium, &payee, Some(limit)));
            }
        }
        self.add(beside("returns-on-equity", "Returns on equity", Role::Premium, tiers, Split::Outstanding));
    }

    pub(super) fn deferrals(&mut self) {
        let currency = self.deal.currency;
        let face = |one: &Instrument| match (&one.amount, &one.terms) {
            (Some(AmountRule::Fixed(amount)), Terms::Deferral(terms)) if amount.currency() == currency => {
                let factor = Decimal::ONE + terms.premium.unwrap_or_default();
                let amount: Money = amount.scale(factor, Rounding::HalfUp).ok()?;
                Some(Limit::Amount { amount })
            }
            _ => None,
        };
        let all = self.of_kind(|terms| matches!(terms, Terms::Deferral(_)));
        let unknown: Vec<String> =
            all.iter().filter(|one| face(one).is_none()).map(|one| one.id.clone()).collect();
        let known: Vec<&Instrument> = all.into_iter().filter(|one| face(one).is_some()).collect();
        let members = self.each(&known, Role::Deferral, face);
        for id in unknown {
            self.note(&id, CustomKind::AmountUnknown);
        }
        self.add(beside("deferrals", "Deferrals", Role::Deferral, members, Split::Outstanding));
    }

    pub(super) fn of_kind(&self, kind: impl Fn(&Terms) -> bool) -> Vec<&'d Instrument> {
        self.deal.instruments.iter().filter(|one| kind(&one.terms)).collect()
    }

    fn each(
        &mut self,
        instruments: &[&Instrument],
        role: Role,
        limit: impl Fn(&Instrument) -> Option<Limit>,
    ) -> Vec<Tier> {
        let mut found = Vec::with_capacity(instruments.len());
        for one in instruments {
            let id = format!("{}-claim", one.id);
            let payee = self.payee(one, &id);
            let mut tier = claim(&id, &one.name, role, &payee, limit(one));
            if let (Takes::Share(share), Some(assigned)) = (&mut tier.takes, assigned(one)) {
                share.assigned.push(assigned);
            }
            found.push(tier);
        }
        found
    }
}

/// Whether money comes back out of receipts before profits are shared. A co-producer who keeps territories recoups
/// there; a tax shelter where it says so.
pub(super) fn recoups(terms: &Terms) -> bool {
    match terms {
        Terms::Equity(_) | Terms::ProducerInvestment(_) => true,
        Terms::CoProducerContribution(terms) => terms.territories.is_empty(),
        Terms::TaxShelter(terms) => terms.recoups == Some(true),
        _ => false,
    }
}

fn soft_rank(terms: &Terms) -> Option<SoftLoanRank> {
    match terms {
        Terms::SoftLoan(terms) => Some(terms.rank.unwrap_or(SoftLoanRank::PariPassuWithEquity)),
        _ => None,
    }
}

fn repayable(one: &Instrument) -> Decimal {
    match &one.terms {
        Terms::SoftLoan(terms) => terms.repayable_share.unwrap_or(Decimal::ONE),
        _ => Decimal::ONE,
    }
}

fn class(one: &Instrument) -> Option<&str> {
    match &one.terms {
        Terms::Equity(terms) | Terms::ProducerInvestment(terms) => terms.class.as_deref(),
        _ => None,
    }
}

fn assigned(one: &Instrument) -> Option<Assignment> {
    let (Terms::Equity(terms) | Terms::ProducerInvestment(terms)) = &one.terms else { return None };
    let part = terms.assigned_share.and_then(ratio).filter(|part| !part.is_zero())?;
    Some(Assignment { to: terms.assigned_to.clone()?, part })
}

fn invested(one: &Instrument, factor: Decimal) -> Limit {
    Limit::Invested { instrument: one.id.clone(), factor: ratio(factor).unwrap_or_default() }
}

/// A decimal as the exact ratio it is.
pub(super) fn ratio(decimal: Decimal) -> Option<Ratio> {
    decimal.to_string().parse().ok()
}

fn slug(name: &str) -> String {
    let letter = |c: char| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '-' };
    name.chars().map(letter).collect()
}
