//! Capital of a deal, from budget to closing.

use recoup_calendar::Date;
use recoup_deal::{Deal, Finding, Severity, Timeline, local_currency};
use recoup_explain::{Book, Cells, NodeId, Operation};

use crate::amounts::amounts;
use crate::axis::Axis;
use crate::budget::{BudgetUses, days, uses};
use crate::cash::{Passed, pass};
use crate::close::{self, Closing};
use crate::conditions::{ConditionGate, conditions};
use crate::contract::payments;
use crate::coverage::{self, CoverTest};
use crate::exposure::{self, Exposure};
use crate::findings::{exposed, found};
use crate::flow::{CashFlow, CollectionPayment, InstrumentRun};
use crate::given::given;
use crate::plan::{Comes, comes};
use crate::reserve;
use crate::solve::solve;
use crate::solved;
use crate::sums::{limited, peaks, shortfalls, totals, unsure};
use crate::years::{self, by_year};

/// Cash of one incentive claim, as the incentive engine dates it.
#[derive(Debug, Clone, PartialEq)]
pub struct ClaimCash {
    /// Id of the claim in the deal.
    pub claim: String,
    /// Id of the program.
    pub program: String,
    /// The credit that lenders advance against, in the deal's currency.
    pub credit: NodeId,
    /// Its payments.
    pub payments: Vec<ClaimPayment>,
    /// Fees of the claim, dated.
    pub fees: Vec<ClaimPayment>,
}

/// One payment of a claim.
#[derive(Debug, Clone, PartialEq)]
pub struct ClaimPayment {
    /// When.
    pub date: Date,
    /// How much, in the deal's currency.
    pub amount: NodeId,
    /// Whether it comes by the final delivery.
    pub by_delivery: bool,
}

/// Everything capital says about a deal.
#[derive(Debug, Clone)]
pub struct Capital {
    /// The months.
    pub axis: Axis,
    /// The budget as uses.
    pub budget: BudgetUses,
    /// The closing table.
    pub closing: Closing,
    /// The production account by month.
    pub cash_flow: CashFlow,
    /// Every instrument, in the deal's order.
    pub instruments: Vec<InstrumentRun>,
    /// What goes on to the collection account.
    pub to_collection: Vec<CollectionPayment>,
    /// The lenders' tests.
    pub tests: Vec<CoverTest>,
    /// What is at stake in every currency but the deal's, by its code.
    pub exposure: Vec<Exposure>,
    /// The conditions precedent of every instrument, in the deal's order.
    pub conditions: Vec<ConditionGate>,
    /// What is missing or does not hold.
    pub findings: Vec<Finding>,
}

/// Computes capital; `None` with a finding when the schedule has no start.
pub fn finance(
    deal: &Deal,
    timeline: &Timeline,
    claims: &[ClaimCash],
    cells: &Cells,
    book: &mut Book,
) -> Result<Capital, Box<Finding>> {
    let Some(start) = timeline.start() else {
        return Err(Box::new(Finding::new(Severity::Blocker, "SCHEDULE_WITHOUT_START", "schedule.start")));
    };
    let told = claims;
    let claims = &on_their_days(deal, claims, cells, book);
    let mut axis = axis(deal, timeline, start, claims);
    let mut budget = uses(deal, timeline, &axis, cells, book);
    let mut findings = std::mem::take(&mut budget.findings);
    let amounts = amounts(deal, timeline, claims, &budget, cells, book);
    findings.extend(amounts.findings.iter().cloned());
    let conditions = conditions(deal, timeline, cells, book);
    let given = given(deal, timeline, claims, &budget, &amounts.principal, &conditions, &axis, cells, book);
    let passed = pass(&given, &mut axis, book);
    let comes: Vec<Comes> = deal.instruments.iter().map(comes).collect();
    let table = close::Inputs { deal, timeline, budget: &budget, claims, runs: &passed.runs, comes: &comes };
    let mut closing = close::close(&table, cells, book);
    if let Some(sought) = &amounts.sought {
        closing.solution = solve(book, sought.amount, closing.difference, sought.most);
        solved::name(closing.solution.as_ref(), deal.currency, book);
        findings.extend(limited(deal, sought, &closing, book));
        findings.extend(unsure(deal, sought, &closing, book));
    }
    let interest: Vec<_> = given.parties.iter().map(|party| party.interest.clone()).collect();
    let looked_at = coverage::Inputs {
        deal,
        timeline,
        cells,
        budget: &budget,
        claims,
        passed: &passed,
        interest: &interest,
        delivery: given.delivery,
    };
    let (tests, failed) = coverage::tests(&looked_at, &mut axis, book);
    findings.extend(failed);
    findings.extend(found(&looked_at, &closing, &axis, book));
    let lines = years::Inputs { passed: &passed, given: &given, budget: &budget, claims, axis: &axis };
    rows(&lines, cells, book);
    findings.extend(shortfalls(&passed, &closing, book));
    let stakes = exposure::Inputs {
        deal,
        timeline,
        budget: &budget,
        claims: told,
        runs: &passed.runs,
        axis: &axis,
        cells,
    };
    let exposure = exposure::exposure(&stakes, book);
    findings.extend(exposed(deal, &exposure, book));
    let Passed { months, runs, collection, .. } = passed;
    Ok(Capital {
        axis,
        budget,
        closing,
        cash_flow: CashFlow { months },
        instruments: runs,
        to_collection: collection,
        tests,
        exposure,
        conditions,
        findings,
    })
}

/// Totals, years and rows of what the months brought, and their peaks.
fn rows(lines: &years::Inputs<'_>, cells: &Cells, book: &mut Book) {
    totals(lines.passed, cells, book);
    by_year(lines.passed, book);
    years::by_line(lines, book);
    reserve::totals(lines.passed, book);
    peaks(lines.passed, lines.axis, cells, book);
}

fn axis(deal: &Deal, timeline: &Timeline, start: Date, claims: &[ClaimCash]) -> Axis {
    let contracts = deal.instruments.iter().filter(|instrument| comes(instrument) == Comes::Paid);
    let contracts = contracts.flat_map(|instrument| payments(instrument, timeline));
    let cash =
        claims.iter().flat_map(|claim| claim.payments.iter().chain(&claim.fees)).map(|payment| payment.date);
    let budget = days(deal, timeline);
    Axis::spanning(start, budget.into_iter().chain(timeline.close()).chain(contracts).chain(cash))
}

/// Claims in a currency whose rate differs from day to day, each payment at the rate of its own: what is given is worth
/// the deal's rate. What lenders advance against stays as they see it today.
fn on_their_days(deal: &Deal, claims: &[ClaimCash], cells: &Cells, book: &mut Book) -> Vec<ClaimCash> {
    let mut dated = claims.to_vec();
    for claim in &mut dated {
        let typed = deal.incentives.iter().find(|one| one.id == claim.claim);
        let currency = typed.and_then(|typed| local_currency(typed.jurisdiction.as_deref()?));
        let Some(currency) = currency.filter(|one| *one != deal.currency && cells.is_dated(*one)) else {
            continue;
        };
        let own = cells.rate(book, currency, deal.currency);
        for payment in claim.payments.iter_mut().chain(&mut claim.fees) {
            let then = cells.rate_paid(book, currency, deal.currency, payment.date);
            let change = book.compute(Operation::Quotient, &[then, own]);
            payment.amount = book.scaled(payment.amount, &[change]);
        }
    }
    dated
}
