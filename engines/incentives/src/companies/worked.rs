//! Worked cases of several companies, of all aid together, and of programs that wait for each other.

use recoup_deal::{Deal, Language, findings, read_deal_value, set};
use recoup_explain::Book;
use rust_decimal::Decimal;
use serde_json::{Value as Json, json};

use crate::assess::{Assessment, Standing, assess};
use crate::binding::MappedFrom;
use crate::catalog::{Catalog, read_toml};
use crate::expression::Value;
use crate::policy::Policy;

/// A deal of one line for each part: place, company, amount in major units.
fn deal(currency: &str, parts: &[(&str, &str, i64)], claims: &[Json]) -> Deal {
    let lines: Vec<Json> = parts
        .iter()
        .enumerate()
        .map(|(at, (place, company, major))| {
            json!({
                "id": format!("line-{at}"), "account": "animation", "label": "Animation",
                "amount": format!("{currency} {major}.00"), "company": company,
                "spend": [{"id": "there", "jurisdiction": place, "share": "1"}],
                "labour_share": "1", "resident_share": "1", "animation_share": "1",
            })
        })
        .collect();
    read_deal_value(json!({
        "schema": "recoup-deal/1", "id": "two", "name": "Two", "currency": currency, "as_of": "2026-11-22",
        "project": {"title": "Two", "project_type": "feature", "company": "first"},
        "parties": [
            {"id": "first", "name": "First", "role": "producer"},
            {"id": "second", "name": "Second", "role": "studio"},
        ],
        "budget": {"lines": lines}, "incentives": claims,
    }))
    .unwrap()
}

fn claim(program: &str, id: &str, who: &str, election: &str) -> Json {
    json!({"id": id, "program": program, "version_on": "2026-06-01", "claimant": who, "election": election})
}

fn assessed(deal: &Deal, catalog: &Catalog) -> (Book, Assessment) {
    let mut book = Book::new();
    let assessment = assess(deal, catalog, &mut book);
    (book, assessment)
}

fn credit(book: &Book, assessment: &Assessment, claim: &str) -> Option<Decimal> {
    let claim = assessment.claims.iter().find(|one| one.claim == claim)?;
    Some(book.value(claim.credit?).as_money()?.to_decimal())
}

/// The law asks a production for a cost of 250,000; two studios of 150,000 each are one production.
#[test]
fn a_threshold_of_the_production_is_met_by_its_companies_together() {
    let catalog = Catalog::embedded().unwrap();
    let program = "ca-qc-qpstc";
    let claims = [claim(program, "a", "first", "claim"), claim(program, "b", "second", "claim")];
    let together = deal("CAD", &[("CA-QC", "first", 150_000), ("CA-QC", "second", 150_000)], &claims);
    let (book, assessment) = assessed(&together, catalog);
    let (a, b) = (credit(&book, &assessment, "a").unwrap(), credit(&book, &assessment, "b").unwrap());
    assert!(a > Decimal::ZERO && a == b, "{a} and {b}");
    let keys: Vec<&str> = assessment.claims.iter().map(|claim| claim.key.as_str()).collect();
    assert_eq!(keys, [program, "ca-qc-qpstc@second"]);
    let alone = deal("CAD", &[("CA-QC", "first", 150_000), ("US-CA", "second", 150_000)], &claims[..1]);
    let (book, assessment) = assessed(&alone, catalog);
    assert_eq!(credit(&book, &assessment, "a"), Some(Decimal::ZERO));
    for (address, node, value) in book.figures() {
        assert_eq!(book.recomputed(&book.recompute(&|_| None), node), Some(value), "{address}");
    }
}

/// Each company grinds its own federal credit by its own provincial one.
#[test]
fn a_provincial_credit_reduces_the_federal_base_of_its_own_company() {
    let catalog = Catalog::embedded().unwrap();
    let claims = [
        claim("ca-qc-qpstc", "a", "first", "claim"),
        claim("ca-qc-qpstc", "b", "second", "claim"),
        claim("ca-federal-pstc", "fa", "first", "claim"),
        claim("ca-federal-pstc", "fb", "second", "claim"),
    ];
    let both = deal("CAD", &[("CA-QC", "first", 3_000_000), ("CA-QC", "second", 1_000_000)], &claims);
    let (book, assessment) = assessed(&both, catalog);
    for (federal, from) in [("fa", "ca-qc-qpstc"), ("fb", "ca-qc-qpstc@second")] {
        let claim = assessment.claims.iter().find(|one| one.claim == federal).unwrap();
        assert!(!claim.handed.is_empty());
        for handed in &claim.handed {
            let address = book.address(handed.node).unwrap();
            assert!(address.starts_with(&format!("incentives.{from}.")), "{address}");
        }
    }
    let provincial_only = set(&both, "incentives[fb].election", json!("exclude")).unwrap();
    let (without, left) = assessed(&provincial_only, catalog);
    assert_eq!(
        credit(&without, &left, "fa"),
        credit(&book, &assessment, "fa"),
        "the other's credit is its own"
    );
    let one = deal("CAD", &[("CA-QC", "first", 4_000_000)], &[claims[0].clone(), claims[2].clone()]);
    let (alone, whole) = assessed(&one, catalog);
    let sum = |ids: [&str; 2]| ids.iter().filter_map(|id| credit(&book, &assessment, id)).sum::<Decimal>();
    let cent = Decimal::new(2, 2);
    assert!((sum(["a", "b"]) - credit(&alone, &whole, "a").unwrap()).abs() <= cent);
    assert!((sum(["fa", "fb"]) - credit(&alone, &whole, "fa").unwrap()).abs() <= cent);
}

/// What one company types in place of its part is marked, and the other's part stays as the budget has it.
#[test]
fn an_override_of_one_company_leaves_the_other_its_budget() {
    let catalog = Catalog::embedded().unwrap();
    let program = "de-dfff-1";
    let claims = [claim(program, "a", "first", "claim"), claim(program, "b", "second", "claim")];
    let before = deal("EUR", &[("DE", "first", 3_000_000), ("DE", "second", 1_000_000)], &claims);
    let path = "incentives[b].overrides.german_cost";
    let after = set(&before, path, json!({"money": "EUR 2000000.00"})).unwrap();
    let (book, assessment) = assessed(&after, catalog);
    let inputs =
        |at: usize| assessment.claims[at].inputs.iter().find(|one| one.name == "german_cost").unwrap();
    assert_eq!((inputs(0).from, inputs(1).from), (MappedFrom::Budget, MappedFrom::Override));
    assert_eq!(inputs(1).paths, [path]);
    let together = book.find("incentives.de-dfff-1@production.input.german_cost").unwrap();
    assert_eq!(book.value(together).as_money().unwrap().to_decimal(), Decimal::from(5_000_000));
}

/// Of a national side of the treaty each company has what it spends of it; together they have the side.
#[test]
fn two_companies_share_their_countrys_side_of_the_treaty() {
    let catalog = Catalog::embedded().unwrap();
    let program = "ca-federal-cptc";
    let claims = [claim(program, "a", "first", "claim"), claim(program, "b", "second", "claim")];
    let parts = [("CA-BC", "first", 3_000_000), ("CA-ON", "second", 1_000_000), ("FR", "third", 2_000_000)];
    let both = set(
        &deal("CAD", &parts, &claims),
        "project.treaty",
        json!({"name": "T", "shares": [
            {"id": "CA", "jurisdiction": "CA", "share": "0.7"}, {"id": "FR", "jurisdiction": "FR", "share": "0.3"}]}),
    )
    .unwrap();
    let (_, assessment) = assessed(&both, catalog);
    let cost = |at: usize| {
        let input = assessment.claims[at].inputs.iter().find(|one| one.name == "total_cost").unwrap();
        input.value.number().unwrap()
    };
    assert_eq!((cost(0), cost(1)), (Decimal::from(3_150_000), Decimal::from(1_050_000)));
}

fn program(id: &str, country: &str, rate: &str, more: &str) -> Policy {
    let room = if more.contains("[aid_limit]") {
        "min(rate * spend, max(0, limit * cost - other_aid))"
    } else {
        "rate * spend"
    };
    let text = format!(
        r#"
id = "{id}"
from = "2020-01-01"
version_by = "day of the application"
legal_name = "{id}"
short_name = "{id}"
country = "{country}"
jurisdiction = "{country}"
currency = "EUR"
authority = ["Office"]
statute = ["Act"]
kind = "cash_rebate"
stream = "either"
confidence = "high"
reviewed = "2026-01-01"
notes = []
credit = "credit"
[[inputs]]
name = "spend"
label = "Spend"
map = {{ measure = "cost", within = ["{country}"] }}
[[inputs]]
name = "cost"
label = "Cost"
map = {{ measure = "cost" }}
[[inputs]]
name = "other_aid"
label = "Other aid"
default = "0"
[[constants]]
id = "rate"
value = "{rate}"
unit = "rate"
label = "Rate"
clause = "s. 1"
source = "law"
confidence = "high"
[[constants]]
id = "limit"
value = "0.50"
unit = "rate"
label = "Limit"
clause = "s. 2"
source = "law"
confidence = "high"
[[lines]]
id = "credit"
label = "Credit"
formula = "round_money({room})"
clause = "s. 1"
source = "law"
{more}
[[sources]]
id = "law"
title = "Act"
address = "https://example.org/act"
date = "2020-01-01"
seen = "2026-01-01"
kind = "statute"
"#
    );
    read_toml(id, &text).unwrap()
}

const LIMITED: &str = r#"
[aid_limit]
share = "limit"
of = "cost"
input = "other_aid"
clause = "s. 2"
source = "law"
"#;

fn library(policies: impl IntoIterator<Item = Policy>) -> Catalog {
    let mut catalog = Catalog::default();
    policies.into_iter().for_each(|policy| catalog.insert(policy));
    catalog
}

/// The program with a limit is computed after the others and takes what they leave; exactly at the limit it
/// still pays in full, and a cent beside it a cent less.
#[test]
fn a_limit_of_all_aid_leaves_what_the_others_have_not_taken() {
    let catalog = library([program("limited", "DE", "0.30", LIMITED), program("open", "FR", "0.25", "")]);
    let claims = [claim("limited", "l", "first", "best"), claim("open", "o", "first", "best")];
    let (book, assessment) =
        assessed(&deal("EUR", &[("DE", "first", 6_000_000), ("FR", "first", 4_000_000)], &claims), &catalog);
    assert_eq!(credit(&book, &assessment, "l"), Some(Decimal::from(1_800_000)));
    let spent = [("DE", "first", 9_000_000), ("FR", "first", 11_000_000)];
    let at = |other: &str| {
        let typed = set(
            &deal("EUR", &spent, &claims),
            "incentives[l].answers.other_aid",
            json!({"money": format!("EUR {other}")}),
        );
        let (book, assessment) = assessed(&typed.unwrap(), &catalog);
        let codes = assessment.findings.iter().map(|one| one.code.clone()).collect::<Vec<_>>();
        (credit(&book, &assessment, "l").unwrap(), codes.contains(&"AID_OVER_LIMIT".to_owned()))
    };
    // Half of 20 m less 2.75 m of the other leaves 7.25 m; 2.7 m of its own are all there until 4.55 m are typed.
    assert_eq!(at("4549999.98"), (Decimal::from(2_700_000), false));
    assert_eq!(at("4550000.00"), (Decimal::from(2_700_000), true));
    assert_eq!(at("4550000.01"), (Decimal::new(269_999_999, 2), true));
}

/// Where the others alone are more than a limit allows, the combination is looked at and rejected for it; what
/// the producer fixed stands, and is told to be over.
#[test]
fn a_combination_over_the_limit_of_aid_is_rejected_with_the_reason() {
    let catalog = library([program("limited", "DE", "0.30", LIMITED), program("generous", "FR", "0.90", "")]);
    let spent = [("DE", "first", 3_000_000), ("FR", "first", 7_000_000)];
    let open = deal(
        "EUR",
        &spent,
        &[claim("limited", "l", "first", "best"), claim("generous", "g", "first", "best")],
    );
    let (_, assessment) = assessed(&open, &catalog);
    assert_eq!(assessment.chosen, ["generous"]);
    let over = |reasons: &[recoup_deal::Phrase]| reasons.iter().any(|reason| reason.code == "over_aid_limit");
    assert!(assessment.rejected.iter().any(|one| one.programs.len() == 2 && over(&one.reasons)));
    let fixed = deal(
        "EUR",
        &spent,
        &[claim("limited", "l", "first", "claim"), claim("generous", "g", "first", "claim")],
    );
    let (_, assessment) = assessed(&fixed, &catalog);
    let counted = assessment.claims.iter().filter(|one| one.standing == Standing::Claimed).count();
    assert_eq!(counted, 2);
    let finding = assessment.findings.iter().find(|one| one.code == "AID_OVER_LIMIT").unwrap();
    let said = findings::render(finding, Language::English).message;
    assert!(said.contains("1.3") || said.contains("1,300,000"), "{said}");
}

/// Two programs that each hand something to the other: the circle is named where the page shows findings.
#[test]
fn programs_in_a_circle_are_named() {
    let to = |other: &str| {
        format!(
            "[[interactions]]\nrelation = \"reduces_base_of\"\nwith = [\"{other}\"]\nline = \"credit\"\n\
             input = \"other_aid\"\nclause = \"s. 3\"\nsource = \"law\"\n"
        )
    };
    let catalog =
        library([program("one", "DE", "0.30", &to("other")), program("other", "FR", "0.30", &to("one"))]);
    let circle = deal(
        "EUR",
        &[("DE", "first", 3_000_000)],
        &[claim("one", "o", "first", "best"), claim("other", "t", "first", "best")],
    );
    let (_, assessment) = assessed(&circle, &catalog);
    let finding = assessment.findings.iter().find(|one| one.code == "INCENTIVE_STACK").unwrap();
    let said = findings::render(finding, Language::English).message;
    assert!(said.contains("one → other → one") || said.contains("other → one → other"), "{said}");
    let shown =
        assessment.claims.iter().all(|one| one.inputs.iter().all(|input| input.value != Value::Absent));
    assert!(shown, "each stays to be read by itself");
}
