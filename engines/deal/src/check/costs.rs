//! What a guarantor and a bank look for in a budget besides its lines: insurance, lawyers, audits, overhead, the
//! guarantor's own fee.

use recoup_money::Money;
use rust_decimal::Decimal;

use crate::account::Account;
use crate::budget::lies_within;
use crate::cost::{CostAmount, CostBase, CostKind};
use crate::document::Deal;
use crate::findings::{Finding, FindingValue, Severity};
use crate::incentive::{Election, IncentiveClaim};
use crate::instrument::Terms;

use crate::limits::lines_total;
use crate::milestone::Milestone;
use crate::party::PartyRole;

use super::lenders::gives_nothing;

/// The production company's overhead, at most, over the other lines: what funds and guarantors usually allow.
const USUAL_OVERHEAD: Decimal = Decimal::from_parts(10, 0, 0, false, 2);

/// Whether a line or a cost is called by one of some words, in the languages that producers write in.
fn called(deal: &Deal, words: &[&str]) -> bool {
    let lines = deal.budget.lines.iter().map(|line| line.label.as_str());
    let costs = deal.budget.costs.iter().filter_map(|cost| cost.label.as_deref());
    lines.chain(costs).map(str::to_lowercase).any(|label| words.iter().any(|word| label.contains(word)))
}

fn has(deal: &Deal, account: Account, kind: CostKind) -> bool {
    deal.budget.lines.iter().any(|line| line.account == account)
        || deal.budget.costs.iter().any(|cost| cost.kind == kind)
}

/// A film that others lend on or guarantee is insured, its contracts have been read, its credits are audited.
pub(super) fn missing(deal: &Deal, out: &mut Vec<Finding>) {
    let bonded = deal.budget.costs.iter().any(|cost| cost.kind == CostKind::CompletionBond);
    let lent = deal.instruments.iter().any(|one| one.terms.is_debt());
    if deal.budget.lines.is_empty() || !(bonded || lent) {
        return;
    }
    let insured = has(deal, Account::Insurance, CostKind::Insurance)
        || called(deal, &["insur", "e&o", "errors and omissions", "assur", "versicher"]);
    if !insured {
        out.push(Finding::new(Severity::Question, "INSURANCE_MISSING", "budget.costs"));
    }
    let read = has(deal, Account::LegalAudit, CostKind::Legal) || called(deal, &["legal", "jurid", "lawyer"]);
    if !read {
        out.push(Finding::new(Severity::Question, "LEGAL_MISSING", "budget.costs"));
    }
    let audited = has(deal, Account::LegalAudit, CostKind::CreditAudit) || called(deal, &["audit"]);
    let claims = deal.incentives.iter().filter(|claim| is_claimed(claim)).count();
    if claims > 0 && !audited {
        out.push(
            Finding::new(Severity::Question, "AUDIT_MISSING", "budget.costs")
                .with("claims", i64::try_from(claims).unwrap_or(i64::MAX)),
        );
    }
}

/// Several who are paid out of receipts have somebody who collects for all of them.
pub(super) fn collection(deal: &Deal, out: &mut Vec<Finding>) {
    let Some(plan) = &deal.recoupment else { return };
    let mut payees: Vec<&str> = plan
        .positions()
        .into_iter()
        .filter_map(|(_, tier)| match &tier.takes {
            crate::recoupment::Takes::Share(share) => Some(share.payee.as_str()),
            _ => None,
        })
        .collect();
    payees.sort_unstable();
    payees.dedup();
    let outside = payees.iter().filter(|id| deal.project.company.as_deref() != Some(**id)).count();
    let named = deal.parties.iter().any(|party| party.role == PartyRole::CollectionAgent)
        || deal.budget.costs.iter().any(|cost| cost.kind == CostKind::CollectionAccount);
    if outside > 2 && !named {
        out.push(
            Finding::new(Severity::Note, "COLLECTION_ACCOUNT_MISSING", "budget.costs")
                .with("payees", i64::try_from(outside).unwrap_or(i64::MAX)),
        );
    }
}

/// Overhead is a part of the cost that somebody checks.
pub(super) fn overhead(deal: &Deal, out: &mut Vec<Finding>) {
    let Some(lines) = lines_total(deal) else { return };
    let of = |account: bool| {
        deal.budget
            .lines
            .iter()
            .filter(move |line| (line.account == Account::Overhead) == account)
            .filter_map(|line| deal.in_deal_currency(line.amount?))
    };
    let (Ok(overhead), Ok(rest)) =
        (Money::sum(deal.currency, of(true)), Money::sum(deal.currency, of(false)))
    else {
        return;
    };
    let share = overhead.to_decimal().checked_div(rest.to_decimal());
    if let Some(share) = share.filter(|share| lines.is_positive() && *share > USUAL_OVERHEAD) {
        let line = deal.budget.lines.iter().find(|line| line.account == Account::Overhead);
        let Some(line) = line else { return };
        out.push(
            Finding::new(Severity::Question, "OVERHEAD_HIGH", format!("budget.lines[{}].amount", line.id))
                .with("overhead", overhead)
                .with("rest", rest)
                .with("share", FindingValue::Rate(share))
                .with("usual", FindingValue::Rate(USUAL_OVERHEAD)),
        );
    }
}

/// A guarantor is paid when the financing closes, on what is bonded: the contingency is not.
pub(super) fn bond(deal: &Deal, out: &mut Vec<Finding>) {
    let bonds = deal.budget.costs.iter().filter(|cost| cost.kind == CostKind::CompletionBond);
    for cost in bonds {
        let path = |field: &str| format!("budget.costs[{}].{field}", cost.id);
        if let Some(CostAmount::ShareOf(part)) = &cost.amount
            && part.base == CostBase::LinesAndContingency
        {
            out.push(
                Finding::new(Severity::Question, "BOND_ON_CONTINGENCY", path("amount.share_of.base"))
                    .with("share", FindingValue::Rate(part.share)),
            );
        }
        let late = !matches!(
            cost.due,
            None | Some(Milestone::FinancialClose | Milestone::Signature | Milestone::Start)
        );
        let timeline = crate::timeline::Timeline::of(deal);
        let due = cost.due.as_ref().and_then(|due| timeline.days(due).last().map(|(day, _)| *day));
        if let (Some(due), Some(close)) = (due.filter(|_| late), timeline.close())
            && due > close
        {
            out.push(
                Finding::new(Severity::Question, "BOND_PAID_LATE", path("due"))
                    .with("due", due)
                    .with("close", close),
            );
        }
    }
}

fn is_claimed(claim: &IncentiveClaim) -> bool {
    !matches!(claim.election, Some(Election::Compare | Election::Exclude))
}

/// Money that buys a tax relief asks for spend in its country.
pub(super) fn tax_shelters(deal: &Deal, out: &mut Vec<Finding>) {
    for instrument in deal.instruments.iter().filter(|one| !gives_nothing(one)) {
        let Terms::TaxShelter(terms) = &instrument.terms else { continue };
        let provider = deal.parties.iter().find(|party| Some(&party.id) == instrument.provider.as_ref());
        let seat = provider.and_then(|party| party.jurisdiction.as_deref());
        let required = terms.required_spend.and_then(|amount| deal.in_deal_currency(amount));
        let (Some(seat), Some(required)) = (seat, required) else { continue };
        let country = seat.split('-').next().unwrap_or(seat);
        let Some(spend) = spent_in(deal, country) else { continue };
        if spend.minor() < required.minor() {
            let missing = required.checked_sub(spend).unwrap_or(required);
            let path = format!("instruments[{}].terms.required_spend", instrument.id);
            out.push(
                Finding::new(Severity::Question, "TAX_SHELTER_SPEND_SHORT", path)
                    .with("name", &instrument.name)
                    .with("country", country)
                    .with("spend", spend)
                    .with("required", required)
                    .with("missing", missing),
            );
        }
    }
}

/// The lines spent in a country; absent while one of them has no amount or place.
fn spent_in(deal: &Deal, country: &str) -> Option<Money> {
    let mut sum = Decimal::ZERO;
    for line in &deal.budget.lines {
        let amount = deal.in_deal_currency(line.amount?)?.to_decimal();
        for part in line.spend.iter().filter(|part| lies_within(&part.jurisdiction, country)) {
            sum = sum.checked_add(amount.checked_mul(part.share?)?)?;
        }
    }
    Money::from_decimal(sum, deal.currency, recoup_money::Rounding::HalfUp).ok()
}
