//! Contradictions, extremes and slips of the pen: an answer with findings, never a panic and never a hang.

use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Value, json};

use crate::plans::{Plan, plan};

/// Trials after which the search must have stopped, with the first ones.
const BOUND: u32 = 104;

/// One way to break a plan.
#[derive(Debug, Clone, Copy)]
enum Slip {
    /// 500 % a year.
    Rate,
    /// More is advanced than there is.
    Advance,
    /// Due before it is drawn.
    Maturity,
    /// A payment decades away.
    FarAway,
    /// No line costs anything.
    NoCost,
    /// No line at all.
    NoLines,
    /// The axis is as long as it may be.
    LongPhase,
    /// Shares that add up to far more than one.
    Shares,
    /// Nobody gives anything.
    NoMoney,
    /// Two that each fill the rest, one of them up to nothing.
    TwoFillers,
    /// A fee of the whole loan.
    Fee,
    /// Advances against each other.
    Ring,
    /// Amounts left open.
    NoAmount,
    /// As much money as can be written.
    Riches,
    /// No start.
    NoStart,
}

/// More months than anybody lives.
const MANY: u32 = 4_000_000_000;

const SLIPS: [Slip; 15] = [
    Slip::Rate,
    Slip::Advance,
    Slip::Maturity,
    Slip::FarAway,
    Slip::NoCost,
    Slip::NoLines,
    Slip::LongPhase,
    Slip::Shares,
    Slip::NoMoney,
    Slip::TwoFillers,
    Slip::Fee,
    Slip::Ring,
    Slip::NoAmount,
    Slip::Riches,
    Slip::NoStart,
];

fn broken(mut plan: Plan, slip: Slip) -> Plan {
    let document = &mut plan.document;
    match slip {
        Slip::NoCost => {
            each(document.pointer_mut("/budget/lines"), |line| line["amount"] = json!("USD 0.00"))
        }
        Slip::NoLines => document["budget"] = json!({"costs": []}),
        Slip::LongPhase => {
            each(document.pointer_mut("/schedule/phases"), |phase| phase["months"] = json!(MANY))
        }
        Slip::NoStart => document["schedule"] = json!({}),
        _ => {
            let stack = &mut document["instruments"];
            if let (Slip::TwoFillers, Some(list)) = (slip, stack.as_array_mut()) {
                for rest in [json!({"at_most": "USD 0.00"}), json!({})] {
                    let id = format!("filler-{}", list.len());
                    list.push(
                        json!({"id": id, "name": "Filler", "terms": {"kind": "gap_loan"}, "rate": {"fixed": "0.2"},
                        "amount": {"remainder": rest}, "interest_payment": "current"}),
                    );
                }
                return plan;
            }
            each(Some(stack), |one| stumble(one, slip));
        }
    }
    plan
}

fn each(list: Option<&mut Value>, change: impl FnMut(&mut Value)) {
    list.and_then(Value::as_array_mut).into_iter().flatten().for_each(change);
}

fn stumble(one: &mut Value, slip: Slip) {
    let filler = one["amount"]["remainder"].is_object();
    match slip {
        Slip::Rate if !one["rate"].is_null() => {
            one["rate"] = json!({"fixed": "5"});
            one["compounding"] = json!("monthly");
        }
        Slip::Advance => each(one.pointer_mut("/amount/advance/parts"), |part| part["share"] = json!("2")),
        Slip::Maturity => one["maturity"] = json!({"date": "2019-01-01"}),
        Slip::FarAway => {
            let step = json!([{"id": "s", "share": "1", "on": {"date": "2140-12-31"}}]);
            one["drawdown"] = json!({"method": "steps", "steps": step});
        }
        Slip::Shares => each(one.pointer_mut("/drawdown/steps"), |step| step["share"] = json!("7")),
        Slip::NoMoney if !filler => one["amount"] = json!({"fixed": "USD 0.00"}),
        Slip::Fee => one["fees"] = json!([{"id": "f", "kind": "other", "amount": {"share": "1"}}]),
        Slip::Ring => {
            let id = one["id"].clone();
            let over = json!([{"id": "a", "against": {"instrument": id}, "share": "1.5"}]);
            one["amount"] = json!({"advance": {"parts": over}});
        }
        Slip::NoAmount if !filler => one["amount"] = Value::Null,
        Slip::Riches if !filler => one["amount"] = json!({"fixed": "USD 9000000000000.00"}),
        _ => {}
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    /// Every search ends within its bound, every figure is there or says why not, and what is missing is a finding.
    #[test]
    fn nothing_hangs_or_panics(plan in plan(), first in select(&SLIPS[..]), second in select(&SLIPS[..])) {
        let broken = broken(broken(plan, first), second);
        let Some((book, capital)) = broken.try_run() else { return Ok(()) };
        if let Some(solution) = &capital.closing.solution {
            prop_assert!(solution.trials <= BOUND, "{solution:?}");
        }
        prop_assert!(capital.axis.len() <= 481);
        let difference = book.value(capital.closing.difference).as_money();
        let said = |code: &str| capital.findings.iter().any(|finding| finding.code == code);
        match difference {
            Some(difference) => {
                prop_assert_eq!(said("CLOSING_SHORT"), difference.is_negative());
                prop_assert_eq!(said("CLOSING_OVER"), difference.is_positive());
            }
            None => prop_assert!(!capital.findings.is_empty() || !gaps(&broken).is_empty(), "an absence unsaid"),
        }
    }
}

/// What the document itself is asked for.
fn gaps(plan: &Plan) -> Vec<String> {
    recoup_deal::check(&plan.deal()).into_iter().map(|finding| finding.code).collect()
}
