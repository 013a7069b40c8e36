//! Every database a program of an earlier schema may have left opens with the present one, and nothing in it is lost.
//!
//! `golden/databases/<migration>.db` is one such file for each state of the schema, made by
//! `crates/store/tests/fixtures.rs` under a throw-away key and never written again.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on stops")]

use std::path::{Path, PathBuf};

use recoup_deal::read_deal_value;
use recoup_store::{JobStatus, Key, Project, ProjectQuery, Store, StoreError, schema_version};
use serde_json::json;

const KEY: [u8; 32] = *b"a key that keeps nothing secret.";
const AUTHOR: &str = "A Producer";
/// From this schema on a job holds what it runs on.
const JOBS_GO_ON: i64 = 20_261_123_173_000;

fn key() -> Key {
    Key::from_bytes(KEY)
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The states the schema has been in: one for each migration.
fn states() -> Vec<i64> {
    let mut found: Vec<i64> = std::fs::read_dir(root().join("../migrations"))
        .unwrap()
        .filter_map(|entry| {
            let name = entry.unwrap().file_name().into_string().unwrap();
            name.strip_suffix(".sql")?.split('_').next()?.parse().ok()
        })
        .collect();
    found.sort_unstable();
    found
}

/// A copy to work on: what is kept in the repository stays as it is.
fn copied(state: i64, folder: &Path) -> PathBuf {
    let fixture = root().join(format!("golden/databases/{state}.db"));
    assert!(
        fixture.is_file(),
        "there is no database of schema {state}; \
         `cargo test --workspace --test fixtures -- --ignored` writes the missing ones"
    );
    let path = folder.join("recoup.db");
    std::fs::copy(fixture, &path).unwrap();
    path
}

async fn projects(store: &Store, in_bin: bool) -> Vec<Project> {
    let user = store.users().await.unwrap().remove(0);
    let query = ProjectQuery { in_bin, ..ProjectQuery::all_of(user.id) };
    store.list_projects(&query).await.unwrap().items
}

async fn whole(store: &Store) {
    let check = store.integrity_check().await.unwrap();
    assert_eq!(check.problems, Vec::<String>::new());
    assert_eq!(check.projects, 2);
}

#[tokio::test]
async fn a_database_of_every_schema_is_migrated_read_edited_undone_and_reopened() {
    let states = states();
    assert_eq!(states.last(), Some(&schema_version()), "the program knows the newest migration");
    for state in states {
        let folder = tempfile::tempdir().unwrap();
        let path = copied(state, folder.path());
        let store = Store::open(&path, key()).await.unwrap();
        whole(&store).await;
        let before = copies(folder.path());
        assert_eq!(before.len(), usize::from(state < schema_version()), "a copy before {state} is migrated");
        let edited = worked_on(&store).await;
        jobs_go_on(&store, state).await;
        store.close().await;

        let again = Store::open(&path, key()).await.unwrap();
        whole(&again).await;
        let project = projects(&again, false).await.remove(0);
        assert_eq!(again.open_deal(&project.id).await.unwrap().document, edited);
        again.close().await;
        for copy in before {
            let store = Store::open(&copy, key()).await.unwrap();
            whole(&store).await;
            store.close().await;
        }
    }
}

/// Reads what is there, edits, undoes, redoes; returns the deal as it stands at the end.
async fn worked_on(store: &Store) -> serde_json::Value {
    let project = projects(store, false).await.remove(0);
    assert_eq!((project.name.as_str(), project.title.is_empty()), ("The Comet", false));
    let opened = store.open_deal(&project.id).await.unwrap();
    assert_eq!(read_deal_value(opened.document.clone()).unwrap().name, "The Comet");
    assert_eq!(opened.document["budget"]["lines"][0]["amount"], "USD 1300000.00");
    assert!(opened.can_undo, "the history is there");
    let (mut at, mut steps) = (opened.version, 0);
    while let Some(earlier) = store.undo(&project.id, at, AUTHOR).await.unwrap() {
        (at, steps) = (earlier.version, steps + 1);
    }
    assert_eq!(steps, 2, "back to the first draft");
    while let Some(later) = store.redo(&project.id, at, AUTHOR).await.unwrap() {
        (at, steps) = (later.version, steps + 1);
    }
    assert_eq!(steps, 5, "and forward to the last");
    let last = store.open_deal(&project.id).await.unwrap().document;
    assert_eq!(last["budget"]["lines"][0]["amount"], "USD 1350000.00");

    let mut document = last.clone();
    document["name"] = json!("The Comet, again");
    let saved = store.save_deal(&project.id, at, &document, AUTHOR, "Renamed").await.unwrap();
    let undone = store.undo(&project.id, saved.version, AUTHOR).await.unwrap().unwrap();
    assert_eq!(undone.document, last);
    let redone = store.redo(&project.id, undone.version, AUTHOR).await.unwrap().unwrap();
    assert_eq!(redone.document, document);
    store.name_version(&redone.revision.id, "After the upgrade", AUTHOR).await.unwrap();

    versions_of_own_programs(store).await;
    let binned = projects(store, true).await.remove(0);
    store.restore_project(&binned.id, None, AUTHOR).await.unwrap();
    assert_eq!(store.open_deal(&binned.id).await.unwrap().document["name"], "The Other Comet");
    store.bin_project(&binned.id, AUTHOR).await.unwrap();
    document
}

/// A program of one's own is its first version, whatever schema it was added under, and goes on from there.
async fn versions_of_own_programs(store: &Store) {
    let user = store.users().await.unwrap().remove(0);
    let own = store.list_custom_policies(&user.id).await.unwrap().remove(0);
    assert_eq!((own.name.as_str(), own.version), ("A regional fund", 1));
    let versions = store.list_custom_policy_versions(&own.id).await.unwrap();
    assert_eq!(versions.len(), 1);
    assert_eq!((versions[0].version, versions[0].author.as_str()), (1, AUTHOR));
    assert_eq!(store.custom_policy_version(&own.id, 1).await.unwrap(), own.policy);
    let policy = json!({ "program": "xx-regional", "rate": "0.25" });
    store.update_custom_policy(&own.id, 1, &own.name, &policy, AUTHOR).await.unwrap();
    assert_eq!(store.list_custom_policy_versions(&own.id).await.unwrap().len(), 2);
    assert_eq!(store.custom_policy_version(&own.id, 1).await.unwrap(), own.policy);
}

/// What was under way waits again with the state it had kept; programs before that kept nothing to go on from.
async fn jobs_go_on(store: &Store, state: i64) {
    let user = store.users().await.unwrap().remove(0);
    let jobs = store.list_jobs(&user.id, 10).await.unwrap();
    if state < JOBS_GO_ON {
        assert_eq!(jobs.len(), 1);
        assert_eq!((jobs[0].status, jobs[0].error.as_deref()), (JobStatus::Failed, Some("interrupted")));
        assert!(!jobs[0].has_input, "nothing would take it up");
        return;
    }
    assert_eq!(jobs.iter().map(|job| job.status).collect::<Vec<_>>(), [JobStatus::Pending; 2]);
    assert_eq!((jobs[0].current_step, jobs[0].progress, jobs[0].elapsed_ms), (250_000, 25, 1_500));
    let kept = store.checkpoint(&jobs[0].id).await.unwrap().unwrap();
    assert_eq!(kept.state, (0..=255).cycle().take(270_000).collect::<Vec<u8>>());
    assert!(store.checkpoint(&jobs[1].id).await.unwrap().is_none());
    assert!(jobs[1].has_input && !jobs[1].has_checkpoint);
}

/// What the store copied beside the file before it changed its schema.
fn copies(folder: &Path) -> Vec<PathBuf> {
    std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.to_string_lossy().contains("-before-"))
        .collect()
}

#[tokio::test]
async fn a_fixture_does_not_open_under_another_key() {
    let folder = tempfile::tempdir().unwrap();
    for state in states() {
        let path = copied(state, folder.path());
        let refused = Store::open(&path, Key::from_bytes([1; 32])).await.unwrap_err();
        assert_eq!(refused, StoreError::WrongKey { path });
    }
}
