//! Two companies in one film: their bases make the whole, and nothing is earned by being two.

use std::sync::LazyLock;

use proptest::prelude::*;
use recoup_deal::{Deal, read_deal_value};
use recoup_explain::Book;
use recoup_money::Money;
use serde_json::{Value as Json, json};

use crate::assess::{Assessment, Standing, assess};
use crate::catalog::Catalog;
use crate::expression::Value;
use crate::policy::{Counting, Policy, Relation};

/// A line of a test budget: amount, share of the first company, labour.
#[derive(Clone, Debug)]
struct Spent {
    major: i64,
    first: u32,
    labour: u32,
}

fn spent() -> impl Strategy<Value = Spent> {
    (1_000_000i64..40_000_000, 0u32..=100, 0u32..=100).prop_map(|(major, first, labour)| Spent {
        major,
        first,
        labour,
    })
}

fn share(hundredths: u32) -> String {
    format!("{}.{:02}", hundredths / 100, hundredths % 100)
}

/// A deal that spends everything in the program's place, by one company or by two.
fn deal(policy: &Policy, lines: &[Spent], companies: &[&str], claims: &[&str]) -> Deal {
    let place = &policy.jurisdiction;
    let money = |major: i64| Money::from_major(major, policy.currency).unwrap().to_string();
    let lines: Vec<Json> = lines
        .iter()
        .enumerate()
        .map(|(at, line)| {
            let part = |company: &str, part: u32| {
                json!({"id": company, "jurisdiction": place, "company": company, "share": share(part)})
            };
            let spend = match companies {
                [first, second] => vec![part(first, line.first), part(second, 100 - line.first)],
                _ => vec![json!({"id": "there", "jurisdiction": place, "share": "1"})],
            };
            json!({
                "id": format!("line-{at}"), "account": "animation", "label": "Animation",
                "amount": money(line.major), "spend": spend,
                "labour_share": share(line.labour), "resident_share": "1",
            })
        })
        .collect();
    let claims: Vec<Json> = claims
        .iter()
        .map(|who| {
            json!({
                "id": format!("of-{who}"), "program": policy.id, "version_on": policy.from.to_string(),
                "claimant": who, "election": "claim",
            })
        })
        .collect();
    let document = json!({
        "schema": "recoup-deal/1", "id": "two", "name": "Two", "currency": policy.currency.code(), "as_of": "2026-11-22",
        "project": {"title": "Two", "project_type": "feature", "runtime_minutes": 90, "company": "first"},
        "parties": [
            {"id": "first", "name": "First", "role": "producer", "jurisdiction": place},
            {"id": "second", "name": "Second", "role": "co_producer", "jurisdiction": place},
        ],
        "budget": {"lines": lines}, "incentives": claims,
    });
    read_deal_value(document).unwrap()
}

fn assessed(deal: &Deal) -> (Book, Assessment) {
    let mut book = Book::new();
    let assessment = assess(deal, Catalog::embedded().unwrap(), &mut book);
    (book, assessment)
}

/// Credits that count, in minor units; absent where one is not known.
fn credits(deal: &Deal) -> Vec<Option<i64>> {
    let (book, assessment) = assessed(deal);
    let counted = assessment.claims.iter().filter(|claim| claim.standing == Standing::Claimed);
    counted.map(|claim| book.value(claim.credit?).as_money().map(|money| money.minor())).collect()
}

/// The programs whose amounts count per production, each in its last version.
static PER_PRODUCTION: LazyLock<Vec<&'static Policy>> = LazyLock::new(|| latest(Counting::Production));

fn latest(per: Counting) -> Vec<&'static Policy> {
    let catalog = Catalog::embedded().unwrap();
    let policies = catalog.policies().map(AsRef::as_ref);
    let stands_alone = |policy: &Policy| {
        !policy.interactions.iter().any(|interaction| interaction.relation == Relation::Requires)
    };
    policies
        .filter(|policy: &&Policy| policy.computable && policy.until.is_none())
        .filter(|policy| policy.per == per && stands_alone(policy))
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// Ceilings, thresholds and bands of the production are shared, not doubled: two companies earn together
    /// exactly what one would.
    #[test]
    fn two_companies_share_what_counts_per_production(
        lines in prop::collection::vec(spent(), 1..4),
        at in any::<prop::sample::Index>(),
    ) {
        let policy = PER_PRODUCTION[at.index(PER_PRODUCTION.len())];
        let one = credits(&deal(policy, &lines, &[], &["first"]));
        let two = credits(&deal(policy, &lines, &["first", "second"], &["first", "second"]));
        prop_assert_eq!(two.len(), 2);
        let sum = two.iter().copied().sum::<Option<i64>>();
        prop_assert_eq!(one[0], sum, "{}: {:?} and {:?}", policy.id, one, two);
    }

    /// What two companies put into a form adds up to what one would put into it, to the cent for each line.
    #[test]
    fn bases_of_two_companies_make_the_whole(
        lines in prop::collection::vec(spent(), 1..4),
        of_claimant in any::<bool>(),
        at in any::<prop::sample::Index>(),
    ) {
        let per = if of_claimant { Counting::Claimant } else { Counting::Production };
        let policies = latest(per);
        let policy = policies[at.index(policies.len())];
        let (_, one) = assessed(&deal(policy, &lines, &[], &["first"]));
        let (_, two) = assessed(&deal(policy, &lines, &["first", "second"], &["first", "second"]));
        for (at, whole) in one.claims[0].inputs.iter().enumerate() {
            let input = policy.inputs.iter().find(|input| input.name == whole.name).unwrap();
            if !super::adds_up(policy, input) {
                continue;
            }
            let number = |claim: usize| two.claims[claim].inputs[at].value.number().unwrap();
            let Value::Number(whole) = whole.value else { continue };
            let apart = (number(0) + number(1) - whole).abs();
            prop_assert!(apart <= rust_decimal::Decimal::TWO, "{} {}: {apart}", policy.id, input.name);
        }
    }

    /// Where nobody says who spends, a second claim on the same program adds nothing.
    #[test]
    fn unsaid_spend_is_counted_once(
        lines in prop::collection::vec(spent(), 1..4),
        at in any::<prop::sample::Index>(),
    ) {
        let policy = PER_PRODUCTION[at.index(PER_PRODUCTION.len())];
        let one = credits(&deal(policy, &lines, &[], &["first"]));
        let two = credits(&deal(policy, &lines, &[], &["first", "second"]));
        prop_assert_eq!(one[0], two.iter().copied().sum::<Option<i64>>());
    }
}
