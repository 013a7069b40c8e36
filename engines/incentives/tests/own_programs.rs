//! Programs from outside: whatever a file holds ends in a program or in faults with their fields, and a deal
//! computes with what it carries, wherever it is opened.
#![expect(clippy::unwrap_used, reason = "tests stop at the first surprise")]
#![expect(clippy::disallowed_methods, reason = "what nobody should have written must end in a moment")]

use std::time::{Duration, Instant};

use proptest::prelude::*;
use recoup_deal::{Deal, DealProgram, IncentiveClaim, InputValue, deal_to_value, read_deal_value};
use recoup_explain::Book;
use recoup_incentives::own::{copy_of, edition_id, id_taken, json_of};
use recoup_incentives::{
    Assessment, Catalog, Fault, Policy, ProgramOrigin, Standing, assess, catalog_of, margins, read_own,
    read_own_bytes, read_toml, survey,
};
use serde_json::{Value, json};

fn sound() -> Value {
    let policy: Policy = read_toml("sound.toml", include_str!("sound.toml")).unwrap();
    let mut json = json_of(&policy);
    json["id"] = json!("own-film-credit");
    json
}

fn changed(change: impl FnOnce(&mut Value)) -> String {
    let mut policy = sound();
    change(&mut policy);
    policy.to_string()
}

/// The faults of a text, found in a moment.
fn faults(text: &[u8]) -> Vec<Fault> {
    let begun = Instant::now();
    let faults = read_own_bytes(text).unwrap_err();
    assert!(begun.elapsed() < Duration::from_secs(5), "{:?}", begun.elapsed());
    assert!(!faults.is_empty() && faults.len() <= 100);
    assert!(faults.iter().all(|fault| fault.to_string().len() < 2_000));
    faults
}

fn told(text: &str) -> String {
    faults(text.as_bytes()).iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

fn line(id: &str, formula: &str) -> Value {
    json!({ "id": id, "label": id, "formula": formula })
}

#[test]
fn what_nobody_should_have_written_is_refused_with_its_field() {
    let circle = changed(|policy| {
        policy["lines"] =
            json!([line("credit", "min(rate, cap) * a"), line("a", "b"), line("b", "a + minimum")]);
    });
    assert!(told(&circle).contains("lines[a]: goes in a circle: a → b → a"), "{}", told(&circle));
    let thirty = format!("1{}", "0".repeat(30));
    let huge = changed(|policy| policy["constants"][0]["value"] = json!(thirty));
    assert!(told(&huge).starts_with("constants[rate].value: not a decimal"), "{}", told(&huge));
    let large = changed(|policy| policy["constants"][0]["value"] = json!("1000000000000"));
    assert!(told(&large).starts_with("constants[rate].value: the number is larger"), "{}", told(&large));
    let formula = changed(|policy| policy["lines"][0]["formula"] = json!(format!("{thirty} * spend")));
    assert!(told(&formula).contains("is not a number that can be held exactly"), "{}", told(&formula));
    let payments = changed(|policy| policy["cash"][0]["times"] = json!(4_000_000_000_u32));
    assert!(told(&payments).starts_with("cash[0].times: the number is too large"), "{}", told(&payments));
    let script = changed(|policy| policy["sources"][0]["address"] = json!("javascript:alert(1)"));
    assert!(told(&script).contains("sources[law].address: "), "{}", told(&script));
    let name = changed(|policy| policy["inputs"][0]["name"] = json!("the spend"));
    assert!(told(&name).contains("a name begins with a small letter"), "{}", told(&name));
    let twice = sound().to_string().replacen("\"from\":", "\"from\":\"2019-01-01\",\"from\":", 1);
    assert_eq!(told(&twice), "from: the field is given twice");
    let deep = sound().to_string().replacen("\"Spend\"", &format!("{}{}", "[".repeat(90), "]".repeat(90)), 1);
    assert!(told(&deep).contains("nests deeper than"), "{}", told(&deep));
    let bottomless = "[".repeat(2_000_000);
    assert!(told(&bottomless).contains("nests deeper than"), "{}", told(&bottomless));
    assert!(told("{\"id\": ").starts_with("the text ends too early"), "{}", told("{\"id\": "));
    assert_eq!(told("[]"), "a program is a JSON object");
    let six = vec![b' '; 6 * 1024 * 1024];
    assert_eq!(faults(&six)[0].given.as_deref(), Some("6291456 bytes"));
    assert!(faults(&[b'{', 0xff, 0xfe, b'}'])[0].message.starts_with("the file is no text"));
}

#[test]
fn a_hundred_thousand_lines_are_counted_and_no_more() {
    let many = |length: usize| {
        changed(|policy| {
            let lines = (0..length).map(|n| json!({ "id": format!("l{n}"), "label": "", "formula": "1" }));
            policy["lines"] = lines.collect();
        })
    };
    let text = many(100_000);
    assert!(text.len() < 5 * 1024 * 1024);
    assert_eq!(told(&text), "lines: has 100000 entries; at most 400 are read");
    let numbers = changed(|policy| policy["notes"] = json!(vec![0; 2_000_000]));
    assert!(told(&numbers).contains("more than 500000 values"), "{}", told(&numbers));
}

/// The largest program that is read is computed in a moment, in a deal and by itself.
#[test]
fn the_largest_program_is_computed_in_a_moment() {
    let text = changed(|policy| {
        let below = |n: usize| if n < 390 { format!("l{n}") } else { "spend".to_owned() };
        let chain = (0..390).map(|n| {
            let (left, right) = (below(2 * n + 1), below(2 * n + 2));
            line(&below(n), &format!("max({left}, min(rate * spend, cap), minimum, {right} + spend)"))
        });
        policy["lines"] = std::iter::once(line("credit", "min(rate * l0, cap)")).chain(chain).collect();
        policy["sources"] = json!([sound()["sources"][0]]);
    });
    let program = read_own(&text).unwrap();
    let mut deal = deal();
    carry(&mut deal, &program.policy);
    let begun = Instant::now();
    let assessed = assess(&deal, library(), &mut Book::new());
    assert!(begun.elapsed() < Duration::from_secs(3), "{:?}", begun.elapsed());
    assert_eq!(claim(&assessed).origin, ProgramOrigin::Own);
}

#[test]
fn a_division_by_zero_leaves_its_line_without_a_value() {
    let text = changed(|policy| {
        policy["lines"][0]["formula"] = json!("min(rate * spend, cap) / (spend - spend)");
    });
    let mut deal = deal();
    carry(&mut deal, &read_own(&text).unwrap().policy);
    let mut book = Book::new();
    let assessed = assess(&deal, library(), &mut book);
    let credit = claim(&assessed).credit.unwrap();
    assert!(book.value(credit).as_money().is_none(), "{:?}", book.value(credit));
}

#[test]
fn texts_lose_what_nobody_can_see() {
    let text = changed(|policy| {
        policy["short_name"] = json!("Film\u{202e}tiderc\u{202c} \u{200b}credit\u{7}\n");
        policy["notes"] = json!(["first\nsecond\u{feff}"]);
    });
    let program = read_own(&text).unwrap().policy;
    assert_eq!(program.short_name, "Filmtiderc credit");
    assert_eq!(program.notes, ["first second"]);
}

#[test]
fn an_id_of_the_library_is_refused_with_the_reason() {
    let library = library();
    for id in ["ie-s481", "CA-QC-PSTC-2025"] {
        let mut policy: Policy = read_toml("sound.toml", include_str!("sound.toml")).unwrap();
        policy.aliases = vec![id.to_owned()];
        let taken = id_taken(&policy, library);
        assert_eq!(taken.len(), 1);
        assert!(taken[0].message.contains("is a program of the library"), "{}", taken[0].message);
    }
}

fn library() -> &'static Catalog {
    Catalog::embedded().unwrap()
}

fn deal() -> Deal {
    let mut deal = recoup_deal::read_deal(include_str!("../../../examples/tin-orchard.deal.json")).unwrap();
    deal.incentives.clear();
    deal
}

/// The deal claims the program and carries it, with a spend of 800,000.
fn carry(deal: &mut Deal, policy: &Policy) {
    deal.programs.push(DealProgram { id: edition_id(policy), policy: json_of(policy) });
    deal.incentives.push(IncentiveClaim {
        id: "mine".to_owned(),
        program: policy.id.clone(),
        answers: [("spend".to_owned(), InputValue::Number(800_000.into()))].into(),
        ..IncentiveClaim::default()
    });
    // What is carried is stored, sent and opened again.
    *deal = read_deal_value(deal_to_value(deal).unwrap()).unwrap();
}

fn claim(assessed: &Assessment) -> &recoup_incentives::ClaimAssessment {
    assessed.claims.iter().find(|claim| claim.claim == "mine").unwrap()
}

fn codes(assessed: &Assessment) -> Vec<&str> {
    assessed.findings.iter().map(|finding| finding.code.as_str()).collect()
}

#[test]
fn an_own_program_counts_and_is_never_shown_as_verified() {
    let mut deal = deal();
    carry(&mut deal, &read_own(&sound().to_string()).unwrap().policy);
    let mut book = Book::new();
    let assessed = assess(&deal, library(), &mut book);
    let mine = claim(&assessed);
    assert_eq!((mine.standing, mine.origin, mine.unverified), (Standing::Claimed, ProgramOrigin::Own, true));
    let credit = book.value(mine.credit.unwrap()).as_money().unwrap();
    assert_eq!(credit.to_string(), "EUR 200000.00");
    assert!(codes(&assessed).contains(&"INCENTIVE_OWN"));
    assert!(book.find("incentives.own-film-credit.credit").is_some());
    let surveyed = survey(&deal, library(), deal.as_of);
    assert!(surveyed.iter().any(|one| one.policy.id == "own-film-credit"));
    assert!(margins(&deal, library(), 100_000).is_ok());
}

#[test]
fn a_program_that_does_not_read_is_a_finding_and_its_claim_is_not_available() {
    let mut deal = deal();
    carry(&mut deal, &read_own(&sound().to_string()).unwrap().policy);
    deal.programs[0].policy["lines"][0]["formula"] = json!("min(rate * spend,");
    let assessed = assess(&deal, library(), &mut Book::new());
    assert_eq!(claim(&assessed).standing, Standing::Unavailable);
    let finding = assessed.findings.iter().find(|finding| finding.code == "PROGRAM_UNREADABLE").unwrap();
    assert_eq!(finding.path, "programs[own-film-credit:2020-01-01].policy.lines[credit].formula");
    deal.programs[0].policy = json!("nothing");
    assert_eq!(claim(&assess(&deal, library(), &mut Book::new())).standing, Standing::Unavailable);
}

#[test]
fn a_held_edition_is_computed_as_held_and_said_to_be() {
    let library = library();
    let policy = library.versions("ie-s481").last().unwrap().as_ref();
    let deal = |change: &dyn Fn(&mut Policy)| {
        let mut policy = policy.clone();
        change(&mut policy);
        let mut deal = deal();
        carry(&mut deal, &policy);
        deal
    };
    let same = deal(&|_| {});
    let (catalog, findings) = catalog_of(&same, library);
    assert!(findings.is_empty());
    assert_eq!(catalog.origin(policy), ProgramOrigin::Library);

    let older = deal(&|policy| policy.constants[0].value = "0.01".parse().unwrap());
    let assessed = assess(&older, library, &mut Book::new());
    assert_eq!(claim(&assessed).origin, ProgramOrigin::Held);
    assert!(codes(&assessed).contains(&"EDITION_HELD"));
    assert!(!codes(&assessed).contains(&"INCENTIVE_OWN"));

    let mut broken = older.clone();
    broken.programs[0].policy["constants"][0]["value"] = json!("much");
    let assessed = assess(&broken, library, &mut Book::new());
    assert_eq!(claim(&assessed).standing, Standing::Unavailable, "the library's text does not step in");
}

#[test]
fn a_name_that_leads_to_a_program_already_goes_on_leading_there() {
    let mut deal = deal();
    carry(&mut deal, &read_own(&sound().to_string()).unwrap().policy);
    deal.programs[0].policy["aliases"] = json!(["ie-s481"]);
    let (catalog, findings) = catalog_of(&deal, library());
    assert_eq!(findings[0].code, "PROGRAM_UNREADABLE");
    assert_eq!(catalog.resolve("ie-s481"), Some("ie-s481"));
}

#[test]
fn a_copy_of_every_program_is_a_program_of_ones_own() {
    for policy in library().policies() {
        let text = copy_of(policy, "own-copy").to_string();
        let copy =
            read_own(&text).unwrap_or_else(|faults| panic!("{}@{}: {faults:?}", policy.id, policy.from));
        assert!(id_taken(&copy.policy, library()).is_empty());
        assert_eq!(
            (copy.policy.lines.len(), copy.policy.confidence),
            (policy.lines.len(), policy.confidence)
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_spoilt_file_is_read_or_refused(
        spoilt in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..4),
    ) {
        let mut bytes = sound().to_string().into_bytes();
        for (index, byte) in spoilt {
            let at = index.index(bytes.len());
            bytes[at] = byte;
        }
        match read_own_bytes(&bytes) {
            Ok(program) => {
                let mut deal = deal();
                carry(&mut deal, &program.policy);
                prop_assert_eq!(assess(&deal, library(), &mut Book::new()).claims.len(), 1);
            }
            Err(faults) => prop_assert!(!faults.is_empty()),
        }
    }
}
