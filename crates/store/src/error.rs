//! What can go wrong with the database, in the words of the person in front of it.
//!
//! SQLite speaks in result codes; this module is the only place that reads them. Each variant holds
//! values, not sentences, so that a host can translate it; the `Display` text is the English sentence.

use std::path::PathBuf;

use sqlx::migrate::MigrateError;

/// Why the store could not do what it was asked. Nothing acknowledged earlier is lost by any of them.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
    /// No such row, or one that is not where it was looked for (a project in the bin, for example).
    #[error("there is no {entity} with the identifier {id}")]
    NotFound {
        /// What was looked for: `project`, `revision`, ….
        entity: &'static str,
        /// The identifier given.
        id: String,
    },
    /// Somebody else saved in between.
    #[error(
        "this was changed elsewhere in the meantime (yours is version {expected}, stored is {found}); reload it and apply your change again"
    )]
    Conflict {
        /// The version the caller had seen.
        expected: i64,
        /// The version that is stored.
        found: i64,
    },
    /// A rule of the schema was broken; `name` is the index or the condition in `migrations/`.
    #[error("the database refused this because of the rule {name}")]
    Constraint {
        /// Name of the index, or text of the condition.
        name: String,
    },
    /// A value the store cannot keep exactly as given.
    #[error("this cannot be stored: {detail}")]
    Unstorable {
        /// What about the value is the obstacle.
        detail: String,
    },
    /// The key does not open this file.
    #[error("this key does not open {path}; check the passphrase, or use the one the file was made with")]
    WrongKey {
        /// The database.
        path: PathBuf,
    },
    /// The file was written by a later program.
    #[error(
        "this database was written by a newer Recoup (schema {found}; this one knows up to {supported}); install the newer program, nothing was changed"
    )]
    Newer {
        /// Newest migration applied to the file.
        found: i64,
        /// Newest migration this program has.
        supported: i64,
    },
    /// Another process holds the database.
    #[error("{path} is open in another window or program; close it there and try again")]
    Locked {
        /// The database.
        path: PathBuf,
    },
    /// No room for the write: disk, quota, file-size limit or page limit.
    #[error("there is no room left to save; free some space and save again, everything saved before is safe")]
    DiskFull,
    /// The file opened, but what it holds is damaged.
    #[error(
        "the database is damaged ({detail}); restore the latest backup, the damaged file is kept beside it"
    )]
    Corrupt {
        /// What was found.
        detail: String,
    },
    /// The file is something else.
    #[error("{path} is not a Recoup database ({reason}); choose another file")]
    NotADatabase {
        /// The file.
        path: PathBuf,
        /// What it looks like.
        reason: &'static str,
    },
    /// The file cannot be reached: permissions, a missing folder, a store already closed.
    #[error("the database cannot be reached: {detail}")]
    Unavailable {
        /// What the system said.
        detail: String,
    },
}

/// Uniqueness rules are reported by SQLite as column lists; consumers know them by index name.
const UNIQUE: &[(&str, &str)] = &[
    ("users.email", "users_email"),
    ("projects.user_id, projects.name", "projects_user_name"),
    ("revisions.project_id, revisions.seq", "revisions_project_seq"),
    ("scenarios.project_id, scenarios.name", "scenarios_project_name"),
    ("waterfall_structures.project_id, waterfall_structures.name", "waterfall_structures_project_name"),
    ("waterfall_structures.project_id", "waterfall_structures_default"),
    ("custom_policies.user_id, custom_policies.name", "custom_policies_user_name"),
    ("named_versions.project_id, named_versions.name", "named_versions_project_name"),
    ("jobs.job_type, jobs.input_hash", "jobs_waiting_input"),
];

impl StoreError {
    pub(crate) fn not_found(entity: &'static str, id: impl ToString) -> Self {
        Self::NotFound { entity, id: id.to_string() }
    }

    pub(crate) fn corrupt(detail: impl Into<String>) -> Self {
        Self::Corrupt { detail: detail.into() }
    }

    /// An error of the file system around the database.
    pub(crate) fn io(what: &str, error: &std::io::Error) -> Self {
        use std::io::ErrorKind as Kind;
        match error.kind() {
            Kind::StorageFull | Kind::QuotaExceeded | Kind::FileTooLarge => Self::DiskFull,
            _ => Self::Unavailable { detail: format!("{what}: {error}") },
        }
    }

    /// Reads SQLite's extended result code. The low byte is the family (sqlite.org/rescode.html).
    fn from_code(code: i32, message: &str) -> Self {
        match (code & 0xff, code) {
            (13, _) => Self::DiskFull,
            // IOERR_WRITE and IOERR_SHMSIZE: quota and file-size limits arrive as these, because
            // SQLite calls only ENOSPC "full".
            (10, 778 | 4874) => Self::DiskFull,
            (5 | 6, _) => Self::Locked { path: PathBuf::from("the database") },
            (11 | 26, _) => Self::corrupt(message),
            (19, _) => Self::Constraint { name: constraint_name(message) },
            _ => Self::Unavailable { detail: format!("{message} (SQLite code {code})") },
        }
    }

    /// Puts the file's name into the variants that carry one.
    pub(crate) fn at(self, place: &std::path::Path) -> Self {
        match self {
            Self::Locked { .. } => Self::Locked { path: place.to_path_buf() },
            other => other,
        }
    }
}

fn constraint_name(message: &str) -> String {
    if message.starts_with("FOREIGN KEY") {
        return "foreign_key".to_owned();
    }
    let rule = message.split_once("constraint failed: ").map_or(message, |(_, rule)| rule);
    UNIQUE.iter().find(|(columns, _)| *columns == rule).map_or(rule, |(_, name)| *name).to_owned()
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        match error {
            sqlx::Error::Database(database) => {
                let code = database.code().and_then(|code| code.parse().ok()).unwrap_or(1);
                Self::from_code(code, database.message())
            }
            sqlx::Error::Io(io) => Self::io("the database file", &io),
            sqlx::Error::ColumnDecode { .. } | sqlx::Error::Decode(_) => Self::corrupt(error.to_string()),
            sqlx::Error::Migrate(migrate) => Self::from(*migrate),
            other => Self::Unavailable { detail: other.to_string() },
        }
    }
}

impl From<MigrateError> for StoreError {
    fn from(error: MigrateError) -> Self {
        match error {
            MigrateError::Execute(inner) | MigrateError::ExecuteMigration(inner, _) => Self::from(inner),
            MigrateError::VersionMismatch(version) => {
                Self::corrupt(format!("migration {version} differs from the one that made this database"))
            }
            MigrateError::Dirty(version) => Self::corrupt(format!("migration {version} was left unfinished")),
            other => Self::Unavailable { detail: other.to_string() },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sqlite_codes_become_what_a_person_can_act_on() {
        assert_eq!(StoreError::from_code(13, "full"), StoreError::DiskFull);
        assert_eq!(StoreError::from_code(778, "disk I/O error"), StoreError::DiskFull);
        assert!(matches!(StoreError::from_code(266, "disk I/O error"), StoreError::Unavailable { .. }));
        assert!(matches!(StoreError::from_code(5, "busy"), StoreError::Locked { .. }));
        assert!(matches!(StoreError::from_code(11, "malformed"), StoreError::Corrupt { .. }));
        assert_eq!(
            StoreError::from_code(2067, "UNIQUE constraint failed: projects.user_id, projects.name"),
            StoreError::Constraint { name: "projects_user_name".into() }
        );
    }
}
