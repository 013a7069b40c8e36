//! A budget line that is spent in another jurisdiction, and claimed there: what that would leave, and the edit.

use recoup_deal::{Deal, Language};
use recoup_explain::{Book, Quantity};
use recoup_incentives::{Catalog, Labels, assess, moved_to};
use recoup_money::Money;

use super::{cases::NET, jurisdictions::priced, supposed::more_moved};
use crate::{
    App, AppError, ErrorCode,
    computation::catalog,
    deals::change,
    figures::quantity,
    findings::spoken,
    reference_rates,
    wire::{DealView, FigureDto, MoveLine, WeighPlace, WeighedPlace, WeighedPlaceLine},
};

/// What each budget line would earn more, were it spent in one jurisdiction.
pub async fn weigh_place(app: &App, request: WeighPlace) -> Result<WeighedPlace, AppError> {
    let language = spoken(request.language.as_deref())?;
    let (revision, state) = app.state(&request.deal)?;
    checked(&request.jurisdiction)?;
    let outcome = state.outcome()?;
    let now = outcome.book.value(outcome.incentives.net).as_money();
    let mut lines = weighed(&state.deal, &request.jurisdiction, now, language)?;
    lines.sort_by_key(|(gain, _)| std::cmp::Reverse(gain.minor()));
    Ok(WeighedPlace { revision, lines: lines.into_iter().map(|(_, line)| line).collect() })
}

/// Moves a budget line wholly to a jurisdiction and claims what there is.
pub async fn move_line(app: &App, request: MoveLine) -> Result<DealView, AppError> {
    let MoveLine { deal, revision, line, jurisdiction } = request;
    checked(&jurisdiction)?;
    let path = format!("budget.lines[{line}].spend");
    change(app, &deal, revision, &path, |before| {
        if before.budget.lines.iter().all(|one| one.id != line) {
            let refusal = AppError::new(ErrorCode::NotFound, "This deal has no such budget line.");
            return Err(refusal.with("line", &line));
        }
        moved(before, &line, &jurisdiction)
    })
    .await
}

/// A jurisdiction is written as in `CA-QC`.
fn checked(jurisdiction: &str) -> Result<(), AppError> {
    let is_code = |part: &str| {
        (1..=3).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit())
    };
    if jurisdiction.len() >= 2 && jurisdiction.split('-').count() <= 2 && jurisdiction.split('-').all(is_code)
    {
        return Ok(());
    }
    Err(AppError::new(ErrorCode::InvalidRequest, "A jurisdiction is written like CA-QC.")
        .with("jurisdiction", jurisdiction))
}

/// The deal with the line there, the programs there claimed, and a published rate for each of their currencies that
/// the deal does not price.
pub(super) fn moved(deal: &Deal, line: &str, jurisdiction: &str) -> Result<Deal, AppError> {
    let catalog = catalog()?;
    let (priced, _) = priced(deal)?;
    let mut moved = moved_to(&priced, catalog, line, jurisdiction);
    let new: Vec<&str> = new_claims(deal, &moved).collect();
    let paid: Vec<&str> = new
        .iter()
        .filter_map(|program| catalog.versions(program).last())
        .map(|one| one.currency.code())
        .collect();
    moved.fx.retain(|quote| {
        let cell = format!("fx[{}].rate", quote.id);
        reference_rates::of_cell(&cell).is_none()
            || deal.fx.contains(quote)
            || paid.contains(&quote.quote.code())
    });
    Ok(moved)
}

fn new_claims<'d>(before: &'d Deal, after: &'d Deal) -> impl Iterator<Item = &'d str> {
    let known = |id: &str| before.incentives.iter().any(|claim| claim.id == id);
    after.incentives.iter().filter(move |claim| !known(&claim.id)).map(|claim| claim.program.as_str())
}

fn weighed(
    deal: &Deal,
    jurisdiction: &str,
    now: Option<Money>,
    language: Language,
) -> Result<Vec<(Money, WeighedPlaceLine)>, AppError> {
    let catalog = catalog()?;
    let mut found = Vec::new();
    let elsewhere = deal.budget.lines.iter().filter(|line| {
        line.amount.is_some() && !line.spend.iter().all(|part| part.jurisdiction == jurisdiction)
    });
    for line in elsewhere {
        let moved = moved(deal, &line.id, jurisdiction)?;
        let mut book = Book::new();
        let net = assess(&moved, catalog, &mut book).net;
        let net = book.value(net).as_money();
        let Some(gain) = net.zip(now).and_then(|(net, now)| net.checked_sub(now).ok()) else { continue };
        let told = WeighedPlaceLine {
            line: line.id.clone(),
            gain: FigureDto {
                address: more_moved(&line.id, jurisdiction, NET),
                value: quantity(&Quantity::Money(gain))?,
            },
            claims: new_claims(deal, &moved).map(|program| named(catalog, program, language)).collect(),
        };
        found.push((gain, told));
    }
    Ok(found)
}

fn named(catalog: &Catalog, program: &str, language: Language) -> String {
    let name = catalog.versions(program).last().map_or(program, |policy| &policy.short_name);
    Labels::embedded().say(name, language).to_owned()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test that cannot go on stops")]

    use recoup_deal::read_deal;

    use super::*;
    use crate::{assessment::explained_case, computation::computed, wire::QuantityDto};

    #[test]
    fn a_jurisdiction_is_a_code() {
        assert!(["IE", "CA-QC", "AU-NSW", "PR"].into_iter().all(|code| checked(code).is_ok()));
        assert!(
            ["", "I", "ie", "CA-", "CA-QC-1", "((", "somewhere else"]
                .into_iter()
                .all(|code| checked(code).is_err())
        );
    }

    /// The gain that is shown is what the edit brings, to the cent, and explains itself.
    #[test]
    fn a_move_brings_what_was_said_of_it() {
        let deal = read_deal(include_str!("../../../../examples/tin-orchard.deal.json")).unwrap();
        let now = |deal: &Deal| {
            let outcome = computed(deal).unwrap();
            outcome.book.value(outcome.incentives.net).as_money().unwrap()
        };
        let before = now(&deal);
        for place in ["HR", "CA-QC"] {
            for (gain, told) in
                weighed(&deal, place, Some(before), Language::English).unwrap().into_iter().take(2)
            {
                let after = moved(&deal, &told.line, place).unwrap();
                assert_eq!(now(&after).checked_sub(before).unwrap(), gain);
                assert!(after.fx.len() <= deal.fx.len() + 1, "only the rate that is needed");
                let tree = explained_case(&deal, &told.gain.address).unwrap().unwrap();
                assert_eq!(tree.value, told.gain.value);
                assert!(matches!(tree.value, QuantityDto::Money { .. }));
            }
        }
    }
}
