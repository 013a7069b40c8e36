//! Which nodes of the book the months rest on, and which of them have a cell of their own.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use recoup_calendar::YearMonth;
use recoup_explain::{Book, How, Leaf, NodeId, Operation, Quantity};

use crate::document::SectionKind;
use crate::sections::{Desk, sections_for};

/// Cells that a formula may name before a part of it gets a cell of its own.
const MOST_NAMED: usize = 24;

/// A node that the months rest on.
#[derive(Debug, Clone, Default)]
pub(super) struct Seen {
    /// How many formulas read it.
    pub uses: usize,
    /// The first month that has a use for it, by its place.
    pub month: Option<usize>,
    /// The figure of that month that it is made for.
    pub owner: Option<NodeId>,
    /// What reads it, and as which input.
    pub readers: Vec<(NodeId, usize)>,
    /// Whether it moves with the amount that is solved for.
    pub moves: bool,
    /// Whether it has a cell of its own.
    pub cell: bool,
    /// Cells that it names where it stands inside a formula.
    size: usize,
}

/// Everything that the months rest on.
pub(super) struct Reach<'a> {
    pub book: &'a Book,
    pub nodes: BTreeMap<NodeId, Seen>,
    /// The leaf that holds the amount that fills the rest.
    pub solution: Option<NodeId>,
    /// What the others leave open before interest: where the search for it begins.
    pub open: Option<NodeId>,
    /// Months from the start of the deal to the first month.
    pub origin: i32,
    months: HashMap<YearMonth, usize>,
}

impl<'a> Reach<'a> {
    pub(super) fn of(desk: &Desk<'a>, months: &[YearMonth]) -> Self {
        let book = desk.results.book;
        let solved = book.find("closing.solution");
        let mut reach = Self {
            book,
            nodes: BTreeMap::new(),
            solution: solved.and_then(|node| book.inputs(node).first().copied()),
            open: solved.and_then(|node| book.inputs(node).get(1).copied()),
            origin: desk.results.capital.map_or(0, |capital| capital.axis.origin()),
            months: months.iter().copied().zip(0..).collect(),
        };
        let sees_revenue = sections_for(desk.edition.reader).contains(&SectionKind::Revenue);
        let mut open = reach.wanted(sees_revenue);
        open.extend(reach.open);
        reach.walk(open);
        reach.settle();
        reach
    }

    /// The month of a figure by its address: `capital.gap.interest[2028-03]`.
    pub(super) fn month_of(&self, address: &str) -> Option<usize> {
        let (_, inside) = address.strip_suffix(']')?.rsplit_once('[')?;
        self.months.get(&inside.parse::<YearMonth>().ok()?).copied()
    }

    /// What a month's figures are called together: `capital.gap.interest`.
    pub(super) fn row_of<'s>(&self, address: &'s str) -> &'s str {
        match self.month_of(address) {
            Some(_) => address.rsplit_once('[').map_or(address, |(row, _)| row),
            None => address,
        }
    }

    /// The figures of the closing, of the months and of the instruments. What rests on estimates of receipts is
    /// for readers who are told of them.
    fn wanted(&self, sees_revenue: bool) -> BTreeSet<NodeId> {
        let book = self.book;
        let is_estimate = |leaf: &Leaf| leaf.path().is_some_and(|path| path.starts_with("revenue."));
        let mut estimates: BTreeSet<NodeId> = BTreeSet::new();
        if !sees_revenue {
            for node in book.nodes() {
                let told = match book.how(node) {
                    How::Leaf(leaf) => is_estimate(leaf),
                    How::Computed(_) => book.inputs(node).iter().any(|input| estimates.contains(input)),
                };
                if told {
                    estimates.insert(node);
                }
            }
        }
        let known = |address: &str| {
            let ours = ["cash_flow.", "closing.", "capital.", "budget."];
            let placed = !address.ends_with(']') || self.month_of(address).is_some();
            // How the search went is no step of it.
            let told = address.starts_with("closing.solution_");
            placed && !told && ours.iter().any(|start| address.starts_with(start))
        };
        let figures = book.figures().filter(|(address, _, _)| known(address));
        figures.map(|(_, node, _)| node).filter(|node| !estimates.contains(node)).collect()
    }

    fn walk(&mut self, mut open: BTreeSet<NodeId>) {
        // An input is older than what is made from it, so a node comes when everything that reads it has been.
        while let Some(node) = open.pop_last() {
            let month = self.book.address(node).and_then(|address| self.month_of(address));
            let seen = self.nodes.entry(node).or_default();
            if let Some(month) = month {
                (seen.month, seen.owner) = (Some(month), Some(node));
            }
            let (month, owner, uses) = (seen.month, seen.owner, seen.uses.max(1));
            let alias = self.is_alias(node);
            for (place, input) in self.reads(node).into_iter().enumerate() {
                let read = self.nodes.entry(input).or_default();
                read.uses += if alias { uses } else { 1 };
                read.readers.push((node, place));
                if let How::Computed(Operation::Apportion { part }) = self.book.how(node)
                    && place > 0
                    && usize::from(*part) + 1 != place
                {
                    // A weight is for its own part.
                    open.insert(input);
                    continue;
                }
                let earlier = match (read.month, month) {
                    (None, Some(_)) => true,
                    (Some(known), Some(new)) => new < known || (new == known && owner < read.owner),
                    (_, None) => read.month.is_none() && owner < read.owner || read.owner.is_none(),
                };
                if earlier {
                    (read.month, read.owner) = (month, owner.or(Some(node)));
                }
                open.insert(input);
            }
        }
        if let Some(solution) = self.solution {
            let mut moving = BTreeSet::from([solution]);
            for (node, seen) in &mut self.nodes {
                let reads = self.book.inputs(*node).iter().any(|input| moving.contains(input));
                if reads && !matches!(self.book.how(*node), How::Leaf(_)) {
                    moving.insert(*node);
                }
                seen.moves = moving.contains(node);
            }
        }
    }

    /// The inputs that a formula looks at.
    pub(super) fn reads(&self, node: NodeId) -> Vec<NodeId> {
        let How::Computed(operation) = self.book.how(node) else { return Vec::new() };
        if self.is_given(node) || self.peak_of(node).is_some() {
            return Vec::new();
        }
        let inputs = self.book.inputs(node);
        if carries(*operation) {
            return inputs.first().copied().into_iter().collect();
        }
        inputs.to_vec()
    }

    /// What another sheet computes: the cash and the credit of a program.
    pub(super) fn is_given(&self, node: NodeId) -> bool {
        self.book.address(node).is_some_and(|address| address.starts_with("incentives."))
    }

    /// A node that is its first input under no name of its own.
    pub(super) fn is_alias(&self, node: NodeId) -> bool {
        let named = self.book.address(node).is_some();
        !named && matches!(self.book.how(node), How::Computed(operation) if carries(*operation))
    }

    /// The row of months that a peak is the greatest of, and what is asked of it: the amount, the month's number
    /// or its day.
    pub(super) fn peak_of(&self, node: NodeId) -> Option<(String, &'static str)> {
        let address = self.book.address(node)?;
        let tail = address.strip_prefix("capital.")?;
        let (series, what) = match tail {
            "peak_funding" => ("cash_flow.funding_need".to_owned(), "amount"),
            "peak_month" => ("cash_flow.funding_need".to_owned(), "month"),
            "peak_date" => ("cash_flow.funding_need".to_owned(), "date"),
            "peak_debt" => ("cash_flow.debt".to_owned(), "amount"),
            "peak_debt_month" => ("cash_flow.debt".to_owned(), "month"),
            "peak_debt_date" => ("cash_flow.debt".to_owned(), "date"),
            _ => {
                let (id, word) = tail.rsplit_once('.')?;
                let what = match word {
                    "peak" => "amount",
                    "peak_month" => "month",
                    "peak_date" => "date",
                    _ => return None,
                };
                (format!("capital.{id}.balance"), what)
            }
        };
        Some((series, what))
    }

    /// Whether a leaf is a constant of the calendar or of counting, which nobody types.
    pub(super) fn is_constant(&self, node: NodeId) -> bool {
        let How::Leaf(leaf) = self.book.how(node) else { return false };
        match (leaf, self.book.value(node)) {
            (Leaf::Assumption { .. }, Quantity::Date(_) | Quantity::Flag(_)) => true,
            (Leaf::Assumption { path, .. }, Quantity::Number(_)) => {
                let counted = ["schedule.start", "calendar", "fx", "instruments"];
                // The weights of a curve stand where they split.
                let weight = path.ends_with(".curve") || path.ends_with(".on");
                counted.contains(&path.as_ref()) || path.starts_with("calendar") || weight
            }
            (Leaf::Assumption { .. }, Quantity::Money(amount)) => amount.is_zero(),
            _ => false,
        }
    }

    /// Decides which nodes have a cell, from the leaves up.
    fn settle(&mut self) {
        let nodes: Vec<NodeId> = self.nodes.keys().copied().collect();
        for node in nodes {
            let (cell, size) = self.own(node);
            if let Some(seen) = self.nodes.get_mut(&node) {
                (seen.cell, seen.size) = (cell, if cell { 1 } else { size });
            }
        }
    }

    fn own(&self, node: NodeId) -> (bool, usize) {
        let uses = self.nodes.get(&node).map_or(0, |seen| seen.uses);
        let inside = || {
            let size = |input: &NodeId| self.nodes.get(input).map_or(1, |seen| seen.size);
            self.reads(node).iter().map(size).sum::<usize>()
        };
        match self.book.how(node) {
            How::Leaf(_) => (!self.is_constant(node), 0),
            How::Computed(_) if self.open == Some(node) => (true, 1),
            How::Computed(_) if self.is_given(node) || self.book.address(node).is_some() => (true, 1),
            How::Computed(_) if self.book.value(node).absence().is_some() => (true, 1),
            How::Computed(operation) if carries(*operation) => (false, inside()),
            How::Computed(Operation::Apportion { .. } | Operation::YearFraction { .. }) => (true, 1),
            How::Computed(operation) if !super::formulas::says(*operation) => (true, 1),
            How::Computed(_) => {
                let size = inside();
                ((uses > 1 && size > 1) || size > MOST_NAMED, size)
            }
        }
    }

    /// The node whose cell an alias stands for.
    pub(super) fn meant(&self, node: NodeId) -> NodeId {
        let mut node = node;
        while self.is_alias(node) {
            let Some(first) = self.book.inputs(node).first() else { break };
            node = *first;
        }
        node
    }
}

/// Operations that give their first input as it is; an amount and the number of its units are one in a workbook.
fn carries(operation: Operation) -> bool {
    matches!(
        operation,
        Operation::Carry | Operation::Placed | Operation::Decided | Operation::Solved | Operation::ToNumber
    )
}
