//! An interest reserve is drawn with the loan, pays its interest, and goes back at delivery.

use proptest::prelude::*;
use recoup_capital::Capital;
use recoup_explain::Book;
use rust_decimal::Decimal;
use serde_json::{Value, json};

use super::{called, document, minor, rests_on, run};

fn loan(share: &str, payment: &str) -> Value {
    json!({"id": "loan", "name": "Loan", "terms": {"kind": "senior_loan", "interest_reserve": share},
        "amount": {"fixed": "USD 1000000.00"}, "rate": {"fixed": "0.12"}, "interest_payment": payment,
        "drawdown": {"method": "as_spend_falls_due", "order": 1}})
}

#[test]
fn interest_comes_out_of_the_reserve_before_it_comes_out_of_production() {
    let equity = called("equity", "equity", "USD 100000.00", 2);
    let (book, capital) = run(document(json!([loan("0.10", "current"), equity])));
    // January: 100,000 of spend and the reserve of 100,000. February: 200,000 × 12 % × 28 ÷ 365 = 1,841.10.
    assert_eq!(minor(&book, "capital.loan.draw[2027-01]"), 20_000_000);
    assert_eq!(minor(&book, "capital.loan.interest[2027-02]"), 184_110);
    assert_eq!(minor(&book, "capital.loan.draw[2027-02]"), 10_000_000, "production finds no interest");
    assert_eq!(minor(&book, "capital.loan.reserve_balance[2027-02]"), 10_000_000 - 184_110);
    assert_eq!(minor(&book, "cash_flow.restricted[2027-02]"), 10_000_000 - 184_110);
    // At delivery in November the rest goes back: principal is what the loan still owes.
    let (aside, paid, back) = (
        minor(&book, "capital.loan.reserve"),
        minor(&book, "capital.loan.reserve_paid"),
        minor(&book, "capital.loan.reserve_returned"),
    );
    assert_eq!((aside, paid + back), (10_000_000, 10_000_000));
    assert_eq!(paid, minor(&book, "capital.loan.interest_paid"), "the reserve paid all of it");
    assert_eq!(minor(&book, "capital.loan.balance[2027-11]"), 100_000_000 - back);
    assert_eq!(minor(&book, "closing.difference"), 0);
    assert_eq!(minor(&book, "closing.uses"), 100_000_000 + paid + back);
    assert_eq!(capital.closing.uses.last().map(|row| row.id.as_str()), Some("loan-reserve"));
    assert!(rests_on(&book, "capital.loan.draw[2027-01]", "instruments[loan].terms.interest_reserve"));
    conserved(&book, &capital);
}

#[test]
fn a_reserve_that_is_too_small_leaves_the_rest_to_production() {
    let (book, capital) =
        run(document(json!([loan("0.01", "current"), called("equity", "equity", "USD 100000.00", 2)])));
    assert_eq!(minor(&book, "capital.loan.reserve_paid"), 1_000_000);
    assert_eq!(minor(&book, "capital.loan.reserve_returned"), 0);
    let by_hand = minor(&book, "capital.loan.interest_paid") - 1_000_000;
    assert!(by_hand > 0);
    conserved(&book, &capital);
}

#[test]
fn interest_that_is_added_to_the_balance_needs_no_reserve() {
    let plain = run(document(json!([loan("0", "capitalised_until_delivery")]))).0;
    let (book, capital) = run(document(json!([loan("0.10", "capitalised_until_delivery")])));
    assert!(capital.instruments[0].reserve.is_none());
    for (address, _, value) in plain.figures() {
        assert_eq!(book.at(address), Some(value), "{address}");
    }
}

/// Cash and restricted cash, month by month and in all.
fn conserved(book: &Book, capital: &Capital) {
    let minor = |node| book.value(node).as_money().expect("an amount").minor();
    let (mut cash, mut restricted) = (0, 0);
    for month in &capital.cash_flow.months {
        let called: i64 = month.draws.iter().map(|(_, draw)| minor(*draw)).sum();
        cash += called + minor(month.received) + minor(month.credits) + minor(month.from_reserve);
        let out = [
            month.spend,
            month.costs,
            month.fees,
            month.interest,
            month.to_lenders,
            month.to_collection,
            month.to_reserve,
        ];
        cash -= out.into_iter().map(minor).sum::<i64>();
        assert_eq!(minor(month.closing), cash, "{}", month.month);
        restricted += minor(month.to_reserve) - minor(month.from_reserve);
        assert_eq!(minor(month.restricted), restricted, "{}", month.month);
        assert!(restricted >= 0);
    }
    assert_eq!(restricted, 0, "nothing is left on a reserve");
    for run in &capital.instruments {
        let Some(reserve) = &run.reserve else { continue };
        let kept = minor(reserve.set_aside) - minor(reserve.paid) - minor(reserve.returned);
        assert!(kept >= 0);
        let sum = |parts: &[(recoup_calendar::Date, recoup_explain::NodeId)]| {
            parts.iter().map(|part| minor(part.1)).sum::<i64>()
        };
        let charged: i64 = run.charged.iter().map(|node| minor(*node)).sum();
        let owed = run.unpaid.map(minor).or(run.balances.last().map(|(_, node)| minor(*node))).unwrap_or(0);
        assert_eq!(sum(&run.drawn) + charged, sum(&run.interest) + sum(&run.repaid) + owed, "{}", run.id);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// Sources equal uses to the cent whatever is set aside, every account is conserved, and the equity that is needed
    /// is what the loan does not carry.
    #[test]
    fn a_reserve_keeps_the_closing_and_the_months(
        share in 0u32..40, rate in 1u32..200, amount in 10_000_000i64..150_000_000,
        method in prop::sample::select(vec!["as_spend_falls_due", "at_close"]), from in 0u32..12,
    ) {
        let mut loan = loan(&format!("0.{share:02}"), "current");
        loan["amount"] = json!({"fixed": format!("USD {}.{:02}", amount / 100, amount % 100)});
        loan["rate"] = json!({"fixed": format!("0.{rate:03}")});
        loan["drawdown"]["method"] = json!(method);
        if method == "as_spend_falls_due" {
            loan["drawdown"]["from"] = json!({"month": from});
        }
        let equity = json!({"id": "equity", "name": "E", "terms": {"kind": "equity"}, "amount": {"remainder": {}}});
        let (book, capital) = run(document(json!([equity, loan])));
        conserved(&book, &capital);
        let left = capital.closing.solution.as_ref().unwrap().residual;
        prop_assert_eq!(left, minor(&book, "closing.difference"));
        prop_assert_eq!(left, minor(&book, "closing.solution_residual"));
        prop_assert!(book.number("closing.solution_contraction").unwrap() < Decimal::ONE);
        if minor(&book, "capital.equity.principal") > 0 {
            prop_assert_eq!(left, 0);
            // Sources equal uses on the table: what is not drawn of them is what the last month lacks.
            let undrawn = ["equity", "loan"].map(|id| {
                minor(&book, &format!("closing.source.{id}")) - minor(&book, &format!("capital.{id}.drawn"))
            });
            let last = capital.cash_flow.months.last().unwrap();
            let cash = book.value(last.closing).as_money().unwrap().minor();
            prop_assert_eq!(cash + undrawn.iter().sum::<i64>(), 0, "{:?}", undrawn);
        }
    }
}
