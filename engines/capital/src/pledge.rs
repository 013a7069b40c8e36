//! Which loan receives which money.

use recoup_deal::Deal;
use recoup_deal::instrument::Collateral;

use crate::plan::assigned;

/// The loans, by place in the deal, that a piece of collateral repays, in order of rank.
pub(crate) fn lenders_on(deal: &Deal, over: &Collateral) -> Vec<usize> {
    let mut found: Vec<(u32, usize)> = deal
        .instruments
        .iter()
        .enumerate()
        .filter(|(_, instrument)| instrument.terms.is_debt())
        .filter_map(|(index, instrument)| {
            assigned(instrument).into_iter().find(|(other, _)| *other == over).map(|(_, rank)| (rank, index))
        })
        .collect();
    found.sort_unstable();
    found.into_iter().map(|(_, index)| index).collect()
}
