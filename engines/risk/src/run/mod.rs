//! Runs a model over many paths, and can be stopped and taken up again.
//!
//! The work is cut into chunks of [`crate::CHUNK`] paths, which threads take in turn. What they find is folded in
//! the order of the chunks, never in the order in which they were done: sums come out with the same bits for one
//! thread and for many. Chunks that are done ahead of their turn wait, and are part of a [checkpoint](Run::to_bytes),
//! so that stopping loses no finished chunk.

mod bins;
mod codec;
mod observer;
mod refused;
mod request;
mod result;
mod simulate;
mod state;
mod tally;
mod threads;

pub(crate) use bins::Bins;
pub(crate) use state::Counts;
pub(crate) use threads::scan;

pub use observer::{Observer, Progress, Silent};
pub use refused::RunRefused;
pub use request::{
    Asked, Identity, KERNEL, Keep, MOST_KEPT_BYTES, MOST_PATHS, Precision, Request, Sampling, Target,
    processor,
};
pub use result::{Ended, Mark, Run};
pub use simulate::{resume, simulate};
pub use tally::{Estimate, Tally};
pub use threads::Threads;
