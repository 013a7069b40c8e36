//! Quantities: shares lie between nothing and all, amounts are not negative, rates are fractions.
//!
//! These rules walk the document by field name, so that a new field of a known name is covered.

use std::str::FromStr;

use recoup_money::Money;
use rust_decimal::Decimal;
use serde_json::Value;

use crate::findings::{Finding, FindingValue, Severity};
use crate::path::{element_path, field_path};

/// Fields that hold a share of a whole.
const SHARES: [&str; 28] = [
    "share",
    "labour_share",
    "resident_share",
    "animation_share",
    "owned_share",
    "hedged_share",
    "exhibitor_share",
    "producer_share",
    "profit_share",
    "cost_share",
    "assigned_share",
    "overage_share",
    "repayable_share",
    "cap_share",
    "ownership",
    "probability",
    "miss",
    "passed_on",
    "withholding",
    "commission",
    "commission_after_recoupment",
    "fee",
    "interest_reserve",
    "uncertainty",
    "tax_rate",
    "preferred_return",
    "promised_return",
    "margin",
];

/// Fields that hold an annual rate or a premium, where one hundred per cent and more is a slip.
const RATES: [&str; 5] = ["fixed", "npv_rate", "premium", "overhead", "rate"];

/// Parts of the document whose numbers follow other rules: the recoupment plan has its own engine, the
/// exchange rates their own rule, drivers and assumptions repeat values, and a statement may give money back.
const ELSEWHERE: [&str; 5] = ["recoupment", "fx", "risk", "assumptions", "actuals"];

fn visit(value: &Value, path: &str, name: &str, see: &mut dyn FnMut(&str, &str, &str)) {
    match value {
        Value::Object(fields) => {
            for (field, inner) in fields {
                visit(inner, &field_path(path, field), field, see);
            }
        }
        Value::Array(list) => {
            for (index, inner) in list.iter().enumerate() {
                visit(inner, &element_path(path, index, inner), name, see);
            }
        }
        Value::String(text) => see(path, name, text),
        _ => {}
    }
}

fn visit_own(document: &Value, see: &mut dyn FnMut(&str, &str, &str)) {
    for (field, inner) in document.as_object().into_iter().flatten() {
        if !ELSEWHERE.contains(&field.as_str()) {
            visit(inner, field, field, see);
        }
    }
}

/// Shares lie between 0 and 1, rates look like fractions.
pub(super) fn shares(document: &Value, out: &mut Vec<Finding>) {
    visit_own(document, &mut |path, name, text| {
        let Ok(number) = Decimal::from_str(text) else { return };
        if number > Decimal::ONE && told_elsewhere(path) {
            return;
        }
        if SHARES.contains(&name) && !(Decimal::ZERO..=Decimal::ONE).contains(&number) {
            out.push(
                Finding::new(Severity::Blocker, "SHARE_OUT_OF_RANGE", path)
                    .with("share", FindingValue::Rate(number)),
            );
        } else if RATES.contains(&name) && !(Decimal::ZERO..Decimal::ONE).contains(&number) {
            out.push(
                Finding::new(Severity::Question, "RATE_IMPLAUSIBLE", path)
                    .with("rate", FindingValue::Rate(number)),
            );
        }
    });
}

/// Advances and fees above the whole have rules of their own, which know whose they are.
fn told_elsewhere(path: &str) -> bool {
    path.contains(".amount.advance.parts[") || path.contains(".fees[") && path.starts_with("instruments[")
}

/// No amount is below zero.
pub(super) fn amounts(document: &Value, out: &mut Vec<Finding>) {
    visit_own(document, &mut |path, _, text| {
        let amount = text.contains(" -").then(|| Money::from_str(text).ok()).flatten();
        if let Some(amount) = amount.filter(|amount| amount.minor() < 0) {
            out.push(Finding::new(Severity::Blocker, "NEGATIVE_AMOUNT", path).with("amount", amount));
        }
    });
}
