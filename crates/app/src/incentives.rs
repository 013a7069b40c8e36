//! The policy library: what programs there are and what each of their numbers rests on.

use std::sync::Arc;

use recoup_deal::Language;
use recoup_incentives::{
    Answers, Catalog, Confidence, Labels, Policy, ProgramKind, ProgramOrigin, ProgramRun, run,
};
use serde::Deserialize;

use crate::{
    App, AppError, ErrorCode,
    assessment::term,
    computation::catalog,
    findings::spoken,
    own_programs::within_reach,
    points_sheet,
    program_runs::examples_of,
    program_sheet::{self, confidence, headline, stream, unit},
    wire::{
        ProgramEntry, ProgramFact, ProgramLine, ProgramSource, ProgramView, Programs, SearchPrograms,
        ShowProgram,
    },
};

/// Programs whose names or jurisdictions hold every word asked for; all of them where none is.
pub async fn search_programs(_app: &App, request: SearchPrograms) -> Result<Programs, AppError> {
    let catalog = catalog()?;
    let language = spoken(request.language.as_deref())?;
    let words = request.words.unwrap_or_default();
    let found = catalog.search(&words);
    Ok(Programs {
        programs: found
            .into_iter()
            .map(|policy| entry_of(policy, ProgramOrigin::Library, language))
            .collect(),
    })
}

/// One version of a program: the one in force on a day, or the newest.
///
/// It is looked for among what the deal brings along, in the library, and among one's own.
pub async fn show_program(app: &App, request: ShowProgram) -> Result<ProgramView, AppError> {
    let reach = within_reach(app, request.deal.as_deref()).await?;
    let language = spoken(request.language.as_deref())?;
    let policy = version_of(&reach, &request.program, request.on.as_deref())?;
    view(policy, &reach, language)
}

/// The version of a program in force on a day, or its newest.
pub(crate) fn version_of<'c>(
    catalog: &'c Catalog,
    program: &str,
    on: Option<&str>,
) -> Result<&'c Arc<Policy>, AppError> {
    let Some(day) = on else {
        return catalog.versions(program).last().ok_or_else(|| {
            AppError::new(ErrorCode::NotFound, "There is no such program in the library.")
                .with("program", program)
        });
    };
    let day = day.parse().map_err(|_| {
        AppError::new(ErrorCode::InvalidRequest, "A day is written like 2027-03-01.").with("on", day)
    })?;
    catalog
        .on(program, day)
        .map_err(|reason| AppError::new(ErrorCode::NotFound, format!("{reason}.")).with("program", program))
}

/// A program on typed inputs, as a file asks for it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct TypedRun {
    program: String,
    version_on: String,
    inputs: serde_json::Value,
}

/// Runs a program on typed inputs: `{"program": …, "version_on": …, "inputs": {…}}`.
pub fn run_program(text: &str) -> Result<ProgramRun, AppError> {
    let invalid = |reason: String| {
        AppError::new(ErrorCode::InvalidRequest, "This is not a program with typed inputs.")
            .with("reason", reason)
    };
    let typed: TypedRun = serde_json::from_str(text).map_err(|reason| invalid(reason.to_string()))?;
    let day = typed
        .version_on
        .parse()
        .map_err(|_| invalid(format!("version_on {:?} is not a day like 2027-03-01", typed.version_on)))?;
    let policy = catalog()?.on(&typed.program, day).map_err(|reason| {
        AppError::new(ErrorCode::NotFound, format!("{reason}.")).with("program", &typed.program)
    })?;
    let answers = Answers::from_json(&typed.inputs).map_err(|reason| invalid(reason.to_string()))?;
    run(policy, &answers, &Answers::new()).map_err(|reason| invalid(reason.to_string()))
}

/// A version in a list.
pub(crate) fn entry_of(policy: &Policy, origin: ProgramOrigin, language: Language) -> ProgramEntry {
    let say = |text: &str| Labels::embedded().say(text, language).to_owned();
    ProgramEntry {
        program: policy.id.clone(),
        name: say(&policy.short_name),
        legal_name: say(&policy.legal_name),
        jurisdiction: policy.jurisdiction.clone(),
        currency: policy.currency.to_string(),
        from: policy.from.to_string(),
        until: policy.until.map(|day| day.to_string()),
        sunset: policy.sunset.map(|day| day.to_string()),
        kind: kind(policy.kind).to_owned(),
        // Whatever an own program's file says of itself, nobody but its author does.
        confidence: confidence(if origin == ProgramOrigin::Own {
            Confidence::Low
        } else {
            policy.confidence
        })
        .to_owned(),
        reviewed: policy.reviewed.to_string(),
        computable: policy.computable,
        origin: term(origin),
        stream: stream(policy.stream).to_owned(),
        animation: policy.animation,
        headline: headline(policy, language),
    }
}

fn kind(kind: ProgramKind) -> &'static str {
    match kind {
        ProgramKind::RefundableTaxCredit => "refundable_tax_credit",
        ProgramKind::TaxableExpenditureCredit => "taxable_expenditure_credit",
        ProgramKind::TransferableTaxCredit => "transferable_tax_credit",
        ProgramKind::NonrefundableTaxCredit => "nonrefundable_tax_credit",
        ProgramKind::CashRebate => "cash_rebate",
        ProgramKind::Grant => "grant",
        ProgramKind::Component => "component",
        ProgramKind::TaxShelter => "tax_shelter",
        ProgramKind::SelectiveFund => "selective_fund",
        ProgramKind::Record => "record",
    }
}

fn view(policy: &Policy, catalog: &Catalog, language: Language) -> Result<ProgramView, AppError> {
    let say = |text: &String| Labels::embedded().say(text, language).to_owned();
    let address = |id: &str| policy.source(id).map(|source| source.address.clone());
    let constants = policy.constants.iter().map(|constant| ProgramLine {
        id: constant.id.clone(),
        label: say(&constant.label),
        formula: constant.value.to_string(),
        unit: unit(constant.unit).to_owned(),
        clause: Some(constant.clause.clone()),
        source: address(&constant.source),
    });
    let lines = policy.lines.iter().map(|line| ProgramLine {
        id: line.id.clone(),
        label: say(&line.label),
        formula: String::from(line.formula.clone()),
        unit: unit(line.unit).to_owned(),
        clause: line.clause.clone(),
        source: line.source.as_deref().and_then(address),
    });
    let origin = catalog.origin(policy);
    let of_library = origin != ProgramOrigin::Own;
    Ok(ProgramView {
        entry: entry_of(policy, origin, language),
        examples: if of_library { examples_of(&policy.id, catalog)? } else { Vec::new() },
        versions: catalog.versions(&policy.id).iter().map(|version| version.from.to_string()).collect(),
        version_by: say(&policy.version_by),
        authority: policy.authority.clone(),
        statute: policy.statute.clone(),
        notes: policy.notes.iter().map(say).collect(),
        missing: policy.missing.as_ref().map(say),
        known: policy
            .known
            .iter()
            .map(|fact| ProgramFact {
                label: say(&fact.label),
                text: say(&fact.text),
                clause: fact.clause.clone(),
                source: address(&fact.source),
                confidence: confidence(fact.confidence).to_owned(),
            })
            .collect(),
        credit: policy.credit.clone(),
        inputs: policy.inputs.iter().map(|input| program_sheet::input(input, language)).collect(),
        numbers: program_sheet::numbers(policy, language),
        lines: constants.chain(lines).collect(),
        conditions: program_sheet::conditions(policy, language),
        tests: points_sheet::tests(policy, language),
        payments: program_sheet::payments(policy, language),
        tax: program_sheet::tax(policy, language),
        fees: policy.fees.clone(),
        bearings: program_sheet::bearings(policy, catalog, language),
        sources: policy
            .sources
            .iter()
            .map(|source| ProgramSource {
                title: source.title.clone(),
                address: source.address.clone(),
                date: source.date.clone(),
                seen: source.seen.to_string(),
                kind: source.kind.clone(),
            })
            .collect(),
    })
}
