//! Returns, multiples, values and losses of the parties, each figure over its standard error.

use crate::document::Block;
use crate::risk::Risk;
use crate::sections::desk::Desk;
use crate::sections::risk::error;
use crate::table::{Cell, ColumnKind, RowStyle, Table};

/// A column: what stands behind the party in the address, the key of its name, how it is set, its width.
type Asked = (&'static str, &'static str, ColumnKind, f64);

const RATES: [Asked; 6] = [
    ("irr.p5", "risk.p5", ColumnKind::Percent, 1.0),
    ("irr.p10", "risk.p10", ColumnKind::Percent, 1.0),
    ("irr.p50", "risk.p50", ColumnKind::Percent, 1.0),
    ("irr.p90", "risk.p90", ColumnKind::Percent, 1.0),
    ("irr.p95", "risk.p95", ColumnKind::Percent, 1.0),
    ("irr.mean", "risk.mean", ColumnKind::Percent, 1.0),
];

const WORTH: [Asked; 7] = [
    ("multiple.p10", "risk.multiple_p10", ColumnKind::Multiple, 0.9),
    ("multiple.p50", "risk.p50", ColumnKind::Multiple, 0.8),
    ("multiple.p90", "risk.p90", ColumnKind::Multiple, 0.8),
    ("multiple.shortfall", "risk.worst", ColumnKind::Multiple, 1.0),
    ("npv.p10", "risk.npv_p10", ColumnKind::Money, 1.3),
    ("npv.p50", "risk.p50", ColumnKind::Money, 1.2),
    ("npv.p90", "risk.p90", ColumnKind::Money, 1.2),
];

const LOSSES: [Asked; 6] = [
    ("recouped", "risk.recouped", ColumnKind::Percent, 1.0),
    ("loss", "risk.loss", ColumnKind::Percent, 1.0),
    ("total_loss", "risk.total_loss", ColumnKind::Percent, 1.0),
    ("payback_months.p50", "risk.payback", ColumnKind::Number, 1.0),
    ("payback_months.never", "risk.never", ColumnKind::Percent, 1.0),
    ("undefined", "risk.undefined", ColumnKind::Percent, 1.0),
];

/// What the parties earn, and what it is worth.
pub(super) fn returns(desk: &mut Desk<'_>, risk: &Risk, parties: &[String]) -> Vec<Block> {
    if parties.is_empty() {
        return Vec::new();
    }
    let rates = table(desk, risk, parties, ("risk.rates_head", &RATES));
    let worth = table(desk, risk, parties, ("risk.worth_head", &WORTH));
    let mut out = vec![Block::Heading(desk.say("risk.rates")), Block::Table(rates)];
    out.extend(withheld(desk, risk, parties).map(Block::Text));
    out.push(Block::Heading(desk.in_currency("risk.worth")));
    out.push(Block::Table(worth));
    out
}

/// How likely the parties lose.
pub(super) fn losses(desk: &mut Desk<'_>, risk: &Risk, parties: &[String]) -> Vec<Block> {
    if parties.is_empty() {
        return Vec::new();
    }
    let losses = table(desk, risk, parties, ("risk.losses_head", &LOSSES));
    vec![Block::Heading(desk.say("risk.losses")), Block::Table(losses)]
}

fn table(desk: &mut Desk<'_>, risk: &Risk, parties: &[String], (head, asked): (&str, &[Asked])) -> Table {
    let heads: Vec<String> = asked.iter().map(|one| desk.say(one.1)).collect();
    let head = desk.say(head);
    let mut columns = vec![(head.as_str(), ColumnKind::Text, 2.6)];
    columns.extend(asked.iter().zip(&heads).map(|(one, head)| (head.as_str(), one.2, one.3)));
    columns.push((desk.words.say("column.ref"), ColumnKind::Tag, 0.9));
    let mut table = Table::new(&columns);
    for party in parties {
        let name = desk.party(party);
        let within: Vec<String> = asked.iter().map(|one| format!("returns.{party}.{}", one.0)).collect();
        let wanted: Vec<(String, String)> = within
            .iter()
            .zip(&heads)
            .zip(asked)
            .map(|((within, column), one)| {
                (format!("{}{within}", risk.prefix), format!("{name}, {}", label(desk, one.0, column)))
            })
            .collect();
        let wanted: Vec<(&str, &str, ColumnKind)> = wanted
            .iter()
            .zip(asked)
            .map(|((address, label), one)| (address.as_str(), label.as_str(), one.2))
            .collect();
        let mut cells = vec![Cell::Key { text: name.clone(), class: desk.party_class(party) }];
        cells.extend(desk.figures_of('S', &wanted));
        table.push(RowStyle::Plain, cells, None);
        let mut errors: Vec<Cell> = vec![Cell::Blank];
        errors.extend(within.iter().zip(asked).map(|(within, one)| error(desk, risk, within, one.2).into()));
        errors.push(Cell::Blank);
        table.push(RowStyle::Error, errors, None);
    }
    table
}

/// The name of a figure where it stands alone.
fn label(desk: &Desk<'_>, within: &str, column: &str) -> String {
    match within.split_once('.') {
        Some(("irr", _)) => format!("{} {column}", desk.words.say("risk.irr")),
        Some(("multiple", "p10" | "p50" | "p90")) => {
            format!("{} {}", desk.words.say("risk.multiple"), mark(within))
        }
        Some(("npv", _)) => format!("{} {}", desk.words.say("risk.npv"), mark(within)),
        _ => column.to_owned(),
    }
}

fn mark(within: &str) -> String {
    within.rsplit('.').next().unwrap_or_default().to_uppercase()
}

/// Why quantiles of a return are withheld.
fn withheld<'a>(
    desk: &Desk<'_>,
    risk: &'a Risk,
    parties: &'a [String],
) -> impl Iterator<Item = String> + use<'a> {
    let words = desk.words;
    let names: Vec<String> = parties.iter().map(|party| desk.party(party)).collect();
    let figures = desk.figures;
    let said = move |(party, name): (&'a String, String)| {
        let missing = risk.find(&format!("returns.{party}.irr.p50"))?.1.value.absence().is_some();
        let share = risk.find(&format!("returns.{party}.undefined"))?.1.value.clone();
        let share = figures.prose(&share, ColumnKind::Percent);
        missing.then(|| words.with("risk.withheld", &[("party", &name), ("share", &share)]))
    };
    parties.iter().zip(names).filter_map(said)
}
