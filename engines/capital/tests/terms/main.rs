//! What the terms of instruments do to the months: conditions, currencies, prices, fees held back, reserves.
#![expect(clippy::expect_used, reason = "a test stops where it cannot go on")]

mod conditions;
mod cover;
mod currencies;
mod exposure;
mod order;
mod prices;
mod reserves;

use recoup_capital::{Capital, ClaimCash, ClaimPayment, finance};
use recoup_deal::{Deal, Timeline, read_deal_value};
use recoup_explain::{Book, Cells, Quote};
use recoup_money::{Currency, Money};
use serde_json::{Value, json};

/// January to October 2027, delivered on 1 November: 1,000,000 spent evenly, 100,000 a month.
fn document(instruments: Value) -> Value {
    json!({
        "schema": "recoup-deal/1", "id": "d", "name": "D", "currency": "USD", "as_of": "2026-11-22",
        "project": {"title": "D"},
        "schedule": {"start": "2027-01-01", "phases": [{"id": "p", "phase": "production", "months": 10}],
            "deliveries": [{"id": "final", "month": 10}]},
        "budget": {"lines": [{"id": "all", "account": "animation", "label": "All", "amount": "USD 1000000.00"}]},
        "instruments": instruments})
}

fn called(id: &str, kind: &str, amount: &str, order: u32) -> Value {
    json!({"id": id, "name": id, "terms": {"kind": kind}, "amount": {"fixed": amount},
        "drawdown": {"method": "as_spend_falls_due", "order": order}})
}

/// The cells of a deal as the other engines read them.
fn cells(deal: &Deal) -> Cells {
    let quotes = deal.fx.iter().map(|quote| Quote {
        base: quote.base,
        quote: quote.quote,
        rate: quote.rate,
        date: quote.date.unwrap_or(deal.as_of),
        path: format!("fx[{}].rate", quote.id),
        hedged: quote.hedged_share.map(|share| (format!("fx[{}].hedged_share", quote.id), share)),
    });
    Cells::new(deal.currency, quotes.collect(), Vec::new()).as_of(deal.as_of)
}

/// Computes a deal; its closing balances are those of the months, and every figure follows from its leaves.
fn run(document: Value) -> (Book, Capital) {
    compute(document, |_| Vec::new())
}

/// As [`run`], with a claim that pays once.
fn run_with_claim(document: Value, minor: i64, day: &str) -> (Book, Capital) {
    compute(document, |book| {
        let amount = book.cell("incentives[claim].stated_amount", Money::new(minor, Currency::USD));
        let payment = ClaimPayment { date: day.parse().expect("a day"), amount, by_delivery: false };
        let (claim, program) = ("claim".to_owned(), "some-credit".to_owned());
        vec![ClaimCash { claim, program, credit: amount, payments: vec![payment], fees: Vec::new() }]
    })
}

fn compute(document: Value, claims: impl Fn(&mut Book) -> Vec<ClaimCash>) -> (Book, Capital) {
    let deal = read_deal_value(document).expect("a deal");
    let mut book = Book::new();
    let claims = claims(&mut book);
    let capital = finance(&deal, &Timeline::of(&deal), &claims, &cells(&deal), &mut book).expect("a start");
    let again = book.recompute(&|_| None);
    for node in book.nodes() {
        assert_eq!(book.recomputed(&again, node), Some(book.value(node)), "{:?}", book.address(node));
    }
    (book, capital)
}

fn minor(book: &Book, address: &str) -> i64 {
    book.money(address).expect(address).minor()
}

/// Whether a figure rests on a cell of the deal.
fn rests_on(book: &Book, address: &str, path: &str) -> bool {
    let leaves = book.leaves_of(book.find(address).expect(address));
    leaves.iter().any(|leaf| leaf.path().is_some_and(|known| known.as_ref() == path))
}
