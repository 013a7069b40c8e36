//! A small spreadsheet that knows nothing of the engines: it reads a formula as text and computes it in binary
//! fractions, as offices do.

use std::collections::BTreeMap;

use rust_decimal::{Decimal, RoundingStrategy};

/// What a cell or a formula is worth.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Worth {
    Number(f64),
    Word(String),
    Flag(bool),
    Blank,
    /// `#N/A`.
    Missing,
    /// Any other error.
    Failed,
    Many(Vec<Worth>),
}

use Worth::{Blank, Failed, Flag, Many, Missing, Number, Word};

/// Cells by name; the cells of a list under one name.
pub(crate) type Cells = BTreeMap<String, Worth>;

/// Computes a formula with its equals sign.
pub(crate) fn compute(text: &str, cells: &Cells) -> Worth {
    let signs: Vec<char> = text.strip_prefix('=').expect("a formula").chars().collect();
    let mut reader = Reader { signs: &signs, at: 0 };
    let tree = reader.comparison();
    assert_eq!(reader.at, signs.len(), "{text} is read to its end");
    tree.worth(cells)
}

enum Tree {
    Plain(Worth),
    Cell(String),
    Minus(Box<Tree>),
    Infix(String, Box<Tree>, Box<Tree>),
    Call(String, Vec<Tree>),
}

struct Reader<'t> {
    signs: &'t [char],
    at: usize,
}

impl Reader<'_> {
    fn takes(&mut self, wanted: &str) -> bool {
        let ahead: String = self.signs[self.at..].iter().take(wanted.len()).collect();
        let found = ahead == wanted;
        self.at += if found { wanted.len() } else { 0 };
        found
    }

    fn chain(&mut self, signs: &[&str], next: fn(&mut Self) -> Tree) -> Tree {
        let mut left = next(self);
        while let Some(sign) = signs.iter().find(|sign| self.takes(sign)) {
            let right = next(self);
            left = Tree::Infix((*sign).to_owned(), Box::new(left), Box::new(right));
        }
        left
    }

    fn comparison(&mut self) -> Tree {
        self.chain(&["<=", ">=", "<>", "<", ">", "="], Self::sum)
    }

    fn sum(&mut self) -> Tree {
        self.chain(&["+", "-"], Self::product)
    }

    fn product(&mut self) -> Tree {
        self.chain(&["*", "/"], Self::signed)
    }

    fn signed(&mut self) -> Tree {
        if self.takes("-") { Tree::Minus(Box::new(self.signed())) } else { self.atom() }
    }

    fn atom(&mut self) -> Tree {
        if self.takes("(") {
            let inner = self.comparison();
            assert!(self.takes(")"), "a bracket is closed");
            return inner;
        }
        if self.takes("\"") {
            let mut word = String::new();
            while !self.takes("\"") {
                word.push(self.signs[self.at]);
                self.at += 1;
            }
            return Tree::Plain(Word(word));
        }
        let mut name = String::new();
        while let Some(sign) = self.signs.get(self.at).filter(|c| c.is_alphanumeric() || "._".contains(**c)) {
            name.push(*sign);
            self.at += 1;
        }
        if self.takes("(") {
            let mut arguments = Vec::new();
            while !self.takes(")") {
                arguments.push(self.comparison());
                self.takes(",");
            }
            return Tree::Call(name, arguments);
        }
        match name.as_str() {
            "TRUE" => Tree::Plain(Flag(true)),
            "FALSE" => Tree::Plain(Flag(false)),
            _ => name.parse().map_or(Tree::Cell(name), |number| Tree::Plain(Number(number))),
        }
    }
}

/// Offices compare and round what fifteen digits say.
fn fifteen(number: f64) -> f64 {
    format!("{number:.14e}").parse().unwrap_or(number)
}

fn directed(number: f64, places: f64, way: RoundingStrategy) -> Worth {
    let Ok(exact) = Decimal::from_scientific(&format!("{number:.14e}")) else { return Failed };
    let rounded = exact.round_dp_with_strategy(places as u32, way).to_string();
    rounded.parse().map_or(Failed, Number)
}

fn number(worth: &Worth) -> Result<f64, Worth> {
    match worth {
        Number(number) => Ok(*number),
        Flag(flag) => Ok(f64::from(u8::from(*flag))),
        Blank => Ok(0.0),
        Missing => Err(Missing),
        Word(_) | Failed | Many(_) => Err(Failed),
    }
}

fn flag(worth: &Worth) -> Result<bool, Worth> {
    number(worth).map(|number| number != 0.0)
}

/// The numbers of a cell or a list: words and blanks in cells are passed over, errors are not.
fn numbers(worths: &[Worth]) -> Result<Vec<f64>, Worth> {
    let mut found = Vec::new();
    for worth in worths {
        match worth {
            Many(items) => found.extend(numbers(items)?),
            Number(number) => found.push(*number),
            Word(_) | Flag(_) | Blank => {}
            Missing | Failed => return Err(worth.clone()),
        }
    }
    Ok(found)
}

impl Tree {
    fn worth(&self, cells: &Cells) -> Worth {
        match self {
            Self::Plain(worth) => worth.clone(),
            Self::Cell(name) => cells.get(name).unwrap_or_else(|| panic!("no cell {name}")).clone(),
            Self::Minus(inner) => number(&inner.worth(cells)).map_or_else(|error| error, |n| Number(-n)),
            Self::Infix(sign, left, right) => infix(sign, &left.worth(cells), &right.worth(cells)),
            Self::Call(name, arguments) => call(name, arguments, cells).unwrap_or_else(|error| error),
        }
    }
}

fn infix(sign: &str, left: &Worth, right: &Worth) -> Worth {
    match (left, right) {
        (Many(a), Many(b)) => return Many(a.iter().zip(b).map(|(a, b)| infix(sign, a, b)).collect()),
        (Many(items), one) => return Many(items.iter().map(|item| infix(sign, item, one)).collect()),
        (Missing | Failed, _) => return left.clone(),
        (_, Missing | Failed) => return right.clone(),
        _ => {}
    }
    if matches!(sign, "+" | "-" | "*" | "/") {
        let (a, b) = match (number(left), number(right)) {
            (Ok(a), Ok(b)) => (a, b),
            (Err(error), _) | (_, Err(error)) => return error,
        };
        // What cancels but for the last digits is nought.
        let settled = |sum: f64| if sum.abs() < a.abs() * 2.0_f64.powi(-48) { 0.0 } else { sum };
        return match sign {
            "+" => Number(settled(a + b)),
            "-" => Number(settled(a - b)),
            "*" => Number(a * b),
            _ if b == 0.0 => Failed,
            _ => Number(a / b),
        };
    }
    let order = match (left, right) {
        (Word(a), Word(b)) => a.to_lowercase().cmp(&b.to_lowercase()),
        (Flag(a), Flag(b)) => a.cmp(b),
        (Number(a), Number(b)) => {
            fifteen(*a).partial_cmp(&fifteen(*b)).expect("numbers of a form are finite")
        }
        // Numbers stand before words, words before answers.
        _ => rank(left).cmp(&rank(right)),
    };
    Flag(match sign {
        "<" => order.is_lt(),
        "<=" => order.is_le(),
        ">" => order.is_gt(),
        ">=" => order.is_ge(),
        "=" => order.is_eq(),
        _ => order.is_ne(),
    })
}

fn rank(worth: &Worth) -> u8 {
    match worth {
        Number(_) | Blank => 0,
        Word(_) => 1,
        _ => 2,
    }
}

fn call(name: &str, arguments: &[Tree], cells: &Cells) -> Result<Worth, Worth> {
    let worth = |index: usize| arguments[index].worth(cells);
    let value = |index: usize| number(&worth(index));
    Ok(match name {
        "IF" => {
            let taken = if flag(&worth(0))? { 1 } else { 2 };
            worth(taken)
        }
        "IFERROR" => match worth(0) {
            Missing | Failed => worth(1),
            sound => sound,
        },
        "_xlfn.IFNA" => match worth(0) {
            Missing => worth(1),
            other => other,
        },
        "NA" => Missing,
        "ISERROR" => Flag(matches!(worth(0), Missing | Failed)),
        "ISNA" => Flag(worth(0) == Missing),
        "ISTEXT" => Flag(matches!(worth(0), Word(_))),
        "ISNUMBER" => Flag(matches!(worth(0), Number(_))),
        "ISBLANK" => Flag(worth(0) == Blank),
        "NOT" => Flag(!flag(&worth(0))?),
        // Both compute all they are given before they decide.
        "AND" | "OR" => {
            let all: Vec<bool> =
                (0..arguments.len()).map(|index| flag(&worth(index))).collect::<Result<_, _>>()?;
            Flag(if name == "AND" { all.iter().all(|one| *one) } else { all.iter().any(|one| *one) })
        }
        "MIN" | "MAX" | "SUM" | "COUNT" | "SUMPRODUCT" => {
            let worths: Vec<Worth> = (0..arguments.len()).map(worth).collect();
            if name == "COUNT" {
                let sound = worths.iter().filter(|worth| !matches!(worth, Missing | Failed)).cloned();
                return Ok(Number(numbers(&sound.collect::<Vec<_>>())?.len() as f64));
            }
            let all = numbers(&worths)?.into_iter();
            Number(match name {
                "MIN" => all.reduce(f64::min).unwrap_or(0.0),
                "MAX" => all.reduce(f64::max).unwrap_or(0.0),
                _ => all.sum(),
            })
        }
        "ROUND" => directed(value(0)?, value(1)?, RoundingStrategy::MidpointAwayFromZero),
        "ROUNDUP" => directed(value(0)?, value(1)?, RoundingStrategy::AwayFromZero),
        "ROUNDDOWN" => directed(value(0)?, value(1)?, RoundingStrategy::ToZero),
        "MOD" => {
            let (a, b) = (value(0)?, value(1)?);
            Number(a - b * (a / b).floor())
        }
        "LEN" => match worth(0) {
            Word(word) => Number(word.chars().count() as f64),
            other => return Err(other),
        },
        "LEFT" => match worth(0) {
            Word(word) => Word(word.chars().take(value(1)? as usize).collect()),
            other => return Err(other),
        },
        other => panic!("no function {other}"),
    })
}
