//! Rights priced per unit, conditions on counts, events in the plan, and the four comparisons.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use recoup_deal::recoupment::RecoupmentPlan;
use recoup_explain::{Book, Cells};
use recoup_money::Currency;
use recoup_waterfall::{InputNodes, Recoupment, RunInputs, recoup, recoup_recorded};
use serde_json::{Value, json};

/// Ten cents a ticket to the author, a bonus of five for each beyond 40,000, a tenth for talent once 50,000
/// have been sold.
fn plan() -> Value {
    json!({
        "sources": [{"id": "world", "enters": "author"}],
        "unit_series": [{"id": "tickets", "label": "Admissions in France", "counts": [
            {"id": "q1", "date": "2029-03-31", "count": 30_000},
            {"id": "q2", "date": "2029-06-30", "count": 25_000},
            {"id": "fix", "date": "2029-09-30", "count": -1_000}]}],
        "tiers": [
            {"id": "author", "takes": {"kind": "share", "payee": "author",
                "limit": {"kind": "per_unit", "series": "tickets", "amount": "USD 0.10"}}, "then": "bonus"},
            {"id": "bonus", "takes": {"kind": "share", "payee": "author",
                "limit": {"kind": "per_unit", "series": "tickets", "amount": "USD 0.05", "beyond": 40_000}},
                "then": "talent"},
            {"id": "talent", "takes": {"kind": "share", "payee": "talent", "rate": "0.1",
                "while": [{"measure": "counted", "series": "tickets", "is": "at_least", "target": 50_000}]},
                "then": "net"},
            {"id": "net", "takes": {"kind": "share", "payee": "producer"}}]
    })
}

fn inputs() -> RunInputs {
    let receipt =
        |id: &str, date: &str| json!({"id": id, "date": date, "source": "world", "amount": "USD 4000.00"});
    serde_json::from_value(json!({"currency": "USD", "receipts": [
        receipt("r1", "2029-03-31"), receipt("r2", "2029-06-30"), receipt("r3", "2029-09-30")]}))
    .unwrap()
}

fn read(plan: &Value) -> RecoupmentPlan {
    serde_json::from_value(plan.clone()).unwrap()
}

fn paid(result: &Recoupment, tier: &str) -> i64 {
    result.claim(tier).unwrap().paid.minor()
}

/// March: 30,000 tickets are 3,000. June: 55,000 are 5,500 less 3,000, and 15,000 beyond are 750; a tenth of the
/// other 750. September: the count goes back to 54,000, nothing is asked back, a tenth of 4,000.
#[test]
fn ten_cents_a_ticket() {
    let result = recoup(&read(&plan()), &inputs(), &[]).unwrap();
    for (tier, expected) in [("author", 550_000), ("bonus", 75_000), ("talent", 47_500), ("net", 527_500)] {
        assert_eq!(paid(&result, tier), expected, "{tier}");
    }
    assert_eq!(result.claim("author").unwrap().limit.unwrap().minor(), 540_000);
    assert_eq!(result.claim("author").unwrap().outstanding.minor(), 0);
}

#[test]
fn counts_are_never_money_of_the_plan() {
    let many = |factor: i64| {
        let mut plan = plan();
        for count in plan["unit_series"][0]["counts"].as_array_mut().unwrap() {
            count["count"] = json!(count["count"].as_i64().unwrap() * factor);
        }
        recoup(&read(&plan), &inputs(), &[]).unwrap()
    };
    for result in [many(0), many(1), many(1_000_000_000)] {
        let all: i64 = result.postings.iter().map(|posting| posting.amount.minor()).sum();
        assert_eq!(all, 1_200_000);
        assert_eq!(result.periods[0].receipts.minor(), 1_200_000);
    }
}

#[test]
fn the_book_ends_in_the_counts_and_the_price() {
    let mut book = Book::new();
    let cells = Cells::new(Currency::USD, Vec::new(), Vec::new());
    let plan = read(&plan());
    let recorded = recoup_recorded(&plan, &inputs(), &InputNodes::default(), &[], &cells, &mut book).unwrap();
    for claim in &recorded.recoupment.claims {
        assert_eq!(book.money(&format!("recoupment.claims.{}.paid", claim.tier)), Some(claim.paid));
        if claim.limit.is_some() {
            assert_eq!(book.money(&format!("recoupment.claims.{}.limit", claim.tier)), claim.limit);
        }
    }
    let again = book.recompute(&|_| None);
    for (address, node, value) in book.figures() {
        assert_eq!(book.recomputed(&again, node), Some(value), "{address}");
    }
    let rests = |address: &str, path: &str| {
        let node = book.find(address).unwrap();
        let found = book.leaves_of(node).iter().any(|leaf| leaf.path().is_some_and(|at| at.as_ref() == path));
        assert!(found, "{address} does not rest on {path}");
    };
    rests("recoupment.claims.author.paid", "recoupment.unit_series[tickets].counts[q1].count");
    rests("recoupment.claims.author.paid", "recoupment.unit_series[tickets].counts[q2].date");
    rests("recoupment.claims.author.paid", "recoupment.tiers[author].takes.limit.amount");
    rests("recoupment.claims.bonus.paid", "recoupment.tiers[bonus].takes.limit.beyond");
    rests("recoupment.claims.talent.paid", "recoupment.tiers[talent].takes.while[0].target");
}

/// An event named by the plan opens a share from its day; its cells stand under what it opened.
#[test]
fn events_of_the_plan_happen_on_their_day() {
    let mut plan = plan();
    plan["tiers"][2]["takes"]["while"] =
        json!([{"measure": "event_value", "event": "award", "is": "more_than", "target": "1"}]);
    plan["events"] = json!([
        {"id": "nominated", "date": "2029-02-01", "event": "award"},
        {"id": "won", "date": "2029-09-30", "event": "award", "value": "2"}]);
    let mut book = Book::new();
    let cells = Cells::new(Currency::USD, Vec::new(), Vec::new());
    let plan = read(&plan);
    let recorded = recoup_recorded(&plan, &inputs(), &InputNodes::default(), &[], &cells, &mut book).unwrap();
    assert_eq!(paid(&recorded.recoupment, "talent"), 40_000);
    let node = book.find("recoupment.claims.talent.paid").unwrap();
    for path in ["recoupment.events[won].value", "recoupment.events[won].date"] {
        assert!(book.leaves_of(node).iter().any(|leaf| leaf.path().is_some_and(|at| at.as_ref() == path)));
    }
}

/// The investor is owed 1,000 and gets exactly that. "Below 1,000" is over then; "up to 1,000" is not; "at least"
/// has begun, "more than" never does.
#[test]
fn the_four_comparisons_differ_where_somebody_stands_at_the_target() {
    let with = |is: &str| {
        let plan = json!({
            "sources": [{"id": "world", "enters": "investor"}],
            "tiers": [
                {"id": "investor", "takes": {"kind": "share", "payee": "fund",
                    "limit": {"kind": "amount", "amount": "USD 1000.00"}}, "then": "talent"},
                {"id": "talent", "takes": {"kind": "share", "payee": "talent", "rate": "0.5", "while": [
                    {"measure": "paid_to_party", "party": "fund", "is": is,
                        "target": {"amount": "USD 1000.00"}}]}, "then": "net"},
                {"id": "net", "takes": {"kind": "share", "payee": "producer"}}]
        });
        let result = recoup(&read(&plan), &inputs(), &[]).unwrap();
        let all: i64 = result.postings.iter().map(|posting| posting.amount.minor()).sum();
        assert_eq!(all, 1_200_000, "{is}");
        paid(&result, "talent")
    };
    assert_eq!(with("below"), 0);
    assert_eq!(with("up_to"), 550_000);
    assert_eq!(with("at_least"), 550_000);
    assert_eq!(with("more_than"), 0);
}

/// A share on its own counter stops exactly at the target under either word, and begins there under either.
#[test]
fn a_flow_stops_and_starts_at_the_target_to_the_cent_under_either_word() {
    let with = |is: &str, limited: bool| {
        let mut plan = json!({
            "sources": [{"id": "world", "enters": "own"}],
            "tiers": [
                {"id": "own", "takes": {"kind": "share", "payee": "talent", "rate": "0.5", "while": [
                    {"measure": "received", "is": is, "target": {"amount": "USD 5000.02"}}]}, "then": "net"},
                {"id": "net", "takes": {"kind": "share", "payee": "producer"}}]
        });
        if limited {
            plan["tiers"][0]["takes"]["while"][0] = json!({"measure": "paid_to_tier", "tier": "own", "is": is,
                "target": {"amount": "USD 2500.00"}});
        }
        let plan = read(&plan);
        let mut book = Book::new();
        let cells = Cells::new(Currency::USD, Vec::new(), Vec::new());
        let recorded =
            recoup_recorded(&plan, &inputs(), &InputNodes::default(), &[], &cells, &mut book).unwrap();
        let told = book.money("recoupment.claims.own.paid");
        assert_eq!(told, Some(recorded.recoupment.claim("own").unwrap().paid), "{is}");
        paid(&recorded.recoupment, "own")
    };
    assert_eq!(with("below", true), 250_000);
    assert_eq!(with("up_to", true), 250_000);
    assert_eq!(with("below", false), with("up_to", false));
    assert_eq!(with("at_least", false), with("more_than", false));
    assert_eq!(with("at_least", false) + with("below", false), 600_000);
}

/// A fee that depends on the price of the licence: the source says under which contract its receipts are paid.
#[test]
fn a_source_names_the_contract_whose_price_a_condition_looks_at() {
    let mut plan = json!({
        "sources": [{"id": "world", "enters": "fee", "contract": "licence"}],
        "contracts": [{"id": "licence", "value": "USD 90000.00"}],
        "tiers": [
            {"id": "fee", "takes": {"kind": "steps", "members": [
                {"id": "large", "takes": {"kind": "share", "payee": "agent", "rate": "0.1", "while": [
                    {"measure": "contract_value", "is": "at_least", "target": "USD 100000.00"}]}},
                {"id": "small", "takes": {"kind": "share", "payee": "agent", "rate": "0.2"}}]}, "then": "net"},
            {"id": "net", "takes": {"kind": "share", "payee": "producer"}}]
    });
    let small = recoup(&read(&plan), &inputs(), &[]).unwrap();
    assert_eq!((paid(&small, "large"), paid(&small, "small")), (0, 240_000));
    plan["amendments"] = json!([{"id": "dearer", "date": "2029-06-01",
        "change": {"kind": "contract", "contract": "licence", "value": "USD 100000.00"}}]);
    let mut book = Book::new();
    let cells = Cells::new(Currency::USD, Vec::new(), Vec::new());
    let plan = read(&plan);
    let recorded = recoup_recorded(&plan, &inputs(), &InputNodes::default(), &[], &cells, &mut book).unwrap();
    assert_eq!((paid(&recorded.recoupment, "large"), paid(&recorded.recoupment, "small")), (80_000, 80_000));
    let node = book.find("recoupment.claims.large.paid").unwrap();
    let price = "recoupment.amendments[dearer].change.value";
    assert!(book.leaves_of(node).iter().any(|leaf| leaf.path().is_some_and(|at| at.as_ref() == price)));
}
