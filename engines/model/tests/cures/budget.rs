//! The schedule and the budget.

use recoup_deal::Severity::{Blocker, Note, Question};
use serde_json::{Value, json};

use super::rule::{Rule, rule};

pub(crate) fn rules() -> Vec<Rule> {
    [schedule(), lines(), reserve(), costs()].concat()
}

fn schedule() -> Vec<Rule> {
    vec![
        rule(
            "START_IN_PAST",
            "schedule.start",
            Note,
            vec![("as_of", json!("2027-03-02"))],
            "the day of the deal is the day of the start",
            vec![("as_of", json!("2027-03-01"))],
        ),
        rule(
            "DATES_OUT_OF_ORDER",
            "schedule.release.date",
            Blocker,
            vec![("schedule.release.date", json!("2029-02-27"))],
            "released on the day of delivery",
            vec![("schedule.release.date", json!("2029-02-28"))],
        ),
        rule(
            "PHASE_AFTER_DELIVERY",
            "schedule.phases[post]",
            Question,
            vec![("schedule.phases[post].months", json!(5))],
            "the phase ends on the day of delivery",
            vec![("schedule.phases[post].months", json!(4))],
        ),
    ]
}

fn lines() -> Vec<Rule> {
    let split = |rest: Option<&str>| {
        let mut second = json!({"id": "CA-QC", "jurisdiction": "CA-QC"});
        if let (Some(rest), Some(second)) = (rest, second.as_object_mut()) {
            second.insert("share".into(), json!(rest));
        }
        json!([{"id": "US-CA", "jurisdiction": "US-CA", "share": "0.6"}, second])
    };
    let item = |amount: &str| json!({"id": "part", "role": "animator", "amount": amount});
    let treaty = |us: &str, ca: &str| {
        json!({"name": "Treaty", "shares": [
            {"id": "US", "jurisdiction": "US", "share": us}, {"id": "CA", "jurisdiction": "CA", "share": ca}]})
    };
    vec![
        rule(
            "BUDGET_TOTAL_DIFFERS",
            "budget.total",
            Question,
            vec![("budget.total", json!("USD 4000000.01"))],
            "the total is the sum to the cent",
            vec![("budget.total", json!("USD 4000000.00"))],
        ),
        rule(
            "SPLIT_NOT_WHOLE",
            "budget.lines[music].spend",
            Blocker,
            vec![("budget.lines[music].spend[US-CA].share", json!("0.99"))],
            "the shares make 100 %",
            vec![("budget.lines[music].spend[US-CA].share", json!("1.000"))],
        ),
        rule(
            "SPLIT_INCOMPLETE",
            "budget.lines[music].spend",
            Question,
            vec![("budget.lines[music].spend", split(None))],
            "both places have a share",
            vec![("budget.lines[music].spend", split(Some("0.4")))],
        ),
        rule(
            "PARTS_EXCEED_LINE",
            "budget.lines[music].items",
            Blocker,
            vec![("budget.lines[music].items+", item("USD 200000.01"))],
            "the parts are exactly the line",
            vec![("budget.lines[music].items+", item("USD 200000.00"))],
        ),
        rule(
            "PARTS_IN_OTHER_CURRENCY",
            "budget.lines[music].items",
            Blocker,
            vec![("budget.lines[music].items+", item("CAD 13800.00"))],
            "the part is in the currency of the line",
            vec![("budget.lines[music].items+", item("USD 10000.00"))],
        ),
        rule(
            "TREATY_SHARE_BOUND",
            "project.treaty.shares[US].share",
            Question,
            vec![("project.treaty", treaty("0.275", "0.725")), ("project.treaty.least_share", json!("0.28"))],
            "the least share exactly",
            vec![("project.treaty", treaty("0.28", "0.72")), ("project.treaty.least_share", json!("0.28"))],
        ),
        rule(
            "TREATY_SHARE_DIFFERS",
            "project.treaty.shares[US].share",
            Question,
            vec![("project.treaty", treaty("0.2801", "0.7199"))],
            "half a per cent of the cost away",
            vec![("project.treaty", treaty("0.28", "0.72"))],
        ),
    ]
}

fn reserve() -> Vec<Rule> {
    vec![
        rule(
            "NO_CONTINGENCY",
            "budget.contingency",
            Question,
            vec![("budget.contingency", Value::Null)],
            "a contingency is there",
            vec![("budget.contingency.share", json!("0.01"))],
        ),
        rule(
            "CONTINGENCY_TWICE",
            "budget.contingency",
            Blocker,
            vec![("budget.contingency.amount", json!("USD 400000.00"))],
            "an amount and no share",
            vec![("budget.contingency", json!({"amount": "USD 400000.00"}))],
        ),
        rule(
            "CONTINGENCY_BELOW_BOND",
            "budget.contingency",
            Question,
            vec![("budget.contingency.share", json!("0.0999"))],
            "10 % exactly",
            vec![("budget.contingency", json!({"amount": "USD 400000.00"}))],
        ),
        rule(
            "OVERHEAD_HIGH",
            "budget.lines[overhead].amount",
            Question,
            vec![("budget.total", Value::Null), ("budget.lines[overhead].amount", json!("USD 385000.01"))],
            "10 % of the other lines exactly",
            vec![("budget.total", Value::Null), ("budget.lines[overhead].amount", json!("USD 385000.00"))],
        ),
    ]
}

fn costs() -> Vec<Rule> {
    let third = || {
        json!({"id": "agency", "takes": {"kind": "share", "payee": "agency",
            "limit": {"kind": "amount", "amount": "USD 1000.00"}}})
    };
    let paid = || ("recoupment.tiers[equity].then", json!("agency"));
    vec![
        rule(
            "BOND_MISSING",
            "instruments[contract-loan].terms.requires_bond",
            Question,
            vec![("budget.costs[bond]", Value::Null)],
            "no lender asks for one",
            vec![
                ("budget.costs[bond]", Value::Null),
                ("instruments[contract-loan].terms.requires_bond", json!(false)),
            ],
        ),
        rule(
            "COST_WITHOUT_AMOUNT",
            "budget.costs[bond].amount",
            Question,
            vec![("budget.costs[bond].amount", Value::Null)],
            "an amount of nothing",
            vec![("budget.costs[bond].amount", json!({"fixed": "USD 0.00"}))],
        ),
        rule(
            "BOND_FEE_UNUSUAL",
            "budget.costs[bond].amount",
            Question,
            vec![("budget.costs[bond].amount.share_of.share", json!("0.0501"))],
            "5 % exactly",
            vec![("budget.costs[bond].amount.share_of.share", json!("0.05"))],
        ),
        rule(
            "BOND_ON_CONTINGENCY",
            "budget.costs[bond].amount.share_of.base",
            Question,
            vec![("budget.costs[bond].amount.share_of.base", json!("lines_and_contingency"))],
            "on the lines alone",
            vec![("budget.costs[bond].amount.share_of.base", json!("lines"))],
        ),
        rule(
            "BOND_PAID_LATE",
            "budget.costs[bond].due",
            Question,
            vec![("budget.costs[bond].due", json!({"date": "2027-03-02"}))],
            "on the day of the financial close",
            vec![("budget.costs[bond].due", json!({"date": "2027-03-01"}))],
        ),
        rule(
            "COLLECTION_ACCOUNT_MISSING",
            "budget.costs",
            Note,
            vec![("parties[manager]", Value::Null), ("recoupment.tiers+", third()), paid()],
            "a collection agent is among the parties",
            vec![("recoupment.tiers+", third()), paid()],
        ),
    ]
}
