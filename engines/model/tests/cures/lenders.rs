//! What lenders ask.

use recoup_deal::Severity::{Blocker, Note, Question};
use serde_json::{Value, json};

use super::rule::{Rule, rule};

pub(crate) fn rules() -> Vec<Rule> {
    [days(), advances(), ranks(), rates(), conditions(), firm()].concat()
}

fn bridge(terms: Value, maturity: &str) -> Value {
    json!({"id": "bridge", "name": "Bridge", "provider": "bank", "status": "committed", "terms": terms,
        "amount": {"fixed": "USD 10000.00"}, "rate": {"fixed": "0.13"}, "interest_payment": "at_maturity",
        "drawdown": {"method": "at_close"}, "maturity": {"date": maturity},
        "security": [{"id": "assets", "over": "all_assets"}]})
}

fn second(provider: &str, share: &str, rank: u32) -> Value {
    json!({"id": "second", "name": "Second loan", "provider": provider, "status": "committed",
        "terms": {"kind": "credit_loan"}, "rate": {"fixed": "0.09"}, "interest_payment": "current",
        "amount": {"advance": {"parts": [{"id": "qpstc", "against": {"claim": "qpstc"}, "share": share}]}},
        "drawdown": {"method": "as_spend_falls_due", "order": 5},
        "maturity": {"after": {"after": "final_delivery", "months": 15}},
        "security": [{"id": "qpstc", "over": {"claim": "qpstc"}, "rank": rank}]})
}

fn days() -> Vec<Rule> {
    let maturity = |day: &str| ("instruments[gap].maturity", json!({"date": day}));
    let to = || json!({"kind": "bridge", "bridges_to": "presale"});
    let close = || ("schedule.financial_close", json!("2027-03-15"));
    vec![
        rule(
            "LOAN_DUE_BEFORE_DRAWN",
            "instruments[gap].maturity",
            Blocker,
            vec![maturity("2027-02-28")],
            "due on the day of the first drawing",
            vec![maturity("2027-03-01")],
        ),
        rule(
            "LOAN_DUE_BEFORE_DELIVERY",
            "instruments[gap].maturity",
            Blocker,
            vec![maturity("2029-02-27")],
            "due on the day of delivery",
            vec![maturity("2029-02-28")],
        ),
        rule(
            "DUE_BEFORE_COLLATERAL",
            "instruments[credit-loan].maturity",
            Blocker,
            vec![("instruments[credit-loan].maturity.after.months", json!(8))],
            "due on the day on which the credit is paid",
            vec![("instruments[credit-loan].maturity.after.months", json!(9))],
        ),
        rule(
            "DUE_BEFORE_COLLATERAL",
            "instruments[contract-loan].maturity",
            Blocker,
            vec![("instruments[contract-loan].maturity", json!({"date": "2029-02-27"}))],
            "due on the day on which the contract pays",
            vec![("instruments[contract-loan].maturity", json!({"date": "2029-02-28"}))],
        ),
        rule(
            "BRIDGE_DUE_BEFORE_TAKE_OUT",
            "instruments[bridge].maturity",
            Blocker,
            vec![("instruments+", bridge(to(), "2029-02-27"))],
            "due on the day of the last payment",
            vec![("instruments+", bridge(to(), "2029-02-28"))],
        ),
        rule(
            "BRIDGE_WITHOUT_TAKE_OUT",
            "instruments[bridge].terms.bridges_to",
            Question,
            vec![("instruments+", bridge(json!({"kind": "bridge"}), "2029-06-30"))],
            "the contract that repays it is named",
            vec![("instruments+", bridge(to(), "2029-06-30"))],
        ),
        rule(
            "CALLED_BEFORE_CLOSE",
            "instruments[gap].drawdown.from",
            Question,
            vec![close(), ("instruments[gap].drawdown.from", json!("start"))],
            "called from the close on",
            vec![close(), ("instruments[gap].drawdown.from", json!("financial_close"))],
        ),
    ]
}

fn advances() -> Vec<Rule> {
    let share = "instruments[credit-loan].amount.advance.parts[qpstc].share";
    let fee = "instruments[credit-loan].fees[arrangement].amount.share";
    vec![
        rule(
            "ADVANCE_OVER_WHOLE",
            share,
            Blocker,
            vec![(share, json!("2"))],
            "all of it",
            vec![(share, json!("1"))],
        ),
        rule(
            "COLLATERAL_PLEDGED_TWICE",
            "instruments[second].amount.advance.parts[qpstc].share",
            Blocker,
            vec![("instruments+", second("bank", "0.21", 2))],
            "together all of it",
            vec![("instruments+", second("bank", "0.20", 2))],
        ),
        rule("FEE_OVER_WHOLE", fee, Blocker, vec![(fee, json!("2"))], "all of it", vec![(fee, json!("1"))]),
        rule(
            "LOAN_NOT_REPAID",
            "instruments[credit-loan]",
            Question,
            vec![(share, json!("0.97"))],
            "the credit pays principal and interest",
            vec![(share, json!("0.88"))],
        ),
    ]
}

fn ranks() -> Vec<Rule> {
    let nothing = json!("USD 0.00");
    let behind = || ("instruments[gap].terms", json!({"kind": "mezzanine"}));
    let alone = |id: &'static str| (id, nothing.clone());
    vec![
        rule(
            "MEZZANINE_BEHIND_NOBODY",
            "instruments[gap].terms",
            Question,
            vec![
                behind(),
                alone("instruments[contract-loan].amount.advance.limit"),
                alone("instruments[credit-loan].amount.advance.limit"),
            ],
            "one loan stands before it",
            vec![behind(), alone("instruments[contract-loan].amount.advance.limit")],
        ),
        rule(
            "SAME_RANK",
            "instruments[second].security[qpstc].rank",
            Question,
            vec![("instruments+", second("lender", "0.05", 1))],
            "behind the other",
            vec![("instruments+", second("lender", "0.05", 2))],
        ),
        rule(
            "LOAN_BEFORE_EQUITY",
            "instruments[contract-loan].drawdown.order",
            Question,
            vec![
                ("instruments[contract-loan].drawdown.order", json!(1)),
                ("instruments[equity].drawdown.order", json!(2)),
            ],
            "called together with equity",
            vec![("instruments[contract-loan].drawdown.order", json!(1))],
        ),
    ]
}

fn rates() -> Vec<Rule> {
    let over = || ("instruments[gap].rate", json!({"over_base": {"base": "sofr", "margin": "0.09"}}));
    let base =
        |points: Value| ("market.base_rates+", json!({"id": "sofr", "name": "SOFR", "points": points}));
    let point = |id: &str, from: &str| json!({"id": id, "from": from, "rate": "0.04"});
    vec![
        rule(
            "BASE_RATE_EMPTY",
            "instruments[gap].rate.over_base.base",
            Blocker,
            vec![over(), base(json!([]))],
            "one rate on one day",
            vec![over(), base(json!([point("p1", "2026-11-22")]))],
        ),
        rule(
            "BASE_RATE_BEGINS_LATE",
            "instruments[gap].rate.over_base.base",
            Question,
            vec![over(), base(json!([point("p1", "2027-03-02")]))],
            "from the day of the first drawing",
            vec![over(), base(json!([point("p1", "2027-03-01")]))],
        ),
        rule(
            "RATE_OPEN",
            "instruments[gap].rate.over_base.base",
            Note,
            vec![over(), base(json!([point("p1", "2026-11-22"), point("p2", "2030-02-27")]))],
            "known until a year before it is due",
            vec![over(), base(json!([point("p1", "2026-11-22"), point("p2", "2030-02-28")]))],
        ),
        rule(
            "MISSING_TERM",
            "instruments[gap].rate",
            Question,
            vec![("instruments[gap].rate", Value::Null)],
            "an interest of nothing",
            vec![("instruments[gap].rate", json!({"fixed": "0"}))],
        ),
        rule(
            "MISSING_TERM",
            "instruments[credit-loan].maturity",
            Question,
            vec![("instruments[credit-loan].maturity", Value::Null)],
            "a day",
            vec![("instruments[credit-loan].maturity", json!({"date": "2030-05-31"}))],
        ),
        rule(
            "MISSING_TERM",
            "instruments[credit-loan].security",
            Question,
            vec![("instruments[credit-loan].security", Value::Null)],
            "the claim",
            vec![],
        ),
        rule(
            "MISSING_TERM",
            "revenue.sales_agencies[sales].commission",
            Question,
            vec![("revenue.sales_agencies[sales].commission", Value::Null)],
            "a commission of nothing",
            vec![("revenue.sales_agencies[sales].commission", json!("0"))],
        ),
    ]
}

fn conditions() -> Vec<Rule> {
    let condition = |more: Value| {
        let mut condition = json!({"id": "title", "text": "Chain of title clear"});
        condition.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        ("instruments[gap].conditions_precedent+", condition)
    };
    let by = |day: &str| condition(json!({"by": {"after": {"date": day}}}));
    let reserve = |share: &str| ("instruments[credit-loan].terms.interest_reserve", json!(share));
    let path = "instruments[gap].conditions_precedent[title].by";
    let idle = "instruments[gap].terms.interest_reserve";
    vec![
        rule(
            "CONDITION_OPEN",
            path,
            Question,
            vec![condition(json!({"met": false}))],
            "nobody says that it is not met",
            vec![condition(json!({}))],
        ),
        rule(
            "CONDITION_UNDATED",
            path,
            Question,
            vec![("schedule.release", Value::Null), condition(json!({"by": {"after": "release"}}))],
            "an event with a day",
            vec![condition(json!({"by": {"after": "release"}}))],
        ),
        rule(
            "CONDITION_OVERDUE",
            path,
            Question,
            vec![by("2026-11-21")],
            "expected on the day of the deal",
            vec![by("2026-11-22")],
        ),
        rule(
            "CONDITION_LATE",
            path,
            Question,
            vec![by("2027-03-02")],
            "expected on the day of the first drawing",
            vec![by("2027-03-01")],
        ),
        rule(
            "RESERVE_SHORT",
            "instruments[credit-loan].terms.interest_reserve",
            Question,
            vec![reserve("0.01")],
            "more than the interest until delivery",
            vec![reserve("0.12")],
        ),
        rule(
            "RESERVE_UNUSED",
            idle,
            Note,
            vec![(idle, json!("0.05"))],
            "interest is paid as it runs",
            vec![(idle, json!("0.05")), ("instruments[gap].interest_payment", json!("current"))],
        ),
    ]
}

fn firm() -> Vec<Rule> {
    let closed = || ("instruments[gap].status", json!("closed"));
    let condition = |met: Option<bool>| {
        let condition = json!({"id": "title", "text": "Chain of title clear", "met": met});
        let mut condition = condition;
        if let (None, Some(fields)) = (met, condition.as_object_mut()) {
            fields.remove("met");
        }
        ("instruments[gap].conditions_precedent+", condition)
    };
    let late = |signature: &str, delivery: &str| {
        json!([
            {"id": "signature", "share": signature, "on": "signature"},
            {"id": "delivery", "share": delivery, "on": "final_delivery"}])
    };
    vec![
        rule(
            "COMMITTED_UNCERTAIN",
            "instruments[grant].probability",
            Question,
            vec![("instruments[grant].probability", json!("0.99"))],
            "100 %",
            vec![("instruments[grant].probability", json!("1"))],
        ),
        rule(
            "CLOSED_WITH_CONDITIONS",
            "instruments[gap].status",
            Question,
            vec![closed(), condition(None)],
            "every condition is met",
            vec![closed(), condition(Some(true))],
        ),
        rule(
            "CONTRACT_PAYS_LATE",
            "instruments[svod].drawdown.steps",
            Question,
            vec![("instruments[svod].drawdown.steps", late("0.49", "0.51"))],
            "half on delivery",
            vec![("instruments[svod].drawdown.steps", late("0.5", "0.5"))],
        ),
        rule(
            "GRANT_PAYS_LATE",
            "instruments[grant].drawdown.steps",
            Question,
            vec![("instruments[grant].drawdown.steps", late("0.49", "0.51"))],
            "half on delivery",
            vec![("instruments[grant].drawdown.steps", late("0.5", "0.5"))],
        ),
    ]
}
