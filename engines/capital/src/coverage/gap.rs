//! A gap loan against what the unsold territories are worth.

use recoup_calendar::Date;
use recoup_deal::instrument::{CoverBasis, GapTerms};
use recoup_deal::revenue::RevenueSource;
use recoup_deal::{Deal, Instrument};
use recoup_explain::{Book, Comparison, NodeId, Operation};
use rust_decimal::Decimal;

use super::{CoverTest, Inputs, limit, maturity_grounds, test};
use crate::amounts::whole;
use crate::axis::Axis;
use crate::flow::InstrumentRun;
use crate::plan::{maturity, quantities};

/// Take estimates of unsold territories net of commission and capped expenses, over what the loan will owe.
pub(super) fn gap(
    inputs: &Inputs<'_>,
    place: usize,
    instrument: &Instrument,
    terms: &GapTerms,
    axis: &mut Axis,
    book: &mut Book,
) -> CoverTest {
    let (gross, net) = unsold(inputs, terms.cover_basis == Some(CoverBasis::Ask), book);
    let net = book.name(net, format!("capital.{}.unsold_net", instrument.id));
    let owed = owed_at_maturity(inputs, place, instrument, axis, book);
    let owed = book.name(owed, format!("capital.{}.owed_at_maturity", instrument.id));
    let principal = inputs.passed.runs[place].principal;
    let simple = book.compute(Operation::Quotient, &[gross, principal]);
    book.name(simple, format!("capital.{}.cover_gross", instrument.id));
    let ratio = book.compute(Operation::Quotient, &[net, owed]);
    let ratio = book.name(ratio, format!("capital.{}.cover", instrument.id));
    let path = format!("instruments[{}].terms.required_cover", instrument.id);
    let required = match terms.required_cover {
        Some(cover) => inputs.cells.number(book, path.clone(), Some(cover)),
        None => {
            let typed = inputs.deal.market.limits.gap_cover;
            limit(inputs, "gap_cover", typed, Decimal::TWO, "usual cover of gap loans", book)
        }
    };
    test("gap_cover", &path, ratio, required, Comparison::AtLeast, book)
}

/// Estimates of what is not sold, and what is left of them after commission and capped expenses.
pub(super) fn unsold(inputs: &Inputs<'_>, ask: bool, book: &mut Book) -> (NodeId, NodeId) {
    let nothing = inputs.cells.nothing(book);
    let (mut gross, mut net) = (vec![nothing], vec![nothing]);
    for source in inputs.deal.revenue.sources.iter().filter(|source| counts(inputs.deal, source)) {
        let (word, amount) = if ask { ("ask", source.estimate.ask) } else { ("take", source.estimate.take) };
        if amount.is_none() {
            continue;
        }
        let path = format!("revenue.sources[{}].estimate.{word}", source.id);
        let amount = inputs.cells.money(book, path, amount);
        gross.push(amount);
        net.push(net_of_commission(inputs, source, amount, book));
    }
    let gross = book.compute(Operation::Sum, &gross);
    let net = book.compute(Operation::Sum, &net);
    (gross, less_expenses(inputs, net, book))
}

/// Unsold, sold through an agent or directly by licence, and not shut out by a licence in the stack.
fn counts(deal: &Deal, source: &RevenueSource) -> bool {
    let shut_out =
        deal.instruments.iter().filter_map(|instrument| instrument.terms.licence()).any(|licence| {
            let same_area = licence.territories.iter().any(|area| source.territories.contains(area));
            same_area
                && (licence.excludes.contains(&source.window) || licence.windows.contains(&source.window))
        });
    source.sold_by.is_none() && source.distribution.is_none() && !shut_out
}

fn net_of_commission(inputs: &Inputs<'_>, source: &RevenueSource, amount: NodeId, book: &mut Book) -> NodeId {
    let agency = source
        .sales_agency
        .as_deref()
        .and_then(|id| inputs.deal.revenue.sales_agencies.iter().find(|agency| agency.id == id));
    let Some(agency) = agency else { return amount };
    let Some(rate) = agency.commission else { return amount };
    let path = format!("revenue.sales_agencies[{}].commission", agency.id);
    let rate = inputs.cells.number(book, path, Some(rate));
    let one = whole(inputs.cells, book);
    let rest = book.less(one, rate);
    book.scaled(amount, &[rest])
}

fn less_expenses(inputs: &Inputs<'_>, net: NodeId, book: &mut Book) -> NodeId {
    let mut net = net;
    for agency in inputs.deal.revenue.sales_agencies.iter().filter(|agency| agency.expense_cap.is_some()) {
        let path = format!("revenue.sales_agencies[{}].expense_cap", agency.id);
        let cap = inputs.cells.money(book, path, agency.expense_cap);
        net = book.less(net, cap);
    }
    net
}

/// Principal, interest to maturity, and fees.
fn owed_at_maturity(
    inputs: &Inputs<'_>,
    place: usize,
    instrument: &Instrument,
    axis: &mut Axis,
    book: &mut Book,
) -> NodeId {
    let run: &InstrumentRun = &inputs.passed.runs[place];
    let mut account = inputs.passed.accounts[place].clone();
    let (Some(terms), Some(end)) = (&inputs.interest[place], maturity(instrument, inputs.timeline)) else {
        let owed = account.balance(book);
        return with_fees(owed, run, book);
    };
    let last = month_place(axis, end);
    for index in inputs.delivery + 1..=last {
        account.interest(terms, (index, true), axis, inputs.deal, inputs.cells, book);
    }
    let owed = account.balance(book);
    let owed = inputs.cells.placed(book, owed, quantities(maturity_grounds(inputs, instrument)));
    with_fees(owed, run, book)
}

/// The place of a day counted from the first month, also beyond the end of the axis.
fn month_place(axis: &Axis, day: Date) -> usize {
    let months = day.year_month().months_since(axis.month(0)).clamp(0, 600);
    usize::try_from(months).unwrap_or(0)
}

fn with_fees(owed: NodeId, run: &InstrumentRun, book: &mut Book) -> NodeId {
    let parts: Vec<NodeId> = std::iter::once(owed).chain(run.fees.iter().map(|fee| fee.1)).collect();
    book.plus(&parts)
}
