//! Recoupment by statement period: the schedule of all positions, and a statement for each party.

use recoup_deal::PartyRole;
use recoup_deal::recoupment::Tier;
use recoup_waterfall::Claim;

use crate::document::{Block, Section, SectionKind};
use crate::edition::Reader;
use crate::exhibits::{PeriodRow, PeriodTable};
use crate::sections::definitions::{definition, stopped};
use crate::sections::desk::Desk;
use crate::sections::order::{leaves, name, walk};
use crate::sections::sections_for;
use crate::table::{Cell, ColumnKind, Figure, RowStyle, Table};

pub(crate) fn section(desk: &mut Desk<'_>) -> Option<Section> {
    let recoupment = desk.results.recoupment?;
    let mut blocks = Vec::new();
    if sections_for(desk.edition.reader).contains(&SectionKind::Revenue) {
        blocks.push(Block::Periods(periods(desk)?));
    }
    for party in parties(desk) {
        let statement = statement(desk, &party);
        if statement.rows.is_empty() {
            continue;
        }
        let heading = desk.words.with("schedule.statement", &[("party", &desk.party(&party))]);
        blocks.push(if blocks.is_empty() { Block::Heading(heading) } else { Block::Page(heading) });
        blocks.push(Block::Table(statement));
    }
    if blocks.is_empty() {
        return None;
    }
    let last = recoupment.periods.last()?.end;
    let lead = desk.words.with("schedule.lead", &[("day", &desk.figures.day(last))]);
    Some(Section { kind: SectionKind::Schedule, topic: desk.say("schedule.topic"), lead, blocks })
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

fn label_of(desk: &Desk<'_>, tier: &Tier, leaf: &Tier, claim: &Claim) -> String {
    let payee = claim.payee.as_deref().map_or_else(|| desk.say("order.held"), |party| desk.party(party));
    let own = name(leaf);
    if tier.id == leaf.id || own == payee { payee } else { format!("{own}, {payee}") }
}

/// Every position under its statement periods.
fn periods(desk: &mut Desk<'_>) -> Option<PeriodTable> {
    let recoupment = desk.results.recoupment?;
    let plan = desk.deal().recoupment.as_ref()?;
    let days: Vec<_> = recoupment.periods.iter().map(|period| period.end).collect();
    let mut rows = Vec::new();
    for (number, tier) in walk(plan).into_iter().enumerate() {
        let heading = format!("{}. {}", number + 1, name(tier));
        let claims: Vec<(&Tier, &Claim)> = leaves(tier)
            .into_iter()
            .filter_map(|leaf| {
                Some((leaf, recoupment.claims.iter().find(|claim| claim.tier.as_ref() == leaf.id)?))
            })
            .collect();
        rows.push(PeriodRow::heading(heading, days.len()));
        for (leaf, claim) in claims {
            let at = format!("recoupment.claims.{}.paid", claim.tier);
            let label = label_of(desk, tier, leaf, claim);
            let told = format!("{}: {label}", name(tier));
            let total = desk.figure('W', &at, &told, ColumnKind::Money);
            let (total, tag) = total.map_or((None, String::new()), |(figure, tag)| (Some(figure), tag));
            let book = desk.results.book;
            let cell = |day: &recoup_calendar::Date| {
                Figure::at(book, &format!("{at}[{}]", day.year_month()), ColumnKind::Money)
            };
            let cells = days.iter().map(cell).collect();
            rows.push(PeriodRow { label, style: RowStyle::Plain, cells, total, tag });
        }
    }
    Some(PeriodTable { days, rows })
}

/// What a party is told, claim by claim: every period in which something moved.
fn statement(desk: &mut Desk<'_>, party: &str) -> Table {
    let mut table = Table::new(&[
        (desk.words.say("schedule.as_of"), ColumnKind::Text, 4.6),
        (&desk.in_currency("schedule.before"), ColumnKind::Money, 1.3),
        (desk.words.say("schedule.now"), ColumnKind::Money, 1.3),
        (desk.words.say("schedule.so_far"), ColumnKind::Money, 1.3),
        (desk.words.say("schedule.entitled"), ColumnKind::Money, 1.3),
        (desk.words.say("schedule.owed"), ColumnKind::Money, 1.3),
        (desk.words.say("column.ref"), ColumnKind::Tag, 0.6),
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
        let mut cells: Vec<Cell> = vec![label.into(), Cell::Blank, Cell::Blank];
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
    table.push(RowStyle::Muted, said, None);
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
