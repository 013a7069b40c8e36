//! A formula of a form as a reader says it: labels instead of names, the numbers of the law as they are.

use recoup_deal::Phrase;
use recoup_deal::findings::said;
use recoup_explain::Quantity;
use recoup_incentives::{Binary, Expression, Function, Policy, Unary, Unit};
use rust_decimal::Decimal;

use crate::edition::Language;
use crate::format::Figures;
use crate::table::ColumnKind;
use crate::words::Words;

/// A rule that takes longer to say is not said: what it rests on is.
const LONGEST: usize = 260;
/// How many things it rests on are named.
const NAMED: usize = 4;

/// How tightly a phrase holds together where it stands inside another.
const PHRASE: u8 = 0;
const ATOM: u8 = 9;

/// Says formulas of one program.
#[derive(Clone, Copy)]
pub(crate) struct Speaker<'a> {
    pub policy: &'a Policy,
    pub language: Language,
}

impl Speaker<'_> {
    /// The formula in words.
    pub(crate) fn say(self, expression: &Expression) -> String {
        let whole = self.part(expression).0;
        let is_law = |name: &&str| self.policy.constants.iter().any(|constant| constant.id == **name);
        let names: Vec<&str> = expression.names().into_iter().filter(|name| !is_law(name)).collect();
        if whole.chars().count() <= LONGEST || names.len() <= NAMED {
            return whole;
        }
        let some: Vec<String> = names.into_iter().take(NAMED).map(|name| self.name(name)).collect();
        self.words().with("spoken.from", &[("all", &some.join("; "))])
    }

    fn words(self) -> &'static Words {
        Words::of(self.language)
    }

    /// The text and how tightly it holds.
    fn part(self, expression: &Expression) -> (String, u8) {
        match expression {
            Expression::Number(number) => (self.number(*number, Unit::Number), ATOM),
            Expression::Text(word) => (format!("“{}”", word.replace('_', " ")), ATOM),
            Expression::Flag(flag) => {
                (self.words().own(if *flag { "figure.yes" } else { "figure.no" }), ATOM)
            }
            Expression::Name(name) => (self.name(name), ATOM),
            Expression::Unary(Unary::Negate, operand) => (format!("−{}", self.inside(operand, ATOM)), 6),
            Expression::Unary(Unary::Not, operand) => {
                (self.words().with("spoken.not", &[("a", &self.inside(operand, ATOM))]), 3)
            }
            Expression::Binary(operator, left, right) => self.binary(*operator, left, right),
            Expression::Call(function, arguments) => self.call(*function, arguments),
        }
    }

    fn inside(self, expression: &Expression, floor: u8) -> String {
        let (text, power) = self.part(expression);
        if power < floor { format!("({text})") } else { text }
    }

    fn name(self, name: &str) -> String {
        let policy = self.policy;
        if let Some(constant) = policy.constants.iter().find(|constant| constant.id == name) {
            return self.number(constant.value, constant.unit);
        }
        let shorts = || policy.short_forms.iter();
        let inputs = policy.inputs.iter().chain(shorts().flat_map(|short| &short.inputs));
        let lines = policy.lines.iter().chain(shorts().flat_map(|short| &short.lines));
        let label = inputs
            .filter(|input| input.name == name)
            .map(|input| &input.label)
            .chain(lines.filter(|line| line.id == name).map(|line| &line.label))
            .next();
        label.map_or_else(|| name.to_owned(), |label| said(&Phrase::new(label), self.language))
    }

    /// A number of the law as it is written: a rate in percent.
    fn number(self, number: Decimal, unit: Unit) -> String {
        let figures = Figures::of(self.language);
        match unit {
            Unit::Rate => figures.share(number),
            _ if number.is_zero() => "0".to_owned(),
            _ => figures.set(&Quantity::Number(number), ColumnKind::Number),
        }
    }

    fn binary(self, operator: Binary, left: &Expression, right: &Expression) -> (String, u8) {
        let (sign, power) = match operator {
            Binary::Or => (self.words().say("spoken.or"), 1),
            Binary::And => (self.words().say("spoken.and"), 2),
            Binary::Less => ("<", 4),
            Binary::LessOrEqual => ("≤", 4),
            Binary::Greater => (">", 4),
            Binary::GreaterOrEqual => ("≥", 4),
            Binary::Equal => ("=", 4),
            Binary::NotEqual => ("≠", 4),
            Binary::Add => ("+", 5),
            Binary::Subtract => ("−", 5),
            Binary::Multiply => ("×", 6),
            Binary::Divide => ("÷", 6),
        };
        (format!("{} {sign} {}", self.inside(left, power), self.inside(right, power + 1)), power)
    }

    fn call(self, function: Function, arguments: &[Expression]) -> (String, u8) {
        let is_nought = |one: &&Expression| matches!(one, Expression::Number(number) if number.is_zero());
        let one = |index: usize, floor: u8| {
            arguments.get(index).map(|argument| self.inside(argument, floor)).unwrap_or_default()
        };
        let say = |key: &str| {
            let places = [("a", one(0, 1)), ("b", one(1, 1)), ("c", one(2, 1))];
            let places: Vec<(&str, &str)> =
                places.iter().map(|(name, text)| (*name, text.as_str())).collect();
            (self.words().with(key, &places), PHRASE)
        };
        match function {
            Function::Round | Function::RoundMoney => {
                arguments.first().map(|amount| self.part(amount)).unwrap_or_default()
            }
            Function::Max if arguments.iter().filter(is_nought).count() == 1 && arguments.len() == 2 => {
                let rest = arguments.iter().find(|argument| !is_nought(argument));
                let rest = rest.map(|argument| self.inside(argument, 1)).unwrap_or_default();
                (self.words().with("spoken.at_least_nought", &[("a", &rest)]), PHRASE)
            }
            Function::Min => self.listed("spoken.lower", arguments),
            Function::Max => self.listed("spoken.higher", arguments),
            Function::Sum => self.listed("spoken.sum", arguments),
            Function::Clamp => say("spoken.clamp"),
            Function::If => say("spoken.if"),
            Function::SumCapped => say("spoken.each_up_to"),
            Function::SumExcess => say("spoken.each_above"),
            Function::Count => say("spoken.count"),
            Function::OrElse => say("spoken.or_else"),
            Function::Given => say("spoken.given"),
            Function::Refused => say("spoken.refused"),
            Function::StartsWith => say("spoken.starts_with"),
            Function::Tiered => self.steps("spoken.tiered", "spoken.up_to", arguments),
            Function::Banded => self.steps("spoken.banded", "spoken.below", arguments),
            Function::Choose => self.chosen(arguments),
        }
    }

    fn listed(self, key: &str, arguments: &[Expression]) -> (String, u8) {
        let all: Vec<String> = arguments.iter().map(|argument| self.inside(argument, 1)).collect();
        (self.words().with(key, &[("all", &all.join("; "))]), PHRASE)
    }

    /// `x, rate, bound, rate …`: each rate up to its bound, the last above.
    fn steps(self, key: &str, bound: &str, arguments: &[Expression]) -> (String, u8) {
        let Some((amount, pairs)) = arguments.split_first() else { return (String::new(), PHRASE) };
        let steps: Vec<String> = pairs
            .chunks(2)
            .map(|pair| match pair {
                [rate, limit] => {
                    let places = [("a", self.inside(rate, 1)), ("b", self.inside(limit, 1))];
                    self.words().with(bound, &[("a", &places[0].1), ("b", &places[1].1)])
                }
                rest => {
                    let rest = rest.first().map(|rate| self.inside(rate, 1)).unwrap_or_default();
                    self.words().with("spoken.beyond", &[("a", &rest)])
                }
            })
            .collect();
        let amount = self.inside(amount, 1);
        (self.words().with(key, &[("a", &amount), ("steps", &steps.join(", "))]), PHRASE)
    }

    fn chosen(self, arguments: &[Expression]) -> (String, u8) {
        let Some((word, rest)) = arguments.split_first() else { return (String::new(), PHRASE) };
        let cases: Vec<String> = rest
            .chunks(2)
            .map(|pair| match pair {
                [candidate, value] => format!("{} {}", self.inside(candidate, 1), self.inside(value, 1)),
                rest => {
                    let rest = rest.first().map(|value| self.inside(value, 1)).unwrap_or_default();
                    self.words().with("spoken.otherwise", &[("a", &rest)])
                }
            })
            .collect();
        let word = self.inside(word, 1);
        (self.words().with("spoken.choose", &[("a", &word), ("cases", &cases.join(", "))]), PHRASE)
    }
}
