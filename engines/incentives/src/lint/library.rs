//! What only the whole library shows: programs that name each other, and names that two programs claim.

use std::collections::{BTreeMap, BTreeSet};

use crate::catalog::Catalog;
use crate::lint::LintFinding;

/// Checks the programs of a library against each other.
#[must_use]
pub fn lint_library(catalog: &Catalog) -> Vec<LintFinding> {
    let mut findings = Vec::new();
    interactions(catalog, &mut findings);
    aliases(catalog, &mut findings);
    findings
}

fn interactions(catalog: &Catalog, findings: &mut Vec<LintFinding>) {
    let inputs: BTreeMap<&str, BTreeSet<&str>> = catalog
        .programs()
        .map(|program| {
            let versions = catalog.versions(program).iter();
            let names = versions.flat_map(|policy| policy.inputs.iter().map(|input| input.name.as_str()));
            (program, names.collect())
        })
        .collect();
    for policy in catalog.policies() {
        for (index, interaction) in policy.interactions.iter().enumerate() {
            let path = format!("{}@{} interactions[{index}]", policy.id, policy.from);
            if interaction.with.is_empty() {
                findings.push(LintFinding {
                    path: format!("{path}.with"),
                    message: "names no other program".to_owned(),
                });
            }
            for with in &interaction.with {
                let message = match (inputs.get(with.as_str()), &interaction.input) {
                    (None, _) => format!("there is no program {with}"),
                    (Some(known), Some(input)) if !known.contains(input.as_str()) => {
                        format!("{with} has no input {input}")
                    }
                    (Some(_), _) if *with == policy.id => "a program touches itself".to_owned(),
                    (Some(_), _) => continue,
                };
                findings.push(LintFinding { path: format!("{path}.with"), message });
            }
            let lines = interaction.line.iter().filter(|line| policy.lines.iter().all(|l| l.id != **line));
            for line in lines {
                findings.push(LintFinding {
                    path: format!("{path}.line"),
                    message: format!("there is no line {line}"),
                });
            }
        }
    }
}

/// An id or alias leads to one program, in capitals or not.
fn aliases(catalog: &Catalog, findings: &mut Vec<LintFinding>) {
    let mut owners: BTreeMap<String, &str> =
        catalog.programs().map(|program| (program.to_lowercase(), program)).collect();
    for policy in catalog.policies() {
        for alias in &policy.aliases {
            let owner = owners.entry(alias.to_lowercase()).or_insert(policy.id.as_str());
            if *owner != policy.id {
                findings.push(LintFinding {
                    path: format!("{}@{} aliases", policy.id, policy.from),
                    message: format!("{alias} leads to {owner} already"),
                });
            }
        }
    }
}
