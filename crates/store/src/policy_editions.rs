//! Which text of which law a project's figures were computed with.

use serde_json::Value;
use sqlx::{Row as _, SqliteConnection};

use crate::change_log;
use crate::db::Store;
use crate::document::hash;
use crate::error::StoreError;
use crate::id::ProjectId;
use crate::statements::statements;

statements! {
    KEEP = "INSERT INTO policy_editions (fingerprint, policy, created_at) VALUES ($1, $2, $3)
        ON CONFLICT (fingerprint) DO NOTHING";
    NOTE = "INSERT INTO project_editions (project_id, program, from_day, fingerprint, updated_at)
        VALUES ($1, $2, $3, $4, $5) ON CONFLICT (project_id, program, from_day) DO NOTHING";
    SETTLE = "UPDATE project_editions SET fingerprint = $4, declined = $5, updated_at = $6
        WHERE project_id = $1 AND program = $2 AND from_day = $3";
    LIST = "SELECT p.program, p.from_day, p.fingerprint, p.declined, e.policy
        FROM project_editions p JOIN policy_editions e ON e.fingerprint = p.fingerprint
        WHERE p.project_id = $1 ORDER BY p.program, p.from_day";
}

/// The text of a version of a program, by its fingerprint.
#[derive(Debug, Clone, PartialEq)]
pub struct PolicyEdition {
    /// Program id.
    pub program: String,
    /// First day of the version.
    pub from_day: String,
    /// SHA-256 of the text, hexadecimal.
    pub fingerprint: String,
    /// The text, in the form the incentive engine reads.
    pub policy: Value,
}

impl PolicyEdition {
    /// A text with its fingerprint, in which the order of its fields is no difference.
    #[must_use]
    pub fn of(program: &str, from_day: &str, policy: Value) -> Self {
        let fingerprint = hash(&policy);
        Self { program: program.to_owned(), from_day: from_day.to_owned(), fingerprint, policy }
    }
}

/// The text a project's figures were computed with.
#[derive(Debug, Clone, PartialEq)]
pub struct ProjectEdition {
    /// The text.
    pub edition: PolicyEdition,
    /// Fingerprint of the text that was offered and not wanted.
    pub declined: Option<String>,
}

impl Store {
    /// The texts a project's figures were computed with, by program and first day.
    ///
    /// # Errors
    /// As any read.
    pub async fn list_project_editions(
        &self,
        project: &ProjectId,
    ) -> Result<Vec<ProjectEdition>, StoreError> {
        let mut connection = self.reader().await?;
        let rows = sqlx::query(LIST).bind(project.as_str()).fetch_all(&mut *connection).await?;
        rows.iter()
            .map(|row| {
                Ok(ProjectEdition {
                    edition: PolicyEdition {
                        program: row.try_get("program")?,
                        from_day: row.try_get("from_day")?,
                        fingerprint: row.try_get("fingerprint")?,
                        policy: change_log::json(row, "policy")?,
                    },
                    declined: row.try_get("declined")?,
                })
            })
            .collect()
    }

    /// Notes the texts a project's figures are computed with for the first time; what is noted already stays.
    ///
    /// # Errors
    /// As any write.
    pub async fn note_project_editions(
        &self,
        project: &ProjectId,
        editions: &[PolicyEdition],
    ) -> Result<(), StoreError> {
        if editions.is_empty() {
            return Ok(());
        }
        let now = self.now();
        let mut transaction = self.write().await?;
        for edition in editions {
            keep(&mut transaction, edition, &now).await?;
            sqlx::query(NOTE)
                .bind(project.as_str())
                .bind(&edition.program)
                .bind(&edition.from_day)
                .bind(&edition.fingerprint)
                .bind(&now)
                .execute(&mut *transaction)
                .await?;
        }
        Ok(transaction.commit().await?)
    }

    /// What became of an offered text: the one the figures are computed with from now on, and the one that was
    /// not wanted.
    ///
    /// # Errors
    /// `NotFound` where nothing is noted for this version.
    pub async fn settle_project_edition(
        &self,
        project: &ProjectId,
        edition: &PolicyEdition,
        declined: Option<&str>,
    ) -> Result<(), StoreError> {
        let now = self.now();
        let mut transaction = self.write().await?;
        keep(&mut transaction, edition, &now).await?;
        let changed = sqlx::query(SETTLE)
            .bind(project.as_str())
            .bind(&edition.program)
            .bind(&edition.from_day)
            .bind(&edition.fingerprint)
            .bind(declined)
            .bind(&now)
            .execute(&mut *transaction)
            .await?;
        if changed.rows_affected() == 0 {
            return Err(StoreError::not_found("edition of a project", &edition.program));
        }
        Ok(transaction.commit().await?)
    }
}

async fn keep(
    connection: &mut SqliteConnection,
    edition: &PolicyEdition,
    now: &str,
) -> Result<(), StoreError> {
    sqlx::query(KEEP)
        .bind(&edition.fingerprint)
        .bind(edition.policy.to_string())
        .bind(now)
        .execute(connection)
        .await?;
    Ok(())
}
