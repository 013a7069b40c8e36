//! The budget: is it complete, within limits, and spent somewhere.

use recoup_money::Money;
use rust_decimal::Decimal;

use super::words::per_cent;
use crate::budget::{BudgetLine, SpendShare};
use crate::cost::CostKind;
use crate::document::Deal;
use crate::finding::Finding;
use crate::limits::{MAX_BUDGET_USD, MIN_BUDGET_USD, below_minimum, lines_total};

/// There are lines, their sum is a budget, and it is the stated one.
pub(super) fn size(deal: &Deal, out: &mut Vec<Finding>) {
    let Some(sum) = lines_total(deal) else {
        if deal.budget.lines.iter().all(|line| line.amount.is_none()) {
            let message = "The budget has no amounts yet.";
            out.push(Finding::question("NO_BUDGET", "budget.lines", message, "Add lines with amounts."));
        }
        return;
    };
    if below_minimum(deal, sum) {
        let message = format!(
            "The lines add up to {sum}; a budget lies between {MIN_BUDGET_USD} and {MAX_BUDGET_USD} US dollars."
        );
        out.push(Finding::blocker("INVALID_BUDGET", "budget.lines", message, "Complete the lines."));
    }
    let complete = deal.budget.lines.iter().all(|line| line.amount.is_some());
    if let Some(total) = deal.budget.total.filter(|total| complete && *total != sum) {
        let message = format!("The stated total is {total}, the lines add up to {sum}.");
        let remedy = "Correct a line or the total.";
        out.push(Finding::question("BUDGET_TOTAL_DIFFERS", "budget.total", message, remedy));
    }
}

/// Every line has an amount and a place.
pub(super) fn lines(deal: &Deal, out: &mut Vec<Finding>) {
    for line in &deal.budget.lines {
        let path = format!("budget.lines[{}]", line.id);
        if line.amount.is_none() {
            let message = format!("\"{}\" has no amount.", line.label);
            let remedy = "Type the amount.";
            out.push(Finding::question("LINE_WITHOUT_AMOUNT", format!("{path}.amount"), message, remedy));
        }
        if line.spend.is_empty() {
            let message =
                format!("It is not known where \"{}\" is spent; no incentive counts it.", line.label);
            let remedy = "Choose a jurisdiction.";
            out.push(Finding::question("LINE_WITHOUT_PLACE", format!("{path}.spend"), message, remedy));
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
            let message = format!("The parts of \"{}\" add up to {sum}, more than its {amount}.", line.label);
            out.push(Finding::blocker("PARTS_EXCEED_LINE", path, message, "Correct a part or the line."));
        }
        Ok(_) => {}
        Err(_) => {
            let message = format!("The parts of \"{}\" are not in the currency of the line.", line.label);
            out.push(Finding::blocker(
                "PARTS_IN_OTHER_CURRENCY",
                path,
                message,
                "Type them in its currency.",
            ));
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
        let message = "Some places have no share.";
        out.push(Finding::question("SPLIT_INCOMPLETE", path, message, "Type the shares; together 100 %."));
        return;
    }
    let sum: Decimal = spend.iter().filter_map(|part| part.share).sum();
    if sum != Decimal::ONE {
        let message = format!("The shares of the places add up to {}, not to 100 %.", per_cent(sum));
        out.push(Finding::blocker("SPLIT_NOT_WHOLE", path, message, "Correct a share."));
    }
}

/// A reserve is there, once, and as large as a guarantor asks for.
pub(super) fn contingency(deal: &Deal, out: &mut Vec<Finding>) {
    let path = "budget.contingency";
    let Some(reserve) = &deal.budget.contingency else {
        let message = "The budget has no contingency.";
        out.push(Finding::question("NO_CONTINGENCY", path, message, "Ten per cent of the lines is usual."));
        return;
    };
    let share = match (reserve.share, reserve.amount) {
        (Some(_), Some(_)) => {
            let message = "The contingency is given as a share and as an amount.";
            out.push(Finding::blocker("CONTINGENCY_TWICE", path, message, "Keep one of the two."));
            return;
        }
        (None, None) => {
            let message = "The contingency has neither share nor amount.";
            out.push(Finding::question(
                "NO_CONTINGENCY",
                path,
                message,
                "Ten per cent of the lines is usual.",
            ));
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
        let message =
            format!("The contingency is {} of the lines; a bond usually asks for 10 %.", per_cent(share));
        let remedy = "Raise the contingency or show the guarantor's consent.";
        out.push(Finding::question("CONTINGENCY_BELOW_BOND", path, message, remedy));
    }
}

/// Every cost on top has an amount.
pub(super) fn costs(deal: &Deal, out: &mut Vec<Finding>) {
    for cost in deal.budget.costs.iter().filter(|cost| cost.amount.is_none()) {
        let path = format!("budget.costs[{}].amount", cost.id);
        let message = "This cost will come, but its amount is not known.";
        out.push(Finding::question("COST_WITHOUT_AMOUNT", path, message, "Type the amount or a usual one."));
    }
}
