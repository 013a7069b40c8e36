//! Credits, and the loan that makes cash of them in time.

use recoup_deal::instrument::{AdvancePart, AmountRule, Collateral};
use recoup_deal::{Deal, Monetisation};
use rust_decimal::Decimal;

use super::Base;
use super::base::Credit;

/// Where neither the deal nor the market says what is advanced on a credit.
const USUAL: Decimal = Decimal::from_parts(85, 0, 0, false, 2);

/// What a lender advances on a piece of collateral in this deal already.
pub(super) fn own_advance(deal: &Deal, over: &Collateral) -> Option<Decimal> {
    let advances = deal.instruments.iter().filter_map(|one| match &one.amount {
        Some(AmountRule::Advance(advance)) => Some(&advance.parts),
        _ => None,
    });
    advances.flatten().find(|part| part.against == *over).map(|part| part.share)
}

/// The parts of the loan on credits: those that bring less by delivery than a lender advances on them.
pub(super) fn parts(base: &Base<'_>) -> Vec<AdvancePart> {
    let market = base.terms.usual("credit_loan", "advance").unwrap_or(USUAL);
    let part = |credit: &Credit| {
        let over = Collateral::Claim(credit.claim.clone());
        let share = own_advance(&base.deal, &over).unwrap_or(market);
        let early = credit.by_delivery.ratio_to(credit.credit).ok().flatten().unwrap_or_default();
        (early < share).then(|| AdvancePart { id: credit.claim.clone(), against: over, share })
    };
    base.credits.iter().filter_map(part).collect()
}

/// Months from delivery to the last payment of the credits that are lent on.
pub(super) fn months_to_cash(base: &Base<'_>, parts: &[AdvancePart]) -> i32 {
    let Some(delivery) = base.timeline.final_delivery() else { return 0 };
    let lent = |credit: &&Credit| parts.iter().any(|part| part.id == credit.claim);
    let last = base.credits.iter().filter(lent).filter_map(|credit| credit.last).max();
    last.map_or(0, |last| last.year_month().months_since(delivery.year_month()).max(0))
}

/// Writes into every claim how it becomes cash.
pub(super) fn monetise(deal: &mut Deal, loan: &str, parts: &[AdvancePart]) {
    let stack: Vec<String> = deal.instruments.iter().map(|one| one.id.clone()).collect();
    for claim in &mut deal.incentives {
        if parts.iter().any(|part| part.id == claim.id) {
            claim.monetisation = Some(Monetisation::Loan(loan.to_owned()));
        } else if let Some(Monetisation::Loan(id)) = &claim.monetisation
            && (id == loan || !stack.contains(id))
        {
            claim.monetisation = Some(Monetisation::Direct);
        }
    }
}
