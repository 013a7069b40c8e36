//! What nobody has typed, and where it was taken from.

use recoup_deal::Confidence;

use crate::document::{Block, ColumnKind, RowStyle, Section, Table};
use crate::sections::desk::Desk;

pub(crate) fn section(desk: &mut Desk<'_>) -> Section {
    let mut table = Table::new(&[
        ("Field", ColumnKind::Text, 2.6),
        ("Value", ColumnKind::Text, 1.2),
        ("Source", ColumnKind::Text, 4.0),
        ("Confidence", ColumnKind::Text, 1.0),
    ]);
    let assumptions = &desk.deal().assumptions;
    for assumption in assumptions {
        let value = plain(&assumption.value);
        let confidence = match assumption.confidence {
            Some(Confidence::High) => "high",
            Some(Confidence::Medium) => "medium",
            Some(Confidence::Low) => "low",
            None => "",
        };
        let cells = vec![
            assumption.path.as_str().into(),
            value.into(),
            assumption.source.as_str().into(),
            confidence.into(),
        ];
        table.push(RowStyle::Plain, cells, None);
    }
    Section {
        topic: "Assumptions".to_owned(),
        lead: format!(
            "{} values are assumed: nobody has given them yet, and each can be typed over.",
            assumptions.len()
        ),
        blocks: vec![Block::Table(table)],
    }
}

/// A value as words: `{"fixed":"USD 35000.00"}` reads "fixed USD 35000.00".
fn plain(value: &serde_json::Value) -> String {
    use serde_json::Value;
    match value {
        Value::String(text) => text.replace('_', " "),
        Value::Array(items) => items.iter().map(plain).collect::<Vec<_>>().join("; "),
        Value::Object(fields) => {
            let fields = fields.iter().filter(|(name, _)| *name != "id");
            let parts = fields.map(|(name, value)| format!("{} {}", name.replace('_', " "), plain(value)));
            parts.collect::<Vec<_>>().join(", ")
        }
        Value::Bool(true) => "yes".to_owned(),
        Value::Bool(false) => "no".to_owned(),
        Value::Null => String::new(),
        Value::Number(number) => number.to_string(),
    }
}
