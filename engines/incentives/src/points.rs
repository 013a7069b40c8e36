//! Points tests on what is answered so far: the score, what can still be reached, and what is missing.
//!
//! An answer that is not given is neither won nor lost. A test is passed where it passes with everything open
//! lost, failed where it fails with everything open won, and undecided between the two; giving one more answer
//! can only turn undecided into one of the others.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use serde::Serialize;

use crate::assess::ClaimAssessment;
use crate::evaluate::{EvaluateError, Scope, evaluate};
use crate::expression::Value;
use crate::policy::{PointsCriterion, PointsTest, Policy, TotalSettles, Unit};
use crate::run::{ProgramRun, Verdict, minor_digits};

mod count;
mod figures;
mod told;
mod ways;

pub use ways::WayToPass;

pub(crate) use figures::record;
pub(crate) use told::{cure, lack};

use count::{Need, Sum, meets, tally};

/// How a criterion stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum CriterionState {
    /// It gives all it can.
    Won,
    /// It gives some of what it can.
    Part,
    /// It gives nothing.
    Lost,
    /// It is not answered.
    Open,
    /// It would give points, but another of its group gives as many.
    Excluded,
}

/// A criterion with its answer.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CriterionPoints {
    /// The input that answers it.
    pub input: String,
    /// In a producer's words.
    pub label: String,
    /// How it is answered: yes or no, a number, a word.
    pub unit: Unit,
    /// The answer.
    pub answer: Value,
    /// What the answer is worth by itself.
    pub worth: Decimal,
    /// What it adds to the score.
    pub counted: Decimal,
    /// The most it can be worth; none where the law states none.
    pub most: Option<Decimal>,
    /// How it stands.
    pub state: CriterionState,
    /// Whether nothing replaces it: something that must give points consists of it alone.
    pub mandatory: bool,
    /// Whether it is one of several of which some must give points.
    pub one_of: bool,
    /// The group whose members exclude each other.
    pub group: Option<String>,
    /// The member of its group that counts in its place.
    pub excluded_by: Option<String>,
    /// The criterion whose points hold these already.
    pub part_of: Option<String>,
    /// What each word is worth, where it is answered by a word.
    pub choices: Vec<(String, Decimal)>,
    /// Where in the law it stands.
    pub clause: String,
    /// Address of the source.
    pub source: Option<String>,
}

/// A section with its criteria.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SectionPoints {
    /// Section id.
    pub id: String,
    /// In a producer's words.
    pub label: String,
    /// Points so far.
    pub score: Decimal,
    /// Most still reachable; none where the law states no most.
    pub reachable: Option<Decimal>,
    /// Points needed in it.
    pub minimum: Option<Decimal>,
    /// Whether the minimum is reached; passed where there is none.
    pub verdict: Verdict,
    /// Its criteria.
    pub criteria: Vec<CriterionPoints>,
}

/// Something that must be among the points.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct NeedPoints {
    /// In a producer's words.
    pub label: String,
    /// The criteria, by their inputs.
    pub of: Vec<String>,
    /// How many points they must give; any where none is stated.
    pub at_least: Option<Decimal>,
    /// Whether they do.
    pub verdict: Verdict,
    /// Where in the law it stands.
    pub clause: String,
}

/// A test on what is answered so far.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PointsResult {
    /// Test id.
    pub test: String,
    /// In a producer's words.
    pub label: String,
    /// The condition it decides.
    pub condition: String,
    /// Whether it is asked; none where that is open.
    pub asked: Option<bool>,
    /// Points so far.
    pub score: Decimal,
    /// Most still reachable; none where the law states no most.
    pub reachable: Option<Decimal>,
    /// The most of the whole test; none where the law states none.
    pub most: Option<Decimal>,
    /// Points needed.
    pub needed: Decimal,
    /// Points missing from the score to the mark.
    pub missing: Decimal,
    /// Passed, failed or undecided.
    pub verdict: Verdict,
    /// The total that is typed, where it stands for the criteria.
    pub by_total: Option<Decimal>,
    /// Its sections.
    pub sections: Vec<SectionPoints>,
    /// What must be among the points.
    pub mandatory: Vec<NeedPoints>,
    #[serde(skip)]
    rules: Rules,
}

/// What a set of points has to meet.
#[derive(Clone, Debug, Default, PartialEq)]
struct Rules {
    needed: Decimal,
    most: Option<Decimal>,
    /// A typed total that stands for the sum, whatever the criteria say.
    sum: Option<Decimal>,
    needs: Vec<Need>,
}

impl PointsResult {
    /// Every criterion in order.
    pub fn criteria(&self) -> impl Iterator<Item = &CriterionPoints> {
        self.sections.iter().flat_map(|section| &section.criteria)
    }
}

/// The tests of a program on what it was run with.
#[must_use]
pub fn points(policy: &Policy, run: &ProgramRun) -> Vec<PointsResult> {
    let inputs = run.inputs.iter().map(|input| (input.name.as_str(), &input.value));
    let lines = run.lines.iter().map(|line| (line.id.as_str(), &line.value));
    let constants = run.constants.iter().map(|(id, (value, _))| (id.as_str(), value));
    results(policy, &mut Known::of(policy, inputs.chain(lines).chain(constants)))
}

/// The tests of a claim on what its form saw.
#[must_use]
pub fn points_of_claim(claim: &ClaimAssessment) -> Vec<PointsResult> {
    let Some(policy) = claim.policy.as_deref() else { return Vec::new() };
    let inputs = claim.inputs.iter().map(|input| (input.name.as_str(), &input.value));
    let lines = claim.lines.iter().map(|line| (line.trace.id.as_str(), &line.trace.value));
    results(policy, &mut Known::of(policy, inputs.chain(lines)))
}

/// What a test can see: the form's inputs and lines as they came out, and the numbers of the law.
struct Known<'a> {
    values: BTreeMap<&'a str, Value>,
    digits: u32,
}

impl<'a> Known<'a> {
    fn of(policy: &'a Policy, given: impl Iterator<Item = (&'a str, &'a Value)>) -> Self {
        let constants = policy.constants.iter().map(|c| (c.id.as_str(), Value::Number(c.value)));
        let mut values: BTreeMap<&str, Value> = constants.collect();
        values.extend(given.map(|(name, value)| (name, value.clone())));
        Self { values, digits: minor_digits(policy.currency) }
    }

    fn get(&self, name: &str) -> Value {
        self.values.get(name).cloned().unwrap_or(Value::Absent)
    }

    fn number(&self, name: &str) -> Option<Decimal> {
        self.values.get(name).and_then(Value::number)
    }
}

impl Scope for Known<'_> {
    fn value(&mut self, name: &str) -> Result<Value, EvaluateError> {
        Ok(self.get(name))
    }

    fn minor_digits(&self) -> u32 {
        self.digits
    }
}

fn results(policy: &Policy, known: &mut Known<'_>) -> Vec<PointsResult> {
    policy.points_tests.iter().map(|test| result(policy, test, known)).collect()
}

fn result(policy: &Policy, test: &PointsTest, known: &mut Known<'_>) -> PointsResult {
    let asked = match &test.asked {
        Some(asked) => evaluate(asked.expression(), known).ok().and_then(|value| value.flag()),
        None => Some(true),
    };
    let needs = needs(test, known);
    let mut sections: Vec<SectionPoints> =
        test.sections.iter().map(|section| self::section(policy, section, &needs, known)).collect();
    let typed = test.total.as_ref().and_then(|total| Some((total.settles, known.number(&total.input)?)));
    let sum = typed.filter(|(settles, _)| *settles == TotalSettles::Score).map(|(_, total)| total);
    let needed = known.number(&test.pass_mark).unwrap_or_default();
    let most = test.most.as_deref().and_then(|most| known.number(most));
    let rules = Rules { needed, most, sum, needs };
    count::exclude(&mut sections);
    let all: Vec<&CriterionPoints> = sections.iter().flat_map(|section| &section.criteria).collect();
    let mut verdict = count::verdict(&rules, &all);
    let by_test = typed.filter(|_| verdict == Verdict::Unknown && sum.is_none()).map(|(_, total)| total);
    if let Some(total) = by_test {
        verdict = if total >= needed { Verdict::Pass } else { Verdict::Fail };
    }
    let by_total = by_test.or(sum);
    let sure = rules.capped(tally(&all, CriterionPoints::sure)).unwrap_or_default();
    let score = by_total.unwrap_or(sure);
    let reachable = by_total.map_or_else(|| rules.capped(tally(&all, CriterionPoints::possible)), Some);
    let mandatory = mandatory(test, &rules, &all);
    let most = most.or_else(|| tally(&all, |criterion| criterion.most));
    PointsResult {
        test: test.id.clone(),
        label: test.label.clone(),
        condition: test.condition.clone(),
        asked,
        score,
        reachable,
        most,
        needed,
        missing: needed.saturating_sub(score).max(Decimal::ZERO),
        verdict,
        by_total,
        sections,
        mandatory,
        rules,
    }
}

/// What must be among the points: what the test names, and the minimum of each section.
fn needs(test: &PointsTest, known: &Known<'_>) -> Vec<Need> {
    let named = test.mandatory.iter().map(|need| Need {
        of: need.of.clone(),
        at_least: need.at_least.as_deref().and_then(|least| known.number(least)),
        of_section: false,
    });
    let minima = test.sections.iter().filter_map(|section| {
        let at_least = known.number(section.minimum.as_deref()?)?;
        let of = section.criteria.iter().map(|criterion| criterion.input.clone()).collect();
        Some(Need { of, at_least: Some(at_least), of_section: true })
    });
    named.chain(minima).collect()
}

fn mandatory(test: &PointsTest, rules: &Rules, all: &[&CriterionPoints]) -> Vec<NeedPoints> {
    let judged = test.mandatory.iter().zip(&rules.needs);
    judged
        .map(|(told, need)| NeedPoints {
            label: told.label.clone(),
            of: told.of.clone(),
            at_least: need.at_least,
            verdict: need.verdict(all),
            clause: told.clause.clone(),
        })
        .collect()
}

fn section(
    policy: &Policy,
    section: &crate::policy::PointsSection,
    needs: &[Need],
    known: &Known<'_>,
) -> SectionPoints {
    let criteria: Vec<CriterionPoints> =
        section.criteria.iter().map(|one| criterion(policy, one, needs, known)).collect();
    let all: Vec<&CriterionPoints> = criteria.iter().collect();
    let minimum = section.minimum.as_deref().and_then(|minimum| known.number(minimum));
    let of = || all.iter().map(|criterion| criterion.input.clone()).collect();
    let verdict = minimum.map_or(Verdict::Pass, |minimum| {
        Need { of: of(), at_least: Some(minimum), of_section: true }.verdict(&all)
    });
    SectionPoints {
        id: section.id.clone(),
        label: section.label.clone(),
        score: tally(&all, CriterionPoints::sure).unwrap_or_default(),
        reachable: tally(&all, CriterionPoints::possible),
        minimum,
        verdict,
        criteria,
    }
}

fn criterion(
    policy: &Policy,
    criterion: &PointsCriterion,
    needs: &[Need],
    known: &Known<'_>,
) -> CriterionPoints {
    let input = policy.inputs.iter().find(|input| input.name == criterion.input);
    let unit = input.map_or(Unit::Flag, |input| input.unit);
    let answer = known.get(&criterion.input);
    let number = |id: &String| known.number(id).unwrap_or_default();
    let choices: Vec<(String, Decimal)> =
        criterion.choices.iter().map(|choice| (choice.word.clone(), number(&choice.points))).collect();
    let most = match unit {
        Unit::Flag => Some(criterion.points.as_ref().map_or(Decimal::ONE, number)),
        Unit::Text => choices.iter().map(|(_, points)| *points).max(),
        _ => criterion.most.as_ref().map(number),
    };
    let worth = match &answer {
        Value::Flag(true) => most.unwrap_or_default(),
        Value::Number(points) => most.map_or(*points, |most| (*points).min(most)).max(Decimal::ZERO),
        Value::Text(word) => {
            let chosen = choices.iter().find(|(choice, _)| choice.eq_ignore_ascii_case(word));
            chosen.map_or(Decimal::ZERO, |(_, points)| *points)
        }
        Value::Flag(false) | Value::List(_) | Value::Absent => Decimal::ZERO,
    };
    let state = match (answer.is_absent(), worth) {
        (true, _) => CriterionState::Open,
        (false, worth) if worth.is_zero() => CriterionState::Lost,
        (false, worth) if most.is_some_and(|most| worth < most) => CriterionState::Part,
        (false, _) => CriterionState::Won,
    };
    CriterionPoints {
        input: criterion.input.clone(),
        label: input.map_or_else(|| criterion.input.clone(), |input| input.label.clone()),
        unit,
        answer,
        worth,
        counted: worth,
        most,
        state,
        mandatory: needs.iter().any(|need| need.of.contains(&criterion.input) && need.of.len() == 1),
        one_of: needs
            .iter()
            .any(|need| need.of.contains(&criterion.input) && need.of.len() > 1 && !need.of_section),
        group: criterion.group.clone(),
        excluded_by: None,
        part_of: criterion.part_of.clone(),
        choices,
        clause: criterion.clause.clone(),
        source: policy.source(&criterion.source).map(|source| source.address.clone()),
    }
}

impl CriterionPoints {
    /// What it is worth with what is open lost.
    fn sure(&self) -> Sum {
        Some(self.worth)
    }

    /// What it is worth with what is open won; none where that has no bound.
    fn possible(&self) -> Sum {
        if self.state == CriterionState::Open { self.most } else { Some(self.worth) }
    }
}

impl Rules {
    fn capped(&self, sum: Sum) -> Sum {
        match (sum, self.most) {
            (Some(sum), Some(most)) => Some(sum.min(most)),
            (sum, most) => sum.or(most),
        }
    }

    /// Whether a set of points passes.
    fn pass(&self, all: &[&CriterionPoints], worth: &dyn Fn(&CriterionPoints) -> Sum) -> bool {
        let sum = self.sum.map_or_else(|| self.capped(tally(all, worth)), Some);
        meets(sum, Some(self.needed)) && self.needs.iter().all(|need| need.met(all, worth))
    }
}
