//! The budget put right: contingency, bond, totals, parts, places, overhead.

use recoup_deal::{Cure, Edit, FindingValue, Phrase};
use recoup_money::{Money, Rounding, apportion};
use rust_decimal::Decimal;
use serde_json::{Value, json};

use super::case::{Case, Proposed, typed, written};
use super::market;

/// A contingency of a tenth of the lines.
pub(super) fn contingency(case: &Case<'_>) -> Proposed {
    let least = case.deal.market.limits.contingency;
    let share = least.or(market::CONTINGENCY.rate.parse().ok()).unwrap_or_default();
    let lines = case.outcome.book.money("budget.lines");
    let Some(amount) = lines.and_then(|lines| lines.scale(share, Rounding::Up).ok()) else {
        return Vec::new();
    };
    let step =
        Phrase::new("cure_contingency").with("share", FindingValue::Rate(share)).with("amount", amount);
    let path = "budget.contingency";
    let edits = match case.cell(path) {
        Some(_) if case.amount("budget.contingency.amount").is_some() => {
            vec![Edit::set("budget.contingency.amount", typed(amount))]
        }
        // A share of some of the lines cannot be told from its own base.
        Some(reserve) if reserve.get("without_lines").is_some() => {
            vec![
                Edit::set("budget.contingency.share", Value::Null),
                Edit::set("budget.contingency.amount", typed(amount)),
            ]
        }
        Some(_) if least.is_some() => vec![Edit::set("budget.contingency.share", written(share))],
        Some(_) => case.assumed("budget.contingency.share", written(share), market::CONTINGENCY.source),
        None => {
            let mut edits = vec![Edit::set(path, json!({}))];
            edits.extend(case.assumed(
                "budget.contingency.share",
                written(share),
                market::CONTINGENCY.source,
            ));
            edits
        }
    };
    vec![Cure::new(step, edits)]
}

/// Of a contingency given twice, the larger one stays.
pub(super) fn contingency_once(case: &Case<'_>) -> Proposed {
    let share = case.number("budget.contingency.share");
    let lines = case.outcome.book.money("budget.lines");
    let (Some(share), Some(lines), Some(amount)) = (share, lines, case.amount("budget.contingency.amount"))
    else {
        return Vec::new();
    };
    let Ok(of_lines) = lines.scale(share, Rounding::HalfUp) else { return Vec::new() };
    let (kept, emptied) =
        if of_lines.minor() >= amount.minor() { (of_lines, "amount") } else { (amount, "share") };
    let step = Phrase::new("cure_keep_contingency").with("amount", kept);
    vec![Cure::new(step, vec![Edit::set(format!("budget.contingency.{emptied}"), Value::Null)])]
}

/// A bond at a usual fee on what is bonded.
pub(super) fn bond(case: &Case<'_>) -> Proposed {
    let taken: Vec<&str> = case.deal.budget.costs.iter().map(|cost| cost.id.as_str()).collect();
    let id = case.fresh("bond", &taken);
    let Some((step, amount)) = usual_bond(case) else { return Vec::new() };
    let cost =
        json!({"id": id, "kind": "completion_bond", "label": "Completion bond", "due": "financial_close"});
    let mut edits = vec![Edit::insert("budget.costs", cost)];
    edits.extend(case.assumed(&format!("budget.costs[{id}].amount"), amount, market::BOND.source));
    let mut found = vec![Cure::new(step.clone(), edits.clone())];
    // A bonded budget keeps a contingency.
    if let Some(more) = contingency(case).pop() {
        let mut both = Cure::new(step, edits);
        both.steps.extend(more.steps);
        both.edits.extend(
            more.edits
                .into_iter()
                .filter(|edit| !matches!(edit, Edit::Insert { list, .. } if list == "assumptions")),
        );
        found.push(both);
    }
    found
}

fn usual_bond(case: &Case<'_>) -> Option<(Phrase, Value)> {
    let share: Decimal = market::BOND.rate.parse().ok()?;
    let fee = case.outcome.book.money("budget.lines")?.scale(share, Rounding::HalfUp).ok()?;
    let step = Phrase::new("cure_bond").with("share", FindingValue::Rate(share)).with("amount", fee);
    Some((step, json!({"share_of": {"base": "bonded_budget", "share": market::BOND.rate}})))
}

/// The guarantor's fee takes its usual size.
pub(super) fn bond_fee(case: &Case<'_>) -> Proposed {
    let Some((step, amount)) = usual_bond(case) else { return Vec::new() };
    vec![Cure::new(step, case.assumed(case.path(), amount, market::BOND.source))]
}

/// The guarantor's fee is taken on the bonded budget.
pub(super) fn bond_base(case: &Case<'_>) -> Proposed {
    vec![Cure::new(Phrase::new("cure_bond_base"), vec![Edit::set(case.path(), "bonded_budget")])]
}

/// The guarantor is paid when the financing closes.
pub(super) fn bond_due(case: &Case<'_>) -> Proposed {
    vec![Cure::new(Phrase::new("cure_bond_due"), vec![Edit::set(case.path(), "financial_close")])]
}

/// A cost of which nothing but its kind is known: a usual amount where there is one, else the producer is asked.
pub(super) fn cost(case: &Case<'_>) -> Proposed {
    let id = case.element("budget.costs");
    let cost = case.deal.budget.costs.iter().find(|cost| Some(cost.id.as_str()) == id);
    let Some(cost) = cost else { return Vec::new() };
    match cost.kind {
        recoup_deal::CostKind::CompletionBond => bond_fee(case),
        recoup_deal::CostKind::CollectionAccount => collection_cost(case)
            .map(|(step, amount)| {
                Cure::new(step, case.assumed(case.path(), amount, market::COLLECTION_ACCOUNT.source))
            })
            .into_iter()
            .collect(),
        _ => {
            let path = format!("{}.fixed", case.path());
            vec![Cure::asking(Phrase::new("cure_ask_cost"), path, recoup_deal::AskKind::Money)]
        }
    }
}

fn collection_cost(case: &Case<'_>) -> Option<(Phrase, Value)> {
    let usual: Decimal = market::COLLECTION_ACCOUNT.rate.parse().ok()?;
    let dollars = Money::from_decimal(usual, recoup_money::Currency::USD, Rounding::HalfUp).ok()?;
    let amount = case.deal.in_deal_currency(dollars)?;
    let step = Phrase::new("cure_collection_account").with("amount", amount);
    Some((step, json!({ "fixed": typed(amount) })))
}

/// A collection account is opened for those who are paid out of receipts.
pub(super) fn collection(case: &Case<'_>) -> Proposed {
    let Some((step, amount)) = collection_cost(case) else { return Vec::new() };
    let taken: Vec<&str> = case.deal.budget.costs.iter().map(|cost| cost.id.as_str()).collect();
    let id = case.fresh("collection-account", &taken);
    let cost = json!({"id": id, "kind": "collection_account", "label": "Collection account", "due": "final_delivery"});
    let mut edits = vec![Edit::insert("budget.costs", cost)];
    let source = market::COLLECTION_ACCOUNT.source;
    edits.extend(case.assumed(&format!("budget.costs[{id}].amount"), amount, source));
    vec![Cure::new(step, edits)]
}

/// The stated total is what the lines add up to.
pub(super) fn total(case: &Case<'_>) -> Proposed {
    let Some(sum) = case.money("sum") else { return Vec::new() };
    let step = Phrase::new("cure_total").with("amount", sum);
    vec![Cure::new(step, vec![Edit::set(case.path(), typed(sum))])]
}

/// Shares of a whole, brought to one in their proportions.
pub(super) fn whole(case: &Case<'_>) -> Proposed {
    let Some(list) = case.cell(case.path()) else { return Vec::new() };
    let shares: Vec<(&str, Decimal)> = list
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|one| Some((one.get("id")?.as_str()?, one.get("share")?.as_str()?.parse().ok()?)))
        .collect();
    // In hundredths of a per cent, so that the parts are what people write.
    let weights: Vec<Decimal> = shares.iter().map(|(_, share)| *share).collect();
    let unit = Money::new(10_000, recoup_money::Currency::USD);
    let Ok(parts) = apportion(unit, &weights) else { return Vec::new() };
    let edits = shares.iter().zip(parts).map(|((id, _), part)| {
        Edit::set(format!("{}[{id}].share", case.path()), written(Decimal::new(part.minor(), 4)))
    });
    vec![Cure::new(Phrase::new("cure_whole"), edits.collect())]
}

/// The one place without a share takes what the others leave.
pub(super) fn rest_of_split(case: &Case<'_>) -> Proposed {
    let Some(list) = case.cell(case.path()) else { return Vec::new() };
    let parts: Vec<Value> = list.as_array().cloned().unwrap_or_default();
    let share =
        |one: &Value| one.get("share").and_then(Value::as_str).and_then(|text| text.parse::<Decimal>().ok());
    let open: Vec<&str> =
        parts.iter().filter(|one| share(one).is_none()).filter_map(|one| one.get("id")?.as_str()).collect();
    let known: Decimal = parts.iter().filter_map(share).sum();
    let ([open], rest) = (open.as_slice(), Decimal::ONE - known) else { return Vec::new() };
    if rest.is_sign_negative() {
        return Vec::new();
    }
    let step = Phrase::new("cure_rest_of_split").with("place", *open).with("share", FindingValue::Rate(rest));
    vec![Cure::new(step, vec![Edit::set(format!("{}[{open}].share", case.path()), written(rest))])]
}

/// Parts of a line that are more than the line: the line becomes their sum, or they are cut to it.
pub(super) fn parts(case: &Case<'_>) -> Proposed {
    let (Some(id), Some(sum), Some(amount)) =
        (case.element("budget.lines"), case.money("sum"), case.money("amount"))
    else {
        return Vec::new();
    };
    let field = if case.path().ends_with("subcontracts") { "price" } else { "amount" };
    let mut found = Vec::new();
    let list = case.cell(case.path()).and_then(|list| list.as_array().cloned()).unwrap_or_default();
    let typed_parts: Vec<(String, Money)> = list
        .iter()
        .filter_map(|one| {
            Some((one.get("id")?.as_str()?.to_owned(), one.get(field)?.as_str()?.parse().ok()?))
        })
        .collect();
    let weights: Vec<Decimal> = typed_parts.iter().map(|(_, part)| Decimal::from(part.minor())).collect();
    if let Ok(cut) = apportion(amount, &weights) {
        let edits = typed_parts
            .iter()
            .zip(cut)
            .map(|((part, _), cut)| Edit::set(format!("{}[{part}].{field}", case.path()), typed(cut)));
        found.push(Cure::new(Phrase::new("cure_cut_parts").with("amount", amount), edits.collect()));
    }
    let step = Phrase::new("cure_line_is_parts").with("amount", sum);
    found.push(Cure::new(step, vec![Edit::set(format!("budget.lines[{id}].amount"), typed(sum))]));
    found
}

/// Parts in another currency are written in the line's, at the deal's rate.
pub(super) fn converted(case: &Case<'_>) -> Proposed {
    let Some(id) = case.element("budget.lines") else { return Vec::new() };
    let line = case.deal.budget.lines.iter().find(|line| line.id == id);
    let Some(currency) = line.and_then(|line| line.amount).map(|amount| amount.currency()) else {
        return Vec::new();
    };
    let field = if case.path().ends_with("subcontracts") { "price" } else { "amount" };
    let list = case.cell(case.path()).and_then(|list| list.as_array().cloned()).unwrap_or_default();
    let mut edits = Vec::new();
    for part in &list {
        let amount = part.get(field).and_then(Value::as_str).and_then(|text| text.parse::<Money>().ok());
        let (Some(id), Some(amount)) = (part.get("id").and_then(Value::as_str), amount) else { continue };
        if amount.currency() == currency {
            continue;
        }
        let rate = case.deal.rate(amount.currency(), currency);
        let value = rate.and_then(|rate| amount.to_decimal().checked_mul(rate));
        let Some(value) = value.and_then(|value| Money::from_decimal(value, currency, Rounding::HalfUp).ok())
        else {
            return Vec::new();
        };
        edits.push(Edit::set(format!("{}[{id}].{field}", case.path()), typed(value)));
    }
    vec![Cure::new(Phrase::new("cure_convert").with("currency", currency), edits)]
}

/// Overhead is lowered to its usual share of the other lines.
pub(super) fn overhead(case: &Case<'_>) -> Proposed {
    let (Some(rest), Some(usual), Some(now)) =
        (case.money("rest"), case.rate("usual"), case.money("overhead"))
    else {
        return Vec::new();
    };
    let (Ok(most), Some(own)) = (rest.scale(usual, Rounding::Down), case.amount(case.path())) else {
        return Vec::new();
    };
    let less = now.checked_sub(most).ok().and_then(|over| own.checked_sub(over).ok());
    let Some(amount) = less.filter(|amount| !amount.is_negative()) else { return Vec::new() };
    let step = Phrase::new("cure_overhead").with("before", own).with("amount", amount);
    let mut edits = vec![Edit::set(case.path(), typed(amount))];
    if let Some(total) = case.deal.budget.total
        && let (Ok(change), true) = (own.checked_sub(amount), total.currency() == own.currency())
        && let Ok(total) = total.checked_sub(change)
    {
        edits.push(Edit::set("budget.total", typed(total)));
    }
    vec![Cure::new(step, edits)]
}
