//! What a financier would ask.

use recoup_deal::findings::render;
use recoup_deal::{Finding, Language, Severity};

use crate::document::{Block, FindingLine, Section};
use crate::sections::desk::Desk;

pub(crate) fn section(desk: &mut Desk<'_>) -> Section {
    let lines = lines(desk.results.findings, usize::MAX);
    let count = |severity: &str| lines.iter().filter(|line| line.severity == severity).count();
    let lead = format!(
        "{} blockers, {} questions and {} notes, each with what would cure it.",
        count("blocker"),
        count("question"),
        count("note")
    );
    Section { topic: "Findings".to_owned(), lead, blocks: vec![Block::Findings(lines)] }
}

/// The first findings, ranked.
pub(crate) fn lines(findings: &[Finding], most: usize) -> Vec<FindingLine> {
    let mut ranked: Vec<&Finding> = findings.iter().collect();
    ranked.sort_by_key(|finding| match finding.severity {
        Severity::Blocker => 0,
        Severity::Question => 1,
        Severity::Note => 2,
    });
    ranked
        .into_iter()
        .take(most)
        .map(|finding| {
            let said = render(finding, Language::English);
            FindingLine {
                severity: match finding.severity {
                    Severity::Blocker => "blocker",
                    Severity::Question => "question",
                    Severity::Note => "note",
                },
                message: said.message,
                remedy: said.remedy,
                path: finding.path.clone(),
            }
        })
        .collect()
}
