//! A bridge over months in which cash is short: of exactly how much, from when, and repaid by which later cash.

use recoup_calendar::{Date, YearMonth};
use recoup_deal::instrument::{AmountRule, Collateral};
use recoup_deal::{Cure, Deal, Edit, Phrase, Terms, edited};
use recoup_incentives::{Standing, catalog_of};
use recoup_money::Money;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use serde_json::{Value, json};

use super::case::{Case, Proposed, typed, written};
use super::closing;
use super::market;
use crate::outcome::{Outcome, run};

/// Most amounts that are tried for one bridge.
const MOST_TRIALS: usize = 8;

/// Where the account is below a level: the first month, the lowest month, and how much is missing there.
struct Dip {
    first: YearMonth,
    lowest: YearMonth,
    missing: Money,
}

fn dip(outcome: &Outcome, level: i64) -> Option<Dip> {
    let months = outcome.capital.as_ref()?.cash_flow.months.iter().filter_map(|month| {
        let cash = outcome.book.value(month.closing).as_money()?;
        (cash.minor() < level).then_some((month.month, cash))
    });
    let (first, _) = months.clone().next()?;
    let (lowest, cash) = months.min_by_key(|(_, cash)| cash.minor())?;
    Some(Dip { first, lowest, missing: Money::new(level.checked_sub(cash.minor())?, cash.currency()) })
}

/// Money that comes later, as far as no lender has it.
struct TakeOut {
    over: Value,
    instrument: Option<String>,
    name: String,
    /// What comes of it after the low month, and the part of it that may still be lent on.
    comes: i64,
    share: Decimal,
    rank: u32,
    last: Date,
}

impl TakeOut {
    fn lendable(&self) -> i64 {
        self.share.checked_mul(Decimal::from(self.comes)).and_then(|part| part.to_i64()).unwrap_or(0)
    }
}

/// What may be lent on money that nobody has yet: the rest covers interest.
const LENDABLE: Decimal = Decimal::from_parts(85, 0, 0, false, 2);
/// How often that is lent where less does not carry the months: nearly all of what comes.
const AT_MOST: Decimal = Decimal::from_parts(117, 0, 0, false, 2);

/// What comes after a month, the largest first.
fn take_outs(case: &Case<'_>, deal: &Deal, outcome: &Outcome, after: YearMonth) -> Vec<TakeOut> {
    let catalog = catalog_of(deal, case.catalog).0;
    let mut found = Vec::new();
    let Some(capital) = &outcome.capital else { return found };
    let money = |node| outcome.book.value(node).as_money().map_or(0, |amount: Money| amount.minor());
    let mut note = |over: Collateral, name: &str, later: Vec<(Date, i64)>| {
        let Some((share, rank)) = free_of(deal, &over) else { return };
        let Some(last) = later.iter().map(|(day, _)| *day).max() else { return };
        let comes = later.iter().map(|(_, amount)| amount).sum();
        let instrument = match &over {
            Collateral::Instrument(id) => Some(id.clone()),
            _ => None,
        };
        let over = serde_json::to_value(&over).unwrap_or_default();
        found.push(TakeOut { over, instrument, name: name.to_owned(), comes, share, rank, last });
    };
    for (one, run) in deal.instruments.iter().zip(&capital.instruments) {
        if one.terms.is_debt() || one.terms.is_equity() {
            continue;
        }
        let later = run.drawn.iter().filter(|(day, _)| day.year_month() > after);
        let later = later.map(|(day, node)| (*day, money(*node))).collect();
        note(Collateral::Instrument(one.id.clone()), &one.name, later);
    }
    for claim in outcome.incentives.claims.iter().filter(|claim| claim.standing == Standing::Claimed) {
        let later = claim.cash.iter().filter_map(|event| Some((event.date?, money(event.node))));
        let later = later.filter(|(day, _)| day.year_month() > after).collect();
        let policy = catalog.versions(&claim.program).last();
        let name = policy.map_or(claim.program.as_str(), |policy| &policy.short_name);
        note(Collateral::Claim(claim.claim.clone()), name, later);
    }
    found.retain(|one| one.lendable() > 0);
    found.sort_by_key(|one| std::cmp::Reverse(one.lendable()));
    found
}

/// The share of a piece of collateral that may still be lent on, and the rank that a lender on it would have; none
/// where a loan of a typed amount has all of it.
fn free_of(deal: &Deal, over: &Collateral) -> Option<(Decimal, u32)> {
    let (mut lent, mut rank) = (Decimal::ZERO, 1);
    for one in deal.instruments.iter().filter(|one| one.terms.is_debt()) {
        let charge = one.security.iter().find(|security| security.over == *over);
        let part = match &one.amount {
            Some(AmountRule::Advance(advance)) => advance.parts.iter().find(|part| part.against == *over),
            _ if charge.is_some() => return None,
            _ => None,
        };
        if part.is_some() || charge.is_some() {
            rank = rank.max(charge.and_then(|charge| charge.rank).unwrap_or(1).saturating_add(1));
        }
        lent = lent.checked_add(part.map_or(Decimal::ZERO, |part| part.share))?;
    }
    let free = (Decimal::ONE - lent).checked_mul(LENDABLE)?;
    (free > Decimal::ZERO).then_some((free, rank))
}

/// The edits that put a bridge into the stack, lent on several pieces of collateral in proportion.
fn bridge(case: &Case<'_>, deal: &Deal, dip: &Dip, on: &[TakeOut], part: Decimal) -> (Vec<Edit>, Date) {
    let taken: Vec<&str> = deal.instruments.iter().map(|one| one.id.as_str()).collect();
    let id = case.fresh("bridge", &taken);
    let month = outcome_month(case, dip.first);
    let last = on.iter().map(|one| one.last).max().unwrap_or(case.deal.as_of);
    let due = last.add_months(1).unwrap_or(last);
    let mut terms = json!({ "kind": "bridge" });
    if let ([TakeOut { instrument: Some(instrument), .. }], Some(terms)) = (on, terms.as_object_mut()) {
        terms.insert("bridges_to".into(), json!(instrument));
    }
    let named = (1..).zip(on);
    let parts: Vec<Value> = named
        .clone()
        .map(|(number, one)| {
            let share = one.share.checked_mul(part).unwrap_or_default();
            let share =
                written(share.round_dp_with_strategy(6, rust_decimal::RoundingStrategy::AwayFromZero));
            json!({"id": format!("on-{number}"), "against": one.over, "share": share})
        })
        .collect();
    let security: Vec<Value> = named
        .map(|(number, one)| json!({"id": format!("on-{number}"), "over": one.over, "rank": one.rank}))
        .collect();
    let from = json!({ "month": month });
    let element = json!({
        "id": id, "name": "Bridge", "terms": terms, "amount": {"advance": {"parts": parts}},
        "status": "prospective",
        "drawdown": {"method": "steps", "from": from, "steps": [{"id": "drawn", "share": "1", "on": from}]},
        "interest_payment": "at_maturity", "day_count": "ACT/365F",
        "maturity": {"date": due},
        "security": security,
    });
    let mut edits = vec![Edit::insert("instruments", element)];
    let usual = market::BRIDGE;
    edits.extend(case.assumed(
        &format!("instruments[{id}].rate"),
        json!({"fixed": usual.rate}),
        usual.source,
    ));
    (edits, due)
}

/// A month counted from the start of the deal.
fn outcome_month(case: &Case<'_>, month: YearMonth) -> i32 {
    let start = case.outcome.timeline.start().map(|start| start.year_month());
    start.map_or(0, |start| month.months_since(start))
}

/// The cure with bridges over what it leaves missing in single months.
pub(super) fn bridged(case: &Case<'_>, deal: &Deal, outcome: &Outcome, cure: Cure) -> Option<Cure> {
    raised_to(case, deal, outcome, cure, 0)
}

/// A bridge as large as it has to be so that the account is nowhere below `level`.
fn raised_to(case: &Case<'_>, deal: &Deal, outcome: &Outcome, cure: Cure, level: i64) -> Option<Cure> {
    let Some(low) = dip(outcome, level) else { return Some(cure) };
    let mut on: Vec<TakeOut> = Vec::new();
    let mut room = 0_i64;
    // As few lenders' claims as carry it, with some room for what the bridge itself costs.
    for one in take_outs(case, deal, outcome, low.lowest) {
        if room > low.missing.minor().saturating_add(low.missing.minor() / 10) {
            break;
        }
        room = room.saturating_add(one.lendable());
        on.push(one);
    }
    let mut amount = low.missing.minor();
    for _ in 0..MOST_TRIALS {
        let part = Decimal::from(amount).checked_div(Decimal::from(room)).filter(|part| *part <= AT_MOST)?;
        let (edits, due) = bridge(case, deal, &low, &on, part);
        let after = run(&edited(deal, &edits).ok()?, case.catalog);
        let Some(left) = dip(&after, level) else {
            let names: Vec<&str> = on.iter().map(|one| one.name.as_str()).collect();
            let lent = after.capital.as_ref()?.instruments.last()?.principal;
            let step = Phrase::new("cure_bridge")
                .with("amount", after.book.value(lent).as_money()?)
                .with("month", low.first)
                .with("program", names.join(", "))
                .with("due", due);
            return Some(cure.and(step, edits));
        };
        amount = amount.saturating_add(left.missing.minor());
    }
    None
}

/// Cash below nothing: what the closing misses is found first, and the rest is a matter of time.
pub(super) fn short(case: &Case<'_>) -> Proposed {
    at_level(case, 0)
}

/// Cash below what is to be kept.
pub(super) fn minimum(case: &Case<'_>) -> Proposed {
    let level = case.money("minimum").map_or(0, |minimum| minimum.minor());
    let mut found = at_level(case, level);
    if let Some(cash) = case.money("cash") {
        let step = Phrase::new("cure_minimum_cash").with("amount", cash);
        found.push(Cure::new(step, vec![Edit::set("preferences.minimum_cash", typed(cash))]));
    }
    found
}

fn at_level(case: &Case<'_>, level: i64) -> Proposed {
    let short = case.outcome.book.money("closing.difference").is_some_and(|open| open.is_negative());
    let as_it_is = Cure { steps: Vec::new(), edits: Vec::new(), asks: Vec::new() };
    let mut bases = if short { closing::short(case) } else { vec![as_it_is] };
    // What fills the rest would give way to the bridge, and the account would be as low as before.
    bases.extend(closing::pinned(case));
    let bridged = bases.into_iter().find_map(|cure| {
        let deal = edited(case.deal, &cure.edits).ok()?;
        let outcome = run(&deal, case.catalog);
        raised_to(case, &deal, &outcome, cure, level).filter(|cure| !cure.edits.is_empty())
    });
    bridged.into_iter().collect()
}

/// A bridge that nothing repays: the money that comes first after it is drawn.
pub(super) fn take_out(case: &Case<'_>) -> Proposed {
    let Some(one) = case.instrument() else { return Vec::new() };
    let Terms::Bridge(_) = one.terms else { return Vec::new() };
    let drawn = case.capital().and_then(|capital| capital.instruments.iter().find(|run| run.id == one.id));
    let drawn = drawn.and_then(|run| run.drawn.iter().map(|(day, _)| *day).min());
    let Some(after) = drawn.or(case.outcome.timeline.close()).map(|day| day.year_month()) else {
        return Vec::new();
    };
    let lent = case.principal(&one.id).map_or(0, |amount| amount.minor());
    let to = take_outs(case, case.deal, case.outcome, after).into_iter().filter(|to| to.comes >= lent);
    let Some(to) = to.min_by_key(|to| to.last) else { return Vec::new() };
    let path = format!("instruments[{}]", one.id);
    let mut edits = Vec::new();
    if let Some(instrument) = &to.instrument {
        edits.push(Edit::set(format!("{path}.terms.bridges_to"), instrument.as_str()));
    }
    let taken: Vec<&str> = one.security.iter().map(|security| security.id.as_str()).collect();
    let id = case.fresh("take-out", &taken);
    edits.push(Edit::insert(format!("{path}.security"), json!({"id": id, "over": to.over, "rank": to.rank})));
    let due = to.last.add_months(1).unwrap_or(to.last);
    edits.push(Edit::set(format!("{path}.maturity"), json!({ "date": due })));
    let step = Phrase::new("cure_repaid_by")
        .with("name", &one.name)
        .with("program", to.name.as_str())
        .with("due", due);
    vec![Cure::new(step, edits)]
}
