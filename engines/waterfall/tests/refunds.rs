//! Receipts below zero: nobody is asked back, and what comes in next at the same place makes them good.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use proptest::prelude::*;
use recoup_calendar::{Date, Frequency, Period, periods_between};
use recoup_deal::recoupment::RecoupmentPlan;
use recoup_explain::{Book, Cells};
use recoup_money::Currency;
use recoup_waterfall::{InputNodes, Recoupment, RunInputs, breakeven_ladder, recoup, recoup_recorded};
use serde_json::json;

fn plan() -> RecoupmentPlan {
    serde_json::from_value(json!({
        "sources": [{"id": "fr", "enters": "fee"}, {"id": "us", "enters": "loan"}],
        "residual": "producer",
        "tiers": [
            {"id": "fee", "takes": {"kind": "share", "payee": "agent", "rate": "0.2"}, "then": "hold"},
            {"id": "hold", "takes": {"kind": "reserve", "rate": "0.1", "release_months": 6,
                "release_to": "loan"}, "then": "loan"},
            {"id": "loan", "takes": {"kind": "share", "payee": "bank",
                "limit": {"kind": "amount", "amount": "USD 5000.00"}}, "then": "author"},
            {"id": "author", "takes": {"kind": "share", "payee": "author", "rate": "0.05",
                "rate_base": "gross_of_receipt", "unpaid": "carries_forward"}}]
    }))
    .unwrap()
}

fn inputs(receipts: &[(&str, &str, i64)]) -> RunInputs {
    let receipts = receipts.iter().enumerate().map(|(index, (date, source, minor))| {
        let sign = if *minor < 0 { "-" } else { "" };
        let amount = format!("USD {sign}{}.{:02}", minor.abs() / 100, minor.abs() % 100);
        json!({"id": format!("r{index}"), "date": date, "source": source, "amount": amount})
    });
    serde_json::from_value(json!({"currency": "USD", "receipts": receipts.collect::<Vec<_>>()})).unwrap()
}

fn quarters() -> Vec<Period> {
    let day = |text: &str| text.parse::<Date>().unwrap();
    periods_between(day("2029-01-01"), day("2030-12-31"), Frequency::Quarter).unwrap()
}

fn paid(result: &Recoupment, tier: &str) -> i64 {
    result.claim(tier).unwrap().paid.minor()
}

/// France brings 1,000, gives 300 back and brings 200 and 500: 100 are still open when the 500 come, 400 walk on.
/// What the other source brings is not touched.
#[test]
fn a_refund_is_made_good_by_what_comes_in_next_at_its_place() {
    let given = inputs(&[
        ("2029-01-31", "fr", 100_000),
        ("2029-02-28", "fr", -30_000),
        ("2029-03-15", "us", 50_000),
        ("2029-03-31", "fr", 20_000),
        ("2029-05-31", "fr", 50_000),
    ]);
    let result = recoup(&plan(), &given, &quarters()).unwrap();
    assert_eq!(paid(&result, "fee"), 20_000 + 8_000);
    let refund = &result.refunds[0];
    assert_eq!((refund.amount.minor(), refund.open.minor()), (30_000, 0));
    let made_good: Vec<(&str, i64)> =
        refund.taken_from.iter().map(|(id, part)| (id.as_ref(), part.minor())).collect();
    assert_eq!(made_good, [("r3", 20_000), ("r4", 10_000)]);
    assert_eq!(result.periods[0].receipts.minor(), 140_000);
    assert_eq!(result.periods[0].refunds_open.minor(), 10_000);
    assert_eq!(result.periods[1].refunds_open.minor(), 0);
    let fifty = result.postings.iter().filter(|posting| posting.receipt.as_ref() == "r2");
    assert_eq!(fifty.map(|posting| posting.amount.minor()).sum::<i64>(), 50_000);
    assert!(result.postings.iter().all(|posting| posting.amount.minor() > 0));
}

#[test]
fn a_refund_that_nothing_makes_good_stays_open_and_is_told() {
    let given = inputs(&[("2029-01-31", "fr", 100_000), ("2029-02-28", "fr", -250_000)]);
    let result = recoup(&plan(), &given, &quarters()).unwrap();
    assert_eq!(result.refunds[0].open.minor(), 250_000);
    let last = result.periods.last().unwrap();
    assert_eq!(last.refunds_open.minor(), 250_000);
    let all: i64 = result.periods.iter().map(|period| period.paid.minor()).sum();
    assert_eq!(all, 100_000);
    assert!(breakeven_ladder(&plan(), &given).is_ok());
}

fn months() -> impl Strategy<Value = Vec<(bool, i64)>> {
    prop::collection::vec((any::<bool>(), -200_000i64..400_000), 1..12)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Everything received and not given back is paid, held, or was paid out before it was given back; the book
    /// tells the same; and no payment is negative.
    #[test]
    fn refunds_conserve_money(receipts in months()) {
        let dates: Vec<String> = (1..=12).map(|month| format!("2029-{month:02}-20")).collect();
        let list: Vec<(&str, &str, i64)> = receipts
            .iter()
            .zip(&dates)
            .map(|((fr, minor), date)| (date.as_str(), if *fr { "fr" } else { "us" }, *minor))
            .collect();
        let given = inputs(&list);
        let mut book = Book::new();
        let cells = Cells::new(Currency::USD, Vec::new(), Vec::new());
        let recorded =
            recoup_recorded(&plan(), &given, &InputNodes::default(), &quarters(), &cells, &mut book).unwrap();
        let result = recorded.recoupment;
        let net: i64 = receipts.iter().map(|(_, minor)| minor).sum();
        let last = result.periods.last().unwrap();
        let paid: i64 = result.periods.iter().map(|period| period.paid.minor()).sum();
        prop_assert_eq!(net + last.refunds_open.minor(), paid + last.held.minor());
        let open: i64 = result.refunds.iter().map(|refund| refund.open.minor()).sum();
        prop_assert_eq!(open, last.refunds_open.minor());
        prop_assert!(result.postings.iter().all(|posting| posting.amount.minor() > 0));
        for claim in &result.claims {
            prop_assert_eq!(book.money(&format!("recoupment.claims.{}.paid", claim.tier)), Some(claim.paid));
        }
        let again = book.recompute(&|_| None);
        for (address, node, value) in book.figures() {
            prop_assert_eq!(book.recomputed(&again, node), Some(value), "{}", address);
        }
    }
}
