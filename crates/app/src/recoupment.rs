//! The recoupment plan of a deal file: run, validated, broken even.

use recoup_deal::{Language, read_deal};
use recoup_waterfall::Recoupment;
use serde::Serialize;
use serde_json::Value;

use crate::{AppError, ErrorCode, computation, findings, wire::FindingDto};

/// The format of a plan that stands alone with its receipts.
const STAND_ALONE: &str = "waterfall-case/1";

/// A plan that stands alone, if that is what the file holds.
fn stand_alone(text: &str) -> Option<Value> {
    let value: Value = serde_json::from_str(text).ok()?;
    (value.get("schema").and_then(Value::as_str) == Some(STAND_ALONE)).then_some(value)
}

/// What a plan that stands alone pays to whom; none for any other file.
pub fn run_stand_alone_plan(text: &str) -> Result<Option<Value>, AppError> {
    stand_alone(text)
        .map(|plan| {
            recoup_waterfall::run_case(&plan).map_err(|reason| {
                AppError::new(ErrorCode::InvalidRequest, "This plan cannot be run.").with("reason", reason)
            })
        })
        .transpose()
}

/// What the plan of a deal file pays: every claim, what each party is told, every posting.
pub fn run_plan_of_file(text: &str) -> Result<Value, AppError> {
    let outcome = computation::computed(&read_deal(text)?)?;
    let recoupment = outcome.recoupment.as_ref().ok_or_else(cannot_run)?;
    let Recoupment { postings, periods, claims, statements, left_over, held, lapsed, refunds, shortfalls } =
        recoupment;
    written(&serde_json::json!({
        "claims": claims,
        "statements": statements,
        "periods": periods,
        "postings": postings,
        "left_over": left_over,
        "held": held,
        "lapsed": lapsed,
        "refunds": refunds,
        "shortfalls": shortfalls,
    }))
}

/// What is wrong with the plan of a deal file.
pub fn validate_plan_of_file(text: &str, language: Language) -> Result<Vec<FindingDto>, AppError> {
    let outcome = computation::computed(&read_deal(text)?)?;
    let about = outcome.findings.iter().filter(|finding| finding.path.starts_with("recoupment"));
    Ok(about.map(|finding| findings::shown(finding, language)).collect())
}

/// The receipts at the collection account at which each claim of a deal file is paid out, in the plan's order.
pub fn breakeven_of_file(text: &str) -> Result<Value, AppError> {
    let outcome = computation::computed(&read_deal(text)?)?;
    if outcome.recoupment.is_none() {
        return Err(cannot_run());
    }
    written(&outcome.ladder)
}

fn cannot_run() -> AppError {
    AppError::new(
        ErrorCode::InvalidRequest,
        "This deal has no recoupment plan that can be run. `recoup waterfall validate` says what is wrong.",
    )
}

fn written(answer: &impl Serialize) -> Result<Value, AppError> {
    serde_json::to_value(answer).map_err(|reason| {
        AppError::new(ErrorCode::Internal, "The answer cannot be written.").with("reason", reason)
    })
}
