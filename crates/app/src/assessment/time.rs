//! A deal's incentives by deciding day: what the law of every other day would leave.

use std::collections::HashMap;

use recoup_calendar::Date;
use recoup_deal::{Deal, Election, IncentiveClaim, Language, Timeline, findings::said};
use recoup_explain::{NodeId, Quantity};
use recoup_incentives::{
    Catalog, ClaimAssessment, ClaimThen, Labels, LawChange, LawStep, Standing, over_time,
};
use recoup_model::Outcome;

use super::{
    cases::{NET, Of, address_on},
    figure, term,
};
use crate::{
    App, AppError,
    computation::catalog,
    figures::quantity,
    findings::spoken,
    wire::{
        FigureDto, IncentivesOverTime, LawChangeDto, LawStepDto, ProgramNow, ProgramThen,
        ViewIncentivesOverTime,
    },
};

/// What the deal's incentives would leave under the law of any other day.
pub async fn view_incentives_over_time(
    app: &App,
    request: ViewIncentivesOverTime,
) -> Result<IncentivesOverTime, AppError> {
    let language = spoken(request.language.as_deref())?;
    let (revision, state) = app.state(&request.deal)?;
    view(&state.deal, state.outcome()?, revision, language)
}

fn view(
    deal: &Deal,
    outcome: &Outcome,
    revision: u32,
    language: Language,
) -> Result<IncentivesOverTime, AppError> {
    let catalog = catalog()?;
    let timeline = Timeline::of(deal);
    let told = Told { catalog, outcome, language, nets: nets(outcome) };
    let claims = deal.incentives.iter().zip(&outcome.incentives.claims);
    let looked_at = claims.filter(|(claim, _)| claim.election != Some(Election::Exclude));
    Ok(IncentivesOverTime {
        revision,
        currency: deal.currency.to_string(),
        today: deal.as_of.to_string(),
        start: timeline.start().map(|day| day.to_string()),
        delivery: timeline.final_delivery().map(|day| day.to_string()),
        now: figure(&outcome.book, outcome.incentives.net)?,
        programs: looked_at
            .map(|(claim, assessed)| told.now(claim, assessed))
            .collect::<Result<_, AppError>>()?,
        steps: over_time(deal, catalog)
            .iter()
            .map(|step| told.step(step))
            .collect::<Result<_, AppError>>()?,
    })
}

/// What each claim that counts leaves as the deal stands, by the part of its addresses.
fn nets(outcome: &Outcome) -> HashMap<&str, NodeId> {
    let counted = outcome.incentives.claims.iter().filter(|claim| claim.standing == Standing::Claimed);
    counted.filter_map(|claim| Some((claim.key.as_str(), claim.net?))).collect()
}

struct Told<'a> {
    catalog: &'a Catalog,
    outcome: &'a Outcome,
    language: Language,
    nets: HashMap<&'a str, NodeId>,
}

impl Told<'_> {
    fn name(&self, program: &str) -> String {
        let latest = self.catalog.versions(program).last();
        latest.map_or(program, |policy| self.say(&policy.short_name)).to_owned()
    }

    fn say<'t>(&self, text: &'t str) -> &'t str {
        Labels::embedded().find(text, self.language).map_or(text, |said| said)
    }

    fn now(&self, claim: &IncentiveClaim, assessed: &ClaimAssessment) -> Result<ProgramNow, AppError> {
        let policy = assessed.policy.as_deref();
        let counts = assessed.standing == Standing::Claimed;
        let net = assessed.net.filter(|_| counts);
        Ok(ProgramNow {
            claim: claim.id.clone(),
            program: policy.map_or(&claim.program, |policy| &policy.id).clone(),
            name: self.name(&claim.program),
            version_on: assessed.version_on.to_string(),
            version_by: policy.map(|policy| self.say(&policy.version_by).to_owned()),
            version: policy.map(|policy| policy.from.to_string()),
            standing: term(assessed.standing),
            net: net.map(|node| figure(&self.outcome.book, node)).transpose()?,
        })
    }

    fn step(&self, step: &LawStep) -> Result<LawStepDto, AppError> {
        let day = step.on.day;
        let now = self.outcome.incentives.net;
        let programs = step.on.claims.iter().map(|claim| self.then(day, claim));
        Ok(LawStepDto {
            from: day.to_string(),
            until: step.until.map(|day| day.to_string()),
            changes: step.changes.iter().map(|change| self.change(change)).collect(),
            net: at(Of::If, day, NET, &step.on.net)?,
            more: self.more(day, NET, now, &step.on.net)?,
            programs: programs.collect::<Result<_, AppError>>()?,
        })
    }

    fn change(&self, change: &LawChange) -> LawChangeDto {
        LawChangeDto {
            program: change.program.clone(),
            name: self.name(&change.program),
            before: change.before.map(|day| day.to_string()),
            after: change.after.map(|day| day.to_string()),
        }
    }

    fn then(&self, day: Date, claim: &ClaimThen) -> Result<ProgramThen, AppError> {
        let within = format!("incentives.{}.net", claim.key);
        let net = claim.net.as_ref();
        let now = self.nets.get(claim.key.as_str());
        let more = match (net, now) {
            (Some(then), Some(now)) => self.more(day, &within, *now, then)?,
            _ => None,
        };
        Ok(ProgramThen {
            claim: claim.claim.clone(),
            version: claim.version.map(|day| day.to_string()),
            standing: term(claim.standing),
            reason: claim.reason.as_ref().map(|reason| said(reason, self.language)),
            net: net.map(|net| at(Of::If, day, &within, net)).transpose()?,
            more,
        })
    }

    /// What a figure is more than now; none where either has no amount.
    fn more(
        &self,
        day: Date,
        within: &str,
        now: NodeId,
        then: &Quantity,
    ) -> Result<Option<FigureDto>, AppError> {
        let now = self.outcome.book.value(now).as_money();
        let gain = then.as_money().zip(now).and_then(|(then, now)| then.checked_sub(now).ok());
        gain.map(|gain| at(Of::More, day, within, &Quantity::Money(gain))).transpose()
    }
}

fn at(of: Of, day: Date, within: &str, value: &Quantity) -> Result<FigureDto, AppError> {
    Ok(FigureDto { address: address_on(of, day, within), value: quantity(value)? })
}

#[cfg(test)]
mod tests {
    use recoup_deal::read_deal;

    use super::*;
    use crate::{assessment::explained_case, computation::computed};

    fn seen(text: &str, language: Language) -> (Deal, IncentivesOverTime) {
        let deal = read_deal(text).unwrap();
        let view = view(&deal, &computed(&deal).unwrap(), 1, language).unwrap();
        (deal, view)
    }

    const QUEST: &str = include_str!("../../../../examples/dragons-quest.deal.json");

    /// The derivation of every figure of a day ends at the value that is shown.
    #[test]
    fn every_figure_of_another_day_explains_itself() {
        let (deal, view) = seen(QUEST, Language::English);
        let step = view.steps.iter().rev().find(|step| step.from < view.today).unwrap();
        let of_programs = step.programs.iter().flat_map(|one| [&one.net, &one.more]);
        let figures: Vec<&FigureDto> = of_programs.flatten().chain([&step.net]).chain(&step.more).collect();
        assert!(figures.len() > 5, "{figures:?}");
        for figure in figures {
            let tree = explained_case(&deal, &figure.address).unwrap().unwrap();
            assert_eq!(tree.value, figure.value, "{}", figure.address);
            assert_eq!(tree.address.as_deref(), Some(figure.address.as_str()));
            assert!(!figure.address.contains(' '), "addresses are told apart by spaces");
            let inner = tree.inputs.iter().find_map(|input| input.address.as_deref());
            assert!(inner.is_none_or(|inner| explained_case(&deal, inner).is_none_or(|tree| tree.is_ok())));
        }
    }

    #[test]
    fn the_step_of_the_deciding_day_is_the_deal_as_it_stands() {
        let (_, view) = seen(QUEST, Language::English);
        let start = view.start.clone().unwrap();
        let step = view.steps.iter().rev().find(|step| step.from <= start).unwrap();
        assert_eq!(step.net.value, view.now.value);
        let versions = |now: &ProgramNow| now.version.clone();
        assert!(view.programs.iter().map(versions).eq(step.programs.iter().map(|one| one.version.clone())));
    }

    #[test]
    fn a_day_of_no_figure_and_a_rate_of_a_day_are_no_addresses() {
        let deal = read_deal(QUEST).unwrap();
        assert!(explained_case(&deal, "on(2024-03-12).no.such.figure").unwrap().is_err());
        assert!(explained_case(&deal, "on(yesterday).incentives.net").is_none());
        assert!(explained_case(&deal, "rate(2024-03-12).incentives.net").is_none());
    }

    #[test]
    fn reasons_are_told_in_the_readers_language() {
        let first = |language| {
            let (_, view) = seen(QUEST, language);
            view.steps[0].programs.iter().find_map(|one| one.reason.clone()).unwrap()
        };
        assert_ne!(first(Language::English), first(Language::French));
    }
}
