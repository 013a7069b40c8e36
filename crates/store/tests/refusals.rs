//! Files that cannot be opened, writes that cannot be made: each a typed answer, nothing lost.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test stops where it cannot go on")]

mod support;

use std::path::Path;

use recoup_store::{Key, Options, Store, StoreError};
use serde_json::json;
use sqlx::Connection as _;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use support::{deal, key, on_disk};

/// The file as another program with the right key would see it.
async fn raw(path: &Path) -> SqliteConnection {
    let options = SqliteConnectOptions::new()
        .filename(path)
        .create_if_missing(true)
        .pragma("key", format!("\"x'{}'\"", "07".repeat(32)));
    SqliteConnection::connect_with(&options).await.unwrap()
}

#[tokio::test]
async fn nothing_readable_is_on_the_disk() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("deals.db");
    let (store, _, project) = on_disk(&path).await;
    store.save_deal(&project.id, 1, &deal("MARKER-7391", 1), "MARKER-7391", "MARKER-7391").await.unwrap();
    let mut looked_at = 0;
    for entry in std::fs::read_dir(folder.path()).unwrap() {
        let file = entry.unwrap().path();
        let bytes = std::fs::read(&file).unwrap();
        for secret in [&b"MARKER-7391"[..], b"The Comet", b"CREATE TABLE", b"SQLite format"] {
            assert!(!bytes.windows(secret.len()).any(|window| window == secret), "{}", file.display());
        }
        looked_at += usize::from(bytes.len() > 4096);
    }
    assert!(looked_at >= 2, "database and log");
    store.close().await;
}

#[tokio::test]
async fn a_wrong_key_is_told_from_a_foreign_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("deals.db");
    let (store, ..) = on_disk(&path).await;
    store.close().await;
    let before = std::fs::read(&path).unwrap();
    let wrong = Store::open(&path, Key::from_bytes([8; 32])).await.unwrap_err();
    assert_eq!(wrong, StoreError::WrongKey { path: path.clone() });
    assert_eq!(std::fs::read(&path).unwrap(), before);

    let text = folder.path().join("letter.txt");
    std::fs::write(&text, "Dear investor, ".repeat(1000)).unwrap();
    assert!(matches!(Store::open(&text, key()).await, Err(StoreError::NotADatabase { .. })));
    let plain = folder.path().join("plain.db");
    let options = SqliteConnectOptions::new().filename(&plain).create_if_missing(true);
    let mut connection = SqliteConnection::connect_with(&options).await.unwrap();
    sqlx::query("CREATE TABLE t (a)").execute(&mut connection).await.unwrap();
    connection.close().await.unwrap();
    assert!(matches!(Store::open(&plain, key()).await, Err(StoreError::NotADatabase { .. })));
    let other = folder.path().join("other.db");
    let mut connection = raw(&other).await;
    sqlx::query("CREATE TABLE t (a)").execute(&mut connection).await.unwrap();
    connection.close().await.unwrap();
    assert!(matches!(Store::open(&other, key()).await, Err(StoreError::NotADatabase { .. })));
    assert!(matches!(Store::open(folder.path(), key()).await, Err(StoreError::NotADatabase { .. })));
}

#[tokio::test]
async fn a_newer_schema_is_refused_and_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("deals.db");
    let (store, ..) = on_disk(&path).await;
    store.close().await;
    let mut connection = raw(&path).await;
    sqlx::query(
        "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time)
         VALUES (20990101000000, 'later', 1, x'00', 0)",
    )
    .execute(&mut connection)
    .await
    .unwrap();
    connection.close().await.unwrap();
    let refused = Store::open(&path, key()).await.unwrap_err();
    let supported = recoup_store::schema_version();
    assert_eq!(refused, StoreError::Newer { found: 20_990_101_000_000, supported });
}

#[tokio::test]
async fn a_second_opening_is_locked_until_the_first_closes() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("deals.db");
    let (store, ..) = on_disk(&path).await;
    let refused = Store::open(&path, key()).await.unwrap_err();
    assert_eq!(refused, StoreError::Locked { path: path.clone() });
    assert!(refused.to_string().contains("close it there"));
    store.close().await;
    Store::open(&path, key()).await.unwrap().close().await;
}

#[tokio::test]
async fn a_full_page_budget_is_disk_full_and_the_saved_deals_stay() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("deals.db");
    let (store, _, project) = on_disk(&path).await;
    store.close().await;
    let pages = u32::try_from(std::fs::metadata(&path).unwrap().len() / 4096 + 8).unwrap();
    let options = Options { max_pages: Some(pages), ..Options::default() };
    let store = Store::open_with(&path, key(), options).await.unwrap();
    let mut version = 1;
    let refused = loop {
        let mut document = deal("The Comet", version);
        document["notes"] = json!(format!("{version} ").repeat(4000));
        match store.save_deal(&project.id, version, &document, "P", "big").await {
            Ok(saved) => version = saved.version,
            Err(error) => break error,
        }
    };
    assert_eq!(refused, StoreError::DiskFull);
    assert_eq!(store.open_deal(&project.id).await.unwrap().version, version);
    assert_eq!(store.save_deal(&project.id, version, &deal("The Comet", -1), "P", "small").await.err(), None);
    store.close().await;
    let store = Store::open(&path, key()).await.unwrap();
    store.save_deal(&project.id, version + 1, &deal("The Comet", 5), "P", "room again").await.unwrap();
    assert_eq!(store.integrity_check().await.unwrap().problems, Vec::<String>::new());
    store.close().await;
}

#[tokio::test]
async fn a_damaged_page_is_found_and_named() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("deals.db");
    let (store, ..) = on_disk(&path).await;
    store.close().await;
    let mut bytes = std::fs::read(&path).unwrap();
    for page in 4..bytes.len() / 4096 {
        bytes[page * 4096 + 100] ^= 0xff;
    }
    std::fs::write(&path, bytes).unwrap();
    let found = match Store::open(&path, key()).await {
        Ok(store) => store.integrity_check().await.map(|found| found.problems.len()),
        Err(error) => Err(error),
    };
    assert!(matches!(found, Err(StoreError::Corrupt { .. }) | Ok(1..)), "{found:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn eight_writers_at_once_lose_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let (store, _, project) = on_disk(&folder.path().join("deals.db")).await;
    let tasks: Vec<_> = (0..8)
        .map(|writer| {
            let (store, id) = (store.clone(), project.id.clone());
            tokio::spawn(async move {
                for step in 0..10 {
                    loop {
                        let open = store.open_deal(&id).await.unwrap();
                        let mut document = open.document;
                        document["budget"]["lines"][writer]["label"] = json!(format!("{writer}-{step}"));
                        match store.save_deal(&id, open.version, &document, "P", "edit").await {
                            Ok(_) => break,
                            Err(StoreError::Conflict { .. }) => tokio::task::yield_now().await,
                            Err(other) => panic!("{other}"),
                        }
                    }
                }
            })
        })
        .collect();
    for task in tasks {
        task.await.unwrap();
    }
    let open = store.open_deal(&project.id).await.unwrap();
    assert_eq!((open.version, open.revision.seq), (81, 81));
    for writer in 0..8 {
        assert_eq!(open.document["budget"]["lines"][writer]["label"], json!(format!("{writer}-9")));
    }
    assert_eq!(store.integrity_check().await.unwrap().problems, Vec::<String>::new());
    store.close().await;
}
