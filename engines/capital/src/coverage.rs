//! The tests lenders ask for, with their arithmetic.

use recoup_calendar::Date;
use recoup_deal::instrument::{AmountRule, Collateral, CoverBasis, GapTerms, Maturity};
use recoup_deal::revenue::RevenueSource;
use recoup_deal::{
    CostKind, Deal, Finding, FindingValue, Instrument, Milestone, Phrase, Severity, Terms, Timeline,
};
use recoup_explain::{Book, Cells, Comparison, NodeId, Operation, Quantity};
use rust_decimal::Decimal;

use crate::amounts::whole;
use crate::axis::Axis;
use crate::budget::BudgetUses;
use crate::cash::Passed;
use crate::flow::InstrumentRun;
use crate::plan::{Interest, maturity, net_price, quantities};
use crate::run::ClaimCash;

/// One test.
#[derive(Debug, Clone, PartialEq)]
pub struct CoverTest {
    /// Stable name: `gap_cover`, `credit_advance`, `contract_cover`, `contingency`.
    pub test: &'static str,
    /// Path of what is tested.
    pub path: String,
    /// The ratio.
    pub ratio: NodeId,
    /// What is asked for.
    pub required: NodeId,
    /// Whether it is met; absent when it cannot be computed.
    pub met: NodeId,
}

/// What the tests look at.
pub(crate) struct Inputs<'a> {
    pub deal: &'a Deal,
    pub timeline: &'a Timeline,
    pub cells: &'a Cells,
    pub budget: &'a BudgetUses,
    pub claims: &'a [ClaimCash],
    pub passed: &'a Passed,
    pub interest: &'a [Option<Interest>],
    pub delivery: usize,
}

/// All tests of a deal, and a finding for each that fails.
pub(crate) fn tests(inputs: &Inputs<'_>, axis: &mut Axis, book: &mut Book) -> (Vec<CoverTest>, Vec<Finding>) {
    let mut found = Vec::new();
    for (place, instrument) in inputs.deal.instruments.iter().enumerate() {
        match &instrument.terms {
            Terms::GapLoan(terms) => found.push(gap(inputs, place, instrument, terms, axis, book)),
            Terms::CreditLoan(_) => found.extend(credit(inputs, place, instrument, book)),
            Terms::ContractLoan(_) => found.extend(contract(inputs, place, instrument, book)),
            _ => {}
        }
    }
    if inputs.deal.budget.costs.iter().any(|cost| cost.kind == CostKind::CompletionBond) {
        let ratio =
            book.compute(Operation::Quotient, &[inputs.budget.contingency, inputs.budget.lines_total]);
        let ratio = book.name(ratio, "capital.contingency_share");
        let required = inputs.cells.usual(
            book,
            "budget.contingency.share",
            Decimal::new(1, 1),
            "usual where a bond is in place",
        );
        found.push(test("contingency", "budget.contingency", ratio, required, Comparison::AtLeast, book));
    }
    let findings = found
        .iter()
        .filter(|test| test.test != "contingency")
        .filter_map(|test| failed(test, book))
        .collect();
    (found, findings)
}

fn test(
    test: &'static str,
    path: &str,
    ratio: NodeId,
    required: NodeId,
    comparison: Comparison,
    book: &mut Book,
) -> CoverTest {
    let address = book.address(ratio).map(|address| format!("{address}_required"));
    let required = address.map_or(required, |address| book.name(required, address));
    let met = book.compute(Operation::Compare(comparison), &[ratio, required]);
    CoverTest { test, path: path.to_owned(), ratio, required, met }
}

fn failed(test: &CoverTest, book: &Book) -> Option<Finding> {
    let shown =
        |node: NodeId| FindingValue::Rate(book.value(node).as_number().unwrap_or_default().round_dp(3));
    match book.value(test.met) {
        Quantity::Flag(true) => None,
        Quantity::Flag(false) => Some(
            Finding::new(Severity::Question, "COVER_NOT_MET", test.path.clone())
                .with("test", Phrase::new(test.test))
                .with("ratio", shown(test.ratio))
                .with("required", shown(test.required)),
        ),
        other => other.absence().map(|absence| {
            Finding::new(Severity::Note, "COVER_UNKNOWN", test.path.clone())
                .with("test", Phrase::new(test.test))
                .with("reason", Phrase::reason(absence.missing_cell(), absence))
        }),
    }
}

/// Take estimates of unsold territories net of commission and capped expenses, over what the loan will owe.
fn gap(
    inputs: &Inputs<'_>,
    place: usize,
    instrument: &Instrument,
    terms: &GapTerms,
    axis: &mut Axis,
    book: &mut Book,
) -> CoverTest {
    let ask = terms.cover_basis == Some(CoverBasis::Ask);
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
    let net = less_expenses(inputs, net, book);
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
        None => inputs.cells.usual(book, path.as_str(), Decimal::TWO, "usual cover of gap loans"),
    };
    test("gap_cover", &path, ratio, required, Comparison::AtLeast, book)
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
    let maturity = match &instrument.maturity {
        Some(Maturity::After(due)) => {
            inputs.deal.due_grounds(due, &format!("instruments[{}].maturity.after", instrument.id))
        }
        Some(Maturity::Date(day)) => {
            inputs.deal.grounds(&Milestone::Date(*day), &format!("instruments[{}].maturity", instrument.id))
        }
        None => Vec::new(),
    };
    let last = month_place(axis, end);
    for index in inputs.delivery + 1..=last {
        account.interest(terms, (index, true), axis, inputs.deal, inputs.cells, book);
    }
    let owed = account.balance(book);
    let owed = inputs.cells.placed(book, owed, quantities(maturity));
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

/// The loan over the credits it is advanced against.
fn credit(inputs: &Inputs<'_>, place: usize, instrument: &Instrument, book: &mut Book) -> Option<CoverTest> {
    let overs = crate::plan::assigned(instrument);
    let credits: Vec<NodeId> = overs
        .iter()
        .filter_map(|(over, _)| match over {
            Collateral::Claim(id) => {
                inputs.claims.iter().find(|claim| claim.claim == *id).map(|claim| claim.credit)
            }
            _ => None,
        })
        .collect();
    if credits.is_empty() {
        return None;
    }
    let credits = book.plus(&credits);
    let ratio = book.compute(Operation::Quotient, &[inputs.passed.runs[place].principal, credits]);
    let ratio = book.name(ratio, format!("capital.{}.advance", instrument.id));
    let path = format!("instruments[{}].amount", instrument.id);
    let most =
        inputs.cells.usual(book, path.as_str(), Decimal::new(90, 2), "usual advance on estimated credits");
    Some(test("credit_advance", &path, ratio, most, Comparison::AtMost, book))
}

/// The unpaid price of the contracts, net of withholding and commission, over the loan.
fn contract(
    inputs: &Inputs<'_>,
    place: usize,
    instrument: &Instrument,
    book: &mut Book,
) -> Option<CoverTest> {
    if matches!(instrument.amount, Some(AmountRule::Remainder(_))) {
        return None;
    }
    let mut net = Vec::new();
    for (over, _) in crate::plan::assigned(instrument) {
        let Collateral::Instrument(id) = over else { continue };
        let Some(index) = inputs.deal.instruments.iter().position(|candidate| candidate.id == *id) else {
            continue;
        };
        let contract = &inputs.deal.instruments[index];
        if contract.terms.licence().is_none() {
            continue;
        }
        let price = net_price(contract, inputs.passed.runs[index].principal, inputs.cells, book);
        net.push(price);
    }
    if net.is_empty() {
        return None;
    }
    let net = book.plus(&net);
    let ratio = book.compute(Operation::Quotient, &[net, inputs.passed.runs[place].principal]);
    let ratio = book.name(ratio, format!("capital.{}.cover", instrument.id));
    let path = format!("instruments[{}].amount", instrument.id);
    let one = inputs.cells.usual(book, path.as_str(), Decimal::ONE, "the contract price covers the loan");
    Some(test("contract_cover", &path, ratio, one, Comparison::AtLeast, book))
}
