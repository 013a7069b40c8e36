//! The form computed through the book of figures: each line a node, each number of the law a leaf.
//!
//! [`run`](crate::run()) and this recorder give the same values; a test holds them together.

use std::collections::BTreeMap;

use recoup_explain::{Absence, Book, Clause, Comparison, Leaf, NodeId, Operation, Quantity};
use recoup_money::Rounding;
use rust_decimal::Decimal;

use crate::expression::{Binary, Expression, Function, Unary};
use crate::policy::{Line, Policy, Unit};
use crate::run::{Form, names_production};

/// A value on its way through the book. Words and lists have no quantity of their own.
#[derive(Clone, Debug)]
pub(crate) enum Recorded {
    /// A number or an answer.
    Node(NodeId),
    /// A word and the path it was typed at.
    Word(Option<String>, String),
    /// Items of a list.
    Items(Vec<NodeId>),
}

/// Figures that every claim has, whatever its form: a line of the same name stands beside them.
const CLAIM_FIGURES: [&str; 6] = ["credit", "credit_in_deal", "received", "tax", "fees", "net"];

/// The address of a line of a form.
pub(crate) fn line_address(key: &str, line: &str) -> String {
    if CLAIM_FIGURES.contains(&line) {
        format!("incentives.{key}.line.{line}")
    } else {
        format!("incentives.{key}.{line}")
    }
}

/// One program of one stack, being recorded.
pub(crate) struct Recorder<'a, 'b> {
    pub(crate) book: &'b mut Book,
    pub(crate) form: &'a Form<'a>,
    pub(crate) policy: &'a Policy,
    pub(crate) key: String,
    inputs: BTreeMap<String, Recorded>,
    pub(crate) lines: BTreeMap<String, Recorded>,
    open: Vec<String>,
    production: Option<Aside>,
    lifted: bool,
}

/// The form on the whole production, beside that of one of its claimants.
#[derive(Clone, Default)]
pub(crate) struct Aside {
    pub(crate) inputs: BTreeMap<String, Recorded>,
    pub(crate) lines: BTreeMap<String, Recorded>,
}

impl Aside {
    /// A form of which nothing is computed yet.
    pub(crate) fn of(inputs: BTreeMap<String, Recorded>) -> Self {
        Self { inputs, lines: BTreeMap::new() }
    }
}

/// What a ceiling is raised to where it is asked what a company would earn without it.
const LIFTED: Decimal = Decimal::from_parts(1_000_000, 0, 0, false, 0);

impl<'a, 'b> Recorder<'a, 'b> {
    pub(crate) fn new(
        book: &'b mut Book,
        form: &'a Form<'a>,
        key: &str,
        inputs: BTreeMap<String, Recorded>,
    ) -> Self {
        Self {
            book,
            form,
            policy: form.policy,
            key: key.to_owned(),
            inputs,
            lines: BTreeMap::new(),
            open: Vec::new(),
            production: None,
            lifted: false,
        }
    }

    /// One of several companies that claim for themselves: what the law compares with the whole production
    /// is compared with that.
    pub(crate) fn beside(mut self, production: Option<Aside>) -> Self {
        self.production = production;
        self
    }

    /// What one of several companies would earn if the production's ceilings left it room; its thresholds and
    /// bands stay those of the production.
    pub(crate) fn alone(mut self, production: Aside) -> NodeId {
        self.production = Some(production);
        self.lifted = true;
        let credit = Expression::Name(self.policy.credit.clone());
        let node = self.node(&credit, "credit");
        let nothing = self.number(Decimal::ZERO, "credit");
        let earned = self.book.compute(Operation::Greatest, &[node, nothing]);
        let amount = Operation::ToMoney { currency: self.policy.currency, rounding: Rounding::HalfUp };
        self.book.figure(format!("incentives.{}.alone", self.key), amount, &[earned])
    }

    /// Records as the production's where an expression asks about it.
    fn of_production(&mut self, expression: &Expression, line: &str) -> Option<Recorded> {
        if self.production.is_none() || !self.asks_of_production(expression) {
            return None;
        }
        let aside = self.production.take()?;
        let inputs = std::mem::replace(&mut self.inputs, aside.inputs);
        let lines = std::mem::replace(&mut self.lines, aside.lines);
        let lifted = std::mem::take(&mut self.lifted);
        let recorded = self.expression(expression, line);
        self.production = Some(Aside {
            inputs: std::mem::replace(&mut self.inputs, inputs),
            lines: std::mem::replace(&mut self.lines, lines),
        });
        self.lifted = lifted;
        Some(recorded)
    }

    fn asks_of_production(&self, expression: &Expression) -> bool {
        if !self.lifted {
            return matches!(expression, Expression::Binary(operator, ..) if operator.compares())
                && names_production(self.policy, expression);
        }
        let asks = match expression {
            Expression::Binary(operator, ..) => operator.compares(),
            Expression::Call(function, _) => *function == Function::Banded,
            _ => false,
        };
        asks && expression.names().iter().any(|name| self.is_amount_of_law(name))
    }

    fn is_amount_of_law(&self, name: &str) -> bool {
        self.policy.constants.iter().any(|constant| constant.id == name && constant.unit == Unit::Money)
    }

    /// Records every line and names it `incentives.<key>.<line>`. The unrounded nodes stay in `lines`.
    pub(crate) fn record(&mut self) {
        let lines: Vec<&Line> = self.form.lines.clone();
        for line in lines {
            let recorded = self.line(line);
            self.name_line(line, &recorded);
        }
        for condition in &self.policy.conditions {
            let recorded = self.expression(condition.test.expression(), &condition.id);
            if let Recorded::Node(node) = recorded {
                self.book.name(node, format!("incentives.{}.condition.{}", self.key, condition.id));
            }
        }
    }

    fn name_line(&mut self, line: &Line, recorded: &Recorded) {
        let Recorded::Node(node) = recorded else { return };
        let address = line_address(&self.key, &line.id);
        if line.unit == Unit::Money {
            let currency = self.policy.currency;
            let amount = Operation::ToMoney { currency, rounding: Rounding::HalfUp };
            self.book.figure(address, amount, &[*node]);
        } else {
            self.book.name(*node, address);
        }
    }

    fn line(&mut self, line: &Line) -> Recorded {
        if let Some(recorded) = self.lines.get(&line.id) {
            return recorded.clone();
        }
        if self.open.contains(&line.id) {
            return self.absent(&format!("{} goes in a circle", line.id));
        }
        self.open.push(line.id.clone());
        let recorded = self.expression(line.formula.expression(), &line.id);
        self.open.pop();
        self.lines.insert(line.id.clone(), recorded.clone());
        recorded
    }

    fn name(&mut self, name: &str) -> Recorded {
        if let Some(recorded) = self.inputs.get(name) {
            return recorded.clone();
        }
        if let Some(constant) = self.policy.constants.iter().find(|constant| constant.id == name) {
            let source = self.policy.source(&constant.source).map_or("", |source| &source.address);
            let clause = Clause {
                program: self.policy.id.as_str().into(),
                version: self.policy.from.to_string().into(),
                line: name.into(),
                clause: constant.clause.as_str().into(),
                source: source.into(),
            };
            if self.lifted && self.is_amount_of_law(name) {
                let line = format!("{name} (lifted)").into();
                let value = constant.value.saturating_mul(LIFTED);
                return Recorded::Node(self.book.clause(Clause { line, ..clause }, value));
            }
            return Recorded::Node(self.book.clause(clause, constant.value));
        }
        match self.form.lines.iter().copied().find(|line| line.id == name) {
            Some(line) => self.line(line),
            None => self.absent(&format!("nothing is called {name}")),
        }
    }

    fn absent(&mut self, message: &str) -> Recorded {
        Recorded::Node(self.absent_node(message))
    }

    fn absent_node(&mut self, message: &str) -> NodeId {
        let path = format!("incentives.{}: {message}", self.key);
        self.book.leaf(Leaf::Cell { path: path.into() }, Quantity::Absent(Absence::undefined(message)))
    }

    /// Nought, one, yes and no as the form itself writes them.
    fn literal(&mut self, value: impl Into<Quantity>, shown: &str, line: &str) -> NodeId {
        let clause = Clause {
            program: self.policy.id.as_str().into(),
            version: self.policy.from.to_string().into(),
            line: format!("{line} ({shown})").into(),
            clause: "the form's own wording".into(),
            source: self.policy.sources.first().map_or("", |source| source.address.as_str()).into(),
        };
        self.book.clause(clause, value)
    }

    fn number(&mut self, number: Decimal, line: &str) -> NodeId {
        self.literal(number, &number.to_string(), line)
    }

    pub(crate) fn node(&mut self, expression: &Expression, line: &str) -> NodeId {
        match self.expression(expression, line) {
            Recorded::Node(node) => node,
            Recorded::Items(items) => self.book.compute(Operation::Sum, &items),
            Recorded::Word(..) => self.absent_node("a word where a number was due"),
        }
    }

    fn expression(&mut self, expression: &Expression, line: &str) -> Recorded {
        if let Some(recorded) = self.of_production(expression, line) {
            return recorded;
        }
        match expression {
            Expression::Number(number) => Recorded::Node(self.number(*number, line)),
            Expression::Text(text) => Recorded::Word(Some(text.clone()), String::new()),
            Expression::Flag(flag) => Recorded::Node(self.literal(*flag, &flag.to_string(), line)),
            Expression::Name(name) => self.name(name),
            Expression::Unary(unary, operand) => {
                let operand = self.node(operand, line);
                let operation = match unary {
                    Unary::Negate => Operation::Negate,
                    Unary::Not => Operation::Not,
                };
                Recorded::Node(self.book.compute(operation, &[operand]))
            }
            Expression::Binary(operator, left, right) => self.binary(*operator, left, right, line),
            Expression::Call(function, arguments) => self.call(*function, arguments, line),
        }
    }

    fn binary(&mut self, operator: Binary, left: &Expression, right: &Expression, line: &str) -> Recorded {
        if matches!(operator, Binary::Equal | Binary::NotEqual) {
            let (a, b) = (self.expression(left, line), self.expression(right, line));
            if let (Recorded::Word(a, path), Recorded::Word(b, other)) = (a, b) {
                let path = if path.is_empty() { other } else { path };
                let same = a.zip(b.clone()).map(|(a, b)| a.eq_ignore_ascii_case(&b));
                let flag = self.word_question(same, &format!("{path} is {}", b.unwrap_or_default()));
                let node = if operator == Binary::NotEqual {
                    self.book.compute(Operation::Not, &[flag])
                } else {
                    flag
                };
                return Recorded::Node(node);
            }
        }
        if matches!(operator, Binary::Less | Binary::LessOrEqual | Binary::Greater | Binary::GreaterOrEqual) {
            let (a, b) = (self.expression(left, line), self.expression(right, line));
            if let (Recorded::Word(a, path), Recorded::Word(b, _)) = (a, b) {
                let answer = a.zip(b.clone()).map(|(a, b)| match operator {
                    Binary::Less => a < b,
                    Binary::LessOrEqual => a <= b,
                    Binary::Greater => a > b,
                    _ => a >= b,
                });
                let question = format!("{path} {} {}", operator.sign(), b.unwrap_or_default());
                return Recorded::Node(self.word_question(answer, &question));
            }
        }
        let operation = match operator {
            Binary::Add => Operation::Sum,
            Binary::Subtract => Operation::Difference,
            Binary::Multiply => Operation::Product,
            Binary::Divide => Operation::Quotient,
            Binary::Less => Operation::Compare(Comparison::Less),
            Binary::LessOrEqual => Operation::Compare(Comparison::AtMost),
            Binary::Greater => Operation::Compare(Comparison::Greater),
            Binary::GreaterOrEqual => Operation::Compare(Comparison::AtLeast),
            Binary::Equal => Operation::Compare(Comparison::Equal),
            Binary::NotEqual => Operation::Compare(Comparison::Different),
            Binary::And => Operation::All,
            Binary::Or => Operation::Any,
        };
        let inputs = [self.node(left, line), self.node(right, line)];
        Recorded::Node(self.book.compute(operation, &inputs))
    }

    /// A question about a word, as a typed answer at the word's path.
    fn word_question(&mut self, answer: Option<bool>, path: &str) -> NodeId {
        let value = answer.map_or_else(|| Quantity::Absent(Absence::missing(path)), Quantity::Flag);
        self.book.leaf(Leaf::Cell { path: path.into() }, value)
    }

    fn call(&mut self, function: Function, arguments: &[Expression], line: &str) -> Recorded {
        match function {
            Function::If => self.choice(arguments, line),
            Function::Choose => self.choose(arguments, line),
            Function::OrElse => match self.expression(&arguments[0], line) {
                Recorded::Word(None, _) => self.expression(&arguments[1], line),
                word @ Recorded::Word(..) => word,
                Recorded::Node(first) => {
                    let second = self.node(&arguments[1], line);
                    Recorded::Node(self.book.compute(Operation::FirstGiven, &[first, second]))
                }
                items @ Recorded::Items(_) => items,
            },
            Function::Given => match self.expression(&arguments[0], line) {
                Recorded::Node(node) => Recorded::Node(self.book.compute(Operation::Given, &[node])),
                Recorded::Word(word, path) => {
                    Recorded::Node(self.word_question(Some(word.is_some()), &format!("{path} is given")))
                }
                Recorded::Items(items) => {
                    let given = !items.is_empty();
                    Recorded::Node(self.literal(given, &given.to_string(), line))
                }
            },
            Function::Refused => {
                let node = self.node(&arguments[0], line);
                let yes = self.literal(true, "true", line);
                let accepted = self.book.compute(Operation::FirstGiven, &[node, yes]);
                Recorded::Node(self.book.compute(Operation::Not, &[accepted]))
            }
            Function::StartsWith => {
                let (word, prefix) =
                    (self.expression(&arguments[0], line), self.expression(&arguments[1], line));
                let (Recorded::Word(word, path), Recorded::Word(prefix, _)) = (word, prefix) else {
                    return self.absent("a word was due");
                };
                let prefix = prefix.unwrap_or_default();
                let answer = word.map(|w| w.to_lowercase().starts_with(&prefix.to_lowercase()));
                Recorded::Node(self.word_question(answer, &format!("{path} begins with {prefix}")))
            }
            _ => Recorded::Node(self.arithmetic(function, arguments, line)),
        }
    }

    fn choice(&mut self, arguments: &[Expression], line: &str) -> Recorded {
        let question = self.node(&arguments[0], line);
        let then = self.expression(&arguments[1], line);
        let otherwise = self.expression(&arguments[2], line);
        match (then, otherwise) {
            (Recorded::Node(then), Recorded::Node(otherwise)) => {
                Recorded::Node(self.book.compute(Operation::If, &[question, then, otherwise]))
            }
            (then, otherwise) => match self.book.value(question).as_flag() {
                Some(true) => then,
                Some(false) => otherwise,
                None => Recorded::Word(None, String::new()),
            },
        }
    }

    /// A row of questions about one word, the first that fits deciding.
    fn choose(&mut self, arguments: &[Expression], line: &str) -> Recorded {
        let Recorded::Word(word, path) = self.expression(&arguments[0], line) else {
            return self.absent("a word was due");
        };
        let (pairs, otherwise) = arguments[1..].split_at(arguments.len() - 2);
        let mut result = self.node(&otherwise[0], line);
        for pair in pairs.chunks(2).rev() {
            let Recorded::Word(candidate, _) = self.expression(&pair[0], line) else { continue };
            let candidate = candidate.unwrap_or_default();
            let fits = word.as_ref().map(|word| word.eq_ignore_ascii_case(&candidate));
            let question = self.word_question(fits, &format!("{path} is {candidate}"));
            let value = self.node(&pair[1], line);
            result = self.book.compute(Operation::If, &[question, value, result]);
        }
        Recorded::Node(result)
    }

    fn flat(&mut self, arguments: &[Expression], line: &str) -> Vec<NodeId> {
        let mut nodes = Vec::new();
        for argument in arguments {
            match self.expression(argument, line) {
                Recorded::Items(items) => nodes.extend(items),
                Recorded::Node(node) => nodes.push(node),
                Recorded::Word(..) => nodes.push(self.absent_node("a word where a number was due")),
            }
        }
        nodes
    }

    /// One node for each argument; a list is no number, however short.
    fn scalars(&mut self, arguments: &[Expression], line: &str) -> Vec<NodeId> {
        let mut nodes = Vec::with_capacity(arguments.len());
        for argument in arguments {
            nodes.push(match self.expression(argument, line) {
                Recorded::Node(node) => node,
                Recorded::Word(..) => self.absent_node("a word where a number was due"),
                Recorded::Items(_) => self.absent_node("a list where a number was due"),
            });
        }
        nodes
    }

    fn arithmetic(&mut self, function: Function, arguments: &[Expression], line: &str) -> NodeId {
        match function {
            Function::SumCapped | Function::SumExcess => return self.itemwise(function, arguments, line),
            Function::Count => {
                let items = self.flat(arguments, line).len();
                return self.number(Decimal::from(items), line);
            }
            Function::Round => return self.round(arguments, line),
            _ => {}
        }
        let single =
            matches!(function, Function::Clamp | Function::RoundMoney | Function::Tiered | Function::Banded);
        let nodes = if single { self.scalars(arguments, line) } else { self.flat(arguments, line) };
        match function {
            Function::Min => self.book.compute(Operation::Least, &nodes),
            Function::Max => self.book.compute(Operation::Greatest, &nodes),
            Function::Clamp => {
                let capped = self.book.compute(Operation::Least, &[nodes[0], nodes[2]]);
                self.book.compute(Operation::Greatest, &[capped, nodes[1]])
            }
            Function::RoundMoney => {
                let currency = self.policy.currency;
                let amount = Operation::ToMoney { currency, rounding: Rounding::HalfUp };
                let money = self.book.compute(amount, &nodes);
                self.book.compute(Operation::ToNumber, &[money])
            }
            Function::Tiered => {
                let mut inputs = vec![nodes[0], self.number(Decimal::ZERO, line)];
                inputs.extend(&nodes[1..]);
                self.book.compute(Operation::Tiered, &inputs)
            }
            Function::Banded => self.banded(&nodes),
            _ => self.book.compute(Operation::Sum, &nodes),
        }
    }

    /// The value of the band that holds the whole amount: the last whose bound is reached. (The book's own
    /// banded rate multiplies the amount by it.)
    fn banded(&mut self, nodes: &[NodeId]) -> NodeId {
        let mut value = nodes[1];
        for pair in nodes[2..].chunks(2) {
            let reached = self.book.compute(Operation::Compare(Comparison::AtLeast), &[nodes[0], pair[0]]);
            value = self.book.compute(Operation::If, &[reached, pair[1], value]);
        }
        value
    }

    fn itemwise(&mut self, function: Function, arguments: &[Expression], line: &str) -> NodeId {
        let items = self.flat(&arguments[..1], line);
        let cap = self.node(&arguments[1], line);
        let nought = self.number(Decimal::ZERO, line);
        let mut parts = vec![nought];
        for item in items {
            parts.push(if function == Function::SumCapped {
                self.book.compute(Operation::Least, &[item, cap])
            } else {
                let above = self.book.compute(Operation::Difference, &[item, cap]);
                self.book.compute(Operation::Greatest, &[above, nought])
            });
        }
        self.book.compute(Operation::Sum, &parts)
    }

    fn round(&mut self, arguments: &[Expression], line: &str) -> NodeId {
        let value = self.node(&arguments[0], line);
        let places = match &arguments[1] {
            Expression::Number(number) => u8::try_from(*number).unwrap_or(0),
            _ => 0,
        };
        let rounding = match &arguments[2] {
            Expression::Text(mode) => match mode.as_str() {
                "half_even" => Rounding::HalfEven,
                "down" => Rounding::Down,
                "up" => Rounding::Up,
                "floor" => Rounding::Floor,
                "ceiling" => Rounding::Ceiling,
                _ => Rounding::HalfUp,
            },
            _ => Rounding::HalfUp,
        };
        self.book.compute(Operation::Round { places, rounding }, &[value])
    }
}
