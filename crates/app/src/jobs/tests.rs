//! The queue with a computation whose every bit is known: stopped, killed, starved and damaged, it ends the same.

use std::{
    io::{BufRead, BufReader, Write},
    path::Path,
    process::{Command, Stdio},
    sync::Arc,
    time::Duration,
};

use recoup_store::{
    Checkpoint, Enqueued, Job, JobId, JobProgress, JobStatus, Key, NewJob, Options, Profile, Store, User,
};
use serde_json::{Value, json};

use super::{
    kind::{Ended, Fault, JobKind, Kinds, input_hash, kernel},
    queue::{self, Queue},
    watch::{Pace, Stop, Watch},
};
use crate::{risk::MonteCarlo, wire::RiskView};

/// Folds mixed numbers in blocks; each block is worked out by as many threads as there are.
struct Folding {
    threads: u64,
}

const BLOCK: u64 = 64;

impl JobKind for Folding {
    fn name(&self) -> &'static str {
        "folding"
    }

    fn version(&self) -> String {
        "1".to_owned()
    }

    fn run(&self, input: &Value, state: Option<&[u8]>, watch: &Arc<Watch>) -> Result<Ended, Fault> {
        let number = |name: &str| input[name].as_u64().unwrap();
        let (total, micros, ballast) = (number("steps"), number("micros"), number("ballast"));
        assert!(total > 0, "a computation that breaks off");
        let (mut done, mut fold) = match state {
            None => (0, number("seed")),
            Some(state) => read(state).ok_or(Fault::StateRefused)?,
        };
        while done < total {
            let share = BLOCK.div_ceil(self.threads);
            let parts = std::thread::scope(|scope| {
                let part = |first: u64| -> Vec<u64> {
                    (first..(first + share).min(BLOCK)).map(|at| mixed(done + at)).collect()
                };
                let firsts = (0..BLOCK).step_by(usize::try_from(share).unwrap());
                let threads: Vec<_> = firsts.map(|first| scope.spawn(move || part(first))).collect();
                threads.into_iter().flat_map(|thread| thread.join().unwrap()).collect::<Vec<_>>()
            });
            fold = parts.into_iter().fold(fold, |fold, part| mixed(fold ^ part));
            done += BLOCK;
            std::thread::sleep(Duration::from_micros(micros));
            if watch.wants_state() {
                watch.show(json!({ "fold": fold, "steps": done }).to_string());
                watch.keep(written(done, fold, ballast), Duration::ZERO);
            }
            if done < total && watch.advance(done, total).is_break() {
                return Ok(Ended::Stopped(written(done, fold, ballast)));
            }
        }
        let _ = watch.advance(total, total);
        Ok(Ended::Done(json!({ "fold": fold, "steps": total }).to_string()))
    }
}

fn mixed(value: u64) -> u64 {
    let value = (value ^ (value >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    (value ^ (value >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb)
}

fn written(done: u64, fold: u64, ballast: u64) -> Vec<u8> {
    let mut state = [done.to_le_bytes(), fold.to_le_bytes()].concat();
    state.resize(16 + usize::try_from(ballast).unwrap(), 1);
    state
}

fn read(state: &[u8]) -> Option<(u64, u64)> {
    let number = |at: usize| Some(u64::from_le_bytes(state.get(at..at + 8)?.try_into().ok()?));
    Some((number(0)?, number(8)?))
}

fn kinds(threads: u64) -> Kinds {
    Kinds::new([Arc::new(Folding { threads }) as Arc<dyn JobKind>])
}

fn input(seed: u64, steps: u64, micros: u64) -> Value {
    json!({ "seed": seed, "steps": steps, "micros": micros, "ballast": 0 })
}

async fn person(store: &Store) -> User {
    store.create_user(&Profile { full_name: "A Producer".to_owned(), ..Profile::default() }).await.unwrap()
}

async fn enqueue(store: &Store, user: &User, input: &Value, limit_ms: i64) -> (Job, Enqueued) {
    let kernel = kernel(&Folding { threads: 1 });
    let new = NewJob {
        user: &user.id,
        project: None,
        job_type: "folding",
        input_hash: &input_hash(&kernel, None, input),
        kernel: &kernel,
        request: &json!({}),
        input,
        total_steps: input["steps"].as_i64(),
        limit_ms,
    };
    store.enqueue_job(&new).await.unwrap()
}

/// What the same computation comes to where nobody disturbs it.
fn undisturbed(input: &Value) -> String {
    let watch = Arc::new(Watch::new(Pace::default(), Duration::MAX));
    let mut quick = input.clone();
    quick["micros"] = json!(0);
    match (Folding { threads: 1 }).run(&quick, None, &watch).unwrap() {
        Ended::Done(result) => result,
        Ended::Stopped(_) => panic!("nobody stopped it"),
    }
}

async fn until(store: &Store, id: &JobId, holds: impl Fn(&Job) -> bool) -> Job {
    for _ in 0..2_000 {
        let job = store.job(id).await.unwrap();
        if holds(&job) {
            return job;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("it never came about: {:?}", store.job(id).await.unwrap());
}

async fn ended(store: &Store, id: &JobId) -> Job {
    until(store, id, |job| !matches!(job.status, JobStatus::Pending | JobStatus::Running)).await
}

async fn begun(queue: &Queue, id: &JobId) -> queue::Live {
    for _ in 0..1_000 {
        if let Some(live) = queue.live().filter(|live| live.id == *id && live.watch.publish().done > 0) {
            return live;
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    panic!("it never began");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn jobs_run_one_after_the_other_and_the_same_is_run_once() {
    let store = Store::in_memory().await.unwrap();
    let user = person(&store).await;
    let queue = Queue::new(store.clone(), kinds(2));
    let (one, other) = (input(1, 6_400, 1_000), input(2, 640, 0));
    let (first, _) = enqueue(&store, &user, &one, 60_000).await;
    let (second, _) = enqueue(&store, &user, &other, 60_000).await;
    queue.ring();
    let live = begun(&queue, &first.id).await;
    assert_eq!(enqueue(&store, &user, &one, 60_000).await.1, Enqueued::Joined);
    assert_eq!(store.job(&second.id).await.unwrap().status, JobStatus::Pending);
    assert_eq!(ended(&store, &first.id).await.status, JobStatus::Completed);
    assert!(live.watch.preview().is_none_or(|preview| preview.contains("fold")));
    assert_eq!(ended(&store, &second.id).await.status, JobStatus::Completed);
    for (job, input) in [(&first, &one), (&second, &other)] {
        assert_eq!(store.job_result(&job.id).await.unwrap().unwrap(), undisturbed(input));
    }
    let (again, how) = enqueue(&store, &user, &one, 60_000).await;
    assert_eq!((again.id, how), (first.id, Enqueued::Reused));
    queue.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_paused_job_goes_on_where_it_stopped_and_another_goes_first() {
    let store = Store::in_memory().await.unwrap();
    let user = person(&store).await;
    let queue = Queue::new(store.clone(), kinds(3));
    let long = input(3, 12_800, 2_000);
    let (job, _) = enqueue(&store, &user, &long, 60_000).await;
    queue.ring();
    begun(&queue, &job.id).await;
    store.pause_job(&job.id).await.unwrap();
    queue.stop(&job.id, Stop::Released);
    let paused = until(&store, &job.id, |job| job.status == JobStatus::Paused).await;
    assert!(paused.current_step > 0 && paused.current_step < 12_800, "{}", paused.current_step);
    let (short, _) = enqueue(&store, &user, &input(4, 64, 0), 60_000).await;
    queue.ring();
    assert_eq!(ended(&store, &short.id).await.status, JobStatus::Completed);
    assert_eq!(store.job(&job.id).await.unwrap().status, JobStatus::Paused);
    store.resume_job(&job.id, 1).await.unwrap();
    queue.ring();
    let live = begun(&queue, &job.id).await;
    assert!(
        live.watch.publish().done >= u64::try_from(paused.current_step).unwrap(),
        "it did not begin anew"
    );
    assert_eq!(ended(&store, &job.id).await.status, JobStatus::Completed);
    assert_eq!(store.job_result(&job.id).await.unwrap().unwrap(), undisturbed(&long));
    queue.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_cancelled_and_a_deleted_job_stop_in_the_middle_and_make_room() {
    let store = Store::in_memory().await.unwrap();
    let user = person(&store).await;
    let queue = Queue::new(store.clone(), kinds(1));
    let (cancelled, _) = enqueue(&store, &user, &input(5, 640_000, 2_000), 60_000).await;
    let (deleted, _) = enqueue(&store, &user, &input(6, 640_000, 2_000), 60_000).await;
    let (last, _) = enqueue(&store, &user, &input(7, 64, 0), 60_000).await;
    queue.ring();
    begun(&queue, &cancelled.id).await;
    store.cancel_job(&cancelled.id).await.unwrap();
    queue.stop(&cancelled.id, Stop::Cancelled);
    begun(&queue, &deleted.id).await;
    let stands = store.job(&cancelled.id).await.unwrap();
    assert_eq!(
        (stands.status, stands.has_checkpoint, stands.has_input),
        (JobStatus::Cancelled, false, false)
    );
    // Nobody tells the queue: it notices when it wants to keep a state.
    store.delete_job(&deleted.id).await.unwrap();
    assert_eq!(ended(&store, &last.id).await.status, JobStatus::Completed);
    queue.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_job_that_has_had_its_time_can_be_given_more() {
    let store = Store::in_memory().await.unwrap();
    let user = person(&store).await;
    let queue = Queue::new(store.clone(), kinds(2));
    let long = input(8, 12_800, 3_000);
    let (job, _) = enqueue(&store, &user, &long, 200).await;
    queue.ring();
    let failed = ended(&store, &job.id).await;
    assert!(failed.error.unwrap().starts_with(queue::OUT_OF_TIME));
    assert!(failed.current_step > 0 && failed.has_checkpoint && failed.elapsed_ms >= 200);
    store.resume_job(&job.id, 60_000).await.unwrap();
    queue.ring();
    assert_eq!(ended(&store, &job.id).await.status, JobStatus::Completed);
    assert_eq!(store.job_result(&job.id).await.unwrap().unwrap(), undisturbed(&long));
    queue.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_databases_compute_at_the_same_time() {
    let mut places = Vec::new();
    for seed in [9, 10] {
        let store = Store::in_memory().await.unwrap();
        let user = person(&store).await;
        let work = input(seed, 6_400, 2_000);
        let (job, _) = enqueue(&store, &user, &work, 60_000).await;
        let queue = Queue::new(store.clone(), kinds(2));
        queue.ring();
        places.push((store, queue, job, work));
    }
    for (_, queue, job, _) in &places {
        begun(queue, &job.id).await;
    }
    assert!(places.iter().all(|(_, queue, ..)| queue.live().is_some()), "both are under way");
    for (store, queue, job, work) in places {
        assert_eq!(ended(&store, &job.id).await.status, JobStatus::Completed);
        assert_eq!(store.job_result(&job.id).await.unwrap().unwrap(), undisturbed(&work));
        queue.close().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_state_that_is_damaged_or_of_another_program_is_not_gone_on_from_and_that_is_said() {
    let store = Store::in_memory().await.unwrap();
    let user = person(&store).await;
    let mine = kernel(&Folding { threads: 1 });
    for (kernel, state, remark) in [
        (mine.as_str(), vec![1, 2, 3], queue::DAMAGED),
        ("folding 0", written(64, 7, 0), queue::OTHER_PROGRAM),
    ] {
        let work = input(11 + u64::try_from(state.len()).unwrap(), 640, 0);
        let (job, _) = enqueue(&store, &user, &work, 60_000).await;
        store.take_job().await.unwrap().unwrap();
        let progress = JobProgress { current_step: 64, total_steps: Some(640), elapsed_ms: 5 };
        let kept = Checkpoint { kernel: kernel.to_owned(), state };
        store.save_checkpoint(&job.id, &progress, &kept).await.unwrap();
        store.release_job(&job.id, 5).await.unwrap();
        let queue = Queue::new(store.clone(), kinds(1));
        queue.ring();
        let done = ended(&store, &job.id).await;
        assert_eq!((done.status, done.remarks), (JobStatus::Completed, vec![remark.to_owned()]));
        assert_eq!(store.job_result(&job.id).await.unwrap().unwrap(), undisturbed(&work));
        queue.close().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_breaks_off_and_what_nobody_knows_is_given_up_and_the_queue_goes_on() {
    let store = Store::in_memory().await.unwrap();
    let user = person(&store).await;
    let (broken, _) = enqueue(&store, &user, &input(1, 0, 0), 60_000).await;
    let unknown = NewJob {
        user: &user.id,
        project: None,
        job_type: "divination",
        input_hash: "h",
        kernel: "divination 1",
        request: &json!({}),
        input: &json!({}),
        total_steps: None,
        limit_ms: 1_000,
    };
    let (unknown, _) = store.enqueue_job(&unknown).await.unwrap();
    let (last, _) = enqueue(&store, &user, &input(2, 64, 0), 60_000).await;
    let queue = Queue::new(store.clone(), kinds(1));
    queue.ring();
    assert_eq!(ended(&store, &last.id).await.status, JobStatus::Completed);
    for (job, code) in [(&broken, queue::BROKEN), (&unknown, queue::UNKNOWN_KIND)] {
        let job = store.job(&job.id).await.unwrap();
        assert_eq!(job.status, JobStatus::Failed);
        assert!(job.error.unwrap().starts_with(code));
    }
    queue.close().await;
}

/// The sample deal at risk.
fn simulation() -> Value {
    let deal = recoup_deal::read_deal(include_str!("../../../../examples/dragons-quest.deal.json")).unwrap();
    let deal = recoup_deal::deal_to_value(&deal).unwrap();
    json!({ "deal": deal, "seed": 7, "paths": 20_480, "party": null, "precision": null })
}

#[test]
fn a_simulation_that_is_stopped_shows_what_it_has_and_ends_in_the_same_bytes() {
    let input = simulation();
    let watch = || Arc::new(Watch::new(Pace::default(), Duration::MAX));
    let released = || {
        let watch = watch();
        let seen = Arc::clone(&watch);
        std::thread::spawn(move || {
            while seen.publish().done == 0 {
                std::thread::sleep(Duration::from_millis(1));
            }
            seen.stop(Stop::Released);
        });
        watch
    };
    let done = |ended: Ended| match ended {
        Ended::Done(result) => result,
        Ended::Stopped(_) => panic!("nobody stopped it"),
    };
    let whole = done(MonteCarlo.run(&input, None, &watch()).unwrap());

    let mut state: Option<Vec<u8>> = None;
    for _ in 0..2 {
        let ended = MonteCarlo.run(&input, state.as_deref(), &released()).unwrap();
        let Ended::Stopped(kept) = ended else { panic!("it had no time") };
        assert!(state.replace(kept.clone()) != Some(kept), "it came further");
    }
    let last = watch();
    last.ask_for_state();
    let again = done(MonteCarlo.run(&input, state.as_deref(), &last).unwrap());
    assert!(again == whole, "the bytes differ");
    assert!(last.take_state().is_some());
    let preview: RiskView = serde_json::from_str(&last.preview().unwrap()).unwrap();
    let result: RiskView = serde_json::from_str(&whole).unwrap();
    assert!(!preview.finished && preview.paths < result.paths);
    assert_eq!((result.finished, result.paths), (true, 20_480));
    assert!(result.parties.iter().any(|party| party.recouped.value.is_some()));

    // Before the first path it stops too, and has nothing to go on from.
    let early = watch();
    early.stop(Stop::Cancelled);
    let began = std::time::Instant::now();
    assert_eq!(MonteCarlo.run(&input, None, &early).unwrap(), Ended::Stopped(Vec::new()));
    assert!(began.elapsed() < Duration::from_secs(2), "{:?}", began.elapsed());

    for damaged in [vec![1, 2, 3], [state.unwrap(), vec![0]].concat()] {
        let refused = MonteCarlo.run(&input, Some(&damaged), &watch()).unwrap_err();
        assert!(matches!(refused, Fault::StateRefused), "{refused:?}");
    }
}

fn key() -> Key {
    Key::from_bytes([7; 32])
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_disk_without_room_for_a_state_is_said_and_the_job_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("recoup.db");
    let store = Store::open(&path, key()).await.unwrap();
    person(&store).await;
    store.close().await;
    let pages = u32::try_from(std::fs::metadata(&path).unwrap().len() / 4096).unwrap() + 30;
    let options = Options { max_pages: Some(pages), ..Options::default() };
    let store = Store::open_with(&path, key(), options).await.unwrap();
    let user = store.users().await.unwrap().remove(0);
    let mut work = input(20, 12_800, 4_000);
    work["ballast"] = json!(1_000_000);
    let (job, _) = enqueue(&store, &user, &work, 60_000).await;
    let queue = Queue::new(store.clone(), kinds(1));
    queue.ring();
    let live = begun(&queue, &job.id).await;
    for _ in 0..300 {
        if !live.remarks().is_empty() {
            break;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    assert_eq!(live.remarks(), [queue::NO_ROOM_FOR_STATE]);
    assert_eq!(ended(&store, &job.id).await.status, JobStatus::Completed);
    assert_eq!(store.job_result(&job.id).await.unwrap().unwrap(), undisturbed(&work));
    queue.close().await;
    store.close().await;
}

/// Computes whatever waits in a database, and says when it is done; a no-op when the test runner meets it.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn child() {
    let Some(path) = std::env::var_os("APP_JOBS_CRASH_PATH") else { return };
    let threads = std::env::var("APP_JOBS_CRASH_THREADS").unwrap().parse().unwrap();
    let store = Store::open(path, key()).await.unwrap();
    let user = store.users().await.unwrap().remove(0);
    let queue = Queue::new(store.clone(), kinds(threads));
    let id = store.list_jobs(&user.id, 1).await.unwrap().remove(0).id;
    queue.ring();
    let mut out = std::io::stdout();
    writeln!(out, "open").unwrap();
    out.flush().unwrap();
    ended(&store, &id).await;
    writeln!(out, "done").unwrap();
    out.flush().unwrap();
    queue.close().await;
    store.close().await;
}

/// Kills at moments drawn from the seed, each time with another number of threads, until it comes through.
#[cfg(unix)]
async fn killed(path: &Path, seed: u64) -> (usize, usize) {
    let (mut kills, mut advances, mut before) = (0, 0, 0);
    loop {
        let threads = 1 + kills % 4;
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "jobs::tests::child", "--nocapture"])
            .env("APP_JOBS_CRASH_PATH", path)
            .env("APP_JOBS_CRASH_THREADS", threads.to_string())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok);
        assert!(lines.any(|line| line.ends_with("open")));
        let patience = if kills < 5 { 300 + mixed(seed + kills) % 900 } else { 60_000 };
        let reader = std::thread::spawn(move || lines.any(|line| line.ends_with("done")));
        for _ in 0..patience / 10 {
            if reader.is_finished() {
                break;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        child.kill().unwrap();
        child.wait().unwrap();
        if reader.join().unwrap() {
            return (usize::try_from(kills).unwrap(), advances);
        }
        kills += 1;
        let store = Store::open(path, key()).await.unwrap();
        let user = store.users().await.unwrap().remove(0);
        let job = store.list_jobs(&user.id, 1).await.unwrap().remove(0);
        assert_eq!(job.status, JobStatus::Pending, "it waits again");
        advances += usize::from(job.current_step > before);
        before = job.current_step;
        store.close().await;
    }
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn killed_again_and_again_on_other_threads_it_ends_in_the_same_bytes() {
    for seed in [1, 2] {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("recoup.db");
        let store = Store::open(&path, key()).await.unwrap();
        let user = person(&store).await;
        let mut work = input(30 + seed, 64_000, 2_500);
        work["ballast"] = json!(300_000);
        let (job, _) = enqueue(&store, &user, &work, 600_000).await;
        store.close().await;
        let (kills, advances) = killed(&path, seed).await;
        assert!(kills >= 3 && advances >= 2, "{kills} kills, {advances} of them after a kept state");
        let store = Store::open(&path, key()).await.unwrap();
        assert_eq!(store.job_result(&job.id).await.unwrap().unwrap(), undisturbed(&work), "seed {seed}");
        assert!(!store.job(&job.id).await.unwrap().has_checkpoint, "nobody goes on from it");
        store.close().await;
    }
}
