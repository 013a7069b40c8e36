//! Incentive claims put right.

use recoup_deal::instrument::{AmountRule, Collateral};
use recoup_deal::{AskKind, Cure, Edit, Election, FindingValue, Instrument, Phrase};
use rust_decimal::Decimal;
use serde_json::{Value, json};

use super::case::{Case, Proposed, typed, written};

fn claim_cell(case: &Case<'_>, field: &str) -> Option<String> {
    case.element("incentives").map(|id| format!("incentives[{id}].{field}"))
}

/// A claim that was refused is left out, and out of the loans that advance on it.
pub(super) fn excluded(case: &Case<'_>) -> Proposed {
    let Some(id) = case.element("incentives") else { return Vec::new() };
    let mut edits = vec![Edit::set(format!("incentives[{id}].election"), "exclude")];
    for loan in &case.deal.instruments {
        edits.extend(out_of(loan, &|claim| claim == id));
    }
    vec![Cure::new(Phrase::new("cure_exclude_claim"), edits)]
}

/// The edits that take claims out of a loan.
fn out_of(loan: &Instrument, claims: &dyn Fn(&str) -> bool) -> Vec<Edit> {
    let named = |over: &Collateral| matches!(over, Collateral::Claim(id) if claims(id));
    let path = format!("instruments[{}]", loan.id);
    let parts = match &loan.amount {
        Some(AmountRule::Advance(advance)) => advance.parts.as_slice(),
        _ => &[],
    };
    let parts = parts.iter().filter(|part| named(&part.against));
    let advanced = parts.map(|part| Edit::remove(format!("{path}.amount.advance.parts[{}]", part.id)));
    let charged = loan.security.iter().filter(|security| named(&security.over));
    let charged = charged.map(|security| Edit::remove(format!("{path}.security[{}]", security.id)));
    advanced.chain(charged).collect()
}

/// A claim that no loan advances is waited for.
pub(super) fn waited(case: &Case<'_>) -> Proposed {
    let cell = claim_cell(case, "monetisation");
    let cure =
        cell.map(|cell| Cure::new(Phrase::new("cure_wait_for_credit"), vec![Edit::set(cell, "direct")]));
    cure.into_iter().collect()
}

/// What a loan advances on is claimed, or taken out of the loan.
pub(super) fn claimed(case: &Case<'_>) -> Proposed {
    let Some(loan) = case.instrument() else { return Vec::new() };
    let open = |claim: &&recoup_deal::IncentiveClaim| {
        matches!(claim.election, Some(Election::Compare | Election::Exclude))
    };
    let advanced = |claim: &&recoup_deal::IncentiveClaim| !out_of(loan, &|id| id == claim.id).is_empty();
    let unclaimed: Vec<&str> =
        case.deal.incentives.iter().filter(open).filter(advanced).map(|claim| claim.id.as_str()).collect();
    let elect = unclaimed.iter().map(|claim| Edit::set(format!("incentives[{claim}].election"), "claim"));
    vec![
        Cure::new(Phrase::new("cure_claim"), elect.collect()),
        Cure::new(
            Phrase::new("cure_out_of_loan").with("name", &loan.name),
            out_of(loan, &|id| unclaimed.contains(&id)),
        ),
    ]
}

/// The one company that is established where a program looks claims it; else the producer is asked.
pub(super) fn claimant(case: &Case<'_>) -> Proposed {
    use recoup_deal::PartyRole::{CoProducer, Producer, ProductionCompany, Studio};
    let claim = case.element("incentives");
    let claim = case.deal.incentives.iter().find(|one| Some(one.id.as_str()) == claim);
    let place = claim.and_then(|claim| claim.jurisdiction.as_deref());
    let makes = |role| matches!(role, Producer | CoProducer | ProductionCompany | Studio);
    let there: Vec<_> = case
        .deal
        .parties
        .iter()
        .filter(|party| makes(party.role))
        .filter(|party| {
            let seat = party.jurisdiction.as_deref();
            seat.zip(place).is_some_and(|(seat, place)| recoup_deal::lies_within(seat, place))
        })
        .collect();
    match there.as_slice() {
        [one] => {
            let step = Phrase::new("cure_claimant").with("name", &one.name);
            vec![Cure::new(step, vec![Edit::set(case.path(), one.id.as_str())])]
        }
        _ => vec![Cure::asking(Phrase::new("cure_ask_claimant"), case.path(), AskKind::Party)],
    }
}

/// A credit sold below the lawful price is sold at it.
pub(super) fn at_floor(case: &Case<'_>) -> Proposed {
    let cure = claim_cell(case, "monetisation").zip(case.rate("floor")).map(|(cell, floor)| {
        let step = Phrase::new("cure_price").with("price", FindingValue::Rate(floor));
        Cure::new(step, vec![Edit::set(cell, json!({ "transfer": written(floor) }))])
    });
    cure.into_iter().collect()
}

/// A price above the whole credit is read as per cent.
pub(super) fn price(case: &Case<'_>) -> Proposed {
    let price = case.rate("price").and_then(|price| price.checked_div(Decimal::ONE_HUNDRED));
    let cure = claim_cell(case, "monetisation").zip(price).map(|(cell, price)| {
        let step = Phrase::new("cure_price").with("price", FindingValue::Rate(price));
        Cure::new(step, vec![Edit::set(cell, json!({ "transfer": written(price) }))])
    });
    cure.into_iter().collect()
}

/// A way that the law does not have is replaced by waiting for the credit, or by the sale of it at its usual price.
pub(super) fn open_way(case: &Case<'_>) -> Proposed {
    let Some(cell) = claim_cell(case, "monetisation") else { return Vec::new() };
    let ways = [("cure_wait_for_credit", json!("direct")), ("cure_sell_credit", json!({"transfer": "0.9"}))];
    ways.into_iter()
        .map(|(code, way)| {
            let step = match code {
                "cure_wait_for_credit" => Phrase::new("cure_wait_for_credit"),
                _ => Phrase::new("cure_sell_credit").with("price", FindingValue::Rate(Decimal::new(9, 1))),
            };
            Cure::new(step, vec![Edit::set(cell.clone(), way)])
        })
        .collect()
}

/// The computed credit takes the place of the stated one.
pub(super) fn stated(case: &Case<'_>) -> Proposed {
    let cure = case.money("computed").map(|computed| {
        let step = Phrase::new("cure_state_credit").with("amount", computed);
        Cure::new(step, vec![Edit::set(case.path(), typed(computed))])
    });
    cure.into_iter().collect()
}

/// What a form does not know is taken out.
pub(super) fn unknown_input(case: &Case<'_>) -> Proposed {
    vec![Cure::new(Phrase::new("cure_take_out"), vec![Edit::set(case.path(), Value::Null)])]
}
