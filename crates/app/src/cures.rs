//! What would make a finding go away, tried on the deal before it is offered, and made as one edit.

use recoup_deal::{Ask, AskKind, Cure, Deal, Edit, Finding, Language, edited, findings::said};
use recoup_model::{Outcome, cures, may_be_cured, tried};

use crate::{
    App, AppError, ErrorCode,
    computation::{catalog, computed},
    deals::change,
    figures::{explained, quantity, readdress},
    findings::{shown, spoken},
    wire::{
        ApplyCure, AskDto, CureDto, DealView, FigureDto, SolvedCellDto, TreeDto, WeighCures, WeighedCures,
    },
};

/// What of the cured deal is shown beside the cure.
const SHOWN: [&str; 3] = ["closing.uses_cash", "closing.sources_cash", "closing.difference"];

/// The cures of a finding, best first, each with what else it settles and raises.
pub async fn weigh_cures(app: &App, request: WeighCures) -> Result<WeighedCures, AppError> {
    let language = spoken(request.language.as_deref())?;
    let (revision, state) = app.state(&request.deal)?;
    let outcome = state.outcome()?;
    let finding = found(outcome, &request.code, &request.path)?;
    let known = cures(&state.deal, catalog()?, outcome, finding);
    let offered = known.iter().enumerate().map(|(place, cure)| {
        let about = Offered { deal: &state.deal, outcome, finding, place };
        about.offer(cure, language)
    });
    Ok(WeighedCures { revision, cures: offered.collect::<Result<_, _>>()? })
}

/// Makes one of the cures that [`weigh_cures`] offers on this revision, as one edit.
pub async fn apply_cure(app: &App, request: ApplyCure) -> Result<DealView, AppError> {
    let ApplyCure { deal, revision, code, path, cure, answers } = request;
    let (_, state) = app.state(&deal)?;
    let outcome = state.outcome()?;
    let finding = found(outcome, &code, &path)?;
    let place = usize::try_from(cure).unwrap_or(usize::MAX);
    let chosen = nth(&state.deal, outcome, finding, place)?;
    let edits = answered(chosen, answers)?;
    change(app, &deal, revision, &path, |before| Ok(edited(before, &edits)?)).await
}

/// The edits of a cure with what was typed where it asks, and nowhere else.
fn answered(cure: Cure, answers: Vec<SolvedCellDto>) -> Result<Vec<Edit>, AppError> {
    let refused =
        |message: &str, path: &str| AppError::new(ErrorCode::InvalidRequest, message).with("path", path);
    let open = cure.asks.iter().find(|ask| answers.iter().all(|answer| answer.path != ask.path));
    if let Some(ask) = open {
        return Err(refused("This cure waits for a value that only you know.", &ask.path));
    }
    if let Some(answer) = answers.iter().find(|answer| cure.asks.iter().all(|ask| ask.path != answer.path)) {
        return Err(refused("This cure does not ask for this cell.", &answer.path));
    }
    let typed = answers.into_iter().map(|answer| Edit::set(answer.path, answer.value));
    Ok(cure.edits.into_iter().chain(typed).collect())
}

fn found<'o>(outcome: &'o Outcome, code: &str, path: &str) -> Result<&'o Finding, AppError> {
    let finding = outcome.findings.iter().find(|finding| finding.code == code && finding.path == path);
    finding.ok_or_else(|| {
        AppError::new(ErrorCode::NotFound, "The deal has no such finding any more.")
            .with("code", code)
            .with("path", path)
    })
}

fn nth(deal: &Deal, outcome: &Outcome, finding: &Finding, place: usize) -> Result<Cure, AppError> {
    cures(deal, catalog()?, outcome, finding).into_iter().nth(place).ok_or_else(|| {
        AppError::new(ErrorCode::NotFound, "This finding has no such cure.").with("cure", place.to_string())
    })
}

struct Offered<'a> {
    deal: &'a Deal,
    outcome: &'a Outcome,
    finding: &'a Finding,
    place: usize,
}

impl Offered<'_> {
    fn offer(&self, cure: &Cure, language: Language) -> Result<CureDto, AppError> {
        let steps = cure.steps.iter().map(|step| said(step, language)).collect();
        let asks = cure.asks.iter().map(asked).collect();
        let mut offer = CureDto { steps, asks, settles: Vec::new(), raises: Vec::new(), figures: Vec::new() };
        if !cure.is_ready() {
            return Ok(offer);
        }
        let trial = tried(self.deal, catalog()?, self.outcome, self.finding, &cure.edits);
        if let Some(trial) = trial {
            let other =
                |finding: &&Finding| finding.code != self.finding.code || finding.path != self.finding.path;
            offer.settles = trial.gone.iter().filter(other).map(|one| shown(one, language)).collect();
            offer.raises = trial.raised.iter().map(|one| shown(one, language)).collect();
            offer.figures = self.figures(&trial.outcome)?;
        }
        Ok(offer)
    }

    fn figures(&self, after: &Outcome) -> Result<Vec<FigureDto>, AppError> {
        let found = SHOWN.iter().filter_map(|address| {
            let value = quantity(after.book.at(address)?);
            Some(value.map(|value| FigureDto { address: format!("{}.in.{address}", self.written()), value }))
        });
        found.collect()
    }

    /// `cured(CASH_SHORT@instruments#0)`: the finding and the place of the cure among those offered.
    fn written(&self) -> String {
        format!("cured({}@{}#{})", self.finding.code, self.finding.path, self.place)
    }
}

fn asked(ask: &Ask) -> AskDto {
    let kind = match ask.kind {
        AskKind::Share => "share",
        AskKind::Money => "money",
        AskKind::Date => "date",
        AskKind::Rate => "rate",
        AskKind::Party => "party",
        AskKind::Jurisdiction => "jurisdiction",
    };
    AskDto { path: ask.path.clone(), kind: kind.to_owned() }
}

/// Whether a cure is known for findings of this kind.
pub(crate) fn is_curable(finding: &Finding) -> bool {
    may_be_cured(&finding.code)
}

/// Why a figure of a cured deal is what it is; none for any other figure.
pub(crate) fn explained_cure(
    deal: &Deal,
    now: Result<&Outcome, AppError>,
    asked: &str,
) -> Option<Result<TreeDto, AppError>> {
    let (inside, address) = asked.strip_prefix("cured(")?.split_once(").in.")?;
    let (finding, place) = inside.rsplit_once('#')?;
    let (code, path) = finding.split_once('@')?;
    let place = place.parse().ok()?;
    let tree = now.and_then(|now| {
        let cure = nth(deal, now, found(now, code, path)?, place)?;
        let mut tree = explained(&computed(&edited(deal, &cure.edits)?)?, address)?;
        readdress(&mut tree, &format!("cured({inside})"));
        Ok(tree)
    });
    Some(tree)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test that cannot go on stops")]

    use recoup_deal::{Phrase, get, read_deal};
    use serde_json::json;

    use super::*;

    #[test]
    fn a_cure_that_asks_is_made_with_the_answer_and_only_with_it() {
        let ask = || {
            let mut cure =
                Cure::asking(Phrase::new("cure_ask_cost"), "budget.costs[eo].amount.fixed", AskKind::Money);
            cure.edits.push(Edit::insert("budget.costs", json!({"id": "eo", "kind": "insurance"})));
            cure
        };
        let answer = |path: &str| SolvedCellDto { path: path.to_owned(), value: json!("USD 45000.00") };
        assert!(answered(ask(), Vec::new()).is_err());
        assert!(answered(ask(), vec![answer("budget.total")]).is_err());
        let edits = answered(ask(), vec![answer("budget.costs[eo].amount.fixed")]).unwrap();
        let deal = read_deal(include_str!("../../../examples/dragons-quest.deal.json")).unwrap();
        let cured = edited(&deal, &edits).unwrap();
        assert_eq!(get(&cured, "budget.costs[eo].amount.fixed"), Some(json!("USD 45000.00")));
    }

    #[test]
    fn every_offered_cure_of_a_sample_explains_its_figures() {
        let deal = read_deal(include_str!("../../../examples/dragons-quest.deal.json")).unwrap();
        let outcome = computed(&deal).unwrap();
        let finding = outcome.findings.iter().find(|finding| finding.code == "CLOSING_SHORT").unwrap();
        let known = cures(&deal, catalog().unwrap(), &outcome, finding);
        assert!(!known.is_empty());
        for (place, cure) in known.iter().enumerate() {
            let about = Offered { deal: &deal, outcome: &outcome, finding, place };
            let offer = about.offer(cure, Language::English).unwrap();
            assert!(offer.steps.iter().all(|step| !step.is_empty()), "{offer:?}");
            assert!(offer.raises.iter().all(|one| one.severity != "blocker"), "{offer:?}");
            assert_eq!(offer.figures.len(), if cure.is_ready() { SHOWN.len() } else { 0 });
            for figure in offer.figures {
                let tree = explained_cure(&deal, Ok(&outcome), &figure.address).unwrap().unwrap();
                assert_eq!(tree.value, figure.value, "{}", figure.address);
            }
        }
    }
}
