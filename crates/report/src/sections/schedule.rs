//! Recoupment by statement period: the schedule of all positions.

use recoup_deal::recoupment::Tier;
use recoup_waterfall::Claim;

use crate::document::{Block, Section, SectionKind};
use crate::exhibits::{PeriodRow, PeriodTable};
use crate::sections::desk::Desk;
use crate::sections::order::{leaves, name, walk};
use crate::table::{ColumnKind, Figure, RowStyle};

pub(crate) fn section(desk: &mut Desk<'_>) -> Option<Section> {
    let last = desk.results.recoupment?.periods.last()?.end;
    let blocks = vec![Block::Periods(periods(desk)?)];
    let lead = desk.words.with("schedule.lead", &[("day", &desk.figures.day(last))]);
    Some(Section { kind: SectionKind::Schedule, topic: desk.say("schedule.topic"), lead, blocks })
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
