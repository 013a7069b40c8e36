//! What instruments usually cost: the market's values with where they were read, and a person's own.

use std::str::FromStr;

use rust_decimal::Decimal;
use serde::Deserialize;

use crate::{
    AppError, ErrorCode,
    wire::{MarketTerm, OwnTerm},
};

const FILE: &str = include_str!("../../../engines/scenarios/src/price/market.toml");

/// The file of the market's terms.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Market {
    reviewed: String,
    term: Vec<Term>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Term {
    instrument: String,
    measure: String,
    low: String,
    usual: String,
    high: String,
    confidence: String,
    source: String,
}

impl Term {
    fn name(&self) -> String {
        format!("{}.{}", self.instrument, self.measure)
    }
}

fn market() -> Result<Market, AppError> {
    toml::from_str(FILE).map_err(|reason| AppError::new(ErrorCode::Internal, reason.to_string()))
}

/// The terms with what this person takes for usual.
pub(crate) fn terms(own: &[OwnTerm]) -> Result<Vec<MarketTerm>, AppError> {
    let Market { reviewed, term } = market()?;
    let shown = |term: Term| {
        let name = term.name();
        let usual = own.iter().find(|own| own.term == name).map_or(&term.usual, |own| &own.usual).clone();
        MarketTerm {
            term: name,
            instrument: term.instrument,
            measure: term.measure,
            low: term.low,
            usual,
            market: term.usual,
            high: term.high,
            confidence: term.confidence,
            source: term.source,
            reviewed: reviewed.clone(),
        }
    };
    Ok(term.into_iter().map(shown).collect())
}

/// A person's own values, checked: a known term each once, a fraction from 0 to 1. What equals the market's
/// value is no value of one's own.
pub(crate) fn checked(own: Vec<OwnTerm>) -> Result<Vec<OwnTerm>, AppError> {
    let market = market()?.term;
    let mut kept: Vec<OwnTerm> = Vec::new();
    for (at, own) in own.into_iter().enumerate() {
        let refused = |field: &str, given: &str, message: &str| {
            AppError::new(ErrorCode::InvalidRequest, message)
                .with("path", format!("terms[{at}].{field}"))
                .with("given", given)
        };
        let Some(term) = market.iter().find(|term| term.name() == own.term) else {
            let names: Vec<String> = market.iter().map(Term::name).collect();
            return Err(
                refused("term", &own.term, "There is no such term.").with("allowed", names.join(", "))
            );
        };
        if kept.iter().any(|kept| kept.term == own.term) {
            return Err(refused("term", &own.term, "This term is given twice."));
        }
        let outside = "A usual value is a fraction from 0 to 1, such as 0.13 for 13 %.";
        let value = Decimal::from_str_exact(own.usual.trim())
            .ok()
            .filter(|value| (Decimal::ZERO..=Decimal::ONE).contains(value))
            .ok_or_else(|| refused("usual", &own.usual, outside).with("min", 0).with("max", 1))?;
        if Decimal::from_str(&term.usual) != Ok(value) {
            kept.push(OwnTerm { term: own.term, usual: value.normalize().to_string() });
        }
    }
    Ok(kept)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_market_is_ordered_supported_and_speaks_of_instruments_there_are() {
        let terms = terms(&[]).unwrap();
        let schema = recoup_deal::deal_schema().to_string();
        for term in &terms {
            let [low, usual, high] =
                [&term.low, &term.usual, &term.high].map(|text| Decimal::from_str_exact(text).unwrap());
            assert!(low <= usual && usual <= high, "{}", term.term);
            assert!(schema.contains(&format!("\"{}\"", term.instrument)), "{}", term.term);
            assert!(["rate", "fee"].contains(&term.measure.as_str()), "{}", term.term);
            let is_estimate = term.confidence == "low";
            assert!(["high", "medium", "low"].contains(&term.confidence.as_str()), "{}", term.term);
            assert_eq!(term.source.is_empty(), is_estimate, "{}", term.term);
        }
    }
}
