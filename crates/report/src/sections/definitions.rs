//! Each claim of the plan as a sentence: who takes what of which money, how much at most, while what holds.

use recoup_deal::recoupment::{Condition, Relation, Share, Takes, Target, Tier};
use recoup_waterfall::{Claim, Stop};

use crate::sections::desk::Desk;
use crate::sections::order::{name, share_terms, terms_of};

/// What a position is, in a sentence.
pub(crate) fn definition(desk: &Desk<'_>, tier: &Tier) -> String {
    match &tier.takes {
        Takes::Share(share) => of_share(desk, tier, share),
        _ => sentence(&terms_of(desk, tier)),
    }
}

fn of_share(desk: &Desk<'_>, tier: &Tier, share: &Share) -> String {
    let taken = desk
        .words
        .with("define.share", &[("party", &desk.party(&share.payee)), ("terms", &share_terms(desk, share))]);
    let conditions: Vec<String> = share.conditions.iter().map(|one| condition(desk, one)).collect();
    let mut text = taken;
    if !conditions.is_empty() {
        let joined = conditions.join(desk.words.say("define.and"));
        text = desk.words.with("define.while", &[("claim", &text), ("conditions", &joined)]);
    }
    for part in &share.assigned {
        let places = [("claim", text.as_str()), ("party", &desk.party(&part.to))];
        text = desk.words.with("define.assigned", &places);
    }
    if let Some(clause) = &tier.clause {
        text = format!("{text}; {clause}");
    }
    sentence(&text)
}

fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(|letter| letter.to_uppercase().collect::<String>()).unwrap_or_default();
    format!("{first}{}.", letters.as_str().trim_end_matches('.'))
}

fn tier_name(desk: &Desk<'_>, id: &str) -> String {
    let plan = desk.deal().recoupment.as_ref();
    let known = plan.and_then(|plan| plan.positions().into_iter().find(|(_, tier)| tier.id == id));
    known.map_or_else(|| id.replace('-', " "), |(_, tier)| name(tier))
}

/// A condition in words.
fn condition(desk: &Desk<'_>, one: &Condition) -> String {
    let list = |of: &[Condition], key: &str| {
        let each: Vec<String> = of.iter().map(|inner| condition(desk, inner)).collect();
        each.join(desk.words.say(key))
    };
    let compared = |key: &str, what: String, is: &Relation, target: &Target| {
        let relation = match is {
            Relation::AtLeast => "define.at_least",
            Relation::Below => "define.below",
            _ => "define.at",
        };
        let target = match target {
            Target::Amount(amount) => desk.figures.amount(*amount),
            Target::Expenses { of, .. } => {
                desk.words.with("define.expenses", &[("kind", &of.replace('-', " "))])
            }
            Target::Invested { instrument, .. } => {
                desk.words.with("define.invested", &[("instrument", &instrument.replace('-', " "))])
            }
        };
        let relation = desk.words.with(relation, &[("target", &target)]);
        desk.words.with(key, &[("what", &what), ("relation", &relation)])
    };
    match one {
        Condition::All { of } => list(of, "define.and"),
        Condition::Any { of } => list(of, "define.or"),
        Condition::Recouped { tier } => {
            desk.words.with("define.recouped", &[("what", &tier_name(desk, tier))])
        }
        Condition::NotRecouped { tier } => {
            desk.words.with("define.not_recouped", &[("what", &tier_name(desk, tier))])
        }
        Condition::PaidToTier { tier, is, target } => {
            compared("define.paid_to", tier_name(desk, tier), is, target)
        }
        Condition::PaidToParty { party, is, target } => {
            compared("define.paid_to", desk.party(party), is, target)
        }
        Condition::ReachedTier { tier, is, target } => {
            compared("define.reached", tier_name(desk, tier), is, target)
        }
        Condition::Received { is, target, .. } => compared("define.received", String::new(), is, target),
        Condition::ReceiptSource { list, .. } => {
            let named: Vec<String> = list.iter().map(|id| id.replace('-', " ")).collect();
            desk.words.with("define.source", &[("list", &named.join(", "))])
        }
        Condition::ReceiptTerritory { list, .. } => {
            desk.words.with("define.territory", &[("list", &list.join(", "))])
        }
        Condition::ReceiptMedia { list, .. } => {
            desk.words.with("define.media", &[("list", &list.join(", "))])
        }
        _ => desk.say("define.otherwise"),
    }
}

/// Why a claim has no more than it has.
pub(crate) fn stopped(desk: &Desk<'_>, claim: &Claim) -> String {
    desk.say(match claim.stop {
        Stop::Open => "stop.open",
        Stop::LimitReached { .. } => "stop.limit_reached",
        Stop::MoneyRanOut => "stop.money_ran_out",
        Stop::NothingArrived => "stop.nothing_arrived",
        Stop::ConditionsNotMet => "stop.conditions_not_met",
    })
}
