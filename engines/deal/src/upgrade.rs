//! From older forms of the document to the current one, one small step per version.

use serde_json::{Map, Value, json};

use crate::document::SCHEMA;
use crate::error::DealError;

/// Family name before the number of every schema of ours.
const FAMILY: &str = "recoup-deal/";

/// Number of the current form.
const CURRENT: u32 = 1;

type Step = fn(&mut Map<String, Value>) -> Result<(), DealError>;

/// `STEPS[n]` turns form n into form n + 1.
const STEPS: [Step; CURRENT as usize] = [from_0];

/// Brings a document to the current form; refuses newer forms and foreign files.
pub(crate) fn upgrade(document: &mut Value) -> Result<(), DealError> {
    let fields = document.as_object_mut().ok_or_else(foreign)?;
    let tag = fields.get("schema").and_then(Value::as_str).ok_or_else(foreign)?.to_owned();
    let number = tag.strip_prefix(FAMILY).ok_or_else(|| foreign().given(&tag))?;
    let number: u32 = number.parse().map_err(|_| foreign().given(&tag))?;
    if number > CURRENT {
        let message = format!(
            "This deal was saved by a newer version of Recoup (form {tag}; this version reads up to {SCHEMA}). \
             Update Recoup and open it again; the file has not been changed."
        );
        return Err(DealError::new("NEWER_SCHEMA", message).at("schema").given(tag).at_most(SCHEMA));
    }
    for step in STEPS.iter().skip(number as usize) {
        step(fields)?;
    }
    fields.insert("schema".into(), json!(SCHEMA));
    Ok(())
}

fn foreign() -> DealError {
    let message = "This file is not a Recoup deal: it does not begin with a schema such as \
                   \"recoup-deal/1\". Choose a .deal.json file.";
    DealError::new("NOT_A_DEAL", message).at("schema").one_of([SCHEMA.to_owned()])
}

/// The form before publication: the title stood at the top, a line had one territory, the contingency
/// was a number of per cent, and an instrument's interest was a bare rate.
fn from_0(fields: &mut Map<String, Value>) -> Result<(), DealError> {
    if let Some(title) = fields.remove("title") {
        let project = fields.entry("project").or_insert_with(|| json!({}));
        let project = project.as_object_mut().ok_or_else(|| unreadable("project"))?;
        project.entry("title").or_insert(title);
    }
    if let Some(budget) = fields.get_mut("budget").and_then(Value::as_object_mut) {
        for line in budget.get_mut("lines").and_then(Value::as_array_mut).into_iter().flatten() {
            let line = line.as_object_mut().ok_or_else(|| unreadable("budget.lines"))?;
            if let Some(place) = line.remove("territory") {
                let share = json!([{"id": place, "jurisdiction": place, "share": "1"}]);
                line.insert("spend".into(), share);
            }
        }
        if let Some(percent) = budget.remove("contingency_percent") {
            let percent = percent.as_u64().filter(|percent| *percent <= 100);
            let percent = percent.ok_or_else(|| unreadable("budget.contingency_percent"))?;
            let share = format!("{}.{:02}", percent / 100, percent % 100);
            budget.insert("contingency".into(), json!({ "share": share }));
        }
    }
    for instrument in fields.get_mut("instruments").and_then(Value::as_array_mut).into_iter().flatten() {
        let instrument = instrument.as_object_mut().ok_or_else(|| unreadable("instruments"))?;
        if let Some(rate) = instrument.get_mut("rate").filter(|rate| rate.is_string()) {
            *rate = json!({ "fixed": rate.take() });
        }
    }
    Ok(())
}

fn unreadable(path: &str) -> DealError {
    let message = "This old deal cannot be brought to the current form because this part of it is damaged.";
    DealError::new("CANNOT_UPGRADE", message).at(path)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{instrument::InterestRate, read::read_deal_value};

    fn form_0() -> Value {
        json!({
            "schema": "recoup-deal/0", "id": "old", "name": "Old", "currency": "USD", "as_of": "2026-11-22",
            "title": "The Old Film",
            "budget": {"contingency_percent": 10, "lines": [
                {"id": "anim", "account": "animation", "label": "Animation", "amount": "USD 2000000.00",
                 "territory": "CA-QC"}]},
            "instruments": [{"id": "gap", "name": "Gap", "terms": {"kind": "gap_loan"},
                "amount": {"fixed": "USD 500000.00"}, "rate": "0.12"}]
        })
    }

    #[test]
    fn form_0_is_read_as_the_current_form() {
        let deal = read_deal_value(form_0()).unwrap();
        assert_eq!(deal.project.title, "The Old Film");
        assert_eq!(deal.budget.lines[0].spend[0].jurisdiction, "CA-QC");
        assert_eq!(deal.budget.contingency.unwrap().share.unwrap().to_string(), "0.10");
        assert_eq!(deal.instruments[0].rate, Some(InterestRate::Fixed("0.12".parse().unwrap())));
    }

    #[test]
    fn the_current_form_is_left_as_it_is() {
        let mut document = json!({"schema": SCHEMA, "title": "kept"});
        upgrade(&mut document).unwrap();
        assert_eq!(document["title"], "kept");
    }

    #[test]
    fn newer_and_foreign_documents_are_told_apart() {
        let code = |document: Value| upgrade(&mut { document }).unwrap_err().code;
        assert_eq!(code(json!({"schema": "recoup-deal/2"})), "NEWER_SCHEMA");
        assert_eq!(code(json!({"schema": "recoup-deal/x"})), "NOT_A_DEAL");
        assert_eq!(code(json!({"schema": "other/1"})), "NOT_A_DEAL");
        assert_eq!(code(json!({"name": "x"})), "NOT_A_DEAL");
        assert_eq!(code(json!([1])), "NOT_A_DEAL");
    }

    #[test]
    fn a_damaged_old_document_is_refused() {
        let mut document = form_0();
        document["budget"]["contingency_percent"] = json!("ten");
        assert_eq!(upgrade(&mut document).unwrap_err().code, "CANNOT_UPGRADE");
    }
}
