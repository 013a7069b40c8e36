//! Figures of a deal that differs from the one at hand in one cell, or in the day whose law decides, under
//! addresses of their own.
//!
//! `if(incentives[ie-481].answers.key_role=false).incentives.net` is the figure in that case, `more(…).…` by how much
//! it is more than in the deal as it stands, `rate(…).…` that as a share of what the cell has more. What stands after
//! the equals sign has neither spaces nor parentheses: an answer, an amount as `USD:100000.00`, a place.
//! `on(2024-03-12).incentives.net` is the figure if that day decided which law applies, `more(2024-03-12).…` by how
//! much it is more than now. `law(ca-qc-qpstc:2024-05-31).incentives.net` is the figure with the library's text of that
//! version in place of the one the deal holds on to, `more(ca-qc-qpstc:2024-05-31).…` by how much it is more.

use std::str::FromStr;

use recoup_calendar::Date;
use recoup_deal::{Deal, get};
use recoup_explain::{Book, Operation, Quantity};
use recoup_incentives::{Case, cells_of, on_day};
use recoup_money::Money;
use serde_json::{Value, json};

use crate::{
    AppError, ErrorCode,
    computation::{catalog, computed},
    figures::{explained, explained_in, quantity},
    law::without,
    wire::{LeafDto, QuantityDto, TreeDto},
};

/// The figure the cases are weighed by.
pub(crate) const NET: &str = "incentives.net";

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

/// The address of a figure under the law of another day.
pub(super) fn address_on(of: Of, day: Date, within: &str) -> String {
    let word = if of == Of::If { "on" } else { of.word() };
    format!("{word}({day}).{within}")
}

/// The address of a figure under something else that is supposed, by its word and name.
pub(crate) fn address_under(word: &str, name: &str, within: &str) -> String {
    format!("{word}({name}).{within}")
}

/// What is supposed: another cell, another day that decides, or the library's text of a version.
pub(super) enum Supposed {
    Cell(Case),
    Day(Date),
    Law(String),
}

impl Supposed {
    fn deal(&self, deal: &Deal) -> Result<Deal, AppError> {
        Ok(match self {
            Self::Cell(case) => case.of(deal)?,
            Self::Day(day) => on_day(deal, catalog()?, *day),
            Self::Law(id) if deal.programs.iter().any(|carried| carried.id == *id) => without(deal, id),
            Self::Law(id) => {
                return Err(AppError::new(ErrorCode::NotFound, "The deal holds on to no such text.")
                    .with("edition", id));
            }
        })
    }

    fn address(&self, of: Of, within: &str) -> String {
        match self {
            Self::Cell(case) => address(of, case, within),
            Self::Day(day) => address_on(of, *day, within),
            Self::Law(id) => address_under(if of == Of::If { "law" } else { of.word() }, id, within),
        }
    }
}

fn written(value: &Value) -> String {
    let text = value.get("flag").or_else(|| value.get(0)?.get("jurisdiction")).unwrap_or(value);
    text.as_str().map_or_else(|| text.to_string(), |text| text.replace(' ', ":"))
}

/// What is asked, of which supposition, about which figure.
pub(super) fn read(address: &str) -> Option<(Of, Supposed, &str)> {
    let (of, rest) = Of::ALL
        .into_iter()
        .map(|of| (of, of.word()))
        .chain([(Of::If, "on"), (Of::If, "law")])
        .find_map(|(of, word)| Some((of, address.strip_prefix(word)?.strip_prefix('(')?)))?;
    let (supposed, within) = rest.split_once(").")?;
    let Some((path, value)) = supposed.split_once('=') else {
        let other = match supposed.parse() {
            Ok(day) => Supposed::Day(day),
            Err(_) if supposed.contains(':') => Supposed::Law(supposed.to_owned()),
            Err(_) => return None,
        };
        return (of != Of::Rate).then_some((of, other, within));
    };
    let line = |field: &str| path.strip_prefix("budget.lines[")?.strip_suffix(field);
    let case = if let Some(line) = line("].amount") {
        Case::amount(line, Money::from_str(&value.replace(':', " ")).ok()?)
    } else if let Some(line) = line("].spend") {
        Case::place(line, value)
    } else {
        answer(path, value.parse().ok()?)
    };
    Some((of, Supposed::Cell(case), within))
}

/// Why a figure of a case is what it is; none for a figure of the deal as it is.
pub(crate) fn explained_case(deal: &Deal, asked: &str) -> Option<Result<TreeDto, AppError>> {
    if let Some(found) = super::supposed::explained_supposed(deal, asked) {
        return Some(found);
    }
    let (of, supposed, within) = read(asked)?;
    Some(match (of, &supposed) {
        (Of::If, _) => in_case(deal, &supposed, within),
        (Of::Rate, Supposed::Cell(case)) => rate(deal, case, &supposed, within),
        (Of::More | Of::Rate, _) => gain(deal, &supposed, within),
    })
}

fn in_case(deal: &Deal, supposed: &Supposed, within: &str) -> Result<TreeDto, AppError> {
    let outcome = computed(&supposed.deal(deal)?)?;
    let mut tree = explained(&outcome, within)?;
    readdress(&mut tree, supposed);
    Ok(tree)
}

fn readdress(tree: &mut TreeDto, supposed: &Supposed) {
    if let Some(within) = &mut tree.address {
        *within = supposed.address(Of::If, within);
    }
    for input in &mut tree.inputs {
        readdress(input, supposed);
    }
}

fn gain(deal: &Deal, supposed: &Supposed, within: &str) -> Result<TreeDto, AppError> {
    let then = in_case(deal, supposed, within)?;
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
    Ok(made(supposed.address(Of::More, within), "difference", QuantityDto::Money { amount }, vec![then, now]))
}

fn rate(deal: &Deal, case: &Case, supposed: &Supposed, within: &str) -> Result<TreeDto, AppError> {
    let gain = gain(deal, supposed, within)?;
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
    Ok(made(supposed.address(Of::Rate, within), "quotient", value, vec![gain, step]))
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

fn made(address: String, operation: &str, value: QuantityDto, inputs: Vec<TreeDto>) -> TreeDto {
    TreeDto {
        address: Some(address),
        value,
        operation: Some(operation.to_owned()),
        rounding: None,
        leaf: None::<LeafDto>,
        inputs,
        folded: 0,
    }
}
