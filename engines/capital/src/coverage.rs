//! The tests lenders ask for, with their arithmetic.

use recoup_deal::instrument::Maturity;
use recoup_deal::{
    Deal, Finding, FindingValue, Ground, Instrument, Milestone, Phrase, Severity, Terms, Timeline,
};
use recoup_explain::{Book, Cells, Comparison, NodeId, Operation, Quantity};
use recoup_money::Money;
use rust_decimal::Decimal;

use crate::axis::Axis;
use crate::budget::BudgetUses;
use crate::cash::Passed;
use crate::plan::Interest;
use crate::run::ClaimCash;

mod advance;
mod gap;
mod presale;
mod serviced;
mod whole;

/// What a test counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TestUnit {
    /// One amount over another.
    Ratio,
    /// Days.
    Days,
}

/// One test.
#[derive(Debug, Clone, PartialEq)]
pub struct CoverTest {
    /// Stable name: `gap_cover`, `gap_to_budget`, `credit_advance`, `contract_cover`, `loan_to_value`,
    /// `days_after_cash`, `contingency`, `presale_cover`, `debt_service_cover`.
    pub test: &'static str,
    /// Path of what is tested.
    pub path: String,
    /// The ratio, or the days.
    pub ratio: NodeId,
    /// What is asked for.
    pub required: NodeId,
    /// Whether that is the least or the most.
    pub comparison: Comparison,
    /// What it counts.
    pub unit: TestUnit,
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
            Terms::GapLoan(terms) => found.push(gap::gap(inputs, place, instrument, terms, axis, book)),
            Terms::CreditLoan(_) => found.extend(advance::credit(inputs, place, instrument, book)),
            Terms::ContractLoan(_) => found.extend(advance::contract(inputs, place, instrument, book)),
            _ => {}
        }
        if instrument.terms.is_debt() {
            found.extend(presale::presale(inputs, place, instrument, book));
            found.extend(whole::after_cash(inputs, instrument, book));
        }
    }
    found.extend(serviced::service(inputs, axis, book));
    found.extend(whole::gap_to_budget(inputs, book));
    found.extend(whole::loan_to_value(inputs, book));
    found.extend(whole::contingency(inputs, book));
    let findings = found
        .iter()
        .filter(|test| test.test != "contingency" && !stands_on_nothing(test, book))
        .filter(|test| test.test != "debt_service_cover" || inputs.deal.market.limits.debt_service.is_some())
        .filter_map(|test| failed(test, book))
        .collect();
    (found, findings)
}

/// A gap loan without estimates is told by the deal itself, as what it is.
fn stands_on_nothing(test: &CoverTest, book: &Book) -> bool {
    let counted = || book.inputs(test.ratio).first().and_then(|node| book.value(*node).as_money());
    test.test == "gap_cover" && counted().is_some_and(|net| net.is_zero())
}

/// The cells that decide when a loan is due.
fn maturity_grounds(inputs: &Inputs<'_>, instrument: &Instrument) -> Vec<Ground> {
    match &instrument.maturity {
        Some(Maturity::After(due)) => {
            inputs.deal.due_grounds(due, &format!("instruments[{}].maturity.after", instrument.id))
        }
        Some(Maturity::Date(day)) => {
            inputs.deal.grounds(&Milestone::Date(*day), &format!("instruments[{}].maturity", instrument.id))
        }
        None => Vec::new(),
    }
}

/// What is asked for: as the deal says, else as is usual.
fn limit(
    inputs: &Inputs<'_>,
    word: &str,
    typed: Option<Decimal>,
    usual: Decimal,
    source: &str,
    book: &mut Book,
) -> NodeId {
    let path = format!("market.limits.{word}");
    match typed {
        Some(typed) => inputs.cells.number(book, path, Some(typed)),
        None => inputs.cells.usual(book, path, usual, source),
    }
}

fn test(
    test: &'static str,
    path: &str,
    ratio: NodeId,
    required: NodeId,
    comparison: Comparison,
    book: &mut Book,
) -> CoverTest {
    let address = book.address(ratio).cloned();
    let named = |node: NodeId, word: &str, book: &mut Book| match &address {
        Some(address) => book.name(node, format!("{address}_{word}")),
        None => node,
    };
    let required = named(required, "required", book);
    let met = book.compute(Operation::Compare(comparison), &[ratio, required]);
    let met = named(met, "met", book);
    CoverTest { test, path: path.to_owned(), ratio, required, comparison, unit: TestUnit::Ratio, met }
}

/// Whole days.
fn days(number: Decimal) -> FindingValue {
    FindingValue::Count(number.trunc().to_string().parse().unwrap_or(i64::MAX))
}

fn failed(test: &CoverTest, book: &Book) -> Option<Finding> {
    let number = |node: NodeId| book.value(node).as_number().unwrap_or_default();
    match book.value(test.met) {
        Quantity::Flag(true) => None,
        Quantity::Flag(false) if test.unit == TestUnit::Days => Some(
            Finding::new(Severity::Blocker, "DUE_BEFORE_COLLATERAL", test.path.clone())
                .case("days")
                .with("short", days(number(test.required) - number(test.ratio))),
        ),
        Quantity::Flag(false) => Some(told(test, book)),
        other => other.absence().map(|absence| {
            Finding::new(Severity::Note, "COVER_UNKNOWN", test.path.clone())
                .with("test", Phrase::new(test.test))
                .with("reason", Phrase::reason(absence.missing_cell(), absence))
        }),
    }
}

/// A test that is not met, with the two amounts whose ratio it is.
fn told(test: &CoverTest, book: &Book) -> Finding {
    let shown =
        |node: NodeId| FindingValue::Rate(book.value(node).as_number().unwrap_or_default().round_dp(4));
    let generic = || {
        Finding::new(Severity::Question, "COVER_NOT_MET", test.path.clone())
            .with("test", Phrase::new(test.test))
            .with("ratio", shown(test.ratio))
            .with("required", shown(test.required))
    };
    let amounts: Vec<Money> =
        book.inputs(test.ratio).iter().filter_map(|node| book.value(*node).as_money()).collect();
    let [above, below] = amounts[..] else { return generic() };
    match test.test {
        "gap_cover" => Finding::new(Severity::Question, "GAP_COVER_LOW", test.path.clone())
            .with("net", above)
            .with("owed", below)
            .with("ratio", shown(test.ratio))
            .with("required", shown(test.required)),
        "gap_to_budget" => Finding::new(Severity::Question, "GAP_SHARE_HIGH", test.path.clone())
            .with("gap", above)
            .with("budget", below)
            .with("ratio", shown(test.ratio))
            .with("required", shown(test.required)),
        "credit_advance" => Finding::new(Severity::Question, "CREDIT_ADVANCE_HIGH", test.path.clone())
            .with("loan", above)
            .with("credit", below)
            .with("ratio", shown(test.ratio))
            .with("required", shown(test.required)),
        "contract_cover" => Finding::new(Severity::Question, "CONTRACT_COVER_LOW", test.path.clone())
            .with("price", above)
            .with("loan", below)
            .with("ratio", shown(test.ratio))
            .with("required", shown(test.required)),
        "loan_to_value" => Finding::new(Severity::Question, "LOAN_TO_VALUE_HIGH", test.path.clone())
            .with("lent", above)
            .with("value", below)
            .with("ratio", shown(test.ratio))
            .with("required", shown(test.required)),
        "presale_cover" => Finding::new(Severity::Question, "PRESALE_COVER_LOW", test.path.clone())
            .with("value", above)
            .with("loan", below)
            .with("ratio", shown(test.ratio))
            .with("required", shown(test.required)),
        "debt_service_cover" => Finding::new(Severity::Question, "DEBT_SERVICE_LOW", test.path.clone())
            .with("cash", above)
            .with("owed", below)
            .with("ratio", shown(test.ratio))
            .with("required", shown(test.required)),
        _ => generic(),
    }
}
