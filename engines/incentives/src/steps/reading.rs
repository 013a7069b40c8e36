//! From a credit to its parts: sums of rated amounts, and what is taken out of the sum.

use recoup_explain::{NodeId, Operation};

use super::flow::{Cut, Flow, floored, is_nought};
use super::{Cited, DEEPEST, Reader, StepKind};
use crate::expression::{Binary, Expression, Function};
use crate::policy::Unit;

/// `rate × base`, or an amount whose making is not read.
pub(super) struct Rated {
    pub(super) ground: Cited,
    /// The base: its node, its name where it is one, and how it is arrived at.
    pub(super) base: Option<(NodeId, Option<String>, Flow)>,
    pub(super) rate: Option<NodeId>,
    pub(super) credit: NodeId,
    /// Whether the line holds this part and nothing else.
    pub(super) whole: bool,
}

#[derive(Default)]
pub(super) struct Credits {
    pub(super) parts: Vec<Rated>,
    pub(super) cuts: Vec<Cut>,
}

impl Credits {
    fn join(mut self, other: Self) -> Self {
        self.parts.extend(other.parts);
        self.cuts.extend(other.cuts);
        self
    }
}

impl Reader<'_, '_, '_, '_> {
    pub(super) fn opaque(&self, ground: Cited, credit: NodeId, whole: bool) -> Credits {
        let part = Rated { ground, base: None, rate: None, credit, whole };
        Credits { parts: vec![part], cuts: Vec::new() }
    }

    /// `whole`: the line that is read holds nothing but this expression. `in_sum`: it is one of several.
    pub(super) fn credits(
        &mut self,
        expression: &Expression,
        at: &Cited,
        whole: bool,
        in_sum: bool,
    ) -> Credits {
        self.depth += 1;
        let credits = if self.depth > DEEPEST {
            let node = self.node(expression, at);
            self.opaque(at.clone(), node, whole)
        } else {
            self.credits_within(expression, at, whole, in_sum)
        };
        self.depth -= 1;
        credits
    }

    fn credits_within(&mut self, expression: &Expression, at: &Cited, whole: bool, in_sum: bool) -> Credits {
        match expression {
            _ if is_nought(expression) => Credits::default(),
            Expression::Name(name) => match self.line(name).filter(|line| line.unit == Unit::Money) {
                Some(line) => self.credits(line.formula.expression(), &self.ground(line), true, in_sum),
                None => {
                    let node = self.node(expression, at);
                    self.opaque(self.ground_of(expression, at), node, false)
                }
            },
            Expression::Binary(Binary::Add, left, right) => {
                self.credits(left, at, false, true).join(self.credits(right, at, false, true))
            }
            Expression::Binary(Binary::Subtract, left, right) => {
                let mut credits = self.credits(left, at, false, in_sum);
                self.reductions(right, at, &mut credits.cuts);
                credits
            }
            Expression::Binary(Binary::Multiply, ..) => self.product(expression, at, whole, in_sum),
            Expression::Call(Function::Max, arguments) => match floored(arguments) {
                Some(inner) => self.credits(inner, at, false, in_sum),
                None => self.amount(expression, at, whole),
            },
            Expression::Call(Function::Min, arguments) => {
                let main = arguments.iter().position(|argument| self.pays(argument)).unwrap_or(0);
                let mut credits = self.credits(&arguments[main], at, false, in_sum);
                self.ceilings(arguments, main, at, &mut credits.cuts);
                credits
            }
            Expression::Call(Function::Tiered | Function::Banded, arguments) => {
                self.scale(expression, arguments, at, whole)
            }
            Expression::Call(..) => match self.settled(expression, at) {
                Some(inner) => self.credits(inner, at, whole, in_sum),
                None => self.amount(expression, at, whole),
            },
            _ => self.amount(expression, at, whole),
        }
    }

    fn amount(&mut self, expression: &Expression, at: &Cited, whole: bool) -> Credits {
        let node = self.node(expression, at);
        self.opaque(at.clone(), node, whole)
    }

    /// A rate on a base; or, standing alone, a share of an amount that is already a credit.
    fn product(&mut self, expression: &Expression, at: &Cited, whole: bool, in_sum: bool) -> Credits {
        let Some((base, rates)) = self.rated(expression) else { return self.amount(expression, at, whole) };
        let credit = self.node(expression, at);
        let node = self.node(base, at);
        if !in_sum && self.is_credit(base, 0) {
            let out = self.compute(Operation::Difference, &[node, credit]);
            let mut credits = self.credits(base, at, false, false);
            credits.cuts.push(Cut {
                kind: StepKind::Share,
                ground: at.clone(),
                fed: Vec::new(),
                via: None,
                out,
            });
            return credits;
        }
        let rates: Vec<NodeId> = rates.into_iter().map(|rate| self.node(rate, at)).collect();
        let rate = match rates.as_slice() {
            [rate] => *rate,
            several => self.compute(Operation::Product, several),
        };
        let flow = self.base_flow(base, at);
        let name = match base {
            Expression::Name(name) => Some(name.clone()),
            _ => None,
        };
        let ground = at.clone();
        let part = Rated { ground, base: Some((node, name, flow)), rate: Some(rate), credit, whole };
        Credits { parts: vec![part], cuts: Vec::new() }
    }

    /// Several rates by size: a base, and no one rate.
    fn scale(
        &mut self,
        expression: &Expression,
        arguments: &[Expression],
        at: &Cited,
        whole: bool,
    ) -> Credits {
        let Some(base) = arguments.first().filter(|base| self.unit(base, 0) == Unit::Money) else {
            return self.amount(expression, at, whole);
        };
        let (credit, node) = (self.node(expression, at), self.node(base, at));
        let flow = self.base_flow(base, at);
        let name = match base {
            Expression::Name(name) => Some(name.clone()),
            _ => None,
        };
        let ground = at.clone();
        let part = Rated { ground, base: Some((node, name, flow)), rate: None, credit, whole };
        Credits { parts: vec![part], cuts: Vec::new() }
    }

    /// The one amount of a product that is not a number of the law, and the factors on it.
    pub(super) fn rated<'e>(
        &self,
        expression: &'e Expression,
    ) -> Option<(&'e Expression, Vec<&'e Expression>)> {
        let mut factors = Vec::new();
        flatten(expression, &mut factors);
        let (amounts, rates): (Vec<_>, Vec<_>) =
            factors.into_iter().partition(|factor| self.unit(factor, 0) == Unit::Money);
        match amounts.as_slice() {
            [amount] if !self.is_constant(amount) && !rates.is_empty() => Some((*amount, rates)),
            _ => None,
        }
    }

    fn is_constant(&self, expression: &Expression) -> bool {
        match expression {
            Expression::Number(_) => true,
            Expression::Name(name) => self.recorder.policy.constants.iter().any(|c| c.id == *name),
            _ => false,
        }
    }

    /// Whether an expression leads to a rated amount.
    fn pays(&self, expression: &Expression) -> bool {
        match expression {
            Expression::Name(name) => self
                .line(name)
                .is_some_and(|line| line.unit == Unit::Money && self.pays(line.formula.expression())),
            Expression::Binary(Binary::Add, left, right) => self.pays(left) || self.pays(right),
            Expression::Binary(Binary::Multiply, ..) => self.rated(expression).is_some(),
            Expression::Call(Function::Round | Function::RoundMoney, arguments) => {
                arguments.first().is_some_and(|argument| self.pays(argument))
            }
            _ => false,
        }
    }

    /// Whether every amount in an expression is a rated one, so that a share of it is a share of a credit.
    fn is_credit(&self, expression: &Expression, depth: usize) -> bool {
        if depth > DEEPEST {
            return false;
        }
        let all = |arguments: &[Expression]| {
            let mut paying = arguments.iter().filter(|argument| !is_nought(argument)).peekable();
            paying.peek().is_some() && paying.all(|argument| self.is_credit(argument, depth + 1))
        };
        match expression {
            Expression::Name(name) => self.line(name).is_some_and(|line| {
                line.unit == Unit::Money && self.is_credit(line.formula.expression(), depth + 1)
            }),
            Expression::Binary(Binary::Add, left, right) => {
                self.is_credit(left, depth + 1) && self.is_credit(right, depth + 1)
            }
            Expression::Binary(Binary::Multiply, ..) => self.rated(expression).is_some(),
            Expression::Call(Function::Round | Function::RoundMoney, arguments) => {
                arguments.first().is_some_and(|argument| self.is_credit(argument, depth + 1))
            }
            Expression::Call(Function::If, arguments) => all(arguments.get(1..).unwrap_or_default()),
            // The lowest of a real amount and its ceilings is a base, though a ceiling be a share of something.
            Expression::Call(Function::Min, arguments) => all(arguments),
            _ => false,
        }
    }

    /// What an expression is measured in.
    fn unit(&self, expression: &Expression, depth: usize) -> Unit {
        if depth > DEEPEST {
            return Unit::Number;
        }
        let of = |expression: &Expression| self.unit(expression, depth + 1);
        let any_money = |arguments: &[Expression]| {
            if arguments.iter().any(|argument| of(argument) == Unit::Money) {
                Unit::Money
            } else {
                Unit::Rate
            }
        };
        match expression {
            Expression::Number(_) => Unit::Number,
            Expression::Text(_) => Unit::Text,
            Expression::Flag(_) => Unit::Flag,
            Expression::Name(name) => self.unit_of_name(name),
            Expression::Unary(_, operand) => of(operand),
            Expression::Binary(Binary::Add | Binary::Subtract | Binary::Multiply, left, right) => {
                if of(left) == Unit::Money || of(right) == Unit::Money { Unit::Money } else { Unit::Rate }
            }
            Expression::Binary(Binary::Divide, left, right) => {
                if of(left) == Unit::Money && of(right) != Unit::Money { Unit::Money } else { Unit::Rate }
            }
            Expression::Binary(..) => Unit::Flag,
            Expression::Call(function, arguments) => match function {
                Function::If => any_money(arguments.get(1..).unwrap_or_default()),
                Function::Given | Function::Refused | Function::StartsWith => Unit::Flag,
                Function::Choose => {
                    any_money(&arguments.iter().skip(2).step_by(2).cloned().collect::<Vec<_>>())
                }
                Function::Count => Unit::Number,
                Function::Banded => {
                    any_money(&arguments.iter().skip(1).step_by(2).cloned().collect::<Vec<_>>())
                }
                _ => any_money(arguments),
            },
        }
    }

    fn unit_of_name(&self, name: &str) -> Unit {
        let constant = self.recorder.policy.constants.iter().find(|constant| constant.id == name);
        let input = self.recorder.form.inputs.iter().find(|input| input.name == name);
        let line = self.line(name).map(|line| line.unit);
        match line.or(input.map(|input| input.unit)).or(constant.map(|constant| constant.unit)) {
            Some(Unit::List) => Unit::Money,
            Some(unit) => unit,
            None => Unit::Number,
        }
    }
}

fn flatten<'e>(expression: &'e Expression, factors: &mut Vec<&'e Expression>) {
    match expression {
        Expression::Binary(Binary::Multiply, left, right) => {
            flatten(left, factors);
            flatten(right, factors);
        }
        other => factors.push(other),
    }
}
