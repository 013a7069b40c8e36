//! A budget's sheet is looked at without a trace, taken as one edit, remembered by its header, and written so that
//! it reads back.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on stops")]

use std::{
    io,
    path::Path,
    sync::{Arc, Mutex},
};

use base64::{Engine, prelude::BASE64_STANDARD};
use recoup_app::{
    App, AppError, Cost, FileTarget, Ports, budget_sheets, deals, library, projects, samples,
    wire::{BudgetSheetView, DealView},
};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

const SHEET: &str = "Acct,Item,Cost,Québec,Share of labour\n\
    1100,Story,\"150,000.00\",\"150,000.00\",40%\n\
    4300,Animation,\"5,000,000.00\",\"2,000,000.00\",90%\n\
    4600,Music,tbd,,70%\n\
    ,Contingency,\"500,000.00\",,\n\
    ,Total,\"5,650,000.00\",\"2,150,000.00\",\n";

fn of<T: DeserializeOwned>(request: Value) -> T {
    serde_json::from_value(request).unwrap()
}

/// Keeps files in memory.
#[derive(Default)]
struct Kept(Mutex<Vec<(String, Vec<u8>)>>);

impl FileTarget for Kept {
    fn keep(&self, name: &str, bytes: &[u8]) -> io::Result<String> {
        self.0.lock().unwrap().push((name.to_owned(), bytes.to_vec()));
        Ok(name.to_owned())
    }
}

fn app(folder: &Path, kept: &Arc<Kept>) -> App {
    let mut ports = Ports::at(folder);
    ports.files = Arc::clone(kept) as Arc<dyn FileTarget>;
    ports.vault = ports.vault.with_cost(Cost { memory_kib: 8 * 1024, passes: 1, lanes: 1 });
    App::open(ports)
}

fn file(name: &str, bytes: &[u8], mapping: &Value) -> Value {
    json!({
        "name": name, "content": BASE64_STANDARD.encode(bytes), "sheet": null, "mapping": mapping,
        "keep": [], "leave": [],
    })
}

async fn read(app: &App, file: Value) -> Result<BudgetSheetView, AppError> {
    budget_sheets::read_budget_sheet(app, of(json!({"deal": "d1", "file": file}))).await
}

async fn import(app: &App, revision: u32, file: Value, mode: &str) -> Result<DealView, AppError> {
    let request =
        json!({"deal": "d1", "revision": revision, "file": file, "mode": mode, "contingency": true});
    budget_sheets::import_budget(app, of(request)).await
}

fn lines(view: &DealView) -> Vec<String> {
    let lines = view.document["budget"]["lines"].as_array().unwrap();
    lines.iter().map(|line| line["id"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn looking_changes_nothing_and_taking_is_one_edit() {
    let folder = tempfile::tempdir().unwrap();
    let app = app(folder.path(), &Arc::default());
    samples::open_sample_deal(&app, of(json!({"sample": "tin-orchard"}))).await.unwrap();
    let before = deals::view_deal(&app, of(json!({"deal": "d1"}))).await.unwrap();

    let mapping = json!({"header": null, "columns": [], "accounts": {"4600": "music"}, "place": null, "currency": null});
    let sheet = file("top.csv", SHEET.as_bytes(), &mapping);
    let seen = read(&app, sheet.clone()).await.unwrap();
    assert_eq!((seen.lines, seen.recalled, seen.kept), (3, false, false));
    let faults: Vec<&str> = seen.faults.iter().map(|fault| fault.cell.as_str()).collect();
    assert_eq!(faults, ["top!D3", "top!C4"]);
    assert_eq!(deals::view_deal(&app, of(json!({"deal": "d1"}))).await.unwrap().document, before.document);

    let after = import(&app, before.revision, sheet.clone(), "replace").await.unwrap();
    assert_eq!(lines(&after), ["1100-story", "4300-animation", "4600-music"]);
    assert_eq!(after.document["budget"]["lines"][0]["amount"], "GBP 150000.00");
    assert!(after.document["budget"]["lines"][2].get("amount").is_none());
    assert_eq!(after.document["budget"]["contingency"]["amount"], "GBP 500000.00");
    // What was looked at before another change is refused, not laid over it.
    let late = import(&app, before.revision, sheet, "append").await.unwrap_err();
    assert_eq!(late.code, "CONFLICT");

    let undone = deals::undo_edit(&app, of(json!({"deal": "d1"}))).await.unwrap();
    assert_eq!(undone.document, before.document);
    app.close().await;
}

#[tokio::test]
async fn what_was_decided_is_remembered_with_the_person() {
    let folder = tempfile::tempdir().unwrap();
    let kept = Arc::default();
    let first = app(folder.path(), &kept);
    let words = "walrus paints seven lanterns";
    library::create_library(&first, of(json!({"full_name": "A Producer", "passphrase": words})))
        .await
        .unwrap();
    projects::start_project(&first, of(json!({"name": "Kite", "currency": "CAD"}))).await.unwrap();
    let mapping = json!({
        "header": null, "accounts": {"4600": "sound"}, "place": null, "currency": null,
        "columns": [{"column": "E", "meaning": "notes", "place": null}, {"column": "D", "meaning": "ignore", "place": null}],
    });
    import(&first, 1, file("a.csv", SHEET.as_bytes(), &mapping), "append").await.unwrap();
    first.close().await;

    // Another sheet with the same header, and three lines above it, in another run of the program.
    let second = app(folder.path(), &kept);
    library::unlock_library(&second, of(json!({"passphrase": words}))).await.unwrap();
    let next = format!("Kite,,,,\nDraft two,,,,\n\n{SHEET}");
    let seen = read(&second, file("b.csv", next.as_bytes(), &Value::Null)).await.unwrap();
    assert!(seen.recalled && seen.kept);
    let meanings: Vec<&str> = seen.columns.iter().map(|column| column.meaning.as_str()).collect();
    assert_eq!(meanings, ["code", "label", "amount", "ignore", "notes"]);
    let music =
        seen.rows.iter().find_map(|row| row.line.as_ref().filter(|line| line.label == "Music")).unwrap();
    assert_eq!((music.account.as_str(), music.ground.as_str()), ("sound", "chosen"));
    // A sheet of another kind is guessed.
    let other = read(&second, file("c.csv", b"Item,Cost\nScript,5\n", &Value::Null)).await.unwrap();
    assert!(!other.recalled);
    second.close().await;
}

#[tokio::test]
async fn an_export_reads_back_into_the_same_deal() {
    let folder = tempfile::tempdir().unwrap();
    let kept = Arc::new(Kept::default());
    let app = app(folder.path(), &kept);
    for (number, sample) in ["dragons-quest", "nimbus-and-pip", "tin-orchard"].into_iter().enumerate() {
        samples::open_sample_deal(&app, of(json!({"sample": sample}))).await.unwrap();
        let deal = format!("d{}", number + 1);
        for (format, language) in [("xlsx", "en"), ("csv", "fr")] {
            let before = deals::view_deal(&app, of(json!({"deal": deal}))).await.unwrap();
            let request = json!({"deal": deal, "format": format, "language": language});
            budget_sheets::export_budget(&app, of(request)).await.unwrap();
            let (name, bytes) = kept.0.lock().unwrap().pop().unwrap();
            assert!(name.ends_with(format));
            let request = json!({
                "deal": deal, "revision": before.revision, "file": file(&name, &bytes, &Value::Null),
                "mode": "replace", "contingency": false,
            });
            let after = budget_sheets::import_budget(&app, of(request)).await.unwrap();
            // Not even a revision: nothing was changed.
            assert_eq!(
                (after.revision, after.document),
                (before.revision, before.document),
                "{sample} {format}"
            );
        }
    }
    app.close().await;
}

#[tokio::test]
async fn files_and_decisions_that_make_no_sense_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let app = app(folder.path(), &Arc::default());
    samples::open_sample_deal(&app, of(json!({"sample": "tin-orchard"}))).await.unwrap();
    let code = async |file: Value| read(&app, file).await.unwrap_err().code;
    assert_eq!(code(file("x.xlsx", b"PK\x03\x04", &Value::Null)).await, "SHEET_UNREADABLE");
    assert_eq!(code(file("x.csv", &vec![b'a'; 6 * 1024 * 1024], &Value::Null)).await, "SHEET_TOO_LARGE");
    let mapping = |meaning: &str, column: &str| {
        let columns = json!([{"column": column, "meaning": meaning, "place": null}]);
        json!({"header": null, "columns": columns, "accounts": {}, "place": null, "currency": null})
    };
    assert_eq!(code(file("x.csv", SHEET.as_bytes(), &mapping("colour", "C"))).await, "INVALID_REQUEST");
    assert_eq!(code(file("x.csv", SHEET.as_bytes(), &mapping("amount", "7"))).await, "INVALID_REQUEST");
    let nothing = import(&app, 1, file("x.csv", b"Item,Cost\n", &Value::Null), "append").await.unwrap_err();
    assert_eq!(nothing.code, "INVALID_REQUEST");
    app.close().await;
}
