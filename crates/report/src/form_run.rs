//! From a computed form to its sheet: each line and condition translated once, with what it is told beside it.

use std::collections::BTreeMap;

use recoup_incentives::{
    ConditionResult, Constant, Expression, Origin, Policy, TraceLine, Unit, Value, Verdict, parse,
};
use rust_decimal::Decimal;

use crate::excel::{Formula, Kind, Named, Translation, translate};
use crate::program::{
    Form, FormCell, FormPart, FormRow, Offer, condition_key, confidence_words, constant_key, kind_of,
    line_key,
};
use crate::table::{Figure, RowStyle};

/// An input of a form, as its sheet is told it.
#[derive(Debug, Clone)]
pub struct FormInput {
    /// Its name in the form.
    pub name: String,
    /// The key of its cell.
    pub key: String,
    /// In a producer's words.
    pub label: String,
    /// Where the value comes from, in words.
    pub ground: String,
    /// The words it is chosen from, where there are such.
    pub options: Vec<String>,
    /// What it is measured in.
    pub unit: Unit,
    /// Its value in the engine.
    pub value: Value,
    /// What the deal gives.
    pub offered: Offer,
    /// What is typed in its place.
    pub typed: Option<Value>,
    /// Its derivation tag.
    pub tag: String,
    /// The same as a figure of the book.
    pub figure: Option<Figure>,
}

/// A computed form: one version of one program on the values of a deal or of a worked example.
pub struct FormRun<'a> {
    /// The program.
    pub policy: &'a Policy,
    /// What every key begins with.
    pub key: &'a str,
    /// What was asked for.
    pub inputs: Vec<FormInput>,
    /// The lines in order.
    pub lines: Vec<(&'a TraceLine, String, Option<Figure>)>,
    /// The conditions.
    pub conditions: &'a [ConditionResult],
    /// The number that stands for a constant of the law.
    pub number: &'a dyn Fn(&Constant) -> Decimal,
    /// A text of the law in the language of the reader.
    pub say: &'a dyn Fn(&str) -> String,
    /// A word of the pack, by key.
    pub words: &'a dyn Fn(&str) -> String,
    /// A formula as a reader says it.
    pub tell: &'a dyn Fn(&Expression) -> String,
}

impl FormRun<'_> {
    /// The form as a sheet, without what is left of its credit.
    pub fn form(self) -> Form {
        let word = (self.words)("figure.none");
        let mut rows: Vec<FormRow> = self.inputs.iter().map(|input| self.asked(input)).collect();
        let mut translations = Translations::of(&self, &word);
        let used = self.used(&translations);
        let constants = self.policy.constants.iter().filter(|constant| used.contains(&constant.id));
        rows.extend(constants.map(|constant| self.law(constant)));
        for (line, tag, figure) in &self.lines {
            rows.push(self.line(line, tag, figure.clone(), &mut translations));
        }
        for condition in self.conditions {
            rows.extend(self.condition(condition, &mut translations));
        }
        Form { currency: self.policy.currency, word, rows }
    }

    /// The constants that the form's lines and conditions really name.
    fn used(&self, translations: &Translations<'_>) -> Vec<String> {
        let mut used: Vec<String> = Vec::new();
        let lines = translations.expressions.values().flat_map(|expression| expression.names());
        let tests = self.policy.conditions.iter().flat_map(|condition| condition.test.expression().names());
        for name in lines.chain(tests) {
            if !used.iter().any(|known| known == name) {
                used.push(name.to_owned());
            }
        }
        used
    }

    fn source(&self, id: Option<&str>) -> String {
        id.and_then(|id| self.policy.source(id)).map(|source| source.title.clone()).unwrap_or_default()
    }

    fn asked(&self, input: &FormInput) -> FormRow {
        FormRow {
            part: FormPart::Asked,
            key: input.key.clone(),
            label: (self.say)(&input.label),
            ground: input.ground.clone(),
            clause: String::new(),
            source: String::new(),
            confidence: String::new(),
            options: input.options.clone(),
            tag: input.tag.clone(),
            unit: input.unit,
            value: input.value.clone(),
            cell: FormCell::Asked { offered: input.offered.clone(), typed: input.typed.clone() },
            style: RowStyle::Plain,
            figure: input.figure.clone(),
        }
    }

    fn law(&self, constant: &Constant) -> FormRow {
        FormRow {
            part: FormPart::Law,
            key: constant_key(self.key, &constant.id),
            label: (self.say)(&constant.label),
            ground: self.source(Some(&constant.source)),
            clause: constant.clause.clone(),
            source: String::new(),
            confidence: (self.words)(confidence_words(constant.confidence)),
            options: Vec::new(),
            tag: String::new(),
            unit: constant.unit,
            value: Value::Number((self.number)(constant)),
            cell: FormCell::Typed,
            style: RowStyle::Plain,
            figure: None,
        }
    }

    fn line(
        &self,
        line: &TraceLine,
        tag: &str,
        figure: Option<Figure>,
        translations: &mut Translations<'_>,
    ) -> FormRow {
        let cell = match (&line.origin, translations.line(&line.id)) {
            (Origin::Given(_), _) => FormCell::Typed,
            (_, Some(translation)) => FormCell::Computed(held(translation, &translations.word)),
            (_, None) => FormCell::Written,
        };
        let source = self.policy.lines.iter().find(|known| known.id == line.id);
        FormRow {
            part: FormPart::Lines,
            key: line_key(self.key, &line.id),
            label: (self.say)(&line.label),
            ground: parse(&line.formula)
                .map_or_else(|_| line.formula.clone(), |formula| (self.tell)(&formula)),
            clause: line.clause.clone().unwrap_or_default(),
            source: self.source(source.and_then(|known| known.source.as_deref())),
            confidence: String::new(),
            options: Vec::new(),
            tag: tag.to_owned(),
            unit: line.unit,
            value: line.value.clone(),
            cell,
            style: if line.id == self.policy.credit { RowStyle::Total } else { RowStyle::Plain },
            figure,
        }
    }

    fn condition(&self, result: &ConditionResult, translations: &mut Translations<'_>) -> Option<FormRow> {
        let condition = self.policy.conditions.iter().find(|known| known.id == result.id)?;
        let cell = match translations.expression(condition.test.expression()) {
            Some(translation) => {
                let open = (self.words)("verdict.undecided");
                FormCell::Computed(held(translation, &open))
            }
            None => FormCell::Written,
        };
        let value = match result.verdict {
            Verdict::Pass => Value::Flag(true),
            Verdict::Fail => Value::Flag(false),
            Verdict::Unknown => Value::Absent,
        };
        Some(FormRow {
            part: FormPart::Conditions,
            key: condition_key(self.key, &condition.id),
            label: (self.say)(&condition.label),
            ground: (self.tell)(condition.test.expression()),
            clause: condition.clause.clone(),
            source: self.source(Some(&condition.source)),
            confidence: String::new(),
            options: Vec::new(),
            tag: String::new(),
            unit: Unit::Flag,
            value,
            cell,
            style: RowStyle::Plain,
            figure: None,
        })
    }
}

/// A line's cell shows a word where the line has no value.
fn held(translation: Translation, word: &str) -> Formula {
    if translation.lacks || translation.fails {
        translation.formula.or_word(word)
    } else {
        translation.formula
    }
}

/// The lines of a form, translated once each. A line may rest on one that stands below it.
struct Translations<'a> {
    word: String,
    digits: u32,
    names: BTreeMap<String, Named>,
    expressions: BTreeMap<&'a str, Expression>,
    keys: BTreeMap<&'a str, String>,
    done: BTreeMap<String, Option<Translation>>,
    open: Vec<String>,
}

impl<'a> Translations<'a> {
    fn of(run: &FormRun<'a>, word: &str) -> Self {
        let mut names = BTreeMap::new();
        for constant in &run.policy.constants {
            let key = constant_key(run.key, &constant.id);
            names.insert(constant.id.clone(), Named { key, kind: Kind::Number, lacks: false });
        }
        for input in &run.inputs {
            let kind = kind_of(input.unit);
            let lacks = match (&input.offered, kind) {
                (Offer::Nothing, _) | (Offer::Value(Value::Absent), _) => true,
                (Offer::Value(_) | Offer::Live(_), _) => false,
            };
            names.insert(input.name.clone(), Named { key: input.key.clone(), kind, lacks });
        }
        let mut expressions = BTreeMap::new();
        let mut keys = BTreeMap::new();
        let mut done = BTreeMap::new();
        for (line, ..) in &run.lines {
            keys.insert(line.id.as_str(), line_key(run.key, &line.id));
            if matches!(line.origin, Origin::Given(_)) {
                let cell = Formula::Cell(line_key(run.key, &line.id));
                let kind = kind_of(line.unit);
                let given = Translation { formula: cell, kind, lacks: false, fails: false };
                done.insert(line.id.clone(), Some(given));
            } else if let Ok(expression) = parse(&line.formula) {
                expressions.insert(line.id.as_str(), expression);
            }
        }
        let digits = run.policy.currency.exponent();
        Self { word: word.to_owned(), digits, names, expressions, keys, done, open: Vec::new() }
    }

    fn line(&mut self, id: &str) -> Option<Translation> {
        if let Some(done) = self.done.get(id) {
            return done.clone();
        }
        if self.open.iter().any(|open| open == id) {
            return None;
        }
        let expression = self.expressions.get(id)?.clone();
        self.open.push(id.to_owned());
        let translated = self.expression(&expression);
        self.open.pop();
        self.done.insert(id.to_owned(), translated.clone());
        translated
    }

    fn expression(&mut self, expression: &Expression) -> Option<Translation> {
        let mut seen: BTreeMap<String, Named> = BTreeMap::new();
        for name in expression.names() {
            if let Some(named) = self.names.get(name) {
                seen.insert(name.to_owned(), named.clone());
            } else if let Some(key) = self.keys.get(name).cloned() {
                let line = self.line(name)?;
                let lacks = line.lacks || line.fails;
                seen.insert(name.to_owned(), Named { key, kind: line.kind, lacks });
            }
        }
        translate(expression, &|name| seen.get(name).cloned(), self.digits, &self.word)
    }
}
