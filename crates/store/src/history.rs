//! Revisions: every saved state of a deal, for good.
//!
//! A revision stores the change from its parent; every [`BASE_EVERY`]th along a line, and any whose
//! change is not much smaller than the document, stores the whole. The SHA-256 of the document is
//! stored with each and checked whenever one is put together again, so that a damaged chain is an error and never a wrong deal.

use serde::Serialize;
use serde_json::Value;
use sqlx::sqlite::SqliteRow;
use sqlx::{Row as _, SqliteConnection};

use crate::db::Store;
use crate::document::{Document, hash};
use crate::error::StoreError;
use crate::id::{self, Page, ProjectId, RevisionId};
use crate::patch::{self, Difference, Edit};
use crate::statements::statements;

/// After this many changes in a row the next revision stores the whole document.
pub(crate) const BASE_EVERY: i64 = 20;
/// Revisions on one page of the history.
pub const REVISIONS_PER_PAGE: i64 = 50;

statements! {
    INSERT = "INSERT INTO revisions (id, project_id, seq, parent_seq, kind, base, patch, depth, hash, author,
            summary, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";
    CHAIN = "WITH RECURSIVE chain (seq, parent_seq, base, patch, hash) AS (
            SELECT seq, parent_seq, base, patch, hash FROM revisions WHERE project_id = $1 AND seq = $2
            UNION ALL
            SELECT r.seq, r.parent_seq, r.base, r.patch, r.hash FROM revisions r
                JOIN chain c ON r.seq = c.parent_seq WHERE r.project_id = $1 AND c.base IS NULL)
        SELECT seq, base, patch, hash FROM chain ORDER BY seq DESC";
    DEPTH = "SELECT depth FROM revisions WHERE project_id = $1 AND seq = $2";
    SELECT = "SELECT r.id, r.project_id, r.seq, r.parent_seq, r.kind, r.author, r.summary, r.created_at,
            p.head_seq, (SELECT json_group_array(n.name) FROM named_versions n WHERE n.revision_id = r.id) AS names
        FROM revisions r JOIN projects p ON p.id = r.project_id WHERE r.id = $1";
    SELECT_SEQ = "SELECT r.id, r.project_id, r.seq, r.parent_seq, r.kind, r.author, r.summary, r.created_at,
            p.head_seq, (SELECT json_group_array(n.name) FROM named_versions n WHERE n.revision_id = r.id) AS names
        FROM revisions r JOIN projects p ON p.id = r.project_id WHERE r.project_id = $1 AND r.seq = $2";
    ALL = "SELECT last_seq FROM projects WHERE id = $1";
    COUNT = "SELECT count(*), count(CASE WHEN r.seq > $3 THEN 1 END) FROM revisions r WHERE r.project_id = $1
        AND ($2 = 0 OR EXISTS (SELECT 1 FROM named_versions n WHERE n.revision_id = r.id))";
    WHOLE = "SELECT id, seq, parent_seq, kind, base, patch, depth, hash, summary, created_at FROM revisions
        WHERE project_id = $1 ORDER BY seq";
    LIST = "SELECT r.id, r.project_id, r.seq, r.parent_seq, r.kind, r.author, r.summary, r.created_at,
            p.head_seq, (SELECT json_group_array(n.name) FROM named_versions n WHERE n.revision_id = r.id) AS names
        FROM revisions r JOIN projects p ON p.id = r.project_id WHERE r.project_id = $1
            AND ($2 = 0 OR EXISTS (SELECT 1 FROM named_versions n WHERE n.revision_id = r.id))
        ORDER BY r.seq DESC LIMIT $3 OFFSET $4";
}

/// How a revision came about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum RevisionKind {
    /// The first of a project.
    Created,
    /// An edit.
    Saved,
    /// An earlier state, taken up again.
    Restored,
}

impl RevisionKind {
    fn text(self) -> &'static str {
        match self {
            Self::Created => "created",
            Self::Saved => "saved",
            Self::Restored => "restored",
        }
    }

    fn read(text: &str) -> Result<Self, StoreError> {
        match text {
            "created" => Ok(Self::Created),
            "saved" => Ok(Self::Saved),
            "restored" => Ok(Self::Restored),
            other => Err(StoreError::corrupt(format!("a revision of kind {other}"))),
        }
    }
}

/// One line of the history.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Revision {
    /// Identifier.
    pub id: RevisionId,
    /// Its project.
    pub project: ProjectId,
    /// Number within the project, from 1, in the order of saving.
    pub seq: i64,
    /// The revision it changed; `None` for the first.
    pub parent_seq: Option<i64>,
    /// How it came about.
    pub kind: RevisionKind,
    /// Who saved it.
    pub author: String,
    /// What was done.
    pub summary: String,
    /// When.
    pub created_at: String,
    /// True for the revision that is the deal at present.
    pub is_current: bool,
    /// Names people gave to this state.
    pub names: Vec<String>,
}

/// Which part of a history.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RevisionQuery {
    /// The page, from 1.
    pub page: i64,
    /// Only what bears a name.
    pub named_only: bool,
    /// The page on which this revision stands, instead of `page`.
    pub around: Option<RevisionId>,
}

impl RevisionQuery {
    /// A page of everything.
    #[must_use]
    pub const fn page(page: i64) -> Self {
        Self { page, named_only: false, around: None }
    }
}

/// A part of a history.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct History {
    /// What was asked for, newest first.
    pub revisions: Page<Revision>,
    /// How many revisions there are, asked for or not.
    pub all: i64,
}

/// A revision about to be written.
pub(crate) struct Written<'a> {
    pub(crate) project: &'a ProjectId,
    pub(crate) seq: i64,
    /// Number and document of the parent.
    pub(crate) parent: Option<(i64, &'a Value)>,
    pub(crate) kind: RevisionKind,
    pub(crate) author: &'a str,
    pub(crate) summary: &'a str,
    pub(crate) at: &'a str,
}

impl Store {
    /// One line of the history.
    ///
    /// # Errors
    /// `NotFound`.
    pub async fn revision(&self, id: &RevisionId) -> Result<Revision, StoreError> {
        let mut connection = self.reader().await?;
        by_id(&mut connection, id).await
    }

    /// The revision of this number.
    ///
    /// # Errors
    /// `NotFound`.
    pub async fn revision_at(&self, project: &ProjectId, seq: i64) -> Result<Revision, StoreError> {
        let mut connection = self.reader().await?;
        by_seq(&mut connection, project, seq).await
    }

    /// The deal as it was at a revision.
    ///
    /// # Errors
    /// `NotFound`, `Corrupt` when it cannot be put together exactly.
    pub async fn revision_document(&self, id: &RevisionId) -> Result<Value, StoreError> {
        let mut connection = self.reader().await?;
        let revision = by_id(&mut connection, id).await?;
        document_at(&mut connection, &revision.project, revision.seq).await
    }

    /// A page of a project's history, newest first.
    ///
    /// # Errors
    /// `NotFound`, also for a revision of another project.
    pub async fn list_revisions(
        &self,
        project: &ProjectId,
        query: &RevisionQuery,
    ) -> Result<History, StoreError> {
        let mut connection = self.reader().await?;
        let all: Option<i64> =
            sqlx::query_scalar(ALL).bind(project.as_str()).fetch_optional(&mut *connection).await?;
        let all = all.ok_or_else(|| StoreError::not_found("project", project))?;
        let sought = match &query.around {
            Some(id) => {
                let revision = by_id(&mut connection, id).await?;
                if revision.project != *project {
                    return Err(StoreError::not_found("revision", id));
                }
                revision.seq
            }
            None => i64::MAX,
        };
        let (total, newer): (i64, i64) = sqlx::query_as(COUNT)
            .bind(project.as_str())
            .bind(query.named_only)
            .bind(sought)
            .fetch_one(&mut *connection)
            .await?;
        let page = if query.around.is_some() { newer / REVISIONS_PER_PAGE + 1 } else { query.page.max(1) };
        let rows = sqlx::query(LIST)
            .bind(project.as_str())
            .bind(query.named_only)
            .bind(REVISIONS_PER_PAGE)
            .bind(id::offset(page, REVISIONS_PER_PAGE))
            .fetch_all(&mut *connection)
            .await?;
        let items = rows.iter().map(revision).collect::<Result<_, _>>()?;
        Ok(History { revisions: Page { items, total, page, page_size: REVISIONS_PER_PAGE }, all })
    }

    /// What changed between two revisions, cell by cell.
    ///
    /// # Errors
    /// `NotFound`, `Corrupt`.
    pub async fn compare_revisions(
        &self,
        from: &RevisionId,
        to: &RevisionId,
    ) -> Result<Vec<Difference>, StoreError> {
        let before = self.revision_document(from).await?;
        let after = self.revision_document(to).await?;
        Ok(patch::differences(&before, &after))
    }
}

pub(crate) async fn by_id(
    connection: &mut SqliteConnection,
    id: &RevisionId,
) -> Result<Revision, StoreError> {
    let row = sqlx::query(SELECT).bind(id.as_str()).fetch_optional(connection).await?;
    revision(&row.ok_or_else(|| StoreError::not_found("revision", id))?)
}

pub(crate) async fn by_seq(
    connection: &mut SqliteConnection,
    project: &ProjectId,
    seq: i64,
) -> Result<Revision, StoreError> {
    let row = sqlx::query(SELECT_SEQ).bind(project.as_str()).bind(seq).fetch_optional(connection).await?;
    revision(&row.ok_or_else(|| StoreError::not_found("revision", seq))?)
}

/// Writes a revision as a change of its parent, or whole.
pub(crate) async fn append(
    connection: &mut SqliteConnection,
    written: &Written<'_>,
    document: &Document,
) -> Result<RevisionId, StoreError> {
    let mut change = None;
    if let Some((parent, before)) = written.parent {
        let depth: i64 = sqlx::query_scalar(DEPTH)
            .bind(written.project.as_str())
            .bind(parent)
            .fetch_one(&mut *connection)
            .await?;
        if depth + 1 < BASE_EVERY {
            change = patch_text(before, document)?.map(|text| (text, depth + 1));
        }
    }
    let (base, patch, depth) = match &change {
        Some((patch, depth)) => (None, Some(patch.as_str()), *depth),
        None => (Some(document.text.as_str()), None, 0),
    };
    let id = RevisionId::fresh();
    sqlx::query(INSERT)
        .bind(id.as_str())
        .bind(written.project.as_str())
        .bind(written.seq)
        .bind(written.parent.map(|(seq, _)| seq))
        .bind(written.kind.text())
        .bind(base)
        .bind(patch)
        .bind(depth)
        .bind(&document.hash)
        .bind(written.author)
        .bind(written.summary)
        .bind(written.at)
        .execute(connection)
        .await?;
    Ok(id)
}

/// Copies every revision of a project from one database into another, as it is stored; answers how many.
pub(crate) async fn carry(
    from: &mut SqliteConnection,
    to: &mut SqliteConnection,
    project: &ProjectId,
    author: &str,
) -> Result<usize, StoreError> {
    let rows = sqlx::query(WHOLE).bind(project.as_str()).fetch_all(from).await?;
    for row in &rows {
        sqlx::query(INSERT)
            .bind(row.try_get::<String, _>("id")?)
            .bind(project.as_str())
            .bind(row.try_get::<i64, _>("seq")?)
            .bind(row.try_get::<Option<i64>, _>("parent_seq")?)
            .bind(row.try_get::<String, _>("kind")?)
            .bind(row.try_get::<Option<String>, _>("base")?)
            .bind(row.try_get::<Option<String>, _>("patch")?)
            .bind(row.try_get::<i64, _>("depth")?)
            .bind(row.try_get::<String, _>("hash")?)
            .bind(author)
            .bind(row.try_get::<String, _>("summary")?)
            .bind(row.try_get::<String, _>("created_at")?)
            .execute(&mut *to)
            .await?;
    }
    Ok(rows.len())
}

/// The change as text, if it is worth having: smaller than half the document, and proven to lead to it.
fn patch_text(before: &Value, document: &Document) -> Result<Option<String>, StoreError> {
    let edits = patch::edits(before, &document.value);
    let text = serde_json::to_string(&edits)
        .map_err(|error| StoreError::Unstorable { detail: error.to_string() })?;
    if text.len() * 2 > document.text.len() {
        return Ok(None);
    }
    let proven = patch::apply(before.clone(), &edits).is_ok_and(|after| hash(&after) == document.hash);
    Ok(proven.then_some(text))
}

/// Puts a revision together from the nearest whole one, and checks its fingerprint.
pub(crate) async fn document_at(
    connection: &mut SqliteConnection,
    project: &ProjectId,
    seq: i64,
) -> Result<Value, StoreError> {
    let rows = sqlx::query(CHAIN).bind(project.as_str()).bind(seq).fetch_all(connection).await?;
    let damaged = |what: &str| StoreError::corrupt(format!("revision {seq} of project {project}: {what}"));
    let first = rows.last().ok_or_else(|| StoreError::not_found("revision", seq))?;
    let mut document =
        crate::change_log::optional_json(first, "base")?.ok_or_else(|| damaged("its base is missing"))?;
    for row in rows.iter().rev().skip(1) {
        let patch: String = row.try_get("patch")?;
        let edits: Vec<Edit> =
            serde_json::from_str(&patch).map_err(|_| damaged("its change cannot be read"))?;
        document = patch::apply(document, &edits).map_err(|misfit| damaged(&misfit.0))?;
    }
    let expected: String = rows[0].try_get("hash")?;
    if hash(&document) == expected { Ok(document) } else { Err(damaged("its fingerprint differs")) }
}

fn revision(row: &SqliteRow) -> Result<Revision, StoreError> {
    let names: String = row.try_get("names")?;
    let seq: i64 = row.try_get("seq")?;
    Ok(Revision {
        id: row.try_get::<String, _>("id")?.into(),
        project: row.try_get::<String, _>("project_id")?.into(),
        seq,
        parent_seq: row.try_get("parent_seq")?,
        kind: RevisionKind::read(row.try_get("kind")?)?,
        author: row.try_get("author")?,
        summary: row.try_get("summary")?,
        created_at: row.try_get("created_at")?,
        is_current: row.try_get::<i64, _>("head_seq")? == seq,
        names: serde_json::from_str(&names).map_err(|error| StoreError::corrupt(error.to_string()))?,
    })
}
