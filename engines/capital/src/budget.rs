//! What the film costs, and in which month.

use recoup_calendar::Date;
use recoup_deal::{
    BudgetLine, CostAmount, CostBase, Deal, FinancingCost, Finding, Milestone, Severity, Timeline,
};
use recoup_explain::{Book, Cells, NodeId, Operation};

use crate::axis::Axis;
use crate::plan::quantities;
use crate::spread::{last_day, span, span_grounds, weights};

/// A budget line by month.
#[derive(Debug, Clone, PartialEq)]
pub struct LineUse {
    /// Id of the line.
    pub id: String,
    /// Its amount.
    pub amount: NodeId,
    /// What falls due in each month of the axis.
    pub months: Vec<(usize, NodeId)>,
    /// The same in the currency in which the line is typed, where that is not the deal's; else nothing.
    pub typed: Vec<(usize, NodeId)>,
}

/// A cost beside the lines.
#[derive(Debug, Clone, PartialEq)]
pub struct CostUse {
    /// Id of the cost.
    pub id: String,
    /// In words.
    pub label: String,
    /// Its amount.
    pub amount: NodeId,
    /// The amount as it falls due.
    pub paid: NodeId,
    /// The month in which it is paid.
    pub month: usize,
}

/// The budget as uses.
#[derive(Debug, Clone, PartialEq)]
pub struct BudgetUses {
    /// The lines.
    pub lines: Vec<LineUse>,
    /// All lines together.
    pub lines_total: NodeId,
    /// Contingency.
    pub contingency: NodeId,
    /// Contingency by month.
    pub contingency_months: Vec<(usize, NodeId)>,
    /// Bond, legal, audits and the like.
    pub costs: Vec<CostUse>,
    /// Lines, contingency and costs.
    pub total: NodeId,
    /// What is missing.
    pub findings: Vec<Finding>,
}

/// The days on which the budget falls due: first and last of every phase, and when costs are due.
pub(crate) fn days(deal: &Deal, timeline: &Timeline) -> Vec<Date> {
    let phases = timeline.phases().iter().flat_map(|span| {
        let months = i32::try_from(span.months).unwrap_or(1) - 1;
        [Some(span.first.first_day()), span.first.add_months(months).ok().map(|month| month.last_day())]
    });
    let costs = deal.budget.costs.iter().filter_map(|cost| due(cost, timeline));
    let typed = deal.budget.lines.iter().filter_map(|line| last_day(line, timeline));
    phases.flatten().chain(costs).chain(typed).chain(timeline.final_delivery()).collect()
}

/// Records the budget and spreads it over the axis.
pub(crate) fn uses(
    deal: &Deal,
    timeline: &Timeline,
    axis: &Axis,
    cells: &Cells,
    book: &mut Book,
) -> BudgetUses {
    let mut findings = Vec::new();
    let lines: Vec<LineUse> = deal
        .budget
        .lines
        .iter()
        .map(|line| line_use(line, (deal, timeline), axis, cells, book, &mut findings))
        .collect();
    let nothing = cells.nothing(book);
    let amounts: Vec<NodeId> = std::iter::once(nothing).chain(lines.iter().map(|line| line.amount)).collect();
    let lines_total = if deal.budget.lines.is_empty() && deal.budget.total.is_some() {
        cells.money(book, "budget.total".into(), deal.budget.total)
    } else {
        book.compute(Operation::Sum, &amounts)
    };
    let lines_total = book.name(lines_total, "budget.lines");
    let contingency = contingency(deal, lines_total, &lines, cells, book);
    let contingency_months = spread_contingency(contingency, &lines, axis, book);
    let costs: Vec<CostUse> = deal
        .budget
        .costs
        .iter()
        .map(|cost| cost_use(cost, (deal, timeline), axis, (lines_total, contingency), cells, book))
        .collect();
    let mut parts = vec![lines_total, contingency];
    parts.extend(costs.iter().map(|cost| cost.amount));
    let total = book.figure("budget.total", Operation::Sum, &parts);
    BudgetUses { lines, lines_total, contingency, contingency_months, costs, total, findings }
}

fn line_use(
    line: &BudgetLine,
    (deal, timeline): (&Deal, &Timeline),
    axis: &Axis,
    cells: &Cells,
    book: &mut Book,
    findings: &mut Vec<Finding>,
) -> LineUse {
    let path = format!("budget.lines[{}].amount", line.id);
    let currency = line.amount.map_or(cells.currency(), |amount| amount.currency());
    let dated = cells.is_dated(currency);
    let typed = cells.typed(book, path.clone(), line.amount);
    let whole = if dated { typed } else { cells.exchange(book, typed, currency, cells.currency()) };
    if book.value(whole).absence().is_some() {
        let amount = book.name(whole, format!("budget.{}.amount", line.id));
        findings.push(
            Finding::new(Severity::Blocker, "BUDGET_LINE_WITHOUT_AMOUNT", path).with("line", &line.label),
        );
        return LineUse { id: line.id.clone(), amount, months: Vec::new(), typed: Vec::new() };
    }
    let (first, count) = span(line.spent_in(), timeline, axis);
    let weights = weights(line, deal, count, axis.len() - first, cells, book);
    let grounds = span_grounds(line.spent_in(), deal, timeline);
    let whole = if dated { whole } else { book.name(whole, format!("budget.{}.amount", line.id)) };
    let due = cells.placed(book, whole, quantities(grounds));
    let inputs: Vec<NodeId> = std::iter::once(due).chain(weights.iter().map(|(_, weight)| *weight)).collect();
    let mut months = Vec::with_capacity(weights.len());
    let mut abroad = Vec::new();
    let mut own = inputs.clone();
    if currency != cells.currency() && !dated {
        own[0] = cells.placed(book, typed, quantities(span_grounds(line.spent_in(), deal, timeline)));
    }
    for (part, (offset, _)) in weights.iter().enumerate() {
        let operation = Operation::Apportion { part: u16::try_from(part).unwrap_or(u16::MAX) };
        let index = (first + offset).min(axis.len() - 1);
        let spend = book.compute(operation, &inputs);
        if currency != cells.currency() {
            let typed = if dated { spend } else { book.compute(operation, &own) };
            abroad.push((index, typed));
        }
        let spend = if dated { cells.exchange_on(book, spend, currency, axis.date(index)) } else { spend };
        months.push((index, book.name(spend, format!("budget.{}.spend[{}]", line.id, axis.month(index)))));
    }
    // What is paid at the rates of several days costs what its months cost.
    let amount = if dated {
        let parts: Vec<NodeId> = months.iter().map(|month| month.1).collect();
        book.figure(format!("budget.{}.amount", line.id), Operation::Sum, &parts)
    } else {
        whole
    };
    LineUse { id: line.id.clone(), amount, months, typed: abroad }
}

fn contingency(deal: &Deal, total: NodeId, lines: &[LineUse], cells: &Cells, book: &mut Book) -> NodeId {
    let nothing = cells.nothing(book);
    let node = match &deal.budget.contingency {
        None => nothing,
        Some(contingency) if contingency.amount.is_some() => {
            cells.money(book, "budget.contingency.amount".into(), contingency.amount)
        }
        Some(contingency) => {
            let without = |line: &&LineUse| contingency.without_lines.contains(&line.id);
            let base = lines.iter().filter(without).fold(total, |base, line| book.less(base, line.amount));
            let share = cells.number(book, "budget.contingency.share".into(), contingency.share);
            book.scaled(base, &[share])
        }
    };
    book.name(node, "budget.contingency")
}

/// Contingency is spent in proportion to the lines.
fn spread_contingency(
    contingency: NodeId,
    lines: &[LineUse],
    axis: &Axis,
    book: &mut Book,
) -> Vec<(usize, NodeId)> {
    let is_nothing = book.value(contingency).as_money().is_none_or(|amount| amount.is_zero());
    let mut by_month: Vec<Vec<NodeId>> = vec![Vec::new(); axis.len()];
    for (index, spend) in lines.iter().flat_map(|line| &line.months) {
        by_month[*index].push(*spend);
    }
    let totals: Vec<(usize, NodeId)> = by_month
        .into_iter()
        .enumerate()
        .filter(|(_, parts)| !parts.is_empty())
        .map(|(index, parts)| (index, book.plus(&parts)))
        .collect();
    if is_nothing {
        return Vec::new();
    }
    if totals.is_empty() {
        return vec![(0, contingency)];
    }
    let weight =
        |book: &Book, node: &NodeId| book.value(*node).as_money().is_some_and(|money| money.is_positive());
    if !totals.iter().any(|(_, node)| weight(book, node)) {
        return vec![(totals[0].0, contingency)];
    }
    let inputs: Vec<NodeId> =
        std::iter::once(contingency).chain(totals.iter().map(|(_, node)| *node)).collect();
    let mut months = Vec::with_capacity(totals.len());
    for (part, (index, _)) in totals.iter().enumerate() {
        let operation = Operation::Apportion { part: u16::try_from(part).unwrap_or(u16::MAX) };
        let address = format!("budget.contingency_spend[{}]", axis.month(*index));
        months.push((*index, book.figure(address, operation, &inputs)));
    }
    months
}

fn due(cost: &FinancingCost, timeline: &Timeline) -> Option<Date> {
    let due = cost.due.as_ref().unwrap_or(&Milestone::FinancialClose);
    timeline.days(due).last().map(|(date, _)| *date)
}

/// The bonded budget is the budget less bond, financing costs and contingency: the lines.
fn cost_use(
    cost: &FinancingCost,
    (deal, timeline): (&Deal, &Timeline),
    axis: &Axis,
    (lines, contingency): (NodeId, NodeId),
    cells: &Cells,
    book: &mut Book,
) -> CostUse {
    let path = format!("budget.costs[{}].amount", cost.id);
    let node = match &cost.amount {
        Some(CostAmount::Fixed(amount)) => cells.money(book, format!("{path}.fixed"), Some(*amount)),
        Some(CostAmount::ShareOf(part)) => {
            let base = match part.base {
                CostBase::Lines | CostBase::BondedBudget => lines,
                CostBase::LinesAndContingency => book.plus(&[lines, contingency]),
            };
            let share = cells.number(book, format!("{path}.share_of.share"), Some(part.share));
            book.scaled(base, &[share])
        }
        None => cells.money(book, path, None),
    };
    let amount = book.name(node, format!("budget.costs.{}.amount", cost.id));
    let month = due(cost, timeline).or(timeline.close()).map_or(0, |day| axis.index_of(day));
    let label = cost.label.clone().unwrap_or_else(|| cost.id.clone());
    let grounds = match due(cost, timeline) {
        Some(_) => {
            let due = cost.due.as_ref().unwrap_or(&Milestone::FinancialClose);
            deal.grounds(due, &format!("budget.costs[{}].due", cost.id))
        }
        None => deal.grounds(&Milestone::FinancialClose, ""),
    };
    let paid = cells.placed(book, amount, quantities(grounds));
    CostUse { id: cost.id.clone(), label, amount, paid, month }
}
