//! Assumptions: which of them are still standing.

use serde_json::Value;

use crate::edit::get_in;
use crate::findings::{Finding, Severity};

/// An assumption whose cell holds another value has been answered; one whose cell is empty has lost its
/// place. Paths of risk drivers must lead somewhere too.
pub(super) fn answered(document: &Value, out: &mut Vec<Finding>) {
    for assumption in document.get("assumptions").and_then(Value::as_array).into_iter().flatten() {
        let text = |field: &str| assumption.get(field).and_then(Value::as_str).unwrap_or_default();
        let at = format!("assumptions[{}]", text("id"));
        let standing = get_in(document, text("path"));
        if standing.is_none() {
            out.push(Finding::new(Severity::Note, "ASSUMPTION_LOST", at).with("cell", text("path")));
        } else if standing.as_ref() != assumption.get("value") {
            out.push(Finding::new(Severity::Note, "ASSUMPTION_ANSWERED", at).with("cell", text("path")));
        }
    }
    let risk = document.get("risk").and_then(|risk| risk.get("drivers"));
    for driver in risk.and_then(Value::as_array).into_iter().flatten() {
        let id = driver.get("id").and_then(Value::as_str).unwrap_or_default();
        for path in driver.get("paths").and_then(Value::as_array).into_iter().flatten() {
            let path = path.as_str().unwrap_or_default();
            if get_in(document, path).is_none() {
                let at = format!("risk.drivers[{id}].paths");
                out.push(
                    Finding::new(Severity::Blocker, "UNKNOWN_REFERENCE", at)
                        .case("driver")
                        .with("cell", path),
                );
            }
        }
    }
}
