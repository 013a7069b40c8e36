//! What stands in the way of a deal, what somebody will ask, what is worth knowing.

use recoup_deal::{Deal, Finding, Severity, check, read_deal};

use crate::{
    App, AppError,
    wire::{FindingDto, Findings, ListFindings},
};

/// The findings of an open deal, blockers first.
pub async fn list_findings(app: &App, request: ListFindings) -> Result<Findings, AppError> {
    let desk = app.desk();
    let history = desk.deal(&request.deal)?;
    Ok(Findings { revision: history.stamp(), findings: found(&history.current().deal) })
}

/// The findings of a deal file, for hosts that open none.
pub fn check_deal_file(text: &str) -> Result<Vec<FindingDto>, AppError> {
    Ok(found(&read_deal(text)?))
}

fn found(deal: &Deal) -> Vec<FindingDto> {
    let mut findings = check(deal);
    findings.sort_by_key(|finding| finding.severity);
    findings.iter().map(shown).collect()
}

fn shown(finding: &Finding) -> FindingDto {
    let severity = match finding.severity {
        Severity::Blocker => "blocker",
        Severity::Question => "question",
        Severity::Note => "note",
    };
    FindingDto {
        code: finding.code.clone(),
        severity: severity.to_owned(),
        path: finding.path.clone(),
        message: finding.message.clone(),
        remedy: finding.remedy.clone(),
    }
}
