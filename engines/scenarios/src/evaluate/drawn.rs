//! What many paths say of a scenario.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::sync::{Mutex, PoisonError};

use recoup_deal::Deal;
use recoup_incentives::Catalog;
use recoup_model::Outcome;
use recoup_returns::Outcome as Rate;
use recoup_returns::grid::quarterly_irr;
use recoup_risk::film::{Film, FilmSettings};
use recoup_risk::run::{
    Identity, KERNEL, Keep, Observer, Progress, Request, Run, Sampling, Threads, simulate,
};
use recoup_risk::statistics::{Answer, summary};
use recoup_risk::{CHUNK, Column, Measure, PathModel};
use rust_decimal::Decimal;

use super::exact::money;
use super::{Evaluating, owners};
use crate::measure::{Chance, Measures, Told, Unknown};

/// Independent repetitions behind the standard errors.
const SAMPLING: Sampling = Sampling::Scrambled { scrambles: 8 };

/// Fills in what rests on paths.
pub(super) fn measure(
    deal: &Deal,
    outcome: &Outcome,
    catalog: &Catalog,
    settings: Evaluating,
    watch: &mut (dyn FnMut(u64) -> ControlFlow<()> + Send),
    measures: &mut Measures,
) {
    let financiers = owners::financiers(deal);
    let settings_of_film = FilmSettings {
        seed: settings.seed,
        sampling: SAMPLING,
        fans: financiers.clone(),
        checked: settings.checked,
    };
    let film = match Film::new(deal, catalog, settings_of_film) {
        Ok(film) => film,
        Err(reason) => {
            return nothing(measures, &Unknown::Missing { what: "risk".to_owned(), why: reason.to_string() });
        }
    };
    let equity = owners::equity(deal, outcome);
    let wanted = Wanted::of(&film, equity.as_deref(), &owners::senior_lenders(deal), &financiers);
    let model = Kept { film: &film, wanted: &wanted, sums: Mutex::default() };
    let request = Request {
        identity: Identity {
            plan: deal.id.clone(),
            kernel: KERNEL.to_owned(),
            seed: settings.seed,
            generator: "sobol-owen/8".to_owned(),
        },
        sampling: SAMPLING,
        paths: settings.paths,
        columns: (0..wanted.columns.len()).collect(),
        keep: Keep::Columns,
        precision: None,
        checkpoint_every: None,
    };
    let mut watching = Watching { watch, stopped: false };
    let run = match simulate(&model, request, &Threads::one(), &mut watching) {
        Ok(run) if !watching.stopped => run,
        Ok(_) => return,
        Err(reason) => {
            return nothing(
                measures,
                &Unknown::Missing { what: "paths".to_owned(), why: reason.to_string() },
            );
        }
    };
    told(deal, outcome, &run, &wanted, equity.as_deref(), measures);
    measures.cost_of_capital = cost_of_capital(&film, &model, &run, &wanted, outcome, &financiers);
}

fn nothing(measures: &mut Measures, why: &Unknown) {
    for told in [
        &mut measures.equity_irr_p10,
        &mut measures.equity_irr_p50,
        &mut measures.cost_of_capital,
        &mut measures.expected_shortfall,
    ] {
        *told = Err(why.clone());
    }
    measures.recoupment_chance = Err(why.clone());
    measures.senior_recovery = Err(why.clone());
}

/// The columns of a film that are looked at path by path, and those of which the mean is enough.
struct Wanted {
    columns: Vec<Column>,
    /// Where each stands in the film.
    places: Vec<usize>,
    /// Received up to a quarter, of every financier.
    fans: Vec<usize>,
    quarters: usize,
}

impl Wanted {
    fn of(film: &Film<'_>, equity: Option<&str>, senior: &[String], financiers: &[String]) -> Self {
        let of = |party: &str, measure: Measure| Column { of: party.to_owned(), measure };
        let mut columns = Vec::new();
        if let Some(party) = equity {
            columns.extend([Measure::Irr, Measure::Multiple, Measure::Recouped].map(|one| of(party, one)));
        }
        for party in senior {
            columns.extend([Measure::Received, Measure::Recouped].map(|one| of(party, one)));
        }
        columns.extend(financiers.iter().map(|party| of(party, Measure::Invested)));
        let mut seen: Vec<Column> = Vec::new();
        columns.retain(|one| {
            !seen.contains(one) && {
                seen.push(one.clone());
                true
            }
        });
        let place = |column: &Column| film.columns().iter().position(|known| known == column);
        columns.retain(|column| place(column).is_some());
        let places = columns.iter().filter_map(place).collect();
        let is_fan = |column: &&Column| matches!(column.measure, Measure::ReceivedBy(_));
        let fans = film.columns().iter().filter(is_fan).filter_map(place).collect();
        Self { columns, places, fans, quarters: film.quarters() }
    }

    fn place(&self, party: &str, measure: Measure) -> Option<usize> {
        self.columns.iter().position(|column| column.of == party && column.measure == measure)
    }
}

/// A film of which some columns are kept and others only added up, chunk by chunk.
struct Kept<'a, 'c> {
    film: &'a Film<'c>,
    wanted: &'a Wanted,
    sums: Mutex<BTreeMap<u64, Vec<f64>>>,
}

impl Kept<'_, '_> {
    /// The means of what is added up, summed in the order of the chunks, over so many paths.
    fn means(&self, paths: u64) -> Vec<f64> {
        let sums = self.sums.lock().unwrap_or_else(PoisonError::into_inner);
        let mut total = vec![0.0; self.wanted.fans.len()];
        for chunk in sums.values() {
            total.iter_mut().zip(chunk).for_each(|(total, sum)| *total += sum);
        }
        total.iter_mut().for_each(|total| *total /= paths.max(1) as f64);
        total
    }
}

impl<'c> PathModel for Kept<'_, 'c> {
    type Workspace = (<Film<'c> as PathModel>::Workspace, Vec<f64>);

    fn columns(&self) -> &[Column] {
        &self.wanted.columns
    }

    fn workspace(&self) -> Self::Workspace {
        (self.film.workspace(), vec![0.0; self.film.columns().len() * CHUNK])
    }

    fn compute(&self, first: u64, out: &mut [f64], (workspace, all): &mut Self::Workspace) {
        self.film.compute(first, all, workspace);
        let column = |place: usize| &all[place * CHUNK..(place + 1) * CHUNK];
        for (own, place) in self.wanted.places.iter().enumerate() {
            out[own * CHUNK..(own + 1) * CHUNK].copy_from_slice(column(*place));
        }
        let sums = self.wanted.fans.iter().map(|place| column(*place).iter().sum()).collect();
        self.sums.lock().unwrap_or_else(PoisonError::into_inner).insert(first, sums);
    }
}

struct Watching<'w> {
    watch: &'w mut (dyn FnMut(u64) -> ControlFlow<()> + Send),
    stopped: bool,
}

impl Observer for Watching<'_> {
    fn advance(&mut self, progress: Progress) -> ControlFlow<()> {
        let flow = (self.watch)(progress.done);
        self.stopped |= flow.is_break() && progress.done < progress.total;
        flow
    }
}

fn answered(answer: Answer) -> Told<f64> {
    match answer {
        Answer::Known(found) => Ok(found.value),
        Answer::Withheld { undefined } => Err(Unknown::Withheld { share: format!("{undefined:.4}") }),
        Answer::Never | Answer::Nothing => Err(Unknown::NotComputed),
    }
}

fn told(
    deal: &Deal,
    outcome: &Outcome,
    run: &Run,
    wanted: &Wanted,
    equity: Option<&str>,
    measures: &mut Measures,
) {
    let none = || Unknown::NoSuchMoney { kind: "equity".to_owned() };
    let place = |measure: Measure| equity.and_then(|party| wanted.place(party, measure)).ok_or_else(none);
    let irr = place(Measure::Irr).map(|place| summary(run, place, &[0.1, 0.5]));
    let quantile = |index: usize| {
        let found = irr.clone()?.quantiles.get(index).map(|found| found.1);
        answered(found.unwrap_or(Answer::Nothing))
    };
    measures.equity_irr_p10 = quantile(0);
    measures.equity_irr_p50 = quantile(1);
    measures.expected_shortfall =
        place(Measure::Multiple).and_then(|place| answered(summary(run, place, &[]).shortfall));
    measures.recoupment_chance = place(Measure::Recouped).and_then(|place| {
        let found = summary(run, place, &[]).mean.known().ok_or(Unknown::NotComputed)?;
        Ok(Chance { share: found.value, error: found.error.unwrap_or(0.0) })
    });
    measures.senior_recovery = senior_recovery(deal, outcome, run, wanted);
}

/// Mean share of what senior lenders are owed that they receive. What a lender is owed is what it has in the base case
/// with what is still outstanding then; a path on which all its claims are paid out counts as whole.
fn senior_recovery(deal: &Deal, outcome: &Outcome, run: &Run, wanted: &Wanted) -> Told<Decimal> {
    let mut lenders = Vec::new();
    for party in owners::senior_lenders(deal) {
        let received = money(&outcome.book, &format!("returns.{party}.received"))?;
        let open = money(&outcome.book, &format!("recoupment.{party}.outstanding")).ok();
        let owed = received.to_f64() + open.map_or(0.0, |open| open.to_f64());
        let values = |measure: Measure| wanted.place(&party, measure).and_then(|place| run.values(place));
        let (Some(received), Some(recouped)) = (values(Measure::Received), values(Measure::Recouped)) else {
            continue;
        };
        if owed > 0.0 {
            lenders.push((owed, received, recouped));
        }
    }
    let all: f64 = lenders.iter().map(|lender| lender.0).sum();
    if all <= 0.0 {
        return Err(Unknown::NoSuchMoney { kind: "senior loan".to_owned() });
    }
    let paths = run.paths() as usize;
    let on_path = |path: usize| -> f64 {
        let paid = |(owed, received, recouped): &(f64, &[f64], &[f64])| {
            if recouped[path] >= 1.0 { *owed } else { received[path].clamp(0.0, *owed) }
        };
        lenders.iter().map(paid).sum::<f64>() / all
    };
    let mean = (0..paths).map(on_path).sum::<f64>() / paths.max(1) as f64;
    Decimal::from_f64_retain(mean).map(|mean| mean.round_dp(6)).ok_or(Unknown::NotComputed)
}

/// The annual rate at which the expected flows of all financiers together have a present value of nothing: what they put
/// in as in the base case, scaled to its mean; what they receive as it is on the mean of all paths. Flows stand at the
/// end of their quarter.
fn cost_of_capital(
    film: &Film<'_>,
    model: &Kept<'_, '_>,
    run: &Run,
    wanted: &Wanted,
    outcome: &Outcome,
    financiers: &[String],
) -> Told<f64> {
    let quarters = wanted.quarters.max(1);
    let first = film.first_quarter();
    // A film counts quarters from its first flow; nobody's flow lies before it.
    let mut flows = vec![0.0; quarters];
    let mut raised = false;
    for party in financiers {
        let Some(returns) = outcome.returns.iter().find(|one| one.party == *party) else { continue };
        let base = money(&outcome.book, &format!("returns.{party}.invested"))?.to_f64();
        let mean = wanted
            .place(party, Measure::Invested)
            .and_then(|place| summary(run, place, &[]).mean.known().map(|found| found.value));
        let scale = mean.filter(|_| base > 0.0).map_or(1.0, |mean| mean / base);
        for (date, node) in &returns.flows {
            let amount = outcome.book.value(*node).as_money().map_or(0.0, |amount| amount.to_f64());
            if amount < 0.0 {
                let quarter = usize::try_from(date.quarter().quarters_since(first)).unwrap_or(0);
                flows[quarter.min(quarters - 1)] += amount * scale;
                raised = true;
            }
        }
    }
    if !raised {
        return Err(Unknown::NoSuchMoney { kind: "loan or equity".to_owned() });
    }
    let columns = wanted.fans.iter().map(|place| &film.columns()[*place]);
    let mut before: BTreeMap<&str, f64> = BTreeMap::new();
    for (column, so_far) in columns.zip(model.means(run.paths())) {
        let Measure::ReceivedBy(quarter) = column.measure else { continue };
        let quarter = (quarter as usize).min(quarters - 1);
        let last = before.insert(column.of.as_str(), so_far).unwrap_or(0.0);
        flows[quarter] += so_far - last;
    }
    let solution = quarterly_irr(&flows).map_err(|reason| Unknown::NoRate { why: reason.to_string() })?;
    match solution.outcome() {
        Rate::Rate { root, .. } => Ok(root.rate),
        Rate::None(reason) => Err(Unknown::NoRate { why: reason.to_string() }),
    }
}
