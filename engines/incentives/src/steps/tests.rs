use std::path::Path;

use recoup_deal::{Deal, read_deal};
use recoup_explain::{Book, NodeId, Quantity};
use recoup_money::Money;

use super::{CreditPart, LineKind, StepKind};
use crate::assess::{Assessment, ClaimAssessment, Standing, assess};
use crate::catalog::Catalog;
use crate::policy::Relation;

#[expect(clippy::disallowed_methods, reason = "a test reads the example deals")]
fn deal(name: &str) -> Deal {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("../../examples/{name}.deal.json"));
    read_deal(&std::fs::read_to_string(path).unwrap()).unwrap()
}

fn assessed(deal: &Deal) -> (Book, Assessment) {
    let mut book = Book::new();
    let assessment = assess(deal, Catalog::embedded().unwrap(), &mut book);
    (book, assessment)
}

fn minor(book: &Book, node: NodeId) -> i64 {
    book.value(node).as_money().map(|money: Money| money.minor()).unwrap()
}

fn claim<'a>(assessment: &'a Assessment, id: &str) -> &'a ClaimAssessment {
    assessment.claims.iter().find(|claim| claim.claim == id).unwrap()
}

/// What is counted, less what is taken out, is the base; the rate on it is the credit, to the rounding.
fn adds_up(book: &Book, part: &CreditPart) {
    let (Some(before), Some(base)) = (part.before, part.base) else { return };
    let out: i64 = part.steps.iter().map(|step| minor(book, step.taken_out)).sum();
    let slack = 1 + i64::try_from(part.steps.len()).unwrap();
    assert!((minor(book, before) - out - minor(book, base)).abs() <= slack, "{}", part.ground.id);
    let mut left = minor(book, before);
    for step in &part.steps {
        left -= minor(book, step.taken_out);
        assert!((minor(book, step.left) - left).abs() <= slack, "{} {}", part.ground.id, step.ground.id);
    }
    if let Some(rate) = part.rate.and_then(|rate| book.value(rate).as_number()) {
        let paid = book.value(base).as_money().unwrap().to_decimal() * rate;
        let credit = book.value(part.credit).as_money().unwrap().to_decimal();
        assert!((paid - credit).abs() <= rust_decimal::Decimal::new(2, 2), "{}", part.ground.id);
    }
}

#[test]
fn every_credit_of_the_examples_is_read_in_steps_that_add_up() {
    for name in ["dragons-quest", "nimbus-and-pip", "tin-orchard"] {
        let deal = deal(name);
        let (book, assessment) = assessed(&deal);
        for claim in &assessment.claims {
            let steps = &claim.steps;
            for part in &steps.parts {
                assert!(part.before.is_some(), "{name} {}: {} shows its base", claim.key, part.ground.id);
                adds_up(&book, part);
            }
            let line = claim.policy.as_ref().unwrap().credit.clone();
            let whole = claim.lines.iter().find(|l| l.trace.id == line).and_then(|l| l.node).unwrap();
            let parts: i64 = steps.parts.iter().map(|part| minor(&book, part.credit)).sum();
            let out: i64 = steps.on_credit.iter().map(|step| minor(&book, step.taken_out)).sum();
            assert!((parts - out - minor(&book, whole)).abs() <= 5, "{name} {}", claim.key);
            assert_eq!(steps.parts.is_empty(), minor(&book, whole) == 0, "{name} {}", claim.key);
        }
    }
}

/// Whatever form the library holds is read into parts that add up to its own credit. The whole film is made
/// where the program is, so that every form has a base to read.
#[test]
fn every_program_of_the_library_is_read_or_left_whole() {
    let example = deal("dragons-quest");
    let mut paying = 0;
    for policy in Catalog::embedded().unwrap().search("") {
        let mut deal = example.clone();
        deal.incentives = vec![recoup_deal::IncentiveClaim {
            id: "only".to_owned(),
            program: policy.id.clone(),
            jurisdiction: Some(policy.jurisdiction.clone()),
            version_on: Some(policy.from),
            ..deal.incentives[3].clone()
        }];
        for spend in deal.budget.lines.iter_mut().flat_map(|line| &mut line.spend) {
            spend.jurisdiction.clone_from(&policy.jurisdiction);
        }
        let (book, assessment) = assessed(&deal);
        let claim = claim(&assessment, "only");
        let whole = claim.lines.iter().find(|line| line.trace.id == policy.credit).and_then(|line| line.node);
        let Some(Quantity::Money(whole)) = whole.map(|node| book.value(node).clone()) else { continue };
        let parts: i64 = claim.steps.parts.iter().map(|part| minor(&book, part.credit)).sum();
        let out: i64 = claim.steps.on_credit.iter().map(|step| minor(&book, step.taken_out)).sum();
        assert!((parts - out - whole.minor()).abs() <= 6, "{}: {parts} less {out}", claim.program);
        for part in &claim.steps.parts {
            adds_up(&book, part);
        }
        paying += usize::from(whole.minor() != 0);
    }
    assert!(paying >= 20, "only {paying} programs pay on this budget");
}

#[test]
fn the_federal_base_is_lowered_by_the_part_of_the_provincial_credit_that_relates_to_labour() {
    let deal = deal("dragons-quest");
    let (book, assessment) = assessed(&deal);
    let federal = claim(&assessment, "federal-pstc");
    let part = &federal.steps.parts[0];
    let grind = part.steps.iter().find(|step| !step.fed.is_empty()).unwrap();
    assert_eq!(
        (grind.kind, grind.fed.as_slice()),
        (StepKind::Reduction, ["labour_credits_of_the_stack".to_owned()].as_slice())
    );
    let handed: Vec<_> = federal.handed.iter().filter(|handed| grind.fed.contains(&handed.input)).collect();
    assert_eq!(handed.len(), 1);
    assert_eq!((handed[0].program.as_str(), handed[0].relation), ("ca-qc-qpstc", Relation::ReducesBaseOf));
    assert_eq!(minor(&book, handed[0].node), minor(&book, grind.taken_out));
    let address = book.address(handed[0].node).unwrap();
    assert_eq!(address.as_ref(), "incentives.ca-qc-qpstc.assistance_on_labour");
}

#[test]
fn a_second_rate_on_a_piece_of_the_base_goes_on_from_that_base() {
    let deal = deal("dragons-quest");
    let (book, assessment) = assessed(&deal);
    let parts = &claim(&assessment, "qpstc").steps.parts;
    assert_eq!(parts.len(), 2);
    assert_eq!(parts[1].steps.iter().map(|step| step.kind).collect::<Vec<_>>(), [StepKind::Rest]);
    assert_eq!(parts[1].before.map(|node| minor(&book, node)), parts[0].base.map(|node| minor(&book, node)));
}

/// The lowest of three is the base of one rate, not a share of a credit.
#[test]
fn ceilings_beside_a_base_are_no_credit() {
    let deal = deal("dragons-quest");
    let (book, assessment) = assessed(&deal);
    let irish = claim(&assessment, "ie-481");
    assert!(irish.steps.on_credit.is_empty());
    let part = &irish.steps.parts[0];
    assert_eq!(part.steps.iter().map(|step| step.kind).collect::<Vec<_>>(), [StepKind::Cap, StepKind::Cap]);
    assert_eq!(
        part.before.and_then(|node| book.address(node)).unwrap().as_ref(),
        "incentives.ie-s481.steps.credit.before"
    );
    assert_eq!(
        part.base.and_then(|node| book.address(node)).unwrap().as_ref(),
        "incentives.ie-s481.qualifying"
    );
    assert_eq!(part.counted[0].0.id, "eligible_expenditure");
}

#[test]
fn each_line_is_named_for_what_it_is() {
    let deal = deal("dragons-quest");
    let (_, assessment) = assessed(&deal);
    let federal = claim(&assessment, "federal-pstc");
    let kind = |id: &str| federal.lines.iter().find(|line| line.trace.id == id).unwrap().kind;
    assert_eq!(kind("credit"), LineKind::Credit);
    assert_eq!(kind("qcle"), LineKind::Base);
    assert_eq!(kind("assistance"), LineKind::Reduction);
    assert_eq!(kind("accreditation_fee"), LineKind::Fee);
    assert_eq!(kind("accredited"), LineKind::Test);
    assert_eq!(kind("combined_rate"), LineKind::Rate);
}

#[test]
fn a_credit_has_its_share_of_the_spend_there_and_of_the_budget() {
    let deal = deal("dragons-quest");
    let (book, assessment) = assessed(&deal);
    for claim in assessment.claims.iter().filter(|claim| claim.standing == Standing::Claimed) {
        let worth = claim.worth.unwrap();
        let credit = book.value(claim.credit_in_deal.unwrap()).as_money().unwrap().to_decimal();
        let spend = book.value(worth.spend).as_money().unwrap().to_decimal();
        assert_eq!(book.value(worth.of_spend).as_number(), Some(credit / spend));
        let budget = book.money("incentives.budget").unwrap();
        assert!(budget.to_decimal() >= spend);
    }
    let unspent = Book::new();
    assert!(unspent.at("incentives.budget").is_none());
    let mut empty = deal;
    empty.budget = Default::default();
    let (book, assessment) = assessed(&empty);
    assert!(
        matches!(book.value(assessment.of_budget), Quantity::Absent(_)),
        "nothing is no share of nothing"
    );
}
