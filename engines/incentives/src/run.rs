//! One version of one program on given values: every line with its value and its ground.

use std::collections::BTreeMap;

use recoup_calendar::Date;
use recoup_money::{Currency, Money, Rounding};
use rust_decimal::Decimal;
use serde::Serialize;

use crate::answers::{AnswerError, Answers, default_value, fitting};
use crate::evaluate::{EvaluateError, Scope, evaluate};
use crate::expression::{Expression, Value};
use crate::lint::MAX_RESTING;
use crate::policy::{Condition, Consequence, Counting, Input, Line, Output, Policy, ShortForm, Unit};

/// Where a value came from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// Given, under this name.
    Given(String),
    /// Handed over by other programs of the stack.
    Fed,
    /// The form's default.
    Default,
    /// Computed by the line's formula.
    Computed,
    /// Not given.
    Absent,
}

/// An input as the form saw it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct BoundInput {
    /// Name in the form.
    pub name: String,
    /// In a producer's words.
    pub label: String,
    /// What it is measured in.
    pub unit: Unit,
    /// The value.
    pub value: Value,
    /// Where it came from.
    pub origin: Origin,
}

/// A line with its value.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TraceLine {
    /// Line id.
    pub id: String,
    /// In a producer's words.
    pub label: String,
    /// What is computed, as written in the form.
    pub formula: String,
    /// What it is measured in.
    pub unit: Unit,
    /// The value.
    pub value: Value,
    /// Where it came from.
    pub origin: Origin,
    /// Where in the law it stands.
    pub clause: Option<String>,
    /// Address of the source.
    pub source: Option<String>,
    /// Why there is no value, where computing it failed.
    pub error: Option<String>,
}

/// Passed, failed or undecided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// The condition is met.
    Pass,
    /// It is not.
    Fail,
    /// What would decide it is not given.
    Unknown,
}

/// A condition with its verdict.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ConditionResult {
    /// Condition id.
    pub id: String,
    /// In a producer's words.
    pub label: String,
    /// The verdict.
    pub verdict: Verdict,
    /// What follows from a failure.
    pub consequence: Consequence,
    /// The inputs that would decide it, where undecided.
    pub missing: Vec<String>,
    /// Where in the law it stands.
    pub clause: String,
    /// What would cure it.
    pub remedy: Option<String>,
}

/// The whole answer of one program.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ProgramRun {
    /// Program id.
    pub program: String,
    /// Day from which the version applies.
    pub version: Date,
    /// The shorter question answered, where it was one.
    pub form: Option<String>,
    /// Currency of every amount.
    pub currency: Currency,
    /// The inputs.
    pub inputs: Vec<BoundInput>,
    /// Constants of the law, by id: value and whether a question replaced it.
    pub constants: BTreeMap<String, (Value, bool)>,
    /// The lines in the form's order.
    pub lines: Vec<TraceLine>,
    /// The conditions.
    pub conditions: Vec<ConditionResult>,
    /// Results under every name they go by.
    pub results: BTreeMap<String, Value>,
    /// Names that were given and that the form does not know.
    pub unused: Vec<String>,
    #[serde(skip)]
    credit_line: String,
    #[serde(skip)]
    net_line: String,
}

impl ProgramRun {
    /// The value of a line or input.
    #[must_use]
    pub fn value(&self, name: &str) -> Option<&Value> {
        self.lines
            .iter()
            .find(|line| line.id == name)
            .map(|line| &line.value)
            .or_else(|| self.inputs.iter().find(|input| input.name == name).map(|input| &input.value))
            .filter(|value| !value.is_absent())
    }

    /// The credit in major units, rounded as the form rounds it.
    #[must_use]
    pub fn credit(&self) -> Option<Decimal> {
        self.value(&self.credit_line).and_then(Value::number)
    }

    /// What reaches the claimant in cash, before outside costs.
    #[must_use]
    pub fn net(&self) -> Option<Decimal> {
        self.value(&self.net_line).and_then(Value::number)
    }

    /// A line as money, rounded half-up to the minor unit.
    #[must_use]
    pub fn money(&self, line: &str) -> Option<Money> {
        let amount = self.value(line)?.number()?;
        Money::from_decimal(amount, self.currency, Rounding::HalfUp).ok()
    }

    /// Whether no condition refuses the credit.
    #[must_use]
    pub fn refused_by(&self) -> Vec<&ConditionResult> {
        self.conditions
            .iter()
            .filter(|c| c.verdict == Verdict::Fail && c.consequence == Consequence::NoCredit)
            .collect()
    }
}

/// Runs the form on given values. `fed` are amounts handed over by other programs.
///
/// # Errors
/// When a given value is of another kind than its input asks for.
pub fn run(policy: &Policy, answers: &Answers, fed: &Answers) -> Result<ProgramRun, AnswerError> {
    run_beside(policy, answers, fed, None)
}

/// The same for one of several companies that claim for themselves: what the law compares with the whole
/// production is compared with what that would give to the form.
pub(crate) fn run_beside(
    policy: &Policy,
    answers: &Answers,
    fed: &Answers,
    production: Option<&Answers>,
) -> Result<ProgramRun, AnswerError> {
    let short = recognise(policy, answers);
    let form = Form::of(policy, short);
    let mut state = State::bind(&form, answers, fed)?;
    if let Some(production) = production {
        state.production = Some(Box::new(State::bind(&form, production, &Answers::new())?));
    }
    for line in &form.lines {
        state.line(&line.id);
    }
    Ok(state.finish(answers))
}

/// The shorter question that the given names ask, if any: all its marks are given, and it knows more of
/// the names than the full form does.
#[must_use]
pub fn recognise<'a>(policy: &'a Policy, answers: &Answers) -> Option<&'a ShortForm> {
    policy
        .short_forms
        .iter()
        .filter(|short| short.recognised_by.iter().all(|name| answers.gives(name)))
        .max_by_key(|short| short.recognised_by.len())
}

/// The lines, inputs and outputs that are in force for a question.
pub(crate) struct Form<'a> {
    pub(crate) policy: &'a Policy,
    pub(crate) short: Option<&'a ShortForm>,
    pub(crate) inputs: Vec<&'a Input>,
    pub(crate) lines: Vec<&'a Line>,
    pub(crate) outputs: Vec<&'a Output>,
}

impl<'a> Form<'a> {
    pub(crate) fn of(policy: &'a Policy, short: Option<&'a ShortForm>) -> Self {
        let own = |id: &str| short.and_then(|short| short.lines.iter().find(|line| line.id == id));
        let mut lines: Vec<&Line> = short
            .iter()
            .flat_map(|short| &short.lines)
            .filter(|line| !policy.lines.iter().any(|full| full.id == line.id))
            .collect();
        lines.extend(policy.lines.iter().map(|line| own(&line.id).unwrap_or(line)));
        Self {
            policy,
            short,
            inputs: short
                .iter()
                .flat_map(|short| &short.inputs)
                .chain(policy.inputs.iter().filter(|input| {
                    !short.is_some_and(|short| short.inputs.iter().any(|own| own.name == input.name))
                }))
                .filter(|input| !lines.iter().any(|line| line.id == input.name))
                .collect(),
            lines,
            outputs: short.iter().flat_map(|short| &short.outputs).chain(&policy.outputs).collect(),
        }
    }
}

struct State<'a> {
    form: &'a Form<'a>,
    digits: u32,
    values: BTreeMap<&'a str, (Value, Origin)>,
    errors: BTreeMap<&'a str, EvaluateError>,
    constants: BTreeMap<String, (Value, bool)>,
    open: Vec<&'a str>,
    production: Option<Box<State<'a>>>,
}

fn first_given<'n>(answers: &Answers, names: impl IntoIterator<Item = &'n str>) -> Option<(String, Value)> {
    names.into_iter().find_map(|name| answers.get(name).map(|value| (name.to_owned(), value.clone())))
}

impl<'a> State<'a> {
    fn bind(form: &'a Form<'a>, answers: &Answers, fed: &Answers) -> Result<Self, AnswerError> {
        let mut state = Self {
            form,
            digits: minor_digits(form.policy.currency),
            values: BTreeMap::new(),
            errors: BTreeMap::new(),
            constants: BTreeMap::new(),
            open: Vec::new(),
            production: None,
        };
        for input in &form.inputs {
            let bound = state.input(input, answers, fed)?;
            state.values.insert(&input.name, bound);
        }
        for constant in &form.policy.constants {
            let given = first_given(answers, constant.given_as.iter().map(String::as_str));
            let (value, replaced) = match given {
                Some((name, value)) => (fitting(&name, Unit::Number, &value)?, true),
                None => (Value::Number(constant.value), false),
            };
            state.constants.insert(constant.id.clone(), (value, replaced));
        }
        for line in &form.lines {
            let given = first_given(answers, line.given_as.iter().map(String::as_str));
            if let Some((name, value)) = given {
                let value = fitting(&name, line.unit, &value)?;
                state.values.insert(&line.id, (value, Origin::Given(name)));
            }
        }
        Ok(state)
    }

    fn input(&self, input: &Input, answers: &Answers, fed: &Answers) -> Result<(Value, Origin), AnswerError> {
        let names = std::iter::once(input.name.as_str()).chain(input.aliases.iter().map(String::as_str));
        if let Some((name, value)) = first_given(answers, names) {
            return Ok((fitting(&name, input.unit, &value)?, Origin::Given(name)));
        }
        if let Some(value) = fed.get(&input.name) {
            return Ok((value.clone(), Origin::Fed));
        }
        Ok(match &input.default {
            Some(default) => (default_value(default, input.unit), Origin::Default),
            None => (Value::Absent, Origin::Absent),
        })
    }

    /// Computes a line, once. A failure leaves it without a value and is kept beside it.
    fn line(&mut self, id: &'a str) -> Value {
        if let Some((value, _)) = self.values.get(id) {
            return value.clone();
        }
        let Some(line) = self.form.lines.iter().copied().find(|line| line.id == id) else {
            return Value::Absent;
        };
        self.open.push(id);
        let computed = evaluate(line.formula.expression(), self);
        self.open.pop();
        let value = match computed {
            Ok(value) => value,
            Err(error) => {
                self.errors.insert(id, error);
                Value::Absent
            }
        };
        self.values.insert(id, (value.clone(), Origin::Computed));
        value
    }

    fn verdict(&mut self, condition: &Condition) -> ConditionResult {
        let verdict = match evaluate(condition.test.expression(), self) {
            Ok(Value::Flag(true)) => Verdict::Pass,
            Ok(Value::Flag(false)) => Verdict::Fail,
            Ok(_) | Err(_) => Verdict::Unknown,
        };
        let missing = match verdict {
            Verdict::Unknown => self.missing_below(&condition.test),
            Verdict::Pass | Verdict::Fail => Vec::new(),
        };
        ConditionResult {
            id: condition.id.clone(),
            label: condition.label.clone(),
            verdict,
            consequence: condition.consequence,
            missing,
            clause: condition.clause.clone(),
            remedy: condition.remedy.clone(),
        }
    }

    /// The inputs without a value that a formula rests on.
    fn missing_below(&self, formula: &crate::parse::Formula) -> Vec<String> {
        let mut found = Vec::new();
        let mut open: Vec<String> = formula.names().to_vec();
        let mut seen = Vec::new();
        while let Some(name) = open.pop() {
            if seen.contains(&name) {
                continue;
            }
            if let Some(line) = self.form.lines.iter().find(|line| line.id == name) {
                open.extend(line.formula.names().iter().cloned());
            } else if matches!(self.values.get(name.as_str()), Some((Value::Absent, _))) {
                found.push(name.clone());
            }
            seen.push(name);
        }
        found.sort();
        found
    }

    fn finish(mut self, answers: &Answers) -> ProgramRun {
        let policy = self.form.policy;
        let conditions = policy.conditions.iter().map(|c| self.verdict(c)).collect();
        let lines: Vec<TraceLine> = self.form.lines.iter().map(|line| self.trace(line)).collect();
        let inputs = self.form.inputs.iter().map(|input| self.bound(input)).collect();
        let mut results: BTreeMap<String, Value> =
            lines.iter().map(|line| (line.id.clone(), line.value.clone())).collect();
        for output in &self.form.outputs {
            let value = self.values.get(output.line.as_str()).map(|(value, _)| value.clone());
            for name in &output.names {
                results.insert(name.clone(), value.clone().unwrap_or(Value::Absent));
            }
        }
        ProgramRun {
            program: policy.id.clone(),
            version: policy.from,
            form: self.form.short.map(|short| short.id.clone()),
            currency: policy.currency,
            inputs,
            constants: self.constants,
            lines,
            conditions,
            results,
            unused: unused(self.form, answers),
            credit_line: policy.credit.clone(),
            net_line: policy.net_line().to_owned(),
        }
    }

    fn trace(&self, line: &Line) -> TraceLine {
        let (value, origin) =
            self.values.get(line.id.as_str()).cloned().unwrap_or((Value::Absent, Origin::Absent));
        TraceLine {
            id: line.id.clone(),
            label: line.label.clone(),
            formula: line.formula.text().to_owned(),
            unit: line.unit,
            value,
            origin,
            clause: line.clause.clone(),
            source: line
                .source
                .as_ref()
                .and_then(|id| self.form.policy.source(id))
                .map(|source| source.address.clone()),
            error: self.errors.get(line.id.as_str()).map(ToString::to_string),
        }
    }

    fn bound(&self, input: &Input) -> BoundInput {
        let (value, origin) =
            self.values.get(input.name.as_str()).cloned().unwrap_or((Value::Absent, Origin::Absent));
        BoundInput { name: input.name.clone(), label: input.label.clone(), unit: input.unit, value, origin }
    }
}

impl Scope for State<'_> {
    fn value(&mut self, name: &str) -> Result<Value, EvaluateError> {
        if let Some((value, _)) = self.values.get(name) {
            return Ok(value.clone());
        }
        if let Some((value, _)) = self.constants.get(name) {
            return Ok(value.clone());
        }
        let Some(line) = self.form.lines.iter().copied().find(|line| line.id == name) else {
            return Err(EvaluateError::UnknownName { name: name.to_owned() });
        };
        if let Some(start) = self.open.iter().position(|open| *open == name) {
            let mut path: Vec<String> = self.open[start..].iter().map(|id| (*id).to_owned()).collect();
            path.push(name.to_owned());
            return Err(EvaluateError::Cycle { path });
        }
        if self.open.len() >= MAX_RESTING {
            return Err(EvaluateError::TooDeep { limit: MAX_RESTING });
        }
        Ok(self.line(&line.id))
    }

    fn minor_digits(&self) -> u32 {
        self.digits
    }

    fn of_production(&mut self, comparison: &Expression) -> Option<&mut dyn Scope> {
        let production = self.production.as_deref_mut()?;
        names_production(self.form.policy, comparison).then_some(production as &mut dyn Scope)
    }
}

/// Whether a comparison is with a number that the law counts per production.
pub(crate) fn names_production(policy: &Policy, comparison: &Expression) -> bool {
    let counted = policy.constants.iter().filter(|constant| constant.per == Some(Counting::Production));
    let names = comparison.names();
    counted.into_iter().any(|constant| names.contains(&constant.id.as_str()))
}

/// Every name the form can take a value under.
pub(crate) fn known_names<'a>(form: &'a Form<'a>) -> impl Iterator<Item = &'a str> {
    let inputs = form.inputs.iter().flat_map(|input| std::iter::once(&input.name).chain(&input.aliases));
    let constants = form.policy.constants.iter().flat_map(|constant| &constant.given_as);
    let lines = form.lines.iter().flat_map(|line| &line.given_as);
    inputs.chain(constants).chain(lines).map(String::as_str)
}

fn unused(form: &Form<'_>, answers: &Answers) -> Vec<String> {
    let known: Vec<&str> = known_names(form).collect();
    answers.iter().filter(|(name, _)| !known.contains(name)).map(|(name, _)| name.to_owned()).collect()
}

/// Decimal places of a currency's minor unit.
pub(crate) fn minor_digits(currency: Currency) -> u32 {
    currency.exponent()
}
