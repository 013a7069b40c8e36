//! The stack put right: what fills the rest, what is paid in steps, what is deferred, who brings which part.

use recoup_deal::instrument::AmountRule;
use recoup_deal::{Cure, Edit, FindingValue, Phrase};
use recoup_money::{Money, Rounding};
use rust_decimal::Decimal;
use serde_json::{Value, json};

use super::case::{Case, Proposed, typed};
use super::closing::fixed;

/// What would never be reached stands before what takes everything, or gives nothing.
pub(super) fn unreached(case: &Case<'_>) -> Proposed {
    let Some(one) = case.instrument() else { return Vec::new() };
    let mut found = Vec::new();
    if let Some(AmountRule::Remainder(rest)) = &one.amount
        && rest.at_most.is_some()
    {
        let mut order: Vec<&str> = case.deal.instruments.iter().map(|one| one.id.as_str()).collect();
        let endless = case.deal.instruments.iter().position(
            |other| matches!(&other.amount, Some(AmountRule::Remainder(rest)) if rest.at_most.is_none()),
        );
        if let Some(place) = endless {
            order.retain(|id| *id != one.id);
            order.insert(place.min(order.len()), &one.id);
            let step = Phrase::new("cure_before").with("name", &one.name);
            found.push(Cure::new(step, vec![Edit::set("instruments[]", json!(order))]));
        }
    }
    let nothing = Money::zero(one.contract_currency(case.deal.currency));
    let step = Phrase::new("cure_type_amount").with("name", &one.name).with("amount", nothing);
    found.push(Cure::new(step, vec![fixed(one, nothing)]));
    found
}

/// Several that fill the rest: the later one gives the amount that it gives now.
pub(super) fn remainders(case: &Case<'_>) -> Proposed {
    let Some((one, amount)) = case.instrument().and_then(|one| Some((one, case.principal(&one.id)?))) else {
        return Vec::new();
    };
    let step = Phrase::new("cure_type_amount").with("name", &one.name).with("amount", amount);
    vec![Cure::new(step, vec![fixed(one, amount)])]
}

/// Deferrals lowered to what a financier accepts, each in proportion.
pub(super) fn deferral(case: &Case<'_>) -> Proposed {
    let (Some(most), Some(deferred)) = (case.money("most"), case.money("deferred")) else {
        return Vec::new();
    };
    let Some(share) = most.ratio_to(deferred).ok().flatten() else { return Vec::new() };
    let mut edits = Vec::new();
    for one in &case.deal.instruments {
        let (recoup_deal::Terms::Deferral(_), Some(AmountRule::Fixed(amount))) = (&one.terms, &one.amount)
        else {
            continue;
        };
        let Ok(lower) = amount.scale(share, Rounding::Down) else { return Vec::new() };
        edits.push(fixed(one, lower));
    }
    let step = Phrase::new("cure_defer_less").with("before", deferred).with("amount", most);
    vec![Cure::new(step, edits)]
}

/// What is deferred although it is claimed is paid.
pub(super) fn paid(case: &Case<'_>) -> Proposed {
    let Some(one) = case.instrument() else { return Vec::new() };
    let nothing = Money::zero(one.contract_currency(case.deal.currency));
    let step = Phrase::new("cure_pay_deferred").with("name", &one.name);
    vec![Cure::new(step, vec![fixed(one, nothing)])]
}

/// A co-producer brings what it answers for, or answers for what it brings.
pub(super) fn contribution(case: &Case<'_>) -> Proposed {
    let Some(one) = case.instrument() else { return Vec::new() };
    let mut found = Vec::new();
    if let (Some(owed), Some(brought), Some(AmountRule::Fixed(now))) =
        (case.money("owed"), case.money("brought"), &one.amount)
        && now.currency() == owed.currency()
    {
        let step = if owed.minor() < brought.minor() {
            Phrase::new("cure_lower_amount")
                .with("name", &one.name)
                .with("before", brought)
                .with("amount", owed)
        } else {
            Phrase::new("cure_raise_amount")
                .with("name", &one.name)
                .with("before", brought)
                .with("amount", owed)
        };
        found.push(Cure::new(step, vec![fixed(one, owed)]));
    }
    if let Some(actual) = case.rate("actual") {
        let actual = actual.round_dp(4);
        let step =
            Phrase::new("cure_agree_share").with("name", &one.name).with("share", FindingValue::Rate(actual));
        found.push(Cure::new(step, vec![Edit::set(case.path(), super::case::written(actual))]));
    }
    found
}

/// An investment lowered to what the spend in its country carries.
pub(super) fn tax_shelter(case: &Case<'_>) -> Proposed {
    let Some(one) = case.instrument() else { return Vec::new() };
    let (Some(spend), Some(required)) = (case.money("spend"), case.money("required")) else {
        return Vec::new();
    };
    let Some(AmountRule::Fixed(now)) = &one.amount else { return Vec::new() };
    let share = spend.ratio_to(required).ok().flatten().unwrap_or(Decimal::ZERO);
    let Ok(lower) = now.scale(share, Rounding::Down) else { return Vec::new() };
    let step =
        Phrase::new("cure_lower_amount").with("name", &one.name).with("before", *now).with("amount", lower);
    vec![Cure::new(step, vec![fixed(one, lower), Edit::set(case.path(), typed(spend))])]
}

/// An exposure is hedged whole.
pub(super) fn hedge(case: &Case<'_>) -> Proposed {
    vec![Cure::new(Phrase::new("cure_hedge"), vec![Edit::set(case.path(), "1")])]
}

/// An estimate whose window a licence shuts, or whose price stands in the stack, is emptied.
pub(super) fn estimate(case: &Case<'_>) -> Proposed {
    let Some(id) = case.element("revenue.sources") else { return Vec::new() };
    let source = format!("revenue.sources[{id}]");
    let step = Phrase::new("cure_take_estimate_out");
    let mut found = vec![Cure::new(step.clone(), vec![Edit::set(format!("{source}.estimate"), json!({}))])];
    found.push(Cure::new(step, vec![Edit::remove(source)]));
    found
}

/// A territory that a licence has is named as sold by it.
pub(super) fn sold_by(case: &Case<'_>) -> Proposed {
    let (Some(id), Some(FindingValue::Name(licence))) =
        (case.element("revenue.sources"), case.finding.values.get("licence"))
    else {
        return Vec::new();
    };
    let Some(contract) = case.deal.instruments.iter().find(|one| one.name == *licence) else {
        return Vec::new();
    };
    let source = format!("revenue.sources[{id}]");
    let step = Phrase::new("cure_sold_by").with("name", licence.as_str());
    let edits = vec![
        Edit::set(format!("{source}.sold_by"), contract.id.as_str()),
        Edit::set(format!("{source}.estimate"), json!({})),
        Edit::set(format!("{source}.sales_agency"), Value::Null),
    ];
    vec![Cure::new(step, edits)]
}

/// A territory sold twice stays with the contract that is surer.
pub(super) fn sold_once(case: &Case<'_>) -> Proposed {
    let Some(other) = case.instrument() else { return Vec::new() };
    let Some(FindingValue::Name(name)) = case.finding.values.get("one") else { return Vec::new() };
    let Some(one) = case.deal.instruments.iter().find(|known| known.name == *name) else { return Vec::new() };
    let (kept, given) = if one.status < other.status { (other, one) } else { (one, other) };
    let (Some(keeps), Some(gives)) = (kept.terms.licence(), given.terms.licence()) else { return Vec::new() };
    let left: Vec<&String> =
        gives.territories.iter().filter(|area| !keeps.territories.contains(area)).collect();
    let inside = if matches!(given.terms.kind(), "presale" | "negative_pickup") { ".licence" } else { "" };
    let path = format!("instruments[{}].terms{inside}.territories", given.id);
    let step = Phrase::new("cure_sold_once").with("name", &given.name).with("kept", &kept.name);
    vec![Cure::new(step, vec![Edit::set(path, json!(left))])]
}

/// The sides of a co-production agree the shares in which the cost is spent.
pub(super) fn treaty(case: &Case<'_>) -> Proposed {
    let spent: Vec<(&str, Decimal)> = case
        .outcome
        .findings
        .iter()
        .filter(|one| one.code == case.finding.code)
        .filter_map(|one| match one.values.get("actual") {
            Some(FindingValue::Rate(actual)) => Some((one.path.as_str(), actual.round_dp(4))),
            _ => None,
        })
        .collect();
    // What the rounding leaves goes to the side that is looked at.
    let sides = case.deal.project.treaty.iter().flat_map(|treaty| &treaty.shares);
    let others: Decimal = sides
        .map(|side| (format!("project.treaty.shares[{}].share", side.id), side.share))
        .filter(|(path, _)| path != case.path())
        .filter_map(|(path, agreed)| {
            spent.iter().find(|(at, _)| *at == path).map(|(_, share)| *share).or(agreed)
        })
        .sum();
    let own = Decimal::ONE - others;
    let edits = spent.iter().map(|(path, share)| {
        let share = if *path == case.path() { own } else { *share };
        Edit::set(*path, super::case::written(share))
    });
    vec![Cure::new(Phrase::new("cure_treaty").with("share", FindingValue::Rate(own)), edits.collect())]
}

/// A side of a co-production within what its convention allows; the largest of the others gives or takes.
pub(super) fn treaty_bound(case: &Case<'_>) -> Proposed {
    let sides = case.deal.project.treaty.iter().flat_map(|treaty| &treaty.shares);
    let sides: Vec<(String, Decimal)> = sides
        .filter_map(|side| Some((format!("project.treaty.shares[{}].share", side.id), side.share?)))
        .collect();
    let own = sides.iter().find(|(path, _)| path == case.path());
    let other = sides.iter().filter(|(path, _)| path != case.path()).max_by_key(|(_, share)| *share);
    let (Some((_, own)), Some((path, share)), Some(bound)) = (own, other, case.rate("bound")) else {
        return Vec::new();
    };
    let step = Phrase::new("cure_treaty_bound").with("share", FindingValue::Rate(bound));
    let edits = vec![
        Edit::set(case.path(), super::case::written(bound)),
        Edit::set(path.as_str(), super::case::written(*share + *own - bound)),
    ];
    vec![Cure::new(step, edits)]
}
