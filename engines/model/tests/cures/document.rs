//! Slips of the document, currencies, claims, revenue and rights.

use recoup_deal::Severity::{Blocker, Note, Question};
use serde_json::{Value, json};

use super::rule::{Rule, rule};

pub(crate) fn rules() -> Vec<Rule> {
    [slips(), names(), claims(), rights()].concat()
}

fn slips() -> Vec<Rule> {
    let quote = |quote: &str| json!({"id": "x", "base": "EUR", "quote": quote, "rate": "1.1"});
    vec![
        rule(
            "SHARE_OUT_OF_RANGE",
            "budget.lines[music].labour_share",
            Blocker,
            vec![("budget.lines[music].labour_share", json!("60"))],
            "100 % exactly",
            vec![("budget.lines[music].labour_share", json!("1"))],
        ),
        rule(
            "RATE_IMPLAUSIBLE",
            "instruments[gap].rate.fixed",
            Question,
            vec![("instruments[gap].rate.fixed", json!("13"))],
            "99 %",
            vec![("instruments[gap].rate.fixed", json!("0.99"))],
        ),
        rule(
            "NEGATIVE_AMOUNT",
            "budget.lines[music].amount",
            Blocker,
            vec![("budget.total", Value::Null), ("budget.lines[music].amount", json!("USD -200000.00"))],
            "nothing",
            vec![("budget.total", Value::Null), ("budget.lines[music].amount", json!("USD 0.00"))],
        ),
        rule(
            "INVALID_RATE",
            "fx[x].rate",
            Blocker,
            vec![("fx+", quote("EUR"))],
            "between two currencies",
            vec![("fx+", quote("USD"))],
        ),
        rule(
            "CURRENCY_UNHEDGED",
            "fx[usd-cad].hedged_share",
            Question,
            vec![("fx[usd-cad].hedged_share", json!("0.99"))],
            "hedged whole",
            vec![("fx[usd-cad].hedged_share", json!("1.00"))],
        ),
    ]
}

fn names() -> Vec<Rule> {
    let assumed = |path: &str, value: &str| json!({"id": "a1", "path": path, "value": value, "source": "Market practice"});
    vec![
        rule(
            "UNKNOWN_REFERENCE",
            "budget.lines[music].payee",
            Blocker,
            vec![("budget.lines[music].payee", json!("nobody"))],
            "a party of the deal",
            vec![("budget.lines[music].payee", json!("studio"))],
        ),
        rule(
            "ASSUMPTION_ANSWERED",
            "assumptions[a1]",
            Note,
            vec![("assumptions+", assumed("market.npv_rate", "0.11"))],
            "the cell holds the assumed value",
            vec![("assumptions+", assumed("market.npv_rate", "0.12"))],
        ),
        rule(
            "ASSUMPTION_LOST",
            "assumptions[a1]",
            Note,
            vec![("assumptions+", assumed("instruments[gap].compounding", "monthly"))],
            "the cell is filled",
            vec![
                ("instruments[gap].compounding", json!("monthly")),
                ("assumptions+", assumed("instruments[gap].compounding", "monthly")),
            ],
        ),
    ]
}

fn claims() -> Vec<Rule> {
    let sold = |price: &str| {
        let place = json!([{"id": "US-GA", "jurisdiction": "US-GA", "share": "1"}]);
        let claim = json!({"id": "ga", "program": "us-ga-film", "jurisdiction": "US-GA", "claimant": "producer",
            "election": "claim", "status": "estimated", "monetisation": {"transfer": price}});
        vec![("budget.lines[voices].spend", place), ("incentives+", claim)]
    };
    vec![
        rule(
            "CLAIM_REFUSED",
            "incentives[qpstc].election",
            Blocker,
            vec![("incentives[qpstc].status", json!("refused"))],
            "applied for",
            vec![("incentives[qpstc].status", json!("applied"))],
        ),
        rule(
            "CLAIM_WITHOUT_CLAIMANT",
            "incentives[qpstc].claimant",
            Question,
            vec![("incentives[qpstc].claimant", Value::Null)],
            "a company is named",
            vec![("incentives[qpstc].claimant", json!("studio"))],
        ),
        rule(
            "CLAIM_NOT_ADVANCED",
            "incentives[qpstc].monetisation",
            Question,
            vec![("incentives[qpstc].monetisation", json!({"loan": "gap"}))],
            "the loan advances on it",
            vec![("incentives[qpstc].monetisation", json!({"loan": "credit-loan"}))],
        ),
        rule(
            "LOAN_ON_UNCLAIMED",
            "instruments[credit-loan].amount.advance",
            Blocker,
            vec![("incentives[qpstc].election", json!("compare"))],
            "claimed",
            vec![("incentives[qpstc].election", json!("claim"))],
        ),
        rule(
            "WAY_NOT_OPEN",
            "incentives[qpstc].monetisation",
            Question,
            vec![("incentives[qpstc].monetisation", json!({"transfer": "0.9"}))],
            "waited for",
            vec![("incentives[qpstc].monetisation", json!("direct"))],
        ),
        rule(
            "CREDIT_SOLD_UNDER_FLOOR",
            "incentives[ga].monetisation.transfer",
            Blocker,
            sold("0.59"),
            "at the lawful price",
            sold("0.6"),
        ),
        rule(
            "CREDIT_SOLD_OVER_PAR",
            "incentives[ga].monetisation.transfer",
            Question,
            sold("88"),
            "for all of the credit",
            sold("1"),
        ),
        rule(
            "INCENTIVE_STATED_DIFFERS",
            "incentives[qpstc].stated_amount",
            Question,
            vec![("incentives[qpstc].stated_amount", json!("USD 900000.00"))],
            "the computed credit to the cent",
            vec![("incentives[qpstc].stated_amount", json!("USD 1142600.00"))],
        ),
        rule(
            "INCENTIVE_UNKNOWN_INPUT",
            "incentives[qpstc].overrides.animation_contract",
            Question,
            vec![("incentives[qpstc].overrides", json!({"animation_contract": {"money": "CAD 0.00"}}))],
            "an input of the form",
            vec![("incentives[qpstc].overrides", json!({"animation_contracts": {"money": "CAD 0.00"}}))],
        ),
    ]
}

fn rights() -> Vec<Rule> {
    let source = |window: &str| {
        json!({"id": "x", "label": "Extra", "territories": ["US"], "window": window, "sales_agency": "sales",
            "estimate": {"base": "USD 100.00"}})
    };
    let licence = |exclusive: bool| {
        json!({"id": "again", "name": "Second licence", "provider": "streamer", "status": "committed",
            "amount": {"fixed": "USD 0.00"},
            "terms": {"kind": "streamer_licence", "territories": ["US"], "windows": ["svod"], "exclusive": exclusive}})
    };
    vec![
        rule(
            "WINDOW_EXCLUDED",
            "revenue.sources[x].estimate",
            Question,
            vec![("revenue.sources+", source("pay_tv"))],
            "another window of the territory",
            vec![("revenue.sources+", source("free_tv"))],
        ),
        rule(
            "TERRITORY_COUNTED_TWICE",
            "revenue.sources[x].sold_by",
            Blocker,
            vec![("revenue.sources+", source("svod"))],
            "a window that the licence does not have",
            vec![("revenue.sources+", source("avod"))],
        ),
        rule(
            "TERRITORY_SOLD_TWICE",
            "instruments[again].terms",
            Blocker,
            vec![("instruments+", licence(true))],
            "one of the two is not exclusive",
            vec![("instruments+", licence(false))],
        ),
        rule(
            "LICENCE_COUNTED_TWICE",
            "revenue.sources[us].estimate",
            Blocker,
            vec![("revenue.sources[us].estimate.base", json!("USD 1.00"))],
            "what the distributor will gross",
            vec![
                ("revenue.sources[us].estimate.base", json!("USD 1.00")),
                ("revenue.sources[us].basis", json!("distributor_gross")),
            ],
        ),
        rule(
            "ESTIMATES_OUT_OF_ORDER",
            "revenue.sources[gb].estimate",
            Blocker,
            vec![("revenue.sources[gb].estimate.take", json!("USD 1500000.01"))],
            "take and ask are equal",
            vec![("revenue.sources[gb].estimate.take", json!("USD 1500000.00"))],
        ),
        rule(
            "REVENUE_NET_AND_CONTRACT",
            "revenue.sources[gb].basis",
            Question,
            vec![("revenue.sources[gb].basis", json!("net_to_producer"))],
            "a licence fee",
            vec![("revenue.sources[gb].basis", json!("licence_fee"))],
        ),
    ]
}
