//! Deals on the desk: opened, changed, undone, written.

pub use recoup_deal::deal_schema;
use recoup_deal::{Deal, deal_to_value, diff, insert, read_deal, set, write_deal};

use crate::{
    App, AppError,
    desk::Desk,
    history::{History, Revision},
    wire::{
        AddElement, ChangeDto, CloseDeal, DealFile, DealView, EditDeal, ListOpenDeals, ListRevisions,
        OpenDeal, OpenDealFile, OpenDeals, RedoEdit, RevisionEntry, Revisions, UndoEdit, ViewDeal,
        WriteDealFile,
    },
};

/// The deals that are open.
pub async fn list_open_deals(app: &App, _request: ListOpenDeals) -> Result<OpenDeals, AppError> {
    Ok(listed(&app.desk()))
}

/// Reads a deal file and puts it on the desk.
pub async fn open_deal_file(app: &App, request: OpenDealFile) -> Result<DealView, AppError> {
    place(app, read_deal(&request.text)?, "Opened")
}

/// Puts a deal on the desk.
pub(crate) fn place(app: &App, deal: Deal, label: &str) -> Result<DealView, AppError> {
    let now = app.now_ms();
    let mut desk = app.desk();
    let name = desk.place(deal, label, now)?;
    shown(&name, desk.deal(&name)?)
}

/// An open deal as it is now.
pub async fn view_deal(app: &App, request: ViewDeal) -> Result<DealView, AppError> {
    shown(&request.deal, app.desk().deal(&request.deal)?)
}

/// The text of the deal file, the same for the same deal.
pub async fn write_deal_file(app: &App, request: WriteDealFile) -> Result<DealFile, AppError> {
    let desk = app.desk();
    let deal = &desk.deal(&request.deal)?.current().deal;
    Ok(DealFile { name: format!("{}.deal.json", deal.id), text: write_deal(deal)? })
}

/// Changes one cell.
pub async fn edit_deal(app: &App, request: EditDeal) -> Result<DealView, AppError> {
    let EditDeal { deal, revision, path, value } = request;
    change(app, &deal, revision, &path, |before| Ok(set(before, &path, value)?))
}

/// Adds an element to a list.
pub async fn add_element(app: &App, request: AddElement) -> Result<DealView, AppError> {
    let AddElement { deal, revision, path, element, before } = request;
    change(app, &deal, revision, &path, |deal| Ok(insert(deal, &path, element, before.as_deref())?))
}

/// Takes back the last edit.
pub async fn undo_edit(app: &App, request: UndoEdit) -> Result<DealView, AppError> {
    let mut desk = app.desk();
    desk.deal_mut(&request.deal)?.undo()?;
    shown(&request.deal, desk.deal(&request.deal)?)
}

/// Brings back what was undone last.
pub async fn redo_edit(app: &App, request: RedoEdit) -> Result<DealView, AppError> {
    let mut desk = app.desk();
    desk.deal_mut(&request.deal)?.redo()?;
    shown(&request.deal, desk.deal(&request.deal)?)
}

/// What was changed, when, and by which edit.
pub async fn list_revisions(app: &App, request: ListRevisions) -> Result<Revisions, AppError> {
    let desk = app.desk();
    let (revisions, current) = desk.deal(&request.deal)?.revisions();
    let mut entries = Vec::with_capacity(revisions.len());
    for (index, revision) in revisions.iter().enumerate() {
        let before = index.checked_sub(1).map(|before| &revisions[before]);
        entries.push(entry(revision, before.map(AsRef::as_ref), index == current)?);
    }
    Ok(Revisions { revisions: entries })
}

/// Takes a deal off the desk.
pub async fn close_deal(app: &App, request: CloseDeal) -> Result<OpenDeals, AppError> {
    let mut desk = app.desk();
    desk.clear(&request.deal)?;
    Ok(listed(&desk))
}

fn change(
    app: &App,
    name: &str,
    revision: u32,
    path: &str,
    edit: impl FnOnce(&Deal) -> Result<Deal, AppError>,
) -> Result<DealView, AppError> {
    let now = app.now_ms();
    let mut desk = app.desk();
    let history = desk.deal_mut(name)?;
    history.expect(revision)?;
    let before = &history.current().deal;
    let after = edit(before)?;
    // Typing what already stands there is no revision.
    if after != *before {
        history.advance(after, path, now);
    }
    shown(name, history)
}

fn shown(name: &str, history: &History) -> Result<DealView, AppError> {
    let revision = history.current();
    Ok(DealView {
        deal: name.to_owned(),
        name: revision.deal.name.clone(),
        revision: history.stamp(),
        undo: history.undoable().map(str::to_owned),
        redo: history.redoable().map(str::to_owned),
        document: deal_to_value(&revision.deal)?,
    })
}

fn listed(desk: &Desk) -> OpenDeals {
    let deals = desk
        .iter()
        .map(|(deal, history)| OpenDeal {
            deal: deal.to_owned(),
            name: history.current().deal.name.clone(),
            revision: history.stamp(),
        })
        .collect();
    OpenDeals { deals }
}

fn entry(revision: &Revision, before: Option<&Revision>, current: bool) -> Result<RevisionEntry, AppError> {
    let changes = match before {
        Some(before) => diff(&before.deal, &revision.deal)?,
        None => Vec::new(),
    };
    Ok(RevisionEntry {
        label: revision.label.clone(),
        at_seconds: u32::try_from(revision.at_ms / 1000).unwrap_or_default(),
        current,
        changes: changes
            .into_iter()
            .map(|change| ChangeDto { path: change.path, before: change.before, after: change.after })
            .collect(),
    })
}
