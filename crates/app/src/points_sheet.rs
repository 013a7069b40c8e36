//! The points tests of a program as its law writes them: what stands in the library, whatever a deal answers.

use recoup_deal::Language;
use recoup_incentives::{
    Answers, CriterionPoints, Labels, PointsResult, Policy, ProgramRun, SectionPoints, points, run,
};

use crate::{
    AppError, ErrorCode,
    assessment::term,
    computation::catalog,
    findings::spoken,
    wire::{
        ProgramTest, ProgramTestCriterion, ProgramTestSection, TestedCriterion, TestedProgram, TestedSection,
    },
};

/// Every points test of a version, in the reader's language.
pub(crate) fn tests(policy: &Policy, language: Language) -> Vec<ProgramTest> {
    // With nothing answered, a test shows its criteria with the most that each can give.
    let Ok(unanswered) = run(policy, &Answers::new(), &Answers::new()) else { return Vec::new() };
    let results = points(policy, &unanswered);
    policy
        .points_tests
        .iter()
        .zip(results)
        .map(|(test, result)| ProgramTest {
            id: test.id.clone(),
            label: say(&test.label, language),
            clause: test.clause.clone(),
            source: policy.source(&test.source).map(|source| source.address.clone()),
            confidence: term(test.confidence),
            condition: test.condition.clone(),
            needed: result.needed.normalize().to_string(),
            most: result.most.map(|most| most.normalize().to_string()),
            mandatory: result.mandatory.iter().map(|need| say(&need.label, language)).collect(),
            sections: sections(&result, language),
        })
        .collect()
}

/// The points tests that the law asks of a program as it was run.
///
/// # Errors
/// When there is no such language, or the library does not hold the version that was run.
pub fn tested(ran: &ProgramRun, language: Option<&str>) -> Result<Vec<TestedProgram>, AppError> {
    let language = spoken(language)?;
    let policy = catalog()?.version(&ran.program, ran.version).map_err(|reason| {
        AppError::new(ErrorCode::NotFound, format!("{reason}.")).with("program", &ran.program)
    })?;
    let results = points(policy, ran);
    let asked = results.iter().filter(|result| result.asked != Some(false));
    Ok(asked.map(|result| on_inputs(result, language)).collect())
}

fn on_inputs(result: &PointsResult, language: Language) -> TestedProgram {
    let way = result.way_to_pass();
    let names = |inputs: &[String]| {
        let named = result.criteria().filter(|criterion| inputs.contains(&criterion.input));
        named.map(|criterion| say(&criterion.label, language)).collect()
    };
    let criterion = |one: &CriterionPoints| TestedCriterion {
        label: say(&one.label, language),
        points: (!one.answer.is_absent()).then(|| one.counted.normalize().to_string()),
        most: one.most.map(|most| most.normalize().to_string()),
    };
    let section = |one: &SectionPoints| TestedSection {
        label: say(&one.label, language),
        score: one.score.normalize().to_string(),
        criteria: one.criteria.iter().map(criterion).collect(),
    };
    TestedProgram {
        label: say(&result.label, language),
        verdict: term(result.verdict),
        score: result.score.normalize().to_string(),
        needed: result.needed.normalize().to_string(),
        missing: result.missing.normalize().to_string(),
        reachable: result.reachable.map(|most| most.normalize().to_string()),
        sections: result.sections.iter().map(section).collect(),
        must: names(&way.must),
        fewest: way.fewest.first().map(|set| names(set)).unwrap_or_default(),
    }
}

fn sections(result: &PointsResult, language: Language) -> Vec<ProgramTestSection> {
    let criterion = |one: &CriterionPoints| ProgramTestCriterion {
        input: one.input.clone(),
        label: say(&one.label, language),
        most: one.most.map(|most| most.normalize().to_string()),
        group: one.group.clone(),
        clause: one.clause.clone(),
        source: one.source.clone(),
    };
    let section = |one: &SectionPoints| ProgramTestSection {
        label: say(&one.label, language),
        minimum: one.minimum.map(|minimum| minimum.normalize().to_string()),
        criteria: one.criteria.iter().map(criterion).collect(),
    };
    result.sections.iter().map(section).collect()
}

fn say(text: &str, language: Language) -> String {
    Labels::embedded().say(text, language).to_owned()
}
