//! From the language of the forms to the language of spreadsheets.
//!
//! Both are total and without side effects, and the translation keeps the three things in which they differ:
//!
//! - *not given* spreads through arithmetic and comparisons (`#N/A`), and `and` and `or` are decided by one
//!   *no* or one *yes* in spite of it;
//! - what cannot be computed, a division by nought, is another error than *not given*, so that `or_else` does
//!   not take it for an answer that is still open;
//! - both operands of Excel's `AND` and `OR` are computed, so a second operand that may fail goes into `IF`.

use recoup_incentives::{Binary, Expression, Function, Unary};
use rust_decimal::Decimal;

use super::Formula;
use super::shapes::{at_once, banded, filled, one_by_one, rounding, tiered};

/// What kind of value a name has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// An amount, a rate or a count.
    Number,
    /// Yes or no.
    Flag,
    /// A word; a day is a word as well, as it is written.
    Text,
    /// Numbers below each other; cells left empty are none of them.
    List,
}

/// What a name of the form is in the workbook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// Its cell.
    pub key: String,
    /// What it holds.
    pub kind: Kind,
    /// Whether the cell may hold the word for *not given*.
    pub lacks: bool,
}

/// A translated expression.
#[derive(Debug, Clone, PartialEq)]
pub struct Translation {
    /// The formula.
    pub formula: Formula,
    /// What it gives.
    pub kind: Kind,
    /// Whether it may be not given.
    pub lacks: bool,
    /// Whether it may fail: a divisor may be nought.
    pub fails: bool,
}

impl Translation {
    fn sure(formula: Formula, kind: Kind) -> Self {
        Self { formula, kind, lacks: false, fails: false }
    }

    pub(super) fn of(formula: Formula, kind: Kind, parts: &[&Self]) -> Self {
        Self {
            formula,
            kind,
            lacks: parts.iter().any(|part| part.lacks),
            fails: parts.iter().any(|part| part.fails),
        }
    }

    fn number(function: &'static str, parts: Vec<Self>) -> Self {
        let all: Vec<&Self> = parts.iter().collect();
        let (lacks, fails) = (all.iter().any(|part| part.lacks), all.iter().any(|part| part.fails));
        let arguments = parts.into_iter().map(|part| part.formula).collect();
        Self { formula: Formula::Call(function, arguments), kind: Kind::Number, lacks, fails }
    }

    /// The same where all of `needed` are given, as functions want all their arguments though a branch
    /// would not look at them.
    pub(super) fn only_with(self, needed: &[Self]) -> Self {
        let open: Vec<&Self> = needed.iter().filter(|part| part.lacks || part.fails).collect();
        if open.is_empty() {
            return self;
        }
        // A sum shows the errors of its parts.
        let tested = open.iter().map(|part| part.formula.clone()).collect();
        let test = Formula::Call("ISNUMBER", vec![Formula::Call("SUM", tested)]);
        let sum = open.iter().map(|part| part.formula.clone()).collect();
        let formula = Formula::Call("IF", vec![test, self.formula, Formula::Call("SUM", sum)]);
        let (lacks, fails) = (open.iter().any(|part| part.lacks), open.iter().any(|part| part.fails));
        Self { formula, lacks: self.lacks || lacks, fails: self.fails || fails, ..self }
    }
}

/// What a translation can see.
struct Reader<'a> {
    names: &'a dyn Fn(&str) -> Option<Named>,
    /// Decimal places of the currency.
    digits: u32,
    /// The word for *not given*.
    word: &'a str,
}

/// Translates an expression of a form. Nothing where it uses a name that is unknown, or a value of a kind that
/// the engine would refuse: such a line has no value either.
pub fn translate(
    expression: &Expression,
    names: &dyn Fn(&str) -> Option<Named>,
    digits: u32,
    word: &str,
) -> Option<Translation> {
    Reader { names, digits, word }.read(expression)
}

impl Reader<'_> {
    fn read(&self, expression: &Expression) -> Option<Translation> {
        Some(match expression {
            Expression::Number(number) => Translation::sure(Formula::Number(*number), Kind::Number),
            Expression::Text(text) => Translation::sure(Formula::Text(text.clone()), Kind::Text),
            Expression::Flag(flag) => Translation::sure(Formula::Flag(*flag), Kind::Flag),
            Expression::Name(name) => self.name(name)?,
            Expression::Unary(Unary::Negate, operand) => {
                let operand = self.of_kind(operand, Kind::Number)?;
                let formula = Formula::Minus(Box::new(operand.formula.clone()));
                Translation::of(formula, Kind::Number, &[&operand])
            }
            Expression::Unary(Unary::Not, operand) => {
                let operand = self.of_kind(operand, Kind::Flag)?;
                let formula = Formula::Call("NOT", vec![operand.formula.clone()]);
                Translation::of(formula, Kind::Flag, &[&operand])
            }
            Expression::Binary(operator, left, right) => self.binary(*operator, left, right)?,
            Expression::Call(function, arguments) => self.call(*function, arguments)?,
        })
    }

    fn of_kind(&self, expression: &Expression, kind: Kind) -> Option<Translation> {
        self.read(expression).filter(|read| read.kind == kind)
    }

    fn name(&self, name: &str) -> Option<Translation> {
        let named = (self.names)(name)?;
        let formula = if named.lacks && named.kind != Kind::List {
            Formula::given(&named.key, named.kind, self.word)
        } else {
            Formula::Cell(named.key)
        };
        Some(Translation { formula, kind: named.kind, lacks: named.lacks, fails: false })
    }

    fn binary(&self, operator: Binary, left: &Expression, right: &Expression) -> Option<Translation> {
        let sign = match operator {
            Binary::And | Binary::Or => return self.logic(operator, left, right),
            Binary::Add => "+",
            Binary::Subtract => "-",
            Binary::Multiply => "*",
            Binary::Divide => "/",
            Binary::Less => "<",
            Binary::LessOrEqual => "<=",
            Binary::Greater => ">",
            Binary::GreaterOrEqual => ">=",
            Binary::Equal => "=",
            Binary::NotEqual => "<>",
        };
        let (left, right) = (self.read(left)?, self.read(right)?);
        let arithmetic = matches!(sign, "+" | "-" | "*" | "/");
        let ordered = matches!(sign, "<" | "<=" | ">" | ">=");
        let fits = match left.kind {
            Kind::Number => true,
            Kind::Text => !arithmetic,
            Kind::Flag => !arithmetic && !ordered,
            Kind::List => false,
        };
        if left.kind != right.kind || !fits {
            return None;
        }
        let nought = sign == "/" && !matches!(right.formula, Formula::Number(number) if !number.is_zero());
        let kind = if arithmetic { Kind::Number } else { Kind::Flag };
        let formula = Formula::infix(sign, left.formula.clone(), right.formula.clone());
        let read = Translation::of(formula, kind, &[&left, &right]);
        Some(Translation { fails: read.fails || nought, ..read })
    }

    /// A chain of one connective, so that five conditions are one `AND` of five.
    fn logic(&self, operator: Binary, left: &Expression, right: &Expression) -> Option<Translation> {
        let mut operands = Vec::new();
        self.chain(operator, left, &mut operands)?;
        self.chain(operator, right, &mut operands)?;
        let and = operator == Binary::And;
        let (lacks, fails) =
            (operands.iter().any(|one| one.lacks), operands.iter().skip(1).any(|one| one.fails));
        let first_fails = operands.first().is_some_and(|one| one.fails);
        let formula = if fails { one_by_one(&operands, and) } else { at_once(&operands, and, lacks) };
        Some(Translation { formula, kind: Kind::Flag, lacks, fails: fails || first_fails })
    }

    fn chain(&self, operator: Binary, expression: &Expression, found: &mut Vec<Translation>) -> Option<()> {
        if let Expression::Binary(inner, left, right) = expression
            && *inner == operator
        {
            self.chain(operator, left, found)?;
            return self.chain(operator, right, found);
        }
        found.push(self.of_kind(expression, Kind::Flag)?);
        Some(())
    }

    fn call(&self, function: Function, arguments: &[Expression]) -> Option<Translation> {
        match function {
            Function::If => self.choice(arguments),
            Function::OrElse => self.or_else(arguments),
            Function::Given => self.given(arguments),
            Function::Refused => {
                let first = self.of_kind(arguments.first()?, Kind::Flag)?;
                let not = Formula::Call("NOT", vec![first.formula]);
                let formula = if first.lacks { not.or(Formula::Flag(false)) } else { not };
                Some(Translation { fails: first.fails, ..Translation::sure(formula, Kind::Flag) })
            }
            Function::Choose => self.choose(arguments),
            Function::StartsWith => {
                let word = self.of_kind(arguments.first()?, Kind::Text)?;
                let prefix = self.of_kind(arguments.get(1)?, Kind::Text)?;
                let length = Formula::Call("LEN", vec![prefix.formula.clone()]);
                let begin = Formula::Call("LEFT", vec![word.formula.clone(), length]);
                let formula = Formula::infix("=", begin, prefix.formula.clone());
                Some(Translation::of(formula, Kind::Flag, &[&word, &prefix]))
            }
            Function::Count => {
                let list = self.read(arguments.first()?)?;
                let formula = match list.kind {
                    Kind::List => Formula::Call("COUNT", vec![list.formula.clone()]),
                    Kind::Number | Kind::Flag | Kind::Text => return None,
                };
                Some(Translation::of(filled(&[&list], formula), Kind::Number, &[&list]))
            }
            Function::SumCapped | Function::SumExcess => self.itemwise(function, arguments),
            Function::Round => self.round(arguments),
            Function::RoundMoney => {
                let amount = self.of_kind(arguments.first()?, Kind::Number)?;
                Some(Translation { formula: amount.formula.rounded(self.digits), ..amount })
            }
            Function::Sum | Function::Min | Function::Max => self.many(function, arguments),
            Function::Clamp => {
                let mut parts = self.numbers(arguments)?.into_iter();
                let (amount, low, high) = (parts.next()?, parts.next()?, parts.next()?);
                let capped = Translation::number("MIN", vec![amount, high]);
                Some(Translation::number("MAX", vec![low, capped]))
            }
            Function::Tiered => tiered(&self.numbers(arguments)?),
            Function::Banded => banded(&self.numbers(arguments)?),
        }
    }

    fn or_else(&self, arguments: &[Expression]) -> Option<Translation> {
        let (first, second) = (self.read(arguments.first()?)?, self.read(arguments.get(1)?)?);
        if !first.lacks {
            return Some(first);
        }
        let lacks = second.lacks;
        let fails = first.fails || second.fails;
        let kind = first.kind;
        let formula = first.formula.or(second.formula);
        (kind == second.kind).then_some(Translation { formula, kind, lacks, fails })
    }

    fn given(&self, arguments: &[Expression]) -> Option<Translation> {
        let first = self.read(arguments.first()?)?;
        let given = match (first.lacks, first.fails, first.kind) {
            (false, false, _) => Formula::Flag(true),
            (true, _, Kind::List) => {
                let count = Formula::Call("COUNT", vec![first.formula]);
                Formula::infix(">", count, Formula::Number(Decimal::ZERO))
            }
            (true, false, _) => {
                let absent = Formula::Call("ISNA", vec![first.formula]);
                Formula::Call("NOT", vec![absent])
            }
            (_, true, _) => {
                // What fails is neither given nor not given.
                let failed = Formula::Call("ISERROR", vec![first.formula.clone()]);
                let kept = vec![failed, first.formula.clone(), Formula::Flag(true)];
                let absent = Formula::Call("ISNA", vec![first.formula]);
                let rest = Formula::Call("IF", kept);
                Formula::Call("IF", vec![absent, Formula::Flag(false), rest])
            }
        };
        Some(Translation { fails: first.fails, ..Translation::sure(given, Kind::Flag) })
    }

    fn numbers(&self, arguments: &[Expression]) -> Option<Vec<Translation>> {
        arguments.iter().map(|argument| self.of_kind(argument, Kind::Number)).collect()
    }

    fn choice(&self, arguments: &[Expression]) -> Option<Translation> {
        let test = self.of_kind(arguments.first()?, Kind::Flag)?;
        let (then, otherwise) = (self.read(arguments.get(1)?)?, self.read(arguments.get(2)?)?);
        if then.kind != otherwise.kind || then.kind == Kind::List {
            return None;
        }
        let formula =
            Formula::Call("IF", vec![test.formula.clone(), then.formula.clone(), otherwise.formula.clone()]);
        Some(Translation::of(formula, then.kind, &[&test, &then, &otherwise]))
    }

    fn choose(&self, arguments: &[Expression]) -> Option<Translation> {
        let word = self.read(arguments.first()?)?;
        let (otherwise, pairs) = arguments.get(1..)?.split_last()?;
        let mut result = self.read(otherwise)?;
        for pair in pairs.chunks(2).rev() {
            let [candidate, value] = pair else { return None };
            let (candidate, value) = (self.of_kind(candidate, word.kind)?, self.read(value)?);
            // A word that is still open fits nothing, and the next one is asked.
            let same = Formula::infix("=", word.formula.clone(), candidate.formula.clone());
            let same = if candidate.lacks { same.or(Formula::Flag(false)) } else { same };
            if value.kind != result.kind || value.kind == Kind::List {
                return None;
            }
            let formula = Formula::Call("IF", vec![same, value.formula.clone(), result.formula.clone()]);
            result = Translation::of(formula, value.kind, &[&word, &value, &result]);
        }
        Some(result)
    }

    /// Sum, least or greatest of numbers and of the items of lists.
    fn many(&self, function: Function, arguments: &[Expression]) -> Option<Translation> {
        let parts: Vec<Translation> =
            arguments.iter().map(|argument| self.read(argument)).collect::<Option<_>>()?;
        if parts.iter().any(|part| !matches!(part.kind, Kind::Number | Kind::List)) {
            return None;
        }
        let name = match function {
            Function::Min => "MIN",
            Function::Max => "MAX",
            _ => "SUM",
        };
        let only_lists = parts.iter().all(|part| part.kind == Kind::List);
        let mut whole = Translation::number(name, parts.clone());
        let lists: Vec<&Translation> = parts.iter().collect();
        whole.formula = filled(&lists, whole.formula);
        if name == "SUM" || !only_lists {
            return Some(whole);
        }
        // The least of no items at all is nothing, and not nought.
        let count = Formula::Call("COUNT", parts.into_iter().map(|part| part.formula).collect());
        let none = Formula::infix("=", count, Formula::Number(Decimal::ZERO));
        let formula = Formula::Call("IF", vec![none, Formula::nothing(), whole.formula]);
        Some(Translation { formula, lacks: true, ..whole })
    }

    /// Each item up to a cap, or what lies above it.
    fn itemwise(&self, function: Function, arguments: &[Expression]) -> Option<Translation> {
        let items = self.read(arguments.first()?)?;
        let cap = self.of_kind(arguments.get(1)?, Kind::Number)?;
        let nought = Formula::Number(Decimal::ZERO);
        let over = Formula::infix("-", items.formula.clone(), cap.formula.clone());
        let formula = match (items.kind, function) {
            (Kind::Number, Function::SumCapped) => {
                Formula::Call("MIN", vec![items.formula.clone(), cap.formula.clone()])
            }
            (Kind::Number, _) => Formula::Call("MAX", vec![over, nought]),
            (Kind::List, _) => {
                let above = Formula::infix(">", items.formula.clone(), cap.formula.clone());
                let excess = Formula::Call("SUMPRODUCT", vec![Formula::infix("*", above, over)]);
                if function == Function::SumCapped {
                    Formula::infix("-", Formula::Call("SUM", vec![items.formula.clone()]), excess)
                } else {
                    excess
                }
            }
            (Kind::Flag | Kind::Text, _) => return None,
        };
        Some(Translation::of(filled(&[&items], formula), Kind::Number, &[&items, &cap]))
    }

    fn round(&self, arguments: &[Expression]) -> Option<Translation> {
        let amount = self.of_kind(arguments.first()?, Kind::Number)?;
        let Some(Expression::Number(places)) = arguments.get(1) else { return None };
        let Some(Expression::Text(mode)) = arguments.get(2) else { return None };
        let places = u32::try_from(*places).unwrap_or(0);
        let formula = rounding(amount.formula.clone(), places, mode)?;
        Some(Translation { formula, ..amount })
    }
}
