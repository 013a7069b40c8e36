//! What is wrong or worth knowing about the way that is chosen.

use recoup_deal::{Finding, FindingValue, IncentiveClaim, Monetisation, Phrase, Severity};
use recoup_explain::Book;
use rust_decimal::Decimal;

use super::ClaimWays;
use crate::assess::ClaimAssessment;
use crate::policy::{Closed, Policy, Rest, WayKind};

/// Every remark on one claim.
pub(super) fn of(
    claim: &IncentiveClaim,
    policy: &Policy,
    assessed: &ClaimAssessment,
    ways: &ClaimWays,
    book: &Book,
) -> Vec<Finding> {
    let mut found = Vec::new();
    let path = format!("incentives[{}].monetisation", claim.id);
    let program = &policy.short_name;
    if let Some(closed) = ways.chosen_closed() {
        let shut = Finding::new(Severity::Question, "WAY_NOT_OPEN", path.clone())
            .with("program", program)
            .with("ground", ground(policy, ways.chosen, closed));
        found.push(match ways.chosen {
            WayKind::Direct => shut.case("direct"),
            WayKind::Transfer => shut.case("transfer"),
            WayKind::Offset => shut.case("offset"),
            WayKind::Loan => shut,
        });
    }
    if let Some(Monetisation::Transfer(price)) = &claim.monetisation {
        let path = format!("{path}.transfer");
        let floor = policy.way(WayKind::Transfer).and_then(|way| policy.constant(way.floor.as_deref()?));
        if let Some(floor) = floor.filter(|floor| *price < floor.value) {
            found.push(
                Finding::new(Severity::Blocker, "CREDIT_SOLD_UNDER_FLOOR", path.clone())
                    .with("program", program)
                    .with("price", FindingValue::Rate(*price))
                    .with("floor", FindingValue::Rate(floor.value))
                    .with("clause", &floor.clause),
            );
        }
        if *price > Decimal::ONE {
            found.push(
                Finding::new(Severity::Question, "CREDIT_SOLD_OVER_PAR", path)
                    .with("program", program)
                    .with("price", FindingValue::Rate(*price)),
            );
        }
    }
    if ways.chosen == WayKind::Offset {
        found.extend(offset(claim, policy, assessed, book));
    }
    found
}

/// What the law says against a way.
fn ground(policy: &Policy, kind: WayKind, closed: Closed) -> Phrase {
    let way = policy.way(kind).filter(|_| matches!(closed, Closed::ByLaw | Closed::ConditionFails));
    way.map_or_else(|| Phrase::new(policy.legal_name.as_str()), |way| Phrase::new(way.ground.as_str()))
}

fn offset(
    claim: &IncentiveClaim,
    policy: &Policy,
    assessed: &ClaimAssessment,
    book: &Book,
) -> Option<Finding> {
    let way = policy.way(WayKind::Offset);
    if way.is_some_and(|way| way.limited_in_line) {
        return None;
    }
    let path = format!("incentives[{}].own_tax", claim.id);
    if claim.own_tax.is_none() {
        return Some(
            Finding::new(Severity::Question, "OFFSET_WITHOUT_OWN_TAX", path)
                .with("program", &policy.short_name),
        );
    }
    let money = |node| book.value(node).as_money();
    let (credit, used) = (assessed.credit_in_deal.and_then(money)?, assessed.received.and_then(money)?);
    let rest = credit.checked_sub(used).ok().filter(|rest| rest.minor() > 0)?;
    let finding = Finding::new(Severity::Note, "OFFSET_LEAVES_A_REST", path)
        .with("program", &policy.short_name)
        .with("rest", rest);
    Some(match way.and_then(|way| way.rest) {
        Some(Rest::CarriedForward) => finding.case("carried_forward"),
        Some(Rest::Lost) | None => finding,
        Some(Rest::Refunded) => return None,
    })
}
