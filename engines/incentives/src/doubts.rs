//! What a producer has to know about a claim: undecided conditions, weak facts, laws that end.

use recoup_deal::{Deal, Finding, Timeline};
use recoup_explain::{Absence, Book, Quantity};

use crate::assess::{Candidate, ClaimAssessment, Standing};
use crate::catalog::Catalog;
use crate::policy::{Confidence, Consequence};
use crate::run::Verdict;

/// Every finding on one claim.
pub(crate) fn of_claim(
    deal: &Deal,
    timeline: &Timeline,
    book: &Book,
    candidate: &Candidate<'_>,
    assessed: &ClaimAssessment,
    catalog: &Catalog,
) -> Vec<Finding> {
    let mut findings = Vec::new();
    let path = format!("incentives[{}]", candidate.claim.id);
    if matches!(assessed.standing, Standing::Excluded) {
        return findings;
    }
    typed_names(&path, candidate, &mut findings);
    conditions(&path, candidate, assessed, &mut findings);
    if assessed.standing == Standing::Claimed {
        inputs(&path, candidate, assessed, &mut findings);
        credit(&path, book, candidate, assessed, &mut findings);
        dates(&path, timeline, candidate, catalog, &mut findings);
    }
    if let (Standing::Rejected, Some(reason)) = (assessed.standing, &assessed.reason) {
        findings.push(Finding::note(
            "INCENTIVE_NOT_CHOSEN",
            path.clone(),
            format!("{} is not claimed: {reason}.", candidate.policy.short_name),
            "Set its election to claim, and the other's to exclude, to force it.",
        ));
    }
    if candidate.policy.confidence == Confidence::Low {
        findings.push(Finding::note(
            "INCENTIVE_UNVERIFIED",
            path.clone(),
            format!("The facts on {} are unverified.", candidate.policy.short_name),
            "Ask the authority before relying on the figure.",
        ));
    }
    stated(deal, book, &path, candidate, assessed, &mut findings);
    findings
}

fn typed_names(path: &str, candidate: &Candidate<'_>, findings: &mut Vec<Finding>) {
    let known = |name: &String| {
        candidate.policy.inputs.iter().any(|input| input.name == *name || input.aliases.contains(name))
    };
    for (part, names) in
        [("overrides", candidate.claim.overrides.keys()), ("answers", candidate.claim.answers.keys())]
    {
        for name in names.filter(|name| !known(name)) {
            findings.push(Finding::question(
                "INCENTIVE_UNKNOWN_INPUT",
                format!("{path}.{part}.{name}"),
                format!("{} has no input {name}; the value is not used.", candidate.policy.short_name),
                "Use one of the form's input names.",
            ));
        }
    }
}

fn conditions(
    path: &str,
    candidate: &Candidate<'_>,
    assessed: &ClaimAssessment,
    findings: &mut Vec<Finding>,
) {
    for condition in &assessed.conditions {
        let remedy = condition.remedy.clone().unwrap_or_else(|| condition.clause.clone());
        match (condition.verdict, condition.consequence) {
            (Verdict::Pass, _) => {}
            (Verdict::Fail, consequence) => {
                let what = match consequence {
                    Consequence::NoCredit => "fails, and there is no credit",
                    Consequence::Doubt => "fails, and the credit is in doubt",
                    Consequence::Note => "fails",
                };
                let message = format!("{}: “{}” {what}.", candidate.policy.short_name, condition.label);
                findings.push(Finding::question("INCENTIVE_CONDITION_FAILED", path, message, remedy));
            }
            (Verdict::Unknown, _) if assessed.standing == Standing::Claimed => {
                let message = format!("{}: “{}” is undecided.", candidate.policy.short_name, condition.label);
                let answer = format!("Answer {}.", condition.missing.join(", "));
                findings.push(Finding::question("INCENTIVE_CONDITION_OPEN", path, message, answer));
            }
            (Verdict::Unknown, _) => {}
        }
    }
}

fn inputs(path: &str, candidate: &Candidate<'_>, assessed: &ClaimAssessment, findings: &mut Vec<Finding>) {
    let mut doubts: Vec<&String> = assessed.inputs.iter().flat_map(|input| &input.doubts).collect();
    doubts.sort();
    doubts.dedup();
    for doubt in doubts {
        findings.push(Finding::question(
            "INCENTIVE_INPUT_ASSUMED",
            path,
            format!("{}: {doubt}.", candidate.policy.short_name),
            "Type the share or amount in the budget.",
        ));
    }
}

fn credit(
    path: &str,
    book: &Book,
    candidate: &Candidate<'_>,
    assessed: &ClaimAssessment,
    findings: &mut Vec<Finding>,
) {
    if let Some(Quantity::Absent(absence)) = assessed.net.map(|net| book.value(net)) {
        let remedy = match absence {
            Absence::Missing { path } => format!("Type {path}."),
            Absence::Arithmetic { .. } | Absence::Undefined { .. } => {
                "Correct the inputs of the form.".to_owned()
            }
        };
        findings.push(Finding::question(
            "INCENTIVE_NOT_COMPUTED",
            path,
            format!("{} cannot be computed: {absence}.", candidate.policy.short_name),
            remedy,
        ));
    }
    for event in assessed.cash.iter().filter(|event| event.date.is_none()) {
        findings.push(Finding::question(
            "INCENTIVE_WITHOUT_DATE",
            path,
            format!("{}: “{}” has no date.", candidate.policy.short_name, event.label),
            "Give the schedule a start and a delivery.",
        ));
    }
}

/// The law may end or change while the film is made.
fn dates(
    path: &str,
    timeline: &Timeline,
    candidate: &Candidate<'_>,
    catalog: &Catalog,
    findings: &mut Vec<Finding>,
) {
    let (Some(start), Some(end)) = (timeline.start(), timeline.final_delivery()) else { return };
    let policy = &candidate.policy;
    if let Some(sunset) = policy.sunset.filter(|sunset| *sunset < end) {
        findings.push(Finding::question(
            "INCENTIVE_SUNSET",
            path,
            format!("{} ends on {sunset}, before delivery on {end}.", policy.short_name),
            "Check which dates the law looks at, and whether it will be renewed.",
        ));
    }
    let changes = catalog
        .versions(&policy.id)
        .iter()
        .filter(|other| other.from > start && other.from <= end && other.from != policy.from);
    for other in changes {
        findings.push(Finding::note(
            "INCENTIVE_VERSION_CHANGES",
            path,
            format!("{} changes on {} while the film is made.", policy.short_name, other.from),
            format!("The version is decided by: {}.", policy.version_by),
        ));
    }
}

fn stated(
    deal: &Deal,
    book: &Book,
    path: &str,
    candidate: &Candidate<'_>,
    assessed: &ClaimAssessment,
    findings: &mut Vec<Finding>,
) {
    let computed = assessed.credit_in_deal.and_then(|node| book.value(node).as_money());
    let (Some(stated), Some(computed)) = (candidate.claim.stated_amount, computed) else { return };
    if stated.currency() == deal.currency && stated != computed {
        findings.push(Finding::question(
            "INCENTIVE_STATED_DIFFERS",
            format!("{path}.stated_amount"),
            format!("{}: {stated} is stated, {computed} is computed.", candidate.policy.short_name),
            "Read the computation, and correct the estimate or the inputs.",
        ));
    }
}
