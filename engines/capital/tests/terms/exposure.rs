//! What is at stake in other currencies.

use proptest::prelude::*;
use recoup_explain::{Book, Quantity};
use recoup_money::Currency;
use serde_json::{Value, json};

use super::{document, minor, rests_on, run};

/// 0.80 euro to the dollar, give or take 5 %, a quarter hedged. A line of EUR 80,000, and one of USD 100,000 of which
/// 60 % are spent in Ireland; a licence of EUR 40,000 with a tenth withheld, paid on delivery.
fn abroad() -> Value {
    let licence = json!({"id": "licence", "name": "L", "amount": {"fixed": "EUR 40000.00"},
        "terms": {"kind": "broadcaster_licence", "withholding": "0.10"}});
    let mut document = document(json!([licence]));
    document["fx"] = json!([{"id": "usd-eur", "base": "USD", "quote": "EUR", "rate": "0.80", "uncertainty": "0.05",
        "hedged_share": "0.25"}]);
    document["budget"]["lines"] = json!([
        {"id": "studio", "account": "animation", "label": "Studio", "amount": "EUR 80000.00", "phase": "production"},
        {"id": "post", "account": "animation", "label": "Post", "amount": "USD 100000.00", "phase": "production",
         "curve": "first_month", "spend": [{"id": "IE", "jurisdiction": "IE", "share": "0.6"},
            {"id": "US", "jurisdiction": "US-CA", "share": "0.4"}]}]);
    document
}

#[test]
fn what_comes_in_goes_out_and_is_left_open() {
    let (book, capital) = run(abroad());
    let eur = |word: &str| minor(&book, &format!("exposure.EUR.{word}"));
    assert_eq!(eur("out"), 8_000_000 + 4_800_000, "80,000 typed, and 60,000 dollars at 0.80");
    assert_eq!(eur("in"), 3_600_000);
    assert_eq!(eur("net"), -9_200_000);
    assert_eq!((eur("hedged"), eur("open")), (-2_300_000, -6_900_000));
    assert_eq!(eur("at_risk"), 431_250, "69,000 euro are 86,250 dollars, of which 5 %");
    assert_eq!(eur("out[2027-01]"), 800_000 + 4_800_000);
    assert_eq!(eur("net[2027-11]"), 3_600_000);
    let [exposure] = capital.exposure.as_slice() else { panic!("one currency") };
    assert_eq!((exposure.currency, exposure.months.len()), (Currency::EUR, 11));
    for path in [
        "fx[usd-eur].uncertainty",
        "fx[usd-eur].hedged_share",
        "budget.lines[post].spend[IE].share",
        "instruments[licence].terms.withholding",
    ] {
        assert!(rests_on(&book, "exposure.EUR.at_risk", path), "{path}");
    }
}

#[test]
fn an_uncertainty_that_nobody_typed_leaves_the_risk_open() {
    let mut deal = abroad();
    deal["fx"][0].as_object_mut().unwrap().remove("uncertainty");
    let (book, _) = run(deal);
    let risk = book.at("exposure.EUR.at_risk").and_then(Quantity::absence).expect("unknown");
    assert_eq!(risk.missing_cell(), Some("fx[usd-eur].uncertainty"));
    assert_eq!(minor(&book, "exposure.EUR.net"), -9_200_000);
}

#[test]
fn a_deal_in_one_currency_has_nothing_at_stake() {
    let (book, capital) = run(document(json!([])));
    assert!(capital.exposure.is_empty());
    assert!(book.figures().all(|(address, _, _)| !address.starts_with("exposure.")));
    let mut unpriced = abroad();
    unpriced["fx"] = json!([]);
    unpriced["budget"]["lines"].as_array_mut().unwrap().remove(0);
    unpriced["instruments"] = json!([]);
    assert!(run(unpriced).1.exposure.is_empty(), "a place whose money the deal does not price");
}

#[test]
fn money_that_is_called_and_its_cost_move_where_they_are_paid() {
    let mut deal = abroad();
    deal["instruments"] = json!([{"id": "fund", "name": "F", "terms": {"kind": "equity"}, "amount": {"fixed": "EUR 160000.00"},
        "fees": [{"id": "f", "kind": "legal", "amount": {"fixed": "EUR 8000.00"}}]}]);
    let (book, _) = run(deal);
    // All of it is called: 200,000 dollars of budget and 10,000 of fee are more than the fund's 200,000.
    assert_eq!(minor(&book, "exposure.EUR.in"), 16_000_000);
    assert_eq!(minor(&book, "exposure.EUR.out"), 12_800_000 + 800_000);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// The months add up, the net is split into hedged and open, and what is at risk grows with what is open.
    #[test]
    fn exposure_adds_up(rate in 20u32..300, hedged in 0u32..=100, uncertainty in 1u32..50, share in 0u32..=100) {
        let mut deal = abroad();
        let hundredths = |number: u32| format!("{}.{:02}", number / 100, number % 100);
        deal["fx"][0]["rate"] = json!(hundredths(rate));
        deal["fx"][0]["hedged_share"] = json!(hundredths(hedged));
        deal["fx"][0]["uncertainty"] = json!(hundredths(uncertainty));
        deal["budget"]["lines"][1]["spend"][0]["share"] = json!(hundredths(share));
        let (book, capital) = run(deal);
        let amount = |book: &Book, node| book.value(node).as_money().unwrap().minor();
        let one = &capital.exposure[0];
        let sum = |of: fn(&recoup_capital::ExposureMonth) -> recoup_explain::NodeId| -> i64 {
            one.months.iter().map(|month| amount(&book, of(month))).sum()
        };
        prop_assert_eq!(sum(|month| month.incoming), amount(&book, one.incoming));
        prop_assert_eq!(sum(|month| month.outgoing), amount(&book, one.outgoing));
        prop_assert_eq!(sum(|month| month.net), amount(&book, one.net));
        prop_assert_eq!(amount(&book, one.hedged) + amount(&book, one.open), amount(&book, one.net));
        prop_assert_eq!(amount(&book, one.at_risk) == 0, hedged == 100);
        let dollars = amount(&book, one.open).abs() * 100 / i64::from(rate);
        prop_assert!((amount(&book, one.at_risk) - dollars * i64::from(uncertainty) / 100).abs() <= 2);
    }
}
