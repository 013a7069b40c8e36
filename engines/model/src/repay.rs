//! The recoupment plan over what the film earns: its run, its figures, its ladder.

use recoup_capital::Capital;
use recoup_deal::{Deal, Finding, Phrase, Severity, Timeline};
use recoup_explain::{Book, Cells};
use recoup_revenue::Receipts;
use recoup_waterfall::{
    Breakeven, PartyFigures, Recoupment, Surroundings, breakeven_ladder, record_breakeven,
    record_breakeven_gross, recoup_recorded, validate,
};

use crate::breakeven::solve_gross;
use crate::feed::feed;
use crate::stage::Stage;

/// What the plan is run on.
pub(crate) struct Repaying<'a> {
    pub deal: &'a Deal,
    pub timeline: &'a Timeline,
    pub receipts: &'a Receipts,
    pub capital: Option<&'a Capital>,
    pub cells: &'a Cells,
}

/// What the recoupment plan gives.
#[derive(Default)]
pub(crate) struct Repaid {
    pub recoupment: Option<Recoupment>,
    pub parties: Vec<PartyFigures>,
    pub ladder: Vec<Breakeven>,
}

impl Repaying<'_> {
    pub(crate) fn run(
        &self,
        findings: &mut Vec<Finding>,
        book: &mut Book,
        after: &mut dyn FnMut(Stage),
    ) -> Repaid {
        let Repaying { deal, timeline, receipts, capital, cells } = *self;
        let Some(plan) = &deal.recoupment else {
            return Repaid::default();
        };
        findings.extend(validate(plan, deal.currency, &surroundings(deal, receipts, capital)));
        let feed = feed(deal, timeline, plan, receipts, capital, cells, book);
        let run = recoup_recorded(plan, &feed.inputs, &feed.nodes, &feed.schedule, cells, book);
        after(Stage::Recoupment);
        let recorded = match run {
            Ok(recorded) => recorded,
            Err(error) => {
                findings.push(
                    Finding::new(Severity::Blocker, "RECOUPMENT_CANNOT_RUN", "recoupment")
                        .with("problem", Phrase::from(&error)),
                );
                return Repaid::default();
            }
        };
        let mut ladder = breakeven_ladder(plan, &feed.inputs).unwrap_or_default();
        after(Stage::Ladder);
        let none = solve_gross(plan, &feed, receipts, &mut ladder, book);
        let mut grounds = feed.totals(cells, book);
        grounds.extend(&recorded.terms);
        record_breakeven(&ladder, &grounds, book);
        grounds.push(receipts.gross);
        record_breakeven_gross(&ladder, none, &grounds, book);
        after(Stage::Gross);
        Repaid { recoupment: Some(recorded.recoupment), parties: recorded.parties, ladder }
    }
}

fn surroundings(deal: &Deal, receipts: &Receipts, capital: Option<&Capital>) -> Surroundings {
    let mut sources: Vec<String> = receipts.sources.iter().map(|source| source.source.clone()).collect();
    sources.extend(deal.revenue.sources.iter().map(|source| source.id.clone()));
    if let Some(capital) = capital {
        sources.extend(capital.to_collection.iter().map(|payment| payment.source.clone()));
    }
    sources.sort();
    sources.dedup();
    Surroundings {
        parties: deal.parties.iter().map(|party| party.id.clone()).collect(),
        instruments: deal.instruments.iter().map(|instrument| instrument.id.clone()).collect(),
        sources,
    }
}
