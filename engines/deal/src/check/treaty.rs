//! Official co-productions: does each side carry what the contract says.

use recoup_money::{Money, Rounding};
use rust_decimal::Decimal;

use crate::budget::{SpendShare, lies_within};
use crate::convention::ShareBounds;
use crate::document::Deal;
use crate::findings::{Finding, FindingValue, Severity};
use crate::limits::lines_total;

/// Largest distance between contract and budget that nobody asks about: half a per cent of the cost.
const TOLERANCE: Decimal = Decimal::from_parts(5, 0, 0, false, 3);

/// The sides of the contract make one whole.
pub(super) fn shares(deal: &Deal, out: &mut Vec<Finding>) {
    let Some(treaty) = &deal.project.treaty else { return };
    let known: Vec<Decimal> = treaty.shares.iter().filter_map(|side| side.share).collect();
    let sum: Decimal = known.iter().copied().sum();
    if known.len() == treaty.shares.len() && !known.is_empty() && sum != Decimal::ONE {
        out.push(
            Finding::new(Severity::Blocker, "SPLIT_NOT_WHOLE", "project.treaty.shares")
                .case("treaty")
                .with("sum", FindingValue::Rate(sum)),
        );
    }
}

/// Each side carries about the share of the cost that the contract gives it.
pub(super) fn carried(deal: &Deal, out: &mut Vec<Finding>) {
    let Some(treaty) = &deal.project.treaty else { return };
    let Some(parts) = spent(deal) else { return };
    let total: Decimal = parts.iter().map(|(_, amount)| *amount).sum();
    for side in &treaty.shares {
        let here = parts.iter().filter(|(place, _)| lies_within(place, &side.jurisdiction));
        let here: Decimal = here.map(|(_, amount)| *amount).sum();
        let (Some(agreed), Some(actual)) = (side.share, here.checked_div(total)) else { continue };
        if (actual - agreed).abs() > TOLERANCE {
            let path = format!("project.treaty.shares[{}].share", side.id);
            out.push(
                Finding::new(Severity::Question, "TREATY_SHARE_DIFFERS", path)
                    .with("agreed", FindingValue::Rate(agreed))
                    .with("actual", FindingValue::Rate(actual)),
            );
        }
    }
}

/// No side is below what the convention asks of it, or above what it allows.
pub(super) fn bounds(deal: &Deal, out: &mut Vec<Finding>) {
    let Some(treaty) = &deal.project.treaty else { return };
    let Some(bounds) = ShareBounds::of(&deal.project) else { return };
    // Without amounts there is no cost to have a share of.
    let Some(cost) = lines_total(deal) else { return };
    let part = |share: Decimal| {
        let amount = cost.to_decimal().checked_mul(share)?;
        Money::from_decimal(amount, deal.currency, Rounding::HalfUp).ok()
    };
    let allowed = bounds.by_consent.unwrap_or(bounds.least);
    for side in &treaty.shares {
        let Some(share) = side.share else { continue };
        let over = bounds.most.filter(|most| share > *most);
        let bound = match over {
            Some(most) => most,
            None if share < allowed => allowed,
            None if share < bounds.least => bounds.least,
            None => continue,
        };
        let off = (share - bound).abs();
        let Some(amount) = part(off) else { continue };
        let path = format!("project.treaty.shares[{}].share", side.id);
        let finding = Finding::new(Severity::Question, "TREATY_SHARE_BOUND", path)
            .with("side", &side.jurisdiction)
            .with("share", FindingValue::Rate(share))
            .with("bound", FindingValue::Rate(bound))
            .with("off", FindingValue::Rate(off))
            .with("amount", amount)
            .with("clause", bounds.clause.clone());
        out.push(match over {
            Some(_) => finding.case("above"),
            None if share < allowed => finding.case("below"),
            None => finding.case("consent"),
        });
    }
}

/// Amounts by place over lines and contingency; absent while a line is incomplete.
fn spent(deal: &Deal) -> Option<Vec<(&str, Decimal)>> {
    let mut parts = Vec::new();
    let mut lines = Decimal::ZERO;
    for line in &deal.budget.lines {
        let amount = deal.in_deal_currency(line.amount?)?.to_decimal();
        lines += amount;
        place(amount, &line.spend, &mut parts)?;
    }
    if let Some(reserve) = deal.budget.contingency.as_ref().filter(|reserve| !reserve.spend.is_empty()) {
        let typed = reserve.amount.and_then(|amount| deal.in_deal_currency(amount));
        let amount = typed.map(|amount| amount.to_decimal());
        let amount = amount.or_else(|| lines.checked_mul(reserve.share?))?;
        place(amount, &reserve.spend, &mut parts)?;
    }
    Some(parts)
}

fn place<'a>(amount: Decimal, spend: &'a [SpendShare], parts: &mut Vec<(&'a str, Decimal)>) -> Option<()> {
    for part in spend {
        parts.push((&part.jurisdiction, amount.checked_mul(part.share?)?));
    }
    (!spend.is_empty()).then_some(())
}
