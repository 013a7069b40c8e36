//! What lenders ask for, with the amounts that each test divides, and the conditions before money comes.

use recoup_capital::{CoverTest, TestUnit};
use recoup_explain::{Comparison, How, Leaf, NodeId, Operation, Quantity};

use crate::excel::named;
use crate::sections::desk::Desk;
use crate::table::{Cell, ColumnKind, RowStyle, Table};

/// How deep a sum is taken apart.
const MOST_LEVELS: usize = 3;
/// Amounts on one side of a test.
const MOST_TERMS: usize = 12;

/// Every test with its verdict, and under it what stands over what.
pub(crate) fn tests(desk: &mut Desk<'_>) -> Table {
    let mut table = Table::new(&[
        (desk.words.say("capital.test"), ColumnKind::Text, 3.6),
        (&desk.in_currency("capital.amount"), ColumnKind::Money, 1.3),
        (desk.words.say("capital.this_deal"), ColumnKind::Percent, 1.1),
        ("", ColumnKind::Text, 0.3),
        (desk.words.say("capital.asked"), ColumnKind::Percent, 1.0),
        (desk.words.say("column.result"), ColumnKind::Text, 1.2),
        (desk.words.say("column.ref"), ColumnKind::Tag, 0.7),
    ]);
    let Some(capital) = desk.results.capital else { return table };
    for test in &capital.tests {
        verdict(desk, &mut table, test);
        arithmetic(desk, &mut table, test);
    }
    table
}

fn verdict(desk: &mut Desk<'_>, table: &mut Table, test: &CoverTest) {
    let book = desk.results.book;
    let [pass, fail, open] = ["verdict.pass", "verdict.fail", "verdict.undecided"].map(|key| desk.say(key));
    let said = match book.value(test.met) {
        Quantity::Flag(true) => pass.clone(),
        Quantity::Flag(false) => fail.clone(),
        _ => open,
    };
    let met = book.address(test.met).map_or_else(String::new, ToString::to_string);
    let label = label(desk, test);
    let kind = match test.unit {
        TestUnit::Ratio => ColumnKind::Percent,
        TestUnit::Days => ColumnKind::Number,
    };
    let (ratio, tag) = desk.node('C', test.ratio, &label, kind);
    let (required, asked) = desk.node('C', test.required, &label, kind);
    let sign = match test.comparison {
        Comparison::AtLeast | Comparison::Greater => "≥",
        Comparison::AtMost | Comparison::Less => "≤",
        Comparison::Equal | Comparison::Different => "=",
    };
    let tags = tag.into_iter().chain(asked).collect();
    let verdict = Cell::Verdict { text: said, met, words: [pass, fail] };
    let cells = vec![label.into(), Cell::Blank, ratio, sign.into(), required, verdict, Cell::Tags(tags)];
    table.push(RowStyle::Subtotal, cells, None);
}

/// The name of a test, with the loan it is about where each loan has one.
fn label(desk: &Desk<'_>, test: &CoverTest) -> String {
    let loans = &desk.deal().instruments;
    let loan = loans.iter().find(|loan| test.path.starts_with(&format!("instruments[{}].", loan.id)));
    let loan = loan.map_or("", |loan| loan.name.as_str());
    let of = |key: &str| desk.words.with(key, &[("loan", loan)]);
    match test.test {
        "gap_cover" => desk.say("test.gap_cover"),
        "credit_advance" => desk.say("test.credit_advance"),
        "contract_cover" => desk.say("test.contract_cover"),
        "contingency" => desk.say("test.contingency"),
        "gap_to_budget" => desk.say("test.gap_to_budget"),
        "loan_to_value" => desk.say("test.loan_to_value"),
        "days_after_cash" => of("test.days_after_cash"),
        "presale_cover" => of("test.presale_cover"),
        "debt_service_cover" => of("test.debt_service_cover"),
        other => other.replace('_', " "),
    }
}

/// What a ratio is of: the amounts above the line, then those below it.
fn arithmetic(desk: &mut Desk<'_>, table: &mut Table, test: &CoverTest) {
    let book = desk.results.book;
    let ratio = carried(desk, test.ratio);
    if !matches!(book.how(ratio), How::Computed(Operation::Quotient)) {
        return;
    }
    let [above, below] = book.inputs(ratio) else { return };
    for (side, key) in [(*above, "test.of"), (*below, "test.over")] {
        let mut terms = Vec::new();
        gather(desk, side, false, 0, &mut terms);
        for (node, less) in terms {
            let Some(name) = name_of(desk, node) else { continue };
            let key = if less { "test.less" } else { key };
            let text = desk.words.with(key, &[("what", &name)]);
            let (amount, tag) = desk.node('C', node, &name, ColumnKind::Money);
            let tags = Cell::Tags(tag.into_iter().collect());
            let blank = || Cell::Blank;
            let cells = vec![text.into(), amount, blank(), blank(), blank(), blank(), tags];
            table.push(RowStyle::Plain, cells, None);
        }
    }
}

/// The node behind names that only carry it, unless it stands at the address of a test.
fn carried(desk: &Desk<'_>, node: NodeId) -> NodeId {
    let book = desk.results.book;
    let mut node = node;
    while let How::Computed(Operation::Carry | Operation::Placed | Operation::Decided) = book.how(node) {
        let Some(first) = book.inputs(node).first() else { break };
        node = *first;
    }
    node
}

/// The amounts that make up a side: a sum in its parts, a part that has a name as it is.
fn gather(desk: &Desk<'_>, node: NodeId, less: bool, level: usize, found: &mut Vec<(NodeId, bool)>) {
    let book = desk.results.book;
    let is_nothing = book.value(node).as_money().is_none_or(|amount| amount.is_zero());
    if is_nothing || found.len() >= MOST_TERMS {
        return;
    }
    if name_of(desk, node).is_some() {
        found.push((node, less));
        return;
    }
    let behind = carried(desk, node);
    let How::Computed(operation) = book.how(behind) else { return };
    if level < MOST_LEVELS && matches!(operation, Operation::Sum | Operation::Difference) {
        for (place, input) in book.inputs(behind).iter().enumerate() {
            let taken = *operation == Operation::Difference && place > 0;
            gather(desk, *input, less != taken, level + 1, found);
        }
    }
}

/// The name of a node that has an address or was typed.
fn name_of(desk: &Desk<'_>, node: NodeId) -> Option<String> {
    let book = desk.results.book;
    if let Some(address) = book.address(node) {
        return Some(named(desk, address));
    }
    match book.how(node) {
        How::Leaf(Leaf::Cell { path }) => Some(named(desk, path)),
        _ => None,
    }
}
