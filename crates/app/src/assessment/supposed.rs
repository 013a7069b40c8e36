//! Figures of a deal whose whole budget is spent in one place, or that claims other programs, under addresses of their
//! own.
//!
//! `in(IE).incentives.net` is the figure with every line spent in Ireland and the best combination there claimed,
//! `more(in=IE).incentives.net` what it is more than now; `with(ca-federal-pstc+ca-qc-qpstc).incentives.net` is the
//! figure with exactly these programs claimed, `more(with=…).…` likewise; `more(moved=animation:IE).incentives.net` is
//! what it is more with one budget line spent in Ireland and claimed there.

use std::collections::BTreeSet;

use recoup_deal::Deal;
use recoup_explain::Book;
use recoup_incentives::{achievable_in, assess, assess_these};

use super::{jurisdictions::priced, moves::moved};
use crate::{
    AppError, ErrorCode,
    computation::{catalog, computed},
    figures::{explained, explained_in},
    reference_rates,
    wire::{LeafDto, MoneyDto, QuantityDto, TreeDto},
};

/// What is supposed of the deal.
enum Supposition<'a> {
    /// Spent in this place.
    In(&'a str),
    /// Claiming exactly these programs.
    With(Vec<&'a str>),
    /// With one budget line spent in another place, and claimed there.
    Moved { line: &'a str, place: &'a str },
}

/// The address of a figure of the budget spent in one place.
pub(super) fn in_place(place: &str, within: &str) -> String {
    format!("in({place}).{within}")
}

/// The address of what that figure is more than now.
pub(super) fn more_in_place(place: &str, within: &str) -> String {
    format!("more(in={place}).{within}")
}

/// The address of a figure with exactly these programs claimed.
pub(super) fn with_programs(programs: &[String], within: &str) -> String {
    format!("with({}).{within}", programs.join("+"))
}

/// The address of what that figure is more than now.
pub(super) fn more_with_programs(programs: &[String], within: &str) -> String {
    format!("more(with={}).{within}", programs.join("+"))
}

/// The address of what a figure is more than now with one budget line moved.
pub(super) fn more_moved(line: &str, place: &str, within: &str) -> String {
    format!("more(moved={line}:{place}).{within}")
}

impl<'a> Supposition<'a> {
    fn read(word: &str, value: &'a str) -> Option<Self> {
        match word {
            "in" => Some(Self::In(value)),
            "with" => Some(Self::With(value.split('+').collect())),
            "moved" => {
                let (line, place) = value.rsplit_once(':')?;
                Some(Self::Moved { line, place })
            }
            _ => None,
        }
    }

    fn address(&self, within: &str) -> String {
        match self {
            Self::In(place) => in_place(place, within),
            Self::With(programs) => format!("with({}).{within}", programs.join("+")),
            Self::Moved { line, place } => format!("moved({line}:{place}).{within}"),
        }
    }

    /// The figure's tree in the supposed deal.
    fn explained(&self, deal: &Deal, within: &str) -> Result<TreeDto, AppError> {
        let mut book = Book::new();
        match self {
            Self::In(place) => {
                let (deal, _) = priced(deal)?;
                achievable_in(&deal, catalog()?, place, &mut book);
            }
            Self::With(programs) => {
                let programs: BTreeSet<String> = programs.iter().map(|&one| one.to_owned()).collect();
                assess_these(deal, catalog()?, &programs, &mut book);
            }
            Self::Moved { line, place } => {
                assess(&moved(deal, line, place)?, catalog()?, &mut book);
            }
        }
        let mut tree = explained_in(&book, within)?;
        self.readdress(deal, &mut tree)?;
        Ok(tree)
    }

    fn readdress(&self, deal: &Deal, tree: &mut TreeDto) -> Result<(), AppError> {
        if let Some(within) = &mut tree.address {
            *within = self.address(within);
        }
        if let Some(leaf) = &mut tree.leaf {
            published(deal, leaf)?;
        }
        for input in &mut tree.inputs {
            self.readdress(deal, input)?;
        }
        Ok(())
    }
}

/// A rate that the deal does not hold is an assumption with its source.
fn published(deal: &Deal, leaf: &mut LeafDto) -> Result<(), AppError> {
    let LeafDto::DatedRate { path, .. } = &*leaf else { return Ok(()) };
    let Some(currency) = reference_rates::of_cell(path) else { return Ok(()) };
    let source = reference_rates::ReferenceRates::embedded()?.ground(deal.currency, currency);
    *leaf = LeafDto::Assumption { path: path.clone(), source };
    Ok(())
}

/// Why a figure of a supposed deal is what it is; none where the address supposes nothing of this kind.
pub(super) fn explained_supposed(deal: &Deal, asked: &str) -> Option<Result<TreeDto, AppError>> {
    let (word, rest) = asked.split_once('(')?;
    let (value, within) = rest.split_once(").")?;
    if word == "more" {
        let (word, value) = value.split_once('=')?;
        let supposition = Supposition::read(word, value)?;
        return Some(gain(deal, &supposition, asked, within));
    }
    let supposition = Supposition::read(word, value)?;
    Some(supposition.explained(deal, within))
}

fn gain(deal: &Deal, supposition: &Supposition<'_>, asked: &str, within: &str) -> Result<TreeDto, AppError> {
    let then = supposition.explained(deal, within)?;
    let now = explained(&computed(deal)?, within)?;
    let (QuantityDto::Money { amount: there }, QuantityDto::Money { amount: here }) =
        (&then.value, &now.value)
    else {
        return Err(
            AppError::new(ErrorCode::NotFound, "There is no amount at this address.").with("address", asked)
        );
    };
    let amount = MoneyDto::new(there.minor().saturating_sub(here.minor()), there.currency().to_owned())
        .map_err(|reason| AppError::new(ErrorCode::Internal, reason.to_string()))?;
    Ok(TreeDto {
        address: Some(asked.to_owned()),
        value: QuantityDto::Money { amount },
        operation: Some("difference".to_owned()),
        rounding: None,
        leaf: None::<LeafDto>,
        inputs: vec![then, now],
        folded: 0,
    })
}
