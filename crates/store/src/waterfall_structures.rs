//! Recoupment plans kept beside a project: to start from, or to compare with the deal's own.

use serde::Serialize;
use serde_json::{Value, json};
use sqlx::sqlite::SqliteRow;
use sqlx::{Row as _, SqliteConnection};

use crate::change_log::{self, Entry};
use crate::db::Store;
use crate::error::StoreError;
use crate::id::{ProjectId, WaterfallStructureId};
use crate::statements::statements;
use crate::users::expect_version;

statements! {
    INSERT = "INSERT INTO waterfall_structures (id, project_id, name, structure, is_default, created_at, updated_at)
        VALUES ($1, $2, $3, $4, $5, $6, $6)";
    SELECT = "SELECT id, project_id, name, structure, is_default, version, created_at, updated_at
        FROM waterfall_structures WHERE id = $1";
    LIST = "SELECT id, project_id, name, structure, is_default, version, created_at, updated_at
        FROM waterfall_structures WHERE project_id = $1 ORDER BY is_default DESC, lower(name), id";
    UPDATE = "UPDATE waterfall_structures SET name = $2, structure = $3, is_default = $4, updated_at = $5,
        version = version + 1 WHERE id = $1";
    CLEAR_DEFAULT = "UPDATE waterfall_structures SET is_default = 0, updated_at = $3, version = version + 1
        WHERE project_id = $1 AND id <> $2 AND is_default = 1";
    DELETE = "DELETE FROM waterfall_structures WHERE id = $1";
    PROJECT = "SELECT 1 FROM projects WHERE id = $1 AND deleted_at IS NULL";
}

/// A stored recoupment plan.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct WaterfallStructure {
    /// Identifier.
    pub id: WaterfallStructureId,
    /// Its project.
    pub project: ProjectId,
    /// Name, unique in the project.
    pub name: String,
    /// The plan.
    pub structure: Value,
    /// The one to start from; at most one per project.
    pub is_default: bool,
    /// For optimistic locking.
    pub version: i64,
    /// When it was made.
    pub created_at: String,
    /// When it was last changed.
    pub updated_at: String,
}

/// Name, plan and rank of a structure about to be written.
#[derive(Debug, Clone, PartialEq)]
pub struct StructureDraft<'a> {
    /// Name, unique in the project.
    pub name: &'a str,
    /// The plan.
    pub structure: &'a Value,
    /// Makes it the one to start from; another one loses the mark.
    pub is_default: bool,
}

impl Store {
    /// Keeps a plan.
    ///
    /// # Errors
    /// `NotFound` for an unknown project, `Constraint` for a name in use.
    pub async fn create_waterfall_structure(
        &self,
        project: &ProjectId,
        draft: &StructureDraft<'_>,
        author: &str,
    ) -> Result<WaterfallStructure, StoreError> {
        let (id, now) = (WaterfallStructureId::fresh(), self.now());
        let mut transaction = self.write().await?;
        project_exists(&mut transaction, project).await?;
        if draft.is_default {
            clear_default(&mut transaction, project, &id, &now).await?;
        }
        sqlx::query(INSERT)
            .bind(id.as_str())
            .bind(project.as_str())
            .bind(draft.name)
            .bind(draft.structure.to_string())
            .bind(draft.is_default)
            .bind(&now)
            .execute(&mut *transaction)
            .await?;
        log(&mut transaction, &now, author, &id, project, "created").await?;
        transaction.commit().await?;
        self.waterfall_structure(&id).await
    }

    /// One plan.
    ///
    /// # Errors
    /// `NotFound`.
    pub async fn waterfall_structure(
        &self,
        id: &WaterfallStructureId,
    ) -> Result<WaterfallStructure, StoreError> {
        let mut connection = self.reader().await?;
        by_id(&mut connection, id).await
    }

    /// The plans of a project, the default first.
    ///
    /// # Errors
    /// As any read.
    pub async fn list_waterfall_structures(
        &self,
        project: &ProjectId,
    ) -> Result<Vec<WaterfallStructure>, StoreError> {
        let mut connection = self.reader().await?;
        let rows = sqlx::query(LIST).bind(project.as_str()).fetch_all(&mut *connection).await?;
        rows.iter().map(structure).collect()
    }

    /// Changes a plan.
    ///
    /// # Errors
    /// `NotFound`, `Conflict`, `Constraint`.
    pub async fn update_waterfall_structure(
        &self,
        id: &WaterfallStructureId,
        expected_version: i64,
        draft: &StructureDraft<'_>,
        author: &str,
    ) -> Result<WaterfallStructure, StoreError> {
        let now = self.now();
        let mut transaction = self.write().await?;
        let stored = by_id(&mut transaction, id).await?;
        expect_version("waterfall structure", id.as_str(), expected_version, Some(stored.version))?;
        if draft.is_default {
            clear_default(&mut transaction, &stored.project, id, &now).await?;
        }
        sqlx::query(UPDATE)
            .bind(id.as_str())
            .bind(draft.name)
            .bind(draft.structure.to_string())
            .bind(draft.is_default)
            .bind(&now)
            .execute(&mut *transaction)
            .await?;
        log(&mut transaction, &now, author, id, &stored.project, "changed").await?;
        transaction.commit().await?;
        self.waterfall_structure(id).await
    }

    /// Deletes a plan.
    ///
    /// # Errors
    /// `NotFound`.
    pub async fn delete_waterfall_structure(
        &self,
        id: &WaterfallStructureId,
        author: &str,
    ) -> Result<(), StoreError> {
        let now = self.now();
        let mut transaction = self.write().await?;
        let stored = by_id(&mut transaction, id).await?;
        sqlx::query(DELETE).bind(id.as_str()).execute(&mut *transaction).await?;
        log(&mut transaction, &now, author, id, &stored.project, "deleted").await?;
        Ok(transaction.commit().await?)
    }
}

/// Refuses what belongs to a project that is not there or in the bin.
pub(crate) async fn project_exists(
    connection: &mut SqliteConnection,
    project: &ProjectId,
) -> Result<(), StoreError> {
    let found: Option<i64> =
        sqlx::query_scalar(PROJECT).bind(project.as_str()).fetch_optional(connection).await?;
    found.map(|_| ()).ok_or_else(|| StoreError::not_found("project", project))
}

async fn clear_default(
    connection: &mut SqliteConnection,
    project: &ProjectId,
    except: &WaterfallStructureId,
    now: &str,
) -> Result<(), StoreError> {
    let clear = sqlx::query(CLEAR_DEFAULT).bind(project.as_str()).bind(except.as_str()).bind(now);
    clear.execute(connection).await?;
    Ok(())
}

async fn by_id(
    connection: &mut SqliteConnection,
    id: &WaterfallStructureId,
) -> Result<WaterfallStructure, StoreError> {
    let row = sqlx::query(SELECT).bind(id.as_str()).fetch_optional(connection).await?;
    structure(&row.ok_or_else(|| StoreError::not_found("waterfall structure", id))?)
}

async fn log(
    connection: &mut SqliteConnection,
    at: &str,
    author: &str,
    id: &WaterfallStructureId,
    project: &ProjectId,
    action: &'static str,
) -> Result<(), StoreError> {
    let project = Some(project.as_str());
    let entry = Entry {
        at,
        author,
        entity: "waterfall_structure",
        id: id.as_str(),
        project,
        action,
        detail: json!({}),
    };
    entry.append(connection).await
}

fn structure(row: &SqliteRow) -> Result<WaterfallStructure, StoreError> {
    Ok(WaterfallStructure {
        id: row.try_get::<String, _>("id")?.into(),
        project: row.try_get::<String, _>("project_id")?.into(),
        name: row.try_get("name")?,
        structure: change_log::json(row, "structure")?,
        is_default: row.try_get("is_default")?,
        version: row.try_get("version")?,
        created_at: row.try_get("created_at")?,
        updated_at: row.try_get("updated_at")?,
    })
}
