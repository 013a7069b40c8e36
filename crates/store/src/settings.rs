//! Choices: of the whole installation, or of one person. Secrets are never settings.

use serde_json::{Value, json};
use sqlx::Row as _;

use crate::change_log::Entry;
use crate::db::Store;
use crate::error::StoreError;
use crate::id::UserId;
use crate::statements::statements;

statements! {
    GET = "SELECT value FROM settings WHERE scope = $1 AND key = $2";
    LIST = "SELECT key, value FROM settings WHERE scope = $1 ORDER BY key";
    PUT = "INSERT INTO settings (scope, key, value, updated_at) VALUES ($1, $2, $3, $4)
        ON CONFLICT (scope, key) DO UPDATE SET value = excluded.value, updated_at = excluded.updated_at";
    DELETE = "DELETE FROM settings WHERE scope = $1 AND key = $2";
}

impl Store {
    /// One setting: of a person, or of the installation when `user` is `None`.
    ///
    /// # Errors
    /// As any read.
    pub async fn setting(&self, user: Option<&UserId>, key: &str) -> Result<Option<Value>, StoreError> {
        let mut connection = self.reader().await?;
        let row = sqlx::query(GET).bind(scope(user)).bind(key).fetch_optional(&mut *connection).await?;
        row.map(|row| crate::change_log::json(&row, "value")).transpose()
    }

    /// All settings of a person, or of the installation, by key.
    ///
    /// # Errors
    /// As any read.
    pub async fn settings(&self, user: Option<&UserId>) -> Result<Vec<(String, Value)>, StoreError> {
        let mut connection = self.reader().await?;
        let rows = sqlx::query(LIST).bind(scope(user)).fetch_all(&mut *connection).await?;
        rows.iter().map(|row| Ok((row.try_get("key")?, crate::change_log::json(row, "value")?))).collect()
    }

    /// Sets, or with `None` forgets, a setting.
    ///
    /// # Errors
    /// As any write.
    pub async fn set_setting(
        &self,
        user: Option<&UserId>,
        key: &str,
        value: Option<&Value>,
        author: &str,
    ) -> Result<(), StoreError> {
        let now = self.now();
        let mut transaction = self.write().await?;
        match value {
            Some(value) => {
                let put = sqlx::query(PUT).bind(scope(user)).bind(key).bind(value.to_string()).bind(&now);
                put.execute(&mut *transaction).await?
            }
            None => sqlx::query(DELETE).bind(scope(user)).bind(key).execute(&mut *transaction).await?,
        };
        let entry = Entry {
            at: &now,
            author,
            entity: "setting",
            id: key,
            project: None,
            action: if value.is_some() { "set" } else { "forgotten" },
            detail: json!({ "scope": scope(user) }),
        };
        entry.append(&mut transaction).await?;
        Ok(transaction.commit().await?)
    }
}

fn scope(user: Option<&UserId>) -> &str {
    user.map_or("", UserId::as_str)
}
