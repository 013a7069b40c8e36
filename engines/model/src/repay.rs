//! The recoupment plan over what the film earns: its run, its figures, its ladder.

use std::sync::OnceLock;

use recoup_capital::Capital;
use recoup_deal::{Deal, Finding, Phrase, Severity, Timeline};
use recoup_explain::{Book, Cells};
use recoup_revenue::Receipts;
use recoup_waterfall::{
    Breakeven, PartyFigures, Played, Recoupment, Surroundings, breakeven_ladder, expiry_findings,
    record_breakeven, record_breakeven_gross, validate,
};

use crate::beside::beside;
use crate::breakeven::solve_gross;
use crate::feed::{Feed, feed};
use crate::stage::Stage;
use crate::statements::gross_by_period;

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
    pub feed: Option<Feed>,
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
        let played = OnceLock::new();
        let play = || Played::of(plan, &feed.inputs, &feed.schedule);
        let (ladder, (gross, figures)) = beside(
            || {
                played.get_or_init(play);
                breakeven_ladder(plan, &feed.inputs).unwrap_or_default()
            },
            || {
                let gross = solve_gross(plan, &feed, receipts, book);
                after(Stage::Gross);
                let run = played.get_or_init(play).as_ref().ok();
                let figures = run.map(|run| run.record(plan, &feed.nodes, cells, book));
                after(Stage::Recoupment);
                (gross, figures)
            },
        );
        after(Stage::Ladder);
        let run = played.into_inner().unwrap_or_else(play);
        let told = match (run, figures) {
            (Ok(run), Some(Ok(figures))) => Ok((run.recoupment, figures)),
            (Err(error), _) | (_, Some(Err(error))) => Err(Some(error)),
            (Ok(_), None) => Err(None),
        };
        let (recoupment, figures) = match told {
            Ok(told) => told,
            Err(error) => {
                findings.extend(error.map(|error| {
                    Finding::new(Severity::Blocker, "RECOUPMENT_CANNOT_RUN", "recoupment")
                        .with("problem", Phrase::from(&error))
                }));
                return Repaid::default();
            }
        };
        findings.extend(expiry_findings(plan, &recoupment));
        let ladder = with_gross(ladder, &gross.rungs);
        gross_by_period(receipts, &feed.schedule, book);
        let mut grounds = feed.totals(cells, book);
        grounds.extend(&figures.terms);
        record_breakeven(&ladder, &grounds, book);
        grounds.push(receipts.gross);
        record_breakeven_gross(&ladder, gross.none, &grounds, book);
        Repaid { recoupment: Some(recoupment), parties: figures.parties, ladder, feed: Some(feed) }
    }
}

fn with_gross(mut ladder: Vec<Breakeven>, rungs: &[Breakeven]) -> Vec<Breakeven> {
    for (rung, solved) in ladder.iter_mut().zip(rungs) {
        rung.gross = solved.receipts;
    }
    ladder
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
