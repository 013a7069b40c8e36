//! What the months show that no test of a lender asks: terms that do not match, cost beyond what is usual, money
//! that runs below or above a limit.

mod exposed;
mod stack;
mod terms;

pub(crate) use exposed::exposed;

use recoup_deal::{Deal, Finding};
use recoup_explain::{Book, NodeId};
use recoup_money::Money;

use crate::axis::Axis;
use crate::close::Closing;
use crate::coverage::Inputs;

/// Everything found.
pub(crate) fn found(inputs: &Inputs<'_>, closing: &Closing, axis: &Axis, book: &Book) -> Vec<Finding> {
    let mut out = Vec::new();
    for rule in [
        terms::sheets,
        terms::floating,
        terms::facilities,
        terms::bond,
        terms::reserves,
        stack::deferrals,
        stack::claimed,
        stack::contributions,
        stack::minimum,
    ] {
        rule(&Seen { inputs, closing, axis, book }, &mut out);
    }
    out
}

/// What the rules look at.
struct Seen<'a> {
    inputs: &'a Inputs<'a>,
    closing: &'a Closing,
    axis: &'a Axis,
    book: &'a Book,
}

impl Seen<'_> {
    fn deal(&self) -> &Deal {
        self.inputs.deal
    }

    fn money(&self, node: NodeId) -> Option<Money> {
        self.book.value(node).as_money()
    }

    /// What an instrument gives, by its place in the deal.
    fn principal(&self, place: usize) -> Option<Money> {
        self.money(self.inputs.passed.runs.get(place)?.principal)
    }
}
