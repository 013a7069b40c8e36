//! Which party, instrument or amount of a deal a parameter most likely means

use recoup_deal::Deal;
use recoup_deal::instrument::AmountRule;
use recoup_money::Money;
use serde_json::Value;

use super::form::{Parameter, ParameterKind};

/// What a parameter could be.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Suggestion {
    /// The value that is filled in; none where somebody has to choose.
    pub value: Option<String>,
    /// The ids to choose from, likeliest first; empty for rates and amounts.
    pub choices: Vec<String>,
    /// Whether several fit alike, so that the one filled in should be looked at.
    pub ambiguous: bool,
}

/// What a parameter most likely means in a deal.
#[must_use]
pub fn suggest(deal: &Deal, parameter: &Parameter) -> Suggestion {
    match parameter.kind {
        // What an agent takes before the account is in the revenue plan; taken here as well it would be taken twice.
        ParameterKind::Party
            if parameter.optional && is_agent(parameter) && !deal.revenue.sales_agencies.is_empty() =>
        {
            Suggestion {
                choices: deal.parties.iter().map(|party| party.id.clone()).collect(),
                ..Suggestion::default()
            }
        }
        ParameterKind::Party => chosen(
            parameter,
            deal.parties.iter().map(|party| (party.id.clone(), party.name.clone(), word(&party.role))),
        ),
        ParameterKind::Instrument => chosen(
            parameter,
            deal.instruments.iter().map(|one| (one.id.clone(), one.name.clone(), kind_of(&one.terms))),
        ),
        ParameterKind::Source => {
            let sources = deal.recoupment.iter().flat_map(|plan| &plan.sources);
            chosen(parameter, sources.map(|source| (source.id.clone(), source.id.clone(), String::new())))
        }
        ParameterKind::Instruments => Suggestion {
            choices: instruments(deal, parameter).map(|one| one.id.clone()).collect(),
            ..Suggestion::default()
        },
        ParameterKind::Rate => Suggestion { value: parameter.usual.clone(), ..Suggestion::default() },
        ParameterKind::Amount => {
            let usual = parameter.usual.clone().filter(|text| is_in(text, deal));
            Suggestion { value: usual, ..Suggestion::default() }
        }
    }
}

/// Every instrument of the kinds a parameter names, in the order of the stack.
pub(super) fn instruments<'d>(
    deal: &'d Deal,
    parameter: &'d Parameter,
) -> impl Iterator<Item = &'d recoup_deal::Instrument> {
    let upstream =
        |id: &str| deal.revenue.sales_agencies.iter().any(|agency| agency.advance.as_deref() == Some(id));
    deal.instruments
        .iter()
        .filter(move |one| parameter.of.contains(&kind_of(&one.terms)) && !upstream(&one.id))
}

fn is_agent(parameter: &Parameter) -> bool {
    parameter.of.iter().any(|role| role == "sales_agent")
}

/// The amount an instrument brings, where it is typed in the deal's currency.
pub(super) fn typed_amount(deal: &Deal, one: &recoup_deal::Instrument) -> Option<Money> {
    match &one.amount {
        Some(AmountRule::Fixed(amount)) if amount.currency() == deal.currency => Some(*amount),
        _ => None,
    }
}

pub(super) fn kind_of(terms: &recoup_deal::Terms) -> String {
    let written = serde_json::to_value(terms).unwrap_or_default();
    written.get("kind").and_then(Value::as_str).unwrap_or_default().to_owned()
}

pub(super) fn word(role: &impl serde::Serialize) -> String {
    serde_json::to_value(role).ok().and_then(|word| word.as_str().map(str::to_owned)).unwrap_or_default()
}

fn is_in(text: &str, deal: &Deal) -> bool {
    text.parse::<Money>().is_ok_and(|amount| amount.currency() == deal.currency)
}

/// The same id or name comes before the same role; among roles the one that is named first.
fn chosen(parameter: &Parameter, all: impl Iterator<Item = (String, String, String)>) -> Suggestion {
    let names = [&parameter.name.en, &parameter.name.fr];
    let mut ranked: Vec<(usize, String)> = all
        .map(|(id, name, kind)| {
            let same = id == parameter.id || names.contains(&&name);
            let role = parameter.of.iter().position(|one| *one == kind);
            let rank = match role {
                _ if same && (role.is_some() || parameter.of.is_empty()) => 0,
                Some(role) => role + 1,
                None => usize::MAX,
            };
            (rank, id)
        })
        .collect();
    ranked.sort_by_key(|(rank, _)| *rank);
    let fit = ranked.iter().filter(|(rank, _)| *rank != usize::MAX).count();
    let best = ranked.first().map_or(usize::MAX, |(rank, _)| *rank);
    let alike = ranked.iter().filter(|(rank, _)| *rank == best).count();
    Suggestion {
        value: ranked.first().filter(|_| fit > 0).map(|(_, id)| id.clone()),
        ambiguous: fit > 0 && alike > 1,
        choices: ranked.into_iter().map(|(_, id)| id).collect(),
    }
}
