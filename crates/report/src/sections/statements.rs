//! The statement of each party, as the manager of a collection account sends it: for each of its claims every period in which
//! something moved, with what was paid before, in the period and so far, what it is entitled to, and what it is still owed.

use recoup_deal::PartyRole;
use recoup_deal::recoupment::Tier;
use recoup_waterfall::Claim;

use crate::document::{Block, Section, SectionKind};
use crate::edition::Reader;
use crate::sections::definitions::{definition, stopped};
use crate::sections::desk::Desk;
use crate::sections::order::{leaves, name, walk};
use crate::table::{Cell, ColumnKind, Figure, RowStyle, Table};

pub(crate) fn section(desk: &mut Desk<'_>) -> Option<Section> {
    let last = desk.results.recoupment?.periods.last()?.end;
    let mut blocks = Vec::new();
    for party in parties(desk) {
        let statement = statement(desk, &party);
        if statement.rows.is_empty() {
            continue;
        }
        blocks.push(Block::Heading(desk.words.with("statements.of", &[("party", &desk.party(&party))])));
        blocks.push(Block::Table(statement));
    }
    if blocks.is_empty() {
        return None;
    }
    let lead = desk.words.with("statements.lead", &[("day", &desk.figures.day(last))]);
    Some(Section { kind: SectionKind::Statements, topic: desk.say("statements.topic"), lead, blocks })
}

/// Whose statements a reader is handed: everybody's in the full pack, and otherwise the reader's own.
pub(crate) fn parties(desk: &Desk<'_>) -> Vec<String> {
    let own = |role: PartyRole| match desk.edition.reader {
        Reader::Full => true,
        Reader::SeniorLender => role == PartyRole::SeniorLender,
        Reader::GapLender => role == PartyRole::GapLender,
        Reader::Equity => role == PartyRole::Equity,
        Reader::SoftMoney => role == PartyRole::PublicFund,
        Reader::Bond => role == PartyRole::Guarantor,
        Reader::CoProducer => role == PartyRole::CoProducer,
    };
    let parties = desk.deal().parties.iter().filter(|party| own(party.role));
    parties.map(|party| party.id.clone()).collect()
}

/// What a party is told, claim by claim: every period in which something moved.
fn statement(desk: &mut Desk<'_>, party: &str) -> Table {
    let mut table = Table::new(&[
        (desk.words.say("schedule.as_of"), ColumnKind::Text, 1.9),
        (&desk.in_currency("schedule.before"), ColumnKind::Money, 1.3),
        (desk.words.say("schedule.now"), ColumnKind::Money, 1.3),
        (desk.words.say("schedule.so_far"), ColumnKind::Money, 1.3),
        (desk.words.say("schedule.entitled"), ColumnKind::Money, 1.3),
        (desk.words.say("schedule.owed"), ColumnKind::Money, 1.3),
        (desk.words.say("column.ref"), ColumnKind::Tag, 0.9),
    ]);
    let Some(recoupment) = desk.results.recoupment else { return table };
    let Some(plan) = desk.deal().recoupment.as_ref() else { return table };
    for tier in walk(plan) {
        for leaf in leaves(tier) {
            let Some(claim) = recoupment.claims.iter().find(|claim| claim.tier.as_ref() == leaf.id) else {
                continue;
            };
            if claim.payee.as_deref() == Some(party) {
                claim_rows(desk, &mut table, (tier, leaf), claim);
            }
        }
    }
    if !table.rows.is_empty() {
        let of = |part: &str| format!("recoupment.{party}.{part}");
        let label = desk.words.with("schedule.all", &[("party", &desk.party(party))]);
        let figures = desk.figures_of(
            'W',
            &[
                (&of("paid"), &label, ColumnKind::Money),
                (&of("entitlement"), &label, ColumnKind::Money),
                (&of("outstanding"), &label, ColumnKind::Money),
            ],
        );
        let mut cells: Vec<Cell> = vec![desk.say("statements.whole").into(), Cell::Blank, Cell::Blank];
        cells.extend(figures);
        table.push(RowStyle::Total, cells, None);
    }
    table
}

fn claim_rows(desk: &mut Desk<'_>, table: &mut Table, (tier, leaf): (&Tier, &Tier), claim: &Claim) {
    let at = format!("recoupment.claims.{}", claim.tier);
    let label = if tier.id == leaf.id { name(tier) } else { format!("{}: {}", name(tier), name(leaf)) };
    let blank = || Cell::Blank;
    let head = vec![label.into(), blank(), blank(), blank(), blank(), blank(), blank()];
    table.push(RowStyle::Group, head, None);
    let said = format!("{} {}", definition(desk, leaf), sentence_of(&stopped(desk, claim)));
    let said = vec![said.into(), blank(), blank(), blank(), blank(), blank(), blank()];
    table.push(RowStyle::Note, said, None);
    let Some(recoupment) = desk.results.recoupment else { return };
    let book = desk.results.book;
    let (mut before, mut limit, mut owed) = (None, None, None);
    for period in &recoupment.periods {
        let figure = |word: &str| {
            Figure::at(book, &format!("{at}.{word}[{}]", period.end.year_month()), ColumnKind::Money)
        };
        let now = figure("paid");
        limit = figure("limit").or(limit);
        owed = figure("outstanding").or(owed);
        let so_far = figure("cumulative").or_else(|| before.clone());
        if now.is_none() {
            continue;
        }
        let cells = vec![
            desk.figures.day(period.end).into(),
            before.clone().into(),
            now.into(),
            so_far.clone().into(),
            limit.clone().into(),
            owed.clone().into(),
            Cell::Blank,
        ];
        before = so_far;
        table.push(RowStyle::Plain, cells, None);
    }
}

fn sentence_of(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(|letter| letter.to_uppercase().collect::<String>()).unwrap_or_default();
    format!("{first}{}.", letters.as_str())
}
