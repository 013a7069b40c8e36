//! What was simulated of one state of a deal, so that nobody computes it twice.

use std::collections::{HashMap, VecDeque};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use recoup_risk::film::Film;

use super::address::Simulation;
use super::films::FilmKey;
use super::simulated::Simulated;
use crate::wire::{QuantityDto, SensitivityView, SolvedCellDto};

/// Answers that are kept.
const MOST_ANSWERS: usize = 12;
/// Compiled films that are kept: the deal's own, and those of cells that are being dragged.
const MOST_FILMS: usize = 3;
/// Sensitivities that are kept.
const MOST_SENSITIVITIES: usize = 24;
/// Sets of cells that were tried and may be asked about.
const MOST_DRAFTS: usize = 64;

/// A compiled film, and what it was compiled for.
pub(super) type KnownFilm = (FilmKey, Arc<Film<'static>>);

/// What was simulated of one state.
#[derive(Default)]
pub(crate) struct Memory {
    inner: Mutex<Inner>,
    /// Counts what is tried: a simulation of cells that were tried before is not waited for.
    turn: AtomicU64,
}

#[derive(Default)]
struct Inner {
    answers: VecDeque<Arc<Simulated>>,
    films: VecDeque<KnownFilm>,
    drafts: VecDeque<(String, Vec<SolvedCellDto>)>,
    sensitivities: VecDeque<(Simulation, String, SensitivityView)>,
    /// Figures of sensitivities, by the simulation they belong to.
    figures: VecDeque<(Simulation, HashMap<String, QuantityDto>)>,
}

impl Memory {
    fn with<T>(&self, take: impl FnOnce(&mut Inner) -> T) -> T {
        // Whole entries come and go: what a panic left is what was there before.
        take(&mut self.inner.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Begins a trial; earlier ones are outdated from now on.
    pub(super) fn try_next(&self) -> u64 {
        self.turn.fetch_add(1, Ordering::Relaxed) + 1
    }

    pub(super) fn is_outdated(&self, turn: u64) -> bool {
        self.turn.load(Ordering::Relaxed) != turn
    }

    /// An answer that fits, the latest first.
    pub(super) fn answer(&self, fits: impl Fn(&Simulated) -> bool) -> Option<Arc<Simulated>> {
        self.with(|inner| inner.answers.iter().find(|one| fits(one)).cloned())
    }

    pub(super) fn keep(&self, answer: Arc<Simulated>) {
        self.with(|inner| {
            inner.answers.push_front(answer);
            inner.answers.truncate(MOST_ANSWERS);
        });
    }

    pub(super) fn film(&self, key: &FilmKey) -> Option<Arc<Film<'static>>> {
        self.with(|inner| inner.films.iter().find(|one| one.0 == *key).map(|one| Arc::clone(&one.1)))
    }

    pub(super) fn keep_film(&self, key: FilmKey, film: Arc<Film<'static>>) {
        self.with(|inner| {
            inner.films.push_front((key, film));
            inner.films.truncate(MOST_FILMS);
        });
    }

    /// A sensitivity that was computed before.
    pub(super) fn sensitivity(&self, simulation: &Simulation, key: &str) -> Option<SensitivityView> {
        self.with(|inner| {
            let found = inner.sensitivities.iter().find(|one| one.0 == *simulation && one.1 == key);
            found.map(|one| one.2.clone())
        })
    }

    pub(super) fn keep_sensitivity(
        &self,
        simulation: &Simulation,
        key: &str,
        view: &SensitivityView,
        figures: HashMap<String, QuantityDto>,
    ) {
        self.with(|inner| {
            inner.sensitivities.push_front((simulation.clone(), key.to_owned(), view.clone()));
            inner.sensitivities.truncate(MOST_SENSITIVITIES);
        });
        self.keep_figures(simulation, figures);
    }

    /// Figures of the sensitivities of a simulation.
    pub(super) fn figures(&self, simulation: &Simulation) -> Option<HashMap<String, QuantityDto>> {
        self.with(|inner| inner.figures.iter().find(|one| one.0 == *simulation).map(|one| one.1.clone()))
    }

    pub(super) fn keep_figures(&self, simulation: &Simulation, figures: HashMap<String, QuantityDto>) {
        self.with(|inner| match inner.figures.iter_mut().find(|one| one.0 == *simulation) {
            Some((_, known)) => known.extend(figures),
            None => {
                inner.figures.push_front((simulation.clone(), figures));
                inner.figures.truncate(MOST_FILMS);
            }
        });
    }

    /// Remembers cells that are tried, and gives the fingerprint they are remembered by.
    pub(super) fn draft(&self, cells: &[SolvedCellDto]) -> String {
        let text: String = cells.iter().map(|cell| format!("{}={}\n", cell.path, cell.value)).collect();
        let fingerprint = crate::backups::checksum(text.as_bytes()).chars().take(12).collect::<String>();
        self.with(|inner| {
            if inner.drafts.iter().all(|(known, _)| *known != fingerprint) {
                inner.drafts.push_front((fingerprint.clone(), cells.to_vec()));
                inner.drafts.truncate(MOST_DRAFTS);
            }
        });
        fingerprint
    }

    /// The cells that a fingerprint stands for; none where they are forgotten.
    pub(super) fn cells(&self, fingerprint: &str) -> Option<Vec<SolvedCellDto>> {
        self.with(|inner| {
            inner.drafts.iter().find(|(known, _)| known == fingerprint).map(|(_, cells)| cells.clone())
        })
    }
}
