//! The closing, solved: to the cent, checked by plain evaluation, and within its bound.

use proptest::prelude::*;
use recoup_capital::Capital;
use serde_json::json;

use crate::order::moved;
use crate::plans::{Plan, figures, filled_plan, minor, plan, usd};

/// Trials after which the search must have stopped, with the first ones.
const BOUND: u32 = 104;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    /// The difference is what the cash rows of the two sides leave.
    #[test]
    fn the_table_adds_up(plan in plan()) {
        let (book, capital) = plan.run();
        let closing = &capital.closing;
        let cash = |rows: &[recoup_capital::ClosingRow]| -> i64 {
            rows.iter().filter(|row| row.is_cash).map(|row| minor(&book, row.amount)).sum()
        };
        let face = |rows: &[recoup_capital::ClosingRow]| -> i64 {
            rows.iter().map(|row| minor(&book, row.amount)).sum()
        };
        let never = face(&closing.sources) - cash(&closing.sources);
        prop_assert_eq!(minor(&book, closing.sources_cash), cash(&closing.sources));
        prop_assert_eq!(minor(&book, closing.uses_cash), face(&closing.uses) - never);
        let difference = minor(&book, closing.sources_cash) - minor(&book, closing.uses_cash);
        prop_assert_eq!(minor(&book, closing.difference), difference);
        let fees: i64 = capital.instruments.iter().flat_map(|run| run.fees.iter().chain(&run.interest))
            .map(|part| minor(&book, part.1)).sum();
        prop_assert_eq!(minor(&book, closing.financing_costs), fees);
    }

    /// Where equity without a limit fills the rest, sources equal uses to the cent, unless the others leave something
    /// over without it. Where the roundings of fees and interest pass nought by, no amount does: then it is the least
    /// that closes, and one cent less is short.
    #[test]
    fn sources_equal_uses_to_the_cent(plan in filled_plan()) {
        let (book, capital) = plan.run();
        let solution = capital.closing.solution.as_ref().expect("something fills the rest");
        let difference = minor(&book, capital.closing.difference);
        prop_assert_eq!(difference, solution.residual);
        prop_assert!(solution.trials <= BOUND, "{solution:?}");
        let given = book.money("capital.rest.principal").expect("an amount").minor();
        prop_assert!(given >= 0 && difference >= 0, "{solution:?} with {given}");
        if difference != 0 && given != 0 {
            prop_assert!(difference <= rounded(&capital), "{solution:?} with {given}");
            let (less, short) = typed(&plan, given - 1).run();
            prop_assert!(minor(&less, short.closing.difference) < 0, "{solution:?} with {given}");
        }
    }

    /// The answer typed in its place, with nothing left to solve, gives the same figures.
    #[test]
    fn the_answer_holds_by_plain_evaluation(plan in plan()) {
        let (book, capital) = plan.run();
        prop_assume!(capital.closing.solution.is_some());
        let found = book.money("capital.rest.principal").expect("an amount").minor();
        let (again, checked) = typed(&plan, found).run();
        prop_assert!(checked.closing.solution.is_none());
        let mut solved = figures(&book);
        // How it was found is told only where something was sought.
        solved.retain(|address, _| !address.starts_with("closing.sol"));
        prop_assert_eq!(moved(&solved, &figures(&again)), Vec::<String>::new());
    }

    /// Whatever fills the rest, within its limit or without: the search ends, what is left over is told, and a limit
    /// that keeps the deal open is named.
    #[test]
    fn a_search_ends_and_tells_what_it_left(plan in plan()) {
        let (book, capital) = plan.run();
        let Some(solution) = &capital.closing.solution else { return Ok(()) };
        prop_assert!(solution.trials <= BOUND, "{solution:?}");
        prop_assert_eq!(minor(&book, capital.closing.difference), solution.residual);
        let said = |code: &str| capital.findings.iter().any(|finding| finding.code == code);
        prop_assert_eq!(said("CLOSING_SHORT"), solution.residual < 0);
        prop_assert_eq!(said("CLOSING_OVER"), solution.residual > 0);
        let rest = plan.instruments().iter().find(|one| one["id"] == "rest").expect("it");
        let limited = rest["amount"]["remainder"]["at_most"].is_string();
        prop_assert_eq!(said("REMAINDER_LIMITED"), limited && solution.residual < 0);
    }
}

/// The plan with what fills the rest typed.
/// Payments that are rounded on their own: one more cent may turn each of them, and the cent itself counts too.
fn rounded(capital: &Capital) -> i64 {
    let parts = capital.instruments.iter().map(|run| run.fees.len() + run.interest.len()).sum::<usize>();
    i64::try_from(parts).expect("few") + 1
}

/// A deal whose roundings turn together: no amount leaves less than three cents, and one cent less is short.
#[test]
fn roundings_that_turn_together_leave_what_they_turn() {
    let document = serde_json::from_str(include_str!("three_cents.json")).expect("a deal");
    let plan = Plan { document, claims: Vec::new() };
    let (book, capital) = plan.run();
    let given = book.money("capital.rest.principal").expect("an amount").minor();
    assert_eq!(minor(&book, capital.closing.difference), 3);
    let (less, short) = typed(&plan, given - 1).run();
    assert!(minor(&less, short.closing.difference) < 0);
    assert!(rounded(&capital) >= 3);
}

fn typed(plan: &Plan, amount: i64) -> Plan {
    let mut typed = plan.clone();
    let rest = typed.instruments_mut().iter_mut().find(|one| one["id"] == "rest").expect("it");
    rest["amount"] = json!({"fixed": usd(amount)});
    typed
}
