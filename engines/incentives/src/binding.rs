//! What a claim gives to its program's form: overrides first, then answers, then the budget.

use std::collections::BTreeMap;

use recoup_deal::{IncentiveClaim, InputValue, Phrase};
use recoup_explain::{Absence, Book, Leaf, NodeId, Operation, Quantity};
use recoup_money::Rounding;
use rust_decimal::Decimal;
use serde::Serialize;

use crate::answers::{Answers, default_value};
use crate::companies::Purse;
use crate::expression::Value;
use crate::mapping::{Mapper, Measured};
use crate::policy::{Input, Policy, Unit};
use crate::record::Recorded;

/// Where an input of a claim came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum MappedFrom {
    /// Typed in place of what the budget gives.
    Override,
    /// Answered by the producer.
    Answer,
    /// Built from the budget.
    Budget,
    /// Handed over by other programs of the stack.
    Stack,
    /// The form's default.
    Default,
    /// Not given.
    Missing,
}

/// An input of a claim, with the cells it rests on.
#[derive(Clone, Debug)]
pub struct MappedInput {
    /// Name in the form.
    pub name: String,
    /// In a producer's words.
    pub label: String,
    /// What it is measured in.
    pub unit: Unit,
    /// The value the form saw.
    pub value: Value,
    /// Where it came from.
    pub from: MappedFrom,
    /// Paths in the deal that were read.
    pub paths: Vec<String>,
    /// What was assumed or left out on the way.
    pub doubts: Vec<Phrase>,
    /// The path to type an override at.
    pub override_path: String,
    /// The figure in the book, where the value is a number or an answer.
    pub node: Option<NodeId>,
}

/// A claim bound to a version of its program, in one stack.
#[derive(Clone)]
pub(crate) struct Bound {
    pub(crate) inputs: Vec<MappedInput>,
    pub(crate) answers: Answers,
    pub(crate) recorded: BTreeMap<String, Recorded>,
}

impl Bound {
    pub(crate) fn mapped(&self, name: &str) -> Option<&MappedInput> {
        self.inputs.iter().find(|mapped| mapped.name == name)
    }
}

pub(crate) struct Binder<'a, 'b> {
    pub(crate) mapper: &'a Mapper<'a>,
    pub(crate) book: &'b mut Book,
    pub(crate) claim: &'a IncentiveClaim,
    pub(crate) policy: &'a Policy,
    pub(crate) key: &'a str,
    /// Whose spend the claim sees.
    pub(crate) purse: &'a Purse<'a>,
}

impl Binder<'_, '_> {
    /// Binds every input that is not handed over by other programs.
    pub(crate) fn bind(self) -> Bound {
        self.bind_where(|_| true)
    }

    /// Binds some of the inputs.
    pub(crate) fn bind_where(mut self, wanted: impl Fn(&Input) -> bool) -> Bound {
        let mut bound = Bound { inputs: Vec::new(), answers: Answers::new(), recorded: BTreeMap::new() };
        for input in self.policy.inputs.iter().filter(|input| wanted(input)) {
            let (mapped, recorded) = self.input(input);
            if !matches!(mapped.from, MappedFrom::Default | MappedFrom::Missing | MappedFrom::Stack) {
                bound.answers.set(&mapped.name, mapped.value.clone());
            }
            bound.recorded.insert(input.name.clone(), recorded);
            bound.inputs.push(mapped);
        }
        bound
    }

    fn typed(&self, input: &Input) -> Option<(MappedFrom, String, InputValue)> {
        let names = || std::iter::once(&input.name).chain(&input.aliases);
        let over = names().find_map(|name| {
            let value = self.claim.overrides.get(name)?;
            Some((MappedFrom::Override, format!("overrides.{name}"), value.clone()))
        });
        over.or_else(|| {
            names().find_map(|name| {
                let value = self.claim.answers.get(name)?;
                Some((MappedFrom::Answer, format!("answers.{name}"), value.clone()))
            })
        })
    }

    fn input(&mut self, input: &Input) -> (MappedInput, Recorded) {
        let claim = format!("incentives[{}]", self.claim.id);
        let mut mapped = MappedInput {
            name: input.name.clone(),
            label: input.label.clone(),
            unit: input.unit,
            value: Value::Absent,
            from: MappedFrom::Missing,
            paths: Vec::new(),
            doubts: Vec::new(),
            override_path: format!("{claim}.overrides.{}", input.name),
            node: None,
        };
        let recorded = if let Some((from, part, value)) = self.typed(input) {
            let path = format!("{claim}.{part}");
            mapped.from = from;
            mapped.paths = vec![path.clone()];
            self.read(input, &path, &value)
        } else if let Some(map) = &input.map {
            let measured = self.mapper.measure_of(self.book, map, self.policy.currency, self.purse);
            self.measured(&mut mapped, measured)
        } else {
            None
        };
        let recorded = recorded.unwrap_or_else(|| self.otherwise(input, &mut mapped));
        let recorded = self.settle(input, &mut mapped, recorded);
        (mapped, recorded)
    }

    fn measured(&mut self, mapped: &mut MappedInput, measured: Measured) -> Option<Recorded> {
        mapped.doubts = measured.doubts;
        let path = measured.paths.first().cloned().unwrap_or_default();
        mapped.paths = measured.paths;
        mapped.paths.dedup();
        let recorded = match (measured.node, measured.word) {
            (Some(node), _) => Some(Recorded::Node(node)),
            (None, Some(word)) => Some(Recorded::Word(Some(word), path)),
            (None, None) => None,
        };
        if recorded.is_some() {
            mapped.from = MappedFrom::Budget;
        }
        recorded
    }

    fn read(&mut self, input: &Input, path: &str, value: &InputValue) -> Option<Recorded> {
        let cells = &self.mapper.cells;
        Some(match value {
            InputValue::Money(amount) => {
                let cell = self.book.cell(path, *amount);
                let amount = cells.exchange(self.book, cell, amount.currency(), self.policy.currency);
                Recorded::Node(self.book.compute(Operation::ToNumber, &[amount]))
            }
            InputValue::Number(number) if input.unit == Unit::List => {
                Recorded::Items(vec![cells.number(self.book, path.to_owned(), Some(*number))])
            }
            InputValue::Number(number) => {
                Recorded::Node(cells.number(self.book, path.to_owned(), Some(*number)))
            }
            InputValue::Flag(flag) => Recorded::Node(self.book.cell(path, *flag)),
            InputValue::Text(word) => Recorded::Word(Some(word.clone()), path.to_owned()),
            InputValue::Date(day) => Recorded::Word(Some(day.to_string()), path.to_owned()),
        })
    }

    /// The form's default, or nothing.
    fn otherwise(&mut self, input: &Input, mapped: &mut MappedInput) -> Recorded {
        let path = mapped.override_path.clone();
        mapped.from = MappedFrom::Default;
        match input.default.as_ref().map(|default| default_value(default, input.unit)) {
            Some(Value::Number(number)) => {
                Recorded::Node(self.book.assumption(path, number, "the form's default"))
            }
            Some(Value::Flag(flag)) => Recorded::Node(self.book.assumption(path, flag, "the form's default")),
            Some(Value::Text(word)) => Recorded::Word(Some(word), path),
            Some(Value::List(_)) => Recorded::Items(Vec::new()),
            Some(Value::Absent) | None => {
                mapped.from = MappedFrom::Missing;
                match input.unit {
                    Unit::Text => Recorded::Word(None, path),
                    Unit::Money | Unit::Rate | Unit::Number | Unit::Flag | Unit::List => {
                        let absent = Quantity::Absent(Absence::missing(path.as_str()));
                        Recorded::Node(self.book.leaf(Leaf::Cell { path: path.into() }, absent))
                    }
                }
            }
        }
    }

    /// Rounds an amount once, names the input, and notes the value the form will see.
    fn settle(&mut self, input: &Input, mapped: &mut MappedInput, recorded: Recorded) -> Recorded {
        match recorded {
            Recorded::Node(node) => {
                let address = format!("incentives.{}.input.{}", self.key, input.name);
                let node = if input.unit == Unit::Money && mapped.from != MappedFrom::Missing {
                    let currency = self.policy.currency;
                    let amount = Operation::ToMoney { currency, rounding: Rounding::HalfUp };
                    let named = self.book.figure(address, amount, &[node]);
                    mapped.node = Some(named);
                    self.book.compute(Operation::ToNumber, &[named])
                } else {
                    mapped.node = Some(self.book.name(node, address));
                    node
                };
                mapped.value = value_of(self.book.value(node));
                Recorded::Node(node)
            }
            Recorded::Word(word, path) => {
                mapped.value = word.clone().map_or(Value::Absent, Value::Text);
                Recorded::Word(word, path)
            }
            Recorded::Items(items) => {
                let values: Vec<Decimal> =
                    items.iter().filter_map(|item| self.book.value(*item).as_number()).collect();
                mapped.value = Value::List(values);
                Recorded::Items(items)
            }
        }
    }
}

/// A quantity as the language sees it.
pub(crate) fn value_of(quantity: &Quantity) -> Value {
    match quantity {
        Quantity::Money(money) => Value::Number(money.to_decimal()),
        Quantity::Number(number) => Value::Number(*number),
        Quantity::Flag(flag) => Value::Flag(*flag),
        Quantity::Date(date) => Value::Text(date.to_string()),
        Quantity::Absent(_) => Value::Absent,
    }
}
