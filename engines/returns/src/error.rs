//! Why a measure of return cannot be computed at all.

use recoup_money::{Currency, MoneyError};
use thiserror::Error;

/// Why a measure of return cannot be computed at all. That there is no rate is an answer, not an error: see
/// [`NoRate`](crate::NoRate).
#[derive(Clone, Debug, PartialEq, Error)]
pub enum ReturnsError {
    /// An amount that is infinite or not a number.
    #[error("{amount} is not an amount")]
    NotFinite {
        /// The amount.
        amount: f64,
    },
    /// A discount rate of −100 % or less.
    #[error("a discount rate must be above -1, not {rate}")]
    DiscountRate {
        /// The rate as a fraction.
        rate: f64,
    },
    /// A present value that does not fit.
    #[error("the present value in {currency} is too large")]
    TooLarge {
        /// The currency.
        currency: Currency,
    },
    /// Flows of different currencies, or a sum that does not fit.
    #[error(transparent)]
    Money(#[from] MoneyError),
    /// A date outside the calendar.
    #[error(transparent)]
    Calendar(#[from] recoup_calendar::CalendarError),
}
