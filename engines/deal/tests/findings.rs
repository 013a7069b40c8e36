//! Every rule: a deal that raises it and a near miss that does not.
#![allow(clippy::unwrap_used, clippy::panic)]

use recoup_deal::findings::unsaid;
use recoup_deal::{Deal, Severity, check, get, insert, read_deal, set};
use serde_json::{Value, json};

const TIDY: &str = include_str!("tidy.deal.json");

fn tidy() -> Deal {
    read_deal(TIDY).unwrap()
}

/// Edits of the tidy deal: a path and a value (`null` empties), a path ending in `+` adds an element.
fn edited(edits: &[(&str, Value)]) -> Deal {
    edits.iter().fold(tidy(), |deal, (path, value)| {
        let done = match path.strip_suffix('+') {
            Some(list) => insert(&deal, list, value.clone(), None),
            None => set(&deal, path, value.clone()),
        };
        done.unwrap_or_else(|why| panic!("{path}: {why:?}"))
    })
}

fn raises(code: &str, at: &str, severity: Severity, edits: &[(&str, Value)]) {
    let findings = check(&edited(edits));
    let hit = findings.iter().find(|finding| finding.code == code && finding.path == at);
    let hit = hit.unwrap_or_else(|| panic!("{code} at {at} not among {findings:#?}"));
    assert_eq!(hit.severity, severity, "{code}");
    assert_eq!(unsaid(hit), [], "{hit:?}");
}

fn spares(code: &str, edits: &[(&str, Value)]) {
    let findings = check(&edited(edits));
    assert!(findings.iter().all(|finding| finding.code != code), "{code} in {findings:#?}");
}

use Severity::{Blocker, Note, Question};

#[test]
fn the_tidy_deal_raises_nothing() {
    assert_eq!(check(&tidy()), []);
}

#[test]
fn a_start_in_the_past_is_a_note_and_stops_only_development() {
    let past = ("as_of", json!("2027-03-02"));
    raises("START_IN_PAST", "schedule.start", Note, std::slice::from_ref(&past));
    raises("START_IN_PAST", "schedule.start", Blocker, &[past, ("schedule.status", json!("development"))]);
    spares("START_IN_PAST", &[("as_of", json!("2027-03-01"))]);
}

#[test]
fn dates_follow_each_other() {
    let delivery = "schedule.deliveries[final].date";
    raises("DATES_OUT_OF_ORDER", "schedule.deliveries[final]", Blocker, &[(delivery, json!("2027-02-01"))]);
    raises("DATES_OUT_OF_ORDER", "schedule.release.date", Blocker, &[(delivery, json!("2029-06-16"))]);
    spares("DATES_OUT_OF_ORDER", &[(delivery, json!("2029-06-15"))]);
    raises(
        "PHASE_AFTER_DELIVERY",
        "schedule.phases[post]",
        Question,
        &[("schedule.phases[post].months", json!(5))],
    );
    raises("MISSING_START", "schedule.start", Question, &[("schedule.start", Value::Null)]);
    raises(
        "MISSING_DELIVERY",
        "schedule.deliveries",
        Question,
        &[("schedule.deliveries[final].date", Value::Null)],
    );
    raises("MISSING_RELEASE", "schedule.release.date", Question, &[("schedule.release", Value::Null)]);
}

#[test]
fn budgets_are_whole_placed_and_within_limits() {
    let amount = "budget.lines[animation].amount";
    let small = [("budget.total", Value::Null), (amount, json!("USD 199999.99"))];
    raises("INVALID_BUDGET", "budget.lines", Blocker, &small);
    spares("INVALID_BUDGET", &[("budget.total", Value::Null), (amount, json!("USD 200000.00"))]);
    raises("BUDGET_TOTAL_DIFFERS", "budget.total", Question, &[(amount, json!("USD 3200000.01"))]);
    raises("LINE_WITHOUT_AMOUNT", amount, Question, &[(amount, Value::Null)]);
    spares("BUDGET_TOTAL_DIFFERS", &[(amount, Value::Null)]);
    raises(
        "LINE_WITHOUT_PLACE",
        "budget.lines[animation].spend",
        Question,
        &[("budget.lines[animation].spend", json!([]))],
    );
    raises("NO_BUDGET", "budget.lines", Question, &[("budget", json!({}))]);
}

#[test]
fn the_places_of_a_line_make_one_whole() {
    let share = "budget.lines[animation].spend[CA-QC].share";
    raises("SPLIT_NOT_WHOLE", "budget.lines[animation].spend", Blocker, &[(share, json!("0.99"))]);
    raises("SPLIT_INCOMPLETE", "budget.lines[animation].spend", Question, &[(share, Value::Null)]);
    spares("SPLIT_NOT_WHOLE", &[(share, json!("1.000"))]);
}

#[test]
fn parts_of_a_line_are_not_more_than_the_line() {
    let items = "budget.lines[animation].items+";
    let item = |amount: &str| json!({"id": "x", "role": "animator", "amount": amount});
    raises("PARTS_EXCEED_LINE", "budget.lines[animation].items", Blocker, &[(items, item("USD 3200000.01"))]);
    spares("PARTS_EXCEED_LINE", &[(items, item("USD 3200000.00"))]);
    raises("PARTS_IN_OTHER_CURRENCY", "budget.lines[animation].items", Blocker, &[(items, item("CAD 1.00"))]);
}

#[test]
fn a_bonded_budget_keeps_ten_per_cent() {
    let share = "budget.contingency.share";
    raises("CONTINGENCY_BELOW_BOND", "budget.contingency", Question, &[(share, json!("0.0999"))]);
    spares("CONTINGENCY_BELOW_BOND", &[(share, json!("0.10"))]);
    spares("CONTINGENCY_BELOW_BOND", &[(share, json!("0.05")), ("budget.costs[bond]", Value::Null)]);
    raises(
        "CONTINGENCY_TWICE",
        "budget.contingency",
        Blocker,
        &[("budget.contingency.amount", json!("USD 1.00"))],
    );
    raises("NO_CONTINGENCY", "budget.contingency", Question, &[("budget.contingency", Value::Null)]);
    raises(
        "COST_WITHOUT_AMOUNT",
        "budget.costs[bond].amount",
        Question,
        &[("budget.costs[bond].amount", Value::Null)],
    );
}

#[test]
fn a_lender_who_asks_for_a_bond_gets_one() {
    let asks = ("instruments[gap].terms.requires_bond", json!(true));
    spares("BOND_MISSING", std::slice::from_ref(&asks));
    let without = [asks, ("budget.costs[bond]", Value::Null)];
    raises("BOND_MISSING", "instruments[gap].terms.requires_bond", Question, &without);
}

#[test]
fn a_co_producer_carries_what_the_contract_says() {
    let treaty = |us: &str, ca: &str| {
        json!({"name": "Treaty", "shares": [
            {"id": "US", "jurisdiction": "US", "share": us}, {"id": "CA", "jurisdiction": "CA", "share": ca}]})
    };
    let path = "project.treaty";
    spares("TREATY_SHARE_DIFFERS", &[(path, treaty("0.20", "0.80"))]);
    spares("TREATY_SHARE_DIFFERS", &[(path, treaty("0.205", "0.795"))]);
    raises(
        "TREATY_SHARE_DIFFERS",
        "project.treaty.shares[CA].share",
        Question,
        &[(path, treaty("0.21", "0.79"))],
    );
    raises("SPLIT_NOT_WHOLE", "project.treaty.shares", Blocker, &[(path, treaty("0.20", "0.79"))]);
}

#[test]
fn currencies_have_rates() {
    let euro = ("instruments[equity].amount.fixed", json!("EUR 1500000.00"));
    raises("MISSING_RATE", "instruments[equity].amount", Blocker, std::slice::from_ref(&euro));
    let quote = json!({"id": "eur-cad", "base": "EUR", "quote": "CAD", "rate": "1.6"});
    spares("MISSING_RATE", &[("fx+", quote), euro]);
    raises("INVALID_RATE", "fx[usd-cad].rate", Blocker, &[("fx[usd-cad].rate", json!("0"))]);
}

#[test]
fn shares_lie_between_nothing_and_all() {
    let share = "budget.lines[animation].labour_share";
    raises("SHARE_OUT_OF_RANGE", share, Blocker, &[(share, json!("1.01"))]);
    raises("SHARE_OUT_OF_RANGE", share, Blocker, &[(share, json!("-0.01"))]);
    spares("SHARE_OUT_OF_RANGE", &[(share, json!("1"))]);
    let rate = "instruments[gap].rate.fixed";
    raises("RATE_IMPLAUSIBLE", rate, Question, &[(rate, json!("12"))]);
    spares("RATE_IMPLAUSIBLE", &[(rate, json!("0.99"))]);
    let amount = "budget.lines[animation].amount";
    raises(
        "NEGATIVE_AMOUNT",
        amount,
        Blocker,
        &[(amount, json!("USD -1.00")), ("budget.total", Value::Null)],
    );
    spares("NEGATIVE_AMOUNT", &[(amount, json!("USD 0.00")), ("budget.total", Value::Null)]);
}

#[test]
fn whatever_is_named_exists() {
    for (path, value, at) in [
        ("project.company", json!("nobody"), "project.company"),
        ("budget.lines[animation].payee", json!("nobody"), "budget.lines[animation].payee"),
        ("instruments[gap].provider", json!("nobody"), "instruments[gap].provider"),
        ("incentives[qpstc].claimant", json!("nobody"), "incentives[qpstc].claimant"),
        ("incentives[qpstc].monetisation", json!({"loan": "none"}), "incentives[qpstc].monetisation.loan"),
        (
            "instruments[gap].security[unsold].over",
            json!({"claim": "none"}),
            "instruments[gap].security[unsold].over.claim",
        ),
        (
            "instruments[gap].rate",
            json!({"over_base": {"base": "sofr", "margin": "0.08"}}),
            "instruments[gap].rate.over_base.base",
        ),
        ("revenue.sources[de].sales_agency", json!("none"), "revenue.sources[de].sales_agency"),
        ("revenue.sources[de].distribution", json!("none"), "revenue.sources[de].distribution"),
        ("revenue.sources[svod].sold_by", json!("none"), "revenue.sources[svod].sold_by"),
        ("budget.costs[bond].due", json!({"delivery": "none"}), "budget.costs[bond].due.delivery"),
        ("budget.costs[bond].due", json!({"start_of": "delivery"}), "budget.costs[bond].due"),
        ("recoupment.residual", json!("nobody"), "recoupment.residual"),
        ("recoupment.tiers[equity].takes.payee", json!("nobody"), "recoupment.tiers[equity].takes.payee"),
        (
            "recoupment.tiers[equity].takes.limit.instrument",
            json!("none"),
            "recoupment.tiers[equity].takes.limit.instrument",
        ),
        ("risk.drivers[de].paths", json!(["revenue.sources[de].estimate.low"]), "risk.drivers[de].paths"),
    ] {
        raises("UNKNOWN_REFERENCE", at, Blocker, &[(path, value)]);
    }
}

#[test]
fn claims_and_their_loans_agree() {
    raises(
        "CLAIM_REFUSED",
        "incentives[qpstc].election",
        Blocker,
        &[("incentives[qpstc].status", json!("refused"))],
    );
    spares(
        "CLAIM_REFUSED",
        &[("incentives[qpstc].status", json!("refused")), ("incentives[qpstc].election", json!("exclude"))],
    );
    raises(
        "CLAIM_UNCERTAIN",
        "incentives[qpstc].probability",
        Note,
        &[("incentives[qpstc].probability", json!("0.9"))],
    );
    raises(
        "CLAIM_WITHOUT_CLAIMANT",
        "incentives[qpstc].claimant",
        Question,
        &[("incentives[qpstc].claimant", Value::Null)],
    );
    raises(
        "CLAIM_NOT_ADVANCED",
        "incentives[qpstc].monetisation",
        Question,
        &[("incentives[qpstc].monetisation", json!({"loan": "gap"}))],
    );
    raises(
        "LOAN_ON_UNCLAIMED",
        "instruments[credit-loan].amount.advance",
        Blocker,
        &[("incentives[qpstc].election", json!("compare"))],
    );
    raises(
        "DUE_BEFORE_COLLATERAL",
        "instruments[credit-loan].maturity",
        Blocker,
        &[("incentives[qpstc].cash.months", json!(16))],
    );
    spares("DUE_BEFORE_COLLATERAL", &[("incentives[qpstc].cash.months", json!(15))]);
}

#[test]
fn terms_of_the_stack_are_there() {
    for field in ["amount", "provider", "rate", "maturity", "security"] {
        let path = format!("instruments[gap].{field}");
        raises("MISSING_TERM", &path, Question, &[(&path, Value::Null)]);
    }
    spares("MISSING_TERM", &[("instruments[equity].rate", Value::Null)]);
    raises(
        "UNCOMMITTED_MONEY",
        "instruments[gap].status",
        Question,
        &[("instruments[gap].status", json!("term_sheet"))],
    );
    raises(
        "UNCOMMITTED_MONEY",
        "instruments[gap].status",
        Question,
        &[("instruments[gap].status", Value::Null)],
    );
    let remainder = json!({"remainder": {}});
    spares("SEVERAL_REMAINDERS", &[("instruments[equity].amount", remainder.clone())]);
    let limited = json!({"remainder": {"at_most": "USD 900000.00"}});
    let second = ("instruments[gap].amount", remainder.clone());
    raises(
        "SEVERAL_REMAINDERS",
        "instruments[gap].amount",
        Note,
        &[("instruments[equity].amount", limited.clone()), second.clone()],
    );
    spares("REMAINDER_UNREACHED", &[("instruments[equity].amount", limited), second.clone()]);
    raises(
        "REMAINDER_UNREACHED",
        "instruments[gap].amount",
        Blocker,
        &[("instruments[equity].amount", remainder), second],
    );
    let step = "instruments[svod-licence].drawdown.steps[signature].share";
    raises("STEPS_NOT_WHOLE", "instruments[svod-licence].drawdown.steps", Blocker, &[(step, json!("0.4"))]);
}

#[test]
fn a_contract_that_pays_on_delivery_needs_a_discount() {
    let steps = "instruments[svod-licence].drawdown.steps";
    let late = (steps, json!([{"id": "d", "share": "1", "on": "final_delivery"}]));
    raises("CONTRACT_PAYS_LATE", steps, Question, std::slice::from_ref(&late));
    let over =
        ("instruments[credit-loan].security+", json!({"id": "s", "over": {"instrument": "svod-licence"}}));
    spares("CONTRACT_PAYS_LATE", &[late, over]);
}

#[test]
fn a_window_is_not_both_shut_and_estimated() {
    let pay = |territory: &str| {
        json!({"id": "pay", "label": "Pay", "territories": [territory], "window": "pay_tv",
               "estimate": {"base": "USD 100.00"}, "sales_agency": "sales"})
    };
    let list = "revenue.sources+";
    raises("WINDOW_EXCLUDED", "revenue.sources[pay].estimate", Question, &[(list, pay("US"))]);
    spares("WINDOW_EXCLUDED", &[(list, pay("DE"))]);
}

#[test]
fn a_territory_is_sold_once_and_counted_once() {
    let source = |window: &str| json!({"id": "x", "label": "X", "territories": ["US"], "window": window, "estimate": {"base": "USD 100.00"}});
    let list = "revenue.sources+";
    raises("TERRITORY_COUNTED_TWICE", "revenue.sources[x].sold_by", Blocker, &[(list, source("svod"))]);
    raises("TERRITORY_COUNTED_TWICE", "revenue.sources[x].sold_by", Blocker, &[(list, source("all_rights"))]);
    spares("TERRITORY_COUNTED_TWICE", &[(list, source("avod"))]);
    let again = |window: &str| {
        json!({"id": "again", "name": "Again", "provider": "streamer", "status": "signed",
               "terms": {"kind": "streamer_licence", "territories": ["US"], "windows": [window]}})
    };
    raises("TERRITORY_SOLD_TWICE", "instruments[again].terms", Blocker, &[("instruments+", again("svod"))]);
    spares("TERRITORY_SOLD_TWICE", &[("instruments+", again("free_tv"))]);
    let priced = "revenue.sources[svod].estimate.base";
    raises(
        "LICENCE_COUNTED_TWICE",
        "revenue.sources[svod].estimate",
        Blocker,
        &[(priced, json!("USD 1.00"))],
    );
    spares(
        "LICENCE_COUNTED_TWICE",
        &[(priced, json!("USD 1.00")), ("revenue.sources[svod].basis", json!("distributor_gross"))],
    );
}

#[test]
fn withholding_is_asked_for_across_a_border() {
    let tax = "instruments[svod-licence].terms.withholding";
    let abroad = ("parties[streamer].jurisdiction", json!("FR"));
    raises("WITHHOLDING_BLANK", tax, Question, std::slice::from_ref(&abroad));
    spares("WITHHOLDING_BLANK", &[abroad, (tax, json!("0"))]);
    raises(
        "WITHHOLDING_BLANK",
        tax,
        Question,
        &[("instruments[svod-licence].terms.cross_border", json!(true))],
    );
}

#[test]
fn estimates_are_there_and_in_order() {
    let low = "revenue.sources[de].estimate.low";
    raises(
        "ESTIMATES_OUT_OF_ORDER",
        "revenue.sources[de].estimate",
        Blocker,
        &[(low, json!("USD 1400000.01"))],
    );
    spares("ESTIMATES_OUT_OF_ORDER", &[(low, json!("USD 1400000.00"))]);
    raises(
        "SOURCE_WITHOUT_ESTIMATE",
        "revenue.sources[de].estimate",
        Question,
        &[("revenue.sources[de].estimate", json!({}))],
    );
    let contract = |more: Value| {
        let mut contract = json!({"id": "c", "fee": "0.25", "guarantee": "svod-licence"});
        contract.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        ("revenue.distribution+", contract)
    };
    raises("DISTRIBUTION_COST_UNKNOWN", "revenue.distribution[c].p_and_a", Question, &[contract(json!({}))]);
    spares("DISTRIBUTION_COST_UNKNOWN", &[contract(json!({"expenses": {"cap": "USD 1.00"}}))]);
}

#[test]
fn whoever_recoups_is_in_the_plan() {
    raises("NO_RECOUPMENT_PLAN", "recoupment", Question, &[("recoupment", Value::Null)]);
    raises(
        "NOT_IN_RECOUPMENT",
        "instruments[gap]",
        Question,
        &[("recoupment.tiers[gap].takes.limit", json!({"kind": "amount", "amount": "USD 1.00"}))],
    );
}

#[test]
fn an_assumption_stands_until_it_is_answered() {
    let cell = "instruments[gap].day_count";
    assert!(get(&tidy(), cell).is_some());
    raises("ASSUMPTION_ANSWERED", "assumptions[a1]", Note, &[(cell, json!("ACT/360"))]);
    raises("ASSUMPTION_LOST", "assumptions[a1]", Note, &[(cell, Value::Null)]);
}

/// The least and the largest share of a convention, met exactly and missed by a hundredth of a per cent.
#[test]
fn a_side_keeps_within_what_its_convention_allows() {
    let path = "project.treaty";
    let treaty = |convention: &str, first: &str, second: &str| {
        json!({
            "name": "Convention", "convention": convention,
            "shares": [
                {"id": "FR", "jurisdiction": "FR", "share": first},
                {"id": "IE", "jurisdiction": "IE", "share": second},
            ],
        })
    };
    let code = "TREATY_SHARE_BOUND";
    spares(code, &[(path, treaty("european_1992", "0.20", "0.80"))]);
    raises(
        code,
        "project.treaty.shares[FR].share",
        Question,
        &[(path, treaty("european_1992", "0.1999", "0.8001"))],
    );
    raises(
        code,
        "project.treaty.shares[IE].share",
        Question,
        &[(path, treaty("european_1992", "0.1999", "0.8001"))],
    );
    spares(code, &[(path, treaty("european_revised", "0.10", "0.90"))]);
    raises(
        code,
        "project.treaty.shares[FR].share",
        Question,
        &[(path, treaty("european_revised", "0.0999", "0.9001"))],
    );
}

/// The cure says how far the share is off, as a share of the cost and in money.
#[test]
fn the_cure_of_a_share_is_told_in_money() {
    let treaty = json!({
        "name": "A treaty", "least_share": "0.2",
        "shares": [
            {"id": "CA", "jurisdiction": "CA", "share": "0.812"},
            {"id": "FR", "jurisdiction": "FR", "share": "0.188"},
        ],
    });
    let deal = set(&tidy(), "project.treaty", treaty).unwrap();
    let cost: i64 =
        deal.budget.lines.iter().filter_map(|line| line.amount).map(|amount| amount.minor()).sum();
    let found: Vec<_> =
        check(&deal).into_iter().filter(|finding| finding.code == "TREATY_SHARE_BOUND").collect();
    assert_eq!(found.len(), 2, "one side is below a fifth, so the other is above four fifths");
    for finding in found {
        let recoup_deal::FindingValue::Money(amount) = &finding.values["amount"] else { panic!("no amount") };
        let exact = rust_decimal::Decimal::from(cost) * rust_decimal::Decimal::new(12, 3);
        assert!((rust_decimal::Decimal::from(amount.minor()) - exact).abs() <= rust_decimal::Decimal::ONE);
    }
}
