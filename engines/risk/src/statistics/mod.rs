//! What the paths of a run say, and how sure it is.
//!
//! *Quantiles* are type 7 (Hyndman and Fan 1996): linear between order statistics, the convention of spreadsheets.
//! *Standard errors* come from what is independent: over scrambles where the paths are a scrambled sequence, since
//! within one scramble they are not independent; over paths otherwise (Woodruff 1952 for quantiles, the influence
//! function for the expected shortfall). *A total loss* is a return like any other and stays in every figure. *A return
//! that is not defined* is counted beside the figures, and above half a per cent of the paths quantiles are withheld.
//! *A payback that never comes* is later than every other one.

mod bell;
mod exact;
mod histogram;
mod sample;
mod select;
mod summary;

pub use bell::{Normal, band, fitted};
pub use exact::exact_quantiles;
pub use histogram::{Histogram, histogram};
pub use summary::{Answer, MOST_UNDEFINED, Summary, levels, summaries, summary};

pub(crate) use sample::{Figures, Sample, spread};

#[cfg(test)]
mod tests;
