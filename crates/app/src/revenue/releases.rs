//! Release plans laid over a deal: previewed with their figures, then made as one revision.

use std::collections::BTreeMap;
use std::str::FromStr;

use recoup_deal::revenue::Estimate;
use recoup_deal::{Deal, Language, ReleaseTemplate, Window, edited};
use recoup_model::Outcome;
use recoup_money::{Currency, Money};
use recoup_revenue::{ReleasePlan, Released, ReleasedPart, release};
use serde_json::json;

use crate::{
    App, AppError, ErrorCode,
    computation::computed,
    deals::change,
    figures::{explained, quantity, readdress},
    findings::{shown, spoken},
    wire::{
        ApplyRelease, DealView, FigureDto, MoneyDto, PreviewRelease, ReleasePartDto, ReleasePreview,
        ReleaseRequest, TreeDto,
    },
};

use super::{figure_at, profile_word, word};

/// What a release plan would lead to; the deal stays as it is.
pub async fn preview_release(app: &App, request: PreviewRelease) -> Result<ReleasePreview, AppError> {
    let language = spoken(request.language.as_deref())?;
    let (revision, state) = app.state(&request.deal)?;
    let plan = read(&state.deal, request.release)?;
    let released = release(&state.deal, &plan);
    let after = computed(&edited(&state.deal, &released.edits)?)?;
    let now = state.outcome()?;
    Preview { deal: &state.deal, plan: &plan, now, after: &after }.told(revision, &released, language)
}

/// Lays a release plan over a deal: one revision, one step back.
pub async fn apply_release(app: &App, request: ApplyRelease) -> Result<DealView, AppError> {
    let ApplyRelease { deal, revision, release: asked } = request;
    change(app, &deal, revision, "revenue.ultimates", |before| {
        let plan = read(before, asked)?;
        Ok(edited(before, &release(before, &plan).edits)?)
    })
    .await
}

fn refused(path: &str, given: &str, message: &str) -> AppError {
    AppError::new(ErrorCode::InvalidRequest, message).with("path", path).with("given", given)
}

fn read(deal: &Deal, asked: ReleaseRequest) -> Result<ReleasePlan, AppError> {
    if asked.territories.is_empty() || asked.territories.iter().any(|code| !is_code(code)) {
        let given = asked.territories.join(" ");
        return Err(refused(
            "release.territories",
            &given,
            "A release plan names its territories by their codes.",
        ));
    }
    if let Some(id) = &asked.distribution
        && deal.revenue.distribution.iter().all(|contract| contract.id != *id)
    {
        return Err(refused("release.distribution", id, "The deal has no such contract."));
    }
    let labels = asked.labels.into_iter().map(|one| Ok((window(&one.window)?, one.label)));
    Ok(ReleasePlan {
        template: chosen(&asked.template)?,
        territories: asked.territories,
        estimate: Estimate {
            low: asked.low.as_ref().map(typed).transpose()?,
            base: Some(typed(&asked.base)?),
            high: asked.high.as_ref().map(typed).transpose()?,
            ..Estimate::default()
        },
        distribution: asked.distribution,
        keeps_typed: asked.keeps_typed,
        labels: labels.collect::<Result<BTreeMap<_, _>, AppError>>()?,
        label: asked.label,
    })
}

/// Letters, digits and hyphens: what a territory's code is made of.
fn is_code(code: &str) -> bool {
    !code.is_empty() && code.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
}

fn chosen(template: &str) -> Result<ReleaseTemplate, AppError> {
    serde_json::from_value(json!(template))
        .map_err(|_| refused("release.template", template, "There is no such release plan."))
}

fn window(name: &str) -> Result<Window, AppError> {
    serde_json::from_value(json!(name))
        .map_err(|_| refused("release.labels", name, "There is no such window."))
}

fn typed(amount: &MoneyDto) -> Result<Money, AppError> {
    let currency = Currency::from_code(amount.currency())
        .map_err(|reason| refused("release.base", amount.currency(), &reason.to_string()))?;
    if amount.minor() < 0 {
        let given = amount.minor().to_string();
        return Err(refused("release.base", &given, "A film earns nothing or more."));
    }
    Ok(Money::new(amount.minor(), currency))
}

struct Preview<'a> {
    deal: &'a Deal,
    plan: &'a ReleasePlan,
    now: &'a Outcome,
    after: &'a Outcome,
}

impl Preview<'_> {
    fn told(
        &self,
        revision: u32,
        released: &Released,
        language: Language,
    ) -> Result<ReleasePreview, AppError> {
        let gross = "revenue.gross";
        let new = self.after.findings.iter().filter(|finding| !self.now.findings.contains(finding));
        let about = new.filter(|finding| finding.path.starts_with("revenue"));
        Ok(ReleasePreview {
            revision,
            parts: released.parts.iter().map(|part| self.part(part)).collect::<Result<_, _>>()?,
            gross_before: figure_at(self.now, gross, gross.to_owned())?,
            gross_after: figure_at(self.after, gross, self.address(gross))?,
            raised: about.map(|finding| shown(finding, language)).collect(),
        })
    }

    fn part(&self, part: &ReleasedPart) -> Result<ReleasePartDto, AppError> {
        let id = &part.source;
        let known = self.deal.revenue.sources.iter().find(|source| source.id == *id);
        let typed =
            known.filter(|_| self.plan.keeps_typed).and_then(|source| source.estimate.base_case_field());
        let address =
            typed.map_or_else(|| format!("revenue.{id}.estimate"), |field| format!("revenue.{id}.{field}"));
        let estimate = self.after.book.at(&address).map(|value| {
            Ok::<_, AppError>(FigureDto { address: self.address(&address), value: quantity(value)? })
        });
        Ok(ReleasePartDto {
            window: part.timing.window.word().to_owned(),
            source: id.clone(),
            is_new: part.is_new,
            share: part.timing.share.normalize().to_string(),
            opens: 3 * part.timing.first_quarter,
            months: 3 * part.timing.quarters,
            profile: profile_word(&part.timing.profile),
            estimate: estimate.transpose()?,
        })
    }

    fn address(&self, within: &str) -> String {
        format!("{}.in.{within}", written(self.plan))
    }
}

/// `released(platform;US+CA;,USD 75000000.00,;na-distribution;keep)`: the plan as an address holds it.
fn written(plan: &ReleasePlan) -> String {
    let amount = |amount: Option<Money>| amount.map(|amount| amount.to_string()).unwrap_or_default();
    let estimate = &plan.estimate;
    let amounts = [amount(estimate.low), amount(estimate.base), amount(estimate.high)].join(",");
    let contract = plan.distribution.as_deref().unwrap_or_default();
    let typed = if plan.keeps_typed { "keep" } else { "empty" };
    format!("released({};{};{amounts};{contract};{typed})", word(plan.template), plan.territories.join("+"))
}

fn unwritten(text: &str) -> Option<ReleasePlan> {
    let mut parts = text.split(';');
    let template = chosen(parts.next()?).ok()?;
    let territories = parts.next()?.split('+').map(str::to_owned).collect();
    let mut amounts = parts.next()?.split(',').map(|text| Money::from_str(text).ok());
    let (low, base, high) = (amounts.next()?, amounts.next()?, amounts.next()?);
    let contract = parts.next()?;
    let distribution = (!contract.is_empty()).then(|| contract.to_owned());
    let keeps_typed = parts.next()? == "keep";
    let estimate = Estimate { low, base, high, ..Estimate::default() };
    let labels = BTreeMap::new();
    Some(ReleasePlan { template, territories, estimate, distribution, keeps_typed, labels, label: None })
}

/// Why a figure of a deal with a release plan laid over it is what it is; none for any other figure.
pub(crate) fn explained_release(deal: &Deal, asked: &str) -> Option<Result<TreeDto, AppError>> {
    let (inside, address) = asked.strip_prefix("released(")?.split_once(").in.")?;
    let plan = unwritten(inside)?;
    let tree = || {
        let mut tree = explained(&computed(&edited(deal, &release(deal, &plan).edits)?)?, address)?;
        readdress(&mut tree, &format!("released({inside})"));
        Ok(tree)
    };
    Some(tree())
}
