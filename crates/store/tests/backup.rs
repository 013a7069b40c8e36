//! Copies: by hand, before an upgrade, back again, under another key, and out in the open.
#![allow(clippy::unwrap_used, reason = "a test stops where it cannot go on")]

mod support;

use recoup_store::{Key, Store, StoreError};
use sqlx::Connection as _;
use sqlx::migrate::Migrator;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use support::{deal, key, on_disk};

static ALL: Migrator = sqlx::migrate!("../../migrations");

#[tokio::test]
async fn a_backup_brings_back_the_state_it_was_made_in() {
    let folder = tempfile::tempdir().unwrap();
    let (path, copy) = (folder.path().join("deals.db"), folder.path().join("copy.db"));
    let (store, _, project) = on_disk(&path).await;
    store.save_deal(&project.id, 1, &deal("The Comet", 1), "P", "kept").await.unwrap();
    store.backup_to(&copy).await.unwrap();
    assert!(matches!(store.backup_to(&copy).await, Err(StoreError::Unavailable { .. })), "never overwrites");
    assert!(!std::fs::read(&copy).unwrap().starts_with(b"SQLite format 3"));
    store.save_deal(&project.id, 2, &deal("The Comet", 2), "P", "lost by restoring").await.unwrap();
    let locked = Store::restore_from(&path, key(), &copy).await.unwrap_err();
    assert_eq!(locked, StoreError::Locked { path: path.clone() });
    store.close().await;
    let wrong = Store::restore_from(&path, Key::from_bytes([9; 32]), &copy).await.unwrap_err();
    assert_eq!(wrong, StoreError::WrongKey { path: copy.clone() });

    let (store, replaced) = Store::restore_from(&path, key(), &copy).await.unwrap();
    assert_eq!(store.open_deal(&project.id).await.unwrap().document, deal("The Comet", 1));
    store.close().await;
    let replaced = Store::open(replaced.unwrap(), key()).await.unwrap();
    assert_eq!(replaced.open_deal(&project.id).await.unwrap().document, deal("The Comet", 2));
    replaced.close().await;
}

#[tokio::test]
async fn another_key_opens_the_same_deals_and_the_old_one_no_longer() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("deals.db");
    let (store, _, project) = on_disk(&path).await;
    let new = Key::from_bytes([42; 32]);
    let store = store.rekey(new.clone()).await.unwrap();
    assert_eq!(store.open_deal(&project.id).await.unwrap().document, deal("The Comet", 0));
    store.close().await;
    assert!(matches!(Store::open(&path, key()).await, Err(StoreError::WrongKey { .. })));
    let store = Store::open(&path, new).await.unwrap();
    assert_eq!(store.integrity_check().await.unwrap().problems, Vec::<String>::new());
    store.close().await;
}

#[tokio::test]
async fn an_export_is_readable_by_anybody() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::in_memory().await.unwrap();
    let user = support::user(&store).await;
    support::project(&store, &user, "The Comet").await;
    support::project(&store, &user, "The Comet!").await;
    let files = store.export_deals(&user.id, &folder.path().join("out")).await.unwrap();
    assert_eq!(files.len(), 2);
    let names: Vec<_> = files.iter().map(|file| file.file_name().unwrap().to_str().unwrap()).collect();
    assert!(names.contains(&"the-comet.deal.json") && names.contains(&"the-comet-2.deal.json"));
    for file in &files {
        let value: serde_json::Value = serde_json::from_slice(&std::fs::read(file).unwrap()).unwrap();
        assert_eq!(value["schema"], "recoup-deal/1");
    }
}

/// A database as each earlier program left it: made by a prefix of the migrations, with rows in it.
#[tokio::test]
async fn every_older_schema_is_copied_and_upgraded_with_its_rows() {
    let steps = ALL.iter().count();
    assert!(steps >= 2);
    for prefix in 1..steps {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("deals.db");
        let options = SqliteConnectOptions::new()
            .filename(&path)
            .create_if_missing(true)
            .pragma("key", format!("\"x'{}'\"", "07".repeat(32)));
        let mut connection = SqliteConnection::connect_with(&options).await.unwrap();
        let older = Migrator::with_migrations(ALL.iter().take(prefix).cloned().collect());
        older.run(&mut connection).await.unwrap();
        sqlx::query(
            "INSERT INTO users (id, full_name, created_at, updated_at)
             VALUES ('u1', 'Producer', '2026-11-22T00:00:00.000Z', '2026-11-22T00:00:00.000Z')",
        )
        .execute(&mut connection)
        .await
        .unwrap();
        connection.close().await.unwrap();

        let store = Store::open(&path, key()).await.unwrap();
        assert_eq!(store.user(&"u1".into()).await.unwrap().full_name, "Producer");
        assert_eq!(store.integrity_check().await.unwrap().problems, Vec::<String>::new());
        let user = store.user(&"u1".into()).await.unwrap();
        let project = support::project(&store, &user, "The Comet").await;
        let revision = store.open_deal(&project.id).await.unwrap().revision.id;
        store.name_version(&revision, "First", "P").await.unwrap();
        store.close().await;

        let copies: Vec<_> = std::fs::read_dir(folder.path())
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .filter(|path| path.to_str().unwrap().contains("-before-"))
            .collect();
        assert_eq!(copies.len(), 1, "one copy before the upgrade");
        let mut copy = SqliteConnection::connect_with(&options.clone().filename(&copies[0])).await.unwrap();
        let applied: i64 =
            sqlx::query_scalar("SELECT count(*) FROM _sqlx_migrations").fetch_one(&mut copy).await.unwrap();
        assert_eq!(applied, i64::try_from(prefix).unwrap());
        Store::open(&path, key()).await.unwrap().close().await;
    }
}
