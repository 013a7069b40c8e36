//! From receipts and drawings to what the recoupment plan runs on.

use std::collections::BTreeMap;

use crate::actuals::declared;
use recoup_calendar::{Date, Frequency, Period, StatementSchedule, StatementStage};
use recoup_capital::{Capital, InstrumentRun};
use recoup_deal::recoupment::{Compounding, InterestTerms, PaymentOrder, Ratio, RecoupmentPlan, Takes, Tier};
use recoup_deal::{Deal, Milestone, Timeline};
use recoup_explain::{Book, Cells, NodeId, Operation, Quantity};
use recoup_money::{Currency, Money};
use recoup_revenue::Receipts;
use recoup_waterfall::{DeclaredExpense, Drawing, InputNodes, Receipt, RunInputs};

/// What a plan runs on: amounts, and the nodes they come from.
#[derive(Debug, Clone)]
pub struct Feed {
    /// What happens to the plan.
    pub inputs: RunInputs,
    /// The nodes of its amounts.
    pub nodes: InputNodes,
    /// The statement periods.
    pub schedule: Vec<Period>,
    /// Whether drawings stand in it that come to nothing as the deal is typed.
    idle: bool,
}

/// Gathers receipts and drawings. What is absent is left out; its finding stands already.
pub(crate) fn feed(
    deal: &Deal,
    timeline: &Timeline,
    plan: &RecoupmentPlan,
    receipts: &Receipts,
    capital: Option<&Capital>,
    cells: &Cells,
    book: &mut Book,
) -> Feed {
    Feed::empty(deal.currency, false).gathered((deal, timeline, plan), receipts, capital, cells, book)
}

/// As [`feed`], with the drawings that come to nothing: another number in the deal may make something of them.
pub(crate) fn feed_with_idle(
    (deal, timeline, plan): (&Deal, &Timeline, &RecoupmentPlan),
    receipts: &Receipts,
    capital: Option<&Capital>,
    cells: &Cells,
    book: &mut Book,
) -> Feed {
    Feed::empty(deal.currency, true).gathered((deal, timeline, plan), receipts, capital, cells, book)
}

impl Feed {
    fn empty(currency: Currency, idle: bool) -> Self {
        Self { inputs: RunInputs::new(currency), nodes: InputNodes::default(), schedule: Vec::new(), idle }
    }

    fn gathered(
        mut self,
        (deal, timeline, plan): (&Deal, &Timeline, &RecoupmentPlan),
        receipts: &Receipts,
        capital: Option<&Capital>,
        cells: &Cells,
        book: &mut Book,
    ) -> Feed {
        let feed = &mut self;
        let mut received: Vec<(Date, String, NodeId)> = receipts
            .sources
            .iter()
            .flat_map(|source| {
                source.quarters.iter().map(|part| (part.date, source.source.clone(), part.to_account))
            })
            .collect();
        if let Some(capital) = capital {
            received.extend(
                capital.to_collection.iter().map(|part| (part.date, part.source.clone(), part.amount)),
            );
        }
        received.sort_by_key(|(date, _, _)| *date);
        for (index, (date, source, node)) in received.into_iter().enumerate() {
            let Some(amount) = book.value(node).as_money() else {
                continue;
            };
            let id = format!("{source}-{}-{}", date.year_month(), index + 1);
            feed.inputs.receipts.push(Receipt {
                id,
                date,
                source,
                amount,
                territories: Vec::new(),
                media: Vec::new(),
                contract: None,
            });
            feed.nodes.receipts.push(node);
        }
        if let Some(capital) = capital {
            for run in &capital.instruments {
                feed.draw(run, (deal, timeline), capital, cells, book);
            }
        }
        for expense in declared(deal, plan, cells, book) {
            let Some(amount) = book.value(expense.amount).as_money() else { continue };
            let (date, kind, counts_to_cap) = (expense.date, expense.kind, expense.counts_to_cap);
            feed.inputs.expenses.push(DeclaredExpense { date, kind, amount, counts_to_cap });
            feed.nodes.expenses.push(expense.amount);
        }
        feed.schedule = schedule(deal, timeline, plan, &feed.inputs);
        feed.place((deal, plan), cells, book);
        self
    }
}

impl Feed {
    /// Statement periods count from the first receipt, and interest runs until the last period ends:
    /// receipts rest on the one day, drawings on the other.
    fn place(&mut self, (deal, plan): (&Deal, &RecoupmentPlan), cells: &Cells, book: &mut Book) {
        let (Some(first), Some(last)) = (self.schedule.first(), self.schedule.last()) else { return };
        let (first, last) = (first.start, last.end);
        let nodes = &mut self.nodes;
        let edges = [nodes.receipts.first().copied(), nodes.receipts.last().copied()];
        let rhythm = deal.revenue.statements.clone().unwrap_or_default();
        let years =
            [("quarterly_years", rhythm.quarterly_years), ("half_yearly_years", rhythm.half_yearly_years)];
        let years: Vec<NodeId> = years
            .into_iter()
            .filter_map(|(word, years)| years.map(|years| (format!("revenue.statements.{word}"), years)))
            .map(|(path, years)| cells.number(book, path, Some(years.into())))
            .collect();
        let held = plan.positions().into_iter().filter_map(|(path, tier)| match &tier.takes {
            Takes::Reserve(reserve) => Some((format!("{path}.takes.release_months"), reserve.release_months)),
            Takes::Share(_) | Takes::Together(_) | Takes::Steps(_) | Takes::Enters(_) => None,
        });
        let held: Vec<NodeId> =
            held.map(|(path, months)| cells.number(book, path, Some(months.into()))).collect();
        let day = |word: &str, date: Date, edges: &[Option<NodeId>], held: &[NodeId], book: &mut Book| {
            let calendar = book.day(date);
            let edges = edges.iter().copied().flatten();
            let inputs: Vec<NodeId> =
                std::iter::once(calendar).chain(edges).chain(years.iter().chain(held).copied()).collect();
            book.figure(format!("recoupment.statements.{word}"), Operation::Placed, &inputs)
        };
        let begin = day("begin", first, &edges[..1], &[], book);
        let end = day("end", last, &edges, &held, book);
        for node in &mut nodes.receipts {
            *node = book.compute(Operation::Placed, &[*node, begin]);
        }
        for node in &mut nodes.drawings {
            *node = book.compute(Operation::Placed, &[*node, end]);
        }
    }

    /// What came in, what was drawn, and at which rates: what a solution over the whole plan rests on.
    pub(crate) fn totals(&self, cells: &Cells, book: &mut Book) -> Vec<NodeId> {
        let nothing = cells.nothing(book);
        let total = |word: &str, parts: &[NodeId], book: &mut Book| {
            let parts: Vec<NodeId> = std::iter::once(nothing).chain(parts.iter().copied()).collect();
            book.figure(format!("recoupment.{word}"), Operation::Sum, &parts)
        };
        let mut found =
            vec![total("receipts", &self.nodes.receipts, book), total("drawn", &self.nodes.drawings, book)];
        found.extend(self.nodes.interest.values().copied());
        found
    }

    /// A loan on assigned money comes in with what it still owes; another one with its drawings, from
    /// delivery where its interest was served until then; a deferral with its face.
    fn draw(
        &mut self,
        run: &InstrumentRun,
        (deal, timeline): (&Deal, &Timeline),
        capital: &Capital,
        cells: &Cells,
        book: &mut Book,
    ) {
        if let Some(bearing) = &run.bearing {
            let terms =
                book.value(bearing.rate).as_number().and_then(|rate| rate.to_string().parse::<Ratio>().ok());
            if let Some(rate_annual) = terms {
                let terms = InterestTerms {
                    rate_annual,
                    compounding: compounding(bearing.every),
                    day_count: bearing.day_count,
                    payments: PaymentOrder::InterestFirst,
                };
                self.inputs.interest.insert(run.id.clone(), terms);
                self.nodes.interest.insert(run.id.clone(), bearing.rate);
            }
        }
        if run.secured {
            let end = capital.cash_flow.months.last().map(|month| month.date);
            if let (Some(unpaid), Some(end)) = (run.unpaid, end) {
                self.push(&run.id, end, unpaid, true, book);
            }
            return;
        }
        let served = run.bearing.as_ref().is_some_and(|bearing| bearing.served_to_delivery);
        let delivery = timeline.final_delivery().filter(|_| served);
        if let (Some(reserve), Some(delivery)) = (&run.reserve, delivery) {
            // What is left of the reserve repaid the loan at delivery, where its claim begins.
            let nothing = cells.nothing(book);
            let drawn: Vec<NodeId> =
                std::iter::once(nothing).chain(run.drawn.iter().map(|part| part.1)).collect();
            let drawn = book.plus(&drawn);
            let owed = book.less(drawn, reserve.returned);
            self.push(&run.id, delivery, owed, true, book);
            return;
        }
        for (date, amount) in &run.drawn {
            self.push(&run.id, delivery.map_or(*date, |delivery| delivery.max(*date)), *amount, false, book);
        }
        if run.drawn.is_empty() {
            let day = timeline.final_delivery().or(timeline.start());
            if let Some(day) = day {
                let principal = placed(deal, &Milestone::FinalDelivery, run.principal, cells, book);
                self.push(&run.id, day, principal, false, book);
            }
        }
    }

    /// Puts an amount in, and nothing too where it is the `whole` of what the instrument brings: that a loan
    /// is repaid already is why its claim lets everything pass.
    fn push(&mut self, instrument: &str, date: Date, node: NodeId, whole: bool, book: &Book) {
        let put_in = |amount: &Money| amount.is_positive() || (whole || self.idle) && amount.is_zero();
        let Some(amount) = book.value(node).as_money().filter(put_in) else { return };
        self.inputs.drawings.push(Drawing { date, instrument: instrument.to_owned(), amount });
        self.nodes.drawings.push(node);
    }
}

/// An amount with the cells that decide when a milestone falls.
pub(crate) fn placed(
    deal: &Deal,
    milestone: &Milestone,
    amount: NodeId,
    cells: &Cells,
    book: &mut Book,
) -> NodeId {
    let grounds = deal.grounds(milestone, "").into_iter();
    let quantity =
        |ground: recoup_deal::Ground| (ground.path, ground.value.either(Quantity::Date, Quantity::Number));
    cells.placed(book, amount, grounds.map(quantity))
}

fn compounding(every: Option<i32>) -> Compounding {
    match every {
        Some(1) => Compounding::Monthly,
        Some(3) => Compounding::Quarterly,
        Some(6) => Compounding::HalfYearly,
        Some(12) => Compounding::Yearly,
        _ => Compounding::Simple,
    }
}

/// Statement periods from the first receipt until the last receipt and reserve are settled.
fn schedule(deal: &Deal, timeline: &Timeline, plan: &RecoupmentPlan, inputs: &RunInputs) -> Vec<Period> {
    let first = inputs.receipts.first().map(|receipt| receipt.date);
    let Some(first) = first.or(timeline.release()).or(timeline.final_delivery()) else { return Vec::new() };
    let last = inputs.receipts.last().map_or(first, |receipt| receipt.date);
    let held = plan.tiers.iter().map(longest_hold).max().unwrap_or(0);
    let last = i32::try_from(held).ok().and_then(|months| last.add_months(months + 1).ok()).unwrap_or(last);
    let rhythm = deal.revenue.statements.clone().unwrap_or_default();
    let years =
        |years: Option<u32>, usual: u16| years.map_or(usual, |years| u16::try_from(years).unwrap_or(usual));
    let schedule = StatementSchedule {
        stages: vec![
            StatementStage { frequency: Frequency::Quarter, years: years(rhythm.quarterly_years, 2) },
            StatementStage { frequency: Frequency::HalfYear, years: years(rhythm.half_yearly_years, 3) },
        ],
        then: Frequency::Year,
    };
    let opening = Period::containing(first, Frequency::Quarter).start;
    schedule.periods(opening, last).unwrap_or_default()
}

fn longest_hold(tier: &Tier) -> u32 {
    let own = match &tier.takes {
        Takes::Reserve(reserve) => reserve.release_months,
        Takes::Share(_) | Takes::Together(_) | Takes::Steps(_) | Takes::Enters(_) => 0,
    };
    tier.members().iter().map(longest_hold).fold(own, u32::max)
}

/// The parties that the plan pays, each once, in order.
pub(crate) fn payees(plan: &RecoupmentPlan) -> Vec<String> {
    let mut found: BTreeMap<String, usize> = BTreeMap::new();
    for (_, tier) in plan.positions() {
        if let Takes::Share(share) = &tier.takes {
            let place = found.len();
            found.entry(share.payee.clone()).or_insert(place);
        }
    }
    let mut ordered: Vec<(usize, String)> = found.into_iter().map(|(party, place)| (place, party)).collect();
    ordered.sort();
    ordered.into_iter().map(|(_, party)| party).collect()
}
