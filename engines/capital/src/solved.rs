//! How the closing was solved, as figures that a reader may ask for.

use recoup_explain::{Book, NodeId, Operation, Quantity};
use recoup_money::{Currency, Money};
use rust_decimal::Decimal;

use crate::solve::Solution;

/// Names how often the months were played, how much of one more unit financing costs gave back or took at most, and what
/// the answer left. They rest on the solution itself, and so on everything that it was solved from.
pub(crate) fn name(solution: Option<&Solution>, currency: Currency, book: &mut Book) {
    let Some((solution, solved)) = solution.zip(book.find("closing.solution")) else { return };
    let mut told = |word: &str, value: Quantity, source: &str| {
        let found = book.assumption("closing.solution", value, source);
        let inputs: [NodeId; 2] = [found, solved];
        book.figure(format!("closing.solution_{word}"), Operation::Solved, &inputs);
    };
    let trials = Quantity::Number(Decimal::from(solution.trials));
    told("trials", trials, "how often the months were played to solve it");
    let contraction = Quantity::Number(solution.contraction);
    told(
        "contraction",
        contraction,
        "the most that financing costs moved by, as a share of one more unit, over all trials",
    );
    let left = Quantity::Money(Money::new(solution.residual, currency));
    told("residual", left, "cash sources less cash uses at the amount that was taken");
}
