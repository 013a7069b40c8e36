use proptest::prelude::*;
use recoup_explain::Operation;
use recoup_money::Rounding;

use super::*;

fn eur() -> Currency {
    Currency::from_code("EUR").unwrap()
}

/// Uses of `cost`; a loan of at most `loan` is drawn after the amount and bears `rate`, which is a use.
fn closing(cost: i64, loan: i64, rate: Decimal, guess: i64) -> (Book, NodeId, NodeId) {
    let mut book = Book::new();
    let money = |minor| Money::new(minor, eur());
    let amount = book.assumption("amount", money(guess), "sought");
    let nothing = book.assumption("nothing", money(0), "nothing");
    let (cost, limit) = (book.cell("cost", money(cost)), book.cell("loan", money(loan)));
    let rate = book.cell("rate", rate);
    let need = book.less(cost, amount);
    let need = book.greatest(need, nothing);
    let drawn = book.least(need, limit);
    let interest = book.compute(Operation::Scale { rounding: Rounding::HalfUp }, &[drawn, rate]);
    let uses = book.plus(&[cost, interest]);
    let sources = book.plus(&[amount, drawn]);
    let difference = book.less(sources, uses);
    (book, amount, difference)
}

#[test]
fn a_loan_that_must_earn_its_own_interest_is_solved_by_hand() {
    // 1,000,000.00 of cost, a loan of 400,000.00 at 10 %: the amount is 600,000.00 and the interest on what is
    // drawn once the amount covers the rest: 640,000 draws 360,000 and pays 36,000, so x + (1m - x) = 1m + 0.1 (1m - x)
    // has no answer but x = 1m; with the loan drawn to the full 400,000 the interest of 40,000 is still missing.
    let (mut book, amount, difference) = closing(100_000_000, 40_000_000, Decimal::new(1, 1), 60_000_000);
    let found = solve(&mut book, amount, difference, None).unwrap();
    assert_eq!(found.residual, 0);
    assert_eq!(book.value(amount).as_money().unwrap().minor(), 100_000_000);
    assert_eq!(book.value(difference).as_money().unwrap().minor(), 0);
}

proptest! {
    /// The solution holds by plain evaluation, whatever the guess.
    #[test]
    fn the_solution_closes(
        cost in 1_000_000i64..10_000_000_000,
        share in 0i64..100,
        rate in 0i64..300,
        guess in 0i64..20_000_000_000,
    ) {
        let rate = Decimal::new(rate, 3);
        let (mut book, amount, difference) = closing(cost, cost / 100 * share, rate, guess);
        let found = solve(&mut book, amount, difference, None).unwrap();
        prop_assert!(found.residual.abs() <= 1, "{found:?}");
        prop_assert_eq!(book.value(difference).as_money().unwrap().minor(), found.residual);
        prop_assert!(found.trials < 90, "{found:?}");
        let taken = book.value(amount).as_money().unwrap().minor();
        let (other, _, again) = closing(cost, cost / 100 * share, rate, taken);
        prop_assert_eq!(other.value(again).as_money().unwrap().minor(), found.residual);
    }

    /// A limit binds: the most is given and the rest is missing.
    #[test]
    fn a_limit_is_kept(cost in 1_000_000i64..10_000_000_000, most in 0i64..900_000) {
        let (mut book, amount, difference) = closing(cost, 0, Decimal::ZERO, cost);
        let found = solve(&mut book, amount, difference, Some(Money::new(most, eur()))).unwrap();
        prop_assert_eq!(book.value(amount).as_money().unwrap().minor(), most);
        prop_assert_eq!(found.residual, most - cost);
    }
}

/// 100.00 of cost; what is given beyond 150.00 costs twice itself, until 300.00. Then 100.00 closes, and 200.00 and
/// 400.00 do as well.
#[test]
fn an_answer_that_is_not_the_only_one_names_another() {
    let mut book = Book::new();
    let money = |minor| Money::new(minor, eur());
    let amount = book.assumption("amount", money(25_000), "sought");
    let nothing = book.assumption("nothing", money(0), "nothing");
    let (cost, free) = (book.cell("cost", money(10_000)), book.cell("free", money(15_000)));
    let twice = book.cell("rate", Decimal::TWO);
    let beyond = book.less(amount, free);
    let beyond = book.greatest(beyond, nothing);
    let dear = book.least(beyond, free);
    let interest = book.compute(Operation::Scale { rounding: Rounding::HalfUp }, &[dear, twice]);
    let uses = book.plus(&[cost, interest]);
    let difference = book.less(amount, uses);
    let found = solve(&mut book, amount, difference, None).unwrap();
    let answers = [10_000, 20_000, 40_000];
    let taken = book.value(amount).as_money().unwrap().minor();
    assert!(found.residual == 0 && answers.contains(&taken), "{found:?}");
    let other = found.other.unwrap();
    assert!(answers.contains(&other) && other != taken, "{taken} and {other}");
    assert!(found.contraction >= Decimal::ONE);
}
