//! Usual orders of recoupment, and those of other films, taken over as one revision.

use std::collections::BTreeMap;

use recoup_deal::recoupment::{RecoupmentPlan, Tier};
use recoup_deal::{Deal, Language, read_deal, read_deal_value};
use recoup_store::ProjectId;
use recoup_waterfall::{
    Parameter, Place, Suggestion, Template, TemplateKind, Unfilled, as_plan, fill, insert, of_film,
    reserve_without_end, suggest, templates,
};
use serde_json::Value;

use crate::{
    App, AppError, ErrorCode, deals, findings,
    plan_edits::{with_plan, written},
    wire::{
        CopyPlan, DealView, FilmPlan, FilmSource, FilmTier, InsertPlanTemplate, ListPlanTemplates,
        PlanParameterDto, PlanTemplateDto, PlanTemplates, ReadFilmPlan,
    },
};

/// The templates of the house, each with what this deal would fill its holes with.
pub async fn list_plan_templates(app: &App, request: ListPlanTemplates) -> Result<PlanTemplates, AppError> {
    let language = findings::spoken(request.language.as_deref())?;
    let (revision, state) = app.state(&request.deal)?;
    let deal = state.document();
    let shown = |template: &Template| PlanTemplateDto {
        template: template.id.clone(),
        kind: match template.kind {
            TemplateKind::Order => "order".to_owned(),
            TemplateKind::Piece => "piece".to_owned(),
        },
        name: template.name.said(language).to_owned(),
        note: template.note.said(language).to_owned(),
        parameters: parameters(template, deal, language),
    };
    Ok(PlanTemplates { revision, templates: house()?.iter().map(shown).collect() })
}

/// Puts a template into the order, or in its place.
pub async fn insert_plan_template(app: &App, request: InsertPlanTemplate) -> Result<DealView, AppError> {
    let InsertPlanTemplate { deal, revision, template, values, to, language } = request;
    let language = findings::spoken(language.as_deref())?;
    let place = place(to)?;
    deals::change(app, &deal, revision, "recoupment", |before| {
        with_plan(before, &with_template(before, named(&template)?, &values, place.as_ref(), language)?)
    })
    .await
}

/// The order of another film, and what has to be said before it can be this film's.
pub async fn read_film_plan(app: &App, request: ReadFilmPlan) -> Result<FilmPlan, AppError> {
    let language = findings::spoken(request.language.as_deref())?;
    let (revision, state) = app.state(&request.deal)?;
    let film = film(app, &request.from).await?;
    let deal = state.document();
    let template = of_film(&film, &request.tiers, deal.currency).ok_or_else(no_order)?;
    let parties = film.parties.iter().map(|party| (party.id.clone(), party.name.clone()));
    let instruments = film.instruments.iter().map(|one| (one.id.clone(), one.name.clone()));
    Ok(FilmPlan {
        revision,
        name: film.name.clone(),
        currency: film.currency.to_string(),
        plan: written(&film)?,
        tiers: film.recoupment.iter().flat_map(|plan| &plan.tiers).map(tier).collect(),
        names: parties.chain(instruments).collect(),
        parameters: parameters(&template, deal, language),
    })
}

/// Takes over the order of another film, or some of its tiers.
pub async fn copy_plan(app: &App, request: CopyPlan) -> Result<DealView, AppError> {
    let CopyPlan { deal, revision, from, tiers, values, to } = request;
    let film = film(app, &from).await?;
    let place = place(to)?;
    deals::change(app, &deal, revision, "recoupment", |before| {
        with_plan(before, &with_film(before, &film, &tiers, &values, place.as_ref())?)
    })
    .await
}

fn tier(tier: &Tier) -> FilmTier {
    FilmTier {
        tier: tier.id.clone(),
        label: tier.label.clone(),
        members: tier
            .members()
            .iter()
            .map(|member| member.label.clone().unwrap_or(member.id.clone()))
            .collect(),
    }
}

/// Another film: a project of the library, a deal that is open, or a file.
pub(crate) async fn film(app: &App, from: &FilmSource) -> Result<Deal, AppError> {
    match (&from.project, &from.deal, &from.text) {
        (Some(project), None, None) => {
            let shelf = app.library_shelf().await?;
            let stored = shelf.store.open_deal(&ProjectId::from(project.clone())).await?;
            Ok(read_deal_value(stored.document)?)
        }
        (None, Some(deal), None) => Ok(app.state(deal)?.1.document().clone()),
        (None, None, Some(text)) => Ok(read_deal(text)?),
        _ => {
            let message = "Name a project, an open deal or a file, and one of them only.";
            Err(AppError::new(ErrorCode::InvalidRequest, message).with("path", "from"))
        }
    }
}

pub(crate) fn with_template(
    deal: &Deal,
    template: &Template,
    values: &BTreeMap<String, String>,
    to: Option<&Place>,
    language: Language,
) -> Result<RecoupmentPlan, AppError> {
    let piece = fill(template, deal, values, language)?;
    let none = RecoupmentPlan::default();
    let before = deal.recoupment.as_ref().unwrap_or(&none);
    let known: Vec<String> = deal.revenue.sources.iter().map(|source| source.id.clone()).collect();
    let plan = match to {
        Some(to) => insert(before, &piece, to)?,
        None => as_plan(&piece, before, &known)?,
    };
    match reserve_without_end(&plan) {
        Some(tier) => Err(AppError {
            code: "RESERVE_WITHOUT_END".to_owned(),
            message: "A reserve needs a tier behind it to be given back to.".to_owned(),
            details: BTreeMap::from([("tier".to_owned(), tier.to_owned())]),
        }),
        None => Ok(plan),
    }
}

pub(crate) fn with_film(
    deal: &Deal,
    film: &Deal,
    tiers: &[String],
    values: &BTreeMap<String, String>,
    to: Option<&Place>,
) -> Result<RecoupmentPlan, AppError> {
    let template = of_film(film, tiers, deal.currency).ok_or_else(no_order)?;
    with_template(deal, &template, values, to, Language::default())
}

pub(crate) fn named(id: &str) -> Result<&'static Template, AppError> {
    house()?
        .iter()
        .find(|template| template.id == id)
        .ok_or_else(|| AppError::new(ErrorCode::NotFound, "There is no such template.").with("template", id))
}

/// Where tiers go; none where they take the place of the whole order.
pub(crate) fn place(to: Value) -> Result<Option<Place>, AppError> {
    serde_json::from_value(to).map_err(|reason| {
        AppError::new(ErrorCode::InvalidRequest, "This is no place in an order.")
            .with("path", "to")
            .with("reason", reason)
    })
}

fn house() -> Result<&'static [Template], AppError> {
    templates().map_err(|reason| AppError::new(ErrorCode::Internal, reason))
}

fn no_order() -> AppError {
    AppError::new(ErrorCode::NotFound, "This film has no order of recoupment.").with("path", "recoupment")
}

fn parameters(template: &Template, deal: &Deal, language: Language) -> Vec<PlanParameterDto> {
    let shown = |parameter: &Parameter| {
        let Suggestion { value, choices, ambiguous } = suggest(deal, parameter);
        PlanParameterDto {
            parameter: parameter.id.clone(),
            kind: parameter.kind.word().to_owned(),
            name: parameter.name.said(language).to_owned(),
            of: parameter.of.clone(),
            optional: parameter.optional,
            value,
            choices,
            ambiguous,
            low: parameter.low.clone(),
            usual: parameter.usual.clone(),
            high: parameter.high.clone(),
            confidence: parameter.confidence.clone(),
            source: parameter.source.clone(),
        }
    };
    template.parameters.iter().map(shown).collect()
}

/// The engine's reason, with the parameter it speaks of.
impl From<Unfilled> for AppError {
    fn from(reason: Unfilled) -> Self {
        let message = format!("{reason}.");
        let of = |code: &str, named: Vec<(&str, String)>| Self {
            code: code.to_owned(),
            message: message.clone(),
            details: named.into_iter().map(|(name, value)| (name.to_owned(), value)).collect(),
        };
        match reason {
            Unfilled::Missing { parameter } => of("TEMPLATE_VALUE_MISSING", vec![("parameter", parameter)]),
            Unfilled::Unfit { parameter, given } => {
                of("TEMPLATE_VALUE_UNFIT", vec![("parameter", parameter), ("given", given)])
            }
            Unfilled::Empty => of("TEMPLATE_EMPTY", Vec::new()),
            Unfilled::Unreadable { reason } => AppError::new(ErrorCode::Internal, reason),
        }
    }
}
