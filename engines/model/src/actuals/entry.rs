//! A line of a statement as money that came: in the deal's currency, on its day.

use recoup_calendar::{Date, Period};
use recoup_deal::Deal;
use recoup_deal::actuals::{DeductionKind, ReceivedStatement, StatementLine};
use recoup_deal::revenue::RevenueSource;
use recoup_explain::{Book, Cells, Leaf, NodeId, Operation, Quantity};
use recoup_money::{Currency, Money, Rounding};
use recoup_revenue::{Kept, KeptBy, QuarterReceipt};

/// What one line brought.
pub(crate) struct Entry<'d> {
    pub statement: &'d ReceivedStatement,
    pub date: Date,
    pub gross: NodeId,
    pub kept: Vec<KeptBy>,
    pub amount: NodeId,
    pub earned: Period,
}

impl Entry<'_> {
    pub(super) fn receipt(&self) -> QuarterReceipt {
        QuarterReceipt {
            quarter: self.date.quarter(),
            earned: self.earned,
            actual: true,
            date: self.date,
            gross: self.gross,
            kept: self.kept.clone(),
            to_account: self.amount,
        }
    }
}

/// Every line for a source, by the day its money counts; of one day in the order of their statements.
pub(super) fn entries<'d>(
    deal: &'d Deal,
    source: &RevenueSource,
    cells: &Cells,
    book: &mut Book,
) -> Vec<Entry<'d>> {
    let mut found = Vec::new();
    for statement in deal.actuals.counted() {
        let Ok(earned) = Period::new(statement.from.min(statement.to), statement.to) else { continue };
        let date = counts_on(statement, source);
        for line in statement.lines.iter().filter(|line| line.source == source.id) {
            let at = format!("actuals.statements[{}].lines[{}]", statement.id, line.id);
            let reading = Reading { deal, source, statement, line, at, date };
            found.push(reading.entry(earned, cells, book));
        }
    }
    found.sort_by_key(|entry| entry.date);
    found
}

/// The day its money counts as received: the typed one, else where the estimate would put it.
pub(crate) fn counts_on(statement: &ReceivedStatement, source: &RevenueSource) -> Date {
    let lag = source.reporting_lag_months.and_then(|months| i32::try_from(months).ok()).unwrap_or(0);
    let estimated = || {
        let month = statement.to.year_month().add_months(lag).unwrap_or(statement.to.year_month());
        month.quarter().last_month().last_day()
    };
    statement.received.unwrap_or_else(estimated)
}

/// A line while it is read.
struct Reading<'d, 'a> {
    deal: &'a Deal,
    source: &'a RevenueSource,
    statement: &'d ReceivedStatement,
    line: &'a StatementLine,
    at: String,
    date: Date,
}

impl<'d> Reading<'d, '_> {
    fn entry(self, earned: Period, cells: &Cells, book: &mut Book) -> Entry<'d> {
        let amount = self.amount("amount", self.line.amount, cells, book);
        let mut kept: Vec<KeptBy> = Vec::new();
        for deduction in &self.line.deductions {
            let path = format!("deductions[{}].amount", deduction.id);
            let (kind, party) = self.kept_by(deduction.kind);
            kept.push(KeptBy { kind, party, amount: self.amount(&path, deduction.amount, cells, book) });
        }
        let parts: Vec<NodeId> = kept.iter().map(|kept| kept.amount).chain([amount]).collect();
        let told = book.plus(&parts);
        let gross = match self.line.gross {
            Some(gross) => self.amount("gross", gross, cells, book),
            None => told,
        };
        let rest = book.compute(Operation::Difference, &[gross, told]);
        if book.value(rest).as_money().is_some_and(|rest| !rest.is_zero()) {
            kept.push(KeptBy { kind: Kept::NotItemised, party: None, amount: rest });
        }
        Entry { statement: self.statement, date: self.date, gross, kept, amount, earned }
    }

    /// An amount of the line, in the deal's currency and with the days that put it where it counts.
    fn amount(&self, word: &str, amount: Money, cells: &Cells, book: &mut Book) -> NodeId {
        let typed = cells.typed(book, format!("{}.{word}", self.at), Some(amount));
        let from = amount.currency();
        let to = cells.currency();
        let converted = match self.line.rate.filter(|_| from != to) {
            Some(rate) => {
                let rate = self.rate(from, rate, cells, book);
                book.compute(Operation::Convert { currency: to, rounding: Rounding::HalfUp }, &[typed, rate])
            }
            None => cells.exchange_on(book, typed, from, self.date),
        };
        cells.placed(book, converted, self.grounds())
    }

    /// The rate at which it was paid, with its day.
    fn rate(&self, from: Currency, rate: rust_decimal::Decimal, cells: &Cells, book: &mut Book) -> NodeId {
        let leaf = Leaf::DatedRate {
            name: format!("{}/{}", from.code(), cells.currency().code()).into(),
            date: self.date,
            path: format!("{}.rate", self.at).into(),
        };
        book.leaf(leaf, Quantity::Number(rate))
    }

    /// The days and lengths that decide when the money counts, and that it counts instead of an estimate.
    fn grounds(&self) -> Vec<(String, Quantity)> {
        let statement = self.statement;
        let at = format!("actuals.statements[{}]", statement.id);
        let mut found = vec![(format!("{at}.to"), Quantity::Date(statement.to))];
        match (statement.received, self.source.reporting_lag_months) {
            (Some(day), _) => found.push((format!("{at}.received"), Quantity::Date(day))),
            (None, Some(months)) => {
                let path = format!("revenue.sources[{}].reporting_lag_months", self.source.id);
                found.push((path, Quantity::Number(months.into())));
            }
            (None, None) => {}
        }
        found
    }

    /// What a deduction is in the plan's words, and who kept it: by the contracts of the source, else the sender.
    fn kept_by(&self, kind: DeductionKind) -> (Kept, Option<String>) {
        let deal = self.deal;
        let sender = self.statement.sender.clone();
        let distributor = || {
            let id = self.source.distribution.as_ref()?;
            let contract = deal.revenue.distribution.iter().find(|contract| contract.id == *id)?;
            contract.distributor.clone()
        };
        let agent = || {
            let id = self.source.sales_agency.as_ref()?;
            deal.revenue.sales_agencies.iter().find(|agency| agency.id == *id)?.agent.clone()
        };
        let by_distributor = |kind: Kept| (kind, distributor().or(sender.clone()));
        let by_agent = |kind: Kept| (kind, agent().or(sender.clone()));
        match kind {
            DeductionKind::Exhibitors => (Kept::Exhibitors, None),
            DeductionKind::Withholding => (Kept::Withholding, None),
            DeductionKind::DistributionFee => by_distributor(Kept::DistributionFee),
            DeductionKind::PAndA => by_distributor(Kept::PrintsAndAds),
            DeductionKind::DistributionExpenses => by_distributor(Kept::DistributionExpenses),
            DeductionKind::GuaranteeRecouped => by_distributor(Kept::Guarantee),
            DeductionKind::OverageKept => by_distributor(Kept::OverageKept),
            DeductionKind::SalesCommission => by_agent(Kept::Commission),
            DeductionKind::SalesExpenses => by_agent(Kept::SalesExpenses),
            DeductionKind::SalesAdvance => by_agent(Kept::SalesAdvance),
            DeductionKind::OtherShares => (Kept::OtherShares, None),
            DeductionKind::Other => (Kept::NotItemised, sender),
        }
    }
}
