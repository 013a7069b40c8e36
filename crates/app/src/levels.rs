//! What reaches whom if the film grosses more or less than its estimates.

use recoup_deal::{Deal, read_deal};
use recoup_model::{NoLevel, Outcome, USUAL_QUARTERS, at_gross, quarters_of};
use recoup_money::{Currency, Money, Rounding};
use rust_decimal::Decimal;

use crate::{
    App, AppError, ErrorCode,
    computation::computed,
    figures::{explained, quantity, readdress},
    wire::{FigureDto, LevelDto, LevelPartyDto, MoneyDto, TreeDto, WeighLevels, WeighedLevels},
};

/// The most levels one answer computes.
const MOST: usize = 12;

/// The deal computed at each level of worldwide gross.
pub async fn weigh_levels(app: &App, request: WeighLevels) -> Result<WeighedLevels, AppError> {
    let (revision, state) = app.state(&request.deal)?;
    let levels = request.gross.iter().map(typed).collect::<Result<Vec<_>, _>>()?;
    weighed(revision, &state.deal, state.outcome()?, levels)
}

/// As [`weigh_levels`], for a deal file and amounts in major units of its currency.
pub fn weigh_deal_file(text: &str, gross: &[String]) -> Result<(Deal, WeighedLevels), AppError> {
    let deal = read_deal(text)?;
    let now = computed(&deal)?;
    let levels =
        gross.iter().map(|major| major_units(major, deal.currency)).collect::<Result<Vec<_>, _>>()?;
    let answer = weighed(0, &deal, &now, levels)?;
    Ok((deal, answer))
}

fn major_units(written: &str, currency: Currency) -> Result<Money, AppError> {
    let refused = |reason: String| {
        AppError::new(ErrorCode::InvalidRequest, reason).with("path", "gross").with("given", written)
    };
    let major: Decimal =
        written.parse().map_err(|reason: rust_decimal::Error| refused(reason.to_string()))?;
    Money::from_decimal(major, currency, Rounding::HalfUp).map_err(|reason| refused(reason.to_string()))
}

fn weighed(
    revision: u32,
    deal: &Deal,
    now: &Outcome,
    mut levels: Vec<Money>,
) -> Result<WeighedLevels, AppError> {
    if levels.len() > MOST {
        return Err(AppError::new(ErrorCode::InvalidRequest, "One answer has at most twelve levels.")
            .with("path", "gross")
            .with("given", levels.len())
            .with("max", MOST));
    }
    if levels.is_empty() {
        levels.extend(USUAL_QUARTERS.into_iter().filter_map(|quarters| quarters_of(&now.book, quarters)));
    }
    let levels = levels.into_iter().map(|level| one(deal, now, level)).collect::<Result<_, _>>()?;
    Ok(WeighedLevels { revision, levels })
}

fn typed(amount: &MoneyDto) -> Result<Money, AppError> {
    let currency = Currency::from_code(amount.currency()).map_err(|reason| {
        AppError::new(ErrorCode::InvalidRequest, reason.to_string())
            .with("path", "gross")
            .with("given", amount.currency())
    })?;
    Ok(Money::new(amount.minor(), currency))
}

fn one(deal: &Deal, now: &Outcome, level: Money) -> Result<LevelDto, AppError> {
    let moved = supposed(deal, now, level)?;
    let figure = |address: &str| -> Result<FigureDto, AppError> {
        let value = moved.book.find(address).map(|node| quantity(moved.book.value(node)));
        let value = value.unwrap_or_else(|| Err(nowhere(address)))?;
        Ok(FigureDto { address: format!("{}.in.{address}", written(level)), value })
    };
    let parties = moved.parties.iter().map(|party| {
        Ok(LevelPartyDto {
            party: party.party.to_string(),
            paid: figure(&format!("recoupment.{}.paid", party.party))?,
            outstanding: figure(&format!("recoupment.{}.outstanding", party.party))?,
        })
    });
    Ok(LevelDto {
        gross: figure("revenue.gross")?,
        account: figure("revenue.to_account")?,
        parties: parties.collect::<Result<_, AppError>>()?,
    })
}

fn supposed(deal: &Deal, now: &Outcome, level: Money) -> Result<Outcome, AppError> {
    let refuse = |message: &str| {
        AppError::new(ErrorCode::InvalidRequest, message)
            .with("path", "gross")
            .with("given", level.to_string())
    };
    let scaled = at_gross(deal, &now.book, level).map_err(|reason| match reason {
        NoLevel::NotAnAmount => refuse("A gross is an amount of the deal's currency, not below nothing."),
        NoLevel::NothingToScale => refuse("No estimate of the revenue plan brings money yet."),
        NoLevel::Refused(reason) => refuse(&reason),
    })?;
    computed(&scaled)
}

fn nowhere(address: &str) -> AppError {
    AppError::new(ErrorCode::NotFound, "There is no figure at this address.").with("address", address)
}

/// A level in an address, `at(GBP6000000.00)`: addresses stand side by side with spaces between them.
fn written(level: Money) -> String {
    format!("at({})", level.to_string().replace(' ', ""))
}

fn read(level: &str) -> Option<Money> {
    let (currency, amount) = level.split_at_checked(3)?;
    format!("{currency} {amount}").parse().ok()
}

/// Why a figure at another level is what it is, as `at(GBP6000000.00).in.recoupment.fund.paid`; none for any other.
pub(crate) fn explained_level(
    deal: &Deal,
    now: Result<&Outcome, AppError>,
    asked: &str,
) -> Option<Result<TreeDto, AppError>> {
    let (level, address) = asked.strip_prefix("at(")?.split_once(").in.")?;
    let level = read(level)?;
    let tree = || {
        let mut tree = explained(&supposed(deal, now?, level)?, address)?;
        readdress(&mut tree, &written(level));
        Ok(tree)
    };
    Some(tree())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test that cannot go on stops")]

    use super::*;
    use crate::wire::QuantityDto;

    #[test]
    fn more_receipts_pay_nobody_less_and_explain_themselves() {
        let text = include_str!("../../../examples/tin-orchard.deal.json");
        let levels = ["6000000".to_owned(), "12000000".to_owned()];
        let (deal, answer) = weigh_deal_file(text, &levels).unwrap();
        let now = computed(&deal).unwrap();
        let minor = |figure: &FigureDto| match &figure.value {
            QuantityDto::Money { amount } => amount.minor(),
            other => panic!("{other:?} is no amount"),
        };
        let [low, high] = answer.levels.as_slice() else { panic!("two levels") };
        assert_eq!(minor(&low.gross), 600_000_000);
        assert!(minor(&low.account) < minor(&high.account));
        for (one, other) in low.parties.iter().zip(&high.parties) {
            assert!(minor(&one.paid) <= minor(&other.paid), "{}", one.party);
            for figure in [&one.paid, &one.outstanding] {
                let tree = explained_level(&deal, Ok(&now), &figure.address).unwrap().unwrap();
                assert_eq!((&tree.value, tree.address.as_ref()), (&figure.value, Some(&figure.address)));
            }
        }
    }

    #[test]
    fn nobody_asks_for_the_usual_levels_and_gets_four() {
        let text = include_str!("../../../examples/dragons-quest.deal.json");
        let (_, answer) = weigh_deal_file(text, &[]).unwrap();
        assert_eq!(answer.levels.len(), 4);
        for given in ["-1", "six million"] {
            let refused = weigh_deal_file(text, &[given.to_owned()]).unwrap_err();
            assert_eq!(refused.code, "INVALID_REQUEST");
        }
    }
}
