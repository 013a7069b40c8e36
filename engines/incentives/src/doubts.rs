//! What a producer has to know about a claim: undecided conditions, weak facts, laws that end.

use recoup_deal::{Deal, Finding, Language, Phrase, Severity, Timeline, findings::said};
use recoup_explain::{Book, Quantity};

use crate::assess::{Candidate, ClaimAssessment, Standing};
use crate::catalog::Catalog;
use crate::own::ProgramOrigin;
use crate::points::{cure, lack};
use crate::policy::{Confidence, Consequence, Policy};
use crate::run::{ConditionResult, Verdict};

mod dates;

use dates::{Days, of_law};

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
        let days =
            Days { today: deal.as_of, decided: assessed.version_on, delivery: timeline.final_delivery() };
        findings.extend(of_law(&path, &candidate.policy, catalog, &days));
    }
    if let (Standing::Rejected, Some(reason)) = (assessed.standing, &assessed.reason) {
        findings.push(
            Finding::new(Severity::Note, "INCENTIVE_NOT_CHOSEN", path.clone())
                .with("program", &candidate.policy.short_name)
                .with("reason", reason.clone()),
        );
    }
    if candidate.origin == ProgramOrigin::Own {
        findings.push(
            Finding::new(Severity::Note, "INCENTIVE_OWN", path.clone())
                .with("program", &candidate.policy.short_name),
        );
    } else if candidate.policy.confidence == Confidence::Low {
        findings.push(
            Finding::new(Severity::Note, "INCENTIVE_UNVERIFIED", path.clone())
                .with("program", &candidate.policy.short_name),
        );
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
            let at = format!("{path}.{part}.{name}");
            findings.push(
                Finding::new(Severity::Question, "INCENTIVE_UNKNOWN_INPUT", at)
                    .with("program", &candidate.policy.short_name)
                    .with("input", name),
            );
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
        let program = &candidate.policy.short_name;
        match (condition.verdict, condition.consequence) {
            (Verdict::Pass, _) => {}
            (Verdict::Fail, consequence) => {
                let failed = Finding::new(Severity::Question, "INCENTIVE_CONDITION_FAILED", path)
                    .with("program", program)
                    .with("condition", Phrase::new(condition.label.as_str()))
                    .with("cure", cure(assessed, condition));
                findings.push(match consequence {
                    Consequence::NoCredit => failed.case("no_credit"),
                    Consequence::Doubt => failed.case("doubt"),
                    Consequence::Note => failed,
                });
            }
            (Verdict::Unknown, _) if assessed.standing == Standing::Claimed => {
                let lack = lack(assessed, condition);
                let asked = lack.as_ref().and_then(|lack| lack.enough.clone());
                let open = Finding::new(Severity::Question, "INCENTIVE_CONDITION_OPEN", path)
                    .with("program", program)
                    .with("condition", Phrase::new(condition.label.as_str()))
                    .with("inputs", asked.unwrap_or_else(|| questions(&candidate.policy, condition)));
                findings.push(match lack.and_then(|lack| lack.points) {
                    Some((missing, needed)) => {
                        open.case("points").with("missing", missing).with("needed", needed)
                    }
                    None => open,
                });
            }
            (Verdict::Unknown, _) => {}
        }
    }
}

/// What the form asks and nobody has answered; the condition itself where no single question is open.
fn questions(policy: &Policy, condition: &ConditionResult) -> Phrase {
    let label = |name: &String| {
        let input = policy.inputs.iter().find(|input| input.name == *name);
        Phrase::new(input.map_or(name.as_str(), |input| input.label.as_str()))
    };
    let open = condition.missing.iter().map(label);
    open.reduce(|first, then| Phrase::new("and_also").with("first", first).with("then", then))
        .unwrap_or_else(|| Phrase::new(condition.label.as_str()))
}

fn inputs(path: &str, candidate: &Candidate<'_>, assessed: &ClaimAssessment, findings: &mut Vec<Finding>) {
    let mut doubts: Vec<&Phrase> = assessed.inputs.iter().flat_map(|input| &input.doubts).collect();
    doubts.sort_by_cached_key(|doubt| said(doubt, Language::English));
    doubts.dedup();
    for doubt in doubts {
        findings.push(
            Finding::new(Severity::Question, "INCENTIVE_INPUT_ASSUMED", path)
                .with("program", &candidate.policy.short_name)
                .with("doubt", doubt.clone()),
        );
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
        let missing = absence.missing_cell();
        let finding = Finding::new(Severity::Question, "INCENTIVE_NOT_COMPUTED", path)
            .with("program", &candidate.policy.short_name)
            .with("reason", Phrase::reason(missing, absence));
        findings.push(match missing {
            Some(cell) => finding.case("missing").with("cell", cell),
            None => finding,
        });
    }
    for event in assessed.cash.iter().filter(|event| event.date.is_none()) {
        findings.push(
            Finding::new(Severity::Question, "INCENTIVE_WITHOUT_DATE", path)
                .with("program", &candidate.policy.short_name)
                .with("payment", Phrase::new(event.label.as_str())),
        );
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
        findings.push(
            Finding::new(Severity::Question, "INCENTIVE_STATED_DIFFERS", format!("{path}.stated_amount"))
                .with("program", &candidate.policy.short_name)
                .with("stated", stated)
                .with("computed", computed),
        );
    }
}
