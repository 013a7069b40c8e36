//! The recoupment order: who is paid, in which order, and where it stops.

use recoup_deal::recoupment::Takes;

use crate::document::{Block, Section, SectionKind};
use crate::excel::build_waterfall;
use crate::sections::definitions::{definition, stopped};
use crate::sections::desk::Desk;
use crate::sections::{order, reach, sections_for};
use crate::table::{Cell, ColumnKind, RowStyle, Table};

pub(crate) fn section(desk: &mut Desk<'_>) -> Option<Section> {
    desk.results.recoupment?;
    let rungs = order::rungs(desk);
    let positions = positions(desk);
    let parties = parties(desk);
    let lead = desk
        .words
        .with("recoupment.lead", &[("account", &desk.prose("revenue.to_account")), ("case", desk.case())]);
    let mut blocks = vec![
        Block::Order(rungs),
        Block::Text(desk.say("recoupment.note")),
        Block::Heading(desk.say("position.positions")),
        Block::Table(positions),
        Block::Heading(desk.say("recoupment.parties")),
        Block::Table(parties),
    ];
    // Receipts rest on estimates: they are told to those who read the revenue.
    if sections_for(desk.edition.reader).contains(&SectionKind::Revenue) {
        blocks.extend(reach::blocks(desk));
        let (periods, receipts) = build_waterfall(desk).unzip();
        blocks.extend(periods.map(|ledger| Block::Ledger(Box::new(ledger))));
        blocks.extend(receipts.flatten().map(|ledger| Block::Ledger(Box::new(ledger))));
    }
    Some(Section { kind: SectionKind::Recoupment, topic: desk.say("recoupment.topic"), lead, blocks })
}

/// Every position with its definition, its limit, what it was paid, and why it has no more.
fn positions(desk: &mut Desk<'_>) -> Table {
    let mut table = Table::new(&[
        (desk.words.say("position.position"), ColumnKind::Text, 1.7),
        (desk.words.say("position.definition"), ColumnKind::Text, 3.4),
        (&desk.in_currency("position.limit"), ColumnKind::Money, 1.2),
        (desk.words.say("position.paid"), ColumnKind::Money, 1.1),
        (desk.words.say("position.owed"), ColumnKind::Money, 1.1),
        (desk.words.say("position.stops"), ColumnKind::Text, 1.2),
        (desk.words.say("column.ref"), ColumnKind::Tag, 0.6),
    ]);
    let (Some(plan), Some(recoupment)) = (&desk.deal().recoupment, desk.results.recoupment) else {
        return table;
    };
    for (number, tier) in order::walk(plan).into_iter().enumerate() {
        let heading = format!("{}. {}", number + 1, order::name(tier));
        let alone = matches!(tier.takes, Takes::Share(_) | Takes::Reserve(_));
        if !alone {
            let mut cells: Vec<Cell> = vec![heading.clone().into(), definition(desk, tier).into()];
            cells.extend([Cell::Blank, Cell::Blank, Cell::Blank, Cell::Blank, Cell::Blank]);
            table.push(RowStyle::Group, cells, None);
        }
        for leaf in order::leaves(tier) {
            let claim = recoupment.claims.iter().find(|claim| claim.tier.as_ref() == leaf.id);
            let Some(claim) = claim else { continue };
            let own = if alone { heading.clone() } else { order::name(leaf) };
            let at = |word: &str| format!("recoupment.claims.{}.{word}", claim.tier);
            let label = |key: &str| format!("{}: {}", order::name(leaf), desk.words.say(key));
            let named = [label("position.limit"), label("position.paid"), label("position.owed")];
            let wanted = [at("limit"), at("paid"), at("outstanding")];
            let mut asked = vec![
                (wanted[0].as_str(), named[0].as_str(), ColumnKind::Money),
                (wanted[1].as_str(), named[1].as_str(), ColumnKind::Money),
            ];
            // A share without end owes nothing.
            if claim.limit.is_some() {
                asked.push((wanted[2].as_str(), named[2].as_str(), ColumnKind::Money));
            }
            let mut figures = desk.figures_of('W', &asked);
            if claim.limit.is_none() {
                figures.insert(2, Cell::Blank);
            }
            let tags = figures.pop().unwrap_or(Cell::Blank);
            let mut cells: Vec<Cell> = vec![own.into(), definition(desk, leaf).into()];
            cells.extend(figures);
            cells.extend([stopped(desk, claim).into(), tags]);
            table.push(RowStyle::Plain, cells, None);
        }
    }
    table
}

fn parties(desk: &mut Desk<'_>) -> Table {
    let mut table = Table::new(&[
        (desk.words.say("recoupment.party"), ColumnKind::Text, 2.6),
        (&desk.in_currency("recoupment.entitlement"), ColumnKind::Money, 1.2),
        (desk.words.say("recoupment.paid"), ColumnKind::Money, 1.2),
        (desk.words.say("recoupment.outstanding"), ColumnKind::Money, 1.2),
        (desk.words.say("recoupment.out_at"), ColumnKind::Money, 1.4),
        (desk.words.say("column.ref"), ColumnKind::Tag, 0.8),
    ]);
    for party in desk.results.paid_parties() {
        let of = |part: &str| format!("recoupment.{party}.{part}");
        let name = desk.party(&party);
        let named = |key: &str| format!("{name}, {}", desk.words.say(key));
        let (due, paid) = (named("recoupment.entitlement"), named("recoupment.paid"));
        let (owed, out) = (named("recoupment.outstanding"), named("recoupment.out_at"));
        let mut cells = vec![Cell::Key { text: name.clone(), class: desk.party_class(&party) }];
        cells.extend(desk.figures_of(
            'W',
            &[
                (&of("entitlement"), &due, ColumnKind::Money),
                (&of("paid"), &paid, ColumnKind::Money),
                (&of("outstanding"), &owed, ColumnKind::Money),
                (&of("breakeven_receipts"), &out, ColumnKind::Money),
            ],
        ));
        table.push(RowStyle::Plain, cells, None);
    }
    table
}
