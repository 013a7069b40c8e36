//! What money costs before it is paid back: fees by rule and day, what is charged for money that stands ready,
//! base rates with a margin, and what a licence brings net.
#![expect(clippy::expect_used, clippy::unwrap_used, reason = "a test stops where it cannot go on")]

use proptest::prelude::*;
use recoup_capital::{Capital, ClaimCash, ClaimPayment, finance};
use recoup_deal::{Timeline, read_deal_value};
use recoup_explain::{Book, Cells, NodeId, Quantity};
use recoup_money::{Currency, Money};
use serde_json::{Value, json};

fn usd(minor: i64) -> Money {
    Money::new(minor, Currency::USD)
}

/// Ten months of even production from January 2027, delivered in November; equity pays before the loans.
fn deal(cost: i64, loans: Vec<Value>) -> Value {
    let mut stack = vec![
        json!({"id": "fund", "name": "Fund", "provider": "fund", "terms": {"kind": "equity"},
        "amount": {"fixed": usd(cost / 2).to_string()}, "drawdown": {"method": "as_spend_falls_due", "order": 1}}),
    ];
    stack.extend(loans);
    json!({
        "schema": "recoup-deal/1", "id": "d", "name": "D", "currency": "USD", "as_of": "2026-11-22",
        "project": {"title": "D"},
        "schedule": {"start": "2027-01-01", "phases": [{"id": "p", "phase": "production", "months": 10}],
            "deliveries": [{"id": "final", "month": 10}]},
        "budget": {"lines": [{"id": "all", "account": "animation", "label": "All", "amount": usd(cost).to_string()}]},
        "market": {"base_rates": [{"id": "sofr", "name": "SOFR", "points": [
            {"id": "early", "from": "2026-01-01", "rate": "0.04"}, {"id": "late", "from": "2027-07-01", "rate": "0.03"}]}]},
        "incentives": [{"id": "claim", "program": "some-credit"}],
        "instruments": stack
    })
}

fn loan(id: &str, amount: i64, extra: Value) -> Value {
    let mut loan = json!({"id": id, "name": id, "provider": id, "terms": {"kind": "gap_loan"},
        "amount": {"fixed": usd(amount).to_string()}, "rate": {"fixed": "0.1"}, "interest_payment": "at_maturity",
        "drawdown": {"method": "as_spend_falls_due", "order": 2}});
    for (key, value) in extra.as_object().unwrap() {
        loan[key] = value.clone();
    }
    loan
}

fn run(document: Value) -> (Book, Capital) {
    let deal = read_deal_value(document).expect("a deal");
    let mut book = Book::new();
    let cells = Cells::new(deal.currency, Vec::new(), Vec::new());
    let timeline = Timeline::of(&deal);
    let credit = book.cell("incentives[claim].stated_amount", Quantity::Money(usd(1_000_000)));
    let fee = book.cell("incentives[claim].fees[legal].amount.fixed", Quantity::Money(usd(4_321)));
    let day = timeline.final_delivery().unwrap();
    let payment = |amount: NodeId, months| ClaimPayment {
        date: day.add_months(months).unwrap(),
        amount,
        by_delivery: false,
    };
    let claim = ClaimCash {
        claim: "claim".into(),
        program: "some-credit".into(),
        credit,
        payments: vec![payment(credit, 6)],
        fees: vec![payment(fee, 0)],
    };
    let capital = finance(&deal, &timeline, &[claim], &cells, &mut book).expect("a start");
    (book, capital)
}

fn minor(book: &Book, node: NodeId) -> i64 {
    book.value(node).as_money().expect("an amount").minor()
}

fn fees(book: &Book, capital: &Capital, id: &str) -> Vec<(String, i64)> {
    let run = capital.instruments.iter().find(|run| run.id == id).expect("the loan");
    let paid = run.fees.iter().map(|(day, fee)| (day.year_month().to_string(), minor(book, *fee)));
    paid.filter(|(_, fee)| *fee != 0).collect()
}

#[test]
fn fees_are_fixed_or_shares_and_fall_on_their_day() {
    let charged = json!({"fees": [
        {"id": "origination", "kind": "origination", "amount": {"share": "0.02"}},
        {"id": "legal", "kind": "legal", "amount": {"fixed": "USD 123.45"}, "due": {"after": "financial_close"}},
        {"id": "exit", "kind": "exit", "amount": {"share": "0.01"}, "due": {"after": "final_delivery", "months": 0}}]});
    let (book, capital) = run(deal(10_000_000, vec![loan("bank", 3_000_000, charged)]));
    let mut paid = fees(&book, &capital, "bank");
    paid.sort_by_key(|(_, fee)| *fee);
    let amounts: Vec<i64> = paid.iter().map(|(_, fee)| *fee).collect();
    assert_eq!(amounts, [12_345, 30_000, 60_000]);
    assert_eq!(paid[1].0, "2027-11", "the exit fee falls due on delivery");
    assert_eq!(book.money("capital.bank.fees.legal"), Some(usd(12_345)));
    assert_eq!(book.money("capital.bank.fee"), Some(usd(102_345)));
    // A claim's own fee stands in the closing table and leaves the account once.
    let row = capital.closing.uses.iter().find(|row| row.id == "claim-fee-1").expect("the fee of the claim");
    assert_eq!(minor(&book, row.amount), 4_321);
    let months = &capital.cash_flow.months;
    assert_eq!(months.iter().map(|month| minor(&book, month.fees)).sum::<i64>(), 102_345);
    assert_eq!(months.iter().map(|month| minor(&book, month.costs)).sum::<i64>(), 4_321);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// Money that stands ready costs its annual share of what is not drawn yet, month by month by the day: nothing
    /// once all of it is drawn, and never more than the share of the whole for the whole time.
    #[test]
    fn a_commitment_fee_is_charged_on_what_is_not_drawn(amount in 100_000i64..5_000_000, basis_points in 1i64..300) {
        let share = rust_decimal::Decimal::new(basis_points, 4).to_string();
        let charged = json!({"fees": [{"id": "ready", "kind": "commitment", "amount": {"share_of_undrawn": share}}]});
        let (book, capital) = run(deal(10_000_000, vec![loan("bank", amount, charged)]));
        let run = capital.instruments.iter().find(|run| run.id == "bank").expect("the loan");
        let mut drawn = 0;
        let mut draws = run.drawn.iter().map(|(day, draw)| (day.year_month(), minor(&book, *draw))).peekable();
        for (day, fee) in &run.fees {
            let fee = minor(&book, *fee);
            while let Some((_, draw)) = draws.next_if(|(at, _)| *at < day.year_month()) {
                drawn += draw;
            }
            let days = i128::from(day.year_month().days());
            let on = |undrawn: i64| i128::from(undrawn) * i128::from(basis_points) * days;
            // Charged on what is undrawn before or after the month's own drawing, to the cent.
            let after = draws.peek().filter(|(at, _)| *at == day.year_month()).map_or(0, |(_, draw)| *draw);
            let fee = i128::from(fee) * 10_000 * 365;
            let cent = 10_000 * 366;
            prop_assert!(fee <= on(amount - drawn) + cent && fee >= on(amount - drawn - after) - cent, "{day} {fee}");
        }
    }
}

/// Drawn for good by the end of January, then the base of each month and the margin, simple, by 365 days.
#[test]
fn a_floating_rate_follows_its_base() {
    let over = json!({"rate": {"over_base": {"base": "sofr", "margin": "0.05"}}, "interest_payment": "at_maturity",
        "drawdown": {"method": "at_close"}, "compounding": "simple"});
    let (book, _) = run(deal(10_000_000, vec![loan("bank", 3_650_000, over)]));
    let interest =
        |month: &str| book.money(&format!("capital.bank.interest[{month}]")).expect("interest").minor();
    // 36,500.00 earn 9.00 a day at 9 % and 8.00 at 8 %.
    assert_eq!(interest("2027-03"), 31 * 900);
    assert_eq!(interest("2027-06"), 30 * 900);
    assert_eq!(interest("2027-08"), 31 * 800);
    // A base that the market terms lack makes the interest absent and not free.
    let gone = json!({"rate": {"over_base": {"base": "estr", "margin": "0.05"}}, "drawdown": {"method": "at_close"}});
    let (book, _) = run(deal(10_000_000, vec![loan("bank", 3_650_000, gone)]));
    let absent =
        book.at("capital.bank.interest[2027-03]").and_then(Quantity::absence).expect("no rate").to_string();
    assert_eq!(absent, "market.base_rates[estr].points is not given");
}

/// A loan that comes at once is owed as one that is called: it bears interest, and its collateral repays it.
#[test]
fn a_loan_paid_at_once_is_owed_with_its_interest() {
    let simple = |drawdown: Value| {
        json!({"terms": {"kind": "credit_loan"}, "compounding": "simple", "drawdown": drawdown,
            "security": [{"id": "credit", "over": {"claim": "claim"}}]})
    };
    let step = |id: &str, share: &str| json!({"id": id, "share": share, "on": "financial_close"});
    for drawdown in [
        json!({"method": "at_close"}),
        json!({"method": "steps", "steps": [step("all", "1")]}),
        json!({"method": "steps", "steps": [step("one", "0.5"), step("two", "0.5")]}),
    ] {
        let (book, capital) = run(deal(10_000_000, vec![loan("bank", 730_000, simple(drawdown.clone()))]));
        // 7,300.00 at 10 % are 2.00 a day, from the end of January 2027 to the credit in May 2028: 486 days.
        let owed = 730_000 + 486 * 200;
        assert_eq!(book.money("capital.bank.drawn"), Some(usd(730_000)), "{drawdown}");
        assert_eq!(book.money("capital.bank.repaid"), Some(usd(owed)), "{drawdown}");
        assert_eq!(book.money("capital.bank.unpaid"), Some(usd(0)), "{drawdown}");
        let kept: i64 = capital.cash_flow.months.iter().map(|month| minor(&book, month.to_lenders)).sum();
        assert_eq!(kept, owed);
    }
}

/// 10 % withheld, then a commission of 20 % of the rest: 72 of every 100 reach production, in the parts agreed.
#[test]
fn a_licence_brings_its_price_less_tax_and_commission() {
    let sale = json!({"id": "sale", "name": "Sale", "provider": "tv",
        "terms": {"kind": "presale", "licence": {"territories": ["DE"], "withholding": "0.1", "commission": "0.2"}},
        "amount": {"fixed": "USD 10000.00"}, "drawdown": {"method": "steps", "steps": [
            {"id": "s", "share": "0.25", "on": "signature"}, {"id": "d", "share": "0.75", "on": "final_delivery"}]}});
    let (book, capital) = run(deal(10_000_000, vec![sale]));
    let received: Vec<(String, i64)> = capital
        .cash_flow
        .months
        .iter()
        .map(|month| (month.month.to_string(), minor(&book, month.received)))
        .filter(|(_, received)| *received != 0)
        .collect();
    assert_eq!(received, [("2027-01".to_owned(), 180_000), ("2027-11".to_owned(), 540_000)]);
}
