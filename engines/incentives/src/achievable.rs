//! What this budget would earn elsewhere: the whole of it, spent in one jurisdiction of the library after another.
//!
//! A headline rate says nothing of a given budget: a base leaves out accounts, a cap binds, a minimum is not reached,
//! one program takes from the next. So each place is a whole deal, with every line spent there, and with the best legal
//! combination of the programs of the place and of the country it lies in. Labour and resident shares stay as the lines
//! have them, and so does everything else of the deal. What a condition asks and nobody has answered is taken as met,
//! and is told.

use std::collections::BTreeSet;
use std::panic::resume_unwind;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread::{Builder, scope};

use recoup_calendar::Date;
use recoup_deal::{BudgetLine, Deal, Election, IncentiveClaim, SpendShare, Timeline};
use recoup_explain::{Book, NodeId, Quantity};
use recoup_money::Money;
use rust_decimal::Decimal;
use serde_json::json;

use crate::assess::{ClaimAssessment, Ground, Together, assess, assess_payable};
use crate::catalog::Catalog;
use crate::mapping::lies_within;
use crate::own::catalog_of;
use crate::policy::Policy;
use crate::run::{ConditionResult, Verdict};

/// What a budget would earn in one jurisdiction.
#[derive(Clone, Debug, PartialEq)]
pub struct Achievable {
    /// The jurisdiction, such as `CA-QC`.
    pub jurisdiction: String,
    /// The country it lies in, or is.
    pub country: String,
    /// `incentives.net` of the deal spent there; none where no program can be computed on it.
    pub net: Option<Money>,
    /// `incentives.net_rate` of it.
    pub rate: Option<Decimal>,
    /// The programs of the best legal combination that pay something, in order of computation.
    pub programs: Vec<Paying>,
    /// Programs that pay nothing on this budget.
    pub idle: Vec<Arc<Policy>>,
    /// Programs the law refuses, or whose form lacks an answer.
    pub without: Vec<NotPaying>,
}

/// A program of the combination.
#[derive(Clone, Debug, PartialEq)]
pub struct Paying {
    /// The version.
    pub policy: Arc<Policy>,
    /// `incentives.<program>.net` in the case.
    pub net: Money,
    /// First and last day of its payments, where the schedule tells.
    pub cash: Option<(Date, Date)>,
    /// Conditions that nobody has decided: taken as met.
    pub open: Vec<ConditionResult>,
    /// Conditions that endanger it without refusing it.
    pub doubted: Vec<ConditionResult>,
    /// Whether the facts are too weak to rely on.
    pub unverified: bool,
}

/// A program that cannot pay there.
#[derive(Clone, Debug, PartialEq)]
pub struct NotPaying {
    /// The version.
    pub policy: Arc<Policy>,
    /// Conditions that fail, each with what is missing at `incentives.<program>.missed.<condition>`.
    pub failed: Vec<(ConditionResult, Option<Quantity>)>,
    /// The cell without which it cannot be computed, where no condition fails.
    pub missing: Option<String>,
}

/// Every jurisdiction of the library, best rate first, with what the budget would earn there. `hands` threads share the
/// work; the answer is the same for any number.
#[must_use]
pub fn achievable(deal: &Deal, catalog: &Catalog, hands: usize) -> Vec<Achievable> {
    let (catalog, _) = catalog_of(deal, catalog);
    let catalog = catalog.as_ref();
    let places = places(deal, catalog);
    let next = AtomicUsize::new(0);
    let work = || {
        let mut done = Vec::new();
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            let Some(place) = places.get(at) else { return done };
            done.push((at, achievable_in(deal, catalog, place, &mut Book::new())));
        }
    };
    let mut found = scope(|scope| {
        let others: Vec<_> =
            (1..hands).filter_map(|_| Builder::new().spawn_scoped(scope, work).ok()).collect();
        let mut found = work();
        for other in others {
            found.extend(other.join().unwrap_or_else(|panic| resume_unwind(panic)));
        }
        found
    });
    found.sort_by_key(|(at, one)| (std::cmp::Reverse(one.rate), *at));
    found.into_iter().map(|(_, one)| one).collect()
}

/// What the budget would earn in one jurisdiction, with its figures in `book` under their usual addresses.
pub fn achievable_in(deal: &Deal, catalog: &Catalog, jurisdiction: &str, book: &mut Book) -> Achievable {
    let (catalog, _) = catalog_of(deal, catalog);
    let supposed = spent_in(deal, &catalog, jurisdiction);
    let together = assess_payable(&supposed, &catalog, book);
    told(book, jurisdiction, together)
}

/// The deal with one budget line spent wholly in a jurisdiction, and with a claim on each program that would pay there
/// and that the deal does not name yet. What the line says of labour and of residents stays.
#[must_use]
pub fn moved_to(deal: &Deal, catalog: &Catalog, line: &str, jurisdiction: &str) -> Deal {
    let (catalog, _) = catalog_of(deal, catalog);
    let catalog = catalog.as_ref();
    let mut moved = deal.clone();
    for one in moved.budget.lines.iter_mut().filter(|one| one.id == line) {
        move_line(one, jurisdiction);
        join_parts(one, jurisdiction);
    }
    for found in achievable_in(deal, catalog, jurisdiction, &mut Book::new()).programs {
        let program = &found.policy.id;
        if deal.incentives.iter().all(|claim| catalog.resolve(&claim.program) != Some(program)) {
            let id = free_id(&moved, program);
            moved.incentives.push(IncentiveClaim { id, program: program.clone(), ..Default::default() });
        }
    }
    // What the deal's other claims bar, or what pays less than they do, is not claimed for nothing.
    let chosen = assess(&moved, catalog, &mut Book::new()).chosen;
    moved.incentives.retain(|claim| {
        deal.incentives.iter().any(|own| own.id == claim.id) || chosen.contains(&claim.program)
    });
    moved
}

/// Parts of a line that say nothing of their own are one part once they are spent in one place.
fn join_parts(line: &mut BudgetLine, jurisdiction: &str) {
    let plain = |part: &SpendShare| {
        let bare = json!({ "id": part.id, "jurisdiction": part.jurisdiction, "share": part.share });
        serde_json::from_value::<SpendShare>(bare).is_ok_and(|bare| bare == *part)
    };
    if line.spend.iter().all(plain) {
        line.spend.clear();
        move_line(line, jurisdiction);
    }
}

fn free_id(deal: &Deal, wanted: &str) -> String {
    let taken = |id: &str| deal.incentives.iter().any(|claim| claim.id == id);
    let numbered = (2..).map(|number| format!("{wanted}-{number}"));
    std::iter::once(wanted.to_owned()).chain(numbered).find(|id| !taken(id)).unwrap_or_default()
}

/// Jurisdictions with a program that can be computed and is in force when the deal begins.
fn places(deal: &Deal, catalog: &Catalog) -> Vec<String> {
    let day = first_day(deal);
    let computable = in_force(catalog, day).filter(|policy| policy.computable);
    let found: BTreeSet<String> = computable.map(|policy| policy.jurisdiction.clone()).collect();
    found.into_iter().collect()
}

fn first_day(deal: &Deal) -> Date {
    Timeline::of(deal).start().unwrap_or(deal.as_of)
}

fn in_force(catalog: &Catalog, day: Date) -> impl Iterator<Item = &Arc<Policy>> {
    catalog.programs().filter_map(move |program| catalog.on(program, day).ok())
}

/// The deal with every line spent in one place, claiming what there is.
fn spent_in(deal: &Deal, catalog: &Catalog, jurisdiction: &str) -> Deal {
    let mut supposed = deal.clone();
    for line in &mut supposed.budget.lines {
        move_line(line, jurisdiction);
    }
    let there = in_force(catalog, first_day(deal))
        .filter(|policy| policy.computable && lies_within(jurisdiction, &policy.jurisdiction));
    supposed.incentives = there.filter_map(|policy| claim_on(deal, catalog, policy)).collect();
    supposed
}

/// All of a line in one place, each part with its own shares of labour and of residents.
fn move_line(line: &mut BudgetLine, jurisdiction: &str) {
    if line.spend.is_empty() {
        let whole = json!({ "id": jurisdiction, "jurisdiction": jurisdiction, "share": "1" });
        line.spend.extend(serde_json::from_value::<SpendShare>(whole));
    }
    for part in &mut line.spend {
        jurisdiction.clone_into(&mut part.jurisdiction);
    }
    // What names no place of its own is done where the line is spent.
    line.subcontracts.iter_mut().for_each(|contract| contract.jurisdiction = None);
    line.items.iter_mut().for_each(|item| item.jurisdiction = None);
}

/// The deal's own claim on a program, with its answers and fees, else a new one. Values typed in place of what the
/// budget gives speak of the budget as it is spent now, and do not go along. None where the producer does not want it.
fn claim_on(deal: &Deal, catalog: &Catalog, policy: &Policy) -> Option<IncentiveClaim> {
    let own = deal.incentives.iter().filter(|one| catalog.resolve(&one.program) == Some(&policy.id));
    let own: Vec<&IncentiveClaim> = own.collect();
    let is_unwanted = |one: &&IncentiveClaim| one.election == Some(Election::Exclude);
    if !own.is_empty() && own.iter().all(is_unwanted) {
        return None;
    }
    let mut claim = own.into_iter().find(|one| !is_unwanted(one)).cloned().unwrap_or_default();
    if claim.id.is_empty() {
        claim.id.clone_from(&policy.id);
    }
    claim.program.clone_from(&policy.id);
    claim.election = Some(Election::Best);
    claim.stated_amount = None;
    for input in policy.inputs.iter().filter(|input| input.map.is_some()) {
        for name in std::iter::once(&input.name).chain(&input.aliases) {
            claim.overrides.remove(name);
            claim.answers.remove(name);
        }
    }
    Some(claim)
}

fn told(book: &Book, jurisdiction: &str, together: Together) -> Achievable {
    let number = |node: NodeId| book.value(node).as_number();
    let (mut programs, mut idle) = (Vec::new(), Vec::new());
    for claim in &together.claims {
        let Some(policy) = &claim.policy else { continue };
        match claim.net.and_then(|net| book.value(net).as_money()) {
            Some(net) if net.minor() != 0 => programs.push(paying(policy, net, claim)),
            _ => idle.push(Arc::clone(policy)),
        }
    }
    let without: Vec<NotPaying> = together
        .without
        .into_iter()
        .map(|one| {
            let (failed, missing) = match one.ground {
                Ground::Refused(failed) => (failed, None),
                Ground::Open(missing) => (Vec::new(), missing),
            };
            let failed =
                failed.into_iter().map(|(condition, by)| (condition, by.map(|by| book.value(by).clone())));
            NotPaying { policy: one.policy, failed: failed.collect(), missing }
        })
        .collect();
    // Nothing is a figure only where the law says so; what lacks an answer or a rate is not known.
    let is_known = !together.claims.is_empty() || without.iter().all(|one| !one.failed.is_empty());
    Achievable {
        jurisdiction: jurisdiction.to_owned(),
        country: jurisdiction.split('-').next().unwrap_or(jurisdiction).to_owned(),
        net: book.value(together.net).as_money().filter(|_| is_known),
        rate: number(together.net_rate).filter(|_| is_known),
        programs,
        idle,
        without,
    }
}

fn paying(policy: &Arc<Policy>, net: Money, claim: &ClaimAssessment) -> Paying {
    let days: Vec<Date> = claim.cash.iter().filter_map(|event| event.date).collect();
    let having = |verdict: Verdict| -> Vec<ConditionResult> {
        claim.conditions.iter().filter(|one| one.verdict == verdict).cloned().collect()
    };
    Paying {
        policy: Arc::clone(policy),
        net,
        cash: days.iter().min().copied().zip(days.iter().max().copied()),
        open: having(Verdict::Unknown),
        doubted: having(Verdict::Fail),
        unverified: claim.unverified,
    }
}

#[cfg(test)]
mod tests;
