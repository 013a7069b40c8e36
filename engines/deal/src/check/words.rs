//! Numbers in the words of a finding.

use rust_decimal::Decimal;

/// A fraction as per cent with at most two decimals.
pub(super) fn per_cent(fraction: Decimal) -> String {
    let shown = fraction.checked_mul(Decimal::ONE_HUNDRED).unwrap_or(fraction).round_dp(2).normalize();
    format!("{shown} %")
}
