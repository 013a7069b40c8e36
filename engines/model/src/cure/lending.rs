//! Terms of lenders put right: fees, ranks, the order of drawing, rates, who repays a bridge, who sells.

use recoup_deal::instrument::{AmountRule, InterestRate};
use recoup_deal::{Ask, AskKind, Cure, Edit, FindingValue, Instrument, InstrumentStatus, Phrase};
use recoup_money::Money;
use rust_decimal::Decimal;
use serde_json::json;

use super::case::{Case, Proposed, written};
use super::market;

/// A fee above the whole: per cent written as a fraction, or what the market asks.
pub(super) fn fee(case: &Case<'_>) -> Proposed {
    let (Some(one), Some(share)) = (case.instrument(), case.rate("share")) else { return Vec::new() };
    let mut found = Vec::new();
    let read = share.checked_div(Decimal::ONE_HUNDRED).filter(|read| *read <= Decimal::new(1, 1));
    if let Some(read) = read.filter(|_| share >= Decimal::ONE) {
        let step = Phrase::new("cure_read_percent").with("share", FindingValue::Rate(read));
        found.push(Cure::new(step, vec![Edit::set(case.path(), written(read))]));
    }
    if let Some(usual) = market::arrangement(&one.terms) {
        let rate = usual.rate.parse().unwrap_or(Decimal::ZERO);
        let step =
            Phrase::new("cure_market_fee").with("name", &one.name).with("share", FindingValue::Rate(rate));
        found.push(Cure::new(step, case.assumed(case.path(), json!(usual.rate), usual.source)));
    }
    found
}

/// A loan without an interest rate, or over a base without a rate: what the market asks.
pub(super) fn interest(case: &Case<'_>) -> Option<Cure> {
    let one = case.instrument()?;
    let usual = market::interest(&one.terms)?;
    let rate = usual.rate.parse().unwrap_or(Decimal::ZERO);
    let step = Phrase::new("cure_market_rate").with("name", &one.name).with("rate", FindingValue::Rate(rate));
    let path = format!("instruments[{}].rate", one.id);
    Some(Cure::new(step, case.assumed(&path, json!({ "fixed": usual.rate }), usual.source)))
}

/// A base without a rate on any day.
pub(super) fn base_rate(case: &Case<'_>) -> Proposed {
    interest(case).into_iter().collect()
}

/// The first rate of a base holds from the first drawing on.
pub(super) fn base_from(case: &Case<'_>) -> Proposed {
    let Some(InterestRate::OverBase(over)) = case.instrument().and_then(|one| one.rate.as_ref()) else {
        return Vec::new();
    };
    let base = case.deal.market.base_rates.iter().find(|base| base.id == over.base);
    let first = base.and_then(|base| Some((base, base.points.iter().min_by_key(|point| point.from)?)));
    let (Some((base, first)), Some(drawn)) = (first, case.date("drawn")) else { return Vec::new() };
    let path = format!("market.base_rates[{}].points[{}].from", base.id, first.id);
    let step = Phrase::new("cure_rate_from")
        .with("base", &base.name)
        .with("rate", FindingValue::Rate(first.rate))
        .with("day", drawn);
    vec![Cure::new(step, vec![Edit::set(path, json!(drawn))])]
}

/// A floating rate is fixed where it stands: the last rate known and the margin.
pub(super) fn fixed_rate(case: &Case<'_>) -> Proposed {
    let (Some(one), Some(base)) = (case.instrument(), case.rate("rate")) else { return Vec::new() };
    let Some(InterestRate::OverBase(over)) = &one.rate else { return Vec::new() };
    let Some(rate) = base.checked_add(over.margin) else { return Vec::new() };
    let step = Phrase::new("cure_fix_rate").with("name", &one.name).with("rate", FindingValue::Rate(rate));
    let path = format!("instruments[{}].rate", one.id);
    vec![Cure::new(step, vec![Edit::set(path, json!({ "fixed": written(rate) }))])]
}

/// What stands behind nobody is a senior loan.
pub(super) fn senior(case: &Case<'_>) -> Proposed {
    let Some(one) = case.instrument() else { return Vec::new() };
    let step = Phrase::new("cure_senior").with("name", &one.name);
    let path = format!("instruments[{}].terms", one.id);
    vec![Cure::new(step, vec![Edit::set(path, json!({ "kind": "senior_loan" }))])]
}

/// The second of two lenders of the same rank stands back.
pub(super) fn rank(case: &Case<'_>) -> Proposed {
    let ranks = case.deal.instruments.iter().flat_map(|one| &one.security).filter_map(|one| one.rank);
    let next = ranks.max().unwrap_or(1).saturating_add(1);
    let Some(one) = case.instrument() else { return Vec::new() };
    let step = Phrase::new("cure_rank").with("name", &one.name).with("rank", i64::from(next));
    vec![Cure::new(step, vec![Edit::set(case.path(), next)])]
}

/// Owners first, then lenders in the order they had.
pub(super) fn order(case: &Case<'_>) -> Proposed {
    let place = |one: &Instrument| one.drawdown.as_ref().and_then(|drawdown| drawdown.order);
    let mut called: Vec<(&Instrument, u32)> =
        case.deal.instruments.iter().filter_map(|one| Some((one, place(one)?))).collect();
    let before = called.clone();
    called.sort_by_key(|(one, order)| (one.terms.is_debt(), *order));
    let edits: Vec<Edit> = (1_u32..)
        .zip(&called)
        .filter(|(order, (_, before))| order != before)
        .map(|(order, (one, _))| Edit::set(format!("instruments[{}].drawdown.order", one.id), order))
        .collect();
    if edits.is_empty() || before.is_empty() {
        return Vec::new();
    }
    vec![Cure::new(Phrase::new("cure_equity_first"), edits)]
}

/// The only agent of the deal sells what the gap loan counts on.
pub(super) fn represented(case: &Case<'_>) -> Proposed {
    match case.deal.revenue.sales_agencies.as_slice() {
        [agency] => {
            let agent = agency.agent.as_ref();
            let name = case.deal.parties.iter().find(|party| Some(&party.id) == agent);
            let name = name.map_or(agency.id.as_str(), |party| party.name.as_str());
            let step = Phrase::new("cure_agent_sells").with("name", name);
            vec![Cure::new(step, vec![Edit::set(case.path(), agency.id.as_str())])]
        }
        _ => Vec::new(),
    }
}

/// Committed money is counted in full.
pub(super) fn certain(case: &Case<'_>) -> Proposed {
    let Some(one) = case.instrument() else { return Vec::new() };
    let step = Phrase::new("cure_count_in_full").with("name", &one.name);
    vec![Cure::new(step, vec![Edit::set(case.path(), "1")])]
}

/// What is said to be closed is signed until its conditions are met.
pub(super) fn signed(case: &Case<'_>) -> Proposed {
    let Some(one) = case.instrument() else { return Vec::new() };
    let status = serde_json::to_value(InstrumentStatus::Signed).unwrap_or_default();
    let step = Phrase::new("cure_say_signed").with("name", &one.name);
    vec![Cure::new(step, vec![Edit::set(case.path(), status)])]
}

/// A term that is not there: what the market asks, what the security tells, or the producer.
pub(super) fn term(case: &Case<'_>) -> Proposed {
    let Some((_, field)) = case.path().rsplit_once('.') else { return Vec::new() };
    let cure = match field {
        "fee" => usual_share(case, market::DISTRIBUTION_FEE),
        "commission" => usual_share(case, market::SALES_COMMISSION),
        "rate" => interest(case),
        "maturity" => return super::dates::maturity(case),
        "amount" => return super::closing::amount(case),
        "security" => charged(case),
        "provider" => Some(Cure::asking(
            Phrase::new("cure_ask_provider").with("name", case.instrument().map_or("", |one| &one.name)),
            case.path(),
            AskKind::Party,
        )),
        _ => None,
    };
    cure.into_iter().collect()
}

fn usual_share(case: &Case<'_>, usual: market::Usual) -> Option<Cure> {
    let share: Decimal = usual.rate.parse().ok()?;
    let step = Phrase::new("cure_market_share").with("share", FindingValue::Rate(share));
    Some(Cure::new(step, case.assumed(case.path(), json!(usual.rate), usual.source)))
}

/// A loan that advances on something is secured on it; any other on everything the company owns.
fn charged(case: &Case<'_>) -> Option<Cure> {
    let one = case.instrument()?;
    let list = format!("instruments[{}].security", one.id);
    let parts = match &one.amount {
        Some(AmountRule::Advance(advance)) => advance.parts.as_slice(),
        _ => &[],
    };
    let mut edits: Vec<Edit> = parts
        .iter()
        .map(|part| Edit::insert(list.clone(), json!({"id": part.id, "over": part.against, "rank": 1})))
        .collect();
    if edits.is_empty() {
        let gap = matches!(one.terms, recoup_deal::Terms::GapLoan(_));
        let over = if gap { "unsold_territories" } else { "all_assets" };
        edits.push(Edit::insert(list, json!({"id": "security", "over": over})));
    }
    Some(Cure::new(Phrase::new("cure_secure").with("name", &one.name), edits))
}

/// Money that comes late is lent against by a line of credit that is there already.
pub(super) fn lent_against(case: &Case<'_>) -> Proposed {
    use recoup_deal::Terms;
    let Some(contract) = case.instrument() else { return Vec::new() };
    let line = case.deal.instruments.iter().find(|one| {
        matches!(one.terms, Terms::ContractLoan(_) | Terms::InterimFacility(_))
            && matches!(one.amount, Some(AmountRule::Advance(_)))
    });
    let Some(line) = line else { return Vec::new() };
    let over = json!({ "instrument": contract.id });
    let share = match &line.amount {
        Some(AmountRule::Advance(advance)) => {
            advance.parts.iter().map(|part| part.share).min().unwrap_or(Decimal::new(80, 2))
        }
        _ => Decimal::new(80, 2),
    };
    let part = json!({"id": contract.id, "against": over, "share": written(share)});
    let step = Phrase::new("cure_lend_against")
        .with("loan", &line.name)
        .with("name", &contract.name)
        .with("share", FindingValue::Rate(share));
    let path = format!("instruments[{}]", line.id);
    let edits = vec![
        Edit::insert(format!("{path}.amount.advance.parts"), part),
        Edit::insert(format!("{path}.security"), json!({"id": contract.id, "over": over, "rank": 1})),
    ];
    vec![Cure::new(step, edits)]
}

/// A condition is expected at the financial close, as at any closing table; later where the close has passed.
pub(super) fn condition(case: &Case<'_>) -> Proposed {
    let close = case.outcome.timeline.close();
    let Some(day) = close.filter(|close| *close >= case.deal.as_of) else {
        let step = Phrase::new("cure_ask_condition");
        let by = json!({"after": {"date": case.deal.as_of}});
        let mut cure = Cure::asking(step, format!("{}.after.date", case.path()), AskKind::Date);
        cure.edits.push(Edit::set(case.path(), by));
        return vec![cure];
    };
    let step = Phrase::new("cure_condition_at_close").with("day", day);
    vec![Cure::new(step, vec![Edit::set(case.path(), json!({"after": "financial_close"}))])]
}

/// A test that waits for the grade of a payer: nobody knows it, so it counts as unrated.
pub(super) fn grade(case: &Case<'_>) -> Proposed {
    let Some(FindingValue::Phrase(reason)) = case.finding.values.get("reason") else { return Vec::new() };
    let Some(FindingValue::Name(cell)) = reason.values.get("cell") else { return Vec::new() };
    let party = cell.strip_prefix("parties[").and_then(|rest| rest.strip_suffix("].grade"));
    let party = case.deal.parties.iter().find(|known| Some(known.id.as_str()) == party);
    let cure = party.map(|party| {
        let step = Phrase::new("cure_unrated").with("name", &party.name);
        Cure::new(step, vec![Edit::set(cell.as_str(), "unrated")])
    });
    cure.into_iter().collect()
}

/// A cost that somebody quotes: its place in the budget, and the amount asked for.
pub(super) fn quoted(case: &Case<'_>) -> Proposed {
    let kind = match case.finding.code.as_str() {
        "INSURANCE_MISSING" => "insurance",
        "LEGAL_MISSING" => "legal",
        "AUDIT_MISSING" => "credit_audit",
        _ => return Vec::new(),
    };
    let taken: Vec<&str> = case.deal.budget.costs.iter().map(|cost| cost.id.as_str()).collect();
    let id = case.fresh(kind, &taken);
    let nothing = Money::zero(case.deal.currency).to_string();
    let element = json!({"id": id, "kind": kind, "amount": {"fixed": nothing}, "due": "financial_close"});
    let ask = Ask { path: format!("budget.costs[{id}].amount.fixed"), kind: AskKind::Money };
    let step = Phrase::new("cure_ask_cost");
    vec![Cure { steps: vec![step], edits: vec![Edit::insert("budget.costs", element)], asks: vec![ask] }]
}
