//! What a run tells while it works.

use std::ops::ControlFlow;

/// How far a run is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Paths that are computed.
    pub done: u64,
    /// Paths that were asked for.
    pub total: u64,
}

/// Is told about every chunk, one call at a time, and may stop the run.
pub trait Observer: Send {
    /// Called after every chunk; breaking stops the run with what it has.
    fn advance(&mut self, progress: Progress) -> ControlFlow<()>;

    /// A checkpoint to keep, as often as the request says.
    fn checkpoint(&mut self, _bytes: &[u8]) {}
}

/// Nobody is told, nobody stops it.
#[derive(Debug, Clone, Copy, Default)]
pub struct Silent;

impl Observer for Silent {
    fn advance(&mut self, _: Progress) -> ControlFlow<()> {
        ControlFlow::Continue(())
    }
}

impl<F: FnMut(Progress) -> ControlFlow<()> + Send> Observer for F {
    fn advance(&mut self, progress: Progress) -> ControlFlow<()> {
        self(progress)
    }
}
