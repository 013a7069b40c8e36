//! Projects: one film each. Names are unique per person; deleting moves to a bin for thirty days.

use serde::Serialize;
use serde_json::{Value, json};
use sqlx::sqlite::SqliteRow;
use sqlx::{Row as _, SqliteConnection};

use crate::change_log::Entry;
use crate::db::Store;
use crate::document::{Copies, Document};
use crate::error::StoreError;
use crate::history::{self, RevisionKind, Written};
use crate::id::{self, ProjectId, UserId};
use crate::statements::statements;
use crate::users::expect_version;

/// How long the bin keeps what is put into it.
pub const BIN_DAYS: i64 = 30;

/// What a list shows of a project. Where it is made is read from the document itself, so that it can never
/// be an old copy.
macro_rules! shown {
    () => {
        "SELECT id, user_id, name, description, title, status, currency, budget_minor, version,
            created_at, updated_at, deleted_at, json_extract(profile, '$.project_type') AS project_type,
            json_extract(profile, '$.technique') AS technique,
            (SELECT json_group_array(DISTINCT atom) FROM json_tree(document, '$.budget')
                WHERE key = 'jurisdiction') AS jurisdictions
        FROM projects "
    };
}
pub(crate) use shown;

statements! {
    INSERT = "INSERT INTO projects (id, user_id, name, description, document, document_hash, head_seq, last_seq,
            title, status, currency, budget_minor, profile, search_text, created_at, updated_at)
        VALUES ($1, $2, $3, $4, $5, $6, 1, 1, $7, $8, $9, $10, $11, $12, $13, $13)";
    SELECT = concat!(shown!(), "WHERE id = $1");
    FOR_WRITING = "SELECT version, name, description, document, deleted_at FROM projects WHERE id = $1";
    RENAME = "UPDATE projects SET name = $2, description = $3, search_text = $4, updated_at = $5,
        version = version + 1 WHERE id = $1";
    BIN = "UPDATE projects SET deleted_at = $2, version = version + 1 WHERE id = $1";
    RESTORE = "UPDATE projects SET deleted_at = NULL, name = $2, search_text = $3, updated_at = $4,
        version = version + 1 WHERE id = $1";
    EXPIRED = "SELECT id FROM projects WHERE deleted_at <= $1";
    DELETE = "DELETE FROM projects WHERE id = $1";
    PRESENT = "SELECT 1 FROM projects WHERE id = $1 AND deleted_at IS NULL";
}

/// What a new project starts from.
#[derive(Debug, Clone, PartialEq)]
pub struct NewProject<'a> {
    /// Whose it is.
    pub user: &'a UserId,
    /// Name in the list, unique among the person's projects that are not in the bin.
    pub name: &'a str,
    /// Free text.
    pub description: &'a str,
    /// The deal document.
    pub document: &'a Value,
    /// Who makes it, as the history shall say.
    pub author: &'a str,
    /// What the first revision says about itself.
    pub summary: &'a str,
}

/// A project as a list shows it. Everything about the film is copied from its deal document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Project {
    /// Identifier.
    pub id: ProjectId,
    /// Whose it is.
    pub user: UserId,
    /// Name in the list.
    pub name: String,
    /// Free text.
    pub description: String,
    /// Title of the film.
    pub title: String,
    /// Where the film stands, in the words of the deal document; empty when it does not say.
    pub status: String,
    /// Currency of the deal; empty when it does not say.
    pub currency: String,
    /// Stated total of the budget, else the sum of its lines, before contingency and financing cost.
    pub budget_minor: Option<i64>,
    /// For optimistic locking.
    pub version: i64,
    /// When it was made.
    pub created_at: String,
    /// When the deal or the name was last changed.
    pub updated_at: String,
    /// When it was put into the bin.
    pub deleted_at: Option<String>,
    /// Form of the work, in the words of the deal document.
    pub project_type: Option<String>,
    /// How the pictures are made.
    pub technique: Option<String>,
    /// Where its budget is spent, as codes.
    pub jurisdictions: Vec<String>,
}

impl Store {
    /// Makes a project with its first revision.
    ///
    /// # Errors
    /// `NotFound` for an unknown person, `Constraint` `projects_user_name` for a name in use, `Unstorable`.
    pub async fn create_project(&self, new: &NewProject<'_>) -> Result<Project, StoreError> {
        let document = Document::new(new.document)?;
        let copies = Copies::of(&document.value, new.name, new.description);
        self.user(new.user).await?;
        let (id, now) = (ProjectId::fresh(), self.now());
        let mut transaction = self.write().await?;
        sqlx::query(INSERT)
            .bind(id.as_str())
            .bind(new.user.as_str())
            .bind(new.name)
            .bind(new.description)
            .bind(&document.text)
            .bind(&document.hash)
            .bind(&copies.title)
            .bind(&copies.status)
            .bind(&copies.currency)
            .bind(copies.budget_minor)
            .bind(&copies.profile)
            .bind(&copies.search_text)
            .bind(&now)
            .execute(&mut *transaction)
            .await?;
        let written = Written {
            project: &id,
            seq: 1,
            parent: None,
            kind: RevisionKind::Created,
            author: new.author,
            summary: new.summary,
            at: &now,
        };
        history::append(&mut transaction, &written, &document).await?;
        note(&mut transaction, &now, new.author, &id, "created", json!({ "name": new.name })).await?;
        transaction.commit().await?;
        self.project(&id).await
    }

    /// One project, also when it is in the bin.
    ///
    /// # Errors
    /// `NotFound`.
    pub async fn project(&self, id: &ProjectId) -> Result<Project, StoreError> {
        let mut connection = self.reader().await?;
        let row = sqlx::query(SELECT).bind(id.as_str()).fetch_optional(&mut *connection).await?;
        project(&row.ok_or_else(|| StoreError::not_found("project", id))?)
    }

    /// Gives a project another name and description. The deal document keeps its own title.
    ///
    /// # Errors
    /// `NotFound`, `Conflict`, `Constraint`.
    pub async fn rename_project(
        &self,
        id: &ProjectId,
        expected_version: i64,
        name: &str,
        description: &str,
        author: &str,
    ) -> Result<Project, StoreError> {
        let now = self.now();
        let mut transaction = self.write().await?;
        let stored = stored(&mut transaction, id).await?;
        expect_version("project", id.as_str(), expected_version, Some(stored.version))?;
        let copies = Copies::of(&stored.document, name, description);
        sqlx::query(RENAME)
            .bind(id.as_str())
            .bind(name)
            .bind(description)
            .bind(&copies.search_text)
            .bind(&now)
            .execute(&mut *transaction)
            .await?;
        note(&mut transaction, &now, author, id, "renamed", json!({ "from": stored.name, "to": name }))
            .await?;
        transaction.commit().await?;
        self.project(id).await
    }

    /// Puts a project into the bin; its name becomes free.
    ///
    /// # Errors
    /// `NotFound`, also when it is in the bin already.
    pub async fn bin_project(&self, id: &ProjectId, author: &str) -> Result<(), StoreError> {
        let now = self.now();
        let mut transaction = self.write().await?;
        if stored(&mut transaction, id).await?.in_bin {
            return Err(StoreError::not_found("project", id));
        }
        sqlx::query(BIN).bind(id.as_str()).bind(&now).execute(&mut *transaction).await?;
        note(&mut transaction, &now, author, id, "binned", json!({})).await?;
        Ok(transaction.commit().await?)
    }

    /// Takes a project out of the bin, under another name where its own is in use by now.
    ///
    /// # Errors
    /// `NotFound` when it is not in the bin, `Constraint` `projects_user_name`.
    pub async fn restore_project(
        &self,
        id: &ProjectId,
        new_name: Option<&str>,
        author: &str,
    ) -> Result<Project, StoreError> {
        let now = self.now();
        let mut transaction = self.write().await?;
        let stored = stored(&mut transaction, id).await?;
        if !stored.in_bin {
            return Err(StoreError::not_found("project in the bin", id));
        }
        let name = new_name.unwrap_or(&stored.name);
        let copies = Copies::of(&stored.document, name, &stored.description);
        sqlx::query(RESTORE)
            .bind(id.as_str())
            .bind(name)
            .bind(&copies.search_text)
            .bind(&now)
            .execute(&mut *transaction)
            .await?;
        note(&mut transaction, &now, author, id, "restored", json!({ "name": name })).await?;
        transaction.commit().await?;
        self.project(id).await
    }

    /// Deletes for good what has been in the bin for thirty days; answers how many projects.
    ///
    /// # Errors
    /// As any write.
    pub async fn purge_bin(&self, author: &str) -> Result<usize, StoreError> {
        let now = self.now();
        let limit = self
            .moment()
            .checked_sub(jiff::SignedDuration::from_hours(24 * BIN_DAYS))
            .map_err(|error| StoreError::Unavailable { detail: error.to_string() })?;
        let mut transaction = self.write().await?;
        let expired: Vec<String> =
            sqlx::query_scalar(EXPIRED).bind(id::stamp(limit)).fetch_all(&mut *transaction).await?;
        for project in &expired {
            delete(&mut transaction, &now, author, &ProjectId::from(project.as_str())).await?;
        }
        transaction.commit().await?;
        Ok(expired.len())
    }

    /// Deletes one project in the bin for good, with its whole history.
    ///
    /// # Errors
    /// `NotFound` when it is not in the bin.
    pub async fn purge_project(&self, id: &ProjectId, author: &str) -> Result<(), StoreError> {
        let now = self.now();
        let mut transaction = self.write().await?;
        if !stored(&mut transaction, id).await?.in_bin {
            return Err(StoreError::not_found("project in the bin", id));
        }
        delete(&mut transaction, &now, author, id).await?;
        Ok(transaction.commit().await?)
    }
}

struct Stored {
    version: i64,
    name: String,
    description: String,
    document: Value,
    in_bin: bool,
}

async fn stored(connection: &mut SqliteConnection, id: &ProjectId) -> Result<Stored, StoreError> {
    let row = sqlx::query(FOR_WRITING).bind(id.as_str()).fetch_optional(connection).await?;
    let row = row.ok_or_else(|| StoreError::not_found("project", id))?;
    Ok(Stored {
        version: row.try_get("version")?,
        name: row.try_get("name")?,
        description: row.try_get("description")?,
        document: crate::change_log::json(&row, "document")?,
        in_bin: row.try_get::<Option<String>, _>("deleted_at")?.is_some(),
    })
}

/// Refuses what belongs to a project that is not there or in the bin.
pub(crate) async fn project_exists(
    connection: &mut SqliteConnection,
    project: &ProjectId,
) -> Result<(), StoreError> {
    let found: Option<i64> =
        sqlx::query_scalar(PRESENT).bind(project.as_str()).fetch_optional(connection).await?;
    found.map(|_| ()).ok_or_else(|| StoreError::not_found("project", project))
}

async fn delete(
    connection: &mut SqliteConnection,
    now: &str,
    author: &str,
    id: &ProjectId,
) -> Result<(), StoreError> {
    sqlx::query(DELETE).bind(id.as_str()).execute(&mut *connection).await?;
    note(connection, now, author, id, "purged", json!({})).await
}

pub(crate) async fn note(
    connection: &mut SqliteConnection,
    at: &str,
    author: &str,
    project: &ProjectId,
    action: &'static str,
    detail: Value,
) -> Result<(), StoreError> {
    let id = project.as_str();
    Entry { at, author, entity: "project", id, project: Some(id), action, detail }.append(connection).await
}

pub(crate) fn project(row: &SqliteRow) -> Result<Project, StoreError> {
    Ok(Project {
        id: row.try_get::<String, _>("id")?.into(),
        user: row.try_get::<String, _>("user_id")?.into(),
        name: row.try_get("name")?,
        description: row.try_get("description")?,
        title: row.try_get("title")?,
        status: row.try_get("status")?,
        currency: row.try_get("currency")?,
        budget_minor: row.try_get("budget_minor")?,
        version: row.try_get("version")?,
        created_at: row.try_get("created_at")?,
        updated_at: row.try_get("updated_at")?,
        deleted_at: row.try_get("deleted_at")?,
        project_type: row.try_get("project_type")?,
        technique: row.try_get("technique")?,
        jurisdictions: serde_json::from_str(row.try_get("jurisdictions")?)
            .map_err(|error| StoreError::Unavailable { detail: error.to_string() })?,
    })
}
