//! Terms against what is computed: the term sheet's loan, a floating rate, the limit of a line of credit, the
//! guarantor's fee.

use recoup_deal::instrument::InterestRate;
use recoup_deal::{CostKind, Finding, FindingValue, Severity, Terms};
use recoup_money::Money;
use rust_decimal::Decimal;

use super::Seen;
use crate::plan::maturity;

/// The guarantor's fee over what is bonded, at least and at most: quotes read for independent films, the lower end
/// with a rebate when nothing is claimed.
const USUAL_BOND: (Decimal, Decimal) =
    (Decimal::from_parts(15, 0, 0, false, 3), Decimal::from_parts(5, 0, 0, false, 2));

/// The loan of a term sheet is the one that is counted.
pub(super) fn sheets(seen: &Seen<'_>, out: &mut Vec<Finding>) {
    for (place, loan) in seen.deal().instruments.iter().enumerate() {
        let Terms::CreditLoan(terms) = &loan.terms else { continue };
        let stated = terms.stated_amount.and_then(|stated| seen.deal().in_deal_currency(stated));
        let (Some(stated), Some(counted)) = (stated, seen.principal(place)) else { continue };
        let path = format!("instruments[{}].terms.stated_amount", loan.id);
        if counted.minor() > stated.minor() {
            out.push(
                Finding::new(Severity::Question, "LOAN_ABOVE_TERM_SHEET", path)
                    .with("name", &loan.name)
                    .with("stated", stated)
                    .with("counted", counted)
                    .with("more", counted.checked_sub(stated).unwrap_or(counted)),
            );
        } else if counted.minor() < stated.minor() {
            out.push(
                Finding::new(Severity::Note, "LOAN_BELOW_TERM_SHEET", path)
                    .with("name", &loan.name)
                    .with("stated", stated)
                    .with("counted", counted)
                    .with("less", stated.checked_sub(counted).unwrap_or(stated)),
            );
        }
    }
}

/// A rate that may move is known for as long as it is charged, but for the last year.
pub(super) fn floating(seen: &Seen<'_>, out: &mut Vec<Finding>) {
    for (place, loan) in seen.deal().instruments.iter().enumerate() {
        let Some(InterestRate::OverBase(over)) = &loan.rate else { continue };
        let base = seen.deal().market.base_rates.iter().find(|base| base.id == over.base);
        let Some((base, last)) =
            base.and_then(|base| Some((base, base.points.iter().max_by_key(|point| point.from)?)))
        else {
            continue;
        };
        let Some(due) = maturity(loan, seen.inputs.timeline) else { continue };
        let known_to = last.from.add_months(12).unwrap_or(last.from);
        let balances = seen.inputs.passed.runs[place].balances.iter();
        let peak = balances.filter_map(|(_, node)| seen.money(*node)).max_by_key(Money::minor);
        let Some(peak) = peak.filter(|peak| known_to < due && peak.is_positive()) else { continue };
        out.push(
            Finding::new(
                Severity::Note,
                "RATE_OPEN",
                format!("instruments[{}].rate.over_base.base", loan.id),
            )
            .with("name", &loan.name)
            .with("base", &base.name)
            .with("rate", FindingValue::Rate(last.rate))
            .with("from", last.from)
            .with("due", due)
            .with("peak", peak),
        );
    }
}

/// A line of credit is never owed beyond its limit, interest included.
pub(super) fn facilities(seen: &Seen<'_>, out: &mut Vec<Finding>) {
    for (place, loan) in seen.deal().instruments.iter().enumerate() {
        let Terms::InterimFacility(terms) = &loan.terms else { continue };
        let Some(limit) = terms.limit.and_then(|limit| seen.deal().in_deal_currency(limit)) else { continue };
        let balances = seen.inputs.passed.runs[place].balances.iter();
        let owed = balances.filter_map(|(index, node)| Some((*index, seen.money(*node)?)));
        let Some((index, peak)) = owed.max_by_key(|(_, owed)| owed.minor()) else { continue };
        if peak.minor() > limit.minor() {
            out.push(
                Finding::new(
                    Severity::Question,
                    "FACILITY_OVER_LIMIT",
                    format!("instruments[{}].terms.limit", loan.id),
                )
                .with("name", &loan.name)
                .with("peak", peak)
                .with("month", seen.axis.month(index))
                .with("limit", limit)
                .with("over", peak.checked_sub(limit).unwrap_or(peak)),
            );
        }
    }
}

/// The guarantor's fee is what guarantors ask.
pub(super) fn bond(seen: &Seen<'_>, out: &mut Vec<Finding>) {
    let bonded = seen.money(seen.inputs.budget.lines_total);
    for (cost, used) in seen.deal().budget.costs.iter().zip(&seen.inputs.budget.costs) {
        if cost.kind != CostKind::CompletionBond {
            continue;
        }
        let (Some(fee), Some(bonded)) = (seen.money(used.amount), bonded) else { continue };
        let Some(share) = fee.ratio_to(bonded).ok().flatten() else { continue };
        let (least, most) = USUAL_BOND;
        if share < least || share > most {
            out.push(
                Finding::new(
                    Severity::Question,
                    "BOND_FEE_UNUSUAL",
                    format!("budget.costs[{}].amount", cost.id),
                )
                .with("fee", fee)
                .with("bonded", bonded)
                .with("share", FindingValue::Rate(share))
                .with("least", FindingValue::Rate(least))
                .with("most", FindingValue::Rate(most)),
            );
        }
    }
}

/// A reserve for interest pays the interest until delivery, and one that interest never comes out of is not typed.
pub(super) fn reserves(seen: &Seen<'_>, out: &mut Vec<Finding>) {
    for (loan, run) in seen.deal().instruments.iter().zip(&seen.inputs.passed.runs) {
        let Some(share) = loan.terms.interest_reserve().filter(|share| *share > Decimal::ZERO) else {
            continue;
        };
        let path = format!("instruments[{}].terms.interest_reserve", loan.id);
        let Some(reserve) = &run.reserve else {
            out.push(
                Finding::new(Severity::Note, "RESERVE_UNUSED", path)
                    .with("name", &loan.name)
                    .with("share", FindingValue::Rate(share)),
            );
            continue;
        };
        let paid = run.interest.iter().filter_map(|(_, node)| seen.money(*node));
        let interest = Money::sum(seen.deal().currency, paid).ok();
        let (Some(interest), Some(kept)) = (interest, seen.money(reserve.set_aside)) else { continue };
        if kept.minor() < interest.minor() {
            out.push(
                Finding::new(Severity::Question, "RESERVE_SHORT", path)
                    .with("name", &loan.name)
                    .with("reserve", kept)
                    .with("interest", interest)
                    .with("missing", interest.checked_sub(kept).unwrap_or(interest)),
            );
        }
    }
}
