//! The lines of a budget as a table that reads back.

use recoup_deal::{BudgetLine, Language};
use recoup_money::Money;
use rust_decimal::Decimal;

use crate::{
    names::{account_name, curve_name, flag_name, phase_name},
    number::DecimalMark,
    places::spend_text,
    preview::Named,
    text::plain,
};

/// A table of lines.
#[derive(Debug, Clone, PartialEq)]
pub struct ExportedTable {
    /// The name of its sheet.
    pub sheet: &'static str,
    /// The language its words are in.
    pub language: Language,
    /// The headers.
    pub heads: Vec<&'static str>,
    /// One row a line.
    pub rows: Vec<Vec<ExportedCell>>,
    /// The word before the sum of the lines.
    pub total: &'static str,
    /// The sum of the lines, where they are of one currency.
    pub sum: Option<Money>,
    /// The column of the amounts.
    pub amount: usize,
}

/// What is written into a cell.
#[derive(Debug, Clone, PartialEq)]
pub enum ExportedCell {
    /// Nothing.
    Empty,
    /// Text.
    Text(String),
    /// An amount, without its currency.
    Amount(Money),
    /// A share, as a percentage.
    Share(Decimal),
}

/// A column: its headers in English and French, and what it writes about a line.
struct Wide {
    english: &'static str,
    french: &'static str,
    /// Left out where no line says anything in it.
    optional: bool,
    write: fn(&BudgetLine, &Words<'_>) -> ExportedCell,
}

struct Words<'a> {
    language: Language,
    parties: &'a [Named],
}

const COLUMNS: [Wide; 16] = [
    Wide {
        english: "Standard account",
        french: "Compte type",
        optional: false,
        write: |line, words| text(account_name(line.account, words.language)),
    },
    Wide { english: "Description", french: "Libellé", optional: false, write: |line, _| text(&line.label) },
    Wide {
        english: "Amount",
        french: "Montant",
        optional: false,
        write: |line, _| line.amount.map_or(ExportedCell::Empty, ExportedCell::Amount),
    },
    Wide {
        english: "Currency",
        french: "Devise",
        optional: false,
        write: |line, _| line.amount.map_or(ExportedCell::Empty, |amount| text(amount.currency().code())),
    },
    Wide {
        english: "Spent in",
        french: "Dépensé à",
        optional: false,
        write: |line, words| text(&spend_text(&line.spend, words.mark())),
    },
    Wide {
        english: "Labour %",
        french: "Main-d’œuvre %",
        optional: false,
        write: |line, _| share(line.labour_share),
    },
    Wide {
        english: "Resident %",
        french: "Résidents %",
        optional: false,
        write: |line, _| share(line.resident_share),
    },
    Wide {
        english: "Animation %",
        french: "% animation",
        optional: false,
        write: |line, _| share(line.animation_share),
    },
    Wide {
        english: "Phase",
        french: "Étape",
        optional: false,
        write: |line, words| {
            line.phase.map_or(ExportedCell::Empty, |phase| text(phase_name(phase, words.language)))
        },
    },
    Wide {
        english: "Spend curve",
        french: "Courbe de dépense",
        optional: true,
        write: |line, words| {
            line.curve.map_or(ExportedCell::Empty, |curve| text(curve_name(curve, words.language)))
        },
    },
    Wide {
        english: "Core expenditure",
        french: "Dépense de base",
        optional: true,
        write: |line, words| {
            line.core.map_or(ExportedCell::Empty, |core| text(flag_name(core, words.language)))
        },
    },
    Wide {
        english: "Company",
        french: "Société",
        optional: true,
        write: |line, words| words.party(line.company.as_deref()),
    },
    Wide {
        english: "Payee",
        french: "Bénéficiaire",
        optional: true,
        write: |line, words| words.party(line.payee.as_deref()),
    },
    Wide {
        english: "Resident area",
        french: "Zone de résidence",
        optional: true,
        write: |line, _| text(line.resident_area.as_deref().unwrap_or_default()),
    },
    Wide {
        english: "Tags",
        french: "Mots-clés",
        optional: true,
        write: |line, _| text(&line.tags.join(", ")),
    },
    Wide {
        english: "Notes",
        french: "Notes",
        optional: false,
        write: |line, _| text(line.notes.as_deref().unwrap_or_default()),
    },
];
const ID: (&str, &str) = ("Line ID", "ID de ligne");

fn text(text: &str) -> ExportedCell {
    if text.is_empty() { ExportedCell::Empty } else { ExportedCell::Text(text.to_owned()) }
}

fn share(share: Option<Decimal>) -> ExportedCell {
    share.map_or(ExportedCell::Empty, ExportedCell::Share)
}

impl Words<'_> {
    fn mark(&self) -> DecimalMark {
        mark_of(self.language)
    }

    /// A party by its name where that names nobody else, else by its id.
    fn party(&self, id: Option<&str>) -> ExportedCell {
        let Some(id) = id else { return ExportedCell::Empty };
        let name = self.parties.iter().find(|party| party.id == id).map(|party| party.name.as_str());
        let only = name.filter(|name| {
            let same = |party: &&Named| party.id == *name || plain(&party.name) == plain(name);
            name.trim() == *name && !name.is_empty() && self.parties.iter().filter(same).count() == 1
        });
        text(only.unwrap_or(id))
    }
}

/// The decimal mark of a language.
pub(crate) const fn mark_of(language: Language) -> DecimalMark {
    match language {
        Language::English => DecimalMark::Point,
        Language::French => DecimalMark::Comma,
    }
}

/// The lines of a budget as a table. Columns in which no line says anything are left out, unless a budget usually
/// says something in them.
#[must_use]
pub fn exported(lines: &[BudgetLine], parties: &[Named], language: Language) -> ExportedTable {
    let words = Words { language, parties };
    let used: Vec<&Wide> = COLUMNS
        .iter()
        .filter(|wide| {
            !wide.optional || lines.iter().any(|line| (wide.write)(line, &words) != ExportedCell::Empty)
        })
        .collect();
    let head = |english: &'static str, french: &'static str| match language {
        Language::English => english,
        Language::French => french,
    };
    let mut heads: Vec<&'static str> = used.iter().map(|wide| head(wide.english, wide.french)).collect();
    heads.push(head(ID.0, ID.1));
    let row = |line: &BudgetLine| {
        let mut cells: Vec<ExportedCell> = used.iter().map(|wide| (wide.write)(line, &words)).collect();
        cells.push(text(&line.id));
        cells
    };
    let amounts: Vec<Money> = lines.iter().filter_map(|line| line.amount).collect();
    let currency = amounts.first().map(Money::currency);
    ExportedTable {
        sheet: "Budget",
        language,
        rows: lines.iter().map(row).collect(),
        total: "Total",
        sum: currency.and_then(|currency| Money::sum(currency, amounts).ok()),
        amount: used.iter().position(|wide| wide.english == "Amount").unwrap_or(0),
        heads,
    }
}
