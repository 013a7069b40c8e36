//! The tests as figures of the book: each criterion from its answer and its weight, the sums from those.

use recoup_explain::{Comparison, NodeId, Operation};
use rust_decimal::Decimal;

use crate::expression::{Expression, Function};
use crate::policy::{PointsCriterion, PointsSection, PointsTest, TotalSettles, Unit};
use crate::record::Recorder;

/// A criterion, a section or a test: with what is open lost, and with it won.
#[derive(Clone, Copy)]
struct Range {
    sure: NodeId,
    possible: NodeId,
}

/// A criterion's place in the sums, and its figure.
struct Counted<'p> {
    criterion: &'p PointsCriterion,
    range: Range,
    most: Option<NodeId>,
}

/// Names the figures of every test `incentives.<key>.points.<test>.…`.
pub(crate) fn record(recorder: &mut Recorder<'_, '_>) {
    let policy = recorder.policy;
    for test in &policy.points_tests {
        let address = format!("incentives.{}.points.{}", recorder.key, test.id);
        Figures { recorder, test, address }.record();
    }
}

struct Figures<'r, 'a, 'b, 'p> {
    recorder: &'r mut Recorder<'a, 'b>,
    test: &'p PointsTest,
    address: String,
}

impl<'p> Figures<'_, '_, '_, 'p> {
    fn record(mut self) {
        let mut all = Vec::new();
        let mut sections = Vec::new();
        for section in &self.test.sections {
            let counted = self.section(section);
            sections.push(self.section_figures(section, &counted));
            all.extend(counted);
        }
        let sum = self.sum(&all, &sections);
        let needed = self.constant(&self.test.pass_mark);
        let Range { sure, possible } = self.with_total(&all, sum, needed);
        self.name("score", sure);
        self.name("reachable", possible);
        self.name("needed", needed);
        let short = self.recorder.book.compute(Operation::Difference, &[needed, sure]);
        let nought = self.nought();
        let missing = self.recorder.book.compute(Operation::Greatest, &[short, nought]);
        self.name("missing", missing);
        if let Some(most) = self.most(&all) {
            self.name("most", most);
        }
    }

    fn name(&mut self, part: &str, node: NodeId) -> NodeId {
        // What is named already keeps its name; this one carries it.
        self.recorder.book.figure(format!("{}.{part}", self.address), Operation::Carry, &[node])
    }

    fn expression(&mut self, expression: &Expression) -> NodeId {
        let line = format!("points.{}", self.test.id);
        self.recorder.node(expression, &line)
    }

    fn constant(&mut self, id: &str) -> NodeId {
        self.expression(&named(id))
    }

    fn nought(&mut self) -> NodeId {
        self.expression(&Expression::Number(Decimal::ZERO))
    }

    fn section(&mut self, section: &'p PointsSection) -> Vec<Counted<'p>> {
        let criteria = section.criteria.iter();
        criteria.map(|criterion| self.criterion(criterion)).collect()
    }

    fn criterion(&mut self, criterion: &'p PointsCriterion) -> Counted<'p> {
        let input = self.recorder.policy.inputs.iter().find(|input| input.name == criterion.input);
        let unit = input.map_or(Unit::Flag, |input| input.unit);
        let (sure, possible, most) = worth(criterion, unit);
        let part = format!("criteria.{}", criterion.input);
        let sure = self.expression(&sure);
        let sure = self.name(&format!("{part}.points"), sure);
        let possible = self.expression(&possible);
        let most = most.map(|most| {
            let most = self.expression(&most);
            self.name(&format!("{part}.most"), most)
        });
        Counted { criterion, range: Range { sure, possible }, most }
    }

    fn section_figures(&mut self, section: &PointsSection, counted: &[Counted<'_>]) -> Range {
        let range = self.added(counted, &|criterion| criterion.part_of.is_none());
        let part = format!("sections.{}", section.id);
        if let Some(minimum) = &section.minimum {
            let minimum = self.constant(minimum);
            self.name(&format!("{part}.minimum"), minimum);
        }
        Range {
            sure: self.name(&format!("{part}.score"), range.sure),
            possible: self.name(&format!("{part}.reachable"), range.possible),
        }
    }

    /// Adds criteria up; of those that exclude each other the largest.
    fn added(&mut self, counted: &[Counted<'_>], which: &dyn Fn(&PointsCriterion) -> bool) -> Range {
        let mut parts: Vec<Range> = Vec::new();
        let mut groups: Vec<(&str, Vec<Range>)> = Vec::new();
        for one in counted.iter().filter(|one| which(one.criterion)) {
            match one.criterion.group.as_deref() {
                None => parts.push(one.range),
                Some(group) => match groups.iter_mut().find(|(name, _)| *name == group) {
                    Some((_, members)) => members.push(one.range),
                    None => groups.push((group, vec![one.range])),
                },
            }
        }
        for (_, members) in groups {
            parts.push(self.both(Operation::Greatest, &members));
        }
        if parts.is_empty() {
            let nought = self.nought();
            return Range { sure: nought, possible: nought };
        }
        self.both(Operation::Sum, &parts)
    }

    fn both(&mut self, operation: Operation, parts: &[Range]) -> Range {
        let sure: Vec<NodeId> = parts.iter().map(|part| part.sure).collect();
        let possible: Vec<NodeId> = parts.iter().map(|part| part.possible).collect();
        let book = &mut *self.recorder.book;
        Range { sure: book.compute(operation, &sure), possible: book.compute(operation, &possible) }
    }

    /// The whole: section by section, unless a group reaches over several; never more than the law's most.
    fn sum(&mut self, all: &[Counted<'_>], sections: &[Range]) -> Range {
        let reaches_over = self.test.sections.iter().enumerate().any(|(at, section)| {
            let groups = section.criteria.iter().filter_map(|criterion| criterion.group.as_ref());
            let later = || self.test.sections[at + 1..].iter().flat_map(|later| &later.criteria);
            groups.into_iter().any(|group| later().any(|criterion| criterion.group.as_ref() == Some(group)))
        });
        let sum = if reaches_over {
            self.added(all, &|criterion| criterion.part_of.is_none())
        } else {
            self.both(Operation::Sum, sections)
        };
        let Some(most) = &self.test.most else { return sum };
        let most = self.constant(most);
        let book = &mut *self.recorder.book;
        let within = book.compute(Operation::FirstGiven, &[sum.possible, most]);
        Range {
            sure: book.compute(Operation::Least, &[sum.sure, most]),
            possible: book.compute(Operation::Least, &[within, most]),
        }
    }

    /// The most of the whole test: as the law states it, else of all criteria together.
    fn most(&mut self, all: &[Counted<'p>]) -> Option<NodeId> {
        if let Some(most) = &self.test.most {
            return Some(self.constant(most));
        }
        let won = all.iter().map(|one| {
            let most = one.most?;
            Some(Counted { range: Range { sure: most, possible: most }, ..*one })
        });
        let won: Vec<Counted<'_>> = won.collect::<Option<_>>()?;
        Some(self.added(&won, &|criterion| criterion.part_of.is_none()).sure)
    }

    /// A typed total in place of the sum, where it stands.
    fn with_total(&mut self, all: &[Counted<'_>], sum: Range, needed: NodeId) -> Range {
        let Some(total) = &self.test.total else { return sum };
        let typed = self.constant(&total.input);
        let sure = self.recorder.book.compute(Operation::FirstGiven, &[typed, sum.sure]);
        let possible = self.recorder.book.compute(Operation::FirstGiven, &[typed, sum.possible]);
        if total.settles == TotalSettles::Score {
            return Range { sure, possible };
        }
        let (passed, passable) = self.passes(all, sum, needed);
        let book = &mut *self.recorder.book;
        let not_yet = book.compute(Operation::Not, &[passed]);
        let open = book.compute(Operation::All, &[not_yet, passable]);
        Range {
            sure: book.compute(Operation::If, &[open, sure, sum.sure]),
            possible: book.compute(Operation::If, &[open, possible, sum.possible]),
        }
    }

    /// Whether the test passes with everything open lost, and with it won.
    fn passes(&mut self, all: &[Counted<'_>], sum: Range, needed: NodeId) -> (NodeId, NodeId) {
        let mut needs = vec![(sum, needed, Comparison::AtLeast)];
        for need in &self.test.mandatory {
            let of = self.added(all, &|criterion| need.of.contains(&criterion.input));
            needs.push(match &need.at_least {
                Some(least) => (of, self.constant(least), Comparison::AtLeast),
                None => (of, self.nought(), Comparison::Greater),
            });
        }
        for section in &self.test.sections {
            let Some(minimum) = &section.minimum else { continue };
            let inside = |one: &PointsCriterion| section.criteria.iter().any(|own| own.input == one.input);
            let of = self.added(all, &inside);
            needs.push((of, self.constant(minimum), Comparison::AtLeast));
        }
        let book = &mut *self.recorder.book;
        let mut met = |of: fn(&Range) -> NodeId| {
            let each: Vec<NodeId> = needs
                .iter()
                .map(|(range, mark, how)| book.compute(Operation::Compare(*how), &[of(range), *mark]))
                .collect();
            book.compute(Operation::All, &each)
        };
        (met(|range| range.sure), met(|range| range.possible))
    }
}

fn named(name: &str) -> Expression {
    Expression::Name(name.to_owned())
}

fn call(function: Function, arguments: Vec<Expression>) -> Expression {
    Expression::Call(function, arguments)
}

fn or_else(name: &str, otherwise: Expression) -> Expression {
    call(Function::OrElse, vec![named(name), otherwise])
}

/// What a criterion is worth with its answer, or none, lost or won; and its most.
fn worth(criterion: &PointsCriterion, unit: Unit) -> (Expression, Expression, Option<Expression>) {
    let nought = || Expression::Number(Decimal::ZERO);
    let input = criterion.input.as_str();
    match unit {
        Unit::Flag => {
            let points = criterion.points.as_deref().map_or(Expression::Number(Decimal::ONE), named);
            let worth = |otherwise: bool| {
                let yes = or_else(input, Expression::Flag(otherwise));
                call(Function::If, vec![yes, points.clone(), nought()])
            };
            (worth(false), worth(true), Some(points.clone()))
        }
        Unit::Text => {
            let most = call(Function::Max, criterion.choices.iter().map(|c| named(&c.points)).collect());
            let mut arguments = vec![named(input)];
            for choice in &criterion.choices {
                arguments.extend([Expression::Text(choice.word.clone()), named(&choice.points)]);
            }
            arguments.push(nought());
            let chosen = call(Function::Choose, arguments);
            let worth = |otherwise: Expression| {
                let given = call(Function::Given, vec![named(input)]);
                call(Function::If, vec![given, chosen.clone(), otherwise])
            };
            (worth(nought()), worth(most.clone()), Some(most))
        }
        _ => match criterion.most.as_deref().map(named) {
            Some(most) => {
                let worth = |otherwise: Expression| {
                    call(Function::Clamp, vec![or_else(input, otherwise), nought(), most.clone()])
                };
                (worth(nought()), worth(most.clone()), Some(most.clone()))
            }
            None => {
                let worth = |points: Expression| call(Function::Max, vec![points, nought()]);
                (worth(or_else(input, nought())), worth(named(input)), None)
            }
        },
    }
}
