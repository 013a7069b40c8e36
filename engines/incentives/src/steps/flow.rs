//! From what is counted to a base: amounts added, reductions, shares and ceilings.

use recoup_explain::{NodeId, Operation};
use rust_decimal::Decimal;

use super::{Cited, DEEPEST, Reader, StepKind, apart, total};
use crate::expression::{Binary, Expression, Function};
use crate::policy::Unit;

/// An amount that is taken out.
pub(super) struct Cut {
    pub(super) kind: StepKind,
    pub(super) ground: Cited,
    pub(super) fed: Vec<String>,
    /// The line that adds up several amounts of which this is one.
    pub(super) via: Option<String>,
    pub(super) out: NodeId,
}

/// Amounts that are added up, and what is taken out of their sum.
#[derive(Default)]
pub(super) struct Flow {
    pub(super) terms: Vec<(Cited, NodeId)>,
    pub(super) cuts: Vec<Cut>,
    /// Lines the reading went through.
    pub(super) through: Vec<String>,
}

impl Flow {
    fn join(mut self, other: Self) -> Self {
        self.terms.extend(other.terms);
        self.cuts.extend(other.cuts);
        self.through.extend(other.through);
        self
    }
}

pub(super) fn is_nought(expression: &Expression) -> bool {
    matches!(expression, Expression::Number(number) if number.is_zero())
}

/// The operand of `max(0, x)`.
pub(super) fn floored(arguments: &[Expression]) -> Option<&Expression> {
    match arguments {
        [nought, other] | [other, nought] if is_nought(nought) => Some(other),
        _ => None,
    }
}

impl Reader<'_, '_, '_, '_> {
    /// The base as steps, or as one opaque amount where the steps do not lead to its value.
    pub(super) fn base_flow(&mut self, expression: &Expression, at: &Cited) -> Flow {
        let node = self.node(expression, at);
        let flow = self.flow(expression, at);
        let terms = total(flow.terms.iter().map(|(_, node)| self.value(*node)));
        let cuts = total(flow.cuts.iter().map(|cut| self.value(cut.out)));
        let off = apart(terms, cuts, self.value(node));
        if off.is_some_and(|off| off <= Decimal::new(1, 2)) { flow } else { self.leaf(expression, at) }
    }

    fn leaf(&mut self, expression: &Expression, at: &Cited) -> Flow {
        let node = self.node(expression, at);
        Flow { terms: vec![(self.ground_of(expression, at), node)], ..Flow::default() }
    }

    fn flow(&mut self, expression: &Expression, at: &Cited) -> Flow {
        self.depth += 1;
        let flow =
            if self.depth > DEEPEST { self.leaf(expression, at) } else { self.flow_within(expression, at) };
        self.depth -= 1;
        flow
    }

    fn flow_within(&mut self, expression: &Expression, at: &Cited) -> Flow {
        match expression {
            _ if is_nought(expression) => Flow::default(),
            Expression::Name(name) => match self.line(name).filter(|line| line.unit == Unit::Money) {
                Some(line) => {
                    let mut flow = self.flow(line.formula.expression(), &self.ground(line));
                    flow.through.push(name.clone());
                    flow
                }
                None => self.leaf(expression, at),
            },
            Expression::Binary(Binary::Add, left, right) => self.flow(left, at).join(self.flow(right, at)),
            Expression::Binary(Binary::Subtract, left, right) => {
                let mut flow = self.flow(left, at);
                self.reductions(right, at, &mut flow.cuts);
                flow
            }
            Expression::Binary(Binary::Multiply, ..) => self.share(expression, at),
            Expression::Call(Function::Max, arguments) => match floored(arguments) {
                Some(inner) => self.floor(inner, at),
                None => self.leaf(expression, at),
            },
            Expression::Call(Function::Min, arguments) => {
                let main = arguments.iter().position(|argument| !self.is_ceiling(argument)).unwrap_or(0);
                let mut flow = self.flow(&arguments[main], at);
                self.ceilings(arguments, main, at, &mut flow.cuts);
                flow
            }
            Expression::Call(..) => match self.settled(expression, at) {
                Some(inner) => self.flow(inner, at),
                None => self.leaf(expression, at),
            },
            _ => self.leaf(expression, at),
        }
    }

    /// What a choice, a stand-in or a rounding comes down to on these values.
    pub(super) fn settled<'e>(&mut self, expression: &'e Expression, at: &Cited) -> Option<&'e Expression> {
        let Expression::Call(function, arguments) = expression else { return None };
        match function {
            Function::Round | Function::RoundMoney => arguments.first(),
            Function::If => {
                let question = self.node(arguments.first()?, at);
                let yes = self.recorder.book.value(question).as_flag()?;
                arguments.get(if yes { 1 } else { 2 })
            }
            Function::OrElse => {
                let first = self.node(arguments.first()?, at);
                arguments.get(usize::from(self.value(first).is_none()))
            }
            _ => None,
        }
    }

    /// `max(0, x)`: nothing is taken out of nothing.
    fn floor(&mut self, inner: &Expression, at: &Cited) -> Flow {
        let mut flow = self.flow(inner, at);
        let raw = self.node(inner, at);
        if self.value(raw).is_some_and(|raw| raw.is_sign_negative()) && !flow.terms.is_empty() {
            let terms: Vec<NodeId> = flow.terms.iter().map(|(_, node)| *node).collect();
            let mut left = self.compute(Operation::Sum, &terms);
            for cut in &mut flow.cuts {
                cut.out = self.compute(Operation::Least, &[cut.out, left]);
                left = self.compute(Operation::Difference, &[left, cut.out]);
            }
        }
        flow
    }

    /// A share of an amount counts: the rest is taken out.
    fn share(&mut self, expression: &Expression, at: &Cited) -> Flow {
        let Some((amount, _)) = self.rated(expression) else { return self.leaf(expression, at) };
        let (whole, part) = (self.node(amount, at), self.node(expression, at));
        let out = self.compute(Operation::Difference, &[whole, part]);
        if self.value(out).is_none_or(|out| out.is_sign_negative() && !out.is_zero()) {
            return self.leaf(expression, at);
        }
        let mut flow = self.flow(amount, at);
        flow.cuts.push(Cut {
            kind: StepKind::Share,
            ground: at.clone(),
            fed: self.fed_in(amount),
            via: None,
            out,
        });
        flow
    }

    /// The amounts of a subtrahend, each for itself.
    pub(super) fn reductions(&mut self, expression: &Expression, at: &Cited, cuts: &mut Vec<Cut>) {
        match expression {
            _ if is_nought(expression) => {}
            Expression::Binary(Binary::Add, left, right) => {
                self.reductions(left, at, cuts);
                self.reductions(right, at, cuts);
            }
            Expression::Name(name) => match self.line(name).map(|line| (line, line.formula.expression())) {
                Some((line, Expression::Binary(Binary::Add, left, right))) => {
                    let (at, from) = (self.ground(line), cuts.len());
                    self.reductions(left, &at, cuts);
                    self.reductions(right, &at, cuts);
                    for cut in cuts.iter_mut().skip(from) {
                        cut.via.get_or_insert_with(|| name.clone());
                    }
                }
                _ => self.reduction(expression, at, cuts),
            },
            Expression::Call(Function::If | Function::OrElse, _) => match self.settled(expression, at) {
                Some(inner) => self.reductions(inner, at, cuts),
                None => self.reduction(expression, at, cuts),
            },
            _ => self.reduction(expression, at, cuts),
        }
    }

    fn reduction(&mut self, expression: &Expression, at: &Cited, cuts: &mut Vec<Cut>) {
        let out = self.node(expression, at);
        let ground = self.ground_of(expression, at);
        cuts.push(Cut { kind: StepKind::Reduction, ground, fed: self.fed_in(expression), via: None, out });
    }

    /// Every argument of `min` but the main one caps it.
    pub(super) fn ceilings(
        &mut self,
        arguments: &[Expression],
        main: usize,
        at: &Cited,
        cuts: &mut Vec<Cut>,
    ) {
        let mut left = self.node(&arguments[main], at);
        for (index, argument) in arguments.iter().enumerate().filter(|(index, _)| *index != main) {
            let cap = self.node(argument, at);
            if self.value(cap).is_none() {
                continue;
            }
            let capped = self.compute(Operation::Least, &[left, cap]);
            let out = self.compute(Operation::Difference, &[left, capped]);
            let ground = match argument {
                Expression::Name(_) => self.ground_of(argument, at),
                _ => Cited { id: format!("{}-{index}", at.id), ..self.ceiling_ground(argument, at) },
            };
            cuts.push(Cut { kind: StepKind::Cap, ground, fed: self.fed_in(argument), via: None, out });
            left = capped;
        }
    }

    /// A ceiling that is no line of its own goes by the number of the law in it.
    fn ceiling_ground(&self, argument: &Expression, at: &Cited) -> Cited {
        let is_constant =
            |name: &&str| self.recorder.policy.constants.iter().any(|constant| constant.id == **name);
        let named = argument.names().into_iter().find(is_constant);
        named.map_or_else(|| at.clone(), |name| self.ground_of(&Expression::Name(name.to_owned()), at))
    }

    /// A number of the law, or a share of something: what `min` compares the real amount with.
    fn is_ceiling(&self, expression: &Expression) -> bool {
        match expression {
            Expression::Number(_) => true,
            Expression::Name(name) => match self.line(name) {
                Some(line) => self.is_ceiling_formula(line.formula.expression()),
                None => self.recorder.policy.constants.iter().any(|constant| constant.id == *name),
            },
            other => self.is_ceiling_formula(other),
        }
    }

    fn is_ceiling_formula(&self, expression: &Expression) -> bool {
        match expression {
            Expression::Number(_) | Expression::Binary(Binary::Multiply, ..) => true,
            Expression::Call(Function::If, arguments) => {
                arguments.iter().skip(1).all(|argument| self.is_ceiling(argument))
            }
            _ => false,
        }
    }

    /// Inputs below an expression that other programs of the stack filled.
    pub(super) fn fed_in(&self, expression: &Expression) -> Vec<String> {
        let mut found: Vec<String> = Vec::new();
        let mut seen: Vec<String> = Vec::new();
        let mut open: Vec<String> = expression.names().into_iter().map(str::to_owned).collect();
        while let Some(name) = open.pop() {
            if seen.contains(&name) {
                continue;
            }
            if self.fed.contains(&name) {
                found.push(name.clone());
            } else if let Some(line) = self.line(&name) {
                open.extend(line.formula.expression().names().into_iter().map(str::to_owned));
            }
            seen.push(name);
        }
        found.sort();
        found
    }
}
