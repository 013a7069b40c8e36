//! The ways in which a credit may become cash, compared: what is in hand, what it costs, when, and what that is
//! worth on one day.
//!
//! Every way is settled as if it were the chosen one, down to its dated cash, so that the one that is chosen
//! shows exactly what the deal counts with. The value is taken on the first day of production.

mod flows;
mod loan;
mod remarks;
mod terms;

use std::collections::BTreeMap;

use recoup_deal::{Deal, IncentiveClaim, Monetisation, Timeline};
use recoup_explain::{Book, NodeId, Operation};
use rust_decimal::Decimal;

use crate::assess::{Assessment, ClaimAssessment, Standing};
use crate::claim::{CashEvent, Paid, Settlement, law, lent_on, paid_by, quantities};
use crate::mapping::Mapper;
use crate::policy::{CashStart, Closed, Policy, WayKind};
use crate::record::{Recorded, line_address};

pub use terms::UsualLoan;

/// The ways of one claim, side by side.
#[derive(Clone, Debug)]
pub struct ClaimWays {
    /// Id of the claim.
    pub claim: String,
    /// The way that the deal counts with.
    pub chosen: WayKind,
    /// `incentives.<key>.ways.day`: the day on which present values are taken; none where the schedule does not
    /// tell.
    pub day: Option<NodeId>,
    /// `…ways.rate`: the annual rate at which they are taken.
    pub rate: NodeId,
    /// `…ways.probability`: how likely it is that the credit is paid.
    pub probability: NodeId,
    /// The way out of whose payments a lender is repaid.
    pub lent_on: WayKind,
    /// Every way, open or not.
    pub ways: Vec<WayAssessment>,
    /// The open way that leaves most cash.
    pub best_by_cash: Option<WayKind>,
    /// The open way that is worth most on the day of value.
    pub best_by_value: Option<WayKind>,
}

impl ClaimWays {
    /// Why the chosen way is not open; none where it is.
    #[must_use]
    pub fn chosen_closed(&self) -> Option<Closed> {
        self.ways.iter().find(|way| way.kind == self.chosen).and_then(|way| way.closed)
    }
}

/// One way of one claim.
#[derive(Clone, Debug)]
pub struct WayAssessment {
    /// Which.
    pub kind: WayKind,
    /// Why it is not open; none where it is.
    pub closed: Option<Closed>,
    /// Its figures; none where it is not open.
    pub figures: Option<WayFigures>,
}

/// What a way comes to.
#[derive(Clone, Debug)]
pub struct WayFigures {
    /// `…cash`: everything the production has in the end, after fees, interest and tax.
    pub cash: NodeId,
    /// `…cost`: what of the credit passed on does not become cash.
    pub cost: NodeId,
    /// `…annual_cost`: what having the money sooner costs a year, against waiting for the state; none where there
    /// is nothing to wait for.
    pub annual_cost: Option<NodeId>,
    /// `…npv`: its dated cash on the day of value.
    pub npv: Option<NodeId>,
    /// `…npv_expected`: the same where the credit is paid only with its probability; a lender is repaid anyway.
    pub npv_expected: Option<NodeId>,
    /// `…date`: the first day on which the production has money.
    pub date: Option<NodeId>,
    /// `…settled`: the last day on which any moves.
    pub settled: Option<NodeId>,
    /// Dated cash in order of time; adds up to `cash`.
    pub events: Vec<WayEvent>,
    /// `…price`: the price of a unit of credit, where it is sold.
    pub price: Option<NodeId>,
    /// `…floor`: the least price the law allows.
    pub floor: Option<NodeId>,
    /// The loan, where it is lent against.
    pub loan: Option<LoanFigures>,
}

/// What moves on a day of a way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flow {
    /// A payment, a sale or a set-off, less what repays a lender.
    Payment,
    /// A lender's advance, less what he holds back of it.
    Advance,
    /// Interest that is paid as it runs.
    Interest,
}

/// A dated amount of a way.
#[derive(Clone, Debug)]
pub struct WayEvent {
    /// What moves.
    pub kind: Flow,
    /// The amount and its day; the label is that of the payment.
    pub cash: CashEvent,
}

impl WayEvent {
    fn paid(cash: CashEvent) -> Self {
        Self { kind: Flow::Payment, cash }
    }
}

/// The loan of a way.
#[derive(Clone, Debug)]
pub struct LoanFigures {
    /// The instrument of the deal, by its id; none where usual terms are taken.
    pub instrument: Option<String>,
    /// `…principal`: what is lent.
    pub principal: NodeId,
    /// `…interest`: what it earns until it is repaid.
    pub interest: NodeId,
    /// `…loan_fees`: what the lender takes beside it.
    pub fees: NodeId,
    /// `…drawn`: the day on which it is lent.
    pub drawn: NodeId,
}

/// Compares the ways of every claim that counts, and says what is wrong with the one that is chosen. What a loan
/// usually costs, for claims that have none, is given by `usual`.
pub fn monetise(deal: &Deal, assessment: &mut Assessment, usual: &UsualLoan, book: &mut Book) {
    let comparison = Comparison { deal, mapper: Mapper::new(deal), timeline: Timeline::of(deal), usual };
    let mut found = Vec::new();
    for assessed in assessment.claims.iter().filter(|claim| claim.standing == Standing::Claimed) {
        let typed = deal.incentives.iter().find(|claim| claim.id == assessed.claim);
        let (Some(claim), Some(policy)) = (typed, assessed.policy.as_deref()) else { continue };
        let ways = comparison.of(claim, policy, assessed, book);
        assessment.findings.extend(remarks::of(claim, policy, assessed, &ways, book));
        found.push(ways);
    }
    assessment.ways = found;
}

struct Comparison<'a> {
    deal: &'a Deal,
    mapper: Mapper<'a>,
    timeline: Timeline,
    usual: &'a UsualLoan,
}

/// The ways of one claim that are settled, each once: several rest on being paid out.
#[derive(Default)]
struct Courses(BTreeMap<WayKind, Course>);

/// A way that is settled.
#[derive(Clone)]
struct Course {
    paid: Paid,
    price: Option<NodeId>,
}

impl Comparison<'_> {
    fn of(
        &self,
        claim: &IncentiveClaim,
        policy: &Policy,
        assessed: &ClaimAssessment,
        book: &mut Book,
    ) -> ClaimWays {
        let form = assessed.shared.as_ref().map_or(&assessed.key, |shared| &shared.key);
        let lines = recorded(policy, form, book);
        let chosen = chosen(claim, policy);
        let at = format!("incentives.{}.ways", assessed.key);
        let rate = self.rate(book);
        let rate = book.figure(format!("{at}.rate"), Operation::Carry, &[rate]);
        let probability = self.probability(claim, book);
        let probability = book.figure(format!("{at}.probability"), Operation::Carry, &[probability]);
        let mut settlement = Settlement {
            mapper: &self.mapper,
            timeline: &self.timeline,
            book,
            claim,
            policy,
            key: &assessed.key,
            lines: &lines,
            shared: assessed.shared.as_ref(),
        };
        let valued_on = settlement.event(CashStart::StartOfProduction);
        let grounds = settlement.event_grounds(CashStart::StartOfProduction);
        let day = valued_on.map(|day| {
            let day = settlement.book.day(day);
            let day = self.mapper.cells.placed(settlement.book, day, quantities(&grounds));
            settlement.book.name(day, format!("{at}.day"))
        });
        let mut courses = Courses::default();
        let mut ways = Vec::new();
        for kind in WayKind::ALL {
            let closed = closed(policy, kind, &lines, settlement.book);
            let figures = if closed.is_some() && kind != chosen {
                None
            } else {
                self.figures(kind, assessed, &mut courses, &mut settlement).map(|made| {
                    let value = flows::Value { rate, probability, on: valued_on, grounds: &grounds };
                    made.valued(&value, &self.mapper.cells, settlement.book)
                })
            };
            ways.push(WayAssessment { kind, closed, figures });
        }
        let best = |of: fn(&WayFigures) -> Option<NodeId>| best(&ways, settlement.book, of);
        let (best_by_cash, best_by_value) = (best(|figures| Some(figures.cash)), best(|figures| figures.npv));
        ClaimWays {
            claim: claim.id.clone(),
            chosen,
            day,
            rate,
            probability,
            lent_on: lent_on(policy),
            ways,
            best_by_cash,
            best_by_value,
        }
    }

    /// The rate at which the deal takes present values, as for the returns of its parties.
    fn rate(&self, book: &mut Book) -> NodeId {
        let path = "market.npv_rate";
        match self.deal.market.npv_rate {
            Some(rate) => self.mapper.cells.number(book, path.to_owned(), Some(rate)),
            None => {
                let source = "no rate typed: between what loans cost and what equity asks for";
                book.assumption(path, Decimal::new(12, 2), source)
            }
        }
    }

    fn probability(&self, claim: &IncentiveClaim, book: &mut Book) -> NodeId {
        let path = format!("incentives[{}].probability", claim.id);
        match claim.probability {
            Some(chance) => self.mapper.cells.number(book, path, Some(chance)),
            None => book.assumption(path, Decimal::ONE, "no probability is typed: taken as paid"),
        }
    }

    fn figures(
        &self,
        kind: WayKind,
        assessed: &ClaimAssessment,
        courses: &mut Courses,
        settlement: &mut Settlement<'_, '_>,
    ) -> Option<flows::Made> {
        let credit = assessed.credit_in_deal?;
        let at = address(assessed, kind);
        if kind == WayKind::Loan {
            return self.lent(assessed, at, courses, settlement);
        }
        let Course { paid, price } = courses.settled(kind, assessed, settlement)?;
        let waits = kind != WayKind::Direct && settlement.policy.closed(WayKind::Direct).is_none();
        let direct = waits.then(|| courses.settled(WayKind::Direct, assessed, settlement)).flatten();
        Some(flows::Made {
            at,
            credit,
            cash: paid.net,
            at_risk: paid.cash.clone(),
            certain: Vec::new(),
            events: paid.cash.into_iter().map(WayEvent::paid).collect(),
            instead: direct.map(|direct| direct.paid.cash),
            price,
            floor: (kind == WayKind::Transfer).then(|| floor(settlement)).flatten(),
            loan: None,
        })
    }

    fn lent(
        &self,
        assessed: &ClaimAssessment,
        at: String,
        courses: &mut Courses,
        settlement: &mut Settlement<'_, '_>,
    ) -> Option<flows::Made> {
        let credit = assessed.credit_in_deal?;
        let under = lent_on(settlement.policy);
        let Course { paid, price } = courses.settled(under, assessed, settlement)?;
        let terms = self.terms(settlement, under, paid.received);
        let lent = loan::lend(&terms, &paid, &at, &self.mapper.cells, settlement.book)?;
        Some(flows::Made {
            at,
            credit,
            cash: lent.cash,
            at_risk: paid.cash,
            certain: lent.legs,
            events: lent.events,
            instead: None,
            price,
            floor: (under == WayKind::Transfer).then(|| floor(settlement)).flatten(),
            loan: Some(lent.figures),
        })
    }
}

impl Courses {
    /// The payments of a way: those that the deal counts with where it waits for this one.
    fn settled(
        &mut self,
        kind: WayKind,
        assessed: &ClaimAssessment,
        settlement: &mut Settlement<'_, '_>,
    ) -> Option<Course> {
        if let Some(known) = self.0.get(&kind) {
            return Some(known.clone());
        }
        let at = address(assessed, kind);
        let price = (kind == WayKind::Transfer).then(|| settlement.price());
        let counted = || Some((assessed.received?, assessed.fees?, assessed.tax?, assessed.net?));
        let paid = match counted().filter(|_| paid_by(settlement.claim, settlement.policy) == kind) {
            Some((received, fees, tax, net)) => {
                let net = settlement.book.name(net, format!("{at}.cash"));
                Paid { received, fees, tax, net, cash: assessed.cash.clone() }
            }
            None => settlement.paid(kind, assessed.credit_in_deal?, &at, "cash"),
        };
        let course = Course { paid, price };
        self.0.insert(kind, course.clone());
        Some(course)
    }
}

fn address(assessed: &ClaimAssessment, kind: WayKind) -> String {
    format!("incentives.{}.ways.{}", assessed.key, kind.word())
}

/// The least price the law allows.
fn floor(settlement: &mut Settlement<'_, '_>) -> Option<NodeId> {
    let way = settlement.policy.way(WayKind::Transfer)?;
    let (clause, value) = law(settlement.policy, way.floor.as_deref()?)?;
    Some(settlement.book.clause(clause, value))
}

/// The way that is chosen. An offset that is the same as being paid is being paid.
fn chosen(claim: &IncentiveClaim, policy: &Policy) -> WayKind {
    match &claim.monetisation {
        Some(Monetisation::Loan(_)) => WayKind::Loan,
        _ => paid_by(claim, policy),
    }
}

/// What the policy's lines came to, as the claim recorded them: amounts are told as money and computed as numbers.
fn recorded(policy: &Policy, key: &str, book: &mut Book) -> BTreeMap<String, Recorded> {
    let mut lines = BTreeMap::new();
    for line in &policy.lines {
        let Some(node) = book.find(&line_address(key, &line.id)) else { continue };
        let is_money = book.value(node).as_money().is_some();
        let node = if is_money { book.compute(Operation::ToNumber, &[node]) } else { node };
        lines.insert(line.id.clone(), Recorded::Node(node));
    }
    lines
}

/// Why a way is not open: by law, or because what the law asks for is answered no.
fn closed(policy: &Policy, kind: WayKind, lines: &BTreeMap<String, Recorded>, book: &Book) -> Option<Closed> {
    let by_law = policy.closed(kind);
    let asked = policy.way(kind).and_then(|way| way.only_if.as_deref());
    let answer = asked.and_then(|line| match lines.get(line) {
        Some(Recorded::Node(node)) => book.value(*node).as_flag(),
        _ => None,
    });
    by_law.or((answer == Some(false)).then_some(Closed::ConditionFails))
}

/// The open way with the greatest figure; the first of equals.
fn best(ways: &[WayAssessment], book: &Book, of: fn(&WayFigures) -> Option<NodeId>) -> Option<WayKind> {
    let amount = |way: &WayAssessment| {
        let node = way.figures.as_ref().filter(|_| way.closed.is_none()).and_then(of)?;
        book.value(node).as_money().map(|money| money.minor())
    };
    let amounts = ways.iter().filter_map(|way| Some((way.kind, amount(way)?)));
    let best = amounts.reduce(|best, next| if next.1 > best.1 { next } else { best });
    best.map(|(kind, _)| kind)
}

#[cfg(test)]
mod tests;
