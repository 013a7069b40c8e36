//! The kernel against the exact executor, on orders of payment that nobody wrote.

use proptest::prelude::*;
use recoup_calendar::{Date, Frequency, periods_between};
use recoup_deal::recoupment::RecoupmentPlan;
use recoup_lanes::{Backend, Buffer};
use recoup_money::Currency;
use recoup_waterfall::{Plan, RunInputs, compile, recoup_compiled};
use serde_json::{Value, json};

use super::super::{Compiled, NotQuarterly, QuarterPlan, Quarterly, Receipts, Returns, Stage, Step, Unfit};
use crate::model::CHUNK;

/// One tier as it is drawn: its kind, a rate in hundredths, and amounts in dollars.
type Drawn = (u8, u32, [u32; 3]);

fn usd(dollars: u32) -> Value {
    json!(format!("USD {dollars}.37"))
}

fn amount(dollars: u32) -> Value {
    json!({"kind": "amount", "amount": usd(dollars)})
}

fn takes(tier: usize, (kind, rate, amounts): Drawn, sources: usize, fees_left: &mut u32) -> Value {
    let rate = rate % 20;
    let percent = |rate: u32| json!(format!("0.{rate:02}"));
    let payee = format!("party {tier}");
    // Fees come first and are never more than nine tenths of the receipts.
    if tier < 3 && *fees_left >= rate {
        *fees_left -= rate;
        let mut fee =
            json!({"kind": "share", "payee": payee, "rate": percent(rate), "rate_base": "gross_of_receipt"});
        if kind % 2 == 0 {
            fee["gross_of"] = json!([format!("source {}", amounts[0] as usize % sources)]);
        }
        if kind % 3 == 0 {
            fee["limit"] = amount(amounts[1]);
        }
        return fee;
    }
    match kind % 6 {
        0 | 1 => json!({"kind": "share", "payee": payee, "limit": amount(amounts[0])}),
        2 => json!({"kind": "share", "payee": payee, "rate": percent(rate)}),
        3 => json!({"kind": "share", "payee": payee, "rate": percent(rate), "limit": amount(amounts[1])}),
        4 => json!({"kind": "share", "payee": payee, "limit": {"kind": "principal_and_interest",
            "instrument": format!("loan {tier}"),
            "interest": {"rate_annual": percent(rate), "compounding": "effective"}}}),
        _ => json!({"kind": "together", "split": "outstanding", "members": (0..3).map(|inner| {
            json!({"id": format!("tier {tier}-{inner}"), "takes": {"kind": "share",
                "payee": format!("party {tier}-{inner}"), "limit": amount(amounts[inner])}})
        }).collect::<Vec<_>>()}),
    }
}

fn days(quarters: usize) -> Vec<Date> {
    let first: Date = "2027-03-31".parse().unwrap();
    (0..quarters).map(|quarter| first.add_months(3 * quarter as i32).unwrap().month_end()).collect()
}

fn document(tiers: &[Drawn], sources: usize) -> RecoupmentPlan {
    let last = tiers.len();
    let mut fees_left = 90;
    let mut written: Vec<Value> = tiers
        .iter()
        .enumerate()
        .map(|(tier, drawn)| {
            let takes = takes(tier, *drawn, sources, &mut fees_left);
            json!({"id": format!("tier {tier}"), "takes": takes, "then": format!("tier {}", tier + 1)})
        })
        .collect();
    written.push(json!({"id": format!("tier {last}"), "takes": {"kind": "together", "members": [
        {"id": "profit a", "takes": {"kind": "share", "payee": "a", "rate": "0.35"}},
        {"id": "profit b", "takes": {"kind": "share", "payee": "b", "rate": "1/3"}},
    ]}}));
    let sources: Vec<Value> =
        (0..sources).map(|source| json!({"id": format!("source {source}"), "enters": "tier 0"})).collect();
    serde_json::from_value(json!({"sources": sources, "tiers": written})).unwrap()
}

/// Receipts in cents, by source and quarter.
fn inputs(tiers: &[Drawn], receipts: &[Vec<u32>], days: &[Date]) -> RunInputs {
    let mut all = Vec::new();
    for (quarter, date) in days.iter().enumerate() {
        for (source, cents) in receipts.iter().enumerate().filter(|(_, cents)| cents[quarter] > 0) {
            let cents = cents[quarter];
            all.push(json!({"id": format!("{source}-{quarter}"), "date": date, "source": format!("source {source}"),
                "amount": format!("USD {}.{:02}", cents / 100, cents % 100)}));
        }
    }
    let drawings: Vec<Value> = tiers
        .iter()
        .enumerate()
        .map(|(tier, (_, _, amounts))| json!({"date": "2026-02-17", "instrument": format!("loan {tier}"), "amount": usd(amounts[2])}))
        .collect();
    serde_json::from_value(json!({"currency": "USD", "receipts": all, "drawings": drawings})).unwrap()
}

/// What each payee has had at the end of each quarter, and what is left over, in major units.
fn in_quarters(compiled: &Compiled, receipts: &[Vec<u32>]) -> Vec<Vec<f64>> {
    let (plan, quarters) = (compiled.plan.clone(), compiled.plan.quarters());
    let so_far = |cents: &Vec<u32>| {
        let sum = cents.iter().scan(0_u64, |sum, cents| {
            *sum += u64::from(*cents);
            Some(*sum as f64 / 100.0)
        });
        sum.collect::<Vec<f64>>()
    };
    let receipts = Receipts {
        cumulative: receipts.iter().map(so_far).collect(),
        times: vec![None; receipts.len()],
        late: None,
    };
    let payees = plan.payees();
    let returns = Returns::new(Vec::new(), payees, 0, quarters, 0.1);
    let film = Quarterly::new(plan, receipts, returns, &compiled.payees).unwrap();
    let mut room = film.room(0);
    let mut out = vec![0.0; film.columns().len() * CHUNK];
    film.compute_on(Backend::best(), Stage::Rates, &Buffer::zeroed(0), &mut out, &mut room);
    (0..=payees).map(|payee| film.paid(&room, payee, 0)).collect()
}

/// The same of the exact executor.
fn exactly(plan: &Plan, inputs: &RunInputs, payees: &[String], days: &[Date]) -> Vec<Vec<f64>> {
    let schedule = periods_between(days[0], *days.last().unwrap(), Frequency::Quarter).unwrap();
    let run = recoup_compiled(plan, inputs, &schedule).unwrap();
    let mut cents = vec![vec![0_i64; days.len()]; payees.len() + 1];
    for posting in &run.postings {
        let quarter = days.iter().position(|day| *day == posting.date).unwrap();
        let payee = posting
            .payee
            .as_deref()
            .map_or(payees.len(), |id| payees.iter().position(|of| of == id).unwrap());
        cents[payee][quarter] += posting.amount.minor();
    }
    let so_far = |row: Vec<i64>| {
        let sum = row.into_iter().scan(0_i64, |sum, cents| {
            *sum += cents;
            Some(*sum as f64 / 100.0)
        });
        sum.collect()
    };
    cents.into_iter().map(so_far).collect()
}

fn plans() -> impl Strategy<Value = (Vec<Drawn>, Vec<Vec<u32>>)> {
    let tier = (any::<u8>(), any::<u32>(), prop::array::uniform3(1_u32..60_000));
    let tiers = prop::collection::vec(tier, 1..14);
    let receipts = (1_usize..4, 1_usize..29).prop_flat_map(|(sources, quarters)| {
        let cents = prop_oneof![2 => Just(0_u32), 5 => 1_u32..4_000_000];
        prop::collection::vec(prop::collection::vec(cents, quarters), sources)
    });
    (tiers, receipts)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 192, failure_persistence: None, ..ProptestConfig::default() })]

    /// Nothing is further from the exact executor than its roundings to cents can be, and what comes in goes out.
    #[test]
    fn quarters_pay_what_the_exact_executor_pays((tiers, receipts) in plans()) {
        let days = days(receipts[0].len());
        let plan = compile(&document(&tiers, receipts.len()), Currency::USD).unwrap();
        let inputs = inputs(&tiers, &receipts, &days);
        let compiled = QuarterPlan::of(&plan, &inputs, &days).unwrap();
        let ours = in_quarters(&compiled, &receipts);
        let theirs = exactly(&plan, &inputs, &compiled.payees, &days);
        let bound = 0.005 * (compiled.plan.steps().len() * days.len()) as f64;
        for (payee, (ours, theirs)) in ours.iter().zip(&theirs).enumerate() {
            for (quarter, (ours, theirs)) in ours.iter().zip(theirs).enumerate() {
                prop_assert!((ours - theirs).abs() <= bound + 1e-6, "{payee} {quarter}: {ours} {theirs}");
                // The executor carries what is below a cent, and a cent more goes where the others' cents leave one:
                // its roundings do not add up.
                prop_assert!((ours - theirs).abs() <= 0.0201, "{payee} {quarter}: {ours} {theirs}");
            }
        }
        for quarter in 0..days.len() {
            let came: u64 = receipts.iter().flat_map(|row| &row[..=quarter]).map(|cents| u64::from(*cents)).sum();
            let went: f64 = ours.iter().map(|row| row[quarter]).sum();
            prop_assert!((went - came as f64 / 100.0).abs() < 1e-6, "{went} {came}");
        }
        // A claim is paid out in both or in neither, unless a rounding decides it.
        for step in compiled.plan.steps() {
            let Step::Recoup { payee, amount } = step else { continue };
            let [ours, theirs] = [&ours, &theirs].map(|all| amount.fixed - all[*payee].last().unwrap());
            let decided = (ours - 0.005).abs() > bound;
            prop_assert!(!decided || (ours < 0.005) == (theirs < 0.005), "{payee}: {ours} {theirs} are missing");
        }
    }
}

#[test]
fn what_quarters_cannot_express_is_named() {
    let days = days(4);
    let refused = |tiers: Value| {
        let written = json!({"sources": [{"id": "world", "enters": "one"}], "tiers": tiers});
        let plan: RecoupmentPlan = serde_json::from_value(written).unwrap();
        let plan = compile(&plan, Currency::USD).unwrap();
        QuarterPlan::of(&plan, &RunInputs::new(Currency::USD), &days).unwrap_err()
    };
    let conditional = refused(json!([{"id": "one", "takes": {"kind": "share", "payee": "a",
        "while": [{"measure": "received", "is": "below", "target": {"amount": "USD 90.00"}}]}}]));
    assert_eq!(conditional, NotQuarterly::Tier { tier: "one".to_owned(), what: "a condition" });
    let late_fee = refused(json!([
        {"id": "one", "then": "two", "takes": {"kind": "share", "payee": "a", "limit": {"kind": "amount", "amount": "USD 9.00"}}},
        {"id": "two", "takes": {"kind": "share", "payee": "b", "rate": "0.1", "rate_base": "gross_of_receipt"}}]));
    assert!(matches!(late_fee, NotQuarterly::Unfit(Unfit::FeeMayBeShort { step: 1 })), "{late_fee:?}");
}
