//! Which way every driver takes, found out rather than assumed.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use rayon::prelude::*;
use recoup_calendar::Date;
use recoup_deal::{RiskEvent, edited};
use recoup_explain::NodeId;
use recoup_model::Bare;

use crate::CHUNK;
use crate::tape::Tape;

use super::cells::Cell;
use super::shape::{From, is_of_plan, leaves};
use super::{Film, MOST_SHAPES, NotFilmed, PILOT, PayRoom, Shape, shifted};

/// How paths are computed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Way {
    /// Nothing moves with it.
    Still,
    /// On a tape.
    Fast,
    /// On a tape of its own for every delay.
    Regimes,
    /// By the whole model, path by path.
    Slow,
}

/// The way of one driver.
#[derive(Debug, Clone, PartialEq)]
pub struct DriverWay {
    /// Id of the driver.
    pub driver: String,
    /// Its way.
    pub way: Way,
    /// Why it is not the fast one.
    pub reason: Option<String>,
    /// How far a flow of the tape lay from the whole model's at the driver's 10th and 90th percentile, in major units,
    /// and how far it may lie: half a minor unit for each rounding that the tape leaves out. None where it was not
    /// compared.
    pub compared: Option<(f64, f64)>,
}

/// Flows of every party by day.
pub(crate) type Flows = BTreeMap<String, BTreeMap<Date, f64>>;

impl Film<'_> {
    /// Decides on the ways, compiles the shapes.
    pub(super) fn take_ways(&mut self, bare: &Bare, astray: &[usize]) -> Result<(), NotFilmed> {
        let drivers = self.deal.risk.drivers.len();
        let given = leaves(&bare.book, &self.cells);
        let joint = Shape::compiled(&self.deal, bare, &given).and_then(|shape| shape.quickened(&self.cells));
        let all = joint.is_ok();
        self.ways = (0..drivers).map(|driver| self.way_of(driver, bare, &given, (astray, all))).collect();
        let slow = self.ways.iter().find(|way| way.way == Way::Slow);
        self.slow = slow.map(|way| format!("{}: {}", way.driver, way.reason.clone().unwrap_or_default()));
        match joint {
            Ok(shape) => self.shapes[0] = Arc::new(shape),
            Err(error) => {
                self.slow.get_or_insert_with(|| error.to_string());
            }
        }
        if self.slow.is_none() {
            self.compile_delays();
        }
        if self.settings.checked && self.slow.is_none() {
            self.compare();
        }
        if self.stop.is_now() { Err(NotFilmed::Stopped) } else { Ok(()) }
    }

    fn way_of(
        &self,
        driver: usize,
        bare: &Bare,
        given: &[Vec<NodeId>],
        (astray, all): (&[usize], bool),
    ) -> DriverWay {
        let typed = &self.deal.risk.drivers[driver];
        let way = |way: Way, reason: Option<String>| DriverWay {
            driver: typed.id.clone(),
            way,
            reason,
            compared: None,
        };
        if let Some(event) = typed.event.as_ref().filter(|event| event.is_counted()) {
            return match shifted(&self.deal, event, 1).is_empty() {
                true => way(Way::Still, Some("nothing in the deal comes later with it".to_owned())),
                false => way(Way::Regimes, Some("days move: each delay is a deal of its own".to_owned())),
            };
        }
        if astray.contains(&driver) {
            return way(Way::Still, Some("it leads to no number of the deal".to_owned()));
        }
        let own: Vec<usize> = (0..self.cells.len())
            .filter(|cell| self.cells[*cell].changes.iter().any(|(by, _)| *by == driver))
            .collect();
        let unread = |cell: &&usize| given[**cell].is_empty() && !is_of_plan(&self.cells[**cell].path);
        if let Some(cell) = own.iter().find(unread) {
            let path = &self.cells[*cell].path;
            // What no figure reads may still decide what is computed at all.
            return match self.is_still(driver) {
                true => way(Way::Still, Some(format!("nothing that is paid or put in rests on {path}"))),
                false => way(Way::Slow, Some(format!("{path} decides what is computed"))),
            };
        }
        if all {
            return way(Way::Fast, None);
        }
        let moved: Vec<Vec<NodeId>> = own.iter().map(|cell| given[*cell].clone()).collect();
        let cells: Vec<Cell> = own.iter().map(|cell| self.cells[*cell].clone()).collect();
        match Shape::compiled(&self.deal, bare, &moved).and_then(|shape| shape.quickened(&cells)) {
            Ok(_) => way(Way::Fast, None),
            Err(error) => way(Way::Slow, Some(error.to_string())),
        }
    }

    /// Whether the whole model gives the same flows at a driver's 10th and 90th percentile as it does as typed.
    fn is_still(&self, driver: usize) -> bool {
        if self.stop.is_now() {
            return false;
        }
        let drivers = self.deal.risk.drivers.len();
        let exact = |drawn: &[f64]| {
            let deal = self.deal_of(drawn).ok()?;
            let whole = Shape::still(&deal, self.catalog).ok()?;
            Some(played(&whole, &[], |tape| (0..whole.figures).map(|figure| tape.constant(figure)).collect()))
        };
        let mut drawn = vec![f64::NAN; drivers];
        let Some(typed) = exact(&drawn) else { return false };
        [0.1, 0.9].into_iter().all(|p| {
            drawn[driver] = self.drawn.quantile(driver, p);
            exact(&drawn).is_some_and(|moved| difference(&typed, &moved) == 0.0)
        })
    }

    /// Compiles the shapes of the delays that a pilot run draws most often.
    fn compile_delays(&mut self) {
        let typed = vec![0; self.shifts.len()];
        self.by_delay = HashMap::from([(typed.clone(), 0)]);
        if self.shifts.is_empty() {
            return;
        }
        let drivers = self.deal.risk.drivers.len();
        let (mut drawn, mut room) = (vec![0.0; drivers * CHUNK], self.drawn.room());
        let mut seen: BTreeMap<Vec<i32>, usize> = BTreeMap::new();
        for chunk in 0..PILOT {
            self.drawn.fill(chunk * CHUNK as u64, &mut drawn, &mut room);
            for path in 0..CHUNK {
                *seen.entry(self.delays(|driver| drawn[driver * CHUNK + path])).or_default() += 1;
            }
        }
        seen.remove(&typed);
        let mut seen: Vec<(Vec<i32>, usize)> = seen.into_iter().collect();
        seen.sort_by(|one, other| other.1.cmp(&one.1).then_with(|| one.0.cmp(&other.0)));
        let often: Vec<Vec<i32>> = seen.into_iter().take(MOST_SHAPES - 1).map(|(delays, _)| delays).collect();
        let found: Vec<Result<Shape, NotFilmed>> =
            often.par_iter().map(|delays| self.delayed(delays)).collect();
        for (delays, shape) in often.into_iter().zip(found) {
            // What has no shape is computed anew.
            if let Ok(shape) = shape {
                self.by_delay.insert(delays, self.shapes.len());
                self.shapes.push(Arc::new(shape));
            }
        }
    }

    fn delayed(&self, delays: &[i32]) -> Result<Shape, NotFilmed> {
        if self.stop.is_now() {
            return Err(NotFilmed::Stopped);
        }
        let moved = |((_, event), by): (&(usize, RiskEvent), &i32)| shifted(&self.deal, event, *by);
        let edits: Vec<recoup_deal::Edit> = self.shifts.iter().zip(delays).flat_map(moved).collect();
        let deal = edited(&self.deal, &edits).map_err(|error| NotFilmed::Edit(error.to_string()))?;
        let shape = Shape::of(&deal, self.catalog, &self.cells)?;
        // A claim that comes or goes with a delay would stand in another column.
        let same = shape.claims() == self.shapes[0].claims();
        if same { Ok(shape) } else { Err(NotFilmed::Edit("other claims".to_owned())) }
    }

    /// Compares every driver on a tape with the whole model; where they differ by more than rounding, all paths are
    /// computed anew.
    fn compare(&mut self) {
        let drivers = self.deal.risk.drivers.len();
        let fast: Vec<usize> = (0..drivers).filter(|driver| self.ways[*driver].way == Way::Fast).collect();
        let apart = |driver: &usize| {
            [0.1, 0.9].into_iter().fold(0.0_f64, |most, p| {
                let mut drawn = vec![f64::NAN; drivers];
                drawn[*driver] = self.drawn.quantile(*driver, p);
                most.max(self.apart(&drawn).unwrap_or(f64::INFINITY))
            })
        };
        let found: Vec<f64> = fast.par_iter().map(apart).collect();
        let bound = self.bound();
        for (driver, apart) in fast.into_iter().zip(found) {
            self.ways[driver].compared = Some((apart, bound));
            if apart > bound {
                let reason = format!(
                    "its quick form lies {apart:.2} from the whole model, more than rounding explains"
                );
                self.slow.get_or_insert(format!("{}: {reason}", self.ways[driver].driver));
                self.ways[driver].way = Way::Slow;
                self.ways[driver].reason = Some(reason);
            }
        }
    }

    /// Half a minor unit for each rounding on the way of any flow.
    pub(crate) fn bound(&self) -> f64 {
        let typed = &self.shapes[0];
        let periods = typed.payer.as_ref().map_or(0, |payer| payer.periods().len());
        typed.half * (f64::from(typed.tape.roundings()) + periods as f64 + 1.0)
    }

    /// How far a flow of a path lies from the whole model's.
    pub(crate) fn apart(&self, drawn: &[f64]) -> Result<f64, NotFilmed> {
        if self.stop.is_now() {
            return Err(NotFilmed::Stopped);
        }
        let simulated = self.flows(drawn)?;
        let whole = Shape::still(&self.deal_of(drawn)?, self.catalog)?;
        let exact =
            played(&whole, &[], |tape| (0..whole.figures).map(|figure| tape.constant(figure)).collect());
        Ok(difference(&simulated, &exact))
    }

    /// The flows of a path on the way that it takes.
    pub(crate) fn flows(&self, drawn: &[f64]) -> Result<Flows, NotFilmed> {
        let delays = self.delays(|driver| drawn[driver]);
        let shape = match (&self.slow, self.by_delay.get(&delays)) {
            (None, Some(shape)) => &self.shapes[*shape],
            _ => {
                let whole = Shape::still(&self.deal_of(drawn)?, self.catalog)?;
                let constants =
                    |tape: &Tape| (0..whole.figures).map(|figure| tape.constant(figure)).collect();
                return Ok(played(&whole, &[], constants));
            }
        };
        let given: Vec<f64> = self.cells.iter().map(|cell| cell.value(|driver| drawn[driver])).collect();
        Ok(played(shape, &given, |tape| {
            let mut figures = vec![0.0; shape.figures];
            tape.run(1, &given, &mut figures, &mut tape.room());
            figures
        }))
    }
}

/// The flows of one path of a shape.
fn played(shape: &Shape, given: &[f64], figures: impl FnOnce(&Tape) -> Vec<f64>) -> Flows {
    let figures = figures(&shape.tape);
    let mut room = PayRoom::default();
    shape.pay((1, given, &figures), &mut room, None);
    let mut found = Flows::new();
    for party in &shape.parties {
        let own = found.entry(party.party.clone()).or_default();
        for flow in &party.flows {
            let amount = match flow.from {
                From::Figure(place) => figures[place],
                From::Paid(place) => room.paid[place],
            };
            *own.entry(flow.day).or_default() += if flow.put_in { -amount } else { amount };
        }
    }
    found
}

/// The largest difference of a flow; a day on which one of them has none counts as nought.
pub(crate) fn difference(one: &Flows, other: &Flows) -> f64 {
    let mut most: f64 = 0.0;
    let nothing = BTreeMap::new();
    for party in one.keys().chain(other.keys()) {
        let (a, b) = (one.get(party).unwrap_or(&nothing), other.get(party).unwrap_or(&nothing));
        for day in a.keys().chain(b.keys()) {
            let apart = a.get(day).copied().unwrap_or(0.0) - b.get(day).copied().unwrap_or(0.0);
            most = most.max(if apart.is_nan() { f64::INFINITY } else { apart.abs() });
        }
    }
    most
}
