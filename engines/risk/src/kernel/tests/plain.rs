//! The written model, path by path and quarter by quarter, as one would do it by hand.

use recoup_lanes::{Backend, Buffer};

use super::super::{Amount, Quarterly, Reference, Share, Stage, Step};
use crate::{draw::Generator, model::CHUNK};

pub(super) const MODEL: &str = include_str!("../../../../../benches/peers/model.json");

/// What one path comes to: flows of each payee by quarter, and what is left over.
fn flows(film: &Quarterly, drawn: &[f64]) -> (Vec<Vec<f64>>, Vec<f64>) {
    let (plan, receipts) = (film.plan(), &film.receipts);
    let late = receipts.late.map_or(0, |variate| drawn[variate] as usize);
    let amount = |of: &Amount| of.fixed * of.times.map_or(1.0, |variate| drawn[variate]);
    let mut paid = vec![vec![0.0; plan.quarters()]; plan.payees()];
    let mut left = Vec::new();
    let mut balances: Vec<f64> = plan
        .steps()
        .iter()
        .map(|step| match step {
            Step::Fee { cap, .. } | Step::Corridor { cap, .. } => cap.unwrap_or(f64::INFINITY),
            Step::Recoup { amount: of, .. }
            | Step::Debt { amount: of, .. }
            | Step::Group { amount: of, .. } => amount(of),
            Step::Split { at, .. } => *at,
        })
        .collect();
    for quarter in 0..plan.quarters() {
        let came = |source: usize| {
            let so_far = &receipts.cumulative[source];
            let times = receipts.times[source].map_or(1.0, |variate| drawn[variate]);
            let at = |quarter: usize| quarter.checked_sub(late).map_or(0.0, |at| so_far[at]);
            times * (at(quarter) - if quarter == 0 { 0.0 } else { at(quarter - 1) })
        };
        let sources: Vec<f64> = (0..plan.sources()).map(came).collect();
        let mut pool: f64 = sources.iter().sum();
        let mut pay = |payee: usize, of: f64| paid[payee][quarter] += of;
        let mut had_before = vec![0.0; plan.payees()];
        for (step, balance) in plan.steps().iter().zip(&mut balances) {
            let took = match step {
                Step::Fee { payee, rate, of, .. } => {
                    let base = of.map_or_else(|| sources.iter().sum(), |source| sources[source]);
                    let fee = (rate * base).min(*balance);
                    *balance -= fee;
                    pay(*payee, fee);
                    had_before[*payee] += fee;
                    fee
                }
                Step::Recoup { payee, .. } => {
                    let part = pool.min(*balance);
                    *balance -= part;
                    pay(*payee, part);
                    had_before[*payee] += part;
                    part
                }
                Step::Debt { payee, growth, .. } => {
                    *balance *= growth[quarter];
                    let part = pool.min(*balance);
                    *balance -= part;
                    pay(*payee, part);
                    had_before[*payee] += part;
                    part
                }
                Step::Group { members, .. } => {
                    let part = pool.min(*balance);
                    *balance -= part;
                    for Share { payee, share } in members {
                        pay(*payee, part * share);
                        had_before[*payee] += part * share;
                    }
                    part
                }
                Step::Corridor { payee, rate, .. } => {
                    let part = (pool * rate).min(*balance);
                    *balance -= part;
                    pay(*payee, part);
                    had_before[*payee] += part;
                    part
                }
                Step::Split { payee: party, below, above, .. } => {
                    // The balance is what the party still misses.
                    *balance -= had_before[*party];
                    let own: f64 = below.iter().filter(|of| of.payee == *party).map(|of| of.share).sum();
                    let before = pool.min((*balance / own).max(0.0));
                    let mut out = 0.0;
                    for (shares, money) in [(below, before), (above, pool - before)] {
                        for Share { payee, share } in shares {
                            pay(*payee, money * share);
                            out += money * share;
                            *balance -= if payee == party { money * share } else { 0.0 };
                        }
                    }
                    out
                }
            };
            pool -= took;
        }
        left.push(pool);
    }
    (paid, left)
}

/// The quarterly rate at which flows are worth nothing, by halving.
fn rate(flows: &[f64]) -> f64 {
    let value = |v: f64| flows.iter().rev().fold(0.0, |sum, flow| sum * v + flow);
    let (mut low, mut high) = (0.0, 1.0e3);
    for _ in 0..200 {
        let middle = 0.5 * (low + high);
        if value(middle) < 0.0 { low = middle } else { high = middle }
    }
    (0.5 * (low + high)).powi(-4) - 1.0
}

/// Ten drawn numbers for each path of a chunk, unrelated to each other.
fn drawn() -> Vec<f64> {
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut uniform = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 11) as f64 / (1u64 << 53) as f64
    };
    let mut out = vec![0.0; 10 * CHUNK];
    for path in 0..CHUNK {
        for variate in 0..10 {
            let u = uniform();
            out[variate * CHUNK + path] = match variate {
                8 => (u * 8.0).floor(),
                9 => 0.3 * u,
                // Some films earn nothing at all.
                _ if path % 17 == 0 => 0.0,
                _ => 3.0 * u * u,
            };
        }
    }
    out
}

#[test]
fn every_column_is_the_plain_computation() {
    let reference = Reference::read(MODEL, 1, Generator::Philox).unwrap();
    let film = &reference.film;
    let drawn = drawn();
    let mut rows = Buffer::zeroed(10 * CHUNK / 8);
    rows.as_mut_flat().copy_from_slice(&drawn);
    let columns = film.columns().len();
    assert_eq!(columns, 31);
    let mut out = vec![0.0; columns * CHUNK];
    film.compute_on(Backend::best(), Stage::Rates, &rows, &mut out, &mut film.room(10));
    for path in 0..CHUNK {
        let of_path: Vec<f64> = drawn.iter().skip(path).step_by(CHUNK).copied().collect();
        let (paid, _) = flows(film, &of_path);
        let at = |column: usize| out[column * CHUNK + path];
        let discount = film.returns.discount();
        for (payee, paid) in paid.iter().enumerate() {
            let mut all = vec![0.0; 8];
            all.extend(paid);
            let place = film.returns.investors.iter().position(|of| of.payee == payee);
            if let Some(place) = place {
                let investor = &film.returns.investors[place];
                for (quarter, fixed) in investor.drawn.iter().enumerate() {
                    let also =
                        investor.also.as_ref().map_or(0.0, |(of, amounts)| of_path[*of] * amounts[quarter]);
                    all[quarter] -= fixed + also;
                }
            }
            let npv: f64 = all.iter().zip(discount).map(|(flow, at)| flow * at).sum();
            let received: f64 = paid.iter().sum();
            assert!((at(2 * payee) - npv).abs() < 1e-6, "{path} {payee}: {} {npv}", at(2 * payee));
            assert!((at(2 * payee + 1) - received).abs() < 1e-6, "{path} {payee}");
            if let Some(place) = place {
                let invested: f64 = -all[..8].iter().sum::<f64>();
                let column = 16 + 3 * place;
                let expected = if received < 0.005 { -1.0 } else { rate(&all) };
                assert!((at(column) - expected).abs() < 1e-9, "{path} {payee}: {} {expected}", at(column));
                assert!((at(column + 1) - received / invested).abs() < 1e-12);
                let mut sum = 0.0;
                let back = paid.iter().position(|flow| {
                    sum += flow;
                    sum > invested - 0.005
                });
                let first = all.iter().position(|flow| *flow < 0.0).unwrap();
                match back {
                    Some(quarter) => {
                        assert_eq!(at(column + 2), 3.0 * (8 + quarter - first) as f64, "{path} {payee}")
                    }
                    None => assert!(at(column + 2).is_nan(), "{path} {payee}: {}", at(column + 2)),
                }
            }
        }
    }
}
