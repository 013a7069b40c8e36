//! What an edit answers besides the deal: the figures it changed, so that nobody asks for all of them again.
#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;

use recoup_app::{
    App, Ports, deals, figures, samples,
    wire::{DealView, FigureDto, QuantityDto},
};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

fn of<T: DeserializeOwned>(request: Value) -> T {
    serde_json::from_value(request).unwrap()
}

async fn sample(app: &App) -> DealView {
    samples::open_sample_deal(app, of(json!({"sample": "dragons-quest"}))).await.unwrap()
}

async fn edited(app: &App, view: &DealView, path: &str, value: Value) -> DealView {
    let edit = json!({"deal": view.deal, "revision": view.revision, "path": path, "value": value});
    deals::edit_deal(app, of(edit)).await.unwrap()
}

type Book = BTreeMap<String, QuantityDto>;

async fn looked_at(app: &App, view: &DealView) -> Book {
    let figures = figures::view_figures(app, of(json!({"deal": view.deal}))).await.unwrap();
    assert_eq!(figures.revision, view.revision);
    figures.figures.into_iter().map(|FigureDto { address, value }| (address, value)).collect()
}

/// The figures that were on show, with what an answer says became of them.
fn followed(mut book: Book, before: &DealView, after: &DealView) -> Book {
    let changes = after.figures.clone().unwrap();
    assert_eq!(changes.since, before.revision);
    assert!(changes.gone.iter().all(|address| book.remove(address).is_some()));
    book.extend(changes.changed.into_iter().map(|FigureDto { address, value }| (address, value)));
    book
}

#[tokio::test]
async fn what_an_edit_says_of_the_figures_makes_the_old_ones_the_new_ones() {
    let folder = tempfile::tempdir().unwrap();
    let app = App::open(Ports::at(folder.path()));
    let mut view = sample(&app).await;
    let mut book = looked_at(&app, &view).await;
    let first = view.document["instruments"][0]["id"].as_str().unwrap().to_owned();
    let line = view.document["budget"]["lines"][0]["id"].as_str().unwrap().to_owned();
    let currency = view.document["currency"].as_str().unwrap().to_owned();
    for (path, value) in [
        (format!("instruments[{first}].amount.fixed"), json!(format!("{currency} 4321000.00"))),
        (format!("budget.lines[{line}].amount"), json!(format!("{currency} 1234.56"))),
        // Whole families of figures go with an instrument.
        (format!("instruments[{first}]"), Value::Null),
    ] {
        let after = edited(&app, &view, &path, value).await;
        let told = after.figures.as_ref().unwrap();
        assert!(!told.changed.is_empty() && told.changed.len() < book.len(), "{path}");
        book = followed(book, &view, &after);
        assert_eq!(book, looked_at(&app, &after).await, "{path}");
        view = after;
    }
    let after = deals::undo_edit(&app, of(json!({"deal": view.deal}))).await.unwrap();
    assert_eq!(followed(book, &view, &after), looked_at(&app, &after).await);
    app.close().await;
}

#[tokio::test]
async fn who_has_not_looked_at_the_figures_is_told_nothing_of_them() {
    let folder = tempfile::tempdir().unwrap();
    let app = App::open(Ports::at(folder.path()));
    let mut view = sample(&app).await;
    assert_eq!(view.figures, None);
    for name in ["Renamed", "Renamed again", "Renamed"] {
        view = edited(&app, &view, "name", json!(name)).await;
        assert_eq!(view.figures, None);
    }
    looked_at(&app, &view).await;
    let same = edited(&app, &view, "name", json!("Renamed")).await;
    assert_eq!((same.figures, same.revision), (None, view.revision));
    app.close().await;
}
