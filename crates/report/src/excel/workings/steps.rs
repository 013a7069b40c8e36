//! The formulas of a row of trials: what is tried, what that leaves between, and where to look next.

use rust_decimal::Decimal;

use super::search::halves;
use crate::excel::Formula;

/// What stands where no amount is known yet.
pub(crate) const NONE: &str = "–";

/// The key of a cell of a trial's row.
pub(super) fn trial_key(word: &str, number: usize) -> String {
    format!("round {number} {word}")
}

/// Between nought and what the instruments may give together.
pub(super) fn clamped(limited: bool, amount: Formula) -> Formula {
    let most = match limited {
        true => Formula::Call("MIN", vec![amount, Formula::Cell("rounds most".to_owned())]),
        false => amount,
    };
    Formula::Call("MAX", vec![most, nought()])
}

/// The formulas of a trial's row.
pub(super) struct Steps {
    pub number: usize,
    /// Decimal places of a minor unit.
    pub places: u32,
    /// Whether the instruments that fill the rest have a limit together.
    pub limited: bool,
}

impl Steps {
    fn own(&self, word: &str) -> Formula {
        Formula::Cell(trial_key(word, self.number))
    }

    fn before(&self, word: &str) -> Formula {
        Formula::Cell(trial_key(word, self.number - 1))
    }

    pub(super) fn tried(&self) -> Formula {
        if self.number == 1 {
            return Formula::Cell("rounds first".to_owned());
        }
        Formula::Call("IF", vec![self.before("settled"), self.before("best"), self.before("candidate")])
    }

    /// The largest amount known to be short, or the smallest known to leave something over; a word where there is none.
    pub(super) fn bound(&self, word: &str, sign: &'static str, extreme: &'static str) -> Formula {
        let hit = Formula::infix(sign, self.own("left"), nought());
        if self.number == 1 {
            return Formula::Call("IF", vec![hit, self.own("tried"), Formula::Text(NONE.to_owned())]);
        }
        let known = Formula::Call("ISNUMBER", vec![self.before(word)]);
        let better = Formula::Call(extreme, vec![self.before(word), self.own("tried")]);
        let new = Formula::Call("IF", vec![known, better, self.own("tried")]);
        Formula::Call("IF", vec![hit, new, self.before(word)])
    }

    /// Where the line through the last two trials meets nought; a step of the whole difference where it is no rising
    /// line.
    pub(super) fn line(&self) -> Formula {
        let plain = Formula::infix("-", self.own("tried"), self.own("left"));
        if self.number == 1 {
            return clamped(self.limited, plain.rounded(self.places));
        }
        let run = || Formula::infix("-", self.own("tried"), self.before("tried"));
        let rise = || Formula::infix("-", self.own("left"), self.before("left"));
        let is = |sign, amount: Formula| Formula::infix(sign, amount, nought());
        let falls = Formula::infix("<>", is(">", run()), is(">", rise()));
        let flat = Formula::Call("OR", vec![is("=", run()), is("=", rise()), falls]);
        let slope = Formula::infix("/", Formula::infix("*", self.own("left"), run()), rise());
        let whole = Formula::Call("TRUNC", vec![slope.rounded(6), Formula::Number(self.places.into())]);
        let along = Formula::infix("-", self.own("tried"), whole);
        let line = Formula::Call("IF", vec![flat, plain, along]);
        clamped(self.limited, line.rounded(self.places))
    }

    fn has_both(&self) -> Formula {
        let is = |word| Formula::Call("ISNUMBER", vec![self.own(word)]);
        Formula::Call("AND", vec![is("short"), is("over")])
    }

    pub(super) fn candidate(&self) -> Formula {
        if self.number == 1 {
            return self.own("line");
        }
        let apart = Formula::infix("-", self.own("over"), self.own("short"));
        let half = Formula::infix("/", apart, Formula::Number(Decimal::TWO)).rounded(4);
        let half = Formula::Call("TRUNC", vec![half, Formula::Number(self.places.into())]);
        let middle = Formula::infix("+", self.own("short"), half).rounded(self.places);
        let halve = if halves(self.number) {
            middle
        } else {
            let below = Formula::infix("<=", self.own("line"), self.own("short"));
            let above = Formula::infix(">=", self.own("line"), self.own("over"));
            let outside = Formula::Call("OR", vec![below, above]);
            Formula::Call("IF", vec![outside, middle, self.own("line")])
        };
        Formula::Call("IF", vec![self.has_both(), halve, self.own("line")])
    }

    pub(super) fn settled(&self) -> Formula {
        if self.number == 1 {
            return Formula::Flag(false);
        }
        let unit = Formula::Number(Decimal::new(1, self.places));
        let apart = Formula::infix("-", self.own("over"), self.own("short")).rounded(self.places);
        let close = Formula::infix("<=", apart, unit);
        let close = Formula::Call("IF", vec![self.has_both(), close, Formula::Flag(false)]);
        let tried = Formula::Range(trial_key("tried", 1), trial_key("tried", self.number));
        let again = Formula::Call("COUNTIF", vec![tried, self.own("candidate")]);
        let again = Formula::infix(">", again, nought());
        let none = Formula::infix("=", self.own("left"), nought());
        Formula::Call("OR", vec![self.before("settled"), none, close, again])
    }

    /// The amount that leaves the least, or what it leaves; among equals the one that leaves something over, then
    /// the smaller.
    pub(super) fn best(&self, word: &str, own: &str) -> Formula {
        if self.number == 1 {
            return self.own(own);
        }
        let far = |amount: Formula| Formula::Call("ABS", vec![amount]);
        let (here, known) = (self.own("left"), self.before("best left"));
        let nearer = Formula::infix("<", far(here.clone()), far(known.clone()));
        let equal = Formula::infix("=", far(here.clone()), far(known.clone()));
        let negative = |amount: &Formula| Formula::infix("<", amount.clone(), nought());
        let kinder =
            Formula::Call("AND", vec![Formula::Call("NOT", vec![negative(&here)]), negative(&known)]);
        let alike = Formula::infix("=", negative(&here), negative(&known));
        let smaller = Formula::infix("<", self.own("tried"), self.before("best"));
        let smaller = Formula::Call("AND", vec![alike, smaller]);
        let tie = Formula::Call("AND", vec![equal, Formula::Call("OR", vec![kinder, smaller])]);
        let better = Formula::Call("OR", vec![nearer, tie]);
        Formula::Call("IF", vec![better, self.own(own), self.before(word)])
    }
}

fn nought() -> Formula {
    Formula::Number(Decimal::ZERO)
}
