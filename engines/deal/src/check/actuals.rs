//! Statements that came in: their days, what they name, what they add up to, and the caps they use up.

use recoup_calendar::Date;
use recoup_money::{Currency, Money, Rounding};
use rust_decimal::Decimal;

use crate::actuals::{ReceivedStatement, StatementLine, StatementStanding};
use crate::document::Deal;
use crate::findings::{Finding, FindingValue, Phrase, Severity};
use crate::revenue::RevenueSource;
use crate::timeline::Timeline;

/// From this part of a cap on, its use is told.
const NEAR: Decimal = Decimal::from_parts(8, 0, 0, false, 1);

fn at(statement: &ReceivedStatement) -> String {
    format!("actuals.statements[{}]", statement.id)
}

/// A period ends after it begins and before it is reported; nothing lies before delivery or in the future.
pub(super) fn days(deal: &Deal, out: &mut Vec<Finding>) {
    let delivery = Timeline::of(deal).final_delivery();
    for statement in &deal.actuals.statements {
        let at = at(statement);
        if statement.to < statement.from {
            out.push(
                Finding::new(Severity::Blocker, "ACTUALS_PERIOD_REVERSED", format!("{at}.to"))
                    .with("from", statement.from)
                    .with("to", statement.to),
            );
        }
        if let Some(reported) = statement.reported.filter(|reported| statement.to > *reported) {
            out.push(
                Finding::new(Severity::Blocker, "ACTUALS_AFTER_REPORT", format!("{at}.to"))
                    .with("to", statement.to)
                    .with("reported", reported),
            );
        }
        let days =
            [("to", Some(statement.to)), ("reported", statement.reported), ("received", statement.received)];
        let late = |(_, day): &(&str, Option<Date>)| day.is_some_and(|day| day > deal.as_of);
        if let Some((word, Some(day))) = days.into_iter().find(late) {
            out.push(
                Finding::new(Severity::Question, "ACTUALS_IN_FUTURE", format!("{at}.{word}"))
                    .with("day", day)
                    .with("today", deal.as_of),
            );
        }
        if let Some(delivery) = delivery.filter(|delivery| statement.from < *delivery) {
            out.push(
                Finding::new(Severity::Question, "ACTUALS_BEFORE_DELIVERY", format!("{at}.from"))
                    .with("from", statement.from)
                    .with("delivery", delivery),
            );
        }
        if statement.standing == StatementStanding::Draft {
            out.push(
                Finding::new(Severity::Question, "ACTUALS_DRAFT", format!("{at}.standing"))
                    .with("from", statement.from)
                    .with("to", statement.to),
            );
        }
    }
}

/// Periods of one source follow each other without overlap or gap.
pub(super) fn periods(deal: &Deal, out: &mut Vec<Finding>) {
    let counted = deal.actuals.counted();
    for source in &deal.revenue.sources {
        let mine = |line: &StatementLine| line.source == source.id;
        let mut own: Vec<&ReceivedStatement> =
            counted.iter().copied().filter(|one| one.lines.iter().any(mine) && one.from <= one.to).collect();
        own.sort_by_key(|one| (one.from, one.to, one.id.as_str()));
        let mut reach: Option<&ReceivedStatement> = None;
        for one in own {
            if let Some(before) = reach {
                out.extend(follows(source, before, one));
            }
            reach = reach.filter(|before| before.to >= one.to).or(Some(one));
        }
    }
}

fn follows(source: &RevenueSource, before: &ReceivedStatement, one: &ReceivedStatement) -> Option<Finding> {
    let path = format!("{}.from", at(one));
    if one.from <= before.to {
        return Some(
            Finding::new(Severity::Question, "ACTUALS_OVERLAP", path)
                .with("source", &source.label)
                .with("from", one.from)
                .with("other_from", before.from)
                .with("other_to", before.to),
        );
    }
    let next = before.to.add_days(1).ok()?;
    let last = one.from.add_days(-1).ok()?;
    (next < one.from).then(|| {
        Finding::new(Severity::Question, "ACTUALS_GAP", path)
            .with("source", &source.label)
            .with("from", next)
            .with("to", last)
    })
}

/// Senders, sources and expense types exist.
pub(super) fn references(deal: &Deal, out: &mut Vec<Finding>) {
    let unknown = |path: String, what: &str, id: &str| {
        Finding::new(Severity::Blocker, "UNKNOWN_REFERENCE", path)
            .with("what", Phrase::new(what))
            .with("id", id)
    };
    let is_source = |id: &str| deal.revenue.sources.iter().any(|source| source.id == id);
    let types = deal.recoupment.iter().flat_map(|plan| &plan.expense_types);
    let types: Vec<&str> = types.map(|kind| kind.id.as_str()).collect();
    for statement in &deal.actuals.statements {
        let at = at(statement);
        let sender = statement.sender.as_deref();
        if let Some(id) = sender.filter(|id| !deal.parties.iter().any(|party| party.id == *id)) {
            out.push(unknown(format!("{at}.sender"), "no_party", id));
        }
        for line in statement.lines.iter().filter(|line| !is_source(&line.source)) {
            out.push(unknown(format!("{at}.lines[{}].source", line.id), "no_source", &line.source));
        }
        for expense in statement.expenses.iter().filter(|one| !types.contains(&one.expense_type.as_str())) {
            let path = format!("{at}.expenses[{}].expense_type", expense.id);
            out.push(unknown(path, "no_expense_type", &expense.expense_type));
        }
    }
    for rest in deal.actuals.rests.iter().filter(|rest| !is_source(&rest.source)) {
        out.push(unknown(format!("actuals.rests[{}].source", rest.id), "no_source", &rest.source));
    }
}

/// A line is in one currency that the deal can price, and its gross less deductions is its amount.
pub(super) fn sums(deal: &Deal, out: &mut Vec<Finding>) {
    for statement in &deal.actuals.statements {
        for line in &statement.lines {
            let path = format!("{}.lines[{}]", at(statement), line.id);
            let source = deal.revenue.sources.iter().find(|source| source.id == line.source);
            let label = source.map_or(line.source.as_str(), |source| source.label.as_str());
            line_sum(line, &path, label, out);
            let foreign = line.amount.currency() != deal.currency;
            match line.rate.filter(|_| foreign) {
                Some(rate) if rate <= Decimal::ZERO => out.push(
                    Finding::new(Severity::Blocker, "INVALID_RATE", format!("{path}.rate"))
                        .with("rate", FindingValue::Number(rate))
                        .with("from", line.amount.currency())
                        .with("to", deal.currency),
                ),
                Some(_) => {}
                None => out.extend(unpriced(deal, line.amount.currency(), format!("{path}.rate"), label)),
            }
        }
        for expense in &statement.expenses {
            let path = format!("{}.expenses[{}].amount", at(statement), expense.id);
            out.extend(unpriced(deal, expense.amount.currency(), path, &expense.expense_type));
        }
    }
}

fn line_sum(line: &StatementLine, path: &str, label: &str, out: &mut Vec<Finding>) {
    let difference = match line.unexplained() {
        Ok(difference) => difference.filter(|difference| !difference.is_zero()),
        Err(_) => {
            out.push(
                Finding::new(Severity::Blocker, "ACTUALS_CURRENCIES", format!("{path}.amount"))
                    .with("source", label),
            );
            return;
        }
    };
    if let (Some(difference), Some(gross)) = (difference, line.gross) {
        out.push(
            Finding::new(Severity::Question, "ACTUALS_LINE_SUM", format!("{path}.amount"))
                .with("source", label)
                .with("gross", gross)
                .with("amount", line.amount)
                .with("difference", difference),
        );
    }
}

fn unpriced(deal: &Deal, from: Currency, path: String, what: &str) -> Option<Finding> {
    let priced = from == deal.currency || deal.rate(from, deal.currency).is_some();
    (!priced).then(|| {
        Finding::new(Severity::Blocker, "MISSING_RATE", path)
            .with("what", what)
            .with("from", from)
            .with("to", deal.currency)
    })
}

/// How much of the cap of an expense type is used up by what has been declared: told from four fifths on.
pub(super) fn caps(deal: &Deal, out: &mut Vec<Finding>) {
    let counted = deal.actuals.counted();
    for kind in deal.recoupment.iter().flat_map(|plan| &plan.expense_types) {
        let came = counted.iter().flat_map(|statement| &statement.expenses);
        let came = came.filter(|expense| expense.expense_type == kind.id && expense.counts_to_cap);
        let mut amounts: Vec<Money> = came.map(|expense| expense.amount).collect();
        let Some(cap) = kind.cap.filter(|cap| cap.is_positive() && !amounts.is_empty()) else { continue };
        amounts.extend(kind.declared.iter().filter(|own| own.counts_to_cap).map(|own| own.amount));
        let Some(declared) = in_currency(deal, &amounts, cap.currency()) else { continue };
        let Ok(Some(share)) = declared.ratio_to(cap) else { continue };
        let path = format!("recoupment.expense_types[{}].cap", kind.id);
        let finding = if share > Decimal::ONE {
            Finding::new(Severity::Question, "ACTUALS_CAP_OVER", path)
                .with("kind", &kind.id)
                .with("declared", declared)
                .with("cap", cap)
        } else if share >= NEAR {
            Finding::new(Severity::Note, "ACTUALS_CAP_NEAR", path)
                .with("kind", &kind.id)
                .with("declared", declared)
                .with("cap", cap)
                .with("share", FindingValue::Rate(share.round_dp(4)))
        } else {
            continue;
        };
        out.push(finding);
    }
}

fn in_currency(deal: &Deal, amounts: &[Money], currency: Currency) -> Option<Money> {
    amounts.iter().try_fold(Money::zero(currency), |sum, amount| {
        let rate = deal.rate(amount.currency(), currency)?;
        let value = amount.to_decimal().checked_mul(rate)?;
        sum.checked_add(Money::from_decimal(value, currency, Rounding::HalfUp).ok()?).ok()
    })
}
