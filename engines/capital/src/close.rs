//! The closing table: uses, sources, and the signed difference.

use std::collections::HashMap;

use recoup_deal::instrument::Collateral;
use recoup_deal::{Deal, Terms, Timeline};
use recoup_explain::{Book, Cells, NodeId, Operation};

use crate::amounts::pledged;
use crate::budget::BudgetUses;
use crate::conditions::nothing_for;
use crate::contract::paid_price;
use crate::flow::InstrumentRun;
use crate::plan::Comes;
use crate::reserve;
use crate::run::ClaimCash;
use crate::solve::Solution;

/// How sure a row of the closing table is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Signed or closed, or simply due.
    Firm,
    /// Still depends on somebody.
    Conditional,
}

/// A row of the closing table.
#[derive(Debug, Clone, PartialEq)]
pub struct ClosingRow {
    /// Id of the line, cost, instrument or claim.
    pub id: String,
    /// In words.
    pub label: String,
    /// The amount.
    pub amount: NodeId,
    /// Whether it moves as cash; a deferral does not.
    pub is_cash: bool,
    /// How sure it is.
    pub standing: Standing,
}

/// The closing table.
#[derive(Debug, Clone, PartialEq)]
pub struct Closing {
    /// Where the money goes.
    pub uses: Vec<ClosingRow>,
    /// Where it comes from.
    pub sources: Vec<ClosingRow>,
    /// All uses on a cash basis.
    pub uses_cash: NodeId,
    /// All sources on a cash basis.
    pub sources_cash: NodeId,
    /// Sources less uses: negative is money to be found.
    pub difference: NodeId,
    /// Fees, and interest paid in cash to delivery.
    pub financing_costs: NodeId,
    /// How the amount that fills the rest was found; none where no instrument does.
    pub solution: Option<Solution>,
}

/// What the table is made from.
pub(crate) struct Inputs<'a> {
    pub deal: &'a Deal,
    pub timeline: &'a Timeline,
    pub budget: &'a BudgetUses,
    pub claims: &'a [ClaimCash],
    pub runs: &'a [InstrumentRun],
    pub comes: &'a [Comes],
}

/// Builds the table.
pub(crate) fn close(inputs: &Inputs<'_>, cells: &Cells, book: &mut Book) -> Closing {
    let (uses, financing_costs) = uses(inputs, cells, book);
    let sources = sources(inputs, cells, book);
    let nothing = cells.nothing(book);
    let total = |book: &mut Book, address: &str, rows: &[ClosingRow], cash_only: bool| {
        let parts = rows.iter().filter(|row| row.is_cash || !cash_only).map(|row| row.amount);
        let parts: Vec<NodeId> = std::iter::once(nothing).chain(parts).collect();
        book.figure(address, Operation::Sum, &parts)
    };
    // What is deferred or given in kind is a use and a source of the same amount and leaves both here.
    let all_uses = total(book, "closing.uses", &uses, false);
    let not_cash: Vec<NodeId> = sources.iter().filter(|row| !row.is_cash).map(|row| row.amount).collect();
    let taken: Vec<NodeId> = std::iter::once(all_uses).chain(not_cash).collect();
    let uses_cash = book.figure("closing.uses_cash", Operation::Difference, &taken);
    total(book, "closing.sources", &sources, false);
    let sources_cash = total(book, "closing.sources_cash", &sources, true);
    let difference = book.figure("closing.difference", Operation::Difference, &[sources_cash, uses_cash]);
    let open = book.less(uses_cash, sources_cash);
    let missing = book.greatest(open, nothing);
    book.name(missing, "closing.missing");
    Closing { uses, sources, uses_cash, sources_cash, difference, financing_costs, solution: None }
}

fn row(id: &str, label: &str, amount: NodeId, standing: Standing) -> ClosingRow {
    ClosingRow { id: id.to_owned(), label: label.to_owned(), amount, is_cash: true, standing }
}

fn uses(inputs: &Inputs<'_>, cells: &Cells, book: &mut Book) -> (Vec<ClosingRow>, NodeId) {
    let budget = inputs.budget;
    let mut rows = Vec::new();
    for (line, typed) in budget.lines.iter().zip(&inputs.deal.budget.lines) {
        rows.push(row(&line.id, &typed.label, line.amount, Standing::Firm));
    }
    if rows.is_empty() {
        rows.push(row("lines", "Budget", budget.lines_total, Standing::Firm));
    }
    rows.push(row("contingency", "Contingency", budget.contingency, Standing::Firm));
    for cost in &budget.costs {
        rows.push(row(&cost.id, &cost.label, cost.amount, Standing::Firm));
    }
    let nothing = cells.nothing(book);
    for claim in inputs.claims {
        for (index, fee) in claim.fees.iter().enumerate() {
            rows.push(row(
                &format!("{}-fee-{}", claim.claim, index + 1),
                "Claim fee",
                fee.amount,
                Standing::Firm,
            ));
        }
    }
    let mut costs = vec![nothing];
    for (run, instrument) in inputs.runs.iter().zip(&inputs.deal.instruments) {
        let fees: Vec<NodeId> = std::iter::once(nothing).chain(run.fees.iter().map(|fee| fee.1)).collect();
        let interest: Vec<NodeId> =
            std::iter::once(nothing).chain(run.interest.iter().map(|paid| paid.1)).collect();
        let fee = book.figure(format!("capital.{}.fee", run.id), Operation::Sum, &fees);
        let cash = book.figure(format!("capital.{}.interest_paid", run.id), Operation::Sum, &interest);
        costs.push(fee);
        costs.push(cash);
        if matches!(&instrument.terms, Terms::Deferral(terms) if terms.lines.is_empty()) {
            rows.push(row(&run.id, &instrument.name, run.principal, Standing::Firm));
        }
        if matches!(&instrument.terms, Terms::InKind(terms) if terms.lines.is_empty()) {
            rows.push(row(&run.id, &instrument.name, run.principal, Standing::Firm));
        }
    }
    let financing = book.figure("closing.financing_costs", Operation::Sum, &costs);
    rows.push(row("financing_costs", "Financing costs", financing, Standing::Firm));
    for (instrument, returned) in reserve::returned(inputs.deal, inputs.runs) {
        let label = format!("{}: rest of the interest reserve", instrument.name);
        rows.push(row(&format!("{}-reserve", instrument.id), &label, returned, Standing::Firm));
    }
    (rows, financing)
}

/// An instrument counts with what is not pledged to a loan that counts itself; a credit with the cash that
/// comes by delivery and is not pledged.
fn sources(inputs: &Inputs<'_>, cells: &Cells, book: &mut Book) -> Vec<ClosingRow> {
    let nothing = cells.nothing(book);
    let principals: HashMap<usize, NodeId> =
        inputs.runs.iter().enumerate().map(|(place, run)| (place, run.principal)).collect();
    let mut rows = Vec::new();
    let unpledged = |book: &mut Book, over: &Collateral, value: NodeId, cash: NodeId| match pledged(
        inputs.deal,
        inputs.timeline,
        over,
        value,
        &principals,
        cells,
        book,
    ) {
        Some(pledged) => {
            let rest = book.less(cash, pledged);
            book.greatest(rest, nothing)
        }
        None => cash,
    };
    for (place, instrument) in inputs.deal.instruments.iter().enumerate() {
        let principal = inputs.runs[place].principal;
        let over = Collateral::Instrument(instrument.id.clone());
        let price = paid_price(instrument, principal, cells, book);
        let amount = match nothing_for(instrument, (inputs.deal, inputs.timeline), cells, book) {
            Some(nothing) => nothing,
            None => unpledged(book, &over, principal, price),
        };
        let amount = book.name(amount, format!("closing.source.{}", instrument.id));
        let standing = if instrument.is_committed() { Standing::Firm } else { Standing::Conditional };
        let mut row = row(&instrument.id, &instrument.name, amount, standing);
        row.is_cash = inputs.comes[place] != Comes::Never;
        rows.push(row);
    }
    for claim in inputs.claims {
        let early: Vec<NodeId> =
            claim.payments.iter().filter(|paid| paid.by_delivery).map(|paid| paid.amount).collect();
        if early.is_empty() {
            continue;
        }
        let early = book.plus(&early);
        let amount = unpledged(book, &Collateral::Claim(claim.claim.clone()), claim.credit, early);
        let amount = book.name(amount, format!("closing.source.{}", claim.claim));
        rows.push(row(&claim.claim, &claim.program, amount, Standing::Conditional));
    }
    rows
}
