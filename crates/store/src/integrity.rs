//! Is everything whole? The file, the references, every revision, every copy.

use serde::Serialize;
use sqlx::{Row as _, SqliteConnection};

use crate::change_log;
use crate::db::Store;
use crate::document::{Copies, hash};
use crate::error::StoreError;
use crate::history;
use crate::id::ProjectId;
use crate::statements::statements;

statements! {
    PROJECTS = "SELECT id, name, description, document, document_hash, head_seq, title, status, currency,
        budget_minor, profile, search_text FROM projects";
    REVISIONS = "SELECT seq, hash FROM revisions WHERE project_id = $1 ORDER BY seq";
}

/// What a check of the database found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Integrity {
    /// Projects looked at, the bin included.
    pub projects: usize,
    /// Revisions put together again and compared with their fingerprint.
    pub revisions: usize,
    /// What is wrong; empty when all is well.
    pub problems: Vec<String>,
}

impl Store {
    /// Reads everything there is and checks it.
    ///
    /// # Errors
    /// Only when the check itself cannot run; what it finds is in the answer.
    pub async fn integrity_check(&self) -> Result<Integrity, StoreError> {
        let mut connection = self.reader().await?;
        let mut found = Integrity { projects: 0, revisions: 0, problems: Vec::new() };
        check_file(&mut connection, self.path().is_some(), &mut found).await?;
        let rows = sqlx::query(PROJECTS).fetch_all(&mut *connection).await?;
        for row in &rows {
            found.projects += 1;
            check_copies(row, &mut found)?;
            let id = ProjectId::from(row.try_get::<String, _>("id")?);
            check_history(&mut connection, &id, row, &mut found).await?;
        }
        Ok(found)
    }
}

async fn check_file(
    connection: &mut SqliteConnection,
    on_disk: bool,
    found: &mut Integrity,
) -> Result<(), StoreError> {
    let lines: Vec<String> = sqlx::query_scalar("PRAGMA integrity_check").fetch_all(&mut *connection).await?;
    found.problems.extend(lines.into_iter().filter(|line| line != "ok"));
    if on_disk {
        // One line per page whose seal does not hold; none when all do.
        let pages = sqlx::query("PRAGMA cipher_integrity_check").fetch_all(&mut *connection).await?;
        for page in &pages {
            found.problems.push(page.try_get::<String, _>(0)?);
        }
    }
    let orphans = sqlx::query("PRAGMA foreign_key_check").fetch_all(&mut *connection).await?;
    for orphan in &orphans {
        found.problems.push(format!("a row of {} refers to nothing", orphan.try_get::<String, _>(0)?));
    }
    Ok(())
}

fn check_copies(row: &sqlx::sqlite::SqliteRow, found: &mut Integrity) -> Result<(), StoreError> {
    let name: String = row.try_get("name")?;
    let document = change_log::json(row, "document")?;
    let stored = Copies {
        title: row.try_get("title")?,
        status: row.try_get("status")?,
        currency: row.try_get("currency")?,
        budget_minor: row.try_get("budget_minor")?,
        profile: row.try_get("profile")?,
        search_text: row.try_get("search_text")?,
    };
    if stored != Copies::of(&document, &name, row.try_get("description")?) {
        found.problems.push(format!("{name}: the list shows something else than the deal says"));
    }
    if hash(&document) != row.try_get::<String, _>("document_hash")? {
        found.problems.push(format!("{name}: the deal is not what was saved"));
    }
    Ok(())
}

async fn check_history(
    connection: &mut SqliteConnection,
    project: &ProjectId,
    row: &sqlx::sqlite::SqliteRow,
    found: &mut Integrity,
) -> Result<(), StoreError> {
    let head: i64 = row.try_get("head_seq")?;
    let current: String = row.try_get("document_hash")?;
    let mut head_matches = false;
    let revisions = sqlx::query(REVISIONS).bind(project.as_str()).fetch_all(&mut *connection).await?;
    for revision in &revisions {
        found.revisions += 1;
        let seq: i64 = revision.try_get("seq")?;
        if let Err(error) = history::document_at(connection, project, seq).await {
            found.problems.push(error.to_string());
        }
        head_matches |= seq == head && revision.try_get::<String, _>("hash")? == current;
    }
    if !head_matches {
        let name: String = row.try_get("name")?;
        found.problems.push(format!("{name}: the deal is not the revision it says it is"));
    }
    Ok(())
}
