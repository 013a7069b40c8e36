use recoup_deal::{Deal, read_deal};
use recoup_model::Outcome;

use super::{cases::read, effect, explained_case, view, weighed};
use crate::{
    computation::computed,
    figures::explained,
    wire::{AssessedProgram, FigureDto, IncentivesView, QuantityDto},
};

fn opened(name: &str) -> (Deal, Outcome) {
    let text = match name {
        "dragons-quest" => include_str!("../../../../examples/dragons-quest.deal.json"),
        "nimbus-and-pip" => include_str!("../../../../examples/nimbus-and-pip.deal.json"),
        _ => include_str!("../../../../examples/tin-orchard.deal.json"),
    };
    let deal = read_deal(text).unwrap();
    let outcome = computed(&deal).unwrap();
    (deal, outcome)
}

const EXAMPLES: [&str; 3] = ["dragons-quest", "nimbus-and-pip", "tin-orchard"];

fn minor(figure: &FigureDto) -> i64 {
    match &figure.value {
        QuantityDto::Money { amount } => amount.minor(),
        other => panic!("{} is {other:?}", figure.address),
    }
}

fn program<'a>(view: &'a IncentivesView, claim: &str) -> &'a AssessedProgram {
    view.programs.iter().find(|program| program.claim == claim).unwrap()
}

fn figures(program: &AssessedProgram) -> Vec<&FigureDto> {
    let steps = program.parts.iter().flat_map(|part| &part.steps).chain(&program.on_credit);
    let mut found: Vec<&FigureDto> = steps.flat_map(|step| [&step.taken_out, &step.left]).collect();
    for part in &program.parts {
        found.extend(part.before.iter().chain(&part.base).chain(&part.rate).chain([&part.credit]));
    }
    found.extend(program.lines.iter().filter_map(|line| line.figure.as_ref()));
    found.extend(program.cash.iter().map(|event| &event.figure));
    found.extend(program.handed.iter().map(|handed| &handed.figure));
    found.extend(&program.credit);
    if let Some(worth) = &program.worth {
        found.extend([&worth.gross, &worth.received, &worth.fees, &worth.tax, &worth.net, &worth.spend]);
        found.extend([&worth.spend_rate, &worth.budget_rate]);
        found.extend(&worth.stack_net);
    }
    found
}

#[test]
fn every_figure_of_the_view_explains_itself() {
    for name in EXAMPLES {
        let (deal, outcome) = opened(name);
        let view = view(&deal, &outcome, 1).unwrap();
        assert_eq!(view.programs.len(), deal.incentives.len());
        for program in &view.programs {
            for figure in figures(program) {
                let tree = explained(&outcome, &figure.address).unwrap();
                assert_eq!(tree.value, figure.value, "{name}: {}", figure.address);
            }
        }
    }
}

#[test]
fn what_counts_adds_up_and_every_payment_has_its_part() {
    for name in EXAMPLES {
        let (deal, outcome) = opened(name);
        let view = view(&deal, &outcome, 1).unwrap();
        let claimed: Vec<_> = view.programs.iter().filter(|one| one.standing == "claimed").collect();
        let worth = |of: fn(&crate::wire::CreditWorth) -> &FigureDto| -> i64 {
            claimed.iter().map(|one| minor(of(one.worth.as_ref().unwrap()))).sum()
        };
        assert_eq!(worth(|worth| &worth.gross), minor(&view.credits), "{name}");
        assert_eq!(worth(|worth| &worth.net), minor(&view.net), "{name}");
        for program in &claimed {
            let worth = program.worth.as_ref().unwrap();
            let paid: i64 = program.cash.iter().map(|event| minor(&event.figure)).sum();
            assert_eq!(paid, minor(&worth.net), "{name} {}", program.program);
            assert_eq!(minor(&worth.received) - minor(&worth.fees) - minor(&worth.tax), minor(&worth.net));
            assert!(!program.parts.is_empty() && !program.sources.is_empty() && program.version.is_some());
        }
        let first_other = view.programs.iter().position(|one| one.standing != "claimed");
        assert!(first_other.is_none_or(|at| at == claimed.len()), "{name}: those that count come first");
    }
}

#[test]
fn a_program_that_does_not_count_says_why() {
    let (deal, outcome) = opened("dragons-quest");
    let dragon = view(&deal, &outcome, 1).unwrap();
    let california = program(&dragon, "ca-40");
    let failed = california.reasons.iter().find(|reason| reason.kind == "condition_failed").unwrap();
    assert!(failed.clause.is_some() && failed.message.is_some());
    let (deal, outcome) = opened("tin-orchard");
    let orchard = view(&deal, &outcome, 1).unwrap();
    let animation = program(&orchard, "avec");
    assert_eq!(animation.standing, "rejected");
    let other = animation.reasons.iter().find(|reason| reason.kind == "excluded_by").unwrap();
    assert_eq!(other.program.as_deref(), Some("UK IFTC"));
    assert!(minor(animation.worth.as_ref().unwrap().stack_net.as_ref().unwrap()) < minor(&orchard.net));
}

#[test]
fn programs_that_touch_name_each_other() {
    let (deal, outcome) = opened("nimbus-and-pip");
    let view = view(&deal, &outcome, 1).unwrap();
    let federal = program(&view, "cptc");
    let mut givers: Vec<&str> = federal.handed.iter().map(|handed| handed.program.as_str()).collect();
    givers.sort_unstable();
    assert_eq!(givers, ["ca-bc-dave", "ca-bc-fibc"]);
    let cap = federal.parts[0].steps.iter().find(|step| step.kind == "cap").unwrap();
    assert_eq!(cap.programs.len(), 2);
    let order: Vec<&str> = view.programs.iter().map(|program| program.claim.as_str()).collect();
    let at = |claim: &str| order.iter().position(|one| *one == claim).unwrap();
    assert!(at("fibc") < at("cptc") && at("dave") < at("cptc"), "who hands over is computed first");
}

#[test]
fn another_answer_is_weighed_and_explained_in_its_own_case() {
    let (deal, outcome) = opened("dragons-quest");
    let answers = weighed(&deal, &outcome, "ie-481").unwrap();
    let refused = answers
        .iter()
        .find(|answer| answer.question == "industry_development" && answer.answer == "false")
        .unwrap();
    assert_eq!(refused.effect, "less");
    assert_eq!(minor(&refused.net), 965_826_978 - 240_000_000);
    let tree = explained_case(&deal, &refused.net.address).unwrap().unwrap();
    assert_eq!(tree.value, refused.net.value);
    assert_eq!(tree.address.as_deref(), Some(refused.net.address.as_str()));
    let inner = tree.inputs.iter().find_map(|input| input.address.clone()).unwrap();
    assert!(read(&inner).is_some(), "{inner} stays in the case");
    assert!(explained_case(&deal, &inner).unwrap().is_ok());
    assert!(explained_case(&deal, "incentives.net").is_none());
    let nonsense = "if(incentives[nobody].answers.x=true).incentives.net";
    assert!(explained_case(&deal, nonsense).unwrap().is_err());
    assert!(weighed(&deal, &outcome, "nobody").is_err());
}

#[test]
fn an_answer_without_effect_is_the_same() {
    let (deal, outcome) = opened("dragons-quest");
    let answers = weighed(&deal, &outcome, "ie-481").unwrap();
    let passed = answers
        .iter()
        .find(|answer| answer.question == "industry_development" && answer.answer == "true")
        .unwrap();
    assert_eq!(passed.effect, "same");
    let now = outcome.book.value(outcome.incentives.net);
    assert_eq!(effect(now, now), "same");
}

#[test]
fn questions_lead_to_the_cell_that_holds_their_answer() {
    let (deal, outcome) = opened("tin-orchard");
    let view = view(&deal, &outcome, 1).unwrap();
    let questions = &program(&view, "sceal").questions;
    let key = questions.iter().find(|question| question.name == "key_role").unwrap();
    assert_eq!(key.path, "incentives[sceal].answers.key_role");
    // Without the role the standard rate is paid: the answer does not decide the credit itself.
    assert_eq!((key.answer.as_deref(), key.typed, key.decides), (Some("true"), true, false));
    let test = questions.iter().find(|question| question.name == "industry_development").unwrap();
    assert_eq!((test.answer.as_deref(), test.typed, test.decides), (None, false, true));
}

#[test]
fn a_deal_run_tells_every_program_with_lines_and_payments() {
    let text = include_str!("../../../../examples/dragons-quest.deal.json");
    let run = crate::computation::run_deal_file(text, recoup_deal::Language::English).unwrap();
    assert_eq!(run.incentives.len(), 5);
    let federal = run.incentives.iter().find(|one| one["claim"] == "federal-pstc").unwrap();
    assert_eq!(federal["program"], "ca-federal-pstc");
    assert_eq!((&federal["version"], &federal["counts"]), (&"2003-02-18".into(), &true.into()));
    let address = federal["lines"][1]["address"].as_str().unwrap();
    assert_eq!(run.figures[address], federal["lines"][1]["value"]);
    assert_eq!(federal["net"], run.figures["incentives.ca-federal-pstc.net"]);
    assert_eq!(federal["cash"][0]["amount"], federal["net"]);
    let counted: Vec<&serde_json::Value> =
        run.incentives.iter().filter(|one| one["counts"] == true).map(|one| &one["program"]).collect();
    assert_eq!(counted, ["ca-qc-qpstc", "ca-federal-pstc", "ie-s481"]);
}
