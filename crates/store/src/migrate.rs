//! Brings a database up to the schema this program knows, or refuses a newer one.

use std::path::Path;

use sqlx::SqliteConnection;
use sqlx::migrate::Migrator;

use crate::db::Options;
use crate::error::StoreError;
use crate::{backup, id, lock};

pub(crate) static MIGRATOR: Migrator = sqlx::migrate!("../../migrations");

/// `RCUP` as a big-endian number: the file says what it is.
const APPLICATION_ID: i64 = 0x5243_5550;

/// The newest migration this program has.
#[must_use]
pub fn schema_version() -> i64 {
    MIGRATOR.iter().map(|migration| migration.version).max().unwrap_or(0)
}

pub(crate) async fn up_to_date(
    connection: &mut SqliteConnection,
    path: Option<&Path>,
    options: &Options,
) -> Result<(), StoreError> {
    let found = applied(connection, path).await?;
    let supported = schema_version();
    if let Some(found) = found {
        if found > supported {
            return Err(StoreError::Newer { found, supported });
        }
        if let (true, Some(path)) = (found < supported, path) {
            let moment = id::stamp((options.clock)()).replace([':', '.', '-'], "");
            let copy = lock::beside(path, &format!("before-{supported}-{moment}"));
            backup::write_copy(connection, &copy).await?;
        }
    }
    if found != Some(supported) {
        // Not `run`: its future cannot move between threads (it borrows through `Acquire`).
        MIGRATOR.run_direct(None, connection, false).await?;
    }
    Ok(())
}

/// The newest migration applied to the file; `None` for an empty one.
async fn applied(connection: &mut SqliteConnection, path: Option<&Path>) -> Result<Option<i64>, StoreError> {
    let tables: i64 =
        sqlx::query_scalar("SELECT count(*) FROM sqlite_master").fetch_one(&mut *connection).await?;
    if tables == 0 {
        return Ok(None);
    }
    let history: i64 =
        sqlx::query_scalar("SELECT count(*) FROM sqlite_master WHERE name = '_sqlx_migrations'")
            .fetch_one(&mut *connection)
            .await?;
    let newest: Option<i64> = match history {
        0 => None,
        _ => {
            sqlx::query_scalar("SELECT max(version) FROM _sqlx_migrations WHERE success")
                .fetch_one(&mut *connection)
                .await?
        }
    };
    let application: i64 = sqlx::query_scalar("PRAGMA application_id").fetch_one(&mut *connection).await?;
    match (newest, path) {
        (Some(newest), _) if application == APPLICATION_ID => Ok(Some(newest)),
        // A first opening that was cut off between making the history and the first migration.
        (None, _) if history == 1 && tables == 1 => Ok(None),
        (_, Some(path)) => Err(StoreError::NotADatabase {
            path: path.to_path_buf(),
            reason: "it is an encrypted SQLite file of another program",
        }),
        (_, None) => Err(StoreError::corrupt("a new database is not empty")),
    }
}
