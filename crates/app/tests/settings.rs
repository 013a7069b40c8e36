//! Choices are kept with the person, refused with the place and the limits, and used where a deal begins.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on stops")]

use std::path::Path;

use recoup_app::{
    App, AppError, Cost, Ports, library, projects, settings,
    wire::{ChangeSettings, DealView, SettingsView},
};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

const WORDS: &str = "walrus paints seven lanterns";

fn of<T: DeserializeOwned>(request: Value) -> T {
    serde_json::from_value(request).unwrap()
}

fn app(folder: &Path) -> App {
    let mut ports = Ports::at(folder);
    ports.vault = ports.vault.with_cost(Cost { memory_kib: 8 * 1024, passes: 1, lanes: 1 });
    App::open(ports)
}

async fn created(folder: &Path) -> App {
    let app = app(folder);
    let person = json!({"full_name": "A Producer", "passphrase": WORDS});
    library::create_library(&app, of(person)).await.unwrap();
    app
}

async fn viewed(app: &App) -> SettingsView {
    settings::view_settings(app, of(json!({}))).await.unwrap()
}

async fn changed(app: &App, request: Value) -> Result<SettingsView, AppError> {
    settings::change_settings(app, of::<ChangeSettings>(request)).await
}

fn rate(base: &str, quote: &str, rate: &str, date: &str) -> Value {
    json!({"base": base, "quote": quote, "rate": rate, "date": date, "source": "The bank's letter"})
}

#[tokio::test]
async fn nothing_is_chosen_and_no_rate_is_known_at_first() {
    let folder = tempfile::tempdir().unwrap();
    let app = app(folder.path());
    let view = viewed(&app).await;
    assert!(!view.kept && view.rates.is_empty());
    assert_eq!((view.theme, view.language, view.auto_lock_minutes), (None, None, 15));
    assert!(view.terms.iter().all(|term| term.usual == term.market));
    // Without a database they last as long as the program; nothing is written to the folder.
    let view = changed(&app, json!({"theme": "dark"})).await.unwrap();
    assert_eq!((view.kept, view.theme.as_deref()), (false, Some("dark")));
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
    app.close().await;
}

#[tokio::test]
async fn choices_are_there_again_after_a_restart_and_not_before_the_database_is_open() {
    let folder = tempfile::tempdir().unwrap();
    let first = created(folder.path()).await;
    let choice = json!({
        "theme": "contrast", "text_size": "large", "language": "fr", "number_locale": "fr-CA",
        "auto_lock_minutes": 5, "rates": [rate("usd", "CAD", "1.380", "2026-11-20")],
        "terms": [{"term": "gap_loan.rate", "usual": "0.14"}, {"term": "gap_loan.fee", "usual": "0.030"}],
    });
    let chosen = changed(&first, choice).await.unwrap();
    assert!(chosen.kept);
    drop(first);

    let second = app(folder.path());
    assert_eq!(viewed(&second).await.theme, None);
    library::unlock_library(&second, of(json!({"passphrase": WORDS}))).await.unwrap();
    let view = viewed(&second).await;
    assert_eq!(view, chosen);
    assert_eq!(view.number_locale.as_deref(), Some("fr-CA"));
    assert_eq!((view.rates[0].base.as_str(), view.rates[0].rate.as_str()), ("USD", "1.38"));
    let usual = |name: &str| view.terms.iter().find(|term| term.term == name).unwrap();
    assert_eq!(
        (usual("gap_loan.rate").usual.as_str(), usual("gap_loan.rate").market.as_str()),
        ("0.14", "0.13")
    );
    // What equals the market's value follows the market.
    assert_eq!(usual("gap_loan.fee").usual, "0.03");
    let back = changed(&second, json!({"terms": []})).await.unwrap();
    assert!(back.terms.iter().all(|term| term.usual == term.market));
    assert_eq!(back.theme.as_deref(), Some("contrast"));
    second.close().await;
}

#[tokio::test]
async fn what_makes_no_sense_is_refused_with_its_place_and_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let app = created(folder.path()).await;
    let good = rate("EUR", "USD", "1.16", "2026-11-20");
    let before = changed(&app, json!({"theme": "light", "rates": [good]})).await.unwrap();
    let rates = |rate: Value| json!({"theme": "dark", "rates": [good, rate]});
    let mut nowhere = rate("EUR", "GBP", "0.87", "2026-11-20");
    nowhere["source"] = json!(" ");
    for (request, path) in [
        (json!({"theme": "pink"}), "theme"),
        (json!({"text_size": "tiny"}), "text_size"),
        (json!({"language": "tlh"}), "language"),
        (json!({"number_locale": "en"}), "number_locale"),
        (json!({"auto_lock_minutes": 7}), "auto_lock_minutes"),
        (rates(rate("EURO", "USD", "1.16", "2026-11-21")), "rates[1].base"),
        (rates(rate("EUR", "eur", "1", "2026-11-21")), "rates[1].quote"),
        (rates(rate("EUR", "USD", "0", "2026-11-21")), "rates[1].rate"),
        (rates(rate("EUR", "USD", "1,16", "2026-11-21")), "rates[1].rate"),
        (rates(rate("EUR", "USD", "1000001", "2026-11-21")), "rates[1].rate"),
        (rates(rate("EUR", "USD", "1.16", "21/11/2026")), "rates[1].date"),
        (rates(rate("EUR", "USD", "1.17", "2026-11-20")), "rates[1].date"),
        (rates(nowhere), "rates[1].source"),
        (json!({"theme": "dark", "terms": [{"term": "gap_loan.rate", "usual": "13"}]}), "terms[0].usual"),
        (json!({"theme": "dark", "terms": [{"term": "luck.rate", "usual": "0.1"}]}), "terms[0].term"),
    ] {
        let refusal = changed(&app, request).await.unwrap_err();
        assert_eq!(refusal.code, "INVALID_REQUEST", "{path}");
        assert_eq!(refusal.details.get("path").map(String::as_str), Some(path));
        assert!(refusal.details.contains_key("given"), "{path}");
    }
    assert_eq!(viewed(&app).await, before);
}

#[tokio::test]
async fn a_new_project_begins_with_the_newest_rates_of_its_currency() {
    let folder = tempfile::tempdir().unwrap();
    let app = created(folder.path()).await;
    let rates = json!([
        rate("USD", "CAD", "1.36", "2026-10-01"),
        rate("USD", "CAD", "1.38", "2026-11-20"),
        rate("CAD", "USD", "0.70", "2026-09-01"),
        rate("EUR", "CAD", "1.605", "2026-11-20"),
        rate("EUR", "USD", "1.16", "2026-11-20"),
    ]);
    changed(&app, json!({"rates": rates})).await.unwrap();
    let begin = |currency: &str| json!({"name": format!("The Comet, {currency}"), "currency": currency});
    let fx = |view: DealView| -> Vec<(String, String)> {
        let quotes = view.document["fx"].as_array().cloned().unwrap_or_default();
        let text = |quote: &Value, field: &str| quote[field].as_str().unwrap().to_owned();
        assert!(quotes.iter().all(|quote| quote["source"] == json!("The bank's letter")));
        quotes.iter().map(|quote| (text(quote, "id"), text(quote, "rate"))).collect()
    };
    let own = |pairs: &[(&str, &str)]| -> Vec<(String, String)> {
        pairs.iter().map(|(id, rate)| ((*id).to_owned(), (*rate).to_owned())).collect()
    };
    let cad = projects::start_project(&app, of(begin("CAD"))).await.unwrap();
    assert_eq!(fx(cad), own(&[("eur-cad", "1.605"), ("usd-cad", "1.38")]));
    let gbp = projects::start_project(&app, of(begin("GBP"))).await.unwrap();
    assert_eq!(fx(gbp), own(&[]));
}
