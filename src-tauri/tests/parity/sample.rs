//! A known state and a request that is right, for every listed use case.

use std::sync::{Arc, Mutex};

use base64::{Engine, prelude::BASE64_STANDARD};
use recoup_app::{
    App, Clock, Cost, FileTarget, Ports, backups, deals, history, jobs, library, own_programs, projects,
    samples, scenarios,
};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

/// A clock that stands still, so that two applications answer alike.
struct Noon;

impl Clock for Noon {
    fn now_ms(&self) -> i64 {
        1_790_000_000_000
    }
}

/// Keeps nothing, so that two applications answer alike and no folder is written to.
struct Nowhere;

impl FileTarget for Nowhere {
    fn keep(&self, name: &str, _bytes: &[u8]) -> std::io::Result<String> {
        Ok(format!("nowhere/{name}"))
    }
}

/// Two uncertain numbers of the sample deal.
pub(crate) const DRIVERS: [&str; 2] = ["box-office", "usd-eur"];

pub(crate) const WORDS: &str = "walrus paints seven lanterns";

/// A top sheet with a cell that cannot be read.
pub(crate) const SHEET: &str = "Acct,Description,Total,Labour\n1100,Story,\"150,000.00\",40%\n4300,Animation,tbd,90%\n,Contingency,\"15,000\",\n,Total,\"165,000.00\",\n";

pub(crate) fn sheet(text: &str) -> Value {
    let columns = json!([{"column": "D", "meaning": "labour", "place": null}]);
    json!({
        "name": "top-sheet.csv", "content": BASE64_STANDARD.encode(text), "sheet": null, "keep": [], "leave": [],
        "mapping": {"header": 1, "columns": columns, "accounts": {"1100": "story_and_rights"}, "place": "IE", "currency": null},
    })
}

pub(crate) const RECEIPTS: &str = "Source,Period,Gross,Commission,Net\nna-theatrical,Q3 2029,\"1,000.00\",150.00,850.00\nAtlantis,Q3 2029,,,7.00\nTotal,,,,857.00\n";

pub(crate) fn receipts(text: &str) -> Value {
    json!({
        "name": "receipts.csv", "content": BASE64_STANDARD.encode(text), "sheet": null, "leave": [],
        "mapping": {"header": 1, "columns": [{"column": "D", "meaning": "sales_commission"}],
            "sources": {"atlantis": ""}, "currency": null, "days": "day_first", "from": null, "to": null},
    })
}

/// An application in a known state, and what its things are called.
pub(crate) struct Known {
    pub(crate) app: App,
    pub(crate) project: String,
    pub(crate) binned: String,
    pub(crate) revision: String,
    pub(crate) earlier: String,
    pub(crate) version: String,
    /// A program of one's own, kept and changed once.
    pub(crate) own: String,
    pub(crate) draft: String,
    pub(crate) backup: String,
    /// A simulation that was paused before it began.
    pub(crate) job: String,
    /// A scenario that was kept.
    pub(crate) scenario: String,
    // Removed with the application.
    pub(crate) folder: tempfile::TempDir,
}

impl Known {
    /// Closes what is open, so that nothing is still being closed when the test ends.
    pub(crate) fn close(&self) {
        tauri::async_runtime::block_on(self.app.close());
    }
}

/// The library holds the sample deal, open as `d1`, changed once and changed back, its present state named;
/// another project is in the bin; `d2` lives in memory. `create_library` meets an empty folder and
/// `unlock_library` a locked one.
pub(crate) fn known(use_case: &str) -> Known {
    let folder = tempfile::tempdir().unwrap();
    let mut ports = Ports::at(folder.path());
    ports.clock = Arc::new(Noon);
    ports.files = Arc::new(Nowhere);
    ports.vault = ports.vault.with_cost(Cost { memory_kib: 8 * 1024, passes: 1, lanes: 1 });
    let app = App::open(ports);
    let mut known = Known {
        app,
        project: String::new(),
        binned: String::new(),
        revision: String::new(),
        earlier: String::new(),
        version: String::new(),
        own: String::new(),
        draft: String::new(),
        backup: String::new(),
        job: String::new(),
        scenario: String::new(),
        folder,
    };
    if use_case != "create_library" {
        tauri::async_runtime::block_on(set_up(&mut known, use_case));
    }
    known
}

fn of<T: DeserializeOwned>(request: Value) -> T {
    serde_json::from_value(request).unwrap()
}

async fn set_up(known: &mut Known, use_case: &str) {
    let app = &known.app;
    let person = json!({"full_name": "A Producer", "passphrase": WORDS});
    library::create_library(app, of(person)).await.unwrap();
    samples::open_sample_deal(app, of(json!({"sample": "dragons-quest"}))).await.unwrap();
    let kept = projects::keep_deal(app, of(json!({"deal": "d1"}))).await.unwrap();
    known.project = kept.project.unwrap();
    for (revision, name) in [(1, "Another Quest"), (2, "A Third Quest")] {
        let edit = json!({"deal": "d1", "revision": revision, "path": "name", "value": name});
        deals::edit_deal(app, of(edit)).await.unwrap();
    }
    deals::undo_edit(app, of(json!({"deal": "d1"}))).await.unwrap();
    let revisions = history::list_revisions(app, of(json!({"deal": "d1"}))).await.unwrap().revisions;
    known.earlier = revisions.last().unwrap().revision.clone();
    known.revision = revisions.iter().find(|revision| revision.current).unwrap().revision.clone();
    let name = json!({"deal": "d1", "revision": known.revision, "name": "Sent to the bank"});
    known.version = history::name_version(app, of(name)).await.unwrap().names[0].version.clone();
    let copy = projects::copy_project(app, of(json!({"project": known.project}))).await.unwrap();
    known.binned = copy.project;
    projects::bin_project(app, of(json!({"project": known.binned}))).await.unwrap();
    samples::open_sample_deal(app, of(json!({"sample": "nimbus-and-pip"}))).await.unwrap();
    let copy = own_programs::copy_program(app, of(json!({"program": "ie-s481"}))).await.unwrap();
    let own = own_programs::save_own_program(app, of(json!({"text": copy.text}))).await.unwrap().own.own;
    known.draft = copy.text.replace("\"short_name\": \"", "\"short_name\": \"My ");
    let change = json!({"own": own, "version": 1, "text": known.draft});
    own_programs::save_own_program(app, of(change)).await.unwrap();
    known.own = own;
    if ["review_law_changes", "settle_law_change"].contains(&use_case) {
        hold(app).await;
    }
    if use_case.contains("job") {
        known.job = paused(app).await;
    }
    if ["rename_scenario", "delete_scenario", "list_scenarios"].contains(&use_case) {
        let save = json!({"deal": "d1", "scenario": "balanced", "name": "As the bank likes it"});
        known.scenario = scenarios::save_scenario(app, of(save)).await.unwrap().scenarios[0].scenario.clone();
    }
    if use_case == "restore_library" {
        known.backup = BASE64_STANDARD.encode(backups::archived(app).await.unwrap());
    }
    if use_case == "unlock_library" {
        library::lock_library(app, of(json!({}))).await.unwrap();
    }
}

/// A simulation that waited behind a longer one was paused; the longer one is gone.
async fn paused(app: &App) -> String {
    let simulation = |paths: u32| of(json!({"deal": "d1", "paths": paths, "seed": "7"}));
    let longer = jobs::start_simulation(app, simulation(900_000_000)).await.unwrap().job.job;
    let job = jobs::start_simulation(app, simulation(4_096)).await.unwrap().job.job;
    jobs::pause_job(app, of(json!({"job": job}))).await.unwrap();
    jobs::cancel_job(app, of(json!({"job": longer}))).await.unwrap();
    jobs::delete_job(app, of(json!({"job": longer}))).await.unwrap();
    job
}

/// The sample deal holds on to another text of the law than the library has.
async fn hold(app: &App) {
    let copied = json!({"program": "ca-qc-qpstc", "on": "2026-01-01"});
    let text = own_programs::copy_program(app, of(copied)).await.unwrap().text;
    let mut policy: Value = serde_json::from_str(&text).unwrap();
    policy["id"] = json!("ca-qc-qpstc");
    policy["notes"] = json!(["As it was read first."]);
    // A copy excludes the law it was copied from; a held text is that law.
    let of_itself = json!(["ca-qc-qpstc"]);
    policy["interactions"].as_array_mut().unwrap().retain(|one| one["with"] != of_itself);
    let held = json!({
        "deal": "d1", "revision": 4, "path": "programs", "before": null,
        "element": {"id": "ca-qc-qpstc:2024-05-31", "policy": policy},
    });
    deals::add_element(app, of(held)).await.unwrap();
}

/// An answer without what is random in it: identifiers count in the order in which they appear, and the
/// folder is nowhere in particular. A backup is encrypted afresh, so its checksum says nothing.
pub(crate) fn neutral(use_case: &str, known: &Known, mut answer: Value) -> Value {
    if use_case == "back_up_library"
        && let Some(fields) = answer.as_object_mut()
    {
        fields.remove("checksum");
    }
    let seen = Mutex::new(Vec::new());
    let folder = known.folder.path().display().to_string();
    rewritten(answer, &|text| {
        let text = text.replace(&folder, "the folder");
        // A key of several parts ends with its id.
        let (kind, id) = text.rsplit_once(':').unwrap_or(("", &text));
        if !id.split('-').map(str::len).eq([8, 4, 4, 4, 12]) {
            return text;
        }
        let kind = kind.to_owned();
        let mut seen = seen.lock().unwrap();
        let place = seen.iter().position(|known| *known == text).unwrap_or_else(|| {
            seen.push(text);
            seen.len() - 1
        });
        format!("{kind} id {place}")
    })
}

fn rewritten(value: Value, rewrite: &dyn Fn(String) -> String) -> Value {
    match value {
        Value::String(text) => Value::String(rewrite(text)),
        Value::Array(list) => list.into_iter().map(|value| rewritten(value, rewrite)).collect(),
        Value::Object(fields) => {
            fields.into_iter().map(|(name, value)| (name, rewritten(value, rewrite))).collect()
        }
        other => other,
    }
}

/// What a person would ask. A use case without one here has no parity test, so there is no default.
pub(crate) fn request(use_case: &str, known: &Known) -> Value {
    let Known { project, binned, revision, earlier, version, own, draft, backup, job, scenario, .. } = known;
    match use_case {
        "describe_product" | "list_samples" | "list_open_deals" | "view_library" | "lock_library"
        | "check_library" | "back_up_library" => json!({}),
        "create_library" => json!({"full_name": "A Producer", "organization": "Kite", "passphrase": WORDS}),
        "unlock_library" => json!({"passphrase": WORDS}),
        "rate_passphrase" => json!({"passphrase": "kite films 2026", "about": ["Kite Films"]}),
        "change_passphrase" => json!({"old": WORDS, "new": "nine violet tugboats hum"}),
        // Without a keychain, taking the key out of it changes nothing and needs none.
        "choose_keychain" => json!({"keep": false}),
        "change_profile" => json!({"version": 1, "full_name": "Another Producer", "email": "a@kite.example"}),
        "restore_library" => json!({"content": backup, "passphrase": WORDS}),
        "view_settings" => json!({}),
        "change_settings" => json!({
            "theme": "dark", "number_locale": "fr-CA", "auto_lock_minutes": 5,
            "rates": [{
                "base": "USD", "quote": "CAD", "rate": "1.38", "date": "2026-11-20", "source": "The bank",
            }],
            "terms": [{"term": "gap_loan.rate", "usual": "0.14"}],
        }),
        "list_projects" => json!({
            "search": "quest", "bin": false, "sort": "name", "descending": false, "page": 1,
        }),
        "start_project" => json!({"name": "Été à l’île", "currency": "EUR"}),
        "open_project" | "copy_project" | "export_project" | "bin_project" => json!({"project": project}),
        "rename_project" => {
            json!({"project": project, "version": 4, "name": "The Quest", "description": "For Berlin"})
        }
        "mark_step" => json!({"project": project, "step": 2}),
        "restore_project" | "purge_project" => json!({"project": binned}),
        "keep_deal" => json!({"deal": "d2", "name": "Nimbus"}),
        "list_revisions" => json!({"deal": "d1", "named_only": "true", "around": revision}),
        "compare_revisions" => json!({"deal": "d1", "to": revision}),
        "restore_revision" => json!({"deal": "d1", "revision": earlier}),
        "name_version" => json!({"deal": "d1", "revision": earlier, "name": "First draft"}),
        "unname_version" => json!({"deal": "d1", "version": version}),
        "open_sample_deal" => json!({"sample": "dragons-quest"}),
        "open_deal_file" => json!({"text": include_str!("../../../examples/dragons-quest.deal.json")}),
        "view_deal" | "write_deal_file" | "undo_edit" | "redo_edit" | "list_findings" | "view_incentives"
        | "weigh_lines" | "list_packs" | "close_deal" => {
            json!({"deal": "d1"})
        }
        "edit_deal" => json!({"deal": "d1", "revision": 4, "path": "name", "value": "Été à l’île"}),
        "edit_cells" => json!({"deal": "d1", "revision": 4, "cells": [
            {"path": "name", "value": "Été à l’île"},
            {"path": "instruments[gap].amount", "value": {"fixed": "USD 3900000.00"}},
        ]}),
        "add_element" => json!({
            "deal": "d1", "revision": 4, "path": "parties", "before": null,
            "element": {"id": "new-bank", "name": "New Bank", "role": "senior_lender"},
        }),
        "read_budget_sheet" => json!({"deal": "d1", "file": sheet(SHEET), "language": "fr"}),
        "import_budget" => json!({
            "deal": "d1", "revision": 4, "file": sheet(SHEET), "mode": "update_by_account", "contingency": true,
        }),
        "export_budget" => json!({"deal": "d1", "format": "xlsx", "language": "fr"}),
        "view_actuals" | "weigh_actuals" => json!({"deal": "d1"}),
        "read_receipts_sheet" => json!({"deal": "d1", "file": receipts(RECEIPTS), "language": "fr"}),
        "import_receipts" => json!({
            "deal": "d1", "revision": 4, "file": receipts(RECEIPTS), "sender": null, "reported": "2029-11-15",
            "received": "2029-11-30", "draft": true,
        }),
        "export_receipts" => json!({"deal": "d1", "format": "xlsx", "blank": true, "language": "fr"}),
        "weigh_answers" => json!({"deal": "d1", "claim": "ie-481"}),
        "weigh_place" => json!({"deal": "d1", "jurisdiction": "HR"}),
        "move_line" => json!({"deal": "d1", "revision": 4, "line": "voices", "jurisdiction": "HR"}),
        "survey_jurisdictions" | "weigh_combinations" => json!({"deal": "d1", "language": "fr"}),
        "view_incentives_over_time" => json!({"deal": "d1", "language": "fr"}),
        "review_law_changes" => json!({"deal": "d1", "language": "fr"}),
        "settle_law_change" => json!({
            "deal": "d1", "revision": 5, "program": "ca-qc-qpstc", "from": "2024-05-31", "decision": "keep",
        }),
        "weigh_cures" => {
            json!({"deal": "d1", "code": "CLOSING_SHORT", "path": "instruments", "language": "fr"})
        }
        "apply_cure" => {
            json!({"deal": "d1", "revision": 4, "code": "CLOSING_SHORT", "path": "instruments", "cure": 0})
        }
        "derive_recoupment" => json!({"deal": "d1"}),
        "view_revenue" => json!({"deal": "d1"}),
        "preview_release" => json!({"deal": "d1", "release": released("platform"), "language": "fr"}),
        "apply_release" => json!({"deal": "d1", "revision": 4, "release": released("platform")}),
        "add_distribution" => {
            json!({"deal": "d1", "revision": 4, "label": "Distribution, Italy", "territories": ["IT"]})
        }
        "view_flows" => json!({"deal": "d1", "keep": "6", "open": "net-profits"}),
        "view_statements" => json!({"deal": "d1", "party": "equity-fund"}),
        "export_statements" => json!({"deal": "d1", "party": null, "month": null, "language": "fr"}),
        "compare_recoupment" => json!({"deal": "d1", "without": [], "revision": null, "plan": {
            "sources": [{"id": "world", "enters": "all", "receives_others": true}],
            "tiers": [{"id": "all", "takes": {"kind": "share", "payee": "producer"}}],
        }}),
        "preview_plan" => json!({"deal": "d1", "operation": moved_gap(), "language": "fr"}),
        "reshape_plan" => json!({"deal": "d1", "revision": 4, "operation": moved_gap()}),
        "list_plan_templates" => json!({"deal": "d1", "language": "fr"}),
        "insert_plan_template" => json!({
            "deal": "d1", "revision": 4, "template": "residuals-reserve", "values": {"residuals": "0.03"},
            "to": {"at": "after", "tier": "cam-fee"}, "language": "fr",
        }),
        "read_film_plan" => json!({"deal": "d1", "from": {"deal": "d2"}, "tiers": [], "language": "fr"}),
        "copy_plan" => json!({
            "deal": "d1", "revision": 4, "from": {"deal": "d1"}, "tiers": ["cam-fee"], "values": {"cam": "cam"},
            "to": {"at": "before", "tier": "gap-loan"},
        }),
        "view_risk" => json!({"deal": "d1", "paths": 256}),
        "preview_risk" => {
            let cells = json!([{"path": "market.npv_rate", "value": "0.11"}]);
            json!({"deal": "d1", "paths": 256, "cells": cells})
        }
        "view_sensitivity" => json!({"deal": "d1", "output": "irr", "paths": 256}),
        "view_two_way" => json!({"deal": "d1", "one": DRIVERS[0], "other": DRIVERS[1], "output": "multiple"}),
        "replay_path" => json!({"deal": "d1", "path": 7}),
        "seek_goal" => {
            let cell = "market.npv_rate";
            json!({"deal": "d1", "cell": cell, "figure": "returns.equity-fund.npv", "target": "0"})
        }
        "generate_scenarios" => {
            let parts =
                json!([{"kind": "equity", "percent": "40"}, {"kind": "senior_debt", "percent": "60"}]);
            json!({"deal": "d1", "templates": ["balanced"], "allocations": [{"name": "Own", "parts": parts}]})
        }
        "evaluate_scenarios" => json!({"deal": "d1", "scenarios": ["deal", "balanced"], "paths": 2048}),
        "compare_scenarios" => json!({
            "deal": "d1", "scenarios": ["balanced", "equity_heavy"], "paths": 2048, "perspective": "lender",
        }),
        "view_trade_offs" => json!({
            "deal": "d1", "scenarios": ["balanced", "equity_heavy"], "paths": 2048,
            "objectives": [["equity_irr_base", "all_in_cost"]],
        }),
        "save_scenario" => json!({"deal": "d1", "scenario": "balanced", "name": "The bank's wish"}),
        "list_scenarios" => json!({"deal": "d1"}),
        "rename_scenario" => json!({"deal": "d1", "scenario": scenario, "name": "Another name"}),
        "delete_scenario" => json!({"deal": "d1", "scenario": scenario}),
        "weigh_levels" => json!({"deal": "d1", "gross": [{"minor": 3_000_000_000i64, "currency": "USD"}]}),
        "solve_closing" => json!({"deal": "d1", "unknown": "budget", "instrument": null}),
        "rebalance_stack" => json!({
            "deal": "d1", "instrument": "gap", "amount": {"minor": 300_000_000, "currency": "USD"}, "locked": ["svod-licence"],
        }),
        "view_figures" => json!({"deal": "d1", "under": "closing."}),
        "explain_figure" => json!({"deal": "d1", "address": "closing.difference"}),
        "export_pack" => json!({"deal": "d1", "formats": ["xlsx"]}),
        "search_programs" => json!({"words": "québec"}),
        "start_simulation" => json!({
            "deal": "d1", "paths": 5_000, "seed": "11", "party": null, "precision": "0.01", "limit_seconds": 30,
        }),
        "list_jobs" => json!({}),
        "view_job" | "view_job_result" | "cancel_job" | "pause_job" | "delete_job" => json!({"job": job}),
        "resume_job" => json!({"job": job, "limit_seconds": 60}),
        "list_own_programs" => json!({}),
        "save_own_program" => json!({"own": own, "version": 2, "text": draft.replace("My ", "Our ")}),
        "import_own_program" => json!({"text": draft.replace("own-ie-s481", "own-irish-credit")}),
        "read_own_program" => json!({"own": own, "version": "1"}),
        "restore_own_program" => json!({"own": own, "version": 1}),
        "delete_own_program" | "export_own_program" => json!({"own": own}),
        "copy_program" => json!({"program": "ca-federal-cptc", "on": "2026-01-01"}),
        "try_program" => json!({
            "text": draft, "deal": "d1", "inputs": {"eligible_expenditure": "1000000.50"},
        }),
        "claim_program" => json!({"deal": "d1", "revision": 4, "program": "own-ie-s481"}),
        "run_example" => json!({"program": "ca-federal-cptc", "example": "1"}),
        "run_inputs" => json!({
            "program": "ca-federal-cptc", "inputs": {"canadian_labour": "2100000", "total_cost": "6000000"},
        }),
        "show_program" => json!({"program": "ca-federal-cptc", "on": "2026-01-01"}),
        "compare_versions" => {
            json!({"program": "ca-qc-qpstc", "from": "2024-01-01", "to": "2026-01-01", "language": "fr"})
        }
        other => panic!("{other} needs a sample request in src-tauri/tests/parity/sample.rs"),
    }
}

pub(crate) fn released(template: &str) -> Value {
    json!({"template": template, "territories": ["US", "CA"], "base": {"minor": 7_500_000_000i64, "currency": "USD"},
        "keeps_typed": false})
}

pub(crate) fn moved_gap() -> Value {
    json!({"kind": "move", "tier": "gap-loan", "to": {"at": "after", "tier": "mezzanine-loan"}})
}
