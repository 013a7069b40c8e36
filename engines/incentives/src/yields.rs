//! What a credit is worth against the money that is spent for it.

use recoup_explain::{Book, NodeId, Operation};
use recoup_money::Rounding;

use crate::companies::Purse;
use crate::mapping::Mapper;
use crate::policy::{BudgetMap, Measure, Policy};

/// A credit beside the spend it is earned on. Shares are absent where nothing is spent.
#[derive(Clone, Copy, Debug)]
pub struct Yield {
    /// What the budget spends in the program's jurisdiction, in the deal's currency.
    pub spend: NodeId,
    /// The credit as a share of that spend.
    pub of_spend: NodeId,
    /// The credit as a share of all budget lines.
    pub of_budget: NodeId,
}

impl Yield {
    /// Names `spend`, `spend_rate` and `budget_rate` of a claim.
    pub(crate) fn of(
        book: &mut Book,
        mapper: &Mapper<'_>,
        policy: &Policy,
        key: &str,
        credit_in_deal: NodeId,
        purse: &Purse<'_>,
    ) -> Self {
        let address = format!("incentives.{key}.spend");
        let spend = cost(book, mapper, &address, vec![policy.jurisdiction.clone()], purse);
        let budget = budget(book, mapper);
        let share = |book: &mut Book, name: &str, whole: NodeId| {
            let address = format!("incentives.{key}.{name}");
            book.figure(address, Operation::Quotient, &[credit_in_deal, whole])
        };
        let of_spend = share(book, "spend_rate", spend);
        let of_budget = share(book, "budget_rate", budget);
        Self { spend, of_spend, of_budget }
    }
}

/// All credits that count as a share of all budget lines.
pub(crate) fn name_overall(book: &mut Book, mapper: &Mapper<'_>, credits: NodeId) -> NodeId {
    let budget = budget(book, mapper);
    book.figure("incentives.budget_rate", Operation::Quotient, &[credits, budget])
}

/// What is left of all credits that count as a share of all budget lines.
pub(crate) fn name_net_of_budget(book: &mut Book, mapper: &Mapper<'_>, net: NodeId) -> NodeId {
    let budget = budget(book, mapper);
    book.figure("incentives.net_rate", Operation::Quotient, &[net, budget])
}

fn budget(book: &mut Book, mapper: &Mapper<'_>) -> NodeId {
    let address = "incentives.budget";
    match book.find(address) {
        Some(known) => known,
        None => cost(book, mapper, address, Vec::new(), &Purse::everybody()),
    }
}

fn cost(
    book: &mut Book,
    mapper: &Mapper<'_>,
    address: &str,
    within: Vec<String>,
    purse: &Purse<'_>,
) -> NodeId {
    let currency = mapper.deal.currency;
    let map = BudgetMap { within, ..BudgetMap::of(Measure::Cost) };
    let measured = mapper.measure_of(book, &map, currency, purse);
    let nothing = mapper.cells.nothing(book);
    match measured.node {
        Some(node) => {
            book.figure(address, Operation::ToMoney { currency, rounding: Rounding::HalfUp }, &[node])
        }
        None => book.figure(address, Operation::Carry, &[nothing]),
    }
}
