//! The figures of an open deal, each with its reason.

use std::collections::HashMap;

use recoup_explain::{Absence, Book, Leaf, NodeId, Quantity, Tree};
use recoup_model::Outcome;

use crate::{
    App, AppError, ErrorCode,
    actuals::explained_effect,
    assessment,
    closing::explained_solution,
    cures::explained_cure,
    levels::explained_level,
    rebalancing::explained_balance,
    recoupment_flows::explained_flow,
    recoupment_statements::explained_comparison,
    revenue::{explained_case, explained_release},
    risk::explained_risk,
    scenarios::explained_scenario,
    state::State,
    wire::{
        ExplainFigure, FigureChanges, FigureDto, Figures, LeafDto, MoneyDto, QuantityDto, TreeDto,
        ViewFigures,
    },
};

/// How deep one answer explains; deeper nodes are asked for by their own address. Statements share so many
/// nodes that a tree grows fivefold with every two levels: at twelve one of them is a hundred megabytes.
const DEPTH: usize = 4;

/// Figures by address.
pub async fn view_figures(app: &App, request: ViewFigures) -> Result<Figures, AppError> {
    let (stamp, state) = app.state(&request.deal)?;
    let under = request.under.unwrap_or_default();
    let figures = state
        .outcome()?
        .book
        .figures()
        .filter(|(address, _, _)| address.starts_with(&under))
        .map(|(address, _, value)| Ok(FigureDto { address: address.to_owned(), value: quantity(value)? }))
        .collect::<Result<_, AppError>>()?;
    Ok(Figures { revision: stamp, figures })
}

/// What a change made of the figures of the state before it; none where nobody had looked at those, or where
/// there are none any more.
pub(crate) fn changes(since: u32, before: &State, after: &State) -> Result<Option<FigureChanges>, AppError> {
    let Some(before) = before.known() else { return Ok(None) };
    let Ok(after) = after.outcome() else { return Ok(None) };
    let mut former: HashMap<&str, &Quantity> =
        before.book.figures().map(|(address, _, value)| (address, value)).collect();
    let mut changed = Vec::new();
    for (address, _, value) in after.book.figures() {
        if former.remove(address) != Some(value) {
            changed.push(FigureDto { address: address.to_owned(), value: quantity(value)? });
        }
    }
    let gone = before.book.figures().filter(|(address, _, _)| former.contains_key(address));
    let gone = gone.map(|(address, _, _)| address.to_owned()).collect();
    Ok(Some(FigureChanges { since, changed, gone }))
}

/// Why a figure is what it is.
pub async fn explain_figure(app: &App, request: ExplainFigure) -> Result<TreeDto, AppError> {
    let (_, state) = app.state(&request.deal)?;
    let compared = explained_comparison(app, &request.deal, &state.deal, state.outcome(), &request.address);
    if let Some(compared) = compared.await {
        return compared;
    }
    let supposed = assessment::explained_case(&state.deal, &request.address)
        .or_else(|| explained_effect(&state.deal, state.outcome(), &request.address))
        .or_else(|| explained_solution(&state.deal, &request.address))
        .or_else(|| explained_balance(&state.deal, state.outcome(), &request.address))
        .or_else(|| explained_flow(&state.deal, state.outcome(), &request.address))
        .or_else(|| explained_level(&state.deal, state.outcome(), &request.address))
        .or_else(|| explained_case(&state.deal, &request.address))
        .or_else(|| explained_release(&state.deal, &request.address))
        .or_else(|| explained_cure(&state.deal, state.outcome(), &request.address))
        .or_else(|| explained_risk(&state, &request.address))
        .or_else(|| explained_scenario(&state, &request.address));
    match supposed {
        Some(case) => case,
        None => explained(state.outcome()?, &request.address),
    }
}

/// The tree of a figure, as deep as one answer goes.
pub(crate) fn explained(outcome: &Outcome, address: &str) -> Result<TreeDto, AppError> {
    explained_in(&outcome.book, address)
}

/// The same in any book.
pub(crate) fn explained_in(book: &Book, address: &str) -> Result<TreeDto, AppError> {
    let found = book.explain(address, DEPTH).ok_or_else(|| {
        AppError::new(ErrorCode::NotFound, "There is no figure at this address.").with("address", address)
    })?;
    tree(&found)
}

/// The tree of a node that stands beside many others: its own inputs and theirs.
pub(crate) fn explained_node(book: &Book, node: NodeId) -> Result<TreeDto, AppError> {
    tree(&book.tree(node, 2))
}

/// The tree of a figure of another deal, which stands `within` it: `solved(budget)`, `cured(…)`.
pub(crate) fn readdress(tree: &mut TreeDto, within: &str) {
    if let Some(address) = &mut tree.address {
        *address = format!("{within}.in.{address}");
    }
    for input in &mut tree.inputs {
        readdress(input, within);
    }
}

/// A value as it crosses the wire.
pub(crate) fn quantity(quantity: &Quantity) -> Result<QuantityDto, AppError> {
    Ok(match quantity {
        Quantity::Money(money) => QuantityDto::Money {
            amount: MoneyDto::new(money.minor(), money.currency().to_string())
                .map_err(|reason| AppError::new(ErrorCode::Internal, reason.to_string()))?,
        },
        Quantity::Number(number) => QuantityDto::Number { decimal: number.normalize().to_string() },
        Quantity::Flag(yes) => QuantityDto::Flag { yes: *yes },
        Quantity::Date(date) => QuantityDto::Date { date: date.to_string() },
        Quantity::Absent(absence) => QuantityDto::Absent {
            reason: absence.to_string(),
            path: match absence {
                Absence::Missing { path } => Some(path.to_string()),
                Absence::Arithmetic { .. } | Absence::Undefined { .. } => None,
            },
        },
    })
}

/// An explanation as it crosses the wire.
fn tree(node: &Tree) -> Result<TreeDto, AppError> {
    Ok(TreeDto {
        address: node.address.as_deref().map(str::to_owned),
        value: quantity(&node.value)?,
        operation: node.operation.map(str::to_owned),
        rounding: node.rounding.and_then(|rounding| {
            // The rounding's own name on the wire, such as `half_up`.
            serde_json::to_value(rounding).ok().and_then(|name| name.as_str().map(str::to_owned))
        }),
        leaf: node.leaf.as_ref().map(leaf),
        inputs: node.inputs.iter().map(tree).collect::<Result<_, _>>()?,
        folded: u32::try_from(node.folded).unwrap_or(u32::MAX),
    })
}

fn leaf(leaf: &Leaf) -> LeafDto {
    match leaf {
        Leaf::Cell { path } => LeafDto::Cell { path: path.to_string() },
        Leaf::Assumption { path, source } => {
            LeafDto::Assumption { path: path.to_string(), source: source.to_string() }
        }
        Leaf::Clause(clause) => LeafDto::Clause {
            program: clause.program.to_string(),
            version: clause.version.to_string(),
            line: clause.line.to_string(),
            clause: clause.clause.to_string(),
            source: clause.source.to_string(),
        },
        Leaf::DatedRate { name, date, path } => {
            LeafDto::DatedRate { name: name.to_string(), date: date.to_string(), path: path.to_string() }
        }
    }
}
