//! Jobs: long computations that a person starts and leaves alone. They go on in the background, survive the program,
//! and are found again instead of being run twice.

use std::{sync::Arc, time::Duration};

use recoup_store::{Enqueued, Job, JobId, JobStatus, NewJob, StoreError};
use serde_json::json;

use crate::{
    App, AppError, ErrorCode,
    app::count,
    backups::checksum,
    risk::{LongSimulation, MonteCarlo},
    shelf::{Place, Shelf},
    wire::{
        CancelJob, DeleteJob, JobFault, JobResult, JobStart, JobState, JobView, Jobs, ListJobs, PauseJob,
        ResumeJob, RiskView, StartSimulation, StartedJob, ViewJob, ViewJobResult,
    },
};

mod kind;
mod queue;
#[cfg(test)]
mod tests;
mod watch;

pub(crate) use kind::{Ended, Fault, JobKind, Kinds};
pub(crate) use queue::Queue;
pub(crate) use watch::Watch;

use queue::Live;
use watch::Stop;

/// How many jobs of a database are shown.
const SHOWN: i64 = 200;
/// How long a job may run where nobody says otherwise.
const USUAL_LIMIT: Duration = Duration::from_secs(600);
/// The least and the most that can be said otherwise.
const LIMITS: (u32, u32) = (1, 86_400);

/// The kinds of jobs that this program knows.
pub(crate) fn kinds() -> Kinds {
    Kinds::new([Arc::new(MonteCarlo) as Arc<dyn JobKind>])
}

/// Starts a simulation, unless the same one waits, runs or is finished.
pub async fn start_simulation(app: &App, request: StartSimulation) -> Result<StartedJob, AppError> {
    let limit_ms = limit(request.limit_seconds)?;
    let opened = app.opened(&request.deal)?;
    let simulation = LongSimulation::asked(&opened.state.deal, &request)?;
    let shelf = app.shelf(opened.place).await?;
    let (kernel, input) = (kind::kernel(&MonteCarlo), json!(simulation));
    let new = NewJob {
        user: &shelf.user.id,
        project: Some(&opened.project),
        job_type: MonteCarlo.name(),
        input_hash: &kind::input_hash(&kernel, Some(opened.project.as_str()), &input),
        kernel: &kernel,
        request: &json!({
            "paths": request.paths,
            "seed": simulation.seed.to_string(),
            "revision": count(opened.version),
        }),
        input: &input,
        total_steps: i64::try_from(simulation.paths).ok(),
        limit_ms,
    };
    let (job, how) = shelf.store.enqueue_job(&new).await?;
    let job = shown(app, opened.place, shelf.queue.live().as_ref(), job);
    shelf.queue.ring();
    let how = match how {
        Enqueued::New => JobStart::New,
        Enqueued::Joined => JobStart::Joined,
        Enqueued::Reused => JobStart::Reused,
    };
    Ok(StartedJob { job, how })
}

/// What came out of a job, or has come out of it so far.
pub async fn view_job_result(app: &App, request: ViewJobResult) -> Result<JobResult, AppError> {
    let found = Found::named(app, &request.job).await?;
    let stored = found.shelf.store.job_result(&found.job.id).await?;
    let live = found.shelf.queue.live().filter(|live| live.id == found.job.id);
    let preview = live.and_then(|live| live.watch.preview());
    let known = stored.as_deref().or(preview.as_deref());
    let mut result: Option<RiskView> = known.map(serde_json::from_str).transpose().map_err(|reason| {
        AppError::new(ErrorCode::DatabaseDamaged, "The result of this job cannot be read. Start it again.")
            .with("reason", reason)
    })?;
    // The same result belongs to every revision with the same deal: the one that was asked about stands beside it.
    let revision = found.job.request.get("revision").and_then(|revision| revision.as_u64());
    if let (Some(result), Some(revision)) = (&mut result, revision) {
        result.revision = whole(revision);
    }
    let job = found.again(app).await?;
    Ok(JobResult { job, result, checksum: stored.map(|bytes| checksum(bytes.as_bytes())) })
}

/// What runs, waits and has ended.
pub async fn list_jobs(app: &App, _request: ListJobs) -> Result<Jobs, AppError> {
    let mut found = Vec::new();
    for (place, shelf) in app.shelves().await {
        let live = shelf.queue.live();
        for job in shelf.store.list_jobs(&shelf.user.id, SHOWN).await? {
            found.push(shown(app, place, live.as_ref(), job));
        }
    }
    // Two places are two queues; together they are one list.
    found.sort_by_key(|job| match job.state {
        JobState::Running => 0,
        JobState::Waiting | JobState::Paused => 1,
        JobState::Completed | JobState::Failed | JobState::Cancelled => 2,
    });
    Ok(Jobs { jobs: found })
}

/// One job as it stands.
pub async fn view_job(app: &App, request: ViewJob) -> Result<JobView, AppError> {
    Found::named(app, &request.job).await?.again(app).await
}

/// Stops a job for good; what it has done is let go of.
pub async fn cancel_job(app: &App, request: CancelJob) -> Result<JobView, AppError> {
    let found = Found::named(app, &request.job).await?;
    found.shelf.store.cancel_job(&found.job.id).await.map_err(|reason| found.refused(reason))?;
    found.shelf.queue.stop(&found.job.id, Stop::Cancelled);
    found.again(app).await
}

/// Stops a job until it is resumed.
pub async fn pause_job(app: &App, request: PauseJob) -> Result<JobView, AppError> {
    let found = Found::named(app, &request.job).await?;
    found.shelf.store.pause_job(&found.job.id).await.map_err(|reason| found.refused(reason))?;
    found.shelf.queue.stop(&found.job.id, Stop::Released);
    found.again(app).await
}

/// Lets a job go on from where it stopped.
pub async fn resume_job(app: &App, request: ResumeJob) -> Result<JobView, AppError> {
    let limit = limit(request.limit_seconds)?;
    let found = Found::named(app, &request.job).await?;
    found.shelf.store.resume_job(&found.job.id, limit).await.map_err(|reason| found.refused(reason))?;
    let view = found.again(app).await;
    found.shelf.queue.ring();
    view
}

/// Takes a job out of the list. One that runs is stopped.
pub async fn delete_job(app: &App, request: DeleteJob) -> Result<JobView, AppError> {
    let found = Found::named(app, &request.job).await?;
    found.shelf.store.delete_job(&found.job.id).await?;
    found.shelf.queue.stop(&found.job.id, Stop::Cancelled);
    Ok(shown(app, found.place, None, found.job))
}

/// How long a job may run, in milliseconds.
fn limit(seconds: Option<u32>) -> Result<i64, AppError> {
    let Some(seconds) = seconds else { return Ok(stored(USUAL_LIMIT)) };
    let (least, most) = LIMITS;
    if !(least..=most).contains(&seconds) {
        return Err(AppError::new(
            ErrorCode::InvalidRequest,
            "A job may run between one second and one day. Give a time in between.",
        )
        .with("path", "limit_seconds")
        .with("given", seconds)
        .with("min", least)
        .with("max", most));
    }
    Ok(stored(Duration::from_secs(seconds.into())))
}

fn stored(time: Duration) -> i64 {
    i64::try_from(time.as_millis()).unwrap_or(i64::MAX)
}

/// A job and where it lies.
struct Found {
    place: Place,
    shelf: Shelf,
    job: Job,
}

impl Found {
    async fn named(app: &App, name: &str) -> Result<Self, AppError> {
        let id = JobId::from(name);
        for (place, shelf) in app.shelves().await {
            match shelf.store.job(&id).await {
                Ok(job) => return Ok(Self { place, shelf, job }),
                Err(StoreError::NotFound { .. }) => {}
                Err(reason) => return Err(reason.into()),
            }
        }
        Err(AppError::new(ErrorCode::NotFound, "There is no such job.").with("job", name))
    }

    /// As it stands now.
    async fn again(&self, app: &App) -> Result<JobView, AppError> {
        let job = self.shelf.store.job(&self.job.id).await?;
        Ok(shown(app, self.place, self.shelf.queue.live().as_ref(), job))
    }

    /// Why it could not be changed.
    fn refused(&self, reason: StoreError) -> AppError {
        let said = match reason {
            StoreError::NotFound { .. } => "The job does not stand as it did. Look at the list again.",
            StoreError::Constraint { .. } => "The same computation waits already. Look at the list again.",
            other => return other.into(),
        };
        AppError::new(ErrorCode::Conflict, said).with("job", &self.job.id)
    }
}

/// A job as it crosses the wire: what is noted of it and, while it runs, what is known of it.
fn shown(app: &App, place: Place, live: Option<&Live>, job: Job) -> JobView {
    let live = live.filter(|live| live.id == job.id && job.status == JobStatus::Running);
    let pace = live.map_or_else(|| queue::pace(&job), |live| live.watch.pace());
    let total = job.total_steps.map(|_| pace.total).or((pace.total > 0).then_some(pace.total));
    let state = match job.status {
        JobStatus::Pending => JobState::Waiting,
        JobStatus::Paused => JobState::Paused,
        JobStatus::Running => JobState::Running,
        JobStatus::Completed => JobState::Completed,
        JobStatus::Failed => JobState::Failed,
        JobStatus::Cancelled => JobState::Cancelled,
    };
    let text = |name: &str| job.request.get(name).and_then(|value| value.as_str()).map(str::to_owned);
    let deal = job.project.as_ref().and_then(|project| app.desk().name_of(place, project));
    JobView {
        job: job.id.to_string(),
        kind: job.job_type,
        project: job.project.filter(|_| place == Place::Library).map(|id| id.to_string()),
        project_name: job.project_name,
        deal,
        paths: job.request.get("paths").and_then(|paths| paths.as_u64()).map(whole),
        seed: text("seed"),
        state,
        pausing: state == JobState::Running && job.pausing,
        done: whole(pace.done),
        total: total.map(whole),
        percent: match state {
            JobState::Completed => 100,
            _ => percent(pace.done, pace.total),
        },
        left_seconds: pace.left.filter(|_| state == JobState::Running).map(ceiling),
        elapsed_seconds: whole(pace.elapsed.as_secs()),
        limit_seconds: job.limit_ms.map(|limit| whole(u64::try_from(limit).unwrap_or(0) / 1000)),
        asked_at: job.created_at,
        began_at: job.started_at,
        ended_at: job.completed_at,
        remarks: live.map_or(job.remarks, Live::remarks),
        fault: job.error.map(fault),
        can_resume: job.has_input && matches!(state, JobState::Paused | JobState::Failed),
    }
}

/// A reason as it was stored, `CODE: sentence`.
fn fault(stored: String) -> JobFault {
    match stored.split_once(": ") {
        Some((code, message)) => JobFault { code: code.to_owned(), message: message.to_owned() },
        None => JobFault { code: stored.to_uppercase(), message: String::new() },
    }
}

fn percent(done: u64, total: u64) -> u32 {
    let parts = done.saturating_mul(100).checked_div(total).unwrap_or(0);
    whole(parts.min(100))
}

fn whole(count: u64) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

/// Whole seconds, begun ones counted: nobody waits for nothing.
fn ceiling(time: Duration) -> u32 {
    whole(time.as_secs() + u64::from(time.subsec_nanos() > 0))
}
