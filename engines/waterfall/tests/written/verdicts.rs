//! What a report says of a case that is wrong, and of one that cannot be read

use proptest::prelude::*;
use recoup_money::cases::{CaseStatus, FieldStatus};
use recoup_waterfall::{run_case, verify_case};
use serde_json::{Value, json};

use super::{case, receipt};

fn simple() -> Value {
    let structure = json!({
        "contracts": [{"id": "c", "value": "1"}],
        "expense_types": [{"id": "prints", "cap": "0"}],
        "film_costs": [{"id": "film", "cost": "1", "already_covered": "0", "pool": "p"}],
        "sources": [{"id": "world", "enters": "fee"}],
        "nodes": [
            {"id": "fee", "kind": "share", "payee": "agent", "rate": "0.2", "pools": ["p"], "then": "net",
             "while": {"measure": "paid_to_party", "of": "agent", "is": "below", "target": "150"}},
            {"id": "net", "kind": "together", "members": [{"id": "all", "kind": "share", "payee": "producer"}]}]});
    let mut case = case(
        structure,
        json!([
            {"kind": "investment", "id": "i", "date": "2028-01-01", "party": "agent", "amount": "1"},
            receipt("r1", "2029-01-31", "world", "1000")
        ]),
    );
    case["expected"] = json!({"by_payee": {"agent": "150", "producer": "850"}});
    case
}

#[test]
fn a_cent_more_than_the_tolerance_is_a_difference_and_an_unknown_name_is_missing() {
    assert_eq!(verify_case(&simple()).status, CaseStatus::Equal);
    let mut case = simple();
    case["expected"] = json!({"by_payee": {"agent": "150.02", "ghost": "1", "producer": "much"}});
    let report = verify_case(&case);
    assert_eq!((report.id.as_str(), report.status), ("worked", CaseStatus::Different));
    let field =
        |name: &str| report.fields.iter().find(|field| field.name == format!("by_payee.{name}")).unwrap();
    assert_eq!(field("agent").status, FieldStatus::Different);
    assert_eq!(field("agent").difference.as_deref(), Some("-0.02"));
    assert_eq!(field("ghost").status, FieldStatus::Missing);
    assert_eq!(field("ghost").expected.as_deref(), Some("1"));
    assert_eq!((field("producer").status, &field("producer").difference), (FieldStatus::Different, &None));
    assert_eq!(field("producer").got.as_deref(), Some("850"));

    // A payee that a receipt is not expected to pay must not be paid by it.
    case["expected"] =
        json!({"by_receipt": [{"receipt": "r1", "to_payees": {"agent": "150"}}, {"receipt": "r9"}]});
    let report = verify_case(&case);
    let of = |name: &str| report.fields.iter().find(|field| field.name == name).unwrap().status;
    assert_eq!(of("by_receipt.r1.agent"), FieldStatus::Equal);
    assert_eq!(of("by_receipt.r1.producer"), FieldStatus::Different);
    assert_eq!(of("by_receipt.r9.left_over"), FieldStatus::Missing);

    // Nothing expected is nothing proved.
    case["expected"] = json!({});
    assert_eq!(verify_case(&case).status, CaseStatus::Different);
}

/// Every change of the readable case, and the words that its refusal must have.
#[test]
fn a_construct_that_is_not_known_is_named() {
    let condition = |fields: Value| ("/structure/nodes/0/while", fields);
    let happening = |fields: Value| ("/timeline/0", fields);
    let cases = [
        ("/schema", json!("waterfall-case/2"), "`waterfall-case/2`, not `waterfall-case/1`"),
        ("/structure", json!([]), "`structure` is not an object"),
        ("/timeline", json!({}), "`timeline` is not a list"),
        ("/structure/nodes/0/kind", json!("auction"), "kind of node `auction`"),
        ("/structure/nodes/0/payee", json!(7), "`payee` is missing or not a text"),
        ("/structure/nodes/0/rate", json!("a fifth"), "`rate`: "),
        ("/structure/nodes/0/pools", json!([1]), "`pools` is not a list of texts"),
        ("/structure/nodes/0/rate_base", json!("net"), "rate base `net`"),
        ("/structure/nodes/0/unpaid", json!("sold"), "unpaid `sold`"),
        ("/structure/nodes/0/until", json!({"years": "2"}), "`years` of until"),
        ("/structure/nodes/0/floor", json!("1"), "`floor` of a share"),
        ("/structure/nodes/1/until", json!({"times_invested": "1"}), "without `rates_from`"),
        ("/structure/nodes/1/rates_from", json!("wishes"), "rates from `wishes`"),
        ("/structure/sources/0/fx", json!("1"), "`fx` of a source"),
        ("/structure/expense_types/0/cap", json!("none"), "`cap`: "),
        ("/structure/contracts/0/from", json!(2028), "`from` is not a date"),
        ("/structure/contracts/0/from", json!("2028-02-30"), "`from`: "),
        ("/structure/film_costs/0/share", json!("1"), "`share` of a film cost"),
        ("/structure/escrow", json!([]), "`escrow` of structure"),
        ("/timeline/0/kind", json!("refund"), "kind of event `refund`"),
        ("/timeline/0/fee", json!("1"), "`fee` of an investment"),
        ("/timeline/1/date", json!(null), "`date` is not a date"),
    ];
    let conditions = [
        (
            condition(json!({"measure": "mood", "of": "agent", "is": "below", "target": "1"})),
            "measure `mood`",
        ),
        (
            condition(json!({"measure": "paid_to_party", "of": "agent", "is": "above", "target": "1"})),
            "relation `above`",
        ),
        (condition(json!({"measure": "receipt_media", "is": "below", "list": []})), "relation `below`"),
        (condition(json!({"all": [], "none": []})), "`none` of a condition"),
        (condition(json!({"any": [], "none": []})), "`none` of a condition"),
        (
            condition(
                json!({"measure": "paid_to_party", "of": "agent", "is": "below", "target": {"gross": "1"}}),
            ),
            "`gross` of a target",
        ),
        (
            condition(
                json!({"measure": "paid_to_party_against_investment_and_interest", "of": "agent", "is": "below",
                "contract": "c", "annual_rate": "0.1", "compounding": "daily"}),
            ),
            "compounding `daily`",
        ),
        (
            happening(json!({"kind": "receipt", "id": "r", "source": "world", "amount": "1"})),
            "`date` is missing",
        ),
        (
            happening(json!({"kind": "event", "id": "e", "date": "2029-01-01", "event": "award"})),
            "`value` is missing",
        ),
        (
            happening(json!({"kind": "change_share", "id": "s", "date": "2029-01-01", "to": "1"})),
            "of change_share",
        ),
    ];
    let all = cases.into_iter().chain(conditions.into_iter().map(|((at, value), words)| (at, value, words)));
    for (at, value, words) in all {
        let mut case = simple();
        let (parent, key) = at.rsplit_once('/').unwrap();
        match case.pointer_mut(at) {
            Some(there) => *there = value,
            None => case.pointer_mut(parent).unwrap()[key] = value,
        }
        let report = verify_case(&case);
        assert_eq!((report.status, report.fields.len()), (CaseStatus::Error, 0), "{at}");
        let said = report.message.unwrap();
        assert!(said.contains(words), "{at}: {said}");
        assert_eq!(run_case(&case), Err(said), "{at}");
    }
}

#[test]
fn a_plan_that_does_not_hold_together_is_an_error_and_not_a_number() {
    let mut lost = simple();
    lost["structure"]["nodes"][0]["then"] = json!("nowhere");
    let mut crowded = simple();
    crowded["structure"]["nodes"][1]["rates_from"] = json!("invested");
    crowded["structure"]["nodes"][1]["members"] = json!([{"id": "g", "kind": "together", "members": []}]);
    let mut fractions = simple();
    fractions["timeline"][1]["amount"] = json!("1/1000003");
    fractions["timeline"][0]["amount"] = json!("1/999983");
    let mut silent = simple();
    silent["expected"].take();
    silent.as_object_mut().unwrap().remove("expected");
    for (case, words) in [
        (lost, "nowhere"),
        (crowded, "members that are not shares"),
        (fractions, "too many different denominators"),
        (silent, "expects nothing"),
    ] {
        let report = verify_case(&case);
        assert_eq!(report.status, CaseStatus::Error);
        assert!(report.message.as_deref().unwrap().contains(words), "{report:?}");
    }
}

proptest! {
    /// A fee, a capped position and the rest: closed formulas for every amount, in thirds and sevenths too.
    #[test]
    fn a_fee_and_a_capped_position_follow_their_formulas(
        amounts in prop::collection::vec(1i64..5_000_000, 1..6),
        (over, under) in (0i64..=7, prop::sample::select(vec![1i64, 2, 3, 5, 7])),
        cap in 1i64..5_000_000,
    ) {
        let over = over.min(under);
        let structure = json!({
            "sources": [{"id": "world", "enters": "fee"}],
            "nodes": [
                {"id": "fee", "kind": "share", "payee": "agent", "rate": format!("{over}/{under}"), "then": "bank"},
                {"id": "bank", "kind": "share", "payee": "bank", "then": "net",
                 "while": {"measure": "paid_to_party", "of": "bank", "is": "below", "target": cap.to_string()}},
                {"id": "net", "kind": "share", "payee": "producer"}]});
        let receipts: Vec<Value> = amounts
            .iter()
            .enumerate()
            .map(|(index, amount)| receipt(&format!("r{index}"), "2029-01-31", "world", &amount.to_string()))
            .collect();
        let total: i64 = amounts.iter().sum();
        // In parts of `under`, so that the formulas stay whole.
        let net = total * (under - over);
        let bank = net.min(cap * under);
        let mut case = case(structure, Value::Array(receipts));
        case["expected"] = json!({"left_over": "0", "by_payee": {
            "agent": format!("{}/{under}", total * over),
            "bank": format!("{bank}/{under}"),
            "producer": format!("{}/{under}", net - bank)}});
        let report = verify_case(&case);
        prop_assert_eq!(report.status, CaseStatus::Equal, "{:?}", report);
    }
}
