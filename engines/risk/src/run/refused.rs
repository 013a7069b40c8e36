//! Why a run does not start.

use thiserror::Error;

/// Why a run does not start, or does not go on.
#[derive(Debug, Clone, PartialEq, Error)]
pub enum RunRefused {
    /// Nothing to draw.
    #[error("a simulation has at least one path")]
    NoPaths,
    /// More than anybody can wait for.
    #[error("a simulation has at most {most} paths, and {given} were asked for")]
    TooManyPaths {
        /// What was asked for.
        given: u64,
        /// The limit.
        most: u64,
    },
    /// Nothing to measure.
    #[error("a simulation measures at least one column")]
    NoColumns,
    /// A column that the model does not have.
    #[error("the model has {columns} columns, and number {given} was asked for")]
    UnknownColumn {
        /// The place that was asked for.
        given: usize,
        /// How many there are.
        columns: usize,
    },
    /// More memory than a run may take.
    #[error("keeping every path takes {bytes} bytes, and a run may keep {most}")]
    TooMuchToKeep {
        /// What it would take.
        bytes: u64,
        /// The limit.
        most: u64,
    },
    /// A precision that cannot be reached or read.
    #[error("a precision is a number above zero")]
    NoPrecision,
    /// A quantile outside the open interval from zero to one.
    #[error("a quantile lies between 0 and 1, and {0} does not")]
    NoQuantile(f64),
    /// A number of scrambles that is none.
    #[error("a scrambled sequence has between 2 and {most} scrambles, and {given} were asked for")]
    NoScrambles {
        /// What was asked for.
        given: u32,
        /// The limit.
        most: u32,
    },
    /// The threads could not be started.
    #[error("{0} threads could not be started")]
    NoThreads(usize),
    /// Bytes that are no checkpoint, or a damaged one.
    #[error("this is no checkpoint of a simulation, or it is damaged")]
    Unreadable,
    /// A checkpoint of another run.
    #[error("the checkpoint belongs to another simulation: its {0} differs")]
    AnotherRun(&'static str),
}
