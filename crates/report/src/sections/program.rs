//! What the pages tell of one program.

use recoup_incentives::{ClaimAssessment, Policy};

use crate::sections::desk::Desk;

/// What it is, why this version, how sure it is.
pub(crate) fn intro(desk: &Desk<'_>, claim: &ClaimAssessment, policy: &Policy) -> String {
    let day = desk.figures.day(claim.version_on);
    let by =
        recoup_deal::findings::said(&recoup_deal::Phrase::new(&policy.version_by), desk.edition.language);
    let confidence = match policy.confidence {
        recoup_incentives::Confidence::High => "confidence.high",
        recoup_incentives::Confidence::Medium => "confidence.medium",
        recoup_incentives::Confidence::Low => "confidence.unverified",
    };
    desk.words.with(
        "incentives.intro",
        &[
            ("law", &policy.legal_name),
            ("statute", &policy.statute.join("; ")),
            ("by", &by),
            ("day", &day),
            ("confidence", desk.words.say(confidence)),
        ],
    )
}
