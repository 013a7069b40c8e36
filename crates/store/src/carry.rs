//! A project carried from one database into another, whole: every revision, the undone ones and the branches
//! included, the names they bear, the packs made of them and its long computations. All of it in one transaction, so
//! that nothing of it is there when it fails. Identifiers and numbers stay what they were; who writes it there is who
//! stands behind it from then on.

use serde_json::json;
use sqlx::Row as _;

use crate::db::Store;
use crate::document::Copies;
use crate::error::StoreError;
use crate::id::{ProjectId, UserId};
use crate::projects::{Project, note};
use crate::statements::statements;
use crate::{change_log, history, job_queue, named_versions, packs};

statements! {
    SELECT = "SELECT description, document, document_hash, head_seq, last_seq, version, created_at
        FROM projects WHERE id = $1 AND deleted_at IS NULL";
    INSERT = "INSERT INTO projects (id, user_id, name, description, document, document_hash, head_seq, last_seq,
            title, status, currency, budget_minor, profile, search_text, version, created_at, updated_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)";
}

/// Where a project goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Destination<'a> {
    /// Whose it is there.
    pub user: &'a UserId,
    /// Its name there, unique among the person's projects that are not in the bin.
    pub name: &'a str,
    /// Who stands behind its revisions, names and packs from then on.
    pub author: &'a str,
}

impl Store {
    /// Copies a project of another database into this one, with everything that hangs on its history.
    ///
    /// # Errors
    /// `NotFound`, also for a project in the bin; `Constraint` `projects_user_name` for a name in use here;
    /// `Corrupt` when its document is not what was saved.
    pub async fn carry_project(
        &self,
        from: &Store,
        project: &ProjectId,
        to: &Destination<'_>,
    ) -> Result<Project, StoreError> {
        let now = self.now();
        let mut source = from.reader().await?;
        let row = sqlx::query(SELECT).bind(project.as_str()).fetch_optional(&mut *source).await?;
        let row = row.ok_or_else(|| StoreError::not_found("project", project))?;
        let document = change_log::json(&row, "document")?;
        let copies = Copies::of(&document, to.name, row.try_get("description")?);
        let mut transaction = self.write().await?;
        sqlx::query(INSERT)
            .bind(project.as_str())
            .bind(to.user.as_str())
            .bind(to.name)
            .bind(row.try_get::<String, _>("description")?)
            .bind(row.try_get::<String, _>("document")?)
            .bind(row.try_get::<String, _>("document_hash")?)
            .bind(row.try_get::<i64, _>("head_seq")?)
            .bind(row.try_get::<i64, _>("last_seq")?)
            .bind(&copies.title)
            .bind(&copies.status)
            .bind(&copies.currency)
            .bind(copies.budget_minor)
            .bind(&copies.profile)
            .bind(&copies.search_text)
            .bind(row.try_get::<i64, _>("version")?)
            .bind(row.try_get::<String, _>("created_at")?)
            .bind(&now)
            .execute(&mut *transaction)
            .await?;
        let revisions = history::carry(&mut source, &mut transaction, project, to.author).await?;
        named_versions::carry(&mut source, &mut transaction, project, to.author).await?;
        packs::carry(&mut source, &mut transaction, project, to.author).await?;
        job_queue::carry(&mut source, &mut transaction, project, to.user).await?;
        // Proves, before it counts, that what lies here now leads to the document it came with.
        let head = row.try_get("head_seq")?;
        if history::document_at(&mut transaction, project, head).await? != document {
            return Err(StoreError::corrupt(format!("the history of project {project} leads elsewhere")));
        }
        let detail = json!({ "name": to.name, "revisions": revisions });
        note(&mut transaction, &now, to.author, project, "created", detail).await?;
        transaction.commit().await?;
        self.project(project).await
    }
}
