//! Loans cut to what carries them, and the deal closed on cash.

use std::collections::BTreeMap;

use recoup_capital::Capital;
use recoup_deal::instrument::AmountRule;
use recoup_deal::{AllocationKind, Deal, Terms};
use recoup_explain::Book;
use recoup_model::{Bare, run_bare};
use recoup_money::{Money, Rounding};
use recoup_waterfall::derive_plan;
use rust_decimal::Decimal;

use super::loans::Slot;
use super::stack::{Draft, Sizes, Written, kind_of, name};
use super::{Candidate, NoScenario, Reason, Share};

/// Deals that are computed at most until the loans stand. Each cut moves the interest of others by little.
const MOST_TRIALS: u32 = 8;

/// The kinds of money of a scenario, in the order in which they are shown.
const KINDS: [AllocationKind; 8] = [
    AllocationKind::SeniorDebt,
    AllocationKind::GapDebt,
    AllocationKind::Mezzanine,
    AllocationKind::Presales,
    AllocationKind::Incentives,
    AllocationKind::Grants,
    AllocationKind::Deferrals,
    AllocationKind::Equity,
];

/// What a computed deal says of its loans.
struct Seen {
    book: Book,
    /// What the senior loan gives.
    senior: Money,
    bridge: Money,
    /// Net unsold estimates over the gap loan, and what is asked.
    cover: Option<(Decimal, Decimal)>,
    /// Sources less uses, in minor units.
    difference: i64,
    /// The lowest cash, in minor units; above nothing it is nothing.
    lowest: i64,
    /// What contracts bring that no loan is secured on.
    unpledged: i64,
}

impl Seen {
    fn of(bare: Bare, written: &Written, nothing: Money) -> Result<Self, NoScenario> {
        let missing =
            |what: &str| NoScenario::Missing { what: what.to_owned(), why: "it is not computed".to_owned() };
        let Bare { book, capital, .. } = bare;
        let capital: Capital = capital.ok_or_else(|| missing("schedule.start"))?;
        let of = |slot: Slot| written.slots.get(name(slot));
        let given = |slot: Slot| {
            of(slot).and_then(|id| book.money(&format!("capital.{id}.principal"))).unwrap_or(nothing)
        };
        let cover = of(Slot::Gap).and_then(|id| {
            Some((
                book.number(&format!("capital.{id}.cover"))?,
                book.number(&format!("capital.{id}.cover_required"))?,
            ))
        });
        let difference = book.value(capital.closing.difference);
        let difference = difference.as_money().ok_or_else(|| NoScenario::Missing {
            what: difference
                .absence()
                .and_then(|absence| absence.missing_cell())
                .unwrap_or("closing.difference")
                .to_owned(),
            why: difference.absence().map_or_else(String::new, ToString::to_string),
        })?;
        let cash = capital.cash_flow.months.iter().filter_map(|month| book.value(month.closing).as_money());
        let lowest = cash.map(|cash| cash.minor()).min().unwrap_or(0).min(0);
        let is_contract = |terms: &Terms| kind_of(terms) == AllocationKind::Presales;
        let contracts = written.deal.instruments.iter().filter(|one| is_contract(&one.terms));
        let unpledged = contracts
            .filter_map(|one| book.money(&format!("closing.source.{}", one.id)))
            .fold(0_i64, |sum, rest| sum.saturating_add(rest.minor()));
        Ok(Self {
            senior: given(Slot::Senior),
            bridge: given(Slot::Bridge),
            cover,
            difference: difference.minor(),
            lowest,
            unpledged,
            book,
        })
    }
}

/// What happened to the loans on the way.
#[derive(Default)]
struct Cuts {
    /// What the contracts carry, where that is less than was to be lent on them.
    carries: Option<Money>,
    /// Whether more is lent on contracts than was wished, because they pay too late.
    raised: bool,
    /// The most of the budget that a gap lender gives, where it binds.
    gap_size: Option<Money>,
    gap_before: Option<Money>,
    not_needed: BTreeMap<AllocationKind, Money>,
}

/// Tries sizes until every loan stands within what carries it, then writes the order of recoupment.
pub(super) fn close(draft: &Draft<'_, '_>) -> Result<Candidate, NoScenario> {
    let mut cuts = Cuts::default();
    let mut sizes = first(draft, &mut cuts);
    let mut trials = 0;
    let (written, seen) = loop {
        let written = draft.written(&sizes);
        let seen = Seen::of(run_bare(&written.deal, draft.base.catalog()), &written, draft.nothing())?;
        trials += 1;
        let next = next(draft, &sizes, &seen, &mut cuts);
        if next == sizes || trials >= MOST_TRIALS {
            break (written, seen);
        }
        sizes = next;
    };
    let mut deal = written.deal.clone();
    own(draft, &written, &seen, &mut deal);
    deal.recoupment = Some(derive_plan(&deal).plan);
    let currency = draft.base.budget().currency();
    Ok(Candidate {
        name: draft.wish.name.clone(),
        origin: draft.wish.origin.clone(),
        shares: shares(draft, &written, &seen, &cuts),
        deal,
        shortfall: Money::new(seen.difference.min(0).saturating_neg(), currency),
        cash_shortfall: Money::new(seen.lowest.saturating_neg(), currency),
        excess: Money::new(seen.difference.max(0), currency),
        trials,
    })
}

/// As wished: the senior loan as large as its collateral, the gap loan as large as its lender gives of a budget.
fn first(draft: &Draft<'_, '_>, cuts: &mut Cuts) -> Sizes {
    let budget = draft.base.budget();
    let limits = &draft.base.deal().market.limits;
    let size = draft.base.terms.term("gap_loan", "size").map(|term| term.high);
    let size = limits.gap_to_budget.or(size).unwrap_or(Decimal::ONE);
    let wished = draft.scaled(AllocationKind::GapDebt);
    let most = budget.scale(size, Rounding::Down).unwrap_or(budget);
    if wished.minor() > most.minor() {
        cuts.gap_size = Some(most);
    }
    let gap = whole(wished.checked_min(most).unwrap_or(wished));
    cuts.gap_before = Some(gap);
    let senior = Decimal::from(u8::from(draft.scaled(AllocationKind::SeniorDebt).is_positive()));
    Sizes { senior, gap, mezzanine: draft.scaled(AllocationKind::Mezzanine), bridge: Decimal::ZERO }
}

/// Whole units of the currency: no lender lends cents.
fn whole(amount: Money) -> Money {
    let unit = 10_i64.checked_pow(amount.currency().exponent()).unwrap_or(1).max(1);
    Money::new(amount.minor() - amount.minor().rem_euclid(unit), amount.currency())
}

/// Sizes that take care of what was seen; the same where nothing is left to take care of.
fn next(draft: &Draft<'_, '_>, sizes: &Sizes, seen: &Seen, cuts: &mut Cuts) -> Sizes {
    let mut next = sizes.clone();
    let wished = draft.scaled(AllocationKind::SeniorDebt);
    if sizes.senior == Decimal::ONE && seen.senior.minor() > wished.minor() && !cuts.raised {
        let part = Decimal::from(wished.minor()).checked_div(Decimal::from(seen.senior.minor()));
        next.senior = Rounding::Down.apply(part.unwrap_or_default(), 9);
    } else if sizes.senior == Decimal::ONE && !cuts.raised {
        cuts.carries = Some(seen.senior);
    }
    if let Some((cover, required)) = seen.cover
        && cover < required
    {
        let part = cover.max(Decimal::ZERO).checked_div(required).unwrap_or_default();
        next.gap = whole(sizes.gap.scale(part, Rounding::Down).unwrap_or_else(|_| draft.nothing()));
    }
    if seen.difference > super::ROUNDING {
        give_back(&mut next, seen.difference, cuts);
    } else if seen.lowest < 0 && next.senior == sizes.senior {
        // Whoever lends on the contracts already lends on more of them before somebody dearer does.
        if sizes.senior < Decimal::ONE {
            cuts.raised = true;
            next.senior = raised(sizes, seen);
        } else {
            next.bridge = bridged(sizes, seen);
        }
    }
    next
}

/// The part of the contracts that brings what is short as well, with a thousandth for its own interest.
fn raised(sizes: &Sizes, seen: &Seen) -> Decimal {
    let short = Decimal::from(seen.lowest.saturating_neg()) * Decimal::new(1001, 3);
    let times = short.checked_div(Decimal::from(seen.senior.minor())).map(|more| more + Decimal::ONE);
    times.map_or(Decimal::ONE, |times| Rounding::Up.apply(times * sizes.senior, 9).min(Decimal::ONE))
}

/// Money that is not needed is not borrowed: the dearest first.
fn give_back(next: &mut Sizes, over: i64, cuts: &mut Cuts) {
    let mut over = over;
    for (kind, size) in
        [(AllocationKind::Mezzanine, &mut next.mezzanine), (AllocationKind::GapDebt, &mut next.gap)]
    {
        let less = size.minor().min(over).max(0);
        if less == 0 {
            continue;
        }
        over -= less;
        let before = cuts.not_needed.get(&kind).map_or(0, Money::minor);
        cuts.not_needed.insert(kind, Money::new(before.saturating_add(less), size.currency()));
        *size = Money::new(size.minor() - less, size.currency());
    }
}

/// The part of what contracts still pay on delivery that has to come before, with a thousandth for its own interest.
fn bridged(sizes: &Sizes, seen: &Seen) -> Decimal {
    let short = seen.lowest.saturating_neg();
    let needed = Decimal::from(seen.bridge.minor().saturating_add(short)) * Decimal::new(1001, 3);
    let part = if seen.bridge.is_positive() {
        needed.checked_div(Decimal::from(seen.bridge.minor())).map(|times| times * sizes.bridge)
    } else {
        needed.checked_div(Decimal::from(seen.unpledged))
    };
    let part = part.unwrap_or_default().clamp(Decimal::ZERO, Decimal::ONE);
    Rounding::Up.apply(part, 6).min(Decimal::ONE).max(sizes.bridge)
}

/// Investors own what they pay for: the deal's own price of a share where it names one, else the wish's.
fn own(draft: &Draft<'_, '_>, written: &Written, seen: &Seen, deal: &mut Deal) {
    let Some(id) = written.slots.get(name(Slot::Equity)) else { return };
    let base = draft.base;
    let share_of_budget = |amount: Money| amount.ratio_to(base.budget()).ok().flatten();
    let typed = base.deal().instruments.iter().find(|one| one.id == *id);
    let typed = typed.and_then(|one| match &one.terms {
        Terms::Equity(terms) => {
            let paid = share_of_budget(*base.principals.get(&one.id)?)?;
            terms.ownership?.checked_div(paid)
        }
        _ => None,
    });
    let wished = draft.wish.percent(AllocationKind::Equity) / Decimal::ONE_HUNDRED;
    let price = typed.or_else(|| draft.wish.price.ownership.checked_div(wished)).unwrap_or(Decimal::ONE);
    let given = seen.book.money(&format!("capital.{id}.principal")).and_then(share_of_budget);
    let ownership =
        Rounding::HalfUp.apply(price * given.unwrap_or_default(), 4).min(Decimal::ONE).normalize();
    let equity = deal.instruments.iter_mut().find(|one| one.id == *id);
    if let Some(Terms::Equity(terms)) = equity.map(|one| &mut one.terms) {
        terms.ownership = Some(ownership);
    }
}

/// What every kind was wished to be, what it brings, and why.
fn shares(draft: &Draft<'_, '_>, written: &Written, seen: &Seen, cuts: &Cuts) -> Vec<Share> {
    let budget = draft.base.budget();
    let nothing = draft.nothing();
    let uses = seen.book.money("closing.uses").unwrap_or(budget);
    let carried = carried(draft, written, seen);
    let share = |kind: AllocationKind| {
        let wished_percent = draft.wish.percent(kind);
        let part = wished_percent / Decimal::ONE_HUNDRED;
        let share = Share {
            kind,
            wished_percent,
            wished: budget.scale(part, Rounding::HalfUp).unwrap_or(nothing),
            scaled: draft.scaled(kind),
            carried: carried.get(&kind).copied().unwrap_or(nothing),
            carried_percent: Decimal::ZERO,
            reasons: Vec::new(),
        };
        let of_uses = share.carried.ratio_to(uses).ok().flatten().unwrap_or_default();
        let carried_percent = Rounding::HalfUp.apply(of_uses * Decimal::ONE_HUNDRED, 4);
        let reasons = reasons(draft, written, seen, cuts, &share);
        Share { carried_percent, reasons, ..share }
    };
    KINDS.into_iter().map(share).collect()
}

/// What each kind brings, by the closing table.
fn carried(draft: &Draft<'_, '_>, written: &Written, seen: &Seen) -> BTreeMap<AllocationKind, Money> {
    let mut found: BTreeMap<AllocationKind, Money> = BTreeMap::new();
    let instruments = written.deal.instruments.iter().map(|one| (&one.id, kind_of(&one.terms)));
    let claims = draft.base.credits.iter().map(|credit| (&credit.claim, AllocationKind::Incentives));
    for (id, kind) in instruments.chain(claims) {
        let Some(amount) = seen.book.money(&format!("closing.source.{id}")) else { continue };
        let sum = found.entry(kind).or_insert_with(|| draft.nothing());
        *sum = sum.checked_add(amount).unwrap_or(*sum);
    }
    found
}

fn reasons(draft: &Draft<'_, '_>, written: &Written, seen: &Seen, cuts: &Cuts, share: &Share) -> Vec<Reason> {
    let mut said = Vec::new();
    let kept = draft.kept.of(share.kind, draft.nothing());
    let positive = |minor: i64| (minor > 0).then(|| Money::new(minor, share.wished.currency()));
    let below = |from: Money, to: Money| positive(from.minor().saturating_sub(to.minor()));
    match share.kind {
        AllocationKind::Incentives => said.push(Reason::Computed { net: draft.base.incentives() }),
        _ if share.scaled != share.wished && share.scaled != kept => {
            said.push(Reason::Scaled { to: share.scaled });
        }
        _ => {}
    }
    said.extend(positive(kept.minor()).map(|amount| Reason::Kept { amount }));
    match share.kind {
        AllocationKind::Grants | AllocationKind::Deferrals => {
            said.extend((share.wished.is_positive() && kept.is_zero()).then_some(Reason::NotThere));
        }
        AllocationKind::Incentives => {
            let late = below(share.scaled, share.carried);
            said.extend(late.map(|amount| Reason::PaidTooLate { amount }));
        }
        AllocationKind::SeniorDebt => {
            let carries = cuts.carries.unwrap_or(share.scaled);
            let cut = below(share.scaled, carries);
            said.extend(cut.map(|cut| Reason::CutToCollateral { carries, cut }));
            let earlier = below(seen.senior, share.scaled).filter(|_| cuts.raised);
            said.extend(earlier.map(|amount| Reason::LentEarlier { amount }));
            said.extend(positive(seen.bridge.minor()).map(|amount| Reason::Bridged { amount }));
        }
        AllocationKind::Presales => presold(draft, written, seen, share, &mut said),
        AllocationKind::GapDebt => gap(draft, seen, cuts, share, &mut said),
        AllocationKind::Mezzanine => {
            let spared = cuts.not_needed.get(&share.kind).copied();
            said.extend(spared.map(|amount| Reason::NotNeeded { amount }));
        }
        AllocationKind::Equity => {
            let more = below(share.carried, share.scaled);
            said.extend(more.map(|amount| Reason::TakesTheRest { amount }));
            let limit = written.deal.instruments.iter().find_map(|one| match &one.amount {
                Some(AmountRule::Remainder(rest)) => rest.at_most,
                _ => None,
            });
            let most = limit.filter(|_| seen.difference < 0);
            said.extend(most.map(|most| Reason::EquityLimited { most }));
        }
    }
    said
}

fn presold(draft: &Draft<'_, '_>, written: &Written, seen: &Seen, share: &Share, said: &mut Vec<Reason>) {
    let currency = share.wished.currency();
    let mut price = share.scaled.minor();
    if let Some(sold) = draft.sale.price {
        let count = u32::try_from(draft.sale.sources.len()).unwrap_or(u32::MAX);
        said.push(Reason::TerritoriesSold { count, price: sold });
    }
    if draft.sale.left > 0 {
        said.push(Reason::NothingLeftToSell { left: Money::new(draft.sale.left, currency) });
        price = price.saturating_sub(draft.sale.left);
    }
    let lent = [Slot::Senior, Slot::Bridge].into_iter().filter_map(|slot| written.slots.get(name(slot)));
    let lent = lent
        .filter_map(|id| seen.book.money(&format!("capital.{id}.principal")))
        .fold(0_i64, |sum, amount| sum.saturating_add(amount.minor()));
    let through = lent.min(price.saturating_sub(share.carried.minor())).max(0);
    if through > 0 {
        said.push(Reason::ComesThroughLoan { amount: Money::new(through, currency) });
    }
    let taken = price.saturating_sub(share.carried.minor()).saturating_sub(through);
    if taken > 0 {
        said.push(Reason::TakenByOthers { amount: Money::new(taken, currency) });
    }
}

fn gap(draft: &Draft<'_, '_>, seen: &Seen, cuts: &Cuts, share: &Share, said: &mut Vec<Reason>) {
    if !share.scaled.is_positive() {
        return;
    }
    said.extend(cuts.gap_size.map(|most| Reason::CutToSize { most }));
    let spared = cuts.not_needed.get(&share.kind).copied();
    let before = cuts.gap_before.unwrap_or(share.scaled);
    let cut =
        before.minor().saturating_sub(share.carried.minor()) - spared.map_or(0, |spared| spared.minor());
    if share.carried.is_zero() && cut > 0 && seen.cover.is_none_or(|(cover, _)| cover <= Decimal::ZERO) {
        said.push(Reason::NothingUnsold);
    } else if cut > 0 {
        said.push(Reason::CutToCover { cut: Money::new(cut, draft.base.budget().currency()) });
    }
    said.extend(spared.map(|amount| Reason::NotNeeded { amount }));
}
