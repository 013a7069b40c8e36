//! The revenue plan as the page shows it, release plans laid over it, distributors added with usual terms.
//!
//! `if(revenue.case=high).revenue.gross` is a figure of the deal computed in another case;
//! `released(…).in.revenue.gross` one of the deal with a release plan laid over it.

mod contracts;
mod coverage;
mod releases;

use std::collections::{BTreeMap, BTreeSet};

use recoup_deal::revenue::{RevenueCase, TimingProfile};
use recoup_deal::{Deal, ReleaseTemplate, Window};
use recoup_model::Outcome;
use recoup_revenue::template;
use serde_json::Value;

use crate::{
    App, AppError, ErrorCode,
    computation::computed,
    figures::{explained, quantity},
    wire::{
        CaseGrossDto, FigureDto, ReleaseTemplateDto, RevenueCaseDto, RevenueQuarterDto, RevenueView,
        TemplateWindowDto, TreeDto, ViewRevenue, WindowGrossDto,
    },
};

pub use contracts::add_distribution;
pub(crate) use releases::explained_release;
pub use releases::{apply_release, preview_release};

/// Every usual release plan.
pub(crate) const TEMPLATES: [ReleaseTemplate; 4] = [
    ReleaseTemplate::WideTheatrical,
    ReleaseTemplate::Platform,
    ReleaseTemplate::StreamingFirst,
    ReleaseTemplate::DayAndDate,
];

/// Who has which rights where, and what the plan comes to in each case and quarter.
pub async fn view_revenue(app: &App, request: ViewRevenue) -> Result<RevenueView, AppError> {
    let (revision, state) = app.state(&request.deal)?;
    let (deal, outcome) = (&state.deal, state.outcome()?);
    let cases = Cases::of(deal, outcome)?;
    let (windows, rows) = coverage::rows(deal, outcome);
    Ok(RevenueView {
        revision,
        case: deal.revenue.computed_case().word().to_owned(),
        windows: windows.iter().map(|window| window.word().to_owned()).collect(),
        rows,
        cases: cases.totals()?,
        quarters: cases.quarters(&windows)?,
        terms: contracts::terms()?,
        templates: TEMPLATES.into_iter().map(told).collect(),
    })
}

/// The deal as it is computed, and as it would be in the other cases.
struct Cases<'o> {
    case: RevenueCase,
    now: &'o Outcome,
    others: BTreeMap<RevenueCase, Outcome>,
}

impl<'o> Cases<'o> {
    fn of(deal: &Deal, now: &'o Outcome) -> Result<Self, AppError> {
        let case = deal.revenue.computed_case();
        let mut others = BTreeMap::new();
        for other in RevenueCase::ALL {
            if other != case && is_typed(deal, other) {
                others.insert(other, computed(&in_case(deal, other))?);
            }
        }
        Ok(Self { case, now, others })
    }

    /// A figure of a case, under the address that supposes it.
    fn figure(&self, case: RevenueCase, address: &str) -> Option<Result<FigureDto, AppError>> {
        let (outcome, supposed) = if case == self.case {
            (self.now, address.to_owned())
        } else {
            (self.others.get(&case)?, supposed(case, address))
        };
        let value = quantity(outcome.book.at(address)?);
        Some(value.map(|value| FigureDto { address: supposed, value }))
    }

    fn totals(&self) -> Result<Vec<RevenueCaseDto>, AppError> {
        let of = |case: RevenueCase| {
            let gross = self.figure(case, "revenue.gross")?;
            let to_account = self.figure(case, "revenue.to_account")?;
            Some(gross.and_then(|gross| {
                to_account.map(|to_account| RevenueCaseDto {
                    case: case.word().to_owned(),
                    gross,
                    to_account,
                })
            }))
        };
        RevenueCase::ALL.into_iter().filter_map(of).collect()
    }

    fn quarters(&self, windows: &[Window]) -> Result<Vec<RevenueQuarterDto>, AppError> {
        let all = std::iter::once(self.now).chain(self.others.values());
        let quarters: BTreeSet<String> = all
            .flat_map(|outcome| outcome.book.figures())
            .filter_map(|(address, _, _)| {
                let quarter = address.strip_prefix("revenue.gross[")?.strip_suffix(']')?;
                Some(quarter.to_owned())
            })
            .collect();
        quarters.into_iter().map(|quarter| self.quarter(quarter, windows)).collect()
    }

    fn quarter(&self, quarter: String, windows: &[Window]) -> Result<RevenueQuarterDto, AppError> {
        let of_window = |window: &Window| {
            let address = format!("revenue.windows.{}.gross[{quarter}]", window.word());
            let gross = self.figure(self.case, &address)?;
            Some(gross.map(|gross| WindowGrossDto { window: window.word().to_owned(), gross }))
        };
        let of_case = |case: RevenueCase| {
            let gross = self.figure(case, &format!("revenue.gross[{quarter}]"))?;
            Some(gross.map(|gross| CaseGrossDto { case: case.word().to_owned(), gross }))
        };
        Ok(RevenueQuarterDto {
            windows: windows.iter().filter_map(of_window).collect::<Result<_, _>>()?,
            cases: RevenueCase::ALL.into_iter().filter_map(of_case).collect::<Result<_, _>>()?,
            quarter,
        })
    }
}

/// Whether anything is typed for a case, so that it differs from the base case.
fn is_typed(deal: &Deal, case: RevenueCase) -> bool {
    let own = |estimate: &recoup_deal::revenue::Estimate| match case {
        RevenueCase::Low => estimate.low.is_some(),
        RevenueCase::Base => true,
        RevenueCase::High => estimate.high.is_some(),
    };
    deal.revenue.sources.iter().any(|source| own(&source.estimate))
        || deal.revenue.ultimates.iter().any(|ultimate| own(&ultimate.estimate))
}

fn in_case(deal: &Deal, case: RevenueCase) -> Deal {
    let mut supposed = deal.clone();
    supposed.revenue.case = Some(case);
    supposed
}

fn supposed(case: RevenueCase, within: &str) -> String {
    format!("if(revenue.case={}).{within}", case.word())
}

/// Why a figure of another case is what it is; none for any other figure.
pub(crate) fn explained_case(deal: &Deal, asked: &str) -> Option<Result<TreeDto, AppError>> {
    let (word, within) = asked.strip_prefix("if(revenue.case=")?.split_once(").")?;
    let case = RevenueCase::ALL.into_iter().find(|case| case.word() == word)?;
    Some(computed(&in_case(deal, case)).and_then(|outcome| {
        let mut tree = explained(&outcome, within)?;
        readdress(&mut tree, case);
        Ok(tree)
    }))
}

fn readdress(tree: &mut TreeDto, case: RevenueCase) {
    if let Some(address) = &mut tree.address {
        *address = supposed(case, address);
    }
    for input in &mut tree.inputs {
        readdress(input, case);
    }
}

fn told(release: ReleaseTemplate) -> ReleaseTemplateDto {
    let windows = template(release).into_iter().map(|timing| TemplateWindowDto {
        window: timing.window.word().to_owned(),
        share: timing.share.normalize().to_string(),
        opens: 3 * timing.first_quarter,
        months: 3 * timing.quarters,
        profile: profile_word(&timing.profile),
    });
    ReleaseTemplateDto { template: word(release), windows: windows.collect() }
}

/// The word of a choice as a deal writes it.
fn word(choice: impl serde::Serialize) -> String {
    let value = serde_json::to_value(choice).unwrap_or(Value::Null);
    value.as_str().map(str::to_owned).unwrap_or_default()
}

fn profile_word(profile: &TimingProfile) -> String {
    word(profile)
}

/// The figure at an address, as it stands in an outcome, told under another one.
fn figure_at(outcome: &Outcome, within: &str, told: String) -> Result<FigureDto, AppError> {
    let value = outcome.book.at(within).ok_or_else(|| {
        AppError::new(ErrorCode::NotFound, "There is no figure at this address.").with("address", within)
    })?;
    Ok(FigureDto { address: told, value: quantity(value)? })
}

#[cfg(test)]
mod tests;
