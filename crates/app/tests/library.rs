//! What a person keeps is there again: after closing, after locking, after a restore; and every refusal
//! leaves it as it was.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on stops")]

use std::{path::Path, sync::Arc};

use recoup_app::{
    App, Cost, DownloadsFolder, ErrorCode, Ports, backups, deals, history, library, packs, projects, samples,
    wire::{DealView, LibraryState, LibraryView},
};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

const WORDS: &str = "walrus paints seven lanterns";

fn of<T: DeserializeOwned>(request: Value) -> T {
    serde_json::from_value(request).unwrap()
}

fn app(folder: &Path) -> App {
    let mut ports = Ports::at(&folder.join("data"));
    ports.files = Arc::new(DownloadsFolder::at(folder.join("downloads")));
    ports.vault = ports.vault.with_cost(Cost { memory_kib: 8 * 1024, passes: 1, lanes: 1 });
    App::open(ports)
}

async fn created(app: &App) -> LibraryView {
    let person = json!({"full_name": "A Producer", "organization": "Kite", "passphrase": WORDS});
    library::create_library(app, of(person)).await.unwrap()
}

async fn unlocked(app: &App) -> LibraryView {
    library::unlock_library(app, of(json!({"passphrase": WORDS}))).await.unwrap()
}

async fn sample(app: &App) -> DealView {
    samples::open_sample_deal(app, of(json!({"sample": "dragons-quest"}))).await.unwrap()
}

async fn renamed(app: &App, view: &DealView, name: &str) -> DealView {
    let edit = json!({"deal": view.deal, "revision": view.revision, "path": "name", "value": name});
    deals::edit_deal(app, of(edit)).await.unwrap()
}

async fn reopened(app: &App, project: &str) -> DealView {
    projects::open_project(app, of(json!({"project": project}))).await.unwrap()
}

#[tokio::test]
async fn a_kept_deal_brings_its_history_and_survives_the_program() {
    let folder = tempfile::tempdir().unwrap();
    let first = app(folder.path());
    let view = sample(&first).await;
    assert_eq!(view.project, None);
    let revisions = history::list_revisions(&first, of(json!({"deal": view.deal}))).await.unwrap().revisions;
    let name = json!({"deal": view.deal, "revision": revisions[0].revision, "name": "As it came"});
    history::name_version(&first, of(name)).await.unwrap();
    let view = renamed(&first, &view, "Typed before keeping").await;
    created(&first).await;
    let kept = projects::keep_deal(&first, of(json!({"deal": view.deal}))).await.unwrap();
    let project = kept.project.clone().unwrap();
    assert_eq!((kept.undo.as_deref(), kept.number), (Some("name"), 2));
    let revisions = history::list_revisions(&first, of(json!({"deal": kept.deal}))).await.unwrap().revisions;
    assert_eq!(revisions[1].names[0].name, "As it came");
    renamed(&first, &kept, "Typed after keeping").await;
    first.close().await;
    drop(first);

    let second = app(folder.path());
    let state = library::view_library(&second, of(json!({}))).await.unwrap();
    assert_eq!((state.state, state.by_passphrase), (LibraryState::Locked, true));
    let refused = projects::open_project(&second, of(json!({"project": project}))).await.unwrap_err();
    assert!(refused.is(ErrorCode::Locked));
    let refused = library::unlock_library(&second, of(json!({"passphrase": "walrus paints six lanterns"})));
    assert!(refused.await.unwrap_err().is(ErrorCode::WrongPassphrase));
    assert_eq!(unlocked(&second).await.profile.unwrap().full_name, "A Producer");
    let view = reopened(&second, &project).await;
    assert_eq!(view.name, "Typed after keeping");
    for expected in ["Typed before keeping", "Dragon's Quest"] {
        let view = deals::undo_edit(&second, of(json!({"deal": view.deal}))).await.unwrap();
        assert_eq!(view.name, expected);
    }
    let last = deals::undo_edit(&second, of(json!({"deal": view.deal}))).await.unwrap_err();
    assert!(last.is(ErrorCode::Conflict));
    let view = deals::redo_edit(&second, of(json!({"deal": view.deal}))).await.unwrap();
    assert_eq!((view.name.as_str(), view.redo.as_deref()), ("Typed before keeping", Some("name")));
    second.close().await;
}

#[tokio::test]
async fn two_edits_at_once_never_overwrite_each_other() {
    let folder = tempfile::tempdir().unwrap();
    let app = app(folder.path());
    let view = sample(&app).await;
    let edit = |name: &str| {
        let request = json!({"deal": view.deal, "revision": view.revision, "path": "name", "value": name});
        deals::edit_deal(&app, of(request))
    };
    let (left, right) = tokio::join!(edit("Left"), edit("Right"));
    assert!(left.is_ok() != right.is_ok());
    let refused = left.err().or(right.err()).unwrap();
    assert!(refused.is(ErrorCode::Conflict), "{refused:?}");
    app.close().await;
}

#[tokio::test]
async fn a_locked_library_takes_its_deals_off_the_desk_and_leaves_the_sample() {
    let folder = tempfile::tempdir().unwrap();
    let app = app(folder.path());
    created(&app).await;
    let own =
        projects::start_project(&app, of(json!({"name": "The Comet", "currency": "EUR"}))).await.unwrap();
    let lent = sample(&app).await;
    library::lock_library(&app, of(json!({}))).await.unwrap();
    let gone = deals::view_deal(&app, of(json!({"deal": own.deal}))).await.unwrap_err();
    assert!(gone.is(ErrorCode::Locked));
    let edit = json!({"deal": own.deal, "revision": own.revision, "path": "name", "value": "Too late"});
    let late = deals::edit_deal(&app, of(edit)).await.unwrap_err();
    assert!(late.is(ErrorCode::Locked) && late.message.contains("Unlock it"), "{late:?}");
    let never = deals::view_deal(&app, of(json!({"deal": "d9"}))).await.unwrap_err();
    assert!(never.is(ErrorCode::NotFound));
    renamed(&app, &lent, "Still here").await;
    unlocked(&app).await;
    assert_eq!(reopened(&app, &own.project.unwrap()).await.name, "The Comet");
    app.close().await;
}

async fn open_names(app: &App) -> Vec<(String, String)> {
    let open = deals::list_open_deals(app, of(json!({}))).await.unwrap().deals;
    open.into_iter().map(|one| (one.deal, one.name)).collect()
}

#[tokio::test]
async fn what_was_open_is_open_again_after_unlocking_and_after_the_program() {
    let folder = tempfile::tempdir().unwrap();
    let first = app(folder.path());
    created(&first).await;
    let mut views = Vec::new();
    for name in ["The Comet", "The Kite", "The Tide"] {
        let start = json!({"name": name, "currency": "EUR"});
        views.push(projects::start_project(&first, of(start)).await.unwrap());
    }
    let lent = sample(&first).await;
    deals::close_deal(&first, of(json!({"deal": views[1].deal}))).await.unwrap();
    let before = open_names(&first).await;
    library::lock_library(&first, of(json!({}))).await.unwrap();
    assert_eq!(open_names(&first).await, [(lent.deal.clone(), lent.name.clone())]);
    unlocked(&first).await;
    assert_eq!(open_names(&first).await, before, "each lies under the name it had");
    // What was typed meanwhile can be saved under that name.
    let edit = json!({"deal": views[2].deal, "revision": 1, "path": "name", "value": "The Ebb"});
    assert_eq!(deals::edit_deal(&first, of(edit)).await.unwrap().name, "The Ebb");
    first.close().await;
    drop(first);

    let second = app(folder.path());
    unlocked(&second).await;
    let names: Vec<_> = open_names(&second).await.into_iter().map(|(_, name)| name).collect();
    assert_eq!(names, ["The Comet", "The Ebb"]);
    projects::bin_project(&second, of(json!({"project": views[0].project}))).await.unwrap();
    library::lock_library(&second, of(json!({}))).await.unwrap();
    unlocked(&second).await;
    assert_eq!(open_names(&second).await.len(), 1);
    second.close().await;
}

#[tokio::test]
async fn keeping_a_deal_takes_its_undone_revisions_and_its_packs_along() {
    let folder = tempfile::tempdir().unwrap();
    let app = app(folder.path());
    created(&app).await;
    let view = sample(&app).await;
    let view = renamed(&app, &view, "Sent out").await;
    let pack = json!({"deal": view.deal, "formats": ["xlsx"], "reader": "equity"});
    packs::export_pack(&app, of(pack)).await.unwrap();
    renamed(&app, &view, "Undone").await;
    let before = deals::undo_edit(&app, of(json!({"deal": view.deal}))).await.unwrap();
    let issued = packs::list_packs(&app, of(json!({"deal": view.deal}))).await.unwrap().packs;

    let kept = projects::keep_deal(&app, of(json!({"deal": view.deal}))).await.unwrap();
    assert_eq!(
        (kept.revision, kept.number, &kept.undo, &kept.redo),
        (before.revision, before.number, &before.undo, &before.redo)
    );
    let listed = packs::list_packs(&app, of(json!({"deal": kept.deal}))).await.unwrap().packs;
    assert_eq!((listed.len(), &listed[0].checksum, listed[0].number), (1, &issued[0].checksum, 2));
    assert_eq!(listed[0].author, "A Producer");
    // The revision the pack was made from is the one it is compared with.
    let compare = json!({"deal": kept.deal, "from": listed[0].revision, "to": listed[0].revision});
    assert!(history::compare_revisions(&app, of(compare)).await.unwrap().changes.is_empty());
    // The present state is what it is compared with where nothing else is said.
    let again = deals::redo_edit(&app, of(json!({"deal": kept.deal}))).await.unwrap();
    let compare = json!({"deal": kept.deal, "from": listed[0].revision, "to": null});
    let compared = history::compare_revisions(&app, of(compare)).await.unwrap();
    assert_eq!((compared.from, compared.to, compared.changes[0].path.as_str()), (Some(2), 3, "name"));
    assert_eq!(again.name, "Undone");
    let check = backups::check_library(&app, of(json!({}))).await.unwrap();
    assert!(check.problems.is_empty());
    app.close().await;
}

#[tokio::test]
async fn a_history_is_narrowed_to_its_names_and_opened_around_a_revision() {
    let folder = tempfile::tempdir().unwrap();
    let app = app(folder.path());
    let view = sample(&app).await;
    let view = renamed(&app, &view, "Second").await;
    renamed(&app, &view, "Third").await;
    let asked = |more: Value| {
        let mut request = json!({"deal": view.deal});
        request.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        history::list_revisions(&app, of(request))
    };
    let all = asked(json!({})).await.unwrap();
    let second = all.revisions[1].revision.clone();
    let name = json!({"deal": view.deal, "revision": second, "name": "Berlin"});
    history::name_version(&app, of(name)).await.unwrap();
    let named = asked(json!({"named_only": "true"})).await.unwrap();
    assert_eq!((named.total, named.all, named.revisions[0].number), (1, 3, 2));
    let around = asked(json!({"around": second})).await.unwrap();
    assert_eq!((around.page, around.total), (1, 3));
    assert!(asked(json!({"named_only": "perhaps"})).await.unwrap_err().is(ErrorCode::InvalidRequest));
    assert!(asked(json!({"around": "nobody"})).await.unwrap_err().is(ErrorCode::NotFound));
    app.close().await;
}

#[tokio::test]
async fn a_second_program_is_told_that_the_database_is_open_elsewhere() {
    let folder = tempfile::tempdir().unwrap();
    let first = app(folder.path());
    created(&first).await;
    let second = app(folder.path());
    let refused = library::unlock_library(&second, of(json!({"passphrase": WORDS}))).await.unwrap_err();
    assert!(refused.is(ErrorCode::DatabaseBusy), "{refused:?}");
    let again = library::create_library(&second, of(json!({"full_name": "B", "passphrase": WORDS})));
    assert!(again.await.unwrap_err().is(ErrorCode::DatabaseExists));
    first.close().await;
    second.close().await;
}

#[tokio::test]
async fn a_backup_brings_back_what_was_purged_and_keeps_what_it_replaces() {
    let folder = tempfile::tempdir().unwrap();
    let app = app(folder.path());
    created(&app).await;
    let view =
        projects::start_project(&app, of(json!({"name": "The Comet", "currency": "EUR"}))).await.unwrap();
    let project = view.project.unwrap();
    let backup = backups::back_up_library(&app, of(json!({}))).await.unwrap();
    projects::bin_project(&app, of(json!({"project": project}))).await.unwrap();
    projects::purge_project(&app, of(json!({"project": project}))).await.unwrap();
    let changed = json!({"old": WORDS, "new": "nine violet tugboats hum"});
    library::change_passphrase(&app, of(changed)).await.unwrap();

    let content = std::fs::read(&backup.place).unwrap();
    let wrong = backups::restore_from(&app, &content, "nine violet tugboats hum".to_owned()).await;
    assert!(wrong.unwrap_err().is(ErrorCode::WrongPassphrase));
    let foreign = backups::restore_from(&app, b"no archive", WORDS.to_owned()).await;
    assert!(foreign.unwrap_err().is(ErrorCode::NotADatabase));
    let state = library::view_library(&app, of(json!({}))).await.unwrap();
    assert_eq!(state.state, LibraryState::Open);

    let restored = backups::restore_from(&app, &content, WORDS.to_owned()).await.unwrap();
    assert!(Path::new(&restored.replaced.unwrap()).exists());
    assert_eq!(reopened(&app, &project).await.name, "The Comet");
    let check = backups::check_library(&app, of(json!({}))).await.unwrap();
    assert_eq!((check.projects, check.problems), (1, Vec::new()));
    // The passphrase of the backup is the passphrase again, also for the next start.
    library::lock_library(&app, of(json!({}))).await.unwrap();
    unlocked(&app).await;
    app.close().await;
}

#[tokio::test]
async fn a_comparison_says_which_cell_changed_and_who_lost_by_it() {
    let folder = tempfile::tempdir().unwrap();
    let app = app(folder.path());
    let view = sample(&app).await;
    let line = &view.document["budget"]["lines"][0];
    let path = format!("budget.lines[{}].amount", line["id"].as_str().unwrap());
    let edit = json!({"deal": view.deal, "revision": view.revision, "path": path, "value": "USD 9000000.00"});
    let view = deals::edit_deal(&app, of(edit)).await.unwrap();
    let revisions = history::list_revisions(&app, of(json!({"deal": view.deal}))).await.unwrap().revisions;
    assert_eq!(revisions.iter().map(|revision| revision.number).collect::<Vec<_>>(), [2, 1]);
    let asked = json!({"deal": view.deal, "to": revisions[0].revision});
    let found = history::compare_revisions(&app, of(asked)).await.unwrap();
    assert_eq!(found.changes.len(), 1);
    assert_eq!(found.changes[0].path, path);
    let uses = found.figures.iter().find(|figure| figure.address == "closing.uses_cash").unwrap();
    assert!(uses.before != uses.after && uses.difference.is_some());
    let restore = json!({"deal": view.deal, "revision": revisions[1].revision});
    let back = history::restore_revision(&app, of(restore)).await.unwrap();
    assert_eq!(back.number, 3);
    assert_eq!(back.document["budget"]["lines"][0], *line);
    app.close().await;
}

#[tokio::test]
async fn names_in_use_get_a_number_and_the_bin_gives_back() {
    let folder = tempfile::tempdir().unwrap();
    let app = app(folder.path());
    created(&app).await;
    let mut made = Vec::new();
    for _ in 0..2 {
        let view = projects::start_project(&app, of(json!({"name": "The Comet", "currency": "EUR"})));
        made.push(view.await.unwrap().project.unwrap());
    }
    let asked =
        |bin: bool| json!({"search": "comet", "bin": bin, "sort": "name", "descending": false, "page": 1});
    let listed = projects::list_projects(&app, of(asked(false))).await.unwrap();
    let names: Vec<&str> = listed.projects.iter().map(|project| project.name.as_str()).collect();
    assert_eq!(names, ["The Comet", "The Comet (2)"]);
    projects::bin_project(&app, of(json!({"project": made[0]}))).await.unwrap();
    let rename = json!({"project": made[1], "version": 1, "name": "The Comet", "description": ""});
    projects::rename_project(&app, of(rename)).await.unwrap();
    let back = projects::restore_project(&app, of(json!({"project": made[0]}))).await.unwrap();
    assert_eq!(back.name, "The Comet (2)");
    let bin = projects::list_projects(&app, of(asked(true))).await.unwrap();
    assert_eq!((bin.total, bin.kept, bin.binned), (0, 2, 0));
    assert_eq!((bin.bin_days, bin.currencies), (30, vec!["EUR".to_owned()]));
    app.close().await;
}

#[tokio::test]
async fn the_list_is_narrowed_to_a_form_a_budget_and_a_place() {
    let folder = tempfile::tempdir().unwrap();
    let app = app(folder.path());
    created(&app).await;
    for sample in ["nimbus-and-pip", "tin-orchard"] {
        let opened = samples::open_sample_deal(&app, of(json!({"sample": sample}))).await.unwrap();
        projects::keep_deal(&app, of(json!({"deal": opened.deal}))).await.unwrap();
    }
    let found = async |narrow: Value| {
        let mut asked = json!({"search": "", "bin": false, "sort": "name", "descending": false, "page": 1});
        asked.as_object_mut().unwrap().extend(narrow.as_object().unwrap().clone());
        let list = projects::list_projects(&app, of(asked)).await.unwrap();
        list.projects.into_iter().map(|project| project.title).collect::<Vec<_>>()
    };
    assert_eq!(found(json!({})).await, ["Nimbus & Pip", "The Tin Orchard"]);
    assert_eq!(found(json!({"project_type": "series"})).await, ["Nimbus & Pip"]);
    assert_eq!(found(json!({"budget_from": 12_000_000, "budget_below": 15_000_000})).await, ["Nimbus & Pip"]);
    assert_eq!(found(json!({"jurisdiction": "CA"})).await, ["Nimbus & Pip"]);
    assert_eq!(found(json!({"jurisdiction": "GB"})).await, ["The Tin Orchard"]);
    assert!(found(json!({"technique": "real_time"})).await.is_empty());
    app.close().await;
}
