//! What stands in the way of a deal, what somebody will ask, what is worth knowing.

pub use recoup_deal::Language;
use recoup_deal::findings::render;
use recoup_deal::{Finding, Severity, read_deal};

use crate::{
    App, AppError, ErrorCode, computation,
    cures::is_curable,
    wire::{FindingDto, Findings, ListFindings},
};

/// The findings of an open deal, blockers first, in the language asked for; in English where none is.
pub async fn list_findings(app: &App, request: ListFindings) -> Result<Findings, AppError> {
    let language = spoken(request.language.as_deref())?;
    let (stamp, state) = app.state(&request.deal)?;
    let findings = &state.outcome()?.findings;
    Ok(Findings {
        revision: stamp,
        findings: findings.iter().map(|finding| shown(finding, language)).collect(),
    })
}

/// The findings of a deal file, for readers without a desk.
pub fn check_deal_file(text: &str, language: Language) -> Result<Vec<FindingDto>, AppError> {
    let outcome = computation::computed(&read_deal(text)?)?;
    Ok(outcome.findings.iter().map(|finding| shown(finding, language)).collect())
}

/// The language of a tag; English where none is given.
pub(crate) fn spoken(tag: Option<&str>) -> Result<Language, AppError> {
    let Some(tag) = tag else { return Ok(Language::default()) };
    Language::of_tag(tag).ok_or_else(|| {
        AppError::new(ErrorCode::InvalidRequest, "This language is not spoken here.")
            .with("language", tag)
            .with("allowed", Language::ALL.map(Language::code).join(", "))
    })
}

/// A finding as it crosses the wire.
pub(crate) fn shown(finding: &Finding, language: Language) -> FindingDto {
    let severity = match finding.severity {
        Severity::Blocker => "blocker",
        Severity::Question => "question",
        Severity::Note => "note",
    };
    let said = render(finding, language);
    FindingDto {
        code: finding.code.clone(),
        severity: severity.to_owned(),
        path: finding.path.clone(),
        message: said.message,
        remedy: said.remedy,
        curable: is_curable(finding),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_deal_file_is_checked_in_the_language_of_its_reader() {
        let text = include_str!("../../../examples/dragons-quest.deal.json");
        let english = check_deal_file(text, Language::English).unwrap();
        let french = check_deal_file(text, Language::French).unwrap();
        assert!(english.len() > 5 && english.len() == french.len());
        for (one, other) in english.iter().zip(&french) {
            assert_eq!((&one.code, &one.path, &one.severity), (&other.code, &other.path, &other.severity));
            assert_ne!(one.message, other.message, "{}", one.code);
        }
    }

    #[test]
    fn a_language_nobody_speaks_is_refused() {
        assert_eq!(spoken(Some("fr-CA")), Ok(Language::French));
        assert!(spoken(Some("tlh")).is_err_and(|refusal| refusal.details["allowed"] == "en, fr"));
    }
}
