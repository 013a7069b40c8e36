//! What a loan on a credit usually costs is told in two places, by the engine and by the file of market terms:
//! they say the same.
#![allow(clippy::unwrap_used, clippy::panic)]

use recoup_incentives::UsualLoan;
use rust_decimal::Decimal;

const MARKET: &str = include_str!("../../scenarios/src/price/market.toml");

fn term(measure: &str) -> toml::Table {
    let market: toml::Table = MARKET.parse().unwrap();
    let terms = market["term"].as_array().unwrap().iter().filter_map(toml::Value::as_table);
    let is_asked = |term: &&toml::Table| {
        term["instrument"].as_str() == Some("credit_loan") && term["measure"].as_str() == Some(measure)
    };
    let found: Vec<toml::Table> = terms.filter(is_asked).cloned().collect();
    assert_eq!(found.len(), 1, "{measure}");
    found[0].clone()
}

fn number(term: &toml::Table, name: &str) -> Decimal {
    term[name].as_str().unwrap().parse().unwrap()
}

fn percent(term: &toml::Table, name: &str) -> String {
    (number(term, name) * Decimal::ONE_HUNDRED).normalize().to_string()
}

#[test]
fn the_usual_loan_is_that_of_the_market_terms() {
    let usual = UsualLoan::market();
    let (rate, fee) = (term("rate"), term("fee"));
    assert_eq!(usual.rate, number(&rate, "usual"));
    assert_eq!(usual.rate_source, rate["source"].as_str().unwrap());
    assert_eq!(usual.fee, number(&fee, "usual"));
    // An estimate names its range, as the file has it, and no source.
    assert_eq!(fee["source"].as_str(), Some(""));
    let range = format!("{} to {} %", percent(&fee, "low"), percent(&fee, "high"));
    assert!(usual.fee_source.contains(&range), "{range}: {}", usual.fee_source);
}
