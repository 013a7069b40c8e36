//! Rates against flows constructed from known ones, and against an independent scan.

use proptest::prelude::*;
use recoup_calendar::Date;
use recoup_returns::{NoRate, Outcome, RootRule, Status, irr, npv, xirr, xnpv};

/// Flows whose balance at the end is `Π (q·w − p)` times a polynomial without real roots, `w = 1 + r`: the rates are
/// exactly `p/q − 1`. The coefficients are whole numbers that a double holds.
fn flows_with(growths: &[(i64, i64)], complex: &[(i64, i64)]) -> Option<Vec<f64>> {
    let mut polynomial = vec![1i128];
    let mut multiply = |factor: &[i128]| {
        let mut product = vec![0i128; polynomial.len() + factor.len() - 1];
        for (i, a) in polynomial.iter().enumerate() {
            for (j, b) in factor.iter().enumerate() {
                product[i + j] += a * b;
            }
        }
        polynomial = product;
    };
    for (p, q) in growths {
        multiply(&[i128::from(*q), -i128::from(*p)]);
    }
    for (centre, distance) in complex {
        // (w − c)² + d² with d ≥ 1.
        multiply(&[1, i128::from(-2 * centre), i128::from(centre * centre + distance * distance)]);
    }
    polynomial.iter().all(|c| c.abs() < 1 << 53).then(|| polynomial.iter().map(|c| *c as f64).collect())
}

fn growth() -> impl Strategy<Value = (i64, i64)> {
    (1i64..30, 1i64..12)
}

fn gcd(a: i64, b: i64) -> i64 {
    if b == 0 { a } else { gcd(b, a % b) }
}

/// Distinct growth factors ascending, and how often each occurs.
fn distinct(growths: &[(i64, i64)]) -> Vec<((i64, i64), usize)> {
    let mut reduced: Vec<(i64, i64)> =
        growths.iter().map(|(p, q)| (p / gcd(*p, *q), q / gcd(*p, *q))).collect();
    reduced.sort_by_key(|(p, q)| (p * 27_720 / q, *q));
    let mut counted: Vec<((i64, i64), usize)> = Vec::new();
    for growth in reduced {
        match counted.last_mut() {
            Some((last, count)) if *last == growth => *count += 1,
            _ => counted.push((growth, 1)),
        }
    }
    counted
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    /// Single, double, triple … roots together with complex pairs: exactly the constructed rates are found.
    #[test]
    fn constructed_rates_are_found(
        growths in prop::collection::vec(growth(), 0..6),
        complex in prop::collection::vec((-3i64..4, 1i64..4), 0..3),
        twice in any::<bool>(),
        sign in any::<bool>(),
    ) {
        let mut growths = growths;
        if twice && let Some(first) = growths.first().copied() {
            growths.push(first);
        }
        let Some(mut flows) = flows_with(&growths, &complex) else { return Ok(()) };
        if sign {
            flows.iter_mut().for_each(|flow| *flow = -*flow);
        }
        let solution = irr(&flows).unwrap();
        let expected = distinct(&growths);
        prop_assert_eq!(solution.roots.len(), expected.len(), "{:?} of {:?}: {:?}", growths, flows, solution);
        for (root, ((p, q), count)) in solution.roots.iter().zip(&expected) {
            let rate = (p - q) as f64 / *q as f64;
            prop_assert!((root.rate - rate).abs() <= 1e-15 * rate.abs(), "{} against {}", root.rate, rate);
            prop_assert_eq!(root.repeated, *count > 1);
        }
        let status = match (solution.sign_changes, expected.len()) {
            (0, _) => Status::NoSignChange,
            (_, 0) => Status::NoRoot,
            (_, 1) => Status::Unique,
            _ => Status::Multiple,
        };
        prop_assert_eq!(solution.status, status);
    }

    /// The same flows in years of 365 days give the same annual rates.
    #[test]
    fn dated_rates_are_the_periodic_ones(growths in prop::collection::vec(growth(), 1..5), start in 0i64..10_000) {
        let Some(flows) = flows_with(&growths, &[]) else { return Ok(()) };
        let first = Date::new(2000, 1, 1).unwrap().add_days(start).unwrap();
        let dated: Vec<(Date, f64)> =
            (0i64..).zip(&flows).map(|(year, flow)| (first.add_days(365 * year).unwrap(), *flow)).collect();
        let (periodic, dated) = (irr(&flows).unwrap(), xirr(&dated).unwrap());
        prop_assert_eq!(periodic.status, dated.status);
        for (a, b) in periodic.roots.iter().zip(&dated.roots) {
            prop_assert!((a.ln1p - b.ln1p).abs() <= 1e-15 * a.ln1p.abs());
        }
    }

    /// No more rates than changes of sign, as many up to an even number, and none missed by a dense scan.
    #[test]
    fn random_flows(flows in prop::collection::vec(-1000i32..1000, 1..40)) {
        let flows: Vec<f64> = flows.into_iter().map(f64::from).collect();
        let solution = irr(&flows).unwrap();
        prop_assert!(solution.roots.len() <= solution.sign_changes);
        if solution.roots.iter().all(|root| !root.repeated) {
            prop_assert_eq!(solution.roots.len() % 2, solution.sign_changes % 2);
        }
        let ascending = solution.roots.windows(2).all(|pair| pair[0].ln1p < pair[1].ln1p);
        prop_assert!(ascending);
        let at = |y: f64| npv(y.exp_m1(), &flows).unwrap();
        let size = |y: f64| npv(y.exp_m1(), &flows.iter().map(|flow| flow.abs()).collect::<Vec<_>>()).unwrap();
        for root in &solution.roots {
            prop_assert!(at(root.ln1p).abs() <= 1e-12 * size(root.ln1p) * (1.0 + 40.0 * root.ln1p.abs()));
        }
        let mut before = (-9.0, at(-9.0));
        for step in -899..900 {
            let y = f64::from(step) / 100.0;
            let value = at(y);
            if value * before.1 < 0.0 && value.abs() > 1e-9 * size(y) && before.1.abs() > 1e-9 * size(before.0) {
                let between = solution.roots.iter().filter(|root| before.0 < root.ln1p && root.ln1p < y).count();
                prop_assert!(between % 2 == 1, "a change of sign between {} and {y}", before.0);
            }
            before = (y, value);
        }
    }

    /// Scale, sign and idle periods before or after do not change the rates.
    #[test]
    fn invariances(
        flows in prop::collection::vec(-1000i32..1000, 1..20),
        power in -900i32..900,
        before in 0usize..5,
        after in 0usize..5,
    ) {
        let plain: Vec<f64> = flows.iter().copied().map(f64::from).collect();
        let factor = -2f64.powi(power);
        let mut changed = vec![0.0; before];
        changed.extend(plain.iter().map(|flow| flow * factor));
        changed.extend(vec![0.0; after]);
        let (a, b) = (irr(&plain).unwrap(), irr(&changed).unwrap());
        prop_assert_eq!(a.status, b.status);
        for (x, y) in a.roots.iter().zip(&b.roots) {
            prop_assert!((x.ln1p - y.ln1p).abs() <= 4.0 * f64::EPSILON * x.ln1p.abs());
        }
    }

    /// An investment of ordinary shape on true dates: one rate, and the present value at it is zero.
    #[test]
    fn ordinary_investments(
        payments in prop::collection::vec((0i64..400, 1u32..100_000_000), 1..12),
        receipts in prop::collection::vec((401i64..8000, 1u32..100_000_000), 1..40),
    ) {
        let first = Date::new(2027, 1, 1).unwrap();
        let on = |days| first.add_days(days).unwrap();
        let mut flows: Vec<(Date, f64)> = payments.iter().map(|(d, a)| (on(*d), -f64::from(*a))).collect();
        flows.extend(receipts.iter().map(|(d, a)| (on(*d), f64::from(*a))));
        let solution = xirr(&flows).unwrap();
        prop_assert_eq!(solution.status, Status::Unique);
        let rate = solution.roots[0].rate;
        if rate > -0.9999 && rate < 1e6 {
            let size = xnpv(rate, &flows.iter().map(|(d, a)| (*d, a.abs())).collect::<Vec<_>>()).unwrap();
            prop_assert!(xnpv(rate, &flows).unwrap().abs() <= 1e-11 * size);
        }
    }
}

#[test]
fn nearly_double_roots_are_told_apart() {
    // (w − 1.25)² − ε at the resolution of a double: the constant is moved by one unit in the last place each way.
    let touching = [-64.0, 160.0, -100.0];
    assert_eq!(irr(&touching).unwrap().status, Status::Unique);
    assert!(irr(&touching).unwrap().roots[0].repeated);
    let apart = irr(&[-64.0, 160.0, -(100f64.next_down())]).unwrap();
    assert_eq!(apart.status, Status::Multiple);
    let gap = apart.roots[1].rate - apart.roots[0].rate;
    let expected = 2.0 * (100.0 - 100f64.next_down()).sqrt() / 8.0;
    assert!((gap / expected - 1.0).abs() < 1e-6, "{gap:e} against {expected:e}");
    assert_eq!(irr(&[-64.0, 160.0, -(100f64.next_up())]).unwrap().status, Status::NoRoot);
}

#[test]
fn long_and_restless_flows() {
    // 480 months that change sign at every step: 479 changes of sign.
    let flows: Vec<f64> =
        (0..480u32).map(|t| if t % 2 == 0 { -100.0 } else { 101.0 + f64::from(t % 7) }).collect();
    let solution = irr(&flows).unwrap();
    assert_eq!(solution.sign_changes, 479);
    assert!(solution.roots.len() % 2 == 1);
    for root in &solution.roots {
        let size: f64 = npv(root.rate, &flows.iter().map(|flow| flow.abs()).collect::<Vec<_>>()).unwrap();
        assert!(npv(root.rate, &flows).unwrap().abs() < 1e-10 * size);
    }
}

#[test]
fn extremes_of_a_double() {
    let huge = irr(&[-1e-300, 1e300]).unwrap();
    assert!((huge.roots[0].ln1p - 600.0 * std::f64::consts::LN_10).abs() < 1e-9);
    assert_eq!(huge.roots[0].rate, f64::MAX);
    let lost = irr(&[-1e300, 1e-300]).unwrap();
    assert!((lost.roots[0].ln1p + 600.0 * std::f64::consts::LN_10).abs() < 1e-9);
    assert_eq!(lost.roots[0].rate, -1.0);
    assert_eq!(irr(&[-f64::MAX, f64::MAX]).unwrap().roots[0].rate, 0.0);
    assert_eq!(irr(&[-5e-324, 1e-323]).unwrap().roots[0].rate, 1.0);
    for bad in [f64::NAN, f64::INFINITY] {
        assert!(irr(&[-1.0, bad]).is_err());
    }
    // Two days, two flows: the rate has hundreds of digits, and there is no other.
    let day = Date::new(2027, 3, 1).unwrap();
    let sudden = xirr(&[(day, -1.0), (day.add_days(1).unwrap(), 10.0)]).unwrap();
    assert_eq!(sudden.status, Status::Unique);
    assert!((sudden.roots[0].ln1p - 365.0 * std::f64::consts::LN_10).abs() < 1e-9);
}

#[test]
fn reasons_and_rules() {
    let outcome = |flows: &[f64]| irr(flows).unwrap().outcome();
    assert_eq!(outcome(&[]).reason(), Some(NoRate::NoFlows));
    assert_eq!(outcome(&[0.0, -0.0]).reason(), Some(NoRate::NoFlows));
    assert_eq!(outcome(&[0.0, 5.0]).reason(), Some(NoRate::NothingInvested));
    assert_eq!(outcome(&[-5.0, -1.0]).reason(), Some(NoRate::TotalLoss));
    assert_eq!(outcome(&[-5.0, -1.0]).rate_or_total_loss(), Some(-1.0));
    assert_eq!(outcome(&[-5.0, -1.0]).rate(), None);
    assert_eq!(outcome(&[-100.0, 200.0, -101.0]).reason(), Some(NoRate::NoRoot));
    assert_eq!(outcome(&[-100.0, 200.0, -101.0]).rate_or_total_loss(), None);
    let Outcome::Rate { root, rule } = outcome(&[-100.0, 110.0]) else { unreachable!("one rate") };
    assert_eq!((root.rate_decimal(6).unwrap().to_string().as_str(), rule), ("0.1", RootRule::Only));
    // (w − ½)(w − 3/2): −50 % and +50 % are equally near, the positive one is taken.
    let Outcome::Rate { root, rule } = outcome(&[-4.0, 8.0, -3.0]) else { unreachable!("two rates") };
    assert_eq!((root.rate, rule), (0.5, RootRule::NearestToZero { among: 2 }));
}
