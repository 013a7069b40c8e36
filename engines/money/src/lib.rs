//! Exact amounts of money and the only operations that may lose a cent.
//!
//! An amount is an integer number of minor units in one ISO 4217 currency. It is written everywhere (files,
//! wire, error messages) as `"USD 900000.00"`, with exactly the minor digits of its currency.
//!
//! Invariants:
//! * amounts of different currencies never meet: every operation on two amounts is checked and refuses a mix;
//! * nothing overflows silently;
//! * a scaling takes a [`Rounding`] and is computed exactly before it is rounded once;
//! * a split goes through [`apportion`], whose parts always add up to the whole;
//! * a conversion goes through [`fx::FxTable`] and names the rate and the date it used.
//!
//! ```
//! use recoup_money::{apportion, Currency, Money, Rounding};
//! use rust_decimal::Decimal;
//!
//! let budget: Money = "USD 900000.00".parse()?;
//! let fee = budget.scale(Decimal::new(75, 3), Rounding::HalfUp)?; // 7.5 %
//! assert_eq!(fee.to_string(), "USD 67500.00");
//!
//! let thirds = apportion(Money::new(100, Currency::USD), &[Decimal::ONE; 3])?;
//! assert_eq!(thirds.iter().map(|part| part.minor()).collect::<Vec<_>>(), [34, 33, 33]);
//! # Ok::<(), recoup_money::MoneyError>(())
//! ```

#![deny(missing_docs)]

mod apportion;
pub mod cases;
mod currency;
pub mod fx;
mod iso4217;
mod money;
mod money_text;
mod rate;
mod rounding;
mod wide;

pub use apportion::{apportion, apportion_by_integers};
pub use currency::{Currency, UnknownCurrency};
pub use money::{MAX_WIRE_MINOR, Money, MoneyError};
pub use rate::{Percent, Rate, RateError};
pub use rounding::Rounding;
