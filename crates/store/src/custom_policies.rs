//! Policies a person added to the built-in ones.

use serde::Serialize;
use serde_json::Value;
use sqlx::Row as _;
use sqlx::sqlite::SqliteRow;

use crate::belongings::{Belonging, log};
use crate::change_log;
use crate::db::Store;
use crate::error::StoreError;
use crate::id::{CustomPolicyId, ProjectId, UserId};
use crate::statements::statements;

statements! {
    INSERT = "INSERT INTO custom_policies (id, user_id, name, policy, created_at, updated_at)
        VALUES ($1, $2, $3, $4, $5, $5)";
    SELECT = "SELECT id, user_id, name, policy, is_public, version, created_at, updated_at
        FROM custom_policies WHERE id = $1";
    LIST = "SELECT id, user_id, name, policy, is_public, version, created_at, updated_at
        FROM custom_policies WHERE user_id = $1 ORDER BY lower(name), id";
    UPDATE = "UPDATE custom_policies SET name = $2, policy = $3, updated_at = $4, version = version + 1
        WHERE id = $1";
    DELETE = "DELETE FROM custom_policies WHERE id = $1";
}

/// A policy a person added.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CustomPolicy {
    /// Identifier.
    pub id: CustomPolicyId,
    /// Whose it is.
    pub user: UserId,
    /// Name, unique for the person.
    pub name: String,
    /// The policy, in the form the incentive engine reads.
    pub policy: Value,
    /// Offered to others on a shared installation.
    pub is_public: bool,
    /// For optimistic locking.
    pub version: i64,
    /// When it was added.
    pub created_at: String,
    /// When it was last changed.
    pub updated_at: String,
}

impl Store {
    /// Adds a policy.
    ///
    /// # Errors
    /// `NotFound` for an unknown person, `Constraint` for a name in use.
    pub async fn create_custom_policy(
        &self,
        user: &UserId,
        name: &str,
        policy: &Value,
        author: &str,
    ) -> Result<CustomPolicy, StoreError> {
        self.user(user).await?;
        let (id, now) = (CustomPolicyId::fresh(), self.now());
        let mut transaction = self.write().await?;
        sqlx::query(INSERT)
            .bind(id.as_str())
            .bind(user.as_str())
            .bind(name)
            .bind(policy.to_string())
            .bind(&now)
            .execute(&mut *transaction)
            .await?;
        log::<CustomPolicy>(&mut transaction, &now, author, id.as_str(), None, "created").await?;
        transaction.commit().await?;
        self.custom_policy(&id).await
    }

    /// One policy.
    ///
    /// # Errors
    /// `NotFound`.
    pub async fn custom_policy(&self, id: &CustomPolicyId) -> Result<CustomPolicy, StoreError> {
        self.belonging(id.as_str()).await
    }

    /// The policies of a person, by name.
    ///
    /// # Errors
    /// As any read.
    pub async fn list_custom_policies(&self, user: &UserId) -> Result<Vec<CustomPolicy>, StoreError> {
        self.belongings(user.as_str()).await
    }

    /// Changes a policy.
    ///
    /// # Errors
    /// `NotFound`, `Conflict`, `Constraint`.
    pub async fn update_custom_policy(
        &self,
        id: &CustomPolicyId,
        expected_version: i64,
        name: &str,
        policy: &Value,
        author: &str,
    ) -> Result<CustomPolicy, StoreError> {
        let mut change = self.change_belonging::<CustomPolicy>(id.as_str(), Some(expected_version)).await?;
        sqlx::query(UPDATE)
            .bind(id.as_str())
            .bind(name)
            .bind(policy.to_string())
            .bind(&change.now)
            .execute(&mut *change.transaction)
            .await?;
        change.done(author, id.as_str(), "changed").await?;
        self.custom_policy(id).await
    }

    /// Deletes a policy.
    ///
    /// # Errors
    /// `NotFound`.
    pub async fn delete_custom_policy(&self, id: &CustomPolicyId, author: &str) -> Result<(), StoreError> {
        self.delete_belonging::<CustomPolicy>(id.as_str(), author).await
    }
}

impl Belonging for CustomPolicy {
    const ENTITY: &'static str = "custom_policy";
    const NAME: &'static str = "custom policy";
    const SELECT: &'static str = SELECT;
    const LIST: &'static str = LIST;
    const DELETE: &'static str = DELETE;

    fn project(&self) -> Option<&ProjectId> {
        None
    }

    fn version(&self) -> i64 {
        self.version
    }

    fn read(row: &SqliteRow) -> Result<Self, StoreError> {
        Ok(Self {
            id: row.try_get::<String, _>("id")?.into(),
            user: row.try_get::<String, _>("user_id")?.into(),
            name: row.try_get("name")?,
            policy: change_log::json(row, "policy")?,
            is_public: row.try_get("is_public")?,
            version: row.try_get("version")?,
            created_at: row.try_get("created_at")?,
            updated_at: row.try_get("updated_at")?,
        })
    }
}
