//! Deals with statements made from what a deal expects.

use recoup_calendar::Date;
use recoup_deal::Deal;
use recoup_deal::actuals::{Deduction, DeductionKind, ReceivedStatement, StatementLine, StatementStanding};
use recoup_money::Money;
use recoup_revenue::{Kept, QuarterReceipt};

use super::outcome;

/// What is asked of the money that a statement reports.
pub(crate) type Change<'a> = &'a dyn Fn(&str, usize, Money) -> Money;

/// One statement for each of the first quarters of each source, exactly as expected but for a change of its amounts.
pub(crate) fn reported(deal: &Deal, first: usize, change: Change<'_>) -> Deal {
    let expected = outcome(deal);
    let mut deal = deal.clone();
    for source in &expected.receipts.sources {
        for (index, quarter) in source.quarters.iter().take(first).enumerate() {
            let at = |node| expected.book.value(node).as_money().unwrap();
            let amount = change(&source.source, index, at(quarter.to_account));
            let same = amount == at(quarter.to_account);
            let deductions = quarter.kept.iter().enumerate().map(|(place, kept)| Deduction {
                id: format!("d{place}"),
                kind: kind(kept.kind),
                amount: at(kept.amount),
            });
            let line = StatementLine {
                id: "line".to_owned(),
                source: source.source.clone(),
                gross: same.then(|| at(quarter.gross)),
                deductions: deductions.collect(),
                amount,
                rate: None,
                units: None,
                note: None,
            };
            let id = format!("{}-{index}", source.source);
            deal.actuals.statements.push(statement(&id, quarter, Some(quarter.date), line));
        }
    }
    deal
}

pub(crate) fn statement(
    id: &str,
    quarter: &QuarterReceipt,
    received: Option<Date>,
    line: StatementLine,
) -> ReceivedStatement {
    ReceivedStatement {
        id: id.to_owned(),
        from: quarter.earned.start,
        to: quarter.earned.end,
        reported: None,
        received,
        sender: None,
        standing: StatementStanding::Accepted,
        document: None,
        note: None,
        lines: vec![line],
        expenses: Vec::new(),
    }
}

fn kind(kept: Kept) -> DeductionKind {
    match kept {
        Kept::Exhibitors => DeductionKind::Exhibitors,
        Kept::Withholding => DeductionKind::Withholding,
        Kept::DistributionFee => DeductionKind::DistributionFee,
        Kept::PrintsAndAds => DeductionKind::PAndA,
        Kept::DistributionExpenses => DeductionKind::DistributionExpenses,
        Kept::Guarantee => DeductionKind::GuaranteeRecouped,
        Kept::OverageKept => DeductionKind::OverageKept,
        Kept::Commission => DeductionKind::SalesCommission,
        Kept::SalesExpenses => DeductionKind::SalesExpenses,
        Kept::SalesAdvance => DeductionKind::SalesAdvance,
        Kept::OtherShares => DeductionKind::OtherShares,
        Kept::NotItemised => DeductionKind::Other,
    }
}
