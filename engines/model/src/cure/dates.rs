//! Days moved: maturities behind the cash that repays a loan, a schedule into its order.

use recoup_calendar::Date;
use recoup_deal::instrument::{Collateral, Maturity};
use recoup_deal::{Cure, Edit, Instrument, Phrase, Terms};
use recoup_incentives::Standing;
use serde_json::json;

use super::case::{Case, Proposed};

/// The last day on which what a loan is secured on pays.
fn last_cash(case: &Case<'_>, loan: &Instrument) -> Option<Date> {
    use recoup_deal::instrument::AmountRule;
    let advanced = match &loan.amount {
        Some(AmountRule::Advance(advance)) => advance.parts.as_slice(),
        _ => &[],
    };
    let overs = advanced.iter().map(|part| &part.against).chain(loan.security.iter().map(|one| &one.over));
    let days = overs.filter_map(|over| match over {
        Collateral::Claim(id) => {
            let claims = case.outcome.incentives.claims.iter();
            let mut claims = claims.filter(|one| one.claim == *id && one.standing == Standing::Claimed);
            claims.next()?.cash.iter().filter_map(|event| event.date).max()
        }
        Collateral::Instrument(id) => {
            let run = case.capital()?.instruments.iter().find(|run| run.id == *id)?;
            run.drawn.iter().map(|(day, _)| *day).max()
        }
        _ => None,
    });
    days.max()
}

/// Months after delivery for which loans of a kind usually run: to the certificate of a credit, to the first sales.
fn usual_months(terms: &Terms) -> i32 {
    match terms {
        Terms::GapLoan(_) => 24,
        Terms::Mezzanine(_) => 36,
        _ => 12,
    }
}

/// A maturity behind the last cash of the collateral, and behind the delivery for a loan that receipts repay.
pub(super) fn maturity(case: &Case<'_>) -> Proposed {
    let Some(loan) = case.instrument() else { return Vec::new() };
    let path = format!("instruments[{}].maturity", loan.id);
    let after = case.deal.market.limits.days_after_cash.map_or(0, i64::from);
    let cash = last_cash(case, loan).and_then(|day| day.add_days(after).ok());
    let drawn = case.date("drawn");
    let delivery = case.outcome.timeline.final_delivery();
    let Some(base) = delivery.or(drawn) else { return Vec::new() };
    // As the deal writes it: so many months after its event, or else on a day.
    let (event, from) = match &loan.maturity {
        Some(Maturity::After(due)) => {
            let days = case.outcome.timeline.days(&due.after);
            (json!(due.after), days.last().map(|(day, _)| *day))
        }
        _ => (json!("final_delivery"), Some(base)),
    };
    let (Some(from), Some(least)) =
        (from, cash.into_iter().chain(drawn).chain(case.date("paid")).max().or(Some(base)))
    else {
        return Vec::new();
    };
    let usual = if cash.is_none() && case.date("paid").is_none() { usual_months(&loan.terms) } else { 0 };
    let months =
        (usual..600).find(|months| from.add_months(*months).is_ok_and(|day| day >= least && day >= base));
    let Some((months, day)) = months.and_then(|months| Some((months, from.add_months(months).ok()?))) else {
        return Vec::new();
    };
    let value = json!({"after": {"after": event, "months": months}});
    let step = Phrase::new("cure_maturity").with("name", &loan.name).with("due", day);
    vec![Cure::new(step, vec![Edit::set(path, value)])]
}

/// The whole schedule moves until its start lies in the past no more: by whole months, so that spend and payments keep
/// their months, or by days.
pub(super) fn start(case: &Case<'_>) -> Proposed {
    let (Some(start), Some(today)) = (case.date("start"), case.date("today")) else { return Vec::new() };
    let months = (1..600).find(|months| moved(start, *months).is_some_and(|day| day >= today));
    let days = start.days_until(today);
    let by_months = months.map(|months| shifted(case, &|day| moved(day, months)));
    let by_days = shifted(case, &|day| day.add_days(days).ok());
    by_months.into_iter().chain([by_days]).flatten().collect()
}

/// A day some months later; the last day of a month stays the last.
fn moved(day: Date, months: i32) -> Option<Date> {
    let later = day.add_months(months).ok()?;
    Some(if day.is_month_end() { later.month_end() } else { later })
}

fn shifted(case: &Case<'_>, later: &dyn Fn(Date) -> Option<Date>) -> Option<Cure> {
    let schedule = &case.deal.schedule;
    let mut edits = Vec::new();
    let mut put = |path: String, day: Option<Date>| {
        edits.extend(day.and_then(later).map(|day| Edit::set(path, json!(day))));
    };
    put("schedule.greenlight".into(), schedule.greenlight);
    put("schedule.financial_close".into(), schedule.financial_close);
    put("schedule.start".into(), schedule.start);
    for delivery in &schedule.deliveries {
        put(format!("schedule.deliveries[{}].date", delivery.id), delivery.date);
    }
    put("schedule.release.date".into(), schedule.release.as_ref().and_then(|release| release.date));
    let start = schedule.start.and_then(later)?;
    let by = schedule.start?.days_until(start);
    let step = Phrase::new("cure_shift_schedule").with("days", by).with("start", start);
    Some(Cure::new(step, edits))
}

/// What comes too early moves to the day before which it may not be, and what follows it with it.
pub(super) fn order(case: &Case<'_>) -> Proposed {
    let Some(least) = case.date("before") else { return Vec::new() };
    let schedule = &case.deal.schedule;
    let mut cells = vec![
        ("schedule.greenlight".to_owned(), "schedule.greenlight".to_owned(), schedule.greenlight),
        ("schedule.start".to_owned(), "schedule.start".to_owned(), schedule.start),
    ];
    for delivery in &schedule.deliveries {
        let place = format!("schedule.deliveries[{}]", delivery.id);
        cells.push((place.clone(), format!("{place}.date"), delivery.date));
    }
    let release = schedule.release.as_ref().and_then(|release| release.date);
    cells.push(("schedule.release.date".into(), "schedule.release.date".into(), release));
    let from = cells.iter().position(|(place, _, _)| place == case.path()).unwrap_or(cells.len());
    let early = cells.into_iter().skip(from).filter(|(_, _, day)| day.is_some_and(|day| day < least));
    let edits: Vec<Edit> = early.map(|(_, cell, _)| Edit::set(cell, json!(least))).collect();
    if edits.is_empty() {
        return Vec::new();
    }
    vec![Cure::new(Phrase::new("cure_move_day").with("day", least), edits)]
}

/// A phase that ends after delivery is cut to its end, or the delivery waits for it.
pub(super) fn phase(case: &Case<'_>) -> Proposed {
    let (Some(end), Some(delivery)) = (case.date("end"), case.date("delivery")) else { return Vec::new() };
    let mut found = Vec::new();
    let span = case
        .element("schedule.phases")
        .and_then(|id| case.deal.schedule.phases.iter().find(|span| span.id == id));
    if let Some(months) = span.and_then(|span| span.months) {
        let over = (1..i32::try_from(months).unwrap_or(1))
            .find(|over| end.add_months(-over).is_ok_and(|end| end <= delivery));
        if let Some(left) = over.and_then(|over| months.checked_sub(u32::try_from(over).ok()?)) {
            let step = Phrase::new("cure_shorten_phase").with("months", i64::from(left));
            found.push(Cure::new(step, vec![Edit::set(format!("{}.months", case.path()), left)]));
        }
    }
    if let Some(last) = case.deal.schedule.deliveries.last().filter(|last| last.date.is_some()) {
        let step = Phrase::new("cure_move_day").with("day", end);
        let cell = format!("schedule.deliveries[{}].date", last.id);
        found.push(Cure::new(step, vec![Edit::set(cell, json!(end))]));
    }
    found
}

/// Money is called from the financial close on.
pub(super) fn from_close(case: &Case<'_>) -> Proposed {
    let step = Phrase::new("cure_call_from_close").with(
        "day",
        case.finding.values.get("close").cloned().unwrap_or(recoup_deal::FindingValue::Count(0)),
    );
    vec![Cure::new(step, vec![Edit::set(case.path(), "financial_close")])]
}
