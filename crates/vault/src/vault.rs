//! The ways to a key: made once, unlocked every time, its protection changed at will.

use std::path::{Path, PathBuf};

use crate::error::VaultError;
use crate::key::DataKey;
use crate::key_file::KeyFile;
use crate::keychain;
use crate::passphrase::{Cost, WrappedKey, check_strength};

/// How the key of a database can be had.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Protection {
    /// There is no database yet: a key may be made.
    New,
    /// By the keychain alone.
    Keychain,
    /// By the passphrase alone.
    Passphrase,
    /// By either.
    KeychainOrPassphrase,
}

/// The keeper of one database's key. Every call may block for up to three seconds (keychain) or while a
/// passphrase is derived: keep it off an event loop.
#[derive(Debug, Clone)]
pub struct Vault {
    database: PathBuf,
    key_file: PathBuf,
    cost: Cost,
}

impl Vault {
    /// The vault of the database at this path, whether it exists yet or not.
    #[must_use]
    pub fn of(database: &Path) -> Self {
        let mut key_file = database.as_os_str().to_owned();
        key_file.push("-key.json");
        Self { database: database.to_path_buf(), key_file: key_file.into(), cost: Cost::STANDARD }
    }

    /// With another cost per guess; for slow machines and for tests.
    #[must_use]
    pub fn with_cost(mut self, cost: Cost) -> Self {
        self.cost = cost;
        self
    }

    /// The key file. It belongs into every backup of the database.
    #[must_use]
    pub fn key_file(&self) -> &Path {
        &self.key_file
    }

    /// How the key can be had. Asks the disk only, not the keychain.
    ///
    /// # Errors
    /// `KeyFileMissing`, `KeyFileDamaged`.
    pub fn protection(&self) -> Result<Protection, VaultError> {
        match self.read()? {
            None => Ok(Protection::New),
            Some(KeyFile { keychain: true, passphrase: Some(_), .. }) => Ok(Protection::KeychainOrPassphrase),
            Some(KeyFile { keychain: true, .. }) => Ok(Protection::Keychain),
            Some(KeyFile { passphrase: Some(_), .. }) => Ok(Protection::Passphrase),
            Some(_) => Err(self.damaged("it names no way to the key")),
        }
    }

    /// Makes a key and gives it to the keychain. Only where no database exists, and only when the keychain
    /// proves that it kept the key.
    ///
    /// # Errors
    /// `DatabaseExists`, `Unavailable`, `KeychainLocked`.
    pub fn create_in_keychain(&self) -> Result<DataKey, VaultError> {
        self.refuse_existing()?;
        let mut file = KeyFile::fresh()?;
        if keychain::get(&file.id)?.is_some() {
            return Err(VaultError::Unavailable { reason: "it answers with a key nobody stored".to_owned() });
        }
        let key = DataKey::fresh()?;
        keychain::set(&file.id, &key)?;
        file.keychain = true;
        file.write(&self.key_file)?;
        Ok(key)
    }

    /// Makes a key under a passphrase. `about` are words the passphrase must not lean on.
    ///
    /// # Errors
    /// `DatabaseExists`, `WeakPassphrase`.
    pub fn create_with_passphrase(&self, passphrase: &str, about: &[&str]) -> Result<DataKey, VaultError> {
        self.refuse_existing()?;
        check_strength(passphrase, about)?;
        let key = DataKey::fresh()?;
        let mut file = KeyFile::fresh()?;
        file.passphrase = Some(WrappedKey::wrap(&key, passphrase, self.cost, &file.id)?);
        file.write(&self.key_file)?;
        Ok(key)
    }

    /// Asks the keychain for the key.
    ///
    /// # Errors
    /// `Unavailable`, `KeychainLocked`, `KeyMissing`.
    pub fn unlock_from_keychain(&self) -> Result<DataKey, VaultError> {
        let file = self.existing()?;
        if !file.keychain {
            return Err(VaultError::KeyMissing);
        }
        keychain::get(&file.id)?.ok_or(VaultError::KeyMissing)
    }

    /// Unwraps the key with the passphrase.
    ///
    /// # Errors
    /// `WrongPassphrase`, `NoPassphrase`, `KeyFileDamaged`.
    pub fn unlock_with_passphrase(&self, passphrase: &str) -> Result<DataKey, VaultError> {
        let file = self.existing()?;
        let wrapped = file.passphrase.as_ref().ok_or(VaultError::NoPassphrase)?;
        wrapped
            .unwrap(passphrase, &file.id)?
            .ok_or_else(|| self.damaged("the wrapped key is not one of ours"))
    }

    /// Gives the database a passphrase, or another one. The data key stays, so the database need not be
    /// written again, and older backups keep opening with the key file that went with them.
    ///
    /// # Errors
    /// `WeakPassphrase`, `KeyFileMissing`.
    pub fn set_passphrase(&self, key: &DataKey, new: &str, about: &[&str]) -> Result<(), VaultError> {
        check_strength(new, about)?;
        let mut file = self.existing()?;
        file.passphrase = Some(WrappedKey::wrap(key, new, self.cost, &file.id)?);
        file.write(&self.key_file)
    }

    /// Exchanges the passphrase, proving the old one first.
    ///
    /// # Errors
    /// `WrongPassphrase`, `NoPassphrase`, `WeakPassphrase`.
    pub fn change_passphrase(&self, old: &str, new: &str, about: &[&str]) -> Result<(), VaultError> {
        let key = self.unlock_with_passphrase(old)?;
        self.set_passphrase(&key, new, about)
    }

    /// Lets the keychain hold the key as well.
    ///
    /// # Errors
    /// `Unavailable`, `KeychainLocked`.
    pub fn keep_in_keychain(&self, key: &DataKey) -> Result<(), VaultError> {
        let mut file = self.existing()?;
        keychain::set(&file.id, key)?;
        file.keychain = true;
        file.write(&self.key_file)
    }

    /// Takes the key out of the keychain; the passphrase is then the only way.
    ///
    /// # Errors
    /// `NoPassphrase` when there would be no way left.
    pub fn forget_in_keychain(&self) -> Result<(), VaultError> {
        let mut file = self.existing()?;
        if file.passphrase.is_none() {
            return Err(VaultError::NoPassphrase);
        }
        if !file.keychain {
            return Ok(());
        }
        keychain::delete(&file.id)?;
        file.keychain = false;
        file.write(&self.key_file)
    }

    /// Forgets a key that was made for a database which then could not be made. Does nothing once there is one.
    ///
    /// # Errors
    /// `File` when the key file cannot be removed.
    pub fn forget_unused(&self) -> Result<(), VaultError> {
        if self.database_exists() {
            return Ok(());
        }
        let Some(file) = KeyFile::read(&self.key_file)? else { return Ok(()) };
        if file.keychain {
            keychain::delete(&file.id)?;
        }
        std::fs::remove_file(&self.key_file).map_err(|error| VaultError::File { detail: error.to_string() })
    }

    /// Takes over the key file that came with a backup. The one in use is kept as `old`, where that is given.
    ///
    /// # Errors
    /// `KeyFileMissing`, `KeyFileDamaged`, `File`.
    pub fn take_key_file(&self, incoming: &Path, old: Option<&Path>) -> Result<(), VaultError> {
        let file = KeyFile::read(incoming)?
            .ok_or_else(|| VaultError::KeyFileMissing { path: incoming.to_path_buf() })?;
        if let Some(old) = old.filter(|_| self.key_file.exists()) {
            // Byte for byte: a damaged key file must not keep a backup from replacing it, and may yet be mended.
            std::fs::copy(&self.key_file, old)
                .map_err(|error| VaultError::File { detail: error.to_string() })?;
        }
        file.write(&self.key_file)
    }

    fn read(&self) -> Result<Option<KeyFile>, VaultError> {
        match KeyFile::read(&self.key_file)? {
            None if self.database_exists() => Err(VaultError::KeyFileMissing { path: self.key_file.clone() }),
            file => Ok(file),
        }
    }

    fn existing(&self) -> Result<KeyFile, VaultError> {
        self.read()?.ok_or_else(|| VaultError::KeyFileMissing { path: self.key_file.clone() })
    }

    /// An empty file is a database that was never written: nothing in it needs an old key.
    fn database_exists(&self) -> bool {
        std::fs::metadata(&self.database).is_ok_and(|file| file.len() > 0)
    }

    fn refuse_existing(&self) -> Result<(), VaultError> {
        if self.database_exists() {
            return Err(VaultError::DatabaseExists { path: self.database.clone() });
        }
        Ok(())
    }

    fn damaged(&self, detail: &str) -> VaultError {
        VaultError::KeyFileDamaged { path: self.key_file.clone(), detail: detail.to_owned() }
    }
}
