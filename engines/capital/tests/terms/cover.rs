//! What contracts carry by the grade of their payers, and whether assigned cash pays a loan.

use proptest::prelude::*;
use recoup_capital::{Capital, CoverTest};
use recoup_explain::{Book, Quantity};
use rust_decimal::Decimal;
use serde_json::{Value, json};

use super::{document, minor, rests_on, run};

fn presale(id: &str, amount: &str) -> Value {
    json!({"id": id, "name": id, "provider": format!("buyer-{id}"), "amount": {"fixed": amount},
        "terms": {"kind": "presale", "licence": {"withholding": "0.10", "commission": "0.10"}},
        "drawdown": {"method": "steps", "steps": [
            {"id": "signature", "share": "0.20", "on": "signature"},
            {"id": "delivery", "share": "0.80", "on": "final_delivery"}]}})
}

fn bank(loan: &str) -> Value {
    json!({"id": "bank", "name": "Bank", "terms": {"kind": "contract_loan"}, "amount": {"fixed": loan},
        "rate": {"fixed": "0.12"}, "interest_payment": "capitalised_until_delivery",
        "security": [{"id": "de", "over": {"instrument": "de"}}, {"id": "fr", "over": {"instrument": "fr"}}]})
}

/// Two presales of 400,000 and 100,000, and a loan on both.
fn graded(loan: &str, grades: [Option<&str>; 2], limits: Value) -> Value {
    let stack = json!([presale("de", "USD 400000.00"), presale("fr", "USD 100000.00"), bank(loan)]);
    let mut document = document(stack);
    let party = |id: &str, grade: Option<&str>| {
        let mut party = json!({"id": format!("buyer-{id}"), "name": id, "role": "distributor"});
        if let Some(grade) = grade {
            party["grade"] = json!(grade);
        }
        party
    };
    document["parties"] = json!([party("de", grades[0]), party("fr", grades[1])]);
    document["market"] = json!({"limits": limits});
    document
}

fn test<'c>(capital: &'c Capital, word: &str) -> &'c CoverTest {
    capital.tests.iter().find(|test| test.test == word).expect(word)
}

fn number(book: &Book, address: &str) -> Decimal {
    book.number(address).expect(address)
}

#[test]
fn contracts_carry_what_their_payers_grades_allow() {
    let (book, capital) = run(graded("USD 200000.00", [Some("strong"), Some("unrated")], json!({})));
    // 400,000 less tax and commission is 324,000; a fifth of it is paid when the loan may first be drawn.
    assert_eq!(minor(&book, "capital.bank.presale_value.de"), 22_032_000, "259,200 × 85 %");
    assert_eq!(minor(&book, "capital.bank.presale_value.fr"), 3_240_000, "64,800 × 50 %");
    assert_eq!(number(&book, "capital.bank.presale_cover"), Decimal::new(12636, 4));
    assert_eq!(*book.value(test(&capital, "presale_cover").met), Quantity::Flag(true));
    assert!(rests_on(&book, "capital.bank.presale_cover", "parties[buyer-de].grade"));
}

#[test]
fn a_cent_more_of_loan_than_the_contracts_carry_fails_the_test() {
    for (loan, met) in [("USD 252720.00", true), ("USD 252720.01", false)] {
        let (book, capital) = run(graded(loan, [Some("strong"), Some("unrated")], json!({})));
        assert_eq!(*book.value(test(&capital, "presale_cover").met), Quantity::Flag(met), "{loan}");
        let told = capital.findings.iter().any(|finding| finding.code == "PRESALE_COVER_LOW");
        assert_eq!(told, !met, "{loan}");
    }
}

#[test]
fn typed_advances_and_limits_stand_in_place_of_the_usual_ones() {
    let limits = json!({"presale_cover": "1.5", "advance_by_grade": {"strong": "1", "fair": "0.5"}});
    let (book, capital) = run(graded("USD 200000.00", [Some("strong"), Some("fair")], limits));
    assert_eq!(minor(&book, "capital.bank.presale_value"), 25_920_000 + 3_240_000);
    assert_eq!(*book.value(test(&capital, "presale_cover").met), Quantity::Flag(false));
    for path in ["market.limits.advance_by_grade.strong", "instruments[de].terms.licence.withholding"] {
        assert!(rests_on(&book, "capital.bank.presale_cover", path), "{path}");
    }
}

#[test]
fn a_payer_without_a_grade_leaves_the_test_open() {
    let (book, capital) = run(graded("USD 200000.00", [Some("strong"), None], json!({})));
    let absence = book.value(test(&capital, "presale_cover").met).absence().expect("unknown");
    assert_eq!(absence.missing_cell(), Some("parties[buyer-fr].grade"));
    assert!(capital.findings.iter().any(|finding| finding.code == "COVER_UNKNOWN"));
}

/// A licence of 400,000 on delivery and a loan of 300,000 on it, drawn from January to March.
fn served(maturity: Value, fees: Value) -> (Book, Capital) {
    let licence = json!({"id": "licence", "name": "L", "terms": {"kind": "broadcaster_licence"},
        "amount": {"fixed": "USD 400000.00"}});
    let loan = json!({"id": "bank", "name": "Bank", "terms": {"kind": "contract_loan"}, "amount": {"fixed": "USD 300000.00"},
        "rate": {"fixed": "0.12"}, "interest_payment": "at_maturity", "maturity": maturity, "fees": fees,
        "security": [{"id": "l", "over": {"instrument": "licence"}}]});
    run(document(json!([licence, loan])))
}

#[test]
fn assigned_cash_is_set_against_what_the_loan_costs_until_it_is_due() {
    let fees = json!([{"id": "arrangement", "kind": "origination", "amount": {"share": "0.02"}},
        {"id": "exit", "kind": "exit", "amount": {"fixed": "USD 5000.00"}, "due": {"after": "final_delivery"}}]);
    let (book, capital) = served(json!({"after": {"after": "final_delivery", "months": 3}}), fees);
    // Principal, simple interest of ten months, and the fee on leaving; the first fee was paid out of the loan.
    let interest = minor(&book, "capital.bank.interest");
    assert_eq!(minor(&book, "capital.bank.assigned_cash"), 40_000_000);
    assert_eq!(minor(&book, "capital.bank.debt_service"), 30_000_000 + interest + 500_000);
    let exact = Decimal::from(40_000_000) / Decimal::from(30_500_000 + interest);
    assert_eq!(number(&book, "capital.bank.debt_service_cover").round_dp(12), exact.round_dp(12));
    assert_eq!(*book.value(test(&capital, "debt_service_cover").met), Quantity::Flag(true));
}

#[test]
fn cash_after_the_maturity_pays_nothing_before_it() {
    let (book, capital) = served(json!({"date": "2027-06-30"}), json!([]));
    assert_eq!(minor(&book, "capital.bank.assigned_cash"), 0);
    assert_eq!(*book.value(test(&capital, "debt_service_cover").met), Quantity::Flag(false));
    assert!(rests_on(&book, "capital.bank.assigned_cash", "instruments[bank].maturity.date"));
}

#[test]
fn a_second_rank_counts_what_the_first_leaves() {
    let licence = json!({"id": "licence", "name": "L", "terms": {"kind": "broadcaster_licence"},
        "amount": {"fixed": "USD 400000.00"}});
    let loan = |id: &str, rank: u32| {
        json!({"id": id, "name": id, "terms": {"kind": "contract_loan"}, "amount": {"fixed": "USD 150000.00"},
            "rate": {"fixed": "0"}, "interest_payment": "at_maturity",
            "security": [{"id": "l", "over": {"instrument": "licence"}, "rank": rank}]})
    };
    let (book, _) = run(document(json!([licence, loan("second", 2), loan("first", 1)])));
    assert_eq!(minor(&book, "capital.first.assigned_cash"), 40_000_000);
    assert_eq!(minor(&book, "capital.second.assigned_cash"), 25_000_000);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    /// A better name never lowers the cover, and twice the loan is half of it.
    #[test]
    fn a_better_name_carries_more(loan in 1_000_000i64..40_000_000, one in 0usize..4, other in 0usize..4, fixed in 0usize..4) {
        let grades = ["investment_grade", "strong", "fair", "unrated"];
        let cover = |loan: i64, grade: usize| {
            let amount = format!("USD {}.{:02}", loan / 100, loan % 100);
            let (book, _) = run(graded(&amount, [Some(grades[grade]), Some(grades[fixed])], json!({})));
            number(&book, "capital.bank.presale_cover")
        };
        let (better, worse) = (one.min(other), one.max(other));
        prop_assert!(cover(loan, better) >= cover(loan, worse));
        let twice = cover(loan * 2, one) * Decimal::TWO;
        prop_assert!((twice - cover(loan, one)).abs() < Decimal::new(1, 20));
    }
}
