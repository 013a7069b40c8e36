//! A claim as a sheet of live formulas: its inputs read from the cells of the deal and from the sheets of other
//! programs, its lines from the law, and what is left of its credit.

use std::collections::BTreeMap;

use recoup_deal::Phrase;
use recoup_deal::findings::said;
use recoup_explain::{NodeId, Quantity};
use recoup_incentives::{ClaimAssessment, MappedFrom, MappedInput, Policy, Standing, Unit, Value};

use crate::excel::{Derived, Formula, Homes};
use crate::form_run::{FormInput, FormRun};
use crate::program::{
    Form, FormCell, FormPart, FormRow, Offer, condition_key, default_of, kind_of, line_key,
};
use crate::sections::desk::Desk;
use crate::sections::spoken::Speaker;
use crate::table::{ColumnKind, Figure, RowStyle};

/// The sheets of all programs that are claimed, and the cells of the deal on which they rest.
pub(crate) struct Forms {
    /// By the key of the claim.
    pub(crate) by_key: BTreeMap<String, Form>,
    /// Cells of the deal, once each.
    pub(crate) leaves: Vec<NodeId>,
}

/// Builds the sheets, givers before those they hand something to.
pub(crate) fn build(desk: &mut Desk<'_>) -> Forms {
    let assessment = desk.results.incentives;
    let mut waiting: Vec<&ClaimAssessment> =
        assessment.claims.iter().filter(|claim| claim.standing == Standing::Claimed).collect();
    let mut forms = Forms { by_key: BTreeMap::new(), leaves: Vec::new() };
    let mut homes = Homes::default();
    while !waiting.is_empty() {
        let is_waiting = |program: &String| waiting.iter().any(|claim| claim.program == *program);
        let ready = waiting.iter().position(|claim| {
            !claim.handed.iter().any(|handed| handed.program != claim.program && is_waiting(&handed.program))
        });
        let claim = waiting.remove(ready.unwrap_or(0));
        // A sheet computes with what its own claim gives; where other companies bear on the form, that is less.
        let Some(policy) = claim.policy.as_ref().filter(|_| !claim.joint) else { continue };
        let form = form(desk, claim, policy, &mut homes, &mut forms.leaves);
        forms.by_key.insert(claim.key.clone(), form);
    }
    forms
}

fn form(
    desk: &mut Desk<'_>,
    claim: &ClaimAssessment,
    policy: &Policy,
    homes: &mut Homes,
    leaves: &mut Vec<NodeId>,
) -> Form {
    let book = desk.results.book;
    let word = desk.say("figure.none");
    let mut inputs = Vec::new();
    for input in &claim.inputs {
        let offered = offer(book, homes, &word, input, policy, leaves);
        inputs.push(asked(desk, claim, policy, input, offered));
    }
    let mut lines = Vec::new();
    for line in &claim.lines {
        let label = said(&Phrase::new(&line.trace.label), desk.edition.language);
        let (figure, tag) = match line.node {
            Some(node) => {
                (Figure::of(book, node, column(line.trace.unit)), tag(desk, node, &label, line.trace.unit))
            }
            None => (None, String::new()),
        };
        lines.push((&line.trace, tag, figure));
    }
    let language = desk.edition.language;
    let words = desk.words;
    let mut form = FormRun {
        policy,
        key: &claim.key,
        inputs,
        lines,
        conditions: &claim.conditions,
        number: &|constant| constant.value,
        say: &|text| said(&Phrase::new(text), language),
        words: &|key| words.own(key),
        tell: &|formula| Speaker { policy, language }.say(formula),
    }
    .form();
    house(desk, claim, &form, homes);
    left(desk, claim, &mut form, homes, leaves);
    form
}

/// Tells the homes where the lines and conditions of a form stand.
fn house(desk: &Desk<'_>, claim: &ClaimAssessment, form: &Form, homes: &mut Homes) {
    let book = desk.results.book;
    let lacking = |key: &str| {
        let row = form.rows.iter().find(|row| row.key == key);
        row.is_none_or(|row| match &row.cell {
            FormCell::Computed(formula) => matches!(formula, Formula::Call("IFERROR", _)),
            FormCell::Asked { .. } | FormCell::Typed | FormCell::Written => row.value.is_absent(),
        })
    };
    for line in &claim.lines {
        let key = line_key(&claim.key, &line.trace.id);
        if let Some(node) = line.node {
            homes.put_line(book, node, &key, kind_of(line.trace.unit), lacking(&key));
        }
    }
    for condition in &claim.conditions {
        let key = condition_key(&claim.key, &condition.id);
        if let Some(node) = book.find(&key) {
            homes.put(node, &key, kind_of(Unit::Flag), lacking(&key));
        }
    }
}

/// What the deal gives for an input: a formula over its cells where there is one, else the value.
fn offer(
    book: &recoup_explain::Book,
    homes: &Homes,
    word: &str,
    input: &MappedInput,
    policy: &Policy,
    leaves: &mut Vec<NodeId>,
) -> Offer {
    let value = || match &input.value {
        Value::Absent => Offer::Nothing,
        value => Offer::Value(value.clone()),
    };
    match input.from {
        MappedFrom::Override | MappedFrom::Answer => {
            let known = policy.inputs.iter().find(|known| known.name == input.name);
            known.and_then(default_of).map_or(Offer::Nothing, Offer::Value)
        }
        MappedFrom::Budget | MappedFrom::Stack => {
            let mut derived = Derived::new(book, homes, word);
            let formula = input.node.filter(|_| !input.value.is_absent()).and_then(|node| derived.of(node));
            for leaf in derived.leaves {
                if !leaves.contains(&leaf) {
                    leaves.push(leaf);
                }
            }
            formula.map_or_else(value, Offer::Live)
        }
        MappedFrom::Default => value(),
        MappedFrom::Missing => Offer::Nothing,
    }
}

fn asked(
    desk: &mut Desk<'_>,
    claim: &ClaimAssessment,
    policy: &Policy,
    input: &MappedInput,
    offered: Offer,
) -> FormInput {
    let from = from_words(input.from);
    let typed = matches!(input.from, MappedFrom::Override | MappedFrom::Answer).then(|| input.value.clone());
    let label = said(&Phrase::new(&input.label), desk.edition.language);
    let shown = input.node.filter(|_| input.from != MappedFrom::Missing);
    let (figure, tag) = match shown {
        Some(node) => {
            (Figure::of(desk.results.book, node, column(input.unit)), tag(desk, node, &label, input.unit))
        }
        None => (None, String::new()),
    };
    let known = policy.inputs.iter().find(|known| known.name == input.name);
    FormInput {
        name: input.name.clone(),
        key: format!("incentives.{}.input.{}", claim.key, input.name),
        label: input.label.clone(),
        ground: desk.say(from),
        options: known.map(|known| known.options.clone()).unwrap_or_default(),
        unit: input.unit,
        value: input.value.clone(),
        offered,
        typed,
        tag,
        figure,
    }
}

/// Where an input came from, as a key of the words.
pub(crate) fn from_words(from: MappedFrom) -> &'static str {
    match from {
        MappedFrom::Override => "input.override",
        MappedFrom::Answer => "input.answer",
        MappedFrom::Budget => "input.budget",
        MappedFrom::Stack => "input.stack",
        MappedFrom::Default => "input.default",
        MappedFrom::Missing => "input.missing",
    }
}

/// How a value of a form is set.
pub(crate) fn column(unit: Unit) -> ColumnKind {
    match unit {
        Unit::Money => ColumnKind::Money,
        Unit::Rate => ColumnKind::Rate,
        Unit::Number | Unit::Flag | Unit::Text | Unit::List => ColumnKind::Number,
    }
}

fn tag(desk: &mut Desk<'_>, node: NodeId, label: &str, unit: Unit) -> String {
    desk.node('I', node, label, column(unit)).1.unwrap_or_default()
}

/// Credit, fees, tax, what is left, and the payments.
fn left(
    desk: &mut Desk<'_>,
    claim: &ClaimAssessment,
    form: &mut Form,
    homes: &mut Homes,
    leaves: &mut Vec<NodeId>,
) {
    let mut wanted: Vec<(String, String, NodeId, RowStyle)> = Vec::new();
    let figures = [
        ("left.credit", claim.credit, RowStyle::Subtotal),
        ("left.in_deal", claim.credit_in_deal.filter(|node| Some(*node) != claim.credit), RowStyle::Plain),
        ("left.received", claim.received, RowStyle::Plain),
        ("left.tax", claim.tax, RowStyle::Plain),
        ("left.fees", claim.fees, RowStyle::Plain),
        ("left.net", claim.net, RowStyle::Total),
    ];
    for (key, node, style) in figures {
        let Some(node) = node else { continue };
        wanted.push((desk.say(key), String::new(), node, style));
    }
    for event in &claim.cash {
        let label = said(&Phrase::new(&event.label), desk.edition.language);
        let on = event.date.map_or_else(|| desk.say("figure.none"), |day| desk.figures.day(day));
        wanted.push((label, on, event.node, RowStyle::Muted));
    }
    let book = desk.results.book;
    for (label, on, node, style) in wanted {
        let Some(figure) = Figure::of(book, node, ColumnKind::Money) else { continue };
        let mut derived = Derived::new(book, homes, &form.word);
        let formula = derived.of(node);
        for leaf in derived.leaves {
            if !leaves.contains(&leaf) {
                leaves.push(leaf);
            }
        }
        let key = format!("{} in {}", figure.address, claim.key);
        let value = value_of(&figure.value);
        let absent = value.is_absent();
        let tag = tag(desk, node, &label, Unit::Money);
        form.rows.push(FormRow {
            part: FormPart::Left,
            key: key.clone(),
            label,
            ground: on,
            clause: String::new(),
            source: String::new(),
            confidence: String::new(),
            options: Vec::new(),
            tag,
            unit: Unit::Money,
            value,
            cell: formula.map_or(FormCell::Written, |formula| {
                FormCell::Computed(if absent { formula.or_word(&form.word) } else { formula })
            }),
            style,
            figure: Some(figure),
        });
        homes.put(node, &key, kind_of(Unit::Money), absent);
    }
}

fn value_of(quantity: &Quantity) -> Value {
    match quantity {
        Quantity::Money(amount) => Value::Number(amount.to_decimal()),
        Quantity::Number(number) => Value::Number(*number),
        Quantity::Flag(_) | Quantity::Date(_) | Quantity::Absent(_) => Value::Absent,
    }
}
