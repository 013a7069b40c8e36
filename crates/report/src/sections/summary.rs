//! The deal on one page.

use crate::document::{Block, Section, SectionKind};
use crate::sections::desk::Desk;
use crate::sections::{closing, findings, keys};

/// Findings shown on the first page.
const MOST: usize = 7;

pub(crate) fn section(desk: &mut Desk<'_>) -> Section {
    let (uses, sources) = closing::bars(desk);
    let mut blocks = Vec::new();
    if !uses.is_empty() {
        blocks.push(Block::Bars(vec![
            (desk.say("closing.uses"), uses),
            (desk.say("closing.sources"), sources),
        ]));
    }
    let keys = keys::keys(desk);
    if !keys.is_empty() {
        blocks.push(Block::Keys(keys));
    }
    let first = findings::lines(desk, MOST);
    if !first.is_empty() {
        blocks.push(Block::Heading(desk.say("summary.first_findings")));
        blocks.push(Block::Findings(first));
    }
    let lead = match desk.money("closing.difference") {
        Some(short) if short.is_negative() => {
            let short =
                short.checked_neg().map_or_else(|_| desk.say("figure.none"), |s| desk.figures.amount(s));
            desk.words.with("summary.lead_short", &[("short", &short)])
        }
        Some(_) => desk.say("summary.lead_closed"),
        None => desk.say("summary.lead_unknown"),
    };
    Section { kind: SectionKind::Summary, topic: desk.say("summary.topic"), lead, blocks }
}
