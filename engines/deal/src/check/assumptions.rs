//! Assumptions: which of them are still standing.

use serde_json::Value;

use crate::edit::get_in;
use crate::finding::Finding;

/// An assumption whose cell holds another value has been answered; one whose cell is empty has lost its
/// place. Paths of risk drivers must lead somewhere too.
pub(super) fn answered(document: &Value, out: &mut Vec<Finding>) {
    for assumption in document.get("assumptions").and_then(Value::as_array).into_iter().flatten() {
        let text = |field: &str| assumption.get(field).and_then(Value::as_str).unwrap_or_default();
        let at = format!("assumptions[{}]", text("id"));
        let standing = get_in(document, text("path"));
        if standing.is_none() {
            let message = format!("The assumed cell `{}` is empty or gone.", text("path"));
            out.push(Finding::note(
                "ASSUMPTION_LOST",
                at,
                message,
                "Delete the assumption or fill the cell.",
            ));
        } else if standing.as_ref() != assumption.get("value") {
            let message = format!("`{}` no longer holds the assumed value.", text("path"));
            let remedy = "Delete the assumption: the producer has answered.";
            out.push(Finding::note("ASSUMPTION_ANSWERED", at, message, remedy));
        }
    }
    let risk = document.get("risk").and_then(|risk| risk.get("drivers"));
    for driver in risk.and_then(Value::as_array).into_iter().flatten() {
        let id = driver.get("id").and_then(Value::as_str).unwrap_or_default();
        for path in driver.get("paths").and_then(Value::as_array).into_iter().flatten() {
            let path = path.as_str().unwrap_or_default();
            if get_in(document, path).is_none() {
                let message = format!("This driver moves `{path}`, which is empty or does not exist.");
                let at = format!("risk.drivers[{id}].paths");
                out.push(Finding::blocker("UNKNOWN_REFERENCE", at, message, "Choose a cell with a number."));
            }
        }
    }
}
