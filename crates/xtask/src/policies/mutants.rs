//! Policies with one thing wrong: what each of them changes, and where.

use recoup_calendar::Date;
use recoup_incentives::parse::Formula;
use recoup_incentives::{Input, InputDefault, Policy, ShortForm};
use rust_decimal::Decimal;

use super::neighbours::{Changed, expressions, numbers};

/// A policy with one thing changed.
pub(super) struct Mutant {
    /// Where, as in `lines[credit].formula`.
    pub(super) path: String,
    /// What into what.
    pub(super) change: String,
    pub(super) policy: Policy,
}

/// Every policy that differs from this one by a unit of one number, a day of one date, or the neighbour of one
/// comparison or choice.
pub(super) fn of(policy: &Policy) -> Vec<Mutant> {
    let mut found = Found { policy, mutants: Vec::new() };
    found.dates();
    found.constants();
    for (index, input) in policy.inputs.iter().enumerate() {
        found.default(&format!("inputs[{}].default", input.name), input, |p| &mut p.inputs[index]);
    }
    for (index, line) in policy.lines.iter().enumerate() {
        found.formula(&format!("lines[{}].formula", line.id), &line.formula, |p, formula| {
            p.lines[index].formula = formula;
        });
    }
    for (index, condition) in policy.conditions.iter().enumerate() {
        found.formula(&format!("conditions[{}].test", condition.id), &condition.test, |p, formula| {
            p.conditions[index].test = formula;
        });
    }
    for (index, short) in policy.short_forms.iter().enumerate() {
        found.short_form(index, short);
    }
    if let Some(periods) = &policy.periods {
        for (input, formula) in &periods.carry {
            found.formula(&format!("periods.carry.{input}"), formula, |p, formula| {
                if let Some(periods) = &mut p.periods {
                    periods.carry.insert(input.clone(), formula);
                }
            });
        }
    }
    found.mutants
}

/// The day before and the day after, where the text is a date.
pub(super) fn days(text: &str) -> Vec<Date> {
    let written = text.len() == 10 && text.bytes().filter(|byte| *byte == b'-').count() == 2;
    let Some(day) = written.then(|| text.parse::<Date>().ok()).flatten() else { return Vec::new() };
    [1, -1].into_iter().filter_map(|step| day.add_days(step).ok()).collect()
}

struct Found<'a> {
    policy: &'a Policy,
    mutants: Vec<Mutant>,
}

impl Found<'_> {
    fn add(&mut self, path: &str, change: String, apply: impl FnOnce(&mut Policy)) {
        let mut policy = self.policy.clone();
        apply(&mut policy);
        self.mutants.push(Mutant { path: path.to_owned(), change, policy });
    }

    fn dates(&mut self) {
        let policy = self.policy;
        for day in days(&policy.from.to_string()) {
            self.add("from", format!("{} → {day}", policy.from), |p| p.from = day);
        }
        if let Some(until) = policy.until {
            for day in days(&until.to_string()) {
                self.add("until", format!("{until} → {day}"), |p| p.until = Some(day));
            }
        }
        if let Some(sunset) = policy.sunset {
            for day in days(&sunset.to_string()) {
                self.add("sunset", format!("{sunset} → {day}"), |p| p.sunset = Some(day));
            }
        }
    }

    fn constants(&mut self) {
        let policy = self.policy;
        for (index, constant) in policy.constants.iter().enumerate() {
            for value in numbers(constant.value) {
                let path = format!("constants[{}].value", constant.id);
                self.add(&path, format!("{} → {value}", constant.value), |p| {
                    p.constants[index].value = value;
                });
            }
        }
        if let Some(rate) = policy.tax.rate {
            for value in numbers(rate) {
                self.add("tax.rate", format!("{rate} → {value}"), |p| p.tax.rate = Some(value));
            }
        }
    }

    fn default(&mut self, path: &str, input: &Input, place: impl Fn(&mut Policy) -> &mut Input) {
        let Some(default) = &input.default else { return };
        for (change, default) in defaults(default) {
            self.add(path, change, |p| place(p).default = Some(default));
        }
    }

    fn formula(&mut self, path: &str, formula: &Formula, put: impl Fn(&mut Policy, Formula)) {
        for (change, expression) in expressions(formula.expression()) {
            self.add(path, change, |p| put(p, Formula::of(expression)));
        }
    }

    fn short_form(&mut self, at: usize, short: &ShortForm) {
        for (index, input) in short.inputs.iter().enumerate() {
            let path = format!("short_forms[{}].inputs[{}].default", short.id, input.name);
            self.default(&path, input, |p| &mut p.short_forms[at].inputs[index]);
        }
        for (index, line) in short.lines.iter().enumerate() {
            let path = format!("short_forms[{}].lines[{}].formula", short.id, line.id);
            self.formula(&path, &line.formula, |p, formula| {
                p.short_forms[at].lines[index].formula = formula;
            });
        }
    }
}

fn defaults(default: &InputDefault) -> Vec<Changed<InputDefault>> {
    match default {
        InputDefault::Flag(flag) => vec![(format!("{flag} → {}", !flag), InputDefault::Flag(!flag))],
        InputDefault::Text(text) => {
            let number = text.parse::<Decimal>().map(numbers).unwrap_or_default();
            let near = number.iter().map(ToString::to_string);
            let near = near.chain(days(text).into_iter().map(|day| day.to_string()));
            near.map(|near| (format!("{text} → {near}"), InputDefault::Text(near))).collect()
        }
        InputDefault::List(_) => Vec::new(),
    }
}
