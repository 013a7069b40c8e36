//! The budget: is it complete, within limits, and spent somewhere.

use recoup_money::{Money, Rounding};
use rust_decimal::Decimal;

use crate::budget::{BudgetLine, Contingency, SpendShare};
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
    match (reserve.share, reserve.amount) {
        (Some(share), Some(amount)) => {
            out.push(
                Finding::new(Severity::Blocker, "CONTINGENCY_TWICE", path)
                    .with("share", FindingValue::Rate(share))
                    .with("amount", amount),
            );
        }
        (None, None) => {
            out.push(Finding::new(Severity::Question, "NO_CONTINGENCY", path).case("empty"));
        }
        _ => below_bond(deal, reserve, out),
    }
}

/// Where there is a bond the contingency is at least what its guarantor asks for: as the deal says, else a tenth.
fn below_bond(deal: &Deal, reserve: &Contingency, out: &mut Vec<Finding>) {
    let bonded = deal.budget.costs.iter().any(|cost| cost.kind == CostKind::CompletionBond);
    let lines = lines_total(deal).filter(|lines| bonded && lines.is_positive());
    let Some((lines, amount)) = lines.zip(reserve.in_deal_currency(deal)) else { return };
    let least = deal.market.limits.contingency.unwrap_or(Decimal::new(1, 1));
    let required = lines.scale(least, Rounding::HalfUp).ok();
    let share = amount.ratio_to(lines).ok().flatten();
    let (Some(required), Some(share)) = (required, share) else { return };
    if amount.minor() < required.minor() {
        out.push(
            Finding::new(Severity::Question, "CONTINGENCY_BELOW_BOND", "budget.contingency")
                .with("amount", amount)
                .with("share", FindingValue::Rate(share))
                .with("required", required)
                .with("missing", required.checked_sub(amount).unwrap_or(required)),
        );
    }
}

impl Contingency {
    /// What it comes to: the typed amount, else its share of the lines that are its base.
    fn in_deal_currency(&self, deal: &Deal) -> Option<Money> {
        if let Some(amount) = self.amount {
            return deal.in_deal_currency(amount);
        }
        let mut base = lines_total(deal)?;
        for line in deal.budget.lines.iter().filter(|line| self.without_lines.contains(&line.id)) {
            base = base.checked_sub(deal.in_deal_currency(line.amount?)?).ok()?;
        }
        base.scale(self.share?, Rounding::HalfUp).ok()
    }
}

/// Every cost on top has an amount.
pub(super) fn costs(deal: &Deal, out: &mut Vec<Finding>) {
    for cost in deal.budget.costs.iter().filter(|cost| cost.amount.is_none()) {
        let path = format!("budget.costs[{}].amount", cost.id);
        out.push(Finding::new(Severity::Question, "COST_WITHOUT_AMOUNT", path));
    }
}
