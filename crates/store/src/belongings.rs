//! What belongs to a project or a person beside the deals themselves: read, listed, deleted and noted in the
//! log in one way, whatever it is.

use serde_json::json;
use sqlx::sqlite::SqliteRow;
use sqlx::{Sqlite, SqliteConnection, Transaction};

use crate::change_log::Entry;
use crate::db::Store;
use crate::error::StoreError;
use crate::id::ProjectId;
use crate::users::expect_version;

/// A row that belongs to a project or a person.
pub(crate) trait Belonging: Sized {
    /// Its table in the change log.
    const ENTITY: &'static str;
    /// What a refusal calls it.
    const NAME: &'static str;
    /// The row of an identifier.
    const SELECT: &'static str;
    /// The rows of an owner, in their order.
    const LIST: &'static str;
    /// Deletes the row of an identifier.
    const DELETE: &'static str;

    /// The row as it is stored.
    fn read(row: &SqliteRow) -> Result<Self, StoreError>;
    /// The project it belongs to, if to one.
    fn project(&self) -> Option<&ProjectId>;
    /// For optimistic locking.
    fn version(&self) -> i64;
}

/// A row being changed: as it was, in a transaction of its own.
pub(crate) struct Changing<T> {
    pub(crate) stored: T,
    pub(crate) now: String,
    pub(crate) transaction: Transaction<'static, Sqlite>,
}

impl<T: Belonging> Changing<T> {
    /// Notes what was done and makes it last.
    pub(crate) async fn done(
        mut self,
        author: &str,
        id: &str,
        action: &'static str,
    ) -> Result<(), StoreError> {
        log::<T>(&mut self.transaction, &self.now, author, id, self.stored.project(), action).await?;
        Ok(self.transaction.commit().await?)
    }
}

impl Store {
    pub(crate) async fn belonging<T: Belonging>(&self, id: &str) -> Result<T, StoreError> {
        let mut connection = self.reader().await?;
        by_id(&mut connection, id).await
    }

    pub(crate) async fn belongings<T: Belonging>(&self, owner: &str) -> Result<Vec<T>, StoreError> {
        let mut connection = self.reader().await?;
        let rows = sqlx::query(T::LIST).bind(owner).fetch_all(&mut *connection).await?;
        rows.iter().map(T::read).collect()
    }

    pub(crate) async fn delete_belonging<T: Belonging>(
        &self,
        id: &str,
        author: &str,
    ) -> Result<(), StoreError> {
        let mut change = self.change_belonging::<T>(id, None).await?;
        sqlx::query(T::DELETE).bind(id).execute(&mut *change.transaction).await?;
        change.done(author, id, "deleted").await
    }

    /// Begins to change the row of an identifier, on the version its author has seen.
    pub(crate) async fn change_belonging<T: Belonging>(
        &self,
        id: &str,
        expected_version: Option<i64>,
    ) -> Result<Changing<T>, StoreError> {
        let now = self.now();
        let mut transaction = self.write().await?;
        let stored: T = by_id(&mut transaction, id).await?;
        if let Some(expected) = expected_version {
            expect_version(T::NAME, id, expected, Some(stored.version()))?;
        }
        Ok(Changing { stored, now, transaction })
    }
}

pub(crate) async fn by_id<T: Belonging>(
    connection: &mut SqliteConnection,
    id: &str,
) -> Result<T, StoreError> {
    let row = sqlx::query(T::SELECT).bind(id).fetch_optional(connection).await?;
    T::read(&row.ok_or_else(|| StoreError::not_found(T::NAME, id))?)
}

pub(crate) async fn log<T: Belonging>(
    connection: &mut SqliteConnection,
    at: &str,
    author: &str,
    id: &str,
    project: Option<&ProjectId>,
    action: &'static str,
) -> Result<(), StoreError> {
    let project = project.map(ProjectId::as_str);
    Entry { at, author, entity: T::ENTITY, id, project, action, detail: json!({}) }.append(connection).await
}
