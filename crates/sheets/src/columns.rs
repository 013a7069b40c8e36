//! What the columns of a sheet mean: as its header and its values suggest, and as a person decided.

use std::collections::BTreeMap;

use recoup_deal::Account;
use recoup_money::Currency;

use crate::{
    cells::{Profile, profile},
    grid::Sheet,
    header::{Said, said},
    meaning::Meaning,
    text::plain,
};

/// What a person decided about a sheet. What is not decided is guessed.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Mapping {
    /// The row of the header, counted from one; 0 where there is none.
    pub header: Option<u32>,
    /// The columns that mean something else than is guessed.
    pub columns: Vec<ColumnChoice>,
    /// The standard account of an account of the sheet, by its number or, where it has none, its name.
    pub accounts: BTreeMap<String, Account>,
    /// Where a line is spent about which the sheet does not say.
    pub place: Option<String>,
    /// The currency of amounts that name none, whatever the sheet says above or beside them.
    pub currency: Option<Currency>,
}

/// What one column means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ColumnChoice {
    /// The column, counted from zero.
    pub column: usize,
    /// Its meaning.
    pub meaning: Meaning,
    /// The place it is about, where it means an amount spent in one.
    pub place: Option<String>,
}

/// A column with its meaning.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Read {
    pub(crate) head: String,
    pub(crate) meaning: Meaning,
    pub(crate) place: Option<String>,
    pub(crate) guessed: bool,
}

/// The headers of a sheet as one text: two sheets of one kind have the same.
pub(crate) fn signature(heads: &[String]) -> String {
    let heads: Vec<String> = heads.iter().map(|head| plain(head)).collect();
    let used = heads.iter().rposition(|head| !head.is_empty()).map_or(0, |at| at + 1);
    heads[..used].join("|").chars().take(400).collect()
}

/// The texts of the header; where a cell is empty, the one above it.
pub(crate) fn heads(sheet: &Sheet, header: Option<usize>) -> Vec<String> {
    let head = |column: usize| {
        let Some(row) = header else { return String::new() };
        let own = sheet.cell(row, column).shown();
        let above = row.checked_sub(1).map(|row| sheet.cell(row, column).shown());
        match above.filter(|above| own.is_empty() && said(above).is_some()) {
            Some(above) => above,
            None => own,
        }
    };
    (0..sheet.width()).map(head).collect()
}

/// The meaning of every column.
pub(crate) fn meanings(sheet: &Sheet, header: Option<usize>, mapping: &Mapping) -> Vec<Read> {
    let heads = heads(sheet, header);
    let first = header.map_or(0, |row| row + 1);
    let profiles: Vec<Profile> = (0..heads.len()).map(|column| profile(sheet, column, first)).collect();
    let mut columns = guessed(&heads, &profiles);
    for choice in &mapping.columns {
        let Some(column) = columns.get_mut(choice.column) else { continue };
        column.meaning = choice.meaning;
        column.place.clone_from(&choice.place);
        column.guessed = false;
    }
    for choice in mapping.columns.iter().filter(|choice| !choice.meaning.may_repeat()) {
        for (at, column) in columns.iter_mut().enumerate() {
            if column.guessed && at != choice.column && column.meaning == choice.meaning {
                column.meaning = Meaning::Ignore;
            }
        }
    }
    columns
}

fn guessed(heads: &[String], profiles: &[Profile]) -> Vec<Read> {
    let mut said: Vec<Option<Said>> = heads.iter().map(|head| said(head)).collect();
    for (said, profile) in said.iter_mut().zip(profiles) {
        if let Some(found) = said {
            fit(found, profile);
        }
    }
    detail_sheet(&mut said, heads);
    settle(&mut said, profiles);
    price_alone(&mut said);
    fill_gaps(&mut said, profiles);
    let read = |(head, said): (&String, Option<Said>)| Read {
        head: head.clone(),
        meaning: said.as_ref().map_or(Meaning::Ignore, |said| said.meaning),
        place: said.and_then(|said| said.place),
        guessed: true,
    };
    heads.iter().zip(said).map(read).collect()
}

/// A header's word against what stands below it.
fn fit(said: &mut Said, profile: &Profile) {
    match said.meaning {
        Meaning::Amount | Meaning::Rate | Meaning::Quantity
            if profile.numbers == 0 && profile.faults == 0 =>
        {
            said.score = said.score.saturating_sub(150);
        }
        Meaning::Label if profile.texts == 0 && profile.codes > 0 => said.meaning = Meaning::Code,
        Meaning::Code if profile.codes == 0 && profile.texts > 0 => said.meaning = Meaning::Label,
        Meaning::Labour if profile.large * 2 > profile.numbers => said.meaning = Meaning::LabourAmount,
        Meaning::Resident | Meaning::Animation if profile.large * 2 > profile.numbers => {
            said.meaning = Meaning::Ignore;
        }
        Meaning::SpentIn if profile.numbers == 0 => said.meaning = Meaning::Ignore,
        _ => {}
    }
}

/// On a detail sheet with rates, what is called the amount beside a total is a quantity.
fn detail_sheet(said: &mut [Option<Said>], heads: &[String]) {
    let has = |meaning: Meaning| said.iter().flatten().any(|said| said.meaning == meaning);
    let named = |name: &str| heads.iter().any(|head| plain(head) == name);
    if has(Meaning::Rate) && !has(Meaning::Quantity) && named("total") {
        for (said, head) in said.iter_mut().zip(heads) {
            if let Some(said) = said.as_mut().filter(|_| matches!(plain(head).as_str(), "amount" | "montant"))
            {
                said.meaning = Meaning::Quantity;
            }
        }
    }
}

/// A price beside no quantity and no total is what the line costs.
fn price_alone(said: &mut [Option<Said>]) {
    let has = |meanings: &[Meaning]| said.iter().flatten().any(|said| meanings.contains(&said.meaning));
    if has(&[Meaning::Amount, Meaning::Quantity, Meaning::Multiplier, Meaning::SpentIn]) {
        return;
    }
    for said in said.iter_mut().flatten().filter(|said| said.meaning == Meaning::Rate) {
        said.meaning = Meaning::Amount;
    }
}

/// Of several columns with one meaning the surest keeps it; amounts also weigh how many numbers they hold.
fn settle(said: &mut [Option<Said>], profiles: &[Profile]) {
    for meaning in Meaning::ALL.into_iter().filter(|meaning| !meaning.may_repeat()) {
        let claims: Vec<usize> = (0..said.len())
            .filter(|at| said[*at].as_ref().is_some_and(|said| said.meaning == meaning))
            .collect();
        let weight = |at: usize| {
            let score = said[at].as_ref().map_or(0, |said| said.score);
            let held = if meaning.is_money() {
                profiles[at].numbers
            } else {
                profiles[at].texts + profiles[at].codes
            };
            (score / 40, held, score)
        };
        // Of equals the first; `max_by_key` would take the last.
        let best = claims.iter().copied().rev().max_by_key(|at| weight(*at));
        for at in claims.into_iter().filter(|at| Some(*at) != best) {
            said[at] = None;
        }
    }
}

/// A name and an amount are found by what stands in the columns where no header says it.
fn fill_gaps(said: &mut [Option<Said>], profiles: &[Profile]) {
    let has =
        |said: &[Option<Said>], meaning: Meaning| said.iter().flatten().any(|said| said.meaning == meaning);
    let free = |said: &[Option<Said>], at: usize| said[at].is_none();
    let taken = |meaning| Some(Said { meaning, score: 0, place: None });
    if !has(said, Meaning::Label) {
        let best = (0..said.len()).filter(|at| free(said, *at) && profiles[*at].texts > 0);
        if let Some(at) = best.rev().max_by_key(|at| profiles[*at].texts) {
            said[at] = taken(Meaning::Label);
        }
    }
    let product = has(said, Meaning::Rate) || has(said, Meaning::SpentIn);
    if !has(said, Meaning::Amount) && !product {
        let best =
            (0..said.len()).filter(|at| free(said, *at) && profiles[*at].numbers > profiles[*at].percents);
        // The last column of numbers is the total of those before it.
        if let Some(at) = best.max_by_key(|at| (profiles[*at].large, profiles[*at].numbers)) {
            said[at] = taken(Meaning::Amount);
        }
    }
    if !has(said, Meaning::Code) {
        let best =
            (0..said.len()).find(|at| free(said, *at) && profiles[*at].codes > 2 && profiles[*at].texts == 0);
        let amount =
            said.iter().position(|said| said.as_ref().is_some_and(|said| said.meaning == Meaning::Amount));
        if let Some(at) = best.filter(|at| amount.is_none_or(|amount| *at < amount)) {
            said[at] = taken(Meaning::Code);
        }
    }
}
