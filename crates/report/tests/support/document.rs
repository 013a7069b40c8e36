//! Whether a document prints a number that nobody can ask about.

use std::collections::BTreeSet;

use recoup_deal::recoupment::Tier;
use recoup_deal::{Deal, get_in};
use recoup_explain::{How, Quantity};
use recoup_model::Outcome;
use recoup_money::{Money, Rounding};
use recoup_report::{
    Block, Cell, ColumnKind, Document, Figure, Form, FormPart, Level, Section, SectionKind, Table,
};
use rust_decimal::Decimal;
use serde_json::Value;

use super::contents::{bars, figures, forms, words_of};

/// Holds a document against the deal and the book that it was made from.
pub(crate) struct Judge<'a> {
    outcome: &'a Outcome,
    /// The same deal at other levels of gross.
    levels: &'a [Level],
    /// Texts with digits that may be quoted, the longest first.
    quotable: Vec<String>,
    /// Every amount of the book and the deal, without its sign.
    amounts: BTreeSet<Decimal>,
    /// Every number typed in the deal, and the same in percent.
    typed: BTreeSet<Decimal>,
    /// Every number of the book that is not an amount.
    numbers: Vec<Decimal>,
    /// The numbers that findings carry.
    said: BTreeSet<Decimal>,
    /// How many of the deal's assumptions still stand.
    assumed: usize,
    /// The leaves of the book that have a path.
    leaves: Vec<(String, Quantity)>,
}

/// The positions of a plan as they are numbered: their place and their name.
fn positions(deal: &Deal) -> Vec<String> {
    let tiers = deal.recoupment.iter().flat_map(|plan| &plan.tiers);
    let name = |tier: &Tier| tier.label.clone().unwrap_or_else(|| tier.id.replace('-', " "));
    tiers.zip(1..).map(|(tier, place)| format!("{place}. {}", name(tier))).collect()
}

impl<'a> Judge<'a> {
    pub(crate) fn of(deal: &Deal, outcome: &'a Outcome, levels: &'a [Level]) -> Self {
        let positions = positions(deal);
        let deal = serde_json::to_value(deal).unwrap();
        let mut words = BTreeSet::from_iter(positions);
        gather(&deal, &mut words);
        for claim in &outcome.incentives.claims {
            gather(&serde_json::to_value(claim.policy.as_deref()).unwrap(), &mut words);
        }
        let days: Vec<String> = words.iter().filter_map(|word| long_day(word)).collect();
        words.extend(days);
        let mut quotable: Vec<String> = words.into_iter().collect();
        quotable.sort_by_key(|word| std::cmp::Reverse(word.len()));
        let of_book = outcome.book.nodes().filter_map(|node| outcome.book.value(node).as_money());
        let mut amounts: BTreeSet<Decimal> = of_book.map(|amount| amount.to_decimal().abs()).collect();
        typed_amounts(&deal, &mut amounts);
        // What an alternative is worth less is the difference of two figures.
        let net = outcome.book.money("incentives.net").map(|net| net.to_decimal());
        let stacks = outcome.incentives.claims.iter().filter_map(|claim| claim.stack_net);
        let stacks = stacks.filter_map(|node| outcome.book.value(node).as_money());
        amounts.extend(stacks.filter_map(|stack| net.map(|net| (net - stack.to_decimal()).abs())));
        let mut typed = BTreeSet::new();
        typed_numbers(&deal, &mut typed);
        // A rule says the numbers of the law as they are written, a rate in percent; nought and one are its own.
        typed.extend([Decimal::ZERO, Decimal::ONE]);
        for policy in outcome.incentives.claims.iter().filter_map(|claim| claim.policy.as_ref()) {
            let law = policy.constants.iter().map(|constant| constant.value.normalize());
            typed.extend(law.flat_map(|value| [value, (value * Decimal::ONE_HUNDRED).normalize()]));
        }
        let leaf = |node| match outcome.book.how(node) {
            How::Leaf(leaf) => Some((leaf.path()?.to_string(), outcome.book.value(node).clone())),
            How::Computed(_) => None,
        };
        let leaves = outcome.book.nodes().filter_map(leaf).collect();
        let of_book = outcome.book.nodes().filter_map(|node| outcome.book.value(node).as_number());
        let numbers: Vec<Decimal> = of_book.collect();
        // A finding of the document alone carries its own values.
        let mut said = BTreeSet::new();
        typed_numbers(&serde_json::to_value(&outcome.findings).unwrap(), &mut said);
        let assumed = assumed(&deal);
        Self { outcome, levels, quotable, amounts, typed, numbers, said, assumed, leaves }
    }

    /// What stands at an address of the deal, or of the deal at another level of gross.
    fn at(&self, address: &str) -> Option<&Quantity> {
        let supposed = |level: &'a Level| level.book.at(address.strip_prefix(&level.prefix())?);
        self.outcome.book.at(address).or_else(|| self.levels.iter().find_map(supposed))
    }

    /// Everything that is wrong with a document.
    pub(crate) fn judge(&self, document: &Document) -> Vec<String> {
        let mut wrong = Vec::new();
        for figure in figures(document) {
            self.figure(figure, &mut wrong);
        }
        let also = [document.fingerprint.as_str(), document.as_of.as_str()];
        let none = BTreeSet::new();
        for (name, fact) in &document.facts {
            self.words(name, &also, &none, &mut wrong);
            self.words(fact, &also, &none, &mut wrong);
        }
        for section in &document.sections {
            let mut counts = listed(section);
            if section.kind == SectionKind::Assumptions {
                counts.insert(self.assumed);
            }
            for text in words_of(section) {
                self.words(&text, &[], &counts, &mut wrong);
            }
            self.tags(section, document, &mut wrong);
        }
        for bar in bars(document) {
            let found = self.outcome.book.money(&bar.address).map(|amount| amount.minor());
            if bar.amount.is_some() && found.is_none_or(|minor| minor.abs() != bar.minor) {
                wrong.push(format!("{} is drawn as {} and is {found:?}", bar.address, bar.minor));
            }
        }
        forms(document).for_each(|form| self.form(form, &mut wrong));
        for row in &document.references {
            self.words(&row.label, &[], &none, &mut wrong);
            if self.at(&row.address) != Some(&row.value) {
                wrong.push(format!("{} resolves to {:?} at {}", row.tag, row.value, row.address));
            }
        }
        wrong
    }

    /// A form holds the numbers of the law as a program has them, and beside each figure what it was rounded from.
    fn form(&self, form: &Form, wrong: &mut Vec<String>) {
        let claims = &self.outcome.incentives.claims;
        for row in &form.rows {
            let recoup_incentives::Value::Number(held) = row.value else { continue };
            let stands = match (&row.figure, row.part) {
                (Some(figure), _) => match &figure.value {
                    Quantity::Money(amount) => {
                        let places = amount.currency().exponent();
                        Rounding::HalfUp.apply(held, places) == amount.to_decimal()
                    }
                    Quantity::Number(number) => *number == held,
                    Quantity::Flag(_) | Quantity::Date(_) | Quantity::Absent(_) => false,
                },
                (None, FormPart::Law) => {
                    claims.iter().filter_map(|claim| claim.policy.as_ref()).any(|policy| {
                        let law = format!("incentives.{}.law.", policy.id);
                        let id = row.key.strip_prefix(&law);
                        policy
                            .constants
                            .iter()
                            .any(|known| Some(known.id.as_str()) == id && known.value == held)
                    })
                }
                (None, _) => false,
            };
            if !stands {
                wrong.push(format!(
                    "{} holds {held}, which is neither a figure nor a number of the law",
                    row.key
                ));
            }
        }
    }

    /// A tag beside figures leads to one of them.
    fn tags(&self, section: &Section, document: &Document, wrong: &mut Vec<String>) {
        for row in tables(section).flat_map(|table| &table.rows) {
            let figure = |cell: &Cell| match cell {
                Cell::Figure(figure) => Some(figure.address.clone()),
                _ => None,
            };
            let addresses: Vec<String> = row.cells.iter().filter_map(figure).collect();
            for cell in &row.cells {
                let Cell::Tags(tags) = cell else { continue };
                for tag in tags {
                    let at = document.references.iter().find(|row| row.tag == *tag).map(|row| &row.address);
                    if at.is_none_or(|at| !addresses.contains(at)) {
                        wrong.push(format!("tag {tag} leads to {at:?}, not to {addresses:?}"));
                    }
                }
            }
        }
    }

    /// A figure is worth what stands at its address: a figure of the book, or a leaf at its path.
    fn figure(&self, figure: &Figure, wrong: &mut Vec<String>) {
        let found = self.at(&figure.address);
        let leaf =
            || self.leaves.iter().any(|(path, value)| *path == figure.address && *value == figure.value);
        if found != Some(&figure.value) && (found.is_some() || !leaf()) {
            wrong.push(format!("{} is printed as {:?} and is {found:?}", figure.address, figure.value));
        }
    }

    /// Words have a digit only where they quote.
    fn words(&self, text: &str, also: &[&str], counts: &BTreeSet<usize>, wrong: &mut Vec<String>) {
        if !has_digit(text) {
            return;
        }
        let spaced = |text: &str| text.replace(['\u{a0}', '\u{202f}'], " ");
        let mut rest = spaced(text);
        for known in also.iter().copied().chain(self.quotable.iter().map(String::as_str)) {
            let known = spaced(known);
            if rest.contains(&known) {
                rest = rest.replace(&known, " ");
            }
        }
        let written: Vec<(String, Decimal)> = super::files::written_in(&without_days(&rest))
            .into_iter()
            .filter_map(|number| Some((number.clone(), number.replace(',', "").parse().ok()?)))
            .collect();
        // What two amounts of a sentence differ by is told by the sentence itself.
        let differs = |value: Decimal| {
            let amount = |one: &&(String, Decimal)| self.amounts.iter().any(|known| same(*known, one.1));
            let told: Vec<Decimal> = written.iter().filter(amount).map(|one| one.1).collect();
            told.iter().any(|one| told.iter().any(|other| *one - *other == value))
        };
        for (number, value) in written.iter().cloned() {
            let is_count = counts.iter().any(|count| Decimal::from(*count) == value);
            let is_cell = self.typed.contains(&value.normalize());
            let is_amount = self.amounts.iter().any(|known| same(*known, value));
            let is_number = value.scale() > 0 && self.numbers.iter().any(|known| same_part(*known, value))
                || self.said.iter().any(|known| same_part(*known, value));
            if !is_count && !is_cell && !is_amount && !is_number && !differs(value) {
                wrong.push(format!("“{text}” says {number}, which is no cell, amount or count"));
            }
        }
    }
}

const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// As findings write them.
const LONG_MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

fn has_digit(text: &str) -> bool {
    text.chars().any(|character| character.is_ascii_digit())
}

fn tables(section: &Section) -> impl Iterator<Item = &Table> {
    let told = section.blocks.iter().flat_map(Block::told);
    told.filter_map(|block| if let Block::Table(table) = block { Some(table) } else { None })
}

/// The lengths of the lists of a section: rows of a table, findings of a severity.
fn listed(section: &Section) -> BTreeSet<usize> {
    let mut found: BTreeSet<usize> = tables(section).map(|table| table.rows.len()).collect();
    for block in &section.blocks {
        if let Block::Findings(lines) = block {
            for severity in ["blocker", "question", "note"] {
                found.insert(lines.iter().filter(|line| line.severity == severity).count());
            }
        }
    }
    found
}

/// Texts that hold a digit and are more than a number. Numbers are never quoted.
fn gather(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(fields) => {
            found.extend(fields.keys().filter(|key| has_digit(key)).cloned());
            fields.values().for_each(|field| gather(field, found));
        }
        Value::Array(items) => items.iter().for_each(|item| gather(item, found)),
        Value::String(text) if has_digit(text) => {
            let is_amount = text.parse::<Money>().is_ok() || text.parse::<Decimal>().is_ok();
            if !is_amount {
                found.insert(text.clone());
            }
        }
        Value::String(_) | Value::Number(_) | Value::Bool(_) | Value::Null => {}
    }
}

/// How many assumptions a deal still rests on: the cell holds what was assumed.
fn assumed(deal: &Value) -> usize {
    let Some(assumptions) = deal["assumptions"].as_array() else { return 0 };
    let number = |value: &Value| value.as_str().and_then(|text| text.parse::<Decimal>().ok());
    let stands = |assumption: &&Value| {
        let held = assumption["path"].as_str().and_then(|path| get_in(deal, path));
        held.is_some_and(|held| {
            let assumed = &assumption["value"];
            held == *assumed || number(&held).is_some() && number(&held) == number(assumed)
        })
    };
    assumptions.iter().filter(stands).count()
}

/// A text without its days and months: `2028-03`, `1 Dec 2029`, `March 2029`.
fn without_days(text: &str) -> String {
    let words: Vec<&str> = text.split([' ', '\u{a0}']).collect();
    let bare = |word: &str| word.trim_matches(|c: char| !c.is_ascii_alphanumeric()).to_owned();
    let names = |word: &str| MONTHS.contains(&word) || LONG_MONTHS.contains(&word);
    let is_month = |place: usize| words.get(place).is_some_and(|word| names(&bare(word)));
    let is_iso = |word: &str| {
        let word = bare(word);
        word.len() >= 7 && word.as_bytes()[4] == b'-' && word.chars().all(|c| c.is_ascii_digit() || c == '-')
    };
    let kept = words.iter().enumerate().filter(|(place, word)| {
        let beside = is_month(place + 1) || place.checked_sub(1).is_some_and(is_month);
        !(is_iso(word) || beside && bare(word).len() <= 4)
    });
    kept.map(|(_, word)| *word).collect::<Vec<_>>().join(" ")
}

/// Every amount typed in a deal.
fn typed_amounts(value: &Value, found: &mut BTreeSet<Decimal>) {
    match value {
        Value::Object(fields) => fields.values().for_each(|field| typed_amounts(field, found)),
        Value::Array(items) => items.iter().for_each(|item| typed_amounts(item, found)),
        Value::String(text) => found.extend(text.parse::<Money>().map(|amount| amount.to_decimal().abs())),
        Value::Number(_) | Value::Bool(_) | Value::Null => {}
    }
}

/// Every number typed in a deal, and the same in percent.
fn typed_numbers(value: &Value, found: &mut BTreeSet<Decimal>) {
    let mut add = |number: Option<Decimal>| {
        if let Some(number) = number {
            found.extend([number.normalize(), (number * Decimal::ONE_HUNDRED).normalize()]);
        }
    };
    match value {
        Value::Object(fields) => fields.values().for_each(|field| typed_numbers(field, found)),
        Value::Array(items) => items.iter().for_each(|item| typed_numbers(item, found)),
        Value::String(text) => add(text.parse().ok()),
        Value::Number(number) => add(number.to_string().parse().ok()),
        Value::Bool(_) | Value::Null => {}
    }
}

/// `2026-11-22` as `22 Nov 2026`.
fn long_day(text: &str) -> Option<String> {
    let day: recoup_calendar::Date = text.parse().ok()?;
    Some(format!("{} {} {}", day.day(), MONTHS[usize::try_from(day.month()).ok()? - 1], day.year()))
}

/// Equal as it is written: a number, or a fraction in percent.
fn same_part(known: Decimal, said: Decimal) -> bool {
    let rounded = |value: Decimal| Rounding::HalfUp.apply(value, said.scale());
    rounded(known) == said
        || known.abs() < Decimal::ONE_THOUSAND && rounded(known * Decimal::ONE_HUNDRED) == said
}

/// Equal, where one of the two may be written in whole units.
fn same(known: Decimal, said: Decimal) -> bool {
    known == said.abs() || said.scale() == 0 && Rounding::HalfUp.apply(known, 0) == said
}

/// A figure as a reader expects it: written here a second time, from the rules of the house and not from
/// the code that prints it.
pub(crate) fn printed(value: &Quantity, kind: ColumnKind) -> String {
    let (number, places) = match (value, kind) {
        (Quantity::Money(amount), _) => (amount.to_decimal(), 0),
        (Quantity::Number(number), ColumnKind::Percent) => (number * Decimal::ONE_HUNDRED, 1),
        (Quantity::Number(number), ColumnKind::Rate) => (number * Decimal::ONE_HUNDRED, 2),
        (Quantity::Number(number), ColumnKind::Multiple) => (*number, 2),
        (Quantity::Number(number), _) => {
            let number = Rounding::HalfUp.apply(*number, 6).normalize();
            (number, number.scale())
        }
        (Quantity::Flag(true), _) => return "yes".into(),
        (Quantity::Flag(false), _) => return "no".into(),
        (Quantity::Date(day), _) => return long_day(&day.to_string()).unwrap(),
        (Quantity::Absent(_), _) => return "n/a".into(),
    };
    let rounded = Rounding::HalfUp.apply(number, places);
    let dash = matches!(value, Quantity::Money(_)) || kind == ColumnKind::Number;
    if rounded.is_zero() && dash {
        return "–".into();
    }
    let text = format!("{:.*}", places as usize, rounded.abs());
    let (whole, fraction) = text.split_once('.').unwrap_or((text.as_str(), ""));
    let digits: Vec<char> = whole.chars().collect();
    let groups: Vec<String> = digits.rchunks(3).rev().map(|group| group.iter().collect()).collect();
    let mut text = groups.join(",");
    if !fraction.is_empty() {
        text = format!("{text}.{fraction}");
    }
    let text = if rounded.is_sign_negative() && !rounded.is_zero() { format!("({text})") } else { text };
    if kind == ColumnKind::Multiple { format!("{text}\u{a0}×") } else { text }
}
