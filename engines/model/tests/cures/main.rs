//! Every rule that has a cure: a deal that raises it, a near miss that does not, and cures that make it go away
//! without raising anything worse. The table also writes `docs/FINDINGS.md`.
#![allow(clippy::unwrap_used, clippy::panic, clippy::disallowed_methods)]

mod asked;
mod budget;
mod cover;
mod document;
mod lenders;
mod revenue;
mod rule;
mod stack;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use recoup_deal::findings::{render, said, unsaid};
use recoup_deal::{Cure, Deal, Finding, Language, Severity, edited, read_deal};
use recoup_incentives::Catalog;
use recoup_model::{Outcome, curable_codes, cures, may_be_cured, run, tried};

use rule::Rule;

fn catalog() -> &'static Catalog {
    Catalog::embedded().unwrap()
}

/// A small film whose sources equal its uses to the cent in every month, and about which nothing is found.
fn closing() -> Deal {
    read_deal(include_str!("closing.deal.json")).unwrap()
}

fn rules() -> Vec<Rule> {
    [budget::rules(), document::rules(), stack::rules(), lenders::rules(), cover::rules(), revenue::rules()]
        .concat()
}

fn at<'a>(outcome: &'a Outcome, rule: &Rule) -> Option<&'a Finding> {
    outcome.findings.iter().find(|one| one.code == rule.code && one.path == rule.path)
}

/// The gravest that is said of each code and cell.
fn places(outcome: &Outcome) -> BTreeMap<(String, String), Severity> {
    outcome.findings.iter().map(|one| ((one.code.clone(), one.path.clone()), one.severity)).collect()
}

/// What has come that is worse than what a cure may bring: a blocker, or a question in place of no blocker.
fn worse(before: &Outcome, after: &Outcome, cured: Severity) -> Vec<String> {
    let known = places(before);
    let least = if cured == Severity::Blocker { Severity::Question } else { Severity::Note };
    let new = places(after).into_iter().filter(|(place, severity)| {
        known.get(place).is_none_or(|before| before > severity) && *severity < least
    });
    new.map(|((code, path), severity)| format!("{severity:?} {code} at {path}")).collect()
}

fn words(cure: &Cure, language: Language) -> String {
    let steps: Vec<String> = cure.steps.iter().map(|step| said(step, language)).collect();
    steps.join("; ")
}

#[test]
fn nothing_is_found_in_the_deal_that_the_rules_start_from() {
    let outcome = run(&closing(), catalog());
    assert_eq!(outcome.findings, []);
    assert_eq!(outcome.book.money("closing.difference").unwrap().minor(), 0);
}

/// A rule in the deal that raises it.
struct Raised {
    rule: Rule,
    deal: Deal,
    before: Outcome,
    finding: Option<Finding>,
    cures: Vec<Cure>,
}

fn raise(rule: Rule) -> Raised {
    let deal = rule::edit(&closing(), &rule.raised);
    let before = run(&deal, catalog());
    let finding = at(&before, &rule).cloned();
    let cures = finding.iter().flat_map(|finding| cures(&deal, catalog(), &before, finding)).collect();
    Raised { rule, deal, before, finding, cures }
}

/// Every rule of the tables, raised once for all tests.
static RAISED: LazyLock<Vec<Raised>> = LazyLock::new(|| rules().into_iter().map(raise).collect());

#[test]
fn every_rule_is_raised_spared_by_a_near_miss_and_cured() {
    let mut wrong = Vec::new();
    for Raised { rule, deal, before, finding, cures } in RAISED.iter() {
        let name = format!("{} at {}", rule.code, rule.path);
        let Some(finding) = finding else {
            let found: Vec<_> = before.findings.iter().map(|one| (&one.code, &one.path)).collect();
            wrong.push(format!("{name} is not among {found:?}"));
            continue;
        };
        if finding.severity != rule.severity || !unsaid(finding).is_empty() {
            wrong.push(format!("{name} is {:?} and unsaid in {:?}", finding.severity, unsaid(finding)));
        }
        let near = run(&rule::edit(&closing(), &rule.spared), catalog());
        if let Some(found) = at(&near, rule) {
            wrong.push(format!("{name} is raised by the near miss: {found:?}"));
        }
        if !cures.iter().any(Cure::is_ready) {
            wrong.push(format!("{name} has no cure"));
        }
        for cure in cures.iter().filter(|cure| cure.is_ready()) {
            let after = run(&edited(deal, &cure.edits).unwrap(), catalog());
            if at(&after, rule).is_some() {
                wrong.push(format!("{name} is still there after: {}", words(cure, Language::English)));
            }
            let worse = worse(before, &after, rule.severity);
            if !worse.is_empty() {
                wrong.push(format!("{name}: {} brings {worse:?}", words(cure, Language::English)));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn at_least_forty_rules_can_be_cured_by_the_machine() {
    let rules = rules();
    let proved: BTreeSet<&str> = rules.iter().map(|rule| rule.code).collect();
    assert!(proved.len() >= 40, "{} rules", proved.len());
    for code in &proved {
        assert!(may_be_cured(code), "{code}");
    }
    let asked: BTreeSet<&str> = asked::rules().iter().map(|rule| rule.code).collect();
    let unproved: Vec<&str> =
        curable_codes().filter(|code| !proved.contains(code) && !asked.contains(code)).collect();
    assert_eq!(unproved, [] as [&str; 0], "cured without a row in the tables");
}

/// What only the producer knows is asked for; typed, it makes the finding go away.
#[test]
fn what_is_asked_for_cures_once_it_is_typed() {
    for rule in asked::rules() {
        let deal = rule::edit(&closing(), &rule.raised);
        let before = run(&deal, catalog());
        let finding = at(&before, &rule).unwrap_or_else(|| panic!("{} in {:#?}", rule.code, before.findings));
        let offered = cures(&deal, catalog(), &before, finding);
        let [cure] = offered.as_slice() else { panic!("{} offers {offered:?}", rule.code) };
        let [ask] = cure.asks.as_slice() else { panic!("{} asks {:?}", rule.code, cure.asks) };
        let typed = rule.typed.clone().unwrap();
        let edits = [cure.edits.as_slice(), &[recoup_deal::Edit::set(ask.path.clone(), typed)]].concat();
        let after = run(&edited(&deal, &edits).unwrap(), catalog());
        assert!(at(&after, &rule).is_none(), "{} is still there", rule.code);
        let near = run(&rule::edit(&closing(), &rule.spared), catalog());
        assert!(at(&near, &rule).is_none(), "{} is raised by the near miss", rule.code);
    }
}

fn examples() -> [Deal; 3] {
    [
        include_str!("../../../../examples/dragons-quest.deal.json"),
        include_str!("../../../../examples/nimbus-and-pip.deal.json"),
        include_str!("../../../../examples/tin-orchard.deal.json"),
    ]
    .map(|text| read_deal(text).unwrap())
}

#[test]
fn the_example_deals_raise_twenty_different_findings() {
    let found: BTreeSet<String> = examples()
        .iter()
        .flat_map(|deal| run(deal, catalog()).findings)
        .map(|finding| finding.code)
        .collect();
    assert!(found.len() >= 20, "{} codes: {found:?}", found.len());
}

/// Whatever is offered for the example deals helps there too.
#[test]
fn what_is_offered_for_the_example_deals_cures_them() {
    for deal in examples() {
        let before = run(&deal, catalog());
        for finding in &before.findings {
            for cure in cures(&deal, catalog(), &before, finding).into_iter().filter(Cure::is_ready) {
                let trial = tried(&deal, catalog(), &before, finding, &cure.edits).unwrap();
                assert!(trial.gone.contains(finding), "{}: {}", deal.id, finding.code);
                let worse = worse(&before, &trial.outcome, finding.severity);
                assert_eq!(worse, [] as [String; 0], "{}: {}", deal.id, words(&cure, Language::English));
            }
        }
    }
}

/// What is short of cash in the examples can be bridged, and the bridge is told.
#[test]
fn a_month_that_is_short_is_bridged() {
    for deal in examples() {
        let before = run(&deal, catalog());
        let Some(finding) = before.findings.iter().find(|one| one.code == "CASH_SHORT") else { continue };
        let offered = cures(&deal, catalog(), &before, finding);
        let cure = offered.first().unwrap_or_else(|| panic!("{} is not bridged", deal.id));
        let after = run(&edited(&deal, &cure.edits).unwrap(), catalog());
        let capital = after.capital.unwrap();
        let lowest = capital.cash_flow.months.iter().map(|month| after.book.value(month.closing).as_money());
        assert!(lowest.flatten().all(|cash| !cash.is_negative()), "{}", deal.id);
    }
}

const DOCUMENT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/FINDINGS.md");

/// The table of the documentation is what the engines say. `RECOUP_WRITE=1` writes it.
#[test]
fn the_documentation_lists_what_is_raised_and_cured() {
    let mut lines = vec![include_str!("head.md").trim_end().to_owned(), String::new()];
    lines.push("| Code | Severity | What it says | Near miss | Cure |".into());
    lines.push("|---|---|---|---|---|".into());
    let mut rows: Vec<(&str, String)> = Vec::new();
    let asked: Vec<Raised> = asked::rules().into_iter().map(raise).collect();
    for Raised { rule, finding, cures, .. } in RAISED.iter().chain(&asked) {
        let Some(finding) = finding else { continue };
        let cure = cures.first().map(|cure| words(cure, Language::English)).unwrap_or_default();
        let severity = format!("{:?}", finding.severity).to_lowercase();
        let message = render(finding, Language::English).message;
        let cell = |text: &str| text.replace('|', "\\|").replace('\u{a0}', " ");
        let row = format!(
            "| `{}` | {severity} | {} | {} | {} |",
            rule.code,
            cell(&message),
            cell(rule.near),
            cell(&cure)
        );
        if !rows.iter().any(|(code, _)| *code == rule.code) {
            rows.push((rule.code, row));
        }
    }
    rows.sort();
    lines.extend(rows.into_iter().map(|(_, row)| row));
    let text = lines.join("\n") + "\n";
    if std::env::var("RECOUP_WRITE").is_ok() {
        std::fs::write(DOCUMENT, &text).unwrap();
    }
    assert!(
        std::fs::read_to_string(DOCUMENT).is_ok_and(|found| found == text),
        "RECOUP_WRITE=1 writes it anew"
    );
}
