//! An agreement that changes: every kind of amendment from its day on, and nothing before it.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use proptest::prelude::*;
use recoup_calendar::{Date, Frequency, Period, periods_between};
use recoup_deal::recoupment::RecoupmentPlan;
use recoup_explain::{Book, Cells, NodeId};
use recoup_money::Currency;
use recoup_waterfall::{
    InputNodes, Recoupment, RunInputs, WaterfallError, breakeven_ladder, recoup, recoup_recorded,
};
use serde_json::{Value, json};

/// Ten thousand in March and in June, from one source; 4,000 invested on the first of January.
fn inputs() -> RunInputs {
    serde_json::from_value(json!({
        "currency": "USD",
        "receipts": [
            {"id": "r1", "date": "2029-03-31", "source": "world", "amount": "USD 10000.00"},
            {"id": "r2", "date": "2029-06-30", "source": "world", "amount": "USD 10000.00"}],
        "drawings": [{"date": "2029-01-01", "instrument": "equity", "amount": "USD 4000.00"}]
    }))
    .unwrap()
}

fn plan() -> Value {
    json!({
        "sources": [{"id": "world", "enters": "fee"}],
        "contracts": [{"id": "agency", "to": "2029-12-31"}],
        "expense_types": [{"id": "selling", "cap": "USD 500.00", "declared": [
            {"id": "market", "date": "2029-01-01", "amount": "USD 2000.00"}]}],
        "tiers": [
            {"id": "fee", "takes": {"kind": "share", "payee": "agent", "rate": "0.2", "contract": "agency"},
                "then": "costs"},
            {"id": "costs", "takes": {"kind": "share", "payee": "agent",
                "limit": {"kind": "expenses", "of": "selling"}}, "then": "deferral"},
            {"id": "deferral", "takes": {"kind": "share", "payee": "director", "rate": "0.1",
                "limit": {"kind": "amount", "amount": "USD 600.00"}}, "then": "equity"},
            {"id": "equity", "takes": {"kind": "share", "payee": "fund", "rate": "0.5",
                "limit": {"kind": "invested", "instrument": "equity"}}, "then": "net"},
            {"id": "net", "takes": {"kind": "share", "payee": "producer"}}]
    })
}

fn amended(change: Value) -> RecoupmentPlan {
    let mut plan = plan();
    plan["amendments"] = json!([{"id": "first", "date": "2029-06-01", "label": "First amendment",
        "clause": "A.1", "change": change}]);
    serde_json::from_value(plan).unwrap()
}

fn quarters() -> Vec<Period> {
    let day = |text: &str| text.parse::<Date>().unwrap();
    periods_between(day("2029-01-01"), day("2029-12-31"), Frequency::Quarter).unwrap()
}

fn run(plan: &RecoupmentPlan) -> Recoupment {
    recoup(plan, &inputs(), &quarters()).unwrap()
}

fn paid(result: &Recoupment, tier: &str) -> i64 {
    result.claim(tier).unwrap().paid.minor()
}

/// As agreed: fee 2,000 twice; costs 500 once; the deferral a tenth of 7,500 stops at 600; equity half of 6,900
/// is 3,450, then the missing 550; the rest is net.
#[test]
fn the_agreement_without_amendment() {
    let plan: RecoupmentPlan = serde_json::from_value(plan()).unwrap();
    let result = run(&plan);
    for (tier, expected) in
        [("fee", 400_000), ("costs", 50_000), ("deferral", 60_000), ("equity", 400_000), ("net", 1_090_000)]
    {
        assert_eq!(paid(&result, tier), expected, "{tier}");
    }
}

/// Each kind from the first of June: the June receipt alone feels it.
#[test]
fn every_kind_of_amendment_moves_what_comes_after_it() {
    let changes = [
        (json!({"kind": "rate", "tier": "fee", "rate": "0.1"}), "fee", 300_000),
        (json!({"kind": "contract", "contract": "agency", "to": "2029-06-29"}), "fee", 200_000),
        // A second 600 is owed under 1,200: a tenth of 8,000 is 800.
        (json!({"kind": "limit", "tier": "deferral", "amount": "USD 1200.00"}), "deferral", 120_000),
        // Had already 600: nothing is paid back.
        (json!({"kind": "limit", "tier": "deferral", "amount": "USD 100.00"}), "deferral", 60_000),
        // One and a half times 4,000: 3,450 in March, the other 2,550 of half of 8,000 in June.
        (json!({"kind": "limit", "tier": "equity", "factor": "1.5"}), "equity", 600_000),
        (json!({"kind": "expense_cap", "expense_type": "selling", "cap": "USD 1500.00"}), "costs", 150_000),
        (json!({"kind": "payee", "tier": "equity", "payee": "buyer"}), "equity", 400_000),
    ];
    for (change, tier, expected) in changes {
        let plan = amended(change.clone());
        let result = run(&plan);
        assert_eq!(paid(&result, tier), expected, "{change}");
        let written: RecoupmentPlan = serde_json::from_value(serde_json::to_value(&plan).unwrap()).unwrap();
        assert_eq!(written, plan, "{change} reads back as it was written");
        let before = run(&serde_json::from_value(self::plan()).unwrap());
        let march = |result: &Recoupment| {
            let of_march = result.postings.iter().filter(|posting| posting.period == 0);
            of_march.cloned().collect::<Vec<_>>()
        };
        assert_eq!(march(&result), march(&before), "{change}");
    }
}

/// A premium, a rate of interest and an amount per unit are amended in their own words.
#[test]
fn limits_are_amended_in_the_terms_they_are_written_in() {
    let with = |limit: Value, change: Value| {
        let mut plan = plan();
        plan["tiers"][3]["takes"]["limit"] = limit;
        plan["tiers"][3]["takes"]["rate"] = json!("1");
        plan["unit_series"] = json!([{"id": "tickets", "counts": [
            {"id": "may", "date": "2029-05-31", "count": 30_000}]}]);
        plan["amendments"] = json!([{"id": "a", "date": "2029-06-01", "change": change}]);
        let plan: RecoupmentPlan = serde_json::from_value(plan).unwrap();
        paid(&run(&plan), "equity")
    };
    let premium = json!({"kind": "premium", "instrument": "equity", "rate": "0.1"});
    assert_eq!(with(premium, json!({"kind": "limit", "tier": "equity", "rate": "0.25"})), 100_000);
    // 4,000 repaid on 31 March with 89 days at 10 %: 97.53; nothing bears interest afterwards.
    let loan = json!({"kind": "principal_and_interest", "instrument": "equity",
        "interest": {"rate_annual": "0.1"}});
    assert_eq!(with(loan.clone(), json!({"kind": "limit", "tier": "equity", "rate": "0.2"})), 409_753);
    assert_eq!(with(loan, json!({"kind": "limit", "tier": "equity", "factor": "1.5"})), 614_630);
    let unit = json!({"kind": "per_unit", "series": "tickets", "amount": "USD 0.10"});
    assert_eq!(with(unit, json!({"kind": "limit", "tier": "equity", "amount": "USD 0.15"})), 450_000);
}

/// Interest runs at the old rate to the day of the amendment and at the new one from it: 151 days at 10 % and 29
/// at 20 % of 4,000 are 165.48 and 63.56.
#[test]
fn a_new_rate_of_interest_runs_from_its_day() {
    let mut plan = plan();
    plan["tiers"][3]["takes"]["limit"] =
        json!({"kind": "principal_and_interest", "instrument": "equity", "interest": {"rate_annual": "0.1"}});
    plan["amendments"] = json!([{"id": "a", "date": "2029-06-01",
        "change": {"kind": "limit", "tier": "equity", "rate": "0.2"}}]);
    let plan: RecoupmentPlan = serde_json::from_value(plan).unwrap();
    let mut late = inputs();
    late.receipts.remove(0);
    let result = recoup(&plan, &late, &quarters()).unwrap();
    // Half of 10,000 less 2,000 of fee, 500 of costs and 600 of deferral is 3,450: the limit is seen in the claim.
    let claim = result.claim("equity").unwrap();
    assert_eq!(claim.paid.minor() + claim.outstanding.minor(), claim.limit.unwrap().minor());
    let mut june = quarters();
    june.truncate(2);
    let at_june = recoup(&plan, &late, &june).unwrap();
    assert_eq!(at_june.claim("equity").unwrap().limit.unwrap().minor(), 400_000 + 16_548 + 6_356);
}

/// The fund had 3,450 before it sold; the buyer is owed the missing 550 and is paid it.
#[test]
fn a_bought_out_share_leaves_its_past_with_the_seller() {
    let result = run(&amended(json!({"kind": "payee", "tier": "equity", "payee": "buyer"})));
    let (fund, buyer) = (result.statement("fund").unwrap(), result.statement("buyer").unwrap());
    assert_eq!((fund.cumulative.minor(), fund.outstanding.minor()), (345_000, 0));
    assert_eq!((buyer.cumulative.minor(), buyer.outstanding.minor()), (55_000, 0));
    assert_eq!(fund.lines[0].entitlement, None);
    assert_eq!(buyer.lines[0].entitlement.unwrap().minor(), 400_000);
    assert_eq!(result.claim("equity").unwrap().payee.as_deref(), Some("buyer"));
    let of = |party: &str| {
        let own = result.postings.iter().filter(|posting| posting.payee.as_deref() == Some(party));
        own.map(|posting| posting.amount.minor()).sum::<i64>()
    };
    assert_eq!((of("fund"), of("buyer")), (345_000, 55_000));
}

#[test]
fn an_amendment_of_what_is_not_there_is_refused_by_name() {
    let refused = [
        json!({"kind": "rate", "tier": "gone", "rate": "0.1"}),
        json!({"kind": "contract", "contract": "gone", "to": "2029-06-29"}),
        json!({"kind": "limit", "tier": "gone", "amount": "USD 1.00"}),
        json!({"kind": "payee", "tier": "gone", "payee": "buyer"}),
        json!({"kind": "expense_cap", "expense_type": "gone", "cap": "USD 1.00"}),
    ];
    for change in refused {
        let error = recoup(&amended(change.clone()), &inputs(), &[]).unwrap_err();
        assert!(matches!(error, WaterfallError::UnknownReference { .. }), "{change}: {error}");
        assert!(error.to_string().contains("recoupment.amendments[first].change"), "{error}");
    }
    for change in [
        json!({"kind": "limit", "tier": "net", "amount": "USD 1.00"}),
        json!({"kind": "limit", "tier": "deferral", "factor": "2"}),
        json!({"kind": "limit", "tier": "equity", "amount": "USD 1.00"}),
        json!({"kind": "limit", "tier": "equity"}),
    ] {
        let error = recoup(&amended(change.clone()), &inputs(), &[]).unwrap_err();
        assert!(matches!(error, WaterfallError::Meaningless { .. }), "{change}: {error}");
    }
    let foreign = json!({"kind": "limit", "tier": "deferral", "amount": "EUR 1.00"});
    assert!(matches!(
        recoup(&amended(foreign), &inputs(), &[]).unwrap_err(),
        WaterfallError::Currency { .. }
    ));
}

fn recorded(plan: &RecoupmentPlan) -> (Recoupment, Book) {
    let mut book = Book::new();
    let cells = Cells::new(Currency::USD, Vec::new(), Vec::new());
    let recorded =
        recoup_recorded(plan, &inputs(), &InputNodes::default(), &quarters(), &cells, &mut book).unwrap();
    (recorded.recoupment, book)
}

fn rests_on(book: &Book, node: NodeId, path: &str) -> bool {
    book.leaves_of(node).iter().any(|leaf| leaf.path().is_some_and(|at| at.as_ref() == path))
}

/// The cell of an amendment and its day stand under what is paid after it, and under nothing before it.
#[test]
fn the_book_tells_an_amendment_where_it_counts() {
    let changes = [
        (json!({"kind": "rate", "tier": "fee", "rate": "0.1"}), "fee", Some("change.rate")),
        (json!({"kind": "contract", "contract": "agency", "to": "2029-07-29"}), "fee", Some("change.to")),
        (
            json!({"kind": "limit", "tier": "deferral", "amount": "USD 1200.00"}),
            "deferral",
            Some("change.amount"),
        ),
        (json!({"kind": "limit", "tier": "equity", "factor": "1.5"}), "equity", Some("change.factor")),
        (
            json!({"kind": "expense_cap", "expense_type": "selling", "cap": "USD 1500.00"}),
            "costs",
            Some("change.cap"),
        ),
    ];
    for (change, tier, cell) in changes {
        let (run, book) = recorded(&amended(change.clone()));
        for claim in &run.claims {
            let address = format!("recoupment.claims.{}.paid", claim.tier);
            assert_eq!(book.money(&address), Some(claim.paid), "{change}: {address}");
        }
        let again = book.recompute(&|_| None);
        for (address, node, value) in book.figures() {
            assert_eq!(book.recomputed(&again, node), Some(value), "{change}: {address}");
        }
        let of = |month: &str| book.find(&format!("recoupment.claims.{tier}.paid[{month}]")).unwrap();
        for word in cell.into_iter().chain(["date"]) {
            let path = format!("recoupment.amendments[first].{word}");
            assert!(!rests_on(&book, of("2029-03"), &path), "{change}: March rests on {path}");
            assert!(rests_on(&book, of("2029-06"), &path), "{change}: June does not rest on {path}");
        }
    }
}

#[test]
fn the_book_tells_who_held_a_share_when_it_paid() {
    let (run, book) = recorded(&amended(json!({"kind": "payee", "tier": "equity", "payee": "buyer"})));
    for party in ["fund", "buyer", "producer"] {
        let statement = run.statement(party).unwrap();
        assert_eq!(book.money(&format!("recoupment.{party}.paid")), Some(statement.cumulative));
        assert_eq!(book.money(&format!("recoupment.{party}.outstanding")), Some(statement.outstanding));
    }
    let day = "recoupment.amendments[first].date";
    let of = |address: &str| book.find(address).unwrap();
    assert!(!rests_on(&book, of("recoupment.fund.paid[2029-03]"), day));
    assert!(rests_on(&book, of("recoupment.buyer.paid[2029-06]"), day));
    assert!(rests_on(&book, of("recoupment.fund.paid"), day));
}

#[test]
fn the_ladder_stands_on_the_amended_terms() {
    let of = |plan: &RecoupmentPlan| {
        let ladder = breakeven_ladder(plan, &inputs()).unwrap();
        ladder.into_iter().find(|rung| rung.tier.as_ref() == "deferral").unwrap().receipts.unwrap()
    };
    let agreed: RecoupmentPlan = serde_json::from_value(plan()).unwrap();
    let more = amended(json!({"kind": "limit", "tier": "deferral", "amount": "USD 1200.00"}));
    assert!(of(&more).minor() > of(&agreed).minor());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Whatever is amended, nothing that was paid before its day moves by a cent, and all that is received is
    /// paid or left over.
    #[test]
    fn an_amendment_never_touches_what_was_paid_before_it(
        day in 0u32..12,
        kind in 0usize..6,
        tenths in 0i64..=10,
        amount in 0i64..500_000,
        receipts in prop::collection::vec(0i64..900_000, 12),
    ) {
        let rate = format!("{}/10", tenths);
        let month = |index: u32| format!("2029-{:02}-15", index + 1);
        let change = match kind {
            0 => json!({"kind": "rate", "tier": "fee", "rate": rate}),
            1 => json!({"kind": "contract", "contract": "agency", "to": month(tenths as u32)}),
            2 => json!({"kind": "limit", "tier": "deferral",
                "amount": format!("USD {}.{:02}", amount / 100, amount % 100)}),
            3 => json!({"kind": "limit", "tier": "equity", "factor": rate}),
            4 => json!({"kind": "payee", "tier": "equity", "payee": "buyer"}),
            _ => json!({"kind": "expense_cap", "expense_type": "selling",
                "cap": format!("USD {}.{:02}", amount / 100, amount % 100)}),
        };
        let mut given = inputs();
        given.receipts.clear();
        for (index, minor) in receipts.iter().enumerate() {
            let receipt = json!({"id": format!("r{index}"), "date": month(index as u32), "source": "world",
                "amount": format!("USD {}.{:02}", minor / 100, minor % 100)});
            given.receipts.push(serde_json::from_value(receipt).unwrap());
        }
        let agreed: RecoupmentPlan = serde_json::from_value(plan()).unwrap();
        let mut later = plan();
        later["amendments"] = json!([{"id": "a", "date": month(day), "change": change}]);
        let later: RecoupmentPlan = serde_json::from_value(later).unwrap();
        let from: Date = month(day).parse().unwrap();
        let past = |plan: &RecoupmentPlan| {
            let result = recoup(plan, &given, &quarters()).unwrap();
            let before = result.postings.iter().filter(|posting| posting.date < from);
            let before: Vec<_> = before.cloned().collect();
            let all: i64 = result.postings.iter().map(|posting| posting.amount.minor()).sum();
            (before, all)
        };
        let (agreed, amended) = (past(&agreed), past(&later));
        prop_assert_eq!(agreed.0, amended.0);
        prop_assert_eq!(amended.1, receipts.iter().sum::<i64>());
    }
}
