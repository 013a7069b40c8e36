//! Hurdles that look at everything an investor has had: an internal rate of return, and a multiple.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use recoup_calendar::{Date, Frequency, Period, periods_between};
use recoup_deal::recoupment::RecoupmentPlan;
use recoup_explain::{Book, Cells};
use recoup_money::Currency;
use recoup_waterfall::{InputNodes, Recoupment, RunInputs, recoup, recoup_recorded};
use serde_json::{Value, json};

/// The investor is repaid, then has four fifths until its hurdle, then half.
fn plan(hurdle: Value) -> RecoupmentPlan {
    serde_json::from_value(json!({
        "sources": [{"id": "world", "enters": "capital"}],
        "tiers": [
            {"id": "capital", "takes": {"kind": "share", "payee": "fund",
                "limit": {"kind": "invested", "instrument": "equity"}}, "then": "first"},
            {"id": "first", "takes": {"kind": "together", "members": [
                {"id": "hurdle", "takes": {"kind": "share", "payee": "fund", "rate": "0.8", "limit": hurdle}},
                {"id": "carry", "takes": {"kind": "share", "payee": "producer", "rate": "0.2", "while": [
                    {"measure": "not_recouped", "tier": "hurdle"}]}}]}, "then": "second"},
            {"id": "second", "takes": {"kind": "together", "members": [
                {"id": "half", "takes": {"kind": "share", "payee": "fund", "rate": "0.5"}},
                {"id": "other", "takes": {"kind": "share", "payee": "producer", "rate": "0.5"}}]}}]
    }))
    .unwrap()
}

fn inputs(receipts: &[(&str, i64)]) -> RunInputs {
    let received = receipts.iter().enumerate().map(|(index, (date, units))| {
        json!({"id": format!("r{index}"), "date": date, "source": "world", "amount": format!("USD {units}.00")})
    });
    serde_json::from_value(json!({
        "currency": "USD",
        "receipts": received.collect::<Vec<_>>(),
        "drawings": [
            {"date": "2027-01-15", "instrument": "equity", "amount": "USD 60000.00"},
            {"date": "2027-09-01", "instrument": "equity", "amount": "USD 40000.00"}]
    }))
    .unwrap()
}

fn years() -> Vec<Period> {
    let day = |text: &str| text.parse::<Date>().unwrap();
    periods_between(day("2028-01-01"), day("2032-12-31"), Frequency::Year).unwrap()
}

const RECEIPTS: [(&str, i64); 4] =
    [("2028-12-31", 50_000), ("2029-11-13", 55_000), ("2030-06-30", 40_000), ("2031-03-31", 90_000)];

fn hurdle(rate: &str) -> Value {
    json!({"kind": "irr_hurdle", "instrument": "equity", "rate_annual": rate})
}

fn paid(result: &Recoupment, tier: &str) -> i64 {
    result.claim(tier).unwrap().paid.minor()
}

/// What the fund has had when the hurdle is reached is worth what it put in, compounded on the true days. That is the
/// definition of the internal rate of return, worked here with doubles.
#[test]
fn the_hurdle_opens_exactly_at_the_rate_inside_a_receipt() {
    for rate in ["0.04", "0.08", "0.105"] {
        let result = recoup(&plan(hurdle(rate)), &inputs(&RECEIPTS), &years()).unwrap();
        assert!(paid(&result, "half") > 0, "{rate}: the hurdle is passed");
        let number: f64 = rate.parse().unwrap();
        let zero: Date = "2027-01-15".parse().unwrap();
        let worth =
            |date: Date, minor: i64| minor as f64 / (1.0 + number).powf(zero.days_until(date) as f64 / 365.0);
        let drawn = worth(zero, 6_000_000) + worth("2027-09-01".parse().unwrap(), 4_000_000);
        let to_hurdle = ["capital", "hurdle"];
        let had: f64 = result
            .postings
            .iter()
            .filter(|posting| posting.tier.as_deref().is_some_and(|tier| to_hurdle.contains(&tier)))
            .map(|posting| worth(posting.date, posting.amount.minor()))
            .sum();
        assert!((had - drawn).abs() < 2.0, "{rate}: {had} against {drawn}");
        // The carry had one for every four of the hurdle, and everything is paid.
        assert!((paid(&result, "carry") * 4 - paid(&result, "hurdle")).abs() <= 4, "{rate}");
        let all: i64 = result.postings.iter().map(|posting| posting.amount.minor()).sum();
        assert_eq!(all, 23_500_000);
    }
}

/// Twice 100,000 on everything the fund has had, whatever the tier: 100,000 of capital and 100,000 of the hurdle.
#[test]
fn a_multiple_counts_every_claim_on_the_instrument() {
    let twice = json!({"kind": "multiple_hurdle", "instrument": "equity", "multiple": "2"});
    let more = [("2028-12-31", 150_000), ("2029-11-13", 155_000)];
    let result = recoup(&plan(twice), &inputs(&more), &years()).unwrap();
    assert_eq!((paid(&result, "capital"), paid(&result, "hurdle")), (10_000_000, 10_000_000));
    assert_eq!((paid(&result, "carry"), paid(&result, "half")), (2_500_000, 4_000_000));
}

/// A preferred return at an annual effective rate, on top of the capital: together they are the hurdle.
#[test]
fn capital_and_an_effective_preferred_return_are_the_same_hurdle() {
    let preferred = json!({"kind": "preferred_return", "instrument": "equity",
        "interest": {"rate_annual": "0.08", "compounding": "effective"}});
    let (one, other) = (
        recoup(&plan(hurdle("0.08")), &inputs(&RECEIPTS), &years()).unwrap(),
        recoup(&plan(preferred), &inputs(&RECEIPTS), &years()).unwrap(),
    );
    for tier in ["capital", "hurdle", "carry", "half", "other"] {
        assert!((paid(&one, tier) - paid(&other, tier)).abs() <= 1, "{tier}");
    }
}

/// Two hurdles one after the other: what was paid for the first counts for the second, and no part of the second
/// is opened before the first is reached.
#[test]
fn a_second_hurdle_counts_what_the_first_had() {
    let mut two = serde_json::to_value(plan(hurdle("0.04"))).unwrap();
    two["tiers"][2]["takes"]["members"][0]["takes"]["limit"] = hurdle("0.09");
    let two: RecoupmentPlan = serde_json::from_value(two).unwrap();
    let twice = recoup(&two, &inputs(&RECEIPTS), &years()).unwrap();
    let mut one = serde_json::to_value(plan(hurdle("0.09"))).unwrap();
    one["tiers"][1]["takes"]["members"][0]["takes"]["rate"] = json!("1");
    one["tiers"][1]["takes"]["members"].as_array_mut().unwrap().pop();
    let one: RecoupmentPlan = serde_json::from_value(one).unwrap();
    let once = recoup(&one, &inputs(&RECEIPTS), &years()).unwrap();
    // The same rate in the end, later and therefore more where the producer takes beside it.
    let had = |result: &Recoupment, tiers: &[&str]| tiers.iter().map(|tier| paid(result, tier)).sum::<i64>();
    let (two, one) = (had(&twice, &["capital", "hurdle", "half"]), had(&once, &["capital", "hurdle"]));
    assert!(paid(&twice, "half") > 0 && two > one, "{two} {one}");
    assert_eq!(twice.claim("half").unwrap().outstanding.minor(), 0);
    assert_eq!(once.claim("hurdle").unwrap().outstanding.minor(), 0);
}

#[test]
fn the_book_tells_the_hurdle_from_the_rate_and_the_days() {
    for limit in
        [hurdle("0.08"), json!({"kind": "multiple_hurdle", "instrument": "equity", "multiple": "1.3"})]
    {
        let mut book = Book::new();
        let cells = Cells::new(Currency::USD, Vec::new(), Vec::new());
        let plan = plan(limit.clone());
        let given = inputs(&RECEIPTS);
        let recorded =
            recoup_recorded(&plan, &given, &InputNodes::default(), &years(), &cells, &mut book).unwrap();
        for claim in &recorded.recoupment.claims {
            let at = |word: &str| format!("recoupment.claims.{}.{word}", claim.tier);
            assert_eq!(book.money(&at("paid")), Some(claim.paid), "{limit}: {}", claim.tier);
            assert_eq!(book.money(&at("outstanding")), Some(claim.outstanding), "{limit}: {}", claim.tier);
        }
        let again = book.recompute(&|_| None);
        for (address, node, value) in book.figures() {
            assert_eq!(book.recomputed(&again, node), Some(value), "{address}");
        }
        let node = book.find("recoupment.claims.hurdle.paid").unwrap();
        let word = if limit["kind"] == "irr_hurdle" { "rate_annual" } else { "multiple" };
        let cell = format!("recoupment.tiers[first].takes.members[hurdle].takes.limit.{word}");
        let rests = book.leaves_of(node).iter().any(|leaf| leaf.path().is_some_and(|at| at.as_ref() == cell));
        assert!(rests, "{cell}");
    }
}
