//! What currencies cost that a deal does not price, as the European Central Bank published it.

use std::collections::BTreeMap;
use std::str::FromStr;

use recoup_calendar::Date;
use recoup_deal::{Deal, FxQuote};
use recoup_money::Currency;
use rust_decimal::Decimal;
use serde::Deserialize;

use crate::{AppError, ErrorCode};

const FILE: &str = include_str!("reference_rates.toml");

/// Digits of a rate that is divided out of two published ones.
const CROSS_DIGITS: u32 = 8;

/// What one euro costs on a day.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ReferenceRates {
    pub(crate) day: Date,
    pub(crate) source: String,
    pub(crate) address: String,
    euro: BTreeMap<String, Decimal>,
}

impl ReferenceRates {
    pub(crate) fn embedded() -> Result<Self, AppError> {
        toml::from_str(FILE).map_err(|reason| AppError::new(ErrorCode::Internal, reason.to_string()))
    }

    fn of_euro(&self, currency: Currency) -> Option<Decimal> {
        if currency.code() == "EUR" { Some(Decimal::ONE) } else { self.euro.get(currency.code()).copied() }
    }

    /// Units of `quote` for one of `base`.
    fn rate(&self, base: Currency, quote: Currency) -> Option<Decimal> {
        let (base, quote) = (self.of_euro(base)?, self.of_euro(quote)?);
        let rate = quote.checked_div(base)?.round_dp(CROSS_DIGITS).normalize();
        (rate > Decimal::ZERO).then_some(rate)
    }

    /// The ground of a rate: the published numbers it comes from.
    pub(crate) fn ground(&self, base: Currency, quote: Currency) -> String {
        let published = |currency: Currency| {
            self.of_euro(currency)
                .filter(|_| currency.code() != "EUR")
                .map(|rate| format!("EUR 1 = {} {rate}", currency.code()))
        };
        let numbers: Vec<String> = [published(base), published(quote)].into_iter().flatten().collect();
        format!("{}, {}: {}", self.source, self.day, numbers.join(", "))
    }

    /// The deal with a rate for each of these currencies that it has none for. Says which were added.
    pub(crate) fn priced(
        &self,
        deal: &Deal,
        currencies: impl IntoIterator<Item = Currency>,
    ) -> (Deal, Vec<FxQuote>) {
        let mut added: Vec<FxQuote> = Vec::new();
        for quote in currencies {
            // Amounts meet at a rate of their own pair; one by way of a third currency does not count.
            let pair = [deal.currency, quote];
            let has = |one: &FxQuote| pair.contains(&one.base) && pair.contains(&one.quote);
            let known = deal.fx.iter().chain(&added).any(has);
            let Some(rate) = self.rate(deal.currency, quote).filter(|_| !known && quote != deal.currency)
            else {
                continue;
            };
            added.push(FxQuote {
                id: format!("{REFERENCE}{}", quote.code().to_lowercase()),
                base: deal.currency,
                quote,
                rate,
                date: Some(self.day),
                uncertainty: None,
                hedged_share: None,
                source: Some(self.ground(deal.currency, quote)),
            });
        }
        let mut priced = deal.clone();
        priced.fx.extend(added.iter().cloned());
        (priced, added)
    }
}

/// How the ids of rates begin that no deal typed.
const REFERENCE: &str = "reference-";

/// The currency of a reference rate's cell.
pub(crate) fn of_cell(path: &str) -> Option<Currency> {
    let code = path.strip_prefix("fx[")?.strip_prefix(REFERENCE)?.strip_suffix("].rate")?;
    Currency::from_str(&code.to_uppercase()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn currency(code: &str) -> Currency {
        Currency::from_str(code).unwrap()
    }

    #[test]
    fn a_rate_of_two_currencies_is_the_quotient_of_their_euro_rates() {
        let rates = ReferenceRates::embedded().unwrap();
        let direct = rates.rate(currency("EUR"), currency("AUD")).unwrap();
        assert_eq!(direct, rates.euro["AUD"]);
        let cross = rates.rate(currency("USD"), currency("AUD")).unwrap();
        assert!((cross * rates.euro["USD"] - rates.euro["AUD"]).abs() < Decimal::new(1, 6));
        assert_eq!(rates.rate(currency("USD"), currency("XTS")), None);
    }

    #[test]
    fn a_rate_of_the_deal_stands_before_the_published_one() {
        let text = include_str!("../../../examples/dragons-quest.deal.json");
        let deal = recoup_deal::read_deal(text).unwrap();
        let wanted = ["CAD", "AUD", "USD", "AUD"].map(currency);
        let (priced, added) = ReferenceRates::embedded().unwrap().priced(&deal, wanted);
        let [aud] = added.as_slice() else { panic!("{added:?}") };
        assert_eq!((aud.base.code(), aud.quote.code()), ("USD", "AUD"));
        assert_eq!(priced.fx.len(), deal.fx.len() + 1);
        assert_eq!(
            priced.rate(currency("USD"), currency("CAD")),
            deal.rate(currency("USD"), currency("CAD"))
        );
        assert_eq!(of_cell("fx[reference-aud].rate"), Some(currency("AUD")));
        assert_eq!(of_cell("fx[usd-cad].rate"), None);
    }
}
