//! Another text of the law that a deal is computed with: offered with what it changes, taken over or not wanted.

use std::sync::Arc;

use recoup_deal::{Deal, DealProgram, Language};
use recoup_explain::{NodeId, Quantity};
use recoup_incentives::own::{edition_id, json_of};
use recoup_incentives::{Labels, Policy, ProgramOrigin, Standing, texts_used};
use recoup_model::Outcome;

use super::{
    editions::{Law, edition},
    told,
};
use crate::{
    App, AppError, ErrorCode,
    assessment::{NET, address_under, figure},
    computation::{catalog, computed},
    deals,
    desk::Opened,
    figures::quantity,
    findings::spoken,
    state::State,
    wire::{DealView, FigureDto, LawEffect, LawOffer, LawReview, ReviewLawChanges, SettleLawChange},
};

/// The texts of the law that are offered to a deal in place of those it is computed with.
pub async fn review_law_changes(app: &App, request: ReviewLawChanges) -> Result<LawReview, AppError> {
    let language = spoken(request.language.as_deref())?;
    let opened = app.opened(&request.deal)?;
    let offers =
        offers(&opened)?.iter().map(|offer| shown(&opened, offer, language)).collect::<Result<_, _>>()?;
    Ok(LawReview { revision: crate::app::count(opened.version), offers })
}

/// Computes with the offered text from now on, or holds on to the one the deal knows.
pub async fn settle_law_change(app: &App, request: SettleLawChange) -> Result<DealView, AppError> {
    let opened = app.opened(&request.deal)?;
    let id = format!("{}:{}", request.program, request.from);
    let offer =
        offers(&opened)?.into_iter().find(|offer| edition_id(&offer.held) == id).ok_or_else(|| {
            AppError::new(ErrorCode::NotFound, "No other text of this version is offered.")
                .with("program", &request.program)
                .with("from", &request.from)
        })?;
    let takes_over = match request.decision.as_str() {
        "take_over" => true,
        "keep" => false,
        other => {
            return Err(AppError::new(
                ErrorCode::InvalidRequest,
                "An offered text is taken over or the known one kept.",
            )
            .with("given", other)
            .with("allowed", "take_over, keep"));
        }
    };
    let settled = noted(app, &request, &offer, takes_over).await?;
    // What the document says changes in one edit, which undoing takes back.
    match (takes_over, offer.is_carried) {
        (true, false) | (false, true) => Ok(settled),
        (true, true) => {
            let path = format!("programs[{id}]");
            deals::change(app, &request.deal, request.revision, &path, |before| Ok(without(before, &id)))
                .await
        }
        (false, false) => {
            let held = DealProgram { id: id.clone(), policy: json_of(&offer.held) };
            let path = format!("programs[{id}]");
            deals::change(app, &request.deal, request.revision, &path, move |before| {
                let mut deal = before.clone();
                deal.programs.push(held);
                Ok(deal)
            })
            .await
        }
    }
}

/// Another text of a version than the one a deal is computed with.
struct Offer {
    held: Arc<Policy>,
    offered: Arc<Policy>,
    /// The deal itself holds on to the text it is computed with.
    is_carried: bool,
}

fn offers(opened: &Opened) -> Result<Vec<Offer>, AppError> {
    let library = catalog()?;
    let state = &opened.state;
    let mut offers = Vec::new();
    for used in texts_used(&state.deal, library) {
        let (ProgramOrigin::Held, Ok(offered)) =
            (used.origin, library.version(&used.policy.id, used.policy.from))
        else {
            continue;
        };
        let id = edition_id(&used.policy);
        let is_carried = state.document().programs.iter().any(|carried| carried.id == id);
        if is_carried && opened.law.declined(&edition(offered)) {
            continue;
        }
        offers.push(Offer { held: used.policy, offered: Arc::clone(offered), is_carried });
    }
    Ok(offers)
}

/// Notes what became of an offer; the figures follow where it was taken over.
async fn noted(
    app: &App,
    request: &SettleLawChange,
    offer: &Offer,
    takes_over: bool,
) -> Result<DealView, AppError> {
    let _turn = app.turn().await;
    let opened = app.opened(&request.deal)?;
    opened.expect(request.revision)?;
    let shelf = app.shelf(opened.place).await?;
    let (held, offered) = (edition(&offer.held), edition(&offer.offered));
    shelf.store.note_project_editions(&opened.project, std::slice::from_ref(&held)).await?;
    let (text, declined) =
        if takes_over { (&offered, None) } else { (&held, Some(offered.fingerprint.as_str())) };
    shelf.store.settle_project_edition(&opened.project, text, declined).await?;
    let law = Arc::new(Law::of_project(&shelf, &opened.project).await?);
    let state = Arc::new(State::new(opened.state.document().clone(), &law));
    let settled = Opened { law, state, ..opened.clone() };
    app.desk().put(&request.deal, settled.clone())?;
    deals::changed(&request.deal, &opened, &settled)
}

/// The deal computed with the library's text of a version it holds on to.
pub(crate) fn without(deal: &Deal, id: &str) -> Deal {
    let mut deal = deal.clone();
    deal.programs.retain(|carried| carried.id != id);
    deal
}

fn shown(opened: &Opened, offer: &Offer, language: Language) -> Result<LawOffer, AppError> {
    let id = edition_id(&offer.held);
    let now = opened.state.outcome()?;
    let then = computed(&without(&opened.state.deal, &id))?;
    let say = |text: &str| Labels::embedded().say(text, language).to_owned();
    let pair = Pair { id: &id, now, then: &then };
    Ok(LawOffer {
        program: offer.held.id.clone(),
        from: offer.held.from.to_string(),
        name: say(&offer.offered.short_name),
        currency: offer.offered.currency.to_string(),
        reviewed: offer.held.reviewed.to_string(),
        reviewed_then: offer.offered.reviewed.to_string(),
        is_carried: offer.is_carried,
        differences: told(&offer.held, &offer.offered, catalog()?, language),
        net: figure(&now.book, now.incentives.net)?,
        net_then: pair.then(NET, then.incentives.net)?,
        more: pair.more(NET, now.incentives.net, then.incentives.net)?,
        effects: effects(&pair, &say)?,
    })
}

/// Every claim that counts now or then, with what it leaves.
fn effects(pair: &Pair<'_>, say: &dyn Fn(&str) -> String) -> Result<Vec<LawEffect>, AppError> {
    let claims = pair.now.incentives.claims.iter().zip(&pair.then.incentives.claims);
    let mut effects = Vec::new();
    for (now, then) in claims {
        let counts = |standing: Standing| standing == Standing::Claimed;
        let (is_now, is_then) = (counts(now.standing), counts(then.standing));
        let (before, after) = (now.net.filter(|_| is_now), then.net.filter(|_| is_then));
        if before.is_none() && after.is_none() {
            continue;
        }
        let policy = now.policy.as_ref().or(then.policy.as_ref());
        let within = |key: &str| format!("incentives.{key}.net");
        effects.push(LawEffect {
            claim: now.claim.clone(),
            name: policy.map_or_else(|| now.program.clone(), |policy| say(&policy.short_name)),
            net: before.map(|node| figure(&pair.now.book, node)).transpose()?,
            net_then: after.map(|node| pair.then(&within(&then.key), node)).transpose()?,
            more: match (before, after) {
                (Some(before), Some(after)) if now.key == then.key => {
                    pair.more(&within(&now.key), before, after)?
                }
                _ => None,
            },
        });
    }
    Ok(effects)
}

/// The deal as it is computed and as it would be.
struct Pair<'a> {
    id: &'a str,
    now: &'a Outcome,
    then: &'a Outcome,
}

impl Pair<'_> {
    fn then(&self, within: &str, node: NodeId) -> Result<FigureDto, AppError> {
        let value = quantity(self.then.book.value(node))?;
        Ok(FigureDto { address: address_under("law", self.id, within), value })
    }

    fn more(&self, within: &str, now: NodeId, then: NodeId) -> Result<Option<FigureDto>, AppError> {
        let (now, then) = (self.now.book.value(now).as_money(), self.then.book.value(then).as_money());
        let gain = then.zip(now).and_then(|(then, now)| then.checked_sub(now).ok());
        gain.map(|gain| {
            let value = quantity(&Quantity::Money(gain))?;
            Ok(FigureDto { address: address_under("more", self.id, within), value })
        })
        .transpose()
    }
}
