//! What stands in the way of a deal, what somebody will ask, what is worth knowing.

use recoup_deal::findings::render;
use recoup_deal::{Finding, Language, Severity, read_deal};

use crate::{
    App, AppError, computation,
    wire::{FindingDto, Findings, ListFindings},
};

/// The findings of an open deal, blockers first.
pub async fn list_findings(app: &App, request: ListFindings) -> Result<Findings, AppError> {
    let (stamp, state) = app.state(&request.deal)?;
    Ok(Findings { revision: stamp, findings: state.outcome()?.findings.iter().map(shown).collect() })
}

/// The findings of a deal file, for readers without a desk.
pub fn check_deal_file(text: &str) -> Result<Vec<FindingDto>, AppError> {
    let outcome = computation::computed(&read_deal(text)?)?;
    Ok(outcome.findings.iter().map(shown).collect())
}

/// A finding as it crosses the wire.
pub(crate) fn shown(finding: &Finding) -> FindingDto {
    let severity = match finding.severity {
        Severity::Blocker => "blocker",
        Severity::Question => "question",
        Severity::Note => "note",
    };
    let said = render(finding, Language::English);
    FindingDto {
        code: finding.code.clone(),
        severity: severity.to_owned(),
        path: finding.path.clone(),
        message: said.message,
        remedy: said.remedy,
    }
}
