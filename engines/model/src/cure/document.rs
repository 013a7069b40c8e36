//! Slips of the document put right: signs, per cent for fractions, names that lead nowhere, assumptions answered.

use recoup_deal::{AskKind, Cure, Edit, FindingValue, Phrase};
use recoup_money::Money;
use rust_decimal::Decimal;
use serde_json::{Value, json};

use super::case::{Case, Proposed, typed, written};

/// A share outside nothing and all: per cent written as a fraction, or the nearer end.
pub(super) fn share(case: &Case<'_>) -> Proposed {
    let Some(share) = case.rate("share").or(case.rate("rate")) else { return Vec::new() };
    let mut read = Vec::new();
    if share.is_sign_negative() {
        read.push(-share);
    } else if share > Decimal::new(15, 1) || case.finding.code == "RATE_IMPLAUSIBLE" {
        read.extend(share.checked_div(Decimal::ONE_HUNDRED));
    }
    read.push(if share.is_sign_negative() { Decimal::ZERO } else { Decimal::ONE });
    let is_rate = case.finding.code == "RATE_IMPLAUSIBLE";
    read.retain(|number| {
        (Decimal::ZERO..=Decimal::ONE).contains(number) && !(is_rate && *number == Decimal::ONE)
    });
    read.into_iter()
        .map(|number| {
            let step = Phrase::new("cure_read_percent").with("share", FindingValue::Rate(number));
            Cure::new(step, vec![Edit::set(case.path(), written(number))])
        })
        .collect()
}

/// An amount without its sign.
pub(super) fn sign(case: &Case<'_>) -> Proposed {
    let amount = case.money("amount").and_then(|amount| amount.checked_abs().ok());
    let cure = amount.map(|amount| {
        let step = Phrase::new("cure_type_value").with("amount", amount);
        Cure::new(step, vec![Edit::set(case.path(), typed(amount))])
    });
    cure.into_iter().collect()
}

/// A rate that is none is taken off the list.
pub(super) fn quote(case: &Case<'_>) -> Proposed {
    let cure = case
        .element("fx")
        .map(|id| Cure::new(Phrase::new("cure_take_out"), vec![Edit::remove(format!("fx[{id}]"))]));
    cure.into_iter().collect()
}

/// A rate that is missing is asked for.
pub(super) fn missing_rate(case: &Case<'_>) -> Proposed {
    let text = |name: &str| match case.finding.values.get(name) {
        Some(FindingValue::Name(name)) => Some(name.clone()),
        _ => None,
    };
    let (Some(from), Some(to)) = (text("from"), text("to")) else { return Vec::new() };
    let taken: Vec<&str> = case.deal.fx.iter().map(|quote| quote.id.as_str()).collect();
    let id = case.fresh(&format!("{}-{}", from.to_lowercase(), to.to_lowercase()), &taken);
    let step = Phrase::new("cure_ask_rate").with("from", from.as_str()).with("to", to.as_str());
    let element = json!({"id": id, "base": from, "quote": to, "rate": "0", "date": case.deal.as_of});
    let mut cure = Cure::asking(step, format!("fx[{id}].rate"), AskKind::Rate);
    cure.edits.push(Edit::insert("fx", element));
    vec![cure]
}

/// A name that leads nowhere is taken out.
pub(super) fn reference(case: &Case<'_>) -> Proposed {
    let path = case.path();
    let step = Phrase::new("cure_take_out");
    let mut found = Vec::new();
    // Where a list of names stands, only the unknown one goes.
    if let (Some(Value::Array(list)), Some(FindingValue::Name(id))) =
        (case.cell(path), case.finding.values.get("id"))
    {
        let left: Vec<&Value> = list.iter().filter(|one| one.as_str() != Some(id)).collect();
        found.push(Cure::new(step.clone(), vec![Edit::set(path, json!(left))]));
    }
    // A name that is required goes with what it stands in.
    let mut at = path;
    for _ in 0..3 {
        found.push(Cure::new(step.clone(), vec![Edit::set(at, Value::Null)]));
        let parent = match (at.rfind('.'), at.rfind('[')) {
            (Some(dot), Some(bracket)) if bracket > dot => None,
            (Some(dot), _) => at.get(..dot),
            _ => None,
        };
        let Some(parent) = parent.filter(|parent| parent.contains('.') || parent.contains('[')) else {
            break;
        };
        // An element that bears the name is not thrown away for it.
        if parent.ends_with(']') && !parent.contains(".security[") && !parent.contains(".parts[") {
            break;
        }
        at = parent;
    }
    found
}

/// An assumption that was answered, or that has lost its cell, goes.
pub(super) fn assumption(case: &Case<'_>) -> Proposed {
    vec![Cure::new(Phrase::new("cure_delete_assumption"), vec![Edit::remove(case.path())])]
}

/// Low, base and high, take and ask, put into their order.
pub(super) fn estimates(case: &Case<'_>) -> Proposed {
    let mut edits = Vec::new();
    for names in [&["low", "base", "high"][..], &["take", "ask"]] {
        let cells: Vec<(String, Money)> = names
            .iter()
            .filter_map(|name| {
                let path = format!("{}.{name}", case.path());
                Some((path.clone(), case.amount(&path)?))
            })
            .collect();
        let mut sorted: Vec<Money> = cells.iter().map(|(_, amount)| *amount).collect();
        sorted.sort_by_key(Money::minor);
        let moved = cells.into_iter().zip(sorted).filter(|((_, before), after)| before != after);
        edits.extend(moved.map(|((path, _), after)| Edit::set(path, typed(after))));
    }
    vec![Cure::new(Phrase::new("cure_sort_estimates"), edits)]
}

/// A tax that only the producer can find out.
pub(super) fn withholding(case: &Case<'_>) -> Proposed {
    let step = Phrase::new("cure_ask_withholding");
    vec![Cure::asking(step, case.path(), AskKind::Share)]
}

/// An amount that only the producer knows.
pub(super) fn amount(case: &Case<'_>) -> Proposed {
    // An estimate is typed into its base case.
    let base = if case.path().ends_with(".estimate") { ".base" } else { "" };
    vec![Cure::asking(Phrase::new("cure_ask_amount"), format!("{}{base}", case.path()), AskKind::Money)]
}

/// What a distributor may recoup before anything comes back: the cap of its contract.
pub(super) fn release_cost(case: &Case<'_>) -> Proposed {
    let Some(id) = case.element("revenue.distribution") else { return Vec::new() };
    let step = Phrase::new("cure_ask_release_cost");
    vec![Cure::asking(step, format!("revenue.distribution[{id}].expenses.cap"), AskKind::Money)]
}

/// A day that only the producer knows.
pub(super) fn day(case: &Case<'_>) -> Proposed {
    vec![Cure::asking(Phrase::new("cure_ask_day"), case.path(), AskKind::Date)]
}

/// Contracts that are not taken off a net amount leave it; or the amount is gross after all.
pub(super) fn net(case: &Case<'_>) -> Proposed {
    let Some(id) = case.element("revenue.sources") else { return Vec::new() };
    let source = format!("revenue.sources[{id}]");
    let edits =
        ["distribution", "sales_agency"].map(|field| Edit::set(format!("{source}.{field}"), Value::Null));
    let gross = Edit::set(format!("{source}.basis"), Value::Null);
    vec![
        Cure::new(Phrase::new("cure_take_contracts_out"), edits.to_vec()),
        Cure::new(Phrase::new("cure_read_gross"), vec![gross]),
    ]
}
