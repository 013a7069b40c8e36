//! The deal of a project: opening, saving, undo, redo, taking up an earlier state.
//!
//! The project row holds the current document; a pointer (`head_seq`) says which revision that is. Saving
//! appends a revision behind the pointer; undo and redo move it along the line of parents, so they survive
//! a restart and never delete anything. All of it, with the copies and the change log, is one transaction: what is answered is on the disk.

use serde::Serialize;
use serde_json::{Value, json};
use sqlx::{Row as _, SqliteConnection};

use crate::db::Store;
use crate::document::{Copies, Document};
use crate::error::StoreError;
use crate::history::{self, Revision, RevisionKind, Written};
use crate::id::{ProjectId, RevisionId};
use crate::projects::note;
use crate::statements::statements;
use crate::users::expect_version;

statements! {
    CURRENT = "SELECT version, name, description, document, document_hash, head_seq, last_seq, deleted_at
        FROM projects WHERE id = $1";
    POINT = "UPDATE projects SET document = $2, document_hash = $3, head_seq = $4, last_seq = $5, title = $6,
            status = $7, currency = $8, budget_minor = $9, profile = $10, search_text = $11, updated_at = $12,
            version = version + 1 WHERE id = $1";
    PARENT = "SELECT parent_seq FROM revisions WHERE project_id = $1 AND seq = $2";
    LAST_CHILD = "SELECT max(seq) FROM revisions WHERE project_id = $1 AND parent_seq = $2";
}

/// A deal as it stands.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct OpenedDeal {
    /// The document.
    pub document: Value,
    /// Version to hand back with the next change.
    pub version: i64,
    /// The revision this is.
    pub revision: Revision,
    /// There is a state to go back to.
    pub can_undo: bool,
    /// What was undone last and can be brought back.
    pub redo: Option<String>,
}

/// What saving led to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Saved {
    /// The revision that is the deal now; the one before when nothing had changed.
    pub revision: Revision,
    /// Version to hand back with the next change.
    pub version: i64,
}

impl Store {
    /// Opens the deal of a project.
    ///
    /// # Errors
    /// `NotFound`, also for a project in the bin; `Corrupt` when the document is not what was saved.
    pub async fn open_deal(&self, project: &ProjectId) -> Result<OpenedDeal, StoreError> {
        let mut connection = self.reader().await?;
        opened(&mut connection, project).await
    }

    /// Saves the deal as a new revision. When this answers, the revision is on the disk.
    ///
    /// # Errors
    /// `NotFound`, `Conflict` when somebody saved in between, `Unstorable`, `DiskFull`; the stored deal is
    /// then as it was.
    pub async fn save_deal(
        &self,
        project: &ProjectId,
        expected_version: i64,
        document: &Value,
        author: &str,
        summary: &str,
    ) -> Result<Saved, StoreError> {
        let document = Document::new(document)?;
        let mut transaction = self.write().await?;
        let current = current(&mut transaction, project).await?;
        expect_version("project", project.as_str(), expected_version, Some(current.version))?;
        if current.hash == document.hash {
            let revision = history::by_seq(&mut transaction, project, current.head).await?;
            return Ok(Saved { revision, version: current.version });
        }
        let act = Act { kind: RevisionKind::Saved, author, summary, at: &self.now() };
        let saved = advance(&mut transaction, project, &current, &document, &act).await?;
        transaction.commit().await?;
        Ok(saved)
    }

    /// Goes back one step; `None` when there is none.
    ///
    /// # Errors
    /// `NotFound`, `Conflict`, `Corrupt`.
    pub async fn undo(
        &self,
        project: &ProjectId,
        expected_version: i64,
        author: &str,
    ) -> Result<Option<OpenedDeal>, StoreError> {
        self.step(project, expected_version, author, "undone", PARENT).await
    }

    /// Goes forward again along the line that was undone last; `None` when there is nothing ahead.
    ///
    /// # Errors
    /// `NotFound`, `Conflict`, `Corrupt`.
    pub async fn redo(
        &self,
        project: &ProjectId,
        expected_version: i64,
        author: &str,
    ) -> Result<Option<OpenedDeal>, StoreError> {
        self.step(project, expected_version, author, "redone", LAST_CHILD).await
    }

    /// Takes up an earlier state again, as a new revision; undo leads back to where this was called.
    ///
    /// # Errors
    /// `NotFound`, `Conflict`, `Corrupt`.
    pub async fn restore_revision(
        &self,
        project: &ProjectId,
        expected_version: i64,
        revision: &RevisionId,
        author: &str,
        summary: &str,
    ) -> Result<Saved, StoreError> {
        let mut transaction = self.write().await?;
        let earlier = history::by_id(&mut transaction, revision).await?;
        if earlier.project != *project {
            return Err(StoreError::not_found("revision", revision));
        }
        let current = current(&mut transaction, project).await?;
        expect_version("project", project.as_str(), expected_version, Some(current.version))?;
        let document = history::document_at(&mut transaction, project, earlier.seq).await?;
        let document = Document::new(&document)?;
        let act = Act { kind: RevisionKind::Restored, author, summary, at: &self.now() };
        let saved = advance(&mut transaction, project, &current, &document, &act).await?;
        transaction.commit().await?;
        Ok(saved)
    }

    async fn step(
        &self,
        project: &ProjectId,
        expected_version: i64,
        author: &str,
        action: &'static str,
        target: &'static str,
    ) -> Result<Option<OpenedDeal>, StoreError> {
        let now = self.now();
        let mut transaction = self.write().await?;
        let current = current(&mut transaction, project).await?;
        expect_version("project", project.as_str(), expected_version, Some(current.version))?;
        let seq: Option<i64> = sqlx::query_scalar(target)
            .bind(project.as_str())
            .bind(current.head)
            .fetch_one(&mut *transaction)
            .await?;
        let Some(seq) = seq else { return Ok(None) };
        let document = history::document_at(&mut transaction, project, seq).await?;
        let document = Document::new(&document)?;
        point(&mut transaction, project, &current, &document, (seq, current.last), &now).await?;
        let detail = json!({ "from": current.head, "to": seq });
        note(&mut transaction, &now, author, project, action, detail).await?;
        let deal = opened(&mut transaction, project).await?;
        transaction.commit().await?;
        Ok(Some(deal))
    }
}

struct Current {
    version: i64,
    name: String,
    description: String,
    document: Value,
    hash: String,
    head: i64,
    last: i64,
}

struct Act<'a> {
    kind: RevisionKind,
    author: &'a str,
    summary: &'a str,
    at: &'a str,
}

async fn current(connection: &mut SqliteConnection, project: &ProjectId) -> Result<Current, StoreError> {
    let row = sqlx::query(CURRENT).bind(project.as_str()).fetch_optional(connection).await?;
    let row = row.ok_or_else(|| StoreError::not_found("project", project))?;
    if row.try_get::<Option<String>, _>("deleted_at")?.is_some() {
        return Err(StoreError::not_found("project", project));
    }
    let current = Current {
        version: row.try_get("version")?,
        name: row.try_get("name")?,
        description: row.try_get("description")?,
        document: crate::change_log::json(&row, "document")?,
        hash: row.try_get("document_hash")?,
        head: row.try_get("head_seq")?,
        last: row.try_get("last_seq")?,
    };
    if crate::document::hash(&current.document) != current.hash {
        return Err(StoreError::corrupt(format!("the deal of project {project} has another fingerprint")));
    }
    Ok(current)
}

async fn opened(connection: &mut SqliteConnection, project: &ProjectId) -> Result<OpenedDeal, StoreError> {
    let current = current(connection, project).await?;
    let revision = history::by_seq(connection, project, current.head).await?;
    let child: Option<i64> = sqlx::query_scalar(LAST_CHILD)
        .bind(project.as_str())
        .bind(current.head)
        .fetch_one(&mut *connection)
        .await?;
    let redo = match child {
        Some(seq) => Some(history::by_seq(connection, project, seq).await?.summary),
        None => None,
    };
    Ok(OpenedDeal {
        document: current.document,
        version: current.version,
        can_undo: revision.parent_seq.is_some(),
        redo,
        revision,
    })
}

/// Appends a revision behind the current one and makes it the current one.
async fn advance(
    connection: &mut SqliteConnection,
    project: &ProjectId,
    current: &Current,
    document: &Document,
    act: &Act<'_>,
) -> Result<Saved, StoreError> {
    let seq = current.last + 1;
    let written = Written {
        project,
        seq,
        parent: Some((current.head, &current.document)),
        kind: act.kind,
        author: act.author,
        summary: act.summary,
        at: act.at,
    };
    let id = history::append(connection, &written, document).await?;
    point(connection, project, current, document, (seq, seq), act.at).await?;
    let detail = json!({ "seq": seq, "revision": id, "summary": act.summary });
    note(connection, act.at, act.author, project, "saved", detail).await?;
    let revision = history::by_id(connection, &id).await?;
    Ok(Saved { revision, version: current.version + 1 })
}

/// Makes a document the current one, with everything that is copied from it.
async fn point(
    connection: &mut SqliteConnection,
    project: &ProjectId,
    current: &Current,
    document: &Document,
    (head, last): (i64, i64),
    now: &str,
) -> Result<(), StoreError> {
    let copies = Copies::of(&document.value, &current.name, &current.description);
    sqlx::query(POINT)
        .bind(project.as_str())
        .bind(&document.text)
        .bind(&document.hash)
        .bind(head)
        .bind(last)
        .bind(&copies.title)
        .bind(&copies.status)
        .bind(&copies.currency)
        .bind(copies.budget_minor)
        .bind(&copies.profile)
        .bind(&copies.search_text)
        .bind(now)
        .execute(connection)
        .await?;
    Ok(())
}
