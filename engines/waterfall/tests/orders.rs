//! Orders of tiers inside another: a co-producer's own waterfall; and shares of the gross of named sources.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use proptest::prelude::*;
use recoup_deal::recoupment::RecoupmentPlan;
use recoup_explain::{Book, Cells};
use recoup_money::Currency;
use recoup_waterfall::{InputNodes, Recoupment, RunInputs, WaterfallError, recoup, recoup_recorded};
use serde_json::{Value, json};

/// A fee; two fifths to the co-producer's own order (its bank, then itself up to 3,000, then the common pot); the rest
/// to the producer's bank and the pot, which the two share.
fn plan() -> Value {
    json!({
        "sources": [{"id": "world", "enters": "fee"}],
        "tiers": [
            {"id": "fee", "takes": {"kind": "share", "payee": "agent", "rate": "0.1"}, "then": "part"},
            {"id": "part", "takes": {"kind": "enters", "into": "their-bank", "rate": "0.4",
                "limit": {"kind": "amount", "amount": "USD 9000.00"}}, "then": "bank"},
            {"id": "bank", "takes": {"kind": "share", "payee": "bank",
                "limit": {"kind": "amount", "amount": "USD 5000.00"}}, "then": "pot"},
            {"id": "their-bank", "takes": {"kind": "share", "payee": "foreign-bank",
                "limit": {"kind": "amount", "amount": "USD 2000.00"}}, "then": "co"},
            {"id": "co", "takes": {"kind": "share", "payee": "co-producer",
                "limit": {"kind": "amount", "amount": "USD 3000.00"}}, "then": "pot"},
            {"id": "pot", "takes": {"kind": "together", "members": [
                {"id": "ours", "takes": {"kind": "share", "payee": "producer", "rate": "0.6"}},
                {"id": "theirs", "takes": {"kind": "share", "payee": "co-producer", "rate": "0.4"}}]}}]
    })
}

fn inputs(amounts: &[i64]) -> RunInputs {
    let receipts = amounts.iter().enumerate().map(|(index, minor)| {
        json!({"id": format!("r{index}"), "date": format!("2029-{:02}-28", index + 1), "source": "world",
            "amount": format!("USD {}.{:02}", minor / 100, minor % 100)})
    });
    serde_json::from_value(json!({"currency": "USD", "receipts": receipts.collect::<Vec<_>>()})).unwrap()
}

fn read(plan: &Value) -> RecoupmentPlan {
    serde_json::from_value(plan.clone()).unwrap()
}

fn paid(result: &Recoupment, tier: &str) -> i64 {
    result.claim(tier).unwrap().paid.minor()
}

/// 10,000: 1,000 of fee, 3,600 into the co-producer's order, 5,400 on. 20,000 more: 2,000 of fee; the part takes
/// 5,400 until its 9,000 are full (13,500 of the 18,000 at two fifths), then everything goes on.
#[test]
fn a_part_walks_the_co_producers_own_order() {
    let plan = read(&plan());
    let first = recoup(&plan, &inputs(&[1_000_000]), &[]).unwrap();
    for (tier, expected) in [
        ("fee", 100_000),
        ("their-bank", 200_000),
        ("co", 160_000),
        ("bank", 500_000),
        ("ours", 24_000),
        ("theirs", 16_000),
    ] {
        assert_eq!(paid(&first, tier), expected, "{tier}");
    }
    assert!(first.claim("part").is_none(), "what walks on is nobody's claim");
    let both = recoup(&plan, &inputs(&[1_000_000, 2_000_000]), &[]).unwrap();
    for (tier, expected) in [
        ("fee", 300_000),
        ("their-bank", 200_000),
        ("co", 300_000),
        ("bank", 500_000),
        // 9,000 − 5,000 from their order and 27,000 − 9,000 − 5,000 from ours.
        ("ours", 1_020_000),
        ("theirs", 680_000),
    ] {
        assert_eq!(paid(&both, tier), expected, "{tier}");
    }
}

#[test]
fn what_the_inner_order_leaves_reaches_the_end_or_the_residual_party() {
    let mut open = plan();
    open["tiers"][4].as_object_mut().unwrap().remove("then");
    let result = recoup(&read(&open), &inputs(&[2_000_000]), &[]).unwrap();
    assert_eq!(result.left_over.minor(), 220_000);
    open["residual"] = json!("producer");
    let result = recoup(&read(&open), &inputs(&[2_000_000]), &[]).unwrap();
    assert_eq!(result.left_over.minor(), 0);
    let all: i64 = result.postings.iter().map(|posting| posting.amount.minor()).sum();
    assert_eq!(all, 2_000_000);
}

#[test]
fn a_circle_through_an_inner_order_is_named_in_order() {
    let mut round = plan();
    round["tiers"][4]["then"] = json!("fee");
    match recoup(&read(&round), &inputs(&[100]), &[]).unwrap_err() {
        WaterfallError::Cycle { tiers } => {
            assert_eq!(tiers, ["fee", "part", "their-bank", "co", "fee"]);
        }
        other => panic!("{other}"),
    }
    let mut inside = plan();
    inside["tiers"][5]["takes"]["members"][1]["takes"] =
        json!({"kind": "enters", "into": "co", "rate": "0.4"});
    assert!(matches!(
        recoup(&read(&inside), &inputs(&[100]), &[]).unwrap_err(),
        WaterfallError::Cycle { .. }
    ));
}

fn told(plan: &RecoupmentPlan, inputs: &RunInputs) -> Recoupment {
    let mut book = Book::new();
    let cells = Cells::new(Currency::USD, Vec::new(), Vec::new());
    let recorded = recoup_recorded(plan, inputs, &InputNodes::default(), &[], &cells, &mut book).unwrap();
    for claim in &recorded.recoupment.claims {
        let at = |word: &str| format!("recoupment.claims.{}.{word}", claim.tier);
        assert_eq!(book.money(&at("paid")), Some(claim.paid), "{}", claim.tier);
        assert_eq!(book.money(&at("outstanding")), Some(claim.outstanding), "{}", claim.tier);
    }
    let again = book.recompute(&|_| None);
    for (address, node, value) in book.figures() {
        assert_eq!(book.recomputed(&again, node), Some(value), "{address}");
    }
    recorded.recoupment
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Money through inner orders is conserved to the cent, and the book tells the same as the run.
    #[test]
    fn inner_orders_conserve_money(
        amounts in prop::collection::vec(0i64..2_000_000, 1..6),
        rate in 0i64..=10,
        member in any::<bool>(),
    ) {
        let mut shaped = plan();
        shaped["tiers"][1]["takes"]["rate"] = json!(format!("{rate}/10"));
        if member {
            let part = shaped["tiers"][1]["takes"].clone();
            shaped["tiers"][1]["takes"] = json!({"kind": "steps", "members": [
                {"id": "inner", "takes": part},
                {"id": "else", "takes": {"kind": "share", "payee": "agent", "rate": "1/7"}}]});
        }
        let given = inputs(&amounts);
        let result = told(&read(&shaped), &given);
        let all: i64 = result.postings.iter().map(|posting| posting.amount.minor()).sum();
        prop_assert_eq!(all, amounts.iter().sum::<i64>());
        for claim in &result.claims {
            if let Some(limit) = claim.limit {
                prop_assert!(claim.paid.minor() <= limit.minor() + 1, "{}", claim.tier);
            }
        }
    }
}

/// The author earns a twentieth of what France brings, out of what is left below the loan; French receipts never
/// come down there themselves.
fn author(unpaid: &str) -> Value {
    json!({
        "sources": [{"id": "fr", "enters": "french"}, {"id": "row", "enters": "loan"}],
        "tiers": [
            {"id": "french", "takes": {"kind": "share", "payee": "bank"}},
            {"id": "loan", "takes": {"kind": "share", "payee": "bank", "rate": "0.9"}, "then": "author"},
            {"id": "author", "takes": {"kind": "share", "payee": "author", "rate": "0.05",
                "rate_base": "gross_of_receipt", "gross_of": ["fr"], "unpaid": unpaid}, "then": "net"},
            {"id": "net", "takes": {"kind": "share", "payee": "producer"}}]
    })
}

#[test]
fn a_share_of_the_gross_of_named_sources_is_paid_out_of_what_reaches_it() {
    let receipts = |list: &[(&str, &str, &str)]| -> RunInputs {
        let receipts = list.iter().enumerate().map(|(index, (date, source, amount))| {
            json!({"id": format!("r{index}"), "date": date, "source": source, "amount": amount})
        });
        serde_json::from_value(json!({"currency": "USD", "receipts": receipts.collect::<Vec<_>>()})).unwrap()
    };
    let given = receipts(&[
        ("2029-01-31", "fr", "USD 10000.00"),
        ("2029-02-28", "row", "USD 3000.00"),
        ("2029-03-31", "row", "USD 5000.00"),
        ("2029-04-30", "fr", "USD 2000.00"),
    ]);
    // 500 earned in January: 300 reach the tier in February, 200 of the 500 in March; 100 are owed since April.
    let carried = told(&read(&author("carries_forward")), &given);
    assert_eq!((paid(&carried, "author"), paid(&carried, "net")), (50_000, 30_000));
    let lapsed = told(&read(&author("lapses")), &given);
    assert_eq!((paid(&lapsed, "author"), paid(&lapsed, "net")), (0, 80_000));
    let mut every = author("carries_forward");
    every["tiers"][2]["takes"].as_object_mut().unwrap().remove("gross_of");
    let every = told(&read(&every), &given);
    // A twentieth of the 8,000 that come down to the tier.
    assert_eq!(paid(&every, "author"), 40_000);
    let mut wrong = author("lapses");
    wrong["tiers"][2]["takes"].as_object_mut().unwrap().remove("rate_base");
    assert!(matches!(recoup(&read(&wrong), &given, &[]).unwrap_err(), WaterfallError::Meaningless { .. }));
}
