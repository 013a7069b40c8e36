//! Long computations: what was asked, how far it is, what came out.
//!
//! A job is identified by its kind and the hash of its input, so that a finished one is found again
//! instead of being run twice. A job that was running when the program ended is marked failed at the next opening.

use serde::Serialize;
use serde_json::{Value, json};
use sqlx::sqlite::SqliteRow;
use sqlx::{Row as _, SqliteConnection};

use crate::change_log::{self, Entry};
use crate::db::Store;
use crate::error::StoreError;
use crate::id::{JobId, ProjectId, UserId};
use crate::statements::statements;

statements! {
    INSERT = "INSERT INTO jobs (id, user_id, project_id, job_type, input_hash, created_at)
        VALUES ($1, $2, $3, $4, $5, $6)";
    SELECT = "SELECT id, user_id, project_id, job_type, input_hash, status, progress, total_steps, current_step,
            result, error, created_at, started_at, completed_at FROM jobs WHERE id = $1";
    LIST = "SELECT id, user_id, project_id, job_type, input_hash, status, progress, total_steps, current_step,
            result, error, created_at, started_at, completed_at FROM jobs WHERE user_id = $1
        ORDER BY created_at DESC, id DESC LIMIT $2";
    FINISHED = "SELECT id, user_id, project_id, job_type, input_hash, status, progress, total_steps, current_step,
            result, error, created_at, started_at, completed_at FROM jobs
        WHERE job_type = $1 AND input_hash = $2 AND status = 'completed' ORDER BY completed_at DESC LIMIT 1";
    START = "UPDATE jobs SET status = 'running', started_at = $2, total_steps = $3
        WHERE id = $1 AND status = 'pending'";
    ADVANCE = "UPDATE jobs SET current_step = $2,
            progress = CASE WHEN total_steps > 0 THEN min(100, $2 * 100 / total_steps) ELSE 0 END
        WHERE id = $1 AND status = 'running'";
    COMPLETE = "UPDATE jobs SET status = 'completed', result = $2, progress = 100, completed_at = $3
        WHERE id = $1 AND status = 'running'";
    FAIL = "UPDATE jobs SET status = 'failed', error = $2, completed_at = $3
        WHERE id = $1 AND status IN ('pending', 'running')";
    CANCEL = "UPDATE jobs SET status = 'cancelled', completed_at = $2
        WHERE id = $1 AND status IN ('pending', 'running')";
    INTERRUPTED = "UPDATE jobs SET status = 'failed', error = 'interrupted', completed_at = $1
        WHERE status IN ('pending', 'running')";
}

/// How a job stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum JobStatus {
    /// Asked for.
    Pending,
    /// Under way.
    Running,
    /// Done; there is a result.
    Completed,
    /// Given up; there is an error.
    Failed,
    /// Stopped by a person.
    Cancelled,
}

/// A long computation.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Job {
    /// Identifier.
    pub id: JobId,
    /// Who asked.
    pub user: UserId,
    /// About which project, if about one.
    pub project: Option<ProjectId>,
    /// What kind of computation.
    pub job_type: String,
    /// Hash of everything it depends on.
    pub input_hash: String,
    /// How it stands.
    pub status: JobStatus,
    /// Percent done.
    pub progress: i64,
    /// Steps in all, once known.
    pub total_steps: Option<i64>,
    /// Steps done.
    pub current_step: i64,
    /// What came out.
    pub result: Option<Value>,
    /// Why it was given up.
    pub error: Option<String>,
    /// When it was asked for.
    pub created_at: String,
    /// When it began.
    pub started_at: Option<String>,
    /// When it ended.
    pub completed_at: Option<String>,
}

impl Store {
    /// Notes that a computation is wanted.
    ///
    /// # Errors
    /// `NotFound` for an unknown person or project.
    pub async fn create_job(
        &self,
        user: &UserId,
        project: Option<&ProjectId>,
        job_type: &str,
        input_hash: &str,
    ) -> Result<Job, StoreError> {
        self.user(user).await?;
        let (id, now) = (JobId::fresh(), self.now());
        let mut transaction = self.write().await?;
        if let Some(project) = project {
            crate::projects::project_exists(&mut transaction, project).await?;
        }
        sqlx::query(INSERT)
            .bind(id.as_str())
            .bind(user.as_str())
            .bind(project.map(ProjectId::as_str))
            .bind(job_type)
            .bind(input_hash)
            .bind(&now)
            .execute(&mut *transaction)
            .await?;
        log(&mut transaction, &now, &id, "created").await?;
        transaction.commit().await?;
        self.job(&id).await
    }

    /// One job.
    ///
    /// # Errors
    /// `NotFound`.
    pub async fn job(&self, id: &JobId) -> Result<Job, StoreError> {
        let mut connection = self.reader().await?;
        let row = sqlx::query(SELECT).bind(id.as_str()).fetch_optional(&mut *connection).await?;
        job(&row.ok_or_else(|| StoreError::not_found("job", id))?)
    }

    /// The latest jobs of a person.
    ///
    /// # Errors
    /// As any read.
    pub async fn list_jobs(&self, user: &UserId, limit: i64) -> Result<Vec<Job>, StoreError> {
        let mut connection = self.reader().await?;
        let rows = sqlx::query(LIST).bind(user.as_str()).bind(limit).fetch_all(&mut *connection).await?;
        rows.iter().map(job).collect()
    }

    /// The finished job with this input, if it was ever run.
    ///
    /// # Errors
    /// As any read.
    pub async fn finished_job(&self, job_type: &str, input_hash: &str) -> Result<Option<Job>, StoreError> {
        let mut connection = self.reader().await?;
        let found = sqlx::query(FINISHED).bind(job_type).bind(input_hash);
        found.fetch_optional(&mut *connection).await?.as_ref().map(job).transpose()
    }

    /// A pending job begins.
    ///
    /// # Errors
    /// `NotFound` when it is not pending.
    pub async fn start_job(&self, id: &JobId, total_steps: Option<i64>) -> Result<(), StoreError> {
        let now = self.now();
        let query = sqlx::query(START).bind(id.as_str()).bind(&now).bind(total_steps);
        self.transition(id, query, &now, "started").await
    }

    /// A running job has done this many steps. Progress is not a change worth logging.
    ///
    /// # Errors
    /// `NotFound` when it is not running.
    pub async fn advance_job(&self, id: &JobId, current_step: i64) -> Result<(), StoreError> {
        let mut connection = self.writer().await?;
        let done =
            sqlx::query(ADVANCE).bind(id.as_str()).bind(current_step).execute(&mut *connection).await?;
        if done.rows_affected() == 1 { Ok(()) } else { Err(StoreError::not_found("running job", id)) }
    }

    /// A running job ends with a result.
    ///
    /// # Errors
    /// `NotFound` when it is not running.
    pub async fn complete_job(&self, id: &JobId, result: &Value) -> Result<(), StoreError> {
        let now = self.now();
        let query = sqlx::query(COMPLETE).bind(id.as_str()).bind(result.to_string()).bind(&now);
        self.transition(id, query, &now, "completed").await
    }

    /// A job is given up.
    ///
    /// # Errors
    /// `NotFound` when it has ended already.
    pub async fn fail_job(&self, id: &JobId, error: &str) -> Result<(), StoreError> {
        let now = self.now();
        let query = sqlx::query(FAIL).bind(id.as_str()).bind(error).bind(&now);
        self.transition(id, query, &now, "failed").await
    }

    /// A job is stopped by a person.
    ///
    /// # Errors
    /// `NotFound` when it has ended already.
    pub async fn cancel_job(&self, id: &JobId) -> Result<(), StoreError> {
        let now = self.now();
        let query = sqlx::query(CANCEL).bind(id.as_str()).bind(&now);
        self.transition(id, query, &now, "cancelled").await
    }

    /// Nothing runs when a database is opened: whatever says so was cut off.
    pub(crate) async fn end_interrupted_jobs(&self) -> Result<(), StoreError> {
        let mut connection = self.writer().await?;
        sqlx::query(INTERRUPTED).bind(self.now()).execute(&mut *connection).await?;
        Ok(())
    }

    async fn transition(
        &self,
        id: &JobId,
        query: sqlx::query::Query<'_, sqlx::Sqlite, sqlx::sqlite::SqliteArguments>,
        now: &str,
        action: &'static str,
    ) -> Result<(), StoreError> {
        let mut transaction = self.write().await?;
        if query.execute(&mut *transaction).await?.rows_affected() == 0 {
            return Err(StoreError::not_found("job in the right state", id));
        }
        log(&mut transaction, now, id, action).await?;
        Ok(transaction.commit().await?)
    }
}

async fn log(
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

fn job(row: &SqliteRow) -> Result<Job, StoreError> {
    let status = match row.try_get::<String, _>("status")?.as_str() {
        "pending" => JobStatus::Pending,
        "running" => JobStatus::Running,
        "completed" => JobStatus::Completed,
        "failed" => JobStatus::Failed,
        "cancelled" => JobStatus::Cancelled,
        other => return Err(StoreError::corrupt(format!("a job in state {other}"))),
    };
    Ok(Job {
        id: row.try_get::<String, _>("id")?.into(),
        user: row.try_get::<String, _>("user_id")?.into(),
        project: row.try_get::<Option<String>, _>("project_id")?.map(ProjectId::from),
        job_type: row.try_get("job_type")?,
        input_hash: row.try_get("input_hash")?,
        status,
        progress: row.try_get("progress")?,
        total_steps: row.try_get("total_steps")?,
        current_step: row.try_get("current_step")?,
        result: change_log::optional_json(row, "result")?,
        error: row.try_get("error")?,
        created_at: row.try_get("created_at")?,
        started_at: row.try_get("started_at")?,
        completed_at: row.try_get("completed_at")?,
    })
}
