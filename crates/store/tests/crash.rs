//! The program is killed, the disk is full: what was acknowledged is there.
//!
//! The child is this test binary, run again for one case; it prints the number of each revision the store
//! has acknowledged.
#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test stops where it cannot go on")]

mod support;

use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use recoup_store::{ProjectQuery, RevisionQuery, Store, StoreError};
use support::{deal, key, on_disk};

const KILLS: u64 = 20;

/// Saves for ever, one line per acknowledged revision; a no-op when the test runner meets it.
#[tokio::test]
async fn child() {
    let Some(path) = std::env::var_os("STORE_CRASH_PATH") else { return };
    let store = Store::open(path, key()).await.unwrap();
    let project = only_project(&store).await;
    let mut out = std::io::stdout();
    loop {
        let open = store.open_deal(&project).await.unwrap();
        let mut document = deal("The Comet", open.version);
        document["notes"] = serde_json::Value::from(format!("{} ", open.version).repeat(200));
        match store.save_deal(&project, open.version, &document, "P", "edit").await {
            Ok(saved) => writeln!(out, "ack {} {}", saved.revision.seq, open.version).unwrap(),
            Err(error) => {
                writeln!(out, "refused {error:?}").unwrap();
                out.flush().unwrap();
                return;
            }
        }
        out.flush().unwrap();
    }
}

async fn only_project(store: &Store) -> recoup_store::ProjectId {
    let user = store.users().await.unwrap().remove(0);
    store.list_projects(&ProjectQuery::all_of(user.id)).await.unwrap().items.remove(0).id
}

fn spawn(path: &Path, before: &str) -> Child {
    let script = format!("{before} exec \"$0\" --exact child --nocapture");
    Command::new("sh")
        .args(["-c", &script])
        .arg(std::env::current_exe().unwrap())
        .env("STORE_CRASH_PATH", path)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

#[tokio::test]
async fn twenty_kills_lose_no_acknowledged_revision() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("deals.db");
    let (store, ..) = on_disk(&path).await;
    store.close().await;
    let mut acknowledged: Vec<(i64, i64)> = Vec::new();
    let mut found = 1;
    for round in 0..KILLS {
        let mut child = spawn(&path, "");
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let reader = std::thread::spawn(move || lines.map_while(Result::ok).collect::<Vec<_>>());
        // A spread of moments, the early ones while the database is still being opened.
        std::thread::sleep(Duration::from_millis(15 + (round * 37) % 160));
        child.kill().unwrap();
        child.wait().unwrap();
        for line in reader.join().unwrap() {
            let Some(rest) = line.split("ack ").nth(1) else { continue };
            let (seq, step) = rest.split_once(' ').unwrap();
            acknowledged.push((seq.parse().unwrap(), step.parse().unwrap()));
        }
        let store = Store::open(&path, key()).await.unwrap();
        let project = only_project(&store).await;
        let head = store.open_deal(&project).await.unwrap().revision.seq;
        // What was stored and not answered in an earlier round is there for good; one more may be in this one.
        let last = acknowledged.last().map_or(found, |(seq, _)| found.max(*seq));
        assert!(head == last || head == last + 1, "round {round}: {head} stored, {last} known");
        found = head;
        store.close().await;
    }
    assert!(acknowledged.len() >= 20, "only {} revisions were made", acknowledged.len());

    let store = Store::open(&path, key()).await.unwrap();
    let project = only_project(&store).await;
    let mut stored = std::collections::HashMap::new();
    let mut page = 1;
    loop {
        let revisions =
            store.list_revisions(&project, &RevisionQuery::page(page)).await.unwrap().revisions.items;
        if revisions.is_empty() {
            break;
        }
        stored.extend(revisions.into_iter().map(|revision| (revision.seq, revision.id)));
        page += 1;
    }
    for (seq, step) in &acknowledged {
        let document = store.revision_document(&stored[seq]).await.unwrap();
        assert_eq!(document["budget"]["lines"][0]["amount"], format!("USD {}.00", 1000 + step));
    }
    assert_eq!(store.integrity_check().await.unwrap().problems, Vec::<String>::new());
    store.close().await;
}

/// `ulimit -f` makes the kernel refuse to let any file grow; the process is not told to ignore the signal,
/// so this also shows that the store survives it.
#[tokio::test]
async fn a_file_size_limit_is_disk_full_and_nothing_acknowledged_is_lost() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("deals.db");
    let (store, ..) = on_disk(&path).await;
    store.close().await;
    // In blocks of 512 bytes: room for the database as it is and some 200 KiB more.
    let blocks = std::fs::metadata(&path).unwrap().len() / 512 + 400;
    let output = spawn(&path, &format!("ulimit -f {blocks};")).wait_with_output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    let last = text.lines().filter_map(|line| line.split("ack ").nth(1)).next_back().unwrap();
    let last: i64 = last.split_once(' ').unwrap().0.parse().unwrap();
    assert!(text.contains(&format!("refused {:?}", StoreError::DiskFull)), "{text}");

    let store = Store::open(&path, key()).await.unwrap();
    let project = only_project(&store).await;
    let open = store.open_deal(&project).await.unwrap();
    assert_eq!(open.revision.seq, last);
    store.save_deal(&project, open.version, &deal("The Comet", -1), "P", "room again").await.unwrap();
    assert_eq!(store.integrity_check().await.unwrap().problems, Vec::<String>::new());
    store.close().await;
}
