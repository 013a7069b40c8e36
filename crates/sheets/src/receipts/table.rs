//! Statements as a table that reads back.

use std::collections::BTreeSet;

use recoup_deal::Language;
use recoup_deal::actuals::{DeductionKind, ReceivedStatement, StatementLine};
use recoup_money::Money;

use super::meaning::ReceiptMeaning;
use super::sources::KnownSource;
use crate::{
    export::{ExportedCell, ExportedTable},
    text::plain,
};

/// Headers in English and French of the columns that are always there, before and after the deductions.
const BEFORE: [(&str, &str); 6] = [
    ("Source", "Source"),
    ("Territory", "Territoire"),
    ("From", "Du"),
    ("To", "Au"),
    ("Date received", "Date d’encaissement"),
    ("Gross", "Brut"),
];
const AFTER: [(&str, &str); 5] = [
    ("Net", "Net"),
    ("Currency", "Devise"),
    ("Exchange rate", "Taux de change"),
    ("Units", "Unités"),
    ("Note", "Note"),
];
/// Deductions that a blank form has a column for.
const USUAL: [DeductionKind; 4] = [
    DeductionKind::DistributionFee,
    DeductionKind::DistributionExpenses,
    DeductionKind::SalesCommission,
    DeductionKind::Withholding,
];

/// The lines of statements as a table, one row a line; of sources without a statement a row without amounts, so that
/// a form without any statement is one to fill in.
#[must_use]
pub fn receipts_table(
    statements: &[ReceivedStatement],
    sources: &[KnownSource],
    language: Language,
) -> ExportedTable {
    let lines =
        || statements.iter().flat_map(|statement| statement.lines.iter().map(move |line| (statement, line)));
    let used: BTreeSet<DeductionKind> =
        lines().flat_map(|(_, line)| &line.deductions).map(|deduction| deduction.kind).collect();
    let kinds: Vec<DeductionKind> = ReceiptMeaning::ALL
        .into_iter()
        .filter_map(|meaning| match meaning {
            ReceiptMeaning::Deduction(kind) => Some(kind),
            _ => None,
        })
        .filter(|kind| used.contains(kind) || used.is_empty() && USUAL.contains(kind))
        .collect();
    let word = |(english, french): (&'static str, &'static str)| match language {
        Language::English => english,
        Language::French => french,
    };
    let mut heads: Vec<&'static str> = BEFORE.into_iter().map(word).collect();
    heads.extend(kinds.iter().map(|kind| word(head(*kind))));
    let amount = heads.len();
    heads.extend(AFTER.into_iter().map(word));
    let mut rows: Vec<Vec<ExportedCell>> =
        lines().map(|(statement, line)| row(statement, line, &kinds, sources)).collect();
    if rows.is_empty() {
        let blank = |source: &KnownSource| {
            let mut cells = vec![ExportedCell::Empty; heads.len()];
            cells[0] = text(&name(&source.id, sources));
            cells[1] = text(&source.territories.join(" "));
            cells
        };
        rows = sources.iter().map(blank).collect();
    }
    let amounts: Vec<Money> = lines().map(|(_, line)| line.amount).collect();
    let currency = amounts.first().map(Money::currency);
    ExportedTable {
        sheet: "Receipts",
        language,
        rows,
        total: "Total",
        sum: currency.and_then(|currency| Money::sum(currency, amounts).ok()),
        amount,
        heads,
    }
}

fn head(kind: DeductionKind) -> (&'static str, &'static str) {
    match kind {
        DeductionKind::DistributionFee => ("Distribution fee", "Commission de distribution"),
        DeductionKind::DistributionExpenses => ("Distribution expenses", "Frais d’édition"),
        DeductionKind::PAndA => ("Prints and advertising", "Frais de sortie"),
        DeductionKind::SalesCommission => ("Sales commission", "Commission de vente"),
        DeductionKind::SalesExpenses => ("Sales expenses", "Frais de vente"),
        DeductionKind::SalesAdvance => ("Advance recouped", "Avance récupérée"),
        DeductionKind::GuaranteeRecouped => ("Guarantee recouped", "Garantie récupérée"),
        DeductionKind::OverageKept => ("Overage kept", "Part distributeur"),
        DeductionKind::Withholding => ("Withholding tax", "Retenue à la source"),
        DeductionKind::Exhibitors => ("Exhibitor share", "Part salle"),
        DeductionKind::OtherShares => ("Other shares", "Autres parts"),
        DeductionKind::Other => ("Other deductions", "Autres déductions"),
    }
}

fn row(
    statement: &ReceivedStatement,
    line: &StatementLine,
    kinds: &[DeductionKind],
    sources: &[KnownSource],
) -> Vec<ExportedCell> {
    let source = sources.iter().find(|source| source.id == line.source);
    let places = source.map(|source| source.territories.join(" ")).unwrap_or_default();
    let mut cells = vec![
        text(&name(&line.source, sources)),
        text(&places),
        text(&statement.from.to_string()),
        text(&statement.to.to_string()),
        text(&statement.received.map(|day| day.to_string()).unwrap_or_default()),
        line.gross.map_or(ExportedCell::Empty, ExportedCell::Amount),
    ];
    for kind in kinds {
        let of_kind = line.deductions.iter().filter(|deduction| deduction.kind == *kind);
        let amounts: Vec<Money> = of_kind.map(|deduction| deduction.amount).collect();
        let sum =
            amounts.first().and_then(|first| Money::sum(first.currency(), amounts.iter().copied()).ok());
        cells.push(sum.map_or(ExportedCell::Empty, ExportedCell::Amount));
    }
    cells.push(ExportedCell::Amount(line.amount));
    cells.push(text(line.amount.currency().code()));
    cells.push(text(&line.rate.map(|rate| rate.to_string()).unwrap_or_default()));
    cells.push(text(&line.units.map(|units| units.to_string()).unwrap_or_default()));
    cells.push(text(line.note.as_deref().unwrap_or_default()));
    cells
}

/// A source by its name where that names no other, else by its id.
fn name(id: &str, sources: &[KnownSource]) -> String {
    let label = sources.iter().find(|source| source.id == id).map(|source| source.label.as_str());
    let only = label.filter(|label| {
        let same = |source: &&KnownSource| source.id == *label || plain(&source.label) == plain(label);
        !label.is_empty() && sources.iter().filter(same).count() == 1
    });
    only.unwrap_or(id).to_owned()
}

fn text(text: &str) -> ExportedCell {
    if text.is_empty() { ExportedCell::Empty } else { ExportedCell::Text(text.to_owned()) }
}
