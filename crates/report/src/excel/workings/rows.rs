//! Rows of the workings: which cell stands in which, and in which order they are read.

use std::collections::BTreeMap;

use recoup_explain::{How, NodeId, Quantity};

use super::formulas::{Speaker, key};
use super::reach::Reach;
use super::splits::{Split, Splits};
use super::{WorkingCell, WorkingContent, WorkingPart, WorkingRow, labels};
use crate::excel::Formula;
use crate::sections::Desk;
use crate::table::{ColumnKind, Figure, RowStyle};

/// What rows are about, in the order of the sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum About {
    Rests,
    Budget,
    Months,
    Instruments,
    Account,
    Closing,
    Tests,
    Parts,
}

const ABOUT: [(About, &str, bool); 8] = [
    (About::Rests, "workings.rests", false),
    (About::Budget, "workings.budget", true),
    (About::Months, "workings.by_month", true),
    (About::Instruments, "workings.instruments", true),
    (About::Account, "workings.account", true),
    (About::Closing, "workings.closing", false),
    (About::Tests, "workings.tests", false),
    (About::Parts, "workings.in_parts", false),
];

/// What makes a row one.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum RowKey {
    /// The figures of an address.
    Named(String),
    /// A working: the row it is made for, what it does, and which of several.
    Working(String, &'static str, usize),
    /// A cell of the deal, or a figure of another sheet.
    Given(NodeId),
    /// The parts of a split.
    Split(usize),
}

#[derive(Debug)]
struct Gathered {
    about: About,
    /// The instrument, by its place.
    group: usize,
    first: NodeId,
    row: WorkingRow,
}

/// All rows, by what they are about.
pub(super) fn parts(desk: &Desk<'_>, reach: &Reach<'_>, splits: &Splits) -> Vec<WorkingPart> {
    let speaker = Speaker { reach, splits };
    let mut rows: BTreeMap<RowKey, Gathered> = BTreeMap::new();
    let mut counted: BTreeMap<(String, &'static str, Option<usize>), usize> = BTreeMap::new();
    for (node, _) in reach.nodes.iter().filter(|(_, seen)| seen.cell) {
        if reach.solution == Some(*node) || reach.open == Some(*node) {
            continue;
        }
        // A total of nothing that nothing else reads says nothing.
        let alone = reach.nodes.get(node).is_some_and(|seen| seen.uses == 0 && seen.month.is_none());
        if alone && matches!(speaker.of(*node), Some(Formula::Number(number)) if number.is_zero()) {
            continue;
        }
        let (row_key, column) = place(desk, reach, splits, *node, &mut counted);
        let cell = cell(&speaker, *node, column);
        let row =
            rows.entry(row_key).or_insert_with_key(|row_key| gather(desk, reach, splits, *node, row_key));
        row.row.cells.push(cell);
    }
    let mut found: Vec<Gathered> = rows.into_values().collect();
    found.extend(splits.all.iter().flat_map(|split| helpers(desk, &speaker, split)));
    found.sort_by_key(|row| (row.about, row.group, row.first));
    let mut parts = Vec::new();
    for (about, heading, monthly) in ABOUT {
        let of = found.iter().filter(|row| row.about == about);
        let rows = grouped(desk, of);
        if !rows.is_empty() {
            parts.push(WorkingPart { heading: desk.say(heading), monthly, rows });
        }
    }
    parts
}

/// Rows of an instrument stand under its name.
fn grouped<'g>(desk: &Desk<'_>, found: impl Iterator<Item = &'g Gathered>) -> Vec<WorkingRow> {
    let mut rows = Vec::new();
    let mut under = usize::MAX;
    for one in found {
        if one.about == About::Instruments && one.group != under {
            under = one.group;
            let name = desk.deal().instruments.get(under).map_or_else(String::new, |one| one.name.clone());
            rows.push(WorkingRow {
                label: name,
                note: String::new(),
                style: RowStyle::Group,
                cells: Vec::new(),
            });
        }
        rows.push(one.row.clone());
    }
    rows
}

fn place(
    desk: &Desk<'_>,
    reach: &Reach<'_>,
    splits: &Splits,
    node: NodeId,
    counted: &mut BTreeMap<(String, &'static str, Option<usize>), usize>,
) -> (RowKey, usize) {
    let (book, seen) = (reach.book, reach.nodes.get(&node));
    if matches!(book.how(node), How::Leaf(_)) || reach.is_given(node) {
        return (RowKey::Given(node), 0);
    }
    let month = seen.and_then(|seen| seen.month);
    if let Some(address) = book.address(node) {
        let column = reach.month_of(address).map_or(0, |month| month + 1);
        return (RowKey::Named(reach.row_of(address).to_owned()), column);
    }
    if let Some(split) = splits.find(book.inputs(node)) {
        let part = split.parts.iter().find(|(_, part)| **part == node).map_or(0, |(place, _)| *place);
        return (RowKey::Split(split.number), split.columns.get(part).copied().unwrap_or(0));
    }
    let role = labels::role(reach, node);
    let follows =
        ["workings.bears", "workings.earned", "workings.accrued", "workings.told", "workings.drawn_before"];
    let kin = follows.contains(&role).then(|| labels::kin(desk, reach, node)).flatten();
    let owner = match kin.and_then(|place| desk.deal().instruments.get(place)) {
        Some(instrument) => format!("capital.{}.balance", instrument.id),
        None => {
            let owner = seen.and_then(|seen| seen.owner).and_then(|owner| book.address(owner));
            owner.map_or_else(String::new, |owner| reach.row_of(owner).to_owned())
        }
    };
    let count = counted.entry((owner.clone(), role, month)).or_insert(0);
    *count += 1;
    match month {
        Some(month) => (RowKey::Working(owner, role, *count), month + 1),
        // Steps beyond the months stand beside each other.
        None => (RowKey::Working(owner, role, 0), *count),
    }
}

fn gather(desk: &Desk<'_>, reach: &Reach<'_>, splits: &Splits, node: NodeId, row: &RowKey) -> Gathered {
    let book = reach.book;
    let (about, label, note, address) = match row {
        RowKey::Named(address) => {
            (about(desk, address), labels::figure(desk, address), address.clone(), address.clone())
        }
        RowKey::Working(owner, role, count) => {
            let mut label = desk.say(role);
            if labels::instrument_of(desk, owner).is_none() {
                label = format!("{}: {label}", labels::figure(desk, owner));
            }
            if *count > 1 {
                label = format!("{label} ({})", roman(*count));
            }
            let instrument =
                labels::instrument_of(desk, owner).and_then(|place| desk.deal().instruments.get(place));
            if let (0, Some(instrument)) = (*count, instrument) {
                let of = reach.row_of(owner);
                label = format!("{}, {}: {label}", instrument.name, labels::figure(desk, of));
            }
            let about = if *count == 0 { About::Parts } else { about(desk, owner) };
            (about, label, String::new(), owner.clone())
        }
        RowKey::Given(_) => {
            let path = match book.how(node) {
                How::Leaf(leaf) => leaf.path().map(ToString::to_string),
                How::Computed(_) => book.address(node).map(ToString::to_string),
            };
            let path = path.unwrap_or_default();
            (About::Rests, labels::cell(desk, &path), path, String::new())
        }
        RowKey::Split(number) => {
            let split = splits.all.get(*number);
            let label = split.map_or_else(String::new, |split| {
                let of = labels::split(desk, reach, split.amount, &split.weights);
                format!("{of}: {}", desk.say("workings.part"))
            });
            let monthly = split.is_some_and(|split| split.monthly);
            (if monthly { About::Months } else { About::Parts }, label, String::new(), String::new())
        }
    };
    let group = labels::instrument_of(desk, &address).unwrap_or(usize::MAX);
    Gathered {
        about,
        group,
        first: node,
        row: WorkingRow { label, note, style: RowStyle::Plain, cells: Vec::new() },
    }
}

/// A small number as an ordinal of rows that do the same, which is no figure.
fn roman(number: usize) -> String {
    let units = ["", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix"];
    let unit = units.get(number % 10).copied().unwrap_or_default();
    format!("{}{unit}", "x".repeat(number / 10))
}

fn about(desk: &Desk<'_>, address: &str) -> About {
    if address.starts_with("budget.") {
        About::Budget
    } else if address.starts_with("cash_flow.") {
        About::Account
    } else if labels::instrument_of(desk, address).is_some() {
        About::Instruments
    } else if address.starts_with("closing.") {
        About::Closing
    } else {
        About::Tests
    }
}

fn kind(value: &Quantity, address: &str) -> ColumnKind {
    match value {
        Quantity::Money(_) => ColumnKind::Money,
        Quantity::Number(_) if address.ends_with("rate") || address.ends_with("share") => ColumnKind::Rate,
        _ => ColumnKind::Number,
    }
}

fn cell(speaker: &Speaker<'_, '_>, node: NodeId, column: usize) -> WorkingCell {
    let book = speaker.reach.book;
    let given = matches!(book.how(node), How::Leaf(_)) || speaker.reach.is_given(node);
    let value = book.value(node).clone();
    let address = match book.how(node) {
        How::Leaf(leaf) => leaf.path().cloned(),
        How::Computed(_) => book.address(node).cloned(),
    };
    let figure = Figure::of(book, node, kind(&value, address.as_deref().unwrap_or_default()));
    let content = if given && figure.is_some() {
        WorkingContent::Given
    } else {
        speaker.of(node).map_or(WorkingContent::Written, WorkingContent::Computed)
    };
    WorkingCell { column, key: key(node), value, content, figure }
}

/// The rows that a split needs beside its parts.
fn helpers(desk: &Desk<'_>, speaker: &Speaker<'_, '_>, split: &Split) -> Vec<Gathered> {
    let reach = speaker.reach;
    let Some(values) = split.values(reach) else { return Vec::new() };
    let of = labels::split(desk, reach, split.amount, &split.weights);
    let first = split.parts.values().next().copied().unwrap_or(split.amount);
    let number = |column: usize, key: String, value, formula: Option<Formula>| WorkingCell {
        column,
        key,
        value: Quantity::Number(value),
        content: formula.map_or(WorkingContent::Written, WorkingContent::Computed),
        figure: None,
    };
    let row = |word: &str, cells: Vec<WorkingCell>| Gathered {
        about: if split.monthly { About::Months } else { About::Parts },
        group: usize::MAX,
        first,
        row: WorkingRow {
            label: format!("{of}: {}", desk.say(word)),
            note: String::new(),
            style: RowStyle::Muted,
            cells,
        },
    };
    let (mut weights, mut shares, mut remainders) = (Vec::new(), Vec::new(), Vec::new());
    for (place, ([weight, share, remainder], column)) in values.iter().zip(&split.columns).enumerate() {
        weights.push(number(*column, split.weight_key(place), *weight, split.weight(place, speaker)));
        shares.push(number(*column, split.share_key(place), *share, split.share(place, speaker)));
        remainders.push(number(
            *column,
            split.remainder_key(place),
            *remainder,
            Some(split.remainder(place)),
        ));
    }
    if let Some(left) = split.left_over(reach) {
        remainders.insert(0, number(0, split.left_key(), left, split.left(speaker)));
    }
    vec![
        row("workings.weight", weights),
        row("workings.exact_share", shares),
        row("workings.remainder", remainders),
    ]
}

/// The amount that fills the rest as a value, where its search cannot be written out.
pub(super) fn unsolved(desk: &Desk<'_>, reach: &Reach<'_>, solution: NodeId) -> WorkingRow {
    let value = reach.book.value(solution).clone();
    let cell =
        WorkingCell { column: 0, key: key(solution), value, content: WorkingContent::Written, figure: None };
    WorkingRow {
        label: desk.say("workings.solution"),
        note: "closing.solution".to_owned(),
        style: RowStyle::Plain,
        cells: vec![cell],
    }
}
