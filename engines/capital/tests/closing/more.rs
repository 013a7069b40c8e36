//! What more money does to a plan, and what a deferral does not.
//!
//! The difference of the closing is sources less uses, and of the uses only financing costs depend on money. Money
//! that costs nothing and is called before or together with the rest leaves everybody else drawn later or less, so
//! their interest and their fees by share do not rise. Three things still can: what others charge for standing ready,
//! a fee due at a first drawing, and the interest of a loan that is drawn only after the collateral that would have
//! repaid it has paid. Without these three in the deal, more of such money leaves at least as much more as was put in;
//! with them it leaves what was put in less what financing then costs more.

use proptest::prelude::*;
use recoup_capital::Capital;
use recoup_explain::Book;
use recoup_money::Money;
use serde_json::{Value, json};

use crate::plans::{Plan, minor, typed_plan, usd};

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// More free money never makes the plan less closed: the difference rises by what is put in and by what others
    /// then cost less.
    #[test]
    fn more_money_never_closes_less(plan in typed_plan(), before in 0i64..900_000_000, more in 0i64..900_000_000, order in prop::option::of(0u32..4)) {
        let mut calm = plan;
        for one in calm.instruments_mut().iter_mut() {
            without_jumps(one);
        }
        let with = |amount: i64| {
            let mut plan = calm.clone();
            let mut drawdown = json!({"method": "as_spend_falls_due"});
            if let Some(order) = order {
                drawdown["order"] = json!(order);
            }
            plan.instruments_mut().insert(0, json!({"id": "free", "name": "Free", "provider": "fund",
                "terms": {"kind": "equity"}, "amount": {"fixed": usd(amount)}, "drawdown": drawdown, "status": "signed"}));
            plan.run()
        };
        let ((book, capital), (richer, enriched)) = (with(before), with(before + more));
        let gained = minor(&richer, enriched.closing.difference) - minor(&book, capital.closing.difference);
        prop_assert!(gained >= more, "{gained} for {more}");
        let saved = cost_of_money(&book, &capital) - cost_of_money(&richer, &enriched);
        prop_assert_eq!(gained, more + saved);
        prop_assert!(shortage(&richer, &enriched) <= shortage(&book, &capital));
    }

    /// With every kind of fee, and for every kind of money: what is gained is what is put in less what financing then
    /// costs more, to the cent.
    #[test]
    fn what_more_money_brings_is_what_it_is_less_what_it_costs(plan in typed_plan(), chosen in 0usize..8, more in 0i64..900_000_000) {
        let chosen = chosen % plan.instruments().len();
        let Some(now) = fixed(&plan.instruments()[chosen]["amount"]) else { return Ok(()) };
        let kind = plan.instruments()[chosen]["terms"]["kind"].as_str().expect("a kind").to_owned();
        prop_assume!(kind != "deferral" && kind != "in_kind");
        let mut richer = plan.clone();
        richer.instruments_mut()[chosen]["amount"] = json!({"fixed": usd(now + more)});
        let ((book, capital), (other, enriched)) = (plan.run(), richer.run());
        let rose = |node: fn(&Capital) -> recoup_explain::NodeId| {
            minor(&other, node(&enriched)) - minor(&book, node(&capital))
        };
        let gained = rose(|capital| capital.closing.difference);
        let cost = cost_of_money(&other, &enriched) - cost_of_money(&book, &capital);
        prop_assert_eq!(gained, rose(|capital| capital.closing.sources_cash) - cost);
    }

    /// A deferral of a fee on top of the lines stands in both columns and moves no cash in any month.
    #[test]
    fn a_deferral_moves_no_cash(plan in typed_plan(), face in 0i64..500_000_000, place in 0usize..8) {
        let mut deferring = plan.clone();
        let place = place.min(deferring.instruments().len());
        deferring.instruments_mut().insert(place, json!({"id": "later", "name": "Later", "provider": "fund",
            "terms": {"kind": "deferral"}, "amount": {"fixed": usd(face)}}));
        let ((book, capital), (other, deferred)) = (plan.run(), deferring.run());
        prop_assert_eq!(cash(&book, &capital), cash(&other, &deferred));
        let (before, after) = (&capital.closing, &deferred.closing);
        prop_assert_eq!(minor(&book, before.difference), minor(&other, after.difference));
        prop_assert_eq!(minor(&book, before.uses_cash), minor(&other, after.uses_cash));
        prop_assert_eq!(minor(&book, before.sources_cash), minor(&other, after.sources_cash));
        let row = deferred.closing.sources.iter().find(|row| row.id == "later").expect("a source");
        prop_assert!(!row.is_cash && minor(&other, row.amount) == face);
        let run = deferred.instruments.iter().find(|run| run.id == "later").expect("a run");
        prop_assert!(run.drawn.is_empty() && run.fees.is_empty() && run.interest.is_empty());
    }

    /// A line that is deferred is not spent in cash: month by month its part of the face is not paid, and the difference
    /// of the closing rises by the face and by what financing costs less.
    #[test]
    fn a_deferred_line_is_not_paid(plan in typed_plan(), part in 1i64..=100) {
        let line = &plan.document["budget"]["lines"][0];
        let whole = line["amount"].as_str().and_then(|text| text.parse::<Money>().ok()).expect("an amount").minor();
        let mut paying = plan.clone();
        paying.instruments_mut().retain(|one| !one["terms"]["lines"].is_array());
        let mut deferring = paying.clone();
        let face = whole / 100 * part;
        deferring.instruments_mut().push(json!({"id": "later", "name": "Later", "provider": "fund",
            "terms": {"kind": "deferral", "lines": ["l0"]}, "amount": {"fixed": usd(face)}}));
        let ((book, capital), (other, deferred)) = (paying.run(), deferring.run());
        let spent = |book: &Book, capital: &Capital| -> Vec<i64> {
            capital.cash_flow.months.iter().map(|month| minor(book, month.spend)).collect()
        };
        let (before, after) = (spent(&book, &capital), spent(&other, &deferred));
        prop_assert!(before.iter().zip(&after).all(|(before, after)| after <= before && *after >= 0));
        prop_assert_eq!(before.iter().sum::<i64>() - after.iter().sum::<i64>(), if whole > 0 { face } else { 0 });
    }
}

/// Takes out what makes costs rise when others bring more: fees at a first drawing, fees on what is undrawn, and
/// collateral that repays a loan while money is still called.
fn without_jumps(one: &mut Value) {
    if let Some(terms) = one.as_object_mut() {
        terms.remove("security");
    }
    if one["amount"]["advance"].is_object() {
        one["amount"] = json!({"fixed": "USD 1234567.89"});
    }
    let Some(fees) = one["fees"].as_array_mut() else { return };
    fees.retain(|fee| !fee["due"].is_null() && fee["amount"]["share_of_undrawn"].is_null());
}

fn fixed(amount: &Value) -> Option<i64> {
    Some(amount["fixed"].as_str()?.parse::<Money>().ok()?.minor())
}

/// Fees and interest paid in cash, and what interest reserves give back to their lenders.
fn cost_of_money(book: &Book, capital: &Capital) -> i64 {
    let rows = capital.closing.uses.iter();
    let costs = rows.filter(|row| row.id == "financing_costs" || row.id.ends_with("-reserve"));
    costs.map(|row| minor(book, row.amount)).sum()
}

/// The deepest that the account falls below nothing.
fn shortage(book: &Book, capital: &Capital) -> i64 {
    capital.cash_flow.months.iter().map(|month| -minor(book, month.closing)).max().unwrap_or(0).max(0)
}

fn cash(book: &Book, capital: &Capital) -> Vec<[i64; 9]> {
    let months = capital.cash_flow.months.iter();
    months
        .map(|month| {
            [
                month.opening,
                month.spend,
                month.costs,
                month.fees,
                month.interest,
                month.received,
                month.credits,
                month.to_lenders,
                month.closing,
            ]
            .map(|node| minor(book, node))
        })
        .collect()
}

#[test]
fn a_plan_is_read_back_as_it_was_written() {
    let plan = Plan {
        document: json!({"schema": "recoup-deal/1", "id": "d", "name": "D", "currency": "USD",
        "as_of": "2026-11-22", "project": {"title": "D"}}),
        claims: Vec::new(),
    };
    assert!(plan.try_run().is_none(), "without a start there are no months");
}
