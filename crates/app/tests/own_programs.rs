//! A person's own programs: kept with their versions, tried, claimed, carried by deals from place to place.
#![allow(clippy::unwrap_used, clippy::panic)]

use std::io::Read;

use recoup_app::{
    App, AppError, Cost, DownloadsFolder, Ports, assessment, deals, findings, incentives, library,
    own_programs, packs, program_runs, projects, samples,
    wire::{AssessedProgram, DealView, OwnProgramView, TriedProgram},
};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

const WORDS: &str = "walrus paints seven lanterns";

fn of<T: DeserializeOwned>(request: Value) -> T {
    serde_json::from_value(request).unwrap()
}

fn app(folder: &std::path::Path) -> App {
    let mut ports = Ports::at(folder);
    ports.vault = ports.vault.with_cost(Cost { memory_kib: 8 * 1024, passes: 1, lanes: 1 });
    App::open(ports)
}

/// A program that pays a tenth of what is spent in Ireland, at most a million.
fn bonus() -> Value {
    json!({
        "id": "own-studio-bonus", "from": "2020-01-01", "version_by": "day of the contract",
        "legal_name": "Bonus of the studio", "short_name": "Studio bonus", "country": "IE",
        "jurisdiction": "IE", "currency": "EUR", "authority": ["The studio"], "statute": ["The contract"],
        "kind": "cash_rebate", "stream": "either", "confidence": "high", "reviewed": "2026-11-01",
        "credit": "bonus",
        "inputs": [{"name": "spend", "label": "Spend in Ireland", "map": {"measure": "cost", "within": ["IE"]}}],
        "constants": [
            {"id": "rate", "value": "0.10", "unit": "rate", "label": "Rate", "clause": "cl. 4",
             "source": "contract", "confidence": "high"},
            {"id": "most", "value": "1000000", "label": "At most", "clause": "cl. 5", "source": "contract",
             "confidence": "high"}],
        "lines": [{"id": "bonus", "label": "Bonus", "formula": "round_money(min(rate * spend, most))",
                   "clause": "cl. 4", "source": "contract"}],
        "cash": [{"label": "Payment", "line": "bonus", "after": "delivery", "lag_months": 1, "ground": "cl. 7",
                  "confidence": "high"}],
        "tax": {"on": false, "ground": "cl. 8"},
        "sources": [{"id": "contract", "title": "Contract", "address": "https://example.org/contract",
                     "seen": "2026-11-01", "kind": "contract"}],
    })
}

async fn saved(app: &App, program: &Value) -> Result<OwnProgramView, AppError> {
    own_programs::save_own_program(app, of(json!({"text": program.to_string()}))).await
}

async fn claimed(app: &App, view: &DealView, program: &str) -> Result<DealView, AppError> {
    let claim = json!({"deal": view.deal, "revision": view.revision, "program": program});
    own_programs::claim_program(app, of(claim)).await
}

async fn assessed(app: &App, view: &DealView) -> AssessedProgram {
    let seen = assessment::view_incentives(app, of(json!({"deal": view.deal}))).await.unwrap();
    seen.programs.into_iter().find(|program| program.program == "own-studio-bonus").unwrap()
}

async fn tin_orchard(app: &App) -> DealView {
    samples::open_sample_deal(app, of(json!({"sample": "tin-orchard"}))).await.unwrap()
}

#[tokio::test]
async fn a_claimed_program_is_carried_computed_and_taken_back_in_one_step() {
    let folder = tempfile::tempdir().unwrap();
    let app = app(folder.path());
    let before = tin_orchard(&app).await;
    let own = saved(&app, &bonus()).await.unwrap().own;
    assert!(!own.kept, "the library is not open");
    assert_eq!(own.entry.as_ref().unwrap().confidence, "low", "whatever its file says");

    let after = claimed(&app, &before, "own-studio-bonus").await.unwrap();
    assert_eq!(after.revision, before.revision + 1);
    assert_eq!(after.document["programs"][0]["id"], "own-studio-bonus:2020-01-01");
    let program = assessed(&app, &after).await;
    assert_eq!((program.origin.as_str(), program.confidence.as_deref()), ("own", Some("low")));
    assert!(program.credit.is_some() && program.version.as_deref() == Some("2020-01-01"));
    let found = findings::list_findings(&app, of(json!({"deal": after.deal}))).await.unwrap();
    assert!(found.findings.iter().any(|finding| finding.code == "INCENTIVE_OWN"));
    let twice = claimed(&app, &after, "own-studio-bonus").await.unwrap_err();
    assert_eq!(twice.code, "CONFLICT");

    // Deleted where it was kept, it is computed from the deal's copy, and so it is wherever the file goes.
    own_programs::delete_own_program(&app, of(json!({"own": own.own}))).await.unwrap();
    let file = deals::write_deal_file(&app, of(json!({"deal": after.deal}))).await.unwrap().text;
    let elsewhere = deals::open_deal_file(&app, of(json!({"text": file}))).await.unwrap();
    assert_eq!(assessed(&app, &elsewhere).await.credit, program.credit);
    let shown = json!({"program": "own-studio-bonus", "deal": elsewhere.deal});
    assert_eq!(incentives::show_program(&app, of(shown)).await.unwrap().entry.origin, "own");

    let undone = deals::undo_edit(&app, of(json!({"deal": after.deal}))).await.unwrap();
    assert!(undone.document.get("programs").is_none());
    assert_eq!(undone.document["incentives"], before.document["incentives"]);
    app.close().await;
}

#[tokio::test]
async fn claiming_again_takes_the_present_text_into_the_deal() {
    let folder = tempfile::tempdir().unwrap();
    let app = app(folder.path());
    let deal = tin_orchard(&app).await;
    let own = saved(&app, &bonus()).await.unwrap().own;
    let first = claimed(&app, &deal, "own-studio-bonus").await.unwrap();
    let before = assessed(&app, &first).await.credit;
    let mut changed = bonus();
    changed["constants"][0]["value"] = json!("0.12");
    let save = json!({"own": own.own, "version": 1, "text": changed.to_string()});
    own_programs::save_own_program(&app, of(save)).await.unwrap();
    assert_eq!(assessed(&app, &first).await.credit, before, "the deal keeps its copy");
    let second = claimed(&app, &first, "own-studio-bonus").await.unwrap();
    assert_eq!(second.revision, first.revision + 1);
    assert_eq!(second.document["incentives"], first.document["incentives"]);
    assert_ne!(assessed(&app, &second).await.credit, before);
    app.close().await;
}

#[tokio::test]
async fn versions_are_kept_shown_and_brought_back() {
    let folder = tempfile::tempdir().unwrap();
    let app = app(folder.path());
    let own = saved(&app, &bonus()).await.unwrap().own.own;
    let mut changed = bonus();
    changed["short_name"] = json!("Bigger bonus");
    let save = |version: u32, program: &Value| {
        own_programs::save_own_program(
            &app,
            of(json!({"own": own, "version": version, "text": program.to_string()})),
        )
    };
    let second = save(1, &changed).await.unwrap();
    assert_eq!((second.shown, second.versions.len(), second.own.name.as_str()), (2, 2, "Bigger bonus"));
    assert_eq!(save(2, &changed).await.unwrap().shown, 2, "what stands there already is no version");
    assert_eq!(save(1, &bonus()).await.unwrap_err().code, "CONFLICT");
    changed["id"] = json!("own-another");
    assert_eq!(save(2, &changed).await.unwrap_err().details["path"], "id");

    let first = json!({"own": own, "version": "1"});
    let first = own_programs::read_own_program(&app, of(first)).await.unwrap();
    assert!(first.text.contains("\"Studio bonus\"") && first.own.version == 2);
    let back = json!({"own": own, "version": 1});
    let back = own_programs::restore_own_program(&app, of(back)).await.unwrap();
    assert_eq!((back.shown, back.versions.len(), back.own.name.as_str()), (3, 3, "Studio bonus"));
    app.close().await;
}

#[tokio::test]
async fn programs_made_beside_a_sample_are_kept_with_it() {
    let folder = tempfile::tempdir().unwrap();
    let app = app(folder.path());
    let deal = tin_orchard(&app).await;
    let own = saved(&app, &bonus()).await.unwrap().own;
    let person = json!({"full_name": "A Producer", "passphrase": WORDS});
    library::create_library(&app, of(person)).await.unwrap();
    let listed = own_programs::list_own_programs(&app, of(json!({}))).await.unwrap().programs;
    assert_eq!((listed.len(), listed[0].kept), (1, false));
    projects::keep_deal(&app, of(json!({"deal": deal.deal}))).await.unwrap();
    let listed = own_programs::list_own_programs(&app, of(json!({}))).await.unwrap().programs;
    assert_eq!((listed.len(), listed[0].kept, &listed[0].own), (1, true, &own.own));
    library::lock_library(&app, of(json!({}))).await.unwrap();
    assert!(own_programs::list_own_programs(&app, of(json!({}))).await.unwrap().programs.is_empty());
    app.close().await;
}

#[tokio::test]
async fn a_draft_is_tried_on_a_deal_and_on_typed_values_and_kept_nowhere() {
    let folder = tempfile::tempdir().unwrap();
    let app = app(folder.path());
    let deal = tin_orchard(&app).await;
    let tried = |text: String, deal: Option<&str>, inputs: Value| {
        own_programs::try_program(&app, of(json!({"text": text, "deal": deal, "inputs": inputs})))
    };
    let payable = |tried: &TriedProgram| {
        let run = tried.run.as_ref().unwrap();
        run.payable.as_ref().map(|value| value.exact.clone())
    };
    let alone = tried(bonus().to_string(), None, json!({"spend": "2500000.05"})).await.unwrap();
    assert_eq!(payable(&alone).as_deref(), Some("250000.01"));
    assert_eq!(alone.run.as_ref().unwrap().inputs[0].from, "given");
    let open = tried(bonus().to_string(), None, json!({})).await.unwrap();
    assert_eq!((payable(&open), open.run.unwrap().inputs[0].from.as_str()), (None, "missing"));
    let budget = tried(bonus().to_string(), Some(&deal.deal), json!({})).await.unwrap();
    let seen = &budget.run.as_ref().unwrap().inputs[0];
    assert!(seen.from == "deal" && !seen.paths.is_empty(), "{seen:?}");
    let line = budget.run.as_ref().unwrap().lines.iter().find(|line| line.id == "bonus").unwrap().clone();
    assert_eq!(line.reads, ["rate", "spend", "most"]);

    let mut broken = bonus();
    broken["lines"][0]["formula"] = json!("min(rate * spend, most");
    broken["constants"][0]["value"] = json!(0.1);
    let broken = tried(broken.to_string(), None, json!({})).await.unwrap();
    let paths: Vec<&str> = broken.faults.iter().map(|fault| fault.path.as_str()).collect();
    assert_eq!(paths, ["constants[rate].value", "lines[bonus].formula"]);
    assert!(broken.run.is_none());
    let wrong = tried(bonus().to_string(), None, json!({"spend": "much"})).await.unwrap();
    assert_eq!(wrong.faults[0].path, "inputs.spend");
    assert!(own_programs::list_own_programs(&app, of(json!({}))).await.unwrap().programs.is_empty());
    app.close().await;
}

#[tokio::test]
async fn a_copy_of_a_program_has_an_id_of_its_own() {
    let folder = tempfile::tempdir().unwrap();
    let app = app(folder.path());
    let copy = || own_programs::copy_program(&app, of(json!({"program": "ca-federal-cptc"})));
    let first = copy().await.unwrap();
    assert_eq!(first.program, "own-ca-federal-cptc");
    // The same spend does not earn the law and its copy.
    let copied: Value = serde_json::from_str(&first.text).unwrap();
    let last = copied["interactions"].as_array().unwrap().last().unwrap();
    assert_eq!((&last["relation"], &last["with"]), (&json!("excludes"), &json!(["ca-federal-cptc"])));
    let import = json!({"text": first.text});
    own_programs::import_own_program(&app, of(import.clone())).await.unwrap();
    assert_eq!(copy().await.unwrap().program, "own-ca-federal-cptc-2");
    let again = own_programs::import_own_program(&app, of(import)).await.unwrap_err();
    assert_eq!((again.code.as_str(), again.details.contains_key("own")), ("NAME_TAKEN", true));
    let of_copy = own_programs::copy_program(&app, of(json!({"program": "own-ca-federal-cptc"})));
    assert_eq!(of_copy.await.unwrap().program, "own-ca-federal-cptc-2");
    app.close().await;
}

#[tokio::test]
async fn a_program_with_faults_is_refused_with_all_of_them() {
    let folder = tempfile::tempdir().unwrap();
    let app = app(folder.path());
    let mut program = bonus();
    program["kind"] = json!("gift");
    program["colour"] = json!("blue");
    let refused = saved(&app, &program).await.unwrap_err();
    assert_eq!((refused.code.as_str(), refused.details["count"].as_str()), ("INVALID_PROGRAM", "2"));
    assert!(refused.details["limit"].contains("cash_rebate"));
    assert_eq!(refused.details["faults"].lines().count(), 2);
    program = bonus();
    program["id"] = json!("ie-s481");
    let refused = saved(&app, &program).await.unwrap_err();
    assert!(refused.message.contains("is a program of the library"), "{}", refused.message);
    app.close().await;
}

#[tokio::test]
async fn worked_examples_of_the_library_come_out_as_they_say() {
    let folder = tempfile::tempdir().unwrap();
    let app = app(folder.path());
    for program in ["ca-federal-cptc", "uk-avec-animation", "ie-s481"] {
        let view = incentives::show_program(&app, of(json!({"program": program}))).await.unwrap();
        assert!(view.examples.len() >= 3, "{program}");
        for example in &view.examples {
            let run = json!({"program": program, "example": example.example});
            let run = program_runs::run_example(&app, of(run)).await.unwrap();
            assert!(run.equal && !run.results.is_empty(), "{program}: {}", example.title);
        }
    }
    let typed = json!({
        "program": "ca-federal-cptc", "on": "2025-06-30",
        "inputs": {"canadian_labour": "2100000", "total_cost": "6000000"},
    });
    let run = program_runs::run_inputs(&app, of(typed)).await.unwrap();
    assert_eq!(run.credit.unwrap().exact, "525000");
    app.close().await;
}

/// What a spreadsheet computes of a formula: neither the names of sheets nor the texts in it.
fn outside_quotes(formula: &str) -> String {
    let mut quote = None;
    let computed = formula.chars().filter(|sign| match quote {
        None if matches!(sign, '\'' | '"') => {
            quote = Some(*sign);
            false
        }
        None => true,
        Some(open) => {
            quote = (*sign != open).then_some(open);
            false
        }
    });
    computed.collect()
}

/// Texts that a spreadsheet would compute and a typesetter would run stay texts in the pack.
#[tokio::test]
async fn what_a_program_says_is_never_computed_by_who_reads_the_pack() {
    const COMMAND: &str = "=cmd|' /C calc'!A0 #panic()";
    let folder = tempfile::tempdir().unwrap();
    let app = app(folder.path());
    let mut program = bonus();
    for field in ["legal_name", "short_name", "version_by"] {
        program[field] = json!(COMMAND);
    }
    for (list, field) in
        [("inputs", "label"), ("constants", "label"), ("constants", "clause"), ("lines", "label")]
    {
        program[list][0][field] = json!(COMMAND);
    }
    program["sources"][0]["title"] = json!(COMMAND);
    saved(&app, &program).await.unwrap();
    let deal = claimed(&app, &tin_orchard(&app).await, "own-studio-bonus").await.unwrap();
    let file = deals::write_deal_file(&app, of(json!({"deal": deal.deal}))).await.unwrap().text;
    let target = DownloadsFolder::at(folder.path());
    let formats = ["pdf".to_owned(), "xlsx".to_owned()];
    let made = packs::export_pack_of_file(&file, &formats, ("en", "full"), &target).unwrap();
    let workbook = made.files.iter().find(|file| file.place.ends_with(".xlsx")).unwrap();
    let mut archive = zip::ZipArchive::new(std::fs::File::open(&workbook.place).unwrap()).unwrap();
    let mut said = false;
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).unwrap();
        let mut text = String::new();
        let name = part.name().unwrap().into_owned();
        if name.ends_with(".xml") && part.read_to_string(&mut text).is_ok() {
            said |= text.contains("cmd|");
            for formula in text.split("<f>").skip(1).filter_map(|rest| rest.split("</f>").next()) {
                assert!(!outside_quotes(formula).contains("cmd|"), "{name}: {formula}");
            }
        }
    }
    assert!(said, "the program stands in the workbook");
    app.close().await;
}
