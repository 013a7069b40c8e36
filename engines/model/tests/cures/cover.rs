//! What lenders ask to be there, and the tests they compute.

use recoup_deal::Severity::{Note, Question};
use serde_json::{Value, json};

use super::rule::{Rule, rule};

pub(crate) fn rules() -> Vec<Rule> {
    [asked(), tests()].concat()
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
