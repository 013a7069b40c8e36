//! How shares stand beside each other and how much of a receipt they may ask for

use serde_json::json;

use super::{agrees, case, receipt};

#[test]
fn a_share_of_a_group_steps_up_when_enough_has_passed() {
    let structure = json!({
        "sources": [{"id": "world", "enters": "net"}],
        "nodes": [
            {"id": "net", "kind": "together", "base_rate": "1/2", "then": "producer", "members": [
                {"id": "author", "kind": "steps", "members": [
                    {"id": "low", "kind": "share", "payee": "author", "rate": "0.1",
                     "while": {"measure": "passed_node", "of": "net", "is": "below", "target": "500"}},
                    {"id": "high", "kind": "share", "payee": "author", "rate": "0.2"}]}]},
            {"id": "producer", "kind": "share", "payee": "producer"}]});
    // Half of what arrives is the base: 10 % of 500, then 20 % of 1,000.
    agrees(
        case(structure, json!([receipt("r1", "2029-01-31", "world", "3000")])),
        json!({"by_payee": {"author": "250", "producer": "2750"},
            "by_node": {"low": {"paid": "50"}, "high": {"paid": "200"}}}),
    );
}

#[test]
fn what_a_group_promises_beyond_the_whole_is_somebody_s_loss() {
    let structure = json!({
        "sources": [{"id": "world", "enters": "group"}],
        "nodes": [{"id": "group", "kind": "together", "shortfall_borne_by": "producer", "members": [
            {"id": "a", "kind": "share", "payee": "agent", "rate": "0.6"},
            {"id": "b", "kind": "share", "payee": "bank", "rate": "0.6"}]}]});
    agrees(
        case(structure, json!([receipt("r1", "2029-01-31", "world", "1000")])),
        json!({"by_payee": {"agent": "600", "bank": "600"}, "left_over": "-200", "shortfall": {"producer": "200"}}),
    );
}

#[test]
fn investors_share_by_what_they_put_in_until_each_has_its_multiple() {
    for (contract_a, contract_b) in [(None, None), (Some("class-a"), Some("class-b"))] {
        let mut a = json!({"id": "a", "kind": "share", "payee": "fund"});
        let mut b = json!({"id": "b", "kind": "share", "payee": "angel"});
        let mut contracts = Vec::new();
        for (share, contract) in [(&mut a, contract_a), (&mut b, contract_b)] {
            if let Some(contract) = contract {
                share["contract"] = json!(contract);
                contracts.push(json!({"id": contract}));
            }
        }
        let invest = |party: &str, contract: Option<&str>, amount: &str| {
            let mut made = json!({"kind": "investment", "id": party, "date": "2028-01-01", "party": party, "amount": amount});
            if let Some(contract) = contract {
                made["contract"] = json!(contract);
            }
            made
        };
        let structure = json!({
            "contracts": contracts,
            "sources": [{"id": "world", "enters": "equity"}],
            "nodes": [
                {"id": "equity", "kind": "together", "rates_from": "invested", "until": {"times_invested": "1.2"},
                 "then": "net", "members": [a, b]},
                {"id": "net", "kind": "share", "payee": "producer"}]});
        let timeline = json!([
            invest("fund", contract_a, "3000"),
            invest("angel", contract_b, "1000"),
            receipt("r1", "2029-01-31", "world", "2000"),
            receipt("r2", "2029-02-28", "world", "4000")
        ]);
        // 3 : 1, up to 3,600 and 1,200; then the producer.
        agrees(
            case(structure, timeline),
            json!({"by_payee": {"fund": "3600", "angel": "1200", "producer": "1200"},
                "by_receipt": [{"receipt": "r1", "to_payees": {"fund": "1500", "angel": "500"}}]}),
        );
    }
}

#[test]
fn a_single_investor_stops_at_its_multiple() {
    let structure = json!({
        "sources": [{"id": "world", "enters": "equity"}],
        "nodes": [
            {"id": "equity", "kind": "share", "payee": "fund", "until": {"times_invested": "5/4"}, "then": "net"},
            {"id": "net", "kind": "share", "payee": "producer", "rate": "1/3"}]});
    let timeline = json!([
        {"kind": "investment", "id": "i1", "date": "2028-01-01", "party": "fund", "amount": "800"},
        receipt("r1", "2029-01-31", "world", "1100")
    ]);
    // A third of the last 100; what nobody is promised is left over.
    agrees(
        case(structure, timeline),
        json!({"by_payee": {"fund": "1000", "producer": "33.333333"}, "left_over": "66.666667"}),
    );
}

#[test]
fn a_share_of_the_gross_is_paid_out_of_what_reaches_it() {
    for (unpaid, talent, producer) in [("lapses", "150", "900"), ("carries_forward", "200", "850")] {
        let structure = json!({
            "sources": [{"id": "world", "enters": "bank"}],
            "nodes": [
                {"id": "bank", "kind": "share", "payee": "bank", "then": "talent",
                 "while": {"measure": "paid_to_party", "of": "bank", "is": "below", "target": "950"}},
                {"id": "talent", "kind": "share", "payee": "talent", "rate": "0.1",
                 "rate_base": "gross_of_receipt", "unpaid": unpaid, "then": "net"},
                {"id": "net", "kind": "share", "payee": "producer", "rate_base": "arriving"}]});
        let timeline = json!([
            receipt("r1", "2029-01-31", "world", "1000"),
            receipt("r2", "2029-02-28", "world", "1000")
        ]);
        // Of the first 1,000 only 50 reach the talent, who is promised 100.
        agrees(
            case(structure, timeline),
            json!({"by_payee": {"bank": "950", "talent": talent, "producer": producer}}),
        );
    }
}
