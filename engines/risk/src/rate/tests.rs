//! Rates in lanes against the exact solver, one by one.

use super::{Compounding, Layout, Many, irr_many};
use proptest::prelude::*;
use recoup_lanes::{Backend, dispatch_on};
use recoup_returns::grid::quarterly_irr;
use recoup_returns::irr;

fn exactly(flows: &[f64], compounding: Compounding) -> f64 {
    let solution = match compounding {
        Compounding::Period => irr(flows),
        Compounding::Quarterly => quarterly_irr(flows),
    };
    solution.ok().and_then(|solution| solution.outcome().rate_or_total_loss()).unwrap_or(f64::NAN)
}

fn one(flows: &[f64], compounding: Compounding) -> f64 {
    let mut out = [0.0];
    irr_many(flows, Layout::SeriesBySeries, compounding, &mut out);
    out[0]
}

fn same(a: f64, b: f64, relative: f64) -> bool {
    a.is_nan() && b.is_nan() || a == b || (a - b).abs() <= relative * (1.0 + b).abs().max(b.abs())
}

#[test]
fn worked_rates_are_met() {
    let cases = [
        (&[-100.0, 110.0][..], 0.1),
        (&[-100.0, 0.0, 121.0], 0.1),
        (&[-100.0, 50.0, 50.0], 0.0),
        (&[0.0, 0.0, -100.0, 0.0, 25.0], -0.5),
        (&[-1.0, -1.0, 0.0], -1.0),
        (&[-1.0, 20.0], 19.0),
        (&[-1.0, 1e9], 999_999_999.0),
        (&[-1e9, 1.0], -0.999_999_999),
        // Several rates: the one nearest to zero; paid first and repaid later: the exact solver's too.
        (&[-100.0, 230.0, -132.0], 0.1),
        (&[100.0, -110.0], 0.1),
        (&[-1e-300, 1.1e-300], 0.1),
        (&[-1e300, 1.1e300], 0.1),
    ];
    for (flows, rate) in cases {
        let given = one(flows, Compounding::Period);
        assert!((given - rate).abs() <= 4e-16 * (1.0 + rate).max(1.0), "{flows:?}: {given}");
        let annual = one(flows, Compounding::Quarterly);
        assert!(same(annual, exactly(flows, Compounding::Quarterly), 2e-15), "{flows:?}: {annual}");
    }
    for flows in [
        &[0.0, 0.0][..],
        &[],
        &[1.0, 2.0],
        &[-1.0, f64::NAN, 3.0],
        &[-1.0, f64::INFINITY],
        &[100.0, -300.0, 250.0],
    ] {
        assert!(one(flows, Compounding::Quarterly).is_nan(), "{flows:?}");
    }
    irr_many(&[], Layout::PeriodByPeriod, Compounding::Period, &mut []);
}

#[test]
fn small_rates_keep_their_digits() {
    for rate in [1e-3, 1e-6, -1e-9, 1e-12] {
        let given = one(&[-100.0, 0.0, 0.0, 100.0 * (1.0 + rate)], Compounding::Period);
        let exact = exactly(&[-100.0, 0.0, 0.0, 100.0 * (1.0 + rate)], Compounding::Period);
        assert!((given - exact).abs() <= 1e-14 * rate.abs() + 1e-30, "{given} instead of {exact}");
    }
}

/// Series as they come out of a deal: some payments, then receipts, in magnitudes from small to large.
fn series() -> impl Strategy<Value = Vec<f64>> {
    let amount = prop_oneof![1 => Just(0.0), 4 => (0.0..15.0f64).prop_map(|log| log.exp())];
    let usual = (prop::collection::vec(amount.clone(), 1..12), prop::collection::vec(amount.clone(), 1..40))
        .prop_map(|(paid, got)| paid.into_iter().map(|x| -x).chain(got).collect());
    let any = prop::collection::vec((amount, any::<bool>()), 1..12)
        .prop_map(|flows| flows.into_iter().map(|(x, paid)| if paid { -x } else { x }).collect());
    prop_oneof![6 => usual, 1 => any]
}

proptest! {
    #[test]
    fn rates_are_those_of_the_exact_solver(flows in series()) {
        for compounding in [Compounding::Period, Compounding::Quarterly] {
            let (given, exact) = (one(&flows, compounding), exactly(&flows, compounding));
            prop_assert!(same(given, exact, 3e-15), "{:?}: {} instead of {}", flows, given, exact);
        }
    }

    #[test]
    fn neighbours_layout_and_registers_change_no_bit(all in prop::collection::vec(series(), 1..40)) {
        let (periods, count) = (all.iter().map(Vec::len).max().unwrap_or(0), all.len());
        let mut flows = vec![0.0; periods * count];
        let mut across = flows.clone();
        for (series, own) in all.iter().enumerate() {
            for (period, flow) in own.iter().enumerate() {
                flows[series * periods + period] = *flow;
                across[period * count + series] = *flow;
            }
        }
        let alone: Vec<u64> = flows.chunks_exact(periods).map(|own| one(own, Compounding::Quarterly).to_bits()).collect();
        for backend in Backend::available() {
            for (layout, flows) in [(Layout::SeriesBySeries, &flows), (Layout::PeriodByPeriod, &across)] {
                let mut out = vec![0.0; count];
                dispatch_on(backend, Many { flows, layout, compounding: Compounding::Quarterly, periods, out: &mut out });
                let bits: Vec<u64> = out.into_iter().map(f64::to_bits).collect();
                prop_assert_eq!(&bits, &alone, "{} {:?}", backend, layout);
            }
        }
    }
}
