//! Receipts out of a sheet are looked at without a trace, taken as one edit, remembered by their header and told
//! against the estimates, each figure with its tree.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on stops")]

use std::path::Path;

use base64::{Engine, prelude::BASE64_STANDARD};
use recoup_app::{
    App, AppError, Cost, Ports, actuals, deals, figures, samples,
    wire::{ActualsView, DealView, FigureDto, QuantityDto, ReceiptsSheetView},
};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

const SHEET: &str = "Territory,Media,Period,Gross,Commission,Net\n\
    Italy,All rights,Q3 2029,\"190,000.00\",\"19,000.00\",\"171,000.00\"\n\
    Iberia,All rights,Q3 2029,\"100,000.00\",,\"100,000.00\"\n\
    Total,,,,,\"271,000.00\"\n";

fn of<T: DeserializeOwned>(request: Value) -> T {
    serde_json::from_value(request).unwrap()
}

async fn opened(folder: &Path) -> App {
    let mut ports = Ports::at(folder);
    ports.vault = ports.vault.with_cost(Cost { memory_kib: 8 * 1024, passes: 1, lanes: 1 });
    let app = App::open(ports);
    samples::open_sample_deal(&app, of(json!({"sample": "tin-orchard"}))).await.unwrap();
    app
}

fn file(mapping: &Value) -> Value {
    json!({
        "name": "r.csv", "content": BASE64_STANDARD.encode(SHEET), "sheet": null, "mapping": mapping, "leave": [],
    })
}

async fn read(app: &App, file: Value) -> ReceiptsSheetView {
    actuals::read_receipts_sheet(app, of(json!({"deal": "d1", "file": file}))).await.unwrap()
}

async fn import(app: &App, revision: u32, file: Value) -> Result<DealView, AppError> {
    let request = json!({"deal": "d1", "revision": revision, "file": file, "sender": "sales-agent",
        "reported": "2029-11-15", "received": "2029-12-04", "draft": false});
    actuals::import_receipts(app, of(request)).await
}

async fn view(app: &App) -> ActualsView {
    actuals::view_actuals(app, of(json!({"deal": "d1"}))).await.unwrap()
}

fn minor(figure: &FigureDto) -> i64 {
    match &figure.value {
        QuantityDto::Money { amount } => amount.minor(),
        other => panic!("{other:?} is no amount"),
    }
}

fn decided() -> Value {
    json!({"header": null, "columns": [], "sources": {"iberia | all rights": "terr-es"}, "currency": null,
        "days": null, "from": null, "to": null})
}

#[tokio::test]
async fn looking_changes_nothing_and_taking_is_one_edit() {
    let folder = tempfile::tempdir().unwrap();
    let app = opened(folder.path()).await;
    let seen = read(&app, file(&Value::Null)).await;
    let names: Vec<&str> = seen.unknown.iter().map(|one| one.key.as_str()).collect();
    assert_eq!(names, ["iberia | all rights"]);
    assert_eq!((seen.statements.len(), seen.statements[0].lines), (1, 1));
    let before = deals::view_deal(&app, of(json!({"deal": "d1"}))).await.unwrap();
    assert_eq!((before.revision, before.document.get("actuals")), (1, None));

    let taken = import(&app, before.revision, file(&decided())).await.unwrap();
    let statement = &taken.document["actuals"]["statements"][0];
    assert_eq!(statement["id"], "sales-agent-2029-q3");
    assert_eq!(statement["lines"].as_array().unwrap().len(), 2);
    assert_eq!(taken.revision, before.revision + 1);
    assert!(import(&app, 1, file(&decided())).await.is_err(), "somebody has changed the deal since");

    // The next sheet with this header is read as this one was.
    let again = read(&app, file(&Value::Null)).await;
    assert!(again.recalled && again.unknown.is_empty(), "{:?}", again.unknown);
    assert_eq!(again.statements[0].already, ["terr-es", "terr-it"]);
    let undone = deals::undo_edit(&app, of(json!({"deal": "d1"}))).await.unwrap();
    assert_eq!(undone.document.get("actuals"), None);
}

#[tokio::test]
async fn what_came_is_told_against_the_estimate_and_explains_itself() {
    let folder = tempfile::tempdir().unwrap();
    let app = opened(folder.path()).await;
    assert!(view(&app).await.total.is_none());
    import(&app, 1, file(&decided())).await.unwrap();
    let told = view(&app).await;
    let total = told.total.unwrap();
    assert_eq!(minor(&total.received), 27_100_000);
    assert_eq!(minor(&total.variance), minor(&total.received) - minor(&total.forecast));
    assert_eq!((told.next[0].from.as_str(), told.next[0].to.as_str()), ("2029-10-01", "2029-12-31"));
    let effect = actuals::weigh_actuals(&app, of(json!({"deal": "d1"}))).await.unwrap();
    let account = effect.account.unwrap();
    assert_eq!(minor(&account.more), minor(&total.variance));
    let mut asked = vec![total.variance, account.more, account.forecast];
    asked.extend(effect.parties.into_iter().flat_map(|party| [party.now, party.forecast, party.more]));
    for figure in asked {
        let request = json!({"deal": "d1", "address": figure.address});
        let tree = figures::explain_figure(&app, of(request)).await.unwrap();
        assert_eq!((tree.address.as_deref(), &tree.value), (Some(figure.address.as_str()), &figure.value));
    }
}
