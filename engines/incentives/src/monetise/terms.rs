//! On which terms a credit is lent against: those of the loan in the deal, else those that are usual.

use recoup_calendar::{Date, DayCount};
use recoup_deal::instrument::{
    AmountRule, Collateral, Compounding, FeeAmount, InterestPayment, InterestRate,
};
use recoup_deal::{Ground, Instrument, Milestone, Monetisation};
use recoup_explain::{Book, Leaf, NodeId, Operation, Quantity};
use rust_decimal::Decimal;

use super::Comparison;
use super::loan::{LoanTerms, Rate};
use crate::claim::Settlement;
use crate::policy::{CashStart, WayKind};

/// What a loan against a credit usually costs, each with where it comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UsualLoan {
    /// Share of a credit that the state pays out that is lent.
    pub advance: Decimal,
    /// Share of the expected price of a credit that is sold.
    pub advance_on_sale: Decimal,
    /// Annual rate.
    pub rate: Decimal,
    /// Share of the loan that is taken once.
    pub fee: Decimal,
    /// Where the shares come from.
    pub advance_source: String,
    /// Where the rate comes from.
    pub rate_source: String,
    /// Where the fee comes from.
    pub fee_source: String,
}

impl UsualLoan {
    /// What the market takes, as reviewed on 22 November 2026: rates of 8 to 12 % were read in a practitioner's
    /// page, fee and shares are estimates of the makers.
    #[must_use]
    pub fn market() -> Self {
        let estimate = |range: &str| format!("usual terms, an estimate within {range}");
        Self {
            advance: Decimal::new(88, 2),
            advance_on_sale: Decimal::new(82, 2),
            rate: Decimal::new(10, 2),
            fee: Decimal::new(2, 2),
            advance_source: estimate(
                "80 to 95 % of a credit that is paid out, 75 to 90 % of one that is sold",
            ),
            rate_source: "https://vitrina.ai/blog/film-production-loans-rates-repayment".to_owned(),
            fee_source: estimate("1.5 to 3 % of the loan"),
        }
    }
}

impl Comparison<'_> {
    /// The terms on which this claim is lent against, where its payment amounts to `received`.
    pub(super) fn terms(
        &self,
        settlement: &mut Settlement<'_, '_>,
        under: WayKind,
        received: NodeId,
    ) -> LoanTerms {
        match self.loan_of(settlement) {
            Some(loan) => self.agreed(loan, settlement, under, received),
            None => self.usual(settlement, under, received),
        }
    }

    /// The loan that the claim names, else one that advances against it.
    fn loan_of(&self, settlement: &Settlement<'_, '_>) -> Option<&Instrument> {
        let claim = settlement.claim;
        if let Some(Monetisation::Loan(id)) = &claim.monetisation {
            return self.deal.instruments.iter().find(|instrument| instrument.id == *id);
        }
        let over = Collateral::Claim(claim.id.clone());
        self.deal.instruments.iter().find(|instrument| share_on(instrument, &over).is_some())
    }

    fn usual(&self, settlement: &mut Settlement<'_, '_>, under: WayKind, received: NodeId) -> LoanTerms {
        let claim = settlement.claim;
        let principal = self.usual_advance(settlement, under, received);
        let usual = self.usual;
        let path = |word: &str| format!("incentives[{}].monetisation.loan.{word}", claim.id);
        let fee = settlement.book.assumption(path("fee"), usual.fee, usual.fee_source.as_str());
        let fees = settlement.scale(principal, fee);
        let rate = settlement.book.assumption(path("rate"), usual.rate, usual.rate_source.as_str());
        LoanTerms {
            instrument: None,
            principal,
            fees,
            rate: Rate::Fixed(rate),
            day_count: DayCount::Act365F,
            every: None,
            until: None,
            served: false,
            drawn: settlement.event(CashStart::StartOfProduction),
            grounds: settlement.event_grounds(CashStart::StartOfProduction),
        }
    }

    fn usual_advance(&self, settlement: &mut Settlement<'_, '_>, under: WayKind, received: NodeId) -> NodeId {
        let usual = self.usual;
        let share = if under == WayKind::Transfer { usual.advance_on_sale } else { usual.advance };
        let path = format!("incentives[{}].monetisation.loan.advance", settlement.claim.id);
        let share = settlement.book.assumption(path, share, usual.advance_source.as_str());
        settlement.scale(received, share)
    }

    fn agreed(
        &self,
        loan: &Instrument,
        settlement: &mut Settlement<'_, '_>,
        under: WayKind,
        received: NodeId,
    ) -> LoanTerms {
        let principal = self.principal(loan, settlement, under, received);
        let fees = self.fees(loan, principal, settlement);
        // Loans on assigned money are served as they run unless their terms say otherwise.
        let payment = loan.interest_payment.unwrap_or(InterestPayment::Current);
        let delivered = self.timeline.final_delivery();
        let (drawn, grounds) = self.drawn(loan, settlement);
        LoanTerms {
            instrument: Some(loan.id.clone()),
            principal,
            fees,
            rate: self.rate_of(loan, settlement.book),
            day_count: loan.day_count.unwrap_or(DayCount::Act365F),
            every: loan.compounding.and_then(months),
            until: match payment {
                InterestPayment::Current => delivered,
                InterestPayment::CapitalisedUntilDelivery
                | InterestPayment::PaidInKind
                | InterestPayment::AtMaturity => None,
            },
            served: payment == InterestPayment::Current,
            drawn,
            grounds,
        }
    }

    /// What is lent on this claim alone.
    fn principal(
        &self,
        loan: &Instrument,
        settlement: &mut Settlement<'_, '_>,
        under: WayKind,
        received: NodeId,
    ) -> NodeId {
        let over = Collateral::Claim(settlement.claim.id.clone());
        let cells = &self.mapper.cells;
        if let Some((part, share)) = share_on(loan, &over) {
            let path = format!("instruments[{}].amount.advance.parts[{part}].share", loan.id);
            let share = cells.number(settlement.book, path, Some(share));
            return settlement.scale(received, share);
        }
        if let Some(AmountRule::Fixed(amount)) = &loan.amount {
            let path = format!("instruments[{}].amount.fixed", loan.id);
            let fixed = cells.money(settlement.book, path, Some(*amount));
            return settlement.book.least(fixed, received);
        }
        self.usual_advance(settlement, under, received)
    }

    /// Fees once on the amount lent; a fixed one is divided equally among what the loan is lent on.
    fn fees(&self, loan: &Instrument, principal: NodeId, settlement: &mut Settlement<'_, '_>) -> NodeId {
        let mut parts = vec![settlement.nothing()];
        let shared = match &loan.amount {
            Some(AmountRule::Advance(advance)) => u16::try_from(advance.parts.len()).unwrap_or(1).max(1),
            _ => 1,
        };
        for fee in &loan.fees {
            let path = format!("instruments[{}].fees[{}].amount", loan.id, fee.id);
            let cells = &self.mapper.cells;
            match &fee.amount {
                Some(FeeAmount::Fixed(amount)) => {
                    let fixed = cells.money(settlement.book, format!("{path}.fixed"), Some(*amount));
                    let one = settlement.book.assumption(
                        "equal parts",
                        Decimal::ONE,
                        "one part for each collateral",
                    );
                    let mut inputs = vec![fixed];
                    inputs.extend(std::iter::repeat_n(one, usize::from(shared)));
                    parts.push(settlement.book.compute(Operation::Apportion { part: 0 }, &inputs));
                }
                Some(FeeAmount::Share(share)) => {
                    let share = cells.number(settlement.book, format!("{path}.share"), Some(*share));
                    parts.push(settlement.scale(principal, share));
                }
                Some(FeeAmount::ShareOfUndrawn(_)) | None => {}
            }
        }
        settlement.book.plus(&parts)
    }

    fn rate_of(&self, loan: &Instrument, book: &mut Book) -> Rate {
        let path = format!("instruments[{}].rate", loan.id);
        let cells = &self.mapper.cells;
        match &loan.rate {
            Some(InterestRate::Fixed(rate)) => {
                Rate::Fixed(cells.number(book, format!("{path}.fixed"), Some(*rate)))
            }
            Some(InterestRate::OverBase(over)) => {
                let margin = cells.number(book, format!("{path}.over_base.margin"), Some(over.margin));
                let curve = self.deal.market.base_rates.iter().find(|curve| curve.id == over.base);
                let points = curve.map_or(&[][..], |curve| curve.points.as_slice());
                let mut steps = Vec::new();
                for (curve, point) in points.iter().filter_map(|point| Some((curve?, point))) {
                    let path = format!("market.base_rates[{}].points[{}].rate", curve.id, point.id);
                    let name = curve.name.as_str().into();
                    let leaf = Leaf::DatedRate { name, date: point.from, path: path.into() };
                    let level = book.leaf(leaf, Quantity::Number(point.rate));
                    steps.push((point.from, book.plus(&[level, margin])));
                }
                if steps.is_empty() {
                    let path = format!("market.base_rates[{}].points", over.base);
                    return Rate::Fixed(cells.number(book, path, None));
                }
                Rate::Steps(steps)
            }
            None => Rate::Fixed(cells.number(book, path, None)),
        }
    }

    /// The first day on which the loan may be drawn, taken as the day on which it is drawn in one sum.
    fn drawn(&self, loan: &Instrument, settlement: &Settlement<'_, '_>) -> (Option<Date>, Vec<Ground>) {
        let from = loan.drawdown.as_ref().and_then(|drawdown| drawdown.from.as_ref());
        let path = format!("instruments[{}].drawdown.from", loan.id);
        let milestone = from.unwrap_or(&Milestone::FinancialClose);
        match self.timeline.days(milestone).first() {
            Some((day, _)) => (Some(*day), self.deal.grounds(milestone, &path)),
            None => (
                settlement.event(CashStart::StartOfProduction),
                settlement.event_grounds(CashStart::StartOfProduction),
            ),
        }
    }
}

/// The part of a loan that is lent on a piece of collateral.
fn share_on<'l>(loan: &'l Instrument, over: &Collateral) -> Option<(&'l str, Decimal)> {
    let Some(AmountRule::Advance(advance)) = &loan.amount else { return None };
    let part = advance.parts.iter().find(|part| part.against == *over)?;
    Some((part.id.as_str(), part.share))
}

fn months(compounding: Compounding) -> Option<i32> {
    match compounding {
        Compounding::Simple => None,
        Compounding::Monthly => Some(1),
        Compounding::Quarterly => Some(3),
        Compounding::HalfYearly => Some(6),
        Compounding::Yearly => Some(12),
    }
}
