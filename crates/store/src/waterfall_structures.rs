//! Recoupment plans kept beside a project: to start from, or to compare with the deal's own.

use serde::Serialize;
use serde_json::Value;
use sqlx::sqlite::SqliteRow;
use sqlx::{Row as _, SqliteConnection};

use crate::belongings::{Belonging, log};
use crate::change_log;
use crate::db::Store;
use crate::error::StoreError;
use crate::id::{ProjectId, WaterfallStructureId};
use crate::projects::project_exists;
use crate::statements::statements;

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
        log::<WaterfallStructure>(&mut transaction, &now, author, id.as_str(), Some(project), "created")
            .await?;
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
        self.belonging(id.as_str()).await
    }

    /// The plans of a project, the default first.
    ///
    /// # Errors
    /// As any read.
    pub async fn list_waterfall_structures(
        &self,
        project: &ProjectId,
    ) -> Result<Vec<WaterfallStructure>, StoreError> {
        self.belongings(project.as_str()).await
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
        let mut change =
            self.change_belonging::<WaterfallStructure>(id.as_str(), Some(expected_version)).await?;
        if draft.is_default {
            clear_default(&mut change.transaction, &change.stored.project, id, &change.now).await?;
        }
        sqlx::query(UPDATE)
            .bind(id.as_str())
            .bind(draft.name)
            .bind(draft.structure.to_string())
            .bind(draft.is_default)
            .bind(&change.now)
            .execute(&mut *change.transaction)
            .await?;
        change.done(author, id.as_str(), "changed").await?;
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
        self.delete_belonging::<WaterfallStructure>(id.as_str(), author).await
    }
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

impl Belonging for WaterfallStructure {
    const ENTITY: &'static str = "waterfall_structure";
    const NAME: &'static str = "waterfall structure";
    const SELECT: &'static str = SELECT;
    const LIST: &'static str = LIST;
    const DELETE: &'static str = DELETE;

    fn project(&self) -> Option<&ProjectId> {
        Some(&self.project)
    }

    fn version(&self) -> i64 {
        self.version
    }

    fn read(row: &SqliteRow) -> Result<Self, StoreError> {
        Ok(Self {
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
}
