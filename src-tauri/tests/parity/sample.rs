//! A request that is right, and requests that are refused, for every listed use case.

use recoup_app::{App, Ports};
use serde_json::{Value, json};

/// An application in a known state; two of them are in the same state.
pub(crate) fn app() -> App {
    App::open(Ports::system())
}

/// What a person would ask. A use case without one here has no parity test, so there is no default.
pub(crate) fn request(_app: &App, use_case: &str) -> Value {
    match use_case {
        "describe_product" => json!({}),
        other => panic!("{other} needs a sample request in src-tauri/tests/parity/sample.rs"),
    }
}

/// Well-formed requests that cannot be met.
pub(crate) fn refused(_use_case: &str) -> Vec<Value> {
    Vec::new()
}
