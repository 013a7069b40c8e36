//! Programs on given values: worked examples, typed values, and the lines as they cross the wire.

use std::collections::{BTreeMap, BTreeSet};

use recoup_deal::Language;
use recoup_incentives::{
    Answers, Catalog, Labels, Origin, Policy, ProgramRun, Unit, Value, Verdict,
    examples::{Example, check_example},
    own::typed,
    run,
};
use recoup_money::{Currency, Money, Rounding, cases::FieldReport};

use crate::{
    App, AppError, ErrorCode,
    assessment::term,
    computation::catalog,
    example_kind::kind,
    findings::spoken,
    incentives::version_of,
    own_programs::{faulty, within_reach},
    wire::{
        ConditionDto, ExampleResult, ExampleRun, MoneyDto, ProgramExample, ProgramRunDto, QuantityDto,
        RunExample, RunInputDto, RunInputs, RunLineDto, RunValueDto,
    },
};

/// Runs a worked example of the library, and compares everything it expects.
pub async fn run_example(_app: &App, request: RunExample) -> Result<ExampleRun, AppError> {
    let catalog = catalog()?;
    let language = spoken(request.language.as_deref())?;
    let program = catalog.resolve(&request.program).unwrap_or(&request.program);
    let found = numbered(program)?.into_iter().find(|(number, _)| *number == request.example);
    let (number, example) = found.ok_or_else(|| {
        AppError::new(ErrorCode::NotFound, "This program has no such example.")
            .with("example", &request.example)
    })?;
    let version = |id: &str, day| catalog.on(id, day).ok().map(AsRef::as_ref);
    let report = check_example(example, &version);
    let policy = version(program, example.on);
    let results = report.fields.iter().map(|field| result(field, policy, language)).collect();
    Ok(ExampleRun {
        equal: report.fields.iter().all(equal) && report.message.is_none(),
        problem: report.message,
        results,
        run: policy.and_then(|policy| alone(policy, example, language)),
        example: shown(&number, example, catalog),
    })
}

/// Runs a program on values as they are typed.
pub async fn run_inputs(app: &App, request: RunInputs) -> Result<ProgramRunDto, AppError> {
    let language = spoken(request.language.as_deref())?;
    let reach = within_reach(app, None).await?;
    let policy = version_of(&reach, &request.program, request.on.as_deref())?;
    let answers = typed(policy, &request.inputs).map_err(|fault| faulty(&[fault]))?;
    let run = run(policy, &answers, &Answers::new()).map_err(|reason| {
        AppError::new(ErrorCode::InvalidRequest, format!("{reason}.")).with("path", "inputs")
    })?;
    Ok(run_of(policy, &run, &Seen::default(), language))
}

/// The worked examples of a program of the library.
pub(crate) fn examples_of(program: &str, catalog: &Catalog) -> Result<Vec<ProgramExample>, AppError> {
    Ok(numbered(program)?.into_iter().map(|(number, example)| shown(&number, example, catalog)).collect())
}

fn numbered(program: &str) -> Result<Vec<(String, &'static Example)>, AppError> {
    let examples = Catalog::examples_of(program).map_err(|reason| {
        AppError::new(ErrorCode::Internal, "The worked examples cannot be read.").with("reason", reason)
    })?;
    Ok(examples.iter().enumerate().map(|(index, example)| ((index + 1).to_string(), example)).collect())
}

fn shown(number: &str, example: &Example, catalog: &Catalog) -> ProgramExample {
    let typed = |value: &serde_json::Value| match value {
        serde_json::Value::String(text) => text.clone(),
        serde_json::Value::Array(items) => {
            let items =
                items.iter().map(|item| item.as_str().map_or_else(|| item.to_string(), str::to_owned));
            items.collect::<Vec<_>>().join("; ")
        }
        other => other.to_string(),
    };
    let policy = catalog.on(&example.program, example.on).ok().map(AsRef::as_ref);
    ProgramExample {
        example: number.to_owned(),
        title: example.title.clone(),
        kind: kind(example, policy).to_owned(),
        on: example.on.to_string(),
        version: policy.map(|policy| policy.from.to_string()),
        inputs: example.inputs.iter().map(|(name, value)| (name.clone(), typed(value))).collect(),
        with: example.with.iter().map(|other| other.program.clone()).collect(),
    }
}

fn equal(field: &FieldReport) -> bool {
    field.status == recoup_money::cases::FieldStatus::Equal
}

fn result(field: &FieldReport, policy: Option<&Policy>, language: Language) -> ExampleResult {
    let label = policy.and_then(|policy| label_of(policy, &field.name));
    ExampleResult {
        label: label.map(|label| Labels::embedded().say(label, language).to_owned()),
        name: field.name.clone(),
        expected: field.expected.clone().unwrap_or_default(),
        got: field.got.clone(),
        equal: equal(field),
    }
}

/// What a result is called in a producer's words.
fn label_of<'p>(policy: &'p Policy, name: &str) -> Option<&'p str> {
    if let Some(id) = name.strip_prefix("condition.") {
        return policy.conditions.iter().find(|one| one.id == id).map(|one| one.label.as_str());
    }
    let input = name.strip_prefix("input.").unwrap_or(name);
    let of_input = policy.inputs.iter().find(|one| one.name == input).map(|one| one.label.as_str());
    let line = policy.outputs.iter().find(|output| output.names.iter().any(|known| known == name));
    let line = line.map_or(name, |output| output.line.as_str());
    let of_line = policy.lines.iter().find(|one| one.id == line).map(|one| one.label.as_str());
    of_line.or(of_input)
}

/// The example's program by itself, so that its lines can be looked at.
fn alone(policy: &Policy, example: &Example, language: Language) -> Option<ProgramRunDto> {
    if !example.with.is_empty() {
        return None;
    }
    let answers = Answers::from_json(&serde_json::Value::Object(example.inputs.clone())).ok()?;
    if recoup_incentives::asks_by_period(policy, &answers) {
        return None;
    }
    let run = run(policy, &answers, &Answers::new()).ok()?;
    Some(run_of(policy, &run, &Seen::default(), language))
}

/// What was read from a deal, by input: the cells.
#[derive(Debug, Default)]
pub(crate) struct Seen {
    pub(crate) from_deal: BTreeMap<String, Vec<String>>,
}

/// A computed program as it crosses the wire.
pub(crate) fn run_of(policy: &Policy, run: &ProgramRun, seen: &Seen, language: Language) -> ProgramRunDto {
    let say = |text: &str| Labels::embedded().say(text, language).to_owned();
    let options = |name: &str| {
        let input = policy.inputs.iter().find(|input| input.name == name);
        input.map(|input| input.options.clone()).unwrap_or_default()
    };
    let inputs = run.inputs.iter().map(|input| {
        let paths = seen.from_deal.get(&input.name);
        RunInputDto {
            name: input.name.clone(),
            label: say(&input.label),
            unit: term(input.unit),
            options: options(&input.name),
            value: shown_value(&input.value, input.unit, run.currency),
            from: match (&input.origin, paths) {
                (Origin::Given(_) | Origin::Fed, Some(_)) => "deal",
                (Origin::Given(_) | Origin::Fed | Origin::Computed, _) => "given",
                (Origin::Default, _) => "default",
                (Origin::Absent, _) => "missing",
            }
            .to_owned(),
            paths: paths.cloned().unwrap_or_default(),
        }
    });
    let credit = run.credit();
    let refused = !run.refused_by().is_empty();
    let money = |amount: Option<rust_decimal::Decimal>| {
        amount.and_then(|amount| shown_value(&Value::Number(amount), Unit::Money, run.currency))
    };
    ProgramRunDto {
        program: run.program.clone(),
        version: run.version.to_string(),
        currency: run.currency.to_string(),
        inputs: inputs.collect(),
        lines: numbers(policy, run, language).into_iter().chain(lines(policy, run, language)).collect(),
        conditions: run
            .conditions
            .iter()
            .map(|condition| ConditionDto {
                id: condition.id.clone(),
                label: say(&condition.label),
                verdict: match condition.verdict {
                    Verdict::Pass => "pass",
                    Verdict::Fail => "fail",
                    Verdict::Unknown => "unknown",
                }
                .to_owned(),
                consequence: term(condition.consequence),
                clause: condition.clause.clone(),
                remedy: condition.remedy.as_deref().map(say),
            })
            .collect(),
        payable: money(if refused { credit.map(|_| rust_decimal::Decimal::ZERO) } else { credit }),
        credit: money(credit),
        refused,
        unused: run.unused.clone(),
    }
}

/// The numbers of the law, with the value that a question put in their place.
fn numbers(policy: &Policy, run: &ProgramRun, language: Language) -> Vec<RunLineDto> {
    let line = |constant: &recoup_incentives::Constant| {
        let used = run.constants.get(&constant.id).map(|(value, _)| value);
        RunLineDto {
            id: constant.id.clone(),
            kind: "constant".to_owned(),
            label: Labels::embedded().say(&constant.label, language).to_owned(),
            unit: term(constant.unit),
            formula: constant.value.to_string(),
            reads: Vec::new(),
            clause: Some(constant.clause.clone()),
            source: policy.source(&constant.source).map(|source| source.address.clone()),
            value: used.and_then(|value| shown_value(value, constant.unit, run.currency)),
            problem: None,
        }
    };
    policy.constants.iter().map(line).collect()
}

fn lines(policy: &Policy, run: &ProgramRun, language: Language) -> Vec<RunLineDto> {
    let formulas: BTreeMap<&str, &[String]> =
        policy.lines.iter().map(|line| (line.id.as_str(), line.formula.names())).collect();
    let known: BTreeSet<&str> = policy.sources.iter().map(|source| source.address.as_str()).collect();
    run.lines
        .iter()
        .map(|line| RunLineDto {
            id: line.id.clone(),
            kind: "line".to_owned(),
            label: Labels::embedded().say(&line.label, language).to_owned(),
            unit: term(line.unit),
            formula: line.formula.clone(),
            reads: formulas.get(line.id.as_str()).map(|names| names.to_vec()).unwrap_or_default(),
            clause: line.clause.clone(),
            source: line.source.clone().filter(|address| known.contains(address.as_str())),
            value: shown_value(&line.value, line.unit, run.currency),
            problem: line.error.clone(),
        })
        .collect()
}

/// A value, exactly and as a page shows it. Nothing where there is none.
fn shown_value(value: &Value, unit: Unit, currency: Currency) -> Option<RunValueDto> {
    let shown = match value {
        Value::Absent => return None,
        Value::Number(number) if unit == Unit::Money => {
            let money = Money::from_decimal(*number, currency, Rounding::HalfUp).ok();
            let amount = money.and_then(|money| MoneyDto::new(money.minor(), currency.to_string()).ok());
            amount.map(|amount| QuantityDto::Money { amount })
        }
        Value::Number(number) => Some(QuantityDto::Number { decimal: number.normalize().to_string() }),
        Value::Flag(yes) => Some(QuantityDto::Flag { yes: *yes }),
        Value::Text(_) | Value::List(_) => None,
    };
    Some(RunValueDto { exact: value.to_string(), shown })
}
