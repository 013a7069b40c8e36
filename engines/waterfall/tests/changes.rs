//! What happens on the way: expenses declared late, awards, amendments, reserves; and what is refused.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use proptest::prelude::*;
use recoup_calendar::{Date, Frequency, Period, periods_between};
use recoup_deal::findings::said;
use recoup_deal::recoupment::RecoupmentPlan;
use recoup_deal::{Language, Phrase};
use recoup_explain::{Book, Cells, Leaf, Quantity};
use recoup_money::{Currency, Money};
use recoup_waterfall::{
    InputNodes, Recoupment, RunInputs, WaterfallError, breakeven_ladder, recoup, recoup_recorded,
};
use serde_json::{Value, json};

fn plan() -> Value {
    json!({
        "sources": [{"id": "world", "enters": "fee"}],
        "contracts": [{"id": "licence", "to": "2029-12-31"}],
        "expense_types": [{"id": "selling", "cap": "USD 1000.00", "declared": [
            {"id": "market", "date": "2029-01-01", "amount": "USD 400.00"}]}],
        "tiers": [
            {"id": "fee", "takes": {"kind": "share", "payee": "agent", "rate": "0.2"}, "then": "costs"},
            {"id": "costs", "takes": {"kind": "share", "payee": "agent", "limit": {"kind": "expenses", "of": "selling"}},
                "then": "talent"},
            {"id": "talent", "takes": {"kind": "share", "payee": "talent", "rate": "0.1",
                "while": [{"measure": "event_value", "event": "award", "is": "at_least", "target": "1"}]}, "then": "net"},
            {"id": "net", "takes": {"kind": "share", "payee": "producer"}}]
    })
}

fn inputs() -> Value {
    json!({
        "currency": "USD",
        "receipts": [
            {"id": "r1", "date": "2029-03-31", "source": "world", "amount": "USD 10000.00"},
            {"id": "r2", "date": "2029-06-30", "source": "world", "amount": "USD 10000.00"}],
        "expenses": [
            {"date": "2029-04-01", "kind": "selling", "amount": "USD 800.00", "counts_to_cap": true},
            {"date": "2029-04-01", "kind": "selling", "amount": "USD 300.00", "counts_to_cap": false}],
        "events": [{"date": "2029-05-01", "event": "award", "value": "1"}],
        "amendments": [{"date": "2029-06-01", "change": {"kind": "rate", "tier": "fee", "rate": "0.1"}}]
    })
}

fn run(plan: &Value, inputs: &Value, schedule: &[Period]) -> Result<Recoupment, WaterfallError> {
    let plan: RecoupmentPlan = serde_json::from_value(plan.clone()).unwrap();
    let inputs: RunInputs = serde_json::from_value(inputs.clone()).unwrap();
    recoup(&plan, &inputs, schedule)
}

fn paid(result: &Recoupment, tier: &str) -> i64 {
    result.claim(tier).unwrap().paid.minor()
}

/// Before June: 2,000 of fee, the 400 declared so far, no award. After: 1,000 of fee; min(1,200, 1,000) + 300 less
/// the 400 are 900; a tenth of 8,100 for the award.
#[test]
fn an_amended_fee_late_expenses_and_an_award() {
    let result = run(&plan(), &inputs(), &[]).unwrap();
    for (tier, expected) in [("fee", 300_000), ("costs", 130_000), ("talent", 81_000), ("net", 1_489_000)] {
        assert_eq!(paid(&result, tier), expected, "{tier}");
    }
}

#[test]
fn the_book_names_the_amendment_and_every_declared_expense() {
    let document: RecoupmentPlan = serde_json::from_value(plan()).unwrap();
    let given: RunInputs = serde_json::from_value(inputs()).unwrap();
    let mut book = Book::new();
    let cells = Cells::new(Currency::USD, Vec::new(), Vec::new());
    let recorded =
        recoup_recorded(&document, &given, &InputNodes::default(), &[], &cells, &mut book).unwrap();
    for claim in &recorded.recoupment.claims {
        assert_eq!(book.money(&format!("recoupment.claims.{}.paid", claim.tier)), Some(claim.paid));
    }
    let again = book.recompute(&|_| None);
    for (address, node, value) in book.figures() {
        assert_eq!(book.recomputed(&again, node), Some(value), "{address}");
    }
    let rests_on = |tier: &str, part: &str| {
        let node = book.find(&format!("recoupment.claims.{tier}.paid")).unwrap();
        book.leaves_of(node).iter().any(|leaf| match leaf {
            Leaf::Assumption { path, source } => path.contains(part) || source.contains(part),
            other => other.path().is_some_and(|path| path.contains(part)),
        })
    };
    assert!(rests_on("fee", "an amendment of the agreement"));
    assert!(rests_on("costs", "recoupment.expense_types[selling].declared[market].amount"));
    assert!(rests_on("costs", "recoupment.expense_types[selling].cap"));
    // A cap of 900 instead: 100 less of costs, a tenth of it to the talent, and nothing moves above them.
    let lowered = book.recompute(&|leaf| {
        let cap = leaf.path().is_some_and(|path| path.as_ref() == "recoupment.expense_types[selling].cap");
        cap.then(|| Money::new(90_000, Currency::USD).into())
    });
    for (tier, expected) in [("fee", 300_000), ("costs", 120_000), ("talent", 82_000), ("net", 1_498_000)] {
        let node = book.find(&format!("recoupment.claims.{tier}.paid")).unwrap();
        let now = book.recomputed(&lowered, node).and_then(Quantity::as_money).unwrap();
        assert_eq!(now.minor(), expected, "{tier}");
    }
}

#[test]
fn a_licence_that_is_prolonged_pays_on() {
    let mut plan = plan();
    plan["tiers"][3]["takes"]["contract"] = json!("licence");
    plan["residual"] = json!("studio");
    let mut inputs = inputs();
    inputs["receipts"][1]["date"] = json!("2030-06-30");
    let net = |inputs: &Value| paid(&run(&plan, inputs, &[]).unwrap(), "net");
    // Only the first receipt falls into the licence as it was agreed; later both do.
    assert_eq!(net(&inputs), 760_000);
    inputs["amendments"].as_array_mut().unwrap().push(
        json!({"date": "2030-01-01", "change": {"kind": "contract", "contract": "licence", "to": "2030-12-31"}}),
    );
    assert_eq!(net(&inputs), 1_489_000);
}

/// A tenth of 10,000 is held up to 500, twelve months long, and then paid to the producer.
#[test]
fn a_reserve_is_held_up_to_its_cap_and_given_back() {
    let mut plan = plan();
    plan["tiers"][2]["takes"] = json!({"kind": "reserve", "rate": "0.1", "cap": "USD 500.00", "release_months": 12,
        "release_to": "net"});
    let day = |text: &str| text.parse::<Date>().unwrap();
    let years = periods_between(day("2029-01-01"), day("2030-12-31"), Frequency::Year).unwrap();
    let result = run(&plan, &inputs(), &years).unwrap();
    assert_eq!(paid(&result, "net"), 1_570_000);
    let held: Vec<i64> = result.periods.iter().map(|period| period.held.minor()).collect();
    assert_eq!(held, [50_000, 0]);
    assert!(result.held.is_zero());
}

/// Each place changed, what is refused, and the same refusal as both languages say it.
#[test]
fn a_run_that_cannot_proceed_says_where_and_why() {
    let day = |text: &str| text.parse::<Date>().unwrap();
    let quarters = periods_between(day("2029-01-01"), day("2029-03-31"), Frequency::Quarter).unwrap();
    let mut over = plan();
    over["tiers"][3]["takes"] = json!({"kind": "together", "members": [
        {"id": "a", "takes": {"kind": "share", "payee": "a", "rate": "0.6"}},
        {"id": "b", "takes": {"kind": "share", "payee": "b", "rate": "0.6"}}]});
    let changed = |at: &str, value: Value| {
        let mut inputs = inputs();
        *inputs.pointer_mut(at).unwrap() = value;
        inputs
    };
    let drawn = |amount: &str| {
        let mut inputs = inputs();
        inputs["drawings"] = json!([{"date": "2028-01-01", "instrument": "loan", "amount": amount}]);
        inputs
    };
    let mut lent = plan();
    lent["tiers"][2]["takes"] =
        json!({"kind": "share", "payee": "bank", "limit": {"kind": "invested", "instrument": "loan"}});
    for (plan, inputs, schedule, words, french) in [
        (
            plan(),
            changed("/receipts/0/amount", json!("EUR 1.00")),
            &[][..],
            "is in EUR, the run is in USD",
            "est en EUR, le calcul en USD",
        ),
        (plan(), changed("/receipts/0/source", json!("mars")), &[], "comes from `mars`", "vient de `mars`"),
        (
            plan(),
            changed("/expenses/0/kind", json!("gifts")),
            &[],
            "the expense type `gifts`",
            "le type de frais `gifts`",
        ),
        (plan(), changed("/expenses/0/amount", json!("EUR 8.00")), &[], "is in EUR", "est en EUR"),
        (plan(), inputs(), &quarters, "`r2` of 2029-06-30 is later", "est postérieure à la dernière période"),
        (over, inputs(), &[], "the members of `net` take more", "les membres de `net` prennent plus"),
        (lent, drawn("EUR 1.00"), &[], "is in EUR", "est en EUR"),
    ] {
        let error = run(&plan, &inputs, schedule).unwrap_err();
        assert!(error.to_string().contains(words), "{error}");
        let phrase = Phrase::from(&error);
        let (english, in_french) = (said(&phrase, Language::English), said(&phrase, Language::French));
        assert_ne!(english, phrase.code, "{error}");
        assert!(in_french.contains(french), "{in_french}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// Behind a fee of f, a claim is paid out when (1 − f) × receipts reach all that stands up to it.
    #[test]
    fn breakeven_follows_its_formula(first in 1i64..50_000_000, second in 1i64..50_000_000, percent in 0i64..100) {
        let limit = |minor: i64| json!({"kind": "amount", "amount": Money::new(minor, Currency::USD).to_string()});
        let plan: RecoupmentPlan = serde_json::from_value(json!({
            "sources": [{"id": "world", "enters": "fee"}],
            "tiers": [
                {"id": "fee", "takes": {"kind": "share", "payee": "agent", "rate": format!("{percent}/100")}, "then": "bank"},
                {"id": "bank", "takes": {"kind": "share", "payee": "bank", "limit": limit(first)}, "then": "fund"},
                {"id": "fund", "takes": {"kind": "share", "payee": "fund", "limit": limit(second)}, "then": "net"},
                {"id": "net", "takes": {"kind": "share", "payee": "producer"}}]})).unwrap();
        let at = |minor: i64| {
            let mut inputs = RunInputs::new(Currency::USD);
            inputs.receipts = serde_json::from_value(json!([{"id": "r", "date": "2029-01-31", "source": "world",
                "amount": Money::new(minor, Currency::USD).to_string()}])).unwrap();
            inputs
        };
        let forecast = 10_000_000;
        let ladder = breakeven_ladder(&plan, &at(forecast)).unwrap();
        for (rung, owed) in ladder.iter().zip([first, first + second]) {
            let least = (owed * 100 + 99 - percent) / (100 - percent);
            match rung.receipts {
                // To the minor unit: what is owed below half a cent is paid with the rest.
                Some(found) => prop_assert!((found.minor() - least).abs() <= 100 / (100 - percent) + 1, "{} {least}", found),
                None => prop_assert!(least > forecast * 1_000, "{least}"),
            }
            if let Some(found) = rung.receipts {
                let outstanding = |minor| {
                    recoup(&plan, &at(minor), &[]).unwrap().claim(&rung.tier).unwrap().outstanding.minor()
                };
                prop_assert_eq!(outstanding(found.minor()), 0);
                prop_assert!(outstanding(found.minor() - 100 / (100 - percent) - 2) > 0);
            }
        }
    }
}
