//! A deal document on its way into the database: text, fingerprint, and the copies kept beside it.

use serde_json::Value;
use sha2::{Digest as _, Sha256};

use crate::error::StoreError;

/// A document that is proven to come back from its text as it went in.
#[derive(Debug, Clone)]
pub(crate) struct Document {
    pub(crate) value: Value,
    pub(crate) text: String,
    pub(crate) hash: String,
}

impl Document {
    pub(crate) fn new(value: &Value) -> Result<Self, StoreError> {
        let unstorable = |detail: String| StoreError::Unstorable { detail };
        if !value.is_object() {
            return Err(unstorable("a deal document is a JSON object".to_owned()));
        }
        let text = serde_json::to_string(value).map_err(|error| unstorable(error.to_string()))?;
        // Refuses nesting that cannot be read back, and floats that change on the way.
        let back: Value = serde_json::from_str(&text).map_err(|error| unstorable(error.to_string()))?;
        if back != *value {
            return Err(unstorable("a number in it does not survive being written".to_owned()));
        }
        Ok(Self { hash: hash(&back), value: back, text })
    }
}

/// SHA-256 over the document with its fields in alphabetical order, so that the order in which a
/// program happens to write fields is not a difference.
pub(crate) fn hash(value: &Value) -> String {
    let mut digest = Sha256::new();
    feed(&mut digest, value);
    digest.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

fn feed(digest: &mut Sha256, value: &Value) {
    match value {
        Value::Object(fields) => {
            let mut names: Vec<&String> = fields.keys().collect();
            names.sort_unstable();
            digest.update(b"{");
            for name in names {
                digest.update(Value::from(name.as_str()).to_string());
                digest.update(b":");
                feed(digest, &fields[name]);
                digest.update(b",");
            }
            digest.update(b"}");
        }
        Value::Array(list) => {
            digest.update(b"[");
            for element in list {
                feed(digest, element);
                digest.update(b",");
            }
            digest.update(b"]");
        }
        leaf => digest.update(leaf.to_string()),
    }
}

/// What the list of projects shows without reading whole documents.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Copies {
    pub(crate) title: String,
    pub(crate) status: String,
    pub(crate) currency: String,
    pub(crate) budget_minor: Option<i64>,
    pub(crate) profile: String,
    pub(crate) search_text: String,
}

impl Copies {
    pub(crate) fn of(document: &Value, name: &str, description: &str) -> Self {
        let text = |pointer: &str| document.pointer(pointer).and_then(Value::as_str).unwrap_or("");
        let title = match text("/project/title") {
            "" => text("/name"),
            title => title,
        };
        let search_text =
            [name, description, title, text("/name"), text("/project/genre"), text("/project/logline")]
                .join("\n")
                .to_lowercase();
        Self {
            title: title.to_owned(),
            status: text("/schedule/status").to_owned(),
            currency: text("/currency").to_owned(),
            budget_minor: budget_minor(document, text("/currency")),
            profile: document.get("project").unwrap_or(&Value::Null).to_string(),
            search_text,
        }
    }
}

/// The stated total of the budget, else the sum of its lines; nothing when a line is in another
/// currency or a figure cannot be read, because then there is no one number.
fn budget_minor(document: &Value, currency: &str) -> Option<i64> {
    let budget: recoup_deal::Budget = serde_json::from_value(document.get("budget")?.clone()).ok()?;
    if let Some(total) = budget.total {
        return (total.currency().code() == currency).then(|| total.minor());
    }
    let mut sum = None;
    for amount in budget.lines.iter().filter_map(|line| line.amount) {
        if amount.currency().code() != currency {
            return None;
        }
        sum = Some(sum.unwrap_or(0_i64).checked_add(amount.minor())?);
    }
    sum
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn the_fingerprint_ignores_field_order_and_nothing_else() {
        let one = json!({"a": 1, "b": [1, 2]});
        assert_eq!(hash(&one), hash(&json!({"b": [1, 2], "a": 1})));
        assert_ne!(hash(&one), hash(&json!({"a": 1, "b": [2, 1]})));
        assert_ne!(hash(&one), hash(&json!({"a": "1", "b": [1, 2]})));
    }

    #[test]
    fn copies_come_from_the_document() {
        let line =
            |id: &str, amount: &str| json!({"id": id, "account": "animation", "label": id, "amount": amount});
        let deal = json!({"name": "Comet", "currency": "USD", "project": {"title": "The Comet"},
            "schedule": {"status": "packaged"},
            "budget": {"lines": [line("a", "USD 900000.00"), line("b", "USD 100000.50")]}});
        let copies = Copies::of(&deal, "Comet v2", "for Berlin");
        assert_eq!(copies.title, "The Comet");
        assert_eq!(copies.status, "packaged");
        assert_eq!(copies.budget_minor, Some(100_000_050));
        assert!(copies.search_text.contains("for berlin"));
        let mixed = json!({"currency": "USD", "budget": {"lines": [line("a", "EUR 1.00")]}});
        assert_eq!(Copies::of(&mixed, "", "").budget_minor, None);
        assert_eq!(Copies::of(&json!({"currency": "USD"}), "", "").budget_minor, None);
    }

    #[test]
    fn what_would_change_on_the_way_is_refused() {
        assert!(Document::new(&json!([1])).is_err());
        let mut deep = json!(1);
        for _ in 0..200 {
            deep = json!([deep]);
        }
        assert!(matches!(Document::new(&json!({"deep": deep})), Err(StoreError::Unstorable { .. })));
    }
}
