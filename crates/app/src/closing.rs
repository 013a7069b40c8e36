//! The closing solved for one unknown, and why the answer is what it is.

use recoup_deal::{Deal, read_deal, set};
use recoup_explain::Quantity;
use recoup_model::{NoSolution, SolvedFor, Unknown, solve_for};
use recoup_money::Money;

use crate::{
    App, AppError, ErrorCode,
    computation::{catalog, computed},
    figures::{explained, quantity, readdress},
    wire::{
        ClosingSolution, FigureDto, LeafDto, NoClosing, SolveClosing, SolvedCellDto, SolvedClosing, TreeDto,
    },
};

/// What a leaf says of an amount that was searched for.
const FOUND: &str = "found by computing the whole deal with one amount after the other until it closes";

/// What an instrument, the budget or the presales have to be for sources to equal uses.
pub async fn solve_closing(app: &App, request: SolveClosing) -> Result<SolvedClosing, AppError> {
    let unknown = unknown(&request.unknown, request.instrument.as_deref())?;
    let (revision, state) = app.state(&request.deal)?;
    told(revision, &state.deal, &unknown)
}

/// As [`solve_closing`], for a deal file. `sought` is `amount:` and the id of an instrument, `budget` or `presales`.
pub fn solve_deal_file(text: &str, sought: &str) -> Result<SolvedClosing, AppError> {
    let (word, instrument) = sought.split_once(':').map_or((sought, None), |(word, id)| (word, Some(id)));
    let unknown = unknown(word, instrument)?;
    told(0, &read_deal(text)?, &unknown)
}

fn told(revision: u32, deal: &Deal, unknown: &Unknown) -> Result<SolvedClosing, AppError> {
    let (solution, reason) = match solve_for(deal, catalog()?, unknown) {
        Ok(solved) => (Some(answered(unknown, solved)?), None),
        Err(none) => (None, Some(refused(unknown, none)?)),
    };
    Ok(SolvedClosing { revision, solution, reason })
}

fn unknown(word: &str, instrument: Option<&str>) -> Result<Unknown, AppError> {
    match (word, instrument) {
        ("amount", Some(instrument)) => Ok(Unknown::Amount(instrument.to_owned())),
        ("budget", None) => Ok(Unknown::Budget),
        ("presales", None) => Ok(Unknown::Presales),
        _ => Err(AppError::new(
            ErrorCode::InvalidRequest,
            "The closing is solved for the amount of an instrument, the budget or the presales.",
        )
        .with("path", "unknown")
        .with("given", word)
        .with("allowed", "amount, budget, presales")),
    }
}

fn written(unknown: &Unknown) -> String {
    match unknown {
        Unknown::Amount(instrument) => format!("amount:{instrument}"),
        Unknown::Budget => "budget".to_owned(),
        Unknown::Presales => "presales".to_owned(),
    }
}

fn figure(unknown: &Unknown, word: &str, amount: Money) -> Result<FigureDto, AppError> {
    let address = format!("solved({}).{word}", written(unknown));
    Ok(FigureDto { address, value: quantity(&Quantity::Money(amount))? })
}

fn answered(unknown: &Unknown, solved: SolvedFor) -> Result<ClosingSolution, AppError> {
    Ok(ClosingSolution {
        amount: figure(unknown, "amount", solved.amount)?,
        difference: figure(unknown, "in.closing.difference", solved.difference)?,
        trials: solved.trials,
        cells: solved
            .cells
            .into_iter()
            .map(|cell| SolvedCellDto { path: cell.path, value: cell.value })
            .collect(),
    })
}

fn refused(unknown: &Unknown, none: NoSolution) -> Result<NoClosing, AppError> {
    let plain =
        |kind: &str| NoClosing { kind: kind.to_owned(), instrument: None, amount: None, message: None };
    let left = |kind: &str, amount: Money| -> Result<NoClosing, AppError> {
        Ok(NoClosing { amount: Some(figure(unknown, "left", amount)?), ..plain(kind) })
    };
    Ok(match none {
        NoSolution::NothingToSolve => plain("nothing_to_solve"),
        NoSolution::FilledBy(instrument) => NoClosing { instrument: Some(instrument), ..plain("filled_by") },
        NoSolution::NeverCash => plain("never_cash"),
        NoSolution::NotNeeded { excess } => left("not_needed", excess)?,
        NoSolution::NeverEnough { missing, .. } => left("never_enough", missing)?,
        NoSolution::NeverCarried { missing } => left("never_carried", missing)?,
        NoSolution::Unknown => plain("unknown"),
        NoSolution::Refused(message) => NoClosing { message: Some(message), ..plain("refused") },
    })
}

/// Why a figure of a solved closing is what it is; none for any other figure. `solved(budget).amount` is the answer,
/// `solved(budget).in.closing.uses_cash` a figure of the deal with the answer in it, `solved(budget).left` what no
/// answer takes away.
pub(crate) fn explained_solution(deal: &Deal, asked: &str) -> Option<Result<TreeDto, AppError>> {
    let (word, within) = asked.strip_prefix("solved(")?.split_once(").")?;
    let (word, instrument) = word.split_once(':').map_or((word, None), |(word, id)| (word, Some(id)));
    Some(unknown(word, instrument).and_then(|unknown| explained_of(deal, &unknown, within, asked)))
}

fn explained_of(deal: &Deal, unknown: &Unknown, within: &str, asked: &str) -> Result<TreeDto, AppError> {
    let solved = match (solve_for(deal, catalog()?, unknown), within) {
        (Ok(solved), _) => solved,
        (
            Err(
                NoSolution::NotNeeded { excess: left }
                | NoSolution::NeverEnough { missing: left, .. }
                | NoSolution::NeverCarried { missing: left },
            ),
            "left",
        ) => return leaf(asked, left, "closing.difference"),
        (Err(_), _) => {
            return Err(AppError::new(ErrorCode::NotFound, "There is no figure at this address.")
                .with("address", asked));
        }
    };
    let mut closed = deal.clone();
    for cell in &solved.cells {
        closed = set(&closed, &cell.path, cell.value.clone())?;
    }
    let outcome = computed(&closed)?;
    let told = |address: &str| -> Result<TreeDto, AppError> {
        let mut tree = explained(&outcome, address)?;
        readdress(&mut tree, &format!("solved({})", written(unknown)));
        Ok(tree)
    };
    match within.strip_prefix("in.") {
        Some(address) => told(address),
        None if within == "amount" => {
            let found = leaf(asked, solved.amount, &written(unknown))?;
            let inputs = vec![
                TreeDto { address: None, ..found.clone() },
                told("closing.sources_cash")?,
                told("closing.uses_cash")?,
            ];
            Ok(TreeDto { operation: Some("solved".to_owned()), leaf: None, inputs, ..found })
        }
        None => {
            Err(AppError::new(ErrorCode::NotFound, "There is no figure at this address.")
                .with("address", asked))
        }
    }
}

fn leaf(address: &str, amount: Money, path: &str) -> Result<TreeDto, AppError> {
    Ok(TreeDto {
        address: Some(address.to_owned()),
        value: quantity(&Quantity::Money(amount))?,
        operation: None,
        rounding: None,
        leaf: Some(LeafDto::Assumption { path: path.to_owned(), source: FOUND.to_owned() }),
        inputs: Vec::new(),
        folded: 0,
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test that cannot go on stops")]

    use recoup_deal::read_deal;

    use super::*;

    #[test]
    fn an_answer_explains_itself() {
        let deal = read_deal(include_str!("../../../examples/dragons-quest.deal.json")).unwrap();
        let unknown =
            Unknown::Amount(deal.instruments.iter().find(|one| one.terms.is_equity()).unwrap().id.clone());
        let solved = answered(&unknown, solve_for(&deal, catalog().unwrap(), &unknown).unwrap()).unwrap();
        for figure in [&solved.amount, &solved.difference] {
            let tree = explained_solution(&deal, &figure.address).unwrap().unwrap();
            assert_eq!(tree.value, figure.value, "{}", figure.address);
            assert_eq!(tree.address.as_deref(), Some(figure.address.as_str()));
        }
        assert!(explained_solution(&deal, "closing.difference").is_none());
        assert!(explained_solution(&deal, "solved(nothing).amount").unwrap().is_err());
    }
}
