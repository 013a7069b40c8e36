//! The recoupment order: who is paid, in which order, and where it stops.

use crate::document::{Block, Section, SectionKind};
use crate::sections::desk::Desk;
use crate::sections::order;
use crate::table::{Cell, ColumnKind, RowStyle, Table};

pub(crate) fn section(desk: &mut Desk<'_>) -> Option<Section> {
    desk.results.recoupment?;
    let rungs = order::rungs(desk);
    let parties = parties(desk);
    let lead = desk.words.with("recoupment.lead", &[("account", &desk.prose("revenue.to_account"))]);
    Some(Section {
        kind: SectionKind::Recoupment,
        topic: desk.say("recoupment.topic"),
        lead,
        blocks: vec![
            Block::Order(rungs),
            Block::Text(desk.say("recoupment.note")),
            Block::Heading(desk.say("recoupment.parties")),
            Block::Table(parties),
        ],
    })
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
