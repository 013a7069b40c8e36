//! What the whole budget would earn in each jurisdiction of the library, were it spent there.

use std::collections::{BTreeMap, BTreeSet};
use std::thread::available_parallelism;

use recoup_deal::{Deal, Language, Timeline};
use recoup_explain::Quantity;
use recoup_incentives::{
    Achievable, Catalog, ConditionResult, Labels, NotPaying, Paying, Policy, achievable,
};
use recoup_model::Outcome;
use recoup_money::{Currency, Money};
use rust_decimal::Decimal;

use super::supposed::{in_place, more_in_place};
use super::{cases::NET, figure, term};
use crate::{
    App, AppError,
    computation::catalog,
    figures::quantity,
    findings::spoken,
    reference_rates::ReferenceRates,
    wire::{
        FailedCondition, FigureDto, OpenCondition, RecordedJurisdiction, ReferenceRatesDto, RefusedProgram,
        SurveyJurisdictions, SurveyedJurisdiction, SurveyedJurisdictions, SurveyedProgram, UnansweredProgram,
    },
};

/// The figure of what is left as a share of the budget.
const RATE: &str = "incentives.net_rate";

/// Most threads one answer takes; the machine also draws the page.
const HANDS: usize = 4;

/// What the whole budget would earn in each jurisdiction.
pub async fn survey_jurisdictions(
    app: &App,
    request: SurveyJurisdictions,
) -> Result<SurveyedJurisdictions, AppError> {
    let language = spoken(request.language.as_deref())?;
    let (revision, state) = app.state(&request.deal)?;
    surveyed(&state.deal, state.outcome()?, revision, language)
}

/// The deal with a rate for every currency of the library that is published, and those currencies.
pub(super) fn priced(deal: &Deal) -> Result<(Deal, Option<ReferenceRatesDto>), AppError> {
    let rates = ReferenceRates::embedded()?;
    let wanted: BTreeSet<&str> =
        catalog()?.policies().filter(|one| one.computable).map(|one| one.currency.code()).collect();
    let wanted = wanted.into_iter().filter_map(|code| code.parse::<Currency>().ok());
    let (priced, added) = rates.priced(deal, wanted);
    let told = (!added.is_empty()).then(|| ReferenceRatesDto {
        day: rates.day.to_string(),
        source: rates.source,
        address: rates.address,
        currencies: added.iter().map(|one| one.quote.code().to_owned()).collect(),
    });
    Ok((priced, told))
}

fn surveyed(
    deal: &Deal,
    outcome: &Outcome,
    revision: u32,
    language: Language,
) -> Result<SurveyedJurisdictions, AppError> {
    let catalog = catalog()?;
    let (priced, rates) = priced(deal)?;
    let hands = available_parallelism().map_or(1, usize::from).min(HANDS);
    let found = achievable(&priced, catalog, hands);
    let now = outcome.book.value(outcome.incentives.net).as_money();
    let told = Telling { deal, language, now };
    let places = found.iter().map(|one| told.place(one)).collect::<Result<Vec<_>, _>>()?;
    Ok(SurveyedJurisdictions {
        revision,
        currency: deal.currency.to_string(),
        net: figure(&outcome.book, outcome.incentives.net)?,
        rate: figure(&outcome.book, outcome.incentives.net_of_budget)?,
        recorded: told.recorded(catalog, &found),
        places,
        rates,
    })
}

struct Telling<'a> {
    deal: &'a Deal,
    language: Language,
    now: Option<Money>,
}

impl Telling<'_> {
    fn say(&self, text: &str) -> String {
        Labels::embedded().say(text, self.language).to_owned()
    }

    fn place(&self, found: &Achievable) -> Result<SurveyedJurisdiction, AppError> {
        let place = &found.jurisdiction;
        let figure = |address: String, value: Quantity| -> Result<FigureDto, AppError> {
            Ok(FigureDto { address, value: quantity(&value)? })
        };
        let gain = found.net.zip(self.now).and_then(|(there, now)| there.checked_sub(now).ok());
        let paid_by = found.programs.iter().filter_map(|one| one.cash).map(|(_, last)| last).max();
        let (refused, unanswered): (Vec<&NotPaying>, Vec<&NotPaying>) =
            found.without.iter().partition(|one| !one.failed.is_empty());
        Ok(SurveyedJurisdiction {
            jurisdiction: place.clone(),
            country: found.country.clone(),
            spends_now: self.spends_in(place),
            net: found.net.map(|net| figure(in_place(place, NET), Quantity::Money(net))).transpose()?,
            rate: found.rate.map(|rate| figure(in_place(place, RATE), Quantity::Number(rate))).transpose()?,
            gain: gain.map(|gain| figure(more_in_place(place, NET), Quantity::Money(gain))).transpose()?,
            paid_by: paid_by.map(|day| day.to_string()),
            unverified: found.programs.iter().any(|one| one.unverified),
            programs: found.programs.iter().map(|one| self.paying(place, one)).collect::<Result<_, _>>()?,
            idle: found.idle.iter().map(|policy| self.say(&policy.short_name)).collect(),
            refused: refused.into_iter().map(|one| self.refused(place, one)).collect::<Result<_, _>>()?,
            unanswered: unanswered.into_iter().map(|one| self.unanswered(one)).collect(),
        })
    }

    fn spends_in(&self, place: &str) -> bool {
        let mut parts = self.deal.budget.lines.iter().flat_map(|line| &line.spend);
        parts.any(|part| part.jurisdiction == place && part.share != Some(Decimal::ZERO))
    }

    fn paying(&self, place: &str, one: &Paying) -> Result<SurveyedProgram, AppError> {
        let policy = &one.policy;
        let conditions = |of: &[ConditionResult]| of.iter().map(|one| self.open(policy, one)).collect();
        Ok(SurveyedProgram {
            program: policy.id.clone(),
            name: self.say(&policy.short_name),
            version: policy.from.to_string(),
            net: FigureDto {
                address: in_place(place, &format!("incentives.{}.net", policy.id)),
                value: quantity(&Quantity::Money(one.net))?,
            },
            paid_by: one.cash.map(|(_, last)| last.to_string()),
            confidence: term(policy.confidence),
            open: conditions(&one.open),
            doubted: conditions(&one.doubted),
        })
    }

    fn open(&self, policy: &Policy, condition: &ConditionResult) -> OpenCondition {
        OpenCondition {
            label: self.say(&condition.label),
            clause: condition.clause.clone(),
            consequence: term(condition.consequence),
            asks: condition.missing.iter().map(|name| self.asked(policy, name)).collect(),
            remedy: condition.remedy.as_deref().map(|remedy| self.say(remedy)),
        }
    }

    /// What an input of a form asks.
    fn asked(&self, policy: &Policy, name: &str) -> String {
        let input = policy.inputs.iter().find(|input| input.name == name);
        self.say(input.map_or(name, |input| &input.label))
    }

    fn refused(&self, place: &str, one: &NotPaying) -> Result<RefusedProgram, AppError> {
        let conditions = one.failed.iter().map(|(condition, missed)| {
            let address = format!("incentives.{}.missed.{}", one.policy.id, condition.id);
            let missed = missed.as_ref().map(|by| {
                Ok::<_, AppError>(FigureDto { address: in_place(place, &address), value: quantity(by)? })
            });
            Ok(FailedCondition {
                label: self.say(&condition.label),
                clause: condition.clause.clone(),
                remedy: condition.remedy.as_deref().map(|remedy| self.say(remedy)),
                missed: missed.transpose()?,
            })
        });
        Ok(RefusedProgram {
            program: one.policy.id.clone(),
            name: self.say(&one.policy.short_name),
            conditions: conditions.collect::<Result<_, AppError>>()?,
        })
    }

    fn unanswered(&self, one: &NotPaying) -> UnansweredProgram {
        let missing = one.missing.as_deref().unwrap_or_default();
        let is_rate = missing.starts_with("fx[");
        // What follows the name says which word was looked for.
        let name = missing.split(".overrides.").nth(1).and_then(|rest| rest.split(' ').next());
        UnansweredProgram {
            program: one.policy.id.clone(),
            name: self.say(&one.policy.short_name),
            asks: name.map(|name| self.asked(&one.policy, name)),
            currency: is_rate.then(|| one.policy.currency.code().to_owned()),
        }
    }

    /// Places of which the library holds something that cannot be computed when the deal begins.
    fn recorded(&self, catalog: &Catalog, found: &[Achievable]) -> Vec<RecordedJurisdiction> {
        let day = Timeline::of(self.deal).start().unwrap_or(self.deal.as_of);
        let known: BTreeSet<&str> = found.iter().map(|one| one.country.as_str()).collect();
        let mut recorded: BTreeMap<&str, Vec<String>> = BTreeMap::new();
        for program in catalog.programs() {
            let in_force = catalog.on(program, day).ok().or_else(|| catalog.versions(program).last());
            let Some(policy) = in_force else { continue };
            let country = policy.jurisdiction.split('-').next().unwrap_or_default();
            if !known.contains(country) {
                recorded.entry(&policy.jurisdiction).or_default().push(self.say(&policy.short_name));
            }
        }
        let one = |(jurisdiction, programs): (&str, Vec<String>)| RecordedJurisdiction {
            jurisdiction: jurisdiction.to_owned(),
            country: jurisdiction.split('-').next().unwrap_or_default().to_owned(),
            programs,
        };
        recorded.into_iter().map(one).collect()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test that cannot go on stops")]

    use recoup_deal::read_deal;

    use super::*;
    use crate::{
        assessment::explained_case,
        computation::computed,
        wire::{LeafDto, QuantityDto, TreeDto},
    };

    fn surveyed_of(text: &str, language: Language) -> (Deal, SurveyedJurisdictions) {
        let deal = read_deal(text).unwrap();
        let outcome = computed(&deal).unwrap();
        let found = surveyed(&deal, &outcome, 1, language).unwrap();
        (deal, found)
    }

    fn leaves<'t>(tree: &'t TreeDto, found: &mut Vec<&'t LeafDto>) {
        found.extend(&tree.leaf);
        tree.inputs.iter().for_each(|input| leaves(input, found));
    }

    /// The derivation of every figure on the map ends at the value that is shown.
    #[test]
    fn every_figure_of_a_place_explains_itself() {
        let (deal, found) =
            surveyed_of(include_str!("../../../../examples/tin-orchard.deal.json"), Language::English);
        let wanted = ["AU-NSW", "CA-QC", "HR", "IE", "US-NJ", "KR"];
        for place in found.places.iter().filter(|one| wanted.contains(&one.jurisdiction.as_str())) {
            let mut shown: Vec<&FigureDto> =
                [&place.net, &place.rate, &place.gain].into_iter().flatten().collect();
            shown.extend(place.programs.iter().map(|one| &one.net));
            let failed = place.refused.iter().flat_map(|one| &one.conditions);
            shown.extend(failed.filter_map(|one| one.missed.as_ref()));
            for figure in shown {
                let tree = explained_case(&deal, &figure.address).unwrap().unwrap();
                assert_eq!(tree.value, figure.value, "{}", figure.address);
                assert_eq!(tree.address.as_deref(), Some(figure.address.as_str()));
                assert!(!figure.address.contains(' '), "addresses are told apart by spaces");
            }
        }
        let ireland = found.places.iter().find(|one| one.jurisdiction == "IE").unwrap();
        assert!(ireland.spends_now && ireland.net.is_some());
    }

    /// A rate that nobody typed says who published it; a currency without one is asked for.
    #[test]
    fn a_published_rate_is_told_as_such() {
        let (deal, found) =
            surveyed_of(include_str!("../../../../examples/dragons-quest.deal.json"), Language::English);
        let rates = found.rates.unwrap();
        assert!(
            rates.currencies.contains(&"AUD".to_owned()) && !rates.currencies.contains(&"CAD".to_owned())
        );
        let australia = found.places.iter().find(|one| one.jurisdiction == "AU").unwrap();
        let address = in_place("AU", &format!("incentives.{}.credit_in_deal", australia.programs[0].program));
        let tree = explained_case(&deal, &address).unwrap().unwrap();
        let mut found_leaves = Vec::new();
        leaves(&tree, &mut found_leaves);
        let published = found_leaves.iter().any(|leaf| {
            matches!(leaf, LeafDto::Assumption { source, .. } if source.contains("European Central Bank"))
        });
        assert!(published, "{found_leaves:?}");
        let serbia = found.places.iter().find(|one| one.jurisdiction == "RS").unwrap();
        assert!(serbia.net.is_none());
        assert!(serbia.unanswered.iter().any(|one| one.currency.as_deref() == Some("RSD")));
    }

    #[test]
    fn places_are_told_in_french_with_the_same_figures() {
        let text = include_str!("../../../../examples/nimbus-and-pip.deal.json");
        let (_, english) = surveyed_of(text, Language::English);
        let (_, french) = surveyed_of(text, Language::French);
        assert!(english.places.len() > 60 && !english.recorded.is_empty());
        let mut retold = 0;
        for (one, other) in english.places.iter().zip(&french.places) {
            assert_eq!(
                (&one.jurisdiction, &one.net, &one.rate),
                (&other.jurisdiction, &other.net, &other.rate)
            );
            let open = |place: &SurveyedJurisdiction| -> Vec<String> {
                place.programs.iter().flat_map(|one| &one.open).map(|one| one.label.clone()).collect()
            };
            retold += usize::from(open(one) != open(other));
        }
        assert!(retold > 10);
        assert!(matches!(english.net.value, QuantityDto::Money { .. }));
    }
}
