//! Conditions precedent keep money back.

use proptest::prelude::*;
use recoup_capital::ConditionState;
use recoup_explain::Quantity;
use serde_json::{Value, json};

use super::{called, document, minor, rests_on, run};

fn equity_and_gap(condition: Value) -> Value {
    let mut gap = called("gap", "gap_loan", "USD 600000.00", 1);
    gap["conditions_precedent"] = json!([condition]);
    document(json!([gap, called("equity", "equity", "USD 600000.00", 2)]))
}

#[test]
fn nothing_is_drawn_before_the_condition_is_met() {
    let (book, capital) =
        run(equity_and_gap(json!({"id": "bond", "text": "Bond", "by": {"after": {"date": "2027-03-20"}}})));
    // 200,000 of equity in January and February; from March on the loan, which stands first.
    assert_eq!(book.at("capital.gap.draw[2027-02]"), None);
    assert_eq!(minor(&book, "capital.gap.draw[2027-03]"), 10_000_000);
    assert_eq!(minor(&book, "capital.equity.draw[2027-02]"), 10_000_000);
    assert_eq!(minor(&book, "capital.equity.draw[2027-03]"), 0);
    let [gate] = capital.conditions.as_slice() else { panic!("one condition") };
    assert_eq!((gate.state, gate.delays), (ConditionState::Expected, true));
    let day = book.value(gate.day.unwrap());
    assert_eq!(*day, Quantity::Date("2027-03-20".parse().unwrap()));
    assert_eq!(book.at("capital.gap.condition.bond"), Some(day));
    // The draw names the condition: its figure and the cell that dates it.
    assert!(rests_on(
        &book,
        "capital.gap.draw[2027-03]",
        "instruments[gap].conditions_precedent[bond].by.after.date"
    ));
}

#[test]
fn a_condition_that_nobody_expects_keeps_the_money_out() {
    let (book, capital) = run(equity_and_gap(json!({"id": "bond", "text": "Bond", "met": false})));
    assert_eq!(minor(&book, "capital.gap.drawn"), 0);
    assert_eq!(minor(&book, "closing.source.gap"), 0);
    assert_eq!(minor(&book, "capital.gap.principal"), 60_000_000, "its face stands");
    assert_eq!(minor(&book, "closing.difference"), -40_000_000);
    assert_eq!(capital.conditions[0].state, ConditionState::Open);
    assert!(rests_on(&book, "closing.source.gap", "instruments[gap].conditions_precedent[bond].met"));
    let short = capital.findings.iter().find(|finding| finding.code == "CASH_SHORT");
    assert!(short.is_some(), "the months are short, and it is said");
}

#[test]
fn a_condition_that_is_met_after_the_delivery_comes_too_late() {
    let late = json!({"id": "rating", "text": "Rating", "by": {"after": "final_delivery", "months": 2}});
    let (book, capital) = run(equity_and_gap(late));
    assert_eq!(minor(&book, "capital.gap.drawn"), 0);
    assert_eq!(minor(&book, "closing.source.gap"), 0, "nothing is called once the film is delivered");
    assert_eq!(minor(&book, "closing.difference"), -40_000_000);
    assert!(capital.conditions[0].delays);
    let path = "instruments[gap].conditions_precedent[rating].by.months";
    assert!(rests_on(&book, "closing.source.gap", path));
}

#[test]
fn a_condition_that_is_met_or_unspoken_of_changes_nothing() {
    let free = run(document(json!([
        called("gap", "gap_loan", "USD 600000.00", 1),
        called("equity", "equity", "USD 600000.00", 2)
    ])))
    .0;
    for condition in [
        json!({"id": "c", "text": "C"}),
        json!({"id": "c", "text": "C", "met": true}),
        json!({"id": "c", "text": "C", "met": true, "by": {"after": {"date": "2027-06-01"}}}),
        json!({"id": "c", "text": "C", "by": {"after": "release"}}),
    ] {
        let (book, capital) = run(equity_and_gap(condition.clone()));
        for (address, _, value) in free.figures() {
            assert_eq!(book.at(address), Some(value), "{address} with {condition}");
        }
        assert!(!capital.conditions[0].delays, "{condition}");
    }
}

#[test]
fn a_contract_pays_when_its_condition_is_met_and_not_before() {
    let mut grant = json!({"id": "grant", "name": "Grant", "terms": {"kind": "grant"}, "amount": {"fixed": "USD 300000.00"}});
    grant["conditions_precedent"] =
        json!([{"id": "points", "text": "Points", "by": {"after": "start", "months": 4}}]);
    let (book, _) = run(document(json!([grant, called("equity", "equity", "USD 700000.00", 1)])));
    assert_eq!(minor(&book, "cash_flow.received[2027-01]"), 0);
    assert_eq!(minor(&book, "cash_flow.received[2027-05]"), 30_000_000);
    assert!(rests_on(
        &book,
        "cash_flow.received[2027-05]",
        "instruments[grant].conditions_precedent[points].by.months"
    ));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// Waiting longer never brings a loan's money earlier, and what is drawn in all is never more.
    #[test]
    fn waiting_never_brings_money_earlier(one in 0i32..14, other in 0i32..14) {
        let (soon, late) = (one.min(other), one.max(other));
        let drawn_by = |months: i32| {
            let condition = json!({"id": "c", "text": "C", "by": {"after": "start", "months": months}});
            let (book, capital) = run(equity_and_gap(condition));
            let mut sum = 0i64;
            let months = capital.cash_flow.months.iter().map(|month| {
                let gap = month.draws.iter().filter(|(id, _)| id == "gap");
                sum += gap.map(|(_, draw)| book.value(*draw).as_money().unwrap().minor()).sum::<i64>();
                sum
            });
            months.collect::<Vec<i64>>()
        };
        let (soon, late) = (drawn_by(soon), drawn_by(late));
        prop_assert!(soon.iter().zip(&late).all(|(soon, late)| soon >= late), "{soon:?} {late:?}");
    }
}
