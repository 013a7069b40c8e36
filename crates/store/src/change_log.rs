//! What was written, when and by whom: one line per change, in the transaction that made it.

use serde::Serialize;
use serde_json::Value;
use sqlx::sqlite::SqliteRow;
use sqlx::{Row as _, SqliteConnection};

use crate::db::Store;
use crate::error::StoreError;
use crate::id::ProjectId;
use crate::statements::statements;

statements! {
    APPEND = "INSERT INTO change_log (at, author, entity, entity_id, project_id, action, detail)
        VALUES ($1, $2, $3, $4, $5, $6, $7)";
    SINCE = "SELECT seq, at, author, entity, entity_id, project_id, action, detail FROM change_log
        WHERE seq > $1 ORDER BY seq LIMIT $2";
}

/// One line of the change log.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Change {
    /// Position in the log; grows by at least one with every change.
    pub seq: i64,
    /// When, RFC 3339 in UTC.
    pub at: String,
    /// Who.
    pub author: String,
    /// The table: `project`, `revision`, ….
    pub entity: String,
    /// The row.
    pub entity_id: String,
    /// The project it belongs to, if to one.
    pub project_id: Option<ProjectId>,
    /// What happened, as a verb in the past: `created`, `saved`, ….
    pub action: String,
    /// Values worth keeping.
    pub detail: Value,
}

/// What a write says about itself.
pub(crate) struct Entry<'a> {
    pub(crate) at: &'a str,
    pub(crate) author: &'a str,
    pub(crate) entity: &'static str,
    pub(crate) id: &'a str,
    pub(crate) project: Option<&'a str>,
    pub(crate) action: &'static str,
    pub(crate) detail: Value,
}

impl Entry<'_> {
    pub(crate) async fn append(self, connection: &mut SqliteConnection) -> Result<(), StoreError> {
        sqlx::query(APPEND)
            .bind(self.at)
            .bind(self.author)
            .bind(self.entity)
            .bind(self.id)
            .bind(self.project)
            .bind(self.action)
            .bind(self.detail.to_string())
            .execute(connection)
            .await?;
        Ok(())
    }
}

impl Store {
    /// The changes after position `seq`, oldest first, at most `limit` of them.
    ///
    /// # Errors
    /// As any read.
    pub async fn changes_since(&self, seq: i64, limit: i64) -> Result<Vec<Change>, StoreError> {
        let mut connection = self.reader().await?;
        let rows = sqlx::query(SINCE).bind(seq).bind(limit).fetch_all(&mut *connection).await?;
        rows.iter().map(change).collect()
    }
}

fn change(row: &SqliteRow) -> Result<Change, StoreError> {
    Ok(Change {
        seq: row.try_get("seq")?,
        at: row.try_get("at")?,
        author: row.try_get("author")?,
        entity: row.try_get("entity")?,
        entity_id: row.try_get("entity_id")?,
        project_id: row.try_get::<Option<String>, _>("project_id")?.map(ProjectId::from),
        action: row.try_get("action")?,
        detail: json(row, "detail")?,
    })
}

/// A JSON column.
pub(crate) fn json(row: &SqliteRow, column: &str) -> Result<Value, StoreError> {
    let text: String = row.try_get(column)?;
    serde_json::from_str(&text).map_err(|error| StoreError::corrupt(format!("{column}: {error}")))
}

/// A JSON column that may be empty.
pub(crate) fn optional_json(row: &SqliteRow, column: &str) -> Result<Option<Value>, StoreError> {
    let text: Option<String> = row.try_get(column)?;
    text.map(|text| serde_json::from_str(&text))
        .transpose()
        .map_err(|error| StoreError::corrupt(format!("{column}: {error}")))
}
