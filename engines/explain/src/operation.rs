//! The closed set of things the engines may do to a figure.

use recoup_calendar::DayCount;
use recoup_money::{Currency, Rounding};
use serde::{Deserialize, Serialize};

/// How a node follows from its inputs. "Amount" is money; "number" is an unrounded decimal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "operation", rename_all = "snake_case")]
pub enum Operation {
    /// The same as its one input, under another name.
    Carry,
    /// The first input as it is; the others are the days and lengths that decide when it falls due. They do
    /// not change it, but it moves from one month to another with them.
    Placed,
    /// The first input as it is; the others decided that it comes to this: what stood ahead takes none of it, or
    /// the conditions on it hold.
    Decided,
    /// The first input as it is: a solution that was searched for. The others are what it was solved from.
    Solved,
    /// All inputs added: all amounts of one currency, or all numbers.
    Sum,
    /// The first input less all the others.
    Difference,
    /// The input with its sign changed.
    Negate,
    /// Numbers multiplied.
    Product,
    /// An amount times one or more numbers, rounded once to minor units.
    Scale {
        /// How the one rounding is done.
        rounding: Rounding,
    },
    /// The first input divided by the second: number by number, or amount by amount of one currency.
    Quotient,
    /// The least of the inputs.
    Least,
    /// The greatest of the inputs.
    Greatest,
    /// A number rounded to so many decimal places.
    Round {
        /// Decimal places kept.
        places: u8,
        /// How ties and remainders go.
        rounding: Rounding,
    },
    /// A number of major units made an amount.
    ToMoney {
        /// Currency of the amount.
        currency: Currency,
        /// How it is rounded to minor units.
        rounding: Rounding,
    },
    /// An amount made a number of major units.
    ToNumber,
    /// An amount times an exchange rate (units of `currency` per unit of the amount's currency).
    Convert {
        /// Currency of the result.
        currency: Currency,
        /// How it is rounded to minor units.
        rounding: Rounding,
    },
    /// One part of the first input split by the weights that follow (largest remainder).
    Apportion {
        /// Which part, counted from 0.
        part: u16,
    },
    /// What one of several is paid out of an amount, `[total, due0, due1, …]` with the dues as exact numbers
    /// of major units: the whole minor units due to it, and one of those left over where its remainder
    /// is among the largest (the earlier of equals first).
    Settle {
        /// Which of the dues, counted from 0.
        part: u16,
    },
    /// Marginal rates: `[x, from0, rate0, from1, rate1, …]`, each rate on the slice of `x` above its `from`
    /// up to the next one.
    Tiered,
    /// One rate on the whole amount: `[x, from0, rate0, …]`, the rate of the last `from` not above `x`.
    Banded,
    /// `[question, then, otherwise]`.
    If,
    /// All questions answered yes.
    All,
    /// Any question answered yes.
    Any,
    /// The answer turned round.
    Not,
    /// Two inputs of one kind compared.
    Compare(Comparison),
    /// Whether the input is present: a question about an optional cell.
    Given,
    /// The first input that is present.
    FirstGiven,
    /// Years between two dates by a day count.
    YearFraction {
        /// The day-count convention.
        day_count: DayCount,
    },
    /// What one grows by at an annual effective rate from one day to another, `[rate, from, to]`:
    /// `(1 + rate)^years − 1`.
    Growth {
        /// The day-count convention that makes years of days.
        day_count: DayCount,
    },
    /// A date so many whole months later.
    AddMonths,
    /// A date so many days later.
    AddDays,
    /// The date of the greatest amount: `[date0, amount0, date1, amount1, …]`; the earliest of equals.
    DateOfGreatest,
    /// Annual effective rate of return of `[discount rate, date0, amount0, …]` on the quarterly grid: an amount
    /// inside a quarter stands at its end with its value at the discount rate.
    ReturnOnGrid,
    /// Annual rate of return of `[date0, amount0, …]` on the true dates, ACT/365F from the earliest.
    ReturnOnDates,
    /// Value at the end of a month of `[discount rate, day in that month, date0, amount0, …]`, each amount
    /// discounted over whole months.
    PresentValue {
        /// How the value is rounded to minor units.
        rounding: Rounding,
    },
    /// Value on a day of `[discount rate, that day, date0, amount0, …]`, each amount discounted over the actual
    /// days to its date, a year having 365 (ACT/365F); an amount before the day is compounded forward.
    PresentValueOnDates {
        /// How the value is rounded to minor units, once.
        rounding: Rounding,
    },
    /// Whole months from the first negative amount until the running sum stays at or above zero:
    /// `[date0, amount0, …]`.
    Payback,
}

/// An order relation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Comparison {
    /// Strictly less.
    Less,
    /// Less or equal.
    AtMost,
    /// Equal.
    Equal,
    /// Not equal.
    Different,
    /// Greater or equal.
    AtLeast,
    /// Strictly greater.
    Greater,
}

impl Operation {
    /// A stable short name, also the key of its translated description.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Carry => "carry",
            Self::Placed => "placed",
            Self::Decided => "decided",
            Self::Solved => "solved",
            Self::Sum => "sum",
            Self::Difference => "difference",
            Self::Negate => "negate",
            Self::Product => "product",
            Self::Scale { .. } => "scale",
            Self::Quotient => "quotient",
            Self::Least => "least",
            Self::Greatest => "greatest",
            Self::Round { .. } => "round",
            Self::ToMoney { .. } => "to_money",
            Self::ToNumber => "to_number",
            Self::Convert { .. } => "convert",
            Self::Apportion { .. } => "apportion",
            Self::Settle { .. } => "settle",
            Self::Tiered => "tiered",
            Self::Banded => "banded",
            Self::If => "if",
            Self::All => "all",
            Self::Any => "any",
            Self::Not => "not",
            Self::Compare(comparison) => comparison.name(),
            Self::Given => "given",
            Self::FirstGiven => "first_given",
            Self::YearFraction { .. } => "year_fraction",
            Self::Growth { .. } => "growth",
            Self::AddMonths => "add_months",
            Self::AddDays => "add_days",
            Self::DateOfGreatest => "date_of_greatest",
            Self::ReturnOnGrid => "return_on_grid",
            Self::ReturnOnDates => "return_on_dates",
            Self::PresentValue { .. } => "present_value",
            Self::PresentValueOnDates { .. } => "present_value_on_dates",
            Self::Payback => "payback",
        }
    }

    /// How many operations have a place of their own.
    pub(crate) const USUAL: usize = 12;

    /// The place of an operation that most nodes are made by.
    pub(crate) fn usual(self) -> Option<usize> {
        Some(match self {
            Self::Sum => 0,
            Self::Difference => 1,
            Self::Product => 2,
            Self::Least => 3,
            Self::Greatest => 4,
            Self::ToNumber => 5,
            Self::Placed => 6,
            Self::Decided => 7,
            Self::Carry => 8,
            Self::If => 9,
            Self::Negate => 10,
            Self::Quotient => 11,
            _ => return None,
        })
    }

    /// The rounding the operation performs, when it performs one.
    pub fn rounding(&self) -> Option<Rounding> {
        match self {
            Self::Scale { rounding }
            | Self::Round { rounding, .. }
            | Self::ToMoney { rounding, .. }
            | Self::Convert { rounding, .. }
            | Self::PresentValue { rounding }
            | Self::PresentValueOnDates { rounding } => Some(*rounding),
            _ => None,
        }
    }
}

impl Comparison {
    fn name(self) -> &'static str {
        match self {
            Self::Less => "less",
            Self::AtMost => "at_most",
            Self::Equal => "equal",
            Self::Different => "different",
            Self::AtLeast => "at_least",
            Self::Greater => "greater",
        }
    }
}
