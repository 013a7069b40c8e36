//! The points tests of a claim as questionnaires.

use recoup_explain::Book;
use recoup_incentives::{
    ClaimAssessment, CriterionPoints, CriterionState, MappedFrom, PointsResult, PointsTest, Policy,
    SectionPoints, Value, points_of_claim,
};

use super::{answer_path, figure, term};
use crate::{
    AppError, ErrorCode,
    wire::{FigureDto, PointsCriterionDto, PointsNeedDto, PointsSectionDto, PointsTestDto, PointsTotalDto},
};

/// Every points test of a claim's program.
pub(super) fn tests(book: &Book, claim: &ClaimAssessment) -> Result<Vec<PointsTestDto>, AppError> {
    let Some(policy) = claim.policy.as_deref() else { return Ok(Vec::new()) };
    let results = points_of_claim(claim);
    let described = policy.points_tests.iter().zip(&results);
    described.map(|(test, result)| Sheet { book, claim, policy, test, result }.told()).collect()
}

/// Whether an input is answered in a test rather than among the other questions.
pub(super) fn answers_a_test(policy: &Policy, input: &str) -> bool {
    policy.points_tests.iter().any(|test| test.inputs().any(|name| name == input))
}

struct Sheet<'a> {
    book: &'a Book,
    claim: &'a ClaimAssessment,
    policy: &'a Policy,
    test: &'a PointsTest,
    result: &'a PointsResult,
}

impl Sheet<'_> {
    fn told(&self) -> Result<PointsTestDto, AppError> {
        let result = self.result;
        let way = result.way_to_pass();
        Ok(PointsTestDto {
            id: result.test.clone(),
            label: result.label.clone(),
            clause: self.test.clause.clone(),
            source: self.policy.source(&self.test.source).map(|source| source.address.clone()),
            confidence: term(self.test.confidence),
            condition: result.condition.clone(),
            asked: result.asked,
            verdict: term(result.verdict),
            score: self.due("score")?,
            reachable: self.due("reachable")?,
            needed: self.due("needed")?,
            missing: self.due("missing")?,
            most: self.found("most")?,
            total: self.total(),
            sections: result.sections.iter().map(|one| self.section(one)).collect::<Result<_, _>>()?,
            mandatory: result
                .mandatory
                .iter()
                .map(|need| PointsNeedDto {
                    label: need.label.clone(),
                    verdict: term(need.verdict),
                    clause: need.clause.clone(),
                })
                .collect(),
            must: way.must.iter().map(|input| self.label(input)).collect(),
            fewest: way
                .fewest
                .iter()
                .map(|set| set.iter().map(|input| self.label(input)).collect())
                .collect(),
            more: way.more,
        })
    }

    fn found(&self, part: &str) -> Result<Option<FigureDto>, AppError> {
        let address = format!("incentives.{}.points.{}.{part}", self.claim.form_key(), self.test.id);
        self.book.find(&address).map(|node| figure(self.book, node)).transpose()
    }

    fn due(&self, part: &str) -> Result<FigureDto, AppError> {
        self.found(part)?.ok_or_else(|| {
            AppError::new(ErrorCode::Internal, "A figure of a points test is not in the book.")
                .with("test", &self.test.id)
                .with("figure", part)
        })
    }

    fn label(&self, input: &str) -> String {
        let found = self.policy.inputs.iter().find(|one| one.name == input);
        found.map_or_else(|| input.to_owned(), |one| one.label.clone())
    }

    /// The cell of an answer, and whether the producer typed it.
    fn cell(&self, input: &str) -> (String, bool) {
        let mapped = self.claim.inputs.iter().find(|one| one.name == input);
        let path = mapped.map(|one| answer_path(self.claim, one)).unwrap_or_default();
        let typed = mapped.is_some_and(|one| matches!(one.from, MappedFrom::Answer | MappedFrom::Override));
        (path, typed)
    }

    fn total(&self) -> Option<PointsTotalDto> {
        let total = self.test.total.as_ref()?;
        let typed = self.claim.inputs.iter().find(|one| one.name == total.input)?;
        Some(PointsTotalDto {
            label: self.label(&total.input),
            path: self.cell(&total.input).0,
            answer: written(&typed.value),
            stands: self.result.by_total.is_some(),
        })
    }

    fn section(&self, section: &SectionPoints) -> Result<PointsSectionDto, AppError> {
        let part = |part: &str| format!("sections.{}.{part}", section.id);
        Ok(PointsSectionDto {
            id: section.id.clone(),
            label: section.label.clone(),
            score: self.due(&part("score"))?,
            reachable: self.due(&part("reachable"))?,
            minimum: self.found(&part("minimum"))?,
            verdict: term(section.verdict),
            criteria: section.criteria.iter().map(|one| self.criterion(one)).collect::<Result<_, _>>()?,
        })
    }

    fn criterion(&self, criterion: &CriterionPoints) -> Result<PointsCriterionDto, AppError> {
        let (path, typed) = self.cell(&criterion.input);
        let part = |part: &str| format!("criteria.{}.{part}", criterion.input);
        let input = self.policy.inputs.iter().find(|one| one.name == criterion.input);
        let of_group = |other: &&CriterionPoints| {
            criterion.group.is_some() && other.group == criterion.group && other.input != criterion.input
        };
        Ok(PointsCriterionDto {
            input: criterion.input.clone(),
            label: criterion.label.clone(),
            path,
            unit: term(criterion.unit),
            answer: written(&criterion.answer),
            typed,
            options: input.map(|input| input.options.clone()).unwrap_or_default(),
            points: self.due(&part("points"))?,
            most: self.found(&part("most"))?,
            state: term(criterion.state),
            mandatory: criterion.mandatory,
            one_of: criterion.one_of,
            instead_of: self.result.criteria().filter(of_group).map(|other| other.label.clone()).collect(),
            excluded_by: criterion
                .excluded_by
                .as_deref()
                .filter(|_| criterion.state == CriterionState::Excluded)
                .map(|input| self.label(input)),
            part_of: criterion.part_of.as_deref().map(|input| self.label(input)),
            clause: criterion.clause.clone(),
            source: criterion.source.clone(),
        })
    }
}

/// An answer as the page writes it.
fn written(value: &Value) -> Option<String> {
    match value {
        Value::Number(number) => Some(number.normalize().to_string()),
        Value::Flag(flag) => Some(flag.to_string()),
        Value::Text(word) => Some(word.clone()),
        Value::List(_) | Value::Absent => None,
    }
}
