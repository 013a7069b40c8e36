//! What lenders ask.

use recoup_deal::Severity::{Blocker, Note, Question};
use serde_json::{Value, json};

use super::rule::{Rule, rule};

pub(crate) fn rules() -> Vec<Rule> {
    [days(), advances(), ranks(), rates(), conditions(), firm(), asked(), tests()].concat()
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

fn asked() -> Vec<Rule> {
    let take = |gb: Value| {
        vec![
            ("revenue.sources[gb].estimate", gb),
            ("revenue.sources[fr].estimate", json!({"base": "USD 800000.00"})),
        ]
    };
    vec![
        rule(
            "CREDIT_NOT_CERTIFIED",
            "instruments[credit-loan].terms.certified_only",
            Question,
            vec![("instruments[credit-loan].terms.certified_only", json!(true))],
            "certified",
            vec![
                ("instruments[credit-loan].terms.certified_only", json!(true)),
                ("incentives[qpstc].status", json!("certified")),
            ],
        ),
        rule(
            "GAP_WITHOUT_PRESALES",
            "instruments[gap].terms.requires_presales",
            Question,
            vec![
                ("instruments[gap].terms.requires_presales", json!(true)),
                ("instruments[presale].status", json!("term_sheet")),
            ],
            "one presale is signed",
            vec![("instruments[gap].terms.requires_presales", json!(true))],
        ),
        rule(
            "GAP_WITHOUT_ESTIMATES",
            "instruments[gap].security",
            Question,
            take(json!({"base": "USD 1000000.00"})),
            "one estimate of the kind that counts",
            take(json!({"take": "USD 0.01"})),
        ),
        rule(
            "GAP_ON_UNREPRESENTED",
            "revenue.sources[gb].sales_agency",
            Question,
            vec![("revenue.sources[gb].sales_agency", Value::Null)],
            "an agent sells it",
            vec![("revenue.sources[gb].sales_agency", json!("sales"))],
        ),
        rule(
            "LOAN_ABOVE_TERM_SHEET",
            "instruments[credit-loan].terms.stated_amount",
            Question,
            vec![("instruments[credit-loan].terms.stated_amount", json!("USD 800000.00"))],
            "the loan of the term sheet to the cent",
            vec![("instruments[credit-loan].terms.stated_amount", json!("USD 914080.00"))],
        ),
        rule(
            "LOAN_BELOW_TERM_SHEET",
            "instruments[credit-loan].terms.stated_amount",
            Note,
            vec![("instruments[credit-loan].terms.stated_amount", json!("USD 1500000.00"))],
            "the loan of the term sheet to the cent",
            vec![("instruments[credit-loan].terms.stated_amount", json!("USD 914080.00"))],
        ),
    ]
}

fn tests() -> Vec<Rule> {
    let cover = "instruments[gap].terms.required_cover";
    let facility = |payment: &str| {
        vec![
            (
                "instruments[contract-loan].terms",
                json!({"kind": "interim_facility", "limit": "USD 256000.00"}),
            ),
            ("instruments[contract-loan].interest_payment", json!(payment)),
        ]
    };
    let share = "instruments[credit-loan].amount.advance.parts[qpstc].share";
    let gap = |amount: &str| vec![("instruments[gap].amount.fixed", json!(amount))];
    vec![
        rule(
            "GAP_COVER_LOW",
            cover,
            Question,
            vec![(cover, json!("2.9468"))],
            "as asked for",
            vec![(cover, json!("2.9466"))],
        ),
        rule(
            "GAP_SHARE_HIGH",
            "instruments[gap].amount",
            Question,
            gap("USD 1389000.01"),
            "30 % of the budget exactly",
            gap("USD 1389000.00"),
        ),
        rule(
            "CREDIT_ADVANCE_HIGH",
            "instruments[credit-loan].amount",
            Question,
            vec![(share, json!("0.901"))],
            "90 % exactly",
            vec![(share, json!("0.9"))],
        ),
        rule(
            "CONTRACT_COVER_LOW",
            "instruments[contract-loan].amount",
            Question,
            vec![("market.limits.contract_cover", json!("1.5626"))],
            "as asked for",
            vec![("market.limits.contract_cover", json!("1.5625"))],
        ),
        rule(
            "PRESALE_COVER_LOW",
            "instruments[contract-loan].amount",
            Question,
            vec![("market.limits.presale_cover", json!("1.0626"))],
            "as asked for",
            vec![("market.limits.presale_cover", json!("1.0625"))],
        ),
        rule(
            "DEBT_SERVICE_LOW",
            "instruments[credit-loan].maturity",
            Question,
            vec![("market.limits.debt_service", json!("1.0968"))],
            "as asked for",
            vec![("market.limits.debt_service", json!("1.0966"))],
        ),
        rule(
            "COVER_UNKNOWN",
            "instruments[contract-loan].amount",
            Note,
            vec![
                ("parties[distributor].grade", Value::Null),
                ("instruments[contract-loan].amount.advance.parts[presale].share", json!("0.5")),
            ],
            "the payer has a grade",
            vec![("parties[distributor].grade", json!("unrated"))],
        ),
        rule(
            "LOAN_TO_VALUE_HIGH",
            "market.limits.loan_to_value",
            Question,
            vec![("market.limits.loan_to_value", json!("0.4655"))],
            "as allowed",
            vec![("market.limits.loan_to_value", json!("0.4656"))],
        ),
        rule(
            "FACILITY_OVER_LIMIT",
            "instruments[contract-loan].terms.limit",
            Question,
            facility("capitalised_until_delivery"),
            "drawn to the limit, and its interest paid",
            facility("current"),
        ),
    ]
}
