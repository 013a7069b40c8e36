//! Random plans and what happens to them
#![allow(clippy::unwrap_used, reason = "a test that cannot be built fails")]
#![allow(dead_code, reason = "each test file uses a part")]

use proptest::prelude::*;
use recoup_calendar::{Date, Period};
use recoup_deal::recoupment::{
    Condition, Limit, PlanSource, RateBase, Ratio, RecoupmentPlan, Relation, Role, Share, Split, Steps,
    Takes, Target, Tier, Together, Unpaid,
};
use recoup_money::{Currency, Money};
use recoup_waterfall::{Drawing, Receipt, RunInputs};

pub(crate) const USD: Currency = Currency::USD;

pub(crate) fn usd(minor: i64) -> Money {
    Money::new(minor, USD)
}

pub(crate) fn day(text: &str) -> Date {
    text.parse().unwrap()
}

pub(crate) fn share(payee: &str, rate: Ratio, limit: Option<Limit>) -> Share {
    Share {
        payee: payee.to_owned(),
        rate,
        rate_base: RateBase::Arriving,
        unpaid: Unpaid::Lapses,
        gross_of: Vec::new(),
        limit,
        limit_pool: None,
        in_proportion_to: None,
        conditions: Vec::new(),
        pools: Vec::new(),
        contract: None,
        assigned: Vec::new(),
    }
}

pub(crate) fn tier(id: &str, takes: Takes) -> Tier {
    Tier { id: id.to_owned(), label: None, clause: None, role: Role::Other, takes, then: None }
}

pub(crate) fn ratio(numerator: i64, denominator: i64) -> Ratio {
    Ratio::new(numerator.into(), denominator.into()).unwrap()
}

#[derive(Debug, Clone)]
pub(crate) enum Shape {
    Fee(i64),
    Recoup(i64, i64),
    Loan(i64),
    PariPassu(Vec<i64>, bool),
    Fixed(Vec<i64>, i64),
    Ladder(i64, i64, i64),
    OnGross(i64, bool),
}

pub(crate) fn shapes() -> impl Strategy<Value = Vec<Shape>> {
    let one = prop_oneof![
        (1i64..40).prop_map(Shape::Fee),
        (1i64..2_000_000, 20i64..=100).prop_map(|(amount, rate)| Shape::Recoup(amount, rate)),
        (1i64..3_000_000).prop_map(Shape::Loan),
        (prop::collection::vec(1i64..900_000, 2..4), any::<bool>()).prop_map(|(l, b)| Shape::PariPassu(l, b)),
        (prop::collection::vec(1i64..30, 2..4), 1i64..1_500_000).prop_map(|(r, l)| Shape::Fixed(r, l)),
        (1i64..50, 1i64..50, 1i64..2_000_000).prop_map(|(a, b, t)| Shape::Ladder(a, b, t)),
        (1i64..15, any::<bool>()).prop_map(|(rate, carries)| Shape::OnGross(rate, carries)),
    ];
    prop::collection::vec(one, 1..9)
}

pub(crate) fn takes(index: usize, shape: &Shape) -> Takes {
    let payee = format!("p{}", index % 4);
    let amount = |minor: i64| Some(Limit::Amount { amount: usd(minor) });
    match shape {
        Shape::Fee(percent) => Takes::Share(share(&payee, ratio(*percent, 97), None)),
        Shape::Recoup(limit, percent) => Takes::Share(share(&payee, ratio(*percent, 100), amount(*limit))),
        Shape::Loan(_) => {
            let interest =
                serde_json::from_str(r#"{"rate_annual":"0.11","compounding":"quarterly"}"#).unwrap();
            let limit = Limit::PrincipalAndInterest {
                instrument: format!("i{index}"),
                interest: Some(interest),
                factor: Ratio::ONE,
            };
            Takes::Share(share(&payee, Ratio::ONE, Some(limit)))
        }
        Shape::PariPassu(limits, invested) => Takes::Together(Together {
            members: limits
                .iter()
                .enumerate()
                .map(|(m, limit)| {
                    tier(
                        &format!("t{index}m{m}"),
                        Takes::Share(share(&format!("q{m}"), Ratio::ONE, amount(*limit))),
                    )
                })
                .collect(),
            base_rate: Ratio::ONE,
            split: if *invested { Split::Invested } else { Split::Outstanding },
            shortfall_borne_by: None,
        }),
        Shape::Fixed(rates, limit) => Takes::Together(Together {
            members: rates
                .iter()
                .enumerate()
                .map(|(m, rate)| {
                    tier(
                        &format!("t{index}m{m}"),
                        Takes::Share(share(&format!("q{m}"), ratio(*rate, 90), amount(*limit))),
                    )
                })
                .collect(),
            base_rate: Ratio::ONE,
            split: Split::Fixed,
            shortfall_borne_by: None,
        }),
        Shape::Ladder(below, above, target) => {
            let mut first = share(&payee, ratio(*below, 50), None);
            first.conditions = vec![Condition::Received {
                sources: Vec::new(),
                is: Relation::Below,
                target: Target::Amount(usd(*target)),
            }];
            let second = share(&payee, ratio(*above, 50), None);
            Takes::Steps(Steps {
                members: vec![
                    tier(&format!("t{index}a"), Takes::Share(first)),
                    tier(&format!("t{index}b"), Takes::Share(second)),
                ],
                base_rate: Ratio::ONE,
            })
        }
        Shape::OnGross(percent, carries) => {
            let mut share = share(&payee, ratio(*percent, 100), None);
            share.rate_base = RateBase::GrossOfReceipt;
            share.unpaid = if *carries { Unpaid::CarriesForward } else { Unpaid::Lapses };
            Takes::Share(share)
        }
    }
}

pub(crate) fn plan(shapes: &[Shape], sources: usize) -> RecoupmentPlan {
    let mut tiers: Vec<Tier> =
        shapes.iter().enumerate().map(|(i, shape)| tier(&format!("t{i}"), takes(i, shape))).collect();
    let count = tiers.len();
    for (index, tier) in tiers.iter_mut().enumerate() {
        tier.then = (index + 1 < count).then(|| format!("t{}", index + 1));
    }
    RecoupmentPlan {
        sources: (0..sources)
            .map(|s| PlanSource {
                id: format!("s{s}"),
                enters: format!("t{}", s.min(count - 1)),
                receives: Vec::new(),
                receives_others: false,
                contract: None,
                territories: Vec::new(),
                media: Vec::new(),
            })
            .collect(),
        tiers,
        ..RecoupmentPlan::default()
    }
}

pub(crate) fn inputs(shapes: &[Shape], receipts: &[(usize, i64)]) -> RunInputs {
    let mut inputs = RunInputs::new(USD);
    for (index, shape) in shapes.iter().enumerate() {
        if let Shape::Loan(amount) = shape {
            inputs.drawings.push(Drawing {
                date: day("2024-02-10"),
                instrument: format!("i{index}"),
                amount: usd(*amount),
            });
        }
    }
    for (index, (source, amount)) in receipts.iter().enumerate() {
        inputs.receipts.push(Receipt {
            id: format!("r{index}"),
            date: day("2025-01-31").add_months(index as i32).unwrap(),
            source: format!("s{source}"),
            amount: usd(*amount),
            territories: Vec::new(),
            media: Vec::new(),
            contract: None,
        });
    }
    inputs
}

pub(crate) fn quarters() -> Vec<Period> {
    recoup_calendar::periods_between(
        day("2025-01-01"),
        day("2029-12-31"),
        recoup_calendar::Frequency::Quarter,
    )
    .unwrap()
}
