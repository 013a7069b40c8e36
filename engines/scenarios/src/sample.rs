//! One plain scenario, for the tests of this crate.

use recoup_money::{Currency, Money};
use rust_decimal::Decimal;

use crate::measure::{Chance, Measures};

/// A scenario that closes, with every measure told and none at the end of its scale.
pub(crate) fn measures() -> Measures {
    let dollars = |whole: i64| Ok(Money::new(whole * 100, Currency::USD));
    let percent = |whole: i64| Ok(Decimal::new(whole, 2));
    let points = |whole: i64| Ok(Decimal::from(whole));
    Measures {
        closes: true,
        shortfall: dollars(0),
        net_incentives: dollars(4_500_000),
        effective_incentive_rate: percent(15),
        cost_of_capital: Ok(0.14),
        all_in_cost: percent(22),
        retained_ownership: percent(60),
        backend_share: percent(50),
        equity_irr_base: Ok(0.19),
        equity_irr_p10: Ok(-0.12),
        equity_irr_p50: Ok(0.17),
        recoupment_chance: Ok(Chance { share: 0.64, error: 0.005 }),
        senior_recovery: percent(85),
        expected_shortfall: Ok(0.4),
        gap_coverage: percent(180),
        peak_cash_shortfall: dollars(0),
        ownership: points(62),
        control: points(58),
        optionality: points(66),
        friction: points(41),
    }
}
