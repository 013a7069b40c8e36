//! Derivation tags: a letter for the section and two digits, and the row in which each resolves.

use std::collections::HashMap;

use recoup_explain::{Book, How, Leaf, NodeId, Quantity};

use crate::edition::Language;
use crate::format::Figures;
use crate::risk::{Risk, Simulated};
use crate::rules;
use crate::table::ColumnKind;
use crate::words::Words;

/// How many origins a row names before it counts the rest.
const ORIGINS: usize = 4;

/// A row of the last section.
#[derive(Debug, Clone, PartialEq)]
pub struct Reference {
    /// The tag printed beside the figure.
    pub tag: String,
    /// The figure's name.
    pub label: String,
    /// Its address in the book.
    pub address: String,
    /// Its value.
    pub value: Quantity,
    /// How the value is set.
    pub kind: ColumnKind,
    /// Operation and rounding in words.
    pub rule: String,
    /// Tags, typed cells and clauses it was made from.
    pub made_from: String,
}

/// Gives out tags and remembers what they stand for.
#[derive(Debug)]
pub struct Tags<'a> {
    book: &'a Book,
    /// Figures of a supposed deal: what stands before their addresses, and their book.
    supposed: Vec<(String, &'a Book)>,
    /// Figures of a simulation.
    simulation: Option<&'a Risk>,
    words: &'static Words,
    figures: Figures,
    next: HashMap<char, usize>,
    tag_of: HashMap<String, String>,
    rows: Vec<(String, String, String, ColumnKind)>,
}

impl<'a> Tags<'a> {
    /// Tags over the figures of a book, their rules in a language.
    pub fn new(book: &'a Book, language: Language) -> Self {
        Self {
            book,
            supposed: Vec::new(),
            simulation: None,
            words: Words::of(language),
            figures: Figures::of(language),
            next: HashMap::new(),
            tag_of: HashMap::new(),
            rows: Vec::new(),
        }
    }

    /// The figures.
    pub fn book(&self) -> &'a Book {
        self.book
    }

    /// Knows the figures of a supposed deal as well, under addresses that begin with `prefix`.
    pub fn suppose(&mut self, prefix: String, book: &'a Book) {
        self.supposed.push((prefix, book));
    }

    /// Knows the figures of a simulation as well.
    pub fn simulate(&mut self, simulation: &'a Risk) {
        self.simulation = Some(simulation);
    }

    /// The figure of the simulation at an address.
    pub(crate) fn simulated(&self, address: &str) -> Option<&'a Simulated> {
        self.simulation?.figures.get(address)
    }

    /// The node at an address, of the deal or of a supposed one: its book and what stands before its addresses.
    pub(crate) fn locate(&self, address: &str) -> Option<(&'a Book, NodeId, &str)> {
        let own = || self.book.find(address).map(|node| (self.book, node, ""));
        let supposed = || {
            self.supposed.iter().find_map(|(prefix, book)| {
                let node = book.find(address.strip_prefix(prefix.as_str())?)?;
                Some((*book, node, prefix.as_str()))
            })
        };
        own().or_else(supposed)
    }

    /// The tag of the figure at an address: the same figure has the same tag on every page. A figure the
    /// book does not have gets none.
    pub fn tag(&mut self, letter: char, address: &str, label: &str, kind: ColumnKind) -> Option<String> {
        if self.locate(address).is_none() && self.simulated(address).is_none() {
            return None;
        }
        if let Some(tag) = self.tag_of.get(address) {
            return Some(tag.clone());
        }
        let number = self.next.entry(letter).or_insert(0);
        *number += 1;
        let tag = format!("{letter}{number:02}");
        self.tag_of.insert(address.to_owned(), tag.clone());
        self.rows.push((tag.clone(), address.to_owned(), label.to_owned(), kind));
        Some(tag)
    }

    /// The rows of the last section, by letter and number.
    pub fn references(&self) -> Vec<Reference> {
        let mut rows: Vec<Reference> = self
            .rows
            .iter()
            .filter_map(|(tag, address, label, kind)| {
                let Some((book, node, before)) = self.locate(address) else {
                    return self.drawn((tag, address, label, *kind));
                };
                Some(Reference {
                    tag: tag.clone(),
                    label: label.clone(),
                    address: address.clone(),
                    value: book.value(node).clone(),
                    kind: *kind,
                    rule: rules::rule(book.how(node), self.words),
                    made_from: self.made_from((book, before), node),
                })
            })
            .collect();
        rows.sort_by_key(|row| order(&row.tag));
        rows
    }

    /// The row of a figure of the simulation: how it follows from the paths, how they were drawn, from which cells, and the
    /// same figure with everything as typed.
    fn drawn(&self, (tag, address, label, kind): (&str, &str, &str, ColumnKind)) -> Option<Reference> {
        let simulation = self.simulation?;
        let found = simulation.figures.get(address)?;
        let within = address.strip_prefix(simulation.prefix.as_str())?;
        let paths = self.figures.count(simulation.paths);
        let mut origins =
            vec![self.words.with("reference.drawn", &[("paths", &paths), ("seed", &simulation.seed)])];
        let parts: Vec<&str> = within.split('.').collect();
        let typed = match parts.as_slice() {
            ["sensitivity", word, party, _, _] | ["returns", party, word, ..] => {
                Some(format!("returns.{party}.{word}"))
            }
            _ => None,
        };
        origins.extend(typed.and_then(|typed| self.tag_of.get(&typed)).cloned());
        let own = match parts.as_slice() {
            ["sensitivity", _, _, driver, "p10" | "p90"] => Some(*driver),
            _ => None,
        };
        if own.is_some() {
            origins.remove(0);
        }
        let drivers = simulation.drivers.iter().map(|(id, _)| id.as_str());
        let drivers: Vec<String> = drivers
            .filter(|id| own.is_none_or(|own| own == *id))
            .map(|id| format!("risk.drivers[{id}].distribution"))
            .collect();
        let more = drivers.len().saturating_sub(ORIGINS - 1);
        origins.extend(drivers.into_iter().take(ORIGINS - 1));
        let mut made_from = origins.join(", ");
        if more > 0 {
            made_from.push(' ');
            made_from.push_str(&self.words.count("reference.more", more));
        }
        Some(Reference {
            tag: tag.to_owned(),
            label: label.to_owned(),
            address: address.to_owned(),
            value: found.value.clone(),
            kind,
            rule: self.words.own(rules::drawn(&parts)),
            made_from,
        })
    }

    fn made_from(&self, of: (&Book, &str), node: NodeId) -> String {
        let mut origins = Vec::new();
        if let How::Leaf(leaf) = of.0.how(node) {
            return self.leaf_words(leaf);
        }
        let mut seen = std::collections::HashSet::new();
        for input in of.0.inputs(node) {
            self.collect(of, *input, &mut origins, &mut seen);
        }
        let more = origins.len().saturating_sub(ORIGINS);
        origins.truncate(ORIGINS);
        let mut text = origins.join(", ");
        if more > 0 {
            text.push(' ');
            text.push_str(&self.words.count("reference.more", more));
        }
        text
    }

    fn collect(
        &self,
        (book, before): (&Book, &str),
        node: NodeId,
        origins: &mut Vec<String>,
        seen: &mut std::collections::HashSet<NodeId>,
    ) {
        if !seen.insert(node) {
            return;
        }
        let tag = book.address(node).and_then(|address| self.tag_of.get(&format!("{before}{address}")));
        let found = match (tag, book.how(node)) {
            (Some(tag), _) => tag.clone(),
            (None, How::Leaf(leaf)) => self.leaf_words(leaf),
            (None, How::Computed(_)) => {
                for input in book.inputs(node) {
                    self.collect((book, before), *input, origins, seen);
                }
                return;
            }
        };
        if !origins.contains(&found) {
            origins.push(found);
        }
    }

    fn leaf_words(&self, leaf: &Leaf) -> String {
        match leaf {
            Leaf::Cell { path } => path.to_string(),
            Leaf::Assumption { path, .. } => self.words.with("reference.assumed", &[("path", path)]),
            Leaf::Clause(clause) => format!("{} {}, {}", clause.program, clause.version, clause.clause),
            Leaf::DatedRate { name, date, .. } => {
                self.words.with("reference.rate", &[("name", name), ("date", &self.figures.day(*date))])
            }
        }
    }
}

/// Tags in few words: C16, C17, C18 are `C16–18`.
pub(crate) fn compact(tags: &[String]) -> String {
    let mut parts: Vec<(char, usize, usize)> = Vec::new();
    for tag in tags {
        let (Some(letter), number) = order(tag) else { continue };
        match parts.last_mut() {
            Some((of, _, last)) if *of == letter && *last + 1 == number => *last = number,
            _ => parts.push((letter, number, number)),
        }
    }
    let words = parts.iter().map(|(letter, first, last)| match last - first {
        0 => format!("{letter}{first:02}"),
        _ => format!("{letter}{first:02}–{last:02}"),
    });
    words.collect::<Vec<_>>().join(" ")
}

fn order(tag: &str) -> (Option<char>, usize) {
    (tag.chars().next(), tag.get(1..).and_then(|number| number.parse().ok()).unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbouring_tags_are_one_range() {
        let tags = ["C16", "C17", "C18", "B02", "C20"].map(str::to_owned);
        assert_eq!(compact(&tags), "C16–18 B02 C20");
        assert_eq!(compact(&[]), "");
    }
}
