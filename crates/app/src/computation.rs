//! Everything that follows from a deal, computed once per revision.

use std::collections::BTreeMap;

use recoup_deal::{Deal, Language, Phrase, findings::said, read_deal};
use recoup_explain::{NodeId, Quantity};
use recoup_incentives::Catalog;
use recoup_model::Outcome;
use serde::Serialize;
use serde_json::{Value, json};

use crate::{
    AppError, ErrorCode, assessment, figures, findings,
    wire::{FindingDto, TreeDto},
};

/// Computes a deal with the embedded policy library.
pub(crate) fn computed(deal: &Deal) -> Result<Outcome, AppError> {
    Ok(recoup_model::run(deal, catalog()?))
}

/// The embedded policy library.
pub(crate) fn catalog() -> Result<&'static Catalog, AppError> {
    Catalog::embedded().map_err(|reason| {
        AppError::new(ErrorCode::Internal, "The policy library cannot be read.").with("reason", reason)
    })
}

/// The whole answer about a deal file, for readers without a desk.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DealRun {
    /// Id of the deal.
    pub deal: String,
    /// The form of the document.
    pub schema: String,
    /// The day on which the document is true.
    pub as_of: String,
    /// What stands in the way, what somebody will ask, what is worth knowing.
    pub findings: Vec<FindingDto>,
    /// Every figure by its address.
    pub figures: BTreeMap<String, Value>,
    /// Every program that was considered, with its lines, what is left of its credit and when it is paid.
    pub incentives: Vec<Value>,
    /// The production account by month.
    pub cash_flow: Vec<Value>,
    /// What each party was told, period by period.
    pub statements: Value,
}

/// Computes everything deterministic about a deal file; findings and reasons are told in `language`.
pub fn run_deal_file(text: &str, language: Language) -> Result<DealRun, AppError> {
    let deal = read_deal(text)?;
    let outcome = computed(&deal)?;
    let statements = outcome.recoupment.as_ref().map(|recoupment| &recoupment.statements);
    let months = outcome.capital.iter().flat_map(|capital| &capital.cash_flow.months);
    let figures = outcome.book.figures();
    Ok(DealRun {
        deal: deal.id.clone(),
        schema: recoup_deal::SCHEMA.to_owned(),
        as_of: deal.as_of.to_string(),
        findings: outcome.findings.iter().map(|finding| findings::shown(finding, language)).collect(),
        figures: figures
            .map(|(address, _, value)| (address.to_owned(), plain(address, value, language)))
            .collect(),
        incentives: assessment::told(&outcome, &|address, value| plain(address, value, language)),
        cash_flow: months.map(|month| month_of(&outcome, month, language)).collect(),
        statements: serde_json::to_value(statements.into_iter().flatten().collect::<Vec<_>>()).map_err(
            |reason| {
                AppError::new(ErrorCode::Internal, "The statements cannot be written.").with("reason", reason)
            },
        )?,
    })
}

/// Why a figure of a deal file is what it is.
pub fn explain_deal_file(text: &str, address: &str) -> Result<TreeDto, AppError> {
    figures::explained(&computed(&read_deal(text)?)?, address)
}

fn month_of(outcome: &Outcome, month: &recoup_capital::CashMonth, language: Language) -> Value {
    let value = |node: NodeId| plain("", outcome.book.value(node), language);
    let draws: BTreeMap<&str, Value> =
        month.draws.iter().map(|(id, node)| (id.as_str(), value(*node))).collect();
    json!({
        "month": month.month.to_string(),
        "opening": value(month.opening),
        "spend": value(month.spend),
        "costs": value(month.costs),
        "fees": value(month.fees),
        "interest": value(month.interest),
        "draws": draws,
        "received": value(month.received),
        "credits": value(month.credits),
        "to_lenders": value(month.to_lenders),
        "to_collection": value(month.to_collection),
        "closing": value(month.closing),
        "debt": value(month.debt),
    })
}

/// A value as the command line writes it. A number of months is named as such by its address.
fn plain(address: &str, value: &Quantity, language: Language) -> Value {
    match value {
        Quantity::Money(money) => json!({"minor": money.minor(), "currency": money.currency().to_string()}),
        Quantity::Number(number) if address.ends_with("_months") || address.ends_with("_month") => {
            let months: Option<i64> = number.normalize().to_string().parse().ok();
            months.map_or_else(
                || json!({"rate": number.normalize().to_string()}),
                |months| json!({"months": months}),
            )
        }
        Quantity::Number(number) => json!({"rate": number.normalize().to_string()}),
        Quantity::Flag(yes) => json!({"flag": yes}),
        Quantity::Date(date) => json!({"date": date.to_string()}),
        Quantity::Absent(absence) => {
            json!({"none": said(&Phrase::reason(absence.missing_cell(), absence), language)})
        }
    }
}
