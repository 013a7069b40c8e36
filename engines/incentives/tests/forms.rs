//! Own worked examples (an ordinary claim, a ceiling one unit either side, a failed condition) and what the
//! law promises for all amounts.
#![expect(clippy::unwrap_used, reason = "tests read files and stop at the first surprise")]

use std::collections::BTreeMap;
use std::str::FromStr;

use proptest::prelude::*;
use recoup_calendar::Date;
use recoup_incentives::examples::check_example;
use recoup_incentives::{Answers, Catalog, Policy, ProgramRun, Value, run};
use recoup_money::cases::CaseStatus;
use rust_decimal::Decimal;

fn policy(program: &str, on: Date) -> &'static Policy {
    Catalog::embedded().unwrap().on(program, on).unwrap()
}

fn on(day: &str) -> Date {
    Date::from_str(day).unwrap()
}

fn compute(program: &str, day: &str, inputs: &[(&str, Decimal)]) -> ProgramRun {
    let mut answers = Answers::new();
    for (name, value) in inputs {
        answers.set(name, Value::Number(*value));
    }
    run(policy(program, on(day)), &answers, &Answers::new()).unwrap()
}

#[test]
fn examples_agree() {
    let catalog = Catalog::embedded().unwrap();
    let version = |program: &str, on: Date| catalog.on(program, on).ok().map(AsRef::as_ref);
    let mut programs: BTreeMap<String, usize> = BTreeMap::new();
    for example in Catalog::embedded_examples().unwrap() {
        let report = check_example(&example, &version);
        assert_eq!(
            report.status,
            CaseStatus::Equal,
            "{} ({}): {:?} {:?}",
            example.program,
            example.title,
            report.message,
            report.fields
        );
        *programs.entry(example.program).or_default() += 1;
    }
    for program in catalog.programs() {
        let computable = catalog.versions(program).last().is_some_and(|policy| policy.computable);
        let count = programs.get(program).copied().unwrap_or_default();
        assert!(!computable || count >= 3, "{program} has {count} examples");
    }
}

/// Amounts of a real film, to the cent.
fn amount() -> impl Strategy<Value = Decimal> {
    (0i64..20_000_000_000).prop_map(|cents| Decimal::new(cents, 2))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    /// s.125.4: never above 15 % of net cost, never above 25 % of labour, never negative.
    #[test]
    fn cptc_stays_under_both_limits(labour in amount(), cost in amount(), aid in amount()) {
        let result = compute("ca-federal-cptc", "2026-01-01", &[
            ("canadian_labour", labour), ("total_cost", cost), ("grant_non_repayable", aid),
        ]);
        let credit = result.credit().unwrap();
        let cent = Decimal::new(1, 2);
        prop_assert!(credit >= Decimal::ZERO);
        prop_assert!(credit <= (cost - aid).max(Decimal::ZERO) * Decimal::new(15, 2) + cent);
        prop_assert!(credit <= labour * Decimal::new(25, 2) + cent);
    }

    /// More labour never lowers a credit on labour; more assistance never raises it.
    #[test]
    fn labour_credits_are_monotone(labour in amount(), more in amount(), aid in amount()) {
        for program in ["ca-federal-pstc", "ca-bc-pstc", "ca-on-ocase", "ca-bc-dave"] {
            let name = match program {
                "ca-bc-pstc" => "bc_labour",
                "ca-on-ocase" => "labour_year",
                "ca-bc-dave" => "dave_labour",
                _ => "canadian_labour",
            };
            let credit = |labour, aid| {
                compute(program, "2026-01-01", &[(name, labour), ("assistance_on_labour", aid)]).credit().unwrap()
            };
            prop_assert!(credit(labour, aid) >= Decimal::ZERO);
            prop_assert!(credit(labour + more, aid) >= credit(labour, aid));
            prop_assert!(credit(labour, aid + more) <= credit(labour, aid));
        }
    }

    /// The base is never above 80 % of core expenditure, and cash never above credit less notional tax.
    #[test]
    fn uk_credits_keep_the_eighty_per_cent(core in amount(), uk in amount()) {
        let uk = uk.min(core);
        for program in ["uk-avec-animation", "uk-iftc"] {
            let result = compute(program, "2026-01-01", &[
                ("core_expenditure_to_date", core), ("uk_core_to_date", uk),
            ]);
            let credit = result.credit().unwrap();
            let net = result.net().unwrap();
            let cent = Decimal::new(1, 2);
            prop_assert!(credit >= Decimal::ZERO && net >= Decimal::ZERO);
            prop_assert!(credit <= core * Decimal::new(8, 1) * Decimal::new(53, 2) + cent);
            prop_assert!(net <= credit * Decimal::new(75, 2) + cent);
            if program == "uk-iftc" {
                prop_assert!(credit <= Decimal::from(6_360_000));
            }
        }
    }

    /// Instalments of section 481 add up to the credit, and the ceilings hold.
    #[test]
    fn irish_instalments_add_up(cost in amount(), eligible in amount()) {
        for program in ["ie-s481", "ie-s481-sceal"] {
            let result = compute(program, "2026-01-01", &[
                ("total_cost", cost), ("eligible_expenditure", eligible),
            ]);
            let line = |name: &str| result.value(name).and_then(Value::number).unwrap();
            prop_assert_eq!(line("first_instalment") + line("balance"), line("credit"));
            prop_assert!(line("first_instalment") >= Decimal::ZERO);
            prop_assert!(line("qualifying") <= cost * Decimal::new(8, 1));
            prop_assert!(line("credit") <= Decimal::from(50_000_000));
        }
    }

    /// Québec: the sum of rates is never above the statutory maximum of the qualified labour.
    #[test]
    fn qptc_keeps_its_maximum(labour in amount(), cost in amount(), animation in amount()) {
        let form = policy("ca-qc-qptc", on("2026-01-01"));
        for (kind, most) in [("french-original", 66), ("other-original", 66), ("other-format", 62)] {
            let answers = Answers::new()
                .with("quebec_labour", Value::Number(labour))
                .with("total_cost", Value::Number(cost))
                .with("animation_expenditure", Value::Number(animation))
                .with("regional", Value::Flag(true))
                .with("public_aid_share", Value::Number(Decimal::ZERO))
                .with("type", Value::Text(kind.to_owned()));
            let result = run(form, &answers, &Answers::new()).unwrap();
            let base = result.value("qualified_labour").and_then(Value::number).unwrap();
            prop_assert!(base <= cost * Decimal::new(65, 2));
            prop_assert!(result.credit().unwrap() <= base * Decimal::new(most, 2) + Decimal::new(1, 2));
        }
    }

    /// California: never above 40 % of counted expenditure, and refunds never above 90 % of the credit.
    #[test]
    fn california_refunds_ninety_per_cent(spend in amount(), vfx in amount()) {
        let result = compute("us-ca-4-0", "2026-01-01", &[
            ("qualified_expenditures", spend), ("vfx_qualified_spend", vfx),
        ]);
        let line = |name: &str| result.value(name).and_then(Value::number).unwrap();
        let cent = Decimal::new(1, 2);
        prop_assert!(line("credit_allocated") <= Decimal::from(120_000_000) * Decimal::new(4, 1));
        prop_assert!(line("total_refund") <= line("credit_certified") * Decimal::new(9, 1) + cent);
        prop_assert!(line("credit_certified") <= line("credit_allocated"));
    }

    /// Nothing negative, nothing above the minute ceiling.
    #[test]
    fn french_credit_stays_under_the_minutes(spend in amount(), budget in amount(), minutes in 1u32..2000) {
        let result = compute("fr-cia-animation", "2026-06-01", &[
            ("eligible_french_spend", spend), ("budget", budget), ("delivered_minutes", minutes.into()),
        ]);
        let credit = result.credit().unwrap();
        prop_assert!(credit >= Decimal::ZERO);
        prop_assert!(credit <= Decimal::from(6_000 * u64::from(minutes)));
    }
}
