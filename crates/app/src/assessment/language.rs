//! The incentives of a deal in the reader's language: what the law is called and what its lines are called.
//! Clauses, statutes and titles of sources are cited as they are.

use recoup_deal::Language;
use recoup_incentives::Labels;

use crate::wire::{AssessedProgram, CreditPartDto, IncentivesView, PointsTestDto};

/// Every text of the view that comes out of a policy.
pub(super) fn speak(view: &mut IncentivesView, language: Language) {
    if language == Language::English {
        return;
    }
    let labels = Labels::embedded();
    let mut say = |text: &mut String| {
        if let Some(said) = labels.find(text, language) {
            *text = said.to_owned();
        }
    };
    for program in &mut view.programs {
        of_program(program, &mut say);
    }
}

fn of_program(program: &mut AssessedProgram, say: &mut impl FnMut(&mut String)) {
    say(&mut program.name);
    say(&mut program.legal_name);
    program.lines.iter_mut().for_each(|line| say(&mut line.label));
    program.parts.iter_mut().for_each(|part| of_part(part, say));
    for step in &mut program.on_credit {
        say(&mut step.label);
        step.programs.iter_mut().for_each(&mut *say);
    }
    program.handed.iter_mut().for_each(|handed| say(&mut handed.name));
    for condition in &mut program.conditions {
        say(&mut condition.label);
        condition.remedy.iter_mut().for_each(&mut *say);
    }
    program.points.iter_mut().for_each(|test| of_test(test, say));
    program.inputs.iter_mut().for_each(|input| say(&mut input.label));
    program.questions.iter_mut().for_each(|question| say(&mut question.label));
    for reason in &mut program.reasons {
        let told = [&mut reason.message, &mut reason.program, &mut reason.remedy];
        told.into_iter().flatten().for_each(&mut *say);
    }
    program.cash.iter_mut().for_each(|event| say(&mut event.label));
    for way in program.ways.iter_mut().flat_map(|ways| &mut ways.ways) {
        way.ground.iter_mut().chain(&mut way.buyers).for_each(&mut *say);
        let events = way.figures.iter_mut().flat_map(|figures| &mut figures.events);
        events.for_each(|event| say(&mut event.label));
    }
}

fn of_test(test: &mut PointsTestDto, say: &mut impl FnMut(&mut String)) {
    say(&mut test.label);
    test.total.iter_mut().for_each(|total| say(&mut total.label));
    for section in &mut test.sections {
        say(&mut section.label);
        for criterion in &mut section.criteria {
            say(&mut criterion.label);
            criterion.instead_of.iter_mut().for_each(&mut *say);
            criterion.excluded_by.iter_mut().chain(&mut criterion.part_of).for_each(&mut *say);
        }
    }
    test.mandatory.iter_mut().for_each(|need| say(&mut need.label));
    test.must.iter_mut().chain(test.fewest.iter_mut().flatten()).for_each(&mut *say);
}

fn of_part(part: &mut CreditPartDto, say: &mut impl FnMut(&mut String)) {
    say(&mut part.label);
    part.counted.iter_mut().for_each(&mut *say);
    for step in &mut part.steps {
        say(&mut step.label);
        step.programs.iter_mut().for_each(&mut *say);
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test that cannot go on stops")]

    use recoup_deal::read_deal;

    use super::*;
    use crate::{assessment::view, computation::computed};

    /// Nothing that a policy says stays English for somebody who reads French, and no figure changes.
    #[test]
    fn the_incentives_of_the_sample_are_told_in_french() {
        let deal = read_deal(include_str!("../../../../examples/dragons-quest.deal.json")).unwrap();
        let outcome = computed(&deal).unwrap();
        let english = view(&deal, &outcome, 1).unwrap();
        let mut french = english.clone();
        speak(&mut french, Language::French);
        assert_eq!(french.net, english.net);
        let labels = Labels::embedded();
        for (told, plain) in french.programs.iter().zip(&english.programs) {
            assert_eq!(told.claim, plain.claim);
            assert_ne!(told.legal_name, "", "{}", told.program);
            for (line, untold) in told.lines.iter().zip(&plain.lines) {
                let known = labels.find(&untold.label, Language::French);
                assert_eq!(known, Some(line.label.as_str()), "{} {}", told.program, untold.id);
                assert_eq!(line.figure, untold.figure);
            }
        }
    }
}
