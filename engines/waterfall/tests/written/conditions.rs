//! What a share can be made to depend on

use serde_json::{Value, json};

use super::{agrees, case, receipt};

/// Fee, then what `position` says, then the producer.
fn behind_a_fee(position: Value, extra: Value) -> Value {
    let mut structure = extra;
    structure["sources"] = json!([{"id": "world", "enters": "fee"}]);
    structure["nodes"] = json!([
        {"id": "fee", "kind": "share", "payee": "distributor", "rate": "0.3", "then": "position"},
        position,
        {"id": "net", "kind": "share", "payee": "producer"}
    ]);
    structure
}

#[test]
fn expenses_count_up_to_their_cap_and_the_uncapped_ones_on_top() {
    let costs = |target: Value| {
        json!({"id": "position", "kind": "share", "payee": "distributor", "then": "net",
            "while": {"measure": "paid_to_node", "of": "position", "is": "below", "target": target}})
    };
    let declared = json!([
        {"kind": "expense", "id": "e1", "date": "2029-01-10", "type": "prints", "party": "distributor",
         "amount": "15000", "counts_to_cap": true},
        {"kind": "expense", "id": "e2", "date": "2029-01-20", "type": "prints", "party": "distributor",
         "amount": "8000"},
        {"kind": "expense", "id": "e3", "date": "2029-01-30", "type": "prints", "party": "distributor",
         "amount": "5000", "counts_to_cap": false},
        receipt("r1", "2029-03-31", "world", "100000")
    ]);
    // 30,000 of fee. min(15,000 + 8,000, 20,000) + 5,000 is 25,000; the producer has 45,000.
    let capped = json!({"expense_types": [{"id": "prints", "cap": "20000"}]});
    agrees(
        case(behind_a_fee(costs(json!({"expenses_of": "prints"})), capped.clone()), declared.clone()),
        json!({"by_payee": {"distributor": "55000", "producer": "45000"}, "left_over": "0"}),
    );
    // Half of them.
    let half = json!({"expenses_of": "prints", "factor": "1/2"});
    agrees(
        case(behind_a_fee(costs(half), capped), declared.clone()),
        json!({"by_payee": {"distributor": "42500", "producer": "57500"}}),
    );
    // A cap of nothing is no cap: 28,000.
    let open = json!({"expense_types": [{"id": "prints", "cap": "0"}]});
    agrees(
        case(behind_a_fee(costs(json!({"expenses_of": "prints"})), open), declared),
        json!({"by_payee": {"distributor": "58000", "producer": "42000"}}),
    );
}

#[test]
fn a_guarantee_is_recouped_once_times_its_factor() {
    let guarantee = |factor: &str| {
        json!({"id": "position", "kind": "share", "payee": "distributor", "then": "net",
            "while": {"measure": "paid_to_node", "of": "position", "is": "below",
                "target": {"invested_under": "mg", "factor": factor}}})
    };
    let paid_in = json!([
        {"kind": "investment", "id": "i1", "date": "2028-06-01", "party": "distributor", "contract": "mg", "amount": "30000"},
        {"kind": "investment", "id": "i2", "date": "2028-12-01", "party": "distributor", "contract": "mg", "amount": "10000"},
        receipt("r1", "2029-03-31", "world", "100000")
    ]);
    let contracts = json!({"contracts": [{"id": "mg"}]});
    for (factor, distributor, producer) in [("1", "70000", "30000"), ("1.1", "74000", "26000")] {
        agrees(
            case(behind_a_fee(guarantee(factor), contracts.clone()), paid_in.clone()),
            json!({"by_payee": {"distributor": distributor, "producer": producer}}),
        );
    }
}

#[test]
fn a_share_depends_on_where_how_and_when_a_receipt_was_made() {
    let share = |id: &str, payee: &str, rate: &str, when: Value, then: &str| json!({"id": id, "kind": "share", "payee": payee, "rate": rate, "while": when, "then": then});
    let year = json!({"measure": "receipt_date", "from": "2029-01-01", "to": "2029-12-31"});
    let structure = json!({
        "sources": [{"id": "world", "enters": "france"},
            {"id": "france-tv", "enters": "france", "territories": ["FR"], "media": ["tv"]}],
        "nodes": [
            share("france", "co-producer", "0.1",
                json!({"measure": "receipt_territory", "is": "in", "list": ["FR", "BE"]}), "cinema"),
            share("cinema", "agent", "0.2",
                json!({"measure": "receipt_media", "is": "not_in", "list": ["tv"]}), "first-year"),
            share("first-year", "agent", "0.05", year, "net"),
            {"id": "net", "kind": "share", "payee": "producer"}]});
    let somewhere = |id: &str, date: &str, territory: &str, media: &str| {
        json!({"kind": "receipt", "id": id, "date": date, "source": "world", "amount": "1000",
            "territories": [territory], "media": [media]})
    };
    let timeline = json!([
        // What the source says holds for receipts that say nothing: 100, nothing of 900, 5 % of it.
        receipt("r1", "2029-06-30", "france-tv", "1000"),
        // Germany, in a cinema, after the year: 200 alone.
        somewhere("r2", "2030-01-01", "DE", "cinema"),
        // On the last day of the year: 100, 180 and 36.
        somewhere("r3", "2029-12-31", "BE", "cinema")
    ]);
    agrees(
        case(structure, timeline),
        json!({"by_payee": {"co-producer": "200", "agent": "461", "producer": "2339"},
            "by_receipt": [
                {"receipt": "r1", "to_payees": {"co-producer": "100", "agent": "45", "producer": "855"}},
                {"receipt": "r2", "to_payees": {"agent": "200", "producer": "800"}},
                {"receipt": "r3", "to_payees": {"co-producer": "100", "agent": "216", "producer": "684"}}]}),
    );
}

#[test]
fn a_licence_pays_by_its_size_and_only_while_it_runs() {
    let structure = json!({
        "contracts": [{"id": "licence", "value": "40000", "from": "2028-01-01", "to": "2029-12-31"}],
        "sources": [{"id": "world", "enters": "override"}],
        "nodes": [
            {"id": "override", "kind": "share", "payee": "agent", "rate": "0.15", "then": "bound",
             "while": {"measure": "contract_value", "is": "at_least", "target": "50000"}},
            {"id": "bound", "kind": "share", "payee": "licensee", "rate": "0.5", "contract": "licence", "then": "net"},
            {"id": "net", "kind": "share", "payee": "producer"}]});
    let under = |id: &str, date: &str| {
        let mut made = receipt(id, date, "world", "1000");
        made["contract"] = json!("licence");
        made
    };
    let timeline = json!([
        under("r1", "2029-12-31"),
        under("r2", "2030-01-01"),
        {"kind": "change_contract", "id": "c1", "date": "2030-01-02", "contract": "licence",
         "to": "2030-12-31", "value": "60000"},
        under("r3", "2030-01-03"),
        receipt("r4", "2030-01-03", "world", "1000")
    ]);
    agrees(
        case(structure, timeline),
        json!({"by_receipt": [
            {"receipt": "r1", "to_payees": {"licensee": "500", "producer": "500"}},
            {"receipt": "r2", "to_payees": {"producer": "1000"}},
            {"receipt": "r3", "to_payees": {"agent": "150", "licensee": "425", "producer": "425"}},
            // No licence, no size: the override is not due, but the dates are the share's own.
            {"receipt": "r4", "to_payees": {"licensee": "500", "producer": "500"}}]}),
    );
}

#[test]
fn an_award_raises_a_share_from_the_day_it_is_known() {
    let structure = json!({
        "sources": [{"id": "world", "enters": "director"}],
        "nodes": [
            {"id": "director", "kind": "share", "payee": "director", "rate": "0.05", "then": "net",
             "while": [{"measure": "event_value", "of": "award", "is": "at_least", "target": "1"}]},
            {"id": "net", "kind": "share", "payee": "producer"}]});
    let timeline = json!([
        receipt("r1", "2029-01-31", "world", "1000"),
        {"kind": "event", "id": "e1", "date": "2029-02-01", "event": "award", "value": "0"},
        receipt("r2", "2029-02-02", "world", "1000"),
        {"kind": "event", "id": "e2", "date": "2029-03-01", "event": "award", "value": "2"},
        receipt("r3", "2029-03-31", "world", "1000"),
        {"kind": "change_share", "id": "s1", "date": "2029-04-01", "node": "director", "rate": "0.1"},
        receipt("r4", "2029-04-30", "world", "1000")
    ]);
    agrees(
        case(structure, timeline),
        json!({"by_receipt": [
            {"receipt": "r1", "to_payees": {"producer": "1000"}},
            {"receipt": "r2", "to_payees": {"producer": "1000"}},
            {"receipt": "r3", "to_payees": {"director": "50", "producer": "950"}},
            {"receipt": "r4", "to_payees": {"director": "100", "producer": "900"}}]}),
    );
}

#[test]
fn two_territories_recoup_one_advance_and_what_passed_it_opens_a_bonus() {
    let advance = |id: &str| {
        json!({"id": id, "kind": "share", "payee": "distributor", "pools": ["advance"], "then": "bonus",
            "while": {"measure": "paid_in_pool", "of": "advance", "is": "below", "target": "1000"}})
    };
    let structure = json!({
        "sources": [{"id": "home", "enters": "home"}, {"id": "abroad", "enters": "abroad"}],
        "nodes": [advance("home"), advance("abroad"),
            {"id": "bonus", "kind": "share", "payee": "talent", "rate": "0.5", "then": "net",
             "while": {"measure": "passed_pool", "of": "advance", "is": "at_least", "target": "1000"}},
            {"id": "net", "kind": "share", "payee": "producer"}]});
    // 600 from home, then 400 of the 600 from abroad; of the other 200 the bonus is half.
    let whole = agrees(
        case(
            structure,
            json!([receipt("r1", "2029-01-31", "home", "600"), receipt("r2", "2029-02-28", "abroad", "600")]),
        ),
        json!({"by_payee": {"distributor": "1000", "talent": "100", "producer": "100"},
            "by_node": {"home": {"paid": "600"}, "abroad": {"paid": "400"}}}),
    );
    assert_eq!(whole["by_pool"]["advance"]["paid"], "1000");
    assert_eq!(whole["by_node"]["bonus"], json!({"paid": "100", "reached": "200"}));
}

#[test]
fn a_royalty_is_paid_only_beyond_its_advance() {
    let structure = json!({
        "sources": [{"id": "world", "enters": "royalty"}],
        "nodes": [
            {"id": "royalty", "kind": "share", "payee": "author", "rate": "0.1", "pools": ["royalty"], "then": "net",
             "while": {"measure": "notional_in_pool", "of": "royalty", "is": "at_least", "target": "300"}},
            {"id": "net", "kind": "share", "payee": "producer"}]});
    // The advance of 300 is earned at 3,000; the last 1,000 pay 100.
    let whole = agrees(
        case(
            structure,
            json!([
                receipt("r1", "2029-01-31", "world", "2000"),
                receipt("r2", "2029-02-28", "world", "2000")
            ]),
        ),
        json!({"by_payee": {"author": "100", "producer": "3900"}}),
    );
    assert_eq!(whole["by_pool"]["royalty"], json!({"paid": "100", "notional": "400"}));
}

#[test]
fn profits_open_when_the_cost_of_the_film_is_covered() {
    for (factor, investor, talent, producer) in
        [(json!("1"), "2000", "200", "800"), (json!("1.1"), "2500", "100", "400")]
    {
        let structure = json!({
            "film_costs": [{"id": "film", "cost": "5000", "already_covered": "3000", "pool": "net"}],
            "sources": [{"id": "world", "enters": "recoup"}],
            "nodes": [
                {"id": "recoup", "kind": "share", "payee": "investor", "pools": ["net"], "then": "talent",
                 "while": {"measure": "film_cost_covered", "of": "film", "is": "below", "target": {"factor": factor}}},
                {"id": "talent", "kind": "share", "payee": "talent", "rate": "0.2", "then": "producer"},
                {"id": "producer", "kind": "share", "payee": "producer"}]});
        agrees(
            case(structure, json!([receipt("r1", "2029-01-31", "world", "3000")])),
            json!({"by_payee": {"investor": investor, "talent": talent, "producer": producer}}),
        );
    }
}

#[test]
fn one_of_two_or_both_of_two_must_hold() {
    let paid = |party: &str, is: &str, target: &str| json!({"measure": "paid_to_party", "of": party, "is": is, "target": target});
    let run = |when: Value| {
        json!({"sources": [{"id": "world", "enters": "tenth"}],
            "nodes": [
                {"id": "tenth", "kind": "share", "payee": "agent", "rate": "0.1", "while": when, "then": "bank"},
                {"id": "bank", "kind": "share", "payee": "bank", "rate": "0.5", "then": "net"},
                {"id": "net", "kind": "share", "payee": "producer"}]})
    };
    let (little, much) = (paid("agent", "below", "50"), paid("bank", "at_least", "900"));
    let timeline = json!([receipt("r1", "2029-01-31", "world", "4000")]);
    // Until the agent has 50, at 500, or from where the bank has 900: 225 of the first 500 and half of 1,350
    // more, at 1,850; a tenth of the 2,150 that follow.
    agrees(
        case(run(json!({"any": [little, much]})), timeline.clone()),
        json!({"by_payee": {"agent": "265", "bank": "1867.5", "producer": "1867.5"}}),
    );
    // A list is `all`, also within one; the agent has a tenth from 1,800 on, when the bank has 900, up to 50.
    for both in [json!([little, much]), json!({"all": [little, much]}), json!([[little], {"all": [much]}])] {
        agrees(
            case(run(both), timeline.clone()),
            json!({"by_payee": {"agent": "50", "bank": "1975", "producer": "1975"}}),
        );
    }
}

/// Simple interest falls due with the principal and bears none; a payment reduces the principal first. What is added
/// every 1 January bears interest itself. 2029 and 2030 have 365 days each.
#[test]
fn a_loan_is_paid_with_its_interest() {
    for (compounding, factor, lender, producer) in [
        // 1,000 + 100, then 500 × 10 % more.
        ("simple", json!("1"), "1150", "1350"),
        // 1,100 − 500 = 600, and 60.
        ("yearly", json!("1"), "1160", "1340"),
        // Twice what was lent and earned.
        ("simple", json!("2"), "2300", "200"),
    ] {
        let structure = json!({
            "contracts": [{"id": "loan"}],
            "sources": [{"id": "world", "enters": "loan"}],
            "nodes": [
                {"id": "loan", "kind": "share", "payee": "lender", "then": "net",
                 "while": {"measure": "paid_to_party_against_investment_and_interest", "of": "lender",
                    "contract": "loan", "annual_rate": "0.1", "compounding": compounding, "factor": factor,
                    "is": "below"}},
                {"id": "net", "kind": "share", "payee": "producer"}]});
        let timeline = json!([
            {"kind": "investment", "id": "i1", "date": "2029-01-01", "party": "lender", "contract": "loan", "amount": "1000"},
            receipt("r1", "2030-01-01", "world", "500"),
            receipt("r2", "2031-01-01", "world", "2000")
        ]);
        agrees(case(structure, timeline), json!({"by_payee": {"lender": lender, "producer": producer}}));
    }
}
