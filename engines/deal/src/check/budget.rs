//! The budget: is it complete, within limits, and spent somewhere.

use recoup_money::Money;
use rust_decimal::Decimal;

use crate::budget::{BudgetLine, SpendShare};
use crate::cost::CostKind;
use crate::document::Deal;
use crate::findings::{Finding, FindingValue, Severity};
use crate::limits::{MAX_BUDGET_USD, MIN_BUDGET_USD, below_minimum, lines_total};

/// There are lines, their sum is a budget, and it is the stated one.
pub(super) fn size(deal: &Deal, out: &mut Vec<Finding>) {
    let Some(sum) = lines_total(deal) else {
        if deal.budget.lines.iter().all(|line| line.amount.is_none()) {
            out.push(Finding::new(Severity::Question, "NO_BUDGET", "budget.lines"));
        }
        return;
    };
    if below_minimum(deal, sum) {
        out.push(
            Finding::new(Severity::Blocker, "INVALID_BUDGET", "budget.lines")
                .with("sum", sum)
                .with("least", MIN_BUDGET_USD)
                .with("most", MAX_BUDGET_USD),
        );
    }
    let complete = deal.budget.lines.iter().all(|line| line.amount.is_some());
    if let Some(total) = deal.budget.total.filter(|total| complete && *total != sum) {
        out.push(
            Finding::new(Severity::Question, "BUDGET_TOTAL_DIFFERS", "budget.total")
                .with("total", total)
                .with("sum", sum),
        );
    }
}

/// Every line has an amount and a place.
pub(super) fn lines(deal: &Deal, out: &mut Vec<Finding>) {
    for line in &deal.budget.lines {
        let path = format!("budget.lines[{}]", line.id);
        if line.amount.is_none() {
            out.push(
                Finding::new(Severity::Question, "LINE_WITHOUT_AMOUNT", format!("{path}.amount"))
                    .with("line", &line.label),
            );
        }
        if line.spend.is_empty() {
            out.push(
                Finding::new(Severity::Question, "LINE_WITHOUT_PLACE", format!("{path}.spend"))
                    .with("line", &line.label),
            );
        }
    }
}

/// Subcontracts and named payments are parts of their line and not more.
pub(super) fn parts(deal: &Deal, out: &mut Vec<Finding>) {
    for line in &deal.budget.lines {
        exceeds(line, "subcontracts", line.subcontracts.iter().filter_map(|part| part.price), out);
        exceeds(line, "items", line.items.iter().filter_map(|part| part.amount), out);
    }
}

fn exceeds(line: &BudgetLine, field: &str, parts: impl Iterator<Item = Money>, out: &mut Vec<Finding>) {
    let Some(amount) = line.amount else { return };
    let path = format!("budget.lines[{}].{field}", line.id);
    match Money::sum(amount.currency(), parts) {
        Ok(sum) if sum.minor() > amount.minor() => {
            out.push(
                Finding::new(Severity::Blocker, "PARTS_EXCEED_LINE", path)
                    .with("line", &line.label)
                    .with("sum", sum)
                    .with("amount", amount),
            );
        }
        Ok(_) => {}
        Err(_) => {
            out.push(
                Finding::new(Severity::Blocker, "PARTS_IN_OTHER_CURRENCY", path).with("line", &line.label),
            );
        }
    }
}

/// The places of a line make one whole.
pub(super) fn splits(deal: &Deal, out: &mut Vec<Finding>) {
    for line in &deal.budget.lines {
        whole(&format!("budget.lines[{}].spend", line.id), &line.spend, out);
    }
    if let Some(contingency) = &deal.budget.contingency {
        whole("budget.contingency.spend", &contingency.spend, out);
    }
    for cost in &deal.budget.costs {
        whole(&format!("budget.costs[{}].spend", cost.id), &cost.spend, out);
    }
}

fn whole(path: &str, spend: &[SpendShare], out: &mut Vec<Finding>) {
    if spend.is_empty() {
        return;
    }
    if spend.iter().any(|part| part.share.is_none()) {
        out.push(Finding::new(Severity::Question, "SPLIT_INCOMPLETE", path));
        return;
    }
    let sum: Decimal = spend.iter().filter_map(|part| part.share).sum();
    if sum != Decimal::ONE {
        out.push(
            Finding::new(Severity::Blocker, "SPLIT_NOT_WHOLE", path).with("sum", FindingValue::Rate(sum)),
        );
    }
}

/// A reserve is there, once, and as large as a guarantor asks for.
pub(super) fn contingency(deal: &Deal, out: &mut Vec<Finding>) {
    let path = "budget.contingency";
    let Some(reserve) = &deal.budget.contingency else {
        out.push(Finding::new(Severity::Question, "NO_CONTINGENCY", path));
        return;
    };
    let share = match (reserve.share, reserve.amount) {
        (Some(_), Some(_)) => {
            out.push(Finding::new(Severity::Blocker, "CONTINGENCY_TWICE", path));
            return;
        }
        (None, None) => {
            out.push(Finding::new(Severity::Question, "NO_CONTINGENCY", path).case("empty"));
            return;
        }
        (Some(share), None) => Some(share),
        (None, Some(amount)) => {
            let amount = deal.in_deal_currency(amount).map(|money| money.to_decimal());
            let lines = lines_total(deal).map(|money| money.to_decimal());
            amount.zip(lines).and_then(|(amount, lines)| amount.checked_div(lines))
        }
    };
    let bonded = deal.budget.costs.iter().any(|cost| cost.kind == CostKind::CompletionBond);
    if let Some(share) = share.filter(|share| bonded && *share < Decimal::new(1, 1)) {
        out.push(
            Finding::new(Severity::Question, "CONTINGENCY_BELOW_BOND", path)
                .with("share", FindingValue::Rate(share)),
        );
    }
}

/// Every cost on top has an amount.
pub(super) fn costs(deal: &Deal, out: &mut Vec<Finding>) {
    for cost in deal.budget.costs.iter().filter(|cost| cost.amount.is_none()) {
        let path = format!("budget.costs[{}].amount", cost.id);
        out.push(Finding::new(Severity::Question, "COST_WITHOUT_AMOUNT", path));
    }
}
