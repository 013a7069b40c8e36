//! Preferred returns, premiums and shared caps: what an investor has before profits open.
//! 2029 and 2030 have 365 days each, so a year from 1 January to the next is a whole one.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use proptest::prelude::*;
use recoup_explain::{Book, Cells};
use recoup_money::{Currency, Money};
use recoup_waterfall::{InputNodes, Recoupment, RunInputs, recoup_recorded};
use serde_json::{Value, json};

const USD: Currency = Currency::USD;

fn tier(id: &str, payee: &str, limit: Option<Value>, then: Option<&str>) -> Value {
    let mut takes = json!({"kind": "share", "payee": payee});
    if let Some(limit) = limit {
        takes["limit"] = limit;
    }
    json!({"id": id, "takes": takes, "then": then})
}

fn plan(tiers: Vec<Value>) -> Value {
    json!({"sources": [{"id": "world", "enters": tiers[0]["id"]}], "tiers": tiers})
}

fn preferred(compounding: &str) -> Value {
    json!({"kind": "preferred_return", "instrument": "equity",
        "interest": {"rate_annual": "0.08", "compounding": compounding}})
}

fn invested() -> Value {
    json!({"kind": "invested", "instrument": "equity"})
}

fn inputs(drawings: &[(&str, i64)], receipts: &[(&str, i64)]) -> RunInputs {
    let mut inputs = RunInputs::new(USD);
    let amount = |minor: i64| Money::new(minor, USD).to_string();
    let drawn = drawings
        .iter()
        .map(|(date, minor)| json!({"date": date, "instrument": "equity", "amount": amount(*minor)}));
    inputs.drawings = serde_json::from_value(Value::Array(drawn.collect())).unwrap();
    let received = receipts.iter().enumerate().map(|(index, (date, minor))| {
        json!({"id": format!("r{index}"), "date": date, "source": "world", "amount": amount(*minor)})
    });
    inputs.receipts = serde_json::from_value(Value::Array(received.collect())).unwrap();
    inputs
}

/// Runs plainly and through the book, which say the same of every claim.
fn run(plan: Value, inputs: &RunInputs) -> Recoupment {
    let plan = serde_json::from_value(plan).unwrap();
    let mut book = Book::new();
    let cells = Cells::new(USD, Vec::new(), Vec::new());
    let recorded = recoup_recorded(&plan, inputs, &InputNodes::default(), &[], &cells, &mut book).unwrap();
    for claim in &recorded.recoupment.claims {
        let address = format!("recoupment.claims.{}.paid", claim.tier);
        assert_eq!(book.money(&address), Some(claim.paid), "{address}");
    }
    let again = book.recompute(&|_| None);
    for (address, node, value) in book.figures() {
        assert_eq!(book.recomputed(&again, node), Some(value), "{address}");
    }
    recorded.recoupment
}

fn paid(result: &Recoupment) -> Vec<i64> {
    result.claims.iter().map(|claim| claim.paid.minor()).collect()
}

#[test]
fn capital_first_then_eight_per_cent_on_what_was_out() {
    let order = |compounding: &str| {
        plan(vec![
            tier("capital", "fund", Some(invested()), Some("preferred")),
            tier("preferred", "fund", Some(preferred(compounding)), Some("profits")),
            tier("profits", "producer", None, None),
        ])
    };
    let inputs = inputs(&[("2029-01-01", 100_000)], &[("2030-01-01", 50_000), ("2031-01-01", 200_000)]);
    // 80 on 1,000, then 40 on the 500 that are still out.
    assert_eq!(paid(&run(order("simple"), &inputs)), [100_000, 12_000, 138_000]);
    // The 80 are added on 1 January: 8 % of 580 is 46.40.
    assert_eq!(paid(&run(order("yearly"), &inputs)), [100_000, 12_640, 137_360]);
}

#[test]
fn the_preferred_return_first_leaves_more_capital_out() {
    let order = plan(vec![
        tier("preferred", "fund", Some(preferred("simple")), Some("capital")),
        tier("capital", "fund", Some(invested()), Some("profits")),
        tier("profits", "producer", None, None),
    ]);
    let inputs = inputs(&[("2029-01-01", 100_000)], &[("2030-01-01", 50_000), ("2031-01-01", 200_000)]);
    // 80 of the 500 are return; on the other 580 there are 46.40 in the second year.
    assert_eq!(paid(&run(order, &inputs)), [12_640, 100_000, 137_360]);
}

/// 20 % beyond the capital whatever time it takes, and one cap that two claims fill together.
#[test]
fn a_premium_and_a_cap_that_two_claims_share() {
    let premium = json!({"kind": "premium", "instrument": "equity", "rate": "0.2"});
    let order = plan(vec![
        tier("capital", "fund", Some(invested()), Some("premium")),
        tier("premium", "fund", Some(premium), Some("profits")),
        tier("profits", "producer", None, None),
    ]);
    let given = inputs(&[("2028-01-01", 60_000), ("2028-06-01", 40_000)], &[("2031-01-01", 130_000)]);
    assert_eq!(paid(&run(order, &given)), [100_000, 20_000, 10_000]);

    let capped = |id: &str, then: &str| {
        let mut tier =
            tier(id, "talent", Some(json!({"kind": "amount", "amount": "USD 300.00"})), Some(then));
        tier["takes"]["limit_pool"] = json!("bonuses");
        tier["takes"]["pools"] = json!(["bonuses"]);
        tier["takes"]["rate"] = json!("0.1");
        tier
    };
    let order =
        plan(vec![capped("first", "second"), capped("second", "net"), tier("net", "producer", None, None)]);
    // 10 % and then 9 % of the gross until both have 300 together, which is at 1,578.95.
    let result = run(order, &inputs(&[], &[("2029-01-01", 500_000)]));
    let bonuses = paid(&result);
    assert_eq!(bonuses[0] + bonuses[1], 30_000);
    assert_eq!(bonuses, [15_789, 14_211, 470_000]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// On one drawing the preferred return is capital × rate × days / 365, rounded once; who waits longer is owed more.
    #[test]
    fn a_preferred_return_accrues_by_the_day(capital in 100i64..1_000_000_000, days in 1i64..1500) {
        let order = || plan(vec![
            tier("capital", "fund", Some(invested()), Some("preferred")),
            tier("preferred", "fund", Some(preferred("simple")), Some("profits")),
            tier("profits", "producer", None, None),
        ]);
        let start: recoup_calendar::Date = "2029-01-01".parse().unwrap();
        let preferred_after = |days: i64| {
            let day = start.add_days(days).unwrap().to_string();
            let result = run(order(), &inputs(&[("2029-01-01", capital)], &[(&day, 3 * capital)]));
            assert_eq!(paid(&result).iter().sum::<i64>(), 3 * capital);
            paid(&result)[1]
        };
        let owed = preferred_after(days);
        let exact = i128::from(capital) * 8 * i128::from(days);
        prop_assert!((i128::from(owed) * 36_500 - exact).abs() <= 36_500, "{owed}");
        prop_assert!(preferred_after(days + 1) >= owed);
    }
}
