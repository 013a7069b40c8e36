//! What nobody has typed, and where it was taken from.

use recoup_deal::{Assumption, Confidence, deal_to_value, get_in};
use rust_decimal::Decimal;

use crate::document::{Block, Section, SectionKind};
use crate::sections::desk::Desk;
use crate::table::{Cell, ColumnKind, RowStyle, Table};

pub(crate) fn section(desk: &mut Desk<'_>) -> Section {
    let mut table = Table::new(&[
        (desk.words.say("assumptions.field"), ColumnKind::Text, 2.6),
        (desk.words.say("assumptions.value"), ColumnKind::Text, 1.6),
        (desk.words.say("assumptions.source"), ColumnKind::Text, 3.6),
        (desk.words.say("assumptions.confidence"), ColumnKind::Text, 0.9),
    ]);
    let document = deal_to_value(desk.deal()).unwrap_or_default();
    let stands = |assumption: &&Assumption| is_still(&assumption.value, get_in(&document, &assumption.path));
    let assumptions: Vec<Assumption> = desk.deal().assumptions.iter().filter(stands).cloned().collect();
    let mut part = "";
    for alike in groups(&assumptions) {
        let Some(first) = alike.first() else { continue };
        let here = first.path.split(['.', '[']).next().unwrap_or_default();
        if here != part {
            part = here;
            let cells = vec![heading(desk, here).into(), Cell::Blank, Cell::Blank, Cell::Blank];
            table.push(RowStyle::Group, cells, None);
        }
        let confidence = match first.confidence {
            Some(Confidence::High) => "confidence.high",
            Some(Confidence::Medium) => "confidence.medium",
            Some(Confidence::Low) => "confidence.low",
            None => "confidence.none",
        };
        let cells = vec![
            paths(desk, &alike).into(),
            plain(desk, &first.value).into(),
            first.source.as_str().into(),
            desk.say(confidence).into(),
        ];
        table.push(RowStyle::Plain, cells, None);
    }
    Section {
        kind: SectionKind::Assumptions,
        topic: desk.say("assumptions.topic"),
        lead: desk.words.count("assumptions.lead", assumptions.len()),
        blocks: vec![Block::Table(table)],
    }
}

/// Whether a cell still holds what was assumed. Typed over, the value is the producer's own.
fn is_still(assumed: &serde_json::Value, held: Option<serde_json::Value>) -> bool {
    let number = |value: &serde_json::Value| value.as_str().and_then(|text| text.parse::<Decimal>().ok());
    match held {
        Some(held) if held == *assumed => true,
        Some(held) => number(&held).zip(number(assumed)).is_some_and(|(held, assumed)| held == assumed),
        None => false,
    }
}

/// Neighbours that differ only in which row of the deal they are of, together.
fn groups(assumptions: &[Assumption]) -> Vec<Vec<&Assumption>> {
    let mut out: Vec<Vec<&Assumption>> = Vec::new();
    for assumption in assumptions {
        let alike = |group: &&mut Vec<&Assumption>| {
            group.first().is_some_and(|first| {
                pattern(&first.path) == pattern(&assumption.path)
                    && first.value == assumption.value
                    && first.source == assumption.source
                    && first.confidence == assumption.confidence
            })
        };
        match out.iter_mut().find(alike) {
            Some(group) => group.push(assumption),
            None => out.push(vec![assumption]),
        }
    }
    // Groups keep the order of their first members; parts of the deal stay together.
    let part = |group: &Vec<&Assumption>| {
        let path = group.first().map_or("", |first| first.path.as_str());
        path.split(['.', '[']).next().unwrap_or_default().to_owned()
    };
    let mut parts: Vec<String> = Vec::new();
    for group in &out {
        let name = part(group);
        if !parts.contains(&name) {
            parts.push(name);
        }
    }
    out.sort_by_key(|group| parts.iter().position(|name| *name == part(group)));
    out
}

/// A path without the rows it names: `budget.lines[].phase`.
fn pattern(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    let mut inside = false;
    for character in path.chars() {
        match character {
            '[' => {
                inside = true;
                out.push('[');
            }
            ']' => {
                inside = false;
                out.push(']');
            }
            other if !inside => out.push(other),
            _ => {}
        }
    }
    out
}

/// The path of one, or the common path and the rows of several.
fn paths(desk: &Desk<'_>, alike: &[&Assumption]) -> String {
    let Some(first) = alike.first() else { return String::new() };
    if alike.len() == 1 {
        return first.path.clone();
    }
    let rows: Vec<&str> = alike
        .iter()
        .filter_map(|one| {
            one.path.split_once('[').and_then(|(_, rest)| rest.split_once(']')).map(|(id, _)| id)
        })
        .collect();
    let common = pattern(&first.path).replace("[]", "[…]");
    desk.words.with("assumptions.rows", &[("path", &common), ("rows", &rows.join(", "))])
}

fn heading(desk: &Desk<'_>, part: &str) -> String {
    desk.say(match part {
        "project" => "part.project",
        "schedule" => "part.schedule",
        "fx" => "part.fx",
        "budget" => "part.budget",
        "parties" => "part.parties",
        "incentives" => "part.incentives",
        "instruments" => "part.instruments",
        "revenue" => "part.revenue",
        "recoupment" => "part.recoupment",
        "risk" => "part.risk",
        "market" => "part.market",
        _ => "part.other",
    })
}

/// A value as words: `{"fixed":"USD 35000.00"}` reads "fixed USD 35000.00".
fn plain(desk: &Desk<'_>, value: &serde_json::Value) -> String {
    use serde_json::Value;
    match value {
        Value::String(text) => amount(desk, text).unwrap_or_else(|| text.replace('_', " ")),
        Value::Array(items) => items.iter().map(|item| plain(desk, item)).collect::<Vec<_>>().join("; "),
        Value::Object(fields) => {
            let fields = fields.iter().filter(|(name, _)| *name != "id");
            let parts =
                fields.map(|(name, value)| format!("{} {}", name.replace('_', " "), plain(desk, value)));
            parts.collect::<Vec<_>>().join(", ")
        }
        Value::Bool(true) => desk.say("figure.yes"),
        Value::Bool(false) => desk.say("figure.no"),
        Value::Null => String::new(),
        Value::Number(number) => number.to_string(),
    }
}

/// An amount as the deal writes it, `USD 35000.00`, in the way of the pack.
fn amount(desk: &Desk<'_>, text: &str) -> Option<String> {
    text.parse::<recoup_money::Money>().ok().map(|amount| desk.figures.amount(amount))
}
