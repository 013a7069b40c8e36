//! One run over a deal: the table of contents of the whole computation.

use recoup_capital::{Capital, ClaimCash, ClaimPayment, finance};
use recoup_deal::{Deal, Finding, FindingValue, Milestone, Phrase, Severity, Timeline, check};
use recoup_explain::{Book, Cells};
use recoup_incentives::{Assessment, Catalog, Standing, UsualLoan, assess, catalog_of, cells_of, monetise};
use recoup_revenue::{Receipts, receipts};
use recoup_waterfall::{Breakeven, PartyFigures, Recoupment};

use crate::absent::without;
use crate::actuals::{Actuals, replace};
use crate::beside::beside;
use crate::feed::{Feed, payees, placed};
use crate::repay::Repaying;
use crate::returns::{PartyReturns, returns};
use crate::stage::Stage;

/// Everything that follows from a deal.
#[derive(Debug, Clone)]
pub struct Outcome {
    /// Every figure, with its explanation.
    pub book: Book,
    /// What stands in the way, what is asked, what is worth knowing; each once.
    pub findings: Vec<Finding>,
    /// When things happen.
    pub timeline: Timeline,
    /// Incentives.
    pub incentives: Assessment,
    /// Closing table, cash flow, instruments, lenders' tests; none while the schedule has no start.
    pub capital: Option<Capital>,
    /// What the film earns and what reaches the collection account.
    pub receipts: Receipts,
    /// How far statements that came in replace estimates; none without any.
    pub actuals: Option<Actuals>,
    /// Statements and postings; none without a plan that runs.
    pub recoupment: Option<Recoupment>,
    /// What the plan was run on; none without a plan that runs.
    pub feed: Option<Feed>,
    /// Figures of every party that the plan pays.
    pub parties: Vec<PartyFigures>,
    /// Receipts and worldwide gross at which each claim is paid out.
    pub ladder: Vec<Breakeven>,
    /// Returns of every party.
    pub returns: Vec<PartyReturns>,
}

/// Nodes of a film of the usual size, so that the book does not have to be moved while it grows.
pub(crate) const USUAL_NODES: usize = 12_000;

/// Computes a deal.
pub fn run(deal: &Deal, catalog: &Catalog) -> Outcome {
    run_in_stages(deal, catalog, &mut |_| {})
}

/// As [`run`], and calls `after` at the end of every stage.
pub fn run_in_stages(deal: &Deal, catalog: &Catalog, after: &mut dyn FnMut(Stage)) -> Outcome {
    let mut book = Book::with_capacity(USUAL_NODES);
    let cells = cells_of(deal);
    let timeline = Timeline::of(deal);
    let (mut findings, (incentives, claims, said)) = beside(
        || check(deal),
        || {
            let mut incentives = assess(deal, catalog, &mut book);
            monetise(deal, &mut incentives, &UsualLoan::market(), &mut book);
            let mut said = incentives.findings.clone();
            let claims = claims(deal, &incentives, &timeline, &cells, &mut said, &mut book);
            after(Stage::Incentives);
            (incentives, claims, said)
        },
    );
    findings.extend(said);
    after(Stage::Document);
    let capital = match finance(deal, &timeline, &claims, &cells, &mut book) {
        Ok(capital) => {
            findings.extend(capital.findings.iter().cloned());
            Some(capital)
        }
        Err(finding) => {
            findings.push(*finding);
            None
        }
    };
    after(Stage::Capital);
    let estimated = receipts(deal, &timeline, &cells, &mut book);
    let (receipts, actuals) = replace(deal, estimated, &cells, &mut book);
    findings.extend(receipts.findings.iter().cloned());
    after(Stage::Receipts);
    let repaying =
        Repaying { deal, timeline: &timeline, receipts: &receipts, capital: capital.as_ref(), cells: &cells };
    let repaid = repaying.run(&mut findings, &mut book, after);
    let returns = returns(deal, &timeline, capital.as_ref(), &receipts, &repaid.parties, &cells, &mut book);
    ensure(deal, &mut book);
    let mut seen = std::collections::HashSet::new();
    findings.retain(|finding| seen.insert((finding.code.clone(), finding.path.clone())));
    name_programs(&mut findings, &catalog_of(deal, catalog).0);
    findings.sort_by_key(|finding| finding.severity);
    after(Stage::Returns);
    Outcome {
        book,
        findings,
        timeline,
        incentives,
        capital,
        receipts,
        actuals,
        recoupment: repaid.recoupment,
        feed: repaid.feed,
        parties: repaid.parties,
        ladder: repaid.ladder,
        returns,
    }
}

/// The document knows a program by its id; people know it by its name.
fn name_programs(findings: &mut [Finding], catalog: &Catalog) {
    for finding in findings {
        if let Some(FindingValue::Name(program)) = finding.values.get_mut("program")
            && let Some(policy) = catalog.versions(program).last()
        {
            program.clone_from(&policy.short_name);
        }
    }
}

/// The cash of claims that count. A payment that cannot be dated is left out and said so.
///
/// A lender advances against what will really be paid: a credit that is paid out net of tax is worth its
/// net amount as collateral.
pub(crate) fn claims(
    deal: &Deal,
    assessment: &Assessment,
    timeline: &Timeline,
    cells: &Cells,
    findings: &mut Vec<Finding>,
    book: &mut Book,
) -> Vec<ClaimCash> {
    let delivery = timeline.final_delivery();
    let mut found = Vec::new();
    for claim in assessment.claims.iter().filter(|claim| claim.standing == Standing::Claimed) {
        let Some(gross) = claim.credit_in_deal else { continue };
        let received = book.find(&format!("incentives.{}.received", claim.key));
        let credit = received.unwrap_or(gross);
        let mut payments = Vec::new();
        let typed = deal.incentives.iter().find(|typed| typed.id == claim.claim);
        let paid_share = typed
            .and_then(|typed| typed.paid_share)
            .map(|share| cells.number(book, format!("incentives[{}].paid_share", claim.claim), Some(share)));
        for event in &claim.cash {
            let paid = paid_share.map_or(event.node, |share| book.scaled(event.node, &[share]));
            match event.date {
                Some(date) => payments.push(ClaimPayment {
                    date,
                    amount: placed(deal, &Milestone::FinalDelivery, paid, cells, book),
                    by_delivery: delivery.is_some_and(|delivery| date <= delivery),
                }),
                None => findings.push(
                    Finding::new(
                        Severity::Question,
                        "INCENTIVE_CASH_UNDATED",
                        format!("incentives[{}].cash", claim.claim),
                    )
                    .with("program", &claim.program)
                    .with("payment", Phrase::new(event.label.as_str())),
                ),
            }
        }
        let (claim, program) = (claim.claim.clone(), claim.program.clone());
        found.push(ClaimCash { claim, program, credit, payments, fees: Vec::new() });
    }
    found
}

/// Every address that readers rely on exists, if only with its reason.
fn ensure(deal: &Deal, book: &mut Book) {
    for address in ["closing.uses_cash", "closing.sources_cash", "closing.difference"] {
        without(book, address, "schedule.start", "the schedule has no start");
    }
    for address in ["capital.peak_funding", "capital.peak_month", "capital.peak_debt"] {
        without(book, address, "schedule.start", "the schedule has no start");
    }
    let paid = deal.recoupment.as_ref().map(payees).unwrap_or_default();
    let providers = deal.instruments.iter().filter_map(|instrument| instrument.provider.clone());
    for party in paid.iter().cloned().chain(providers) {
        for word in ["entitlement", "paid", "outstanding"] {
            let address = format!("recoupment.{party}.{word}");
            without(book, &address, "recoupment", "no recoupment plan pays this party");
        }
        for word in ["breakeven_receipts", "breakeven_gross"] {
            let address = format!("recoupment.{party}.{word}");
            let reason = "this party has no claim with a limit that receipts pay out";
            without(book, &address, "recoupment", reason);
        }
        for word in ["irr", "npv", "multiple", "payback_months"] {
            let address = format!("returns.{party}.{word}");
            without(
                book,
                &address,
                "instruments",
                "this party puts no money at risk and is not paid by the plan",
            );
        }
    }
}
