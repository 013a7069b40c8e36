//! The system keychain: Secret Service, Keychain Services or Credential Manager.
//!
//! Each call runs on a thread of its own and is given up after three seconds: a locked keychain may put up
//! a window and wait for a person who is not there. The abandoned thread ends with its call.

use std::sync::mpsc;
use std::time::Duration;

use keyring::v1::{Entry, Error};
use zeroize::Zeroizing;

use crate::error::VaultError;
use crate::key::DataKey;

const SERVICE: &str = "Recoup database key";
const PATIENCE: Duration = Duration::from_secs(3);

/// What is stored for this database, if anything.
pub(crate) fn get(id: &str) -> Result<Option<DataKey>, VaultError> {
    let id = id.to_owned();
    in_time(move || match Entry::new(SERVICE, &id)?.get_secret() {
        Ok(secret) => Ok(DataKey::from_slice(&Zeroizing::new(secret))),
        Err(Error::NoEntry) => Ok(None),
        Err(error) => Err(error),
    })
}

/// Stores a key and proves it by reading it back: some keychains accept what they do not keep.
pub(crate) fn set(id: &str, key: &DataKey) -> Result<(), VaultError> {
    let (owned, secret) = (id.to_owned(), key.clone());
    in_time(move || Entry::new(SERVICE, &owned)?.set_secret(secret.expose()))?;
    if get(id)?.as_ref() == Some(key) {
        return Ok(());
    }
    Err(VaultError::Unavailable { reason: "it did not keep what it was given".to_owned() })
}

/// Forgets a key; nothing to forget is fine.
pub(crate) fn delete(id: &str) -> Result<(), VaultError> {
    let id = id.to_owned();
    in_time(move || match Entry::new(SERVICE, &id)?.delete_credential() {
        Ok(()) | Err(Error::NoEntry) => Ok(()),
        Err(error) => Err(error),
    })
}

fn in_time<T: Send + 'static>(
    call: impl FnOnce() -> Result<T, Error> + Send + 'static,
) -> Result<T, VaultError> {
    let (send, receive) = mpsc::channel();
    std::thread::Builder::new()
        .name("keychain".to_owned())
        .spawn(move || {
            // The receiver is gone when the call took too long.
            let _ = send.send(call());
        })
        .map_err(|error| VaultError::Unavailable { reason: error.to_string() })?;
    match receive.recv_timeout(PATIENCE) {
        Ok(Ok(value)) => Ok(value),
        Ok(Err(error)) => Err(refusal(&error)),
        Err(_) => Err(VaultError::Unavailable { reason: "it did not answer in three seconds".to_owned() }),
    }
}

fn refusal(error: &Error) -> VaultError {
    match error {
        Error::NoStorageAccess(_) => VaultError::KeychainLocked,
        Error::NoDefaultStore => {
            let reason = match Entry::store_status() {
                Ok(()) => error.to_string(),
                Err(cause) => cause.to_string(),
            };
            VaultError::Unavailable { reason }
        }
        other => VaultError::Unavailable { reason: other.to_string() },
    }
}
