//! The deals that are open, each at the revision that is looked at.

use std::{collections::BTreeMap, sync::Arc};

use recoup_store::{OpenedDeal, ProjectId, RevisionId};

use crate::{
    AppError, ErrorCode,
    law::Law,
    shelf::{Place, locked},
    state::State,
};

/// How many deals may be open at once; a host that forgets to close them is told so.
const MOST_OPEN: usize = 32;

/// The open deals, by the names they were given when they were opened.
#[derive(Default)]
pub(crate) struct Desk {
    open: BTreeMap<u32, Opened>,
    opened: u32,
    /// What lay here when the library was locked, by the names under which it will lie here again.
    away: BTreeMap<u32, ProjectId>,
}

/// An open deal. Cheap to clone: the state is shared.
#[derive(Clone)]
pub(crate) struct Opened {
    pub(crate) place: Place,
    pub(crate) project: ProjectId,
    /// Counts every change, undoing included, so that a stale reader is recognised.
    pub(crate) version: i64,
    pub(crate) revision: RevisionId,
    pub(crate) number: i64,
    /// What undoing would take back.
    pub(crate) undo: Option<String>,
    /// What redoing would bring back.
    pub(crate) redo: Option<String>,
    pub(crate) state: Arc<State>,
    /// The texts of the law that its figures were computed with before.
    pub(crate) law: Arc<Law>,
}

impl Opened {
    /// A deal as the store answers it.
    pub(crate) fn new(
        place: Place,
        project: ProjectId,
        stored: OpenedDeal,
        law: Arc<Law>,
    ) -> Result<Self, AppError> {
        let state = Arc::new(State::new(recoup_deal::read_deal_value(stored.document)?, &law));
        Ok(Self {
            place,
            project,
            version: stored.version,
            undo: stored.can_undo.then(|| stored.revision.summary.clone()),
            redo: stored.redo,
            number: stored.revision.seq,
            revision: stored.revision.id,
            state,
            law,
        })
    }

    /// Refuses an edit made on another state than the current one.
    pub(crate) fn expect(&self, version: u32) -> Result<(), AppError> {
        if i64::from(version) == self.version {
            return Ok(());
        }
        Err(AppError::new(
            ErrorCode::Conflict,
            "The deal has been changed since. Look at it again and repeat the change.",
        )
        .with("expected", version)
        .with("current", self.version))
    }
}

impl Desk {
    /// Refuses one deal too many before anything is stored for it.
    pub(crate) fn expect_room(&self) -> Result<(), AppError> {
        if self.open.len() < MOST_OPEN {
            return Ok(());
        }
        Err(AppError::new(
            ErrorCode::Conflict,
            "Too many deals are open at once. Close one and open this one again.",
        )
        .with("limit", MOST_OPEN))
    }

    /// Puts a deal on the desk and names it. A project lies there once.
    pub(crate) fn place(&mut self, opened: Opened) -> String {
        if let Some(name) = self.name_of(opened.place, &opened.project) {
            return name;
        }
        self.opened += 1;
        self.open.insert(self.opened, opened);
        named(self.opened)
    }

    /// The open deals in the order in which they were opened.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (String, &Opened)> {
        self.open.iter().map(|(number, opened)| (named(*number), opened))
    }

    /// The name under which a project is open, if it is.
    pub(crate) fn name_of(&self, place: Place, project: &ProjectId) -> Option<String> {
        self.iter()
            .find(|(_, opened)| opened.place == place && opened.project == *project)
            .map(|(name, _)| name)
    }

    /// An open deal.
    pub(crate) fn deal(&self, name: &str) -> Result<&Opened, AppError> {
        number(name).and_then(|number| self.open.get(&number)).ok_or_else(|| self.refused(name))
    }

    /// Replaces what an open deal is.
    pub(crate) fn put(&mut self, name: &str, opened: Opened) -> Result<(), AppError> {
        let slot = number(name).and_then(|number| self.open.get_mut(&number));
        match slot {
            Some(slot) => *slot = opened,
            None => return Err(self.refused(name)),
        }
        Ok(())
    }

    /// Takes a deal off the desk.
    pub(crate) fn clear(&mut self, name: &str) -> Result<Opened, AppError> {
        number(name).and_then(|number| self.open.remove(&number)).ok_or_else(|| self.refused(name))
    }

    /// Takes a project off the desk, if it lies there.
    pub(crate) fn clear_project(&mut self, place: Place, project: &ProjectId) {
        self.open.retain(|_, opened| opened.place != place || opened.project != *project);
    }

    /// Takes every deal of a place off the desk.
    pub(crate) fn clear_place(&mut self, place: Place) {
        self.open.retain(|_, opened| opened.place != place);
    }

    /// Takes the library's deals off the desk until it is unlocked; their names stay theirs.
    pub(crate) fn put_library_away(&mut self) {
        let of_library = self.open.extract_if(.., |_, opened| opened.place == Place::Library);
        let away: Vec<_> = of_library.map(|(number, opened)| (number, opened.project)).collect();
        self.away.extend(away);
    }

    /// What was put away; it is away no longer.
    pub(crate) fn take_away(&mut self) -> BTreeMap<u32, ProjectId> {
        std::mem::take(&mut self.away)
    }

    /// Puts a deal back under the name it had, or a new one where it had none.
    pub(crate) fn put_back(&mut self, number: Option<u32>, opened: Opened) {
        match number {
            Some(number) => drop(self.open.insert(number, opened)),
            None => drop(self.place(opened)),
        }
    }

    /// Why there is no deal of this name: its database is locked, or it is not open.
    fn refused(&self, name: &str) -> AppError {
        if number(name).is_some_and(|number| self.away.contains_key(&number)) {
            return locked().with("deal", name);
        }
        AppError::new(ErrorCode::NotFound, "This deal is not open.").with("deal", name)
    }
}

fn named(number: u32) -> String {
    format!("d{number}")
}

fn number(name: &str) -> Option<u32> {
    name.strip_prefix('d').and_then(|number| number.parse().ok())
}
