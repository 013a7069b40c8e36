//! What the plan pays as it is agreed, against other terms: without amendments, under another plan, at an earlier revision
//!
//! `other(without=extension).in.recoupment.fund.paid` is a figure under the other terms, `against(without=extension)`
//! `.recoupment.fund.paid` what the deal's own terms pay more than those. Besides `without=` there are
//! `revision=<id>` and `plan=<name>`, where the name is one that a comparison gave to a plan it was sent.

use std::collections::BTreeMap;

use recoup_deal::recoupment::{RecoupmentPlan, Tier};
use recoup_deal::{Deal, deal_to_value, read_deal_value};
use recoup_explain::Book;
use recoup_model::Outcome;
use recoup_waterfall::{Difference, Differing, PeriodDifference, difference};

use super::{
    lines::word,
    view::{figure_of, minor},
    written_hash,
};
use crate::{
    App, AppError, ErrorCode,
    computation::computed,
    figures::{explained, quantity, readdress},
    history::deal_at,
    wire::{
        CompareRecoupment, DifferenceDto, DifferingDto, FigureDto, RecoupmentComparison, StatementPeriodDto,
        TreeDto,
    },
};

/// The terms that the deal's own are compared with.
#[derive(Debug, Clone, PartialEq)]
enum Terms {
    Without(Vec<String>),
    Plan(String),
    Revision(String),
}

impl Terms {
    /// What stands in addresses.
    fn written(&self) -> String {
        match self {
            Self::Without(amendments) => format!("without={}", amendments.join("+")),
            Self::Plan(name) => format!("plan={name}"),
            Self::Revision(revision) => format!("revision={revision}"),
        }
    }

    fn read(text: &str) -> Option<Self> {
        let (kind, value) = text.split_once('=')?;
        Some(match kind {
            "without" => Self::Without(value.split('+').map(str::to_owned).collect()),
            "plan" => Self::Plan(value.to_owned()),
            "revision" => Self::Revision(value.to_owned()),
            _ => return None,
        })
    }

    /// The deal under these terms.
    async fn deal(&self, app: &App, id: &str, deal: &Deal) -> Result<Deal, AppError> {
        match self {
            Self::Without(amendments) => without(deal, amendments),
            Self::Plan(name) => {
                let plan = app.drafts().of(name).cloned();
                let plan = plan.ok_or_else(|| {
                    AppError::new(ErrorCode::NotFound, "This plan is not remembered any more. Compare again.")
                        .with("plan", name)
                })?;
                Ok(Deal { recoupment: Some(plan), ..deal.clone() })
            }
            Self::Revision(revision) => deal_at(app, id, revision).await,
        }
    }
}

/// The deal without some of its amendments.
fn without(deal: &Deal, amendments: &[String]) -> Result<Deal, AppError> {
    let mut other = deal.clone();
    let Some(plan) = &mut other.recoupment else { return Ok(other) };
    let unknown = amendments.iter().find(|id| plan.amendments.iter().all(|known| known.id != **id));
    if let Some(unknown) = unknown {
        return Err(AppError::new(ErrorCode::NotFound, "The plan has no such amendment.")
            .with("path", "without")
            .with("given", unknown));
    }
    plan.amendments.retain(|amendment| !amendments.contains(&amendment.id));
    Ok(other)
}

/// What the plan pays against other terms.
pub async fn compare_recoupment(
    app: &App,
    request: CompareRecoupment,
) -> Result<RecoupmentComparison, AppError> {
    let (revision, state) = app.state(&request.deal)?;
    let terms = asked(app, &request, &state.deal)?;
    let other = terms.deal(app, &request.deal, &state.deal).await?;
    told((&state.deal, &other), revision, state.outcome()?, &computed(&other)?, &terms)
}

/// Exactly one kind of terms; a plan that is sent is remembered under the name that addresses give it.
fn asked(app: &App, request: &CompareRecoupment, deal: &Deal) -> Result<Terms, AppError> {
    match (request.without.as_slice(), &request.plan, &request.revision) {
        ([], Some(plan), None) => {
            // What comes from outside meets the same bounds as what is typed.
            let mut document = deal_to_value(deal)?;
            if let Some(fields) = document.as_object_mut() {
                fields.insert("recoupment".to_owned(), plan.clone());
            }
            let plan = read_deal_value(document)?.recoupment.unwrap_or_default();
            let name = written_hash(&plan)?;
            app.drafts().keep(name.clone(), plan);
            Ok(Terms::Plan(name))
        }
        ([], None, Some(revision)) => Ok(Terms::Revision(revision.clone())),
        (amendments, None, None) if !amendments.is_empty() => Ok(Terms::Without(amendments.to_vec())),
        _ => Err(AppError::new(
            ErrorCode::InvalidRequest,
            "Say what to compare with: amendments to leave out, another plan, or an earlier revision.",
        )
        .with("path", "without, plan, revision")),
    }
}

fn told(
    (deal, under): (&Deal, &Deal),
    revision: u32,
    now: &Outcome,
    other: &Outcome,
    terms: &Terms,
) -> Result<RecoupmentComparison, AppError> {
    let cannot = |whose: &str| {
        AppError::new(ErrorCode::InvalidRequest, "There is no recoupment plan that can be run.")
            .with("terms", whose)
    };
    let one = now.recoupment.as_ref().ok_or_else(|| cannot("own"))?;
    let two = other.recoupment.as_ref().ok_or_else(|| cannot("other"))?;
    let found = difference(one, two, deal.currency).map_err(|reason| {
        AppError::new(ErrorCode::Internal, "The two runs cannot be compared.")
            .with("reason", format!("{reason:?}"))
    })?;
    // Where receipts begin on another day, the periods are others, and only what is paid in all compares.
    let same =
        one.periods.iter().zip(&two.periods).all(|(one, two)| (one.start, one.end) == (two.start, two.end));
    let months = if same { months(&found) } else { Vec::new() };
    let writing = Writing { now: &now.book, other: &other.book, terms: terms.written(), months };
    // A tier that both have is called as the deal's own plan calls it.
    let plans = [&under.recoupment, &deal.recoupment].into_iter().flatten();
    let tiers: BTreeMap<String, &Tier> =
        plans.flat_map(RecoupmentPlan::positions).map(|(_, tier)| (tier.id.clone(), tier)).collect();
    Ok(RecoupmentComparison {
        revision,
        currency: deal.currency.to_string(),
        first_day: found.first_day.map(|day| day.to_string()),
        periods: if same { periods(&found) } else { Vec::new() },
        parties: writing.all(&found.parties, "recoupment", &BTreeMap::new())?,
        tiers: writing.all(&found.tiers, "recoupment.claims", &tiers)?,
        left_over: writing.amount("recoupment.left_over", &found.left_over)?,
    })
}

fn months(found: &Difference) -> Vec<String> {
    found.periods.iter().map(|period| period.end.year_month().to_string()).collect()
}

fn periods(found: &Difference) -> Vec<StatementPeriodDto> {
    let period = |period: &recoup_calendar::Period| StatementPeriodDto {
        month: period.end.year_month().to_string(),
        start: period.start.to_string(),
        end: period.end.to_string(),
    };
    found.periods.iter().map(period).collect()
}

/// Two books, and how the terms of the other are written in addresses.
struct Writing<'a> {
    now: &'a Book,
    other: &'a Book,
    terms: String,
    months: Vec<String>,
}

impl Writing<'_> {
    fn all(
        &self,
        found: &[Differing],
        stem: &str,
        tiers: &BTreeMap<String, &Tier>,
    ) -> Result<Vec<DifferingDto>, AppError> {
        found.iter().map(|one| self.one(one, stem, tiers)).collect()
    }

    fn one(
        &self,
        found: &Differing,
        stem: &str,
        tiers: &BTreeMap<String, &Tier>,
    ) -> Result<DifferingDto, AppError> {
        let at = format!("{stem}.{}", found.id);
        let tier = tiers.get(found.id.as_ref());
        let moved = self.months.iter().zip(&found.periods);
        let periods = moved.map(|(month, period)| self.amount(&format!("{at}.paid[{month}]"), period));
        Ok(DifferingDto {
            id: found.id.to_string(),
            label: tier.and_then(|tier| tier.label.clone()),
            role: tier.map(|tier| word(&tier.role)).transpose()?,
            first_day: found.first_day.map(|day| day.to_string()),
            change: match found.total.change.minor() {
                0 => "same",
                more if more > 0 => "more",
                _ => "less",
            }
            .to_owned(),
            total: self.amount(&format!("{at}.paid"), &found.total)?,
            outstanding: self.amount(&format!("{at}.outstanding"), &found.outstanding)?,
            periods: periods.collect::<Result<_, _>>()?,
        })
    }

    fn amount(&self, address: &str, found: &PeriodDifference) -> Result<DifferenceDto, AppError> {
        let shown = |figure: Option<FigureDto>| figure.filter(|figure| minor(Some(figure)) != 0);
        let now = figure_of(self.now, address, address.to_owned())?;
        let other = figure_of(self.other, address, format!("other({}).in.{address}", self.terms))?;
        let change = (!found.change.is_zero()).then_some(found.change);
        let change = change.map(|change| {
            let address = format!("against({}).{address}", self.terms);
            quantity(&recoup_explain::Quantity::Money(change)).map(|value| FigureDto { address, value })
        });
        Ok(DifferenceDto { now: shown(now), other: shown(other), change: change.transpose()? })
    }
}

/// Why a figure of a comparison is what it is; none for any other figure.
pub(crate) async fn explained_comparison(
    app: &App,
    id: &str,
    deal: &Deal,
    now: Result<&Outcome, AppError>,
    asked: &str,
) -> Option<Result<TreeDto, AppError>> {
    let (word, rest) = asked.split_once('(').filter(|(word, _)| matches!(*word, "other" | "against"))?;
    let (terms, within) = rest.split_once(").")?;
    let terms = Terms::read(terms)?;
    Some(explained_under(app, id, deal, now, &terms, (word, within, asked)).await)
}

async fn explained_under(
    app: &App,
    id: &str,
    deal: &Deal,
    now: Result<&Outcome, AppError>,
    terms: &Terms,
    (word, within, asked): (&str, &str, &str),
) -> Result<TreeDto, AppError> {
    let other = computed(&terms.deal(app, id, deal).await?)?;
    if let ("other", Some(address)) = (word, within.strip_prefix("in.")) {
        return under(&other, terms, address);
    }
    let now = now?;
    let own = explained(now, within).ok();
    let other = under(&other, terms, within).ok();
    let (operation, change) = match (&own, &other) {
        (Some(_), Some(_)) => ("difference", None),
        (Some(own), None) => ("carry", Some(own.value.clone())),
        (None, Some(_)) => ("negate", None),
        (None, None) => {
            let nowhere = AppError::new(ErrorCode::NotFound, "There is no figure at this address.");
            return Err(nowhere.with("address", asked));
        }
    };
    let value = match change {
        Some(value) => value,
        None => less(own.as_ref(), other.as_ref())?,
    };
    Ok(TreeDto {
        address: Some(asked.to_owned()),
        value,
        operation: Some(operation.to_owned()),
        rounding: None,
        leaf: None,
        inputs: own.into_iter().chain(other).collect(),
        folded: 0,
    })
}

fn under(other: &Outcome, terms: &Terms, address: &str) -> Result<TreeDto, AppError> {
    let mut tree = explained(other, address)?;
    readdress(&mut tree, &format!("other({})", terms.written()));
    Ok(tree)
}

/// The one amount less the other.
fn less(one: Option<&TreeDto>, other: Option<&TreeDto>) -> Result<crate::wire::QuantityDto, AppError> {
    use crate::wire::{MoneyDto, QuantityDto};
    let amount = |tree: Option<&TreeDto>| match tree.map(|tree| &tree.value) {
        Some(QuantityDto::Money { amount }) => Some(amount.clone()),
        _ => None,
    };
    let (one, other) = (amount(one), amount(other));
    let currency =
        one.as_ref().or(other.as_ref()).map(|amount| amount.currency().to_owned()).unwrap_or_default();
    let minor = |amount: &Option<MoneyDto>| amount.as_ref().map_or(0, MoneyDto::minor);
    let amount = MoneyDto::new(minor(&one) - minor(&other), currency)
        .map_err(|reason| AppError::new(ErrorCode::Internal, reason.to_string()))?;
    Ok(QuantityDto::Money { amount })
}

/// The comparison with a deal that has some amendments less, without a desk.
#[cfg(test)]
pub(super) fn without_amendments(
    deal: &Deal,
    now: &Outcome,
    other: &Outcome,
    amendments: &[&str],
) -> Result<RecoupmentComparison, AppError> {
    let terms = Terms::Without(amendments.iter().map(|id| (*id).to_owned()).collect());
    told((deal, deal), 1, now, other, &terms)
}
