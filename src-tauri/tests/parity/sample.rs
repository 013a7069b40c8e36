//! A request that is right, and requests that are refused, for every listed use case.

use std::sync::Arc;

use recoup_app::{App, Clock, FileTarget, Ports, samples::open_sample_deal, wire::OpenSampleDeal};
use serde_json::{Value, json};

/// A clock that stands still, so that two applications answer alike.
struct Noon;

impl Clock for Noon {
    fn now_ms(&self) -> i64 {
        1_790_000_000_000
    }
}

/// Keeps nothing, so that two applications answer alike and no folder is written to.
struct Nowhere;

impl FileTarget for Nowhere {
    fn keep(&self, name: &str, _bytes: &[u8]) -> std::io::Result<String> {
        Ok(format!("nowhere/{name}"))
    }
}

/// An application in a known state: the sample deal is open as `d1`, changed once and changed back.
pub(crate) fn app() -> App {
    let app = App::open(Ports { clock: Arc::new(Noon), files: Arc::new(Nowhere) });
    tauri::async_runtime::block_on(async {
        let view = open_sample_deal(&app, OpenSampleDeal { sample: "dragons-quest".into() }).await.unwrap();
        for name in ["Another Quest", "A Third Quest"] {
            let edit: recoup_app::wire::EditDeal = serde_json::from_value(json!({
                "deal": view.deal, "revision": if name.starts_with("Another") { 1 } else { 2 }, "path": "name", "value": name,
            }))
            .unwrap();
            recoup_app::deals::edit_deal(&app, edit).await.unwrap();
        }
        let undo = serde_json::from_value(json!({"deal": view.deal})).unwrap();
        recoup_app::deals::undo_edit(&app, undo).await.unwrap();
    });
    app
}

/// What a person would ask. A use case without one here has no parity test, so there is no default.
pub(crate) fn request(use_case: &str) -> Value {
    match use_case {
        "describe_product" | "list_samples" | "list_open_deals" => json!({}),
        "open_sample_deal" => json!({"sample": "dragons-quest"}),
        "open_deal_file" => json!({"text": include_str!("../../../examples/dragons-quest.deal.json")}),
        "view_deal" | "write_deal_file" | "undo_edit" | "redo_edit" | "list_revisions" | "list_findings"
        | "close_deal" => {
            json!({"deal": "d1"})
        }
        "edit_deal" => json!({"deal": "d1", "revision": 4, "path": "name", "value": "Été à l’île"}),
        "add_element" => json!({
            "deal": "d1", "revision": 4, "path": "parties", "before": null,
            "element": {"id": "new-bank", "name": "New Bank", "role": "senior_lender"},
        }),
        "view_figures" => json!({"deal": "d1", "under": "closing."}),
        "explain_figure" => json!({"deal": "d1", "address": "closing.difference"}),
        "export_pack" => json!({"deal": "d1", "formats": ["xlsx"]}),
        "search_programs" => json!({"words": "québec"}),
        "show_program" => json!({"program": "ca-federal-cptc", "on": "2026-01-01"}),
        other => panic!("{other} needs a sample request in src-tauri/tests/parity/sample.rs"),
    }
}

/// Well-formed requests that cannot be met.
pub(crate) fn refused(use_case: &str) -> Vec<Value> {
    match use_case {
        "open_sample_deal" => vec![json!({"sample": "no-such-film"})],
        "open_deal_file" => vec![json!({"text": "{"}), json!({"text": "{\"schema\": \"recoup-deal/99\"}"})],
        "view_deal" | "write_deal_file" | "undo_edit" | "redo_edit" | "list_revisions" | "list_findings"
        | "close_deal" => {
            vec![json!({"deal": "d99"})]
        }
        "edit_deal" => vec![
            json!({"deal": "d99", "revision": 1, "path": "name", "value": "X"}),
            json!({"deal": "d1", "revision": 1, "path": "name", "value": "X"}),
            json!({"deal": "d1", "revision": 4, "path": "no..path", "value": "X"}),
            json!({"deal": "d1", "revision": 4, "path": "currency", "value": 12}),
        ],
        "add_element" => vec![json!({
            "deal": "d1", "revision": 4, "path": "nowhere", "before": null, "element": {"id": "x"},
        })],
        "explain_figure" => vec![json!({"deal": "d1", "address": "no.such.figure"})],
        "export_pack" => {
            vec![json!({"deal": "d1", "formats": ["docx"]}), json!({"deal": "d1", "formats": []})]
        }
        "show_program" => vec![
            json!({"program": "no-such-program"}),
            json!({"program": "ca-federal-cptc", "on": "yesterday"}),
        ],
        _ => Vec::new(),
    }
}
