//! The whole surface a host must supply. It grows only when a use case needs it.

use std::{
    fs::OpenOptions,
    io::{ErrorKind, Write},
    path::{Path, PathBuf},
    sync::Arc,
    time::{SystemTime, UNIX_EPOCH},
};

use recoup_vault::Vault;

/// Tells the time. Engines never ask; the application does, once per request at most.
pub trait Clock: Send + Sync {
    /// Milliseconds since 1970-01-01T00:00:00Z.
    fn now_ms(&self) -> i64;
}

/// The clock of the machine.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now_ms(&self) -> i64 {
        // A clock set before 1970 reads as 1970: no use case depends on more than order.
        SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .ok()
            .and_then(|elapsed| i64::try_from(elapsed.as_millis()).ok())
            .unwrap_or(0)
    }
}

/// Takes a finished file to where its user finds it.
pub trait FileTarget: Send + Sync {
    /// Keeps a file under this name or, where the name is taken, a similar one. Answers with the place.
    fn keep(&self, name: &str, bytes: &[u8]) -> std::io::Result<String>;
}

/// The user's downloads folder; it replaces no file.
#[derive(Debug, Clone, Default)]
pub struct DownloadsFolder {
    folder: Option<PathBuf>,
}

impl DownloadsFolder {
    /// Another folder in its place.
    pub fn at(folder: impl Into<PathBuf>) -> Self {
        Self { folder: Some(folder.into()) }
    }

    fn path(&self) -> std::io::Result<PathBuf> {
        if let Some(folder) = &self.folder {
            return Ok(folder.clone());
        }
        let named = std::env::var_os("XDG_DOWNLOAD_DIR").map(PathBuf::from);
        named
            .or_else(|| std::env::home_dir().map(|home| home.join("Downloads")))
            .ok_or_else(|| std::io::Error::new(ErrorKind::NotFound, "this user has no home folder"))
    }
}

impl FileTarget for DownloadsFolder {
    fn keep(&self, name: &str, bytes: &[u8]) -> std::io::Result<String> {
        let folder = self.path()?;
        std::fs::create_dir_all(&folder)?;
        // A name is not a path, whoever made it.
        let name = Path::new(name).file_name().unwrap_or_default();
        let (stem, extension) = (Path::new(name).file_stem(), Path::new(name).extension());
        let (stem, extension) =
            (stem.unwrap_or_default().to_string_lossy(), extension.unwrap_or_default().to_string_lossy());
        for copy in 1..=MOST_COPIES {
            let name = if copy == 1 {
                format!("{stem}.{extension}")
            } else {
                format!("{stem} ({copy}).{extension}")
            };
            let path = folder.join(name);
            match OpenOptions::new().write(true).create_new(true).open(&path) {
                Ok(mut file) => {
                    file.write_all(bytes)?;
                    file.sync_all()?;
                    return Ok(path.display().to_string());
                }
                Err(taken) if taken.kind() == ErrorKind::AlreadyExists => {}
                Err(reason) => return Err(reason),
            }
        }
        Err(std::io::Error::new(ErrorKind::AlreadyExists, "the folder is full of files of this name"))
    }
}

/// How many files of one name the downloads folder takes.
const MOST_COPIES: u32 = 999;

/// What a host hands over when it opens the application.
#[derive(Clone)]
pub struct Ports {
    /// Tells the time.
    pub clock: Arc<dyn Clock>,
    /// Takes finished files.
    pub files: Arc<dyn FileTarget>,
    /// Where the person's database is or will be.
    pub database: PathBuf,
    /// Keeps its key.
    pub vault: Vault,
}

impl Ports {
    /// The ports of a plain process on this machine, with the database in the user's data folder.
    pub fn system() -> Self {
        // Without a home there is no folder of one's own; the database is then looked for, and if need be
        // made, where the program was started.
        let folder = dirs::data_local_dir().unwrap_or_default().join("recoup");
        Self::at(&folder)
    }

    /// The ports of a plain process, with the database in this folder.
    pub fn at(folder: &Path) -> Self {
        let database = folder.join("recoup.db");
        Self {
            clock: Arc::new(SystemClock),
            files: Arc::new(DownloadsFolder::default()),
            vault: Vault::of(&database),
            database,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kept_file_replaces_none_and_stays_in_its_folder() {
        let folder = tempfile::tempdir().unwrap();
        let target = DownloadsFolder::at(folder.path());
        let first = target.keep("pack.pdf", b"one").unwrap();
        let second = target.keep("pack.pdf", b"two").unwrap();
        assert!(second.ends_with("pack (2).pdf"));
        assert_eq!(std::fs::read(first).unwrap(), b"one");
        let outside = target.keep("../outside.pdf", b"three").unwrap();
        assert!(outside.starts_with(folder.path().to_str().unwrap()));
    }
}
