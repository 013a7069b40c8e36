//! A deal as a function of what is uncertain in it.
//!
//! On a path every driver takes a drawn number, the numbers are typed into the deal, and the deal is computed: that is
//! what a path means, and [`replay`] does it to the cent, with postings. A [`Film`] gives the same answers for many
//! paths at once. What lies between the moved cells and the recoupment plan is played on a [`Tape`](crate::tape::Tape);
//! the plan runs on what comes in; the measures are those of the exact run on the same grid. What moves days is a deal
//! of its own, compiled once for every delay that is drawn often. What has no tape is computed anew on every path:
//! [`Film::way`] says which way a driver takes, and why.

mod cells;
mod drawn;
mod driven;
mod measure;
mod payer;
mod replay;
mod settings;
mod shape;
mod shift;
mod stop;
mod way;

use std::collections::HashMap;
use std::sync::Arc;

use recoup_calendar::Quarter;
use recoup_deal::{Deal, Edit, RiskDriver, RiskEvent, deal_to_value, edited};
use recoup_incentives::Catalog;
use recoup_model::run_bare;

use crate::draw::Draws;
use crate::sensitivity::DrivenModel;
use crate::{CHUNK, Column, Measure, PathModel};
use cells::{Cell, cells};
use drawn::Drawn;
use measure::{Brought, MeasureRoom, PartyColumns, columns, measure};
use payer::PayerRoom;
use shape::Shape;
use shift::shifted;

pub use replay::{DrawnNumber, Replayed, ReplayedParty, replay};
pub use settings::FilmSettings;
pub use shape::NotFilmed;
pub use stop::Stop;
pub use way::{DriverWay, Way};

use crate::tape::TapeRoom;

/// A deal and its drivers, ready to be drawn.
#[derive(Debug, Clone)]
pub struct Film<'c> {
    deal: Deal,
    catalog: &'c Catalog,
    settings: FilmSettings,
    drawn: Drawn,
    /// Cells that the tapes read.
    cells: Vec<Cell>,
    /// Drivers that move days, with what they move.
    shifts: Vec<(usize, RiskEvent)>,
    /// The shapes that have a tape, by their delays; the first is the deal as typed.
    shapes: Vec<Arc<Shape>>,
    by_delay: HashMap<Vec<i32>, usize>,
    /// Why every path is computed anew, if it is.
    slow: Option<String>,
    ways: Vec<DriverWay>,
    columns: Vec<Column>,
    parties: Vec<PartyColumns>,
    first_claim: usize,
    stop: Stop,
}

/// Shapes that are compiled; what is drawn more seldom is computed anew.
const MOST_SHAPES: usize = 160;

/// Chunks that are computed together: paths of the same delays fill whole blocks of lanes.
const TOGETHER: usize = 10;

/// Paths from which it is seen which delays are drawn often.
const PILOT: u64 = 16;

impl<'c> Film<'c> {
    /// Compiles a deal.
    ///
    /// # Errors
    /// [`NotFilmed`] where nobody has a flow, the plan cannot be run or what is uncertain cannot be drawn.
    pub fn new(deal: &Deal, catalog: &'c Catalog, settings: FilmSettings) -> Result<Self, NotFilmed> {
        Self::new_unless(deal, catalog, settings, Stop::default())
    }

    /// As [`Film::new`], until somebody stops it.
    ///
    /// # Errors
    /// As [`Film::new`]; [`NotFilmed::Stopped`] where it was stopped.
    pub fn new_unless(
        deal: &Deal,
        catalog: &'c Catalog,
        settings: FilmSettings,
        stop: Stop,
    ) -> Result<Self, NotFilmed> {
        let deal = prepared(deal)?;
        let drawn = Drawn::new(&deal.risk, &settings).map_err(NotFilmed::Draws)?;
        let document = deal_to_value(&deal).map_err(|error| NotFilmed::Edit(error.to_string()))?;
        let drivers = &deal.risk.drivers;
        let (all, astray) = cells(&deal, &document, drivers);
        let shifts: Vec<(usize, RiskEvent)> = drivers
            .iter()
            .enumerate()
            .filter_map(|(index, driver)| {
                let event = driver.event.clone().filter(RiskEvent::is_counted)?;
                Some((index, event))
            })
            .collect();
        let bare = run_bare(&deal, catalog);
        let typed = Shape::compiled(&deal, &bare, &[])?;
        let (columns, parties, first_claim) = columns(&typed, &settings.fans);
        let mut film = Self {
            deal,
            catalog,
            settings,
            drawn,
            cells: all,
            shifts,
            shapes: vec![Arc::new(typed)],
            by_delay: HashMap::new(),
            slow: None,
            ways: Vec::new(),
            columns,
            parties,
            first_claim,
            stop,
        };
        film.take_ways(&bare, &astray)?;
        Ok(film)
    }

    /// The same film, stopped by something else.
    #[must_use]
    pub fn stopping(mut self, stop: Stop) -> Self {
        self.stop = stop;
        self
    }

    /// The same film for one party: of the others it tells whether they are paid out, and nothing else. The columns of
    /// [`Film::told`] are computed.
    #[must_use]
    pub fn only(mut self, party: &str) -> Self {
        for own in &mut self.parties {
            own.whole = own.party == party;
        }
        self
    }

    /// The columns that are computed.
    pub fn told(&self) -> Vec<usize> {
        let whole = |of: &str| self.parties.iter().any(|own| own.party == of && own.whole);
        let told = |column: &Column| column.measure == Measure::Recouped || whole(&column.of);
        (0..self.columns.len()).filter(|place| told(&self.columns[*place])).collect()
    }

    /// The first quarter that [`Measure::ReceivedBy`](crate::Measure::ReceivedBy) counts from.
    pub fn first_quarter(&self) -> Quarter {
        self.shapes[0].first
    }

    /// How many quarters there are.
    pub fn quarters(&self) -> usize {
        self.shapes[0].quarters
    }

    /// The drivers, in the deal's order.
    pub fn drivers(&self) -> &[RiskDriver] {
        &self.deal.risk.drivers
    }

    /// The way that paths take.
    pub fn way(&self) -> Way {
        match &self.slow {
            Some(_) => Way::Slow,
            None if self.shifts.is_empty() => Way::Fast,
            None => Way::Regimes,
        }
    }

    /// Why paths do not go the fast way, if they do not: computed anew, or with the plan run exactly.
    pub fn why_slow(&self) -> Option<&str> {
        self.slow.as_deref().or_else(|| self.plan_is_exact())
    }

    /// Why the recoupment plan is run exactly on every path rather than in lanes, if it is.
    pub fn plan_is_exact(&self) -> Option<&str> {
        self.shapes.first().and_then(|shape| shape.exactly.as_deref())
    }

    /// The way of every driver, and why it is not the fast one.
    pub fn ways(&self) -> &[DriverWay] {
        &self.ways
    }

    /// How the drivers are drawn: quantiles, and the correlations that are used.
    pub fn draws(&self) -> &Draws {
        self.drawn.draws()
    }

    /// The edits that type what a path draws into the deal.
    pub(crate) fn edits(&self, drawn: &[f64]) -> Vec<Edit> {
        let mut edits: Vec<Edit> =
            self.cells.iter().filter_map(|cell| cell.edit(cell.value(|driver| drawn[driver]))).collect();
        for (driver, event) in &self.shifts {
            edits.extend(shifted(&self.deal, event, delay(drawn[*driver])));
        }
        edits
    }

    /// The deal of a path.
    pub(crate) fn deal_of(&self, drawn: &[f64]) -> Result<Deal, NotFilmed> {
        edited(&self.deal, &self.edits(drawn)).map_err(|error| NotFilmed::Edit(error.to_string()))
    }

    fn delays(&self, drawn: impl Fn(usize) -> f64) -> Vec<i32> {
        self.shifts.iter().map(|(driver, _)| delay(drawn(*driver))).collect()
    }

    /// Gives some paths of one shape to their places, which stand in front of the first column.
    fn shape_paths(
        &self,
        shape: &Shape,
        places: &[usize],
        (given, figures): (&[f64], &[f64]),
        (room, lanes): (&mut PayRoom, Option<&mut PayerRoom>),
        out: &mut [f64],
    ) {
        let paths = places.len();
        shape.pay((paths, given, figures), room, lanes);
        let PayRoom { paid, recouped, measuring, .. } = room;
        let rate = shape.moves_discount.then(|| &figures[(shape.figures - 1) * paths..shape.figures * paths]);
        let brought = Brought { paths, half: shape.half, figures, paid, recouped, rate };
        let lead = shape.first.quarters_since(self.shapes[0].first);
        let lead = usize::try_from(lead).unwrap_or(0);
        for own in &self.parties {
            let flows = shape.parties.iter().find(|flows| flows.party == own.party);
            let Some(flows) = flows else { continue };
            measure(own, flows, shape.quarters, lead, &brought, measuring, |column, path, value| {
                out[column * CHUNK + places[path]] = value;
            });
        }
        for claim in 0..shape.claims() {
            for (path, place) in places.iter().enumerate() {
                out[(self.first_claim + claim) * CHUNK + place] = recouped[claim * paths + path];
            }
        }
    }

    /// A path by the whole model.
    fn whole_path(&self, drawn: &[f64], place: usize, room: &mut PayRoom, out: &mut [f64]) {
        let shape = self.deal_of(drawn).and_then(|deal| Shape::still(&deal, self.catalog));
        match shape {
            Ok(shape) => {
                let figures: Vec<f64> =
                    (0..shape.figures).map(|figure| shape.tape.constant(figure)).collect();
                self.shape_paths(&shape, &[place], (&[], &figures), (room, None), out);
            }
            Err(_) => {
                for column in 0..self.columns.len() {
                    out[column * CHUNK + place] = f64::NAN;
                }
            }
        }
    }
}

/// A drawn delay in whole quarters or months.
fn delay(drawn: f64) -> i32 {
    drawn.round().clamp(-1200.0, 1200.0) as i32
}

/// Where a driver says which share is paid, the cell stands in the deal, with all of it.
fn prepared(deal: &Deal) -> Result<Deal, NotFilmed> {
    let mut edits = Vec::new();
    for driver in &deal.risk.drivers {
        let path = match &driver.event {
            Some(RiskEvent::BuyerDefault(of)) => {
                let typed = deal.instruments.iter().find(|one| one.id == of.instrument);
                typed.filter(|one| one.paid_share.is_none()).map(|one| format!("instruments[{}]", one.id))
            }
            Some(RiskEvent::CreditAward(of) | RiskEvent::CreditAmount(of)) => {
                let typed = deal.incentives.iter().find(|one| one.id == of.claim);
                typed.filter(|one| one.paid_share.is_none()).map(|one| format!("incentives[{}]", one.id))
            }
            _ => None,
        };
        edits.extend(path.map(|path| Edit::set(format!("{path}.paid_share"), "1")));
    }
    edited(deal, &edits).map_err(|error| NotFilmed::Edit(error.to_string()))
}

/// Room to pay and measure in.
#[derive(Debug, Default)]
pub(crate) struct PayRoom {
    pub(crate) paid: Vec<f64>,
    pub(crate) recouped: Vec<f64>,
    /// Paths that have to be computed exactly.
    pub(crate) broken: Vec<usize>,
    measuring: MeasureRoom,
}

/// Room for one thread.
#[derive(Debug)]
pub struct FilmRoom {
    drawn: Vec<f64>,
    drawing: drawn::DrawnRoom,
    rooms: Vec<Option<(TapeRoom, Option<PayerRoom>)>>,
    exact: Vec<usize>,
    given: Vec<f64>,
    figures: Vec<f64>,
    places: Vec<Vec<usize>>,
    pay: PayRoom,
}

impl PathModel for Film<'_> {
    type Workspace = FilmRoom;

    fn columns(&self) -> &[Column] {
        &self.columns
    }

    fn workspace(&self) -> FilmRoom {
        let figures = self.shapes.iter().map(|shape| shape.figures).max().unwrap_or(0);
        FilmRoom {
            drawn: vec![0.0; self.deal.risk.drivers.len() * CHUNK],
            drawing: self.drawn.room(),
            rooms: self.shapes.iter().map(|_| None).collect(),
            exact: Vec::with_capacity(CHUNK),
            given: vec![0.0; self.cells.len() * CHUNK],
            figures: vec![0.0; figures * CHUNK],
            places: vec![Vec::with_capacity(CHUNK); self.shapes.len() + 1],
            pay: PayRoom::default(),
        }
    }

    fn compute(&self, first: u64, out: &mut [f64], workspace: &mut FilmRoom) {
        self.compute_together(&[first], out, workspace);
    }

    fn together(&self) -> usize {
        if self.slow.is_some() { 1 } else { TOGETHER }
    }

    fn compute_together(&self, firsts: &[u64], out: &mut [f64], workspace: &mut FilmRoom) {
        let mut drawn = std::mem::take(&mut workspace.drawn);
        let own = self.deal.risk.drivers.len() * CHUNK;
        drawn.resize(firsts.len() * own, 0.0);
        for (first, drawn) in firsts.iter().zip(drawn.chunks_exact_mut(own.max(1))) {
            self.draw(*first, drawn, workspace);
        }
        self.evaluate(&drawn, out, workspace);
        workspace.drawn = drawn;
    }

    fn is_stopped(&self) -> bool {
        self.stop.is_now()
    }
}

#[cfg(test)]
mod tests;
