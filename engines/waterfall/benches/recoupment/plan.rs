//! Orders of recoupment as large as they are asked for, with what is received

use recoup_calendar::Date;
use recoup_deal::recoupment::RecoupmentPlan;
use recoup_waterfall::RunInputs;
use serde_json::{Value, json};

/// How large.
#[derive(Clone, Copy)]
pub(crate) struct Size {
    pub tiers: usize,
    pub sources: usize,
    /// Periods of three months, in each of which every source pays once.
    pub periods: usize,
}

/// Most balances that bear interest.
const LOANS: usize = 8;

impl Size {
    pub(crate) fn receipts(self) -> usize {
        self.sources * self.periods
    }
}

fn usd(dollars: usize) -> String {
    format!("USD {dollars}.00")
}

/// The tiers of a film that is owed by many: commissions at each source, expenses, a guarantee recouped across
/// territories, a loan and a gap with interest, a participation in gross, a corridor that ends, deferrals beside each
/// other, equity with its return, a fee that rises, and profits. What is beyond one film begins again.
fn takes(place: usize, size: Size) -> Value {
    let party = format!("party {}", place % 12);
    // So much is received in all that two thirds of the claims are paid out in the end.
    let amount = usd(600 * size.receipts() / size.tiers + 1_700 * (place % 5));
    match place % 15 {
        0 => json!({"kind": "share", "payee": "collection agent", "rate": "0.01"}),
        1 => json!({"kind": "steps", "members": [
            member(place, 0, json!({"kind": "share", "payee": "sales agent", "rate": "0.25",
                "while": [{"measure": "received", "is": "below", "target": {"amount": usd(90_000)}}]})),
            member(place, 1, json!({"kind": "share", "payee": "sales agent", "rate": "0.175"}))
        ]}),
        2 => {
            json!({"kind": "share", "payee": "sales agent", "limit": {"kind": "expenses", "of": "expenses"}})
        }
        3 => {
            json!({"kind": "share", "payee": party, "rate": "0.7", "pools": ["guarantee"], "limit_pool": "guarantee",
            "limit": {"kind": "amount", "amount": amount}})
        }
        4 if place / 15 < LOANS => {
            json!({"kind": "share", "payee": "bank", "limit": {"kind": "principal_and_interest",
            "instrument": format!("loan {}", place / 15),
            "interest": {"rate_annual": "0.085", "compounding": "quarterly"}}})
        }
        5 => json!({"kind": "share", "payee": party, "rate": "0.02", "rate_base": "gross_of_receipt",
            "unpaid": "carries_forward"}),
        6 => {
            json!({"kind": "share", "payee": party, "rate": "0.1", "limit": {"kind": "amount", "amount": amount}})
        }
        7 => json!({"kind": "together", "split": "outstanding", "members": (0..3).map(|inner| {
            let owed = usd(200 * size.receipts() / size.tiers + 900 * inner);
            member(place, inner, json!({"kind": "share", "payee": format!("party {inner}"),
                "limit": {"kind": "amount", "amount": owed}}))
        }).collect::<Vec<_>>()}),
        8 => json!({"kind": "together", "split": "invested", "members": (0..3).map(|inner| {
            member(place, inner, json!({"kind": "share", "payee": format!("investor {inner}"),
                "limit": {"kind": "invested", "instrument": format!("equity {inner}")}}))
        }).collect::<Vec<_>>()}),
        9 => json!({"kind": "share", "payee": "investor 0", "limit": {"kind": "preferred_return",
            "instrument": "equity 0", "interest": {"rate_annual": "0.08", "compounding": "yearly"}}}),
        10 => json!({"kind": "share", "payee": party, "rate": "0.05",
            "while": [{"measure": "paid_to_tier", "tier": format!("tier {}", place - 4), "is": "at_least",
                "target": {"amount": usd(500)}}]}),
        11 => json!({"kind": "together", "members": [
            member(place, 0, json!({"kind": "share", "payee": party, "rate": "1/3"})),
            member(place, 1, json!({"kind": "share", "payee": "talent", "rate": "0.05"}))
        ], "base_rate": "0.5"}),
        _ => json!({"kind": "share", "payee": party, "limit": {"kind": "amount", "amount": amount}}),
    }
}

fn member(place: usize, inner: usize, takes: Value) -> Value {
    json!({"id": format!("tier {place}-{inner}"), "takes": takes})
}

/// Sources enter in the upper third, so that their ways join.
pub(crate) fn plan(size: Size) -> RecoupmentPlan {
    let tiers: Vec<Value> = (0..size.tiers)
        .map(|place| {
            let takes = if place + 1 == size.tiers {
                json!({"kind": "share", "payee": "producer"})
            } else {
                takes(place, size)
            };
            let mut tier = json!({"id": format!("tier {place}"), "takes": takes});
            if place + 1 < size.tiers {
                tier["then"] = json!(format!("tier {}", place + 1));
            }
            tier
        })
        .collect();
    let sources: Vec<Value> = (0..size.sources)
        .map(|source| json!({"id": format!("source {source}"), "enters": format!("tier {}", source % (size.tiers / 3))}))
        .collect();
    let document = json!({"sources": sources, "tiers": tiers,
        "expense_types": [{"id": "expenses", "cap": usd(40_000)}]});
    serde_json::from_value(document).expect("a plan")
}

pub(crate) fn inputs(size: Size) -> RunInputs {
    let first: Date = "2027-03-31".parse().expect("a day");
    let mut receipts = Vec::new();
    for period in 0..size.periods {
        let date = first.add_months(3 * period as i32).expect("a day");
        for source in 0..size.sources {
            let amount = 1_234_567 + 7_919 * ((period * size.sources + source) % 97);
            receipts.push(
                json!({"id": format!("{period}-{source}"), "date": date, "source": format!("source {source}"),
                "amount": format!("USD {}.{:02}", amount / 100, amount % 100)}),
            );
        }
    }
    let mut drawings: Vec<Value> = (0..3)
        .map(|investor| {
            json!({"date": "2026-01-15", "instrument": format!("equity {investor}"),
                "amount": usd(900 * size.receipts() / size.tiers)})
        })
        .collect();
    for loan in 0..size.tiers.div_ceil(15).min(LOANS) {
        drawings.push(json!({"date": "2026-02-10", "instrument": format!("loan {loan}"),
            "amount": usd(700 * size.receipts() / size.tiers)}));
    }
    let expenses: Vec<Value> = (0..6)
        .map(|month| {
            json!({"date": format!("2027-0{}-15", month + 1), "kind": "expenses", "amount": usd(4_321),
                "counts_to_cap": month % 3 != 0})
        })
        .collect();
    let document =
        json!({"currency": "USD", "receipts": receipts, "drawings": drawings, "expenses": expenses});
    serde_json::from_value(document).expect("inputs")
}
