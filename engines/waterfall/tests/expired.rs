//! Shares outside their contracts: what they would have had, who had it, and that it is said.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use proptest::prelude::*;
use recoup_calendar::{Date, Frequency, Period, periods_between};
use recoup_deal::findings::{render, unsaid};
use recoup_deal::recoupment::RecoupmentPlan;
use recoup_deal::{Language, Severity};
use recoup_explain::{Book, Cells};
use recoup_money::Currency;
use recoup_waterfall::{InputNodes, Lapsed, Recoupment, RunInputs, expiry_findings, recoup, recoup_recorded};
use serde_json::{Value, json};

/// An agent's fifth until the end of 2029, a corridor to a sales company from March 2030, a loan of 5,000, and the
/// producer.
fn plan() -> Value {
    json!({
        "sources": [{"id": "world", "enters": "agent"}],
        "contracts": [
            {"id": "agency", "from": "2029-01-01", "to": "2029-12-31"},
            {"id": "sales", "from": "2030-03-01"}],
        "tiers": [
            {"id": "agent", "label": "Agent's fee", "takes": {"kind": "share", "payee": "agent", "rate": "0.2",
                "contract": "agency"}, "then": "seller"},
            {"id": "seller", "takes": {"kind": "share", "payee": "seller", "rate": "0.1", "contract": "sales"},
                "then": "loan"},
            {"id": "loan", "takes": {"kind": "share", "payee": "bank",
                "limit": {"kind": "amount", "amount": "USD 5000.00"}}, "then": "net"},
            {"id": "net", "takes": {"kind": "share", "payee": "producer"}}]
    })
}

fn inputs() -> RunInputs {
    let receipt =
        |id: &str, date: &str| json!({"id": id, "date": date, "source": "world", "amount": "USD 3000.00"});
    serde_json::from_value(json!({"currency": "USD", "receipts": [
        receipt("r1", "2029-12-31"), receipt("r2", "2030-01-31"), receipt("r3", "2030-06-30")]}))
    .unwrap()
}

fn halves() -> Vec<Period> {
    let day = |text: &str| text.parse::<Date>().unwrap();
    periods_between(day("2029-07-01"), day("2030-12-31"), Frequency::HalfYear).unwrap()
}

fn read(plan: &Value) -> RecoupmentPlan {
    serde_json::from_value(plan.clone()).unwrap()
}

fn of<'r>(result: &'r Recoupment, tier: &str, receipt: &str) -> &'r Lapsed {
    let found = |one: &&Lapsed| one.tier.as_ref() == tier && one.receipt.as_ref() == receipt;
    result.lapsed.iter().find(found).unwrap()
}

fn instead(lapsed: &Lapsed) -> Vec<(&str, i64)> {
    let who = |one: &recoup_waterfall::Instead| one.amount.minor();
    lapsed.instead.iter().map(|one| (one.payee.as_deref().unwrap_or("nobody"), who(one))).collect()
}

/// The last day is included. Of January's 3,000 the bank took its last 2,600; with 600 to the agent it would have taken
/// 2,400, and the producer nothing. In June the agent's 600 went to the seller and the producer.
#[test]
fn a_lapsed_share_is_told_with_who_had_it_instead() {
    let result = recoup(&read(&plan()), &inputs(), &halves()).unwrap();
    assert!(result.lapsed.iter().all(|one| !(one.tier.as_ref() == "agent" && one.receipt.as_ref() == "r1")));
    let january = of(&result, "agent", "r2");
    assert_eq!((january.would_have.minor(), january.period), (60_000, 1));
    assert_eq!(january.ended, Some("2029-12-31".parse().unwrap()));
    // The bank had 2,400 in December and 2,600 of January's 3,000; alive, it would have had 2,400 of 2,400.
    assert_eq!(instead(january), [("bank", 20_000), ("producer", 40_000)]);
    let seller = of(&result, "seller", "r2");
    assert_eq!(seller.begins, Some("2030-03-01".parse().unwrap()));
    assert_eq!((seller.would_have.minor(), instead(seller)), (30_000, vec![("producer", 30_000)]));
    let june = of(&result, "agent", "r3");
    assert_eq!(instead(june), [("seller", 6_000), ("producer", 54_000)]);
}

#[test]
fn it_is_said_per_share_with_the_amount_and_the_days() {
    let plan = read(&plan());
    let result = recoup(&plan, &inputs(), &halves()).unwrap();
    let findings = expiry_findings(&plan, &result);
    let codes: Vec<(&str, &str)> =
        findings.iter().map(|one| (one.code.as_str(), one.path.as_str())).collect();
    assert_eq!(
        codes,
        [
            ("CONTRACT_EXPIRED", "recoupment.tiers[agent].takes.contract"),
            ("CONTRACT_EXPIRED", "recoupment.tiers[seller].takes.contract"),
        ]
    );
    for finding in &findings {
        assert_eq!(finding.severity, Severity::Question);
        assert_eq!(unsaid(finding), []);
    }
    let said = render(&findings[0], Language::English).message;
    assert!(said.contains("USD 1,200") && said.contains("Agent's fee"), "{said}");
}

#[test]
fn a_contract_that_will_end_is_a_note_until_money_comes_too_late() {
    let plan = read(&plan());
    let mut early = inputs();
    early.receipts.truncate(1);
    let result = recoup(&plan, &early, &halves()).unwrap();
    let findings = expiry_findings(&plan, &result);
    let agent = findings.iter().find(|one| one.path.contains("[agent]")).unwrap();
    assert_eq!((agent.code.as_str(), agent.severity), ("CONTRACT_ENDS", Severity::Note));
    assert_eq!(unsaid(agent), []);
    let mut amended = self::plan();
    amended["amendments"] = json!([{"id": "longer", "date": "2029-11-01",
        "change": {"kind": "contract", "contract": "agency", "to": "2031-12-31"}}]);
    let amended = read(&amended);
    let result = recoup(&amended, &inputs(), &halves()).unwrap();
    assert!(expiry_findings(&amended, &result).iter().all(|one| !one.path.contains("[agent]")));
}

#[test]
fn the_book_tells_what_lapsed_and_what_it_rests_on() {
    let mut book = Book::new();
    let cells = Cells::new(Currency::USD, Vec::new(), Vec::new());
    recoup_recorded(&read(&plan()), &inputs(), &InputNodes::default(), &halves(), &cells, &mut book).unwrap();
    assert_eq!(book.money("recoupment.lapsed.agent").unwrap().minor(), 120_000);
    let node = book.find("recoupment.lapsed.agent").unwrap();
    for path in ["recoupment.contracts[agency].to", "recoupment.tiers[agent].takes.rate"] {
        let leaves = book.leaves_of(node);
        assert!(leaves.iter().any(|leaf| leaf.path().is_some_and(|at| at.as_ref() == path)), "{path}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// What others had instead adds up to what the share would have had; and what it would have had is what it has
    /// in a plan whose contract is alive on that receipt alone.
    #[test]
    fn instead_adds_up_and_agrees_with_a_plan_that_is_alive(
        amounts in prop::collection::vec(1i64..900_000, 3),
        rate in 0i64..=10,
        limit in 1i64..900_000,
    ) {
        let mut plan = plan();
        plan["tiers"][0]["takes"]["rate"] = json!(format!("{rate}/10"));
        plan["tiers"][2]["takes"]["limit"]["amount"] = json!(format!("USD {}.{:02}", limit / 100, limit % 100));
        let mut given = inputs();
        for (receipt, minor) in given.receipts.iter_mut().zip(&amounts) {
            receipt.amount = recoup_money::Money::new(*minor, Currency::USD);
        }
        let result = recoup(&read(&plan), &given, &halves()).unwrap();
        for one in &result.lapsed {
            let parts: i64 = one.instead.iter().map(|part| part.amount.minor()).sum();
            prop_assert_eq!(parts, one.would_have.minor());
        }
        // January is the first receipt after the contract: a contract that ends with it has exactly that much.
        plan["contracts"][0]["to"] = json!("2030-01-31");
        let alive = recoup(&read(&plan), &given, &halves()).unwrap();
        let had: i64 = alive
            .postings
            .iter()
            .filter(|posting| posting.receipt.as_ref() == "r2" && posting.tier.as_deref() == Some("agent"))
            .map(|posting| posting.amount.minor())
            .sum();
        let would = result.lapsed.iter().find(|one| one.tier.as_ref() == "agent" && one.receipt.as_ref() == "r2");
        let would = would.map_or(0, |one| one.would_have.minor());
        prop_assert!((would - had).abs() <= 1, "{} {}", would, had);
    }
}
