//! Names for points in a deal's history: "sent to the bank", "Berlin".

use serde::Serialize;
use serde_json::json;
use sqlx::sqlite::SqliteRow;
use sqlx::{Row as _, SqliteConnection};

use crate::change_log::Entry;
use crate::db::Store;
use crate::error::StoreError;
use crate::history;
use crate::id::{NamedVersionId, ProjectId, RevisionId};
use crate::statements::statements;

statements! {
    INSERT = "INSERT INTO named_versions (id, project_id, revision_id, name, author, created_at)
        VALUES ($1, $2, $3, $4, $5, $6)";
    LIST = "SELECT n.id, n.project_id, n.revision_id, n.name, n.author, n.created_at, r.seq
        FROM named_versions n JOIN revisions r ON r.id = n.revision_id
        WHERE n.project_id = $1 ORDER BY n.created_at DESC, n.id DESC";
    OWNER = "SELECT project_id FROM named_versions WHERE id = $1";
    DELETE = "DELETE FROM named_versions WHERE id = $1";
}

/// A named point in the history.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NamedVersion {
    /// Identifier.
    pub id: NamedVersionId,
    /// Its project.
    pub project: ProjectId,
    /// The revision that bears the name.
    pub revision: RevisionId,
    /// Number of that revision.
    pub seq: i64,
    /// The name, unique in the project.
    pub name: String,
    /// Who gave it.
    pub author: String,
    /// When.
    pub created_at: String,
}

impl Store {
    /// Gives a revision a name.
    ///
    /// # Errors
    /// `NotFound`, `Constraint` `named_versions_project_name` for a name in use.
    pub async fn name_version(
        &self,
        revision: &RevisionId,
        name: &str,
        author: &str,
    ) -> Result<NamedVersion, StoreError> {
        let (id, now) = (NamedVersionId::fresh(), self.now());
        let mut transaction = self.write().await?;
        let found = history::by_id(&mut transaction, revision).await?;
        let named = NamedVersion {
            id,
            project: found.project,
            revision: revision.clone(),
            seq: found.seq,
            name: name.to_owned(),
            author: author.to_owned(),
            created_at: now.clone(),
        };
        insert(&mut transaction, &named, author).await?;
        let entry = Entry {
            at: &now,
            author,
            entity: "named_version",
            id: named.id.as_str(),
            project: Some(named.project.as_str()),
            action: "created",
            detail: json!({ "name": name, "revision": revision }),
        };
        entry.append(&mut transaction).await?;
        transaction.commit().await?;
        Ok(named)
    }

    /// The named versions of a project, the latest first.
    ///
    /// # Errors
    /// As any read.
    pub async fn list_named_versions(&self, project: &ProjectId) -> Result<Vec<NamedVersion>, StoreError> {
        let mut connection = self.reader().await?;
        let rows = sqlx::query(LIST).bind(project.as_str()).fetch_all(&mut *connection).await?;
        rows.iter().map(named_version).collect()
    }

    /// Takes a name away; the revision stays.
    ///
    /// # Errors
    /// `NotFound`.
    pub async fn unname_version(&self, id: &NamedVersionId, author: &str) -> Result<(), StoreError> {
        let now = self.now();
        let mut transaction = self.write().await?;
        let project: Option<String> =
            sqlx::query_scalar(OWNER).bind(id.as_str()).fetch_optional(&mut *transaction).await?;
        let project = project.ok_or_else(|| StoreError::not_found("named version", id))?;
        sqlx::query(DELETE).bind(id.as_str()).execute(&mut *transaction).await?;
        let entry = Entry {
            at: &now,
            author,
            entity: "named_version",
            id: id.as_str(),
            project: Some(&project),
            action: "deleted",
            detail: json!({}),
        };
        entry.append(&mut transaction).await?;
        Ok(transaction.commit().await?)
    }
}

/// Copies the names given to revisions of a project from one database into another.
pub(crate) async fn carry(
    from: &mut SqliteConnection,
    to: &mut SqliteConnection,
    project: &ProjectId,
    author: &str,
) -> Result<(), StoreError> {
    for row in sqlx::query(LIST).bind(project.as_str()).fetch_all(from).await? {
        insert(to, &named_version(&row)?, author).await?;
    }
    Ok(())
}

async fn insert(
    connection: &mut SqliteConnection,
    named: &NamedVersion,
    author: &str,
) -> Result<(), StoreError> {
    sqlx::query(INSERT)
        .bind(named.id.as_str())
        .bind(named.project.as_str())
        .bind(named.revision.as_str())
        .bind(&named.name)
        .bind(author)
        .bind(&named.created_at)
        .execute(connection)
        .await?;
    Ok(())
}

fn named_version(row: &SqliteRow) -> Result<NamedVersion, StoreError> {
    Ok(NamedVersion {
        id: row.try_get::<String, _>("id")?.into(),
        project: row.try_get::<String, _>("project_id")?.into(),
        revision: row.try_get::<String, _>("revision_id")?.into(),
        seq: row.try_get("seq")?,
        name: row.try_get("name")?,
        author: row.try_get("author")?,
        created_at: row.try_get("created_at")?,
    })
}
