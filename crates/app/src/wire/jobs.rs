//! Jobs: long computations, what runs, waits and has ended.

use serde::{Deserialize, Serialize};

use super::RiskView;

/// Starts a simulation that goes on in the background.
#[derive(Debug, Clone, Serialize, Deserialize, specta::Type)]
#[serde(deny_unknown_fields)]
pub struct StartSimulation {
    /// The open deal.
    pub deal: String,
    /// How many paths; at most, where a precision ends it earlier.
    pub paths: u32,
    /// The seed; the usual one where none is given.
    #[serde(default)]
    pub seed: Option<String>,
    /// Whose return is drawn; the equity where none is given.
    #[serde(default)]
    pub party: Option<String>,
    /// The standard error of that party's probability of recoupment that is small enough, such as `0.0005`.
    #[serde(default)]
    pub precision: Option<String>,
    /// Seconds it may run; ten minutes where it is not given.
    #[serde(default)]
    pub limit_seconds: Option<u32>,
}

/// What became of a computation that was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum JobStart {
    /// It waits for its turn.
    New,
    /// The same waits or runs already.
    Joined,
    /// The same was finished before.
    Reused,
}

/// A computation that was asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct StartedJob {
    /// Its job.
    pub job: JobView,
    /// What became of it.
    pub how: JobStart,
}

/// Asks what came out of a job, or has come out of it so far.
#[derive(Debug, Clone, Serialize, Deserialize, specta::Type)]
#[serde(deny_unknown_fields)]
pub struct ViewJobResult {
    /// The job.
    pub job: String,
}

/// What came out of a job.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct JobResult {
    /// The job as it stands.
    pub job: JobView,
    /// The result, or what it is so far; none before anything is known.
    pub result: Option<RiskView>,
    /// SHA-256 of the stored result, hexadecimal; none while it runs.
    pub checksum: Option<String>,
}

/// Asks for the jobs.
#[derive(Debug, Clone, Serialize, Deserialize, specta::Type)]
#[serde(deny_unknown_fields)]
pub struct ListJobs {}

/// Asks for one job.
#[derive(Debug, Clone, Serialize, Deserialize, specta::Type)]
#[serde(deny_unknown_fields)]
pub struct ViewJob {
    /// The job.
    pub job: String,
}

/// Stops a job for good.
#[derive(Debug, Clone, Serialize, Deserialize, specta::Type)]
#[serde(deny_unknown_fields)]
pub struct CancelJob {
    /// The job.
    pub job: String,
}

/// Stops a job until it is resumed; what it has done is kept.
#[derive(Debug, Clone, Serialize, Deserialize, specta::Type)]
#[serde(deny_unknown_fields)]
pub struct PauseJob {
    /// The job.
    pub job: String,
}

/// Lets a paused job go on, or takes one up again that was given up.
#[derive(Debug, Clone, Serialize, Deserialize, specta::Type)]
#[serde(deny_unknown_fields)]
pub struct ResumeJob {
    /// The job.
    pub job: String,
    /// How much longer a job may run that was given up; ten minutes where it is not given.
    #[serde(default)]
    pub limit_seconds: Option<u32>,
}

/// Takes a job out of the list, with what came out of it.
#[derive(Debug, Clone, Serialize, Deserialize, specta::Type)]
#[serde(deny_unknown_fields)]
pub struct DeleteJob {
    /// The job.
    pub job: String,
}

/// How a job stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum JobState {
    /// In the queue.
    Waiting,
    /// In the queue, passed over until it is resumed.
    Paused,
    /// Under way.
    Running,
    /// Done; there is a result.
    Completed,
    /// Given up; there is a reason.
    Failed,
    /// Stopped by a person.
    Cancelled,
}

/// Why a job was given up.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct JobFault {
    /// `TIME_LIMIT`, `UNKNOWN_KIND`, `INTERRUPTED`, or the code of a refusal.
    pub code: String,
    /// The sentence of the refusal.
    pub message: String,
}

/// One job.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct JobView {
    /// Its identifier.
    pub job: String,
    /// `monte_carlo`, `optimisation` or `evaluation`.
    pub kind: String,
    /// The project it is about.
    pub project: Option<String>,
    /// What that project is called.
    pub project_name: Option<String>,
    /// The open deal it is about, where that is on the desk.
    pub deal: Option<String>,
    /// Paths that were asked for.
    pub paths: Option<u32>,
    /// The seed they are drawn from.
    pub seed: Option<String>,
    /// How it stands.
    pub state: JobState,
    /// It runs and is about to be paused.
    pub pausing: bool,
    /// Steps done.
    pub done: u32,
    /// Steps in all, once known.
    pub total: Option<u32>,
    /// Percent done.
    pub percent: u32,
    /// Seconds it will still take, once that can be said.
    pub left_seconds: Option<u32>,
    /// Seconds spent on it.
    pub elapsed_seconds: u32,
    /// Seconds it may run.
    pub limit_seconds: Option<u32>,
    /// When it was asked for.
    pub asked_at: String,
    /// When it began first.
    pub began_at: Option<String>,
    /// When it ended.
    pub ended_at: Option<String>,
    /// What a person should know: `state_damaged`, `state_of_another_program`, `no_room_for_state`,
    /// `no_room_for_result`.
    pub remarks: Vec<String>,
    /// Why it was given up.
    pub fault: Option<JobFault>,
    /// Whether it can be resumed.
    pub can_resume: bool,
}

/// The jobs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct Jobs {
    /// What runs, then what waits in its order, then what ended with the latest first.
    pub jobs: Vec<JobView>,
}
