//! The history of a deal: its revisions, what lies between two of them, the names given to some.

use std::{collections::BTreeSet, sync::Arc};

use recoup_deal::{Deal, diff, read_deal_value};
use recoup_explain::Quantity;
use recoup_model::Outcome;
use recoup_store::{History, NamedVersionId, Revision, RevisionId, RevisionKind, RevisionQuery, Store};

use crate::{
    App, AppError, ErrorCode,
    app::count,
    computation, deals,
    desk::Opened,
    figures,
    shelf::Shelf,
    wire::{
        ChangeDto, CompareRevisions, DealView, FigureChange, ListRevisions, NameVersion, RestoreRevision,
        RevisionComparison, RevisionEntry, Revisions, UnnameVersion, VersionName,
    },
};

/// The figures a comparison tells of, by the beginning of their addresses.
const TOLD: &[&str] = &["closing.", "incentives.net", "capital.peak_", "returns.", "recoupment."];
/// Of a party's recoupment and returns, what a party asks for.
const TOLD_OF_PARTIES: &[&str] =
    &["paid", "outstanding", "breakeven_receipts", "irr", "npv", "multiple", "payback_months"];

/// What was changed, when and by whom, newest first.
pub async fn list_revisions(app: &App, request: ListRevisions) -> Result<Revisions, AppError> {
    let query = RevisionQuery {
        page: page_of(request.page.as_deref())?,
        named_only: said(request.named_only.as_deref())?,
        around: request.around.map(RevisionId::from),
    };
    let opened = app.opened(&request.deal)?;
    let shelf = app.shelf(opened.place).await?;
    let History { revisions: found, all } = shelf.store.list_revisions(&opened.project, &query).await?;
    let names = shelf.store.list_named_versions(&opened.project).await?;
    let revisions = found
        .items
        .into_iter()
        .map(|revision| {
            let named = names
                .iter()
                .filter(|name| name.revision == revision.id)
                .map(|name| VersionName { version: name.id.to_string(), name: name.name.clone() })
                .collect();
            entry(revision, named)
        })
        .collect();
    Ok(Revisions {
        revisions,
        total: count(found.total),
        all: count(all),
        page: count(found.page),
        page_size: count(found.page_size),
    })
}

/// What lies between two revisions: cells, and the figures that follow from them.
pub async fn compare_revisions(app: &App, request: CompareRevisions) -> Result<RevisionComparison, AppError> {
    let opened = app.opened(&request.deal)?;
    let shelf = app.shelf(opened.place).await?;
    let to = match &request.to {
        Some(to) => owned(&shelf, &opened, to).await?,
        None => shelf.store.revision(&opened.revision).await?,
    };
    let from = match (&request.from, to.parent_seq) {
        (Some(from), _) => Some(owned(&shelf, &opened, from).await?),
        (None, Some(parent)) => Some(shelf.store.revision_at(&opened.project, parent).await?),
        (None, None) => None,
    };
    let after = document(&shelf.store, &to.id).await?;
    let Some(from) = from else {
        return Ok(RevisionComparison {
            from: None,
            to: count(to.seq),
            changes: Vec::new(),
            figures: Vec::new(),
        });
    };
    let before = document(&shelf.store, &from.id).await?;
    let changes = diff(&before, &after)?
        .into_iter()
        .map(|change| ChangeDto { path: change.path, before: change.before, after: change.after })
        .collect();
    let known = |deal: Deal| opened.law.laid_under(&deal).unwrap_or(deal);
    let (old, new) = (computation::computed(&known(before))?, computation::computed(&known(after))?);
    Ok(RevisionComparison {
        from: Some(count(from.seq)),
        to: count(to.seq),
        changes,
        figures: figures_between(&old, &new)?,
    })
}

/// Takes up an earlier state again, as a new revision; undoing leads back.
pub async fn restore_revision(app: &App, request: RestoreRevision) -> Result<DealView, AppError> {
    let _turn = app.turn().await;
    let opened = app.opened(&request.deal)?;
    let shelf = app.shelf(opened.place).await?;
    let earlier = owned(&shelf, &opened, &request.revision).await?;
    // A document of an older form must be readable before it is the deal again.
    document(&shelf.store, &earlier.id).await?;
    let summary = format!("Revision {}", earlier.seq);
    let author = shelf.author();
    shelf.store.restore_revision(&opened.project, opened.version, &earlier.id, author, &summary).await?;
    let stored = shelf.store.open_deal(&opened.project).await?;
    let restored = Opened::new(opened.place, opened.project.clone(), stored, Arc::clone(&opened.law))?;
    app.desk().put(&request.deal, restored.clone())?;
    deals::changed(&request.deal, &opened, &restored)
}

/// Gives a revision a name.
pub async fn name_version(app: &App, request: NameVersion) -> Result<RevisionEntry, AppError> {
    let _turn = app.turn().await;
    let opened = app.opened(&request.deal)?;
    let shelf = app.shelf(opened.place).await?;
    let revision = owned(&shelf, &opened, &request.revision).await?;
    let name = request.name.trim();
    if name.is_empty() {
        return Err(AppError::new(ErrorCode::InvalidRequest, "A version needs a name.").with("path", "name"));
    }
    let named = shelf.store.name_version(&revision.id, name, shelf.author()).await.map_err(AppError::from)?;
    let named = vec![VersionName { version: named.id.to_string(), name: named.name }];
    Ok(entry(revision, named))
}

/// Takes a name away; the revision stays.
pub async fn unname_version(app: &App, request: UnnameVersion) -> Result<DealView, AppError> {
    let _turn = app.turn().await;
    let opened = app.opened(&request.deal)?;
    let shelf = app.shelf(opened.place).await?;
    shelf.store.unname_version(&NamedVersionId::from(request.version), shelf.author()).await?;
    deals::shown(&request.deal, &opened)
}

/// The deal as it was at one of its revisions, with the law that is known of it.
pub(crate) async fn deal_at(app: &App, deal: &str, revision: &str) -> Result<Deal, AppError> {
    let opened = app.opened(deal)?;
    let shelf = app.shelf(opened.place).await?;
    let revision = owned(&shelf, &opened, revision).await?;
    let deal = document(&shelf.store, &revision.id).await?;
    Ok(opened.law.laid_under(&deal).unwrap_or(deal))
}

/// A revision of this deal and of no other.
async fn owned(shelf: &Shelf, opened: &Opened, id: &str) -> Result<Revision, AppError> {
    let revision = shelf.store.revision(&RevisionId::from(id)).await?;
    if revision.project == opened.project {
        return Ok(revision);
    }
    Err(AppError::new(ErrorCode::NotFound, "This deal has no such revision.").with("revision", id))
}

async fn document(store: &Store, id: &RevisionId) -> Result<Deal, AppError> {
    Ok(read_deal_value(store.revision_document(id).await?)?)
}

fn page_of(text: Option<&str>) -> Result<i64, AppError> {
    let Some(text) = text else { return Ok(1) };
    text.parse().ok().filter(|page| *page >= 1).ok_or_else(|| {
        AppError::new(ErrorCode::InvalidRequest, "Pages are counted from 1.").with("given", text)
    })
}

/// A yes or no, as a text that an address can hold.
fn said(text: Option<&str>) -> Result<bool, AppError> {
    match text {
        None | Some("false") => Ok(false),
        Some("true") => Ok(true),
        Some(other) => Err(AppError::new(ErrorCode::InvalidRequest, "Say true or false.")
            .with("path", "named_only")
            .with("given", other)),
    }
}

fn entry(revision: Revision, names: Vec<VersionName>) -> RevisionEntry {
    RevisionEntry {
        revision: revision.id.to_string(),
        number: count(revision.seq),
        parent: revision.parent_seq.map(count),
        kind: match revision.kind {
            RevisionKind::Created => "created",
            RevisionKind::Saved => "saved",
            RevisionKind::Restored => "restored",
        }
        .to_owned(),
        label: revision.summary,
        author: revision.author,
        at: revision.created_at,
        current: revision.is_current,
        names,
    }
}

fn figures_between(old: &Outcome, new: &Outcome) -> Result<Vec<FigureChange>, AppError> {
    let addresses: BTreeSet<&str> = [old, new]
        .into_iter()
        .flat_map(|outcome| outcome.book.figures().map(|(address, _, _)| address))
        .filter(|address| is_told(address))
        .collect();
    let mut changed = Vec::new();
    for address in addresses {
        let (before, after) = (old.book.at(address), new.book.at(address));
        if before == after {
            continue;
        }
        changed.push(FigureChange {
            address: address.to_owned(),
            before: before.map(figures::quantity).transpose()?,
            after: after.map(figures::quantity).transpose()?,
            difference: difference(before, after).map(|grown| figures::quantity(&grown)).transpose()?,
        });
    }
    Ok(changed)
}

fn is_told(address: &str) -> bool {
    if !TOLD.iter().any(|start| address.starts_with(start)) {
        return false;
    }
    let of_a_party = address.starts_with("returns.") || address.starts_with("recoupment.");
    let last = address.rsplit('.').next().unwrap_or_default();
    !of_a_party || (address.split('.').count() == 3 && TOLD_OF_PARTIES.contains(&last))
}

fn difference(before: Option<&Quantity>, after: Option<&Quantity>) -> Option<Quantity> {
    match (before?, after?) {
        (Quantity::Money(before), Quantity::Money(after)) => {
            after.checked_sub(*before).ok().map(Quantity::Money)
        }
        (Quantity::Number(before), Quantity::Number(after)) => {
            after.checked_sub(*before).map(Quantity::Number)
        }
        _ => None,
    }
}
