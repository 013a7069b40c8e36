//! Copies of the whole database: on demand, before a migration, and back again.
//!
//! A copy is made by SQLite (`VACUUM INTO`), so it is consistent while others write, and it is
//! encrypted with the same key. It appears under its name only when it is complete and on the disk.

use std::path::{Path, PathBuf};

use sqlx::{Connection as _, SqliteConnection};

use crate::db::{self, Options, Store};
use crate::error::StoreError;
use crate::key::Key;
use crate::lock::{FileLock, beside};
use crate::{id, migrate};

impl Store {
    /// Writes an encrypted copy of the database to `target`, opened by the same key.
    ///
    /// # Errors
    /// `Unavailable` when `target` exists or cannot be written, `DiskFull` when there is no room.
    pub async fn backup_to(&self, target: &Path) -> Result<(), StoreError> {
        if self.path().is_none() {
            return Err(StoreError::Unavailable { detail: "it lives in memory only".to_owned() });
        }
        let mut connection = self.writer().await?;
        write_copy(&mut connection, target).await
    }

    /// Puts the backup in the place of the database at `path` and opens it. What stood there stays beside
    /// it as `…-replaced-<time>`; its path is returned (`None` when there was no database).
    ///
    /// # Errors
    /// `WrongKey`, `NotADatabase`, `Newer` or `Corrupt` when the backup cannot be used, `Locked` when the
    /// database is open; the database is then untouched.
    pub async fn restore_from(
        path: &Path,
        key: Key,
        backup: &Path,
    ) -> Result<(Self, Option<PathBuf>), StoreError> {
        Self::restore_with(path, key, backup, Options::default()).await
    }

    /// As [`Store::restore_from`], with choices.
    ///
    /// # Errors
    /// As [`Store::restore_from`].
    pub async fn restore_with(
        path: &Path,
        key: Key,
        backup: &Path,
        options: Options,
    ) -> Result<(Self, Option<PathBuf>), StoreError> {
        if !backup.is_file() {
            return Err(StoreError::Unavailable { detail: format!("{} is not there", backup.display()) });
        }
        let lock = FileLock::acquire(path)?;
        let incoming = beside(path, "incoming");
        // The copy is what gets checked, so that the backup itself is never written to.
        copy_durably(backup, &incoming)?;
        if let Err(error) = check(&incoming, backup, &key, &options).await {
            remove_with_logs(&incoming);
            return Err(error);
        }
        let stamp = id::stamp((options.clock)()).replace([':', '.', '-'], "");
        let replaced = if path.exists() { Some(beside(path, &format!("replaced-{stamp}"))) } else { None };
        if let Some(replaced) = &replaced {
            for suffix in ["", "-wal", "-shm"] {
                rename_if_there(&with_suffix(path, suffix), &with_suffix(replaced, suffix))?;
            }
        }
        rename_if_there(&incoming, path)?;
        sync_folder(path);
        let store = Self::open_locked(path, key, options, lock).await?;
        Ok((store, replaced))
    }

    /// Can this file be opened with this key, is it whole, and does this program know its schema? For copies
    /// only: what is in the log of the file is written into it.
    ///
    /// # Errors
    /// `WrongKey`, `NotADatabase`, `Newer` or `Corrupt` when it cannot be used.
    pub async fn prove(copy: &Path, key: Key) -> Result<(), StoreError> {
        check(copy, copy, &key, &Options::default()).await
    }

    /// Encrypts the whole file with another key and opens it with that. The change is one transaction: after
    /// a crash the file opens with the old key or with the new one, never with neither.
    ///
    /// # Errors
    /// `Unavailable` while other clones of the store are alive, `DiskFull` when there is no room.
    pub async fn rekey(self, new: Key) -> Result<Self, StoreError> {
        let (path, old, options, lock) = self.into_parts().await?;
        let mut connection = db::connect(&path, &old, &options).await?;
        let statement = zeroize::Zeroizing::new(format!("PRAGMA rekey = {}", new.pragma().as_str()));
        sqlx::query(sqlx::AssertSqlSafe(statement.as_str())).execute(&mut connection).await?;
        sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)").execute(&mut connection).await?;
        connection.close().await?;
        Self::open_locked(&path, new, options, lock).await
    }
}

pub(crate) async fn write_copy(connection: &mut SqliteConnection, target: &Path) -> Result<(), StoreError> {
    if target.exists() {
        return Err(StoreError::Unavailable { detail: format!("{} already exists", target.display()) });
    }
    let part = beside(target, "part");
    remove_with_logs(&part);
    let name = part
        .to_str()
        .ok_or_else(|| StoreError::Unavailable { detail: "the path is not valid Unicode".to_owned() })?;
    let written = sqlx::query("VACUUM INTO $1").bind(name).execute(connection).await;
    if let Err(error) = written {
        remove_with_logs(&part);
        return Err(error.into());
    }
    let shown = target.display().to_string();
    std::fs::File::open(&part)
        .and_then(|file| file.sync_all())
        .and_then(|()| std::fs::rename(&part, target))
        .map_err(|error| StoreError::io(&shown, &error))?;
    sync_folder(target);
    Ok(())
}

/// Can this copy be opened, is it whole, and does this program know its schema?
async fn check(copy: &Path, named: &Path, key: &Key, options: &Options) -> Result<(), StoreError> {
    let named_as = |error| match error {
        StoreError::WrongKey { .. } => StoreError::WrongKey { path: named.to_path_buf() },
        StoreError::NotADatabase { reason, .. } => {
            StoreError::NotADatabase { path: named.to_path_buf(), reason }
        }
        other => other,
    };
    db::refuse_foreign(copy).map_err(named_as)?;
    let mut connection = db::connect(copy, key, options).await.map_err(named_as)?;
    let newest: i64 = sqlx::query_scalar("SELECT max(version) FROM _sqlx_migrations")
        .fetch_one(&mut connection)
        .await
        .map_err(|_| StoreError::NotADatabase {
            path: named.to_path_buf(),
            reason: "it has no schema of ours",
        })?;
    let supported = migrate::schema_version();
    if newest > supported {
        return Err(StoreError::Newer { found: newest, supported });
    }
    let verdict: String = sqlx::query_scalar("PRAGMA integrity_check(1)").fetch_one(&mut connection).await?;
    // Leaves one file without a log, ready to be renamed.
    sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)").execute(&mut connection).await?;
    connection.close().await?;
    if verdict == "ok" { Ok(()) } else { Err(StoreError::corrupt(verdict)) }
}

fn copy_durably(from: &Path, to: &Path) -> Result<(), StoreError> {
    let shown = to.display().to_string();
    remove_with_logs(to);
    std::fs::copy(from, to)
        .and_then(|_| std::fs::OpenOptions::new().write(true).open(to))
        .and_then(|file| file.sync_all())
        .map_err(|error| {
            remove_with_logs(to);
            StoreError::io(&shown, &error)
        })
}

fn rename_if_there(from: &Path, to: &Path) -> Result<(), StoreError> {
    match std::fs::rename(from, to) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(StoreError::io(&from.display().to_string(), &error))
        }
        _ => Ok(()),
    }
}

fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    PathBuf::from(name)
}

fn remove_with_logs(path: &Path) {
    for suffix in ["", "-wal", "-shm", "-journal"] {
        // Absent is what is wanted.
        let _ = std::fs::remove_file(with_suffix(path, suffix));
    }
}

/// A rename is on the disk only when its folder is; Windows does this by itself.
fn sync_folder(path: &Path) {
    #[cfg(unix)]
    if let Some(folder) = path.parent() {
        let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
        let _ = std::fs::File::open(folder).and_then(|folder| folder.sync_all());
    }
    #[cfg(not(unix))]
    let _ = path;
}
