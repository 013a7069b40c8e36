//! One balance, told twice: the production side follows a loan to delivery, the recoupment plan repays it out
//! of receipts. On every day on which both speak of it they say the same amount, to the cent.

#![expect(clippy::expect_used, reason = "a test stops where it cannot go on")]

use recoup_calendar::{Period, YearMonth};
use recoup_capital::InstrumentRun;
use recoup_deal::recoupment::{Compounding, InterestTerms, Limit, PaymentOrder, RecoupmentPlan, Takes, Tier};
use recoup_deal::{Deal, read_deal, set};
use recoup_incentives::Catalog;
use recoup_model::{Outcome, run};
use recoup_money::Money;
use recoup_waterfall::{Drawing, RunInputs, recoup};

fn examples() -> Vec<(&'static str, Deal)> {
    [
        ("dragons-quest", include_str!("../../../examples/dragons-quest.deal.json")),
        ("nimbus-and-pip", include_str!("../../../examples/nimbus-and-pip.deal.json")),
        ("tin-orchard", include_str!("../../../examples/tin-orchard.deal.json")),
    ]
    .map(|(name, text)| (name, read_deal(text).expect(name)))
    .to_vec()
}

fn outcome(deal: &Deal) -> Outcome {
    run(deal, Catalog::embedded().expect("the library reads"))
}

/// The share of the plan that pays a loan's principal and interest.
fn claim_on<'p>(tiers: &'p [Tier], instrument: &str) -> Option<&'p Tier> {
    tiers.iter().find_map(|tier| match &tier.takes {
        Takes::Share(share) => {
            let owed = matches!(&share.limit, Some(Limit::PrincipalAndInterest { instrument: of, .. }) if of == instrument);
            owed.then_some(tier)
        }
        _ => claim_on(tier.members(), instrument),
    })
}

/// What the plan says is owed at the end of every month, with the loan's drawings and no receipt.
fn owed_by_plan(
    outcome: &Outcome,
    plan: &RecoupmentPlan,
    run: &InstrumentRun,
    tier: &str,
    last: YearMonth,
) -> Vec<(YearMonth, Money)> {
    let bearing = run.bearing.as_ref().expect("a loan");
    let currency = outcome.book.value(run.principal).as_money().expect("an amount").currency();
    let mut inputs = RunInputs::new(currency);
    let compounding = match bearing.every {
        Some(1) => Compounding::Monthly,
        Some(3) => Compounding::Quarterly,
        Some(6) => Compounding::HalfYearly,
        Some(12) => Compounding::Yearly,
        _ => Compounding::Simple,
    };
    let rate = outcome.book.value(bearing.rate).as_number().expect("a rate").to_string();
    let terms = InterestTerms {
        rate_annual: rate.parse().expect("a ratio"),
        compounding,
        day_count: bearing.day_count,
        payments: PaymentOrder::InterestFirst,
    };
    inputs.interest.insert(run.id.clone(), terms);
    for (date, node) in &run.drawn {
        let amount = outcome.book.value(*node).as_money().expect("an amount");
        if amount.is_positive() {
            inputs.drawings.push(Drawing { date: *date, instrument: run.id.clone(), amount });
        }
    }
    let first = inputs.drawings.first().expect("something is drawn").date.year_month();
    let months: Vec<YearMonth> =
        (0..=last.months_since(first)).map(|count| first.add_months(count).expect("near")).collect();
    let schedule: Vec<Period> =
        months.iter().map(|month| Period { start: month.first_day(), end: month.last_day() }).collect();
    let recoupment = recoup(plan, &inputs, &schedule).expect("the plan runs");
    let lines = |month: &YearMonth| {
        let statement = recoupment.statements.iter().filter(|statement| statement.as_of == month.last_day());
        statement
            .flat_map(|statement| &statement.lines)
            .find(|line| line.tier.as_deref() == Some(tier))
            .cloned()
    };
    months
        .iter()
        .filter_map(|month| lines(month).and_then(|line| line.entitlement).map(|owed| (*month, owed)))
        .collect()
}

/// Compares a deal's loans month by month, and returns how many balances were compared.
fn compare(name: &str, deal: &Deal) -> usize {
    let outcome = outcome(deal);
    let capital = outcome.capital.as_ref().expect(name);
    let plan = deal.recoupment.as_ref().expect(name);
    let delivery = outcome.timeline.final_delivery().expect(name).year_month();
    let mut compared = 0;
    for run in &capital.instruments {
        let served = run.bearing.as_ref().is_none_or(|bearing| bearing.served_to_delivery);
        let Some(tier) = claim_on(&plan.tiers, &run.id).filter(|_| !run.secured && !served) else { continue };
        let drawn = run
            .drawn
            .iter()
            .any(|(_, node)| outcome.book.value(*node).as_money().is_some_and(|amount| amount.is_positive()));
        if !drawn {
            continue;
        }
        for (month, owed) in owed_by_plan(&outcome, plan, run, &tier.id, delivery) {
            let balance = outcome.book.money(&format!("capital.{}.balance[{month}]", run.id));
            assert_eq!(balance, Some(owed), "{name}: {} at the end of {month}", run.id);
            compared += 1;
        }
    }
    compared
}

#[test]
fn the_two_sides_say_the_same_balance_of_a_loan() {
    let compared: usize = examples().iter().map(|(name, deal)| compare(name, deal)).sum();
    assert!(compared > 20, "{compared} balances were compared");
}

/// 30/360 is left out: it does not add up over parts of a span, so whoever looks at a month's end in between
/// counts other days.
#[test]
fn they_agree_under_every_compounding_and_actual_day_count() {
    let (name, deal) = examples().remove(0);
    let mut compared = 0;
    for loan in ["gap", "mezzanine"] {
        for (compounding, payment) in [
            ("simple", "at_maturity"),
            ("monthly", "capitalised_until_delivery"),
            ("quarterly", "paid_in_kind"),
            ("half_yearly", "at_maturity"),
            ("yearly", "paid_in_kind"),
        ] {
            for day_count in ["ACT/365F", "ACT/360", "ACT/ACT"] {
                let path = |field: &str| format!("instruments[{loan}].{field}");
                let deal = set(&deal, &path("compounding"), compounding.into()).expect("a word of the list");
                let deal = set(&deal, &path("interest_payment"), payment.into()).expect("a word of the list");
                let deal = set(&deal, &path("day_count"), day_count.into()).expect("a word of the list");
                compared += compare(&format!("{name}, {loan} {compounding} {day_count}"), &deal);
            }
        }
    }
    assert!(compared > 500, "{compared} balances were compared");
}

#[test]
fn interest_told_by_month_adds_up_to_what_is_owed() {
    for (name, deal) in examples() {
        let outcome = outcome(&deal);
        let capital = outcome.capital.as_ref().expect(name);
        let minor = |node| outcome.book.value(node).as_money().expect("an amount").minor();
        for run in capital.instruments.iter().filter(|run| !run.secured && run.bearing.is_some()) {
            let drawn: i64 = run.drawn.iter().map(|(_, node)| minor(*node)).sum();
            let charged: i64 = run.charged.iter().map(|node| minor(*node)).sum();
            let paid: i64 = run.interest.iter().map(|(_, node)| minor(*node)).sum();
            let Some((_, last)) = run.balances.last() else { continue };
            assert_eq!(minor(*last), drawn + charged - paid, "{name}: {}", run.id);
        }
    }
}
