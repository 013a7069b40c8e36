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
        let value = match &assumption.value {
            serde_json::Value::String(text) => text.clone(),
            other => other.to_string(),
        };
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
