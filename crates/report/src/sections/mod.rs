//! What a pack says, section by section, and which sections each reader is handed.

mod assumptions;
mod budget;
mod capital;
mod cash_flow;
mod closing;
mod conditions;
mod counted;
mod coverage;
mod definitions;
mod desk;
mod findings;
mod incentives;
mod keys;
pub(crate) mod order;
mod program;
mod program_form;
mod reach;
mod recoupment;
mod returns;
mod revenue;
mod risk;
mod schedule;
mod spoken;
mod statements;
mod summary;

pub(crate) use desk::Desk;

use crate::document::{Bar, Section, SectionKind};
use crate::edition::Reader;

/// The sections of a reader's pack, in order of reading. The rules behind the choice are in `docs/PACKS.md`.
pub fn sections_for(reader: Reader) -> &'static [SectionKind] {
    use SectionKind::{
        Assumptions, Budget, Capital, CashFlow, Closing, Findings, Incentives, Recoupment, Returns, Revenue,
        Risk, Schedule, Statements, Summary,
    };
    match reader {
        Reader::Full => &[
            Summary,
            Closing,
            Budget,
            Incentives,
            Capital,
            CashFlow,
            Revenue,
            Recoupment,
            Schedule,
            Statements,
            Returns,
            Risk,
            Assumptions,
            Findings,
        ],
        Reader::SeniorLender => &[
            Summary,
            Closing,
            Capital,
            CashFlow,
            Incentives,
            Recoupment,
            Statements,
            Risk,
            Findings,
            Assumptions,
        ],
        Reader::GapLender => &[
            Summary,
            Revenue,
            Capital,
            Closing,
            Recoupment,
            Schedule,
            Statements,
            Risk,
            CashFlow,
            Incentives,
            Findings,
            Assumptions,
        ],
        Reader::Equity => &[
            Summary,
            Returns,
            Risk,
            Recoupment,
            Schedule,
            Statements,
            Revenue,
            Closing,
            Capital,
            Incentives,
            CashFlow,
            Findings,
            Assumptions,
        ],
        Reader::SoftMoney => &[
            Summary,
            Closing,
            Budget,
            Incentives,
            Recoupment,
            Statements,
            Risk,
            CashFlow,
            Findings,
            Assumptions,
        ],
        Reader::Bond => &[Summary, Budget, CashFlow, Closing, Findings, Assumptions],
        Reader::CoProducer => &[
            Summary,
            Closing,
            Budget,
            Incentives,
            Recoupment,
            Schedule,
            Statements,
            Returns,
            Risk,
            Revenue,
            CashFlow,
            Findings,
            Assumptions,
        ],
    }
}

/// Writes the sections of the edition's reader; what could not be computed is left out.
pub(crate) fn write(desk: &mut Desk<'_>) -> Vec<Section> {
    let mut written = Vec::new();
    for kind in sections_for(desk.edition.reader) {
        let section = match kind {
            SectionKind::Summary => Some(summary::section(desk)),
            SectionKind::Budget => budget::section(desk),
            SectionKind::Closing => closing::section(desk),
            SectionKind::Incentives => incentives::section(desk),
            SectionKind::Capital => capital::section(desk),
            SectionKind::CashFlow => cash_flow::section(desk),
            SectionKind::Revenue => revenue::section(desk),
            SectionKind::Recoupment => recoupment::section(desk),
            SectionKind::Schedule => schedule::section(desk),
            SectionKind::Statements => statements::section(desk),
            SectionKind::Returns => returns::section(desk),
            SectionKind::Risk => risk::section(desk),
            SectionKind::Assumptions => Some(assumptions::section(desk)),
            SectionKind::Findings => Some(findings::section(desk)),
        };
        written.extend(section);
    }
    written
}

/// Sources drawn to scale, for the cover.
pub(crate) fn source_bars(desk: &Desk<'_>) -> Vec<Bar> {
    closing::bars(desk).1
}
