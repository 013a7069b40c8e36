//! A film whose drivers may be given values, and drawn anew without being compiled anew.

use recoup_deal::{Deal, Distribution, RankCorrelation, RiskDriver, RiskPlan};
use rust_decimal::prelude::ToPrimitive;

use crate::CHUNK;
use crate::run::{Identity, KERNEL, Sampling};
use crate::sensitivity::DrivenModel;

use super::drawn::Drawn;
use super::{Film, FilmRoom, NotFilmed};

impl<'c> Film<'c> {
    /// The deal, with what its drivers need to stand in it.
    pub fn deal(&self) -> &Deal {
        &self.deal
    }

    /// How its paths depend on each other.
    pub fn sampling(&self) -> Sampling {
        self.settings.sampling
    }

    /// What makes a run of it the run that it is: the deal and its drivers, the kernel, the seed, the generator.
    pub fn identity(&self) -> Identity {
        let text = serde_json::to_string(&self.deal).unwrap_or_default();
        let generator = match self.settings.sampling {
            Sampling::Independent => "philox4x32-10".to_owned(),
            Sampling::Scrambled { scrambles } => format!("sobol-owen/{scrambles}"),
        };
        let fans = self.settings.fans.join(",");
        Identity {
            plan: format!("{:016x}+{fans}", fingerprint(text.as_bytes())),
            kernel: KERNEL.to_owned(),
            seed: self.settings.seed,
            generator,
        }
    }

    /// Typed rank correlations, each with the one that is drawn with: another one where those typed contradict each
    /// other.
    pub fn correlations(&self) -> Vec<(&RankCorrelation, f64)> {
        let place = |id: &str| self.deal.risk.drivers.iter().position(|driver| driver.id == id);
        let used = |pair: &RankCorrelation| {
            Some(self.drawn.draws().copula().rank(place(&pair.one)?, place(&pair.other)?))
        };
        self.deal.risk.correlations.iter().map(|pair| (pair, used(pair).unwrap_or(f64::NAN))).collect()
    }

    /// The same film with other distributions and correlations: nothing is compiled. None where that is not enough,
    /// because a driver moves something else, or draws other delays than those that have a shape.
    ///
    /// # Errors
    /// [`NotFilmed::Draws`] where the new distributions cannot be drawn.
    pub fn redrawn(&self, risk: &RiskPlan, seed: u64) -> Result<Option<Self>, NotFilmed> {
        let same = |one: &RiskDriver, other: &RiskDriver| {
            let counted = one.event.as_ref().is_some_and(|event| event.is_counted());
            let moves = (&one.id, &one.paths, &one.event, one.effect);
            moves == (&other.id, &other.paths, &other.event, other.effect)
                && (!counted || one.distribution == other.distribution || self.is_shaped(risk))
        };
        let drivers = &self.deal.risk.drivers;
        if drivers.len() != risk.drivers.len() || !drivers.iter().zip(&risk.drivers).all(|(a, b)| same(a, b))
        {
            return Ok(None);
        }
        let mut film = self.clone();
        film.deal.risk = risk.clone();
        film.settings.seed = seed;
        film.drawn = Drawn::new(risk, &film.settings).map_err(NotFilmed::Draws)?;
        Ok(Some(film))
    }
}

impl Film<'_> {
    /// Whether every delay that these drivers may draw has a shape.
    fn is_shaped(&self, risk: &RiskPlan) -> bool {
        let mut all: Vec<Vec<i32>> = vec![Vec::new()];
        for (driver, _) in &self.shifts {
            let Some(Distribution::Discrete(outcomes)) =
                risk.drivers.get(*driver).map(|driver| &driver.distribution)
            else {
                return false;
            };
            let delays: Vec<i32> = outcomes
                .iter()
                .filter(|one| !one.probability.is_zero())
                .map(|one| super::delay(one.value.to_f64().unwrap_or(f64::NAN)))
                .collect();
            let with = |so: &Vec<i32>| {
                let so = so.clone();
                delays.iter().map(move |delay| so.iter().copied().chain([*delay]).collect()).collect()
            };
            all = all.iter().flat_map::<Vec<Vec<i32>>, _>(with).collect();
            if all.len() > super::MOST_SHAPES {
                return false;
            }
        }
        all.iter().all(|delays| self.by_delay.contains_key(delays))
    }
}

/// FNV-1a: it tells two deals apart, and nobody forges one.
fn fingerprint(bytes: &[u8]) -> u64 {
    let step = |sum: u64, byte: &u8| (sum ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, step)
}

impl DrivenModel for Film<'_> {
    fn drivers(&self) -> usize {
        self.deal.risk.drivers.len()
    }

    /// A driver that has drawn nothing leaves what is typed as it is.
    fn base(&self, _: usize) -> f64 {
        f64::NAN
    }

    fn quantile(&self, driver: usize, p: f64) -> f64 {
        self.drawn.quantile(driver, p)
    }

    fn draw(&self, first: u64, drawn: &mut [f64], workspace: &mut FilmRoom) {
        self.drawn.fill(first, drawn, &mut workspace.drawing);
    }

    fn evaluate(&self, drawn: &[f64], out: &mut [f64], workspace: &mut FilmRoom) {
        let FilmRoom { rooms, exact, given, figures, places, pay, .. } = workspace;
        let drivers = self.deal.risk.drivers.len();
        let (slow, stride) = (self.shapes.len(), self.columns.len() * CHUNK);
        let chunks = out.len() / stride.max(1);
        // What a driver has drawn on the path that stands at a place of what is given out.
        let drew =
            |driver: usize, place: usize| drawn[(place / stride * drivers + driver) * CHUNK + place % stride];
        places.iter_mut().for_each(Vec::clear);
        exact.clear();
        for place in (0..chunks).flat_map(|chunk| chunk * stride..chunk * stride + CHUNK) {
            let shape = match (&self.slow, self.shifts.is_empty()) {
                (Some(_), _) => slow,
                (None, true) => 0,
                (None, false) => {
                    let delays = self.delays(|driver| drew(driver, place));
                    self.by_delay.get(&delays).copied().unwrap_or(slow)
                }
            };
            places[shape].push(place);
        }
        for (index, shape) in self.shapes.iter().enumerate() {
            for own in places[index].chunks(CHUNK) {
                if self.stop.is_now() {
                    return;
                }
                let paths = own.len();
                for (cell, moved) in self.cells.iter().enumerate() {
                    for (path, place) in own.iter().enumerate() {
                        given[cell * paths + path] = moved.value(|driver| drew(driver, *place));
                    }
                }
                let (room, lanes) = rooms[index].get_or_insert_with(|| shape.room());
                let (figures, given) =
                    (&mut figures[..shape.figures * paths], &given[..self.cells.len() * paths]);
                shape.tape.run(paths, given, figures, room);
                self.shape_paths(shape, own, (given, figures), (pay, lanes.as_mut()), out);
                exact.extend(pay.broken.iter().map(|path| own[*path]));
            }
        }
        exact.extend(&places[slow]);
        for place in exact.iter() {
            if self.stop.is_now() {
                return;
            }
            let own: Vec<f64> = (0..drivers).map(|driver| drew(driver, *place)).collect();
            self.whole_path(&own, *place, pay, out);
        }
    }
}

#[cfg(test)]
mod tests {
    use recoup_deal::{Distribution, DrawEffect, Outcome, read_deal};
    use recoup_incentives::Catalog;
    use rust_decimal::Decimal;

    use super::*;
    use crate::film::FilmSettings;
    use crate::sensitivity::{base, tornado};
    use crate::{Column, Measure, PathModel};

    fn deal() -> Deal {
        read_deal(include_str!("../../../../examples/dragons-quest.deal.json")).unwrap()
    }

    fn film(deal: &Deal, seed: u64) -> Film<'static> {
        let settings = FilmSettings { checked: false, ..FilmSettings::new(seed) };
        Film::new(deal, Catalog::embedded().unwrap(), settings).unwrap()
    }

    fn chunk(film: &Film<'_>) -> Vec<u64> {
        let mut out = vec![0.0; film.columns().len() * CHUNK];
        film.compute(CHUNK as u64, &mut out, &mut film.workspace());
        out.into_iter().map(f64::to_bits).collect()
    }

    #[test]
    fn what_is_drawn_anew_is_what_would_be_compiled_anew() {
        let typed = deal();
        let before = film(&typed, 1);
        let mut moved = typed.clone();
        for driver in &mut moved.risk.drivers {
            if let Distribution::Uniform(range) = &mut driver.distribution {
                range.high += Decimal::new(1, 1);
            }
        }
        let redrawn = before.redrawn(&moved.risk, 5).unwrap().unwrap();
        assert_eq!(chunk(&redrawn), chunk(&film(&moved, 5)));
        assert_ne!(chunk(&redrawn), chunk(&before));
        assert_ne!(redrawn.identity(), before.identity());
        // A driver that moves another cell has to be compiled.
        moved.risk.drivers[1].paths.clear();
        assert!(before.redrawn(&moved.risk, 5).unwrap().is_none());
    }

    /// A number that is dragged is one more driver: the draws of the others stay as they are.
    #[test]
    fn a_number_that_is_tried_is_given_like_a_driver() {
        let typed = deal();
        let tried = |value: i64| {
            let mut with = typed.clone();
            with.risk.drivers.push(RiskDriver {
                id: "tried".to_owned(),
                label: "tried".to_owned(),
                paths: vec!["revenue.sources[na-theatrical].estimate.low".to_owned()],
                event: None,
                effect: Some(DrawEffect::Replace),
                distribution: Distribution::Discrete(vec![Outcome {
                    id: "tried".to_owned(),
                    value: Decimal::from(value),
                    probability: Decimal::ONE,
                }]),
            });
            with
        };
        let (mut plain, mut extra) = (film(&typed, 1), film(&tried(9_000_000), 1));
        let count = typed.risk.drivers.len() * CHUNK;
        let (mut one, mut other) = (vec![0.0; count], vec![0.0; count + CHUNK]);
        plain.draw(0, &mut one, &mut plain.workspace());
        extra.draw(0, &mut other, &mut extra.workspace());
        assert_eq!(one, other[..count]);
        assert!(other[count..].iter().all(|value| *value == 9_000_000.0));
        plain = plain.redrawn(&typed.risk, 2).unwrap().unwrap();
        extra = extra.redrawn(&tried(9_500_000).risk, 2).unwrap().unwrap();
        plain.draw(0, &mut one, &mut plain.workspace());
        extra.draw(0, &mut other, &mut extra.workspace());
        assert_eq!(one, other[..count]);
        assert_eq!(other[count], 9_500_000.0);
    }

    #[test]
    fn with_every_driver_as_typed_a_film_is_the_exact_run() {
        let typed = deal();
        let film = film(&typed, 1);
        let outcome = recoup_model::run(&typed, Catalog::embedded().unwrap());
        for (place, column) in film.columns().iter().enumerate() {
            let Column { of, measure: Measure::Irr } = column else { continue };
            let exact = outcome.book.at(&format!("returns.{of}.irr")).and_then(|irr| irr.as_number());
            let Some(exact) = exact else { continue };
            let exact: f64 = exact.to_string().parse().unwrap();
            assert!((base(&film, place) - exact).abs() < 1e-8, "{of}: {} {exact}", base(&film, place));
            let bars = tornado(&film, place);
            assert_eq!(bars.len(), typed.risk.drivers.len());
            assert!(bars.windows(2).all(|pair| pair[0].width() >= pair[1].width()));
            assert!(bars[0].width() > 0.0 || of != "equity-fund");
        }
    }
}
