//! What a person has chosen. Kept in their database while it is open, else in memory; what is refused leaves
//! everything as it was.

use std::str::FromStr;

use recoup_calendar::Date;
use recoup_money::Currency;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_json::{Value, json};

use crate::{
    App, AppError, ErrorCode, market_terms,
    shelf::{Place, Shelf},
    wire::{ChangeSettings, ExchangeRate, OwnTerm, SettingsView, ViewSettings},
};

const THEMES: [&str; 4] = ["system", "light", "dark", "contrast"];
const TEXT_SIZES: [&str; 3] = ["normal", "large", "largest"];
const LANGUAGES: [&str; 2] = ["en", "fr"];
const NUMBER_LOCALES: [&str; 7] = ["en-US", "en-GB", "en-CA", "fr-FR", "fr-CA", "fr-CH", "de-DE"];
/// Minutes; 0 is never.
const AUTO_LOCK: [u32; 4] = [0, 5, 15, 60];
const AUTO_LOCK_UNLESS_CHOSEN: u32 = 15;
const MOST_RATES: usize = 500;
const LONGEST_SOURCE: usize = 300;
/// No pair of currencies is priced beyond this; more digits are a slip of the finger.
const HIGHEST_RATE: u32 = 1_000_000;

const PREFERENCES: &str = "preferences";
const RATES: &str = "exchange_rates";
const TERMS: &str = "market_terms";

/// How the program looks and reads, as it is stored.
#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
struct Preferences {
    theme: Option<String>,
    text_size: Option<String>,
    language: Option<String>,
    number_locale: Option<String>,
    auto_lock_minutes: Option<u32>,
}

/// The choices of this person.
pub async fn view_settings(app: &App, _request: ViewSettings) -> Result<SettingsView, AppError> {
    let place = app.place_for_new().await;
    shown(&app.shelf(place).await?, place).await
}

/// Changes the choices that are given and leaves the others. All of them are checked before any is kept.
pub async fn change_settings(app: &App, request: ChangeSettings) -> Result<SettingsView, AppError> {
    let _turn = app.turn().await;
    let place = app.place_for_new().await;
    let shelf = app.shelf(place).await?;
    let mut preferences: Preferences = stored(&shelf, PREFERENCES).await?;
    let before = json!(preferences);
    choose(&mut preferences.theme, request.theme, "theme", &THEMES)?;
    choose(&mut preferences.text_size, request.text_size, "text_size", &TEXT_SIZES)?;
    choose(&mut preferences.language, request.language, "language", &LANGUAGES)?;
    choose(&mut preferences.number_locale, request.number_locale, "number_locale", &NUMBER_LOCALES)?;
    if let Some(minutes) = request.auto_lock_minutes {
        if !AUTO_LOCK.contains(&minutes) {
            return Err(not_offered("auto_lock_minutes", minutes, &AUTO_LOCK.map(|one| one.to_string())));
        }
        preferences.auto_lock_minutes = Some(minutes);
    }
    let rates = request.rates.map(checked_rates).transpose()?;
    let terms = request.terms.map(market_terms::checked).transpose()?;
    let after = json!(preferences);
    if after != before {
        store(&shelf, PREFERENCES, &after).await?;
    }
    if let Some(rates) = rates {
        store(&shelf, RATES, &json!(rates)).await?;
    }
    if let Some(terms) = terms {
        store(&shelf, TERMS, &json!(terms)).await?;
    }
    shown(&shelf, place).await
}

/// The newest rate of every pair that involves this currency, whichever way round it is priced.
pub(crate) async fn rates_for(shelf: &Shelf, currency: Currency) -> Result<Vec<ExchangeRate>, AppError> {
    let rates: Vec<ExchangeRate> = stored(shelf, RATES).await?;
    let code = currency.code();
    let mut chosen: Vec<ExchangeRate> = Vec::new();
    for rate in newest_first(rates) {
        let pair = |other: &ExchangeRate| {
            (other.base == rate.base && other.quote == rate.quote)
                || (other.base == rate.quote && other.quote == rate.base)
        };
        if (rate.base == code || rate.quote == code) && !chosen.iter().any(pair) {
            chosen.push(rate);
        }
    }
    chosen.sort_by(|a, b| (&a.base, &a.quote).cmp(&(&b.base, &b.quote)));
    Ok(chosen)
}

fn newest_first(mut rates: Vec<ExchangeRate>) -> Vec<ExchangeRate> {
    // Days are written year first, so their text orders them.
    rates.sort_by(|a, b| b.date.cmp(&a.date));
    rates
}

async fn shown(shelf: &Shelf, place: Place) -> Result<SettingsView, AppError> {
    let preferences: Preferences = stored(shelf, PREFERENCES).await?;
    let mut rates = newest_first(stored(shelf, RATES).await?);
    rates.sort_by(|a, b| (&a.base, &a.quote).cmp(&(&b.base, &b.quote)));
    let own: Vec<OwnTerm> = stored(shelf, TERMS).await?;
    Ok(SettingsView {
        kept: place == Place::Library,
        theme: preferences.theme,
        text_size: preferences.text_size,
        language: preferences.language,
        number_locale: preferences.number_locale,
        languages: LANGUAGES.map(str::to_owned).to_vec(),
        number_locales: NUMBER_LOCALES.map(str::to_owned).to_vec(),
        auto_lock_minutes: preferences.auto_lock_minutes.unwrap_or(AUTO_LOCK_UNLESS_CHOSEN),
        auto_lock_choices: AUTO_LOCK.to_vec(),
        rates,
        terms: market_terms::terms(&own)?,
    })
}

fn choose(
    choice: &mut Option<String>,
    given: Option<String>,
    path: &str,
    allowed: &[&str],
) -> Result<(), AppError> {
    let Some(given) = given else { return Ok(()) };
    if !allowed.contains(&given.as_str()) {
        return Err(not_offered(path, given, allowed));
    }
    *choice = Some(given);
    Ok(())
}

fn not_offered<T: AsRef<str>>(path: &str, given: impl ToString, allowed: &[T]) -> AppError {
    let allowed: Vec<&str> = allowed.iter().map(AsRef::as_ref).collect();
    AppError::new(ErrorCode::InvalidRequest, "This is none of the choices.")
        .with("path", path)
        .with("given", given)
        .with("allowed", allowed.join(", "))
}

/// Rates that make sense: known currencies, a price, a day, a source, and one rate for a pair and a day.
fn checked_rates(rates: Vec<ExchangeRate>) -> Result<Vec<ExchangeRate>, AppError> {
    if rates.len() > MOST_RATES {
        return Err(AppError::new(ErrorCode::InvalidRequest, "These are too many exchange rates.")
            .with("path", "rates")
            .with("given", rates.len())
            .with("max", MOST_RATES));
    }
    let mut kept: Vec<ExchangeRate> = Vec::with_capacity(rates.len());
    for (at, rate) in rates.into_iter().enumerate() {
        let rate = checked_rate(at, &rate)?;
        let same = |other: &ExchangeRate| {
            (&other.base, &other.quote, &other.date) == (&rate.base, &rate.quote, &rate.date)
        };
        if kept.iter().any(same) {
            return Err(refused(at, "date", &rate.date, "This pair has a rate of this day already."));
        }
        kept.push(rate);
    }
    Ok(kept)
}

fn checked_rate(at: usize, rate: &ExchangeRate) -> Result<ExchangeRate, AppError> {
    let currency = |field: &str, code: &str| {
        Currency::from_str(code.trim().to_uppercase().as_str())
            .map_err(|_| refused(at, field, code, "This is not a currency code such as EUR."))
    };
    let (base, quote) = (currency("base", &rate.base)?, currency("quote", &rate.quote)?);
    if base == quote {
        return Err(refused(at, "quote", &rate.quote, "A rate is between two currencies."));
    }
    let price = Decimal::from_str_exact(rate.rate.trim())
        .ok()
        .filter(|price| *price > Decimal::ZERO && *price <= Decimal::from(HIGHEST_RATE))
        .ok_or_else(|| {
            refused(at, "rate", &rate.rate, "A rate is a number above 0, such as 1.38.")
                .with("max", HIGHEST_RATE)
        })?;
    let day = Date::from_str(rate.date.trim())
        .map_err(|_| refused(at, "date", &rate.date, "A day is written like 2027-03-01."))?;
    let source = rate.source.trim();
    if source.is_empty() {
        return Err(refused(at, "source", source, "Say where the rate was read."));
    }
    if source.chars().count() > LONGEST_SOURCE {
        return Err(
            refused(at, "source", source, "This is too long for a source.").with("max", LONGEST_SOURCE)
        );
    }
    Ok(ExchangeRate {
        base: base.to_string(),
        quote: quote.to_string(),
        rate: price.normalize().to_string(),
        date: day.to_string(),
        source: source.to_owned(),
    })
}

fn refused(at: usize, field: &str, given: &str, message: &str) -> AppError {
    AppError::new(ErrorCode::InvalidRequest, message)
        .with("path", format!("rates[{at}].{field}"))
        .with("given", given)
}

pub(crate) async fn stored<T: DeserializeOwned + Default>(shelf: &Shelf, key: &str) -> Result<T, AppError> {
    let Some(value) = shelf.store.setting(Some(&shelf.user.id), key).await? else {
        return Ok(T::default());
    };
    serde_json::from_value(value).map_err(|reason| {
        AppError::new(ErrorCode::DatabaseDamaged, "A setting in the database cannot be read.")
            .with("setting", key)
            .with("reason", reason)
    })
}

pub(crate) async fn store(shelf: &Shelf, key: &str, value: &Value) -> Result<(), AppError> {
    Ok(shelf.store.set_setting(Some(&shelf.user.id), key, Some(value), shelf.author()).await?)
}
