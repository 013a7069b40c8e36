//! The ways of a job through the queue: begun one at a time in the order of asking, paused, let go on, ended.

use serde_json::json;
use sqlx::{Row as _, SqliteConnection};

use crate::change_log::Entry;
use crate::db::Store;
use crate::error::StoreError;
use crate::id::{JobId, ProjectId, UserId};
use crate::jobs::{Job, JobProgress};
use crate::statements::statements;

statements! {
    TAKE = "UPDATE jobs SET status = 'running', started_at = coalesce(started_at, $1)
        WHERE id = (SELECT id FROM jobs WHERE status = 'pending' AND paused_at IS NULL AND input IS NOT NULL
                ORDER BY position, id LIMIT 1)
            AND NOT EXISTS (SELECT 1 FROM jobs WHERE status = 'running')
        RETURNING id";
    ADVANCE = "UPDATE jobs SET current_step = $2, total_steps = $3, elapsed_ms = $4,
            progress = CASE WHEN $3 > 0 THEN min(100, $2 * 100 / $3) ELSE 0 END
        WHERE id = $1 AND status = 'running'";
    RENAME = "UPDATE jobs SET kernel = $2, input_hash = $3 WHERE id = $1";
    REMARK = "UPDATE jobs SET remarks = $2 WHERE id = $1";
    COMPLETE = "UPDATE jobs SET status = 'completed', result = $2, progress = 100, completed_at = $3,
            current_step = $4, total_steps = $5, elapsed_ms = $6, input = NULL, paused_at = NULL
        WHERE id = $1 AND status = 'running'";
    FAIL = "UPDATE jobs SET status = 'failed', error = $2, completed_at = $3, elapsed_ms = $4, paused_at = NULL
        WHERE id = $1 AND status = 'running'";
    CANCEL = "UPDATE jobs SET status = 'cancelled', completed_at = $2, input = NULL, paused_at = NULL
        WHERE id = $1 AND status IN ('pending', 'running')";
    PAUSE = "UPDATE jobs SET paused_at = $2 WHERE id = $1 AND status IN ('pending', 'running')";
    RELEASE = "UPDATE jobs SET status = 'pending', elapsed_ms = $2 WHERE id = $1 AND status = 'running'";
    UNPAUSE = "UPDATE jobs SET paused_at = NULL WHERE id = $1 AND status IN ('pending', 'running')
            AND paused_at IS NOT NULL";
    REPEAT = "UPDATE jobs SET status = 'pending', error = NULL, completed_at = NULL, limit_ms = elapsed_ms + $2,
            position = (SELECT coalesce(max(position), 0) + 1 FROM jobs)
        WHERE id = $1 AND status = 'failed' AND input IS NOT NULL";
    DELETE = "DELETE FROM jobs WHERE id = $1";
    INTERRUPTED = "UPDATE jobs SET status = 'pending' WHERE status = 'running'";
    CARRIED = "SELECT id, job_type, input_hash, kernel, request, input, status, progress, total_steps, current_step,
            result, error, created_at, started_at, completed_at, position, paused_at, elapsed_ms, limit_ms, remarks
        FROM jobs WHERE project_id = $1 ORDER BY position, id";
    CARRY = "INSERT INTO jobs (id, user_id, project_id, job_type, input_hash, kernel, request, input, status,
            progress, total_steps, current_step, result, error, created_at, started_at, completed_at, position,
            paused_at, elapsed_ms, limit_ms, remarks)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17,
            (SELECT coalesce(max(position), 0) + 1 FROM jobs), $18, $19, $20, $21)";
}

impl Store {
    /// The next job begins: the first in the queue that is not paused, unless one is under way.
    ///
    /// # Errors
    /// As any write.
    pub async fn take_job(&self) -> Result<Option<Job>, StoreError> {
        let now = self.now();
        let mut transaction = self.write().await?;
        let taken = sqlx::query(TAKE).bind(&now).fetch_optional(&mut *transaction).await?;
        let Some(taken) = taken else { return Ok(None) };
        let id = JobId::from(taken.try_get::<String, _>("id")?);
        log(&mut transaction, &now, &id, "started").await?;
        transaction.commit().await?;
        self.job(&id).await.map(Some)
    }

    /// Another program computes the job from now on, and it is known by another hash.
    ///
    /// # Errors
    /// `NotFound`; `Constraint` `jobs_waiting_input` where the same waits already.
    pub async fn rename_job_input(
        &self,
        id: &JobId,
        kernel: &str,
        input_hash: &str,
    ) -> Result<(), StoreError> {
        let mut connection = self.writer().await?;
        let query = sqlx::query(RENAME).bind(id.as_str()).bind(kernel).bind(input_hash);
        one(query.execute(&mut *connection).await?.rows_affected(), id)
    }

    /// What a person should know of a job, in place of what was said before.
    ///
    /// # Errors
    /// `NotFound`.
    pub async fn remark_job(&self, id: &JobId, remarks: &[String]) -> Result<(), StoreError> {
        let mut connection = self.writer().await?;
        let query = sqlx::query(REMARK).bind(id.as_str()).bind(json!(remarks).to_string());
        one(query.execute(&mut *connection).await?.rows_affected(), id)
    }

    /// A running job ends with a result.
    ///
    /// # Errors
    /// `NotFound` when it is not running.
    pub async fn complete_job(
        &self,
        id: &JobId,
        result: &str,
        progress: &JobProgress,
    ) -> Result<(), StoreError> {
        let now = self.now();
        let query = sqlx::query(COMPLETE)
            .bind(id.as_str())
            .bind(result)
            .bind(&now)
            .bind(progress.current_step)
            .bind(progress.total_steps)
            .bind(progress.elapsed_ms);
        self.transition(id, query, &now, "completed", true).await
    }

    /// A running job is given up. Its input and its state stay, so that it can be taken up again.
    ///
    /// # Errors
    /// `NotFound` when it is not running.
    pub async fn fail_job(&self, id: &JobId, error: &str, elapsed_ms: i64) -> Result<(), StoreError> {
        let now = self.now();
        let query = sqlx::query(FAIL).bind(id.as_str()).bind(error).bind(&now).bind(elapsed_ms);
        self.transition(id, query, &now, "failed", false).await
    }

    /// A job is stopped by a person, for good.
    ///
    /// # Errors
    /// `NotFound` when it has ended already.
    pub async fn cancel_job(&self, id: &JobId) -> Result<(), StoreError> {
        let now = self.now();
        let query = sqlx::query(CANCEL).bind(id.as_str()).bind(&now);
        self.transition(id, query, &now, "cancelled", true).await
    }

    /// A job is not to be begun, or not to go on, until a person says so.
    ///
    /// # Errors
    /// `NotFound` when it has ended.
    pub async fn pause_job(&self, id: &JobId) -> Result<(), StoreError> {
        let now = self.now();
        let query = sqlx::query(PAUSE).bind(id.as_str()).bind(&now);
        self.transition(id, query, &now, "paused", false).await
    }

    /// A running job goes back to its place in the queue, as when it is paused or the database is closed.
    ///
    /// # Errors
    /// `NotFound` when it is not running.
    pub async fn release_job(&self, id: &JobId, elapsed_ms: i64) -> Result<(), StoreError> {
        let now = self.now();
        let query = sqlx::query(RELEASE).bind(id.as_str()).bind(elapsed_ms);
        self.transition(id, query, &now, "released", false).await
    }

    /// A paused job waits again; one that was given up does too, and may run `limit_ms` longer.
    ///
    /// # Errors
    /// `NotFound` when it is neither, or when the same computation waits already (`Constraint`).
    pub async fn resume_job(&self, id: &JobId, limit_ms: i64) -> Result<(), StoreError> {
        let now = self.now();
        let query = sqlx::query(UNPAUSE).bind(id.as_str());
        match self.transition(id, query, &now, "resumed", false).await {
            Err(StoreError::NotFound { .. }) => {
                let query = sqlx::query(REPEAT).bind(id.as_str()).bind(limit_ms);
                self.transition(id, query, &now, "resumed", false).await
            }
            other => other,
        }
    }

    /// A job and everything of it is gone.
    ///
    /// # Errors
    /// `NotFound`.
    pub async fn delete_job(&self, id: &JobId) -> Result<(), StoreError> {
        let now = self.now();
        let query = sqlx::query(DELETE).bind(id.as_str());
        self.transition(id, query, &now, "deleted", false).await
    }

    /// Nothing runs when a database is opened: whatever says so was cut off, and waits again where it was.
    pub(crate) async fn requeue_interrupted_jobs(&self) -> Result<(), StoreError> {
        let mut connection = self.writer().await?;
        sqlx::query(INTERRUPTED).execute(&mut *connection).await?;
        Ok(())
    }

    async fn transition(
        &self,
        id: &JobId,
        query: sqlx::query::Query<'_, sqlx::Sqlite, sqlx::sqlite::SqliteArguments>,
        now: &str,
        action: &'static str,
        is_last: bool,
    ) -> Result<(), StoreError> {
        let mut transaction = self.write().await?;
        one(query.execute(&mut *transaction).await?.rows_affected(), id)?;
        if is_last {
            crate::job_checkpoints::drop_of(&mut transaction, id).await?;
        }
        log(&mut transaction, now, id, action).await?;
        Ok(transaction.commit().await?)
    }
}

/// A running job has done this much. Progress is not a change worth logging.
pub(crate) async fn advance(
    connection: &mut SqliteConnection,
    id: &JobId,
    progress: &JobProgress,
) -> Result<(), StoreError> {
    let query = sqlx::query(ADVANCE)
        .bind(id.as_str())
        .bind(progress.current_step)
        .bind(progress.total_steps)
        .bind(progress.elapsed_ms);
    one(query.execute(connection).await?.rows_affected(), id)
}

/// Copies a project's jobs into another database; what runs there waits here.
pub(crate) async fn carry(
    source: &mut SqliteConnection,
    target: &mut SqliteConnection,
    project: &ProjectId,
    user: &UserId,
) -> Result<(), StoreError> {
    for row in sqlx::query(CARRIED).bind(project.as_str()).fetch_all(&mut *source).await? {
        let id = JobId::from(row.try_get::<String, _>("id")?);
        let status = row.try_get::<String, _>("status")?;
        sqlx::query(CARRY)
            .bind(id.as_str())
            .bind(user.as_str())
            .bind(project.as_str())
            .bind(row.try_get::<String, _>("job_type")?)
            .bind(row.try_get::<String, _>("input_hash")?)
            .bind(row.try_get::<String, _>("kernel")?)
            .bind(row.try_get::<String, _>("request")?)
            .bind(row.try_get::<Option<String>, _>("input")?)
            .bind(if status == "running" { "pending" } else { &status })
            .bind(row.try_get::<i64, _>("progress")?)
            .bind(row.try_get::<Option<i64>, _>("total_steps")?)
            .bind(row.try_get::<i64, _>("current_step")?)
            .bind(row.try_get::<Option<String>, _>("result")?)
            .bind(row.try_get::<Option<String>, _>("error")?)
            .bind(row.try_get::<String, _>("created_at")?)
            .bind(row.try_get::<Option<String>, _>("started_at")?)
            .bind(row.try_get::<Option<String>, _>("completed_at")?)
            .bind(row.try_get::<Option<String>, _>("paused_at")?)
            .bind(row.try_get::<i64, _>("elapsed_ms")?)
            .bind(row.try_get::<Option<i64>, _>("limit_ms")?)
            .bind(row.try_get::<String, _>("remarks")?)
            .execute(&mut *target)
            .await?;
        crate::job_checkpoints::carry(source, target, &id).await?;
    }
    Ok(())
}

fn one(changed: u64, id: &JobId) -> Result<(), StoreError> {
    if changed == 1 { Ok(()) } else { Err(StoreError::not_found("job in the right state", id)) }
}

pub(crate) async fn log(
    connection: &mut SqliteConnection,
    at: &str,
    id: &JobId,
    action: &'static str,
) -> Result<(), StoreError> {
    let id = id.as_str();
    Entry { at, author: "", entity: "job", id, project: None, action, detail: json!({}) }
        .append(connection)
        .await
}
