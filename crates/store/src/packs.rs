//! The register of packs: which document went to which reader, made from which revision, with its checksum.

use serde::Serialize;
use serde_json::json;
use sqlx::sqlite::SqliteRow;
use sqlx::{Row as _, SqliteConnection};

use crate::change_log::Entry;
use crate::db::Store;
use crate::error::StoreError;
use crate::history;
use crate::id::{PackId, ProjectId, RevisionId};
use crate::statements::statements;

statements! {
    INSERT = "INSERT INTO packs (id, project_id, revision_id, reader, format, file_name, size_bytes, sha256, author,
            created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    LIST = "SELECT k.id, k.project_id, k.revision_id, k.reader, k.format, k.file_name, k.size_bytes, k.sha256,
            k.author, k.created_at, r.seq FROM packs k JOIN revisions r ON r.id = k.revision_id
        WHERE k.project_id = $1 ORDER BY k.created_at DESC, k.id DESC";
    BY_SUM = "SELECT k.id, k.project_id, k.revision_id, k.reader, k.format, k.file_name, k.size_bytes, k.sha256,
            k.author, k.created_at, r.seq FROM packs k JOIN revisions r ON r.id = k.revision_id
        WHERE k.sha256 = $1 ORDER BY k.created_at DESC, k.id DESC";
}

/// A document about to be registered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewPack<'a> {
    /// The revision it was made from.
    pub revision: &'a RevisionId,
    /// For whom: `senior-lender`, `equity`, `full`, ….
    pub reader: &'a str,
    /// `pdf` or `xlsx`.
    pub format: &'a str,
    /// Name of the file, without its folder.
    pub file_name: &'a str,
    /// Length in bytes.
    pub size_bytes: i64,
    /// SHA-256 of the file, 64 hexadecimal digits.
    pub sha256: &'a str,
    /// Who made it.
    pub author: &'a str,
}

/// A registered document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Pack {
    /// Identifier.
    pub id: PackId,
    /// Its project.
    pub project: ProjectId,
    /// The revision it was made from.
    pub revision: RevisionId,
    /// Number of that revision.
    pub seq: i64,
    /// For whom.
    pub reader: String,
    /// `pdf` or `xlsx`.
    pub format: String,
    /// Name of the file.
    pub file_name: String,
    /// Length in bytes.
    pub size_bytes: i64,
    /// SHA-256 of the file.
    pub sha256: String,
    /// Who made it.
    pub author: String,
    /// When.
    pub created_at: String,
}

impl Store {
    /// Registers a document.
    ///
    /// # Errors
    /// `NotFound`, `Constraint`.
    pub async fn register_pack(&self, new: &NewPack<'_>) -> Result<Pack, StoreError> {
        let (id, now) = (PackId::fresh(), self.now());
        let mut transaction = self.write().await?;
        let revision = history::by_id(&mut transaction, new.revision).await?;
        let pack = Pack {
            id,
            project: revision.project,
            revision: new.revision.clone(),
            seq: revision.seq,
            reader: new.reader.to_owned(),
            format: new.format.to_owned(),
            file_name: new.file_name.to_owned(),
            size_bytes: new.size_bytes,
            sha256: new.sha256.to_owned(),
            author: new.author.to_owned(),
            created_at: now.clone(),
        };
        insert(&mut transaction, &pack, new.author).await?;
        let entry = Entry {
            at: &now,
            author: new.author,
            entity: "pack",
            id: pack.id.as_str(),
            project: Some(pack.project.as_str()),
            action: "created",
            detail: json!({ "reader": new.reader, "sha256": new.sha256, "revision": new.revision }),
        };
        entry.append(&mut transaction).await?;
        transaction.commit().await?;
        Ok(pack)
    }

    /// The packs of a project, the latest first.
    ///
    /// # Errors
    /// As any read.
    pub async fn list_packs(&self, project: &ProjectId) -> Result<Vec<Pack>, StoreError> {
        let mut connection = self.reader().await?;
        let rows = sqlx::query(LIST).bind(project.as_str()).fetch_all(&mut *connection).await?;
        rows.iter().map(pack).collect()
    }

    /// Which pack is this file? Looked up by its checksum.
    ///
    /// # Errors
    /// As any read.
    pub async fn packs_with_checksum(&self, sha256: &str) -> Result<Vec<Pack>, StoreError> {
        let mut connection = self.reader().await?;
        let rows = sqlx::query(BY_SUM).bind(sha256).fetch_all(&mut *connection).await?;
        rows.iter().map(pack).collect()
    }
}

/// Copies the register of a project from one database into another.
pub(crate) async fn carry(
    from: &mut SqliteConnection,
    to: &mut SqliteConnection,
    project: &ProjectId,
    author: &str,
) -> Result<(), StoreError> {
    for row in sqlx::query(LIST).bind(project.as_str()).fetch_all(from).await? {
        insert(to, &pack(&row)?, author).await?;
    }
    Ok(())
}

async fn insert(connection: &mut SqliteConnection, pack: &Pack, author: &str) -> Result<(), StoreError> {
    sqlx::query(INSERT)
        .bind(pack.id.as_str())
        .bind(pack.project.as_str())
        .bind(pack.revision.as_str())
        .bind(&pack.reader)
        .bind(&pack.format)
        .bind(&pack.file_name)
        .bind(pack.size_bytes)
        .bind(&pack.sha256)
        .bind(author)
        .bind(&pack.created_at)
        .execute(connection)
        .await?;
    Ok(())
}

fn pack(row: &SqliteRow) -> Result<Pack, StoreError> {
    Ok(Pack {
        id: row.try_get::<String, _>("id")?.into(),
        project: row.try_get::<String, _>("project_id")?.into(),
        revision: row.try_get::<String, _>("revision_id")?.into(),
        seq: row.try_get("seq")?,
        reader: row.try_get("reader")?,
        format: row.try_get("format")?,
        file_name: row.try_get("file_name")?,
        size_bytes: row.try_get("size_bytes")?,
        sha256: row.try_get("sha256")?,
        author: row.try_get("author")?,
        created_at: row.try_get("created_at")?,
    })
}
