//! What instruments usually cost: the market's values with where they were read, and a person's own.

use recoup_scenarios::MarketTerms;
use rust_decimal::Decimal;

use crate::{
    AppError, ErrorCode,
    wire::{MarketTerm, OwnTerm},
};

fn market() -> Result<MarketTerms, AppError> {
    MarketTerms::embedded().map_err(|reason| AppError::new(ErrorCode::Internal, reason.to_string()))
}

/// The terms with what this person takes for usual.
pub(crate) fn terms(own: &[OwnTerm]) -> Result<Vec<MarketTerm>, AppError> {
    let market = market()?;
    let reviewed = market.reviewed.to_string();
    let shown = |term: &recoup_scenarios::MarketTerm| {
        let name = term.name();
        let usual = own.iter().find(|own| own.term == name).map(|own| own.usual.clone());
        MarketTerm {
            term: name,
            instrument: term.instrument.clone(),
            measure: term.measure.clone(),
            low: term.low.to_string(),
            usual: usual.unwrap_or_else(|| term.usual.to_string()),
            market: term.usual.to_string(),
            high: term.high.to_string(),
            confidence: term.confidence.clone(),
            source: term.source.clone(),
            reviewed: reviewed.clone(),
        }
    };
    Ok(market.settable().iter().map(shown).collect())
}

/// A person's own values, checked: a known term each once, a fraction from 0 to 1. What equals the market's
/// value is no value of one's own.
pub(crate) fn checked(own: Vec<OwnTerm>) -> Result<Vec<OwnTerm>, AppError> {
    let market = market()?;
    let market = market.settable();
    let mut kept: Vec<OwnTerm> = Vec::new();
    for (at, own) in own.into_iter().enumerate() {
        let refused = |field: &str, given: &str, message: &str| {
            AppError::new(ErrorCode::InvalidRequest, message)
                .with("path", format!("terms[{at}].{field}"))
                .with("given", given)
        };
        let Some(term) = market.iter().find(|term| term.name() == own.term) else {
            let names: Vec<String> = market.iter().map(recoup_scenarios::MarketTerm::name).collect();
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
        if term.usual != value {
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
