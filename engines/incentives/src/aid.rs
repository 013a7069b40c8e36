//! The limit of all public aid to one production, as programs state it: what the others leave, and who is over.

use recoup_deal::{Finding, FindingValue, Phrase, Severity};
use recoup_money::{Money, Rounding};
use rust_decimal::Decimal;

use crate::answers::Answers;
use crate::assess::Candidate;
use crate::evaluate::{EvaluateError, Scope, evaluate, half_up};
use crate::expression::Value;
use crate::policy::{AidLimit, Policy};
use crate::run::{ProgramRun, minor_digits};
use crate::stack::Member;

/// Countries whose programs are State aid: the European Union and the European Economic Area.
const STATE_AID: [&str; 30] = [
    "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IS", "IT",
    "LI", "LT", "LU", "LV", "MT", "NL", "NO", "PL", "PT", "RO", "SE", "SI", "SK",
];

/// Whether a program's credit is public aid in the sense of the limits.
pub(crate) fn is_aid(policy: &Policy) -> bool {
    STATE_AID.contains(&policy.country.as_str())
}

/// Whether the credit of one program counts against the limit that another states.
pub(crate) fn counts(limit: &AidLimit, of: &Policy, other: &Policy) -> bool {
    is_aid(other) && (!limit.national || of.country == other.country)
}

/// What a member's form already held as other aid, with what others of its stack bring: the input, and the sum
/// of what they bring in the form's currency. None where it states no limit or they bring nothing.
pub(crate) fn of_others<'m, 'a: 'm>(
    member: &'m Member<'a>,
    earlier: impl Iterator<Item = (&'m Member<'a>, &'m ProgramRun)>,
) -> Option<(&'m str, Decimal)> {
    let limit = member.policy.aid_limit.as_ref()?;
    let brought: Vec<Decimal> =
        earlier.filter_map(|(other, run)| brings(limit, member, other, run)).collect();
    let sum = brought.iter().copied().fold(Decimal::ZERO, Decimal::saturating_add);
    (!sum.is_zero()).then_some((limit.input.as_str(), sum))
}

/// The credit of another member in the currency of one that limits aid.
fn brings(limit: &AidLimit, member: &Member<'_>, other: &Member<'_>, run: &ProgramRun) -> Option<Decimal> {
    let (to, from) = (member.common_rate?, other.common_rate?);
    if !counts(limit, member.policy, other.policy) || !run.refused_by().is_empty() {
        return None;
    }
    let credit = run.credit()?;
    if member.policy.currency == other.policy.currency {
        return Some(credit);
    }
    let converted = credit.checked_mul(from)?.checked_div(to)?;
    Some(half_up(converted, minor_digits(member.policy.currency)))
}

/// What is given to a member's form, where other aid of its stack stands beside the aid that is typed.
pub(crate) fn beside(member: &Member<'_>, fed: &Answers) -> Answers {
    let mut answers = member.answers.clone();
    let Some(limit) = &member.policy.aid_limit else { return answers };
    let Some(Value::Number(brought)) = fed.get(&limit.input) else { return answers };
    if let Some(Value::Number(typed)) = answers.get(&limit.input) {
        let both = Value::Number(typed.saturating_add(*brought));
        answers.set(&limit.input, both);
    }
    answers
}

/// Aid held against one program's limit.
pub(crate) struct Held {
    /// All aid in the program's currency: its own credit, what is typed and what the others bring.
    pub(crate) aid: Decimal,
    /// What it is a share of.
    pub(crate) of: Decimal,
    /// The largest share.
    pub(crate) share: Decimal,
}

impl Held {
    /// The largest amount of aid.
    pub(crate) fn most(&self) -> Decimal {
        self.of.saturating_mul(self.share)
    }

    /// By how much the aid is over the limit; a cent that rounding left is not.
    pub(crate) fn over(&self, policy: &Policy) -> Option<Decimal> {
        let over = self.aid.saturating_sub(self.most());
        let cent = Decimal::new(1, minor_digits(policy.currency));
        (over > cent).then_some(over)
    }
}

/// The names of a form that is computed.
struct Computed<'r> {
    run: &'r ProgramRun,
    digits: u32,
}

impl Scope for Computed<'_> {
    fn value(&mut self, name: &str) -> Result<Value, EvaluateError> {
        let constant = || self.run.constants.get(name).map(|(value, _)| value);
        Ok(self.run.value(name).or_else(constant).cloned().unwrap_or(Value::Absent))
    }

    fn minor_digits(&self) -> u32 {
        self.digits
    }
}

/// All aid of a stack against the limit that one of its members states.
pub(crate) fn held(at: usize, stack: &[(&Member<'_>, &ProgramRun)]) -> Option<Held> {
    let (member, run) = stack.get(at)?;
    let limit = member.policy.aid_limit.as_ref()?;
    let of = run.value(&limit.of).and_then(Value::number)?;
    let mut form = Computed { run, digits: minor_digits(member.policy.currency) };
    let share = evaluate(limit.share.expression(), &mut form).ok()?.number()?;
    let typed = match member.answers.get(&limit.input) {
        Some(Value::Number(typed)) => *typed,
        _ => Decimal::ZERO,
    };
    let others = stack.iter().enumerate().filter(|(place, _)| *place != at);
    let brought = others.filter_map(|(_, (other, run))| brings(limit, member, other, run));
    let own = if run.refused_by().is_empty() { run.credit()? } else { Decimal::ZERO };
    let aid = brought.fold(own.saturating_add(typed), Decimal::saturating_add);
    Some(Held { aid, of, share })
}

/// What stands against a stack because it is more aid than one of its members allows, where one of those that
/// count may be left out.
pub(crate) fn over(
    stack: &[(&Member<'_>, &ProgramRun)],
    may_go: &dyn Fn(&Member<'_>) -> bool,
) -> Vec<Phrase> {
    let mut found = Vec::new();
    for (at, (member, _)) in stack.iter().enumerate() {
        let Some(limit) = &member.policy.aid_limit else { continue };
        let counted = stack
            .iter()
            .enumerate()
            .filter(|(place, (other, _))| *place == at || counts(limit, member.policy, other.policy));
        if counted.map(|(_, (other, _))| *other).any(may_go) {
            found.extend(held(at, stack).and_then(|held| phrase(member.policy, &held)));
        }
    }
    found
}

/// The limit that is passed, with its arithmetic.
fn phrase(policy: &Policy, held: &Held) -> Option<Phrase> {
    let limit = policy.aid_limit.as_ref()?;
    held.over(policy)?;
    Some(
        Phrase::new("over_aid_limit")
            .with("program", &policy.short_name)
            .with("aid", amount(policy, held.aid)?)
            .with("most", amount(policy, held.most())?)
            .with("share", FindingValue::Rate(held.share))
            .with("clause", &limit.clause),
    )
}

/// An amount of a program in words.
pub(crate) fn amount(policy: &Policy, amount: Decimal) -> Option<Money> {
    Money::from_decimal(amount, policy.currency, Rounding::HalfUp).ok()
}

/// What a producer has to know about all aid together: that it is too much, or that the limit is what binds.
pub(crate) fn finding(candidate: &Candidate<'_>, held: &Held) -> Option<Finding> {
    let policy = candidate.policy.as_ref();
    let limit = policy.aid_limit.as_ref()?;
    let path = format!("incentives[{}]", candidate.claim.id);
    let over = held.over(policy);
    let cent = Decimal::new(1, minor_digits(policy.currency));
    let binds = held.most().saturating_sub(held.aid) <= cent && !held.aid.is_zero();
    if over.is_none() && !binds {
        return None;
    }
    let severity = if over.is_some() { Severity::Question } else { Severity::Note };
    let finding = Finding::new(severity, "AID_OVER_LIMIT", path)
        .with("program", &policy.short_name)
        .with("aid", amount(policy, held.aid)?)
        .with("over", amount(policy, over.unwrap_or_default())?)
        .with("most", amount(policy, held.most())?)
        .with("share", FindingValue::Rate(held.share))
        .with("of", amount(policy, held.of)?)
        .with("clause", &limit.clause);
    Some(if over.is_some() { finding } else { finding.case("binds") })
}
