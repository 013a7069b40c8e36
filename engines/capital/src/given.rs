//! Everything known before the first month: who pays in, what falls due, what comes on its own.

use std::collections::BTreeMap;

use recoup_deal::instrument::Collateral;
use recoup_deal::{Deal, Instrument, Terms, Timeline};
use recoup_explain::{Book, Cells, NodeId, Operation};

use crate::axis::Axis;
use crate::budget::BudgetUses;
use crate::conditions::{ConditionGate, nothing_for};
use crate::contract::{contract_payments, paid_price, payments};
use crate::order::{Rivals, orders};
use crate::plan::{
    Comes, DueFee, Interest, agreed_from, assigned, call_grounds, callable_from, comes, commitment_shares,
    fees, interest, quantities,
};
use crate::reserve::asked;
use crate::run::ClaimCash;

/// Amounts that come on known days and what they are assigned to.
pub(crate) struct Inflow {
    pub index: usize,
    pub source: String,
    pub amount: NodeId,
    pub over: Collateral,
    pub is_credit: bool,
    /// The instrument that pays, by its place; none for a claim.
    pub place: Option<usize>,
}

/// What the pass needs to know about one instrument.
pub(crate) struct Party {
    pub id: String,
    pub place: usize,
    pub comes: Comes,
    pub principal: NodeId,
    /// The principal, with the days between which it may be called.
    pub callable: NodeId,
    pub from: usize,
    /// From when it would come if its conditions were met: commitment fees run from there.
    pub promised: usize,
    /// Nothing, for an instrument that a condition keeps out of the cash flow.
    pub shut: Option<NodeId>,
    /// The days of the conditions that it waits for.
    pub delays: Vec<NodeId>,
    pub fees: Vec<DueFee>,
    pub commitment: Vec<NodeId>,
    pub interest: Option<Interest>,
    /// What is set aside for its interest with the first drawing.
    pub reserve: Option<NodeId>,
    pub secured: bool,
}

/// Everything known before the first month.
pub(crate) struct Given<'a> {
    pub deal: &'a Deal,
    pub cells: &'a Cells,
    pub parties: Vec<Party>,
    /// The order of calling by month; the last holds on.
    pub orders: Vec<Vec<usize>>,
    pub spend: BTreeMap<usize, Vec<NodeId>>,
    pub deferred: BTreeMap<usize, Vec<NodeId>>,
    pub costs: BTreeMap<usize, Vec<NodeId>>,
    pub inflows: Vec<Inflow>,
    pub delivery: usize,
    pub collects: Vec<String>,
    pub collects_all: bool,
}

#[expect(clippy::too_many_arguments, reason = "everything known before the first month, gathered once")]
pub(crate) fn given<'a>(
    deal: &'a Deal,
    timeline: &Timeline,
    claims: &[ClaimCash],
    budget: &BudgetUses,
    principals: &[NodeId],
    conditions: &[ConditionGate],
    axis: &Axis,
    cells: &'a Cells,
    book: &mut Book,
) -> Given<'a> {
    let last = last_cash(claims, axis);
    let parties = parties(deal, timeline, principals, (&last, conditions), axis, cells, book);
    let mut spend: BTreeMap<usize, Vec<NodeId>> = BTreeMap::new();
    let all = budget.lines.iter().flat_map(|line| &line.months).chain(&budget.contingency_months);
    for (index, amount) in all {
        spend.entry(*index).or_default().push(*amount);
    }
    if budget.lines.is_empty() && book.value(budget.lines_total).absence().is_none() {
        spend.entry(0).or_default().push(budget.lines_total);
    }
    let mut costs: BTreeMap<usize, Vec<NodeId>> = BTreeMap::new();
    for cost in &budget.costs {
        if book.value(cost.amount).absence().is_none() {
            costs.entry(cost.month).or_default().push(cost.paid);
        }
    }
    for fee in claims.iter().flat_map(|claim| &claim.fees) {
        costs.entry(axis.index_of(fee.date)).or_default().push(fee.amount);
    }
    let plan = deal.recoupment.as_ref();
    let sources = plan.map_or(&[][..], |plan| plan.sources.as_slice());
    Given {
        deal,
        cells,
        orders: orders(deal, (0..axis.len()).map(|index| axis.month(index).first_day())),
        deferred: deferred(deal, budget, &parties, book),
        inflows: inflows(deal, timeline, claims, &parties, axis, cells, book),
        parties,
        spend,
        costs,
        delivery: timeline.final_delivery().map_or(axis.len() - 1, |day| axis.index_of(day)),
        collects: sources
            .iter()
            .flat_map(|source| source.receives.iter().chain([&source.id]))
            .cloned()
            .collect(),
        collects_all: sources.iter().any(|source| source.receives_others),
    }
}

fn parties(
    deal: &Deal,
    timeline: &Timeline,
    principals: &[NodeId],
    (last, conditions): (&[NodeId], &[ConditionGate]),
    axis: &Axis,
    cells: &Cells,
    book: &mut Book,
) -> Vec<Party> {
    let rivals = Rivals::of(deal, cells, book);
    let mut found = Vec::with_capacity(deal.instruments.len());
    for (place, instrument) in deal.instruments.iter().enumerate() {
        let principal = principals[place];
        let known = book.value(principal).absence().is_none();
        // Money of an unknown amount cannot be called; its finding stands already.
        let shut = nothing_for(instrument, (deal, timeline), cells, book);
        let comes = match &shut {
            _ if !known => Comes::Never,
            Some(_) => Comes::Shut,
            None => comes(instrument),
        };
        let fees = if comes == Comes::Never && !known || comes == Comes::Shut {
            Vec::new()
        } else {
            fees(instrument, principal, (deal, timeline), axis, cells, book)
        };
        let first = match comes {
            Comes::Paid => payments(instrument, timeline).into_iter().min(),
            Comes::Called | Comes::Shut | Comes::Never => callable_from(instrument, timeline),
        };
        let delays: Vec<NodeId> = conditions
            .iter()
            .filter(|gate| gate.delays && gate.instrument == instrument.id)
            .filter_map(|gate| gate.day)
            .collect();
        let terms = if known { interest(instrument, cells, book) } else { None };
        found.push(Party {
            id: instrument.id.clone(),
            place,
            comes,
            principal,
            callable: callable(
                instrument,
                deal,
                principal,
                (last, &delays, rivals.to(instrument)),
                cells,
                book,
            ),
            from: first.map_or(0, |day| axis.place_of(day)),
            promised: agreed_from(instrument, timeline).map_or(0, |day| axis.place_of(day)),
            shut,
            delays,
            fees,
            commitment: commitment_shares(instrument, cells, book),
            reserve: asked(instrument, principal, comes, terms.as_ref(), cells, book),
            interest: terms,
            secured: instrument.terms.is_debt() && !assigned(instrument).is_empty(),
        });
    }
    found
}

/// The claim payments with which the months end. Until then a loan on assigned money bears interest.
fn last_cash(claims: &[ClaimCash], axis: &Axis) -> Vec<NodeId> {
    let payments = claims.iter().flat_map(|claim| &claim.payments);
    payments.filter(|paid| axis.index_of(paid.date) + 1 == axis.len()).map(|paid| paid.amount).collect()
}

/// A principal with the days that decide when it may be called, and until when it bears interest.
fn callable(
    instrument: &Instrument,
    deal: &Deal,
    principal: NodeId,
    (last, delays, rivals): (&[NodeId], &[NodeId], &[NodeId]),
    cells: &Cells,
    book: &mut Book,
) -> NodeId {
    let callable = cells.placed(book, principal, quantities(call_grounds(instrument, deal)));
    let decided = [delays, rivals].concat();
    let callable = held_back(callable, &decided, book);
    if last.is_empty() || !instrument.terms.is_debt() || book.value(callable).absence().is_some() {
        return callable;
    }
    let inputs: Vec<NodeId> = std::iter::once(callable).chain(last.iter().copied()).collect();
    book.compute(Operation::Placed, &inputs)
}

/// An amount with what decided when it comes.
fn held_back(amount: NodeId, delays: &[NodeId], book: &mut Book) -> NodeId {
    if delays.is_empty() || book.value(amount).absence().is_some() {
        return amount;
    }
    let inputs: Vec<NodeId> = std::iter::once(amount).chain(delays.iter().copied()).collect();
    book.compute(Operation::Placed, &inputs)
}

/// A deferral of named lines takes its amount out of what these lines spend, in proportion.
fn deferred(
    deal: &Deal,
    budget: &BudgetUses,
    parties: &[Party],
    book: &mut Book,
) -> BTreeMap<usize, Vec<NodeId>> {
    let mut found: BTreeMap<usize, Vec<NodeId>> = BTreeMap::new();
    for party in parties {
        let lines = match &deal.instruments[party.place].terms {
            Terms::Deferral(terms) => &terms.lines,
            Terms::InKind(terms) => &terms.lines,
            _ => continue,
        };
        let spent: Vec<(usize, NodeId)> = budget
            .lines
            .iter()
            .filter(|line| lines.contains(&line.id))
            .flat_map(|line| line.months.iter().copied())
            .collect();
        if spent.is_empty() || book.value(party.principal).absence().is_some() {
            continue;
        }
        let inputs: Vec<NodeId> =
            std::iter::once(party.principal).chain(spent.iter().map(|part| part.1)).collect();
        for (part, (index, _)) in spent.iter().enumerate() {
            let part = u16::try_from(part).unwrap_or(u16::MAX);
            let amount = book.compute(Operation::Apportion { part }, &inputs);
            found.entry(*index).or_default().push(amount);
        }
    }
    found
}

/// Payments of contracts and claims on their days.
fn inflows(
    deal: &Deal,
    timeline: &Timeline,
    claims: &[ClaimCash],
    parties: &[Party],
    axis: &Axis,
    cells: &Cells,
    book: &mut Book,
) -> Vec<Inflow> {
    let mut found = Vec::new();
    for party in parties.iter().filter(|party| party.comes == Comes::Paid) {
        let instrument = &deal.instruments[party.place];
        let price = paid_price(instrument, party.principal, cells, book);
        for (day, amount) in contract_payments(instrument, price, (deal, timeline), cells, book) {
            let amount = held_back(amount, &party.delays, book);
            found.push(Inflow {
                index: axis.index_of(day),
                source: party.id.clone(),
                amount,
                over: Collateral::Instrument(party.id.clone()),
                is_credit: false,
                place: Some(party.place),
            });
        }
    }
    for claim in claims {
        for payment in claim.payments.iter().filter(|payment| book.value(payment.amount).absence().is_none())
        {
            found.push(Inflow {
                index: axis.index_of(payment.date),
                source: claim.claim.clone(),
                amount: payment.amount,
                over: Collateral::Claim(claim.claim.clone()),
                is_credit: true,
                place: None,
            });
        }
    }
    // A loan that comes on the day on which its collateral pays is owed first: the order of the list says nothing.
    let lent = |inflow: &Inflow| inflow.place.is_some_and(|place| deal.instruments[place].terms.is_debt());
    found.sort_by_key(|inflow| !lent(inflow));
    found
}

impl Given<'_> {
    /// The order in which money is called in a month.
    pub(crate) fn order(&self, index: usize) -> &[usize] {
        self.orders.get(index).or(self.orders.last()).map_or(&[], Vec::as_slice)
    }
}
