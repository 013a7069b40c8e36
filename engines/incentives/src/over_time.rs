//! A deal's incentives on any day: the law that would decide if today, and the day that decides, were another.
//!
//! What the law gives changes only where a version of one of the deal's programs begins or ends, or a program
//! expires. So the curve over time is a staircase whose edges are known days, and it is exact: each step is a
//! whole deal, assessed as such on the first day of the step.

use std::collections::BTreeSet;
use std::sync::Arc;

use recoup_calendar::Date;
use recoup_deal::{Deal, Election, FxQuote, IncentiveClaim, Phrase, Timeline};
use recoup_explain::{Book, Quantity};

use crate::assess::{ClaimAssessment, Standing, assess};
use crate::catalog::Catalog;
use crate::own::{ProgramOrigin, catalog_of};
use crate::policy::Policy;

/// The day that chooses the version of a claim: its own, else the start of production, else the deal's day.
fn deciding_day(deal: &Deal, timeline: &Timeline, claim: &IncentiveClaim) -> Date {
    claim.version_on.or(timeline.start()).unwrap_or(deal.as_of)
}

/// A text that a deal's figures are computed with, and where it comes from.
#[derive(Clone, Debug, PartialEq)]
pub struct TextUsed {
    /// The version in that text.
    pub policy: Arc<Policy>,
    /// The library's, a producer's own, or one that the deal holds on to.
    pub origin: ProgramOrigin,
}

/// The texts of the law that a deal's claims are computed with, each once.
#[must_use]
pub fn texts_used(deal: &Deal, library: &Catalog) -> Vec<TextUsed> {
    let (catalog, _) = catalog_of(deal, library);
    let timeline = Timeline::of(deal);
    let mut used: Vec<TextUsed> = Vec::new();
    for claim in &deal.incentives {
        let Ok(policy) = catalog.on(&claim.program, deciding_day(deal, &timeline, claim)) else { continue };
        if !used.iter().any(|known| Arc::ptr_eq(&known.policy, policy)) {
            used.push(TextUsed { policy: Arc::clone(policy), origin: catalog.origin(policy) });
        }
    }
    used
}

/// The deal as it would be if today, and the deciding day of every claim, were `day`. A program that has expired
/// by then is not claimed. Rates of exchange stay those of the deal's own day, so that nothing but the law moves.
#[must_use]
pub fn on_day(deal: &Deal, library: &Catalog, day: Date) -> Deal {
    let (catalog, _) = catalog_of(deal, library);
    let mut then = deal.clone();
    let in_force = |quote: &FxQuote| deal.quote_on(quote.base, quote.quote, deal.as_of) == Some(quote);
    then.fx.retain(in_force);
    for claim in &mut then.incentives {
        claim.version_on = Some(day);
        if expired(&catalog, &claim.program, day).is_some() {
            claim.election = Some(Election::Exclude);
        }
    }
    then.as_of = day;
    then
}

/// The last day for which the law provided a program, where that day has passed.
fn expired(catalog: &Catalog, program: &str, day: Date) -> Option<Date> {
    catalog.on(program, day).ok().and_then(|policy| policy.sunset).filter(|sunset| *sunset < day)
}

/// A claim under the law of another day.
#[derive(Clone, Debug, PartialEq)]
pub struct ClaimThen {
    /// Id of the claim.
    pub claim: String,
    /// Program id.
    pub program: String,
    /// First day of the version in force, where one is and has not expired.
    pub version: Option<Date>,
    /// What becomes of it.
    pub standing: Standing,
    /// Why, where it does not count.
    pub reason: Option<Phrase>,
    /// Its credit in the deal's currency, where it counts.
    pub credit: Option<Quantity>,
    /// What is left of it, where it counts.
    pub net: Option<Quantity>,
    /// Part of its addresses.
    pub key: String,
}

/// A deal's incentives under the law of another day.
#[derive(Clone, Debug, PartialEq)]
pub struct OnDay {
    /// The day.
    pub day: Date,
    /// All that count, net, in the deal's currency.
    pub net: Quantity,
    /// Every claim that is not excluded in the deal, in its order.
    pub claims: Vec<ClaimThen>,
}

/// A deal's incentives if the deciding day were `day`.
#[must_use]
pub fn assess_on(deal: &Deal, library: &Catalog, day: Date) -> OnDay {
    let then = on_day(deal, library, day);
    let mut book = Book::new();
    let assessment = assess(&then, library, &mut book);
    let (catalog, _) = catalog_of(deal, library);
    let value = |node: Option<_>| node.map(|node| book.value(node).clone());
    let told = |(claim, assessed): (&IncentiveClaim, &ClaimAssessment)| {
        let sunset = expired(&catalog, &claim.program, day);
        let counts = assessed.standing == Standing::Claimed;
        let ended = sunset.map(|sunset| Phrase::new("program_expired").with("day", sunset));
        let begins = catalog.versions(&claim.program).first().filter(|first| day < first.from);
        let outside = ended.or(begins.map(|first| Phrase::new("program_begins").with("day", first.from)));
        ClaimThen {
            claim: claim.id.clone(),
            program: catalog.resolve(&claim.program).unwrap_or(&claim.program).to_owned(),
            version: assessed.policy.as_ref().filter(|_| sunset.is_none()).map(|policy| policy.from),
            standing: if sunset.is_some() { Standing::Unavailable } else { assessed.standing },
            reason: outside.or_else(|| assessed.reason.clone()),
            credit: value(assessed.credit_in_deal.filter(|_| counts)),
            net: value(assessed.net.filter(|_| counts)),
            key: assessed.key.clone(),
        }
    };
    let claims = deal.incentives.iter().zip(&assessment.claims);
    let claims = claims.filter(|(claim, _)| claim.election != Some(Election::Exclude)).map(told).collect();
    OnDay { day, net: book.value(assessment.net).clone(), claims }
}

/// What happens to a program's law on a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LawChange {
    /// Program id.
    pub program: String,
    /// First day of the version in force until then.
    pub before: Option<Date>,
    /// First day of the version in force from then on.
    pub after: Option<Date>,
}

/// A stretch of days with one law.
#[derive(Clone, Debug, PartialEq)]
pub struct LawStep {
    /// Its last day; none where nothing known ends it.
    pub until: Option<Date>,
    /// What changed on its first day.
    pub changes: Vec<LawChange>,
    /// The deal on its first day, which is the deal on each of its days.
    pub on: OnDay,
}

/// The deal's incentives by deciding day, from the first version of any of its programs on. A day before the
/// first step has no law at all that the library knows.
#[must_use]
pub fn over_time(deal: &Deal, library: &Catalog) -> Vec<LawStep> {
    let (catalog, _) = catalog_of(deal, library);
    let catalog = catalog.as_ref();
    let programs = programs(deal, catalog);
    let mut steps: Vec<LawStep> = Vec::new();
    let mut in_force: Vec<Option<Date>> = vec![None; programs.len()];
    for day in edges(&programs, catalog) {
        let now: Vec<Option<Date>> =
            programs.iter().map(|program| version_on(catalog, program, day)).collect();
        let changes: Vec<LawChange> = programs
            .iter()
            .zip(in_force.iter().zip(&now))
            .filter(|(_, (before, after))| before != after)
            .map(|(program, (before, after))| LawChange {
                program: (*program).to_owned(),
                before: *before,
                after: *after,
            })
            .collect();
        if changes.is_empty() {
            continue;
        }
        if let Some(last) = steps.last_mut() {
            last.until = day.add_days(-1).ok();
        }
        steps.push(LawStep { until: None, changes, on: assess_on(deal, library, day) });
        in_force = now;
    }
    steps
}

/// Programs that the deal looks at, by their own ids.
fn programs<'a>(deal: &Deal, catalog: &'a Catalog) -> Vec<&'a str> {
    let looked_at = deal.incentives.iter().filter(|claim| claim.election != Some(Election::Exclude));
    let programs: BTreeSet<&str> = looked_at.filter_map(|claim| catalog.resolve(&claim.program)).collect();
    programs.into_iter().collect()
}

fn version_on(catalog: &Catalog, program: &str, day: Date) -> Option<Date> {
    let policy = catalog.on(program, day).ok()?;
    policy.sunset.is_none_or(|sunset| day <= sunset).then_some(policy.from)
}

/// Every day on which a version begins, or on which one has just ended.
fn edges(programs: &[&str], catalog: &Catalog) -> BTreeSet<Date> {
    let versions = programs.iter().flat_map(|program| catalog.versions(program));
    versions
        .flat_map(|policy| {
            let after = |day: Option<Date>| day.and_then(|day| day.add_days(1).ok());
            [Some(policy.from), after(policy.until), after(policy.sunset)]
        })
        .flatten()
        .collect()
}

#[cfg(test)]
mod tests;
