//! The text of the law that an open deal is computed with: the one it knows, until another is taken over.
//!
//! When a project is opened, the texts its figures were computed with before are held against those of this
//! program. Where one differs, the deal is computed with the text it knows, as if it brought that text along; the
//! deal's document stays as it is.

use std::sync::Arc;

use recoup_deal::{Deal, DealProgram};
use recoup_incentives::own::{edition_id, json_of, read_own_value};
use recoup_incentives::{Catalog, Policy, ProgramOrigin, texts_used};
use recoup_store::{PolicyEdition, ProjectEdition, ProjectId};
use serde_json::Value;

use crate::{
    App, AppError,
    computation::catalog,
    desk::Opened,
    shelf::{Place, Shelf},
};

/// The texts that are noted for a project.
#[derive(Debug, Default)]
pub(crate) struct Law {
    noted: Vec<ProjectEdition>,
    /// Those of them that this program has in other words or no longer has.
    held: Vec<DealProgram>,
}

impl Law {
    /// What is noted for a project, held against the library of this program.
    pub(crate) async fn of_project(shelf: &Shelf, project: &ProjectId) -> Result<Self, AppError> {
        let noted = shelf.store.list_project_editions(project).await?;
        let library = catalog()?;
        let held = noted.iter().filter_map(|noted| held(&noted.edition.policy, library)).collect();
        Ok(Self { noted, held })
    }

    /// The deal with the texts it knows in front of the library's; none where they are the library's.
    pub(crate) fn laid_under(&self, document: &Deal) -> Option<Deal> {
        let carried = |id: &str| document.programs.iter().any(|carried| carried.id == id);
        let wanted: Vec<&DealProgram> = self.held.iter().filter(|held| !carried(&held.id)).collect();
        if wanted.is_empty() {
            return None;
        }
        let mut deal = document.clone();
        deal.programs.extend(wanted.into_iter().cloned());
        Some(deal)
    }

    /// Texts of the library that a deal is computed with and that are not noted yet.
    pub(crate) fn unnoted(&self, deal: &Deal) -> Result<Vec<PolicyEdition>, AppError> {
        let library = catalog()?;
        let used = texts_used(deal, library);
        let of_library = used.iter().filter(|used| used.origin == ProgramOrigin::Library);
        let is_noted = |policy: &Policy| {
            let from = policy.from.to_string();
            self.noted
                .iter()
                .any(|noted| noted.edition.program == policy.id && noted.edition.from_day == from)
        };
        Ok(of_library.filter(|used| !is_noted(&used.policy)).map(|used| edition(&used.policy)).collect())
    }

    /// Whether a text was offered for a version and not wanted.
    pub(crate) fn declined(&self, offered: &PolicyEdition) -> bool {
        self.noted.iter().any(|noted| {
            noted.edition.program == offered.program
                && noted.edition.from_day == offered.from_day
                && noted.declined.as_ref() == Some(&offered.fingerprint)
        })
    }
}

/// An open deal with the texts noted that it is computed with from here on. What lives in memory only is gone with
/// the program whose texts it uses, so that nothing can differ.
pub(crate) async fn noted(app: &App, opened: Opened) -> Result<Opened, AppError> {
    let document = opened.state.document().clone();
    noted_for(app, opened, &document).await
}

/// The same where the deal is about to become another document.
pub(crate) async fn noted_for(app: &App, opened: Opened, document: &Deal) -> Result<Opened, AppError> {
    if opened.place == Place::Memory {
        return Ok(opened);
    }
    let laid = opened.law.laid_under(document);
    let unnoted = opened.law.unnoted(laid.as_ref().unwrap_or(document))?;
    if unnoted.is_empty() {
        return Ok(opened);
    }
    let shelf = app.shelf(opened.place).await?;
    shelf.store.note_project_editions(&opened.project, &unnoted).await?;
    let law = Arc::new(Law::of_project(&shelf, &opened.project).await?);
    Ok(Opened { law, ..opened })
}

/// A project of the library, opened with the texts it knows.
pub(crate) async fn opened(shelf: &Shelf, project: ProjectId) -> Result<Opened, AppError> {
    let law = Arc::new(Law::of_project(shelf, &project).await?);
    let stored = shelf.store.open_deal(&project).await?;
    Opened::new(Place::Library, project, stored, law)
}

/// A text as the store keeps it.
pub(crate) fn edition(policy: &Policy) -> PolicyEdition {
    PolicyEdition::of(&policy.id, &policy.from.to_string(), json_of(policy))
}

/// A noted text that is not the library's, as a deal carries it. A text that this program cannot read any more
/// cannot be computed with either.
fn held(noted: &Value, library: &Catalog) -> Option<DealProgram> {
    let policy = read_own_value(noted).ok()?.policy;
    let is_known = library.version(&policy.id, policy.from).is_ok_and(|known| **known == policy);
    (!is_known).then(|| DealProgram { id: edition_id(&policy), policy: noted.clone() })
}
