//! Ultimates: each names sources that exist, shares them out whole, and shares none that another one shares.

use std::collections::HashMap;

use rust_decimal::Decimal;

use crate::document::Deal;
use crate::findings::{Finding, FindingValue, Phrase, Severity};
use crate::revenue::Ultimate;

fn label(ultimate: &Ultimate) -> &String {
    ultimate.label.as_ref().unwrap_or(&ultimate.id)
}

/// Each has an amount, and its shares are a whole.
pub(super) fn whole(deal: &Deal, out: &mut Vec<Finding>) {
    for ultimate in &deal.revenue.ultimates {
        let at = |field: &str| format!("revenue.ultimates[{}].{field}", ultimate.id);
        if ultimate.estimate.base_case().is_none() {
            out.push(
                Finding::new(Severity::Question, "ULTIMATE_WITHOUT_AMOUNT", at("estimate"))
                    .with("ultimate", label(ultimate)),
            );
        }
        let sum: Decimal = ultimate.parts.iter().map(|part| part.share).sum();
        if !ultimate.parts.is_empty() && sum != Decimal::ONE {
            let severity = if sum.is_zero() { Severity::Blocker } else { Severity::Question };
            out.push(
                Finding::new(severity, "ULTIMATE_SHARES", at("parts"))
                    .with("ultimate", label(ultimate))
                    .with("sum", FindingValue::Rate(sum)),
            );
        }
    }
}

/// Its sources exist, and none is shared out twice.
pub(super) fn sources(deal: &Deal, out: &mut Vec<Finding>) {
    let mut shared: HashMap<&str, &Ultimate> = HashMap::new();
    for ultimate in &deal.revenue.ultimates {
        for part in &ultimate.parts {
            let path = format!("revenue.ultimates[{}].parts[{}]", ultimate.id, part.id);
            let Some(source) = deal.revenue.sources.iter().find(|source| source.id == part.source) else {
                out.push(
                    Finding::new(Severity::Blocker, "UNKNOWN_REFERENCE", format!("{path}.source"))
                        .with("what", Phrase::new("no_source"))
                        .with("id", &part.source),
                );
                continue;
            };
            if let Some(first) = shared.insert(&part.source, ultimate) {
                out.push(
                    Finding::new(Severity::Blocker, "ULTIMATE_PART_TWICE", path)
                        .with("source", &source.label)
                        .with("one", label(first))
                        .with("other", label(ultimate)),
                );
            }
        }
    }
}
