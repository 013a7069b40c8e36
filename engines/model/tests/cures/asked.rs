//! Rules whose cure waits for what only the producer knows.

use recoup_deal::Severity::{self, Blocker, Question};
use serde_json::{Value, json};

use super::rule::{Edits, Rule, rule};

pub(crate) fn rules() -> Vec<Rule> {
    let asking = |code, path, severity: Severity, raised: Edits, near, spared: Edits, typed: Value| Rule {
        typed: Some(typed),
        ..rule(code, path, severity, raised, near, spared)
    };
    let tax = "instruments[presale].terms.licence.withholding";
    let uninsured = || vec![("budget.total", Value::Null), ("budget.lines[insurance]", Value::Null)];
    let euro = || ("instruments[grant].amount.fixed", json!("EUR 100000.00"));
    let quote = json!({"id": "eur-usd", "base": "EUR", "quote": "USD", "rate": "1.1"});
    let premium = json!({"id": "premium", "kind": "insurance", "amount": {"fixed": "USD 50000.00"}});
    let audit = "budget.costs[audit]";
    let contract =
        || ("revenue.distribution+", json!({"id": "german", "fee": "0.25", "guarantee": "presale"}));
    vec![
        asking(
            "WITHHOLDING_BLANK",
            tax,
            Question,
            vec![(tax, Value::Null)],
            "nothing is withheld",
            vec![(tax, json!("0"))],
            json!("0.05"),
        ),
        asking(
            "ULTIMATE_WITHOUT_AMOUNT",
            "revenue.ultimates[italy].estimate",
            Question,
            vec![("revenue.ultimates+", json!({"id": "italy", "territories": ["IT"]}))],
            "it comes to nothing",
            vec![("revenue.ultimates+", json!({"id": "italy", "estimate": {"base": "USD 0.00"}}))],
            json!("USD 100000.00"),
        ),
        asking(
            "INSURANCE_MISSING",
            "budget.costs",
            Question,
            uninsured(),
            "a premium beside the lines",
            [uninsured(), vec![("budget.costs+", premium)]].concat(),
            json!("USD 50000.00"),
        ),
        asking(
            "LEGAL_MISSING",
            "budget.costs",
            Question,
            vec![("budget.costs[counsel]", Value::Null)],
            "lawyers are paid",
            vec![("budget.costs[counsel].amount", json!({"fixed": "USD 1.00"}))],
            json!("USD 90000.00"),
        ),
        asking(
            "AUDIT_MISSING",
            "budget.costs",
            Question,
            vec![(audit, Value::Null)],
            "nothing is claimed",
            vec![(audit, Value::Null), ("incentives[qpstc].election", json!("exclude"))],
            json!("USD 20000.00"),
        ),
        asking(
            "MISSING_RATE",
            "instruments[grant].amount",
            Blocker,
            vec![euro()],
            "a rate is there",
            vec![("fx+", quote), euro()],
            json!("1.08"),
        ),
        asking(
            "LINE_WITHOUT_AMOUNT",
            "budget.lines[music].amount",
            Question,
            vec![("budget.lines[music].amount", Value::Null)],
            "nothing",
            vec![("budget.lines[music].amount", json!("USD 0.00"))],
            json!("USD 200000.00"),
        ),
        asking(
            "SOURCE_WITHOUT_ESTIMATE",
            "revenue.sources[gb].estimate",
            Question,
            vec![("revenue.sources[gb].estimate", json!({}))],
            "a take price",
            vec![("revenue.sources[gb].estimate", json!({"take": "USD 0.00"}))],
            json!("USD 1000000.00"),
        ),
        asking(
            "DISTRIBUTION_COST_UNKNOWN",
            "revenue.distribution[german].p_and_a",
            Question,
            vec![contract()],
            "its expenses are capped",
            vec![contract(), ("revenue.distribution[german].expenses", json!({"cap": "USD 0.00"}))],
            json!("USD 60000.00"),
        ),
        asking(
            "MISSING_START",
            "schedule.start",
            Question,
            vec![("schedule.start", Value::Null)],
            "a day",
            vec![("schedule.start", json!("2027-03-01"))],
            json!("2027-03-01"),
        ),
        asking(
            "MISSING_RELEASE",
            "schedule.release.date",
            Question,
            vec![("schedule.release", Value::Null)],
            "a day",
            vec![("schedule.release", json!({"date": "2029-06-15"}))],
            json!("2029-06-15"),
        ),
        asking(
            "MISSING_TERM",
            "instruments[grant].provider",
            Question,
            vec![("instruments[grant].provider", Value::Null)],
            "a party",
            vec![("instruments[grant].provider", json!("fund"))],
            json!("agency"),
        ),
    ]
}
