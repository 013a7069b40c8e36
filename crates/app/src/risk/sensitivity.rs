//! Which uncertain number moves a result, as it is shown.
//!
//! A return, a multiple or a present value is computed with one driver at another value and the others as typed. Whether
//! somebody is paid in full is yes or no on any one path: there the probability is told, with the driver held at the value
//! and the others drawn.

use std::collections::HashMap;
use std::sync::Arc;

use recoup_deal::Deal;
use recoup_risk::film::{Film, Way};
use recoup_risk::run::{Request, Silent, simulate};
use recoup_risk::sensitivity::{DrivenModel, Held, base, indices, spider, tornado, two_way, uniforms};
use recoup_risk::statistics::{Answer, summary};
use recoup_risk::{Column, Measure, PathModel};

use super::address::Simulation;
use super::films::film;
use super::hand::threads;
use super::numbers::{Teller, decimal, input};
use super::simulated::{SAMPLING, chosen, deal_of, request};
use crate::state::State;
use crate::wire::{
    QuantityDto, RiskFigure, SensitivityBar, SensitivityIndex, SensitivityView, SpiderLine, SpiderPoint,
    TwoWayView,
};
use crate::{AppError, ErrorCode};

/// The quantiles of a driver that are tried.
const MARKS: [(f64, &str); 7] =
    [(0.05, "p5"), (0.1, "p10"), (0.25, "p25"), (0.5, "p50"), (0.75, "p75"), (0.9, "p90"), (0.95, "p95")];

/// Rows of the indices: each is computed once for every driver, and twice more.
const ROWS: u64 = 2048;

/// Paths of a probability with a driver held.
const HELD_PATHS: u64 = 2048;

/// Whose result is asked for, and which.
pub(super) struct Question {
    simulation: Simulation,
    deal: Deal,
    film: Option<Arc<Film<'static>>>,
    /// Why there is no film.
    reason: String,
    party: String,
    output: &'static str,
    /// The film's column; none where the party has no such result.
    column: Option<usize>,
}

/// A result that can be asked for, and its measure.
fn measure(output: &str) -> Result<(&'static str, Measure), AppError> {
    match output {
        "irr" => Ok(("irr", Measure::Irr)),
        "multiple" => Ok(("multiple", Measure::Multiple)),
        "npv" => Ok(("npv", Measure::Npv)),
        "recouped" => Ok(("recouped", Measure::Recouped)),
        _ => Err(AppError::new(ErrorCode::InvalidRequest, "There is no such result.")
            .with("path", "output")
            .with("given", output)
            .with("allowed", "irr, multiple, npv, recouped")),
    }
}

impl Question {
    pub(super) fn new(
        state: &State,
        simulation: Simulation,
        party: Option<&str>,
        output: &str,
    ) -> Result<Self, AppError> {
        let (output, measure) = measure(output)?;
        let deal = deal_of(state, &simulation)?;
        let party = chosen(&deal, party)?;
        let (film, reason) = if deal.risk.drivers.is_empty() {
            (None, "nothing in this deal is uncertain".to_owned())
        } else {
            match film(state, &deal, &simulation, &party)? {
                Ok(film) => (Some(film), String::new()),
                Err(reason) => (None, reason),
            }
        };
        let wanted = Column { of: party.clone(), measure };
        let place = |film: &Arc<Film<'static>>| film.columns().iter().position(|column| *column == wanted);
        let column = film.as_ref().and_then(place);
        Ok(Self { simulation, deal, film, reason, party, output, column })
    }

    /// Film and column, where there are both.
    fn model(&self) -> Option<(&Film<'static>, usize)> {
        Some((self.film.as_deref()?, self.column?))
    }

    fn is_chance(&self) -> bool {
        self.output == "recouped"
    }

    fn within(&self, rest: &str) -> String {
        format!("sensitivity.{}.{}.{rest}", self.output, self.party)
    }

    fn driver(&self, id: &str, path: &'static str) -> Result<usize, AppError> {
        let found = self.deal.risk.drivers.iter().position(|driver| driver.id == id);
        found.ok_or_else(|| {
            AppError::new(ErrorCode::NotFound, "The deal has no such driver.")
                .with("path", path)
                .with("given", id)
        })
    }

    /// The probability with some drivers held.
    fn chance(&self, held: Vec<(usize, f64)>) -> Answer {
        let Some((film, column)) = self.model() else { return Answer::Nothing };
        let asked: Request =
            request(film, &Simulation { paths: HELD_PATHS, ..self.simulation.clone() }, &[column], None);
        match simulate(&Held::new(film, held), asked, threads(), &mut Silent) {
            Ok(run) => summary(&run, 0, &[]).mean,
            Err(_) => Answer::Nothing,
        }
    }

    fn told(&self, teller: &mut Teller, rest: &str, value: f64) -> RiskFigure {
        teller.plain(&self.within(rest), value)
    }

    fn base(&self, teller: &mut Teller) -> RiskFigure {
        match self.model() {
            None => {
                let reason =
                    if self.reason.is_empty() { super::numbers::NO_MONEY } else { self.reason.as_str() };
                teller.nothing(&self.within("base"), reason)
            }
            Some(_) if self.is_chance() => teller.number(&self.within("base"), self.chance(Vec::new())),
            Some((film, column)) => self.told(teller, "base", base(film, column)),
        }
    }

    /// Tornado, spider and indices.
    pub(super) fn view(&self, state: &State, revision: u32) -> Result<SensitivityView, AppError> {
        let key = self.within("view");
        if let Some(known) = state.risk.sensitivity(&self.simulation, &key) {
            return Ok(known);
        }
        let mut teller = Teller::new(self.simulation.clone(), self.deal.currency);
        let mut view = SensitivityView {
            revision,
            base: self.base(&mut teller),
            bars: Vec::new(),
            spider: Vec::new(),
            indices: Vec::new(),
        };
        if let Some((film, column)) = self.model() {
            // What takes thousands of paths would take minutes by the whole model.
            let is_quick = film.way() != Way::Slow;
            if !self.is_chance() {
                self.moved(film, column, &mut view, &mut teller);
            } else if is_quick {
                self.chances(film, &mut view, &mut teller);
            }
            if is_quick {
                self.shares(film, column, &mut view, &mut teller);
            }
        }
        state.risk.keep_sensitivity(&self.simulation, &key, &view, teller.known());
        Ok(view)
    }

    fn bar(
        &self,
        driver: usize,
        (low, high): (RiskFigure, RiskFigure),
        inputs: (f64, f64),
    ) -> SensitivityBar {
        let typed = &self.deal.risk.drivers[driver];
        SensitivityBar {
            driver: typed.id.clone(),
            label: typed.label.clone(),
            low,
            high,
            low_input: input(inputs.0).unwrap_or_default(),
            high_input: input(inputs.1).unwrap_or_default(),
            path: typed.paths.first().cloned().unwrap_or_else(|| format!("risk.drivers[{}]", typed.id)),
        }
    }

    fn moved(&self, film: &Film<'static>, column: usize, view: &mut SensitivityView, teller: &mut Teller) {
        for bar in tornado(film, column) {
            let id = &self.deal.risk.drivers[bar.driver].id;
            let low = self.told(teller, &format!("{id}.p10"), bar.low);
            let high = self.told(teller, &format!("{id}.p90"), bar.high);
            view.bars.push(self.bar(bar.driver, (low, high), (bar.low_input, bar.high_input)));
        }
        for line in spider(film, column, &MARKS.map(|mark| mark.0)) {
            let middle = film.quantile(line.driver, 0.5);
            let points = line.points.iter().filter_map(|point| {
                Some(SpiderPoint { share: share(point.input, middle)?, value: decimal(point.value, 6)? })
            });
            view.spider.push(self.line(line.driver, points.collect(), teller));
        }
    }

    fn chances(&self, film: &Film<'static>, view: &mut SensitivityView, teller: &mut Teller) {
        for driver in 0..film.drivers().len() {
            let id = &self.deal.risk.drivers[driver].id;
            let found = MARKS.map(|(p, word)| {
                let value = film.quantile(driver, p);
                let figure =
                    teller.number(&self.within(&format!("{id}.{word}")), self.chance(vec![(driver, value)]));
                (value, figure)
            });
            let [_, low, _, middle, _, high, _] = &found;
            view.bars.push(self.bar(driver, (low.1.clone(), high.1.clone()), (low.0, high.0)));
            let points = found.iter().filter_map(|(value, figure)| {
                Some(SpiderPoint { share: share(*value, middle.0)?, value: figure.value.clone()? })
            });
            view.spider.push(self.line(driver, points.collect(), teller));
        }
        let number = |figure: &RiskFigure| figure.value.as_ref().and_then(|value| value.parse::<f64>().ok());
        let width = |bar: &SensitivityBar| Some((number(&bar.high)? - number(&bar.low)?).abs());
        view.bars.sort_by(|one, other| width(other).unwrap_or(0.0).total_cmp(&width(one).unwrap_or(0.0)));
    }

    fn line(&self, driver: usize, points: Vec<SpiderPoint>, teller: &mut Teller) -> SpiderLine {
        let id = self.deal.risk.drivers[driver].id.clone();
        let address = teller.address(&self.within(&format!("{id}.p90")));
        SpiderLine { driver: id, address, points }
    }

    fn shares(&self, film: &Film<'static>, column: usize, view: &mut SensitivityView, teller: &mut Teller) {
        let Ok(points) = uniforms(film.drivers().len(), self.simulation.seed, SAMPLING) else { return };
        let rows = |first: u64, out: &mut [f64]| points.fill_flat(first, out);
        let Ok(found) = indices(film, column, ROWS, (SAMPLING, rows), threads()) else { return };
        for index in found.drivers {
            let id = self.deal.risk.drivers[index.driver].id.clone();
            let first = teller.number(&self.within(&format!("{id}.first")), Answer::Known(index.first));
            let total = teller.number(&self.within(&format!("{id}.total")), Answer::Known(index.total));
            view.indices.push(SensitivityIndex { driver: id, first, total });
        }
    }

    /// The result over two drivers.
    pub(super) fn two_way(
        &self,
        state: &State,
        revision: u32,
        one: &str,
        other: &str,
    ) -> Result<TwoWayView, AppError> {
        let mut teller = Teller::new(self.simulation.clone(), self.deal.currency);
        let base = self.base(&mut teller);
        let mut view =
            TwoWayView { revision, base, rows: Vec::new(), columns: Vec::new(), cells: Vec::new() };
        let model = self.model().filter(|(film, _)| !self.is_chance() || film.way() != Way::Slow);
        if let Some((film, column)) = model {
            let pair = (self.driver(one, "one")?, self.driver(other, "other")?);
            let table = two_way(film, column, pair, &MARKS.map(|mark| mark.0));
            view.rows = table.rows.iter().filter_map(|value| input(*value)).collect();
            view.columns = table.columns.iter().filter_map(|value| input(*value)).collect();
            for (row, line) in table.cells.iter().enumerate() {
                let cells = line.iter().enumerate().map(|(place, value)| {
                    let within = self.within(&format!("{one}.{other}.{}.{}", MARKS[row].1, MARKS[place].1));
                    if self.is_chance() {
                        let held = vec![(pair.0, table.rows[row]), (pair.1, table.columns[place])];
                        teller.number(&within, self.chance(held))
                    } else {
                        teller.plain(&within, *value)
                    }
                });
                view.cells.push(cells.collect());
            }
        }
        state.risk.keep_figures(&self.simulation, teller.known());
        Ok(view)
    }
}

/// A value over the middle one; by itself where the middle is nought.
fn share(value: f64, middle: f64) -> Option<String> {
    decimal(if middle.abs() > 1e-9 { value / middle } else { value }, 4)
}

/// A figure of a sensitivity that nobody remembers: it is computed once more.
pub(super) fn again(
    state: &State,
    simulation: &Simulation,
    within: &str,
) -> Result<Option<HashMap<String, QuantityDto>>, AppError> {
    let mut parts = within.split('.').skip(1);
    let (Some(output), Some(party)) = (parts.next(), parts.next()) else { return Ok(None) };
    let rest: Vec<&str> = parts.collect();
    let question = Question::new(state, simulation.clone(), Some(party), output)?;
    match rest.as_slice() {
        [one, other, _, _] => drop(question.two_way(state, 0, one, other)?),
        _ => drop(question.view(state, 0)?),
    }
    Ok(state.risk.figures(simulation))
}
