//! The instruments, what they cost, and the lenders' tests.

use recoup_deal::InstrumentStatus as Status;

use crate::document::{Bar, Block, Section, SectionKind};
use crate::sections::desk::{Desk, class};
use crate::sections::{closing, conditions, coverage};
use crate::table::{Cell, ColumnKind, RowStyle, Table};

/// The order in which classes are repaid, from the foot of the column up.
const FROM_THE_FOOT: [&str; 9] =
    ["senior", "presale", "gap", "mezz", "soft", "equity", "producer", "cost", "missing"];

pub(crate) fn section(desk: &mut Desk<'_>) -> Option<Section> {
    let capital = desk.results.capital?;
    let mut blocks = Vec::new();
    let stack = stack(desk);
    if !stack.is_empty() {
        blocks.push(Block::Stack(stack));
    }
    blocks.push(Block::Heading(desk.say("capital.instruments")));
    blocks.push(Block::Table(terms(desk)));
    let loans = loans(desk);
    if !loans.rows.is_empty() {
        blocks.push(Block::Heading(desk.say("capital.loans")));
        blocks.push(Block::Table(loans));
    }
    let tests = coverage::tests(desk);
    if !tests.rows.is_empty() {
        blocks.push(Block::Heading(desk.say("capital.coverage")));
        blocks.push(Block::Table(tests));
    }
    let precedent = conditions::table(desk);
    if !precedent.rows.is_empty() {
        blocks.push(Block::Heading(desk.say("capital.conditions")));
        blocks.push(Block::Table(precedent));
    }
    let lead = desk.words.with(
        "capital.lead",
        &[
            ("instruments", &desk.words.count("capital.count", capital.instruments.len())),
            ("costs", &desk.prose("closing.financing_costs")),
            ("peak", &desk.prose("capital.peak_funding")),
        ],
    );
    Some(Section { kind: SectionKind::Capital, topic: desk.say("capital.topic"), lead, blocks })
}

/// The sources by class, first repaid first; what is to be found stands on top.
fn stack(desk: &Desk<'_>) -> Vec<Bar> {
    let mut bars = closing::bars(desk).1;
    bars.sort_by_key(|bar| FROM_THE_FOOT.iter().position(|class| *class == bar.class));
    bars
}

fn terms(desk: &mut Desk<'_>) -> Table {
    let mut table = Table::new(&[
        (desk.words.say("capital.instrument"), ColumnKind::Text, 2.9),
        (desk.words.say("capital.provider"), ColumnKind::Text, 2.0),
        (desk.words.say("column.status"), ColumnKind::Text, 1.5),
        (&desk.in_currency("capital.principal"), ColumnKind::Money, 1.3),
        (desk.words.say("capital.fees"), ColumnKind::Money, 1.0),
        (desk.words.say("capital.interest"), ColumnKind::Money, 1.1),
        (desk.words.say("column.ref"), ColumnKind::Tag, 1.1),
    ]);
    let statuses = [
        Some(Status::Closed),
        Some(Status::Signed),
        Some(Status::Committed),
        Some(Status::TermSheet),
        Some(Status::Negotiating),
        Some(Status::Prospective),
    ];
    table.offer(2, statuses.map(|known| desk.say(status(known))).to_vec());
    for instrument in &desk.deal().instruments {
        let of = |part: &str| format!("capital.{}.{part}", instrument.id);
        let named = |key: &str| format!("{}, {}", instrument.name, desk.words.say(key));
        let (fees, interest) = (named("capital.fees"), named("capital.interest"));
        let provider = instrument.provider.as_deref().map_or_else(String::new, |id| desk.party(id));
        let mut cells = vec![
            Cell::Key { text: instrument.name.clone(), class: class(&instrument.terms) },
            provider.into(),
            desk.say(status(instrument.status)).into(),
        ];
        cells.extend(desk.figures_of(
            'C',
            &[
                (&of("principal"), &instrument.name, ColumnKind::Money),
                (&of("fee"), &fees, ColumnKind::Money),
                (&of("interest"), &interest, ColumnKind::Money),
            ],
        ));
        table.push(RowStyle::Plain, cells, None);
    }
    table
}

/// How deep each loan goes and what is left of it when its collateral is spent.
fn loans(desk: &mut Desk<'_>) -> Table {
    let mut table = Table::new(&[
        (desk.words.say("capital.loan"), ColumnKind::Text, 2.6),
        (&desk.in_currency("capital.peak"), ColumnKind::Money, 1.3),
        (desk.words.say("capital.peak_month"), ColumnKind::Number, 1.2),
        (desk.words.say("capital.repaid"), ColumnKind::Money, 1.4),
        (desk.words.say("capital.unpaid"), ColumnKind::Money, 1.4),
        (desk.words.say("column.ref"), ColumnKind::Tag, 0.8),
    ]);
    for instrument in desk.deal().instruments.iter().filter(|instrument| instrument.terms.is_debt()) {
        let of = |part: &str| format!("capital.{}.{part}", instrument.id);
        let named = |key: &str| format!("{}, {}", instrument.name, desk.words.say(key));
        let (peak, month) = (named("capital.peak"), named("capital.peak_month"));
        let (repaid, unpaid) = (named("capital.repaid"), named("capital.unpaid"));
        let mut cells = vec![Cell::Key { text: instrument.name.clone(), class: class(&instrument.terms) }];
        cells.extend(desk.figures_of(
            'C',
            &[
                (&of("peak"), &peak, ColumnKind::Money),
                (&of("peak_date"), &month, ColumnKind::Number),
                (&of("repaid"), &repaid, ColumnKind::Money),
                (&of("unpaid"), &unpaid, ColumnKind::Money),
            ],
        ));
        table.push(RowStyle::Plain, cells, None);
    }
    table
}

fn status(status: Option<Status>) -> &'static str {
    match status {
        Some(Status::Closed) => "status.closed",
        Some(Status::Signed) => "status.signed",
        Some(Status::Committed) => "status.committed",
        Some(Status::TermSheet) => "status.term_sheet",
        Some(Status::Negotiating) => "status.negotiating",
        Some(Status::Prospective) => "status.prospective",
        None => "status.not_stated",
    }
}
