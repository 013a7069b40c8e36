//! Long computations: what was asked, how far it is, what came out.
//!
//! A job holds everything it runs on, so that any later program can run it. It is identified by its kind and the
//! hash of that input: a finished one is found again instead of being run twice, one that waits is joined. A job that
//! was running when the program ended goes back to the queue at the next opening, with the state it had kept.

use serde::Serialize;
use serde_json::Value;
use sqlx::Row as _;
use sqlx::sqlite::SqliteRow;

use crate::change_log;
use crate::db::Store;
use crate::error::StoreError;
use crate::id::{JobId, ProjectId, UserId};
use crate::job_queue::log;
use crate::statements::statements;

macro_rules! jobs_where {
    ($rest:literal) => {
        concat!(
            "SELECT j.id, j.user_id, j.project_id, p.name AS project_name, j.job_type, j.input_hash, j.kernel,
            j.request, j.status, j.paused_at, j.progress, j.total_steps, j.current_step, j.error, j.remarks,
            j.created_at, j.started_at, j.completed_at, j.elapsed_ms, j.limit_ms, j.position,
            j.input IS NOT NULL AS has_input,
            EXISTS (SELECT 1 FROM job_checkpoints c WHERE c.job_id = j.id) AS has_checkpoint
        FROM jobs j LEFT JOIN projects p ON p.id = j.project_id ",
            $rest
        )
    };
}

statements! {
    INSERT = "INSERT INTO jobs (id, user_id, project_id, job_type, input_hash, kernel, request, input, limit_ms,
            total_steps, created_at, position)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, (SELECT coalesce(max(position), 0) + 1 FROM jobs))";
    SELECT = jobs_where!("WHERE j.id = $1");
    LIST = jobs_where!("WHERE j.user_id = $1
        ORDER BY CASE j.status WHEN 'running' THEN 0 WHEN 'pending' THEN 1 ELSE 2 END,
            CASE WHEN j.status IN ('running', 'pending') THEN j.position ELSE 0 END, j.completed_at DESC, j.id DESC
        LIMIT $2");
    KNOWN = jobs_where!("WHERE j.job_type = $1 AND j.input_hash = $2
            AND j.status IN ('completed', 'pending', 'running')
        ORDER BY CASE j.status WHEN 'completed' THEN 0 ELSE 1 END, j.completed_at DESC LIMIT 1");
    INPUT = "SELECT input FROM jobs WHERE id = $1";
    RESULT = "SELECT result FROM jobs WHERE id = $1";
}

/// How a job stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum JobStatus {
    /// In the queue.
    Pending,
    /// In the queue, passed over until a person lets it go on.
    Paused,
    /// Under way.
    Running,
    /// Done; there is a result.
    Completed,
    /// Given up; there is an error.
    Failed,
    /// Stopped by a person.
    Cancelled,
}

/// A computation that is wanted.
#[derive(Debug, Clone, PartialEq)]
pub struct NewJob<'a> {
    /// Who asks.
    pub user: &'a UserId,
    /// About which project, if about one.
    pub project: Option<&'a ProjectId>,
    /// What kind of computation.
    pub job_type: &'a str,
    /// Hash of everything the result depends on, the kernel included.
    pub input_hash: &'a str,
    /// Which program computes it; a state kept by another one is not gone on from.
    pub kernel: &'a str,
    /// What was asked, for those who look at the list.
    pub request: &'a Value,
    /// What it runs on, whole.
    pub input: &'a Value,
    /// Steps in all, where they are known.
    pub total_steps: Option<i64>,
    /// How long it may run, in milliseconds.
    pub limit_ms: i64,
}

/// What became of a wanted computation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Enqueued {
    /// It waits now.
    New,
    /// The same is under way already.
    Joined,
    /// The same was finished before.
    Reused,
}

/// How far a running job is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct JobProgress {
    /// Steps done.
    pub current_step: i64,
    /// Steps in all, once known.
    pub total_steps: Option<i64>,
    /// Time spent on it, over all its beginnings.
    pub elapsed_ms: i64,
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
    /// The name of that project.
    pub project_name: Option<String>,
    /// What kind of computation.
    pub job_type: String,
    /// Hash of everything it depends on.
    pub input_hash: String,
    /// Which program it was asked of.
    pub kernel: String,
    /// What was asked.
    pub request: Value,
    /// How it stands.
    pub status: JobStatus,
    /// Whether a person wants it paused: a running job comes to it soon.
    pub pausing: bool,
    /// Percent done.
    pub progress: i64,
    /// Steps in all, once known.
    pub total_steps: Option<i64>,
    /// Steps done when that was last noted.
    pub current_step: i64,
    /// Why it was given up.
    pub error: Option<String>,
    /// What happened on the way that a person should know.
    pub remarks: Vec<String>,
    /// When it was asked for.
    pub created_at: String,
    /// When it began first.
    pub started_at: Option<String>,
    /// When it ended.
    pub completed_at: Option<String>,
    /// Time spent on it when that was last noted.
    pub elapsed_ms: i64,
    /// How long it may run.
    pub limit_ms: Option<i64>,
    /// Its place in the order in which jobs are begun.
    pub position: i64,
    /// Whether it can be run, or run again.
    pub has_input: bool,
    /// Whether there is a state to go on from.
    pub has_checkpoint: bool,
}

impl Store {
    /// Notes that a computation is wanted, unless the same one waits or is finished.
    ///
    /// # Errors
    /// `NotFound` for an unknown person or project.
    pub async fn enqueue_job(&self, new: &NewJob<'_>) -> Result<(Job, Enqueued), StoreError> {
        self.user(new.user).await?;
        let (id, now) = (JobId::fresh(), self.now());
        let mut transaction = self.write().await?;
        let known = sqlx::query(KNOWN).bind(new.job_type).bind(new.input_hash);
        if let Some(row) = known.fetch_optional(&mut *transaction).await? {
            let job = job(&row)?;
            let how = if job.status == JobStatus::Completed { Enqueued::Reused } else { Enqueued::Joined };
            return Ok((job, how));
        }
        if let Some(project) = new.project {
            crate::projects::project_exists(&mut transaction, project).await?;
        }
        sqlx::query(INSERT)
            .bind(id.as_str())
            .bind(new.user.as_str())
            .bind(new.project.map(ProjectId::as_str))
            .bind(new.job_type)
            .bind(new.input_hash)
            .bind(new.kernel)
            .bind(new.request.to_string())
            .bind(new.input.to_string())
            .bind(new.limit_ms)
            .bind(new.total_steps)
            .bind(&now)
            .execute(&mut *transaction)
            .await?;
        log(&mut transaction, &now, &id, "created").await?;
        let row = sqlx::query(SELECT).bind(id.as_str()).fetch_one(&mut *transaction).await?;
        let created = job(&row)?;
        transaction.commit().await?;
        Ok((created, Enqueued::New))
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

    /// The jobs of a person: what runs, what waits in its order, what ended with the latest first.
    ///
    /// # Errors
    /// As any read.
    pub async fn list_jobs(&self, user: &UserId, limit: i64) -> Result<Vec<Job>, StoreError> {
        let mut connection = self.reader().await?;
        let rows = sqlx::query(LIST).bind(user.as_str()).bind(limit).fetch_all(&mut *connection).await?;
        rows.iter().map(job).collect()
    }

    /// What a job runs on, as it was given; `None` once it has ended for good.
    ///
    /// # Errors
    /// `NotFound`.
    pub async fn job_input(&self, id: &JobId) -> Result<Option<Value>, StoreError> {
        let mut connection = self.reader().await?;
        let row = sqlx::query(INPUT).bind(id.as_str()).fetch_optional(&mut *connection).await?;
        change_log::optional_json(&row.ok_or_else(|| StoreError::not_found("job", id))?, "input")
    }

    /// What came out, byte for byte.
    ///
    /// # Errors
    /// `NotFound`.
    pub async fn job_result(&self, id: &JobId) -> Result<Option<String>, StoreError> {
        let mut connection = self.reader().await?;
        let row = sqlx::query(RESULT).bind(id.as_str()).fetch_optional(&mut *connection).await?;
        Ok(row.ok_or_else(|| StoreError::not_found("job", id))?.try_get("result")?)
    }
}

fn job(row: &SqliteRow) -> Result<Job, StoreError> {
    let is_paused = row.try_get::<Option<String>, _>("paused_at")?.is_some();
    let status = match row.try_get::<String, _>("status")?.as_str() {
        "pending" if is_paused => JobStatus::Paused,
        "pending" => JobStatus::Pending,
        "running" => JobStatus::Running,
        "completed" => JobStatus::Completed,
        "failed" => JobStatus::Failed,
        "cancelled" => JobStatus::Cancelled,
        other => return Err(StoreError::corrupt(format!("a job in state {other}"))),
    };
    let remarks = change_log::json(row, "remarks")?;
    Ok(Job {
        id: row.try_get::<String, _>("id")?.into(),
        user: row.try_get::<String, _>("user_id")?.into(),
        project: row.try_get::<Option<String>, _>("project_id")?.map(ProjectId::from),
        project_name: row.try_get("project_name")?,
        job_type: row.try_get("job_type")?,
        input_hash: row.try_get("input_hash")?,
        kernel: row.try_get("kernel")?,
        request: change_log::json(row, "request")?,
        status,
        pausing: is_paused,
        progress: row.try_get("progress")?,
        total_steps: row.try_get("total_steps")?,
        current_step: row.try_get("current_step")?,
        error: row.try_get("error")?,
        remarks: serde_json::from_value(remarks)
            .map_err(|error| StoreError::corrupt(format!("remarks: {error}")))?,
        created_at: row.try_get("created_at")?,
        started_at: row.try_get("started_at")?,
        completed_at: row.try_get("completed_at")?,
        elapsed_ms: row.try_get("elapsed_ms")?,
        limit_ms: row.try_get("limit_ms")?,
        position: row.try_get("position")?,
        has_input: row.try_get("has_input")?,
        has_checkpoint: row.try_get("has_checkpoint")?,
    })
}
