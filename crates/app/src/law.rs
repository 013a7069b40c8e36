//! The law over time: what changed from one text of a program to another.

use std::sync::Arc;

use recoup_deal::Language;
use recoup_incentives::{Catalog, Difference, Labels, Part, Policy, Side, Stated, differences};

use crate::{
    App, AppError, ErrorCode,
    assessment::term,
    computation::catalog,
    findings::spoken,
    wire::{CompareVersions, LawDifference, LawSide, LawStated, VersionComparison},
};

mod changes;
mod editions;

pub(crate) use changes::without;
pub use changes::{review_law_changes, settle_law_change};
pub(crate) use editions::{Law, noted, noted_for, opened};

/// What changed from one version of a program to another.
pub async fn compare_versions(_app: &App, request: CompareVersions) -> Result<VersionComparison, AppError> {
    let language = spoken(request.language.as_deref())?;
    let catalog = catalog()?;
    let before = version(catalog, &request.program, &request.from)?;
    let after = version(catalog, &request.program, &request.to)?;
    Ok(VersionComparison {
        program: after.id.clone(),
        name: Labels::embedded().say(&after.short_name, language).to_owned(),
        currency: after.currency.to_string(),
        from: before.from.to_string(),
        to: after.from.to_string(),
        differences: told(before, after, catalog, language),
    })
}

fn version<'a>(catalog: &'a Catalog, program: &str, day: &str) -> Result<&'a Arc<Policy>, AppError> {
    let day = day.parse().map_err(|_| {
        AppError::new(ErrorCode::InvalidRequest, "A day is written like 2027-03-01.").with("on", day)
    })?;
    catalog
        .on(program, day)
        .map_err(|reason| AppError::new(ErrorCode::NotFound, format!("{reason}.")).with("program", program))
}

/// The differences of two texts in a reader's language.
pub(crate) fn told(
    before: &Policy,
    after: &Policy,
    catalog: &Catalog,
    language: Language,
) -> Vec<LawDifference> {
    differences(before, after).into_iter().map(|one| difference(one, catalog, language)).collect()
}

fn difference(one: Difference, catalog: &Catalog, language: Language) -> LawDifference {
    let names = one.part == Part::Interaction && one.field == "with";
    let say = |side: Side| LawSide {
        stated: stated(side.stated, names, catalog, language),
        clause: side.clause,
        source: side.source,
    };
    LawDifference {
        part: term(one.part),
        id: one.id,
        field: one.field,
        label: one.label.map(|label| Labels::embedded().say(&label, language).to_owned()),
        before: one.before.map(say),
        after: one.after.map(say),
        bears_on_figures: one.bears_on_figures,
    }
}

fn stated(stated: Stated, names: bool, catalog: &Catalog, language: Language) -> LawStated {
    match stated {
        Stated::Number { value, unit } => {
            LawStated::Number { decimal: value.normalize().to_string(), unit: term(unit) }
        }
        Stated::Formula { text } => LawStated::Formula { text },
        Stated::Day { day } => LawStated::Day { date: day.to_string() },
        Stated::Count { count } => LawStated::Count { count: u32::try_from(count).unwrap_or(u32::MAX) },
        Stated::Flag { yes } => LawStated::Flag { yes },
        Stated::Text { text } => LawStated::Text { text: Labels::embedded().say(&text, language).to_owned() },
        Stated::Terms { terms } if names => {
            LawStated::Terms { terms: terms.iter().map(|id| name(catalog, id, language)).collect() }
        }
        Stated::Terms { terms } => LawStated::Terms { terms },
    }
}

/// What a program is called; its id where the library does not have it.
fn name(catalog: &Catalog, program: &str, language: Language) -> String {
    let latest = catalog.versions(program).last();
    latest.map_or(program, |policy| Labels::embedded().say(&policy.short_name, language)).to_owned()
}

#[cfg(test)]
mod tests;
