//! Figures of a deal that differs from the one at hand in one cell, under addresses of their own.
//!
//! `if(incentives[ie-481].answers.key_role=false).incentives.net` is the figure in that case, `more(…).…` by how much
//! it is more than in the deal as it stands, `rate(…).…` that as a share of what the cell has more. What stands after
//! the equals sign has neither spaces nor parentheses: an answer, an amount as `USD:100000.00`, a place.

use std::str::FromStr;

use recoup_deal::{Deal, get};
use recoup_explain::{Book, Operation, Quantity};
use recoup_incentives::{Case, cells_of};
use recoup_money::Money;
use serde_json::{Value, json};

use crate::{
    AppError, ErrorCode,
    computation::computed,
    figures::{explained, explained_in, quantity},
    wire::{LeafDto, QuantityDto, TreeDto},
};

/// The figure the cases are weighed by.
pub(super) const NET: &str = "incentives.net";

/// What is asked of a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Of {
    /// The figure itself.
    If,
    /// What it is more.
    More,
    /// What it is more, as a share of the step.
    Rate,
}

impl Of {
    const ALL: [Self; 3] = [Self::If, Self::More, Self::Rate];

    fn word(self) -> &'static str {
        match self {
            Self::If => "if",
            Self::More => "more",
            Self::Rate => "rate",
        }
    }
}

/// Another answer to a question.
pub(super) fn answer(path: &str, yes: bool) -> Case {
    Case { path: path.to_owned(), value: json!({ "flag": yes }) }
}

/// The address of a figure in a case.
pub(super) fn address(of: Of, case: &Case, within: &str) -> String {
    format!("{}({}={}).{within}", of.word(), case.path, written(&case.value))
}

fn written(value: &Value) -> String {
    let text = value.get("flag").or_else(|| value.get(0)?.get("jurisdiction")).unwrap_or(value);
    text.as_str().map_or_else(|| text.to_string(), |text| text.replace(' ', ":"))
}

/// What is asked, of which case, about which figure.
pub(super) fn read(address: &str) -> Option<(Of, Case, &str)> {
    let (of, rest) =
        Of::ALL.into_iter().find_map(|of| Some((of, address.strip_prefix(of.word())?.strip_prefix('(')?)))?;
    let (case, within) = rest.split_once(").")?;
    let (path, value) = case.split_once('=')?;
    let line = |field: &str| path.strip_prefix("budget.lines[")?.strip_suffix(field);
    let case = if let Some(line) = line("].amount") {
        Case::amount(line, Money::from_str(&value.replace(':', " ")).ok()?)
    } else if let Some(line) = line("].spend") {
        Case::place(line, value)
    } else {
        answer(path, value.parse().ok()?)
    };
    Some((of, case, within))
}

/// Why a figure of a case is what it is; none for a figure of the deal as it is.
pub(crate) fn explained_case(deal: &Deal, asked: &str) -> Option<Result<TreeDto, AppError>> {
    let (of, case, within) = read(asked)?;
    Some(match of {
        Of::If => in_case(deal, &case, within),
        Of::More => gain(deal, &case, within),
        Of::Rate => rate(deal, &case, within),
    })
}

fn in_case(deal: &Deal, case: &Case, within: &str) -> Result<TreeDto, AppError> {
    let outcome = computed(&case.of(deal)?)?;
    let mut tree = explained(&outcome, within)?;
    readdress(&mut tree, case);
    Ok(tree)
}

fn readdress(tree: &mut TreeDto, case: &Case) {
    if let Some(within) = &mut tree.address {
        *within = address(Of::If, case, within);
    }
    for input in &mut tree.inputs {
        readdress(input, case);
    }
}

fn gain(deal: &Deal, case: &Case, within: &str) -> Result<TreeDto, AppError> {
    let then = in_case(deal, case, within)?;
    let now = explained(&computed(deal)?, within)?;
    let of =
        |tree: &TreeDto| match &tree.value {
            QuantityDto::Money { amount } => Ok((amount.minor(), amount.currency().to_owned())),
            _ => Err(AppError::new(ErrorCode::NotFound, "There is no amount at this address.")
                .with("address", within)),
        };
    let ((then_minor, currency), (now_minor, _)) = (of(&then)?, of(&now)?);
    let amount = crate::wire::MoneyDto::new(then_minor.saturating_sub(now_minor), currency)
        .map_err(|reason| AppError::new(ErrorCode::Internal, reason.to_string()))?;
    Ok(made(Of::More, case, within, "difference", QuantityDto::Money { amount }, vec![then, now]))
}

fn rate(deal: &Deal, case: &Case, within: &str) -> Result<TreeDto, AppError> {
    let gain = gain(deal, case, within)?;
    let absent = || AppError::new(ErrorCode::NotFound, "This case has no rate.").with("path", &case.path);
    let more = case.value.as_str().and_then(|text| Money::from_str(text).ok()).ok_or_else(absent)?;
    let now = get(deal, &case.path)
        .and_then(|value| value.as_str().and_then(|text| Money::from_str(text).ok()))
        .ok_or_else(absent)?;
    let step = step(deal, case, more, now)?;
    let QuantityDto::Money { amount: gained } = &gain.value else { return Err(absent()) };
    let QuantityDto::Money { amount: stepped } = &step.value else { return Err(absent()) };
    let share = Money::new(gained.minor(), deal.currency)
        .ratio_to(Money::new(stepped.minor(), deal.currency))
        .ok()
        .flatten()
        .ok_or_else(absent)?;
    let value = quantity(&Quantity::Number(share))?;
    Ok(made(Of::Rate, case, within, "quotient", value, vec![gain, step]))
}

/// What the cell has more in the case, in the deal's currency.
fn step(deal: &Deal, case: &Case, more: Money, now: Money) -> Result<TreeDto, AppError> {
    let mut book = Book::new();
    let then = book.assumption(case.path.as_str(), more, "the case that is looked at");
    let typed = book.cell(case.path.as_str(), now);
    let step = book.compute(Operation::Difference, &[then, typed]);
    let node = cells_of(deal).exchange(&mut book, step, more.currency(), deal.currency);
    book.name(node, "step");
    let mut tree = explained_in(&book, "step")?;
    tree.address = None;
    Ok(tree)
}

fn made(
    of: Of,
    case: &Case,
    within: &str,
    operation: &str,
    value: QuantityDto,
    inputs: Vec<TreeDto>,
) -> TreeDto {
    TreeDto {
        address: Some(address(of, case, within)),
        value,
        operation: Some(operation.to_owned()),
        rounding: None,
        leaf: None::<LeafDto>,
        inputs,
        folded: 0,
    }
}
