//! The data key, and the random bytes everything here is made of.

use std::fmt;

use rand::TryRngCore as _;
use zeroize::Zeroizing;

use crate::error::VaultError;

/// The key of the database. Wiped when dropped, never printed, never written except wrapped.
#[derive(Clone, PartialEq, Eq)]
pub struct DataKey(Zeroizing<[u8; 32]>);

impl DataKey {
    /// The bytes, for the store to open the database with.
    #[must_use]
    pub fn expose(&self) -> &[u8; 32] {
        &self.0
    }

    pub(crate) fn fresh() -> Result<Self, VaultError> {
        let mut bytes = Zeroizing::new([0; 32]);
        random(&mut bytes[..])?;
        Ok(Self(bytes))
    }

    pub(crate) fn from_slice(slice: &[u8]) -> Option<Self> {
        let bytes: [u8; 32] = slice.try_into().ok()?;
        Some(Self(Zeroizing::new(bytes)))
    }
}

impl fmt::Debug for DataKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("DataKey(..)")
    }
}

/// Bytes from the operating system's generator.
pub(crate) fn random(bytes: &mut [u8]) -> Result<(), VaultError> {
    rand::rngs::OsRng.try_fill_bytes(bytes).map_err(|error| VaultError::File { detail: error.to_string() })
}

pub(crate) fn to_hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

pub(crate) fn from_hex(text: &str) -> Option<Vec<u8>> {
    if !text.is_ascii() || text.len() % 2 == 1 {
        return None;
    }
    (0..text.len()).step_by(2).map(|at| u8::from_str_radix(&text[at..at + 2], 16).ok()).collect()
}
