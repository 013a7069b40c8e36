//! People. On a laptop there is usually one: the local profile, whose lock is the key of the database.

use serde::Serialize;
use serde_json::json;
use sqlx::Row as _;
use sqlx::sqlite::SqliteRow;

use crate::change_log::Entry;
use crate::db::Store;
use crate::error::StoreError;
use crate::id::UserId;
use crate::statements::statements;

statements! {
    INSERT = "INSERT INTO users (id, full_name, email, organization, created_at, updated_at)
        VALUES ($1, $2, $3, $4, $5, $5)";
    SELECT = "SELECT id, full_name, email, organization, role, version, created_at, updated_at
        FROM users WHERE id = $1";
    SELECT_ALL = "SELECT id, full_name, email, organization, role, version, created_at, updated_at
        FROM users WHERE is_active = 1 ORDER BY created_at, id";
    UPDATE = "UPDATE users SET full_name = $3, email = $4, organization = $5, updated_at = $6,
        version = version + 1 WHERE id = $1 AND version = $2";
    VERSION = "SELECT version FROM users WHERE id = $1";
}

/// What a person says about themselves.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Profile {
    /// Name as it stands on packs.
    pub full_name: String,
    /// Address, where given; unique.
    pub email: Option<String>,
    /// Company, where given.
    pub organization: Option<String>,
}

/// A person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct User {
    /// Identifier.
    pub id: UserId,
    /// Name as it stands on packs.
    pub full_name: String,
    /// Address, where given.
    pub email: Option<String>,
    /// Company, where given.
    pub organization: Option<String>,
    /// `user` or `admin`.
    pub role: String,
    /// For optimistic locking.
    pub version: i64,
    /// When the profile was made.
    pub created_at: String,
    /// When it was last changed.
    pub updated_at: String,
}

impl Store {
    /// Makes a local profile.
    ///
    /// # Errors
    /// `Constraint` when the name is blank or the address is taken.
    pub async fn create_user(&self, profile: &Profile) -> Result<User, StoreError> {
        let (id, now) = (UserId::fresh(), self.now());
        let mut transaction = self.write().await?;
        sqlx::query(INSERT)
            .bind(id.as_str())
            .bind(&profile.full_name)
            .bind(&profile.email)
            .bind(&profile.organization)
            .bind(&now)
            .execute(&mut *transaction)
            .await?;
        let author = &profile.full_name;
        let entry = Entry {
            at: &now,
            author,
            entity: "user",
            id: id.as_str(),
            project: None,
            action: "created",
            detail: json!({}),
        };
        entry.append(&mut transaction).await?;
        transaction.commit().await?;
        self.user(&id).await
    }

    /// One person.
    ///
    /// # Errors
    /// `NotFound`.
    pub async fn user(&self, id: &UserId) -> Result<User, StoreError> {
        let mut connection = self.reader().await?;
        let row = sqlx::query(SELECT).bind(id.as_str()).fetch_optional(&mut *connection).await?;
        user(&row.ok_or_else(|| StoreError::not_found("user", id))?)
    }

    /// Everybody, the first profile first.
    ///
    /// # Errors
    /// As any read.
    pub async fn users(&self) -> Result<Vec<User>, StoreError> {
        let mut connection = self.reader().await?;
        let rows = sqlx::query(SELECT_ALL).fetch_all(&mut *connection).await?;
        rows.iter().map(user).collect()
    }

    /// Changes a profile.
    ///
    /// # Errors
    /// `NotFound`, `Conflict`, `Constraint`.
    pub async fn update_user(
        &self,
        id: &UserId,
        expected_version: i64,
        profile: &Profile,
    ) -> Result<User, StoreError> {
        let now = self.now();
        let mut transaction = self.write().await?;
        let found: Option<i64> =
            sqlx::query_scalar(VERSION).bind(id.as_str()).fetch_optional(&mut *transaction).await?;
        expect_version("user", id.as_str(), expected_version, found)?;
        sqlx::query(UPDATE)
            .bind(id.as_str())
            .bind(expected_version)
            .bind(&profile.full_name)
            .bind(&profile.email)
            .bind(&profile.organization)
            .bind(&now)
            .execute(&mut *transaction)
            .await?;
        let entry = Entry {
            at: &now,
            author: &profile.full_name,
            entity: "user",
            id: id.as_str(),
            project: None,
            action: "changed",
            detail: json!({}),
        };
        entry.append(&mut transaction).await?;
        transaction.commit().await?;
        self.user(id).await
    }
}

/// The one rule of optimistic locking: the caller must have seen what is stored.
pub(crate) fn expect_version(
    entity: &'static str,
    id: &str,
    expected: i64,
    found: Option<i64>,
) -> Result<(), StoreError> {
    match found {
        None => Err(StoreError::not_found(entity, id)),
        Some(found) if found == expected => Ok(()),
        Some(found) => Err(StoreError::Conflict { expected, found }),
    }
}

fn user(row: &SqliteRow) -> Result<User, StoreError> {
    Ok(User {
        id: row.try_get::<String, _>("id")?.into(),
        full_name: row.try_get("full_name")?,
        email: row.try_get("email")?,
        organization: row.try_get("organization")?,
        role: row.try_get("role")?,
        version: row.try_get("version")?,
        created_at: row.try_get("created_at")?,
        updated_at: row.try_get("updated_at")?,
    })
}
