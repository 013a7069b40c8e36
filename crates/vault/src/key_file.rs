//! The key file beside a database: which key opens it and where that is kept. It holds no key in the open.

use std::io::Write as _;
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::error::VaultError;
use crate::key::{random, to_hex};
use crate::passphrase::WrappedKey;

const FORMAT: &str = "recoup-key/1";

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct KeyFile {
    format: String,
    /// Names the database in the keychain; random, so that it says nothing and never repeats.
    pub(crate) id: String,
    /// The keychain holds the key.
    pub(crate) keychain: bool,
    /// The key under a passphrase.
    pub(crate) passphrase: Option<WrappedKey>,
}

impl KeyFile {
    pub(crate) fn fresh() -> Result<Self, VaultError> {
        let mut id = [0; 16];
        random(&mut id)?;
        Ok(Self { format: FORMAT.to_owned(), id: to_hex(&id), keychain: false, passphrase: None })
    }

    /// `None` when there is no such file.
    pub(crate) fn read(path: &Path) -> Result<Option<Self>, VaultError> {
        let text = match std::fs::read(path) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(VaultError::File { detail: error.to_string() }),
        };
        let damaged = |detail: String| VaultError::KeyFileDamaged { path: path.to_path_buf(), detail };
        let file: Self = serde_json::from_slice(&text).map_err(|error| damaged(error.to_string()))?;
        if file.format != FORMAT {
            return Err(damaged(format!("its format is {}, this program knows {FORMAT}", file.format)));
        }
        Ok(Some(file))
    }

    /// Replaces the file as a whole: after a crash there is the old one or the new one.
    pub(crate) fn write(&self, path: &Path) -> Result<(), VaultError> {
        let failed = |error: std::io::Error| VaultError::File { detail: error.to_string() };
        let mut text = serde_json::to_vec_pretty(self).map_err(|error| failed(error.into()))?;
        text.push(b'\n');
        let folder = match path.parent() {
            Some(folder) if !folder.as_os_str().is_empty() => folder,
            _ => Path::new("."),
        };
        std::fs::create_dir_all(folder).map_err(failed)?;
        let mut part = path.as_os_str().to_owned();
        part.push(".part");
        let mut open = std::fs::OpenOptions::new();
        open.create(true).truncate(true).write(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut open, 0o600);
        let mut file = open.open(&part).map_err(failed)?;
        file.write_all(&text).and_then(|()| file.sync_all()).map_err(failed)?;
        std::fs::rename(&part, path).map_err(failed)?;
        #[cfg(unix)]
        std::fs::File::open(folder).and_then(|folder| folder.sync_all()).map_err(failed)?;
        Ok(())
    }
}
