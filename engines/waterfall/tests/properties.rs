//! What holds for every plan

use proptest::prelude::*;
use recoup_calendar::{Date, Period};
use recoup_deal::recoupment::{
    Condition, Limit, PlanSource, RateBase, Ratio, RecoupmentPlan, Relation, Role, Share, Split, Steps,
    Takes, Target, Tier, Together, Unpaid,
};
use recoup_money::{Currency, Money};
use recoup_waterfall::{Drawing, Receipt, Recoupment, RunInputs, breakeven_ladder, recoup};

const USD: Currency = Currency::USD;

fn usd(minor: i64) -> Money {
    Money::new(minor, USD)
}

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

fn share(payee: &str, rate: Ratio, limit: Option<Limit>) -> Share {
    Share {
        payee: payee.to_owned(),
        rate,
        rate_base: RateBase::Arriving,
        unpaid: Unpaid::Lapses,
        limit,
        limit_pool: None,
        in_proportion_to: None,
        conditions: Vec::new(),
        pools: Vec::new(),
        contract: None,
        assigned: Vec::new(),
    }
}

fn tier(id: &str, takes: Takes) -> Tier {
    Tier { id: id.to_owned(), label: None, clause: None, role: Role::Other, takes, then: None }
}

fn ratio(numerator: i64, denominator: i64) -> Ratio {
    Ratio::new(numerator.into(), denominator.into()).unwrap()
}

#[derive(Debug, Clone)]
enum Shape {
    Fee(i64),
    Recoup(i64, i64),
    Loan(i64),
    PariPassu(Vec<i64>, bool),
    Fixed(Vec<i64>, i64),
    Ladder(i64, i64, i64),
    OnGross(i64, bool),
}

fn shapes() -> impl Strategy<Value = Vec<Shape>> {
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

fn takes(index: usize, shape: &Shape) -> Takes {
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

fn plan(shapes: &[Shape], sources: usize) -> RecoupmentPlan {
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
                territories: Vec::new(),
                media: Vec::new(),
            })
            .collect(),
        tiers,
        ..RecoupmentPlan::default()
    }
}

fn inputs(shapes: &[Shape], receipts: &[(usize, i64)]) -> RunInputs {
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

fn quarters() -> Vec<Period> {
    recoup_calendar::periods_between(
        day("2025-01-01"),
        day("2029-12-31"),
        recoup_calendar::Frequency::Quarter,
    )
    .unwrap()
}

fn total(result: &Recoupment) -> i64 {
    result.postings.iter().map(|posting| posting.amount.minor()).sum()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 160, ..ProptestConfig::default() })]

    #[test]
    fn money_is_conserved_and_no_claim_gets_more_than_its_limit(
        shapes in shapes(),
        receipts in prop::collection::vec((0usize..3, 0i64..1_500_000), 1..24),
    ) {
        let result = recoup(&plan(&shapes, 3), &inputs(&shapes, &receipts), &quarters()).unwrap();
        let received: i64 = receipts.iter().map(|(_, amount)| amount).sum();
        prop_assert_eq!(total(&result), received);
        prop_assert!(result.postings.iter().all(|posting| posting.amount.minor() > 0));
        for period in &result.periods {
            let into = period.opening_held.minor() + period.receipts.minor() + period.contributions.minor();
            prop_assert_eq!(into, period.paid.minor() + period.held.minor() + period.left_over.minor());
        }
        for claim in &result.claims {
            if let Some(limit) = claim.limit {
                // A limit that is not whole cents is paid to the cent above it at most.
                let index = claim.tier.trim_start_matches('t').parse::<usize>();
                let slack = i64::from(index.is_ok_and(|index| matches!(shapes[index], Shape::Loan(_))));
                prop_assert!(claim.paid.minor() <= limit.minor() + slack, "{:?}", claim);
                prop_assert!(claim.outstanding.minor() >= 0);
            }
        }
    }

    #[test]
    fn pari_passu_is_within_a_cent(
        limits in prop::collection::vec(1_000i64..900_000, 2..5),
        receipts in prop::collection::vec(0i64..300_000, 1..12),
    ) {
        let shapes = [Shape::PariPassu(limits.clone(), true)];
        let receipts: Vec<_> = receipts.into_iter().map(|amount| (0, amount)).collect();
        let result = recoup(&plan(&shapes, 1), &inputs(&shapes, &receipts), &[]).unwrap();
        let received: i64 = receipts.iter().map(|(_, amount)| amount).sum();
        let whole: i64 = limits.iter().sum();
        for (index, limit) in limits.iter().enumerate() {
            let exact = i128::from(received.min(whole)) * i128::from(*limit);
            let paid = i128::from(result.claim(&format!("t0m{index}")).unwrap().paid.minor()) * i128::from(whole);
            prop_assert!((paid - exact).abs() <= i128::from(whole), "{} of {}", paid, exact);
        }
    }

    #[test]
    fn the_order_of_independent_sources_on_one_day_changes_nothing(
        shapes in shapes(),
        amounts in prop::collection::vec(0i64..900_000, 2..6),
    ) {
        // Two sources, each with a chain of its own.
        let mut plan = plan(&shapes, 1);
        let mut twin = plan.clone();
        for tier in &mut twin.tiers {
            rename(tier);
        }
        twin.sources[0].id = "s1".to_owned();
        twin.sources[0].enters = "x-t0".to_owned();
        plan.tiers.extend(twin.tiers);
        plan.sources.extend(twin.sources);
        let mut forward = RunInputs::new(USD);
        for (index, amount) in amounts.iter().enumerate() {
            for source in ["s0", "s1"] {
                forward.receipts.push(Receipt {
                    id: format!("{source}-{index}"),
                    date: day("2025-06-30").add_months(index as i32).unwrap(),
                    source: source.to_owned(),
                    amount: usd(*amount),
                    territories: Vec::new(),
                    media: Vec::new(),
                    contract: None,
                });
            }
        }
        let independent = !shapes.iter().any(|shape| matches!(shape, Shape::Ladder(..) | Shape::Loan(_)));
        prop_assume!(independent);
        let mut backward = forward.clone();
        for pair in backward.receipts.chunks_mut(2) {
            pair.swap(0, 1);
        }
        let one = recoup(&plan, &forward, &[]).unwrap();
        let two = recoup(&plan, &backward, &[]).unwrap();
        for (a, b) in one.claims.iter().zip(&two.claims) {
            prop_assert!((a.paid.minor() - b.paid.minor()).abs() <= 1, "{:?} {:?}", a, b);
        }
    }

    #[test]
    fn more_receipts_never_repay_a_senior_claim_less(
        limit in 1i64..5_000_000,
        fee in 1i64..40,
        receipts in prop::collection::vec((0i64..900_000, 0i64..100_000), 1..16),
    ) {
        let shapes = [Shape::Fee(fee), Shape::Loan(limit), Shape::Recoup(limit, 100)];
        let less: Vec<_> = receipts.iter().map(|(amount, _)| (0, *amount)).collect();
        let more: Vec<_> = receipts.iter().map(|(amount, extra)| (0, amount + extra)).collect();
        let plan = plan(&shapes, 1);
        let poor = recoup(&plan, &inputs(&shapes, &less), &quarters()).unwrap();
        let rich = recoup(&plan, &inputs(&shapes, &more), &quarters()).unwrap();
        let paid_by = |result: &Recoupment, date: Date| -> i64 {
            let mine = result.postings.iter().filter(|p| p.tier.as_deref() == Some("t1") && p.date <= date);
            mine.map(|posting| posting.amount.minor()).sum::<i64>().min(limit)
        };
        for month in 0..receipts.len() {
            let date = day("2025-01-31").add_months(month as i32).unwrap();
            prop_assert!(paid_by(&rich, date) + 1 >= paid_by(&poor, date));
        }
    }

    #[test]
    fn a_rung_of_the_ladder_is_the_least_that_pays_the_claim_out(
        fee in 1i64..40,
        limits in prop::collection::vec(1i64..500_000, 1..4),
        receipts in prop::collection::vec(1i64..90_000, 1..8),
    ) {
        let mut shapes = vec![Shape::Fee(fee)];
        shapes.extend(limits.iter().map(|limit| Shape::Recoup(*limit, 100)));
        let plan = plan(&shapes, 1);
        let receipts: Vec<_> = receipts.into_iter().map(|amount| (0, amount)).collect();
        let ladder = breakeven_ladder(&plan, &inputs(&shapes, &receipts)).unwrap();
        let mut owed = 0;
        for (rung, limit) in ladder.iter().zip(&limits) {
            owed += limit;
            // After a fee of f/97 the rest reaches the claims.
            let needed = (i128::from(owed) * 97 + i128::from(97 - fee) - 1) / i128::from(97 - fee);
            let found = i128::from(rung.receipts.unwrap().minor());
            prop_assert!((found - needed).abs() <= receipts.len() as i128, "{} {}", found, needed);
        }
    }
}

fn rename(tier: &mut Tier) {
    tier.id = format!("x-{}", tier.id);
    tier.then = tier.then.as_ref().map(|next| format!("x-{next}"));
    match &mut tier.takes {
        Takes::Together(group) => group.members.iter_mut().for_each(rename),
        Takes::Steps(ladder) => ladder.members.iter_mut().for_each(rename),
        Takes::Share(_) | Takes::Reserve(_) => {}
    }
}

/// 30 sources over 40 quarters down 24 tiers; the bound is checked in release builds only.
#[test]
fn a_large_film_takes_less_than_two_milliseconds() {
    let mut shapes = Vec::new();
    for index in 0..8 {
        shapes.push(Shape::Fee(1 + index));
        shapes.push(Shape::Recoup(40_000_000, 100));
        shapes.push(Shape::Fixed(vec![20, 20, 20], 30_000_000));
    }
    let plan = plan(&shapes, 24);
    let mut inputs = RunInputs::new(USD);
    for quarter in 0..40i32 {
        for source in 0..24 + 6 {
            inputs.receipts.push(Receipt {
                id: format!("{quarter}-{source}"),
                date: day("2025-03-31").add_months(3 * quarter).unwrap(),
                source: format!("s{}", source % 24),
                amount: usd(1_234_567 + i64::from(quarter) * 7_919),
                territories: Vec::new(),
                media: Vec::new(),
                contract: None,
            });
        }
    }
    let quarters = recoup_calendar::periods_between(
        day("2025-01-01"),
        day("2034-12-31"),
        recoup_calendar::Frequency::Quarter,
    )
    .unwrap();
    let compiled = recoup_waterfall::compile(&plan, USD).unwrap();
    let mut best = f64::MAX;
    for _ in 0..10 {
        let start = std::time::Instant::now();
        let result = recoup_waterfall::recoup_compiled(&compiled, &inputs, &quarters).unwrap();
        best = best.min(start.elapsed().as_secs_f64());
        assert_eq!(total(&result), inputs.receipts.iter().map(|receipt| receipt.amount.minor()).sum::<i64>());
    }
    eprintln!("30 sources × 40 quarters: {:.3} ms", best * 1e3);
    assert!(cfg!(debug_assertions) || best < 2e-3, "{best} s");
}
