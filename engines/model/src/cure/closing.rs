//! Money for the closing: an instrument raised or lowered until sources equal uses.

use recoup_deal::instrument::{AmountRule, InstrumentStatus, InterestRate};
use recoup_deal::{Cure, Deal, Edit, Instrument, Phrase, Terms, edited};
use recoup_money::Money;
use rust_decimal::Decimal;
use serde_json::{Value, json};

use super::case::{Case, Proposed, typed};
use crate::outcome::run;
use crate::solve_for::closing_difference;

/// Most deals that are computed for one amount. Money covers itself but for what it costs, so that few are needed.
const MOST_TRIALS: usize = 24;

/// The amount that an instrument must have for the closing to differ by `target`, or the nearest that covers it;
/// none where it would be negative or never gets there.
pub(super) fn balanced(case: &Case<'_>, deal: &Deal, one: &Instrument, target: i64) -> Option<Money> {
    let currency = one.contract_currency(deal.currency);
    if currency != deal.currency {
        return None;
    }
    let mut amount = match &one.amount {
        Some(AmountRule::Fixed(amount)) => amount.minor(),
        _ => 0,
    };
    let mut covers: Option<i64> = None;
    for _ in 0..MOST_TRIALS {
        let tried = edited(deal, &[fixed(one, Money::new(amount, currency))]).ok()?;
        let open = target.checked_sub(closing_difference(&tried, case.catalog)?.minor())?;
        if open <= 0 {
            covers = Some(covers.map_or(amount, |least| least.min(amount)));
        }
        if open == 0 || (open < 0 && covers.is_some_and(|least| least < amount)) {
            break;
        }
        amount = amount.checked_add(open)?;
        if amount < 0 {
            return None;
        }
    }
    covers.map(|amount| Money::new(amount, currency))
}

/// The edit that types an amount.
pub(super) fn fixed(one: &Instrument, amount: Money) -> Edit {
    Edit::set(format!("instruments[{}].amount", one.id), json!({ "fixed": typed(amount) }))
}

/// The money at risk that may be raised: what nobody has promised yet before what somebody has.
fn raisable(deal: &Deal) -> Vec<&Instrument> {
    let kind = |one: &Instrument| match &one.terms {
        Terms::Equity(_) => 0,
        Terms::ProducerInvestment(_) => 1,
        _ => 2,
    };
    let is_typed = |one: &&Instrument| matches!(one.amount, Some(AmountRule::Fixed(_)));
    let mut found: Vec<&Instrument> =
        deal.instruments.iter().filter(|one| kind(one) < 2).filter(is_typed).collect();
    found.sort_by_key(|one| (one.status.unwrap_or(InstrumentStatus::Prospective), kind(one)));
    found
}

/// The cure with equity raised by what it leaves missing, beyond what was missing before.
pub(super) fn funded(case: &Case<'_>, deal: &Deal, cure: Cure) -> Option<Cure> {
    let before = case.outcome.book.money("closing.difference").map_or(0, |difference| difference.minor());
    let target = before.min(0);
    raisable(deal).into_iter().find_map(|one| {
        let amount = balanced(case, deal, one, target)?;
        let (step, edit) = changed(one, amount);
        Some(cure.clone().and(step, [edit]))
    })
}

/// An instrument with another amount, in words and as an edit.
pub(super) fn changed(one: &Instrument, amount: Money) -> (Phrase, Edit) {
    let edit = fixed(one, amount);
    let before = match &one.amount {
        Some(AmountRule::Fixed(before)) => *before,
        _ => {
            let step = Phrase::new("cure_type_amount").with("name", &one.name).with("amount", amount);
            return (step, edit);
        }
    };
    let step = if amount.minor() < before.minor() {
        Phrase::new("cure_lower_amount").with("name", &one.name).with("before", before).with("amount", amount)
    } else {
        Phrase::new("cure_raise_amount").with("name", &one.name).with("before", before).with("amount", amount)
    };
    (step, edit)
}

/// Sources that fall short: more equity; a larger loan is never proposed, because somebody has to give it.
pub(super) fn short(case: &Case<'_>) -> Proposed {
    let raised = raisable(case.deal).into_iter().filter_map(|one| {
        let amount = balanced(case, case.deal, one, 0)?;
        let (step, edit) = changed(one, amount);
        Some(Cure::new(step, vec![edit]))
    });
    let raised: Proposed = raised.take(2).collect();
    if raised.is_empty() { sought(case).into_iter().collect() } else { raised }
}

/// An investor nobody has found yet, with the amount that closes.
fn sought(case: &Case<'_>) -> Option<Cure> {
    let taken: Vec<&str> = case.deal.instruments.iter().map(|one| one.id.as_str()).collect();
    let id = case.fresh("equity", &taken);
    let nothing = typed(Money::zero(case.deal.currency));
    let element = json!({
        "id": id, "name": "Equity", "terms": {"kind": "equity"}, "amount": {"fixed": nothing},
        "status": "prospective",
    });
    let insert = Edit::insert("instruments", element);
    let deal = edited(case.deal, std::slice::from_ref(&insert)).ok()?;
    let one = deal.instruments.iter().find(|one| one.id == id)?;
    let amount = balanced(case, &deal, one, 0)?;
    let step = Phrase::new("cure_find_equity").with("amount", amount);
    Some(Cure::new(step, vec![insert, fixed(one, amount)]))
}

/// Sources beyond the uses: the dearest money is lowered.
pub(super) fn over(case: &Case<'_>) -> Proposed {
    let rate = |one: &Instrument| match &one.rate {
        Some(InterestRate::Fixed(rate)) => *rate,
        Some(InterestRate::OverBase(over)) => over.margin,
        None => Decimal::ZERO,
    };
    let is_typed = |one: &&Instrument| {
        matches!(one.amount, Some(AmountRule::Fixed(_))) && (one.terms.is_debt() || one.terms.is_equity())
    };
    let mut dearest: Vec<&Instrument> = case.deal.instruments.iter().filter(is_typed).collect();
    dearest.sort_by_key(|one| std::cmp::Reverse(rate(one)));
    let lowered = dearest.into_iter().filter_map(|one| {
        let amount = balanced(case, case.deal, one, 0)?;
        let (step, edit) = changed(one, amount);
        Some(Cure::new(step, vec![edit]))
    });
    lowered.take(2).collect()
}

/// An instrument without an amount gives what closes.
pub(super) fn amount(case: &Case<'_>) -> Proposed {
    let Some(one) = case.instrument() else { return Vec::new() };
    let amount = balanced(case, case.deal, one, 0);
    let cure = amount.map(|amount| {
        let (step, edit) = changed(one, amount);
        Cure::new(step, vec![edit])
    });
    cure.into_iter().collect()
}

/// A limit that keeps the deal from closing is raised to what closes it.
pub(super) fn limited(case: &Case<'_>) -> Proposed {
    let Some(one) = case.instrument() else { return Vec::new() };
    let path = format!("instruments[{}].amount.remainder.at_most", one.id);
    let without = edited(case.deal, &[Edit::set(path.clone(), Value::Null)]).ok();
    let needed = without.and_then(|deal| {
        let outcome = run(&deal, case.catalog);
        outcome.book.money(&format!("capital.{}.principal", one.id))
    });
    let cure = needed.map(|needed| {
        let step = Phrase::new("cure_raise_limit").with("name", &one.name).with("amount", needed);
        Cure::new(step, vec![Edit::set(path, typed(needed))])
    });
    cure.into_iter().collect()
}

/// What fills the rest, typed as it is now; none where nothing fills it.
pub(super) fn pinned(case: &Case<'_>) -> Option<Cure> {
    let fills =
        case.deal.instruments.iter().filter(|one| matches!(one.amount, Some(AmountRule::Remainder(_))));
    let typed = fills.filter_map(|one| Some(changed(one, case.principal(&one.id)?)));
    let (steps, edits): (Vec<Phrase>, Vec<Edit>) = typed.unzip();
    (!edits.is_empty()).then_some(Cure { steps, edits, asks: Vec::new() })
}
