//! Opening, holding and closing the database.
//!
//! One connection writes; a few read. In WAL mode readers never wait for the writer, and a single
//! writer means that two saves are always one after the other, never a deadlock. `synchronous = FULL`
//! makes every commit reach the disk before it is acknowledged. A database in memory has one connection for everything.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use sqlx::pool::PoolConnection;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{ConnectOptions as _, Connection as _, Sqlite, SqliteConnection, SqlitePool, Transaction};

use crate::error::StoreError;
use crate::key::Key;
use crate::lock::FileLock;
use crate::{id, migrate};

/// Where the time comes from; a host passes its own, tests a fixed one.
pub type Clock = Arc<dyn Fn() -> jiff::Timestamp + Send + Sync>;

const READERS: u32 = 4;
const BUSY: Duration = Duration::from_secs(5);

/// What may be chosen when opening.
#[derive(Clone)]
pub struct Options {
    /// The clock that stamps rows.
    pub clock: Clock,
    /// The database may not grow beyond this many pages of 4 KiB.
    pub max_pages: Option<u32>,
}

impl Default for Options {
    fn default() -> Self {
        Self { clock: Arc::new(jiff::Timestamp::now), max_pages: None }
    }
}

impl std::fmt::Debug for Options {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Options").field("max_pages", &self.max_pages).finish_non_exhaustive()
    }
}

/// The database. Cheap to clone; all clones are one store.
#[derive(Clone)]
pub struct Store(Arc<Inner>);

struct Inner {
    writer: SqlitePool,
    readers: SqlitePool,
    path: Option<PathBuf>,
    key: Key,
    options: Options,
    // Last: fields drop in order, and the lock must outlive the connections.
    lock: Option<FileLock>,
}

impl std::fmt::Debug for Store {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Store").field("path", &self.0.path).finish_non_exhaustive()
    }
}

impl Store {
    /// Opens the database at `path`, creating it (and its folder) when there is none, and brings it up
    /// to this program's schema; an older database is copied beside itself first.
    ///
    /// # Errors
    /// `Locked`, `WrongKey`, `NotADatabase`, `Newer`, `Corrupt`, `DiskFull` or `Unavailable`; in every
    /// case the file is as it was.
    pub async fn open(path: impl AsRef<Path>, key: Key) -> Result<Self, StoreError> {
        Self::open_with(path, key, Options::default()).await
    }

    /// As [`Store::open`], with choices.
    ///
    /// # Errors
    /// As [`Store::open`].
    pub async fn open_with(path: impl AsRef<Path>, key: Key, options: Options) -> Result<Self, StoreError> {
        let path = path.as_ref();
        survive_file_size_limits();
        let lock = prepare_file(path)?;
        Self::open_locked(path, key, options, lock).await
    }

    pub(crate) async fn open_locked(
        path: &Path,
        key: Key,
        options: Options,
        lock: FileLock,
    ) -> Result<Self, StoreError> {
        let mut connection = connect(path, &key, &options).await?;
        let migrated = migrate::up_to_date(&mut connection, Some(path), &options).await;
        let closed = connection.close().await;
        migrated.map_err(|error| error.at(path))?;
        closed?;

        // A write that finds the disk full ends its transaction inside SQLite; the driver still counts it as
        // open and would refuse the next one for ever. Such a connection is given up for a new one.
        let sound =
            pool(1).before_acquire(|connection, _| Box::pin(async { Ok(!connection.is_in_transaction()) }));
        let writer = sound.connect_lazy_with(connect_options(path, &key, &options));
        let readers =
            pool(READERS).connect_lazy_with(connect_options(path, &key, &options).pragma("query_only", "ON"));
        let inner = Inner { writer, readers, path: Some(path.to_path_buf()), key, options, lock: Some(lock) };
        let store = Self(Arc::new(inner));
        store.requeue_interrupted_jobs().await?;
        Ok(store)
    }

    /// A database that lives in memory under a key nobody knows, and is gone when the last clone is.
    ///
    /// # Errors
    /// `Unavailable` when even that cannot be had.
    pub async fn in_memory() -> Result<Self, StoreError> {
        Self::in_memory_with(Options::default()).await
    }

    /// As [`Store::in_memory`], with choices.
    ///
    /// # Errors
    /// As [`Store::in_memory`].
    pub async fn in_memory_with(options: Options) -> Result<Self, StoreError> {
        let key = Key::throw_away();
        let connect = base_options(&key, &options).in_memory(true).filename(":memory:");
        // The one connection is the database: it must never be retired for being idle or old.
        let pool =
            pool(1).min_connections(1).idle_timeout(None).max_lifetime(None).connect_with(connect).await?;
        let mut connection = pool.acquire().await?;
        migrate::up_to_date(&mut connection, None, &options).await?;
        drop(connection);
        let inner = Inner { writer: pool.clone(), readers: pool, path: None, key, options, lock: None };
        Ok(Self(Arc::new(inner)))
    }

    /// The file, or `None` for a database in memory.
    #[must_use]
    pub fn path(&self) -> Option<&Path> {
        self.0.path.as_deref()
    }

    /// Writes what is in the log into the file, closes every connection and lets go of the lock with the
    /// last clone. Later calls on other clones answer `Unavailable`.
    pub async fn close(self) {
        self.0.readers.close().await;
        self.0.writer.close().await;
    }

    /// Closes, and hands back what is needed to open again without letting another process in between.
    pub(crate) async fn into_parts(self) -> Result<(PathBuf, Key, Options, FileLock), StoreError> {
        self.0.readers.close().await;
        self.0.writer.close().await;
        let inner = Arc::try_unwrap(self.0)
            .map_err(|_| StoreError::Unavailable { detail: "it is still in use".to_owned() })?;
        match (inner.path, inner.lock) {
            (Some(path), Some(lock)) => Ok((path, inner.key, inner.options, lock)),
            _ => Err(StoreError::Unavailable { detail: "it lives in memory only".to_owned() }),
        }
    }

    pub(crate) fn now(&self) -> String {
        id::stamp((self.0.options.clock)())
    }

    pub(crate) fn moment(&self) -> jiff::Timestamp {
        (self.0.options.clock)()
    }

    pub(crate) async fn reader(&self) -> Result<PoolConnection<Sqlite>, StoreError> {
        Ok(self.0.readers.acquire().await?)
    }

    /// The one connection that writes, outside a transaction.
    pub(crate) async fn writer(&self) -> Result<PoolConnection<Sqlite>, StoreError> {
        Ok(self.0.writer.acquire().await?)
    }

    /// A transaction that owns the right to write from its first statement, so that it can never fail
    /// half-way because somebody else got there first.
    pub(crate) async fn write(&self) -> Result<Transaction<'static, Sqlite>, StoreError> {
        Ok(self.0.writer.begin_with("BEGIN IMMEDIATE").await?)
    }
}

fn pool(size: u32) -> SqlitePoolOptions {
    SqlitePoolOptions::new().max_connections(size).acquire_timeout(Duration::from_secs(30))
}

fn base_options(key: &Key, options: &Options) -> SqliteConnectOptions {
    let mut connect = SqliteConnectOptions::new()
        .pragma("key", key.pragma().as_str().to_owned())
        .pragma("cipher_log_level", "NONE")
        .foreign_keys(true)
        .busy_timeout(BUSY)
        .synchronous(SqliteSynchronous::Full)
        .disable_statement_logging();
    if let Some(pages) = options.max_pages {
        connect = connect.pragma("max_page_count", pages.to_string());
    }
    connect
}

fn connect_options(path: &Path, key: &Key, options: &Options) -> SqliteConnectOptions {
    base_options(key, options).filename(path).create_if_missing(true).journal_mode(SqliteJournalMode::Wal)
}

/// One connection, proven to read the file: SQLCipher accepts any key and fails at the first page it reads.
pub(crate) async fn connect(
    path: &Path,
    key: &Key,
    options: &Options,
) -> Result<SqliteConnection, StoreError> {
    let opened = async {
        let mut connection = connect_options(path, key, options).connect().await?;
        sqlx::query("SELECT count(*) FROM sqlite_master").fetch_one(&mut connection).await?;
        Ok::<_, sqlx::Error>(connection)
    };
    match opened.await.map_err(StoreError::from) {
        Err(StoreError::Corrupt { detail }) if first_page_opens(path, key).await => {
            Err(StoreError::Corrupt { detail })
        }
        Err(StoreError::Corrupt { .. }) => Err(StoreError::WrongKey { path: path.to_path_buf() }),
        other => other.map_err(|error| error.at(path)),
    }
}

/// A key that opens the first page is the right one; what does not open behind it is damage. The options are
/// bare because most pragmas read the schema, which lies on further pages.
async fn first_page_opens(path: &Path, key: &Key) -> bool {
    let options = SqliteConnectOptions::new()
        .filename(path)
        .pragma("key", key.pragma().as_str().to_owned())
        .pragma("cipher_log_level", "NONE")
        .disable_statement_logging();
    let Ok(mut connection) = options.connect().await else { return false };
    let read = sqlx::query("PRAGMA user_version").fetch_one(&mut connection).await.is_ok();
    // Nothing was written, so there is nothing a failed closing could lose.
    let _ = connection.close().await;
    read
}

/// Looks at the file before SQLite does, takes the lock, and makes a new file private to its owner.
fn prepare_file(path: &Path) -> Result<FileLock, StoreError> {
    let shown = path.display().to_string();
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        std::fs::create_dir_all(folder)
            .map_err(|error| StoreError::io(&folder.display().to_string(), &error))?;
    }
    if path.is_dir() {
        return Err(StoreError::NotADatabase { path: path.to_path_buf(), reason: "it is a folder" });
    }
    refuse_foreign(path)?;
    let lock = FileLock::acquire(path)?;
    let mut open = std::fs::OpenOptions::new();
    open.create(true).truncate(false).write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut open, 0o600);
    open.open(path).map_err(|error| StoreError::io(&shown, &error))?;
    Ok(lock)
}

/// An encrypted page is indistinguishable from noise: 4096 random bytes miss hardly any of the 256
/// values. A file that starts with less variety was never one of ours, whatever the key.
pub(crate) fn refuse_foreign(path: &Path) -> Result<(), StoreError> {
    use std::io::Read as _;
    let Ok(file) = std::fs::File::open(path) else { return Ok(()) };
    let mut start = Vec::with_capacity(4096);
    file.take(4096)
        .read_to_end(&mut start)
        .map_err(|error| StoreError::io(&path.display().to_string(), &error))?;
    let foreign = |reason| StoreError::NotADatabase { path: path.to_path_buf(), reason };
    if start.is_empty() {
        return Ok(());
    }
    if start.starts_with(b"SQLite format 3\0") {
        return Err(foreign("it is an unencrypted SQLite file of another program"));
    }
    let mut seen = [false; 256];
    for byte in &start {
        seen[usize::from(*byte)] = true;
    }
    let variety = seen.iter().filter(|seen| **seen).count();
    if start.len() < 4096 || variety < 200 {
        return Err(foreign("it is a file of another kind"));
    }
    Ok(())
}

/// On Unix a write beyond `RLIMIT_FSIZE` kills the process unless the signal has a handler; with one,
/// the write fails like any other and becomes [`StoreError::DiskFull`].
fn survive_file_size_limits() {
    #[cfg(unix)]
    {
        const SIGXFSZ: i32 = 25;
        let kind = tokio::signal::unix::SignalKind::from_raw(SIGXFSZ);
        // Tokio's handler stays for the life of the process; a failure leaves the default in place.
        drop(tokio::signal::unix::signal(kind));
    }
}
