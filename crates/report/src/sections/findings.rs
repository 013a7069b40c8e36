//! What a financier would ask.

use recoup_deal::findings::render;
use recoup_deal::{Finding, Severity};

use crate::document::{Block, FindingLine, Section, SectionKind};
use crate::sections::desk::Desk;

pub(crate) fn section(desk: &mut Desk<'_>) -> Section {
    let lines = lines(desk, usize::MAX);
    let count = |severity: &str| lines.iter().filter(|line| line.severity == severity).count();
    let lead = desk.words.with(
        "findings.lead",
        &[
            ("blockers", &desk.words.count("findings.blockers", count("blocker"))),
            ("questions", &desk.words.count("findings.questions", count("question"))),
            ("notes", &desk.words.count("findings.notes", count("note"))),
        ],
    );
    Section {
        kind: SectionKind::Findings,
        topic: desk.say("findings.topic"),
        lead,
        blocks: vec![Block::Findings(lines)],
    }
}

/// The first findings, ranked.
pub(crate) fn lines(desk: &Desk<'_>, most: usize) -> Vec<FindingLine> {
    let mut ranked: Vec<&Finding> = desk.results.findings.iter().collect();
    ranked.sort_by_key(|finding| match finding.severity {
        Severity::Blocker => 0,
        Severity::Question => 1,
        Severity::Note => 2,
    });
    ranked
        .into_iter()
        .take(most)
        .map(|finding| {
            let (severity, rank) = match finding.severity {
                Severity::Blocker => ("blocker", "findings.blocker"),
                Severity::Question => ("question", "findings.question"),
                Severity::Note => ("note", "findings.note"),
            };
            let said = render(finding, desk.edition.language);
            FindingLine {
                severity,
                rank: desk.say(rank),
                message: said.message,
                remedy: said.remedy,
                path: finding.path.clone(),
            }
        })
        .collect()
}
