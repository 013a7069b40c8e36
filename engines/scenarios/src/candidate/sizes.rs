//! A wish, scaled to what incentives and money that is there already leave open.

use std::collections::BTreeMap;

use recoup_deal::AllocationKind;
use recoup_money::{Money, apportion};
use rust_decimal::Decimal;

use super::Base;
use super::stack::Kept;
use crate::template::Wish;

/// Kinds that a wish decides about. Incentives are computed; grants and deferrals are there or are not.
const OPEN: [AllocationKind; 5] = [
    AllocationKind::SeniorDebt,
    AllocationKind::GapDebt,
    AllocationKind::Mezzanine,
    AllocationKind::Presales,
    AllocationKind::Equity,
];

/// The amounts that a wish comes to before anything is held against what carries it.
///
/// Incentives, grants and deferrals are as they are; the others share what is left of the budget in their own
/// proportions. Where there is more of a kind already than its part, it stays as it is and the others share the rest.
pub(super) fn scaled(base: &Base<'_>, wish: &Wish, kept: &Kept) -> BTreeMap<AllocationKind, Money> {
    let nothing = Money::zero(base.budget.currency());
    let there = |kind: AllocationKind| kept.of(kind, nothing);
    let given = [base.incentives, there(AllocationKind::Grants), there(AllocationKind::Deferrals)];
    let mut found: BTreeMap<AllocationKind, Money> = [
        (AllocationKind::Incentives, base.incentives),
        (AllocationKind::Grants, there(AllocationKind::Grants)),
        (AllocationKind::Deferrals, there(AllocationKind::Deferrals)),
    ]
    .into();
    let mut rest =
        given.into_iter().fold(base.budget.minor(), |rest, part| rest.saturating_sub(part.minor()));
    let mut open: Vec<AllocationKind> = OPEN.to_vec();
    loop {
        let parts = parts(Money::new(rest.max(0), base.budget.currency()), wish, &open);
        let over = open.iter().zip(&parts).position(|(kind, part)| there(*kind).minor() > part.minor());
        let Some(place) = over else {
            found.extend(open.into_iter().zip(parts));
            return found;
        };
        let kind = open.remove(place);
        rest = rest.saturating_sub(there(kind).minor());
        found.insert(kind, there(kind));
    }
}

/// A sum in the proportions of a wish; where nothing is wished of these kinds, all of it is equity.
fn parts(sum: Money, wish: &Wish, open: &[AllocationKind]) -> Vec<Money> {
    let weights: Vec<Decimal> = open.iter().map(|kind| wish.percent(*kind)).collect();
    let equity = |kind: &AllocationKind| Decimal::from(u8::from(*kind == AllocationKind::Equity));
    let nothing = vec![Money::zero(sum.currency()); open.len()];
    if weights.iter().any(|weight| *weight > Decimal::ZERO) {
        return apportion(sum, &weights).unwrap_or(nothing);
    }
    let weights: Vec<Decimal> = open.iter().map(equity).collect();
    apportion(sum, &weights).unwrap_or(nothing)
}
