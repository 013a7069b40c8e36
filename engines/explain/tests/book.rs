//! The book is its own proof: whatever was computed can be computed again from the leaves.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use proptest::prelude::*;
use recoup_explain::{Absence, Book, Clause, Comparison, Leaf, NodeId, Operation, Quantity};
use recoup_money::{Currency, Money, Rounding};
use rust_decimal::Decimal;

fn usd() -> Currency {
    Currency::from_code("USD").unwrap()
}

fn dollars(minor: i64) -> Quantity {
    Quantity::Money(Money::new(minor, usd()))
}

fn numbers(book: &mut Book, values: &[&str]) -> Vec<NodeId> {
    values.iter().map(|v| book.cell(format!("n{v}"), v.parse::<Decimal>().unwrap())).collect()
}

#[test]
fn a_missing_cell_travels_to_what_depends_on_it_and_nothing_else() {
    let mut book = Book::new();
    let fee = book.optional_cell::<Money>("instruments[gap].fee", None);
    let loan = book.cell("instruments[gap].amount", dollars(100));
    let total = book.figure("capital.gap.cost", Operation::Sum, &[loan, fee]);
    let other = book.figure("capital.gap.principal", Operation::Carry, &[loan]);
    assert_eq!(book.value(total), &Quantity::Absent(Absence::missing("instruments[gap].fee")));
    assert_eq!(book.value(other), &dollars(100));
}

#[test]
fn currencies_never_meet() {
    let mut book = Book::new();
    let left = book.cell("a", dollars(100));
    let right = book.cell("b", Money::new(100, Currency::from_code("EUR").unwrap()));
    for operation in [Operation::Sum, Operation::Difference, Operation::Least, Operation::Quotient] {
        let node = book.compute(operation, &[left, right]);
        assert!(book.value(node).absence().is_some(), "{operation:?}");
    }
}

#[test]
fn division_by_zero_is_absent_with_a_reason() {
    let mut book = Book::new();
    let inputs = numbers(&mut book, &["1", "0"]);
    let node = book.compute(Operation::Quotient, &inputs);
    assert_eq!(book.value(node).absence().unwrap().to_string(), "division by zero");
}

#[test]
fn marginal_and_whole_amount_rates_differ() {
    // Spain, art. 36.2 LIS: 30 % of the first million, 25 % of the rest.
    let mut book = Book::new();
    let inputs = numbers(&mut book, &["5000000", "0", "0.30", "1000000", "0.25"]);
    let tiered = book.compute(Operation::Tiered, &inputs);
    let banded = book.compute(Operation::Banded, &inputs);
    assert_eq!(book.value(tiered).as_number().unwrap(), Decimal::from(1_300_000));
    assert_eq!(book.value(banded).as_number().unwrap(), Decimal::from(1_250_000));
}

#[test]
fn an_unknown_answer_matters_only_where_the_known_do_not_decide() {
    let mut book = Book::new();
    let yes = book.cell("yes", true);
    let no = book.cell("no", false);
    let unknown = book.optional_cell::<bool>("unknown", None);
    let decided = book.compute(Operation::All, &[unknown, no]);
    let undecided = book.compute(Operation::All, &[unknown, yes]);
    let any = book.compute(Operation::Any, &[unknown, yes]);
    assert_eq!(book.value(decided), &Quantity::Flag(false));
    assert!(book.value(undecided).absence().is_some());
    assert_eq!(book.value(any), &Quantity::Flag(true));
}

#[test]
fn a_second_name_is_a_node_of_its_own() {
    let mut book = Book::new();
    let cell = book.cell("budget.lines[a].amount", dollars(5));
    let one = book.name(cell, "budget.a");
    let two = book.name(cell, "budget.first");
    assert_ne!(one, two);
    assert_eq!(book.money("budget.a"), book.money("budget.first"));
    assert_eq!(book.explain("budget.first", 3).unwrap().inputs[0].address.as_deref(), Some("budget.a"));
}

#[test]
fn an_explanation_ends_in_the_clause() {
    let mut book = Book::new();
    let clause = Clause {
        program: "uk-avec-animation".into(),
        version: "2024-01-01".into(),
        line: "rate".into(),
        clause: "CTA 2009 s.1179DJ".into(),
        source: "https://www.legislation.gov.uk/".into(),
    };
    let rate = book.clause(clause.clone(), Decimal::new(39, 2));
    let base = book.cell("base", dollars(1_000));
    let credit = book.figure("credit", Operation::Scale { rounding: Rounding::HalfUp }, &[base, rate]);
    assert!(book.leaves_of(credit).contains(&Leaf::Clause(clause)));
    let tree = book.explain("credit", 1).unwrap();
    assert_eq!(tree.operation, Some("scale"));
    assert_eq!(tree.rounding, Some(Rounding::HalfUp));
    assert_eq!(book.money("credit"), Some(Money::new(390, usd())));
    assert_eq!(book.explain("credit", 0).unwrap().folded, 2);
}

#[test]
fn a_return_is_explained_by_its_flows_and_its_discount_rate() {
    let mut book = Book::new();
    let day = |text: &str| text.parse::<recoup_calendar::Date>().unwrap();
    let rate = book.cell("market.npv_rate", Decimal::new(10, 2));
    let start = book.cell("start", day("2027-03-31"));
    let end = book.cell("end", day("2029-03-31"));
    let paid = book.cell("paid", dollars(-10_000));
    let back = book.cell("back", dollars(12_100));
    let flows = [start, paid, end, back];
    let with = |lead: &[NodeId]| lead.iter().chain(&flows).copied().collect::<Vec<_>>();
    let irr = book.figure("returns.fund.irr", Operation::ReturnOnGrid, &with(&[rate]));
    let npv = book.figure(
        "returns.fund.npv",
        Operation::PresentValue { rounding: Rounding::HalfUp },
        &with(&[rate, start]),
    );
    let months = book.figure("returns.fund.payback_months", Operation::Payback, &flows);
    // 100 becomes 121 in two years: 10 % a year, and worth nothing more at 10 %.
    assert_eq!(book.value(irr), &Quantity::Number(Decimal::new(1, 1)));
    assert_eq!(book.value(npv), &dollars(0));
    assert_eq!(book.value(months), &Quantity::Number(Decimal::from(24)));
    let lost = book.figure("returns.lost.irr", Operation::ReturnOnDates, &[start, paid]);
    assert_eq!(book.value(lost).absence().unwrap().to_string(), "nothing came back (total loss)");
}

fn random_step() -> impl Strategy<Value = (u8, prop::sample::Index, prop::sample::Index, prop::sample::Index)>
{
    (0u8..9, any::<prop::sample::Index>(), any::<prop::sample::Index>(), any::<prop::sample::Index>())
}

fn grow(book: &mut Book, nodes: &mut Vec<NodeId>, share: NodeId, step: (u8, usize, usize, usize)) {
    let (kind, a, b, c) = (step.0, nodes[step.1], nodes[step.2], nodes[step.3]);
    let half_up = Rounding::HalfUp;
    let node = match kind {
        0 => book.compute(Operation::Sum, &[a, b, c]),
        1 => book.compute(Operation::Difference, &[a, b]),
        2 => book.compute(Operation::Scale { rounding: half_up }, &[a, share]),
        3 => book.compute(Operation::Least, &[a, b, c]),
        4 => book.compute(Operation::Greatest, &[a, b]),
        5 => book.compute(Operation::Negate, &[a]),
        6 => book.compute(Operation::FirstGiven, &[a, b]),
        7 => book.compute(Operation::Apportion { part: 1 }, &[a, share, share, share]),
        _ => {
            let question = book.compute(Operation::Compare(Comparison::Less), &[a, b]);
            book.compute(Operation::If, &[question, b, c])
        }
    };
    nodes.push(node);
}

proptest! {
    #[test]
    fn every_random_book_recomputes_to_itself(
        cells in prop::collection::vec(-1_000_000i64..1_000_000, 1..8),
        steps in prop::collection::vec(random_step(), 1..60),
        changed in any::<prop::sample::Index>(),
    ) {
        let build = |cells: &[i64]| {
            let mut book = Book::new();
            let share = book.cell("share", Decimal::new(137, 3));
            let mut nodes: Vec<NodeId> =
                cells.iter().enumerate().map(|(i, v)| book.cell(format!("c{i}"), dollars(*v))).collect();
            for (kind, a, b, c) in &steps {
                let n = nodes.len();
                grow(&mut book, &mut nodes, share, (*kind, a.index(n), b.index(n), c.index(n)));
            }
            (book, nodes)
        };
        let (book, nodes) = build(&cells);
        let again = book.recompute(&|_| None);
        for node in &nodes {
            prop_assert_eq!(book.recomputed(&again, *node), Some(book.value(*node)));
        }

        let which = changed.index(cells.len());
        let mut other = cells.clone();
        other[which] += 12_345;
        let path = format!("c{which}");
        let moved = book.recompute(&|leaf| {
            leaf.path().filter(|p| p.as_ref() == path).map(|_| dollars(other[which]))
        });
        let (fresh, _) = build(&other);
        for node in &nodes {
            prop_assert_eq!(book.recomputed(&moved, *node), Some(fresh.value(*node)));
            if book.value(*node) != fresh.value(*node) {
                let leaf = Leaf::Cell { path: path.as_str().into() };
                prop_assert!(book.leaves_of(*node).contains(&leaf));
            }
        }
    }
}
