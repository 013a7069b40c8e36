//! What lies in the book between some leaves and some figures, computed for many paths at once.
//!
//! A deal is a book of operations. [`Tape::compile`] takes out those that stand between the typed cells that are
//! uncertain and the figures that a simulation asks for, as [`Book::replay`](recoup_explain::Book::replay) does, and
//! turns them into a list of steps on doubles, in major units. What does not move is a constant. So a distributor's
//! deal, a conversion, a credit or a loan's interest is simulated by the very operations that explain it.
//!
//! # What is exact and what is not
//! - A tape does not round amounts to minor units: each rounding of the book moves a figure by half a minor unit at
//!   most, and [`Tape::roundings`] says how many there are. Rounding to fewer digits than that (whole units, say) is done.
//! - Two amounts are compared as whole minor units would be: they differ where they are half of one apart.
//! - Which operations there are was decided on the deal as typed. An engine that would have computed something else
//!   altogether has to be run anew; a caller finds that out by comparing, and then does not use the tape.
//! - The amount that closes the deal is solved anew on every path, by the same equation as the capital engine's.
//! - What a tape has no step for is a [`NotTaped`], never a guess.

mod compile;
mod fold;
mod op;
mod play;
mod solve;

pub use compile::{Closing, NotTaped};
pub(crate) use op::Step;
pub use play::TapeRoom;

/// Some figures of a book as a function of some of its leaves, for many paths at once.
#[derive(Debug, Clone)]
pub struct Tape {
    /// What every slot holds before a step writes it.
    pub(crate) start: Vec<f64>,
    /// Steps that the solved amount does not move, then those on the way from it to the closing's difference, then the
    /// others that it moves.
    pub(crate) steps: Vec<Step>,
    pub(crate) reads: Vec<u32>,
    pub(crate) given: Vec<Option<u32>>,
    pub(crate) asked: Vec<u32>,
    pub(crate) solved: Option<Solved>,
    roundings: u32,
}

/// The unknown of the closing.
#[derive(Debug, Clone)]
pub(crate) struct Solved {
    pub unknown: u32,
    pub residual: u32,
    /// Steps before the loop, and steps in it.
    pub before: usize,
    pub within: usize,
    pub most: f64,
}

impl Tape {
    /// How many steps one run takes; those that are repeated to solve the closing count once.
    pub fn len(&self) -> usize {
        self.steps.len()
    }

    /// Whether nothing that is asked for depends on what is given.
    pub fn is_empty(&self) -> bool {
        self.steps.is_empty() && !self.asked.iter().any(|slot| self.given.contains(&Some(*slot)))
    }

    /// How many roundings of the book the tape leaves out.
    pub fn roundings(&self) -> u32 {
        self.roundings
    }

    /// Whether the amount that closes the deal is solved on every path.
    pub fn solves(&self) -> bool {
        self.solved.is_some()
    }

    /// Whether one of the figures asked for moves with what is given.
    pub fn moves(&self, asked: usize) -> bool {
        let slot = self.asked.get(asked).copied();
        let written = |step: &Step| Some(step.writes) == slot;
        slot.is_some_and(|slot| self.given.contains(&Some(slot))) || self.steps.iter().any(written)
    }

    /// What one of the figures asked for is worth where it does not move.
    pub fn constant(&self, asked: usize) -> f64 {
        self.asked.get(asked).and_then(|slot| self.start.get(*slot as usize)).copied().unwrap_or(f64::NAN)
    }
}

#[cfg(test)]
mod tests;
