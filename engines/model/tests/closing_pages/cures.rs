//! What a guarantor and a bank raise about the closing, and the cures that were tried on the deal.

use recoup_deal::findings::{render, said};
use recoup_deal::{Cure, Deal, Edit, Finding, Language, Severity};
use recoup_model::{Outcome, cures};

use crate::catalog;

/// Where findings about the finance plan stand: the rest of the document has pages of its own.
const ABOUT: [&str; 6] = ["budget", "instruments", "schedule", "fx", "market", "preferences"];

pub(crate) fn listed(deal: &Deal, outcome: &Outcome) -> String {
    let mut told = "## What a guarantor and a bank raise, and what would cure it\n\n\
                    A cure was computed on the whole deal before it is listed: the finding goes and nothing worse comes."
        .to_owned();
    for finding in outcome.findings.iter().filter(|finding| is_asked(finding)) {
        let sentence = render(finding, Language::English);
        let severity = if finding.severity == Severity::Blocker { "blocker" } else { "question" };
        told.push_str(&format!(
            "\n\n- **{severity}** `{}` at `{}`: {}",
            finding.code, finding.path, sentence.message
        ));
        let found = cures(deal, catalog(), outcome, finding);
        if found.is_empty() {
            told.push_str(&format!("\n  - By hand: {}", sentence.remedy));
        }
        for cure in found {
            told.push_str(&format!("\n  - Cure: {}", told_of(&cure)));
        }
    }
    told
}

fn is_asked(finding: &Finding) -> bool {
    finding.severity != Severity::Note && ABOUT.iter().any(|part| finding.path.starts_with(part))
}

fn told_of(cure: &Cure) -> String {
    let steps: Vec<String> = cure.steps.iter().map(|step| said(step, Language::English)).collect();
    let cells = cure.edits.iter().map(|edit| match edit {
        Edit::Set { path, value } => format!("`{path}` = `{value}`"),
        Edit::Insert { list, element, .. } => {
            format!("one more in `{list}`: `{}`", element["id"].as_str().unwrap_or(""))
        }
        Edit::Remove { path } => format!("without `{path}`"),
    });
    let asks = cure.asks.iter().map(|ask| format!("asks for `{}`", ask.path));
    let cells: Vec<String> = cells.chain(asks).collect();
    format!("{} ({})", steps.join("; then: "), cells.join(", "))
}
