//! What the exact run says of a scenario.

use recoup_deal::recoupment::Role;
use recoup_deal::{Deal, Terms};
use recoup_explain::{Book, Quantity};
use recoup_model::Outcome;
use recoup_money::Money;
use rust_decimal::Decimal;

use super::{not_computed, owners};
use crate::measure::{Measures, Told, Unknown};

/// Minor units that the rounding of postings may leave.
const ROUNDING: i64 = 2;

/// Everything that does not rest on paths.
pub(super) fn measures(deal: &Deal, outcome: &Outcome) -> Measures {
    let book = &outcome.book;
    let difference = money(book, "closing.difference");
    let peak_cash_shortfall = lowest(deal, outcome);
    let within = |told: &Told<Money>| told.as_ref().is_ok_and(|amount| amount.minor().abs() <= ROUNDING);
    let short =
        |difference: Money| Money::new(difference.minor().min(0).saturating_neg(), difference.currency());
    Measures {
        closes: within(&difference) && within(&peak_cash_shortfall),
        shortfall: difference.map(short),
        net_incentives: money(book, "incentives.net"),
        effective_incentive_rate: rate(book),
        cost_of_capital: not_computed(),
        all_in_cost: all_in(deal, outcome),
        retained_ownership: owners::retained_ownership(deal),
        backend_share: owners::backend_share(deal, outcome),
        equity_irr_base: irr(deal, outcome),
        equity_irr_p10: not_computed(),
        equity_irr_p50: not_computed(),
        recoupment_chance: not_computed(),
        senior_recovery: not_computed(),
        expected_shortfall: not_computed(),
        gap_coverage: gap(deal, book),
        peak_cash_shortfall,
        ownership: not_computed(),
        control: not_computed(),
        optionality: not_computed(),
        friction: not_computed(),
    }
}

fn absent(address: &str, value: Option<&Quantity>) -> Unknown {
    let absence = value.and_then(Quantity::absence);
    Unknown::Missing {
        what: absence.and_then(|absence| absence.missing_cell()).unwrap_or(address).to_owned(),
        why: absence.map_or_else(|| "it is not computed".to_owned(), ToString::to_string),
    }
}

pub(super) fn money(book: &Book, address: &str) -> Told<Money> {
    let value = book.at(address);
    value.and_then(Quantity::as_money).ok_or_else(|| absent(address, value))
}

/// Net incentives over the whole budget.
fn rate(book: &Book) -> Told<Decimal> {
    let (net, budget) = (money(book, "incentives.net")?, money(book, "budget.total")?);
    net.ratio_to(budget).ok().flatten().ok_or_else(|| absent("budget.total", book.at("budget.total")))
}

/// How far the account falls below nothing.
fn lowest(deal: &Deal, outcome: &Outcome) -> Told<Money> {
    let capital = outcome.capital.as_ref().ok_or_else(|| absent("schedule.start", None))?;
    let mut lowest = Money::zero(deal.currency);
    for month in &capital.cash_flow.months {
        let value = outcome.book.value(month.closing);
        let cash = value.as_money().ok_or_else(|| absent("capital.cash", Some(value)))?;
        if cash.minor() < lowest.minor() {
            lowest = cash;
        }
    }
    Ok(Money::new(lowest.minor().saturating_neg(), lowest.currency()))
}

fn irr(deal: &Deal, outcome: &Outcome) -> Told<f64> {
    let party =
        owners::equity(deal, outcome).ok_or_else(|| Unknown::NoSuchMoney { kind: "equity".to_owned() })?;
    let address = format!("returns.{party}.irr");
    let value = outcome.book.at(&address);
    match value {
        Some(Quantity::Number(rate)) => {
            rate.to_string().parse().map_err(|_| Unknown::NoRate { why: "the rate is no number".to_owned() })
        }
        other => match other.and_then(Quantity::absence) {
            Some(absence) if absence.missing_cell().is_none() => {
                Err(Unknown::NoRate { why: absence.to_string() })
            }
            _ => Err(absent(&address, other)),
        },
    }
}

/// The lowest cover of a gap loan.
fn gap(deal: &Deal, book: &Book) -> Told<Decimal> {
    let gaps = deal.instruments.iter().filter(|one| matches!(one.terms, Terms::GapLoan(_)));
    let covers = gaps.map(|one| {
        let address = format!("capital.{}.cover", one.id);
        book.number(&address).ok_or_else(|| absent(&address, book.at(&address)))
    });
    let covers = covers.collect::<Told<Vec<Decimal>>>()?;
    covers.into_iter().min().ok_or_else(|| Unknown::NoSuchMoney { kind: "gap_loan".to_owned() })
}

/// What financiers have in the base case beyond their money, shares of net profits apart, over their money: interest,
/// fees, premiums and preferred returns, whatever time they take.
fn all_in(deal: &Deal, outcome: &Outcome) -> Told<Decimal> {
    let (mut cost, mut raised) = (0_i64, 0_i64);
    let claims = outcome.recoupment.iter().flat_map(|recoupment| &recoupment.claims);
    let profits: Vec<(&str, i64)> = claims
        .filter(|claim| claim.role == Role::NetProfits)
        .filter_map(|claim| Some((claim.payee.as_deref()?, claim.paid.minor())))
        .collect();
    for party in owners::financiers(deal) {
        let of = |word: &str| money(&outcome.book, &format!("returns.{party}.{word}"));
        let (invested, received) = (of("invested")?.minor(), of("received")?.minor());
        let shared: i64 = profits.iter().filter(|one| one.0 == party).map(|one| one.1).sum();
        raised = raised.saturating_add(invested);
        cost = cost.saturating_add(received.saturating_sub(shared).saturating_sub(invested).max(0));
    }
    let share = Decimal::from(cost).checked_div(Decimal::from(raised));
    share.ok_or_else(|| Unknown::NoSuchMoney { kind: "loan or equity".to_owned() })
}
