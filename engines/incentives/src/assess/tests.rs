use std::path::Path;

use recoup_deal::{Deal, IncentiveClaim, InputValue};
use recoup_explain::Book;
use rust_decimal::Decimal;

use super::{Assessment, ClaimAssessment, Standing, assess, assess_these};
use crate::binding::value_of;
use crate::catalog::Catalog;
use crate::expression::Value;
use crate::policy::Unit;

/// Lines whose figure in the book is not what the form gave.
fn disagreements(book: &Book, assessed: &ClaimAssessment) -> Vec<String> {
    let mut wrong = Vec::new();
    for line in &assessed.lines {
        let Some(node) = line.node else { continue };
        let (shown, plain) = (value_of(book.value(node)), &line.trace.value);
        let equal = match (&shown, plain) {
            (Value::Number(a), Value::Number(b)) if line.trace.unit == Unit::Money => {
                let half = Decimal::new(5, assessed.policy.as_ref().unwrap().currency.exponent() + 1);
                (a - b).abs() <= half
            }
            (a, b) => a == b,
        };
        if !equal {
            wrong.push(format!("{}: book {shown}, form {plain}", line.address));
        }
    }
    wrong
}

#[expect(clippy::disallowed_methods, reason = "a test reads the example deals")]
fn deals() -> Vec<Deal> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples");
    let mut paths: Vec<_> = std::fs::read_dir(folder)
        .map(|entries| entries.flatten().map(|entry| entry.path()).collect())
        .unwrap_or_default();
    paths.retain(|path| path.to_string_lossy().ends_with(".deal.json"));
    paths.sort();
    paths
        .iter()
        .map(|path| recoup_deal::read_deal(&std::fs::read_to_string(path).unwrap()).unwrap())
        .collect()
}

fn show(deal: &Deal, book: &Book, assessment: &Assessment) {
    println!("== {}", deal.name);
    for claim in &assessment.claims {
        let value = |node: Option<_>| {
            node.map(|node| format!("{:?}", value_of(book.value(node)).to_string())).unwrap_or_default()
        };
        println!(
            "{} {} {:?} credit {} in deal {} net {} {:?} stack {}",
            claim.claim,
            claim.program,
            claim.standing,
            value(claim.credit),
            value(claim.credit_in_deal),
            value(claim.net),
            claim.reason,
            value(claim.stack_net)
        );
        for input in claim.inputs.iter().filter(|input| !input.value.is_absent()) {
            println!("    {} = {} ({:?})", input.name, input.value, input.from);
        }
        for line in &claim.lines {
            println!("      {} = {}", line.trace.id, line.trace.value);
        }
        for event in &claim.cash {
            println!("    cash {:?} {} {}", event.date, event.label, value_of(book.value(event.node)));
        }
    }
    for finding in &assessment.findings {
        let said = recoup_deal::findings::render(finding, recoup_deal::Language::English);
        println!("  ! {} {} {}", finding.code, finding.path, said.message);
    }
}

#[test]
fn deals_explain_their_credits() {
    let catalog = Catalog::embedded().unwrap();
    for deal in deals() {
        let mut book = Book::new();
        let assessment = assess(&deal, catalog, &mut book);
        show(&deal, &book, &assessment);
        let again = book.recompute(&|_| None);
        for (address, node, value) in book.figures() {
            assert_eq!(book.recomputed(&again, node), Some(value), "{address}");
        }
        for claim in &assessment.claims {
            let wrong = disagreements(&book, claim);
            assert!(wrong.is_empty(), "{}", wrong.join("\n"));
            let Some(net) = claim.net.and_then(|net| book.value(net).as_money()) else { continue };
            let cash: i64 = claim
                .cash
                .iter()
                .filter_map(|event| book.value(event.node).as_money())
                .map(|m| m.minor())
                .sum();
            assert_eq!(cash, net.minor(), "cash of {} adds up to its net", claim.claim);
        }
        let counted = assessment.claims.iter().filter(|claim| claim.standing == Standing::Claimed);
        let sum: Option<i64> =
            counted.map(|c| c.net.and_then(|net| book.value(net).as_money()).map(|m| m.minor())).sum();
        assert_eq!(book.value(assessment.net).as_money().map(|money| money.minor()), sum);
    }
}

/// What moves when a leaf moves: exactly the figures whose tree holds it.
#[test]
fn a_leaf_moves_only_what_rests_on_it() {
    let catalog = Catalog::embedded().unwrap();
    for deal in deals() {
        let mut book = Book::new();
        assess(&deal, catalog, &mut book);
        let before = book.recompute(&|_| None);
        let path = format!("budget.lines[{}].amount", deal.budget.lines[0].id);
        let after = book.recompute(&|leaf| {
            let moved = leaf.path().is_some_and(|at| at.as_ref() == path);
            let amount = deal.budget.lines[0].amount?;
            moved.then(|| amount.checked_mul(2).unwrap().into())
        });
        let mut moved = 0;
        for (address, node, _) in book.figures() {
            let rests =
                book.leaves_of(node).iter().any(|leaf| leaf.path().is_some_and(|at| at.as_ref() == path));
            let changed = book.recomputed(&before, node) != book.recomputed(&after, node);
            assert!(rests || !changed, "{address} moved without resting on {path}");
            moved += usize::from(changed);
        }
        assert!(moved > 0, "{path} moves nothing");
    }
}

/// A claim on a fund that decides case by case counts for nothing, and the deal says which fact is missing.
#[test]
fn a_program_that_cannot_be_computed_says_what_is_missing() {
    let catalog = Catalog::embedded().unwrap();
    let policy = catalog.policies().find(|policy| !policy.computable).unwrap();
    for mut deal in deals() {
        let before = assess(&deal, catalog, &mut Book::new());
        deal.incentives.push(IncentiveClaim {
            id: "fund".to_owned(),
            program: policy.id.clone(),
            version_on: Some(policy.from),
            ..Default::default()
        });
        let mut book = Book::new();
        let after = assess(&deal, catalog, &mut book);
        let claim = after.claims.last().unwrap();
        assert_eq!((claim.standing, claim.credit), (Standing::Unavailable, None));
        assert_eq!(claim.reason.as_ref().map(|reason| &reason.code), policy.missing.as_ref());
        assert_eq!(after.claims.len(), before.claims.len() + 1);
        let said = after.findings.iter().filter(|finding| finding.code == "INCENTIVE_NOT_COMPUTABLE");
        assert_eq!(
            said.map(|finding| finding.path.as_str()).collect::<Vec<_>>(),
            ["incentives[fund].program"]
        );
    }
}

/// Every worked example through the book of a deal: its lines are those of the form.
#[test]
fn the_book_agrees_with_the_form_on_every_worked_example() {
    let catalog = Catalog::embedded().unwrap();
    let mut deal = deals().remove(0);
    deal.budget.lines.clear();
    let mut wrong = Vec::new();
    for example in Catalog::embedded_examples().unwrap() {
        let given = serde_json::Value::Object(example.inputs.clone());
        let answers = crate::answers::Answers::from_json(&given).unwrap();
        let answers = answers.iter().filter_map(|(name, value)| {
            let value = match value {
                Value::Number(number) => InputValue::Number(*number),
                Value::Flag(flag) => InputValue::Flag(*flag),
                Value::Text(text) => InputValue::Text(text.clone()),
                Value::List(_) | Value::Absent => return None,
            };
            Some((name.to_owned(), value))
        });
        deal.incentives = vec![IncentiveClaim {
            id: "example".to_owned(),
            program: example.program.clone(),
            version_on: Some(example.on),
            election: Some(recoup_deal::Election::Claim),
            answers: answers.collect(),
            ..IncentiveClaim::default()
        }];
        let mut book = Book::new();
        for claim in assess(&deal, catalog, &mut book).claims {
            let found = disagreements(&book, &claim);
            wrong.extend(found.into_iter().map(|line| format!("{}: {line}", example.title)));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A combination that is claimed as it stands leaves what the deal leaves; one that the law bars can be weighed.
#[test]
fn these_programs_leave_what_the_deal_leaves_with_them() {
    let catalog = Catalog::embedded().unwrap();
    for text in [
        include_str!("../../../../examples/dragons-quest.deal.json"),
        include_str!("../../../../examples/nimbus-and-pip.deal.json"),
        include_str!("../../../../examples/tin-orchard.deal.json"),
    ] {
        let deal = recoup_deal::read_deal(text).unwrap();
        let mut book = Book::new();
        let whole = assess(&deal, catalog, &mut book);
        let mut other = Book::new();
        let chosen = whole.chosen.iter().cloned().collect();
        let claims = assess_these(&deal, catalog, &chosen, &mut other);
        assert_eq!(
            claims.iter().map(|one| &one.program).collect::<Vec<_>>(),
            whole.chosen.iter().collect::<Vec<_>>()
        );
        let net = other.find("incentives.net").unwrap();
        assert_eq!(other.value(net), book.value(whole.net));
        for barred in &whole.rejected {
            let mut other = Book::new();
            let programs = barred.programs.iter().cloned().collect();
            let claims = assess_these(&deal, catalog, &programs, &mut other);
            assert_eq!(claims.len(), barred.programs.len());
            assert!(other.value(other.find("incentives.net").unwrap()).as_money().is_some());
        }
    }
}

/// What is paid to a function that the law leaves out is taken out as it came in: a line of such payments alone, to
/// persons of whom some live elsewhere, counts for nothing and takes nothing from other lines.
#[test]
fn a_line_left_out_whole_counts_for_nothing() {
    let catalog = Catalog::embedded().unwrap();
    let deal = deals().into_iter().find(|deal| deal.id.contains("nimbus")).unwrap();
    let labour = |deal: &Deal| {
        let mut book = Book::new();
        assess(deal, catalog, &mut book);
        let found = book.figures().find(|(address, _, _)| address.ends_with(".bc_labour"));
        found.map(|(_, _, value)| value.clone()).unwrap()
    };
    let writers = deal.budget.lines.iter().position(|line| line.items.len() == 1).unwrap();
    assert_eq!(deal.budget.lines[writers].amount, deal.budget.lines[writers].items[0].amount);
    let mut without = deal.clone();
    without.budget.lines.remove(writers);
    assert_eq!(labour(&deal), labour(&without));
}
