//! Policies a person added to the built-in ones, with everything they were before.

use serde::Serialize;
use serde_json::Value;
use sqlx::sqlite::SqliteRow;
use sqlx::{Row as _, SqliteConnection};

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
    KEEP_VERSION = "INSERT INTO custom_policy_versions (policy_id, version, name, policy, author, created_at)
        SELECT id, version, name, policy, $2, $3 FROM custom_policies WHERE id = $1";
    VERSIONS = "SELECT version, name, author, created_at FROM custom_policy_versions
        WHERE policy_id = $1 ORDER BY version DESC";
    VERSION = "SELECT policy FROM custom_policy_versions WHERE policy_id = $1 AND version = $2";
    CARRY = "INSERT INTO custom_policies (id, user_id, name, policy, is_public, version, created_at, updated_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    CARRY_VERSION = "INSERT INTO custom_policy_versions (policy_id, version, name, policy, author, created_at)
        VALUES ($1, $2, $3, $4, $5, $6)";
    WHOLE_VERSIONS = "SELECT version, name, policy, created_at FROM custom_policy_versions
        WHERE policy_id = $1 ORDER BY version";
    NAMED = "SELECT count(*) FROM custom_policies WHERE user_id = $1 AND name = $2 COLLATE NOCASE";
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

/// A version of a policy a person added; the latest is what the policy is now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CustomPolicyVersion {
    /// Its number.
    pub version: i64,
    /// The name it had.
    pub name: String,
    /// Who made it.
    pub author: String,
    /// When.
    pub created_at: String,
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
        keep_version(&mut transaction, id.as_str(), author, &now).await?;
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
        keep_version(&mut change.transaction, id.as_str(), author, &change.now).await?;
        change.done(author, id.as_str(), "changed").await?;
        self.custom_policy(id).await
    }

    /// The versions of a policy, the latest first.
    ///
    /// # Errors
    /// As any read.
    pub async fn list_custom_policy_versions(
        &self,
        id: &CustomPolicyId,
    ) -> Result<Vec<CustomPolicyVersion>, StoreError> {
        let mut connection = self.reader().await?;
        let rows = sqlx::query(VERSIONS).bind(id.as_str()).fetch_all(&mut *connection).await?;
        rows.iter()
            .map(|row| {
                Ok(CustomPolicyVersion {
                    version: row.try_get("version")?,
                    name: row.try_get("name")?,
                    author: row.try_get("author")?,
                    created_at: row.try_get("created_at")?,
                })
            })
            .collect()
    }

    /// A policy as it was in one of its versions.
    ///
    /// # Errors
    /// `NotFound`.
    pub async fn custom_policy_version(
        &self,
        id: &CustomPolicyId,
        version: i64,
    ) -> Result<Value, StoreError> {
        let mut connection = self.reader().await?;
        let row = sqlx::query(VERSION).bind(id.as_str()).bind(version);
        let row = row.fetch_optional(&mut *connection).await?;
        let row = row.ok_or_else(|| StoreError::not_found("version of a custom policy", version))?;
        change_log::json(&row, "policy")
    }

    /// Carries the policies of a person of another database into this one, with their versions; one whose name
    /// is in use here stays where it is. Answers those that were carried.
    ///
    /// # Errors
    /// As any write.
    pub async fn carry_custom_policies(
        &self,
        from: &Store,
        owner: &UserId,
        user: &UserId,
        author: &str,
    ) -> Result<Vec<CustomPolicyId>, StoreError> {
        let mut carried = Vec::new();
        let found: Vec<CustomPolicy> = from.belongings(owner.as_str()).await?;
        for policy in found {
            let mut source = from.reader().await?;
            let rows = sqlx::query(WHOLE_VERSIONS).bind(policy.id.as_str()).fetch_all(&mut *source).await?;
            drop(source);
            let now = self.now();
            let mut transaction = self.write().await?;
            let named: i64 = sqlx::query_scalar(NAMED)
                .bind(user.as_str())
                .bind(&policy.name)
                .fetch_one(&mut *transaction)
                .await?;
            if named > 0 {
                continue;
            }
            insert_carried(&mut transaction, &policy, user).await?;
            for row in &rows {
                insert_carried_version(&mut transaction, &policy.id, row, author).await?;
            }
            log::<CustomPolicy>(&mut transaction, &now, author, policy.id.as_str(), None, "created").await?;
            transaction.commit().await?;
            carried.push(policy.id);
        }
        Ok(carried)
    }

    /// Deletes a policy.
    ///
    /// # Errors
    /// `NotFound`.
    pub async fn delete_custom_policy(&self, id: &CustomPolicyId, author: &str) -> Result<(), StoreError> {
        self.delete_belonging::<CustomPolicy>(id.as_str(), author).await
    }
}

/// Keeps what a policy is from now on beside what it was.
async fn keep_version(
    connection: &mut SqliteConnection,
    id: &str,
    author: &str,
    now: &str,
) -> Result<(), StoreError> {
    sqlx::query(KEEP_VERSION).bind(id).bind(author).bind(now).execute(connection).await?;
    Ok(())
}

async fn insert_carried(
    connection: &mut SqliteConnection,
    policy: &CustomPolicy,
    user: &UserId,
) -> Result<(), StoreError> {
    sqlx::query(CARRY)
        .bind(policy.id.as_str())
        .bind(user.as_str())
        .bind(&policy.name)
        .bind(policy.policy.to_string())
        .bind(policy.is_public)
        .bind(policy.version)
        .bind(&policy.created_at)
        .bind(&policy.updated_at)
        .execute(connection)
        .await?;
    Ok(())
}

/// Whoever keeps a policy is who stands behind its versions from then on.
async fn insert_carried_version(
    connection: &mut SqliteConnection,
    policy: &CustomPolicyId,
    row: &SqliteRow,
    author: &str,
) -> Result<(), StoreError> {
    sqlx::query(CARRY_VERSION)
        .bind(policy.as_str())
        .bind(row.try_get::<i64, _>("version")?)
        .bind(row.try_get::<String, _>("name")?)
        .bind(row.try_get::<String, _>("policy")?)
        .bind(author)
        .bind(row.try_get::<String, _>("created_at")?)
        .execute(connection)
        .await?;
    Ok(())
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
