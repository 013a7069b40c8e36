//! Loans made smaller: to what their collateral carries, what a lender gives, what can be repaid.

use recoup_deal::instrument::AmountRule;
use recoup_deal::{Cure, Edit, Instrument, Phrase, Terms, edited};
use recoup_money::{Money, Rounding};
use rust_decimal::{Decimal, RoundingStrategy};

use super::case::{Case, Proposed, typed, written};
use super::closing::fixed;
use crate::outcome::run;

/// Most amounts that are tried for one loan.
const MOST_TRIALS: usize = 8;

/// A loan with a smaller principal: a typed amount in whole hundreds, advances in hundredths of a per cent.
fn lowered(one: &Instrument, before: Money, target: Money) -> Option<(Phrase, Vec<Edit>)> {
    let path = format!("instruments[{}].amount", one.id);
    let share = target.ratio_to(before).ok().flatten().filter(|share| *share < Decimal::ONE)?;
    let at_most = |share: Decimal| share.round_dp_with_strategy(4, RoundingStrategy::ToZero);
    let edits = match one.amount.as_ref()? {
        AmountRule::Fixed(typed) => {
            let amount = hundreds(typed.scale(share, Rounding::Down).ok()?);
            let step = Phrase::new("cure_lower_amount")
                .with("name", &one.name)
                .with("before", *typed)
                .with("amount", amount);
            return Some((step, vec![fixed(one, amount)]));
        }
        AmountRule::Advance(advance) => advance
            .parts
            .iter()
            .map(|part| {
                let lower = written(at_most(part.share.checked_mul(share).unwrap_or_default()));
                Edit::set(format!("{path}.advance.parts[{}].share", part.id), lower)
            })
            .collect(),
        AmountRule::ShareOfBudget(part) => {
            let lower = at_most(part.share.checked_mul(share)?);
            vec![Edit::set(format!("{path}.share_of_budget.share"), written(lower))]
        }
        AmountRule::Remainder(_) => {
            vec![Edit::set(format!("{path}.remainder.at_most"), typed(hundreds(target)))]
        }
    };
    let step =
        Phrase::new("cure_lower_loan").with("name", &one.name).with("before", before).with("amount", target);
    Some((step, edits))
}

/// Down to whole hundreds of the currency.
fn hundreds(amount: Money) -> Money {
    let unit = Money::from_major(100, amount.currency()).map_or(1, |hundred| hundred.minor());
    Money::new(amount.minor() - amount.minor().rem_euclid(unit.max(1)), amount.currency())
}

/// The loan made smaller by a factor, and smaller still while the finding stands.
fn until_gone(case: &Case<'_>, one: &Instrument, first: Decimal) -> Option<Cure> {
    let before = case.principal(&one.id)?;
    // A hair less than before at least, however little it is too much.
    let mut share = first.clamp(Decimal::ZERO, Decimal::new(999_999, 6));
    for _ in 0..MOST_TRIALS {
        let target = before.scale(share, Rounding::Down).ok()?;
        let (step, edits) = lowered(one, before, target)?;
        let deal = edited(case.deal, &edits).ok()?;
        let after = run(&deal, case.catalog);
        let Some(left) = case.again(&after) else { return Some(Cure::new(step, edits)) };
        let again = Case { outcome: &after, finding: left, deal: &deal, ..*case };
        let factor = again.excess().unwrap_or(Decimal::new(9, 1)).min(Decimal::new(999, 3));
        share = share.checked_mul(factor)?;
    }
    None
}

impl Case<'_> {
    /// By which factor a loan has to shrink so that what is found is met, as far as the finding tells.
    fn excess(&self) -> Option<Decimal> {
        let (ratio, required) = (self.rate("ratio"), self.rate("required"));
        let (ratio, required) = ratio.zip(required)?;
        match self.finding.code.as_str() {
            "GAP_COVER_LOW" | "CONTRACT_COVER_LOW" | "PRESALE_COVER_LOW" | "DEBT_SERVICE_LOW" => {
                ratio.checked_div(required)
            }
            _ => required.checked_div(ratio),
        }
    }
}

/// A loan that fails a test is lowered to what passes it.
pub(super) fn to_test(case: &Case<'_>) -> Proposed {
    let gaps = || case.deal.instruments.iter().filter(|one| matches!(one.terms, Terms::GapLoan(_)));
    let one = match case.finding.code.as_str() {
        // Where several gap loans are too much together, the largest gives way.
        "GAP_SHARE_HIGH" => gaps().max_by_key(|one| case.principal(&one.id).map_or(0, |own| own.minor())),
        _ => case.instrument(),
    };
    let cure = one.and_then(|one| until_gone(case, one, case.excess()?));
    cure.into_iter().collect()
}

/// All loans against all security: the loan that ranks last gives way.
pub(super) fn to_value(case: &Case<'_>) -> Proposed {
    let (Some(lent), Some(value), Some(most)) =
        (case.money("lent"), case.money("value"), case.rate("required"))
    else {
        return Vec::new();
    };
    let rank = |one: &Instrument| match one.terms {
        Terms::Mezzanine(_) => 0,
        Terms::GapLoan(_) => 1,
        _ => 2,
    };
    let mut loans: Vec<&Instrument> =
        case.deal.instruments.iter().filter(|one| one.terms.is_debt()).collect();
    loans.sort_by_key(|one| rank(one));
    let allowed = value.scale(most, Rounding::Down).ok();
    let over = allowed.and_then(|allowed| lent.checked_sub(allowed).ok());
    let cure = loans.into_iter().zip(std::iter::repeat(over)).find_map(|(one, over)| {
        let (own, over) = (case.principal(&one.id)?, over?);
        let left = own.checked_sub(over).ok().filter(|left| !left.is_negative())?;
        until_gone(case, one, left.ratio_to(own).ok().flatten()?)
    });
    cure.into_iter().collect()
}

/// A loan that its collateral does not repay: smaller by what stays owed; or its interest paid as it runs.
pub(super) fn not_repaid(case: &Case<'_>) -> Proposed {
    let (Some(one), Some(owed)) = (case.instrument(), case.money("owed")) else { return Vec::new() };
    let mut found = Vec::new();
    let path = format!("instruments[{}].interest_payment", one.id);
    if case.cell(&path).is_some_and(|payment| payment != "current") {
        let step = Phrase::new("cure_pay_interest").with("name", &one.name);
        found.push(Cure::new(step, vec![Edit::set(path, "current")]));
    }
    let smaller = case.principal(&one.id).and_then(|own| {
        let left = own.checked_sub(owed).ok()?;
        until_gone(case, one, left.ratio_to(own).ok().flatten()?)
    });
    found.extend(smaller);
    found
}

/// A line of credit that grows beyond its limit: drawn less, or a limit that holds it.
pub(super) fn over_limit(case: &Case<'_>) -> Proposed {
    let (Some(one), Some(peak), Some(limit)) = (case.instrument(), case.money("peak"), case.money("limit"))
    else {
        return Vec::new();
    };
    let path = format!("instruments[{}]", one.id);
    let first = limit.ratio_to(peak).ok().flatten().unwrap_or(Decimal::ONE);
    let mut found: Proposed = until_gone(case, one, first).into_iter().collect();
    let payment = format!("{path}.interest_payment");
    if case.cell(&payment).is_some_and(|payment| payment != "current") {
        let step = Phrase::new("cure_pay_interest").with("name", &one.name);
        found.push(Cure::new(step, vec![Edit::set(payment, "current")]));
    }
    let step = Phrase::new("cure_raise_limit").with("name", &one.name).with("amount", peak);
    found.push(Cure::new(step, vec![Edit::set(format!("{path}.terms.limit"), typed(peak))]));
    found
}

/// The plan without the loan: a place of nothing is kept for it.
pub(super) fn without(case: &Case<'_>) -> Proposed {
    let Some(one) = case.instrument() else { return Vec::new() };
    let path = format!("instruments[{}].amount", one.id);
    let nothing = typed(Money::zero(one.contract_currency(case.deal.currency)));
    let edit = match &one.amount {
        Some(AmountRule::Advance(_)) => Edit::set(format!("{path}.advance.limit"), nothing),
        Some(AmountRule::Remainder(_)) => Edit::set(format!("{path}.remainder.at_most"), nothing),
        Some(AmountRule::ShareOfBudget(_)) => Edit::set(format!("{path}.share_of_budget.share"), "0"),
        _ => Edit::set(path, serde_json::json!({ "fixed": nothing })),
    };
    vec![Cure::new(Phrase::new("cure_do_without").with("name", &one.name), vec![edit])]
}

/// The loan of the term sheet: counted as it lends, where it lends less.
pub(super) fn as_stated(case: &Case<'_>) -> Proposed {
    let (Some(one), Some(stated), Some(counted)) =
        (case.instrument(), case.money("stated"), case.money("counted"))
    else {
        return Vec::new();
    };
    let cure = match &one.amount {
        Some(AmountRule::Advance(_)) => {
            let path = format!("instruments[{}].amount.advance.limit", one.id);
            let step = Phrase::new("cure_limit_loan").with("name", &one.name).with("amount", stated);
            Some(Cure::new(step, vec![Edit::set(path, typed(stated))]))
        }
        _ => lowered(one, counted, stated).map(|(step, edits)| Cure::new(step, edits)),
    };
    cure.into_iter().collect()
}

/// The computed loan takes the place of the one that the term sheet names.
pub(super) fn as_counted(case: &Case<'_>) -> Proposed {
    let (Some(one), Some(counted)) = (case.instrument(), case.money("counted")) else { return Vec::new() };
    let path = format!("instruments[{}].terms.stated_amount", one.id);
    let step = Phrase::new("cure_state_computed").with("name", &one.name).with("amount", counted);
    vec![Cure::new(step, vec![Edit::set(path, typed(counted))])]
}

/// An advance of more than there is: what the deal's lenders give at most.
pub(super) fn advance(case: &Case<'_>) -> Proposed {
    let Some(one) = case.instrument() else { return Vec::new() };
    let limits = &case.deal.market.limits;
    let usual = limits.credit_advance.unwrap_or(Decimal::new(90, 2));
    let most = case.rate("left").map_or(usual, |left| left.min(usual));
    let step = Phrase::new("cure_advance")
        .with("name", &one.name)
        .with("share", recoup_deal::FindingValue::Rate(most));
    vec![Cure::new(step, vec![Edit::set(case.path(), written(most))])]
}

/// A reserve for interest that pays the interest until delivery; it bears interest itself, so it is tried.
pub(super) fn reserve(case: &Case<'_>) -> Proposed {
    let Some((one, own)) = case.instrument().and_then(|one| Some((one, case.principal(&one.id)?))) else {
        return Vec::new();
    };
    let (mut interest, mut least) = (case.money("interest"), Decimal::ZERO);
    for _ in 0..MOST_TRIALS {
        let needed = interest.and_then(|interest| interest.ratio_to(own).ok().flatten());
        let Some(share) = needed.filter(|share| *share < Decimal::ONE) else { return Vec::new() };
        let share = share.round_dp_with_strategy(4, RoundingStrategy::AwayFromZero).max(least);
        let edits = vec![Edit::set(case.path(), written(share))];
        let Ok(deal) = edited(case.deal, &edits) else { return Vec::new() };
        let after = run(&deal, case.catalog);
        let Some(left) = case.again(&after) else {
            let step = Phrase::new("cure_reserve")
                .with("name", &one.name)
                .with("share", recoup_deal::FindingValue::Rate(share));
            return vec![Cure::new(step, edits)];
        };
        interest = Case { finding: left, outcome: &after, deal: &deal, ..*case }.money("interest");
        least = share + Decimal::new(1, 4);
    }
    Vec::new()
}

/// A reserve that interest never comes out of is not kept.
pub(super) fn no_reserve(case: &Case<'_>) -> Proposed {
    let Some(one) = case.instrument() else { return Vec::new() };
    let step = Phrase::new("cure_no_reserve").with("name", &one.name);
    vec![Cure::new(step, vec![Edit::set(case.path(), serde_json::Value::Null)])]
}
