//! Threads, and chunks handed out to them.

use std::ops::ControlFlow;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

use rayon::iter::{IntoParallelIterator, ParallelIterator};
use rayon::{ThreadPool, ThreadPoolBuilder};

use crate::{CHUNK, PathModel};

use super::RunRefused;

/// The threads that runs are computed on. Made once and used for many runs; one thread is the caller's own.
#[derive(Debug)]
pub struct Threads {
    pool: Option<ThreadPool>,
}

impl Threads {
    /// As many threads.
    ///
    /// # Errors
    /// [`RunRefused::NoThreads`] for none, or where the system gives none.
    pub fn new(count: usize) -> Result<Self, RunRefused> {
        let refused = RunRefused::NoThreads(count);
        match count {
            0 => Err(refused),
            1 => Ok(Self::one()),
            _ => {
                let pool = ThreadPoolBuilder::new().num_threads(count).build().map_err(|_| refused)?;
                Ok(Self { pool: Some(pool) })
            }
        }
    }

    /// The caller's own.
    pub const fn one() -> Self {
        Self { pool: None }
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.pool.as_ref().map_or(1, ThreadPool::current_num_threads)
    }

    /// Does the same on every thread at once.
    fn each(&self, work: impl Fn() + Sync) {
        match &self.pool {
            Some(pool) => drop(pool.broadcast(|_| work())),
            None => work(),
        }
    }

    /// Works out every part, each by itself, in order.
    pub fn map<T: Send>(&self, parts: usize, part: impl Fn(usize) -> T + Sync + Send) -> Vec<T> {
        match &self.pool {
            Some(pool) => pool.install(|| (0..parts).into_par_iter().map(part).collect()),
            None => (0..parts).map(part).collect(),
        }
    }
}

/// A line of a processor's cache, in numbers.
const LINE: usize = 8;

/// Computes chunks on all threads, makes something of each, and folds it, one at a time, in the order in which they
/// are done. Folding may stop it; what other threads have in hand then is still folded.
pub(crate) fn scan<M: PathModel, T>(
    model: &M,
    threads: &Threads,
    chunks: u64,
    skip: impl Fn(u64) -> bool + Sync,
    work: impl Fn(&[f64]) -> T + Sync,
    fold: impl FnMut(u64, T) -> ControlFlow<()> + Send,
) {
    let (next, stopped) = (AtomicU64::new(0), AtomicBool::new(false));
    let fold = Mutex::new(fold);
    let together = together(model.together() as u64, chunks, threads.count() as u64);
    threads.each(|| {
        let mut workspace = model.workspace();
        let own = model.columns().len() * CHUNK;
        let wanted = own * together as usize;
        let mut firsts = Vec::with_capacity(together as usize);
        let mut room = vec![0.0; wanted + LINE];
        // A vector of doubles starts anywhere; lanes store whole lines.
        let offset = room.as_ptr().align_offset(LINE * size_of::<f64>()).min(LINE);
        let out = &mut room[offset..offset + wanted];
        while !stopped.load(Ordering::Relaxed) {
            let begin = next.fetch_add(together, Ordering::Relaxed);
            if begin >= chunks {
                break;
            }
            firsts.clear();
            let wanted = (begin..(begin + together).min(chunks)).filter(|chunk| !skip(*chunk));
            firsts.extend(wanted.map(|chunk| chunk * CHUNK as u64));
            let out = &mut out[..firsts.len() * own];
            model.compute_together(&firsts, out, &mut workspace);
            if model.is_stopped() {
                stopped.store(true, Ordering::Relaxed);
                break;
            }
            for (first, out) in firsts.iter().zip(out.chunks_exact(own)) {
                let found = work(out);
                let mut fold = fold.lock().unwrap_or_else(PoisonError::into_inner);
                if fold(first / CHUNK as u64, found).is_break() {
                    stopped.store(true, Ordering::Relaxed);
                }
            }
        }
    });
}

/// How many chunks a thread takes at a time: as many as the model likes, but all threads the same number of times.
fn together(liked: u64, chunks: u64, threads: u64) -> u64 {
    let (liked, threads) = (liked.max(1), threads.max(1));
    let turns = chunks.div_ceil(threads * liked).max(1);
    chunks.div_ceil(threads * turns).clamp(1, liked)
}

#[cfg(test)]
mod tests {
    use super::together;

    #[test]
    fn every_thread_takes_as_often() {
        assert_eq!(together(10, 40, 2), 10);
        assert_eq!(together(10, 40, 3), 7);
        assert_eq!(together(10, 8, 2), 4);
        assert_eq!(together(10, 1, 2), 1);
        assert_eq!(together(1, 40, 2), 1);
        assert_eq!(together(10, 392, 2), 10);
    }
}
