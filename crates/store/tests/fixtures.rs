//! Databases as programs of each schema left them, kept in `tests/golden/databases/<migration>.db`.
//!
//! `tests/migrations.rs` opens each with the present program. After adding a migration, make the one it asks for:
//! `cargo test --workspace --test fixtures -- --ignored`. A file that is there is never written again: what a released
//! program left behind does not change.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test stops where it cannot go on")]

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use recoup_store::{
    Checkpoint, JobProgress, Key, NewJob, NewPack, NewProject, NewScenario, Options, PolicyEdition, Profile,
    ProjectId, RevisionId, ScenarioOrigin, Store, StructureDraft, User,
};
use serde_json::{Value, json};
use sqlx::Connection as _;
use sqlx::migrate::Migrator;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};

static ALL: Migrator = sqlx::migrate!("../../migrations");

/// The throw-away key of every fixture, the one `tests/migrations.rs` opens them with.
const KEY: [u8; 32] = *b"a key that keeps nothing secret.";
const AUTHOR: &str = "A Producer";

#[tokio::test]
#[ignore = "writes tests/golden/databases; run it by hand after adding a migration"]
async fn the_fixtures_that_are_missing_are_written() {
    let kept = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/golden/databases");
    std::fs::create_dir_all(&kept).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let newest = folder.path().join("newest.db");
    fill(&newest).await;
    for (at, migration) in ALL.iter().enumerate() {
        let fixture = kept.join(format!("{}.db", migration.version));
        if fixture.exists() {
            continue;
        }
        let older = folder.path().join(format!("{}.db", migration.version));
        as_of(at + 1, &newest, &older).await;
        std::fs::copy(&older, &fixture).unwrap();
    }
}

/// The same rows under the schema of the first `count` migrations.
async fn as_of(count: usize, newest: &Path, older: &Path) {
    let hex: String = KEY.iter().map(|byte| format!("{byte:02x}")).collect();
    let options = SqliteConnectOptions::new()
        .filename(older)
        .create_if_missing(true)
        .pragma("key", format!("\"x'{hex}'\""))
        .foreign_keys(false);
    let mut connection = SqliteConnection::connect_with(&options).await.unwrap();
    Migrator::with_migrations(ALL.iter().take(count).cloned().collect()).run(&mut connection).await.unwrap();
    run(&mut connection, format!("ATTACH DATABASE '{}' AS newest KEY \"x'{hex}'\"", newest.display())).await;
    let tables: Vec<String> = sqlx::query_scalar(
        "SELECT name FROM main.sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite~_%' ESCAPE '~'
            AND name <> '_sqlx_migrations'",
    )
    .fetch_all(&mut connection)
    .await
    .unwrap();
    for table in tables {
        let columns: Vec<String> = sqlx::query_scalar("SELECT name FROM pragma_table_info($1)")
            .bind(&table)
            .fetch_all(&mut connection)
            .await
            .unwrap();
        let columns = columns.join(", ");
        let copy = format!("INSERT INTO main.{table} ({columns}) SELECT {columns} FROM newest.{table}");
        run(&mut connection, copy).await;
    }
    run(&mut connection, "DETACH DATABASE newest".to_owned()).await;
    connection.close().await.unwrap();
}

async fn run(connection: &mut SqliteConnection, statement: String) {
    sqlx::query(sqlx::AssertSqlSafe(statement)).execute(connection).await.unwrap();
}

/// Something in every corner: a deal with a history that was undone once, one in the bin, and what hangs on them.
async fn fill(path: &Path) {
    let seconds = AtomicI64::new(1_795_392_000);
    let clock = move || jiff::Timestamp::from_second(seconds.fetch_add(1, Ordering::Relaxed)).unwrap();
    let options = Options { clock: Arc::new(clock), ..Options::default() };
    let store = Store::open_with(path, Key::from_bytes(KEY), options).await.unwrap();
    let profile = Profile {
        full_name: AUTHOR.to_owned(),
        email: Some("producer@example.com".to_owned()),
        organization: Some("Kite Films".to_owned()),
    };
    let user = store.create_user(&profile).await.unwrap();
    let project = made(&store, &user, "The Comet").await;
    let mut version = 1;
    for (step, amount) in ["USD 1250000.00", "USD 1300000.00", "USD 1350000.00"].iter().enumerate() {
        let mut document = deal("The Comet");
        document["budget"]["lines"][0]["amount"] = json!(amount);
        let summary = format!("Step {step}");
        version = store.save_deal(&project, version, &document, AUTHOR, &summary).await.unwrap().version;
    }
    let undone = store.undo(&project, version, AUTHOR).await.unwrap().unwrap();
    hang_on(&store, &user, &project, &undone.revision.id).await;
    let binned = made(&store, &user, "The Other Comet").await;
    store.bin_project(&binned, AUTHOR).await.unwrap();
    store.set_setting(Some(&user.id), "theme", Some(&json!("dark")), AUTHOR).await.unwrap();
    assert_eq!(store.integrity_check().await.unwrap().problems, Vec::<String>::new());
    store.close().await;
}

async fn hang_on(store: &Store, user: &User, project: &ProjectId, revision: &RevisionId) {
    let document = deal("The Comet without a loan");
    let scenario = NewScenario {
        revision,
        name: "Without a loan",
        origin: &ScenarioOrigin::Custom,
        document: &document,
        capital_stack: &json!({ "equity": "USD 500000.00" }),
    };
    store.create_scenario(&scenario, AUTHOR).await.unwrap();
    let draft = StructureDraft { name: "House order", structure: &json!({ "tiers": [] }), is_default: true };
    store.create_waterfall_structure(project, &draft, AUTHOR).await.unwrap();
    jobs(store, user, project).await;
    let policy = json!({ "program": "xx-regional", "rate": "0.20" });
    store.create_custom_policy(&user.id, "A regional fund", &policy, AUTHOR).await.unwrap();
    let edition = PolicyEdition::of("xx-regional", "2026-01-01", policy);
    store.note_project_editions(project, &[edition]).await.unwrap();
    store.name_version(revision, "Sent to the lender", AUTHOR).await.unwrap();
    let sha256 = "0b".repeat(32);
    let pack = NewPack {
        revision,
        reader: "full",
        format: "pdf",
        file_name: "the-comet.pdf",
        size_bytes: 109_000,
        sha256: &sha256,
        author: AUTHOR,
    };
    store.register_pack(&pack).await.unwrap();
}

/// One job is under way and has kept a state, one waits.
async fn jobs(store: &Store, user: &User, project: &ProjectId) {
    for (input_hash, paths) in [("0a", 1_000_000), ("0c", 2_000_000)] {
        let (request, input) = (json!({ "paths": paths }), json!({ "deal": deal("The Comet") }));
        let new = NewJob {
            user: &user.id,
            project: Some(project),
            job_type: "monte_carlo",
            input_hash: &input_hash.repeat(32),
            kernel: "1",
            request: &request,
            input: &input,
            total_steps: Some(paths),
            limit_ms: 600_000,
        };
        store.enqueue_job(&new).await.unwrap();
    }
    let taken = store.take_job().await.unwrap().unwrap();
    let progress = JobProgress { current_step: 250_000, total_steps: Some(1_000_000), elapsed_ms: 1_500 };
    let checkpoint = Checkpoint { kernel: "1".to_owned(), state: (0..=255).cycle().take(270_000).collect() };
    store.save_checkpoint(&taken.id, &progress, &checkpoint).await.unwrap();
}

async fn made(store: &Store, user: &User, name: &str) -> ProjectId {
    let document = deal(name);
    let new = NewProject {
        user: &user.id,
        name,
        description: "A film for a fixture",
        document: &document,
        author: AUTHOR,
        summary: "First draft",
    };
    store.create_project(&new).await.unwrap().id
}

fn deal(name: &str) -> Value {
    let path: PathBuf = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../engines/deal/tests/tidy.deal.json");
    let mut document: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    document["name"] = json!(name);
    document
}
