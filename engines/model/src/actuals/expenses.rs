//! Expenses declared with statements: into the run of the plan, and against the caps of their types.

use recoup_calendar::Date;
use recoup_deal::Deal;
use recoup_deal::recoupment::{ExpenseType, RecoupmentPlan};
use recoup_explain::{Book, Cells, NodeId, Operation};

/// An expense as the plan is run with it.
pub(crate) struct Declared {
    pub date: Date,
    pub kind: String,
    pub amount: NodeId,
    pub counts_to_cap: bool,
}

/// Every expense that statements declare under a type of the plan, by date, and
/// `actuals.expenses.<type>.{declared,outside_cap,cap,share}`: all that is declared so far, the plan's own included.
pub(crate) fn declared(deal: &Deal, plan: &RecoupmentPlan, cells: &Cells, book: &mut Book) -> Vec<Declared> {
    let mut found = Vec::new();
    for statement in deal.actuals.counted() {
        for expense in &statement.expenses {
            if !plan.expense_types.iter().any(|kind| kind.id == expense.expense_type) {
                continue;
            }
            let at = format!("actuals.statements[{}]", statement.id);
            let date = expense.date.unwrap_or(statement.to);
            let day = match expense.date {
                Some(date) => cells.date(book, format!("{at}.expenses[{}].date", expense.id), Some(date)),
                None => cells.date(book, format!("{at}.to"), Some(statement.to)),
            };
            let path = format!("{at}.expenses[{}].amount", expense.id);
            let typed = cells.typed(book, path, Some(expense.amount));
            let amount = cells.exchange_on(book, typed, expense.amount.currency(), date);
            let amount = book.compute(Operation::Placed, &[amount, day]);
            let (kind, counts_to_cap) = (expense.expense_type.clone(), expense.counts_to_cap);
            found.push(Declared { date, kind, amount, counts_to_cap });
        }
    }
    found.sort_by_key(|expense| expense.date);
    for kind in &plan.expense_types {
        progress(kind, &found, cells, book);
    }
    found
}

/// How far a type is towards its cap. A type that no statement speaks of is left alone.
fn progress(kind: &ExpenseType, found: &[Declared], cells: &Cells, book: &mut Book) {
    if !found.iter().any(|expense| expense.kind == kind.id) {
        return;
    }
    let at = format!("recoupment.expense_types[{}]", kind.id);
    let mut sides = [vec![cells.nothing(book)], vec![cells.nothing(book)]];
    for own in &kind.declared {
        let path = format!("{at}.declared[{}].amount", own.id);
        let amount = cells.money(book, path, Some(own.amount));
        sides[usize::from(!own.counts_to_cap)].push(amount);
    }
    for expense in found.iter().filter(|expense| expense.kind == kind.id) {
        sides[usize::from(!expense.counts_to_cap)].push(expense.amount);
    }
    let [capped, outside] = sides;
    let name = |word: &str| format!("actuals.expenses.{}.{word}", kind.id);
    let capped = book.figure(name("declared"), Operation::Sum, &capped);
    book.figure(name("outside_cap"), Operation::Sum, &outside);
    if let Some(cap) = kind.cap {
        let cap = cells.money(book, format!("{at}.cap"), Some(cap));
        let cap: NodeId = book.name(cap, name("cap"));
        book.figure(name("share"), Operation::Quotient, &[capped, cap]);
    }
}
