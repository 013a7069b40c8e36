//! When the budget is spent and what the rules of amounts make of it.
#![expect(clippy::expect_used, clippy::unwrap_used, reason = "a test stops where it cannot go on")]

use proptest::prelude::*;
use recoup_capital::{Capital, ClaimCash, ClaimPayment, finance};
use recoup_deal::findings::{render, unsaid};
use recoup_deal::{Finding, Language, Timeline, read_deal_value};
use recoup_explain::{Book, Cells, Quantity};
use recoup_money::{Currency, Money};
use rust_decimal::Decimal;
use serde_json::{Value, json};

fn usd(minor: i64) -> Money {
    Money::new(minor, Currency::USD)
}

/// Six months of development before the start, ten of production from it; a budget and a stack.
fn document(budget: Value, instruments: Value) -> Value {
    json!({
        "schema": "recoup-deal/1", "id": "d", "name": "D", "currency": "USD", "as_of": "2026-11-22",
        "project": {"title": "D"},
        "schedule": {"start": "2027-01-01",
            "phases": [{"id": "d", "phase": "development", "months": 6}, {"id": "p", "phase": "production", "months": 10}],
            "deliveries": [{"id": "final", "month": 18}]},
        "budget": budget, "instruments": instruments,
        "incentives": [{"id": "claim", "program": "some-credit"}],
        "revenue": {"sources": [{"id": "japan", "label": "Japan", "window": "all_rights", "territories": ["JP"],
            "estimate": {"take": "USD 4000.00"}}]}
    })
}

fn run(document: Value) -> (Book, Result<Capital, Box<Finding>>) {
    let deal = read_deal_value(document).expect("a deal");
    let mut book = Book::new();
    let cells = Cells::new(deal.currency, Vec::new(), Vec::new());
    let timeline = Timeline::of(&deal);
    let credit = book.cell("incentives[claim].stated_amount", Quantity::Money(usd(1_000_000)));
    let payments = timeline
        .final_delivery()
        .map(|day| ClaimPayment { date: day.add_months(6).unwrap(), amount: credit, by_delivery: false })
        .into_iter()
        .collect();
    let claim = ClaimCash {
        claim: "claim".into(),
        program: "some-credit".into(),
        credit,
        payments,
        fees: Vec::new(),
    };
    let capital = finance(&deal, &timeline, &[claim], &cells, &mut book);
    (book, capital)
}

fn spent(budget: Value) -> (Book, Capital) {
    let (book, capital) = run(document(budget, json!([])));
    (book, capital.expect("a start"))
}

fn line(id: &str, minor: i64) -> Value {
    json!({"id": id, "account": "animation", "label": id, "amount": usd(minor).to_string(), "phase": "production"})
}

fn minor(book: &Book, address: &str) -> i64 {
    book.money(address).expect("an amount").minor()
}

/// Months of a line or of the contingency with what is spent in them.
fn months(book: &Book, stem: &str) -> Vec<(String, i64)> {
    let lead = format!("{stem}[");
    let spent = book.figures().filter_map(|(address, _, value)| {
        let month = address.strip_prefix(&lead)?.strip_suffix(']').filter(|month| month.contains('-'))?;
        Some((month.to_owned(), value.as_money()?.minor()))
    });
    spent.collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// Whatever its curve, a line is spent to the cent within its phase; the S-curve is the smooth step 3t² − 2t³
    /// and spends as much before the middle as after it.
    #[test]
    fn a_line_is_spent_by_its_curve(amount in 0i64..5_000_000_000, curve in prop::sample::select(vec!["even", "s_curve", "first_month", "last_month"])) {
        let mut all = line("all", amount);
        all["curve"] = json!(curve);
        let (book, _) = spent(json!({"lines": [all]}));
        let spend = months(&book, "budget.all.spend");
        prop_assert_eq!(spend.iter().map(|(_, spend)| spend).sum::<i64>(), amount);
        prop_assert!(spend.iter().all(|(month, spend)| *spend >= 0 && ("2027-01".."2027-11").contains(&month.as_str())), "{spend:?}");
        match curve {
            "first_month" => prop_assert_eq!(&spend, &[("2027-01".to_owned(), amount)]),
            "last_month" => prop_assert_eq!(&spend, &[("2027-10".to_owned(), amount)]),
            "even" => prop_assert!(spend.iter().all(|(_, spend)| (spend - amount / 10).abs() <= 1)),
            _ => {
                let mut sum = 0;
                for (index, (_, spend)) in spend.iter().enumerate() {
                    sum += spend;
                    let time = Decimal::new(index as i64 + 1, 1);
                    let expected = Decimal::from(amount) * time * time * (Decimal::from(3) - Decimal::TWO * time);
                    // Each month is within a cent of its part.
                    prop_assert!((Decimal::from(sum) - expected).abs() <= Decimal::from(index as i64 + 1), "{index}");
                }
            }
        }
    }

    /// The contingency follows the lines month by month and is spent to the cent.
    #[test]
    fn contingency_is_spent_in_proportion(first in 1i64..100_000_000, second in 1i64..100_000_000, hundredths in 0i64..30) {
        let (mut a, mut b) = (line("a", first), line("b", second));
        a["curve"] = json!("first_month");
        b["curve"] = json!("last_month");
        let share = Decimal::new(hundredths, 2).to_string();
        let (book, capital) = spent(json!({"lines": [a, b], "contingency": {"share": share}}));
        let whole = minor(&book, "budget.contingency");
        prop_assert!((whole * 100 - (first + second) * hundredths).abs() <= 50);
        let spend = months(&book, "budget.contingency_spend");
        prop_assert_eq!(spend.iter().map(|(_, spend)| spend).sum::<i64>(), whole);
        if let Some((_, early)) = spend.first() {
            let exact = i128::from(whole) * i128::from(first) / i128::from(first + second);
            prop_assert!((i128::from(*early) - exact).abs() <= 1);
        }
        let cash: i64 = capital.cash_flow.months.iter().map(|month| book.value(month.spend).as_money().unwrap().minor()).sum();
        prop_assert_eq!(cash, first + second + whole);
    }
}

#[test]
fn a_phase_that_the_schedule_lacks_has_its_usual_place() {
    let placed = |phase: &str| {
        let mut one = line("one", 900);
        one["phase"] = json!(phase);
        let mut document = document(json!({"lines": [one]}), json!([]));
        document["schedule"]["phases"] = json!([]);
        let (book, capital) = run(document);
        capital.expect("a start");
        let spend = months(&book, "budget.one.spend");
        (spend.first().unwrap().0.clone(), spend.last().unwrap().0.clone(), spend.len())
    };
    let (start, end) = ("2027-01".to_owned(), "2028-07".to_owned());
    assert_eq!(placed("development"), (start.clone(), start.clone(), 1));
    assert_eq!(placed("delivery"), (end.clone(), end.clone(), 1));
    assert_eq!(placed("production"), (start.clone(), end.clone(), 19));
    assert_eq!(placed("post_production"), (start, end, 19));
}

#[test]
fn contingency_leaves_lines_out_and_has_a_month_even_without_any() {
    let lines = json!([line("a", 100_000), line("b", 300_000)]);
    let (book, _) = spent(json!({"lines": lines, "contingency": {"share": "0.1", "without_lines": ["b"]}}));
    assert_eq!(minor(&book, "budget.contingency"), 10_000);
    let (book, _) = spent(json!({"lines": lines, "contingency": {"amount": "USD 77.00"}}));
    assert_eq!(minor(&book, "budget.contingency"), 7_700);
    // Nothing to follow: the first month, of the schedule or of the lines that cost nothing.
    for lines in [json!([]), json!([line("a", 0)])] {
        let (book, capital) = spent(json!({"lines": lines, "contingency": {"amount": "USD 77.00"}}));
        let spends: Vec<i64> = capital
            .cash_flow
            .months
            .iter()
            .map(|month| book.value(month.spend).as_money().unwrap().minor())
            .collect();
        assert_eq!(spends.iter().sum::<i64>(), 7_700);
        assert_eq!(spends.iter().filter(|spend| **spend > 0).count(), 1);
    }
}

#[test]
fn costs_are_shares_of_their_bases() {
    let cost = |id: &str, amount: Value| json!({"id": id, "kind": "completion_bond", "amount": amount});
    let part = |base: &str| json!({"share_of": {"base": base, "share": "0.03"}});
    let (book, capital) = spent(json!({
        "lines": [line("a", 1_000_000)], "contingency": {"share": "0.10"},
        "costs": [cost("bonded", part("bonded_budget")), cost("lines", part("lines")),
            cost("both", part("lines_and_contingency")), cost("fixed", json!({"fixed": "USD 12.34"}))]}));
    // 3 % of 10,000.00, and of 11,000.00 with the contingency; a bond is reckoned without it.
    for (cost, expected) in [("bonded", 30_000), ("lines", 30_000), ("both", 33_000), ("fixed", 1_234)] {
        assert_eq!(minor(&book, &format!("budget.costs.{cost}.amount")), expected, "{cost}");
    }
    assert_eq!(minor(&book, "budget.total"), 1_000_000 + 100_000 + 30_000 + 30_000 + 33_000 + 1_234);
    assert_eq!(capital.budget.costs.len(), 4);
    // A cost known to come but not how much is not nothing.
    let (book, capital) = spent(json!({"lines": [line("a", 1)],
        "costs": [{"id": "legal", "kind": "completion_bond", "due": {"month": 3}}]}));
    let missing = book.value(capital.budget.costs[0].amount).absence().unwrap().to_string();
    assert_eq!(missing, "budget.costs[legal].amount is not given");
    assert!(book.at("budget.total").unwrap().absence().is_some());
}

#[test]
fn what_is_missing_is_said_at_its_cell_in_both_languages() {
    let said = |finding: &Finding, code: &str, path: &str| {
        assert_eq!((finding.code.as_str(), finding.path.as_str()), (code, path));
        assert_eq!(unsaid(finding), []);
        assert_ne!(render(finding, Language::English), render(finding, Language::French));
    };
    let unpriced = json!({"id": "score", "account": "animation", "label": "Score"});
    let (_, capital) = spent(json!({"lines": [unpriced]}));
    let finding = capital.findings.iter().find(|finding| finding.code.starts_with("BUDGET")).unwrap();
    said(finding, "BUDGET_LINE_WITHOUT_AMOUNT", "budget.lines[score].amount");
    assert!(render(finding, Language::French).message.contains("Score"));

    let unpriced =
        json!([{"id": "fund", "name": "The fund", "provider": "fund", "terms": {"kind": "equity"}}]);
    let (_, capital) = run(document(json!({"lines": [line("a", 1)]}), unpriced));
    let capital = capital.expect("a start");
    let finding = capital.findings.iter().find(|finding| finding.code.starts_with("INSTRUMENT")).unwrap();
    said(finding, "INSTRUMENT_WITHOUT_AMOUNT", "instruments[fund].amount");

    let mut undated = document(json!({"lines": [line("a", 1)]}), json!([]));
    undated["schedule"] = json!({});
    let (_, capital) = run(undated);
    said(&capital.expect_err("no start"), "SCHEDULE_WITHOUT_START", "schedule.start");
}

fn loan(id: &str, kind: &str, amount: Value) -> Value {
    json!({"id": id, "name": id, "provider": id, "terms": {"kind": kind}, "rate": {"fixed": "0.1"}, "amount": amount,
        "drawdown": {"method": "as_spend_falls_due"}})
}

#[test]
fn an_advance_is_a_share_of_each_piece_of_collateral_up_to_its_limit() {
    let against = |over: Value, share: &str, limit: Option<&str>| {
        let mut advance = json!({"parts": [{"id": "x", "against": over, "share": share}]});
        if let Some(limit) = limit {
            advance["limit"] = json!(limit);
        }
        let stack = json!([loan("bank", "credit_loan", json!({"advance": advance})),
            {"id": "sale", "name": "S", "provider": "s", "amount": {"fixed": "USD 500.00"},
                "terms": {"kind": "presale", "licence": {"territories": ["DE"]}},
                "drawdown": {"method": "steps", "steps": [{"id": "s", "share": "0.2", "on": "signature"},
                    {"id": "d", "share": "0.8", "on": "final_delivery"}]}}]);
        let (book, capital) = run(document(json!({"lines": [line("a", 2_000_000)]}), stack));
        capital.expect("a start");
        book.at("capital.bank.principal").unwrap().clone()
    };
    // Of a credit of 10,000.00, of a source's take of 4,000.00, and of what a sale of 500.00 still has to pay.
    assert_eq!(against(json!({"claim": "claim"}), "0.875", None), Quantity::Money(usd(875_000)));
    assert_eq!(
        against(json!({"claim": "claim"}), "0.875", Some("USD 8000.00")),
        Quantity::Money(usd(800_000))
    );
    assert_eq!(against(json!({"source": "japan"}), "0.5", None), Quantity::Money(usd(200_000)));
    assert_eq!(against(json!({"instrument": "sale"}), "0.9", None), Quantity::Money(usd(36_000)));
    // Nobody has said what these are worth: no amount, which is not the same as nothing.
    for unknown in [
        json!("all_assets"),
        json!("unsold_territories"),
        json!({"source": "mars"}),
        json!({"claim": "none"}),
    ] {
        let absence = against(unknown.clone(), "0.5", None);
        let reason = absence.absence().unwrap_or_else(|| panic!("{unknown}")).to_string();
        assert_eq!(reason, "instruments[bank].amount.advance.parts[x].against is not given", "{unknown}");
    }
}

#[test]
fn two_advances_against_each_other_have_no_amount() {
    let over = |id: &str| json!({"advance": {"parts": [{"id": "x", "against": {"instrument": id}, "share": "0.9"}]}});
    let stack = json!([loan("hen", "senior_loan", over("egg")), loan("egg", "senior_loan", over("hen"))]);
    let (book, capital) = run(document(json!({"lines": [line("a", 100)]}), stack));
    capital.expect("a start");
    assert!(book.at("capital.hen.principal").unwrap().absence().is_some());
    assert!(book.at("capital.egg.principal").unwrap().absence().is_some());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// What is given in kind or deferred is a use and a source of one amount: it asks nobody for cash and gives none.
    #[test]
    fn what_is_not_paid_in_money_leaves_the_difference_alone(cost in 1_000i64..1_000_000, given in 1i64..1_000, of_line in any::<bool>(), kind in prop::sample::select(vec!["in_kind", "deferral"])) {
        let equity = json!({"id": "fund", "name": "F", "provider": "f", "terms": {"kind": "equity"},
            "amount": {"fixed": usd(cost).to_string()}, "drawdown": {"method": "as_spend_falls_due"}});
        let lines = if of_line { json!(["a"]) } else { json!([]) };
        let work = json!({"id": "work", "name": "W", "provider": "f", "terms": {"kind": kind, "lines": lines},
            "amount": {"fixed": usd(given).to_string()}});
        let (book, capital) = run(document(json!({"lines": [line("a", cost)]}), json!([equity, work])));
        let capital = capital.expect("a start");
        let at = |word: &str| minor(&book, &format!("closing.{word}"));
        // Work on a line of the budget makes it cheaper; work beside it costs and brings the same.
        let saved = if of_line { given } else { 0 };
        prop_assert_eq!(at("difference"), saved);
        prop_assert_eq!(at("sources_cash"), cost);
        prop_assert_eq!(at("uses_cash"), cost - saved);
        prop_assert_eq!(at("sources") - at("uses"), saved);
        let spent: i64 = capital.cash_flow.months.iter().map(|month| book.value(month.spend).as_money().unwrap().minor()).sum();
        prop_assert_eq!(spent, cost - saved);
    }

    /// Who wants a reserve in the account has it at the end of every month, as long as there is money to call.
    #[test]
    fn the_account_keeps_its_minimum(cost in 1_000i64..1_000_000, minimum in 0i64..100_000) {
        let equity = json!({"id": "fund", "name": "F", "provider": "f", "terms": {"kind": "equity"},
            "amount": {"fixed": usd(cost + minimum).to_string()}, "drawdown": {"method": "as_spend_falls_due"}});
        let mut wanted = document(json!({"lines": [line("a", cost)]}), json!([equity]));
        wanted["preferences"] = json!({"minimum_cash": usd(minimum).to_string()});
        let (book, capital) = run(wanted);
        for month in capital.expect("a start").cash_flow.months {
            // From the close, before which nothing may be called, to the delivery.
            if ("2027-01".parse().unwrap()..="2028-07".parse().unwrap()).contains(&month.month) {
                prop_assert_eq!(book.value(month.closing).as_money().unwrap().minor(), minimum, "{}", month.month);
            }
        }
    }
}
