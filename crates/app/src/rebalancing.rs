//! One amount of the stack changed with its sum kept, before it is typed: what gives way, and what closes then.

use recoup_deal::Deal;
use recoup_explain::{Book, Quantity};
use recoup_model::{Outcome, Shift, Unbalanced, give_way, rebalance};
use recoup_money::{Currency, Money};

use crate::{
    App, AppError, ErrorCode,
    computation::computed,
    figures::{explained, quantity, readdress},
    wire::{
        FigureDto, LeafDto, MoneyDto, NoBalance, RebalanceStack, RebalancedStack, SolvedCellDto, TreeDto,
    },
};

/// What of the supposed deal is shown while an amount is dragged, besides what each instrument gives.
const SHOWN: [&str; 5] = [
    "closing.sources_cash",
    "closing.uses_cash",
    "closing.financing_costs",
    "closing.difference",
    "capital.peak_funding",
];

/// What stands in an address for everything else being locked.
const NOTHING_GIVES_WAY: &str = "*";

/// The stack with another amount in it and the same sum, and the closing it leads to.
pub async fn rebalance_stack(app: &App, request: RebalanceStack) -> Result<RebalancedStack, AppError> {
    let (revision, state) = app.state(&request.deal)?;
    let shift = Shift {
        instrument: request.instrument,
        amount: typed(&request.amount)?,
        locked: request.locked,
        keeps_sum: request.keeps_sum.unwrap_or(true),
    };
    let outcome = state.outcome()?;
    match rebalance(&state.deal, &outcome.book, &shift) {
        Ok(cells) => {
            let moved = computed(&supposed(&state.deal, &outcome.book, &shift)?)?;
            Ok(RebalancedStack {
                revision,
                figures: shown(&state.deal, &shift, &moved)?,
                cells: cells
                    .into_iter()
                    .map(|cell| SolvedCellDto { path: cell.path, value: cell.value })
                    .collect(),
                reason: None,
            })
        }
        Err(reason) => Ok(RebalancedStack {
            revision,
            cells: Vec::new(),
            figures: Vec::new(),
            reason: Some(told(&shift, reason)?),
        }),
    }
}

fn typed(amount: &MoneyDto) -> Result<Money, AppError> {
    let currency = Currency::from_code(amount.currency()).map_err(|reason| {
        AppError::new(ErrorCode::InvalidRequest, reason.to_string())
            .with("path", "amount.currency")
            .with("given", amount.currency())
    })?;
    Ok(Money::new(amount.minor(), currency))
}

fn supposed(deal: &Deal, book: &Book, shift: &Shift) -> Result<Deal, AppError> {
    let cells = rebalance(deal, book, shift).map_err(|reason| unbalanced(&reason))?;
    Shift::applied(deal, &cells).map_err(|reason| unbalanced(&reason))
}

fn unbalanced(reason: &Unbalanced) -> AppError {
    let message = "The sum of the stack cannot be kept with this amount.";
    AppError::new(ErrorCode::InvalidRequest, message).with("reason", word(reason))
}

fn word(reason: &Unbalanced) -> &'static str {
    match reason {
        Unbalanced::NoSuchAmount => "no_such_amount",
        Unbalanced::Negative => "negative",
        Unbalanced::OtherCurrency(_) => "other_currency",
        Unbalanced::NoRate(_) => "no_rate",
        Unbalanced::NothingGivesWay => "nothing_gives_way",
        Unbalanced::TooMuch(_) => "too_much",
        Unbalanced::Refused(_) => "refused",
    }
}

/// `rebalanced(equity;USD 9000000.00;gap,senior)`: the instrument, its amount, and what is locked; `*` where nothing
/// gives way.
fn written(shift: &Shift) -> String {
    let locked = if shift.keeps_sum { shift.locked.join(",") } else { NOTHING_GIVES_WAY.to_owned() };
    format!("rebalanced({};{};{locked})", shift.instrument, shift.amount)
}

fn read(text: &str) -> Option<Shift> {
    let mut parts = text.splitn(3, ';');
    let (instrument, amount, locked) = (parts.next()?, parts.next()?, parts.next()?);
    let keeps_sum = locked != NOTHING_GIVES_WAY;
    let locked = locked.split(',').filter(|id| !id.is_empty() && keeps_sum).map(str::to_owned).collect();
    Some(Shift { instrument: instrument.to_owned(), amount: amount.parse().ok()?, locked, keeps_sum })
}

fn shown(deal: &Deal, shift: &Shift, moved: &Outcome) -> Result<Vec<FigureDto>, AppError> {
    let given = deal.instruments.iter().map(|one| format!("capital.{}.principal", one.id));
    let all = given.chain(SHOWN.iter().map(|address| (*address).to_owned()));
    let found = all.filter_map(|address| {
        let node = moved.book.find(&address)?;
        let value = quantity(moved.book.value(node));
        Some(value.map(|value| FigureDto { address: format!("{}.in.{address}", written(shift)), value }))
    });
    found.collect()
}

fn told(shift: &Shift, reason: Unbalanced) -> Result<NoBalance, AppError> {
    let kind = word(&reason).to_owned();
    let plain = NoBalance { kind, most: None, currency: None, message: None };
    Ok(match reason {
        Unbalanced::TooMuch(most) => NoBalance {
            most: Some(FigureDto {
                address: format!("{}.most", written(shift)),
                value: quantity(&Quantity::Money(most))?,
            }),
            ..plain
        },
        Unbalanced::OtherCurrency(currency) | Unbalanced::NoRate(currency) => {
            NoBalance { currency: Some(currency.to_string()), ..plain }
        }
        Unbalanced::Refused(message) => NoBalance { message: Some(message), ..plain },
        Unbalanced::NoSuchAmount | Unbalanced::Negative | Unbalanced::NothingGivesWay => plain,
    })
}

/// Why a figure of a rebalanced stack is what it is; none for any other figure.
pub(crate) fn explained_balance(
    deal: &Deal,
    now: Result<&Outcome, AppError>,
    asked: &str,
) -> Option<Result<TreeDto, AppError>> {
    let (inside, within) = asked.strip_prefix("rebalanced(")?.split_once(").")?;
    let shift = read(inside)?;
    Some(now.and_then(|now| explained_of(deal, now, &shift, within, asked)))
}

fn explained_of(
    deal: &Deal,
    now: &Outcome,
    shift: &Shift,
    within: &str,
    asked: &str,
) -> Result<TreeDto, AppError> {
    let nowhere =
        || AppError::new(ErrorCode::NotFound, "There is no figure at this address.").with("address", asked);
    if let Some(address) = within.strip_prefix("in.") {
        let mut tree =
            explained(&computed(&supposed(deal, &now.book, shift)?)?, address).map_err(|_| nowhere())?;
        readdress(&mut tree, &written(shift));
        return Ok(tree);
    }
    match rebalance(deal, &now.book, shift) {
        Err(Unbalanced::TooMuch(most)) if within == "most" => most_of(deal, now, shift, most, asked),
        _ => Err(nowhere()),
    }
}

/// The most is what the instrument holds and what all those that give way hold.
fn most_of(deal: &Deal, now: &Outcome, shift: &Shift, most: Money, asked: &str) -> Result<TreeDto, AppError> {
    let mut inputs = vec![explained(now, &format!("capital.{}.principal", shift.instrument))?];
    for other in give_way(deal, shift) {
        inputs.push(explained(now, &format!("capital.{}.principal", other.id))?);
    }
    Ok(TreeDto {
        address: Some(asked.to_owned()),
        value: quantity(&Quantity::Money(most))?,
        operation: Some("sum".to_owned()),
        rounding: None,
        leaf: None::<LeafDto>,
        inputs,
        folded: 0,
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test that cannot go on stops")]

    use recoup_deal::read_deal;

    use super::*;

    #[test]
    fn a_supposed_stack_explains_itself() {
        let deal = read_deal(include_str!("../../../examples/dragons-quest.deal.json")).unwrap();
        let now = computed(&deal).unwrap();
        let equity = deal.instruments.iter().find(|one| one.terms.is_equity()).unwrap().id.clone();
        let shift = Shift {
            instrument: equity,
            amount: Money::from_major(8_000_000, deal.currency).unwrap(),
            locked: vec!["gap".to_owned()],
            keeps_sum: true,
        };
        let moved = computed(&supposed(&deal, &now.book, &shift).unwrap()).unwrap();
        let figures = shown(&deal, &shift, &moved).unwrap();
        assert!(figures.len() > SHOWN.len());
        for figure in figures {
            let tree = explained_balance(&deal, Ok(&now), &figure.address).unwrap().unwrap();
            assert_eq!(tree.value, figure.value, "{}", figure.address);
            assert_eq!(tree.address.as_deref(), Some(figure.address.as_str()));
        }
    }

    #[test]
    fn the_most_is_the_sum_of_what_gives_way() {
        let deal = read_deal(include_str!("../../../examples/dragons-quest.deal.json")).unwrap();
        let equity = deal.instruments.iter().find(|one| one.terms.is_equity()).unwrap().id.clone();
        let amount = Money::from_major(90_000_000, deal.currency).unwrap();
        let shift = Shift { instrument: equity, amount, locked: Vec::new(), keeps_sum: true };
        let now = computed(&deal).unwrap();
        let reason = rebalance(&deal, &now.book, &shift).unwrap_err();
        let most = told(&shift, reason).unwrap().most.unwrap();
        let tree = explained_balance(&deal, Ok(&now), &most.address).unwrap().unwrap();
        assert_eq!(tree.value, most.value);
        assert!(tree.inputs.len() > 1);
        assert!(explained_balance(&deal, Ok(&now), "closing.difference").is_none());
    }
}
