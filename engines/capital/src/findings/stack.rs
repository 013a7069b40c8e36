//! The stack against the budget: what is only promised to be paid later, who carries which part, and how low the
//! production account runs.

use recoup_deal::{Finding, FindingValue, Severity, Terms, lies_within};
use recoup_money::{Money, Rounding};
use rust_decimal::Decimal;

use super::Seen;

/// Deferrals over the budget, at most: beyond it a financier doubts that the budget is the cost.
const USUAL_DEFERRED: Decimal = Decimal::from_parts(15, 0, 0, false, 2);

/// Distance between a co-producer's share and its money that nobody asks about: half a per cent of the cost.
const TOLERANCE: Decimal = Decimal::from_parts(5, 0, 0, false, 3);

/// Not too much of the cost waits for receipts.
pub(super) fn deferrals(seen: &Seen<'_>, out: &mut Vec<Finding>) {
    let deferred: Vec<(usize, Money)> = seen
        .deal()
        .instruments
        .iter()
        .enumerate()
        .filter(|(_, one)| matches!(one.terms, Terms::Deferral(_)))
        .filter_map(|(place, _)| Some((place, seen.principal(place)?)))
        .collect();
    let largest = deferred.iter().max_by_key(|(_, amount)| amount.minor());
    let (Some((largest, _)), Some(budget)) = (largest, seen.money(seen.inputs.budget.total)) else { return };
    let sum = Money::sum(seen.deal().currency, deferred.iter().map(|(_, amount)| *amount));
    let Ok(sum) = sum else { return };
    let Some(share) = sum.ratio_to(budget).ok().flatten() else { return };
    if share > USUAL_DEFERRED {
        let most = budget.scale(USUAL_DEFERRED, Rounding::Down).unwrap_or(budget);
        let id = &seen.deal().instruments[*largest].id;
        out.push(
            Finding::new(Severity::Question, "DEFERRAL_LARGE", format!("instruments[{id}].amount"))
                .with("deferred", sum)
                .with("budget", budget)
                .with("share", FindingValue::Rate(share))
                .with("usual", FindingValue::Rate(USUAL_DEFERRED))
                .with("most", most),
        );
    }
}

/// Cost that is deferred is not paid yet, and many laws count only what is paid.
pub(super) fn claimed(seen: &Seen<'_>, out: &mut Vec<Finding>) {
    let deal = seen.deal();
    for (place, one) in deal.instruments.iter().enumerate() {
        let Terms::Deferral(terms) = &one.terms else { continue };
        let Some(deferred) = seen.principal(place).filter(Money::is_positive) else { continue };
        let claims = seen.inputs.claims.iter().filter_map(|counted| {
            let claim = deal.incentives.iter().find(|claim| claim.id == counted.claim)?;
            Some((counted, claim.jurisdiction.as_deref()?))
        });
        let hit = claims.into_iter().find_map(|(counted, area)| {
            let spent = |line: &&recoup_deal::BudgetLine| {
                terms.lines.contains(&line.id)
                    && line.spend.iter().any(|part| lies_within(&part.jurisdiction, area))
            };
            deal.budget.lines.iter().find(spent).map(|line| (counted, line))
        });
        if let Some((counted, line)) = hit {
            out.push(
                Finding::new(
                    Severity::Note,
                    "DEFERRED_COST_CLAIMED",
                    format!("instruments[{}].terms.lines", one.id),
                )
                .with("name", &one.name)
                .with("amount", deferred)
                .with("line", &line.label)
                .with("program", &counted.program),
            );
        }
    }
}

/// A co-producer brings the share of the cost that it answers for.
pub(super) fn contributions(seen: &Seen<'_>, out: &mut Vec<Finding>) {
    let Some(budget) = seen.money(seen.inputs.budget.total) else { return };
    for (place, one) in seen.deal().instruments.iter().enumerate() {
        let Terms::CoProducerContribution(terms) = &one.terms else { continue };
        let (Some(agreed), Some(brought)) = (terms.cost_share, seen.principal(place)) else { continue };
        let Some(actual) = brought.ratio_to(budget).ok().flatten() else { continue };
        let Ok(owed) = budget.scale(agreed, Rounding::HalfUp) else { continue };
        if (actual - agreed).abs() > TOLERANCE {
            out.push(
                Finding::new(
                    Severity::Question,
                    "CONTRIBUTION_UNMATCHED",
                    format!("instruments[{}].terms.cost_share", one.id),
                )
                .with("name", &one.name)
                .with("agreed", FindingValue::Rate(agreed))
                .with("owed", owed)
                .with("brought", brought)
                .with("actual", FindingValue::Rate(actual)),
            );
        }
    }
}

/// The production account keeps the cash that the producer wants on it, until the film is delivered. Below nothing
/// is another finding.
pub(super) fn minimum(seen: &Seen<'_>, out: &mut Vec<Finding>) {
    let minimum = seen.deal().preferences.minimum_cash;
    let Some(minimum) = minimum.and_then(|minimum| seen.deal().in_deal_currency(minimum)) else { return };
    let until = seen.inputs.delivery;
    let cash = seen.inputs.passed.months.iter().take(until);
    let cash = cash.filter_map(|month| Some((month.month, seen.money(month.closing)?)));
    let lowest = cash.min_by_key(|(_, cash)| cash.minor());
    let Some((month, cash)) = lowest.filter(|(_, cash)| cash.minor() < minimum.minor()) else { return };
    if cash.is_negative() || seen.money(seen.closing.difference).is_none() {
        return;
    }
    out.push(
        Finding::new(Severity::Question, "MINIMUM_CASH_BREACHED", "preferences.minimum_cash")
            .with("month", month)
            .with("cash", cash)
            .with("minimum", minimum)
            .with("missing", minimum.checked_sub(cash).unwrap_or(minimum)),
    );
}
