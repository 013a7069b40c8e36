//! What a pack says, section by section.

mod assumptions;
mod capital;
mod closing;
mod desk;
mod findings;
mod incentives;
mod recoupment;
mod returns;
mod revenue;
mod summary;

pub(crate) use desk::Desk;

use crate::document::{Bar, Section};

/// The sections of the full pack, in order of reading.
pub(crate) fn all(desk: &mut Desk<'_>) -> Vec<Section> {
    let first = summary::section(desk);
    let rest = [
        closing::section(desk),
        incentives::section(desk),
        capital::section(desk),
        revenue::section(desk),
        recoupment::section(desk),
        returns::section(desk),
        Some(assumptions::section(desk)),
        Some(findings::section(desk)),
    ];
    std::iter::once(first).chain(rest.into_iter().flatten()).collect()
}

/// Sources drawn to scale, for the cover and the closing page.
pub(crate) fn source_bars(desk: &Desk<'_>) -> Vec<Bar> {
    closing::bars(desk).1
}
