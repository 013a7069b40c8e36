//! Every operation of the book: what it computes, and what it answers where it has no answer.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeSet;

use proptest::prelude::*;
use recoup_calendar::{Date, DayCount};
use recoup_explain::{Book, Comparison, NodeId, Operation, Quantity};
use recoup_money::{Currency, Money, Rounding};
use rust_decimal::Decimal;

const HALF_UP: Rounding = Rounding::HalfUp;

fn every_operation() -> Vec<Operation> {
    use Operation as O;
    let comparisons = [
        Comparison::Less,
        Comparison::AtMost,
        Comparison::Equal,
        Comparison::Different,
        Comparison::AtLeast,
        Comparison::Greater,
    ];
    let (rounding, currency) = (HALF_UP, Currency::USD);
    let mut all = vec![
        O::Carry,
        O::Placed,
        O::Decided,
        O::Solved,
        O::Sum,
        O::Difference,
        O::Negate,
        O::Product,
        O::Scale { rounding },
        O::Quotient,
        O::Least,
        O::Greatest,
        O::Round { places: 2, rounding },
        O::ToMoney { currency, rounding },
        O::ToNumber,
        O::Convert { currency, rounding },
        O::Apportion { part: 0 },
        O::Settle { part: 0 },
        O::Tiered,
        O::Banded,
        O::If,
        O::All,
        O::Any,
        O::Not,
        O::Given,
        O::FirstGiven,
        O::YearFraction { day_count: DayCount::Act365F },
        O::Growth { day_count: DayCount::Act365F },
        O::AddMonths,
        O::AddDays,
        O::DateOfGreatest,
        O::ReturnOnGrid,
        O::ReturnOnDates,
        O::PresentValue { rounding },
        O::PresentValueOnDates { rounding },
        O::Payback,
    ];
    all.extend(comparisons.map(O::Compare));
    all
}

fn usd(minor: i64) -> Quantity {
    Quantity::Money(Money::new(minor, Currency::USD))
}

fn eur(minor: i64) -> Quantity {
    Quantity::Money(Money::new(minor, Currency::EUR))
}

fn number(text: &str) -> Quantity {
    Quantity::Number(text.parse().unwrap())
}

fn day(text: &str) -> Quantity {
    Quantity::Date(text.parse().unwrap())
}

fn put(book: &mut Book, values: &[Quantity]) -> Vec<NodeId> {
    let start = book.len();
    values.iter().enumerate().map(|(i, value)| book.cell(format!("c{}", start + i), value.clone())).collect()
}

fn answer(operation: Operation, values: &[Quantity]) -> Quantity {
    let mut book = Book::new();
    let inputs = put(&mut book, values);
    let node = book.compute(operation, &inputs);
    let again = book.recompute(&|_| None);
    assert_eq!(book.recomputed(&again, node), Some(book.value(node)), "{operation:?}");
    book.value(node).clone()
}

/// The reason for which there is no answer.
fn refusal(operation: Operation, values: &[Quantity]) -> String {
    answer(operation, values).absence().map(ToString::to_string).unwrap()
}

#[test]
fn every_operation_has_a_name_of_its_own_and_says_how_it_rounds() {
    let all = every_operation();
    let names: BTreeSet<&str> = all.iter().map(Operation::name).collect();
    assert_eq!(names.len(), all.len());
    for operation in &all {
        let written = serde_json::to_value(operation).unwrap();
        assert_eq!(&serde_json::from_value::<Operation>(written.clone()).unwrap(), operation);
        // What rounds says how, in the book and on the wire alike.
        assert_eq!(operation.rounding().is_some(), written.get("rounding").is_some(), "{written}");
        assert_eq!(operation.rounding(), operation.rounding().map(|_| HALF_UP));
    }
}

/// Only a choice, a question about presence and a decided question do without an input; the others carry its reason.
#[test]
fn a_cell_that_is_not_given_is_the_reason_of_whatever_needs_it() {
    let mut book = Book::new();
    let missing = book.optional_cell::<Money>("instruments[gap].amount", None);
    let needed = "instruments[gap].amount is not given";
    for operation in every_operation() {
        let node = book.compute(operation, &[missing, missing, missing]);
        let said = book.value(node).absence().map(ToString::to_string);
        if operation == Operation::Given {
            assert_eq!(book.value(node), &Quantity::Flag(false));
        } else {
            assert_eq!(said.as_deref(), Some(needed), "{operation:?}");
            assert_eq!(book.value(node).absence().unwrap().missing_cell(), Some("instruments[gap].amount"));
        }
    }
    let (then, otherwise) = (book.cell("then", usd(1)), book.cell("otherwise", usd(2)));
    let no = book.cell("no", false);
    let unneeded = book.compute(Operation::If, &[no, missing, otherwise]);
    assert_eq!(book.value(unneeded), &usd(2));
    let undecided = book.compute(Operation::If, &[missing, then, otherwise]);
    assert_eq!(book.value(undecided).to_owned().absence().unwrap().to_string(), needed);
    let chosen = book.compute(Operation::If, &[no, then, missing]);
    assert_eq!(book.value(chosen).absence().unwrap().to_string(), needed);
}

#[test]
fn no_operation_works_on_nothing_and_none_panics() {
    for operation in every_operation() {
        let of_nothing = answer(operation, &[]);
        match operation {
            Operation::All => assert_eq!(of_nothing, Quantity::Flag(true)),
            Operation::Any => assert_eq!(of_nothing, Quantity::Flag(false)),
            // The empty product.
            Operation::Product => assert_eq!(of_nothing, number("1")),
            _ => assert!(of_nothing.absence().is_some(), "{operation:?}"),
        }
        // A date where an amount is wanted, an answer where a date is.
        for strange in [[day("2028-01-01"), Quantity::Flag(true)], [Quantity::Flag(true), usd(5)]] {
            let _ = answer(operation, &strange);
        }
    }
}

#[test]
fn quantities_of_two_kinds_do_not_mix() {
    let (amount, date, flag) = (usd(100), day("2028-01-01"), Quantity::Flag(true));
    let cases = [
        (Operation::Sum, vec![amount.clone(), number("1")], "an amount expected, number given"),
        (Operation::Sum, vec![number("1"), amount.clone()], "a number expected, money given"),
        (Operation::Not, vec![amount.clone()], "an answer expected, money given"),
        (Operation::AddDays, vec![amount.clone(), number("1")], "a date expected, money given"),
        (Operation::Negate, vec![flag.clone()], "a number expected, flag given"),
        (
            Operation::Scale { rounding: HALF_UP },
            vec![date.clone(), number("1")],
            "an amount expected, date given",
        ),
        (Operation::Compare(Comparison::Less), vec![amount.clone(), date], "money and date do not compare"),
        (
            Operation::Compare(Comparison::Less),
            vec![amount.clone(), eur(1)],
            "money and money do not compare",
        ),
        (Operation::Quotient, vec![amount.clone(), eur(1)], "amounts of two currencies cannot be divided"),
        (Operation::Quotient, vec![amount.clone()], "an operation wants two inputs"),
        (Operation::If, vec![flag.clone(), amount.clone()], "a choice wants a question and two answers"),
        (Operation::Tiered, vec![number("9"), number("0")], "a rate table wants pairs of threshold and rate"),
        (Operation::ReturnOnDates, vec![day("2028-01-01")], "dated amounts come in pairs"),
        (
            Operation::Apportion { part: 2 },
            vec![amount.clone(), number("1"), number("1")],
            "a split has no such part",
        ),
        (Operation::FirstGiven, vec![], "an operation was given nothing to work on"),
        (Operation::Sum, vec![], "sum of nothing"),
        (Operation::Payback, vec![], "there are no flows"),
        (Operation::ReturnOnGrid, vec![], "a return wants a rate and flows"),
    ];
    for (operation, values, reason) in cases {
        assert_eq!(refusal(operation, &values), reason, "{operation:?} {values:?}");
    }
}

#[test]
fn what_does_not_fit_is_absent_and_never_wraps() {
    let large = Quantity::Number(Decimal::MAX);
    let most = usd(i64::MAX);
    let half_up = HALF_UP;
    for (operation, values, reason) in [
        (Operation::Product, vec![large.clone(), large.clone()], "product overflows"),
        (Operation::Sum, vec![large.clone(), large.clone()], "sum overflows"),
        (Operation::Difference, vec![Quantity::Number(Decimal::MIN), large.clone()], "difference overflows"),
        (Operation::Quotient, vec![large.clone(), number("0.1")], "quotient overflows"),
        (Operation::Tiered, vec![large.clone(), number("0"), number("2")], "tiered rate overflows"),
        (Operation::Banded, vec![large.clone(), number("0"), number("2")], "banded rate overflows"),
        (
            Operation::Convert { currency: Currency::EUR, rounding: half_up },
            vec![most.clone(), large.clone()],
            "conversion overflows",
        ),
        (Operation::Sum, vec![most.clone(), usd(1)], "the amount in USD is too large"),
        (Operation::Negate, vec![usd(i64::MIN)], "the amount in USD is too large"),
        (
            Operation::Scale { rounding: half_up },
            vec![most.clone(), number("2")],
            "the amount in USD is too large",
        ),
        (
            Operation::ToMoney { currency: Currency::EUR, rounding: half_up },
            vec![large.clone()],
            "the amount in EUR is too large",
        ),
        (Operation::AddMonths, vec![day("2028-01-01"), large.clone()], "the date lies outside the calendar"),
        (
            Operation::AddMonths,
            vec![day("2028-01-01"), number("999999")],
            "the date lies outside the calendar",
        ),
        (Operation::AddDays, vec![day("2028-01-01"), large], "the date lies outside the calendar"),
        (
            Operation::AddDays,
            vec![day("2028-01-01"), number("99999999")],
            "the date lies outside the calendar",
        ),
        (
            Operation::Settle { part: 0 },
            vec![most, number("1")],
            "what is paid and what is due differ by more than rounding",
        ),
    ] {
        assert_eq!(refusal(operation, &values), reason, "{operation:?}");
    }
}

#[test]
fn dates_move_by_the_calendar() {
    let months = |from: &str, by: &str| answer(Operation::AddMonths, &[day(from), number(by)]);
    // The last day of a shorter month stands in for one that it does not have.
    assert_eq!(months("2028-01-31", "1"), day("2028-02-29"));
    assert_eq!(months("2028-02-29", "12"), day("2029-02-28"));
    assert_eq!(months("2028-03-15", "-15"), day("2026-12-15"));
    assert_eq!(answer(Operation::AddDays, &[day("2028-02-28"), number("2")]), day("2028-03-01"));
    let years =
        |day_count| answer(Operation::YearFraction { day_count }, &[day("2028-01-01"), day("2028-07-01")]);
    // 182 days of a leap year; six months of thirty days.
    assert_eq!(years(DayCount::Act365F), Quantity::Number(Decimal::from(182) / Decimal::from(365)));
    assert_eq!(years(DayCount::Act360), Quantity::Number(Decimal::from(182) / Decimal::from(360)));
    assert_eq!(years(DayCount::Thirty360), number("0.5"));
    assert_eq!(years(DayCount::ActAct), Quantity::Number(Decimal::from(182) / Decimal::from(366)));
    // The peak falls in its first month.
    let peak = [day("2028-01-31"), usd(5), day("2028-02-29"), usd(9), day("2028-03-31"), usd(9)];
    assert_eq!(answer(Operation::DateOfGreatest, &peak), day("2028-02-29"));
}

#[test]
fn amounts_change_their_form_and_their_currency() {
    let money = |currency| Operation::ToMoney { currency, rounding: HALF_UP };
    assert_eq!(answer(money(Currency::USD), &[number("10.005")]), usd(1001));
    assert_eq!(
        answer(money(Currency::JPY), &[number("10.5")]),
        Quantity::Money(Money::new(11, Currency::JPY))
    );
    assert_eq!(answer(Operation::ToNumber, &[usd(1001)]), number("10.01"));
    let convert = Operation::Convert { currency: Currency::EUR, rounding: HALF_UP };
    assert_eq!(answer(convert, &[usd(10_000), number("0.92345")]), eur(9_235));
    assert_eq!(
        answer(Operation::Round { places: 1, rounding: Rounding::Down }, &[number("2.99")]),
        number("2.9")
    );
    assert_eq!(answer(Operation::Product, &[number("0.5"), number("0.3")]), number("0.15"));
    assert_eq!(answer(Operation::Quotient, &[usd(150), usd(600)]), number("0.25"));
    assert_eq!(answer(Operation::Negate, &[number("0.5")]), number("-0.5"));
    // Weights may be amounts: 100.00 in the proportion 2 : 1.
    assert_eq!(answer(Operation::Apportion { part: 0 }, &[usd(10_000), usd(20), usd(10)]), usd(6_667));
}

#[test]
fn a_return_that_does_not_exist_says_why() {
    let (start, end) = (day("2028-01-31"), day("2029-01-31"));
    let flows = |paid: i64, back: i64| vec![start.clone(), usd(paid), end.clone(), usd(back)];
    assert_eq!(refusal(Operation::Payback, &flows(-100, 50)), "the money put in does not come back");
    assert_eq!(refusal(Operation::Payback, &flows(10, 50)), "no money was put in");
    assert_eq!(answer(Operation::Payback, &flows(-50, 50)), number("12"));
    let value = Operation::PresentValue { rounding: HALF_UP };
    let mut of = vec![number("-1"), start.clone()];
    of.extend(flows(-100, 50));
    assert!(refusal(value, &of).contains("discount rate"), "{}", refusal(value, &of));
    let mut mixed = vec![number("0.1"), start.clone()];
    mixed.extend([start.clone(), usd(-1), end.clone(), eur(1)]);
    assert!(refusal(value, &mixed).contains("USD and EUR"), "{}", refusal(value, &mixed));
    assert!(answer(Operation::ReturnOnDates, &flows(-100, 50)).as_number().is_some());
}

/// 110.00 in a year of 365 days is worth 100.00 at 10 %, and 100.00 a year before the day is worth 110.00 on it;
/// 2028 has a day more, which is discounted as well: 110 / 1.1^(366/365) = 99.9738…
#[test]
fn a_value_on_dates_counts_the_days() {
    let value = Operation::PresentValueOnDates { rounding: HALF_UP };
    let worth =
        |as_of: &str, on: &str, minor: i64| answer(value, &[number("0.1"), day(as_of), day(on), usd(minor)]);
    assert_eq!(worth("2026-03-01", "2027-03-01", 11_000), usd(10_000));
    assert_eq!(worth("2027-03-01", "2026-03-01", 10_000), usd(11_000));
    assert_eq!(worth("2028-01-01", "2029-01-01", 11_000), usd(9_997));
    assert_eq!(worth("2028-01-01", "2028-01-01", -7), usd(-7));
    let both = [number("0"), day("2028-01-01"), day("2028-05-01"), usd(-7), day("2030-05-01"), usd(8)];
    assert_eq!(answer(value, &both), usd(1));
    let mixed = [number("0.1"), day("2028-01-01"), day("2028-05-01"), usd(-1), day("2029-05-01"), eur(1)];
    assert!(refusal(value, &mixed).contains("USD and EUR"), "{}", refusal(value, &mixed));
}

#[test]
fn a_replay_knows_its_length_and_ignores_what_is_not_its_own() {
    let mut book = Book::new();
    assert!(book.is_empty());
    let gross = book.cell("gross", usd(10_000));
    let rate = book.cell("rate", Decimal::new(2, 1));
    let fee = book.figure("fee", Operation::Scale { rounding: HALF_UP }, &[gross, rate]);
    let share = book.name(rate, "share");
    assert_eq!((book.number("share"), book.number("fee")), (Some(Decimal::new(2, 1)), None));
    let mut replay = book.replay(&[gross], &[fee, share]);
    assert_eq!((replay.len(), replay.is_empty()), (1, false));
    replay.give(0, Money::new(50_000, Currency::USD));
    replay.give(7, Money::new(1, Currency::USD));
    replay.run();
    assert_eq!((replay.value(0), replay.value(1)), (&usd(10_000), &number("0.2")));
    assert!(book.replay(&[gross], &[share]).is_empty());
}

fn minor(value: &Quantity) -> i64 {
    value.as_money().unwrap().minor()
}

proptest! {
    /// The parts of a split make the whole, and a payment is settled to the cent whatever the remainders are.
    #[test]
    fn parts_make_the_whole(total in 0i64..1_000_000_000, weights in prop::collection::vec(1i64..1000, 1..8)) {
        let mut values = vec![usd(total)];
        values.extend(weights.iter().map(|weight| Quantity::Number(Decimal::from(*weight))));
        let whole: i64 = (0..weights.len() as u16)
            .map(|part| minor(&answer(Operation::Apportion { part }, &values)))
            .sum();
        prop_assert_eq!(whole, total);

        // Dues with fractions of a cent that add up to a whole payment.
        let sum: i64 = weights.iter().sum();
        let due = |weight: &i64| Decimal::from(total) * Decimal::from(*weight) / Decimal::from(sum) / Decimal::ONE_HUNDRED;
        let mut owed = vec![usd(total)];
        owed.extend(weights.iter().map(|weight| Quantity::Number(due(weight))));
        let paid: Vec<i64> = (0..weights.len() as u16)
            .map(|part| minor(&answer(Operation::Settle { part }, &owed)))
            .collect();
        prop_assert_eq!(paid.iter().sum::<i64>(), total);
        for (part, weight) in paid.iter().zip(&weights) {
            let off = Decimal::from(*part) / Decimal::ONE_HUNDRED - due(weight);
            prop_assert!(off.abs() < Decimal::new(1, 2) + Decimal::new(1, 6), "{off}");
        }
    }

    /// Marginal rates are continuous and monotone, as progressive scales are meant to be; with equal rates they are
    /// one rate.
    #[test]
    fn a_marginal_scale_never_jumps(x in 0i64..3_000_000, step in 1i64..1000, rates in (0i64..100, 0i64..100)) {
        let scale = |x: i64, second: i64| {
            let table = [Decimal::from(x), Decimal::ZERO, Decimal::new(rates.0, 2), Decimal::from(1_000_000), Decimal::new(second, 2)];
            answer(Operation::Tiered, &table.map(Quantity::Number)).as_number().unwrap()
        };
        let (here, next) = (scale(x, rates.1), scale(x + step, rates.1));
        prop_assert!(here <= next);
        prop_assert!(next - here <= Decimal::from(step));
        prop_assert_eq!(scale(x, rates.0), Decimal::from(x) * Decimal::new(rates.0, 2));
    }

    /// Of two amounts exactly one order holds, and each comparison is the contrary of another.
    #[test]
    fn comparisons_are_an_order(a in any::<i64>(), b in any::<i64>()) {
        let holds = |comparison| answer(Operation::Compare(comparison), &[usd(a), usd(b)]).as_flag().unwrap();
        let exactly = [Comparison::Less, Comparison::Equal, Comparison::Greater].into_iter().filter(|c| holds(*c)).count();
        prop_assert_eq!(exactly, 1);
        prop_assert_eq!(holds(Comparison::AtMost), !holds(Comparison::Greater));
        prop_assert_eq!(holds(Comparison::AtLeast), !holds(Comparison::Less));
        prop_assert_eq!(holds(Comparison::Different), !holds(Comparison::Equal));
    }

    /// So many days later is so many days apart.
    #[test]
    fn days_are_added_one_by_one(days in -20_000i64..20_000) {
        let start: Date = "2028-01-01".parse().unwrap();
        let later = answer(Operation::AddDays, &[Quantity::Date(start), Quantity::Number(days.into())]);
        prop_assert_eq!(start.days_until(later.as_date().unwrap()), days);
    }
}
