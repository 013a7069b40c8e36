//! The queue of one database: its jobs one after the other, each on a thread of its own.

use std::{
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use recoup_store::{Checkpoint, Job, JobId, JobProgress, Store, StoreError};
use serde_json::Value;
use tokio::{
    sync::{Notify, oneshot},
    task::JoinHandle,
};

use super::{
    kind::{Ended, Fault, JobKind, Kinds, input_hash, kernel},
    watch::{Pace, Stop, Watch},
};

/// How often the progress is published.
const PUBLISH: Duration = Duration::from_millis(100);
/// A state is kept no more often than this, and never for more than a tenth of the time.
const KEEP: Duration = Duration::from_secs(1);
/// How soon the first preview is wanted.
const FIRST: Duration = Duration::from_millis(250);
/// How soon a write is tried again that the disk had no room for.
const NO_ROOM: Duration = Duration::from_secs(5);
/// How long closing waits for a computation to come to a stop. What it has kept is on the disk already.
const PATIENCE: Duration = Duration::from_secs(3);

/// What a person is told of a job besides its progress.
pub(crate) const DAMAGED: &str = "state_damaged";
pub(crate) const OTHER_PROGRAM: &str = "state_of_another_program";
pub(crate) const NO_ROOM_FOR_STATE: &str = "no_room_for_state";
pub(crate) const NO_ROOM_FOR_RESULT: &str = "no_room_for_result";

/// Why a job was given up, where that is no refusal of the deal.
pub(crate) const OUT_OF_TIME: &str = "TIME_LIMIT";
pub(crate) const UNKNOWN_KIND: &str = "UNKNOWN_KIND";
pub(crate) const BROKEN: &str = "INTERNAL";

/// The queue of a database. Cheap to clone; all clones are one queue.
#[derive(Clone)]
pub(crate) struct Queue(Arc<Inner>);

struct Inner {
    store: Store,
    kinds: Kinds,
    /// Rings when there may be something to begin, or when the queue is closed.
    bell: Notify,
    hands: Mutex<Hands>,
}

#[derive(Default)]
struct Hands {
    is_closed: bool,
    worker: Option<JoinHandle<()>>,
    live: Option<Live>,
}

/// The job that is under way.
#[derive(Clone)]
pub(crate) struct Live {
    pub(crate) id: JobId,
    pub(crate) watch: Arc<Watch>,
    /// What was said about it since it began.
    pub(crate) remarks: Arc<Mutex<Vec<String>>>,
}

impl Live {
    pub(crate) fn remarks(&self) -> Vec<String> {
        self.remarks.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Adds a remark or takes it back; says whether that changed anything.
    fn remark(&self, remark: &str, stands: bool) -> bool {
        let mut remarks = self.remarks.lock().unwrap_or_else(PoisonError::into_inner);
        let stood = remarks.iter().any(|one| one == remark);
        match (stood, stands) {
            (false, true) => remarks.push(remark.to_owned()),
            (true, false) => remarks.retain(|one| one != remark),
            _ => return false,
        }
        true
    }
}

impl Queue {
    /// A queue over a database. Nothing is begun before somebody [rings](Self::ring).
    pub(crate) fn new(store: Store, kinds: Kinds) -> Self {
        Self(Arc::new(Inner { store, kinds, bell: Notify::new(), hands: Mutex::default() }))
    }

    /// There may be something to begin.
    pub(crate) fn ring(&self) {
        let mut hands = self.hands();
        if !hands.is_closed && hands.worker.is_none() {
            hands.worker = Some(tokio::spawn(work(Arc::clone(&self.0))));
        }
        self.0.bell.notify_one();
    }

    /// The job that is under way.
    pub(crate) fn live(&self) -> Option<Live> {
        self.hands().live.clone()
    }

    /// Stops a job if it is the one under way.
    pub(crate) fn stop(&self, id: &JobId, why: Stop) {
        if let Some(live) = self.live().filter(|live| live.id == *id) {
            live.watch.stop(why);
        }
    }

    /// Stops what runs, keeps its state, and begins nothing more.
    pub(crate) async fn close(&self) {
        let (worker, patience) = {
            let mut hands = self.hands();
            hands.is_closed = true;
            let mut patience = PATIENCE;
            if let Some(live) = &hands.live {
                live.watch.stop(Stop::Released);
                if live.watch.stopped() == Some(Stop::Cancelled) {
                    // Nobody wants what it would hand over.
                    patience = Duration::ZERO;
                }
            }
            (hands.worker.take(), patience)
        };
        self.0.bell.notify_one();
        if let Some(mut worker) = worker
            && tokio::time::timeout(patience, &mut worker).await.is_err()
        {
            // It touches the database no more. Its thread ends by itself at the next path; its job waits again at the
            // next opening.
            worker.abort();
        }
    }

    fn hands(&self) -> MutexGuard<'_, Hands> {
        self.0.hands()
    }
}

impl Inner {
    fn hands(&self) -> MutexGuard<'_, Hands> {
        self.hands.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Makes a job the one under way, unless the queue was closed in between.
    fn take_up(&self, job: &Job) -> Option<Live> {
        let limit = job.limit_ms.map_or(Duration::MAX, millis);
        let mut remarks = job.remarks.clone();
        remarks.retain(|remark| remark != NO_ROOM_FOR_STATE && remark != NO_ROOM_FOR_RESULT);
        let live = Live {
            id: job.id.clone(),
            watch: Arc::new(Watch::new(pace(job), limit)),
            remarks: Arc::new(Mutex::new(remarks)),
        };
        let mut hands = self.hands();
        if hands.is_closed {
            return None;
        }
        hands.live = Some(live.clone());
        Some(live)
    }
}

async fn work(queue: Arc<Inner>) {
    while !queue.hands().is_closed {
        match queue.store.take_job().await {
            Ok(Some(job)) => {
                if let Some(live) = queue.take_up(&job) {
                    Work { queue: &queue, job: &job, live: &live }.finish().await;
                }
                queue.hands().live = None;
            }
            Ok(None) => queue.bell.notified().await,
            // A full disk cannot even note that a job begins; what waits is not lost by waiting longer.
            Err(_) => drop(tokio::time::timeout(NO_ROOM, queue.bell.notified()).await),
        }
    }
}

/// One job under way.
struct Work<'a> {
    queue: &'a Inner,
    job: &'a Job,
    live: &'a Live,
}

impl Work<'_> {
    /// Runs the job and notes what became of it. A job that nobody finds any more was deleted meanwhile.
    async fn finish(&self) {
        let Some(kind) = self.queue.kinds.named(&self.job.job_type) else {
            return self.fail(UNKNOWN_KIND, "this program does not know computations of this kind").await;
        };
        let Ok(Some(input)) = self.queue.store.job_input(&self.job.id).await else {
            return self.fail(BROKEN, "what it runs on cannot be read").await;
        };
        let input = Arc::new(input);
        let kernel = kernel(kind.as_ref());
        self.own(&kernel, &input).await;
        let mut state = self.kept_state(&kernel).await;
        let ended = loop {
            match self.run(Arc::clone(&kind), Arc::clone(&input), state.take(), &kernel).await {
                Some(Err(Fault::StateRefused)) => self.begin_anew(DAMAGED).await,
                other => break other,
            }
        };
        match ended {
            None => self.fail(BROKEN, "the computation broke off").await,
            Some(Err(Fault::Refused(reason))) => self.fail(&reason.code, &reason.message).await,
            Some(Err(Fault::StateRefused)) => {}
            Some(Ok(Ended::Done(result))) => self.complete(&result).await,
            Some(Ok(Ended::Stopped(state))) => self.stopped(state, &kernel).await,
        }
    }

    /// A job that an earlier program was asked for is this program's from now on.
    async fn own(&self, kernel: &str, input: &Value) {
        if self.job.kernel != kernel {
            let hash = input_hash(kernel, self.job.project.as_ref().map(|id| id.as_str()), input);
            // Where the same waits already under this hash, both are run: nothing is lost but time.
            drop(self.queue.store.rename_job_input(&self.job.id, kernel, &hash).await);
        }
    }

    /// The state to go on from, if there is one that this program can use.
    async fn kept_state(&self, kernel: &str) -> Option<Vec<u8>> {
        match self.queue.store.checkpoint(&self.job.id).await {
            Ok(Some(kept)) if kept.kernel == kernel => Some(kept.state),
            Ok(Some(_)) => {
                self.begin_anew(OTHER_PROGRAM).await;
                None
            }
            Ok(None) => None,
            Err(_) => {
                self.begin_anew(DAMAGED).await;
                None
            }
        }
    }

    async fn begin_anew(&self, why: &str) {
        // Where even that cannot be written the state is refused once more next time.
        drop(self.queue.store.drop_checkpoint(&self.job.id).await);
        self.remark(why, true).await;
    }

    /// Computes on a thread of its own and looks after it; `None` when the computation panicked.
    async fn run(
        &self,
        kind: Arc<dyn JobKind>,
        input: Arc<Value>,
        state: Option<Vec<u8>>,
        kernel: &str,
    ) -> Option<Result<Ended, Fault>> {
        let (sender, mut ended) = oneshot::channel();
        let watch = Arc::clone(&self.live.watch);
        let thread = std::thread::Builder::new().name("job".to_owned()).spawn(move || {
            // Nobody receives when the queue was closed and could not wait.
            drop(sender.send(kind.run(&input, state.as_deref(), &watch)));
        });
        thread.ok()?;
        let mut tick = tokio::time::interval(PUBLISH);
        let mut keeping = Keeping::new();
        loop {
            tokio::select! {
                end = &mut ended => {
                    self.live.watch.publish();
                    return end.ok();
                }
                _ = tick.tick() => {
                    let pace = self.live.watch.publish();
                    self.look_after(&mut keeping, &pace, kernel).await;
                }
            }
        }
    }

    /// Keeps a state that was handed over, and asks for the next one when it is due.
    async fn look_after(&self, keeping: &mut Keeping, pace: &Pace, kernel: &str) {
        let watch = &self.live.watch;
        if let Some(handed) = watch.take_state() {
            let began = Instant::now();
            let kept = self.keep(handed.state, pace, kernel).await;
            keeping.kept(handed.cost + began.elapsed(), kept.is_ok());
            if let Err(StoreError::NotFound { .. }) = kept {
                watch.stop(Stop::Cancelled);
            }
        } else if keeping.is_due() {
            keeping.asked();
            watch.ask_for_state();
        }
    }

    async fn keep(&self, state: Vec<u8>, pace: &Pace, kernel: &str) -> Result<(), StoreError> {
        let checkpoint = Checkpoint { kernel: kernel.to_owned(), state };
        let kept = self.queue.store.save_checkpoint(&self.job.id, &progress(pace), &checkpoint).await;
        self.remark(NO_ROOM_FOR_STATE, matches!(kept, Err(StoreError::DiskFull))).await;
        kept
    }

    async fn stopped(&self, state: Vec<u8>, kernel: &str) {
        let why = self.live.watch.stopped();
        if why == Some(Stop::Cancelled) {
            return;
        }
        let pace = self.live.watch.publish();
        // Without room the state before stays, and with it what was not done since.
        drop(self.keep(state, &pace, kernel).await);
        if why == Some(Stop::OutOfTime) {
            return self.fail(OUT_OF_TIME, "it had run for as long as it may").await;
        }
        let elapsed = progress(&pace).elapsed_ms;
        // What cannot be noted now is noted at the next opening.
        drop(self.queue.store.release_job(&self.job.id, elapsed).await);
    }

    /// Stores a result. It is not given up because there is no room for it: it is tried until there is.
    async fn complete(&self, result: &str) {
        let progress = progress(&self.live.watch.pace());
        loop {
            let stored = self.queue.store.complete_job(&self.job.id, result, &progress).await;
            let is_full = matches!(stored, Err(StoreError::DiskFull));
            self.live.remark(NO_ROOM_FOR_RESULT, is_full);
            if !is_full || self.queue.hands().is_closed || self.live.watch.stopped() == Some(Stop::Cancelled)
            {
                return;
            }
            drop(tokio::time::timeout(NO_ROOM, self.queue.bell.notified()).await);
        }
    }

    async fn fail(&self, code: &str, message: &str) {
        let elapsed = progress(&self.live.watch.publish()).elapsed_ms;
        let error = format!("{code}: {message}");
        // A job that was cancelled or deleted meanwhile has nothing to be noted.
        drop(self.queue.store.fail_job(&self.job.id, &error, elapsed).await);
    }

    async fn remark(&self, remark: &str, stands: bool) {
        if self.live.remark(remark, stands) {
            // With a full disk it is said while the job runs, and cannot be noted.
            drop(self.queue.store.remark_job(&self.job.id, &self.live.remarks()).await);
        }
    }
}

/// When the next state is due.
struct Keeping {
    due: Instant,
    is_asked: bool,
}

impl Keeping {
    fn new() -> Self {
        Self { due: Instant::now() + FIRST, is_asked: false }
    }

    fn is_due(&self) -> bool {
        !self.is_asked && Instant::now() >= self.due
    }

    fn asked(&mut self) {
        self.is_asked = true;
    }

    fn kept(&mut self, cost: Duration, is_kept: bool) {
        self.is_asked = false;
        let pause = if is_kept { KEEP.max(cost * 9) } else { NO_ROOM };
        self.due = Instant::now() + pause;
    }
}

/// How far a job is, as it was noted last.
pub(crate) fn pace(job: &Job) -> Pace {
    let steps = |stored: i64| u64::try_from(stored).unwrap_or(0);
    Pace {
        done: steps(job.current_step),
        total: steps(job.total_steps.unwrap_or(0)),
        left: None,
        elapsed: millis(job.elapsed_ms),
    }
}

fn progress(pace: &Pace) -> JobProgress {
    let stored = |steps: u64| i64::try_from(steps).unwrap_or(i64::MAX);
    JobProgress {
        current_step: stored(pace.done),
        total_steps: (pace.total > 0).then(|| stored(pace.total)),
        elapsed_ms: i64::try_from(pace.elapsed.as_millis()).unwrap_or(i64::MAX),
    }
}

fn millis(stored: i64) -> Duration {
    Duration::from_millis(u64::try_from(stored).unwrap_or(0))
}
