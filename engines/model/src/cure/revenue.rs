//! The revenue plan put right: wholes and their parts, shapes and months, days, contracts.

use recoup_calendar::YearMonth;
use recoup_deal::revenue::{RevenueSource, TimingProfile, Ultimate};
use recoup_deal::{AskKind, Cure, Edit, FindingValue, Phrase};
use rust_decimal::Decimal;
use serde_json::{Value, json};

use super::case::{Case, Proposed, typed, written};
use super::market::EXHIBITORS;

fn ultimate<'a>(case: &Case<'a>) -> Option<&'a Ultimate> {
    let id = case.element("revenue.ultimates")?;
    case.deal.revenue.ultimates.iter().find(|one| one.id == id)
}

fn source<'a>(case: &Case<'a>) -> Option<&'a RevenueSource> {
    let id = case.element("revenue.sources")?;
    case.deal.revenue.sources.iter().find(|one| one.id == id)
}

fn month(case: &Case<'_>, name: &str) -> Option<YearMonth> {
    match case.finding.values.get(name)? {
        FindingValue::Month(month) => Some(*month),
        _ => None,
    }
}

fn one(cure: Option<Cure>) -> Proposed {
    cure.into_iter().collect()
}

/// Decimal places of shares that are worked out; what rounding leaves goes to the last.
const PLACES: u32 = 6;

/// Weights in their proportion, as shares that make a whole.
fn whole(weights: &[Decimal]) -> Option<Vec<Decimal>> {
    let sum: Decimal = weights.iter().copied().sum();
    let mut shares: Vec<Decimal> = Vec::with_capacity(weights.len());
    for weight in weights {
        shares.push(weight.checked_div(sum)?.round_dp(PLACES));
    }
    let rest = Decimal::ONE - shares.iter().copied().sum::<Decimal>();
    *shares.last_mut()? += rest;
    Some(shares)
}

/// Shares of an ultimate that make a whole, in the proportion they have.
pub(super) fn shares(case: &Case<'_>) -> Proposed {
    let cure = ultimate(case).and_then(|ultimate| {
        let shares = whole(&ultimate.parts.iter().map(|part| part.share).collect::<Vec<_>>())?;
        let edits =
            ultimate.parts.iter().zip(shares).map(|(part, share)| {
                Edit::set(format!("{}[{}].share", case.path(), part.id), written(share))
            });
        Some(Cure::new(Phrase::new("cure_make_whole"), edits.collect()))
    });
    one(cure)
}

/// The whole says what its parts come to.
pub(super) fn total(case: &Case<'_>) -> Proposed {
    let cure = ultimate(case).and_then(|ultimate| {
        let (_, field) = ultimate.estimate.of(case.deal.revenue.computed_case())?;
        let sum = case.money("typed")?;
        let step = Phrase::new("cure_type_value").with("amount", sum);
        Some(Cure::new(step, vec![Edit::set(format!("{}.{field}", case.path()), typed(sum))]))
    });
    one(cure)
}

/// A source that two ultimates share stays with the first.
pub(super) fn part(case: &Case<'_>) -> Proposed {
    vec![Cure::new(Phrase::new("cure_take_out"), vec![Edit::remove(case.path())])]
}

/// Weights that make a whole, in the proportion they have.
pub(super) fn weights(case: &Case<'_>) -> Proposed {
    let cure = source(case).and_then(|source| {
        let Some(TimingProfile::Typed(steps)) = &source.profile else { return None };
        let shares = whole(&steps.iter().map(|step| step.weight).collect::<Vec<_>>())?;
        let edits = steps.iter().zip(shares).map(|(step, share)| {
            Edit::set(format!("{}.typed[{}].weight", case.path(), step.id), written(share))
        });
        Some(Cure::new(Phrase::new("cure_make_whole"), edits.collect()))
    });
    one(cure)
}

/// Weights that divide nothing give way to the usual shape.
pub(super) fn even(case: &Case<'_>) -> Proposed {
    vec![Cure::new(Phrase::new("cure_even_profile"), vec![Edit::set(case.path(), json!("even"))])]
}

/// A source lasts as long as its weights reach.
pub(super) fn longer(case: &Case<'_>) -> Proposed {
    let cure = source(case).and_then(|source| {
        let Some(FindingValue::Count(quarters)) = case.finding.values.get("quarters") else { return None };
        let months = 3 * quarters;
        let step = Phrase::new("cure_last_months").with("months", FindingValue::Count(months));
        let edit = Edit::set(format!("revenue.sources[{}].months", source.id), json!(months));
        Some(Cure::new(step, vec![edit]))
    });
    one(cure)
}

/// A source begins with the delivery.
pub(super) fn with_delivery(case: &Case<'_>) -> Proposed {
    let start = json!({"months_after_delivery": 0});
    vec![Cure::new(Phrase::new("cure_start_with_delivery"), vec![Edit::set(case.path(), start)])]
}

/// A source opens when nobody holds its window back any more.
pub(super) fn after_holdback(case: &Case<'_>) -> Proposed {
    let cure = month(case, "until").map(|until| {
        let step = Phrase::new("cure_open_in").with("month", FindingValue::Month(until));
        Cure::new(step, vec![Edit::set(case.path(), json!({"date": until.first_day()}))])
    });
    one(cure)
}

/// As many years are modelled as the source pays.
pub(super) fn horizon(case: &Case<'_>) -> Proposed {
    let begin = case.outcome.timeline.release().or(case.outcome.timeline.final_delivery());
    let cure = begin.zip(month(case, "last")).map(|(begin, last)| {
        let months = last.months_since(begin.year_month());
        let years = i64::from(months).max(0).div_euclid(12) + 1;
        let step = Phrase::new("cure_model_years").with("years", FindingValue::Count(years));
        Cure::new(step, vec![Edit::set("revenue.horizon_years", json!(years))])
    });
    one(cure)
}

/// The contract that has the rights takes its share.
pub(super) fn collected(case: &Case<'_>) -> Proposed {
    let Some(FindingValue::Name(id)) = case.finding.values.get("id") else { return Vec::new() };
    let name = match case.finding.values.get("contract") {
        Some(FindingValue::Name(name)) => name.as_str(),
        _ => id.as_str(),
    };
    let step = Phrase::new("cure_collect_under").with("contract", name);
    vec![Cure::new(step, vec![Edit::set(case.path(), json!(id))])]
}

/// The base case, which every source has.
pub(super) fn base_case(_: &Case<'_>) -> Proposed {
    vec![Cure::new(Phrase::new("cure_base_case"), vec![Edit::set("revenue.case", Value::Null)])]
}

/// The presale says what the contract does.
pub(super) fn overage(case: &Case<'_>) -> Proposed {
    let cure = case.rate("agreed").map(|agreed| {
        let step = Phrase::new("cure_agree_overage").with("share", FindingValue::Rate(agreed));
        Cure::new(step, vec![Edit::set(case.path(), written(agreed))])
    });
    one(cure)
}

/// What cinemas usually keep, assumed with its source; or as the producer types it.
pub(super) fn exhibitors(case: &Case<'_>) -> Proposed {
    let edits = case.assumed(case.path(), json!(EXHIBITORS.rate), EXHIBITORS.source);
    let usual = EXHIBITORS.rate.parse().unwrap_or_default();
    let step = Phrase::new("cure_usual_exhibitors").with("share", FindingValue::Rate(usual));
    vec![
        Cure::new(step, edits),
        Cure::asking(Phrase::new("cure_ask_exhibitors"), case.path(), AskKind::Share),
    ]
}
