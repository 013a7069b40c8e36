//! Deals on the desk: opened, changed, undone, written. Every change is a stored revision before it is
//! answered.

use std::{path::Path, sync::Arc};

pub use recoup_deal::deal_schema;
use recoup_deal::{Deal, Edit, deal_to_value, edited, insert, read_deal, set, write_deal};

use crate::{
    App, AppError, ErrorCode,
    app::count,
    desk::Opened,
    figures, law,
    shelf::Place,
    state::State,
    wire::{
        AddElement, CloseDeal, DealFile, DealView, EditCells, EditDeal, ListOpenDeals, OpenDeal,
        OpenDealFile, OpenDeals, RedoEdit, UndoEdit, ViewDeal, WriteDealFile,
    },
};

/// The deals that are open.
pub async fn list_open_deals(app: &App, _request: ListOpenDeals) -> Result<OpenDeals, AppError> {
    Ok(listed(app))
}

/// Reads a deal file and puts it on the desk: as a project while the library is open, else in memory.
pub async fn open_deal_file(app: &App, request: OpenDealFile) -> Result<DealView, AppError> {
    let place = app.place_for_new().await;
    place_deal(app, place, &read_deal(&request.text)?, "Opened").await
}

/// Opens a deal file that the system hands over, as when its icon is clicked. Why it could not be opened is
/// told with the list of open deals, because nobody has asked yet.
pub async fn open_handed_file(app: &App, path: &Path) {
    let text = std::fs::read_to_string(path).map_err(|reason| {
        AppError::new(ErrorCode::InvalidRequest, "The file cannot be read.").with("reason", reason)
    });
    let opened = match text {
        Ok(text) => open_deal_file(app, OpenDealFile { text }).await.map(|_| ()),
        Err(reason) => Err(reason),
    };
    if let Err(reason) = opened {
        app.refused().push(reason.with("file", path.display()));
    }
}

/// Puts a deal on the desk.
pub(crate) async fn place_deal(
    app: &App,
    place: Place,
    deal: &Deal,
    label: &str,
) -> Result<DealView, AppError> {
    let _turn = app.turn().await;
    app.desk().expect_room()?;
    let (project, stored) = app.shelf(place).await?.start(&deal.name, &deal_to_value(deal)?, label).await?;
    let opened = Opened::new(place, project, stored, Arc::default())?;
    let opened = law::noted(app, opened).await?;
    let name = app.desk().place(opened.clone());
    app.note_open().await;
    shown(&name, &opened)
}

/// An open deal as it is now.
pub async fn view_deal(app: &App, request: ViewDeal) -> Result<DealView, AppError> {
    shown(&request.deal, &app.opened(&request.deal)?)
}

/// The text of the deal file, the same for the same deal.
pub async fn write_deal_file(app: &App, request: WriteDealFile) -> Result<DealFile, AppError> {
    let (_, state) = app.state(&request.deal)?;
    Ok(DealFile { name: format!("{}.deal.json", state.deal.id), text: write_deal(state.document())? })
}

/// Changes one cell.
pub async fn edit_deal(app: &App, request: EditDeal) -> Result<DealView, AppError> {
    let EditDeal { deal, revision, path, value } = request;
    change(app, &deal, revision, &path, |before| Ok(set(before, &path, value)?)).await
}

/// Changes several cells of an open deal in one revision: one step back undoes them all.
pub async fn edit_cells(app: &App, request: EditCells) -> Result<DealView, AppError> {
    let EditCells { deal, revision, cells } = request;
    let Some(first) = cells.first() else {
        return Err(AppError::new(ErrorCode::InvalidRequest, "No cell is named.").with("path", "cells"));
    };
    let path = first.path.clone();
    change(app, &deal, revision, &path, |before| {
        let edits: Vec<Edit> = cells.into_iter().map(|cell| Edit::set(cell.path, cell.value)).collect();
        Ok(edited(before, &edits)?)
    })
    .await
}

/// Adds an element to a list.
pub async fn add_element(app: &App, request: AddElement) -> Result<DealView, AppError> {
    let AddElement { deal, revision, path, element, before } = request;
    change(app, &deal, revision, &path, |deal| Ok(insert(deal, &path, element, before.as_deref())?)).await
}

/// Takes back the last edit.
pub async fn undo_edit(app: &App, request: UndoEdit) -> Result<DealView, AppError> {
    step(app, &request.deal, Direction::Back).await
}

/// Brings back what was undone last.
pub async fn redo_edit(app: &App, request: RedoEdit) -> Result<DealView, AppError> {
    step(app, &request.deal, Direction::Forward).await
}

/// Takes a deal off the desk. What lives in memory only is gone with it.
pub async fn close_deal(app: &App, request: CloseDeal) -> Result<OpenDeals, AppError> {
    let _turn = app.turn().await;
    let opened = app.desk().clear(&request.deal)?;
    if opened.place == Place::Memory {
        let shelf = app.shelf(Place::Memory).await?;
        shelf.store.bin_project(&opened.project, shelf.author()).await?;
        shelf.store.purge_project(&opened.project, shelf.author()).await?;
    }
    app.note_open().await;
    Ok(listed(app))
}

/// Makes an edit and stores it as a revision.
pub(crate) async fn change(
    app: &App,
    name: &str,
    revision: u32,
    path: &str,
    edit: impl FnOnce(&Deal) -> Result<Deal, AppError>,
) -> Result<DealView, AppError> {
    let _turn = app.turn().await;
    let opened = app.opened(name)?;
    opened.expect(revision)?;
    let before = opened.state.document();
    let after = edit(before)?;
    // Typing what already stands there is no revision.
    if after == *before {
        return shown(name, &opened);
    }
    let shelf = app.shelf(opened.place).await?;
    let document = deal_to_value(&after)?;
    let opened = law::noted_for(app, opened.clone(), &after).await?;
    let state = foreseen(&opened, State::new(after, &opened.law));
    let saved =
        shelf.store.save_deal(&opened.project, opened.version, &document, shelf.author(), path).await?;
    let after = Opened {
        version: saved.version,
        undo: Some(saved.revision.summary),
        redo: None,
        number: saved.revision.seq,
        revision: saved.revision.id,
        state,
        ..opened.clone()
    };
    app.desk().put(name, after.clone())?;
    changed(name, &opened, &after)
}

/// The state a change leads to. Where somebody looks at the figures it is computed while it is being stored.
fn foreseen(before: &Opened, state: State) -> Arc<State> {
    let state = Arc::new(state);
    if before.state.known().is_some() {
        let computing = Arc::clone(&state);
        // Nobody waits for it here: whoever asks for the figures waits for the same computation.
        tokio::task::spawn_blocking(move || computing.outcome().is_ok());
    }
    state
}

/// Which way along the history.
#[derive(Clone, Copy)]
enum Direction {
    Back,
    Forward,
}

async fn step(app: &App, name: &str, direction: Direction) -> Result<DealView, AppError> {
    let _turn = app.turn().await;
    let opened = app.opened(name)?;
    let shelf = app.shelf(opened.place).await?;
    let (project, version, author) = (&opened.project, opened.version, shelf.author());
    let stepped = match direction {
        Direction::Back => shelf.store.undo(project, version, author).await?,
        Direction::Forward => shelf.store.redo(project, version, author).await?,
    };
    let stored = stepped.ok_or_else(|| {
        let what = match direction {
            Direction::Back => "undo",
            Direction::Forward => "redo",
        };
        AppError::new(ErrorCode::Conflict, format!("There is nothing to {what}."))
    })?;
    let after = Opened::new(opened.place, opened.project.clone(), stored, Arc::clone(&opened.law))?;
    app.desk().put(name, after.clone())?;
    changed(name, &opened, &after)
}

/// A changed deal as it crosses the wire, with what became of the figures that were looked at.
pub(crate) fn changed(name: &str, before: &Opened, after: &Opened) -> Result<DealView, AppError> {
    let figures = figures::changes(count(before.version), &before.state, &after.state)?;
    Ok(DealView { figures, ..shown(name, after)? })
}

/// An open deal as it crosses the wire.
pub(crate) fn shown(name: &str, opened: &Opened) -> Result<DealView, AppError> {
    let deal = opened.state.document();
    Ok(DealView {
        deal: name.to_owned(),
        name: deal.name.clone(),
        revision: count(opened.version),
        number: count(opened.number),
        project: (opened.place == Place::Library).then(|| opened.project.to_string()),
        undo: opened.undo.clone(),
        redo: opened.redo.clone(),
        document: deal_to_value(deal)?,
        figures: None,
    })
}

fn listed(app: &App) -> OpenDeals {
    let desk = app.desk();
    let deals = desk
        .iter()
        .map(|(deal, opened)| OpenDeal {
            deal,
            name: opened.state.deal.name.clone(),
            revision: count(opened.version),
        })
        .collect();
    OpenDeals { deals, refused: app.refused().clone() }
}
