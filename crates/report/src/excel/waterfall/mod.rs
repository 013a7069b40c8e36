//! The order of recoupment as live formulas: a sheet of statement periods that a financier reads, and behind it one
//! of single receipts that is exact to the cent.
//!
//! Unlike the months, which are read from the book, these formulas are made from the plan: the book holds the way the
//! money went, and a receipt that is typed over may go another one.

mod asked;
mod interest;
mod ledger;
mod order;
mod periods;
mod pour;
mod rows;
mod run;
mod settle;
mod stand;
mod switches;
mod words;

pub use ledger::{Ledger, LedgerCell, LedgerColumn, LedgerContent, LedgerPart, LedgerRow, LedgerUnit};

use recoup_deal::recoupment::Ratio;
use rust_decimal::Decimal;

use crate::sections::Desk;
use ledger::{Draft, LedgerColumn as Column};
use order::Order;
use run::Run;

/// A share as a decimal.
fn decimal(ratio: Ratio) -> Decimal {
    Decimal::from(ratio.numerator()).checked_div(Decimal::from(ratio.denominator())).unwrap_or_default()
}

/// Writes the sheets of the waterfall: the periods, and where every step can be said, the receipts.
pub(crate) fn build(desk: &Desk<'_>) -> Option<(Ledger, Option<Ledger>)> {
    let plan = desk.deal().recoupment.as_ref()?;
    let recoupment = desk.results.recoupment?;
    let feed = desk.results.feed?;
    let mut drawn = Draft::new("w");
    drawn.columns = recoupment
        .periods
        .iter()
        .map(|period| Column { day: period.end, about: String::new(), opens: false })
        .collect();
    let said = Order::read(plan).and_then(|order| {
        let mut run = Run::new(desk, &order, drawn, feed.schedule);
        run.rows();
        run.play()?;
        run.periods_of(recoupment);
        let intro = desk.say("waterfall.intro");
        let receipts = run.sheet.finish(desk.say("receipts.title"), desk.say("receipts.intro"));
        let periods = run.periods.finish(desk.say("waterfall.title"), intro);
        Ok((periods, Some(receipts)))
    });
    match said {
        Ok(found) => Some(found),
        Err(reason) => Some((periods::written(desk, recoupment, reason), None)),
    }
}
