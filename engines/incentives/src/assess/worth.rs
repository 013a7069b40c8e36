//! What a program of a combination is worth to the producer: what is left of it, as the settlement of the claim
//! tells it, without the days.

use recoup_deal::instrument::{FeeAmount, FeeKind};
use recoup_deal::{Deal, IncentiveClaim, Monetisation};
use rust_decimal::Decimal;

use crate::claim::paid_by;
use crate::companies::Unit;
use crate::policy::{Policy, Rest, WayKind};
use crate::run::ProgramRun;

/// What is left of a unit's credit in the deal's currency, after tax and fees. Companies that share one form are
/// taken to pass on and to be taxed as the first of them; each pays its own fixed fees.
pub(super) fn worth(deal: &Deal, unit: &Unit<'_, '_>, run: &ProgramRun) -> Decimal {
    let Some(first) = unit.claims.first() else { return Decimal::ZERO };
    let settled = Settled { deal, claim: first.claim, policy: unit.policy, run };
    let credit = settled.passed(&unit.policy.credit);
    let received = settled.received();
    let tax = times(received, settled.tax_rate());
    let typed = unit.claims.iter().map(|one| fixed_fees(&settled, one.claim));
    let fees = typed.fold(settled.fees(credit), Decimal::saturating_add);
    received.saturating_sub(tax).saturating_sub(fees)
}

struct Settled<'e> {
    deal: &'e Deal,
    claim: &'e IncentiveClaim,
    policy: &'e Policy,
    run: &'e ProgramRun,
}

impl Settled<'_> {
    fn way(&self) -> WayKind {
        paid_by(self.claim, self.policy)
    }

    /// A line in the deal's currency, nought where a condition refuses the credit.
    fn line(&self, id: &str) -> Decimal {
        if !self.run.refused_by().is_empty() {
            return Decimal::ZERO;
        }
        let amount = self.run.value(id).and_then(|value| value.number()).unwrap_or_default();
        times(amount, self.deal.rate(self.run.currency, self.deal.currency).unwrap_or(Decimal::ONE))
    }

    fn passed(&self, id: &str) -> Decimal {
        times(self.line(id), self.claim.passed_on.unwrap_or(Decimal::ONE))
    }

    fn received(&self) -> Decimal {
        let kind = self.way();
        let way = self.policy.way(kind);
        let credit = || self.passed(way.and_then(|way| way.line.as_deref()).unwrap_or(&self.policy.credit));
        match kind {
            WayKind::Direct | WayKind::Loan => self.passed(self.policy.net_line()),
            WayKind::Transfer => {
                let usual = way.and_then(|way| way.price.as_ref()).map(|price| price.usual);
                let price = match &self.claim.monetisation {
                    Some(Monetisation::Transfer(price)) => Some(*price),
                    _ => usual,
                };
                times(credit(), price.unwrap_or_default())
            }
            WayKind::Offset
                if way.is_some_and(|way| way.limited_in_line || way.rest == Some(Rest::Refunded)) =>
            {
                credit()
            }
            WayKind::Offset => {
                credit().min(self.claim.own_tax.map(|tax| tax.to_decimal()).unwrap_or_default())
            }
        }
    }

    fn tax_rate(&self) -> Decimal {
        let tax = &self.policy.tax;
        let by_law = tax.rate.filter(|_| tax.on && !tax.already_in_lines && self.way() != WayKind::Offset);
        self.claim.tax_rate.or(by_law).unwrap_or_default()
    }

    /// Fees that follow from the credit: the program's, shares that are typed, and what a sale costs.
    fn fees(&self, credit: Decimal) -> Decimal {
        let of_program = self.policy.fees.iter().map(|line| self.line(line));
        let shares = counted(self.claim, self.way()).filter_map(|amount| match amount {
            FeeAmount::Share(share) => Some(times(credit, *share)),
            _ => None,
        });
        let fees = of_program.chain(shares).fold(Decimal::ZERO, Decimal::saturating_add);
        let sale = self.policy.way(WayKind::Transfer).filter(|_| self.way() == WayKind::Transfer);
        let registration = sale.and_then(|way| self.policy.constant(way.registration.as_deref()?));
        let registration = registration.filter(|_| credit > Decimal::ZERO).map_or(Decimal::ZERO, |fee| {
            let rate = self.deal.rate(self.policy.currency, self.deal.currency);
            times(fee.value, rate.unwrap_or(Decimal::ONE))
        });
        fees.saturating_add(registration)
    }
}

fn fixed_fees(settled: &Settled<'_>, claim: &IncentiveClaim) -> Decimal {
    let fixed = counted(claim, settled.way()).filter_map(|amount| match amount {
        FeeAmount::Fixed(amount) => Some(amount.to_decimal()),
        _ => None,
    });
    fixed.fold(Decimal::ZERO, Decimal::saturating_add)
}

/// Typed fees that the way asks for: a broker is paid for a sale.
fn counted(claim: &IncentiveClaim, way: WayKind) -> impl Iterator<Item = &FeeAmount> {
    let for_sale = matches!(claim.monetisation, Some(Monetisation::Transfer(_)));
    let paid = claim
        .fees
        .iter()
        .filter(move |fee| !(fee.kind == FeeKind::Broker && for_sale && way != WayKind::Transfer));
    paid.filter_map(|fee| fee.amount.as_ref())
}

fn times(amount: Decimal, factor: Decimal) -> Decimal {
    amount.saturating_mul(factor)
}

#[cfg(test)]
mod tests;
