//! One process at a time: an advisory lock on a small file beside the database.
//!
//! SQLite lets several processes write in turn; Recoup does not want that, because a window and a
//! command line that both hold a deal in memory would overwrite each other's undo. The operating
//! system releases the lock when the process ends, however it ends, so a killed program leaves nothing behind.

use std::fs::{File, OpenOptions, TryLockError};
use std::path::{Path, PathBuf};

use crate::error::StoreError;

/// Held as long as it lives.
#[derive(Debug)]
pub(crate) struct FileLock(#[expect(dead_code, reason = "holding it is its use")] File);

impl FileLock {
    pub(crate) fn acquire(database: &Path) -> Result<Self, StoreError> {
        let path = beside(database, "lock");
        let file = OpenOptions::new()
            .create(true)
            .truncate(false)
            .write(true)
            .open(&path)
            .map_err(|error| StoreError::io(&path.display().to_string(), &error))?;
        match file.try_lock() {
            Ok(()) => Ok(Self(file)),
            Err(TryLockError::WouldBlock) => Err(StoreError::Locked { path: database.to_path_buf() }),
            Err(TryLockError::Error(error)) => Err(StoreError::io(&path.display().to_string(), &error)),
        }
    }
}

/// `deals.db` → `deals.db-lock`, `deals.db.2027….bak`: names that keep the database's own in front.
pub(crate) fn beside(database: &Path, suffix: &str) -> PathBuf {
    let mut name = database.as_os_str().to_owned();
    name.push("-");
    name.push(suffix);
    PathBuf::from(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_holder_is_refused_until_the_first_lets_go() {
        let folder = tempfile::tempdir().unwrap();
        let database = folder.path().join("deals.db");
        let first = FileLock::acquire(&database).unwrap();
        assert_eq!(FileLock::acquire(&database).unwrap_err(), StoreError::Locked { path: database.clone() });
        drop(first);
        FileLock::acquire(&database).unwrap();
    }
}
