//! The forward pass over random small deals.
#![expect(clippy::expect_used, clippy::unwrap_used, reason = "a test stops where it cannot go on")]

use proptest::prelude::*;
use recoup_capital::{Capital, ClaimCash, ClaimPayment, finance};
use recoup_deal::{Deal, Timeline, read_deal_value};
use recoup_explain::{Book, Cells, NodeId, Quantity};
use recoup_money::{Currency, Money, Rounding};
use rust_decimal::Decimal;
use serde_json::json;

#[derive(Debug, Clone)]
struct Small {
    cost: i64,
    equity: i64,
    credit: i64,
    gap: i64,
    payment: &'static str,
    months: u32,
}

fn usd(minor: i64) -> Money {
    Money::new(minor, Currency::from_code("USD").unwrap())
}

fn deal(small: &Small) -> Deal {
    let fixed = |minor: i64| json!({"fixed": usd(minor).to_string()});
    let loan = |id: &str, kind: &str, rate: &str, order: u32| {
        json!({"id": id, "name": id, "provider": id, "terms": {"kind": kind},
            "rate": {"fixed": rate}, "compounding": "monthly", "interest_payment": small.payment,
            "fees": [{"id": "fee", "kind": "origination", "amount": {"share": "0.02"}}],
            "drawdown": {"method": "as_spend_falls_due", "order": order}})
    };
    let mut credit = loan("credit", "credit_loan", "0.085", 2);
    credit["amount"] =
        json!({"advance": {"parts": [{"id": "a", "against": {"claim": "claim"}, "share": "0.9"}]}});
    let mut gap = loan("gap", "gap_loan", "0.12", 3);
    gap["amount"] = fixed(small.gap);
    let document = json!({
        "schema": "recoup-deal/1", "id": "d", "name": "D", "currency": "USD", "as_of": "2026-11-22",
        "project": {"title": "D"},
        "schedule": {"start": "2027-01-01", "phases": [{"id": "p", "phase": "production", "months": small.months}],
            "deliveries": [{"id": "final", "month": small.months}]},
        "budget": {"lines": [{"id": "all", "account": "animation", "label": "All", "amount": usd(small.cost).to_string()}],
            "contingency": {"share": "0.10"},
            "costs": [{"id": "bond", "kind": "completion_bond",
                "amount": {"share_of": {"base": "bonded_budget", "share": "0.03"}}}]},
        "incentives": [{"id": "claim", "program": "some-credit"}],
        "instruments": [
            {"id": "equity", "name": "Equity", "provider": "fund", "terms": {"kind": "equity"},
                "amount": fixed(small.equity), "drawdown": {"method": "as_spend_falls_due", "order": 1}},
            credit, gap]
    });
    read_deal_value(document).expect("a deal")
}

fn compute(small: &Small) -> (Book, Capital) {
    let deal = deal(small);
    let mut book = Book::new();
    let cells = Cells::new(deal.currency, Vec::new(), Vec::new());
    let timeline = Timeline::of(&deal);
    let credit = book.cell("incentives[claim].stated_amount", Quantity::Money(usd(small.credit)));
    let date = timeline.final_delivery().unwrap().add_months(9).unwrap();
    let payments = vec![ClaimPayment { date, amount: credit, by_delivery: false }];
    let claim = ClaimCash {
        claim: "claim".into(),
        program: "some-credit".into(),
        credit,
        payments,
        fees: Vec::new(),
    };
    let capital = finance(&deal, &timeline, &[claim], &cells, &mut book).expect("a start");
    (book, capital)
}

fn small() -> impl Strategy<Value = Small> {
    let payment =
        prop::sample::select(vec!["current", "capitalised_until_delivery", "paid_in_kind", "at_maturity"]);
    (
        1_000_000i64..3_000_000_000,
        0i64..2_000_000_000,
        0i64..900_000_000,
        0i64..500_000_000,
        payment,
        1u32..30,
    )
        .prop_map(|(cost, equity, credit, gap, payment, months)| Small {
            cost,
            equity,
            credit,
            gap,
            payment,
            months,
        })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn cash_is_conserved_and_nothing_is_negative_unsaid(small in small()) {
        let (book, capital) = compute(&small);
        let minor = |node: NodeId| book.value(node).as_money().expect("an amount").minor();
        let mut before = 0;
        let mut short = false;
        for month in &capital.cash_flow.months {
            let called: i64 = month.draws.iter().map(|(_, draw)| minor(*draw)).sum();
            let out = [month.spend, month.costs, month.fees, month.interest, month.to_lenders, month.to_collection];
            let out: i64 = out.into_iter().map(minor).sum();
            prop_assert_eq!(minor(month.opening), before);
            before += called + minor(month.received) + minor(month.credits) - out;
            prop_assert_eq!(minor(month.closing), before);
            prop_assert!(month.draws.iter().all(|(_, draw)| minor(*draw) >= 0));
            prop_assert!(minor(month.interest) >= 0 && minor(month.debt) >= 0);
            short |= before < 0;
        }
        prop_assert_eq!(short, capital.findings.iter().any(|finding| finding.code == "CASH_SHORT"));
        let spent: i64 = capital.cash_flow.months.iter().map(|month| minor(month.spend) + minor(month.costs)).sum();
        prop_assert_eq!(spent, minor(capital.budget.total));
        for run in &capital.instruments {
            let drawn: i64 = run.drawn.iter().map(|(_, draw)| minor(*draw)).sum();
            prop_assert!(drawn <= minor(run.principal));
            prop_assert!(run.balances.iter().all(|(_, balance)| minor(*balance) >= 0));
        }
        let closing = &capital.closing;
        prop_assert_eq!(minor(closing.difference), minor(closing.sources_cash) - minor(closing.uses_cash));
    }

    #[test]
    fn every_figure_is_recomputed_from_its_leaves(small in small()) {
        let (book, _) = compute(&small);
        let values = book.recompute(&|_| None);
        for (address, node, value) in book.figures() {
            prop_assert_eq!(book.recomputed(&values, node), Some(value), "{}", address);
        }
    }
}

#[test]
fn a_credit_loan_is_repaid_from_its_credit() {
    // 9,000,000 drawn against a credit of 10,000,000; interest is served until delivery and runs on for nine months.
    let small = Small {
        cost: 2_000_000_000,
        equity: 1_000_000_000,
        credit: 1_000_000_000,
        gap: 300_000_000,
        payment: "current",
        months: 12,
    };
    let (book, capital) = compute(&small);
    let minor = |address: &str| book.money(address).map(|money| money.minor());
    assert_eq!(minor("capital.credit.principal"), Some(900_000_000));
    assert_eq!(minor("capital.credit.fee"), Some(18_000_000));
    assert_eq!(minor("capital.credit.unpaid"), Some(0));
    let repaid = minor("capital.credit.repaid").expect("an amount");
    assert!(repaid > 900_000_000 && repaid < 1_000_000_000, "{repaid}");
    assert!(capital.findings.iter().all(|finding| finding.code != "LOAN_NOT_REPAID"));
}

#[test]
fn interest_runs_by_the_day_and_joins_on_the_first_of_the_month() {
    let small = Small {
        cost: 120_000_000,
        equity: 0,
        credit: 0,
        gap: 500_000_000,
        payment: "at_maturity",
        months: 12,
    };
    let (book, _) = compute(&small);
    let opening = book.money("capital.gap.balance[2027-01]").expect("drawn in the first month").minor();
    let interest = book.money("capital.gap.interest[2027-02]").expect("a month later").minor();
    // Drawn on the last day of January: one day at 12 % joins on 1 February, 27 days run on the two together.
    let (opening, rate) = (Decimal::from(opening), Decimal::new(12, 2));
    let first = opening * rate / Decimal::from(365);
    let rest = (opening + first) * rate * Decimal::from(27) / Decimal::from(365);
    assert_eq!(Decimal::from(interest), Rounding::HalfUp.apply(first + rest, 0));
}
