//! How a credit comes about, as a financier reads it: a base, what the law takes out of it, the rate it meets.
//!
//! A form is lines of a language. Its credit is read here as a sum of parts, each `rate × base`, and each
//! base as what is counted, less reductions and ceilings in the order of the form. The reading changes
//! nothing: what does not add up to the form's own credit is not read at all and stays one opaque part.

use std::collections::BTreeSet;

use recoup_explain::{NodeId, Operation};
use recoup_money::Rounding;
use rust_decimal::Decimal;

use crate::expression::Expression;
use crate::policy::{Line, Unit};
use crate::record::{Recorded, Recorder, line_address};

mod flow;
mod reading;

use flow::{Cut, Flow};
use reading::Rated;

/// What a step does to the amount before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum StepKind {
    /// An amount is taken out: assistance, an earlier claim.
    Reduction,
    /// What exceeds a ceiling is taken out.
    Cap,
    /// Only a share counts.
    Share,
    /// Everything that is no part of this smaller base.
    Rest,
}

/// What a line of a form is to its credit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum LineKind {
    /// An amount a rate is applied to, or one it is made of.
    Base,
    /// An amount taken out of a base.
    Reduction,
    /// A ceiling.
    Cap,
    /// A rate.
    Rate,
    /// The credit or a part of it.
    Credit,
    /// A fee.
    Fee,
    /// A question the law asks.
    Test,
    /// Anything else: payments, shares handed to other programs, what is left after tax.
    Other,
}

/// The line, input or number of the law that something rests on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cited {
    /// Its name in the form.
    pub id: String,
    /// In a producer's words.
    pub label: String,
    /// Where in the law it stands.
    pub clause: Option<String>,
    /// Address of the source.
    pub source: Option<String>,
}

/// One step down from what is counted to the base.
#[derive(Clone, Debug)]
pub struct BaseStep {
    /// What it does.
    pub kind: StepKind,
    /// What it rests on.
    pub ground: Cited,
    /// Inputs it reads that other programs of the stack filled.
    pub fed: Vec<String>,
    /// What it takes out.
    pub taken_out: NodeId,
    /// What is left after it.
    pub left: NodeId,
}

/// One part of a credit.
#[derive(Clone, Debug)]
pub struct CreditPart {
    /// The line that holds it.
    pub ground: Cited,
    /// What the base is made of, before anything is taken out: names in the form with their values.
    pub counted: Vec<(Cited, NodeId)>,
    /// What is counted before anything is taken out; absent where the form does not show a base.
    pub before: Option<NodeId>,
    /// What is taken out, in the form's order.
    pub steps: Vec<BaseStep>,
    /// What the rate meets.
    pub base: Option<NodeId>,
    /// The rate.
    pub rate: Option<NodeId>,
    /// What it pays.
    pub credit: NodeId,
}

/// A credit in its parts.
#[derive(Clone, Debug, Default)]
pub struct Breakdown {
    /// The parts, in the form's order; those that pay nothing beside others are left out.
    pub parts: Vec<CreditPart>,
    /// What is taken out of their sum.
    pub on_credit: Vec<BaseStep>,
    /// What each line of the form is, by its name.
    pub kinds: Vec<(String, LineKind)>,
}

/// Reads the credit of a recorded form. `fed` are the inputs that other programs filled.
pub(crate) fn break_down(recorder: &mut Recorder<'_, '_>, fed: &BTreeSet<String>) -> Breakdown {
    let credit = recorder.policy.credit.clone();
    let mut reader = Reader { recorder, fed, depth: 0 };
    let Some(line) = reader.line(&credit) else { return Breakdown::default() };
    let whole = reader.recorded_number(&credit);
    let mut read = reader.credits(&Expression::Name(credit.clone()), &reader.ground(line), false, false);
    let paid = |reader: &Reader<'_, '_, '_, '_>, part: &Rated| reader.value(part.credit);
    let paid = total(read.parts.iter().map(|part| paid(&reader, part)));
    let cut = total(read.cuts.iter().map(|cut| reader.value(cut.out)));
    let off = apart(paid, cut, whole.and_then(|node| reader.value(node)));
    // Parts are rounded one by one where the law says so; half a dozen of them stay within five minor units.
    if off.is_none_or(|off| off > Decimal::new(5, 2)) {
        read = whole.map_or_else(Default::default, |node| reader.opaque(reader.ground(line), node, true));
    }
    let mut builder = Builder { reader, taken: BTreeSet::new(), kinds: Vec::new() };
    builder.build(read)
}

/// The sum of what all have; nothing where one has nothing, or where it is beyond what a decimal holds.
fn total(values: impl IntoIterator<Item = Option<Decimal>>) -> Option<Decimal> {
    values.into_iter().try_fold(Decimal::ZERO, |sum, value| sum.checked_add(value?))
}

/// How far the parts less what is cut from them are from the whole.
fn apart(parts: Option<Decimal>, cut: Option<Decimal>, whole: Option<Decimal>) -> Option<Decimal> {
    Some(parts?.checked_sub(cut?)?.checked_sub(whole?)?.abs())
}

/// Walks a form's expressions beside the nodes they were recorded as.
pub(crate) struct Reader<'r, 'a, 'b, 'f> {
    recorder: &'r mut Recorder<'a, 'b>,
    fed: &'f BTreeSet<String>,
    depth: usize,
}

/// Deeper than any sound form; the linter refuses circles, this stops one that came through.
const DEEPEST: usize = 64;

impl<'a> Reader<'_, 'a, '_, '_> {
    fn line(&self, name: &str) -> Option<&'a Line> {
        self.recorder.form.lines.iter().copied().find(|line| line.id == name)
    }

    fn ground(&self, line: &Line) -> Cited {
        let source = line.source.as_ref().and_then(|id| self.recorder.policy.source(id));
        Cited {
            id: line.id.clone(),
            label: line.label.clone(),
            clause: line.clause.clone(),
            source: source.map(|source| source.address.clone()),
        }
    }

    /// The ground of a name: its own label, and its own clause or that of the line it is read in.
    fn ground_of(&self, expression: &Expression, at: &Cited) -> Cited {
        let Expression::Name(name) = expression else { return at.clone() };
        if let Some(line) = self.line(name) {
            return self.ground(line);
        }
        let policy = self.recorder.policy;
        if let Some(constant) = policy.constants.iter().find(|constant| constant.id == *name) {
            return Cited {
                id: name.clone(),
                label: constant.label.clone(),
                clause: Some(constant.clause.clone()),
                source: policy.source(&constant.source).map(|source| source.address.clone()),
            };
        }
        let input = self.recorder.form.inputs.iter().find(|input| input.name == *name);
        let label = input.map_or_else(|| name.clone(), |input| input.label.clone());
        Cited { id: name.clone(), label, ..at.clone() }
    }

    fn node(&mut self, expression: &Expression, at: &Cited) -> NodeId {
        self.recorder.node(expression, &at.id)
    }

    fn compute(&mut self, operation: Operation, inputs: &[NodeId]) -> NodeId {
        self.recorder.book.compute(operation, inputs)
    }

    fn value(&self, node: NodeId) -> Option<Decimal> {
        self.recorder.book.value(node).as_number()
    }

    fn recorded_number(&self, line: &str) -> Option<NodeId> {
        match self.recorder.lines.get(line) {
            Some(Recorded::Node(node)) => Some(*node),
            Some(Recorded::Word(..) | Recorded::Items(_)) | None => None,
        }
    }
}

/// Names the figures of what was read.
struct Builder<'r, 'a, 'b, 'f> {
    reader: Reader<'r, 'a, 'b, 'f>,
    taken: BTreeSet<String>,
    kinds: Vec<(String, LineKind)>,
}

/// The base of the part before, for a part that looks at a piece of it.
struct Before {
    base: NodeId,
    through: Vec<String>,
}

impl Builder<'_, '_, '_, '_> {
    fn build(&mut self, read: reading::Credits) -> Breakdown {
        let several = read.parts.len() > 1;
        let mut parts = Vec::new();
        let mut credits = Vec::new();
        let mut before: Option<Before> = None;
        for rated in read.parts {
            credits.push(rated.credit);
            if several && self.reader.value(rated.credit).is_some_and(|paid| paid.is_zero()) {
                self.kinds.push((rated.ground.id, LineKind::Credit));
                continue;
            }
            parts.push(self.part(rated, &mut before));
        }
        let on_credit = self.steps("credit", &credits, read.cuts);
        self.lines();
        Breakdown { parts, on_credit, kinds: std::mem::take(&mut self.kinds) }
    }

    fn part(&mut self, rated: Rated, before: &mut Option<Before>) -> CreditPart {
        let id = self.unique(&rated.ground.id);
        self.kinds.push((rated.ground.id.clone(), LineKind::Credit));
        let address = line_address(&self.reader.recorder.key, &rated.ground.id);
        let credit = match self.reader.recorder.book.find(&address).filter(|_| rated.whole) {
            Some(named) => named,
            None => self.money(rated.credit, &format!("{id}.credit")),
        };
        let rate = rated.rate.map(|node| {
            let address = self.address(&format!("{id}.rate"));
            self.reader.recorder.book.figure(address, Operation::Carry, &[node])
        });
        let Some((node, name, flow)) = rated.base else {
            return CreditPart {
                ground: rated.ground,
                counted: Vec::new(),
                before: None,
                steps: Vec::new(),
                base: None,
                rate,
                credit,
            };
        };
        let base = self.base(node, name.as_deref(), &id);
        let flow = self.within(flow, node, name.as_deref(), before.as_ref(), &rated.ground);
        self.kinds.extend(flow.through.iter().map(|line| (line.clone(), LineKind::Base)));
        let terms: Vec<NodeId> = flow.terms.iter().map(|(_, node)| *node).collect();
        let counted = if flow.cuts.is_empty() {
            base
        } else {
            let sum = self.reader.compute(Operation::Sum, &terms);
            self.money(sum, &format!("{id}.before"))
        };
        let steps = self.steps(&id, &terms, flow.cuts);
        *before = Some(Before { base: node, through: flow.through });
        CreditPart {
            ground: rated.ground,
            counted: flow.terms,
            before: Some(counted),
            steps,
            base: Some(base),
            rate,
            credit,
        }
    }

    /// A part that looks at a piece of the base before it goes on from there.
    fn within(
        &mut self,
        flow: Flow,
        node: NodeId,
        name: Option<&str>,
        before: Option<&Before>,
        at: &Cited,
    ) -> Flow {
        let Some(before) = before.filter(|b| name.is_some_and(|name| b.through.iter().any(|t| t == name)))
        else {
            return flow;
        };
        let out = self.reader.compute(Operation::Difference, &[before.base, node]);
        if self.reader.value(out).is_none_or(|out| out.is_sign_negative() && !out.is_zero()) {
            return flow;
        }
        let ground = name
            .map_or_else(|| at.clone(), |name| self.reader.ground_of(&Expression::Name(name.to_owned()), at));
        let cut = Cut { kind: StepKind::Rest, ground: ground.clone(), fed: Vec::new(), via: None, out };
        Flow { terms: vec![(ground, before.base)], cuts: vec![cut], through: before.through.clone() }
    }

    /// The base under the name it has in the form, or under one of its own.
    fn base(&mut self, node: NodeId, name: Option<&str>, id: &str) -> NodeId {
        let key = &self.reader.recorder.key;
        let known = name.and_then(|name| {
            let (line, input) = (line_address(key, name), format!("incentives.{key}.input.{name}"));
            self.reader.recorder.book.find(&line).or_else(|| self.reader.recorder.book.find(&input))
        });
        let known = known.filter(|node| self.reader.recorder.book.value(*node).as_money().is_some());
        known.unwrap_or_else(|| self.money(node, &format!("{id}.base")))
    }

    fn steps(&mut self, id: &str, terms: &[NodeId], cuts: Vec<Cut>) -> Vec<BaseStep> {
        if cuts.is_empty() {
            return Vec::new();
        }
        let mut left = self.reader.compute(Operation::Sum, terms);
        let mut steps = Vec::new();
        for cut in cuts {
            let kind = match cut.kind {
                StepKind::Reduction => Some(LineKind::Reduction),
                StepKind::Cap => Some(LineKind::Cap),
                StepKind::Share | StepKind::Rest => None,
            };
            self.kinds.extend(kind.map(|kind| (cut.ground.id.clone(), kind)));
            self.kinds.extend(cut.via.map(|line| (line, LineKind::Reduction)));
            let step = self.unique(&format!("{id}.{}", cut.ground.id));
            left = self.reader.compute(Operation::Difference, &[left, cut.out]);
            steps.push(BaseStep {
                kind: cut.kind,
                ground: cut.ground,
                fed: cut.fed,
                taken_out: self.money(cut.out, &format!("{step}.taken_out")),
                left: self.money(left, &format!("{step}.left")),
            });
        }
        steps
    }

    /// What the other lines are.
    fn lines(&mut self) {
        let policy = self.reader.recorder.policy;
        for line in &self.reader.recorder.form.lines {
            let kind = match line.unit {
                Unit::Flag | Unit::Text => LineKind::Test,
                Unit::Rate => LineKind::Rate,
                _ if line.id == policy.credit => LineKind::Credit,
                _ if policy.fees.contains(&line.id) => LineKind::Fee,
                _ => LineKind::Other,
            };
            if !self.kinds.iter().any(|(known, _)| *known == line.id) {
                self.kinds.push((line.id.clone(), kind));
            }
        }
    }

    fn address(&self, name: &str) -> String {
        format!("incentives.{}.steps.{name}", self.reader.recorder.key)
    }

    fn money(&mut self, node: NodeId, name: &str) -> NodeId {
        let currency = self.reader.recorder.policy.currency;
        let amount = Operation::ToMoney { currency, rounding: Rounding::HalfUp };
        let address = self.address(name);
        self.reader.recorder.book.figure(address, amount, &[node])
    }

    fn unique(&mut self, id: &str) -> String {
        let mut name = id.to_owned();
        let mut count = 1;
        while !self.taken.insert(name.clone()) {
            count += 1;
            name = format!("{id}-{count}");
        }
        name
    }
}

#[cfg(test)]
mod tests;
