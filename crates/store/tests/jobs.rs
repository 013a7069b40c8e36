//! The queue of long computations: order, sameness, states to go on from, and what a killed program leaves.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test stops where it cannot go on")]

mod support;

use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use recoup_store::{
    Checkpoint, Destination, Enqueued, Job, JobId, JobProgress, JobStatus, NewJob, Options, Project, Store,
    StoreError, User,
};
use serde_json::json;
use sqlx::Connection as _;
use support::{key, on_disk, project, user};

async fn enqueue(store: &Store, user: &User, project: &Project, hash: &str) -> (Job, Enqueued) {
    let (request, input) = (json!({ "paths": 1000 }), json!({ "deal": hash }));
    let new = NewJob {
        user: &user.id,
        project: Some(&project.id),
        job_type: "monte_carlo",
        input_hash: hash,
        kernel: "1",
        request: &request,
        input: &input,
        total_steps: Some(1000),
        limit_ms: 600_000,
    };
    store.enqueue_job(&new).await.unwrap()
}

fn at(step: i64) -> JobProgress {
    JobProgress { current_step: step, total_steps: Some(1000), elapsed_ms: step }
}

fn kept(state: Vec<u8>) -> Checkpoint {
    Checkpoint { kernel: "1".to_owned(), state }
}

async fn statuses(store: &Store, user: &User) -> Vec<JobStatus> {
    store.list_jobs(&user.id, 100).await.unwrap().iter().map(|job| job.status).collect()
}

#[tokio::test]
async fn one_runs_at_a_time_in_the_order_of_asking_and_the_same_is_not_run_twice() {
    let store = Store::in_memory().await.unwrap();
    let user = user(&store).await;
    let project = project(&store, &user, "The Comet").await;
    let (first, how) = enqueue(&store, &user, &project, "a").await;
    assert_eq!(
        (how, first.status, first.project_name.as_deref()),
        (Enqueued::New, JobStatus::Pending, Some("The Comet"))
    );
    let (again, how) = enqueue(&store, &user, &project, "a").await;
    assert_eq!((&again.id, how), (&first.id, Enqueued::Joined));
    let (second, _) = enqueue(&store, &user, &project, "b").await;
    let (third, _) = enqueue(&store, &user, &project, "c").await;

    store.pause_job(&second.id).await.unwrap();
    assert_eq!(store.take_job().await.unwrap().unwrap().id, first.id);
    assert_eq!(store.take_job().await.unwrap(), None, "one at a time");
    assert_eq!(enqueue(&store, &user, &project, "a").await.1, Enqueued::Joined);
    store.complete_job(&first.id, "{\"p50\": 0.1}", &at(1000)).await.unwrap();
    let (found, how) = enqueue(&store, &user, &project, "a").await;
    assert_eq!((&found.id, how, found.has_input), (&first.id, Enqueued::Reused, false));
    assert_eq!(store.job_result(&first.id).await.unwrap().unwrap(), "{\"p50\": 0.1}", "byte for byte");
    assert!(store.cancel_job(&first.id).await.is_err(), "it has ended");

    assert_eq!(store.take_job().await.unwrap().unwrap().id, third.id, "what is paused is passed over");
    store.cancel_job(&third.id).await.unwrap();
    assert_eq!(store.take_job().await.unwrap(), None);
    store.resume_job(&second.id, 1).await.unwrap();
    assert_eq!(store.take_job().await.unwrap().unwrap().id, second.id);
    assert_eq!(
        enqueue(&store, &user, &project, "c").await.1,
        Enqueued::New,
        "what was cancelled is not found again"
    );
    assert_eq!(
        statuses(&store, &user).await,
        [JobStatus::Running, JobStatus::Pending, JobStatus::Cancelled, JobStatus::Completed]
    );
}

#[tokio::test]
async fn what_was_given_up_can_be_taken_up_with_more_time() {
    let store = Store::in_memory().await.unwrap();
    let user = user(&store).await;
    let project = project(&store, &user, "The Comet").await;
    let (job, _) = enqueue(&store, &user, &project, "a").await;
    store.take_job().await.unwrap().unwrap();
    store.save_checkpoint(&job.id, &at(400), &kept(vec![1, 2, 3])).await.unwrap();
    store.fail_job(&job.id, "time_limit", 600_000).await.unwrap();
    let failed = store.job(&job.id).await.unwrap();
    assert_eq!((failed.status, failed.has_input, failed.has_checkpoint), (JobStatus::Failed, true, true));
    store.resume_job(&job.id, 300_000).await.unwrap();
    let again = store.take_job().await.unwrap().unwrap();
    assert_eq!((again.limit_ms, again.error, again.current_step), (Some(900_000), None, 400));
    store.remark_job(&job.id, &["disk_full".to_owned()]).await.unwrap();
    assert_eq!(store.job(&job.id).await.unwrap().remarks, ["disk_full"]);
    store.cancel_job(&job.id).await.unwrap();
    assert_eq!(store.checkpoint(&job.id).await.unwrap(), None, "nobody goes on from it");
    assert!(store.resume_job(&job.id, 1).await.is_err());

    let (twin, _) = enqueue(&store, &user, &project, "b").await;
    store.take_job().await.unwrap().unwrap();
    store.fail_job(&twin.id, "time_limit", 1).await.unwrap();
    enqueue(&store, &user, &project, "b").await;
    let refused = store.resume_job(&twin.id, 1).await.unwrap_err();
    assert_eq!(refused, StoreError::Constraint { name: "jobs_waiting_input".to_owned() });
}

#[tokio::test]
async fn a_state_comes_back_byte_for_byte_however_it_grows_and_shrinks() {
    let store = Store::in_memory().await.unwrap();
    let user = user(&store).await;
    let project = project(&store, &user, "The Comet").await;
    let (job, _) = enqueue(&store, &user, &project, "a").await;
    assert!(store.save_checkpoint(&job.id, &at(1), &kept(vec![])).await.is_err(), "it does not run");
    store.take_job().await.unwrap().unwrap();
    let mut step = 0;
    for length in [0, 10, 700_000, 700_001, 262_144, 524_288, 3] {
        step += 1;
        let state: Vec<u8> = (0..length).map(|at: u32| at.wrapping_mul(step).to_le_bytes()[1]).collect();
        store.save_checkpoint(&job.id, &at(i64::from(step)), &kept(state.clone())).await.unwrap();
        assert_eq!(store.checkpoint(&job.id).await.unwrap(), Some(kept(state)));
        assert_eq!(store.job(&job.id).await.unwrap().current_step, i64::from(step));
    }
    store.delete_job(&job.id).await.unwrap();
    assert_eq!(store.checkpoint(&job.id).await.unwrap(), None);
    assert!(store.job(&job.id).await.is_err());
}

/// The file of the store, opened past it.
async fn raw(path: &Path) -> sqlx::SqliteConnection {
    let options = sqlx::sqlite::SqliteConnectOptions::new()
        .filename(path)
        .pragma("key", format!("\"x'{}'\"", "07".repeat(32)));
    sqlx::SqliteConnection::connect_with(&options).await.unwrap()
}

#[tokio::test]
async fn a_damaged_state_is_refused_and_does_not_stand_in_the_way() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("deals.db");
    let (store, user, project) = on_disk(&path).await;
    let (job, _) = enqueue(&store, &user, &project, "a").await;
    store.take_job().await.unwrap().unwrap();
    store.save_checkpoint(&job.id, &at(400), &kept(vec![7; 300_000])).await.unwrap();
    store.close().await;
    let mut past = raw(&path).await;
    sqlx::query("UPDATE job_checkpoint_pieces SET state = x'00' WHERE piece = 1")
        .execute(&mut past)
        .await
        .unwrap();
    past.close().await.unwrap();

    let store = Store::open(&path, key()).await.unwrap();
    assert_eq!(store.job(&job.id).await.unwrap().status, JobStatus::Pending, "it waits again");
    let refused = store.checkpoint(&job.id).await.unwrap_err();
    assert!(matches!(refused, StoreError::Corrupt { .. }), "{refused:?}");
    store.drop_checkpoint(&job.id).await.unwrap();
    assert_eq!(store.checkpoint(&job.id).await.unwrap(), None);
    store.close().await;
}

#[tokio::test]
async fn a_full_disk_leaves_the_state_before() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("deals.db");
    let (store, ..) = on_disk(&path).await;
    store.close().await;
    let pages = u32::try_from(std::fs::metadata(&path).unwrap().len() / 4096).unwrap() + 60;
    let options = Options { max_pages: Some(pages), ..Options::default() };
    let store = Store::open_with(&path, key(), options).await.unwrap();
    let user = store.users().await.unwrap().remove(0);
    let project = store
        .list_projects(&recoup_store::ProjectQuery::all_of(user.id.clone()))
        .await
        .unwrap()
        .items
        .remove(0);
    let (job, _) = enqueue(&store, &user, &project, "a").await;
    store.take_job().await.unwrap().unwrap();
    store.save_checkpoint(&job.id, &at(100), &kept(vec![1; 50_000])).await.unwrap();
    let refused = store.save_checkpoint(&job.id, &at(200), &kept(vec![2; 900_000])).await.unwrap_err();
    assert_eq!(refused, StoreError::DiskFull);
    assert_eq!(store.checkpoint(&job.id).await.unwrap(), Some(kept(vec![1; 50_000])));
    assert_eq!(store.job(&job.id).await.unwrap().current_step, 100);
    store.save_checkpoint(&job.id, &at(300), &kept(vec![3; 50_000])).await.unwrap();
    store.close().await;
}

#[tokio::test]
async fn a_kept_project_takes_its_jobs_along_and_a_purged_one_its_jobs_away() {
    let (memory, library) = (Store::in_memory().await.unwrap(), Store::in_memory().await.unwrap());
    let (from, to) = (user(&memory).await, user(&library).await);
    let comet = project(&memory, &from, "The Comet").await;
    let (done, _) = enqueue(&memory, &from, &comet, "done").await;
    memory.take_job().await.unwrap().unwrap();
    memory.complete_job(&done.id, "[1]", &at(1000)).await.unwrap();
    let (running, _) = enqueue(&memory, &from, &comet, "running").await;
    memory.take_job().await.unwrap().unwrap();
    memory.save_checkpoint(&running.id, &at(500), &kept(vec![5; 300_000])).await.unwrap();

    let destination = Destination { user: &to.id, name: "The Comet", author: "P" };
    library.carry_project(&memory, &comet.id, &destination).await.unwrap();
    assert_eq!(library.job_result(&done.id).await.unwrap().as_deref(), Some("[1]"));
    assert_eq!(library.checkpoint(&running.id).await.unwrap(), Some(kept(vec![5; 300_000])));
    let taken = library.take_job().await.unwrap().unwrap();
    assert_eq!((taken.id, taken.current_step), (running.id.clone(), 500));

    memory.bin_project(&comet.id, "P").await.unwrap();
    memory.purge_project(&comet.id, "P").await.unwrap();
    assert!(memory.job(&running.id).await.is_err());
    assert!(memory.save_checkpoint(&running.id, &at(600), &kept(vec![])).await.is_err());
}

/// Keeps one state after the other for ever, one line for each; a no-op when the test runner meets it.
#[tokio::test]
async fn child() {
    let Some(path) = std::env::var_os("JOBS_CRASH_PATH") else { return };
    let store = Store::open(path, key()).await.unwrap();
    let job = store.take_job().await.unwrap().unwrap();
    let mut out = std::io::stdout();
    for step in job.current_step + 1.. {
        store.save_checkpoint(&job.id, &at(step), &kept(state_at(step))).await.unwrap();
        writeln!(out, "ack {step}").unwrap();
        out.flush().unwrap();
    }
}

/// Grows at its end and changes at its head, as a run's does.
fn state_at(step: i64) -> Vec<u8> {
    let mut state = step.to_le_bytes().to_vec();
    state.resize(8 + usize::try_from(step).unwrap() * 9_000, 9);
    state
}

#[cfg(unix)]
#[tokio::test]
async fn a_killed_program_leaves_a_whole_state_not_older_than_the_last_acknowledged() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("deals.db");
    let (store, user, project) = on_disk(&path).await;
    let id: JobId = enqueue(&store, &user, &project, "a").await.0.id;
    store.close().await;
    let mut last = 0;
    for round in 0..10_u64 {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "child", "--nocapture"])
            .env("JOBS_CRASH_PATH", &path)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let reader = std::thread::spawn(move || lines.map_while(Result::ok).collect::<Vec<_>>());
        std::thread::sleep(Duration::from_millis(40 + (round * 53) % 230));
        child.kill().unwrap();
        child.wait().unwrap();
        let acknowledged = reader.join().unwrap();
        let said =
            acknowledged.iter().filter_map(|line| line.split("ack ").nth(1)?.parse::<i64>().ok()).max();
        last = said.unwrap_or(last).max(last);
        let store = Store::open(&path, key()).await.unwrap();
        let job = store.job(&id).await.unwrap();
        assert_eq!(job.status, JobStatus::Pending, "round {round}");
        assert!(
            job.current_step == last || job.current_step == last + 1,
            "{} after {last}",
            job.current_step
        );
        let state = store.checkpoint(&id).await.unwrap().map(|kept| kept.state);
        assert_eq!(state, (job.current_step > 0).then(|| state_at(job.current_step)), "round {round}");
        last = job.current_step;
        store.close().await;
    }
    assert!(last >= 10, "only {last} states were kept");
}
