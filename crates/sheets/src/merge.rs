//! Lines of a sheet into a budget that may have lines already.

use std::collections::{BTreeMap, BTreeSet};

use recoup_deal::{Account, BudgetLine};

use crate::{
    meaning::Meaning,
    number::DecimalMark,
    places::spend_text,
    preview::{Preview, SheetLine},
    text::plain,
};

/// What becomes of the lines that are there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ImportMode {
    /// They go; what a sheet cannot hold stays with a line that comes again.
    Replace,
    /// They stay, and the sheet's come after them.
    Append,
    /// Those that the sheet has too take its values, the others stay, and what is new comes after them.
    UpdateByAccount,
}

impl ImportMode {
    /// Every mode.
    pub const ALL: [Self; 3] = [Self::Replace, Self::Append, Self::UpdateByAccount];

    /// Its name on the wire and on a command line.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Replace => "replace",
            Self::Append => "append",
            Self::UpdateByAccount => "update_by_account",
        }
    }

    /// The mode of this name.
    #[must_use]
    pub fn of_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|mode| mode.name() == name)
    }
}

/// The lines of a budget after an import.
#[must_use]
pub fn merged(existing: &[BudgetLine], preview: &Preview, mode: ImportMode) -> Vec<BudgetLine> {
    let said: BTreeSet<Meaning> = preview.columns.iter().map(|column| column.meaning).collect();
    match mode {
        ImportMode::Replace => {
            let known: BTreeMap<&str, &BudgetLine> =
                existing.iter().map(|line| (line.id.as_str(), line)).collect();
            let again = |line: &SheetLine| match known.get(line.line.id.as_str()) {
                Some(before) => renewed(before, line, &said),
                None => line.line.clone(),
            };
            preview.lines.iter().map(again).collect()
        }
        ImportMode::Append => {
            let mut lines = existing.to_vec();
            preview.lines.iter().for_each(|line| add(&mut lines, &line.line));
            lines
        }
        ImportMode::UpdateByAccount => {
            let mut lines = existing.to_vec();
            let pairs = pairs(existing, &preview.lines);
            for (line, at) in preview.lines.iter().zip(pairs) {
                match at {
                    Some(at) => lines[at] = updated(&lines[at], &line.line),
                    None => add(&mut lines, &line.line),
                }
            }
            lines
        }
    }
}

fn add(lines: &mut Vec<BudgetLine>, line: &BudgetLine) {
    let id = free(&line.id, |id| lines.iter().any(|other| other.id == id));
    lines.push(BudgetLine { id, ..line.clone() });
}

/// An id that is not taken: the wanted one, else with a number.
pub(crate) fn free(wanted: &str, taken: impl Fn(&str) -> bool) -> String {
    if !taken(wanted) {
        return wanted.to_owned();
    }
    let mut number = 2_u32;
    loop {
        let id = format!("{wanted}-{number}");
        if !taken(&id) {
            return id;
        }
        number += 1;
    }
}

/// A line that comes again: as the sheet says, with what the sheet has no column for as it was.
fn renewed(before: &BudgetLine, line: &SheetLine, said: &BTreeSet<Meaning>) -> BudgetLine {
    let mut after = line.line.clone();
    let silent = |meanings: &[Meaning]| !meanings.iter().any(|meaning| said.contains(meaning));
    after.subcontracts.clone_from(&before.subcontracts);
    after.items.clone_from(&before.items);
    after.months.clone_from(&before.months);
    let written = |line: &BudgetLine| spend_text(&line.spend, DecimalMark::Point);
    if (silent(&[Meaning::Place, Meaning::SpentIn]) && after.spend.is_empty())
        || written(&after) == written(before)
    {
        after.spend.clone_from(&before.spend);
    }
    if silent(&[Meaning::Labour, Meaning::LabourAmount]) {
        after.labour_share = before.labour_share;
    }
    if silent(&[Meaning::Resident]) {
        after.resident_share = before.resident_share;
    }
    if silent(&[Meaning::ResidentArea]) {
        after.resident_area.clone_from(&before.resident_area);
    }
    if silent(&[Meaning::Animation]) {
        after.animation_share = before.animation_share;
    }
    if silent(&[Meaning::Phase]) {
        after.phase = before.phase;
    }
    if silent(&[Meaning::Curve]) {
        after.curve = before.curve;
    }
    if silent(&[Meaning::Core]) {
        after.core = before.core;
    }
    if silent(&[Meaning::Company]) {
        after.company.clone_from(&before.company);
    }
    if silent(&[Meaning::Payee]) {
        after.payee.clone_from(&before.payee);
    }
    if silent(&[Meaning::Tags]) || before.tags.join(", ") == after.tags.join(", ") {
        after.tags.clone_from(&before.tags);
    }
    if silent(&[Meaning::Notes]) {
        after.notes.clone_from(&before.notes);
    }
    after
}

/// A line that is there, with the values the sheet gives; its name and account stay.
fn updated(before: &BudgetLine, sheet: &BudgetLine) -> BudgetLine {
    let mut after = before.clone();
    after.amount = sheet.amount.or(before.amount);
    if !sheet.spend.is_empty()
        && spend_text(&sheet.spend, DecimalMark::Point) != spend_text(&before.spend, DecimalMark::Point)
    {
        after.spend.clone_from(&sheet.spend);
    }
    after.labour_share = sheet.labour_share.or(before.labour_share);
    after.resident_share = sheet.resident_share.or(before.resident_share);
    after.resident_area = sheet.resident_area.clone().or_else(|| before.resident_area.clone());
    after.animation_share = sheet.animation_share.or(before.animation_share);
    after.phase = sheet.phase.or(before.phase);
    after.curve = sheet.curve.or(before.curve);
    after.core = sheet.core.or(before.core);
    after.company = sheet.company.clone().or_else(|| before.company.clone());
    after.payee = sheet.payee.clone().or_else(|| before.payee.clone());
    if !sheet.tags.is_empty() {
        after.tags.clone_from(&sheet.tags);
    }
    after.notes = sheet.notes.clone().or_else(|| before.notes.clone());
    after
}

/// Whether a line of the sheet is one that is there.
type Rule<'a> = &'a dyn Fn(&SheetLine, &BudgetLine) -> bool;

/// For each line of the sheet the line that is there already: the same id, the same account number, the same name
/// in the same account, else the only line of the account on both sides. Each is taken once.
fn pairs(existing: &[BudgetLine], lines: &[SheetLine]) -> Vec<Option<usize>> {
    let mut pairs: Vec<Option<usize>> = vec![None; lines.len()];
    let mut taken = vec![false; existing.len()];
    let numbered = |line: &SheetLine, other: &BudgetLine| {
        let code = line.code.as_deref().map(crate::text::slug).filter(|code| !code.is_empty());
        code.is_some_and(|code| other.id == code || other.id.starts_with(&format!("{code}-")))
    };
    let named = |line: &SheetLine, other: &BudgetLine| {
        other.account == line.line.account && plain(&other.label) == plain(&line.line.label)
    };
    let count = |account: Account, all: &mut dyn Iterator<Item = Account>| {
        all.filter(|other| *other == account).count()
    };
    let alone = |line: &SheetLine, other: &BudgetLine| {
        let account = line.line.account;
        other.account == account
            && account != Account::Other
            && count(account, &mut existing.iter().map(|line| line.account)) == 1
            && count(account, &mut lines.iter().map(|line| line.line.account)) == 1
    };
    let same = |line: &SheetLine, other: &BudgetLine| other.id == line.line.id;
    let rules: [Rule<'_>; 4] = [&same, &numbered, &named, &alone];
    for rule in rules {
        for (at, line) in lines.iter().enumerate() {
            if pairs[at].is_some() {
                continue;
            }
            let found = (0..existing.len()).find(|other| !taken[*other] && rule(line, &existing[*other]));
            if let Some(other) = found {
                taken[other] = true;
                pairs[at] = Some(other);
            }
        }
    }
    pairs
}
