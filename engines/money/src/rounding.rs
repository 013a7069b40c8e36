//! Rounding to a whole number of units, as an argument of every operation that needs it.

use std::cmp::Ordering;

use rust_decimal::{Decimal, RoundingStrategy};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How a value between two representable ones is rounded.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Rounding {
    /// To the nearest; a tie goes away from zero (commercial rounding: 0.5 → 1, −0.5 → −1).
    #[default]
    HalfUp,
    /// To the nearest; a tie goes to the even neighbour (banker's rounding).
    HalfEven,
    /// Towards zero: the excess digits are dropped.
    Down,
    /// Away from zero.
    Up,
    /// Towards minus infinity.
    Floor,
    /// Towards plus infinity.
    Ceiling,
}

impl Rounding {
    /// Every mode, in the order of declaration.
    pub const ALL: [Self; 6] =
        [Self::HalfUp, Self::HalfEven, Self::Down, Self::Up, Self::Floor, Self::Ceiling];

    /// Rounds `value` to `decimals` digits after the point.
    #[must_use]
    pub fn apply(self, value: Decimal, decimals: u32) -> Decimal {
        value.round_dp_with_strategy(decimals, self.strategy())
    }

    /// The same mode in the words of `rust_decimal`.
    #[must_use]
    pub const fn strategy(self) -> RoundingStrategy {
        match self {
            Self::HalfUp => RoundingStrategy::MidpointAwayFromZero,
            Self::HalfEven => RoundingStrategy::MidpointNearestEven,
            Self::Down => RoundingStrategy::ToZero,
            Self::Up => RoundingStrategy::AwayFromZero,
            Self::Floor => RoundingStrategy::ToNegativeInfinity,
            Self::Ceiling => RoundingStrategy::ToPositiveInfinity,
        }
    }

    /// Whether a magnitude with a non-zero rest goes up to the next unit away from zero.
    /// `rest_to_half` compares the rest with one half, `odd` is the parity of the truncated magnitude.
    pub(crate) fn away_from_zero(self, negative: bool, odd: bool, rest_to_half: Ordering) -> bool {
        match self {
            Self::HalfUp => rest_to_half != Ordering::Less,
            Self::HalfEven => rest_to_half == Ordering::Greater || (rest_to_half == Ordering::Equal && odd),
            Self::Down => false,
            Self::Up => true,
            Self::Floor => negative,
            Self::Ceiling => !negative,
        }
    }
}
