use proptest::prelude::*;
use recoup_money::Currency;

use super::*;
use crate::measure::Told;
use crate::sample::measures;

fn dollars(whole: i64) -> Money {
    Money::new(whole * 100, Currency::USD)
}

/// A film of ten million that keeps to everything.
fn facts() -> Facts {
    Facts {
        budget: Ok(dollars(10_000_000)),
        missing: Ok(dollars(0)),
        lowest: Ok(dollars(0)),
        equity: Ok(dollars(3_000_000)),
        debt: Ok(dollars(4_000_000)),
        gap: Ok(dollars(1_000_000)),
        presales: Ok(dollars(2_000_000)),
        aid: Ok(dollars(2_500_000)),
        co_producers: vec![("ireland".to_owned(), Decimal::new(25, 2))],
        tests: vec![cover(210)],
        measures: measures(),
    }
}

fn cover(percent: i64) -> LenderTest {
    LenderTest {
        test: "gap_cover".to_owned(),
        path: "instruments[gap]".to_owned(),
        instrument: Some("gap".to_owned()),
        principal: Some(dollars(1_000_000)),
        ratio: Ok(Decimal::new(percent, 2)),
        required: Ok(Decimal::TWO),
        at_least: true,
        in_days: false,
        met: Some(percent >= 200),
    }
}

fn hard(rule: Rule) -> Constraint {
    Constraint { id: "asked".to_owned(), rule, weight: None }
}

fn one(facts: &Facts, rule: Rule) -> Violation {
    let verdict = judge(facts, &[hard(rule)]).expect("a constraint");
    let [violation] = verdict.violations.as_slice() else { panic!("one violation: {verdict:?}") };
    assert!(!verdict.is_feasible() && verdict.excess > 0.0);
    violation.clone()
}

#[test]
fn what_keeps_to_everything_is_feasible() {
    let verdict = judge(&facts(), &usual_constraints()).expect("usual constraints");
    assert!(verdict.is_feasible(), "{verdict:?}");
    assert!(verdict.violations.is_empty() && verdict.penalty == 0.0);
}

#[test]
fn a_violation_says_by_how_much_and_what_cures_it() {
    let mut off = facts();
    off.missing = Ok(dollars(250_000));
    assert_eq!(one(&off, Rule::Closes).cure, Cure::FindMoney { amount: dollars(250_000) });
    let equity = one(&off, Rule::EquityAtLeast { share: Decimal::new(40, 2) });
    assert_eq!(equity.by, Amount::Money(dollars(1_000_000)));
    assert_eq!(equity.cure, Cure::MoreEquity { amount: dollars(1_000_000) });
    assert!((equity.excess - 0.25).abs() < 1e-12, "a quarter of the limit");
    let aid = one(&off, Rule::AidAtMost { share: Decimal::new(20, 2) });
    assert_eq!(aid.cure, Cure::LessAid { amount: dollars(500_000) });
    let share = one(&off, Rule::CoProducerShare { least: Decimal::new(30, 2), most: Decimal::new(70, 2) });
    assert_eq!(share.cure, Cure::MoveShare { instrument: "ireland".to_owned(), share: Decimal::new(5, 2) });
}

#[test]
fn a_gap_loan_that_is_not_covered_is_cut_to_what_carries_it() {
    let mut off = facts();
    off.tests = vec![cover(160)];
    let violation = one(&off, Rule::LenderTest { test: "gap_cover".to_owned() });
    assert_eq!(violation.by, Amount::Ratio(Decimal::new(40, 2)));
    let cure = Cure::BorrowLess { instrument: Some("gap".to_owned()), amount: dollars(200_000) };
    assert_eq!(violation.cure, cure, "80 % of it is covered twice");
}

#[test]
fn a_loan_that_is_due_before_the_credit_is_due_later() {
    let mut off = facts();
    let late = LenderTest {
        test: "days_after_cash".to_owned(),
        ratio: Ok(Decimal::from(-40)),
        required: Ok(Decimal::from(30)),
        in_days: true,
        met: Some(false),
        ..cover(200)
    };
    off.tests = vec![late];
    let violation = one(&off, Rule::LenderTest { test: "days_after_cash".to_owned() });
    assert_eq!(violation.cure, Cure::DueLater { instrument: "gap".to_owned(), days: Decimal::from(70) });
}

#[test]
fn a_gap_without_presales_is_refused_and_one_without_gap_is_not() {
    let mut off = facts();
    off.presales = Ok(dollars(0));
    let rule = Rule::GapNeedsPresales { share: Decimal::new(50, 2) };
    let violation = one(&off, rule.clone());
    assert_eq!(violation.cure, Cure::SellInAdvance { amount: dollars(500_000) });
    assert_eq!(violation.excess, 1.0);
    off.gap = Ok(dollars(0));
    assert!(judge(&off, &[hard(rule)]).expect("a constraint").is_feasible());
}

#[test]
fn a_test_that_is_named_is_the_one_that_is_held() {
    // "20 % return at the least" looks at the return, in its unit.
    let rule = Rule::AtLeast { measure: Measure::EquityIrrP50, value: 0.20 };
    let Amount::Measured(by) = one(&facts(), rule).by else { panic!("a measure") };
    assert!((by - 0.03).abs() < 1e-12);
}

#[test]
fn what_cannot_be_told_is_neither_kept_nor_broken() {
    let mut dark = facts();
    dark.equity = Err(Unknown::NotComputed);
    let verdict = judge(&dark, &usual_constraints()).expect("usual constraints");
    assert!(verdict.violations.is_empty() && !verdict.is_feasible());
    assert_eq!(verdict.untold[0].constraint, "equity_least");
}

#[test]
fn constraints_that_make_no_sense_are_refused() {
    let refused = |constraints: &[Constraint]| judge(&facts(), constraints).expect_err("no sense");
    let id = || "asked".to_owned();
    let soft = Constraint { weight: Some(0.0), ..hard(Rule::Closes) };
    assert_eq!(refused(&[soft]), ConstraintRefused::Weight { id: id() });
    let below = hard(Rule::DebtAtMost { share: Decimal::NEGATIVE_ONE });
    assert_eq!(refused(&[below]), ConstraintRefused::Limit { id: id() });
    let twice = [hard(Rule::Closes), hard(Rule::Closes)];
    assert_eq!(refused(&twice), ConstraintRefused::Twice { id: id() });
}

proptest! {
    /// The cure cures: with so much less debt, or so much more equity, the rule holds to the cent.
    #[test]
    fn the_cure_cures(debt in 0..2_000_000_000_i64, equity in 0..2_000_000_000_i64, share in 0..100_i64) {
        let money = |minor: i64| -> Told<Money> { Ok(Money::new(minor, Currency::USD)) };
        let mut off = facts();
        (off.debt, off.equity) = (money(debt), money(equity));
        let share = Decimal::new(share, 2);
        let rules = [hard(Rule::DebtAtMost { share }), Constraint {
            id: "other".to_owned(), ..hard(Rule::EquityAtLeast { share })
        }];
        for violation in judge(&off, &rules).expect("constraints").violations {
            match violation.cure {
                Cure::BorrowLess { amount, .. } => off.debt = money(debt - amount.minor()),
                Cure::MoreEquity { amount } => off.equity = money(equity + amount.minor()),
                other => prop_assert!(false, "{other:?}"),
            }
        }
        prop_assert!(judge(&off, &rules).expect("constraints").is_feasible());
    }

    /// A soft rule costs more the further off it is.
    #[test]
    fn the_penalty_rises_with_the_excess(near in 0.001..0.05_f64, far in 0.06..0.13_f64, weight in 0.1..5.0_f64) {
        let rule = |value: f64| Constraint {
            id: "soft".to_owned(), weight: Some(weight),
            rule: Rule::AtMost { measure: Measure::CostOfCapital, value: 0.14 - value },
        };
        let penalty = |value: f64| judge(&facts(), &[rule(value)]).expect("a constraint").penalty;
        prop_assert!(penalty(far) > penalty(near) && penalty(near) > 0.0);
        prop_assert!(judge(&facts(), &[rule(near)]).expect("a constraint").is_feasible());
    }
}
